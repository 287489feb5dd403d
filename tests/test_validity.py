"""Agreement of coders against published values, scores held against codes by hand, corrected shares by simulation."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import load, passages, sentiment, validity

N = np.nan
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C: four observers, twelve units
OBSERVERS = pd.DataFrame(
    {
        "A": [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        "B": [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        "C": [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        "D": [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    }
)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_alpha_is_the_published_one(level, alpha):
    row = validity.agreement(OBSERVERS, level=level, n=50, seed=1).iloc[0]
    assert row["alpha"] == pytest.approx(alpha, abs=0.0005) and row["low"] <= row["alpha"] <= row["high"]
    assert (row["n_units"], row["n_coders"], row["share_alike"]) == (11, 4, pytest.approx(8 / 11))


@pytest.mark.parametrize(
    ("codes", "note"),
    [
        (OBSERVERS[:9], "no interval: 9 units, 10 are wanted"),
        (pd.DataFrame({"A": [1, 2] * 9, "B": [1, 2] * 9}), "no interval: the draws are all alike"),
    ],
)
def test_there_is_no_interval_from_few_units_or_without_width(codes, note):
    row = validity.agreement(codes, n=50, seed=1).iloc[0]
    assert row["alpha"] > 0.5 and row[["low", "high"]].isna().all() and row["note"] == note


def test_alpha_is_missing_where_nothing_varies_and_refuses_what_it_cannot_read():
    assert np.isnan(validity.agreement(pd.DataFrame({"a": [1, 1], "b": [1, 1]}), n=20, seed=1)["alpha"].iloc[0])
    with pytest.raises(ValueError, match="level is one of"):
        validity.agreement(OBSERVERS, level="ratio", seed=1)
    with pytest.raises(ValueError, match="two coders"):
        validity.agreement(OBSERVERS[["A"]], seed=1)


CODED = st.lists(st.lists(st.sampled_from([1, 2, 3, 5, N]), min_size=3, max_size=3), min_size=2, max_size=15)


@settings(max_examples=60, deadline=None)
@given(CODED, st.sampled_from(["nominal", "ordinal", "interval"]))
def test_alpha_is_that_of_the_package(rows, level):
    import krippendorff

    codes = pd.DataFrame(rows, columns=list("abc"), dtype=float)
    held = codes[codes.notna().sum(axis=1) > 1]
    if np.unique(held.to_numpy()[held.notna().to_numpy()]).size < 2:
        return  # the package refuses where nothing varies
    theirs = krippendorff.alpha(reliability_data=codes.T.to_numpy(), level_of_measurement=level)
    assert validity.agreement(codes, level=level, n=2, seed=1)["alpha"][0] == pytest.approx(theirs, abs=1e-9)


def test_percent_agreement_has_its_interval_where_five_units_differ_and_five_do_not():
    row = validity.agreement(pd.concat([OBSERVERS] * 2), n=500, seed=1).iloc[0]
    assert 0 < row["alike_low"] < row["share_alike"] < row["alike_high"] <= 1
    for few in (OBSERVERS[:9], OBSERVERS):  # nine units, and three that differ
        row = validity.agreement(few, n=50, seed=1).iloc[0]
        assert row["share_alike"] > 0 and row[["alike_low", "alike_high"]].isna().all()


@pytest.mark.parametrize("strange", [np.inf, -np.inf])
def test_a_code_without_end_is_refused(strange):
    with pytest.raises(ValueError, match="codes hold an infinite number"):
        validity.agreement(OBSERVERS.replace(5, strange), level="interval", n=20, seed=1)


def found(low, alpha=0.9, note=""):
    return pd.DataFrame({"alpha": [alpha], "low": [low], "note": [note]})


@pytest.mark.parametrize(("table", "options", "said"), [
    (found(0.8), {}, "The codes are reliable: alpha 0.90, and at least 0.80 by its interval"),
    (found(0.79), {}, "The codes allow tentative conclusions"), (found(0.667), {}, "The codes allow tentative"),
    (found(0.66), {}, "The codes are not known to be reliable enough"),
    (found(0.2, 0.5), {}, "The codes are not reliable"),
    (found(N, 0.9, "no interval: 9 units, 10 are wanted"), {}, "Nothing can be said.*9 units, 10 are wanted"),
    (found(N, N), {}, "There is no alpha"),
    (found(0.6), {"tentative": 0.6, "because": "a pilot of 20 texts"},
     "tentative.*0.6 and 0.8, as a pilot of 20 texts"),
])  # fmt: skip
def test_the_verdict_goes_by_the_lower_end(table, options, said):
    assert pd.Series(validity.verdict(table, **options)).str.contains(said)[0]


@pytest.mark.parametrize(("options", "message"), [
    ({"tentative": 0.5}, "want a reason in writing"), ({"reliable": 0.7, "because": " "}, "want a reason in writing"),
    ({"tentative": 0.9, "because": "x"}, "are bounds of alpha"), ({"reliable": "high"}, "are bounds of alpha"),
])  # fmt: skip
def test_other_bounds_want_a_reason(options, message):
    with pytest.raises(ValueError, match=message):
        validity.verdict(found(0.9), **options)


def sentences(scores, *, articles=None):
    """Passages with scores, one an article unless it is said otherwise."""
    ids = articles or [f"{n:02}.txt" for n in range(len(scores))]
    starts = range(0, 10 * len(scores), 10)
    return pd.DataFrame({"article_id": ids, "start": starts, "polarity": scores}).assign(
        end=lambda one: one["start"] + 9
    )


def coded(table, codes):
    return table[["article_id", "start", "end"]].assign(code=codes)


SCORES = [0.5, 0.4, -0.1, N, -0.9, 0.0]
CODES = [1, 0, -1, 0, -1, 1]


def test_each_coded_passage_is_held_against_its_score():
    table = sentences(SCORES)
    rows = validity.compared(coded(table, CODES)[::-1], table)
    assert rows["predicted"].tolist() == [0, -1, 0, -1, 1, 1] and rows["right"].sum() == 4
    cut = validity.compared(coded(table, CODES), table, cut=0.1)
    assert cut["predicted"].tolist() == [1, 1, 0, 0, -1, 0]
    assert passages.count(rows, by=["code", "predicted"])["count"].sum() == 6


def test_accuracy_f1_and_r_are_counted_by_hand():
    table = sentences(SCORES)
    rows = validity.against(coded(table, CODES), table, n=50, seed=1)
    value = rows.set_index(["measure", rows["class"].fillna("all")])["value"]
    assert value["accuracy", "all"] == pytest.approx(4 / 6)
    assert value["precision", 1] == value["recall", 1] == 0.5 and value["F1", -1] == 1
    assert value["macro-F1", "all"] == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert value["r", "all"] == pytest.approx(np.corrcoef([0.5, 0.4, -0.1, 0, -0.9, 0], CODES)[0, 1])
    assert set(rows["note"]) >= {"no interval: 6 articles, 10 are wanted"} and rows["low"].isna().all()


def test_measures_have_intervals_over_articles():
    rng = np.random.default_rng(1)
    codes = rng.integers(-1, 2, 120)
    table = sentences(list(codes + rng.normal(0, 0.8, 120)), articles=[f"{n // 4:02}.txt" for n in range(120)])
    rows = validity.against(coded(table, codes), table, cut=0.5, n=200, seed=1)
    assert (rows["low"] < rows["value"]).all() and (rows["value"] < rows["high"]).all() and set(rows["note"]) == {""}
    again = validity.against(coded(table, codes), table, cut=0.5, n=200, seed=1)
    pd.testing.assert_frame_equal(rows, again)


def test_classes_may_be_words():
    table = sentences(SCORES).drop(columns="polarity").assign(kind=["direct"] * 3 + ["partial"] * 3)
    codes = coded(table, pd.Categorical(["direct", "partial", "direct", "partial", "direct", "partial"]))
    rows = validity.against(codes, table, of="kind", n=50, seed=1)
    assert rows["value"][0] == pytest.approx(4 / 6) and "r" not in set(rows["measure"])
    share = validity.corrected_share(codes, table, of="kind").set_index("class")["share"]
    assert share["direct"] == pytest.approx(0.5 * 2 / 3 + 0.5 * 1 / 3)


@pytest.mark.parametrize(("codes", "message"), [
    (coded(sentences(SCORES), CODES).iloc[[0, 0]], "hold a passage twice, as those of two coders do"),
    (coded(sentences(SCORES), [1, N, 0, 0, 0, 0]), "hold 1 passages without a code"),
    (coded(sentences(SCORES), CODES).assign(end=5), "6 of 6 coded passages are not among those pred.*'00.txt'"),
    (sentences(SCORES), "lacks code"),
])  # fmt: skip
def test_codes_that_cannot_be_held_against_scores_are_refused(codes, message):
    with pytest.raises(ValueError, match=message):
        validity.compared(codes, sentences(SCORES))
    with pytest.raises(ValueError, match="cut is a number from 0 up"):
        validity.compared(coded(sentences(SCORES), CODES), sentences(SCORES), cut=-1)


@pytest.mark.parametrize("told", [
    list(map(str, CODES)), [f" {code}.0" for code in CODES], pd.array(CODES, dtype="Int64"), pd.Categorical(CODES)
])  # fmt: skip
def test_numbers_that_came_as_text_are_numbers(told):
    table = sentences(SCORES)
    rows, plain = (validity.against(coded(table, own), table, n=50, seed=1) for own in (told, CODES))
    assert rows["value"].equals(plain["value"]) and rows["class"].tolist()[3:] == plain["class"].tolist()[3:]
    share = validity.corrected_share(coded(table, told), table)
    assert share["share"].equals(validity.corrected_share(coded(table, CODES), table)["share"])


WORDS = sentences(SCORES).assign(kind=["direct"] * 3 + ["partial"] * 3)


@pytest.mark.parametrize(("codes", "of", "message"), [
    (["good", "bad"] * 3, "polarity", "codes are 'bad', 'good', predicted are -1, 0, 1; map .*{'bad': -1"),
    (["1", "0", "-1", "good", "0", "0"], "polarity", "codes are '-1', '0', '1', 'good', predicted are -1"),
    ([4, 5] * 3, "polarity", "codes are 4, 5, predicted are -1, 0, 1; map"),
    ([1, 0] * 3, "kind", "codes are 0, 1, predicted are 'direct', 'partial'; map .*{0: 'direct'"),
    (["Direct", "Partial"] * 3, "kind", "codes are 'Direct', 'Partial', predicted are 'direct', 'partial'; map"),
])  # fmt: skip
def test_codes_of_another_kind_than_what_is_predicted_are_refused(codes, of, message):
    for held in (validity.compared, validity.corrected_share, lambda *own, of: validity.against(*own, of=of, seed=1)):
        with pytest.raises(ValueError, match=message):
            held(coded(WORDS, codes), WORDS, of=of)


def test_codes_that_are_all_of_a_class_that_no_score_predicts_count():
    table = sentences([0.0] * 6)
    assert validity.compared(coded(table, 1), table)["right"].sum() == 0
    assert validity.compared(coded(table, 1)[:0], table).empty


def test_missing_scores_of_a_nullable_column_predict_nothing_either():
    table = sentences(pd.array([0.5, 0.4, -0.1, None, -0.9, 0.0], dtype="Float64"))
    rows = validity.against(coded(table, CODES), table, n=50, seed=1)
    pd.testing.assert_frame_equal(rows, validity.against(coded(table, CODES), sentences(SCORES), n=50, seed=1))
    assert len(validity.corrected_share(coded(table, CODES), table)) == 3


@pytest.mark.parametrize("n", [0, -1, 2.5, True])
def test_measures_want_some_draws(n):
    with pytest.raises(ValueError, match="n is a whole number from 1 up, such as 2000"):
        validity.against(coded(sentences(SCORES), CODES), sentences(SCORES), n=n, seed=1)


@pytest.fixture(scope="module")
def harbour():
    news = load("harbour")
    return news, sentiment.unit_scores(news)


def test_a_draw_has_as_many_of_each_class_and_of_each_paper_its_share(harbour):
    news, scores = harbour
    drawn = validity.draw(news, scores, 120, seed=7)
    assert drawn["predicted"].value_counts().tolist() == [40, 40, 40] and not drawn.duplicated(passages.KEYS).any()
    assert len(scores.merge(drawn, on=["start", "end"]).query("article_id_x == article_id_y")) >= 120
    papers = drawn.groupby(["predicted", "outlet"]).size()
    assert papers.between(10, 15).all()
    pd.testing.assert_frame_equal(drawn, validity.draw(news, scores, 120, seed=7))
    assert not drawn.equals(validity.draw(news, scores, 120, seed=8))
    assert not drawn["article_id"].is_monotonic_increasing
    whole = validity.draw(news, scores, 10**6, seed=1)
    assert len(whole) == len(scores) and whole.groupby("stratum").size().equals(
        whole.groupby("stratum")["n_stratum"].first()
    )
    assert validity.draw(news, scores[:0], 10, seed=1).empty
    assert len(validity.draw(news, scores, 2, by=None, seed=1)) == 2
    with pytest.raises(ValueError, match="n is a whole number"):
        validity.draw(news, scores, 0, seed=1)
    with pytest.raises(ValueError, match="did you mean 'outlet'"):
        validity.draw(news, scores, 10, by="outlets", seed=1)


def test_codes_of_a_draw_weigh_what_they_stand_for(harbour):
    news, scores = harbour
    drawn = validity.draw(news, scores, 60, by=None, seed=7)
    codes = drawn.assign(code=drawn["predicted"].where(drawn.index % 4 > 0, 0))
    rows = validity.against(codes, scores, drawn=drawn, n=50, seed=1)
    share = scores["polarity"].fillna(0).pipe(np.sign).value_counts(normalize=True)
    right = validity.compared(codes, scores).groupby("predicted")["right"].mean()
    assert rows["value"][0] == pytest.approx((right * share).sum())
    with pytest.raises(ValueError, match="coded passages were not drawn"):
        validity.against(codes, scores, drawn=drawn[:10], n=50, seed=1)


def test_a_corrected_share_is_counted_by_hand_and_says_why_there_is_none():
    table = sentences([1.0] * 60 + [-1.0] * 30 + [0.0] * 10)
    some = pd.concat([table[:6], table[60:63], table[90:92]])
    codes = coded(some, [1, 1, 1, 0, -1, -1, -1, -1, 0, 0, 0])
    rows = validity.corrected_share(codes, table).set_index("class")
    assert rows["share"].tolist() == pytest.approx([0.6 * 2 / 6 + 0.3 * 2 / 3, 0.6 / 6 + 0.3 / 3 + 0.1, 0.6 / 2])
    assert rows["share_predicted"].tolist() == pytest.approx([0.3, 0.1, 0.6]) and rows["n_coded"].tolist() == [4, 4, 3]
    assert (rows["low"] < rows["share"]).all() and (rows["share"] < rows["high"]).all()
    lacking = validity.corrected_share(codes[:9], table)
    assert set(lacking["note"]) == {"no share: no code of a passage of which 0 is predicted"}
    assert lacking["share"].isna().all()
    few = codes[codes["start"].isin([0, 600, 900])]
    assert set(validity.corrected_share(few, table)["note"]) == {"no interval: 3 codes, 10 are wanted"}
    every = validity.corrected_share(coded(table, 1), table).set_index("class")
    assert every.loc[1, "share"] == pytest.approx(1) and set(every["note"]) == {"no interval: every passage is coded"}


@pytest.mark.parametrize(
    ("prevalence", "sensitivity", "specificity"), [(0.1, 0.6, 0.8), (0.1, 0.8, 0.95), (0.5, 0.8, 0.8)]
)
def test_the_interval_of_a_corrected_share_holds_the_truth(prevalence, sensitivity, specificity):
    rng, held = np.random.default_rng(2025), []
    for _ in range(150):
        truth = rng.random(1000) < prevalence
        guess = np.where(truth, rng.random(1000) < sensitivity, rng.random(1000) >= specificity)
        table = sentences(np.where(guess, 1.0, 0.0))
        taken = np.concatenate([rng.choice(np.flatnonzero(guess == one), 50, replace=False) for one in (True, False)])
        codes = coded(table.iloc[taken], truth[taken].astype(int))
        row = validity.corrected_share(codes, table).set_index("class").loc[1]
        held.append(row["low"] <= truth.mean() <= row["high"])
    assert np.mean(held) >= 0.91  # three standard errors below .95 and a little
