"""Contrast: the sides, the placebo and the sentences of notebook 10, each no stronger than its own test."""

import pandas as pd
import pytest

from utils import answer_key, compare, contrast, load
from utils.teaching.questions import by_name

ASKED = by_name()
SIGNALMAN, PLUMBLINE, HOURGLASS = "The Low Coast Signalman", "The Varnhithe Plumbline", "The Ullet Hourglass"
NOBODY = pd.DataFrame(columns=["side", "cluster", "n_clusters", "largest"])


def table(*rows):
    """A table as of `compare.keyness`: term, log ratio, p, q of each row."""
    frame = pd.DataFrame(rows, columns=["term", "log_ratio", "p", "q"])
    return frame.assign(g2=5.0).astype({"log_ratio": float, "p": float, "q": float})


BOTH = table(("talks", 1.4, 0.001, 0.01), ("quay", -1.0, 0.001, 0.02), ("soup", 3, 0.04, 0.3))
LESS = table(("talks", 1.4, 0.001, 0.01), ("quay", -1.0, 0.03, 0.2), ("soup", 3, None, None))
NONE = table(("talks", 1.4, None, None))


def test_a_paper_stands_against_all_outlets_that_are_known(harbour):
    target, reference, *names = contrast.asked(harbour, SIGNALMAN)
    assert (target.sum(), reference.sum()) == (39, 80) and names == [SIGNALMAN, "all other outlets"]  # one names none


@pytest.mark.parametrize("paper", ["The Alder Post", ""])
def test_where_a_paper_is_not_there_the_corpus_is_divided_otherwise(six, harbour, addresses, paper):
    assert contrast.asked(harbour, paper)[2] == HOURGLASS
    assert contrast.asked(six, paper)[2] == "the second half of the articles"
    target, reference, *_ = contrast.asked(addresses, paper)
    assert abs(target.sum() - reference.sum()) < 10


def test_the_placebo_is_what_was_dealt_or_is_dealt_with_every_copy(harbour):
    reference = harbour.articles["outlet"].ne(SIGNALMAN).fillna(True).astype(bool)
    one, other, *names = contrast.placebo(harbour, (PLUMBLINE, HOURGLASS), reference)
    assert (one.sum(), other.sum()) == (38, 42) and names == [PLUMBLINE, HOURGLASS]
    one, other, *names = contrast.placebo(harbour, ("The Alder Post", HOURGLASS), reference, seed=1)
    story = harbour.copies.set_index("article_id")["story"].reindex(one.index)
    assert not set(story[one]) & set(story[other]) and (one | other).equals(reference) and not (one & other).any()
    assert not contrast.placebo(harbour, ("", ""), reference, seed=2)[0].equals(one)
    words = harbour.words.head(11)
    assert [len(side) for side in contrast.placebo(harbour, ("", ""), words)[:2]] == [5, 6]


def test_three_questions_are_put_and_one_that_cannot_be_says_why(harbour):
    prints = harbour.copies.query("story == '010.txt'")["article_id"]
    one, other = (pd.Series(harbour.articles.index == name, harbour.articles.index) for name in prints[:2])
    told = contrast.summary(contrast.by_stories(harbour, one, other)).set_index("stories")
    assert told.loc["printed", "tested"] == 0 and told.loc["printed", "n_articles_target"] == 1
    assert pd.isna(told.loc["own", "tested"]) and "no story of its own" in told.loc["own", "note"]


def test_where_nothing_is_copied_one_question_is_asked(six, harbour):
    target, reference, *_ = contrast.asked(six, "")
    ways = contrast.by_stories(six, target, reference, min_units=2)
    assert ways["own"] is ways["printed"] and len(ways["own"])
    columns = ["term", "count_target", "count_reference", "log_ratio"]
    own = compare.keyness(six, target, reference, stories="own", min_units=2).sort_values("term")[columns]
    pd.testing.assert_frame_equal(
        ways["own"].sort_values("term")[columns].reset_index(drop=True), own.reset_index(drop=True)
    )
    words = six.words[six.words["article_id"] == "a1.txt"]
    assert "why" in contrast.by_stories(six, words.head(4), words.tail(4))["own"].attrs
    target, reference, *_ = contrast.asked(harbour, SIGNALMAN)
    given = contrast.by_stories(harbour, target, reference, printed=BOTH, n=200, n_second=200)
    assert given["printed"] is BOTH and given["own"].attrs["n_articles_target"] == 29


def test_the_word_whose_verdict_wavers_is_the_one_asked_for_or_the_first_that_does():
    ways = {"printed": BOTH, "own": LESS}
    assert contrast.wavering(ways, "quay") == "quay"
    assert contrast.wavering(ways, "zebra") == "soup"
    assert contrast.wavering({"printed": NONE, "own": NONE}, "zebra") == "talks"
    assert contrast.wavering({"printed": NONE.head(0), "own": NONE.head(0)}, "zebra") == "zebra"


def test_one_word_is_told_by_three_questions_with_the_reason_for_no_p_alone(harbour):
    one, other, *_ = contrast.placebo(harbour, (PLUMBLINE, HOURGLASS), harbour.body)
    told = contrast.of_word(contrast.by_stories(harbour, one, other, n=200, n_second=200), "backlog")
    assert told["stories"].tolist() == ["printed", "written", "own"]
    assert told[["count_target", "count_reference"]].to_numpy().tolist() == [[6, 24], [6, 12], [0, 6]]
    assert told["p"].isna().tolist() == [False, True, True] and told["note"].iloc[0] == ""
    assert told["note"].iloc[1] == "no p: most articles that carry it tell stories that both sides have"
    assert contrast.of_word({"own": contrast.by_stories(harbour, one, one)["own"]}, "backlog").empty


def test_the_answer_names_only_words_that_pass_every_time():
    names = "the Post", "the rest"
    said = contrast.answer({"printed": BOTH, "own": LESS}, names, LESS, NOBODY).data
    assert said.startswith("More often in “the Post” than in “the rest”: **talks**. It passes by every way")
    assert "1 other word passes by some" in said and "quay" not in said and "1 of 2 words passed" in said
    said = contrast.answer({"printed": BOTH}, names, NONE, NOBODY).data
    assert "More often in “the rest” than in “the Post”: **quay**. They pass" in said and "chance alone" not in said
    said = contrast.answer({"printed": LESS.tail(2)}, names, BOTH.tail(1), NOBODY).data
    assert said.startswith("No word tells “the Post” from “the rest”") and "none of 1 words passed" in said
    assert contrast.answer({"printed": NONE}, names, NONE, NOBODY).data.startswith("Nothing can be told")


def test_the_answer_says_that_one_outlet_is_one_outlet(harbour):
    target, reference, *names = contrast.asked(harbour, SIGNALMAN)
    seen = compare.clusters(harbour, target, reference)
    assert f"One side is {SIGNALMAN} alone" in contrast.answer({"a": BOTH}, names, NONE, seen).data
    assert (
        "The sides are no two papers here"
        in contrast.answer({"a": BOTH}, names, NONE, seen.query("side == 'reference'")).data
    )


def test_sentences_count_what_was_tested_and_say_where_nothing_was():
    assert "3 words tested. With p below .05: **3**, where luck alone would bring about 0" in contrast.tested(BOTH).data
    assert "No word was tested" in contrast.tested(NONE).data
    assert "of 2 words tested **2** have p below .05, which is 100.0%, and 1 has" in contrast.nothing(LESS, "ab").data
    assert "no word is tested in the placebo" in contrast.nothing(NONE, "ab").data
    assert "Of 2 words that pass when whole pages are counted, **1** does not" in contrast.furniture(BOTH, LESS).data
    assert "**0** do not when the articles' own text is." in contrast.furniture(BOTH, BOTH).data
    assert "No word of the pages" in contrast.furniture(NONE, BOTH).data


def test_a_row_opens_on_the_side_that_has_more(harbour):
    key = compare.keyness(harbour, {"outlet": SIGNALMAN}, n=200, n_second=200).set_index("term", drop=False)
    rows = contrast.fuller(key.loc[["drums", "talks"]].reset_index(drop=True))
    assert rows[["term", "side", "count"]].to_numpy().tolist() == [["drums", "reference", 7], ["talks", "target", 61]]


def test_a_writer_is_the_unit_and_a_story_where_none_is_named(harbour):
    units = contrast.writers(harbour)
    named = harbour.articles["byline"].notna()
    assert units[named].equals(harbour.articles["byline"][named].astype("str").rename("writer"))
    assert units[~named].tolist() == harbour.copies.set_index("article_id")["story"][units[~named].index].tolist()


def test_what_was_planted_is_found_where_it_can_be(harbour):
    key = answer_key(harbour, "terms")
    assert key["planted"].value_counts().to_dict() == {"paper C": 10, "one article": 10}
    six = answer_key(harbour.select(["084.txt"]), "terms")
    assert six.loc[six["planted"] == "one article", "term"].tolist() == ["bread"]
    assert answer_key(load("addresses"), "terms").empty
    found = compare.keyness(harbour, {"outlet": SIGNALMAN}).set_index("term")
    likely = key.loc[key["power"] > 0.9, "term"]
    assert (found.loc[likely, "q"] < 0.05).all()
    assert not (found.loc[key.loc[key["planted"] == "one article", "term"], "q"] < 0.05).any()


@pytest.mark.parametrize(("answer", "verdict", "hint"), [
    ("knots", "compare", "'knots' has G² 16.8 and stands in 1 article; no p: in fewer than 10"),
    ("Knots ", "compare", "What heaped it up?"),
    ("talks", "wrong", "passes: its q is 0.0"),
    ("the", "wrong", "it takes 3.84"),
    ("zebra", "wrong", "is no term of `key`"),
    (5, "wrong", "one word in quotation marks"),
])  # fmt: skip
def test_a_word_that_bare_counts_call_key_is_judged(harbour, answer, verdict, hint, monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)
    key = compare.keyness(harbour, {"outlet": SIGNALMAN}, n=500, n_second=2000)
    found = ASKED["10-compose"](answer, harbour, key)
    assert found.verdict == verdict and hint in found.message


def test_counts_of_passing_words_know_their_slips(harbour, monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)
    assert ASKED["10-predict"](3, BOTH).verdict == "right" and ASKED["10-predict"](2, BOTH).verdict == "close"
    assert ASKED["10-predict"](0, NONE).verdict == "open"
    target, reference, *_ = contrast.asked(harbour, SIGNALMAN)
    asked = ASKED["10-change"]
    by_story = compare.keyness(harbour, target, reference, unit="story", seed=2025)
    by_article = len(contrast.passing(compare.keyness(harbour, target, reference, seed=2025)))
    right = len(contrast.passing(by_story))
    assert asked(right, harbour, target, reference, 10, 2025).verdict == "right"
    assert right == by_article or asked(by_article, harbour, target, reference, 10, 2025).verdict == "close"
