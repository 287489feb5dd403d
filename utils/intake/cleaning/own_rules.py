"""The reader's own rules: lines to set aside, as they stand or as a regular expression between slashes."""

import difflib
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import starmap

import pandas as pd
import regex

from utils import expressions
from utils.intake import dates
from utils.intake.batch import Segment, lines
from utils.intake.marks import folded

PATTERN_LOOKS_AT = 1000  # characters: a longer line is prose, and no expression is searched in it
BEGUN, LEAST_BEGUN = " …", 40  # what stands behind the beginning of a line; characters of one, at least
SECONDS = 0.2  # of computing that an expression may take over one line
HARMLESS = 1e-5  # seconds a line, and IN_ALL more, that it may take over all lines
IN_ALL = 10
ESCAPES_AND_CLASSES = re.compile(r"\\.|\[\^?\]?[^\]]*+\]?", re.DOTALL)
OPEN_END = re.compile(r"[*+]|\{\d*,\d*\}")
REPEATED_GROUP = re.compile(r"\)[*+{]")


@dataclass
class Expression:
    """A compiled expression and its rule. One that takes too long is given up, and the line remembered."""

    pattern: regex.Pattern
    rule: str
    spent: float = 0.0  # seconds beyond HARMLESS a line
    given_up_at: str | None = None

    def finds(self, line: str) -> bool:
        """Tell whether the expression finds something in a line; never, once it is given up."""
        if self.given_up_at is not None:
            return False
        begun = time.thread_time()
        try:
            found = self.pattern.search(line, timeout=SECONDS) is not None
        except (TimeoutError, MemoryError):
            found, self.spent = False, float("inf")
        self.spent += time.thread_time() - begun - HARMLESS
        if self.spent > IN_ALL:
            self.given_up_at = line
        return found


class Rules:
    """Plain lines, beginnings of lines and compiled expressions; `of` tells which of them a line answers to."""

    def __init__(self, lines: Sequence[str]) -> None:
        if isinstance(lines, str):
            raise ValueError(f"furniture is a list of lines; write furniture=[{lines!r}]")
        self.plain: dict[str, str] = {}
        self.begun: dict[str, str] = {}
        self.expressions: list[Expression] = []
        for line in lines:
            if not isinstance(line, str) or not line.strip() or line.strip("/ ") == "" and len(line) > 1:
                came = f"{line!r:.200}"
                raise ValueError(f"each line of furniture is a text of at least one character; what came is {came}")
            if len(line) > 2 and line[0] == line[-1] == "/":
                self.expressions.append(Expression(_compiled(line), f"yours: {line}"))
            else:
                self.plain[folded(line)] = f"yours: {' '.join(line.split())}"
                if len(begun := folded(line).removesuffix(BEGUN)) >= LEAST_BEGUN and begun != folded(line):
                    self.begun[begun] = f"yours: {' '.join(line.split())}"

    def __bool__(self) -> bool:
        return bool(self.plain or self.expressions)

    def of(self, line: str) -> str | None:
        """Give the name of the rule that sets the line aside, or None."""
        if rule := self.plain.get(one := folded(line)):
            return rule
        if found := next((begun for begun in self.begun if one.startswith(begun)), None):
            return self.begun[found]
        if len(line) <= PATTERN_LOOKS_AT:
            return next((own.rule for own in self.expressions if own.finds(line)), None)
        return None

    @property
    def given_up(self) -> dict[str, str]:
        """The expressions that took too long, as they were written, each with the line that it took too long over."""
        return {own.rule.removeprefix("yours: "): own.given_up_at for own in self.expressions if own.given_up_at}


@lru_cache(maxsize=8)
def rules(lines: tuple[str, ...]) -> Rules:
    """Give the rules made of what a person wrote: a line as it stands (case and white space apart), the beginning of
    one that goes on (40 characters and more, then " …"), or /an expression/ searched in a line (case apart).

    An expression can take for ever on a line made for it. We therefore search only lines of at most 1,000
    characters, and refuse a repeated group, as in (a+)*, and more than two open ends (*, + or {2,5}). What takes long
    all the same is stopped by the engine and given up, and so is what takes long over all lines together.

    Raises ValueError if a line is empty, or an expression cannot be read, finds every line or could take for ever.
    """
    return Rules(lines)


def applied(raw: str, segments: list[Segment], own: Rules) -> list[Segment]:
    """Give the segments with those set aside that a person's own rules name, whatever another rule said of them."""
    return [
        (start, end, "furniture", found) if (found := own.of(raw[start:end])) else (start, end, kind, rule)
        for start, end, kind, rule in segments
    ]


def _compiled(line: str) -> regex.Pattern:
    """Give the expression between the slashes, or say what is wrong with it."""
    name = f"{dates.shown(line)} in furniture"
    try:
        pattern = expressions.compiled(line[1:-1])
        finds_all = pattern.search("", timeout=SECONDS)
    except expressions.Unreadable as error:
        raise ValueError(f"{name} is no regular expression that can be read: {error}") from error
    except (TimeoutError, MemoryError):
        raise ValueError(f"{name} comes to no end, even on an empty line; write what the line holds") from None
    if finds_all:
        raise ValueError(f"{name} finds every line, even an empty one; write what the line holds")
    plain = ESCAPES_AND_CLASSES.sub("x", line[1:-1])
    if pattern.flags & regex.VERBOSE:
        plain = "".join(plain.split())
    if REPEATED_GROUP.search(plain) or len(OPEN_END.findall(plain)) > 2:
        raise ValueError(
            f"{name} could take for ever on a long line: repeat no group, as in (…)*, and use at most two of *, + and "
            "{2,5}; a line is found by a part of it, so .* at either end can go"
        )
    return pattern


ARTICLES = 5_000  # with more, no nearest line is sought: it would take longer than the loading
RULES = 20  # without use for which a nearest line is sought; for more it would take long too
LONGEST = 300  # characters of a line that may be the nearest
ALIKE = 0.75  # at least, on the scale of difflib from 0 to 1
CURE = "a line is found only as it stands, in full; part of one is found by an expression, furniture=['/part of it/']"


def notes(articles: pd.DataFrame, segments: pd.DataFrame, furniture: Iterable[str]) -> list[dict[str, str]]:
    """Give what is to be reported of rules without use: dictionaries with kind, problem, cure, in the order given.

    Parameters
        articles: raw.  segments: rule.  furniture: the rules, as in `load(furniture=)`.
    """
    slow = rules(tuple(furniture)).given_up
    used = {rule.removeprefix("yours: ") for rule in segments["rule"].unique()} | slow.keys()
    idle = dict.fromkeys(rule for rule in furniture if " ".join(rule.split()) not in used and rule not in used)
    short = _short(articles["raw"]) if idle and len(articles) <= ARTICLES else {}
    near = [nearest(rule, short) if number < RULES else None for number, rule in enumerate(idle)]
    return [*starmap(_slow, slow.items()), *map(_note, idle, near)]


def _slow(rule: str, line: str) -> dict[str, str]:
    problem = f"your furniture “{dates.shown(rule)}” was given up, as it took too long over “{dates.shown(line)}”"
    cure = "write it so that it cannot find one line in many ways, and load again: lines below that may be missed"
    return {"kind": "doubtful", "problem": problem, "cure": cure}


def _note(rule: str, near: str | None) -> dict[str, str]:
    there = f"; the nearest line is “{near}”" if near else ""
    cure = CURE if rule[0] != "/" else "an expression is searched in one line at a time; try it on a line that you see"
    problem = f"your furniture “{dates.shown(rule)}” set no line aside{there}"
    return {"kind": "doubtful", "problem": problem, "cure": cure}


def _short(raws: Iterable[str]) -> dict[str, str]:
    """Give the short lines of all texts: folded, and as the first of each stands."""
    found: dict[str, str] = {}
    for raw in raws:
        for start, end in lines(raw):
            if end - start <= LONGEST:
                found.setdefault(folded(raw[start:end]), raw[start:end])
    return found


def nearest(rule: str, short: dict[str, str]) -> str | None:
    """Give the shortest line that holds the rule, else the one spelt most like it, else None."""
    wanted = folded(rule)
    if holding := [line for line in short if wanted in line]:
        return short[min(holding, key=len)]
    near = difflib.get_close_matches(wanted, short, n=1, cutoff=ALIKE)
    return short[near[0]] if near else None
