"""Read chosen stretches of a text as one scraped article, and put the labels back where the stretches stand."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from utils.intake.batch import Segment, Span, lines, trimmed
from utils.intake.cleaning import scraped
from utils.spans import between, common

Labelled = tuple[list[Segment], dict[str, str]]


def labelled(
    raw: str, paragraphs: Iterable[Sequence[Span]], *, title: str | None = None, furniture: Iterable[str] = ()
) -> Labelled:
    """Give the segments and metadata that the scraped layout finds in some paragraphs of a text, and only in them.

    A paragraph is one stretch or several (a page may end within it); line ends inside a stretch are blanks to the
    rules, so that a wrapped paragraph is one line to them. The segments stand where the stretches do; a paragraph in
    several stretches has several.
    """
    rows, places, at = [], [], 0
    for paragraph in paragraphs:
        for number, (start, end) in enumerate(paragraph):
            rows.append((" " if number else "\n") + re.sub(r"[\r\n]", " ", raw[start:end]))
            places.append((at + 1, start, end))
            at += 1 + end - start
    segments, metadata = scraped.label("".join(rows), title=title, furniture=furniture)
    starts = [place for place, *_ in places]
    return [piece for segment in segments for piece in _back(raw, segment, places, starts)], metadata


def _back(raw: str, segment: Segment, places: list[tuple[int, int, int]], starts: list[int]) -> Iterator[Segment]:
    """Give a segment of the joined rows as it stands in the raw text: one piece a stretch."""
    start, end, kind, rule = segment
    for number in range(max(bisect_right(starts, start) - 1, 0), len(places)):
        place, left, right = places[number]
        if place >= end:
            break
        piece = trimmed(raw, *common((left, right), (left + start - place, left + end - place)))
        if piece[0] < piece[1]:
            yield *piece, kind, rule


def completed(raw: str, segments: Iterable[Segment], *, rule: str) -> list[Segment]:
    """Give the segments in order, and between them every line that lies in none as furniture by that rule."""
    told = sorted(segments)
    gaps = between(0, len(raw), [segment[:2] for segment in told])
    rest = [(at + left, at + right, "furniture", rule) for at, end in gaps for left, right in lines(raw[at:end])]
    return sorted([*told, *rest])
