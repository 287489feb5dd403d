"""What a reader takes away of a trail: a notebook that runs, a text in Markdown, a table of the passages.

Questions and passages hold words of articles and of the reader: in Markdown each sign of theirs stands for itself.
"""

import ast
import re
from collections.abc import Sequence

import pandas as pd

from utils.arguments import Refusal
from utils.corpus import datasets
from utils.corpus.corpus import Corpus
from utils.explore.trail import Step
from utils.passages import html
from utils.passages.table import text

SHOWN = 10  # rows and passages of a step that stand in a text
AROUND = 80  # characters of its article shown on either side of a passage
COLUMNS = [
    "step",
    "question",
    "outlet",
    "published",
    "title",
    "article_id",
    "start",
    "end",
    "before",
    "passage",
    "after",
]
NOTHING = "nothing is kept yet: press Keep this step where a step is worth taking away"


def notebook(news: Corpus, steps: Sequence[Step], *, loaded: str = "") -> dict:
    """Give the steps as a notebook that asks each of them anew: question and note as text, the call as code.

    loaded: the line that loads the corpus, such as 'news = load("mine")'; left out, its name says how.
    Raises ValueError if there are no steps.
    """
    _some(steps)
    cells = [
        _markdown("what", _plain(f"Steps of a reading of {html.plain(news.name)}. Each is asked anew.")),
        _code("load", f"from utils import load, passages\n\n{loaded or load_line(news)}"),
    ]
    for n, step in enumerate(steps, start=1):
        cells += [_markdown(f"question-{n}", _head(n, step)), _code(f"step-{n}", _cell(step))]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    return {"cells": cells, "metadata": kernel, "nbformat": 4, "nbformat_minor": 5}


def _markdown(name: str, words: str) -> dict:
    """Give a cell of text; written out here, as to import nbformat takes longer than all else."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": words}


def _code(name: str, lines: str) -> dict:
    return _markdown(name, lines) | {"cell_type": "code", "execution_count": None, "outputs": []}


def load_line(news: Corpus) -> str:
    """Give the line that loads a corpus, as far as its name tells."""
    if news.name in datasets.by_name():
        return f"news = load({news.name!r})"
    return f"news = load({news.name!r})  # write here where its folder or file is"


def markdown(news: Corpus, steps: Sequence[Step]) -> str:
    """Give the steps as a text in Markdown: question, note, count, call, and the first passages or rows.

    Raises ValueError if there are no steps.
    """
    _some(steps)
    parts = [f"# {_plain(f'What was read in {html.plain(news.name)}')}", _plain(html.plain(news.origin))]
    for n, step in enumerate(steps, start=1):
        fence = "`" * max(3, 1 + max(map(len, re.findall("`+", step.call)), default=0))
        parts += [_head(n, step), f"{fence}python\n{step.call}\n{fence}", *_first(news, step)]
    return "\n\n".join(parts) + "\n"


def passages(news: Corpus, steps: Sequence[Step]) -> pd.DataFrame:
    """Give the passages of the steps, one row each: step, question, outlet, published, title, article_id, start, end,
    before, passage, after (before and after: what stands around it).

    Steps whose rows are no passages have none. Raises ValueError if there are no passages.
    """
    _some(steps)
    tables = [_passages(news, n, step) for n, step in enumerate(steps, start=1) if step.of_passages and step.count]
    if not tables:
        raise Refusal(
            "no step that is kept shows passages: open some by a click on a word, a bar or a row, and keep that"
        )
    return pd.concat(tables, ignore_index=True)


def _some(steps: Sequence[Step]) -> None:
    if not steps:
        raise Refusal(NOTHING)


def _passages(news: Corpus, n: int, step: Step) -> pd.DataFrame:
    facts = news.articles.loc[step.table["article_id"].astype("str")]
    own = {name: facts[name].to_numpy() for name in ("outlet", "published", "title")}
    table = step.table[["article_id", "start", "end"]].astype({"article_id": "str"}).reset_index(drop=True)
    before, after = _around(news, step.table)
    words = {"before": before, "passage": text(news, step.table).to_numpy(), "after": after}
    return table.assign(step=n, question=step.question, **words, **own)[COLUMNS]


def _around(news: Corpus, found: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Give what stands before each passage in its article, and what after it."""
    raws = news.articles["raw"]
    rows = [(raws[str(row.article_id)], int(row.start), int(row.end)) for row in found.itertuples()]
    before = [raw[max(0, start - AROUND) : start] for raw, start, _ in rows]
    return before, [raw[end : end + AROUND] for raw, _, end in rows]


def _head(n: int, step: Step) -> str:
    note = f"\n\n{_plain(html.plain(step.note))}" if step.note.strip() else ""
    return f"## {n}. {_plain(html.plain(step.question))}{note}\n\nWhen it was kept: {step.counted}."


def _plain(words: str) -> str:
    return html.say(words).data


def _cell(step: Step) -> str:
    """Give the call as a cell that names its table and shows it."""
    lines = step.call.splitlines()
    last = ast.parse(step.call).body[-1].lineno - 1
    lines[last] = f"table = {lines[last]}"
    show = "passages.show(news, table)" if step.of_passages else f"passages.whole(table, limit={SHOWN})"
    return "\n".join([*lines, show])


def _first(news: Corpus, step: Step) -> list[str]:
    first = step.table.head(SHOWN)
    if step.of_passages:
        heads = [html.plain(_source(news, str(article))) for article in first["article_id"]]
        stretches = [html.shortened(" ".join(each.split())) for each in text(news, first)]
        around = zip(stretches, *_around(news, first), strict=True)
        lines = [html.plain(" ".join(f"… {before}[{said}]{after} …".split())) for said, before, after in around]
        return [f"> {_plain(f'{said} — {head}')}" for said, head in zip(lines, heads, strict=True)]
    if first.empty:
        return []
    rows = [[_value(value) for value in row] for row in first.itertuples(index=False)]
    head = [[_plain(html.plain(name)) for name in first], ["---"] * len(first.columns)]
    return ["\n".join(f"| {' | '.join(row)} |" for row in [*head, *rows])]


def _value(value: object) -> str:
    from html import unescape

    return _plain(html.plain(unescape(html.cell(value)))) or " "


def _source(news: Corpus, article: str) -> str:
    from html import unescape

    return unescape(html.heading(news, article))
