"""Texts in cells that were written for a program: markup, character entities and escapes, read as a page shows them."""

import html
import json
import re

from utils.intake.readers.html import visible

MARKUP = re.compile(
    r"</(?:p|div|span|b|i|u|em|strong|a|h[1-6]|li|ul|ol|blockquote|td|tr|table|section|article)\s*>|<(?:p|br)\b[^<>]*>",
    re.IGNORECASE,
)
ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,7}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
CODED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
BROKEN = re.compile(r"(?:\\r)?\\n(?=[\s\"“”„«'‘’(\[—–\\]|[^\W\d_a-zß-öø-ÿ]|\d|$)|(?<=[.!?,\"”’»)])(?:\\r)?\\n")
QUOTED = re.compile(r"\\(?=[\"'])")


def shown(text: str) -> tuple[str, str]:
    """Give a text as a page would show it, and what it held: "markup", "entities", "escapes", or nothing.

    Raises Broken where its markup is more than a page may have.
    """
    held = ""
    if "\\" in text and (plain := _unescaped(text)) != text:
        text, held = plain, "escapes"
    if "&" in text and not MARKUP.search(text) and (plain := unescaped(text)) != text:
        text, held = plain, "entities"
    if "<" in text and MARKUP.search(text):
        root = visible.tree(text).root
        if root is not None:
            return "\n".join(line.text for line in visible.shown(root)), "markup"
    return text, held


def held(text: str) -> str:
    """Tell what a text holds that was written for a program: "markup", "entities", "escapes", or nothing."""
    if "<" in text and MARKUP.search(text):
        return "markup"
    if "&" in text and any(html.unescape(entity[0]) != entity[0] for entity in ENTITY.finditer(text)):
        return "entities"
    return "escapes" if "\\" in text and (CODED.search(text) or BROKEN.search(text)) else ""


def unescaped(text: str) -> str:
    """Give a text with the signs that its character entities stand for; those written twice over too."""
    for _ in range(2):
        text = ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return text


def _unescaped(text: str) -> str:
    """Give a text with the line ends and signs that escapes stand for."""
    if CODED.search(text):
        text = CODED.sub(_decoded, text)
    if BROKEN.search(text):
        text = BROKEN.sub("\n", text)
    return QUOTED.sub("", text)


def _decoded(coded: re.Match) -> str:
    return json.loads(f'"{coded[0]}"')
