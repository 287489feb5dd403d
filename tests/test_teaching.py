"""What a teacher is given: pages whose numbers are the notebooks', answers that are right, handouts, slides."""

import ast
import html
import io
import re
from functools import cache
from numbers import Real

import lxml.html
import nbformat.v4 as made
import pytest
from playwright.sync_api import sync_playwright
from pypdf import PdfReader

import browser
from upkeep.notebooks import solutions
from upkeep.notebooks.normal import outputs
from upkeep.notebooks.readme import opening
from upkeep.notebooks.run import ROOT, find, read
from upkeep.teaching import assignment, slides
from utils import answer_key, passages

TEACHING = ROOT / "teaching"
NOTEBOOKS = {path.stem: path for path in find()}
PARTS = ["The argument to have", "Answers", "Minutes", "To hand in"]
BOLD = re.compile(r"\*\*([^*\n]+(?:\*[^*\n]+)*?)\*\*")
OPENED = re.compile(r"</summary>.*?</details>", re.DOTALL)  # the passages below a row
NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?%?")
GIVEN = re.compile(r"^- `([\w-]+)`: \*\*`?(.+?)`?\*\*\.", re.MULTILINE)  # an answer that can be right
ASKED = re.compile(r"^- `([\w-]+)`[.:]", re.MULTILINE)


def page(name):
    return (TEACHING / f"{name}.md").read_text(encoding="utf-8")


def part(text, heading):
    return text.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def minutes(text):
    return sum(map(int, re.findall(r"^\| (\d+) \|", part(text, "Minutes"), re.MULTILINE)))


@cache
def said(name):
    """Give all that the kept notebook says: prose and outputs as text, without passages, minus signs as one sign."""
    notebook, solved = read(NOTEBOOKS[name]), read(solutions.path_of(NOTEBOOKS[name]))
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    checked = [out for cell in solutions.exercises(solved) for out in cell.outputs]
    made = [OPENED.sub("", text) for out in [*outputs(notebook), *checked] for text in _texts(out)]
    bare = [
        re.sub(r"<(?:[^>\"]|\"[^\"]*\")*>", " ", re.sub(r"<img alt=\"([^\"]*)\"[^>]*>", r"\1", text)) for text in made
    ]
    return html.unescape(" ".join(prose + bare)).replace("−", "-")


def _texts(out):
    data = out.get("data", {})
    yield out.get("text", "")
    yield next((data[kind] for kind in ("text/markdown", "text/html", "text/plain") if kind in data), "")


def stands(number, text):
    return re.search(rf"(?<![\d.,]){re.escape(number.replace('−', '-').lstrip('+'))}(?![\d%]|[.,]\d)", text)


def unfounded(name, text):
    """Give the numbers in bold that stand nowhere in the notebook, the answers to its exercises left out."""
    bold = BOLD.findall(GIVEN.sub("", text))
    return [number for each in bold for number in NUMBER.findall(each) if not stands(number, said(name))]


def needed(path, exercise):
    """Give the statements of a notebook that an exercise's solution needs, and the solution, in their order."""
    held = []
    for cell in read(path).cells:
        if solutions.name_of(cell) == exercise:
            break
        held += ast.parse(cell.source).body if cell.cell_type == "code" else []
    solved = ast.parse(solutions.kept(path.stem)[exercise]).body
    taken, wanted = [], names(solved, ast.Load)
    for statement in reversed(held):
        if bound(statement) & wanted:
            taken.insert(0, statement)
            wanted |= names([statement], ast.Load) | {*re.findall(r"@(\w+)", ast.unparse(statement))}
    return [*taken, *solved]


def names(trees, kind):
    found = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Name))
    return {node.id for node in found if isinstance(node.ctx, kind)}


def bound(statement):
    """Give the names that a statement gives or changes."""
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {(each.asname or each.name).split(".")[0] for each in statement.names}
    if isinstance(statement, ast.FunctionDef):
        return {statement.name}
    changed = [each for each in getattr(statement, "targets", []) if isinstance(each, ast.Subscript)]
    return set() if isinstance(statement, ast.Expr) else names([statement], ast.Store) | names(changed, ast.Load)


def alike(value, written):
    if isinstance(value, Real):
        number = written.replace("−", "-")
        return f"{value:,.{len(number.partition('.')[2])}f}" == number
    return value == written


def test_each_notebook_has_a_page_and_each_page_a_notebook():
    assert {path.stem for path in TEACHING.glob("*.md")} >= {*NOTEBOOKS}
    numbered = {path.stem for path in TEACHING.glob("[0-9]*.md")}
    assert numbered <= {*NOTEBOOKS}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_has_its_parts_and_its_question(name):
    text, notebook = page(name), read(NOTEBOOKS[name])
    title = opening(notebook).question
    assert text.splitlines()[0].endswith(title)
    headings = re.findall(r"^## (.+)", text, re.MULTILINE)
    assert headings[0] == "Where students stumble" and [each for each in headings if each in PARTS] == PARTS
    assert f"takes {opening(notebook).minutes} minutes" in " ".join(text.split())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_page_answers_every_exercise_and_its_minutes_make_a_session(name):
    text = page(name)
    asked = [solutions.name_of(cell) for cell in solutions.exercises(read(NOTEBOOKS[name]))]
    assert ASKED.findall(part(text, "Answers")) == [each for each in asked if each]
    assert minutes(text) in (45, 90)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_number_in_bold_stands_in_the_kept_notebook(name):
    text = page(name)
    assert BOLD.findall(text)
    assert unfounded(name, text) == []


def test_a_number_that_no_longer_stands_there_is_found():
    assert unfounded("00-start-here", "**84** times, **23.5**; **85** and **3.5**, **−84%**") == [
        "85",
        "3.5",
        "−84%",
    ]


@pytest.mark.parametrize(
    ("name", "exercise", "written"),
    [(name, *given) for name in NOTEBOOKS if (TEACHING / f"{name}.md").exists() for given in GIVEN.findall(page(name))],
)
def test_an_answer_is_what_the_solution_gives(name, exercise, written):
    held = {}
    tree = ast.Module(needed(NOTEBOOKS[name], exercise), type_ignores=[])
    exec(compile(tree, exercise, "exec"), held)
    assert alike(held["answer"], written), held["answer"]


def test_an_answer_that_is_not_right_is_found():
    assert alike(88, "88") and alike(-0.2692, "−0.27") and alike("comments", "comments")
    assert not alike(88, "87") and not alike(-0.2692, "0.27") and not alike("comments", "rights line")


def test_the_door_leads_to_each_page_and_tells_its_minutes():
    rows = re.findall(r"^\| \[[^]]+\]\(([\w-]+)\.md\) \| (.+?) \| (\d+) \|$", page("README"), re.MULTILINE)
    assert rows == [(name, opening(read(NOTEBOOKS[name])).question, str(minutes(page(name)))) for name in NOTEBOOKS]


def test_every_link_of_the_pack_leads_somewhere():
    for path in TEACHING.rglob("*.md"):
        links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
        assert [link for link in links if not (path.parent / link).exists()] == [], path.name


def test_the_rubric_gives_the_points_that_assignments_give():
    kinds = part(page("rubric"), "Exercises of the notebooks")
    assert f"**{assignment.RIGHT}** right, **{assignment.CLOSE}** close" in kinds
    assert f"up to **{assignment.JUDGED}**" in kinds
    marks = [int(each) for each in re.findall(r"^\| \*\*(\d)\*\* \|", kinds, re.MULTILINE)]
    assert marks == [*range(assignment.JUDGED, -1, -1)]


def test_the_handout_is_the_article_word_for_word_and_its_key_is_told_right(harbour):
    text = page("handouts/mark-up-an-article")
    held = re.findall(r"^\| \d+ \| (.+) \| \|$", text, re.MULTILINE)
    body = harbour.body[harbour.body["article_id"] == "017.txt"]
    assert [line.removeprefix("VARNHITHE, Low Coast — ") for line in held] == [
        *passages.text(harbour, body).str.strip()
    ]
    assert f"## {harbour.articles.at['017.txt', 'title']}\n" in text
    key = answer_key(harbour, "quotes").query("article_id == '017.txt' and not nested")
    assert len(key) == 12 and key["kind"].value_counts().to_dict() == {"direct": 5, "indirect": 5, "partial": 2}
    said_by = {"Ottilie Marsh": 6, "Pascoe Threlmer": 2, "day-hand": 2, "Labour Inspectorate": 1, "union": 1}
    assert key["speaker"].value_counts().to_dict() == said_by
    told = " ".join(part(page("03-hear-the-voices"), "The handout, and its key").split())
    assert "twelve quotations and one inside another" in told and "Marsh has six of the twelve" in told
    found = harbour.quotes.query("article_id == '017.txt'")["speaker"]
    assert (found == "chief inspector").sum() == 2


@pytest.mark.parametrize("path", sorted((TEACHING / "handouts").glob("*.md")), ids=lambda path: path.stem)
def test_no_line_to_write_on_pushes_a_column_of_a_handout_together(path):
    rows = re.findall(r"^\|.+\|$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert rows and max(map(len, re.findall("…+", "".join(rows))), default=0) <= 12


def parsed(name):
    return lxml.html.fromstring(slides.made(read(NOTEBOOKS[name]), name))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_slides_hold_every_figure_each_section_and_the_answer(name):
    page, notebook = parsed(name), read(NOTEBOOKS[name])
    drawn = [
        out.metadata["passages"]["figure"]["alt"] for out in outputs(notebook) if "passages" in out.get("metadata", {})
    ]
    assert [image.get("alt") for image in page.iter("img")] == drawn
    headings = re.findall(
        r"^## +(.+)", "\n".join(c.source for c in notebook.cells if c.cell_type == "markdown"), re.MULTILINE
    )
    assert [*dict.fromkeys(each.text_content() for each in page.iter("h2"))] == [
        each.replace("`", "") for each in headings
    ]
    last = [out.data["text/markdown"] for out in outputs(notebook) if "text/markdown" in out.get("data", {})][-1]
    told = page.xpath("//section[last()]")[0].text_content()
    if NOTEBOOKS[name].stem[0].isdigit():
        assert " ".join(html.unescape(re.sub(r"[*`]", "", last)).split()[:12]) in " ".join(told.split())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_slides_ask_for_nothing_elsewhere(name):
    page = parsed(name)
    assert {address.partition(",")[0] for *_, address, _ in page.iterlinks()} <= {"data:image/png;base64"}
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]/@content")[0]


def test_what_a_notebook_says_is_escaped_on_a_slide():
    evil = "<script>alert(1)</script> & <b>x</b>"
    cells = [made.new_markdown_cell("# Why?"), made.new_markdown_cell(f"## A {evil}\n\nWe follow {evil} &#43;1.")]
    cell = made.new_code_cell(
        "", outputs=[made.new_output("execute_result", {"text/html": "<table><tr><th>a<tr><td>&lt;i&gt;"})]
    )
    page = slides.made(made.new_notebook(cells=[*cells, cell, made.new_markdown_cell("## So?\n\nSo.")]), evil)
    assert page.count("<script>") == 1 and "<b>" not in page and "<i>" not in page and "+1." in page


@pytest.mark.parametrize("name", ["02-follow-a-word", "03-hear-the-voices"])
def test_arrow_keys_move_slides_which_fit_the_screen_and_a_page_each(name, tmp_path):
    browser.need_chromium()
    assert slides.main([name], tmp_path) == 0
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1280, "height": 720})
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto((tmp_path / f"{name}.html").as_uri())
        tall = page.evaluate("[...document.querySelectorAll('section')].map(slide => slide.scrollHeight)")
        assert max(tall) <= 720
        page.keyboard.press("ArrowRight")
        page.wait_for_function("scrollY === 720")
        page.keyboard.press("End")
        page.wait_for_function(f"scrollY === {720 * (len(tall) - 1)}")
        page.keyboard.press("ArrowLeft")
        page.wait_for_function(f"scrollY === {720 * (len(tall) - 2)}")
        printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
        chromium.close()
    assert len(printed.pages) == len(tall)
    assert not [url for url in asked if not url.startswith(("file:", "data:"))]


def test_slides_of_no_notebook_are_refused(tmp_path, capsys):
    assert slides.main(["99"], tmp_path) != 0
    assert "No notebook's name begins with '99'" in capsys.readouterr().err
    assert not [*tmp_path.iterdir()]
