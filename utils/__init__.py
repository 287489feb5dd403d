"""Passages: helpers for reading the news, near and far. Every number leads back to its passages.

This is the face of the package: all that a notebook may import, each name loaded when it is used first. The names stand
in `__init__.pyi`, where editors and type checkers read them too. Modules import each other by their own paths and never
from here.
"""

from utils.offered import by_name

__getattr__, __dir__, __all__ = by_name(__name__)
