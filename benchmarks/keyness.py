"""How often keyness cries wolf where there is nothing to find, beside G2; and what one comparison costs.

Run by `make bench N=keyness`. The addresses are split into random halves, so that whatever sets the halves apart
is chance, and an honest p is below .05 for one term in twenty. All draws are judged by the first stage of shuffles
alone, which is a test of its own, exact for any number of shuffles; a few by both stages, as keyness does it. An
exact test must pass here: this finds slips in the code, and shows how far a test that counts words is off.
"""

import argparse
import sys
import time
import tracemalloc

import numpy as np
import pandas as pd
from scipy import special, stats

from utils import Corpus, compare, intervals, load, terms
from utils.stats import units

LEAST = 10  # articles that have a term


def main() -> None:
    """Print the shares of terms called key, then time and memory of one keyness."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--draws", type=int, default=200, help="random halves judged by the first stage")
    options.add_argument("--shuffles", type=int, default=500, help="shuffles in that stage")
    options.add_argument("--full", type=int, default=5, help="random halves judged by keyness whole")
    options.add_argument("--seed", type=int, default=2025)
    asked = options.parse_args()
    news = load("addresses")
    cost(news)
    shares(halves(news, asked.draws, asked.shuffles, asked.seed), f"{asked.draws} draws, {asked.shuffles:,} shuffles")
    shares(whole(news, asked.full, asked.seed), f"{asked.full} draws, keyness as it is, both stages")


def cost(news: Corpus) -> None:
    """Print how long one keyness takes, and the memory it takes beside the corpus and its words."""
    late, size = news.articles["year"] > 1945, len(news.words)
    tracemalloc.start()
    n_terms = len(compare.keyness(news, late, n=500, n_second=0))  # blocks of 500 shuffles: more take no more memory
    print(
        f"before and after 1945: {size:,} words, {n_terms:,} terms, "
        f"{tracemalloc.get_traced_memory()[1] / 1e6:.0f} MB at most beside the corpus"
    )
    tracemalloc.stop()
    for said, options in (("first stage alone", {"n_second": 0}), ("both stages", {})):
        start = time.perf_counter()
        table = compare.keyness(news, late, **options)
        print(
            f"  {said}: {time.perf_counter() - start:.1f} s; {(table['p'] < 0.05).sum():,} of "
            f"{table['p'].notna().sum():,} terms p < .05"
        )


def halves(news: Corpus, draws: int, shuffles: int, seed: int) -> pd.DataFrame:
    """Give for each of many random halves the share of terms below .05, and how many stay so by their q."""
    counts = terms.counts(news).set_index(["article_id", "term"])["count"]
    sizes = terms.sizes(news).astype({"article_id": "str"}).set_index("article_id")["n_tokens"]
    counts = counts[counts.groupby(level="term", observed=True).transform("size") >= LEAST]
    sample, rng, rows = units.sampled(counts, sizes), np.random.default_rng(seed), []
    for draw in range(draws):
        half = pd.Series(rng.permutation(len(sizes)) % 2 == 0, sizes.index)
        shuffled = intervals.shuffle(counts, sizes, target=half, n=shuffles, n_second=0, min_units=LEAST, seed=draw)
        sides = [(side @ sample.counts, side @ sample.sizes) for side in (half.to_numpy(), ~half.to_numpy())]
        (a, n_a), (b, n_b) = sides
        rows.append(judged(shuffled["p"], compare.log_likelihood(a, b, n_a, n_b)))
        if sys.stderr.isatty():
            print(f"\r{draw + 1} of {draws}", end="", file=sys.stderr)
    return pd.DataFrame(rows)


def whole(news: Corpus, draws: int, seed: int) -> pd.DataFrame:
    """Give the same for a few random halves by keyness itself."""
    rng, rows = np.random.default_rng(seed + 1), []
    for draw in range(draws):
        half = rng.permutation(len(news)) % 2 == 0
        table = compare.keyness(news, half, min_units=LEAST, seed=draw).dropna(subset="p")
        rows.append(judged(table["p"], table["g2"]))
    return pd.DataFrame(rows)


def judged(p: pd.Series, g2: np.ndarray) -> dict[str, float]:
    """Give shares of terms below .05 and numbers of terms with q below .05, by shuffling articles and by G2."""
    found = {}
    for name, values in (("articles shuffled", p.to_numpy()), ("G2", special.chdtrc(1, np.abs(g2)))):
        found[f"{name}: p < .05"] = (values < 0.05).mean()
        found[f"{name}: terms with q < .05"] = (stats.false_discovery_control(values) < 0.05).sum()
    return found | {"terms": len(p)}


def shares(table: pd.DataFrame, title: str) -> None:
    """Print what was found over all draws, and its range."""
    print(f"\nrandom halves of the addresses, {title}, {table['terms'].iloc[0]:,} terms in {LEAST} articles or more")
    for name in table.drop(columns="terms"):
        low, high = table[name].min(), table[name].max()
        form = ".3f" if name.endswith("p < .05") else ".1f"
        print(f"  {name:<38} {table[name].mean():>8{form}}   (draws {low:{form}} to {high:{form}})")


if __name__ == "__main__":
    main()
