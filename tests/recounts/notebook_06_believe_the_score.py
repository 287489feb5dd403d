"""The counts of notebook 06 a second time: the coded sentences cut from the raw texts, each handed to the packages."""

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from recounts import Counts, Row, Ways
from recounts.addresses import WORD, _split
from recounts.scores import paragraphs
from utils import load

KEY = Path(__file__).parents[2] / "corpus" / "harbour" / "truth" / "tone.csv"
SPREADS = {"textblob-mended": 0.2111, "vader": 0.4187, "afinn": 2.6143}  # as the lexicon of means has them


@cache
def coded() -> list[tuple[dict[str, str], str]]:
    """Give each row of the key with the text of its sentence."""
    raws = load("harbour").articles["raw"]
    with KEY.open(encoding="utf-8") as rows:
        return [(row, raws[row["article_id"]][int(row["start"]) : int(row["end"])]) for row in csv.DictReader(rows)]


@cache
def vader():
    from vaderSentiment import vaderSentiment

    return vaderSentiment.SentimentIntensityAnalyzer()


@cache
def afinn():
    from afinn import Afinn

    return Afinn()


def spoken(text: str) -> str:
    """Give a text with its contracted negations written out."""
    text = re.sub(r"(?i)\bwon['’]t\b", "will not", re.sub(r"(?i)\bcan['’]?(?:not|t)\b", "can not", text))
    return re.sub(r"(?i)(?<=\w)n['’]t\b", " not", text)


def score(name: str, text: str) -> float:
    """Give the score of a sentence by a lexicon."""
    from textblob import TextBlob

    return {
        "always neither": lambda: 0.0,
        "textblob": lambda: TextBlob(text).sentiment.polarity,
        "textblob-mended": lambda: TextBlob(spoken(text)).sentiment.polarity,
        "vader": lambda: vader().polarity_scores(text)["compound"],
        "afinn": lambda: afinn().score(text),
        "mean": lambda: sum(score(each, text) / spread for each, spread in SPREADS.items()),
    }[name]()


def predicted(name: str, text: str) -> int:
    """Give the class that a score predicts; sums that are 0 but for rounding are 0."""
    value = round(score(name, text), 9)
    return (value > 0) - (value < 0)


def right(row: Row) -> Counts:
    if row["who"] == "the other coder":
        return {"n_right": sum(each["first"] == each["second"] for each, _ in coded()), "n_of": len(coded())}
    hits = sum(int(each["code"]) == predicted(row["who"], text) for each, text in coded())
    return {"n_right": hits, "n_of": len(coded())}


@cache
def sentences() -> list[tuple[str, str]]:
    """Give every sentence of the bodies that holds a word, with its article."""
    split = ((name, one) for name, pieces in paragraphs("harbour").items() for piece in pieces for one in _split(piece))
    return [(name, one) for name, one in split if WORD.search(one)]


def of(found: list[tuple[str, str]], entry: str) -> Counts:
    own = [name for name, each in found if each == entry]
    return {"count": len(own), "n_articles": len(set(own))}


@cache
def by_vader() -> list[tuple[str, str]]:
    """Give the words that VADER's list has, each with its article."""
    from vaderSentiment import vaderSentiment

    known, raising = vader().lexicon, vaderSentiment.BOOSTER_DICT
    texts = [(name, vaderSentiment.SentiText(one).words_and_emoticons) for name, one in sentences()]
    words = [(name, word.lower()) for name, own in texts for word in own]
    return [(name, word) for name, word in words if word in known and word not in raising]


@cache
def mended() -> list[tuple[str, str]]:
    """Give the entries that TextBlob scores otherwise once contracted negations are written out."""
    from textblob.en import sentiment

    found = []
    for name, one in sentences():
        if spoken(one) != one:
            before, after = (Counter((each[0][-1], each[1]) for each in sentiment(text).assessments)
                             for text in (one, spoken(one)))  # fmt: skip
            found += [(name, entry) for entry, _ in (after - before).elements()]
    return found


def ways(values: dict) -> Ways:
    """Give how to count again the codes, what was predicted of each, who is right, and entries."""

    def code(row: Row) -> Counts:
        rows = [(each, text) for each, text in coded() if each["code"] == row["code"]]
        if "predicted" in row:
            rows = [one for one in rows if predicted(values["LEXICON"], one[1]) == int(row["predicted"])]
        return {"count": len(rows), "n_articles": len({each["article_id"] for each, _ in rows})}

    return {
        "code": code,
        "who": right,
        "entry": lambda row: of(mended() if "mended" in values["source"] else by_vader(), row["entry"]),
    }
