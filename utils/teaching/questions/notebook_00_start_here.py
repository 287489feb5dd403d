"""What 00-start-here asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.passages.queries import hits as found
from utils.teaching.checks import Check, agree, check_articles, check_count, compare

JUDGED = (
    "In all five the strike is still a question: members vote on it or may want it, a yes is not one yet, and none "
    "of the five tells of a day without work."
)


def predict(answer: object, news: Corpus) -> Check:
    """In how many articles does "night" stand?"""
    return check_articles(answer, found(news, "night"))


def change(answer: object, news: Corpus) -> Check:
    """How many passages are there of words that begin with "strik"?"""
    whole = len(found(news, "strike")), "That is “strike” as a whole word: write the star after “strik”."
    return check_count(answer, found(news, "strik*"), slips=[whole])


def judge(answer: object, news: Corpus) -> Check:
    """Is the strike, in the first five passages, under way, to come or over?"""
    return compare(answer, JUDGED if news.name == "harbour" else "")


def pairs(answer: object, hits: pd.DataFrame) -> Check:
    """What do two readers say of the passages drawn?"""
    return agree(answer, min(len(hits), 10), codes="umoe")


QUESTIONS = {"00-predict": predict, "00-change": change, "00-judge": judge, "00-pairs": pairs}
