"""Similarity: how alike the words of articles, or groups of them, are, which words make them so, and a map of all."""

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import arguments, passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.compare.profiles import Profiles, coded, joined, profiles
from utils.passages import Columns
from utils.stats.bounds import FEWEST

MEASURES = ("cosine", "lsa", "jaccard", "containment")
DIMENSIONS = 100  # of latent semantic analysis, or half as many as there are rows
MOST_PAIRS = 2_000_000


def similarity(
    news: Corpus,
    *,
    by: Columns = "article",
    within: pd.DataFrame | None = None,
    measure: str = "cosine",
    lemma: bool = True,
) -> pd.DataFrame:
    """Give how alike every two articles, or two groups of articles, are by their words: the most alike first.

    Held against people who judged 155 pairs of English news articles (SemEval 2022, task 8), r is .78 by cosine, .76
    without lemmas, .80 by lsa: enough to sort by, not to judge one pair by. What two texts share may be a subject, a
    form, or a source; look at `contributions`, and read.

    Parameters
        by: "article", or a column of articles or of `within`.  within: passages to read (default: the body).
        measure: "cosine" of tf-idf, where a term counts the more the fewer articles have it; "lsa", the same
        after latent semantic analysis to 100 dimensions, so that words that keep company are alike; "jaccard", the
        share of all their terms that both have; "containment", the share of the terms of the one that has fewer.
        lemma: count strikes, struck and striking as one, by simplemma, where it knows the language.
    Returns one row a pair:
        the column of `by` (article_id for "article"), and `other`    str
        n_terms, n_terms_other, n_shared   int, different terms of each, and of both
        similarity  float, 0-1 (lsa: -1 to 1)
        low, high   float, 95 % jackknife-t interval of two groups, one of their articles left out at a time
        note        str, why there is none: a pair of articles was not drawn from anything; a group has fewer than ten
                    articles; lsa, whose dimensions hang on every article; else ""
    Two large groups are more alike than two small ones from the same source: hold groups of one size side by side.
    Raises ValueError if `by` or the measure is unknown, or there are more than 2 million pairs.
    Source: Manning, Raghavan & Schütze (2008), chapters 6 and 18; Broder (1997) of resemblance and containment.
    """
    arguments.one_of(measure, MEASURES, "measure")
    read = profiles(news, by, within, lemma=lemma)
    n = len(read.names)
    if n * (n - 1) // 2 > MOST_PAIRS:
        raise Refusal(f"{n:,} of {read.names.name} make {n * (n - 1) // 2:,} pairs, more than {MOST_PAIRS:,}; choose "
                      "articles with news.select, or a column with fewer values")  # fmt: skip
    weight = _idf(read)
    rows = joined(read.counts, read.group, n)
    alike, has = _alike(rows, weight, measure), (rows > 0).astype(float)
    filled = np.diff(rows.indptr) > 0
    one, other = np.triu_indices(n, 1)
    one, other = (places[filled[one] & filled[other]] for places in (one, other))
    shared = np.asarray((has @ has.T).todense())[one, other]
    order = np.lexsort((other, one, -alike[one, other].round(12)))
    one, other, shared = one[order], other[order], shared[order]
    value = alike[one, other]
    terms = np.diff(rows.indptr)
    low, high, note = _bounds(read, weight, measure, one, other, value)
    return pd.DataFrame(
        {
            read.names.name: read.names[one],
            "other": read.names[other],
            "n_terms": terms[one],
            "n_terms_other": terms[other],
            "n_shared": shared.astype(int),
            "similarity": value,
            "low": low,
            "high": high,
            "note": pd.array(note, dtype="str"),
        }
    ).astype({read.names.name: "str", "other": "str"})


def contributions(
    news: Corpus,
    one: str,
    other: str,
    *,
    by: Columns = "article",
    within: pd.DataFrame | None = None,
    lemma: bool = True,
) -> pd.DataFrame:
    """Give which terms make two articles, or two groups of articles, alike, the most telling first.

    Parameters as for `similarity`, whose cosine the column `contribution` adds up to; one, other: two of its names.
    Returns one row a term that both have: term (str), count_one, count_other (int), contribution (float, 0-1).
    Raises ValueError if there is no such article or group.
    """
    read = profiles(news, by, within, lemma=lemma)
    places = [_place(read, name) for name in (one, other)]
    rows = joined(read.counts, read.group, len(read.names))
    weighted = _unit(rows * _idf(read))[places].toarray()
    both = np.flatnonzero(weighted.prod(axis=0))
    counts = rows[places].toarray()[:, both].astype(int)
    table = pd.DataFrame(
        {
            "term": pd.array(read.terms[both], dtype="str"),
            "count_one": counts[0],
            "count_other": counts[1],
            "contribution": weighted[:, both].prod(axis=0),
        }
    )
    return table.sort_values(["contribution", "term"], ascending=[False, True], ignore_index=True)


def contributing(
    news: Corpus,
    one: str,
    other: str,
    *,
    by: Columns = "article",
    within: pd.DataFrame | None = None,
    lemma: bool = True,
) -> pd.DataFrame:
    """Give the passages of `contributions`: each word of either side whose term both have, with its term and `side`.

    Returns article_id, start, end, term, side ("one" or "other"), in the order of the articles. For
    `passages.evidence(news, table.rename(columns={"count_one": "count"}), found[found["side"] == "one"], on="term")`.
    """
    read = profiles(news, by, within, lemma=lemma)
    table = contributions(news, one, other, by=by, within=within, lemma=lemma)
    code, terms = coded(news, lemma)
    words = news.words[passages.KEYS].assign(term=terms[code])
    words = words[words["term"].isin(set(table["term"]))]
    found = []
    for side, name in (("one", one), ("other", other)):
        held = read.groups.rows(words)
        held = held[held["group"] == _place(read, name)]
        found.append(held.drop(columns="group").assign(side=side))
    return pd.concat(found, ignore_index=True).astype({"term": "str", "side": "str"})


def layout(
    news: Corpus, *, by: Columns = "article", within: pd.DataFrame | None = None, lemma: bool = True
) -> pd.DataFrame:
    """Give every article, or group, a place on a map: near each other what has like words, as far as two axes can say.

    The two directions in which the tf-idf of their words differs most (principal components).
    Parameters as for `similarity`.
    Returns one row an article or group: the column of `by`, n_tokens (int), x, y (float, no unit). Its `attrs` hold
    share_x and share_y, how much of all difference each axis shows: where they add up to little, so does the map.
    """
    read = profiles(news, by, within, lemma=lemma)
    rows = joined(read.counts, read.group, len(read.names))
    filled = np.flatnonzero(np.diff(rows.indptr))
    weighted = _unit(rows[filled] * _idf(read))
    mean = np.asarray(weighted.mean(axis=0)).ravel()
    gram = np.asarray((weighted @ weighted.T).todense()) - (both := weighted @ mean)[:, None] - both + mean @ mean
    values, vectors = np.linalg.eigh(gram)
    values, vectors = values[::-1][:2].clip(0), vectors[:, ::-1][:, :2]
    places = vectors * np.sqrt(values)
    places *= np.where(places[np.abs(places).argmax(axis=0), range(places.shape[1])] < 0, -1, 1)
    places = np.pad(places, ((0, 0), (0, 2 - places.shape[1])))
    table = pd.DataFrame(
        {
            read.names.name: pd.array(read.names[filled], dtype="str"),
            "n_tokens": np.asarray(rows[filled].sum(axis=1)).astype(int),
            "x": places[:, 0],
            "y": places[:, 1],
        }
    )
    total = np.trace(gram)
    shares = [float(value / total) if total > 0 else 0.0 for value in np.pad(values, (0, 2 - len(values)))]
    table.attrs = dict(zip(("share_x", "share_y"), shares, strict=True))
    return table


def _place(read: Profiles, name: str) -> int:
    if name not in read.names:
        raise Refusal(f"{name!r} is no {read.names.name} here; there are {', '.join(read.names[:5])} …")
    return int(read.names.get_loc(name))


def _idf(read: Profiles) -> np.ndarray:
    """Give log(1 + (N - n + .5)/(n + .5)) of each term over the N articles that are read, n of which have it.

    Above 0 for a term that all have, so that two copies are alike. Source: Robertson & Zaragoza (2009), section 3.
    """
    n = np.bincount(read.counts.indices, minlength=len(read.terms))
    return np.log1p((read.counts.shape[0] - n + 0.5) / (n + 0.5))


def _unit(rows: "scipy.sparse.csr_array") -> "scipy.sparse.csr_array":
    """Give the rows at length 1; those without any length stay at 0."""
    rows = scipy.sparse.csr_array(rows)
    length = np.sqrt(np.asarray(rows.power(2).sum(axis=1)).ravel())
    return scipy.sparse.diags_array(np.divide(1, length, out=np.zeros_like(length), where=length > 0)) @ rows


def _alike(rows: "scipy.sparse.csr_array", weight: np.ndarray, measure: str) -> np.ndarray:
    """Give the similarity of every two rows."""
    if measure == "cosine":
        unit = _unit(rows * weight)
        return np.asarray((unit @ unit.T).todense()).clip(0, 1)
    if measure == "lsa":
        return _latent(_unit(rows * weight))
    has = (rows > 0).astype(float)
    n, shared = np.diff(rows.indptr).astype(float), np.asarray((has @ has.T).todense())
    whole = n[:, None] + n - shared if measure == "jaccard" else np.minimum(n[:, None], n)
    return np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)


def _latent(unit: "scipy.sparse.csr_array") -> np.ndarray:
    """Give the cosines after latent semantic analysis, by the eigenvectors of all scalar products of rows."""
    values, vectors = np.linalg.eigh(np.asarray((unit @ unit.T).todense()))
    k = min(DIMENSIONS, max(1, len(values) // 2))
    kept = vectors[:, -k:] * np.sqrt(values[-k:].clip(0))
    length = np.linalg.norm(kept, axis=1)
    kept = np.divide(kept, length[:, None], out=np.zeros_like(kept), where=length[:, None] > 0)
    return (kept @ kept.T).clip(-1, 1)


def _bounds(
    read: Profiles, weight: np.ndarray, measure: str, one: np.ndarray, other: np.ndarray, value: np.ndarray
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Give the interval of each pair, by leaving out one article of either group at a time, or why it has none."""
    low, high = np.full((2, len(one)), np.nan)
    if read.names.name == "article_id":
        return low, high, ["no interval: one pair of articles is no sample"] * len(one)
    if measure == "lsa":
        return low, high, ["no interval: each article left out would make other dimensions"] * len(one)
    rows, note = joined(read.counts, read.group, len(read.names)), []
    n = np.bincount(read.group, minlength=len(read.names))
    without = _cosine_without if measure == "cosine" else _shared_without
    for place, (a, b) in enumerate(zip(one.tolist(), other.tolist(), strict=True)):
        if min(n[a], n[b]) < FEWEST:
            note.append(f"no interval: {min(n[a], n[b]):,} articles on a side, {FEWEST} are wanted")
            continue
        sides = [without(read, rows, weight, own, off, measure) for own, off in ((a, b), (b, a))]
        variance = [(len(side) - 1) * side.var() for side in sides]
        if not (spread := sum(variance)):
            note.append("no interval: the values are all alike")
            continue
        df = spread**2 / sum(part**2 / (len(side) - 1) for part, side in zip(variance, sides, strict=True))
        margin = scipy.special.stdtrit(df, 0.975) * np.sqrt(spread)
        low[place], high[place] = np.clip((value[place] - margin, value[place] + margin), 0, 1)
        note.append("")
    return low, high, note


def _cosine_without(
    read: Profiles, rows: "scipy.sparse.csr_array", weight: np.ndarray, own: int, off: int, measure: str
) -> np.ndarray:
    """Give the cosine of two groups without each article of the one."""
    each = scipy.sparse.csr_array(read.counts[read.group == own] * weight)
    whole, other = ((rows[[place]] * weight).toarray()[0] for place in (own, off))
    length = whole @ whole - 2 * (each @ whole) + np.asarray(each.power(2).sum(axis=1)).ravel()
    product = np.sqrt(length.clip(0) * (other @ other))
    return np.divide(whole @ other - each @ other, product, out=np.zeros(len(product)), where=product > 0)


def _shared_without(
    read: Profiles, rows: "scipy.sparse.csr_array", weight: np.ndarray, own: int, off: int, measure: str
) -> np.ndarray:
    """Give what share of terms two groups have in common without each article of the one: its own terms go with it."""
    each = (read.counts[read.group == own] > 0).astype(float)
    alone = np.asarray(each.sum(axis=0)).ravel() == 1
    theirs = rows[[off]].toarray()[0] > 0
    n = (rows[[own]].toarray()[0] > 0).sum() - each @ alone.astype(float)
    shared = ((rows[[own]].toarray()[0] > 0) & theirs).sum() - each @ (alone & theirs).astype(float)
    whole = n + theirs.sum() - shared if measure == "jaccard" else np.minimum(n, theirs.sum())
    return np.divide(shared, whole, out=np.zeros(len(n)), where=whole > 0)
