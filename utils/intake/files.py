"""Files and folders: find them, open them, hand each to the reader of its format."""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import repeat
from pathlib import Path

from utils import progress
from utils.intake import budget, readers, told
from utils.intake.batch import DEFAULT, Options, Reading

Known = Callable[[Mapping[str, str]], Iterable[told.Told | None]]

REMEMBERED = "corpus.toml"  # options kept in a folder, no article
MOMENT = 2  # seconds, in which a file system may not tell two changes apart
PERSONS = "persons.csv"  # a reader's list of names kept in a folder, no article


def none_is_known(files: Mapping[str, str]) -> Iterator[None]:
    """Give None for each file: all are read."""
    return repeat(None, len(files))


def read(path: Path, options: Options = DEFAULT, *, known: Known = none_is_known) -> Reading:
    """Give what a file, or a folder and the folders in it, holds, in the order of the file names.

    known: gives what is told already of each of the files of a folder (by path, with their names), or None; those that
    are told are not read.
    """
    reading = Reading()
    if not path.is_dir():
        _read_one(path, path.name, reading, options)
        return reading
    base = os.path.join(path, "")
    passed_over = (base + REMEMBERED, base + PERSONS)
    found = sorted((file for file in _files(path, reading) if file not in passed_over), key=_steps)
    sources = {file: _shown(file[len(base) :]) for file in found}
    shown = progress.bar(sources.items(), "reading files", shown=len(found) > 500)
    for (file, source), before in zip(shown, known(sources), strict=False):
        if before:
            reading.budget = budget.Budget()
            told.tell(before, reading)
        elif os.path.islink(file) and (odd := _odd_link(Path(file), path)):
            reading.problem(source, "unreadable", *odd)
        else:
            _read_one(Path(file), source, reading, options)
    return reading


def fingerprint(path: Path) -> str | None:
    """Give a hash of the names and contents of all files that `read` opens; None where one is not a plain file that
    can be read, as what is said of it then hangs on more."""
    digest, reading, base = hashlib.sha256(), Reading(), os.fspath(path)
    try:
        found = sorted(_files(path, reading) if path.is_dir() else [base])
        for file in found:
            state = os.lstat(file)
            if not stat.S_ISREG(state.st_mode):
                return None
            digest.update(os.fsencode(file[len(base) :]) + b"\0" + hashed(file, state))
    except OSError:
        return None
    return None if reading.n_problems else digest.hexdigest()


def hashed(file: str, state: os.stat_result) -> bytes:
    """Give the sha256 of a plain file: read once, as long as its size and the times of its last changes stay.

    One that was changed a moment ago is read again, as another change in that moment would not show.
    """
    named = (file, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns)
    return (_hashed if time.time() - state.st_ctime > MOMENT else _hashed.__wrapped__)(*named)


@lru_cache(maxsize=200_000)
def _hashed(file: str, *_: int) -> bytes:
    with open(file, "rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").digest()


def _files(folder: Path, reading: Reading) -> Iterator[str]:
    """Give every file below a folder but those passed over; a link to a folder is given, not followed."""

    def closed(error: OSError) -> None:
        source = _shown(os.path.relpath(error.filename, folder))
        reading.problem(source, "unreadable", f"the folder could not be opened ({error.strerror})", readers.ALLOWED)

    for parent, folders, names in os.walk(folder, onerror=closed):
        links = [name for name in folders if os.path.islink(os.path.join(parent, name))]
        folders[:] = [name for name in folders if not readers.SKIPPED.search(name) and name not in links]
        yield from (os.path.join(parent, name) for name in [*names, *links] if not readers.SKIPPED.search(name))


def _steps(file: str) -> list[str]:
    """Give a path step by step, as files are ordered: those of a folder stand together."""
    return os.path.normcase(file).split(os.sep)


def _shown(path: str) -> str:
    r"""Give a path as text; bytes in it that are no UTF-8 are shown as \xe9."""
    return os.fsencode(path.replace(os.sep, "/")).decode("utf-8", "backslashreplace")


def _odd_link(link: Path, base: Path) -> tuple[str, str] | None:
    """Give why a link is not followed, and the cure; None where it leads to a file of the same folder."""
    try:
        target = link.resolve(strict=True)
    except (OSError, RuntimeError):  # RuntimeError: before Python 3.13, a link that leads to itself
        return "it is a link that leads nowhere", "take it away, or put the file itself there"
    if target.is_dir():
        return "links to folders are not followed", "copy the folder itself into this one"
    if not target.is_relative_to(base.resolve()):
        return "the link leads out of the folder", "copy the file itself into the folder"
    return None


def _read_one(file: Path, source: str, reading: Reading, options: Options) -> None:
    """Read one file into the reading, or note why not."""
    try:
        if not file.is_file():
            gone = not os.path.lexists(file)
            said = "it was taken away while we read" if gone else "this is no regular file, so it is not opened"
            reading.problem(source, "unreadable", said, "put the file back" if gone else "take it away")
            return
        with file.open("rb") as stream:
            reading.budget = budget.Budget(os.fstat(stream.fileno()).st_size)
            readers.hand_on(source, stream, reading, options)
    except OSError as error:
        reading.problem(
            source, "unreadable", f"the file could not be opened ({error.strerror or error})", readers.ALLOWED
        )
