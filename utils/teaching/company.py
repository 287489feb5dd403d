"""Company: what notebooks say of a word's neighbours, in sentences no stronger than their own test."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from IPython.display import Markdown

from utils.passages.html import plain, say

NAMED = 3  # words of a list that a sentence names


def by_hand(table: pd.DataFrame, word: str) -> Markdown:
    """Work out what is expected, and MI, for the first row of a table of `terms.collocates`."""
    if table.empty:
        return say(f"No word stands near “{plain(word)}” often enough here, so there is nothing to work out.")
    row = table.iloc[0]
    times = row["count"] / row["expected"]
    return say(
        f"“{plain(row['term'])}” stands {row['n_term']:,} times among {row['n_tokens']:,} words, and "
        f"{row['n_near']:,} of all these words are near “{plain(word)}”. So {row['n_term']:,} × {row['n_near']:,} / "
        f"{row['n_tokens']:,} = **{row['expected']:.1f}** would be near it anyway. There are **{row['count']:,}**, "
        f"{times:.2f} times as many, and the logarithm of {times:.2f} to the base 2 is **{np.log2(times):+.2f}**."
    )


def sure(table: pd.DataFrame, other: pd.DataFrame, *, called: str, other_called: str) -> Markdown:
    """Say of how many words the interval lies above 0, by two ways to take units; both tables of `terms.collocates`."""
    if table.empty:
        return say("No word stands near it often enough here, so nothing can be called company.")
    n, n_other = ((own["low"] > 0).sum() for own in (table, other))
    return say(
        f"Of {len(table):,} words in the list {n:,} have an interval above 0 by {called}; by {other_called}, "
        f"{n_other:,}. {table['low'].isna().sum():,} have none, as too few {called} have them near."
    )


def again(one: pd.DataFrame, other: pd.DataFrame, ranks: Mapping[str, str]) -> pd.DataFrame:
    """Give how many words at the top of several lists of one part are surely near in the other part, too.

    one, other: tables of `terms.collocates`.  ranks: what a list is called, and the column that it is sorted by; each
    is as long as that of the words whose interval is above 0.
    Returns one row a list: list (str), shown, held (int), share (float, 0-1; missing where none is shown).
    """
    n, there = int((one["low"] > 0).sum()), other.loc[other["low"] > 0, "term"]
    rows = []
    for name, column in ranks.items():
        shown = one.sort_values(column, ascending=False, kind="stable")["term"].head(n)
        rows.append({"list": name, "shown": n, "held": int(shown.isin(there).sum())})
    table = pd.DataFrame(rows)
    return table.assign(share=table["held"] / table["shown"].where(table["shown"] > 0))


def kept(table: pd.DataFrame, word: str, parts: Mapping[str, pd.DataFrame], asked: str) -> Markdown:
    """Give the answer to "what company does a word keep", each part no stronger than what was tested.

    table: of `terms.collocates`, by the unit that counts.  parts: such tables of two parts, for the word asked there.
    """
    named = [f"**{plain(term)}**" for term in table.loc[table["low"] > 0, "term"].head(NAMED)]
    least = f"{len(table):,} words stand near “{plain(word)}” often enough to be listed"
    told = (
        f"Surely nearer to it than chance would bring them {'are' if len(named) > 1 else 'is'} {_and(named)}"
        if named
        else "Of none can we say that other articles would have it there"
    )
    (one, first), (other, second) = parts.items()
    lists = [set(own.loc[own["low"] > 0, "term"]) for own in (first, second)]
    common = len(lists[0] & lists[1])
    change = (
        f"“{asked}” surely keeps {len(lists[0])} words company {one} and {len(lists[1])} {other}, "
        f"{common or 'none'} of them in both"
    )
    return say(
        f"{least}. {told}; what is left out of that list may keep it company all the same, in too few texts to tell. "
        f"In the presidents’ addresses {change}, and only reading says whether a new company is a new sense."
    )


def _and(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
