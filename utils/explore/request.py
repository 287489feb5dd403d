"""What a reader asks of the explorer: the articles and passages it chooses, and the call that gives the same table."""

import datetime
import json
from dataclasses import dataclass

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.intake.encodings import whole
from utils.measures import reading, terms
from utils.passages import voices


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: a query, how it is matched and sorted, and where it is looked for."""

    query: str
    match_case: bool = False
    match_accents: bool = True
    sort: str = "article"
    outlet: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    voice: str = "all"
    speaker: str = ""

    @property
    def matching(self) -> dict[str, bool]:
        """The options of `terms.hits`."""
        return {"match_case": self.match_case, "match_accents": self.match_accents}

    @property
    def options(self) -> dict[str, str | bool]:
        """The options of the concordance that are not its defaults."""
        asked: dict[str, str | bool] = {"sort": self.sort, **self.matching}
        return {name: value for name, value in asked.items() if value != getattr(Asked, name)}


def chosen(news: Corpus, asked: Asked) -> Corpus:
    """Give the articles asked for: the corpus itself, or its part of one outlet, of some dates.

    Raises CorpusError if there are none.
    """
    facts = news.articles
    keep = pd.Series(True, index=facts.index)
    if asked.outlet is not None:
        keep &= facts["outlet"].astype(object) == asked.outlet
    if asked.since:
        keep &= facts["published"] >= asked.since.isoformat()
    if asked.until:
        keep &= facts["published"] < _day_after(asked.until)
    return news if keep.all() else news.select(keep)


def found(part: Corpus, asked: Asked) -> pd.DataFrame:
    """Give the hits asked for in the order asked for: those of `reading.concordance`, not yet in their lines.

    Raises ValueError if the query cannot be read, or no speaker is named where one is asked for.
    """
    hits = terms.hits(part, asked.query, within=_within(part, asked), **asked.matching)  # type: ignore[arg-type]
    return reading.ordered(part, hits, sort=asked.sort)


def call(asked: Asked) -> str:
    """Give the lines of code that give the same table, for a corpus called `news`."""
    tests = []
    if asked.outlet is not None:
        tests.append(f'(articles["outlet"] == {_text(asked.outlet)})')
    if asked.since:
        tests.append(f'(articles["published"] >= "{asked.since.isoformat()}")')
    if asked.until:
        tests.append(f'(articles["published"] < "{_day_after(asked.until)}")')
    corpus = "part" if tests else "news"
    options = "".join(
        f", {name}={_text(value) if isinstance(value, str) else value}" for name, value in asked.options.items()
    )
    if asked.voice != "all":
        voice = f"speaker={_text(asked.speaker)}" if asked.voice == "speaker" else _text(asked.voice)
        options += f", within=voices.within({corpus}, {voice})"
    lines = [f"from utils import {'reading' if asked.voice == 'all' else 'reading, voices'}", ""]
    if tests:
        lines += ["articles = news.articles", f"part = news.select({' & '.join(tests)})"]
    return "\n".join([*lines, f"reading.concordance({corpus}, {_text(asked.query)}{options})"])


def _day_after(day: datetime.date) -> str:
    return (day + datetime.timedelta(days=1)).isoformat()


def _text(value: str) -> str:
    """Give a text as Python writes it, between double quotes; half characters, which no page can show, by number."""
    return json.dumps(value, ensure_ascii=whole(value) != value)


def _within(part: Corpus, asked: Asked) -> pd.DataFrame | None:
    if asked.voice == "all":
        return None
    if asked.voice == "speaker" and not asked.speaker:
        raise Refusal("choose whose words to read: type a name into the field Speaker, or pick one from its list")
    return voices.within(part, speaker=asked.speaker) if asked.voice == "speaker" else voices.within(part, asked.voice)
