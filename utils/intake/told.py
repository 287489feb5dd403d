"""What a reader told of one file, as text: told again, another reading is what it would be had the file been read.

It holds what was added and what was noted, in order. What a text cannot hold exactly is not told at all.
"""

import binascii
import datetime
import json
from array import array
from itertools import accumulate, pairwise
from typing import NamedTuple

import pandas as pd
import pyarrow as pa

from utils.intake.batch import Reading, Segment, Taken
from utils.intake.marks import digest

MOMENT = "\0moment"  # the one key of an object that stands for a point in time
DIGEST = 16  # bytes
NUMBERS = {"spans": 2, "labelled": 1, "paragraphs": 1, "edges": 1}  # of a segment


class Told(NamedTuple):
    """What was told of one file: the texts of its articles in UTF-8, one behind the other, and all else as JSON."""

    rest: str
    raws: bytes


class Telling(Reading):
    """A reading of one file that remembers what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self._added: list[tuple[str, str]] = []  # article_id and text
        self._noted: list[list] = []  # after how many articles, and what
        self._is_adding = False

    def add(self, article: dict, segments: list[Segment]) -> None:
        """Take in one article and its segments, and remember them."""
        self._is_adding = True  # what is doubled is noted anew where all files are known
        try:
            super().add(article, segments)
        finally:
            self._is_adding = False
        self._added.append((article["article_id"], article["raw"]))  # where it was not too much

    def problem(self, source: str, kind: str, problem: str, cure: str) -> None:
        """Note what went wrong, and remember it."""
        if not (self._is_adding or self._is_quiet):
            self._noted.append([len(self), source, kind, problem, cure])
        super().problem(source, kind, problem, cure)

    def text(self) -> Told | None:
        """Give what was told; None where a text would not give it back as it was."""
        unread = {kind: n - self._again().unread[kind] for kind, n in self.unread.items()}
        numbers = array("q", self._n_segments)
        for name in NUMBERS:
            numbers.extend(map(int, getattr(self, f"_{name}")))
        try:
            raws = [raw.encode() for _, raw in self._added]
            digests = b"".join(digest(raw) for _, raw in self._added)
            whole = [
                [wanted for wanted, _ in self._added], [*map(len, raws)], _written(digests), _written(numbers),
                self.columns, [*map(list, self._labels)], self._noted, self.without, _listed(self.layouts), unread,
            ]  # fmt: skip
            text = json.dumps(whole, default=_plain)
            return Told(text, b"".join(raws)) if repr(json.loads(text, object_hook=_moment)) == repr(whole) else None
        except (TypeError, ValueError, RecursionError):
            return None

    def _again(self) -> Reading:
        """Give a reading that is told what was noted one by one."""
        again = Reading()
        for _, *noted in self._noted:
            again.problem(*noted)
        return again


def tell(told: Told, reading: Reading) -> None:
    """Tell a reading what another was told."""
    whole = json.loads(told.rest, object_hook=_moment)
    ids, sizes, digests, numbers, columns, labels, noted, without, layouts, unread = whole
    ends = pa.py_buffer(array("q", accumulate(sizes, initial=0)))
    raws = pa.LargeStringArray.from_buffers(len(ids), ends, pa.py_buffer(told.raws))
    raws.validate(full=True)  # as of a file that may be forged
    digests, numbers = binascii.a2b_base64(digests), array("q", binascii.a2b_base64(numbers))
    digests = [digests[at : at + DIGEST] for at in range(0, len(digests), DIGEST)]
    n = sum(numbers[: len(ids)])
    bounds = pairwise(accumulate((len(ids), *(each * n for each in NUMBERS.values())), initial=0))
    own = (numbers[low:high] for low, high in bounds)
    taken = Taken(ids, raws, digests, columns, [(kind, rule) for kind, rule in labels], *own)
    before = 0
    for n, *problem in noted:
        reading.extend(taken, before, n)
        reading.problem(*problem)
        before = n
    reading.extend(taken, before, len(ids))
    reading.without |= without
    reading.layouts |= {name: (names, taken) for name, (names, taken) in layouts.items()}
    reading.unread.update(unread)


def _written(content: bytes | array) -> str:
    """Give bytes or numbers as text."""
    return binascii.b2a_base64(content, newline=False).decode()


def _listed(layouts: dict) -> dict:
    return {name: [list(names), dict(taken)] for name, (names, taken) in layouts.items()}


def _plain(value: object) -> dict[str, list[str]]:
    for kind in (pd.Timestamp, datetime.datetime):
        if type(value) is kind:
            return {MOMENT: [kind.__name__, value.isoformat()]}
    raise TypeError


def _moment(found: dict) -> object:
    if found.keys() != {MOMENT}:
        return found
    kind, moment = found[MOMENT]
    return (pd.Timestamp if kind == "Timestamp" else datetime.datetime).fromisoformat(moment)
