"""The worst lines for a pattern, made from what the pattern itself says, and how long it takes over them.

A line is a beginning, a piece said over and over, and an end that fails. Whatever in a pattern repeats is fed with
pieces that it takes: where two readings of such a piece are possible, the pattern goes back over them all.
"""

import gc
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from re import _compiler, _parser
from re import _constants as signs
from textwrap import dedent

from upkeep.notebooks.run import ROOT

Line = tuple[str, str, str]  # a beginning, what is said again and again, an end

REPEATED = (signs.MAX_REPEAT, signs.MIN_REPEAT, signs.POSSESSIVE_REPEAT)
ONE = (signs.LITERAL, signs.NOT_LITERAL, signs.ANY, signs.IN)
SIGNS = "aezAZ019 _.,;:!?-'\"()[]{}<>/\\|@#&*=+\n\t\0éÉß’“”—–…©\xa0日\u0301"
WORDS = ("ab", "Ab", "Ab ", "ab ", "A. ", " a", " A", "a.", "1 ", "a, ", "a,", "12", "AB ", "\n ")
ANYWAY = (
    *"aA1é日 \t\n.\"'“([<-_/",
    *("\r\n", "\n ", "a\n", "Ab ", "ab ", "AB ", "A. ", "By A. B. ", "a-", "a.a ", "1/", "1 ", "1, ", "“a” ", "<a "),
    *("<!--", "<!--a-->", "a1", "a b, ", "((", "() ", "x: ", "@a ", "http://a.b/", "— "),
)
ENDS = ("", "\n\0", "!x")
FEW = 8  # times: what repeats less often costs little
LETTERS = 20  # letters of its words that a pattern may have, and each is still tried by itself


class Late(Exception):
    """A pattern was not done in its time."""


def seconds(search: Callable[[str], object], line: str, *, most: float = 1.0) -> float:
    """Give the seconds of computing that a search takes over a line, infinity where it is stopped after `most`.

    What else the machine does meanwhile does not count, nor what Python tidies up of other tests. `re` looks out for
    signals while it goes back over a line.
    """

    def stop(*_: object) -> None:
        raise Late

    before, tidies = signal.signal(signal.SIGVTALRM, stop), gc.isenabled()
    gc.disable()
    start = time.thread_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, most)
    try:
        search(line)
        return time.thread_time() - start
    except Late:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        if tidies:
            gc.enable()


def told(code: str, *, most: float = 120.0, cpu: int = 120, gigabytes: int = 4) -> list[str]:
    """Give the lines that a program of its own prints. It fails, and nothing hangs, where it takes too long, computes
    for more than `cpu` seconds or takes too much memory: on an idle machine none takes a tenth of that."""
    limits = {"RLIMIT_AS": gigabytes << 30, "RLIMIT_CPU": cpu}
    limiting = "".join(f"resource.setrlimit(resource.{name}, ({most},) * 2)\n" for name, most in limits.items())
    limited = f"import resource\n{limiting}{dedent(code)}"
    run = partial(subprocess.run, capture_output=True, text=True, timeout=most, cwd=ROOT)
    done = run([sys.executable, "-W", "ignore", "-"], input=limited)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.splitlines()


def lines(pattern: re.Pattern) -> Iterator[Line]:
    """Give the hostile lines for a pattern, each once."""
    return iter(dict.fromkeys(_Read(pattern).lines()))


def at_length(line: Line, n: int, like: str | bytes = "") -> str | bytes:
    """Give a line at a length of about n, as bytes where the pattern is one over bytes."""
    start, piece, end = line
    text = start + piece * max(1, (n - len(start)) // len(piece)) + end
    return text.encode("latin-1", "replace") if isinstance(like, bytes) else text


class _Read:
    """A pattern as the engine reads it."""

    def __init__(self, pattern: re.Pattern) -> None:
        source = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
        ascii_only = re.ASCII if isinstance(pattern.pattern, bytes) else 0
        self.flags = pattern.flags | ascii_only
        self.tree = _parser.parse(re.sub(r"\\p\{\w+\}", "\u200b", source), self.flags)  # which `re` does not know
        self.groups: dict[int, str] = {}
        self.known: dict[str, list[str]] = {}
        singles = {repr(item): item for item in _singles(self.tree)}
        said = sorted({chr(point) for item in singles.values() for point in _points(*item)})
        self.signs = list(dict.fromkeys([*SIGNS, *said]))
        literals = {chr(value) for kind, value in singles.values() if kind is signs.LITERAL}
        wordy = sum(sign.isalnum() for sign in literals) > LETTERS
        classes = [item for item in singles.values() if item[0] is not signs.LITERAL]
        told: dict[tuple, str] = {}
        for sign in self.signs:
            itself = sign if sign in literals and not (wordy and sign.isalnum()) else ""
            at = sign == "\n", sign == "_" or sign.isalnum()  # told apart by ^, $ and \b, as all the rest by classes
            told.setdefault((itself, at, *(sign in self.taken(item) for item in classes)), sign)
        self.alphabet = list(told.values())  # one sign for all that the pattern cannot tell apart

    def lines(self) -> Iterator[Line]:
        for piece in (*ANYWAY, *self.alphabet, self.text(self.tree)):
            yield from (("", piece, end) for end in ENDS if piece)
        for before, body, most in self.repeats(self.tree, ""):
            for piece in self.pieces(body):
                for end in ENDS:
                    yield before, piece, end
                    yield "", before + piece * 2, end
                    yield "", before + piece * min(most, 40), end

    def taken(self, item: tuple) -> list[str]:
        """Give the signs that one place of the pattern takes."""
        if repr(item) not in self.known:
            fits = self.compiled([item])
            self.known[repr(item)] = [sign for sign in self.signs if fits.fullmatch(sign)]
        return self.known[repr(item)]

    def compiled(self, items: list) -> re.Pattern:
        return _compiler.compile(_parser.SubPattern(self.tree.state, items), self.flags)

    def text(self, items: object) -> str:
        """Give a short text that a piece of the pattern takes, but for what it wants before or after it."""
        found = ""
        for sign, value in items:
            if sign in ONE:
                found += (self.taken((sign, value)) or ["x"])[0]
            elif sign in REPEATED:
                found += self.text(value[2]) * min(value[0], 20)
            elif sign is signs.BRANCH:
                found += min(map(self.text, value[1]), key=len)
            elif sign is signs.SUBPATTERN:
                found += self.groups.setdefault(value[0], self.text(value[3]))
            elif sign is signs.ATOMIC_GROUP:
                found += self.text(value)
            elif sign is signs.GROUPREF:
                found += self.groups.get(value, "")
            elif sign is signs.ASSERT and value[0] < 0 and not found.endswith(seen := self.text(value[1])):
                found += seen
        return found

    def repeats(self, items: object, before: str) -> Iterator[tuple[str, list, int]]:
        """Give what repeats: a text that leads to it, what is repeated, and how often at most."""
        for item in items:
            if item[0] in REPEATED and item[1][1] - item[1][0] >= FEW:
                yield before, list(item[1][2]), int(item[1][1])
            for inner in _inner(*item):
                yield from self.repeats(inner, before)
            before += self.text([item])

    def pieces(self, body: list) -> list[str]:
        """Give texts that a repeated piece of the pattern takes, once or a few times."""
        own = [self.text(body), *(self.text(branch) for branch in _branches(body))]
        if not any(sign is signs.GROUPREF for sign, _ in _all(body)):
            fits = self.compiled([(signs.MAX_REPEAT, (1, signs.MAXREPEAT, _parser.SubPattern(self.tree.state, body)))])
            own += filter(fits.fullmatch, (*self.alphabet, *WORDS))
        return [piece for piece in dict.fromkeys(own) if piece]


def _inner(sign: object, value: object) -> list:
    """Give the pieces that stand inside one item of a pattern."""
    if sign in REPEATED:
        return [value[2]]
    if sign is signs.BRANCH:
        return value[1]
    if sign is signs.SUBPATTERN:
        return [value[3]]
    if sign is signs.ATOMIC_GROUP:
        return [value]
    if sign in (signs.ASSERT, signs.ASSERT_NOT):
        return [value[1]]
    return [inner for inner in value[1:] if inner] if sign is signs.GROUPREF_EXISTS else []


def _all(items: object) -> Iterator[tuple]:
    for item in items:
        yield item
        for inner in _inner(*item):
            yield from _all(inner)


def _singles(items: object) -> Iterator[tuple]:
    return (item for item in _all(items) if item[0] in ONE)


def _branches(items: object) -> Iterator[object]:
    for sign, value in _all(items):
        if sign is signs.BRANCH:
            yield from value[1]


def _points(sign: object, value: object) -> list[int]:
    """Give the code points that one place of a pattern names."""
    if sign in (signs.LITERAL, signs.NOT_LITERAL):
        return [value]
    inside = value if sign is signs.IN else []
    return [point for kind, what in inside if kind in (signs.LITERAL, signs.RANGE)
            for point in ((what,) if kind is signs.LITERAL else what)]  # fmt: skip
