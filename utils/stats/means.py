"""Means: the jackknife-t interval of the mean of each of many groups, in closed form."""

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils.arguments import Refusal
from utils.stats.bounds import Side, first_reason, quantile_of


def jackknife(
    values: pd.Series,
    groups: pd.Index,
    *,
    possible: tuple[float, float] = (-np.inf, np.inf),
    level: float = 0.95,
    unit: str = "unit",
) -> pd.DataFrame:
    """Give the mean of each group's values with the interval that `intervals.jackknife` gives it, all groups at once.

    A mean without one of its n values is off by that value's own distance from it over n - 1. So leaving out each in
    turn adds up to what Student's t takes: s / sqrt(n).

    Parameters
        values: one row a unit, labelled by its group; missing ones are left out.
        groups: every group there is, with values or without.
        possible: the least and the most that a value can be.  unit: what `note` calls a unit.
    Returns one row a group, indexed by it:
        mean, low, high   float; low and high within what is possible, missing where `note` says why
        n_units           int
        note              str, why there is no interval: as in `bounds.reasons`, or values that are all alike; else ""
    Raises ValueError where a value is not possible.
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11.
    """
    values = values.dropna()
    if len(values) and not (possible[0] - 1e-9 <= values.min() and values.max() <= possible[1] + 1e-9):
        raise Refusal(f"possible came as {possible!r}, and units have values from {values.min():g} to "
                      f"{values.max():g}; it holds them all, as (0, 1) holds any share")  # fmt: skip
    table = values.groupby(level=0).agg(["mean", "var", "size"]).reindex(groups)
    mean, n = table["mean"].to_numpy(float), table["size"].fillna(0).to_numpy(int)
    spread = table["var"].to_numpy(float) / np.maximum(n, 1)
    note = first_reason([Side(n, n, n)], level, unit)
    note[(note == "") & (spread <= (1e-9 * mean) ** 2)] = "no interval: the values are all alike"
    quantile = scipy.special.stdtrit(np.maximum(n - 1, 1), quantile_of(level))
    margin = np.where(note == "", quantile * np.sqrt(spread), np.nan)
    low, high = np.clip([mean - margin, mean + margin], *possible)
    found = {"mean": mean, "low": low, "high": high, "n_units": n, "note": pd.array(note, dtype="str")}
    return pd.DataFrame(found, groups)
