"""How similarity meets human judgement, and Delta known hands, on texts that do not come with the collection.

Run by `make bench N=likeness ARGS="--pairs FILE --hands FILE"`.
--pairs: JSON lines with `text1`, `text2` and `Overall`, 1 (the same) to 4, as in SemEval 2022, task 8.
--hands: a zip of text files in folders, one a writer; those in `disputed/` belong to nobody.
"""

import argparse
import json
import zipfile
from pathlib import PurePosixPath

import numpy as np
import pandas as pd

from utils import compare, load


def main() -> None:
    """Print r of each measure of similarity, and how many texts Delta gives to whom."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pairs", help="JSON lines of pairs that people judged")
    options.add_argument("--hands", help="zip of texts by writer")
    asked = options.parse_args()
    if asked.pairs:
        pairs(asked.pairs)
    if asked.hands:
        hands(asked.hands)


def pairs(path: str) -> None:
    """Print Pearson's r between similarity and what people said, turned so that more is more alike."""
    with open(path, encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    texts = [(f"{n}-{k}", row[f"text{k}"], n, row["Overall"]) for n, row in enumerate(rows) for k in (1, 2)]
    news = load(pd.DataFrame(texts, columns=["title", "text", "pair", "judged"]))  # titled, so that all is body
    pair, judged = news.articles["pair"], news.articles["judged"].astype(float)
    for measure in ("cosine", "lsa", "jaccard", "containment"):
        for lemma in (True, False):
            table = compare.similarity(news, measure=measure, lemma=lemma)
            own = table[pair[table["article_id"]].to_numpy() == pair[table["other"]].to_numpy()]
            r = -np.corrcoef(own["similarity"], judged[own["article_id"]])[0, 1]
            print(f"{measure:12} {'lemmas' if lemma else 'words':7} r = {r:.3f} over {len(own)} pairs")


def hands(path: str) -> None:
    """Print how many texts of each writer are nearest to their own hand, and whom the others go to."""
    rows = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".txt"):
                writer = PurePosixPath(name).parent.name
                text = archive.read(name).decode("utf-8", "replace")
                rows.append({"text": text, "hand": None if writer == "disputed" else writer})
    news = load(pd.DataFrame(rows))
    for measure in ("burrows", "cosine"):
        for n_words in (50, 100, 150, 200, 300, 500):
            table = compare.delta(news, "hand", measure=measure, n_words=n_words)
            nearest = table[table["nearest"]]
            known = nearest.dropna(subset="hand")
            right = known["hand"] == known["candidate"]
            told = ", ".join(f"{name} {own.sum()} of {len(own)}" for name, own in right.groupby(known["hand"]))
            open_to = nearest.loc[nearest["hand"].isna(), "candidate"].value_counts().to_dict()
            print(f"{measure:8} {n_words:4} words: {told}; disputed {open_to}")


if __name__ == "__main__":
    main()
