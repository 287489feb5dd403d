"""What is handed on without the texts: the same elsewhere, one changed article named, and no sentence in it."""

import json
import re

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from upkeep.notebooks import packed
from upkeep.notebooks.run import ROOT, run
from utils import load, share, terms
from utils.arguments import Refusal
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
        new_code_cell("passages.draw(hits, 4, seed=1).assign(of=repr(news))"),
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


def again(path, *more):
    return packed.main([str(path), "--trust", *more])


def test_a_notebook_is_the_same_elsewhere_and_one_changed_article_is_named(folder, capsys):
    here = articles(folder)
    place = share.pack(load(here), saved(folder, here), "mill")
    assert place == "results/mill.pack"
    path = folder / place
    text = path.read_text(encoding="utf-8")
    assert not shingles(text) & set().union(*(shingles(ARTICLE.format(n=n)) for n in range(1, 13)))
    assert packed.main([str(path)]) == 1
    said = capsys.readouterr()
    assert 'terms.hits(news, "mill")' in said.out and "say so by TRUST=yes" in said.err
    there = articles(folder, "two")
    for n in range(1, 13):  # other names, in another order, in another folder
        (folder / "two" / f"{n:02}.txt").rename(folder / "two" / f"mill-{99 - n}.txt")
    assert again(path, "--corpus", there) == 0
    said = capsys.readouterr().out
    assert "The same 12 articles." in said and "1 of 1 the same" in said
    there = articles(folder, "three", changed=7)
    assert again(path, "--corpus", there) == 1
    said = capsys.readouterr().out
    assert "1 article, other text: 07.txt" in said and "not reproduced" in said
    assert set(re.findall(r"cell (\d+), In", said)) == {"5"}  # the rate, in words; not what is shown or drawn


def frame(**changed):
    made = {"outlet": ["Tide", "Tide", "Post"], "title": ["One", "Two", "Three"],
            "text": [f"The mill {n} was sold to the weir for good." for n in range(3)]}  # fmt: skip
    return pd.DataFrame(made | changed)


@pytest.mark.parametrize(("there", "said"), [
    (frame().iloc[::-1], []),
    (frame().iloc[:2], [("only in the pack", "Post")]),
    (pd.concat([frame(), pd.DataFrame([{"outlet": "Tide", "title": "Four", "text": "Nothing more was sold."}])]),
     [("only here", "Tide")]),
    (frame(text=["The mill 0 was sold.", *frame()["text"][1:]]), [("other text", "Tide")]),
    (frame(outlet=["Post", "Tide", "Post"]), [("other details", "Tide")]),
    (pd.concat([frame(), frame(text=["And again."] * 3).head(1)]), [("only here", "Tide")]),
])  # fmt: skip
def test_what_differs_is_named_by_article(folder, there, said):
    path = folder / share.pack(load(frame()), Trail([kept(load(frame()))]), "frame")
    differing = share.differs(share.opened(path), load(there))
    assert [(kind, name.split()[0]) for name, kind in differing.itertuples(index=False)] == said


def kept(news):
    call = 'from utils import terms\n\nterms.rate(news, "mill")'
    return Step("How often?", call, terms.rate(news, "mill"), State(), kept=True)


def test_the_cell_that_packs_its_own_notebook_is_left_out(folder):
    here = articles(folder)
    path = saved(folder, here)
    made = nbformat.read(path, 4)
    made.cells.append(new_code_cell('from utils import share\nshare.pack(news, "own.ipynb", "own")'))
    nbformat.write(made, path)
    held = share.opened(folder / share.pack(load(here), path, "own"))
    assert len(held["cells"]) == len(made.cells) - 1


def test_names_and_what_an_editor_noted_hold_no_sentence_either(folder):
    sentence = "said Ada Brisk who owns the weir"
    here = articles(folder)
    (folder / "one" / "07.txt").rename(folder / "one" / f"{sentence.replace(' ', '-')}.txt")
    path = saved(folder, here)
    made = nbformat.read(path, 4)
    made.cells[2].metadata["note"] = sentence
    nbformat.write(made, path)
    place = folder / share.pack(load(here), path, "named")
    assert not shingles(place.read_text(encoding="utf-8")) & shingles(sentence)
    assert "" in [each["name"] for each in share.opened(place)["metadata"]["passages_pack"]["articles"]]
    (folder / "one" / f"{sentence.replace(' ', '-')}.txt").unlink()
    assert share.differs(share.opened(place), load(here))["article_id"].tolist() == ["article 12 of the pack"]


def test_what_a_figure_draws_is_handed_on_with_its_words_veiled():
    figure = {"alt": "The mill at Dunmore, 3 rows", "axes": [{"texts": ["mill +2.3"], "points": [{"x": [1.5, None]}]}]}
    shown = {"output_type": "display_data", "data": {"text/html": "<img alt='3'>"},
             "metadata": {"passages": {"figure": figure}}}  # fmt: skip
    held = share.veil({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [shown]}]})
    drawn = held["cells"][0]["outputs"][0]["metadata"]["passages"]["figure"]
    assert drawn["axes"][0]["points"] == [{"x": [1.5, None]}]
    assert re.fullmatch(r"[a-p]{8} \+2.3", drawn["axes"][0]["texts"][0]) and "mill" not in json.dumps(drawn)


def test_six_numbers_in_a_row_are_no_six_words_in_a_row():
    shown = {"output_type": "stream", "name": "stdout", "text": "1 2 3 4 5 6 7"}
    held = share.veil({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": [shown]}]})
    assert not shingles(held["cells"][0]["outputs"][0]["text"]) & shingles("1 2 3 4 5 6 7")


def test_without_the_articles_the_numbers_are_shown(folder, capsys):
    here = articles(folder)
    place = folder / share.pack(load(here), saved(folder, here), "mill")
    for path in (folder / "one").iterdir():
        path.unlink()
    assert again(place) == 0
    said = capsys.readouterr().out
    assert "The articles are not here" in said and "## How often is the mill named?" in said
    assert re.search(r"> terms\.rate\(news, \"mill\"\)\n .*  12", said)


def test_prose_that_quotes_an_article_is_left_out_and_code_that_does_is_refused(folder):
    here = articles(folder)
    news, quoted = load(here), "for 300 crowns, said Ada Brisk, who owns the weir"
    path = saved(folder, here, new_markdown_cell(f"It was sold {quoted}."))
    held = share.opened(folder / share.pack(news, path, "prose"))
    assert held["cells"][-1]["source"] == "(This text quotes an article, and was left out.)"
    made = nbformat.read(path, 4)
    made.cells.append(new_code_cell(f"len({quoted!r})", execution_count=5))
    nbformat.write(made, path)
    with pytest.raises(ValueError, match=r"cell 8 holds 6 words in a row of an article"):
        share.pack(news, path, "code")


def test_a_trail_is_handed_on_as_its_calls(folder, capsys):
    news = load("harbour")
    call = 'from utils import terms\n\nterms.rate(news, "strike", by="outlet")'
    step = Step(
        "How often is “strike” said, by outlet?", call, terms.rate(news, "strike", by="outlet"), State(), kept=True
    )
    path = folder / share.pack(news, Trail([step]), "strike")
    assert again(path) == 0
    assert "1 of 1 the same" in capsys.readouterr().out
    other = folder / "other.pack"
    held = share.opened(path)
    shown = held["cells"][-1]["outputs"][0]["data"]
    shown["text/plain"] = re.sub(r"(?<= )\d\d(?= )", lambda count: str(int(count[0]) + 1), shown["text/plain"], count=1)
    other.write_bytes(share.sealed(held))
    assert again(other) == 1
    assert "number moved" in capsys.readouterr().out


def damage(path, **changed):
    """Write a pack with other fields in its record, and a seal that fits."""
    held = share.opened(path)
    held["metadata"]["passages_pack"].update(changed)
    path.write_bytes(share.sealed(held))


def without_words(path):
    held = share.opened(path)
    held["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout"}]
    path.write_bytes(share.sealed(held))


def by_lines(path):
    held = share.opened(path)
    held["cells"][-1]["source"] = held["cells"][-1]["source"].splitlines(keepends=True)
    path.write_bytes(share.sealed(held))


@pytest.mark.parametrize(("harm", "said"), [
    (lambda path: path.write_text("{}"), "is no pack"),
    (lambda path: path.write_text("[" * 100_000), "is no pack"),
    (lambda path: path.write_bytes(path.read_bytes()[:-9]), "is no pack"),
    (lambda path: path.write_bytes(path.read_bytes().replace(b"mill", b"miln", 1)), "was changed since it was made"),
    (lambda path: damage(path, form=9), "a pack of form '9'"),
    (lambda path: damage(path, articles={"a": "b"}), "lacks what a pack has"),
    (lambda path: damage(path, articles=[{"name": 1}]), "lacks what a pack has"),
    (lambda path: damage(path, corpus={"name": ["../x"]}), "lacks what a pack has"),
    (lambda path: damage(path, versions={"numpy": 2}), "lacks what a pack has"),
    (without_words, "lacks what a pack has"),
    (by_lines, "lacks what a pack has"),
    (lambda path: path.write_bytes(b" " * 3_000_001), "is larger than 3 MB"),
    (lambda path: path.unlink(), "there is no pack"),
])  # fmt: skip
def test_what_is_no_pack_or_damaged_is_refused_in_a_sentence(folder, harm, said, capsys, monkeypatch):
    monkeypatch.setattr(share, "LARGEST", 3_000_000)
    news = load(frame())
    path = folder / share.pack(news, Trail([kept(news)]), "x")
    harm(path)
    assert again(path) == 1
    told = capsys.readouterr().err
    assert said in told and len(told.splitlines()) == 1


@pytest.mark.parametrize(("code", "refused"), [
    ('CORPUS = "mine"\nNIL = ("a", "b")', False), ("import os", True), ('x = __import__("os")', True),
    ("!ls", True), ("print.x = 1", True), ("[x] = [1]", True), ("", False),
    *((f"#{end}!true \\\nx = '''\nimport os\n#'''", True) for end in "\v\f\x1c\x85\u2028"),  # Jupyter's lines
])  # fmt: skip
def test_only_plain_values_and_code_of_notebooks_kept_here_run_unasked(code, refused):
    kept = nbformat.read(ROOT / "notebooks" / "03-hear-the-voices.ipynb", 4).cells
    assert list(packed.foreign(new_notebook(cells=[*kept, new_code_cell(code)]))) == [len(kept) + 1] * refused


@pytest.mark.parametrize(("what", "name", "said"), [
    (None, "x", "saved .ipynb, or a trail; what came is a NoneType"), (Trail([]), 3, "a pack's name .* is 3"),
])  # fmt: skip
def test_what_cannot_be_packed_is_refused_in_a_sentence(what, name, said):
    with pytest.raises(Refusal, match=said):
        share.pack(load(frame()), what, name)


@pytest.mark.parametrize("content", [
    "[" * 100_000, '{"cells": [1], "metadata": {}}',
    '{"cells": [{"cell_type": "code"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}',
])  # fmt: skip
def test_what_is_no_notebook_is_refused_in_a_sentence(folder, content):
    (folder / "own.ipynb").write_text(content)
    with pytest.raises(Refusal, match="own.ipynb is no notebook"):
        share.pack(load(frame()), folder / "own.ipynb", "x")


def test_a_notebook_that_names_no_kernel_is_handed_on(folder):
    made = new_notebook(cells=[new_code_cell("1", execution_count=1)])
    made["nbformat_minor"] = 4  # of which a cell has no id, but editors write them
    (folder / "own.ipynb").write_text(json.dumps(made))
    held = share.opened(folder / share.pack(load(frame()), folder / "own.ipynb", "x"))
    assert [cell["source"] for cell in held["cells"]] == ["1"]


def test_a_notebook_that_was_not_run_is_refused(folder):
    path = folder / "own.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 + 1")]), path)
    with pytest.raises(ValueError, match="was not run to its end"):
        share.pack(load("harbour"), path, "x")
    with pytest.raises(ValueError, match="keeps no step"):
        share.pack(load("harbour"), Trail(), "x")
