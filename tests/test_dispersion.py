"""Dispersion: published values, the plain formulas cell by cell, and what is without a unit counted anew."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import terms
from utils.measures.terms.dispersion import INDEXES, _without, spread

# Lyne's (1985) ALLEMAND in ten parts, as the R package tlda 0.1 works it out; the second is Gries's (2008) own toy
LYNE = ([2, 0, 1, 1, 3, 0, 3, 0, 0, 0], [8143, 8058, 8271, 8125, 7959, 7941, 8146, 8001, 8003, 7930])
GRIES = ([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
PUBLISHED = {
    "lyne": (LYNE, [5, 0.6038797288, 0.6521443919, 0.4763652002, 0.4990704543, 0.553769038, 0.5535479786]),
    "gries": (GRIES, [5, 0.7851504535, 0.9379213033, 0.9498163423, 0.18, 0.18 / 0.82, 0.18 / 0.82]),
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_values_come_to_the_digits_given(name):
    (counts, sizes), published = PUBLISHED[name]
    assert spread_of(counts, sizes)[INDEXES].tolist() == pytest.approx(published, abs=5e-11)


def spread_of(counts, sizes):
    counts, sizes = np.array(counts), np.array(sizes)
    part = np.flatnonzero(counts)
    return spread(counts[part], part, np.zeros(len(part), int), sizes, np.zeros(len(sizes), int)).iloc[0]


PARTS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30)), min_size=2, max_size=9)


@settings(max_examples=80)
@given(PARTS.filter(lambda parts: sum(count for count, _ in parts) and sum(c + r > 0 for c, r in parts) > 1))
def test_indexes_stay_in_their_range_and_are_those_of_the_plain_formulas(parts):
    counts, sizes = (np.array(each) for each in zip(*((count, count + rest) for count, rest in parts), strict=True))
    row = spread_of(counts, sizes)
    v, s = counts[sizes > 0], sizes[sizes > 0]
    share, ours, rate = s / s.sum(), v / v.sum(), v / s
    dp = abs(ours - share).sum() / 2
    assert row["dp"] == pytest.approx(dp) and row["dp_norm"] == pytest.approx(dp / (1 - share.min()))
    assert row["dp_egbert"] == pytest.approx(dp / (1 - share[v > 0].min()))
    assert row["juilland_d"] == pytest.approx(1 - rate.std() / rate.mean() / np.sqrt(len(v) - 1), abs=1e-7)
    assert row["n_parts"] == len(v) and row["range"] == (v > 0).sum()
    within = row[["carroll_d2", "rosengren_s", "dp", "dp_egbert", "dp_norm"]].astype(float)
    assert within.between(-1e-9, 1 + 1e-9).all()


@settings(max_examples=80)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 5), st.integers(0, 9)), min_size=6))
def test_without_a_unit_the_value_is_that_of_the_others_counted_anew(rows):
    cells = pd.DataFrame(rows, columns=["group", "unit", "count", "rest"])
    cells["size"] = cells["count"] + cells["rest"]
    cells = cells.groupby(["group", "unit"])[["count", "size"]].sum().query("size > 0")
    if cells["count"].sum() == 0:
        return
    found = _without(cells["count"], cells["size"])
    for at, unit in enumerate(cells.index.get_level_values("unit").unique().sort_values()):
        left = cells[cells.index.get_level_values("unit") != unit].groupby("group").sum()
        if left["count"].sum() and len(left) > 1:
            assert found[at] == pytest.approx(spread_of(left["count"], left["size"])["dp_norm"])


def test_parts_are_articles_or_any_column_and_groups_are_spread_by_themselves(six):
    table = terms.dispersion(six).set_index("term")
    peace = table.loc["peace", ["count", "n_articles", "n_parts", "range"]]
    assert peace.tolist() == [5, 3, 6, 3]
    counts, sizes = [2, 1, 0, 0, 0, 2], terms.sizes(six)["n_tokens"]
    assert table.loc["peace", INDEXES].tolist() == pytest.approx(spread_of(counts, sizes)[INDEXES].tolist())
    by_paper = terms.dispersion(six, parts="outlet").set_index("term")
    assert by_paper.loc["peace", ["n_articles", "n_parts", "range"]].tolist() == [3, 2, 2]
    grouped = terms.dispersion(six, by="outlet").set_index(["outlet", "term"])
    own = spread_of([2, 1], sizes[:2])
    assert grouped.loc[("The Alder Post", "peace"), INDEXES].tolist() == pytest.approx(own[INDEXES].tolist())
    alone = terms.dispersion(six, by="article").iloc[0]
    assert alone["range"] == 1 and alone[["dp", "dp_norm", "juilland_d"]].isna().all()
    assert "peace" not in set(terms.dispersion(six, stop=["Peace"])["term"])


def test_an_article_in_several_parts_is_one_article(six):
    halves = six.segments[six.segments["kind"].isin(["headline", "body"])]
    table = terms.dispersion(six, parts="kind", within=halves).set_index("term")
    assert table.loc["peace", ["count", "n_articles", "range"]].tolist() == [7, 3, 2]


def test_an_interval_is_asked_for_and_stays_possible(harbour):
    table = terms.dispersion(harbour, interval=["the", "cargo", "soup", "zebra"]).set_index("term")
    known = table.dropna(subset="low")
    assert known.index.tolist() == ["the", "cargo"] and ((0 < known["low"]) & (known["high"] < 1)).all()
    assert (known["low"] < known["dp_norm"]).all() and (known["dp_norm"] < known["high"]).all()
    assert table.loc["soup", "note"] == "no interval: in 1 article, 5 are wanted" and "zebra" not in table.index
    assert table.loc["and", "note"] == "no interval: not asked for"
    with pytest.raises(ValueError, match="bare string"):
        terms.dispersion(harbour, interval="the")


def test_words_heaped_up_in_one_article_are_among_the_least_even_of_their_frequency(harbour):
    table = terms.dispersion(harbour)
    for word in ("silt", "soup", "knots", "drums", "ladder"):  # planted in one article and nowhere else
        own = table[table["term"] == word].iloc[0]
        like = table[table["count"] == own["count"]]["dp_norm"]
        assert (like < own["dp_norm"]).mean() > 0.9
    both = table[table["count"] == 19].set_index(
        "term"
    )  # as often as five others stand, in one article and twelve more
    assert both["juilland_d"].nsmallest(5).index.difference(["bread", "letters", "herring", "roof", "engine"]).empty


def test_nothing_to_spread_is_an_empty_table(six):
    empty = terms.dispersion(six, within=six.segments[:0], interval=["war"])
    assert empty.empty and list(empty)[-3:] == ["low", "high", "note"]
