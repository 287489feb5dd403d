"""Formulas: the interval of what a formula makes of counts that are summed over the units of a group."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import scipy

from utils.stats.bounds import Side, first_reason, quantile_of


def jackknife(
    formula: Callable[[pd.DataFrame], pd.Series],
    counts: pd.DataFrame,
    groups: pd.Series,
    *,
    carries: pd.Series | None = None,
    possible: tuple[float, float] = (-np.inf, np.inf),
    level: float = 0.95,
    unit: str = "unit",
) -> pd.DataFrame:
    """Give what a formula makes of the sums of each group, with a jackknife-t interval.

    Each unit is left out in turn, as by `intervals.jackknife`, which knows a sum over a sum alone. The value is the
    formula's own, of all units.

    Parameters
        formula: function of a table of sums, a row a group and a column a count; gives a value a row.
        counts: one row a unit of a group, one column a count.  groups: the group of each row.
        carries: whether each row has the thing that is measured (default: all have).
        possible: the least and the most that is possible.  unit: what `note` calls a unit.
    Returns one row a group, indexed by it:
        value, low, high   float; low and high within what is possible, missing where `note` says why
        n_units            int
        note               str, why there is no interval: as in `bounds.reasons`, values that are all alike whichever
                           unit is left out, or no value without one of them; else ""
    Source: Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11.
    """
    totals = counts.groupby(groups.to_numpy()).sum()
    row = totals.index.get_indexer(groups)
    value = formula(totals.astype(float)).to_numpy(float)
    n = np.bincount(row, minlength=len(totals))
    with np.errstate(divide="ignore", invalid="ignore"):
        without = formula(totals.iloc[row].set_axis(counts.index).sub(counts).astype(float))
    carriers = n if carries is None else np.bincount(row, carries, len(totals)).astype(int)
    table = left_out(value, without.to_numpy(float), row, carriers, possible=possible, level=level, unit=unit)
    return table.set_axis(totals.index)


def left_out(
    value: np.ndarray,
    without: np.ndarray,
    row: np.ndarray,
    carriers: np.ndarray,
    *,
    possible: tuple[float, float] = (-np.inf, np.inf),
    level: float = 0.95,
    unit: str = "unit",
) -> pd.DataFrame:
    """Give the jackknife-t interval of values, from what each would be without one of its units.

    Parameters
        value: of all units.  without, row: without one of them, and of which value it is, one a unit.
        carriers: how many units of each value have the thing.  possible, level, unit: as for `jackknife`.
    Returns the table of `jackknife`, a row a value, in their order.
    """
    n = np.bincount(row, minlength=len(value))
    changed = pd.Series(without).where(np.isfinite)
    known = changed.groupby(row).agg(["count", lambda one: one.var(ddof=0)]).reindex(range(len(value)))
    spread = known.iloc[:, 1].to_numpy() * (n - 1)
    note = first_reason([Side(n, carriers, n)], level, unit)
    note[(note == "") & (known["count"].to_numpy() < n)] = f"no interval: without one {unit} there is no value"
    note[(note == "") & (spread <= (1e-9 * value) ** 2)] = "no interval: the values are all alike"
    margin = np.where(
        note == "", scipy.special.stdtrit(np.maximum(n - 1, 1), quantile_of(level)) * np.sqrt(spread), np.nan
    )
    least, most = np.minimum(possible[0], value), np.maximum(possible[1], value)
    return pd.DataFrame(
        {
            "value": value,
            "low": np.maximum(value - margin, least),
            "high": np.minimum(value + margin, most),
            "n_units": n,
            "note": pd.array(note, dtype="str"),
        }
    )
