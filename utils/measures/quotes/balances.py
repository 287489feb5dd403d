"""Balances: who speaks, how much, and with what verbs."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.layers.voices import cues
from utils.passages import english
from utils.passages.groups import Columns, listed
from utils.stats import bounds, intervals, units

ROW = ["group", "voice", "speaker", "named"]
NOTHING = {"quote": 0, "n_indirect": 0, "first": False, "last": False, "plain": False, "loaded": False}
KINDS, INDIRECT = ("direct", "partial", "indirect", "loose"), "indirect"
BALANCE = ["voice", "speaker", "named", "n_quotes", "n_words", "n_indirect", "n_articles", "n_first", "n_last",
           "n_said", "n_loaded", "share_of_words", "low", "high", "note"]  # fmt: skip
UNNAMED = " "  # in the place of a person where a speaker has none
NO_BOUNDS = pd.DataFrame({"low": [], "high": [], "note": pd.array([], dtype="str")})


def balance(
    news: Corpus,
    *,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
    quotes: pd.DataFrame | None = None,
    speakers: Sequence[str] = (),
    kinds: Sequence[str] = ("direct", "partial"),
) -> pd.DataFrame:
    """Give who speaks, how much, and with what verbs: one row a speaker, most words first.

    What counts is direct and partial quotation; indirect speech, whose words are the reporter's and which our rules
    find less surely, stands in a column of its own, and what is loose (planned to, supported) in none.
    The shares are of all words, so that what could not be attributed stays in sight: the last rows of a group
    are the quotations without a speaker, and the words that lie in none that counts, mostly the reporter's.

    Parameters
        by: None (the whole), "article", a column of articles or of `within`, or a list of these; a missing value is a
        group of its own, and the shares of a group add up to 1. With "person" among them a row is a person of the whole
        corpus, and no speaker of one article: by=["outlet", "person"] says who is quoted most, by outlet.
        within: passages to count in (default: the body).  quotes: the quotes layer (default: the corpus's own, which
        is made for English: articles in other languages are left out, with a warning).
        unit: what was sampled, as for `passages.groups`: "article", "story", a column of articles, or a Series.
        speakers: names that have a row in every group, with zeros where they are not heard.
        kinds: what counts as quotation, of direct, partial, indirect and loose.
    Returns one row a speaker (and group):
        by columns
        voice              str: speaker, unknown (a quotation, but whose?) or outside (in no quotation that counts)
        speaker            str; missing in the rows unknown and outside
        named              bool; False in those rows
        n_quotes, n_words  int; a word in a quotation inside another counts for the inner one
        n_indirect         int, words in indirect quotations, counted in n_words too only where `kinds` has these
        n_articles         int, articles with such a quotation of the speaker
        n_first, n_last    int, articles in which the first, or the last, attributed quotation is theirs
        n_said, n_loaded   int, quotations with a plain cue (said, told, according to), and with one that judges the
                           speech (claimed, insisted, admitted); other cues are in neither
        share_of_words     float 0-1, of the group's words; missing where it has none
        low, high          float 0-1, its 95 % jackknife-t interval; missing where `note` says why
        note               str, why there is no interval: fewer than ten units with words in the group, or than five in
                           which the speaker has words (or others have); of a speaker who has none, in what share of
                           such units one still could; of a group with no article in English, which has this row
                           alone, that; else ""
    All but n_indirect is of the kinds that count; who is quoted in no other way than indirectly has a row of zeros.
    By person the columns after those of `by` are
        person             str, as in `news.persons`, bodies among them; missing in the rows that are nobody's
        voice              as above, and unnamed: speakers without a name, or whose name is no person's or body's
        kind               str: person, organisation; missing where the person is
        sure               bool, False where the form may be another's; missing where the person is
    and then those above from n_quotes on.
    Raises ValueError if `by` or `unit` names no column, `kinds` holds no kind, or a list is a bare string.
    Source of the interval, of a sum of words over a sum of words: `intervals.jackknife`.
    """
    speakers = arguments.listed(speakers, "speakers", of="names")
    kinds = arguments.listed(kinds, "kinds", of="names")
    for kind in kinds:
        arguments.one_of(kind, KINDS, "a kind")
    by = listed(by)
    persons, by = "person" in by, [column for column in by if column != "person"]
    taken = [*BALANCE, "kind", "sure"] if persons else BALANCE
    groups = passages.groups(news, by, within, unit, taken=taken, missing=True)
    foreign = pd.Index([])
    if quotes is None:
        groups, foreign = english.only(news, groups, "finding who speaks")
    else:
        arguments.table(quotes, "quotes", columns=[*passages.KEYS, "kind", "speaker", "named", "cue"], of="news.quotes")
    layer = passages.checked(news.quotes if quotes is None else quotes, what="quotes")
    layer = layer[layer["kind"].isin([*kinds, INDIRECT])]
    speakers = [news.person(name) or name for name in speakers] if persons else speakers
    layer = _as_persons(layer) if persons else layer
    layer = layer.assign(article_id=pd.Categorical(layer["article_id"].astype("str"), news.articles.index))
    layer = layer[layer["article_id"].notna()].sort_values("article_id", kind="stable", ignore_index=True)
    parts = [_said(some, own, words, kinds) for some, own, words in groups.portions(layer, news.words)]
    said, words = (pd.concat(each, ignore_index=True) for each in zip(*parts, strict=True))
    rows = pd.concat([said, words, _unheard(said, words, speakers)], ignore_index=True)
    rows["voice"] = rows["voice"].mask(rows["speaker"] == UNNAMED, "unnamed")
    rows["row"] = rows.groupby(ROW, dropna=False).ngroup()
    table = rows.groupby("row").agg(
        **{name: (name, "first") for name in ROW},
        n_quotes=("quote", "sum"), n_words=("n_words", "sum"), n_indirect=("n_indirect", "sum"),
        n_articles=("article", "nunique"),
        n_first=("first", "sum"), n_last=("last", "sum"), n_said=("plain", "sum"), n_loaded=("loaded", "sum"),
    )  # fmt: skip
    table = pd.concat([table.join(_shares(rows, groups)), _foreign(foreign)], ignore_index=True)
    table["voice"] = pd.Categorical(table["voice"], ["speaker", "unnamed", "unknown", "outside"], ordered=True)
    keys = ["group", "voice", "n_words", "n_indirect", "speaker"]
    table = table.sort_values(keys, ascending=[not key.startswith("n_") for key in keys])
    table = groups.labelled(table.astype({"voice": "str", "speaker": "str", "note": "str", "named": bool}))
    return _of_persons(news, table, groups.by) if persons else table


def _foreign(foreign: pd.Index) -> pd.DataFrame:
    """Give a row without counts for each group of which nothing is left in English, its note says so."""
    counts = dict.fromkeys([name for name in BALANCE if name.startswith("n_")], 0)
    row = {"voice": "outside", "speaker": None, "named": False, **counts, "note": english.NOTE}
    return pd.DataFrame([{"group": group, **row} for group in foreign])


def _as_persons(layer: pd.DataFrame) -> pd.DataFrame:
    """Give the quotations with the person in the place of the speaker, all speakers without one as one."""
    arguments.table(layer, "quotes", columns=["person"], of="news.quotes")
    person = layer["person"].astype(object).where(layer["person"].notna() | layer["speaker"].isna(), UNNAMED)
    return layer.assign(speaker=person.astype("str"), named=layer["person"].notna())


def _of_persons(news: Corpus, table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Give a balance of persons: who each is stands first, and whether that is sure."""
    known = news.persons.set_index("person")
    person = table["speaker"].where(table["voice"] == "speaker")
    facts = {"person": person, "voice": table["voice"]} | {
        name: person.map(known[name].astype(kind)) for name, kind in (("kind", "str"), ("sure", "boolean"))
    }
    rest = table.drop(columns=["voice", "speaker", "named"])
    return pd.concat([table[[*by]], pd.DataFrame(facts), rest.drop(columns=[*by])], axis=1)


def _said(
    groups: passages.Groups, layer: pd.DataFrame, words: pd.DataFrame, kinds: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give what each quotation of some articles adds to the balance of its group, and what the words of each article
    that lie in none that counts add."""
    said = groups.rows(layer.reset_index(drop=True)).sort_values(
        ["group", "article_id", "start", "end"], ascending=[True, True, True, False], ignore_index=True
    )
    words = groups.rows(words).reset_index(drop=True)
    held = passages.inside(words, said)["outer"]
    held = held[words["group"].loc[held.index].to_numpy() == said["group"].loc[held].to_numpy()]
    held = held[~held.index.duplicated(keep="last")]
    counts, article = said["kind"].isin(kinds), ["group", "article_id"]
    attributed, n = said[said["speaker"].notna() & counts], held.value_counts().reindex(said.index, fill_value=0)
    lemmas = said["cue"].where(counts).map(cues.lemma, na_action="ignore")
    kept = said[["group", "article_id", "speaker", "named"]].assign(
        voice=np.where(said["speaker"].isna(), "unknown", "speaker"), quote=counts.astype(int),
        article=said["article_id"].where(counts),
        n_words=n.where(counts, 0), n_indirect=n.where(said["kind"] == INDIRECT, 0),
        first=said.index.isin(attributed.drop_duplicates(article).index),
        last=said.index.isin(attributed.drop_duplicates(article, keep="last").index),
        plain=lemmas.isin(cues.NEUTRAL), loaded=lemmas.isin(cues.LOADED),
    )  # fmt: skip
    rest = words.drop(held.index[counts.loc[held].to_numpy()])
    rest = rest.groupby(article, observed=True).size().rename("n_words").reset_index()
    return kept, rest.assign(voice="outside", named=False, article=rest["article_id"], **NOTHING)


def _unheard(said: pd.DataFrame, words: pd.DataFrame, speakers: Sequence[str]) -> pd.DataFrame:
    """Give a row of nothing for each of the speakers in each group that has words and none of theirs."""
    heard = said.groupby("speaker")["named"].any()
    there = set(zip(said["group"], said["speaker"], strict=True))
    lacking = [
        {"group": group, "speaker": name, "named": bool(heard.get(name, False)), "voice": "speaker", "n_words": 0}
        for group in sorted({*said["group"], *words["group"]})
        for name in dict.fromkeys(speakers)
        if (group, name) not in there
    ]
    return (
        pd.DataFrame(lacking, columns=[*ROW, "n_words"]).astype({**said.dtypes[ROW], "n_words": int}).assign(**NOTHING)
    )


def _shares(rows: pd.DataFrame, groups: passages.Groups) -> pd.DataFrame:
    """Give the share of words of each row of the balance, in its group, with its bounds."""
    ids = pd.Index(rows["article_id"].dropna().unique().astype("str"))
    whose = rows["article_id"].astype("str").map(units.complete(groups.units, ids))
    each = rows.assign(unit=whose).groupby(["group", "row", "unit"], dropna=False)["n_words"].sum().reset_index()
    each["of"] = each.groupby(["group", "unit"])["n_words"].transform("sum")
    sizes = each[each["of"] > 0].groupby(["group", "unit"])["of"].first()
    table = each.assign(some=each["n_words"] > 0, all=(each["n_words"] == each["of"]) & (each["of"] > 0)).groupby("row")
    table = table.agg(group=("group", "first"), n_words=("n_words", "sum"), some=("some", "sum"), all=("all", "sum"))
    n = table["group"].map(sizes.groupby(level=0).size()).fillna(0).astype(int)
    table["note"] = bounds.first_reason([bounds.Side(n, table["some"], n - table["all"])], 0.95, groups.unit)
    table["share_of_words"] = table["n_words"] / table["group"].map(sizes.groupby(level=0).sum())
    enough, parts = each[each["row"].map(table["note"]) == ""], [NO_BOUNDS]
    for group, own in enough.groupby("group"):
        counts = own.set_index(["unit", "row"])["n_words"]
        parts.append(intervals.jackknife(counts, sizes[group], scale="identity", possible=(0, 1), unit=groups.unit))
    known = pd.concat(parts)[["low", "high", "note"]].reindex(table.index)
    return table[["share_of_words"]].assign(
        low=known["low"], high=known["high"], note=known["note"].fillna(table["note"])
    )
