"""What 11-compare-the-tellings asks."""

from collections.abc import Mapping

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.passages.groups import count
from utils.passages.queries import hits
from utils.teaching.checks import Check, agree, check, compare

RIGHT, MOST = 17, 4  # texts that a coder of one's own is to get right, and how many words a frame it may have
OFFER = (
    "“Offer” makes it something given, a concession that others may refuse, where “wish to keep” or “demand” would "
    "make the same sentence one about holding on to power; each word is fair, and each decides who gives."
)


def predict(answer: object, near: Corpus, facts: pd.DataFrame) -> Check:
    """How many facts does one frame tell?"""
    own = facts[facts["article_id"].map(near.articles["frame"]) == "conflict"]
    each = count(own, by=["name", "article"])
    slips = [
        (len(own), "That counts sentences; a fact that is told again counts once (`.nunique()`)."),
        (int((each["name"].value_counts() == 4).sum()), "These all four texts tell; one is enough here."),
        (facts["name"].nunique() - own["name"].nunique(), "These it leaves out."),
    ]
    hint = '`wide["conflict"]` has a number for each fact; how many are above 0?'
    return check(answer, own["name"].nunique(), slips=slips, hint=hint)


def change(answer: object, near: Corpus, facts: pd.DataFrame) -> Check:
    """How many facts stand in most texts of a genre?"""
    by_genre = count(facts, by=["name", "genre"], news=near).query("genre == 'timeline'")
    slips = [
        (len(by_genre), "These stand in at least one timeline; three or more are asked for."),
        (int((by_genre["n_articles"] == 3).sum()), "These stand in exactly three; those in more count too."),
        (
            int((by_genre["count"] >= 3).sum()),
            "That counts sentences (`count`); timelines are asked for (`n_articles`).",
        ),
    ]
    hint = 'As for `told`, with `by=["name", "genre"]`; then the rows of "timeline" with `n_articles` from 3 up.'
    return check(answer, int((by_genre["n_articles"] >= 3).sum()), slips=slips, hint=hint)


def compose(answer: object, near: Corpus, texts: pd.DataFrame) -> Check:
    """Is it a coder by a few words that gets more texts right?"""
    wanted = set(texts["frame"])
    if not isinstance(answer, Mapping) or set(answer) != wanted:
        hint = f"Give a dictionary with a list of words for each of {', '.join(sorted(wanted))}."
        return check(answer, "a dictionary", hint=hint)
    if long := [name for name, words in answer.items() if isinstance(words, str) or not 0 < len(words) <= MOST]:
        return check("", "a dictionary", hint=f"{long[0]!r} wants a list of one to {MOST} words.")
    try:
        found = pd.concat([hits(near, words).assign(guess=name) for name, words in answer.items()])
    except Refusal as refused:
        return check("", "a dictionary", hint=f"A word cannot be read: {refused}.")
    table = pd.crosstab(found["article_id"], found["guess"])
    table = table.reindex(index=texts["article_id"], columns=[*answer], fill_value=0)
    n = int((table.idxmax(axis=1).to_numpy() == texts["frame"].to_numpy()).sum())
    if n < RIGHT:
        return check("", "a dictionary", hint=f"It gets {n} of {len(texts)} right; at least {RIGHT} are wanted.")
    return Check(
        "compare", f"It gets {n} of {len(texts)} right. You made it from these very texts: would it know others?"
    )


def judge(answer: object) -> Check:
    """What does a word make of one fact?"""
    return compare(answer, OFFER)


def pairs(answer: object, six: pd.DataFrame) -> Check:
    """How far do two readers agree on the frame of a first paragraph?"""
    return agree(answer, len(six), codes="chemr")


QUESTIONS = {
    "11-predict": predict,
    "11-change": change,
    "11-compose": compose,
    "11-judge": judge,
    "11-pairs": pairs,
}
