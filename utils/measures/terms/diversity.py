"""Diversity: how many different words a text has for its length, by indexes that length does not alter, and by some
that it does."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.measures.terms import richness
from utils.measures.terms.counts import counted, totalled
from utils.passages import Columns, Groups, runs
from utils.stats import formulas

DIVERSITY = ["measure", "n_articles", "n_tokens", "n_types", "value", "low", "high", "note"]
WINDOW = 100
WARNING = "no interval: it falls with length, so it compares texts of one length alone"
MEAN = {"mattr": (0, 1), "msttr": (0, 1), "hdd": (0, 1), "mtld": (1, np.inf)}  # over articles; what is possible
DEFAULT = ("mattr", "mtld", "hdd", "yule_k", "msttr", "ttr")


def diversity(
    news: Corpus,
    *,
    by: Columns = None,
    measures: Sequence[str] = DEFAULT,
    window: int = WINDOW,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give how many different words texts have for their length, by several indexes.

    The longer a text, the fewer of its words are new, so a plain type-token ratio tells lengths apart. MATTR, MSTTR,
    MTLD and HD-D look at short stretches of a text, which are never of two articles, and are means over all of them.
    The words themselves are the passages of a row.

    Parameters
        by: None (the whole), "article", or columns of articles or of `within`; words without a value there are left
        out.
        measures: which indexes, in which order; also "rttr", "cttr", "herdan", "summer", "dugast", "maas", "yule_i",
        "simpson_d".
        window: how many words MATTR and MSTTR look at; articles with fewer have none.
        within: passages to read (default: the body).  unit: what was sampled: "article", "story", a column of articles,
        or a Series by article_id. It alters the interval alone.
    Returns one row an index (and group):
        by columns, measure
        n_articles  int, articles that are long enough: `window` words, of HD-D 42, of MTLD 10
        n_tokens    int, all words of the group;  n_types: int, different ones
        value       float; missing where no article is long enough
          mattr     0-1, different words in every window of so many: Covington & McFall (2010)
          mtld      words it takes until fewer than .72 of them are different: McCarthy & Jarvis (2010)
          hdd       0-1, expected share of different words in 42 drawn from an article: McCarthy & Jarvis (2007)
          yule_k    chance in 10,000 that two words drawn are the same: Yule (1944); high is poor
          msttr     0-1, as mattr, of stretches one behind the other: Johnson (1944)
          simpson_d 0-1, the same chance, as a share, a word not laid back: Simpson (1949)
          ttr       0-1, different words over words, of the whole group; so are rttr (Guiraud), cttr (Carroll), herdan,
                    summer, dugast (natural logarithms), maas (a², logarithms to 10) and yule_i
        low, high   float, jackknife-t interval over units, never beyond what is possible; missing where `note` says why
        note        str, why there is no interval: too few units, or an index that falls with length; else ""
    Raises ValueError if an index is not known, `window` is no number, or `by` or `unit` names no column.
    """
    arguments.whole_number(window, "window", least=2, such_as=WINDOW)
    asked = list(dict.fromkeys(arguments.listed(measures, "measures", of="indexes")))
    for one in asked:
        arguments.one_of(one, [*MEAN, *SQUARES, *OF_ALL], "measures")
    groups = passages.groups(news, by, within, unit, taken=DIVERSITY)
    each, spectrum = _by_article(news, groups, window), totalled(news, groups)
    whole = each.groupby("group")[["n_tokens", "n_articles"]].sum()
    kinds = spectrum["count"].astype(float).groupby(spectrum["group"])
    whole = whole.assign(n_types=kinds.size(), squares=kinds.agg(lambda own: (own**2).sum()))
    whole = whole.reindex(groups.keys.index).fillna(0)
    parts = []
    for name in asked:
        if name in MEAN:
            found = _mean(each, name, groups)
        else:
            found = _of_squares(news, whole, name, groups) if name in SQUARES else _of_all(whole, name)
        parts.append(found.join(whole[["n_tokens", "n_types"]]).assign(measure=name).rename_axis("group").reset_index())
    table = pd.concat(parts, ignore_index=True).sort_values("group", kind="stable")
    table = table.astype({"measure": "str", "note": "str", "n_articles": int, "n_tokens": int, "n_types": int})
    return groups.labelled(table[["group", *DIVERSITY]])


def sequences(news: Corpus, groups: Groups) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Give the words of whole members of the groups, some at a time: member, code, and where the member begins."""
    code = runs.coded(news).code
    for member, number in runs.gathered(runs.of(news.words, groups)):
        first = np.flatnonzero(np.diff(member, prepend=-1))
        yield member, code[number].astype(np.int64), first


def _by_article(news: Corpus, groups: Groups, window: int) -> pd.DataFrame:
    """Give the members of the groups with n_tokens, n_articles (1), and a sum and a size for each index of `MEAN`."""
    columns = ["n_tokens", *(f"{name}_{what}" for name in MEAN for what in ("sum", "size")), "mtld_back"]
    found = np.zeros((len(groups.members), len(columns)))
    for member, code, first in sequences(news, groups):
        last = np.append(first[1:], len(code))
        n, same = last - first, richness.before(code, first)
        drawn = richness.hdd(code, first, last)
        ways = richness.mtld(code, first, last)
        long = np.where(n >= richness.FEWEST, n, 0)
        found[member[first]] = np.column_stack(
            [n, *richness.mattr(same, first, last, window), *richness.msttr(same, first, last, window),
             np.nan_to_num(drawn) * n, np.where(np.isnan(drawn), 0, n), ways[0], long, ways[1]]
        )  # fmt: skip
    table = groups.members.join(pd.DataFrame(found, columns=columns))
    return table.assign(n_articles=table["n_tokens"] > 0)


def _mean(each: pd.DataFrame, name: str, groups: Groups) -> pd.DataFrame:
    """Give n_articles, value, low, high and note of a mean over articles, by group."""
    long = each[each[f"{name}_size"] > 0]
    columns = [column for column in long if column.startswith(f"{name}_")]
    sums = long[columns].groupby([long["group"], groups.whose(long["article_id"])]).sum()

    def formula(sums: pd.DataFrame) -> pd.Series:
        if name != "mtld":
            return sums[f"{name}_sum"] / sums[f"{name}_size"]
        ways = [sums["mtld_size"] / sums[way].where(sums[way] > 0) for way in ("mtld_sum", "mtld_back")]
        return (ways[0] + ways[1]) / 2

    of = pd.Series(sums.index.get_level_values("group"), sums.index)
    found = formulas.jackknife(formula, sums.reset_index(drop=True), of.reset_index(drop=True), possible=MEAN[name],
                               unit=groups.unit)  # fmt: skip
    found = found.reindex(groups.keys.index)[["value", "low", "high", "note"]]
    found["note"] = found["note"].fillna(f"no interval: no {groups.unit} is long enough")
    return found.assign(n_articles=long.groupby("group").size().reindex(found.index, fill_value=0))


def _of_squares(news: Corpus, whole: pd.DataFrame, name: str, groups: Groups) -> pd.DataFrame:
    """Give n_articles, value, low, high and note of a chance that two words drawn from a group are the same.

    Without a unit the sum of the squares of all counts is less by 2 f v - v² for each of the terms that it has v times.
    """
    formula, most = SQUARES[name]
    cells = counted(news, groups)
    keys = [cells["group"], pd.Series(groups.whose(cells["article_id"]), cells.index), cells["term"].cat.codes]
    own = cells.groupby(keys)["count"].sum().astype(float)
    every = own.groupby(level=[0, 2]).transform("sum")
    left = pd.DataFrame({"n": own, "squares": own * (2 * every - own)}).groupby(level=[0, 1]).sum()
    row = left.index.get_level_values(0).to_numpy()
    n, squares = whole["n_tokens"].to_numpy(float), whole["squares"].to_numpy(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        value = formula(squares, n)
        without = formula(squares[row] - left["squares"].to_numpy(), n[row] - left["n"].to_numpy())
    carriers = np.bincount(row, minlength=len(n))
    found = formulas.left_out(value, without, row, carriers, possible=(0, most), unit=groups.unit)
    return found[["value", "low", "high", "note"]].set_axis(whole.index).assign(n_articles=whole["n_articles"])


def _of_all(whole: pd.DataFrame, name: str) -> pd.DataFrame:
    """Give an index of all words of each group, which has no interval."""
    n, types = (whole[name].where(whole[name] > 0).astype(float) for name in ("n_tokens", "n_types"))
    with np.errstate(divide="ignore", invalid="ignore"):
        value = OF_ALL[name](n, types, whole["squares"])
    found = whole[["n_articles"]].assign(value=value.where(np.isfinite(value)), low=np.nan, high=np.nan)
    return found.assign(note=WARNING)


SQUARES: dict[str, tuple[Callable[[np.ndarray, np.ndarray], np.ndarray], float]] = {  # of squared counts, words
    "yule_k": (lambda squares, n: 1e4 * (squares - n) / n**2, 1e4),
    "simpson_d": (lambda squares, n: (squares - n) / (n * (n - 1)), 1),
}
OF_ALL: dict[str, Callable[[pd.Series, pd.Series, pd.Series], pd.Series]] = {  # of words, types, squared counts
    "ttr": lambda n, types, _: types / n,
    "rttr": lambda n, types, _: types / np.sqrt(n),
    "cttr": lambda n, types, _: types / np.sqrt(2 * n),
    "herdan": lambda n, types, _: np.log(types) / np.log(n),
    "summer": lambda n, types, _: np.log(np.log(types)) / np.log(np.log(n)),
    "dugast": lambda n, types, _: np.log(n) ** 2 / (np.log(n) - np.log(types)),
    "maas": lambda n, types, _: (np.log10(n) - np.log10(types)) / np.log10(n) ** 2,
    "yule_i": lambda n, types, squares: types**2 / (squares - types),
}
