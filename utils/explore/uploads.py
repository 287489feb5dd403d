"""Files that a reader uploads, put into a folder of theirs: whole, under a safe name, never over another file."""

import re
import unicodedata
from pathlib import Path

from utils import storage

LONGEST = 120  # bytes of a name before its ending; file systems take 255, some of them less
NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)  # devices, on Windows


def put(folder: Path, name: str, content: bytes) -> Path:
    """Give the new file in the folder that holds the content; where x.txt is taken, it is called x-2.txt, x-3.txt, …

    The folder is made if it is missing. Raises OSError if the file cannot be written.
    """
    return storage.write_new(folder / cleaned(name), content)


def cleaned(name: str) -> str:
    """Give the name under which a file can be kept anywhere: no path, no signs that file systems or screens take
    amiss, not hidden, not a device, not too long; the ending stays."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = NO_NAME.sub("", last).strip().rstrip(". ")
    stem, point, ending = plain.rpartition(".") if "." in plain else (plain, "", "")
    stem = _short(stem.lstrip(".~$").strip(". "), LONGEST) or "article"
    return f"{'file-' if RESERVED.match(stem) else ''}{stem}{point}{_short(ending, 20)}"


def _short(text: str, longest: int) -> str:
    """Give a text cut to so many bytes in UTF-8, no character cut in half."""
    return text.encode("utf-8")[:longest].decode("utf-8", "ignore").strip()
