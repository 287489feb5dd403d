"""The workbench: front ends in the notebook. Nothing is computed in them, and what they show is escaped.

`explore(news)` opens it whole; each of its tabs opens alone, as `explore.terms(news)`.
"""

import sys
from types import ModuleType

import ipywidgets

from utils.corpus.corpus import Corpus
from utils.explore.code import code
from utils.explore.coding import coding
from utils.explore.compare import compare
from utils.explore.copies import copies
from utils.explore.page import page
from utils.explore.reading import reading
from utils.explore.terms import terms
from utils.explore.tone import tone
from utils.explore.trend import trend
from utils.explore.upload import upload
from utils.explore.voices import voices
from utils.explore.workbench import workbench

__all__ = [
    "code", "coding", "compare", "copies", "page", "reading", "terms", "tone", "trend", "upload", "voices", "workbench",
]  # fmt: skip


class _Room(ModuleType):
    """The room itself, which opens the workbench where it is called: the one verb that a reader has to know."""

    def __call__(self, news: Corpus) -> ipywidgets.VBox:
        return workbench(news)


sys.modules[__name__].__class__ = _Room
