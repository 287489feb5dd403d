"""A text as a program reads it, each sign with the stretch of the text that was received which it stands for."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Rewritten(NamedTuple):
    """A text, and where each of its signs begins and ends in the text that it was made from."""

    text: str
    starts: list[int]
    ends: list[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the stretch, in the text that was received, that lies behind a stretch of this one."""
        return self.starts[start], self.ends[end - 1]


def rewritten(text: str, changes: Iterable[tuple[int, int, str]]) -> Rewritten:
    """Give a text with some stretches put otherwise; every sign of what is put stands for the stretch as a whole.

    changes: start, end and what is put there, in their order, none over another.
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, put in _all_of(text, changes):
        pieces.append(text[start:end] if put is None else put)
        if put is None:
            starts += range(start, end)
            ends += range(start + 1, end + 1)
        else:
            starts += [start] * len(put)
            ends += [end] * len(put)
    return Rewritten("".join(pieces), starts, ends)


def _all_of(text: str, changes: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str | None]]:
    """Give the changes, and between them the stretches that stay: these with None."""
    last = 0
    for start, end, put in changes:
        yield last, start, None
        yield start, end, put
        last = end
    yield last, len(text), None
