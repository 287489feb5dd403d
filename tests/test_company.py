"""Company: what notebook 09 works out and says, held against counts by hand."""

import pandas as pd
import pytest

from utils import company, terms
from utils.teaching.questions import by_name

ASKED = by_name()


def listed(lows, first="word"):
    """A table as of `terms.collocates`: so many words with such lower ends, in this order."""
    names = [f"{first}{n}" for n in range(len(lows))]
    rows = {"term": names, "count": range(len(lows), 0, -1), "low": lows, "mi": range(len(lows))}
    return pd.DataFrame(rows).astype({"low": float})


def test_what_is_expected_is_worked_out_by_hand(six):
    table = terms.collocates(six, "peace", rank="count", min_count=1)
    said = company.by_hand(table, "peace").data
    assert "stands 5 times among 48 words, and 17 of all" in said and said.startswith("“war”")
    row = table.iloc[0]
    assert f"**{row['expected']:.1f}** would be near it anyway. There are **{row['count']}**" in said
    assert "nothing to work out" in company.by_hand(table.head(0), "zebra").data


def test_lists_are_as_long_as_ours_and_held_against_the_other_part():
    one, other = listed([2, 1, -1, None]), listed([None, 1, 1, 1])
    table = company.again(one, other, {"ours": "low", "MI": "mi"})
    assert table[["list", "shown", "held"]].to_numpy().tolist() == [["ours", 2, 1], ["MI", 2, 2]]
    assert table["share"].tolist() == [0.5, 1]
    none = company.again(listed([-1]), other, {"ours": "low"})
    assert none["share"].isna().all() and none["shown"].tolist() == [0]


def test_the_answer_names_no_word_whose_interval_reaches_zero():
    parts = {"up to 1945": listed([1, 1]), "after 1945": listed([1, -1])}
    said = company.kept(listed([3, 2, -1]), "strike", parts, "energy").data
    assert "**word0** and **word1**;" in said and "word2" not in said
    assert "surely keeps 2 words company up to 1945 and 1 after 1945, 1 of them in both" in said
    silent = company.kept(listed([-1, None]), "strike", {"a": listed([]), "b": listed([])}, "energy").data
    assert "Of none can we say" in silent and "none of them in both" in silent
    told = company.sure(listed([3, None]), listed([3, 2]), called="stories", other_called="articles").data
    assert "1 have an interval above 0 by stories; by articles, 2. 1 have none" in told


@pytest.mark.parametrize(("answer", "verdict", "hint"), [
    (["waiting", "pay"], "compare", "stands near 'waiting' 29 times in 28 articles"),
    (["Waiting", "Pay"], "compare", "MI is at least"),
    (["waiting", "zebra"], "wrong", "'zebra' stands nowhere"),
    (["waiting", "festival"], "wrong", "never stands within five words"),
    (["waiting", "outside"], "wrong", "in 3 articles, 5 are wanted"),
    (["waiting"], "wrong", "two words in a list"),
    ("waiting pay", "wrong", "two words in a list"),
    (["/(/", "pay"], "wrong", "cannot be read"),
])  # fmt: skip
def test_a_pair_is_judged_by_its_interval(harbour, answer, verdict, hint):
    found = ASKED["09-compose"](answer, harbour)
    assert found.verdict == verdict and hint in found.message


def test_slips_of_the_window_and_of_places_are_known(harbour):
    near, counted = terms.collocate_hits(harbour, "strike"), terms.collocates(harbour, "strike")
    assert ASKED["09-predict"](near["term"].nunique(), near, counted).verdict == "right"
    assert "counts places" in ASKED["09-predict"](len(near), near, counted).message
    right = len(terms.collocates(harbour, "strike", window=(0, 2)))
    assert ASKED["09-change"](right, harbour, "strike").verdict == "right"
    left = len(terms.collocates(harbour, "strike", window=(2, 0)))
    assert "the first number is the left side" in ASKED["09-change"](left, harbour, "strike").message
