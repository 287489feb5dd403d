"""Difference: two rates counted by hand, joined as published, left out unit by unit; changes before and since a day."""

import datetime

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtrit

from utils import intervals, load, passages, terms

SHOWN = ["count_target", "count_reference", "n_articles_target", "n_articles_reference", "n_tokens_target"]


def dated(news, *days):
    return news.with_columns(published=pd.Series(pd.to_datetime(list(days)), news.articles.index))


def test_counts_are_those_counted_by_hand_whatever_says_which_side(six):
    alder = six.articles["outlet"] == "The Alder Post"
    sides = [
        alder,
        alder.to_numpy(),
        {"outlet": "The Alder Post"},
        six.body[six.body["article_id"].isin(alder.index[alder])],
    ]
    for side in sides:
        table = terms.difference(six, ["peace", "war"], side)
        assert table[SHOWN].to_numpy().tolist() == [[3, 2, 2, 1, 16], [3, 2, 2, 1, 16]]
        assert table["difference"].tolist() == pytest.approx([1e4 * (3 / 16 - 2 / 37)] * 2)
        assert table["note"].tolist() == ["no interval: 2 articles of the target, 10 are wanted"] * 2
    few = terms.difference(six, "peace", alder, six.articles["title"] == "Rain")
    assert few[["count_reference", "n_tokens_reference"]].iloc[0].tolist() == [0, 8]
    headlines = six.segments[six.segments["kind"] == "headline"]
    assert terms.difference(six, "peace", headlines)[SHOWN[:2]].iloc[0].tolist() == [2, 5]


def test_a_group_counts_a_passage_once_and_has_a_name(six):
    asked = {"war and peace": ["peace", "pea*", "war"], "bread": "bread"}
    table = terms.rate(six, asked)
    assert table["query"].tolist() == [*asked] and table["count"].tolist() == [10, 3]
    by_paper = terms.rate(six, asked, by="outlet")
    assert by_paper.groupby("query", sort=False)["count"].sum().tolist() == [10, 3]
    found = terms.hits(six, asked["war and peace"])
    passages.evidence(six, table.head(1), found.assign(query="war and peace"), on="query")
    with pytest.raises(ValueError, match="groups of queries have names"):
        terms.rate(six, {})
    assert terms.difference(six, asked, {"outlet": "Birch Weekly"})["count_target"].tolist() == [4, 3]


def test_bounds_are_those_of_both_rates_joined(harbour):
    """Zou & Donner (2008), formula 4: each bound leans on how far the rates' own intervals reach that way."""
    target = harbour.articles["outlet"] == "The Low Coast Signalman"
    row = terms.difference(harbour, "talks", target).iloc[0]
    sizes = terms.sizes(harbour).set_index("article_id")["n_tokens"]
    counts = (
        terms.hits(harbour, "talks").groupby("article_id", observed=False).size().reindex(sizes.index, fill_value=0)
    )
    (a, low_a, high_a), (b, low_b, high_b) = (
        intervals.jackknife(counts[side.to_numpy()], sizes[side.to_numpy()]).iloc[0][["rate_per_10k", "low", "high"]]
        for side in (target, ~target)
    )
    assert row["difference"] == pytest.approx(a - b)
    assert row["low"] == pytest.approx(a - b - np.hypot(a - low_a, high_b - b))
    assert row["high"] == pytest.approx(a - b + np.hypot(high_a - a, b - low_b))


def test_units_on_both_sides_leave_both_at_once(harbour):
    some = harbour.select(harbour.articles.index[:48])
    target = some.articles["outlet"] == "The Low Coast Signalman"
    row = terms.difference(some, "talks", target, unit="story").iloc[0]
    story = passages.units_of(some, "story")
    assert {*story[target]} & {*story[~target]}, "a story that stands on both sides"
    without = []
    for gone in story.unique():
        left = some.select(story != gone)
        without.append(terms.difference(left, "talks", target.reindex(left.articles.index)).at[0, "difference"])
    margin = stdtrit(len(without) - 1, 0.975) * np.sqrt(np.var(without) * (len(without) - 1))
    assert row["low"] == pytest.approx(row["difference"] - margin)
    assert row["high"] == pytest.approx(row["difference"] + margin)


def test_words_planted_three_times_as_often_are_found_and_what_was_dealt_is_not(harbour):
    target = harbour.articles["outlet"] == "The Low Coast Signalman"
    found = terms.difference(harbour, ["cargo", "talks", "still", "families"], target, unit="story")
    assert (found["low"] > 0).all()
    within = terms.difference(harbour, ["wages", "nearly", "local"], target, unit="story")
    assert ((within["low"] < 0) & (within["high"] > 0)).all()


def test_a_change_stands_before_and_since_a_day_for_each_side_and_between_them(harbour):
    table = terms.change(harbour, ["fuel", "bridge"], since="2025-04-07").set_index("query")
    assert table.loc["fuel", "low"] > 0 and table.loc["bridge", "low"] < 0 < table.loc["bridge", "high"]
    assert table.attrs == {"since": pd.Timestamp("2025-04-07"), "undated": 1}
    early = harbour.articles["published"] < "2025-04-07"
    late = harbour.articles["published"] >= "2025-04-07"
    own = terms.difference(harbour, "fuel", late, early).iloc[0]
    assert table.loc["fuel", ["difference", "low", "high"]].tolist() == own[["difference", "low", "high"]].tolist()
    target = harbour.articles["outlet"] == "The Low Coast Signalman"
    sides = terms.change(harbour, "the", target, since="2025-04-07").set_index("side")
    assert sides.index.tolist() == ["target", "reference", "target less reference"]
    one, other, both = (sides.loc[side] for side in sides.index)
    assert both["difference"] == pytest.approx(one["difference"] - other["difference"]) and both["note"] == ""
    reach = (
        [each["difference"] - each["low"] for each in (one, both)],
        [each["high"] - each["difference"] for each in (one, both)],
    )
    assert all(own < joined for own, joined in reach)
    assert sides[["count_before", "count_since"]].iloc[-1].isna().all()
    assert sides["count_since"].iloc[0] == terms.hits(harbour.select(target & late), "the").shape[0]


def test_without_a_day_the_last_quarter_stands_beside_the_first(six):
    news = dated(six, "2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04", None, None)
    table = terms.change(news, "peace")
    assert table[["n_tokens_before", "n_tokens_since"]].iloc[0].tolist() == [10, 8] and table.attrs["undated"] == 2
    assert table.attrs["since"] == pd.Timestamp("2024-05-04")
    assert table.at[0, "note"] == "no interval: 1 article of the part before, 10 are wanted"


REFUSED = {
    "target came as the string.*news.articles\\['outlet'\\] == 'Birch Weekly'": ("Birch Weekly",),
    "target came as int; it wants True or False": (7,),
    "target came with 'outlets', no column.*did you mean 'outlet'": ({"outlets": "Birch Weekly"},),
    "target came with 'Birch Weekli', which no article has in outlet.*did you mean 'Birch Weekly'": (
        {"outlet": "Birch Weekli"},
    ),
    "the reference holds no word": ({"outlet": "Birch Weekly"}, {"title": "no words"}),
    "target and reference share passages": ({"outlet": "Birch Weekly"}, {"title": "Rain"}),
}


@pytest.mark.parametrize("said", REFUSED)
def test_sides_that_are_none_are_refused_in_a_sentence(six, said):
    sides = REFUSED[said]
    if len(sides) > 1 and "no words" in sides[1].values():
        sides = sides[0], six.body.head(0)
    with pytest.raises(ValueError, match=said):
        terms.difference(six, "war", *sides)


def test_a_change_without_dates_is_refused_in_a_sentence(six):
    with pytest.raises(ValueError, match="there are 0 and 0 of 0 dated ones"):
        terms.change(six, "war")
    news = dated(six, *["2024-05-01"] * 6)
    for since in ("2024-01-01", "2025-01-01", "no day"):
        with pytest.raises(ValueError, match="a change wants dated articles before and since a day"):
            terms.change(news, "war", since=since)


def test_no_bound_is_beyond_what_is_possible():
    rows = [{"title": f"N{n}", "text": "war " * 20 if n % 2 else "peace " * 19 + "war", "outlet": "AB"[n % 2]}
            for n in range(30)]  # fmt: skip
    row = terms.difference(load(pd.DataFrame(rows)), "war", {"outlet": "B"}).iloc[0]
    assert row["difference"] == 9500 and row["high"] <= 10_000 or row["note"]


@pytest.mark.parametrize("since", [
    "2024-05-03T00:00Z", "2024-05-03T00:00:00+00:00", pd.Timestamp("2024-05-03", tz="Europe/Madrid"),
    datetime.date(2024, 5, 3), pd.Timestamp("2024-05-03"), "2024-05-03", "3 May 2024", "2024/05/03", 20240503,
])  # fmt: skip
def test_a_day_is_a_day_in_whatever_time_zone_it_is_written(six, since):
    news = dated(six, *[f"2024-05-0{day}" for day in range(1, 7)])
    table = terms.change(news, "peace", since=since)
    assert table.attrs["since"] == pd.Timestamp("2024-05-03")


@pytest.mark.parametrize("since", ["05/04/2024", "5.4.2024", "05-04-2024", "5/4/24", "31/05/2024"])
def test_a_day_that_can_be_read_in_two_ways_is_refused(six, since):
    news = dated(six, *[f"2024-05-0{day}" for day in range(1, 7)])
    with pytest.raises(ValueError, match="since is a day.*write it as 2025-04-05"):
        terms.change(news, "peace", since=since)
