"""Words and sentences: the six rules, and what must hold for any text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import passages, paste, stopwords, terms, tokens

PIECES = ["US", "U.S.", "WHO", "IT'S", "https://a.b/c", "www.", "a@b.com", "#tag", "@me", "AT&T", "COVID-19", " "]
WILD_TEXT = st.lists(
    st.one_of(
        st.characters(exclude_categories=["Cs"]),
        st.sampled_from("'’.,-­\u200d“”\n\r aesS1é\u0301©@#&/:*U\u2011"),
        st.sampled_from(PIECES),
    ),
    max_size=120,
).map("".join)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Nicola\u0301s Nicolás NICOLÁS", ["nicolás"] * 3),
        ("Don’t say it isn't.", ["don't", "say", "it", "isn't"]),
        ("Maduro’s, O’Brien's; the crews’ pay", ["maduro", "'s", "o'brien", "'s", "the", "crews", "pay"]),
        ("it's IT’S 's", ["it", "'s", "it", "'s", "s"]),
        ("1,000.5 of 94%, 22.Then 3.14.", ["1,000.5", "of", "94", "22", "then", "3.14"]),
        ("U.S. and J.D.Vance, e.g. at 5 a.m.", ["US", "and", "jd", "vance", "e.g", "at", "5", "a.m"]),
        ("drug-traf\u00adficking — straße", ["drug", "trafficking", "strasse"]),
        ("1990's '91 ‘quoted’", ["1990", "'s", "91", "quoted"]),
        ("“” — …", []),
        ("the US, the U.S. and WHO; us, who", ["the", "US", "the", "US", "and", "WHO", "us", "who"]),
        ("US's US-led U.S.-backed u.s. Us", ["US", "'s", "US", "led", "US", "backed", "US", "us"]),
        ("NATO Nato N.A.T.O. UN U.N.", ["nato", "nato", "nato", "un", "un"]),
        ("A.S. Vask, M.E. Ode, 5 A.M.", ["a.s", "vask", "m.e", "ode", "5", "a.m"]),
        ("WHO WILL SAVE US?\nIt was the US.", ["who", "will", "save", "us", "it", "was", "the", "US"]),
        ("“WHO WILL SAVE US,” said the US. US", ["who", "will", "save", "us", "said", "the", "US", "US"]),
        ("EU, US and UK: IT failed", ["eu", "US", "and", "uk", "IT", "failed"]),
        ("US\nIT IS LATE", ["US", "it", "is", "late"]),
        ("AT&T, at&t, R&D; C&A’s, x & y, Q&amp;A", ["at&t", "at&t", "r&d", "c&a", "'s", "x", "y", "q", "amp", "a"]),
        ("COVID-19 Covid\u201119 covid-19-like F-16s", ["covid-19", "covid-19", "covid-19", "like", "f-16s"]),
        ("mid-1990s, mid-30s, post-9/11, 5-4, post-war", "mid 1990s mid 30s post 9 11 5 4 post war".split()),
        ("See https://a.example/b?c=1&d=2.", ["see", "https://a.example/b?c=1&d=2"]),
        ("(www.quay.example/q), nytimes.com.", ["www.quay.example/q", "nytimes.com"]),
        ("@anna_b’s #MeToo #1 a@b end.The", ["@anna_b", "'s", "#metoo", "1", "a", "b", "end", "the"]),
        ("Desk@Quay.example.", ["desk@quay.example"]),
    ],
)
def test_a_word_is_what_the_six_rules_say(text, terms):
    assert tokens.terms_of(text) == terms


def _is_letter(character):
    """Tell whether a character must be in a word: a letter or number; a mark alone is none."""
    return character not in tokens.APOSTROPHES and unicodedata.category(character)[0] in "LN" if character else False


@given(
    st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), WILD_TEXT, max_size=4)
)
def test_words_of_any_texts_are_passages_in_order(raws):
    found = tokens.words(raws)
    for name, own in found.groupby("article_id", observed=True):
        assert (own["start"].to_numpy()[1:] >= own["end"].to_numpy()[:-1]).all()
        folded = [tokens.fold(raws[name][a:b]) for a, b in zip(own["start"], own["end"], strict=True)]
        assert all(term in (one, one.casefold()) for one, term in zip(folded, own["term"], strict=True))
        assert tokens.terms_of(raws[name]) == list(own["term"])
    covered = {(row.article_id, place) for row in found.itertuples() for place in range(row.start, row.end)}
    letters = {
        (name, place)
        for name, raw in raws.items()
        for place, character in enumerate(raw)
        if _is_letter(character) or (unicodedata.category(character)[0] == "M" and _is_letter(raw[place - 1 : place]))
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


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("US", ["US", "U.S"]),
        ("U.S.", ["US", "U.S"]),
        ("u.s.", ["US", "U.S"]),
        ("us", ["us", "US"]),  # the second in a line of capitals
        ("who", ["WHO", "who"]),
        ("WHO", ["WHO"]),
        ("the US WHO|NATO", ["the US WHO"]),
        ("us*", ["US", "US", "U.S", "us"]),
        ("covid-19", ["COVID-19", "Covid-19"]),
        ("AT&T", ["AT&T"]),
        ("at&t", ["AT&T"]),
        ("#metoo", ["#MeToo"]),
        ("@vask", ["@Vask"]),
        ("post-war", ["post-war"]),
        ("war", ["war"]),
        ("https://a.example/b?c=1", ["https://a.example/b?c=1"]),
    ],
)
def test_a_query_finds_what_its_reader_means(query, found):
    news = paste(
        "WHO WILL SAVE US?\nHe left the US WHO office in the U.S. and told us who.\n"
        "COVID-19 and Covid-19 hit AT&T, wrote @Vask in the post-war #MeToo at https://a.example/b?c=1."
    )
    assert sorted(passages.text(news, terms.hits(news, query, within=news.segments))) == sorted(found)


def test_stop_words_leave_acronyms():
    news = paste("The US told us that the WHO, which is who knows, says IT is it.")
    left = set(terms.frequencies(news, stop=stopwords.english())["term"])
    assert {"US", "WHO", "IT"} <= left and not {"us", "who", "it"} & left


def test_compounds_are_asked_for_whole_or_in_parts(harbour):
    told = "The post-war U.S.-backed deal, a well\u2011known one, after the war; COVID-19-like, a mother-in-law’s."
    news = paste(f"A title\n{told}")
    whole = terms.compounds(news)
    own = set(whole.words["term"])
    assert {"post-war", "US-backed", "well-known", "covid-19-like", "mother-in-law", "'s"} <= own
    assert {"post", "known", "law"}.isdisjoint(own)
    ways = {"war": (2, 1), "well": (1, 0)} | dict.fromkeys(
        ["post-war", "post-*", "US-backed", "post-war US-backed", "mother-in-law"], (1, 1)
    )
    for query, n in ways.items():
        assert (len(terms.hits(news, query)), len(terms.hits(whole, query))) == n, query
    raws = harbour.articles["raw"]
    own = terms.compounds(harbour).words
    first = own.head(300)
    assert [tokens.fold(raws[it.article_id][it.start : it.end]) for it in first.itertuples()] == list(first["term"])
    assert (own["term"].str.count("-") + 1).where(~own["term"].str.contains(r"-\d"), 1).sum() == len(harbour.words)


@given(WILD_TEXT.map("The quay. {}".format))
def test_parts_of_compounds_are_the_words_there_are(text):
    news = paste(text)
    plain, whole = news.words, terms.compounds(news).words
    assert (whole["start"].to_numpy()[1:] >= whole["end"].to_numpy()[:-1]).all()
    assert set(whole["start"]) <= set(plain["start"]) and set(whole["end"]) <= set(plain["end"])
    covered = sum(((plain["start"] >= row.start) & (plain["end"] <= row.end)).sum() for row in whole.itertuples())
    assert covered == len(plain)
