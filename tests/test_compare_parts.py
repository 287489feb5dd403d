"""One page of two parts: each line is what its measure says, opens onto its passages, and counts among all asked."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils import Corpus, compare, load, passages, paste, quotes, readability, sentiment, terms
from utils.passages.sides import SIDES
from utils.stats import formulas

SIGNALMAN = {"outlet": "The Low Coast Signalman"}
PLUMBLINE, HOURGLASS = {"outlet": "The Varnhithe Plumbline"}, {"outlet": "The Ullet Hourglass"}
FEW = {"n": 400, "n_second": 4_000}
QUERY = {"talks": "talks", "heat": ["fuel", "gas*"]}
FAMILIES = ["words", "tone", "readability", "quotations", "quotations", "length", "copies", "time"]
COLUMNS = """family asked scale count_target count_reference n_articles_target n_articles_reference value_target
value_reference difference low high p q note""".split()


@pytest.fixture(scope="module")
def page(harbour):
    return compare.parts(harbour, SIGNALMAN, query=QUERY, **FEW)


def line(page, family, asked=None):
    own = page[page["family"] == family]
    return (own if asked is None else own[own["asked"] == asked]).iloc[0]


def test_what_was_planted_in_one_paper_is_on_the_page_and_the_placebo_s_is_empty(page, harbour):
    assert (
        list(page) == COLUMNS and page["family"].tolist() == ["words"] * 6 + FAMILIES[1:] + ["terms"] * 2 + ["time"] * 2
    )
    assert {"talks", "still", "cargo"} <= set(page["asked"]) and {"talks", "still", "cargo", "also"} <= set(
        page.attrs["passed"]
    )
    key = pd.read_csv("corpus/harbour/truth/voice.csv", index_col="part").loc["body"]
    tone = line(page, "tone")
    assert tone[["difference", "low", "high"]].tolist() == pytest.approx(
        key[["difference", "low", "high"]].tolist(), abs=1e-5
    )
    assert tone["q"] < 0.05 and line(page, "terms", "rate of talks")["q"] < 0.05
    placebo = compare.parts(harbour, PLUMBLINE, HOURGLASS, query=QUERY, **FEW)
    assert not placebo["q"].lt(0.05).any() and placebo.attrs["passed"] == []
    assert line(placebo, "words")["count_target"] == 0 == line(placebo, "words")["value_target"]


def test_each_line_is_what_its_measure_says(page, harbour):
    estimate = ["difference", "low", "high"]
    read = readability.difference(harbour, SIGNALMAN, n=FEW["n"]).iloc[0]
    quoted = quotes.difference(harbour, SIGNALMAN, n=FEW["n"]).iloc
    rates = terms.difference(harbour, QUERY, SIGNALMAN).iloc
    rise = terms.change(harbour, QUERY, SIGNALMAN).query("side == 'target less reference'").iloc
    for found, own in (
        (line(page, "readability"), read),
        (line(page, "quotations"), quoted[0]),
        (line(page, "quotations", "words of persons by name"), quoted[1]),
        (line(page, "terms"), rates[0]),
        (line(page, "terms", "rate of heat"), rates[1]),
        (line(page, "time", "rise of the rate of talks"), rise[0]),
        (line(page, "time", "rise of the rate of heat"), rise[1]),
        (line(page, "tone"), sentiment.difference(harbour, SIGNALMAN).iloc[0]),
    ):
        assert found[estimate].tolist() == pytest.approx(own[estimate].tolist(), nan_ok=True)
    assert line(page, "readability")["p"] == read["p"] and line(page, "quotations")["p"] == quoted[0]["p"]
    assert line(page, "quotations")["count_target"] == quoted[0]["n_quotes_target"]
    persons = line(page, "quotations", "words of persons by name")
    assert persons["count_reference"] == quoted[1]["n_quotes_reference"]
    lengths = terms.sizes(harbour).set_index("article_id")["n_tokens"].astype(float)
    here = (harbour.articles["outlet"] == SIGNALMAN["outlet"]).reindex(lengths.index)
    length = line(page, "length")
    welch = stats.ttest_ind(lengths[here], lengths[~here], equal_var=False).confidence_interval()
    assert length["value_target"] == lengths[here].mean() and length[["low", "high"]].tolist() == pytest.approx(
        [*welch]
    )


def test_rises_are_the_last_quarter_less_the_first(page, harbour):
    tone = sentiment.tone(harbour).set_index("article_id")["tone"].dropna()
    dated = harbour.articles["published"].dropna().sort_values(kind="stable").index
    quarters = [tone[tone.index.isin(ids)] for ids in (dated[: len(dated) // 4], dated[-(len(dated) // 4) :])]
    ours = harbour.articles["outlet"] == SIGNALMAN["outlet"]
    found = line(page, "time", "rise of tone")
    for side, own in (("target", ours), ("reference", ~ours)):
        early, late = (one[own[one.index]] for one in quarters)
        assert found[f"value_{side}"] == pytest.approx(late.mean() - early.mean())
        assert found[f"n_articles_{side}"] == len(early) + len(late)
    assert found["low"] < found["difference"] < found["high"] and 0.05 < found["p"] < 1


def test_copies_are_those_of_the_key(page, harbour):
    known = pd.read_csv("corpus/harbour/truth/copies.csv").set_index("article_id")
    joined = known["story"].map(known["story"].value_counts()) > 1
    own = harbour.articles["outlet"] == SIGNALMAN["outlet"]
    found = line(page, "copies")
    assert found[["n_articles_target", "n_articles_reference"]].tolist() == [
        (joined & own).sum(),
        (joined & ~own).sum(),
    ]
    assert found["value_target"] == joined[own].mean()
    each = pd.DataFrame({"part": joined.astype(int), "of": 1})
    stories = [each[side].groupby(known["story"][side]).sum() for side in (own, ~own)]
    stories = [
        one.rename(index="{}".format) if at else one.rename(index="{} ".format) for at, one in enumerate(stories)
    ]
    by_story = formulas.difference(lambda sums: sums["part"] / sums["of"], *stories, n=0)  # a side's own, never pairs
    assert found[["low", "high"]].tolist() == pytest.approx([by_story["low"], by_story["high"]])


def test_q_counts_all_that_were_asked_and_the_page_says_how_many(page):
    asked = page[(page["family"] != "words") | (page["asked"] == "words that tell the sides apart")]
    assert len(asked) == 12 == page.attrs["n_asked"]
    p = asked["p"].fillna(1).sort_values()
    by_hand = (p * 12 / np.arange(1, 13))[::-1].cummin().clip(upper=1).reindex(asked.index)
    assert asked["q"].dropna().tolist() == pytest.approx(by_hand[asked["p"].notna()].tolist())
    assert asked.loc[asked["q"].isna(), "asked"].tolist() == ["rise of the rate of heat"]
    n_p, n_q = (asked["p"] < 0.05).sum(), (asked["q"] < 0.05).sum()
    said = page.attrs["asked"]
    assert said.startswith(f"12 questions were asked, one of them of {page.attrs['n_words_tested']} words at once.")
    assert (
        f": {n_p} have p below .05" in said
        and f"gives {0.05 * asked['p'].notna().sum():.2g} on average; {n_q} have q" in said
    )


def test_every_line_opens_onto_its_passages(page, harbour):
    found = compare.behind(harbour, page, SIGNALMAN, query=QUERY)
    for side in SIDES:
        shown = passages.evidence(
            harbour, compare.one_side(page, side), found, on=["family", "asked", "side"], limit=99
        )
        assert shown.data.count("<details") >= len(page) - 1
    both = passages.evidence(harbour, page, found, on=["family", "asked"], limit=99)
    assert both.data.count("<details") == len(page)
    texts = passages.text(harbour, found)
    for asked, pattern in (("talks", "talks"), ("rate of heat", "fuel|gas.*"), ("rise of the rate of talks", "talks")):
        own = texts[found["asked"] == asked]
        assert len(own) and all(re.fullmatch(pattern, one.casefold()) for one in own)
    few = page.head(2)
    assert set(compare.behind(harbour, few, SIGNALMAN)["asked"]) == set(few["asked"])
    with pytest.raises(ValueError, match="table came without the words that passed"):
        compare.behind(harbour, pd.DataFrame(page.to_dict("list")), SIGNALMAN)


def test_a_side_is_told_in_any_way(harbour):
    some = harbour.select(harbour.articles.index[:60])
    mask = some.articles["outlet"] == SIGNALMAN["outlet"]
    told = [SIGNALMAN, mask, mask.to_numpy(), some.body[some.body["article_id"].isin(mask.index[mask])]]
    pages = [compare.parts(some, side, n=99, n_second=0) for side in told]
    for other in pages[1:]:
        pd.testing.assert_frame_equal(pages[0], other)
    assert "Of single terms nothing was asked" in pages[0].attrs["asked"]


def test_headlines_and_bodies_of_the_same_articles_are_pairs(harbour):
    headlines = harbour.segments[harbour.segments["kind"] == "headline"]
    page = compare.parts(harbour, headlines, harbour.body, query="talks", n=99, n_second=0)
    known = sentiment.difference(harbour, headlines, harbour.body)
    assert line(page, "tone")["difference"] == known["difference"][0] and known.attrs["paired"]
    assert line(page, "length")["q"] < 0.2 and line(page, "copies")["difference"] == 0
    assert line(page, "copies")["note"] == "no interval: the values are all alike"
    found = compare.behind(harbour, page, headlines, harbour.body, query="talks")
    for side in SIDES:
        passages.evidence(harbour, compare.one_side(page, side), found, on=["family", "asked", "side"], limit=99)


def test_two_periods_have_no_rise_and_a_note_instead(harbour):
    late = harbour.articles["published"] > "2025-04-07"
    page = compare.parts(harbour, late, query="fuel", n=199, n_second=0)
    rise, tone = (line(page, "time", f"rise of {name}") for name in ("the rate of fuel", "tone"))
    assert rise["note"].startswith("no rise") and np.isnan([rise["value_target"], tone["value_target"]]).all()
    assert tone["note"] == "no articles of the target in the first quarter to go by"
    assert line(page, "terms")["p"] == 1 / 200 and page.attrs["n_asked"] == 10
    one = compare.one_side(page, "reference")
    assert "value" in one and not [name for name in one if name.endswith(tuple(SIDES))]


def test_by_stories_and_by_writers_the_interval_alone_is_another(page, harbour):
    by_story = compare.parts(harbour, SIGNALMAN, query=QUERY, unit="story", **FEW)
    own, other = (one[one["family"] != "words"].reset_index(drop=True) for one in (page, by_story))
    known = ["family", "asked", *(name for name in COLUMNS if name.startswith(("count", "n_", "value")))]
    pd.testing.assert_frame_equal(own[known], other[known])
    assert not np.allclose(own["low"], other["low"], equal_nan=True)
    small = page[(page["p"] < 0.05) & (page["family"] != "words")]
    assert (
        small["note"]
        .str.contains("32 articles of 8 writers: a unit of writers deals these, once the 26 articles without one")
        .all()
        and len(small) > 2
    )
    assert not by_story["note"].str.contains("deals these").any()
    assert "target: 39 articles of 1 outlet: what differs may be its own way alone" in page.attrs["clusters"]


def test_one_article_and_few_give_lines_that_say_why(harbour, six):
    one = paste(
        "Late again\nThe good ferry was late. “It is a bad day,” said Ilse Marrow.\n\nNobody came to the harbour."
    )
    words = passages.inside(one.words, one.body)
    for news, sides in (
        (one, (words.iloc[:6], words.iloc[6:])),
        (six, ({"outlet": "The Alder Post"},)),
        (harbour.select(harbour.articles.index[:1]), (harbour.body.iloc[:1], harbour.body.iloc[1:2])),
    ):
        page = compare.parts(news, *sides, query="war", **FEW)
        assert page["family"].drop_duplicates().tolist() == [*dict.fromkeys(FAMILIES), "terms"]
        assert page[["low", "high", "p", "q"]].isna().all(axis=None) and (page["note"] != "").all()
        assert line(page, "time", "rise of the rate of war")["note"].startswith("no rise: a side has no dated words")
        found = compare.behind(news, page, *sides, query="war")
        for side in SIDES:
            passages.evidence(news, compare.one_side(page, side), found, on=["family", "asked", "side"], limit=99)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"reference": SIGNALMAN}, "target and reference have .* words in common"),
        ({"target": {"outlets": "x"}}, "target came with 'outlets', no column of articles.*did you mean 'outlet'"),
        ({"target": {"outlet": "The Post"}}, "target came with 'The Post', which no article has"),
        ({"target": np.zeros(120, bool)}, "the target holds no word of harbour"),
        ({"lexicon": "vadr"}, "lexicon.*vadr"),
        ({"index": "gunning"}, "index is one of"),
        ({"unit": "outlets"}, "unit='outlets' is no column of articles.*did you mean 'outlet'"),
        ({"query": 7}, "a query is a word, a phrase"),
        ({"query": {}}, "groups of queries have names"),
        ({"top": -1}, "top"),
        ({"within": "body"}, "within"),
    ],
)
def test_a_wrong_name_is_refused_in_one_sentence(harbour, options, message):
    with pytest.raises(ValueError, match=message) as refused:
        compare.parts(harbour, **{"target": SIGNALMAN, **options, "n": 9, "n_second": 0})
    assert "\n" not in str(refused.value)


def test_nothing_is_asked_twice_nor_drawn_anew(page, harbour):
    same = Corpus(harbour.name, harbour.articles, harbour.segments, harbour.report(missing=False))
    again = compare.parts(same, SIGNALMAN, query=QUERY, **FEW)
    pd.testing.assert_frame_equal(page, again)
    assert not page.duplicated(["family", "asked"]).any()
    tone = compare.parts(harbour, SIGNALMAN, query="tone", n=9, n_second=0)
    assert not tone.duplicated(["family", "asked"]).any()


def test_foreign_articles_are_told_and_left_out(tmp_path):
    rows = [
        {"text": f"The good ferry was late on day {n}. It was a bad day.", "outlet": "A", "language": "en"}
        for n in range(12)
    ]
    rows += [
        {"text": f"La nave era in ritardo il giorno {n}. Era tardi.", "outlet": "B", "language": "it"}
        for n in range(12)
    ]
    news = load(pd.DataFrame(rows))
    with pytest.warns(UserWarning, match="12 of 24 articles are in another language"):
        page = compare.parts(news, {"outlet": "A"}, **FEW)
    assert line(page, "readability")["count_reference"] == 0 and np.isnan(line(page, "readability")["difference"])
    assert line(page, "length")["n_articles_reference"] == 12
