"""Files that a reader uploads, put into a folder of theirs: whole, under a safe name, never over another file."""

import os
import re
import unicodedata
from pathlib import Path
from secrets import token_hex

LONGEST = 120  # bytes of a name before its ending; file systems take 255, some of them less
NO_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]')
RESERVED = re.compile(r"(?:CON|PRN|AUX|NUL|COM\d|LPT\d)(?:\.|$)", re.IGNORECASE)  # devices, on Windows


def put(folder: Path, name: str, content: bytes) -> Path:
    """Give the new file in the folder that holds the content; where x.txt is taken, it is called x-2.txt, x-3.txt, …

    The folder is made if it is missing. The file is written beside under a hidden name and then linked to its own,
    so that it is there whole or not at all, and no file that was there before is touched.
    Raises OSError if it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stem, ending = os.path.splitext(cleaned(name))
    partial = folder / f".upload-{token_hex(8)}"
    try:
        with partial.open("xb") as stream:
            stream.write(content)
        n = 1
        while True:
            try:
                return _linked(partial, folder / f"{stem}{f'-{n}' if n > 1 else ''}{ending}")
            except FileExistsError:
                n += 1
    finally:
        partial.unlink(missing_ok=True)


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


def _linked(partial: Path, target: Path) -> Path:
    """Give the target, made of the partial file; FileExistsError if there is such a file already."""
    try:
        os.link(partial, target)
    except FileExistsError:
        raise
    except OSError:  # the file system knows no links: the name is taken first, which no other can take then
        target.open("xb").close()
        try:
            os.replace(partial, target)
        except OSError:
            target.unlink()
            raise
    return target
