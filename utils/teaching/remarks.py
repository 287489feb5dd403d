"""Remarks: the sentences that a notebook ends with, each no stronger than its own test."""

from collections.abc import Mapping

import pandas as pd
from IPython.display import Markdown

from utils.corpus.corpus import Corpus
from utils.passages.html import plain, say


def how_often(news: Corpus, counted: pd.DataFrame) -> Markdown:
    """Give the answer to "how often, and where" for the first row of a table of `terms.rate`.

    The interval where there is one, the reason where there is none; nothing found is said to be found nowhere here.
    """
    row = counted.iloc[0]
    word, sized = plain(row["query"]), f"{len(news):,} article{'s' * (len(news) != 1)}"
    if not row["count"]:
        return say(
            f"“{word}” stands nowhere in the {sized} that were read. What is not found may have been said in other "
            "words: ask for those before you speak of silence. And what was never collected is in no count."
        )
    return say(
        f"“{word}” stands **{_times(row['count'])}** in {row['n_articles']:,} of {sized}: {rate_told(row)}. Each of "
        "these places can be opened and read, and some will not be about what we thought. Whether the number is large "
        "or small we can say only beside another number."
    )


def rate_told(row: Mapping | pd.Series) -> str:
    """Give a rate with its interval, or with the reason why it has none: "2.35 in 10,000 words (1.86 to 2.99)"."""
    if pd.isna(row["rate_per_10k"]):
        return "no rate, as there are no words to divide by"
    rate = f"{row['rate_per_10k']:.1f} in 10,000 words"
    between = f", with a 95 % interval from {row['low']:.1f} to {row['high']:.1f}"
    return f"{rate}{between}" if pd.notna(row["low"]) else f"{rate} ({row['note']})"


def _times(n: int) -> str:
    return f"{n:,} time" + ("s" if n != 1 else "")
