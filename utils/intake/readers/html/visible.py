"""The text that a web page shows, line by line: what no reader sees is left out, and nothing in it is run."""

import contextlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from lxml import etree, html

from utils.intake.budget import LINES, TooMuch

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
ELEMENTS, ATTRIBUTES, ON_ONE = 300_000, 500_000, 1_000  # of a page, and on one element: news has some thousands
PROSE = 200  # characters: a shorter text says that scripts are needed, or counts the visitors
SPACE = re.compile(r"[ \t\n\f\r]+")


class Line(NamedTuple):
    """One line of a page: its text, its own block element, and the names of all block elements around it."""

    text: str
    own: str
    around: frozenset[str]


class _Part(NamedTuple):
    """A stretch of text in a line: whether its white space is kept, its block element, and the names of all around."""

    text: str
    kept: bool
    own: str
    around: frozenset[str]


@dataclass
class _Place:
    """Where we are on the way through a page."""

    blocks: list[str] = field(default_factory=list)
    around: list[frozenset[str]] = field(default_factory=lambda: [frozenset()])  # their names, at each of them
    sets: dict[frozenset[str], frozenset[str]] = field(default_factory=dict)  # one of each, however many lines have it
    tabs: list[bool] = field(default_factory=list)  # of the table rows we are in: whether tabs divide their cells
    kept: int = 0  # elements we are in that keep their white space

    def enter(self, block: str) -> None:
        """Go into a block element."""
        around = self.around[-1]
        if block not in around:
            around = self.sets.setdefault(around | {block}, around | {block})
        self.blocks.append(block)
        self.around.append(around)

    def leave(self) -> None:
        """Go out of the block element that was entered last."""
        self.blocks.pop()
        self.around.pop()

    def part(self, text: str, *, kept: bool) -> _Part:
        """Give a stretch of text that stands here."""
        return _Part(text, kept, self.blocks[-1] if self.blocks else "", self.around[-1])


class _Counted:
    """What a parser tells of a page's elements; raises TooMuch, and so ends the parsing, if there are too many."""

    def __init__(self) -> None:
        self.elements = self.attributes = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Count an element."""
        self.elements += 1
        self.attributes += len(attributes)
        for n, limit, what in (
            (self.elements, ELEMENTS, "elements"), (self.attributes, ATTRIBUTES, "attributes"),
            (len(attributes), ON_ONE, f"attributes on one element, <{tag[:20]}>"),
        ):  # fmt: skip
            if n > limit:
                raise TooMuch(f"it has more than {limit:,} {what}", "save its text as .txt")

    def close(self) -> None:
        """End the counting."""


def _parser(target: _Counted | None = None) -> html.HTMLParser:
    return html.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, no_network=True, target=target
    )


class Tree(NamedTuple):
    """A page as a tree, None if it holds no element; whether it was read to its end; what was counted in it."""

    root: html.HtmlElement | None
    whole: bool
    elements: int
    attributes: int


def tree(page: str) -> Tree:
    """Give a page as a tree.

    Markup is mended as browsers mend it: what follows </html> belongs to the page, within another <html>. What is
    nested deeper than 2,048 elements is not read. Raises TooMuch if it has more elements or attributes than a page
    has; they are counted before a tree is built, by the same parser.
    """
    parser, content, counted = _parser(), page.encode("utf-8", "replace"), _Counted()
    with contextlib.suppress(etree.XMLSyntaxError):
        etree.fromstring(content, _parser(counted))
    try:
        root = html.document_fromstring(content, parser=parser)
    except (etree.ParserError, ValueError):
        return Tree(None, True, 0, 0)
    root.extend(list(root.itersiblings("*")))
    limits = parser.error_log.filter_from_level(etree.ErrorLevels.FATAL)
    whole = not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in limits)
    return Tree(root, whole, counted.elements, counted.attributes)


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
                found.append(Line(text, *next(part[2:] for part in parts if part.text.strip())))
                if len(found) > LINES:
                    raise TooMuch(f"it shows more than {LINES:,} lines", "save its text as .txt, or divide it")
            parts = []
    return found


def unseen(root: html.HtmlElement) -> str | None:
    """Tell of prose that a page shows only without scripts, or when these bring it in."""
    texts = (" ".join("".join(element.itertext()).split()) for element in root.iter("noscript", "template"))
    n = sum(len(text) for text in texts if len(text) >= PROSE)
    return f"{n:,} characters that it shows only without scripts, or brings in by them, were left out" if n else None


def unclosed(page: str) -> str | None:
    """Tell of a comment that takes the rest of the page, as it is never closed."""
    at = page.rfind("<!--")
    if at < 0 or page.find("-->", at) > 0 or len(page) - at < 60 or "</script" in page[at:].lower():
        return None
    return f"a comment in it is never closed; the {len(page) - at:,} characters from there on were left out"


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
        place.enter(element.tag)
        yield None
    if element.tag == "tr":
        place.tabs.append(_of_cells(element))
    elif element.tag == "q":
        yield place.part("“", kept=False)
    place.kept += element.tag in KEPT_SPACE
    yield from _rows(element.text, place)


def _closed(element: html.HtmlElement, place: _Place) -> Iterator[_Part | None]:
    """Give what comes at the end of an element."""
    place.kept -= element.tag in KEPT_SPACE
    if element.tag == "q":
        yield place.part("”", kept=False)
    elif element.tag in ("td", "th"):
        yield place.part("\t", kept=True) if place.tabs and place.tabs[-1] else None
    elif element.tag == "tr":
        place.tabs.pop()
    if element.tag in BLOCKS:
        place.leave()
        yield None


def _rows(text: str | None, place: _Place) -> Iterator[_Part | None]:
    """Give a text as one part, or, where its space is kept, each of its lines as one."""
    if text and not place.kept:
        yield place.part(text, kept=False)
    elif text:
        for number, row in enumerate(text.split("\n")):
            if number:
                yield None
            yield place.part(row, kept=True)


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
