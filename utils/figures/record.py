"""What a figure draws, in numbers and words: the form in which two runs of a notebook are compared."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable
from typing import TypeVar

import matplotlib.dates as mdates
import matplotlib.units as units
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import ArrayLike

A = TypeVar("A", bound=Artist)

LONGEST = 2_000
DIGITS = 6


def drawn(figure: Figure) -> list[dict]:
    """Give what each of a figure's axes draws, as plain lists, numbers and strings.

    Pixels differ between machines where the data do not, so a figure is judged by this record. Only what can
    be seen is in it.

    Returns one dict per axes, in the order they were added:
        title                   str: the panel's own
        labels, limits, ticks   by axis, "x" and "y"; the last tick is what an axis says once, as the year
        texts                   list of str: annotations and legend entries, empty ones left out
        lines, points           label, n and lists x, y; points also `values` where colours or sizes vary
        bars                    n and `boxes`, each a label and left, bottom, right, top
        bands                   intervals and filled areas: label, n and `paths`, each with x and y
        grids                   images: label, shape and values
    Numbers have 6 significant digits; a missing one is None, an infinite one "inf"; dates are ISO strings.
    Of a series of more than 2,000 points that many are kept, evenly spaced, and `n` is the full length.
    """
    figure.draw_without_rendering()
    return [_axes(ax) for ax in figure.axes]


def _axes(ax: Axes) -> dict:
    both = {"x": ax.xaxis, "y": ax.yaxis}
    legend = ax.get_legend()
    texts = [*ax.texts, *(legend.get_texts() if legend else ())]
    return {
        "title": ax.get_title("left") or ax.get_title() or ax.get_title("right"),
        "labels": {name: axis.get_label_text() for name, axis in both.items()},
        "limits": {name: _numbers(axis.get_view_interval(), axis) for name, axis in both.items()},
        "ticks": {name: _ticks(axis) for name, axis in both.items()},
        "texts": [text.get_text() for text in texts if text.get_visible() and text.get_text()],
        "lines": [
            {"label": line.get_label(), **_xy(np.column_stack(line.get_data(orig=False)), ax)}
            for line in ax.lines
            if line.get_visible()
        ],
        "points": [_points(c, ax) for c in _visible(ax.collections) if isinstance(c, PathCollection)],
        "bars": _bars(ax),
        "bands": [_band(c, ax) for c in _visible(ax.collections) if not isinstance(c, PathCollection)],
        "grids": [_grid(image) for image in _visible(ax.images)],
    }


def _visible(artists: Iterable[A]) -> list[A]:
    return [artist for artist in artists if artist.get_visible()]


def _ticks(axis: Axis) -> list[str]:
    low, high = sorted(axis.get_view_interval())
    pairs = zip(axis.get_majorticklocs(), axis.get_majorticklabels(), strict=False)
    shown = [label.get_text() for place, label in pairs if low <= place <= high]
    return [text for text in (*shown, axis.get_offset_text().get_text()) if text]


def _xy(points: np.ndarray, ax: Axes) -> dict:
    kept = points[_even(len(points))]
    return {"n": len(points), "x": _numbers(kept[:, 0], ax.xaxis), "y": _numbers(kept[:, 1], ax.yaxis)}


def _points(dots: PathCollection, ax: Axes) -> dict:
    places = _plain(dots.get_offsets())
    record = {"label": dots.get_label(), **_xy(places, ax)}
    shades = dots.get_array()
    values = dots.get_sizes() if shades is None else shades
    if len(values) == len(places) > 1:
        record["values"] = _numbers(_plain(values)[_even(len(places))])
    return record


def _bars(ax: Axes) -> dict:
    series = {id(bar): box.get_label() for box in ax.containers for bar in box.get_children()}
    patches = _visible(ax.patches)
    return {"n": len(patches), "boxes": [_bar(patches[i], ax, series) for i in _even(len(patches))]}


def _bar(patch: Patch, ax: Axes, series: dict[int, str | None]) -> dict:
    """Give one bar's label and box; bars drawn in one call bear the label of that call."""
    corners = patch.get_path().get_extents(patch.get_patch_transform())
    left, right = _numbers(corners.intervalx, ax.xaxis)
    bottom, top = _numbers(corners.intervaly, ax.yaxis)
    own = patch.get_label()
    label = series.get(id(patch), own) if str(own).startswith("_") else own
    return {"label": label, "box": [left, bottom, right, top]}


def _band(collection: Collection, ax: Axes) -> dict:
    paths = collection.get_paths()
    record = {
        "label": collection.get_label(),
        "n": len(paths),
        "paths": [_xy(paths[i].vertices, ax) for i in _even(len(paths))],
    }
    if collection.get_array() is not None:
        record |= _grid(collection)
    return record


def _grid(image) -> dict:
    values = _plain(image.get_array())
    kept = values.ravel()[_even(values.size)]
    return {"label": image.get_label(), "shape": list(values.shape), "values": _numbers(kept)}


def _plain(values: ArrayLike) -> np.ndarray:
    """Give numbers with NaN where an array of matplotlib's masks them."""
    return np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)


def _even(n: int) -> np.ndarray:
    """Give the positions kept of a series of n: all of them, or 2,000 evenly spaced, both ends among them."""
    return np.arange(n) if n <= LONGEST else np.linspace(0, n - 1, LONGEST).round().astype(int)


def _numbers(values: Iterable[float], axis: Axis | None = None) -> list[float | str | None]:
    read = _date if axis is not None and _is_dated(axis) else _number
    return [read(float(value)) for value in values]


def _is_dated(axis: Axis) -> bool:
    usual = type(units.registry[datetime.datetime])
    return isinstance(axis.get_converter(), (usual, mdates.DateConverter, mdates.ConciseDateConverter))


def _number(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else str(value)


def _date(days: float) -> str | None:
    if not math.isfinite(days):
        return None
    moment = np.datetime64(mdates.get_epoch(), "s") + np.timedelta64(round(days * 86_400), "s")
    return str(moment).removesuffix("T00:00:00")
