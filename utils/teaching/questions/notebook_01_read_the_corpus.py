"""What 01-read-the-corpus asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.passages.queries import hits
from utils.teaching.checks import Check, check, check_articles, check_largest, compare

JUDGED = (
    "Nothing that we would cut: by the rules all is article. But words of an agency that three papers print are here "
    "three times, and no rule of layout sees that."
)


def predict(answer: object, news: Corpus, phrase: str) -> Check:
    """In how many articles does the phrase stand?"""
    return check_articles(answer, hits(news, phrase))


def change(answer: object, lengths: pd.Series) -> Check:
    """How many words long is the longest article?"""
    return check_largest(answer, lengths)


def compose(answer: object, receipt: pd.DataFrame) -> Check:
    """Which rule, the body's left out, sets aside the shortest stretches, on average?"""
    cut = receipt[receipt["kind"] != "body"].astype({"rule": "str"}).set_index("rule")
    if cut.empty:
        return check(answer, None, hint="")
    mean, fewest = cut["characters"] / cut["count"], cut["characters"].idxmin()
    slips = [
        (mean.idxmax(), "Its stretches are the longest."),
        (fewest, "It took the fewest characters in all; divide by how many stretches they are."),
    ]
    return check(answer, mean.idxmin(), slips=slips, hint="Divide `characters` by `count`, and ask for `.idxmin()`.")


def judge(answer: object, news: Corpus) -> Check:
    """What in the body of one article does not belong there?"""
    return compare(answer, JUDGED if news.name == "harbour" else "")


QUESTIONS = {"01-predict": predict, "01-change": change, "01-compose": compose, "01-judge": judge}
