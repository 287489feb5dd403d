"""Saved web pages: all the text a page shows, of which trafilatura tells what is the article; and downloads of many.

`raw` is every visible line. Those that trafilatura takes for the article are read as a scraped article is, so that its
rules for trailers and the like hold within; all others are furniture. No page is fetched and no script is run.
"""

import logging
from collections.abc import Iterable

from lxml import html

from utils.intake import article, dates
from utils.intake.batch import File, Reading, Span, reader
from utils.intake.cleaning import patterns, scraped, stretches
from utils.intake.readers import databases
from utils.intake.readers.html import decode, matching, several, sites, visible
from utils.intake.readers.html import metadata as about
from utils.intake.readers.html.visible import Line

TOO_DEEP = "its elements are nested deeper than 2,048; what lies below was not read"
LOOK = "read it with passages.read and see how its lines were labelled"
OUTSIDE = "outside the article (trafilatura)"
MOST_ELEMENTS = 30_000  # a news page has some thousands; trafilatura's time grows with their square
MOST_ATTRIBUTES = 100_000  # trafilatura copies them again and again
FOUND_AT_LEAST = 0.5  # of the article that trafilatura finds should be among the lines that the page shows
BYLINE_AT_MOST = 150
PROSE = 60  # characters that a line of prose has at least
AROUND = {"nav", "aside", "footer", "header", "form", "menu", "search", "figcaption"}
HEADLINES_AT_MOST = 10_000
HEADINGS = {"h1", "h2", "h3"}
QUIET = logging.NullHandler()


@reader
def read(file: File, reading: Reading) -> None:
    """Take the article of a saved page, or the articles of a download from a news database."""
    text, encoding = decode.decoded(file, reading)
    if text is None:
        return
    tree = visible.tree(text)
    root = tree.root
    lines = visible.shown(root) if root is not None else []
    if not tree.whole:
        reading.problem(file.name, "doubtful", TOO_DEEP, decode.SAVE)
    if wrong := decode.no_article(text, lines, root):
        reading.problem(file.name, "unreadable", *wrong)
        return
    for said in filter(None, (visible.unseen(root), visible.unclosed(text))):
        reading.problem(file.name, "doubtful", said, decode.SAVE)
    raw = "\n".join(line.text for line in lines)
    headings = [line.text for line in lines if HEADINGS & line.around] + _of_class(root)
    if databases.take(file, reading, raw, encoding=encoding, headings=headings, spans=_spans(lines)):
        return
    if root is not None and several.take(root, file, reading, encoding):
        return
    found = _found(text, tree)
    lines, kept = _kept(lines, root, found["text"], file, reading)
    raw = "\n".join(line.text for line in lines)
    labelled = _labelled(raw, lines, kept, found, file.options.furniture)
    article.take(
        reading, raw, source=file.name, encoding=encoding, sha256=file.sha256, options=file.options,
        given=_given(about.facts(root), found, labelled[1], root), labelled=labelled,
    )  # fmt: skip


def _of_class(root: html.HtmlElement | None) -> list[str]:
    """Give the texts of the elements that a page of a database calls headlines, such as enHeadline."""
    found = [] if root is None else root.xpath("//*[contains(@class, 'Headline') or contains(@class, 'titreArticle')]")
    return [text for element in found[:HEADLINES_AT_MOST] if (text := " ".join("".join(element.itertext()).split()))]


def _kept(lines: list[Line], root: object, text: str, file: File, reading: Reading) -> tuple[list[Line], list[int]]:
    """Give the lines of a page and the numbers of those that are the article's; what is doubtful is noted."""
    kept = matching.held([line.text for line in lines], text)
    if text and _share(lines, kept, text) < FOUND_AT_LEAST:
        lines = visible.shown(root, hidden=True)
        kept = matching.held([line.text for line in lines], text)
        said = "much of its text is marked as hidden; what is hidden was read too"
        reading.problem(file.name, "doubtful", said, LOOK)
    if not kept:
        kept = _paragraphs(lines)
        said = "trafilatura finds no article on the page (or it is too large for it); all its paragraphs were taken"
        reading.problem(file.name, "doubtful", said, LOOK)
    return lines, kept


def _found(text: str, tree: visible.Tree) -> dict[str, str]:
    """Give what trafilatura finds on a page: the article's text, title, author, sitename, hostname, section."""
    nothing = dict.fromkeys(("text", "title", "author", "sitename", "hostname", "section", "url"), "")
    if tree.root is None or tree.elements > MOST_ELEMENTS or tree.attributes > MOST_ATTRIBUTES:
        return nothing
    from trafilatura import bare_extraction

    if tree.root.find("html") is not None:
        text = html.tostring(tree.root, encoding="unicode")
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).addHandler(QUIET)  # else Python prints their warnings
    try:
        page = bare_extraction(text, include_comments=False, with_metadata=True)
    except Exception:  # whatever it stumbles over: the page is read without it, and reported
        return nothing
    if page is None or isinstance(page, dict):  # a dict is given only where it is asked for
        return nothing
    body = "" if page.body is None else "\n".join(page.body.itertext())
    said = {name: getattr(page, name, None) or "" for name in nothing}
    return said | {"text": body, "section": next(iter(page.categories or []), "")}


def _share(lines: list[Line], kept: list[int], text: str) -> float:
    """Give the share of the article's text that is among the lines kept."""
    return sum(len(matching.squeezed(lines[number].text)) for number in kept) / max(len(matching.squeezed(text)), 1)


def _paragraphs(lines: list[Line]) -> list[int]:
    """Give the numbers of all paragraphs that stand in no menu, margin or foot; of all lines if there are none."""
    found = [n for n, line in enumerate(lines) if line.own == "p" and not AROUND & line.around]
    return found or list(range(len(lines)))


def _labelled(
    raw: str, lines: list[Line], kept: list[int], found: dict[str, str], furniture: Iterable[str]
) -> stretches.Labelled:
    """Give the segments of a page and the metadata its lines hold: headline, byline and date from above the article,
    and the first © line from in or below it."""
    spans = _spans(lines)
    first = _first(lines, kept, found["title"])
    head = _headline(lines, first, found["title"])
    kept = [n for n in kept if head is None or n >= head]
    between = [n for n in range(head + 1, first) if len(lines[n].text) <= BYLINE_AT_MOST] if head is not None else []
    authors = [n for n in between if _names(lines[n].text, found["author"])]
    above = [n for n in between if _is_above(lines[n].text)]
    rights = [n for n in range(first, len(lines)) if patterns.SURE_RIGHTS.match(lines[n].text)][:1]
    taken = sorted({*kept, *above, *rights, *([] if head is None else [head])})
    title = None if head is None else lines[head].text
    segments, metadata = stretches.labelled(raw, [[spans[n]] for n in taken], title=title, furniture=furniture)
    forced = {spans[n]: ("byline", "names the author") for n in authors}
    if head is not None:
        forced[spans[head]] = "headline", "headline of the page"
        metadata["title"] = lines[head].text
    segments = [each for each in segments if not any(left <= each[0] < right for left, right in forced)]
    segments += [(*span, *told) for span, told in forced.items()]
    return stretches.completed(raw, segments, rule=OUTSIDE), metadata


def _first(lines: list[Line], kept: list[int], title: str) -> int:
    """Give the number of the article's first line of prose."""
    wanted = matching.squeezed(title)
    prose = (
        n for n in kept
        if len(lines[n].text) >= PROSE and "h1" not in lines[n].around and matching.squeezed(lines[n].text) != wanted
    )  # fmt: skip
    return next(prose, kept[0])


def _is_above(line: str) -> bool:
    """Tell whether a line is a byline, a section or a date, as they stand between headline and text."""
    told = patterns.BYLINE.pattern.match(line) or patterns.SECTION.pattern.match(line)
    return told is not None or dates.is_line(line)


def _names(line: str, authors: str) -> bool:
    """Tell whether a line holds the name of one of the authors."""
    names = (name.strip().casefold() for name in authors.split(";"))
    return any(name and name in " ".join(line.casefold().split()) for name in names)


def _spans(lines: list[Line]) -> list[Span]:
    """Give where each line stands in the raw text."""
    found, at = [], 0
    for line in lines:
        found.append((at, at + len(line.text)))
        at += len(line.text) + 1
    return found


def _headline(lines: list[Line], first: int, title: str) -> int | None:
    """Give the number of the headline: the last line above the article's text that is its title, else the last <h1>."""
    wanted = matching.squeezed(title)
    above = range(first, -1, -1)
    for number in above:
        if wanted and matching.squeezed(lines[number].text) == wanted:
            return number
    return next((n for n in above if "h1" in lines[n].around and len(lines[n].text) <= scraped.HEADLINE_AT_MOST), None)


def _given(
    said: dict[str, str], found: dict[str, str], metadata: dict[str, str], root: html.HtmlElement | None
) -> dict[str, str | None]:
    """Give the columns that the page says of itself."""
    headline = metadata.get("title") or found["title"] or ""
    site = sites.named(root, headline) if root is not None else None
    guessed = found["sitename"] if sites.is_name(found["sitename"], headline) else ""
    return {
        "title": headline or None,
        "outlet": said.get("outlet") or site or guessed or metadata.get("outlet") or found["hostname"] or None,
        "section": said.get("section") or metadata.get("section") or found["section"] or None,
        "byline": _joined(found["author"]) or None,
        "published": said.get("published"),
        "rights": said.get("rights"),
        "url": found["url"] if found["url"].startswith(("https://", "http://")) else None,
    }


def _joined(authors: str) -> str:
    """Give "Ada Moss; Bo Li; Cy Ode" as a byline writes them: "Ada Moss, Bo Li and Cy Ode"."""
    names = [name.strip() for name in authors.split(";") if name.strip()]
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


READERS = {".html": read, ".htm": read}
