"""Dates of publication: read where sure, missing where not, and every doubt said."""

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import load, paste
from utils.intake import dates
from utils.intake.dates import forms

TODAY = date(2026, 11, 22)
DAY = "2025-12-03"


def read(value, **options):
    return dates.read(value, today=TODAY, **options)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2025-12-03", DAY),
        (" 2025-12-03T23:15:00-05:00 ", f"{DAY} 23:15"),
        ("2025-12-03T23:15:00Z", f"{DAY} 23:15"),
        ("2025-12-03 10:15:00.000 UTC", f"{DAY} 10:15"),
        ("2025/12/3 10:15", f"{DAY} 10:15"),
        ("20251203", DAY),
        (20251203, DAY),
        ("20251203T101500", f"{DAY} 10:15"),
        (20251203101500, f"{DAY} 10:15"),
        ("December 3, 2025", DAY),
        ("Dec. 3, 2025 10:15 AM ET", f"{DAY} 10:15"),
        ("Dec 03, 2025, 9:05pm EST", f"{DAY} 21:05"),
        ("Dec. 3, 2025 12:00 a.m.", DAY),
        ("3 December 2025", DAY),
        ("3rd of Dec 2025", DAY),
        ("Wednesday, December 3, 2025", DAY),
        ("Wed, 03 Dec 2025 10:00:00 +0000", f"{DAY} 10:00"),
        ("Wed Dec 03 10:15:00 +0000 2025", f"{DAY} 10:15"),
        ("03-Dec-2025", DAY),
        ("10:15 a.m. GMT, 3 December 2025", f"{DAY} 10:15"),
        ("25/12/2025", "2025-12-25"),
        ("12/25/2025 3:04 PM", "2025-12-25 15:04"),
        ("10/10/2025", "2025-10-10"),
        ("12/03/2025 (US)", DAY),
        ("03/12/2025 (UK)", DAY),
        ("Published: Dec. 3, 2025, 10:15 a.m. ET", f"{DAY} 10:15"),
        ("Published Dec. 3, 2025 | Updated Dec. 4, 2025", DAY),
        ("Updated Dec. 4, 2025; first published 3 December 2025", DAY),
        ("3 de diciembre de 2025", DAY),
        ("3 de março de 2025", "2025-03-03"),
        ("1er février 2025", "2025-02-01"),
        ("3. Dezember 2025", DAY),
        (date(2025, 12, 3), DAY),
        (datetime(2025, 12, 3, 23, tzinfo=UTC), f"{DAY} 23:00"),
        (pd.Timestamp("2025-12-03 23:00", tz="America/Caracas"), f"{DAY} 23:00"),
        (np.datetime64("2025-12-03"), DAY),
    ],
)
def test_a_date_is_read_with_the_clock_as_it_is_written(value, moment):
    assert read(value) == (pd.Timestamp(moment), None)


@pytest.mark.parametrize(
    ("value", "moment", "doubt"),
    [
        ("03/12/2025", None, forms.AMBIGUOUS),
        ("5/6/07", None, forms.AMBIGUOUS),
        ("31 February 2025", None, forms.IMPOSSIBLE),
        ("2025-13-01", None, forms.IMPOSSIBLE),
        ("20251303", None, forms.IMPOSSIBLE),
        ("13/13/2025", None, forms.IMPOSSIBLE),
        ("0001-01-01", None, dates.NO_PAPER),
        ("3 December 3025", None, dates.NO_PAPER),
        ("3 December 2031", "2031-12-03", dates.FUTURE),
        ("2 hours ago", None, forms.RELATIVE),
        ("Published an hour ago", None, forms.RELATIVE),
        ("yesterday", None, forms.RELATIVE),
        ("December 2025", None, forms.NO_DAY),
        ("2025-12", None, forms.NO_DAY),
        (2025, None, forms.NO_DAY),
        ("Dec. 3", None, forms.NO_YEAR),
        ("3 Dec 25", DAY, forms.SHORT_YEAR),
        ("13/3/99", "1999-03-13", forms.SHORT_YEAR),
        ("03.12.2025", DAY, forms.DOTTED),
        ("Monday, December 3, 2025", DAY, forms.WEEKDAY),
        ("Dec. 3, 2025 at 25:61", DAY, forms.TIME),
        ("Updated Dec. 3, 2025", DAY, forms.UPDATED),
        ("Last updated: 3 December 2025", None, forms.CHANGED),
        ("1764756000", f"{DAY} 10:00", forms.EPOCH),
        (1764756000.0, f"{DAY} 10:00", forms.EPOCH),
        (1764756000000, f"{DAY} 10:00", forms.EPOCH_MS),
        (45994, None, forms.SERIAL),
        ("December 3-5, 2025", None, forms.UNKNOWN),
        ("Born on December 3, 2025 in Rome", None, forms.UNKNOWN),
        ("soon", None, forms.UNKNOWN),
        (True, None, forms.UNKNOWN),
        ([DAY], None, forms.UNKNOWN),
        (10**400, None, forms.UNKNOWN),
    ],
)
def test_what_is_doubtful_is_said(value, moment, doubt):
    assert read(value) == (pd.Timestamp(moment) if moment else pd.NaT, doubt)


@pytest.mark.parametrize("value", [None, float("nan"), pd.NaT, pd.NA, "", "  ", "n/a", "None", "NaN", "—"])
def test_only_what_says_that_it_is_missing_is_missing_in_silence(value):
    assert read(value) == (pd.NaT, None)


def test_tomorrow_is_no_doubt_and_the_day_after_is():
    assert read("2026-11-23") == (pd.Timestamp("2026-11-23"), None)
    assert read("2026-11-24")[1] == dates.FUTURE


def test_one_sure_date_settles_the_order_of_a_column():
    for others, settles in (
        (["25/12/2025", "2025-12-03", None], (pd.Timestamp("2025-12-03"), None)),
        (["12/25/2025"], (pd.Timestamp("2025-03-12"), None)),
    ):
        assert read("03/12/2025", order=dates.proven_order(["03/12/2025", *others])) == settles
    assert dates.proven_order(["03/12/2025", "12/25/2025", "25/12/2025"]) is None
    assert read("03/12/2025")[1] == forms.AMBIGUOUS


def test_the_order_is_settled_by_the_file_first_then_by_the_outlet():
    values = ["03/12/2025", "25/12/2025", "04/12/2025", "12/25/2025", "05/12/2025", pd.Timestamp(DAY)]
    sources = ["a.csv row 2", "a.csv row 3", "b.txt", "c.txt", "d.txt", "e.txt"]
    found, told = dates.settled(values, sources, ["X", "X", "Y", "Y", None, None])
    days = [f"{moment:%m-%d}" if moment is not pd.NaT else None for moment in found]
    assert days == ["12-03", "12-25", "04-12", "12-25", None, "12-03"]
    assert [(source, problem.split("”")[0]) for source, problem, _ in told] == [
        ("a.csv row 2", "dates such as “03/12/2025"),
        ("b.txt", "dates such as “04/12/2025"),
        ("d.txt", "published “05/12/2025"),
    ]


def test_a_table_and_a_folder_load_with_their_dates_settled(tmp_path):
    (tmp_path / "t.csv").write_text(
        "text,date\nThe ferry left.,03/12/2025\nThe ferry came.,25/12/2025\nThe ferry sank.,soon\n", encoding="utf-8"
    )
    news = load(tmp_path / "t.csv", columns={"raw": "text", "published": "date"})
    assert [f"{day:%m-%d}" for day in news.articles["published"].dropna()] == ["12-03", "12-25"]
    assert sorted(news.report(missing=False)["problem"].str[:20]) == ["dates such as “03/12", "published “soon”: th"]


def test_a_date_line_above_the_body_is_the_date_of_publication():
    head = "Ferry crews walk out\nBy Marta Quillen\nUpdated Dec. 4, 2025\nPublished: Dec. 3, 2025, 10:15 a.m. ET"
    news = paste(f"{head}\nThe crews left the quay.\nDecember 9, 2025\nThey came back.")
    assert news.articles.at["pasted", "published"] == pd.Timestamp("2025-12-03 10:15")
    assert news.segments.query("kind == 'dateline'")["rule"].tolist() == ["date line", "date line"]
    assert news.report(missing=False).empty and len(news.body) == 3
    doubtful = paste("Ferry crews walk out\n03/12/2025\nThe crews left the quay.\nThey came back.")
    assert doubtful.articles["published"].isna().all()
    assert doubtful.report(missing=False)["problem"].tolist() == [f"published “03/12/2025”: {forms.AMBIGUOUS}"]


@pytest.mark.parametrize("line", ["May 2019", "1945", "1764756000", "12-10-14", "In 2019", "Yesterday", "3 December"])
def test_a_line_that_may_be_a_heading_is_no_date_line(line):
    assert not dates.is_line(line)


@given(st.one_of(st.text(max_size=40), st.text("0123456789/.-: apmDecJul,'", max_size=30), st.floats(), st.integers()))
def test_any_value_is_read_or_doubted(value):
    moment, doubt = dates.read(value)
    assert moment is pd.NaT or isinstance(moment, pd.Timestamp) and 1600 <= moment.year <= 2199 and moment.tz is None
    assert doubt is None or doubt.strip() and dates.problem(value, moment, doubt)


def test_a_doubtful_value_is_told_on_one_short_line():
    problem, _ = dates.problem("soon\n\ud800" + "x" * 500, pd.NaT, forms.UNKNOWN)
    assert problem.encode() and "\n" not in problem and len(problem) < 120


@given(st.datetimes(datetime(1700, 1, 1), datetime(2026, 11, 22)), st.sampled_from(
    ["%Y-%m-%dT%H:%M:%S", "%d %B %Y %H:%M:%S", "%B %d, %Y, %I:%M:%S %p", "%a, %d %b %Y %H:%M:%S +0000", "%Y%m%d%H%M%S"]
))  # fmt: skip
def test_what_is_written_out_is_read_back(moment, form):
    assert read(moment.strftime(form)) == (pd.Timestamp(moment.replace(microsecond=0)), None)
