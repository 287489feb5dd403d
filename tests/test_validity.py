"""Agreement of coders, against published values."""

import numpy as np
import pandas as pd
import pytest

from utils import validity

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
