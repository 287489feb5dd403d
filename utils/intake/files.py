"""Files and folders: find them, read their bytes, hand each to the reader of its format."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from utils import progress
from utils.intake import scraped
from utils.intake.reading import Reading, lines


def read(path: Path) -> Reading:
    """Give what a file, or a folder and the folders in it, holds, in the order of the file names."""
    reading = Reading()
    base = path if path.is_dir() else path.parent
    found = sorted(_files(path)) if path.is_dir() else [path]
    for file in progress.bar(found, "reading files", shown=len(found) > 500):
        _read_one(file, base, reading)
    return reading


def _files(folder: Path) -> Iterator[Path]:
    """Give every file below a folder but hidden ones; a link to a folder is given, not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in [*names, *links] if not name.startswith("."))


def _read_one(file: Path, base: Path, reading: Reading) -> None:
    """Read one file into the reading, or note why not."""
    source = file.relative_to(base).as_posix().encode("utf-8", "replace").decode("utf-8")
    reader = READERS.get(file.suffix.lower())
    if file.is_dir():
        reading.problem(
            source, "unreadable", "links to folders are not followed", "copy the folder itself into this one"
        )
    elif reader is None:
        reading.problem(
            source,
            "unreadable",
            f"there is no reader for {file.suffix or 'files without an ending'}",
            f"save the article as one of {', '.join(READERS)}",
        )
    elif not file.resolve().is_relative_to(base.resolve()):
        reading.problem(
            source, "unreadable", "the link leads out of the folder", "copy the file itself into the folder"
        )
    elif not file.is_file():
        reading.problem(source, "unreadable", "this is no regular file, or a link that leads nowhere", "take it away")
    else:
        try:
            content = file.read_bytes()
        except OSError as error:
            reading.problem(
                source,
                "unreadable",
                f"the file could not be opened ({error.strerror})",
                "check that it is still there and that you may read it",
            )
        else:
            reader(content, source, reading)


def read_text(content: bytes, source: str, reading: Reading) -> None:
    """Take one scraped article from the bytes of a text file."""
    raw, encoding = decoded(content)
    if raw is None:
        reading.problem(source, "unreadable", encoding, "save it as plain text in UTF-8")
        return
    if encoding != "utf-8":
        reading.problem(
            source,
            "doubtful",
            f"not UTF-8; read as {encoding}, the likeliest encoding",
            "look at its accents and quotation marks; save it as UTF-8 if they are wrong",
        )
    add_text(raw, source, reading, encoding=encoding, sha256=hashlib.sha256(content).hexdigest())


def add_text(raw: str, source: str, reading: Reading, *, encoding: str, sha256: str) -> None:
    """Label one scraped article and take it in; an empty one is missing and noted."""
    if not any(True for _ in lines(raw)):
        reading.problem(
            source, "unreadable", "the text is empty", "put the article into the file, or take the file away"
        )
        return
    segments, metadata = scraped.label(raw)
    if not any(kind == "body" for *_, kind, _ in segments):
        reading.problem(
            source,
            "doubtful",
            "no paragraph of an article was found in it",
            "read it with passages.read and see how its lines were labelled",
        )
    reading.add(
        {"article_id": source, "raw": raw, "source": source, "encoding": encoding, "sha256": sha256, **metadata},
        segments,
    )


def decoded(content: bytes) -> tuple[str | None, str]:
    """Give the text of some bytes and the encoding taken; or None and the reason.

    UTF-8 is tried first and a byte-order mark is dropped. What is not UTF-8 is read in the likeliest encoding:
    Windows-1252 where that is possible at all, as it is by far the commonest in Western news, else the best guess.
    """
    try:
        text, encoding = content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        likely = {match.encoding: match for match in from_bytes(content)}
        if not likely:
            return None, "the bytes are no text in any known encoding"
        encoding = "cp1252" if "cp1252" in likely else next(iter(likely))
        text = str(likely[encoding])
    if "\0" in text:
        return None, "it holds NUL characters, so it is no plain text"
    return text, encoding


READERS: dict[str, Callable[[bytes, str, Reading], None]] = {".txt": read_text}
