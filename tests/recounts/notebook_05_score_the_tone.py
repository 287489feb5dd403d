"""The counts of notebook 05 a second time."""

import csv

from recounts import Counts, Row, Ways
from recounts.papers import articles, of_paper
from recounts.scores import FOLDER, scored, scored_in, with_entry


def ways(values: dict) -> Ways:
    """Give how to count again pasted sentences, corpora, frames, papers, quarters, and the entries scored in them."""
    from textblob import TextBlob

    corpus = "standoff" if "standoff" in values["source"] else "harbour"

    def entry(row: Row) -> Counts:
        return with_entry(corpus, row["entry"], of_paper(row["outlet"]) if "outlet" in row else None)

    def frame(row: Row) -> Counts:
        with (FOLDER / "articles.csv").open(encoding="utf-8") as rows:
            return scored(
                "standoff", [each["article_id"] for each in csv.DictReader(rows) if each["frame"] == row["frame"]]
            )

    def quarter(row: Row) -> Counts:
        n = sum(held["day"] is not None for held in articles().values()) // 4
        return {"n_first": n, "n_last": n}

    return {
        "sentence": lambda row: {"count": len(TextBlob(row["sentence"]).sentiment_assessments.assessments)},
        "entry": entry,
        "corpus": lambda row: scored(row["corpus"]),
        "frame": frame,
        "part": lambda row: scored_in(row["part"], of_paper(row["outlet"])),
        "outlet": lambda row: scored("harbour", of_paper(row["outlet"])),
        "n_first": quarter,
        "tone": lambda row: scored("harbour"),
    }
