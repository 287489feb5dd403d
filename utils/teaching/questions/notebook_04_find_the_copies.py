"""What 04-find-the-copies asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.layers.signatures import SHINGLE
from utils.measures import copies
from utils.passages.queries import hits
from utils.teaching.checks import Check, check, compare

LEAST, COMMON = 10, 4  # words of a sentence retold, and how many of its words the full one has at least
CUT = (
    "In `harbour` the short version drops that the Port Authority said nothing, and what the two sides ask and offer: "
    "neither loses more than the other, but a reader of it alone cannot tell what the quarrel is about."
)


def predict(answer: object, news: Corpus) -> Check:
    """In how many stories does a word stand?"""
    found = hits(news, "strike*")
    counted = copies.per_story(news, found).iloc[0]
    slips = [
        (int(counted["n_articles"]), "These are articles; a story printed twice counts once."),
        (int(counted["n_once"]), "These are stories that only one article tells."),
        (len(found), "These are passages."),
    ]
    truth = int(counted["n_stories"]) if len(found) else None
    return check(answer, truth, slips=slips, hint="`copies.per_story` of the hits has a column `n_stories`.")


def change(answer: object, news: Corpus, paper: pd.Series, size: pd.DataFrame) -> Check:
    """How many stories with another word did the first paper print?"""
    found = hits(news, "ship*")
    found = found[found["article_id"].astype("str").map(paper) == size.index[0]]
    counted = copies.per_story(news, found).iloc[0]
    slips = [
        (int(counted["n_articles"]), "These are articles; a story that the paper printed twice counts once."),
        (int(counted["n_once"]), "These are stories that only one article tells."),
        (len(found), "These are passages."),
    ]
    truth = int(counted["n_stories"]) if len(found) else None
    return check(
        answer, truth, slips=slips, hint="Keep the hits in that paper (`paper`): `copies.per_story` counts them."
    )


def compose(answer: object, FULL: str) -> Check:  # noqa: N803, as the notebook calls it
    """Is it a sentence retold that shares no shingle? Whether it is the same news, readers see for themselves."""
    if not isinstance(answer, str) or len(answer.split()) < LEAST:
        return check(answer, "a sentence", hint=f"Write a sentence of {LEAST} words or more, in quotation marks.")
    own, full = tokens.terms_of(answer), tokens.terms_of(FULL)
    runs = [{tuple(words[n : n + SHINGLE]) for n in range(len(words) - SHINGLE + 1)} for words in (own, full)]
    if shared := runs[0] & runs[1]:
        return check(answer, "", hint=f"They share {len(shared)} runs, such as “{' '.join(min(shared))}”.")
    if len({*own} & {*full}) < COMMON:
        return check(answer, "", hint="Hardly a word of the full sentence is left: would a reader know it again?")
    return Check("compare", "Not one shingle in common, so no copy to us. Read both aloud: is anything missing?")


def judge(answer: object) -> Check:
    """What was cut, and whose words?"""
    return compare(answer, CUT)


QUESTIONS = {"04-predict": predict, "04-change": change, "04-compose": compose, "04-judge": judge}
