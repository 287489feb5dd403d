"""Readings: what a query found, parted by what it means there, and what queries say when they are tried."""

from collections.abc import Mapping, Sequence

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.passages.queries import hits
from utils.spans import KEYS, inside

SHOWN = 3  # words that are named


def set_apart(
    news: Corpus, found: pd.DataFrame, readings: Mapping[str, str], *, rest: str = "something else"
) -> pd.DataFrame:
    """Give hits with a column `kind`: which of several longer expressions each stands in, or `rest`.

    So a count of "hand" is parted into the union's name, a kind of contract, and what has to be read. Of a hit that
    stands in two of them, the one named later counts.

    readings: queries by the name of what they mean.
    """
    kinds = pd.Series(rest, found.index, dtype="object")
    for name, query in readings.items():
        kinds[inside(found, hits(news, query)).index] = name
    return found.assign(kind=kinds)


def tried(news: Corpus, queries: Sequence[str]) -> pd.DataFrame:
    """Give for each query how many passages it has, or why it cannot be read, and what other accents hide.

    Columns: query, passages (int), said.
    """
    rows: list[tuple[str, int | None, str]] = []
    for query in queries:
        try:
            found = hits(news, query)
            rows.append((query, len(found), accented(found, hits(news, query, match_accents=False))))
        except Refusal as problem:
            rows.append((query, None, str(problem)))
    return pd.DataFrame(rows, columns=["query", "passages", "said"]).astype({"passages": "Int64"})


def accented(found: pd.DataFrame, loose: pd.DataFrame) -> str:
    """Give how many more hits there are with other accents, and in which words: "49 more with other accents: guaidó".

    found: hits with accents that agree.  loose: those of the same query with any. "" where there are no more.
    """
    known = pd.MultiIndex.from_frame(found[KEYS].astype({"article_id": "str"}))
    more = loose[~pd.MultiIndex.from_frame(loose[KEYS].astype({"article_id": "str"})).isin(known)]
    forms = more["term"].value_counts().index.tolist()
    listed = ", ".join(forms[:SHOWN]) + ", …" * (len(forms) > SHOWN)
    return f"{len(more):,} more with other accents: {listed}" if forms else ""
