"""The reader's own rules: lines to set aside, as they stand or as a regular expression between slashes."""

import re
from collections.abc import Sequence
from functools import lru_cache

from utils.intake.reading import Segment

PATTERN_LOOKS_AT = 1000  # characters: a longer line is prose, and no expression is searched in it
ESCAPES_AND_CLASSES = re.compile(r"\\.|\[\^?\]?[^\]]*\]", re.DOTALL)
OPEN_END = re.compile(r"[*+]|\{\d*,\d*\}")
REPEATED_GROUP = re.compile(r"\)[*+{]")


class Rules:
    """Plain lines and compiled expressions; `of` tells which of them a line answers to."""

    def __init__(self, lines: Sequence[str]) -> None:
        if isinstance(lines, str):
            raise ValueError(f"furniture is a list of lines; write furniture=[{lines!r}]")
        self.plain: dict[str, str] = {}
        self.patterns: list[tuple[re.Pattern[str], str]] = []
        for line in lines:
            if not isinstance(line, str) or not line.strip() or line.strip("/ ") == "" and len(line) > 1:
                raise ValueError(f"each line of furniture is a text of at least one character; what came is {line!r}")
            if len(line) > 2 and line[0] == line[-1] == "/":
                self.patterns.append((_compiled(line), f"yours: {line}"))
            else:
                self.plain[folded(line)] = f"yours: {' '.join(line.split())}"

    def __bool__(self) -> bool:
        return bool(self.plain or self.patterns)

    def of(self, line: str) -> str | None:
        """Give the name of the rule that sets the line aside, or None."""
        if rule := self.plain.get(folded(line)):
            return rule
        if len(line) <= PATTERN_LOOKS_AT:
            return next((rule for pattern, rule in self.patterns if pattern.search(line)), None)
        return None


@lru_cache(maxsize=8)
def rules(lines: tuple[str, ...]) -> Rules:
    """Give the rules made of what a person wrote: a line as it stands (case and white space apart), or /an
    expression/ searched in a line (case apart).

    An expression can take for ever on a line made for it. We therefore search only lines of at most 1,000
    characters, and refuse a repeated group, as in (a+)*, and more than two open ends (*, + or {2,5}): what is left
    takes about two seconds on the worst line there is.

    Raises ValueError if a line is empty, or an expression cannot be read, finds every line or could take for ever.
    """
    return Rules(lines)


def folded(line: str) -> str:
    """Give a line with case and white space made even, so that two writings of it are the same."""
    return " ".join(line.split()).casefold()


def applied(raw: str, segments: list[Segment], own: Rules) -> list[Segment]:
    """Give the segments with those set aside that a person's own rules name, whatever another rule said of them."""
    return [
        (start, end, "furniture", found) if (found := own.of(raw[start:end])) else (start, end, kind, rule)
        for start, end, kind, rule in segments
    ]


def _compiled(line: str) -> re.Pattern[str]:
    """Give the expression between the slashes, or say what is wrong with it."""
    try:
        pattern = re.compile(line[1:-1], re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"{line} in furniture is no regular expression that can be read ({error})") from error
    if pattern.search(""):
        raise ValueError(f"{line} in furniture finds every line, even an empty one; write what the line holds")
    plain = ESCAPES_AND_CLASSES.sub("x", line[1:-1])
    if REPEATED_GROUP.search(plain) or len(OPEN_END.findall(plain)) > 2:
        raise ValueError(
            f"{line} in furniture could take for ever on a long line: repeat no group, as in (…)*, and use at most two "
            "of *, + and {2,5}; a line is found by a part of it, so .* at either end can go"
        )
    return pattern
