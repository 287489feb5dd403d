"""Dispersion: how evenly a term is spread over the parts of a corpus, such as its articles."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.terms.counts import COUNTS, counted, sized, totalled
from utils.passages import Columns, Groups
from utils.stats import formulas

INDEXES = ["range", "juilland_d", "carroll_d2", "rosengren_s", "dp", "dp_egbert", "dp_norm"]
DISPERSION = [*COUNTS, "n_articles", "n_parts", *INDEXES, "low", "high", "note"]


def dispersion(
    news: Corpus,
    *,
    parts: Columns = "article",
    by: Columns = None,
    stop: Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    interval: Sequence[str] | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how evenly each term is spread over parts: 40 times in one article is another thing than once in 40.

    A rare term cannot be even, so compare terms that are about as frequent. `terms.hits` gives the passages of a row.

    Parameters
        parts: what a term is spread over: "article", or columns of articles or of `within`, such as "outlet"; parts
        without a word count for nothing.
        by: None (the whole), "article", or columns of articles or of `within`: one table a group. Words without a value
        there, or in `parts`, are left out.
        stop: terms to leave out of the table.  within: passages to count in (default: the body).
        interval: terms to give a jackknife-t interval of `dp_norm`; what no part of a group has gets none.
        unit: what the interval takes as sampled: "article", "story", a column of articles, or a Series by article_id.
    Returns one row a term (and group), most frequent first:
        by columns, term, count, n_articles (int), n_parts (int, parts with words), range (int, parts that have it)
        juilland_d   float, 1 even, about 0 all in one part: Juilland & Chang-Rodríguez (1964), of rates
        carroll_d2   float, 0-1, 1 even: Carroll (1970), of rates
        rosengren_s  float, 0-1, 1 even: Rosengren (1971), parts of any size
        dp           float, 0-1, 0 even: Gries (2008), half the sum of what parts' shares of the term and of all words
                     differ by
        dp_egbert    float, 0-1: dp over 1 less the smallest share of a part that has the term: Egbert et al. (2020)
        dp_norm      float, 0-1: dp over 1 less the smallest share of a part: Lijffijt & Gries (2012)
        low, high    float, with `interval` only: the 95 % interval of dp_norm, 0-1; missing where `note` says why
        note         str, with `interval` only
    With a single part all but range, rosengren_s and dp are missing.
    Raises ValueError if `parts`, `by` or `unit` names no column, or `stop` or `interval` is a bare string.
    """
    groups = passages.groups(news, by, within, unit, taken=DISPERSION)
    over = passages.groups(news, [*groups.by, *passages.listed(parts)], within, unit, taken=DISPERSION)
    of = _group_of(over, groups)
    left_out = set() if stop is None else {tokens.term_of(word) for word in arguments.listed(stop, "stop")}
    length, each = sized(news, over), totalled(news, over)
    sizes = length.groupby("group")["n_tokens"].sum().reindex(over.keys.index, fill_value=0).to_numpy()
    part, code = each["group"].to_numpy(), each["term"].cat.codes.to_numpy()
    table = spread(each["count"].to_numpy(), part, code, sizes, of)
    table["term"] = each["term"].cat.categories.to_numpy()[table["term"]]
    table["n_articles"] = _articles(news, over, of, each)
    table = table.astype({"term": "str"})
    table = table[~table["term"].isin(left_out)]
    columns = DISPERSION[:-3]
    if interval is not None:
        asked = list(dict.fromkeys(tokens.term_of(word) for word in arguments.listed(interval, "interval")))
        table = table.merge(_intervals(news, table, asked, over, groups, of), on=["group", "term"], how="left")
        table, columns = table.fillna({"note": "no interval: not asked for"}), DISPERSION
    table = table.sort_values(["group", "count", "term"], ascending=[True, False, True])
    return groups.labelled(table[["group", *columns]])


def spread(count: np.ndarray, part: np.ndarray, term: np.ndarray, sizes: np.ndarray, of: np.ndarray) -> pd.DataFrame:
    """Give the indexes of dispersion of each term of each group: group, term, count, n_parts, and those of `INDEXES`.

    count, part, term: how often a part has a term, above 0.  sizes, of: how many words each part has; its group.
    """
    some = sizes > 0
    n, total = (np.bincount(of, each, of.max(initial=-1) + 1) for each in (some, sizes))
    smallest = pd.Series(sizes[some]).groupby(of[some]).min().reindex(range(len(n))).to_numpy(float)
    cells = pd.DataFrame({"group": of[part], "term": term, "count": count, "size": sizes[part]})
    cells["share"] = cells["size"] / total[cells["group"]]
    key = cells.groupby(["group", "term"])
    rate = cells["count"] / cells["size"]
    ours = cells["count"] / key["count"].transform("sum")
    of_rates = rate / rate.groupby([cells["group"], cells["term"]]).transform("sum")
    cells = cells.assign(
        rate=rate,
        square=rate**2,
        over=np.maximum(ours - cells["share"], 0),
        root=np.sqrt(cells["share"] * cells["count"]),
        entropy=-of_rates * np.log(of_rates),
    )
    table = cells.groupby(["group", "term"]).agg(
        count=("count", "sum"), range=("count", "size"), rate=("rate", "sum"), square=("square", "sum"),
        dp=("over", "sum"), root=("root", "sum"), entropy=("entropy", "sum"), least=("share", "min"),
    ).reset_index()  # fmt: skip
    group = table["group"].to_numpy()
    parts, several = n[group], n[group] > 1
    mean = table["rate"] / parts
    variation = np.sqrt(np.maximum(table["square"] / parts - mean**2, 0)) / mean
    with np.errstate(divide="ignore", invalid="ignore"):
        return table[["group", "term", "count", "range"]].assign(
            n_parts=parts.astype(int),
            juilland_d=(1 - variation / np.sqrt(parts - 1)).where(several),
            carroll_d2=(table["entropy"] / np.log(parts)).where(several),
            rosengren_s=table["root"] ** 2 / table["count"],
            dp=table["dp"].where(several),
            dp_egbert=(table["dp"] / (1 - table["least"])).where(several),
            dp_norm=(table["dp"] / (1 - smallest[group] / total[group])).where(several),
        )


def _group_of(over: Groups, groups: Groups) -> np.ndarray:
    """Give the number of the group that each part lies in."""
    if not groups.by:
        return np.zeros(len(over.keys), int)
    numbered = groups.keys.assign(group=groups.keys.index)
    return over.keys[groups.by].merge(numbered, on=groups.by, how="left")["group"].to_numpy(int)


def _articles(news: Corpus, over: Groups, of: np.ndarray, each: pd.DataFrame) -> np.ndarray:
    """Give how many articles have each term of each group, in the order of groups and codes."""
    if set(over.by) <= {"article_id", *news.articles}:
        return each.groupby([of[each["group"]], each["term"].cat.codes])["n_articles"].sum().to_numpy()
    cells = counted(news, over)  # an article may lie in several parts
    return cells.groupby([of[cells["group"]], cells["term"].cat.codes])["article_id"].nunique().to_numpy()


def _intervals(
    news: Corpus, table: pd.DataFrame, asked: list[str], over: Groups, groups: Groups, of: np.ndarray
) -> pd.DataFrame:
    """Give group, term, low, high and note of the terms asked, where a group has them."""
    length, cells = sized(news, over), counted(news, over, asked).astype({"term": "str"})
    length["unit"] = groups.whose(length["article_id"])
    known = dict(zip(length["article_id"], length["unit"], strict=True))
    cells["unit"] = cells["article_id"].map(known).to_numpy(int)
    length = length[length["n_tokens"] > 0]
    rows: list[dict] = []
    without, row, carriers = [np.empty(0)], [np.empty(0, int)], []
    for group, own in length.groupby(of[length["group"]]):
        sizes = own.groupby(["group", "unit"])["n_tokens"].sum()
        for term, counts in cells[of[cells["group"]] == group].groupby("term"):
            count = counts.groupby(["group", "unit"])["count"].sum().reindex(sizes.index, fill_value=0)
            each = _without(count, sizes)
            carriers.append((count.groupby(level="unit").sum() > 0).sum())
            row.append(np.full(len(each), len(rows)))
            rows.append({"group": group, "term": term})
            without.append(each)
    found = pd.DataFrame(rows, columns=["group", "term"]).astype({"group": int, "term": "str"})
    value = found.merge(table[["group", "term", "dp_norm"]], how="left")["dp_norm"].to_numpy(float)
    bounds = formulas.left_out(
        value, np.concatenate(without), np.concatenate(row), np.array(carriers, int), possible=(0, 1), unit=groups.unit
    )
    return found.join(bounds[["low", "high", "note"]])


def _without(counts: pd.Series, sizes: pd.Series) -> np.ndarray:
    """Give dp_norm of one term without each unit in turn; counts and sizes are indexed by part and unit.

    A unit alters the share of every part, and otherwise those parts alone that it has words in. DP is the sum of what
    shares of the term are above shares of the words: over parts by how dense the term is there, one cut tells which
    those are, and the parts of the unit itself are taken out and put in anew.
    """
    part, unit = counts.index.codes[0], counts.index.codes[1]
    count, size = (np.bincount(part, each) for each in (counts, sizes))
    own = pd.DataFrame({"unit": unit, "count": counts.to_numpy(), "size": sizes.to_numpy()}).groupby("unit").sum()
    total, words = count.sum() - own["count"].to_numpy(), size.sum() - own["size"].to_numpy()
    density = count / size
    order = np.argsort(-density, kind="stable")
    above = np.searchsorted(-density[order], -total / np.maximum(words, 1))
    sums = [np.append(0, np.cumsum(each[order])) for each in (count, size)]
    with np.errstate(divide="ignore", invalid="ignore"):
        shared = sums[0][above] / total - sums[1][above] / words

        def over(count: np.ndarray, size: np.ndarray) -> np.ndarray:
            return np.maximum(count / total[unit] - size / words[unit], 0)

        left = size[part] - sizes.to_numpy()
        changed = over(count[part] - counts.to_numpy(), left) - over(count[part], size[part])
        shared = shared + np.bincount(unit, changed, len(own))
        return shared / (1 - _smallest(size, part, unit, left, len(own)) / words)


def _smallest(size: np.ndarray, part: np.ndarray, unit: np.ndarray, left: np.ndarray, n: int) -> np.ndarray:
    """Give the least part that has words without each unit; left: what is left of a part without one."""
    order = np.argsort(size, kind="stable")
    place = np.empty(len(size), int)
    place[order] = np.arange(len(size))
    least = np.full(n, np.inf)
    np.minimum.at(least, unit[left > 0], left[left > 0])
    touched = pd.Series(place[part]).groupby(unit).agg(set)
    first = [next((at for at in range(len(own) + 1) if at not in own), 0) for own in touched]
    sizes = np.append(size[order], np.inf)
    return np.minimum(least, sizes[first])
