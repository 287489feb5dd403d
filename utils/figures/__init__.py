"""Figures: pictures in one style, titles checked against the data, with source and alternative text."""

from utils.figures.charts import Undrawn, heaps, ranked, side_by_side
from utils.figures.claims import Claim, below, jumps, overlap, peaks, rises, silent
from utils.figures.grids import grid
from utils.figures.marks import GREY, band, colours, dots, name_lines, shares, ticks
from utils.figures.pictures import FindingMoved, Published, finding, panels, publish, save, use_house_style
from utils.figures.specifications import specifications
from utils.figures.spread import dispersion, per_period, strips
from utils.figures.trends import trend

__all__ = [
    "GREY",
    "Claim",
    "FindingMoved",
    "Published",
    "Undrawn",
    "band",
    "below",
    "colours",
    "dispersion",
    "dots",
    "finding",
    "grid",
    "heaps",
    "jumps",
    "name_lines",
    "overlap",
    "panels",
    "peaks",
    "per_period",
    "publish",
    "ranked",
    "rises",
    "save",
    "shares",
    "side_by_side",
    "silent",
    "specifications",
    "strips",
    "ticks",
    "trend",
    "use_house_style",
]
