"""Checks of answers: they say whether one is right and hint where it is not, without telling it.

A check is handed what the question is about, a table of passages for instance, and works the truth out by
itself, so the question keeps its sense on any corpus. Which exercise asks what stands in `questions/`.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from utils.arguments import Refusal, RefusedType
from utils.passages.html import AS_IS
from utils.teaching.answers import among, is_missing, kind_of, near_miss, plain, same, undressed

UNTOUCHED = "Replace the three dots in `answer = ...` with your answer and run the cell again."
NOTHING_TO_FIND = "This corpus holds nothing to answer this question with; a larger one may."
FEW_ROWS = 50
LEAST = 8  # words of a sentence that is held against another
DIFFERENT = 5  # of these, at least

_SHOWN = {
    "open": ("…", "Not answered yet", "#767676"),
    "right": ("✓", "Right", "#009E73"),
    "close": ("≈", "Close", "#D55E00"),
    "wrong": ("✗", "Not yet", "#C44040"),
    "compare": ("✎", "Compare", "#0072B2"),
}


class WrongAnswer(AssertionError):
    """The kept solution of an exercise is not right, or no longer."""


@dataclass(frozen=True)
class Check:
    """What a check found.

    verdict: "open" (not answered), "right", "close" (a known slip), "wrong", or "compare" where readers judge for
    themselves.  beside: what to hold the answer against, folded away until it is asked for.
    """

    verdict: str
    message: str
    beside: str = ""

    def __repr__(self) -> str:
        sign, word, _ = _SHOWN[self.verdict]
        return f"{sign} {word}. {self.message} {self.beside}".rstrip()

    def _repr_html_(self) -> str:
        sign, word, colour = _SHOWN[self.verdict]
        folded = f"<details><summary>Ours, to hold yours against</summary>{_told(self.beside)}</details>"
        return (
            f'<div {AS_IS} style="border-left:4px solid {colour};padding-left:0.7em;margin:0.3em 0">'
            f"<b>{sign} {word}.</b> {_told(self.message)}{folded if self.beside else ''}</div>"
        )


def _told(words: str) -> str:
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(words))


def check(
    answer: object,
    truth: object,
    *,
    hint: str | Callable[[object], str],
    slips: Iterable[tuple[object, str]] = (),
    tolerance: float = 0,
) -> Check:
    """Give the verdict on an answer, with a hint where it is not right; the truth is never shown.

    An untouched `...` is no mistake, so Run All passes. No answer raises, whatever it is.

    truth: a number, text, a set (any order) or list (in order) of these, or a function that gives one and
        is called only for an answer. A missing one (None, NaN) means that the corpus cannot answer.
    hint: what to look at again, or a function of the answer that says it; for all but known slips.
    slips: pairs of a wrong value, or a function of the answer that is true for it, and the hint it earns.
    tolerance: how far a number may be off; at 0 a billionth of itself, which decimals leave in sums.
    Raises TypeError where `truth` is of another kind; WrongAnswer where the verdict is close or wrong and
    PASSAGES_CHECK_FINDINGS=1, as when the kept solutions are run.
    """
    if answer is ...:
        return Check("open", UNTOUCHED)
    truth = truth() if callable(truth) else truth
    if is_missing(truth):
        return Check("open", NOTHING_TO_FIND)
    kind_of(truth)
    try:
        found = Check(*_judge(answer, truth, tuple(slips), hint, tolerance))
    except Exception:  # an answer may be any object, with an __eq__ or a __len__ of its own that raises
        found = Check("wrong", "We cannot read this answer.")
    return _kept(found) if found.verdict in ("close", "wrong") else found


def check_count(
    answer: object,
    passages: pd.DataFrame,
    *,
    slips: Iterable[tuple[object, str]] = (),
    hint: str = "Count the rows of the table of passages, with `len(...)`.",
) -> Check:
    """Check an answer against the number of passages in a table; knows the slip of counting articles."""
    ids = _article_ids(passages)
    slip = (ids.nunique(), "That counts articles; one article can hold several of the passages.")
    return check(answer, len(ids), slips=[*slips, slip], hint=hint)


def check_articles(
    answer: object, passages: pd.DataFrame, *, hint: str = "Count the different values of `article_id` in the table."
) -> Check:
    """Check an answer against the number of articles in a table of passages; knows the slip of its rows."""
    ids = _article_ids(passages)
    slip = (len(ids), "That counts passages; an article with several of them counts once (`.nunique()`).")
    return check(answer, ids.nunique(), slips=[slip], hint=hint)


def check_value(
    answer: object,
    table: pd.DataFrame,
    column: str,
    *,
    where: Mapping[str, object],
    tolerance: float = 0,
    hint: str = "",
) -> Check:
    """Check an answer against one cell of a table; knows the slips of the next column and of another row.

    where: a value for each column (or named index level) that finds the row. Where no row has them the
        question stays open, as on a corpus without the term.
    Raises ValueError for a column that is not there and for a `where` that several rows fit.
    """
    indexed = any(table.index.names) and not {column, *where} <= set(table.columns)
    rows = table.reset_index(drop=not indexed)
    for name in (column, *where):
        if name not in rows:
            raise Refusal(f"The table has no column {name!r}; it has {', '.join(map(str, rows.columns))}.")
    wanted = pd.Series(True, index=rows.index)
    for name, value in where.items():
        wanted &= (rows[name] == value).fillna(False).astype(bool)
    if wanted.sum() > 1:
        raise Refusal(f"where={dict(where)!r} fits {wanted.sum()} rows; name more columns.")
    truth = plain(rows.loc[wanted, column].iloc[0]) if wanted.any() else None
    return check(
        answer,
        truth,
        slips=_misread(rows, wanted, column, where),
        tolerance=tolerance,
        hint=hint or f"Find the row asked for and read its `{column}`.",
    )


def _judge(answer: object, truth: object, slips: tuple, hint: str | Callable, tolerance: float) -> tuple[str, str]:
    """Ask in turn: can it be read, is it right, is it a known slip, does it miss the truth by little?"""
    value, note = undressed(answer, truth)
    if value is not None:
        if same(value, truth, tolerance):
            return ("close", note) if note else ("right", "")
        for slip, said in slips:
            if _fits(value, slip, tolerance):
                return "close", said
        if miss := near_miss(value, truth):
            return "close", miss
    return "wrong", f"{note} {hint(value) if callable(hint) else hint}".strip()


def _fits(value: object, slip: object, tolerance: float) -> bool:
    try:
        return bool(slip(value)) if callable(slip) else same(value, slip, tolerance)
    except Exception:  # a slip foresees some answers and need not understand all
        return False


def _misread(rows: pd.DataFrame, wanted: pd.Series, column: str, where: Mapping) -> list[tuple]:
    """Give the slips of reading a table; a long one has too many numbers in a column to tell a slip by."""
    others = [name for name in rows.columns if name not in (column, *where)]
    beside = [plain(value) for name in others for value in rows.loc[wanted, name]]
    above = [plain(value) for value in rows.loc[~wanted, column]] if len(rows) <= FEW_ROWS else []
    return [
        (lambda given: among(given, beside), f"That is the right row, but not the column `{column}`."),
        (lambda given: among(given, above), f"That is the column `{column}`, but another row."),
    ]


def _article_ids(passages: pd.DataFrame) -> pd.Series:
    if not isinstance(passages, pd.DataFrame):
        raise RefusedType(f"We need a table of passages and got {type(passages).__name__}.")
    if "article_id" in passages:
        return passages["article_id"]
    if passages.index.name == "article_id":
        return passages.index.to_series()
    raise Refusal(
        "We need a table of passages, with the column article_id; this one has "
        f"{', '.join(map(str, passages.columns))}."
    )


def check_largest(answer: object, values: pd.Series, *, name: bool = False) -> Check:
    """Check an answer against the largest of some values, or with `name=True` its label; knows one for the other.

    Where several values are the largest, the label of any of them is right.
    """
    if not len(values):
        return check(answer, None, hint="")
    largest = values.max()
    labels = [plain(label) for label in values.index[values == largest]]
    label = next((one for one in labels if _fits(answer, one, 0)), labels[0])
    asked, other = (label, plain(largest)) if name else (plain(largest), label)
    slip = (other, "That is its value; what is it called?" if name else "That is what it is called; what is its value?")
    return check(answer, asked, slips=[slip], hint="Sort the values, and look where the largest stands.")


def compare(answer: object, ours: str, *, least: int = LEAST) -> Check:
    """Give a reader's sentence back with one of ours to hold it against; a text too short to be one earns a hint.

    ours: shown, folded away, once there is an answer.  least: words that an answer has at least.
    """
    if answer is ...:
        return Check("open", UNTOUCHED)
    words = len(answer.split()) if isinstance(answer, str) else 0
    if words < least:
        return _kept(Check("wrong", f"Write a whole sentence, in quotation marks: {least} words or more."))
    if len({*answer.casefold().split()}) < min(DIFFERENT, least):  # type: ignore[attr-defined]
        return _kept(Check("wrong", f"Write a sentence: {DIFFERENT} different words at least."))
    return Check(
        "compare", "There is more than one good answer. Read yours and ours aloud: what does each leave out?", ours
    )


def agree(answer: object, n: int, *, codes: Collection[str] = ()) -> Check:
    """Give how far two readers agree who have judged the same n passages: the share, and which to talk about.

    answer: two lists of n judgements, one of each reader.  codes: those offered; any other earns a hint.
    """
    if answer is ...:
        return Check("open", UNTOUCHED)
    if not n:
        return Check("open", NOTHING_TO_FIND)
    lists = list(answer) if isinstance(answer, (list, tuple)) else []
    if len(lists) != 2 or not all(isinstance(one, (list, tuple)) and len(one) == n for one in lists):
        return _kept(
            Check("wrong", f"Hand over two lists of {n} judgements each, one of each reader: `[mine, yours]`.")
        )
    if codes and (odd := [each for one in lists for each in one if not among(plain(each), codes)]):
        return _kept(Check("wrong", f"{str(odd[0])[:20]!r} is none of the codes offered: {', '.join(codes)}."))
    pairs = enumerate(zip(*lists, strict=True), start=1)
    apart = [place for place, (mine, yours) in pairs if not same(plain(mine), plain(yours))]
    if not apart:
        return Check(
            "compare", f"You agree on all {n}. Would a third reader? Write the rule down that you both followed."
        )
    which = ", ".join(map(str, apart))
    return Check(
        "compare",
        f"You agree on {n - len(apart)} of {n} passages, {1 - len(apart) / n:.0%}. Talk about number {which}: which "
        "words made each of you decide, and what rule would have made you agree?",
    )


def _kept(found: Check) -> Check:
    """Give what was found, or raise WrongAnswer where it is the kept solution that is wrong."""
    if os.environ.get("PASSAGES_CHECK_FINDINGS") == "1":
        raise WrongAnswer(repr(found))
    return found
