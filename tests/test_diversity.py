"""Diversity: published values, plain recounts window by window, and means over articles that stay possible."""

from collections import Counter
from math import comb

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit

from utils import load, terms
from utils.measures.terms import richness
from utils.measures.terms.diversity import MEAN, OF_ALL, SQUARES

LEXRICH = "test text with some text numbers hyphenhere and text punctuations"  # as LexicalRichness 0.5 reads its toy
OF_LEXRICH = {"ttr": 0.8, "rttr": 2.5298221281347035, "cttr": 1.7888543819998317, "herdan": 0.9030899869919434,
              "summer": 0.8777828395738175, "dugast": 23.760032854423635, "yule_k": 600.0, "yule_i": 8.0,
              "simpson_d": 0.06666666666666667, "mtld": 14.0}  # fmt: skip
MAAS = 0.04208748389057132 * np.log(10)  # which LexicalRichness gives in natural logarithms
QUANTEDA = {  # its documentation of textstat_lexdiv
    ("one one two one one two one", "mattr"): {2: 0.8333333333, 3: 0.6666666667, 4: 0.5},
    ("apple orange apple orange pear pear apple orange", "msttr"): {2: 0.875, 3: 0.6666666667, 4: 0.625},
    (LEXRICH, "mattr"): {5: 0.9},
    (LEXRICH, "msttr"): {5: 0.9},
}
# The example of lexical_diversity 0.1.1, 180 words lemmatised by it: each word by the order in which it comes first
COLORADO = """
0 1 2 3 4 0 5 6 7 8 9 3 0 10 5 4 0 11 12 0 6 13 14 0 15 0 16 17 5 2 18 19 20 21 22 23 19 24 25 26 27 28 29 30 31 32 33
34 35 5 36 0 37 38 0 39 1 5 2 40 0 41 42 43 44 45 46 1 46 47 48 0 32 17 0 49 1 50 17 51 5 2 52 53 54 36 0 55 56 36 0
57 58 36 0 59 60 36 0 61 62 63 36 0 64 65 36 0 66 23 67 68 36 0 69 70 0 71 72 5 2 73 4 74 75 76 17 15 77 78 79 80 81
82 6 23 83 84 5 2 85 17 0 86 87 88 49 1 23 89 17 0 15 1 90 2 0 91 23 92 93 94 17 5 95 17 0 1 2 96 38 97 98 0 99 100
101 2 102 103
"""
OF_COLORADO = {"ttr": 0.5777777777777777, "maas": 0.04683980831849556, "msttr": 0.7133333333333333,
               "mattr": 0.7206106870229007, "hdd": 0.7346993253061275, "mtld": 36.50595044690307,
               "mtld_ma_wrap": 33.68333333333333, "mtld_ma_bid": 35.46626265150569}  # fmt: skip
ST_JOHN = {1: 212, 2: 51, 3: 26, 4: 13, 5: 6, 6: 6, 7: 3, 8: 4, 10: 1, 11: 1, 13: 3, 16: 1, 17: 1, 19: 1, 21: 1, 59: 1}


def corpus(*texts):
    rows = [{"title": f"Number {n}", "text": text} for n, text in enumerate(texts)]
    return load(pd.DataFrame(rows))


def values(text, **options):
    return terms.diversity(corpus(text), **options).set_index("measure")["value"]


def test_published_values_come_to_the_digits_given():
    assert values(LEXRICH, measures=[*OF_LEXRICH]).to_dict() == pytest.approx(OF_LEXRICH, abs=1e-12)
    assert values(LEXRICH, measures=["maas"])["maas"] == pytest.approx(MAAS, abs=1e-12)
    colorado = " ".join(f"w{word}" for word in COLORADO.split())
    found = values(colorado, measures=[*OF_COLORADO], window=50)
    assert found.to_dict() == pytest.approx(OF_COLORADO, abs=1e-12)
    assert values(colorado, measures=["mattr"], window=25)["mattr"] == pytest.approx(0.7961538461538458, abs=1e-12)
    for (text, measure), published in QUANTEDA.items():
        for window, value in published.items():
            assert values(text, measures=[measure], window=window)[measure] == pytest.approx(value, abs=1e-9)


def test_yules_k_of_the_nouns_of_saint_john_is_that_of_its_spectrum():
    """112.767 by the counts that Yule (1944) prints; 113.09 stands in a paper of 2005, from other counts."""
    words = [f"w{times}x{n}" for times, types in ST_JOHN.items() for n in range(types) for _ in range(times)]
    row = terms.diversity(corpus(" ".join(words)), measures=["yule_k"]).iloc[0]
    assert (row["n_tokens"], row["n_types"]) == (755, 331) and row["value"] == pytest.approx(112.76698, abs=5e-6)


def test_hdd_of_five_drawn_is_published_too():
    code = pd.factorize(np.array(LEXRICH.split()))[0]
    found = richness.hdd(code, np.array([0]), np.array([10]), 5)
    assert found.tolist() == pytest.approx([0.8833333333333332])


TEXTS = st.lists(st.lists(st.integers(0, 5), min_size=1, max_size=40), min_size=1, max_size=4)


@settings(max_examples=80)
@given(TEXTS, st.integers(2, 9))
def test_windows_are_counted_as_by_looking_at_each_and_never_reach_into_the_next_article(texts, window):
    code, n = np.concatenate([np.array(text) for text in texts]), np.array([len(text) for text in texts])
    last = np.cumsum(n)
    first = last - n
    same = richness.before(code, first)
    types, words = richness.mattr(same, first, last, window)
    assert types.tolist() == [
        sum(len(set(text[at : at + window])) for at in range(len(text) - window + 1)) for text in texts
    ]
    assert words.tolist() == [max(len(text) - window + 1, 0) * window for text in texts]
    types, words = richness.msttr(same, first, last, window)
    stretches = [[text[at : at + window] for at in range(0, len(text) - window + 1, window)] for text in texts]
    assert types.tolist() == [sum(len(set(one)) for one in own) for own in stretches]
    assert words.tolist() == [sum(map(len, own)) for own in stretches]
    drawn = richness.hdd(code, first, last, window)
    for text, found in zip(texts, drawn, strict=True):
        ways = [1 - comb(len(text) - f, window) / comb(len(text), window) for f in Counter(text).values()
                ] if len(text) >= window else [np.nan]  # fmt: skip
        assert found == pytest.approx(sum(ways) / window, nan_ok=True)
    for way, turned in zip(richness.mtld(code, first, last), (texts, [text[::-1] for text in texts]), strict=True):
        assert way == pytest.approx([plain_factors(text) for text in turned])


@settings(max_examples=40)
@given(TEXTS)
def test_factors_begun_at_every_word_are_those_of_a_plain_walk(texts):
    code, n = np.concatenate([np.array(text) for text in texts]), np.array([len(text) for text in texts])
    for wrap in (True, False):
        words, ended = richness.moving_mtld(code, np.cumsum(n) - n, np.cumsum(n), wrap=wrap)
        for text, *found in zip(texts, words, ended, strict=True):
            rest = [(text + text if wrap else text)[at:] for at in range(len(text))]
            lengths = [next((size for size in range(10, len(one) + 1) if len(set(one[:size])) < 0.72 * size), 0)
                       for one in rest]  # fmt: skip
            assert found == [sum(lengths), np.count_nonzero(lengths)]


def plain_factors(text):
    """The factors of a text, as McCarthy & Jarvis (2010) count them."""
    found, held = 0.0, []
    for place, word in enumerate(text, 1):
        held.append(word)
        share = len(set(held)) / len(held)
        if place < len(text) and share < 0.72 and len(held) >= 10:
            found, held = found + 1, []
    return found + (1 - share) / 0.28 if len(text) >= 10 else 0.0


def test_every_index_has_a_row_and_an_interval_or_a_reason(harbour):
    every = [*MEAN, *SQUARES, *OF_ALL]
    table = terms.diversity(harbour, measures=every)
    assert table["measure"].tolist() == every and table["value"].notna().all()
    assert table.loc[table["low"].notna(), "measure"].tolist() == [*MEAN, *SQUARES]
    known = table.dropna(subset="low")
    assert (known["low"] < known["value"]).all() and (known["value"] < known["high"]).all()
    assert table.loc[table["low"].isna(), "note"].str.contains("falls with length").all()
    assert table["n_types"].unique().tolist() == [len(terms.frequencies(harbour))]


def test_no_interval_leaves_what_is_possible():
    """Ten articles that say one thing, and ten that never repeat a word: shares that cannot be below 0 or above 1."""
    said = [("war " * 120 if n % 3 else " ".join(f"w{n}x{m}" for m in range(120))) for n in range(15)]
    table = terms.diversity(corpus(*said), measures=[*MEAN, *SQUARES]).set_index("measure")
    assert table.at["mtld_ma_bid", "note"] == "no interval: the values are all alike"
    table = table.drop("mtld_ma_bid")
    assert table["low"].notna().all() and (table["low"] >= 0).all()
    assert (table.loc[["mattr", "hdd", "msttr", "simpson_d"], "high"] <= 1).all() and table.loc["mtld", "low"] >= 1
    assert table.loc["yule_k", "high"] <= 10_000


def test_intervals_are_those_of_leaving_out_each_article_and_measuring_again():
    rng = np.random.default_rng(3)
    news = corpus(*(" ".join(f"w{word}" for word in rng.zipf(1.4, 90) % 60) for _ in range(11)))
    every = [*MEAN, *SQUARES]
    table = terms.diversity(news, measures=every, window=30).set_index("measure")
    left = {}
    for gone in news.articles.index:
        others = news.select(pd.Series(news.articles.index != gone, news.articles.index))
        left[gone] = terms.diversity(others, measures=every, window=30).set_index("measure")["value"]
    left = pd.DataFrame(left)
    margin = stdtrit(10, 0.975) * np.sqrt(left.var(axis=1, ddof=0) * 10)
    assert table["low"].tolist() == pytest.approx((table["value"] - margin).tolist())
    assert table["high"].tolist() == pytest.approx((table["value"] + margin).tolist())


def test_short_articles_are_left_out_and_told(six):
    table = terms.diversity(six).set_index("measure")
    assert table.loc["mattr", ["n_articles", "n_tokens"]].tolist() == [0, 53] and np.isnan(table.at["mattr", "value"])
    assert table.at["mattr", "note"] == "no interval: no article is long enough"
    assert table.loc["ttr", "value"] == pytest.approx(table.at["ttr", "n_types"] / 53)
    assert terms.diversity(six, measures=["mattr"], window=9).loc[0, "n_articles"] == 2
    with pytest.raises(ValueError, match="measures is one of .*did you mean 'mattr'"):
        terms.diversity(six, measures=["matr"])
    with pytest.raises(ValueError, match="window is a whole number from 2 up"):
        terms.diversity(six, window=1)


def test_a_unit_that_holds_several_articles_is_left_out_at_once(harbour):
    by_story, by_article = (terms.diversity(harbour, unit=unit).set_index("measure") for unit in ("story", "article"))
    pd.testing.assert_series_equal(by_story["value"], by_article["value"])
    assert (by_story["high"] - by_story["low"])["yule_k"] > (by_article["high"] - by_article["low"])["yule_k"]


def test_no_index_at_all_is_refused(six):
    with pytest.raises(ValueError, match="measures names no index; there are mattr,"):
        terms.diversity(six, measures=[])
