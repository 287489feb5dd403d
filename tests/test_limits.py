"""What a corpus is too small for is said in one sentence, in every notebook that needs more than an article."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from utils import limits, load

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("[0-9]*.ipynb"))
THREE = Path(__file__).parent / "data" / "three"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem[:2])
def test_each_notebook_says_what_three_articles_cannot_show(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    lines = [line for cell in cells for line in "".join(cell["source"]).splitlines()]
    calls = [line for line in lines if line.startswith("limits.opening(")]
    assert len(calls) == 1
    said = eval(calls[0], {"limits": limits, "news": load(THREE)}).data  # the notebook's own line, on three articles
    assert "**too few** for an interval" in said


def line(news, head):
    """Give one line of the opening, by its first word."""
    lines = limits.opening(news).data.splitlines()
    return next(each for each in lines if each.startswith(f"- **{head}"))


def test_an_opening_says_what_a_corpus_is_in_four_lines(harbour, scraped):
    assert "120 articles of 3 outlets (The Ullet Hourglass 42, The Low Coast Signalman 39, The" in line(harbour, "Here")
    assert "from 3 March 2025 to 11 May 2025. Port, people and papers are invented." in line(harbour, "Here")
    assert "nothing; 1 of 120 articles has no outlet; 1 of 120 articles has no date." in line(harbour, "Not read")
    assert "2 doubtful" in line(harbour, "Not read")
    assert "enough for an interval, for a line over time, for outlets" in line(harbour, "Large")
    assert "No article here is known to be in another language" in line(harbour, "English")
    assert "1 article of 1 outlet" in line(scraped, "Here") and "**too few** for an interval" in line(scraped, "Large")
    assert "a sample of nothing" in line(load("standoff"), "Here")
    assert len(limits.opening(scraped).data.splitlines()) == 4


def test_an_opening_counts_what_was_not_read_and_what_is_in_other_languages(tmp_path):
    german = "Der Hafen war gestern geschlossen, und niemand wusste, warum die Kräne standen."
    english = "The harbour was shut and nobody knew why the cranes of the port stood still that day."
    for n in range(4):
        (tmp_path / f"{n}.txt").write_text(f"Titel {n}\n{german if n else english}\n", encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes(b"PK\x03\x04\x00\x00")
    news = load(tmp_path)
    assert "1 file; 4 of 4 articles have no outlet" in line(news, "Not read")
    assert "leave out **3 of 4 articles** (de 3)" in line(news, "English")
    assert "leave out **all articles**" in line(news.select(news.articles["language"] == "de"), "English")


def test_titles_beside_the_text_are_said_to_be_no_headlines():
    rows = [{"title": f"Vote {n}", "text": f"It rained in port {n}, and the ferry was late."} for n in range(3)]
    news = load(pd.DataFrame(rows))
    assert "; 3 of 3 titles stand in a column or field beside the text and not in it" in line(news, "Not read")
    assert not (news.segments["kind"] == "headline").any()
    assert "beside the text" not in line(load(pd.DataFrame([row | {"title": None} for row in rows])), "Not read")
    assert "beside the text" not in line(load(THREE), "Not read")


def test_an_opening_shows_a_name_as_it_is(tmp_path):
    name = "a_*b* <i> [x](y)"
    news = load(pd.DataFrame({"raw": ["It rained and the ferry was late."], "outlet": [name]}))
    assert "<i>" not in limits.opening(news).data and "*b*" not in limits.opening(news).data


def test_where_no_outlet_has_scored_articles_enough_a_column_that_has_is_named():
    rows = [{"raw": "A good day. It was a bad idea.", "outlet": f"Paper {n // 3}", "desk": f"Desk {n % 2}"}
            for n in range(24)]  # fmt: skip
    news = load(pd.DataFrame(rows))
    why = "and it takes two to hold one against another"
    assert limits.scored(news, "outlet", least=10) == (
        f"No outlet has 10 scored articles or more, {why}; take another column, such as `desk`."
    )
    assert limits.scored(news, "desk", least=10) == "" == limits.scored(news, "outlet", least=3)
    assert "no other column has two such values either" in limits.scored(news, "outlet", least=13)
    one = load(pd.DataFrame([row | {"outlet": "Paper 0"} for row in rows]))
    assert limits.scored(one, "outlet", least=10).startswith("Only one outlet has 10 scored articles or more")


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


def test_things_are_numbered_in_words_whoever_counted_them():
    assert [limits.number(n, "article") for n in (0, 1, np.int64(1), np.int64(1204))] == [
        "0 articles",
        "1 article",
        "1 article",
        "1,204 articles",
    ]
