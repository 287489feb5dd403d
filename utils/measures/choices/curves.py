"""Curves: a claim by every pipeline of a grid, in how many of them it holds, and which choice moves it most."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from utils import arguments, lexicons, passages, progress
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.choices import asked
from utils.measures.choices.claims import Claim
from utils.measures.choices.estimates import Estimate, Units, estimated
from utils.measures.choices.grids import CHOICES, checked, grid, unknown, usual
from utils.measures.choices.inputs import Inputs
from utils.measures.compare.stories import kept, on_both_sides
from utils.passages import english
from utils.passages.sides import SIDES
from utils.passages.table import corpus

TESTED = 0.05
FOUND = ["count", "n_articles", "n_target", "n_reference", *Estimate._fields[:-1], "holds", "note"]
PARTS = {  # of a period, from and up to which share of the dated articles
    "without the first tenth": (0.1, 1.0),
    "without the last tenth": (0.0, 0.9),
    "first half": (0.0, 0.5),
    "second half": (0.5, 1.0),
}


def curve(news: Corpus, claim: Claim, grid: pd.DataFrame | None = None, *, seed: int = 2025) -> pd.DataFrame:
    """Give what a claim comes to by every pipeline of a grid: a specification curve, as a table.

    The pipelines read the same articles, so they are no independent tests, and the share in which a claim holds is no
    p value: it says on what the claim hangs, not how likely it is. That is what the interval of one pipeline is for,
    which somebody chose before looking.

    Parameters
        grid: the pipelines, as `grid` gives them or rows of it (default: all of them).
        seed: of the shuffles.
    Returns one row a pipeline, in the order of the grid:
        pipeline and the choices, as they came
        count, n_articles       int, passages that are counted on both sides, and articles they lie in; `passages_of`
                                gives them
        n_target, n_reference   int, articles of each side that count
        value_target, value_reference   float, of each side, in the unit of its measure (tone: points of the lexicon)
        estimate     float, target less reference: by rates in 10,000 words, by log ratio in doublings, by shares in
                     shares; tones in standard deviations of the articles', so that lexicons can be compared; missing
                     where `note` says why
        low, high    float, its 95 % jackknife-t interval: that of `terms.difference`, `compare.keyness` or
                     `sentiment.difference` where no unit lies on both sides; else each such unit leaves both at once
        p            float, where there is no interval, but ten units have the word or the speaker: how often sides
                     drawn by lot differ as much, as in `compare.keyness`; else missing
        influence, influence_unit   float, largest change of the estimate by leaving one unit out, and that unit
        holds        boolean, whether the difference goes the way of the claim and the interval leaves 0 out, or p is
                     below .05; missing where there is neither
        note         str, why there is no interval, or nothing at all: an empty pipeline, an option that is unknown
    Its `attrs` hold `kind`, `more`, `seal`, `sealed`, `computed` (how many pipelines) and `of` (how many the grid has).
    Raises ValueError if the grid is none, or one of another kind of claim.
    Source: Simonsohn, Simmons & Nelson (2020), Nature Human Behaviour 4, 1208-1214; Steegen et al. (2016), Increasing
    transparency through a multiverse analysis, Perspectives on Psychological Science 11, 702-712.
    """
    table = _grid(corpus(news), claim, grid)
    arguments.whole_number(seed, "seed", least=0)
    if claim.corpus != news.digest:
        raise Refusal(f"the claim was written on another corpus than {news.name} as it is now; write it on this one")
    asked.looked(news.digest, claim.question, claim.kept)
    inputs = Inputs(news, claim)
    rows = []
    with english.quiet():
        for row in progress.bar(table.to_dict("records"), "pipelines", total=len(table)):
            rows.append(_row(news, claim, inputs, row, seed))
    found = pd.concat([table, pd.DataFrame(rows, columns=FOUND)], axis=1)
    found = found.astype({"holds": "boolean", "note": "str"} | dict.fromkeys(FOUND[:4], "int64"))
    found.attrs = {
        "kind": claim.kind, "more": claim.more, "seal": claim.seal, "sealed": claim.sealed,
        "computed": len(table), "of": max(len(table), table.attrs.get("of", 0)),
    }  # fmt: skip
    return found


def passages_of(news: Corpus, claim: Claim, rows: pd.DataFrame) -> pd.DataFrame:
    """Give the passages that some pipelines count: hits, scored words or quotations of both sides.

    `passages.evidence(news, rows, passages_of(news, claim, rows), on="pipeline")` opens each row.

    rows: rows of a curve, or of a grid.
    Returns the passages of each pipeline in turn: article_id, start, end, pipeline (int), side (str, "target" or
    "reference"), and what else they have. Of a pipeline that cannot be run there are none.
    Raises ValueError as `curve` does.
    """
    rows, inputs, parts = _grid(news, claim, rows), Inputs(news, claim), []
    with english.quiet():
        for row in rows.to_dict("records"):
            if _wrong(news, claim.kind, inputs, row):
                continue
            pipeline = usual(claim.kind, row)
            own = inputs.of(pipeline)
            present = _present(news, claim, inputs, pipeline, own.below > 0)
            side = np.select([*present], SIDES, "")
            found = inputs.passages(pipeline)
            found = found.assign(side=side[passages.article_numbers(news, found)], pipeline=row["pipeline"])
            parts.append(found[found["side"] != ""])
    columns = [*passages.KEYS, "pipeline", "side"]
    if not parts:
        return pd.DataFrame({name: pd.Series(dtype="str" if name == "side" else "int64") for name in columns})
    table = pd.concat(parts, ignore_index=True)
    return table[[*columns, *(name for name in table if name not in columns)]]


def summary(curve: pd.DataFrame) -> pd.DataFrame:
    """Give in how many pipelines a claim holds.

    curve: what `curve` gives, or rows of it.
    Returns one row:
        n_pipelines    int
        n_judged       int, those that have an interval, or p
        n_holds        int, of these those in which the claim holds
        n_against      int, those in which the difference clearly goes the other way
        share          float 0-1, n_holds of n_pipelines; no p value, as the pipelines read the same articles
        share_judged   float 0-1, n_holds of n_judged; missing where there is none
        share_same_way float 0-1, of the pipelines with an estimate, those in which it goes the way of the claim
    Raises ValueError where the table is no curve.
    """
    table = checked_curve(curve)
    sign = 1 if table.attrs.get("more", True) else -1
    known, judged, holds = table["estimate"].dropna(), table["holds"].notna(), table["holds"].fillna(False)
    against = (sign * table["high"] < 0) & (sign * table["low"] < 0) | (sign * table["estimate"] < 0) & (
        table["p"] < TESTED
    )
    row = {
        "n_pipelines": len(table),
        "n_judged": int(judged.sum()),
        "n_holds": int(holds.sum()),
        "n_against": int(against.sum()),
        "share": holds.mean() if len(table) else np.nan,
        "share_judged": holds[judged].mean() if judged.any() else np.nan,
        "share_same_way": float((sign * known > 0).mean()) if len(known) else np.nan,
    }
    return pd.DataFrame([row]).astype({name: float for name in row if name.startswith("share")})


def sensitivity(curve: pd.DataFrame) -> pd.DataFrame:
    """Give which choice moves a claim most: one row an option, the choices that move it most first.

    Estimates by different measures have different units. So each is divided by the median size of those by the same
    measure before medians are taken; the measures themselves are told apart by `share` alone.

    curve: what `curve` gives.
    Returns one row an option of each choice that has two or more:
        choice, option   str
        n_pipelines      int, pipelines that take it
        share            float 0-1, of these those in which the claim holds
        median           float, of their estimates, 1 being the usual size; missing for measures
        moves            float, of the choice: by how much the shares of its options lie apart
        moves_median     float, of the choice: by how much their medians lie apart; missing for measures
    Raises ValueError where the table is no curve.
    """
    table = checked_curve(curve)
    by = table["measure"] if "measure" in table else pd.Series("", table.index)
    usual_size = table["estimate"].abs().groupby(by).transform("median")
    relative = table["estimate"] / usual_size.where(usual_size > 0)
    rows = []
    for choice in (name for name in CHOICES[table.attrs["kind"]] if name in table):
        own = table[choice].dropna()
        if own.nunique() < 2:
            continue
        places = own.groupby(own.astype("str"), sort=False).groups
        for option, index in places.items():
            median = np.nan if choice == "measure" else relative.loc[index].median()
            share = float(table.loc[index, "holds"].fillna(False).mean())
            rows.append({"choice": choice, "option": option, "n_pipelines": len(index), "share": share,
                         "median": median})  # fmt: skip
    found = pd.DataFrame(rows, columns=["choice", "option", "n_pipelines", "share", "median"])
    for name, column in (("moves", "share"), ("moves_median", "median")):
        apart = found.groupby("choice")[column].agg(lambda one: one.max() - one.min())
        found[name] = found["choice"].map(apart).astype(float)
    return found.sort_values(["moves", "moves_median"], ascending=False, kind="stable", ignore_index=True)


def checked_curve(table: pd.DataFrame) -> pd.DataFrame:
    """Give a curve back; ValueError where the table is none."""
    table = arguments.table(table, "curve", columns=["pipeline", *FOUND], of="choices.curve")
    if table.attrs.get("kind") not in CHOICES:
        raise Refusal("the curve has lost what it says of its claim (attrs), as a table made of several does; give the "
                      "one that choices.curve gave")  # fmt: skip
    return table


def leaning(news: Corpus, claim: Claim, rows: pd.DataFrame, unit: str) -> tuple[float, object]:
    """Give the largest change of the first pipeline of some rows by leaving one unit out, and that unit.

    unit: "article", "story" or a column of articles, in the place of the pipeline's own; missing where articles have
    none, or where nothing is left to compare without any of them.
    """
    row = {name: rows[name].iloc[0] for name in rows if name not in FOUND} | {"unit": unit}
    with english.quiet():
        found = _row(news, claim, Inputs(news, claim), row, 0)
    return float(str(found["influence"])), found["influence_unit"]


def _grid(news: Corpus, claim: Claim, given: pd.DataFrame | None) -> pd.DataFrame:
    checked(claim)
    table = grid(news, claim) if given is None else given
    table = arguments.table(table, "grid", columns=["pipeline"], of="choices.grid")
    known = [name for name in table if name not in FOUND]
    if strange := [name for name in known[1:] if name not in CHOICES[claim.kind]]:
        raise Refusal(
            f"the grid has a column {strange[0]!r}, no choice of a claim on {claim.kind}; there are "
            f"{', '.join(CHOICES[claim.kind])}{arguments.nearest(strange[0], CHOICES[claim.kind])}"
        )
    if table.empty:
        raise Refusal("the grid has no pipeline; take away fewer of its rows")
    return table[known].reset_index(drop=True)


def _wrong(news: Corpus, kind: str, inputs: Inputs, row: Mapping[str, object]) -> str:
    """Give why a pipeline cannot be run, "" where it can."""

    def said(name: str, value: object) -> str:
        return inputs.once(("unknown", name, repr(value)), lambda: unknown(news, kind, name, value))

    return next(filter(None, (said(name, value) for name, value in usual(kind, row).items())), "")


def _row(news: Corpus, claim: Claim, inputs: Inputs, row: Mapping[str, object], seed: int) -> dict[str, object]:
    """Give what a claim comes to by one pipeline."""
    if wrong := _wrong(news, claim.kind, inputs, row):
        return _nothing(wrong)
    pipeline = usual(claim.kind, row)
    own = inputs.of(pipeline)
    present = _present(news, claim, inputs, pipeline, own.below > 0)
    unit = inputs.once(("unit", pipeline["unit"]), lambda: _units(news, str(pipeline["unit"])))
    without = present.any(axis=0) & (unit.number < 0)
    if without.any():
        n, such = int(without.sum()), news.articles.index[without][0]
        said = f"{n:,} article{'s have' if n > 1 else ' has'} no {unit.called}, such as {such!r}"
        return _nothing(said)
    shared = unit.called == "story" and _mostly_shared(news, present, own.passages)
    possible = lexicons.named(pipeline["lexicon"]).possible if "lexicon" in pipeline else (0.0, 1.0)  # type: ignore[arg-type]
    found = estimated(
        own, present, unit, str(pipeline.get("measure", "tone")), possible=possible, tested=not shared, seed=seed
    )
    counted = own.passages * present.any(axis=0)
    facts: dict[str, object] = {"count": int(counted.sum()), "n_articles": int((counted > 0).sum())}
    facts |= {f"n_{side}": int(here.sum()) for side, here in zip(SIDES, present, strict=True)}
    return facts | found._asdict() | {"holds": _holds(found, 1 if claim.more else -1)}


def _nothing(why: str) -> dict[str, object]:
    """Give the row of a pipeline that cannot be run, and why."""
    return {**dict.fromkeys(FOUND[:4], 0), **Estimate(note=why)._asdict()}


def _units(news: Corpus, name: str) -> Units:
    whose = passages.units_of(news, name)
    named = whose.astype("str").where(whose.notna())  # whatever a column holds, lists too
    number, names = pd.factorize(named.reindex(news.articles.index))
    return Units(number, np.asarray(names, object), "article" if whose.name == "article_id" else str(whose.name))


def _holds(found: Estimate, sign: int) -> bool | None:
    if not np.isnan(found.low):
        return bool(min(sign * found.low, sign * found.high) > 0)
    return None if np.isnan(found.p) else bool(sign * found.estimate > 0 and found.p < TESTED)


def _present(
    news: Corpus, claim: Claim, inputs: Inputs, pipeline: Mapping[str, object], filled: np.ndarray
) -> np.ndarray:
    """Give which articles count on each side: two rows."""
    period, copies = str(pipeline["period"]), str(pipeline["copies"])

    def made() -> np.ndarray:
        within = inputs.once(("period", period), lambda: _in_period(news, claim, period))
        return kept(news, claim.sides & within & filled, copies)

    return inputs.once(("present", period, copies, filled.tobytes()), made)


def _in_period(news: Corpus, claim: Claim, period: str) -> np.ndarray:
    """Give which articles lie in a period; without a date they lie in none but the whole."""
    if period == "all":
        return np.full(len(news), True)
    dates = news.articles["published"]
    if period not in PARTS:
        word, day = period.split()
        since = (dates >= pd.Timestamp(day)).to_numpy()
        return since if word == "since" else dates.notna().to_numpy() & ~since
    known = dates[claim.sides.any(axis=0)].dropna().sort_values(kind="stable").to_numpy()
    if not len(known):
        return np.full(len(news), False)
    low, high = (known[min(int(share * len(known)), len(known) - 1)] for share in PARTS[period])
    upper = dates < high if PARTS[period][1] < 1 else dates.notna()
    return (upper & (dates >= low)).to_numpy() if PARTS[period][0] else upper.to_numpy()


def _mostly_shared(news: Corpus, present: np.ndarray, n_passages: np.ndarray) -> bool:
    """Say whether most articles that carry the thing tell stories that both sides have."""
    carry = (n_passages > 0) & present.any(axis=0)
    return bool(2 * (carry & on_both_sides(news, present)).sum() > carry.sum())
