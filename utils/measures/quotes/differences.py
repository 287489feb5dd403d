"""Differences: how much of the words of two sides is quoted, and how much of that persons say."""

from collections.abc import Sequence

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.measures.quotes.balances import balance
from utils.passages.sides import SIDES, Side, passages_of
from utils.stats import formulas


def difference(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
    quotes: pd.DataFrame | None = None,
    kinds: Sequence[str] = ("direct", "partial"),
    n: int = 2000,
    seed: int = 2025,
) -> pd.DataFrame:
    """Give how much more of its words one side quotes than another, and how much more of these are persons' words.

    Parameters
        target, reference: True or False for each article, a column and its value, such as {"outlet": "The Low Post"},
        or a table of passages; without a reference it is the rest of what is read.
        within: passages to count in (default: the body; a side of passages is read as it is).
        unit, quotes, kinds: as for `balance`. A unit with words on both sides leaves both at once.
        n, seed: of the shuffles of units that p is from.
    Returns two rows; where it says SIDE, one column for each side:
        share        str: "quoted", of all words those in quotations; "persons", of these those of persons by name, and
                     not of bodies, of speakers without a name, or of nobody that we find
        n_quotes_SIDE, n_articles_SIDE   int, quotations counted in the share, and the articles they lie in
        n_words_SIDE, of_SIDE            int, words that the share counts, and those it is a share of
        share_SIDE   float 0-1; missing where there are no words
        difference   float, target less reference
        low, high    float, its 95 % jackknife-t interval, within what is possible; missing where `note` says why
        p            float 0-1: how often sides drawn by lot from the units differ at least as much; missing with fewer
                     than ten units on a side, or than ten that have such words
        note         str, why there is no interval: as in `balance`, on either side; else ""
    Articles in other languages are left out, with a warning.
    Raises ValueError as `balance` does, if a side is none, or the sides have passages in common.
    Source: `formulas.difference`.
    """
    both = passages_of(news, target, reference, within)
    rows = pd.concat([own[passages.KEYS].assign(side=side) for side, own in both.items()], ignore_index=True)
    each = balance(news, by=["side", "article", "person"], within=rows, quotes=quotes, kinds=kinds)
    each = each.assign(quoted=each["voice"] != "outside", persons=(each["kind"] == "person").fillna(False).astype(bool))
    whose = passages.groups(news, unit=unit)
    table = []
    for share, of in (("quoted", None), ("persons", "quoted")):
        some = (each if of is None else each[each[of]]).astype({"article_id": "str"})
        some = some.assign(count=some["n_words"].where(some[share], 0), quotes=some["n_quotes"].where(some[share], 0))
        counted = some.groupby(["side", "article_id"])[["count", "quotes", "n_words"]].sum().reset_index("side")
        counted = counted.rename(columns={"n_words": "of"}).query("of > 0")
        table.append({"share": share} | _compared(counted, whose, n, seed))
    return pd.DataFrame(table).astype({"share": "str", "note": "str"})


def _compared(counted: pd.DataFrame, whose: passages.Groups, n: int, seed: int) -> dict:
    """Give the row of a share from its words, by side and article."""
    on = {side: counted[counted["side"] == side] for side in SIDES}
    found = formulas.difference(
        lambda sums: sums["count"] / sums["of"], *(whose.by_unit(own[["count", "of"]]) for own in on.values()),
        share=("count", "of"), possible=(0, 1), unit=whose.unit, n=n, seed=seed,
    )  # fmt: skip
    row: dict[str, object] = {}
    for name, column in (("n_quotes", "quotes"), ("n_words", "count"), ("of", "of")):
        row |= {f"{name}_{side}": int(own[column].sum()) for side, own in on.items()}
        if name == "n_quotes":
            row |= {f"n_articles_{side}": int((own["quotes"] > 0).sum()) for side, own in on.items()}
    row |= {f"share_{side}": found[f"value_{side}"] for side in SIDES}
    return row | {name: found[name] for name in ("difference", "low", "high", "p", "note")}
