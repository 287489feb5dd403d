"""Readability: four formulas over the length of words and sentences, made for English prose.

They measure length, nothing else: a text of short words can be hard, and a list of short sentences is no better read.

Syllables, by rule: one for each run of vowels (a e i o u y); a final e, es or ed is silent, but not after a consonant
and l (table), nor ed after t or d (wanted), nor es after a hissing sound (houses); at least one a word, and one for
each digit of a number.
"""

import re

import numpy as np
import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus

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


def syllables(term: str) -> int:
    """Give the number of syllables of a term by the rule at the head of this module."""
    word = re.sub(r"'\w*$", "", term)
    digits = sum(letter.isdigit() for letter in word)
    return max(1, digits + len(VOWELS.findall(SILENT.sub("", word))))


def readability(
    news: Corpus, *, index: str = "flesch", by: str = "article", within: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give how easy or hard each article is to read by one of four formulas, with what it is made of.

    Parameters
        index: "flesch" (about 0-100, high is easy); "flesch_kincaid", "coleman_liau", "smog" (school years).
        by: "article", or a column of articles: then the words and sentences of a group are taken together.
        within: passages to read (default: the body); sentences count where they lie wholly inside.
    Returns one row an article or group:
        article_id or the column
        score                              float; missing under 100 words or without a sentence
        n_words, n_sentences, n_syllables, n_letters, n_long_words   int; long words have three syllables or more
        note                               str, why there is no score; else ""
    Raises ValueError if there is no such index or column.
    Source: Flesch (1948); Kincaid et al. (1975); Coleman & Liau (1975); McLaughlin (1969).
    """
    if index not in FORMULAS:
        raise ValueError(f"index is one of {', '.join(FORMULAS)}; what came is {index!r}")
    column = "article_id" if by == "article" else by
    passages.check_columns(news, [column], None, taken=["score", *COUNTS, "note"])
    counts = _lengths(news, within)
    if column != "article_id":
        own = news.articles[column].reindex(counts.index)
        counts = counts.groupby(own.rename(column)).sum()
    enough = (counts["n_words"] >= LEAST) & (counts["n_sentences"] > 0)
    score = FORMULAS[index](counts[enough].astype(float)).reindex(counts.index)
    note = np.where(enough, "", np.where(counts["n_words"] < LEAST, f"under {LEAST} words", "no whole sentence"))
    table = counts.assign(note=pd.array(note, dtype="str"))
    table.insert(0, "score", score)
    return table.rename_axis(column).reset_index()


def _lengths(news: Corpus, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give words, sentences, syllables, letters and long words of each article."""
    words = passages.chosen(news, news.words, within)
    words = words[~words.index.duplicated() & (words["term"] != "'s")]
    vocabulary = words["term"].cat.categories
    n_syllables = np.fromiter(map(syllables, vocabulary), int, len(vocabulary))[words["term"].cat.codes]
    letters = np.fromiter((sum(map(str.isalnum, term)) for term in vocabulary), int, len(vocabulary))
    ids = news.articles.index
    sentences = passages.chosen(news, news.sentences, within)["article_id"].value_counts()
    grouped = (
        pd.DataFrame(
            {
                "article_id": words["article_id"],
                "n_words": 1,
                "n_syllables": n_syllables,
                "n_letters": letters[words["term"].cat.codes],
                "n_long_words": (n_syllables > 2).astype(int),
            }
        )
        .groupby("article_id", observed=True)
        .sum()
    )
    table = grouped.set_axis(grouped.index.astype("str")).reindex(ids, fill_value=0)
    table.insert(1, "n_sentences", sentences.set_axis(sentences.index.astype("str")).reindex(ids, fill_value=0))
    return table
