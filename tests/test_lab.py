"""Readers get copies of their own, which nothing overwrites, and what they do leaves the project clean."""

import json
import os
import shutil
import sys

import pytest
from jupyter_client import KernelManager

import browser
from upkeep.environment import kernel, lab
from upkeep.notebooks.run import OwnKernel

FIRST = "notebooks/mine/00-start-here.ipynb"
IN_THE_WAY = "pandas.py numpy/__init__.py textblob.py random.py types.py IPython.py".split()
IMPORTS = """
from utils import export, passages, paste, sentiment, terms
import pandas, random, textblob, types
import record, utils
print(len(sentiment.scored_words(paste("A title\\nA good day."))), random.random() < 1, record.NAME, utils.__file__)
"""


def put(folder, *names):
    """Files of a reader's, which hold nothing."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("NAME = 'mine'\n")


def said(kernels, folder, variables):
    """What the imports of a notebook print, or raise, in a kernel that starts in a folder."""
    manager = KernelManager(kernel_name="python3", **kernels)
    manager.start_kernel(cwd=str(folder), env=os.environ | variables)
    client, found = manager.client(), []
    try:
        client.start_channels()
        client.wait_for_ready(timeout=120)
        client.execute_interactive(IMPORTS, timeout=120, output_hook=lambda message: found.append(message["content"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return "".join(each.get("text") or each.get("evalue") or "" for each in found)


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


@pytest.mark.parametrize("kernels", [{"kernel_spec_manager": OwnKernel()}, {}], ids=["ours", "another program's"])
@pytest.mark.parametrize(("here", "on_the_path"), [("utils/theirs.py", "utils.py"), ("utils.py", "utils/theirs.py")])
def test_a_readers_files_stand_in_no_notebooks_way(tmp_path, kernels, here, on_the_path):
    put(tmp_path / "mine", "record.py", here, *IN_THE_WAY)
    put(tmp_path / "path", on_the_path, "pandas.py")
    settings = tmp_path / "ipython" / "profile_default" / lab.KERNELS.name
    if not kernels:
        settings.parent.mkdir(parents=True)
        shutil.copyfile(lab.KERNELS, settings)
    variables = {"PYTHONPATH": str(tmp_path / "path"), "IPYTHONDIR": str(tmp_path / "ipython")}
    assert said(kernels, tmp_path / "mine", variables) == f"1 True mine {lab.ROOT / 'utils' / '__init__.py'}\n"


def by_settings():
    exec(lab.KERNELS.read_text())


@pytest.mark.parametrize("put_installed_first", [kernel.put_installed_first, by_settings])
def test_the_folder_of_a_notebook_is_looked_into_last(tmp_path, monkeypatch, put_installed_first):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path / "theirs"), "more"]))
    theirs = [str(tmp_path / "theirs"), str(tmp_path / "more")]
    monkeypatch.setattr(sys, "path", [*theirs, "/lib/python", "/lib/python/site-packages"])
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    put_installed_first()
    assert sys.path == ["/lib/python", "/lib/python/site-packages", *theirs, ""]
    assert sys.meta_path[0].find_spec("utils").origin == str(lab.ROOT / "utils" / "__init__.py")
    assert sys.meta_path[0].find_spec("record") is None


def test_kernels_of_others_are_started_as_they_say():
    with pytest.raises(KeyError, match="no-such"):
        OwnKernel().get_kernel_spec("no-such")


def test_settings_of_kernels_are_kept_and_another_persons_stay(tmp_path):
    path = lab.put_installed_first(tmp_path)
    assert path == tmp_path / "etc" / "ipython" / "ipython_kernel_config.py"
    assert path.read_bytes() == lab.KERNELS.read_bytes()
    path.write_text(path.read_text() + "# of an earlier version\n")
    assert lab.put_installed_first(tmp_path).read_bytes() == lab.KERNELS.read_bytes()
    path.write_text("c.InteractiveShell.colors = 'nocolor'\n")
    assert lab.put_installed_first(tmp_path).read_text() == "c.InteractiveShell.colors = 'nocolor'\n"


@pytest.mark.browser
def test_run_all_and_save_in_jupyterlab_leave_the_project_clean(tmp_path):
    browser.need_chromium()
    root = browser.clone(tmp_path / "clone")
    put(root / "notebooks" / "mine", "utils.py", "pandas.py", "types.py")
    with browser.lab(root, tmp_path) as page:
        saved = browser.run_all(page, root / FIRST)
        asked = page.get_by_text("Would you like to").count()

    assert browser.errors(saved) == []
    assert not asked, "JupyterLab asks about news"
    assert browser.git(root, "status", "--porcelain") == ""
    blank = json.loads((root / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8"))
    assert [cell["source"] for cell in saved["cells"]] == [cell["source"] for cell in blank["cells"]]
