"""Hard-wrapped text: lines broken at one width, as in old databases and e-mails."""

import re

from utils.intake.batch import Span, trimmed

WIDTHS = range(40, 121)  # characters: narrower lines are lists or verse, wider ones are paragraphs
FULL_AT_LEAST = 4  # lines that end where the next word would not have fitted
SHARE_FULL = 0.6  # of the lines that another follows at once
SHARE_STOPPED = 0.5  # of the full lines, at most: they end like a sentence, as nearly every paragraph does
NEARLY_FULL = 0.75  # of the width: such a line, in the middle of a sentence, goes on too
INDENT = 2  # blanks more than the other lines have
STOP = re.compile(r"[.!?:…][\"”’'»)\]]*$")
BREAK = re.compile(r"\r\n|\r|\n")
TWO_BREAKS = re.compile(r"(?:\r\n|\r|\n){2}")
ONE_BREAK = re.compile(r"(?<![\r\n])(?:\r\n|\r|\n)(?![\r\n])")


def paragraphs(raw: str) -> list[Span] | None:
    """Give the span of each paragraph of a hard-wrapped text, or None if the text is not hard-wrapped.

    A text is hard-wrapped if its lines end where the next word would have gone beyond its width, and mostly in the
    middle of a sentence: a text with one line a paragraph never passes both tests. A paragraph ends at an empty line,
    before an indented one, and where a line leaves room that the next word would have taken. Where every line has
    an empty one below it, two line ends count as one.
    """
    rows = _rows(raw)
    width = _width(raw, rows)
    if width is None:
        return None
    indented = min(start - left for (left, _), (start, end) in rows if start < end) + INDENT
    if not _is_wrapped(raw, rows, width, indented):
        return None
    found: list[Span] = []
    goes_on = False
    for number, ((left, _), (start, end)) in enumerate(rows):
        if start == end:
            goes_on = False
            continue
        if goes_on and start - left < indented:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
        goes_on = number + 1 < len(rows) and _goes_on(raw, (start, end), rows[number + 1][1], width)
    return found


def _rows(raw: str) -> list[tuple[Span, Span]]:
    """Give every line, empty ones too: its span, and its span without the white space at its edges."""
    ends = [match.span() for match in (BREAK if ONE_BREAK.search(raw) else TWO_BREAKS).finditer(raw)]
    starts = [0, *(end for _, end in ends)]
    spans = zip(starts, [*(start for start, _ in ends), len(raw)], strict=True)
    return [(span, trimmed(raw, *span)) for span in spans]


def _width(raw: str, rows: list[tuple[Span, Span]]) -> int | None:
    """Give the width the lines are broken at, a few long addresses apart; None if there is none."""
    lengths = sorted(end - start for _, (start, end) in rows if start < end)
    if len(lengths) <= FULL_AT_LEAST:
        return None
    width = lengths[int(0.97 * (len(lengths) - 1))]
    too_long = any(end - start > 2 * width and " " in raw[start:end] for _, (start, end) in rows)
    return None if too_long or width not in WIDTHS else width


def _is_wrapped(raw: str, rows: list[tuple[Span, Span]], width: int, indented: int) -> bool:
    """Tell whether most lines that another follows are full, and few of the full ones end a sentence."""
    pairs = [
        (one, other) for (_, one), ((left, _), other) in zip(rows, rows[1:], strict=False)
        if one[0] < one[1] and other[0] < other[1] and other[0] - left < indented
    ]  # fmt: skip
    full = [one for one, other in pairs if _is_full(raw, one, other, width)]
    stopped = sum(STOP.search(raw, max(end - 5, start), end) is not None for start, end in full)
    return len(full) >= max(FULL_AT_LEAST, SHARE_FULL * len(pairs)) and stopped <= SHARE_STOPPED * len(full)


def _is_full(raw: str, one: Span, other: Span, width: int) -> bool:
    """Tell whether the first word of the other line would not have fitted on the one."""
    word = raw[other[0] : min(other[1], other[0] + width)].split(maxsplit=1)[0]
    return one[1] - one[0] + 1 + len(word) > width


def _goes_on(raw: str, one: Span, other: Span, width: int) -> bool:
    if other[0] == other[1]:
        return False
    in_a_sentence = STOP.search(raw, max(one[1] - 5, one[0]), one[1]) is None
    return _is_full(raw, one, other, width) or (in_a_sentence and one[1] - one[0] >= NEARLY_FULL * width)
