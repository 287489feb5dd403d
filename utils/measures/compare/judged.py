"""Judged: interval, influence and test of each term of two sides, kept where they took long."""

import hashlib
import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils.corpus import cache
from utils.passages.sides import SIDES
from utils.stats import bounds, intervals, shuffles, units

SCREEN = 0.05  # terms with a smaller p are shuffled again; with a larger one, no more than it takes to see that it is
ENOUGH = 400  # drawings as far from 0: they tell p to a twentieth of it (standard error), and no more are made
SHARED = "no p: most articles that carry it tell stories that both sides have"
LONG = 200_000  # counts of a term in an article: what is found of fewer is found in a second or two, and not kept


def judged(
    counts: "Sequence[scipy.sparse.csr_array]",
    n_tokens: np.ndarray,
    place: np.ndarray,
    terms: pd.Index,
    shared: np.ndarray,
    *,
    progress: object,
    **options: int,
) -> pd.DataFrame:
    """Give interval, influence and test of each term, from what is kept where the same was asked before.

    counts: articles x terms, by side.  n_tokens: words, two rows.  place: the number of each article's unit, -1 where
    nothing of it is read.  shared: whether a term is not tested.  progress, options: those of `intervals.shuffle`.
    """

    def found() -> pd.DataFrame:
        return _judged(counts, n_tokens, place, terms, shared, progress=progress, **options)

    if sum(matrix.nnz for matrix in counts) < LONG:
        return found()
    arrays = [each for matrix in counts for each in (matrix.data, matrix.indices, matrix.indptr)]
    digest = hashlib.sha256("\0".join(terms).encode("utf-8", "surrogatepass"))
    for each in (*arrays, n_tokens, place, shared):
        digest.update(f"\0{each.dtype} {each.shape}\0".encode() + each.tobytes())
    libraries = (*cache.LIBRARIES, "scipy")
    code = cache.code_of(__name__)
    return cache.layer(cache.key("keyness", digest.hexdigest(), code=code, libraries=libraries, **options), found)


def together(notes: pd.Series, others: "pd.Series | np.ndarray") -> list[str]:
    """Give two notes as one, of each term."""
    (first, said), (second, more) = (pd.factorize(each, use_na_sentinel=False) for each in (notes, others))
    pairs, place = np.unique(first * len(more) + second, return_inverse=True)
    known = [(said[pair // len(more)], more[pair % len(more)]) for pair in pairs.tolist()]  # few, and terms are many
    joined = [other if one == "" else one if other == "" else f"{one}; {other}" for one, other in known]
    return np.array(joined, object)[place].tolist()


def _judged(
    counts: "Sequence[scipy.sparse.csr_array]",
    n_tokens: np.ndarray,
    place: np.ndarray,
    terms: pd.Index,
    shared: np.ndarray,
    **options,
) -> pd.DataFrame:
    """Give interval, influence and test of each term; `options` are those of `intervals.shuffle`.

    A unit on both sides is two rows: they leave together, and change sides with each other and no other unit's. Terms
    that are `shared` are not tested.
    """
    read, n = np.flatnonzero(place >= 0), 2 * (place.max() + 1)
    ones, shape = np.ones(len(read), np.int64), (n, len(place))
    rows = [scipy.sparse.csr_array((ones, (2 * place[read] + side, read)), shape) for side in range(2)]
    size = rows[0] @ n_tokens[0] + rows[1] @ n_tokens[1]
    names = pd.Index(np.flatnonzero(size))
    matrix = (rows[0] @ counts[0] + rows[1] @ counts[1])[names].astype(float).tocsc()
    some = np.flatnonzero(np.diff(matrix.indptr))
    matrix = matrix if len(some) == matrix.shape[1] else matrix[:, some]
    sample = units.Sample(matrix, size[names].astype(float), names, terms[some], 0)
    is_target, whose = pd.Series(names % 2 == 0, names), pd.Series(names // 2, names)
    both = whose.duplicated(keep=False)
    jackknife = _left_out_together if both.any() else intervals.jackknife
    enough = [math.ceil(SCREEN * (options["n"] + 1)), ENOUGH]
    options |= {"strata": whose.where(both, -1), "screen": SCREEN, "enough": enough}
    own = ~shared[some]
    apart = sample if own.all() else sample._replace(counts=sample.counts[:, own], terms=sample.terms[own])
    tested = shuffles.shuffle(apart, target=is_target, **options).reindex(terms)
    tested.loc[shared, "note"] = SHARED
    table = jackknife(sample, target=is_target)
    notes = together(tested.pop("note"), table.pop("note"))
    return table.join(tested).assign(note=notes)


def _left_out_together(sample: units.Sample, *, target: pd.Series) -> pd.DataFrame:
    """Give log ratios as `intervals.jackknife` does where units, two rows each, have words on both sides.

    A unit leaves both sides at once, so that what its two parts share cancels out: the variance is the sum of the
    sides' less twice their covariance. df: one less than the units of the smaller side.
    """
    chosen = units.chosen_of(target, sample.units)
    codes, whose = pd.factorize(sample.units // 2)
    joined = scipy.sparse.csr_array((np.ones(len(codes)), (codes, np.arange(len(codes)))))
    smaller = min(chosen.sum(), (~chosen).sum())
    parts = [_pairwise(dense, sample.sizes, chosen, joined) for _, dense in units.chunks(sample.counts)]
    estimate, se, influence, place = (np.concatenate(column) for column in zip(*parts, strict=True))
    if smaller < 2:
        se, influence = np.full((2, len(estimate)), np.nan)
    note = bounds.reasons(sample, dict(zip(SIDES, (chosen, ~chosen), strict=True)))
    margin = scipy.special.stdtrit(max(1, smaller - 1), 0.975) * np.where(note == "", se, np.nan)
    unit = pd.Series(2 * whose[place]).where(~np.isnan(influence)).astype("Int64")
    return pd.DataFrame(
        {
            "log_ratio": estimate,
            "low": estimate - margin,
            "high": estimate + margin,
            "influence": influence,
            "influence_unit": unit.to_numpy(object),
            "note": note,
        },
        sample.terms,
    )


def _pairwise(counts: np.ndarray, sizes: np.ndarray, chosen: np.ndarray, joined: "scipy.sparse.csr_array") -> tuple:
    """Give each term's log ratio, its standard error, the largest change by leaving a unit out, and that unit."""
    estimate, least, change, off = 0.0, 0.0, np.zeros(counts.shape), np.zeros(counts.shape)
    for sign, side in ((1, chosen), (-1, ~chosen)):
        count, size, n = counts[side].sum(axis=0), sizes[side].sum(), side.sum()
        value = np.log2((count + 0.5) / size)
        estimate = estimate + sign * value
        least = least + 1 / (count + 0.5) / np.log(2) ** 2
        if n > 1:
            change[side] = sign * (np.log2((count - counts[side] + 0.5) / (size - sizes[side])[:, None]) - value)
            off[side] = (change[side] - change[side].mean(axis=0)) * np.sqrt((n - 1) / n)
    change = joined @ change
    place = np.abs(change).argmax(axis=0)
    return (
        estimate,
        np.sqrt(np.maximum(((joined @ off) ** 2).sum(axis=0), least)),
        np.take_along_axis(change, place[None], 0)[0],
        place,
    )
