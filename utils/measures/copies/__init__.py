"""Copies: counting by story where papers print one text, and two versions of it side by side."""

from utils.layers.copies import LEAST, SHARE
from utils.layers.signatures import SHINGLE
from utils.measures.copies.stories import adjusted_rand, closest, in_common, per_story, shared
from utils.measures.copies.versions import differences, side_by_side

__all__ = [
    "LEAST",
    "SHARE",
    "SHINGLE",
    "adjusted_rand",
    "closest",
    "differences",
    "in_common",
    "per_story",
    "shared",
    "side_by_side",
]
