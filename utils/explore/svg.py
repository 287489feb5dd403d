"""Figures as SVG that stands by itself: no style, script or address of others in it, its marks told apart and named.

matplotlib writes the drawing; what it writes is read by a parser, only elements and attributes known to be still are
kept, and above each mark lies a clear rectangle with the mark's words, large enough to be hit by a finger.
"""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import cast
from xml.etree import ElementTree as ET

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from utils.arguments import Refusal
from utils.figures.charts import Undrawn
from utils.figures.pictures import Published
from utils.figures.style import SHEET
from utils.intake.encodings import whole

Box = tuple[float, float, float, float]  # left, bottom, right, top, in pixels of the figure
Boxes = Callable[[Axes], Sequence[Box]]
KEPT = {"svg", "g", "path", "use", "defs", "clipPath", "rect", "text", "tspan", "pattern", "image"}
STILL = {"d", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "viewBox", "transform", "style", "clip-path", "href",
         "fill", "patternUnits", "id"}  # fmt: skip
NAMES = {"svg": "http://www.w3.org/2000/svg", "xlink": "http://www.w3.org/1999/xlink"}
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
OWN = re.compile(r"(?<=#)[\w.\-]+")
FONTS = "'DejaVu Sans', Verdana, sans-serif"  # letters of the second are as wide as those of the first
FRAME = "#a84a00"  # around a mark in hand, as in charts.css
POINTS = 72  # an inch, in which matplotlib writes SVG


@dataclass(frozen=True)
class Drawn:
    """A chart as SVG, the words of each of its marks, and what each opens. A notebook shows it still."""

    svg: str
    keys: tuple[Hashable, ...]
    labels: tuple[str, ...]
    title: str
    alt: str
    width: int

    def image(self, chosen: int = -1) -> str:
        """Give the chart as an image, which also a notebook shows that is not trusted; one of its marks framed."""
        mark = f'<g data-mark="{chosen}"'
        svg = self.svg.replace(mark, f'{mark} style="stroke:{FRAME};stroke-width:1.5;stroke-dasharray:5 3"')
        data = base64.b64encode(svg.encode()).decode("ascii")
        return (f'<img alt="{escape(self.alt)}" src="data:image/svg+xml;base64,{data}" '
                f'style="width:{self.width}px;max-width:100%;height:auto">')  # fmt: skip

    def named(self, own: str) -> str:
        """Give the SVG with names of its own, for a page that may show the same chart twice."""
        return re.sub(r'(?<=["#])c[0-9a-f]{10}-(?=[\w-]+[")])', own, self.svg)

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"text/html": f'<figure style="margin:0">{self.image()}</figure>', "text/plain": self.alt}


def drawn(
    draw: Callable[[], Axes | Published | Undrawn],
    marks: Sequence[tuple[str, Hashable]],
    *,
    boxes: Boxes | None = None,
) -> Drawn:
    """Give what a function draws as a chart whose marks can open, each by its words and with its key.

    draw: gives axes, or what a function of `figures` gives.  marks: (words, key) of each, in the order in which they
    stand.  boxes: where they stand, from the axes (default: what has the gid mark-0, mark-1, …, else bars, else rows).
    Raises ValueError where there is nothing to draw, in the words of the figure, or not as many marks as were named.
    """
    with plt.style.context(["default", SHEET, {"svg.fonttype": "none"}]):
        made = draw()
        if isinstance(made, Undrawn):
            raise Refusal(made.why)
        figure = cast(Figure, made.drawing if isinstance(made, Published) else made.get_figure(root=True))
        if isinstance(made, Published):
            figure.set_layout_engine("none")  # all has its place by now, and finding it takes longest
        written = io.StringIO()
        FigureCanvasSVG(figure).print_svg(written, metadata={"Date": None})  # savefig would draw it twice
        axes = figure.axes[0]
        found = list((boxes or _found)(axes))
        plt.close(figure)
    if len(found) != len(marks):
        raise Refusal(f"{len(marks)} marks were named, and {len(found)} are drawn; name each mark once, in its order")
    labels, keys = tuple(_clean(words) for words, _ in marks), tuple(key for _, key in marks)
    title = _clean(made.title if isinstance(made, Published) else axes.get_title("left") or axes.get_title())
    alt = _clean(made.alt if isinstance(made, Published) else f"{title or 'Chart'}: {'; '.join(labels)}.")
    width, height = figure.get_size_inches()
    scale = POINTS / figure.dpi
    at = [(left * scale, height * POINTS - top * scale, (right - left) * scale, (top - bottom) * scale)
          for left, bottom, right, top in found]  # fmt: skip
    svg = _still(_clean(written.getvalue()), title, alt, list(zip(labels, at, strict=True)))
    return Drawn(svg, keys, labels, title, alt, round(width * 100))


def _clean(words: str) -> str:
    """Give words without the characters that XML cannot hold."""
    return NO_XML.sub("\ufffd", whole(str(words)))


def _found(axes: Axes) -> list[Box]:
    """Give where the marks of a chart are: those told apart by a gid, else its bars, else its rows."""
    told = {str(artist.get_gid()): artist for artist in axes.get_children()}
    own = [artist for n in range(len(told)) if (artist := told.get(f"mark-{n}"))]
    return [artist.get_window_extent().extents for artist in own or axes.patches] or rows(axes)


def rows(axes: Axes) -> list[Box]:
    """Give the rows of a chart that has one row a label, each from the label to the right end."""
    places = axes.get_yticks()
    right, heights = axes.bbox.x1, [axes.transData.transform((0, place))[1] for place in places]
    half = abs(heights[1] - heights[0]) / 2 if len(heights) > 1 else axes.bbox.height / 2
    return [(0, height - half, right, height + half) for height in heights]


def columns(axes: Axes, at: Sequence) -> list[Box]:
    """Give the stretch of each place on the x axis, halfway to its neighbours, as high as the axes."""
    (left, right), (bottom, top) = axes.bbox.intervalx, axes.bbox.intervaly
    places = [axes.transData.transform((place, 0))[0] for place in axes.convert_xunits(list(at))]
    edges = [left, *((one + other) / 2 for one, other in zip(places, places[1:], strict=False)), right]
    return [(first, bottom, last, top) for first, last in zip(edges, edges[1:], strict=False)]


def around(axes: Axes, x: Sequence[float], y: Sequence[float], *, reach: float = 13, least: float = 4) -> list[Box]:
    """Give a square around each point: of 26 pixels where no other is near, else up to halfway to it."""
    import numpy as np

    at = axes.transData.transform(np.column_stack([x, y]).astype(float))
    apart = np.abs(at[:, None, :] - at[None, :, :]).max(axis=2)
    apart[apart < 1] = np.inf  # itself, and what lies in the same place
    half = np.clip(apart.min(axis=1, initial=np.inf) / 2, least, reach)
    return [(a - own, b - own, a + own, b + own) for (a, b), own in zip(at, half, strict=True)]


def _still(written: str, title: str, alt: str, marks: Sequence[tuple[str, Box]]) -> str:
    """Give what matplotlib wrote with nothing in it but what is drawn, its words, and the marks on top."""
    own = f"c{sha256(repr((written, marks)).encode()).hexdigest()[:10]}-"
    tree = ET.fromstring(written)
    used = set(OWN.findall(written))
    _strip(tree, own, used)
    width, height = (float(each) for each in tree.attrib["viewBox"].split()[2:])
    pixels = {name: str(round(size * 100 / POINTS)) for name, size in (("width", width), ("height", height))}
    look = f"font-family:{FONTS};stroke-linejoin:round;stroke-linecap:butt;max-width:100%;height:auto"
    named = {"role": "img", "aria-labelledby": f"{own}title", "aria-describedby": f"{own}desc"}
    tree.attrib.update(pixels | {"style": look} | named)
    for place, (name, words) in enumerate((("title", title or alt), ("desc", alt))):
        element = ET.Element(name, {"id": f"{own}{name}"})
        element.text = words
        tree.insert(place, element)
    for place, (words, (x, y, wide, high)) in enumerate(marks):
        mark = ET.SubElement(tree, "g", {"data-mark": str(place)})
        ET.SubElement(mark, "title").text = words
        sides = zip(("x", "y", "width", "height"), (x, y, wide, high), strict=True)
        ET.SubElement(mark, "rect", {name: f"{side:.2f}" for name, side in sides} | {"fill": "transparent"})
    tree.attrib["xmlns"] = NAMES["svg"]
    return ET.tostring(tree, encoding="unicode")


def _strip(element: ET.Element, own: str, used: set[str]) -> None:
    """Take from an element and all in it what is not drawn, and give what is referred to a name of this chart's own."""
    element.tag = element.tag.rpartition("}")[2]
    known = {name.rpartition("}")[2]: value for name, value in element.attrib.items()}
    element.attrib.clear()
    for name, value in known.items():
        if name == "id":
            value = own + value if value in used else ""
        elif name == "href" and not value.startswith("#"):
            value = value if value.startswith("data:image/png;base64,") else ""
        elif "#" in value and name in ("href", "style", "clip-path"):
            value = re.sub(r"(?<=^#)|(?<=url\(#)", own, value)
        if name in STILL and value:
            element.set(name, re.sub(r"font-family: [^;]*;? ?", "", value) if name == "style" else value)
    element.tail = None
    element.text = element.text if element.tag in ("text", "tspan") else None
    for child in list(element):
        if child.tag.rpartition("}")[2] in KEPT:
            _strip(child, own, used)
        else:
            element.remove(child)
