"""Signatures: what of an article tells whether it is another's copy, found of each alone and kept.

A shingle is five words running in the body, galleries left out: captions on end, each with a count or a credit. The
MinHash signature of an article is NUMBERS numbers; two articles agree in each with the probability J, the Jaccard
similarity of their shingles. What joins two articles is said in `copies`.

Source: A. Z. Broder (1997), On the resemblance and containment of documents.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

import numpy as np
import pandas as pd
import pyarrow as pa

from utils import spans
from utils.layers import Layer, tokens
from utils.layers.voices.statements import Span, stretches

SHINGLE = 5  # words running
NUMBERS = 128  # in a signature
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
CREDIT = 120  # characters at the end of a line, where its credit is
BYTES = pd.ArrowDtype(pa.binary())  # they stay where they were read
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)  # odd, its bits well mixed


def signed(
    raws: Mapping[str, str] | pd.Series, segments: pd.DataFrame, *, words: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give each article's shingles, those of them outside quotations, and its signature, as bytes.

    Parameters
        raws: raw texts by article_id.  segments: their segments (article_id, start, end, kind).
        words: their words, as `tokens.words` gives them, which finds them where they do not come.
    Returns one row an article, in the order given:
        article_id   categorical
        words        a digest of all words of the body; empty where they are fewer than five
        shingles     its distinct shingles, sorted 64-bit numbers, the same on every machine: see `numbers`
        outside      a bit for each, whether it stands where it touches no quotation of five words or more
        signature    NUMBERS numbers of 32 bits: see `matrix`
    """
    if not isinstance(raws, pd.Series):  # one text at a time: in Python they are large
        raws = pd.Series(raws, dtype=object)
    lines = [*lines_of_bodies(raws, segments)]
    digests = [_digest(text_of(raw, own)) for raw, own in zip(raws, lines, strict=True)]
    lines = [without_galleries(*both) for both in zip(raws, lines, strict=True)]
    shingles, outside = _shingles(raws, lines, tokens.words(raws) if words is None else words)
    names = pd.Index(raws.index, dtype="str")
    columns = {
        "words": digests,
        "shingles": [own.tobytes() for own in shingles],
        "outside": [np.packbits(own).tobytes() for own in outside],
        "signature": [*_signatures(shingles)],
    }
    owners = pd.Categorical.from_codes(np.arange(len(raws)), categories=names)
    return pd.DataFrame({"article_id": owners} | {name: pd.Series(of, dtype=BYTES) for name, of in columns.items()})


def numbers(table: pd.DataFrame) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Give the shingles of each article of `signed`, and of each shingle whether it stands outside quotations."""
    found = [own.view(np.uint64) for own in _bytes(table["shingles"])]
    bits = map(np.unpackbits, _bytes(table["outside"]))
    return found, [own[: len(of)].view(bool) for own, of in zip(bits, found, strict=True)]


def matrix(table: pd.DataFrame) -> np.ndarray:
    """Give the signatures of the articles of a table, a row each."""
    rows = [flat[bounds[0] : bounds[-1]] for flat, bounds in _chunks(table["signature"])]
    return np.concatenate([np.empty(0, np.uint8), *rows]).view(np.uint32).reshape(len(table), NUMBERS)


def _bytes(column: pd.Series) -> Iterator[np.ndarray]:
    """Give the bytes of each article where they lie: they are not copied."""
    return (flat[low:high] for flat, bounds in _chunks(column) for low, high in pairwise(bounds))


def _chunks(column: pd.Series) -> Iterator[tuple[np.ndarray, list[int]]]:
    """Give the bytes of articles on end, and where those of each begin and the last ones end."""
    for some in pa.table({"bytes": column})["bytes"].chunks:
        _, bounds, held = some.buffers()
        places = np.frombuffer(bounds, np.int32)[some.offset : some.offset + len(some) + 1]
        yield np.frombuffer(held or b"", np.uint8), places.tolist()


def lines_of_bodies(raws: pd.Series, segments: pd.DataFrame) -> Iterator[list[Span]]:
    """Give the lines of the body of each article, a paragraph each."""
    body = segments[segments["kind"] == "body"]
    article = raws.index.get_indexer(body["article_id"])
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


def text_of(raw: str, lines: Sequence[Span]) -> str:
    """Give those lines of an article as one text."""
    return "\n".join(raw[start:end] for start, end in lines)


def without_galleries(raw: str, lines: Sequence[Span]) -> list[Span]:
    """Give the lines of a body without its galleries: captions on end, each with a count or a credit.

    Two articles of which each has its own prose above one gallery are two stories.
    """
    kept: list[Span] = []
    for caption, own in groupby(lines, key=lambda line: _is_caption(raw[slice(*line)])):
        run = [*own]
        kept += [] if caption and len(run) >= GALLERY else run
    return kept


def _is_caption(line: str) -> bool:
    """Tell whether a line has a count or a credit, as captions of a gallery have."""
    end = line[-CREDIT:]
    may = "/" in end or "(" in end or ":" in end or " by" in end.lower()  # there is no credit without one
    return bool(line.strip()) and bool(COUNTED.match(line) or may and CREDITED.search(end))


def _shingles(
    raws: pd.Series, lines: Sequence[Sequence[Span]], words: pd.DataFrame
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Give the distinct shingles of each article's lines as sorted 64-bit numbers, the same on every machine; and
    whether each stands outside quotations."""
    n = [len(own) for own in lines]
    places = np.array([line for own in lines for line in own], np.int64).reshape(-1, 2)
    table = pd.DataFrame(
        {"article_id": np.repeat(raws.index.to_numpy(), n), "start": places[:, 0], "end": places[:, 1]}
    )
    first, last = spans.whole(words, table)
    row, line = spans.spread(first, last)  # the words of all lines
    code, known, starts = (
        spans.codes_of(words["term"])[row],
        words["term"].cat.categories,
        words["start"].to_numpy()[row],
    )
    read, terms = np.zeros(len(known), bool), np.zeros(len(known), np.uint64)
    read[code] = True
    terms[read] = np.array([_number(term) for term in known[read].to_numpy(object)], np.uint64)
    found, outside = [], []
    bounds = np.searchsorted(line, np.cumsum([0, *n]))
    for raw, own, (low, high) in zip(raws, lines, pairwise(bounds.tolist()), strict=True):
        runs = _runs(terms[code[low:high]])
        found.append(_distinct(runs))
        held = _quoted(starts[low:high], quotations(raw, own))
        outside.append(np.zeros(len(found[-1]), bool))
        outside[-1][np.searchsorted(found[-1], runs[~held])] = True
    return found, outside


def quotations(text: str, lines: Iterable[Span]) -> list[Span]:
    """Give the stretches between quotation marks in a text, of which each lies in one of its lines."""
    return [(left, right) for start, end in lines for left, right, _ in stretches(text, start, end)]


def _quoted(starts: np.ndarray, quoted: Sequence[Span]) -> np.ndarray:
    """Say of each run of SHINGLE words, of a text's words in order, whether it touches a quotation as long as one."""
    held = np.zeros(len(starts), dtype=bool)
    for first, last in np.searchsorted(starts, np.reshape(quoted, (-1, 2))).tolist():
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


def _distinct(runs: np.ndarray) -> np.ndarray:
    """Give the different ones of some numbers, sorted: of so few `np.unique` takes four times as long."""
    ordered = np.sort(runs)
    return ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]


def _digest(text: str) -> bytes:
    """Give a digest of a text's words; an empty one where they are fewer than a shingle has."""
    held = WORD.findall(text.casefold())
    if len(held) < SHINGLE:
        return b""
    return hashlib.blake2b(" ".join(held).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _signatures(shingles: Sequence[np.ndarray]) -> Iterator[bytes]:
    """Give the signature of each article."""
    from datasketch import MinHash  # here, as it loads half of scipy and few need it

    halves = ((own >> np.uint64(32)).tolist() for own in shingles)
    for own in MinHash.generator(halves, num_perm=NUMBERS, seed=SEED, hashfunc=int):
        yield own.hashvalues.astype(np.uint32).tobytes()


LAYERS = {"signatures": Layer(signed, needs=("words",), libraries=("datasketch",))}
