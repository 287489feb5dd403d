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
from functools import cache
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used

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
PAIRS = 1_000_000  # of signatures that are looked at at a time, about
SLOT, SLOTS, CHANGED, LONGEST = 3, 3, 0.05, 600  # words of a slot of a form, slots, changed words, words of a form


def copies(
    raws: Mapping[str, str] | pd.Series,
    segments: pd.DataFrame,
    *,
    signatures: pd.DataFrame | None = None,
    words: pd.DataFrame | None = None,
    published: pd.Series | None = None,
    outlet: pd.Series | None = None,
    blocks: pd.DataFrame | None = None,
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
        blocks: those that an outlet repeats, as `repeated.blocks` gives them, which finds them where they do not come.
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
    doubles, bodies = _doubles(signatures["words"]), Bodies(signatures)
    if outlet is not None:
        blocks = repeated.blocks(raws, segments, outlet) if blocks is None else blocks
        segments = _without(blocks[blocks["outlet"] >= 0], raws, segments, words, bodies)
    cluster = pd.Series(_clusters(bodies, doubles))
    original = _fullest_first(raws.index, bodies.sizes[0], published).groupby(cluster).first()
    original = cluster.map(original).to_numpy(np.intp)
    size = cluster.map(cluster.value_counts()).to_numpy()
    own = np.arange(len(raws))
    shared = bodies.sizes.astype(float)
    for article in np.flatnonzero(original != own).tolist():
        shared[:, article] = bodies.shared(article, original[article].item())
    overlap, outside = np.divide(shared, bodies.sizes, out=np.full(shared.shape, np.nan), where=bodies.sizes > 0)
    names = pd.Index(raws.index, dtype="str").rename(None)  # as it comes back where it was kept
    roles = np.where(size == 1, "only", np.where(own == original, "original", "copy"))
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(own, categories=names),
            "story": names[original],
            "overlap": overlap,
            "outside": outside,
            "role": pd.Series(roles, dtype="str"),
            "form": _forms(raws, segments, original, outlet),
        }
    )


class Bodies:
    """The shingles of articles, how many each has, in all and outside quotations, and how many two of them share."""

    def __init__(self, table: pd.DataFrame) -> None:
        n = len(table)
        self.shingles, self.outside = [np.empty(0, np.uint64)] * n, [np.empty(0, bool)] * n
        self.sizes, self.signatures = np.zeros((2, n), np.int64), np.zeros((n, NUMBERS), np.uint32)
        self._shared: dict[tuple[int, int], tuple[int, int]] = {}
        self.put(np.arange(n), table)

    def put(self, places: np.ndarray, table: pd.DataFrame) -> None:
        """Take what is signed of the articles in some places."""
        self.signatures[places] = matrix(table)
        for place, own, outside in zip(places.tolist(), *numbers(table), strict=True):
            self.shingles[place], self.outside[place] = own, outside
            self.sizes[:, place] = len(own), np.count_nonzero(outside)

    def digest(self, article: int) -> bytes:
        """Give a digest of the shingles of an article."""
        return hashlib.blake2b(self.shingles[article].data, digest_size=16).digest()

    def shared(self, one: int, other: int) -> tuple[int, int]:
        """Give how many shingles two articles share, and how many of them stand outside quotations in both."""
        short, long = (
            (one, other) if (len(self.shingles[one]), one) < (len(self.shingles[other]), other) else (other, one)
        )
        if (short, long) not in self._shared:
            sought, among = self.shingles[short], self.shingles[long]
            place = np.minimum(np.searchsorted(among, sought), len(among) - 1)
            both = among[place] == sought if len(among) else np.zeros(0, bool)
            outside = both & self.outside[short] & self.outside[long][place]
            self._shared[short, long] = int(np.count_nonzero(both)), int(np.count_nonzero(outside))
        return self._shared[short, long]


def _without(
    blocks: pd.DataFrame, raws: pd.Series, segments: pd.DataFrame, words: pd.DataFrame | None, bodies: Bodies
) -> pd.DataFrame:
    """Give the segments without repeated blocks; the articles alone that have one are signed anew."""
    if len(changed := np.unique(blocks["article_id"].cat.codes)):
        segments, some = repeated.without(segments, blocks), raws.iloc[changed]
        bodies.put(changed, signed(some, segments[segments["article_id"].isin(some.index)], words=words))
    return segments


def _doubles(words: Iterable[bytes]) -> list[int]:
    """Give the place of the first article with the same words, its own where there is none or they are too few."""
    first: dict[bytes, int] = {}
    return [first.setdefault(own, place) if own else place for place, own in enumerate(words)]


def _clusters(bodies: Bodies, doubles: Sequence[int]) -> np.ndarray:
    """Give each article the number of its cluster: what pairs that are one story join, however many it takes."""
    one, other = np.array([*enumerate(doubles), *_joined(bodies)], np.intp).reshape(-1, 2).T
    pairs = scipy.sparse.coo_array((np.ones(len(one), bool), (one, other)), shape=(len(doubles), len(doubles)))
    return scipy.sparse.csgraph.connected_components(pairs, directed=False)[1]


def _joined(bodies: Bodies) -> Iterator[tuple[int, int]]:
    """Give the pairs that are one story: versions of one text, and a shorter article with the one it joins.

    What breaks ties is the content, never the order, so that the clusters do not depend on it.
    """
    same = _same(bodies)
    yield from enumerate(same.tolist())
    digest = cache(bodies.digest)
    best: dict[int, tuple] = {}
    different = np.flatnonzero((same == np.arange(len(same))) & (bodies.sizes[0] >= LEAST))
    for pair in _candidates(bodies, different):
        which = int(bodies.sizes[1, pair].all())  # outside quotations alone, unless one has nothing there
        size = bodies.sizes[which]
        short, long = sorted(pair, key=lambda article: (size[article], digest(article)))
        shared = bodies.shared(*pair)
        if shared[which] >= SHARE * size[short] and shared[0] >= LEAST:
            rank = (shared[which], size[long], digest(long), long)
            best[short] = max(rank, best.get(short, rank))
            if shared[which] >= SHARE * size[long]:
                yield short, long
    yield from ((short, long) for short, (*_, long) in best.items())


def _same(bodies: Bodies) -> np.ndarray:
    """Give the place of the first article with the same shingles, its own where there is none or they are too few."""
    found, first = np.arange(len(bodies.signatures)), dict[bytes, int]()
    alike = pd.DataFrame(bodies.signatures[:, :2]).duplicated(keep=False).to_numpy()  # as those of the same are
    for article in np.flatnonzero(alike & (bodies.sizes[0] >= LEAST)).tolist():
        found[article] = first.setdefault(bodies.digest(article), article)
    return found


def _forms(raws: pd.Series, segments: pd.DataFrame, original: np.ndarray, outlet: pd.Series | None) -> np.ndarray:
    """Say which articles fill the form that the original of their story fills."""
    papers = pd.factorize(outlet)[0] if outlet is not None else np.zeros(len(raws), int)
    copied = np.flatnonzero((original != np.arange(len(raws))) & (papers == papers[original]))
    some = raws.iloc[np.unique([copied, original[copied]])]
    lines = dict(zip(some.index, lines_of_bodies(some, segments[segments["article_id"].isin(some.index)]), strict=True))

    def words_of(article: int) -> list[str]:
        raw, own = raws.iat[article], lines[raws.index[article]]
        return WORD.findall(text_of(raw, without_galleries(raw, own)).casefold())

    found = np.zeros(len(raws), bool)
    for of, own in groupby(sorted(copied.tolist(), key=original.item), key=original.item):
        if len(form := words_of(of)) <= LONGEST:
            for article in own:
                found[article] = _fills(words_of(article), form)
    return found


def _fills(one: Sequence[str], other: Sequence[str]) -> bool:
    """Say whether two texts are one but for slots of a few words, several of them, spread over the text."""
    if max(len(one), len(other)) > LONGEST or one == other:
        return False
    sizes = []
    for size in _slots(one, other):
        if size > SLOT:
            return False
        sizes.append(size)
    return len(sizes) >= SLOTS and sum(sizes) >= CHANGED * len(one)


def _slots(one: Sequence[str], other: Sequence[str]) -> Iterator[int]:
    """Give the words of each stretch in which two texts differ, the longer side's, as they are found."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    ahead = [(0, len(one), 0, len(other))]
    while ahead:
        low, high, first, last = ahead.pop()
        begin, start, n = matcher.find_longest_match(low, high, first, last)
        if n:
            ahead += (low, begin, first, start), (begin + n, high, start + n, last)
        elif size := max(high - low, last - first):
            yield size


def _candidates(bodies: Bodies, among: np.ndarray) -> Iterator[tuple[int, int]]:
    """Give the pairs worth comparing, one by one: memory grows with the articles and not with the pairs."""
    sizes = bodies.sizes[0, among]
    for one, other, agree in _agreeing(bodies.signatures[among]):
        expected = agree / (NUMBERS + agree) * (sizes[one] + sizes[other])  # shared, if agree / NUMBERS is J
        likely = (agree >= AGREE) & (expected >= SHARE / 2 * np.minimum(sizes[one], sizes[other]))
        yield from zip(among[one[likely]].tolist(), among[other[likely]].tolist(), strict=True)


def _agreeing(signatures: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Give the pairs of signatures with numbers in common, some pairs at a time: the one, another before it, and how
    many numbers."""
    rows, groups, n_groups = [], [], 0
    for column in signatures.T:  # a group is those that have one number there
        codes, _ = pd.factorize(column)
        common = np.bincount(codes) > 1
        rows.append(np.flatnonzero(common[codes]))
        groups.append(n_groups + (np.cumsum(common) - 1)[codes[rows[-1]]])
        n_groups += int(common.sum())
    row, group = np.concatenate(rows), np.concatenate(groups)
    table = scipy.sparse.csr_array((np.ones(len(row), np.int32), (row, group)), shape=(len(signatures), n_groups))
    turned, steps = table.T.tocsr(), np.cumsum(table @ np.bincount(group, minlength=n_groups))
    bounds = np.searchsorted(steps, np.arange(0, steps.max(initial=0), PAIRS))
    for low, high in pairwise(np.unique([*bounds, len(steps)]).tolist()):
        found = (table[low:high] @ turned).tocoo()
        one, other = found.coords
        before = other < one + low
        yield one[before] + low, other[before], found.data[before]


def _fullest_first(names: pd.Index, sizes: np.ndarray, published: pd.Series | None) -> pd.Series:
    """Give the articles' places, the fullest first, of equals the earliest, the undated last."""
    dates = pd.Series(pd.NaT, names) if published is None else published.reindex(names)
    table = pd.DataFrame({"size": sizes, "date": dates.to_numpy()})
    table = table.sort_values(["size", "date"], ascending=[False, True], kind="stable")
    return pd.Series(table.index, table.index)


LAYERS = {"copies": Layer(copies, needs=("signatures", "words", "published", "outlet", "blocks"), over_all=True)}
