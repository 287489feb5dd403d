"""Parts of speech and lemmas: what the tagger and our rules say of sentences, and what must hold of any text."""

import warnings

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from test_tokens import WILD_TEXT
from utils import compare, load, passages, paste, terms
from utils.intake import language
from utils.layers import tags


def test_rates_take_a_lemma_and_a_part_of_speech_as_hits_do(six):
    for asked, query in (({"lemma": "say"}, "{say}"), ({"query": "peace", "pos": "NOUN"}, "peace_NOUN")):
        rate, line = terms.rate(six, **asked), terms.over_time(six, **asked)
        assert rate.equals(terms.rate(six, query)) and rate["query"].tolist() == [query]
        assert rate["count"].tolist() == [len(terms.hits(six, **asked))]
        assert line.equals(terms.over_time(six, query)) and line.attrs == terms.over_time(six, query).attrs
    with pytest.raises(ValueError, match="groups by name say lemma"):
        terms.rate(six, {"war": "war"}, pos="NOUN")
    with pytest.raises(ValueError, match="a query is a word"):
        terms.rate(six)


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


STRIKES = (
    "Port\nThe union will strike. Strikes hit the ports; workers struck again. A strike, a high price, the low price."
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("strike", ["strike", "strike"]),
        ("{strike}", ["strike", "Strikes", "struck", "strike"]),
        ("strike_V", ["strike"]),
        ("{strike}_VERB", ["strike", "struck"]),
        ("{strike}_N|union", ["union", "Strikes", "strike"]),
        ("*_ADJ {price}", ["high price", "low price"]),
        ("st*_V NEAR/1 again", ["struck again"]),
        ("_J", ["high", "low"]),
        (["{strike}_V", "{strike}_N"], ["strike", "Strikes", "struck", "strike"]),
    ],
)
def test_lemmas_and_parts_of_speech_are_asked_for_in_a_query(query, found):
    news = paste(STRIKES)
    assert passages.text(news, terms.hits(news, query)).tolist() == found


def test_lemmas_and_parts_of_speech_are_asked_for_by_name():
    news = paste(STRIKES)
    for options, query in [
        ({"lemma": "strike"}, "{strike}"),
        ({"lemma": ["strike", "port"], "pos": "NOUN"}, ["{strike}_NOUN", "{port}_NOUN"]),
        ({"query": "strike", "pos": "VERB"}, "strike_VERB"),
    ]:
        assert terms.hits(news, **options).equals(terms.hits(news, query))
    assert passages.text(news, terms.hits(news, "Strikes_N", match_case=True)).tolist() == ["Strikes"]
    assert terms.hits(news, "strikes_N", match_case=True).empty


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"query": "strike_Q"}, "a part of speech is one of NOUN"),
        ({"query": "a b", "pos": "NOUN"}, "one word"),
        ({"lemma": "a b"}, "one word"),
        ({"query": "a", "lemma": "b"}, "either a query is wanted or a lemma"),
        ({}, "a query is a word"),
    ],
)
def test_what_cannot_be_asked_of_lemmas_says_why(options, said):
    with pytest.raises(ValueError, match=said):
        terms.hits(paste(STRIKES), **options)


@pytest.mark.parametrize(("lemma", "pos"), [(True, None), (False, "NOUN"), (True, "VERB")])
def test_frequencies_of_lemmas_are_the_hits_of_their_queries(harbour, lemma, pos):
    table = terms.frequencies(harbour, lemma=lemma, pos=pos, interval=["ferry"])
    assert table["n_tokens"].unique().tolist() == terms.frequencies(harbour)["n_tokens"].unique().tolist()
    for row in table.iloc[[0, 5, 20, 60, 200]].itertuples():
        query = (f"{{{row.term}}}" if lemma else row.term) + (f"_{pos}" if pos else "")
        found = terms.hits(harbour, query)
        assert (len(found), found["article_id"].nunique()) == (row.count, row.n_articles)
    shown = table.head(3)
    queries = [(f"{{{term}}}" if lemma else term) + (f"_{pos}" if pos else "") for term in shown["term"]]
    hits = terms.hits(harbour, queries).assign(
        term=lambda own: own["query"].map(dict(zip(queries, shown["term"], strict=True)))
    )
    assert passages.evidence(harbour, shown, hits, on="term").data


def test_rates_and_articles_are_asked_for_by_lemma_and_part_of_speech(harbour):
    n = len(terms.hits(harbour, "{strike}_VERB"))
    assert terms.rate(harbour, "{strike}_V")["count"].item() == n
    dated = terms.hits(harbour.select(harbour.articles["published"].notna()), "{strike}_V")
    assert terms.over_time(harbour, "{strike}_V")["count"].sum() == len(dated) > 0
    found = terms.articles(harbour, "{strike}_V AND NOT ferry")
    assert set(found["article_id"]) <= set(terms.hits(harbour, "{strike}_V")["article_id"])


def test_tfidf_counts_lemmas_of_a_part_of_speech(six):
    table = terms.tfidf(six, by="outlet", lemma=True, pos="NOUN")
    plain = terms.frequencies(six, by="outlet", lemma=True, pos="NOUN")
    assert (
        table.set_index(["outlet", "term"])["count"].to_dict() == plain.set_index(["outlet", "term"])["count"].to_dict()
    )
    tokens = plain.drop_duplicates("outlet").set_index("outlet")["n_tokens"]
    assert (table["tf"] - table["count"] / table["outlet"].map(tokens)).abs().max() < 1e-12


def test_every_measure_takes_a_corpus_of_lemmas(harbour):
    read = terms.lemmas(harbour, pos=True)
    side = harbour.articles["outlet"] == harbour.articles["outlet"].iloc[0]
    table = compare.keyness(read, side, n=9, n_second=0).set_index("term")
    row = table.loc["strike_NOUN"]
    assert row["count_target"] + row["count_reference"] == len(terms.hits(harbour, "{strike}_NOUN"))
    assert len(terms.hits(read, "strike_N")) == len(terms.hits(harbour, "{strike}_NOUN"))
    part = read.select(side)
    assert terms.frequencies(part)["count"].sum() == terms.frequencies(harbour.select(side))["count"].sum()
    assert read.copies.equals(harbour.copies) and terms.lemmas(harbour).layer("words").equals(harbour.words)


def test_an_article_that_cannot_be_tagged_keeps_its_words(six, monkeypatch, tmp_path):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path))

    def fails(raw, places, terms):
        if "Rain fell" in raw:
            raise ZeroDivisionError
        return english(raw, places, terms)

    english = tags._english
    monkeypatch.setattr(tags, "_english", fails)
    news = six.with_columns(outlet=six.articles["outlet"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read = terms.lemmas(news)
        assert terms.frequencies(read)["count"].sum() == terms.frequencies(six)["count"].sum()
        assert len(terms.hits(read, "rain")) == len(terms.hits(six, "rain"))
    assert "tags" in " ".join(news.report()["problem"])


def test_a_part_of_speech_of_another_language_is_said_to_be_missing():
    news = load(pd.DataFrame({"title": ["Lage"], "text": ["Der Streik begann am Hafen."], "language": ["de"]}))
    with pytest.warns(UserWarning, match="a part of speech is made for English"):
        assert terms.hits(news, "streik_N").empty
    assert len(terms.hits(news, "{hafen}")) == 1
