"""N-grams: counted again word by word, held against NLTK, opened row by row."""

import re
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.util import ngrams as of_nltk
from nltk.util import skipgrams

from utils import load, passages, terms


def corpus(*texts):
    rows = [{"title": f"Number {n}", "text": text} for n, text in enumerate(texts)]
    return load(pd.DataFrame(rows))


def sentences(news):
    """The words of each sentence of the bodies, by article, found in the raw text by a plain expression."""
    for article, start, end in news.body[["article_id", "start", "end"]].itertuples(index=False):
        own = news.sentences
        own = own[(own["article_id"] == article) & (own["start"] >= start) & (own["end"] <= end)]
        raw = news.articles.at[article, "raw"]
        for first, last in own[["start", "end"]].itertuples(index=False):
            yield article, [word.lower() for word in re.findall(r"\w+", raw[first:last])]


WORDS = st.lists(st.lists(st.sampled_from(["ferry", "harbour", "came", "late", "in"]), min_size=1, max_size=9),
                 min_size=1, max_size=4)  # fmt: skip


@settings(max_examples=25)
@given(st.lists(WORDS, min_size=1, max_size=3), st.integers(2, 5))
def test_counts_are_those_of_nltk_sentence_by_sentence(drawn, n):
    texts = [" ".join(f"{' '.join(one).capitalize()}." for one in own) for own in drawn]
    news = corpus(*texts)
    table = terms.ngrams(news, n, min_count=1).set_index("term")
    expected, where = Counter(), {}
    for article, words in sentences(news):
        for gram in of_nltk(words, n):
            expected[" ".join(gram)] += 1
            where.setdefault(" ".join(gram), set()).add(article)
    assert table["count"].to_dict() == dict(expected)
    assert table["n_articles"].to_dict() == {gram: len(found) for gram, found in where.items()}
    gapped = terms.ngrams(news, 2, gap=2, min_count=1).set_index("term")["count"]
    skipped = Counter()
    for _, words in sentences(news):
        pairs = [(at, one, other) for (at, one), (end, other) in skipgrams(enumerate(words), 2, 2) if end > at + 1]
        skipped.update(f"{one} … {other}" for _, one, other in {*pairs})  # from a beginning to the nearest end
    assert gapped[gapped.index.str.contains(" … ")].to_dict() == dict(skipped)


def test_with_a_gap_a_beginning_counts_once_to_the_nearest_end():
    news = corpus("The head of state of Harbour of ships. At the quay of the old, old port of call.")
    found = terms.ngram_hits(news, 2, gap=5, min_count=1, terms=["the … of"])
    assert passages.text(news, found).tolist() == ["The head of", "the quay of", "the old, old port of"]
    three = terms.ngram_hits(news, 3, gap=5, min_count=1, terms=["the … of harbour", "head of … of"])
    assert passages.text(news, three).tolist() == ["The head of state of Harbour", "head of state of"]


@pytest.mark.parametrize(
    "options",
    [{"n": (2, 4)}, {"n": 3, "gap": 2}, {"n": (2, 7), "swallow": True}, {"n": 2, "stop": ["the", "of"]}],
    ids=str,
)
def test_rows_open_onto_their_passages_and_come_again_from_the_raw_text(harbour, options):
    table = terms.ngrams(harbour, min_count=4, **options)
    found = terms.ngram_hits(harbour, min_count=4, **options)
    assert found.groupby("term").size().to_dict() == table.set_index("term")["count"].to_dict()
    assert found.groupby("term")["article_id"].nunique().to_dict() == table.set_index("term")["n_articles"].to_dict()
    some = found.groupby("term").head(2)
    for term, surface in zip(some["term"], passages.text(harbour, some), strict=True):
        own = [word.strip("'") for word in re.findall(r"[\w.,]+(?:['’][a-rt-z]\w*)?|['’]s\b", surface.lower())]
        own = [word.replace("’", "'").strip(".,") for word in own]
        parts = [part.replace("'s", "s").split() for part in term.split(" … ")]
        front, back = parts[0], parts[-1] if len(parts) > 1 else []
        if "'" not in term and not re.search(r"[.,'’]", surface):
            assert own[: len(front)] == front and (not back or own[-len(back) :] == back)
    passages.evidence(harbour, table.head(5), found, on="term")


def test_longer_ones_swallow_the_shorter_wherever_they_are_often_enough():
    news = corpus("The harbour board met. The harbour board met. The harbour closed.", "The harbour board met again.")
    table = terms.ngrams(news, (2, 4), swallow=True, min_count=1).set_index("term")["count"]
    assert table["the harbour board met"] == 3 and "harbour board" not in table
    assert table["the harbour closed"] == 1 and "the harbour" not in table
    often = terms.ngrams(news, (2, 7), swallow=True, min_count=3).set_index("term")["count"].to_dict()
    assert often == {"the harbour board met": 3}
    apart = terms.ngrams(news, (2, 7), swallow=True, min_count=2).set_index("term")["count"].to_dict()
    assert apart == {"the harbour board met": 3}
    both = terms.ngrams(news, (2, 7), swallow=True, min_count=2, min_articles=3)
    assert both.empty and list(both)[0] == "term"


def test_groups_intervals_and_what_is_left_out(harbour):
    table = terms.ngrams(harbour, 2, by="outlet", interval=["of the", "no such"])
    asked = table[table["term"] == "of the"]
    assert len(asked) == 3 and (asked["low"] < asked["rate_per_10k"]).all() and (asked["note"] == "").all()
    assert table.loc[table["term"] != "of the", "note"].eq("no interval: not asked for").all()
    assert (asked["rate_per_10k"] == 10_000 * asked["count"] / asked["n_tokens"]).all()
    phrase = terms.rate(harbour, "of the").iloc[0]
    whole = terms.ngrams(harbour, 2, interval=["of the"]).set_index("term").loc["of the"]
    for column in ("count", "n_articles", "rate_per_10k", "low", "high"):
        assert whole[column] == pytest.approx(phrase[column])
    stopped = terms.ngrams(harbour, 2, stop=["the"])["term"]
    assert not stopped.str.contains(r"^the |\bthe$").any()


REFUSED = {
    "n is how many words": [{"n": 1}, {"n": 8}, {"n": (4, 2)}, {"n": "3"}, {"n": (2, 3, 4)}, {"n": True}],
    "gap is a whole number": [{"gap": -1}, {"gap": 6}, {"gap": 2, "swallow": True}, {"gap": 1.5}],
    "min_count is a whole number from 1": [{"min_count": 0}],
    "min_articles is a whole number from 1": [{"min_articles": "2"}],
    "stop takes a list": [{"stop": "the"}],
    "interval takes a list": [{"interval": "of the"}],
    "swallow is one of True, False": [{"swallow": "no"}, {"swallow": None}],
}


@pytest.mark.parametrize(("said", "options"), [(said, each) for said, own in REFUSED.items() for each in own], ids=str)
def test_what_cannot_be_asked_is_refused_in_a_sentence(six, said, options):
    with pytest.raises(ValueError, match=said):
        terms.ngrams(six, **options)


def test_nothing_to_count_is_an_empty_table(six):
    for options in (
        {"within": six.segments[:0]},
        {"n": 7, "gap": 5},
        {"min_count": 99},
        {"swallow": True, "min_count": 9},
    ):
        table = terms.ngrams(six, **options)
        assert table.empty and list(table) == ["term", "length", "count", "n_articles", "n_tokens", "rate_per_10k"]
        assert terms.ngram_hits(six, **options).empty


def test_terms_wanted_are_folded_as_those_to_stop_are(harbour):
    whole = terms.ngrams(harbour, 2, interval=["of the"])
    assert terms.ngrams(harbour, 2, interval=["Of  The", "OF the"]).equals(whole)
    plain = terms.ngram_hits(harbour, 3, gap=2, terms=["the … of the"])
    assert len(plain) and terms.ngram_hits(harbour, 3, gap=2, terms=["The … OF the"]).equals(plain)
