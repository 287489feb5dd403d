"""What a measure counts by: the whole, each article, a column or several, of articles or of passages."""

from dataclasses import replace

import pandas as pd
import pytest

from utils import passages, quotes, readability, sentiment, terms
from utils.measures.sentiment import scores
from utils.passages import queries, runs

ABOUT = pd.DataFrame(  # of the six articles, a1 a2 b1 b2 b3 b4
    {"outlet": ["one", "two", "one", None, "two", "one"], "year": [2001, 1999, 2001, 1999, 1999, 2001]}
)


@pytest.fixture(scope="module")
def news(six):
    return replace(six, _articles=six.articles.assign(**ABOUT.set_index(six.articles.index)))


@pytest.mark.parametrize(
    ("by", "keys", "number"),
    [
        (None, [()], [0, 0, 0, 0, 0, 0]),
        ([], [()], [0, 0, 0, 0, 0, 0]),
        ("year", [(1999,), (2001,)], [1, 0, 1, 0, 0, 1]),
        ("outlet", [("one",), ("two",)], [0, 1, 0, -1, 1, 0]),
        (("year", "outlet"), [(1999, "two"), (2001, "one")], [1, 0, 1, -1, 0, 1]),
    ],
)
def test_a_group_is_a_combination_of_values_that_articles_have(news, by, keys, number):
    groups = passages.groups(news, by)
    assert list(groups.keys.itertuples(index=False, name=None)) == keys
    whose = dict(zip(news.articles.index, number, strict=True))
    held = groups.stretches["article_id"].astype("str").map(whose)
    assert held.tolist() == groups.stretches["group"].tolist()
    assert len(groups.stretches) == sum(whose[each] >= 0 for each in news.body["article_id"])


def test_what_has_no_value_is_left_out_or_the_last_group(news):
    groups = passages.groups(news, "outlet", missing=True)
    assert groups.keys["outlet"].tolist()[:2] == ["one", "two"] and groups.keys["outlet"].isna().tolist()[2]
    assert groups.stretches.set_index("article_id")["group"]["b2.txt"] == 2


def test_words_come_by_how_many_articles_have_them_and_years_in_their_order(news):
    papers = ["Birch", "Alder", "Birch", "Cedar", "Cedar", "Birch"]
    own = replace(news, _articles=news.articles.assign(outlet=papers))
    assert passages.groups(own, "outlet").keys["outlet"].tolist() == ["Birch", "Cedar", "Alder"]
    keys = passages.groups(own, ["outlet", "year"]).keys
    assert keys["year"].tolist() == [2001, 1999, 1999] and keys["outlet"].dtype == own.articles["outlet"].dtype
    kinds = pd.Categorical(papers, ["Cedar", "Alder", "Birch"], ordered=True)
    own = replace(news, _articles=news.articles.assign(outlet=kinds))
    assert passages.groups(own, "outlet").keys["outlet"].tolist() == ["Cedar", "Alder", "Birch"]


def test_columns_that_cannot_be_grouped_by_are_told(news):
    lists = replace(news, _articles=news.articles.assign(tags=[["rain"]] * 6))
    with pytest.raises(ValueError, match=r"by=\['tags'\] holds values that are no names, such as lists"):
        passages.groups(lists, "tags")
    twice = pd.concat([news.body, news.body["kind"]], axis=1)
    with pytest.raises(ValueError, match="by='kind' is the name of several columns"):
        passages.groups(news, "kind", twice)
    mixed = replace(news, _articles=news.articles.assign(tags=["a", 1, "a", 1, None, 2.5]))
    assert passages.groups(mixed, "tags").keys["tags"].tolist() == [1, 2.5, "a"]


@pytest.mark.parametrize("by", ["article", "article_id", ["article"], ("article", "article_id")])
def test_each_article_is_a_group_in_the_order_of_the_corpus(news, by):
    turned = replace(news, _articles=news.articles[::-1])
    assert passages.groups(turned, by).keys["article_id"].tolist() == turned.articles.index.tolist()


def test_a_column_of_passages_divides_an_article_and_goes_before_one_of_articles(news):
    sides = pd.concat([news.body.assign(outlet="mine"), news.body.assign(outlet="ours"), news.body.assign(outlet=None)])
    groups = passages.groups(news, ["outlet", "year"], sides)
    assert groups.keys.to_numpy().tolist() == [["mine", 1999], ["mine", 2001], ["ours", 1999], ["ours", 2001]]
    assert len(groups.rows(news.words)) == 2 * len(passages.groups(news).rows(news.words))


def test_a_row_in_two_passages_of_a_group_counts_once(news):
    twice = pd.concat([news.body, news.body])
    assert len(passages.groups(news, None, twice).rows(news.words)) == len(passages.inside(news.words, news.body))


def test_labels_stand_before_the_numbers(news):
    groups = passages.groups(news, ["year", "article"])
    table = pd.DataFrame({"n": [5, 6], "group": [1, 0], "article_id": ["x", "y"]}, index=[7, 7])
    found = groups.labelled(table)
    assert list(found) == ["year", "article_id", "n"] and found["year"].tolist() == [1999, 1999]
    assert found["article_id"].tolist() == ["x", "y"] and found.index.tolist() == [0, 1]


@pytest.mark.parametrize(
    ("unit", "called", "n_units"),
    [("article", "article", 6), ("article_id", "article", 6), ("story", "story", 6), ("year", "year", 2)],
)
def test_a_unit_is_an_article_a_story_or_a_column(news, unit, called, n_units):
    groups = passages.groups(news, unit=unit)
    added = groups.by_unit(terms.sizes(news).set_index("article_id")["n_tokens"])
    assert groups.unit == called and len(added) == n_units and added.sum() == terms.sizes(news)["n_tokens"].sum()


def test_a_column_of_stories_and_a_series_go_before_the_stories_found(news):
    own = replace(news, _articles=news.articles.assign(story=list("xxyyzz")))
    assert passages.groups(own, unit="story").units.nunique() == 3
    assert passages.groups(news, unit=own.articles["story"].rename(None)).unit == "unit"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"by": "outlets"}, "by='outlets' names no column of articles or of within.*did you mean 'outlet'?"),
        ({"by": ["year", "outlets"]}, "by='outlets' names no column"),
        ({"by": 3}, "the name of a column, or a list of names; what came is 3"),
        ({"by": {"outlet"}}, "what came is {'outlet'}"),
        ({"by": pd.Series(["a"], name="outlet")}, "what came is a Series: write by='outlet'"),
        ({"by": "n", "taken": ["n"]}, "by='n' is a name that we use here ourselves"),
        ({"within": "body"}, "within must be a table of passages"),
        ({"within": pd.DataFrame({"start": [1]})}, "it lacks article_id, end"),
        ({"unit": "outlets"}, "unit='outlets' is no column of articles.*did you mean 'outlet'?"),
        ({"unit": ["outlet"]}, "is no column of articles"),
    ],
)
def test_what_cannot_be_grouped_by_is_said_in_a_sentence(news, asked, said):
    with pytest.raises(ValueError, match=said):
        passages.groups(news, **asked)


def test_an_article_without_a_unit_is_told_when_it_is_counted(news):
    with pytest.raises(ValueError, match="unit is missing for 1 of 6 articles, such as 'b2.txt'"):
        passages.groups(news, unit="outlet").by_unit(pd.Series(1, news.articles.index))


def test_passages_are_counted_by_what_stands_in_them_and_in_their_articles(news):
    hits = terms.hits(news, "peace")
    assert passages.count(hits).to_numpy().tolist() == [[len(hits), hits["article_id"].nunique()]]
    by_year = passages.count(hits, by=["year", "term"], news=news)
    assert list(by_year) == ["year", "term", "count", "n_articles"] and by_year["count"].sum() == len(hits)
    assert passages.count(hits, by="article")["count"].sum() == len(hits)
    with pytest.raises(ValueError, match="; for a column of articles give their corpus too, as news=news"):
        passages.count(hits, by="outlet")


SMALL = {"portions": (passages.groups.__globals__, "ARTICLES", 18), "texts": (scores.__dict__, "ARTICLES", 7),
         "sentences": (scores.__dict__, "PORTION", 17),
         "words": (runs.__dict__, "WORDS", 900), "passages": (queries.__dict__, "PASSAGES", 70)}  # fmt: skip
MEASURES = {
    "balance": lambda news: quotes.balance(news, by=["outlet", "person"]),
    "readability": lambda news: readability.readability(news, by="outlet"),
    "readability of articles": lambda news: readability.readability(news, by="article"),
    "tone": lambda news: sentiment.tone(news, by="outlet"),
    "tone of articles": sentiment.tone,
    "tone of voices": lambda news: sentiment.tone(news, by=["kind", "outlet"], within=news.quotes),
    "scored words": sentiment.scored_words,
    "scores": sentiment.unit_scores,
    "scores of articles": lambda news: sentiment.unit_scores(news, unit="article"),
    "frequencies": lambda news: terms.frequencies(news, by="outlet", interval=["strike"]),
    "hits of a pattern": lambda news: terms.hits(news, "/str[a-z]+/"),
    "trend": lambda news: terms.over_time(news, "strike", by="outlet"),
}


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("seed", [None, 1])  # of another order of the articles
def test_what_is_measured_in_seven_portions_is_that_of_the_whole_to_the_digit(name, seed, harbour, monkeypatch):
    news = harbour if seed is None else turned(harbour, seed)
    wanted = MEASURES[name](news)
    for place, what, n in SMALL.values():
        monkeypatch.setitem(place, what, n)
    pd.testing.assert_frame_equal(MEASURES[name](news), wanted, check_exact=True)


def turned(news, seed):
    """The same articles in another order."""
    articles = news.articles.sample(frac=1, random_state=seed)
    segments = news.segments.assign(article_id=news.segments["article_id"].cat.set_categories(articles.index))
    segments = segments.sort_values("article_id", kind="stable", ignore_index=True)
    return type(news)(news.name, articles, segments, news._problems)
