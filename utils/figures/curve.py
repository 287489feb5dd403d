"""Specification curves: a claim by every way of counting, the estimates sorted, the choices of each beneath."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from utils.arguments import Refusal
from utils.figures.charts import Picture, Undrawn
from utils.figures.marks import BARE, COLOURS, GREY, INTERVAL
from utils.figures.pictures import finding, publish

UNITS = {  # of a measure, as its axis names it
    "difference of rates": "in 10,000 words",
    "log ratio": "doublings",
    "share of articles": "of articles",
    "share of quoted words": "of quoted words",
    "share of all words": "of all words",
    "": "standard deviations",
}
HOLDS, PALE, LONGEST = COLOURS[0], "#b9b9b9", 34
ROW, WIDE = 0.17, 430  # inches of a row of choices; points that all panels have beside each other


def specifications(table: pd.DataFrame, title: str, *, holds: bool, source: str, otherwise: str = "") -> Picture:
    """Draw a specification curve: a panel a measure, each pipeline a point with its interval, its choices beneath.

    Points are sorted by their estimate. Those in which the claim holds are in colour, the others grey; an estimate
    without an interval is hollow. The first pipeline of the grid is marked by a triangle.

    table: what `choices.curve` gives, or rows of it.  title, holds, otherwise, source: as for `ranked`.
    Raises ValueError where the table is no curve.
    """
    if missing := [name for name in ("pipeline", "count", "estimate", "low", "high", "holds") if name not in table]:
        raise Refusal(f"the table has no column {missing[0]!r}; a curve is wanted, as choices.curve gives it")
    title = finding(title, holds=bool(holds), otherwise=otherwise or "The same claim, counted in many ways")
    known = table[table["estimate"].notna()]
    if known.empty:
        return Undrawn("No pipeline here has an estimate to draw.")
    columns = list(table.columns)
    choices = columns[columns.index("pipeline") + 1 : columns.index("count")]
    choices = [name for name in choices if name != "measure" and known[name].nunique() > 1]
    measure = known["measure"] if "measure" in known else pd.Series("", known.index)
    groups = {name: known[measure == name].sort_values("estimate", kind="stable") for name in measure.unique()}
    axes, wide = _laid_out([len(own) for own in groups.values()], _rows(known, choices))
    for (name, own), (above, below), points in zip(groups.items(), axes.T, wide, strict=True):
        _points(above, own, first=int(table["pipeline"].iloc[0]), each=points / len(own))
        above.set_title(textwrap.fill(str(name), 12 if points < WIDE / 4 else 30), loc="left", fontsize=9.5)
        above.set_ylabel(UNITS.get(str(name), "estimate"))
        _matrix(below, own, _rows(known, choices), named=below is axes[1][0])
    lost = len(table) - len(known)
    shown = f"{len(known):,} pipelines by estimate, with 95 % intervals; blue: the claim holds; triangle: the first"
    return publish(
        list(axes.ravel()),
        title=title,
        subtitle=shown + (f"; {lost:,} without an estimate left out" if lost else ""),
        source=source,
        alt=_told(groups, choices, table),
    )


def _rows(known: pd.DataFrame, choices: list[str]) -> list[tuple[str, str] | None]:
    """Give the rows of choices, an empty one between any two choices."""
    rows: list[tuple[str, str] | None] = []
    for name in choices:
        rows += [None] * bool(rows) + [(name, str(option)) for option in known[name].dropna().unique()]
    return rows


def _laid_out(sizes: list[int], rows: list) -> tuple[np.ndarray, list[float]]:
    """Give the axes, above for points and below for choices, a column a measure, and how many points wide each is.

    A measure has as much room as it has pipelines, and enough for its name.
    """
    width, _ = plt.rcParams["figure.figsize"]
    wide = np.maximum(sizes, 0.18 * sum(sizes))
    _, axes = plt.subplots(
        2, len(sizes), squeeze=False, sharex="col",
        figsize=(max(width, 8.5), 3.6 + ROW * len(rows)),
        gridspec_kw={"width_ratios": wide.tolist(), "height_ratios": [2.3, max(ROW * len(rows), 0.2)]},
    )  # fmt: skip
    return axes, (WIDE * wide / wide.sum()).tolist()


def _points(ax: Axes, own: pd.DataFrame, *, first: int, each: float) -> None:
    place, holds = np.arange(len(own)), own["holds"].fillna(False).to_numpy(bool)
    bounded = own["low"].notna().to_numpy()
    for some, colour in ((~holds, PALE), (holds, HOLDS)):
        here = some & bounded
        ax.vlines(place[here], own["low"][here], own["high"][here], color=colour, alpha=0.35, gid=INTERVAL,
                  linewidth=max(0.3, min(3, 0.8 * each)))  # fmt: skip
    ax.axhline(0, color=GREY, linewidth=1, linestyle="-", zorder=2)
    for some, colour in ((~holds, GREY), (holds, HOLDS)):
        size = max(2, min(26, 1500 / len(own)))
        ax.scatter(place[some & bounded], own["estimate"][some & bounded], s=size, color=colour, zorder=3)
        bare = some & ~bounded
        if bare.any():
            ax.scatter(place[bare], own["estimate"][bare], s=size, facecolor="white", edgecolor=colour, zorder=3,
                       linewidth=0.8, label=BARE)  # fmt: skip
    at = np.flatnonzero(own["pipeline"] == first)
    if len(at):
        ax.scatter(at, own["estimate"].iloc[at], s=64, marker="v", color="#222222", zorder=4)
    ax.set_xticks([])
    ax.set_xlim(-0.5, len(own) - 0.5)


def _matrix(ax: Axes, own: pd.DataFrame, rows: list[tuple[str, str] | None], *, named: bool) -> None:
    """Draw which options each pipeline takes: a row an option, in colour where the claim holds."""
    holds = own["holds"].fillna(False).to_numpy(bool)
    cells = np.array([
        np.zeros(len(own)) if row is None else (own[row[0]].astype("str") == row[1]).to_numpy() * (1 + holds)
        for row in rows or [None]
    ])  # fmt: skip
    ax.imshow(cells, aspect="auto", interpolation="nearest", cmap=ListedColormap(["white", PALE, HOLDS]),
              vmin=0, vmax=2)  # fmt: skip
    ax.grid(False)
    ax.set_xticks([])
    for side in ax.spines.values():
        side.set_visible(False)
    labels = [(at, f"{_plain(row[0])}: {row[1]}"[:LONGEST]) for at, row in enumerate(rows) if row] if named else []
    ax.set_yticks([at for at, _ in labels], [text for _, text in labels], fontsize=8)
    ax.tick_params(axis="y", length=0)


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _told(groups: dict[str, pd.DataFrame], choices: list[str], table: pd.DataFrame) -> str:
    told = []
    for name, own in groups.items():
        held = int(own["holds"].fillna(False).sum())
        told.append(
            f"{name or 'estimates'}: {len(own):,} from {own['estimate'].min():.3g} to {own['estimate'].max():.3g}, "
            f"median {own['estimate'].median():.3g}, the claim holds in {held:,}"
        )
    beneath = f"Beneath, which of these choices each takes: {', '.join(map(_plain, choices))}. " if choices else ""
    held = int(table["holds"].fillna(False).sum())
    return (
        f"Specification curve of {len(table):,} pipelines, sorted by their estimate. {'; '.join(told)}. {beneath}"
        f"In all, the claim holds in {held:,} of {len(table):,}."
    )
