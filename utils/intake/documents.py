"""Word files (.docx): their visible text, as one article, or as the many of a Nexis Uni download.

A line is a paragraph, those of tables and text boxes too, and those of links and accepted or pending insertions; what
was deleted, marked hidden, or stands in comments, footnotes, headers and footers is left out. What the file's
properties call author and date are those of the file, not of the article.
"""

import posixpath
import re
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from lxml import etree

from utils.intake import article, nexis
from utils.intake.reading import File, Reading

LARGEST = 500_000_000  # bytes that a file may unpack to, its pictures too
LARGEST_TEXT = 200_000_000  # bytes of its text, with all the marks around it
RATIO = 200  # a text packs to a fifth or a tenth; a bomb to a thousandth
FREE = 50_000_000  # bytes that a text may unpack to whatever its ratio
OLD = b"\xd0\xcf\x11\xe0"  # how an old Office file begins, and a new one under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LEFT_OUT = frozenset("del moveFrom instrText delText pPr rPr sectPr".split())
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad"}
HEADING = re.compile(r"(?:heading ?1|title)(?:_\d+)?$", re.IGNORECASE)
LOCKED = "it is locked with a password", "open it in Word, take the password away and save it again"
OPEN = "open it in Word and save it again as .docx, or save its text as .txt"


class Paragraph(NamedTuple):
    """A paragraph of a Word file: its text, and whether it is styled as a title or a heading of the first rank."""

    text: str
    heading: bool


class _Refused(Exception):
    """A file that is not read: the problem and its cure."""


def read(file: File, reading: Reading) -> None:
    """Take the article or articles of a Word file."""
    try:
        found, n_notes = _opened(file)
    except _Refused as refused:
        reading.problem(file.name, "unreadable", *refused.args)
        return
    if n_notes:
        said = f"its {n_notes:,} footnote{'s were' if n_notes > 1 else ' was'} not read"
        reading.problem(file.name, "doubtful", said, "copy them into the text if they are a part of the article")
    raw = "\n".join(paragraph.text for paragraph in found)
    if nexis.take(file, reading, raw, headings=[paragraph.text for paragraph in found if paragraph.heading]):
        return
    article.take(reading, raw, source=file.name, encoding="utf-8", sha256=file.sha256, options=file.options)


def _opened(file: File) -> tuple[list[Paragraph], int]:
    """Give the paragraphs of a Word file and the number of its footnotes, or raise _Refused."""
    _refuse_old(file)
    try:
        with ZipFile(file.stream) as archive:
            _check(archive)
            main = _main(archive)
            return _paragraphs(_tree(archive, main), _headings(archive, main)), _n_notes(archive, main)
    except _Refused:
        raise
    except BadZipFile as error:
        raise _Refused(f"it is damaged or no Word file ({error})", OPEN) from error
    except etree.XMLSyntaxError as error:
        raise _Refused(f"the text in it is damaged ({error.msg})", OPEN) from error
    except Exception as error:  # zlib, lzma, struct and zipfile itself raise what the damage led to
        raise _Refused(f"it is damaged ({type(error).__name__})", OPEN) from error


def _refuse_old(file: File) -> None:
    """Raise _Refused for an empty file, and for an old Office file or one under a password."""
    file.stream.seek(0)
    first = file.stream.read(len(OLD))
    if not first:
        raise _Refused("the file is empty", "save it again, or take it away")
    if first == OLD and ENCRYPTED in file.content():
        raise _Refused(*LOCKED)
    if first == OLD:
        raise _Refused("it is an old Word file (.doc) or another old Office file", OPEN)


def _check(archive: ZipFile) -> None:
    """Raise _Refused if the file unpacks to more than is read, or a part of it is locked."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise _Refused(*LOCKED)
    if sum(part.file_size for part in parts) > LARGEST:
        raise _Refused(f"it unpacks to more than {LARGEST // 10**6} MB", "save its text as .txt, or split it")


def _tree(archive: ZipFile, name: str) -> etree._Element:
    """Give a part as a tree. No entity is resolved and nothing fetched; what would blow up is refused before."""
    part = archive.getinfo(name)
    if part.file_size > LARGEST_TEXT or part.file_size > max(FREE, RATIO * part.compress_size):
        said = f"its text unpacks to {part.file_size / 10**6:,.0f} MB: more than {LARGEST_TEXT // 10**6} MB, or than"
        raise _Refused(f"{said} {RATIO} times its size", "save its text as .txt, or split it")
    content = archive.read(part)
    if b"<!DOCTYPE" in content[:2000].replace(b"\0", b""):
        raise _Refused("it declares a document type, as no Word file does", OPEN)
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _related(archive: ZipFile, part: str, kind: str) -> str | None:
    """Give the name of the part that one is related to in that way; the file as a whole is the part ""."""
    folder, name = posixpath.split(part)
    table = posixpath.join(folder, "_rels", f"{name}.rels")
    if table not in archive.namelist():
        return None
    for relation in _tree(archive, table).iter("{*}Relationship"):
        if (relation.get("Type") or "").endswith(f"/{kind}") and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or "")).lstrip("/")
            return target if target in archive.namelist() else None
    return None


def _main(archive: ZipFile) -> str:
    """Give the name of the part that holds the text."""
    name = _related(archive, "", "officeDocument")
    if name is None or etree.QName(_tree(archive, name)).localname != "document":
        raise _Refused("it is a zip archive, but no Word file", "give it the ending of what it is")
    return name


def _headings(archive: ZipFile, main: str) -> frozenset[str]:
    """Give the ids of the styles for titles and headings of the first rank."""
    name = _related(archive, main, "styles")
    if name is None:
        return frozenset()
    named = ((style, style.find("{*}name")) for style in _tree(archive, name).iter("{*}style"))
    found = (style for style, name in named if name is not None and HEADING.match(_value(name) or ""))
    return frozenset(_value(style, "styleId") or "" for style in found)


def _value(element: etree._Element, name: str = "val") -> str | None:
    """Give an attribute whatever its namespace."""
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), None)


def _paragraphs(root: etree._Element, headings: frozenset[str]) -> list[Paragraph]:
    """Give the paragraphs in the order in which they begin, so that a text box follows what holds it."""
    found: list[Paragraph | None] = []
    around: list[tuple[int, list[str], bool]] = []
    walk = etree.iterwalk(root, events=("start", "end"), tag="{*}*")
    for event, element in walk:
        name = etree.QName(element).localname
        if event == "start" and _left_out(element, name):
            walk.skip_subtree()
        elif event == "start" and name == "p":
            style = element.find("{*}pPr/{*}pStyle")
            around.append((len(found), [], style is not None and _value(style) in headings))
            found.append(None)
        elif event == "start" and around:
            around[-1][1].append((element.text or "") if name == "t" else SIGNS.get(name, ""))
        elif event == "end" and name == "p" and around:
            number, parts, heading = around.pop()
            found[number] = Paragraph("".join(parts), heading)
    return [paragraph for paragraph in found if paragraph is not None]


def _left_out(element: etree._Element, name: str) -> bool:
    """Tell what is not shown: properties, codes of fields, what was deleted or marked hidden, a second form."""
    if name == "Fallback":
        return element.getprevious() is not None
    hidden = element.find("{*}rPr/{*}vanish") if name == "r" else None
    return name in LEFT_OUT or (hidden is not None and _value(hidden) not in ("0", "false", "off"))


def _n_notes(archive: ZipFile, main: str) -> int:
    """Give the number of footnotes and endnotes with text."""
    names = [_related(archive, main, kind) for kind in ("footnotes", "endnotes")]
    notes = [note for name in names if name for note in _tree(archive, name).iter("{*}footnote", "{*}endnote")]
    return sum(1 for note in notes if any((text.text or "").strip() for text in note.iter("{*}t")))


READERS = {".docx": read}
