"""Figures: pictures in one style, titles checked against the data, with source and alternative text."""

from utils import offered

__getattr__, __dir__, __all__ = offered.by_name(__name__)
