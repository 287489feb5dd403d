"""The workbench: front ends in the notebook. Nothing is computed in them, and what they show is escaped.

`explore(news)` opens it whole; each of its tabs opens alone, as `explore.terms(news)`.
"""

import sys
from types import ModuleType

import ipywidgets

from utils.corpus.corpus import Corpus
from utils.explore.coding import coding
from utils.explore.reading import reading
from utils.explore.terms import terms
from utils.explore.upload import upload
from utils.explore.workbench import workbench

__all__ = ["coding", "reading", "terms", "upload", "workbench"]


class _Room(ModuleType):
    """The room itself, which opens the workbench where it is called: the one verb that a reader has to know."""

    def __call__(self, news: Corpus) -> ipywidgets.VBox:
        return workbench(news)


sys.modules[__name__].__class__ = _Room
