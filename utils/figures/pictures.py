"""Pictures in one style: a title checked against the data, measure and source in words, alternative text."""

from __future__ import annotations

import base64
import html
import io
import os
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.collections import PathCollection
from matplotlib.dates import ConciseDateFormatter, num2date
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, LogFormatter, NullFormatter, ScalarFormatter
from PIL import Image

from utils import storage
from utils.arguments import Refusal, RefusedType
from utils.figures.marks import BARE, alone, hold, spread_names
from utils.figures.record import drawn
from utils.figures.style import SHEET

LETTERS = 60
SHORTEST_ALT = 20
DPI = 200
PIXELS_AN_INCH = 100
MARGIN = 0.1

_TITLE: dict[str, Any] = {"fontsize": 13, "fontweight": "bold", "color": "#222222"}
_SUBTITLE: dict[str, Any] = {"fontsize": 10.5, "color": "#444444"}
_SOURCE: dict[str, Any] = {"fontsize": 8.5, "color": "#595959"}
_FILE_NAME = re.compile(r"\.(png|jpe?g|svg|gif|webp|pdf|csv|ipynb)\W*$", re.IGNORECASE)


class FindingMoved(AssertionError):
    """A title says what the data no longer show."""


def panels(n: int) -> tuple[Figure, np.ndarray]:
    """Give a figure and n axes one under another, with one x axis and each with room for a line and its interval."""
    width, height = plt.rcParams["figure.figsize"]
    figure, axes = plt.subplots(n, 1, sharex=True, squeeze=False, figsize=(width, max(height, 1 + 1.7 * n)))
    return figure, axes[:, 0]


def finding(title: str, *, holds: bool, otherwise: str) -> str:
    """Give `title` where the data bear it out, and the neutral `otherwise` where they do not.

    A title that states a finding is typed once, while a reader may change the corpus or a parameter below it.

    holds: what the title claims, computed: `holds=rate["2025"] > rate["1990"]`.
    Raises ValueError for words over 60 characters, TypeError where `holds` is not true or false; FindingMoved
    where it is false and PASSAGES_CHECK_FINDINGS=1, as when the kept notebooks are run again.
    """
    for words in (title, otherwise):
        _check_title(words)
    if not isinstance(holds, (bool, np.bool_)):
        raise RefusedType(
            f"holds= is {type(holds).__name__} where True or False belongs: write a comparison, "
            "such as `late > early`; for a column of them end with .all() or .any(); "
            "a missing value is neither, so ask first whether there is one."
        )
    if not holds and os.environ.get("PASSAGES_CHECK_FINDINGS") == "1":
        raise FindingMoved(
            f"The data no longer bear out the title {title!r}. Look at the figure, then "
            "change the title or its `holds=`."
        )
    return title if holds else otherwise


@dataclass(frozen=True, repr=False)
class Published:
    """A finished picture: a notebook shows it as an image with alternative text and keeps its data beside."""

    title: str
    alt: str
    width: int
    words: Mapping = field(compare=False)
    drawing: Figure = field(compare=False)
    look: dict[Any, Any] = field(compare=False)

    @cached_property
    def figure(self) -> dict:
        """All that the picture says and draws; made, as its PNG is, when it is asked for and under the settings that it
        was published under: both take longer than all the rest, and a chart that opens needs neither."""
        with plt.rc_context(self.look):
            return {**self.words, "axes": drawn(self.drawing)}

    @cached_property
    def png(self) -> bytes:
        """The picture as PNG."""
        with plt.rc_context(self.look):
            return _render(self.drawing)

    def __repr__(self) -> str:
        return f"{self.title}\n{self.alt}"

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        record, image = self.figure, base64.b64encode(self.png).decode("ascii")
        shown = (
            f'<figure style="margin:0"><img alt="{html.escape(self.alt)}" '
            f'src="data:image/png;base64,{image}" style="width:{self.width}px;max-width:100%"></figure>'
        )
        return {"text/html": shown, "text/plain": repr(self)}, {"passages": {"figure": record}}


def publish(ax: Axes | Iterable[Axes], *, title: str, subtitle: str, source: str, alt: str) -> Published:
    """Give the finished picture, in words above and below, and close its figure.

    ax: the axes, or several of one figure.
    title: at most 60 characters, best from `finding`.
    subtitle: the measure and its unit; that hollow points have no interval is added where there are any.
    source: where the data come from, their size and dates.
    alt: what someone who cannot see the picture needs: its kind, its axes, what it shows, with numbers.
    Returns an object that a notebook shows as an `<img>` with alternative text. What the figure draws
    (see `drawn`), with title, subtitle, source and alt, is kept in the output's metadata, `passages.figure`.
    Raises TypeError for anything but axes or text, ValueError for a title too long, empty words or an alt
    that tells nothing.
    """
    figure = _figure_of(ax)
    _check_title(title)
    for name, words in (("subtitle", subtitle), ("source", source)):
        _check_words(name, words)
    _check_alt(alt, title)
    subtitle = _with_key(figure, subtitle)
    for panel in figure.axes:
        hold(panel)
        _show_lone_points(panel)
        _show_points_whole(panel)
        _write_plain_ticks(panel)
    own_words = [text.get_text() for text in figure.texts if text.get_gid() != "publish"]
    _write_around(figure, title, subtitle, source)
    figure.draw_without_rendering()
    for panel in figure.axes:
        spread_names(panel)
    said = {"title": title, "subtitle": subtitle, "source": source, "alt": alt, "texts": own_words}
    plt.close(figure)
    look: dict[Any, Any] = {name: value for name, value in plt.rcParams.items() if name != "backend"}
    return Published(title, alt, round(figure.get_figwidth() * PIXELS_AN_INCH), said, figure, look)


def save(picture: Published, name: str) -> list[str]:
    """Write a picture as PNG and as SVG and give their places, such as results/fuel.png and results/fuel.svg.

    Files of that name with other content stay as they are: the new ones are called fuel-2.png, and so on.
    Raises ValueError if there is no picture, or the name holds more than letters, digits, points, hyphens and
    underscores; OSError if a file cannot be written.
    """
    if not isinstance(picture, Published):
        raise RefusedType(
            f"save needs a finished picture, as publish or trend give it; what came says: {picture!s:.200}"
        )
    if not isinstance(name, str) or not re.fullmatch(r"\w[\w.\-]*", name):
        raise Refusal(f"a name of letters, digits, hyphens and underscores is wanted, without a folder; {name!r} came")
    drawing = io.BytesIO()
    with plt.style.context(["default", SHEET]):
        picture.drawing.savefig(drawing, format="svg", metadata={"Date": None, "Title": picture.title})
    stem, written = re.sub(r"\.(png|svg)$", "", name), []
    for ending, content in ((".png", picture.png), (".svg", drawing.getvalue())):
        path = storage.write_new(storage.results() / f"{stem}{ending}", content, again=False)
        written.append(f"{path.parent.name}/{path.name}")
    return written


def _figure_of(ax: Axes | Iterable[Axes]) -> Figure:
    axes = list(np.ravel(np.array(ax, dtype=object)))
    strange = next((type(one).__name__ for one in axes if not isinstance(one, Axes)), None)
    if strange or not axes:
        raise RefusedType(
            f"publish needs the axes drawn on and got {strange or 'none'}: write "
            "`fig, ax = plt.subplots()` and hand over `ax`, not the figure or a line."
        )
    if len({id(one.figure) for one in axes}) > 1:
        raise Refusal("These axes belong to several figures; publish each figure by itself.")
    return axes[0].get_figure(root=True)


def _check_words(name: str, words: str) -> None:
    if not isinstance(words, str):
        raise RefusedType(f"{name}= is {type(words).__name__}; we need text in quotation marks.")
    if not words.strip():
        raise Refusal(f"{name}= is empty; a figure says its title, measure and unit, and source.")


def _check_title(title: str) -> None:
    _check_words("title", title)
    if len(title) > LETTERS:
        raise Refusal(
            f"A title holds at most {LETTERS} characters and this one has {len(title)}: "
            f"{title!r}. Say the finding alone; measure, unit and dates go into the subtitle."
        )


def _check_alt(alt: str, title: str) -> None:
    _check_words("alt", alt)
    bare = alt.strip().rstrip(".").casefold()
    fault = (
        "repeats the title"
        if bare == title.strip().rstrip(".").casefold()
        else "is a file name"
        if _FILE_NAME.search(alt)
        else f"has {len(alt.strip())} characters"
        if len(alt.strip()) < SHORTEST_ALT
        else None
    )
    if fault:
        raise Refusal(
            f"alt= {fault}. Alternative text stands in for the picture: say what kind of chart "
            "it is, what its axes measure, and what it shows, with the highest, the lowest "
            "or the first and last number."
        )


def _with_key(figure: Figure, subtitle: str) -> str:
    """Give the subtitle with what a hollow point means, where the figure has one."""
    hollow = any(points.get_label() == BARE for ax in figure.axes for points in ax.collections)
    return f"{subtitle}; hollow: {BARE}" if hollow and "hollow" not in subtitle else subtitle


def _show_lone_points(ax: Axes) -> None:
    """Mark the points of a line that stand between two gaps: no stroke reaches them; they would vanish."""
    for line in ax.lines:
        lone = np.flatnonzero(alone(np.isfinite(line.get_ydata(orig=False))))
        if len(lone) and line.get_marker() == "None" and line.get_linestyle() != "None":
            line.set(marker="o", markersize=5, markevery=lone.tolist())


def _show_points_whole(ax: Axes) -> None:
    """Let points on the edge of a panel, such as those at zero, be seen whole; those beyond it stay hidden."""
    (left, right), (bottom, top) = (sorted(limits) for limits in (ax.get_xlim(), ax.get_ylim()))
    apart = [line for line in ax.lines if line.get_linestyle() == "None"]
    for points in [*ax.collections, *apart]:
        if isinstance(points, PathCollection | Line2D):
            at = points.get_offsets() if isinstance(points, PathCollection) else points.get_xydata()
            places: np.ma.MaskedArray = np.ma.masked_invalid(at)
            x, y = (np.ma.compressed(places[:, side]) for side in (0, 1))
            points.set_clip_on(bool(((x < left) | (x > right)).any() or ((y < bottom) | (y > top)).any()))


def _write_plain_ticks(ax: Axes) -> None:
    """Write ticks as a newspaper does: 10,000 and not 10^4 or 10000."""
    for axis in (ax.xaxis, ax.yaxis):
        ticks = axis.get_major_formatter()
        logarithmic = isinstance(ticks, LogFormatter)
        large = type(ticks) is ScalarFormatter and np.abs(axis.get_view_interval()).max() >= 10_000
        if isinstance(ticks, ConciseDateFormatter):
            _write_years(ticks, axis)
        elif logarithmic or large:
            axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}".replace("-", "\u2212")))
        if logarithmic:
            axis.set_minor_formatter(NullFormatter())


def _write_years(ticks: ConciseDateFormatter, axis: Axis) -> None:
    """Write the year beside days once, at the end of the axis; under each month where years change."""
    first, last = (num2date(day).year for day in axis.get_view_interval())
    ticks.offset_formats[2] = "%Y" if first == last else ""
    ticks.zero_formats[2] = "%b" if first == last else "%b\n%Y"


def _write_around(figure: Figure, title: str, subtitle: str, source: str) -> None:
    """Write title and subtitle above, source below, folded to the figure's width; the plot has the rest."""
    for text in [text for text in figure.texts if text.get_gid() == "publish"]:
        text.remove()
    width, height = figure.get_size_inches()
    top = MARGIN
    for words, style in ((title, _TITLE), (subtitle, _SUBTITLE)):
        text = figure.text(MARGIN / width, 1 - top / height, va="top", s=words, gid="publish", **style)
        top += _fold(text, width - 2 * MARGIN) + 0.05
    foot = figure.text(MARGIN / width, MARGIN / height, va="bottom", s=source, gid="publish", **_SOURCE)
    bottom = MARGIN + _fold(foot, width - 2 * MARGIN)
    figure.set_layout_engine("constrained", rect=(0, bottom / height, 1, 1 - (top + bottom) / height))


def _fold(text: Text, room: float) -> float:
    """Break a text into lines no wider than `room` inches and give its height in inches."""
    words, room = " ".join(text.get_text().split()), room * text.figure.dpi
    text.set_text(words)
    likely = int(1.2 * len(words) * room / text.get_window_extent().width)
    for letters in range(max(likely, 12), 10, -1):
        text.set_text(textwrap.fill(words, letters))
        if text.get_window_extent().width <= room:
            break
    return text.get_window_extent().height / text.figure.dpi


def _render(figure: Figure) -> bytes:
    """Give the picture as PNG in 128 colours, a third of the bytes, and without a word on what made it."""
    drawn_file, small_file = io.BytesIO(), io.BytesIO()
    figure.savefig(drawn_file, format="png", dpi=DPI)
    picture = Image.open(drawn_file).convert("RGB")
    few = picture.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    few.save(small_file, format="png", optimize=True)
    return small_file.getvalue()
