"""Figures: pictures in one style, titles checked against the data, with source and alternative text."""

from utils.figures.marks import GREY, band, colours, dots, name_lines, shares, ticks
from utils.figures.pictures import FindingMoved, Published, finding, panels, publish, use_house_style

__all__ = [
    "GREY",
    "FindingMoved",
    "Published",
    "band",
    "colours",
    "dots",
    "finding",
    "name_lines",
    "panels",
    "publish",
    "shares",
    "ticks",
    "use_house_style",
]
