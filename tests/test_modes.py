"""Counting as other programs do, and what makes two totals differ, accounted for to the last word."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_tokens import WILD_TEXT
from utils import passages, paste, terms
from utils.passages import modes

ALL = [*modes.MODES, modes.OURS]
TEXT = "The nation’s self-government: U.S. 1,000.5 x a, AT&T 50% $5 don't. See www.a.example/b #tag x_y __ Straße."


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (
            "scikit-learn",
            "the nation self government 000 at 50 don see www example tag x_y __ straße",
        ),
        (
            "quanteda",
            "the nation’s self-government u.s 1,000.5 x a at t 50 $ 5 don't see www.a.example/b #tag x_y straße",
        ),
        ("AntConc", "the nation s self government u s x a at t don t see www a example b tag x y straße"),
        ("Voyant", "the nation’s self government u.s 1,000.5 x a at t 50 5 don't see www.a.example b tag x_y straße"),
    ],
)
def test_a_mode_counts_as_its_program(mode, words):
    news = paste(f"A title\n{TEXT}")
    table = terms.frequencies(terms.like(news, mode))
    assert table.set_index("term")["count"].to_dict() == {word: words.split().count(word) for word in words.split()}


@given(
    st.one_of(
        WILD_TEXT,
        st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
        st.text("İıSsßﬁǅ_²½٣ aa'", max_size=20),
    )
)
def test_the_mode_of_scikit_learn_finds_what_its_pattern_finds(text):
    assert [word for _, _, word in modes.spans(text, "scikit-learn")] == re.findall(r"(?u)\b\w\w+\b", text.lower())


@settings(deadline=None)
@given(WILD_TEXT.map("The quay.\n{} it's".format), st.sampled_from(ALL), st.sampled_from(ALL))
def test_a_difference_is_accounted_for_to_the_last_word(text, a, b):
    news = paste(text)
    one, other = (terms.like(news, mode).words.astype({"term": "str"}) for mode in (a, b))
    rows = terms.explain_difference(news, a, b, within=news.segments)
    sides = [set(zip(own["start"], own["end"], own["term"], strict=True)) for own in (one, other)]
    for own, n, words in ((one, "n_first", "words_first"), (other, "n_second", "words_second")):
        inside = passages.inside(own, news.segments)
        own = own.loc[inside.index]
        for row in rows.itertuples():
            held = own[(own["start"] < row.end) & (own["end"] > row.start)]
            assert len(held) == getattr(row, n) and " ".join(held["term"]) == getattr(row, words)
        covered = sum(((own["start"] < row.end) & (own["end"] > row.start)).sum() for row in rows.itertuples())
        rest = {each for each in zip(own["start"], own["end"], own["term"], strict=True)
                if not any(each[0] < row.end and each[1] > row.start for row in rows.itertuples())}  # fmt: skip
        assert rest <= sides[0] & sides[1] and len(own) == len(rest) + covered
    assert (a != b) or rows.empty
    assert (rows["why"].str.len() > 0).all() and list(rows) == [
        "article_id", "start", "end", "why", "n_first", "n_second", "words_first", "words_second",
    ]  # fmt: skip


@pytest.mark.parametrize("mode", modes.MODES)
def test_totals_differ_by_what_is_explained_and_reasons_open(harbour, mode):
    rows = terms.explain_difference(harbour, "passages", mode)
    ours, theirs = (terms.frequencies(terms.like(harbour, each))["count"].sum() for each in ("passages", mode))
    assert rows["n_first"].sum() - rows["n_second"].sum() == ours - theirs != 0
    table = rows.groupby("why").size().rename("count").reset_index()
    assert passages.evidence(harbour, table, rows, on="why").data
    assert passages.text(harbour, rows.head(20)).str.len().gt(0).all()


def test_why_two_programs_differ_is_said_of_each_stretch():
    news = paste(f"A title\n{TEXT}")
    rows = terms.explain_difference(news, "scikit-learn", "quanteda")
    assert dict(zip(passages.text(news, rows), rows["why"], strict=True)) == {
        "nation’s": "an apostrophe",
        "self-government": "a hyphen",
        "U.S": "a full stop or sign within a word",
        "1,000.5": "a number",
        "x": "a single letter",
        "a": "a single letter",
        "T": "a single letter",
        "$": "a sign",
        "5": "a number",
        "don't": "an apostrophe",
        "www.a.example/b": "an address, @name or #tag",
        "#tag": "an address, @name or #tag",
        "__": "a sign",
    }


def test_queries_are_read_as_the_texts_are(harbour):
    news = terms.like(paste(f"A title\n{TEXT}"), "quanteda")
    for query, n in {"self-government": 1, "self-*": 1, "nation’s SELF-gov*": 1, "self": 0, "u.s": 1, "x_y": 1}.items():
        assert len(terms.hits(news, query)) == n, query
    part = terms.like(harbour, "AntConc").select(list(harbour.articles.index[:3]))
    assert set(part.words["article_id"]) <= set(harbour.articles.index[:3]) and "3" not in set(part.words["term"])


def test_no_other_mode_is_known(harbour):
    with pytest.raises(ValueError, match="mode is one of scikit-learn, quanteda, AntConc, Voyant, passages"):
        terms.like(harbour, "tm")
    with pytest.raises(ValueError, match="mode is one of"):
        terms.explain_difference(harbour, "passages", "nltk")
