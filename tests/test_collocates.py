"""Collocates: counted again word by word, measured by NLTK, left out unit by unit, opened row by row."""

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures as Nltk
from scipy.special import stdtrit

from utils import load, passages, terms
from utils.measures.terms.collocates import MEASURES


def corpus(*texts):
    return load(pd.DataFrame([{"title": f"Number {n}", "text": text} for n, text in enumerate(texts)]))


WORDS = st.sampled_from(["ferry", "harbour", "came", "late", "in"])
SENTENCES = st.lists(st.lists(WORDS, min_size=2, max_size=8), min_size=1, max_size=3)
WINDOWS = [1, 2, 5, (0, 3), (2, 0), (1, 4), "sentence"]


@settings(max_examples=40)
@given(st.lists(SENTENCES, min_size=1, max_size=3), st.sampled_from(WINDOWS), st.sampled_from(["ferry", "came late"]))
def test_counts_and_passages_are_those_of_a_plain_walk_over_the_words(drawn, window, query):
    news = corpus(*(" ".join(f"{' '.join(one).capitalize()}." for one in own) for own in drawn))
    near, there, where, n = Counter(), Counter(), {}, 0
    for article, found in zip(news.articles.index, drawn, strict=True):
        for own in found if window == "sentence" else [[word for one in found for word in one]]:  # a single paragraph
            edges = np.cumsum([0, *map(len, found)]) if window != "sentence" else [0, len(own)]
            parts = query.split()
            hits = [
                (at, at + len(parts) - 1)
                for at in range(len(own) - len(parts) + 1)
                if own[at : at + len(parts)] == parts
                and any(low <= at and at + len(parts) <= high for low, high in zip(edges, edges[1:], strict=False))
            ]
            node = {at for first, last in hits for at in range(first, last + 1)}
            left, right = (99, 99) if window == "sentence" else (window, window) if isinstance(window, int) else window
            close = {
                at for first, last in hits for at in [*range(first - left, first), *range(last + 1, last + 1 + right)]
            }
            n += len(own) - len(node)
            there.update(word for at, word in enumerate(own) if at not in node)
            for at in close - node:
                if 0 <= at < len(own):
                    near[own[at]] += 1
                    where.setdefault(own[at], set()).add(article)
    table = terms.collocates(news, query, window=window, min_count=1)
    assert table.set_index("term")["count"].to_dict() == dict(near)
    assert table.set_index("term")["n_articles"].to_dict() == {word: len(found) for word, found in where.items()}
    assert table.set_index("term")["n_term"].to_dict() == {word: there[word] for word in near}
    assert set(table["n_tokens"]) <= {n} and set(table["n_near"]) <= {near.total()}
    found = terms.collocate_hits(news, query, window=window)
    assert found.groupby("term").size().to_dict() == dict(near)
    for row, surface in zip(found.itertuples(), passages.text(news, found), strict=True):
        words = [word.lower() for word in re.findall(r"\w+", surface)]
        assert words[0 if row.distance < 0 else -1] == row.term
        assert len(words) == abs(row.distance) + len(query.split()) and " ".join(words).find(query) >= 0


def test_measures_are_those_of_nltk_and_of_what_is_printed(addresses):
    table = terms.collocates(addresses, "peace", measures=[*MEASURES], min_count=1)
    hits = len(terms.hits(addresses, "peace"))
    for row in table.sample(50, random_state=1).itertuples():
        cells = row.count, (row.n_near, row.n_term), row.n_tokens
        assert row.mi == pytest.approx(Nltk.pmi(*cells))
        assert row.t_score == pytest.approx(Nltk.student_t(*cells))
        assert abs(row.log_likelihood) == pytest.approx(Nltk.likelihood_ratio(*cells), abs=1e-4)
        assert np.sign(row.log_likelihood) == np.sign(row.count - row.expected)
        dice = Nltk.dice(row.count, (hits, row.n_term), row.n_tokens)
        assert row.log_dice == pytest.approx(14 + np.log2(dice))
        assert row.mi3 == pytest.approx(row.mi + 2 * np.log2(row.count))


OF_COURSE = {"count": 5610, "n_near": 174_548, "n_term": 7_867, "n_tokens": 10_409_868}


def test_delta_p_of_course_is_what_gries_prints():
    """Gries (2013), 50-something years of work on collocations: of is a poor cue to course, course a good one to of."""
    row = pd.DataFrame([OF_COURSE])
    assert MEASURES["delta_p_term"](row)[0] == pytest.approx(0.032, abs=5e-4)
    assert MEASURES["delta_p_query"](row)[0] == pytest.approx(0.697, abs=5e-4)


@pytest.mark.parametrize("unit", ["article", "story"])
def test_an_interval_is_that_of_leaving_out_each_unit_and_counting_again(harbour, unit):
    table = terms.collocates(harbour, "strike", unit=unit, window=4).set_index("term")
    whose = passages.units_of(harbour, unit)
    near = terms.collocate_hits(harbour, "strike", window=4).assign(unit=lambda own: own["article_id"].map(whose))
    carriers = near.groupby("term")["unit"].nunique()
    without = {}
    for gone in whose.unique():
        others = terms.collocates(harbour.select(whose != gone), "strike", window=4, min_count=1)
        without[gone] = others.set_index("term")["mi"]
    left = pd.DataFrame(without).reindex(table.index[table["low"].notna()])
    assert len(left) > 10
    spread = left.var(axis=1, ddof=0) * (left.shape[1] - 1)
    for term, row in table.loc[left.index].iterrows():
        least = (1 - row["count"] / (row["n_term"] + 1)) / row["count"] / np.log(2) ** 2
        margin = stdtrit(carriers[term] - 1, 0.975) * np.sqrt(max(spread[term], least))
        assert row["low"] == pytest.approx(row["mi"] - margin)
        assert row["high"] == pytest.approx(min(row["mi"] + margin, np.log2(row["n_tokens"] / row["n_near"])))


def test_one_articles_tic_does_not_lead():
    """`very` stands near the ferry twelve times in one article; `late` once in each of eleven others."""
    others = [f"The ferry came late to town number {n} and people there waited a while for it." for n in range(11)]
    elsewhere = [f"The council of town number {n} met and people there talked a while, as often." for n in range(9)]
    news = corpus("The ferry is very very very very old. " * 6, *others, *elsewhere)
    table = terms.collocates(news, "ferry", stop=["the"])
    assert set(table["term"].head(2)) == {"came", "late"}
    assert table.set_index("term").loc["very", "note"].startswith("no interval: in 1 ")
    assert terms.collocates(news, "ferry", rank="count", stop=["the"])["term"].iloc[0] == "very"
    assert table["low"].isna().is_monotonic_increasing


def test_rows_open_in_groups_and_within_passages(harbour):
    table = terms.collocates(harbour, ["strike", "strikes"], by="outlet")
    found = terms.collocate_hits(harbour, ["strike", "strikes"], by="outlet")
    sizes = found.groupby(["outlet", "term"]).size()
    assert sizes.reindex(pd.MultiIndex.from_frame(table[["outlet", "term"]])).tolist() == table["count"].tolist()
    passages.evidence(harbour, table, found, on=["outlet", "term"])
    some = terms.collocate_hits(harbour, ["strike", "strikes"], table["term"].head(3))
    assert set(some["term"]) == set(table["term"].head(3))
    headlines = harbour.segments[harbour.segments["kind"] == "headline"]
    titles = terms.collocates(harbour, "strike", within=headlines, min_count=1)
    assert titles["n_tokens"].iloc[0] < 1500 and titles["count"].sum() == titles["n_near"].iloc[0]


def test_passages_that_overlap_are_one_and_those_that_touch_are_not():
    news = corpus("The ferry came late again, and many people waited for it at the quay.")
    (article, start, end), raw = news.body[["article_id", "start", "end"]].iloc[0], news.articles["raw"].iloc[0]
    cut, behind = raw.index("late"), raw.index("again")

    def read(*bounds):
        within = pd.DataFrame([(article, *each) for each in bounds], columns=["article_id", "start", "end"])
        near = terms.collocates(news, "ferry", within=within, min_count=1)
        pairs = terms.ngrams(news, 2, within=within, min_count=1)
        return near.set_index("term")["count"].to_dict(), pairs.set_index("term")["count"].to_dict()

    whole = read((start, end))
    assert whole[0] == {"the": 1, "came": 1, "late": 1, "again": 1, "and": 1, "many": 1}
    assert read((start, behind), (cut, end)) == read((cut, end), (start, behind), (start, behind)) == whole
    near, pairs = read((start, cut), (cut, end))
    assert near == {"the": 1, "came": 1} and "came late" not in pairs and len(pairs) == len(whole[1]) - 1


REFUSED = {
    "window is how many words": [{"window": 0}, {"window": (0, 0)}, {"window": "paragraph"}, {"window": (1, 2, 3)},
                                 {"window": 51}, {"window": -1}, {"window": 2.5}, {"window": None}, {"window": True}],
    "measures is one of .*did you mean 'log_dice'": [{"measures": ["logdice"]}],
    "measures takes a list": [{"measures": "log_dice"}],
    "rank is one of": [{"rank": "log_dice"}, {"rank": "term"}],
    "min_count is a whole number": [{"min_count": 0}],
    "min_articles is a whole number": [{"min_articles": 0}],
    "stop takes a list": [{"stop": "the"}],
}  # fmt: skip


@pytest.mark.parametrize(("said", "options"), [(said, each) for said, own in REFUSED.items() for each in own], ids=str)
def test_what_cannot_be_asked_is_refused_in_a_sentence(six, said, options):
    with pytest.raises(ValueError, match=said):
        terms.collocates(six, "war", **options)


def test_nothing_near_is_an_empty_table(six):
    columns = ["term", "count", "n_articles", "n_term", "n_near", "n_tokens", "expected", "mi", "low", "high", "note"]
    for query, options in (("zebra", {}), ("war", {"within": six.segments[:0]}), ("war", {"min_count": 99})):
        assert list(terms.collocates(six, query, **options)) == columns
        assert terms.collocates(six, query, **options).empty
    assert terms.collocate_hits(six, "zebra").empty and terms.collocate_hits(six, "war", []).empty
    assert terms.collocates(six, "zebra", by="outlet", measures=["mi3"]).empty
    alone = terms.collocates(corpus("Ferry."), "ferry", min_count=1)
    assert alone.empty
    inside = terms.collocates(corpus("The ferryboat came late."), "/ferry/", min_count=1)
    assert set(inside["term"]) == {"the", "came", "late"}


@pytest.mark.parametrize("wanted", [["Day"], ["DAY", "day"], pd.Series(["Day"])])
def test_terms_wanted_are_folded_as_those_to_stop_are(harbour, wanted):
    plain = terms.collocate_hits(harbour, "strike", ["day"])
    assert len(plain) and terms.collocate_hits(harbour, "strike", wanted).equals(plain)


def test_log_dice_is_at_most_fourteen_where_several_words_stand_near_one_hit():
    news = corpus("war oil oil oil", "The coal war and more coal.", "Gas, a war, gas. No oil.")
    table = terms.collocates(news, "war", measures=["log_dice"], min_count=1).set_index("term")
    hits = terms.collocate_hits(news, "war", window=5)
    assert table["log_dice"].max() <= 14 and table.at["oil", "count"] == (hits["term"] == "oil").sum() == 4


def test_a_measure_named_twice_is_one_column(six):
    once = terms.collocates(six, "war", measures=["mi3"], min_count=1)
    assert terms.collocates(six, "war", measures=["mi3", "mi3"], min_count=1).equals(once)
