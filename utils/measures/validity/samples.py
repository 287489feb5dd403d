"""Samples to code: drawn by a seed, over all that is predicted and over the papers."""

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.measures.validity.held import predicted
from utils.passages import Columns
from utils.spans import KEYS

DRAWN = ["predicted", "stratum", "n_stratum"]


def draw(
    news: Corpus,
    table: pd.DataFrame,
    n: int,
    *,
    of: str = "polarity",
    cut: float = 0.0,
    by: Columns = "outlet",
    seed: int,
) -> pd.DataFrame:
    """Give passages to be coded, drawn by a seed: as many of each predicted class, and in it of each paper its share.

    A plain draw holds few passages of a rare class, and so says little of what is wrong there. Here each class has as
    many as another, as far as it goes, and `against` and `corrected_share` know how many each stands for.

    Parameters
        table: passages with what was predicted, as `sentiment.unit_scores` gives.
        n: how many to draw.  of, cut: as for `compared`.
        by: columns of articles or of the table whose values are strata within each class; passages without a value are
        a stratum of their own.
    Returns n passages (all, where there are no more) in an order drawn too, so that whoever stops halfway has coded a
    sample all the same: article_id, start, end, then
        predicted   the class
        the columns of `by`
        stratum     int, from 0
        n_stratum   int, passages of the table in this stratum
    Raises ValueError if a column is none, or n is no whole number.
    """
    arguments.whole_number(n, "n", such_as=100)
    known = arguments.table(passages.checked(table), "table", columns=[*KEYS, of], of="sentiment.unit_scores")
    known = known.assign(predicted=predicted(known[of], cut))
    number, keys = passages.numbered(known, by, news, taken=DRAWN, missing=True)
    strata = pd.DataFrame({"predicted": known["predicted"].to_numpy(), "group": number})
    stratum = strata.groupby(["predicted", "group"], observed=True).ngroup().to_numpy()
    sizes = np.bincount(stratum)
    of_class = pd.Series(pd.factorize(strata["predicted"])[0]).groupby(stratum).first().to_numpy()
    wanted, rng = _shared_out(sizes, of_class, n), np.random.default_rng(seed)
    rows = [rng.choice(np.flatnonzero(stratum == one), size, replace=False) for one, size in enumerate(wanted) if size]
    taken = rng.permutation(np.concatenate(rows)) if rows else np.array([], int)
    own = keys.iloc[number[taken]].reset_index(drop=True)
    chosen = known.iloc[taken][[*KEYS, "predicted"]].reset_index(drop=True)
    chosen = chosen.join(own[[name for name in own if name not in chosen]])
    return chosen.assign(stratum=stratum[taken], n_stratum=sizes[stratum[taken]] if len(taken) else stratum[taken])


def _shared_out(sizes: np.ndarray, of_class: np.ndarray, n: int) -> np.ndarray:
    """Give how many to draw of each stratum: as many a class as far as it goes, in it in proportion, one at least."""
    totals = np.bincount(of_class, sizes).astype(int) if len(sizes) else np.array([], int)
    per_class = _evenly(totals, n)
    wanted = np.zeros(len(sizes), int)
    for one, quota in enumerate(per_class):
        own = np.flatnonzero(of_class == one)
        least = np.minimum(sizes[own], 1) if quota >= len(own) else np.zeros(len(own), int)
        exact = least + (quota - least.sum()) * (sizes[own] - least) / max(1, (sizes[own] - least).sum())
        whole = np.floor(exact + 1e-9).astype(int)
        rest = np.argsort(-(exact - whole), kind="stable")[: quota - whole.sum()]
        whole[rest] += 1
        wanted[own] = whole
    return wanted


def _evenly(sizes: np.ndarray, n: int) -> np.ndarray:
    """Give how many of n each heap gets, as many as another, none more than it holds."""
    given = np.zeros(len(sizes), int)
    left = min(n, int(sizes.sum()))
    while left:
        open_ = np.flatnonzero(given < sizes)
        each = max(1, left // len(open_))
        for one in open_[: left if left < len(open_) else None]:
            more = min(each, int(sizes[one] - given[one]), left)
            given[one] += more
            left -= more
    return given
