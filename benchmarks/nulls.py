"""How often keyness cries wolf where there is nothing to find, and finds what is there; other tests beside it.

Run by `make bench N=nulls`; `python benchmarks/nulls.py FOLDER articles.jsonl --draws 1000` takes texts of your own,
by name or path; `--ask` says of these questions which are asked:

halves    articles dealt to two sides by lot, half of them to each (`--take 100`: 100 to each, of all)
COLUMN    outlets, writers (byline), days (published), stories (story), or what else articles have a column of, dealt
          whole: shuffled as such, and as articles, which they are not
bursty    20 articles against 100; on the smaller side each word of each article is left out or doubled by the toss of a
          coin, so that the mean is the same, and the word burstier
page      halves, and what `compare.parts` says of them, line by line
power     a fifth of the articles against the others, in which each occurrence is left out by the toss of a coin: the
          true log ratio is 1 for every word, of those that 30 articles or more carry

An exact test must pass the first two: they find slips in the code, and show how far off a test that counts words is.
The shuffles are those of keyness: p is told of the first stage, which is a test of its own, exact for any number of
shuffles; q of both (none with `--second 0`), in which to be quick a p that 20 shuffles have told is told no further. A
word that both stages have to find is found a little less often: of 2,000 shuffles, in .048 of cases and not in .050.
"""

import argparse
import math
import sys
import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd
import scipy.sparse
from scipy import special, stats

from utils import Corpus, compare, intervals, load, passages, terms

LEAST, OFTEN = 10, 30  # articles that have a word: to be tested; to be tested for power
ASKED = "halves,bursty,power"
PRIOR = 1_000  # words that the prior of the log-odds adds to each side, as in keyness


class Counted(NamedTuple):
    """How often each article has each word, a row an article, how many words it holds, what it is part of."""

    counts: scipy.sparse.csr_array
    sizes: np.ndarray
    units: dict[str, np.ndarray]  # of each article, by their kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", nargs="*", default=["harbour", "addresses"], help="names or paths")
    parser.add_argument("--ask", default=ASKED, help=f"of halves, bursty, power, and columns of articles ({ASKED})")
    parser.add_argument("--take", type=int, help="articles a side (half of all)")
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--shuffles", type=int, default=500)
    parser.add_argument("--second", type=int, default=50_000, help="shuffles of the words with p < .05")
    parser.add_argument("--enough", type=int, default=20, help="of them, as far from 0, tell p well enough")
    parser.add_argument("--query", help="a term that a page asks of")
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args()
    for name in options.corpora:
        questions, corpus = options.ask.split(","), load(name)
        if "page" in questions:
            pages(corpus, options)
        questions = [question for question in questions if question != "page"]
        news = counted(corpus, [kind for kind in questions if kind not in ASKED.split(",")])
        for question in questions:
            rng = np.random.default_rng(options.seed)
            found: dict[str, list[dict]] = {}
            start = time.perf_counter()
            for draw in range(options.draws):
                for title, row in asked(news, question, options, rng, draw):
                    found.setdefault(title, []).append(row)
                if draw % 50 == 49:
                    print(f"{name} {question}: {draw + 1} of {options.draws}, {time.perf_counter() - start:.0f} s",
                          file=sys.stderr, flush=True)  # fmt: skip
            for title, rows in found.items():
                told(f"{name}, {title}", pd.DataFrame(rows))


def counted(news: Corpus, kinds: list[str]) -> Counted:
    """Give the words of a corpus that at least ten articles carry, counted by article."""
    table, sizes = terms.counts(news), terms.sizes(news)
    place = news.articles.index.get_indexer(table["article_id"].astype("str"))
    term, _ = pd.factorize(table["term"])
    matrix = scipy.sparse.coo_array((table["count"].to_numpy(), (place, term)), (len(news), term.max() + 1)).tocsc()
    size = sizes.astype({"article_id": "str"}).set_index("article_id")["n_tokens"].reindex(news.articles.index)
    read = size.fillna(0).to_numpy() > 0
    matrix = matrix[:, np.diff(matrix.indptr) >= LEAST].tocsr()
    units = {kind: passages.units_of(news, kind).reindex(news.articles.index)[read] for kind in kinds}
    units = {kind: own.dt.date if pd.api.types.is_datetime64_any_dtype(own) else own for kind, own in units.items()}
    return Counted(matrix[read], size.to_numpy()[read], {kind: own.to_numpy() for kind, own in units.items()})


def asked(
    news: Counted, question: str, options: argparse.Namespace, rng: np.random.Generator, draw: int
) -> Iterator[tuple[str, dict]]:
    """Give what one drawing finds of a question, under one title or two."""
    n = len(news.sizes)
    order = rng.permutation(n)
    if question in ASKED.split(","):
        target, reference = {"halves": (options.take or n // 2, options.take or n - n // 2), "bursty": (20, 100),
                             "power": (n // 5, n - n // 5)}[question]  # fmt: skip
        chosen = order[: target + reference]
        counts, is_target = news.counts[chosen], np.arange(len(chosen)) < target
        if question == "bursty":
            counts = _altered(counts, is_target, lambda own: own * 2 * rng.integers(0, 2, len(own)))
        if question == "power":
            often = np.bincount(counts.indices, minlength=counts.shape[1]) >= OFTEN
            counts = _altered(counts[:, often], ~is_target, lambda own: rng.binomial(own, 0.5))
        title = f"{target} articles against {len(chosen) - target}, {question}"
        yield title, judged(counts, news.sizes[chosen], is_target, options, draw)
        return
    code, values = pd.factorize(news.units[question])
    there = np.flatnonzero(code >= 0)
    on_target = rng.permutation(len(values)) < len(values) // 2
    joined = scipy.sparse.csr_array((np.ones(len(there), int), (code[there], there)), (len(values), n))
    of = f"{len(values)} values of {question} dealt whole, shuffled as"
    yield f"{of} such", judged(joined @ news.counts, joined @ news.sizes, on_target, options, draw)
    by_article = judged(news.counts[there], news.sizes[there], on_target[code[there]], options, draw)
    yield f"{of} articles", by_article


def pages(news: Corpus, options: argparse.Namespace) -> None:
    """Print how often each line of a page on two halves has p below .05, and how often any has q below .05."""
    rng, tables, any_q = np.random.default_rng(options.seed), [], []
    for draw in range(options.draws):
        half = pd.Series(rng.permutation(len(news)) % 2 == 0, news.articles.index)
        shown = {"n": options.shuffles, "n_second": options.second, "seed": draw, "top": 0}
        page = compare.parts(news, half, query=options.query, **shown)
        any_q.append((page["q"] < 0.05).any())
        beside = ((page["low"] > 0) | (page["high"] < 0)).astype(float).where(page["low"].notna())
        small = (page["p"] < 0.05).astype(float).where(page["p"].notna())
        tables.append(pd.DataFrame({"asked": page["asked"], "p": small, "beside": beside}))
    print(f"\n{news.name}, page of two halves: {options.draws} draws; any q < .05 in {np.mean(any_q):.3f}")
    for asked, row in pd.concat(tables).groupby("asked", sort=False).mean().iterrows():
        print(f"  {asked:40} p < .05 in {row['p']:.3f}; interval without 0 in {row['beside']:.3f}", flush=True)


def _altered(counts: scipy.sparse.csr_array, rows: np.ndarray, change) -> scipy.sparse.csr_array:
    """Give counts of which those of some rows are changed."""
    cells = counts.tocoo()
    some, data = rows[cells.row], cells.data.copy()
    data[some] = change(data[some])
    changed = scipy.sparse.coo_array((data, (cells.row, cells.col)), counts.shape).tocsr()
    changed.eliminate_zeros()
    return changed


def judged(
    counts: scipy.sparse.csr_array, sizes: np.ndarray, target: np.ndarray, options: argparse.Namespace, seed: int
) -> dict[str, float]:
    """Give the share of tested words with p below .05, and how many keep q below .05, by three tests."""
    cells = counts.tocoo()
    sample = pd.Series(cells.data, pd.MultiIndex.from_arrays([cells.row, cells.col])), pd.Series(sizes)
    given = {"target": pd.Series(target), "n": options.shuffles, "min_units": LEAST, "seed": seed}
    enough = [math.ceil(0.05 * (options.shuffles + 1)), options.enough]
    p = intervals.shuffle(*sample, **given, n_second=0, enough=enough)["p"].dropna()
    q = intervals.shuffle(*sample, **given, n_second=options.second, enough=enough)["q"] if options.second else p
    often = np.bincount(cells.col, minlength=counts.shape[1])[p.index] >= OFTEN
    found = {"n_words": len(p), "often": (p[often] < 0.05).mean() if often.any() else np.nan}
    a, b = (np.asarray(counts[side].sum(axis=0)).ravel()[p.index] for side in (target, ~target))
    rest = np.asarray(counts.sum(axis=0)).ravel().sum()
    g2 = special.chdtrc(1, np.abs(compare.log_likelihood(a, b, sizes[target].sum(), sizes[~target].sum())))
    z = compare.log_odds(a, b, prior=PRIOR * (a + b) / rest)
    tests = {"shuffle": p.to_numpy(), "G2": g2, "log-odds": 2 * stats.norm.sf(np.abs(z))}
    for name, own in tests.items():
        found[f"p {name}"] = (own < 0.05).mean() if len(own) else np.nan
        found[f"q {name}"] = (stats.false_discovery_control(own) < 0.05).sum() if len(own) else 0
    found["q shuffle"] = (q < 0.05).sum() if options.second else np.nan
    return found


def told(title: str, table: pd.DataFrame) -> None:
    """Print what many drawings of one kind found."""
    print(f"\n{title}: {len(table)} draws, {table['n_words'].mean():,.0f} words tested")
    print(f"  shuffle   p < .05 in {table['often'].mean():.4f} of words that {OFTEN} or more units carry")
    for name in ("shuffle", "G2", "log-odds"):
        p, q = table[f"p {name}"].dropna(), table[f"q {name}"]
        off, any_q = p.std() / np.sqrt(len(p)), (q.dropna() > 0).mean()
        print(f"  {name:9} p < .05 in {p.mean():.4f} of words (± {off:.3f}; draws {p.min():.3f} to {p.max():.3f}); "
              f"any q < .05 in {any_q:.3f} of draws; words with q < .05: {q.mean():.1f}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
