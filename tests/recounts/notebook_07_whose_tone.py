"""The counts of notebook 07 a second time: sentences and headlines handed to TextBlob and to VADER themselves."""

from collections import Counter
from functools import cache

from recounts import Counts, Row, Ways
from recounts.addresses import WORD, _split
from recounts.notebook_06_believe_the_score import vader
from recounts.papers import articles, of_paper
from recounts.scores import paragraphs, scored, scored_in, with_entry
from utils import load

KINDS = ("direct", "partial", "indirect")
PAPERS = ("The Low Coast Signalman", "The Ullet Hourglass", "The Varnhithe Plumbline")


def voice(name: str) -> Counts:
    """Give the scored sentences of a voice, and the articles that have one."""
    if name == "the body":
        return scored("harbour")
    every = list(articles())
    if name.endswith(" quotations"):
        return scored_in(name.removesuffix(" quotations"), every)
    return scored_in("inside", every, "kind" if name in KINDS else "person", name)


def of_sides(entry: str) -> Counts:
    """Give how often an entry is scored in the darkest paper, and in the others."""
    target, *others = (with_entry("harbour", entry, of_paper(name))["count"] for name in PAPERS)
    return {"count_target": target, "count_reference": sum(others)}


@cache
def pairs() -> list[tuple[Counter, Counter]]:
    """Give the words that VADER scores in the headline and in the body of each article that has some in both."""
    raws = load("harbour").articles["raw"]
    texts = {
        name: ([next(filter(None, map(str.strip, raw.lstrip("\ufeff").splitlines())))], paragraphs("harbour")[name])
        for name, raw in raws.items()
    }
    found = [tuple(Counter(word for text in own for word in words(text)) for own in both) for both in texts.values()]
    return [both for both in found if all(both)]


def words(text: str) -> list[str]:
    """Give the words of a text that VADER's list has and its rules score."""
    from vaderSentiment import vaderSentiment

    known, raising = vader().lexicon, vaderSentiment.BOOSTER_DICT
    split = [vaderSentiment.SentiText(one).words_and_emoticons for one in _split(text) if WORD.search(one)]
    lowered = (word.lower() for own in split for word in own)
    return [word for word in lowered if word in known and word not in raising]


def in_pairs(entry: str) -> Counts:
    """Give how often VADER scores a word in headlines and in the bodies below them."""
    return {f"count_{side}": sum(both[n][entry] for both in pairs()) for n, side in enumerate(("target", "reference"))}


def ways(values: dict) -> Ways:
    """Give how to count again papers, voices, and the entries of two sides."""

    def entry(row: Row) -> Counts:
        return in_pairs(row["entry"]) if "heads" in values["source"] else of_sides(row["entry"])

    return {
        "outlet": lambda row: scored("harbour", of_paper(row["outlet"])),
        "entry": entry,
        "voice": lambda row: voice(row["voice"]),
    }
