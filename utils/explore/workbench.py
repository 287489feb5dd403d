"""The workbench: tabs over one corpus and one state, every view a table of a public function."""

import ipywidgets

from utils.corpus.corpus import Corpus
from utils.explore import frame
from utils.explore.code import TAB as CODE
from utils.explore.compare import TAB as COMPARE
from utils.explore.copies import TAB as COPIES
from utils.explore.read import TAB as READ
from utils.explore.terms import TAB as TERMS
from utils.explore.tone import TAB as TONE
from utils.explore.trend import TAB as TREND
from utils.explore.voices import TAB as VOICES

TABS = (READ, TERMS, TREND, TONE, VOICES, COMPARE, COPIES, CODE)


def workbench(news: Corpus) -> ipywidgets.VBox:
    """Give the workbench: look, click, read, and take the code along.

    Tabs over one state: the part of the corpus in view, the word in hand, the article open. A click on a word, a bar, a
    point, a person or a row changes it in all of them and opens the passages behind it; a click on a passage opens the
    article there. Nothing is computed in it: below each table stands the call that gives it, for a corpus called
    `news`. Each step is kept, to go back to and to take away.
    """
    return frame.shown(news, TABS)
