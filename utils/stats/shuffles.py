"""Shuffles: how often sides drawn by lot differ as much as two that are there, with units as what is drawn."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas
from threadpoolctl import threadpool_limits

from utils.stats.bounds import FEWEST
from utils.stats.units import Sample, along, chosen_of, chunks, sampled

_FIRST, _BLOCK = 200, 500  # shuffles drawn at a time
_TERMS = 200  # added up at a time: few enough for their sums to stay in the processor's cache
THIN = 1 / 2  # of the units carry a term: where fewer do, we go through those alone
_FEW = 30  # units on the smaller side: a warning below
_LAID_OUT = 2_000_000  # values without one unit, over drawings, that a formula is asked for at a time


def shuffle(
    counts: pd.Series | pd.DataFrame | Sample,
    sizes: pd.Series | None = None,
    *,
    target: pd.Series,
    strata: pd.Series | None = None,
    n: int = 2000,
    n_second: int = 50_000,
    screen: float = 0.05,
    enough: Sequence[int] = (),
    min_units: int = 10,
    seed: int,
    progress: Callable[[Iterable], Iterable] = iter,
) -> pd.DataFrame:
    """Give each term a p: how often sides drawn by lot differ in its rate at least as much as these two.

    The difference is the log ratio over its standard error; without that the burstier side passes for the
    different one. Terms with p < `screen` are shuffled again, `n_second` times and afresh, as among thousands of
    terms 2,000 shuffles leave the smallest p to luck; as both stages have to find it, p < .05 in .048, not .050.
    Simulated were independent articles, equal in rate, 20 bursty against 100 even: p < .05 in .04-.09
    (benchmarks/coverage.py), and in .05 of the words of real articles (benchmarks/nulls.py). Articles that copy each
    other are not independent: make the story the unit (halves of whole stories, shuffled as articles, gave p < .05 in
    .12) or, to compare within stories, name the story in `strata`. Not simulated: rates that go with length.

    counts, sizes, target   as for `jackknife`
    strata     label of each unit: sides are drawn inside each label; where it has one side only, units stay
    enough     for each of the stages, how many shuffles as far from 0 are enough: a term that has them is shuffled no
               more. From screen * (n + 1) on, those of the first stage alter no p below `screen` (default: no end)
    min_units  a term is tested if at least so many units carry it
    progress   wraps the blocks of shuffles in each of the two stages, e.g. tqdm

    Returns one row a term, in order of the counts:
        statistic    float, log ratio over standard error, positive where the target has the higher rate
        p            float 0-1, (shuffles at least as far from 0 + 1) / (n_shuffles + 1), the same for the
                     same seed whatever other terms there are; missing where `note` says why
        q            float 0-1, Benjamini-Hochberg over the terms tested
        n_shuffles   int, of the last stage; 0 where not tested
        n_carriers   int, units with the term
        note         str, why there is no p, or why to doubt it (fewer than 30 units on a side); else ""
    Raises ValueError where counts, sizes, target and strata do not fit together.
    Source: a side's squared standard error is (n/(n - 1) sum((count_i - rate size_i)^2) + .5)/(count + .5)^2;
    p after Phipson & Smyth (2010), stopped early after Besag & Clifford (1991); q after Benjamini & Hochberg (1995).
    """
    from scipy.stats import false_discovery_control  # takes a second to import and is wanted here alone

    sample = sampled(counts, sizes)
    chosen = chosen_of(target, sample.units)
    labels = along(0 if strata is None else strata, sample.units, "strata")
    labels = pd.factorize(labels, use_na_sentinel=False)[0]
    mixed = pd.Series(chosen).groupby(labels).transform("nunique").to_numpy() == 2
    fewest = min((mixed & chosen).sum(), (mixed & ~chosen).sum())
    carriers = sample.counts.count_nonzero(axis=0)
    tested = (carriers >= max(1, min_units)) & (fewest >= FEWEST)
    statistic = np.where(carriers > 0, _statistic(sample, chosen), np.nan)
    p, q, n_shuffles = np.full(len(tested), np.nan), np.full(len(tested), np.nan), np.zeros(len(tested), int)
    for stage, rounds in enumerate((n, n_second)):
        again = np.flatnonzero(tested if stage == 0 else p < screen)
        if len(again) and rounds:
            drawn = _by_lot(chosen, labels, rounds, np.random.default_rng([seed, stage]), progress)
            some = sample._replace(counts=sample.counts[:, again])
            times, n_shuffles[again] = _exceedances(some, statistic[again], drawn, *enough[stage : stage + 1])
            p[again] = (times + 1) / (n_shuffles[again] + 1)
    q[tested] = false_discovery_control(p[tested]) if tested.any() else []
    note = np.select(
        [fewest < FEWEST, ~tested, fewest < _FEW],
        [
            f"no p: fewer than {FEWEST} units to shuffle on a side",
            f"no p: in fewer than {min_units} units",
            f"fewer than {_FEW} units to shuffle on a side",
        ],
        "",
    )
    return pd.DataFrame(
        {"statistic": statistic, "p": p, "q": q, "n_shuffles": n_shuffles, "n_carriers": carriers, "note": note},
        sample.terms,
    )


def of_formula(
    formula: Callable[[Mapping], Any], target: pd.DataFrame, reference: pd.DataFrame, *, n: int = 2000, seed: int
) -> float:
    """Give the p of a formula's difference between two sides: how often sides drawn by lot differ at least as much.

    The difference is held over its standard error, that of leaving each unit out, anew in every drawing.

    formula             function of anything that holds sums by their names
    target, reference   one row a unit, one column a count; the two rows of a unit that is on both sides change sides
                        with each other alone
    Returns a float 0-1, (shuffles at least as far from 0 + 1) / (n + 1), the same for the same seed; a shuffle in which
    the formula has no value counts as one.
    Source: p after Phipson & Smyth (2010); studentised as in Janssen (1997), so that the burstier side does not pass
    for the different one.
    """
    counts = np.vstack([target.to_numpy(float), reference[target.columns].to_numpy(float)])
    chosen, whose = np.arange(len(counts)) < len(target), pd.Series([*target.index, *reference.index])
    labels = pd.factorize(whose.where(whose.duplicated(keep=False), None).astype(object), use_na_sentinel=False)[0]
    names = list(target.columns)
    bar = np.abs(_of_formula(formula, names, counts, chosen[None])[0]) * (1 - 1e-9) - 1e-9
    times, step = 0, max(1, _LAID_OUT // len(counts))
    for sides in _by_lot(chosen, labels, n, np.random.default_rng([seed, 2]), iter):
        for first in range(0, len(sides), step):
            found = np.abs(_of_formula(formula, names, counts, sides[first : first + step].astype(bool)))
            times += int((~(found < bar)).sum())
    return (times + 1) / (n + 1)


def _of_formula(
    formula: Callable[[Mapping], Any], names: Sequence[str], counts: np.ndarray, sides: np.ndarray
) -> np.ndarray:
    """Give the difference over its standard error, of every drawing of the target side; 0 where there is neither."""
    value, variance = 0.0, 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        for sign, own in ((1, sides), (-1, ~sides)):
            sums, n = own @ counts, own.sum(axis=1)
            whole = formula(dict(zip(names, sums.T, strict=True)))
            without = {name: sums[:, at, None] - counts[:, at] for at, name in enumerate(names)}
            change = np.where(own, formula(without) - whole[:, None], 0)
            value = value + sign * whole
            variance = variance + (n - 1) / n * ((change**2).sum(axis=1) - change.sum(axis=1) ** 2 / n)
        variance = np.maximum(variance, 0)
        return np.where(np.abs(value) <= 1e-12, 0.0, value / np.sqrt(variance))


def _by_lot(
    chosen: np.ndarray, labels: np.ndarray, n: int, rng: np.random.Generator, progress: Callable[[Iterable], Iterable]
) -> Iterator[np.ndarray]:
    """Give `n` target sides drawn by lot, in blocks with a row a drawing, as many units in each label.

    In the label that most units have, a row is one draw without replacement; in all others, a sort by random numbers.
    """
    in_most = labels == np.bincount(labels).argmax()
    most, others = np.flatnonzero(in_most), np.flatnonzero(~in_most)
    others = others[np.argsort(labels[others], kind="stable")]
    picked = min((chosen[most].sum(), True), (len(most) - chosen[most].sum(), False))
    for size in progress(_blocks(n)):
        sides = np.empty((size, len(chosen)), np.uint8)
        sides[:, most] = not picked[1]
        for row in sides:
            row[most[rng.choice(len(most), picked[0], replace=False, shuffle=False)]] = picked[1]
        if len(others):
            order = (labels[others] + rng.random((size, len(others)))).argsort(axis=1)
            drawn = np.empty(order.shape, np.uint8)
            np.put_along_axis(drawn, order, chosen[others][None].astype(np.uint8), axis=1)
            sides[:, others] = drawn
        yield sides


def _blocks(n: int) -> list[int]:
    """Give the sizes of blocks that add up to n: a small one first, after which most terms want no more."""
    sizes = [min(n, _FIRST)]
    while (drawn := sum(sizes)) < n:
        sizes.append(min(n - drawn, drawn // 2, _BLOCK))
    return sizes


@threadpool_limits.wrap(limits=1, user_api="blas")  # more threads wait for one another, longer on a busy machine
def _exceedances(
    sample: Sample, statistic: np.ndarray, drawn: Iterable[np.ndarray], enough: float = np.inf
) -> tuple[np.ndarray, np.ndarray]:
    """Give how many drawings take each term at least as far from 0 as its statistic, ties counted, and of how many.

    A term that has `enough` is left out of the blocks that follow.
    """
    bar, (times, rounds) = np.abs(statistic) * (1 - 1e-9) - 1e-9, np.zeros((2, len(statistic)), int)
    left, some = np.arange(len(statistic)), sample
    for sides in drawn:
        for terms, values in _statistics(sides, some):
            times[left[terms]] += (np.abs(values) >= bar[left[terms]]).sum(axis=0)
        rounds[left] += len(sides)
        if (done := times[left] >= enough).any():
            left = left[~done]
            some = sample._replace(counts=sample.counts[:, left])
        if not len(left):
            break
    return times, rounds


def _statistic(sample: Sample, chosen: np.ndarray) -> np.ndarray:
    statistic = np.empty(sample.counts.shape[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        for terms, values in _statistics(chosen[None], sample):
            statistic[terms] = values[0]
    return statistic


def _statistics(sides: np.ndarray, sample: Sample) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give some terms at a time with log ratio over standard error, a row a drawing of the target side.

    Terms that few units carry by sparse products, the others by dense ones.
    """
    thin = np.diff(sample.counts.indptr) < THIN * len(sample.sizes)
    many, few = np.flatnonzero(~thin), np.flatnonzero(thin)
    few = few[_like_together(sample.counts)[few].argsort(kind="stable")]
    if len(many):
        numbers = sides.astype(float)
        for terms, dense in chunks(sample.counts[:, many]):
            yield many[terms], _studentised(numbers, dense, sample.sizes)
    if len(few):
        for terms, values in _studentised_thin(sides, sample.counts[:, few], sample.sizes):
            yield few[terms], values


def _like_together(counts: "scipy.sparse.csc_array") -> np.ndarray:
    """Give a number for each term by which they are sorted: those that no unit has twice, then by their sums.

    So small sums stand together, and those that are their squares' sums too.
    """
    n, total = np.diff(counts.indptr), counts.sum(axis=0)
    return total + (total > n) * (total.max(initial=0) + 1)


def _studentised_thin(
    sides: np.ndarray, counts: "scipy.sparse.csc_array", sizes: np.ndarray
) -> Iterator[tuple[slice, np.ndarray]]:
    """Give some terms at a time, as `_statistics` does, from sums of counts, of their squares and by size.

    Squares do not cancel one another out where many units have none of the term. What is whole is added up in the
    smallest whole numbers that hold the sum: exactly, and several times as fast. Of few drawings many terms go at once.
    """
    whole = all(np.array_equal(np.rint(values), values) for values in (counts.data, sizes))
    step = _TERMS * max(1, _FIRST // len(sides))
    upright = lru_cache(lambda kind: np.ascontiguousarray(sides.T, kind))
    known = np.vstack([np.ones_like(sizes), sizes, sizes**2])
    inside = known @ sides.T
    total = known.sum(axis=1)[:, None]

    def summed(data: np.ndarray, indices: np.ndarray, indptr: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        total, some = np.zeros((len(indptr) - 1, 1)), np.flatnonzero(np.diff(indptr))
        total[some, 0] = np.add.reduceat(data, indptr[some]) if len(some) else 0
        kind = np.min_scalar_type(int(total.max())) if whole else np.dtype(float)
        matrix = scipy.sparse.csr_array((data.astype(kind), indices, indptr), (len(total), len(sizes)))
        own = (matrix @ upright(kind)).astype(float)
        return own, total - own

    for start in range(0, counts.shape[1], step):
        terms = slice(start, start + step)
        bounds = counts.indptr[start : start + step + 1]
        inner = slice(bounds[0], bounds[-1])
        data, at = counts.data[inner], (counts.indices[inner], bounds - bounds[0])
        once = summed(data, *at)
        twice = once if (data == 1).all() else summed(data**2, *at)
        sums = zip(once, twice, summed(data * sizes[at[0]], *at), strict=True)
        sides_of = []
        for (count, squares, by_size), (n, words, squared_words) in zip(sums, (inside, total - inside), strict=True):
            rate = count / words
            spread = squares - 2 * rate * by_size + rate**2 * squared_words
            count += 0.5
            sides_of.append((np.log(count / words), (n / (n - 1) * spread + 0.5) / count**2))
        (target, target_variance), (reference, variance) = sides_of
        yield terms, ((target - reference) / np.sqrt(target_variance + variance)).T


def _studentised(sides: np.ndarray, counts: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """Give log ratio over standard error, a row a drawing of the target side, by one matrix product.

    We add up what counts exceed the pooled rate by: sums of squared counts would cancel one another out.
    """
    rate = counts.sum(axis=0) / sizes.sum()
    excess = counts - rate * sizes[:, None]
    parts = np.hstack([excess, excess**2, excess * sizes[:, None]])
    known = np.column_stack([np.ones_like(sizes), sizes, sizes**2])
    inside, within = sides @ parts, sides @ known
    target, target_variance = _log_rate(inside, within, rate)
    reference, variance = _log_rate(parts.sum(axis=0) - inside, known.sum(axis=0) - within, rate)
    return (target - reference) / np.sqrt(target_variance + variance)


def _log_rate(parts: np.ndarray, known: np.ndarray, rate: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give log rate and its variance from the sums over one side."""
    excess, squares, by_size = np.split(parts, 3, axis=1)
    n, words, squared_words = known.T[:, :, None]
    shift = excess / words
    count = excess + rate * words + 0.5
    spread = squares - 2 * shift * by_size + shift**2 * squared_words
    return np.log(count / words), (n / (n - 1) * spread + 0.5) / count**2
