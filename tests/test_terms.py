"""Terms: counted by hand on six articles, recounted from the raw text on two centuries."""

import importlib
import math
import random
import re
import unicodedata
from collections import Counter
from unittest.mock import patch

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import intervals, load, passages, paste, spans, stopwords, terms, tokens
from utils.measures.terms.over_time import PERIOD
from utils.passages import runs

added = importlib.import_module("utils.measures.terms.counts")  # its room has a function of that name


def counted(table):
    return table.set_index("term")[["count", "n_articles"]].apply(tuple, axis=1).to_dict()


def test_frequencies_are_those_counted_by_hand(six):
    table = terms.frequencies(six)
    assert table["n_tokens"].unique().tolist() == [53]
    assert {
        term: counted(table)[term] for term in ["peace", "war", "bread", "the", "maduro", "1,000.5", "US", "'s"]
    } == {
        "peace": (5, 3),
        "war": (5, 3),
        "bread": (3, 1),
        "the": (4, 3),
        "maduro": (1, 1),
        "1,000.5": (1, 1),
        "US": (1, 1),
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
    with pytest.raises(ValueError, match=r"of within; there are .*; did you mean 'outlet'\?$"):
        terms.frequencies(six, by="outlets")


def test_a_word_in_overlapping_passages_counts_once_in_a_group(six):
    twice = pd.concat(
        [six.body.assign(side="x"), six.body.assign(side="x"), six.body.assign(side="y")], ignore_index=True
    )
    by_side = terms.frequencies(six, by="side", within=twice).set_index(["side", "term"])["count"]
    assert by_side["x", "peace"] == by_side["y", "peace"] == 5


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 120), st.integers(0, 60), st.sampled_from("xyz")), max_size=12
    ),
    st.sampled_from([None, "part", ["outlet", "part"], "article"]),
)
def test_words_are_counted_where_they_lie_wholly_inside_some_passages_however_these_lie(six, drawn, by):
    ids, columns = six.articles.index, ["article_id", "start", "end", "part"]
    rows = [(ids[article], start, start + length, part) for article, start, length, part in drawn]
    within = pd.DataFrame(rows, columns=columns).astype({"start": int, "end": int})
    by = by if rows or by in (None, "article") else None
    with patch.object(spans, "ARTICLES", 2), patch.object(runs, "WORDS", 7), patch.object(added, "ROWS", 5):
        counts, sizes = (measure(six, by=by, within=within) for measure in (terms.counts, terms.sizes))
        table = terms.frequencies(six, by=by, within=within)
    names = [] if by is None else ["article_id"] if by == "article" else [by] if isinstance(by, str) else by
    keys = list(dict.fromkeys([*names, "article_id"]))
    found = set()
    for passage in within.assign(outlet=six.articles["outlet"].reindex(within["article_id"]).to_numpy()).itertuples():
        own = six.words[six.words["article_id"] == passage.article_id]
        own = own[(own["start"] >= passage.start) & (own["end"] <= passage.end)]
        found |= {(*(getattr(passage, key) for key in keys), word.term, word.start) for word in own.itertuples()}
    expected = Counter(one[:-1] for one in found)
    assert counts.set_index([*keys, "term"])["count"].to_dict() == expected
    by_article = Counter(one[:-2] if len(keys) > 1 else one[0] for one in found)
    sizes = sizes.set_index(keys)["n_tokens"]
    assert sizes[sizes > 0].to_dict() == by_article and sizes.sum() == len(found)
    terms_of = {one for one in expected} if names == keys else {(*one[: len(names)], one[-1]) for one in expected}
    assert len(table) == len(terms_of) and table["count"].sum() == len(found)
    assert table["n_articles"].sum() == len(expected)


def test_intervals_are_given_for_the_terms_asked_and_missing_where_there_is_none(addresses, six):
    table = terms.frequencies(addresses, interval=["peace", "zebra", "Bolivar"]).set_index("term")
    row = table.loc["peace"]
    assert 0 < row["low"] < row["rate_per_10k"] < row["high"] and row["note"] == ""
    assert table.loc[["zebra", "bolivar", "war"], ["count", "note"]].values.tolist() == [
        [0, "none in 237 articles: up to 1.3 % of such articles could still have it"],
        [2, "no interval: in 2 articles, 5 are wanted"],
        [2952, "no interval: not asked for"],
    ]
    assert (table["low"].isna() == (table["note"] != "")).all() and (table["high"].isna() == table["low"].isna()).all()
    by_paper = terms.frequencies(six, by="outlet", interval=["peace", "bread"]).set_index(["outlet", "term"])["note"]
    assert by_paper["The Alder Post"][["peace", "bread"]].tolist() == [
        "no interval: 2 articles, 10 are wanted",
        "none in 2 articles: up to 78 % of such articles could still have it",
    ]
    assert "note" not in terms.frequencies(six)


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


def test_a_hundred_terms_are_recounted_from_the_raw_text(addresses):
    """The count in the table, the passages listed, and an independent count by regular expression are the same."""
    table = terms.frequencies(addresses)
    plain = table[table["term"].str.fullmatch(r"[a-z]+")]
    chosen = random.Random(2025).sample(sorted(plain["term"]), 100)
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


def test_over_time_tells_holes_from_silence(addresses):
    table = terms.over_time(addresses, "venezuela", freq="YE").set_index(
        terms.over_time(addresses, "war", freq="YE").period.dt.year
    )
    holes = table[table["n_articles"] == 0]
    assert list(holes.index) == [1933, 1989, 1993, 2001, 2009, 2017, 2021, 2025] and holes["rate_per_10k"].isna().all()
    assert table.loc[1790, "rate_per_10k"] == 0 and table["count"].sum() == 98 and table["n_articles"].sum() == 237
    years = addresses.articles["year"]
    found = terms.hits(addresses, "venezuela")["article_id"].map(years).value_counts()
    assert table.loc[found.index, "count"].to_dict() == found.to_dict()


def test_over_time_gives_a_decade_the_interval_of_its_articles(addresses):
    decade = terms.over_time(addresses, ["war", "wars"], freq="10YS").set_index("period").loc["1940-01-01"]
    assert decade["n_articles"] == 10 and 0 < decade["low"] < decade["rate_per_10k"] < decade["high"]
    assert decade["count"] == len(terms.hits(addresses.select("1940 <= year < 1950"), ["war", "wars"]))


FERRY = "The ferry was late again today."
MONTHS = {  # the articles of each month, and what is said where there is no interval
    "all of three": ([FERRY] * 3, "no interval: 3 articles, 10 are wanted"),
    "one of two, seven times": (["The ferry " + "ferry " * 6, FERRY], "no interval: 2 articles, 10 are wanted"),
    "one of one": (["Ferry"], "no interval: 1 article, 10 are wanted"),
    "none of one": (["No boat came."], "none in 1 article: up to 95 % of such articles could still have it"),
    "none of three": (["No boat came."] * 3, "none in 3 articles: up to 63 % of such articles could still have it"),
    "none of thirty": (["No boat came."] * 30, "none in 30 articles: up to 9.5 % of such articles could still have it"),
    "four of twenty": ([FERRY] * 4 + ["No boat came."] * 16, "no interval: in 4 articles, 5 are wanted"),
    "nine of nine": ([FERRY] * 9, "no interval: 9 articles, 10 are wanted"),
    "five of ten": ([FERRY] * 5 + ["No boat came."] * 5, ""),
    "every word": (["Ferry"] * 9 + ["Ferry ferry"], ""),
    "hole": ([], "no articles to go by"),
    "no words": (["—"] * 2, "no articles to go by"),
}


def test_over_time_gives_no_bound_beyond_the_possible_and_says_why_one_is_missing(tmp_path):
    for month, (texts, _) in enumerate(MONTHS.values(), 1):
        for number, text in enumerate(texts, 1):
            day = f"2025-{month:02}-{number % 28 + 1:02}"
            (tmp_path / f"{day}-{number}.txt").write_text(f"A title\nPublished in News\n{day}\n\n{text}")
    (tmp_path / "last.txt").write_text("A title\nPublished in News\n2026-01-01\n\nNo boat came.")
    news = load(tmp_path)
    table = terms.over_time(news, "ferry", freq="MS")[: len(MONTHS)].set_axis([*MONTHS])
    assert table["n_articles"].tolist() == [len(texts) for texts, _ in MONTHS.values()]
    assert table["note"].to_dict() == {name: note for name, (_, note) in MONTHS.items()}
    bare = table["note"] != ""
    assert table.loc[bare, ["low", "high"]].isna().all(axis=None) and table.columns[-1] == "note"
    given = table[~bare]
    assert (given["low"] <= given["rate_per_10k"]).all() and (given["rate_per_10k"] <= given["high"]).all()
    assert table.loc["every word", ["rate_per_10k", "high"]].tolist() == [10_000, 10_000]
    assert table.loc["five of ten", "high"] < 10_000 and table.loc["one of one", "rate_per_10k"] == 10_000


def test_over_time_without_any_date_is_an_empty_table(six):
    table = terms.over_time(six, "war")
    assert table.empty and list(table.columns) == PERIOD and table["period"].dt.year.empty


def test_over_time_marks_part_periods_and_what_has_no_date_is_counted_beside_it(harbour, six):
    table = terms.over_time(harbour, "fuel", freq="month")
    assert table["part"].tolist() == [False, False, True] and table.attrs["part"] == [table["period"].iloc[-1]]
    beside = terms.undated(harbour, "fuel").iloc[0]
    assert beside[["n_all", "count", "n_articles"]].tolist() == [120, 2, 1]
    assert table["count"].sum() + beside["count"] == len(terms.hits(harbour, "fuel"))
    days = pd.Series(pd.to_datetime(["2024-05-01", None, None, None, None, "2024-05-09"]), six.articles.index)
    by_paper = terms.undated(six.with_columns(published=days), "peace", by="outlet").set_index("outlet")
    assert by_paper.loc["The Alder Post", ["n_all", "count", "n_articles", "n_tokens"]].tolist() == [2, 1, 1, 6]
    assert by_paper.loc["Birch Weekly", ["n_all", "count", "n_articles"]].tolist() == [4, 0, 3]
    assert not terms.over_time(harbour, "fuel", freq="YE")["part"].any()


DOCUMENTS = {"d1.txt": "a a b b c d", "d2.txt": "a d d d", "d3.txt": "a a a"}
TIDYTEXT = {  # quanteda's and tidytext's toy, bind_tf_idf of tidytext 0.4.1
    ("d1.txt", "a"): 0,
    ("d1.txt", "b"): 0.366204096,
    ("d1.txt", "c"): 0.183102048,
    ("d1.txt", "d"): 0.067577518,
    ("d2.txt", "d"): 0.304098831,
}
SCIKIT_LEARN = {  # TfidfVectorizer(token_pattern=r"(?u)\b\w+\b") of scikit-learn 1.9.1
    ("d1.txt", "a"): 0.447304608939,
    ("d1.txt", "b"): 0.757352537476,
    ("d1.txt", "c"): 0.378676268738,
    ("d1.txt", "d"): 0.287993062928,
    ("d2.txt", "a"): 0.250602750382,
    ("d2.txt", "d"): 0.968090006921,
    ("d3.txt", "a"): 1,
}


def test_frequencies_are_those_that_quanteda_prints(tmp_path):
    for name, text in DOCUMENTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert counted(terms.frequencies(load(tmp_path))) == {"a": (6, 3), "d": (4, 2), "b": (2, 1), "c": (1, 1)}


@pytest.mark.parametrize(("variant", "published"), [("tidytext", TIDYTEXT), ("scikit-learn", SCIKIT_LEARN)])
def test_tfidf_is_what_the_named_program_gives(tmp_path, variant, published):
    for name, text in DOCUMENTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    table = terms.tfidf(load(tmp_path), variant=variant).set_index(["article_id", "term"])["tf_idf"]
    assert table.loc[list(published)].to_dict() == pytest.approx(published, abs=1e-9)
    assert len(table) == 7


def test_tfidf_of_groups_and_its_errors(six):
    table = terms.tfidf(six, by="outlet", stop=["the"]).set_index(["outlet", "term"])
    assert table.loc[("Birch Weekly", "bread"), "n_documents"] == 1 and ("Birch Weekly", "the") not in table.index
    assert table.loc[("Birch Weekly", "bread"), "tf_idf"] == pytest.approx(3 / 37 * math.log(2))
    with pytest.raises(ValueError, match="tidytext"):
        terms.tfidf(six, variant="bm25")


def test_stop_words_are_terms_and_come_by_kind():
    everything = stopwords.english()
    assert len(everything) == len(set(everything)) and all(
        tokens.terms_of(word) == [word] for word in everything if word != "'s"
    )
    assert set(stopwords.english("articles")) == {"a", "an", "the"}
    with pytest.raises(ValueError, match="is one of articles, pronouns"):
        stopwords.english("verbs")


def test_the_rate_of_a_query_leads_back_to_its_hits(six):
    queries = ["peace", "war on peace", "U.S.", "Maduro’s", "zebra", "pea*"]
    table = terms.rate(six, queries).set_index("query")
    assert table["count"].to_dict() == dict(zip(queries, [5, 1, 1, 1, 0, 5], strict=True)) | {"pea*": 5}
    assert table.loc["peace", "n_articles"] == 3
    assert table.loc["peace", "rate_per_10k"] == pytest.approx(10_000 * 5 / 53)
    assert table.loc["zebra", "rate_per_10k"] == 0 and table["low"].isna().all()
    assert table.loc[["peace", "zebra"], "note"].tolist() == [
        "no interval: 6 articles, 10 are wanted",
        "none in 6 articles: up to 39 % of such articles could still have it",
    ]


def test_the_interval_of_a_rate_takes_what_was_sampled_as_its_unit(addresses, six):
    ids, president = addresses.articles.index, addresses.articles["president"]
    rates = [terms.rate(addresses, "peace", unit=unit) for unit in ("article_id", pd.Series(ids, ids), "president")]
    assert rates[0].equals(rates[1]) and rates[0].drop(columns=["low", "high"]).equals(
        rates[2].drop(columns=["low", "high"])
    )
    alike = terms.frequencies(addresses, interval=["peace"]).set_index("term").loc["peace", ["low", "high"]]
    assert rates[0].loc[0, ["low", "high"]].tolist() == pytest.approx(alike.tolist())
    peace = terms.hits(addresses, "peace")["article_id"].astype("str").value_counts().reindex(ids, fill_value=0)
    length = terms.sizes(addresses).set_index("article_id")["n_tokens"].reindex(ids)
    bounds = intervals.jackknife(peace.groupby(president).sum().astype(float), length.groupby(president).sum())
    assert rates[2][["low", "high"]].to_numpy() == pytest.approx(bounds[["low", "high"]].to_numpy())
    story = pd.Series([0, 0, *range(1, 5)], six.articles.index, name="story")
    assert terms.rate(six, "peace", unit=story).loc[0, "note"] == "no interval: 5 stories, 10 are wanted"
    with pytest.raises(ValueError, match="unit came without 5 of 6 units"):
        terms.rate(six, "peace", unit=story[:1])
    with pytest.raises(ValueError, match="unit is missing for 2 of 6 articles"):
        terms.rate(six, "peace", unit=story.where(story > 0))
    assert terms.rate(six, "peace", unit="story").loc[0, "note"] == "no interval: 6 stories, 10 are wanted"


def test_a_phrase_where_a_word_belongs_is_refused_and_not_counted_as_zero(six):
    with pytest.raises(ValueError, match="one word is wanted; 'civil war' holds 2"):
        terms.frequencies(six, interval=["civil war"])
    assert "US" not in set(terms.frequencies(six, stop=["U.S."])["term"])
    assert terms.frequencies(six, interval=["U.S."]).set_index("term").loc["US", "count"] == 1


def test_groups_by_article_and_by_passages_with_doubled_labels(six):
    by_article = terms.frequencies(six, by="article_id").set_index(["article_id", "term"])
    assert by_article.loc[("a1.txt", "peace"), ["count", "n_articles", "n_tokens"]].tolist() == [2, 1, 10]
    doubled = pd.concat([six.body.assign(side="x"), six.body.assign(side="y")])
    by_side = terms.frequencies(six, by="side", within=doubled).set_index(["side", "term"])
    assert by_side.loc[("y", "peace"), "count"] == 5


def test_a_rate_and_a_line_over_time_by_groups_add_up_to_the_whole(addresses):
    addresses = addresses.select("year > 1945")
    whole, parts = (terms.rate(addresses, ["peace", "zebra"], by=by) for by in (None, "president"))
    assert list(parts)[:2] == ["president", "query"] and (parts.groupby("query")["count"].sum() > 0).tolist() == [1, 0]
    assert parts.groupby("query")["count"].sum().tolist() == whole["count"].tolist()
    lines = terms.over_time(addresses, "peace", freq="decade", by="president")
    line = terms.over_time(addresses, "peace", freq="decade")
    assert list(lines) == ["president", *line] and lines["president"].nunique() == len(lines) / len(line)
    added = lines.groupby("period")[["count", "n_hit", "n_articles", "n_tokens"]].sum().reset_index()
    pd.testing.assert_frame_equal(added, line[list(added)])


@pytest.mark.parametrize("unit", ["article", "president"])
def test_each_interval_leaves_out_the_units_it_is_asked_to(addresses, unit):
    rate = terms.rate(addresses, "peace", unit=unit)[["low", "high", "note"]]
    table = terms.frequencies(addresses, interval=["peace"], unit=unit).query("term == 'peace'")
    assert table[["low", "high", "note"]].to_numpy().tolist() == rate.to_numpy().tolist()
    once = terms.over_time(addresses, "peace", freq="1000YS", unit=unit)[["low", "high", "note"]]
    assert once.to_numpy().tolist() == rate.to_numpy().tolist() and rate["high"].notna().all()


def test_words_to_follow_are_those_asked_or_the_corpus_s_own_and_it_is_said(six, harbour):
    word, phrase = told = stopwords.followed(six, "War", "ferry")
    assert (word, phrase) == ("War", "peace")
    assert told._repr_markdown_() == (
        "**“ferry”** stands nowhere in this corpus, or once, so we take common words of its own in their place: we "
        "follow “War” and “peace”."
    )
    assert stopwords.followed(six, "War")._repr_markdown_() == "We follow “War”."
    assert stopwords.followed(six, "ferry", "ferry", "quay") == ("peace", "peace", "bread")
    assert stopwords.followed(six, "Maduro", "War") == ("peace", "War")  # the first stands once
    [own] = stopwords.followed(harbour, "Venezuela")
    assert len(own) > 4 and own != "said"


def test_words_to_follow_where_a_corpus_has_not_enough_or_another_language():
    assert stopwords.followed(paste("The one and only"), "ferry", "quay") == ("ferry", "quay")
    assert stopwords.followed(paste("A day\nThe lamp fell on the quay"), "lamp") == ("lamp",)
    german = paste("Die Lage\nDer Hafen war zu, und die Schiffe lagen draußen, und die Leute warteten.")
    assert set(stopwords.followed(german, "strike", "oil")).isdisjoint({"und", "die", "der", "war"})
    odd = stopwords.followed(paste("x\nA lamp"), "at&t*", "x*y")._repr_markdown_()
    assert "at&t" not in odd and "x*y" not in odd and "t&#42;" in odd
    with pytest.raises(ValueError, match="holds a sign of comparison"):
        stopwords.followed(paste("x\nA lamp"), "<i>x*y")
