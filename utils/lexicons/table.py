"""A lexicon as a table: a .csv with the columns term and score, one word a row, each score from -1 to 1.

A word scores wherever it stands, in capitals or not. Nothing turns it and nothing raises it: it scores what stands in
the table.
"""

import csv
import re
from collections.abc import Callable
from math import nan
from pathlib import Path
from typing import NamedTuple

from utils.arguments import Refusal

WORD = re.compile(r"\w+(?:['\u2019-]\w+)*")
COLUMNS = ["term", "score"]


class Word(NamedTuple):
    """A word of the table where it stands in a text."""

    start: int
    end: int
    polarity: float
    entry: str
    words: list[str]
    subjectivity: float = nan
    negated: bool = False
    intensity: float = 1.0


def reader(path: Path) -> Callable[[str], list[Word]]:
    """Give the function that finds the words of the table in a text, in their order."""
    scores = checked(path)

    def scored(text: str) -> list[Word]:
        found = ((match, _plain(match[0])) for match in WORD.finditer(text))
        return [Word(*match.span(), scores[term], term, [term]) for match, term in found if term in scores]

    return scored


def checked(path: Path) -> dict[str, float]:
    """Give the score of each term. Raises ValueError with what came where the file is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if missing := [name for name in COLUMNS if name not in (rows.fieldnames or ())]:
                raise Refusal(f"{path.name} lacks the column {missing[0]}; it has {', '.join(rows.fieldnames or ())}")
            scores = {_plain(row["term"] or ""): _score(row["score"], path, rows.line_num) for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refusal(f"the lexicon {str(path)!r} cannot be read ({error}); it is a .csv in UTF-8") from error
    if odd := [term for term in scores if not WORD.fullmatch(term)]:
        raise Refusal(f"{path.name} has the term {odd[0]!r}, which is no single word")
    if not scores:
        raise Refusal(f"{path.name} holds no term; it has a row a word, such as good,0.7")
    return scores


def _plain(word: str) -> str:
    return word.strip().casefold().replace("\u2019", "'")


def _score(told: str | None, path: Path, line: int) -> float:
    try:
        score = float(told or "")
    except ValueError:
        score = nan
    if not -1 <= score <= 1:
        raise Refusal(f"line {line} of {path.name} has the score {told!r}; a score is a number from -1 to 1")
    return score
