"""Which articles are one story: near-copies found by the words they share.

An article is a copy when at least SHARE of its shingles (five words running, in the body alone) are found in
a fuller one, and no fewer than LEAST of them. A share of the shorter of the two, as a wire story that was cut
is a part of its fuller version. Papers that tell one event in their own words share up to a third of their
shingles, where they quote the same speeches at length: half stands well above. And no fewer than LEAST, as a
note of two lines holds little more than a formula ("This is a developing story ..."): one as short as that
joins nothing.

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
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from datasketch import MinHash, MinHashLSH

from utils import progress, spans
from utils.layers import Layer, repeated, tokens

SHINGLE = 5  # words running
SHARE = 0.5  # of the shorter article's shingles, found in the longer
LEAST = 20  # shingles shared
NUMBERS, AGREE = 128, 3  # in a signature; in which two of them agree
SEED = 1
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed


def copies(
    raws: Mapping[str, str] | pd.Series,
    segments: pd.DataFrame,
    *,
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
        words: their words, as `tokens.words` gives them, which finds them where they do not come.
        published: dates by article_id; without them, of two versions equally full the first is the original.
        outlet: by article_id; without them no block is passed over.
    Returns one row an article, in the order given:
        article_id   categorical
        story        str, the article_id of the story's original
        overlap      float 0-1, share of the article's distinct shingles found in the original, 1 for the
                     original itself, both outside repeated blocks; NaN where the body has fewer than five words
        role         str: "only" (a story of one article), "original" (the fullest version, by distinct
                     shingles; of several the earliest, then the first) or "copy"
    """
    raws = pd.Series(raws, dtype=object)
    if outlet is not None:
        blocks = repeated.blocks(raws, segments, outlet)
        segments = repeated.without(segments, blocks[blocks["outlet"] >= 0], raws)
    shingles = _shingles(raws.index, segments, tokens.words(raws) if words is None else words)
    cluster = pd.Series(_clusters(shingles))
    original = _fullest_first(raws.index, shingles, published).groupby(cluster).first()
    original = cluster.map(original).to_numpy(np.intp)
    size = cluster.map(cluster.value_counts()).to_numpy()
    own = np.arange(len(raws))
    overlap = [
        _shared(shingles[i], shingles[o]) / len(shingles[i]) if len(shingles[i]) else np.nan
        for i, o in zip(own, original, strict=True)
    ]
    names = pd.Index(raws.index, dtype="str")
    roles = np.where(size == 1, "only", np.where(own == original, "original", "copy"))
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(own, categories=names),
            "story": names[original],
            "overlap": np.array(overlap, float),
            "role": pd.Series(roles, dtype="str"),
        }
    )


def _shingles(names: pd.Index, segments: pd.DataFrame, words: pd.DataFrame) -> list[np.ndarray]:
    """Give each body's distinct shingles as sorted 64-bit numbers, the same on every machine."""
    body = segments[segments["kind"] == "body"]
    first, last = spans.whole(words, body)
    article = spans.numbers(body["article_id"], pd.Index(names, dtype="str"))
    order = np.lexsort((first, article))
    bounds = np.searchsorted(article[order], np.arange(len(names) + 1))
    code, known, found = words["term"].cat.codes.to_numpy(), words["term"].cat.categories, []
    read, terms = np.zeros(len(known), bool), np.zeros(len(known), np.uint64)
    for begin, end in zip(first, last, strict=True):
        read[code[begin:end]] = True
    terms[read] = np.array([_number(term) for term in known[read]], np.uint64)
    for low, high in pairwise(bounds):
        own = order[low:high]
        parts = [code[begin:end] for begin, end in zip(first[own], last[own], strict=True)]
        found.append(_runs(terms[np.concatenate([code[:0], *parts])]))
    return found


def _number(term: str) -> int:
    """Give a term as 64 bits that do not change from run to run, as those of `hash` do."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


def _runs(numbers: np.ndarray) -> np.ndarray:
    """Give the distinct runs of SHINGLE words, each as one number: a polynomial modulo 2**64."""
    n = max(len(numbers) - SHINGLE + 1, 0)
    runs = np.zeros(n, dtype=np.uint64)
    for place in range(SHINGLE):
        runs = runs * MULTIPLIER + numbers[place : place + n]
    return np.unique(runs)


def _clusters(shingles: Sequence[np.ndarray]) -> np.ndarray:
    """Give each article the number of its cluster, by union-find over the pairs that are one story."""
    parent = list(range(len(shingles)))

    def root(article: int) -> int:
        while parent[article] != article:
            parent[article] = article = parent[parent[article]]
        return article

    for one, other in _joined(shingles):
        parent[root(one)] = root(other)
    return np.array([root(article) for article in range(len(parent))], dtype=np.intp)


def _joined(shingles: Sequence[np.ndarray]) -> Iterator[tuple[int, int]]:
    """Give the pairs that are one story: versions of one text, and a shorter article with the one it joins.

    What breaks ties is the content, never the order, so that the clusters do not depend on it.
    """
    digests = [hashlib.blake2b(own.tobytes(), digest_size=16).digest() for own in shingles]
    first: dict[bytes, int] = {}
    for article, digest in enumerate(digests):
        if len(shingles[article]) >= LEAST and first.setdefault(digest, article) != article:
            yield first[digest], article
    best: dict[int, tuple] = {}
    for pair in _candidates(shingles, list(first.values())):
        short, long = sorted(pair, key=lambda article: (len(shingles[article]), digests[article]))
        shared = _shared(shingles[short], shingles[long])
        if shared >= max(SHARE * len(shingles[short]), LEAST):
            rank = (shared, len(shingles[long]), digests[long], long)
            best[short] = max(rank, best.get(short, rank))
            if shared >= SHARE * len(shingles[long]):
                yield short, long
    yield from ((short, long) for short, (*_, long) in best.items())


def _candidates(shingles: Sequence[np.ndarray], among: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs worth comparing, one by one: memory grows with the articles and not with the pairs."""
    sizes = np.array([len(shingles[article]) for article in among], dtype=np.intp)
    signatures = np.zeros((len(among), NUMBERS), dtype=np.uint32)
    index = MinHashLSH(num_perm=NUMBERS, params=(NUMBERS, 1))
    halves = ((shingles[article] >> np.uint64(32)).tolist() for article in among)
    signed = MinHash.generator(halves, num_perm=NUMBERS, seed=SEED, hashfunc=int)
    signed = progress.bar(signed, "finding copies", total=len(among), shown=len(among) > 1000)
    for place, own in enumerate(signed):
        signatures[place] = own.hashvalues
        met = np.array(index.query(own), dtype=np.intp)
        agree = (signatures[met] == own.hashvalues).sum(axis=1)
        expected = agree / (NUMBERS + agree) * (sizes[met] + sizes[place])  # shared, if agree / NUMBERS is J
        likely = (agree >= AGREE) & (expected >= SHARE / 2 * np.minimum(sizes[met], sizes[place]))
        yield from ((among[other], among[place]) for other in met[likely])
        index.insert(place, own, check_duplication=False)


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


LAYERS = {"copies": Layer(copies, needs=("words", "published", "outlet"), over_all=True, libraries=("datasketch",))}
