"""What the exercises of the notebooks ask: right answers are right, and the slips that people make have their hints."""

import pandas as pd
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
        ("crown|crowns NEAR/3 hour|hours|day|days", "right", ""),
        ("crown* NEAR/4 hour|day", "wrong", "at most three"),
        ("crown NEAR/3 hour|day", "close", "a star"),
        ("crown* NEAR/3 hour", "close", "either"),
        ("crown* hour|day", "close", "side by side"),
        ("crown* NEAR hour|day", "wrong", "NEAR/5 amnesty, with a number"),
        ("crown* AND hour|day", "wrong", "asked over articles"),
        ("crown* near hour|day", "close", "in small letters"),
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


def test_the_rule_of_the_shortest_stretches_is_asked_for_and_not_the_row_above(harbour):
    receipt = harbour.receipt().rename(columns={"n_segments": "count"})
    assert ask("01-compose", "comments", receipt).verdict == "right"
    assert "longest" in ask("01-compose", "rights line", receipt).message
    assert "in all" in ask("01-compose", "advertisement", receipt).message


def test_an_answer_of_another_kind_than_asked_for_is_told_so(harbour):
    longer = harbour.articles.assign(words=terms.sizes(harbour).set_index("article_id")["n_tokens"])
    name = longer["words"].idxmax()
    assert ask("pandas-longest", longer["title"][name], longer).verdict == "right"
    assert ask("pandas-longest", name, longer).message.startswith("That is its name")
    assert "names the article" in ask("pandas-longest", 75, longer).message
    unseen, whole = pd.DataFrame({"article_id": ["a"] * 44}), pd.DataFrame({"n_scored": [56], "n_sentences": [100]})
    assert ask("05-change", 44, unseen, whole).verdict == "right"
    assert "share" in ask("05-change", 0.44, unseen, whole).message


def test_codes_that_were_not_offered_and_one_word_over_and_over_are_no_answers(harbour):
    hits = terms.hits(harbour, "strike")
    assert "none of the codes" in ask("00-pairs", [["u"] * 10, ["x"] * 10], hits).message
    assert ask("00-pairs", [["u"] * 10, ["o"] * 10], hits).verdict == "compare"
    assert ask("00-judge", "blah " * 8, harbour).verdict == "wrong"
