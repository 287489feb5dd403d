"""What a reader is given and what it brings back, whatever the format: articles, their segments, what went wrong."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

COLUMNS = ["title", "outlet", "section", "byline", "published", "agency", "rights"]
KINDS = ["headline", "section", "byline", "dateline", "body", "trailer", "furniture"]

Span = tuple[int, int]
Segment = tuple[int, int, str, str]  # start, end, kind, rule


@dataclass(frozen=True)
class Options:
    """What a person may say about the files: `columns` maps our names to theirs in tables; `furniture` holds lines
    of their own to set aside."""

    columns: Mapping[str, str] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()


DEFAULT = Options()


@dataclass(frozen=True)
class File:
    """One file to read: its `name` in the corpus (the path from its folder), its bytes behind `stream` (open, can be
    read again from the start), and the options for it."""

    name: str
    stream: BinaryIO
    options: Options = DEFAULT

    @cached_property
    def sha256(self) -> str:
        """The sha256 of the file's bytes."""
        self.stream.seek(0)
        digest = hashlib.file_digest(self.stream, "sha256").hexdigest()
        self.stream.seek(0)
        return digest

    def content(self) -> bytes:
        """Give all of the file's bytes."""
        self.stream.seek(0)
        return self.stream.read()


@dataclass
class Reading:
    """Articles (dictionaries with article_id, raw, source, encoding, sha256 and metadata), the segments of
    each by article_id, and problems (dictionaries with source, kind, problem, cure)."""

    articles: list[dict] = field(default_factory=list)
    segments: dict[str, list[Segment]] = field(default_factory=dict)
    problems: list[dict] = field(default_factory=list)

    def add(self, article: dict, segments: list[Segment]) -> None:
        """Take in one article; an article_id already there gets -2, -3, … and is reported."""
        wanted = article["article_id"]
        name, n = wanted, 1
        while name in self.segments:
            n += 1
            name = f"{wanted}-{n}"
        if name != wanted:
            self.problem(
                article["source"],
                "doubled",
                f"the article_id {wanted} was taken",
                f"it is loaded as {name}; rename one of them if you want to choose",
            )
        self.articles.append(article | {"article_id": name})
        self.segments[name] = segments

    def problem(self, source: str, kind: str, problem: str, cure: str) -> None:
        """Note what went wrong with one source: kind is unreadable (not loaded), doubtful or doubled (loaded)."""
        self.problems.append({"source": source, "kind": kind, "problem": problem, "cure": cure})


def trimmed(raw: str, start: int, end: int) -> Span:
    """Give the span without the white space at its edges."""
    piece = raw[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def lines(raw: str) -> Iterator[Span]:
    """Give the span of every line that holds more than white space, trimmed."""
    for match in re.finditer(r"[^\r\n]+", raw):
        start, end = trimmed(raw, *match.span())
        if start < end:
            yield start, end


def cut_out(raw: str, start: int, end: int, found: Iterable[tuple[Span, str, str]]) -> Iterator[Segment]:
    """Give a paragraph as segments: each found span with its kind and rule, the rest as body, nothing left out."""
    at = start
    for (left, right), kind, rule in found:
        yield from _body(raw, at, left)
        yield left, right, kind, rule
        at = right
    yield from _body(raw, at, end)


def _body(raw: str, start: int, end: int) -> Iterator[Segment]:
    start, end = trimmed(raw, start, end)
    if start < end:
        yield start, end, "body", "paragraph"
