"""What a reader told of one file, as text: told again, another reading is what it would be had the file been read.

It holds what was added and what was noted, in order. What a text cannot hold exactly is not told at all.
"""

import datetime
import json
from typing import Any

import pandas as pd

from utils.intake.batch import Reading, Segment

MOMENT = "\0moment"  # the one key of an object that stands for a point in time
Event = list[Any]  # what was called, and what it was given


class Telling(Reading):
    """A reading of one file that remembers what it is told."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[Event] = []
        self._is_adding = False
        self._noted = 0  # unreadable files and rows that were noted one by one

    def add(self, article: dict, segments: list[Segment]) -> None:
        """Take in one article and its segments, and remember them."""
        self.events.append(["add", dict(article), [[*each] for each in segments]])
        self._is_adding = True  # what is doubled is noted anew where all files are known
        super().add(article, segments)
        self._is_adding = False

    def problem(self, source: str, kind: str, problem: str, cure: str) -> None:
        """Note what went wrong, and remember it."""
        if not (self._is_adding or self._is_quiet):
            self.events.append(["problem", source, kind, problem, cure])
        super().problem(source, kind, problem, cure)

    def text(self) -> str | None:
        """Give what was told; None where a text would not give it back as it was."""
        unread = {kind: n - self._again().unread[kind] for kind, n in self.unread.items()}
        whole = [*self.events, ["tables", self.without, _listed(self.layouts), unread]]
        try:
            text = json.dumps(whole, default=_plain)
            return text if repr(json.loads(text, object_hook=_moment)) == repr(whole) else None
        except (TypeError, ValueError, RecursionError):
            return None

    def _again(self) -> Reading:
        """Give a reading that is told what was noted one by one."""
        again = Reading()
        for what, *given in self.events:
            if what == "problem":
                again.problem(*given)
        return again


def tell(text: str, reading: Reading) -> None:
    """Tell a reading what another was told."""
    for what, *given in json.loads(text, object_hook=_moment):
        if what == "add":
            reading.add(*given)
        elif what == "problem":
            reading.problem(*given)
        else:
            without, layouts, unread = given
            reading.without |= without
            reading.layouts |= {name: (names, taken) for name, (names, taken) in layouts.items()}
            reading.unread.update(unread)


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
