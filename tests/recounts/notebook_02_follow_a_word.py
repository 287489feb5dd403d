"""The counts of notebook 02 a second time."""

import re
from collections import Counter
from datetime import date, timedelta

from recounts import Counts, Row, Ways
from recounts.addresses import WORD
from recounts.papers import articles, counted, hits, of_paper


def ways(values: dict) -> Ways:
    """Give how to count again queries, forms of a word, places, weeks, readings, and the words of each paper."""

    def term(row: Row) -> Counts:
        every = {query: hits(query) for query in values["GROUP"]}
        found = {name: [hit for each in every.values() for hit in each[name]] for name in articles()}
        return counted({name: [hit for hit in own if hit.lower() == row["term"]] for name, own in found.items()})

    def asked(row: Row) -> Counts:
        word, _, how = row["asked"].partition(", ")
        return counted(hits(word, case=not how, accents=how != "accents ignored"))

    def week(row: Row) -> Counts:
        first = date.fromisoformat(row["period"])
        days = {first + timedelta(n) for n in range(7)}
        own = [name for name, held in articles().items() if held["day"] in days]
        return counted(hits(values["WORD"]), own) | {"n_published": len(own)}

    def kind(row: Row) -> Counts:
        readings = values["READINGS"]
        if row["kind"] in readings:
            return counted(hits(readings[row["kind"]]))
        left = {name: Counter(hit.lower() for hit in own) for name, own in hits(values["LOOSE"]).items()}
        for query in readings.values():
            for name, own in hits(query).items():
                left[name] -= Counter(re.split(r"\W+", hit.lower())[1] for hit in own)
        return counted({name: list(own.elements()) for name, own in left.items()})

    def paper(row: Row) -> Counts:
        texts = [text for name in of_paper(row["outlet"]) for text in articles()[name]["body"]]
        return {"n_words": sum(len(WORD.findall(text)) for text in texts)}

    def note(row: Row) -> Counts:
        short = [len(WORD.findall(held["body"][0])) < 100 for held in articles().values()]
        return {"articles": short.count(row["note"] == "under 100 words")}

    return {
        "form": lambda row: counted(hits(row["query"])),
        "place": lambda row: counted(hits(values["WORD"], row["place"])),
        "term": term, "asked": asked, "period": week, "kind": kind, "n_words": paper, "note": note,
    }  # fmt: skip
