"""The counts of notebook 11 a second time: from the tagged sources of `standoff`, and by expressions over its texts."""

import ast
import csv
import re
import xml.etree.ElementTree as ET
from functools import cache

from recounts import Counts, Row, Ways
from recounts.notebook_00_start_here import STANDOFF, _bodies
from recounts.papers import counted


@cache
def sources() -> dict[str, tuple[str, list[list[str]]]]:
    """Give the frame of each text and, sentence by sentence, the facts that it is tagged with."""
    roots = {f"{path.stem}.txt": ET.parse(path).getroot() for path in (STANDOFF / "source").glob("*.xml")}
    return {name: (root.get("frame"), [each.get("f").split() for each in root]) for name, root in roots.items()}


@cache
def facts() -> list[dict[str, str]]:
    with (STANDOFF / "facts.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def told(column: str, value: str, frame: str) -> Counts:
    """Give how many times a sentence of a frame is tagged with a fact of this name, or of this claimant."""
    ids = {fact["id"] for fact in facts() if fact[column] == value}
    of_frame = {name: own for name, (its, own) in sources().items() if its == frame}
    return counted({name: [one for each in own for one in each if one in ids] for name, own in of_frame.items()})


def guesses(lists: dict[str, list[str]]) -> dict[str, str]:
    """Give for each text the frame whose words it has most often, the first in the lists where two have."""
    texts = {name: _bodies()[name].casefold() for name in sources()}
    patterns = {
        frame: re.compile("|".join(rf"\b{word.replace('*', '[a-z]*')}\b" for word in words))
        for frame, words in lists.items()
    }
    return {name: max(patterns, key=lambda frame: len(patterns[frame].findall(text))) for name, text in texts.items()}


def ways(values: dict) -> Ways:
    """Give how to count again facts and claimants by frame, guesses by words, and the words of one frame."""

    def guess(row: Row) -> Counts:
        lists = ast.literal_eval(re.search(r"^LISTS = (\{.*?\})$", values["before"], re.DOTALL | re.MULTILINE)[1])
        pair = (row["frame"], row["guess"])
        n = sum((sources()[name][0], guessed) == pair for name, guessed in guesses(lists).items())
        return {"count": n, "n_articles": n}

    def term(row: Row) -> Counts:
        own = [name for name, (frame, _) in sources().items() if frame == values["FRAME"]]
        return counted({name: re.findall(rf"\b{row['term']}\b", _bodies()[name], re.IGNORECASE) for name in own})

    return {
        "guess": guess,
        "name": lambda row: told("name", row["name"], row["frame"]),
        "whose": lambda row: told("whose", row["whose"], row["frame"]),
        "term": term,
    }
