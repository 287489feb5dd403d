"""What the exercises of the notebooks ask: right answers are right, and the slips that people make have their hints."""

import pytest

from utils import paste, reading, terms
from utils.teaching import checks, questions


@pytest.fixture(autouse=True)
def lenient(monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)


def ask(name, *given):
    return questions.by_name()[name](*given)


@pytest.mark.parametrize(
    ("query", "verdict", "said"),
    [
        ("crown* NEAR/3 hour|day", "right", ""),
        ("hour|day NEAR/3 crown*", "right", ""),
        ("crown|crowns NEAR/3 hour|day", "right", ""),
        ("crown NEAR/3 hour|day", "close", "a star"),
        ("crown* NEAR/3 hour", "close", "either"),
        ("crown* hour|day", "close", "side by side"),
        ("crown* NEAR hour|day", "close", "without a number"),
        ("crown* NEAR/30 hour|day", "wrong", "too many"),
        ("crown* NEAR/x day", "wrong", "cannot be read"),
        ("", "wrong", "cannot be read"),
        (12, "wrong", "in quotation marks"),
        (None, "wrong", "None"),
    ],
)
def test_a_composed_query_is_judged_by_what_it_finds(harbour, query, verdict, said):
    found = ask("02-compose", query, harbour)
    assert (found.verdict, said in found.message) == (verdict, True), found


def test_counts_know_the_slips_of_their_questions(harbour):
    assert ask("00-change", 88, harbour).verdict == "right"
    assert "star" in ask("00-change", 84, harbour).message
    assert "articles" in ask("00-change", 54, harbour).message
    dock, union = len(terms.hits(harbour, "dock")), len(terms.hits(harbour, "united dock hands"))
    assert ask("02-change", dock - union, harbour).verdict == "right"
    assert "still among them" in ask("02-change", dock, harbour).message
    assert "ask for the rest" in ask("02-change", union, harbour).message
    assert (
        ask("01-predict", reading.concordance(harbour, "lock")["article_id"].nunique(), harbour, "lock").verdict
        == "right"
    )


def test_a_corpus_without_what_is_asked_leaves_questions_open_and_tells_of_no_other_corpus():
    one = paste("A lamp\nIt rained.")
    assert ask("02-compose", "crown*", one).verdict == ask("02-change", 3, one).verdict == "open"
    sentence = "There is nothing in this one that we would ever cut."
    ours = {name: ask(name, sentence, one) for name in ("00-judge", "01-judge", "02-judge", "05-judge")}
    ours["08-judge"] = ask("08-judge", sentence, one, "fuel")
    assert set(ours.values()) == {checks.compare(sentence, "")}


def test_a_sentence_of_ours_on_one_word_is_not_shown_for_another(harbour):
    sentence = "In most of the weeks nobody says it, and then many do."
    assert ask("08-judge", sentence, harbour, "fuel") != ask("08-judge", sentence, harbour, "union")
    assert ask("08-judge", sentence, harbour, "union") == checks.compare(sentence, "")
