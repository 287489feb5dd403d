"""What 07-whose-tone asks."""

import pandas as pd

from utils.teaching.checks import Check, agree, check, compare

SAME = (
    "The interval holds 0, so no difference can be told from chance; one as large as the ends of the interval may be "
    "there all the same, and not found is not the same as not there."
)


def predict(answer: object, every: pd.DataFrame) -> Check:
    """Which share of the scored words stands in quotations, in per cent?"""
    counts = every.set_index(every["voice"].astype("str"))["count"]
    whole, inside, outside = (
        int(counts.get(name, 0)) for name in ("the body", "inside quotations", "outside quotations")
    )
    if not whole:
        return check(answer, None, hint="")
    slips = [
        (lambda given: abs(given - inside / whole) < 0.006, "That is a share of one, not of a hundred."),
        (lambda given: abs(given - 100 * outside / whole) < 0.6, "These stand outside quotations."),
        (inside, "That is how many; of every hundred?"),
    ]  # fmt: skip
    return check(
        answer,
        100 * inside / whole,
        tolerance=0.6,
        slips=slips,
        hint="`every` has a `count` for each voice; divide two.",
    )


def change(answer: object, persons: pd.DataFrame) -> Check:
    """Of how many persons does the whole interval lie above 0?"""
    known = persons.dropna(subset=["low"])
    if not len(known):
        return check(answer, None, hint="")
    slips = [
        (int((known["tone"] > 0).sum()), "Their tone lies above 0; does the whole interval?"),
        (int((known["high"] > 0).sum()), "Of these the upper end lies above 0; look at the lower one."),
        (int((known["high"] < 0).sum()), "Of these it lies below 0."),
    ]
    return check(answer, int((known["low"] > 0).sum()), slips=slips, hint="`persons` has a column `low`.")


def judge(answer: object) -> Check:
    """What may be said where an interval holds 0?"""
    return compare(answer, SAME)


def pairs(answer: object, six: pd.DataFrame) -> Check:
    """How far do two readers agree on whose tone it is?"""
    return agree(answer, len(six), codes=("speaker", "reporter", "both"))


QUESTIONS = {"07-predict": predict, "07-change": change, "07-judge": judge, "07-pairs": pairs}
