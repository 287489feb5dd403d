"""The fields of the workbench that say what is in view: they show the state, and a change in one gives another."""

from collections.abc import Callable, Mapping

import ipywidgets
import pandas as pd

from utils import lexicons
from utils.corpus.corpus import Corpus
from utils.explore.state import MANY, State, Value, groupings, shown

VOICES = [("All words", "all"), ("Inside quotations, direct or reported", "inside"),
          ("Outside quotations", "outside"), ("One speaker", "speaker")]  # fmt: skip
ANY = "Any"
WIDE = {"flex": "1 1 15em", "max_width": "26em", "min_width": "12em"}
LABEL = {"description_width": "4.5em"}
ROW = {"flex_flow": "row wrap", "align_items": "center"}


class Fields:
    """The fields, in a box; `changed` is told the state that a reader asks for in them."""

    def __init__(self, news: Corpus, changed: Callable[[State], None]) -> None:
        self._changed, self._state, self._still = changed, State(), False
        self._facts, self._groupings = news.articles, groupings(news)
        self.by = ipywidgets.Dropdown(options=self._groupings or ["outlet"], description="By", layout=WIDE, style=LABEL)
        self.lexicon = ipywidgets.Dropdown(options=[*lexicons.by_name()], value="textblob", description="Lexicon",
                                           layout=WIDE, style=LABEL)  # fmt: skip
        self._all = self._made(news)
        self._heard = {
            "word": lambda state, value: state.asking(word=value.strip()),
            "outlet": lambda state, value: state.narrowed("outlet", value),
            "since": lambda state, value: state.dated(value, state.until),
            "until": lambda state, value: state.dated(state.since, value),
            "voice": lambda state, value: state.voiced(value),
            "speaker": lambda state, value: state.voiced("speaker", value),
            "once": lambda state, value: state.asking(once=value),
            "column": lambda state, value: state,
            "value": lambda state, value: state.narrowed(self._all["column"].value, value),
            "by": lambda state, value: state.asking(by=value),
            "lexicon": lambda state, value: state.asking(lexicon=value),
        }
        for name, field in {**self._all, "by": self.by, "lexicon": self.lexicon}.items():
            field.observe(lambda change, name=name: self._hear(name, change), "value")
        everything = ipywidgets.Button(description="All articles", layout={"width": "auto"})
        everything.on_click(lambda _: changed(self._state.widened()))
        rows = [("word", "outlet", "voice", "speaker"), ("since", "until", "column", "value", "once")]
        parts = [[self._all[name] for name in row] for row in rows]
        parts[-1].append(everything)
        self.box = ipywidgets.VBox([ipywidgets.HBox(each, layout=ROW) for each in parts])

    @property
    def first(self) -> State:
        """The state that a workbench begins with: all of the corpus, by outlet where there are several."""
        return State(by=(self._groupings or ["outlet"])[0])

    def _made(self, news: Corpus) -> dict[str, ipywidgets.DOMWidget]:
        days = self._facts["published"].dropna()
        span = {"min": days.min().date(), "max": days.max().date()} if len(days) else {"disabled": True}
        outlets = self._choices("outlet", "All outlets")
        others = [name for name in self._groupings if name != "outlet"]
        own = {"layout": WIDE, "style": LABEL}
        return {
            "word": ipywidgets.Text(description="Word", placeholder="a word, “a phrase”, price*, oil NEAR/5 gas",
                                    continuous_update=False,
                                     layout=WIDE | {"flex": "2 1 18em", "max_width": "40em"}, style=LABEL),
            "outlet": ipywidgets.Dropdown(options=outlets, index=0, description="Outlet",
                                           disabled=len(outlets) == 1, **own),
            "since": ipywidgets.DatePicker(description="From", **own, **span),
            "until": ipywidgets.DatePicker(description="To", **own, **span),
            "voice": ipywidgets.Dropdown(options=VOICES, description="Voice", **own),
            "speaker": ipywidgets.Combobox(description="Speaker", continuous_update=False, disabled=True,
                                           placeholder="with Voice: One speaker", **own),
            "column": ipywidgets.Dropdown(options=[("–", ""), *((name, name) for name in others)], description="Where",
                                           disabled=not others, **own),
            "value": ipywidgets.Dropdown(options=[(ANY, None)], index=0, description="is", disabled=True, **own),
            "once": ipywidgets.Checkbox(False, description="Each story once", indent=False,
                                        layout={"width": "auto", "margin": "2px 1em"}),
        }  # fmt: skip

    def _choices(self, column: str, every: str) -> list[tuple[str, Value | None]]:
        values = pd.unique(self._facts[column].dropna()) if column in self._facts else []
        known = sorted((value.item() if hasattr(value, "item") else value for value in values), key=str)
        return [(every, None), *((shown(value), value) for value in known[:MANY])]

    def _hear(self, name: str, change: Mapping) -> None:
        if self._still:
            return
        if name == "column":
            self.put(self._state)
            return
        state = self._heard[name](self._state, change["new"])
        if state != self._state:
            self._changed(state)

    def offer(self, speakers: tuple[str, ...]) -> None:
        """Offer speakers to choose from."""
        self._all["speaker"].options = speakers

    @property
    def offered(self) -> bool:
        """Whether there are speakers to choose from."""
        return bool(self._all["speaker"].options)

    def put(self, state: State) -> None:
        """Show a state, and tell nobody."""
        self._still, self._state, own = True, state, self._all
        try:
            column = own["column"].value
            if not column and (others := [name for name, _ in state.where if name != "outlet"]):
                column = own["column"].value = others[-1]
            own["value"].options = self._choices(column, ANY) if column else [(ANY, None)]
            own["value"].disabled, own["speaker"].disabled = not column, state.voice != "speaker"
            values = {
                "word": state.word, "outlet": state.value("outlet"), "since": state.since, "until": state.until,
                "voice": state.voice, "speaker": state.speaker, "once": state.once,
                "value": state.value(column) if column else None,
            }  # fmt: skip
            for name, value in values.items():
                if value is None and isinstance(own[name], ipywidgets.Dropdown):
                    own[name].index = 0
                elif own[name].value != value:
                    own[name].value = value
            if self._groupings and state.by in self._groupings:
                self.by.value = state.by
            self.lexicon.value = state.lexicon
        finally:
            self._still = False
