"""The state of the workbench: the part of the corpus in view, the word and the group in hand, the article open.

It is one value that is never changed: a click gives another. Whatever is in it can be written as lines of code.
"""

import datetime
import json
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TypeAlias

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.intake.encodings import whole

Value: TypeAlias = str | int | float | bool | pd.Timestamp
VOICES = {
    "all": "",
    "inside": "inside quotations",
    "outside": "outside quotations",
    "speaker": "in the words of",
}
FACE = re.compile(
    r"(?<![\w.])(compare|copies|explore|passages|progress|quotes|reading|sentiment|stopwords|terms|voices)\."
)
OWN_FACTS = {"title", "published", "raw", "rights", "source", "encoding", "sha256"}  # of each article its own
MANY = 500  # values of a column that can be chosen from a list
ONCE = 'stories = {0}.copies.sort_values("overlap", ascending=False, kind="stable").drop_duplicates("story")'


@dataclass(frozen=True)
class State:
    """What is in view.

    tab, asked       the tab, and the question that it asks
    word             the query in hand
    where            columns of articles and the value wanted there
    since, until     the first and the last day
    voice, speaker   all, inside or outside quotations, or "speaker" and whose
    once             whether a story counts once, however often it is printed
    by               the column that groups articles
    near             the word in hand of those that stand near it
    pair             two articles held against each other
    picked           what a click on a mark has set: tables of such marks show all of them, and this one chosen
    """

    tab: str = "read"
    asked: str = ""
    word: str = ""
    where: tuple[tuple[str, Value], ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    voice: str = "all"
    speaker: str = ""
    once: bool = False
    by: str = "outlet"
    sort: str = "article"
    lexicon: str = "textblob"
    near: str = ""
    pair: tuple[str, str] | None = None
    picked: frozenset[str] = frozenset()

    def value(self, column: str) -> Value | None:
        """Give the value wanted in a column; None where any will do."""
        return dict(self.where).get(column)

    def asking(self, **changed: object) -> "State":
        """Give the state with other fields, and with no second word and no two articles unless they are among them."""
        return replace(self, **({"pair": None, "near": ""} | changed))  # type: ignore[arg-type]

    def narrowed(self, column: str, value: Value | None, *, click: bool = False) -> "State":
        """Give the state with another value wanted in a column of articles, or none."""
        others = [each for each in self.where if each[0] != column]
        where = tuple(others if value is None else [*others, (column, value)])
        return self.asking(where=where, picked=self._picked(column, click=click))

    def dated(self, since: datetime.date | None, until: datetime.date | None, *, click: bool = False) -> "State":
        """Give the state with another span of days."""
        return self.asking(since=since, until=until, picked=self._picked("published", click=click))

    def voiced(self, voice: str, speaker: str = "", *, click: bool = False) -> "State":
        """Give the state with another voice."""
        return self.asking(voice=voice, speaker=speaker, picked=self._picked("voice", click=click))

    def widened(self) -> "State":
        """Give the state with all articles and all voices in view, the word still in hand."""
        return self.asking(where=(), since=None, until=None, voice="all", speaker="", once=False, picked=frozenset())

    def _picked(self, facet: str, *, click: bool) -> frozenset[str]:
        return self.picked | {facet} if click else self.picked - {facet}

    def code(self, call: str, *, but: Collection[str] = (), **values: object) -> str:
        """Give the lines of code whose last is a call, for what is in view.

        call: lines with {news}, the name of the part of the corpus, {within}, the option of the voice, {word}, {by} and
        other names for the values given.  but: facets that the call shows itself: those picked by a click are left out.
        """
        but = self.picked.intersection(but)
        before, corpus = self._part(but)
        if self.voice != "all" and "voice" not in but and re.search(r"\bwithin\b", call):
            whose = f"speaker={text(self.speaker)}" if self.voice == "speaker" else text(self.voice)
            before.append(f"within = voices.within({corpus}, {whose})")
        within = ", within=within" if before and before[-1].startswith("within") else ""
        named = {"word": self.word, "by": self.by, **values}
        last = call.format(news=corpus, within=within, **{name: text(value) for name, value in named.items()})
        modules = sorted({*FACE.findall(call), *(["voices"] if within else [])})
        imports = [f"from utils import {', '.join(modules)}", ""] if modules else []
        return "\n".join([*imports, *before, last])

    def _part(self, but: Collection[str]) -> tuple[list[str], str]:
        """Give the lines that choose the part of the corpus in view, and its name."""
        tests = [f"(articles[{text(name)}] == {text(value)})" for name, value in self.where if name not in but]
        if "published" not in but:
            if self.since:
                tests.append(f'(articles["published"] >= "{self.since.isoformat()}")')
            if self.until:
                tests.append(f'(articles["published"] < "{day_after(self.until).isoformat()}")')
        chosen = ["articles = news.articles", f"part = news.select({' & '.join(tests)})"] if tests else []
        if not self.once:
            return chosen, "part" if chosen else "news"
        corpus = "part" if chosen else "news"
        return [*chosen, ONCE.format(corpus), f'part = {corpus}.select(stories["article_id"])'], "part"

    def told(self, *, but: Collection[str] = (), voice: bool = True) -> str:
        """Give what is in view in words, to stand behind a question: ", outlet The Post, from 2024-05-01".

        but: facets that are left out where a click picked them.  voice: whether it is asked of one voice.
        """
        but = self.picked.intersection(but)
        parts = [f"{name.replace('_', ' ')} {shown(value)}" for name, value in self.where if name not in but]
        if "published" not in but:
            parts += [f"from {self.since.isoformat()}"] if self.since else []
            parts += [f"to {self.until.isoformat()}"] if self.until else []
        if voice and self.voice != "all" and "voice" not in but:
            parts.append(f"{VOICES[self.voice]} {self.speaker}".strip())
        return "".join(f", {each}" for each in [*parts, *(["each story once"] if self.once else [])])


def groupings(news: Corpus) -> list[str]:
    """Give the columns of articles that group them: those with several values to choose from, outlets first."""
    facts = news.articles
    numbers = {name: facts[name].nunique() for name in facts if name not in OWN_FACTS and _plain(facts[name])}
    fit = [name for name, n in numbers.items() if 1 < n <= MANY and n < max(len(facts), 3)]
    return sorted(fit, key="outlet".__ne__)


def _plain(column: pd.Series) -> bool:
    return column.map(lambda value: isinstance(value, str | int | float | bool)).all()


def day_after(day: datetime.date) -> datetime.date:
    """Give the day after a day."""
    return day + datetime.timedelta(days=1)


def text(value: object) -> str:
    """Give a value as Python writes it, texts between double quotes, half characters by number."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=whole(value) != value)
    return repr(value)


def shown(value: object) -> str:
    """Give a value as a reader sees it."""
    return f"{value:%Y-%m-%d}" if isinstance(value, pd.Timestamp) else str(value)
