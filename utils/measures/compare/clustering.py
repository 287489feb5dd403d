"""Clusters: outlets, writers and days that articles of a side come from, and how many articles they are worth."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import spans
from utils.corpus.corpus import Corpus
from utils.passages.sides import SIDES, Side, sided

KINDS = {"outlet": "outlets", "byline": "writers", "published": "days"}
FEW = 30  # clusters worth, and articles of a side: below, chance between clusters passes for a difference
LEAST = 5  # clusters, to tell from them how alike their articles are


def clusters(
    news: Corpus, target: Side, reference: Side | None = None, *, within: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give how many outlets, writers and days the articles of either side come from.

    Articles of one outlet, writer or day are alike, and count for fewer than they are. Dealt anew by lot over 10
    outlets a side of 10 articles each, words differ with p < .05 in .07 of cases, not .05, and in half of all draws
    one has q < .05; with `unit="outlet"` it is .05, and next to none.

    Parameters as for `keyness`.
    Returns one row a side and kind of cluster that articles have:
        side          str, "target" or "reference"
        cluster       str, the column of articles: "outlet", "byline" or "published" (the day)
        n_articles    int, articles on that side with at least one word and a value in that column
        n_clusters    int
        n_effective   float, from 1: clusters of one size that would be as uneven, (sum of n)² / sum of n²
        largest       str, the cluster with most articles
        share_largest float, 0-1
        note          str, what follows: where articles are as good as few clusters; else ""
    Source of n_effective: Kish (1965), Survey Sampling, section 11.2.
    """
    side = sided(news, news.words, target, reference, within)
    present = _present(news, side)
    rows = []
    for kind, of in KINDS.items():
        values = labels(news, kind)
        both = [values[present[place]].value_counts() for place in range(len(SIDES))]
        without = int(values[present.any(axis=0)].isna().sum())
        for name, sizes, others in zip(SIDES, both, both[::-1], strict=True):
            if sizes.empty:
                continue
            n, effective = int(sizes.sum()), sizes.sum() ** 2 / (sizes**2).sum()
            note = ""
            if effective < FEW and n >= 2 * len(sizes):
                note = f"{n:,} articles of {len(sizes):,} {of if len(sizes) > 1 else of[:-1]}: "
                note += _advice(kind, of, len(sizes), len(others), without)
            rows.append((name, kind, n, len(sizes), float(effective), str(sizes.index[0]), sizes.iloc[0] / n, note))
    columns = "side cluster n_articles n_clusters n_effective largest share_largest note".split()
    return pd.DataFrame(rows, columns=columns).sort_values("n_effective", kind="stable", ignore_index=True)


def _advice(kind: str, of: str, n: int, n_other: int, without: int) -> str:
    """Give what follows from so few clusters on a side: the unit that deals them, if there is one that can."""
    if n == 1:
        return "what differs may be its own way alone"
    if n_other == 1:
        return f"against one of the other side they cannot be dealt, and nothing follows on {of} in general"
    if without:
        return f"a unit of {of} deals these, once the {without:,} articles without one have a value too"
    return f'unit="{kind}" deals these'


def labels(news: Corpus, kind: str) -> pd.Series:
    """Give the cluster of each article by position, missing where it has none; days without their hour."""
    values = news.articles[kind]
    if kind == "published":
        values = pd.to_datetime(values, errors="coerce").dt.strftime("%Y-%m-%d")
    return values.astype("str").where(values.notna()).reset_index(drop=True)


def effective(news: Corpus, counts: "Sequence[scipy.sparse.csr_array]", sizes: np.ndarray) -> np.ndarray:
    """Give for each term as how many articles its articles tell, were no two of one outlet, writer or day alike.

    A side's articles are divided by how many times its variance over clusters is that over articles (the design
    effect), at the kind of cluster where that is most, and at least by 1; clusters fewer than five tell nothing.
    counts: articles x terms, by side.  sizes: words, two rows.
    """
    total = np.zeros(counts[0].shape[1])
    for matrix, size in zip(counts, sizes, strict=True):
        read = np.flatnonzero(size)
        matrix, size, worst = matrix[read], size[read], np.ones(matrix.shape[1])
        alone = _spread(matrix, size)
        for kind in KINDS:
            codes, n = _numbers(labels(news, kind).iloc[read])
            if LEAST <= n < len(read):
                joined = scipy.sparse.csr_array((np.ones(len(read)), (codes, np.arange(len(read)))), (n, len(read)))
                worst = np.maximum(worst, _spread(joined @ matrix, joined @ size) / alone)
        total += np.maximum(1, len(read) / worst)
    return total


def _numbers(values: pd.Series) -> tuple[np.ndarray, int]:
    """Give the number of each article's cluster, one of its own where it has none, and how many there are."""
    codes = pd.factorize(values)[0]
    codes[codes < 0] = codes.max(initial=-1) + 1 + np.arange((codes < 0).sum())
    return codes, int(codes.max(initial=-1)) + 1


def _spread(counts: "scipy.sparse.csr_array", sizes: np.ndarray) -> np.ndarray:
    """Give the variance of each term's count about its rate, summed over units, half an occurrence added."""
    n, rate = len(sizes), np.asarray(counts.sum(axis=0)).ravel() / sizes.sum()
    squares = np.asarray(counts.power(2).sum(axis=0)).ravel() - 2 * rate * (counts.T @ sizes)
    return n / max(1, n - 1) * np.maximum(squares + rate**2 * (sizes**2).sum(), 0) + 0.5


def _present(news: Corpus, side: np.ndarray) -> np.ndarray:
    """Give which articles have a word on each side: two rows."""
    return words_of(news, news.words, side) > 0


def words_of(news: Corpus, words: pd.DataFrame, side: np.ndarray) -> np.ndarray:
    """Give how many of these passages each article has on each side: two rows."""
    codes, found = spans.codes_of(words["article_id"]), np.zeros((len(SIDES), len(news)), np.int64)
    for some in spans.portions(len(words)):
        for place, own in enumerate(found):
            own += np.bincount(codes[some][side[some] == place], minlength=len(news))
    return found
