"""Which lines of a page another reading of it holds: the lines are compared without their white space."""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
SURE = 25  # characters: a shorter line may stand in many places by chance
PART = 60  # characters at the beginning or the end of a line that tell it, where a link in it was dropped


def squeezed(text: str) -> str:
    """Give a text without white space and invisible signs, composed."""
    return unicodedata.normalize("NFC", UNSEEN.sub("", text))


def held(lines: Sequence[str], whole: str) -> list[int]:
    """Give the numbers of the lines that `whole` holds, in its order.

    Long lines are found first. Where one stands twice, that which keeps the order of the others is taken. A short
    line belongs if it fills what lies between two long ones, so that "News" in a menu is no part of an article with
    the word in it.
    """
    text = squeezed(whole)
    short = [squeezed(line) for line in lines]
    found = [(number, at, length) for number, line in enumerate(short) if line
             for at, length in [_place(line, text)] if at >= 0]  # fmt: skip
    anchors = _in_order(found)
    numbers = {number for number, *_ in anchors}
    bounds = [(-1, 0, 0), *anchors, (len(short), len(text), 0)]
    for (left, at, length), (right, end, _) in zip(bounds, bounds[1:], strict=False):
        numbers |= _between(short, range(left + 1, right), text[at + length : end], backward=left < 0)
    return sorted(numbers)


def _place(line: str, text: str) -> tuple[int, int]:
    """Give where a long line stands in the text, and how much of it; -1 if nowhere."""
    if len(line) < SURE:
        return -1, 0
    if (at := text.find(line)) >= 0:
        return at, len(line)
    for part in (line[:PART], line[-PART:]):
        if len(part) == PART and (at := text.find(part)) >= 0:
            return at, PART
    return -1, 0


def _in_order(found: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Give the longest row of finds whose places rise."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_, at, _) in enumerate(found):
        length = bisect_left(ends, at)
        ends[length : length + 1] = [at]
        last[length : length + 1] = [number]
        before.append(last[length - 1] if length else -1)
    row, number = [], last[-1] if last else -1
    while number >= 0:
        row.append(found[number])
        number = before[number]
    return row[::-1]


def _between(short: list[str], numbers: range, gap: str, *, backward: bool) -> set[int]:
    """Give the short lines that fill a gap, one after the other."""
    found = set()
    for number in reversed(numbers) if backward else numbers:
        line = short[number]
        if line and (gap.endswith(line) if backward else gap.startswith(line)):
            found.add(number)
            gap = gap[: -len(line)] if backward else gap[len(line) :]
    return found
