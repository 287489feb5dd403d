"""How time and memory grow with the corpus, operation by operation, beside what other programs take for the like.

Run by `make bench N=scale`. The articles are made up (`press.py`). Each operation runs in a process of its own, on one
thread, over a corpus that is opened again, with the layers that it needs there: so its seconds of processor time, and
how far memory rises above that, are its own; with `--engine processes`, what is done for it elsewhere is in neither.
Memory is what cannot be given back: what is looked at in files counts in the peak in brackets alone. The exponent is
that of the last two sizes: 1 is time in proportion to articles.
"""

import argparse
import contextlib
import gc
import json
import math
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
SEED, ENGINE = 2025, "SCALE_ENGINE"


def main() -> None:
    """Print a table of all operations at all sizes, each measured in a process of its own."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 4_000], help="articles; up to 64,000 and more")
    options.add_argument("--only", nargs="+", choices=[*OURS, *PEERS], help="these operations alone")
    options.add_argument("--engine", default="here", help="where layers are found, as for load")
    options.add_argument("--one", nargs=2, metavar=("OPERATION", "FOLDER"), help="measure in this process")
    asked = options.parse_args()
    os.environ.setdefault(ENGINE, asked.engine)  # of the processes that measure, too
    if asked.one:
        measure(asked.one[0], Path(asked.one[1]))
        return
    rows = []
    for size in asked.sizes:
        with tempfile.TemporaryDirectory() as folder:
            rows += measured(size, Path(folder), asked.only or [*OURS, *PEERS])
    show(pd.DataFrame(rows), asked.sizes)


def measured(size: int, folder: Path, operations: list[str]) -> list[dict]:
    """Give what each operation takes over a corpus of one size, made in a folder."""
    from press import Press

    Press(SEED).write(folder / "news.jsonl", size)
    rows = []
    for name in ["load", *(name for name in operations if name != "load")]:
        command = [sys.executable, __file__, "--one", name, str(folder)]
        threads = dict.fromkeys(
            ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "POLARS_MAX_THREADS", "RAYON_NUM_THREADS"), "1"
        )
        environment = {**os.environ, **threads, "PASSAGES_CACHE": str(folder / "cache"), "TQDM_DISABLE": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
        if done.returncode:
            print(f"{name} at {size:,}: {done.stderr.strip().splitlines()[-1][:200]}", file=sys.stderr)
            continue
        rows.append({"operation": name, "size": size, **json.loads(done.stdout.splitlines()[-1])})
        print(rows[-1], file=sys.stderr)
    return rows


def measure(name: str, folder: Path) -> None:
    """Print the seconds of processor time of one operation, and its memory: how far it rises, and its peak, in MB."""
    run = {**OURS, **PEERS}[name](folder)
    gc.collect()
    before = megabytes("RssAnon")
    CLEAR.write_text("5")
    with watched() as own:
        start = time.process_time()
        run()
        seconds = time.process_time() - start
    print(json.dumps({"seconds": seconds, "above": own[0] - before, "peak": own[0], "with files": megabytes("VmHWM")}))


@contextlib.contextmanager
def watched() -> Iterator[list[float]]:
    """Give the most memory in MB, files apart, that this process has had so far: looked at a hundred times a second."""
    own, ended = [megabytes("RssAnon")], threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            own[0] = max(own[0], megabytes("RssAnon"))

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield own
    finally:
        ended.set()
        watcher.join()


def megabytes(field: str) -> float:
    """Give a field of this process's memory in MB (Linux)."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def show(table: pd.DataFrame, sizes: list[int]) -> None:
    """Print seconds, memory and exponent, a row an operation."""
    print(f"\n{'':<26}" + "".join(f"{f'{size:,}':>32}" for size in sizes) + "  growth")
    print(f"{'':<26}" + f"{'s':>8}{'MB more':>8}{'MB peak':>8}{'(all)':>8}" * len(sizes))
    for name, own in table.groupby("operation", sort=False):
        own = own.set_index("size")
        cells = [
            f"{own.seconds[size]:>8.2f}{own.above[size]:>8.0f}{own.peak[size]:>8.0f}"
            f"{'({:.0f})'.format(own['with files'][size]):>8}"
            if size in own.index
            else " " * 32
            for size in sizes
        ]
        print(f"{name:<26}" + "".join(cells) + f"{exponent(own['seconds']):>8}")


def exponent(seconds: pd.Series) -> str:
    """Give by what power of the number of articles the time grows, from the last size but one to the last."""
    if len(seconds) < 2:
        return ""
    (less, more), (first, last) = seconds.index[-2:], seconds.iloc[-2:]
    return f"{math.log(last / first) / math.log(more / less):.2f}"


def read(folder: Path) -> list[str]:
    """Give the bare texts, as other programs take them."""
    with (folder / "news.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line)["text"] for line in file]


def loading(folder: Path) -> Callable:
    """Load the corpus."""
    return lambda: opened(folder)


def opened(folder: Path) -> object:
    """Give the corpus: read, or opened where it was read before."""
    from utils import load

    return load(folder / "news.jsonl", engine=os.environ[ENGINE])


def over(operation: Callable, *layers: str) -> Callable[[Path], Callable]:
    """Give what makes an operation ready: the corpus with the layers that it needs."""

    def ready(folder: Path) -> Callable:
        news = opened(folder)
        for layer in layers:
            news.layer(layer)
        return lambda: operation(news)

    return ready


def tone(news) -> object:
    from utils import sentiment

    return sentiment.tone(news, by="outlet")


def keyness(news) -> object:
    from utils import compare

    first, second = news.articles["outlet"].value_counts().index[:2]
    outlet = news.articles["outlet"]
    return compare.keyness(news, outlet.eq(first), outlet.eq(second))


def of_terms(name: str, *asked, **options) -> Callable:
    """Give a measure of terms as a function of the corpus alone."""

    def run(news) -> object:
        from utils import terms

        return getattr(terms, name)(news, *asked, **options)

    return run


OURS = {
    "load": loading,
    "words": over(lambda news: news.words),
    "words again": over(lambda news: news.words),
    "sentences": over(lambda news: news.sentences),
    "frequencies": over(of_terms("frequencies"), "words"),
    "frequencies by outlet": over(of_terms("frequencies", by="outlet"), "words"),
    "hits": over(of_terms("hits", "government|police"), "words"),
    "hits of a pattern": over(of_terms("hits", r"/\bpolic(e|y)\b/"), "words"),
    "trend": over(of_terms("over_time", "government|police", freq="month"), "words"),
    "rate by outlet": over(of_terms("rate", "government|police", by="outlet"), "words"),
    "tone": over(tone, "sentences"),
    "tone again": over(tone, "sentences"),
    "quotes": over(lambda news: news.quotes, "sentences"),
    "copies": over(lambda news: news.copies, "words"),
    "keyness, two outlets": over(keyness, "words"),
}


def vectorizer(folder: Path) -> Callable:
    from sklearn.feature_extraction.text import CountVectorizer

    texts = read(folder)
    return lambda: CountVectorizer().fit_transform(texts)


def stored(folder: Path) -> Path:
    """Give the words of the corpus as stored columns: article, outlet, term, and whether a word lies in the body."""
    place = folder / "words.parquet"
    if not place.exists():
        from utils import passages

        news = opened(folder)
        words = news.words
        outlet = news.articles["outlet"].astype("category").to_numpy()[words["article_id"].cat.codes]
        body = words.index.isin(passages.inside(words, news.body).index)
        article = words["article_id"].cat.codes.to_numpy()
        table = pd.DataFrame({"article": article, "outlet": outlet, "term": words["term"], "body": body})
        table.to_parquet(place, row_group_size=1_000_000)
    return place


def duckdb(folder: Path) -> Callable:
    import duckdb

    base, place = duckdb.connect(config={"threads": 1}), stored(folder)
    each = f"select outlet, article, term, count(*) n from '{place}' where body group by all"
    asked = f"select outlet, term, sum(n) n, count(*) n_articles from ({each}) group by all"
    return lambda: base.sql(asked).to_arrow_table()


def polars(folder: Path) -> Callable:
    import polars as pl

    each = pl.scan_parquet(stored(folder)).filter("body").group_by("outlet", "article", "term").len()
    asked = each.group_by("outlet", "term").agg(pl.col("len").sum(), pl.len().alias("n_articles"))
    return lambda: asked.collect(engine="streaming")


def reading(folder: Path) -> Callable:
    import polars as pl

    return lambda: pl.read_ndjson(folder / "news.jsonl")


def textblob(folder: Path) -> Callable:
    from textblob import TextBlob

    from utils import passages

    news = opened(folder)
    body = passages.inside(news.sentences, news.body)
    texts = passages.text(news, body).tolist()
    return lambda: [TextBlob(text).sentiment for text in texts]


def datasketch(folder: Path) -> Callable:
    from datasketch import MinHash, MinHashLSH

    texts = read(folder)

    def run() -> None:
        index = MinHashLSH(threshold=0.5, num_perm=128)
        for place, text in enumerate(texts):
            words = text.lower().split()
            own = MinHash(num_perm=128)
            own.update_batch([" ".join(words[at : at + 5]).encode() for at in range(len(words) - 4)])
            index.query(own)
            index.insert(str(place), own)

    return run


PEERS: dict[str, Callable[[Path], Callable]] = {
    "load: polars, rows alone": reading,
    "words: CountVectorizer": vectorizer,
    "by outlet: DuckDB": duckdb,
    "by outlet: polars": polars,
    "tone: TextBlob": textblob,
    "copies: datasketch": datasketch,
}


if __name__ == "__main__":
    main()
