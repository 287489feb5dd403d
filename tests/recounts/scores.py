"""The scored words of articles a second time: sentences split anew, each handed to TextBlob itself."""

from collections import Counter
from functools import cache
from pathlib import Path

from recounts import Counts
from recounts.addresses import WORD, _entry, _split, addresses, toned
from recounts.papers import articles
from utils import load, voices

FOLDER = Path(__file__).parents[2] / "corpus" / "standoff"


@cache
def paragraphs(corpus: str) -> dict[str, list[str]]:
    """Give the paragraphs of each article's body."""
    if corpus == "harbour":
        return {name: held["body"] for name, held in articles().items()}
    files = {
        path.name: path.read_text(encoding="utf-8").partition("\n©")[0]
        for path in sorted((FOLDER / "texts").glob("*.txt"))
    }
    return {name: [line for line in text.splitlines()[2:] if line.strip()] for name, text in files.items()}


@cache
def entries(corpus: str) -> dict[str, list[list[str]]]:
    """Give for each sentence of each article the entries that TextBlob itself scores in it."""
    from textblob.en import sentiment

    split = {
        name: [one for piece in pieces for one in _split(piece) if WORD.search(one)]
        for name, pieces in paragraphs(corpus).items()
    }
    return {
        name: [[_entry(found[0]) for found in sentiment(one).assessments] for one in own] for name, own in split.items()
    }


def scored(corpus: str, names: list[str] | None = None) -> Counts:
    """Give how many sentences, scored ones, and articles with one the articles named have (all if none are)."""
    if corpus == "addresses":
        return toned(list(addresses()))
    own = {name: entries(corpus)[name] for name in (entries(corpus) if names is None else names)}
    each = [bool(found) for sentences in own.values() for found in sentences]
    return {"n_scored": sum(each), "n_sentences": len(each), "n_articles": sum(map(any, own.values()))}


@cache
def voiced(voice: str, column: str = "", value: str = "") -> dict[str, list[bool]]:
    """Give for each sentence of each article of `harbour` whether what it has in one voice is scored.

    column, value: of quotations, what they are to be ("kind", "direct").
    """
    from textblob.en import sentiment

    news = load("harbour")
    stretches: dict[str, set[tuple[int, int]]] = {}
    rows = voices.within(news, voice)
    for row in (rows[rows[column] == value] if column else rows).itertuples():
        stretches.setdefault(row.article_id, set()).add((row.start, row.end))
    told = {}
    for name, pieces in paragraphs("harbour").items():
        raw, at, told[name] = news.articles["raw"][name], 0, []
        for one in (one for piece in pieces for one in _split(piece)):
            start = raw.index(one, at)
            at = start + len(one)
            parts = [raw[max(start, first) : min(at, last)] for first, last in sorted(stretches.get(name, ()))]
            told[name].append(any(sentiment(part).assessments for part in parts if part))
    return told


def scored_in(voice: str, names: list[str], column: str = "", value: str = "") -> Counts:
    """Give how many scored sentences, in one voice, the articles named have, and how many of these have one."""
    own = [voiced(voice, column, value)[name] for name in names]
    return {"n_scored": sum(map(sum, own)), "n_articles": sum(map(any, own))}


def with_entry(corpus: str, entry: str, names: list[str] | None = None) -> Counts:
    """Give how often an entry is scored in the articles named, and in how many of them."""
    own = [entries(corpus)[name] for name in (entries(corpus) if names is None else names)]
    each = [Counter(one for found in sentences for one in found)[entry] for sentences in own]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}
