"""Lines over time: drawn from the tables that measures give, what a title speaks of marked, told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from utils.arguments import Refusal
from utils.figures.charts import MEASURES, Picture, Undrawn, written
from utils.figures.claims import Claim
from utils.figures.composition import composition
from utils.figures.marks import COLOURS, GREY, band, hollow, ink
from utils.figures.pictures import finding, panels, publish
from utils.stats import periods

PALE, LINED, SPOKEN = "#ECECEC", "#BDBDBD", "#FBE3D2"  # silence, holes, and the silence that a title speaks of
INK = ink(COLOURS[1])


def trend(
    table: pd.DataFrame | Mapping[str, pd.DataFrame],
    title: str,
    *,
    holds: Claim | bool,
    otherwise: str = "",
    subtitle: str = "",
    made_of: pd.DataFrame | None = None,
) -> Picture:
    """Draw a table over time as a line with its intervals, what the title speaks of in colour and the rest grey.

    Silence (articles, and nothing counted) is shaded, a hole (no articles) hatched, a period at the end that the dates
    hold a part of is marked, and what has no date is said below. Where the title does not hold, it gives way to a
    neutral one; where there are no two periods to draw, a sentence says why.

    Parameters
        table: what `terms.over_time` or `sentiment.over_time` give without `by`; or several by name, one panel each.
        title: the finding, at most 60 letters.  holds: a claim (`peaks`, `jumps`, `silent`), or True or False.
        otherwise, subtitle: in the place of the neutral title, and of measure, unit and period.
        made_of: what each period is made of, as `periods.made_of` gives it by the same period: a panel below.
    Raises ValueError for tables of anything else; `FindingMoved` as `finding` does.
    """
    lines = {str(table.attrs.get("query", "")): table} if isinstance(table, pd.DataFrame) else dict(table)
    if not lines or any("period" not in own or "value" not in own.attrs for own in lines.values()):
        raise Refusal("trend draws what over_time gives; a table of something else came, or none")
    told = next(iter(lines.values())).attrs
    measure, neutral, form = MEASURES[told["value"]]
    title = finding(title, holds=bool(holds), otherwise=otherwise or f"{neutral}, by {_named(told['freq'])}")
    if why := told["lacking"] or _unvalued(lines, told["value"]):
        return Undrawn(why)
    claim = holds if isinstance(holds, Claim) and holds else None
    figure, axes = panels(len(lines) + (made_of is not None))
    keys = [_line(ax, own, claim, form, several=len(lines) > 1) for ax, own in zip(axes, lines.values(), strict=False)]
    for ax, name in zip(axes, lines, strict=False):
        ax.set_title(name if len(lines) > 1 else "")
    made = [] if made_of is None else [composition(axes[-1], made_of)]
    what = f" of “{next(iter(lines))}”" if len(lines) == 1 and told.get("query") else ""
    shading = dict.fromkeys(each for own in keys for each in own)
    subtitle = (
        subtitle or f"{measure.replace(' in ', what + ' in ', 1)}, by {_named(told['freq'])}, with 95 % intervals"
    )
    return publish(
        axes,
        title=title,
        subtitle="; ".join([subtitle, *shading]),
        source=told["source"] + _undated(told["undated"]),
        alt=" ".join([*(_told(name, own, measure, form) for name, own in lines.items()), *made]),
    )


def _unvalued(lines: Mapping[str, pd.DataFrame], value: str) -> str:
    """Give why no line can be drawn though there are dates, or ""."""
    n = max(len(own) for own in lines.values())
    if n < 2:
        return "All dated articles lie in one period, so there is no line to draw."
    if all(own[value].notna().sum() < 2 for own in lines.values()):
        return "No two periods have a value here, so there is no line to draw."
    if value == "rate_per_10k" and not any(own["count"].any() for own in lines.values()):
        return "It stands in no dated article here, so there is no line to draw."
    return ""


def _line(ax: Axes, table: pd.DataFrame, claim: Claim | None, form: str, *, several: bool) -> list[str]:
    """Draw one line with what belongs to it; give what its shading means, for the subtitle."""
    value, freq = table.attrs["value"], table.attrs["freq"]
    at, own = table["period"], claim if claim and claim.query == str(table.attrs.get("query", "")) else None
    plain = GREY if own or (claim and several) else COLOURS[0]
    ax.plot(at, table[value], color=plain, marker="o" if len(table) <= 45 else None, markersize=4)
    band(ax, at, table["low"], table["high"])
    spoken = at.isin(own.where if own else ())
    if own:
        told, bare = table[spoken], (table["low"].isna() | table["high"].isna())[spoken].to_numpy()
        ax.plot(told["period"], told[value], color=COLOURS[1], linestyle="-", linewidth=3, zorder=2.5)
        ax.scatter(told["period"][~bare], told[value][~bare], s=42, color=COLOURS[1], zorder=3.5)
        hollow(ax, told["period"], told[value], bare, COLOURS[1], zorder=3.5)
    rate = value == "rate_per_10k"
    if rate:
        ax.set_ylim(0)
    elif (table["low"].min() < 0 < table["high"].max()) or table[value].min() < 0 < table[value].max():
        ax.axhline(0, color=GREY, linewidth=1, zorder=1)
    ax.margins(x=0.03)
    silence = (table["n_articles"] > 0) & (table[value] == 0) if rate else pd.Series(False, table.index)
    hole = table["n_articles"] == 0
    spans: tuple[tuple[pd.Series, dict[str, Any]], ...] = (
        (silence & ~spoken, {"facecolor": PALE}),
        (silence & spoken, {"facecolor": SPOKEN}),
        (hole, {"facecolor": "none", "hatch": "////", "hatchcolor": LINED}),
    )
    edges = _edges(at)
    for rows, style in spans:
        for first, last in _runs(rows.to_numpy()):
            ax.axvspan(edges[first], edges[last + 1], linewidth=0, zorder=0, **style)
    if own and own.words and own.where:
        silent, late = silence[spoken].any(), own.where[-1] == at.iloc[-1]
        x = own.where[-1] if late else own.where[0] + (own.where[-1] - own.where[0]) / 2
        ax.annotate(own.words, (x, 0.5 if silent else 0.04), xycoords=("data", "axes fraction"), fontsize=9,
                    ha="right" if late else "center", fontweight="bold", color=INK)  # fmt: skip
    if own and own.mark is not None:
        row = table[at == own.mark].iloc[0]
        late = at.searchsorted(own.mark) > len(at) / 2
        ax.annotate(f"{written(form, row[value])} {periods.when(own.mark, freq)}", (own.mark, row[value]), zorder=5,
                    xytext=(6 if not late else -6, 10), textcoords="offset points", ha="right" if late else "left",
                    fontweight="bold", fontsize=9, color=INK)  # fmt: skip
    for day in table.attrs["part"]:
        ax.annotate("part", (day, 1), xycoords=("data", "axes fraction"), xytext=(0, -2), textcoords="offset points",
                    ha="center", va="top", fontsize=8, color="#595959")  # fmt: skip
    told = {"shaded: not said": silence.any(), "hatched: no articles": hole.any(),
            f"part: a {_named(freq)} not full": bool(table.attrs["part"])}  # fmt: skip
    return [words for words, there in told.items() if there]


def _edges(at: pd.Series) -> list[pd.Timestamp]:
    """Give where the stretch of each period begins in the picture, halfway to its neighbours, and the last end."""
    days = list(at)
    halves = [one + (other - one) / 2 for one, other in zip(days, days[1:], strict=False)]
    return [days[0] - (halves[0] - days[0]), *halves, days[-1] + (days[-1] - halves[-1])]


def _runs(rows: np.ndarray) -> list[tuple[int, int]]:
    """Give first and last place of each run of true values."""
    changes = np.flatnonzero(np.diff(np.concatenate([[0], rows.astype(int), [0]])))
    return [(int(first), int(last) - 1) for first, last in zip(changes[::2], changes[1::2], strict=True)]


def _told(name: str, table: pd.DataFrame, measure: str, form: str) -> str:
    """Give in words what a line shows: its ends, its highest and lowest value, silence and holes."""
    value, freq = table.attrs["value"], table.attrs["freq"]
    known = table[table[value].notna()]
    first, last = (periods.label(day, freq) if freq in periods.UNITS else str(day.date())
                   for day in table["period"].iloc[[0, -1]])  # fmt: skip
    what = f" of “{name}”" if name else ""
    said = [f"Line chart: {measure}{what}, by {_named(freq)}, {first} to {last}."]
    if len(known):
        most, least = known.loc[known[value].idxmax()], known.loc[known[value].idxmin()]
        said.append(f"Highest {_at(most, value, form, freq)}; lowest {_at(least, value, form, freq)}.")
    if value == "rate_per_10k":
        n = int(((table["n_articles"] > 0) & (table[value] == 0)).sum())
        said.append(f"Not said in {n} of {len(known)}." if n else "")
    holes = int((table["n_articles"] == 0).sum())
    said.append(f"No articles in {holes} of {len(table)}." if holes else "")
    return " ".join(filter(None, said))


def _at(row: pd.Series, value: str, form: str, freq: str) -> str:
    around = f" ({written(form, row['low'])} to {written(form, row['high'])})" if pd.notna(row["low"]) else ""
    day = row["period"]
    when = periods.when(day, freq) if freq in periods.UNITS else f"at {day.date()}"
    return f"{written(form, row[value])}{around} {when}"


def _undated(n: int) -> str:
    return f"; {n:,} without a date left out" if n else ""


def _named(freq: str) -> str:
    return freq if freq in periods.UNITS else f"period ({freq})"
