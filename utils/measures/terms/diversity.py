"""Diversity: how many different words a text has for its length, by indexes that length does not alter, and by some
that it does."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.terms import richness
from utils.measures.terms.counts import counted, totalled
from utils.passages import Columns, Groups, runs
from utils.stats import formulas

DIVERSITY = ["measure", "n_articles", "n_tokens", "n_types", "value", "low", "high", "note"]
WINDOW = 100
WARNING = "no interval: it falls with length, so it compares texts of one length alone"
MEAN = {  # over articles; what is possible
    "mattr": (0, 1),
    "msttr": (0, 1),
    "hdd": (0, 1),
    **dict.fromkeys(["mtld", "mtld_ma_wrap", "mtld_ma_bid"], (1, np.inf)),
}
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
        measures: which indexes, in which order; also "mtld_ma_wrap", "mtld_ma_bid", "rttr", "cttr", "herdan",
        "summer", "dugast", "maas", "yule_i", "simpson_d".
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
                    mtld_ma_wrap and mtld_ma_bid begin one at every word: Kyle, Crossley & Jarvis (2021)
          hdd       0-1, expected share of different words in 42 drawn from an article: McCarthy & Jarvis (2007)
          yule_k    chance in 10,000 that two words drawn are the same: Yule (1944); high is poor
          msttr     0-1, as mattr, of stretches one behind the other: Johnson (1944)
          simpson_d 0-1, the same chance, as a share, a word not laid back: Simpson (1949)
          ttr       0-1, different words over words, of the whole group; so are rttr (Guiraud), cttr (Carroll), herdan,
                    summer, dugast (natural logarithms), maas (a², logarithms to 10) and yule_i
        low, high   float, jackknife-t interval over units, never beyond what is possible; missing where `note` says why
        note        str, why there is no interval: too few units, or an index that falls with length; else ""
    Raises ValueError if an index is not known, none is named, `window` is no number, or `by` or `unit` names no column.
    """
    arguments.whole_number(window, "window", least=2, such_as=WINDOW)
    asked = list(dict.fromkeys(arguments.listed(measures, "measures", of="indexes")))
    known = [*MEAN, *SQUARES, *OF_ALL]
    if not asked:
        raise Refusal(f"measures names no index; there are {', '.join(known)}: name one, or leave it out")
    for one in asked:
        arguments.one_of(one, known, "measures")
    groups = passages.groups(news, by, within, unit, taken=DIVERSITY)
    members, sums = _by_article(news, groups, asked, window)
    spectrum = totalled(news, groups)
    whole = members.groupby("group")[["n_tokens", "n_articles"]].sum()
    kinds = spectrum["count"].astype(float).groupby(spectrum["group"])
    whole = whole.assign(n_types=kinds.size(), squares=kinds.agg(lambda own: (own**2).sum()))
    whole = whole.reindex(groups.keys.index).fillna(0)
    parts = []
    for name in asked:
        if name in MEAN:
            found = _mean(members, sums[name], name, groups)
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


def _by_article(
    news: Corpus, groups: Groups, asked: Sequence[str], window: int
) -> tuple[pd.DataFrame, dict[str, pd.DataFrame]]:
    """Give the members of the groups with n_tokens and n_articles (whether they have words); for each index that is a
    mean its sums, a row a member."""
    n_tokens = np.zeros(len(groups.members), np.int64)
    found: dict[str, np.ndarray] = {}
    for member, code, first in sequences(news, groups):
        last, rows = np.append(first[1:], len(code)), member[first]
        n_tokens[rows] = last - first
        for name in [name for name in asked if name in MEAN]:
            sums = np.column_stack(SUMS[name](code, first, last, window))
            found.setdefault(name, np.zeros((len(n_tokens), sums.shape[1])))[rows] = sums
    table = groups.members.assign(n_tokens=n_tokens, n_articles=n_tokens > 0)
    return table, {name: pd.DataFrame(found.get(name, np.zeros((len(table), 4)))) for name in asked if name in MEAN}


def _mean(members: pd.DataFrame, sums: pd.DataFrame, name: str, groups: Groups) -> pd.DataFrame:
    """Give n_articles, value, low, high and note of a mean over articles, by group: of one ratio of sums, or two."""
    long = (sums[0] > 0).to_numpy()
    members, sums = members[long], sums[long]
    each = sums.groupby([members["group"], groups.whose(members["article_id"])]).sum()

    def formula(sums: pd.DataFrame) -> pd.Series:
        ways = [sums[at] / sums[at + 1].where(sums[at + 1] > 0) for at in range(0, sums.shape[1], 2)]
        return sum(ways, start=pd.Series(0.0, sums.index)) / len(ways)

    of = pd.Series(each.index.get_level_values("group"))
    found = formulas.jackknife(formula, each.reset_index(drop=True), of, possible=MEAN[name], unit=groups.unit)
    found = found.reindex(groups.keys.index)[["value", "low", "high", "note"]]
    found["note"] = found["note"].fillna(f"no interval: no {groups.unit} is long enough")
    return found.assign(n_articles=members.groupby("group").size().reindex(found.index, fill_value=0))


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


Sums = Callable[[np.ndarray, np.ndarray, np.ndarray, int], tuple[np.ndarray, ...]]


def _hdd(code: np.ndarray, first: np.ndarray, last: np.ndarray, _: int) -> tuple[np.ndarray, ...]:
    found, n = richness.hdd(code, first, last), last - first
    return np.nan_to_num(found) * n, np.where(np.isnan(found), 0, n)


def _mtld(code: np.ndarray, first: np.ndarray, last: np.ndarray, _: int) -> tuple[np.ndarray, ...]:
    n = np.where(last - first >= richness.FEWEST, last - first, 0)
    forward, backward = richness.mtld(code, first, last)
    return n, np.array(forward), n, np.array(backward)


def _both_ways(code: np.ndarray, first: np.ndarray, last: np.ndarray, _: int) -> tuple[np.ndarray, ...]:
    n = len(code)
    back = richness.moving_mtld(code[::-1], n - last[::-1], n - first[::-1], wrap=False)
    return *richness.moving_mtld(code, first, last, wrap=False), *(each[::-1] for each in back)


SUMS: dict[str, Sums] = {  # of words, where members begin and end, window: a sum and its size for each member
    "mattr": lambda code, first, last, window: richness.mattr(richness.before(code, first), first, last, window),
    "msttr": lambda code, first, last, window: richness.msttr(richness.before(code, first), first, last, window),
    "hdd": _hdd,
    "mtld": _mtld,
    "mtld_ma_wrap": lambda code, first, last, _: richness.moving_mtld(code, first, last, wrap=True),
    "mtld_ma_bid": _both_ways,
}
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
