"""The counts of notebook 00 a second time."""

import csv
import re

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, words, words_in
from recounts.papers import HARBOUR, articles, counted, hits, of_paper

STANDOFF = HARBOUR.parent / "standoff"


def ways(values: dict) -> Ways:
    """Give how to count again the collections, the frames, the word by outlet, and a receipt."""

    def collection(row: Row) -> Counts:
        if row["name"] == "addresses":
            return {"articles": len(addresses()), "words": words_in(list(addresses()))}
        told = [held["words"] for held in articles().values()]
        if row["name"] == "standoff":
            told = [words(text) for text in _bodies().values()]
        return {"articles": len(told), "words": sum(map(len, told))}

    def frame(row: Row) -> Counts:
        with (STANDOFF / "articles.csv").open(encoding="utf-8") as file:
            names = [each["article_id"] for each in csv.DictReader(file) if each["frame"] == row["frame"]]
        found = {name: re.findall(rf"\b{row['term']}\b", _bodies()[name], re.IGNORECASE) for name in names}
        return counted(found)

    def outlet(row: Row) -> Counts:
        return counted(hits(values["WORD"]), of_paper("not known" if row["outlet"] == "–" else row["outlet"]))

    def rule(row: Row) -> Counts:
        pasted = re.search(r'ARTICLE = """\n(.*?)"""', values["before"], re.DOTALL)[1]
        headline, section, byline, *body, trailer, comments = filter(None, pasted.split("\n"))
        place, _, body[0] = body[0].partition(" — ")
        stretches = {"first line": headline, "published in": section, "by a name": byline, "comments": comments}
        stretches |= {"place and dash": f"{place} —", "paragraph": "".join(body), "rights line": trailer}
        return {"characters": len(stretches[row["rule"]])}

    return {
        "name": collection,
        "frame": frame,
        "outlet": outlet,
        "query": lambda row: counted(hits(row["query"])),
        "rule": rule,
    }


def _bodies() -> dict[str, str]:
    """Give each teaching text below its headline and the line on where it appeared, above its rights."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in (STANDOFF / "texts").glob("*.txt")}
    return {name: text.split("\n", 2)[2].partition("\n©")[0] for name, text in texts.items()}
