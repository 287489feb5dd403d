"""Formulas: the interval of what a formula makes of counts that are summed over the units of a group, or a side."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import scipy

from utils.stats import shuffles
from utils.stats.bounds import FEWEST, Side, first_reason, quantile_of


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


def difference(
    formula: Callable[[Mapping], Any],
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    share: tuple[str, str] | None = None,
    possible: tuple[float, float] = (-np.inf, np.inf),
    level: float = 0.95,
    unit: str = "unit",
    n: int = 2000,
    seed: int = 2025,
) -> dict[str, Any]:
    """Give what a formula makes of the sums of either side, how far the two lie apart, and how sure that is.

    Parameters
        formula: as for `jackknife`, of anything that has the counts by their names.
        target, reference: one row a unit, one column a count. A unit that has a row on both sides leaves both at once,
        and its two rows change sides with each other and no other's.
        share: the names of count and size where the formula is their ratio: units with a count of 0 do not carry it,
        and where `possible` is (0, 1), those whose count is their size have all of it.
        possible: the least and the most of one side.  unit: what `note` calls a unit.
        n, seed: of the shuffles, as for `shuffles.of_formula`.
    Returns value_target, value_reference, difference, low, high, p (float) and note (str): low and high missing where
    `note` says why; p missing where a side has fewer than ten units, or fewer than ten of both carry the thing.
    Source: the jackknife-t interval of Efron & Tibshirani (1993), ch. 11, its df after Satterthwaite (1946).
    """
    sides = {"target": target.astype(float), "reference": reference.astype(float)}
    with np.errstate(divide="ignore", invalid="ignore"):
        values = [float(formula(own.sum())) for own in sides.values()]
        values = [value if np.isfinite(value) else np.nan for value in values]
        without = [formula(own.sum() - own).sub(value) for own, value in zip(sides.values(), values, strict=True)]
    held = [_held(name, own, share, possible) for name, own in sides.items()]
    value, note = values[0] - values[1], first_reason(held, level, unit)[0]
    shared = target.index.intersection(reference.index)
    margin = np.nan
    if not note and not all(np.isfinite(own).all() for own in without):
        note = f"no interval: without one {unit} there is no value"
    if not note:
        apart = [without[0], -without[1]] if shared.empty else [without[0].sub(without[1], fill_value=0)]
        variance = [(len(own) - 1) * own.var(ddof=0) for own in apart]
        if sum(variance) <= (1e-9 * max(map(abs, values))) ** 2:
            note = "no interval: the values are all alike"
        else:
            df = sum(variance) ** 2 / sum(one**2 / (len(own) - 1) for one, own in zip(variance, apart, strict=True))
            margin = scipy.special.stdtrit(df, quantile_of(level)) * np.sqrt(sum(variance))
    most = max(possible[1] - possible[0], abs(value))
    tested = min(len(target), len(reference)) >= FEWEST <= sum(int(side.carriers[0]) for side in held)
    p = shuffles.of_formula(formula, *sides.values(), n=n, seed=seed) if tested and n else np.nan
    return {"value_target": values[0], "value_reference": values[1], "difference": value,
            "low": max(value - margin, -most) if margin == margin else np.nan,
            "high": min(value + margin, most) if margin == margin else np.nan, "p": p, "note": note}  # fmt: skip


def _held(name: str, own: pd.DataFrame, share: tuple[str, str] | None, possible: tuple[float, float]) -> Side:
    """Give of a side how many units there are, how many carry the thing, and how many fall short of all."""
    n = carriers = short = len(own)
    if share is not None:
        carriers = int((own[share[0]] != 0).sum())
        short = n if possible[1] != 1 else int((own[share[0]] < own[share[1]]).sum())
    return Side(np.array([n]), np.array([carriers]), np.array([short]), f" of the {name}")
