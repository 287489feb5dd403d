"""From the bytes of a saved page to its text: the encoding as browsers take it, and what is no page at all."""

import codecs
import re
from collections.abc import Sequence

from lxml import html

from utils.intake import encodings
from utils.intake.batch import File, Reading
from utils.intake.readers.html.visible import Line

CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*+=\s*+[\"']?\s*+([\w.:-]{2,40})", re.IGNORECASE)
DECLARATION = re.compile(rb"^\s*<\?xml[^>]{1,200}?encoding\s*+=\s*+[\"']([\w.:-]{2,40})")
LOOKED_AT = 8192  # bytes in which a page says its encoding
AS_BROWSERS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
PROLOGUE = re.compile(r"(?:\s+|<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)*", re.IGNORECASE | re.DOTALL)
FEED = re.compile(r"<(?:rss|feed|urlset|sitemapindex|\w+:\w+)\b", re.IGNORECASE)
ARCHIVED = re.compile(r"(?:[\w-]+: .*\n(?:[ \t].*\n)*){0,8}?MIME-Version: ", re.IGNORECASE)
SAVE = "open the page in a browser and save it as “Webpage, HTML only” once its text is there"


def decoded(file: File, reading: Reading) -> tuple[str | None, str]:
    """Give a page's text and its encoding, or None; what is doubtful or unreadable is noted.

    Bytes that are UTF-8 beyond ASCII are UTF-8, whatever the page says: no other text looks like it. Then comes the
    encoding that the page names, as browsers understand the name, if the bytes fit it; then the likeliest. NUL
    characters are left out, as browsers do.
    """
    content = file.content()
    said = CHARSET.search(content[:LOOKED_AT]) or DECLARATION.search(content[:LOOKED_AT])
    text, encoding = _as_said(content, said[1].decode("ascii", "replace")) if said else (None, "")
    if text is None:
        text, encoding = encodings.decoded(content)
        if text is None:
            reading.problem(file.name, "unreadable", encoding, SAVE)
            return None, encoding
        if encoding not in encodings.UNICODE:
            problem = f"not UTF-8, and the page names no encoding that fits; read as {encoding}, the likeliest"
            cure = "look at its accents and quotation marks; save the page again if they are wrong"
            reading.problem(file.name, "doubtful", problem, cure)
    text, nul = encodings.without_nul(text)
    if nul:
        reading.problem(file.name, "doubtful", *nul)
    return text, encoding


def _as_said(content: bytes, said: str) -> tuple[str | None, str]:
    """Give the text in the encoding that a page names, or in UTF-8 where it is that; None if neither fits."""
    try:
        name = codecs.lookup(said).name
    except (LookupError, ValueError):
        return None, ""
    named = AS_BROWSERS.get(name, name)
    for encoding in (named,) if named.startswith("iso2022") else ("utf-8", named):
        try:
            text = content.decode(encoding)
        except (UnicodeError, ValueError, LookupError):
            continue
        if not encodings.wide(content) and not text.startswith("\ufeff"):
            return text, encoding
    return None, ""


def no_article(text: str, lines: Sequence[Line], root: html.HtmlElement | None) -> tuple[str, str] | None:
    """Give why a page holds no article, and the cure; None where it shows text.

    Parameters
        text: the page's markup.  lines: what it shows.  root: its tree, None if it has none.
    """
    prologue = PROLOGUE.match(text[:LOOKED_AT])
    start = prologue.end() if prologue else 0
    if not text.strip():
        return "the file is empty", "save the page again, or take the file away"
    if ARCHIVED.match(text[start : start + LOOKED_AT]):
        return "it is a web archive (MHTML), not a page", SAVE
    if FEED.match(text, start):
        return "it is a feed or another XML file, not a page", "open the article's own page in a browser and save that"
    if lines:
        return None
    elements = {element.tag for element in root.iter()} if root is not None else set()
    if {"frame", "iframe"} & elements:
        return "it shows other pages in frames and has no text of its own", "open the frame alone and save that page"
    if "script" in elements:
        return "it shows no text until its scripts run, and we never run them", SAVE
    return "it shows no text", SAVE
