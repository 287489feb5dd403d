"""Parts of speech and lemmas: what the tagger and our rules say of sentences, and what must hold of any text."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_tokens import WILD_TEXT
from utils import load, paste
from utils.intake import language
from utils.layers import tags


def tagged(text):
    """The words of a text with part of speech and lemma."""
    news = paste(text)
    raw, found = news.articles["raw"].iloc[0], news.layer("tags")
    return {
        raw[start:end]: f"{lemma}_{pos}"
        for start, end, pos, lemma in zip(found["start"], found["end"], found["pos"], found["lemma"], strict=True)
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The union will strike.", {"union": "union_NOUN", "will": "will_AUX", "strike": "strike_VERB"}),
        ("A strike hit the ports.", {"strike": "strike_NOUN", "hit": "hit_VERB", "ports": "port_NOUN"}),
        ("They want to strike, and she works.", {"strike": "strike_VERB", "works": "work_VERB"}),
        ("The cut was deep.", {"cut": "cut_NOUN", "was": "be_AUX"}),
        ("It's late, and O'Brien's men don't stop.", {"It": "it_PRON", "don't": "do_AUX", "stop": "stop_VERB"}),
        ("Workers won't wait.", {"Workers": "worker_NOUN", "won't": "will_AUX", "wait": "wait_VERB"}),
        ("The US told the U.S. ports.", {"US": "US_PROPN", "U.S": "US_PROPN"}),
        ("THE UNION WILL STRIKE.", {"STRIKE": "strike_VERB", "THE": "the_DET"}),
        ("He saw better buildings at the meeting.", {"better": "good_ADJ", "buildings": "building_NOUN"}),
        ("AT&T wrote to @vask about COVID-19.", {"AT&T": "at&t_PROPN", "COVID-19": "covid-19_PROPN"}),
    ],
)
def test_words_have_the_part_of_speech_of_their_place(text, told):
    found = tagged(f"A day at the port\n{text}")
    assert {word: found[word] for word in told} == told


@settings(deadline=None)
@given(WILD_TEXT.map("The quay. {}".format))
def test_every_word_of_any_text_has_one_tag_and_lemma(text):
    news = paste(text)
    found = news.layer("tags")
    assert found[["start", "end"]].equals(news.words[["start", "end"]])
    assert found["lemma"].notna().all() and (found["lemma"].astype("str").str.len() > 0).all()
    assert set(found["pos"].dropna()) <= set(tags.UNIVERSAL)


@given(st.lists(st.sampled_from("The the strike strikes will to that 's cuts US it she they Workers . , hit".split())))
def test_rules_change_tags_and_nothing_else(words):
    penn = [tag for _, tag in tags._english_module().parser.find_tags(words)]
    before = [*penn]
    assert len(tags.mended(words, penn)) == len(words) and penn == before


def test_other_languages_have_lemmas_and_no_parts_of_speech():
    text = "Die Häfen wurden geschlossen, und die Schiffe lagen draußen, weil die Arbeiter nicht mehr arbeiteten."
    news = load(
        pd.DataFrame({"title": ["Lage", "Tag"], "text": [text, "The ports were closed."], "language": ["de", "en"]})
    )
    found = news.layer("tags").assign(term=news.words["term"].astype("str"))
    german = found["article_id"] == news.articles.index[0]
    assert found.loc[german, "pos"].isna().all() and found.loc[~german, "pos"].notna().all()
    lemmas = dict(zip(found["term"], found["lemma"], strict=True))
    assert (lemmas["häfen"], lemmas["schiffe"], lemmas["ports"]) == ("hafen", "schiff", "port")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en-GB", "en"),
        (None, "en"),
        ("Spanish", "es"),
        ("pt_BR", "pt"),
        ("Français", "fr"),
        ("zh", None),
        ("Klingon", None),
    ],
)
def test_lemmas_are_asked_for_in_the_language_of_the_article(value, code):
    assert tags.code(value) == code
    assert {tags.code(name) for name in language.NAMES} == {"en"}
