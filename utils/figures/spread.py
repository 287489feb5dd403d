"""How articles spread: over time, over a measure by groups, and where in them a word falls; all told in words."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.ticker import MaxNLocator

from utils.figures.charts import Picture, Undrawn
from utils.figures.marks import GREY, colours, ticks
from utils.figures.pictures import finding, publish
from utils.stats import periods

MOST_GROUPS, MOST_ROWS, LONGEST = 4, 30, 34


def per_period(dates: pd.Series, title: str, *, holds: bool, source: str) -> Picture:
    """Draw how many articles each period has, from the first to the last, holes among them; periods by the span.

    title, holds: as for `finding`; where it does not hold, the picture says what it shows.
    """
    unit, why = periods.unit(dates), periods.lacking(dates)
    title = finding(title, holds=bool(holds), otherwise=f"When these articles were published, by {unit}")
    if why:
        return Undrawn(why)
    counts = periods.counted(dates, unit)
    _, ax = plt.subplots()
    ax.bar(counts.index, counts, width=periods.width(unit), align="edge", color=colours(["all"])["all"]["color"])
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    most, first, last = counts.idxmax(), periods.label(counts.index[0], unit), periods.label(counts.index[-1], unit)
    n_none = int((counts == 0).sum())
    empty = f" None in {n_none} of them." if n_none else ""
    none = int(dates.isna().sum())
    return publish(
        ax,
        title=title,
        subtitle=f"Articles in each {unit}",
        source=source + (f"; {none:,} without a date left out" if none else ""),
        alt=f"Bar chart: articles in each {unit}, {first} to {last}, {len(counts)} in all; "
        f"most {periods.when(most, unit)}, {counts.max():,}; fewest {counts.min():,}.{empty}",
    )


def strips(values: pd.Series, groups: pd.Series, title: str, *, holds: bool, subtitle: str, source: str) -> Picture:
    """Draw one mark an article by its value, a row a group, those with most articles first; a line at each median.

    values, groups: by article, on one index; missing values are left out, missing groups are "not known".
    title, holds: as for `finding`.  subtitle: the measure and its unit.
    """
    title = finding(title, holds=bool(holds), otherwise=f"{subtitle.partition(',')[0][:50]}, by article")
    known = values.dropna().astype(float)
    if known.empty:
        return Undrawn("No article here has a value to draw.")
    named = groups.reindex(known.index).astype("str").fillna("not known")
    order = named.value_counts().index
    shown = order[:MOST_GROUPS]
    _, ax = plt.subplots()
    told = []
    for name, style in colours(shown, draw="point").items():
        own, row = known[named == name], _short(name)
        ax.plot(own, [row] * len(own), linestyle="none", alpha=0.6, **style)
        ax.plot([own.median()], [row], "|", color=GREY, markersize=26, markeredgewidth=2)
        told.append(f"{row} {own.min():,.0f} to {own.max():,.0f}, median {own.median():,.0f}")
    ax.invert_yaxis()
    ax.margins(y=0.2)
    rest = f"; the {len(shown)} of {len(order)} with most articles" if len(order) > len(shown) else ""
    return publish(
        ax,
        title=title,
        subtitle=f"{subtitle}; a mark an article, a line at the median{rest}",
        source=source,
        alt=f"Marks, one an article, a row a group{rest}: {'; '.join(told)}.",
    )


def dispersion(placed: pd.DataFrame, titles: pd.Series, title: str, *, holds: bool, source: str) -> Picture:
    """Draw where in its article each hit falls: one row an article, one tick a hit, at most thirty rows.

    placed: what `reading.places` gives.  titles: by article id.  title, holds: as for `finding`.
    """
    title = finding(title, holds=bool(holds), otherwise="Where in its articles it stands")
    known = placed.dropna(subset="at")
    if known.empty:
        return Undrawn("It stands in no body here, so there is nothing to draw.")
    n = known["article_id"].nunique()
    rows = known.groupby("article_id", observed=True, sort=False)["at"].agg(list).head(MOST_ROWS)
    names = titles.reindex(rows.index.astype("str")).fillna("untitled")
    _, ax = plt.subplots()
    ticks(ax, [_short(name) for name in names], rows.tolist())
    which = f", the first {len(rows)} of {n}" if len(rows) < n else ""
    early, late = (known["at"] < 0.05).sum(), (known["at"] > 0.5).sum()
    return publish(
        ax,
        title=title,
        subtitle=f"“{known['query'].iloc[0]}”: a row an article{which}, a tick a hit",
        source=source,
        alt=f"Dispersion plot, one row an article{which}; of {len(known):,} ticks {early:,} stand in the first "
        f"twentieth, {late:,} in the second half.",
    )


def _short(name: object) -> str:
    return textwrap.shorten(str(name), LONGEST, placeholder=" …")
