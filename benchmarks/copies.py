"""How long finding the copies takes and how its memory grows, and how many cut copies it finds.

Run by `make bench N=copies`. The articles are made up: sentences of the addresses drawn by a seed, one in
five articles a copy cut to a stated share with 3 % of its words replaced. No article is like the news, but
they are as long, and as any sentence may be drawn twice they share more by chance than articles do.
"""

import argparse
import resource
import subprocess
import sys
import time

import numpy as np
import pandas as pd

from utils import load
from utils.layers import copies

COPIES, REPLACED = 0.2, 0.03


def main() -> None:
    """Print time and memory for several sizes, then the share of copies found for several cuts."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[2500, 5000, 10000])
    options.add_argument("--seed", type=int, default=2025)
    options.add_argument("--one", action="store_true", help="measure the first size alone, in this process")
    asked = options.parse_args()
    if asked.one:
        measure(asked.sizes[0], asked.seed)
        return
    for size in asked.sizes:  # a process each, as a process never gives its most memory back
        subprocess.run([sys.executable, __file__, "--one", "--sizes", str(size), "--seed", str(asked.seed)], check=True)
    for share in (0.8, 0.4, 0.2, 0.1, 0.05):
        found(share, asked.seed)


def measure(size: int, seed: int) -> None:
    """Print what one corpus of this size costs: seconds on the clock and of the processor, and memory."""
    raws, _ = made(size, seed, cut=(0.4, 0.8))
    segments = all_body(raws)
    before, clock, used = peak(), time.perf_counter(), time.process_time()
    table = copies.copies(raws, segments)
    print(
        f"{size:,} articles, {raws.str.count(' ').sum() / 1e6:.1f} million words: "
        f"{time.perf_counter() - clock:.1f} s, {time.process_time() - used:.1f} s of processor (wanted for "
        f"10,000: under 60), {peak() - before:.0f} MB more; {table['story'].nunique():,} stories"
    )


def found(share: float, seed: int) -> None:
    """Print the share of copies, cut to a share of their original, that join it."""
    raws, of = made(1500, seed, cut=(share, share))
    story = copies.copies(raws, all_body(raws))["story"].to_numpy()
    copied = of != np.arange(len(of))
    joined = story[copied] == story[of[copied]]
    print(
        f"cut to {share:.0%}: {joined.sum()} of {len(joined)} copies join their original; "
        f"{len(np.unique(story)):,} stories where there are {(~copied).sum():,}"
    )


def made(size: int, seed: int, *, cut: tuple[float, float]) -> tuple[pd.Series, np.ndarray]:
    """Give articles made of sentences of the addresses, and for each the place of its original."""
    news, rng = load("addresses"), np.random.default_rng(seed)
    raws, sentences = news.articles["raw"].to_dict(), news.sentences
    spans = sentences[(sentences["end"] - sentences["start"]).between(60, 400)]
    pool = [" ".join(raws[row.article_id][row.start : row.end].split()) for row in spans.itertuples()]
    n_originals = round(size * (1 - COPIES))
    of = np.append(np.arange(n_originals), rng.integers(n_originals, size=size - n_originals))
    texts = [[pool[place] for place in rng.integers(len(pool), size=rng.integers(12, 45))] for _ in range(n_originals)]
    for place in of[n_originals:]:
        words = " ".join(texts[place]).split(" ")
        words = words[: round(len(words) * rng.uniform(*cut))]
        for changed in rng.choice(len(words), round(len(words) * REPLACED), replace=False):
            words[changed] = f"other{rng.integers(5000)}"
        texts.append(words)
    names = [f"article {n}" for n in range(size)]
    return pd.Series([" ".join(parts) for parts in texts], index=names, dtype=object), of


def all_body(raws: pd.Series) -> pd.DataFrame:
    """Give segments that make all of every text its body."""
    names = pd.Categorical(raws.index, categories=raws.index)
    return pd.DataFrame({"article_id": names, "start": 0, "end": raws.str.len().to_numpy(), "kind": "body"})


def peak() -> float:
    """Give the most memory this process has had, in MB (Linux)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
