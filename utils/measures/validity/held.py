"""Codes held against what a score predicts, passage by passage, and counted."""

import numpy as np
import pandas as pd

from utils import arguments
from utils.arguments import Refusal
from utils.spans import KEYS, checked
from utils.stats import intervals

AGAINST = ["measure", "class", "n_right", "n_of", "value", "low", "high", "note"]


def predicted(values: pd.Series, cut: float = 0.0) -> pd.Series:
    """Give the class that each score predicts: -1 below -cut, 1 above cut, else 0; classes stay what they are.

    A missing score is no evidence either way, so it predicts 0, as TextBlob, VADER and AFINN do. Values that are
    no numbers, or whole ones, are classes themselves.
    Raises ValueError where the cut is no number from 0 up, or a class is missing.
    """
    if isinstance(cut, bool) or not isinstance(cut, int | float | np.number) or not cut >= 0:
        raise Refusal(
            f"cut is a number from 0 up, the score from which a passage counts as good news; got {cut!r:.200}"
        )
    if pd.api.types.is_float_dtype(values):
        scores = values.to_numpy(float, na_value=np.nan)
        return pd.Series(np.where(scores > cut, 1, np.where(scores < -cut, -1, 0)), values.index)
    if values.isna().any():
        raise Refusal(f"{values.name} lacks the class of {values.isna().sum()} passages; give each one")
    return values


def compared(codes: pd.DataFrame, table: pd.DataFrame, *, of: str = "polarity", cut: float = 0.0) -> pd.DataFrame:
    """Give each coded passage with what was predicted of it: the confusion, open to be read.

    `passages.count(…, by=["code", "predicted"])` counts it, and every count opens.

    Parameters
        codes: passages with a column `code`, one row a passage, as `codes` gives those of one coder.
        table: passages with what was predicted, as `sentiment.unit_scores` gives; the coded ones are among them.
        of: its column of scores, or of classes.  cut: as for `predicted`.
    Returns passages, in the order of the codes: article_id, start, end, then
        code        as it came; text that says nothing but numbers, held against numbers, as numbers
        predicted   the class, -1, 0 or 1 of scores
        score       float, the score, missing where it has none; the class where classes came
        right       bool, whether the two are the same
    Raises ValueError where a passage is coded twice, has no code or is not among those predicted, or where codes and
    classes are of different kinds, or have no class in common.
    """
    codes = arguments.table(checked(codes, what="codes"), "codes", columns=[*KEYS, "code"], of="validity.codes")
    known = arguments.table(checked(table), "table", columns=[*KEYS, of], of="sentiment.unit_scores")
    own, known = codes[[*KEYS, "code"]].astype({"article_id": "str"}), known.astype({"article_id": "str"})
    if own.duplicated(KEYS).any():
        raise Refusal(
            "codes hold a passage twice, as those of two coders do; give those of one, or one decided code each"
        )
    if own["code"].isna().any():
        raise Refusal(f"codes hold {own['code'].isna().sum()} passages without a code; leave them out with dropna")
    held = known.assign(predicted=predicted(known[of], cut), score=known[of])[[*KEYS, "predicted", "score"]]
    classes = {-1, 0, 1} if pd.api.types.is_float_dtype(known[of]) else set(held["predicted"])
    own["code"] = _of_a_kind(own["code"], classes)
    rows = own.merge(held.drop_duplicates(KEYS), on=KEYS, how="left", indicator=True)
    lacking = rows[rows.pop("_merge") != "both"]
    if len(lacking):
        first = lacking.iloc[0]
        raise Refusal(
            f"{len(lacking)} of {len(rows)} coded passages are not among those predicted, such as "
            f"{first['article_id']!r} {first['start']}-{first['end']}; score what was coded: within=codes"
        )
    rows["predicted"] = rows["predicted"].astype(held["predicted"].dtype)
    return rows.assign(right=_same(rows["code"], rows["predicted"]))


def against(
    codes: pd.DataFrame,
    table: pd.DataFrame,
    *,
    of: str = "polarity",
    cut: float = 0.0,
    drawn: pd.DataFrame | None = None,
    n: int = 2000,
    seed: int,
) -> pd.DataFrame:
    """Give how well what was predicted agrees with the codes, over all and by class, with intervals over articles.

    Accuracy flatters where one class is the rule; macro-F1, the mean of the F1 of all classes, does not.

    Parameters
        codes, table, of, cut: as for `compared`.
        drawn: what `draw` gave, where the codes come from such a sample: a passage then weighs as many as it stands
        for. Without it each weighs the same.  n, seed: of the bootstrap, which draws articles.
    Returns one row a measure:
        measure     str: accuracy, macro-F1, r (Pearson's, of scores with codes, where both are numbers; a passage
                    without a score counts as 0), and of each class precision, recall, F1
        class       the class; missing where the measure is of all
        n_right, n_of   int, codes counted in it, unweighted (of F1: twice those right, of both sides together); for r
                    n_of is all of them
        value       float, 0-1, r from -1 to 1; missing where there is nothing to count
        low, high   float, 95 % interval; missing where `note` says why
        note        str, why there is no interval: fewer than ten articles that count in it, or than five with
                    something right, or with something wrong; draws that are all alike; else ""
    Raises ValueError as `compared` does.
    """
    rows = compared(codes, table, of=of, cut=cut)
    arguments.whole_number(n, "n", such_as=2000)
    weights = np.ones(len(rows)) if drawn is None else weight(rows, drawn).to_numpy()
    classes = sorted(set(rows["code"]) | set(rows["predicted"]), key=lambda one: (str(type(one)), one))
    hits, sizes = _counts(rows, classes)
    numbers = pd.api.types.is_numeric_dtype(rows["code"]) and pd.api.types.is_float_dtype(rows["score"])
    score = rows["score"].fillna(0).to_numpy(float) if numbers else np.zeros(len(rows))
    code = rows["code"].to_numpy(float) if numbers else np.zeros(len(rows))

    def values(times: np.ndarray) -> np.ndarray:
        own = times * weights
        with np.errstate(divide="ignore", invalid="ignore"):
            shares = (own @ hits) / (own @ sizes)
        f1 = shares[3::3]
        return np.concatenate([[shares[0], np.nanmean(f1) if len(f1) else np.nan, _r(own, score, code)], shares[1:]])

    with np.errstate(divide="ignore", invalid="ignore"):
        each = hits / np.where(sizes > 0, sizes, np.nan)
    some = np.full((len(rows), 1), 0.5)  # no row has an r by itself: each counts, and none has all of it
    shares = pd.DataFrame(np.concatenate([each[:, :1], each[:, :1], some, each[:, 1:]], axis=1))
    found = intervals.bootstrap(values, rows["article_id"], shares=shares, n=n, seed=seed, unit="article")
    right, of_all = hits.sum(axis=0), sizes.sum(axis=0)
    names = [("accuracy", None), ("macro-F1", None), ("r", None)]
    names += [(name, one) for one in classes for name in ("precision", "recall", "F1")]
    result = pd.DataFrame(names, columns=["measure", "class"], dtype=object).assign(
        n_right=np.r_[right[0], right[0], 0, right[1:]].astype(int),
        n_of=np.r_[of_all[0], of_all[0], of_all[0], of_all[1:]].astype(int),
        **found.rename(columns={"estimate": "value"})[["value", "low", "high", "note"]].reset_index(drop=True),
    )
    result = result.astype({"measure": "str"})[AGAINST]
    return result if numbers else result[result["measure"] != "r"].reset_index(drop=True)


def weight(rows: pd.DataFrame, drawn: pd.DataFrame) -> pd.Series:
    """Give how many passages each coded one stands for: those of its stratum, over those coded of it.

    Raises ValueError where one was not drawn.
    """
    drawn = arguments.table(checked(drawn, what="drawn"), "drawn", columns=["stratum", "n_stratum"], of="validity.draw")
    strata = drawn.astype({"article_id": "str"}).set_index(KEYS)[["stratum", "n_stratum"]]
    own = strata.reindex(pd.MultiIndex.from_frame(rows[KEYS].astype({"article_id": "str"})))
    if own["stratum"].isna().any():
        raise Refusal(
            f"{own['stratum'].isna().sum()} of {len(rows)} coded passages were not drawn; give the draw they are of"
        )
    n_coded = own.groupby("stratum")["n_stratum"].transform("size")
    return pd.Series((own["n_stratum"] / n_coded).to_numpy(), rows.index)


def _counts(rows: pd.DataFrame, classes: list) -> tuple[np.ndarray, np.ndarray]:
    """Give for each row what it adds to the upper and the lower side of accuracy, and of precision, recall and F1."""
    hits, sizes = [rows["right"].to_numpy(float)], [np.ones(len(rows))]
    for one in classes:
        is_code, is_predicted = (_same(rows[name], one).to_numpy(float) for name in ("code", "predicted"))
        both = is_code * is_predicted
        hits += [both, both, 2 * both]
        sizes += [is_predicted, is_code, is_code + is_predicted]
    return np.stack(hits, axis=1), np.stack(sizes, axis=1)


def _of_a_kind(codes: pd.Series, classes: set) -> pd.Series:
    """Give the codes in the kind of the classes. Raises ValueError where they have none in common with them."""
    found = codes
    if all(isinstance(one, int | float | np.number) for one in classes):
        found = codes if pd.api.types.is_numeric_dtype(codes) else pd.to_numeric(codes.astype(object), errors="coerce")
    if len(codes) and classes and (found.isna().any() or classes.isdisjoint(found)):
        came, wanted = (sorted(each, key=lambda one: (str(type(one)), one)) for each in (set(codes), classes))
        told = [", ".join(map(repr, each[:9])) + " …" * (len(each) > 9) for each in (came, wanted)]
        raise Refusal(
            f"codes are {told[0]:.200}, predicted are {told[1]:.200}; map the codes to what is predicted, such as "
            f"codes.assign(code=codes['code'].map({{{came[0]!r:.50}: {wanted[0]!r:.50}, …}}))"
        )
    return found


def _same(one: pd.Series, other: object) -> pd.Series:
    """Say where values are the same, of whatever kind: categories have no equality between them."""
    others = other.astype(object) if isinstance(other, pd.Series) else other
    return (one.astype(object) == others).astype(bool)


def _r(weights: np.ndarray, one: np.ndarray, other: np.ndarray) -> float:
    """Give Pearson's r of weighted pairs; missing where one side does not vary."""
    total = weights.sum()
    if not total:
        return np.nan
    one, other = one - weights @ one / total, other - weights @ other / total
    spread = (weights @ one**2) * (weights @ other**2)
    return (weights @ (one * other)) / np.sqrt(spread) if spread > 1e-18 else np.nan
