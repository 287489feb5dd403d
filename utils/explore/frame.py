"""The frame of the workbench: the fields, the tabs, the trail around one panel, and the one state in their midst."""

import re
from collections.abc import Sequence

import ipywidgets

from utils.corpus.corpus import Corpus
from utils.explore import overview, telling
from utils.explore.cells import Cells
from utils.explore.fields import ROW, Fields
from utils.explore.panel import Panel
from utils.explore.path import Path
from utils.explore.state import State
from utils.explore.still import Still, loop
from utils.explore.tab import Tab
from utils.explore.trail import Step, Trail
from utils.explore.work import Work
from utils.measures import quotes
from utils.passages import calls

NARROW = {"width": "auto"}
LOADS = re.compile(r"^(\w+ = (?:\w+\.)?load\(.*\))\s*$", re.MULTILINE)


class Frame:
    """The workbench as one: it asks what is in the state, shows the answer and keeps the step.

    box      what the notebook shows
    trail    the steps
    """

    def __init__(self, news: Corpus, tabs: Sequence[Tab]) -> None:
        self._quiet = False
        self._news, self._tabs, self.trail = news, {tab.name: tab for tab in tabs}, Trail()
        self.work = Work(self._say, self._busy)
        self._cells = Cells(news, self.work.stoppable)
        self._fields = Fields(news, self.ask)
        self.state = self._fields.first.asking(tab=next(iter(self._tabs)))
        self._panel = Panel(news, self._cells, lambda state: self.ask(state, clicked=True))
        self._path = Path(news, self.trail, self.ask_again, loaded())
        self.said = ipywidgets.HTML()
        self._stop = ipywidgets.Button(description="Stop", disabled=True, layout=NARROW)
        self._stop.on_click(lambda _: self.work.stop())
        self._asked = ipywidgets.Dropdown(description="Ask", layout={"width": "auto", "min_width": "16em"})
        self._asked.observe(lambda change: self._turn(asked=change["new"]), "value")
        self._switches = {name: self._switch(tab) for name, tab in self._tabs.items()}
        self._below, self._belows = ipywidgets.VBox(), dict[str, ipywidgets.DOMWidget]()
        self.box = Still(self._parts())
        self._loop = loop()
        self.ask(self.state)

    def _parts(self) -> list[ipywidgets.DOMWidget]:
        tabs = ipywidgets.HBox([*self._switches.values()], layout=ROW) if len(self._tabs) > 1 else ipywidgets.HBox()
        asks = ipywidgets.HBox([self._asked, self._fields.by, self._fields.lexicon], layout=ROW)
        bar = ipywidgets.HBox([*self._path.bar, self._stop], layout=ROW)
        told = ipywidgets.HTML(overview.told(self._news))
        return [
            told,
            self._fields.box,
            tabs,
            bar,
            self.said,
            asks,
            self._panel.box,
            self._below,
            self._path.box,
        ]

    def _switch(self, tab: Tab) -> ipywidgets.ToggleButton:
        switch = ipywidgets.ToggleButton(description=tab.title, layout=NARROW | {"min_width": "5.5em"})
        switch.observe(lambda _: self._turn(tab=tab.name, asked=""), "value")
        return switch

    def _turn(self, **asked: str) -> None:
        """Go to another tab or another question, where it is the reader who asks for it."""
        if not self._quiet:
            self.ask(self.state.asking(**asked))

    def ask(self, state: State, *, clicked: bool = False) -> None:
        """Show what is asked, and keep it as a step: that of the passages where a click asked for them."""
        self._put(state)

        def piece() -> None:
            steps = self._answer(state)
            if steps:
                self.trail.add(steps[-1] if clicked else steps[0])
                self._path.show()
            if clicked:
                self._panel.come()

        self.work.start(piece)

    def ask_again(self, step: Step) -> None:
        """Show a step of the trail again, and keep none."""
        self._put(step.state)
        self.work.start(lambda: self._answer(step.state)[:0].clear())

    def _put(self, state: State) -> None:
        """Show a state in all fields."""
        self.state, self._quiet = state, True
        tab = self._tabs[state.tab]
        question = tab.question(state)
        self._fields.put(state)
        for name in ("by", "lexicon"):
            getattr(self._fields, name).layout.display = None if name in tab.fields else "none"
        self._asked.options = [each.name for each in tab.questions]
        self._asked.value = question.name
        self._asked.layout.display = None if len(tab.questions) > 1 else "none"
        for name, switch in self._switches.items():
            switch.value = name == state.tab
        self._below.children = [self._made_below(tab)] if tab.below else []
        self._quiet = False

    def _made_below(self, tab: Tab) -> ipywidgets.DOMWidget:
        """Give what stands below a tab; it is made once, so that a coder finds their place again."""
        if tab.name not in self._belows and tab.below is not None:
            self._belows[tab.name] = tab.below(self._news, lambda: self.trail.step)
        return self._belows[tab.name]

    def _answer(self, state: State) -> list[Step]:
        """Show the answer; give the step of the table, then that of the passages, where there are any."""
        question = self._tabs[state.tab].question(state)
        self._offer(state)
        if wanted := question.needs(state):
            self._panel.empty(wanted)
            return []
        try:
            table, behind = self._panel.show(question, state)
        except BaseException:
            self._panel.empty()
            raise
        self.said.value = ""
        return [table] if behind is None else [table, behind]

    def _offer(self, state: State) -> None:
        """Offer speakers where one is asked for: persons, those with most words first, then who has no name."""
        if state.voice == "speaker" and not self._fields.offered:
            table, said = quotes.balance(self._news, by="person"), self._news.quotes
            unnamed = said.loc[said["person"].isna(), "speaker"].value_counts().index
            self._fields.offer(tuple(dict.fromkeys([*table["person"].dropna(), *unnamed])))

    def _say(self, words: str, alert: bool) -> None:
        self.said.value = telling.line(words, role="alert" if alert else "status")

    def _busy(self, busy: bool) -> None:
        self._stop.disabled = not busy
        if busy:
            self.said.value = telling.line("Looking …")
            return
        if "Looking …" in self.said.value:
            self.said.value = ""
        if self._loop is not None:  # what is shown by another thread than the kernel's own is not seen to change
            self._loop.call_soon_threadsafe(self.box.keep)


def shown(news: Corpus, tabs: Sequence[Tab]) -> ipywidgets.VBox:
    """Give a workbench with these tabs, to be shown in the notebook."""
    frame = Frame(news, tabs)
    frame.box.frame = frame  # so that who holds the box holds the trail
    return frame.box


def loaded() -> str:
    """Give the line of the notebook that loads its corpus into `news`, as its cells say; empty where none does."""
    cells = calls.names().get("In")
    cells = cells if isinstance(cells, list) else []
    lines = [LOADS.findall(cell) for cell in cells if isinstance(cell, str)]
    return next((each for found in reversed(lines) for each in reversed(found) if each.startswith("news = ")), "")
