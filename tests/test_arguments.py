"""What comes to a function is checked in one way, and refused in one sentence that shows none of our code."""

import subprocess
import sys
import textwrap

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from utils import CorpusError, arguments


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
