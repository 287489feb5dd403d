"""What 06-believe-the-score asks."""

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures import sentiment, validity
from utils.teaching.checks import Check, agree, check, check_count, compare

ABOVE, MOST = 0.35, 12  # the macro-F1 that a list of one's own is to pass, and how many terms it may have
KNOW = (
    "What happened to whom: that a broken ankle is a harm though no adjective says so, that “higher” and “free” praise "
    "nothing here, and that a refusal, a delay and a “no” are the bad news, as the sentence as a whole tells."
)


def predict(answer: object, port: Corpus, codes: pd.DataFrame) -> Check:
    """How many of the coded sentences does VADER get right?"""
    rows = validity.compared(codes, sentiment.unit_scores(port, lexicon="vader"))
    n_right = int(rows["right"].sum())
    slips = [
        (len(rows) - n_right, "These it gets wrong."),
        (
            lambda given: any(abs(given - part) < 0.006 * size for part, size in ((rows["right"].mean(), 1),
                                                                                (100 * rows["right"].mean(), 100))),
            "That is a share; we ask for a count of sentences.",
        ),
    ]  # fmt: skip
    return check(answer, n_right, slips=slips, hint='`validity.compared(codes, scored["vader"])` has a column `right`.')


def change(answer: object, port: Corpus, codes: pd.DataFrame) -> Check:
    """How much bad news does the mean of the lexicons take for good?"""
    rows = validity.compared(codes, sentiment.unit_scores(port, lexicon="mean"))
    wrong = rows.query("code == -1 and predicted == 1")
    slips = [
        (int(rows.eval("code == 1 and predicted == -1").sum()), "That is good news taken for bad."),
        (int(rows.eval("code == -1 and predicted != -1").sum()), "Some of these it takes for neither."),
    ]
    return check_count(answer, wrong, slips=slips, hint='As for `wrong` above, with `scored["mean"]`.')


def compose(answer: object, port: Corpus, codes: pd.DataFrame) -> Check:
    """Is it a list of a few terms that does better than a guess?"""
    if not isinstance(answer, pd.DataFrame):
        return check(answer, "a table", hint='Give a table: `pd.DataFrame({"term": [...], "score": [...]})`.')
    if len(answer) > MOST:
        return check("", "a table", hint=f"That are {len(answer)} terms; {MOST} at most are wanted.")
    try:
        scores = sentiment.unit_scores(port, lexicon=answer)
    except Refusal as refused:
        return check("", "a table", hint=f"It is no lexicon: {refused}.")
    value = validity.against(codes, scores, n=2, seed=1)["value"][1]
    if value <= ABOVE:
        return check(
            "", "a table", hint=f"It reaches {value:.2f}; more than {ABOVE} is wanted. Open −1 under the codes."
        )
    return Check("compare", f"It reaches {value:.2f}. Would it on another corpus? You made it from these sentences.")


def judge(answer: object) -> Check:
    """What would a list have to know?"""
    return compare(answer, KNOW)


def pairs(answer: object, six: pd.DataFrame) -> Check:
    """How far do two readers agree on six sentences?"""
    return agree(answer, len(six), codes=("good", "bad", "neither"))


QUESTIONS = {
    "06-predict": predict,
    "06-change": change,
    "06-compose": compose,
    "06-judge": judge,
    "06-pairs": pairs,
}
