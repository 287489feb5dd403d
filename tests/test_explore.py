"""The reading explorer: it shows what the functions give, names the call that gives it, and runs nothing it is fed."""

import ast
import re
from datetime import date
from html import unescape

import nbformat
import pandas as pd
import pytest
from nbformat import v4

import browser
from conftest import SIX
from utils import explore, explorer, passages, paste, reading, voices

NAMES = {"Query": "query", "Capitals must agree": "match_case", "Accents must agree": "match_accents",
         "Sort by": "sort", "Outlet": "outlet", "From": "since", "To": "until", "Voice": "voice",
         "Speaker": "speaker"}  # fmt: skip
FIGURE = re.compile(r'<figure [^>]*><img alt="([^"]*)" src="data:image/png;base64,[A-Za-z0-9+/=]+" style="[^"]*">')
ROW = re.compile("<tr>(.*?)</tr>")
CELL = re.compile("<td [^>]*>(.*?)</td>")


class Explorer:
    """The explorer as a test sees it: fields by name, and what stands below them."""

    def __init__(self, news):
        self.box = explore.reading(news)
        rows = [each for row in self.box.children for each in getattr(row, "children", [row])]
        self.fields = {NAMES[each.description]: each for each in rows if each.description in NAMES}
        self.shown = self.box.children[-6:]

    def ask(self, **asked):
        for name in sorted(asked, key="query".__eq__):  # the query last: an empty one asks for nothing
            self.fields[name].value = asked[name]
        return self

    said, plot, lines = (property(lambda self, n=n: self.shown[n].value) for n in range(3))
    article = property(lambda self: self.shown[4].value)
    words = property(lambda self: plain(self.said))
    call = property(lambda self: plain(self.shown[5].value).partition("copy:")[2])

    def read(self, number):
        self.shown[3].value = number
        return self.article

    def table(self):
        return [tuple(plain(cell) for cell in CELL.findall(row)) for row in ROW.findall(self.lines)]


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


def test_a_query_gives_its_count_its_lines_its_places_and_its_call(six, shown):
    assert (shown.words, shown.lines, shown.plot, shown.call) == ("", "", "", "")
    shown.ask(query="peace")
    assert shown.words == "5 lines in 3 of 6 articles (50.0%)."
    assert shown.call == 'from utils import reading\n\nreading.concordance(news, "peace")'
    expected = reading.concordance(six, "peace")
    sides = list(expected[["left", "hit", "right"]].itertuples(index=False, name=None))
    assert [row[3:] for row in shown.table()] == sides and [row[0] for row in shown.table()] == list("12345")
    assert shown.table()[0][1:3] == ("–", "The Alder Post")
    alt = FIGURE.match(shown.plot)[1]
    assert "“peace” has 5 hits in 3 articles; most are in Peace at last (2)." in alt
    shown.ask(query="rain")
    assert shown.words == "1 line in 1 of 6 articles (16.7%)."
    shown.ask(query="zebra")
    assert (shown.words, shown.lines, shown.plot) == ("0 lines in 0 of 6 articles (0.0%).", "", "")
    assert run(shown.call, six).empty
    shown.ask(query=" ")
    assert (shown.words, shown.call) == ("", "")


@pytest.mark.parametrize(("asked", "words"), [
    ({"query": "war"}, "5 lines in 3 of 6 articles (50.0%)."),
    ({"query": "War", "match_case": True}, "2 lines in 2 of 6 articles (33.3%)."),
    ({"query": "nicolas"}, "0 lines in 0 of 6 articles (0.0%)."),
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
    sides = list(table[["left", "hit", "right"]].itertuples(index=False, name=None))
    assert [row[3:] for row in shown.table()] == sides


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
    assert len(shown.table()) == len(hit) > 20
    shown = Explorer(addresses).ask(query="venezuela*")
    assert "Drawn: the 30 articles with most hits." in FIGURE.match(shown.plot)[1]
    assert len(shown.table()) == len(whole)


def test_a_line_opens_its_article_marked_at_the_hit(six, shown):
    assert shown.ask(query="peace").article == ""
    third, fourth = shown.read(3), shown.read(4)
    assert third == passages.read(six, "a2.txt", marks={"line 3": reading.concordance(six, "peace").iloc[[2]]}).data
    assert "War came back." in plain(third) and plain(fourth).count("other hits") == 1
    assert re.findall("<mark [^>]*>(.*?)</mark>", fourth) == ["other hits", "line 4", "peace", "peace"]
    assert shown.read(0) == ""
    shown.read(5)
    assert shown.ask(query="war").article == "" and shown.shown[3].value == 0 and shown.shown[3].max == 5


@pytest.mark.parametrize(("asked", "said"), [
    ({"query": "*"}, "holds no word"), ({"query": "/a(/"}, "cannot be read"), ({"query": "/x*/"}, "match everywhere"),
    ({"query": "war NEAR/x peace"}, "cannot be read"), ({"query": "war", "voice": "speaker"}, "choose whose words"),
    ({"query": "war", "voice": "speaker", "speaker": "thee"}, "nobody called 'thee' is quoted"),
])  # fmt: skip
def test_what_cannot_be_answered_is_said_in_one_line_and_nothing_else_is_shown(shown, asked, said):
    shown.ask(query="peace").read(1)
    shown.ask(**asked)
    assert said in shown.words and shown.said.count("<p ") == 1 and 'role="alert"' in shown.said
    assert (shown.plot, shown.lines, shown.article, shown.call) == ("", "", "", "")
    assert shown.shown[3].disabled
    shown.ask(query="peace", voice="all")
    assert shown.words == "5 lines in 3 of 6 articles (50.0%)."


def test_of_very_many_lines_the_first_are_shown(six, shown, monkeypatch):
    monkeypatch.setattr(explorer, "LONG", 4)
    monkeypatch.setattr(explorer, "FIRST", 2)
    shown.ask(query="peace")
    assert shown.words.endswith("The first 2 are shown; the call below gives all.") and len(shown.table()) == 2
    assert shown.shown[3].max == 2 and len(run(shown.call, six)) == 5
    assert shown.ask(query="bread").words == "3 lines in 1 of 6 articles (16.7%)." and len(shown.table()) == 3


def test_nothing_that_is_read_or_typed_runs():
    news = paste("<img src=x onerror=alert(1)> $\\frac$\nShe said <script>alert(2)</script> cost $5 and $6_a$.")
    shown = Explorer(news)
    for query in ("<script>", "/<script>|\\$\\d/", "/(<img/", "</pre><script>"):
        shown.ask(query=query).read(min(1, shown.shown[3].max))
        assert shown.said
        for html in (each.value for each in shown.shown if isinstance(each.value, str)):
            assert "script>" not in html and "<img src" not in html
    shown.ask(query='/said "|cost/')
    assert FIGURE.match(shown.plot) and run(shown.call, news)["hit"].tolist() == ["cost"]


def test_a_speaker_is_chosen_among_those_with_most_words():
    news = paste("A title\nIlse Marrow said: “We saw ships.” Ships left.\n“No ships came here, none,” said Jon Vale.")
    shown = Explorer(news)
    field = shown.fields["speaker"]
    assert field.disabled and field.options == ()
    shown.ask(voice="speaker")
    assert not field.disabled and field.options == ("Jon Vale", "Ilse Marrow")
    shown.ask(speaker="Ilse Marrow", query="ships")
    assert [row[3:5] for row in shown.table()] == [("A title ¶ Ilse Marrow said: “We saw ", "ships")]
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
    news.__dict__["_quotes"] = layer.astype({"article_id": pd.CategoricalDtype(news.articles.index)})

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
        (folder / name).write_text(text, encoding="utf-8")
    path = root / "notebooks" / "mine" / "00-start-here.ipynb"
    path.parent.mkdir(exist_ok=True)
    source = f"from utils import explore, load\n\nnews = load({str(folder)!r})\nexplore.reading(news)"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    cells = [v4.new_code_cell(source, id="explore"), v4.new_code_cell("", id="paste")]
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), path)
    with browser.lab(root, tmp_path) as page:
        browser.run_all(page, path)
        page.get_by_label("Query").fill("peace")
        page.keyboard.press("Enter")
        page.get_by_text("5 lines in 3 of 6 articles (50.0%).").wait_for(timeout=20_000)
        alt = page.locator("figure img").get_attribute("alt")
        lines = page.locator(".widget-html-content tr").all_inner_texts()
        page.get_by_label("Open line").fill("3")
        page.keyboard.press("Enter")
        article = page.locator(".widget-html-content h3")
        article.wait_for(timeout=20_000)
        opened = article.locator("xpath=..").inner_text()
        page.locator("pre", has_text="reading.concordance").click()
        page.keyboard.press("Control+c")
        page.locator(".jp-Notebook .jp-CodeCell .cm-content").last.click()
        page.keyboard.press("Control+v")
        page.keyboard.press("Shift+Enter")
        page.locator(".jp-OutputArea-output table.dataframe").wait_for(timeout=20_000)
        saved = browser.save(page, path)
    assert "“peace” has 5 hits in 3 articles" in alt and len(lines) == 5 and "It isn’t" in lines[2]
    assert "War again" in opened and "War came back. It isn’t peace." in opened
    pasted = next(cell for cell in saved["cells"] if cell["id"] == "paste")
    assert "".join(pasted["source"]) == 'from utils import reading\n\nreading.concordance(news, "peace")'
    given = "".join(pasted["outputs"][0]["data"]["text/html"])
    assert given.count("<tr") == 1 + 5 and given.count("b4.txt") == 2
    assert browser.errors(saved) == []
