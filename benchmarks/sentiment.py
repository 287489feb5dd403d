"""Scored words beside TextBlob on every sentence and every address: are the scores the same, and what do they cost?

TextBlob is asked for what `sentiment.scored_words` gives, its assessments; for the scores alone it takes two thirds of
that.
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

    textblob.reader.cache_clear()
    ours, our_time = timed(
        lambda: [[(one.words, one.polarity, one.subjectivity) for one in textblob.reader()(text)] for text in texts]
    )
    theirs, their_time = timed(lambda: [TextBlob(text).sentiment_assessments for text in texts])
    alike = sum(own == [row[:3] for row in blob.assessments] for own, blob in zip(ours, theirs, strict=True))
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


def main() -> None:
    """Print how long the scored words take first and from the cache, then both units side by side with TextBlob."""
    from utils import load, passages, sentiment

    news = load("addresses")
    print(f"{len(news.sentences):,} sentences")
    for turn in ("first", "from the cache"):
        table, seconds = timed(lambda: sentiment.scored_words(news))
        print(f"scored, {turn}: {len(table):,} scored words in {seconds:.2f} s")
    sentences = sentiment.unit_scores(news)
    side_by_side(sentences, passages.text(news, sentences).tolist(), "sentence")
    body = news.body.assign(text=passages.text(news, news.body))
    whole = body.groupby("article_id", observed=True)["text"].agg("\n".join).tolist()
    side_by_side(sentiment.unit_scores(news, unit="article"), whole, "article")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PASSAGES_CACHE"] = folder
        main()
