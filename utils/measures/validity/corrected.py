"""Corrected shares: how much of a class there is, from what is predicted of all and what is coded of some."""

import numpy as np
import pandas as pd

from utils import arguments
from utils.measures.validity.held import compared, predicted, weight
from utils.spans import checked

FEWEST = 10  # codes: no interval below
Z = 1.959963984540054  # the .975 quantile of the normal distribution


def corrected_share(
    codes: pd.DataFrame,
    table: pd.DataFrame,
    *,
    of: str = "polarity",
    cut: float = 0.0,
    drawn: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the share of each class among all passages, corrected by the codes of some of them.

    A score that errs more in one direction counts a class too high or too low, however many passages it reads. The
    codes tell of each predicted class what is in it, and all passages how large it is: the sum over predicted classes
    of their share times the coded share within. It is right whatever the score is worth; a better one makes the
    interval narrower.

    Parameters
        codes: coded passages drawn at random from the table, or by `draw`.
        table: all passages with what was predicted, as `sentiment.unit_scores` gives.  of, cut: as for `compared`.
        drawn: what `draw` gave, where it drew them.
    Returns one row a class:
        class             the class, as coded or predicted
        n_coded           int, codes of it
        share_predicted   float 0-1, of all passages those of which it is predicted
        share             float 0-1, the corrected share; missing where `note` says so
        low, high         float, its 95 % interval, for these passages (not for others that might have been printed)
        note              str, why there is none: fewer than ten codes, none of a class that is predicted, or all
                          passages coded, so that nothing is left to guess; else ""
    Raises ValueError as `compared` does.
    Source: Tenenbein (1970), A double sampling scheme for estimating from binomial data with misclassifications, JASA
    65, weighted by strata where `draw` made them; interval by adding up the squares of how far Wilson's of each
    predicted class reaches, as Zou & Donner (2008) join intervals. Of 95 % intervals from 100 codes .94-.96 held the
    truth (benchmarks/coverage.py).
    """
    rows = compared(codes, table, of=of, cut=cut)
    every = predicted(arguments.table(checked(table), "table", columns=[of], of="sentiment.unit_scores")[of], cut)
    sizes = every.astype(object).value_counts()
    weights = pd.Series(1.0, rows.index) if drawn is None else weight(rows, drawn)
    within = rows["predicted"].astype(object)
    parts = {one: (within == one).to_numpy() for one in sizes.index}
    lacking = [one for one, part in parts.items() if not part.any()]
    found = []
    for one in sorted(set(rows["code"]) | set(sizes.index), key=lambda each: (str(type(each)), each)):
        is_one = (rows["code"].astype(object) == one).to_numpy(float)
        share, low, high = _stratified(is_one, weights.to_numpy(), parts, sizes) if not lacking else [np.nan] * 3
        note = _note(len(rows), len(every), lacking)
        low, high = (np.nan, np.nan) if note else (low, high)
        found.append((one, int(is_one.sum()), sizes.get(one, 0) / max(1, len(every)), share, low, high, note))
    columns = ["class", "n_coded", "share_predicted", "share", "low", "high", "note"]
    return pd.DataFrame(found, columns=columns).astype({"note": "str"})


def _note(n_coded: int, n: int, lacking: list) -> str:
    if lacking:
        return f"no share: no code of a passage of which {lacking[0]} is predicted"
    if n_coded < FEWEST:
        return f"no interval: {n_coded} code{'s' * (n_coded != 1)}, {FEWEST} are wanted"
    return "no interval: every passage is coded" if n_coded >= n else ""


def _stratified(is_one: np.ndarray, weights: np.ndarray, parts: dict, sizes: pd.Series) -> tuple[float, float, float]:
    """Give the share over all predicted classes, and its interval."""
    total, share, down, up = sizes.sum(), 0.0, 0.0, 0.0
    for one, part in parts.items():
        own, size = weights[part], sizes[one]
        inside = own @ is_one[part] / own.sum()
        n = own.sum() ** 2 / (own**2).sum()  # as many codes of equal weight tell as much
        left = np.sqrt(max(0.0, (size - part.sum()) / max(1, size - 1)))  # nothing is unsure of what is all coded
        low, high = _wilson(inside, n)
        share += size / total * inside
        down += (size / total * left * (inside - low)) ** 2
        up += (size / total * left * (high - inside)) ** 2
    return share, max(0.0, share - np.sqrt(down)), min(1.0, share + np.sqrt(up))


def _wilson(share: float, n: float) -> tuple[float, float]:
    """Give Wilson's interval of a share of n."""
    middle = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    margin = Z / (1 + Z**2 / n) * np.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
    return max(0.0, middle - margin), min(1.0, middle + margin)
