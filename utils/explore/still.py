"""A still copy: what a front end last showed, kept in the notebook as plain HTML, for when no kernel holds it any more.

JupyterLab shows a widget's output by its model alone. Where the model is gone it says "model not found", and no other
form of the same output is ever shown in its place, unless the notebook is not trusted. So the copy is an output of its
own before the live one: of the two the style that comes with it shows the live one as long as it lives, else the copy.
An untrusted notebook has no style and no widgets: there the copy is shown, and the live one is empty.
"""

from __future__ import annotations

import asyncio
import datetime
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

import ipywidgets
from IPython.display import display

from utils.passages import html

LIVE, COPY = "passages-live", "passages-still"
OUTPUT = ".jp-OutputArea-child"
STYLE = (
    f"<style>{OUTPUT}:has(.{COPY}):has(+ {OUTPUT} .{LIVE}), "
    f"{OUTPUT}:has(.{COPY}) + {OUTPUT}:not(:has(.{LIVE})) {{ display: none }}</style>"
)
TOLD = "What was last seen here; run the cell again to go on."
SEEN = {"value", "children", "description", "selected_index", "view", "place"}  # traits whose change is seen
WIDGET = "application/vnd.jupyter.widget-view+json"
PATIENCE = 0.2  # seconds after a change until all is copied that changes with it
LAYOUT = ("flex", "flex_flow", "align_items", "width", "min_width", "max_width", "height", "max_height", "overflow",
          "margin", "padding")  # fmt: skip
FIELDS = (ipywidgets.Text, ipywidgets.Combobox, ipywidgets.Dropdown, ipywidgets.Checkbox, ipywidgets.DatePicker)
ONE_SHOWN = (ipywidgets.Tab, ipywidgets.Accordion, ipywidgets.Stack)


class Still(ipywidgets.VBox):
    """A front end that leaves in the notebook what it last showed.

    What is copied is what its parts show: HTML as it is, fields by their values, and a widget that has a method `still`
    by what that gives.
    """

    def __init__(self, children: tuple | list = (), **options: Any) -> None:
        super().__init__(children, **options)
        self.add_class(LIVE)
        self._shown, self._late = False, False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watch(self)

    def copy(self) -> str:
        """Give what is seen now, as HTML for a notebook."""
        told = f'<p style="{html.QUIET};margin:0 0 0.5em">{TOLD}</p>'
        return f'{STYLE}<div class="{COPY} tex2jax_ignore mathjax_ignore">{told}{copied(self)}</div>'

    def keep(self) -> None:
        """Put what is seen now in the place of the copy in the notebook."""
        self._late = False
        if self._shown:
            self._put(update=True)

    def _put(self, **options: Any) -> None:
        data, mark = {"text/html": self.copy(), "text/plain": TOLD}, {"passages": {"still": True}}
        display(data, raw=True, metadata=mark, display_id=f"{COPY}-{self.model_id}", **options)

    def _repr_mimebundle_(self, **options: Any) -> dict:
        """Give the live output, and put the copy before it: what is not trusted shows nothing here."""
        self._shown, self._loop = True, loop()
        self._put()
        return {WIDGET: super()._repr_mimebundle_(**options)[WIDGET], "text/html": "", "text/plain": ""}

    def _watch(self, widget: ipywidgets.Widget) -> None:
        for each in _parts(widget):
            if names := [name for name in SEEN if each.has_trait(name)]:
                each.observe(self._changed, names)

    def _changed(self, change: Mapping) -> None:
        if change["name"] == "children":
            for child in change["new"]:
                self._watch(child)
        if self._loop is not None and not self._late and not self._loop.is_closed():
            self._late = True
            self._loop.call_soon_threadsafe(self._loop.call_later, PATIENCE, self.keep)  # work may have its own thread


def loop() -> asyncio.AbstractEventLoop | None:
    """Give what the kernel does its work in; None where there is no kernel, and nobody looks on."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _parts(widget: ipywidgets.Widget) -> Iterator[ipywidgets.Widget]:
    """Give a widget and all that it holds."""
    yield widget
    for child in getattr(widget, "children", ()):
        yield from _parts(child)


def copied(widget: ipywidgets.Widget) -> str:
    """Give what a widget shows as HTML that stays as it is; nothing for what is hidden, or only there to be used."""
    if widget.layout.display == "none" or widget.layout.visibility == "hidden":
        return ""
    if callable(own := getattr(widget, "still", None)):
        return _styled(widget, own())
    if isinstance(widget, ipywidgets.HTML):
        return _styled(widget, widget.value)
    if isinstance(widget, ONE_SHOWN):
        at = widget.selected_index
        name = "" if at is None else f"<p><b>{escape(widget.get_title(at))}</b></p>"
        return name if at is None else name + copied(widget.children[at])
    if isinstance(widget, ipywidgets.Box):
        inner = "".join(map(copied, widget.children))
        side = "row" if isinstance(widget, ipywidgets.HBox) else "column"
        return _styled(widget, inner, f"display:flex;flex-direction:{side}") if inner else ""
    if isinstance(widget, ipywidgets.Button):
        colour, high = widget.style.button_color, widget.layout.height or "1.5"
        shown = f"background-color:{colour};color:#1a1a1a;white-space:pre;line-height:{high}"
        return (
            _styled(widget, escape(widget.description), shown) if colour else ""
        )  # a plain one is there to be pressed
    return _field(widget) if isinstance(widget, FIELDS) else ""


def _field(widget: Any) -> str:
    """Give a field as a line, if it says anything."""
    value = widget.label if isinstance(widget, ipywidgets.Dropdown) else widget.value
    said = f"{value:%-d %B %Y}" if isinstance(value, datetime.date) else "yes" if value is True else value
    return f'<p style="margin:0 1em 0 0">{escape(widget.description)}: {escape(str(said))}</p>' if said else ""


def _styled(widget: ipywidgets.DOMWidget, inner: str, style: str = "") -> str:
    """Give HTML in a box laid out as the widget is."""
    laid = {name: value for name in LAYOUT if (value := getattr(widget.layout, name))}
    parts = [style, *(f"{name.replace('_', '-')}:{value}" for name, value in laid.items())]
    return f'<div style="{escape(";".join(filter(None, parts)))}">{inner}</div>'
