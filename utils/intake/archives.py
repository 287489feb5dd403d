"""The members of a zip archive, read in memory: nothing is ever written, and what is odd about one is noted."""

import io
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from utils.intake.reading import File, Reading

MEMBERS = 100_000  # files of an archive that are read
LIMIT = 2 * 10**9  # bytes that an archive may unpack to, counted as they come: its own table may lie
RATIO = 200  # times its size: text packs to a tenth, tables of few words to a hundredth, a bomb to a thousandth
FREE = 10**8  # bytes that may unpack whatever their ratio
PIECE = 2**20
ENDINGS = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".7z", ".rar")
UTF_8_NAME, ENCRYPTED = 0x800, 0x1  # bits of a member's flags
CLIMBS = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")
UNPACK = "unpack it on your computer and load the folder"
FETCH = "fetch the archive again, or unpack it on your computer and load what comes out"


class _TooLarge(Exception):
    """The archive unpacks to more than is read."""


@dataclass
class _Budget:
    """The bytes that may still unpack, of all that may."""

    whole: int
    spent: int = 0

    def spend(self, n: int) -> None:
        """Count some bytes more; raise if that is too many."""
        self.spent += n
        if self.spent > self.whole:
            raise _TooLarge


def members(file: File, reading: Reading, *, skipped: re.Pattern[str]) -> Iterator[tuple[str, BinaryIO]]:
    """Give each readable member of a zip archive by name: "archive.zip/inner/name.txt" and its bytes as a stream.

    Folders are passed over, and members in whose path `skipped` is found. Noted and not given: members that climb out
    of the archive, links, encrypted or damaged members, archives in the archive, those after the first 100,000, and
    all from where the archive has unpacked to more than 2 GB, or to more than 100 MB and 200 times its own size.
    """
    try:
        archive = ZipFile(file.stream)
        found = sorted(((_name(info), info) for info in archive.infolist()), key=lambda each: each[0].split("/"))
        budget = _Budget(min(LIMIT, max(FREE, RATIO * file.stream.seek(0, io.SEEK_END))))
    except Exception as error:  # whatever the damage leads zipfile to: BadZipFile, struct.error, ValueError, …
        reading.problem(file.name, "unreadable", f"the archive is damaged, or none ({_said(error)})", FETCH)
        return
    found = [(name, info) for name, info in found if not (_is_folder(info) or skipped.search(name))]
    if not found:
        reading.problem(file.name, "unreadable", "the archive holds no files to read", "put articles into it")
    if len(found) > MEMBERS:
        said = f"it holds {len(found):,} files; those after the first {MEMBERS:,} were not read"
        reading.problem(file.name, "unreadable", said, UNPACK)
    for place, (name, info) in enumerate(found[:MEMBERS]):
        source = f"{file.name}/{name}"
        if odd := _odd(name, info):
            reading.problem(source, "unreadable", *odd)
            continue
        try:
            content = _unpacked(archive, info, budget)
        except _TooLarge:
            n_left = len(found[:MEMBERS]) - place
            said = f"it unpacks to more than {budget.whole:,} bytes"
            said += f"; its last {n_left:,} file{'s' * (n_left != 1)}, from {name}, not read"
            reading.problem(file.name, "unreadable", said, UNPACK)
            return
        except Exception as error:  # damage shows in zlib, bz2, lzma, struct or zipfile itself
            reading.problem(source, "unreadable", f"it is damaged in the archive ({_said(error)})", FETCH)
        else:
            yield source, content


def _name(info: ZipInfo) -> str:
    """Give a member's path: UTF-8 that is not marked as such is read as what it is, "\\" parts folders as "/" does."""
    name = info.filename
    if not info.flag_bits & UTF_8_NAME:
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return re.sub(r"(?<!^)/+", "/", name.replace("\\", "/")).removeprefix("./")


def _is_folder(info: ZipInfo) -> bool:
    return info.filename.endswith(("/", "\\")) and not info.file_size


def _odd(name: str, info: ZipInfo) -> tuple[str, str] | None:
    """Give why a member is not read, and the cure; None where nothing is odd."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if CLIMBS.search(name):
        return "its path leads out of the archive", "leave it where it is: an honest archive holds no such path"
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a link or no regular file", "put the file itself into the archive"
    if info.flag_bits & ENCRYPTED:
        return "it is encrypted", "unpack the archive with its password and load the folder"
    if name.lower().endswith(ENDINGS):
        return "it is an archive in the archive, which is not opened", "unpack the outer archive and load the folder"
    return None


def _unpacked(archive: ZipFile, info: ZipInfo, budget: _Budget) -> BinaryIO:
    """Give a member's bytes; they are counted as they come, and the checksum is held against them."""
    content = io.BytesIO()
    with archive.open(info) as member:
        while piece := member.read(PIECE):
            budget.spend(len(piece))
            content.write(piece)
    content.seek(0)
    return content


def _said(error: Exception) -> str:
    """Give the first line of what an error says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
