"""What the workbench shows of a question: its table or chart, its call, the passages behind it, an article open."""

from collections.abc import Callable

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import opened, telling
from utils.explore.cells import Cells
from utils.explore.rows import Rows
from utils.explore.state import State
from utils.explore.tab import Question
from utils.explore.trail import Step
from utils.spans import KEYS

MANY = 20_000  # rows among which the one chosen is looked for
HALF = {"flex": "1 1 26em", "min_width": "0", "margin": "0 12px 0 0"}


class Panel:
    """What stands below the tabs. `asked` is told the state that a click gives, and that it asks for passages."""

    def __init__(self, news: Corpus, cells: Cells, asked: Callable[[State], None]) -> None:
        self._news, self._cells, self._asked = news, cells, asked
        self.head, self.call, self.found, self.code = (ipywidgets.HTML() for _ in range(4))
        self.article = ipywidgets.HTML(layout=HALF)
        self.table, self.passages = Rows(self._pick), Rows(self._open)
        self.passages.layout = HALF
        self._state, self._found = State(), pd.DataFrame()
        self._question: Question | None = None
        self._rows: pd.DataFrame | None = None
        below = ipywidgets.HBox(
            [self.passages, self.article], layout={"flex_flow": "row wrap", "align_items": "flex-start"}
        )
        self.box = ipywidgets.VBox([self.head, self.table, self.call, self.found, below, self.code])

    def empty(self, words: str = "") -> None:
        """Show nothing but a line."""
        for each in (self.call, self.found, self.code, self.article):
            each.value = ""
        self.head.value = telling.line(words) if words else ""
        self.table.empty()
        self.passages.empty()
        self._rows = None

    def show(self, question: Question, state: State) -> tuple[Step, Step | None]:
        """Show what a question has to say of a state; give the step of its table, and that of the passages."""
        self._state, self._question = state, question
        code = question.call(state)
        table = self._cells.run(code)
        step = Step(question.words(state), code, table, state)
        self.article.value = ""
        if set(KEYS) <= set(table):
            self.table.empty()
            self.head.value = self.call.value = ""
            self._show_passages(step, whose=question.whose)
            return step, None
        self.head.value = telling.head(step.question, step.counted)
        columns = question.columns(state)
        rows = table[[name for name in columns if name in table]].to_dict("records") if len(table) < MANY else []
        chosen = next((n for n, row in enumerate(rows) if question.chosen(state, row)), None)
        opens = question.picks is not None
        self.table.table(table, columns, caption=_caption(table, opens), opens=opens, chosen=chosen)
        self.call.value = telling.code(code)
        self._rows = table
        return step, self._behind(question, state)

    def _behind(self, question: Question, state: State) -> Step | None:
        """Show the passages behind what is in view, where there are any."""
        asked = question.passages(state)
        if asked is None:
            self.passages.empty()
            self.found.value = self.code.value = ""
            return None
        code, words = asked
        step = Step(words, code, self._cells.run(code), state)
        self._show_passages(step, whose=question.whose)
        return step

    def _show_passages(self, step: Step, *, whose: bool) -> None:
        self._found = step.table
        n = step.table["article_id"].nunique()
        self.found.value = telling.head(step.question, f"{step.counted} in {n:,} article{'s' * (n != 1)}")
        self.code.value = telling.code(step.call, what="The same passages in code")
        self.passages.passages(self._news, step.table, caption=step.question, whose=whose)

    def _pick(self, place: int) -> None:
        if self._question is not None and self._question.picks is not None and self._rows is not None:
            self._asked(self._question.picks(self._state, self._rows, place))

    def _open(self, place: int) -> None:
        """Open the article of a passage, there."""
        self.article.value = opened.article(self._news, self._found, place, of="passage", others="other passages")
        self.passages.choose(place)


def _caption(table: pd.DataFrame, opens: bool) -> str:
    return "No rows." if table.empty else "A click on a row opens the passages behind it." if opens else ""
