"""Blocks that one outlet repeats in many articles which have nothing else in common: galleries, explainers, menus.

A paragraph is part of a block if it stands, word for word, in at least FEWEST articles of an outlet that have nothing
else in common: each has prose of its own, a fifth of it or more, and no two share a paragraph that is in fewer
of them. Versions of one story, each with a new lede, are thereby no block: most of each is in the others. Where MANY
have only the block in common, prose of their own is enough, however little: no story has so many versions that share
nothing beside. Repeated paragraphs on end are one block, and one of less than LEAST characters is none: so short a
sentence comes twice by chance.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import mapped
from utils.layers import Layer

FEWEST, MANY = 4, 8  # articles of the outlet that have only the block in common; and whatever their own share is
LEAST = 60  # characters of a block, and of a paragraph that two articles share and are kin by
OWN = 120  # characters of an article that are not repeated so often: about two dozen words
SHARE = 0.2  # of an article's characters, or of its paragraphs, are its own, at least, where FEWEST are enough
MULTIPLIER = 0x9E3779B97F4A7C15  # odd, its bits well mixed


def blocks(
    raws: Mapping[str, str] | pd.Series,
    segments: pd.DataFrame,
    outlets: pd.Series,
    *,
    texts: np.ndarray | None = None,
    paragraphs: np.ndarray | None = None,
) -> pd.DataFrame:
    """Give the repeated paragraphs of each body, in order: one row a paragraph.

    Parameters
        raws: raw texts by article_id.  segments: their segments (article_id, start, end, kind), article by article.
        outlets: by article_id; articles whose outlet is missing are taken as one outlet's.
        texts, paragraphs: hashes of the texts and of the segments, int64, which are found where they do not come.
    Returns
        article_id   categorical, the articles in raws
        start, end
        outlet    int, the outlet's place among those that come, -1 where it is missing
        line      int, the same for the same paragraph of the same outlet
        run       int, the same for paragraphs on end
    """
    if not isinstance(raws, pd.Series):
        raws = pd.Series(raws, dtype=object)
    codes, _ = pd.factorize(outlets.reindex(raws.index), use_na_sentinel=True)
    body = _paragraphs(raws, segments, codes, paragraphs)
    often = _often(body, np.fromiter(map(hash, raws), np.int64, len(raws)) if texts is None else texts)
    size = (body["end"] - body["start"]).to_numpy()
    sizes, own = (np.bincount(body["article"], part, len(raws)) for part in (size, size * ~often))
    counts, alone = (np.bincount(body["article"], part, len(raws)) for part in (None, ~often))
    most = (own >= SHARE * sizes) | (alone >= SHARE * counts)
    held = (own >= OWN)[body["article"]]
    kin = _kin(body.loc[held & ~often & (size >= LEAST), ["article", "line"]], len(raws))
    found = body[held & often]
    found = found[_alone(found, kin, MANY) | _alone(found, np.where(most, kin, -1), FEWEST)]
    row = found.index.to_numpy()
    fresh = (np.diff(row, prepend=-2) != 1) | (np.diff(found["article"], prepend=-1) != 0)
    found = found.assign(run=np.cumsum(fresh))
    long = (found["end"] - found["start"]).groupby(found["run"]).transform("sum") >= LEAST
    found = found[long].reset_index(drop=True)
    mapped.give_back()
    owners = pd.Categorical.from_codes(found.pop("article"), categories=pd.Index(raws.index, dtype="str"))
    return pd.DataFrame({"article_id": owners} | dict(found.items()))


def _paragraphs(
    raws: pd.Series, segments: pd.DataFrame, outlets: np.ndarray, hashes: np.ndarray | None
) -> pd.DataFrame:
    """Give the paragraphs of the bodies of outlets with enough articles: article, start, end, outlet, line."""
    article = pd.Categorical(segments["article_id"], categories=raws.index).codes.astype(np.int32)
    many = (np.bincount(outlets + 1, minlength=1) >= FEWEST)[outlets + 1]
    own = (segments["kind"] == "body").to_numpy() & (many[article] if len(article) else False)
    columns = {"article": article} | {name: segments[name].to_numpy() for name in ("start", "end")}
    spans = mapped.frame(pd.DataFrame({name: column[own] for name, column in columns.items()}, copy=False))
    spans["outlet"] = outlets[spans["article"]]
    lines = _hashed(raws, spans) if hashes is None else hashes[own]
    with np.errstate(over="ignore"):
        lines = lines.view(np.uint64) * np.uint64(MULTIPLIER) + spans["outlet"].to_numpy(np.uint64)
    return mapped.frame(spans.assign(line=lines))


def _hashed(raws: pd.Series, spans: pd.DataFrame) -> np.ndarray:
    """Give a hash of each stretch."""
    order = np.argsort(spans["article"].to_numpy(), kind="stable")
    bounds = np.searchsorted(spans["article"].to_numpy()[order], np.arange(len(raws) + 1))
    start, end, lines = spans["start"].to_numpy(), spans["end"].to_numpy(), np.zeros(len(spans), np.int64)
    for raw, low, high in zip(raws, bounds, bounds[1:], strict=False):  # one text at a time: in Python they are large
        for row in order[low:high]:
            lines[row] = hash(raw[start[row] : end[row]])
    return lines


def _often(body: pd.DataFrame, texts: np.ndarray) -> np.ndarray:
    """Tell of each paragraph whether it stands in enough articles of its outlet; those of one text count once."""
    lines, row = np.unique(body["line"].to_numpy(), return_inverse=True)
    own, known = pd.factorize(texts)
    pairs = np.unique(row * max(len(known), 1) + own[body["article"]])
    return (np.bincount(pairs // max(len(known), 1), minlength=len(lines)) >= FEWEST)[row]


def _kin(body: pd.DataFrame, n: int) -> np.ndarray:
    """Give each of n articles the number of its kin: articles that share a paragraph, or do so with one that does."""
    shared = body[body["line"].duplicated(keep=False)]
    first = shared.groupby("line")["article"].transform("first")
    pairs = scipy.sparse.coo_array(
        (np.ones(len(shared), bool), (first.to_numpy(), shared["article"].to_numpy())), shape=(n, n)
    )
    return scipy.sparse.csgraph.connected_components(pairs, directed=False)[1]


def _alone(found: pd.DataFrame, kin: np.ndarray, least: int) -> np.ndarray:
    """Tell of each paragraph whether it stands in so many articles that are not kin; those of kin -1 do not count."""
    told = found["line"].to_frame().assign(kin=kin[found["article"]])
    n = told[told["kin"] >= 0].groupby("line")["kin"].nunique()
    return found["line"].isin(n.index[n >= least]).to_numpy()


def without(bodies: pd.DataFrame, repeated: pd.DataFrame) -> pd.DataFrame:
    """Give the segments that are no part of a repeated block."""
    if repeated.empty:
        return bodies
    columns = ["article_id", "start", "end"]
    return bodies[~pd.MultiIndex.from_frame(bodies[columns]).isin(pd.MultiIndex.from_frame(repeated[columns]))]


def _of_corpus(raws: pd.Series, segments: pd.DataFrame, *, outlet: pd.Series) -> pd.DataFrame:
    return blocks(raws, segments, outlet)


LAYERS = {"blocks": Layer(_of_corpus, needs=("outlet",), over_all=True)}
