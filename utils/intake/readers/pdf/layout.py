"""How the lines of printed pages belong together, told by where they stand: paragraphs, running heads, page numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from utils.intake.batch import Span
from utils.intake.cleaning.wrapped import STOP

EDGE = 2  # rows at the top and at the bottom of a page where heads stand
WIDER = 1.25  # times the usual distance of two lines: a new paragraph
OTHER_SIZE = 0.1  # of the size of the letters: a heading, or the end of one
SHORT = 0.8  # of the longest line: a line that ends a sentence and is shorter ends its paragraph
MARGIN = 0.15  # of the lines begin at it
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|seite|página)?\s*+[-–—|]?\s*+\d{1,4}\s*+(?:(?:/|of|von|de)\s*+\d{1,4})?\s*+[-–—|]?", re.IGNORECASE
)
PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}, \d{1,2}:\d\d\b.{0,200}|(?:https?|file)://\S+(?:\s+\d+/\d+)?", re.IGNORECASE
)


class Line(NamedTuple):
    """A line of a page: its place in the text, its page, where it stands on it (from the left and from the foot) and
    the size of its letters, in points."""

    start: int
    end: int
    page: int
    x: float
    y: float
    size: float


class _Usual(NamedTuple):
    """What is usual in a text: distance from line to line and the longest line, by size of letters; the margins."""

    distances: dict[int, float]
    lengths: dict[int, int]
    margins: set[int]


def heads(raw: str, lines: Sequence[Line]) -> dict[int, str]:
    """Give the numbers of the lines that are running heads or page numbers, and which rule said so.

    A running head stands among the first or last rows of at least two pages and of half of all, the same but for its
    digits, and as large. A headline that the heads repeat is larger, and is none. What is set above all else on a page
    in smaller letters than the text is a head too, as a single page has no other to compare.
    """
    edges = _edges(lines)
    texts = {number: " ".join(raw[lines[number].start : lines[number].end].split()) for number in edges}
    found = _recurring(lines, texts)
    above = _small_above(lines)
    for number in edges - found.keys():
        if number in above:
            found[number] = "small print above the text"
        elif PAGE_NUMBER.fullmatch(texts[number]):
            found[number] = "page number"
        elif PRINTED.fullmatch(texts[number]):
            found[number] = "line of the browser that printed it"
    return found


def _recurring(lines: Sequence[Line], texts: dict[int, str]) -> dict[int, str]:
    """Give those of some lines that recur over the pages, as running heads."""
    groups: dict[str, list[int]] = {}
    for number, text in texts.items():
        groups.setdefault(re.sub(r"\d+", "#", text).casefold(), []).append(number)
    n_pages = len({line.page for line in lines})
    found: dict[int, str] = {}
    for numbers in groups.values():
        usual = median(lines[number].size for number in numbers)
        same = [number for number in numbers if abs(lines[number].size - usual) <= OTHER_SIZE * usual]
        if 2 * len({lines[number].page for number in same}) >= max(4, n_pages):
            found |= dict.fromkeys(same, "running head")
    return found


def _edges(lines: Sequence[Line]) -> set[int]:
    """Give the numbers of the lines in the first and last rows of each page."""
    pages: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        pages.setdefault(line.page, []).append(number)
    found = set()
    for numbers in pages.values():
        rows = sorted({round(lines[number].y) for number in numbers})
        at_edge = {*rows[:EDGE], *rows[-EDGE:]}
        found |= {number for number in numbers if round(lines[number].y) in at_edge}
    return found


def _small_above(lines: Sequence[Line]) -> set[int]:
    """Give the numbers of the lines that stand on their page above all lines as large as the text or larger."""
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += line.end - line.start
    least = (1 - OTHER_SIZE) * letters.most_common(1)[0][0] if letters else 0.0
    tops: dict[int, float] = {}
    for line in lines:
        if line.size >= least:
            tops[line.page] = max(tops.get(line.page, line.y), line.y)
    return {n for n, line in enumerate(lines) if line.size < least and line.y > tops.get(line.page, line.y)}


def paragraphs(raw: str, lines: Sequence[Line]) -> list[list[Span]]:
    """Give the paragraphs that lines make: each its stretches of the text, more than one if other lines lie between."""
    usual = _Usual(_distances(lines), _longest(lines), _margins(lines))
    found: list[list[Span]] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is None or not _goes_on(raw, before, line, usual):
            found.append([(line.start, line.end)])
        elif raw[before.end : line.start].strip():
            found[-1].append((line.start, line.end))
        else:
            found[-1][-1] = found[-1][-1][0], line.end
    return found


def _distances(lines: Sequence[Line]) -> dict[int, float]:
    """Give the usual distance from line to line for each size of letters: the smallest that is no exception."""
    steps: dict[int, list[float]] = {}
    for one, other in zip(lines, lines[1:], strict=False):
        alike = one.page == other.page and round(one.size) == round(other.size)
        if alike and 0.7 * one.size < one.y - other.y < 4 * one.size:
            steps.setdefault(round(one.size), []).append(one.y - other.y)
    found = {}
    for size, own in steps.items():
        counts = Counter(map(round, own))
        found[size] = float(min(step for step, count in counts.items() if 20 * count >= len(own)))
    return found


def _longest(lines: Iterable[Line]) -> dict[int, int]:
    """Give the length of the longest line for each size of letters."""
    found: dict[int, int] = {}
    for line in lines:
        found[round(line.size)] = max(found.get(round(line.size), 0), line.end - line.start)
    return found


def _margins(lines: Sequence[Line]) -> set[int]:
    """Give the places from the left where many lines begin: the margins of the columns."""
    counts = Counter(round(line.x) for line in lines)
    return {x for x, count in counts.items() if count >= MARGIN * len(lines)}


def _is_indented(line: Line, margins: set[int]) -> bool:
    return any(0.5 * line.size < line.x - margin < 4 * line.size for margin in margins)


def _goes_on(raw: str, one: Line, other: Line, usual: _Usual) -> bool:
    """Tell whether a line goes on the paragraph of the one before it."""
    if abs(one.size - other.size) > OTHER_SIZE * max(one.size, other.size):
        return False
    stopped = STOP.search(raw, max(one.end - 5, one.start), one.end) is not None
    step = one.y - other.y
    if one.page != other.page or step < -one.size:  # a new page or column
        return not stopped
    if step > WIDER * usual.distances.get(round(one.size), step):
        return False
    short = one.end - one.start < SHORT * usual.lengths[round(one.size)]
    if step > 0.5 * one.size and _is_indented(other, usual.margins):
        return abs(other.x - one.x) < 0.5 * one.size and not (stopped or short)  # a block of indented lines
    return not (stopped and short)
