"""Laws: how fast counts fall from rank to rank (Zipf), and how fast new words come as texts are read (Heaps)."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import counted, sized, totalled
from utils.passages import Columns, Groups
from utils.stats import formulas

LAW = ["n_articles", "n_tokens", "n_types", "exponent", "low", "high", "note"]
RANKS = ["rank", "term", "count", "expected"]
GROWTH = ["articles_read", "words_read", "types_met"]
POINTS = 20  # of a curve of growth


def zipf(
    news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None, unit: str | pd.Series = "article"
) -> pd.DataFrame:
    """Give how fast counts fall from rank to rank: by Zipf's law the term of rank r has about 1 / r^exponent of them.

    The exponent is the likeliest for the ranks that there are. It grows with the length of what is counted, as more
    rare words come, so compare groups of one length. `ranks` gives the terms that it is fitted to.

    Parameters
        by: None (the whole), "article", or columns of articles or of `within`; words without a value there are left
        out.
        within: passages to count in (default: the body).
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. It alters the
        interval alone.
    Returns one row (a group):
        by columns, n_articles (int, with words), n_tokens (int), n_types (int, different terms)
        exponent    float, above 0; missing where fewer than two terms are there, or all are equally frequent
        low, high   float, jackknife-t interval, not below 0; missing where `note` says why
        note        str, why there is no interval, as for `rate`; else ""
    Raises ValueError if `by` or `unit` names no column.
    Source: Zipf (1949); likelihood of ranks 1 to V as in Moreno-Sánchez, Font-Clos & Corral (2016). Ranks are held
    while a unit is left out, which alters the likelihood by less than the counts do.
    """
    return _law(news, passages.groups(news, by, within, unit, taken=LAW), _without_by_rank, most=np.inf)


def heaps(
    news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None, unit: str | pd.Series = "article"
) -> pd.DataFrame:
    """Give how fast new terms come: by Heaps's law n words hold about n^exponent different ones.

    Half the articles, whichever they are, hold fewer terms than all of them; the exponent is what doubling them adds,
    in logarithms: 1 where all words of the second half are new, 0 where none is. No order of the articles alters it.
    `growth` gives the line.

    Parameters as for `zipf`: words without a value in a column of `by` are left out.
    Returns one row (a group): the columns of `zipf`; exponent, low and high 0-1, missing where there are fewer than two
    articles.
    Raises ValueError if `by` or `unit` names no column.
    Source: Herdan (1960), Heaps (1978); the mean over all halves as in Hurlbert (1971), by articles instead of words.
    """
    return _law(news, passages.groups(news, by, within, unit, taken=LAW), _without_by_halves, most=1)


def ranks(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the terms of each group by rank, beside the counts that Zipf's law expects.

    Parameters as for `zipf`: words without a value in a column of `by` are left out.
    Returns one row a term (and group): by columns, rank (int, from 1), term, count (int), expected (float, as many in
    all; missing where there is no exponent).
    """
    groups = passages.groups(news, by, within, taken=RANKS)
    table = totalled(news, groups).astype({"term": "str"})
    table = table.sort_values(["group", "count", "term"], ascending=[True, False, True], ignore_index=True)
    table["rank"] = table.groupby("group").cumcount() + 1
    parts = [pd.Series(dtype=float)]
    for _, own in table.groupby("group"):
        weight = np.exp(-fitted(own["count"].to_numpy()) * np.log(own["rank"]))  # of rank 1, too, none without exponent
        parts.append(own["count"].sum() * weight / weight.sum())
    return groups.labelled(table.assign(expected=pd.concat(parts))[["group", *RANKS]])


def growth(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how many different terms so many articles hold, on average over all ways to draw them: the line of Heaps.

    Parameters as for `heaps`: words without a value in a column of `by` are left out.
    Returns one row a point (and group), up to 20: by columns, articles_read (int), words_read, types_met (float).
    """
    groups = passages.groups(news, by, within, taken=GROWTH)
    rows = [pd.DataFrame(columns=["group", *GROWTH], dtype=float)]
    for group, cells, units in _by_unit(news, groups):
        n = len(units)
        carriers = np.bincount(np.bincount(cells["term"]))
        drawn = np.unique(np.linspace(1, n, min(n, POINTS)).round().astype(int))
        met = [_held(carriers, n, number) for number in drawn]
        part = {"articles_read": drawn, "words_read": units["n_tokens"].mean() * drawn, "types_met": met}
        rows.append(pd.DataFrame({"group": group, **part}))
    return groups.labelled(pd.concat(rows).astype({"group": int, "articles_read": int}))


def fitted(counts: np.ndarray) -> float:
    """Give the likeliest exponent of Zipf's law for the counts of ranks 1 to V; missing where there is none above 0."""
    logs = np.log(np.arange(1, len(counts) + 1))
    mean, exponent = (counts * logs).sum() / counts.sum(), 1.0
    if len(counts) < 2 or mean >= logs.mean() * (1 - 1e-12) or not mean:
        return np.nan
    for _ in range(100):
        weight = np.exp(-exponent * logs)
        first, second = (weight * logs).sum() / weight.sum(), (weight * logs**2).sum() / weight.sum()
        step = (first - mean) / (second - first**2)
        exponent = exponent + step if exponent + step > 0 else exponent / 2
        if abs(step) < 1e-12:
            break
    return exponent


Without = Callable[[pd.DataFrame, pd.DataFrame], tuple[float, np.ndarray]]


def _law(news: Corpus, groups: Groups, without: Without, *, most: float) -> pd.DataFrame:
    """Give the table of an exponent, from what gives it for all units of a group and without each of them; it is from
    0 to `most`."""
    length = sized(news, groups)
    facts = length.assign(n_articles=length["n_tokens"] > 0).groupby("group")[["n_articles", "n_tokens"]].sum()
    facts = facts.reindex(groups.keys.index, fill_value=0)
    value, n_types = np.full(len(facts), np.nan), np.zeros(len(facts), int)
    changed, rows = [np.empty(0)], [np.empty(0, int)]
    for group, cells, units in _by_unit(news, groups):
        value[group], left = without(cells, units)
        n_types[group] = cells["term"].nunique()
        changed.append(left)
        rows.append(np.full(len(left), group))
    row = np.concatenate(rows)
    carriers = np.bincount(row, minlength=len(value))
    bounds = formulas.left_out(
        value, np.concatenate(changed), row, carriers, possible=(0, most), unit=groups.unit
    ).rename(columns={"value": "exponent"})
    table = facts.assign(n_types=n_types).join(bounds.set_axis(facts.index))
    return groups.labelled(table.rename_axis("group").reset_index()[["group", *LAW]].astype({"n_articles": int}))


def _by_unit(news: Corpus, groups: Groups) -> Iterator[tuple[int, pd.DataFrame, pd.DataFrame]]:
    """Give each group that has words: its number; a row a unit and term; a row a unit.

    The first has unit, term (numbers from 0), count, n_articles (of the unit that have it), all_count, all_articles (of
    the group); the second n_tokens and n_articles.
    """
    cells = counted(news, groups)
    cells = cells.assign(unit=groups.whose(cells["article_id"]), term=cells["term"].cat.codes)
    for group, own in cells.groupby("group"):
        own = own.assign(unit=pd.factorize(own["unit"])[0], term=pd.factorize(own["term"])[0])
        by_unit = own.groupby("unit").agg(n_tokens=("count", "sum"), n_articles=("article_id", "nunique"))
        held = own.groupby(["unit", "term"]).agg(count=("count", "sum"), n_articles=("count", "size")).reset_index()
        of_term = held.groupby("term")[["count", "n_articles"]].transform("sum")
        held = held.assign(all_count=of_term["count"], all_articles=of_term["n_articles"])
        yield int(str(group)), held, by_unit


def _without_by_rank(cells: pd.DataFrame, units: pd.DataFrame) -> tuple[float, np.ndarray]:
    """Give Zipf's exponent of all units, and without each in turn: one step of Newton's from the whole."""
    total, n = np.bincount(cells["term"], cells["count"]), len(units)
    order = np.argsort(-total, kind="stable")
    exponent = fitted(total[order])
    if np.isnan(exponent):
        return exponent, np.full(n, np.nan)
    logs = np.log(np.arange(1, len(total) + 1))
    rank_log = np.empty(len(total))
    rank_log[order] = logs
    unit = cells["unit"].to_numpy()
    heard = np.bincount(unit, cells["count"] * rank_log[cells["term"]], n)
    lost = np.bincount(unit, cells["count"] == cells["all_count"], n).astype(int)  # terms that no other unit has
    weight = np.exp(-exponent * logs)
    sums = [np.append(0, np.cumsum(weight * logs**power))[len(total) - lost] for power in (0, 1, 2)]
    with np.errstate(divide="ignore", invalid="ignore"):
        first, second = sums[1] / sums[0], sums[2] / sums[0]
        mean = ((total[order] * logs).sum() - heard) / (total.sum() - units["n_tokens"].to_numpy())
        return exponent, np.maximum(exponent + (first - mean) / (second - first**2), 0)


def _without_by_halves(cells: pd.DataFrame, units: pd.DataFrame) -> tuple[float, np.ndarray]:
    """Give Heaps's exponent of all articles, and without those of each unit in turn."""
    carriers = np.bincount(np.bincount(cells["term"], cells["n_articles"]).astype(int))
    n, size = int(units["n_articles"].sum()), units["n_articles"].to_numpy()
    unit, had, own = (cells[name].to_numpy() for name in ("unit", "all_articles", "n_articles"))
    whole = carriers.sum() - np.bincount(unit, had == own, len(units))
    half = np.zeros(len(units))
    for gone in np.unique(size):
        share = _shares(len(carriers), n - gone, (n - gone) / 2)
        left = (carriers * share).sum() - np.bincount(unit, share[had] - share[had - own], len(units))
        half = np.where(size == gone, left, half)
    value = np.log2(carriers.sum() / _held(carriers, n, n / 2)) if n > 1 else np.nan
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(value), np.where(n - size > 1, np.log2(whole / half), np.nan)


def _held(carriers: np.ndarray, n: int, drawn: float) -> float:
    """Give how many terms are in so many units of n, on average; carriers: how many terms 0, 1, 2, … have."""
    return float((carriers * _shares(len(carriers), n, drawn)).sum())


def _shares(most: int, n: int, drawn: float) -> np.ndarray:
    """Give how likely a term that 0, 1, 2, … of n units have is in so many that are drawn; part of a unit is a part."""
    from scipy.special import gammaln

    had = np.arange(most)
    rest = n - had - drawn
    with np.errstate(invalid="ignore"):
        none = np.exp(gammaln(np.maximum(n - had, 0) + 1) + gammaln(n - drawn + 1) - gammaln(np.maximum(rest, 0) + 1)
                      - gammaln(n + 1))  # fmt: skip
    return np.where(rest > -1, 1 - np.where(rest >= 0, none, 0), 1)
