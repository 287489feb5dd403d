"""Word files (.docx): their visible text, as one article, or as the many of a Nexis Uni download.

A line is a paragraph, those of tables and text boxes too, and those of links and accepted or pending insertions. Left
out are comments, headers and footers, and, which is reported, footnotes and what is marked as deleted or hidden. What
the file's properties call author and date are those of the file, not of the article.
"""

import html
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

from lxml import etree

from utils.intake import article
from utils.intake.batch import File, Reading, reader
from utils.intake.budget import Broken
from utils.intake.readers import databases
from utils.intake.readers.tables.parts import OTHER

LARGEST = 500_000_000  # bytes that a file may unpack to, its pictures too
LARGEST_TEXT = 60_000_000  # bytes of its text, with all the marks around it
NODES = 3_000_000  # tags of a part, and its attributes, which take twice as much: half a GB of memory
OLD = b"\xd0\xcf\x11\xe0"  # how an old Office file begins, and a new one under a password
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LEFT_OUT = frozenset("del moveFrom instrText delText pPr rPr sectPr".split())
MARKED = frozenset("del r".split())  # what was moved stands elsewhere
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "‑", "softHyphen": "\u00ad", "sym": "\ufffd"}
HEADING = re.compile(r"(?:heading ?1|title)(?:_\d+)?$", re.IGNORECASE)
LOCKED = "it is locked with a password", "open it in Word, take the password away and save it again"
NO_WORD = "it is a zip archive, but no Word file", "give it the ending of what it is"
OPEN = "open it in Word and save it again as .docx, or save its text as .txt"


class Paragraph(NamedTuple):
    """A paragraph of a Word file: its text, and whether it is styled as a title or a heading of the first rank."""

    text: str
    heading: bool


@dataclass
class _Contents:
    """What a Word file holds: its paragraphs, the number of its notes, of the pieces that are marked as deleted or
    hidden, and the entities in it that nobody defined."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    n_notes: int = 0
    n_marked: int = 0
    entities: set[str] = field(default_factory=set)


@reader
def read(file: File, reading: Reading) -> None:
    """Take the article or articles of a Word file."""
    contents = _opened(file)
    for problem, cure in _doubts(contents):
        reading.problem(file.name, "doubtful", problem, cure)
    found = contents.paragraphs
    raw = "\n".join(paragraph.text for paragraph in found)
    if databases.take(file, reading, raw, headings=[paragraph.text for paragraph in found if paragraph.heading]):
        return
    article.take(reading, raw, source=file.name, encoding="utf-8", sha256=file.sha256, options=file.options)


def _doubts(contents: _Contents) -> Iterator[tuple[str, str]]:
    """Give what is doubtful about a Word file, and the cure."""
    if n := contents.n_notes:
        said = f"its {n:,} footnote{'s were' if n > 1 else ' was'} not read"
        yield said, "copy them into the text if they are a part of the article"
    if n := contents.n_marked:
        said = f"{n:,} piece{'s' * (n > 1)} marked as deleted or hidden {'were' if n > 1 else 'was'} left out"
        yield said, "accept or refuse the changes in Word if they matter, and save it again"
    if contents.entities:
        said = f"it speaks of signs that it does not define: {', '.join(sorted(contents.entities)[:5])}"
        yield said, "look at the text where they stand"


def _opened(file: File) -> _Contents:
    """Give what a Word file holds, or raise Broken."""
    _refuse_old(file)
    try:
        with ZipFile(file.stream) as archive:
            _check(archive)
            contents, main = _Contents(), _main(archive)
            contents.n_notes, headings = _n_notes(archive, main), _headings(archive, main)
            _read_paragraphs(_tree(archive, main), headings, contents)
            return contents
    except Broken:
        raise
    except BadZipFile as error:
        raise Broken(f"it is damaged or no Word file ({error})", OPEN) from error
    except etree.XMLSyntaxError as error:
        raise Broken(f"the text in it is damaged ({error.msg})", OPEN) from error
    except Exception as error:  # zlib, lzma, struct and zipfile itself raise what the damage led to
        raise Broken(f"it is damaged ({type(error).__name__})", OPEN) from error


def _refuse_old(file: File) -> None:
    """Raise Broken for an empty file, and for an old Office file or one under a password."""
    file.stream.seek(0)
    first = file.stream.read(len(OLD))
    if not first:
        raise Broken("the file is empty", "save it again, or take it away")
    if first == OLD and ENCRYPTED in file.content():
        raise Broken(*LOCKED)
    if first == OLD:
        raise Broken("it is an old Word file (.doc) or another old Office file", OPEN)


def _check(archive: ZipFile) -> None:
    """Raise Broken if the file unpacks to more than is read, or a part of it is locked."""
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Broken(*LOCKED)
    if sum(part.file_size for part in parts) > LARGEST:
        raise Broken(f"it unpacks to more than {LARGEST // 10**6} MB", "save its text as .txt, or split it")


def _tree(archive: ZipFile, name: str) -> etree._Element:
    """Give a part as a tree. No entity is resolved and nothing fetched; what would blow up is refused before."""
    part = archive.getinfo(name)
    if part.file_size > LARGEST_TEXT:
        said = f"its text unpacks to {part.file_size / 10**6:,.0f} MB, and the limit is {LARGEST_TEXT // 10**6} MB"
        raise Broken(said, "save its text as .txt, or split it")
    content = archive.read(part)
    if OTHER.match(content):
        raise Broken("the text in it is not in UTF-8, as that of every Word file is", OPEN)
    if b"<!DOCTYPE" in content:
        raise Broken("it declares a document type, as no Word file does", OPEN)
    if (n := content.count(b"<") + 2 * content.count(b"=")) > NODES:
        raise Broken(f"its text has {n:,} tags and attributes, and the limit is {NODES:,}", "save its text as .txt")
    parser = _parser()
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        if any(entry.type_name != "ERR_UNDECLARED_ENTITY" for entry in parser.error_log):
            raise
        return etree.fromstring(content, _parser(recover=True))


def _parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, recover=recover
    )


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
    if name := _related(archive, "", "officeDocument"):
        return name
    raise Broken(*NO_WORD)


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


def _read_paragraphs(root: etree._Element, headings: frozenset[str], contents: _Contents) -> None:
    """Read the paragraphs in the order in which they begin, so that a text box follows what holds it."""
    if etree.QName(root).localname != "document":
        raise Broken(*NO_WORD)
    found: list[Paragraph | None] = []
    around: list[tuple[int, list[str], bool]] = []
    walk = etree.iterwalk(root, events=("start", "end"), tag="{*}*")
    for event, element in walk:
        name = etree.QName(element).localname
        if event == "start" and _left_out(element, name):
            contents.n_marked += name in MARKED and any(_said(text) for text in element.iter("{*}t", "{*}delText"))
            walk.skip_subtree()
        elif event == "start" and name == "p":
            style = element.find("{*}pPr/{*}pStyle")
            around.append((len(found), [], style is not None and _value(style) in headings))
            found.append(None)
        elif event == "start" and around:
            around[-1][1].append(_text(element, contents) if name == "t" else SIGNS.get(name, ""))
        elif event == "end" and name == "p" and around:
            number, parts, heading = around.pop()
            found[number] = Paragraph("".join(parts), heading)
    contents.paragraphs = [paragraph for paragraph in found if paragraph is not None]


def _text(element: etree._Element, contents: _Contents) -> str:
    """Give a text, with what follows an entity in it; those that HTML knows become the signs that they stand for."""
    parts = [element.text or ""]
    for child in element:
        if isinstance(child, etree._Entity):
            contents.entities.add(child.text)
            parts.append(html.unescape(child.text))
        parts.append(child.tail or "")
    return "".join(parts)


def _said(element: etree._Element) -> bool:
    return bool((element.text or "").strip())


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
    return sum(1 for note in notes if any(map(_said, note.iter("{*}t"))))


READERS = {".docx": read}
