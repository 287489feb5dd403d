"""Files that we write: where they go, and how they come there whole or not at all.

The content is written beside under a hidden name first. What a killed process leaves of that is deleted after a day.
"""

import contextlib
import errno
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

import platformdirs

PART = re.compile(r"\.passages-[0-9a-f]{16}\.part|tmp[a-z0-9_]{8}\.part")  # ours, now and before
DAY = 24 * 60 * 60  # seconds; no write takes as long


def place(given: str | None) -> Path | None:
    """Give the folder or file that a setting names, `~` being the user's home; None where it names none."""
    try:
        return Path(given).expanduser() if given else None
    except RuntimeError:  # there is no such home
        return None


def results() -> Path:
    """Give the folder for tables and pictures to take away: PASSAGES_RESULTS if set, else results/ in the project."""
    return place(os.environ.get("PASSAGES_RESULTS")) or Path(__file__).resolve().parents[1] / "results"


def kept() -> Path:
    """Give the folder of what is kept between kernels: PASSAGES_CACHE if set, else `passages` where the system keeps a
    user's caches, or one in the system's folder for temporary files where the user has no home."""
    if given := place(os.environ.get("PASSAGES_CACHE")):
        return given
    try:
        return platformdirs.user_cache_path("passages")
    except RuntimeError:  # there is no home
        return Path(tempfile.gettempdir(), f"passages-{os.getuid()}")


def nameless() -> BinaryIO:
    """Give a file without a name where things are kept, for what need not be in memory: nobody else can change it, and
    it is gone when nothing holds it. Raises OSError where there is no place for one."""
    kept().mkdir(mode=0o700, parents=True, exist_ok=True)  # the words of a reader's articles are in it
    return tempfile.TemporaryFile(dir=kept())  # type: ignore[return-value]


def write(path: Path, content: bytes | Callable[[BinaryIO], object]) -> None:
    """Write a file whole, in the place of one that is there. Raises OSError if it cannot be written.

    content: its bytes, or what writes them into the open file, where they need not be in memory all at once.
    """
    with _part(path.parent, content) as part:
        os.replace(part, path)


def write_new(path: Path, content: bytes, *, again: bool = True) -> Path:
    """Give the new file that holds the content; where x.txt is taken, it is called x-2.txt, x-3.txt, …

    No file that was there before is touched, however many processes write at once.
    again    whether it is written once more where x.txt, or the next of them, holds the same content
    Raises OSError if it cannot be written.
    """
    with _part(path.parent, content) as part:
        target, n = path, 1
        while True:
            try:
                _link(part, target)
                return target
            except FileExistsError:
                if not again and _holds(target, content):
                    return target
            n += 1
            target = path.with_name(f"{path.stem}-{n}{path.suffix}")


@contextlib.contextmanager
def held(path: Path, *, seconds: float = 10) -> Iterator[None]:
    """Let no other process, and no other thread, hold this path meanwhile; wait for one that does.

    The path is that of an empty file made for it. A process that is killed lets go of it, and a file system without
    locks holds nobody up.
    Raises TimeoutError, which is an OSError, if it is not free in so many seconds.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab") as file:
        end = time.monotonic() + seconds
        while not _locked(file.fileno()):
            if time.monotonic() > end:
                raise TimeoutError(f"another process has held {path.name} for {seconds:g} seconds")
            time.sleep(0.01)
        yield


def _locked(file: int) -> bool:
    """Say whether an open file is ours from now on until it is closed; where there are no locks, it is."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True


@contextlib.contextmanager
def _part(folder: Path, content: bytes | Callable[[BinaryIO], object]) -> Iterator[Path]:
    """Give a hidden file in the folder that holds the content; it is gone afterwards, as are old ones."""
    folder.mkdir(parents=True, exist_ok=True)
    _tidy(folder)
    part = folder / f".passages-{token_hex(8)}.part"
    try:
        with part.open("x+b") as stream:
            if callable(content):
                content(stream)
            else:
                stream.write(content)
        yield part
    finally:
        part.unlink(missing_ok=True)


def _tidy(folder: Path) -> None:
    """Delete what killed processes left in a folder a day ago or earlier; a younger one may still be written."""
    with contextlib.suppress(OSError):  # what cannot be tidied keeps nobody from writing
        for path in filter(lambda path: PART.fullmatch(path.name), folder.iterdir()):
            with contextlib.suppress(OSError):
                if path.lstat().st_mtime < time.time() - DAY:
                    path.unlink()


def _link(part: Path, target: Path) -> None:
    """Give a file that is written its name; FileExistsError if something has that name already."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # the file system knows no links: the name is taken first, which no other can take then
        target.open("xb").close()
        try:
            os.replace(part, target)
        except BaseException:
            target.unlink()
            raise


def _holds(path: Path, content: bytes) -> bool:
    try:
        return path.is_file() and path.read_bytes() == content
    except OSError:
        return False
