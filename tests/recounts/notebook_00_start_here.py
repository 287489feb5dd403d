"""The counts of notebook 00 a second time."""

import fnmatch
import re
from pathlib import Path

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, count, words, words_in
from recounts.papers import articles

STANDOFF = Path(__file__).parents[2] / "corpus" / "standoff" / "texts"


def ways(values: dict) -> Ways:
    """Give how to count again the collections, the word in the addresses, and the receipt of the pasted article."""

    def collection(row: Row) -> Counts:
        if row["name"] == "addresses":
            return {"articles": len(addresses()), "words": words_in(list(addresses()))}
        if row["name"] == "harbour":
            told = [held["words"] for held in articles().values()]
        else:  # two lines, a headline and where it appeared, come before the text, and its rights after it
            texts = [path.read_text(encoding="utf-8") for path in {"standoff": STANDOFF}[row["name"]].glob("*.txt")]
            told = [words(text.split("\n", 2)[2].partition("\n©")[0]) for text in texts]
        return {"articles": len(told), "words": sum(map(len, told))}

    def query(row: Row) -> Counts:
        vocabulary = {term for held in addresses().values() for term in held["counts"]}
        return dict(zip(("count", "n_articles"), count(fnmatch.filter(vocabulary, row["query"].lower())), strict=True))

    def rule(row: Row) -> Counts:
        pasted = re.search(r'ARTICLE = """\n(.*?)"""', values["before"], re.DOTALL)[1]
        headline, section, byline, *body, trailer, comments = filter(None, pasted.split("\n"))
        place, _, body[0] = body[0].partition(" — ")
        stretches = {"first line": headline, "published in": section, "by a name": byline, "comments": comments}
        stretches |= {"place and dash": f"{place} —", "paragraph": "".join(body), "rights line": trailer}
        return {"characters": len(stretches[row["rule"]])}

    return {"name": collection, "query": query, "rule": rule}
