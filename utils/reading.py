"""Reading around a word: the concordance, every hit in its line, and where in the articles the hits fall."""

import re
from html import escape

import numpy as np
import pandas as pd
from IPython.display import HTML

from utils import markup, passages, queries, terms, tokens
from utils.corpus import Corpus
from utils.readability import readability

__all__ = ["concordance", "lines", "places", "readability"]
SORTS = ("article", "left", "right", "date", "outlet")
SHOWN = 45  # characters of a line shown on each side


def concordance(
    news: Corpus,
    query: queries.Query,
    *,
    width: int = 60,
    sort: str = "article",
    within: pd.DataFrame | None = None,
    **match: bool,
) -> pd.DataFrame:
    """Give every hit of a query in its line: the text to its left, the hit, the text to its right.

    Read down a concordance sorted by what stands to the right, and the turns of phrase a word is used in line up.
    White space shows as one blank, the end of a paragraph as ¶; the passage columns lead back to the text as it was.

    Parameters
        query, match_case, match_accents: as for `terms.hits`.  width: characters shown on each side.
        sort: "article" (the order of the corpus), "date" or "outlet" (unknown ones last), "right" (by the words after
        the hit), "left" (by the words before it, nearest first).
        within: passages to look in (default: the body).
    Returns one row a hit: left, hit, right (str), published (NaT unknown), outlet, article_id, start, end, query, term.
    Raises ValueError if `sort` is none of the five, `width` is not a positive number, or the query cannot be read.
    """
    if sort not in SORTS:
        raise ValueError(f"sort is one of {', '.join(SORTS)}; what came is {sort!r}")
    if not isinstance(width, int) or width < 1:
        raise ValueError(f"width is a number of characters, such as 60; what came is {width!r}")
    found = terms.hits(news, query, within=within, **match)
    articles = news.articles
    raws = articles["raw"].to_dict()
    sides = [
        (
            _line(raws[row.article_id][max(row.start - width, 0) : row.start]),
            _line(raws[row.article_id][row.start : row.end]).strip(),
            _line(raws[row.article_id][row.end : row.end + width]),
        )
        for row in found.itertuples()
    ]
    lines = pd.DataFrame(sides, columns=["left", "hit", "right"], index=found.index, dtype="str")
    place = articles.index.get_indexer(found["article_id"].astype("str"))
    known = {name: articles[name].to_numpy()[place] for name in ("published", "outlet")}
    table = pd.concat([lines.assign(**known), found], axis=1)
    return table.iloc[_order(table, sort)].reset_index(drop=True)


def _line(stretch: str) -> str:
    """Give a stretch on one line."""
    return re.sub(r"\s+", " ", re.sub(r"\s*[\r\n]+\s*", " ¶ ", stretch))


def _order(table: pd.DataFrame, sort: str) -> np.ndarray:
    """Give the places of the rows in the order asked; rows alike keep the order of the corpus."""
    if sort in ("date", "outlet"):
        column = {"date": "published"}.get(sort, sort)
        return table.assign(at=np.arange(len(table))).sort_values([column, "at"], na_position="last")["at"].to_numpy()
    if sort == "article":
        return np.arange(len(table))
    sides = table[sort] if sort == "right" else table["left"]
    words = [tokens.terms_of(side)[:: 1 if sort == "right" else -1] for side in sides]
    return np.array(sorted(range(len(table)), key=lambda place: words[place]), dtype=int)


def lines(news: Corpus, concordance: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first lines of a concordance as HTML, the hits one under the other; each opens onto its paragraph.

    Raises ValueError if the lines are of another corpus.
    """
    shown = concordance.head(limit)
    passages.text(news, shown)
    holders = passages.inside(shown, news.segments)["outer"]
    holders = news.segments.loc[holders[~holders.index.duplicated()].to_numpy()].set_axis(holders.index.unique())
    rows = [_opening(news, row, holders.loc[row.Index] if row.Index in holders.index else row)
            for row in shown.itertuples()]
    note = f"{len(shown):,} of {len(concordance):,} lines; click on one to read its paragraph."
    body = f'<div style="overflow-x:auto;text-align:left">{"".join(rows)}</div>'
    return HTML(f'{body}<p style="{markup.QUIET}">{note}</p>')


def _opening(news: Corpus, row: tuple, paragraph: tuple) -> str:
    """Give one line of a concordance, closed, with the paragraph it stands in."""
    raw = news.articles.at[row.article_id, "raw"]
    year = f"{row.published.year}" if pd.notna(row.published) else "   –"
    line = (
        f'<span style="{markup.QUIET}">{year} </span>{escape(row.left[-SHOWN:].rjust(SHOWN))}'
        f"{markup.mark(row.hit, markup.TINTS[0])}{escape(row.right[:SHOWN])}"
    )
    inside = (
        f"{escape(raw[paragraph.start : row.start])}{markup.mark(raw[row.start : row.end], markup.TINTS[0])}"
        f"{escape(raw[row.end : paragraph.end])}"
    )
    return (
        f'<details><summary style="font-family:monospace;font-size:90%;white-space:pre">{line}</summary>'
        f'<div style="margin:0.3em 1.5em 0.8em;max-width:52em"><div style="{markup.QUIET};font-size:90%">'
        f"{markup.heading(news, row.article_id)}</div>{inside}</div></details>"
    )


def places(news: Corpus, hits: pd.DataFrame) -> pd.DataFrame:
    """Give where in its article each hit falls: the hits with `at`, the share of the body's words that come before.

    Two articles with three hits each may differ: one names a person throughout, the other in its last line.

    Returns the hits in their order, with `at` (float, 0 the first word of the body, 1 its end; missing where a hit
    lies outside the body). Raises ValueError if the table holds no passages.
    """
    words = passages.inside(news.words, news.body)
    number = words.groupby("article_id", observed=True).cumcount()
    n_words = words.groupby("article_id", observed=True)["start"].transform("size")
    at = (number / n_words).groupby([words["article_id"].astype("str"), words["start"]]).first()
    inner = passages.inside(passages.checked(hits), news.body)
    first = passages.inside(news.words, inner.drop(columns="outer")).groupby("outer")["start"].min()
    keys = zip(hits["article_id"].astype("str"), first.reindex(hits.index), strict=True)
    return hits.assign(at=at.reindex(pd.MultiIndex.from_tuples(keys)).to_numpy())
