"""Terms: counted by hand on six articles, recounted from the raw text on two centuries."""

import random
import re
import unicodedata

import pandas as pd
import pytest

from utils import passages, terms


def counted(table):
    return table.set_index("term")[["count", "n_articles"]].apply(tuple, axis=1).to_dict()


def test_frequencies_are_those_counted_by_hand(six):
    table = terms.frequencies(six)
    assert table["n_tokens"].unique().tolist() == [53]
    assert {
        term: counted(table)[term] for term in ["peace", "war", "bread", "the", "maduro", "1,000.5", "u.s", "'s"]
    } == {
        "peace": (5, 3),
        "war": (5, 3),
        "bread": (3, 1),
        "the": (4, 3),
        "maduro": (1, 1),
        "1,000.5": (1, 1),
        "u.s": (1, 1),
        "'s": (1, 1),
    }
    assert table.loc[0, "rate_per_10k"] == pytest.approx(10_000 * 5 / 53)
    assert "again" not in set(table["term"])  # headlines are not read unless asked


def test_groups_headlines_and_stop_words(six):
    by_outlet = terms.frequencies(six, by="outlet").set_index(["outlet", "term"])
    assert by_outlet.loc[("The Alder Post", "peace"), ["count", "n_articles", "n_tokens"]].tolist() == [3, 2, 16]
    assert by_outlet.loc[("Birch Weekly", "peace"), ["count", "n_articles", "n_tokens"]].tolist() == [2, 1, 37]
    headlines = six.segments[six.segments["kind"] == "headline"]
    assert counted(terms.frequencies(six, within=headlines))["peace"] == (2, 2)
    with_stop = terms.frequencies(six, stop=["The", "war"])
    assert not {"the", "war"} & set(with_stop["term"]) and with_stop["n_tokens"].eq(53).all()
    with pytest.raises(ValueError, match=r"write \['the'\]"):
        terms.frequencies(six, stop="the")
    with pytest.raises(ValueError, match="did you mean 'outlet'"):
        terms.frequencies(six, by="outlets")


def test_a_word_in_overlapping_passages_counts_once_in_a_group(six):
    twice = pd.concat(
        [six.body.assign(side="x"), six.body.assign(side="x"), six.body.assign(side="y")], ignore_index=True
    )
    by_side = terms.frequencies(six, by="side", within=twice).set_index(["side", "term"])["count"]
    assert by_side["x", "peace"] == by_side["y", "peace"] == 5


def test_intervals_are_given_for_the_terms_asked_and_missing_where_there_is_none(six):
    table = terms.frequencies(six, interval=["peace", "zebra"]).set_index("term")
    row = table.loc["peace"]
    assert 0 < row["low"] < row["rate_per_10k"] < row["high"]
    assert table.loc["zebra", "count"] == 0 and pd.isna(table.loc["zebra", "low"]) and pd.isna(table.loc["war", "low"])


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("PEACE", ["peace", "peace", "peace", "peace", "peace"]),
        ("war on peace", ["war on peace"]),
        ("peace on war", ["peace on war"]),
        ("bread-making", ["bread making"]),
        ("isn't", ["isn’t"]),
        ("pea*", ["peace"] * 5),
        ("?ar", ["war"] * 5),
        (["war", "peace on war", "w*"], ["war"] * 5 + ["peace on war", "was"]),
        ("said holds", ["said, holds"]),
        ("came war", []),
        ("nicolás", ["nicolás"]),
    ],
)
def test_hits_are_those_counted_by_hand(six, query, found):
    table = terms.hits(six, query)
    texts = passages.text(six, table).str.lower().str.replace("-", " ").str.normalize("NFC")
    assert sorted(texts) == sorted(found)


@pytest.mark.parametrize("query", ["", " * ", "—", [], [3]])
def test_a_query_without_a_word_is_refused(six, query):
    with pytest.raises(ValueError, match="query"):
        terms.hits(six, query)


def test_two_hundred_terms_are_recounted_from_the_raw_text(addresses):
    """The count in the table, the passages listed, and an independent count by regular expression are the same."""
    table = terms.frequencies(addresses)
    plain = table[table["term"].str.fullmatch(r"[a-z]+")]
    chosen = random.Random(2025).sample(sorted(plain["term"]), 200)
    raws, body = addresses.articles["raw"], addresses.body
    bodies = [raws[row.article_id][row.start : row.end] for row in body.itertuples()]
    wanted, count, articles = set(chosen), dict.fromkeys(chosen, 0), {term: set() for term in chosen}
    pattern = re.compile(r"(?<![^\W_])(?<![^\W_]['’])(?<![^\W_]['’]\w)[^\W\d_]+(?:['’][^\W\d_]+)*(?![^\W_])")
    for article, text in zip(body["article_id"], bodies, strict=True):
        for word in pattern.findall(unicodedata.normalize("NFC", text)):
            word = re.sub(r"['’]s$", "", word.casefold())
            if word in wanted:
                count[word] += 1
                articles[word].add(article)
    ours = table.set_index("term")
    found = terms.hits(addresses, chosen)
    listed = passages.text(addresses, found).str.casefold().value_counts()
    assert listed.to_dict() == ours.loc[chosen, "count"].to_dict() == count
    assert {term: len(ids) for term, ids in articles.items()} == ours.loc[chosen, "n_articles"].to_dict()


def test_venezuela_stands_in_as_many_addresses_as_the_datasheet_says(addresses):
    assert terms.hits(addresses, "venezuela*")["article_id"].nunique() == 53
    assert terms.hits(addresses, "Venezuela")["article_id"].nunique() == 51
