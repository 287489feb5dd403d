"""Who speaks, how much, and with what verbs: the balance of a corpus's sources, and how far to trust it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from utils import arguments, passages, spans
from utils.corpus.corpus import Corpus
from utils.layers.voices import cues, measured
from utils.layers.voices.names import BODIES
from utils.passages import english
from utils.passages.groups import Columns, listed
from utils.stats import bounds, intervals, units

SAME_PLACE, SAME_MENTION = 0.8, 0.5  # the least intersection over union of two quotations, of two mentions
ROW = ["group", "voice", "speaker", "named"]
NOTHING = {"quote": 0, "n_indirect": 0, "first": False, "last": False, "plain": False, "loaded": False}
KINDS, INDIRECT = ("direct", "partial", "indirect", "loose"), "indirect"
BALANCE = ["voice", "speaker", "named", "n_quotes", "n_words", "n_indirect", "n_articles", "n_first", "n_last",
           "n_said", "n_loaded", "share_of_words", "low", "high", "note"]  # fmt: skip
SORTS = ("name", "he", "she", "they", "office", "organisation", "unnamed")
PRONOUNS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "they": "they",
    "them": "they",
    "their": "they",
}
UNNAMED = " "  # in the place of a person where a speaker has none
NO_BOUNDS = pd.DataFrame({"low": [], "high": [], "note": pd.array([], dtype="str")})
VERDICTS = ("right", "other speaker", "no such quotation", "missed")


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
    said, words = _said(news, _as_persons(layer) if persons else layer, groups, kinds)
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
    news: Corpus, layer: pd.DataFrame, groups: passages.Groups, kinds: Sequence[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give what each quotation adds to the balance of its group, and what the words of each article that lie in none
    that counts add."""
    said = groups.rows(layer.reset_index(drop=True)).sort_values(
        ["group", "article_id", "start", "end"], ascending=[True, True, True, False], ignore_index=True
    )
    words = groups.rows(news.words).reset_index(drop=True)
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


def compared(news: Corpus, truth: pd.DataFrame, *, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the direct quotations of the layer and of a key, one row each, with what became of it.

    Two are the same if the characters they share are at least .8 of those that either has; a speaker is right if
    the two mentions share at least .5. A quotation inside another is left out on both sides.

    Parameters
        truth: the key, with the layer's columns and `nested`.  quotes: the layer (default: the corpus's own).
    Returns passages (as the layer has them; as the key has them where missed), with
        verdict   str: right; other speaker (than the key's, or none); no such quotation; missed
        asked     bool, whether it was found and the key has a mention of its speaker
        speaker   str, whom the layer gives it to; missing where that is nobody
        meant     str, the name that the key gives it to; missing where it was not found or the key has no name
    The verdict is on the mention: "she" is right where the key has "she", whoever we took her to be. Whether the
    words reached their speaker is told by `speaker` and `meant`.
    """
    ours = passages.checked(news.quotes if quotes is None else quotes, what="quotes")
    ours = _placed(ours[~_nested(ours)])
    columns = [*passages.KEYS, "speaker_start", "speaker_end", "speaker", "named", "nested"]
    arguments.table(truth, "truth", columns=columns, of='answer_key(news, "quotes")')
    gold = _placed(passages.checked(truth, what="truth")[~truth["nested"].astype(bool)])
    pairs = ours.reset_index().merge(gold.reset_index(), on="article_id", suffixes=("", "_key"))
    pairs = pairs[_shared(pairs, "start", "end") >= SAME_PLACE].sort_values(["article_id", "start"])
    pairs = pairs.drop_duplicates("index").drop_duplicates("index_key").set_index("index")
    asked = pairs["speaker_start_key"].notna().reindex(ours.index, fill_value=False)
    same = _shared(pairs, "speaker_start", "speaker_end").ge(SAME_MENTION).reindex(ours.index, fill_value=False)
    found = ours.index.isin(pairs.index)
    verdict = np.select([~found, asked & ~same], [VERDICTS[2], VERDICTS[1]], VERDICTS[0])
    meant = pairs["speaker_key"].where(pairs["named_key"].astype(bool)).reindex(ours.index)
    missed = gold[~gold.index.isin(pairs["index_key"])].assign(verdict=VERDICTS[3], asked=False, speaker=None)
    rows = pd.concat([ours.assign(verdict=verdict, asked=asked, meant=meant), missed])
    rows = rows.astype({"speaker": "str", "meant": "str"})[[*passages.KEYS, "verdict", "asked", "speaker", "meant"]]
    return rows.sort_values(passages.KEYS, ignore_index=True)


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the direct quotations, their speakers and the places of both, numbered anew."""
    columns = [*passages.KEYS, "speaker_start", "speaker_end", "speaker", "named"]
    rows = table.loc[table["kind"] == "direct", columns]
    return rows.astype({"article_id": "str"}).reset_index(drop=True)


def _nested(table: pd.DataFrame) -> pd.Series:
    """Say which rows lie inside a wider row of the table."""
    width = table["end"] - table["start"]
    pairs = passages.inside(table, table)
    wider = width.loc[pairs["outer"]].to_numpy() > width.loc[pairs.index].to_numpy()
    return pd.Series(table.index.isin(pairs.index[wider]), table.index)


def _shared(pairs: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Give the intersection over union of two stretches of a pair; missing where one is."""
    return spans.overlap((pairs[start], pairs[end]), (pairs[f"{start}_key"], pairs[f"{end}_key"]))


def scores(news: Corpus, truth: pd.DataFrame, *, seed: int, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how good the extractor is, measured on a key: one row a measure, with its interval over stories.

    The stories are drawn, not the articles: a text that three papers print is one chance to be right or wrong.

    Returns one row a measure:
        precision   of the quotations found, those in the key
        recall      of the quotations in the key, those found
        F1          the harmonic mean of the two
        speaker     of those found, those whose mention of the speaker ("Vask", "the convener", "she") is the key's
        name        of those found to whose speaker the key gives a name, those credited with that very name, letter
                    for letter; a balance of speakers is only as good as this
    with
        n_right, n_of      int, the counts of the share (for F1: twice the quotations right, of both tables together)
        share, low, high   float 0-1; low and high by a bootstrap over stories, missing where `note` says why
        note               str, why there is no interval: fewer than ten stories that count in the share, or than five
                           with something right or with something wrong; where nothing is wrong (or right) in any,
                           in what share of such stories it still could be; else ""
    Rows and conditions as in `compared`.
    """
    rows = compared(news, truth, quotes=quotes)
    verdict = rows["verdict"]
    found, hit = verdict != "missed", verdict.isin(VERDICTS[:2])
    known = hit | ~found
    pairs = {
        "precision": (hit, found), "recall": (hit, known), "F1": (2 * hit, 1 * found + known),
        "speaker": (rows["asked"] & (verdict == "right"), rows["asked"]),
        "name": (rows["speaker"] == rows["meant"], rows["meant"].notna()),
    }  # fmt: skip
    own = {name: pd.DataFrame({"right": one, "of": of}).astype(int) for name, (one, of) in pairs.items()}
    counts = pd.concat(own, axis=1).groupby(rows["article_id"]).sum().reindex(news.articles.index, fill_value=0)
    right, of = counts.xs("right", axis=1, level=1), counts.xs("of", axis=1, level=1)

    def shares(weights: np.ndarray) -> pd.Series:
        return (weights @ right) / (weights @ of).replace(0, np.nan)

    story = news.copies.set_index("article_id")["story"].reindex(news.articles.index)
    table = intervals.bootstrap(shares, story, shares=right / of.where(of > 0), seed=seed, unit="story")
    table = table.rename(columns={"estimate": "share"}).assign(n_right=right.sum(), n_of=of.sum())
    return table[["n_right", "n_of", "share", "low", "high", "note"]]


def precision(news: Corpus | None = None, truth: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how far each kind of quotation and of speaker can be trusted, measured on a key and on real news.

    Words are counted, as a balance counts them; a word in a quotation inside another is the inner one's. Where kinds
    of speakers are found unequally well, a balance leans toward those found best.

    Parameters
        news, truth: a corpus and its key, as `answer_key(news, "quotes")` gives it (default: real news alone).
    Returns one row a corpus and kind:
        corpus      str: the name of `news`, where there is a key; and the real news that was measured before
        of          str, the kind of quotation (direct, partial, indirect, loose), or of the mention of the speaker: a
                    name, he, she, they, an office (the convener) given a name, an organisation, or unnamed
        n_words     int, words that we take for quoted so; missing for real news
        precision   float 0-1, share of these that are quoted in the key
        recall      float 0-1, share of the words that the key has as this kind which we take for quoted, loose ones
                    not; missing for speakers
        speaker     float 0-1, share of the words quoted in both whose speaker has the key's name, letter for letter
        source      str: "counted here", or what was measured before, and how
    On PolNeAR (Newell, Margolin & Ruths 2018), the speaker of dev is right where the mention is that which people
    marked, whoever "she" was taken to be; recall is that of the words between marks and of those in none.
    """
    columns = ["corpus", "of", "precision", "recall", "speaker"]
    known = pd.DataFrame(measured.MEASURED, columns=columns).assign(n_words=pd.NA)
    known["source"] = known["corpus"].map(measured.SOURCES)
    rows = [known] if news is None or truth is None else [_by_kind(news, truth), known]
    table = pd.concat(rows, ignore_index=True).astype(
        {"n_words": "Int64", "corpus": "str", "of": "str", "source": "str"}
    )
    return table.astype(dict.fromkeys(columns[2:], float))[[*columns[:2], "n_words", *columns[2:], "source"]]


def _by_kind(news: Corpus, truth: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `precision` that are counted in a corpus with a key."""
    columns = [*passages.KEYS, "kind", "speaker"]
    arguments.table(truth, "truth", columns=columns, of='answer_key(news, "quotes")')
    ours = passages.checked(news.quotes, what="quotes")
    ours = ours.assign(sort=[_sort(news, row) for row in ours.itertuples()])
    words = passages.inside(news.words, news.body).drop(columns="outer")
    own, key = (_held(words, rows) for rows in (ours, passages.checked(truth, what="truth")))
    both = own.add_suffix("_own").join(key.add_suffix("_key"))
    quoted, found = both["kind_key"].notna(), both["kind_own"].notna() & (both["kind_own"] != "loose")
    same = both["speaker_own"].eq(both["speaker_key"])
    rows = []
    for column, kinds in (("kind_own", KINDS), ("sort_own", SORTS)):
        for kind in kinds:
            held = both[column].eq(kind) & (found if column == "sort_own" else True)
            meant = both["kind_key"].eq(kind)
            rows.append({"of": kind, "n_words": int(held.sum()), "precision": quoted[held].mean(),
                         "recall": found[meant].mean(), "speaker": same[held & quoted].mean()})  # fmt: skip
    return pd.DataFrame(rows).assign(corpus=news.name, source="counted here")


def _held(words: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Give for each word the kind, the speaker (and the sort of mention) of the innermost quotation that holds it."""
    rows = rows.sort_values(["article_id", "start", "end"], ascending=[True, True, False], ignore_index=True)
    outer = passages.inside(words, rows)["outer"]
    outer = outer[~outer.index.duplicated(keep="last")]
    held = rows.reindex(columns=["kind", "speaker", "sort"]).loc[outer].set_axis(outer.index)
    return held.reindex(words.index)


def _sort(news: Corpus, row: Any) -> str | None:
    """Give what kind of mention names a speaker; None where there is none."""
    if row.speaker_start != row.speaker_start:
        return None
    mention = news.articles.at[str(row.article_id), "raw"][int(row.speaker_start) : int(row.speaker_end)]
    low = mention.lower()
    if low in PRONOUNS or not isinstance(row.speaker, str):
        return PRONOUNS.get(low)
    if not row.named:
        return "unnamed"
    if row.speaker.split()[-1].lower() in BODIES:
        return "organisation"
    named = any(word[:1].isupper() for word in mention.split()[mention[:1].isupper() and low.startswith("the ") :])
    return "name" if named else "office"
