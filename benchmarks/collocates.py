"""Whether collocates of one half of real news are those of the other: ours by the lower end, log Dice's, MI's.

`python benchmarks/collocates.py FILE`: a table of articles. For each of the ten words that most articles have, stop
words left out, and for each of some random halves: which words stand near it with an interval that does not reach 0 in
one half, and how many of them do so, the same way, in the other; beside them as many from the top of log Dice's and of
MI's list, and of MI's among words that are near five times.
"""

import argparse

import numpy as np
import pandas as pd

from utils import load, stopwords, terms

LISTS = {"lower end": ("low", 3), "log Dice": ("log_dice", 3), "MI": ("mi", 3), "MI of 5 and more": ("mi", 5),
         "log-likelihood": ("log_likelihood", 3)}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--halves", type=int, default=20)
    parser.add_argument("--words", type=int, default=10)
    parser.add_argument("--seed", type=int, default=2025)
    options = parser.parse_args()
    news, rng = load(options.file), np.random.default_rng(options.seed)
    often = terms.frequencies(news, stop=stopwords.english())
    words = often[often["term"].str.len() > 2].sort_values("n_articles", ascending=False)["term"].head(options.words)
    print(f"{len(news)} articles; {', '.join(words)}; {options.halves} random halves")
    found = []
    for _ in range(options.halves):
        dealt = pd.Series(rng.permutation(len(news)) < len(news) / 2, news.articles.index)
        halves = [news.select(side) for side in (dealt, ~dealt)]
        for word in words:
            one, other = (terms.collocates(half, word, measures=["log_dice", "log_likelihood"]) for half in halves)
            for here, there in ((one, other), (other, one)):
                ours = here[(here["low"] > 0)]
                again = set(there.loc[there["low"] > 0, "term"])
                for name, (rank, least) in LISTS.items():
                    shown = here[here["count"] >= least].sort_values(rank, ascending=False).head(len(ours))
                    found.append((name, word, len(shown), len(set(shown["term"]) & again)))
    table = pd.DataFrame(found, columns=["list", "word", "shown", "again"])
    total = table.groupby("list", sort=False)[["shown", "again"]].sum()
    print((total.assign(share=total["again"] / total["shown"])).round(3).to_string())
    by_word = table.groupby(["word", "list"], sort=False)[["again", "shown"]].sum()
    print((by_word["again"] / by_word["shown"]).unstack().round(2).to_string())


if __name__ == "__main__":
    main()
