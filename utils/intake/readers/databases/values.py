"""What the values of fields say: outlet, date, section, page and language from what a database writes into them."""

import re

from utils.intake import dates
from utils.intake.dates.forms import plain

LANGUAGES = {
    plain(name): code
    for code, names in {
        "en": "english englisch anglais inglés inglês inglese engels",
        "de": "german deutsch allemand alemán alemão tedesco duits",
        "fr": "french französisch français francés francês francese frans",
        "es": "spanish spanisch espagnol español castellano espanhol spagnolo spaans",
        "pt": "portuguese portugiesisch portugais portugués português portoghese",
        "it": "italian italienisch italien italiano",
        "nl": "dutch niederländisch néerlandais neerlandés nederlands",
        "ca": "catalan katalanisch català catalán",
        "pl": "polish polnisch polonais polaco polski",
        "ru": "russian russisch russe ruso русский",
        "ar": "arabic arabisch arabe árabe العربية",
        "zh": "chinese chinesisch chinois chino 中文",
        "ja": "japanese japanisch japonais japonés 日本語",
        "sv": "swedish schwedisch suédois sueco svenska",
        "da": "danish dänisch danois danés dansk",
        "no": "norwegian norwegisch norvégien noruego norsk",
        "tr": "turkish türkisch turc turco türkçe",
    }.items()
    for name in names.split()
}  # fmt: skip
PAGE = re.compile(
    r"(?:(?:pp|pgs?|p|s|blz|pág|pag)\.\s*|(?:pages?|seiten?|páginas?)[:\s]\s*|(?:pg|p|s)\s*(?=[A-Z]{0,3}\d))"
    r"(?P<number>[\w-]{1,12})",
    re.IGNORECASE,
)
DAY = r"\d{1,2}(?:er|st|nd|rd|th)?"
MONTH = r"[^\W\d_]{3,10}"
DATE = re.compile(
    rf"(?<!\w)(?:{DAY}\.?\s+(?:de\s+)?{MONTH}\.?\s+(?:de\s+)?[12]\d{{3}}|{MONTH}\.?\s+{DAY},?\s+[12]\d{{3}}"
    r"|\d{1,2}[/.]\d{1,2}[/.][12]\d{3}|[12]\d{3}-\d\d-\d\d)(?!\d)"
)
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miercoles jueves viernes sabado domingo".split()
)
ARTICLE_LAST = re.compile(r"(?P<name>.{2,80}), (?P<article>The|Der|Die|Das|Le|La|Les|El|Los|Las)", re.IGNORECASE)
NUMBER_OF_WORDS = re.compile(r"\d[\d.,\u00a0\u202f ]{0,15}")
ISSUE = re.compile(r"[,(] ?(?:n[o°º]|nr|num|issue|vol)\.? ?\d", re.IGNORECASE)
BY = re.compile(r"(?:by|von|par|por)\s+", re.IGNORECASE)

Facts = dict[str, object]


def of(role: str, value: str, *, database: str) -> Facts:
    """Give what one field says, by the names of our columns; nothing where it says nothing that we keep."""
    if role == "section":
        return _section(value)
    if role in ("info", "source", "header"):
        return _cited(value, database, header=role == "header")
    if role == "length":
        return {"length": n} if (n := number_of_words(value)) else {}
    if role == "load_date":
        moment, _ = dates.read(value)
        return {} if moment is dates.NEVER else {"load_date": moment}
    if role == "byline":
        return {"byline": BY.sub("", value, count=1)} if BY.match(value) else {"byline": value}
    if role == "language":
        return {"language": language(value)}
    if role == "outlet":
        return {"outlet": _outlet(value, database)}
    if role == "title":
        return {"title": value.removesuffix(".") if database == "EBSCO" else value}
    return {role: value} if role in ("published", "page", "highlight", "rights") else {}


def number_of_words(value: str) -> int | None:
    """Give the number that a length begins with."""
    found = NUMBER_OF_WORDS.match(value)
    return int(re.sub(r"\D", "", found[0])) if found else None


def language(value: str) -> str:
    """Give the code of a language by its name; as it is written where the name is not known."""
    first = re.split(r"[;,/(]", value, maxsplit=1)[0].strip()
    return LANGUAGES.get(plain(first), first or value)


def is_language(value: str) -> bool:
    """Tell whether a line is the name of a language."""
    return len(value) <= 20 and plain(value) in LANGUAGES


def _section(value: str) -> Facts:
    """Give section and page from "NEWS; Pg. 4"."""
    section, _, rest = value.partition(";")
    pieces = [piece.strip() for piece in [section, *rest.split(";")]]
    page = next((piece for piece in pieces if PAGE.match(piece)), None)
    first = pieces[0] if pieces[0] and not PAGE.fullmatch(pieces[0]) else None
    return {key: said for key, said in (("section", first), ("page", page)) if said}


def _outlet(value: str, database: str) -> str:
    """Give the name of a paper without its place or the number of its issue; "Post, The" as "The Post"."""
    if database == "EBSCO":
        value = value.partition(" (")[0]
    if database == "ProQuest":
        value = value.partition(";")[0].strip() or value
    if found := ISSUE.search(value):
        value = value[: found.start()].rstrip()
    found = ARTICLE_LAST.fullmatch(value)
    return f"{found['article']} {found['name']}" if found else value


def _cited(value: str, database: str, *, header: bool = False) -> Facts:
    """Give what stands before, in and after the date of a citation: "The Post ; Ann [Ann]03 Dec 2025: A.4."

    header: what stands before it is the section and not the outlet.
    """
    found = DATE.search(value)
    if found is None:
        return {}
    facts: Facts = {"published": _day(found[0], database)}
    before, after = value[: found.start()], value[found.end() :]
    before = before.partition("[")[0].strip(" .,;:(")
    head, _, last = before.rpartition(" ")
    author, _, paper = before.rpartition(". ")
    if database == "ProQuest" and "," in author:  # "Quill, Teodor. The Post"
        facts["byline"], before = author, paper
        head, _, last = paper.rpartition(" ")
    if name := head.strip(" .,;:(") if plain(last) in WEEKDAYS else before:
        facts["section" if header else "outlet"] = name if header else _outlet(name, database)
    after = after.strip(" ):.,")
    if page := PAGE.search(after):
        facts["page"] = page[0] if header else page["number"]
    elif re.fullmatch(r"[A-Z]{0,3}[. ]?\d{1,4}", after):
        facts["page"] = after
    return facts


def _day(text: str, database: str) -> object:
    """Give a date; EBSCO writes the month first."""
    return dates.read(text, order="month first")[0] if database == "EBSCO" and "/" in text else text
