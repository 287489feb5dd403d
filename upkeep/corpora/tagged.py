"""Articles with inline tags, read into their raw text and the passages that the tags held."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class SourceError(ValueError):
    """A source cannot be compiled; the message names the file, what was found there and what was wanted."""


@dataclass(frozen=True)
class Tag:
    """One tag: its name, the passage it held (code points in raw, end exclusive) and its attributes."""

    name: str
    start: int
    end: int
    attributes: dict[str, str]


@dataclass(frozen=True)
class Article:
    """One tagged article: its id once compiled ("a01.txt"), its attributes, raw text, and tags by where they start."""

    id: str
    attributes: dict[str, str]
    raw: str
    tags: list[Tag]

    @property
    def encoding(self) -> str:
        """The encoding of its text file: UTF-8 unless the attribute `encoding` says otherwise."""
        return self.attributes.get("encoding", "utf-8")

    def named(self, name: str) -> list[Tag]:
        """Give the tags of one name, in the order of the text."""
        return [tag for tag in self.tags if tag.name == name]

    def text(self, tag: Tag) -> str:
        """Give what a tag held."""
        return self.raw[tag.start : tag.end]


def read(path: Path) -> Article:
    """Give the article in one source file.

    Its raw text is all that stands between <article …> and </article>, tags taken out, without the one line break
    directly after the first and the one directly before the second.
    Raises SourceError if the file is no XML, or its outermost element is no <article>.
    """
    try:
        root = ET.fromstring(path.read_bytes())
    except ET.ParseError as error:
        raise SourceError(f"{path.name} is no well-formed XML ({error}): write & as &amp;, < as &lt;") from error
    if root.tag != "article":
        raise SourceError(f"{path.name} begins with <{root.tag}>; one <article …> is wanted")
    tags: list[Tag] = []
    whole = "".join(_pieces(root, 0, tags))
    first, last = int(whole.startswith("\n")), len(whole) - whole.endswith("\n")
    moved = [Tag(tag.name, tag.start - first, tag.end - first, tag.attributes) for tag in tags]
    order = sorted(moved, key=lambda tag: (tag.start, -tag.end))
    return Article(f"{path.stem}.txt", dict(root.attrib), whole[first:last], order)


def _pieces(element: ET.Element, at: int, tags: list[Tag]) -> Iterator[str]:
    """Give the text in an element piece by piece, and note each tag within it with its place in the whole."""
    yield (piece := element.text or "")
    at += len(piece)
    for child in element:
        start = at
        for piece in _pieces(child, at, tags):
            at += len(piece)
            yield piece
        tags.append(Tag(child.tag, start, at, dict(child.attrib)))
        yield (piece := child.tail or "")
        at += len(piece)
