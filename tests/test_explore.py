"""The reading explorer: it shows what the functions give, names the call that gives it, and runs nothing it is fed."""

import ast
import re
import sys
from datetime import date
from html import unescape

import ipywidgets
import nbformat
import pandas as pd
import pytest
from nbformat import v4

import browser
from conftest import SIX
from utils import explore, load, passages, paste, reading, voices
from utils.explore import lines as linelist
from utils.explore import opened

explorer = sys.modules[explore.reading.__module__]  # in the room, the function has the name of its module

NAMES = {"Query": "query", "Capitals must agree": "match_case", "Accents must agree": "match_accents",
         "Sort by": "sort", "Outlet": "outlet", "From": "since", "To": "until", "Voice": "voice",
         "Speaker": "speaker"}  # fmt: skip
FIGURE = re.compile(r'<figure [^>]*><img alt="([^"]*)" src="data:image/png;base64,[A-Za-z0-9+/=]+" style="[^"]*">')
ROW = re.compile("<div [^>]*>(.*?)</div>")
FACT = re.compile('<span style="flex:none[^>]*>(.*?)</span>')
INVITED = " Click on a hit to read on from there."


class Explorer:
    """The explorer as a test sees it: fields by name, and what stands below them."""

    def __init__(self, news):
        self.box = explore.reading(news)
        *rows, self._said, self._lines, self._article, self._plot, self._call = self.box.children
        fields = [each for row in rows for each in getattr(row, "children", [row])]
        self.fields = {NAMES[each.description]: each for each in fields if each.description in NAMES}

    def ask(self, **asked):
        for name in sorted(asked, key="query".__eq__):  # the query last: an empty one asks for nothing
            self.fields[name].value = asked[name]
        return self

    said = property(lambda self: self._said.value)
    article = property(lambda self: self._article.value)
    plot = property(lambda self: self._plot.value)
    words = property(lambda self: plain(self.said).removesuffix(INVITED))
    call = property(lambda self: plain(self._call.value).partition("copy:")[2])
    hits = property(lambda self: [each for each in self._parts()[1].children if each.layout.display != "none"])
    pages = property(lambda self: self._lines.children[1])

    def _parts(self):
        return self._lines.children[0].children[0].children

    def read(self, number):
        self.hits[number - 1].click()
        return self.article

    def table(self):
        """The lines in view: number, date, outlet (where any line has one), left, hit, right."""
        if not self._lines.children[0].children:
            return []
        left, _, right = self._parts()
        lefts, rights = ROW.findall(left.value), ROW.findall(right.value)
        assert len(lefts) == len(rights) == len(self.hits)
        return [
            (*map(plain, FACT.findall(one)), plain(FACT.sub("", one)), hit.description, plain(other))
            for one, hit, other in zip(lefts, self.hits, rights, strict=True)
        ]

    def sides(self):
        return [row[-3:] for row in self.table()]

    def html(self):
        """Everything that the browser reads as HTML."""
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


@pytest.fixture
def shown(six):
    return Explorer(six)


def test_a_name_that_accents_split_is_pointed_out():
    news = load(pd.DataFrame({"raw": ["Ilse Marén met Ilse Maren. Marén left.", "It rained on the ferry."]}))
    shown = Explorer(news).ask(query="maren")
    assert shown.words == "1 line in 1 of 2 articles (50.0%). 2 more with other accents: marén."
    assert "accents" not in shown.ask(match_accents=False).words and "accents" not in shown.ask(query="ferry").words


def test_a_query_gives_its_count_its_lines_its_places_and_its_call(six, shown):
    assert (shown.words, shown.table(), shown.plot, shown.call) == ("", [], "", "")
    shown.ask(query="peace")
    assert plain(shown.said) == "5 lines in 3 of 6 articles (50.0%)." + INVITED
    assert shown.call == 'from utils import reading\n\nreading.concordance(news, "peace")'
    expected = reading.concordance(six, "peace")
    assert shown.sides() == list(expected[["left", "hit", "right"]].itertuples(index=False, name=None))
    assert [row[:2] for row in shown.table()][::2] == [("1", "The Alder Post"), ("3", "The Alder Post"),
                                                       ("5", "Birch Weekly")]  # fmt: skip
    assert shown.hits[2].tooltip == "".join(expected[["left", "hit", "right"]].iloc[2])
    alt = FIGURE.match(shown.plot)[1]
    assert "“peace” has 5 hits in 3 articles; most are in Peace at last (2)." in alt
    shown.ask(query="rain")
    assert shown.words == "1 line in 1 of 6 articles (16.7%)."
    shown.ask(query="zebra")
    assert (plain(shown.said), shown.table(), shown.plot) == ("0 lines in 0 of 6 articles (0.0%).", [], "")
    assert run(shown.call, six).empty
    shown.ask(query=" ")
    assert (shown.words, shown.call) == ("", "")


@pytest.mark.parametrize(("asked", "words"), [
    ({"query": "war"}, "5 lines in 3 of 6 articles (50.0%)."),
    ({"query": "War", "match_case": True}, "2 lines in 2 of 6 articles (33.3%)."),
    ({"query": "nicolas"}, "0 lines in 0 of 6 articles (0.0%). 1 more with other accents: nicolás."),
    ({"query": "nicolas", "match_accents": False}, "1 line in 1 of 6 articles (16.7%)."),
    ({"query": "peace", "outlet": "Birch Weekly"}, "2 lines in 1 of 4 articles (25.0%)."),
    ({"query": "peace", "sort": "left"}, "5 lines in 3 of 6 articles (50.0%)."),
    ({"query": "peace", "voice": "inside"}, "1 line in 1 of 6 articles (16.7%)."),
    ({"query": "peace", "voice": "outside"}, "4 lines in 3 of 6 articles (50.0%)."),
    ({"query": "/wa(r|s)\\b/", "voice": "outside", "outlet": "Birch Weekly", "sort": "right"},
     "3 lines in 2 of 4 articles (50.0%)."),
])  # fmt: skip
def test_the_call_gives_the_table_that_is_shown(six, shown, asked, words):
    shown.ask(**asked)
    assert shown.words == words
    table = run(shown.call, six)
    assert shown.sides() == list(table[["left", "hit", "right"]].itertuples(index=False, name=None))


def test_dates_are_taken_with_their_first_and_last_day(addresses):
    shown = Explorer(addresses)
    days = addresses.articles["published"]
    first, last = days[days.dt.year == 1895].iloc[0].date(), days[days.dt.year == 1904].iloc[0].date()
    shown.ask(query="venezuela*", since=first, until=last)
    table = run(shown.call, addresses)
    assert (table["published"].min(), table["published"].max()) == (pd.Timestamp(first), pd.Timestamp(last))
    whole = reading.concordance(addresses, "venezuela*")
    n_articles = len(days[(days >= str(first)) & (days <= str(last))])
    hit = whole[whole["published"].between(str(first), str(last))]
    assert shown.words.startswith(f"{len(hit)} lines in {hit['article_id'].nunique()} of {n_articles} articles")
    days = hit["published"].dt.strftime("%Y-%m-%d").tolist()
    assert [row[1] for row in shown.table()] == days[:50] and 20 < len(days)
    shown = Explorer(addresses).ask(query="venezuela*")
    assert "Drawn: the 30 articles with most hits." in FIGURE.match(shown.plot)[1]
    assert len(whole) == 114 and shown.pages.children[2].value == "Lines 1 to 50 of 114"


def test_a_click_on_a_hit_opens_its_article_there(six, shown):
    assert shown.ask(query="peace").article == ""
    third, fourth = shown.read(3), shown.read(4)
    line = reading.concordance(six, "peace").iloc[[2]]
    whole = passages.read(six, "a2.txt", marks={"": line.iloc[:0], "line 3": line}).data
    folded = re.compile("<details><summary>What stands before</summary>(.*?)</details>")
    assert folded.sub(r"\1", third).partition('tabindex="0"')[2].partition(">")[2] == f"{whole}</div>"
    assert plain(folded.search(third)[1]) == "[headline: first line] War again"
    assert "line 3War came back. It isn’t peace.[trailer: rights line] © 2024" in plain(folded.sub("", third))
    assert re.findall("<mark [^>]*>(.*?)</mark>", fourth) == ["other hits", "line 4", "peace", "peace"]
    tints = re.findall("<mark [^>]*background-color:([^;]*);", fourth)
    assert tints[1] == tints[2] == shown.hits[3].style.button_color != tints[0] == tints[3]
    assert {hit.style.button_color for hit in shown.hits[:3]} == {tints[0]}
    assert shown.ask(query="war").article == "" and {hit.style.button_color for hit in shown.hits} == {tints[0]}


def test_a_long_paragraph_is_opened_not_far_before_the_hit():
    words = [f"word{n}" for n in range(400)]
    news = paste("A title\n" + " ".join(words) + " Needle here.\nNeedle again.")
    shown = Explorer(news).ask(query="needle")
    read = shown.read(1)
    before, after = re.split("</?details>", read.partition("<summary>")[2])
    assert plain(before).endswith(" …") and plain(after).startswith("… word")
    lead = plain(after).partition("Needle")[0]
    assert opened.LEAD - 10 < len(lead) < opened.LEAD + 5
    assert (plain(before).removesuffix(" …") + lead.removeprefix("… ")).split()[-399:] == words[1:]
    assert plain(re.split("</?details>", shown.read(2))[2]) == "Needle again."


@pytest.mark.parametrize(("asked", "said"), [
    ({"query": "*"}, "holds no word"), ({"query": "/a(/"}, "cannot be read"), ({"query": "/x*/"}, "match everywhere"),
    ({"query": "war NEAR/x peace"}, "cannot be read"), ({"query": "war", "voice": "speaker"}, "choose whose words"),
    ({"query": "war", "voice": "speaker", "speaker": "thee"}, "nobody called 'thee' is quoted"),
])  # fmt: skip
def test_what_cannot_be_answered_is_said_in_one_line_and_nothing_else_is_shown(shown, asked, said):
    shown.ask(query="peace").read(1)
    shown.ask(**asked)
    assert said in shown.words and shown.said.count("<p ") == 1 and 'role="alert"' in shown.said
    assert (shown.plot, shown.table(), shown.article, shown.call) == ("", [], "", "")
    shown.ask(query="peace", voice="all")
    assert shown.words == "5 lines in 3 of 6 articles (50.0%)."


def test_lines_come_a_page_at_a_time_and_only_those_in_view_are_made(six, shown, monkeypatch):
    made = []
    monkeypatch.setattr(linelist, "PAGE", 2)
    monkeypatch.setattr(linelist, "in_lines", lambda news, hits: made.append(len(hits)) or reading.in_lines(news, hits))
    shown = Explorer(six).ask(query="peace")
    back, on, told = shown.pages.children
    every = list(reading.concordance(six, "peace")[["left", "hit", "right"]].itertuples(index=False, name=None))
    assert (shown.sides(), told.value, back.disabled, on.disabled) == (every[:2], "Lines 1 to 2 of 5", True, False)
    assert shown.pages.layout.display is None
    on.click(), on.click()
    assert (shown.sides(), told.value, back.disabled, on.disabled) == (every[4:], "Lines 5 to 5 of 5", False, True)
    assert shown.table()[0][0] == "5" and "Peace or war" in shown.read(1) and "line 5" in shown.article
    back.click()
    assert shown.sides() == every[2:4] and len(run(shown.call, six)) == 5
    assert shown.ask(query="rain").sides()[0][1] == "Rain" and shown.pages.layout.display == "none"
    assert made == [2, 2, 1, 2, 1]


def test_a_line_of_another_order_keeps_its_picture(shown, monkeypatch):
    drawn = []
    monkeypatch.setattr(explorer, "_plot", lambda part, hits, query: drawn.append(query) or query)
    shown.ask(query="peace").ask(sort="right").ask(voice="outside").ask(sort="left")
    assert drawn == ["peace", "peace"] and shown.plot == "peace"


def test_nothing_that_is_read_or_typed_runs():
    news = paste("<img src=x onerror=alert(1)> $\\frac$\nShe said <script>alert(2)</script> cost $5 and $6_a$.")
    shown = Explorer(news)
    for query in ("<script>", "/<script>|\\$\\d/", "/(<img/", "</pre><script>"):
        shown.ask(query=query)
        if shown.table():
            assert "alert(2)" in plain(shown.read(1))
        assert shown.said and "script>" not in shown.html() and "<img src" not in shown.html()
    shown.ask(query='/said "|cost/')
    assert FIGURE.match(shown.plot) and run(shown.call, news)["hit"].tolist() == ["cost"]


def test_the_speaker_box_offers_persons_and_any_form_of_their_name_gives_their_lines():
    texts = [
        "“We saw the ships,” said Jon Vale. “Go,” said a docker.",
        "“No ships,” Vale said. “Ships,” Mr. Vale said.",
    ]
    news = load(pd.DataFrame({"article_id": ["a", "b"], "raw": texts, "outlet": ["Post", "Bell"]}))
    shown = Explorer(news).ask(voice="speaker")
    assert shown.fields["speaker"].options == ("Jon Vale", "docker")
    for name in ("Jon Vale", "Vale"):
        assert shown.ask(query="ships", speaker=name).words.startswith("3 lines")
        assert shown.ask(outlet="Post").words.startswith("1 line ") and len(run(shown.call, news)) == 1
        shown.ask(outlet=None)


def test_a_hit_of_blanks_can_be_clicked_and_a_long_one_is_cut():
    shown = Explorer(paste("A title\n" + "She said so. " * 9)).ask(query="/ (?=said)/")
    assert {hit.description for hit in shown.hits} == {"␣"}
    assert [len(hit.description) for hit in shown.ask(query="/She.*/").hits] == [linelist.LONG]


def test_a_speaker_is_chosen_among_those_with_most_words():
    news = paste("A title\nIlse Marrow said: “We saw ships.” Ships left.\n“No ships came here, none,” said Jon Vale.")
    shown = Explorer(news)
    field = shown.fields["speaker"]
    assert field.disabled and field.options == ()
    shown.ask(voice="speaker")
    assert not field.disabled and field.options == ("Jon Vale", "Ilse Marrow")
    shown.ask(speaker="Ilse Marrow", query="ships")
    assert [row[:2] for row in shown.sides()] == [("A title ¶ Ilse Marrow said: “We saw ", "ships")]
    assert 'voices.within(news, speaker="Ilse Marrow")' in shown.call and len(run(shown.call, news)) == 1
    assert shown.ask(voice="all").words.startswith("3 lines") and field.disabled


def test_days_cannot_be_asked_for_where_none_is_known(shown, addresses):
    assert shown.fields["since"].disabled
    assert Explorer(addresses).fields["since"].min == date(1790, 1, 8)


def test_a_voice_is_its_quotations_less_those_of_others_in_them():
    news = paste("A title\nBefore. “He told us ‘no ships’ and left,” she said. After.\nThe end.")
    raw = news.articles["raw"].iloc[0]
    spans = [("“He told us ‘no ships’ and left,”", "Ilse Marrow"), ("‘no ships’", "the mayor")]
    rows = [(news.articles.index[0], raw.index(words), raw.index(words) + len(words), who) for words, who in spans]
    layer = pd.DataFrame(rows, columns=["article_id", "start", "end", "speaker"])
    layer = layer.assign(named=True, speaker_start=float("nan"), speaker_end=float("nan"))
    news._layers["quotes"] = layer.astype({"article_id": pd.CategoricalDtype(news.articles.index)})
    news._layers["quotes"]["kind"] = "direct"

    def stretches(*voice, **speaker):
        return list(passages.text(news, voices.within(news, *voice, **speaker)))

    assert stretches("inside") == ["“He told us ‘no ships’ and left,”"]
    assert stretches("outside") == ["Before. ", " she said. After.", "The end."]
    assert stretches(speaker="Ilse Marrow") == ["“He told us ", " and left,”"]
    assert stretches(speaker="the mayor") == ["‘no ships’"]
    assert voices.within(news)["speaker"].tolist() == ["Ilse Marrow"]
    with pytest.raises(ValueError, match="did you mean 'Ilse Marrow'"):
        voices.within(news, speaker="Ilse Marow")
    for wrong in ({"voice": "both"}, {"voice": "outside", "speaker": "the mayor"}):
        with pytest.raises(ValueError, match="what came is"):
            voices.within(news, **wrong)


@pytest.mark.browser
def test_reading_in_jupyterlab_without_code(tmp_path):
    browser.need_chromium()
    root = browser.clone(tmp_path / "clone")
    folder = tmp_path / "six"
    folder.mkdir()
    for name, text in SIX.items():
        (folder / name).write_text(text.replace("back. It", "<b>back</b>. It"), encoding="utf-8")
    path = root / "notebooks" / "mine" / "00-start-here.ipynb"
    path.parent.mkdir(exist_ok=True)
    source = f"from utils import explore, load\n\nnews = load({str(folder)!r})\nexplore.reading(news)"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    cells = [v4.new_code_cell(source, id="explore"), v4.new_code_cell("", id="paste")]
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), path)
    with browser.lab(root, tmp_path) as page:
        browser.run_all(page, path)
        live = page.locator(".passages-live")  # beside it lies its still copy, unseen
        hits = page.locator(".widget-vbox .widget-vbox button:visible")
        article = page.get_by_role("region", name="The article")

        def ask(query, said):
            page.get_by_label("Query").fill(query)
            page.keyboard.press("Enter")
            live.get_by_text(said).wait_for(timeout=20_000)

        ask("/<b>back/", "1 line in 1 of 6 articles")
        assert hits.all_inner_texts() == ["<b>back"]
        ask("peace", "5 lines in 3 of 6 articles (50.0%).")
        alt = live.locator("figure img").get_attribute("alt")
        assert hits.all_inner_texts() == ["Peace", "peace", "peace", "peace", "peace"]
        edges = [(box["x"], box["y"] + box["height"]) for box in map(_box, hits.all())]
        rows = [row for row in map(_box, page.locator(".widget-html-content > div").all()) if row["height"] == 24]
        hits.nth(2).click()
        article.get_by_text("War again").first.wait_for(timeout=20_000)
        clicked, mark = article.inner_text(), _box(article.locator("p mark").last)
        pane = _box(article)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        article.get_by_text("Peace or war").first.wait_for(timeout=20_000)
        page.get_by_label("Outlet").select_option(label="Birch Weekly")
        live.get_by_text("2 lines in 1 of 4 articles (25.0%).").wait_for(timeout=20_000)
        live.locator("pre", has_text="reading.concordance").click()
        page.keyboard.press("Control+c")
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").last.click()
        page.keyboard.press("Control+v")
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-OutputArea-output table.dataframe").wait_for(timeout=20_000)
        saved = browser.save(page, path)
    assert "“peace” has 5 hits in 3 articles" in alt
    assert [round(bottom) for _, bottom in edges] * 2 == [round(row["y"] + row["height"]) for row in rows]
    assert len({x for x, _ in edges}) == 1
    assert "What stands before" in clicked and "War came <b>back</b>. It isn’t peace." in clicked
    assert pane["y"] < mark["y"] < pane["y"] + pane["height"]
    pasted = next(cell for cell in saved["cells"] if cell["id"] == "paste")
    assert "".join(pasted["source"]).endswith('reading.concordance(part, "peace")')
    given = "".join(pasted["outputs"][0]["data"]["text/html"])
    assert given.count("<tr") == 1 + 2 and given.count("b4.txt") == 2
    assert browser.errors(saved) == []


def _box(element):
    return element.bounding_box()
