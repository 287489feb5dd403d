"""What 09-keep-company asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.measures.terms import collocates
from utils.passages.queries import hits
from utils.teaching.checks import NOTHING_TO_FIND, Check, agree, check, compare

FEWEST = 10  # articles that a corpus has at least, for any interval
JUDGED = (
    "The two words are parts of one phrase that reporters use again and again, so the pair tells of a habit of "
    "writing, and only its passages tell what happened."
)


def predict(answer: object, near: pd.DataFrame, counted: pd.DataFrame) -> Check:
    """How many different words stand near the word at least once?"""
    slips = [
        (len(near), "That counts places; a word that stands near twice has two of them."),
        (len(counted), "That counts the words that are near at least three times; all are asked for."),
        (near["article_id"].nunique(), "That counts articles; different words are asked for."),
    ]
    hint = "Count the different values of `term` in `near`, with `.nunique()`."
    return check(answer, near["term"].nunique() or None, slips=slips, hint=hint)


def change(answer: object, news: Corpus, word: str) -> Check:
    """How many words are listed in a window of two words, on the right alone?"""

    def listed(window: int | tuple[int, int]) -> int:
        return len(collocates(news, word, window=window))

    right = listed((0, 2))
    slips = [
        (lambda given: given == listed((2, 0)), "These stand before the word; the first number is the left side."),
        (lambda given: given == listed(2), "That is a window of two words on both sides."),
        (lambda given: given == listed(5), "That is the window of five words that we had."),
    ]
    hint = "`terms.collocates(news, word, window=(0, 2))` has a row a word; `len(...)` counts them."
    return check(answer, right or None, slips=slips, hint=hint)


def compose(answer: object, news: Corpus) -> Check:
    """Is it a pair of words of which one surely keeps the other company?"""
    if not isinstance(answer, (list, tuple)) or len(answer) != 2 or not all(isinstance(one, str) for one in answer):
        return check(answer, ["two", "words"], hint='Write two words in a list: ["town", "hall"].')
    if len(news) < FEWEST:
        return Check("open", NOTHING_TO_FIND)
    word, other = (one.casefold() for one in answer)
    try:
        found = collocates(news, word, min_count=1).set_index("term")
        missing = [one for one in (word, other) if not len(hits(news, one))]
    except ValueError as problem:
        return check(answer, ["two", "words"], hint=f"One of them cannot be read: {problem}")
    if missing:
        return check(answer, ["two", "words"], hint=f"{missing[0]!r} stands nowhere in this corpus.")
    if other not in found.index:
        return check(answer, ["two", "words"], hint=f"{other!r} never stands within five words of {word!r}.")
    row = found.loc[other]
    told = f"{other!r} stands near {word!r} {row['count']} times in {row['n_articles']} articles"
    if not row["low"] > 0:
        why = row["note"] or f"the interval of MI begins at {row['low']:.2f}, and above 0 is wanted"
        return check(answer, ["two", "words"], hint=f"{told}; {why}.")
    return Check(
        "compare", f"{told}, and MI is at least {row['low']:.1f}. What holds the two together: a name, a phrase?"
    )


def judge(answer: object, news: Corpus, word: str) -> Check:
    """What does a pair tell?"""
    return compare(answer, JUDGED if (news.name, word) == ("harbour", "strike") else "")


def pairs(answer: object, ten: pd.DataFrame) -> Check:
    """How far do two readers agree on whether a neighbour speaks of the word?"""
    return agree(answer, len(ten), codes="yn")


QUESTIONS = {
    "09-predict": predict,
    "09-change": change,
    "09-compose": compose,
    "09-judge": judge,
    "09-pairs": pairs,
}
