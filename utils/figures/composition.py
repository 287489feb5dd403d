"""Composition: what each period is made of, as a panel below a line."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from utils.arguments import Refusal
from utils.figures.marks import COLOURS, GREY
from utils.stats import periods

NAMED, LONGEST, OTHERS = 3, 26, "all others"


def composition(ax: Axes, table: pd.DataFrame) -> str:
    """Draw articles a period as bars in layers, one a name, those with most articles below; give it in words.

    table: as `periods.made_of` gives it. The three names with most articles have a colour, the others are one layer.
    Raises ValueError for a table of anything else.
    """
    freq = str(table.index.name)
    if not isinstance(table.index, pd.DatetimeIndex) or freq not in periods.UNITS:
        raise Refusal("made_of is a table such as periods.made_of gives; what came has no periods for its rows")
    layers = table.iloc[:, :NAMED]
    if table.shape[1] > NAMED:
        layers = layers.assign(**{OTHERS: table.iloc[:, NAMED:].sum(axis=1)})
    below = pd.Series(0, table.index)
    inks = [*COLOURS[:NAMED], GREY]
    for (name, own), ink in zip(layers.items(), inks, strict=False):
        label = textwrap.shorten(str(name), LONGEST, placeholder=" …")
        ax.bar(table.index, own, bottom=below, width=periods.width(freq), color=ink, label=label)
        below = below + own
    ax.set_title("articles, by who printed them")
    ax.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=4))
    ax.set_ylim(0, max(float(below.max()), 1) * 1.5)  # room for the names
    ax.legend(ncols=2, fontsize=8, frameon=False, loc="upper left")
    most = "; ".join(f"{name} {int(own.sum()):,}" for name, own in layers.items())
    return f"Below it, bars of the articles of each {freq}: {most}."
