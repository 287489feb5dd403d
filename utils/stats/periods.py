"""Periods: the days, weeks, months, quarters, years or decades in which a corpus is counted, as its span demands."""

from collections.abc import Iterator

import pandas as pd

from utils import arguments

# unit: how many days the dates may lie apart, the step to the next period, numpy's name for what it rounds to, and
# how many days it has at least
_UNITS = {
    "day": (20, "D", "D", 1),
    "week": (183, "7D", "", 7),
    "month": (1_100, "MS", "M", 28),
    "quarter": (2_200, "QS", "3M", 90),
    "year": (15_000, "YS", "Y", 365),
    "decade": (float("inf"), "10YS", "10Y", 3_652),
}
UNITS = tuple(_UNITS)


def unit(dates: pd.Series) -> str:
    """Give the period that fits the span of some dates, so that a line over time has a few dots and not hundreds.

    Days up to three weeks, weeks up to half a year, months up to three years, quarters up to six, years up to forty,
    and decades beyond; missing dates are passed over. Without any date, and for a single day, it is "day".
    """
    known = dates.dropna().dt.normalize()
    span = (known.max() - known.min()).days if len(known) else 0
    return next(name for name, (longest, *_) in _UNITS.items() if span <= longest)


def starts(dates: pd.Series, unit: str) -> pd.Series:
    """Give the first day of the period that each date lies in (weeks begin on Monday), missing where the date is.

    The Series has the index of the dates and the unit for its name. Raises ValueError for an unknown unit.
    """
    rounded = _known(unit)[2]
    if not rounded:  # numpy's weeks begin on a Thursday
        return dates.dt.to_period("W").dt.start_time.astype("datetime64[us]").rename(unit)
    first = dates.to_numpy().astype(f"datetime64[{rounded}]").astype("datetime64[us]")
    return pd.Series(first, dates.index, name=unit)


def every(dates: pd.Series, unit: str) -> pd.DatetimeIndex:
    """Give the first day of each period from that of the first date to that of the last, holes among them.

    Without any date there are none. Raises ValueError for an unknown unit.
    """
    begins, step = starts(dates.dropna(), unit), _known(unit)[1]
    days = pd.date_range(begins.min(), begins.max(), freq=step) if len(begins) else pd.DatetimeIndex([])
    return days.as_unit("us")


def partial(dates: pd.Series, unit: str) -> list[pd.Timestamp]:
    """Give the periods at either end that the dates hold only a part of.

    More than a third of it lies outside the dates, and longer than usually passes between one day with articles and
    the next: a year whose one article is of December is whole. Without any date there is none.
    """
    known, days = dates.dropna().dt.normalize(), every(dates, unit)
    if not len(days):
        return []
    edges = pd.date_range(days[0], periods=len(days) + 1, freq=_known(unit)[1])
    missing = [(known.min() - edges[0]).days, (edges[-1] - known.max()).days - 1]
    lengths = [(edges[1] - edges[0]).days, (edges[-1] - edges[-2]).days]
    usual = known.drop_duplicates().sort_values().diff().dt.days.median()
    short = [n > of / 3 and not n <= usual for n, of in zip(missing, lengths, strict=True)]
    return [day for day, is_short in zip(dict.fromkeys(days[[0, -1]]), short, strict=False) if is_short]


def made_of(dates: pd.Series, names: pd.Series, *, freq: str | None = None) -> pd.DataFrame:
    """Give what each period is made of: a row a period, holes among them, a column a name, how many articles each had.

    dates, names: of the same articles, such as `published` and `outlet` of `news.articles`; what has no name is "not
    known", what has no date is left out. The names with most articles come first.
    freq: the period; None for that which fits the span.
    """
    cut = freq or unit(dates)
    known = names.astype("object").where(names.notna(), "not known")[dates.notna()]
    table = pd.crosstab(starts(dates.dropna(), cut), known).reindex(every(dates, cut), fill_value=0)
    order = table.sum().sort_values(ascending=False, kind="stable").index
    return table[order].rename_axis(cut).rename_axis(None, axis=1)


def counted(dates: pd.Series, unit: str) -> pd.Series:
    """Give how many of some dates lie in each period of `every`, by its first day; 0 in a hole.

    Raises ValueError for an unknown unit.
    """
    return starts(dates.dropna(), unit).value_counts().reindex(every(dates, unit), fill_value=0)


def divided(table: pd.DataFrame, on: str, unit: str) -> Iterator[tuple[pd.Timestamp, pd.DataFrame]]:
    """Give each period of `every` with the rows of a table that lie in it.

    on: the column of dates; rows without one are in no period. Raises ValueError for an unknown unit.
    """
    held = dict(iter(table.groupby(starts(table[on], unit))))
    return ((day, held.get(day, table.iloc[:0])) for day in every(table[on], unit))


def label(start: pd.Timestamp, unit: str) -> str:
    """Give the name of a period by its first day: 1890s, 2018, Q1 2018, Mar 2018, 5 Mar 2018 (a day, or its week)."""
    _known(unit)
    year, month = start.year, f"{start:%b} {start.year}"
    names = {"decade": f"{year}s", "year": f"{year}", "quarter": f"Q{start.quarter} {year}", "month": month}
    return names.get(unit, f"{start.day} {month}")


def when(start: pd.Timestamp, unit: str) -> str:
    """Give a period as a sentence says it: "in the 1890s", "in Mar 2018", "in the week of 5 Mar 2018"."""
    return f"{'on' if unit == 'day' else 'in'} {_named(start, unit)}"


def width(unit: str) -> float:
    """Give how many days wide the bar of a period is drawn, so that its neighbours do not touch it."""
    return 0.85 * _known(unit)[3]


def lacking(dates: pd.Series) -> str:
    """Give one sentence on why nothing can be laid out over time: no dates, or those of a single day; else ""."""
    days = dates.dropna().dt.normalize().unique()
    if len(days) > 1:
        return ""
    one = f"Every date here is {label(days[0], 'day')}" if len(days) else "No article here has a date"
    return f"{one}, so nothing can be laid out over time."


def told_of(dates: pd.Series, freq: str, *, value: str, source: str) -> dict[str, object]:
    """Give what a figure says of a table laid out over time, for its `attrs`.

    freq: the period. value: the column drawn. part: the periods at the ends that the dates hold a part of.
    undated: how many articles have no date, and are in no period. lacking: why there is nothing to draw, or "".
    """
    part = partial(dates, freq) if freq in UNITS else []
    undated, lacks = int(dates.isna().sum()), lacking(dates)
    return {"freq": freq, "value": value, "source": source, "part": part, "undated": undated, "lacking": lacks}


def _named(start: pd.Timestamp, unit: str) -> str:
    return {"decade": "the ", "week": "the week of "}.get(unit, "") + label(start, unit)


def _known(unit: str) -> tuple:
    arguments.one_of(unit, UNITS, "unit")
    return _UNITS[unit]
