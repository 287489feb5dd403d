"""Passages: the one idea. Stretches of articles as tables, counted by groups, and shown so that every row opens."""

from utils.passages.calls import kept
from utils.passages.evidence import evidence, read, show, whole
from utils.passages.groups import Columns as Columns
from utils.passages.groups import Groups as Groups
from utils.passages.groups import count, groups
from utils.passages.groups import labelled as labelled
from utils.passages.groups import listed as listed
from utils.passages.groups import numbered as numbered
from utils.passages.groups import units_of as units_of
from utils.passages.readings import set_apart, tried
from utils.passages.table import article_numbers as article_numbers
from utils.passages.table import chosen as chosen
from utils.passages.table import draw, text
from utils.spans import KEYS as KEYS
from utils.spans import checked, inside

__all__ = [
    "checked",
    "count",
    "draw",
    "evidence",
    "groups",
    "inside",
    "kept",
    "read",
    "set_apart",
    "show",
    "text",
    "tried",
    "whole",
]


def __dir__() -> list[str]:
    """Give the names that are offered, also where the room was loaded before anybody asked the face for it."""
    return __all__
