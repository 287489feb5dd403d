"""The members of a zip archive, read in memory: nothing is ever written, and what is odd about one is noted."""

import io
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from utils.intake import readers
from utils.intake.batch import File, Reading

MEMBERS = 100_000  # files of an archive that are read
LIMIT = 2 * 10**9  # bytes that an archive may unpack to, counted as they come: its own table may lie
RATIO = 25  # times its size: text packs to a quarter, web pages to a tenth, a bomb to a thousandth
LARGEST = 5  # times its size: what one file in it may unpack to, as it is held in memory
FREE = 10**8  # bytes that may unpack whatever their ratio
PIECE = 2**20
UTF_8_NAME, ENCRYPTED = 0x800, 0x1  # bits of a member's flags
CLIMBS = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:")
UNPACK = "unpack it on your computer and load the folder"
FETCH = "fetch the archive again, or unpack it on your computer and load what comes out"


class _TooLarge(Exception):
    """A file in the archive unpacks to more than is read of one, or the whole archive does."""


@dataclass
class _Room:
    """The bytes that may still unpack, of all that may, and those that one file may unpack to."""

    whole: int
    one: int
    spent: int = 0

    def unpack(self, n: int, member: int) -> None:
        """Count some bytes more, of a file in the archive of which so many are unpacked; raise if that is too many."""
        self.spent += n
        if member > self.one or self.full:
            raise _TooLarge

    @property
    def full(self) -> bool:
        """Whether more has unpacked than may."""
        return self.spent > self.whole


def members(file: File, reading: Reading, *, skipped: re.Pattern[str]) -> Iterator[tuple[str, BinaryIO]]:
    """Give each readable member of a zip archive by name: "archive.zip/inner/name.txt" and its bytes as a stream.

    Folders are passed over, and members in whose path `skipped` is found. Noted and not given: members that climb out
    of the archive, links, encrypted or damaged members, archives in the archive, those after the first 100,000, those
    that unpack to more than 100 MB and five times the archive's size, and all from where reading them has taken more
    than a file may take, or the archive has unpacked to more than 2 GB, or to more than 100 MB and 25 times its size.
    """
    try:
        archive = ZipFile(file.stream)
        found = sorted(((_name(info), info) for info in archive.infolist()), key=lambda each: each[0].split("/"))
        room = _Room(min(LIMIT, max(FREE, RATIO * file.size)), max(FREE, LARGEST * file.size))
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
            content = _unpacked(archive, info, room)
        except _TooLarge:
            if room.full:
                _note_rest(file, reading, f"it unpacks to more than {room.whole:,} bytes", found[place:MEMBERS])
                return
            reading.problem(source, "unreadable", f"it unpacks to more than {room.one:,} bytes", UNPACK)
        except Exception as error:  # damage shows in zlib, bz2, lzma, struct or zipfile itself
            reading.problem(source, "unreadable", f"it is damaged in the archive ({_said(error)})", FETCH)
        else:
            yield source, content
            if reading.budget.left < 0:
                _note_rest(file, reading, "reading it takes more than a file may take", found[place + 1 : MEMBERS])
                return


def _note_rest(file: File, reading: Reading, said: str, rest: Sequence[tuple[str, ZipInfo]]) -> None:
    """Note the files of an archive that are not read, and why."""
    if rest:
        files = f"its last {len(rest):,} file{'s' * (len(rest) != 1)}, from {rest[0][0]}, not read"
        reading.problem(file.name, "unreadable", f"{said}; {files}", UNPACK)


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
    if name.lower().endswith(readers.PACKED):
        return "it is an archive in the archive, which is not opened", "unpack the outer archive and load the folder"
    return None


def _unpacked(archive: ZipFile, info: ZipInfo, room: _Room) -> BinaryIO:
    """Give a member's bytes; they are counted as they come, and the checksum is held against them."""
    content = io.BytesIO()
    with archive.open(info) as member:
        while piece := member.read(PIECE):
            room.unpack(len(piece), content.tell() + len(piece))
            content.write(piece)
    content.seek(0)
    return content


def _said(error: Exception) -> str:
    """Give the first line of what an error says."""
    return (str(error).splitlines() or [type(error).__name__])[0][:200]


def read(file: File, reading: Reading) -> None:
    """Take every article in a zip archive, each by the reader of its format."""
    for source, stream in members(file, reading, skipped=readers.SKIPPED):
        readers.hand_on(source, stream, reading, file.options)


READERS = {".zip": read}
