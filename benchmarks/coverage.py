"""How often intervals hold the truth, how often shuffles cry wolf, and what both cost.

Run by `make bench N=coverage`; `python benchmarks/coverage.py --samples 4000` gives steadier figures.
Articles are about as long as news; the counts of a word are negative binomial around one true rate, and the smaller
k, the burstier the word. They are independent but where stories of three articles are told of: these share how much
of a word their story has, or are copies of one text, word for word. Where rates go with length, a word's rate is in
proportion to a power of the length of its article, and articles of the target are half as long again.
"""

import argparse
import itertools
import resource
import sys
import time
from collections.abc import Iterator

import numpy as np
import pandas as pd
from scipy import stats

from utils import intervals, validity

WORDS = list(itertools.product((0.3, 1, 3), (0.5, 2, 10)))  # k, mean count in an article of usual length
SETTINGS = list(itertools.product((0.1, 0.3, 0.5), ((0.6, 0.8), (0.8, 0.8), (0.8, 0.95))))  # prevalence, the two errors
RATIO = 2  # a word is twice as frequent on the target side


def articles(n: int, rng: np.random.Generator) -> pd.Series:
    """Give the lengths of n articles, around 800 words."""
    return pd.Series(rng.lognormal(np.log(800) - 0.18, 0.6, n).round() + 50)


def counts(sizes: pd.Series, k: float, mean: float | np.ndarray, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Give counts of one word in the articles, n times over: a row an article, a column a sample."""
    expected = np.broadcast_to(mean * sizes / 850, len(sizes))[:, None]
    return pd.DataFrame(rng.poisson(expected * rng.gamma(k, 1 / k, (len(sizes), n))))


def held(table: pd.DataFrame, truth: float) -> float:
    """Give the share of intervals that hold the truth."""
    known = table.dropna(subset=["low", "high"])
    return ((known["low"] <= truth) & (truth <= known["high"])).mean()


def poisson(count: np.ndarray, words: np.ndarray, sign: np.ndarray) -> pd.DataFrame:
    """Give the interval of a log ratio (or log rate) that takes words for independent."""
    middle = sign @ np.log2((count + 0.5) / words[:, None])
    margin = stats.norm.ppf(0.975) * np.sqrt((1 / (count + 0.5)).sum(axis=0)) / np.log(2)
    return pd.DataFrame({"low": middle - margin, "high": middle + margin})


def coverage(n_articles: int, two_sides: bool, samples: int, rng: np.random.Generator) -> Iterator[dict[str, float]]:
    """Give, for each word, the share of 95 % intervals that hold the truth, by method."""
    for k, mean in WORDS:
        sizes = articles(n_articles * (1 + two_sides), rng)
        target = pd.Series(sizes.index < n_articles) if two_sides else None
        sides = np.array([target, ~target], float) if two_sides else np.ones((1, len(sizes)))
        sign = np.array([1, -1][: len(sides)])
        table = counts(sizes, k, np.where(sides[0] == 1, mean * RATIO, mean), samples, rng)

        def log_rates(weights: np.ndarray, table=table, sizes=sizes, sides=sides, sign=sign) -> np.ndarray:
            drawn = sides * weights
            return sign @ np.log2((drawn @ table.to_numpy() + 0.5) / (drawn @ sizes.to_numpy())[:, None])

        truth = np.log2(RATIO) if two_sides else np.log2(mean * RATIO / 850)
        jackknife = intervals.jackknife(table, sizes, target=target)
        yield {
            "jackknife-t": held(jackknife, truth if two_sides else 10_000 * 2**truth),
            "percentile bootstrap": held(
                intervals.bootstrap(log_rates, sizes.index, strata=target, n=1000, seed=1), truth
            ),
            "Poisson": held(poisson(sides @ table.to_numpy(), sides @ sizes.to_numpy(), sign), truth),
        }


def print_coverage(samples: int, rng: np.random.Generator) -> None:
    for two_sides in (True, False):
        print(
            "\nlog ratio of two sides" if two_sides else "\nrate of one side",
            "| nominal 95 % intervals, least and most over nine words",
        )
        for n_articles, n in ((20, samples), (50, samples), (200, samples // 2)):
            table = pd.DataFrame(coverage(n_articles, two_sides, n, rng)).agg(["min", "max"])
            shares = [f"{name} {low:.3f}-{high:.3f}" for name, (low, high) in table.items()]
            print(f"{n_articles:5} articles ", "   ".join(shares))


def log_ratios(n: int, samples: int, rng: np.random.Generator, *, tied: float = 0, alike: str = "") -> pd.DataFrame:
    """Give, for each word, the share of 95 % intervals of a log ratio that hold the truth: by article, and by story.

    n: units a side, which are stories of three articles where these are `alike` ("in kind" or "copies").
    tied: the power of an article's length that a word's rate is in proportion to, up to 1.
    """
    k, mean = np.array(WORDS).T
    per = 3 if alike else 1
    unit = np.repeat(np.arange(2 * n), per)
    target, found = unit < n, []
    longer = np.where(target, 1.5 if tied else 1, 1)
    truth = np.log2(RATIO) + tied * np.log2(1.5)  # as both lengths have one shape, the pooled rates lie so far apart
    for _ in range(samples):
        sizes = (longer * (rng.lognormal(np.log(850) - 0.18, 0.6, len(unit)))).round() + 1
        expected = np.where(target, RATIO, 1)[:, None] * mean * ((sizes / 850) ** (1 + tied))[:, None]
        bursts = rng.gamma(k, 1 / k, (2 * n, len(k)))[unit] if alike else rng.gamma(k, 1 / k, (len(unit), len(k)))
        drawn = rng.poisson(expected * bursts)
        if alike == "copies":
            drawn, sizes = drawn[per * unit], sizes[per * unit]
        table, size, side = pd.DataFrame(drawn), pd.Series(sizes), pd.Series(target)
        ways = {"article": (table, size, side)}
        if alike:
            ways["story"] = table.groupby(unit).sum(), size.groupby(unit).sum(), side.groupby(unit).first()
        for name, (counted, length, on) in ways.items():
            known = intervals.jackknife(counted, length, target=on)
            right = ((known["low"] <= truth) & (truth <= known["high"])).where(known["low"].notna())
            found.append({"unit": name} | right.to_dict())
    return pd.DataFrame(found).groupby("unit").agg(lambda own: own.mean())


def print_log_ratios(samples: int, rng: np.random.Generator) -> None:
    """Print how often the intervals of keyness hold the truth, where articles are not what they are taken for, too."""
    settings: dict[str, dict] = {
        "articles, independent": {},
        "articles, rates with the root of their length": {"tied": 0.5},
        "articles, rates against the root of their length": {"tied": -0.5},
        "stories of three alike": {"alike": "in kind"},
        "stories of three copies": {"alike": "copies"},
    }
    print("\nlog ratio of two sides, nominal 95 % intervals: mean over nine words (least and most)")
    for name, options in settings.items():
        for n in (20, 50, 200):
            table = log_ratios(n, samples, rng, **options)
            shares = [f"by {unit} {own.mean():.3f} ({own.min():.3f}-{own.max():.3f})" for unit, own in table.iterrows()]
            print(f"{n:5} {name + ' a side':58}", "   ".join(shares), flush=True)


def print_rare(samples: int, rng: np.random.Generator) -> None:
    """Print what becomes of words so rare that the rule of five carriers bites.

    Which samples have an interval hangs on their counts: of a word that two articles are expected to carry, it is
    those in which five do, by luck. So the share of all samples that have an interval which is wrong is told, too.
    """
    print("\nrare words (k 1): share of samples with an interval; with one that is wrong; of those given, right")
    for two_sides in (False, True):
        for n_articles, carriers in itertools.product((10, 20, 50, 200), (2, 4, 8)):
            chance = min(carriers / n_articles, 0.95)
            mean = chance / (1 - chance)  # so that so many articles are expected to carry it
            sizes = articles(n_articles * (1 + two_sides), rng)
            target = pd.Series(sizes.index < n_articles) if two_sides else None
            each = np.where(sizes.index < n_articles, mean, mean * (RATIO if two_sides else 1))
            table = intervals.jackknife(counts(sizes, 1, each, samples, rng), sizes, target=target)
            given, right = table["low"].notna().mean(), held(table, -np.log2(RATIO) if two_sides else 1e4 * mean / 850)
            name = f"{n_articles} articles{' a side' * two_sides}, {carriers} expected to carry it"
            print(f"  {name:45} {given:.3f}   {given * (1 - right):.3f}   {right:.3f}")


def likelihood_p(table: pd.DataFrame, sizes: pd.Series, target: pd.Series) -> np.ndarray:
    """Give p of the log-likelihood ratio G2, which takes words for independent."""
    count = np.stack([table[target].sum(), table[~target].sum()])
    words = np.array([[sizes[target].sum()], [sizes[~target].sum()]])
    expected = words * count.sum(axis=0) / words.sum()
    other = words - count
    observed = np.concatenate([count, other]) + 1e-300
    ratio = observed / np.concatenate([expected, words - expected])
    return stats.chi2.sf(2 * (observed * np.log(ratio)).sum(axis=0), 1)


def print_false_alarms(samples: int, rng: np.random.Generator) -> None:
    """Print the share of p < .05 among words that are equally frequent on both sides."""
    print("\nshare of p < .05 among words equally frequent on both sides, least and most over nine words")
    for n_target, evenness in ((60, 1), (20, 10)):
        name, shares = f"{n_target} articles against {120 - n_target}, {evenness} times as even", []
        for k, mean in WORDS:
            sizes = articles(120, rng)
            target = pd.Series(sizes.index < n_target)
            table = counts(sizes, evenness * k, mean, samples, rng)
            table = table.where(~target, counts(sizes, k, mean, samples, rng), axis=0)
            p = intervals.shuffle(table, sizes, target=target, n_second=0, seed=1)["p"]
            g2 = likelihood_p(table, sizes, target)[p.notna()]
            shares.append({"shuffle": (p.dropna() < 0.05).mean(), "G2": (g2 < 0.05).mean()})
        table = pd.DataFrame(shares).agg(["min", "max"])
        shares = [f"{test} {low:.3f}-{high:.3f}" for test, (low, high) in table.items()]
        print(f"  {name:45}", "   ".join(shares))


def corrected(prevalence: float, found: float, spared: float, samples: int, rng: np.random.Generator) -> float:
    """Give how often the interval of a share corrected by 100 codes of 1,000 passages, drawn evenly, holds the truth.

    found, spared: of the passages that are of the class, and that are not, those of which rightly so is predicted.
    """
    right = 0
    for _ in range(samples):
        is_one = rng.random(1000) < prevalence
        guess = np.where(is_one, rng.random(1000) < found, rng.random(1000) >= spared)
        table = pd.DataFrame(
            {"article_id": "x", "start": range(1000), "end": range(1, 1001), "guess": guess.astype(int)}
        )
        taken = [rng.choice(np.flatnonzero(guess == one), 50, replace=False) for one in (True, False)]
        codes = table.iloc[np.concatenate(taken)].assign(code=is_one[np.concatenate(taken)].astype(int))
        row = validity.corrected_share(codes, table, of="guess").set_index("class").loc[1]
        right += row["low"] <= is_one.mean() <= row["high"]
    return right / samples


def print_corrected(samples: int, rng: np.random.Generator) -> None:
    """Print how often the intervals of corrected shares hold the truth, at 100 codes."""
    print("\nshare corrected by 100 codes: of nominal 95 % intervals those that hold the truth (wanted .93)")
    for prevalence, (found, spared) in SETTINGS:
        share = corrected(prevalence, found, spared, samples, rng)
        print(
            f"  prevalence {prevalence:.1f}, sensitivity {found:.2f}, specificity {spared:.2f}   {share:.3f}",
            flush=True,
        )


def print_cost(rng: np.random.Generator, n: int = 237, n_terms: int = 11_000) -> None:
    """Time and memory for as many terms and articles as the addresses have."""
    sizes = pd.Series(rng.lognormal(8.5, 0.8, n).round())
    rates = 2e-5 * rng.pareto(1, n_terms)
    table = rng.poisson(rates * sizes.to_numpy()[:, None] * rng.gamma(1, 1, (n, n_terms)))
    row, column = table.nonzero()
    long = pd.Series(table[row, column], pd.MultiIndex.from_arrays([row, column]))
    target = pd.Series(sizes.index < 100)
    print(f"\n{n_terms:,} terms in {n} articles; {memory():.0f} MB before")
    options = {"target": target, "seed": 1}
    for name, measure in (
        ("jackknife", lambda: intervals.jackknife(long, sizes, target=target)),
        ("2,000 shuffles", lambda: intervals.shuffle(long, sizes, n_second=0, **options)),
        ("both stages", lambda: intervals.shuffle(long, sizes, **options)),
    ):
        start, work = time.perf_counter(), time.process_time()
        measure()
        taken, work = time.perf_counter() - start, time.process_time() - work
        print(f"  {name:15} {taken:5.2f} s ({work:.2f} s of processor), peak {memory():.0f} MB")


def memory() -> float:
    """Give the most memory this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--samples", type=int, default=1000, help="simulated samples of each word")
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    print_corrected(2 * options.samples, np.random.default_rng(options.seed))
    print_cost(rng)
    print_log_ratios(options.samples, np.random.default_rng(options.seed))
    print_coverage(options.samples, rng)
    print_rare(options.samples, rng)
    print_false_alarms(options.samples, rng)


if __name__ == "__main__":
    main()
