"""Readers, one a format, found by listing this folder: each module names in READERS the endings that it reads.

A reader takes a `batch.File` and puts what it holds into a `batch.Reading`: it labels segments, notes what it could not
read, and alters nothing.
"""

import os
import pkgutil
import re
from functools import cache
from importlib import import_module
from typing import BinaryIO

from utils.intake.batch import File, Options, Reader, Reading, loaded

SKIPPED = re.compile(  # hidden files, and what systems and office programs leave behind: passed over without a word
    r"(?:^|/)(?:\.(?!\.?(?:/|$))|~\$|__MACOSX(?:/|$)|(?:Thumbs\.db|ehthumbs\.db|desktop\.ini|Icon\r)$)", re.IGNORECASE
)
PACKED = (".zip", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar", ".7z", ".rar")
ALLOWED = "check that it is still there and that you may read it"


@cache
def by_ending() -> dict[str, Reader]:
    """Give the reader of each ending, those of the modules of this folder and the folders in it, by their names."""
    found: dict[str, Reader] = {}
    for module in pkgutil.walk_packages(__path__, f"{__name__}."):
        found |= getattr(import_module(module.name), "READERS", {})
    return found


def hand_on(source: str, stream: BinaryIO, reading: Reading, options: Options) -> None:
    """Give a stream to the reader of its format; what goes wrong inside, even what nobody foresaw, is noted."""
    ending = os.path.splitext(source)[1].lower()
    before = len(reading)
    if ending not in by_ending():
        reading.problem(source, "unreadable", *_no_reader(ending))
        return
    try:
        by_ending()[ending](File(source, stream, options), reading)
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
    if ending in PACKED:
        return f"there is no reader for {ending}", "unpack it, or pack the files again as .zip"
    named = ending or "files without an ending"
    return f"there is no reader for {named}", f"if it holds an article, save it as one of {', '.join(by_ending())}"
