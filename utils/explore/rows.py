"""Tables and passages in the workbench, a page at a time, whose rows are buttons.

Our own, as a page of fields of ipywidgets takes longer to make than the table that they show, and is no table to a
screen reader.
"""

import re
from collections.abc import Callable, Sequence
from html import escape, unescape
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from utils.corpus.corpus import Corpus
from utils.passages import html
from utils.spans import KEYS, cut

PAGE = 20  # rows shown at a time
CONTEXT = 160  # characters before a passage and behind it, at most
Opened = Callable[[int], None]


class Rows(anywidget.AnyWidget):
    """A page of a table or of passages; `opened` is called with the place of the row that is clicked."""

    _esm = Path(__file__).with_name("rows.js")
    _css = Path(__file__).with_name("rows.css")
    view: traitlets.Dict = traitlets.Dict().tag(sync=True)

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened, self._n, self._all = opened, 0, 0
        self._page: Callable[[int], dict] = _nothing
        self._chosen: int | None = None
        self._table: pd.DataFrame | None = None
        self.on_msg(self._heard)

    def empty(self) -> None:
        """Show nothing."""
        self._page, self._chosen, self._table = _nothing, None, None
        self.turn(0)

    def table(
        self,
        table: pd.DataFrame,
        columns: Sequence[str],
        *,
        caption: str,
        opens: bool,
        chosen: int | None = None,
        follow: bool = False,
    ) -> None:
        """Show these columns of a table, at the page in view where it is the table in view, else from the first.

        follow: whether the page of the chosen row is shown instead.
        """
        at = chosen // PAGE * PAGE if follow and chosen is not None else 0
        at = self.view.get("first", 0) if table is self._table and not follow else at
        self._table = table
        columns = [name for name in columns if name in table]
        heads = [
            {"name": name.replace("_", " "), "right": pd.api.types.is_numeric_dtype(table[name])} for name in columns
        ]
        shares = html.shares(table)

        def page(first: int) -> dict:
            rows = table[columns].iloc[first : first + PAGE].to_dict("records")
            cells = [[_cell(value, share=name in shares) for name, value in row.items()] for row in rows]
            return {"kind": "table", "columns": heads, "rows": cells, "caption": caption, "opens": opens}

        self._show(page, len(table), chosen, at)

    def passages(self, news: Corpus, table: pd.DataFrame, *, caption: str, whose: bool = False) -> None:
        """Show the passages of a table, each in its context, from the first.

        whose: whether each says who is quoted in it.
        """

        def page(first: int) -> dict:
            shown = table.iloc[first : first + PAGE]
            said = speakers(news, shown) if whose else [""] * len(shown)
            if "polarity" in shown:
                said = [
                    f"Score {_cell(score, share=False)}. {each}"
                    for score, each in zip(shown["polarity"], said, strict=True)
                ]
            rows = [_passage(news, row, each) for row, each in zip(shown.itertuples(), said, strict=True)]
            return {"kind": "passages", "rows": rows, "caption": caption}

        self._show(page, len(table), None, 0)

    def _show(self, page: Callable[[int], dict], n: int, chosen: int | None, first: int) -> None:
        self._page, self._all, self._chosen = page, n, chosen
        self.turn(first)

    def choose(self, place: int | None) -> None:
        """Mark a row as chosen."""
        self._chosen, self._n = place, self._n + 1
        if self.view:
            self.view = self.view | {"n": self._n, "chosen": None if place is None else place - self.view["first"]}

    def turn(self, first: int) -> None:
        """Show the page that begins with a row."""
        page, self._n = self._page(first), self._n + 1
        chosen = None if self._chosen is None else self._chosen - first
        place = {"n": self._n, "first": first, "size": PAGE, "all": self._all, "chosen": chosen} if page else {}
        self.view = page | place

    def still(self) -> str:
        """Give what is in view as HTML that stays as it is."""
        view = self.view
        if not view:
            return ""
        rows, chosen = view["rows"], view["chosen"]
        shown = "".join(_still(view, row, place == chosen) for place, row in enumerate(rows))
        until = f"{view['first'] + 1:,} to {view['first'] + len(rows):,} of {view['all']:,}" if rows else "none"
        if view["kind"] == "passages":
            return f'<ol start="{view["first"] + 1}">{shown}</ol><p>{until}</p>'
        head = "".join(f'<th scope="col">{escape(each["name"])}</th>' for each in view["columns"])
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{shown}</tbody></table>"
        return f'<div style="overflow-x:auto">{table}</div><p>{until}</p>'

    def _heard(self, _: anywidget.AnyWidget, content: object, __: list) -> None:
        if not isinstance(content, dict) or not self.view or content.get("n") != self._n:
            return  # pressed on what is not in view any more
        row, first = content.get("row"), content.get("first")
        if isinstance(row, int) and 0 <= row < len(self.view["rows"]):
            self._opened(self.view["first"] + row)
        elif isinstance(first, int) and 0 <= first < self._all:
            self.turn(first // PAGE * PAGE)


def _still(view: dict, row: list | dict, chosen: bool) -> str:
    """Give one row, or one passage, as HTML."""
    style = ' style="font-weight:bold"' * chosen
    if isinstance(row, dict):
        told = f'<div style="{html.QUIET}">{escape(row["head"])}</div>'
        said = f'<div style="{html.QUIET}">{escape(row["said"])}</div>' * bool(row["said"])
        hit = html.mark(row["hit"], html.TINTS[chosen])
        return f"<li{style}>{told}{escape(row['before'])}{hit}{escape(row['after'])}{said}</li>"
    sides = ("right" if each["right"] else "left" for each in view["columns"])
    cells = "".join(f'<td style="text-align:{side}">{escape(cell)}</td>' for side, cell in zip(sides, row, strict=True))
    return f"<tr{style}>{cells}</tr>"


def _nothing(first: int) -> dict:
    return {}


def speakers(news: Corpus, table: pd.DataFrame) -> list[str]:
    """Say of each passage whose words stand in it, as the layer of quotations tells."""
    quotes = news.quotes
    quotes = quotes[quotes["article_id"].isin(table["article_id"].unique())]
    quotes = quotes[quotes["kind"] != "loose"]
    places = table[KEYS].assign(place=range(len(table)))
    common = cut(places, quotes.reset_index(drop=True))
    whose = quotes["person"].fillna(quotes["speaker"]).fillna("someone not told").to_numpy()
    names: dict[int, dict] = {}
    for place, quote in zip(common["place"], common["outer"], strict=True):
        names.setdefault(place, {})[whose[quote]] = None
    return [f"Words of {', '.join(names[n])}" if n in names else "In no quotation" for n in range(len(table))]


def _cell(value: object, *, share: bool) -> str:
    return unescape(html.cell(value, share=share))


def _passage(news: Corpus, row: object, said: str) -> dict:
    """Give a passage in its paragraph as plain text: what stands before it, itself, and what stands behind."""
    article, start, end = str(row.article_id), int(row.start), int(row.end)  # type: ignore[attr-defined]
    raw = news.articles.at[article, "raw"]
    before = re.split(r"[\r\n]", raw[max(start - CONTEXT, 0) : start])[-1]
    after = re.split(r"[\r\n]", raw[end : end + CONTEXT])[0]
    if len(before) == CONTEXT:
        before = f"… {before.partition(' ')[2]}"
    if len(after) == CONTEXT:
        after = f"{after.rpartition(' ')[0]} …"
    hit = " ".join(html.shortened(raw[start:end]).split())
    return {
        "head": unescape(html.heading(news, article)),
        "before": before,
        "hit": hit or "␣",
        "after": after,
        "said": said,
    }
