"""Large text files as streams: line by line, in the right encoding, without holding them."""

import codecs
import contextlib
import io
from collections.abc import Iterator
from typing import TextIO

from utils.intake import encodings
from utils.intake.batch import File, Reading
from utils.intake.readers.tables.rows import Broken

BLOCK = 2**20


@contextlib.contextmanager
def opened(file: File, reading: Reading) -> Iterator[tuple[TextIO, str]]:
    """Give a file's text as a stream, its line ends untouched, and its encoding.

    What is UTF-8 throughout is read from the file as it goes; anything else is decoded whole, and a guess is noted, as
    are NUL characters, which are left out.
    Raises Broken if the bytes are no text.
    """
    if _utf_8(file):
        text = io.TextIOWrapper(file.stream, encoding="utf-8-sig", newline="")
        try:
            yield text, "utf-8"
        finally:
            text.detach()
        return
    whole, encoding = encodings.decoded(file.content())
    if whole is None:
        raise Broken(encoding, "save the table again, as text in UTF-8")
    whole, nul = encodings.without_nul(whole)
    if nul:
        reading.problem(file.name, "doubtful", *nul)
    if encoding == "utf-8" and "\ufffd" in whole:
        _note(file, reading, "not all of its bytes are UTF-8; U+FFFD stands for what could not be read")
    if encoding not in encodings.UNICODE:
        _note(file, reading, f"not UTF-8; read as {encoding}, the likeliest encoding")
    yield io.StringIO(whole, newline=""), encoding


def _note(file: File, reading: Reading, problem: str) -> None:
    cure = "look at its accents and quotation marks; save it as UTF-8 if they are wrong"
    reading.problem(file.name, "doubtful", problem, cure)


def _utf_8(file: File) -> bool:
    """Tell whether all of a file's bytes are UTF-8 and none is zero, as half of them may be in UTF-16."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.stream.seek(0)
    try:
        while block := file.stream.read(BLOCK):
            if b"\0" in block:
                return False
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.stream.seek(0)
    return True
