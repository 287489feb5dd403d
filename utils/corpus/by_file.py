"""What each file of a folder holds, kept by file: in a folder of thousands, one file more costs one file.

A file is known by its name in the corpus and its bytes; the options, the code that reads and the year are in the key.
Large files are read again whenever anything changes.
"""

import datetime
import hashlib
import io
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pandas as pd

from utils import engines
from utils.corpus import cache, parts
from utils.intake import files, readers
from utils.intake.batch import Options, Reading
from utils.intake.budget import Budget
from utils.intake.cleaning import own_rules
from utils.intake.told import Telling, Told

MANY = 100  # files from which on a folder is kept by file: fewer are read in no time
LARGEST = 5_000_000  # bytes of a file that is kept by itself
BLOCK = 512_000_000  # bytes of files of which is in memory at a time what is told of them
READS = "utils.intake"


def read(path: Path, options: Options, *, engine: str | None = None) -> Reading:
    """Give what a file, or a folder and the folders in it, holds: what was read before comes from what is kept.

    engine: where new files are read, as for `engines.chosen`; for a cluster, which need not have them, it is here.
    """
    engine = engine if engine in (None, engines.PROCESSES) else engines.HERE
    return files.read(path, options, known=partial(_known, options=options, engine=engine))


def _known(found: Mapping[str, str], *, options: Options, engine: str | None) -> Iterator[Told | None]:
    """Give what is told of each of some files (by their paths, with their names in the corpus); None of those of which
    it cannot be kept."""
    digests = {path: state for path in found if (state := _digest(path)) is not None}
    store = _store(options) if len(digests) >= MANY else None
    if store is None:
        yield from files.none_is_known(found)
        return
    for block in _blocks(found, digests):
        names = {found[path]: path for path in block if path in digests}
        keys = [hashlib.sha256(f"{name}\0".encode("utf-8", "surrogatepass") + digests[path][0]).digest()
                for name, path in names.items()]  # fmt: skip
        sizes = [digests[path][1] for path in names.values()]
        articles = parts.Articles(pd.Index(names, dtype="str"), keys, sizes)
        work = partial(_work, names, digests, options)
        table = parts.gathered(store, articles, work, engine=engine) if names else pd.DataFrame(columns=Told._fields)
        told = dict(zip(names.values(), map(Told, table["rest"], table["raws"]), strict=True))
        del table
        for path in block:
            own = told.pop(path, None)
            yield own if own and isinstance(own.rest, str) else None


def _store(options: Options) -> str | None:
    """Give the name of the store of what is told of files; None where what reads them cannot be named."""
    told = {"options": options, "python": sys.version, "year": datetime.date.today().year}
    try:
        return cache.key("files", "", code=cache.code_of(READS, __name__), libraries=cache.libraries(), **told)
    except PackageNotFoundError:
        return None


def _blocks(found: Iterable[str], digests: Mapping[str, tuple[bytes, int]]) -> Iterator[list[str]]:
    """Give the files in blocks, each of as many as are in memory at a time."""
    block, size = [], 0
    for path in found:
        block.append(path)
        size += digests.get(path, (b"", 0))[1]
        if size >= BLOCK:
            yield block
            block, size = [], 0
    if block:
        yield block


def _digest(path: str) -> tuple[bytes, int] | None:
    """Give the sha256 of a small file and its size; None of any other, and of what is none."""
    try:
        state = os.lstat(path)
        if not stat.S_ISREG(state.st_mode) or state.st_size > LARGEST:
            return None
        return files.hashed(path, state), state.st_size
    except OSError:
        return None


def _work(
    names: Mapping[str, str], digests: Mapping[str, tuple[bytes, int]], options: Options, ids: pd.Index
) -> partial:
    """Give what reads some files."""
    return partial(_told, [(name, names[name], digests[names[name]][0]) for name in ids], options)


def _told(wanted: Sequence[tuple[str, str, bytes]], options: Options) -> pd.DataFrame:
    """Give what is told of each file; missing where that is not to be kept, and the file is read by itself."""
    told = [_one(name, path, digest, options) for name, path, digest in wanted]
    if own_rules.rules(tuple(options.furniture)).given_up:  # what comes after hangs on what came before
        told = [None] * len(told)
    columns = [pd.array([each and each[place] for each in told], dtype="str") for place in range(len(Told._fields))]
    frame = pd.DataFrame(dict(zip(Told._fields, columns, strict=True)))
    return frame.assign(article_id=[name for name, _, _ in wanted])


def _one(name: str, path: str, digest: bytes, options: Options) -> Told | None:
    reading = Telling()
    try:
        content = Path(path).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(content).digest() != digest:
        return None
    reading.budget = Budget(len(content))
    readers.hand_on(name, io.BytesIO(content), reading, options)
    moments = [value for value in reading.columns.get("published", ()) if isinstance(value, datetime.datetime)]
    if any(moment.date() > datetime.date.today() for moment in moments):  # what is said of it changes with the day
        return None
    return reading.text()
