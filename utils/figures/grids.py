"""Grids: a table of two ways to divide the same passages, each number written in a cell that is darker for more."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.colors import LinearSegmentedColormap

from utils.figures.charts import Picture, Undrawn, written
from utils.figures.marks import COLOURS
from utils.figures.pictures import finding, publish

SHADES = LinearSegmentedColormap.from_list("shades", ["white", COLOURS[0]])
DARK = 0.55  # of the highest value: from here on a number is written in white
NAMED, WIDE = 30, 13  # letters of a row's name, and of a line of a column's


def grid(
    table: pd.DataFrame,
    title: str,
    *,
    holds: bool,
    source: str,
    subtitle: str,
    otherwise: str,
    most: float | None = None,
    form: str = "{:.0f}",
) -> Picture:
    """Draw a table as a grid: its rows and columns in their order, each number in a cell, darker for more.

    Zero is white and stays unwritten, so that what is left out is seen; a missing number is a dash.

    Parameters
        table: numbers from 0 up, row names as its index.  most: what is darkest (default: the highest number).
        title, holds, otherwise, subtitle: as for `trend`.  source: where the data come from, as `news.origin`.
        form: how a number is written, such as "{:.0%}".
    """
    title = finding(title, holds=bool(holds), otherwise=otherwise)
    values = table.to_numpy(float, na_value=np.nan)
    if not values.size:
        return Undrawn("There is nothing here to lay out as a grid.")
    top = most or np.nanmax(values, initial=0) or 1
    figure, ax = plt.subplots()
    figure.set_figheight(1.9 + 0.23 * len(values))
    ax.imshow(np.nan_to_num(values), cmap=SHADES, vmin=0, vmax=top, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        told = "–" if np.isnan(value) else form.format(value) if value else ""
        ax.text(column, row, told, ha="center", va="center", color="white" if value > DARK * top else "#222222")
    rows = [textwrap.shorten(str(name), NAMED, placeholder=" …") for name in table.index]
    columns = [textwrap.fill(str(name), WIDE, break_long_words=False) for name in table.columns]
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(columns)), columns)
    ax.xaxis.tick_top()
    ax.tick_params(length=0)
    ax.grid(False)
    ax.spines[:].set_visible(False)
    ax.hlines(np.arange(1, len(rows)) - 0.5, -0.5, len(columns) - 0.5, color="white", linewidth=1.5)
    return publish(ax, title=title, subtitle=subtitle, source=source, alt=_told(table, values, form))


def _told(table: pd.DataFrame, values: np.ndarray, form: str) -> str:
    """Give in words what the grid shows: for each column how many rows are empty and which has most."""
    told = []
    for name, own in zip(table.columns, values.T, strict=True):
        n = int((own > 0).sum())
        highest = f", most in {table.index[np.nanargmax(own)]} ({written(form, np.nanmax(own))})" if n else ""
        told.append(f"{name}: {n} of {len(own)} rows filled{highest}")
    return f"Grid of {len(values)} rows and {values.shape[1]} columns. {'; '.join(told)}."
