"""The trail: every step of a reader at the workbench, kept as question, call and count, to go back to."""

from dataclasses import dataclass, field

import pandas as pd

from utils.explore.state import State
from utils.spans import KEYS


@dataclass(eq=False)
class Step:
    """What was asked at one step, and what came.

    question   in words, such as How often is “war” said, by outlet?
    call       the lines of code that give the table, for a corpus called `news`
    count      the rows of the table
    table      what the call gave
    state      what was in view
    drawn      the chart of the table; None where there is none
    note       the reader's own words
    kept       whether it stands in the list that is taken away
    """

    question: str
    call: str
    table: pd.DataFrame
    state: State
    drawn: object = None
    note: str = ""
    kept: bool = False

    @property
    def count(self) -> int:
        """How many rows, or passages, the table holds."""
        return len(self.table)

    @property
    def of_passages(self) -> bool:
        """Whether each row of the table is a passage."""
        return set(KEYS) <= set(self.table)

    @property
    def counted(self) -> str:
        """The count in words: "71 passages", "1 row"."""
        return f"{self.count:,} {'passage' if self.of_passages else 'row'}{'s' * (self.count != 1)}"


@dataclass(eq=False)
class Trail:
    """The steps of a reader in their order, and the place of the one in view."""

    steps: list[Step] = field(default_factory=list)
    at: int = -1

    @property
    def step(self) -> Step | None:
        """The step in view; None where there is none yet."""
        return self.steps[self.at] if self.steps else None

    @property
    def kept(self) -> list[Step]:
        """The steps that were kept, in their order."""
        return [step for step in self.steps if step.kept]

    def add(self, step: Step) -> None:
        """Put a step behind all others, and it in view; not where it asks what the one in view asks."""
        if self.step is not None and self.step.call == step.call and self.step.question == step.question:
            self.step.state = step.state
            return
        self.steps.append(step)
        self.at = len(self.steps) - 1

    def move(self, by: int) -> Step | None:
        """Go so many steps on, or back where that is minus; give the step then in view, None where there is none."""
        if not 0 <= self.at + by < len(self.steps):
            return None
        self.at += by
        return self.step
