"""What a notebook shows of a reader's texts and names stays text, in whatever signs it is written."""

import re
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import copies, load, passages, plain, reading, say, terms
from utils.teaching import checks

AS_MARKDOWN = mistune.create_markdown(escape=False, plugins=["strikethrough", "table", "url", "task_lists", "math"])
OURS = {"p", "strong", "code", "span", "ul", "li"}
HOSTILE = [
    "`![p](https:127.0.0.1:8931)`",
    "![p](http://127.0.0.1/p.png)",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a]\n\n[a]: http://evil.example",
    "from $5 million to $7 million",
    r"\(x\) and \[x\] and \begin{align}x\end{align}",
    r"$$\href{javascript:alert(1)}{x}$$",
    "https://evil.example and www.evil.example, a@evil.example",
    "<https://evil.example>",
    "# heading",
    "- item\n- item",
    "1. item",
    "+ item",
    "---",
    "> quotation",
    "a | b\n--|--\nc | d",
    "```\ncode\n```",
    "    code",
    "**bold** and *italic* and __bold__ and _italic_ and ~~gone~~",
    "&lt;b&gt; and &#36;",
    r"a\*b\\c \` d",
    "title\n===",
]
ALPHABET = st.text(st.sampled_from("`*_$\\[]()!<>&|#~-+=:/.@ \n1aw") | st.characters(codec="utf-8"), max_size=40)


class Page(HTMLParser):
    """The text of a page, the tags it is marked with, and what of it no MathJax looks at."""

    def __init__(self, page):
        super().__init__()
        self.text, self.tags, self.open, self.typeset = "", set(), [], ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.open.append(tag == "code" or "mathjax_ignore" in dict(attributes).get("class", ""))

    def handle_endtag(self, _):
        self.open.pop()

    def handle_data(self, data):
        self.text += data
        self.typeset += "" if any(self.open) else data


def shown(said):
    return Page(AS_MARKDOWN(said.data))


def words(text):
    return " ".join(text.split())


PACKAGE = Path(__file__).parents[1] / "utils"
MONEY = "raised from $5 million to $7 million"
SIGNS = r"\(x\) \[y\] $$z$$ \begin{align}z\end{align}"


@pytest.mark.parametrize(
    "output",
    [
        lambda news, hits: passages.show(news, hits),
        lambda news, hits: passages.read(news, "a.txt", marks={MONEY: hits}),
        lambda news, hits: passages.whole(news.articles.reset_index()),
        lambda news, hits: passages.evidence(news, passages.count(hits, by="term"), hits, on="term"),
        lambda news, hits: reading.lines(news, reading.concordance(news, "ferry")),
        lambda news, hits: copies.side_by_side(news, "a.txt", "b.txt"),
        lambda news, hits: checks.check(MONEY, SIGNS, hint=f"{MONEY} {SIGNS} `{MONEY}`"),
        lambda news, hits: news.articles,
        lambda news, hits: pd.DataFrame({MONEY: [SIGNS]}, index=pd.Index([MONEY], name=SIGNS)),
        lambda news, hits: say(f"{MONEY} {SIGNS}"),
    ],
)
def test_between_two_dollar_signs_nothing_is_mathematics(output, tmp_path):
    for name, day in (("a", "Monday"), ("b", "Tuesday")):
        text = f"From $1 to $2 {SIGNS}\n\nThe ferry fare was {MONEY} {SIGNS} on {day}."
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    news = load(tmp_path)
    found = output(news, terms.hits(news, "ferry"))
    page = Page(found._repr_html_()) if hasattr(found, "_repr_html_") else shown(found)
    assert "$" in page.text and "\\" in page.text and not re.search(r"[$\\]", page.typeset)


def test_only_markup_makes_what_a_notebook_typesets():
    makers = re.compile(r"(?<![\w.])(HTML|Markdown|Latex|Math)\(|\b(HTMLMath|Label)\(")
    found = [path.name for path in PACKAGE.rglob("*.py") if makers.search(path.read_text(encoding="utf-8"))]
    assert found == ["html.py"]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "The corpus `{}` holds", "so **{}** is", "- {}\n- more"])
def test_a_name_in_a_sentence_is_shown_and_never_run(name, around):
    page = shown(say(around.format(plain(name))))
    assert words(name) in words(page.text)
    assert page.tags <= OURS and not re.search(r"[$\\]", page.typeset)
    bare = shown(say(around.format(name)))  # as when somebody forgets `plain`
    assert bare.tags <= OURS and not re.search(r"[$\\]", bare.typeset)


@given(ALPHABET)
@settings(max_examples=200)
def test_any_text_is_shown_letter_by_letter(text):
    page = shown(say(f"x {plain(text)} x"))
    assert words(page.text) == words(f"x {text} x") and page.tags <= {"p", "span"}
    assert shown(say(text)).tags <= OURS


def test_a_sentence_that_is_an_address_or_the_name_of_a_file_is_neither_fetched_nor_read(tmp_path, monkeypatch):
    (tmp_path / "notes").write_text("read")
    monkeypatch.chdir(tmp_path)
    assert say("notes").data == "notes" and say("http://127.0.0.1:1/x").data == "http&#58;//127.0.0.1:1/x"


def test_a_plain_sentence_stays_as_it_was_written():
    told = "**98 times** in 51 of 237 articles: “war” (0.49 in 10,000), 5 %.\n\n**Where next?** `02-follow-a-word` …"
    assert say(told).data == told
    assert say("Of them:\n- `war`: 5\n- `peace`: 7").data == "Of them:\n- `war`: 5\n- `peace`: 7"
