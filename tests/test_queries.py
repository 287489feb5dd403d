"""Queries: each form finds what it says, and a query that cannot be read says why."""

import fnmatch
import itertools
import json
import re
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import told
from test_tokens import WILD_TEXT
from utils import load, passages, paste, terms, tokens, voices
from utils.explore import request
from utils.layers import held
from utils.passages import misread, queries

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


CASED = paste(
    "Words\nThe US and the U.S. met us. It isn't, isn’t and is\u00adnʼt so; Isn't it? The cafe\u0301 and the Café, "
    "the café.\n"
    "Maduro’s oil and Ana's oil. The N.A.T.O. and NATO met for the post‑war Port."
)


@pytest.mark.parametrize(("query", "options", "stretches"), [
    ("US", {"match_case": True}, ["US", "U.S"]),
    ("U.S.", {"match_case": True}, ["US", "U.S"]),
    ("isn't", {"match_case": True}, ["isn't", "isn’t", "is\u00adnʼt"]),
    ("isn’t", {"match_case": True}, ["isn't", "isn’t", "is\u00adnʼt"]),
    ("Isn't", {"match_case": True}, ["Isn't"]),
    ("café", {"match_case": True}, ["cafe\u0301", "café"]),
    ("cafe\u0301", {"match_case": True}, ["cafe\u0301", "café"]),
    ("NATO", {"match_case": True}, ["N.A.T.O", "NATO"]),
    ("post-war Port", {"match_case": True}, ["post‑war Port"]),
    ("'s", {}, ["’s", "'s"]),
    ("’s", {}, ["’s", "'s"]),
    ("'s", {"match_case": True}, ["’s", "'s"]),
    ("'s oil", {"match_case": True}, ["’s oil", "'s oil"]),
    ("ana 's oil", {}, ["Ana's oil"]),
])  # fmt: skip
def test_what_is_written_in_another_way_is_the_same_word(query, options, stretches):
    assert passages.text(CASED, terms.hits(CASED, query, **options)).tolist() == stretches


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


WITHOUT_END = {
    r"/(a|aa)+\d/": "stopped after",
    r"/(?:(a)|(b))*[cd]/": "stopped after",
    r"/(?R)/": "no end",
    r"/a(?R)?[bc]/": "stopped after",
    r"/(?b)(?:the mayor of){e<=9}/": "stopped after",
    "/a{100000000}/": "repeat less often",
    "/(a{1000}){1000}/": "repeat less often",
    "/(?x)(a{1000}) {1000}/": "repeat less often",
    "/(?x:(?:a{999})#comment\n{999})/": "repeat less often",
    "/" + "(" * 3000 + "a" + ")" * 3000 + "/": "too deep",
    "/(?(9)a|b)/": "cannot be read",
    r"/\L<words>/": "cannot be read",
    r"/\p{Nothing}/": "cannot be read",
    "*a*a*a*a*b": "1",
    "*a*a*a*a*c": "0",
    "a" + "?*" * 4000: "1",
    "a NEAR/999999999 b": "0",
    f"a NEAR/{'9' * 5000} b": "maduro NEAR/5 amnesty",
    "x" * 1_000_000: "at most 10,000",
    "|".join(f"w{n}" for n in range(100_000)): "at most 10,000",
}  # fmt: skip


def test_no_query_is_without_end():
    code = f"""
        from utils import paste, terms
        from utils.passages import misread, queries
        queries.SECONDS = 0.2
        text = "He said " + "ab" * 20_000 + ". " + "a" * 3_000 + ".\\n" + "The port of the mayor. " * 999
        news = paste("A title\\n" + text)
        for query in {list(WITHOUT_END)}:
            try:
                print(len(terms.hits(news, query)))
            except ValueError as error:
                print(repr(str(error)))
    """
    for (query, said), answer in zip(WITHOUT_END.items(), told(code), strict=True):
        assert said in answer and len(answer) < 300, query[:80]


def test_the_time_for_all_passages_grows_with_those_that_were_read(monkeypatch):
    monkeypatch.setattr("utils.passages.queries.time", SimpleNamespace(process_time=itertools.count(0, 5).__next__))
    seen = []

    def finditer(stretch, *, timeout):  # takes five seconds by that clock
        seen.append(stretch)
        if timeout < 5:
            raise TimeoutError
        return iter(())

    patient = SimpleNamespace(finditer=finditer)
    assert queries._matches("/b/", patient, pd.Series(["a" * 1_000_000] * 50), most=1) == ([], [], [0] * 50)
    with pytest.raises(ValueError, match="stopped after 10 seconds"):
        queries._matches("/b/", patient, pd.Series(["a" * 99] * 50), most=1)
    seen.clear()
    with pytest.raises(ValueError, match="stopped after 10 seconds"):  # and not once all that is to come had its time
        queries._matches("/b/", patient, pd.Series(["a" * 99] * 50 + ["a" * 1_000_000] * 50), most=1)
    assert len(seen) == 2


@given(st.text("ab*?", max_size=8), st.text("ab", max_size=8))
def test_a_wild_card_stands_for_any_letters(word, term):
    assert bool(re.fullmatch(queries._wild(word), term)) == fnmatch.fnmatchcase(term, word)


def test_a_group_has_an_end_and_no_query_half_a_character(oil):
    for query in ("fer\ud800ry", "/\udfff/", ["oil", "\ud800"], "oil NEAR/3 \ud800"):
        with pytest.raises(ValueError, match="half a character"):
            terms.hits(oil, query)
    with pytest.raises(ValueError, match="at most 10,000 queries"):
        terms.hits(oil, [f"w{n}" for n in range(10_001)])
    within = oil.body.astype(object).assign(article_id=pd.Series(["a\ud800"] * len(oil.body), oil.body.index, object))
    with pytest.raises(ValueError, match="half a character"):
        terms.hits(oil, "oil", within=within)


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


@pytest.mark.parametrize(
    "ask",
    [
        lambda news, name: voices.within(news, speaker=name),
        lambda news, name: request.found(news, request.Asked("oil", voice="speaker", speaker=name)),
        lambda news, name: request.chosen(news, request.Asked("oil", outlet=name)),
        lambda news, name: tokens.term_of(name),
        lambda news, name: terms.frequencies(news, stop=[name]),
        lambda news, name: news.select(f"title == {name!r}"),
        lambda news, name: news.select([name]),
        lambda news, name: load(name),
    ],
)
def test_no_name_or_word_with_half_a_character_is_a_foreign_error(oil, ask):
    with pytest.raises(ValueError) as caught:
        ask(oil, "a\ud800b")
    assert not isinstance(caught.value, UnicodeError)


def test_half_characters_in_names_of_ones_own_become_as_those_in_texts(tmp_path):
    assert paste("A title\nText.", name="a\ud800").articles.index.tolist() == ["a\ufffd"]
    (tmp_path / "a.csv").write_text("raw,mood\nA text.,sour\n")
    assert "a\ufffd" in load(tmp_path / "a.csv", columns={"a\ud800": "mood"}).articles
    assert "\\ud800" in request.call(request.Asked("\ud800"))
    assert len(load(tmp_path / "a.csv", furniture=["\ud800", "/\udfff/"]).report(missing=False)) == 2


def test_hits_are_set_apart_by_the_longer_expression_they_stand_in(six):
    bread = terms.hits(six, "bread*")
    apart = passages.set_apart(six, bread, {"flour": "bread-making flour", "prices": "bread costs"})
    assert apart["kind"].value_counts().to_dict() == {"something else": 1, "flour": 1, "prices": 1}
    assert len(apart) == len(bread) and "kind" not in bread
    assert passages.set_apart(six, bread.iloc[:0], {"flour": "flour"})["kind"].tolist() == []
    assert set(passages.set_apart(six, bread, {}, rest="all")["kind"]) == {"all"}


def test_queries_that_are_tried_say_what_they_find_or_why_they_cannot_be_read(six):
    said = passages.tried(six, ["war", "ferry", "*", "/war("])
    assert said["passages"].isna().tolist() == [False, False, True, True]
    assert said["passages"].tolist()[:2] == [5, 0] and said["said"].tolist()[:2] == ["", ""]
    assert "holds no word" in said["said"][2]


def test_queries_that_are_tried_say_what_other_accents_hide(oil):
    said = passages.tried(oil, ["nicolas", "nicolás", "nicol*", "nicolas met", "nicol?s NEAR/9 amnesty", "/nicolas/"])
    assert said["said"].tolist()[:3] == [
        "3 more with other accents: nicolás", "1 more with other accents: nicolas", "",
    ]  # fmt: skip
    assert said["said"].tolist()[3:] == ["1 more with other accents: nicolás met", "", ""]


MISREAD = [(row.said, row.right, query) for row in misread.MISREAD for query in row.takes]


@pytest.mark.parametrize(("said", "right", "query"), MISREAD)
def test_a_query_in_the_form_of_another_program_is_refused_with_the_right_form(oil, said, right, query):
    with pytest.raises(ValueError, match=re.escape(f"holds {said} ")) as refused:
        terms.hits(oil, query)
    form = re.search(r'terms\.articles\(news, ("(?:[^"\\]|\\.)*")\)|(\[".*?"\])|as in ("[^"]+")', str(refused.value))
    if form and form[1]:
        terms.articles(oil, json.loads(form[1]))
    elif form:
        terms.hits(oil, json.loads(form[2] or form[3]))


@pytest.mark.parametrize(("query", "said"), [
    ("oil -price", 'and give no passages: terms.articles(news, "oil AND NOT price")'),
    ("oil sanctions -trump", 'NOT trump"), where "oil sanctions" is a phrase; both words anywhere: oil AND sanctions'),
    ("strike_n", 'capitals: "strike_NOUN"'),
    ("pay strike_Verb", 'capitals: "pay strike_VERB"'),
    ("{strike}_adjective", 'capitals: "{strike}_ADJ"'),
])  # fmt: skip
def test_the_right_form_is_the_readers_own_query(oil, query, said):
    with pytest.raises(ValueError, match=re.escape(said)):
        terms.hits(oil, query)


@pytest.mark.parametrize("query", [query for row in misread.MISREAD for query in row.leaves])
def test_a_query_that_looks_like_one_of_another_program_is_answered(oil, query):
    terms.hits(oil, query)


def test_a_long_query_is_refused_in_one_sentence(oil):
    for query in ("oil, " * 999, "‘abc’ " * 999, "a OR " * 999 + "b", "a b|" * 999 + "c"):
        with pytest.raises(ValueError, match="is not read so") as refused:
            terms.hits(oil, query)
        assert len(str(refused.value)) < 400


def test_signs_of_other_programs_stand_in_expressions_and_addresses(oil):
    for query in ("/(oil|gas), [A-Z]/", "https://quay.example/a,b?c=(1)&&d:~e", "desk@quay.example"):
        assert len(terms.hits(oil, query)) == 0


@given(WILD_TEXT.map("The quay. {}".format))
def test_each_term_of_any_text_can_be_asked_for(text):
    news = paste(text)
    for term in set(news.words["term"].astype("str")):
        if not held.ADDRESS.search(term) and "\ufffd" not in term:
            terms.hits(news, term)


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    folder = tmp_path_factory.mktemp("four")
    for name, text in {
        "a": "Oil and gas.",
        "b": "Oil prices fell.",
        "c": "Gas fell.",
        "d": "Rain fell on oil and oil.",
    }.items():
        (folder / f"{name}.txt").write_text(f"A title\n{text}")
    return load(folder)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("oil AND NOT gas", {"b": 1, "d": 2}),
        ("oil NOT gas", {"b": 1, "d": 2}),
        ("oil price* OR gas", {"a": 1, "b": 1, "c": 1}),
        ("oil AND (gas OR rain)", {"a": 2, "d": 3}),
        ("NOT (oil AND gas)", {"b": 0, "c": 0, "d": 0}),
        ("rain NEAR/3 oil AND /(o|0)il/", {"d": 3}),
        ("oil AND oil", {"a": 1, "b": 1, "d": 2}),
        ("zebra", {}),
        ("NOT zebra AND rain", {"d": 1}),
    ],
)
def test_articles_are_those_that_hold_one_thing_and_not_another(four, query, found):
    table = terms.articles(four, query)
    assert dict(zip(table["article_id"].str.removesuffix(".txt"), table["n_hits"], strict=True)) == found
    assert passages.text(four, table).str.len().gt(5).all()
    assert list(table) == ["article_id", "start", "end", "n_hits"]


def test_articles_open_onto_their_hits_and_are_a_corpus(four):
    table = terms.articles(four, "oil AND NOT gas").rename(columns={"n_hits": "count"})
    assert "Rain fell" in passages.evidence(four, table, terms.hits(four, "oil"), on="article_id").data
    assert len(four.select(table["article_id"])) == 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("oil AND gas OR rain", "AND and OR side by side"),
        ("oil AND", "no query before the end"),
        ("(oil", "not closed"),
        ("oil)", "one parenthesis too many"),
        ("oil AND -gas", "a sign before a word"),
        ("(" * 99 + "oil" + ")" * 99, "within each other"),
        (["oil"], "a query is a word"),
    ],
)
def test_a_query_over_articles_that_cannot_be_read_says_why(four, query, said):
    with pytest.raises(ValueError, match=said):
        terms.articles(four, query)
