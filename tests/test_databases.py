"""Downloads from news databases: each article its own, its fields told, and never a field counted as body."""

import itertools
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import downloads
import wild
from downloads import FORMATS, LAYOUTS, MONTHS, STORIES
from formats import loaded, problems, told
from utils import load

PROSE = "The ferry was late on Monday, as it has been on most days since the lock was closed for repairs."
SAID = "“Nobody told us,” said Ilse Marrow, who runs the kiosk on the quay and waited there in the rain."
NAMES = {"title": "title", "outlet": "outlet", "byline": "byline", "section": "section"}


def assert_read(news, stories, language="en"):
    """Hold a corpus to the articles it should have: every field, and the paragraphs of the body and no more."""
    problems = news.report(missing=False)
    assert problems.empty, problems["problem"].to_list()
    found = news.articles
    for name in NAMES:
        assert found[name].to_list() == [getattr(story, name) for story in stories], name
    assert found["published"].dt.strftime("%Y-%m-%d").to_list() == [f"2025-12-{s.day:02}" for s in stories]
    assert [str(page).removeprefix("Pg. ") for page in found["page"]] == [story.page for story in stories]
    assert set(found["language"]) == {language}
    for name, story in zip(found.index, stories, strict=True):
        body = news.body[news.body["article_id"] == name]
        assert [found.loc[name, "raw"][s.start : s.end] for s in body.itertuples()] == story.paragraphs
    wild.assert_intact(news)


@pytest.mark.parametrize("language", MONTHS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_in_every_language(layout, language, tmp_path):
    for marks, cover, n in itertools.product((True, False), (True, False), (3, 1)):
        if marks or layout != "Factiva":  # without names and without an end it is a plain text
            rows = LAYOUTS[layout](language, marks=marks, cover=cover, stories=STORIES[:n])
            assert_read(load(downloads.as_txt(rows, tmp_path)), STORIES[:n], language)


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_in_every_format(layout, format, tmp_path):
    assert_read(load(FORMATS[format](LAYOUTS[layout](), tmp_path)), STORIES)


PROQUEST = f"""{"_" * 60}
Document {{n}} of 3

Ferry late again, for the {{n}}th time

Author: Quill, Teodor

Publication info: The Harbour Post ; Port Ann [Port Ann]03 Dec 2025: A.{{n}}.

Full text: {PROSE}

{SAID} {{n}}

ProQuest document ID: {{n}}

"""
ALONE = f"""The Harbour Post

December 3, 2025 Wednesday
Final Edition

Ferry late again

BYLINE: Teodor Quill

SECTION: NEWS; Pg. 4

LENGTH: 36 words

{PROSE}

{SAID}

LOAD-DATE: December 4, 2025

LANGUAGE: ENGLISH
"""
EBSCO = f"""Record: {{n}}
Title: Ferry late again, for the {{n}}th time.
Authors: Quill, Teodor
Source: Harbour Post, The (Port Ann). 12/0{{n}}/2025, pA{{n}}. 1p.
Subject Terms: FERRIES; QUAYS
Abstract: What happened, at some length, and to whom it happened on that day in the harbour of the town.
Full Text Word Count: 37
Accession Number: 2W6123{{n}}
Database: Newspaper Source
Section: News
Ferry late again, for the {{n}}th time
{PROSE}
{SAID} {{n}}
Copyright of Harbour Post is the property of Harbour Media and its content may not be copied or sent to many at once.
"""
GALE = f"""Ferry late again, for the {{n}}th time
Author: Quill, Teodor
Date: Dec. {{n}}, 2025
From: The Harbour Post(Issue 123)
Document Type: Article
Length: 37 words
Full Text:
{PROSE}
{SAID} {{n}}
Copyright: COPYRIGHT 2025 Harbour Media
Source Citation (MLA 9th Edition)
Quill, Teodor. "Ferry late again." The Harbour Post, {{n}} Dec. 2025, p. 4. Gale OneFile: News, link.example.com/A1.
Gale Document Number: GALE|A123{{n}}
"""
UNKNOWN = f"""Headline: Ferry late again, for the {{n}}th time
By-line of the desk: none
Date: Dec. {{n}}, 2025
Source: The Harbour Post
Author: Quill, Teodor

{PROSE}
{SAID} {{n}}
"""


@pytest.mark.parametrize("text", [PROQUEST, EBSCO, GALE], ids=["ProQuest", "EBSCO", "Gale"])
def test_records_of_named_fields_are_read(text, tmp_path):
    news = loaded("".join(text.format(n=n) for n in (1, 2, 3)), "a.txt", tmp_path)
    assert news.articles["title"].to_list() == [f"Ferry late again, for the {n}th time" for n in (1, 2, 3)]
    assert set(news.articles["outlet"]) == {"The Harbour Post"} and set(news.articles["byline"]) == {"Quill, Teodor"}
    assert news.articles["published"].notna().all()
    last = news.body[news.body["article_id"] == "a.txt-3"]
    assert [news.articles["raw"].iloc[2][s.start : s.end] for s in last.itertuples()] == [PROSE, f"{SAID} 3"]
    assert not news.report()["problem"].str.contains("words|looks like").any()


def test_a_page_of_europresse_is_read(tmp_path):
    page = """<article><header><div><span class="DocPublicationName">Le Courrier du Port, no. 123{n}</span></div>
    <div><span class="DocHeader">Région, mercredi {n} décembre 2025 36 mots, p. {n}</span></div>
    <div class="titreArticle"><p>Le bac encore en retard {n}</p></div><p>Ilse Marais</p></header><section><p>{prose}</p>
    <p>{said} {n}</p></section><footer><p>© 2025 Le Courrier du Port. Tous droits réservés.</p>
    <div>news·202512{n:02}·CP·123{n}</div></footer></article>"""
    pages = "".join(page.format(n=n, prose=PROSE, said=SAID) for n in (3, 10, 17))
    news = loaded(f"<html><body>{pages}</body></html>", "a.html", tmp_path)
    assert news.articles["title"].to_list() == [f"Le bac encore en retard {n}" for n in (3, 10, 17)]
    assert set(news.articles["outlet"]) == {"Le Courrier du Port"} and set(news.articles["section"]) == {"Région"}
    assert news.articles["page"].to_list() == ["p. 3", "p. 10", "p. 17"] and set(news.articles["byline"]) == {
        "Ilse Marais"
    }
    assert news.articles["published"].dt.day.to_list() == [3, 10, 17]
    assert told(news, "body") == [("body", PROSE), ("body", f"{SAID} 3")]


def test_one_article_without_a_mark_is_told_apart(tmp_path):
    news = loaded(ALONE, "a.txt", tmp_path)
    [article] = news.articles.to_dict("records")
    assert (article["title"], article["outlet"], article["byline"]) == (
        "Ferry late again", "The Harbour Post", "Teodor Quill",
    )  # fmt: skip
    assert (article["section"], article["page"], article["language"]) == ("NEWS", "Pg. 4", "en")
    assert told(news, "body") == [("body", PROSE), ("body", SAID)] and news.report(missing=False).empty


FIELDS = "BYLINE: Teodor Quill|SECTION: NEWS; Pg. 4|LENGTH: 37 words"
HEAD = f"The Harbour Post|December {{n}}, 2025|Late City Final Edition|Ferry late again {{n}}|{FIELDS}"
DETAILS = "Title:\tFerry late again {n}|Publication title:\tThe Harbour Post; Port Ann|Pages:\t4|Section:\tNEWS"
ALSO = {
    "broken lines.html": "{n} of 3 DOCUMENTS|" + HEAD + "|{text}|LOAD-DATE: December 4, 2025|LANGUAGE: ENGLISH",
    "no marks and no dates of loading but one.txt": HEAD + "|{text}|LOAD-DATE: December 4, 2025",
    "single blanks.txt": "SE NEWS|HD Ferry late again {n}|BY By Teodor Quill|PD {n} December 2025|"
    "SN The Harbour Post|PG 4|LP|{text}|RE uk : United Kingdom|AN Document HARB0000202512{n:02}elc300001",
    "headings.html": "Ferry late again {n}|Quill, Teodor. The Harbour Post; Port Ann [Port Ann]. {n:02} Dec 2025: 4.|"
    "ABSTRACT|What happened.|FULL TEXT|{text}|DETAILS|" + DETAILS + "|Publication date:\tDec {n}, 2025|"
    "ProQuest document ID:\t31{n}",
    "German.txt": "Der Hafenbote|{n}. Dezember 2025 Mittwoch|Hauptausgabe|Ferry late again {n}|AUTOR: Teodor Quill|"
    "RUBRIK: NEWS; S. 4|LÄNGE: 37 Wörter|{text}|LADEDATUM: 4. Dezember 2025|SPRACHE: GERMAN; Deutsch",
}  # fmt: skip


@pytest.mark.parametrize("name", ALSO)
def test_the_same_in_other_dress_is_read(name, tmp_path):
    texts = [ALSO[name].format(n=n, text=f"{PROSE}|{SAID} {n}") for n in (3, 10, 17)]
    rows = "|".join(texts).split("|")
    page = f"<html><body><p>{'<br>'.join(rows)}</p></body></html>"
    news = loaded("\n\n".join(rows) if name.endswith(".txt") else page, name, tmp_path)
    assert news.articles["title"].to_list() == [f"Ferry late again {n}" for n in (3, 10, 17)]
    assert news.articles["published"].dt.day.to_list() == [3, 10, 17] and set(news.articles["section"]) == {"NEWS"}
    assert (
        set(news.articles["outlet"]) <= {"The Harbour Post", "Der Hafenbote"} and news.articles["outlet"].notna().all()
    )
    assert set(news.articles["byline"]) <= {"Teodor Quill", "Quill, Teodor"} and news.articles["byline"].notna().all()
    assert told(news, "body") == [("body", PROSE), ("body", f"{SAID} 3")]


def test_what_looks_like_many_articles_and_cannot_be_divided_is_said():
    text = "".join(f"Harbour Post\nLENGTH: 20 words\nBYLINE: A. Quill\n{PROSE}\n{SAID} {n}\n" for n in (1, 2, 3))
    [(kind, said, cure)] = problems(text, "a.txt")
    assert kind == "doubtful" and said == "this looks like a download of 3 articles, and could not be divided"
    assert cure.startswith("divide it into files of one article each")
    rule = "\n".join(f"{'=' * 40}\nFerry late {n}\nThe Post, {n} December 2025\n{PROSE}\n{SAID} {n}" for n in (1, 2, 3))
    numbered = "\n".join(f"Article {n} of 3\nFerry late {n}\n{PROSE}\n{SAID} {n}" for n in (1, 2, 3))
    for text in (rule, numbered):
        assert "looks like a download of 3 articles" in problems(text, "a.txt")[0][1]
    assert problems(f"A title\n{PROSE}\n{'-' * 40}\n{SAID}\n{'-' * 40}\n{PROSE}", "a.txt") == []
    cut = "\n".join(row for row in downloads.proquest(marks=False, cover=False) if not set(row) <= {"_"})
    assert problems(cut.replace("ProQuest document ID: 1234567892\n", ""), "a.txt")[0][1].startswith("this looks like")


def test_prose_outside_the_articles_of_a_download_is_said():
    rows = [*downloads.factiva(), "Search Summary", "Text: ferry", PROSE, SAID]
    [(kind, said, _)] = problems("\n".join(rows), "a.txt")
    assert kind == "doubtful" and said.startswith("2 lines of prose outside its articles not read: “The ferry was late")
    lost = downloads.proquest(marks=False, cover=False)
    lost = [row for row in lost if not row.endswith("1234567892") and not row.startswith("Pub") and row != "Full text"]
    lost = [row.replace("Full text: ", "") for row in lost]
    assert all("outside" in said or "looks like" in said for _, said, _ in problems("\n".join(lost), "a.txt"))


@pytest.mark.parametrize("text", [
    "He wrote: End of Document\nLength: it is 3 of 4 documents", "End of Document",
    f"A title\nLength: 3 metres\n{PROSE}\nLanguage: it is a virus, he said.\n{SAID}",
    f"Title: none\n{PROSE}\nDate: they had one.\n{SAID}", f"HD television comes\n{PROSE}\nSN is the sign of tin.",
    f"Document 1 of 3 was lost\n{PROSE}\n{SAID}\n{'_' * 60}\nFull text: there is none.",
])  # fmt: skip
def test_an_ordinary_text_is_no_download(text, tmp_path):
    news = loaded(text, "a.txt", tmp_path)
    assert len(news) == 1 and not news.segments["rule"].str.contains(":").any()
    assert "looks like" not in "".join(news.report()["problem"])


ROWS = [row for write in LAYOUTS.values() for language in MONTHS for row in write(language)] + [PROSE, SAID, ""]
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(draw=st.randoms(use_true_random=False), layout=st.sampled_from(list(LAYOUTS)))
def test_no_order_of_its_lines_loses_a_text(draw: random.Random, layout, tmp_path):
    rows = LAYOUTS[layout](draw.choice(list(MONTHS)))
    for _ in range(draw.randrange(8)):
        at = draw.randrange(len(rows))
        rows[at : at + draw.randrange(4)] = draw.sample(ROWS, draw.randrange(3))
    wild.assert_intact(loaded("\n".join([*rows, PROSE]), "a.txt", tmp_path))


def test_a_code_may_end_with_a_blank_that_does_not_break(tmp_path):
    rows = [row.replace("\t", "\u00a0\t", 1) for row in downloads.factiva_codes()]
    (tmp_path / "a.txt").write_text("\n".join(rows), encoding="utf-8")
    assert_read(load(tmp_path / "a.txt"), downloads.STORIES)


def test_a_long_field_in_the_foot_is_no_prose(tmp_path):
    subject = "Business indexing term: Subject: Chief executive officers; Industry: 48311 : Deep Sea, Coastal and Lakes"
    rows = [f"{row}\n{subject}" if row.startswith("Subject") else row for row in downloads.proquest()]
    (tmp_path / "a.txt").write_text("\n".join(rows), encoding="utf-8")
    assert_read(load(tmp_path / "a.txt"), downloads.STORIES)


BOX = "Title: Night of the boats\nDate: June 9, 2024\nLocation: The quay\nAuthor: Ode Farrow"
BOXES = [  # of an ordinary article, below it or amid it: a book, an event, a film, a study
    BOX, "Title: The Lock\nAuthor: Ode Farrow\nFrom: The Harbour Players\nDate: June 9, 2024",
    "Title: Night boats\nLength: 98 minutes\nDate: June 9, 2024\nLanguage: English",
    "Title: Night boats\nPublication title: The Other Post\nPublication date: June 9, 2023\nPages: 210",
    "Publication title: Quays\nPublication date: June 9, 2023\nFull text: https://quay.example",
]  # fmt: skip


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("place", ["below", "amid"])
def test_a_box_of_an_article_is_no_head_of_a_download(box, place, tmp_path):
    text = f"Ferry late again\nBy Teodor Quill\nMarch 3, 2024\n\n{PROSE}\n\n{SAID}\n\n{box}"
    news = loaded(text if place == "below" else f"{text}\n\n{SAID}\n{PROSE}", "a.txt", tmp_path)
    [article] = news.articles.to_dict("records")
    assert (article["title"], article["byline"]) == ("Ferry late again", "Teodor Quill")
    assert f"{article['published']:%Y-%m-%d}" == "2024-03-03" and article["outlet"] != article["outlet"]
    assert [text for _, text in told(news, "body")][:2] == [PROSE, SAID]


def test_a_box_above_the_foot_of_a_database_gives_no_field(tmp_path):
    rows = downloads.proquest()
    foot = rows.index("Subject: Ferries; Quays")
    rows[foot:foot] = [*BOX.splitlines(), "Publication date: June 9, 2023"]
    news = loaded("\n".join(rows), "a.txt", tmp_path)
    assert news.articles["published"].dt.strftime("%Y-%m-%d").to_list() == [f"2025-12-{s.day:02}" for s in STORIES]
    assert news.articles["title"].to_list() == [story.title for story in STORIES]
    assert [text for _, text in told(news, "body")][:6] == [
        *STORIES[0].paragraphs, "Title:", "Night of the boats",
    ]  # fmt: skip


@pytest.mark.parametrize("field", [
    "Company named in the text: Name: Harbour Media Holding of Port Ann and the Islands; NAICS: 511110.",
    "Unknown:\nA value that goes on for long, and is told of the quay and of the ferry and of all who wait there, 2025",
    "Number of references: 0",
])  # fmt: skip
def test_a_field_that_nobody_knows_is_no_prose(field, tmp_path):
    rows = [f"{row}\n{field}" if row.startswith(("Pages", "Section")) else row for row in downloads.proquest()]
    (tmp_path / "a.txt").write_text("\n".join(rows), encoding="utf-8")
    assert_read(load(tmp_path / "a.txt"), downloads.STORIES)


def test_captions_in_a_record_are_furniture(tmp_path):
    said = STORIES[1].paragraphs[-1]
    more = ["Enlarge this image.", "Caption: A boat at the quay", "CREDIT: BY TEODOR QUILL"]
    rows = [line for row in downloads.proquest() for line in ([row, *more] if row == said else [row])]
    (tmp_path / "a.txt").write_text("\n".join(rows), encoding="utf-8")
    assert_read(load(tmp_path / "a.txt"), STORIES)


MENDED = "AUTOR: Teodor Quill|RUBRIK: REGION; S. 4|LÄNGE: 37 Wörter|{text}"
GERMAN = [  # heads and feet of German screens, as plain text
    f"Der Hafenbote|{{n}}. Dezember 2025 Mittwoch 10:15 AM GMT+1|Fähre zu spät {{n}}|{MENDED}|UPDATE: 4. Dezember 2025|"
    "SPRACHE: GERMAN; Deutsch|PUBLICATION-TYPE: Zeitung|Copyright 2025 Hafenbote GmbH|Alle Rechte vorbehalten",
    f"Der Hafenbote|{{n}}.12.2025|Fähre zu spät {{n}}|{MENDED}|LADEDATUM: 4. Dezember 2025|ZEITUNGS-CODE: HB",
    f"Der Hafenbote|Mittwoch {{n}}. Dezember 2025|Bundesausgabe|Fähre zu;|spät {{n}}|{MENDED}|UPDATE: 4. Dezember 2025"
    "|UNBEKANNTES FELD: 1",
    "Fähre zu spät {n}|Der Hafenbote|{n}. Dezember 2025|Copyright 2025 Hafenbote GmbH Alle Rechte vorbehalten|"
    "Ressort: REGION; Seite: 4|Länge: 37 Wörter|Von Teodor Quill|Body|{text}|Zeitungstyp: Zeitung|"
    "Erscheinungsdatum: {n}. Dezember 2025|Ende des Dokuments",
]  # fmt: skip


@pytest.mark.parametrize("layout", GERMAN)
@pytest.mark.parametrize("days", [(3, 10, 17), (3,)])
def test_heads_of_german_screens_are_told_apart(layout, days, tmp_path):
    text = "|".join(layout.format(n=n, text=f"{PROSE}|{SAID} {n}") for n in days).replace("|", "\n\n")
    news = loaded(text, "a.txt", tmp_path)
    assert [title.replace(";", "") for title in news.articles["title"]] == [f"Fähre zu spät {n}" for n in days]
    assert news.articles["published"].dt.strftime("%m-%d").to_list() == [f"12-{n:02}" for n in days]
    for name, said in {"outlet": "Der Hafenbote", "byline": "Teodor Quill", "section": "REGION"}.items():
        assert set(news.articles[name]) == {said}
    assert told(news, "body") == [("body", PROSE), ("body", f"{SAID} 3")]


@pytest.mark.parametrize(("name", "section", "title"), [
    ("a.txt", "News", "Ferry late again"), ("a.html", "News", "Ferry late again"),
    ("a.html", "Islands and Other Towns", "Ferry late"),
])  # fmt: skip
def test_the_section_may_stand_below_the_headline(name, section, title, tmp_path):
    rows = downloads.factiva()
    for story in STORIES:
        at = rows.index(story.title)
        rows[at - 1 : at + 1] = [f"{title} {story.day}", section]
    if name == "a.html":
        of_class = {f"{title} {story.day}" for story in STORIES}
        rows = [f'<p class="{"enHeadline" if row in of_class else ""}">{row}</p>' for row in rows]
    news = loaded("\n".join(rows), name, tmp_path)
    assert news.articles["title"].to_list() == [f"{title} {story.day}" for story in STORIES]
    assert set(news.articles["section"]) == {section} and set(news.articles["outlet"]) == {s.outlet for s in STORIES}


def test_a_section_that_looks_like_names_and_an_owner_below_the_text_are_told(tmp_path):
    rows = downloads.factiva()
    for story in STORIES:
        at = rows.index(story.title)
        rows[at - 1 : at + 1] = [story.title, "Local News"]
        end = rows.index(story.paragraphs[-1])
        rows.insert(end + 1, "Harbour Media")
    news = loaded("\n".join(rows), "a.txt", tmp_path)
    assert set(news.articles["section"]) == {"Local News"}
    assert news.articles["byline"].to_list() == [story.byline for story in STORIES]
    assert [text for _, text in told(news, "body")] == STORIES[0].paragraphs and news.report(missing=False).empty
