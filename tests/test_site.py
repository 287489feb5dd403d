"""The pages to read, in chromium, as `make site` left them: whole, at home, narrow and wide, for eyes and for hands."""

import pytest
from playwright.sync_api import sync_playwright

from upkeep.site.build import OUT

pytestmark = pytest.mark.course
PAGES = sorted(path.relative_to(OUT).as_posix() for path in OUT.rglob("*.html") if "_static" not in path.parts)
JUDGED = [  # one of each kind
    "index.html", "notebooks/00-start-here.html", "notebooks/glossary.html",
    "notebooks/solutions/01-read-the-corpus.html",
    "reference/terms.html", "corpus/README.html", "CONTRIBUTING.html", "genindex.html", "search.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module", params=[390, 1280])
def page(request, browser):
    page = browser.new_page(viewport={"width": request.param, "height": 844})
    page.asked = []
    page.on("request", lambda asked: page.asked.append(asked.url))
    yield page
    page.close()


def opened(page, name, asking=""):
    page.asked.clear()
    page.goto((OUT / name).as_uri() + asking)
    return page


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_elsewhere_and_is_no_wider_than_the_screen(page, name):
    opened(page, name)
    assert not [url for url in page.asked if not url.startswith(("file:", "data:"))]
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.title() and page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate(
        "[...document.images].every(image => image.complete && image.naturalWidth && image.alt !== null)"
    )


@pytest.mark.parametrize("name", JUDGED)
def test_axe_finds_no_serious_fault(page, name):
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(opened(page, name)).response["violations"]
    grave = [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")]
    assert not grave


def test_a_row_opens_onto_its_passages_by_keyboard(page):
    row = opened(page, "notebooks/00-start-here.html").locator("article details:has(mark)").first
    assert not row.locator("mark").first.is_visible()
    row.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert row.locator("mark").first.is_visible()


def test_the_pages_are_found_by_their_words(page):
    opened(page, "search.html", "?q=concordance")
    page.wait_for_selector("#search-results a")
    assert "concordance" in page.locator("#search-results").inner_text().lower()
