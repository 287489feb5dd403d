"""The papers of the house: every file that they name is there."""

import re

import pytest

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


def test_every_room_is_told_in_the_architecture():
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {path.parent.name + "/" for path in (ROOT / "utils").glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in told} == set()
