"""The lines of a concordance in a notebook, a page at a time, their hits one under the other: a click opens one.

Each hit is a button, so that a line opens by a click, or by Tab and Enter, with nothing of our own running in the
browser. The buttons are made once and given other words for every page, as making them is what takes the time.
"""

from collections.abc import Callable
from html import escape

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.measures.reading import in_lines
from utils.passages import html

PAGE = 50  # lines shown at a time
ROOMY = 8  # rows seen without scrolling
ROW, DIGIT, DATE, OUTLET = 24, 8, 90, 104  # pixels: the height of a row, the width of what stands before it
LONG = 60  # characters shown of a hit
FRAME = {"align_items": "flex-start", "overflow": "hidden auto", "max_height": f"{ROOMY * ROW + 10}px",
         "border": "1px solid #ccc", "padding": "4px 0"}  # fmt: skip
SIDE = {"flex": "1 1 0", "min_width": "0", "margin": "0", "overflow": "hidden"}
CLOSED = {"button_color": html.TINTS[0], "text_color": "#1a1a1a", "font_size": "13px"}
OPEN = {"button_color": html.TINTS[1], "text_color": "#1a1a1a", "font_size": "13px", "font_weight": "bold",
        "text_decoration": "underline"}  # fmt: skip
FACT = f"flex:none;box-sizing:border-box;padding-right:10px;overflow:hidden;text-overflow:ellipsis;{html.QUIET}"
TEXT = "display:flex;flex:1 0 min(100%,14em);overflow:hidden;justify-content:flex-end"
Show = Callable[[Corpus | None, pd.DataFrame | None], None]


def line_list(opened: Callable[[int], None]) -> tuple[ipywidgets.VBox, Show]:
    """Give an empty list of lines, and the function that fills it with the hits of a corpus, or with None empties it.

    opened: called with the place of a line, from 0, when its hit is clicked.
    """
    left, right = ipywidgets.HTML(layout=SIDE), ipywidgets.HTML(layout=SIDE | {"min_width": "30%"})
    hits, fill, chosen = _hit_buttons()
    column = ipywidgets.VBox(hits, layout={"flex": "none", "max_width": "40%", "overflow": "hidden"})
    holder, frame = ipywidgets.VBox(), ipywidgets.Layout(**FRAME)
    back = ipywidgets.Button(description="Earlier lines", icon="chevron-up")
    on = ipywidgets.Button(description="Later lines", icon="chevron-down")
    told = ipywidgets.HTML(layout={"margin": "0 1em"})
    pages = ipywidgets.HBox([back, on, told], layout={"align_items": "center", "display": "none"})
    held: dict = {}

    def show(news: Corpus | None, found: pd.DataFrame | None) -> None:
        held.update(news=news, found=found)
        pages.layout.display = "none" if found is None or len(found) <= PAGE else None
        put() if found is None or found.empty else turn(0)

    def turn(first: int) -> None:
        held["first"], found = first, held["found"]
        page = in_lines(held["news"], found.iloc[first : first + PAGE])
        last = first + len(page)
        fill(page)
        left.layout.flex, left.value = f"1 1 {sum(_widths(page, last))}px", _left(page, last)
        right.value = "".join(_row(f"<span>{escape(words)}</span>") for words in page["right"])
        told.value = f"Lines {first + 1:,} to {last:,} of {len(found):,}"
        back.disabled, on.disabled = first == 0, last == len(found)
        put(ipywidgets.HBox([left, column, right], layout=frame))

    def put(*lines: ipywidgets.HBox) -> None:
        """Show lines in a new box, or none: an old box would stay scrolled to where its reader was."""
        old, holder.children = holder.children, lines
        for each in old:
            each.close()

    def click(button: ipywidgets.Button) -> None:
        chosen(button)
        opened(held["first"] + hits.index(button))

    for button in hits:
        button.on_click(click)
    back.on_click(lambda _: turn(held["first"] - PAGE))
    on.on_click(lambda _: turn(held["first"] + PAGE))
    return ipywidgets.VBox([holder, pages]), show


def _hit_buttons() -> tuple[list[ipywidgets.Button], Callable, Callable]:
    """Give a page of buttons, the function that writes the hits of a page on them, and that which marks one as open."""
    styles = [ipywidgets.ButtonStyle(**each) for each in (CLOSED, OPEN)]
    size = ipywidgets.Layout(width="100%", height=f"{ROW}px", margin="0", padding="0 6px", flex="none")
    unseen = ipywidgets.Layout(display="none")
    buttons = [ipywidgets.Button(style=styles[0], layout=unseen) for _ in range(PAGE)]

    def fill(page: pd.DataFrame) -> None:
        for button, row in zip(buttons, page.itertuples(), strict=False):
            hit = row.hit if len(row.hit) <= LONG else f"{row.hit[: LONG - 1]}…"
            button.description, button.tooltip = hit or "␣", f"{row.left}{hit}{row.right}"
        for place, button in enumerate(buttons):
            button.style, button.layout = styles[0], size if place < len(page) else unseen

    def chosen(button: ipywidgets.Button) -> None:
        for each in buttons:
            each.style = styles[each is button]

    return buttons, fill, chosen


def _widths(page: pd.DataFrame, last: int) -> tuple[int, int, int]:
    """Give the width of number, date and outlet on a page, in pixels; 0 where no line has one.

    The left side has as much more room than the right, so that their texts are equally wide.
    """
    known = page[["published", "outlet"]].notna().any()
    return 20 + DIGIT * len(f"{last:,}"), DATE * known["published"], OUTLET * known["outlet"]


def _left(page: pd.DataFrame, last: int) -> str:
    """Give what stands before the hits: number, date, outlet and text; where room is short, the text's end alone."""
    rows, widths = [], _widths(page, last)
    for number, row in enumerate(page.itertuples(), start=last - len(page) + 1):
        cells = (f"{number:,}", html.cell(row.published), html.cell(row.outlet))
        facts = "".join(
            f'<span style="{FACT};width:{width}px;text-align:{side}">{cell}</span>'
            for cell, width, side in zip(cells, widths, ("right", "left", "left"), strict=True)
            if width
        )
        text = f'<span style="{TEXT}"><span>{escape(row.left)}</span></span>'
        rows.append(_row(f'<span style="display:flex;flex:0 1 auto;min-width:0;overflow:hidden">{facts}</span>{text}'))
    return "".join(rows)


def _row(inner: str) -> str:
    """Give a row as wide as there is room, whatever stands in it; its words as high as those on a button."""
    style = f"display:flex;width:0;min-width:100%;height:{ROW}px;line-height:28px;white-space:pre"
    return f'<div style="{style}">{inner}</div>'
