"""Files and folders: find them, open them, hand each to the reader of its format."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from utils import progress
from utils.intake import article, encodings
from utils.intake.reading import DEFAULT, File, Options, Reading


def read(path: Path, options: Options = DEFAULT) -> Reading:
    """Give what a file, or a folder and the folders in it, holds, in the order of the file names."""
    reading = Reading()
    base = path if path.is_dir() else path.parent
    found = sorted(_files(path)) if path.is_dir() else [path]
    for file in progress.bar(found, "reading files", shown=len(found) > 500):
        _read_one(file, base, reading, options)
    return reading


def _files(folder: Path) -> Iterator[Path]:
    """Give every file below a folder but hidden ones; a link to a folder is given, not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        links = [name for name in folders if Path(parent, name).is_symlink()]
        yield from (Path(parent, name) for name in [*names, *links] if not name.startswith("."))


def _read_one(file: Path, base: Path, reading: Reading, options: Options) -> None:
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
            with file.open("rb") as stream:
                reader(File(source, stream, options), reading)
        except OSError as error:
            reading.problem(
                source,
                "unreadable",
                f"the file could not be opened ({error.strerror})",
                "check that it is still there and that you may read it",
            )


def read_text(file: File, reading: Reading) -> None:
    """Take one scraped article from a text file."""
    raw, encoding = encodings.decoded(file.content())
    if raw is None:
        reading.problem(file.name, "unreadable", encoding, "save it as plain text in UTF-8")
        return
    if encoding != "utf-8":
        reading.problem(
            file.name,
            "doubtful",
            f"not UTF-8; read as {encoding}, the likeliest encoding",
            "look at its accents and quotation marks; save it as UTF-8 if they are wrong",
        )
    article.take(
        reading, raw, source=file.name, encoding=encoding, sha256=file.sha256, options=file.options
    )


READERS: dict[str, Callable[[File, Reading], None]] = {".txt": read_text}
