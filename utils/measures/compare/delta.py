"""Delta: whose hand a text is nearest to, by the rates of the commonest words."""

import numpy as np
import pandas as pd

from utils import arguments
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.compare.profiles import joined, profiles

MEASURES = ("burrows", "cosine")
LEAST_WORDS = 1_000  # of a text: shorter ones are told apart by luck
SHARE = 0.5  # of the words, drawn anew each time


def delta(
    news: Corpus,
    by: str,
    *,
    within: pd.DataFrame | None = None,
    measure: str = "burrows",
    n_words: int = 150,
    n: int = 200,
    seed: int = 2025,
) -> pd.DataFrame:
    """Give how far each article is from every writer, paper or other group, by how each uses the commonest words.

    The rates of the commonest words, most of them small ones that nobody minds, are set off from their means in
    standard deviations over all articles; the distance is the mean difference of these (burrows), or 1 less their
    cosine. An article is left out of its own group before it is held against it, so that what is known tests the
    method. It tells manners apart, not only hands: a form, a subject, an editor shows as well.

    Parameters
        by: column of articles; an article without a value there belongs to none, and is asked about.
        within: passages to read (default: the body).  measure: "burrows" (Burrows 2002) or "cosine" (Smith & Aldridge
        2011).  n_words: how many of the commonest words.  n, seed: of the draws of half the words.
    Returns one row an article and group, in the order of the articles, the nearest group first:
        article_id, and the column of `by`: the article's own, missing where it has none
        candidate   str, the group
        n_tokens    int, words of the article
        distance    float, from 0
        nearest     bool, whether no other group is nearer
        share_nearest  float 0-1, draws of half the words in which it is the nearest
        note        str, why to doubt it: "fewer than 1,000 words", in which so short a text tells little; that its own
                    group has no other article, so that it cannot be the nearest; else ""
    Raises ValueError if `by` names no column, or fewer than two groups have an article.
    """
    arguments.one_of(measure, MEASURES, "measure")
    arguments.whole_number(n_words, "n_words", such_as=150)
    arguments.whole_number(n, "n", such_as=200)
    if not isinstance(by, str) or by not in news.articles:
        raise Refusal(f"by={by!r} is no column of articles; there are {', '.join(map(str, news.articles))}")
    read = profiles(news, "article", within)
    owner = news.articles[by].reindex(read.names[read.group])
    whose, names = pd.factorize(owner)
    if len(names) < 2:
        raise Refusal(
            f"{by} has {len(names)} value in articles with words; delta holds an article against two at least"
        )
    sizes = np.asarray(read.counts.sum(axis=1)).ravel()
    total = np.asarray(read.counts.sum(axis=0)).ravel()
    common = np.sort(np.argsort(-total, kind="stable")[:n_words])
    counts = read.counts[:, common].toarray()
    known = whose >= 0
    theirs = joined(read.counts[known][:, common], whose[known], len(names)).toarray()
    their_size = np.bincount(whose[known], sizes[known], len(names))
    rates = counts / sizes[:, None]
    spread = rates.std(axis=0, ddof=1)
    usable = spread > 0
    away = _away(counts, sizes, theirs, their_size, whose, spread, rates.mean(axis=0), usable)
    half = _drawn(int(usable.sum()), n, seed)
    distance = _distance(*away, np.ones((1, half.shape[1])), measure)[0]
    draws = _distance(*away, half, measure)
    wins, nearest = _least(draws).mean(axis=0), _least(distance)
    rows, columns = np.nonzero(~np.isnan(distance))
    table = pd.DataFrame(
        {
            "article_id": pd.array(read.names[read.group[rows]], dtype="str"),
            by: owner.to_numpy()[rows],
            "candidate": pd.array(names[columns].astype(str), dtype="str"),
            "n_tokens": sizes[rows].astype(int),
            "distance": distance[rows, columns],
            "nearest": nearest[rows, columns],
            "share_nearest": wins[rows, columns],
        }
    )
    alone = (np.bincount(whose[known], minlength=len(names)) == 1)[whose] & known
    short = np.where(table["n_tokens"] < LEAST_WORDS, f"fewer than {LEAST_WORDS:,} words", "")
    other = np.where(alone[rows], f"no other article of its own {by}, which cannot be the nearest", "")
    table["note"] = ["; ".join(filter(None, both)) for both in zip(short, other, strict=True)]
    order = np.lexsort((table["distance"], rows))
    return table.iloc[order].reset_index(drop=True).astype({"note": "str"})


def _away(
    counts: np.ndarray,
    sizes: np.ndarray,
    theirs: np.ndarray,
    their_size: np.ndarray,
    whose: np.ndarray,
    spread: np.ndarray,
    mean: np.ndarray,
    usable: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Give z scores of each article, and of each group without it: articles x words, articles x groups x words."""
    own = np.eye(len(their_size))[whose] * (whose >= 0)[:, None]
    left = their_size[None] - own * sizes[:, None]
    rate = np.divide(
        theirs[None] - own[:, :, None] * counts[:, None],
        left[:, :, None],
        out=np.full((len(counts), *theirs.shape), np.nan),
        where=left[:, :, None] > 0,
    )
    z = (counts / sizes[:, None] - mean)[:, usable] / spread[usable]
    return z, (rate - mean)[:, :, usable] / spread[usable]


def _drawn(n_words: int, n: int, seed: int) -> np.ndarray:
    """Give which words count in each draw: n rows of 0 and 1."""
    order = np.random.default_rng(seed).random((n, n_words)).argsort(axis=1)
    return (order < max(1, round(SHARE * n_words))).astype(float)


def _least(distance: np.ndarray) -> np.ndarray:
    """Give which distances no other of their row is below, by more than rounding leaves."""
    return distance <= np.nanmin(distance, axis=-1, keepdims=True) + 1e-9


def _distance(z: np.ndarray, groups: np.ndarray, chosen: np.ndarray, measure: str) -> np.ndarray:
    """Give draws x articles x groups: the distance by the words that count in each draw."""
    if measure == "burrows":
        return np.moveaxis(np.abs(z[:, None] - groups) @ chosen.T, -1, 0) / chosen.sum(axis=1)[:, None, None]
    product = np.moveaxis((z[:, None] * groups) @ chosen.T, -1, 0)
    lengths = np.moveaxis((z**2) @ chosen.T, -1, 0)[:, :, None] * np.moveaxis((groups**2) @ chosen.T, -1, 0)
    return np.maximum(1 - product / np.sqrt(np.where(lengths > 0, lengths, np.nan)), 0)
