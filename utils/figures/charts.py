"""Rows, bars and heaps of measures' tables: their titles checked, what these speak of marked, all told in words."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, cast

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from utils.arguments import Refusal
from utils.figures.marks import BARE, COLOURS, GREY, INTERVAL, dots, shares
from utils.figures.pictures import Published, finding, publish

CLEAR = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # behind a value, so that no line runs through it
MOST_TOLD = 12  # values that an alternative text names one by one
MEASURES = {  # of a value: what its axis measures, a title that claims nothing, and how it is written
    "rate_per_10k": ("Occurrences in 10,000 words", "How often it is said", "{:.1f}"),
    "tone": ("Mean polarity of articles", "Tone by this score", "{:.3f}"),
    "contribution": ("Contribution to the tone, in points of polarity", "The words that move the tone most", "{:+.3f}"),
    "shift": ("Contribution to the difference, in points of polarity", "The words that part the two tones", "{:+.3f}"),
    "share": ("Share", "Shares", "{:.1%}"),
    "share_of_words": ("Share of all words", "Who has the word", "{:.1%}"),
    "mi": ("MI, each step a doubling of what is expected", "Words that stand near it", "{:+.1f}"),
    "log_ratio": ("Log ratio, each step a doubling", "Words said more on one side", "{:+.1f}"),
}


@dataclass(frozen=True)
class Undrawn:
    """Why there is no picture, in a sentence that stands in its place."""

    why: str

    def __repr__(self) -> str:
        return self.why

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/html": f"<p>{html.escape(self.why)}</p>", "text/plain": self.why}


Picture = Published | Undrawn


def ranked(
    table: pd.DataFrame,
    title: str,
    *,
    label: str,
    value: str,
    holds: bool,
    source: str,
    marked: Collection[str] = (),
    otherwise: str = "",
    subtitle: str = "",
    ends: tuple[str, str] | None = None,
    key: pd.Series | None = None,
) -> Picture:
    """Draw one row a label, in the order of the table: a dot at its value, its interval, the value written beside it.

    What the title speaks of is in colour, the rest grey. A value without an interval is hollow.

    Parameters
        label, value: the columns of names and of values; `low` and `high` are drawn where the table has them.
        title, holds, otherwise, subtitle: as for `trend`.  source: where the data come from, as `news.origin`.
        marked: the labels in colour (default: all).
        ends: what lies to the left and to the right of zero: ("← up to 1945", "after 1945 →").
        key: what is known to be true, by label, drawn as diamonds.
    Raises ValueError for a column that is not there.
    """
    missing = [name for name in (label, value) if name not in table]
    if missing:
        raise Refusal(f"the table has no column {missing[0]!r}; it has {', '.join(map(str, table.columns))}")
    measure, neutral, form = MEASURES.get(value, (value, value, "{:.2f}"))
    title = finding(title, holds=bool(holds), otherwise=otherwise or neutral)
    own = table[table[value].notna()]
    if own.empty:
        return Undrawn("There is no value here to draw.")
    nothing = pd.Series(np.nan, own.index)
    bounded = {"low", "high"} <= set(own)
    low, high = (own["low"], own["high"]) if bounded else (nothing, nothing)
    names = [str(each) for each in own[label].fillna("not known")]
    _, ax = plt.subplots()
    dots(ax, names, own[value], *((low, high) if bounded else (own[value], own[value])))
    _colour(ax, [bool(holds) and bool(marked) and name not in marked for name in names])
    known = None if key is None else pd.Series([key.get(name, np.nan) for name in names])
    if known is not None:
        ax.plot(known, range(len(known)), "D", color=GREY, fillstyle="none", markersize=9)
    _write_values(ax, own[value], high, form, known)
    if form.endswith("%}"):
        ax.xaxis.set_major_formatter(lambda share, _: f"{100 * share:.4g}%")
    if ends:
        ax.set_title(ends[0], loc="left")
        ax.set_title(ends[1], loc="right")
    diamonds = "; diamonds: by the key" if known is not None else ""
    return publish(
        ax,
        title=title,
        source=source,
        subtitle=f"{subtitle or measure}{', with 95 % intervals' if low.notna().any() else ''}{diamonds}",
        alt=_told_rows(names, own[value], form, subtitle or measure, known),
    )


def side_by_side(
    table: pd.DataFrame,
    title: str,
    *,
    holds: bool,
    source: str,
    subtitle: str,
    otherwise: str,
    marked: Collection[str] = (),
) -> Picture:
    """Draw shares by several counts: a panel for each column, a row for each label, each value written at its bar.

    title, holds, otherwise, subtitle, source: as for `ranked`.  marked: the labels in colour (default: all).
    """
    title = finding(title, holds=bool(holds), otherwise=otherwise)
    if table.empty or table.isna().all(axis=None):
        return Undrawn("There is no share here to draw.")
    width, _ = plt.rcParams["figure.figsize"]
    figure, axes = plt.subplots(1, table.shape[1], sharey=True, sharex=True, squeeze=False,
                                figsize=(width, 1.9 + 0.34 * len(table)))  # fmt: skip
    most = np.nanmax(table.to_numpy(float)) or 1
    for ax, name in zip(axes[0], table, strict=True):
        inks = [COLOURS[0] if not (holds and marked) or each in marked else GREY for each in table.index]
        ax.barh(range(len(table)), table[name].fillna(0), color=inks, height=0.55)
        for row, share in enumerate(table[name]):
            ax.annotate(_percent(share), (0 if pd.isna(share) else share, row), xytext=(4, 0), va="center", fontsize=9,
                        textcoords="offset points")  # fmt: skip
        ax.set_title(textwrap.fill(str(name), 14))
        ax.grid(False)
        ax.tick_params(axis="y", length=0)
        ax.set_xticks([])
        ax.set_xlim(0, most * 1.3)
    axes[0][0].set_yticks(range(len(table)), [str(each) for each in table.index])
    axes[0][0].set_ylim(len(table) - 0.4, -0.6)
    cells = table.map(_percent)
    told = "; ".join(f"{name}: {', '.join(cells.loc[name])}" for name in table.index)
    alt = f"Bars for each {table.index.name or 'row'}, by {', '.join(map(str, table))}. {told}."
    return publish(axes[0], title=title, subtitle=subtitle, source=source, alt=alt)


def heaps(
    groups: Mapping[str, pd.Series], title: str, *, line: float, named: str, holds: bool, otherwise: str, subtitle: str,
    source: str,
) -> Picture:  # fmt: skip
    """Draw how shares of several kinds lie between 0 and 1, and on which side of a line.

    groups: the shares, by what they are of; each is named with its number.  line, named: where it stands, and its name.
    title, holds, otherwise, subtitle, source: as for `ranked`.
    """
    title = finding(title, holds=bool(holds), otherwise=otherwise)
    known = {name: pd.Series(values).dropna() for name, values in groups.items()}
    if not any(len(values) for values in known.values()):
        return Undrawn("There is no pair to draw.")
    _, ax = plt.subplots()
    inks = dict(zip(known, COLOURS, strict=False))
    for name, values in known.items():
        n, _, _ = ax.hist(values, bins=np.linspace(0, 1, 21).tolist(), color=inks[name], alpha=0.85)
        if len(values):
            left = values.median() < line
            x, at = (values.min(), "left") if left else (values.max(), "right")
            ax.annotate(f"{name}: {len(values)}", (x, float(np.max(n))), xytext=(0, 4), ha=at,
                        textcoords="offset points",
                        color=inks[name], fontweight="bold", fontsize=9)  # fmt: skip
    ax.axvline(line, color=GREY)
    ax.annotate(named, (line, 1), xycoords=("data", "axes fraction"), xytext=(4, -2), textcoords="offset points",
                va="top", color="#595959", fontsize=9)  # fmt: skip
    ax.margins(y=0.15)
    ax.set_xlim(0, 1)
    cast(MaxNLocator, ax.yaxis.get_major_locator()).set_params(integer=True)
    shares(ax, axis="x")
    ax.set_xlim(0, 1)
    told = [f"{name}: {len(own)}, {own.min():.1%} to {own.max():.1%}" for name, own in known.items() if len(own)]
    alt = f"Histogram from 0 % to 100 %, {named} at {line:.0%}: {'; '.join(told)}."
    return publish(ax, title=title, subtitle=subtitle, source=source, alt=alt)


def _colour(ax: Axes, quiet: list[bool]) -> None:
    """Draw the rows of `dots` that are quiet in grey."""
    if not any(quiet):
        return
    inks = [GREY if each else COLOURS[0] for each in quiet]
    for drawn in ax.collections:
        if drawn.get_gid() == INTERVAL:
            drawn.set_color(inks)
        elif drawn.get_label() == BARE:
            drawn.set_edgecolor([inks[round(row)] for _, row in np.asarray(drawn.get_offsets())])
        else:
            drawn.set_facecolor(inks)
            drawn.set_edgecolor(inks)


def _write_values(ax: Axes, values: pd.Series, high: pd.Series, form: str, known: pd.Series | None) -> None:
    """Write each value to the right of what is drawn of it, and make room for it."""
    ends = [np.nanmax([value, top, np.nan if known is None else known.iloc[row]])
            for row, (value, top) in enumerate(zip(values, high, strict=True))]  # fmt: skip
    for row, (value, end) in enumerate(zip(values, ends, strict=True)):
        said: dict[str, Any] = {"textcoords": "offset points", "va": "center", "fontsize": 9, "bbox": CLEAR}
        ax.annotate(written(form, value), (end, row), xytext=(8, 0), **said)
    low, most = ax.get_xlim()
    ax.set_xlim(low, max(most, max(ends) + 0.14 * (max(ends) - low)))


def _told_rows(names: list[str], values: pd.Series, form: str, measure: str, known: pd.Series | None) -> str:
    """Give in words what rows show: each value by its name, or the ends of many."""
    each = [f"{name} {written(form, value)}" for name, value in zip(names, values, strict=True)]
    if known is not None:
        each = [told + (f" (by the key {written(form, key)})" if pd.notna(key) else "")
                for told, key in zip(each, known, strict=True)]  # fmt: skip
    few = each if len(each) <= MOST_TOLD else [*each[: MOST_TOLD // 2], "…", *each[-MOST_TOLD // 2 :]]
    return f"Dot chart: {measure}; {len(each)} row{'s' * (len(each) != 1)}: {'; '.join(few)}."


def written(form: str, value: float) -> str:
    """Give a number as a chart writes it, with a minus sign and no hyphen."""
    return form.format(value).replace("-", "\u2212")


def _percent(share: float) -> str:
    return "–" if pd.isna(share) else f"{share:.0%}"
