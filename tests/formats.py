"""The same articles in every format that can be read: what writes them, for the tests."""

import html
import mailbox
import re
import zipfile
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import docx
import matplotlib
import pandas as pd
from fpdf import FPDF

TWENTY = Path(__file__).parent / "data" / "twenty" / "articles.txt"
FONT = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
DATELINE = re.compile(r"[A-Z ]+ — ")


class Article(NamedTuple):
    """One article as it was written: what stands above and below it, its paragraphs, and all of it as scraped."""

    headline: str
    section: str | None
    byline: str | None
    paragraphs: list[str]
    trailer: str
    scraped: str

    @property
    def body(self) -> str:
        """The text that is the article's own, without white space."""
        return squeezed(DATELINE.sub("", self.paragraphs[0]) + "".join(self.paragraphs[1:]))

    @property
    def outlet(self) -> str:
        """The paper that its last line names."""
        return re.match(r"©2031 (.+?)\. ", self.trailer)[1]


def squeezed(text: str) -> str:
    """Give a text without its white space."""
    return "".join(text.split())


def twenty() -> list[Article]:
    """Give twenty invented articles."""
    return [_article(text) for text in TWENTY.read_text(encoding="utf-8").split("\n=====\n")]


def _article(text: str) -> Article:
    headline, *rest = [line for line in text.splitlines() if line]
    assert rest[-1] == "Comments" and rest[-2].startswith("©2031")
    above = {line[:3]: line for line in rest[:2] if line.startswith(("Published in ", "By "))}
    paragraphs = [line for line in rest[:-2] if line not in above.values()]
    return Article(headline, above.get("Pub"), above.get("By "), paragraphs, rest[-2], text)


def table(articles: list[Article]) -> pd.DataFrame:
    """Give the articles as rows."""
    return pd.DataFrame(
        {
            "title": [article.headline for article in articles],
            "outlet": [article.outlet for article in articles],
            "date": [f"2025-11-{day:02d}" for day in range(1, len(articles) + 1)],
            "text": [article.scraped for article in articles],
        }
    )


def txt(articles: list[Article], folder: Path) -> Path:
    """One text file an article, as scraped."""
    for number, article in enumerate(articles):
        (folder / f"{number:02d}.txt").write_text(article.scraped, encoding="utf-8")
    return folder


def csv(articles: list[Article], folder: Path) -> Path:
    """A table with commas."""
    table(articles).to_csv(folder / "news.csv", index=False)
    return folder / "news.csv"


def tsv(articles: list[Article], folder: Path) -> Path:
    """A table with tabs."""
    table(articles).to_csv(folder / "news.tsv", index=False, sep="\t")
    return folder / "news.tsv"


def jsonl(articles: list[Article], folder: Path) -> Path:
    """A line of JSON an article."""
    table(articles).to_json(folder / "news.jsonl", orient="records", lines=True)
    return folder / "news.jsonl"


def json(articles: list[Article], folder: Path) -> Path:
    """A list in JSON."""
    table(articles).to_json(folder / "news.json", orient="records")
    return folder / "news.json"


def parquet(articles: list[Article], folder: Path) -> Path:
    """A table in Parquet."""
    table(articles).to_parquet(folder / "news.parquet")
    return folder / "news.parquet"


def xlsx(articles: list[Article], folder: Path) -> Path:
    """A sheet in Excel."""
    table(articles).to_excel(folder / "news.xlsx", index=False)
    return folder / "news.xlsx"


NAV = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Home", "News", "Sports", "Business", "Arts"))
TEASERS = "".join(
    f'<li><a href="/{n}"><h4>Something else happened in another town</h4><p>It was noted there at some length, and {n} '
    "people had an opinion about it that they were glad to share.</p></a></li>"
    for n in (12, 13, 14)
)
READERS_WROTE = "".join(
    f'<div class="comment"><b>reader{n}</b><p>I have read this paper for {n} years and have never agreed with it, but '
    "this time I will make an exception.</p></div>"
    for n in (11, 17)
)


def page(article: Article) -> str:
    """Give an article as a page of a newspaper's site, with all that such a page shows and does around it."""
    head = html.escape(article.headline)
    above = "".join(f'<p class="meta">{html.escape(line)}</p>' for line in (article.section, article.byline) if line)
    advert = '<div class="ad"><script>show("ad")</script><p>Advertisement</p></div>'
    body = [f"<p>{html.escape(paragraph)}</p>" for paragraph in article.paragraphs]
    body.insert(2, advert)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{head} | {article.outlet}</title>
<meta property="og:title" content="{head}"><meta property="og:site_name" content="{article.outlet}">
<meta property="article:published_time" content="2025-11-03T08:15:00-05:00">
<style>p {{ color: black }}</style><script>track("everything")</script></head><body>
<div class="banner" style="display: none"><p>We value your privacy, and would like to sell it.</p></div>
<header><nav><ul>{NAV}</ul></nav></header>
<main><article><h1>{head}</h1>{above}
<figure><img src="x.jpg" alt="A picture"><figcaption>The place in question, seen last year.</figcaption></figure>
<div class="article-body">{"".join(body)}</div><p>{html.escape(article.trailer)}</p></article>
<aside class="related"><h3>Related stories</h3><ul>{TEASERS}</ul></aside>
<section id="comments"><h3>Comments</h3>{READERS_WROTE}</section></main>
<footer><ul><li>About us</li><li>Contact</li></ul><p>All the news that is left</p></footer></body></html>"""


def html_pages(articles: list[Article], folder: Path) -> Path:
    """One saved page an article."""
    for number, article in enumerate(articles):
        (folder / f"{number:02d}.html").write_text(page(article), encoding="utf-8")
    return folder


def word(articles: list[Article], folder: Path) -> Path:
    """One Word file an article."""
    for number, article in enumerate(articles):
        document = docx.Document()
        document.add_heading(article.headline, level=1)
        for line in article.scraped.splitlines()[1:]:
            document.add_paragraph(line)
        document.core_properties.author = "Somebody Else"
        document.save(folder / f"{number:02d}.docx")
    return folder


def nexis_lines(articles: list[Article], *, words: int | None = None) -> list[str]:
    """Give the paragraphs of a download from Nexis Uni: a cover, then article after article."""
    cover = ["User Name: A. Reader", "Date and Time: Monday, November 3, 2025 9:10:00 AM EST", "Job Number: 270000001"]
    cover.append(f"Documents ({len(articles)})")
    for number, article in enumerate(articles, start=1):
        cover += [f"{number}. {article.headline}", "Client/Matter: -None-", "Search Terms: town", "Narrowed by:"]
    rows = [*cover, ""]
    for article in articles:
        length = words or len(" ".join(article.paragraphs).split())
        section = (article.section or "Published in News").removeprefix("Published in ")
        rows += [article.headline, article.outlet, "November 2, 2025 Sunday", "Late Edition - Final",
                 f"Copyright 2025 {article.outlet}", "All Rights Reserved", f"Section: {section}; Pg. A1",
                 f"Length:\u00a0{length:,} words"]  # fmt: skip
        rows += [f"Byline: {article.byline}"] if article.byline else []
        rows += ["Highlight: What happened, and to whom: a summary.", "Body", "", *article.paragraphs]
        rows += ["Graphic", "", "PHOTO: The place in question.", "Classification", "Language: ENGLISH"]
        rows += ["Publication-Type: Newspaper", "Subject: TOWNS (90%); OPINIONS (79%)"]
        rows += ["Load-Date: November 3, 2025", "", "End of Document", ""]
    return rows


def nexis_docx(articles: list[Article], folder: Path) -> Path:
    """One Word file with all articles, as Nexis Uni gives them."""
    document = docx.Document()
    titles = {article.headline for article in articles}
    for line in nexis_lines(articles):
        document.add_heading(line, level=1) if line in titles else document.add_paragraph(line)
    document.save(folder / "Files (20).DOCX")
    return folder / "Files (20).DOCX"


class Printed(FPDF):
    """Small pages with a running head and a page number, so that articles go over more than one."""

    def header(self) -> None:
        """Print the running head."""
        self.set_font("DejaVu", size=8)
        self.cell(0, 5, "The Collected Papers, Volume 20", align="R")
        self.ln(12)

    def footer(self) -> None:
        """Print the page number."""
        self.set_y(-12)
        self.set_font("DejaVu", size=8)
        self.cell(0, 5, str(self.page_no()), align="C")


def printed(article: Article, *, height: int = 150) -> bytes:
    """Give an article as a PDF file of pages that a reader would print, low ones so that most articles take two."""
    pages = Printed(format=(148, height))
    pages.add_font("DejaVu", fname=FONT)
    pages.set_title("Untitled document")
    pages.add_page()
    pages.set_font("DejaVu", size=16)
    pages.multi_cell(0, 8, article.headline, align="L", new_x="LMARGIN", new_y="NEXT")
    pages.set_font("DejaVu", size=12)
    for line in (article.section, article.byline, *article.paragraphs, article.trailer, "Comments"):
        if line:
            pages.ln(4)
            pages.multi_cell(0, 6.5, line, align="L", new_x="LMARGIN", new_y="NEXT")
    return bytes(pages.output())


def pdf(articles: list[Article], folder: Path) -> Path:
    """One PDF file an article."""
    for number, article in enumerate(articles):
        (folder / f"{number:02d}.pdf").write_bytes(printed(article))
    return folder


def zip_(articles: list[Article], folder: Path) -> Path:
    """An archive of text files."""
    with zipfile.ZipFile(folder / "news.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, article in enumerate(articles):
            archive.writestr(f"news/{number:02d}.txt", article.scraped)
    return folder / "news.zip"


def rich(lines: list[str]) -> bytes:
    """Give lines as a rich text, as Word writes them: letters beyond ASCII by their numbers."""
    text = "\\par\n".join(re.sub(r"([\\{}])", r"\\\1", line).replace("\t", "\\cell ") for line in lines)
    units = (int.from_bytes(text_unit, "little", signed=True) for text_unit in _units(text))
    coded = "".join(chr(unit) if 0 <= unit < 128 else f"\\u{unit}?" for unit in units)
    fonts = (
        "{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fcharset238 Times CE;}}{\\colortbl;\\red0\\green0\\blue0;}"
    )
    info = "{\\info{\\author Somebody Else}}{\\header {\\f0 A running head\\par}}"
    return f"{{\\rtf1\\ansi\\ansicpg1252\\uc1{fonts}{info}\\pard\\f0 {coded}\\par}}".encode("ascii")


def _units(text: str) -> list[bytes]:
    """Give the 16-bit units of a text."""
    content = text.encode("utf-16-le")
    return [content[at : at + 2] for at in range(0, len(content), 2)]


def rtf(articles: list[Article], folder: Path) -> Path:
    """One rich text an article."""
    for number, article in enumerate(articles):
        (folder / f"{number:02d}.rtf").write_bytes(rich(article.scraped.splitlines()))
    return folder


def message(article: Article, *, form: str = "plain") -> EmailMessage:
    """Give an article as a newsletter: a plain text, a page, or both."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"] = f"{article.outlet} <news@letters.example>", "A Reader <reader@home.example>"
    mail["Subject"], mail["Date"] = article.headline, "Mon, 03 Nov 2025 08:15:00 -0500"
    if form != "page":
        mail.set_content(article.scraped, cte="quoted-printable")
    if form == "page":
        mail.set_content(page(article), subtype="html", cte="base64")
    elif form == "both":
        mail.add_alternative(page(article), subtype="html")
    return mail


def eml(articles: list[Article], folder: Path) -> Path:
    """One e-mail an article."""
    for number, article in enumerate(articles):
        (folder / f"{number:02d}.eml").write_bytes(message(article).as_bytes())
    return folder


def mbox(articles: list[Article], folder: Path) -> Path:
    """A mailbox of all articles."""
    held = mailbox.mbox(folder / "news.mbox")
    for article in articles:
        held.add(message(article, form="both"))
    held.close()
    return folder / "news.mbox"


WRITERS = {
    "txt": txt, "csv": csv, "tsv": tsv, "jsonl": jsonl, "json": json, "parquet": parquet, "xlsx": xlsx,
    "html": html_pages, "docx": word, "nexis": nexis_docx, "pdf": pdf, "zip": zip_, "rtf": rtf,
    "eml": eml, "mbox": mbox,
}  # fmt: skip


def loaded(content: bytes | str, name: str, folder: Path, **options):
    """Give the corpus made of one file with that content."""
    from utils import load

    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return load(path, **options)


def problems(content: bytes | str, name: str) -> list[tuple[str, str, str]]:
    """Give what a reader notes about a file with that content: kind, problem, cure."""
    import io

    from utils.intake.batch import File, Reading
    from utils.intake.readers import by_ending

    reading = Reading()
    content = content.encode() if isinstance(content, str) else content
    by_ending()[Path(name).suffix](File(name, io.BytesIO(content)), reading)
    return [(each["kind"], each["problem"], each["cure"]) for each in reading.problems]


def told(news, *kinds: str) -> list[tuple[str, str]]:
    """Give the segments of the first article as kind and text, of these kinds or of all."""
    raw, first = news.articles["raw"].iloc[0], news.articles.index[0]
    own = news.segments[news.segments["article_id"] == first]
    return [(s.kind, raw[s.start : s.end]) for s in own.itertuples() if not kinds or s.kind in kinds]
