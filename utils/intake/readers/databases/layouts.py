"""The layouts in which news databases deliver articles: one table of the marks of a record and the names of its fields.

A database is a row here, and a name of a field in one more language is a word: no database has code of its own.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from utils.intake.dates.forms import plain

NAMES = {  # what a field holds, and what it is called in English, German, French, Spanish and some others
    "title": "title, headline, titel, schlagzeile, titre, título",
    "outlet": "publication title, publication, newspaper, from, titel der publikation, publikationstitel, "
    "titel der veröffentlichung, titre de la publication, titre de publication, título de publicación, "
    "título de la publicación",
    "published": "publication date, date, datum, publikationsdatum, veröffentlichungsdatum, erscheinungsdatum, "
    "datum der veröffentlichung, date de publication, fecha de publicación, fecha",
    "byline": "byline, author, authors, author(s), autor, autoren, verfasser, auteur, auteurs, autores, autor(es)",
    "section": "section, rubrik, ressort, rubrique, sección, seção, rubriek",
    "page": "page, pages, page(s), start page, seite, seiten, página, páginas",
    "language": "language, language of publication, document language, sprache, sprache der veröffentlichung, "
    "sprache der publikation, publikationssprache, langue, langue de publication, langue de la publication, idioma, "
    "idioma de publicación, idioma de la publicación",
    "length": "length, word count, full text word count, länge, longueur, longitud, extensión, lengte",
    "highlight": "highlight, insert, abstract, zusammenfassung, encart, résumé, resumen",
    "dateline": "dateline",
    "load_date": "load-date, ladedatum, date-chargement, date de chargement, fecha-carga, fecha de carga",
    "graphic": "graphic, graphique, grafik, gráfico",
    "rights": "copyright, urheberrecht, droits d'auteur, derechos de autor",
    "text": "full text, volltext, texte intégral, texte complet, texto completo",
    "info": "publication info, publication information, publikationsinformationen, veröffentlichungsinformationen, "
    "informations de publication, información de publicación",
    "foot": "business indexing term, identifier / keyword, illustrations, "
    "links, subject, subjects, subject terms, location, people, company / organization, publication year, "
    "year, volume, issue, publisher, place of publication, country of publication, publication subject, issn, "
    "source type, document type, document feature, document url, last updated, database, schlagwort, thema, ort, "
    "quellentyp, dokumenttyp, dokument-url, zuletzt aktualisiert, datenbank, verlag, publikationsjahr, "
    "erscheinungsort, sujet, lieu, éditeur, lieu de publication, type de source, type de document, url du document, "
    "dernière mise à jour, base de données, année de publication, materia, lugar, editorial, lugar de publicación, "
    "tipo de fuente, tipo de documento, url del documento, última actualización, base de datos, año de publicación",
}
CODES = {  # the two letters with which Factiva names a field
    "title": "HD", "byline": "BY", "section": "SE CLM", "length": "WC", "published": "PD", "outlet": "SN",
    "page": "PG", "language": "LA", "rights": "CY", "text": "LP TD", "id": "AN",
    "foot": "CR CX ET SC ED VOL ART CT RF CO IN NS RE IPC IPD PUB DLN PBA RBC",
}  # fmt: skip
N = r"\d{1,7}"
NUMBERED = re.compile(
    rf"{N} of {N} documents?|{N} von {N} dokumente?n?|{N} (?:de|sur) {N} documento?s?|dokument {N} von {N}"
    rf"|documento? {N} (?:of|de|sur) {N}",
    re.IGNORECASE,
)
END = re.compile(r"end of document|ende des dokuments|dokumentende|fin du document|fin del? documento", re.IGNORECASE)
FACTIVA_ID = re.compile(r"(?:dokument|documento?) [a-z]\w{1,11}0{3,4}[12]\d{7}\w{4,12}", re.IGNORECASE)
EUROPRESSE_ID = re.compile(r"(?:news|web|tv|bio|rep)[·.][12]\d{7}[·.][\w-]{1,12}[·.][\w·.-]{1,40}", re.IGNORECASE)
UNIT = r"(?:words?|wörter|worte?|mots?|palabras?|palavras?|parole|woorden)"
WORDS = rf"\d[\d.,\u00a0\u202f]{{0,12}} ?{UNIT}"


@dataclass(frozen=True)
class Layout:
    """One layout.

    fields: what each name of a field means.  headings: names that stand alone on a line, without a colon.
    begins, ends: the line with which a record begins or ends.  divides: a line between records.
    first, last: the field with which a record begins, or after which, and after others of its foot, it ends.
    sure: fields of which `enough` tell that it is this layout.  must: the one that has to be there.
    order: what stands above the text without a name, in this order; "?": it may be missing, "*": there may be several.
    below: whether the value of a field may stand below its name, in one line ("one") or many ("all").
    coded: whether the names are codes, without a colon.
    marked: whether a field marks where the text begins; else it begins below the head.
    """

    name: str
    fields: Mapping[str, str]
    headings: Mapping[str, str] = field(default_factory=dict)
    begins: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None
    divides: re.Pattern[str] | None = None
    first: str | None = None
    last: str | None = None
    sure: frozenset[str] = frozenset()
    enough: int = 1
    must: str | None = None
    order: tuple[str, ...] = ()
    below: str = ""
    coded: bool = False
    marked: bool = True


def _named(*roles: str, **more: str) -> dict[str, str]:
    """Give what each name means, in small letters without accents."""
    names = {role: NAMES[role] for role in roles}
    pairs = [(name, role) for role, said in [*names.items(), *more.items()] for name in said.split(", ")]
    return {plain(name): role for name, role in pairs}


NEXIS = _named(
    "section", "length", "byline", "highlight", "dateline", "load_date", "graphic", "language",
    foot="publication-type, type-publication, type de publication, tipo-publicación, tipo de publicación, "
    "zeitungstyp, subject, sujet, materia, journal-code, organization, company, ticker, industry, geographic, person, "
    "url, distribution, document-type, series, correction, correction-date, zeitungs-code, dokumenttyp, "
    "erscheinungsdatum, publikationstyp",
    update="update",  # German screens call the load date so; where it holds no date it is one field of many
)  # fmt: skip
NEXIS_HEADINGS = _named(
    "graphic", text="body, text, textkörper, corps, texte, cuerpo, volltext",
    foot="classification, klassifikation, klassifizierung, clasificación",
)  # fmt: skip
PROQUEST = _named(
    *(role for role in NAMES if role not in ("load_date", "dateline", "graphic")),
    id="proquest document id, proquest-dokument-id, proquest dokument-id, id du document proquest, "
    "identifiant de document proquest, id del documento de proquest, id de documento de proquest",
)  # fmt: skip
CITED = _named(
    "title", "outlet", "published", "byline", "section", "page", "language", "length", "highlight", "rights", "text",
    "foot",
)  # fmt: skip

LAYOUTS = (
    Layout(
        "Nexis", NEXIS, NEXIS_HEADINGS, begins=NUMBERED, last="load_date",
        sure=frozenset({"length", "load_date"}), order=("outlet", "published", "edition*", "title"), marked=False,
    ),
    Layout(
        "Nexis", NEXIS, NEXIS_HEADINGS, last="load_date",
        ends=END,
        sure=frozenset({"length", "load_date"}), order=("title", "outlet", "published", "edition*"),
    ),
    Layout(
        "ProQuest", PROQUEST,
        _named("text", "highlight", foot="details, indexing, links, indexierung, índice"),
        begins=NUMBERED, divides=re.compile(r"_{20,}"), last="id", enough=2,
        sure=frozenset({"id", "text", "outlet", "published", "info"}), order=("title", "info?"), below="one",
    ),
    Layout(
        "Factiva", {code: role for role, codes in CODES.items() for code in codes.split()},
        ends=FACTIVA_ID, first="title", last="id", sure=frozenset({"title", "outlet", "published", "length"}),
        enough=2, below="all", coded=True,
    ),
    Layout(
        "Factiva", {}, ends=FACTIVA_ID, sure=frozenset({"length"}), marked=False,
        order=("section?", "title", "byline?", "length", "published", "time?", "outlet", "code?", "edition*", "page?",
               "language?", "rights*"),
    ),
    Layout(
        "EBSCO", CITED | _named(source="source, quelle, fuente", id="accession number, zugangsnummer, "
        "numéro d'accession, número de acceso", foot="persistent link to this record (permalink), cut and paste, "
        "geographic terms, company/entity, author affiliations"),
        begins=re.compile(r"record: \d{1,7}", re.IGNORECASE), first="title", sure=frozenset({"id", "source", "length"}),
        must="id", enough=2,
        below="one", marked=False,
    ),
    Layout(
        "Gale", CITED | _named(source="source, quelle, fuente", id="gale document number",
                               foot="source citation, content level, lexile measure, publisher, topic overview"),
        _named("text", foot="source citation"), last="id", sure=frozenset({"id", "source", "outlet", "published"}),
        must="id",
        enough=2, order=("title",), below="one",
    ),
    Layout(
        "Europresse", _named(foot="note(s), illustration(s), photo(s), certificat, référence bibliographique"),
        ends=EUROPRESSE_ID, enough=0,
        order=("outlet", "header", "also*", "title", "byline?"), marked=False,
    ),
    Layout(
        "fields", CITED | _named(outlet="source, quelle, fuente, zeitung, journal, periódico, medium, outlet"),
        first="title", sure=frozenset({"title", "outlet", "published", "byline"}), enough=3, marked=False,
    ),
)  # fmt: skip
ANY = re.compile(  # how a line begins in some layout: a text without such is no download, and is not looked at closely
    rf"(?m)^[ \t]*(?:(?:end|ende|fin) d?(?:of|des|u|e|el) documento?|dokumentende|{N} (?:of|von|de|sur) {N} do[ck]ument"
    rf"|do[ck]umento? {N} (?:of|von|de|sur) \d|[_=*~#-]{{20}}|HD(?:[ \xa0\t|]|$)"
    r"|(?:dokument|documento?) [a-z]\w{1,11}000"
    rf"|(?:article|artikel|artículo|story|text|item) {N} (?:of|von|de|sur) \d"
    r"|(?:news|web|tv|bio|rep)[·.][12]\d{7}[·.]|(?:length|länge|longueur|longitud|extensión|lengte)[ \u00a0]?:\s*\d"
    r"|update:\s*\d|(?:load-date|ladedatum|date-chargement|date de chargement|fecha-carga|fecha de carga)[ \u00a0]?:"
    r"|record: \d|accession number:|gale document number:|proquest document id:|"
    r"(?:title|headline|titel|titre|título)[ \u00a0]?:)",
    re.IGNORECASE,
)
