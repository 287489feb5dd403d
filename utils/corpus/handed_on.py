"""A corpus as a colleague had it: which of its articles are here, under their names there and in their order there.

What is drawn or dealt by a seed hangs on the order of the articles, and tables show their names. So whoever runs again
what was made elsewhere first lays the own articles as they lay there.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from utils import storage
from utils.corpus import cache
from utils.corpus.corpus import Corpus

DETAILS = ["title", "outlet", "section", "byline", "published", "agency", "rights"]
Record = dict[str, str]  # of an article: its name, and hashes of name (id), text and details
Pair = tuple[int | None, int | None]  # places of an article there and here


@dataclass(frozen=True)
class Colleague:
    """Whose corpus is wanted: its name and articles there, what to load in its place, where to tell what differs."""

    name: str
    articles: Sequence[Record]
    here: str | None
    told: Path

    def arranged(self, news: Corpus) -> Corpus:
        """Give the corpus loaded here as it was there, and write down what of it is not the same."""
        differing, pairs = compared(self.articles, news)
        if not self.told.exists():
            rows = list(zip(differing["article_id"], differing["difference"], strict=True))
            storage.write(self.told, json.dumps({"n_articles": len(news), "differing": rows}).encode())
        return arranged(news, self.articles, pairs, self.name)


WANTED: list[Colleague] = []  # at most one: set where a colleague's code is run again


def wanted(name_or_path: object) -> Colleague | None:
    """Give whose corpus is meant by what `load` is given; None everywhere but where a colleague's code is run again."""
    for colleague in WANTED:
        called = "frame" if isinstance(name_or_path, pd.DataFrame) else Path(str(name_or_path)).name
        if called == colleague.name:
            return colleague
    return None


def records(news: Corpus) -> list[Record]:
    """Give of each article its name and the hashes of name, text and details (title, outlet, date and the like)."""
    articles = news.articles
    details = articles.reindex(columns=DETAILS)
    return [
        {"name": str(name), "id": _hash(str(name)), "text": _hash(raw),
         "details": _hash(json.dumps([cache.plain(value) for value in row]))}
        for name, raw, row in zip(articles.index, articles["raw"], details.to_numpy(dtype="object"), strict=True)
    ]  # fmt: skip


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def compared(theirs: Sequence[Record], news: Corpus) -> tuple[pd.DataFrame, list[Pair]]:
    """Give the articles that are not the same there and here, and which is which.

    Returns one row an article: article_id, difference ("other text", "other details", "only in the pack", "only here");
    and the pairs of places, those there in their order, then what is only here. The same text is the same article,
    whatever it is called; else the same name; else the same title, outlet and date, if one article alone has them.
    """
    ours, titled = records(news), news.articles["title"].notna().to_list()
    left, there = dict.fromkeys(range(len(ours))), dict.fromkeys(range(len(theirs)))
    found: dict[int, int] = {}

    def pair(key: Callable[[Record], object], *, alone: bool = False) -> None:
        known: dict[object, list[int]] = defaultdict(list)
        for n in left:
            if titled[n] or not alone:
                known[key(ours[n])].append(n)
        asked: dict[object, list[int]] = defaultdict(list)
        for n in there:
            asked[key(theirs[n])].append(n)
        for value, places in asked.items():
            if not alone or len(places) == len(known[value]) == 1:
                found.update(zip(places, known[value], strict=False))
        for n, at in found.items():
            there.pop(n, None)
            left.pop(at, None)

    pair(lambda each: (each["text"], each["id"], each["details"]))
    pair(lambda each: (each["text"], each["details"]))
    pair(lambda each: (each["text"], each["id"]))
    pair(lambda each: each["text"])
    pair(lambda each: each["id"])
    pair(lambda each: each["details"], alone=True)
    pairs: list[Pair] = [*((n, found.get(n)) for n in range(len(theirs))), *((None, at) for at in left)]
    said = [(_named(theirs, ours, *each), _difference(theirs, ours, *each)) for each in pairs]
    rows = [each for each in said if each[1]]
    return pd.DataFrame(rows, columns=["article_id", "difference"], dtype="str"), pairs


def _named(theirs: Sequence[Record], ours: Sequence[Record], n: int | None, at: int | None) -> str:
    """Give the name of an article: its own there, ours where the pack withholds it."""
    name = theirs[n]["name"] if n is not None else ""
    return name or (ours[at]["name"] if at is not None else f"article {(n or 0) + 1:,} of the pack")


def _difference(theirs: Sequence[Record], ours: Sequence[Record], n: int | None, at: int | None) -> str:
    if n is None or at is None:
        return "only here" if n is None else "only in the pack"
    was, now = theirs[n], ours[at]
    return "other text" if was["text"] != now["text"] else "other details" if was["details"] != now["details"] else ""


def arranged(news: Corpus, theirs: Sequence[Record], pairs: Sequence[Pair], name: str) -> Corpus:
    """Give the corpus with its articles in the order of the pairs, under their names there, and under its own there."""
    here = [(theirs[n]["name"] if n is not None else "", at) for n, at in pairs if at is not None]
    taken, names, order = {each["name"] for each in theirs}, [], [at for _, at in here]
    for called, own in zip((called for called, _ in here), map(str, news.articles.index[order]), strict=True):
        while not called and own in taken:
            own += "-here"
        names.append(called or own)
        taken.add(names[-1])
    index = pd.Index(names, dtype="str", name="article_id")
    segments = news.segments
    places = pd.Series(range(len(order)), index=news.articles.index[order])
    codes = places.reindex(segments["article_id"].cat.categories).to_numpy()[segments["article_id"].cat.codes]
    segments = segments.assign(article_id=pd.Categorical.from_codes(codes.astype(int), categories=index))
    segments = segments.sort_values("article_id", kind="stable").reset_index(drop=True)
    return replace(news, name=name, _articles=news.articles.iloc[order].set_axis(index), _segments=segments)
