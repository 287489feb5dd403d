"""Passages as HTML that a saved, untrusted notebook shows as it is: inline styles, details, title; all text escaped.

What leaves here stays text: no sign in it is read as a tag, a link, a picture or mathematics.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from itertools import pairwise
from typing import Protocol

import pandas as pd
from IPython.display import HTML, Markdown

from utils.corpus.corpus import Corpus
from utils.spans import common

CONTEXT = 160  # characters shown on each side of a passage
LONGEST = 600  # characters shown of a passage itself
TINTS = ("#FFE9A8", "#CFE8F7", "#D5F0E3", "#F6DCEB")
LINES = ("solid", "dashed", "dotted", "double")
QUIET = "opacity:0.75"  # of the theme's own colour: no one grey keeps 4.5:1 on its light ground and its dark one
AS_IS = 'class="tex2jax_ignore mathjax_ignore"'  # between two dollar signs JupyterLab sees mathematics, but not here
STYLED = re.compile(r"`([^`]+)`|\*\*(?=\S)(.{1,500}?)(?<=\S)\*\*")
MARKDOWN = re.compile(r"[!#$&*+<>@\[\\\]_`|~]|(?<=www)\.|:(?=//)", re.IGNORECASE)
KEPT = {ord(sign): 0xFDD0 + place for place, sign in enumerate("*`-\n\r")}  # onto characters that no text may hold
GIVEN_BACK = {held: f"&#{sign};" for sign, held in KEPT.items()}


class _Segment(Protocol):
    """A row of the segments, as far as a paragraph tells it."""

    kind: str
    rule: str


def shown(inner: str) -> HTML:
    """Give HTML for a notebook to show as it is, the signs of mathematics in it too."""
    return HTML(f"<div {AS_IS}>{inner}</div>")


def heading(news: Corpus, article: str) -> str:
    """Give title, outlet and date of an article in one escaped line, each where it is known."""
    facts = news.articles
    title, outlet, day = (facts.at[article, name] for name in ("title", "outlet", "published"))
    known = [title if pd.notna(title) else article, outlet, f"{day:%-d %B %Y}" if pd.notna(day) else None]
    return " · ".join(escape(str(part)) for part in known if pd.notna(part))


def in_context(raw: str, start: int, end: int, *, width: int = CONTEXT) -> str:
    """Give a passage marked in its paragraph, up to `width` characters on each side, on one line."""
    left, right = raw[max(start - width, 0) : start], raw[end : end + width]
    left, right = re.split(r"[\r\n]", left)[-1], re.split(r"[\r\n]", right)[0]
    if len(left) == width and start > width:
        left = "… " + left[left.find(" ") + 1 :]
    if len(right) == width and end + width < len(raw):
        right = right[: right.rfind(" ") + 1] + "…"
    return f"{escape(left)}{mark(shortened(raw[start:end]), TINTS[0])}{escape(right)}"


def shortened(stretch: str) -> str:
    """Give a stretch, its middle cut where it is longer than a reader wants to see."""
    half = LONGEST // 2
    return stretch if len(stretch) <= LONGEST else f"{stretch[:half]} […] {stretch[-half:]}"


def mark(stretch: str, tint: str, *, line: str = "solid", label: str = "") -> str:
    """Give a stretch, escaped, with a tint and an underline, so that colour is not the only sign."""
    title = f' title="{escape(label, quote=True)}"' if label else ""
    return (
        f'<mark style="background-color:{tint};color:#1a1a1a;border-bottom:2px {line} #555"{title}>'
        f"{escape(stretch)}</mark>"
    )


def passage_list(news: Corpus, table: pd.DataFrame) -> str:
    """Give each passage of a table in its context, with the article it comes from."""
    raws = news.articles["raw"]
    items = (
        f'<div style="margin:0.5em 0;text-align:left">'
        f'<div style="{QUIET};font-size:90%">{heading(news, row.article_id)}</div>'
        f"<div>{in_context(raws[row.article_id], row.start, row.end)}</div></div>"
        for row in table.itertuples()
    )
    return "".join(items)


def cell(value: object, *, share: bool = False) -> str:
    """Give a table cell as a reader wants it: counts whole, shares in per cent, measures to three digits, missing
    as a dash."""
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return "–"
    if share:
        return f"{value:.2%}"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    if isinstance(value, pd.Timestamp):
        return f"{value:%Y-%m-%d}"
    return escape(f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value))


def shares(table: pd.DataFrame) -> list[str]:
    """Give the columns of a table that are read in per cent: those called `share` that hold nothing but shares.

    A reader's own column may be called so and hold anything: words, whole numbers, the shares of a company.
    """
    return [
        name
        for name, column in table.items()
        if name == "share" and pd.api.types.is_float_dtype(column) and column.dropna().between(0, 1).all()
    ]


def opening_table(
    table: pd.DataFrame,
    opened: Callable[[int], tuple[str, str]] | None,
    *,
    note: str,
    shares: Sequence[str] = (),
    heads: Sequence[str] = (),
) -> HTML:
    """Give a table as HTML, its texts whole; a row opens onto what `opened`, if given, says of its place.

    A closed row is one line: the triangle that opens it stands before its first cell, and belongs to a row of no
    height below, as wide as the table, where there is room for passages.

    opened: for a row's place what is to be opened, in a few words of its own, and its HTML.  note: the table's caption.
    shares: the columns to show in per cent.  heads: the columns that name a row.
    """
    names, gutter = list(table), opened is not None
    head = "".join(
        f'<th scope="col" style="{_padding(place, gutter)};text-align:{_side(table[name])}">{escape(str(name))}</th>'
        for place, name in enumerate(names)
    )
    rows = []
    for place, row in enumerate(table.to_dict("records")):
        cells = "".join(
            f'<{_tag(name, heads)} style="{_padding(at, gutter)};font-weight:normal;text-align:{_side(table[name])}">'
            f"{cell(value, share=name in shares)}</{_tag(name, heads)[:2]}>"
            for at, (name, value) in enumerate(row.items())
        )
        rows.append(f'<tr style="background-color:transparent;vertical-align:top">{cells}</tr>')
        if opened is not None:
            rows.append(_row_that_opens(*opened(place), width=len(names)))
    return shown(
        f'<table style="border-collapse:collapse;font-size:100%"><caption style="caption-side:bottom;text-align:left;'
        f'padding:0.4em 0 0;{QUIET}">{escape(note)}</caption><thead><tr style="border-bottom:2px solid #777">{head}'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def _row_that_opens(name: str, inner: str, *, width: int) -> str:
    """Give a table row of no height, whose triangle is drawn up into the row above."""
    return (
        f'<tr style="background-color:transparent"><td colspan="{width}" style="padding:0;text-align:left;'
        'white-space:normal;max-width:52em;border-bottom:1px solid #999">'
        f'<details><summary style="height:1.5em;width:1.5em;margin-top:-1.5em;margin-bottom:0;padding-left:0.3em;'
        f'overflow:hidden;position:relative;cursor:pointer" title="{escape(name, quote=True)}">'
        f'<span style="font-size:0">{escape(name)}</span></summary><div style="padding:0 0.8em 0.3em 1.8em">'
        f"{inner}</div></details></td></tr>"
    )


def _padding(place: int, gutter: bool) -> str:
    return "padding:0.2em 0.8em 0.2em 1.8em" if gutter and not place else "padding:0.2em 0.8em"


def _tag(name: str, heads: Sequence[str]) -> str:
    return 'th scope="row"' if name in heads else "td"


def _side(column: pd.Series) -> str:
    return "right" if pd.api.types.is_numeric_dtype(column) else "left"


def marked_article(news: Corpus, article: str, marks: Sequence[tuple[str, pd.DataFrame]], *, since: int = 0) -> HTML:
    """Give one article whole, its segments told apart and the passages of each named table marked in it.

    since: what stands before this place is folded away above, for a reader to open.
    """
    raw = news.articles.at[article, "raw"]
    spans = [
        (row.start, row.end, number)
        for number, (_, table) in enumerate(marks)
        for row in table[table["article_id"] == article].itertuples()
    ]
    segments = news.segments
    before: list[str] = []
    parts: list[str] = []
    for row in segments[segments["article_id"] == article].itertuples():
        cut = min(max(row.start, since), row.end)
        for place, start, end in ((before, row.start, cut), (parts, cut, row.end)):
            if start < end:
                inner = _marked(raw, start, end, spans, marks)
                place.append(_paragraph(row, f"{'… ' * (start > row.start)}{inner}{' …' * (end < row.end)}"))
    folded = f"<details><summary>What stands before</summary>{''.join(before)}</details>" if before else ""
    head = f'<h3 style="margin:0">{heading(news, article)}</h3>{_legend(marks)}'
    return shown(f'<div style="max-width:46em;text-align:left">{head}{folded}{"".join(parts)}</div>')


def _paragraph(segment: _Segment, inner: str) -> str:
    """Give a segment as a paragraph; what is not body says what it is, and by which rule."""
    if segment.kind == "body":
        return f'<p style="margin:0.6em 0">{inner}</p>'
    label = f'<span style="font-size:85%">[{escape(segment.kind)}: {escape(segment.rule)}] </span>'
    return f'<p style="margin:0.6em 0;{QUIET}">{label}{inner}</p>'


def _legend(marks: Sequence[tuple[str, pd.DataFrame]]) -> str:
    keys = " ".join(
        mark(name, TINTS[number % 4], line=LINES[number % 4]) for number, (name, _) in enumerate(marks) if name
    )
    return f'<p style="{QUIET}">Marked: {keys}</p>' if keys else ""


def _marked(raw: str, start: int, end: int, spans: list[tuple[int, int, int]], marks: Sequence) -> str:
    """Give one stretch with its marks; where marks overlap, the later table's lies on top."""
    change: dict[int, list[tuple[int, int]]] = {start: [], end: []}
    for *own, number in spans:
        left, right = common(own, (start, end))
        if left <= right:
            change.setdefault(left, []).append((number, 1))
            change.setdefault(right, []).append((number, -1))
    held, pieces = Counter[int](), []
    for left, right in pairwise(sorted(change)):
        for number, step in change[left]:
            held[number] += step
        on = sorted(number for number, n in held.items() if n)
        label = ", ".join(marks[number][0] for number in on)
        pieces.append(
            mark(raw[left:right], TINTS[on[-1] % 4], line=LINES[on[-1] % 4], label=label)
            if on
            else escape(raw[left:right])
        )
    return "".join(pieces)


def say(text: str) -> Markdown:
    """Give a sentence for a notebook to show, whatever names, queries and titles were put into it.

    Only `**bold**`, `` `code` ``, a blank line and a line that begins with "- " mean something; every other sign is
    shown as it is, so that no name becomes a link, a picture, a heading or mathematics. See `plain`.
    """
    said = Markdown()
    said.data = "\n\n".join(_block(block) for block in re.split(r"\n\s*\n", text.strip()))
    return said  # handed to Markdown(...) a text that begins with http would be fetched, and a file's name read


def plain(value: object) -> str:
    """Give a value for a sentence of `say` that shows it letter by letter, asterisks and backticks too."""
    return str(value).translate(KEPT)


def _block(block: str) -> str:
    """Give one paragraph, or a list with what stands before it, as Markdown."""
    lead, *items = (_line(part) for part in re.split(r"^- ", block, flags=re.MULTILINE))
    return "\n".join([*filter(None, [lead]), *(f"- {item}" for item in items)])


def _line(words: str) -> str:
    """Give words on one line of Markdown that begins no list, rule or heading."""
    line = _styled(re.sub(r"\s+", lambda run: " " if set(run[0]) & set("\r\n\t") else run[0], words.strip()))
    return re.sub(r"^(\d*)([-=.)])", lambda start: f"{start[1]}&#{ord(start[2])};", line).translate(GIVEN_BACK)


def _styled(words: str) -> str:
    parts, at = [], 0
    for found in STYLED.finditer(words):
        parts += [_literal(words[at : found.start()]), _code(found[1]) if found[1] else f"**{_styled(found[2])}**"]
        at = found.end()
    return "".join([*parts, _literal(words[at:])])


def _code(words: str) -> str:
    told = _literal(words)
    return f"`{words}`" if told == words == words.translate(GIVEN_BACK) else f"<code>{told}</code>"


def _literal(words: str) -> str:
    """Give words with each sign that Markdown or MathJax reads as a character reference, which neither does."""
    return MARKDOWN.sub(
        lambda sign: f"<span {AS_IS}>&#{ord(sign[0])};</span>" if sign[0] in "$\\" else f"&#{ord(sign[0])};", words
    )
