"""Where the sentences are: the sentence layer, split within each segment and never altering the raw text."""

import re
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import pandas as pd
from nupunkt import sent_spans

from utils import spans
from utils.layers import Layer

RANKS = frozenset(  # abbreviations that stand before a name, with a full stop that ends no sentence
    """
    Adm Ald Amb Asst Atty Brig Capt Cdr Cllr Cmdr Col Cpl Det Dr Ens Fr Gen Gov Hon Insp Lieut Lt Maj Messrs Mlle Mme
    Mr Mrs Ms Msgr Mx Pfc Prof Pvt Rep Rev Rt Sen Sgt Spc Supt""".split()
)
RANK = re.compile(rf"\b(?:{'|'.join(sorted(RANKS))})s?\.$")
LONGEST_RANK = 9  # letters with an s and the full stop


def sentences(raws: Mapping[str, str] | pd.Series, segments: pd.DataFrame) -> pd.DataFrame:
    """Give every sentence of every text as a passage, split by nupunkt within each segment.

    A segment is split on its own, so that no sentence runs from a headline into the first paragraph.

    Parameters
        raws: raw texts by article_id.  segments: their segments (article_id, start, end).
    Returns one row a sentence, without white space at its edges:
        article_id   categorical, in the order given
        start, end   int32, code points in raw
        n            int32, order in the article from 0, over all segments
    """
    raws = pd.Series(raws, dtype=object)
    rows: list[tuple[int, int, int, int]] = []
    pieces = segments.sort_values(["article_id", "start"], kind="stable").groupby(
        "article_id", sort=False, observed=True
    )
    own = {name: list(zip(piece["start"], piece["end"], strict=True)) for name, piece in pieces}
    for code, (name, raw) in enumerate(raws.items()):
        found = [span for start, end in own.get(name, ()) for span in _sentence_spans(raw, start, end)]
        rows.extend((code, start, end, n) for n, (start, end) in enumerate(found))
    code, start, end, n = np.array(rows or np.empty((0, 4)), dtype=np.int32).T
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(code, categories=pd.Index(raws.index, dtype="str")),
            "start": start,
            "end": end,
            "n": n,
        }
    )


def _sentence_spans(raw: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the sentences of one segment, their white space trimmed."""
    piece = raw[start:end]
    for first, last in _joined(piece, sent_spans(piece)):
        sentence = piece[first:last]
        if stripped := sentence.strip():
            left = start + first + len(sentence) - len(sentence.lstrip())
            yield left, left + len(stripped)


def _joined(piece: str, found: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give sentences that were cut behind a rank (Lt. | Col. Ivo Marrow) as one."""
    start = None
    for first, last in found:
        start = first if start is None else start
        tail = piece[max(first, last - 2 * LONGEST_RANK) : last].rstrip()
        if last >= len(piece) or not RANK.search(tail):
            yield start, last
            start = None
    if start is not None:
        yield start, last


def sentence_of(tokens: pd.DataFrame, sentences: pd.DataFrame) -> np.ndarray:
    """Give for each word the `n` of the sentence it begins in, int32; -1 where it lies in none."""
    return np.append(sentences["n"], -1)[spans.holder(tokens, sentences)].astype(np.int32)


LAYERS = {"sentences": Layer(sentences, libraries=("nupunkt",))}
