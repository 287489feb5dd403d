"""Readability: against published values, and the rule for syllables word by word."""

import random
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from utils import load, paste, readability, reading
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


def by_hand(lengths):
    """Give low and high of Flesch over texts or sentences of (words, sentences, syllables), each left out in turn."""

    def flesch(rows):
        words, sentences, syllables = (sum(column) for column in zip(*rows, strict=True))
        return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words

    n = len(lengths)
    without = [flesch(lengths[:out] + lengths[out + 1 :]) for out in range(n)]
    mean = sum(without) / n
    error = ((n - 1) / n * sum((one - mean) ** 2 for one in without)) ** 0.5
    margin = stats.t.ppf(0.975, n - 1) * error
    return flesch(lengths), flesch(lengths) - margin, min(flesch(lengths) + margin, 206.835 - 1.015 - 84.6)


def written(folder, texts):
    for number, text in enumerate(texts):
        (folder / f"{number:02}.txt").write_text(f"A headline\n{text}")
    news = load(folder)
    return replace(news, _articles=news.articles.assign(outlet="The Gull"))


def test_the_interval_is_what_leaving_out_by_hand_gives(tmp_path):
    easy, hard = "He read the old map. ", "The government agencies wanted documented paper. "
    sizes = [(n, (7 * n) % 4) for n in range(7, 19)]  # easy and hard sentences of each text; 5 and 6 words, 5 and 15
    news = written(tmp_path, [n * easy + m * hard for n, m in sizes])
    texts = [(5 * n + 6 * m, n + m, 5 * n + 15 * m) for n, m in sizes]
    table = reading.readability(news, by="outlet")
    assert list(table)[-4:] == ["score", "low", "high", "note"] and table["note"].tolist() == [""]
    assert table[["score", "low", "high"]].iloc[0].tolist() == pytest.approx(by_hand(texts))
    whole = reading.readability(news, by=None, unit=pd.Series([*range(10), 9, 9], news.articles.index)).iloc[0]
    joined = [*texts[:9], tuple(sum(column) for column in zip(*texts[9:], strict=True))]
    assert whole[["score", "low", "high"]].tolist() == pytest.approx(by_hand(joined))
    last = reading.readability(news).iloc[-1]  # eighteen easy sentences and two hard ones
    assert last[["score", "low", "high"]].tolist() == pytest.approx(by_hand([(5, 1, 5)] * 18 + [(6, 1, 15)] * 2))


@pytest.mark.parametrize(
    ("texts", "by", "note"),
    [
        (["He read the old map. " * 20] * 12, "outlet", "no interval: the values are all alike"),
        (["He read the old map. " * 20] * 9, "outlet", "no interval: 9 articles, 10 are wanted"),
        (["He read the old map and " * 3 + "slept. "] * 9, "article", "under 100 words"),
        (["He read the old map and " * 20 + "slept. "] * 2, "article", "no interval: 1 sentence, 10 are wanted"),
    ],
)
def test_where_there_is_no_interval_the_note_says_why(tmp_path, texts, by, note):
    table = reading.readability(written(tmp_path, texts), by=by)
    assert set(table["note"]) == {note} and table[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("index", readability.FORMULAS)
def test_no_bound_is_beyond_what_the_formula_can_give(tmp_path, index):
    table = reading.readability(written(tmp_path, ["He sat. " * 60, "No. " * 300] * 5), index=index, by="outlet")
    row, (least, most) = table.iloc[0], readability.POSSIBLE[index]
    assert row["note"] != "" or least <= row["low"] <= row["score"] <= row["high"] <= most


def test_groups_take_their_words_together(six):
    table = reading.readability(six, by="outlet").set_index("outlet")
    assert table["n_words"].sum() == reading.readability(six)["n_words"].sum()
    with pytest.raises(ValueError, match="index is one of"):
        reading.readability(six, index="fog")
    with pytest.raises(ValueError, match="names no column"):
        reading.readability(six, by="paper")


def test_two_sides_are_held_against_each_other(tmp_path):
    """Short words in short sentences on one side, long ones in long sentences on the other; units leave in turn."""
    rng = random.Random(4)
    for n in range(24):
        easy, words = n < 12, (["cat", "dog", "hat"], ["government", "harbour", "negotiation"])[n >= 12]
        lines = [" ".join(rng.choices(words, k=rng.randint(4, 6) * (1 if easy else 3))) for _ in range(8)]
        text = " ".join(line.capitalize() + "." for line in lines)
        (tmp_path / f"{n:02}.txt").write_text(f"Line {n}\n\n{text}", encoding="utf-8")
    news = load(tmp_path)
    easy = pd.Series([n < 12 for n in range(24)], news.articles.index)
    row = readability.difference(news, easy).iloc[0]
    scores = [readability.readability(news.select(easy.index[easy == side]), by=None) for side in (True, False)]
    assert row[["score_target", "score_reference"]].tolist() == pytest.approx([one["score"][0] for one in scores])
    assert row[["n_sentences_target", "n_articles_target", "note"]].tolist() == [96, 12, ""]
    assert 0 < row["low"] < row["difference"] < row["high"] and row["p"] == pytest.approx(1 / 2001)
    mirrored = readability.difference(news, ~easy, easy, index="smog").iloc[0]
    assert mirrored["difference"] > 0 and mirrored["p"] < 0.01
    few = readability.difference(news, easy, easy.index.to_series().eq("23.txt")).iloc[0]
    assert few["note"] == "no interval: 1 article of the reference, 10 are wanted" and np.isnan(few["p"])
    headlines = news.segments[news.segments["kind"] == "headline"].head(2)
    short = readability.difference(news, headlines, ~easy).iloc[0]
    assert short["note"] == "under 100 words on the target" and np.isnan(short["difference"])
    with pytest.raises(ValueError, match="index is one of"):
        readability.difference(news, easy, index="gunning")
