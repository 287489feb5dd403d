"""One contract for measures: every table of the rooms groups by the same means, and has its columns in one order.

The measures are found by walking the rooms' public names. A new one is called by what its parameters are named; it
takes `by`, or stands below with the reason why not.
"""

import inspect
import re
from dataclasses import replace
from functools import cache, partial
from importlib import import_module
from pkgutil import iter_modules

import pandas as pd
import pytest

import utils.measures
from utils import passages, sentiment, terms
from utils.arguments import Refusal

ROOMS = [passages, *(import_module(each.name) for each in iter_modules(utils.measures.__path__, "utils.measures."))]
UNGROUPED = {
    "passages themselves, or what shows them": {
        *("terms.articles", "terms.collocate_hits", "terms.ngram_hits", "terms.explain_difference"),
        *("terms.hits", "passages.checked", "passages.draw", "passages.evidence", "passages.inside", "passages.kept"),
        *(
            "passages.read",
            "passages.show",
            "passages.text",
            "passages.whole",
            "reading.concordance",
            "reading.in_lines",
        ),
        *(
            "reading.lines",
            "reading.ordered",
            "reading.places",
            "compare.passages_of",
            "compare.behind",
            "copies.shared",
        ),
        *("copies.in_common", "copies.differences", "copies.side_by_side", "sentiment.scored_words"),
        *("sentiment.unit_scores", "sentiment.mended", "quotes.compared", "passages.set_apart", "choices.passages_of"),
    },
    "what measures group by": {"passages.groups"},
    "queries, each as it stands": {"passages.tried"},
    "two sides, which are its groups": {
        "choices.card",
        "choices.claim",
        "choices.curve",
        "choices.grid",
        "compare.keyness",
        "compare.clusters",
        "compare.contributing",
        "compare.contributions",
        "compare.one_side",
        "compare.parts",
        "compare.two_parts",
        "quotes.difference",
        "readability.difference",
        "sentiment.difference",
        "terms.change",
        "terms.difference",
        "sentiment.first_and_last",
        "sentiment.scored_sides",
        "sentiment.shift",
    },
    "a formula over numbers": {
        "compare.chi2",
        "compare.log_likelihood",
        "compare.log_odds",
        "compare.percent_difference",
        "copies.adjusted_rand",
    },
    "a whole that is held against its key": {"quotes.scores", "quotes.precision"},
    "pairs of articles, or of groups": {"copies.closest", "compare.similarity"},
    "articles held against groups": {"compare.delta"},
    "places on a map, of articles or groups": {"compare.layout"},
    "codes that lie in no corpus": {"validity.agreement", "validity.by_coder", "validity.verdict"},
    "what people code by, and what they coded": {"validity.codebook", "validity.codes", "validity.still_open"},
    "pipelines of a claim, which read the same articles": {"choices.sensitivity", "choices.summary"},
    "codes held against what is predicted of all passages": {
        "validity.against",
        "validity.compared",
        "validity.corrected_share",
    },
    "what is drawn, by strata": {"validity.draw"},
    "a corpus, read otherwise": {"terms.compounds", "terms.lemmas", "terms.like"},
    "a word, counted by rules": {"readability.syllables"},
    "points of a curve, which are no parts of a whole": {"terms.growth"},
}
NOT_ADDED = {  # said of a group in each of its rows, or different ones counted
    "terms.frequencies": {"n_tokens"},
    "terms.tfidf": {"n_documents"},
    "terms.dispersion": {"n_parts"},
    "terms.ngrams": {"n_tokens"},
    "terms.collocates": {"n_term", "n_near", "n_tokens"},
    **dict.fromkeys(["terms.diversity", "terms.zipf", "terms.heaps"], {"n_types"}),
}
GROUPS = {None: [], "article": ["article_id"], "outlet": ["outlet"], ("outlet", "article"): ["outlet", "article_id"]}


def public():
    """Every function that the rooms offer, by room and name."""
    for room in ROOMS:
        own = room.__name__.rpartition(".")[2]
        for name in getattr(room, "__all__", None) or vars(room):
            value = getattr(room, name)
            if inspect.isfunction(value) and not name.startswith("_") and _at_home(value, room):
                yield f"{own}.{name}", value


def _at_home(value, room):
    return hasattr(room, "__all__") or value.__module__ == room.__name__


KEEPS_MISSING = {"quotes.balance", "copies.per_story"}  # whose groups hold all there is, known or not
VALUELESS = r"without\s+a\s+value|missing\s+value|Parameters as for `counts`"
TOLD = set().union(*UNGROUPED.values())
MEASURES = {name: each for name, each in public() if name not in TOLD}


@pytest.fixture(scope="module")
def given(six):
    """What a measure may be given, by the name of its parameter: six articles of three papers, with what was found."""
    outlets = ["Alder", "Alder", "Birch", "Birch", "Birch", "Cedar"]
    news = replace(six, _articles=six.articles.assign(outlet=outlets, published=pd.Timestamp("2024-05-01")))
    hits = terms.hits(news, ["peace", "war", "bread"])
    return {
        "min_count": 1,
        "news": news,
        "query": ["peace", "war", "zebra"],
        "table": hits,
        "scored": sentiment.scored_words(news),
    }


def measured(measure, given, by):
    """The table of a measure by groups: what it is given goes by the names of its parameters; rare things count too."""
    parameters = inspect.signature(measure).parameters.values()
    always = ("news", "query", "min_count")
    wanted = [each.name for each in parameters if each.default is each.empty or each.name in always]
    assert set(wanted) <= set(given), f"say in the fixture `given` what {set(wanted) - set(given)} may be"
    return measure(**{name: given[name] for name in wanted}, by=by)


@pytest.fixture(scope="module")
def table_of(given):
    """The table of a measure by groups (several in a tuple), counted once for all tests."""
    return cache(lambda name, by: measured(MEASURES[name], given, list(by) if isinstance(by, tuple) else by))


def test_every_public_name_groups_or_says_why_not():
    assert {name for name, each in MEASURES.items() if "by" not in inspect.signature(each).parameters} == set()
    assert {name for name, _ in public()} >= TOLD and len(MEASURES) > 9


@pytest.mark.parametrize("by", GROUPS)
@pytest.mark.parametrize("name", MEASURES)
def test_groups_come_first_and_add_up_to_the_whole(table_of, name, by):
    whole, parts = table_of(name, None), table_of(name, by)
    own = [column for column in whole if column not in GROUPS[by]]
    assert list(parts) == [*GROUPS[by], *own] and parts[GROUPS[by]].notna().all(axis=None)
    assert parts.index.equals(pd.RangeIndex(len(parts)))
    added = [column for column in own if column == "count" or column.startswith("n_")]
    added = [column for column in added if column not in NOT_ADDED.get(name, set())]
    assert added and parts[added].sum().tolist() == whole[added].sum().tolist()


@pytest.mark.parametrize("name", MEASURES)
def test_an_article_and_a_list_are_what_they_are_called(table_of, name):
    for one, other in (("article", "article_id"), ("outlet", ("outlet",)), (None, ())):
        pd.testing.assert_frame_equal(table_of(name, one), table_of(name, other))


@pytest.mark.parametrize("name", MEASURES)
@pytest.mark.parametrize("by", ["no such", ["outlet", "no such"], "outlets", 7])
def test_a_wrong_name_is_refused_in_a_sentence(given, name, by):
    with pytest.raises(Refusal, match="^by") as refused:
        measured(MEASURES[name], given, by)
    said = str(refused.value)
    assert ("what came is 7" if by == 7 else f"by={by if by == 'outlets' else 'no such'!r} names no column of ") in said
    assert by != "outlets" or said.endswith("; did you mean 'outlet'?")


@pytest.mark.parametrize("name", MEASURES)
def test_a_name_that_the_result_has_itself_is_refused(given, table_of, name):
    column = list(table_of(name, None))[-1]
    news = given["news"]
    own = replace(news, _articles=news.articles.assign(**{column: "x"}))
    with pytest.raises(Refusal, match=f"by='{column}' is a name that we use here ourselves"):
        measured(MEASURES[name], given | {"news": own}, column)


@pytest.mark.parametrize("name", MEASURES)
def test_columns_are_keys_counts_sizes_value_bounds_and_note(table_of, name):
    columns = list(table_of(name, "outlet"))
    counted = [column == "count" or column.startswith("n_") for column in columns]
    if "low" in columns:
        at = columns.index("low")
        assert columns[at : at + 3] == ["low", "high", "note"] == columns[at:]
        assert not any(counted[at - 1 :]) and all(counted[counted.index(True) : at - 2])
    assert "note" not in columns or columns[-1] == "note"


@pytest.mark.parametrize("name", MEASURES)
def test_without_a_value_there_is_no_group_and_what_lacks_one_is_alone(given, table_of, name):
    """Where no article has a value, a measure that leaves such articles out has no row, and the columns of all."""
    expected = table_of(name, "outlet")
    news = given["news"]
    own = given | {"news": replace(news, _articles=news.articles.assign(outlet=pd.Series(pd.NA, dtype="str")))}
    table = measured(MEASURES[name], own, "outlet")
    assert list(table) == list(expected)
    assert table.empty if name not in KEEPS_MISSING else table["outlet"].isna().all() and len(table)


def test_every_measure_says_what_becomes_of_what_has_no_value():
    told = {name for name, each in MEASURES.items() if re.search(VALUELESS, each.__doc__)}
    assert told == set(MEASURES)


SAMPLED = [name for name, each in MEASURES.items() if "unit" in inspect.signature(each).parameters]


@pytest.mark.parametrize("name", SAMPLED)
def test_a_unit_alters_the_interval_alone(given, name):
    news = given["news"]
    units = ("article", "article_id", "story", "outlet", pd.Series("x", news.articles.index))
    tables = [measured(partial(MEASURES[name], unit=unit), given, "outlet") for unit in units]
    tables = [table.drop(columns=["low", "high", "note"], errors="ignore") for table in tables]
    for table in tables[1:]:
        pd.testing.assert_frame_equal(table, tables[0])
    with pytest.raises(Refusal, match="unit='outlets' is no column of articles.*did you mean 'outlet'"):
        measured(partial(MEASURES[name], unit="outlets"), given, "outlet")


def test_what_has_bounds_says_what_was_sampled(table_of):
    bounded = {name for name in MEASURES if "low" in table_of(name, None)}
    assert bounded - set(SAMPLED) == {"copies.per_story"}  # which leaves out stories


WITHIN = [name for name, each in MEASURES.items() if "within" in inspect.signature(each).parameters]


@pytest.mark.parametrize("name", WITHIN)
def test_passages_divide_articles_and_none_of_them_is_no_error(given, table_of, name):
    """Headlines, bodies and furniture are read as three groups; what is counted in them is counted in all of them."""
    segments = given["news"].segments
    whole, parts = (measured(partial(MEASURES[name], within=segments), given, by) for by in (None, "kind"))
    added = [column for column in whole if column in ("count", "n_tokens", "n_words", "n_quotes", "n_scored")]
    added = [column for column in added if column not in NOT_ADDED.get(name, set())]
    assert parts["kind"].nunique() > 1 and parts[added].sum().tolist() == whole[added].sum().tolist()
    for by in GROUPS:
        none = measured(partial(MEASURES[name], within=segments[:0]), given, list(by) if isinstance(by, tuple) else by)
        assert list(none) == list(table_of(name, by)) and none[added].sum().sum() == 0
    foreign = segments.assign(article_id="x.txt")
    assert measured(partial(MEASURES[name], within=foreign), given, None)[added].sum().sum() == 0
