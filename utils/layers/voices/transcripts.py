"""Lines that say by themselves whose words they hold: MARROW: We waited. Q: Why? And a line that signs one before."""

import re
from collections import Counter
from collections.abc import Sequence

from utils.layers.voices.statements import Span

NAME = r"[^\W\d_a-z][\w.’'-]{0,40}"
LABEL = re.compile(rf"[\"“]?({NAME}(?: {NAME}){{0,3}}):\s+(?=\S)")
SIGNED = re.compile(rf"(?:[—–―]|--?)\s?({NAME}(?: {NAME}){{1,4}})(?:, [^.!?]{{1,80}})?\s*")
FEWEST = 2, 3  # lines whose label is all in capitals; lines with another label, of which one comes again


def labelled(raw: str, paragraphs: Sequence[tuple[int, int, str]]) -> dict[int, tuple[Span, int]]:
    """Give the label of each paragraph that has one, and where its words begin, by the paragraph's start.

    One line with a label is none: it may be a place, a note, a list. So are labels of which none comes again.
    """
    found = {
        start: match for start, end, kind in paragraphs if kind == "body" and (match := LABEL.match(raw, start, end))
    }
    loud = {start: match for start, match in found.items() if match[1].isupper()}
    often = Counter(match[1] for match in found.values())
    if len(found) < FEWEST[1] or max(often.values()) < 2:
        found = loud if len(loud) >= FEWEST[0] else {}
    return {start: (match.span(1), match.end()) for start, match in found.items()}


def signed(raw: str, start: int, end: int) -> Span | None:
    """Give the name in a paragraph that is nothing but a signature after a dash; None where it is more."""
    match = SIGNED.fullmatch(raw, start, end)
    return match.span(1) if match else None
