"""Readers get copies of their own, which nothing overwrites, and what they do leaves the project clean."""

import json

import pytest

import browser
from upkeep import lab

FIRST = "notebooks/mine/00-start-here.ipynb"


def test_missing_notebooks_are_copied_and_a_readers_own_stays(tmp_path):
    (tmp_path / "00-one.ipynb").write_bytes(b"one")
    (tmp_path / "01-two.ipynb").write_bytes(b"two")
    (tmp_path / "notes.txt").write_bytes(b"no notebook")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "01-two.ipynb").write_bytes(b"the reader's")

    assert lab.copy_missing(tmp_path) == [tmp_path / "mine" / "00-one.ipynb"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()} == {
        "00-one.ipynb": b"one",
        "01-two.ipynb": b"the reader's",
    }
    assert lab.copy_missing(tmp_path) == []


def test_jupyterlab_finds_its_settings_where_they_are_written(tmp_path):
    from jupyterlab_server.settings_utils import _get_overrides

    path = lab.quieten(tmp_path)
    written = path.stat().st_mtime_ns
    overrides, error = _get_overrides(str(tmp_path / "share/jupyter/lab/settings"))

    assert not error and overrides == lab.SETTINGS
    assert lab.quieten(tmp_path).stat().st_mtime_ns == written


@pytest.mark.browser
def test_run_all_and_save_in_jupyterlab_leave_the_project_clean(tmp_path):
    browser.need_chromium()
    root = browser.clone(tmp_path / "clone")
    with browser.lab(root, tmp_path) as page:
        saved = browser.run_all(page, root / FIRST)
        asked = page.get_by_text("Would you like to").count()

    assert browser.errors(saved) == []
    assert not asked, "JupyterLab asks about news"
    assert browser.git(root, "status", "--porcelain") == ""
    blank = json.loads((root / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8"))
    assert [cell["source"] for cell in saved["cells"]] == [cell["source"] for cell in blank["cells"]]
