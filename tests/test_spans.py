"""Spans: each function against its definition, spelled out code point by code point or pair by pair."""

import tracemalloc
from itertools import groupby

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from utils import spans

FORMS = {
    "texts": "str",
    "objects": object,
    "numbers": "Int64",
    "categories": pd.CategoricalDtype(["1", "unused", "0", "2"]),
    "other categories": pd.CategoricalDtype(["0", "2", "1"]),
    "categories of numbers": pd.CategoricalDtype([2, 0, 1]),
}
NO_STRETCHES = pd.DataFrame(columns=spans.KEYS)


def table(rows, form):
    """Give the rows as a table of passages, its labels in an order of their own."""
    made = pd.DataFrame(rows, columns=spans.KEYS).astype({"start": int, "end": int})
    made["article_id"] = ids(made["article_id"], form)
    return made.set_index(pd.Index([7 * (len(rows) - place) for place in range(len(rows))], dtype=int))


def ids(articles, form):
    named = [None if pd.isna(name) else name for name in articles]
    if "numbers" in form:
        return pd.array([name and int(name) for name in named], dtype="Int64").astype(FORMS[form])
    return pd.array(named, dtype="str").astype(FORMS[form])


def rows_of(frame):
    """Give label, article (None if missing), start, end of each row."""
    names = [None if pd.isna(name) else str(name) for name in frame["article_id"]]
    return list(zip(frame.index, names, frame["start"], frame["end"], strict=True))


def points(row):
    """Give the code points that a row holds; those of a missing article are nowhere."""
    _, article, start, end = row
    return set() if article is None else {(article, place) for place in range(start, end)}


def runs(places):
    """Give places in a row as stretches."""
    together = groupby(enumerate(sorted(places)), key=lambda one: one[1] - one[0])
    return [(own[0][1], own[-1][1] + 1) for own in (list(group) for _, group in together)]


def begins_within(unit, row):
    return row[1] is not None and unit[1] == row[1] and row[2] <= unit[2] < row[3]


@st.composite
def tables(draw, most=8):
    """A table of any stretches: overlapping, touching, double, empty, of several articles, one of them missing."""
    article = st.sampled_from(["1", "1", "1", "2", None])  # most of them in one, where they meet
    span = st.tuples(article, st.integers(0, 6), st.integers(0, 6))
    rows = [(article, start, start + length) for article, start, length in draw(st.lists(span, max_size=most))]
    return table(rows, draw(st.sampled_from([*FORMS])))


@st.composite
def units(draw, order=None):
    """A table of stretches that hold something and do not overlap, in order or in any, as words and sentences are."""
    rows = []
    for article in draw(st.permutations(["2", "1", "0"])):
        at = 0
        for gap, length in draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=4)):
            rows.append((article, at + gap, at + gap + length))
            at += gap + length
    rows = rows if order else draw(st.permutations(rows))
    return table(rows, draw(st.sampled_from(order or [*FORMS])))


@given(tables(), tables())
@example(table([("0", 5, 5)], "other categories"), table([("2", 0, 5)], "other categories"))  # where the next begins
def test_inside_and_held_are_every_pair_of_which_one_holds_the_other(inner, outer):
    pairs = [
        (a[0], b[0])
        for a in rows_of(inner)
        for b in rows_of(outer)
        if a[1] is not None and a[1] == b[1] and b[2] <= a[2] < b[3] and a[3] <= b[3]
    ]
    found = spans.inside(inner, outer)
    assert list(zip(found.index, found["outer"], strict=True)) == pairs
    pd.testing.assert_frame_equal(found.drop(columns="outer"), inner.loc[[label for label, _ in pairs]])
    assert spans.held(inner, outer).tolist() == inner.index.isin([label for label, _ in pairs]).tolist()


@pytest.mark.parametrize("rows", [3, 1_000])
def test_what_is_held_is_found_a_few_rows_at_a_time(rows, monkeypatch):
    n = 40_000
    at, article = (
        np.arange(n, dtype=np.int32),
        pd.Categorical.from_codes(np.arange(n) // 100, map(str, range(n // 100))),
    )
    words = pd.DataFrame({"article_id": article, "start": 2 * at, "end": 2 * at + 1}).tail(n if rows > 3 else 100)
    body = pd.DataFrame({"article_id": ["7", "399"], "start": [1_401, 79_802], "end": [1_500, 79_900]})
    wanted = np.isin(words.index, spans.inside(words, body).index)
    monkeypatch.setattr(spans, "ROWS", rows)
    tracemalloc.start()
    found, most = spans.held(words, body), tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (found == wanted).all() and 0 < found.sum() < len(words)
    assert rows == 3 or most < 8 * n  # bytes: a number of eight for each row alone would be as many


@given(tables(), tables())
def test_cut_is_what_each_two_have_in_common(stretches, bounds):
    by_place = sorted(rows_of(bounds), key=lambda bound: bound[2])
    expected = [
        (row[0], *runs(place for _, place in points(row) & points(bound))[0], bound[0])
        for row in rows_of(stretches)
        for bound in by_place
        if points(row) & points(bound)
    ]
    found = spans.cut(stretches, bounds)
    assert list(zip(found.index, found["start"], found["end"], found["outer"], strict=True)) == expected
    assert found["article_id"].equals(stretches["article_id"].loc[found.index])


@given(tables(), tables())
def test_less_is_every_code_point_that_no_hole_holds(stretches, holes):
    held = set().union(*map(points, rows_of(holes)))
    rows = [(label, article, range(start, end)) for label, article, start, end in rows_of(stretches)]
    expected = [
        (label, *run)
        for label, article, places in rows
        for run in runs(place for place in places if (article, place) not in held)
    ]
    found = spans.less(stretches, holes)
    assert list(zip(found.index, found["start"], found["end"], strict=True)) == expected
    assert found["article_id"].equals(stretches["article_id"].loc[found.index])


@given(tables(), st.lists(st.sampled_from(["x", "y", None]), min_size=8, max_size=8), st.booleans())
def test_merged_joins_neighbours_that_one_stretch_holds(stretches, groups, grouped):
    stretches = stretches.assign(group=pd.array(groups[: len(stretches)], dtype="str"))
    by = ["group"] if grouped else []
    parts = stretches.groupby([*by, "article_id"], observed=True)
    expected = []
    for name, part in parts:
        together = {place for row in rows_of(part) for place in range(row[2], row[3])}
        linked = {place for row in rows_of(part) for place in range(row[2], row[3] - 1)}  # each with the one behind it
        firsts = [place for place in sorted(together) if place - 1 not in linked]
        ends = [place + 1 for place in sorted(together) if place not in linked]
        expected += [(*name, *span) for span in zip(firsts, ends, strict=True)]
    found = spans.merged(stretches, by=by)
    assert list(found) == [*by, *spans.KEYS] and found.index.equals(pd.RangeIndex(len(expected)))
    assert list(found.itertuples(index=False, name=None)) == expected
    assert found["article_id"].dtype == stretches["article_id"].dtype


@given(tables(), units())
def test_a_stretch_has_the_unit_that_holds_its_first_code_point(stretches, words):
    expected = [
        next((n for n, unit in enumerate(rows_of(words)) if unit[1] == row[1] and unit[2] <= row[2] < unit[3]), -1)
        for row in rows_of(stretches)
    ]
    assert spans.holder(stretches, words).tolist() == expected


@given(tables(), units(["texts", "objects", "numbers"]))
def test_units_begin_in_a_stretch_from_the_first_up_to_the_last(stretches, words):
    first, last = spans.begun(words, stretches)
    for row, start, end in zip(rows_of(stretches), first, last, strict=True):
        assert rows_of(words)[start:end] == [unit for unit in rows_of(words) if begins_within(unit, row)]
        own = [n for n, unit in enumerate(rows_of(words)) if unit[1] == row[1]]
        later = [n for n in own if rows_of(words)[n][2] >= row[2]]
        assert not own or start == (later[0] if later else own[-1] + 1)


@given(tables(), units())
def test_as_many_units_begin_in_a_stretch_whatever_their_order(stretches, words):
    first, last = spans.begun(words, stretches)
    expected = [sum(begins_within(unit, row) for unit in rows_of(words)) for row in rows_of(stretches)]
    assert np.maximum(last - first, 0).tolist() == expected


@given(tables(), units(), st.lists(st.sampled_from([-3, -2, -1, 1, 2, 3]), max_size=4))
def test_the_nth_unit_after_a_stretch_ends_behind_it_and_before_it_begins_before_it(stretches, words, steps):
    expected = []
    for _, article, start, end in rows_of(stretches):
        own = sorted((unit[2], unit[3], n) for n, unit in enumerate(rows_of(words)) if unit[1] == article)
        after = [n for _, last, n in own if last > end]
        before = [n for first, _, n in own if first < start][::-1]
        ranks = [(after, step) if step > 0 else (before, -step) for step in steps]
        expected.append([side[n - 1] if n <= len(side) else -1 for side, n in ranks])
    found = spans.nth(words, stretches, steps)
    assert found.shape == (len(stretches), len(steps)) and found.tolist() == expected
    for place, step in enumerate(steps):
        assert spans.nth(words, stretches, step).tolist() == [row[place] for row in expected]


def test_there_is_no_unit_of_number_nought():
    words = table([("1", 0, 3)], "texts")
    for n in (0, [1, 0]):
        with pytest.raises(ValueError, match="what came is"):
            spans.nth(words, words, n)


@given(units())
def test_joined_reaches_from_one_unit_to_the_other(words):
    rows = rows_of(words)
    pairs = [(a, b) for a, one in enumerate(rows) for b, other in enumerate(rows) if one[1] == other[1] and a <= b]
    first, last = np.array(pairs, int).reshape(-1, 2).T
    found = spans.joined(words, first, last)
    assert rows_of(found) == [(rows[a][0], rows[a][1], rows[a][2], rows[b][3]) for a, b in pairs]


SPAN = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda span: (span[0], sum(span)))


@given(SPAN, SPAN)
def test_common_and_overlap_are_the_code_points_of_both_and_of_either(one, other):
    both, either = (how(set(range(*one)), set(range(*other))) for how in (set.intersection, set.union))
    assert set(range(*spans.common(one, other))) == both
    pair = pd.DataFrame([[*one, *other], [*one, *other[:1], np.nan]], index=["a", "b"])
    share = spans.overlap((pair[0], pair[1]), (pair[2], pair[3]))
    assert share.index.tolist() == ["a", "b"] and np.isnan(share["b"])
    assert share["a"] == len(both) / len(either) if either else np.isnan(share["a"])


@given(SPAN, st.lists(SPAN, max_size=3).map(sorted))
@example((2, 4), [(6, 7)])  # a hole behind the stretch
@example((2, 4), [(0, 1)])
def test_between_is_every_code_point_that_no_hole_holds(span, holes):
    held = {place for hole in holes for place in range(*hole)}
    assert list(spans.between(*span, holes)) == runs(place for place in range(*span) if place not in held)


@pytest.mark.parametrize("nothing", [NO_STRETCHES, table([], "texts"), table([], "categories")])
@pytest.mark.parametrize("form", FORMS)
def test_empty_tables_hold_nothing_and_leave_all(nothing, form):
    some = table([("1", 0, 3), ("2", 2, 4)], form)
    for inner, outer in ((some, nothing), (nothing, some), (nothing, nothing)):
        assert spans.inside(inner, outer).empty and spans.cut(inner, outer).empty
        assert not spans.held(inner, outer).any() and (spans.holder(inner, outer) == -1).all()
        assert (spans.nth(outer, inner, [1, -1]) == -1).all() and len(spans.begun(outer, inner)[0]) == len(inner)
    assert spans.less(some, nothing).equals(some) and spans.less(nothing, some).empty and spans.merged(nothing).empty


def test_numbers_of_places_are_whole_whatever_came():
    narrow = table([("1", 0, 3)], "texts").astype({"start": np.int32, "end": np.int16})
    made = [spans.cut(narrow, narrow), spans.less(narrow, narrow.iloc[:0]), spans.merged(narrow)]
    assert {str(kind) for one in made for kind in one[["start", "end"]].dtypes} == {"int64"}
    assert {str(one.dtype) for one in (*spans.begun(narrow, narrow), spans.holder(narrow, narrow))} == {"int64"}
    assert spans.nth(narrow, narrow, 1).dtype == "int64" and spans.held(narrow, narrow).dtype == bool


@pytest.mark.parametrize("texts", [["b", "a", "b"], ["é"], []])
@pytest.mark.parametrize("kind", ["category", "str"])
def test_categories_as_texts_are_what_pandas_makes_of_them(texts, kind):
    column = pd.Series(texts, [2, 0, 2][: len(texts)], dtype="str").astype(kind)
    pd.testing.assert_series_equal(spans.texts_of(column), column.astype("str"))


def test_what_is_no_table_of_passages_is_refused():
    some = table([("1", 0, 3)], "texts")
    for one, other, said in ((some, some.drop(columns="end"), "outer .* lacks end"), ([], some, "inner .* is list")):
        with pytest.raises(ValueError, match=said):
            spans.inside(one, other)
