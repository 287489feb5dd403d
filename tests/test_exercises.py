"""Checks of exercises: right, close and wrong answers, none of which raises or is told the truth."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import exercises
from utils.teaching import checks, questions
from utils.teaching.checks import check, check_articles, check_count, check_largest, check_value

HINT = "Look again."
PASSAGES = pd.DataFrame({"article_id": ["a", "a", "b", "c", "c"], "start": range(5), "end": range(5, 10)})
TABLE = pd.DataFrame({"term": ["war", "peace"], "count": [53, 7], "n_articles": [41, 6], "share": [0.528302, np.nan]})


@pytest.fixture(autouse=True)
def lenient(monkeypatch):
    monkeypatch.delenv("PASSAGES_CHECK_FINDINGS", raising=False)


def verdict(answer, truth, **options):
    return check(answer, truth, hint=HINT, **options).verdict


def message(answer, truth, **options):
    return check(answer, truth, hint=HINT, **options).message


def test_an_untouched_answer_is_calm_and_asks_nothing_of_the_corpus(monkeypatch):
    monkeypatch.setenv("PASSAGES_CHECK_FINDINGS", "1")
    found = check(..., lambda: 1 / 0, hint=HINT)
    assert found.verdict == "open"
    assert repr(found).startswith("… Not answered yet. Replace the three dots")


@pytest.mark.parametrize(
    ("answer", "truth"),
    [
        (53, 53),
        (53.0, 53),
        (np.int64(53), 53),
        (np.float64(53), np.int32(53)),
        (np.array(53), 53),
        (Decimal(53), 53),
        (0.1 + 0.2, 0.3),
        (Fraction(1, 4), 0.25),
        (53, lambda: 53),
        (0, 0),
        (10**400, 10**400),
        ("war", "War"),
        (" Nicola\u0301s", "Nicolás"),
        ("isn't", "isn\u2019t"),
        (np.str_("war"), "war"),
        (["b", "a"], {"a", "b"}),
        (pd.Series(["a", "b"]), {"a", "b"}),
        (("a", "b"), ["a", "b"]),
        ({"b": 1, "a": 2}, {"a", "b"}),
        (np.array([1, 2]), [1, 2.0]),
        (["A"], pd.Index(["a"])),
        ([], []),
    ],
)
def test_right_answers(answer, truth):
    assert verdict(answer, truth) == "right"
    assert repr(check(answer, truth, hint=HINT)) == "✓ Right."


@pytest.mark.parametrize(
    ("answer", "truth", "said"),
    [
        ("53", 53, "quotation marks"),
        ("1,053", 1053, "quotation marks"),
        (PASSAGES, 5, "`len(...)`"),
        (list("abc"), 3, "`len(...)`"),
        (pd.Series([53]), 53, "one cell"),
        (53, 0.53, "share between 0 and 1"),
        (53, 0.528302, "share between 0 and 1"),
        ("53%", 0.53, "share between 0"),
        (0.53, 53.02, "percentage"),
        (0.53, 0.528302, "rounded"),
        (1.3, 1.26, "rounded"),
        (["war"], "war", "one text"),
        (1990, "1990", "quotation marks"),
        ("war", {"war"}, "square brackets"),
        (["b", "a"], ["a", "b"], "order"),
        (["a", "x"], {"a", "b"}, "Of the 2 in your list 1 belong there; some are missing"),
        (["a", "b", "x"], {"a", "b"}, "all that belong are among them"),
    ],
)
def test_close_answers_are_told_what_is_amiss(answer, truth, said):
    found = check(answer, truth, hint=HINT)
    assert found.verdict == "close" and said in found.message


@pytest.mark.parametrize(
    ("answer", "truth", "said"),
    [
        (52, 53, HINT),
        (53, 54.2, HINT),
        ("52", 53, "quotation marks"),
        (None, 53, "print"),
        (len, 53, "not called"),
        (np.nan, 53, "missing (NaN)"),
        (pd.NA, 53, "missing"),
        (True, 1, "bool"),
        (PASSAGES, 6, "`len(...)`"),
        ("many", 53, "number"),
        (0.5, 1, HINT),
        (100, 1, HINT),
        (3, 0.02, HINT),
        (1j, 1, "complex"),
        (float("inf"), 5, HINT),
        (None, "war", "print"),
        ("", "war", "empty"),
        ("peace", "war", HINT),
        (["a", "b"], "war", "one text"),
        (object, "war", "called"),
        (PASSAGES, {"a"}, "one column"),
        (["x"], {"a"}, HINT),
        (3j, {"a"}, "square brackets"),
        ([[1], {}], {"a"}, HINT),
        (iter("ab"), {"a", "b"}, "square brackets"),
        (10**400, 0.5, "read"),
    ],
)
def test_wrong_answers_get_a_hint(answer, truth, said):
    found = check(answer, truth, hint=HINT)
    assert found.verdict == "wrong" and said in found.message


def test_tolerance_is_how_far_a_number_may_be_off():
    assert verdict(12.34, 12.3456, tolerance=0.01) == "right"
    assert verdict(12.33, 12.3456, tolerance=0.01) == "wrong"
    assert verdict(52, 53, tolerance=1) == "right"
    assert verdict(51, 53, tolerance=1) == "wrong"


def test_known_slips_get_their_own_hint_unless_they_are_right():
    slips = [(41, "articles"), (lambda given: given > 1000, "words"), (lambda given: given.nothing, "never")]
    assert check(41, 53, slips=slips, hint=HINT) == checks.Check("close", "articles")
    assert check("41", 53, slips=slips, hint=HINT).message == "articles"
    assert check(2000, 53, slips=slips, hint=HINT).message == "words"
    assert check(41, 41, slips=slips, hint=HINT).verdict == "right"
    assert check(5, 53, slips=slips, hint=lambda given: f"{given} is few") == checks.Check("wrong", "5 is few")


@pytest.mark.parametrize("truth", [None, np.nan, pd.NA, pd.NaT, lambda: None])
def test_a_corpus_that_holds_no_truth_leaves_the_question_open(truth, monkeypatch):
    monkeypatch.setenv("PASSAGES_CHECK_FINDINGS", "1")
    assert check(3, truth, hint=HINT).message == checks.NOTHING_TO_FIND
    assert check(3, truth, hint=HINT).verdict == "open"


@pytest.mark.parametrize("truth", [True, object(), PASSAGES, pd.Timestamp("2025-11-01"), [pd.Timestamp("2025-11-01")]])
def test_a_truth_of_another_kind_is_the_mistake_of_who_asks(truth):
    with pytest.raises(TypeError, match="we can check a number, text"):
        check(1, truth, hint=HINT)


@pytest.mark.parametrize("answer", [52, "53", None, object()])
def test_kept_solutions_must_be_right(answer, monkeypatch):
    monkeypatch.setenv("PASSAGES_CHECK_FINDINGS", "1")
    with pytest.raises(checks.WrongAnswer):
        check(answer, 53, hint=HINT)
    assert check(53, 53, hint=HINT).verdict == "right"


def test_the_truth_is_never_shown():
    for answer in (1, "1", None, [], PASSAGES, len, 1j, np.nan):
        for truth in (8675309, 0.8675309, "8675309", {"8675309", "x"}):
            found = check(answer, truth, hint=HINT)
            assert "8675309" not in repr(found) + found._repr_html_() + str(vars(found))


def test_what_is_shown_is_escaped_and_says_its_verdict_in_words():
    shown = check(5, 53, hint="Use `len(<b>)` & count.")._repr_html_()
    assert "<b>✗ Not yet.</b> Use <code>len(&lt;b&gt;)</code> &amp; count." in shown
    signs = {repr(checks.Check(name, ""))[0] for name in ("open", "right", "close", "wrong")}
    assert len(signs) == 4


class Hostile:
    """An object on which everything raises."""

    def _raise(self, *_):
        raise RuntimeError("hostile")

    __eq__ = __lt__ = __gt__ = __len__ = __iter__ = __bool__ = __float__ = __getattr__ = __repr__ = __str__ = _raise
    __hash__ = __format__ = __contains__ = __getitem__ = _raise
    __class__ = property(_raise)


class HostileText(str):
    def strip(self, *_):
        raise RuntimeError("hostile")


class HostileList(list):
    def __iter__(self):
        raise RuntimeError("hostile")


ODD = {
    "hostile": Hostile(),
    "hostile text": HostileText("5"),
    "hostile list": HostileList([1]),
    "NA": pd.NA,
    "NaT": pd.NaT,
    "function": len,
    "class": int,
    "NotImplemented": NotImplemented,
    "table": PASSAGES,
    "no rows": PASSAGES.iloc[:0],
    "matrix": np.zeros((2, 2)),
    "array of None": np.array([None]),
    "nothing": pd.Series(dtype=object),
    "categories": pd.Categorical(["a"]),
    "short float": np.float32(0.5),
    "one cell": pd.DataFrame({"a": ["x"]}),
}
TRUTHS = [53, 0.53, -2.5, 0, "war", {"war", "peace"}, ["war", 2], []]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.complex_numbers(),
    st.text(),
    st.binary(),
    st.decimals(),
    st.fractions(),
    st.datetimes(),
)
ANSWERS = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(), inner))


def judged(answer, truth):
    slips = [(41, "a"), ("war", "b"), (lambda given: given > 3, "c"), ({"x"}, "d")]
    found = check(answer, truth, slips=slips, hint=HINT)
    assert found.message or found.verdict == "right"
    return found.verdict


@given(answer=ANSWERS, truth=st.sampled_from(TRUTHS))
def test_no_answer_raises(answer, truth):
    assert judged(answer, truth) in {"right", "close", "wrong"}


@pytest.mark.parametrize("name", ODD)
def test_no_object_raises(name):
    for truth in (53, 0.53, "war", {"war", "peace"}, ["war", 2]):
        assert judged(ODD[name], truth) in {"close", "wrong"}
        assert judged([ODD[name], ODD[name]], truth) in {"close", "wrong"}


# The questions


def test_counting_passages_and_articles():
    assert check_count(5, PASSAGES).verdict == check_articles(3, PASSAGES).verdict == "right"
    assert check_count(PASSAGES, PASSAGES).verdict == "close"
    slip = check_count(3, PASSAGES)
    assert slip.verdict == "close" and "That counts articles" in slip.message
    slip = check_articles(5, PASSAGES)
    assert slip.verdict == "close" and "That counts passages" in slip.message
    assert check_count(4, PASSAGES, hint="No.").message == "No."
    assert check_articles(4, PASSAGES).message.startswith("Count the different values")
    assert check_articles(3, PASSAGES.set_index("article_id")).verdict == "right"


def test_counting_where_nothing_or_one_article_was_found():
    assert check_count(0, PASSAGES.iloc[:0]).verdict == check_articles(0, PASSAGES.iloc[:0]).verdict == "right"
    assert check_count(1, PASSAGES.iloc[2:3]).verdict == check_articles(1, PASSAGES.iloc[2:3]).verdict == "right"


def test_counting_wants_a_table_of_passages():
    with pytest.raises(ValueError, match="this one has term, count"):
        check_count(1, TABLE)
    with pytest.raises(TypeError, match="got list"):
        check_articles(1, ["a"])


def test_reading_one_cell():
    def read(answer, column="count", **where):
        return check_value(answer, TABLE, column, where=where or {"term": "war"})

    assert read(53).verdict == "right"
    assert read(41).verdict == read(7).verdict == "close"
    assert "not the column `count`" in read(41).message and "another row" in read(7).message
    assert read(9) == checks.Check("wrong", "Find the row asked for and read its `count`.")
    assert read("war", column="term", count=53).verdict == "right"
    assert read(1, term="oil").verdict == read(1, "share", term="peace").verdict == "open"
    indexed = TABLE.set_index("term")
    assert check_value(53, indexed, "count", where={"term": "war"}).verdict == "right"
    assert check_value(0.53, TABLE, "share", where={"term": "war"}, tolerance=0.005).verdict == "right"


def test_in_a_long_table_a_stray_number_is_no_slip():
    long = pd.DataFrame({"term": [f"t{i}" for i in range(200)], "count": range(200)})
    assert check_value(7, long, "count", where={"term": "t150"}).verdict == "wrong"


def test_reading_a_cell_that_cannot_be_named():
    with pytest.raises(ValueError, match="no column 'rate'; it has term, count"):
        check_value(1, TABLE, "rate", where={"term": "war"})
    with pytest.raises(ValueError, match="fits 2 rows"):
        check_value(1, TABLE, "count", where={})


def test_any_of_several_that_are_largest_is_right():
    values = pd.Series({"war": 4, "peace": 9, "bread": 9})
    assert (
        check_largest("peace", values, name=True).verdict
        == check_largest("Bread", values, name=True).verdict
        == "right"
    )
    assert check_largest("war", values, name=True).verdict == "wrong"
    assert check_largest(9, values).verdict == "right"
    assert check_largest("war", values.iloc[:0], name=True).verdict == "open"


def test_a_sentence_is_held_against_one_of_ours_once_there_is_one():
    ours = "The word names a fund as often as a deed."
    assert checks.compare(..., ours) == checks.Check("open", checks.UNTOUCHED)
    for short in ("", "a name", 5, None, HostileText("x")):
        assert ours not in repr(checks.compare(short, ours)) and checks.compare(short, ours).verdict == "wrong"
    shown = checks.compare("It is a name as often as it is something that people do.", ours)._repr_html_()
    assert "Compare" in shown and f"<details><summary>Ours, to hold yours against</summary>{ours}</details>" in shown


@pytest.mark.parametrize(
    ("answer", "n", "said"),
    [
        (..., 3, "three dots"),
        ([["a", "b", "c"], ["a", "b", "c"]], 3, "agree on all 3"),
        ([["a", "b", "c"], ["a", "x", "y"]], 3, "agree on 1 of 3 passages, 33%. Talk about number 2, 3"),
        ([["a", "b"], ["a", "b", "c"]], 3, "two lists of 3"),
        (["abc", "abc"], 3, "two lists of 3"),
        (5, 3, "two lists of 3"),
        (([], []), 0, checks.NOTHING_TO_FIND),
    ],
)
def test_two_readers_are_told_where_they_differ(answer, n, said):
    assert said in checks.agree(answer, n).message


# Exercises by name


@pytest.fixture
def asked(monkeypatch):
    """Two exercises made for the test, one about a table that stands in the notebook and one about what does not."""
    made = {
        "99-count": lambda answer, PASSAGES: check_count(answer, PASSAGES),
        "99-lacking": lambda answer, not_there_yet: check_count(answer, not_there_yet),
    }
    monkeypatch.setattr(questions, "by_name", lambda: made)


def run(code, **names):
    """Run code as a cell of a notebook in which these names stand; give what `found` means then."""
    held = {"exercises": exercises, "PASSAGES": PASSAGES} | names
    exec(code, held)
    return held["found"]


def test_an_exercise_is_checked_by_its_name_and_by_what_stands_in_the_notebook(asked):
    assert run('found = exercises.check("99-count", 5)').verdict == "right"
    assert run('found = exercises.check("99-count", 2)', PASSAGES=PASSAGES.head(2)).verdict == "right"
    assert run('found = exercises.check("99-count", 3)').message.startswith("That counts articles")
    assert run('found = exercises.check("99-count", ...)').message == checks.UNTOUCHED
    assert "`not_there_yet`" in run('found = exercises.check("99-lacking", 5)').message
    with pytest.raises(ValueError, match="99-count"):
        exercises.check("99-cuont", 5)


def test_a_guess_is_kept_and_held_against_what_was_found(asked):
    assert run('found = exercises.guess("99-count", ...)').message == exercises.UNGUESSED
    assert run('found = exercises.check("99-count", 5)').message == ""
    assert "kept: 12" in run('found = exercises.guess("99-count", 12)').message
    assert run('found = exercises.check("99-count", 4)').verdict == "wrong"
    assert run('found = exercises.check("99-count", 5)').message.startswith("You guessed 12: 7 too many.")
    run('found = exercises.guess("99-count", 5)')
    assert "right on it" in run('found = exercises.check("99-count", 5)').message
    for odd in (None, "many", [1, 2, "x"], len):
        assert run('found = exercises.guess("99-count", odd)', odd=odd).verdict in ("wrong", "compare")
    run('found = exercises.guess("99-count", 12.5)')
    assert run('found = exercises.guess("99-count", "many")').verdict == "wrong"
    assert "7.5 too high" in run('found = exercises.check("99-count", 5)').message
    run('found = exercises.guess("99-count", ...)')
    assert run('found = exercises.check("99-count", 5)').message == ""


def test_every_question_of_the_notebooks_gets_its_names_from_the_notebook_and_has_a_docstring():
    for name, question in questions.by_name().items():
        assert question.__doc__.rstrip().endswith(("?", ".")), name
