"""A test that hangs fails: whatever hangs, and whoever tries again."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TooLong, limited


def backtracking(_=None):
    """Match a pattern that goes back over itself: it would take longer than the sun has left."""
    re.match(r"(a+)+$", "a" * 80 + "b")


def caught():
    """Hang in code that catches whatever it can."""
    try:
        backtracking()
    except Exception:
        pass


@given(st.integers())
def made_up(n):
    """Hang on a text that Hypothesis made up, and would try again."""
    backtracking()


@pytest.mark.parametrize("hangs", [backtracking, caught, made_up, lambda: time.sleep(60)])
def test_what_hangs_is_ended(hangs):
    with pytest.raises(TooLong, match="0.3 seconds"), limited(0.3):
        hangs()


def test_the_limit_of_the_test_itself_holds_on_after_a_shorter_one():
    with pytest.raises(TooLong, match="0.5 seconds"), limited(0.5):
        with limited(0.1):
            pass
        time.sleep(60)


@pytest.mark.skipif(settings.get_current_profile_name() == "search", reason="new texts are asked for")
def test_hypothesis_makes_up_the_same_texts_each_time_and_has_no_deadline():
    found = []

    @given(st.text())
    def look(text):
        found.append(text)

    look(), look()
    half = len(found) // 2
    assert found[:half] == found[half:] and len(set(found)) > 50 and settings().deadline is None
