"""Bounds: from how much an interval may be given, how far it may reach, and what to say where there is none."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.arguments import Refusal
from utils.stats.units import Sample, chunks, per_term

FEWEST = 10  # units on a side: no interval and no p below
CARRIERS = 5  # units on a side that carry the thing, and of a share such as fall short of all: no interval below


class Side(NamedTuple):
    """How many units of a side count for each term, carry it, and fall short of all where it is a share; its name."""

    n: np.ndarray
    carriers: np.ndarray
    short: np.ndarray
    of: str = ""


def reasons(
    sample: Sample,
    sides: Mapping[str, np.ndarray],
    *,
    every: bool = False,
    whole: float = np.inf,
    level: float = 0.95,
    unit: str = "unit",
) -> np.ndarray:
    """Give, term by term, why there is no interval, and "" where there may be one.

    A few units tell little of all others: what they have in common may be luck, and their interval runs far beyond
    what is possible; and a term that few of many units carry leans on those alone. So it takes 10 units, and 5 that
    carry the term, on each side where there are two. Where none carries it, we say how many such units still could.
    A share of nearly all leans on the few that fall short as a rare one does on those that carry it, so five of these
    are asked for, too.

    sides   the units of each side, by its name; an only side is called ""
    every   whether a unit carries the thing whatever its value, as a tone of 0 is a tone
    whole   the value that is all a unit can have, as 1 of a share; infinite where there is none
    """
    parts = []
    for name, side in sides.items():
        counts, n, own = sample.counts, int(side.sum()), side[sample.counts.indices]
        carriers = np.full(counts.shape[1], n) if every else per_term(counts, own & (counts.data != 0))
        full = np.zeros(counts.shape[1], int)
        if np.isfinite(whole):
            full = per_term(counts, own & (counts.data >= whole * sample.sizes[counts.indices] * (1 - 1e-9)))
        parts.append(Side(np.full(counts.shape[1], n), carriers, n - full, f" of the {name}" if name else ""))
    return first_reason(parts, level, unit)


def quantile_of(level: float) -> float:
    """Give the upper quantile that an interval of this level ends at; ValueError where the level is no share."""
    if not 0 < level < 1:
        raise Refusal(f"level came as {level!r}; a share between 0 and 1 is wanted, such as .95")
    return (1 + level) / 2


def most_that_could(n: int, *, level: float = 0.95) -> float:
    """Give the largest share of units that may have a thing which none of n has: 0-1, 1 where n is 0.

    Silence in 3 articles is not silence in 300: were the share above this, so many units without it would come by
    chance less often than 1 - `level`. For many units it is about 3 / n, the rule of three.
    Source: one-sided bound of Clopper & Pearson (1934); Hanley & Lippman-Hand (1983).
    """
    return 1 - (1 - level) ** (1 / n) if n else 1.0


def reach(sample: Sample, scale: str, possible: tuple[float, float] | None) -> tuple:
    """Give the least and the most that is possible, of each term where it is a rate."""
    if scale == "log":
        more = per_term(sample.counts, sample.counts.data > sample.sizes[sample.counts.indices])
        return 0, np.where(more > 0, np.inf, 10_000)
    least, most = (-np.inf, np.inf) if possible is None else possible
    for _, dense in chunks(sample.counts) if possible else ():
        value = dense / sample.sizes[:, None]
        if ((value < least - 1e-9) | (value > most + 1e-9)).any():
            raise Refusal(
                f"possible came as {possible!r}, and units have values from {value.min():g} to "
                f"{value.max():g}; it holds them all, as (0, 1) holds any share"
            )
    return least, most


def first_reason(sides: Sequence[Side], level: float, unit: str) -> np.ndarray:
    """Give the first side's reason, term by term."""
    found = np.full(len(sides[0].n), "", object)
    for side in sides:
        rows = pd.DataFrame({"n": side.n, "carriers": side.carriers, "short": side.short})
        each = rows.drop_duplicates().to_numpy().tolist()
        told = [_reason(n, carriers, short, side.of, level, unit) for n, carriers, short in each]
        kind = rows.groupby([*rows], sort=False).ngroup().to_numpy()
        found = np.where(found == "", np.array(told, object)[kind] if told else found, found)
    return found


def _reason(n: int, n_carriers: int, n_short: int, of: str, level: float, unit: str) -> str:
    """Give why n units on a side, of which so many carry a term and so many fall short of all, give no interval."""
    units = re.sub(r"(?<![aeiou])y$", "ie", re.sub(r"(ss|x|ch|sh)$", r"\1e", unit)).removesuffix("s") + "s"

    def so_many(number: int) -> str:
        return f"{number:,} {unit if number == 1 else units}{of}"

    if not n:
        return f"no {units}{of} to go by"
    could = f"up to {100 * most_that_could(n, level=level):.2g} % of such {units} could still"
    if not n_carriers:
        return f"none in {so_many(n)}: {could} have it"
    if not n_short:
        return f"all in {so_many(n)}: {could} fall short"
    if n < FEWEST:
        return f"no interval: {so_many(n)}, {FEWEST} are wanted"
    if n_carriers < CARRIERS:
        return f"no interval: in {so_many(n_carriers)}, {CARRIERS} are wanted"
    if n_short < CARRIERS:
        return f"no interval: not all in {so_many(n_short)}, {CARRIERS} are wanted"
    return ""
