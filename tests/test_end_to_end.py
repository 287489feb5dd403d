"""As a reader has it: a notebook run to its end in JupyterLab, and texts that would like to run and cannot."""

import csv
import re

import nbformat
import pytest
from nbformat import v4

import browser
from utils import load

NOTEBOOK = "01-read-the-corpus.ipynb"
RAN = "window.ran = true"
MONEY = "It rose from $5 million to $7 million"
NAME = "`![a picture](http://evil.example/c.png)`"
HOSTILE = f"""<script>{RAN}</script> and the harbour
Published in <b onmouseover="{RAN}">News</b>
By <img src=x onerror="{RAN}">
The mayor said <img src="http://evil.example/a.png" onerror="{RAN}"> and left. <a href="javascript:{RAN}">See this</a>.
Venezuela [a link](javascript:{RAN}) and ![a picture](http://evil.example/b.png) </table></details>
{MONEY}, $\\href{{javascript:{RAN}}}{{or less}}$, \\[x\\] and \\begin{{align}}y\\end{{align}}, the mayor said.
<script>{RAN}</script> <iframe src="javascript:{RAN}"></iframe> <svg onload="{RAN}"></svg> The Monroe Doctrine.
<style>body {{display: none}}</style> was the last line of it, and nobody could read it.
©2025 <script>{RAN}</script> Post. Visit at evil.example."""
TABLE = f"""raw,title,outlet
"It is paid. {MONEY}.","{MONEY}",The $Post$
"The quay is shut. {HOSTILE.splitlines()[0]}","=HYPERLINK(""http://evil.example"")",+1+1
"The quay is open again. {HOSTILE.splitlines()[3].replace('"', "'")}",@SUM(A1),"<img src=x onerror='{RAN}'>"
"""
MORE = [
    "passages.read(news, 'hostile.txt')",
    "reading.lines(news, reading.concordance(news, 'the'))",
    "news.articles",
    "passages.show(news, terms.hits(news, 'rose'))",
    f"from utils import plain, say\n\nname = {NAME!r}\nsay(f'The corpus `{{plain(name)}}`: {MONEY}')",
    "from utils import export\n\nexport.csv(news.articles[['title', 'outlet', 'raw']].reset_index(drop=True), 'all')",
]
OUTSIDE = re.compile(r"(?!(?:https?|wss?)://127\.0\.0\.1[:/]|data:|blob:|about:)")


@pytest.mark.browser
def test_a_notebook_runs_to_its_end_and_hostile_texts_stay_text(tmp_path):
    browser.need_chromium()
    root = browser.clone(tmp_path / "clone")
    hostile_corpus(root / "corpus" / "mine")
    path, asked, dialogs = root / "notebooks" / "mine" / NOTEBOOK, [], []
    with browser.lab(root, tmp_path) as page:
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        browser.open_notebook(page, NOTEBOOK)
        ours = browser.run_all(page, path)
        picture = page.locator(".jp-OutputArea img").first
        picture.scroll_into_view_if_needed()
        alt, width = picture.get_attribute("alt"), picture.evaluate("image => image.naturalWidth")
        row = page.locator(".jp-OutputArea details").first
        row.locator("summary").click()
        said, opened = row.locator("summary").inner_text(), row.locator("mark").all_inner_texts()
        of_hostile_texts(path)
        browser.open_notebook(page, NOTEBOOK)
        theirs = browser.run_all(page, path)
        for details in page.locator(".jp-OutputArea details").all():
            details.evaluate("row => { row.open = true; row.scrollIntoView() }")
        page.wait_for_timeout(500)
        ran, shown = page.evaluate("window.ran"), "\n".join(page.locator(".jp-OutputArea").all_inner_texts())
        formulas = page.locator("mjx-container").count()

    assert browser.errors(ours) == [] and browser.errors(theirs) == []
    assert alt.startswith("Bar chart: articles in each week, 3 Mar 2025 to 5 May 2025") and width > 500
    assert re.match(r"body, paragraph: [\d,]+ passages in [\d,]+ articles", said) and len(opened) == 10 and all(opened)
    assert ran is None and dialogs == []
    assert [url for url in asked if OUTSIDE.match(url)] == []
    assert formulas == 0 and shown.count(MONEY) >= 5
    for text in (NAME, f"<script>{RAN}</script> and the harbour", f"javascript:{RAN}", "=HYPERLINK("):
        assert text in shown
    the_table_taken_away_holds_no_formula(root / "results" / "all.csv")


def hostile_corpus(folder):
    folder.mkdir()
    (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
    (folder / "table.csv").write_text(TABLE, encoding="utf-8")


def of_hostile_texts(path):
    """Turn the notebook to the reader's own texts, with a few cells more that show them in other ways."""
    notebook = nbformat.read(path, as_version=4)
    cells = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    cells[0].source = cells[0].source.replace('CORPUS = "harbour"', 'CORPUS = "mine"')
    assert 'CORPUS = "mine"' in cells[0].source
    notebook.cells += [v4.new_code_cell(source, id=f"more-{n}") for n, source in enumerate(MORE)]
    nbformat.write(notebook, path)


def the_table_taken_away_holds_no_formula(path):
    """Every cell that a spreadsheet would run has an apostrophe, and our own reader takes it off again."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert sum(cell.startswith(("'\u200b=", "'\u200b+", "'\u200b@")) for cell in cells) == 3
    again = load(path).articles
    assert {'=HYPERLINK("http://evil.example")', "@SUM(A1)"} <= set(again["title"]) and "+1+1" in set(again["outlet"])
