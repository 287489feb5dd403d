"""What a corpus is too small for is said in one sentence, in every notebook that needs more than an article."""

import json
from pathlib import Path

import pandas as pd
import pytest

from utils import limits, load

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("[0-9]*.ipynb"))
THREE = Path(__file__).parent / "data" / "three"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_each_notebook_says_what_three_articles_cannot_show(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = [line for cell in cells for line in "".join(cell["source"]).splitlines()]
    calls = [line for line in lines if line.startswith("limits.enough(")]
    assert len(calls) == 1
    said = eval(calls[0], {"limits": limits, "news": load(THREE)}).data  # the notebook's own line, on three articles
    assert said.startswith("**Too few:** 3 articles cannot show") and said.count(". ") == 0


def test_enough_counts_articles_and_dates(addresses, scraped):
    assert "237 articles" in limits.enough(addresses, articles=30, dated=30, for_what="this").data
    assert "only 0 of 1 articles have one" in limits.enough(scraped, articles=1, dated=1, for_what="this").data
    assert "1 article cannot show this; it takes at least 2" in limits.enough(scraped, articles=2, for_what="this").data


@pytest.mark.parametrize(
    ("stories", "quoting", "why"),
    [
        ({"One": 28, "Two": 20, "Three": 2}, 20, ""),
        ({"One": 28}, 20, "one outlet"),
        ({"One": 28, "Two": 9}, 20, "Of 2 outlets one has ten stories or more"),
        ({"One": 9, "Two": 9, "Three": 9}, 20, "Of 3 outlets none has ten stories"),
        ({"One": 28, "Two": 20}, 0, "Vera Lind is quoted in no stories"),
        ({"One": 28, "Two": 20}, 1, "Vera Lind is quoted in 1 story,"),
        ({"One": 28, "Two": 20}, 9, "Vera Lind is quoted in 9 stories"),
    ],
)
def test_outlets_are_compared_where_two_have_stories_enough_and_ten_quote_the_speaker(stories, quoting, why):
    rows = [(outlet, number) for outlet, n in stories.items() for number in range(n)]
    units = pd.DataFrame({"theirs": 0, "n_words": 50}, pd.MultiIndex.from_tuples(rows, names=["outlet", "story"]))
    units.iloc[:quoting, 0] = 5
    said = limits.outlets(units, "Vera Lind")
    assert why in said and bool(why) == bool(said)
