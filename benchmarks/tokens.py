"""The token table of the addresses beside scikit-learn's CountVectorizer, its memory, and the cache in a second kernel.

Times are taken in turn, A B A B, in one process, and compared as a ratio, since machines differ and drift.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 7
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def megabytes(field: str) -> float:
    """Give a field of this process's memory in MB (Linux)."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def side_by_side() -> None:
    """Print the time of the token table and of CountVectorizer on the same texts, and their ratio."""
    from sklearn.feature_extraction.text import CountVectorizer

    from utils import load, tokens

    raws = load("addresses").articles["raw"].to_dict()
    pairs = []
    for _ in range(ROUNDS + 1):
        start = time.perf_counter()
        table = tokens.words(raws)
        middle = time.perf_counter()
        CountVectorizer().fit_transform(raws.values())
        pairs.append((middle - start, time.perf_counter() - middle))
    ours, theirs = zip(*pairs[1:], strict=True)
    ratios = sorted(a / b for a, b in pairs[1:])
    print(
        f"token table: {len(table):,} rows, {statistics.median(ours):.2f} s; CountVectorizer "
        f"{statistics.median(theirs):.2f} s; ratio {statistics.median(ratios):.2f} "
        f"({ratios[0]:.2f}-{ratios[-1]:.2f}, {ROUNDS} rounds; wanted at most 1.5, aim 0.8)"
    )


def memory() -> None:
    """Print how far memory rises above the loaded corpus while the token table is made."""
    from utils import load, tokens

    raws = load("addresses").articles["raw"]
    size = sum(len(raw.encode()) for raw in raws) / 1024**2
    tokens.terms_of("warm")
    before = megabytes("VmRSS")
    CLEAR.write_text("5")
    table = tokens.words(raws)
    peak = megabytes("VmHWM") - before
    print(
        f"memory above the loaded corpus: {peak:.0f} MB at the peak, {peak / size:.1f} times the text "
        f"({size:.1f} MB; wanted at most 12); {len(table):,} rows kept"
    )


def second_kernel() -> None:
    """Print how long words and sentences take, the first time and from the cache in another kernel."""
    code = (
        "import json, time; from utils import load; news = load('addresses'); start = time.perf_counter(); "
        "n = len(news.sentences); s = time.perf_counter() - start; w = len(news.tokens); "
        "print(json.dumps([n, w, s, time.perf_counter() - start]))"
    )
    with tempfile.TemporaryDirectory() as folder:
        for kernel in ("first kernel", "second kernel"):
            run = subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "PASSAGES_CACHE": folder},
                check=True,
                capture_output=True,
                text=True,
            )
            n, words, sentences_s, both_s = json.loads(run.stdout.splitlines()[-1])
            print(
                f"{kernel}: {n:,} sentences in {sentences_s:.2f} s, with {words:,} tokens {both_s:.2f} s"
                + (" (wanted under 2)" if kernel.startswith("second") else "")
            )


if __name__ == "__main__":
    if sys.argv[1:] == ["memory"]:
        memory()
    else:
        side_by_side()
        subprocess.run([sys.executable, __file__, "memory"], check=True)
        second_kernel()
