r"""Rich text (.rtf): its visible text, as one article, or as the many of a download from a news database.

striprtf reads it. What would keep that long, break it, or add what nobody sees is mended before: pictures and other
bytes are left out, the table of fonts is written anew, letters beyond ASCII are written as \'e9. Left out, which is
reported, are footnotes and text boxes, and what stands after the end of the document.
"""

import re
from collections.abc import Iterator

from utils.intake import article, encodings
from utils.intake.batch import File, Reading, reader
from utils.intake.budget import Broken
from utils.intake.readers import databases

LARGEST = 60_000_000  # bytes
BYTE = 3  # characters of plain text that a byte takes as long as
FONTS = 1_000  # of a document that are looked at
BEGINS = re.compile(rb"\s*+\{\s*+\\rtf")
BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
PICTURE = re.compile(rb"(?<![0-9a-fA-F\s])[0-9a-fA-F\s]{400,}+(?=\})")
HIGH = re.compile(r"[\x80-\xff]")
MENDED = re.compile(
    r"\\(?:[\\{}]|(?P<cell>(?:nest)?cell)(?![a-z])|(?P<field>fldinst)(?=\{)|u(?P<sign>-?\d{5,10})(?!\d)"
    r"|(?P<skipped>uc)(?![-\da-z])|(?P<none>bin)(?![a-z]))"
)
BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
FONT = re.compile(r"\\(f|fcharset)(\d{1,6})(?!\d)")
PAGE = re.compile(r"\\ansicpg(\d{1,5})")
CHARSETS = {78: 128, 79: 136, 80: 129, 82: 177, 85: 134, 86: 238, 87: 204, 88: 222, 89: 238}  # of old Macs, as Windows'
OPEN = "open it in a word processor and save it again as .rtf or .docx, or save its text as .txt"
NOTES = re.compile(r"\\footnote(?![a-z])")
BOXES = re.compile(r"\\shptxt(?![a-z])")
UNSEEN = re.compile(r"\\(?:v|deleted)(?![a-z\d]) ?[^\\{}\s]")


@reader
def read(file: File, reading: Reading) -> None:
    """Take the article or articles of a rich text."""
    content = file.content() if file.size <= LARGEST else b""
    if not content.strip(b"\0\r\n\t "):
        raise Broken(*_too_large_or_empty(file))
    if not BEGINS.match(content):
        raise Broken("it does not begin as RTF does", "give it the ending of what it is, or save it again as .rtf")
    reading.budget.spend(BYTE * len(content))
    marked = _without_bytes(content)
    for problem, cure in _doubts(marked):
        reading.problem(file.name, "doubtful", problem, cure)
    raw, nul = encodings.without_nul(_text(marked))
    if nul:
        reading.problem(file.name, "doubtful", *nul)
    page = PAGE.search(marked, 0, 10_000)
    encoding = f"cp{page[1]}" if page else "cp1252"
    if not databases.take(file, reading, raw, encoding=encoding):
        article.take(reading, raw, source=file.name, encoding=encoding, sha256=file.sha256, options=file.options)


def _too_large_or_empty(file: File) -> tuple[str, str]:
    if file.size <= LARGEST:
        return "the file is empty", "save it again, or take it away"
    said = f"it has {file.size / 10**6:,.0f} MB, and the limit is {LARGEST // 10**6} MB"
    return said, "save its text as .txt, or divide it into several files"


def _without_bytes(content: bytes) -> str:
    """Give the document as text without pictures and other bytes, letters beyond ASCII written as codes."""
    pieces, at = [], 0
    while found := BINARY.search(content, at):
        pieces.append(content[at : found.start()])
        at = found.end() + int(found[1])
    text = PICTURE.sub(b"", b"".join([*pieces, content[at:]])).decode("latin-1")
    return text if text.isascii() else HIGH.sub(lambda sign: f"\\'{ord(sign[0]):02x}", text)


def _text(marked: str) -> str:
    """Give the visible text, or raise Broken."""
    from striprtf.striprtf import font_table_group, rtf_to_text

    fonts = font_table_group(marked)
    if fonts:
        marked = marked.replace(fonts, _fonts(fonts), 1)
    try:
        text = rtf_to_text(MENDED.sub(_mended, marked), errors="replace")
    except Exception as error:  # whatever the damage leads it to
        raise Broken(f"it is damaged ({type(error).__name__})", OPEN) from error
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _fonts(group: str) -> str:
    """Give a table of fonts that says no more than which alphabet each has."""
    charsets: dict[str, int] = {}
    font = "0"
    for word, number in FONT.findall(group):
        if word == "f":
            font = number
        elif len(charsets) < FONTS:
            charsets[font] = CHARSETS.get(int(number), int(number))
    rows = "".join(f"{{\\f{font}\\fcharset{charset} x;}}" for font, charset in charsets.items())
    return f"{{\\fonttbl{rows}}}"


def _mended(found: re.Match[str]) -> str:
    """Give a control word as striprtf takes it: cells divided by tabs, no address of a link in the text, no sign that
    is none, no bytes left that were to follow."""
    if found["cell"]:
        return "\\tab"
    if found["field"]:
        return "\\fldinst "
    if found["skipped"]:
        return "\\uc1"
    if found["none"]:
        return ""
    if found["sign"]:
        return found[0] if -0x10000 <= int(found["sign"]) <= 0x10FFFF else "\\u65533"
    return found[0]


def _doubts(marked: str) -> Iterator[tuple[str, str]]:
    """Give what is doubtful about a document, and the cure."""
    end = _end(marked)
    if end is None:
        yield "its end is missing", "fetch or save it again; what is there is loaded"
    elif n := len(marked[end:].strip("\0\r\n\t }")):
        yield f"{n:,} characters after the end of the document were not read", OPEN
    if n := len(NOTES.findall(marked)):
        said = f"its {n:,} footnote{'s were' if n > 1 else ' was'} not read"
        yield said, "copy them into the text if they are a part of the article"
    if BOXES.search(marked):
        yield "its text boxes were not read", "copy what they say into the text if it is a part of the article"
    if UNSEEN.search(marked):
        yield "it marks text as hidden or deleted, which was read too", "accept or refuse the changes and save it again"


def _end(marked: str) -> int | None:
    """Give where the outermost group ends; None if it does not."""
    depth = 0
    for found in BRACE.finditer(marked):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth == 0 and found[0] == "}":
            return found.end()
    return None


READERS = {".rtf": read}
