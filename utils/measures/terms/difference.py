"""Difference: how much more often something is said on one side than on the other, or later than before."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import passages, spans
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.terms.counts import sized
from utils.measures.terms.rate import Asked, named
from utils.passages.queries import hits
from utils.passages.sides import SIDES, Side
from utils.passages.sides import passages_of as sides_of
from utils.stats import bounds, formulas, intervals

TIMES = ["before", "since"]
COUNTED = ["count", "n_articles", "n_tokens", "rate"]
ESTIMATE = ["difference", "low", "high", "note"]
MOST = 10_000
FIGURES = re.compile(r"\s*\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d")  # of a day, the year last


class Cell(NamedTuple):
    """A part that rates are taken of: its name, and for each unit how often a query is met with, and its words."""

    name: str
    counts: pd.Series
    sizes: pd.Series
    n_articles: int


def difference(
    news: Corpus,
    query: Asked,
    target: Side,
    reference: Side | None = None,
    *,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how much more often each query is met with on one side than on the other, and how sure that is.

    The words of one article are not independent draws: what is left out in turn are whole articles. `terms.hits` gives
    the passages.

    Parameters
        query: as for `rate`; each of several is counted by itself, a group by a name: {"fuel": ["oil", "gas*"]}.
        target, reference: True or False for each article, such as `news.articles["year"] > 1945`; the value of a
        column, such as {"outlet": "The Post"}; or a table of passages, such as the headlines. Without a reference it is
        all else that is read.
        within: passages to read (default: the body; a side given as passages is read wherever it lies).
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. A unit with words
        on both sides leaves both at once.
    Returns one row a query, in the order asked; where it says SIDE, one column for each side:
        query, count_SIDE, n_articles_SIDE (int, articles with a hit), n_tokens_SIDE (int), rate_SIDE (float, hits in
        10,000 words)
        difference  float, rate_target - rate_reference
        low, high   float, its 95 % interval, within what is possible; missing where `note` says why
        note        str, why there is no interval: fewer than ten units on a side, or than five with a hit; where none
                    has one, what share of such units still could; else ""
    Raises ValueError as `hits` does, if a side is of another kind, holds no word, or shares words with the other, or
    `unit` names no column.
    Source: the jackknife-t intervals of both rates, joined as in Zou & Donner (2008), so that they need not be alike
    upward and downward; of units on both sides, the jackknife-t interval of the difference itself.
    """
    sides = sides_of(news, target, reference, within)
    signs = dict(zip(SIDES, (1, -1), strict=True))
    rows = [
        {"query": name} | _facts(cells, SIDES) | contrast(cells, signs, called)
        for name, cells, called in _counted(news, query, sides, unit)
    ]
    columns = ["query", *(f"{name}_{side}" for name in COUNTED for side in SIDES), *ESTIMATE]
    return pd.DataFrame(rows, columns=columns).astype({"query": "str", "note": "str"})


def change(
    news: Corpus,
    query: Asked,
    target: Side | None = None,
    reference: Side | None = None,
    *,
    since: object = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how far the rate of each query rises from before to after, of all, or of two sides and between them.

    A line over time makes many pairs of periods, some of which lie apart by luck; this is one pair. Two sides may both
    rise, one more than the other: what their changes differ by has an interval of its own.

    Parameters
        query: as for `rate`.  target, reference, within, unit: as for `difference`; without a target there is one side,
        all that is read.
        since: the day that the later part begins with, such as "2025-04-07", in whatever time zone it is written; what
        is before it is the other. None: the last quarter of the dated articles beside the first.
    Returns one row a query and side: "all", or "target", "reference" and "target less reference"; where it says TIME,
    one column for before and one for since:
        query, side
        count_TIME, n_articles_TIME, n_tokens_TIME, rate_TIME   as for `difference`; missing in the last row
        difference  float, rate_since - rate_before; in the last row that of the target less that of the reference
        low, high, note   as for `difference`
    Its `attrs` hold `since`, the day, and `undated`, how many articles have no date and are in no part.
    Raises ValueError as `difference` does, if the day is written in figures with the year last, or if no article is
    dated before it, or none since.
    """
    if target is None:
        sides = {"all": news.body if within is None else passages.checked(within, what="within")}
    else:
        sides = sides_of(news, target, reference, within)
    early, late, day = _parts(news, since)
    parts = {
        f"{side} {time}": own[own["article_id"].astype("str").isin(ids)]
        for side, own in sides.items()
        for time, ids in zip(TIMES, (early, late), strict=True)
    }
    rows = []
    for name, cells, called in _counted(news, query, parts, unit):
        signs = [{f"{side} {time}": sign for time, sign in zip(TIMES, (-1, 1), strict=True)} for side in sides]
        for side, own in zip(sides, signs, strict=True):
            both = {time: cells[f"{side} {time}"] for time in TIMES}
            rows.append({"query": name, "side": side} | _facts(both, TIMES) | contrast(cells, own, called))
        if len(sides) == 2:
            whole = signs[0] | {cell: -sign for cell, sign in signs[1].items()}
            rows.append({"query": name, "side": "target less reference"} | contrast(cells, whole, called))
    columns = ["query", "side", *(f"{name}_{time}" for name in COUNTED for time in TIMES), *ESTIMATE]
    table = pd.DataFrame(rows, columns=columns).astype({"query": "str", "side": "str", "note": "str"})
    whole_numbers = [column for column in table if column.startswith(("count_", "n_"))]
    table = table.astype(dict.fromkeys(whole_numbers, "Int64"))
    table.attrs = {"since": day, "undated": int(news.articles["published"].isna().sum())}
    return table


def _parts(news: Corpus, since: object) -> tuple[pd.Index, pd.Index, pd.Timestamp]:
    """Give the articles before and since a day, and the day. Raises ValueError where a part is empty."""
    dates = news.articles["published"].dropna().sort_values(kind="stable")
    if since is None:
        quarter = len(dates) // 4
        early, late = dates.index[:quarter], dates.index[len(dates) - quarter :]
        day = dates[late[0]] if quarter else pd.NaT
    else:
        if FIGURES.match(str(since)):
            raise Refusal(f"since is a day, the year first; what came is {since!r:.100}, in which day and month can be "
                          "taken for each other: write it as 2025-04-05")  # fmt: skip
        day = pd.to_datetime(str(since), errors="coerce").tz_localize(None)
        early, late = dates.index[dates < day], dates.index[dates >= day]
    if not len(early) or not len(late):
        raise Refusal(f"a change wants dated articles before and since a day, such as since='2025-04-07'; with since="
                      f"{since!r:.100} there are {len(early)} and {len(late)} of {len(dates)} dated ones")  # fmt: skip
    return early, late, day


def _counted(
    news: Corpus, query: Asked, parts: Mapping[str, pd.DataFrame], unit: str | pd.Series
) -> list[tuple[str, dict[str, Cell], str]]:
    """Give for each query its name, what is counted in each part, and what a unit is called."""
    asked = named(query)
    both = pd.concat([own[spans.KEYS].assign(part=name) for name, own in parts.items()], ignore_index=True)
    groups = passages.groups(news, "part", both, unit)
    number = {name: at for at, name in groups.keys["part"].items()}
    length = sized(news, groups)
    length = length.assign(unit=groups.whose(length["article_id"]))
    empty = [name for name in parts if not length.loc[length["group"] == number.get(name, -1), "n_tokens"].sum()]
    if empty:
        name = empty[0].replace("all ", "part ")
        raise Refusal(f"the {name} holds no word of {news.name}; look at what was given for it, such as target.sum(), "
                      "and whether it lies in what is read (the body, or `within`)")  # fmt: skip
    rows = []
    for name, one in asked.items():
        found = groups.rows(hits(news, one, within=both)).groupby(["group", "article_id"], observed=True).size()
        found = found.rename("count").reset_index().astype({"article_id": length["article_id"].dtype})
        each = length.merge(found, on=["group", "article_id"], how="left").fillna({"count": 0})
        each = each[each["n_tokens"] > 0]
        cells = {}
        for part in parts:
            own = each[each["group"] == number[part]]
            sums = own.groupby("unit")[["count", "n_tokens"]].sum().astype(float)
            cells[part] = Cell(
                part.replace("all ", "part "), sums["count"], sums["n_tokens"], int((own["count"] > 0).sum())
            )
        rows.append((name, cells, groups.unit))
    return rows


def _facts(cells: Mapping[str, Cell], names: Sequence[str]) -> dict[str, float]:
    """Give the counts, sizes and rates of cells, by the names of their columns."""
    facts: dict[str, float] = {}
    for name in names:
        count, size = cells[name].counts.sum(), cells[name].sizes.sum()
        own = (int(count), cells[name].n_articles, int(size), MOST * count / size)
        facts |= {f"{column}_{name}": value for column, value in zip(COUNTED, own, strict=True)}
    return facts


def contrast(cells: Mapping[str, Cell], signs: Mapping[str, int], unit: str) -> dict[str, object]:
    """Give the sum of the rates of some cells, each with its sign, and its interval."""
    own = [cells[name] for name in signs]
    rates = [MOST * cell.counts.sum() / cell.sizes.sum() for cell in own]
    value = sum(sign * rate for sign, rate in zip(signs.values(), rates, strict=True))
    sides = [
        bounds.Side(n := np.array([len(cell.sizes)]), np.array([(cell.counts > 0).sum()]), n, f" of the {cell.name}")
        for cell in own
    ]
    note = bounds.first_reason(sides, 0.95, unit)[0]
    if note:
        return {"difference": value, "low": np.nan, "high": np.nan, "note": note}
    whose = pd.Index(np.concatenate([cell.sizes.index for cell in own]))
    joined = _together(own, signs) if whose.has_duplicates else _apart(own, signs)
    most = sum(MOST * (sign > 0) for sign in signs.values())
    least = -sum(MOST * (sign < 0) for sign in signs.values())
    low, high, note = joined
    return {"difference": value, "low": np.maximum(low, min(least, value)), "high": np.minimum(high, max(most, value)),
            "note": note}  # fmt: skip


def _apart(cells: Sequence[Cell], signs: Mapping[str, int]) -> tuple[float, float, str]:
    """Give the bounds of the contrast of rates that have no unit in common: each brings how far it reaches itself."""
    value, down, up, note = 0.0, 0.0, 0.0, ""
    for cell, sign in zip(cells, signs.values(), strict=True):
        row = intervals.jackknife(cell.counts, cell.sizes).iloc[0]
        ways = row["rate_per_10k"] - row["low"], row["high"] - row["rate_per_10k"]
        value += sign * row["rate_per_10k"]
        down, up = down + ways[sign < 0] ** 2, up + ways[sign > 0] ** 2
        note = note or row["note"]
    return value - np.sqrt(down), value + np.sqrt(up), note


def _together(cells: Sequence[Cell], signs: Mapping[str, int]) -> tuple[float, float, str]:
    """Give the bounds of the contrast of rates that have units in common: a unit leaves all of them at once."""
    counts = pd.concat({(at, what): own for at, cell in enumerate(cells)
                        for what, own in (("count", cell.counts), ("size", cell.sizes))}, axis=1).fillna(0)  # fmt: skip

    def formula(sums: pd.DataFrame) -> pd.Series:
        parts = (sign * sums[(at, "count")] / sums[(at, "size")] for at, sign in enumerate(signs.values()))
        return MOST * sum(parts, start=pd.Series(0.0, sums.index))

    row = formulas.jackknife(formula, counts, pd.Series(0, counts.index)).iloc[0]
    return row["low"], row["high"], row["note"]
