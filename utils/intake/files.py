"""Files and folders: find them, open them, hand each to the reader of its format."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from utils import progress
from utils.intake import archives, article, budget, documents, encodings, nexis, pages, pdf, tables
from utils.intake.reading import DEFAULT, File, Options, Reading, loaded, reader

SKIPPED = re.compile(  # hidden files, and what systems and office programs leave behind: passed over without a word
    r"(?:^|/)(?:\.(?!\.?(?:/|$))|~\$|__MACOSX(?:/|$)|(?:Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r)$)", re.IGNORECASE
)
WEB_PAGE = re.compile(r"\s*(?:(?><!--.*?-->|<\?xml.*?\?>)\s*+)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)
ALLOWED = "check that it is still there and that you may read it"


def read(path: Path, options: Options = DEFAULT) -> Reading:
    """Give what a file, or a folder and the folders in it, holds, in the order of the file names."""
    reading = Reading()
    if not path.is_dir():
        _read_one(path, path.name, reading, options)
        return reading
    found = sorted(_files(path, reading))
    for file in progress.bar(found, "reading files", shown=len(found) > 500):
        source = _shown(file.relative_to(path))
        if file.is_symlink() and (odd := _odd_link(file, path)):
            reading.problem(source, "unreadable", *odd)
        else:
            _read_one(file, source, reading, options)
    return reading


def _files(folder: Path, reading: Reading) -> Iterator[Path]:
    """Give every file below a folder but those passed over; a link to a folder is given, not followed."""

    def closed(error: OSError) -> None:
        source = _shown(Path(error.filename).relative_to(folder))
        reading.problem(source, "unreadable", f"the folder could not be opened ({error.strerror})", ALLOWED)

    for parent, folders, names in os.walk(folder, onerror=closed):
        links = [name for name in folders if Path(parent, name).is_symlink()]
        folders[:] = [name for name in folders if not SKIPPED.search(name) and name not in links]
        yield from (Path(parent, name) for name in [*names, *links] if not SKIPPED.search(name))


def _shown(path: Path) -> str:
    r"""Give a path as text; bytes in it that are no UTF-8 are shown as \xe9."""
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


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
            _hand_on(source, stream, reading, options)
    except OSError as error:
        reading.problem(source, "unreadable", f"the file could not be opened ({error.strerror or error})", ALLOWED)


def _hand_on(source: str, stream: BinaryIO, reading: Reading, options: Options) -> None:
    """Give a stream to the reader of its format; what goes wrong inside, even what nobody foresaw, is noted."""
    ending = os.path.splitext(source)[1].lower()
    before = len(reading)
    if ending not in READERS:
        reading.problem(source, "unreadable", *_no_reader(ending))
        return
    try:
        READERS[ending](File(source, stream, options), reading)
    except Exception as error:  # the last resort: libraries raise what they like, RecursionError and MemoryError too
        said = (str(error).splitlines() or [""])[0][:200]
        if isinstance(error, OSError) and error.errno:
            problem, cure = f"the file could not be read ({error.strerror})", ALLOWED
        else:
            problem = f"the reader for {ending} files gave up ({type(error).__name__}{': ' * bool(said)}{said})"
            cure = "open it in the program it comes from and save it again, or save its text as .txt"
        reading.problem(source, "unreadable", problem + loaded(len(reading) - before), cure)


def _no_reader(ending: str) -> tuple[str, str]:
    """Give what to say of a file that no reader is for, and the cure."""
    if ending in archives.ENDINGS:
        return f"there is no reader for {ending}", "unpack it, or pack the files again as .zip"
    named = ending or "files without an ending"
    return f"there is no reader for {named}", f"if it holds an article, save it as one of {', '.join(READERS)}"


@reader
def read_text(file: File, reading: Reading) -> None:
    """Take one scraped article from a text file."""
    if file.size > 4 * budget.TEXT:
        raise budget.TooLong(f"it has {file.size:,} bytes, and the limit is {4 * budget.TEXT:,}", budget.DIVIDE)
    raw, encoding = encodings.decoded(file.content())
    if raw is None:
        cure = "give it the ending of what it is, or save it as plain text in UTF-8"
        reading.problem(file.name, "unreadable", encoding, cure)
        return
    if encoding not in encodings.UNICODE:
        reading.problem(
            file.name,
            "doubtful",
            f"not UTF-8; read as {encoding}, the likeliest encoding",
            "look at its accents and quotation marks; save it as UTF-8 if they are wrong",
        )
    raw, nul = encodings.without_nul(raw)
    if nul:
        reading.problem(file.name, "doubtful", *nul)
    if WEB_PAGE.match(raw):
        said = "it looks like a web page, and is read as plain text"
        reading.problem(file.name, "doubtful", said, "let its name end in .html")
    if not nexis.take(file, reading, raw, encoding=encoding):
        article.take(reading, raw, source=file.name, encoding=encoding, sha256=file.sha256, options=file.options)


def read_zip(file: File, reading: Reading) -> None:
    """Take every article in a zip archive, each by the reader of its format."""
    for source, stream in archives.members(file, reading, skipped=SKIPPED):
        _hand_on(source, stream, reading, file.options)


READERS: dict[str, Callable[[File, Reading], None]] = {
    ".txt": read_text,
    **tables.READERS,
    **pages.READERS,
    **documents.READERS,
    **pdf.READERS,
    ".zip": read_zip,
}
