"""Scored words beside TextBlob on every sentence and every address: are the scores the same, and what do they cost?

`sentiment.scored_words`, with all that it does, is wanted in a tenth of the time of `TextBlob(sentence).sentiment` over
the same sentences, though it gives each word with its place. Then TextBlob is asked for as much as that, its
assessments, and held against our function from texts to their words.
Times are this process's own, as other processes come and go.
"""

import gc
import os
import tempfile
import time
from collections.abc import Callable

import pandas as pd


def timed(function: Callable[[], object]) -> tuple[object, float]:
    """Give what a function gives, and the seconds of processor time it took, not those of clearing up before it."""
    gc.collect()
    start = time.process_time()
    return function(), time.process_time() - start


def side_by_side(table: pd.DataFrame, texts: list[str], unit: str) -> None:
    """Print how far the scores of all units are from TextBlob's, and both times on the same texts."""
    from textblob import TextBlob

    from utils.lexicons import textblob

    textblob.many.cache_clear()
    ours, our_time = timed(lambda: textblob.many()(texts))
    theirs, their_time = timed(lambda: [TextBlob(text).sentiment_assessments for text in texts])
    rows: list[list[tuple]] = [[] for _ in texts]
    for number, *row in ours[["unit", "words", "polarity", "subjectivity"]].itertuples(index=False, name=None):
        rows[number].append(tuple(row))
    said = [[(" ".join(words), *two) for words, *two, _ in blob.assessments] for blob in theirs]
    alike = sum(own == their for own, their in zip(rows, said, strict=True))
    scores, none = table[["polarity", "subjectivity"]], table["count"] == 0
    their_scores = pd.DataFrame([blob[:2] for blob in theirs], columns=scores.columns)
    missing, zero = scores[none].isna().all(axis=1).sum(), their_scores[none].eq(0).all(axis=1).sum()
    apart = (scores - their_scores).abs().max().max()
    print(
        f"{unit}: {len(texts):,} units, {alike:,} with TextBlob's scored words bit for bit; scores at most "
        f"{apart:.1e} apart (wanted 1e-12); {none.sum():,} without a scored word, "
        f"{missing:,} of them missing, where TextBlob says 0 of {zero:,}"
    )
    print(f"{unit}: {our_time:.1f} s from nothing, TextBlob {their_time:.1f} s, {their_time / our_time:.1f} times that")


def print_ratio(texts: list[str], our_time: float) -> None:
    """Print the time of TextBlob's scores of all texts beside that of our scored words."""
    from textblob import TextBlob

    _, their_time = timed(lambda: [TextBlob(text).sentiment for text in texts])
    ratio = their_time / our_time
    print(f"TextBlob(sentence).sentiment: {their_time:.2f} s, {ratio:.1f} times that of scored_words (wanted 10)")


def main() -> None:
    """Print how long the scored words take first and from the cache, then both units side by side with TextBlob."""
    from utils import load, passages, sentiment

    news = load("addresses")
    print(f"{len(news.sentences):,} sentences")
    took = {}
    for turn in ("first", "from the cache"):
        table, took[turn] = timed(lambda: sentiment.scored_words(news))
        print(f"scored, {turn}: {len(table):,} scored words in {took[turn]:.2f} s")
    sentences = sentiment.unit_scores(news)
    texts = passages.text(news, sentences).tolist()
    print_ratio(texts, took["first"])
    side_by_side(sentences, texts, "sentence")
    body = news.body.assign(text=passages.text(news, news.body))
    whole = body.groupby("article_id", observed=True)["text"].agg("\n".join).tolist()
    side_by_side(sentiment.unit_scores(news, unit="article"), whole, "article")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PASSAGES_CACHE"] = folder
        main()
