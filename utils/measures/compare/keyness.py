"""Compare: which words one part of a corpus has more of than another, and how sure that is.

A target is compared with a reference. What bare counts say stands in `formulas`, which stories count in `stories`, and
what articles of one outlet, writer or day are worth in `clusters`.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils import arguments, passages, spans
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.compare import formulas
from utils.measures.compare.clustering import effective, words_of
from utils.measures.compare.judged import SCREEN, judged, together
from utils.measures.compare.stories import kept, on_both_sides
from utils.passages.sides import SIDES, Side, sided
from utils.stats import units

PRIOR = 1_000  # words that the prior of the log-odds adds to each side, spread as those of both sides are
CLUSTERED = "its articles are worth {:.0f} % of their number, as those of an outlet, a writer or a day are alike"
COLUMNS = [
    *(f"{name}_{side}" for name in ("count", "n_articles", "rate") for side in SIDES),
    "log_ratio",
    "low",
    "high",
    "percent_diff",
    "chi2",
    "g2",
    "g2_rayson",
    "log_odds_z",
    "cohens_d",
    "statistic",
    "p",
    "q",
    "n_effective",
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
    counted: pd.DataFrame | None = None,
    stories: str = "printed",
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
        target, reference: True or False for each article, such as `news.articles["year"] > 1945`; a column and the
        value, or values, that it has there, such as `{"outlet": "The Post"}`; or a table of passages, such as the
        headlines, a month, what one person says. Without a reference it is the rest: every other word that is read. A
        comparison with a missing value is False, so where False is not the rest, give the reference too.
        within: passages to count in (default: the body; a side given as passages is read wherever it lies).
        counted: passages with a column `term` (or `query`) to count instead of every word: n-grams, lemmas, word
        groups. Rates stay those in 10,000 words.
        stories: what a side is asked about: "printed" counts every article; "written" a story once on either side,
        however often it is printed there, and takes the story for the unit; "own" only stories that the other
        side does not have, each once.
        unit: what was sampled: "article", "story", a column of articles such as "outlet", or a Series by
        article_id. A unit with words on both sides leaves both at once, and its own two parts change sides. With
        "story", a term has no p if most articles that carry it tell a story that both sides have: whatever divides
        the sides there, these prints do not.
        min_units: a term is tested if at least so many units have it, those of the two sides added up.
        n, n_second, seed, progress: as for `intervals.shuffle`; a term whose p is surely not below .05 is shuffled no
        more.
    Between halves of three corpora, and of 200 articles of 37 outlets, p of the first shuffles was below .05 for
    .049-.050 of words (g2: .07-.16), and any q below .05 in 0-.04 of 200 to 1,000 deals (benchmarks/nulls.py).
    Of nominal 95 % intervals of a simulated log ratio .93-.97 held the truth with 20 articles a side, and .94-.96 with
    200; where rates went with the root of an article's length, or against it, and one side's articles were half as
    long again, .92-.97. That is the truth of words, not of articles of one length: a word of long articles is
    key where a side has long ones. Of stories that print one text three times .93-.97 by story, .65-.79 by article.
    Returns one row a term, by p, then by the size of the statistic; where it says SIDE, one column for each side:
        term               str
        count_SIDE         int, occurrences on that side
        n_articles_SIDE    int, articles that have it there
        rate_SIDE          float, occurrences in 10,000 words
        log_ratio          float, log2 of target rate over reference rate, half an occurrence added to each count
        low, high          float, its 95 % jackknife-t interval; missing where `note` says why
        percent_diff       float: see `formulas.percent_difference`; missing where the reference has none
        chi2, g2           float, minus where the reference has the higher rate: see `chi2`, `log_likelihood` (4 cells)
        g2_rayson          float, likewise, of the word's own two cells
        log_odds_z         float: see `log_odds`; its prior adds 1,000 words to a side, spread as those of both are
        cohens_d           float: see `formulas.cohens_d`, over articles
        statistic, p, q    float: see `intervals.shuffle`; missing where `note` says why
        n_effective        float, how many articles would tell as much as those read, were none alike by its outlet,
                           writer or day: see `clustering.effective`; to be held against n_articles of both in `attrs`
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
    words, shown = news.words, news.words if counted is None else _with_terms(counted)
    side = sided(news, words, target, reference, within)
    present = kept(news, words_of(news, words, side) > 0, stories)
    n_tokens = words_of(news, words, side) * present
    _check_filled(news, n_tokens, stories)
    side = side if shown is words else sided(news, shown, target, reference, within)
    counts = _by_article(news, shown, side, present)
    del side  # a number for each word
    if stories == "written" and isinstance(unit, str) and unit in ("article", "article_id"):
        unit = "story"
    place, names, kind = _units(news, unit, n_tokens.sum(axis=0) > 0)
    terms = shown["term"].cat.categories
    some = np.flatnonzero(sum(matrix.sum(axis=0) for matrix in counts))
    counts, terms = [matrix[:, some] for matrix in counts], terms[some].rename("term")
    shared = np.full(len(terms), False)
    if kind == "story":
        shared = _mostly(counts, on_both_sides(news, n_tokens > 0))
    table = _counted(counts, n_tokens, terms).join(
        judged(
            counts, n_tokens, place, terms, shared,
            min_units=min_units, n=n, n_second=n_second, seed=seed, progress=progress,
        )
    )  # fmt: skip
    table["influence_article"] = _named(table["influence_unit"], names)
    table["n_effective"] = effective(news, counts, n_tokens)
    if kind == "article_id":
        table["note"] = table["note"].str.replace("unit", "article")
        table["note"] = _with_clusters(table, int((n_tokens.sum(axis=0) > 0).sum()))
    order = np.lexsort((-table["statistic"].abs(), table["p"]))  # what is missing goes last
    table = table[COLUMNS].iloc[order].reset_index().astype({"term": "str"})
    read = {"n_tokens": n_tokens.sum(axis=1), "n_articles": (n_tokens > 0).sum(axis=1)}
    table.attrs = {f"{name}_{side}": int(n) for name, both in read.items() for side, n in zip(SIDES, both, strict=True)}
    return table


def passages_of(
    news: Corpus,
    terms: str | Sequence[str] | None,
    target: Side,
    reference: Side | None = None,
    *,
    within: pd.DataFrame | None = None,
    stories: str = "printed",
    counted: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the passages that `keyness` counts: every occurrence of the terms, or of all if None, on either side.

    Parameters as for `keyness`, so that each of its counts leads back: for
    `passages.evidence(news, one_side(table, "target"), hits, on=["term", "side"])`.
    Returns one row an occurrence, in the order of the articles: article_id, start, end, term, and side (categorical,
    "target" or "reference").
    Raises ValueError as `keyness` does for sides of another kind or with words in common.
    """
    words = news.words if counted is None else _with_terms(counted)
    present = None
    if stories != "printed":
        read = words_of(news, news.words, sided(news, news.words, target, reference, within))
        present = kept(news, read > 0, stories)
    if terms is not None:
        asked = [terms] if isinstance(terms, str) else list(terms)
        wanted = asked if counted is not None else [tokens.term_of(term) for term in asked]
        words = words[words["term"].isin(wanted)]
    words = words.reset_index(drop=True)
    side = sided(news, words, target, reference, within)
    on = side >= 0
    if present is not None:
        on &= present[side, words["article_id"].cat.codes.to_numpy()]
    return words.assign(side=pd.Categorical.from_codes(side, SIDES))[on].reset_index(drop=True)


def one_side(table: pd.DataFrame, side: str) -> pd.DataFrame:
    """Give the table of `keyness` as one side sees it: `count`, `n_articles`, `rate_per_10k` and `side`, so that
    `passages.evidence` can open each row onto that side's passages. Raises ValueError if side is not one of two."""
    arguments.one_of(side, SIDES, "side")
    table = arguments.table(table, "table", columns=[f"count_{side}"], of="compare.keyness")
    other = [column for column in table if column.endswith(SIDES[side == "target"])]
    named = {f"count_{side}": "count", f"n_articles_{side}": "n_articles", f"rate_{side}": "rate_per_10k"}
    named |= {f"value_{side}": "value"}  # of a page of `parts`
    one = table.drop(columns=other).rename(columns=named)
    one.insert(1, "side", side)
    return one


def _with_terms(counted: pd.DataFrame) -> pd.DataFrame:
    """Give passages with their terms as categories. Raises ValueError where they have none."""
    counted = passages.checked(counted, what="counted")
    column = next((name for name in ("term", "query") if name in counted), None)
    if column is None:
        raise Refusal("counted came without a column term; it wants one, that says of each passage what it counts for")
    columns = [*passages.KEYS, column]
    return counted[columns].rename(columns={column: "term"}).astype({"term": "category"}).reset_index(drop=True)


def _check_filled(news: Corpus, n_tokens: np.ndarray, stories: str) -> None:
    for side, n in zip(SIDES, n_tokens.sum(axis=1), strict=True):
        if not n and stories == "own":
            raise Refusal(f"the {side} has no story of its own in {news.name}; ask what is printed, or written")
        if not n:
            raise Refusal(
                f"the {side} holds no word of {news.name}; look at what was given for it, such as "
                "target.sum(), and whether it lies in what is read (the body, or `within`)"
            )


def _by_article(
    news: Corpus, words: pd.DataFrame, side: np.ndarray, present: np.ndarray
) -> "list[scipy.sparse.csr_array]":
    """Give how often each article has each term, a matrix for each side, in articles of `present` alone."""
    article, term = spans.codes_of(words["article_id"]), spans.codes_of(words["term"])
    shape, counts = (len(news), len(words["term"].cat.categories)), []
    for place in range(len(SIDES)):
        cells = [np.empty((3, 0), np.int32)]
        for some in spans.portions(len(words)):
            on = (side[some] == place) & present[place, article[some]]
            ones, at = np.ones(on.sum(), np.int32), (article[some][on], term[some][on])
            own = scipy.sparse.coo_array((ones, at), shape).tocsr().tocoo()
            cells.append(np.array([*own.coords, own.data], np.int32))
        row, column, times = np.concatenate(cells, axis=1)
        counts.append(scipy.sparse.coo_array((times.astype(np.int64), (row, column)), shape).tocsr())
    return counts


def _units(news: Corpus, unit: str | pd.Series, read: np.ndarray) -> tuple[np.ndarray, np.ndarray, object]:
    """Give the number of each article's unit, -1 where nothing of it is read, the units, and what they are called."""
    unit = units.complete(passages.units_of(news, unit), news.articles.index[read])
    place = np.full(len(read), -1)
    place[read], names = pd.factorize(unit)
    return place, np.asarray(names), unit.name


def _mostly(counts: "list[scipy.sparse.csr_array]", shared: np.ndarray) -> np.ndarray:
    """Give for each term whether most articles that carry it are among those of `shared`."""
    carrying = (counts[0] + counts[1] > 0).astype(np.int64)
    return 2 * carrying[shared].sum(axis=0) > carrying.sum(axis=0)


def _named(units: pd.Series, names: np.ndarray) -> list:
    """Give the unit whose row each number is of, None where there is no number."""
    named, known = np.full(len(units), None, object), units.notna().to_numpy()
    named[known] = names[units[known].astype(np.int64) // 2]
    return named.tolist()


def _with_clusters(table: pd.DataFrame, n_articles: int) -> list[str]:
    """Give the notes; where a small p rests on articles that are worth less than half of them, with that as well."""
    worth = (table["n_effective"] / n_articles).to_numpy()
    few = (table["p"] < SCREEN).to_numpy() & (worth < 0.5)
    said = np.full(len(table), "", object)
    said[few] = [CLUSTERED.format(100 * share) for share in worth[few]]
    return together(table["note"], said)


def _counted(counts: "list[scipy.sparse.csr_array]", n_tokens: np.ndarray, terms: pd.Index) -> pd.DataFrame:
    """Give count, articles and rate of each term on each side, and what the formulas make of the counts."""
    table, totals, rates = pd.DataFrame(index=terms), n_tokens.sum(axis=1), []
    for side, matrix, sizes, total in zip(SIDES, counts, n_tokens, totals, strict=True):
        table[f"count_{side}"] = matrix.sum(axis=0)
        table[f"n_articles_{side}"] = np.bincount(matrix.indices, minlength=len(terms))
        table[f"rate_{side}"] = 10_000 * table[f"count_{side}"] / total
        rates.append(scipy.sparse.diags_array(1 / sizes[sizes > 0]) @ matrix[sizes > 0])
    both = [table[f"count_{side}"] for side in SIDES]
    table["percent_diff"] = formulas.percent_difference(*both, *totals)
    table["chi2"], table["g2"] = formulas.chi2(*both, *totals), formulas.log_likelihood(*both, *totals)
    table["g2_rayson"] = formulas.log_likelihood(*both, *totals, cells=2)
    table["log_odds_z"] = formulas.log_odds(*both, prior=PRIOR * (both[0] + both[1]) / (both[0] + both[1]).sum())
    return table.assign(cohens_d=formulas.cohens_d(*rates))
