"""What 12-follow-venezuela asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.measures.terms import articles
from utils.passages.queries import hits
from utils.teaching.checks import Check, agree, check, check_articles, compare

JUDGED = (
    "In 1895 the country is a party to a dispute on a boundary, which others are to settle by arbitration; in 2019 it "
    "is a people and a regime, of which one is praised and the other condemned."
)


def predict(answer: object, news: Corpus, beside: list[str]) -> Check:
    """In how many articles does a neighbour stand?"""
    return check_articles(answer, hits(news, beside[-1]))


def change(answer: object, news: Corpus, word: str, beside: list[str]) -> Check:
    """In how many articles do the word and a neighbour stand together?"""
    both = articles(news, f"{word} AND {beside[0]}")
    slips = [
        (hits(news, beside[0])["article_id"].nunique(), "That many have the neighbour; both are asked for."),
        (hits(news, word)["article_id"].nunique(), "That many have our word; both are asked for."),
        (len(articles(news, f"{word} OR {beside[0]}")), "That many have the one or the other."),
    ]
    return check(answer, len(both), slips=slips, hint='`len(terms.articles(news, f"{word} AND {beside[0]}"))`.')


def compose(answer: object, news: Corpus, found: pd.DataFrame) -> Check:
    """Is it a query that is met with in an article without the word? What it is about, readers see for themselves."""
    if not isinstance(answer, str) or not answer.strip():
        return check(answer, "query", hint='Write a query in quotation marks: "Caracas".')
    try:
        own = hits(news, answer)
    except ValueError as problem:
        return check(answer, "query", hint=f"It cannot be read: {problem}")
    beyond = own[~own["article_id"].astype("str").isin(found["article_id"].astype("str"))]
    if not len(own):
        return check(answer, "query", hint=f"{answer!r} stands nowhere in this corpus.")
    if not len(beyond):
        return check(answer, "query", hint=f"{answer!r} stands only in articles that have the word, too.")
    n, times = beyond["article_id"].nunique(), f"{len(beyond)} time{'s' * (len(beyond) != 1)}"
    told = f"{answer!r} stands in {n} article{'s' * (n != 1)} without the word, {times} in all"
    return Check("compare", f"{told}. Read them: how many are about the same subject?")


def judge(answer: object, news: Corpus, word: str, three: pd.DataFrame) -> Check:
    """What is the country to the earliest speaker, and to the latest?"""
    known = (news.name, word) == ("addresses", "Venezuela*") and "1895-Cleveland-1" in set(
        three["article_id"].astype("str")
    )
    return compare(answer, JUDGED if known else "")


def pairs(answer: object, ten: pd.DataFrame) -> Check:
    """How far do two readers agree on what a mention is there for?"""
    return agree(answer, len(ten), codes="lej")


QUESTIONS = {
    "12-predict": predict,
    "12-change": change,
    "12-compose": compose,
    "12-judge": judge,
    "12-pairs": pairs,
}
