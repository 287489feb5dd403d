"""Two sides of a corpus: how their tone differs, and which words make the difference."""

import warnings

import numpy as np
import pandas as pd

from utils import lexicons, passages
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.measures.sentiment.scores import scored_words, tone
from utils.passages import english
from utils.passages.sides import SIDES, Side, passages_of
from utils.stats import formulas, intervals, units

SHIFT = [
    *("entry", "count_target", "count_reference", "n_articles", "polarity_target", "polarity_reference"),
    *("by_use", "by_score", "shift", "low", "high", "note"),
]
CELLS = 2_000_000  # numbers laid out at a time where units are left out on both sides


def difference(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    lexicon: Named = "textblob",
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give by how much the tone of one side lies above that of another.

    Two sets of articles are held against each other mean against mean. Where the sides are passages of the same
    articles, such as headlines and bodies, each article is a pair: those with a tone on both sides count and no
    others, so that what an article is about cannot pass for a difference.

    Parameters
        target, reference: True or False for each article, such as `news.articles["outlet"] == "The Low Post"`; a
        column and its value, such as {"outlet": "The Low Post"}; or a table of passages, such as the headlines. Without
        a reference it is the rest. A comparison with a missing value is False, so where False is not the rest, give the
        reference too.
        within: passages to read of the articles of a side (default: the body); a side of passages is read as it is.
        lexicon, unit: as for `tone`.
    Returns one row:
        n_target, n_reference         int, articles with a tone; of pairs, the pairs
        tone_target, tone_reference   float, as in `tone`, of these articles
        difference                    float, target less reference; missing where a side has no tone
        low, high                     float, its 95 % jackknife-t interval, within what is possible; missing where
                                      `note` says why
        note                          str, why there is none: fewer than ten units with a tone on a side, or values
                                      that are all alike; else ""
    Its `attrs` say whether articles are `paired`.
    Raises ValueError if a side is none, an article is whole on both, or the lexicon is unknown.
    """
    each = _tones(news, _sides(news, target, reference, within), lexicon)
    found = {"value": np.nan, "low": np.nan, "high": np.nan, "note": "no article with a tone to go by"}
    if len(each):
        found = _judged(news, each.assign(entry="tone", value=each["tone"]), each, lexicon, unit).iloc[0].to_dict()
    known = each.groupby("side")["tone"].agg(["size", "mean"]).reindex(SIDES)
    row = {f"n_{side}": int(np.nan_to_num(known.at[side, "size"])) for side in SIDES}
    row |= {f"tone_{side}": known.at[side, "mean"] for side in SIDES}
    table = pd.DataFrame([row | {"difference": found["value"], "low": found["low"], "high": found["high"]}])
    table["note"] = pd.array([found["note"]], dtype="str")
    table.attrs["paired"] = each.attrs["paired"]
    return table


def shift(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    lexicon: Named = "textblob",
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give what each entry adds to the difference between two tones: all together are `difference`, to the last digit.

    An entry moves the difference because one side has it more often, or because it scores otherwise there (negated,
    raised); `by_use` and `by_score` part the two.

    Parameters as for `difference`. `passages.evidence(news, table, scored_sides(…), on="entry")` opens each row.
    Returns one row an entry, those first that move the difference most, none where a side has no tone; where it says
    SIDE, one column for each side:
        entry            str
        count_SIDE       int, its passages in the articles that count
        n_articles       int, articles that have it, of both sides together
        polarity_SIDE    float, their mean polarity, each weighed as the tone weighs it; missing where there is none
        by_use           float, of the shift what comes of how often each side has it
        by_score         float, what comes of how it scores there
        shift            float, by_use + by_score
        low, high        float, its 95 % jackknife-t interval; missing where `note` says why
        note             str, why there is none: fewer than ten units on a side, or than five that have the entry,
                         or values that are all alike; else ""
    Raises ValueError as `difference` does.
    Source: Gallagher et al. (2021), Generalized word shift graphs, EPJ Data Science 10, with 0 as the score to refer
    to; where the sides are of articles, means over articles stand for means over words.
    """
    sides = _sides(news, target, reference, within)
    each = _tones(news, sides, lexicon)
    scored = _scored(news, sides, lexicon)
    scored = scored[_counted(scored, each)]
    if scored.empty or each["side"].nunique() < len(SIDES):
        return pd.DataFrame({name: pd.Series(dtype="str" if name in ("entry", "note") else float) for name in SHIFT})
    words = _weighed(scored, each, lexicon)
    own = words.groupby(["entry", "side"])[["count", "weight", "value"]].sum().astype(float)
    own = own.unstack("side", fill_value=0.0).reindex(
        columns=pd.MultiIndex.from_product([["count", "weight", "value"], SIDES]), fill_value=0.0
    )
    table = pd.DataFrame({f"count_{side}": own["count", side].astype(int) for side in SIDES})
    table["n_articles"] = words.groupby("entry")["article_id"].nunique()
    for side in SIDES:
        table[f"polarity_{side}"] = own["value", side] / own["weight", side].replace(0, np.nan)
    one, other = (table[f"polarity_{side}"] for side in SIDES)
    table["shift"] = own["value", "target"] - own["value", "reference"]
    table["by_score"] = ((own["weight", "target"] + own["weight", "reference"]) / 2 * (one - other)).fillna(0.0)
    table["by_use"] = table["shift"] - table["by_score"]
    parts = words.assign(value=words["value"] * words["n_side"])  # sums over articles, to be divided anew
    bounds = _judged(news, parts, each, lexicon, unit)
    table = table.join(bounds[["low", "high", "note"]]).reset_index()
    order = table.assign(size=-table["shift"].abs()).sort_values(["size", "entry"]).index
    return table.loc[order, SHIFT].reset_index(drop=True)


def scored_sides(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    lexicon: Named = "textblob",
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the scored words that `shift` counts: those of `scored_words`, with `side`, target or reference.

    Parameters as for `difference`.
    """
    sides = _sides(news, target, reference, within)
    each = _tones(news, sides, lexicon)
    scored = _scored(news, sides, lexicon)
    return scored[_counted(scored, each)].reset_index(drop=True)


def _sides(news: Corpus, target: Side, reference: Side | None, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give the passages to read of both sides, with their `side`."""
    both = passages_of(news, target, reference, within)
    parts = [own[passages.KEYS].assign(side=side) for side, own in both.items()]
    return pd.concat(parts, ignore_index=True).astype({"article_id": "str"})


def _tones(news: Corpus, sides: pd.DataFrame, lexicon: Named) -> pd.DataFrame:
    """Give the tone of each article that counts on each side; `attrs` say whether articles are paired."""
    each = tone(news, lexicon=lexicon, by=["side", "article"], within=sides)[["side", "article_id", "tone"]].dropna()
    n_sides = sides.groupby("article_id")["side"].nunique()
    paired = bool((n_sides > 1).any())
    if paired:
        each = each[each.groupby("article_id")["side"].transform("size") == len(SIDES)]
    each = each.reset_index(drop=True)
    each.attrs["paired"] = paired
    return each


def _scored(news: Corpus, sides: pd.DataFrame, lexicon: Named) -> pd.DataFrame:
    """Give the scored words of both sides."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", english.NotEnglish)  # which the tone of the sides told already
        parts = [
            scored_words(news, lexicon=lexicon, within=sides[sides["side"] == side]).assign(side=side) for side in SIDES
        ]
    return pd.concat(parts, ignore_index=True).astype({"article_id": "str"})


def _counted(scored: pd.DataFrame, each: pd.DataFrame) -> np.ndarray:
    """Say which scored words lie in articles that count on their side."""
    known = pd.MultiIndex.from_frame(each[["side", "article_id"]])
    return pd.MultiIndex.from_frame(scored[["side", "article_id"]]).isin(known)


def _weighed(scored: pd.DataFrame, each: pd.DataFrame, lexicon: Named) -> pd.DataFrame:
    """Give count, weight and value of each entry in each article of a side: the values of a side make up its tone."""
    text = scored.groupby(["side", "article_id", "sentence"]).ngroup().to_numpy()
    n_texts = scored.groupby(["side", "article_id"])["sentence"].transform("nunique")
    n_side = scored["side"].map(each["side"].value_counts())
    weight = lexicons.named(lexicon).factors(scored["polarity"], text) / n_texts / n_side
    rows = scored.assign(count=1, weight=weight, value=weight * scored["polarity"], n_side=n_side)
    groups = rows.groupby(["side", "article_id", "entry"], as_index=False)
    return groups.agg({"count": "sum", "weight": "sum", "value": "sum", "n_side": "first"})


def _judged(
    news: Corpus, parts: pd.DataFrame, each: pd.DataFrame, lexicon: Named, unit: str | pd.Series
) -> pd.DataFrame:
    """Give value, low, high and note of each entry: the mean of what it adds to the articles of the target, less that
    of the reference."""
    whose = passages.units_of(news, unit)
    called = f"scored {'article' if whose.name == 'article_id' else whose.name or 'unit'}"
    of = units.complete(whose, pd.Index(each["article_id"].unique()))
    n = each.groupby([each["side"], each["article_id"].map(of).rename("unit")]).size()
    own = parts.groupby([parts["side"], parts["article_id"].map(of).rename("unit"), "entry"])["value"].agg(
        ["sum", "size"]
    )
    on = n.unstack("side", fill_value=0).reindex(columns=SIDES, fill_value=0)
    possible = lexicons.named(lexicon).possible
    if not (on > 0).all(axis=1).any():
        sizes = on.sum(axis=1)
        own = own.droplevel("side")
        found = intervals.jackknife(
            own["sum"], sizes, target=on["target"] > 0, carries=own["size"], scale="identity",
            possible=possible, unit=called,
        )  # fmt: skip
        return found.rename(columns={"difference": "value"})[["value", "low", "high", "note"]].rename_axis("entry")
    return _together(own, on, called, (possible[0] - possible[1], possible[1] - possible[0]))


def _together(own: pd.DataFrame, on: pd.DataFrame, called: str, possible: tuple[float, float]) -> pd.DataFrame:
    """Give the same where units lie on both sides: each leaves both at once; possible: what two tones can differ by."""
    entries = own.index.get_level_values("entry").unique().sort_values()
    row, column = (
        on.index.get_indexer(own.index.get_level_values("unit")),
        entries.get_indexer(own.index.get_level_values("entry")),
    )
    side, sizes = own.index.get_level_values("side") == "target", on.to_numpy(float)
    step, tables = max(1, CELLS // len(on)), []
    for first in range(0, len(entries), step):
        names = entries[first : first + step]
        value, without, carriers = (
            np.zeros(len(names)),
            np.zeros((len(on), len(names))),
            np.zeros((len(on), len(names))),
        )
        for sign, here, total in ((1, side, sizes[:, 0]), (-1, ~side, sizes[:, 1])):
            here = here & (column >= first) & (column < first + step)
            sums = np.zeros((len(on), len(names)))
            np.add.at(sums, (row[here], column[here] - first), own["sum"].to_numpy()[here])
            np.add.at(carriers, (row[here], column[here] - first), 1)
            with np.errstate(divide="ignore", invalid="ignore"):
                value += sign * sums.sum(axis=0) / total.sum()
                without += sign * (sums.sum(axis=0) - sums) / (total.sum() - total)[:, None]
        number = np.tile(np.arange(len(names)), len(on))
        n_carriers = (carriers > 0).sum(axis=0)
        found = formulas.left_out(value, without.ravel(), number, n_carriers, possible=possible, unit=called)
        tables.append(found[["value", "low", "high", "note"]].set_axis(names))
    return pd.concat(tables).rename_axis("entry")
