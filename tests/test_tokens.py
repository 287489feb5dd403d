"""Words and sentences: the four rules, and what must hold for any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import paste, terms, tokens

WILD_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("'’.,-­\u200d“”\n\r aesS1é\u0301©")),
    max_size=200,
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Nicola\u0301s Nicolás NICOLÁS", ["nicolás"] * 3),
        ("Don’t say it isn't.", ["don't", "say", "it", "isn't"]),
        ("Maduro’s, O’Brien's; the crews’ pay", ["maduro", "'s", "o'brien", "'s", "the", "crews", "pay"]),
        ("it's IT’S 's", ["it", "'s", "it", "'s", "s"]),
        ("1,000.5 of 94%, 22.Then 3.14.", ["1,000.5", "of", "94", "22", "then", "3.14"]),
        ("U.S. and J.D.Vance, e.g. at 5 a.m.", ["u.s", "and", "j.d", "vance", "e.g", "at", "5", "a.m"]),
        ("drug-traf\u00adficking — straße", ["drug", "trafficking", "strasse"]),
        ("1990's '91 ‘quoted’", ["1990", "'s", "91", "quoted"]),
        ("“” — …", []),
    ],
)
def test_a_word_is_what_the_four_rules_say(text, terms):
    assert tokens.terms_of(text) == terms


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), WILD_TEXT, max_size=4)
)
def test_words_of_any_texts_are_passages_in_order(raws):
    found = tokens.words(raws)
    for name, own in found.groupby("article_id", observed=True):
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()
        assert [tokens.fold(raws[name][a:b]) for a, b in zip(own["start"], own["end"], strict=True)] == list(
            own["term"]
        )
    covered = {(row.article_id, place) for row in found.itertuples() for place in range(row.start, row.end)}
    letters = {
        (name, place)
        for name, raw in raws.items()
        for place, character in enumerate(raw)
        if unicodedata.category(character)[0] in "LMN" and character not in tokens.APOSTROPHES
    }
    assert letters <= covered


@given(WILD_TEXT.filter(lambda text: text.strip()))
def test_every_word_lies_in_a_sentence_of_its_segment(text):
    news = paste(text)
    raw = news.articles["raw"].iloc[0]
    assert (news.tokens["sentence"] >= 0).all()
    spans = list(zip(news.sentences["start"], news.sentences["end"], strict=True))
    assert all(raw[start:end] == raw[start:end].strip() != "" for start, end in spans)
    assert list(news.sentences["n"]) == list(range(len(spans)))


def test_words_do_not_depend_on_how_texts_are_batched(addresses, monkeypatch):
    raws = addresses.articles["raw"].iloc[:6]
    whole = tokens.words(raws)
    monkeypatch.setattr(tokens, "BATCH", 1000)
    assert tokens.words(raws).equals(whole)


def test_sentences_know_abbreviations_and_do_not_cross_segments(scraped):
    body = scraped.sentences.merge(scraped.body.rename(columns={"start": "left", "end": "right"}), on="article_id")
    body = body[(body["start"] >= body["left"]) & (body["end"] <= body["right"])]
    raw = scraped.articles["raw"].iloc[0]
    texts = [raw[row.start : row.end] for row in body.itertuples()]
    assert texts[1] == "The walkout, the third since March, began at 5:30 a.m. and had not ended by evening."
    assert texts[2] == "It isn’t clear when the boats will sail again."
    assert len(body) == body["n"].nunique() == 18


@pytest.mark.parametrize("rank", ["Lt. Col.", "Lt. Gov.", "Cmdr.", "Reps.", "Maj. Gen.", "Msgr.", "Cllr.", "Lt. Cmdr."])
def test_a_rank_ends_no_sentence_and_no_phrase_that_is_asked_for(rank):
    news = paste(f"The men met {rank} Marrow on the quay. He waited.\n\nThey asked for the {rank}")
    assert len(news.sentences) == 3
    assert len(terms.hits(news, f"{rank} Marrow")) == 1


def test_no_letter_mark_or_digit_lies_in_a_plane_that_is_left_out():
    left_out = (point for plane in {*range(17)} - {*tokens.PLANES} for point in range(plane << 16, (plane + 1) << 16))
    assert not any(unicodedata.category(chr(point))[0] in "LMN" for point in left_out)
