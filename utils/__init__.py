"""Passages: helpers for reading the news, near and far. Every number leads back to its passages."""

import pandas as pd

from utils.corpus import Corpus, CorpusError
from utils.library import available, load, paste
from utils.markup import plain, say

__all__ = ["Corpus", "CorpusError", "available", "load", "paste", "plain", "say"]

# A dollar sign in a table is money: without this JupyterLab sets what stands between two of them as mathematics.
pd.set_option("display.html.use_mathjax", False, "styler.html.mathjax", False)
