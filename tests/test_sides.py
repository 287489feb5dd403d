"""Two parts of a corpus are large enough to test where anything divides it so, and hold words on both sides anyhow."""

import pandas as pd
import pytest

from utils import Corpus, compare, load, paste

DAYS = pd.to_datetime([f"2025-03-{day:02}" for day in range(1, 25)])


@pytest.fixture
def many(tmp_path):
    """Twenty-four articles of a line each."""
    for n in range(24):
        (tmp_path / f"{n:02}.txt").write_text(f"Line {n}\nThe ferry was late on day {n}.", encoding="utf-8")
    return load(tmp_path)


def having(news, **columns):
    return Corpus(news.name, news.articles.assign(**columns), news.segments, news.report(missing=False))


@pytest.mark.parametrize(("columns", "names", "n"), [
    ({"year": [1900] * 12 + [2000] * 12}, ["after 1945", "up to 1945"], (12, 12)),
    ({"year": [str(year) for year in [1900] * 12 + [2000] * 12]}, ["after 1945", "up to 1945"], (12, 12)),
    ({"year": [2018] * 24, "outlet": ["Post"] * 14 + ["Echo"] * 10}, ["Post", "all other outlets"], (14, 10)),
    ({"outlet": ["Post"] * 9 + list("abcdefghijklmno"), "published": DAYS}, ["after 12 March 2025", ""], (12, 12)),
    ({"outlet": ["Post"] * 24, "published": DAYS[:1].repeat(24)}, ["the second half of the articles", ""], (12, 12)),
    ({"published": [*DAYS[:20][::-1], *[pd.NaT] * 4]}, ["after 10 March 2025", "up to 10 March 2025"], (10, 10)),
    ({}, ["the second half of the articles", "the first half"], (12, 12)),
])  # fmt: skip
def test_the_first_thing_that_divides_a_corpus_well_divides_it(many, columns, names, n):
    target, reference, *called = compare.two_parts(having(many, **columns), year=1945)
    assert (target.sum(), reference.sum()) == n and not (target & reference).any()
    assert all(told.startswith(name) for told, name in zip(called, names, strict=True))


@pytest.mark.parametrize("n", [1, 2, 3, 19])
def test_small_corpora_have_words_on_both_sides(many, scraped, n):
    few = scraped if n == 1 else many.select(many.articles.index[:n])
    target, reference, *_ = compare.two_parts(few, year=1945)
    table = compare.keyness(few, target, reference, n=9, n_second=0)
    assert (table[["count_target", "count_reference"]].sum() > 0).all()


def test_a_single_line_has_two_halves():
    target, reference, *_ = compare.two_parts(paste("Late again\nThe ferry was late."), year=1945)
    assert (len(target), len(reference)) == (2, 2)
