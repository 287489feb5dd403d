"""A page to hand on: the steps of a reading in one file, which opens in any browser, asks nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from utils import arguments, storage
from utils.arguments import Refusal, RefusedType
from utils.corpus.corpus import Corpus
from utils.explore import charts
from utils.explore.svg import Drawn
from utils.intake.encodings import whole
from utils.passages import html
from utils.passages.table import text
from utils.spans import KEYS

MOST, COLUMNS = 200, 16  # rows and columns of a table that are shown
LONG = 400  # characters of a cell that are shown
WORDS = 8  # a value of more words than that is a stretch of a text
TEXTS = {"left", "hit", "right", "text", "raw", "content", "quote", "passage", "sentence", "body", "summary"}
FACTS = {"title", "outlet", "author", "source", "article_id", "person", "speaker", "note", "problem", "cure"}
RULES = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
LOOK = """:root{color-scheme:light dark}body{font:16px/1.5 sans-serif;margin:0 auto;max-width:60rem;padding:1rem}
h2{margin:2.5rem 0 0.3rem}p,li,blockquote{overflow-wrap:anywhere}blockquote{border-left:4px solid #777;margin:0.5rem 0;
padding-left:0.8rem;white-space:pre-wrap}pre{background:#f4f4f4;color:#1a1a1a;padding:0.5rem;white-space:pre-wrap;
overflow-wrap:anywhere}svg{display:block;background:#fff;margin:0.5rem 0}summary{cursor:pointer}
:focus-visible{outline:3px solid #56b4e9}.wide{overflow-x:auto}"""


class Step(Protocol):
    """What a page shows of a step: what was asked, the call that answers it, how much came, and what it looked like.

    drawn is a chart of `charts`, or None; table may be None; note holds the reader's own words.
    """

    question: str
    call: str
    table: pd.DataFrame | None
    drawn: Any
    note: str

    @property
    def count(self) -> object:
        """How many rows or passages came, as a number or in words."""


def page(news: Corpus, name: str | Path, steps: object = None, *, texts: bool = False) -> str:
    """Write a page with charts, tables, calls and notes, and give its place, such as results/out.html.

    It is one file that opens without Python and without a network: it asks for nothing and runs nothing. What articles
    say stands in it only where that is asked for, as their rights may forbid to hand it on; their titles, outlets and
    dates do. A file of that name with other content stays as it is: the new one is called out-2.html, and so on.

    Parameters
        name: of the file; it goes to results/, or into the folder that stands before it.
        steps: those of a trail, in a list; or a trail, or the workbench, of which those go in that are kept (default:
            what is in here).
        texts: whether passages are shown, each in its paragraph.
    Raises ValueError if there are no steps or the name is none, OSError if the file cannot be written.
    """
    path = _place(name)
    shown = _steps(news, steps)
    inner = "".join(_section(news, place, step, texts) for place, step in enumerate(shown, start=1))
    names = "".join(f'<li><a href="#step-{n}">{escape(_asked(step, n))}</a></li>'
                    for n, step in enumerate(shown, start=1))  # fmt: skip
    title = f"What was read in {news.name}"
    rest = "" if texts else " What the articles say is left out, as their rights may forbid to hand it on."
    whole_page = (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{RULES}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{LOOK}</style></head><body><header><h1>{escape(title)}</h1>"
        f'<p>{escape(news.origin)}.{rest}</p></header><nav aria-label="Questions"><ol>{names}</ol></nav>'
        f"<main>{inner}</main></body></html>\n"
    )
    written = storage.write_new(path, whole(whole_page).encode("utf-8"), again=False)
    return f"{written.parent.name}/{written.name}"


def _place(name: str | Path) -> Path:
    """Give the path of the file: in results/, unless a folder is named."""
    said = Path(name) if isinstance(name, str | Path) else Path()
    stem = said.name.removesuffix(".html")
    if not re.fullmatch(r"\w[\w.\- ]*", stem):
        raise Refusal(f"a name of letters, digits, hyphens and underscores is wanted, such as out.html; {name!r} came")
    return (storage.results() if said.parent == Path() else said.parent) / f"{stem}.html"


def _steps(news: Corpus, steps: object) -> Sequence[Step]:
    """Give the steps to show: those that came, those of a trail that are kept, or the first view of a corpus."""
    if steps is None:
        return [_First(news)]
    trail = getattr(getattr(steps, "frame", None), "trail", steps)
    kept = getattr(trail, "kept", trail)
    wanted = ("question", "call", "count", "table", "drawn", "note")
    if not isinstance(kept, Sequence) or isinstance(kept, str):
        raise RefusedType(f"steps are those of a trail, in a list; what came is {type(steps).__name__}")
    if strange := [each for each in kept if not all(hasattr(each, name) for name in wanted)]:
        raise RefusedType(f"a step has {', '.join(wanted)}; what came is {type(strange[0]).__name__}")
    if not kept:
        raise Refusal("there is no step to show: keep one of the trail first, or leave steps out")
    return kept


class _First:
    """The step that nobody has to take: what is in a corpus."""

    question, note = "What is in here?", ""
    call = 'news.articles.groupby("outlet", dropna=False).agg(n_articles=("source", "size"))'

    def __init__(self, news: Corpus) -> None:
        counted = news.articles.groupby("outlet", dropna=False, observed=True).agg(n_articles=("source", "size"))
        self.table = counted.reset_index().sort_values("n_articles", ascending=False, kind="stable")
        self.count = f"{len(news):,} article{'s' * (len(news) != 1)}"
        try:
            self.drawn: Drawn | None = charts.periods(news.articles["published"], source=news.origin)
        except ValueError:  # no two periods
            self.drawn = None


def _section(news: Corpus, place: int, step: Step, texts: bool) -> str:
    """Give a step as HTML."""
    parts = [f'<section aria-labelledby="step-{place}"><h2 id="step-{place}">{escape(_asked(step, place))}</h2>']
    parts.append(f"<p>{escape(_counted(step))}</p>")
    if step.note:
        parts.append(f"<blockquote>{escape(str(step.note))}</blockquote>")
    if isinstance(step.drawn, Drawn):
        parts.append(step.drawn.named(f"s{place}-"))
    if step.table is not None and len(step.table.columns):
        region = f'class="wide" role="region" tabindex="0" aria-label="Table of question {place}"'
        parts.append(f"<div {region}>{_table(news, step.table, texts)}</div>")
    call = f"<details><summary>The call that gives it</summary><pre>{escape(str(step.call))}</pre></details>"
    return "".join([*parts, call, "</section>"])


def _asked(step: Step, place: int) -> str:
    return _line(step.question) or f"Question {place}"


def _counted(step: Step) -> str:
    """Give in words how much came."""
    if not isinstance(step.count, int):
        return _line(step.count)
    of = "passage" if step.table is not None and set(KEYS) <= set(step.table) else "row"
    return f"{step.count:,} {of}{'s' * (step.count != 1)}"


def _table(news: Corpus, table: pd.DataFrame, texts: bool) -> str:
    """Give a table whose rows, where they are passages, open onto them if texts are asked for."""
    arguments.table(table, "table", columns=[], of="a measure")
    first = table.head(MOST)
    of_passages = set(KEYS) <= set(table)
    if of_passages:
        text(news, first)  # which says where they lie in another corpus
    gone = [] if texts else [str(name) for name in first if _is_text(name, first[name])]
    shown = first[[name for name in first if str(name) not in {*gone, *(KEYS if of_passages else ())}]]
    shown = shown.loc[:, [not column.map(_is_empty).all() for _, column in shown.items()]].iloc[:, :COLUMNS].map(_cut)
    if of_passages:
        shown = pd.concat([_heads(news, first), shown], axis=1)
    shown = shown.loc[:, ~shown.columns.duplicated()]
    n = len(table)
    note = f"{len(first):,} of {n:,} rows" if n > len(first) else f"{n:,} row{'s' * (n != 1)}"
    note += f"; left out: {', '.join(gone)}" if gone else ""
    note += "; the triangle before each opens its passage" if of_passages and texts and n else ""
    opened = (lambda place: _passage(news, first.iloc[place])) if of_passages and texts else None
    return html.opening_table(shown, opened, note=f"{note}.", shares=html.shares(shown)).data


def _is_text(name: object, column: pd.Series) -> bool:
    """Say whether a column holds stretches of articles: it is called so, or holds more than a few words."""
    if str(name).lower() in FACTS or pd.api.types.is_numeric_dtype(column):
        return False
    said = (str(value) for value in column if isinstance(value, str))
    return str(name).lower() in TEXTS or any(len(words.split()) > WORDS or len(words) > LONG / 4 for words in said)


def _heads(news: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Give what is known of the article of each passage, and where in it the passage stands."""
    facts = news.articles.loc[table["article_id"].astype("str"), ["title", "outlet", "published"]]
    known = facts.set_axis(table.index).map(_cut)
    return known.assign(
        characters=[f"{first}–{last}" for first, last in zip(table["start"], table["end"], strict=True)]
    )


def _passage(news: Corpus, row: pd.Series) -> tuple[str, str]:
    """Give the words that open a passage, and the passage in its paragraph."""
    article = str(row["article_id"])
    raw = news.articles.at[article, "raw"]
    return f"Passage in {article}", f"<div>{html.in_context(raw, int(row['start']), int(row['end']))}</div>"


def _is_empty(value: object) -> bool:
    return pd.api.types.is_scalar(value) and (pd.isna(value) or value == "")


def _cut(value: object) -> object:
    """Give a value of a table, a text whole in its characters and no longer than a cell shows."""
    if not isinstance(value, str):
        return value
    words = whole(value)
    return words if len(words) <= LONG else f"{words[: LONG - 1]}…"


def _line(words: object) -> str:
    return " ".join(str(words).split())
