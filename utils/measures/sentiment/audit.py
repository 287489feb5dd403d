"""The audit of a lexicon on a corpus: which entries its scores rest on, and which of them mean something else here."""

import numpy as np
import pandas as pd

from utils import passages, spans
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.measures.sentiment.scores import _parts, _passages, _read, _scores
from utils.passages import Columns, english
from utils.stats import formulas, intervals

COVERAGE = ["count", "n_scored", "n_sentences", "share", "low", "high", "note"]
AUDIT = ["entry", "count", "n_articles", "n_names", "n_nouns", "polarity", "share", "low", "high", "note"]
STANDS_AS = {"PROPN": "name", "NOUN": "noun"}


def audit(
    news: Corpus,
    *,
    lexicon: Named = "textblob",
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how much of all that a lexicon scores in a corpus each entry makes up, and what it may be mistaken for.

    A list made elsewhere knows no names and no trades: the port "Fair Haven" is not fair, a "mean" is no insult among
    figures. So names and plain nouns are pointed out, by the layer of tags; it is a hint to read the passages and no
    verdict. `passages.evidence(news, table, sentiment.scored_words(news, lexicon=…), on="entry")` opens them.

    Parameters
        lexicon, within: as for `scored_words`.
        by: None, "article", columns of articles or of `within`, or a list of these; rows without a value are left out.
        unit: what was sampled, as for `tone`. It alters the interval alone.
    Returns one row an entry (and group), those first that weigh most:
        by columns
        entry        str
        count        int, passages
        n_articles   int, articles that have it
        n_names      int, passages in which it stands as a proper noun
        n_nouns      int, passages in which it stands as any other noun
        polarity     float, their mean polarity
        share        float 0-1, its part of the absolute polarity of all scored words; missing where all of it is 0
        low, high    float, its 95 % jackknife-t interval; missing where `note` says why
        note         str, why there is none: fewer than ten units with a scored word, or than five that have the
                     entry, or nothing but scores of 0; else ""
    In how many of the sentences there is a scored word at all is told by `coverage`.
    Raises ValueError if `by` or `unit` names no column, or the lexicon is unknown.
    """
    groups, _ = _read(news, passages.groups(news, by, within, unit, taken=AUDIT), lexicon)
    parts = _parts(news, "sentence", groups.stretches)
    scored = _passages(news, parts, lexicon)
    if scored.empty:
        return groups.labelled(_empty())
    of = parts.drop_duplicates("unit").set_index("unit")["group"]
    scored = scored.assign(group=scored["unit"].map(of), size=scored["polarity"].abs(), tag=tags(news, scored))
    table = pd.concat([_of_group(own, groups).assign(group=number) for number, own in scored.groupby("group")])
    return groups.labelled(table[["group", *AUDIT]])


def _of_group(scored: pd.DataFrame, groups: passages.Groups) -> pd.DataFrame:
    """Give the rows of one group."""
    scored = scored.assign(unit=groups.whose(scored["article_id"]))
    table = scored.groupby("entry").agg(
        count=("start", "size"),
        n_articles=("article_id", "nunique"),
        n_names=("tag", lambda tag: int((tag == "name").sum())),
        n_nouns=("tag", lambda tag: int((tag == "noun").sum())),
        polarity=("polarity", "mean"),
        size=("size", "sum"),
    )
    table["share"] = table["size"] / (table["size"].sum() or np.nan)
    sizes = scored.groupby("unit")["size"].sum()
    each = scored[scored["unit"].map(sizes) > 0].groupby(["unit", "entry"])["size"].sum()
    bounds = intervals.jackknife(
        each, sizes[sizes > 0], scale="identity", possible=(0, 1), unit=f"scored {groups.unit}"
    )
    table = table.join(bounds[["low", "high", "note"]]).reset_index()
    return table.fillna({"note": "nothing scores but 0"}).sort_values(
        ["size", "entry"], ascending=[False, True], ignore_index=True
    )


def _empty() -> pd.DataFrame:
    kinds = dict.fromkeys(AUDIT, "float") | dict.fromkeys(["entry", "note"], "str")
    kinds |= dict.fromkeys(["count", "n_articles", "n_names", "n_nouns", "group"], "int")
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})


def coverage(
    news: Corpus,
    *,
    lexicon: Named = "textblob",
    by: Columns = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give in how many of the sentences a lexicon knows a word at all: of the others a tone says nothing.

    Parameters as for `audit`; rows without a value in `by` are left out.
    Returns one row a group:
        by columns
        count         int, scored words
        n_scored      int, sentences with one
        n_sentences   int, sentences that hold a word
        share         float 0-1; missing where there is no sentence
        low, high     float, its 95 % jackknife-t interval; missing where `note` says why
        note          str, why there is none: fewer than ten units, or than five with a scored sentence; values that are
                      all alike; articles in another language; else ""
    Raises ValueError as `audit` does.
    """
    groups, foreign = _read(news, passages.groups(news, by, within, unit, taken=COVERAGE), lexicon)
    sentences = _scores(news, _parts(news, "sentence", groups.stretches), lexicon)
    rows = sentences.assign(
        unit=groups.whose(sentences["article_id"]), n_scored=sentences["polarity"].notna().astype(int), n_sentences=1
    )
    each = rows.groupby(["group", "unit"])[["count", "n_scored", "n_sentences"]].sum().reset_index()
    table = each.groupby("group")[["count", "n_scored", "n_sentences"]].sum()
    found = formulas.jackknife(
        lambda sums: sums["n_scored"] / sums["n_sentences"],
        each[["n_scored", "n_sentences"]],
        each["group"],
        carries=each["n_scored"] > 0,
        possible=(0, 1),
        unit=groups.unit,
    )
    table = table.join(found.rename(columns={"value": "share"})).reindex(groups.keys.index)
    table[COVERAGE[:3]] = table[COVERAGE[:3]].fillna(0).astype(int)
    table["note"] = table["note"].fillna("no sentence").mask(table.index.isin(foreign), english.NOTE)
    return groups.labelled(table[COVERAGE].rename_axis("group").reset_index())


def tags(news: Corpus, scored: pd.DataFrame) -> pd.Series:
    """Give what the last word of each passage stands as, by the layer of tags: "name", "noun", or "" for all else."""
    tagged = news.layer("tags")
    holder = spans.holder(scored.assign(start=scored["end"] - 1), tagged)
    pos = np.array([*tagged["pos"].astype(object), None], object)[holder]
    return pd.Series([STANDS_AS.get(one, "") for one in pos], scored.index, dtype="str")
