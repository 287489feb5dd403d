"""The tone of 400 sentences of the harbour: coded twice, decided where the codes differ, and told in the datasheet."""

import re
from pathlib import Path

import pandas as pd
import pytest

from utils import answer_key, load, passages, validity

HARBOUR = Path(__file__).parents[1] / "corpus" / "harbour"
TONE = pd.read_csv(HARBOUR / "truth" / "tone.csv", dtype={"third": "Int64"})
SECTION = (HARBOUR / "README.md").read_text(encoding="utf-8").partition("**Tone.**")[2].partition("**Totals.**")[0]


def test_each_is_a_sentence_of_a_body_that_is_no_copy():
    news = load("harbour")
    slots = pd.read_csv(HARBOUR / "truth" / "articles.csv", index_col="article_id")["slot"]
    assert len(TONE) == 400 and not TONE.duplicated(passages.KEYS).any()
    assert (slots.reindex(TONE["article_id"]) != "wirecopy").all()
    sentences = passages.inside(news.sentences, news.body)[passages.KEYS].astype({"article_id": "str"})
    assert len(TONE.merge(sentences, on=passages.KEYS)) == 400


def test_the_third_code_decides_where_the_first_two_differ():
    differ = TONE["first"] != TONE["second"]
    assert (TONE["third"].notna() == differ).all()
    assert (TONE["code"] == TONE["first"].where(~differ, TONE["third"])).all()
    assert set(TONE[["first", "second", "code"]].stack()) == {-1, 0, 1}


@pytest.mark.parametrize("level", ["nominal", "ordinal"])
def test_the_datasheet_tells_how_well_the_coders_agree(level):
    row = validity.agreement(TONE[["first", "second"]].astype(float), level=level, seed=2025).iloc[0]
    assert re.search(rf"\| alpha, {level} \| {row['alpha']:.3f} \[{row['low']:.3f}, {row['high']:.3f}\] \|", SECTION)
    for code, name in ((1, "good news (1)"), (0, "neither (0)"), (-1, "bad news (−1)")):
        assert f"| {name} | {(TONE['code'] == code).sum()} |" in SECTION
    assert f"| decided by the third | {(TONE['first'] != TONE['second']).sum()} |" in SECTION


def test_the_codes_are_given_as_a_key_of_these_articles():
    news = load("harbour")
    key = answer_key(news, "tone")
    assert key[passages.KEYS].to_numpy().tolist() == TONE[passages.KEYS].to_numpy().tolist()
    assert key["code"].tolist() == TONE["code"].tolist()
    some = answer_key(news.select(news.articles.index[:10]), "tone")
    assert 0 < len(some) < 400 and set(some["article_id"]) <= set(news.articles.index[:10])
