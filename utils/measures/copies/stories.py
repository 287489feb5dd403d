"""Copies: counting by story where papers print one text, two versions of it side by side, and how near others come."""

import warnings
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import arguments, passages, spans
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers.signatures import MULTIPLIER, SHINGLE, lines_of, quotations
from utils.passages.groups import Columns
from utils.stats import formulas

PER_STORY = ["n_articles", "n_stories", "n_once", "difference", "low", "high", "note"]


def per_story(news: Corpus, table: pd.DataFrame, *, by: Columns = None) -> pd.DataFrame:
    """Give how many articles have a passage of the table, how many stories these are, and how many of them once only.

    A story printed by ten papers is ten articles and one story: what was printed often, and what was written
    often, are two findings. A story counts as soon as one of its articles in the group has a passage; one
    that two outlets print counts in both, so the stories of the outlets add up to more than there are. Stories
    that stand in the corpus once are surely an outlet's own; one that it printed twice is not among them. Stories
    joined by a form that an outlet fills again and again, such as a forecast, are told of in a warning.

    Parameters
        table: passages, such as `terms.hits` gives.
        by: None (one row over all), "article", a column of the table or of articles, or a list of these.
    Returns one row a group, most articles first, a missing value being a group of its own:
        the `by` columns
        n_articles, n_stories   int, at least 1 (0 where there is no group and no passage)
        n_once                  int, stories of one article only, in the corpus as it was loaded
        difference              int, articles beyond the first of their story in the group
        low, high               float, 95 % jackknife-t interval of the difference, for as many stories as the group
                                has, one of them left out at a time; never below 0, missing where `note` says why
        note                    str, why there is no interval: fewer than ten stories, or than five of several articles
                                of the group; where none is, what share of such stories still could be; else ""
    Raises ValueError if the table holds no passages, or `by` names no column.
    Source of the interval, of a mean of the stories: `formulas.jackknife`.
    """
    found, keys = _with_stories(news, table, by)
    _warn_of_forms(news, found)
    groups = found.groupby("group")
    counted = groups.agg(n_articles=("article_id", "nunique"), n_stories=("story", "nunique"),
                         n_once=("once", "nunique"))  # fmt: skip
    counted["difference"] = counted["n_articles"] - counted["n_stories"]
    counted = counted.join(_differences(found)[["low", "high", "note"]])
    none = {**dict.fromkeys(PER_STORY[:4], 0), "note": "no stories to go by"}
    counted = counted.reindex(keys.index).fillna(none).astype(dict.fromkeys(PER_STORY[:4], int))
    counted = counted.sort_values("n_articles", ascending=False, kind="stable")
    return passages.labelled(counted.rename_axis("group").reset_index(), keys)


def _warn_of_forms(news: Corpus, found: pd.DataFrame) -> None:
    """Warn where stories of the passages look like one form, filled several times."""
    forms = news.copies.loc[news.copies["form"], "story"]
    n = found.loc[found["story"].isin(forms), "story"].nunique()
    if n:
        warnings.warn(
            f"{'a story' if n == 1 else f'{n:,} stories'} of {news.name} may be a form that is filled again and again, "
            "such as a forecast, and not one text: read news.copies.query('form') before you count by story",
            stacklevel=3,
        )


def _differences(found: pd.DataFrame) -> pd.DataFrame:
    """Give the bounds of each group's articles beyond the first of their story."""
    each = found.groupby(["group", "story"])["article_id"].nunique().sub(1).rename("more").reset_index()
    table = formulas.jackknife(
        lambda sums: sums["more"] / sums["stories"],
        each[["more"]].assign(stories=1),
        each["group"],
        carries=each["more"] > 0,
        possible=(0, np.inf),
        unit="story",
    )
    return table.assign(low=table["low"] * table["n_units"], high=table["high"] * table["n_units"])


def _with_stories(news: Corpus, table: pd.DataFrame, by: Columns) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give article, story, `once` (the story if no other article has it) and group of each passage; the groups."""
    articles = news.articles
    if not isinstance(table, pd.DataFrame) or "article_id" not in table:
        came = list(table) if isinstance(table, pd.DataFrame) else type(table).__name__
        raise Refusal(
            f"a table of passages (article_id, start, end) is wanted, such as terms.hits gives; what came is {came}"
        )
    group, keys = passages.numbered(table, by, news, taken=PER_STORY, missing=True)
    place = passages.article_numbers(news, table)
    layer, ids = news.copies, articles.index.to_numpy()[place]
    once = layer["story"].where(layer["role"] == "only").to_numpy()[place]
    story = layer["story"].to_numpy()[place]
    return pd.DataFrame({"article_id": ids, "story": story, "once": once, "group": group}), keys


def shared(news: Corpus, one: str, other: str) -> pd.DataFrame:
    """Give the passages of one article's body that stand in another's: runs of SHINGLE words or more, as long as
    can be.

    Returns one row a passage of `one`, in order: article_id, start, end. Raises CorpusError (a ValueError) if an
    article is unknown.
    """
    runs = _runs(news.select([one, other]))
    own = runs[runs["article_id"] == one]
    known = runs.loc[runs["article_id"] == other, "run"]
    held = own["run"].isin(known)
    stretch = (~held).cumsum()[held]
    found = own[held].groupby(stretch).agg(start=("start", "first"), end=("end", "last")).reset_index(drop=True)
    return found.assign(article_id=pd.Series(one, found.index, dtype="str"))[passages.KEYS]


def in_common(news: Corpus, pairs: pd.DataFrame) -> pd.DataFrame:
    """Give the passages that the first article of each pair shares with the second, as `shared` does for one pair.

    Returns one row a passage, pair by pair: article_id, start, end (places in the first), other_id.
    """
    ends = pairs[["article_id", "other_id"]].itertuples(index=False)
    parts = [shared(news, *pair).assign(other_id=pair.other_id) for pair in ends]
    return pd.concat([news.body[passages.KEYS].iloc[:0].assign(other_id=""), *parts], ignore_index=True)


def closest(news: Corpus, *, n: int = 10) -> pd.DataFrame:
    """Give the pairs of articles of different stories that have the largest share of shingles in common.

    All pairs are counted exactly, which shows how near the line that SHARE and LEAST draw anything comes.

    Returns one row a pair, at most n, the nearest first; only pairs that share a shingle:
        article_id, other_id   str, the shorter one first
        shared                 int, distinct shingles that both have
        quoted                 int, those of them that touch quotations in either: they make no copy
        overlap                float 0-1, as a share of the shorter one's distinct shingles
    """
    arguments.whole_number(n, "n")
    ids, runs = news.articles.index, _runs(news)[["article_id", "run", "quoted"]].drop_duplicates()
    place = ids.get_indexer(runs["article_id"].cat.categories)[runs["article_id"].cat.codes]
    run, known = pd.factorize(runs["run"])
    whole, outside = (
        scipy.sparse.csr_array((np.ones(n, np.int64), (place[own], run[own])), shape=(len(ids), len(known))).sign()
        for own in (np.full(len(runs), True), ~runs["quoted"].to_numpy())
        for n in (own.sum(),)
    )
    both = scipy.sparse.triu(whole @ whole.T, k=1).tocoo()
    story, size = news.copies["story"].to_numpy(), whole.sum(axis=1)
    apart = story[both.row] != story[both.col]
    a, b, count = both.row[apart], both.col[apart], both.data[apart]
    short, long = np.where(size[a] <= size[b], (a, b), (b, a))
    unquoted = (outside @ outside.T)[a, b]
    table = pd.DataFrame(
        {"article_id": ids[short], "other_id": ids[long], "shared": count, "quoted": count - unquoted,
         "overlap": count / size[short]}
    )  # fmt: skip
    order = ["overlap", "shared", "article_id", "other_id"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True).head(n)


def _runs(news: Corpus) -> pd.DataFrame:
    """Give each SHINGLE words running in a body: article_id, start, end, `run`, one number for equal ones, and
    `quoted`, whether it touches a quotation that is as long."""
    words = passages.inside(news.words, news.body)
    codes, article = words["term"].cat.codes.to_numpy().astype(np.uint64), words["article_id"].cat.codes.to_numpy()
    n = max(len(words) - SHINGLE + 1, 0)
    run = np.zeros(n, dtype=np.uint64)
    for place in range(SHINGLE):
        run = run * MULTIPLIER + codes[place : place + n]
    first = np.flatnonzero(article[:n] == article[SHINGLE - 1 :][:n])
    sums = np.concatenate([[0], np.cumsum(_quoted(news, words))])
    quoted = sums[first + SHINGLE] > sums[first]
    return spans.joined(words, first, first + SHINGLE - 1).assign(run=run[first], quoted=quoted)


def _quoted(news: Corpus, words: pd.DataFrame) -> np.ndarray:
    """Say of each word of the bodies whether it stands in a quotation of SHINGLE words or more."""
    raws = news.articles["raw"]
    body = zip(news.body["article_id"], news.body["start"], news.body["end"], strict=True)
    marks: list[tuple[str, int, int]] = []
    for name, own in groupby(body, itemgetter(0)):  # one text at a time: in Python they are large
        raw = raws[name]
        marks += ((name, *quoted) for _, start, end in own for quoted in quotations(raw, lines_of(raw, start, end)))
    said = pd.DataFrame(marks, columns=passages.KEYS).astype({"article_id": news.body["article_id"].dtype})
    held = passages.inside(words.drop(columns="outer"), said)["outer"]
    long = held[held.groupby(held).transform("size") >= SHINGLE]
    return words.index.isin(long.index)


def adjusted_rand(one: Sequence, other: Sequence) -> float:
    """Give how well two ways of grouping the same things agree: 1 if wholly, 0 as chance would, below 0 if less.

    Two groupings that are alike for want of any choice (all apart, or all together, in both) agree wholly: 1.

    Parameters
        one, other: the group of each thing, in the same order. Names of groups need not be the same.
    Raises ValueError if the two differ in length.
    Source: Hubert & Arabie (1985), Comparing partitions, equation 5.
    """
    if len(one) != len(other):
        raise Refusal(f"both groupings are of the same things, in the same order; {len(one)} and {len(other)} came")
    cells = pd.crosstab(pd.factorize(np.array(list(one)))[0], pd.factorize(np.array(list(other)))[0]).to_numpy()
    together, rows, columns, all_pairs = (
        int((own * (own - 1) // 2).sum()) for own in (cells, cells.sum(1), cells.sum(0), np.array(len(one)))
    )
    expected = rows * columns / max(all_pairs, 1)
    most = (rows + columns) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)
