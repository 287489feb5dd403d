"""Which articles are one story: near-copies found by the words they share.

An article is a copy when at least SHARE of its shingles (five words running, in the body alone) are found in
a fuller one, and no fewer than LEAST of them. A share of the shorter of the two, as a wire story that was cut
is a part of its fuller version. Papers that tell one event in their own words share up to a third of their
shingles, where they quote the same speeches at length: half stands well above. And no fewer than LEAST, as a
note of two lines holds little more than a formula ("This is a developing story ..."): one as short as that
joins nothing. Doubles, of which each has every word of the other, are one story however short.

What counts is outside quotations: three papers that quote one speech at length have written three articles. A
shingle that touches five words or more between marks is left out, unless one of two articles has no others.

Articles that each hold half of the other are versions of one text, and stories are transitive over them. Else
a shorter article joins one fuller version, the one that holds most of it: a brief that repeats the background
paragraph of twenty articles would otherwise make them one story.

Comparing all pairs would take too long, so we compare those that MinHash brings together. A signature is 128
numbers; two signatures agree in each with the probability J, the Jaccard similarity of the articles'
shingles. We compare two articles whose signatures agree in AGREE of them or more, unless the share that this
lets us expect is below half of SHARE. With 3 % of its words replaced, a story cut to a fifth is as good as
never missed, one cut to a tenth (J = .085) once in 1,000. What is compared is counted exactly, so that chance
can lose a copy but never make one.

Source: A. Z. Broder (1997), On the resemblance and containment of documents.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import numpy as np
import pandas as pd

from utils.layers import Layer, repeated
from utils.layers.signatures import (
    NUMBERS,
    WORD,
    lines_of_bodies,
    matrix,
    numbers,
    signed,
    text_of,
    without_galleries,
)

SHARE = 0.5  # of the shorter article's shingles, found in the longer
LEAST = 20  # shingles shared
AGREE = 3  # numbers of a signature in which two of them agree
SLOT, SLOTS, CHANGED, LONGEST = 3, 3, 0.05, 600  # words of a slot of a form, slots, changed words, words of a form


def copies(
    raws: Mapping[str, str] | pd.Series,
    segments: pd.DataFrame,
    *,
    signatures: pd.DataFrame | None = None,
    words: pd.DataFrame | None = None,
    published: pd.Series | None = None,
    outlet: pd.Series | None = None,
) -> pd.DataFrame:
    """Give each article its story, how much of it is found in the story's fullest version, and its role.

    Headline, section, byline, dateline, trailer and furniture are passed over, as they are what papers
    change, and so are blocks that an outlet repeats in many articles (see `repeated`), which make none a copy.
    What joins two articles is said at the head of this module. Where A and B are one story, and B and C, so
    are A and C, though these may share less: an overlap below SHARE says that an article came in through
    another version. A summary of the week that reprints two stories whole makes them one.

    Parameters
        raws: raw texts by article_id.  segments: their segments (article_id, start, end, kind).
        signatures: their signatures, as `signed` gives them, which finds them where they do not come.
        words: their words, likewise by `tokens.words`.
        published: dates by article_id; without them, of two versions equally full the first is the original.
        outlet: by article_id; without them no block is passed over.
    Returns one row an article, in the order given:
        article_id   categorical
        story        str, the article_id of the story's original
        overlap      float 0-1, share of the article's distinct shingles found in the original, 1 for the
                     original itself, both outside repeated blocks; NaN where the body has fewer than five words
        outside      float 0-1, likewise outside quotations, which decides; NaN where there are no five words so
        role         str: "only" (a story of one article), "original" (the fullest version, by distinct
                     shingles; of several the earliest, then the first) or "copy"
        form         bool, whether it looks like another filling of the form that the original fills, such as a
                     forecast of another day: of the same outlet, and only a few words at a time differ
    """
    if not isinstance(raws, pd.Series):  # one text at a time: in Python they are large
        raws = pd.Series(raws, dtype=object)
    signatures = signed(raws, segments, words=words) if signatures is None else signatures
    doubles = _doubles(signatures["words"])
    if outlet is not None:
        blocks = repeated.blocks(raws, segments, outlet)
        segments, signatures = _without(blocks[blocks["outlet"] >= 0], raws, segments, signatures, words)
    shingles, outside = numbers(signatures)
    cluster = pd.Series(_clusters(shingles, outside, matrix(signatures), doubles))
    original = _fullest_first(raws.index, shingles, published).groupby(cluster).first()
    original = cluster.map(original).to_numpy(np.intp)
    size = cluster.map(cluster.value_counts()).to_numpy()
    own = np.arange(len(raws))
    overlap, beside = (
        [
            (i == o or _shared(held[i], held[o]) / len(held[i])) if len(held[i]) else np.nan
            for i, o in zip(own.tolist(), original.tolist(), strict=True)
        ]
        for held in (shingles, outside)
    )
    names = pd.Index(raws.index, dtype="str").rename(None)  # as it comes back where it was kept
    roles = np.where(size == 1, "only", np.where(own == original, "original", "copy"))
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(own, categories=names),
            "story": names[original],
            "overlap": np.array(overlap, float),
            "outside": np.array(beside, float),
            "role": pd.Series(roles, dtype="str"),
            "form": _forms(raws, segments, original, outlet),
        }
    )


def _without(
    blocks: pd.DataFrame, raws: pd.Series, segments: pd.DataFrame, signatures: pd.DataFrame, words: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give segments and signatures without repeated blocks; those alone that have one are signed anew."""
    if blocks.empty:
        return segments, signatures
    segments, changed = repeated.without(segments, blocks, raws), np.unique(blocks["article"])
    some = raws.iloc[changed]
    anew = signed(some, segments[segments["article_id"].isin(some.index)], words=words)
    signatures = signatures.copy()
    for name in signatures.columns.drop("article_id"):
        signatures.loc[signatures.index[changed], name] = anew[name].to_numpy()
    return segments, signatures


def _doubles(words: Iterable[bytes]) -> list[int]:
    """Give the place of the first article with the same words, its own where there is none or they are too few."""
    first: dict[bytes, int] = {}
    return [first.setdefault(own, place) if own else place for place, own in enumerate(words)]


def _clusters(
    shingles: Sequence[np.ndarray],
    outside: Sequence[np.ndarray],
    signatures: np.ndarray,
    doubles: Sequence[int] = (),
) -> np.ndarray:
    """Give each article the number of its cluster, by union-find over the pairs that are one story."""
    parent = list(range(len(shingles)))

    def root(article: int) -> int:
        while parent[article] != article:
            parent[article] = article = parent[parent[article]]
        return article

    for one, other in (*enumerate(doubles), *_joined(shingles, outside, signatures)):
        parent[root(one)] = root(other)
    return np.array([root(article) for article in range(len(parent))], dtype=np.intp)


def _joined(
    shingles: Sequence[np.ndarray], outside: Sequence[np.ndarray], signatures: np.ndarray
) -> Iterator[tuple[int, int]]:
    """Give the pairs that are one story: versions of one text, and a shorter article with the one it joins.

    What breaks ties is the content, never the order, so that the clusters do not depend on it.
    """
    digests = [hashlib.blake2b(own.tobytes(), digest_size=16).digest() for own in shingles]
    first: dict[bytes, int] = {}
    for article, digest in enumerate(digests):
        if len(shingles[article]) >= LEAST and first.setdefault(digest, article) != article:
            yield first[digest], article
    best: dict[int, tuple] = {}
    for pair in _candidates(shingles, signatures, list(first.values())):
        held = outside if all(len(outside[article]) for article in pair) else shingles
        short, long = sorted(pair, key=lambda article: (len(held[article]), digests[article]))
        shared = _shared(held[short], held[long])
        if shared >= SHARE * len(held[short]) and _shared(shingles[short], shingles[long]) >= LEAST:
            rank = (shared, len(held[long]), digests[long], long)
            best[short] = max(rank, best.get(short, rank))
            if shared >= SHARE * len(held[long]):
                yield short, long
    yield from ((short, long) for short, (*_, long) in best.items())


def _forms(raws: pd.Series, segments: pd.DataFrame, original: np.ndarray, outlet: pd.Series | None) -> np.ndarray:
    """Say which articles fill the form that the original of their story fills."""
    papers = pd.factorize(outlet)[0] if outlet is not None else np.zeros(len(raws), int)
    copied = np.flatnonzero((original != np.arange(len(raws))) & (papers == papers[original]))
    some = raws.iloc[np.unique([copied, original[copied]])]
    lines = map(without_galleries, some, lines_of_bodies(some, segments[segments["article_id"].isin(some.index)]))
    texts = dict(zip(some.index, map(text_of, some, lines), strict=True))
    found = np.zeros(len(raws), bool)
    for article in copied:
        found[article] = _fills(*(texts[raws.index[one]] for one in (article, original[article])))
    return found


def _fills(one: str, other: str) -> bool:
    """Say whether two texts are one but for slots of a few words, several of them, spread over the text."""
    a, b = (WORD.findall(text.casefold()) for text in (one, other))
    if max(len(a), len(b)) > LONGEST or a == b:
        return False
    parts = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    sizes = [max(last - first, end - start) for kind, first, last, start, end in parts if kind != "equal"]
    return len(sizes) >= SLOTS and max(sizes) <= SLOT and sum(sizes) >= CHANGED * len(a)


def _candidates(
    shingles: Sequence[np.ndarray], signatures: np.ndarray, among: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Give the pairs worth comparing, one by one: memory grows with the articles and not with the pairs."""
    sizes = np.array([len(shingles[article]) for article in among], dtype=np.int64)
    for place, met, agree in _agreeing(signatures[among]):
        expected = agree / (NUMBERS + agree) * (sizes[met] + sizes[place])  # shared, if agree / NUMBERS is J
        likely = (agree >= AGREE) & (expected >= SHARE / 2 * np.minimum(sizes[met], sizes[place]))
        yield from ((among[other], among[place]) for other in met[likely])


def _agreeing(signatures: np.ndarray) -> Iterator[tuple[int, np.ndarray, np.ndarray]]:
    """Give each signature of which there are others before it that have a number in common with it, these, and how many
    numbers.

    Each column is sorted once; those with one number stand together there, in their order.
    """
    n = len(signatures)
    order = np.empty((NUMBERS, n), np.int32)
    first, place = np.empty((2, n, NUMBERS), np.int32)  # where those with one's number begin, and where one is itself
    for column in range(NUMBERS):
        order[column] = np.argsort(signatures[:, column], kind="stable")
        own = signatures[order[column], column]
        place[order[column], column] = np.arange(n)
        first[order[column], column] = np.searchsorted(own, own)
    flat, base = order.ravel(), np.arange(NUMBERS, dtype=np.int64) * n
    for one in np.flatnonzero((place > first).any(axis=1)).tolist():
        many = place[one] - first[one]
        behind = np.cumsum(many)
        at = np.arange(behind[-1]) + np.repeat(base + first[one] - (behind - many), many)
        yield one, *np.unique(flat[at], return_counts=True)


def _shared(one: np.ndarray, other: np.ndarray) -> int:
    """Give how many shingles two articles share."""
    short, long = sorted((one, other), key=len)
    if not len(short):
        return 0
    place = np.searchsorted(long, short)
    return int((long[np.minimum(place, len(long) - 1)] == short).sum())


def _fullest_first(names: pd.Index, shingles: Sequence[np.ndarray], published: pd.Series | None) -> pd.Series:
    """Give the articles' places, the fullest first, of equals the earliest, the undated last."""
    dates = pd.Series(pd.NaT, names) if published is None else published.reindex(names)
    table = pd.DataFrame({"size": list(map(len, shingles)), "date": dates.to_numpy()})
    table = table.sort_values(["size", "date"], ascending=[False, True], kind="stable")
    return pd.Series(table.index, table.index)


LAYERS = {"copies": Layer(copies, needs=("signatures", "words", "published", "outlet"), over_all=True)}
