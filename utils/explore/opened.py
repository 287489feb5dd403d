"""An article opened at a passage: the passages in view marked in it, what stands before folded away."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.passages import html

LEAD = 300  # characters shown before a hit, at most, where its article is opened
PANE = "max-height:26em;overflow:auto;border:1px solid #ccc;margin:6px 0;padding:8px 12px;line-height:1.5"


def article(part: Corpus, hits: pd.DataFrame, place: int, *, of: str = "line", others: str = "other hits") -> str:
    """Give the article of a passage as HTML, opened there: the passages marked, this one by a mark of its own."""
    line = hits.iloc[[place]]
    name, start = line["article_id"].iloc[0], int(line["start"].iloc[0])
    own = hits[hits["article_id"] == name]
    rest = own[own.index != line.index[0]]
    marks = [(others if len(rest) else "", rest), (f"{of} {place + 1:,}", line)]
    read = html.marked_article(part, name, marks, since=_opening(part, name, start)).data
    return f'<div role="region" aria-label="The article" tabindex="0" style="{PANE}">{read}</div>'


def _opening(part: Corpus, article: str, start: int) -> int:
    """Give where to begin to read: with the hit's paragraph, or in a long one with a word not far before the hit."""
    segments = part.segments
    own = segments[(segments["article_id"] == article) & (segments["start"] <= start)]
    first = int(own["start"].max()) if len(own) else start
    if start - first <= LEAD:
        return first
    blank = part.articles.at[article, "raw"].find(" ", start - LEAD, start)
    return blank + 1 if blank >= 0 else start
