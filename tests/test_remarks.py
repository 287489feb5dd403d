"""The sentences that notebooks end with say no more than their tests."""

import pytest

from utils import figures, paste, remarks, terms


def test_how_often_says_the_interval_or_why_there_is_none(six, harbour):
    said = remarks.how_often(harbour, terms.rate(harbour, "strike")).data
    assert "**84 times** in 54 of 120 articles: 23.5 in 10,000 words, with a 95 % interval from 18.6 to 29.9." in said
    few = remarks.how_often(six, terms.rate(six, "nothing")).data
    assert "**1 time** in 1 of 6 articles" in few and "(no interval: 6 articles, 10 are wanted" in few


@pytest.mark.parametrize("text", ["A lamp\nIt rained.", "A lamp"])
def test_what_is_nowhere_is_said_to_be_nowhere_and_has_no_number(text):
    one = paste(text)
    said = remarks.how_often(one, terms.rate(one, "*<b>x")).data
    assert "stands nowhere in the 1 article that" in said and "nan" not in said and "<b>" not in said


def test_intervals_overlap_where_all_have_a_value_in_common(harbour, six):
    by_outlet = terms.rate(harbour, "strike", by="outlet")
    assert figures.overlap(by_outlet)
    assert not figures.overlap(by_outlet.assign(low=[1.0, 3.0, 1.0], high=[2.0, 4.0, 9.0]))
    assert not figures.overlap(by_outlet.head(1)) and not figures.overlap(terms.rate(six, "war", by="outlet"))
