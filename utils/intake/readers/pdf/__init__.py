"""PDF files with a text layer: all of it as it is set, its lines told apart into paragraphs, heads and page numbers.

`raw` holds the pages' lines as the file gives them, ligatures written as letters (ﬁ as fi) and nothing else changed.
A body segment is a paragraph of several lines; one that a running head cuts in two is two segments. A word divided
at the end of a line keeps its hyphen, and so counts as two words. What the file's properties call author and date are
mostly those of the program that made it: they are not taken, and its title only where the text has it as a line.
"""

import logging
import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from utils.intake import article
from utils.intake.batch import File, Reading, Span, reader
from utils.intake.budget import TEXT, Broken, Budget
from utils.intake.cleaning import stretches
from utils.intake.readers import databases
from utils.intake.readers.pdf import layout
from utils.intake.readers.pdf.layout import Line

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_TEXT = TEXT  # characters
STEP, BOMB = 70, 20_000_000  # characters that take as long as a step in drawing a page, or a page that is a bomb
SCANNED = 25  # letters a page: with fewer, and pictures, it is a picture of a page
LETTERS = dict(zip(range(0xFB00, 0xFB07), ["ff", "fi", "fl", "ffi", "ffl", "st", "st"], strict=True))
CONTROLS = dict.fromkeys([*range(9), *range(14, 32), *range(127, 160)], "\ufffd")
CLEANED = str.maketrans(LETTERS | CONTROLS | {11: "\n", 12: "\n", 13: "\n", 0x85: "\n"})
DIVIDED = re.compile(r"[^\W\d_]{2}-[^\S\n]*+\n\s*+[^\W\d_]{2}")
GARBLED = 0.05  # of the signs: beyond that the fonts do not tell which letters they show
PRINT = "open it in a browser or a PDF program and print it into a new PDF, or copy its text into a .txt file"
OCR = "let a program recognise its letters (OCR), look the text over, and save it as .txt or as PDF with text"
AES = "it is locked in a way (AES) that we cannot open, even where it needs no password", PRINT
QUIET = logging.NullHandler()

Row = tuple[str, float, float, float]  # a line's text, its place from the left and from the foot, its letters' size


class _Text(NamedTuple):
    """The text of a file and the lines in it."""

    raw: str
    lines: list[Line]
    title: str


@reader
def read(file: File, reading: Reading) -> None:
    """Take the article of a PDF file, or the articles of one from Nexis."""
    text = _text(file, reading)
    heads = layout.heads(text.raw, text.lines)
    heads = {n: rule for n, rule in heads.items() if not databases.is_mark(text.raw, text.lines[n][:2])}
    paragraphs = layout.paragraphs(text.raw, [line for n, line in enumerate(text.lines) if n not in heads])
    pieces = [piece for paragraph in paragraphs for piece in paragraph]
    _note_doubts(file, reading, text.raw)
    if databases.take(file, reading, text.raw, spans=pieces):
        return
    segments, metadata = stretches.labelled(
        text.raw, paragraphs, title=_title(text, paragraphs), furniture=file.options.furniture
    )
    segments += [(line.start, line.end, "furniture", heads[n]) for n, line in enumerate(text.lines) if n in heads]
    article.take(
        reading, text.raw, source=file.name, encoding="utf-8", sha256=file.sha256, options=file.options,
        labelled=(stretches.completed(text.raw, segments, rule="outside the text"), metadata),
    )  # fmt: skip


def _text(file: File, reading: Reading) -> _Text:
    """Give the text of all pages, or raise Broken; pages without text are noted."""
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").addHandler(QUIET)  # else Python prints its warnings
    try:
        file.stream.seek(0)
        document = PdfReader(file.stream)
        if document.is_encrypted and not document.decrypt(""):
            raise Broken("it is locked with a password", "open it with the password and print it into a new PDF")
        pages, about = list(document.pages), document.metadata
        title = "" if about is None else str(about.get("/Title") or "")
    except Broken:
        raise
    except DependencyError as error:
        raise Broken(*AES) from error
    except Exception as error:  # pypdf raises what the damage led to, RecursionError too
        if not file.stream.seek(0, 2):
            raise Broken("the file is empty", "save it again, or take it away") from error
        raise Broken(f"it is damaged or no PDF file ({_said(error)})", PRINT) from error
    return _joined(file, reading, pages, title)


def _said(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:100] or type(error).__name__


def _joined(file: File, reading: Reading, pages: "list[PageObject]", title: str) -> _Text:
    """Give the pages' texts as one, joined by line ends, with the places of the lines."""
    rows: list[str] = []
    lines: list[Line] = []
    failed, empty, at = [], [], 0
    for number, page in enumerate(pages, start=1):
        found, pictured = _read_page(page, reading.budget)
        failed += [number] * (found is None)
        empty += [number] * pictured
        for text, x, y, size in found or ():
            left = len(text) - len(text.lstrip())
            lines.append(Line(at + left, at + len(text.rstrip()), number, x, y, size))
            rows.append(text)
            at += len(text) + 1
        if at > MOST_TEXT:
            raise Broken(f"its text has more than {MOST_TEXT:,} characters", "split it, or save its text as .txt")
    if not lines:
        raise Broken(*_why_none(failed, empty, len(pages)))
    for numbers, said, cure in ((failed, "not read, as damaged", PRINT), (empty, "pictures and hardly any text", OCR)):
        if numbers:
            which = ", ".join(map(str, numbers[:10])) + ", …" * (len(numbers) > 10)
            reading.problem(file.name, "doubtful", f"pages of {len(pages):,}, {said}: {which}", cure)
    return _Text("\n".join(rows), lines, title.translate(CLEANED))


def _read_page(page: "PageObject", budget: Budget) -> tuple[list[Row] | None, bool]:
    """Give the lines of a page, None if it is broken; and whether it is a picture."""
    from pypdf.errors import DependencyError, LimitReachedError

    try:
        found = _page(page, budget)
        n_letters = sum(map(str.isalpha, "".join(text for text, *_ in found)))
        return found, n_letters < SCANNED and "/XObject" in (page.get("/Resources") or {})
    except DependencyError as error:
        raise Broken(*AES) from error
    except LimitReachedError:  # pypdf's own, of one page
        budget.spend(BOMB)
        return None, False
    except Broken:
        raise
    except Exception:  # pypdf raises what the damage led to; the other pages are read
        return None, False


def _why_none(failed: list[int], empty: list[int], n_pages: int) -> tuple[str, str]:
    """Give why a file has no text, and the cure."""
    if failed:
        return "none of its pages could be read", PRINT
    if empty:
        return "it holds pictures of pages, no text", OCR
    return ("its pages hold no text", OCR) if n_pages else ("it has no pages", PRINT)


def _page(page: "PageObject", budget: Budget) -> list[Row]:
    """Give the lines of a page that hold text, in its order: text, place from the left and from the foot, size."""
    pieces: list[Row] = []
    contents = page.get_contents()
    budget.spend(0 if contents is None else len(contents.get_data()) // 4)

    def visit(text: str, outer: list[float], inner: list[float], font: object, size: float) -> None:
        x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
        y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
        height = abs(size) * (abs(inner[3] * outer[3]) or abs(inner[1] * outer[1]))
        pieces.extend((part, x, y, height or 1.0) for part in re.split(r"(\n)", text))

    page.extract_text(visitor_text=visit, visitor_operand_before=lambda *_: budget.spend(STEP))
    found = []
    for ended, run in groupby(pieces, key=lambda piece: piece[0] == "\n"):
        own = list(run)
        place = next((piece[1:] for piece in own if piece[0].strip()), None)
        if not ended and place is not None:
            found += [(row, *place) for row in _clean("".join(piece[0] for piece in own)).split("\n") if row.strip()]
    return found


def _clean(text: str) -> str:
    """Give a line with its ligatures as letters and U+FFFD for what is no character."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(CLEANED)


def _title(text: _Text, paragraphs: list[list[Span]]) -> str | None:
    """Give the title that the file's properties name, if it is a line of the text."""
    wanted = " ".join(text.title.split()).casefold()
    said = (" ".join(" ".join(text.raw[start:end] for start, end in paragraph).split()) for paragraph in paragraphs)
    return next((each for each in said if each.casefold() == wanted), None)


def _note_doubts(file: File, reading: Reading, raw: str) -> None:
    """Note what is doubtful about a text: letters that are none, words divided at the ends of lines."""
    odd = sum(raw.count(sign) for sign in set(raw) if sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff")
    if odd > GARBLED * len(raw):
        said = "its fonts do not tell which letters they show; much of the text is garbled"
        reading.problem(file.name, "doubtful", said, OCR)
    if n := len(DIVIDED.findall(raw)):
        said = f"{n:,} word{'s are' if n > 1 else ' is'} divided at the end of a line and count{'s' * (n == 1)} as two"
        reading.problem(file.name, "doubtful", said, "where that matters, take the article as a web page or as text")


READERS = {".pdf": read}
