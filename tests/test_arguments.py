"""What comes to a function is checked in one way, and refused in one sentence that shows none of our code."""

import subprocess
import sys
import textwrap

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from utils import (
    CorpusError,
    arguments,
    compare,
    passages,
    paste,
    quotes,
    sentiment,
    stopwords,
    terms,
    validity,
)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("outlte", r"by is one of outlet, year; what came is 'outlte'; did you mean 'outlet'\?"),
        ("OUTLET", r"what came is 'OUTLET'; did you mean 'outlet'\?"),
        ("zebra", "what came is 'zebra'$"),
        (["outlet"], r"what came is \['outlet'\]"),
        (None, "what came is None$"),
        ("x" * 5_000, "what came is 'x{199}$"),
    ],
)
def test_a_value_is_one_of_those_known(value, said):
    with pytest.raises(arguments.Refusal, match=said):
        arguments.one_of(value, ["outlet", "year"], "by")
    assert arguments.one_of("year", {"outlet": 1, "year": 2}, "by") is None


@pytest.mark.parametrize("value", [0, -1, 2.0, "10", True, np.True_, None, [10], np.nan])
def test_a_whole_number_is_one(value):
    with pytest.raises(ValueError, match="width is a whole number from 1 up, such as 10; what came is"):
        arguments.whole_number(value, "width")
    assert arguments.whole_number(np.int64(1), "width") is arguments.whole_number(0, "width", least=0) is None


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("war", r"stop takes a list of terms; what came is the bare string 'war': write \['war'\]$"),
        (["war", 3], "each a string; what came is 3$"),
        (7, "each a string; what came is 7$"),
        (None, "each a string; what came is None$"),
    ],
)
def test_a_list_of_terms_is_no_bare_string(value, said):
    with pytest.raises(ValueError, match=said):
        arguments.listed(value, "stop")
    assert arguments.listed(("war", "peace"), "stop") == ["war", "peace"]


SLIPS = {  # what came, and what is said of it
    "the name of a corpus": (lambda n, h: terms.counts("harbour"), r"the name 'harbour': write load\('harbour'\)$"),
    "no corpus at all": (lambda n, h: terms.hits(h, "rain"), "a corpus comes first, such as load gives"),
    "hits for scored words": (
        lambda n, h: sentiment.contributions(h),
        "such as sentiment.scored_words gives.*lacks",
    ),
    "a unit of no corpus": (lambda n, h: sentiment.contributions(SCORED(n), unit="story"), "give it too, as news=news"),
    "hits for quotations": (
        lambda n, h: quotes.balance(n, quotes=h),
        "such as news.quotes gives; what came lacks",
    ),
    "a list of rows": (lambda n, h: passages.whole([1, 2]), "such as a measure gives; what came is list"),
    "a number of rows in words": (lambda n, h: passages.show(n, h, limit="all"), "limit is a whole number from 0 up"),
    "a count below 0": (lambda n, h: passages.draw(h, -1), "n is a whole number from 0 up.*what came is -1"),
    "a period": (lambda n, h: terms.over_time(n, "rain", freq="yaer"), "freq is one of day.*did you mean 'year'"),
    "a list of kinds": (lambda n, h: stopwords.english(["articles"]), r"what came is \['articles'\]"),
    "codes in words": (lambda n, h: validity.agreement(CODES, seed=1), "codes is a table of numbers.*pd.factorize"),
    "no query": (lambda n, h: terms.rate(n, []), "a query is a word, a phrase"),
    "no rounds": (lambda n, h: compare.keyness(n, h, n=0), "n is a whole number from 1 up, such as 2000"),
}
SCORED, CODES = sentiment.scored_words, pd.DataFrame({"one": ["good"], "other": ["bad"]})


@pytest.mark.parametrize("slip", SLIPS)
def test_a_common_slip_is_foreseen(slip):
    news = paste("It rained.\n\nIt rained on a good day.")
    asked, said = SLIPS[slip]
    with pytest.raises(arguments.Refusal, match=said) as refused:
        asked(news, terms.hits(news, "rained"))
    assert "\n" not in str(refused.value)


REFUSED = {
    "a column": ("terms.counts(news, by='outlte')", "by='outlte' names no column", "did you mean 'outlet'?"),
    "a corpus": ("load('adresses')", "", "did you mean 'addresses'?"),
    "passages": ("terms.hits(news, 'rain', within=3)", "within must be a table of passages", "what came is int"),
    "a kind of chart": ("marks.colours(['a'], draw='pie')", "draw='pie' is unknown", "we can draw line"),
    "a list": ("marks.colours('a')", "We got the text 'a'", "write ['a']"),
}


@pytest.fixture(scope="module")
def shell():
    shell = InteractiveShell.instance()
    shell.run_cell("from utils import load, marks, paste, terms\nnews = paste('It rained.\\n\\nIt rained on and on.')")
    yield shell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("name", REFUSED)
def test_a_notebook_shows_the_sentence_and_no_frames(shell, name):
    code, begins, holds = REFUSED[name]
    with capture_output() as shown:
        result = shell.run_cell(f"def asked():\n    return {code}\nasked()")
    assert isinstance(result.error_in_exec, ValueError)
    text = shown.stdout.strip() + shown.stderr.strip()
    assert text == str(result.error_in_exec) and text.startswith(begins) and holds in text and "\n" not in text


def test_an_error_that_is_none_of_ours_keeps_its_frames(shell):
    with capture_output() as shown:
        shell.run_cell("{}['rain']")
    assert "Traceback" in shown.stdout + shown.stderr


def test_a_script_has_the_traceback_of_python():
    code = "from utils import paste, terms\nterms.counts(paste('It rained.'), by='outlte')"
    run = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, timeout=200)
    assert "Traceback (most recent call last)" in run.stderr and "groups.py" in run.stderr
    assert run.stderr.strip().splitlines()[-1].startswith("utils.arguments.Refusal: by='outlte' names no column")


def test_errors_of_a_corpus_are_refusals():
    assert issubclass(CorpusError, arguments.Refusal) and issubclass(arguments.RefusedType, TypeError | ValueError)
