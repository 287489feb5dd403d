"""Laws: a likelihood held against its maximum, halves drawn by hand, and what is without a unit counted anew."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from utils import load, passages, terms
from utils.measures.terms import laws


def test_the_exponent_is_the_likeliest_for_the_ranks():
    counts = np.array([60, 30, 22, 14, 12, 9, 9, 8, 7, 6, 1, 1, 1])
    rank = np.arange(1, len(counts) + 1)

    def likelihood(exponent):
        weight = rank**-exponent
        return (counts * np.log(weight / weight.sum())).sum()

    found = laws.fitted(counts)
    assert likelihood(found) > max(likelihood(found - 1e-4), likelihood(found + 1e-4))
    exact = np.round(1e9 / np.arange(1, 2001) ** 1.25)
    assert laws.fitted(exact) == pytest.approx(1.25, abs=1e-6)
    assert np.isnan(laws.fitted(np.array([3, 3, 3]))) and np.isnan(laws.fitted(np.array([5])))


def test_growth_is_the_mean_over_all_ways_to_draw_articles(six):
    own = terms.counts(six).groupby("article_id", observed=True)["term"].agg(set)
    drawn = {n: np.mean([len(set.union(*some)) for some in combinations(own, n)]) for n in range(1, 7)}
    table = terms.growth(six)
    assert dict(zip(table["articles_read"], table["types_met"], strict=True)) == pytest.approx(drawn)
    assert table["words_read"].iloc[-1] == 53
    row = terms.heaps(six).iloc[0]
    assert row["exponent"] == pytest.approx(np.log2(drawn[6] / drawn[3])) and row["n_types"] == drawn[6]
    assert row["note"] == "no interval: 6 articles, 10 are wanted"


@pytest.mark.parametrize("unit", ["article", "story"])
def test_exponents_without_a_unit_are_those_of_the_others(harbour, unit):
    _, _, units = next(laws._by_unit(harbour, passages.groups(harbour, unit=unit)))
    whose = pd.factorize(passages.units_of(harbour, unit))[0]
    halves, by_rank = (each(*next(laws._by_unit(harbour, passages.groups(harbour, unit=unit)))[1:])[1]
                       for each in (laws._without_by_halves, laws._without_by_rank))  # fmt: skip
    assert len(units) == len(halves) == whose.max() + 1
    for gone in (0, 40, len(units) - 1):
        others = harbour.select(pd.Series(whose != gone, harbour.articles.index))
        assert halves[gone] == pytest.approx(terms.heaps(others).at[0, "exponent"])
        assert by_rank[gone] == pytest.approx(terms.zipf(others).at[0, "exponent"], abs=5e-4)


def test_groups_have_a_law_each_and_texts_without_words_none(harbour, six):
    for law, most in ((terms.zipf, 2), (terms.heaps, 1)):
        table = law(harbour, by="outlet")
        assert len(table) == 3 and table["exponent"].between(0.3, most).all() and table["low"].notna().all()
        none = law(six, within=six.segments[:0])
        assert none["n_tokens"].tolist() == [0] and none["exponent"].isna().all() and "no article" in none.at[0, "note"]
        alone = law(six, by="article")
        assert len(alone) == 6 and alone["low"].isna().all()
    alike = load(pd.DataFrame({"title": ["One", "Two"], "text": ["war peace"] * 2}))
    assert np.isnan(terms.zipf(alike).at[0, "exponent"]) and terms.heaps(alike).at[0, "exponent"] == 0


def test_ranks_stand_beside_what_the_law_expects(six):
    table = terms.ranks(six)
    assert table["rank"].tolist() == list(range(1, len(table) + 1)) and table["count"].is_monotonic_decreasing
    assert table["expected"].sum() == pytest.approx(53) and table["expected"].is_monotonic_decreasing
    by_paper = terms.ranks(six, by="outlet")
    assert by_paper.groupby("outlet")["rank"].min().tolist() == [1, 1]


def test_no_bound_of_heaps_leaves_what_an_exponent_can_be():
    texts = [
        " ".join(f"w{n}x{word}" for word in range(20 if n else 300)) + " sea land port" * (n % 2) for n in range(14)
    ]
    row = terms.heaps(load(pd.DataFrame({"title": [f"Page {n}" for n in range(14)], "text": texts}))).iloc[0]
    assert row["low"] < row["exponent"] < row["high"] == 1


@pytest.mark.parametrize("text", ["a a a b b b c c c", "sea sea", "sea land"])
def test_where_there_is_no_exponent_nothing_is_expected_of_any_rank(text):
    uneven = "sea sea sea land land port"
    news = load(pd.DataFrame({"title": ["One", "Two"], "outlet": ["A", "B"], "text": [text, uneven]}))
    table = terms.ranks(news, by="outlet").set_index("outlet")["expected"]
    assert table.loc[["A"]].isna().all() and table.loc["B"].sum() == pytest.approx(6)
