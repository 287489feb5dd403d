"""The papers of the house: every file that they name is there."""

import json
import re
import tomllib

import pytest
import yaml

from upkeep.notebooks.run import ROOT

PAPERS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md")
NAMED = re.compile(r"`((?:utils|upkeep|tests|corpus|layers|intake|passages|measures|stats)/[\w./]*)`")
BY_WAY_OF_EXAMPLE = re.compile(r"NAME|NN|odt|corpus/mine")


def places(text):
    """Give the files and folders that a paper names, from the root of the project or from utils/."""
    return [name for name in NAMED.findall(text) if not BY_WAY_OF_EXAMPLE.search(name)]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_file_that_a_paper_names_is_there(paper):
    missing = [
        name
        for name in places((ROOT / paper).read_text(encoding="utf-8"))
        if not (ROOT / name).exists() and not (ROOT / "utils" / name).exists()
    ]
    assert missing == []


def test_the_version_is_the_same_wherever_it_is_told():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    head = re.search(r"^## (\d\S+) \((.+)\)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert (cited["version"], str(cited["date-released"])) == head.groups()
    assert cited["version"] == project["version"]


def test_every_room_is_told_in_the_architecture():
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.name + "/" for path in (ROOT / "utils").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in told} == set()


def test_the_lines_of_the_readme_run(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path))
    held = {}
    exec(re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)[1], held)
    assert held["picture"].title == "Silent for a week, then never"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["strike.csv", "strike.png", "strike.svg"]


TERM = re.compile(r"\*\*(?:\[([^]]+)\]\(glossary\.md\)|((?:[\w²'’-]+ ){0,2}[\w²'’-]+))\*\*")  # of three words at most


def test_every_word_in_bold_is_in_the_glossary():
    glossary = (ROOT / "notebooks" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+) \|", glossary, re.MULTILINE)
    known = {_term(word) for row in rows for word in re.split(r",\s*", row)}
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        prose = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        bold = {_term(linked or plain) for linked, plain in TERM.findall("\n".join(prose[1:]))}
        assert bold, path.stem
        assert bold <= known, path.stem


def _term(word: str) -> str:
    return word.casefold().replace("’", "'").removesuffix("s")
