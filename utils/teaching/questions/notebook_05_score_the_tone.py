"""What 05-score-the-tone asks."""

import pandas as pd

from utils import lexicons
from utils.corpus.corpus import Corpus
from utils.teaching.checks import Check, agree, check, check_count, compare

ABOVE, LEAST = 0.3, 8  # the score that a sentence of bad news is to have, and how many words
COMMON = (
    "They tell what happened and to whom in nouns and verbs, with figures and names, and leave it to the reader to see "
    "whether it is good or bad; the score, which waits for an adjective, calls that nothing at all."
)


def polarity(text: str) -> float | None:
    """Give TextBlob's score of a text read as one; None where no word is known."""
    found = [each.polarity for each in lexicons.named("textblob").reader()(text)]
    return sum(found) / len(found) if found else None


def predict(answer: object) -> Check:
    """What is the score of "The deal is not very good."?"""
    slips = [
        (-0.46, "You multiplied by 1.3; after “not” a multiplier divides."),
        (-0.45, "You multiplied by 1.3; after “not” a multiplier divides."),
        (-0.35, "That is “not good”; “very” stands between them and divides."),
        (0.91, "That is “very good”; the “not” turns it around and halves it."),
        (0.7, "That is “good” alone; two words stand before it."),
        (0.27, "The size is right; which way does “not” turn it?"),
        (-0.54, "“Not” turns the word around and halves it, too."),
        (0, "“Good” is in the list, so there is evidence, and the score is not 0."),
    ]
    return check(
        answer,
        polarity("The deal is not very good."),
        slips=slips,
        tolerance=0.006,
        hint="0.7, turned around, halved, and divided by 1.3; or ask `TextBlob(…).sentiment.polarity`.",
    )


def change(answer: object, unseen: pd.DataFrame, whole: pd.DataFrame) -> Check:
    """How many sentences have no scored word?"""
    n_scored, n_sentences = (int(whole[name].iloc[0]) for name in ("n_scored", "n_sentences"))
    share = 1 - n_scored / max(n_sentences, 1)
    slips = [
        (n_scored, "These are the sentences that do have one; how many are left?"),
        (n_sentences, "These are all sentences."),
        (
            lambda given: any(abs(given - part) < size for part, size in ((share, 0.006), (100 * share, 0.6))),
            "That is a share; we ask for a count of sentences.",
        ),
        (5, "Five were drawn by lot; `unseen` holds all of them."),
    ]
    return check_count(answer, unseen, slips=slips, hint="`whole` has both counts, and `unseen` a row a sentence.")


def compose(answer: object) -> Check:
    """Is it a sentence that scores as good news? Whether the news is bad, readers see for themselves."""
    if not isinstance(answer, str) or len(answer.split()) < LEAST:
        return check(answer, "a sentence", hint=f"Write one sentence of {LEAST} words or more, in quotation marks.")
    score = polarity(answer)
    if score is None:
        said = "No word of it is in the list, so it has no score. Which adjectives can a sad sentence hold?"
    elif score <= ABOVE:
        said = (
            f"It scores {score:.2f}; above {ABOVE} is wanted. “Free”, “beautiful”, “happy” and “own” are in the list."
        )
    else:
        return Check(
            "compare", f"It scores {score:.2f}. Read it to somebody: do they hear bad news? Then you have won."
        )
    return check(answer, "", hint=said)


def judge(answer: object, news: Corpus) -> Check:
    """What do the sentences without a score have in common?"""
    return compare(answer, COMMON if news.name == "harbour" else "")


def pairs(answer: object, six: pd.DataFrame) -> Check:
    """How far do two readers agree on six sentences?"""
    return agree(answer, len(six), codes=("good", "bad", "neither"))


QUESTIONS = {
    "05-predict": predict,
    "05-change": change,
    "05-compose": compose,
    "05-judge": judge,
    "05-pairs": pairs,
}
