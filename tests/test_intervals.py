"""Intervals and shuffles against plain loops, published values and scipy."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from threadpoolctl import threadpool_info, threadpool_limits

from utils import intervals
from utils.stats import bounds, formulas, means, shuffles
from utils.stats import units as samples

SIZES = pd.Series({"a": 900, "b": 1200, "c": 400, "d": 1500, "e": 800})
TARGET = pd.Series({"a": True, "b": True, "c": True, "d": False, "e": False})
COUNTS = pd.DataFrame({"oil": [3, 0, 7, 1, 1], "war": [0, 0, 0, 2, 5], "peace": [0, 0, 0, 0, 0]}, SIZES.index)
# Enough for an interval: eleven units on one side, ten on the other. "rare" has four carriers on the first.
MORE = pd.DataFrame(
    {
        "size": [
            900,
            1200,
            400,
            650,
            1000,
            300,
            700,
            1900,
            820,
            540,
            1100,
            1500,
            800,
            1000,
            450,
            620,
            980,
            770,
            1300,
            510,
            2000,
        ],
        "oil": [3, 0, 7, 1, 1, 0, 0, 2, 0, 0, 1, 1, 1, 0, 0, 4, 0, 1, 0, 0, 2],
        "war": [0, 2, 0, 5, 1, 1, 0, 3, 0, 1, 0, 2, 5, 0, 9, 1, 0, 1, 1, 0, 0],
        "rare": [2, 2, 2, 2, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
        "peace": [0] * 21,
    },
    list("abcdefghijklmnopqrstu"),
)
FIRST = pd.Series(np.arange(21) < 11, MORE.index)
TERMS = ["oil", "war", "rare", "peace"]


def plain_side(counts, sizes):
    """One side's log2 rate, jackknife variance and leave-one-out values, in plain Python."""
    n, count, size = len(counts), sum(counts), sum(sizes)
    without = [math.log2((count - c + 0.5) / (size - s)) for c, s in zip(counts, sizes, strict=True)]
    mean = sum(without) / n
    variance = (n - 1) / n * sum((value - mean) ** 2 for value in without)
    return math.log2((count + 0.5) / size), max(variance, 1 / (count + 0.5) / math.log(2) ** 2), without


def plain_z(counts, sizes, side):
    """The studentised log ratio, in plain Python."""
    logs, variance = [], 0
    for wanted in (True, False):
        rows = [i for i, one in enumerate(side) if one == wanted]
        n, count, size = len(rows), sum(counts[i] for i in rows), sum(sizes[i] for i in rows)
        spread = math.fsum((counts[i] - count / size * sizes[i]) ** 2 for i in rows)
        variance += (n / (n - 1) * spread + 0.5) / (count + 0.5) ** 2
        logs.append(math.log((count + 0.5) / size))
    return (logs[0] - logs[1]) / math.sqrt(variance)


def paired(n_pairs, seed=5):
    """Counts of three terms in pairs of units, one of each pair on either side."""
    rng = np.random.default_rng(seed)
    units = pd.RangeIndex(2 * n_pairs)
    target = pd.Series(units % 2 == 0, units)
    counts = pd.DataFrame(
        {"even": rng.poisson(3, len(units)), "more": rng.poisson(np.where(target, 5, 2)), "same": 1}, units
    )
    return counts, pd.Series(rng.integers(300, 900, len(units)), units), target, pd.Series(units // 2, units)


def test_log_ratio_is_what_leaving_out_by_hand_gives():
    table = intervals.jackknife(MORE[TERMS], MORE["size"], target=FIRST)
    for term in ("oil", "war"):
        counts, sizes = MORE[term].tolist(), MORE["size"].tolist()
        one, its_variance, without = plain_side(counts[:11], sizes[:11])
        other, variance, its_without = plain_side(counts[11:], sizes[11:])
        whole = its_variance + variance
        df = whole**2 / (its_variance**2 / 10 + variance**2 / 9)
        margin = stats.t.ppf(0.975, df) * math.sqrt(whole)
        changes = [value - one for value in without] + [other - value for value in its_without]
        largest = max(range(21), key=lambda i: abs(changes[i]))
        row = table.loc[term]
        assert row[["log_ratio", "low", "high", "se", "df", "influence"]].tolist() == pytest.approx(
            [one - other, one - other - margin, one - other + margin, math.sqrt(whole), df, changes[largest]]
        )
        assert row["influence_unit"] == MORE.index[largest] and row["note"] == ""
    assert (table["n_units_target"] == 11).all() and (table["n_units_reference"] == 10).all()
    assert table.loc["peace", "log_ratio":"influence_unit"].isna().all()


def test_rate_is_count_over_size_and_its_interval_is_worked_on_logs():
    table = intervals.jackknife(MORE[TERMS], MORE["size"], level=0.9)
    value, variance, without = plain_side(MORE["oil"].tolist(), MORE["size"].tolist())
    margin = stats.t.ppf(0.95, 20) * math.sqrt(variance)
    assert table.loc["oil", ["rate_per_10k", "low", "high"]].tolist() == pytest.approx(
        [24 / 19_440 * 10_000, 2 ** (value - margin) * 10_000, 2 ** (value + margin) * 10_000]
    )
    assert table.loc["oil", "influence"] == pytest.approx(without[2] - value)
    assert table.loc["oil", "influence_unit"] == "c" and table.loc["oil", "n_units"] == 21
    assert table.loc["peace", "rate_per_10k"] == 0 and table.loc["peace", ["low", "high"]].isna().all()


def test_log_ratio_of_a_published_count():
    """ "Americans" in US inaugural addresses after and before 1945, as quanteda's keyness page counts it."""
    counts, sizes = pd.Series([76, 7], name="americans"), pd.Series([43002, 108539])
    row = intervals.jackknife(counts, sizes, target=pd.Series([True, False])).loc["americans"]
    assert row["log_ratio"] == pytest.approx(math.log2(76.5 / 43002 * 108539 / 7.5))
    assert row["log_ratio"] == pytest.approx(4.6862, abs=5e-5)
    assert row[["low", "high", "se", "df", "influence"]].isna().all()


def test_means_have_the_t_interval_and_differences_have_welchs():
    """Student's sleep data; R's documentation prints df 17.776, from -3.3654832 to 0.2054832."""
    sleep = pd.Series(
        [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2, 1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    )
    row = intervals.jackknife(sleep, target=sleep.index < 10, scale="identity").iloc[0]
    assert row[["low", "high"]].tolist() == pytest.approx([-3.3654832, 0.2054832], abs=5e-8)
    assert row["difference"] == pytest.approx(-1.58) and row["df"] == pytest.approx(17.776, abs=5e-4)
    mean = intervals.jackknife(sleep, scale="identity").iloc[0]
    expected = stats.ttest_1samp(sleep, 0).confidence_interval(0.95)
    assert mean[["mean", "low", "high"]].tolist() == pytest.approx([sleep.mean(), *expected], rel=1e-12)


def test_gaps_are_missing_and_zeros_are_not():
    tone = pd.Series({"a": 0.5, "b": np.nan, "c": -0.5, "d": 0.3})
    row = intervals.jackknife(tone, scale="identity").iloc[0]
    assert row["mean"] == pytest.approx(0.1) and (row["n_units"], row["n_missing"]) == (3, 1)
    sizes = pd.concat([SIZES, pd.Series({"empty": 0, "unknown": np.nan})])
    counts = COUNTS.stack()
    table = intervals.jackknife(counts[counts > 0], sizes).loc[["oil"]]
    assert table["n_missing"].item() == 2
    pd.testing.assert_frame_equal(
        table.drop(columns="n_missing"), intervals.jackknife(COUNTS, SIZES).loc[["oil"]].drop(columns="n_missing")
    )


@pytest.mark.parametrize("values", [[0.1] * 7, [0, 0], [0.4], [np.nan], []])
def test_no_interval_is_without_width(values):
    table = intervals.jackknife(pd.Series(values, dtype=float), scale="identity")
    assert table[["low", "high", "se", "df"]].isna().all(axis=None)
    assert table["mean"].tolist() == pytest.approx(values[:1] or [np.nan], nan_ok=True)
    sizes = pd.Series([1633, 811, 397, 1216, 677, 934, 105, 1590, 1888])
    constant = intervals.jackknife(0.1 * sizes, sizes, scale="identity")
    assert constant["mean"].item() == pytest.approx(0.1) and constant["low"].isna().all()


def test_a_side_of_one_article_or_none_has_no_interval():
    for target in (SIZES.index == "a", SIZES.index == "none"):
        table = intervals.jackknife(COUNTS, SIZES, target=pd.Series(target, SIZES.index))
        assert table[["low", "high", "se", "influence"]].isna().all(axis=None)
        assert table.loc["oil", "log_ratio"] == pytest.approx(
            math.log2(3.5 / 900 / (9.5 / 3900)) if target.any() else np.nan, nan_ok=True
        )


def test_fewer_than_ten_units_to_shuffle_on_a_side_give_no_p():
    counts, sizes, target, pairs = paired(10)
    split = pairs.where(pairs > 0, [-1] + [0] * 19)
    for table in (
        intervals.shuffle(counts[1:], sizes[1:], target=target, seed=1),
        intervals.shuffle(counts, sizes, target=target, strata=split, seed=1),
    ):
        assert table[["p", "q"]].isna().all(axis=None) and (table["n_shuffles"] == 0).all()
        assert set(table["note"]) == {"no p: fewer than 10 units to shuffle on a side"}


def test_a_slice_of_the_counts_has_its_own_terms_and_units():
    counts = COUNTS.stack().loc[["a", "c"]]
    table = intervals.jackknife(counts[counts > 0], SIZES[["a", "c"]])
    assert table.index.tolist() == ["oil"]
    assert table["rate_per_10k"].item() == pytest.approx(10 / 1300 * 10_000)


def test_no_terms_give_an_empty_table():
    counts = pd.Series(dtype=int, index=pd.MultiIndex.from_arrays([[], []], names=["article_id", "term"]))
    assert intervals.jackknife(counts, SIZES, target=TARGET).empty
    assert intervals.shuffle(counts, SIZES, target=TARGET, seed=1).empty


tables = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(50, 5000), st.booleans()), min_size=1, max_size=12
)


@given(tables)
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_shape_nor_scale_matters_and_sides_mirror(rows):
    frame = pd.DataFrame(rows, [f"u{i}" for i in range(len(rows))], ["oil", "war", "size", "side"])
    counts, sizes, target = frame[["oil", "war"]], frame["size"], frame["side"]
    table = intervals.jackknife(counts, sizes, target=target)
    numbers = ["log_ratio", "low", "high", "se", "df"]
    long = counts.rename_axis("unit").rename_axis(columns="term").stack()
    other = intervals.jackknife(long.iloc[::-1], 7 * sizes, target=target.iloc[::-1])
    np.testing.assert_allclose(other.loc[["oil", "war"], numbers], table[numbers], atol=1e-9)
    mirrored = intervals.jackknife(counts, sizes, target=~target)
    np.testing.assert_allclose(mirrored[["log_ratio", "low", "high"]], -table[["log_ratio", "high", "low"]])
    np.testing.assert_allclose(mirrored["influence"].abs(), table["influence"].abs())


def test_p_is_the_share_of_all_shuffles():
    """Ten pairs can be dealt out in 1,024 ways, and twenty units in 184,756."""
    counts, sizes, target, pairs = paired(10)
    ways = [
        [turned != first for turned in way for first in (False, True)]
        for way in itertools.product([True, False], repeat=10)
    ]
    dealt = intervals.shuffle(counts, sizes, target=target, strata=pairs, n=20_000, n_second=0, seed=3)
    for term in counts:
        values = [abs(plain_z(counts[term].tolist(), sizes.tolist(), way)) for way in ways]
        observed = plain_z(counts[term].tolist(), sizes.tolist(), target.tolist())
        exact = sum(value >= abs(observed) - 1e-9 for value in values) / len(ways)
        assert dealt.loc[term, "statistic"] == pytest.approx(observed)
        error = 4 * math.sqrt(exact * (1 - exact) / 20_000) + 1e-4
        assert dealt.loc[term, "p"] == pytest.approx(exact, abs=error)
    picked = np.array(list(itertools.combinations(range(20), 10)))
    ways = np.zeros((len(picked), 20))
    np.put_along_axis(ways, picked, 1, axis=1)
    freely = intervals.shuffle(counts, sizes, target=target, n=20_000, n_second=0, seed=3)
    sample = samples.sampled(counts, sizes)
    times, _ = shuffles._exceedances(sample, freely["statistic"].to_numpy(), np.array_split(ways, 20))
    np.testing.assert_allclose(freely["p"], times / len(ways), atol=0.015)


def test_with_equal_lengths_and_one_word_at_most_p_is_fishers():
    target, sizes = pd.Series(np.arange(20) < 10), pd.Series(500, range(20))
    word = pd.Series([1] * 8 + [0] * 2 + [1] * 2 + [0] * 8, name="word")
    exact = stats.fisher_exact([[8, 2], [2, 8]]).pvalue
    row = intervals.shuffle(word, sizes, target=target, seed=1).loc["word"]
    assert row["p"] == pytest.approx(exact, abs=4 * math.sqrt(exact / 50_000))
    assert (row["n_shuffles"], row["n_carriers"]) == (50_000, 10)
    extreme = intervals.shuffle(target.astype(int), sizes, target=target, n=99, n_second=0, seed=1)
    assert extreme["p"].item() == 1 / 100


def test_large_counts_do_not_cancel():
    rng = np.random.default_rng(2)
    sizes = pd.Series(rng.integers(10**6, 10**7, 30))
    counts = (sizes // 20 + pd.Series(rng.integers(-9, 9, 30))).rename("the")
    target = pd.Series(np.arange(30) < 12)
    row = intervals.shuffle(counts, sizes, target=target, n=10, seed=1).loc["the"]
    expected = plain_z(counts.tolist(), sizes.tolist(), target.tolist())
    assert row["statistic"] == pytest.approx(expected, rel=1e-10)


def test_p_depends_on_the_seed_and_on_nothing_else(monkeypatch):
    counts, sizes, target, _ = paired(30)
    options = {"target": target, "n": 1500, "n_second": 3000, "screen": 0.5, "seed": 8}
    table = intervals.shuffle(counts, sizes, **options)
    assert set(table["n_shuffles"]) == {1500, 3000} and (table["note"] == "").all()
    monkeypatch.setattr(samples, "_CELLS", 60)
    pd.testing.assert_frame_equal(intervals.shuffle(counts, sizes, **options), table)
    alone = intervals.shuffle(counts["more"], sizes, **options)
    assert alone["p"].item() == table.loc["more", "p"]
    mirrored = intervals.shuffle(counts, sizes, **options | {"target": ~target})
    assert mirrored["p"].tolist() == table["p"].tolist()
    np.testing.assert_allclose(mirrored["statistic"], -table["statistic"])
    assert intervals.shuffle(counts, sizes, **options | {"seed": 9})["p"].tolist() != table["p"].tolist()


def threads():
    return {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"}


def test_matrix_products_of_a_shuffle_take_one_thread_and_give_the_others_back():
    during = []
    with threadpool_limits(2, user_api="blas"):
        intervals.shuffle(
            MORE[TERMS],
            MORE["size"],
            target=FIRST,
            n=9,
            n_second=0,
            seed=1,
            min_units=1,
            progress=lambda blocks: (during.append(threads()) or block for block in blocks),
        )
        assert during == [{1}] and threads() == {2}


def test_q_is_benjamini_and_hochbergs_over_the_terms_tested():
    rng = np.random.default_rng(4)
    counts = pd.DataFrame(rng.poisson(0.8, (40, 30)), columns=[f"t{i}" for i in range(30)])
    counts = counts.assign(rare=[2] * 9 + [0] * 31, tenth=[2] * 10 + [0] * 30)
    target = pd.Series(np.arange(40) < 25)
    steps = []
    table = intervals.shuffle(
        counts,
        pd.Series(500, counts.index),
        target=target,
        n=999,
        n_second=0,
        seed=1,
        progress=lambda blocks: steps.append(len(blocks)) or blocks,
    )
    p = sorted(table["p"].dropna())
    assert len(p) == 31
    for term in [*counts.columns[:30], "tenth"]:
        expected = min(one * 31 / (rank + 1) for rank, one in enumerate(p) if one >= table.loc[term, "p"])
        assert table.loc[term, "q"] == pytest.approx(min(1, expected))
    assert table.loc["rare", ["p", "q"]].isna().all() and table.loc["rare", "n_carriers"] == 9
    assert table.loc["rare", "note"] == "no p: in fewer than 10 units"
    assert table.loc["t0", "note"] == "fewer than 30 units to shuffle on a side" and steps == [5]


def test_bootstrap_draws_units_whole_and_inside_their_labels():
    stories = ["x", "x", *range(20), "v", "v"]
    labels = [True] * 12 + [False] * 12
    values, seen = np.array([1.0, 4, 2, 9, 3, 0, 5, 7, 1, 1, 8, 2] * 2), []

    @np.errstate(divide="ignore")
    def means(weights):
        seen.append(weights)
        same = weights[0] - weights[1]
        return pd.Series({"mean": weights @ values / weights.sum(), "seldom": 1 / weights[3], "same": same})

    table = intervals.bootstrap(means, stories, strata=labels, n=500, seed=6)
    first, *draws = seen
    assert (first == 1).all() and table.loc["mean", "estimate"] == pytest.approx(43 / 12)
    drawn = np.array(draws)
    assert (drawn[:, 0] == drawn[:, 1]).all() and (drawn[:, 22] == drawn[:, 23]).all()
    assert (drawn[:, [0, *range(2, 12)]].sum(axis=1) == 11).all() and (drawn[:, 12:23].sum(axis=1) == 11).all()
    assert np.allclose(drawn.mean(axis=0), 1, atol=0.15) and drawn.max() > 3
    expected = np.quantile(drawn @ values / drawn.sum(axis=1), [0.025, 0.975])
    assert table.loc["mean", ["low", "high"]].tolist() == pytest.approx(expected.tolist())
    assert table["n_units"].tolist() == [22, 22, 22]
    assert table["n_draws"].tolist() == [500, (drawn[:, 3] > 0).sum(), 500]
    assert table.loc["seldom", "estimate"] == 1 and table[1:][["low", "high"]].isna().all(axis=None)
    assert table["note"].tolist() == [
        "",
        "no interval: too few draws have a value",
        "no interval: the draws are all alike",
    ]


def test_bootstrap_is_repeated_by_its_seed_and_wants_ten_units_and_five_that_count():
    def mean(weights):
        return weights @ np.arange(weights.size) / weights.sum()

    one, again = (intervals.bootstrap(mean, range(10), n=50, seed=2) for _ in range(2))
    pd.testing.assert_frame_equal(one, again)
    assert one["low"].item() < 4.5 < one["high"].item() and one["note"].item() == ""
    few = intervals.bootstrap(mean, [*range(9), 8], n=50, seed=2, unit="story")
    assert few["estimate"].item() == 4.5 and few["note"].item() == "no interval: 9 stories, 10 are wanted"
    side = intervals.bootstrap(mean, range(19), strata=["a"] * 9 + ["b"] * 10, n=50, seed=2)
    assert side["note"].item() == "no interval: 9 units of label a, 10 are wanted"
    rows, shares = [*range(12), 0, 1], [0.5] * 4 + [0] * 8 + [1, 0.2]
    rare = intervals.bootstrap(mean, rows, shares=shares, n=50, seed=2)
    assert rare["note"].item() == "no interval: in 4 units, 5 are wanted"
    for table in (few, side, rare):
        assert table[["low", "high"]].isna().all(axis=None)


NAN = float("nan")


@pytest.mark.parametrize(
    ("shares", "note"),
    [
        ([0.5] * 5 + [1] * 7, ""),
        ([0.5] * 4 + [1] * 8, "no interval: not all in 4 stories, 5 are wanted"),
        ([0.5, 0, 0] + [1] * 9, "no interval: not all in 3 stories, 5 are wanted"),
        ([1] * 12, "all in 12 stories: up to 22 % of such stories could still fall short"),
        ([1] * 3 + [NAN] * 9, "all in 3 stories: up to 63 % of such stories could still fall short"),
        ([0] * 12, "none in 12 stories: up to 22 % of such stories could still have it"),
        ([0] * 8 + [1] * 4, "no interval: in 4 stories, 5 are wanted"),
        ([0.5] * 9 + [NAN] * 3, "no interval: 9 stories, 10 are wanted"),
        ([NAN] * 12, "no stories to go by"),
    ],
)
def test_a_share_wants_five_units_that_fall_short_as_it_wants_five_that_have_it(shares, note):
    of = pd.Series(1 - np.isnan(shares), range(12))
    right = pd.Series(shares, range(12)).fillna(0)

    def share(weights):
        return weights @ right / (weights @ of) if weights @ of else NAN

    drawn = intervals.bootstrap(share, range(12), shares=shares, n=50, seed=2, unit="story")
    left_out = intervals.jackknife(100 * right, 100 * of, scale="identity", possible=(0, 1), unit="story")
    for table in (drawn, left_out):
        assert table["note"].item() == note and table["low"].notna().item() == (note == "")


def test_what_carries_a_thing_is_told_apart_from_its_value():
    value = pd.Series([0.5, -0.5] * 3 + [0.0] * 14)
    for n, note in ((5, ""), (4, "no interval: in 4 units, 5 are wanted")):
        table = intervals.jackknife(value, scale="identity", possible=(-1, 1), carries=pd.Series(1 * (value.index < n)))
        assert table["note"].item() == note


# No interval from too little, nor beyond the possible


def test_where_there_is_no_interval_the_note_says_why():
    one = intervals.jackknife(MORE[TERMS], MORE["size"], unit="article")
    assert one["note"].tolist() == ["", "", "", "none in 21 articles: up to 13 % of such articles could still have it"]
    two = intervals.jackknife(MORE[TERMS], MORE["size"], target=FIRST, unit="story")
    assert two["note"].tolist() == [
        "",
        "",
        "no interval: in 4 stories of the target, 5 are wanted",
        "none in 11 stories of the target: up to 24 % of such stories could still have it",
    ]
    mirrored = intervals.jackknife(MORE[TERMS], MORE["size"], target=~FIRST, unit="day")
    assert mirrored.loc["rare", "note"] == "no interval: in 4 days of the reference, 5 are wanted"
    for unit, units in (("class", "classes"), ("branch", "branches"), ("box", "boxes"), ("series", "series")):
        few = intervals.jackknife(MORE[TERMS][:6], MORE["size"][:6], unit=unit)
        assert few["note"].iloc[0] == f"no interval: 6 {units}, 10 are wanted"
    for table in (one, two, mirrored):
        bare = table["note"] != ""
        assert (table[["low", "high", "se", "df"]].isna().eq(bare, axis=0)).all(axis=None)
        assert table.loc["rare", "influence"] == table.loc["rare", "influence"]
    nine = intervals.jackknife(MORE[TERMS][:9], MORE["size"][:9])
    assert nine["note"].tolist()[0] == "no interval: 9 units, 10 are wanted" and nine["low"].isna().all()
    nobody = intervals.jackknife(MORE[TERMS], 0 * MORE["size"].where(MORE["peace"] > 0))
    assert set(nobody["note"]) == {"no units to go by"} and nobody["rate_per_10k"].isna().all()


@pytest.mark.parametrize("n", [1, 3, 12, 300, 1_000_000])
def test_silence_leaves_room_for_as_much_as_chance_would_hide(n):
    exact = stats.binomtest(0, n, alternative="less").proportion_ci(0.95, method="exact").high
    assert bounds.most_that_could(n) == pytest.approx(exact)
    assert (1 - bounds.most_that_could(n, level=0.9)) ** n == pytest.approx(0.1)
    assert bounds.most_that_could(0) == 1


def test_a_share_keeps_between_nothing_and_all():
    sizes = pd.Series(100, range(12))
    nearly = pd.Series([100] * 7 + [99, 98, 99, 99, 40], range(12))
    row = intervals.jackknife(nearly, sizes, scale="identity", possible=(0, 1)).iloc[0]
    free = intervals.jackknife(nearly, sizes, scale="identity").iloc[0]
    assert row["low"] == free["low"] and row["high"] == 1 < free["high"]
    seldom = pd.Series([1, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 0], range(12))
    row = intervals.jackknife(seldom, sizes, scale="identity", possible=(0, 1), unit="story").iloc[0]
    assert row["note"] == "no interval: in 4 stories, 5 are wanted" and np.isnan(row["low"])
    assert intervals.jackknife(seldom, sizes, scale="identity").iloc[0]["low"] < 0  # an index may be negative
    tone = pd.Series([1.0] * 10 + [-1] * 10)
    apart = intervals.jackknife(tone, target=tone.index < 10, scale="identity", possible=(-1, 1)).iloc[0]
    assert apart["difference"] == 2 and apart["note"] == "no interval: the values are all alike"
    tone[9], tone[10] = -1, 1
    apart = intervals.jackknife(tone, target=tone.index < 10, scale="identity", possible=(-1, 1)).iloc[0]
    assert 0 < apart["low"] < apart["difference"] == pytest.approx(1.6) and apart["high"] == 2
    with pytest.raises(ValueError, match="units have values from -1 to 1"):
        intervals.jackknife(tone, scale="identity", possible=(0, 1))


text = st.tuples(st.integers(0, 40), *[st.sampled_from([0, 0, 0, 1, 2, 40])] * 2, st.booleans())


@given(st.lists(text, max_size=9) | st.lists(text, min_size=10, max_size=30))
@settings(max_examples=150, deadline=None)
def test_bounds_are_possible_or_missing_with_the_reason(rows):
    """Texts of 0 to 40 words, some of which say nothing but the one word; two sides of them as they come."""
    frame = pd.DataFrame(rows, columns=["size", "oil", "war", "side"]).astype({"side": bool})
    frame[["oil", "war"]] = frame[["oil", "war"]].clip(upper=frame["size"], axis=0)
    rates = intervals.jackknife(frame[["oil", "war"]], frame["size"])
    sides = intervals.jackknife(frame[["oil", "war"]], frame["size"], target=frame["side"])
    shares = intervals.jackknife(frame[["oil", "war"]], frame["size"], scale="identity", possible=(0, 1))
    for table, value, least, most in (
        (rates, "rate_per_10k", 0, 10_000),
        (sides, "log_ratio", -np.inf, np.inf),
        (shares, "mean", 0, 1),
    ):
        assert (table[["low", "high"]].isna().eq(table["note"] != "", axis=0)).all(axis=None)
        given = table[table["note"] == ""]
        assert np.isfinite(given[["low", "high"]]).all(axis=None)
        assert ((least <= given["low"]) & (given["low"] <= given[value])).all()
        assert ((given[value] <= given["high"]) & (given["high"] <= most)).all()
    read = frame[frame["size"] > 0]
    for term in ("oil", "war"):
        carriers, short = read[term].gt(0), read[term].lt(read["size"])
        enough = len(read) >= 10 and carriers.sum() >= 5
        assert (rates.loc[term, "note"] == "") == enough
        assert (shares.loc[term, "note"] == "") == (enough and short.sum() >= 5)
        of_sides = [own.sum() >= 5 and len(own) >= 10 for own in (carriers[read["side"]], carriers[~read["side"]])]
        assert (sides.loc[term, "note"] == "") == all(of_sides)


def test_a_unit_may_have_more_hits_than_words():
    """A regular expression of single letters: the rate is what it is, and no bound cuts it off."""
    row = intervals.jackknife(pd.Series([9, 3] * 6), pd.Series(4, range(12))).iloc[0]
    assert 10_000 < row["low"] < row["rate_per_10k"] == 15_000 < row["high"]


@pytest.mark.parametrize(
    ("counts", "options", "message"),
    [
        (COUNTS.stack(), {}, "without sizes"),
        (COUNTS.stack(), {"sizes": SIZES.drop("b")}, "without 1 of the units in counts, such as 'b'"),
        (COUNTS.stack().rename(index={"oil": None}), {"sizes": SIZES}, "came with gaps"),
        (COUNTS, {"sizes": SIZES.drop("b")}, "units that sizes lacks"),
        (COUNTS.drop("b"), {"sizes": SIZES}, "counts came without 1 of 5 units, such as 'b'"),
        (COUNTS, {"sizes": SIZES.where(SIZES > 400, 0)}, "0 for a unit with counts"),
        (COUNTS, {"sizes": pd.concat([SIZES, SIZES])}, "a unit twice"),
        (COUNTS, {"sizes": SIZES, "target": TARGET.astype(int)}, "target came as int64"),
        (COUNTS, {"sizes": SIZES, "target": TARGET.drop("a")}, "target came without 1 of 5"),
        (COUNTS.where(COUNTS > 0), {"sizes": SIZES}, "one by one"),
        (-COUNTS, {"sizes": SIZES}, 'use scale="identity"'),
        (COUNTS, {"sizes": SIZES, "scale": "odds"}, "came as 'odds'"),
        (COUNTS, {"sizes": SIZES, "level": 95}, "between 0 and 1"),
    ],
)
def test_what_does_not_fit_is_told(counts, options, message):
    with pytest.raises(ValueError, match=message):
        intervals.jackknife(counts, **options)


@pytest.mark.parametrize(("units", "strata"), [(["a", None], None), (["a", "a"], [1, 2]), (["a", "b"], [1, None])])
def test_rows_without_a_unit_and_units_of_two_labels_are_told(units, strata):
    with pytest.raises(ValueError, match="each row wants a unit"):
        intervals.bootstrap(np.sum, units, strata=strata, n=5, seed=1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.just(np.nan), st.floats(-1, 1))), max_size=60),
    st.sampled_from([0.8, 0.95]),
)
def test_means_in_closed_form_leave_out_each_unit_in_turn(rows, level):
    values = pd.Series([value for _, value in rows], [group for group, _ in rows], dtype=float)
    table = means.jackknife(values, pd.RangeIndex(4), possible=(-1, 1), level=level, unit="day")
    for group, row in table.iterrows():
        own = values[values.index == group].reset_index(drop=True)
        expected = intervals.jackknife(own, scale="identity", possible=(-1, 1), level=level, unit="day").iloc[0]
        assert row["n_units"] == expected["n_units"] and row["note"] == expected["note"]
        bounds = expected[["mean", "low", "high"]].tolist()
        assert row[["mean", "low", "high"]].tolist() == pytest.approx(bounds, rel=1e-9, abs=1e-12, nan_ok=True)
    with pytest.raises(ValueError, match="units have values from -1 to 2; it holds them all"):
        means.jackknife(pd.Series([-1, 2.0], [0, 0]), pd.RangeIndex(1), possible=(-1, 1))


def zipfian(seed: int) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Give counts of terms that all, some, few and none of 60 units carry, with sizes and sides."""
    rng = np.random.default_rng(seed)
    sizes = pd.Series(rng.integers(50, 900, 60))
    counts = pd.DataFrame({f"t{n}": rng.poisson(sizes * rng.gamma(0.3, 0.2, 60) / n**1.5) for n in range(1, 60)})
    counts["nowhere"], counts["once"], counts["longest"] = 0, (sizes.index == 7) * 3, (sizes == sizes.max()) * 2
    return counts, sizes, pd.Series(rng.random(60) < 0.4)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("two", [True, False])
def test_terms_of_few_units_are_judged_as_others_are(monkeypatch, seed, two):
    counts, sizes, target = zipfian(seed)
    tables = []
    for thin in (0, 2):
        monkeypatch.setattr(intervals, "THIN", thin)
        monkeypatch.setattr(shuffles, "THIN", thin)
        left_out = intervals.jackknife(counts, sizes, target=target if two else None)
        tested = shuffles.shuffle(counts, sizes, target=target, n=700, n_second=900, seed=seed, min_units=3)
        tables.append(left_out.join(tested.drop(columns="note")))
    assert tables[0]["influence_unit"].tolist() == tables[1]["influence_unit"].tolist()
    pd.testing.assert_frame_equal(*tables, rtol=1e-9)


def test_enough_shuffles_end_those_of_a_term_and_alter_no_small_p():
    counts, sizes, target = zipfian(1)
    options = {"target": target, "n": 3000, "n_second": 4000, "screen": 0.2, "seed": 1, "min_units": 3}
    whole, early = (intervals.shuffle(counts, sizes, **options, enough=enough) for enough in ((), (601, 400)))
    small, far = whole["p"] < 0.09, whole["p"] >= 0.2
    assert small.any() and far.sum() > 20
    assert early.loc[small, "p"].tolist() == whole.loc[small, "p"].tolist()
    assert (early["p"] < 0.2).eq(whole["p"] < 0.2).all() and early.loc[far, "p"].sub(whole["p"][far]).abs().max() < 0.06
    assert set(early.loc[small, "n_shuffles"]) == {4000} and early["n_shuffles"].sum() < 0.7 * whole["n_shuffles"].sum()
    alone = intervals.shuffle(counts["t9"], sizes, **options, enough=(601, 400))
    assert alone[["p", "n_shuffles"]].values.tolist() == early.loc[["t9"], ["p", "n_shuffles"]].values.tolist()


def share_of(sums):
    return sums["hits"] / sums["size"]


def sides_of(n, m, seed=3):
    rng = np.random.default_rng(seed)
    size = rng.integers(300, 1500, n + m)
    table = pd.DataFrame({"hits": rng.binomial(size, rng.beta(2, 30, n + m)), "size": size})
    return table.iloc[:n], table.iloc[n:]


def test_a_formula_of_two_sides_has_the_interval_of_a_ratio_of_sums():
    one, other = sides_of(14, 25)
    both = pd.concat([one, other])
    is_target = pd.Series(both.index < 14, both.index)
    known = intervals.jackknife(both[["hits"]], both["size"], target=is_target, scale="identity").iloc[0]
    options = {"share": ("hits", "size"), "possible": (0, 1)}
    found = formulas.difference(share_of, one, other, **options)
    assert [found[name] for name in ("difference", "low", "high")] == pytest.approx(
        known[["difference", "low", "high"]].tolist()
    )
    assert found["value_target"] - found["value_reference"] == pytest.approx(found["difference"])
    mirrored = formulas.difference(share_of, other, one, **options)
    assert [mirrored[name] for name in ("low", "high")] == pytest.approx([-found["high"], -found["low"]])
    assert mirrored["p"] == pytest.approx(found["p"], abs=0.03)
    few = formulas.difference(share_of, one.head(9), other, **options, unit="story")
    assert (
        np.isnan([few["low"], few["p"]]).all() and few["note"] == "no interval: 9 stories of the target, 10 are wanted"
    )
    none = formulas.difference(share_of, one.assign(hits=0), other, **options)
    assert none["note"].startswith("none in 14 units of the target") and none["p"] < 0.001


def test_units_on_both_sides_are_pairs():
    """Of means, a pair's interval is that of the mean of differences, and its p that of turning signs."""
    rng = np.random.default_rng(1)
    one = pd.DataFrame({"hits": rng.normal(5, 3, 12), "size": 1.0})
    other = one.assign(hits=one["hits"] + rng.normal(0.6, 1, 12))
    found = formulas.difference(share_of, one, other)
    known = stats.ttest_rel(one["hits"], other["hits"]).confidence_interval()
    assert [found["low"], found["high"]] == pytest.approx([*known])
    apart = (one["hits"] - other["hits"]).to_numpy()
    signs = np.array([*itertools.product([1, -1], repeat=12)])
    exact = (np.abs(signs @ apart) >= abs(apart.sum()) - 1e-9).mean()
    assert shuffles.of_formula(share_of, one, other, n=20_000, seed=1) == pytest.approx(exact, abs=0.03)


def test_p_of_a_formula_is_that_of_all_ways_to_deal_the_units():
    one, other = sides_of(4, 5)
    counts = pd.concat([one, other]).to_numpy(float)

    def statistic(side):
        parts = []
        for own in (counts[list(side)], counts[[at for at in range(9) if at not in side]]):
            n, total = len(own), own.sum(axis=0)
            without = [(total - row)[0] / (total - row)[1] for row in own]
            parts.append((total[0] / total[1], (n - 1) * np.var(without)))
        return abs(parts[0][0] - parts[1][0]) / math.sqrt(parts[0][1] + parts[1][1])

    ways = [*itertools.combinations(range(9), 4)]
    exact = np.mean([statistic(side) >= statistic(range(4)) - 1e-9 for side in ways])
    assert shuffles.of_formula(share_of, one, other, n=20_000, seed=1) == pytest.approx(exact, abs=0.015)
    assert shuffles.of_formula(share_of, one, one.set_axis(range(9, 13)), n=99, seed=1) == 1


UNITS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 300)), min_size=1, max_size=14)


@settings(max_examples=60)
@given(UNITS, UNITS, st.booleans())
def test_a_difference_of_any_two_sides_stays_within_the_possible(one, other, paired):
    """A share whose counts never are more than their sizes, in units of size 0 too, on one side or on both."""
    sides = [pd.DataFrame(rows, columns=["hits", "size"]) for rows in (one, other)]
    sides = [side.assign(size=side["hits"] + side["size"]) for side in sides]
    if not paired:
        sides[1].index += len(sides[0])
    found = formulas.difference(share_of, *sides, share=("hits", "size"), possible=(0, 1), n=20)
    assert np.isnan(found["low"]) == np.isnan(found["high"]) == (found["note"] != "")
    if not found["note"]:
        assert -1 <= found["low"] <= found["difference"] <= found["high"] <= 1
    assert np.isnan(found["p"]) or 1 / 21 <= found["p"] <= 1
