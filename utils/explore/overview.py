"""What stands above the tabs: what is in the corpus, what could not be read, and how articles are added."""

from collections.abc import Callable
from html import escape

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import telling
from utils.explore.trail import Step
from utils.explore.upload import upload

SHOWN = 12  # lines of the report that are shown
MOST = 6  # languages that are named


def told(news: Corpus) -> str:
    """Give as HTML what a corpus holds: articles, outlets, dates, languages; below, to open, what its report says."""
    facts, report = news.articles, news.report()
    parts = [
        _n(len(facts), "article"),
        _n(facts["outlet"].nunique(), "outlet") if facts["outlet"].notna().any() else "no outlet known",
        _span(facts["published"]),
        _languages(facts["language"]),
        f"{news.unread} not read" if news.unread else "",
    ]
    line = f"<b>{escape(news.name)}</b>: {escape(', '.join(filter(None, parts)))}."
    lines = [
        f"<li>{escape(f'{row.kind}: {row.source}: {row.problem}. Cure: {row.cure}')}</li>"
        for row in report.head(SHOWN).itertuples()
    ]
    rest = f"<li>… and {len(report) - SHOWN:,} more: <code>news.report()</code></li>" * (len(report) > SHOWN)
    style = "line-height:1.5;overflow-wrap:anywhere"
    summary = f"<summary>What was noted in reading it: {_n(len(report), 'line')}</summary>"
    below = f'<details>{summary}<ul style="margin:0">{"".join(lines)}{rest}</ul></details>' if len(report) else ""
    return f'<div role="region" aria-label="The corpus" style="{style}">{line}{below}</div>'


def adding(news: Corpus, step: Callable[[], Step | None]) -> ipywidgets.Accordion:
    """Give what adds articles of the reader's own, closed until it is wanted."""
    box = ipywidgets.VBox([ipywidgets.HTML(telling.line("Then run the cell again with what stands there.")), upload()])
    return ipywidgets.Accordion([box], titles=("Add articles of your own",), selected_index=None)


def _span(dates: pd.Series) -> str:
    known = dates.dropna()
    if known.empty:
        return "no dates known"
    undated = int(dates.isna().sum())
    return f"{known.min():%-d %B %Y} to {known.max():%-d %B %Y}{f' ({undated:,} without a date)' if undated else ''}"


def _languages(languages: pd.Series) -> str:
    """Give the languages with how many articles each; a notice where the rules for English do not hold."""
    counts = languages.value_counts()
    named = [f"{name} {n:,}" for name, n in counts.head(MOST).items()]
    named += [f"{counts.iloc[MOST:].sum():,} in others"] if len(counts) > MOST else []
    named += [f"{n:,} doubtful"] if (n := int(languages.isna().sum())) else []
    told = f"by language: {' · '.join(named)}" if len(named) > 1 else f"language {named[0]}" if named else ""
    foreign = len(languages) - int((languages.fillna("en") == "en").sum())
    return f"{told} (quotations and tone are for English: {foreign:,} are left out there)" if foreign else told


def _n(n: int, what: str) -> str:
    return f"{n:,} {what}{'s' * (n != 1)}"
