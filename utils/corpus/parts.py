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

from utils import engines, mapped, progress
from utils.corpus import cache, laid, sealed

ARTICLES, CHARACTERS = 1000, 4_000_000  # at most in a part
SMALL, MANY = ARTICLES // 2, 16  # articles of a part that is small; so many of these are made one
FAILED = "failed"  # where a table's attrs hold what went wrong, by article_id
BLOCKS = 2  # of a part file: the articles, then their rows
KEY = 32  # bytes
ATTEMPTS = 2  # to keep what is found: a limit smaller than a layer throws out what was kept before

Work = Callable[[pd.Index], Callable[[], pd.DataFrame]]  # gives what finds the layer of some articles, anywhere


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
    def keys(self) -> list[bytes]:
        """The keys of its articles."""
        return self.articles["key"].to_pylist()

    @property
    def is_whole(self) -> bool:
        """Whether articles and rows fit each other: a forged file may have a right checksum."""
        bounds = [self.rows[name] for name in laid.BOUNDS if name in self.rows.column_names]
        n = pc.sum(self.articles["n"]).as_py() or 0
        are_places = all(pa.types.is_integer(each.type) and not each.null_count for each in bounds)
        return _is_counted(self.articles) and n == len(self.rows) and are_places


class Held:
    """The parts that hold some articles; places: of each article in them, one part after the other, by its key."""

    def __init__(self) -> None:
        self.parts: list[Path | Part] = []
        self.places: dict[bytes, int] = {}
        self._articles: list[pa.Table] = []

    def take(self, part: Path | Part, articles: pa.Table, keys: Sequence[bytes]) -> None:
        """Take one more part, or the file of one, with the articles that are in it and their keys."""
        first = sum(map(len, self._articles))
        self.places.update(zip(keys, range(first, first + len(keys)), strict=True))
        self.parts.append(part)
        self._articles.append(articles)

    def rows(self, keys: Sequence[bytes]) -> tuple[np.ndarray, np.ndarray, np.ndarray, pa.ChunkedArray]:
        """Give for each article the number of its part, where its rows begin there, how many they are, what failed."""
        place = np.fromiter(map(self.places.__getitem__, keys), np.int64, len(keys))
        parts = [articles["n"].to_numpy() for articles in self._articles]
        number = np.repeat(np.arange(len(parts)), [*map(len, parts)])
        start = np.concatenate([np.cumsum(n) - n for n in parts])
        failed = pa.chunked_array([chunk for articles in self._articles for chunk in articles["failed"].chunks])
        return number[place], start[place], np.concatenate(parts)[place], failed.take(pa.array(place))


def _is_counted(articles: pa.Table) -> bool:
    """Tell whether the articles of a part say how many rows they have."""
    return not articles["n"].null_count and (pc.min(articles["n"]).as_py() or 0) >= 0


def _widened(table: pa.Table) -> pa.Table:
    """Give a table in which the codes of categories have room for those of other parts too."""
    for place, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table[field.name].cast(pa.dictionary(pa.int32(), field.type.value_type))
            table = table.set_column(place, field.name, column)
    return table


def gathered(
    store: str, articles: Articles, work: Work, *, engine: str | None = None, terms: bool = False
) -> pd.DataFrame:
    """Give a layer of articles in their order, from the store where it has them, else computed and kept there.

    No more than a part is held beside what is given: each is opened, laid in its place and let go.
    engine: where, as for `engines.chosen`.  terms: whether a table of `term` is enough, of what occurs, once or more
    often. What went wrong with an article is in `attrs["failed"]`.
    """
    own: list[Part] = []  # those that could not be kept
    bad: set[Path] = set()
    attempts = 0
    while True:
        held = _held(store, articles.keys, own, bad)
        missing = [(key, place) for place, key in enumerate(articles.keys) if key not in held.places]
        new = dict(reversed(missing))
        for part in _made(store, articles, sorted(new.values()), work, engine):
            path = _keep(store, part) if attempts < ATTEMPTS else None
            held.take(path or part, part.articles, part.keys)
            own += [] if path else [part]
            bad.discard(path)
        frame = _assembled(store, held, articles, bad, terms)
        if new:
            _merge(store)
        if frame is not None:
            return frame
        attempts += 1


def _made(store: str, articles: Articles, new: Sequence[int], work: Work, engine: str | None) -> Iterator[Part]:
    """Give the parts of the articles in some places, found now."""
    chunks = [*_chunks(new, articles.sizes)]
    tables = engines.over(
        call, (work(articles.ids[places]) for places in chunks), engine=engines.chosen(engine, len(new))
    )
    shown = progress.bar(chunks, f"finding {store.rpartition('-')[0]}", shown=len(chunks) > 1)
    for places, table in zip(shown, tables, strict=True):
        yield Part.of(table, articles.ids[places], [articles.keys[place] for place in places])


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


def _held(store: str, keys: Sequence[bytes], own: Sequence[Part], bad: set[Path]) -> Held:
    """Give the parts of a store that hold articles of those keys, and where in them each is.

    own: parts that are in no store.  bad: files that are known to hold none.
    """
    held = Held()
    for part in own:
        held.take(part, part.articles, part.keys)
    wanted = {key for key in keys if key not in held.places}
    seen = {*bad}
    while wanted and (new := [path for path in _files(store) if path not in seen]):  # again: another kernel may merge
        seen.update(new)
        for path in new:
            articles = _opened(store, path, first=True)
            if articles is None or not _is_counted(articles[0]):
                continue
            there = articles[0]["key"].to_pylist()
            if found := wanted.intersection(there):
                held.take(path, articles[0], there)
                wanted -= found
    return held


def _keep(store: str, part: Part) -> Path | None:
    """Write a part into its store; its name hangs on the articles in it, so two kernels write one file."""
    keys = hashlib.sha256(b"".join(part.keys)).hexdigest()[:32]
    path = cache.write(f"{store}/{keys}", part)
    return path if path and path.exists() else None  # thrown out at once where it is more than may be kept


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


def _assembled(store: str, held: Held, articles: Articles, bad: set[Path], terms: bool) -> pd.DataFrame | None:
    """Give the rows of articles in their order, or the terms alone that occur in them, from the parts that hold them.

    None where a file is not whole, is gone, or does not fit the others, which are noted as bad.
    """
    files = {path for path in held.parts if isinstance(path, Path)}
    try:
        return _laid(store, held, articles, bad, terms)
    except sealed.WRONG:  # which of them is forged, nobody can say
        if not files:
            raise
        bad |= files
        return None


def _laid(store: str, held: Held, articles: Articles, bad: set[Path], terms: bool) -> pd.DataFrame | None:
    """Give what `_assembled` gives. Raises one of WRONG where parts do not fit each other."""
    numbers, starts, counts, failed = held.rows(articles.keys)
    found, behind, before = held.parts, np.cumsum(counts), len(bad)
    rows = laid.Occurring() if terms else laid.Laid(int(behind[-1]))
    for number in dict.fromkeys(numbers.tolist()):
        own = np.flatnonzero(numbers == number)
        part = found[number] if isinstance(found[number], Part) else _part(store, found[number])
        if part is None:
            bad.add(found[number])
        elif len(bad) == before and not rows.take(part.rows, starts[own], counts[own], (behind - counts)[own]):
            raise pa.ArrowInvalid("parts do not fit each other")
    if len(bad) > before:
        return None
    frame = pd.DataFrame(({} if terms else {"article_id": _owners(articles.ids, counts)}) | rows.columns(), copy=False)
    if failed.null_count < len(failed):
        why = zip(articles.ids, failed.to_pylist(), strict=True)
        frame.attrs[FAILED] = {one: said for one, said in why if said is not None}
    mapped.give_back()  # the room of parts that are let go
    return frame


def _owners(ids: pd.Index, counts: np.ndarray) -> pd.Categorical:
    """Give whose each row is, given how many each article has."""
    behind = np.cumsum(counts)
    owners = mapped.room(int(behind[-1]), laid.narrow(len(ids)))
    for low in range(0, len(ids), ARTICLES):
        n = counts[low : low + ARTICLES]
        owners[behind[low] - counts[low] : behind[low] + n[1:].sum()] = np.repeat(np.arange(low, low + len(n)), n)
    return pd.Categorical.from_codes(owners, categories=pd.Index(ids, dtype="str"))


def _part(store: str, path: Path) -> Part | None:
    """Give the part in a file; None where it is not whole."""
    tables = _opened(store, path)
    if tables is None or not (part := Part(*tables)).is_whole:
        return None
    cache.used(path)
    return part
