"""The marks of the house style: its colours, and intervals, dots and named lines drawn with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Annotation
from matplotlib.ticker import FuncFormatter
from matplotlib.typing import ColorType
from numpy.typing import ArrayLike

from utils.arguments import Refusal, RefusedType

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")
GREY = "#767676"
DASHES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D")
HATCHES = ("", "///", "...", "xx")
BARE = "no interval"  # the label of hollow points: values without one
INTERVAL = "interval"  # the gid of what is drawn from a low to a high


def colours(names: Iterable[str], *, draw: str = "line") -> dict[str, dict]:
    """Give each name the style it keeps, ready for matplotlib: `ax.plot(x, y, **style["Herald"])`.

    Hand over all the names a notebook speaks of, once, so that a paper keeps its colour where it is drawn
    alone. A set has no order and is sorted; anything else keeps its own, so the first four have the colours.

    draw: "line" gives colour and dash, "point" colour and marker, "bar" colour and hatch.
    Returns a dict by name. The fifth name and all after it are grey, with the same four dashes in turn.
    Raises TypeError for a bare string, ValueError for an unknown `draw`.
    """
    if isinstance(names, str):
        raise RefusedType(f"We got the text {names!r} where a list of names belongs: write [{names!r}].")
    marks = {"line": ("linestyle", DASHES), "point": ("marker", MARKERS), "bar": ("hatch", HATCHES)}
    if draw not in marks:
        raise Refusal(f"draw={draw!r} is unknown; we can draw {', '.join(marks)}.")
    option, shapes = marks[draw]
    ordered = dict.fromkeys(sorted(names) if isinstance(names, (set, frozenset)) else names)
    return {
        name: {"color": COLOURS[i] if i < len(COLOURS) else GREY, option: shapes[i % len(shapes)]}
        for i, name in enumerate(ordered)
    }


def band(ax: Axes, x: Sequence, low: Sequence, high: Sequence, *, colour: str | None = None) -> None:
    """Draw the interval from `low` to `high` around a line, in the colour of the line drawn last.

    A missing bound leaves a gap, and the line's own value there is a hollow point; a lone interval between two
    gaps, which has no area, is an upright stroke.
    Raises ValueError for lengths that differ or a `low` above its `high`.
    """
    lower, upper = _bounds(x, low, high)
    ink = colour or (ax.lines[-1].get_color() if ax.lines else GREY)
    known = np.isfinite(lower) & np.isfinite(upper)
    lone = alone(known)
    ax.fill_between(x, lower, upper, where=known & ~lone, color=ink, alpha=0.18, linewidth=0, gid=INTERVAL)
    if lone.any():
        ax.vlines(np.asarray(x)[lone], lower[lone], upper[lone], color=ink, alpha=0.4, linewidth=4, gid=INTERVAL)
    value = np.asarray(ax.lines[-1].get_ydata(orig=False) if ax.lines else [])
    if len(value) == len(x):
        hollow(ax, x, value, ~known, ink)


def dots(
    ax: Axes, labels: Sequence[str], value: Sequence, low: Sequence, high: Sequence, *, colour: str = COLOURS[0]
) -> None:
    """Draw one row a label, the first on top: a dot at its value, a stroke from `low` to `high`.

    The axis starts at zero where nothing is negative; where values lie on both sides, zero is marked. The dot
    of a value without an interval is hollow; a missing value leaves its row empty. The figure grows with its rows.
    Raises ValueError for lengths that differ or a `low` above its `high`.
    """
    lower, upper = _bounds(labels, low, high)
    (values,) = _floats(labels, value)
    rows = np.arange(len(labels))
    known = np.isfinite(lower) & np.isfinite(upper)
    ax.hlines(rows, lower, upper, color=colour, linewidth=2, gid=INTERVAL)
    ax.scatter(np.where(known, values, np.nan), rows, s=42, color=colour, zorder=3)
    hollow(ax, values, rows, ~known, colour)
    ax.set_yticks(rows, [str(label) for label in labels])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0, pad=7)  # so that a point at zero stays clear of its label
    ax.grid(False, axis="y")
    ax.grid(True, axis="x")
    least, most = _reach([*values, *lower, *upper])
    if least >= 0:
        ax.set_xlim(0, most * 1.05 or 1)
    elif most > 0:
        ax.axvline(0, color=GREY, linewidth=1, linestyle="-", zorder=1)
    _grow(ax, 1.7 + 0.3 * len(rows))


def ticks(ax: Axes, labels: Sequence[str], at: Sequence[Sequence[float]], *, colour: str = COLOURS[0]) -> None:
    """Draw one row a label, the first on top, with an upright stroke at each of its places (0 beginning, 1 end).

    A dispersion plot: one row an article, one tick a hit. The figure grows with its rows.
    Raises ValueError for lengths that differ or a place outside 0-1.
    """
    if len(labels) != len(at):
        raise Refusal(f"{len(labels)} labels came with {len(at)} rows of places; each row wants its label")
    rows = np.repeat(np.arange(len(at)), [len(own) for own in at])
    places = np.concatenate([np.asarray(own, float) for own in at] or [np.empty(0)])
    if ((places < 0) | (places > 1)).any():
        raise Refusal("a place is a share of the article from 0 to 1, as reading.places gives it")
    known = np.isfinite(places)
    ax.hlines(np.arange(len(at)), 0, 1, color=GREY, linewidth=0.5, alpha=0.5)
    ax.vlines(places[known], rows[known] - 0.36, rows[known] + 0.36, color=colour, linewidth=1.6)
    ax.set_yticks(np.arange(len(labels)), [str(label) for label in labels])
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.5, 1], ["first word", "middle", "last word"])
    ax.tick_params(axis="y", length=0)
    ax.grid(False)
    _grow(ax, 1.7 + 0.22 * len(labels))


def _grow(ax: Axes, inches: float) -> None:
    """Give a figure its height where these axes are all that it holds."""
    if isinstance(ax.figure, Figure) and len(ax.figure.axes) == 1:
        ax.figure.set_figheight(inches)


def shares(ax: Axes, *, axis: str = "y") -> None:
    """Write an axis of shares, 0 to 1, in per cent and start it at zero; called when all is drawn.

    Raises ValueError for an axis other than "x" or "y".
    """
    if axis not in ("x", "y"):
        raise Refusal(f'axis={axis!r} is unknown: shares stand on "x" or "y".')
    scale, limit = (ax.yaxis, ax.set_ylim) if axis == "y" else (ax.xaxis, ax.set_xlim)
    scale.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:.4g}%"))
    limit(0, None)


def name_lines(ax: Axes) -> None:
    """Write each line's label at its right end, in its colour, in the place of a legend.

    Names that would overlap are moved apart, as little as can be; a thin stroke ties each to its line's last
    known point. `publish` spreads them anew once the picture has its final size.
    """
    for line in ax.lines:
        x, y = (np.asarray(side) for side in line.get_data(orig=False))
        known = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
        label = str(line.get_label())
        if label.startswith("_") or not len(known):
            continue
        last = known[-1]
        stroke = {
            "arrowstyle": "-",
            "color": line.get_color(),
            "linewidth": 0.7,
            "relpos": (0, 0.5),
            "shrinkA": 1,
            "shrinkB": 3,
        }
        ax.annotate(
            label,
            (x[last], y[last]),
            xytext=(1.015, y[last]),
            textcoords=ax.get_yaxis_transform(),
            va="center",
            fontsize=10,
            fontweight="bold",
            color=ink(line.get_color()),
            arrowprops=stroke,
            annotation_clip=False,
            gid="line name",
        )
    spread_names(ax)


def spread_names(ax: Axes) -> None:
    """Move the names set by `name_lines` apart, for the size the axes have now."""
    ax.get_ylim()  # brings the limits up to date with what has been drawn
    names = [text for text in ax.texts if isinstance(text, Annotation) and text.get_gid() == "line name"]
    names.sort(key=lambda text: _height(text, ax))
    if not names:
        return
    gap = 1.25 * max(float(text.get_fontsize()) for text in names) * ax.figure.dpi / 72
    bottom, top = ax.bbox.intervaly
    steps = gap * np.arange(len(names))
    heights = _apart([_height(text, ax) for text in names], gap)
    heights = np.maximum(np.minimum(heights, top - steps[::-1]), bottom + steps)
    for text, height in zip(names, heights, strict=True):
        text.set_position((text.get_position()[0], ax.transData.inverted().transform((0, height))[1]))


def _height(text: Annotation, ax: Axes) -> float:
    return ax.transData.transform(text.xy)[1]


def _apart(heights: Sequence[float], gap: float) -> np.ndarray:
    """Give rising heights at least `gap` apart, by the least sum of squared moves.

    Less i times the gap, heights need only not fall: isotonic regression, neighbours out of order pooled to
    their mean (Barlow et al. 1972, Statistical Inference under Order Restrictions).
    """
    blocks: list[tuple[float, int]] = []
    for i, height in enumerate(heights):
        blocks.append((height - i * gap, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (one, n), (other, m) = blocks[-2:]
            blocks[-2:] = [((one * n + other * m) / (n + m), n + m)]
    return np.repeat([mean for mean, _ in blocks], [n for _, n in blocks]) + gap * np.arange(len(heights))


def ink(colour: ColorType) -> str:
    """Give a colour darkened until letters in it keep a contrast of 4.5 to 1 on white (WCAG 2.2, 1.4.3)."""
    rgb = np.array(to_rgb(colour))
    while 1.05 / (_luminance(rgb) + 0.05) < 4.5:
        rgb *= 0.97
    red, green, blue = rgb
    return to_hex((red, green, blue))


def _luminance(rgb: np.ndarray) -> float:
    """Give the relative luminance of a colour, 0 to 1, by the formula of WCAG 2.2."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def hold(ax: Axes) -> None:
    """Widen limits that were set by hand until every interval lies on the panel; narrow none."""
    boxes = [drawn.get_datalim(ax.transData) for drawn in ax.collections if drawn.get_gid() == INTERVAL]
    for name, limits, widen in (("x", ax.get_xlim(), ax.set_xlim), ("y", ax.get_ylim(), ax.set_ylim)):
        least = 0 if getattr(ax, f"get_{name}scale")() == "log" else -np.inf
        ends = [end for box in boxes for end in getattr(box, f"interval{name}") if least < end < np.inf]
        wide = min(*limits, *ends), max(*limits, *ends)
        if wide != (min(limits), max(limits)):
            widen(wide if limits[0] < limits[1] else wide[::-1])


def hollow(ax: Axes, x: ArrayLike, y: ArrayLike, bare: np.ndarray, colour: ColorType, *, zorder: float = 3) -> None:
    """Draw values without an interval as hollow points."""
    places, values = np.asarray(x), np.asarray(y)
    bare = bare & pd.notna(places) & pd.notna(values)
    if bare.any():
        places, values = places[bare], values[bare]
        ax.scatter(places, values, s=42, facecolor="white", edgecolor=colour, linewidth=1.5, zorder=zorder, label=BARE)


def alone(known: np.ndarray) -> np.ndarray:
    """Give where a known value stands between two missing ones, the ends counting as missing."""
    padded = np.concatenate([[False], known, [False]])
    return known & ~padded[:-2] & ~padded[2:]


def _floats(beside: Sequence, *columns: Sequence) -> list[np.ndarray]:
    arrays = [np.array([np.nan if pd.isna(v) else float(v) for v in column]) for column in columns]
    if any(len(array) != len(beside) for array in arrays):
        raise Refusal(
            f"{len(beside)} places and {', '.join(str(len(array)) for array in arrays)} values: "
            "one value belongs to each place; write NaN where it is missing."
        )
    return arrays


def _bounds(beside: Sequence, low: Sequence, high: Sequence) -> list[np.ndarray]:
    lower, upper = _floats(beside, low, high)
    swapped = np.flatnonzero(lower > upper)
    if len(swapped):
        at = swapped[0]
        raise Refusal(f"low is above high at place {at} ({lower[at]:g} > {upper[at]:g}): are the two swapped?")
    return [lower, upper]


def _reach(values: Sequence[float]) -> tuple[float, float]:
    known = [value for value in values if np.isfinite(value)]
    return (min(known), max(known)) if known else (0.0, 1.0)
