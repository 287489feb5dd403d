"""The workbench: one state in all its tabs, every view what its call gives, every step kept and taken away."""

import ast
import json
import re
import sys
import threading
from contextlib import suppress
from datetime import date
from html import unescape

import ipywidgets
import nbformat
import numpy as np
import openpyxl
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat import v4
from playwright.sync_api import TimeoutError

import browser
from utils import explore, export, load, passages, paste, progress
from utils.explore import takeaway
from utils.explore.cells import Cells
from utils.explore.state import State
from utils.explore.trail import Step, Trail
from utils.explore.work import Work
from utils.explore.workbench import TABS
from utils.passages import html

code_tab = sys.modules[explore.code.__module__]  # in the room, the function has the name of its module

TEXTS = {
    "a": ("Post", "2024-01-05", "“We saw the ships,” said Jon Vale. “Go,” said a docker. The war was lost."),
    "b": ("Post", "2024-02-10", "“No ships,” Vale said. It was a happy day at the quay."),
    "c": ("Bell", "2024-02-11", "Ships came. “A terrible, awful war,” Ilse Marrow said. Nobody wept."),
    "d": ("Bell", "2024-04-01", "War and ships and war. The mayor smiled at the good crowd."),
}


@pytest.fixture(scope="module")
def news():
    rows = [
        {
            "article_id": name,
            "outlet": outlet,
            "published": day,
            "title": f"Title {name}",
            "raw": raw,
            "side": outlet[0],
        }
        for name, (outlet, day, raw) in TEXTS.items()
    ]
    return load(pd.DataFrame(rows))


class Bench:
    """The workbench as a test sees it."""

    def __init__(self, news, tab=None):
        self.box = explore(news) if tab is None else getattr(explore, tab)(news)
        self.frame, self.trail = self.box.frame, self.box.frame.trail
        self.panel, self.fields = self.frame._panel, self.frame._fields._all

    said = property(lambda self: plain(self.frame.said.value))
    step = property(lambda self: self.trail.step)
    state = property(lambda self: self.frame.state)
    rows = property(lambda self: self.panel.table.view.get("rows", []))
    found = property(lambda self: self.panel.passages.view.get("rows", []))
    table_code = property(lambda self: plain(self.panel.call.value).partition("copy:")[2])
    found_code = property(lambda self: plain(self.panel.code.value).partition("copy:")[2])

    def go(self, tab, asked=""):
        self.frame._switches[tab].value = True
        if asked:
            self.frame._asked.value = asked
        return self

    def type(self, **values):
        for name, value in values.items():
            self.fields[name].value = value
        return self

    def click(self, rows, place):
        """Click a row as the browser says it."""
        rows._handle_custom_msg({"row": place, "n": rows.view["n"]}, [])
        return self

    def pick(self, place):
        return self.click(self.panel.table, place)

    def open(self, place):
        self.click(self.panel.passages, place)
        return plain(self.panel.article.value)

    def html(self):
        boxes = [self.box]
        for each in boxes:
            boxes += getattr(each, "children", ())
        return "".join(each.value for each in boxes if isinstance(each, ipywidgets.HTML))


def plain(html):
    return unescape(re.sub("<[^>]*>", "", html))


def run(call, news):
    """Give what a call gives when it is pasted into a cell of a notebook that has `news`."""
    *lines, last = ast.parse(call).body
    known = {"news": news}
    exec(compile(ast.Module(lines, []), "call", "exec"), known)
    return eval(compile(ast.Expression(last.value), "call", "eval"), known)


STATES = {
    "all": State(word="war"),
    "outlet": State(word="war").narrowed("outlet", "Bell"),
    "two": State(word="war").narrowed("outlet", "Bell").narrowed("side", "B"),
    "days": State(word="war").dated(date(2024, 1, 5), date(2024, 2, 11)),
    "first": State(word="war").dated(None, date(2024, 1, 5)),
    "once": State(word="war", once=True),
    "once of some": State(word="war", once=True).narrowed("outlet", "Bell"),
    "inside": State(word="war").voiced("inside"),
    "speaker": State(word="war").voiced("speaker", "Ilse Marrow").narrowed("outlet", "Bell"),
}
COUNTS = dict(zip(STATES, [4, 3, 3, 2, 1, 4, 3, 1, 1], strict=True))


@pytest.mark.parametrize("name", STATES)
def test_a_state_is_lines_of_code_that_run_as_they_are_pasted(news, name):
    code = STATES[name].code("terms.hits({news}, {word}{within})")
    table = run(code, news)
    assert len(table) == COUNTS[name]
    pd.testing.assert_frame_equal(Cells(news).run(code), table)


def test_no_text_of_a_state_is_read_as_code(news):
    bad = '"); import os; os.abort() #\\\n{news} {word}'
    state = State(word=bad).narrowed("outlet", bad)
    lines = ast.parse(state.code("terms.hits({news}, {word}{within})")).body
    assert [type(each).__name__ for each in lines] == ["ImportFrom", "Assign", "Assign", "Expr"]
    assert ast.literal_eval(lines[-1].value.args[1]) == bad
    assert Bench(news).type(word=bad).found == []


def test_what_a_click_picked_narrows_all_but_the_table_that_shows_it():
    state = State(word="war").narrowed("outlet", "Bell", click=True)
    assert "select" not in state.code("terms.rate({news}, {word}, by={by}{within})", but=["outlet"])
    assert "select" in state.code("terms.hits({news}, {word}{within})")
    typed = state.narrowed("outlet", "Post")
    assert "Post" in typed.code("terms.rate({news}, {word}, by={by}{within})", but=["outlet"])
    assert typed.told() == ", outlet Post" and state.told(but=["outlet"]) == ""


def test_a_line_of_code_is_run_once_for_all_that_begin_alike(news, monkeypatch):
    cells, made = Cells(news), []
    monkeypatch.setattr(type(news), "select", lambda self, rows: made.append(rows) or self)
    state = State(word="war").narrowed("outlet", "Bell")
    cells.run(state.code("terms.hits({news}, {word}{within})"))
    cells.run(state.code("reading.concordance({news}, {word}{within})"))
    assert len(made) == 1
    cells.run(state.asking(where=(("outlet", "Post"),)).code("terms.hits({news}, {word}{within})"))
    assert len(made) == 2


def test_the_first_screen_says_what_is_in_here(news):
    bench = Bench(news)
    assert bench.rows == [["Bell", "2", "2024-02-11", "2024-04-01"], ["Post", "2", "2024-01-05", "2024-02-10"]]
    assert "4 articles" in plain(bench.html()) and len(bench.found) == 4
    pd.testing.assert_frame_equal(run(bench.table_code, news), bench.step.table)
    bench.pick(0)
    assert bench.state.value("outlet") == "Bell" and bench.fields["outlet"].value == "Bell"
    assert len(bench.rows) == 2 and len(bench.found) == 2 and "Title c" in bench.open(0)


def test_a_word_typed_is_in_hand_in_every_tab(news):
    bench = Bench(news).type(word="ships")
    assert bench.step.question == "Where is “ships” said?" and bench.step.counted == "4 passages"
    assert bench.step.count == len(run(bench.found_code, news)) == len(bench.found)
    assert [each["hit"] for each in bench.found] == ["ships", "ships", "Ships", "ships"]
    bench.go("terms", "How often, by group")
    assert [row[:2] for row in bench.rows] == [["Bell", "2"], ["Post", "2"]] and len(bench.found) == 4
    bench.pick(1)
    assert bench.step.question == "Where is “ships” said, outlet Post?" and bench.step.count == 2
    assert [row[:2] for row in bench.rows] == [["Bell", "2"], ["Post", "2"]]
    assert bench.panel.table.view["chosen"] == 1 and bench.fields["outlet"].value == "Post"
    assert bench.go("read").step.count == 2
    place = [row[0] for row in bench.go("terms").rows].index("vale")
    assert bench.pick(place).state.word == bench.fields["word"].value == "vale"
    assert bench.step.count == 2 and bench.step.question == "Where is “vale” said, outlet Post?"


def test_all_articles_come_into_view_again_at_once(news):
    bench = Bench(news).type(word="war", outlet="Bell", voice="inside", since=date(2024, 2, 1), once=True)
    assert bench.step.count == 1
    button = next(each for each in bench.frame._fields.box.children[-1].children if each.description == "All articles")
    button.click()
    assert bench.step.count == 4 and bench.state == State(word="war") and bench.fields["outlet"].value is None
    assert bench.fields["once"].value is False and bench.fields["since"].value is None


def test_what_stands_near_a_word_opens_and_the_word_stays(news):
    bench = Bench(news).type(word="war").go("terms", "What stands near it")
    near, count = bench.rows[0][:2]
    bench.pick(0)
    assert bench.state.word == bench.fields["word"].value == "war" and bench.panel.table.view["chosen"] == 0
    assert f'collocate_hits(news, "war", ["{near}"])' in bench.found_code and len(bench.found) == int(count)


def test_an_article_opens_at_the_passage(news):
    bench = Bench(news).type(word="war")
    read = bench.open(2)
    assert "Title d" in read and "passage 3" in read and bench.panel.passages.view["chosen"] == 2
    assert bench.type(word="ships").panel.article.value == ""


@pytest.mark.parametrize(("asked", "said"), [
    ({"word": "/a(/"}, "cannot be read"), ({"word": "*"}, "holds no word"),
    ({"word": "war", "voice": "speaker", "speaker": "Nemo"}, "nobody called 'Nemo' is quoted"),
    ({"outlet": "Post", "since": date(2024, 4, 1)}, "no article of"),
])  # fmt: skip
def test_what_cannot_be_answered_is_one_sentence_in_the_panel(news, asked, said):
    bench = Bench(news).type(**asked)
    assert said in bench.said and 'role="alert"' in bench.frame.said.value
    assert not bench.rows and not bench.found and bench.panel.call.value == ""
    n = len(bench.trail.steps)
    bench.type(word="ships", voice="all", outlet=None, since=None)
    assert bench.said == "" and bench.found and len(bench.trail.steps) > n


def test_a_fault_is_said_and_the_workbench_stays(news, monkeypatch):
    bench = Bench(news)
    monkeypatch.setattr(Cells, "run", lambda self, code: 1 / 0)
    assert "ZeroDivisionError" in bench.type(word="war").said
    monkeypatch.undo()
    assert bench.type(word="ships").found


def test_back_and_forward_show_each_step_as_it_was(news):
    bench = Bench(news).type(word="ships").go("terms", "How often, by group").pick(0)
    asked, counts = [each.question for each in bench.trail.steps], [each.count for each in bench.trail.steps]
    assert counts == [2, 4, len(bench.trail.steps[2].table), 2, 2] and bench.trail.at == 4
    back, on = bench.frame._path._back, bench.frame._path._on
    for at in (3, 2, 1, 0):
        back.click()
        assert (bench.trail.at, bench.step.question, len(bench.trail.steps)) == (at, asked[at], 5)
    assert bench.state == bench.trail.steps[0].state and bench.fields["word"].value == "" and back.disabled
    on.click()
    assert bench.fields["word"].value == "ships" and len(bench.found) == 4
    bench.click(bench.frame._path._list, 4)
    assert bench.state.value("outlet") == "Bell" and len(bench.found) == 2 and on.disabled


def ten_steps(news):
    bench = Bench(news).type(word="ships").go("terms", "How often, by group").pick(1)
    bench.type(word="war").go("read").type(outlet=None, voice="inside").type(voice="all", since=date(2024, 2, 1))
    bench.type(once=True)
    assert len(bench.trail.steps) >= 10
    for step in bench.trail.steps:
        step.kept = True
    return bench


def test_the_notebook_of_a_trail_runs_and_gives_the_same_counts(news):
    bench = ten_steps(news)
    bench.trail.steps[1].note = "<b>mine</b> [x](http://x) $a$"
    notebook = nbformat.from_dict(takeaway.notebook(news, bench.trail.kept))
    nbformat.validate(notebook)
    counts = []
    for cell in notebook.cells[2:]:
        if cell.cell_type == "code":
            known = {"news": news}
            exec("from utils import passages\n" + cell.source, known)
            counts.append(len(known["table"]))
    assert counts == [step.count for step in bench.trail.kept] and notebook.cells[1].source.endswith(
        "folder or file is"
    )
    text = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert "<b>mine" not in text and "](http" not in text and "How often" in text
    assert ast.parse(takeaway.notebook(news, bench.trail.kept, loaded='news = load("mine")')["cells"][1]["source"])


def test_a_trail_is_taken_away_as_a_text_and_as_tables(news, tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path))
    bench = ten_steps(news)
    text = takeaway.markdown(news, bench.trail.kept)
    assert text.count("\n## ") == len(bench.trail.kept) and "terms.rate(news" in text and "“ships”" in text
    table = takeaway.passages(news, bench.trail.kept)
    assert list(table) == takeaway.COLUMNS and set(table["passage"]) >= {"ships", "war"}
    assert len(table) == sum(step.count for step in bench.trail.kept if step.of_passages)
    for button in bench.frame._path._ways.children:
        button.click()
        assert "Written: " in plain(bench.frame._path.written.value)
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {
        "steps.ipynb", "steps.md", "passages.csv", "passages.xlsx", "steps.html", "steps-2.html",
    }  # fmt: skip
    nbformat.validate(nbformat.reads((tmp_path / "steps.ipynb").read_text(encoding="utf-8"), 4))


def test_nothing_is_taken_away_where_nothing_is_kept(news):
    for way in (takeaway.notebook, takeaway.markdown, takeaway.passages):
        with pytest.raises(ValueError, match="nothing is kept yet"):
            way(news, [])
    table = Step("How many?", "news.articles", news.articles, State())
    with pytest.raises(ValueError, match="no step that is kept shows passages"):
        takeaway.passages(news, [table])


def test_no_cell_of_a_sheet_is_a_formula(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path))
    bad = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "a\x0bb", "x" * 40_000]
    assert export.xlsx(pd.DataFrame({"=head": bad, "n": range(5)}), "t") == f"{tmp_path.name}/t.xlsx"
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"} and sheet["A2"].value[0] == "'"
    assert sheet["A5"].value == "a\ufffdb" and len(sheet["A6"].value) == 32_767
    with pytest.raises(ValueError, match="room for"):
        export.xlsx(pd.DataFrame({"n": np.zeros(2**20, "int8")}), "t")


def test_nothing_that_is_read_or_typed_runs():
    news = paste("<img src=x onerror=alert(1)> $a$\nShe said <script>alert(2)</script> cost.")
    bench = Bench(news).type(word="/<script>/")
    assert bench.found[0]["hit"] == "<script>" and "alert(2)" in bench.open(0)
    still = bench.box.copy()
    assert "<mark" in still and "cost." in still and "script>" not in bench.html() + still and "<img" not in still
    assert "<img src" not in bench.html()


def test_only_what_is_in_view_is_heard_of_a_click(news):
    bench = Bench(news).type(word="war")
    rows, n = bench.panel.passages, len(bench.trail.steps)
    for wrong in ({"row": 0, "n": -1}, {"row": 99, "n": rows.view["n"]}, {"row": "0", "n": rows.view["n"]}, "x", {}):
        rows._handle_custom_msg(wrong, [])
    assert bench.panel.article.value == "" and len(bench.trail.steps) == n


def test_a_long_table_comes_a_page_at_a_time(news):
    bench = Bench(news, "terms")
    rows = bench.panel.table
    assert len(rows.view["rows"]) == 20 < rows.view["all"]
    first = rows.view["rows"][0][0]
    rows._handle_custom_msg({"first": 20, "n": rows.view["n"]}, [])
    assert rows.view["first"] == 20 and rows.view["rows"][0][0] != first
    word = rows.view["rows"][0][0]
    bench.pick(20)  # no row of this page has that place
    assert bench.state.word == ""
    bench.pick(0)
    assert bench.state.word == word and (rows.view["first"], rows.view["chosen"]) == (20, 0)
    bench.frame._turn(asked="How often, by group")
    bench.frame._turn(asked="")
    assert rows.view["first"] == 0 and rows.view["rows"][0][0] == first


def test_work_tells_how_far_it_is_and_what_it_warns_of(monkeypatch):
    monkeypatch.delenv("TQDM_DISABLE", raising=False)
    said, busy = [], []
    work = Work(lambda words, alert: said.append((words, alert)), busy.append)
    work.start(lambda: list(progress.bar("ab", "reading")))
    assert said and all(words.startswith("reading: ") and not alert for words, alert in said) and busy == [True, False]

    def interrupted():
        raise KeyboardInterrupt

    work.start(interrupted)
    assert said[-1][0].startswith("Stopped.") and said[-1][1]


def test_work_in_a_thread_is_stopped(monkeypatch):
    said, busy = [], []
    work = Work(lambda words, alert: said.append(words), busy.append)
    work._threaded, begun = True, threading.Event()

    def endless():
        with work.stoppable():
            begun.set()
            while True:
                pass

    work.start(endless)
    assert begun.wait(20)
    work.stop()
    assert said[-1].startswith("Stopped.") and busy == [True, False]


def test_a_trail_holds_no_step_twice_and_ends_where_it_ends():
    trail = Trail()
    assert trail.step is None and trail.move(-1) is None
    for call in ("a", "a", "b"):
        trail.add(Step("?", call, pd.DataFrame(), State()))
    assert [each.call for each in trail.steps] == ["a", "b"] and trail.move(1) is None
    assert json.dumps(trail.step.counted) == '"0 rows"'


def days(asked):
    return date(2024, 3, 1) if "after a day" in asked else date(2024, 1, 5)


QUESTIONS = [(tab.name, each.name) for tab in TABS for each in tab.questions]


def rows_as_shown(table, columns):
    """Give the first page of a table as the workbench writes it."""
    own = table[[name for name in columns if name in table]]
    told = [[unescape(html.cell(value, share=name in html.shares(table))) for name, value in row.items()]
            for row in own.head(20).to_dict("records")]  # fmt: skip
    return told


@pytest.mark.parametrize(("tab", "asked"), QUESTIONS)
def test_every_call_gives_the_table_and_the_passages_that_are_shown(news, tab, asked):
    bench = Bench(news).type(word="war", outlet="Bell", since=days(asked)).go(tab, asked)
    question = next(each for each in bench.frame._tabs[tab].questions if each.name == asked)
    step = bench.step
    assert bench.said == "" and step.question == question.words(bench.state)
    pd.testing.assert_frame_equal(run(step.call, news), step.table)
    if bench.panel.call.value:
        assert bench.table_code == step.call
        assert bench.rows == rows_as_shown(run(bench.table_code, news), question.columns(bench.state))
        assert {each["name"].replace(" ", "_") for each in bench.panel.table.view["columns"]} == {
            *question.columns(bench.state)
        }
    if bench.panel.code.value and not question.blind:
        found = run(bench.found_code, news)
        hits = [" ".join(html.shortened(each).split()) for each in passages.text(news, found.head(20))]
        assert [each["hit"] for each in bench.found] == hits and len(found) == bench.panel.passages.view["all"]


@pytest.mark.parametrize(("tab", "asked"), QUESTIONS)
def test_a_click_on_a_row_opens_passages_and_a_click_on_one_its_article(news, tab, asked):
    bench = Bench(news).type(word="war", outlet="Bell", since=days(asked)).go(tab, asked)
    question = next(each for each in bench.frame._tabs[tab].questions if each.name == asked)
    if question.picks is not None and bench.rows:
        bench.pick(0)
        assert bench.said == "" and bench.found
    if not question.blind and bench.found:
        assert bench.open(0).startswith("Title ")


def test_a_mark_of_a_chart_opens_what_its_row_opens(news):
    bench = Bench(news).type(word="ships").go("trend")
    assert [row[:2] for row in bench.rows][:2] == [["2024-01-05", "1"], ["2024-01-12", "0"]] or bench.rows
    chart = bench.panel._chart
    assert len(chart.drawn.keys) == len(bench.step.table) and bench.step.drawn is chart.drawn
    chart._handle_custom_msg({"open": 0, "n": chart.view["n"]}, [])
    assert bench.state.since == bench.trail.steps[-2].table["period"].iloc[0].date() and chart.place == 0
    assert bench.step.counted == "1 passage"


def test_who_is_quoted_is_in_hand_everywhere(news):
    bench = Bench(news).go("voices")
    names = [row[0] for row in bench.rows]
    assert names.index("Jon Vale") < len(names)
    bench.pick(names.index("Jon Vale"))
    assert bench.state.speaker == "Jon Vale" and bench.fields["voice"].value == "speaker" and len(bench.found) == 2
    assert [row[0] for row in bench.rows] == names and bench.found[0]["said"] == "Words of Jon Vale"
    assert bench.go("terms").step.call.count('speaker="Jon Vale"') == 1


def test_the_harshest_sentence_stands_first_and_says_whose_it_is(news):
    bench = Bench(news).go("tone", "Harshest sentences")
    assert "terrible" in bench.found[0]["hit"] and bench.found[0]["said"] == "Score -1. Words of Ilse Marrow"
    assert bench.found[-1]["said"].endswith(". In no quotation")


def test_codes_are_given_blind(news, tmp_path, monkeypatch):
    bench = Bench(news).type(word="war").go("code")
    assert bench.step.count == 3 and not bench.found and bench.step.of_passages
    row, said, place = bench.frame._below.children[0].children[1:]
    name, begin = row.children
    begin.click()
    assert "write your name" in plain(said.value) and not place.children
    monkeypatch.setattr("utils.measures.validity.kept.FOLDER", tmp_path, raising=False)
    begun = []
    monkeypatch.setattr(code_tab, "coding", lambda *asked, **options: begun.append((asked, options)) or said)
    name.value = "ana"
    begin.click()
    assert begun[0][0][1:] == (bench.step.table, "tone") and begun[0][1] == {"coder": "ana"}


def test_each_tab_opens_alone(news):
    for name in ("terms", "trend", "tone", "voices", "compare", "copies", "code"):
        bench = Bench(news, name)
        assert [*bench.frame._tabs] == [name] and not bench.said
    assert {tab.name for tab in TABS} == {"read", "terms", "trend", "tone", "voices", "compare", "copies", "code"}


CELL = """from utils import explore, load

news = load({folder!r})
explore(news)"""
STORY = " ".join(f"The crew of berth {n} found load {n} in its place." for n in range(12))
SHOWN = {
    "Read": "Where is “war” said?", "Terms": "Which words are most frequent?", "Trend": "How does “war” move",
    "Tone": "What is the tone, by outlet?", "Voices": "Who is quoted most?", "Compare": "Which outlet shall be held",
    "Copies": "Which articles print one story?", "Code": "Which sentences with “war” are to be coded?",
}  # fmt: skip
OPENS = {"Terms", "Trend", "Tone", "Voices", "Compare", "Copies"}  # whose rows open


class Seen:
    """The workbench on the page, as a reader sees it: not its still copy."""

    def __init__(self, page):
        self.page, self.live = page, page.locator(".passages-live")
        self.rows = self.live.locator(".passages-bench tbody button")
        self.found = self.live.locator(".passages-bench li [role=button]")
        self.article = self.live.get_by_role("region", name="The article")

    def asked(self, words):
        self.live.locator("h4", has_text=words).first.wait_for(timeout=30_000)
        self.live.get_by_role("button", name="Stop", disabled=True).wait_for(timeout=30_000)

    def until_open(self, press):
        """Press on a passage until its article is open: a press on a list that gives way to another opens nothing."""
        for _ in range(15):
            press()
            with suppress(TimeoutError):
                return self.article.get_by_text("Title ").first.wait_for(timeout=2_000)
        return pytest.fail("no article opens")

    def back(self):
        """Come back to the word in all articles, as at the beginning."""
        self.live.get_by_role("button", name="All articles").click()
        self.idle()
        self.live.get_by_role("button", name="Read", exact=True).click()
        self.idle()
        self.live.get_by_label("Word", exact=True).fill("war")
        self.page.keyboard.press("Enter")
        self.idle()
        self.asked("Where is “war” said?")

    def idle(self):
        self.page.wait_for_timeout(500)
        self.live.get_by_role("button", name="Stop", disabled=True).wait_for(timeout=30_000)

    def to(self, within):
        """Press Tab until the focus is in what is wanted; say whether it came there."""
        for _ in range(150):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("what => !!document.activeElement.closest(what)", within):
                return True
        return False

    def serious(self):
        """What axe finds that keeps a reader out, in a line each."""
        found = [each for each in Axe().run(self.page, context=".passages-live").response["violations"]]
        return [
            f"{each['id']}: {each['nodes'][0]['html'][:200]}"
            for each in found
            if each["impact"] in ("serious", "critical")
        ]


def test_two_prints_of_a_story_are_laid_side_by_side_though_one_is_out_of_view():
    harbour = load("harbour")
    bench = Bench(harbour).type(outlet="The Varnhithe Plumbline").go("copies", "Which are copies")
    theirs = bench.step.table["story"].map(harbour.articles["outlet"]) != "The Varnhithe Plumbline"
    assert theirs.any()
    bench.pick(int(theirs.to_numpy().argmax()))
    assert bench.said == "" and bench.found


def test_what_is_in_view_is_told_where_two_sides_are_compared(news):
    bench = (
        Bench(news)
        .type(word="war", outlet="Bell", since=date(2024, 1, 5))
        .go("compare", "How much more it says a word")
    )
    assert bench.step.question.endswith("than other articles, from 2024-01-05?")


@pytest.mark.browser
def test_the_workbench_in_jupyterlab_by_pointer_and_by_keyboard_alone(tmp_path):
    browser.need_chromium()
    root, folder = browser.clone(tmp_path / "clone"), tmp_path / "texts"
    folder.mkdir()
    texts = TEXTS | {"e": ("Post", "2024-03-01", STORY), "f": ("Bell", "2024-03-02", STORY)}
    rows = [{"outlet": o, "date": d, "title": f"Title {n}", "text": f"{t} <b>x</b>"} for n, (o, d, t) in texts.items()]
    (folder / "news.json").write_text(json.dumps(rows), encoding="utf-8")
    path = root / "notebooks" / "mine" / "00-start-here.ipynb"
    path.parent.mkdir(exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    cells = [v4.new_code_cell(CELL.format(folder=str(folder)), id="explore")]
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), path)
    faults, focused = {}, {}
    with browser.lab(root, tmp_path) as page:
        browser.open_notebook(page, path.name)
        browser.run_all(page, path)
        seen = Seen(page)
        seen.asked("What is in here, by outlet?")
        seen.live.get_by_label("Word", exact=True).fill("war")
        page.keyboard.press("Enter")
        seen.asked("Where is “war” said?")
        for tab, question in SHOWN.items():
            seen.live.get_by_role("button", name=tab, exact=True).click()
            seen.asked(question)
            faults[tab] = seen.serious()
            if tab in OPENS:
                seen.rows.first.click()
                seen.live.locator(".passages-rows-chosen").first.wait_for(timeout=30_000)
                seen.live.get_by_role("button", name="Stop", disabled=True).wait_for(timeout=30_000)
            if tab != "Code":
                seen.until_open(seen.found.first.click)
            seen.back()
        seen.live.get_by_role("button", name="Trend", exact=True).click()
        seen.asked(SHOWN["Trend"])
        seen.live.locator(".passages-chart [role=button]").first.click()
        seen.asked("Where is “war” said, from 2024-01-01")
        seen.back()
        for tab in [*OPENS, "Read"]:
            seen.live.get_by_role("button", name="Read", exact=True).focus()
            while page.evaluate("document.activeElement.textContent") != tab:
                page.keyboard.press("Tab")
            page.keyboard.press("Enter")
            seen.asked(SHOWN[tab])
            steps = [seen.to(".passages-bench tbody button")] if tab in OPENS else []
            page.keyboard.press("Enter")
            seen.idle()
            steps.append(seen.to(".passages-bench li [role=button]"))
            seen.until_open(lambda: page.keyboard.press("Enter"))
            page.wait_for_function(
                "document.activeElement.getAttribute('aria-label') === 'The article'", timeout=20_000
            )
            focused[tab] = steps
            seen.back()
        outlet = seen.live.get_by_label("Outlet", exact=True)
        outlet.focus()
        for key in ("ArrowDown", "d", "d", "b", "x"):  # some of which are JupyterLab's own, and insert or delete cells
            page.keyboard.press(key)
        seen.idle()
        moved = outlet.evaluate("field => field.selectedIndex")
        cells = page.locator(".jp-Notebook .jp-Cell").count()
        saved = browser.save(page, path)
    assert moved > 0 and cells == 1
    assert faults == dict.fromkeys(SHOWN, []) and browser.errors(saved) == []
    assert all(all(steps) for steps in focused.values()) and len(focused) == len(OPENS) + 1
    assert "What was last seen here" in "".join(saved["cells"][0]["outputs"][0]["data"]["text/html"])
