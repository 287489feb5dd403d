"""The sentences that notebooks end with say no more than their tests."""

import pandas as pd
import pytest

from utils import figures, limits, paste, remarks, terms


def test_how_often_says_the_interval_or_why_there_is_none(six, harbour):
    said = remarks.how_often(harbour, terms.rate(harbour, "strike")).data
    assert "**84 times** in 54 of 120 articles: 23.5 in 10,000 words, with a 95 % interval from 18.6 to 29.9." in said
    few = remarks.how_often(six, terms.rate(six, "nothing")).data
    assert "**1 time** in 1 of 6 articles" in few and "(no interval: 6 articles, 10 are wanted" in few


@pytest.mark.parametrize("text", ["A lamp\nIt rained.", "A lamp"])
def test_what_is_nowhere_is_said_to_be_nowhere_and_has_no_number(text):
    one = paste(text)
    said = remarks.how_often(one, terms.rate(one, "at&t*")).data
    assert "stands nowhere in the 1 article that" in said and "nan" not in said and "at&t" not in said


def test_a_word_that_is_written_with_other_accents_too_is_told_of():
    one = paste("A lamp\nGuaro spoke of the quay. Guaró waited. Mr Guaro left.")
    for word, others in (("guaró", "2 times"), ("guaro", "1 time")):
        said = remarks.how_often(one, terms.rate(one, word)).data
        assert f"**{others} it is written with other accents**" in said and "counts both" in said
    assert "accents" not in remarks.how_often(one, terms.rate(one, "quay")).data


def test_undated_articles_are_counted_beside_the_span(six):
    dates = pd.Series(pd.Timestamp("2024-05-01"), six.articles.index[1:])
    some = six.with_columns(published=dates)
    assert "1 undated" in some.origin and "5 with a date" in limits.opening(some).data


def test_intervals_overlap_where_all_have_a_value_in_common(harbour, six):
    by_outlet = terms.rate(harbour, "strike", by="outlet")
    assert figures.overlap(by_outlet)
    assert not figures.overlap(by_outlet.assign(low=[1.0, 3.0, 1.0], high=[2.0, 4.0, 9.0]))
    assert not figures.overlap(by_outlet.head(1)) and not figures.overlap(terms.rate(six, "war", by="outlet"))
