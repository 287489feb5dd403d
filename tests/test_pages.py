"""Saved web pages: the text a page shows, what of it is the article, what the page says of itself."""

import random
import re
import socket

import pandas as pd
import pytest

from formats import loaded, page, problems, squeezed, told, twenty
from utils import CorpusError
from utils.intake.readers.html import matching, metadata, visible

TWENTY = twenty()
ARTICLE = page(TWENTY[0])


def shown(markup):
    return [line.text for line in visible.shown(visible.tree(markup)[0])]


@pytest.mark.parametrize(
    ("markup", "lines"),
    [
        ("<p>one<br>two<div>three</div>four", ["one", "two", "three", "four"]),
        ("<p>a  <b> b</b>\n c&nbsp;d &lt;&mdash;&gt; w<i>or</i>d</p>", ["a b c\u00a0d <—> word"]),
        ("<pre>  x   y\n z</pre>", ["x   y", "z"]),
        ("<table><tr><td>1<td>2</table>", ["1\t2"]),
        ("<table><tr><td>News<td><p>Text</p></table>", ["News", "Text"]),
        ("<p>He said <q>no</q>.", ["He said “no”."]),
        ("<title>t</title><style>s</style><script>x()</script><noscript>n</noscript><template>e</template>a", ["a"]),
        ("<p hidden>no<p style='top: 0; DISPLAY : none'>no<p aria-hidden=true>no</p><dialog>no</dialog>a", ["a"]),
        ("<p>a<!-- b -->c<select><option>d</select><iframe>e</iframe><svg><text>f</text></svg>", ["ac"]),
        ("<div hidden><p>no</div> after <span style='visibility:hidden'>no</span>it", ["after it"]),
        ("plain", ["plain"]),
        ("<ul><li>x<li>y</ul>\u202e\u05d0\U0001f600e\u0301", ["x", "y", "\u202e\u05d0\U0001f600e\u0301"]),
    ],
)
def test_the_text_is_what_a_browser_shows(markup, lines):
    assert shown(markup) == lines


def test_a_page_is_told_apart(tmp_path):
    news = loaded(ARTICLE, "ferry.html", tmp_path)
    article = news.articles.iloc[0]
    assert told(news, "headline") == [("headline", TWENTY[0].headline)]
    assert told(news, "section") == [("section", "Published in Local & Regional")]
    assert told(news, "trailer") == [("trailer", TWENTY[0].trailer)]
    assert [text for _, text in told(news, "dateline")] == ["TARN HOLLOW —"]
    body = squeezed("".join(text for _, text in told(news, "body")))
    assert body == TWENTY[0].body
    rules = news.segments.set_index("rule").loc["outside the article (trafilatura)"]
    assert len(rules) == 21 and set(rules["kind"]) == {"furniture"}
    assert (article["outlet"], article["section"]) == ("The Ombery Courier", "Local & Regional")
    assert article["published"] == pd.Timestamp("2025-11-03 08:15")
    assert article["agency"] == "Northmark News Agency" and article["encoding"] == "utf-8"
    assert "privacy" not in article["raw"] and "track(" not in article["raw"] and news.report(missing=False).empty


def test_ones_own_furniture_is_set_aside_in_a_page_too(tmp_path):
    news = loaded(ARTICLE, "ferry.html", tmp_path, furniture=["/^The decision leaves/"])
    assert [kind for kind, text in told(news) if text.startswith("The decision leaves")] == ["furniture"]


def test_the_byline_above_the_text_names_the_author(tmp_path):
    above = "<div>Idris Marsh in Tarn Hollow</div><div>Idris Marsh writes about lakes.</div><div>Nov. 3, 2025</div>"
    markup = ARTICLE.replace("</h1>", f"</h1>{above}")
    markup = markup.replace("<style>", '<meta name="author" content="Idris Marsh"><style>', 1)
    news = loaded(markup, "ferry.html", tmp_path)
    assert ("byline", "Idris Marsh in Tarn Hollow") in told(news) and ("dateline", "Nov. 3, 2025") in told(news)
    assert news.articles["byline"].iloc[0] == "Idris Marsh"


LINKED = '<script type="application/ld+json">'
GRAPH = """{"@graph": [{"@type": "WebPage", "datePublished": "1999-01-01"}, {"@type": ["NewsArticle"],
"datePublished": "2025-12-03", "articleSection": ["World", "x"], "publisher": {"name": "P"}}]}"""


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<meta property="article:published_time" content="2025-12-03T23:00">', {"published": "2025-12-03T23:00"}),
        ('<meta name="DC.date.issued" content="2025-12-03"><time datetime="2024-01-01">', {"published": "2025-12-03"}),
        ("<time datetime='2025-12-03'>today</time>", {"published": "2025-12-03"}),
        ("<time datetime='2025-12-03'></time><time datetime='2025-12-04'></time>", {}),
        ("<time datetime=2025-12-04></time><time datetime=2025-12-03 pubdate>", {"published": "2025-12-03"}),
        ("<a href='/2025/12/03/x'>x</a><p>© 2025 The Paper", {}),
        (LINKED + GRAPH + "</script>", {"published": "2025-12-03", "section": "World", "outlet": "P"}),
        (LINKED + '{broken</script><meta name=copyright content="© P">', {"rights": "© P"}),
        (LINKED + "[" * 100_000 + "</script>", {}),
    ],
)
def test_only_what_a_page_says_of_itself_is_taken(markup, expected):
    assert metadata.facts(visible.tree(f"<html><body>{markup}<p>x</body></html>")[0]) == expected


WINDOWS = "<meta http-equiv='Content-Type' content='text/html; charset=windows-1252'>"
TEXT = "<p>“Schön war’s”, sagte sie, und ging nach Hause, als es dunkel wurde über dem Fluss."


@pytest.mark.parametrize(
    ("content", "encoding", "doubtful"),
    [
        (f"<meta charset=utf-8>{TEXT}".encode(), "utf-8", False),
        (f"<meta charset=iso-8859-1>{TEXT}".encode("cp1252"), "cp1252", False),
        (f"{WINDOWS}{TEXT}".encode("cp1252"), "cp1252", False),
        (f'<?xml version="1.0" encoding="windows-1252"?><html>{TEXT}'.encode("cp1252"), "cp1252", False),
        (f"<meta charset=iso-8859-1>{TEXT}".encode(), "utf-8", False),
        ("<meta charset=iso-8859-1><p>“Schön war’s“, sagte sie.".encode(), "utf-8", False),
        (f"\ufeff{TEXT}".encode("utf-16-le"), "utf-16", False),
        (f"<meta charset=utf-8>{TEXT}".encode("cp1252"), "cp1252", True),
        (f"<meta charset=nonsense>{TEXT}".encode("cp1252"), "cp1252", True),
        (TEXT.encode("cp1252"), "cp1252", True),
    ],
)
def test_the_encoding_is_that_which_the_bytes_bear_out(content, encoding, doubtful, tmp_path):
    news = loaded(content, "x.html", tmp_path)
    assert news.articles["encoding"].iloc[0] == encoding and "“Schön war’s" in news.articles["raw"].iloc[0]
    assert news.report(missing=False)["problem"].str.startswith("not UTF-8").any() == doubtful


def test_a_page_laid_out_by_a_table_is_read_from_its_headline_on(tmp_path):
    article = TWENTY[1]
    text = "<br><br>".join(article.paragraphs)
    menu = "<td><a href=/>Home</a><br><a href=/>World</a></td>"
    head = f"<font size=5><b>{article.headline}</b></font><br>By Lene Marsh<br>"
    text = f"<table><tr>{menu}<td>{head}{text}<br>{article.trailer}</td></tr></table>"
    markup = f"<title>{article.headline}</title>{text}"
    news = loaded(markup, "x.html", tmp_path)
    assert squeezed("".join(text for _, text in told(news, "body"))) == article.body
    assert news.articles["title"].iloc[0] == article.headline and news.articles["byline"].iloc[0] == "Lene Marsh"
    assert told(news, "furniture") == [("furniture", "Home"), ("furniture", "World")]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "the file is empty"),
        ("<script>app()</script><div id=root></div>", "it shows no text until its scripts run, and we never run them"),
        ("<frameset><frame src=a.html></frameset>", "it shows other pages in frames and has no text of its own"),
        ("<?xml version='1.0'?>\n<!-- x --><rss><item>a</item></rss>", "it is a feed or another XML file, not a page"),
        ("From: <Saved>\nSubject: x\n y\nMIME-Version: 1.0\n\n<html>", "it is a web archive (MHTML), not a page"),
        ("<p></p>", "it shows no text"),
        (b"\x89PNG\r\n\x1a\n", "its bytes are those of a PNG picture, not of text"),
    ],
)
def test_what_holds_no_article_is_named_with_a_cure(content, problem):
    [(kind, said, cure)] = problems(content, "x.html")
    assert (kind, said) == ("unreadable", problem) and len(cure) > 20


def test_nothing_readable_is_one_clear_error(tmp_path):
    with pytest.raises(CorpusError, match="it shows no text until its scripts run"):
        loaded("<script>x</script>", "x.html", tmp_path)


def test_an_article_marked_as_hidden_is_read_and_reported(tmp_path):
    markup = ARTICLE.replace("<main>", '<div aria-hidden="true"><main>').replace("</main>", "</main></div>")
    news = loaded(markup, "x.html", tmp_path)
    assert squeezed("".join(text for _, text in told(news, "body"))) == TWENTY[0].body
    assert news.report(missing=False)["problem"].to_list() == [
        "much of its text is marked as hidden; what is hidden was read too"
    ]


def test_where_trafilatura_finds_nothing_all_paragraphs_are_taken_and_it_is_said(tmp_path, monkeypatch):
    def failing(*args, **kwargs):
        raise RecursionError

    monkeypatch.setattr("trafilatura.bare_extraction", failing)
    markup = "<nav><p>Menu</nav><div>Box</div><h1>Two went out</h1><p>One came in.<footer><p>About us</footer>"
    news = loaded(markup, "x.html", tmp_path)
    assert told(news, "headline", "body") == [("headline", "Two went out"), ("body", "One came in.")]
    assert news.report(missing=False)["problem"].str.startswith(
        "trafilatura finds no article on the page"
    ).to_list() == [True]


def test_deep_and_large_pages_neither_crash_nor_are_lost(tmp_path):
    assert shown("<p>first" + "<div>" * 1500 + "deep" + "</div>" * 1500 + "<p>last") == ["first", "deep", "last"]
    news = loaded("<p>Seen." + "<div>" * 100_000 + "lost", "x.html", tmp_path)
    assert news.articles["raw"].iloc[0] == "Seen."
    assert news.report(missing=False)["problem"].str.contains("nested deeper than 2,048").any()
    news = loaded("<p>Some words in it.\n" * 31_000, "large.html", tmp_path)
    assert len(news.body) == 31_000


@pytest.mark.parametrize(("limit", "markup", "said"), [
    ("ELEMENTS", "<p>x" * 60, "more than 50 elements"),
    ("ATTRIBUTES", "<p a b=1 c='>' d>x" * 20, "more than 50 attributes"),
    ("ON_ONE", "<p>One.<p b='<i>' " + " ".join(f"a{n}" for n in range(60)) + ">Two.", "attributes on one element, <p>"),
])  # fmt: skip
def test_a_page_with_more_elements_or_attributes_than_a_page_has_is_named(limit, markup, said, monkeypatch):
    assert {kind for kind, *_ in problems(markup, "x.html")} <= {"doubtful"}
    monkeypatch.setattr(visible, limit, 50)
    [(kind, problem, cure)] = problems(markup, "x.html")
    assert kind == "unreadable" and said in problem and len(cure) > 20


def test_the_lines_of_a_deep_page_share_what_is_around_them():
    lines = visible.shown(visible.tree("<div>" * 1_000 + "<section>" * 500 + "<p>x" * 3_000)[0])
    assert len(lines) == 3_000 and len({id(line.around) for line in lines}) == 1
    assert {(line.own, line.around) for line in lines} == {("p", frozenset({"html", "body", "div", "section", "p"}))}


def test_what_follows_the_end_of_a_page_is_read(tmp_path):
    whole = "".join(f"<p>{paragraph}</p>" for paragraph in TWENTY[1].paragraphs)
    end = "</body></html>"
    assert shown(f"<p>One.{end}<p>Two.</html>three<p>four") == ["One.", "Two.", "three", "four"]
    assert shown(f"<html><body><p>One.{end}\n<!-- x -->\ntwo") == ["One.", "two"]
    news = loaded(f"<html><body><h1>{TWENTY[1].headline}</h1>{end}<div>{whole}</div>", "x.html", tmp_path)
    assert squeezed("".join(text for _, text in told(news, "body"))) == TWENTY[1].body


@pytest.mark.parametrize(("around", "said"), [
    ("<noscript>{}</noscript>", "shows only without scripts"), ("<template>{}</template>", "or brings in by them"),
    ("<!-- {}", "a comment in it is never closed"), ("<noscript>Please allow scripts.</noscript>", None),
    ("<script>'<!--'; {}</script>", None), ("<!-- {} -->", None),
])  # fmt: skip
def test_prose_that_a_page_does_not_show_is_said(around, said):
    hidden = "He spoke at length, and nobody could say of what. " * 9
    found = [problem for _, problem, _ in problems(ARTICLE.replace("</body>", around.format(hidden)), "x.html")]
    assert [said in problem for problem in found[:1]] == ([] if said is None else [True])


def test_what_a_page_holds_is_text_and_never_fetched(tmp_path, monkeypatch):
    def refused(*args, **kwargs):
        raise AssertionError("a request left the machine")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    harm = (
        '<link rel=stylesheet href="http://a.example/x.css"><base href="http://a.example"><img src=x onerror=alert(1)>'
        "<p>A <a href='javascript:alert(1)'>link</a> and &lt;script&gt;alert(1)&lt;/script&gt; of =1+1.</p>"
    )
    news = loaded(ARTICLE.replace("</h1>", "</h1>" + harm), "x.html", tmp_path)
    assert "A link and <script>alert(1)</script> of =1+1." in news.articles["raw"].iloc[0]
    assert "onerror" not in news.articles["raw"].iloc[0]


def test_lines_are_matched_in_order_and_short_ones_only_in_their_place():
    lines = ["News", "A long first paragraph that is an article’s.", "It rained.", "News", "Share this",
             "A long last paragraph that is an article’s."]  # fmt: skip
    whole = "A long first paragraph that is\nan article’s. It rained. A long last paragraph that is an article’s."
    assert matching.held(lines, whole) == [1, 2, 5]
    assert matching.held([lines[5], *lines], whole) == [2, 3, 6]
    assert matching.held(lines, "") == []
    assert matching.held([lines[1], "rained.", lines[5]], whole) == [0, 2]
    paragraph = "They met in the hall for the third time in as many weeks, and the third time did not agree."
    assert matching.held([f"{paragraph} Read more here"], f"Before. {paragraph}") == [0]


def test_broken_pages_still_cover_their_text(tmp_path):
    rng = random.Random(5)
    bits = [b"<", b"</div>", b"<table><tr>", b"<!--", b"<script>", b"<plaintext>", b"\0", b"\xff", b"&#0;", b"<q>"]
    for number in range(40):
        content = bytearray(page(rng.choice(TWENTY)).encode())
        for _ in range(rng.choice((1, 10, 60))):
            at = rng.randrange(len(content))
            content[at : at + rng.randrange(20)] = rng.choice(bits)
        try:
            news = loaded(bytes(content), f"{number}.html", tmp_path)
        except CorpusError:
            continue
        raw, at, left_over = news.articles["raw"].iloc[0], 0, ""
        for segment in news.segments.itertuples():
            assert at <= segment.start < segment.end
            left_over += raw[at : segment.start]
            at = segment.end
        assert not (left_over + raw[at:]).strip()


OWN = "<article>{heading}<time datetime='2025-12-0{n}'>December {n}, 2025</time><p>By Ilse Marrow</p>{text}</article>"
LONG = f"<p>{'The ferry was late on Monday, as it has been on most days since the lock was shut. ' * 3}</p>"


def several(*, heading="<h2>Ferry late again {n}</h2>", text=LONG, time=True):
    found = "".join(
        OWN.format(heading=heading.format(n=n), n=n, text=f"{text}<p>It was day {n}.</p>") for n in (3, 4, 5)
    )
    found = found if time else re.sub("<time.*?</time>", "", found)
    return (
        f"<html><head><meta property=og:site_name content='The Post'></head><body><nav>Home</nav>{found}</body></html>"
    )


def test_a_page_of_several_articles_is_divided(tmp_path):
    news = loaded(several(), "a.html", tmp_path)
    assert news.articles["title"].to_list() == [f"Ferry late again {n}" for n in (3, 4, 5)]
    assert news.articles["published"].dt.day.to_list() == [3, 4, 5] and set(news.articles["outlet"]) == {"The Post"}
    assert set(news.articles["byline"]) == {"Ilse Marrow"} and not news.report()["problem"].str.contains("looks").any()
    assert [kind for kind, _ in told(news)] == ["headline", "dateline", "byline", "body", "body"]
    full = several(heading="<h2><a href=/{n}>Ferry late again {n}</a></h2>", text=3 * LONG)
    assert len(loaded(full, "b.html", tmp_path)) == 3


LINKED = "<h2><a href=/{n}>Late, for the {n}th time</a></h2>"


def main(element):
    return f"<{element}><h1>A title</h1>{9 * LONG}</{element}><nav>"


@pytest.mark.parametrize(("page", "doubted"), [
    (several(time=False), True), (several(heading=LINKED), True), (several(heading=""), False),
    (several(heading=LINKED).replace("<nav>", main("article")), False),
    (several(heading=LINKED).replace("<nav>", main("main")), False),
    (several().replace("<nav>", main("article").replace("</h1>", "</h1><time>December 3, 2025</time>")), False),
], ids=["no time", "teasers", "no heading", "beside teasers", "main beside teasers", "beside cards"])  # fmt: skip
def test_a_page_that_may_hold_several_articles_is_one_and_doubted(page, doubted, tmp_path):
    news = loaded(page, "a.html", tmp_path)
    said = [each for each in news.report()["problem"] if "looks like a page of 3 articles" in each]
    assert len(news) == 1 and len(said) == doubted


IN_THE_US, BAN = "Ferry crews in the U.S. walk out", "U.S. ferry crews walk out as council weighs ban"
OF_SITE = '<meta property="og:title" content="{}">'
SITES = [  # a title, the headline, what stands in the head, and the site's name
    ("Ferry late again - HBC News", "Ferry late again", "", "HBC News"),
    (f"{IN_THE_US} - HBC News", IN_THE_US, "", "HBC News"),
    (f"{IN_THE_US} - HBC News", BAN, "", "HBC News"),
    (f"{IN_THE_US} | U.S. News | Harbour TV", IN_THE_US, OF_SITE.format(IN_THE_US), "Harbour TV"),
    (f"{IN_THE_US} - Port Ann Times", IN_THE_US, OF_SITE.format(f"{IN_THE_US} - Port Ann Times"), "Port Ann Times"),
    (f"{IN_THE_US} : HPR", IN_THE_US, "", "HPR"),
    (f"{BAN} – HW – 12/03/2025", BAN, "", "HW"),
    (f"{BAN} &gt; News &gt; HBC7 New York", BAN, "", "HBC7 New York"),
    (f"Harbour Post | {IN_THE_US}", IN_THE_US, "", "Harbour Post"),
    (f"Watch: {BAN} – video | World news | The Harbour Post", BAN, "", "The Harbour Post"),
    (f"{IN_THE_US} | Harbour (HTV)", IN_THE_US, "", "Harbour (HTV)"),
    (IN_THE_US, IN_THE_US, "", None),
    ("Ferry late: a day on the quay - and a night", "Ferry late: a day on the quay - and a night", "", None),
    (f"{IN_THE_US} | World", IN_THE_US, "", None),
    (f"{IN_THE_US} - nobody knows why", IN_THE_US, "", None),
    (IN_THE_US, IN_THE_US, '<meta name="apple-mobile-web-app-title" content="HBC News">', "HBC News"),
    (
        IN_THE_US, IN_THE_US,
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "HTV"}]}</script>', "HTV",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "headline", "head", "outlet"), SITES)
def test_the_outlet_is_the_site_and_never_the_headline(title, headline, head, outlet, tmp_path):
    prose = "".join(
        f"<p>The ferry was late on day {n}, as it has been since the lock was closed.</p>" for n in range(4)
    )
    body = f"<article><h1>{headline}</h1>{prose}</article>"
    whole = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    [article] = loaded(whole, "a.html", tmp_path).articles.to_dict("records")
    assert article["title"] == headline
    assert article["outlet"] == outlet or outlet is None and article["outlet"] != article["outlet"]
