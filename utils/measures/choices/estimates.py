"""Estimates: the difference of two sides by one pipeline, its interval, and the unit that it leans on."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.measures.choices.inputs import Input
from utils.measures.terms.difference import Cell, contrast
from utils.passages.sides import SIDES
from utils.stats import bounds, formulas, intervals, shuffles

TEN_THOUSAND = 10_000
PER = {  # in what an estimate is given
    "difference of rates": "in 10,000 words",
    "log ratio": "doublings",
    "share of articles": "share of articles",
    "share of quoted words": "share of quoted words",
    "share of all words": "share of all words",
    "tone": "standard deviations",
}
N, N_LEAST = 2_000, 10  # shuffles; units that have the thing, for a p


class Estimate(NamedTuple):
    """What one pipeline says: the value of each side, the difference, its bounds, p where there are none, and why."""

    value_target: float = np.nan
    value_reference: float = np.nan
    estimate: float = np.nan
    low: float = np.nan
    high: float = np.nan
    p: float = np.nan
    influence: float = np.nan
    influence_unit: object = None
    note: str = ""


class Units(NamedTuple):
    """The unit of each article, by its number, the units, and what one is called."""

    number: np.ndarray
    names: np.ndarray
    called: str


class Sums(NamedTuple):
    """What the units add up to on each side: two rows a table; nothing below where a side has nothing of a unit."""

    above: np.ndarray
    below: np.ndarray
    names: np.ndarray
    n_articles: np.ndarray

    def side(self, at: int) -> tuple[pd.Series, pd.Series]:
        """Give what the units of one side add up to, by the number of the unit."""
        some = np.flatnonzero(self.below[at] > 0)
        return pd.Series(self.above[at, some], some), pd.Series(self.below[at, some], some)


def estimated(
    own: Input,
    present: np.ndarray,
    units: Units,
    measure: str,
    *,
    possible: tuple[float, float],
    tested: bool,
    seed: int,
) -> Estimate:
    """Give the difference of target and reference by one measure, with its interval.

    present: which articles count on each side, two rows.  possible: the least and the most of a tone.
    tested: whether p may be given where there is no interval.
    """
    sums = _added(own, present, units)
    total, size = sums.above.sum(axis=1), sums.below.sum(axis=1)
    if own.note or not size.all():
        empty = SIDES[int(size[0] > 0)]
        return Estimate(note=f"empty: {own.note or f'nothing of the {empty} is left'}")
    values = total / size * (TEN_THOUSAND if measure in ("difference of rates", "log ratio") else 1)
    scale = _scale(own, present) if measure == "tone" else 1.0
    if not scale > 0:
        return Estimate(float(values[0]), float(values[1]), note="the tones are all alike")
    estimate, low, high, note = _judged(sums, measure, units.called, possible)
    change = (_without(sums, measure) - _value(total, size, measure)) / scale
    at = int(np.argmax(np.where(np.isfinite(change), np.abs(change), -1))) if np.isfinite(change).any() else -1
    p = np.nan
    if np.isnan(low) and tested and measure != "tone":
        p, said = _shuffled(sums, seed)
        note = "; ".join(filter(None, (said, note)))
    return Estimate(
        float(values[0]), float(values[1]), estimate / scale, low / scale, high / scale, p,
        change[at] if at >= 0 else np.nan, sums.names[at] if at >= 0 else None, note,
    )  # fmt: skip


def _scale(own: Input, present: np.ndarray) -> float:
    """Give the standard deviation of the tones of all articles that count."""
    some = present.any(axis=0) & (own.below > 0)
    return float(own.above[some].std(ddof=1)) if some.sum() > 1 else np.nan


def _added(own: Input, present: np.ndarray, units: Units) -> Sums:
    n = len(units.names)
    above, below = (
        np.array([np.bincount(units.number[here], each[here], n) for here in present])
        for each in (own.above, own.below)
    )
    some = below.any(axis=0)
    return Sums(above[:, some], below[:, some], units.names[some], (present & (own.above > 0)).sum(axis=1))


def _value(above: np.ndarray, below: np.ndarray, measure: str) -> np.ndarray:
    """Give the difference that sums of the target and of the reference, two rows, make."""
    if measure == "log ratio":
        logs = np.log2((above + 0.5) / below)
        return logs[0] - logs[1]
    rates = above / below * (TEN_THOUSAND if measure == "difference of rates" else 1)
    return rates[0] - rates[1]


def _without(sums: Sums, measure: str) -> np.ndarray:
    """Give the difference without each unit in turn."""
    above, below = (each.sum(axis=1, keepdims=True) - each for each in (sums.above, sums.below))
    with np.errstate(divide="ignore", invalid="ignore"):
        return _value(above, below, measure)


def _judged(sums: Sums, measure: str, called: str, possible: tuple[float, float]) -> tuple[float, float, float, str]:
    """Give the difference and its bounds, by the way in which the measure itself gives them."""
    (above, below), (other, beneath) = sums.side(0), sums.side(1)
    if measure == "difference of rates":
        cells = {
            side: Cell(side, count, size, int(n))
            for side, count, size, n in zip(SIDES, (above, other), (below, beneath), sums.n_articles, strict=True)
        }
        row = contrast(cells, dict(zip(SIDES, (1, -1), strict=True)), called)
        return tuple(row[name] for name in ("difference", "low", "high", "note"))  # type: ignore[return-value]
    if (sums.below > 0).all(axis=0).any():
        return _together(sums, measure, called, possible)
    counts, sizes = pd.concat([above, other]), pd.concat([below, beneath])
    target = pd.Series(np.arange(len(sizes)) < len(below), sizes.index)
    way: dict = {"scale": "log"} if measure == "log ratio" else {"scale": "identity", "possible": (0.0, 1.0)}
    if measure == "tone":
        way["possible"] = possible
    row = intervals.jackknife(counts.to_frame(), sizes, target=target, unit=called, **way).iloc[0]
    return row.get("log_ratio", row.get("difference")), row["low"], row["high"], row["note"]


def _together(sums: Sums, measure: str, called: str, possible: tuple[float, float]) -> tuple[float, float, float, str]:
    """Give the same where units lie on both sides: each leaves both at once."""
    value, sides = _value(sums.above.sum(axis=1), sums.below.sum(axis=1), measure), []
    for side, above, below in zip(SIDES, sums.above, sums.below, strict=True):
        here = below > 0
        n = int(here.sum())
        some = n if measure == "tone" else int((above > 0).sum())
        short = n - (0 if measure in ("tone", "log ratio") else int((above >= below * (1 - 1e-9))[here].sum()))
        sides.append(bounds.Side(np.array([n]), np.array([some]), np.array([short]), f" of the {side}"))
    if note := bounds.first_reason(sides, 0.95, called)[0]:
        return float(value), np.nan, np.nan, note
    reach = {"log ratio": (-np.inf, np.inf), "tone": (possible[0] - possible[1], possible[1] - possible[0])}
    without, n = _without(sums, measure), len(sums.names)
    row = formulas.left_out(np.array([value]), without, np.zeros(n, int), np.array([n]),
                            possible=reach.get(measure, (-1.0, 1.0)), unit=called).iloc[0]  # fmt: skip
    return float(value), row["low"], row["high"], row["note"]


def _shuffled(sums: Sums, seed: int) -> tuple[float, str]:
    """Give how often sides drawn by lot differ as much, where too few units carry the thing for an interval."""
    side, unit = np.nonzero(sums.below > 0)
    above, below = pd.Series(sums.above[side, unit]), pd.Series(sums.below[side, unit])
    if (above > 0).sum() < N_LEAST:
        return np.nan, f"no p: in fewer than {N_LEAST} units"
    whose = pd.Series(unit)
    strata = whose.where(whose.duplicated(keep=False), -1)
    row = shuffles.shuffle(above.to_frame(), below, target=pd.Series(side == 0), strata=strata, n=N, n_second=0,
                           enough=[int(0.05 * (N + 1)) + 1], min_units=N_LEAST, seed=seed).iloc[0]  # fmt: skip
    return row["p"], row["note"]
