"""The text that a web page shows, line by line: what no reader sees is left out, and nothing in it is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from lxml import etree, html

UNSEEN = frozenset(
    "head title script style noscript template iframe object embed audio video canvas svg map datalist select rp "
    "annotation annotation-xml noframes".split()
)
BLOCKS = frozenset(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol optgroup option p plaintext "
    "pre search section summary table caption thead tbody tfoot tr ul xmp br".split()
)
KEPT_SPACE = frozenset("pre listing xmp plaintext textarea".split())
UNSEEN_STYLE = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\n\f\r]+")


@dataclass(frozen=True)
class Line:
    """One line of a page: its text, and the block elements around it from the outermost to its own."""

    text: str
    blocks: tuple[str, ...]


class _Part(NamedTuple):
    """A stretch of text in a line: whether its white space is kept, and the block elements around it."""

    text: str
    kept: bool
    blocks: tuple[str, ...]


@dataclass
class _Place:
    """Where we are on the way through a page."""

    blocks: list[str] = field(default_factory=list)
    tabs: list[bool] = field(default_factory=list)  # of the table rows we are in: whether tabs divide their cells
    kept: int = 0  # elements we are in that keep their white space


def tree(page: str) -> tuple[html.HtmlElement | None, bool]:
    """Give a page as a tree, or None if it holds no element; and whether it was read to its end.

    Markup is mended as browsers mend it. What is nested deeper than 2,048 elements is not read.
    """
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, ValueError):
        return None, True
    limits = parser.error_log.filter_from_level(etree.ErrorLevels.FATAL)
    return root, not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in limits)


def shown(root: html.HtmlElement, *, hidden: bool = False) -> list[Line]:
    """Give the lines of text that a page shows, in its order; with `hidden`, what its elements say is hidden too.

    Block elements and <br> end a line, the plain cells of a table are divided by tabs, white space is drawn together
    except in <pre>, and <q> has its quotation marks. Left out: scripts, styles, frames, closed menus, and elements
    marked hidden, aria-hidden or (in their own style) display:none. Style sheets are not read.
    """
    found: list[Line] = []
    parts: list[_Part] = []
    for part in _parts(root, hidden):
        if part is not None:
            parts.append(part)
        elif parts:
            if text := _joined(parts):
                found.append(Line(text, next(part.blocks for part in parts if part.text.strip())))
            parts = []
    return found


def _joined(parts: list[_Part]) -> str:
    """Give the parts of a line as shown: white space drawn together but where it is kept, none at the edges."""
    runs = groupby(parts, key=lambda part: part.kept)
    texts = ((kept, "".join(part.text for part in run)) for kept, run in runs)
    return "".join(text if kept else SPACE.sub(" ", text) for kept, text in texts).strip()


def _parts(root: html.HtmlElement, hidden: bool) -> Iterator[_Part | None]:
    """Give the text in order; None ends a line."""
    place = _Place()
    walk = etree.iterwalk(root, events=("start", "end"))
    skipped = None
    for event, element in walk:
        if event == "start" and skipped is None:
            if element.tag in UNSEEN or (not hidden and _marked_hidden(element)):
                skipped = element
                walk.skip_subtree()
            else:
                yield from _opened(element, place)
        elif event == "end":
            if skipped is None:
                yield from _closed(element, place)
            elif element is skipped:
                skipped = None
            if skipped is None and element is not root:
                yield from _rows(element.tail, place)
    yield None


def _opened(element: html.HtmlElement, place: _Place) -> Iterator[_Part | None]:
    """Give what comes before and at the beginning of an element."""
    if element.tag in BLOCKS:
        place.blocks.append(element.tag)
        yield None
    if element.tag == "tr":
        place.tabs.append(_of_cells(element))
    elif element.tag == "q":
        yield _Part("“", False, tuple(place.blocks))
    place.kept += element.tag in KEPT_SPACE
    yield from _rows(element.text, place)


def _closed(element: html.HtmlElement, place: _Place) -> Iterator[_Part | None]:
    """Give what comes at the end of an element."""
    place.kept -= element.tag in KEPT_SPACE
    if element.tag == "q":
        yield _Part("”", False, tuple(place.blocks))
    elif element.tag in ("td", "th"):
        yield _Part("\t", True, tuple(place.blocks)) if place.tabs and place.tabs[-1] else None
    elif element.tag == "tr":
        place.tabs.pop()
    if element.tag in BLOCKS:
        place.blocks.pop()
        yield None


def _rows(text: str | None, place: _Place) -> Iterator[_Part | None]:
    """Give a text as one part, or, where its space is kept, each of its lines as one."""
    blocks = tuple(place.blocks)
    if text and not place.kept:
        yield _Part(text, False, blocks)
    elif text:
        for number, row in enumerate(text.split("\n")):
            if number:
                yield None
            yield _Part(row, True, blocks)


def _of_cells(row: html.HtmlElement) -> bool:
    """Tell a row of cells from one that lays out a page: nothing in its cells ends a line."""
    return not any(element.tag in BLOCKS and element is not row for element in row.iter())


def _marked_hidden(element: html.HtmlElement) -> bool:
    """Tell whether an element says of itself that it is not shown; the page as a whole is never left out."""
    if element.tag in ("html", "body"):
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or UNSEEN_STYLE.search(element.get("style") or "") is not None
        or (element.tag == "dialog" and element.get("open") is None)
    )
