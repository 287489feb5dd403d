"""The counts of notebook 14 a second time."""

from itertools import accumulate, pairwise

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, count


def ways(values: dict) -> Ways:
    """Give how to count again the parts, the first of which have one address more where they are uneven."""
    ids, n = [*addresses()], values["PARTS"]
    bounds = [0, *accumulate(len(ids) // n + (part < len(ids) % n) for part in range(n))]
    parts = {str(part): ids[low:high] for part, (low, high) in enumerate(pairwise(bounds), 1)}

    def part(row: Row) -> Counts:
        own = parts[row["part"]]
        sizes = {"n_articles": len(own), "n_tokens": sum(addresses()[one]["counts"].total() for one in own)}
        if "term" not in row:
            return sizes
        n_hits, n_with = count([row["term"]], own)
        return sizes | {"count": n_hits, "n_articles": n_with}

    def term(row: Row) -> Counts:
        n_hits, n_with = count([row["term"]])
        return {"count": n_hits, "n_articles": n_with}

    return {"part": part, "term": term}
