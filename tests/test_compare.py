"""Keyness: by hand on six articles, recounted from the raw text, and its formulas against published values."""

import math
import random
import re
import unicodedata
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils import Corpus, compare, intervals, load, passages, spans, terms
from utils.layers import acronyms
from utils.measures.compare import judged
from utils.passages.sides import SIDES

# US inaugural addresses after 1945 (43,002 words) and before (108,539): counts and signed chi-squared printed on
# the page of quanteda.textstats' textstat_keyness (quanteda 4.0.1); the totals reproduce all rows.
QUANTEDA = [
    ("we", 1048, 779, 764.4484),
    (".", 2014, 3141, 300.1887),
    ("us", 289, 216, 207.5181),
    ("-", 242, 157, 205.0408),
    ("america", 148, 54, 200.5544),
    (":", 115, 29, 187.9821),
    ("our", 917, 1307, 183.5362),
    ("world", 196, 123, 171.9660),
    ("americans", 76, 7, 163.1532),
    ("today", 84, 21, 137.7753),
    ("upon", 39, 332, -58.39810),
    ("public", 12, 213, -58.87042),
    ("constitution", 9, 200, -59.66134),
    ("it", 266, 1132, -60.68425),
    ("states", 29, 305, -63.87803),
    ("be", 278, 1224, -72.68161),
    ("should", 16, 309, -88.14817),
    ("which", 96, 911, -177.10087),
    ("of", 1514, 5666, -197.08830),
    ("the", 2089, 8094, -331.99069),
]
# The log-likelihoods of those counts, worked out apart from this code.
G2 = {
    "we": (676.3496, 667.11),
    "americans": (148.2092, 148.1198),
    "today": (120.6427, 120.5473),
    "upon": (-70.5458, -70.4028),
    "the": (-352.755, -330.535),
}
# The two small texts on the same page, and its order of their words.
TOY = Counter("a a a b b c c c c c c d e f g h h".split()), Counter("a a b c c d d d d e f h".split())
WORD = re.compile(r"(?:[a-z]\.)+[a-z](?![a-z])|\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'](?!s\b)[^\W\d_]+)*|[’']s\b")
ALDER = "The Alder Post"
FEW = {"n": 200, "n_second": 400}


def toy():
    terms = sorted({*TOY[0], *TOY[1]})
    return terms, *(np.array([counts[term] for term in terms]) for counts in TOY)


def test_chi2_meets_the_twenty_rows_of_quanteda():
    terms, a, b, published = zip(*QUANTEDA, strict=True)
    np.testing.assert_allclose(compare.chi2(a, b, 43_002, 108_539), published, atol=6e-5)


def test_chi2_of_small_texts_is_in_quantedas_order():
    terms, a, b = toy()
    table = pd.Series(compare.chi2(a, b, 17, 12), terms).sort_values(ascending=False, kind="stable")
    assert list(table.index) == ["g", "c", "b", "h", "a", "e", "f", "d"]
    likely = pd.Series(compare.log_likelihood(a, b, 17, 12), terms).sort_values(ascending=False, kind="stable")
    assert list(likely.index) == ["c", "g", "b", "h", "a", "e", "f", "d"]


def test_one_table_of_two_by_two():
    """3 of 10 against 7 of 9, checked with R 4.2.2; the rate is lower on the target side."""
    assert compare.chi2(3, 7, 10, 9, yates=False) == pytest.approx(-4.337160494)
    assert compare.chi2(3, 7, 10, 9, yates=True) == pytest.approx(-2.632438272)
    assert compare.chi2(3, 7, 10, 9) == compare.chi2(3, 7, 10, 9, yates=True)  # 4.7 expected
    assert compare.log_likelihood(3, 7, 10, 9) == pytest.approx(-4.534939332)


def test_chi2_of_antconc_is_that_of_the_words_own_two_cells():
    """Counts published by AntConc's author; two of four cells have 1 less the word's share of all words of the sum."""
    assert compare.chi2(23, 551, 263, 8870, yates=False) * (1 - 574 / 9133) == pytest.approx(2.608192, abs=6e-7)


@pytest.mark.parametrize(
    ("counts", "four", "two"),
    [
        ((52, 57, 50_000, 75_000), 2.6541, 2.6517),  # the slides of UCREL, Lancaster, print 2.65 for two cells
        ((23, 551, 263, 8870), 2.506973, 2.330552),  # counts published by AntConc's author
        *[((a, b, 43_002, 108_539), *G2[term]) for term, a, b, _ in QUANTEDA if term in G2],
    ],
)
def test_both_log_likelihoods(counts, four, two):
    assert compare.log_likelihood(*counts) == pytest.approx(four, abs=6e-5, rel=1e-7)
    assert compare.log_likelihood(*counts, cells=2) == pytest.approx(two, abs=6e-5, rel=1e-7)
    with pytest.raises(ValueError, match="cells came as 3"):
        compare.log_likelihood(*counts, cells=3)


def test_log_likelihood_and_log_odds_of_small_texts():
    terms, a, b = toy()
    assert dict(zip(terms, compare.log_likelihood(a, b, 17, 12).round(6), strict=True)) == pytest.approx(
        {
            "a": 0.004751,
            "b": 0.091242,
            "c": 1.274238,
            "d": -3.779441,
            "e": -0.0649,
            "f": -0.0649,
            "g": 1.093291,
            "h": 0.091242,
        },
        abs=1e-6,
    )
    for prior, expected in {
        0.01: (1.228044, -1.85719, 0.430762),
        0.1: (1.221139, -1.832565, 0.6431),
        1: (1.145021, -1.60607, 0.409956),
    }.items():
        z = pd.Series(compare.log_odds(a, b, prior=prior), terms)
        assert z[["c", "d", "g"]].tolist() == pytest.approx(expected, abs=6e-7)
        assert compare.log_odds(a, b, prior=np.full(8, prior)).tolist() == z.tolist()
    assert np.isnan(compare.log_odds([3], [4])).all() and np.isnan(compare.chi2([3], [4], 3, 4)).all()


def plain(target, reference):
    """Log ratio, low, high and changes by leaving out, in plain Python, of two lists of (count, size)."""
    value, variance, df, changes = 0, 0, 0, []
    for sign, side in ((1, target), (-1, reference)):
        count, size, n = sum(c for c, _ in side), sum(s for _, s in side), len(side)
        rate = math.log2((count + 0.5) / size)
        without = [math.log2((count - c + 0.5) / (size - s)) for c, s in side]
        spread = (n - 1) / n * sum((one - sum(without) / n) ** 2 for one in without)
        spread = max(spread, 1 / (count + 0.5) / math.log(2) ** 2)
        value, variance, df = value + sign * rate, variance + spread, df + spread**2 / (n - 1)
        changes += [sign * (one - rate) for one in without]
    margin = stats.t.ppf(0.975, variance**2 / df) * math.sqrt(variance)
    return value, value - margin, value + margin, changes


def test_a_row_is_what_six_articles_give_by_hand(six):
    table = compare.keyness(six, six.articles["outlet"] == ALDER, **FEW).set_index("term")
    row = table.loc["peace"]
    assert row["count_target":"n_articles_reference"].tolist() == [3, 2, 2, 1]
    assert row[["rate_target", "rate_reference"]].tolist() == pytest.approx([30_000 / 16, 20_000 / 37])
    assert table.attrs == {
        "n_tokens_target": 16,
        "n_tokens_reference": 37,
        "n_articles_target": 2,
        "n_articles_reference": 4,
    }
    ratio, *_, changes = plain([(2, 10), (1, 6)], [(0, 13), (0, 8), (0, 8), (2, 8)])
    assert row["log_ratio"] == pytest.approx(ratio) and table[["low", "high"]].isna().all(axis=None)
    assert row["influence"] == pytest.approx(changes[-1]) and row["influence_article"] == "b4.txt"
    assert row[["chi2", "g2"]].tolist() == [
        compare.chi2(3, 2, 16, 37, yates=True),
        compare.log_likelihood(3, 2, 16, 37, cells=4),
    ]
    prior = 1000 * 5 / 53
    a, b = 3 + prior, 2 + prior
    assert row["log_odds_z"] == pytest.approx(
        (math.log(a / (1016 - a)) - math.log(b / (1037 - b))) / math.sqrt(1 / a + 1 / b)
    )
    assert row["percent_diff"] == pytest.approx(100 * (30_000 / 16 - 20_000 / 37) / (20_000 / 37))
    assert row["g2_rayson"] == compare.log_likelihood(3, 2, 16, 37, cells=2)
    one, other = [2 / 10, 1 / 6], [0, 0, 0, 2 / 8]
    spread = math.sqrt((sum((x - 11 / 60) ** 2 for x in one) + sum((x - 1 / 16) ** 2 for x in other)) / 4)
    assert row["cohens_d"] == pytest.approx((11 / 60 - 1 / 16) / spread)
    assert row["n_effective"] == 6


@pytest.fixture(scope="module")
def weather(tmp_path_factory):
    """Twenty-six reports; twelve speak of storms more often, the first lines of all of rain, and a few all of fog."""
    rng, folder = random.Random(7), tmp_path_factory.mktemp("weather")
    for i in range(26):
        words = rng.choices("wind calm sea north south harbour boats night".split(), k=rng.randint(40, 80))
        words += ["storm"] * (rng.randint(2, 5) if i < 12 else rng.randint(0, 1)) + ["harbour"] * rng.randint(0, 9)
        words += ["fog"] * 12 * (i % 3 == 0)
        rng.shuffle(words)
        first = rng.choices(["rain", "rain", "rain", "sea", "harbour", "storm"], k=rng.randint(8, 16))
        first += ["fog"] * 4 * (i % 4 == 0)
        text = f"Report {i}\nToday {' '.join(first)}.\nThen {' '.join(words)}.\n"
        (folder / f"r{i:02}.txt").write_text(text, encoding="utf-8")
    return load(folder)


def counted(news, rows):
    """Words of some passages, counted by a regular expression: {term: (count, articles)} and how many in all."""
    raws, count, articles = news.articles["raw"], Counter(), {}
    for row in rows.itertuples():
        text = unicodedata.normalize("NFC", raws[row.article_id][row.start : row.end]).casefold()
        for word in WORD.findall(text):
            word = "US" if word == "u.s" else word.replace("’", "'")
            count[word] += 1
            articles.setdefault(word, set()).add(row.article_id)
    return {term: (n, len(articles[term])) for term, n in count.items()}, count.total()


def sides_of(six):
    """What keyness is asked, and the passages that each side then must hold."""
    alder = six.articles["outlet"] == ALDER
    body, headlines = six.body, six.segments[six.segments["kind"] == "headline"]
    of_alder, of_a1, of_b1 = ({"a1.txt", "a2.txt"}, {"a1.txt"}, {"b1.txt"})
    last = six.sentences.groupby("article_id", observed=True).tail(2)  # of an article; some are no body

    def of(rows, ids, wanted=True):
        return rows[rows["article_id"].isin(ids) == wanted]

    return {
        "papers": ((alder,), {}, of(body, of_alder), of(body, of_alder, False)),
        "papers, as an array": ((alder.to_numpy(),), {}, of(body, of_alder), of(body, of_alder, False)),
        "papers in headlines": (
            (alder,),
            {"within": headlines},
            of(headlines, of_alder),
            of(headlines, of_alder, False),
        ),
        "two of the six": (
            (six.articles.index == "a1.txt", six.articles.index == "b1.txt"),
            {},
            of(body, of_a1),
            of(body, of_b1),
        ),
        "headlines and the rest": ((headlines,), {}, headlines, body),
        "headlines and body": ((headlines, body), {}, headlines, body),
        "body and headlines": ((body, headlines), {}, body, headlines),
        "an article and headlines": ((six.articles.index == "a1.txt", headlines), {}, of(body, of_a1), headlines),
        "passages within": (
            (last,),
            {"within": body},
            six.sentences.loc[[14, 18, 21, 24]],
            six.sentences.loc[[1, 2, 3, 7, 8, 12, 13, 17]],
        ),
        "a passage twice": ((pd.concat([last, last]), headlines), {}, last, headlines),
    }


def test_what_is_counted_a_few_words_at_a_time_is_counted_once(monkeypatch):
    news = load("harbour")
    first, second = ({"outlet": name} for name in news.articles["outlet"].value_counts().index[:2])
    counted = terms.hits(news, ["the port", "strike"])
    asked = [({}, first, second), ({"counted": counted}, first, None), ({}, counted, None)]
    wanted = [compare.keyness(news, *sides, n=20, n_second=0, **options) for options, *sides in asked]
    monkeypatch.setattr(spans, "ROWS", 501)
    pd.testing.assert_frame_equal(terms.hits(news, ["the port", "strike"]), counted)
    for (options, *sides), whole in zip(asked, wanted, strict=True):
        pd.testing.assert_frame_equal(
            compare.keyness(news, *sides, n=20, n_second=0, **options), whole, check_exact=True
        )
    assert compare.clusters(news, first, second)["n_articles"].gt(0).all()


@pytest.mark.parametrize(
    "case",
    [
        "papers",
        "papers, as an array",
        "papers in headlines",
        "two of the six",
        "headlines and the rest",
        "headlines and body",
        "body and headlines",
        "an article and headlines",
        "passages within",
        "a passage twice",
    ],
)
def test_every_count_is_recounted_from_the_raw_text(six, case):
    sides, options, *rows = sides_of(six)[case]
    table = compare.keyness(six, *sides, **options, **FEW).set_index("term")
    hits = compare.passages_of(six, list(table.index), *sides, **options)
    assert set(hits["side"].cat.categories) == {"target", "reference"}
    terms = set()
    for side, own in zip(SIDES, rows, strict=True):
        found, n = counted(six, own)
        terms |= set(found)
        assert table.attrs[f"n_tokens_{side}"] == n
        ours = table[table[f"count_{side}"] > 0]
        assert (
            dict(zip(ours.index, zip(ours[f"count_{side}"], ours[f"n_articles_{side}"], strict=True), strict=True))
            == found
        )
        np.testing.assert_allclose(table[f"rate_{side}"], 10_000 * table[f"count_{side}"] / n)
        listed = passages.text(six, hits[hits["side"] == side]).str.normalize("NFC").str.casefold()
        listed = listed.replace("u.s", "US")
        assert Counter(listed.str.replace("’", "'")) == {term: n for term, (n, _) in found.items()}
    assert set(table.index) == terms


def test_each_row_opens_onto_its_passages(six):
    alder = six.articles["outlet"] == ALDER
    table = compare.keyness(six, alder, **FEW)
    hits = compare.passages_of(six, table["term"], alder)
    for side, n in (("target", "3 passages in 2 articles"), ("reference", "2 passages in 1 article<")):
        one = compare.one_side(table, side)
        assert one.columns[:5].tolist() == ["term", "side", "count", "n_articles", "rate_per_10k"]
        shown = passages.evidence(six, one[one["term"] == "peace"], hits, on=["term", "side"])
        assert n in shown.data
        with pytest.raises(ValueError, match="passages given hold"):
            passages.evidence(six, one.assign(count=9), hits, on=["term", "side"])
    assert len(compare.passages_of(six, "Peace", alder)) == 5
    with pytest.raises(ValueError, match="side is one of target, reference; what came is 'left'"):
        compare.one_side(table, "left")


@pytest.mark.parametrize("term", ["storm", "fog"])
def test_the_interval_is_what_leaving_out_by_hand_gives(weather, term):
    """By article, and with two articles of either side making one story."""
    late = pd.Series(np.arange(26) < 12, weather.articles.index)
    bodies = [raw.lower().split("\n", 1)[1] for raw in weather.articles["raw"]]
    each = [(body.count(term), len(body.split())) for body in bodies]
    row = compare.keyness(weather, late, **FEW).set_index("term").loc[term]
    *expected, changes = plain(each[:12], each[12:])
    assert row[["log_ratio", "low", "high"]].tolist() == pytest.approx(expected)
    assert abs(row["influence"]) == pytest.approx(max(map(abs, changes)))
    story = pd.Series([0, *range(25)], weather.articles.index).clip(upper=23)
    row = compare.keyness(weather, late, unit=story, **FEW).set_index("term").loc[term]
    told = [tuple(map(sum, zip(*pair, strict=True))) for pair in (each[:2], each[-2:])]
    *expected, changes = plain([told[0], *each[2:12]], [*each[12:24], told[1]])
    assert row[["log_ratio", "low", "high"]].tolist() == pytest.approx(expected)


def test_stories_are_left_out_whole(six):
    story = pd.Series({"a1.txt": "s1", "a2.txt": "s2", "b1.txt": "s2", "b2.txt": "s3", "b3.txt": "s3", "b4.txt": "s4"})
    target = six.articles.index.isin(["a1.txt", "a2.txt", "b1.txt"])
    row = compare.keyness(six, target, unit=story, **FEW).set_index("term").loc["the"]
    ratio, *_, changes = plain([(0, 10), (1, 19)], [(1, 16), (2, 8)])
    assert row["log_ratio"] == pytest.approx(ratio) and np.isnan(row["low"]) and np.isnan(row["high"])
    largest = max(range(4), key=lambda i: abs(changes[i]))
    assert row["influence_article"] == ["s1", "s2", "s3", "s4"][largest] and row["n_articles_reference"] == 2
    assert row["influence"] == pytest.approx(changes[largest])
    assert row["note"] == (
        "no p: fewer than 10 units to shuffle on a side; no interval: 2 units of the target, 10 are wanted"
    )
    by_column, by_article = (
        compare.keyness(six, target, **one, **FEW).set_index("term").loc["the"] for one in ({"unit": "sha256"}, {})
    )
    assert by_column["influence"] == by_article["influence"]
    assert by_column["note"].replace("unit", "article") == by_article["note"]


def plain_pairs(heads, bodies):
    """Log ratio, low, high and changes by leaving out, in plain Python, of articles with a part on either side."""

    def ratio(left_out=None):
        (a, n), (b, m) = (
            map(sum, zip(*(one for i, one in enumerate(side) if i != left_out), strict=True))
            for side in (heads, bodies)
        )
        return math.log2((a + 0.5) / n) - math.log2((b + 0.5) / m), (1 / (a + 0.5) + 1 / (b + 0.5)) / math.log(2) ** 2

    (value, least), n = ratio(), len(heads)
    without = [ratio(i)[0] for i in range(n)]
    variance = max(least, (n - 1) / n * sum((one - sum(without) / n) ** 2 for one in without))
    margin = stats.t.ppf(0.975, n - 1) * math.sqrt(variance)
    return value, value - margin, value + margin, [one - value for one in without], variance > least


@pytest.mark.parametrize(
    ("corpus", "term", "wide"), [("six", "peace", False), ("weather", "harbour", False), ("weather", "fog", True)]
)
def test_an_article_on_both_sides_leaves_both_at_once(corpus, term, wide, request):
    news = request.getfixturevalue(corpus)
    if corpus == "six":  # "peace" and all words: in the headlines of a1, a2, b1, b2, b3, b4, and in their bodies
        target = news.segments[news.segments["kind"] == "headline"]
        sides = [(1, 3), (0, 2), (0, 3), (0, 3), (0, 1), (1, 3)], [(2, 10), (1, 6), (0, 13), (0, 8), (0, 8), (2, 8)]
    else:
        target = news.body.groupby("article_id", observed=True).head(1)
        lines = [raw.split("\n")[1:3] for raw in news.articles["raw"]]
        sides = ([(line.count(term), len(line.split())) for line in side] for side in zip(*lines, strict=True))
    row = compare.keyness(news, target, **FEW).set_index("term").loc[term]
    *expected, changes, wider = plain_pairs(*sides)
    if corpus == "six":
        assert row["note"].endswith("no interval: 6 articles of the target, 10 are wanted")
        expected[1:] = [np.nan] * 2
    assert row[["log_ratio", "low", "high"]].tolist() == pytest.approx(expected, nan_ok=True) and wider == wide
    largest = max(range(len(changes)), key=lambda i: abs(changes[i]))
    assert row["influence"] == pytest.approx(changes[largest])
    assert row["influence_article"] == news.articles.index[largest]


def test_what_was_planted_comes_first_and_sides_mirror(weather):
    late = pd.Series(np.arange(26) < 12, weather.articles.index)
    table = compare.keyness(weather, late, **FEW)
    assert table.loc[0, "term"] == "storm" and table.loc[0, "low"] > 0 and table.loc[0, "p"] < 0.01
    assert table["p"].is_monotonic_increasing and (table["q"] >= table["p"]).all()
    assert set(table["note"]) == {"fewer than 30 articles to shuffle on a side"}
    pd.testing.assert_frame_equal(compare.keyness(weather, late, **FEW), table)
    mirrored = compare.keyness(weather, ~late, **FEW).set_index("term").loc[table["term"]].reset_index()
    signed = ["log_ratio", "chi2", "g2", "log_odds_z", "statistic", "influence"]
    np.testing.assert_allclose(mirrored[signed], -table[signed])
    np.testing.assert_allclose(mirrored[["low", "high"]], -table[["high", "low"]])
    assert mirrored[["p", "q"]].equals(table[["p", "q"]])
    assert mirrored["count_target"].equals(table["count_reference"])
    assert compare.keyness(weather, late, seed=1, **FEW)["p"].tolist() != table["p"].tolist()


def test_terms_in_few_articles_stay_untested(weather):
    late = pd.Series(np.arange(26) < 12, weather.articles.index)
    n = sum("fog" in raw for raw in weather.articles["raw"])
    fog = compare.keyness(weather, late, min_units=n + 1, **FEW).set_index("term").loc["fog"]
    assert fog["n_articles_target"] + fog["n_articles_reference"] == n == 13
    assert np.isnan(fog["p"]) and fog["note"] == "no p: in fewer than 14 articles" and fog["low"] < fog["high"]
    again = compare.keyness(weather, late, min_units=n, **FEW).set_index("term").loc["fog"]
    assert 0 < again["p"] <= 1 and again["low"] == fog["low"]


def test_parts_of_an_article_change_sides_with_each_other_alone(weather):
    """Counts made by hand from the lines, and shuffled article by article, give the same p."""
    first = weather.body.groupby("article_id", observed=True).head(1)
    first = first[first["article_id"] != "r25.txt"]  # one article is on the reference side alone
    table = compare.keyness(weather, first, **FEW).set_index("term")
    rows = []
    for name, raw in weather.articles["raw"].items():
        _, opening, rest = raw.lower().splitlines()
        parts = [opening, rest] if name != "r25.txt" else ["", f"{opening} {rest}"]
        rows += [(name, Counter(re.findall("[a-z]+", part))) for part in parts if part]
    counts = pd.DataFrame([count for _, count in rows]).fillna(0)
    target = pd.Series([name != "r25.txt" and i % 2 == 0 for i, (name, _) in enumerate(rows)])
    whose = pd.Series([name if name != "r25.txt" else "alone" for name, _ in rows])
    expected = intervals.shuffle(counts, counts.sum(axis=1), target=target, strata=whose, seed=2025, **FEW)
    assert set(table.index) == set(expected.index) and table["p"].nunique() > 4
    pd.testing.assert_series_equal(table["p"], expected.loc[table.index, "p"], check_names=False)
    freely = intervals.shuffle(counts, counts.sum(axis=1), target=target, seed=2025, **FEW)
    assert freely.loc[table.index, "p"].tolist() != table["p"].tolist()


def test_three_articles_give_a_table(six):
    three = six.select(["a1.txt", "a2.txt", "b4.txt"])
    table = compare.keyness(three, three.articles["outlet"] == ALDER)
    assert len(table) and table[["p", "q", "low", "high", "influence"]].isna().all(axis=None)
    assert table["log_ratio"].notna().all() and set(table["influence_article"]) == {None}
    one = six.select(["a1.txt"])
    table = compare.keyness(one, one.body.head(1))
    assert table["log_ratio"].notna().all() and table[["p", "low", "influence"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("give", "message"),
    [
        (lambda six: ["war", "peace"], "target came as list; it wants True or False for each article"),
        (lambda six: "outlet == 'x'", r"write news.articles.eval\(\"outlet == 'x'\"\)"),
        (lambda six: six.articles["outlet"], "target came as a Series of str"),
        (lambda six: six.articles["outlet"].eq("x").astype("boolean").where([True] * 5 + [False]), "with gaps"),
        (lambda six: (six.articles["outlet"] == ALDER).head(3), "target came without 3 of 6"),
        (lambda six: np.array([True, False]), "target came as ndarray"),
        (lambda six: six.articles, "target must be a table of passages"),
        (lambda six: six.articles["outlet"] == "none", "the target holds no word"),
        (lambda six: six.articles["outlet"] != "none", "the reference holds no word"),
        (lambda six: six.body.head(0), "the target holds no word"),
    ],
)
def test_a_side_of_another_kind_is_told(six, give, message):
    with pytest.raises(ValueError, match=message):
        compare.keyness(six, give(six))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("The Alder Post", "that is a value of outlet: write news.articles['outlet'] == 'The Alder Post'"),
        ("the alder post ", "write news.articles['outlet'] == 'The Alder Post'"),
        (
            "Alder",
            "did you mean 'The Alder Post' in the column outlet? Write news.articles['outlet'] == 'The Alder Post'",
        ),
        ("Birch Weakly", "did you mean 'Birch Weekly' in the column outlet"),
        ("2024", "that is a value of year: write news.articles['year'] == 2024"),
        ("outlet", "that is a column: write news.articles['outlet'] == 'The Alder Post', or another of its values"),
        ("outlet != 'Birch Weekly'", "write news.articles.eval(\"outlet != 'Birch Weekly'\")"),
        (
            "peace",
            "the articles that have a word are news.articles.index.isin(terms.hits(news, 'peace')['article_id'])",
        ),
        ("(", "no column has a value like it"),
        ("", "no column has a value like it"),
    ],
)
def test_the_cure_for_a_side_given_by_its_name_works_when_it_is_copied(six, name, wanted):
    dated = Corpus(
        "six", six.articles.assign(year=[2024, 2024, 2024, 2025, 2025, 2025]), six.segments, six.report(missing=False)
    )
    with pytest.raises(ValueError) as told:
        compare.keyness(dated, name)
    assert wanted in str(told.value)
    if name not in ("", "("):
        kinds = r"\.index\.isin\(.*\]\)|\.eval\(.*\)|\[.*?\] == (?:'.*?'|\d+)"
        cure = re.search(rf"news\.articles(?:{kinds})", str(told.value))[0]
        side = eval(cure, {"news": dated, "terms": terms})
        assert compare.keyness(dated, side).attrs["n_articles_target"] >= 2


def test_shared_words_and_missing_units_are_told(six):
    alder = six.articles["outlet"] == ALDER
    with pytest.raises(ValueError, match="have 10 words in common, 10 of them in 'a1.txt'"):
        compare.keyness(six, alder, six.articles.index.isin(["a1.txt", "b1.txt"]))
    with pytest.raises(ValueError, match="16 words in common, 10 of them"):
        compare.keyness(six, six.body, alder)
    with pytest.raises(ValueError, match="unit is missing for 1 of 6 articles, such as 'b4.txt'"):
        compare.keyness(six, alder, unit=six.articles["outlet"].where(six.articles.index != "b4.txt"))
    with pytest.raises(ValueError, match="within must be a table of passages"):
        compare.keyness(six, alder, within=alder)


def test_words_of_two_centuries_are_recounted_from_the_raw_text(addresses):
    late = addresses.articles["year"] > 1945
    table = compare.keyness(addresses, late, n=9, n_second=0).set_index("term")
    table = table[table.index.str.fullmatch("[a-z]{3,}") & ~table.index.str.upper().isin(acronyms.ACRONYMS)]
    raws, count, articles = addresses.articles["raw"], Counter(), Counter()
    for name, body in addresses.body.groupby("article_id", observed=True):
        text = "\n".join(raws[name][start:end] for start, end in zip(body["start"], body["end"], strict=True))
        own = Counter()
        text = re.sub(r"\b[A-Za-z](?:\.[A-Za-z]\b)+", lambda found: found[0].replace(".", ""), text)  # D.C. is dc
        text = re.sub(r"\b(?!mid-)[A-Za-z]+(?:-\d{1,3}\w*|&[A-Z]|\.gov)\b|\b[a-z]\.[a-z]\b", " ", text)  # MS-13, R&D
        for word, n in Counter(re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text)).items():
            own[re.sub("['’]s$", "", word.casefold())] += n
        side = SIDES[not late[name]]
        count.update({(word, side): n for word, n in own.items()})
        articles.update((word, side) for word in own)
    for side in SIDES:
        assert table[f"count_{side}"].to_dict() == {term: count[term, side] for term in table.index}
        assert table[f"n_articles_{side}"].to_dict() == {term: articles[term, side] for term in table.index}
    tested = table["n_articles_target"] + table["n_articles_reference"] >= 10
    assert len(table) > 24_000 and table["p"].notna().equals(tested)


TRUTH = Path(__file__).parents[1] / "corpus" / "harbour" / "truth"
SIGNALMAN = {"outlet": "The Low Coast Signalman"}
HOURGLASS, PLUMBLINE = {"outlet": "The Ullet Hourglass"}, {"outlet": "The Varnhithe Plumbline"}


@pytest.mark.parametrize("options", [{"stories": "printed", "unit": "story"}, {"stories": "written"}])
def test_a_word_of_stories_that_both_sides_have_gets_no_p(harbour, options):
    row = compare.keyness(harbour, HOURGLASS, **options, **FEW).set_index("term").loc["backlog"]
    assert np.isnan(row["p"]) and row["note"].startswith("no p: most articles that carry it tell stories that both")
    printed = compare.keyness(harbour, HOURGLASS, **FEW).set_index("term").loc["backlog"]
    assert printed["count_target"] == 24 and row["count_target"] == (24 if "unit" in options else 12)


def test_stories_are_counted_once_a_side_or_only_a_sides_own(harbour):
    copies = harbour.copies.set_index("article_id")["story"]
    outlet = harbour.articles["outlet"]
    on_target = outlet.eq("The Ullet Hourglass")
    own = set(copies[on_target]) - set(copies[~on_target])
    for stories, wanted in (("written", copies[on_target].nunique()), ("own", len(own))):
        table = compare.keyness(harbour, HOURGLASS, stories=stories, **FEW)
        assert table.attrs["n_articles_target"] == wanted < on_target.sum()
        words = compare.passages_of(harbour, None, HOURGLASS, stories=stories)
        mine = words[words["side"] == "target"]
        assert mine["article_id"].nunique() == wanted and len(mine) == table["count_target"].sum()
        assert stories == "written" or set(copies[mine["article_id"].unique()]) == own
    assert "backlog" not in set(table["term"])
    with pytest.raises(ValueError, match="stories is one of"):
        compare.keyness(harbour, HOURGLASS, stories="all")


@pytest.mark.parametrize("stories", ["printed", "written", "own"])
def test_what_was_planted_in_one_paper_passes_whatever_is_asked_and_nothing_else_does(harbour, stories):
    """The Signalman has planted words and its speakers; the Hourglass an artefact of copies, the Plumbline nothing."""
    key = compare.keyness(harbour, SIGNALMAN, stories=stories).set_index("term")
    planted = ["cargo", "talks", "still", "also", "families"]
    assert key.loc[planted, "q"].max() < 0.05
    papers = pd.read_csv(TRUTH / "articles.csv", usecols=["article_id", "paper"])
    quoted = pd.read_csv(TRUTH / "quotes.csv").merge(papers).query("named and paper == 'C'")["speaker"]
    spoken = {"offer", "comes", "convener"}  # as the key says
    assert set(key.index[key["q"] < 0.05]) <= {*planted, *" ".join(quoted.unique()).casefold().split(), *spoken}
    for sides in ((HOURGLASS,), (PLUMBLINE, HOURGLASS)):
        assert not compare.keyness(harbour, *sides, stories=stories)["q"].lt(0.05).any()


def test_a_side_is_a_column_and_its_values(six):
    alder = six.articles["outlet"] == ALDER
    pd.testing.assert_frame_equal(compare.keyness(six, {"outlet": [ALDER]}, **FEW), compare.keyness(six, alder, **FEW))
    with pytest.raises(ValueError, match="came with 'outlets', no column of articles.*did you mean 'outlet'"):
        compare.keyness(six, {"outlets": ALDER})
    with pytest.raises(ValueError, match="came with 'Alder', which no article has in outlet; it has"):
        compare.keyness(six, {"outlet": "Alder"})


def test_other_things_than_words_are_counted_against_the_same_words(six):
    hits = terms.hits(six, ["peace", "the harbour*"])
    table = compare.keyness(six, {"outlet": ALDER}, counted=hits, **FEW).set_index("term")
    words = compare.keyness(six, {"outlet": ALDER}, **FEW).set_index("term")
    assert set(table.index) == set(hits["query"])
    assert (
        table.loc["peace", "count_target":"log_ratio"].tolist()
        == words.loc["peace", "count_target":"log_ratio"].tolist()
    )
    with pytest.raises(ValueError, match="counted came without a column term"):
        compare.keyness(six, {"outlet": ALDER}, counted=six.body)


def test_articles_of_one_writer_are_worth_fewer(tmp_path):
    """Twelve writers a side, five articles each; whole writers say "tide", single articles "fog"."""
    rng = random.Random(5)
    rows = []
    for side in "AB":
        for writer in range(12):
            for n in range(5):
                extra = ["tide"] * (4 if writer % 2 else 0) + ["fog"] * (4 if (writer + n) % 2 else 0)
                text = " ".join(["the", "ship", "lay", "still"] * 10 + extra)
                own = {"outlet": side, "byline": f"{side} writer {writer}", "title": f"{side}{writer}{n}"}
                rows.append({"text": text, **own})
    rng.shuffle(rows)
    news = load(pd.DataFrame(rows))
    key = compare.keyness(news, {"outlet": "A"}, **FEW).set_index("term")
    assert key.loc["tide", "n_effective"] < 40 and key.loc["fog", "n_effective"] > 100
    told = compare.clusters(news, {"outlet": "A"})
    writers = told[told["cluster"] == "byline"]
    assert writers["n_clusters"].tolist() == [12, 12] and writers["n_effective"].tolist() == [12.0, 12.0]
    assert writers["note"].str.contains('60 articles of 12 writers: unit="byline" deals these').all()
    assert told[told["cluster"] == "outlet"]["note"].str.contains("of 1 outlet").all()


def test_the_reference_is_missing_where_a_percentage_has_nothing_to_stand_on():
    found = compare.percent_difference([3, 3], [0, 2], 100, 400)
    assert np.isnan(found[0]) and found[1] == pytest.approx(500)


def test_two_notes_of_a_term_are_one():
    notes, others = pd.Series(["", "a", "", "a", "b"], dtype="str"), ["", "", "c", "c", "c"]
    for more in (pd.Series(others, dtype="str"), np.array(others, object)):
        assert judged.together(notes, more) == ["", "a", "c", "a; c", "b; c"]
    assert judged.together(notes[:0], pd.Series([], dtype="str")) == []


@pytest.mark.parametrize("unit", ["article", "outlet"])
def test_a_long_comparison_is_kept_under_all_that_it_hangs_on(unit, tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(judged, "LONG", 0)
    harbour, asked = load("harbour"), {"n": 50, "n_second": 100}
    news = harbour.select(harbour.articles["outlet"].notna())
    half = pd.Series(range(len(news)), news.articles.index) % 2 == 0

    def found(target=half, **options):
        return compare.keyness(news, target, unit=unit, **asked | options)

    first, shuffle, drawn = found(), judged.shuffles.shuffle, []
    monkeypatch.setattr(judged.shuffles, "shuffle", lambda *a, **o: drawn.append(1) or shuffle(*a, **o))
    again = found(progress=list)
    pd.testing.assert_frame_equal(again, first, check_exact=True)
    assert again.attrs == first.attrs and not drawn
    for other in ({"seed": 1}, {"n": 51}, {"min_units": 9}, {"target": ~half}):
        found(**other)
    assert len(drawn) == 4
    for file in (tmp_path / "cache").glob("keyness-*"):
        file.write_bytes(b"damaged")
    pd.testing.assert_frame_equal(found(), first, check_exact=True)
    assert len(drawn) == 5
