"""The language of an article is found once, a table's own stands before it, and a mixed corpus says so."""

import pytest

from utils import load, quotes, readability, sentiment, voices
from utils.intake import language

TEXTS = {
    "en": "The ferry was late on Monday, and nobody at the pier could say when the next one would leave. " * 3,
    "de": "Die Fähre kam am Montag zu spät, und niemand am Pier wusste, wann die nächste fährt. Das Kind wartete.",
    "es": "El ferry llegó tarde el lunes y nadie en el muelle sabía cuándo saldría el siguiente barco.",
    "pt": "A balsa atrasou na segunda-feira e ninguém no cais sabia quando sairia a próxima.",
    "fr": "Le ferry était en retard lundi et personne sur le quai ne savait quand partirait le suivant.",
    "ar": "تأخرت العبارة يوم الاثنين ولم يعرف أحد على الرصيف متى ستغادر التالية.",
    "ru": "Паром опоздал в понедельник, и никто на причале не знал, когда отправится следующий.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_language_is_found_from_a_sentence(code):
    assert language.found(TEXTS[code], [(0, len(TEXTS[code]))]) == code
    with_title = f"Ferry Late Again, Says the Harbour Office\n{TEXTS[code]}"
    assert language.found(with_title, [(42, len(with_title))]) == code


@pytest.mark.parametrize("text", ["Late.", "12 34", "", "😀", "Venezuela Maduro Caracas Trump Bogotá"])
def test_where_it_is_doubtful_it_is_missing(text):
    assert language.found(text, [(0, len(text))]) is None


def test_an_english_quotation_makes_no_article_english():
    text = (
        TEXTS["de"] + " „The quay of the town was closed“, sagte die Hafenmeisterin, und alle gingen wieder nach Hause."
    )
    assert language.found(text, [(0, len(text))]) == "de"


def test_articles_have_their_language_and_a_mixed_corpus_is_told(tmp_path):
    for code, text in TEXTS.items():
        (tmp_path / f"{code}.txt").write_text(f"A title\n{text}", encoding="utf-8")
    (tmp_path / "x.txt").write_text("Late again\nLate.", encoding="utf-8")
    news = load(tmp_path)
    assert news.articles["language"].fillna("?").tolist() == [*sorted(TEXTS), "?"]
    told = news.report().set_index("problem")["kind"]
    (mixed,) = (each for each in told.index if "several languages" in each)
    assert mixed.count("1 in ") == 5 and told[mixed] == "assumed"
    assert told.index[-1].startswith("of 1 of 8 articles the language is not known") and told.iloc[-1] == "missing"
    english = news.select(["en.txt"]).report()["problem"]
    assert not english.str.contains("language").any()


def test_a_tables_own_language_stands(tmp_path):
    (tmp_path / "a.csv").write_text(f'text,lang\n"{TEXTS["en"]}",English\n"{TEXTS["de"]}",\n"{TEXTS["en"]}.",EN-gb\n')
    news = load(tmp_path / "a.csv")
    assert news.articles["language"].tolist() == ["English", "de", "EN-gb"]
    assert [language.is_english(one) for one in news.articles["language"]] == [True, False, True]


@pytest.mark.parametrize(
    "value", ["en", "eng", "ENGLISH", "en_US", "Inglés", "Anglais; français", None, float("nan"), ""]
)
def test_what_is_english_or_unknown_is_read_by_english_measures(value):
    assert language.is_english(value)
    assert not language.is_english("de") and not language.is_english("enm") and not language.is_english("Spanish")


@pytest.fixture
def mixed(tmp_path):
    texts = {
        "en": TEXTS["en"] * 3 + "“It was a lovely, kind day,” said Ilse Marrow. ",
        "de": (TEXTS["de"] + " Kind war gut. ") * 9,
    }
    texts["es"] = (TEXTS["es"] + " «Nadie lo sabía», dijo Ilse Marrow. ") * 9
    for code, text in texts.items():
        (tmp_path / f"{code}.txt").write_text(f"A title\n{text}\n{text}", encoding="utf-8")
    return load(tmp_path)


MEASURES = {
    "tone": lambda news: sentiment.tone(news),
    "readability": lambda news: readability.readability(news),
    "scored words": lambda news: sentiment.scored_words(news),
    "balance": lambda news: quotes.balance(news, by="article"),
    "voices": lambda news: voices.within(news, "outside"),
}


@pytest.mark.parametrize("name", MEASURES)
def test_measures_that_know_english_alone_leave_others_out_and_say_so(name, mixed):
    with pytest.warns(
        UserWarning, match=r"made for English: 2 of 3 articles are in other languages \((de, es|es, de)\)"
    ):
        table = MEASURES[name](mixed)
    if name == "balance":
        assert set(table.loc[table["note"] != "not in English", "article_id"]) == {"en.txt"}
    elif "note" in table:
        rows = table.set_index("article_id")
        assert (rows.loc[["de.txt", "es.txt"], "note"] == "not in English").all()
        assert rows.loc[["de.txt", "es.txt"], "tone" if name == "tone" else "score"].isna().all()
        assert rows.loc["en.txt", "note"] != "not in English"
    else:
        assert set(table["article_id"]) == {"en.txt"}


def test_a_corpus_without_english_gives_nothing_rather_than_nonsense(mixed):
    german = mixed.select(["de.txt"])
    with pytest.warns(UserWarning, match=r"1 of 1 article is in another language \(de\)"):
        table = sentiment.tone(german, by=None)
    assert (
        table["tone"].isna().all() and table["count"].tolist() == [0] and table["note"].tolist() == ["not in English"]
    )


def test_a_group_without_english_has_a_marked_row_in_the_balance(mixed):
    with pytest.warns(UserWarning, match="made for English"):
        by = quotes.balance(mixed, by="article").set_index("article_id")
        none = quotes.balance(mixed.select(["es.txt", "de.txt"]), speakers=["Ilse Marrow"])
    for row in (by.loc["de.txt"], by.loc["es.txt"], *(row for _, row in none.iterrows())):
        assert row["note"] == "not in English" and row["n_words"] == row["n_quotes"] == 0
        assert row[["share_of_words", "low", "high", "speaker"]].isna().all()
    assert len(none) == 1 and (by.loc[["en.txt"], "note"] != "not in English").all()
    assert by.loc[["en.txt"], "share_of_words"].sum() == pytest.approx(1)


def test_a_lexicon_of_ones_own_and_english_alone_are_read_without_a_word(mixed, tmp_path, recwarn):
    (tmp_path / "own.csv").write_text("term,score\nkind,0.5\n")
    own = sentiment.tone(mixed, lexicon=str(tmp_path / "own.csv"))
    assert own.set_index("article_id").loc["de.txt", "count"] > 0
    sentiment.tone(mixed.select(["en.txt"]))
    assert not [warning for warning in recwarn if "English" in str(warning.message)]
