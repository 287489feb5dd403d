"""Compare: which words one part of a corpus has more of than another, and how sure that is.

A target is compared with a reference. The formulas among the functions take bare counts: how often a word occurs on
either side, and how many words there are on either side.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import arguments, passages, spans
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.compare.sides import two_parts as two_parts
from utils.stats import bounds, intervals, shuffles, units

Side: TypeAlias = pd.Series | np.ndarray | pd.DataFrame
SIDES = ["target", "reference"]
SCREEN = 0.05  # terms with a smaller p are shuffled again; with a larger one, no more than it takes to see that it is
ENOUGH = 400  # drawings as far from 0: they tell p to a twentieth of it (standard error), and no more are made
COLUMNS = [
    *(f"{name}_{side}" for name in ("count", "n_articles", "rate") for side in SIDES),
    "log_ratio",
    "low",
    "high",
    "chi2",
    "g2",
    "log_odds_z",
    "statistic",
    "p",
    "q",
    "influence",
    "influence_article",
    "note",
]


def keyness(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
    min_units: int = 10,
    n: int = 2000,
    n_second: int = 50_000,
    seed: int = 2025,
    progress: Callable[[Iterable], Iterable] = iter,
) -> pd.DataFrame:
    """Give every term of two sides, those first that most surely tell the sides apart.

    The words of one article are not independent draws. chi2, g2 and log_odds_z take them for such and call far too
    many words key; they stand here to be compared with other tools. Judge by the interval, by p and q, for which
    whole articles are left out or change sides, and by how far the result leans on a single article.

    Parameters
        target, reference: True or False for each article, such as `news.articles["year"] > 1945`, or a table of
        passages, such as the headlines. Without a reference it is the rest: every other word that is read. A
        comparison with a missing value is False, so where False is not the rest, give the reference too.
        within: passages to count in (default: the body; a side given as passages is read wherever it lies).
        unit: what was sampled: "article_id", a column of articles, or a Series by article_id (the story that several
        articles tell). A unit with words on both sides leaves both at once, and its own two parts change sides.
        min_units: a term is tested if at least so many units have it, those of the two sides added up.
        n, n_second, seed, progress: as for `intervals.shuffle`; a term whose p is surely not below .05 is shuffled no
        more.
    Returns one row a term, by p, then by the size of the statistic; where it says SIDE, one column for each side:
        term               str
        count_SIDE         int, occurrences on that side
        n_articles_SIDE    int, articles that have it there
        rate_SIDE          float, occurrences in 10,000 words
        log_ratio          float, log2 of target rate over reference rate, half an occurrence added to each count
        low, high          float, its 95 % jackknife-t interval; missing where `note` says why
        chi2, g2           float, minus where the reference has the higher rate: see `chi2`, `log_likelihood` (4 cells)
        log_odds_z         float: see `log_odds`, with its prior of half an occurrence
        statistic, p, q    float: see `intervals.shuffle`; p and q are missing where `note` says why
        influence          float, largest change of log_ratio by leaving one unit out; missing where a side has fewer
                           than two units
        influence_article  that article, or what else the unit is
        note               str, why there is no p, or why to doubt it; why there is no interval: fewer than ten units
                           on a side, or than five that have the term; where none has it, what share of such units
                           still could; else ""
    Its `attrs` hold n_tokens_SIDE and n_articles_SIDE, all that were read (articles with at least one word).
    Raises ValueError if a side is of another kind, holds no word, or shares words with the other, or a unit is missing.
    """
    arguments.whole_number(n, "n", such_as=2000)
    for name, value in {"min_units": min_units, "n_second": n_second, "seed": seed}.items():
        arguments.whole_number(value, name, least=0)
    each = _by_article(news.words, _sides(news, news.words, target, reference, within))
    facts = each.groupby("side", observed=False).agg(n_tokens=("count", "sum"), n_articles=("article_id", "nunique"))
    if (empty := facts["n_tokens"] == 0).any():
        raise Refusal(
            f"the {empty.idxmax()} holds no word of {news.name}; look at what was given for it, such as "
            "target.sum(), and whether it lies in what is read (the body, or `within`)"
        )
    row, names = _rows(news, each, unit)
    table = _counted(each, facts["n_tokens"]).join(
        _judged(each, row, min_units=min_units, n=n, n_second=n_second, seed=seed, progress=progress)
    )
    table["influence_article"] = [None if pd.isna(one) else names[one // 2] for one in table["influence_unit"]]
    if row.name == "article_id":
        table["note"] = table["note"].str.replace("unit", "article")
    table = table.assign(near=-table["statistic"].abs()).sort_values(["p", "near"], kind="stable")
    table = table[COLUMNS].rename_axis("term").reset_index().astype({"term": "str"})
    table.attrs = {f"{name}_{side}": int(facts.at[side, name]) for name in facts for side in SIDES}
    return table


def passages_of(
    news: Corpus,
    terms: str | Sequence[str] | None,
    target: Side,
    reference: Side | None = None,
    *,
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the passages that `keyness` counts: every occurrence of the terms, or of all if None, on either side.

    Parameters as for `keyness`, so that each of its counts leads back: for
    `passages.evidence(news, one_side(table, "target"), hits, on=["term", "side"])`.
    Returns one row an occurrence, in the order of the articles: article_id, start, end, term, and side (categorical,
    "target" or "reference").
    Raises ValueError as `keyness` does for sides of another kind or with words in common.
    """
    words = news.words
    if terms is not None:
        wanted = [tokens.term_of(term) for term in ([terms] if isinstance(terms, str) else terms)]
        words = words[words["term"].isin(wanted)]
    words = words.reset_index(drop=True)
    side = _sides(news, words, target, reference, within)
    return words.assign(side=pd.Categorical.from_codes(side, SIDES))[side >= 0].reset_index(drop=True)


def one_side(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """Give the table of `keyness` as one side sees it: `count`, `n_articles`, `rate_per_10k` and `side`, so that
    `passages.evidence` can open each row onto that side's passages. Raises ValueError if side is not one of two."""
    arguments.one_of(side, SIDES, "side")
    table = arguments.table(table, "table", columns=[f"count_{side}"], of="compare.keyness")
    other = [column for column in table if column.endswith(SIDES[side == "target"])]
    named = {f"count_{side}": "count", f"n_articles_{side}": "n_articles", f"rate_{side}": "rate_per_10k"}
    one = table.drop(columns=other).rename(columns=named)
    one.insert(1, "side", side)
    return one


def chi2(
    count_target: np.ndarray, count_reference: np.ndarray, n_target: int, n_reference: int, *, yates: bool | None = None
) -> np.ndarray:
    """Give Pearson's chi-squared of the two-by-two table of a word and all others; minus if the reference has more.

    yates: bring the count half a word nearer to what was expected, as Yates did; None does so where quanteda does by
    default: if one of the four cells expects fewer than 5, and the count is more than half a word away.
    Missing where the word is on neither side. Source: quanteda.textstats, textstat_keyness(measure = "chi2").
    """
    a, b = np.asarray(count_target, float), np.asarray(count_reference, float)
    n, both = n_target + n_reference, a + b
    apart = a * n_reference - b * n_target
    if yates is None:
        least = np.minimum(both, n - both) * min(n_target, n_reference) / n
        yates = (least < 5) & (np.abs(apart) > n / 2)
    less = np.maximum(np.abs(apart) - np.where(yates, n / 2, 0), 0)
    with np.errstate(invalid="ignore"):
        return np.sign(apart) * n * less**2 / (both * (n - both) * n_target * n_reference)


def log_likelihood(
    count_target: np.ndarray, count_reference: np.ndarray, n_target: int, n_reference: int, *, cells: int = 4
) -> np.ndarray:
    """Give the log-likelihood ratio G2 of a word on two sides; minus if the reference has the higher rate.

    cells: 4 adds up all cells of the two-by-two table, the word and all other words (Dunning 1993); 2 the word's
    own two (Rayson & Garside 2000), which comes out a little lower, most for frequent words.
    Raises ValueError for another number of cells.
    """
    if cells not in (2, 4):
        raise Refusal(f"cells came as {cells!r}; it is 4 (the whole table, Dunning) or 2 (the word's own, Rayson)")
    a, b = np.asarray(count_target, float), np.asarray(count_reference, float)
    share = (a + b) / (n_target + n_reference)
    counted, expected = [a, b], [n_target * share, n_reference * share]
    if cells == 4:
        counted, expected = (
            [*counted, n_target - a, n_reference - b],
            [*expected, n_target * (1 - share), n_reference * (1 - share)],
        )
    return np.sign(a * n_reference - b * n_target) * 2 * sum(map(scipy.special.rel_entr, counted, expected))


def log_odds(count_target: np.ndarray, count_reference: np.ndarray, *, prior: float | np.ndarray = 0.5) -> np.ndarray:
    """Give the z score of each word's log-odds ratio between two sides, shrunk by a Dirichlet prior.

    The counts are those of every word there is, since the odds are against all others.
    prior: occurrences added to each word: one number, or one a word (counts of a background corpus, scaled).
    Missing where there is no other word. Source: Monroe, Colaresi & Quinn 2008, "Fightin' Words", section 3.
    """
    added = np.broadcast_to(np.asarray(prior, float), np.shape(count_target))
    log_ratio, variance = 0, 0
    for sign, counts in ((1, count_target), (-1, count_reference)):
        count = np.asarray(counts, float) + added
        with np.errstate(divide="ignore", invalid="ignore"):
            log_ratio = log_ratio + sign * np.log(count / (count.sum() - count))
        variance = variance + 1 / count
    return log_ratio / np.sqrt(variance)


def _sides(
    news: Corpus, words: pd.DataFrame, target: Side, reference: Side | None, within: pd.DataFrame | None
) -> np.ndarray:
    """Give for each word the number of its side, -1 for none. Raises ValueError where a word lies on both."""
    read = spans.held(words, news.body if within is None else passages.checked(within, what="within"))
    on_target = _on_side(news, words, target, "target", read, within)
    on_reference = (
        read & ~on_target if reference is None else _on_side(news, words, reference, "reference", read, within)
    )
    shared = words["article_id"][on_target & on_reference]
    if len(shared):
        most, n = shared.mode()[0], shared.value_counts().max()
        raise Refusal(
            f"target and reference have {len(shared):,} words in common, {n:,} of them in {most!r}; a "
            "word lies on one side: take those from one of them, such as reference & ~target, or leave "
            "the reference out to compare with the rest"
        )
    return np.where(on_target, 0, np.where(on_reference, 1, -1))


def _by_article(words: pd.DataFrame, side: np.ndarray) -> pd.DataFrame:
    """Give how often each article has each term on each side: side, article_id, term (categorical) and count."""
    article, term = words["article_id"].cat, words["term"].cat
    on = side >= 0
    n = len(article.categories)
    cells = (side[on] * n + article.codes.to_numpy()[on], term.codes.to_numpy()[on])
    ones = np.ones(on.sum(), np.int64)
    counts = scipy.sparse.coo_array((ones, cells), (2 * n, len(term.categories))).tocsr().tocoo()
    return pd.DataFrame(
        {
            "side": pd.Categorical.from_codes(counts.row // n, SIDES),
            "article_id": pd.Categorical.from_codes(counts.row % n, dtype=words["article_id"].dtype),
            "term": pd.Categorical.from_codes(counts.col, dtype=words["term"].dtype),
            "count": counts.data,
        }
    )


def _on_side(
    news: Corpus, words: pd.DataFrame, side: Side, name: str, read: np.ndarray, within: pd.DataFrame | None
) -> np.ndarray:
    """Give for each word whether it lies on a side; `read` says which are read at all."""
    if isinstance(side, pd.DataFrame):
        held = spans.held(words, passages.checked(side, what=name))
        return held if within is None else held & read
    return read & _per_article(news, side, name)[words["article_id"].cat.codes.to_numpy()]


def _per_article(news: Corpus, side: object, name: str) -> np.ndarray:
    """Give True or False for each article, in their order; ValueError where it is not said of each."""
    index = news.articles.index
    having = "the articles that have a word are news.articles.index.isin(terms.hits(news, {!r})['article_id'])"
    if isinstance(side, str):
        meant = units.condition(news.articles, side) or f"no column has a value like it; {having.format(side)}"
        raise Refusal(f"{name} came as the string {side!r}; it wants True or False for each article: {meant}")
    if isinstance(side, np.ndarray) and len(side) == len(index):
        side = pd.Series(side, index)
    if not isinstance(side, pd.Series) or not pd.api.types.is_bool_dtype(side) or side.isna().any():
        kind = f"a Series of {side.dtype}, or with gaps" if isinstance(side, pd.Series) else type(side).__name__
        raise Refusal(
            f"{name} came as {kind}; it wants True or False for each article, such as news.articles"
            f"['year'] > 1945, or a table of passages. T{having.format('war')[1:]}"
        )
    return units.along(side, index, name).to_numpy(bool)


def _rows(news: Corpus, each: pd.DataFrame, unit: str | pd.Series) -> tuple[pd.Series, np.ndarray]:
    """Give for each count the row it belongs to, 2 x unit + (0 on the target side, 1 on the other), and the units."""
    ids = each["article_id"].cat
    present = np.bincount(ids.codes, minlength=len(ids.categories)) > 0
    unit = units.complete(passages.units_of(news, unit), ids.categories[present])
    place = np.zeros(len(present), int)
    place[present], names = pd.factorize(unit)
    row = 2 * place[ids.codes] + (each["side"] == "reference")
    return row.rename(unit.name), np.asarray(names)


def _counted(each: pd.DataFrame, n_tokens: pd.Series) -> pd.DataFrame:
    """Give count, articles and rate of each term on each side, and what the formulas make of the counts."""
    table = pd.DataFrame(index=each["term"].cat.categories)
    for side in SIDES:
        by_term = each[each["side"] == side].groupby("term", observed=False)["count"]
        table[f"count_{side}"], table[f"n_articles_{side}"] = by_term.sum(), by_term.size()
        table[f"rate_{side}"] = 10_000 * table[f"count_{side}"] / n_tokens[side]
    table = table[(table["count_target"] + table["count_reference"]) > 0].copy()
    counts, totals = [table[f"count_{side}"] for side in SIDES], [n_tokens[side] for side in SIDES]
    table["chi2"], table["g2"] = chi2(*counts, *totals), log_likelihood(*counts, *totals)
    return table.assign(log_odds_z=log_odds(*counts))


def _judged(each: pd.DataFrame, row: pd.Series, **options) -> pd.DataFrame:
    """Give interval, influence and test of each term; `options` are those of `intervals.shuffle`.

    A unit on both sides is two rows: they leave together, and change sides with each other and no other unit's.
    """
    terms, shape = each["term"].cat, (row.max() + 1, len(each["term"].cat.categories))
    cells = scipy.sparse.coo_array((each["count"], (row, terms.codes)), shape).tocsr().tocoo()
    places, levels = [cells.row, cells.col], [np.arange(shape[0]), terms.categories]
    counts = pd.Series(cells.data, pd.MultiIndex(levels, places, names=[row.name, "term"], verify_integrity=False))
    sizes = pd.Series(np.bincount(cells.row, cells.data, shape[0])).astype(np.int64)
    sizes = sizes[sizes > 0]
    is_target, whose = pd.Series(sizes.index % 2 == 0, sizes.index), pd.Series(sizes.index // 2, sizes.index)
    both = whose.duplicated(keep=False)
    jackknife = _left_out_together if both.any() else intervals.jackknife
    enough = [math.ceil(SCREEN * (options["n"] + 1)), ENOUGH]
    options |= {"strata": whose.where(both, -1), "screen": SCREEN, "enough": enough}
    tested = shuffles.shuffle(counts, sizes, target=is_target, **options)
    table = jackknife(counts, sizes, target=is_target)
    notes = zip(tested.pop("note"), table.pop("note"), strict=True)
    return table.join(tested).assign(note=["; ".join(filter(None, both)) for both in notes])


def _left_out_together(counts: pd.Series, sizes: pd.Series, *, target: pd.Series) -> pd.DataFrame:
    """Give log ratios as `intervals.jackknife` does where units, two rows each, have words on both sides.

    A unit leaves both sides at once, so that what its two parts share cancels out: the variance is the sum of the
    sides' less twice their covariance. df: one less than the units of the smaller side.
    """
    sample = units.sampled(counts, sizes)
    chosen = units.chosen_of(target, sample.units)
    codes, whose = pd.factorize(sample.units // 2)
    joined = scipy.sparse.csr_array((np.ones(len(codes)), (codes, np.arange(len(codes)))))
    smaller = min(chosen.sum(), (~chosen).sum())
    parts = [_pairwise(dense, sample.sizes, chosen, joined) for _, dense in units.chunks(sample.counts)]
    estimate, se, influence, place = (np.concatenate(column) for column in zip(*parts, strict=True))
    if smaller < 2:
        se, influence = np.full((2, len(estimate)), np.nan)
    note = bounds.reasons(sample, dict(zip(SIDES, (chosen, ~chosen), strict=True)))
    margin = scipy.special.stdtrit(max(1, smaller - 1), 0.975) * np.where(note == "", se, np.nan)
    unit = pd.Series(2 * whose[place]).where(~np.isnan(influence)).astype("Int64")
    return pd.DataFrame(
        {
            "log_ratio": estimate,
            "low": estimate - margin,
            "high": estimate + margin,
            "influence": influence,
            "influence_unit": unit.to_numpy(object),
            "note": note,
        },
        sample.terms,
    )


def _pairwise(counts: np.ndarray, sizes: np.ndarray, chosen: np.ndarray, joined: "scipy.sparse.csr_array") -> tuple:
    """Give each term's log ratio, its standard error, the largest change by leaving a unit out, and that unit."""
    estimate, least, change, off = 0.0, 0.0, np.zeros(counts.shape), np.zeros(counts.shape)
    for sign, side in ((1, chosen), (-1, ~chosen)):
        count, size, n = counts[side].sum(axis=0), sizes[side].sum(), side.sum()
        value = np.log2((count + 0.5) / size)
        estimate = estimate + sign * value
        least = least + 1 / (count + 0.5) / np.log(2) ** 2
        if n > 1:
            change[side] = sign * (np.log2((count - counts[side] + 0.5) / (size - sizes[side])[:, None]) - value)
            off[side] = (change[side] - change[side].mean(axis=0)) * np.sqrt((n - 1) / n)
    change = joined @ change
    place = np.abs(change).argmax(axis=0)
    return (
        estimate,
        np.sqrt(np.maximum(((joined @ off) ** 2).sum(axis=0), least)),
        np.take_along_axis(change, place[None], 0)[0],
        place,
    )
