"""Charts that open, and what a notebook keeps of them: what is drawn, what each mark says, and what a press opens."""

import asyncio
import base64
import json
import re
from html import escape, unescape
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import ipywidgets
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import nbformat
import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat import v4
from playwright.sync_api import sync_playwright

import browser
from conftest import SIX
from utils import explore, load, passages, reading, terms
from utils.arguments import Refusal
from utils.explore import charts, still
from utils.explore.still import Still

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = [
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]></title><svg onload=alert(1)>",
    "&#x3c;b&#x3e; & <b>", "url(#x) javascript:alert(1)", "$x^2$ \\alpha", "a\x00b\x08c", "half \ud83d",
    "\u202eright to left", "", " ", "é" * 300,
]  # fmt: skip
TONE = pd.DataFrame({
    "outlet": ["Alder", "Birch", "none", "Cedar"], "tone": [0.1, -0.2, None, 0.05], "low": [0.0, -0.3, None, None],
    "high": [0.2, -0.1, None, None], "n_articles": [2, 4, 0, 1],
})  # fmt: skip
STORY = pd.array(["a1.txt", None, pd.NA, "b"], dtype="string")


def parsed(drawn):
    """The chart's own elements, its marks in words, and where each lies."""
    root = ET.fromstring(drawn.svg)
    marks = root.findall(f"{SVG}g[@data-mark]")
    places = [[float(mark.find(f"{SVG}rect").get(side)) for side in ("x", "y", "width", "height")] for mark in marks]
    return root, [mark.findtext(f"{SVG}title") for mark in marks], places


def pressed(chart, place, n=None):
    chart._handle_custom_msg({"open": place, "n": chart.view["n"] if n is None else n}, [])


@pytest.fixture(scope="module")
def drawings(six):
    """Each kind of chart, with the keys that its marks must have."""
    over = terms.over_time(six, "peace", freq="day")
    words = terms.frequencies(six).head(8)
    placed = reading.places(six, terms.hits(six, "peace"))
    days = pd.Series(pd.to_datetime(["2024-01-02", "2024-01-02", "2024-01-09", "2024-01-23"]))
    many = over if not over.attrs["lacking"] else None
    return {
        "bars": (charts.bars(TONE, "outlet", "tone", source="Six articles"), (0, 1, 3)),
        "words": (charts.bars(words, "term", "rate_per_10k", source="Six articles"), tuple(range(8))),
        "dispersion": (charts.dispersion(placed, six.articles["title"], source="Six"), ("a1.txt", "a2.txt", "b4.txt")),
        "periods": (charts.periods(days, source="Four"), tuple(pd.to_datetime(
            ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"]))),
        "points": (charts.points(words, "count", "n_articles", "term", source="Six", title="Words"), tuple(range(8))),
    } | ({} if many is None else {"trend": (charts.trend(over), tuple(range(len(over))))})  # fmt: skip


def test_each_row_is_a_mark_with_its_words_and_its_key(drawings):
    for name, (drawn, keys) in drawings.items():
        root, words, places = parsed(drawn)
        assert drawn.keys == keys and drawn.labels == tuple(words) and len(set(words)) == len(keys), name
        assert root.get("role") == "img" and len(root.findtext(f"{SVG}desc")) > 20
        wide, high = (float(each) for each in root.get("viewBox").split()[2:])
        assert all(x >= 0 and y >= 0 and x + w <= wide + 1 and y + h <= high + 1 for x, y, w, h in places), name
        assert min(min(w, h) for *_, w, h in places) * 100 / 72 >= 24, name  # pixels, WCAG 2.2, 2.5.8
    assert drawings["bars"][0].labels[1:] == (
        "Birch: \u22120.200 (\u22120.300 to \u22120.100) mean polarity of articles; 4 articles",
        "Cedar: 0.050 mean polarity of articles; 1 article",
    )
    assert drawings["periods"][0].labels[2:] == ("15 Jan 2024: 0 articles", "22 Jan 2024: 1 article")


def test_a_mark_lies_on_what_it_names(harbour):
    """The dot of each row, and the point of each period, lie in the rectangle of their own mark alone."""
    over = terms.over_time(harbour, "fuel")
    for drawn, across in ((charts.bars(TONE, "outlet", "tone", source="Six"), False), (charts.trend(over), True)):
        root, _, places = parsed(drawn)
        points = [(float(use.get("x")), float(use.get("y"))) for use in root.iter(f"{SVG}use")]
        for place, (x, y, w, h) in enumerate(places):
            own = [at for at in points if x <= at[0] <= x + w and y <= at[1] <= y + h]
            centre = x + w / 2 if across else y + h / 2
            if across and not 0 < place < len(places) - 1:
                continue
            assert any(abs(at[0 if across else 1] - centre) < 1 for at in own), drawn.labels[place]


def test_several_lines_have_the_marks_of_each(harbour):
    tables = {name: terms.over_time(harbour, name) for name in ("fuel", "port")}
    drawn = charts.trend(tables)
    _, words, places = parsed(drawn)
    n = len(tables["fuel"])
    assert drawn.keys == tuple((name, place) for name in tables for place in range(n))
    assert words[0].startswith("fuel, 3 Mar 2025: 5.5 occurrences") and words[n].startswith("port, 3 Mar 2025: ")
    assert {y for _, y, *_ in places[:n]} != {y for _, y, *_ in places[n:]} and len({y for _, y, *_ in places}) == 2


def test_shares_are_drawn_in_per_cent():
    said = pd.DataFrame(
        {"person": ["Ana", "Ben"], "share_of_words": [0.02, 0.01], "low": [0.01, 0], "high": [0.04, 0.03]}
    )
    drawn = charts.bars(said, "person", "share_of_words", source="Six")
    ticks = [text for each in parsed(drawn)[0].iter(f"{SVG}text") if (text := each.text or "").endswith("%")]
    assert {"1%", "2%"} <= set(ticks) and drawn.labels[0] == "Ana: 2.0% (1.0% to 4.0%) share of all words"


def test_what_cannot_be_drawn_is_said(six):
    with pytest.raises(Refusal, match="No article here has a date"):
        charts.trend(terms.over_time(six, "peace"))
    with pytest.raises(Refusal, match="There is no value here to draw"):
        charts.bars(TONE.assign(tone=None), "outlet", "tone", source="Six")
    with pytest.raises(Refusal, match="no row with both"):
        charts.points(TONE.assign(tone=None), "tone", "n_articles", "outlet", source="Six", title="None")
    with pytest.raises(Refusal, match="lacks paper"):
        charts.bars(TONE, "paper", "tone", source="Six")
    with pytest.raises(Refusal, match="2 marks were named, and 3 are drawn"):
        charts.drawn(lambda: plt.subplots()[1].bar(range(3), range(3))[0].axes, [("a", 1), ("b", 2)])


def test_axes_of_any_kind_have_marks_by_gid_or_bars():
    def named():
        _, ax = plt.subplots()
        for n, x in enumerate([3, 1, 2]):
            ax.plot([x], [x], "o", gid=f"mark-{n}")
        return ax

    drawn = charts.drawn(named, [("c", "c"), ("a", "a"), ("b", "b")])
    left = dict(zip(drawn.keys, (x for x, *_ in parsed(drawn)[2]), strict=True))
    assert left["a"] < left["b"] < left["c"] and not plt.get_fignums()
    with_bars = charts.drawn(lambda: plt.subplots()[1].bar([0, 1], [2, 3])[0].axes, [("one", 1), ("two", 2)])
    (_, _, _, low), (_, _, _, high) = parsed(with_bars)[2]
    assert high == pytest.approx(1.5 * low, rel=0.01)


@pytest.mark.filterwarnings("ignore:Glyph")
def test_hostile_words_stay_words():
    table = pd.DataFrame({"term": pd.Series(HOSTILE, dtype=object), "tone": range(12), "n": range(12)})
    for drawn in (
        charts.bars(table, "term", "tone", source=HOSTILE[0], title=HOSTILE[1]),
        charts.points(table, "tone", "n", "term", source=HOSTILE[2], title=HOSTILE[0], group="term"),
    ):
        root, words, _ = parsed(drawn)
        assert len(words) == len(HOSTILE) and words[0].startswith(HOSTILE[0])
        names = {element.tag.removeprefix(SVG) for element in root.iter()}
        assert names <= {"svg", "title", "desc", "g", "path", "use", "defs", "clipPath", "rect", "text"}
        attributes = [(name, value) for element in root.iter() for name, value in element.attrib.items()]
        assert not [name for name, _ in attributes if name.startswith("on")]
        assert all(value.startswith("#") for name, value in attributes if name == "href")
        assert not re.findall(r"url\((?!#c\w+-)", " ".join(value for _, value in attributes))
        assert "<script" not in drawn.svg and "<img" not in drawn.image().removeprefix("<img ")


def test_the_same_table_gives_the_same_chart_and_two_charts_share_no_name():
    one, again, other = (charts.bars(TONE.head(n), "outlet", "tone", source="Six") for n in (4, 4, 2))
    ids = [set(re.findall(r' id="([^"]*)"', drawn.svg)) for drawn in (one, again, other)]
    assert one == again and ids[0] and not ids[0] & ids[2]
    referred = set(re.findall(r"""#(c\w+-[^")]+)""", one.svg))
    assert referred and referred <= ids[0]


def test_a_press_opens_the_key_of_the_mark_in_view_and_nothing_else(drawings):
    opened = []
    chart = charts.opening(drawings["bars"][0], opened.append, chosen=1)
    assert (chart.chosen, chart.place) == (1, 1)
    pressed(chart, 2)
    assert opened == [3] and chart.chosen == 3
    old = chart.view["n"]
    chart.show(drawings["dispersion"][0], chosen="a2.txt")
    assert chart.chosen == "a2.txt" and chart.view["svg"] == drawings["dispersion"][0].svg
    for wrong in ((0, old), (3, None), (-1, None), ("0", None), (True, None), (None, None), ([0], None)):
        pressed(chart, *wrong)
    for wrong in (None, [], "open", {"open": 0}, {"n": chart.view["n"]}):
        chart._handle_custom_msg(wrong, [])
    assert opened == [3]
    pressed(chart, 0)
    assert opened == [3, "a1.txt"]
    chart.choose("nowhere")
    assert chart.chosen is None
    chart.show(None)
    pressed(chart, 0)
    assert chart.view["svg"] == "" and opened == [3, "a1.txt"]


# The page to hand on


class Trail:
    def __init__(self, *steps):
        self.kept = list(steps)


def step(question, table=None, drawn=None, note="", call="terms.hits(news)"):
    n = 0 if table is None else len(table)
    return SimpleNamespace(question=question, call=call, count=n, table=table, drawn=drawn, note=note)


@pytest.fixture
def results(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path / "out"))
    return tmp_path / "out"


@pytest.fixture(scope="module")
def wild(tmp_path_factory):
    """A corpus whose titles, outlets and texts would run if they could."""
    folder = tmp_path_factory.mktemp("wild")
    for n, words in enumerate(HOSTILE[:6]):
        text = f"{words}\nHe said {words} of the quay.\n© 2024 {words} Post."
        (folder / f"{n}.txt").write_text(text, encoding="utf-8")
    return load(folder)


def test_a_page_has_questions_charts_tables_and_notes_and_no_text_unless_asked(six, results, drawings):
    hits = terms.hits(six, "peace")
    lines = reading.concordance(six, "peace")
    trail = Trail(
        step("How often?", TONE.assign(note="", story=STORY), drawings["bars"][0], note="Mind\nthe gap", call='x("a")'),
        step("Where?", hits), step("In lines?", lines, drawings["bars"][0]), step("Which sentences?", six.sentences),
    )  # fmt: skip
    assert explore.page(six, "seen.html", trail) == "out/seen.html"
    made = (results / "seen.html").read_text(encoding="utf-8")
    shown = unescape(re.sub("<[^>]*>", "|", made))
    for there in ("How often?", "Mind\nthe gap", 'x("a")', "4 rows", "5 passages", "Peace at last", "The Alder Post",
                  "left out: left, hit, right", drawings["bars"][0].labels[1]):  # fmt: skip
        assert there in shown
    ids = re.findall(r' id="([^"]*)"', made)
    assert len(ids) == len(set(ids)) and made.count("<svg") == 2
    assert set(re.findall(r"""(?:url[(]|href=")#([^")]*)""", made)) <= set(ids)
    said = [each for each in passages.text(six, six.sentences) if each not in set(six.articles["title"])]
    assert len(said) > 10 and not [each for each in said if each in shown]
    assert explore.page(six, "seen", trail.kept, texts=True) == "out/seen-2.html"
    whole = unescape(re.sub("<[^>]*>", "", (results / "seen-2.html").read_text(encoding="utf-8")))
    assert all(each in whole for each in said) and "left out" not in whole
    assert explore.page(six, "seen", trail) == "out/seen.html"  # the same again


def test_without_steps_a_page_says_what_is_in_here_and_what_is_no_step_is_refused(six, harbour, results, tmp_path):
    for news in (six, harbour):
        explore.page(news, tmp_path / f"{len(news)}.html")
        made = (tmp_path / f"{len(news)}.html").read_text(encoding="utf-8")
        assert "What is in here?" in made and f"{len(news)} articles" in made and ("<svg" in made) == (news is harbour)
    for name, steps in (("a/../b?", None), ("", None), (7, None), ("a", 7), ("a", "steps"), ("a", [1]), ("a", Trail())):
        with pytest.raises(Refusal):
            explore.page(six, name, steps)
    with pytest.raises(Refusal):
        explore.page(six, "a", [step("Where?", terms.hits(harbour, "fuel"))])
    assert not results.exists()


# What stays in the notebook


def test_a_copy_has_what_is_seen_and_nothing_that_is_hidden_or_runs(drawings):
    chart = charts.opening(drawings["bars"][0], print, chosen=1)
    tab = ipywidgets.Tab([ipywidgets.HTML("first"), ipywidgets.HTML("second")], titles=["One", HOSTILE[0]])
    tab.selected_index = 1
    box = Still([
        ipywidgets.Text("peace", description=HOSTILE[1]), ipywidgets.Text("", description="empty"), tab, chart,
        ipywidgets.Dropdown(options=[("A name", 1)], description="Outlet"), ipywidgets.Button(description="Go"),
        ipywidgets.HTML("unseen", layout={"display": "none"}), ipywidgets.HBox([ipywidgets.HTML("<b>seen</b>")]),
        ipywidgets.Button(description=HOSTILE[0], style={"button_color": "#FFE9A8"}),
    ])  # fmt: skip
    made = box.copy()
    for there in ("peace", "Outlet: A name", "second", "<b>seen</b>", escape(HOSTILE[0]), escape(HOSTILE[1])):
        assert there in made
    for gone in ("first", "unseen", "empty", "Go<", HOSTILE[0], HOSTILE[1]):
        assert gone not in made
    (image,) = re.findall('src="data:image/svg[+]xml;base64,([^"]*)"', made)
    framed = ET.fromstring(base64.b64decode(image)).findall(f"{SVG}g[@style][@data-mark]")
    assert [mark.get("data-mark") for mark in framed] == ["1"]


def test_the_copy_stands_before_the_live_one_and_follows_what_is_done(monkeypatch):
    shown = []
    monkeypatch.setattr(still, "display", lambda data, **options: shown.append((data["text/html"], options)))
    monkeypatch.setattr(still, "PATIENCE", 0)
    said, more = ipywidgets.HTML("before"), ipywidgets.VBox()
    box = Still([said, more])

    async def act():
        said.value = "not shown yet"
        await asyncio.sleep(0.01)
        live = box._repr_mimebundle_()
        assert live["text/html"] == "" and still.WIDGET in live and len(shown) == 1
        said.value = "one"
        said.value = "after"
        more.children = [late := ipywidgets.HTML("late")]
        await asyncio.sleep(0.01)
        await asyncio.to_thread(setattr, late, "value", "latest")  # as where work has a thread of its own
        await asyncio.sleep(0.01)

    asyncio.run(act())
    (first, how), (second, then), (third, _) = shown
    assert "not shown yet" in first and ">after<" in second and ">late<" in second and ">latest<" in third
    assert then["update"] and then["display_id"] == how["display_id"] and how["metadata"]["passages"] == {"still": True}


def test_the_coder_leaves_no_passage_in_the_notebook(six, tmp_path):
    box = explore.coding(six, six.sentences.head(3), "tone", coder="ana", folder=tmp_path)
    made = box.copy()
    assert "0 of 3 coded by ana" in made and "Codebook tone" in made and "validity.agreement" in made
    assert not [said for said in passages.text(six, six.sentences) if said in made]


# In chromium

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A chart</title><style>{css}</style>
<main><h1>A chart</h1><button id="before">Before</button><div id="one"></div><div id="two"></div></main>"""
RUN = """async ([source, svgs]) => {
  const own = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { render } = (await import(own)).default;
  window.sent = [];
  window.models = svgs.map((svg) => {
    const held = { view: { n: 1, svg }, place: -1 }, heard = {};
    return {
      get: (name) => held[name],
      on: (name, told) => (heard[name] = told),
      off: () => {},
      send: (message) => window.sent.push(message),
      put: (name, value) => { held[name] = value; heard[`change:${name}`](); },
    };
  });
  window.models.forEach((model, n) => render({ model, el: document.getElementById(["one", "two"][n]) }));
}"""


@pytest.fixture
def page():
    browser.need_chromium()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.CHROMIUM, args=browser.FLAGS)
        page = chromium.new_page(viewport={"width": 768, "height": 900})
        yield page
        chromium.close()


def rendered(page, *drawn):
    folder = charts.Path(charts.__file__).parent
    page.set_content(PAGE.format(css=(folder / "charts.css").read_text(encoding="utf-8")))
    page.evaluate(RUN, [(folder / "charts.js").read_text(encoding="utf-8"), [each.svg for each in drawn]])
    return page.locator("#one [role=button]")


def serious(page):
    """What axe finds that keeps a reader out, in a line each."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {each['help']}" for each in found if each["impact"] in ("serious", "critical")]


@pytest.mark.browser
def test_marks_are_reached_by_pointer_and_by_keyboard_and_have_names(page, drawings):
    drawn, other = drawings["bars"][0], drawings["dispersion"][0]
    marks = rendered(page, drawn, other)
    assert marks.count() == 3 and page.get_by_role("button", name=drawn.labels[1], exact=True).count() == 1
    marks.nth(1).click()
    page.locator("#before").focus()
    said = []
    for key in (
        "Tab",
        "Enter",
        "ArrowDown",
        " ",
        "ArrowDown",
        "Home",
        "ArrowUp",
        "Enter",
        "End",
        "Enter",
        "Tab",
        "Enter",
    ):
        page.keyboard.press(key)
        said.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
    names = [drawn.labels[n] for n in (1, 1, 2, 2, 2, 0, 0, 0, 2, 2)]
    assert said == [*names, other.labels[0], other.labels[0]]
    assert page.evaluate("sent.map(each => each.open)") == [1, 1, 2, 0, 2, 0]
    assert page.locator("#two .passages-chart-told").inner_text() == other.labels[0]


@pytest.mark.browser
def test_what_is_in_hand_is_told_and_the_focus_stays_where_a_chart_gives_way_to_another(page, drawings):
    marks = rendered(page, drawings["bars"][0])
    marks.nth(2).focus()
    page.evaluate("models[0].put('place', 2)")
    assert [mark.get_attribute("aria-pressed") for mark in marks.all()] == ["false", "false", "true"]
    page.evaluate("svg => { models[0].put('view', { n: 2, svg }); models[0].put('place', -1); }",
                  drawings["dispersion"][0].svg)  # fmt: skip
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == drawings["dispersion"][0].labels[2]
    marks.nth(0).click()
    assert page.evaluate("sent") == [{"open": 0, "n": 2}]
    page.evaluate("models[0].put('view', { n: 3, svg: '' })")
    assert marks.count() == 0 and not page.locator("#one .passages-chart").is_visible()


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore:Glyph")
def test_axe_finds_no_serious_fault_and_nothing_hostile_runs(page, drawings):
    asked, ran = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    for drawn, _ in drawings.values():
        rendered(page, drawn, drawn)
        assert serious(page) == []
    hostile = pd.DataFrame({"term": pd.Series(HOSTILE, dtype=object), "tone": range(12)})
    rendered(page, charts.bars(hostile, "term", "tone", source=HOSTILE[0], title=HOSTILE[1]))
    for mark in page.locator("#one [role=button]").all():
        mark.hover()
    assert serious(page) == [] and ran == [] and [url for url in asked if not url.startswith("blob:")] == []
    page.evaluate("document.querySelector('#one [role=button]').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('#one [role=button] title').remove()")
    assert serious(page) != []  # so it does look


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore:Glyph")
def test_a_page_opened_from_disk_asks_for_nothing_and_runs_nothing(page, wild, tmp_path):
    hits = terms.hits(wild, "quay")
    rows = pd.DataFrame({"term": pd.Series(HOSTILE, dtype=object), "tone": range(12)})
    drawn = charts.bars(rows, "term", "tone", source=HOSTILE[0], title=HOSTILE[1])
    steps = [step(each, rows, drawn, each, each) for each in HOSTILE] + [step("Where?", hits)]
    explore.page(wild, tmp_path / "out.html", steps, texts=True)
    asked, ran, stopped = [], [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: stopped.append(request.failure))
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    page.context.set_offline(True)
    page.goto((tmp_path / "out.html").as_uri())
    last = page.locator("section").last
    assert last.locator("tbody details").count() == len(hits) == 6
    last.locator("tbody summary").first.focus()
    page.keyboard.press("Enter")
    assert last.get_by_text(f"He said {HOSTILE[0]} of the quay.").is_visible()
    last.locator("tbody summary").last.click()
    page.mouse.move(300, 300)
    assert serious(page) == [] and ran == [] and asked == [(tmp_path / "out.html").as_uri()]
    assert page.locator("script, iframe, object, embed, link, form, img, [onerror], [onload]").count() == 0
    page.evaluate("document.body.append(Object.assign(new Image(), { src: 'http://127.0.0.1/a.png' }))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=\"document.title=1\">')")
    page.wait_for_timeout(300)
    assert stopped == ["csp"] and page.title() != "1"  # even if it were in the page


CELLS = """from utils import explore, load, terms
from utils.explore import charts, still
import ipywidgets
news = load({folder!r})
words = terms.frequencies(news).head(6)
said = ipywidgets.HTML("Nothing opened")
drawn = charts.bars(words, "term", "rate_per_10k", source=news.origin)
still.Still([charts.opening(drawn, lambda key: setattr(said, "value", "Opened: " + words["term"][key])), said])
---
explore.reading(news)
---
explore.coding(news, news.sentences, "tone", coder="ana", folder={codes!r})
---
explore.upload()"""
SEEN = ["Opened: war", "5 lines in 3 of 6 articles", "1 of 26 coded by ana", "Up to 8 MB at a time"]


@pytest.mark.browser
def test_a_notebook_that_is_opened_again_shows_what_was_last_seen_trusted_or_not(tmp_path):
    browser.need_chromium()
    root, folder = browser.clone(tmp_path / "clone"), tmp_path / "texts"
    folder.mkdir()
    for name, text in SIX.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = root / "notebooks" / "mine" / "00-start-here.ipynb"
    path.parent.mkdir(exist_ok=True)
    cells = CELLS.format(folder=str(folder), codes=str(tmp_path / "codes")).split("---")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    code = [v4.new_code_cell(each.strip(), id=f"c{n}") for n, each in enumerate(cells)]
    nbformat.write(v4.new_notebook(cells=code, metadata=kernel), path)
    with browser.lab(root, tmp_path) as page:
        browser.open_notebook(page, path.name)
        browser.run_all(page, path)
        live = [_seen(page)]
        page.locator(".passages-chart [role=button]").nth(1).focus()
        page.keyboard.press("Enter")
        page.get_by_label("Query").fill("peace")
        page.keyboard.press("Enter")
        page.locator(".passages-coder-stage").focus()
        page.keyboard.press("ArrowLeft")
        for said in SEEN:
            page.locator(".passages-live").get_by_text(said).wait_for(timeout=60_000)
            page.locator(".passages-still", has_text=said).wait_for(state="attached", timeout=60_000)
        saved = browser.save(page, path)
        live.append(_seen(page))
        browser.open_notebook(page, path.name)
        page.locator(".passages-live").nth(3).wait_for(timeout=60_000)
        live.append(_seen(page))
        browser.choose(page, "Kernel", "Restart Kernel…")
        page.locator(".jp-Dialog .jp-mod-accept").click()
        browser.wait_until_idle(page)
        browser.open_notebook(page, path.name)
        browser.wait_until_idle(page)
        page.get_by_text("model not found").nth(3).wait_for(state="attached", timeout=60_000)
        page.get_by_text(still.TOLD).nth(3).wait_for(timeout=60_000)
        trusted, again = _seen(page), page.locator(".jp-Notebook").inner_text()
        frame = page.locator(".passages-still img").first.get_attribute("alt")
        saved["cells"][0]["source"] += "\n# written elsewhere"
        for cell in saved["cells"]:
            cell["outputs"][0]["data"]["text/html"] = (
                "".join(cell["outputs"][0]["data"]["text/html"]) + "<i>foreign</i>"
            )
        path.write_text(json.dumps(saved), encoding="utf-8")
        browser.open_notebook(page, path.name)
        page.locator("[data-icon='ui-components:not-trusted']").wait_for(timeout=60_000)
        page.get_by_text(still.TOLD).nth(3).wait_for(timeout=60_000)  # cells come one after the other
        untrusted, foreign = _seen(page), page.locator(".jp-Notebook").inner_text()
    assert live == [(4, 0)] * 3 and trusted == untrusted == (0, 4)
    for shown in (again, foreign):
        assert all(said in shown for said in SEEN) and "model not found" not in shown and "War ended; peace" in shown
    assert "peace 943.4; war 943.4" in frame and browser.errors(saved) == []


def _seen(page):
    """How many front ends are seen, and how many copies of them."""
    return tuple(
        sum(each.is_visible() for each in page.locator(f".jp-OutputArea-child {what}").all())
        for what in (".passages-live", ":text('What was last seen here')")
    )
