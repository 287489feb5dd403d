"""A page that holds several whole articles, each in an <article> of its own, with its own heading and its own time."""

from collections.abc import Iterator
from typing import NamedTuple

from lxml import html

from utils.intake import article
from utils.intake.batch import File, Reading, Span
from utils.intake.cleaning import stretches
from utils.intake.readers.html import metadata as about
from utils.intake.readers.html import visible

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PROSE = 60  # characters that a paragraph of prose has at least
TEASER = 600  # characters of prose: with fewer, an article whose heading is a link leads to one on another page
MAIN, CARD = 3, 300  # times the prose of any other, and its characters: such an article is the page's own, among cards
MOST = 2_000  # articles of a page that are looked at
AROUND = frozenset({"nav", "aside", "footer", "form", "menu", "figcaption"})
OUTSIDE = "outside the article (its own element)"
DIVIDE = "save the page of each article by itself"


class _Own(NamedTuple):
    """An <article>: its element, its title and time, the length of its prose, and whether its heading is a link."""

    element: html.HtmlElement
    title: str
    time: str
    prose: int
    linked: bool


def take(root: html.HtmlElement, file: File, reading: Reading, encoding: str) -> bool:
    """Take the articles of a page that holds several into the reading; tell whether it does.

    Where it looks as if it did, and what belongs to which cannot be told, that is noted and nothing taken.
    """
    found = [own for own in map(_own, _outermost(root)) if own.title and own.prose >= PROSE]
    whole = [own for own in found if not own.linked or own.prose >= TEASER]
    sizes = sorted((own.prose for own in found), reverse=True)
    if len(found) < 2 or sizes[0] >= MAIN * sizes[1] and sizes[1] < CARD:
        return False
    if len(whole) > 1 and all(own.time for own in whole):
        outlet = about.facts(root).get("outlet")
        for number, own in enumerate(whole, start=1):
            _take_one(own, f"{file.name} article {number}", f"{file.name}-{number}", outlet, file, reading, encoding)
        return True
    if 2 * sum(sizes) > _prose(root):
        said = f"this looks like a page of {len(found):,} articles, and could not be divided"
        reading.problem(file.name, "doubtful", said, DIVIDE)
    return False


def _outermost(root: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Give every <article> that stands in no other."""
    found = 0
    for element in root.iter("article"):
        if found < MOST and next(element.iterancestors("article"), None) is None:
            found += 1
            yield element


def _own(element: html.HtmlElement) -> _Own:
    heading = next(element.iter(*HEADINGS), None)
    if heading is None:
        return _Own(element, "", "", 0, False)
    time = next(element.iter("time"), None)
    said = "" if time is None else time.get("datetime") or "".join(time.itertext())
    linked = next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None
    title = " ".join("".join(heading.itertext()).split())
    return _Own(element, title, " ".join(said.split()), _prose(element), linked)


def _prose(element: html.HtmlElement) -> int:
    """Give the characters of all paragraphs of prose."""
    sizes = (len(" ".join("".join(paragraph.itertext()).split())) for paragraph in element.iter("p"))
    return sum(size for size in sizes if size >= PROSE)


def _take_one(
    own: _Own, source: str, name: str, outlet: str | None, file: File, reading: Reading, encoding: str
) -> None:
    """Take one article: all that its element shows."""
    lines = visible.shown(own.element)
    raw, rows, at = "\n".join(line.text for line in lines), list[list[Span]](), 0
    for line in lines:
        if not AROUND & line.around:
            rows.append([(at, at + len(line.text))])
        at += len(line.text) + 1
    segments, metadata = stretches.labelled(raw, rows, title=own.title, furniture=file.options.furniture)
    article.take(
        reading, raw, source=source, encoding=encoding, sha256=file.sha256, options=file.options, article_id=name,
        given={"title": own.title, "outlet": outlet, "published": own.time},
        labelled=(stretches.completed(raw, segments, rule=OUTSIDE), metadata),
    )  # fmt: skip
