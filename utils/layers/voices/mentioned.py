"""What the table of mentions tells: who speaks, one row a person, and what a list of a person's own makes of it."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter

import numpy as np
import pandas as pd

from utils.layers.voices.mentions import calls, spelt
from utils.layers.voices.whose import Row

COLUMNS = ["article_id", "start", "end", "form", "person", "kind", "sure"]
NOBODY = (None, None, None)
OWNED = re.compile(r"['’]s? ")  # Marrow’s office is not Marrow


@lru_cache(1 << 16)
def bare(form: str) -> str:
    """Give a form without the titles before it."""
    words = form.split()
    words = [*words[:-1], spelt(words[-1])] if words else []
    while len(words) > 1 and calls(words[0]):
        words = words[1:]
    return " ".join(words)


def speakers(quotes: pd.DataFrame, persons: pd.DataFrame) -> pd.DataFrame:
    """Give who speaks in each row of quotes, over the corpus: the columns person, kind and sure, with its index.

    Where the mention of the speaker holds a name, that is whom this means; else ("she", "the mayor") whom the fullest
    name in the article means there. All are missing where the speaker has no name or is nobody.
    """
    by_article: dict[str, list[tuple]] = defaultdict(list)
    for article, *row in zip(
        persons["article_id"].astype(object), *(persons[column] for column in COLUMNS[1:]), strict=True
    ):
        by_article[article].append(tuple(row))
    rows, known = [], {article: _by_form(many) for article, many in by_article.items()}
    columns = [quotes["article_id"].astype(object), quotes["speaker"], quotes["speaker_start"], quotes["speaker_end"]]
    for article, name, start, end, named in zip(*columns, quotes["named"], strict=True):
        many = by_article.get(article) if named else None
        rows.append(_speaker(many, known[article], name, start, end) if many else NOBODY)
    table = pd.DataFrame(rows, quotes.index, columns=["person", "kind", "sure"])
    return table.astype({"person": "str", "kind": "str", "sure": "boolean"})


def _speaker(many: Sequence[tuple], known: Mapping[str, tuple], name: str, start: float, end: float) -> tuple:
    """Give who speaks at a place, by the mentions of the article and by the speaker's fullest name."""
    first = bisect_left(many, start, key=itemgetter(0))
    inside = [row for row in many[first : bisect_right(many, end, key=itemgetter(0))] if row[1] <= end]
    last = bare(name).split()[-1]
    own = [row for row in inside if bare(row[2]).split()[-1] == last]
    found = own[-1][3:] if own else _by_name(known, name)
    return inside[-1][3:] if found is NOBODY and inside and not OWNED.search(name) else found


def _by_name(known: Mapping[str, tuple], name: str) -> tuple:
    """Give whom a speaker's fullest name means in an article, or what is left of it without its first words."""
    words = name.split()
    words = [*words[:-1], spelt(words[-1])]
    ends = (" ".join(words[at:]) for at in range(max(1, len(words) - 1)))
    return next((known[end] for end in ends if end in known), NOBODY)


def as_told(persons: pd.DataFrame, told: Mapping[str, str], raws: pd.Series, segments: pd.DataFrame) -> pd.DataFrame:
    """Give the mentions as a person's own list of forms has them: form to person, an empty text for nobody.

    A form in the list means whom the list says, wherever it stands, with a title too unless that is listed itself; one
    that our rules take for no name is looked for letter by letter in the bodies. Where the list names a person by one
    of the forms that were joined, the other ones follow.
    """
    if not told:
        return persons
    names = persons["form"].map({form: bare(form) for form in persons["form"].unique()})
    listed = persons["form"].where(persons["form"].isin([*told]), names)
    named = {name for name in told.values() if name}
    renamed = persons[names.isin(named) & persons["sure"] & ~listed.isin([*told])]
    new = dict(zip(renamed["person"], names[renamed.index], strict=True))
    person = listed.map(told).where(listed.isin([*told]), persons["person"].replace(new))
    set_by = listed.isin([*told])
    table = persons.assign(person=person, kind=persons["kind"].where(~set_by, "person"), sure=persons["sure"] | set_by)
    unseen = [form for form in told if not (listed == form).any()]
    table = pd.concat([table[person != ""], _as_written(raws, segments, {form: told[form] for form in unseen})])
    return table.sort_values(["article_id", "start", "end"], kind="stable", ignore_index=True)


def _as_written(raws: pd.Series, segments: pd.DataFrame, told: Mapping[str, str]) -> pd.DataFrame:
    """Give where forms stand in bodies, letter by letter, as whole words."""
    codes, rows = {name: code for code, name in enumerate(raws.index)}, []
    body = segments[segments["kind"] == "body"]
    for name, begin, stop in zip(body["article_id"].astype(object), body["start"], body["end"], strict=True):
        raw = raws[name]
        for form in (form for form, person in told.items() if person):
            at = raw.find(form, begin, stop)
            while at >= 0:
                end = at + len(form)
                if not raw[at - 1 : at].isalnum() and not raw[end : end + 1].isalnum():
                    rows.append(Row(codes[name], at, end, form, told[form], "person", True))
                at = raw.find(form, end, stop)
    return frame(rows, raws.index)


def meant(mentions: pd.DataFrame, name: str) -> str | None:
    """Give the person whom a name means, by the fullest form or by one that is surely theirs; None if not just one."""
    for rows in (mentions, mentions[mentions["sure"]]):
        column = "person" if rows is mentions else "form"
        known = rows.loc[rows[column].astype(object) == name, ["person", "sure"]].drop_duplicates()
        if len(known) == 1 and known["sure"].iloc[0]:
            return str(known["person"].iloc[0])
    return None


def table(mentions: pd.DataFrame) -> pd.DataFrame:
    """Give the persons of a table of mentions, one row each: see `Corpus.persons`."""
    forms = mentions.groupby(["person", "form"], observed=True).size().rename("n").reset_index()
    forms = forms.sort_values(["person", "n", "form"], ascending=[True, False, True])
    found = mentions.groupby("person", observed=True).agg(
        kind=("kind", "first"),
        n_articles=("article_id", "nunique"),
        n_mentions=("start", "size"),
        sure=("sure", "all"),
    )
    found["forms"] = forms.groupby("person")["form"].agg("; ".join).astype("str")
    found = found.reset_index().astype({"person": "str", "kind": "str", "sure": bool})
    found = found.sort_values(["n_articles", "n_mentions", "person"], ascending=[False, False, True], ignore_index=True)
    return found[["person", "kind", "forms", "n_articles", "n_mentions", "sure"]]


def _by_form(rows: Iterable[tuple]) -> dict[str, tuple]:
    """Give whom each form and each fullest form means in an article, where that is one."""
    found: dict[str, set[tuple]] = defaultdict(set)
    for *_, form, person, kind, sure in rows:
        found[bare(form)].add((person, kind, sure))
        if sure:
            found[person].add((person, kind, sure))
    return {form: whose.pop() for form, whose in found.items() if len(whose) == 1}


def frame(rows: Sequence[Row], ids: pd.Index) -> pd.DataFrame:
    """Give the rows as a table with its types."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    codes = table["article_id"].astype(np.int32)
    table["article_id"] = pd.Categorical.from_codes(codes, categories=pd.Index(ids, dtype="str"))
    texts = dict.fromkeys(["form", "person", "kind"], "str")
    return table.astype({"start": "int32", "end": "int32", "sure": bool} | texts)
