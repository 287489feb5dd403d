"""How often the intervals of collocates, diversity and dispersion hold the truth, by samples of made-up news.

Run by `make bench N=coverage_of_terms`. The press of `press.py` is a population, of which everything is known; articles
are drawn from it, and what is measured in them is held against the whole. Told of collocates, too: of the words that
have an interval, as those are few of all that stand near, and which ones hangs on luck. A word that is strewn over the
texts at random draws none: the share of words that are above 0 all the same is told beside.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from utils import Corpus, load, terms

sys.path.insert(0, str(Path(__file__).parent))
from press import Press

NODES = ["said", "police", "money", "good", "president"]
MEASURES = ["mattr", "mtld", "hdd", "yule_k", "msttr", "simpson_d"]
STREWN, EVERY = "quondam", 150  # a word of no article; words from one of it to the next, on average
SPREAD = ["the", "police", "money", "good", "law", "water"]


def drawn(news: Corpus, n: int, rng: np.random.Generator) -> Corpus:
    """Give n articles of the press, none twice."""
    return news.select(news.articles.index[np.sort(rng.choice(len(news), n, replace=False))])


def held(table: pd.DataFrame, truth: pd.Series) -> pd.Series:
    """Say of each row that has an interval whether it holds the truth."""
    known = table.dropna(subset="low")
    whole = truth.reindex(known.index)
    return ((known["low"] <= whole + 1e-9) & (whole - 1e-9 <= known["high"]))[whole.notna()]


def strewn(text: str, rng: np.random.Generator) -> str:
    """Give a text with a word between its own at random, wherever it falls."""
    words = text.split(" ")
    here = rng.random(len(words)) < 1 / EVERY
    return " ".join(f"{word} {STREWN}" if one else word for word, one in zip(words, here, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--population", type=int, default=3000)
    parser.add_argument("--samples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    frame = pd.DataFrame(Press().articles(options.population))[["title", "outlet", "published", "text"]]
    news = load(frame)
    diverse = terms.diversity(news, measures=MEASURES).set_index("measure")["value"]
    even = terms.dispersion(news).set_index("term")["dp_norm"]
    random = load(frame.assign(text=[strewn(text, rng) for text in frame["text"]]))
    near = {node: terms.collocates(news, node, min_count=1).set_index("term")["mi"] for node in NODES}
    for n in (20, 50, 200):
        found: dict[str, list] = {}
        lucky: list[bool] = []
        for _ in range(options.samples):
            sample = drawn(news, n, rng)
            for name, one in held(terms.diversity(sample, measures=MEASURES).set_index("measure"), diverse).items():
                found.setdefault(str(name), []).append(one)
            spread = terms.dispersion(sample, interval=SPREAD).set_index("term")
            found.setdefault("dispersion", []).extend(held(spread, even))
            for node in NODES:
                table = terms.collocates(sample, node, min_count=1).set_index("term")
                found.setdefault("collocates", []).extend(held(table, near[node]))
                often = table[table["n_articles"] >= 10]
                found.setdefault("collocates in 10 and more", []).extend(held(often, near[node]))
            table = terms.collocates(drawn(random, n, rng), STREWN, min_count=1)
            lucky.extend(table["low"].dropna() > 0)
        print(f"{n} articles, {options.samples} samples: 95 % intervals that hold the truth (of how many)", flush=True)
        print("   ".join(f"{name} {np.mean(own):.3f} ({len(own):,})" for name, own in found.items() if own), flush=True)
        print(
            f"above 0 of the words that a strewn word does not draw: {np.mean(lucky):.3f} ({len(lucky):,})", flush=True
        )


if __name__ == "__main__":
    main()
