"""Charts that open: figures whose marks are buttons, by pointer, by keyboard and by ear alike.

An anywidget, as the coder is: ipympl shows a canvas, which has no marks to be named or reached by a key, and the fields
of ipywidgets alone would lie beside the picture and not on it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Hashable, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import anywidget
import numpy as np
import pandas as pd
import traitlets
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

from utils import arguments, figures
from utils.arguments import Refusal
from utils.explore.svg import Box, Drawn, around, columns, drawn
from utils.figures.charts import MEASURES, written
from utils.figures.marks import COLOURS, GREY
from utils.figures.pictures import LETTERS
from utils.intake.encodings import whole
from utils.stats import periods as units

__all__ = ["Chart", "Drawn", "bars", "dispersion", "drawn", "opening", "periods", "points", "trend"]

MOST = 30  # rows of a chart: more cannot be told apart at a glance
NAMED = 24  # points whose names are written beside them, where there is room
REST = "all others"
LETTER = 8  # pixels that a letter of such a name takes, about


class Chart(anywidget.AnyWidget):
    """A chart in the notebook whose marks open. `show` puts another in its place, `choose` marks what is in hand."""

    _esm = Path(__file__).with_name("charts.js")
    _css = Path(__file__).with_name("charts.css")
    view: traitlets.Dict = traitlets.Dict().tag(sync=True)
    place: traitlets.Int = traitlets.Int(-1).tag(sync=True)

    def __init__(self, on_open: Callable[[Hashable], object]) -> None:
        super().__init__()
        self.drawn: Drawn | None = None
        self._n = 0
        self._open = on_open
        self.on_msg(self._told)
        self.show(None)

    @property
    def chosen(self) -> Hashable:
        """The key of the mark in hand, or None."""
        return None if self.drawn is None or self.place < 0 else self.drawn.keys[self.place]

    def show(self, drawn: Drawn | None, *, chosen: Hashable = None) -> None:
        """Show a chart in the place of that in view, or none."""
        with self.hold_sync():
            self.drawn, self._n = drawn, self._n + 1
            self.view = {"n": self._n, "svg": drawn.svg if drawn else "", "title": drawn.title if drawn else ""}
            self.choose(chosen)

    def choose(self, key: Hashable) -> None:
        """Mark what is in hand by its key; nothing where the chart has no such mark."""
        keys = self.drawn.keys if self.drawn else ()
        self.place = keys.index(key) if key is not None and key in keys else -1

    def still(self) -> str:
        """Give the chart as an image, what is in hand marked in it."""
        return "" if self.drawn is None else self.drawn.image(self.place)

    def _told(self, _: Chart, content: object, __: object) -> None:
        """Open the mark that was pressed, if it stands on the chart in view."""
        if not isinstance(content, dict) or content.get("n") != self._n or self.drawn is None:
            return
        place = content.get("open")
        if type(place) is int and 0 <= place < len(self.drawn.keys):
            self.place = place
            self._open(self.drawn.keys[place])


def opening(drawn: Drawn | None, on_open: Callable[[Hashable], object], chosen: Hashable = None) -> Chart:
    """Give a chart as a widget; `on_open` is called with the key of a mark that is clicked, or chosen by Enter.

    chosen: the key of the mark that is in hand from the start.
    """
    chart = Chart(on_open)
    chart.show(drawn, chosen=chosen)
    return chart


def bars(
    table: pd.DataFrame,
    label: str,
    value: str,
    *,
    source: str,
    low: str = "low",
    high: str = "high",
    title: str = "",
    subtitle: str = "",
    ends: tuple[str, str] | None = None,
) -> Drawn:
    """Give the first thirty rows of a table as a chart by `figures.ranked`; a mark's key is its row's place.

    label, value, low, high: columns; without `low` and `high` no intervals are drawn.  source: as `news.origin`.
    Raises ValueError for a column that is not there, or no value to draw.
    """
    arguments.table(table, "table", columns=[label, value], of="a measure")
    places = np.flatnonzero(table[value].notna())[:MOST].tolist()
    own = table.iloc[places].rename(columns={low: "low", high: "high"})
    names = [_short(name) for name in own[label]]
    made = own.assign(**{label: names})
    words = _title(title) or MEASURES.get(value, (value, value))[1]
    options: dict[str, Any] = {"subtitle": subtitle, "ends": ends, "source": source}
    told = [_told(name, row, value) for name, (_, row) in zip(names, made.iterrows(), strict=True)]
    return drawn(
        lambda: figures.ranked(made, words, label=label, value=value, holds=True, **options),
        list(zip(told, places, strict=True)),
    )


def trend(table: pd.DataFrame | Mapping[str, pd.DataFrame], *, title: str = "", subtitle: str = "") -> Drawn:
    """Give what `over_time` gives as a line by `figures.trend`, or several one under the other; a period is a mark.

    The key of a mark is its row's place, of several tables (name, place). Raises ValueError where no line can be drawn.
    """
    several = not isinstance(table, pd.DataFrame)
    lines = dict(table) if several else {"": cast(pd.DataFrame, table)}
    marks = [
        (_told(_period(name, own, row["period"]), row, own.attrs["value"]), (name, place) if several else place)
        for name, own in lines.items()
        if "period" in own and "value" in own.attrs
        for place, (_, row) in enumerate(own.iterrows())
    ]

    def boxes(axes: Axes) -> list[Box]:
        panels = zip(cast(Figure, axes.get_figure(root=True)).axes, lines.values(), strict=False)
        return [box for panel, own in panels for box in columns(panel, own["period"])]

    made, told = table if not several else lines, next(iter(lines.values()), pd.DataFrame()).attrs
    neutral = f"{MEASURES[told['value']][1]}, by {told['freq']}" if "value" in told else "Nothing to draw"
    return drawn(
        lambda: figures.trend(made, _title(title) or _title(neutral), holds=True, subtitle=subtitle),
        marks,
        boxes=boxes,
    )


def periods(dates: pd.Series, *, source: str, title: str = "") -> Drawn:
    """Give how many articles each period has, by `figures.per_period`; the key of a mark is the day its period begins.

    Raises ValueError where there are no two periods.
    """
    unit = units.unit(dates)
    counts = pd.Series(dtype=int) if units.lacking(dates) else units.counted(dates, unit)
    marks = [(f"{units.label(day, unit)}: {_n(n, 'article')}", day) for day, n in counts.items()]

    def boxes(axes: Axes) -> list[Box]:
        spans = [patch.get_window_extent().intervalx for patch in axes.patches]
        return [(left, axes.bbox.y0, right, axes.bbox.y1) for left, right in spans]

    named = _title(title) or f"Articles by {unit}"
    return drawn(lambda: figures.per_period(dates, named, holds=True, source=source), marks, boxes=boxes)


def dispersion(placed: pd.DataFrame, titles: pd.Series, *, source: str, title: str = "") -> Drawn:
    """Give where in its article each hit falls, by `figures.dispersion`; a mark is a row, and its key the article's id.

    placed: what `reading.places` gives.  titles: by article id.
    """
    counts = placed.dropna(subset="at").groupby("article_id", observed=True, sort=False).size().head(MOST)
    ids = counts.index.astype("str")
    named = titles.reindex(ids).fillna("untitled").map(_short)
    marks = [(f"{name}: {_n(n, 'hit')}", key) for name, n, key in zip(named, counts, ids, strict=True)]
    words = _title(title) or "Where in its articles it stands"
    return drawn(lambda: figures.dispersion(placed, named, words, holds=True, source=source), marks)


def points(
    table: pd.DataFrame,
    x: str,
    y: str,
    label: str,
    *,
    source: str,
    title: str,
    axes: tuple[str, str] = ("", ""),
    log: bool = False,
    group: str | None = None,
    subtitle: str = "",
) -> Drawn:
    """Give a point a row of a table, named where there is room, those of the first rows first; the key is its place.

    x, y, label, group: columns; the four largest groups have colour and shape.  axes: what they measure.  log: the x
    axis in steps of ten.  source: as `news.origin`.
    Raises ValueError for a column that is not there, or no point to draw.
    """
    arguments.table(table, "table", columns=[x, y, label, *([group] if group else [])], of="a measure")
    known = table[x].notna() & table[y].notna() & ((table[x] > 0) | (not log))
    own, places = table[known], np.flatnonzero(known).tolist()
    if own.empty:
        raise Refusal(f"there is no row with both {x} and {y}, so there is no point to draw")
    names = [_short(name) for name in own[label]]
    kinds = own[group].map(_short) if group else pd.Series("", own.index)
    largest = [*kinds.value_counts().index[: len(COLOURS)]]
    kinds = kinds.where(kinds.isin(largest), REST)
    across, up = axes[0] or x, axes[1] or y

    def draw() -> figures.Published:
        _, ax = plt.subplots()
        looks = figures.colours(largest + [REST] * bool((kinds == REST).any()), draw="point")
        for name, style in looks.items():
            ax.scatter(own[x][kinds == name], own[y][kinds == name], s=30, alpha=0.8, label=name or None, **style)
        ax.set_xscale("log" if log else "linear")
        if own[y].min() < 0 < own[y].max():
            ax.axhline(0, color=GREY, linewidth=1, zorder=1)
        ax.set_xlabel(across)
        ax.set_ylabel(up)
        if group:
            ax.legend(
                [_short(name, 16) for name in looks], ncols=5, fontsize=8, loc="lower left", bbox_to_anchor=(0, 1)
            )
        ends = ", ".join(f"{name}: {_number(side.min())} to {_number(side.max())}"
                         for name, side in ((across, own[x]), (up, own[y])))  # fmt: skip
        alt = f"Scatter chart of {len(own):,} points; {ends}. Among them: {', '.join(names[:6])}."
        under = subtitle or f"A point for each {label}"
        made = figures.publish(ax, title=_title(title), subtitle=under, source=source, alt=alt)
        _name_points(ax, own[x], own[y], names)
        return made

    told = [
        f"{name}{f', {kind}' if kind else ''}: {across} {_number(row[x])}, {up} {_number(row[y])}{_counted(row)}"
        for name, kind, (_, row) in zip(names, kinds, own.iterrows(), strict=True)
    ]
    marks = list(zip(told, places, strict=True))
    return drawn(draw, marks, boxes=lambda ax: around(ax, own[x], own[y]))


def _name_points(ax: Axes, x: pd.Series, y: pd.Series, names: Sequence[str]) -> None:
    """Write names beside their points, one after the other, where they cover no point and no other name."""
    at, panel, taken = ax.transData.transform(np.column_stack([x, y]).astype(float)), ax.bbox.padded(2), list[Bbox]()
    for (across, up), place, name in zip(at, zip(x, y, strict=True), names, strict=True):
        for side, shift in (("left", 6), ("right", -6)):
            left = across + 9 if side == "left" else across - 9 - LETTER * len(name)
            box = Bbox.from_bounds(left, up - LETTER, LETTER * len(name), 2 * LETTER)  # measuring takes too long
            free = panel.containsx(box.x0) and panel.containsx(box.x1) and not box.count_overlaps(taken)
            if free and not ((at > box.min) & (at < box.max)).all(axis=1).any():
                taken.append(box)
                ax.annotate(
                    name, place, xytext=(shift, 0), textcoords="offset points", va="center", ha=side, fontsize=9
                )
                break
        if len(taken) == NAMED:
            return


def _told(name: str, row: pd.Series, value: str) -> str:
    """Give a mark in words: its name, its value with the interval, and what was counted."""
    measure, _, form = MEASURES.get(value, (value.replace("_", " "), "", "{:.3g}"))
    if pd.isna(row[value]):
        return f"{name}: no value{_counted(row)}"
    around = ""
    if {"low", "high"} <= set(row.index) and pd.notna(row["low"]) and pd.notna(row["high"]):
        around = f" ({written(form, row['low'])} to {written(form, row['high'])})"
    return f"{name}: {written(form, row[value])}{around} {measure[:1].lower()}{measure[1:]}{_counted(row)}"


def _counted(row: pd.Series) -> str:
    """Give what a row counts, in words."""
    known = {name: row[name] for name in ("count", "n_hit", "n_articles") if name in row and pd.notna(row[name])}
    said = [_n(known["count"], "passage")] if "count" in known else []
    if "n_articles" in known:
        some = f"{known['n_hit']:,.0f} of " if "n_hit" in known else ""
        said.append(f"{some}{_n(known['n_articles'], 'article')}")
    return f"; {', '.join(said)}" if said else ""


def _period(name: str, table: pd.DataFrame, day: pd.Timestamp) -> str:
    freq = table.attrs["freq"]
    when = units.label(day, freq) if freq in units.UNITS else str(day.date())
    return f"{name}, {when}" if name else when


def _n(n: float, what: str) -> str:
    return f"{n:,.0f} {what}{'s' * (n != 1)}"


def _number(value: float) -> str:
    return written("{:,.0f}" if value == round(value) else "{:,.3g}", value)


def _short(name: object, letters: int = 48) -> str:
    """Give a name on one line, as long as a chart has room for."""
    words = " ".join(whole(str(name)).split()) if pd.notna(name) else "not known"
    return words if len(words) <= letters else f"{words[: letters - 1]}…"


def _title(words: str) -> str:
    return textwrap.shorten(whole(words), LETTERS, placeholder=" …")
