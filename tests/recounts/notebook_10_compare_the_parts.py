"""The counts of notebook 10 a second time."""

from recounts import Counts, Row, Ways
from recounts.addresses import between, both, count, neighbours

SIDES = ["target", "reference"]


def ways(values: dict) -> Ways:
    """Give how to count again before and after the year, and from one heading on beside the word."""
    sides = between(values["SPLIT"] + 1, 9999), between(0, values["SPLIT"] + 1)

    def parts(row: Row) -> Counts:
        wanted = neighbours(values["WORD"].lower()) if "What else is said where" in values["before"] else sides
        if "side" in row:
            return both(row["term"], wanted[row["side"] == "reference"])
        return {f"count_{side}": count([row["term"]], ids)[0] for side, ids in zip(SIDES, wanted, strict=True)}

    return {
        "article_id": lambda row: {"count": count([row["term"]], [row["article_id"]])[0]},
        "term": parts,
    }
