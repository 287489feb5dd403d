"""Layers kept on disk between kernels, under a key made from everything they depend on.

The key is a hash of content, library versions, options and the code that computes the layer, so a kept layer is
never stale: a change makes another key. What is damaged counts as none (see `sealed`). The folder is safe to delete.
"""

import contextlib
import hashlib
import os
import re
import sys
import time
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from utils import storage
from utils.corpus import sealed

version = lru_cache(maxsize=None)(metadata.version)  # asked of some thirty libraries at each load
LIBRARIES = ("pandas", "pyarrow", "numpy")
STARTED = time.time()  # code that changed after it is not the code that this process runs
ROOT, PACKAGE = Path(__file__).resolve().parents[2], __name__.partition(".")[0]
COMMENT = re.compile(rb"#[^\n]*+")
IMPORT = re.compile(
    rb"^[ \t]*+(?:from[ \t]++([\w.]++)[ \t]++import[ \t]++(\([^)]*+\)|[^\n]*+)|import[ \t]++([^\n]*+))", re.MULTILINE
)
NAME = re.compile(r"[\w.-]+")  # of the package in a requirement such as "pandas>=3"
SUFFIX = ".arrow"  # of a file that is ours
OURS = re.compile(r"(.+)-[0-9a-f]{32}(?:/[0-9a-f]{32})?\.arrow")
USUAL = 5 * 10**9  # bytes: a corpus of 40,000 articles takes about a tenth of it
UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,3})?)\s*([KMGT]?B|)", re.IGNORECASE)
ROOM = 0.9  # of the limit is left full when something is thrown out
KERNELS = 8  # that may write at the same time and stay below the limit
_left: dict[tuple[Path, int], int] = {}  # by folder and limit: bytes to write before all files are looked at again
HOUR = 60 * 60  # seconds: how exactly it is known when a file was of use last


def folder() -> Path:
    """Give the folder of kept layers and readings."""
    return storage.kept()


def key(
    layer: str,
    content: str,
    *,
    code: Sequence[str | Path],
    libraries: Sequence[str] = LIBRARIES,
    **options: object,
) -> str:
    """Give the name under which a layer of this content is kept.

    Code (files) and libraries are what computes it; `code_of` gives the files.
    """
    parts = [
        layer,
        content,
        *(hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in code),
        *([str(STARTED)] if any(Path(file).stat().st_mtime > STARTED for file in code) else ()),
        unicodedata.unidata_version,
        *map(version, libraries),
        *map(str, sorted(options.items())),
    ]
    return f"{layer}-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"


@lru_cache
def libraries() -> tuple[str, ...]:
    """Give the packages that this one wants."""
    wanted = (each for each in metadata.requires("passages") or () if "extra ==" not in each)
    return tuple(sorted({NAME.findall(each)[0] for each in wanted}))


@lru_cache
def code_of(*modules: str) -> tuple[Path, ...]:
    """Give the files of modules and packages by name, and of all modules of ours that they import, however far.

    A package of `modules` is its whole folder, tables in it too. So no list can be forgotten where a layer grows.
    """
    found: dict[Path, None] = {}
    ahead: list[Path] = []
    for place in filter(None, map(_place, modules)):
        ahead += _files(place.parent) if place.name == "__init__.py" else [place]
    while ahead:
        if (file := ahead.pop()) not in found:
            found[file] = None
            ahead += _imports(file)
    return tuple(found)


@cache  # most of it is in the code of every layer
def _imports(file: Path) -> tuple[Path, ...]:
    """Give the files of the modules of ours that a file imports; a name inside a module has none."""
    return tuple(filter(None, map(_place, imported(file.read_bytes())))) if file.suffix == ".py" else ()


def _place(name: str) -> Path | None:
    """Give the file of a module or package of ours without loading it; None where there is none of that name."""
    parent, _, last = name.rpartition(".")
    for folder in getattr(sys.modules.get(parent), "__path__", [ROOT.joinpath(*parent.split("."))]):
        for file in (Path(folder, last, "__init__.py"), Path(folder, f"{last}.py")):
            if file.is_file():
                return file
    return None


def _files(folder: Path) -> list[Path]:
    """Give the files of a package's folder, tables beside the code too, but what Python keeps of them."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts)


def imported(code: bytes) -> Iterator[str]:
    """Give the modules of our package that a module names in its imports, and names that may be modules.

    Read line by line, as parsing all that reads articles takes longer than opening a large corpus.
    """
    for module, names, plain in IMPORT.findall(COMMENT.sub(b"", code)):
        names = [
            each.split()[0].decode() for each in (names or plain).strip(b"()\\ \t\r\n").split(b",") if each.strip()
        ]
        if not module:
            yield from (name for name in names if name.partition(".")[0] == PACKAGE)
        elif module.partition(b".")[0].decode() == PACKAGE:
            if b"." in module:  # the face imports nothing: it only names
                yield module.decode()
            yield from (f"{module.decode()}.{name}" for name in names)


def kept(name: str) -> pd.DataFrame | None:
    """Give the layer kept under a name, or None; a file with a byte amiss counts as none, as does another layer's."""
    path = path_of(name)
    tables = sealed.opened(path, name, 1)
    if tables is None:
        return None
    try:
        frame = tables[0].to_pandas()
    except sealed.WRONG:
        return None
    used(path)
    return frame


def keep(name: str, frame: pd.DataFrame) -> None:
    """Write a layer whole under a name; where that cannot be done, say so once and go on without."""
    write(name, [frame])


def layer(name: str, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Give the layer kept under a name, computing and keeping it where there is none."""
    frame = kept(name)
    if frame is None:
        frame = compute()
        keep(name, frame)
    return frame


def path_of(name: str) -> Path:
    """Give the file of what is kept under a name."""
    return folder() / f"{name}{SUFFIX}"


def write(name: str, tables: Sequence[pa.Table | pd.DataFrame], *, compression: str = "lz4") -> Path | None:
    """Give the file that now holds the tables, whole; None where that cannot be done, which is said once."""
    path = path_of(name)
    try:
        for place in (folder(), path.parent):
            place.mkdir(mode=0o700, parents=True, exist_ok=True)  # the words of a reader's articles are in it
        storage.write(path, lambda stream: sealed.write(stream, name, tables, compression=compression))
    except OSError as error:
        where = path if path.is_dir() else folder()
        _warn(
            f"what was read and found is not kept between kernels: {where} cannot be written ({error.strerror}); set "
            "PASSAGES_CACHE to a folder that can"
        )
        return None
    with contextlib.suppress(OSError):  # another kernel has thrown it out
        _make_room(path.stat().st_size)
    return path


def _make_room(written: int) -> None:
    """Throw out what is too much where it may be: since that was seen last, as much has been written here as this
    kernel may take of the room that was left."""
    place = (folder(), limit())
    _left[place] = _left.get(place, 0) - written
    if _left[place] < 0:
        _left[place] = (place[1] - throw_out(place[1])) // KERNELS


@lru_cache
def _warn(said: str) -> None:
    """Warn of something once: filters of warnings forget what they have shown."""
    warnings.warn(said, stacklevel=2)


def used(path: Path) -> None:
    """Note that a file was of use now."""
    with contextlib.suppress(OSError):  # of another's, or in a place that is only read
        if path.stat().st_mtime < time.time() - HOUR:
            os.utime(path)


def plain(value: object) -> object:
    """Give a cell as JSON holds it: dates in ISO form, missing as null, the rest as it is or as text."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, bool | int | float | str):
        return value
    return value.item() if hasattr(value, "item") else str(value)


class Kept(NamedTuple):
    """A file that is kept: the layer it is of ("reading" is what was read), its bytes, when it was of use last."""

    path: Path
    layer: str
    size: int
    used: float


def limit() -> int:
    """Give how many bytes may be kept: PASSAGES_CACHE_LIMIT, as in "2 GB", else USUAL."""
    given = os.environ.get("PASSAGES_CACHE_LIMIT") or str(USUAL)
    if found := SIZE.fullmatch(given.strip()):
        return int(float(found[1]) * UNITS[found[2].upper()])
    _warn(f'PASSAGES_CACHE_LIMIT is a size, as in "2 GB"; what came is {given!r}, and {USUAL / 1e9:g} GB are kept')
    return USUAL


def everything() -> list[Kept]:
    """Give the files that are kept, those that were of use last at the end; whatever else lies there is not ours."""
    found, place = [], folder()
    for store in ("", *_names(place, is_folder=True)):
        for name in _names(place / store, is_folder=False):
            path = place / store / name
            with contextlib.suppress(OSError):  # another kernel has thrown it out
                if ours := OURS.fullmatch(f"{store}/{name}" if store else name):
                    state = path.stat(follow_symlinks=False)
                    found.append(Kept(path, ours[1], state.st_size, state.st_mtime))
    return sorted(found, key=lambda each: each.used)


def _names(place: Path, *, is_folder: bool) -> list[str]:
    """Give the names of the files in a folder, or of the folders."""
    try:
        with os.scandir(place) as listed:
            kind = os.DirEntry.is_dir if is_folder else os.DirEntry.is_file
            return [each.name for each in listed if kind(each, follow_symlinks=False)]
    except OSError:
        return []


def throw_out(most: int) -> int:
    """Delete the files that were of use longest ago until those that stay have no more bytes than that; give theirs."""
    kept = everything()
    size = sum(each.size for each in kept)
    for each in kept if size > most else ():
        if size <= most * ROOM:
            break
        delete(each)
        size -= each.size
    return size


def delete(kept: Kept) -> None:
    """Delete a file that is kept, and its store with the last of it."""
    with contextlib.suppress(OSError):
        kept.path.unlink()
        if kept.path.parent != folder():
            kept.path.parent.rmdir()  # only where nothing is left in it
