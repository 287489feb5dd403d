"""What a reader is given and what it brings back, whatever the format: articles, their segments, what went wrong."""

import contextlib
import functools
import hashlib
import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import repeat
from typing import BinaryIO, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

from utils import mapped
from utils.intake.budget import PROBLEM, Broken, Budget
from utils.intake.columnar import Texts, column
from utils.intake.encodings import whole
from utils.intake.marks import Marks, digest, marks_of
from utils.spans import Span, between

COLUMNS = ["title", "outlet", "section", "byline", "published", "agency", "rights", "language"]
TEXTS = ["raw", "source", "encoding", "sha256"]
KINDS = ["headline", "section", "byline", "dateline", "body", "trailer", "furniture"]
PART = re.compile(r"\A(?P<file>.+) (?:row|article) (?P<number>\d+)")  # the source of one article among many in a file
LISTED = 5  # problems of one sort in one file that are told one by one; more are told in one line
NUMBERS = 300  # characters of the row numbers in that line; further ones are cut
REASONS = 20  # reasons in one file for one cure that are kept apart; further ones count as one
VARYING = re.compile(r"“(?:.*”|.*)|'[^']*'|\"[^\"]*\"|\d+")  # what differs from row to row where the reason is the same

Segment = tuple[int, int, str, str]  # start, end, kind, rule


@dataclass(frozen=True)
class Options:
    """What a person may say about the files: `columns` maps our names to theirs in tables, or to several, of which
    the first that a table has counts; `furniture` holds lines of their own to set aside; `outlet_from` and `date_from`
    say where outlets and dates stand in the names of files ("name") or folders ("folder")."""

    columns: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    furniture: tuple[str, ...] = ()
    outlet_from: str | None = None
    date_from: str | None = None


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
        """The sha256 of the file's bytes; reading goes on where it was."""
        at = self.stream.tell()
        self.stream.seek(0)
        digest = hashlib.file_digest(self.stream, "sha256").hexdigest()  # type: ignore[arg-type]  # IO hides readinto
        self.stream.seek(at)
        return digest

    @cached_property
    def size(self) -> int:
        """The number of the file's bytes; reading goes on where it was."""
        at = self.stream.tell()
        size = self.stream.seek(0, 2)
        self.stream.seek(at)
        return size

    def content(self) -> bytes:
        """Give all of the file's bytes."""
        self.stream.seek(0)
        return self.stream.read()


Reader = Callable[["File", "Reading"], None]


def reader(read: Reader) -> Reader:
    """Give a reader that notes a broken file instead of raising Broken, and what of it is loaded all the same."""

    @functools.wraps(read)
    def noting(file: File, reading: Reading) -> None:
        before = len(reading)
        try:
            read(file, reading)
        except Broken as error:
            reading.problem(file.name, "unreadable", error.problem + loaded(len(reading) - before), error.cure)

    return noting


def loaded(n: int) -> str:
    """Give what is to be said of the articles of a broken file that are loaded, if there are any."""
    return f"; {n:,} article{'s' * (n != 1)} of it {'are' if n != 1 else 'is'} loaded, the rest is missing" if n else ""


class Reading:
    """What has been read so far: articles, the segments of each, and problems.

    Kept compact, since a hundred thousand articles must fit into a laptop: the texts leave Python for arrow as they
    come, and segments are numbers in arrays until `tables` is asked.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}  # each article_id, and how often it was wanted
        self._texts = Texts()
        self.columns: dict[str, list] = {}  # what is known of the articles beside their text, a value an article
        self._n_segments = array("q")
        self._spans = array("q")
        self._labels: dict[tuple[str, str], int] = {}
        self._labelled = array("I")
        self._marks = array("q")  # of each text
        self._paragraphs, self._edges = array("q"), array("q")  # marks of each segment
        self._held: dict[bytes, str] = {}  # a hash of each text, and the source that brought it first
        self._problems: dict[tuple[str, ...], _Problem] = {}
        self._reasons: dict[tuple[str, ...], set[str]] = {}
        self.n_problems = 0
        self._is_quiet = False
        self.without: dict[str, dict[str, list[str]]] = {}  # our columns that each table has not, and what may be
        self.layouts: dict[
            str, tuple[list[str], dict[str, str]]
        ] = {}  # of each table its columns, and which were taken
        self.unread: Counter[str] = Counter()  # how many files and rows could not be read
        self.budget = Budget()  # of the file that is being read

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, article: dict, segments: list[Segment]) -> None:
        """Take in one article (article_id, raw, source, encoding, sha256 and metadata) and its segments.

        An article_id already there gets -2, -3, …; that, and a text that an earlier article holds, is reported.
        """
        facts = dict(article)
        raw, wanted = facts.pop("raw"), facts.pop("article_id")
        self._name(wanted, facts["source"], digest(raw))
        self._texts.append(raw)
        for new in facts:
            if new not in self.columns:
                self.columns[new] = [None] * (len(self) - 1)
        for key, values in self.columns.items():
            values.append(facts.get(key))
        self._n_segments.append(len(segments))
        for start, end, kind, rule in segments:
            self._spans.extend((start, end))
            self._labelled.append(self._labels.setdefault((kind, rule), len(self._labels)))
        for own, found in zip((self._paragraphs, self._edges), marks_of(raw, segments), strict=True):
            own.extend(found)

    def _name(self, wanted: str, source: str, text: bytes) -> None:
        """Name one more article, by its article_id where that is free; text: the digest of its text."""
        name = self._free(wanted)
        self._note_repeats(text, source, wanted, name)
        self._ids[name] = 1
        self._marks.append(int.from_bytes(text[:8], "little", signed=True))

    def extend(self, taken: "Taken", low: int, high: int) -> None:
        """Take in articles that another reading took in, from one place up to another, as if each were added."""
        columns = {name: values[low:high] for name, values in taken.columns.items()} if low < high else {}
        for new in columns:
            if new not in self.columns:
                self.columns[new] = [None] * len(self)
        for key, values in self.columns.items():
            values.extend(columns.get(key) or repeat(None, high - low))
        for each in zip(taken.ids[low:high], columns.get("source", ()), taken.digests[low:high], strict=True):
            self._name(*each)
        self._texts.extend(pa.chunked_array([taken.raws.slice(low, high - low)]))
        codes = [self._labels.setdefault(label, len(self._labels)) for label in taken.labels]
        first, last = (sum(taken.n_segments[:at]) for at in (low, high))
        self._n_segments.extend(taken.n_segments[low:high])
        self._spans.extend(taken.spans[2 * first : 2 * last])
        self._labelled.extend(codes[label] for label in taken.labelled[first:last])
        self._paragraphs.extend(taken.paragraphs[first:last])
        self._edges.extend(taken.edges[first:last])

    def _free(self, wanted: str) -> str:
        """Give an article_id that is not taken: the one wanted, else the first free of wanted-2, wanted-3, …"""
        name = wanted
        while name in self._ids:
            self._ids[wanted] += 1
            name = f"{wanted}-{self._ids[wanted]}"
        return name

    def _note_repeats(self, text: bytes, source: str, wanted: str, name: str) -> None:
        """Report a text that an earlier article holds, or else an article_id that was taken."""
        held = self._held.setdefault(text, source)
        loaded = f"; loaded as {name}" if name != wanted else ""
        if held != source:
            cure = "keep both if that is a finding, or take one away"
            self.problem(source, "doubled", f"the same text as {held}{loaded}", cure)
        elif loaded:
            cure = "rename one of them if you want to choose"
            self.problem(source, "doubled", f"the article_id {wanted} was taken{loaded}", cure)

    def problem(self, source: str, kind: str, problem: str, cure: str) -> None:
        """Note what went wrong with one source: kind is unreadable (not loaded), doubtful, doubled or
        assumed (loaded).

        Problems of rows of one file are of one sort if kind, cure and reason are the same (a value quoted in the
        reason, and numbers, do not count; of doubled rows the cure is the reason): many of one sort become one line.
        """
        if self._is_quiet:
            return
        source, problem, cure = (whole(text) for text in (source, problem, cure))  # they may quote what came
        problem, cure = (" ".join(text.split())[:900] for text in (problem, cure))
        part = PART.fullmatch(source)
        alike = (part["file"], kind, cure) if part else (source, kind, cure)
        reason = self._reason(alike, problem) if part else problem
        found = self._problems.setdefault((*alike, reason), _Problem(kind, cure))
        self.n_problems += 1
        if kind == "unreadable":
            self.unread["row" if part else "file"] += 1
        if part:
            self.budget.spend(PROBLEM)
        found.take(source, problem, int(part["number"]) if part else None)

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        """Note no problem in the meantime: what is looked at is not read."""
        self._is_quiet = True
        try:
            yield
        finally:
            self._is_quiet = False

    def _reason(self, alike: tuple[str, ...], problem: str) -> str:
        """Give what tells problems of rows apart that have file, kind and cure in common."""
        reasons = self._reasons.setdefault(alike, set())
        reason = "" if alike[1] == "doubled" else VARYING.sub("", problem)
        if len(reasons) < REASONS:
            reasons.add(reason)
        return reason if reason in reasons else ""

    @property
    def problems(self) -> list[dict]:
        """The problems as dictionaries with source, kind, problem, cure."""
        return [line for sort, found in self._problems.items() for line in found.lines(sort[0])]

    def tables(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Give the articles, index article_id, and their segments."""
        index = pd.Index(list(self._ids), dtype="str", name="article_id")
        own = [key for key in self.columns if key not in [*COLUMNS, *TEXTS]]
        facts = {key: column(self.columns.get(key), len(self), text=True) for key in [*COLUMNS, *TEXTS]}
        published = self.columns.get("published", [None] * len(self))
        facts["published"] = pd.Series(published, dtype="datetime64[us]")
        articles = pd.DataFrame(facts | {key: column(self.columns[key], len(self)) for key in own})
        articles = mapped.frame(articles.set_index(index)).assign(raw=self._texts.series().array)
        segments = mapped.frame(self._segments(index))
        mapped.give_back()  # what reading took: it is in many pieces
        return articles, segments

    def marks(self) -> Marks:
        """Give the marks of the articles, and of the segments as `tables` has them."""
        return Marks(*(np.array(own, np.int64) for own in (self._marks, self._paragraphs, self._edges)))

    def _segments(self, index: pd.Index) -> pd.DataFrame:
        """Give the segments as a table; article_id is categorical, in the order of the articles."""
        spans = np.frombuffer(self._spans, dtype=np.int64).reshape(-1, 2)
        labels = np.frombuffer(self._labelled, dtype=np.uint32)
        owners = np.repeat(np.arange(len(self), dtype=np.int32), np.frombuffer(self._n_segments, dtype=np.int64))
        kinds, rules = (pd.Series(list(names), dtype="str") for names in zip(*self._labels, strict=True))
        return pd.DataFrame(
            {
                "article_id": pd.Categorical.from_codes(owners, categories=index),
                "start": spans[:, 0],
                "end": spans[:, 1],
                "kind": kinds.take(labels).array,
                "rule": rules.take(labels).array,
            }
        )


class Taken(NamedTuple):
    """Articles that a reading took in, and what it knows of them: article_id as it was wanted, text and its digest,
    values by column; the labels of segments; how many there are, and of each start and end, label, marks."""

    ids: list[str]
    raws: pa.LargeStringArray
    digests: list[bytes]
    columns: dict[str, list]
    labels: list[tuple[str, str]]
    n_segments: "array[int]"
    spans: "array[int]"
    labelled: "array[int]"
    paragraphs: "array[int]"
    edges: "array[int]"


@dataclass
class _Problem:
    """Problems of one sort: how many, the first of them, and the rows as pairs of first and last number."""

    kind: str
    cure: str
    count: int = 0
    first: list[tuple[str, str]] = field(default_factory=list)
    rows: array = field(default_factory=lambda: array("q"))

    def take(self, source: str, problem: str, row: int | None) -> None:
        """Take in one more; row is its number where it is one of many in a file."""
        self.count += 1
        if len(self.first) < LISTED:
            self.first.append((source, problem))
        if row is not None and self.rows and self.rows[-1] in (row, row - 1):
            self.rows[-1] = row
        elif row is not None:
            self.rows.extend((row, row))

    def lines(self, file: str) -> Iterator[dict]:
        """Give a line for each, or one for all where they are many."""
        told = self.first
        if self.count > LISTED and not self.rows:
            told = [(file, f"{self.first[0][1]} ({self.count:,} times)")]
        elif self.count > LISTED:
            told = [(file, f"in {self.count:,} rows ({_ranges(self.rows)}), the first: {self.first[0][1]}")]
        for source, problem in told:
            yield {"source": source, "kind": self.kind, "problem": problem, "cure": self.cure}


def _ranges(pairs: Sequence[int]) -> str:
    """Give pairs of first and last number as in "2-40, 55", cut after 300 characters."""
    text = ""
    for first, last in zip(pairs[::2], pairs[1::2], strict=True):
        piece = f", {first}" if first == last else f", {first}-{last}"
        if len(text) + len(piece) - 2 > NUMBERS:
            return f"{text[2:]}, …"
        text += piece
    return text[2:]


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


def cut_out(raw: str, start: int, end: int, found: Iterable[tuple[Span, str, str]]) -> list[Segment]:
    """Give a paragraph as segments: each found span with its kind and rule, the rest as body, nothing left out."""
    told = [(*span, kind, rule) for span, kind, rule in found]
    if not told:  # as in most paragraphs
        whole = trimmed(raw, start, end)
        return [(*whole, "body", "paragraph")] if whole[0] < whole[1] else []
    rest = (trimmed(raw, *gap) for gap in between(start, end, [segment[:2] for segment in told]))
    return sorted([*told, *((*span, "body", "paragraph") for span in rest if span[0] < span[1])])
