"""How well people agree who code the same texts by the same rules."""

import numpy as np
import pandas as pd

from utils import arguments
from utils.arguments import Refusal
from utils.stats import intervals

LEVELS = ("nominal", "ordinal", "interval")
TENTATIVE, RELIABLE = (
    0.667,
    0.8,
)  # Krippendorff (2004), Reliability in content analysis, Human Communication Research 30


def agreement(codes: pd.DataFrame, *, level: str = "nominal", n: int = 2000, seed: int) -> pd.DataFrame:
    """Give Krippendorff's alpha of several coders, with an interval from resampled units.

    Alpha is 1 where all agree and 0 where they agree no more than codes dealt at random would; it can be negative.
    Krippendorff asks for .8, and for .667 at least where conclusions are tentative.

    Parameters
        codes: one row a unit, one column a coder; numbers, missing (NaN) where a coder passed over a unit. Units with
        fewer than two codes are left out.
        level: "nominal" (categories), "ordinal" (ranks) or "interval" (distances count).  n, seed: of the bootstrap.
    Returns one row:
        n_units, n_coders      int, units with two codes or more
        share_alike            float 0-1, units on which all their coders agree: percent agreement, high by luck alone
                               where one code is the rule
        alike_low, alike_high  float, its interval; missing where there is none, as `note` says, where fewer than five
                               units are alike, or fewer than five are not
        alpha, low, high       float; missing where all codes are one and the same, low and high also where `note`
                               says why
        note                   str, why there is no interval: fewer than ten units, or draws that are all alike, as
                               where the coders never differ; else ""
    Raises ValueError if the level is unknown or no unit has two codes.
    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    arguments.one_of(level, LEVELS, "level")
    arguments.whole_number(n, "n", such_as=2000)
    if not isinstance(codes, pd.DataFrame) or not all(map(pd.api.types.is_numeric_dtype, codes.dtypes)):
        raise Refusal("codes is a table of numbers, one row a unit and one column a coder; give each category a "
                      "number, as pd.factorize does over all columns")  # fmt: skip
    if np.isinf(codes.to_numpy(float, na_value=np.nan)).any():
        raise Refusal(
            "codes hold an infinite number, which is no code; leave it missing (NaN) where a coder passed over"
        )
    held = codes[codes.notna().sum(axis=1) > 1]
    if held.empty:
        raise Refusal("no unit has codes by two coders: codes want one row a unit and one column a coder")
    values = np.unique(held.to_numpy(float)[held.notna().to_numpy()])
    counts = np.stack([(held == value).sum(axis=1) for value in values], axis=1).astype(float)
    alike = ((counts > 0).sum(axis=1) == 1).astype(float)

    def both(weights: np.ndarray) -> np.ndarray:
        return np.array([_alpha(counts, values, weights, level), weights @ alike / weights.sum()])

    shares = pd.DataFrame({"alpha": 0.5, "alike": alike})  # no unit has an alpha by itself: each counts
    alpha, share = intervals.bootstrap(both, range(len(held)), shares=shares, n=n, seed=seed).to_dict("records")
    table = pd.DataFrame([alpha]).rename(columns={"estimate": "alpha"}).astype({"note": "str"})
    table = table.assign(
        n_coders=codes.shape[1], share_alike=share["estimate"], alike_low=share["low"], alike_high=share["high"]
    )
    return table[["n_units", "n_coders", "share_alike", "alike_low", "alike_high", "alpha", "low", "high", "note"]]


def verdict(found: pd.DataFrame, *, tentative: float = TENTATIVE, reliable: float = RELIABLE, because: str = "") -> str:
    """Give in a sentence what an agreement allows, by the lower end of its interval.

    Alpha itself is what one sample of units gave; it is the lower end that says what is sure.

    Parameters
        found: what `agreement` gives.
        tentative, reliable: from which alpha on conclusions may be drawn tentatively, and without more ado: .667 and
        .8 (Krippendorff 2004).  because: why others are right here; they want a reason, and it is told.
    Raises ValueError where other bounds come without a reason, or are none.
    """
    row = arguments.table(found, "found", columns=["alpha", "low", "note"], of="validity.agreement").iloc[0]
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in (tentative, reliable))
    if not numbers or not 0 < tentative <= reliable <= 1:
        raise Refusal(f"tentative and reliable are bounds of alpha, 0 < tentative <= reliable <= 1; what came is "
                      f"{tentative!r:.99} and {reliable!r:.99}")  # fmt: skip
    own = (tentative, reliable) != (TENTATIVE, RELIABLE)
    if own and not str(because).strip():
        raise Refusal('bounds other than .667 and .8 want a reason in writing; give it, as because="…"')
    if np.isnan(row["alpha"]):
        return "There is no alpha: all codes are one and the same, so nothing tells agreement from habit."
    told = f"alpha {row['alpha']:.2f}"
    if np.isnan(row["low"]):
        return f"Nothing can be said of all such texts: {told}, {row['note']}."
    bounds = f"bounds: {tentative:g} and {reliable:g}, {f'as {because}' if own else 'Krippendorff 2004'}"
    told = f"{told}, and at least {row['low']:.2f} by its interval ({bounds})"
    if row["low"] >= reliable:
        return f"The codes are reliable: {told}."
    if row["low"] >= tentative:
        return f"The codes allow tentative conclusions: {told}."
    if row["alpha"] >= tentative:
        return f"The codes are not known to be reliable enough: {told}."
    return f"The codes are not reliable: {told}."


def _alpha(counts: np.ndarray, values: np.ndarray, weights: np.ndarray, level: str) -> float:
    """Give alpha of units with so many codes of each value, each unit taken `weights` times."""
    share = counts * (weights / (counts.sum(axis=1) - 1))[:, None]
    pairs = share.T @ counts - np.diag(share.sum(axis=0))
    totals = pairs.sum(axis=0)
    distance = _distances(values, totals, level)
    expected = (np.outer(totals, totals) - np.diag(totals)) / max(totals.sum() - 1, 1)
    by_chance = (expected * distance).sum()
    return 1 - (pairs * distance).sum() / by_chance if by_chance > 0 else np.nan


def _distances(values: np.ndarray, totals: np.ndarray, level: str) -> np.ndarray:
    """Give the squared distance between each two values."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    scale = np.cumsum(totals) - totals / 2 if level == "ordinal" else values
    return (scale[:, None] - scale[None]) ** 2
