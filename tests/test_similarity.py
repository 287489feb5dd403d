"""Similarity of articles and groups, what makes it, the map, and Delta: by hand, by brute force, on planted hands."""

import math
import random

import numpy as np
import pandas as pd
import pytest

from utils import compare, load

ARTICLES = {
    "a": "ship ship fog quay",
    "b": "ship fog fog tide",
    "c": "tide tide tide bell",
    "d": "bell gull",
}


def made(texts, **columns):
    return load(pd.DataFrame({"article_id": [*texts], "text": [*texts.values()], **columns}))


@pytest.fixture(scope="module")
def four():
    return made(ARTICLES, desk=["x", "x", "y", "y"])


def by_hand(one, other):
    """Cosine of tf-idf in plain Python."""
    texts = {name: text.split() for name, text in ARTICLES.items()}
    n = {word: sum(word in own for own in texts.values()) for text in texts.values() for word in text}
    idf = {word: math.log(1 + (4.5 - n[word]) / (n[word] + 0.5)) for word in n}
    a, b = ({word: texts[name].count(word) * idf[word] for word in texts[name]} for name in (one, other))
    return sum(a[word] * b.get(word, 0) for word in a) / math.hypot(*a.values()) / math.hypot(*b.values())


def test_every_pair_has_the_cosine_of_its_words_the_most_alike_first(four):
    table = compare.similarity(four, lemma=False)
    assert len(table) == 6 and table["similarity"].is_monotonic_decreasing
    for row in table.itertuples():
        assert row.similarity == pytest.approx(by_hand(row.article_id, row.other))
    first = table.iloc[0]
    assert (first["article_id"], first["other"], first["n_terms"], first["n_shared"]) == ("a", "b", 3, 2)
    assert table["low"].isna().all() and (table["note"] == "no interval: one pair of articles is no sample").all()


def test_shares_of_terms(four):
    shares = {"jaccard": 2 / 4, "containment": 2 / 3}
    for measure, expected in shares.items():
        table = compare.similarity(four, measure=measure, lemma=False).set_index(["article_id", "other"])
        assert table.loc[("a", "b"), "similarity"] == pytest.approx(expected)
    assert compare.similarity(four, measure="lsa").shape == (6, 9)
    with pytest.raises(ValueError, match="measure is one of"):
        compare.similarity(four, measure="cosin")
    with pytest.raises(ValueError, match='it is "article", or one column'):
        compare.similarity(four, by=None)
    with pytest.raises(ValueError, match="two at least can be held side by side"):
        compare.similarity(four, by="desk", within=four.body[four.body["article_id"] == "a"])


def test_two_copies_are_alike_though_each_term_is_in_every_article():
    news = made({"a": "ship fog quay", "b": "ship fog quay"})
    for measure in ("cosine", "lsa", "jaccard", "containment"):
        assert compare.similarity(news, measure=measure)["similarity"].tolist() == pytest.approx([1])
    assert compare.contributions(news, "a", "b")["contribution"].sum() == pytest.approx(1)


def test_contributions_add_up_and_open_onto_their_words(four):
    table = compare.contributions(four, "a", "b", lemma=False)
    assert table["contribution"].sum() == pytest.approx(by_hand("a", "b")) and set(table["term"]) == {"ship", "fog"}
    found = compare.contributing(four, "a", "b", lemma=False)
    for side in ("one", "other"):
        counted = found[found["side"] == side].groupby("term").size()
        assert counted.to_dict() == table.set_index("term")[f"count_{side}"].to_dict()
    with pytest.raises(ValueError, match="'e' is no article_id here; there are a, b, c, d"):
        compare.contributions(four, "a", "e")


def test_lemmas_make_one_of_strikes_and_struck():
    news = made({"a": "they struck the bell", "b": "she strikes a gong", "c": "no more of it"})
    assert set(compare.contributions(news, "a", "b")["term"]) == {"strike"}
    assert compare.contributions(news, "a", "b", lemma=False).empty


@pytest.mark.parametrize(
    ("language", "texts", "shared"),
    [
        ("english", ("they struck the bell", "she strikes a gong"), {"strike"}),
        ("Deutsch", ("die Häfen warten", "ein Hafen wartete"), {"hafen", "warten"}),
        ("zzz", ("they struck bells", "she strikes bells"), {"bells"}),
    ],
)
def test_lemmas_are_of_the_language_however_it_is_named(language, texts, shared):
    news = made(dict(zip("ab", texts, strict=True)))
    news = news.with_columns(language=pd.Series(language, news.articles.index))
    assert set(compare.contributions(news, "a", "b")["term"]) == shared


@pytest.mark.parametrize("measure", ["cosine", "jaccard", "containment"])
def test_the_interval_of_two_papers_is_what_leaving_out_each_article_gives(harbour, measure):
    outlets = ["The Varnhithe Plumbline", "The Low Coast Signalman"]
    some = harbour.select(harbour.articles["outlet"].isin(outlets))
    row = compare.similarity(some, by="outlet", measure=measure).iloc[0]
    read = compare.similarity(some, by="outlet", measure=measure)
    variance, parts = 0, []
    weight = _weights(some)
    for outlet in outlets:
        ids = some.articles.index[some.articles["outlet"] == outlet]
        values = np.array([_value(some, weight, outlets, {one}, measure) for one in ids])
        parts.append(((len(ids) - 1) * values.var(), len(ids)))
    variance = sum(part for part, _ in parts)
    df = variance**2 / sum(part**2 / (n - 1) for part, n in parts)
    from scipy import stats

    margin = stats.t.ppf(0.975, df) * math.sqrt(variance)
    assert row["similarity"] == pytest.approx(_value(some, weight, outlets, set(), measure))
    assert row["low"] == pytest.approx(max(0, row["similarity"] - margin))
    assert row["high"] == pytest.approx(min(1, row["similarity"] + margin)) and len(read) == 1


def _counts(news):
    from utils.measures.compare.profiles import coded
    from utils.spans import inside

    code, terms = coded(news, True)
    words = inside(news.words.assign(term=code), news.body)
    table = pd.crosstab(words["article_id"].astype("str"), words["term"])
    return table.reindex(columns=range(len(terms)), fill_value=0)


def _weights(news):
    counts = _counts(news)
    n = (counts > 0).sum().to_numpy()
    return counts, np.log(1 + (len(counts) - n + 0.5) / (n + 0.5))


def _value(news, weights, outlets, without, measure):
    counts, weight = weights
    kept = counts[~counts.index.isin(without)]
    outlet = news.articles["outlet"].reindex(kept.index)
    a, b = (kept[outlet == name].sum().to_numpy(float) for name in outlets)
    if measure == "cosine":
        a, b = a * weight, b * weight
        return a @ b / math.sqrt((a @ a) * (b @ b))
    shared, n = ((a > 0) & (b > 0)).sum(), ((a > 0).sum(), (b > 0).sum())
    return shared / (sum(n) - shared if measure == "jaccard" else min(n))


def test_the_map_keeps_the_distances_that_two_axes_hold(four):
    table = compare.layout(four, lemma=False).set_index("article_id")
    apart = {pair: math.dist(*(table.loc[name, ["x", "y"]] for name in pair)) for pair in (("a", "b"), ("a", "d"))}
    assert apart["a", "b"] < apart["a", "d"] and table["n_tokens"].tolist() == [4, 4, 4, 2]
    assert 0.5 < sum(table.attrs.values()) <= 1 and table.attrs["share_x"] >= table.attrs["share_y"]
    three = made({"a": "ship fog", "b": "ship tide", "c": "bell gull"})  # three points lie in one plane
    flat = compare.layout(three, lemma=False).set_index("article_id")
    alike = compare.similarity(three, lemma=False)
    for row in alike.itertuples():
        apart = math.dist(flat.loc[row.article_id, ["x", "y"]], flat.loc[row.other, ["x", "y"]])
        assert apart**2 == pytest.approx(2 - 2 * row.similarity)


@pytest.fixture(scope="module")
def hands():
    """Three writers, each with habits of small words; eight articles of each, and four that nobody signed, all of B."""
    rng = random.Random(11)
    small = "the of and to in a that is upon while whilst by with as for not".split()
    habits = {name: [rng.uniform(1, 9) for _ in small] for name in "ABC"}
    rows = [(name, n) for name in "ABC" for n in range(8)] + [(None, n) for n in range(4)]
    texts = {f"{name or 'open'}{n}": " ".join(rng.choices(small, habits[name or "B"], k=1100)) for name, n in rows}
    return made(texts, hand=[name for name, _ in rows])


@pytest.mark.parametrize("measure", ["burrows", "cosine"])
def test_delta_finds_the_hand_that_was_planted(hands, measure):
    table = compare.delta(hands, "hand", measure=measure, n_words=12)
    nearest = table[table["nearest"]].set_index("article_id")
    assert (nearest["candidate"] == nearest["hand"].fillna("B")).all() and len(nearest) == 28
    assert len(table) == 28 * 3 and table["share_nearest"].groupby(table["article_id"]).sum().eq(1).all()
    assert (table["note"] == "").all()


def test_delta_by_hand(hands):
    """The mean of differences in standard deviations, a writer's own article left out of what is his."""
    table = compare.delta(hands, "hand", n_words=5).set_index(["article_id", "candidate"])
    texts = {name: raw.split() for name, raw in hands.articles["raw"].items()}
    whole = pd.Series([word for text in texts.values() for word in text]).value_counts(sort=True)
    words = [*whole.index[:5]]
    rates = pd.DataFrame({name: [text.count(word) / len(text) for word in words] for name, text in texts.items()}).T
    spread = rates.std()
    others = [name for name in texts if name[0] == "A" and name != "A0"]
    joined = [word for name in others for word in texts[name]]
    his = np.array([joined.count(word) / len(joined) for word in words])
    expected = (abs(rates.loc["A0"] - his) / spread).mean()
    assert table.loc[("A0", "A"), "distance"] == pytest.approx(expected)


def test_distances_are_none_below_0_and_ties_are_ties(harbour):
    table = compare.delta(harbour, "outlet", measure="cosine", n_words=1, n=20)
    least = table.groupby("article_id")["distance"].transform("min")
    assert table["distance"].min() >= 0 and table["nearest"].equals(
        (table["distance"] - least < 1e-9).rename("nearest")
    )


def test_delta_says_what_it_lacks(four, hands):
    table = compare.delta(four, "desk", n=5)
    assert (table["note"] == "fewer than 1,000 words").all()
    with pytest.raises(ValueError, match="by='hands' is no column of articles"):
        compare.delta(hands, "hands")
    with pytest.raises(ValueError, match="delta holds an article against two at least"):
        compare.delta(hands.select(hands.articles["hand"] == "A"), "hand")
