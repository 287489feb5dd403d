"""Claims: what the title of a line over time may say, computed from its table, and where in the picture it is seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from utils.arguments import Refusal

AROUND = 3  # periods before and after a jump, at least


@dataclass(frozen=True)
class Claim:
    """Whether a title holds, and the rows of the table in which it is seen.

    holds: True or False.  where: the periods it speaks of, which a figure draws in colour.  mark: the one period at
    which its value is written.  words: what is written over the periods.  query: what the table counted, so that the
    right panel of several is marked.
    """

    holds: bool
    where: tuple[pd.Timestamp, ...] = ()
    words: str = ""
    mark: pd.Timestamp | None = None
    query: str = ""

    def __bool__(self) -> bool:
        return self.holds


def peaks(table: pd.DataFrame, day: str) -> Claim:
    """Claim that the highest value of a table over time stands in the period that a day lies in.

    That it is the highest here, not that it would be among other articles: for that, look at the intervals.
    Raises ValueError for a table without periods and for what is no day.
    """
    name, at = _value(table), _place(table, day)
    known = table[name].dropna()
    holds = at is not None and len(known) > 1 and table[name].iloc[at] == known.max() > known.min()
    return _claim(table, holds, [] if at is None else [at], at)


def jumps(table: pd.DataFrame, day: str) -> Claim:
    """Claim that from the period that a day lies in the values are higher: each of them than any before.

    Three periods at least lie on either side. Where the day was chosen beforehand, so clean a break in ten periods
    comes by chance once in 252 times; where it was found by looking, more often.
    Raises ValueError as `peaks` does.
    """
    name, at = _value(table), _place(table, day)
    if at is None:
        return _claim(table, False, [], None)
    before, after = table[name].iloc[:at].dropna(), table[name].iloc[at:].dropna()
    holds = min(len(before), len(after)) >= AROUND and after.min() > before.max()
    return _claim(table, bool(holds), list(range(at, len(table))), at)


def silent(table: pd.DataFrame, first: str, last: str) -> Claim:
    """Claim that nothing was counted in the periods from one day to another, though each of them has articles.

    Raises ValueError as `peaks` does.
    """
    from_, to = _place(table, first), _place(table, last)
    if from_ is None or to is None:
        return _claim(table, False, [], None)
    own = table.iloc[from_ : to + 1]
    holds = len(own) > 0 and not own["count"].any() and bool((own["n_articles"] > 0).all()) and table["count"].any()
    return _claim(table, bool(holds), list(range(from_, to + 1)), None, "not said once")


def rises(table: pd.DataFrame, change: pd.DataFrame) -> Claim:
    """Claim that the last articles have more than the first, and by more than the choice of articles likely explains.

    change: one row with `low`, the lower bound of the last less the first, as `sentiment.first_and_last` gives it.
    """
    since = change.attrs.get("since")
    at = None if since is None else _place(table, since)
    rows = [] if at is None else list(range(at, len(table)))
    return _claim(table, bool(change["low"].iloc[0] > 0), rows, None, "the last quarter of the articles")


def overlap(table: pd.DataFrame) -> bool:
    """Tell whether the intervals of all rows have a value in common; False where fewer than two rows have one.

    table: what a measure gives, with `low` and `high`.
    """
    known = table[table["low"].notna()]
    return len(known) > 1 and bool(known["low"].max() <= known["high"].min())


def below(table: pd.DataFrame, label: str, name: str) -> bool:
    """Tell whether the interval of one row lies below those of all others; False where one of them has none.

    label: the column of names.  name: the row's. With three rows and more, the one was best chosen beforehand.
    """
    own = table[label] == name
    others = table.loc[~own, "low"]
    known = own.sum() == 1 and len(others) > 0 and others.notna().all()
    return bool(known and table.loc[own, "high"].iloc[0] < others.min())


def _claim(table: pd.DataFrame, holds: Any, rows: list[int], mark: int | None, words: str = "") -> Claim:
    begins = table["period"]
    where = tuple(begins.iloc[row] for row in rows)
    day = None if mark is None else begins.iloc[mark]
    return Claim(bool(holds), where, words, day, str(table.attrs.get("query", "")))


def _value(table: pd.DataFrame) -> str:
    _periods(table)
    return str(table.attrs.get("value", "rate_per_10k"))


def _periods(table: pd.DataFrame) -> pd.Series:
    if not isinstance(table, pd.DataFrame) or "period" not in table or table["period"].duplicated().any():
        raise Refusal("a table over time is wanted, one row a period, as terms.over_time gives it without `by`")
    return table["period"]


def _place(table: pd.DataFrame, day: str) -> int | None:
    """Give the row of the period that a day lies in; None where it lies before the first, or there is no period."""
    try:
        moment = pd.Timestamp(day)
    except (ValueError, TypeError):
        raise Refusal(f"a day is wanted, such as '2025-04-07'; what came is {day!r:.100}") from None
    begins = _periods(table).to_numpy()
    at = int(np.searchsorted(begins, moment.to_datetime64(), side="right")) - 1
    return at if at >= 0 else None
