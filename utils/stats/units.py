"""Counts and sizes of the units that were sampled (articles, stories), lined up as a sparse matrix."""

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy

from utils.arguments import Refusal

_NO_SIDES = ["title", "rights", "raw", "source", "encoding", "sha256"]  # columns that hardly divide a corpus
THIN = 1 / 8  # of the units carry a term: where fewer do, we go through those alone
_CELLS = 60_000  # numbers laid out densely at a time: few enough to stay in the processor's cache


class Sample(NamedTuple):
    """The counts of terms in units, and the units' sizes, all above 0."""

    counts: "scipy.sparse.csc_array"  # units x terms
    sizes: np.ndarray
    units: pd.Index
    terms: pd.Index
    n_missing: int  # units left out for want of a size or a value


def sampled(counts: pd.Series | pd.DataFrame | Sample, sizes: pd.Series | None) -> Sample:
    """Give counts and sizes lined up, without the units that are missing; as they come where they are.

    Sparse, because most terms are in few articles. `counts` and `sizes` come as at the head of `intervals`.
    Raises ValueError where they do not fit together.
    """
    if isinstance(counts, Sample):
        return counts
    long = isinstance(counts, pd.Series) and counts.index.nlevels == 2
    if long and not isinstance(sizes, pd.Series):
        raise Refusal(
            "counts by unit and term came without sizes; a Series with one row a unit is "
            "wanted, as a unit without any hit is a unit too"
        )
    units = sizes.index if isinstance(sizes, pd.Series) else counts.index
    size = np.array(along(1 if sizes is None else sizes, units, "sizes"), float)
    matrix, terms = (_crossed if long else _laid_out)(counts, units)
    size[np.isnan(matrix.sum(axis=1))] = np.nan
    if (size < 0).any() or matrix[size == 0].count_nonzero():
        raise Refusal("sizes came below 0, or 0 for a unit with counts; what is counted has a size")
    kept = size > 0
    return Sample(matrix[kept].tocsc(), size[kept], units[kept], terms, int((~kept).sum()))


def along(values: object, units: pd.Index, name: str) -> pd.Series | pd.DataFrame:
    """Give the values in order of the units; one value stands for all, and more units than these may come.

    Raises ValueError, speaking of `name`, where a unit comes twice or not at all.
    """
    table = values if isinstance(values, pd.Series | pd.DataFrame) else pd.Series(values, units)
    if not (units.is_unique and table.index.is_unique):
        raise Refusal(f"{name} came with a unit twice; one row a unit is wanted, so add its rows up")
    lacking = units.difference(table.index)
    if len(lacking):
        raise Refusal(
            f"{name} came without {len(lacking)} of {len(units)} units, such as {lacking[0]!r}; "
            "it is a Series indexed by unit"
        )
    return table.reindex(units)


def complete(unit: pd.Series, ids: pd.Index) -> pd.Series:
    """Give the unit of each of these articles, in their order. Raises ValueError if one has none."""
    unit = along(unit, ids, "unit")
    if unit.isna().any():
        raise Refusal(
            f"unit is missing for {unit.isna().sum()} of {len(unit)} articles, such as "
            f"{unit.index[unit.isna()][0]!r}; each wants one: its own id, if it "
            "shares a story with no other article"
        )
    return unit


def condition(articles: pd.DataFrame, name: str) -> str:
    """Give the code that a bare name of articles probably means, with why: "that is a value of outlet: write …".

    Looked for in turn: the value of a column, a column, a query that is true or false, the nearest value. Empty where
    it is none of these.
    """
    columns = articles.drop(columns=_NO_SIDES, errors="ignore")
    columns = {column: values.dropna().unique() for column, values in columns.items()}
    known = {str(value).casefold(): (column, value) for column, values in columns.items() for value in values}
    asked = name.strip().casefold()
    if asked in known:
        return f"that is a value of {known[asked][0]}: write {_equals(*known[asked])}"
    if name in columns and len(columns[name]):
        return f"that is a column: write {_equals(name, columns[name][0])}, or another of its values"
    if any(sign in name for sign in "<=>"):
        return f"for a query write news.articles.eval({name!r})"
    near = [text for text in known if re.search(rf"\b{re.escape(asked)}\b", text)] if asked else []
    near = near or difflib.get_close_matches(asked, list(known), n=1)
    if near:
        column, value = known[near[0]]
        return f"did you mean {str(value)!r} in the column {column}? Write {_equals(column, value)}"
    return ""


def _equals(column: str, value: object) -> str:
    plain = value.item() if isinstance(value, np.generic) else value
    return f"news.articles[{column!r}] == {plain if isinstance(plain, int | float) else str(plain)!r}"


def chosen_of(target: pd.Series, units: pd.Index) -> np.ndarray:
    """Give, in order of the units, which are on the target side; ValueError where it is not said of each."""
    target = along(target, units, "target")
    if not pd.api.types.is_bool_dtype(target) or target.isna().any():
        raise Refusal(
            f"target came as {target.dtype}, or with gaps; it wants True or False for each "
            "unit; leave units on neither side out of counts and sizes"
        )
    return target.to_numpy(bool)


def chunks(counts: "scipy.sparse.csc_array") -> Iterator[tuple[slice, np.ndarray]]:
    """Give the counts densely, some terms at a time, with their place among the terms."""
    step = min(1000, max(1, _CELLS // max(1, counts.shape[0])))
    for start in range(0, max(1, counts.shape[1]), step):
        yield slice(start, start + step), counts[:, start : start + step].toarray()


def per_term(counts: "scipy.sparse.csc_array", cells: np.ndarray) -> np.ndarray:
    """Give for each term how many of its cells are True."""
    found, some = np.zeros(counts.shape[1], np.int64), np.flatnonzero(np.diff(counts.indptr))
    if len(some):
        found[some] = np.add.reduceat(cells, counts.indptr[some], dtype=np.int64)
    return found


def _crossed(counts: pd.Series, units: pd.Index) -> "tuple[scipy.sparse.csr_array, pd.Index]":
    """Give counts by unit and term as a matrix; rows of one unit and term are added up."""
    index = counts.index.remove_unused_levels()
    if counts.isna().any() or any((codes < 0).any() for codes in index.codes):
        raise Refusal("counts came with gaps; each row wants a unit, a term and a count")
    names, terms = (pd.Index(np.asarray(level)) for level in index.levels)
    rows = units.get_indexer(names)
    if (rows < 0).any():
        raise Refusal(
            f"sizes came without {(rows < 0).sum()} of the units in counts, such as "
            f"{names[rows < 0][0]!r}; it wants every unit"
        )
    cells = rows[index.codes[0]], index.codes[1]
    matrix = scipy.sparse.coo_array((counts.to_numpy(float), cells), (len(units), len(terms)))
    return matrix.tocsr(), terms.rename(index.names[1])


def _laid_out(counts: pd.Series | pd.DataFrame, units: pd.Index) -> "tuple[scipy.sparse.csr_array, pd.Index]":
    """Give a column, or a frame without gaps, as a matrix."""
    frame = along(pd.DataFrame(counts), units, "counts")
    if len(frame) < len(counts) or frame.shape[1] > 1 and frame.isna().any(axis=None):
        raise Refusal(
            "counts came with units that sizes lacks, or with gaps in a frame of several "
            "columns; sizes wants every unit, and columns with gaps come one by one, as Series"
        )
    return scipy.sparse.csr_array(frame.to_numpy(float)), frame.columns
