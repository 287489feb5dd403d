"""What recurs in many articles of one outlet, lines at the edges or blocks anywhere: likely furniture no rule knows.

It is pointed out and stays in the body: a column's motto or a live blog's opening recurs too, and only a person
can tell.
"""

import re
from collections.abc import Iterator
from typing import Protocol

import numpy as np
import pandas as pd
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils.intake import dates
from utils.intake.cleaning import own_rules
from utils.intake.marks import EDGE, NUMBER, Marks, folded

FEWEST = 3  # articles
SHARE = 0.2  # of the outlet's articles
TOLD = 10  # lines an outlet, the commonest first
SHOWN = 120  # characters of a block's first paragraph
IN_A_CURE, FEWEST_SHOWN = 700, 70  # characters of the rules in one line of the report; of a paragraph in them, at least
UNKNOWN = "unknown outlet"
CURE = "if it is no part of the articles, load them with {rule} and look at the receipt"


class _Recurring(Protocol):
    """A line that recurs: its outlet by number, or -1, its place and hash; the first article, and how many of how many
    have it."""

    outlet: int
    place: str
    line: int
    first: int
    n: int
    of: int


def notes(articles: pd.DataFrame, segments: pd.DataFrame, blocks: pd.DataFrame, marks: Marks) -> list[dict[str, str]]:
    """Give what is to be reported of recurring lines and blocks: dictionaries with source, kind, problem, cure.

    A line recurs if it stands among the first three, or the last three, paragraphs of the body in at least three
    articles of an outlet and in at least a fifth of them. Case, white space and numbers do not count ("12 comments"
    is "3 comments"), nor do copies: one text counts once. Articles whose outlet is not known are taken as one outlet's.

    Parameters
        articles: index article_id; raw, source, outlet.  segments: article_id (categorical, its categories the index
        of the articles), start, end, kind.  blocks: article_id, start, end, outlet, line and run of the
        paragraphs that an outlet repeats anywhere; a line that is part of a block is told of with it.
        marks: those of the articles and the segments.
    """
    return [*_edge_notes(articles, segments, blocks, marks), *_block_notes(articles, blocks)]


def _block_notes(articles: pd.DataFrame, blocks: pd.DataFrame) -> Iterator[dict[str, str]]:
    """Give the report's lines for blocks: those of an outlet that most articles have first, up to TOLD."""
    if blocks.empty:
        return
    lines = pd.factorize(blocks["line"])[0]
    first = pd.Series(lines).groupby(blocks["run"].to_numpy()).transform("first").to_numpy()
    pairs = scipy.sparse.coo_array((np.ones(len(lines), bool), (first, lines)), shape=(len(blocks), len(blocks)))
    blocks = blocks.assign(block=scipy.sparse.csgraph.connected_components(pairs, directed=False)[1][lines])
    found = (
        blocks.groupby("block")
        .agg(outlet=("outlet", "first"), n=("article_id", "nunique"))
        .sort_values(["outlet", "n"], ascending=[True, False], kind="stable")
    )
    unknown = SHARE * articles["outlet"].isna().sum()  # articles that one outlet need not have printed
    found = found[(found["outlet"] >= 0) | (found["n"] >= unknown)]
    for row in found.groupby("outlet").head(TOLD).itertuples():
        every = blocks[blocks["block"] == row.Index]
        own = every.drop_duplicates("line")
        source = articles.loc[own["article_id"].iloc[0]]
        named = isinstance(source["outlet"], str)
        outlet = dates.shown(source["outlet"]) if named else UNKNOWN
        of = (articles["outlet"] == source["outlet"]) if named else articles["outlet"].isna()
        shown = [" ".join(articles.at[it.article_id, "raw"][it.start : it.end].split()) for it in own.itertuples()]
        rules = [_begun(line, max(FEWEST_SHOWN, IN_A_CURE // len(shown))) for line in shown]
        for at in range(0, len(rules), IN_A_CURE // FEWEST_SHOWN):
            part = rules[at : at + IN_A_CURE // FEWEST_SHOWN]
            held = every[every["line"].isin(own["line"].iloc[at : at + len(part)])]
            n = held.groupby("article_id", observed=True)["line"].nunique()
            many = f"these {len(part)} paragraphs" if len(part) > 1 else "this paragraph"
            many = many if (n == len(part)).all() else f"one or more of {many}"
            yield {
                "source": source["source"],
                "kind": "doubtful",
                "problem": f"{len(n):,} of {of.sum():,} articles of {outlet} have {many} and nothing else in common: "
                f"“{dates.shown(shown[at], most=SHOWN)}”",
                "cure": CURE.format(rule=f"furniture=[{', '.join(map(repr, part))}]"),
            }


def _begun(line: str, most: int) -> str:
    """Give the rule for `furniture=` that finds a paragraph: as it stands, or by how it begins where it is long."""
    if len(own := rule([line])) <= most:
        return own
    return line[:most].rstrip() + own_rules.BEGUN


def _edge_notes(
    articles: pd.DataFrame, segments: pd.DataFrame, blocks: pd.DataFrame, marks: Marks
) -> list[dict[str, str]]:
    """Give the report's lines for lines at the edges that are part of no block."""
    edges = _edges(segments, marks)
    edges = edges[~_places(edges).isin(_places(blocks.assign(article=blocks["article_id"].cat.codes)))]
    if edges.empty:
        return []
    outlets, names = pd.factorize(articles["outlet"], use_na_sentinel=True)
    edges["outlet"] = outlets[edges["article"]]
    line = ["outlet", "place", "line"]
    counted = edges.drop_duplicates([*line, "text"]).groupby(line, sort=False)
    found = counted["article"].agg(n="size", first="first").reset_index()
    found["of"] = np.bincount(outlets + 1)[found["outlet"] + 1]
    found = found[(found["n"] >= FEWEST) & (found["n"] >= SHARE * found["of"])]
    found = found.sort_values(["outlet", "n"], ascending=[True, False], kind="stable").groupby("outlet").head(TOLD)
    return [_note(row, articles, names, edges) for row in found.itertuples()]


def _places(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["article", "start", "end"]])


def _edges(segments: pd.DataFrame, marks: Marks) -> pd.DataFrame:
    """Give the lines at the edges of each body: article, start, end, place, text (the mark of all of the article's),
    line (its own)."""
    body = (segments["kind"] == "body").to_numpy()
    article = segments["article_id"].cat.codes.to_numpy()[body]
    n = np.bincount(article, minlength=len(marks.texts))
    rank = np.arange(len(article)) - (np.cumsum(n) - n)[article]
    line = marks.edges[body]
    kept, first = line != 0, (rank < EDGE).astype(int)
    table = {
        "article": article,
        "place": np.array(["last", "first"])[first],
        "text": marks.texts[article],
        "line": line,
    }
    bounds = {name: segments[name].to_numpy()[body] for name in ("start", "end")}
    return pd.DataFrame({name: column[kept] for name, column in (table | bounds).items()})


def _note(row: _Recurring, articles: pd.DataFrame, names: pd.Index, edges: pd.DataFrame) -> dict[str, str]:
    """Give the report's line for one recurring line."""
    same = edges[(edges["outlet"] == row.outlet) & (edges["place"] == row.place) & (edges["line"] == row.line)]
    lines = [" ".join(articles["raw"].iloc[it.article][it.start : it.end].split()) for it in same.head(50).itertuples()]
    outlet = dates.shown(names[row.outlet]) if row.outlet >= 0 else UNKNOWN
    return {
        "source": articles["source"].iloc[row.first],
        "kind": "doubtful",
        "problem": f"{row.n:,} of {row.of:,} articles of {outlet} have this among their {row.place} paragraphs: "
        f"“{lines[0]}”",
        "cure": CURE.format(rule=f"furniture=[{rule(lines)!r}]"),
    }


def rule(shown: list[str]) -> str:
    """Give the rule for `furniture=` that finds a recurring line: as it stands, or an expression where numbers
    change."""
    slashes = shown[0][0] == shown[0][-1] == "/"
    if len(set(map(folded, shown))) == 1 and not slashes:
        return shown[0]
    pieces = [re.escape(piece).replace("\\ ", " ") for piece in NUMBER.split(shown[0])]
    longest = max((len(number) for line in shown for number in NUMBER.findall(line)), default=1)
    number = r"\d+" if len(pieces) <= 3 else r"\d" + r"\d?" * (longest - 1)
    return f"/^{number.join(pieces)}$/"
