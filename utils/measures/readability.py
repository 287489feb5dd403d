"""Readability: four formulas over the length of words and sentences, made for English prose.

They measure length, nothing else: a text of short words can be hard, and a list of short sentences is no better read.

Syllables, by rule: one for each run of vowels (a e i o u y); a final e, es or ed is silent, but not after a consonant
and l (table), nor ed after t or d (wanted), nor es after a hissing sound (houses); at least one a word, and one for
each digit of a number.
"""

import re

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.passages import english
from utils.passages.groups import Columns
from utils.passages.sides import SIDES, Side, passages_of
from utils.stats import formulas, units

COUNTS = ["n_words", "n_sentences", "n_syllables", "n_letters", "n_long_words"]
LEAST = 100  # words below which a formula says nothing
VOWELS = re.compile(r"[aeiouyàâäáãéèêëíîïóôöõúûü]+")
SILENT = re.compile(r"(?:(?<![lr])(?<=[^aeiouy])e|(?<=[aeiouyr])[lr]e|(?<=[^aeiouytd])ed|(?<=[^aeiouycgsxz])es)$")
FORMULAS = {
    "flesch": lambda c: 206.835 - 1.015 * c["n_words"] / c["n_sentences"] - 84.6 * c["n_syllables"] / c["n_words"],
    "flesch_kincaid": lambda c: 0.39 * c["n_words"] / c["n_sentences"] + 11.8 * c["n_syllables"] / c["n_words"] - 15.59,
    "coleman_liau": lambda c: 5.88 * c["n_letters"] / c["n_words"] - 29.6 * c["n_sentences"] / c["n_words"] - 15.8,
    "smog": lambda c: 1.0430 * np.sqrt(30 * c["n_long_words"] / c["n_sentences"]) + 3.1291,
}

POSSIBLE = {  # a sentence has a word, a word a syllable and a letter
    "flesch": (-np.inf, 206.835 - 1.015 - 84.6),
    "flesch_kincaid": (0.39 + 11.8 - 15.59, np.inf),
    "coleman_liau": (5.88 - 29.6 - 15.8, np.inf),
    "smog": (3.1291, np.inf),
}


def syllables(term: str) -> int:
    """Give the number of syllables of a term by the rule at the head of this module."""
    word = re.sub(r"'\w*$", "", term)
    digits = sum(letter.isdigit() for letter in word)
    return max(1, digits + len(VOWELS.findall(SILENT.sub("", word))))


def readability(
    news: Corpus,
    *,
    index: str = "flesch",
    by: Columns = "article",
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how easy or hard each article is to read by one of four formulas, with what it is made of and an interval.

    Parameters
        index: "flesch" (about 0-100, high is easy); "flesch_kincaid", "coleman_liau", "smog" (school years).
        by: "article", None (the whole), a column of articles or of `within`, or a list: the words and sentences of a
        group are taken together, and articles without a value there are left out.
        within: passages to read (default: the body); sentences count where they lie wholly inside.
        unit: what was sampled, as for `passages.groups`: "article", "story", a column of articles, or a Series.
    Returns one row an article or group:
        article_id or the by columns
        n_words, n_sentences, n_syllables, n_letters, n_long_words   int; long words have three syllables or more
        score       float; missing under 100 words or without a sentence
        low, high   float, 95 % jackknife-t interval, within what the formula can give; missing where `note` says why.
                    A group's leaves out one unit at a time, a single article's one sentence: it tells how far the
                    score leans on single sentences, and is too narrow for more, as neighbours are alike
        note        str, why there is no score, or no interval: fewer than ten units (of a single article: sentences),
                    or scores that are all alike whichever is left out; else ""
    Articles in other languages are left out, with a warning: they have no words here.
    Raises ValueError if there is no such index, column or unit.
    Source: Flesch (1948); Kincaid et al. (1975); Coleman & Liau (1975); McLaughlin (1969). Of the interval, for the
    formula of the sums: `formulas.jackknife`.
    """
    arguments.one_of(index, FORMULAS, "index")
    asked = passages.groups(news, by, within, unit, taken=[*COUNTS, "score", "low", "high", "note"])
    groups, foreign = english.only(news, asked, "readability")
    each, called = _lengths(news, groups), "sentence" if "article_id" in groups.by else groups.unit
    table = each.groupby("group")[COUNTS].sum().reindex(groups.keys.index, fill_value=0)
    enough = (table["n_words"] >= LEAST) & (table["n_sentences"] > 0)
    sampled = each if called == "sentence" else _by_unit(each, groups)
    sampled = sampled[enough[sampled["group"]].to_numpy()]
    found = formulas.jackknife(
        FORMULAS[index], sampled[COUNTS], sampled["group"], possible=POSSIBLE[index], unit=called
    ).reindex(table.index)
    none = pd.Series("no whole sentence", table.index).mask(table["n_words"] < LEAST, f"under {LEAST} words")
    none = none.mask(none.index.isin(foreign), english.NOTE)
    table = table.assign(score=found["value"], low=found["low"], high=found["high"], note=found["note"].fillna(none))
    return groups.labelled(table.astype({"note": "str"}).rename_axis("group").reset_index())


def difference(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    index: str = "flesch",
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
    n: int = 2000,
    seed: int = 2025,
) -> pd.DataFrame:
    """Give by how much one side is easier or harder to read than another, by one of four formulas.

    Parameters
        target, reference: True or False for each article, a column and its value, such as {"outlet": "The Low Post"},
        or a table of passages; without a reference it is the rest of what is read.
        index: as for `readability`.  within: passages to read (default: the body; a side of passages is read as it is).
        unit: what was sampled, as for `readability`. A unit with words on both sides leaves both at once.
        n, seed: of the shuffles of units that p is from.
    Returns one row; where it says SIDE, one column for each side:
        n_articles_SIDE, n_words_SIDE, n_sentences_SIDE   int
        score_SIDE   float, of all words and sentences of the side; missing under 100 words or without a sentence
        difference   float, target less reference
        low, high    float, its 95 % jackknife-t interval; missing where `note` says why
        p            float, 0-1: how often sides drawn by lot from the units differ at least as much
        note         str, why there is no score on a side, or no interval: fewer than ten units; else ""
    Articles in other languages are left out, with a warning.
    Raises ValueError if there is no such index, a side is none, or the sides have passages in common.
    Source: `formulas.difference`.
    """
    arguments.one_of(index, FORMULAS, "index")
    both = passages_of(news, target, reference, within)
    rows = pd.concat([own[passages.KEYS].assign(side=side) for side, own in both.items()], ignore_index=True)
    groups, _ = english.only(news, passages.groups(news, "side", rows, unit), "readability")
    each, number = _lengths(news, groups), {side: at for at, side in groups.keys["side"].items()}
    on = {side: each[each["group"] == number.get(side, -1)] for side in SIDES}
    sums = {side: own[COUNTS].sum() for side, own in on.items()}
    read = {side: own.groupby("article_id", observed=True)["n_words"].sum().gt(0).sum() for side, own in on.items()}
    row: dict[str, object] = {f"n_articles_{side}": int(read[side]) for side in SIDES}
    row |= {f"{name}_{side}": int(sums[side][name]) for name in ("n_words", "n_sentences") for side in SIDES}
    units_of = {side: _by_unit(own, groups).set_index("unit")[COUNTS] for side, own in on.items()}
    found = formulas.difference(
        FORMULAS[index], *units_of.values(), possible=POSSIBLE[index], unit=groups.unit, n=n, seed=seed
    )
    for side in reversed(SIDES):
        enough = sums[side]["n_words"] >= LEAST and sums[side]["n_sentences"] > 0
        row[f"score_{side}"] = found[f"value_{side}"] if enough else np.nan
        if not enough:
            why = "no whole sentence" if sums[side]["n_words"] >= LEAST else f"under {LEAST} words"
            found |= dict.fromkeys(["difference", "low", "high", "p"], np.nan) | {"note": f"{why} on the {side}"}
    row |= {name: found[name] for name in ("difference", "low", "high", "p", "note")}
    return pd.DataFrame([row]).astype({"note": "str"})


def _by_unit(each: pd.DataFrame, groups: passages.Groups) -> pd.DataFrame:
    """Give what each unit has of each group."""
    whose = units.complete(groups.units, pd.Index(each["article_id"].unique().astype("str")))
    unit = each["article_id"].astype("str").map(whose).rename("unit")
    return each.groupby(["group", unit], observed=True)[COUNTS].sum().reset_index()


def _lengths(news: Corpus, groups: passages.Groups) -> pd.DataFrame:
    """Give words, sentences, syllables, letters and long words of each sentence, or part of one, in each group."""
    terms = news.words["term"].cat.categories
    n_syllables = np.fromiter(map(syllables, terms), int, len(terms))
    letters = np.fromiter((sum(map(str.isalnum, term)) for term in terms), int, len(terms))
    parts = [
        _portion(some, words, sentences, n_syllables, letters)
        for some, words, sentences in groups.portions(news.words, news.sentences)
    ]
    return pd.concat(parts, ignore_index=True).sort_values(["group", "article_id", "sentence"], ignore_index=True)


def _portion(
    groups: passages.Groups, words: pd.DataFrame, sentences: pd.DataFrame, n_syllables: np.ndarray, letters: np.ndarray
) -> pd.DataFrame:
    """Give what `_lengths` gives of some articles; of each term its syllables and letters."""
    words = groups.rows(words)
    words = words[words["term"] != "'s"]
    sentence = passages.inside(words.drop(columns="group").reset_index(drop=True), sentences)["outer"]
    code = words["term"].cat.codes
    ours = pd.DataFrame(
        {
            "group": words["group"].to_numpy(),
            "article_id": words["article_id"].to_numpy(),
            "sentence": sentence.reindex(range(len(words)), fill_value=-1).to_numpy(),
            "n_words": 1,
            "n_sentences": 0,
            "n_syllables": n_syllables[code],
            "n_letters": letters[code],
            "n_long_words": (n_syllables[code] > 2).astype(int),
        }
    )
    theirs = groups.rows(sentences)
    theirs = theirs[["group", "article_id"]].assign(sentence=theirs.index, n_sentences=1)
    both = pd.concat([ours, theirs], ignore_index=True).fillna(dict.fromkeys(COUNTS, 0))
    return both.groupby(["group", "article_id", "sentence"], observed=True)[COUNTS].sum().astype(int).reset_index()
