"""What is handed on without the texts: the same elsewhere, one changed article named, and no sentence in it."""

import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from upkeep.notebooks import packed
from upkeep.notebooks.run import run
from utils import load, share, terms
from utils.explore.state import State
from utils.explore.trail import Step, Trail

ARTICLE = (
    "The Mill at Dunmore\n\nThe mill {n} was sold on {n} May for {n}00 crowns, said Ada Brisk, who owns the weir.\n"
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path / "results"))
    return tmp_path


def articles(folder, name="one", changed=None):
    place = folder / name
    place.mkdir()
    for n in range(1, 13):
        text = ARTICLE.format(n=n) + ("A later edition said more.\n" if n == changed else "")
        (place / f"{n:02}.txt").write_text(text, encoding="utf-8")
    return str(place)


def saved(folder, corpus, *more):
    """Give the path of a notebook on a corpus, as it was run and saved."""
    cells = [
        new_code_cell(f"CORPUS = {corpus!r}", metadata={"tags": ["parameters"]}),
        new_code_cell("from utils import load, passages, terms\nnews = load(CORPUS)"),
        new_markdown_cell("## How often is the mill named?\n\nOnce an article."),
        new_code_cell('hits = terms.hits(news, "mill")\npassages.show(news, hits)'),
        new_code_cell('terms.rate(news, "mill")'),
        *more,
    ]
    ran = run({"own": new_notebook(cells=cells)})["own"]
    assert ran.error is None
    path = folder / "own.ipynb"
    nbformat.write(ran.notebook, path)
    return path


def shingles(text, n=6):
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + n]) for at in range(len(words) - n + 1)}


def test_a_notebook_is_the_same_elsewhere_and_one_changed_article_is_named(folder, capsys):
    here = articles(folder)
    place = share.pack(load(here), saved(folder, here), "mill")
    assert place == "results/mill.pack"
    path = folder / place
    text = path.read_text(encoding="utf-8")
    assert not shingles(text) & set().union(*(shingles(ARTICLE.format(n=n)) for n in range(1, 13)))
    assert packed.main([str(path)]) == 0
    said = capsys.readouterr().out
    assert "The same 12 articles." in said and "1 of 1 the same" in said
    there = articles(folder, "two", changed=7)
    assert packed.main([str(path), "--corpus", there]) == 1
    said = capsys.readouterr().out
    assert "1 article, other text: 07.txt" in said and "not reproduced" in said


def test_without_the_articles_the_numbers_are_shown(folder, capsys):
    here = articles(folder)
    place = folder / share.pack(load(here), saved(folder, here), "mill")
    for path in (folder / "one").iterdir():
        path.unlink()
    assert packed.main([str(place)]) == 0
    said = capsys.readouterr().out
    assert "The articles are not here" in said and "## How often is the mill named?" in said and "  12" in said


def test_prose_that_quotes_an_article_is_left_out_and_code_that_does_is_refused(folder):
    here = articles(folder)
    news, quoted = load(here), "for 300 crowns, said Ada Brisk, who owns the weir"
    path = saved(folder, here, new_markdown_cell(f"It was sold {quoted}."))
    held = share.opened(folder / share.pack(news, path, "prose"))
    assert held["cells"][-1]["source"] == "(This text quotes an article, and was left out.)"
    made = nbformat.read(path, 4)
    made.cells.append(new_code_cell(f"len({quoted!r})", execution_count=5))
    nbformat.write(made, path)
    with pytest.raises(ValueError, match=r"cell 7 holds 6 words in a row of an article"):
        share.pack(news, path, "code")


def test_a_trail_is_handed_on_as_its_calls(folder, capsys):
    news = load("harbour")
    call = 'from utils import terms\n\nterms.rate(news, "strike", by="outlet")'
    step = Step(
        "How often is “strike” said, by outlet?", call, terms.rate(news, "strike", by="outlet"), State(), kept=True
    )
    path = folder / share.pack(news, Trail([step]), "strike")
    assert packed.main([str(path)]) == 0
    assert "1 of 1 the same" in capsys.readouterr().out
    other = folder / "other.pack"
    held = path.read_text(encoding="utf-8")
    count = re.search(r"(?<= )\d\d(?= )", held[held.rindex("text/plain") :])[0]
    other.write_text(held.replace(f" {count} ", f" {int(count) + 1} "), encoding="utf-8")
    assert packed.main([str(other)]) == 1
    assert "number moved" in capsys.readouterr().out


@pytest.mark.parametrize(("content", "said"), [("{}", "is no pack"), ("[1", "is no pack"),
    ('{"metadata": {"passages_pack": {"form": 9}}}', "a pack of form 9")])  # fmt: skip
def test_what_is_no_pack_is_refused_in_a_sentence(folder, content, said, capsys):
    path = folder / "x.pack"
    path.write_text(content)
    assert packed.main([str(path)]) == 1
    assert said in capsys.readouterr().err


def test_a_notebook_that_was_not_run_is_refused(folder):
    path = folder / "own.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 + 1")]), path)
    with pytest.raises(ValueError, match="was not run to its end"):
        share.pack(load("harbour"), path, "x")
    with pytest.raises(ValueError, match="keeps no step"):
        share.pack(load("harbour"), Trail(), "x")
