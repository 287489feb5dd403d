"""The coder: what it shows and what it does not, what each key does, and a hundred sentences in JupyterLab."""

import json
import os
import re
import signal
from html import unescape

import ipywidgets
import krippendorff
import nbformat
import pandas as pd
import pytest
from nbformat import v4

import browser
from utils import explore, passages, validity
from utils.arguments import Refusal
from utils.explore.coding import _ordered
from utils.explore.session import around

FRAMES = {"peace": "It speaks of peace.", "war": {"rule": "Of <b>war</b>.", "example": "War came.", "key": "left"}}


class Coder:
    """The coder as a test has it: a key pressed on what is in view, and what it shows."""

    def __init__(self, news, table, codebook="tone", *, coder="ana", **options):
        self.box = explore.coding(news, table, codebook, coder=coder, **options)
        top, self.call = self.box.children
        self.card, self.book = top.children

    view = property(lambda self: self.card.view)

    def press(self, *keys):
        for key in keys:
            self.card._handle_custom_msg({"key": key, "n": self.view["n"]}, [])
        return self.view


def codes(news, folder, codebook="tone", **options):
    table = validity.codes(news, codebook, folder=folder, **options)
    return dict(zip(passages.text(news, table), table["code"], strict=True))


def test_a_key_codes_the_passage_in_view_and_goes_on(six, tmp_path):
    table = six.sentences.head(3)
    coder = Coder(six, table, seed=None, folder=tmp_path)
    said = passages.text(six, table).tolist()
    assert [each["key"] for each in coder.card.buttons] == ["left", "down", "right", "backspace", "space", "up"]
    assert coder.view["passage"] == said[0] and coder.view["place"] == "0 of 3 coded by ana · codebook tone"
    assert coder.press("right")["passage"] == said[1] and coder.view["said"] == "Kept: good (1)."
    assert coder.press("left")["passage"] == said[2]
    assert codes(six, tmp_path) == {said[0]: 1, said[1]: -1}
    end = coder.press("down")
    assert (end["passage"], end["coded"], end["off"]) == (
        "All 3 passages are coded and kept.", 3, ["left", "down", "right", "space", "up"],
    )  # fmt: skip
    assert codes(six, tmp_path) == dict(zip(said, [1, -1, 0], strict=True))
    assert coder.press("left", "space", "up")["coded"] == 3


def test_no_score_and_no_outlet_is_seen_unless_it_is_asked_for(six, tmp_path):
    table = passages.inside(six.sentences, six.body).assign(polarity=0.123)
    coder = Coder(six, table, folder=tmp_path)
    for _ in range(len(table)):
        assert not re.search("Alder|Birch|a1.txt|0.123|2024", json.dumps(coder.view) + coder.press("up")["after"])
        coder.press("down")
    asked = Coder(six, table, show=["outlet", "polarity"], coder="ben", folder=tmp_path)
    assert re.fullmatch("(The Alder Post|Birch Weekly) · 0.123", asked.view["facts"])
    with pytest.raises(Refusal, match="show='outlets' names no column .*; did you mean 'outlet'"):
        Coder(six, table, show="outlets", folder=tmp_path)


def test_the_order_is_dealt_by_the_seed_and_each_passage_comes_once(six, tmp_path):
    table = six.sentences
    orders = [[each.start for each in _ordered(six, table, seed)[0]] for seed in (0, 0, 1)]
    assert orders[0] == orders[1] != orders[2] and sorted(orders[0]) == sorted(table["start"])
    assert Coder(six, table.head(2).iloc[[0, 1, 0]], folder=tmp_path).view["all"] == 2


def test_take_back_pass_over_and_context(six, tmp_path):
    table = six.sentences[six.sentences["article_id"] == "a1.txt"].iloc[1:4]
    said = passages.text(six, table).tolist()
    coder = Coder(six, table, seed=None, folder=tmp_path)
    assert coder.press("backspace")["said"] == "There is no code to take back."
    assert coder.press("space")["passage"] == said[1]
    assert coder.press("right", "right")["passage"] == said[0]  # passed over: it comes at the end
    assert coder.press("space")["said"] == "This is the last one that is open."
    assert coder.press("backspace")["passage"] == said[2] and coder.view["said"] == "Taken back: good (1)."
    assert codes(six, tmp_path) == {said[1]: 1}
    shown = coder.press("up")
    assert said[1] in shown["before"] and shown["after"] == "" and "Peace at last" not in shown["before"]
    assert coder.press("up")["before"] == ""
    coder.press("backspace", "backspace")
    assert codes(six, tmp_path) == {} and coder.view["coded"] == 0


def test_it_goes_on_where_it_was_left_and_can_take_back_what_was_coded_before(six, tmp_path):
    table = six.sentences.head(4)
    first = Coder(six, table, folder=tmp_path)
    seen = [first.view["passage"], first.press("left")["passage"]]
    again = Coder(six, table, folder=tmp_path)
    assert again.view["passage"] == seen[1] and again.view["coded"] == 1
    assert again.press("backspace")["passage"] == seen[0]


def test_what_was_passed_over_comes_at_the_end_when_the_coder_is_opened_again(six, tmp_path):
    table = six.sentences.head(4)
    said = passages.text(six, table).tolist()
    Coder(six, table, seed=None, folder=tmp_path).press("space", "left")
    again = Coder(six, table, seed=None, folder=tmp_path)
    seen = [again.view["passage"], again.press("left")["passage"], again.press("left")["passage"]]
    assert seen == [said[2], said[3], said[0]]


def test_focus_is_given_once_and_not_where_the_notebook_is_opened_again(six, tmp_path):
    coder, sent = Coder(six, six.sentences.head(2), folder=tmp_path), []
    coder.card.send = sent.append
    for _ in range(2):
        coder.card._handle_custom_msg({"shown": True}, [])
    assert sent == [{"focus": True}] and coder.view["n"] == 1


def test_numbers_are_shown_with_their_names(six, tmp_path):
    coder = Coder(six, six.sentences.head(2), folder=tmp_path)
    assert [each["name"] for each in coder.card.buttons[:3]] == ["bad (-1)", "neither (0)", "good (1)"]
    assert all(name in coder.book.value for name in ("bad (-1)", "neither (0)", "good (1)"))


@pytest.mark.parametrize(("raw", "stretches", "passage", "expected"), [
    ("He had to step down. It has. So.", [(0, 32)], (21, 28), ("He had to step down. ", " So.")),
    ("Down.\nIt has.\nSo.", [(0, 5), (6, 13), (14, 17)], (6, 13), ("Down.\n", "\nSo.")),
    ("It has. So.", [(0, 11)], (0, 7), ("", " So.")),
    ("Down. It has.", [(0, 13)], (6, 13), ("Down. ", "")),
])  # fmt: skip
def test_context_keeps_the_space_around_a_passage(raw, stretches, passage, expected):
    assert around(raw, pd.DataFrame(stretches, columns=["start", "end"]), *passage) == expected


def test_two_kernels_on_one_file_lose_nothing_and_ask_nothing_twice(six, tmp_path):
    table = six.sentences.head(4)
    one, other = (Coder(six, table, seed=None, folder=tmp_path) for _ in range(2))
    one.press("left", "left")
    assert other.press("space", "space", "right")["coded"] == 3
    assert one.press("left")["coded"] == 3  # the third passage, which has a code by now
    assert one.view["said"] == "Coded in another kernel meanwhile: that code is kept."
    assert one.press("left")["coded"] == 4 and sorted(codes(six, tmp_path).values()) == [-1, -1, -1, 1]
    assert one.press("backspace")["said"] == "Taken back: bad (-1)."
    other.press("backspace", "down")
    assert one.press("backspace", "backspace", "backspace")["said"] == "There is no code to take back."
    assert sorted(codes(six, tmp_path).values()) == [0]


@pytest.mark.parametrize("content", [
    {"key": "left"}, {"key": "left", "n": 0}, {"key": "left", "n": 2}, {"key": ["left"], "n": 1}, {"n": 1}, "left",
    None, [], {"key": "x", "n": 1}, {"key": "__class__", "n": 1},
])  # fmt: skip
def test_what_was_not_pressed_on_the_passage_in_view_codes_nothing(six, tmp_path, content):
    coder = Coder(six, six.sentences.head(2), folder=tmp_path)
    coder.card._handle_custom_msg(content, [])
    assert coder.view["coded"] == 0 and not (tmp_path / "tone--ana.json").exists()


def test_what_cannot_be_kept_is_said_and_the_passage_stays(six, tmp_path):
    coder = Coder(six, six.sentences.head(2), folder=tmp_path / "codes")
    (tmp_path / "codes").write_text("in the way")
    here = coder.view["passage"]
    assert coder.press("left")["passage"] == here and coder.view["coded"] == 0
    assert re.match("the code could not be kept in .*; make room", coder.view["alert"])
    (tmp_path / "codes").unlink()
    assert coder.press("left")["alert"] == "" and coder.view["coded"] == 1
    (tmp_path / "codes" / "tone--ana.json").write_text("{")
    assert "is no file of codes" in coder.press("left")["alert"] and coder.view["coded"] == 1


def test_a_changed_codebook_is_told_of_when_the_coder_opens(six, tmp_path):
    Coder(six, six.sentences.head(3), {"a": "1", "b": "2"}, name="own", folder=tmp_path).press("left", "right")
    again = Coder(six, six.sentences.head(3), {"a": "1", "c": "3"}, name="own", folder=tmp_path)
    assert again.view["coded"] == 1
    assert again.view["said"] == (
        "1 passage was coded 'b', which the codebook has no more: open again, and kept until coded anew. "
        "2 passages were coded before there was 'c': kept."
    )


def test_the_codebook_stands_beside_and_all_texts_stay_text(six, tmp_path):
    coder = Coder(six, six.sentences.head(2), FRAMES, name="frames", folder=tmp_path)
    shown = unescape(re.sub("<[^>]*>", "|", coder.book.value))
    assert "Codebook frames" in shown and "←" in shown and "Of <b>war</b>." in shown and "Such as: War came." in shown
    assert "<b>war</b>" not in coder.book.value and isinstance(coder.box, ipywidgets.VBox)
    spoken = [each["spoken"] for each in coder.card.buttons[:2]]
    assert spoken == ["P: code peace", "Left arrow: code war"]
    coder.press("p", "left")
    assert list(codes(six, tmp_path, "frames").values()) in (["peace", "war"], ["war", "peace"])
    call = unescape(re.sub("<[^>]*>", "", coder.call.value)).partition("copy:")[2]
    known = {"news": six}
    lines = call.strip().splitlines()
    exec("\n".join(lines[:-1]), known)
    assert len(known["codes"]) == 2 and lines[-1] == "validity.agreement(validity.by_coder(codes), seed=1)"


def test_nothing_to_code_is_refused(six, tmp_path):
    for table, said in ((six.sentences[:0], "there is nothing to code"), (six.articles, "it lacks article_id")):
        with pytest.raises(Refusal, match=said):
            Coder(six, table, folder=tmp_path)
    for wrong in ({"seed": "x"}, {"seed": -1}, {"folder": 7}, {"coder": None}, {"codebook": None}, {"codebook": 3}):
        with pytest.raises(Refusal):
            Coder(six, six.sentences, **{"folder": tmp_path, "name": "own", **wrong})
    (tmp_path / "tone--ana.json").write_text("[]")
    with pytest.raises(Refusal, match="is no file of codes"):
        Coder(six, six.sentences, folder=tmp_path)


CELLS = """import os
from pathlib import Path
from utils import explore, load, passages, validity
news = load({folder!r})
table = passages.inside(news.sentences, news.body).head(100)
Path({folder!r}, "..", "pid").write_text(str(os.getpid()))
explore.coding(news, table, "tone", coder="ana")
---
validity.agreement(validity.by_coder(validity.codes(news, "tone")), level="interval", seed=1)["alpha"].iloc[0]"""
ARROWS = ["ArrowLeft", "ArrowDown", "ArrowRight"]
NAMELESS = """card => [...card.querySelectorAll("button, [tabindex]")]
    .filter(each => !each.getAttribute("aria-label")).length"""


@pytest.mark.browser
def test_a_hundred_sentences_by_keyboard_alone_in_jupyterlab_with_the_kernel_killed_amid(tmp_path):
    browser.need_chromium()
    root = browser.clone(tmp_path / "clone")
    folder = tmp_path / "texts"
    folder.mkdir()
    said = " ".join(f"The crew of berth {n} found <b>load</b> {n} in its place." for n in range(110))
    (folder / "quay.txt").write_text(f"At the quay\n{said}\n© 2024 The Alder Post.", encoding="utf-8")
    path, kept_at = root / "notebooks" / "mine" / "00-start-here.ipynb", root / "notebooks" / "mine" / "codes"
    path.parent.mkdir(exist_ok=True)
    cells = [
        v4.new_code_cell(each.strip(), id=f"c{n}")
        for n, each in enumerate(CELLS.format(folder=str(folder)).split("---"))
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), path)
    with browser.lab(root, tmp_path) as page:
        _to_the_coder(page, path)
        nameless = page.locator(".passages-coder").evaluate(NAMELESS)
        there = page.locator(".passages-coder-away").is_visible()
        for key in "adxmz":  # which in JupyterLab add cells, delete them, and more
            page.keyboard.press(key)
        for n in range(1, 51):
            _press(page, ARROWS[n % 3], n)
        _press(page, "Backspace", 49)
        _press(page, ARROWS[50 % 3], 50)
        os.kill(int((tmp_path / "pid").read_text()), signal.SIGKILL)
        page.keyboard.press("ArrowLeft")
        page.get_by_text("No answer from the kernel yet").wait_for(timeout=20_000)
        _to_the_coder(page, path)
        again = page.locator(".passages-coder").inner_text()
        for n in range(51, 101):
            _press(page, ARROWS[n % 3], n)
        _second_coder(kept_at)
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").last.focus()
        away = page.locator(".passages-coder-away").is_visible()
        page.keyboard.press("Control+Enter")
        page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output").wait_for(timeout=20_000)
        saved = browser.save(page, path)
    assert "50 of 100 coded by ana" in again and nameless == 0 and away and not there
    ours = json.loads((kept_at / "tone--ana.json").read_text())["answers"]
    assert [row[4] for row in ours] == [n % 3 - 1 for n in range(1, 101)] and len({row[1] for row in ours}) == 100
    theirs = json.loads((kept_at / "tone--ben.json").read_text())["answers"]
    alpha = krippendorff.alpha([[row[4] for row in rows] for rows in (ours, theirs)], level_of_measurement="interval")
    assert browser.errors(saved) == [] and len(saved["cells"]) == 2
    shown = "".join(saved["cells"][1]["outputs"][0]["data"]["text/plain"])
    assert 0.5 < alpha < 0.95 and float(re.search(r"[\d.]{5,}", shown)[0]) == pytest.approx(alpha)
    assert browser.git(root, "status", "--porcelain") == "" and "berth" not in json.dumps(saved)


def _to_the_coder(page, path):
    """Open the notebook, run its first cell and come to the coder, all by keys."""
    browser.open_notebook(page, path.name)
    browser.wait_until_idle(page)
    page.locator(".jp-Notebook .jp-CodeCell .cm-content").first.focus()
    page.keyboard.press("Shift+Enter")
    page.locator(".passages-coder").wait_for(timeout=30_000)
    page.wait_for_function("document.activeElement.getAttribute('role') === 'application'", timeout=10_000)


def _press(page, key, coded):
    """Press a key and wait until so many are coded."""
    page.keyboard.press(key)
    page.wait_for_function(
        "n => document.querySelector('.passages-coder progress').value === n", arg=coded, timeout=10_000
    )


def _second_coder(folder):
    """Put the file of a second coder into the folder, who differs in every tenth passage."""
    held = json.loads((folder / "tone--ana.json").read_text())
    answers = [[*row[:4], -row[4] if n % 10 == 0 else row[4], *row[5:]] for n, row in enumerate(held["answers"])]
    (folder / "tone--ben.json").write_text(json.dumps(held | {"coder": "ben", "answers": answers}))
