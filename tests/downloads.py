"""Downloads of three invented articles, written as news databases write them, for the tests."""

import html
from pathlib import Path
from typing import NamedTuple

import docx

from formats import rich


class Story(NamedTuple):
    """An article as it should be read, and its paragraphs."""

    title: str
    outlet: str
    day: int  # of December 2025
    byline: str
    section: str
    page: str
    paragraphs: list[str]


STORIES = [
    Story("Ferry late again", "The Harbour Post", 3, "Teodor Quill", "News", "4", [
        "The ferry was late on Monday, as it has been on most days since the lock was closed for repairs.",
        "“Nobody told us,” said Ilse Marrow, who runs the kiosk: “We waited for three hours in the rain.”",
        "Location: it is the quay, she added, that nobody wants to speak of in the town hall these days.",
        "Nobody knew why.",
    ]),
    Story("Lock to stay shut until the spring", "The Alder Courier", 4, "Ode Farrow", "Local", "12", [
        "The lock at Port Ann will stay shut until the spring, its keeper said on Wednesday afternoon.",
        "IN the meantime a bus takes those who wait, but it is full by eight and nobody has a timetable.",
    ]),
    Story("What the gulls know of the timetable", "The Harbour Post", 5, "Mira Tallow", "Opinion", "9", [
        "Length: it is all that counts, wrote the harbour master, when a quay is measured by those who use it.",
        "The gulls have known it all along, and they do not queue; they were there before the first boat.",
    ]),
]  # fmt: skip
MONTHS = {"en": "December", "de": "Dezember", "fr": "décembre", "es": "diciembre"}
WEEKDAYS = {
    "en": "Wednesday Thursday Friday", "de": "Mittwoch Donnerstag Freitag", "fr": "mercredi jeudi vendredi",
    "es": "miércoles jueves viernes",
}  # fmt: skip
LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
FIELDS = {  # section, length, byline, load date, language, kind of publication; body, classification, end, number
    "en": ("Section", "Length", "Byline", "Load-Date", "Language", "Publication-Type", "words",
           "Body", "Classification", "End of Document", "{} of 3 DOCUMENTS"),
    "de": ("Rubrik", "Länge", "Autor", "Ladedatum", "Sprache", "Zeitungstyp", "Wörter",
           "Volltext", "Klassifikation", "Ende des Dokuments", "Dokument {} von 3"),
    "fr": ("Rubrique", "Longueur", "Auteur", "Date-Chargement", "Langue", "Type-Publication", "mots",
           "Corps", "Classification", "Fin du document", "Document {} de 3"),
    "es": ("Sección", "Longitud", "Autor", "Fecha-Carga", "Idioma", "Tipo-Publicación", "palabras",
           "Cuerpo", "Clasificación", "Fin del documento", "Documento {} de 3"),
}  # fmt: skip
PAPERS = {  # the same of ProQuest
    "en": ("Author", "Publication info", "Abstract", "Full text", "Subject", "Title", "Publication title", "Pages",
           "Publication date", "Section", "Language of publication", "ProQuest document ID", "Database",
           "Document {} of 3"),
    "de": ("Autor", "Publikationsinformationen", "Zusammenfassung", "Volltext", "Thema", "Titel",
           "Titel der Publikation", "Seiten", "Publikationsdatum", "Rubrik", "Publikationssprache",
           "ProQuest-Dokument-ID", "Datenbank", "Dokument {} von 3"),
    "fr": ("Auteur", "Informations de publication", "Résumé", "Texte intégral", "Sujet", "Titre",
           "Titre de la publication", "Pages", "Date de publication", "Rubrique", "Langue de publication",
           "ID du document ProQuest", "Base de données", "Document {} sur 3"),
    "es": ("Autor", "Información de publicación", "Resumen", "Texto completo", "Materia", "Título",
           "Título de publicación", "Páginas", "Fecha de publicación", "Sección", "Idioma de la publicación",
           "ID del documento de ProQuest", "Base de datos", "Documento {} de 3"),
}  # fmt: skip


def n_words(story: Story) -> int:
    return len(" ".join(story.paragraphs).split())


def date(story: Story, language: str = "en") -> str:
    """Give a day as the screens of each language write it."""
    month, day = MONTHS[language], story.day
    weekday = WEEKDAYS[language].split()[day - 3]
    return {
        "en": f"{month} {day}, 2025 {weekday}", "de": f"{weekday} {day}. {month} 2025",
        "fr": f"{weekday} {day} {month} 2025", "es": f"{weekday} {day} de {month} de 2025",
    }[language]  # fmt: skip


def nexis_old(language: str = "en", *, marks: bool = True, cover: bool = False, stories: list[Story] = STORIES):
    """The older layout of Nexis: number, paper, date, edition, title, fields, text, fields."""
    names = [name.upper() for name in FIELDS[language]]
    rows = ["Download Request: Selected Items: 1-3", "Time of Request: Friday, December 5, 2025"] if cover else []
    for number, story in enumerate(stories, start=1):
        rows += [FIELDS[language][10].format(number)] if marks else []
        rows += [story.outlet, date(story, language), "Final Edition", story.title, f"{names[2]}: {story.byline}"]
        rows += [f"{names[0]}: {story.section}; Pg. {story.page}"]
        rows += [f"{names[1]}: {n_words(story)} {FIELDS[language][6]}", *story.paragraphs]
        rows += [f"{names[3]}: December {story.day + 1}, 2025", f"{names[4]}: {LANGUAGES[language].upper()}"]
        rows += [f"{names[5]}: Newspaper", "Copyright 2025 Harbour Media", "All Rights Reserved"]
    return rows


def nexis_new(language: str = "en", *, marks: bool = True, cover: bool = True, stories: list[Story] = STORIES):
    """The newer layout of Nexis: title, paper, date, ©, fields, "Body", text, fields, "End of Document"."""
    section, length, byline, load, lang, kind, words, body, classes, end, _ = FIELDS[language]
    rows = []
    if cover:
        rows = ["User Name: A. Reader", "Date and Time: Friday, December 5, 2025 9:10:00 AM EST", "Job Number: 27"]
        rows += [f"Documents ({len(stories)})"]
        for number, story in enumerate(stories, start=1):
            rows += [f"{number}. {story.title}", "Client/Matter: -None-", "Search Terms: ferry"]
    for story in stories:
        rows += [story.title, story.outlet, date(story, language), "Copyright 2025 Harbour Media"]
        rows += ["All Rights Reserved", f"{section}: {story.section}; Pg. {story.page}"]
        rows += [f"{length}: {n_words(story)} {words}", f"{byline}: {story.byline}", body, *story.paragraphs, classes]
        rows += [f"{lang}: {LANGUAGES[language].upper()}", f"{kind}: Newspaper"]
        rows += [f"{load}: December {story.day + 1}, 2025"] + [end] * marks
    return rows


def proquest(language: str = "en", *, marks: bool = True, cover: bool = True, stories: list[Story] = STORIES):
    """ProQuest: title, fields, full text, fields, with a line of underscores between."""
    (author, info, abstract, full, subject, title, paper, pages, published, section, lang, number_of, database,
     mark) = PAPERS[language]  # fmt: skip
    line, rows = "_" * 60, []
    if cover:
        rows = [line, "Report Information from ProQuest", "05 December 2025 09:10", line, "Table of contents"]
        rows += [f"{number}. {story.title}... {number}" for number, story in enumerate(stories, start=1)]
    for number, story in enumerate(stories, start=1):
        rows += [line] + [mark.format(number)] * marks + [story.title, f"{author}: {story.byline}"]
        rows += [f"{info}: {story.outlet} ; Port Ann [Port Ann]{story.day:02} Dec 2025: {story.page}."]
        rows += [
            "https://search.example.org/docview/1",
            f"{abstract}: What happened, and to whom.",
            "It is told below.",
        ]
        rows += [f"{full}: {story.paragraphs[0]}", *story.paragraphs[1:], f"{subject}: Ferries; Quays"]
        rows += [f"{title}: {story.title}", f"{paper}: {story.outlet}; Port Ann", f"{pages}: {story.page}"]
        rows += [f"{published}: Dec {story.day}, 2025", f"{section}: {story.section}", f"{lang}: {LANGUAGES[language]}"]
        rows += [f"{number_of}: 123456789{number}", "Copyright: Copyright Harbour Media Dec 2025"]
        rows += [f"{database}: Global Newsstream"]
    return [
        *rows,
        line,
        "Contact us at: https://www.example.org",
        "Database copyright © 2025 Example. All rights reserved.",
    ]


def factiva_codes(language: str = "en", *, marks: bool = True, cover: bool = False, stories: list[Story] = STORIES):
    """Factiva with its codes, each before a tab and its value."""
    words, month = FIELDS[language][6], MONTHS[language]
    document = {"de": "Dokument", "es": "Documento"}.get(language, "Document")
    rows = ["Factiva", "Page 1 of 3 © 2025 Factiva, Inc. All rights reserved."] if cover else []
    for story in stories:
        rows += [f"SE\t{story.section}", f"HD\t{story.title}", f"BY\t{story.byline}", f"WC\t{n_words(story)} {words}"]
        rows += [f"PD\t{story.day} {month} 2025", "ET\t09:10", f"SN\t{story.outlet}", "SC\tHARB", f"PG\t{story.page}"]
        rows += [f"LA\t{LANGUAGES[language]}", "CY\tCopyright 2025 Harbour Media.", "LP", story.paragraphs[0], "TD"]
        rows += [*story.paragraphs[1:], "IN\ti7 : Transport", "NS\tgcat : Political/General News"]
        rows += [f"AN\t{document} HARB0000202512{story.day:02}elc30000{story.day}"] if marks else ["PUB\tHarbour Media"]
    return rows


def factiva(language: str = "en", *, marks: bool = True, cover: bool = True, stories: list[Story] = STORIES):
    """Factiva as it shows an article, without names of fields."""
    words, month = FIELDS[language][6], MONTHS[language]
    document = {"de": "Dokument", "es": "Documento"}.get(language, "Document")
    rows = ["Factiva", "Page 1 of 3 © 2025 Factiva, Inc. All rights reserved."] if cover else []
    for story in stories:
        rows += [story.section, story.title, story.byline, f"{n_words(story)} {words}", f"{story.day} {month} 2025"]
        rows += ["09:10", story.outlet, "HARB", "First", story.page, LANGUAGES[language]]
        rows += ["Copyright 2025 Harbour Media. All Rights Reserved.", *story.paragraphs]
        rows += [f"{document} HARB0000202512{story.day:02}elc30000{story.day}"] * marks
    return rows


def as_txt(rows: list[str], folder: Path) -> Path:
    path = folder / "download.txt"
    path.write_text("\n\n".join(rows), encoding="utf-8")
    return path


def as_docx(rows: list[str], folder: Path) -> Path:
    document = docx.Document()
    for row in rows:
        document.add_paragraph(row)
    document.save(folder / "download.docx")
    return folder / "download.docx"


def as_html(rows: list[str], folder: Path) -> Path:
    """A page: a paragraph each, a row of a table where there is a tab."""
    body = ""
    for row in rows:
        name, tab, value = (html.escape(part) for part in row.partition("\t"))
        line = f"<td><b>{name}</b></td><td>{value}</td>" if tab else ""
        body += f"<table><tr>{line}</tr></table>" if tab else f"<p>{name}</p>"
    path = folder / "download.html"
    path.write_text(f"<html><head><title>Download</title></head><body>{body}</body></html>", encoding="utf-8")
    return path


def as_rtf(rows: list[str], folder: Path) -> Path:
    (folder / "download.rtf").write_bytes(rich(rows))
    return folder / "download.rtf"


LAYOUTS = {
    "Nexis, older": nexis_old, "Nexis, newer": nexis_new, "ProQuest": proquest, "Factiva, codes": factiva_codes,
    "Factiva": factiva,
}  # fmt: skip
FORMATS = {"txt": as_txt, "docx": as_docx, "html": as_html, "rtf": as_rtf}
