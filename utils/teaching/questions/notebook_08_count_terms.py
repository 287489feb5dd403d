"""What 08-count-terms asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.passages.queries import hits
from utils.teaching.checks import Check, agree, check, check_count, check_value, compare

TERMS, ARTICLES = 3, 10  # that a group has at least, and is found in
BOATS = ["boat*", "fish*"]
PRINTED = (
    "From the week of 7 April on, the three papers together used the word “fuel” more often in every week than in any "
    "week before; it was four or five articles a week, and why they did so the count cannot say."
)


def predict(answer: object, news: Corpus) -> Check:
    """How many passages does a group have?"""
    once = [(len(hits(news, one)), f"That is {one!r} alone; the group is counted as one.") for one in BOATS]
    return check_count(answer, hits(news, BOATS), slips=once)


def change(answer: object, counted: pd.DataFrame) -> Check:
    """What is the rate of a word?"""
    share = counted.loc[counted["term"] == "council", "rate_per_10k"] / 100
    if len(share) and isinstance(answer, float) and abs(answer - share.iloc[0]) < 0.001:
        return check(answer, share.iloc[0] * 100, hint="That is a share in a hundred words; in 10,000 it is larger.")
    return check_value(answer, counted, "rate_per_10k", where={"term": "council"}, tolerance=0.06)


def compose(answer: object, news: Corpus) -> Check:
    """Is it a group that is found often enough? Whether it stands for money, readers see for themselves."""
    if not isinstance(answer, (list, tuple)) or not all(isinstance(one, str) for one in answer):
        return check(answer, ["words"], hint='Write a list of words: ["money", "…", "…"].')
    if len({one.casefold() for one in answer}) < TERMS:
        return check(answer, ["words"], hint=f"A group of {TERMS} different words at least is wanted.")
    try:
        n = {one: hits(news, one)["article_id"].nunique() for one in answer}
        whole = hits(news, list(answer))["article_id"].nunique()
    except ValueError as problem:
        return check(answer, ["words"], hint=f"One of them cannot be read: {problem}")
    wanted = min(ARTICLES, len(news))
    told = ", ".join(f"{one!r} in {many}" for one, many in n.items())
    if whole < wanted:
        return check(answer, ["words"], hint=f"It is found in {whole} articles ({told}); {wanted} are wanted.")
    return Check("compare", f"It is found in {whole} articles: {told}. Which of them means something else there, too?")


def judge(answer: object, news: Corpus, rising: str) -> Check:
    """What may be printed on a line that rises?"""
    return compare(answer, PRINTED if (news.name, rising) == ("harbour", "fuel") else "")


def pairs(answer: object, ten: pd.DataFrame) -> Check:
    """How far do two readers agree on what a group is named for?"""
    return agree(answer, len(ten), codes="yn")


QUESTIONS = {
    "08-predict": predict,
    "08-change": change,
    "08-compose": compose,
    "08-judge": judge,
    "08-pairs": pairs,
}
