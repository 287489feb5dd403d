"""The path: the trail as the reader sees it, to go back on, to note beside, to keep and to take away."""

import json
from collections.abc import Callable
from pathlib import Path as File

import ipywidgets
import pandas as pd

from utils import storage
from utils.corpus.corpus import Corpus
from utils.explore import takeaway, telling
from utils.explore.page import page
from utils.explore.rows import Rows
from utils.explore.trail import Step, Trail
from utils.passages import export

NARROW = {"width": "auto"}


class Path:
    """The buttons of the trail, its list, and what writes it into files.

    bar   back, forward, keep, note
    box   the list of all steps, and the buttons that take the kept ones away
    """

    def __init__(self, news: Corpus, trail: Trail, again: Callable[[Step], None], loaded: str) -> None:
        self._news, self._trail, self._again, self._loaded, self._still = news, trail, again, loaded, False
        self._back = ipywidgets.Button(description="Back", disabled=True, layout=NARROW)
        self._on = ipywidgets.Button(description="Forward", disabled=True, layout=NARROW)
        self._keep = ipywidgets.ToggleButton(description="Keep this step", disabled=True, layout=NARROW)
        self._note = ipywidgets.Text(description="Note", placeholder="your own words on this step", disabled=True,
                                     continuous_update=False, layout={"flex": "1 1 14em", "max_width": "34em"},
                                     style={"description_width": "3em"})  # fmt: skip
        self._back.on_click(lambda _: self._move(-1))
        self._on.on_click(lambda _: self._move(1))
        self._keep.observe(self._kept, "value")
        self._note.observe(self._noted, "value")
        self.bar = [self._back, self._on, self._keep, self._note]
        self._list, self.written = Rows(self._go), ipywidgets.HTML()
        ways = {
            "Notebook": self._notebook, "Markdown": self._markdown, "Passages as CSV": self._csv,
            "Passages for Excel": self._xlsx,
            "Page": lambda: self._page(texts=False),
            "Page with texts": lambda: self._page(texts=True),
        }  # fmt: skip
        buttons = [self._way(name, way) for name, way in ways.items()]
        self._head = ipywidgets.HTML()
        self._ways = ipywidgets.HBox(buttons, layout={"flex_flow": "row wrap"})
        self.box = ipywidgets.VBox([self._head, self._list, self._ways, self.written])
        self.show()

    def show(self) -> None:
        """Show the trail as it stands."""
        steps, step = self._trail.steps, self._trail.step
        self._back.disabled, self._on.disabled = self._trail.at < 1, self._trail.at >= len(steps) - 1
        self._keep.disabled = self._note.disabled = step is None
        self._still = True
        self._keep.value, self._note.value = (step.kept, step.note) if step else (False, "")
        self._still = False
        n = len(self._trail.kept)
        self._head.value = telling.head("Your steps", f"{len(steps):,} so far, {n:,} kept") if steps else ""
        self._ways.layout.display = None if n else "none"
        rows = [
            {"step": f"{at}. {each.question}", "count": each.counted, "kept": "★" * each.kept, "note": each.note}
            for at, each in enumerate(steps, start=1)
        ]
        if rows:
            caption = "A click on a step goes back to it."
            self._list.table(
                pd.DataFrame(rows), [*rows[0]], caption=caption, opens=True, chosen=self._trail.at, follow=True
            )

    def _move(self, by: int) -> None:
        step = self._trail.move(by)
        if step is not None:
            self.show()
            self._again(step)

    def _go(self, place: int) -> None:
        self._move(place - self._trail.at)

    def _kept(self, change: dict) -> None:
        if not self._still and self._trail.step is not None:
            self._trail.step.kept = change["new"]
            self.show()

    def _noted(self, change: dict) -> None:
        if not self._still and self._trail.step is not None:
            self._trail.step.note = change["new"]
            self.show()

    def _way(self, name: str, way: Callable[[], str]) -> ipywidgets.Button:
        button = ipywidgets.Button(description=name, layout=NARROW)

        def write(_: ipywidgets.Button) -> None:
            try:
                self.written.value = telling.line(f"Written: {way()}")
            except (ValueError, OSError) as error:
                self.written.value = telling.line(" ".join(str(error).split()), role="alert")

        button.on_click(write)
        return button

    def _notebook(self) -> str:
        notebook = takeaway.notebook(self._news, self._trail.kept, loaded=self._loaded)
        return _write("steps.ipynb", json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")

    def _markdown(self) -> str:
        return _write("steps.md", takeaway.markdown(self._news, self._trail.kept))

    def _page(self, *, texts: bool) -> str:
        return page(self._news, "steps.html", self._trail, texts=texts)

    def _csv(self) -> str:
        return export.csv(takeaway.passages(self._news, self._trail.kept), "passages")

    def _xlsx(self) -> str:
        return export.xlsx(takeaway.passages(self._news, self._trail.kept), "passages")


def _write(name: str, words: str) -> str:
    """Write a text into the folder for results and give its place."""
    path: File = storage.write_new(export.folder() / name, words.encode("utf-8", "replace"), again=False)
    return f"{path.parent.name}/{path.name}"
