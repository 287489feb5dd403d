"""Follow: who says a word and when nobody does, as notebook 12 tells it, held against articles counted by hand."""

import pandas as pd
import pytest

from utils import follow, load, terms
from utils.teaching.questions import by_name

ASKED = by_name()
WORD = "Venezuela*"


@pytest.fixture(scope="module")
def ten(tmp_path_factory):
    """Ten articles of two papers in ten years; oil in the first, the fourth, the last two; the third has no date."""
    rows = [
        {
            "title": f"T{n}",
            "raw": "Oil rose." if n in (0, 3, 8, 9) else "Rain fell.",
            "outlet": "Alder" if n < 6 else "Birch",
            "published": None if n == 2 else f"{2010 + n}-01-05",
        }
        for n in range(10)
    ]
    path = tmp_path_factory.mktemp("ten") / "articles.csv"
    pd.DataFrame(rows).to_csv(path, index=False)
    return load(path)


def test_who_speaks_is_the_president_the_writer_or_the_outlet(addresses, harbour, ten, scraped):
    assert follow.speakers(addresses).name == "president" and follow.speakers(addresses).nunique() == 43
    writers = follow.speakers(harbour)
    assert writers.name == "writer" and writers["004.txt"] == "004.txt"  # it names none, and stands for itself
    assert follow.speakers(ten).name == "outlet" and follow.speakers(scraped).name == "article"


def test_a_row_a_speaker_in_the_order_of_their_first_word(ten):
    found = terms.hits(ten, "oil")
    said = follow.spoken(ten, found, follow.speakers(ten))
    assert follow.by_speaker(said).to_numpy().tolist() == [
        ["Alder", 2, 2, "2010-01-05", "2013-01-05"],
        ["Birch", 2, 2, "2018-01-05", "2019-01-05"],
    ]
    assert follow.spoken(ten, terms.hits(ten, "rain"), follow.speakers(ten))["day"].tolist()[1] == "–"
    assert follow.by_speaker(said.head(0)).empty


def test_what_has_no_day_is_neither_last_nor_late(ten):
    said = follow.spoken(ten, terms.hits(ten, "rain"), follow.speakers(ten))
    assert follow.by_speaker(said)["last"].tolist() == ["2015-01-05", "2017-01-05"]
    assert follow.by_speaker(said.iloc[[1]])["last"].tolist() == ["–"]
    last = follow.lately(ten, "rain", "2015-01-01", follow.speakers(ten))
    assert follow.late(said, last)["day"].tolist() == ["2015-01-05", "2016-01-05", "2017-01-05"]
    assert follow.late(said, last.head(0)).empty


def test_the_longest_silence_is_of_dated_articles(ten):
    run = follow.silence(ten, terms.hits(ten, "oil"))
    assert run["published"].dt.year.tolist() == [2014, 2015, 2016, 2017]
    assert (
        len(follow.silence(ten, terms.hits(ten, "zebra"))) == 9
        and follow.silence(ten, terms.hits(ten, "oil|rain")).empty
    )
    told = follow.when(ten, "oil", terms.hits(ten, "oil"), follow.speakers(ten)).data
    assert "stands **4 times** in **4** of 10 articles, in the articles of **2** of 2 outlets." in told
    assert "**4 articles** in a row, from 5 January 2014 to 5 January 2017" in told


def test_late_is_held_against_early_by_both_units_or_by_the_last_quarter(addresses, ten):
    table = follow.lately(addresses, WORD, "1908-01-01", follow.speakers(addresses))
    assert table["unit"].tolist() == ["article", "president"] and table["n_articles_since"].tolist() == [12, 12]
    assert table["high"].iloc[0] < 0 and "4 presidents" in table["note"].iloc[1]
    assert follow.lately(ten, "oil", "1908-01-01", follow.speakers(ten))["since"].iloc[0] > "2016"
    none = load(pd.DataFrame({"raw": ["Oil rose.", "Rain fell."]}))
    assert follow.lately(none, "oil", "1908-01-01", follow.speakers(none)).empty


def test_passages_of_articles_named_or_of_those_that_have_most(addresses):
    found = terms.hits(addresses, WORD)
    assert len(follow.chosen(found, ["1895-Cleveland-1"])) == 8
    most = follow.chosen(found, ["nowhere"])
    assert most["article_id"].nunique() == 3 and "1895-Cleveland-1" in set(most["article_id"])
    assert follow.chosen(found.head(0), ["nowhere"]).empty


def test_two_words_together_are_held_against_strangers(addresses, ten):
    said = follow.together(addresses, WORD, "Monroe Doctrine").data
    assert "in 53 articles, “Monroe Doctrine” in 11, both in **5**. Were the two strangers, 2.5 of 237" in said
    assert "“zebra” stands nowhere here" in follow.together(ten, "oil", "zebra").data


def test_the_answer_says_no_more_than_its_intervals(ten):
    found, unit = terms.hits(ten, "oil"), follow.speakers(ten)
    near = pd.DataFrame({"term": ["rose", "fell"], "low": [1.0, None]})
    last = pd.DataFrame(
        {"unit": ["outlet"], "since": ["2018-01-01"], "n_articles_since": [2], "low": [None], "high": [None]}
    )
    said = follow.answer(ten, "oil", found, unit, near, last).data
    assert "Of 1 word near it that enough outlets say, the intervals of 1 lie above chance: **rose**." in said
    assert "fell" not in said
    assert "Since 1 January 2018 2 articles have it, too few to test with outlets as units" in said
    for low, high, told in (
        (1, 2, "said more often"),
        (-2, -1, "said less often"),
        (-1, 1, "not to be told from before"),
    ):
        assert told in follow.answer(ten, "oil", found, unit, near, last.assign(low=low, high=high)).data
    said = follow.answer(ten, "oil", found, unit, near.assign(low=None), last.head(0)).data
    assert "No word stands near it so steadily" in said and "not dates enough" in said
    assert "stands nowhere" in follow.answer(ten, "zebra", found.head(0), unit, near, last).data


@pytest.mark.parametrize(("answer", "verdict", "hint"), [
    ("rain", "compare", "stands in 6 articles without the word, 6 times in all"),
    ("oil", "wrong", "only in articles that have the word"),
    ("zebra", "wrong", "stands nowhere"),
    ("/(/", "wrong", "cannot be read"),
    (7, "wrong", "in quotation marks"),
])  # fmt: skip
def test_a_query_for_what_the_word_misses_is_judged(ten, answer, verdict, hint, monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)
    found = ASKED["12-compose"](answer, ten, terms.hits(ten, "oil"))
    assert found.verdict == verdict and hint in found.message


def test_articles_that_have_both_are_counted(ten, monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)
    assert ASKED["12-change"](4, ten, "oil", ["rose", "rain"]).verdict == "right"
    assert "one or the other" in ASKED["12-change"](10, ten, "oil", ["rain", "rose"]).message
    assert ASKED["12-predict"](6, ten, ["oil", "rain"]).verdict == "right"
