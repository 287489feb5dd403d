"""The counts of notebook 03 a second time."""

from recounts import Counts, Row, Ways
from recounts import quotations as voices
from recounts.papers import of_paper

NUMBERS = {"count", "n_articles", "n_quotes", "n_words", "n_indirect", "n_first", "n_last"}


def ways(values: dict) -> Ways:
    """Give how to count again quotations by what they are and whose, their words, and what the key says of them."""

    def said(row: Row) -> Counts:
        labels = {name: value for name, value in row.items() if name not in {"share_of_words", "low", "high", *NUMBERS}}
        if "verb" in row:  # of the loaded ones
            labels |= {"sort": "loaded", "speaker": None if row["speaker"] == "nobody found" else row["speaker"]}
        elif set(row) == {"speaker", "count", "n_articles"}:
            labels["part"] = "unnamed"
        every = "count" in row  # else it is a row of a balance
        return voices.counts(voices.found(), **labels) if every else voices.balanced(voices.found(), **labels)

    def speaker(row: Row) -> Counts:
        if "n_words_planted" not in row:
            return said(row)
        ways = {"planted": voices.planted(), "found": voices.found()}
        held = {way: voices.balanced(rows, speaker=row["speaker"]) for way, rows in ways.items()}
        return {f"{name}_{way}": held[way][name] for name in ("n_words", "n_articles") for way in ways}

    def part(row: Row) -> Counts:
        if row["part"] != "outside":
            return voices.balanced(voices.found(), part=row["part"])
        everything = sum(map(len, voices.words().values()))
        return {"n_quotes": 0, "n_words": everything - voices.balanced(voices.found())["n_words"]}

    def outlet(row: Row) -> Counts:
        if "person" in row:
            return said(row)
        theirs = voices.balanced(voices.found(), outlet=row["outlet"], person=values["VOICE"])
        return {"n_articles": theirs["n_articles"], "n_published": len(of_paper(row["outlet"]))}

    def verdict(row: Row) -> Counts:
        labels = {name: value for name, value in row.items() if name not in NUMBERS}
        return voices.counts(voices.judged(), **labels)

    def person(row: Row) -> Counts:
        return said(row) if "n_last" in row or "n_words" in row else {"n_articles": len(voices.naming()[row["person"]])}

    return {
        "of": lambda row: {"n_words": voices.taken(row["of"]) if row["corpus"] == "harbour" else None},
        "person": person,
        "measure": lambda row: voices.measures()[row["measure"]],
        "verdict": verdict, "meant": verdict, "part": part, "outlet": outlet, "speaker": speaker,
        "kind": said, "rule": said, "sort": said,
    }  # fmt: skip
