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
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np
import pandas as pd

from utils import progress, spans
from utils.layers import Layer, repeated, tokens
from utils.layers.voices.statements import Span, stretches

SHINGLE = 5  # words running
SHARE = 0.5  # of the shorter article's shingles, found in the longer
LEAST = 20  # shingles shared
NUMBERS, AGREE = 128, 3  # in a signature; in which two of them agree
SEED = 1
WORD = re.compile(r"\w+")
GALLERY = 3  # captions on end
COUNTED = re.compile(r"\s*[\[(]?\d{1,3}(?:\s?/\s?| of )\d{1,3}\b")  # 3 of 12
CREDITED = re.compile(  # … Ivo Lund/Tide Agency · … (AP Photo/Ivo Lund) · … Photo: Ivo Lund · … | Ivo Lund
    r"(?:\b(?-i:[^\W\d_a-z])[\w’'.-]{1,30}\s?/\s?(?-i:[^\W\d_a-z])[\w’' .-]{1,40}"
    r"|\((?:[\w.]{1,10} )?(?:photo|picture|image|file|photograph)\b[^()]{0,60}\)"
    r"|\b(?:photo|photograph|picture|image|credit)s?(?: by|:) ?[^\W\d_][\w’' ./-]{1,50})[.)\]]{0,2}\s*$",
    re.IGNORECASE,
)
SLOT, SLOTS, CHANGED, LONGEST = 3, 3, 0.05, 600  # words of a slot of a form, slots, changed words, words of a form
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
        outside      float 0-1, likewise outside quotations, which decides; NaN where there are no five words so
        role         str: "only" (a story of one article), "original" (the fullest version, by distinct
                     shingles; of several the earliest, then the first) or "copy"
        form         bool, whether it looks like another filling of the form that the original fills, such as a
                     forecast of another day: of the same outlet, and only a few words at a time differ
    """
    if not isinstance(raws, pd.Series):  # one text at a time: in Python they are large
        raws = pd.Series(raws, dtype=object)
    doubles = _doubles(_bodies(raws, _lines(raws, segments)))
    if outlet is not None:
        blocks = repeated.blocks(raws, segments, outlet)
        segments = repeated.without(segments, blocks[blocks["outlet"] >= 0], raws)
    lines = [_without_galleries(*both) for both in zip(raws, _lines(raws, segments), strict=True)]
    shingles, outside = _shingles(raws, lines, tokens.words(raws) if words is None else words)
    cluster = pd.Series(_clusters(shingles, outside, doubles))
    original = _fullest_first(raws.index, shingles, published).groupby(cluster).first()
    original = cluster.map(original).to_numpy(np.intp)
    size = cluster.map(cluster.value_counts()).to_numpy()
    own = np.arange(len(raws))
    overlap, beside = (
        [
            _shared(held[i], held[o]) / len(held[i]) if len(held[i]) else np.nan
            for i, o in zip(own, original, strict=True)
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
            "form": _forms(raws, lines, original, outlet),
        }
    )


def _lines(raws: pd.Series, segments: pd.DataFrame) -> Iterator[list[Span]]:
    """Give the lines of the body of each article, a paragraph each."""
    body = segments[segments["kind"] == "body"]
    article = pd.Categorical(body["article_id"], categories=raws.index).codes
    order = np.lexsort((body["start"], article))
    bounds = np.searchsorted(article[order], np.arange(len(raws) + 1))
    spans_of = body[["start", "end"]].to_numpy()[order]
    for raw, (low, high) in zip(raws, pairwise(bounds), strict=True):
        yield [line for start, end in spans_of[low:high].tolist() for line in lines_of(raw, start, end)]


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Give the lines of a stretch of a text, one by one."""
    for line in text[start:end].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _bodies(raws: Iterable[str], lines: Iterable[Sequence[Span]]) -> Iterator[str]:
    """Give those lines of each article as one text."""
    return (_body(raw, own) for raw, own in zip(raws, lines, strict=True))


def _body(raw: str, lines: Sequence[Span]) -> str:
    return "\n".join(raw[start:end] for start, end in lines)


def _without_galleries(raw: str, lines: Sequence[Span]) -> list[Span]:
    """Give the lines of a body without its galleries: captions on end, each with a count or a credit.

    Two articles of which each has its own prose above one gallery are two stories.
    """
    texts = [raw[start:end] for start, end in lines]
    captions = [bool(line.strip()) and bool(COUNTED.match(line) or CREDITED.search(line[-120:])) for line in texts]
    kept: list[Span] = []
    for caption, own in groupby(zip(lines, captions, strict=True), key=itemgetter(1)):
        run = [line for line, _ in own]
        kept += [] if caption and len(run) >= GALLERY else run
    return kept


def _shingles(
    raws: pd.Series, lines: Sequence[Sequence[Span]], words: pd.DataFrame
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Give the distinct shingles of each article's lines as sorted 64-bit numbers, the same on every machine; and those
    outside quotations."""
    n = [len(own) for own in lines]
    places = np.array([line for own in lines for line in own], np.int64).reshape(-1, 2)
    table = pd.DataFrame(
        {"article_id": np.repeat(raws.index.to_numpy(), n), "start": places[:, 0], "end": places[:, 1]}
    )
    first, last = spans.whole(words, table)
    code, known, starts = spans.codes_of(words["term"]), words["term"].cat.categories, words["start"].to_numpy()
    read, terms = np.zeros(len(known), bool), np.zeros(len(known), np.uint64)
    for begin, end in zip(first, last, strict=True):
        read[code[begin:end]] = True
    terms[read] = np.array([_number(term) for term in known[read]], np.uint64)
    found, outside = [], []
    bounds = np.concatenate([[0], np.cumsum(n)])
    for raw, own, (low, high) in zip(raws, lines, pairwise(bounds), strict=True):
        pieces = [slice(begin, end) for begin, end in zip(first[low:high], last[low:high], strict=True)]
        runs = _runs(terms[np.concatenate([code[:0], *(code[piece] for piece in pieces)])])
        found.append(np.unique(runs))
        at = np.concatenate([starts[:0], *(starts[piece] for piece in pieces)])
        held = _quoted(at, quotations(raw, own))
        outside.append(np.unique(runs[~held]) if held.any() else found[-1])
    return found, outside


def quotations(text: str, lines: Iterable[Span]) -> list[Span]:
    """Give the stretches between quotation marks in a text, of which each lies in one of its lines."""
    return [(left, right) for start, end in lines for left, right, _ in stretches(text, start, end)]


def _quoted(starts: np.ndarray, quoted: Sequence[Span]) -> np.ndarray:
    """Say of each run of SHINGLE words, of a text's words in order, whether it touches a quotation as long as one."""
    held = np.zeros(len(starts), dtype=bool)
    for left, right in quoted:
        first, last = np.searchsorted(starts, (left, right))
        held[first:last] |= last - first >= SHINGLE
    sums = np.concatenate([[0], np.cumsum(held)])
    return sums[SHINGLE:] > sums[: max(len(starts) - SHINGLE + 1, 0)]


def _number(term: str) -> int:
    """Give a term as 64 bits that do not change from run to run, as those of `hash` do."""
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=8).digest(), "little")


def _runs(numbers: np.ndarray) -> np.ndarray:
    """Give the runs of SHINGLE words, each as one number: a polynomial modulo 2**64."""
    n = max(len(numbers) - SHINGLE + 1, 0)
    runs = np.zeros(n, dtype=np.uint64)
    for place in range(SHINGLE):
        runs = runs * MULTIPLIER + numbers[place : place + n]
    return runs


def _doubles(bodies: Iterable[str]) -> list[int]:
    """Give the place of the first article with the same words, its own where there is none or they are too few."""
    first: dict[bytes, int] = {}
    found = []
    for place, body in enumerate(bodies):
        held = WORD.findall(body.casefold())
        digest = hashlib.blake2b(" ".join(held).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        found.append(first.setdefault(digest, place) if len(held) >= SHINGLE else place)
    return found


def _clusters(shingles: Sequence[np.ndarray], outside: Sequence[np.ndarray], doubles: Sequence[int] = ()) -> np.ndarray:
    """Give each article the number of its cluster, by union-find over the pairs that are one story."""
    parent = list(range(len(shingles)))

    def root(article: int) -> int:
        while parent[article] != article:
            parent[article] = article = parent[parent[article]]
        return article

    for one, other in (*enumerate(doubles), *_joined(shingles, outside)):
        parent[root(one)] = root(other)
    return np.array([root(article) for article in range(len(parent))], dtype=np.intp)


def _joined(shingles: Sequence[np.ndarray], outside: Sequence[np.ndarray]) -> Iterator[tuple[int, int]]:
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
        held = outside if all(len(outside[article]) for article in pair) else shingles
        short, long = sorted(pair, key=lambda article: (len(held[article]), digests[article]))
        shared = _shared(held[short], held[long])
        if shared >= SHARE * len(held[short]) and _shared(shingles[short], shingles[long]) >= LEAST:
            rank = (shared, len(held[long]), digests[long], long)
            best[short] = max(rank, best.get(short, rank))
            if shared >= SHARE * len(held[long]):
                yield short, long
    yield from ((short, long) for short, (*_, long) in best.items())


def _forms(
    raws: pd.Series, lines: Sequence[Sequence[Span]], original: np.ndarray, outlet: pd.Series | None
) -> np.ndarray:
    """Say which articles fill the form that the original of their story fills."""
    papers = [None] * len(raws) if outlet is None else outlet.astype(object).where(outlet.notna(), None).tolist()
    found = [
        article != own
        and papers[article] == papers[own]
        and _fills(*(_body(raws.iloc[one], lines[one]) for one in (article, own)))
        for article, own in enumerate(original.tolist())
    ]
    return np.array(found, dtype=bool)


def _fills(one: str, other: str) -> bool:
    """Say whether two texts are one but for slots of a few words, several of them, spread over the text."""
    a, b = (WORD.findall(text.casefold()) for text in (one, other))
    if max(len(a), len(b)) > LONGEST or a == b:
        return False
    parts = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    sizes = [max(last - first, end - start) for kind, first, last, start, end in parts if kind != "equal"]
    return len(sizes) >= SLOTS and max(sizes) <= SLOT and sum(sizes) >= CHANGED * len(a)


def _candidates(shingles: Sequence[np.ndarray], among: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Give the pairs worth comparing, one by one: memory grows with the articles and not with the pairs."""
    sizes = np.array([len(shingles[article]) for article in among], dtype=np.int64)
    for place, (met, agree) in enumerate(_agreeing(_signatures(shingles, among))):
        expected = agree / (NUMBERS + agree) * (sizes[met] + sizes[place])  # shared, if agree / NUMBERS is J
        likely = (agree >= AGREE) & (expected >= SHARE / 2 * np.minimum(sizes[met], sizes[place]))
        yield from ((among[other], among[place]) for other in met[likely])


def _signatures(shingles: Sequence[np.ndarray], among: Sequence[int]) -> np.ndarray:
    """Give the signatures of some articles, a row each."""
    from datasketch import MinHash  # here, as it loads half of scipy and few need it

    signatures = np.zeros((len(among), NUMBERS), dtype=np.uint32)
    halves = ((shingles[article] >> np.uint64(32)).tolist() for article in among)
    signed = MinHash.generator(halves, num_perm=NUMBERS, seed=SEED, hashfunc=int)
    signed = progress.bar(signed, "finding copies", total=len(among), shown=len(among) > 1000)
    for place, own in enumerate(signed):
        signatures[place] = own.hashvalues
    return signatures


def _agreeing(signatures: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Give for each signature those before it that have a number in common with it, and how many numbers.

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
    for one in range(n):
        many = place[one] - first[one]
        behind = np.cumsum(many)
        at = np.arange(behind[-1]) + np.repeat(base + first[one] - (behind - many), many)
        yield np.unique(flat[at], return_counts=True)


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
