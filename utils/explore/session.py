"""A coder at work: which passage comes next, what was coded last, and what stands around a passage."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from utils.measures.validity.codes import reasons
from utils.measures.validity.kept import Answer, File, Kept, Passage

AROUND = 600  # characters of context shown before a passage and behind it, at most


@dataclass
class Session:
    """The passages that one coder has before them, in the order in which they come; every step is kept at once.

    waiting   the numbers of those to be coded, the next first; what is passed over goes to the end, and what stands
              before one that was coded earlier was passed over then
    given     what was coded: number, answer, and the answer that it took the place of, the latest last
    held      what the file held when it was last read
    """

    file: File
    passages: Sequence[Passage]
    waiting: list[int] = field(default_factory=list)
    given: list[tuple[int, Answer, Answer | None]] = field(default_factory=list)
    held: Kept = field(init=False)

    def __post_init__(self) -> None:
        self.held = self.file.read()
        still = self._open()
        furthest = max(set(range(len(self.passages))) - set(still), default=-1)
        self.waiting = [n for n in still if n > furthest] + [n for n in still if n < furthest]
        coded = [(n, self.held.answers[each], None) for n, each in enumerate(self.passages) if n not in still]
        self.given = sorted(coded, key=lambda one: one[1].when)

    @property
    def next(self) -> int | None:
        """The number of the passage to code; None where all are."""
        return self.waiting[0] if self.waiting else None

    def code(self, code: int | float | str) -> bool:
        """Keep the code of the next passage and go on; say whether it is kept.

        It is not where another kernel has coded the passage meanwhile: that code stays. What another kernel coded is
        not asked again. Raises ValueError, and stays where it was, if the file cannot be written.
        """
        number, passage = self.waiting[0], self.passages[self.waiting[0]]
        before = self.held.answers.get(passage)
        answer = self.file.put(passage, code, before=before)
        if answer:
            self.given.append((number, answer, before))
        self.held = self.file.read()
        still = set(self._open())
        self.waiting = [each for each in self.waiting if each in still]
        return answer is not None

    def take_back(self) -> Answer | None:
        """Take back the code given last and go back to its passage; None where there is none to take back.

        What another kernel has changed since is left alone.
        """
        while self.given:
            number, answer, before = self.given[-1]
            taken = self.file.take_back(self.passages[number], answer, before)
            self.given.pop()
            self.held = self.file.read()
            if taken:
                self.waiting = [number, *(each for each in self.waiting if each != number)]
                return answer
        return None

    def pass_over(self) -> None:
        """Leave the next passage for the end."""
        self.waiting = [*self.waiting[1:], *self.waiting[:1]]

    def _open(self) -> list[int]:
        return [number for number, why in enumerate(reasons(self.passages, self.held, self.file.book)) if why]


def around(raw: str, body: pd.DataFrame, start: int, end: int) -> tuple[str, str]:
    """Give what the article says right before a passage and right behind it: its own text alone, no furniture, no
    byline, no headline, which may tell whose it is."""
    stretches = list(zip(body["start"], body["end"], strict=True))
    before = "\n".join(raw[first : min(last, start)] for first, last in stretches if first < start).lstrip()
    behind = "\n".join(raw[max(first, end) : last] for first, last in stretches if last > end).rstrip()
    if not any(first < start < last for first, last in stretches):
        before += "\n" * bool(before)  # what begins a paragraph stands in a line of its own
    if not any(first < end < last for first, last in stretches):
        behind = "\n" * bool(behind) + behind
    if len(before) > AROUND:
        before = "… " + before[-AROUND:].partition(" ")[2]
    if len(behind) > AROUND:
        behind = behind[:AROUND].rpartition(" ")[0] + " …"
    return before, behind
