"""What 03-hear-the-voices asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.measures import quotes
from utils.teaching.checks import Check, agree, check, compare

FOUND = (
    "In some a careful reader finds the speaker in the sentence before, as a group, an office, a paper; in others the "
    "article never says who spoke, and no rule could know; only the first are mistakes of ours."
)


def predict(answer: object, people: pd.DataFrame) -> Check:
    """How many persons are quoted once?"""
    once = people["n_quotes"] == 1
    slips = [
        (len(people), "These are all the persons."),
        (int((people["n_quotes"] > 1).sum()), "These are those who are quoted again."),
        (int((people["n_articles"] == 1).sum()), "These stand in one article, where some are quoted twice."),
    ]
    truth = int(once.sum()) if len(people) else None
    return check(answer, truth, slips=slips, hint="Compare `n_quotes` with 1, row by row, and add up.")


def compose(answer: object, news: Corpus, said: pd.DataFrame, people: pd.DataFrame, name: str) -> Check:
    """How many words of direct quotations are one person's?"""
    direct = said[said["kind"] == "direct"]
    table = quotes.balance(news, by="person", quotes=direct)
    words = table.loc[table["person"] == name, "n_words"]
    both = people.loc[people["person"] == name, ["n_words", "n_indirect"]].sum()
    slips = [
        (int(both["n_words"]), "That is of direct and partial quotations; the direct ones alone are asked for."),
        (int(both.sum()), "That is of all kinds of quotation."),
        (int((direct["person"] == name).sum()), "That is how many quotations; their words are asked for."),
        (int(table["n_words"].sum()), "That is all words of the corpus; keep the row of one person."),
    ]
    truth = int(words.sum()) if len(words) else None
    return check(answer, truth, slips=slips, hint="Keep the rows of `said` whose `kind` is direct: hand those over.")


def change(answer: object, planted: pd.DataFrame) -> Check:
    """Who has the last word in most articles, by the key?"""
    last = planted[planted["voice"] == "speaker"].groupby("speaker")["n_last"].sum()
    return check(
        answer,
        last.idxmax(),
        hint="Sort `planted` by `n_last`, the largest first, and read the `speaker` of the top row.",
    )


def judge(answer: object) -> Check:
    """Could a reader find who spoke?"""
    return compare(answer, FOUND)


def pairs(answer: object, six: pd.DataFrame) -> Check:
    """How far do two readers agree on six verbs?"""
    return agree(answer, len(six))


QUESTIONS = {
    "03-predict": predict,
    "03-compose": compose,
    "03-change": change,
    "03-judge": judge,
    "03-pairs": pairs,
}
