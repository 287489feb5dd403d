"""What 02-follow-a-word asks."""

import re

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.passages.queries import hits
from utils.spans import inside
from utils.teaching.checks import NOTHING_TO_FIND, Check, agree, check, check_articles, compare

WAGES = "crown* NEAR/3 hour|day"
PLURAL = "crown* NEAR/3 hour|hours|day|days"
FAR = re.compile(r"NEAR/(?!3\b)\d")
SLIPS = (  # what a query lacks, as a pattern that it does not have, and the hint for it
    (re.compile(r"NEAR|AND|near|and"), "That asks for words side by side; `NEAR/3` lets others stand between them."),
    (re.compile(r"NEAR\b|near\b"), "“and” is a word like any other here; `NEAR/3` asks for two words near each other."),
    (re.compile(r"NEAR/"), "“near” in small letters is a word like any other: write `NEAR/3`."),
    (
        re.compile(r"crown\*|crown\|crowns|crowns\|crown"),
        "One of “crown” and “crowns” is not found: let a star stand for what may follow.",
    ),
    (re.compile(r"hour\*?\|day|day\*?\|hour"), "That asks for one of “hour” and “day”; `hour|day` asks for either."),
)
HANDS = (
    "In eight they are a part of the body, held out, counted on, in a sleeve or round a candle, and in one of these "
    "raised in a vote; one is a verb, and workers are meant in one alone, “Good hands are cheaper kept than called”."
)


def predict(answer: object, news: Corpus) -> Check:
    """In how many articles does "harbour" stand?"""
    return check_articles(answer, hits(news, "harbour"))


def compose(answer: object, news: Corpus) -> Check:
    """Which query finds "crown" or "crowns" near "hour" or "day", with at most three words between?"""
    wanted = _places(news, WAGES)
    if not wanted:
        return Check("open", NOTHING_TO_FIND)
    if not isinstance(answer, str):
        return check(answer, WAGES, hint="Write a query, in quotation marks.")
    try:
        found = _places(news, answer)
    except Refusal as problem:
        return check("", WAGES, hint=f"That query cannot be read: {problem}.")
    if found == wanted and FAR.search(answer):
        return check(answer, WAGES, hint="It finds the same here, but at most three words between are asked for.")
    if found in (wanted, _places(news, PLURAL)):
        return check(WAGES, WAGES, hint="")
    said = next((told for pattern, told in SLIPS if not pattern.search(answer)), "")
    more, less = len(found - wanted), len(wanted - found)
    hint = f"Your query finds {len(found):,} passages: {more:,} too many, and {less:,} of those asked for are missing."
    return check(answer, WAGES, slips=[(answer, said)] if said else (), hint=hint)


def change(answer: object, news: Corpus) -> Check:
    """How many passages of "dock" are not part of the union's name?"""
    dock, union = hits(news, "dock"), hits(news, "united dock hands")
    left = len(dock.drop(inside(dock, union).index.unique()))
    slips = [
        (len(dock), "That is all of them; the name is still among them."),
        (len(union), "That is the name; we ask for the rest."),
    ]
    return check(answer, left if len(dock) else None, slips=slips, hint="Count each with `len(...)`, then subtract.")


def judge(answer: object, news: Corpus) -> Check:
    """What are hands in the passages that are left?"""
    return compare(answer, HANDS if news.name == "harbour" else "")


def pairs(answer: object, rest: pd.DataFrame) -> Check:
    """What do two readers say of the passages drawn?"""
    return agree(answer, min(len(rest), 10), codes="vbwo")


def _places(news: Corpus, query: str) -> set[tuple]:
    return set(hits(news, query)[["article_id", "start", "end"]].itertuples(index=False, name=None))


QUESTIONS = {
    "02-predict": predict,
    "02-compose": compose,
    "02-change": change,
    "02-judge": judge,
    "02-pairs": pairs,
}
