"""What 00-start-here asks."""

from utils.corpus.corpus import Corpus
from utils.passages.queries import hits
from utils.teaching.checks import Check, check_articles, check_count


def predict(answer: object, news: Corpus) -> Check:
    """In how many articles does "night" stand?"""
    return check_articles(answer, hits(news, "night"))


def change(answer: object, news: Corpus) -> Check:
    """How many passages does a word with a star have?"""
    whole = len(hits(news, "strike")), "That is “strike” as a whole word; the star is to stand after “strik”."
    return check_count(answer, hits(news, "strik*"), slips=[whole])


QUESTIONS = {"00-predict": predict, "00-change": change}
