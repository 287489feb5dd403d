"""What a web page says about itself in so many words: its meta tags, its linked data, its <time> elements.

A date guessed from an address or from a © line is no date: where a page names none, the article has none.
"""

import json
import re
from collections.abc import Iterator

from lxml import html

PUBLISHED = (
    "article:published_time og:article:published_time og:published_time article:published datepublished "
    "parsely-pub-date sailthru.date dc.date.issued dcterms.issued dc.date dcterms.date dcterms.created pubdate "
    "publishdate publish-date publish_date publication_date publicationdate originalpublicationdate "
    "article_date_original article.published cxenseparse:recs:publishtime date"
).split()
SECTION = ["article:section", "og:article:section", "parsely-section", "section"]
RIGHTS = ["dcterms.rightsholder", "dcterms.rights", "dc.rights", "rights", "copyright"]
OUTLET = ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "citation_journal_title"]
ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|Review)$")
SITES = ("WebSite", "NewsMediaOrganization")
LINKED = ["datePublished", "articleSection", "publisher", "copyrightNotice"]
LONGEST = 200  # characters of a value that is taken for a name
DEEPEST = 20


def facts(root: html.HtmlElement) -> dict[str, str]:
    """Give what a page says of itself: published, section, outlet and rights, each only where it says so, as written.

    Linked data about an article come first, then meta tags, then a <time> said to be that of publication, or the
    only one above or in the article.
    """
    tags = _tags(root)
    linked = _linked(root)
    said = {
        "published": linked.get("datePublished") or _first(tags, PUBLISHED) or _time(root),
        "section": linked.get("articleSection") or _first(tags, SECTION),
        "outlet": _first(tags, OUTLET[:1]) or linked.get("publisher") or _first(tags, OUTLET[1:]),
        "rights": _first(tags, RIGHTS) or linked.get("copyrightNotice"),
    }
    return {key: value for key, value in said.items() if value}


def _tags(root: html.HtmlElement) -> dict[str, str]:
    """Give the meta tags by name in small letters, the first of each."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        if value := _plain(tag.get("content")):
            found.setdefault(name.strip().casefold(), value)
    return found


def _first(tags: dict[str, str], names: list[str]) -> str | None:
    return next((tags[name] for name in names if name in tags), None)


def _plain(value: object) -> str | None:
    """Give a value as a line of text, if it is a text of a sensible length."""
    text = " ".join(value.split()) if isinstance(value, str) else ""
    return text if 0 < len(text) <= LONGEST else None


def _linked(root: html.HtmlElement) -> dict[str, str]:
    """Give what linked data (JSON-LD) say of the page's article, and the site's name if it has no publisher."""
    site: dict[str, str] = {}
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().casefold() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _things(data):
            if found := _of_article(thing):
                return site | found
            if thing.get("@type") in SITES and (name := _value(thing.get("name"))):
                site.setdefault("publisher", name)
    return site


def _things(data: object, depth: int = 0) -> Iterator[dict]:
    """Give the things in linked data, those in lists and graphs too."""
    if isinstance(data, list) and depth < DEEPEST:
        for each in data:
            yield from _things(each, depth + 1)
    elif isinstance(data, dict):
        yield data
        for name in ("@graph", "mainEntity", "mainEntityOfPage"):
            if depth < DEEPEST:
                yield from _things(data.get(name), depth + 1)


def _of_article(thing: dict) -> dict[str, str]:
    kinds = thing.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if not any(isinstance(kind, str) and ARTICLES.search(kind) for kind in kinds):
        return {}
    found = {name: _value(thing.get(name)) for name in LINKED}
    return {name: value for name, value in found.items() if value}


def _value(value: object) -> str | None:
    """Give the text of a value: of a list that of its first, of a thing its name."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name")
    return _plain(value)


def _time(root: html.HtmlElement) -> str | None:
    """Give the time of publication that the text itself marks: said to be it, or the only one there is."""
    times = [(element, _plain(element.get("datetime"))) for element in root.iter("time")]
    for element, value in times:
        marked = f"{element.get('itemprop') or ''} {element.get('class') or ''}".casefold()
        if value and (element.get("pubdate") is not None or re.search(r"publish|pubdate", marked)):
            return value
    values = {value for _, value in times if value}
    return values.pop() if len(values) == 1 else None
