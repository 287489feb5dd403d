"""What is not known of the articles of a corpus: how many have no outlet, date, title, and why."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from utils.intake import language, places
from utils.intake.batch import PART
from utils.intake.readers.tables import together
from utils.intake.readers.tables.columns import written

SHOWN = 5  # languages
TOLD = {"outlet": "outlet", "published": "date", "title": "title"}


@dataclass(frozen=True)
class Gaps:
    """What readers knew of what they could not bring: columns that tables have not, files and rows not read.

    called: what `load` was given; nothing is told of a corpus that is not a person's own.
    without: of each table, our columns that it has not, with those of its own that may be them.
    asked: the columns that were asked for.  layouts: of each table, its columns and which were taken.
    """

    called: str = ""
    without: Mapping[str, Mapping[str, Sequence[str]]] = field(default_factory=dict)
    n_unread: Mapping[str, int] = field(default_factory=dict)
    asked: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    layouts: together.Layouts = field(default_factory=dict)

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
                have = "has" if len(lacking) == 1 else "have"
                problem = f"{len(lacking):,} of {_articles(len(articles))} {have} no {what}: {why}"
                told = self._column(lacking, column) or _cure(lacking, column)
                cure = told.replace("load(…", f"load({self.called}")
                yield {"source": name, "kind": "missing", "problem": problem, "cure": cure}
        if self.called:
            yield from _languages(articles["language"], name)

    def _column(self, sources: pd.Series, column: str) -> str | None:
        """Give the call that names the columns which may hold what articles lack; None where there are none, or where
        it would change how another table is read."""
        files = list(dict.fromkeys(filter(None, map(_table, sources))))
        may_be = {file: found[0] for file in files if (found := self.without.get(file, {}).get(column))}
        if not may_be:
            return None
        several = list(dict.fromkeys(may_be.values()))
        others = [layout for file, layout in self.layouts.items() if file not in may_be]
        fits = together.fitting({**self.asked, column: several}, others)
        if fits is None:
            return None
        listed = ", ".join(several[: places.SHOWN]) + ", …" * (len(several) > places.SHOWN)
        return f"if {listed} holds it: load(…, columns={written(fits)})"


def _articles(n: int) -> str:
    return f"{n:,} article{'s' * (n != 1)}"


def _table(source: str) -> str | None:
    """Give the file of an article that is one of many in it."""
    part = PART.fullmatch(source)
    return part["file"] if part else None


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
        why = "it is too short, or of several" if n == 1 else "they are too short, or of several"
        problem = f"of {n:,} of {_articles(len(found))} the language is not known: {why}"
        cure = "if it matters, give them a column language with news.with_columns"
        yield {"source": name, "kind": "missing", "problem": problem, "cure": cure}


def _why(sources: pd.Series, column: str, without: Mapping[str, Mapping[str, Sequence[str]]]) -> str:
    """Give why articles lack something: their table has no column for it, the cell is empty, no line tells it."""
    counted: Counter[str] = Counter()
    for source in sources:
        there = without.get(_table(source) or "")
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
    """Give what to do: what the names of folders and files offer, and how else it can be told.

    The name of a file that holds many articles tells when it was made, and not when they were published.
    """
    many = sources[sources.map(_table).notna()]

    def days(where: str) -> list[str]:
        return places.days(sources, where) if column == "published" and not places.days(many, where) else []

    offers = {
        'outlet_from="folder"': ("folders", places.outlets(sources)) if column == "outlet" else ("", []),
        'date_from="name"': ("files", days("name")),
        'date_from="folder"': ("folders", days("folder")),
    }
    for option, (which, found) in offers.items():
        if found:
            listed = ", ".join(found[: places.SHOWN]) + ", …" * (len(found) > places.SHOWN)
            whose = "outlets" if column == "outlet" else "dates"
            return f"the names of the {which} look like {whose} ({listed}); if they are: load(…, {option})"
    return "nothing, if the source tells none; else fill it in there, or with news.with_columns"
