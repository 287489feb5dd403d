"""The counts of notebook 04 a second time."""

import ast
import csv
from collections import Counter

from recounts import Counts, Row, Ways
from recounts.addresses import words
from recounts.papers import HARBOUR, articles, counted, hits, of_paper, pairs, roles, runs, stories


def ways(values: dict) -> Ways:
    """Give how to count again stories, what two articles share, roles, versions, and papers by article and by story."""
    sentences = iter((("CUT", "FULL"), ("RETOLD", "FULL")))
    found = {name for name, own in hits(values["WORD"]).items() if own}

    def sentence(row: Row) -> Counts:
        if "TIDES" in values["source"]:
            form = ast.literal_eval(ast.parse(values["source"]).body[0].value)
            own, full = (runs(words(form.format(*filled))) for filled in (("3.1", "Monday"), ("2.7", "Friday")))
        else:
            own, full = (runs(words(values[name])) for name in next(sentences))
        return {"shingles": len(own)} | dict.fromkeys(("in the full one", "in the other one"), len(own & full))

    def story(row: Row) -> Counts:
        own = [name for name, head in stories().items() if head == row["story"]]
        papers = {articles()[name]["outlet"] for name in own} - {None}
        return {"n_articles": len(own), "n_outlets": len(papers)}

    def paper(row: Row) -> Counts:
        printed = of_paper(row["outlet"])
        own = printed if "size[" in values["source"] else [name for name in printed if name in found]
        told, size = {stories()[name] for name in own}, Counter(stories().values())
        n = {"n_articles": len(own), "n_stories": len(told), "n_once": sum(size[one] == 1 for one in told)}
        return n | {"difference": len(own) - len(told)}

    def signed(row: Row) -> Counts:
        heads = {name: (HARBOUR / "texts" / name).read_text(encoding="utf-8") for name in found}
        own = [name for name in found if (values["AGENCY"] in heads[name]) == (row["signed"] == values["AGENCY"])]
        return {"n_articles": len(own)}

    def made(row: Row) -> Counts:
        with (HARBOUR / "truth" / "copies.csv").open(encoding="utf-8", newline="") as file:
            return {"n_articles": sum(held["kind"] == row["made"] for held in csv.DictReader(file))}

    return {
        "in the full one": sentence,
        "in the other one": sentence,
        "signed": signed,
        "other_id": lambda row: {"shared": pairs()[frozenset((row["article_id"], row["other_id"]))]},
        "of_its_length": lambda row: {"words": len(articles()[row["article_id"]]["words"])},
        "n_once": paper,
        "outlet": lambda row: counted(hits(values["WORD"]), of_paper(row["outlet"])),
        "role": lambda row: {"n_articles": roles()[row["role"]]},
        "made": made,
        "story": story,
    }
