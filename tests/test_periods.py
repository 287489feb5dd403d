"""Periods fit the span of the dates, are named by their first day, and have their holes."""

import pandas as pd
import pytest

from utils import paste, periods, terms


def dates(*days):
    return pd.Series(pd.to_datetime(days, format="ISO8601"), dtype="datetime64[us]")


@pytest.mark.parametrize(("first", "last", "unit", "began", "named"), [
    ("2019-05-02T08:00", "2019-05-02T21:30", "day", "2019-05-02", "on 2 May 2019"),
    ("2019-05-01T23:59", "2019-05-02T00:01", "day", "2019-05-02", "on 2 May 2019"),
    ("2025-12-25", "2026-01-04", "day", "2026-01-04", "on 4 Jan 2026"),
    ("2025-12-01", "2025-12-22", "week", "2025-12-22", "in the week of 22 Dec 2025"),
    ("2025-03-03", "2025-06-01", "week", "2025-05-26", "in the week of 26 May 2025"),
    ("2018-01-15", "2019-03-14", "month", "2019-03-01", "in Mar 2019"),
    ("2014-11-30", "2018-12-31", "quarter", "2018-10-01", "in Q4 2018"),
    ("2012-02-28", "2020-04-02", "year", "2020-01-01", "in 2020"),
    ("1980-01-01", "2020-12-31", "year", "2020-01-01", "in 2020"),
    ("1955-01-01", "1999-12-31", "decade", "1990-01-01", "in the 1990s"),
    ("1790-01-08", "2026-02-24", "decade", "2020-01-01", "in the 2020s"),
])  # fmt: skip
def test_the_period_fits_the_span_and_bears_the_name_of_its_first_day(first, last, unit, began, named):
    days = dates(last, None, first)
    assert periods.unit(days) == unit
    begins = periods.starts(days, unit)
    assert begins.tolist()[:1] == [pd.Timestamp(began)] and begins.isna().tolist() == [False, True, False]
    assert begins.name == unit and periods.when(begins[0], unit) == named
    assert 1 <= len(list(periods.divided(pd.DataFrame({"day": days}), "day", unit))) <= 45


@pytest.mark.parametrize("unit", periods.UNITS)
def test_periods_follow_one_another_without_a_gap_and_hold_each_date_once(unit):
    days = dates("1893-07-04", "1899-12-31", "1900-01-01T12:00", "1912-02-29", None)
    parts = list(periods.divided(pd.DataFrame({"day": days}), "day", unit))
    begins = [begin for begin, _ in parts]
    assert [day for _, own in parts for day in own["day"]] == days.dropna().tolist()
    assert all(begin <= day < later for (begin, own), later in zip(parts, begins[1:], strict=False)
               for day in own["day"])  # fmt: skip
    assert periods.starts(pd.Series(begins), unit).tolist() == begins
    assert all(periods.width(unit) < (later - begin).days for begin, later in zip(begins, begins[1:], strict=False))


def test_decades_begin_in_round_years_wherever_the_corpus_does(addresses):
    later = addresses.select("year >= 1934")
    table = terms.over_time(later, "war", freq="decade")
    assert table["period"].dt.year.tolist() == list(range(1930, 2030, 10))
    assert table["count"].sum() == len(terms.hits(later, "war")) and table["n_articles"].sum() == len(later)
    years = terms.over_time(later, "war", freq="year").set_index("period")
    assert (years["n_articles"] == 0).sum() == 7 and years["count"].sum() == table["count"].sum()
    assert terms.over_time(paste("War.\n\nNo date."), "war", freq="decade").empty


def test_one_sentence_says_why_time_cannot_be_cut():
    assert periods.lacking(dates(None)) == "No article here has a date, so nothing can be laid out over time."
    one = dates("2019-05-02T08:00", "2019-05-02T21:30", None)
    assert periods.lacking(one) == "Every date here is 2 May 2019, so nothing can be laid out over time."
    assert periods.lacking(dates("2025-03-04", "2025-03-05")) == ""


def test_an_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="day, week, month, quarter, year, decade; what came is 'fortnight'"):
        periods.starts(dates("2019-05-02"), "fortnight")


@pytest.mark.parametrize(("first", "last", "unit", "part"), [
    ("2025-03-03", "2025-05-11", "week", []),
    ("2025-03-06", "2025-05-09", "week", ["2025-03-03"]),  # from a Thursday, to a Friday
    ("2025-01-20", "2025-06-12", "month", ["2025-01-01", "2025-06-01"]),
    ("1790-01-08", "2026-02-24", "decade", ["2020-01-01"]),
    ("2019-05-02", "2019-05-09", "day", []),
    ("2020-06-01", "2020-07-01", "year", ["2020-01-01"]),
    ("2020-03-01", "2020-03-01", "day", []),
    (None, None, "week", []),
])  # fmt: skip
def test_a_period_that_the_dates_hold_a_part_of_is_told(first, last, unit, part):
    days = pd.Series(pd.date_range(first, last, freq="D" if unit != "decade" else "365D") if first else []).tolist()
    every = pd.Series([*days, *([last] if first else []), None], dtype="datetime64[us]")
    assert periods.partial(every, unit) == [pd.Timestamp(day) for day in part]


def test_what_each_period_is_made_of_is_counted_by_name_and_holes_stay():
    days = dates("2025-03-03", "2025-03-04", "2025-03-19", "2025-03-25", "2025-04-02", None)
    names = pd.Series(["Birch", "Birch", "Alder", None, "Birch", "Birch"], dtype="str")
    table = periods.made_of(days, names)
    assert list(table) == ["Birch", "Alder", "not known"] and table.index.name == "week"
    assert table.to_numpy().tolist() == [[2, 0, 0], [0, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0, 0]]
    assert periods.made_of(days, names, freq="year").to_numpy().tolist() == [[3, 1, 1]]
    assert periods.made_of(dates(None), pd.Series(["Birch"])).empty


def test_time_is_cut_by_the_span_wherever_no_period_is_named(addresses):
    years = addresses.select("1895 <= year < 1905")
    table = terms.over_time(years, ["gold", "silver"])
    assert table["period"].dt.year.tolist() == list(range(1895, 1905))
    told = table.attrs
    assert told["freq"] == "year" and told["part"] == [] and told["undated"] == 0 and told["query"] == "gold, silver"
    assert len(terms.over_time(addresses, "war")) == 24
