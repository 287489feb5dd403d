"""A lexicon as a table: term and score, one term a row, each score from -1 to 1.

A term is a word, or a phrase of several with blanks between ("bad luck"), its letters made of one sign or of several; a
star in it stands for any letters or none, a question mark for one ("griev*", "organi?ed"). It scores wherever it
stands, in capitals or not. Nothing turns it and nothing raises it: it scores what stands in the table. Where several
terms fit, the longest phrase counts, then the one without wild cards, then the one with more letters; no word counts
twice. Scores in another scale, such as -3 to 2, are to be divided by the largest first.
"""

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable
from fnmatch import fnmatchcase
from functools import cache
from math import isfinite, nan
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from utils.arguments import Refusal

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff\ufe00-\ufe0f"  # inside a word they hold it together
MARKED = "".join("M" if unicodedata.category(chr(point))[0] == "M" else " " for point in range(0x20000))
MARKS = "".join(f"{chr(run.start())}-{chr(run.end() - 1)}" for run in re.finditer("M+", MARKED))
IN_WORD = rf"\w{MARKS}{UNSEEN}"
WORD = re.compile(rf"\w[{IN_WORD}]*(?:['\u2019-]\w[{IN_WORD}]*)*")
TERM = re.compile(rf"(?=\S*\w)[{IN_WORD}*?]+(?:['\u2019-][{IN_WORD}*?]+)*")  # a word of a term
NOT_SEEN = re.compile(f"[{UNSEEN}]")
WILD = re.compile(r"[*?]")
COLUMNS = ["term", "score"]


class Word(NamedTuple):
    """A word or phrase where it stands in a text, and what it scores there."""

    start: int
    end: int
    polarity: float
    entry: str
    words: list[str]
    subjectivity: float = nan
    negated: bool = False
    intensity: float = 1.0


class Term(NamedTuple):
    """A term, its words, and what it scores."""

    term: str
    parts: list[str]
    score: float

    def fits(self, words: list[str]) -> bool:
        """Say whether words begin with this term."""
        own = words[: len(self.parts)]
        return len(own) == len(self.parts) and all(map(_fits, own, self.parts))

    def order(self) -> tuple[int, int, int, str]:
        """Give what puts a term before others that fit, too."""
        n_wild = len(WILD.findall(self.term))
        return -len(self.parts), n_wild > 0, n_wild - len(self.term), self.term


def reader(scores: dict[str, float]) -> Callable[[str], list[Word]]:
    """Give the function that finds the terms in a text, in their order; scores: what each scores, as it is read."""
    terms = sorted((Term(term, term.split(), score) for term, score in scores.items()), key=Term.order)
    plain: dict[str, list[Term]] = {}
    for term in terms:
        plain.setdefault("*" if WILD.search(term.parts[0]) else term.parts[0], []).append(term)

    @cache
    def ahead(word: str) -> list[Term]:
        wild = [term for term in plain.get("*", ()) if _fits(word, term.parts[0])]
        return sorted(plain.get(word, []) + wild, key=Term.order) if wild else plain.get(word, [])

    longest = max((len(term.parts) for term in terms), default=1)

    def scored(text: str) -> list[Word]:
        found, words = [], [(each.start(), each.end(), _plain(each[0])) for each in WORD.finditer(text)]
        at = 0
        while at < len(words):
            if known := ahead(words[at][2]):
                phrase = _together(text, words[at : at + longest])
                if term := next((term for term in known if term.fits(phrase)), None):
                    last = at + len(term.parts) - 1
                    found.append(Word(words[at][0], words[last][1], term.score, term.term, phrase[: len(term.parts)]))
                    at = last
            at += 1
        return found

    return scored


def of_file(path: Path) -> dict[str, float]:
    """Give the score of each term in a .csv. Raises ValueError with what came where the file is no such table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            rows = csv.DictReader(file, delimiter=max(",;\t", key=head.count))
            rows.fieldnames = [name.strip().casefold() for name in rows.fieldnames or ()]
            _check_columns(rows.fieldnames, path.name)
            return _checked(((f"line {rows.line_num}", row["term"], row["score"]) for row in rows), path.name)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Refusal(f"the lexicon {str(path)!r} cannot be read ({error}); it is a .csv in UTF-8") from error


def of_frame(table: pd.DataFrame) -> dict[str, float]:
    """Give the score of each term in a table. Raises ValueError as `of_file` does."""
    _check_columns(table.columns, "the lexicon")
    rows = zip(table.index, table["term"], table["score"], strict=True)
    return _checked(((f"row {label}", term, score) for label, term, score in rows), "the lexicon")


def _check_columns(names: Iterable, called: str) -> None:
    names = list(map(str, names))
    if missing := [name for name in COLUMNS if name not in names]:
        raise Refusal(f"{called} lacks the column {missing[0]}; it has {', '.join(names)}")


def _checked(rows: Iterable[tuple[str, object, object]], called: str) -> dict[str, float]:
    """Give the score of each term, or say what is wrong with the first that is none."""
    scores: dict[str, float] = {}
    stands: dict[str, str] = {}
    rows = list(rows)
    for where, told, came in rows:
        term = " ".join(_plain(told).split()) if isinstance(told, str) else ""
        if not term or not all(map(TERM.fullmatch, term.split())):
            raise Refusal(f"{where} of {called} has the term {told!r}, which is no word and no phrase of words")
        if term in scores:
            raise Refusal(f"{where} of {called} has the term {told!r} again ({stands[term]} has it); each stands once")
        score = _number(came)
        if not -1 <= score <= 1:
            cure = _cure(_number(each) for _, _, each in rows) if isfinite(score) else ""
            raise Refusal(f"{where} of {called} has the score {came!r}; a score is a number from -1 to 1{cure}")
        scores[term], stands[term] = score, where
    if not scores:
        raise Refusal(f"{called} holds no term; it has a row a term, such as good,0.7")
    return scores


def _together(text: str, words: list[tuple[int, int, str]]) -> list[str]:
    """Give the words that stand with nothing but blanks between, from the first on."""
    own = [words[0][2]]
    for (_, end, _), (start, _, word) in zip(words, words[1:], strict=False):
        if not text[end:start].isspace():
            break
        own.append(word)
    return own


def _fits(word: str, part: str) -> bool:
    return word == part or fnmatchcase(word, part)


def _plain(word: str) -> str:
    """Give a word as it is compared: in NFC, case-folded, apostrophes straight, without signs that nobody sees."""
    if word.isascii():
        return word.strip().casefold()
    plain = unicodedata.normalize("NFC", NOT_SEEN.sub("", word.strip()))
    return unicodedata.normalize("NFC", plain.casefold()).replace("\u2019", "'").replace("\u02bc", "'")


def _number(told: object) -> float:
    try:
        return float(told)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return nan


def _cure(scores: Iterable[float]) -> str:
    """Give what to do with scores in another scale than ours: nothing where none is beyond 1."""
    most = max((abs(score) for score in scores if isfinite(score)), default=0)
    return f": divide all by {most:g}" if most > 1 else ""
