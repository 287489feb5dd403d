"""Reading around a word: the concordance, every hit in its line, and where in the articles the hits fall."""

import re
from html import escape
from typing import Protocol

import numpy as np
import pandas as pd
from IPython.display import HTML

from utils import arguments, passages, spans
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.passages import html, queries

SORTS = ("article", "left", "right", "date", "outlet")
SHOWN = 60  # characters of a line shown on each side, as far as there is room
LINE = "display:inline-flex;width:91%;white-space:pre;vertical-align:bottom"
LEFT = "display:flex;flex:0 0 42%;justify-content:flex-end;overflow:hidden"  # cut at its far end, so that hits align
BESIDE = 10  # words beside a hit that its line is sorted by
GAP = re.compile(r"(?: \s|[^\S ])\s*")  # white space that is more than one blank


class _Stretch(Protocol):
    """A stretch of a text, a row of its table."""

    start: int
    end: int


class _Line(_Stretch, Protocol):
    """A line of a concordance, as far as it is shown."""

    article_id: str
    published: object
    left: str
    hit: str
    right: str


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
        the hit), "left" (by the words before it, nearest first); see `ordered`.
        within: passages to look in (default: the body).
    Returns one row a hit: left, hit, right (str), published (NaT unknown), outlet, article_id, start, end, query, term.
    Raises ValueError if `sort` is none of the five, `width` is not a positive number, or the query cannot be read.
    """
    arguments.one_of(sort, SORTS, "sort")
    arguments.whole_number(width, "width", such_as=60)
    found = queries.hits(news, query, within=within, **match)  # type: ignore[arg-type]
    return in_lines(news, ordered(news, found, sort=sort), width=width)


def ordered(news: Corpus, hits: pd.DataFrame, *, sort: str = "article") -> pd.DataFrame:
    """Give passages in the order of a concordance; rows alike keep the order they came in.

    The order hangs on the words of the corpus, not on how much of a line is shown: "right" compares up to ten words
    after the hit, "left" up to ten before it, nearest first; of a word that the hit cuts, what is left.

    sort: as for `concordance`; "article" leaves them as they came. Raises ValueError if it is none of the five, the
    table holds no passages, or one lies in no article of the corpus.
    """
    arguments.one_of(sort, SORTS, "sort")
    place = passages.article_numbers(news, passages.checked(hits))
    if sort in ("left", "right"):
        keys = _beside(news, hits, sort)
    elif sort in ("date", "outlet"):
        codes, _ = pd.factorize(news.articles["published" if sort == "date" else sort], sort=True)
        keys = [np.where(codes < 0, len(codes), codes)[place]]  # the unknown ones last
    else:
        keys = [np.zeros(len(hits))]
    return hits.iloc[np.lexsort(keys[::-1])].reset_index(drop=True)


def in_lines(news: Corpus, hits: pd.DataFrame, *, width: int = 60) -> pd.DataFrame:
    """Give passages each in its line: left, hit, right, published and outlet, then the other columns that came.

    Raises ValueError if `width` is not a positive number, or a passage lies in no article of the corpus.
    """
    arguments.whole_number(width, "width", such_as=60)
    articles, middle = news.articles, passages.text(news, hits)
    place = passages.article_numbers(news, hits)
    read, own = np.unique(place, return_inverse=True)
    raws = articles["raw"].iloc[read].tolist()
    spans = list(zip(own.tolist(), hits["start"].tolist(), hits["end"].tolist(), strict=True))
    sides = {
        "left": [_line(raws[at][max(start - width, 0) : start]) for at, start, _ in spans],
        "hit": [_line(stretch).strip() for stretch in middle],
        "right": [_line(raws[at][end : end + width]) for at, _, end in spans],
    }
    known = {name: articles[name].to_numpy()[place] for name in ("published", "outlet")}
    lines = pd.DataFrame(sides, index=hits.index, dtype="str").assign(**known)
    return pd.concat([lines, hits[hits.columns.difference(lines.columns, sort=False)]], axis=1)


def _line(stretch: str) -> str:
    """Give a stretch on one line: white space as one blank, the end of a paragraph as ¶."""
    return GAP.sub(lambda gap: " ¶ " if "\n" in gap[0] or "\r" in gap[0] else " ", stretch)


def _beside(news: Corpus, hits: pd.DataFrame, side: str) -> list[np.ndarray]:
    """Give the words on one side of each hit, nearest first, as numbers in the order of the alphabet; -1 for none."""
    words, steps = news.words, np.arange(1, BESIDE + 1)
    if words.empty or hits.empty:
        return [np.zeros(len(hits))]
    beside = spans.nth(words, hits, steps if side == "right" else -steps)
    found = np.where(beside < 0, -1, spans.codes_of(words["term"])[beside])
    nearest = words.iloc[beside[:, 0]].set_index(hits.index)
    return [_uncut(news, hits, nearest, found[:, 0], side), *found[:, 1:].T]


def _uncut(news: Corpus, hits: pd.DataFrame, nearest: pd.DataFrame, codes: np.ndarray, side: str) -> np.ndarray:
    """Give the numbers of the nearest words anew where hits cut some of them: by what is left of those."""
    right = side == "right"
    rest = nearest.assign(**{"start": hits["end"]} if right else {"end": hits["start"]})
    cut = (codes >= 0) & (nearest["start"] < hits["end"] if right else nearest["end"] > hits["start"]).to_numpy()
    if not cut.any():
        return codes
    terms_now = nearest["term"].astype("str").to_numpy(object)
    terms_now[cut] = [tokens.fold(stretch) for stretch in passages.text(news, rest[cut])]
    return np.where(codes >= 0, pd.factorize(terms_now, sort=True)[0], -1)


def lines(news: Corpus, concordance: pd.DataFrame, *, limit: int = 20) -> HTML:
    """Give the first lines of a concordance as HTML, the hits one under the other; each opens onto its paragraph.

    Raises ValueError if the lines are of another corpus.
    """
    arguments.whole_number(limit, "limit", least=0)
    shown = passages.checked(concordance, what="concordance").head(limit)
    passages.text(news, shown)
    holders = passages.inside(shown, news.segments)["outer"]
    holders = news.segments.loc[holders[~holders.index.duplicated()].to_numpy()].set_axis(holders.index.unique())
    dated = shown["published"].notna().any()
    rows = [
        _opening(news, row, holders.loc[row.Index] if row.Index in holders.index else row, dated=dated)
        for row in shown.itertuples()
    ]
    note = f"{len(shown):,} of {len(concordance):,} lines; click on one to read its paragraph."
    body = f'<div style="overflow-x:auto;text-align:left">{"".join(rows)}</div>'
    return html.shown(f'{body}<p style="{html.QUIET}">{note}</p>')


def _opening(news: Corpus, row: _Line, paragraph: _Stretch, *, dated: bool) -> str:
    """Give one line of a concordance, closed, with the paragraph it stands in; with its date if any line has one."""
    raw = news.articles.at[row.article_id, "raw"]
    day = f"{html.cell(row.published):>10} " if dated else ""
    line = (
        f'<span style="flex:none;{html.QUIET}">{day}</span>'
        f'<span style="{LEFT}"><span style="flex:none">{escape(row.left[-SHOWN:])}</span></span>'
        f'<span style="flex:none">{html.mark(row.hit, html.TINTS[0])}</span>'
        f'<span style="flex:1 1 0%;min-width:0;overflow:hidden">{escape(row.right[:SHOWN])}</span>'
    )
    inside = (
        f"{escape(raw[paragraph.start : row.start])}{html.mark(raw[row.start : row.end], html.TINTS[0])}"
        f"{escape(raw[row.end : paragraph.end])}"
    )
    return (
        f'<details><summary style="font-family:monospace;font-size:90%"><span style="{LINE}">{line}</span></summary>'
        f'<div style="margin:0.3em 1.5em 0.8em;max-width:52em"><div style="{html.QUIET};font-size:90%">'
        f"{html.heading(news, row.article_id)}</div>{inside}</div></details>"
    )


def places(news: Corpus, hits: pd.DataFrame) -> pd.DataFrame:
    """Give where in its article each hit falls: the hits with `at`, the share of the body's words that come before.

    Two articles with three hits each may differ: one names a person throughout, the other in its last line.

    Returns the hits in their order, with `at` (float, 0 the first word of the body, 1 its end; missing where a hit
    lies outside the body). Raises ValueError if the table holds no passages.
    """
    ids = passages.checked(hits)["article_id"].unique()
    words, body = news.words, news.body
    words = passages.inside(words[words["article_id"].isin(ids)], body[body["article_id"].isin(ids)])
    by_article = words.groupby("article_id", observed=True)["start"]
    words = words.assign(at=by_article.cumcount() / by_article.transform("size")).drop(columns="outer")
    inner = passages.inside(hits, body).drop(columns="outer")
    first = passages.inside(words, inner).drop_duplicates("outer").set_index("outer")["at"]
    return hits.assign(at=first.reindex(hits.index))
