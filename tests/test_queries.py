"""Queries: each form finds what it says, and a query that cannot be read says why."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import load, passages, paste, terms

TEXT = (
    "Oil and votes\nThe oil price rose. Gas prices fell, and the price of gas was low.\n"
    "The Polish minister would polish the text. Nicola\u0301s met Nicolas; “amnesty” came up, Nicolás said.\n"
    "He offered amnesty.\nNicolás left."
)


@pytest.fixture(scope="module")
def oil(tmp_path_factory):
    folder = tmp_path_factory.mktemp("oil")
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("query", "options", "stretches"),
    [
        ("oil|gas price*", {}, ["oil price", "Gas prices"]),
        ("price | votes", {}, ["price", "price"]),
        ("gas NEAR/2 price", {}, ["price rose. Gas", "price of gas"]),
        ("price NEAR/1 gas", {}, ["price rose. Gas", "price of gas"]),
        ("price NEAR/0 gas", {}, []),
        ("amnesty NEAR/9 nicolás", {}, ["Nicola\u0301s met Nicolas; “amnesty", "amnesty” came up, Nicolás"]),
        ("nicolas", {}, ["Nicolas"]),
        ("nicolas", {"match_accents": False}, ["Nicola\u0301s", "Nicolas", "Nicolás", "Nicolás"]),
        ("nicol?s", {"match_accents": False}, ["Nicola\u0301s", "Nicolas", "Nicolás", "Nicolás"]),
        ("polish", {}, ["Polish", "polish"]),
        ("Polish", {"match_case": True}, ["Polish"]),
        ("pol*", {"match_case": True}, ["polish"]),
        ("/pric\\w+ (rose|fell)/", {}, ["price rose", "prices fell"]),
        ("/[A-Z]as/", {"match_case": True}, ["Gas"]),
        ("/(?=oil)/", {}, []),
        ("/^\\w+/", {}, ["The", "The", "He", "Nicolás"]),
        ("/(?<=\\n)\\w+/", {}, []),
        ("/\\w+\\.$/", {}, ["low.", "said.", "amnesty.", "left."]),
        (["oil", "/oil price/", "oil price"], {}, ["oil", "oil price"]),
    ],
)
def test_a_query_finds_what_it_says(oil, query, options, stretches):
    found = terms.hits(oil, query, **options)
    assert passages.text(oil, found).tolist() == stretches


def whole(news):
    """Give the body of each article as one passage, the ends of its paragraphs inside."""
    bodies = news.body.groupby("article_id", observed=True)
    return bodies.agg(start=("start", "min"), end=("end", "max")).reset_index()


def test_what_an_expression_matched_is_folded_on_one_line_and_in_its_place(oil):
    found = terms.hits(oil, "/LOW\\.\\s+THE|nicola\\u0301s|Oil|“amnesty”|Nicol\\S+ said/", within=whole(oil))
    assert found["term"].tolist() == ["oil", "low. the", "nicolás", "“amnesty”", "nicolás said"]
    assert terms.hits(oil, "/THE|low/")["term"].tolist() == ["the", "the", "low", "the", "the"]


@pytest.mark.parametrize("within", ["body", "no passage"])
def test_an_expression_without_a_match_gives_the_same_columns(oil, within):
    none = terms.hits(oil, "/zebra/", within=oil.body if within == "body" else oil.body.head(0))
    assert none.empty and none.dtypes.astype(str).equals(terms.hits(oil, "/oil/").dtypes.astype(str))


def test_near_words_lie_in_one_passage(oil):
    # "amnesty" ends one paragraph and "Nicolás" opens the next
    assert terms.hits(oil, "amnesty NEAR/3 left").empty
    assert len(terms.hits(oil, "amnesty NEAR/3 left", within=whole(oil))) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "holds no word"),
        ("* ?", "holds no word"),
        ("/(/", "cannot be read"),
        ("/x*/", "an empty text"),
        ("/(a+", "between two slashes"),
        ("/./", "more often than there are words"),
        ("a NEAR/x b", "maduro NEAR/5 amnesty"),
        ("oil|", "one word"),
        ("a NEAR/2 b NEAR/2 c", "maduro NEAR/5 amnesty"),
        ([], "what came is"),
        (5, "what came is"),
    ],
)
def test_a_query_that_cannot_be_read_says_why(oil, query, said):
    with pytest.raises(ValueError, match=said):
        terms.hits(oil, query)


def test_an_expression_that_backtracks_without_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("utils.queries.SECONDS", 0.2)
    (tmp_path / "a.txt").write_text("A title\nHe said " + "a" * 5000 + "b.\nMore.", encoding="utf-8")
    with pytest.raises(ValueError, match="stopped after"):
        terms.hits(load(tmp_path), "/(a|aa)+\\d/")


@given(st.text(max_size=20), st.booleans(), st.booleans())
def test_any_query_is_answered_or_refused(oil, query, case, accents):
    try:
        found = terms.hits(oil, query, match_case=case, match_accents=accents)
    except ValueError as error:
        assert str(error)
    else:
        assert (passages.text(oil, found).str.len() > 0).all()


@pytest.mark.parametrize("order", [[0, 1], [1, 0], [1]])
def test_near_words_are_found_in_each_of_passages_that_overlap(order):
    news = paste("A title\nalpha one beta two gamma three.")
    raw, name = news.articles["raw"].iloc[0], news.articles.index[0]
    spans = [(raw.index("beta"), raw.index("three")), (raw.index("alpha"), raw.index("three"))]
    held = pd.DataFrame([(name, *spans[number]) for number in order], columns=["article_id", "start", "end"])
    for query in ("alpha NEAR/5 beta", "beta NEAR/99999999999999999 alpha"):
        assert passages.text(news, terms.hits(news, query, within=held)).tolist() == ["alpha one beta"]
