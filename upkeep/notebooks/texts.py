"""What a reader sees of an output, as lines of text, and how two of them differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from os.path import commonprefix

from utils.passages.seen import NUMBER, lines

RELATIVE = Decimal("1e-6")


@dataclass(frozen=True)
class Difference:
    """One place where two texts differ: kind is number, rounding or text; `line` is where it stood."""

    kind: str
    old: str
    new: str
    line: str


def differences(old: str, new: str) -> list[Difference]:
    """Give where two texts differ: line by line where they have as many lines, else the first line that does.

    White space does not count, since a longer number moves the columns of a printed table. A number is
    compared by `moved`; one that only differs in the last digit shown is a `rounding`.
    """
    before, after = lines(old), lines(new)
    if len(before) == len(after):
        return [found for pair in zip(before, after, strict=True) for found in _in_line(*pair)]
    first = next(
        (n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]),
        min(len(before), len(after)),
    )
    was, now = (lines[first] if first < len(lines) else "(end)" for lines in (before, after))
    counts = f"{len(before)} lines → {len(after)} lines, from here"
    return [Difference("text", *_apart(was, now), counts)]


def _in_line(old: str, new: str) -> Iterator[Difference]:
    if old == new:
        return
    if NUMBER.sub("0", old) != NUMBER.sub("0", new):
        yield Difference("text", *_apart(old, new), "")
        return
    for was, now in zip(NUMBER.finditer(old), NUMBER.finditer(new), strict=True):
        if was[0] != now[0]:
            kind = "number" if moved(was[0], now[0]) else "rounding"
            yield Difference(kind, was[0], now[0], _cut(old, was.start() - 30, was.end() + 30))


def moved(old: str, new: str) -> bool:
    """Give whether one number shown is another now.

    An integer is a count, or a share shown without decimals: it moves if it changes at all. A number with
    decimals is a measure: it moves if it changes by more than 1e-6 of itself and by more than one unit of
    the last digit shown (of the finer of the two), which is as far as a rounding can carry it.
    """
    a, b = _value(old), _value(new)
    if not (a.is_finite() and b.is_finite()):
        return str(a) != str(b)
    if a == b:
        return False
    if not (_is_measure(old) and _is_measure(new)):
        return True
    unit = min(Decimal(1).scaleb(int(number.as_tuple().exponent)) for number in (a, b))
    return abs(a - b) > max(abs(a) * RELATIVE, unit)


def _value(shown: str) -> Decimal:
    return Decimal(shown.replace(",", "").replace("−", "-"))


def _is_measure(shown: str) -> bool:
    return any(mark in shown for mark in ".eE")


def _apart(old: str, new: str, *, width: int = 60) -> tuple[str, str]:
    """Cut two differing lines to where they part, with a little of what they share before it."""
    same = len(commonprefix([old, new]))
    return _cut(old, same - 20, same + width), _cut(new, same - 20, same + width)


def _cut(line: str, start: int, end: int) -> str:
    return ("…" if start > 0 else "") + line[max(0, start) : end] + ("…" if end < len(line) else "")
