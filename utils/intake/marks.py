"""Marks of an article: hashes by which it is told what of it recurs, the same on every machine."""

import hashlib
from collections.abc import Sequence
from itertools import repeat
from re import compile as pattern
from typing import NamedTuple

import numpy as np

EDGE = 3  # paragraphs from the top and from the bottom of a body
LONGEST = 300  # characters; what recurs at an edge and is longer is a text printed twice
NUMBER = pattern(r"\d+")


class Marks(NamedTuple):
    """The marks of articles, int64: of each text, and of each segment as a paragraph and as a line at an edge; 0 of
    what is none."""

    texts: np.ndarray
    paragraphs: np.ndarray
    edges: np.ndarray


def digest(text: str) -> bytes:
    """Give a digest of a text in 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def marks_of(raw: str, segments: Sequence[tuple[int, int, str, str]]) -> tuple[list[int], list[int]]:
    """Give for each segment of an article its mark as a paragraph, and as a line at an edge.

    A paragraph of the body is marked by what it is to the letter. A line stands at an edge where it is among the first
    three, or the last three, paragraphs of a body of several, and is short: case, white space and numbers do not count.
    """
    body = [place for place, (_, _, kind, _) in enumerate(segments) if kind == "body"]
    paragraphs, edges = [*repeat(0, len(segments))], [*repeat(0, len(segments))]
    for n, place in enumerate(body):
        start, end, *_ = segments[place]
        text = raw[start:end]
        paragraphs[place] = _mark(text)
        if len(body) > 1 and (n < EDGE or n >= len(body) - EDGE) and len(text) <= LONGEST:
            edges[place] = _mark(NUMBER.sub("0", folded(text)))
    return paragraphs, edges


def folded(line: str) -> str:
    """Give a line with case and white space made even, so that two writings of it are the same."""
    return " ".join(line.split()).casefold()


def _mark(text: str) -> int:
    return int.from_bytes(digest(text)[:8], "little", signed=True)
