"""Layers kept article by article, in part files of about a thousand articles each.

A store is a folder: a layer as one state of the code makes it. A part file in it holds the rows of some articles, each
under a key made from what the layer reads of it, so that corpora share what they have in common, and one article more
costs one article. Part files are added and never changed; what a store has not is computed and becomes a new part, and
many small parts are made one. That needs no index that two kernels could fall out over.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from operator import call
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils import engines, progress
from utils.corpus import cache, sealed

ARTICLES, CHARACTERS = 1000, 4_000_000  # at most in a part
SMALL, MANY = ARTICLES // 2, 16  # articles of a part that is small; so many of these are made one
FAILED = "failed"  # where a table's attrs hold what went wrong, by article_id
BLOCKS = 2  # of a part file: the articles, then their rows
KEY = 32  # bytes

Work = Callable[[pd.Index], Callable[[], pd.DataFrame]]  # gives what finds the layer of some articles, anywhere
Place = tuple[int, int, int, str | None]  # of an article: the part, where its rows begin, how many, what failed


class Articles(NamedTuple):
    """The articles that a layer is wanted of: of each its article_id, its key and its number of characters."""

    ids: pd.Index
    keys: Sequence[bytes]
    sizes: Sequence[int]


class Part(NamedTuple):
    """The layer of some articles, one after the other; `rows` are without article_id.

    articles: key, n (how many rows it has), failed (what went wrong; null where nothing did).
    """

    articles: pa.Table
    rows: pa.Table

    @classmethod
    def of(cls, frame: pd.DataFrame, ids: pd.Index, keys: Sequence[bytes]) -> "Part":
        """Give the part that a layer of some articles makes up; ids, keys: theirs, in order."""
        owners = pd.Categorical(frame["article_id"], categories=ids).codes
        failed = frame.attrs.get(FAILED, {})
        articles = {
            "key": pa.array(keys, pa.binary(KEY)),
            "n": pa.array(np.bincount(owners, minlength=len(ids)), pa.int64()),
            "failed": pa.array([failed.get(one) for one in ids], pa.string()),
        }
        rows = frame.drop(columns="article_id").iloc[np.argsort(owners, kind="stable")]
        rows.attrs = {}
        return cls(pa.table(articles), _widened(pa.Table.from_pandas(rows, preserve_index=False)))

    @property
    def is_whole(self) -> bool:
        """Whether articles and rows fit each other: a forged file may have a right checksum."""
        n = self.articles["n"]
        return not n.null_count and (pc.min(n).as_py() or 0) >= 0 and (pc.sum(n).as_py() or 0) == len(self.rows)


def _widened(table: pa.Table) -> pa.Table:
    """Give a table in which the codes of categories have room for those of other parts too."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table[field.name].cast(pa.dictionary(pa.int32(), field.type.value_type))
            table = table.set_column(place, field.name, column)
    return table


def gathered(store: str, articles: Articles, work: Work, *, engine: str | None = None) -> pd.DataFrame:
    """Give a layer of articles in their order, from the store where it has them, else computed and kept there.

    engine: where, as for `engines.chosen`. What went wrong with an article is in `attrs["failed"]`.
    """
    found, held = _held(store, articles.keys)
    new = {key: place for place, key in reversed([*enumerate(articles.keys)]) if key not in held}
    chunks = [*_chunks(sorted(new.values()), articles.sizes)]
    name = store.rpartition("-")[0]
    tables = engines.over(
        call, (work(articles.ids[places]) for places in chunks), engine=engines.chosen(engine, len(new))
    )
    shown = progress.bar(chunks, f"finding {name}", shown=len(chunks) > 1)
    for places, table in zip(shown, tables, strict=True):
        part = Part.of(table, articles.ids[places], [articles.keys[place] for place in places])
        _keep(store, part)
        held.update(_numbered(part, len(found)))
        found.append(part)
    if chunks:
        _merge(store)
    return _assembled(found, [held[key] for key in articles.keys], articles.ids)


def _chunks(places: Sequence[int], sizes: Sequence[int]) -> Iterator[np.ndarray]:
    """Give places cut into as many as one part holds."""
    chunk, size = [], 0
    for place in places:
        chunk.append(place)
        size += sizes[place]
        if len(chunk) == ARTICLES or size >= CHARACTERS:
            yield np.array(chunk)
            chunk, size = [], 0
    if chunk:
        yield np.array(chunk)


def _files(store: str) -> list[Path]:
    """Give the part files of a store."""
    try:
        return sorted(path for path in (cache.folder() / store).iterdir() if path.suffix == cache.SUFFIX)
    except OSError:
        return []


def _opened(store: str, path: Path, *, first: bool = False) -> list[pa.Table] | None:
    tables = sealed.opened(path, f"{store}/{path.stem}", BLOCKS, first=first)
    return tables if tables and tables[0].schema.types == [pa.binary(KEY), pa.int64(), pa.string()] else None


def told(path: Path) -> int | None:
    """Give the number of articles in a part file; None where it is not whole."""
    tables = _opened(path.parent.name, path, first=True)
    return len(tables[0]) if tables else None


def _numbered(part: Part, number: int) -> dict[bytes, Place]:
    """Give for each key of a part: the part's number, where its rows begin there, how many they are, what failed."""
    n = part.articles["n"].to_numpy()
    columns = (part.articles["key"].to_pylist(), np.cumsum(n) - n, n, part.articles["failed"].to_pylist())
    return {key: (number, int(start), int(count), why) for key, start, count, why in zip(*columns, strict=True)}


def _held(store: str, keys: Sequence[bytes]) -> tuple[list[Part], dict[bytes, Place]]:
    """Give the parts of a store that hold articles of those keys, and where in them each is."""
    wanted = set(keys)
    found: list[Part] = []
    held: dict[bytes, Place] = {}
    seen: set[Path] = set()
    while wanted and (new := [path for path in _files(store) if path not in seen]):  # again: another kernel may merge
        seen.update(new)
        for path in new:
            articles = _opened(store, path, first=True)
            if articles is None or wanted.isdisjoint(articles[0]["key"].to_pylist()):
                continue
            tables = _opened(store, path)
            if tables is None or not (part := Part(*tables)).is_whole:
                continue
            cache.used(path)
            held |= {key: at for key, at in _numbered(part, len(found)).items() if key in wanted}
            found.append(part)
            wanted.difference_update(held)
    return (found, held) if _are_of_one_kind(found) else ([], {})


def _are_of_one_kind(found: list[Part]) -> bool:
    """Tell whether parts fit together: one that was forged may not."""
    schemas = [part.rows.schema for part in found]
    try:
        pa.unify_schemas(schemas, promote_options="permissive")
    except sealed.WRONG:
        return not found
    return len({tuple(schema.names) for schema in schemas}) < 2


def _keep(store: str, part: Part) -> Path | None:
    """Write a part into its store; its name hangs on the articles in it, so two kernels write one file."""
    keys = hashlib.sha256(b"".join(part.articles["key"].to_pylist())).hexdigest()[:32]
    return cache.write(f"{store}/{keys}", part)


def _merge(store: str) -> None:
    """Make many small parts one; each is deleted when its articles are kept anew."""
    small = []
    for path in _files(store):
        articles = _opened(store, path, first=True)
        if articles is not None and len(articles[0]) < SMALL:
            small.append(path)
    if len(small) < MANY:
        return
    opened = [(path, tables) for path in small if (tables := _opened(store, path))]
    while opened:
        n = np.cumsum([len(tables[0]) for _, tables in opened])
        taken = max(int(np.searchsorted(n, ARTICLES, side="right")), 1)
        now, opened = opened[:taken], opened[taken:]
        articles, rows = (
            pa.concat_tables(each, promote_options="permissive")
            for each in zip(*(tables for _, tables in now), strict=True)
        )
        written = _keep(store, Part(articles.combine_chunks(), rows.unify_dictionaries().combine_chunks()))
        for path, _ in now if written else ():
            if path != written:
                with contextlib.suppress(OSError):
                    path.unlink()


def _assembled(found: list[Part], at: list[Place], ids: pd.Index) -> pd.DataFrame:
    """Give the rows of articles in their order, given where those of each are."""
    table = pa.concat_tables([part.rows for part in found], promote_options="permissive")
    bases = np.cumsum([0, *(len(part.rows) for part in found)])
    starts = np.array([bases[number] + start for number, start, _, _ in at])
    counts = np.array([n for _, _, n, _ in at])
    pieces = [*_runs(starts, counts)]
    plain, coded = _divided(table)
    columns = dict(pa.concat_tables([plain.slice(start, n) for start, n in pieces]).to_pandas().items())
    for name, (codes, names) in coded.items():
        columns[name] = _categories(
            pa.chunked_array([c for s, n in pieces for c in codes.slice(s, n).chunks], pa.int32()), names
        )
    owners = np.repeat(np.arange(len(ids), dtype=np.int32), counts)
    columns["article_id"] = pd.Categorical.from_codes(owners, categories=pd.Index(ids, dtype="str"))
    frame = pd.DataFrame({name: columns[name] for name in ("article_id", *table.column_names)}, copy=False)
    if failed := {one: why for one, (*_, why) in zip(ids, at, strict=True) if why is not None}:
        frame.attrs[FAILED] = failed
    return frame


def _runs(starts: np.ndarray, counts: np.ndarray) -> Iterator[tuple[int, int]]:
    """Give start and length of the stretches of rows that stand one after the other."""
    start, n = int(starts[0]), 0
    for first, count in zip(starts.tolist(), counts.tolist(), strict=True):
        if first != start + n:
            yield start, n
            start, n = first, 0
        n += count
    yield start, n


def _divided(table: pa.Table) -> tuple[pa.Table, dict[str, tuple[pa.ChunkedArray, pa.Array]]]:
    """Give the columns that are no categories, and of the others codes and names."""
    coded = {}
    for field in table.schema:
        if pa.types.is_dictionary(field.type):
            chunks = table[field.name].unify_dictionaries().chunks
            codes = pa.chunked_array([chunk.indices.cast(pa.int32()) for chunk in chunks], pa.int32())
            names = chunks[0].dictionary if chunks else pa.array([], field.type.value_type)
            coded[field.name] = codes, names
    return table.drop_columns([*coded]), coded


def _categories(codes: pa.ChunkedArray, names: pa.Array) -> pd.Categorical:
    """Give a column of categories: those that occur, sorted."""
    own = codes.fill_null(-1).to_numpy()
    order = pc.sort_indices(names).to_numpy()
    order = order[np.bincount(own[own >= 0], minlength=len(names))[order] > 0]
    rank = np.full(len(names) + 1, -1, dtype=np.int32)  # the last is that of what is missing
    rank[order] = np.arange(len(order), dtype=np.int32)
    return pd.Categorical.from_codes(rank[own], categories=names.take(pa.array(order)).to_pandas())
