"""Charts of measures' tables: titles checked, what they speak of marked, told in words, and never an empty picture."""

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from utils import figures, load, paste, sentiment, terms

TITLE = "A title that says what is seen"


@pytest.fixture(autouse=True)
def house(monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)
    with matplotlib.rc_context():
        figures.use_house_style()
        yield
    plt.close("all")


def weeks(counts, n_articles=12, **attrs):
    """A table over time of so many hits in 1,000 words a week; None is a week without articles."""
    days = pd.date_range("2025-03-03", periods=len(counts), freq="7D")
    n = [0 if count is None else n_articles for count in counts]
    table = pd.DataFrame({"period": days, "count": [count or 0 for count in counts], "n_articles": n})
    rate = table["count"].where(table["n_articles"] > 0) * 10.0
    table = table.assign(rate_per_10k=rate, low=rate * 0.5, high=rate * 2)
    own = {"freq": "week", "value": "rate_per_10k", "source": "Source: twelve", "part": [], "undated": 0, "lacking": ""}
    table.attrs = own | {"query": "fuel"} | attrs
    return table


LATE = weeks([1, 2, 1, 0, 2, 5, 6, 7, 6, 8])


@pytest.mark.parametrize(("claim", "holds"), [
    (figures.jumps(LATE, "2025-04-07"), True),
    (figures.jumps(LATE, "2025-04-13"), True),  # the Sunday of that week
    (figures.jumps(LATE, "2025-03-31"), False),
    (figures.jumps(LATE, "2025-04-28"), False),  # two weeks after it
    (figures.jumps(LATE, "1999-01-01"), False),
    (figures.peaks(LATE, "2025-05-05"), True),
    (figures.peaks(LATE, "2025-04-21"), False),
    (figures.peaks(weeks([3, 3, 3]), "2025-03-03"), False),
    (figures.peaks(weeks([3]), "2025-03-03"), False),
    (figures.peaks(weeks([]), "2025-03-03"), False),
    (figures.silent(LATE, "2025-03-24", "2025-03-24"), True),
    (figures.silent(LATE, "2025-03-17", "2025-03-24"), False),
    (figures.silent(weeks([1, 0, None, 0, 1]), "2025-03-10", "2025-03-24"), False),  # a hole is no silence
    (figures.silent(weeks([0, 0, 0]), "2025-03-03", "2025-03-17"), False),  # where it is never said, nothing is shown
    (figures.silent(weeks([]), "2025-03-03", "2025-03-17"), False),
])  # fmt: skip
def test_a_claim_holds_as_its_table_has_it(claim, holds):
    assert claim.holds is holds and bool(claim) is holds


def test_claims_refuse_what_is_no_line_and_no_day():
    with pytest.raises(ValueError, match="one row a period"):
        figures.peaks(pd.concat([LATE, LATE]), "2025-04-07")
    with pytest.raises(ValueError, match="a day is wanted.*'week six'"):
        figures.jumps(LATE, "week six")
    with pytest.raises(ValueError, match="trend draws what over_time gives"):
        figures.trend(LATE.drop(columns="period"), TITLE, holds=True)


def words(picture):
    return picture.figure["axes"][0]["texts"]


def test_what_the_title_speaks_of_is_in_colour_and_its_value_is_written():
    picture = figures.trend(LATE, TITLE, holds=figures.peaks(LATE, "2025-05-05"))
    assert picture.title == TITLE and "80.0 in the week of 5 May 2025" in words(picture)
    line, spoken, *_ = picture.drawing.axes[0].lines
    assert line.get_color() == figures.GREY != spoken.get_color() and len(spoken.get_xdata()) == 1
    neutral = figures.trend(LATE, TITLE, holds=figures.peaks(LATE, "2025-03-03"))
    assert neutral.title == "How often it is said, by week" and not words(neutral)
    assert neutral.drawing.axes[0].lines[0].get_color() != figures.GREY


@pytest.mark.parametrize("counts", [[1, 2, 1, 0, 2, 5], [0, 0, None, 4, 1], [9, 0, None, None, 3, 3]])
def test_words_for_a_line_say_where_it_is_highest_how_often_it_is_silent_and_what_is_missing(counts):
    table = weeks(counts, undated=3, part=[pd.Timestamp("2025-03-03")])
    picture = figures.trend(table, TITLE, holds=False)
    most = table.loc[table["rate_per_10k"].idxmax()]
    around = f"{most['rate_per_10k']:.1f} ({most['low']:.1f} to {most['high']:.1f})"
    assert f"“fuel”, by week, 3 Mar 2025 to {table['period'].iloc[-1]:%-d %b %Y}" in picture.alt
    assert f"Highest {around} in the week of {most['period']:%-d %b %Y}" in picture.alt
    n_silent, n_known = sum(count == 0 for count in counts), sum(count is not None for count in counts)
    assert (f"Not said in {n_silent} of {n_known}." in picture.alt) == (n_silent > 0)
    assert (f"No articles in {counts.count(None)} of {len(counts)}." in picture.alt) == (None in counts)
    said = picture.figure["subtitle"]
    assert ("shaded: not said" in said, "hatched" in said) == (n_silent > 0, None in counts)
    assert "part" in words(picture) and "3 without a date" in picture.figure["source"]
    assert picture.drawing.axes[0].get_ylim()[1] >= table["high"].max() and picture.drawing.axes[0].get_ylim()[0] == 0


@pytest.mark.parametrize(("table", "why"), [
    (weeks([1, 2], lacking="No article here has a date, so nothing can be laid out over time."), "No article here"),
    (weeks([0, 0, 0]), "It stands in no dated article"),
    (weeks([4]), "in one period"),
    (weeks([4, None, None]), "No two periods"),
    (terms.over_time(paste("War.\n\nNo date."), "war"), "No article here has a date"),
    (sentiment.over_time(paste("Good.\n\nNo date.")), "No article here has a date"),
])  # fmt: skip
def test_where_there_is_nothing_to_draw_a_sentence_says_why(table, why):
    drawn = figures.trend(table, TITLE, holds=False)
    assert isinstance(drawn, figures.Undrawn) and why in drawn.why and repr(drawn).endswith(".")
    assert drawn._repr_mimebundle_()["text/html"].startswith("<p>")
    with pytest.raises(TypeError, match=f"what came says: .*{why}"):
        figures.save(drawn, "fuel")


def test_several_lines_have_a_panel_each_and_the_claim_marks_its_own():
    other = weeks([5, 5, 5, 5, 5, 4, 5, 5, 5, 5], query="ferry")
    picture = figures.trend(
        {"fuel": LATE, "ferry": other}, TITLE, holds=figures.silent(LATE, "2025-03-24", "2025-03-24")
    )
    first, second = picture.figure["axes"]
    assert (first["title"], second["title"]) == ("fuel", "ferry")
    assert first["texts"] == ["not said once"] and second["texts"] == []
    assert "“fuel”" in picture.alt and "“ferry”" in picture.alt


ROWS = pd.DataFrame({"paper": ["Alder", "Birch", None], "tone": [-0.05, 0.03, 0.06], "low": [-0.09, np.nan, 0.03],
                     "high": [-0.01, np.nan, 0.09]})  # fmt: skip


def test_rows_bear_their_values_and_the_ends_of_their_axis_names():
    picture = figures.ranked(ROWS, TITLE, label="paper", value="tone", holds=True, marked=["Alder"], source="Source",
                             ends=("← darker", "brighter →"), key=pd.Series({"Alder": -0.04}))  # fmt: skip
    told = ["\u22120.050", "0.030", "0.060"]
    assert words(picture) == told and picture.figure["axes"][0]["ticks"]["y"] == ["Alder", "Birch", "not known"]
    for name, value in zip(["Alder", "Birch", "not known"], told, strict=True):
        assert f"{name} {value}" in picture.alt
    assert "by the key \u22120.040" in picture.alt and "diamonds: by the key" in picture.figure["subtitle"]
    assert "hollow: no interval" in picture.figure["subtitle"]
    axes = picture.drawing.axes[0]
    assert (axes.get_title("left"), axes.get_title("right")) == ("← darker", "brighter →")
    picture.drawing.draw_without_rendering()
    assert all(text.get_window_extent().x1 <= axes.bbox.x1 for text in axes.texts)
    assert isinstance(
        figures.ranked(ROWS[:0], TITLE, label="paper", value="tone", holds=False, source="s"), figures.Undrawn
    )
    with pytest.raises(ValueError, match="no column 'outlet'; it has paper"):
        figures.ranked(ROWS, TITLE, label="outlet", value="tone", holds=True, source="s")


def test_shares_stand_side_by_side_and_every_one_is_told():
    table = pd.DataFrame(
        {"all": [0.286, 0.077], "once": [0.167, np.nan]}, index=pd.Index(["Alder", "Birch"], name="paper")
    )
    said = {"subtitle": "Share of articles", "source": "Source: six", "otherwise": "Shares"}
    picture = figures.side_by_side(table, TITLE, holds=True, marked=["Alder"], **said)
    assert picture.alt.endswith("Alder: 29%, 17%; Birch: 8%, –.")
    assert [axes["title"] for axes in picture.figure["axes"]] == ["all", "once"]
    assert isinstance(figures.side_by_side(table[:0], TITLE, holds=False, **said), figures.Undrawn)


def test_heaps_name_themselves_their_number_and_the_line():
    said = {"line": 0.5, "named": "the line", "subtitle": "Pairs", "source": "Source: six", "otherwise": "Shares"}
    picture = figures.heaps({"copies": pd.Series([0.75, 1.0]), "others": pd.Series([0.02])}, TITLE, holds=True, **said)
    assert words(picture) == ["copies: 2", "others: 1", "the line"]
    assert "copies: 2, 75.0% to 100.0%; others: 1, 2.0% to 2.0%" in picture.alt
    assert isinstance(
        figures.heaps({"copies": pd.Series([], dtype=float)}, TITLE, holds=False, **said), figures.Undrawn
    )


def test_a_picture_is_saved_as_png_and_svg_and_never_over_another(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path / "out"))
    picture = figures.trend(LATE, TITLE, holds=False)
    assert figures.save(picture, "fuel") == ["out/fuel.png", "out/fuel.svg"]
    first = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert first["fuel.png"] == picture.png and b"<svg" in first["fuel.svg"] and b"<dc:date>" not in first["fuel.svg"]
    assert figures.save(figures.trend(LATE, TITLE, holds=False), "fuel") == ["out/fuel.png", "out/fuel.svg"]
    other = figures.trend(weeks([1, 2, 3]), TITLE, holds=False)
    assert figures.save(other, "fuel") == ["out/fuel-2.png", "out/fuel-2.svg"]
    assert {name: (tmp_path / "out" / name).read_bytes() for name in first} == first
    for name in ("../fuel", "", "a b"):
        with pytest.raises(ValueError, match="a name of letters"):
            figures.save(picture, name)


def test_a_line_that_rises_has_its_last_quarter_in_colour():
    change = pd.DataFrame({"low": [0.01]})
    change.attrs["since"] = pd.Timestamp("2025-04-23")
    claim = figures.rises(LATE, change)
    assert claim and claim.where == tuple(LATE["period"].iloc[-3:])
    picture = figures.trend(LATE, TITLE, holds=claim)
    picture.drawing.draw_without_rendering()
    axes = picture.drawing.axes[0]
    assert words(picture) == ["the last quarter of the articles"]
    assert axes.texts[0].get_window_extent().x1 <= axes.bbox.x1 + 1
    assert not figures.rises(LATE, pd.DataFrame({"low": [np.nan]})).holds


def test_a_value_without_an_interval_stays_hollow_where_others_are_grey():
    picture = figures.ranked(ROWS, TITLE, label="paper", value="tone", holds=True, marked=["Birch"], source="s")
    hollow = [drawn for drawn in picture.drawing.axes[0].collections if drawn.get_label() == "no interval"]
    assert len(hollow) == 1 and hollow[0].get_facecolor()[0][:3].tolist() == [1, 1, 1]
    plain = figures.ranked(ROWS[["paper", "tone"]], TITLE, label="paper", value="tone", holds=True, source="s")
    assert "hollow" not in plain.figure["subtitle"]


def test_one_row_lies_below_all_others_where_each_has_an_interval():
    rows = pd.DataFrame({"paper": ["Alder", "Birch"], "low": [-0.09, -0.02], "high": [-0.03, 0.04]})
    assert figures.below(rows, "paper", "Alder") and not figures.below(rows, "paper", "Birch")
    assert not figures.below(ROWS, "paper", "Alder") and not figures.below(rows, "paper", "Cedar")
    assert not figures.below(rows[:1], "paper", "Alder") and not figures.below(rows[:0], "paper", "Alder")


def test_the_corpora_keep_the_findings_that_are_told_of_them(addresses):
    fuel = terms.over_time(load("harbour"), "fuel")
    assert figures.jumps(fuel, "2025-04-07") and fuel.attrs["undated"] == 1
    assert figures.silent(terms.over_time(addresses, "Venezuela"), "1920-01-01", "1969-12-31")


def test_what_a_line_is_made_of_is_a_panel_below_it_told_in_words():
    names = ["Alder", "Birch", "Cedar", "Dorn", "Elm"]
    made = pd.DataFrame(5 * np.eye(10, 5, dtype=int) + 1, LATE["period"].rename("week"), names)
    picture = figures.trend(LATE, TITLE, holds=False, made_of=made)
    axes = picture.figure["axes"]
    assert len(axes) == 2 and picture.alt.endswith("Alder 15; Birch 15; Cedar 15; all others 30.")
    with pytest.raises(ValueError, match="made_of is a table such as periods.made_of gives"):
        figures.trend(LATE, TITLE, holds=False, made_of=made.reset_index(drop=True))


def test_a_grid_writes_what_is_there_and_leaves_white_what_is_not():
    table = pd.DataFrame({"one": [4, 0, 2], "two": [0, np.nan, 0]}, index=["amnesty", "dance", "call"])
    grid = {"title": TITLE, "subtitle": "Texts", "source": "Source: six", "otherwise": "Which tell it"}
    drawn = figures.grid(table, holds=True, **grid)
    record = drawn.figure["axes"][0]
    assert record["grids"][0]["values"] == [4, 0, 0, 0, 2, 0]
    assert [each.get_text() for each in drawn.drawing.axes[0].texts] == ["4", "", "", "–", "2", ""]
    assert "one: 2 of 3 rows filled, most in amnesty (4); two: 0 of 3 rows filled." in drawn.alt
    assert drawn.title == TITLE
    assert figures.grid(table, holds=False, **grid).title == "Which tell it"
    assert "nothing" in repr(figures.grid(table[:0], holds=True, **grid))
