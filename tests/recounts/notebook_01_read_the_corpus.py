"""The counts of notebook 01 a second time."""

import csv
from collections import Counter
from functools import cache

from recounts import Counts, Row, Ways
from recounts.papers import HARBOUR, articles, of_paper

FOUR = {  # characters, counted by hand in what 01 writes into its four files
    "first line": 4 * 27,
    "date line": 4 * 10,
    "paragraph": 36 + 60 + 46 + 51,
    "yours: Write to our harbour desk.": 4 * 26,
    "rights line": 4 * 21,
}


def ways(values: dict) -> Ways:
    """Give how to count again by outlet, by paragraph, by rule, by encoding, and what is there twice."""

    def outlet(row: Row) -> Counts:
        own = of_paper(row["outlet"])
        return {"articles": len(own), "words": sum(len(articles()[name]["words"]) for name in own)}

    def paragraph(row: Row) -> Counts:
        n = [held["body"].count(row["paragraph"]) for held in articles().values()]
        return {"count": sum(n), "n_articles": sum(one > 0 for one in n)}

    def rule(row: Row) -> Counts:
        if "count" not in row:  # the receipt of the four invented files
            return {"n_articles": 4, "characters": FOUR[row["rule"]]}
        found = [(name, line) for name, rule, line in _stretches() if rule == row["rule"]]
        n_articles = len({name for name, _ in found})
        return {"count": len(found), "n_articles": n_articles, "characters": sum(len(line) for _, line in found)}

    def encoding(row: Row) -> Counts:
        return {"articles": Counter(map(_encoding, _files().values()))[row["encoding"]]}

    def twice(row: Row) -> Counts:
        texts = [_text(file) for file in _files().values()]
        held = texts if row["what is the same"] == "text" else [text.split("\n")[0].strip() for text in texts]
        return {"articles": len(held) - len(set(held))}

    return {"rule": rule, "outlet": outlet, "paragraph": paragraph, "encoding": encoding, "what is the same": twice}


@cache
def _files() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((HARBOUR / "texts").glob("*.txt"))}


def _encoding(file: bytes) -> str:
    try:
        file.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text(file: bytes) -> str:
    return file.decode({"utf-8": "utf-8-sig"}.get(_encoding(file), "cp1252")).replace("\r\n", "\n")


@cache
def _stretches() -> list[tuple[str, str, str]]:
    """Give every stretch of every article with its rule: the planned lines that are no text, and what is left of it."""
    with (HARBOUR / "truth" / "layout.csv").open(encoding="utf-8", newline="") as file:
        planned = [(row["article_id"], row["rule"], row["line"]) for row in csv.DictReader(file)]
    found = list(planned)
    for name, file in _files().items():
        lines = [line.strip() for line in _text(file).split("\n") if line.strip()]
        told = [(rule, line) for own, rule, line in planned if own == name]
        place = next((line for rule, line in told if rule == "place and dash"), "")
        others = Counter(line for rule, line in told if rule != "place and dash")
        found.append((name, "first line", lines[0]))
        for line in lines[1:]:
            if others[line]:
                others[line] -= 1
            else:
                found.append((name, "paragraph", line.removeprefix(place).strip()))
    return found
