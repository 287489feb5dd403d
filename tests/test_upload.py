"""Files uploaded in the notebook: kept whole under safe names, never over another, and told of without running."""

import datetime
import json
import os

import nbformat
import pytest
from nbformat import v4

import browser
from utils import explore
from utils.explore import uploads

NOW = datetime.datetime(2031, 3, 5, tzinfo=datetime.UTC)
ARTICLE = "A title\nHe spoke at noon, and left the town."


def chosen(*files):
    return tuple({"name": name, "type": "", "size": len(content), "content": memoryview(content), "last_modified": NOW}
                 for name, content in files)  # fmt: skip


def upload(folder, *files):
    picker, _, said = explore.upload(folder).children
    picker.value = chosen(*files)
    assert picker.value == ()
    return said.value


@pytest.mark.parametrize(("name", "kept"), [
    ("x.txt", "x.txt"), ("../../etc/x.txt", "x.txt"), ("C:\\Users\\me\\x.txt", "x.txt"), (".hidden.txt", "hidden.txt"),
    ("~$x.docx", "x.docx"), ("nul.txt", "file-nul.txt"), ("COM1.tar.txt", "file-COM1.tar.txt"),
    ("a\nb\0c.txt", "abc.txt"), ('a<b>"c|?*.txt', "abc.txt"), ("…/ .txt", "article.txt"),
    ("", "article"), ("..", "article"), ("x.txt. ", "x.txt"), ("x", "x"),
    ("Nicola\u0301s.TXT", "Nicolás.TXT"), ("evil\u202etxt.exe.txt", "eviltxt.exe.txt"),
    ("é" * 300 + ".txt", "é" * 60 + ".txt"),
    ("\ud83d.txt", "article.txt"), ("👩‍👩‍👧.txt", "👩👩👧.txt"),
])  # fmt: skip
def test_names_are_made_safe_and_keep_their_ending(name, kept):
    assert uploads.cleaned(name) == kept
    assert uploads.cleaned(kept) == kept


@pytest.mark.parametrize("links", [True, False])
def test_no_file_is_ever_written_over(tmp_path, monkeypatch, links):
    def no_links(*_):
        raise PermissionError(1, "Operation not permitted")

    if not links:
        monkeypatch.setattr(os, "link", no_links)
    (tmp_path / "x.txt").write_bytes(b"mine")
    (tmp_path / "x-2.txt").symlink_to(tmp_path / "nowhere")
    assert uploads.put(tmp_path, "x.txt", b"new").name == "x-3.txt"
    assert uploads.put(tmp_path, "x.txt", b"newer").name == "x-4.txt"
    assert [(tmp_path / name).read_bytes() for name in ("x.txt", "x-3.txt", "x-4.txt")] == [b"mine", b"new", b"newer"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x-2.txt", "x-3.txt", "x-4.txt", "x.txt"]


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    said = upload(tmp_path, ("x.txt", ARTICLE.encode()))
    assert "x.txt could not be written" in said and "No space left on device" in said
    assert [path.read_bytes() for path in tmp_path.iterdir()] == []


def test_what_is_uploaded_is_kept_loaded_and_told_of(tmp_path):
    folder = tmp_path / "mine"
    said = upload(folder, ("a.txt", ARTICLE.encode()), ("a.txt", b"A title\nShe stayed."), ("b.odd", b"x"))
    assert sorted(path.name for path in folder.iterdir()) == ["a-2.txt", "a.txt"]
    assert (folder / "a.txt").read_text() == ARTICLE
    for line in ("a.txt is kept<", "a.txt is kept as a-2.txt", "b.odd was not taken: there is no reader for .odd",
                 "2 articles in all; the report says", f"Next: news = load(&#x27;{folder}&#x27;)"):  # fmt: skip
        assert line in said
    said = upload(folder, ("c.txt", ARTICLE.encode()))
    assert "3 articles in all; the report says 4 lines<" in said
    assert "doubled: c.txt: the same text as a.txt. Cure: keep both" in said


def test_nothing_that_is_uploaded_runs(tmp_path):
    said = upload(tmp_path, ("<img src=x onerror=alert(1)>.txt", b""), ("<script>.txt", b"\0"))
    assert "<img" not in said and "<script" not in said and "&lt;img src=x onerror=alert(1)&gt;.txt is kept as" in said
    assert "no article could be read" in said
    assert [line for line in said.split("<") if not line.startswith(("p style", "/p", ""))] == []


@pytest.mark.browser
def test_upload_in_jupyterlab_keeps_the_file_and_not_its_text_in_the_notebook(tmp_path):
    browser.need_chromium()
    root = browser.clone(tmp_path / "clone")
    article = tmp_path / "Ferry strike.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    path = root / "notebooks" / "mine" / "00-start-here.ipynb"
    path.parent.mkdir(exist_ok=True)
    cell = v4.new_code_cell("from utils import explore\n\nexplore.upload()", id="upload")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=[cell], metadata=kernel), path)
    with browser.lab(root, tmp_path) as page:
        browser.run_all(page, path)
        with page.expect_file_chooser() as choice:
            page.get_by_role("button", name="Choose files").click()
        accepted = choice.value.element.get_attribute("accept")
        choice.value.set_files([article, article])
        page.locator(".passages-live").get_by_text('Next: news = load("mine")').wait_for(timeout=20_000)
        shown = page.locator(".widget-html-content").last.inner_text()
        saved = browser.save(page, path)
    assert ".txt" in accepted.split(",") and ".zip" in accepted.split(",")
    assert "Ferry strike.txt is kept as Ferry strike-2.txt" in shown and "2 articles in all" in shown
    kept = sorted((root / "corpus" / "mine").iterdir())
    assert [each.name for each in kept] == ["Ferry strike-2.txt", "Ferry strike.txt"]
    assert {each.read_text(encoding="utf-8") for each in kept} == {ARTICLE}
    assert "left the town" not in json.dumps(saved)
    assert browser.git(root, "status", "--porcelain") == ""
