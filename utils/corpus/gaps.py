"""What is not known of the articles of a corpus: how many have no outlet, date, title, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from utils.intake import language, places
from utils.intake.batch import PART

SHOWN = 5  # languages
TOLD = {"outlet": "outlet", "published": "date", "title": "title"}


@dataclass(frozen=True)
class Gaps:
    """What readers knew of what they could not bring: columns that tables have not, files and rows not read.

    called: what `load` was given; nothing is told of a corpus that is not a person's own.
    """

    called: str = ""
    without: Mapping[str, frozenset[str]] = field(default_factory=dict)
    n_unread: Mapping[str, int] = field(default_factory=dict)

    @property
    def unread(self) -> str:
        """What was not read, as "1 file and 347 rows"; empty where all was."""
        found = [f"{n:,} {what}{'s' * (n != 1)}" for what, n in sorted(self.n_unread.items()) if n]
        return " and ".join(found)

    def lines(self, articles: pd.DataFrame, name: str) -> Iterator[dict[str, str]]:
        """Give a line of the report for each of outlet, date and title that articles lack; name: of the corpus."""
        for column, what in TOLD.items() if self.called else ():
            lacking = articles.loc[articles[column].isna(), "source"]
            if len(lacking):
                why = _why(lacking, column, self.without)
                problem = f"{len(lacking):,} of {len(articles):,} articles have no {what}: {why}"
                cure = _cure(lacking, column).replace("load(…", f"load({self.called}")
                yield {"source": name, "kind": "missing", "problem": problem, "cure": cure}
        if self.called:
            yield from _languages(articles["language"], name)


def _languages(found: pd.Series, name: str) -> Iterator[dict[str, str]]:
    """Give a line where articles are in several languages, or not in English, and one where that is not known."""
    counts = found.dropna().value_counts()
    foreign = [one for one in counts.index if not language.is_english(one)]
    if foreign:
        listed = ", ".join(f"{n:,} in {one}" for one, n in counts[:SHOWN].items()) + ", …" * (len(counts) > SHOWN)
        problem = f"its articles are in {'several languages' if len(counts) > 1 else 'one language'}: {listed}"
        cure = (
            "measures that know English alone leave the others out; one language is "
            f'news.select(news.articles["language"] == {counts.index[0]!r})'
        )
        yield {"source": name, "kind": "assumed", "problem": problem, "cure": cure}
    if n := int(found.isna().sum()):
        problem = f"of {n:,} of {len(found):,} articles the language is not known: they are too short, or of several"
        cure = "if it matters, give them a column language with news.with_columns"
        yield {"source": name, "kind": "missing", "problem": problem, "cure": cure}


def _why(sources: pd.Series, column: str, without: Mapping[str, frozenset[str]]) -> str:
    """Give why articles lack something: their table has no column for it, the cell is empty, no line tells it."""
    counted: Counter[str] = Counter()
    for source in sources:
        part = PART.fullmatch(source)
        there = without.get(part["file"]) if part else None
        if there is None:
            counted["nothing that we know in the text says it"] += 1
        else:
            said = (
                "their tables have no column for it"
                if column in there
                else "it is empty or cannot be read in the table"
            )
            counted[said] += 1
    if len(counted) == 1:
        return next(iter(counted))
    return "; ".join(f"in {n:,} {why}" for why, n in counted.most_common())


def _cure(sources: pd.Series, column: str) -> str:
    """Give what to do: what the names of folders and files offer, and how else it can be told."""
    offers = {
        'outlet_from="folder"': ("folders", places.outlets(sources)) if column == "outlet" else ("", []),
        'date_from="name"': ("files", places.days(sources, "name")) if column == "published" else ("", []),
        'date_from="folder"': ("folders", places.days(sources, "folder")) if column == "published" else ("", []),
    }
    for option, (which, found) in offers.items():
        if found:
            listed = ", ".join(found[: places.SHOWN]) + ", …" * (len(found) > places.SHOWN)
            whose = "outlets" if column == "outlet" else "dates"
            return f"the names of the {which} look like {whose} ({listed}); if they are: load(…, {option})"
    return "nothing, if the source tells none; else fill it in there, or with news.with_columns"
