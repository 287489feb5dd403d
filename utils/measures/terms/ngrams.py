"""N-grams: words that stand side by side again and again, and the phrases that are left when the longer swallow the
shorter."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.terms import lines
from utils.measures.terms.counts import sized
from utils.measures.terms.lines import Line
from utils.passages import Columns, Groups
from utils.stats import intervals

FEWEST, MOST, WIDEST = 2, 7, 5  # words of an n-gram; words in its gap
GAP = " … "
NGRAMS = ["term", "length", "count", "n_articles", "n_tokens", "rate_per_10k", "low", "high", "note"]
HITS = ["article_id", "start", "end", "term", "length"]


class Found(NamedTuple):
    """Occurrences of n-grams on a line: the first and the last word of each, and which n-gram it is.

    names and lengths are those of the n-grams, by their numbers.
    """

    first: np.ndarray
    last: np.ndarray
    gram: np.ndarray
    names: np.ndarray
    lengths: np.ndarray


def ngrams(
    news: Corpus,
    n: int | tuple[int, int] = 2,
    *,
    gap: int = 0,
    swallow: bool = False,
    min_count: int = 2,
    min_articles: int = 1,
    stop: Sequence[str] | None = None,
    by: Columns = None,
    within: pd.DataFrame | None = None,
    interval: Sequence[str] | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how often words stand side by side: each run of n words of one sentence that is there often enough.

    `ngram_hits`, asked in the same way, gives the passages of the rows.

    Parameters
        n: how many words, from 2 to 7, or the fewest and the most, such as (2, 4).
        gap: up to so many words, from 0 to 5, may stand in one gap: "at the … of" is one term, whatever is in it,
        beside the n-grams without a gap. From one beginning it counts once, to the nearest end.
        swallow: whether longer ones swallow shorter ones: from the longest to the shortest, an occurrence that lies
        wholly in one of a longer n-gram of the table is not counted. What is left are phrases.
        min_count, min_articles: n-grams with fewer occurrences, or in fewer articles of their group, are left out.
        stop: terms that no n-gram begins or ends with.
        by: None (the whole), "article", or columns of articles or of `within`; words without a value there are left
        out.
        within: passages to count in (default: the body).
        interval: n-grams to give a jackknife-t interval, such as ["at the … of"], in capitals or not.
        unit: what the interval takes as sampled: "article", "story", a column of articles, or a Series by article_id.
    Returns one row an n-gram (and group), most frequent first, of like ones the longest:
        by columns, term (str, its words folded), length (int, words)
        count, n_articles  int, occurrences, and articles that have it;  n_tokens: int, all words of the group
        rate_per_10k       float, occurrences in 10,000 words
        low, high          float, with `interval` only: the 95 % interval; missing where `note` says why
        note               str, with `interval` only
    Raises ValueError if a number is none that is wanted, `gap` and `swallow` come together, or `by` or `unit` names no
    column.
    """
    groups = passages.groups(news, by, within, unit, taken=NGRAMS)
    asked = None if interval is None else lines.folded(arguments.listed(interval, "interval", of="n-grams"))
    own, found, table = _counted(news, groups, n, gap, swallow, min_count, min_articles, stop)
    length = sized(news, groups)
    table["n_tokens"] = length.groupby("group")["n_tokens"].sum().reindex(table["group"], fill_value=0).to_numpy()
    table["rate_per_10k"] = 10_000 * table["count"] / table["n_tokens"]
    columns = NGRAMS[:-3]
    if asked is not None:
        bounds = _intervals(groups, own, found, asked, length)
        table, columns = table.merge(bounds, on=["group", "term"], how="left"), NGRAMS
        table = table.fillna({"note": "no interval: not asked for"})
    order = ["group", "count", "length", "term"]
    return groups.labelled(table.sort_values(order, ascending=[True, False, False, True])[["group", *columns]])


def ngram_hits(
    news: Corpus,
    n: int | tuple[int, int] = 2,
    *,
    terms: Sequence[str] | None = None,
    gap: int = 0,
    swallow: bool = False,
    min_count: int = 2,
    min_articles: int = 1,
    stop: Sequence[str] | None = None,
    by: Columns = None,
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the passages that `ngrams` counts, so that each of its rows opens: asked in the same way.

    Parameters as for `ngrams`; terms: the n-grams wanted (default: all), such as `table["term"].head(10)`, in
    capitals or not.
    Returns one row an occurrence, in the order of the articles: by columns, article_id, start, end, term, length.
    Raises ValueError as `ngrams` does.
    """
    groups = passages.groups(news, by, within, taken=HITS[1:])
    wanted = None if terms is None else lines.folded(arguments.listed(terms, "terms", of="n-grams"))
    own, found, _ = _counted(news, groups, n, gap, swallow, min_count, min_articles, stop)
    kept = np.lexsort((found.last, found.first))
    if wanted is not None:
        kept = kept[np.isin(found.names, wanted)[found.gram[kept]]]
    table = lines.stretches(news, groups, own, found.first[kept], found.last[kept])
    table = table.assign(term=found.names[found.gram[kept]], length=found.lengths[found.gram[kept]])
    return groups.labelled(table[["group", *HITS]].astype({"term": "str"}))


def _counted(
    news: Corpus, groups: Groups, n: int | tuple[int, int], gap: int, swallow: bool, min_count: int, min_articles: int,
    stop: Sequence[str] | None,
) -> tuple[Line, Found, pd.DataFrame]:  # fmt: skip
    """Give the line, the occurrences that count, and how often each group has each n-gram."""
    low, high = _lengths(n)
    arguments.whole_number(gap, "gap", least=0, such_as=2)
    arguments.one_of(swallow, (True, False), "swallow")
    arguments.whole_number(min_count, "min_count", such_as=2)
    arguments.whole_number(min_articles, "min_articles", such_as=2)
    if gap > WIDEST or (gap and swallow):
        raise Refusal(f"gap is a whole number from 0 to {WIDEST}, and 0 where longer n-grams swallow shorter ones; "
                      f"what came is gap={gap}, swallow={swallow}")  # fmt: skip
    left_out = [] if stop is None else [tokens.term_of(word) for word in arguments.listed(stop, "stop")]
    own = lines.line(news, groups, in_sentences=True)
    found = _joined(own, [*_side_by_side(own, low, high, min_count), *_with_gap(own, low, high, gap, min_count)])
    edge = own.terms.isin(left_out)[own.code]
    kept = ~(edge[found.first] | edge[found.last])
    group = groups.members["group"].to_numpy()
    if swallow:
        kept = _unswallowed(own, found, kept, group, min_count, min_articles)
    found = found._replace(first=found.first[kept], last=found.last[kept], gram=found.gram[kept])
    table, some = _often(own, found, group, min_count, min_articles)
    found = found._replace(first=found.first[some], last=found.last[some], gram=found.gram[some])
    gram = table["gram"].to_numpy()
    table = table.assign(term=pd.array(found.names[gram], dtype="str"), length=found.lengths[gram])
    return own, found, table.reset_index(drop=True)


def _lengths(n: int | tuple[int, int]) -> tuple[int, int]:
    """Give the fewest and the most words. Raises ValueError where they are none that are wanted."""
    pair = tuple(n) if isinstance(n, tuple | list) else (n, n)
    whole = all(isinstance(one, int | np.integer) and not isinstance(one, bool) for one in pair)
    if len(pair) != 2 or not whole or not FEWEST <= pair[0] <= pair[1] <= MOST:
        raise Refusal(f"n is how many words, a whole number from {FEWEST} to {MOST}, or the fewest and the most, "
                      f"such as (2, 4); what came is {n!r:.200}")  # fmt: skip
    return int(pair[0]), int(pair[1])


Piece = tuple[int, int, np.ndarray, np.ndarray, np.ndarray]  # words, those before the gap, first, last, number


def _side_by_side(own: Line, low: int, high: int, min_count: int) -> Iterator[Piece]:
    """Give the n-grams of each length; what is rarer than `min_count` is no part of a longer one that is not."""
    at, number = np.arange(len(own.code)), own.code.astype(np.int64)
    for n in range(2, high + 1):
        there = at + n - 1 <= own.last[at]
        at, number = at[there], number[there]
        number = pd.factorize(number * len(own.terms) + own.code[at + n - 1])[0]
        if min_count > 1:
            common = (np.bincount(number) >= min_count)[number] if len(number) else np.empty(0, bool)
            at, number = at[common], number[common]
        if n >= low:
            yield n, 0, at, at + n - 1, number


def _with_gap(own: Line, low: int, high: int, gap: int, min_count: int) -> Iterator[Piece]:
    """Give the n-grams with a gap, of each length and for each place of the gap, to the nearest end."""
    for n in range(low, high + 1) if gap else ():
        for before in range(1, n):
            at = [np.flatnonzero(np.arange(len(own.code)) + n - 1 + wide <= own.last) for wide in range(1, gap + 1)]
            wide = np.repeat(np.arange(1, gap + 1), [len(one) for one in at])
            first = np.concatenate(at)
            number = own.code[first].astype(np.int64)
            for place in range(1, n):
                code = own.code[first + place + np.where(place >= before, wide, 0)]
                number = pd.factorize(number * len(own.terms) + code)[0]
            nearest = (
                ~pd.DataFrame({"first": first, "number": number}).duplicated().to_numpy()
            )  # narrow gaps come first
            first, wide, number = first[nearest], wide[nearest], number[nearest]
            common = (np.bincount(number) >= min_count)[number] if len(number) else np.empty(0, bool)
            yield n, before, first[common], (first + n - 1 + wide)[common], number[common]


def _joined(own: Line, pieces: Sequence[Piece]) -> Found:
    """Give all pieces together, the n-grams numbered through and named."""
    words, names, lengths, grams, n_before = own.terms.to_numpy(object), [], [], [], 0
    for n, before, first, last, number in pieces:
        gram = pd.factorize(number)[0]  # in the order in which they come
        example = np.flatnonzero(gram > np.maximum.accumulate(np.append(-1, gram))[:-1])
        front = [words[own.code[first[example] + place]] for place in range(before or n)]
        back = [words[own.code[last[example] - place]] for place in range(n - before - 1, -1, -1)] if before else []
        texts = [" ".join(row) for row in zip(*front, strict=True)]
        if before:
            texts = [f"{text}{GAP}{' '.join(row)}" for text, row in zip(texts, zip(*back, strict=True), strict=True)]
        names.append(np.array(texts, object))
        lengths.append(np.full(len(example), n))
        grams.append(gram + n_before)
        n_before += len(example)
    empty = np.empty(0, np.int64)
    first, last = (np.concatenate([empty, *(piece[at] for piece in pieces)]) for at in (2, 3))
    return Found(first, last, *(np.concatenate([empty.astype(kind), *parts])
                                for kind, parts in ((int, grams), (object, names), (int, lengths))))  # fmt: skip


def _often(
    own: Line, found: Found, group: np.ndarray, min_count: int, min_articles: int
) -> tuple[pd.DataFrame, np.ndarray]:
    """Give group, gram, count and n_articles of the n-grams that groups have often enough; whether each occurrence is
    of one of them."""
    member, width, n = own.member[found.first], len(group) + 1, len(found.names) + 1
    pairs, count = np.unique(found.gram * width + member, return_counts=True)
    cells = pd.DataFrame({"key": group[pairs % width] * n + pairs // width, "count": count})
    cells = cells.groupby("key")["count"].agg(["sum", "size"])
    cells = cells[(cells["sum"] >= min_count) & (cells["size"] >= min_articles)]
    keys = cells.index.to_numpy()
    table = pd.DataFrame({"group": keys // n, "gram": keys % n, "count": cells["sum"].to_numpy(),
                          "n_articles": cells["size"].to_numpy()})  # fmt: skip
    of = group[member] * n + found.gram
    return table, np.isin(of, keys)


def _unswallowed(
    own: Line, found: Found, kept: np.ndarray, group: np.ndarray, min_count: int, min_articles: int
) -> np.ndarray:
    """Say of each occurrence whether it counts: it lies in none of a longer n-gram that is there often enough."""
    kept, reach = kept.copy(), np.full(len(own.code), -1)
    lengths = found.lengths[found.gram]
    for n in sorted(set(lengths.tolist()), reverse=True):
        covered = np.maximum.accumulate(reach)
        at = np.flatnonzero((lengths == n) & kept)
        free = covered[found.first[at]] < found.last[at]
        kept[at[~free]] = False
        at = at[free]
        some = found._replace(first=found.first[at], last=found.last[at], gram=found.gram[at])
        _, often_enough = _often(own, some, group, min_count, min_articles)
        kept[at[~often_enough]] = False
        at = at[often_enough]
        reach[found.first[at]] = np.maximum(reach[found.first[at]], found.last[at])
    return kept


def _intervals(groups: Groups, own: Line, found: Found, asked: list[str], length: pd.DataFrame) -> pd.DataFrame:
    """Give group, term, low, high and note of the n-grams asked."""
    some = np.isin(found.names, asked)[found.gram]
    cells = groups.members.iloc[own.member[found.first[some]]].assign(term=found.names[found.gram[some]])
    each = cells.groupby(["group", "article_id", "term"], observed=True).size()
    held, parts = dict(iter(each.groupby(level="group"))), []
    for group, own_length in length.groupby("group"):
        sizes = own_length.set_index(own_length["article_id"].astype("str"))["n_tokens"]
        if group in held:
            crossed = held[group].droplevel("group").unstack(fill_value=0)
            crossed = crossed.set_axis(crossed.index.astype("str")).reindex(sizes.index, fill_value=0).astype(float)
            bounds = intervals.jackknife(groups.by_unit(crossed), groups.by_unit(sizes), unit=groups.unit)
            bounds = bounds[["low", "high", "note"]].rename_axis("term").reset_index()
            parts.append(bounds.assign(group=group))
    parts = parts or [pd.DataFrame({"term": [], "low": [], "high": [], "note": [], "group": []}, dtype=object)]
    return pd.concat(parts, ignore_index=True).astype({"term": "str", "note": "str", "group": int})
