"""What the table of mentions tells: who speaks, one row a person, and what a list of a person's own makes of it."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd

from utils import spans
from utils.layers.voices.columns import Numbers, keys, occurring
from utils.layers.voices.mentions import calls, spelt
from utils.layers.voices.whose import Row

COLUMNS = ["article_id", "start", "end", "form", "person", "kind", "sure"]
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
    known, asked = persons["article_id"].cat.categories, np.flatnonzero(quotes["named"])
    names, article = quotes["speaker"].iloc[asked], spans.numbers(quotes["article_id"].iloc[asked], known)
    name, known = pd.factorize(names)
    spelled = known.tolist()
    start, end = (quotes[f"speaker_{each}"].iloc[asked].fillna(-1).to_numpy(np.int64) for each in ("start", "end"))
    words = Numbers()
    last = np.array([words.add(bare(each).split()[-1]) for each in spelled], np.int32)[name]
    inside, own = _inside(persons, article, start, end, last, words)
    rest = np.flatnonzero(own < 0)
    own[rest] = _by_name(persons, article[rest], name[rest], spelled)
    owned = np.array([bool(OWNED.search(each)) for each in spelled], bool)[name]
    found = np.full(len(quotes), -1)
    found[asked] = np.where((own < 0) & ~owned, inside, own)
    table = persons[["person", "kind", "sure"]].astype({"sure": "boolean"})
    columns = {each: column.array.take(found, allow_fill=True) for each, column in table.items()}
    return pd.DataFrame(columns, quotes.index)


def _inside(
    persons: pd.DataFrame, article: np.ndarray, start: np.ndarray, end: np.ndarray, last: np.ndarray, words: Numbers
) -> tuple[np.ndarray, np.ndarray]:
    """Give the last name in each mention of a speaker, and the last with that last word: places in persons, or -1."""
    form, forms = pd.factorize(persons["form"])
    word = np.array([words.add(bare(each).split()[-1]) for each in forms.tolist()], np.int32)
    begins, ends = keys(spans.codes_of(persons["article_id"]), persons["start"]), persons["end"].to_numpy()
    held = article >= 0
    first, behind = np.searchsorted(begins, keys(article, start)), np.searchsorted(begins, keys(article, end), "right")
    inside, own = np.full((2, len(article)), -1)
    for back in range(1, int((behind - first)[held].max(initial=0)) + 1):
        rows = np.flatnonzero(held & (behind - back >= first) & (own < 0))
        at = behind[rows] - back
        rows, at = rows[ends[at] <= end[rows]], at[ends[at] <= end[rows]]
        inside[rows] = np.where(inside[rows] < 0, at, inside[rows])
        same = word[form[at]] == last[rows]
        own[rows[same]] = at[same]
    return inside, own


def _by_name(persons: pd.DataFrame, article: np.ndarray, name: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """Give whom a speaker's fullest name means in an article, or what is left of it without its first words: a place in
    persons, -1 where that is nobody or several."""
    ends = {each: _ends(names[each]) for each in occurring(name).tolist()}
    texts = Numbers(dict.fromkeys(chain.from_iterable(ends.values())))
    (form, forms), (person, known) = pd.factorize(persons["form"]), pd.factorize(persons["person"])
    text = np.array([texts.get(bare(each)) for each in forms.tolist()], np.int32)[form]
    full = np.array([texts.get(each) for each in known.tolist()], np.int32)[person]
    sure = persons["sure"].to_numpy()
    by_form, by_person = np.flatnonzero(text >= 0), np.flatnonzero((full >= 0) & sure)
    row = np.concatenate([by_form, by_person])
    place = keys(spans.codes_of(persons["article_id"])[row], np.concatenate([text[by_form], full[by_person]]))
    whom = (4 * person + 2 * (persons["kind"] == "person").to_numpy() + sure)[row]
    order = np.lexsort([whom, place])
    fresh = order[np.diff(place[order], prepend=-1).astype(bool) | np.diff(whom[order], prepend=-1).astype(bool)]
    told, first, n = np.unique(place[fresh], return_index=True, return_counts=True)
    told, row = told[n == 1], row[fresh][first[n == 1]]
    numbers = np.full((max(map(len, ends.values()), default=0), len(names)), -1)
    for each, own in ends.items():
        numbers[: len(own), each] = [*map(texts.get, own)]
    found = np.full(len(article), -1)
    for number in numbers:
        asked = np.flatnonzero(found < 0)
        wanted = keys(article[asked], number[name[asked]])
        held = np.minimum(np.searchsorted(told, wanted), len(told) - 1)
        right = told[held] == wanted if len(told) else np.zeros(len(asked), bool)
        found[asked[right]] = row[held[right]]
    return found


def _ends(name: str) -> list[str]:
    """Give a name, and what is left of it without its first words, two words at least."""
    words = name.split()
    words = [*words[:-1], spelt(words[-1])]
    return [" ".join(words[at:]) for at in range(max(1, len(words) - 1))]


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


def frame(rows: Sequence[Row], ids: pd.Index) -> pd.DataFrame:
    """Give the rows as a table with its types."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    codes = table["article_id"].astype(np.int32)
    table["article_id"] = pd.Categorical.from_codes(codes, categories=pd.Index(ids, dtype="str"))
    texts = dict.fromkeys(["form", "person", "kind"], "str")
    return table.astype({"start": "int32", "end": "int32", "sure": bool} | texts)
