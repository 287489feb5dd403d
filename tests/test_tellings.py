"""Tellings: which articles tell one event, what each group of them names, and what is said where nothing parts them."""

import pandas as pd
import pytest

from utils import answer_key, explore, load, paste, tellings
from utils.measures.validity import kept
from utils.teaching.questions import by_name

ASKED = by_name()
FRAMES = ["a", "a", "b", "b"]


@pytest.fixture
def papers(tmp_path):
    """Four texts: two of each of two papers, and one word in three of them."""
    rows = [
        ("One", "The ferry was late."),
        ("One", "The ferry came."),
        ("Two", "The ferry sank."),
        ("Two", "It rained."),
    ]
    table = pd.DataFrame(rows, columns=["outlet", "raw"])
    return load(table)


def test_an_event_is_the_articles_that_have_its_word_and_all_where_hardly_any_has(papers):
    assert len(tellings.of_event(papers, "ferry")) == 3
    assert len(tellings.of_event(papers, "sank")) == len(tellings.of_event(papers, "zebra")) == 4


def test_the_column_is_the_one_wanted_or_the_first_that_can_part(papers):
    assert tellings.column(papers, "outlet") == tellings.column(papers, "frame") == "outlet"
    three = tellings.of_event(papers, "ferry")
    assert tellings.column(three, "outlet") == "outlet" and list(tellings.largest(three, "outlet")) == [2]
    assert tellings.column(load("standoff"), "wing") == "frame"


def test_what_is_told_is_a_share_of_each_tellings_articles(papers):
    table = pd.DataFrame(
        {"article_id": papers.articles.index[[0, 0, 1, 2]], "start": [0, 4, 0, 0], "end": [3, 9, 3, 3]}
    )
    shares = tellings.crossed(papers, table.assign(what=["x", "x", "x", "y"]), "what", by="outlet")
    assert shares.to_dict() == {"One": {"x": 1, "y": 0}, "Two": {"x": 0, "y": 0.5}}
    assert tellings.crossed(papers, table[:0].assign(what=""), "what", by="outlet").empty


def test_it_is_said_which_articles_are_read_and_what_does_not_hold(papers):
    def said(event, by="outlet", wanted="outlet"):
        news = tellings.of_event(papers, event)
        return tellings.opening(papers, news, event, by, wanted).data

    assert "3 of 4 articles have “ferry”; no column has two values" in said("ferry")
    assert "All 4 articles are read, as fewer than two have “sank”. `outlet` parts them" in said("sank")
    assert "One (2), Two (2). **What does not hold here:**" in said("sank")
    assert "`wing` does not part them, so `outlet`" in said("sank", wanted="wing")
    table = papers.articles[["outlet", "raw"]].assign(published=["2025-03-03", None, "2025-03-08", None])
    dated = load(table.reset_index(drop=True))
    assert "though 5 days lie between" in tellings.opening(dated, dated, "the", "outlet", "outlet").data
    near = load("standoff")
    assert "What does not hold" not in tellings.opening(near, near, "Maduro", "frame", "frame").data


def test_one_article_has_no_two_tellings_and_still_two_sides():
    news = paste("A title\nBody of it, with a few words more.")
    by = tellings.column(news, "outlet")
    assert by == "outlet" and "no two tellings" in tellings.opening(news, news, "word", by, by).data
    assert tellings.two_sides(news, by)[2:] == ("the second half of the article", "its first half")


def test_facts_that_all_of_one_group_tell_and_none_of_another():
    told = {"f": "12", "g": "23", "h": "134", "k": "1"}
    rows = [(text, fact) for fact, texts in told.items() for text in texts]
    facts = pd.DataFrame(rows, columns=["article_id", "fact"])
    groups = pd.Series(FRAMES, ["1", "2", "3", "4"])
    assert tellings.parted(facts, groups) == 1  # f alone: g and h are told in both, k by one of two
    by_lot = tellings.dealt(facts, groups, n=50, seed=1)
    assert len(by_lot) == 50 and by_lot.between(0, 2).all() and by_lot.nunique() > 1
    assert by_lot.tolist() == tellings.dealt(facts, groups, n=50, seed=1).tolist()


def test_own_codes_are_held_against_the_key_and_against_each_other(tmp_path, monkeypatch):
    monkeypatch.setattr(kept, "place", lambda folder: tmp_path)
    near = load("standoff")
    texts = near.body.groupby("article_id", observed=True).agg(start=("start", "min"), end=("end", "max")).reset_index()
    texts, key = texts.head(12), near.articles["frame"]
    assert "None of the 12 texts is coded" in tellings.own_frames(near, texts, key, seed=1).data
    for coder, shift in (("ana", 0), ("ben", 1)):
        card = explore.coding(near, texts, "frames", coder=coder, seed=None).children[0].children[0]
        for n, name in enumerate(texts["article_id"]):
            code = key[name][0] if n >= shift else "c" if key[name] != "conflict" else "m"
            card._handle_custom_msg({"n": card.view["n"], "key": code}, [])
        told = tellings.own_frames(near, texts, key, seed=1).data
        assert f"{coder} has the key's frame in {12 - shift} of 12 texts" in told
    assert "Between you:" in told and "alpha 0.9" in told


def test_what_is_summed_up_is_what_was_counted(papers):
    wide = pd.DataFrame({"a": [2, 0, 1], "b": [0, 2, 1]}, index=["f", "g", "h"])
    said = tellings.summed(wide, wide[:2]).data
    assert "Of 3 facts **a** tells 2" in said and "1 of them is told in all frames. 2 are told by all texts" in said
    assert "each of these by no text of some other" in said
    shares = pd.DataFrame({"One": [1, 0.5], "Two": [0.5, 0]}, index=["Ana", "Ben"])
    by_lot = pd.Series([0, 2, 1])

    def answer(shares):
        return tellings.answer(wide, by_lot, papers, shares, "outlet").data

    assert "leave out: a 1, b 1; 2 facts that all texts of one frame tell" in answer(shares)
    assert "have 1 such on average and 2 at most in 3 deals" in answer(shares)
    assert "some `outlet` is silent on 1 of the 2 persons" in answer(shares)
    assert "each `outlet` names all of the 1 persons" in answer(shares[:1])
    assert "there are no two tellings" in answer(shares[["One"]])


def test_words_are_said_to_be_told_from_chance_only_where_they_are():
    key = pd.DataFrame({"term": ["tide", "oar"], "p": [0.001, 0.4], "q": [0.01, 0.4], "note": ["few", ""]})
    names = ["One", "the others"]
    assert tellings.tested(key, names).data == (
        "One against the others: 1 of 2 words are told from chance (q below .05), first tide."
    )
    assert "none of 1 words is told" in tellings.tested(key[1:], names).data
    assert "no word can be tested" in tellings.tested(key[:0], names).data
    assert "“tide”, and of each word here: few." in tellings.noted(key).data
    assert "No word stands" in tellings.noted(key[:0]).data


def test_the_exercises_know_their_slips():
    near = load("standoff")
    facts = answer_key(near, "facts")
    assert ASKED["11-predict"](25, near, facts).verdict == "right"
    assert ASKED["11-predict"](23, near, facts).verdict == "close"
    assert ASKED["11-change"](7, near, facts).verdict == "right"
    assert ASKED["11-change"](40, near, facts).verdict == "close"
    texts = pd.DataFrame({"article_id": near.articles.index, "frame": near.articles["frame"].array})
    few = {name: ["zebra"] for name in set(texts["frame"])}
    assert "4 of 20 right" in ASKED["11-compose"](few, near, texts).message
    assert "one to 4 words" in ASKED["11-compose"](few | {"conflict": "war"}, near, texts).message
    assert "a list of words for each" in ASKED["11-compose"]({"conflict": ["war"]}, near, texts).message
