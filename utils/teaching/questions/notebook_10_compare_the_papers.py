"""What 10-compare-the-papers asks."""

from typing import Any

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.measures.compare import keyness
from utils.measures.compare.halves import Side
from utils.stats.bounds import FEWEST
from utils.teaching.checks import NOTHING_TO_FIND, Check, agree, check, compare
from utils.teaching.contrast import passing

CRITICAL = 3.84  # of G², at p = .05
JUDGED = (
    "The paper reports on the negotiations more than its rivals do, so the word may tell of what it goes to see; how "
    "many talks its reporters attended, and how many the others did, the counts cannot say."
)


def predict(answer: object, key: pd.DataFrame) -> Check:
    """How many words have p below .05?"""
    slips = [
        (len(passing(key)), "That counts those with q below .05, which allows for the number of words; take `p`."),
        (int(key["p"].notna().sum()), "That counts all words tested."),
        (len(key), "That counts all words of the table."),
    ]
    n = int(key["p"].lt(0.05).sum()) if key["p"].notna().any() else None
    return check(answer, n, slips=slips, hint='`key["p"] < .05` is true or false for each word; `.sum()` counts.')


def change(answer: object, news: Corpus, target: Side, reference: Side, LEAST: int, SEED: int) -> Check:  # noqa: N803
    """How many words pass if stories are dealt?"""

    def passed(**options: Any) -> pd.DataFrame:
        return keyness(news, target, reference, min_units=LEAST, seed=SEED, **options)

    by_story = passed(unit="story")
    slips = [
        (lambda given: given == len(passing(passed())), "That many pass where articles are dealt."),
        (
            lambda given: given == len(passing(passed(stories="written"))),
            "There each story counts once; here all prints do.",
        ),
        (int(by_story["p"].lt(0.05).sum()), "These have p below .05; a word passes if its q is."),
    ]
    hint = (
        '`compare.keyness(news, target, reference, unit="story", min_units=LEAST, seed=SEED)`; then count q below .05.'
    )
    return check(answer, len(passing(by_story)) if by_story["p"].notna().any() else None, slips=slips, hint=hint)


def compose(answer: object, news: Corpus, key: pd.DataFrame) -> Check:
    """Is it a word that bare counts call key, and that does not pass?"""
    if not isinstance(answer, str) or not answer.strip():
        return check(answer, "word", hint='Write one word in quotation marks: "town".')
    if len(news) < FEWEST:
        return Check("open", NOTHING_TO_FIND)
    rows = key[key["term"] == answer.strip().casefold()]
    if rows.empty:
        return check(answer, "word", hint=f"{answer!r} is no term of `key`; terms are single words in small letters.")
    row = rows.iloc[0]
    if not abs(row["g2"]) > CRITICAL:
        return check(answer, "word", hint=f"G² of {answer!r} is {row['g2']:.1f}; it takes 3.84, whatever the sign.")
    if row["q"] < 0.05:
        return check(answer, "word", hint=f"{answer!r} passes: its q is {row['q']:.3f}.")
    n = int(row["n_articles_target"] + row["n_articles_reference"])
    why = f"q is {row['q']:.2f}" if pd.notna(row["q"]) else row["note"].partition(";")[0]
    return Check(
        "compare",
        f"{answer!r} has G² {row['g2']:.1f} and stands in {n} article{'s' * (n != 1)}; {why}. What heaped it up?",
    )


def judge(answer: object, news: Corpus, key: pd.DataFrame) -> Check:
    """Why may one side have a word more often?"""
    return compare(answer, JUDGED if news.name == "harbour" and key["term"].iloc[0] == "talks" else "")


def pairs(answer: object, ten: pd.DataFrame) -> Check:
    """How far do two readers agree on what a word is there for?"""
    return agree(answer, len(ten), codes="ht")


QUESTIONS = {
    "10-predict": predict,
    "10-change": change,
    "10-compose": compose,
    "10-judge": judge,
    "10-pairs": pairs,
}
