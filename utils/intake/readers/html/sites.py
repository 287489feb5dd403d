"""The name of the site that a page's title holds beside the headline: "Ferry late - Harbour News"."""

import re

from lxml import html

from utils.intake import dates
from utils.intake.cleaning.lines import SECTIONS
from utils.intake.readers.html.matching import squeezed

PARTS = re.compile(r" [|–—>»·•:-] | ?\| ?| // ")  # of a title whose white space is drawn together
NAME = re.compile(
    r"(?:The )?[A-Z\d][\w.'’&!+-]*(?: (?:[A-Z\d&+(][\w.'’&!+()-]*|of|de|del|la|di|da|and|the|on|in)){0,5}"
)
SECTION = re.compile(rf"(?:(?:{SECTIONS}) ?&? ?){{1,2}}", re.IGNORECASE)
LONGEST = 40  # characters of a name
HEADLINE = 4  # words that a headline has at least, where the page shows another


def named(root: html.HtmlElement, headline: str) -> str | None:
    """Give the name of a page's site by its title; None where the title holds nothing but the headline.

    headline: the one that the page shows.
    """
    title = root.find(".//head/title")
    parts = [
        part.strip() for part in PARTS.split(" ".join((title.text_content() if title is not None else "").split()))
    ]
    while len(parts) > 1 and (dates.is_line(parts[-1]) or re.fullmatch(r"[\d/.: -]{6,20}", parts[-1])):
        parts.pop()
    if len(parts) < 2:
        return None
    shown = squeezed(headline).casefold()
    first, *_, last = (_of_headline(part, shown) for part in parts)
    if last and not first:
        return parts[0] if is_name(parts[0], headline) else None
    apart = first or len(parts[0].split()) >= HEADLINE > len(parts[-1].split())
    return parts[-1] if apart and is_name(parts[-1], headline) else None


def is_name(text: str, headline: str) -> bool:
    """Tell whether a text can be the name of a site: short, in capitals, no section and no part of the headline."""
    if len(text) > LONGEST or not NAME.fullmatch(text) or SECTION.fullmatch(text):
        return False
    return not _of_headline(text, squeezed(headline).casefold())


def _of_headline(part: str, shown: str) -> bool:
    said = squeezed(part).casefold()
    return bool(shown and said) and (said in shown or shown in said)
