"""What the workbench shows of a question: its table or chart, its call, the passages behind it, an article open."""

from collections.abc import Callable, Hashable
from typing import cast

import ipywidgets
import pandas as pd
from IPython.display import HTML

from utils.corpus.corpus import Corpus
from utils.explore import charts, opened, telling
from utils.explore.cells import Cells
from utils.explore.rows import Rows
from utils.explore.state import State
from utils.explore.tab import Question
from utils.explore.trail import Step

SIDE_BY_SIDE = {"flex_flow": "row wrap", "align_items": "flex-start"}
READ = {"flex": "1 1 26em", "min_width": "0", "margin": "0 12px 0 0"}
HALF = {"flex": "1 1 30em", "min_width": "0", "margin": "0 12px 0 0"}


class Panel:
    """What stands below the tabs. `asked` is told the state that a click gives, and that it asks for passages."""

    def __init__(self, news: Corpus, cells: Cells, asked: Callable[[State], None]) -> None:
        self._news, self._cells, self._asked = news, cells, asked
        self.head, self.call, self.found, self.code = (ipywidgets.HTML() for _ in range(4))
        self.aside, self._chart, self._charted = ipywidgets.HTML(), charts.opening(None, self._pick), ""
        self.article = ipywidgets.HTML(layout=READ)
        self.table, self.passages = Rows(self._pick), Rows(self._open)
        self.passages.layout = READ
        self._state, self._found = State(), pd.DataFrame()
        self._question: Question | None = None
        self._rows: pd.DataFrame | None = None
        self._left = ipywidgets.VBox([self.head, self._chart, self.table, self.call], layout=HALF)
        reading = ipywidgets.HBox([self.passages, self.article], layout=SIDE_BY_SIDE)
        right = ipywidgets.VBox([self.found, reading, self.code], layout=HALF)
        both = ipywidgets.HBox([self._left, right], layout=SIDE_BY_SIDE)
        self.box = ipywidgets.VBox([both, self.aside])
        self.box.add_class("passages-bench")
        self.article.add_class("passages-article")
        self.found.add_class("passages-found")

    def empty(self, words: str = "") -> None:
        """Show nothing but a line."""
        for each in (self.call, self.found, self.code, self.article, self.aside):
            each.value = ""
        self._left.layout.display = None
        self.head.value = telling.line(words) if words else ""
        self.table.empty()
        self.passages.empty()
        self._chart.show(None)
        self._rows = None

    def show(self, question: Question, state: State) -> tuple[Step, Step | None]:
        """Show what a question has to say of a state; give the step of its table, and that of the passages."""
        self._state, self._question = state, question
        self.article.value = self.aside.value = ""
        behind = self._behind(question, state)  # first: it is what a click asks for, and a table may take its time
        code = question.call(state)
        table = self._cells.run(code)
        step = Step(question.words(state), code, table, state)
        if step.of_passages and question.picks is None:
            self.table.empty()
            self._chart.show(None)
            self.head.value = self.call.value = ""
            self._left.layout.display = "none"
            self._show_passages(step, whose=question.whose, blind=question.blind)
            return step, None
        self._left.layout.display = None
        self.head.value = telling.head(step.question, step.counted + _left_out(table))
        columns = question.columns(state)
        chosen = _first(question.chosen(state, table))
        opens = question.picks is not None
        self.table.table(table, columns, caption=_caption(table, opens), opens=opens, chosen=chosen)
        self.call.value = telling.code(code)
        self._rows = table
        self._draw(step, question, chosen)
        if aside := question.aside(state):
            self.aside.value = cast(HTML, self._cells.run(aside)).data + telling.code(aside)
        return step, behind

    def _draw(self, step: Step, question: Question, chosen: int | None) -> None:
        """Draw the chart of a table, last, as it takes longest; one that is drawn already stays."""
        if question.chart is None:
            self._chart.show(None)
        elif self._charted != step.call or self._chart.drawn is None:
            try:
                self._chart.show(question.chart(step.table, step.state, self._news.origin), chosen=chosen)
            except ValueError:  # nothing to draw: the table says why
                self._chart.show(None)
        else:
            self._chart.choose(chosen)
        self._charted, step.drawn = step.call, self._chart.drawn

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

    def _show_passages(self, step: Step, *, whose: bool, blind: bool = False) -> None:
        self._found = step.table
        n = step.table["article_id"].nunique()
        self.found.value = telling.head(step.question, f"{step.counted} in {n:,} article{'s' * (n != 1)}")
        self.code.value = telling.code(step.call, what="The same passages in code")
        if blind:
            self.passages.empty()
            return
        self.passages.passages(self._news, step.table, caption=step.question, whose=whose)

    def come(self) -> None:
        """Bring the passages into view."""
        self.passages.send({"come": ".passages-found"})

    def _pick(self, place: Hashable) -> None:
        question = self._question
        if isinstance(place, int) and question is not None and question.picks and self._rows is not None:
            self._asked(question.picks(self._state, self._rows, place))

    def _open(self, place: int) -> None:
        """Open the article of a passage, there."""
        alone = "polarity" in self._found  # nearly every sentence has a score: the others are not marked
        found = self._found.iloc[[place]] if alone else self._found
        self.article.value = opened.article(
            self._news, found, 0 if alone else place, of="passage", others="other passages"
        )
        self.passages.choose(place)
        self.passages.send({"come": ".passages-article"})


def _first(chosen: pd.Series | bool) -> int | None:
    """Give the place of the first row that is chosen; None where none is."""
    places = [] if isinstance(chosen, bool) else chosen.fillna(False).to_numpy(bool).nonzero()[0]
    return int(places[0]) if len(places) else None


def _left_out(table: pd.DataFrame) -> str:
    """Say what a table over time leaves out."""
    n = table.attrs.get("undated", 0)
    return f"; left out without a date: {n:,} article{'s' * (n != 1)}" if n else ""


def _caption(table: pd.DataFrame, opens: bool) -> str:
    return "No rows." if table.empty else "A click on a row opens the passages behind it." if opens else ""
