"""Readability: against published values, and the rule for syllables word by word."""

import pandas as pd
import pytest

from utils import paste, readability, reading
from utils.layers.tokens import terms_of

# quanteda.textstats, tests of textstat_readability: Flesch by 206.835 - 1.015 W/St - 84.6 Sy/W
QUANTEDA = {
    "The cat in the hat at green ham and eggs.": (1, 112.085),
    "Once upon a time.": (1, 97.025),
    "Readability zero one. Ten, Eleven.": (2, 1.2575),
}


@pytest.mark.parametrize(("text", "n_sentences", "flesch"), [(text, *held) for text, held in QUANTEDA.items()])
def test_flesch_agrees_with_quanteda(text, n_sentences, flesch):
    found = terms_of(text)
    counts = {"n_words": len(found), "n_sentences": n_sentences, "n_syllables": sum(map(readability.syllables, found))}
    assert readability.FORMULAS["flesch"](counts) == pytest.approx(flesch)


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (1, "the makes walked time strengths use"),
        (2, "table people houses wanted little upon agreed's"),
        (3, "agencies government president"),
        (4, "1789"),
    ],
)
def test_syllables_by_the_rule(n, words):
    assert {readability.syllables(word) for word in words.split()} == {n}


def test_counts_by_hand_and_nothing_said_of_short_texts():
    text = "He read the long letters. " * 19 + "The government wanted tables made for people."
    table = reading.readability(paste("A headline\n" + text), index="smog")
    row = table.iloc[0]
    assert row[["n_words", "n_sentences", "n_long_words", "n_letters"]].tolist() == [102, 20, 1, 19 * 20 + 38]
    assert row["score"] == pytest.approx(1.0430 * (30 / 20) ** 0.5 + 3.1291)
    short = reading.readability(paste("A headline\nHe read. She wrote."))
    assert pd.isna(short["score"].iloc[0]) and short["note"].iloc[0] == "under 100 words"


def test_groups_take_their_words_together(six):
    table = reading.readability(six, by="outlet").set_index("outlet")
    assert table["n_words"].sum() == reading.readability(six)["n_words"].sum()
    with pytest.raises(ValueError, match="index is one of"):
        reading.readability(six, index="fog")
    with pytest.raises(ValueError, match="names no column"):
        reading.readability(six, by="paper")
