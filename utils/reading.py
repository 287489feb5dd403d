"""Reading around a word: the concordance, every hit in its line."""

import re
from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

from utils import markup, terms, tokens
from utils.corpus import Corpus

SORTS = ("article", "left", "right", "date")


def concordance(
    news: Corpus,
    query: terms.Query,
    *,
    width: int = 60,
    sort: str = "article",
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give every hit of a query in its line: the text to its left, the hit, the text to its right.

    Read down a concordance sorted by what stands to the right, and the turns of phrase a word is used in line up.
    White space shows as one blank, the end of a paragraph as ¶; the passage columns lead back to the text as it was.

    Parameters
        query: as for `terms.hits`.  width: characters shown on each side.
        sort: "article" (the order of the corpus), "date" (undated last), "right" (by the words after the hit), "left"
        (by the words before it, nearest first).
        within: passages to look in (default: the body).
    Returns one row a hit: left, hit, right (str), published (NaT unknown), article_id, start, end, query, term.
    Raises ValueError if `sort` is none of the four, `width` is not a positive number, or the query holds no word.
    """
    if sort not in SORTS:
        raise ValueError(f"sort is one of {', '.join(SORTS)}; what came is {sort!r}")
    if not isinstance(width, int) or width < 1:
        raise ValueError(f"width is a number of characters, such as 60; what came is {width!r}")
    found = terms.hits(news, query, within=within)
    articles = news.articles
    raws, dates = articles["raw"].to_dict(), articles["published"]
    sides = [
        (
            _line(raws[row.article_id][max(row.start - width, 0) : row.start]),
            _line(raws[row.article_id][row.start : row.end]).strip(),
            _line(raws[row.article_id][row.end : row.end + width]),
        )
        for row in found.itertuples()
    ]
    lines = pd.DataFrame(sides, columns=["left", "hit", "right"], index=found.index, dtype="str")
    published = dates.to_numpy()[articles.index.get_indexer(found["article_id"].astype("str"))]
    table = pd.concat([lines.assign(published=published), found], axis=1)
    return table.iloc[_order(table, sort)].reset_index(drop=True)


def _line(stretch: str) -> str:
    """Give a stretch on one line."""
    return re.sub(r"\s+", " ", re.sub(r"\s*[\r\n]+\s*", " ¶ ", stretch))


def _order(table: pd.DataFrame, sort: str) -> np.ndarray:
    """Give the places of the rows in the order asked; rows alike keep the order of the corpus."""
    if sort == "date":
        return np.argsort(table["published"].fillna(pd.Timestamp.max.floor("us")).to_numpy(), kind="stable")
    if sort == "article":
        return np.arange(len(table))
    sides = table[sort] if sort == "right" else table["left"]
    words = [tokens.terms_of(side)[:: 1 if sort == "right" else -1] for side in sides]
    return np.array(sorted(range(len(table)), key=lambda place: words[place]), dtype=int)


def lines(concordance: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first lines of a concordance as HTML, the hits one under the other."""
    rows = []
    for row in concordance.head(limit).itertuples():
        year = f"{row.published.year}" if pd.notna(row.published) else "–"
        cells = (
            f'<td style="text-align:left;{markup.QUIET}" title="{escape(str(row.article_id))}">{year}</td>'
            f'<td style="text-align:right;white-space:pre">{escape(row.left)}</td>'
            f'<td style="text-align:center;white-space:pre">{markup.mark(row.hit, markup.TINTS[0])}</td>'
            f'<td style="text-align:left;white-space:pre">{escape(row.right)}</td>'
        )
        rows.append(f'<tr style="background-color:transparent">{cells}</tr>')
    note = f"{min(limit, len(concordance)):,} of {len(concordance):,} lines"
    return HTML(
        f'<div style="overflow-x:auto"><table style="font-family:monospace;font-size:90%">{"".join(rows)}</table></div>'
        f'<p style="{markup.QUIET}">{note}</p>'
    )
