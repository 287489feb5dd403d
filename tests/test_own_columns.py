"""A reader's own column may be called anything: each measure takes it, or says in a sentence that it cannot."""

from dataclasses import replace

import pandas as pd
import pytest

from utils import compare, copies, load, passages, quotes, readability, reading, sentiment, terms

FREE = "papers"  # a name that nothing in the package uses
INSIDE = [  # names that tables have on the way to a result
    *("sentence", "start", "end", "outer", "story", "once", "word", "order", "quote", "first", "plain"),
    *("group", "unit", "side", "index", "level_0", "self", "share", "text", "0"),
]
MEASURES = {
    "counts": lambda news, name: terms.counts(news, by=name),
    "counts of passages": lambda news, name: terms.counts(news, by=["outlet", name], within=parts(news, name)),
    "sizes": lambda news, name: terms.sizes(news, by=[name, "outlet"]),
    "frequencies": lambda news, name: terms.frequencies(news, by=[name], interval=["war", "zebra"], stop=["the"]),
    "tfidf": lambda news, name: terms.tfidf(news, by=[name, "article_id"], variant="scikit-learn"),
    "rate": lambda news, name: terms.rate(news, ["war", "peace"], unit=name),
    "keyness": lambda news, name: compare.keyness(news, news.articles.index < "b", unit=name, n=9, n_second=9),
    "per story": lambda news, name: copies.per_story(news, news.body[["article_id"]], by=[name, "outlet"]),
    "balance": lambda news, name: quotes.balance(news, by=[name, "outlet"]),
    "tone": lambda news, name: sentiment.tone(news, by=[name, "outlet"]),
    "tone of passages": lambda news, name: sentiment.tone(news, by=name, within=parts(news, name)),
    "readability": lambda news, name: readability.readability(news, by=name),
    "count of passages": lambda news, name: passages.count(parts(news, name), by=name),
}


def parts(news, name):
    """The bodies of a corpus, with a column of articles beside."""
    body = news.body.drop(columns=["kind", "rule"])
    return body if name in body else body.join(news.articles[[name]], on="article_id")


@pytest.fixture(scope="module")
def papers(six):
    values = ["Alder", "Alder", "Birch", "Birch", "Birch", "Alder"]
    return replace(six, _articles=six.articles.assign(**{FREE: values}, outlet=["one", "two"] * 3))


def called(news, name):
    return replace(news, _articles=news.articles.rename(columns={FREE: name}))


@pytest.mark.parametrize("measure", MEASURES)
def test_a_column_is_taken_whatever_it_is_called_or_named_in_a_sentence(papers, measure):
    expected = MEASURES[measure](papers, FREE)
    names = [name for name in dict.fromkeys([*INSIDE, *expected]) if name not in (FREE, "outlet", "article_id")]
    refused = set()
    for name in names:
        news = called(papers, name)
        if name in passages.KEYS and "passages" in measure:
            continue  # they have a column of that name themselves, and it is the one meant
        try:
            found = MEASURES[measure](news, name)
        except ValueError as error:
            assert f"by={name!r} is a name that we use here ourselves" in str(error)
            refused.add(name)
        else:
            tables = [found, expected]
            if measure == "rate":  # its note calls the units as the column is called
                tables = [table.drop(columns="note") for table in tables]
            same = [table.rename(columns={name: FREE}) for table in tables]
            pd.testing.assert_frame_equal(*same, check_names=False, check_categorical=False)
    assert refused <= {*expected, "self", "polarity", "note", "low", "high"}


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ([0.25, 0.5], ["25.00%", "50.00%"]),
        ([3.0, 0.5], ["3", "0.5"]),
        ([0.5, -0.5], ["0.5", "-0.5"]),
        ([1, 0], ["1", "0"]),
        (["a third", "none"], ["a third", "none"]),
        ([None, 0.5], ["–", "50.00%"]),
        ([True, False], ["True", "False"]),
    ],
)
def test_a_column_called_share_is_in_per_cent_only_if_it_holds_shares(papers, values, shown):
    table = pd.DataFrame({"term": ["peace", "war"], "share": values})
    opened = passages.evidence(papers, table, terms.hits(papers, ["peace", "war"]), on="term").data
    whole, first = passages.whole(table).data, passages.whole(table, limit=1).data
    assert all(f">{each}</td>" in html for each in shown for html in (opened, whole))
    assert f">{shown[0]}</td>" in first  # what is cut off is judged as well


@pytest.mark.parametrize("name", ["count", "n_articles", "share"])
def test_rows_of_a_readers_column_open_onto_their_passages(papers, name):
    rows = pd.DataFrame({name: ["Alder", "Birch"]})
    html = passages.evidence(called(papers, name), rows, terms.hits(papers, "peace"), on=name).data
    assert ">Alder</th>" in html and html.count("<summary") == 2 and html.count("<mark") == 5


@pytest.mark.parametrize("name", ["outlet", "published", "left", "hit", "right", "end of line"])
def test_passages_with_columns_of_a_line_can_be_read_in_lines(papers, name):
    found = terms.hits(papers, "peace").assign(**{name: "mine"})
    lines = reading.in_lines(papers, found)
    assert lines.columns.is_unique and set(found) <= set(lines) and set(lines["hit"].str.lower()) == {"peace"}
    assert reading.lines(papers, lines).data.count("<summary") == 5


def test_a_column_that_is_not_there_is_named(six):
    with pytest.raises(ValueError, match="by='nobody' names no column of the table; there are article_id, start"):
        passages.count(terms.hits(six, "peace"), by="nobody")


def test_a_column_that_is_refused_can_be_called_otherwise(tmp_path):
    rows = [{"raw": f"The ferry was late on day {n} and nobody said why.", "share": 3.0, "count": n} for n in range(3)]
    pd.DataFrame(rows).to_csv(tmp_path / "a.csv", index=False)
    with pytest.raises(ValueError, match=r"load takes columns=\{'my_count': 'count'\}"):
        terms.frequencies(load(tmp_path), by="count")
    news = load(tmp_path, columns={"my_count": "count"})
    assert terms.frequencies(news, by="my_count")["my_count"].nunique() == 3
    assert ">3</td>" in passages.whole(news.articles[["share"]]).data


def test_articles_stay_in_their_order_in_a_balance(papers):
    turned = replace(papers, _articles=papers.articles[::-1])
    assert list(quotes.balance(turned, by="article_id")["article_id"].unique()) == list(turned.articles.index)
