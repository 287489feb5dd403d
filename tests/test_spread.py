"""Pictures of how articles spread say in words what they draw, and why there is nothing to draw."""

import pandas as pd
import pytest

from utils import figures, reading, terms
from utils.stats import periods

SOURCE = "Source: six articles"


def dates(*days):
    return pd.Series(pd.to_datetime(list(days)))


def test_periods_are_counted_holes_among_them():
    days = dates("2025-03-03", "2025-03-05", "2025-03-20", None, "2025-04-01")
    assert periods.counted(days, "week").tolist() == [2, 0, 1, 0, 1]
    made = figures.per_period(days, "Two in a week", holds=True, source=SOURCE)
    assert made.title == "Two in a week" and "None in 2 of them." in made.alt
    assert "5 in all; most in the week of 3 Mar 2025, 2; fewest 0" in made.alt
    assert made.figure["source"].endswith("1 without a date left out")
    assert made.figure["axes"][0]["bars"]["n"] == 5


@pytest.mark.parametrize("days", [[None, None], ["2025-03-03", "2025-03-03"], []])
def test_nothing_is_drawn_where_time_cannot_be_laid_out(days):
    made = figures.per_period(dates(*days), "Title", holds=False, source=SOURCE)
    assert isinstance(made, figures.Undrawn) and "nothing can be laid out over time" in made.why


def test_strips_have_a_row_a_group_those_with_most_articles_first():
    values, groups = pd.Series([3, 1, 9, 4, None]), pd.Series(["b", "b", "a", "b", "a"])
    made = figures.strips(values, groups, "b has most", holds=True, subtitle="Words", source=SOURCE)
    assert made.alt == "Marks, one an article, a row a group: b 1 to 4, median 3; a 9 to 9, median 9."
    many = figures.strips(
        pd.Series(range(6)), pd.Series(list("abcdef")), "T", holds=False, subtitle="Words", source=SOURCE
    )
    assert "the 4 of 6 with most articles" in many.alt and many.title == "Words, by article"
    none = figures.strips(pd.Series([None, None]), groups.head(2), "T", holds=False, subtitle="Words", source=SOURCE)
    assert isinstance(none, figures.Undrawn)


def test_a_dispersion_counts_its_ticks(six):
    placed = reading.places(six, terms.hits(six, "war"))
    made = figures.dispersion(placed, six.articles["title"], "War everywhere", holds=True, source=six.origin)
    assert "of 5 ticks" in made.alt and made.figure["subtitle"].startswith("“war”: a row an article, a tick a hit")
    nothing = figures.dispersion(placed.iloc[:0], six.articles["title"], "T", holds=False, source=six.origin)
    assert isinstance(nothing, figures.Undrawn)
