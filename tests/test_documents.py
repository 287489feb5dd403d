"""Word files, downloads from Nexis, PDF files, and hard-wrapped text."""

import io
import textwrap
import zipfile

import docx
import pandas as pd
import pypdf
import pytest
from docx.oxml import parse_xml
from fpdf import FPDF
from PIL import Image

from formats import loaded, nexis_docx, nexis_lines, printed, problems, squeezed, told, twenty
from utils import load
from utils.intake import budget
from utils.intake.batch import File, Reading
from utils.intake.cleaning import stretches, wrapped
from utils.intake.readers import databases, pdf
from utils.intake.readers import docx as documents

TWENTY = twenty()
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def word(document):
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def simple():
    document = docx.Document()
    document.add_paragraph("They came late.")
    document.add_paragraph("They left early.")
    return document


def changed(content, name, change):
    """Give a zip file with one member changed, or left out where `change` gives None."""
    old, stream = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            held = old.read(member) if member != name else change(old.read(member))
            if held is not None:
                new.writestr(member, held)
    return stream.getvalue()


def test_a_word_file_gives_what_it_shows_and_no_more(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("One ")
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    for piece in (
        f'<w:ins {W} w:author="a"><w:r><w:t>new </w:t></w:r></w:ins>',
        f'<w:del {W} w:author="a"><w:r><w:delText>gone </w:delText></w:r></w:del>',
        f"<w:moveFrom {W}><w:r><w:t>moved </w:t></w:r></w:moveFrom>",
        f"<w:hyperlink {W}><w:r><w:t>link</w:t></w:r></w:hyperlink>",
        f"<w:r {W}><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>",
        f'<w:r {W}><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>.</w:t><w:br/><w:t>Two</w:t><w:tab/><w:t>tabs.</w:t></w:r>',
        f"<w:r {W}><w:instrText>HYPERLINK a</w:instrText></w:r>",
        f"<w:r {W} {MC}><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    ):
        paragraph._p.append(parse_xml(piece))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Left.", "Right."
    document.core_properties.author, document.core_properties.title = "Nobody", "Template"
    news = loaded(word(document), "a.docx", tmp_path)
    article = news.articles.iloc[0]
    assert article["raw"] == "One new link.\nTwo\ttabs.\nIn a box.\nLeft.\nRight."
    assert article[["byline", "published", "title"]].isna().all()
    assert news.report(missing=False)["problem"].to_list() == ["2 pieces marked as deleted or hidden were left out"]


def test_footnotes_are_left_out_and_counted(tmp_path):
    empty, note = '<w:footnote w:type="separator"><w:p/></w:footnote>', "<w:p><w:r><w:t>See there.</w:t></w:r></w:p>"
    notes = f"<w:footnotes {W}>{empty}<w:footnote>{note}</w:footnote></w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    relation = f'<Relationship Id="n1" Type="{kind}" Target="footnotes.xml"/></Relationships>'.encode()
    end, name = b"</Relationships>", "word/_rels/document.xml.rels"
    content = changed(word(simple()), name, lambda old: old.replace(end, relation))
    with zipfile.ZipFile(stream := io.BytesIO(content), "a") as archive:
        archive.writestr("word/footnotes.xml", notes)
    assert problems(stream.getvalue(), "a.docx")[0][:2] == ("doubtful", "its 1 footnote was not read")


BOMB = f"<w:document {W}><w:p><w:r><w:t>".encode() + b"a" * 60_000_000 + b"</w:t></w:r></w:p></w:document>"
ENTITY = b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'
MAIN = "word/document.xml"
LOCKED = b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"not a zip", "it is damaged or no Word file (File is not a zip file)"),
        (word(simple())[:5000], "it is damaged or no Word file (File is not a zip file)"),
        (LOCKED, "it is locked with a password"),
        (b"\xd0\xcf\x11\xe0 old", "it is an old Word file (.doc) or another old Office file"),
        (changed(word(simple()), MAIN, lambda old: None), "it is a zip archive, but no Word file"),
        (changed(word(simple()), MAIN, lambda old: old[:-9]), "the text in it is damaged ("),
        (changed(word(simple()), MAIN, lambda old: BOMB), "its text unpacks to 60 MB, and the limit is 60 MB"),
        (changed(word(simple()), MAIN, lambda old: ENTITY), "it declares"),
    ],
    ids=["empty", "no zip", "cut", "locked", "old", "no text", "damaged", "bomb", "entities"],
)
def test_word_files_that_cannot_be_read_are_named_with_a_cure(content, problem):
    [(kind, said, cure)] = problems(content, "a.docx")
    assert kind == "unreadable" and said.startswith(problem) and len(cure) > 20


def test_a_word_file_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "LARGEST", 10_000)
    assert problems(word(simple()), "a.docx")[0][:2] == ("unreadable", "it unpacks to more than 0 MB")


def test_a_word_file_of_too_many_tags_is_refused(monkeypatch):
    monkeypatch.setattr(documents, "NODES", 400)
    many = changed(word(simple()), MAIN, lambda old: old.replace(b"</w:body>", b"<w:p/>" * 400 + b"</w:body>"))
    problem = problems(many, "a.docx")[-1][1]
    assert problem.startswith("its text has ") and problem.endswith("tags and attributes, and the limit is 400")


@pytest.mark.parametrize(("text", "raw"), [
    ("caf&eacute; &foo; and more", "café &foo; and more"),
    ("before<!-- not --> between<?not x?> after", "before between after"),
    ("before<![CDATA[ between]]> after", "before between after"), ("before<w:odd/> after", "before after"),
    ("a &lt;b&gt; c", "a <b> c"),
])  # fmt: skip
def test_nothing_of_a_text_in_a_word_file_is_dropped(text, raw, tmp_path):
    content = changed(word(simple()), MAIN, lambda old: old.replace(b"They came late.", text.encode()))
    news = loaded(content, "a.docx", tmp_path)
    assert news.articles["raw"].item() == f"{raw}\nThey left early."
    said = ["it speaks of signs that it does not define: &eacute;, &foo;"] if "&foo;" in text else []
    assert news.report(missing=False)["problem"].to_list() == said


@pytest.mark.parametrize("change", [
    lambda old: old.replace(b"<w:body>", b"<!--" + b" " * 9_000 + b"--><w:body>").replace(
        b"<w:document", b"<!--" + b" " * 9_000 + b"--><!DOCTYPE a [<!ENTITY b 'c'>]><w:document"),
    lambda old: old.split(b"?>", 1)[1].decode().encode("utf-16"),
])  # fmt: skip
def test_a_document_type_is_seen_wherever_it_stands_and_only_utf_8_is_read(change):
    [(kind, said, _)] = problems(changed(word(simple()), MAIN, change), "a.docx")
    assert kind == "unreadable" and ("document type" in said or "not in UTF-8" in said)


def test_pages_that_take_too_many_steps_end_a_pdf(monkeypatch, tmp_path):
    monkeypatch.setattr(budget, "WORK", 20_000)
    news = loaded(pages(*[f"{TEXT} {n}" for n in range(3)]), "a.pdf", tmp_path)
    assert len(news) == 1 and (news.report(missing=False)["kind"] == "doubtful").all()
    [(kind, said, _)] = problems(pages(*[f"{TEXT} {n}" for n in range(60)]), "b.pdf")
    assert kind == "unreadable" and said.startswith("reading it takes more than")


def n_words(article):
    return len(" ".join(article.paragraphs).split())


def test_a_download_from_nexis_is_told_apart(tmp_path):
    news = load(nexis_docx(TWENTY, tmp_path))
    first = news.articles.iloc[0]
    assert news.articles.index.to_list() == [f"Files (20).DOCX-{number}" for number in range(1, 21)]
    assert first["source"] == "Files (20).DOCX article 1"
    assert first["published"] == pd.Timestamp("2025-11-02") and first["load_date"] == pd.Timestamp("2025-11-03")
    assert (first["section"], first["page"], first["length"]) == ("Local & Regional", "Pg. A1", n_words(TWENTY[0]))
    assert first["rights"] == "Copyright 2025 The Ombery Courier"
    assert first["highlight"] == "What happened, and to whom: a summary."
    assert news.articles["byline"].iloc[8] == "Jonas Pell and Mira Tallow"
    assert [kind for kind, _ in told(news)] == [
        "headline", "furniture", "dateline", "furniture", "trailer", "trailer", "section", "furniture", "furniture",
        "furniture", "dateline", *["body"] * 4, *["furniture"] * 6, "trailer", "furniture",
    ]  # fmt: skip
    assert first["raw"].startswith(TWENTY[0].headline) and first["raw"].endswith("End of Document")
    assert "Job Number" not in "".join(news.articles["raw"]) and news.report(missing=False).empty


@pytest.mark.parametrize("cover", [True, False])
def test_nexis_is_read_without_styled_headings_too(cover, tmp_path):
    rows = nexis_lines(TWENTY[:3])
    document = docx.Document()
    for line in rows if cover else rows[rows.index("", 0) + 1 :]:
        document.add_paragraph(line)
    news = loaded(word(document), "a.docx", tmp_path)
    assert news.articles["title"].to_list() == [article.headline for article in TWENTY[:3]]
    assert news.report(missing=False).empty


@pytest.mark.parametrize("styled", [True, False])
def test_the_first_title_is_found_below_any_cover(styled, tmp_path):
    rows = nexis_lines(TWENTY[:1])
    rows.insert(rows.index("November 2, 2025 Sunday"), "Supplied by a service that monitors newspapers")
    rows = [line for line in rows if not (styled and line.startswith("1. "))]
    document = docx.Document()
    for line in rows:
        document.add_heading(line) if styled and line == TWENTY[0].headline else document.add_paragraph(line)
    news = loaded(word(document), "a.docx", tmp_path)
    assert news.articles["title"].to_list() == [TWENTY[0].headline]
    assert news.articles["raw"].iloc[0].startswith(TWENTY[0].headline)


def taken(text):
    reading = Reading()
    return databases.take(File("a.txt", io.BytesIO(text.encode())), reading, text), reading


def test_what_is_doubtful_about_a_download_is_said():
    rows = nexis_lines(TWENTY[:3], words=300)
    _, reading = taken("\n".join(rows).replace("Documents (3)", "Documents (5)"))
    said = [each["problem"] for each in reading.problems]
    counts = [n_words(TWENTY[0]) - len("TARN HOLLOW —".split()), n_words(TWENTY[1]), n_words(TWENTY[2])]
    assert said[:3] == [f"Nexis states 300 words, but its text has {count}" for count in counts]
    assert said[3:] == ["its cover speaks of 5 documents, but 3 were found"]
    failed = "\n".join(rows).replace(TWENTY[1].paragraphs[0], f"{databases.FAILED}, and it cannot be displayed.")
    _, reading = taken(failed)
    assert len(reading) == 2
    assert ("a.txt article 2", "unreadable") in [(each["source"], each["kind"]) for each in reading.problems]


OLD = """
Download Request: Selected Items: 1-2
Terms: (harbour)

                               1 of 2 DOCUMENTS


                               The Sun (Orrin)

                            January 11, 2010 Monday
                                   Edition 1;
                                    Scotland

Harbour vote ends a long dispute between the town and its fishermen, with no
winner in sight

BYLINE: MARTA GULL

SECTION: FEATURES; Pg. 6

LENGTH: 74 words


The council voted on Monday to keep the harbour open after a long evening in
which three members spoke against and the fourth left before the count was
taken by the clerk in the hall.

"We will not regret this," the mayor said. He went home: it was late. Nobody
in the town square had anything to add to it, and the gulls were as loud as
ever when the lights of the hall went out.

Update: it rained.

LOAD-DATE: January 11, 2010

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                    Copyright 2010 NEWS GROUP OF ORRIN LTD
                              All Rights Reserved

                               2 of 2 DOCUMENTS


                                  The Lantern

                            January 12, 2010 Tuesday

A second title

LENGTH: 8 words

Rain is expected, and then more of it.

LOAD-DATE: January 12, 2010

LANGUAGE: ENGLISH
"""


def test_the_older_layout_of_nexis_is_read():
    found, reading = taken(OLD)
    articles, segments = reading.tables()
    first = articles.iloc[0]
    assert found and reading.problems == [] and articles["title"].iloc[1] == "A second title"
    assert first["title"].endswith("fishermen, with no winner in sight") and first["outlet"] == "The Sun (Orrin)"
    assert (first["byline"], first["section"], first["page"]) == ("MARTA GULL", "FEATURES", "Pg. 6")
    assert first["published"] == pd.Timestamp("2010-01-11") and first["rights"].startswith("Copyright 2010 NEWS")
    body = segments[(segments["kind"] == "body") & (segments["article_id"] == "a.txt-1")]
    assert [first["raw"][s.start : s.end][:10] for s in body.itertuples()] == ["The counci", '"We will n', "Update: it"]


@pytest.mark.parametrize("text", ["He wrote: End of Document\nLength: it is 3 of 4 documents", "End of Document", ""])
def test_an_ordinary_text_is_no_download_from_nexis(text):
    assert taken(text)[0] is False


def pages(*texts, size=12):
    document = FPDF()
    document.set_font("Helvetica", size=size)
    for text in texts:
        document.add_page()
        if isinstance(text, bytes):
            document.image(io.BytesIO(text))
        else:
            document.multi_cell(0, 6, text, align="L")
    return bytes(document.output())


def test_a_pdf_gives_paragraphs_heads_and_page_numbers(tmp_path):
    news = loaded(printed(TWENTY[8]), "a.pdf", tmp_path)
    raw = news.articles["raw"].iloc[0]
    rules = news.segments.groupby("rule").size().to_dict()
    assert rules["running head"] == 4 and raw.count("Volume 20") == 2
    assert told(news, "headline")[0][1].split() == TWENTY[8].headline.split()
    assert "\n" in told(news, "headline")[0][1] and pd.isna(news.articles["published"].iloc[0])
    bodies = [squeezed(text) for _, text in told(news, "body")]
    assert "".join(bodies) == TWENTY[8].body and len(bodies) == len(TWENTY[8].paragraphs) + 1


def test_paragraphs_of_a_pdf_are_told_by_indents_too(tmp_path):
    lines = ["The town met in the hall on Monday,", "and it did not agree on a thing", "though it sat there for hours."]
    document = FPDF()
    document.add_page()
    document.set_font("Courier", size=11)
    for number, line in enumerate(lines * 3):
        document.set_x(document.l_margin + 8 * (number % 3 == 0))
        document.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    news = loaded(bytes(document.output()), "a.pdf", tmp_path)
    assert told(news) == [("body", "\n".join(lines))] * 3


def test_a_paragraph_goes_on_over_the_page_unless_it_ended_there(tmp_path):
    news = loaded(pages("The town met in", "the hall. It did not agree."), "a.pdf", tmp_path)
    assert told(news) == [("body", "The town met in\nthe hall. It did not agree.")]
    news = loaded(pages("The town met in the hall.", "It did not agree."), "b.pdf", tmp_path)
    assert told(news) == [("body", "The town met in the hall."), ("body", "It did not agree.")]


def test_the_head_of_a_single_page_is_told_by_its_small_print(tmp_path):
    news = loaded(printed(TWENTY[8], height=297), "a.pdf", tmp_path)
    rules = news.segments.groupby("rule").size().to_dict()
    assert (rules["small print above the text"], rules["page number"]) == (1, 1)
    assert told(news, "headline")[0][1].split() == TWENTY[8].headline.split()


def test_what_a_page_divides_is_one_line_to_the_rules():
    raw = "He spoke at length.\n©2031 The Carrow\n- 7 -\nGazette. All rights reserved."
    places = [raw.index("©"), raw.index("\n-"), raw.index("Gaz")]
    paragraphs = [[(0, 19)], [(places[0], places[1]), (places[2], len(raw))]]
    segments, metadata = stretches.labelled(raw, paragraphs)
    assert [(raw[start:end], kind) for start, end, kind, _ in segments] == [
        ("He spoke at length.", "body"), ("©2031 The Carrow", "trailer"), ("Gazette. All rights reserved.", "trailer"),
    ]  # fmt: skip
    assert metadata["outlet"] == "The Carrow Gazette"
    completed = stretches.completed(raw, segments, rule="page number")
    assert completed[2] == (raw.index("- 7"), raw.index("\nGaz"), "furniture", "page number")


def test_a_word_divided_at_the_end_of_a_line_stays_so_and_is_counted(tmp_path):
    content = pages("They met in the harbour to nego-\ntiate a truce that nobody wanted.\nOne of-\n fer.")
    news = loaded(content, "a.pdf", tmp_path)
    assert "nego-\ntiate" in news.articles["raw"].iloc[0]
    assert news.report(missing=False)["problem"].to_list() == [
        "2 words are divided at the end of a line and count as two"
    ]


def test_ligatures_are_written_as_letters():
    assert pdf._clean("ﬁnal oﬀer, ﬂat, eﬃcient\0") == "final offer, flat, efficient\ufffd"


def picture():
    stream = io.BytesIO()
    Image.new("RGB", (40, 40)).save(stream, "PNG")
    return stream.getvalue()


def locked(content, password):
    writer, stream = pypdf.PdfWriter(clone_from=io.BytesIO(content)), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


TEXT = "The town met in the hall. It did not agree."
AES = locked(pages(TEXT), "").replace(b"/V 2", b"/V 5").replace(b"/R 3", b"/R 6")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"%PDF-1.4 and nothing", "it is damaged or no PDF file ("),
        (pages(TEXT)[:300], "it is damaged or no PDF file ("),
        (locked(pages(TEXT), "secret"), "it is locked with a password"),
        (AES, "it is locked in a way (AES) that we cannot open"),
        (pages(picture(), picture()), "it holds pictures of pages, no text"),
        (pages(""), "its pages hold no text"),
    ],
    ids=["empty", "nothing", "cut", "locked", "aes", "scanned", "blank"],
)
def test_pdf_files_that_cannot_be_read_are_named_with_a_cure(content, problem):
    [(kind, said, cure)] = problems(content, "a.pdf")
    assert kind == "unreadable" and said.startswith(problem) and len(cure) > 20


def test_a_pdf_locked_against_copying_only_is_read(tmp_path):
    assert loaded(locked(pages(TEXT), ""), "a.pdf", tmp_path).articles["raw"].iloc[0] == TEXT


def test_pages_that_are_pictures_are_named_and_the_rest_loads(tmp_path):
    news = loaded(pages(TEXT, picture()), "a.pdf", tmp_path)
    assert news.report(missing=False)["problem"].to_list() == ["pages of 2, pictures and hardly any text: 2"]


def test_a_pdf_with_too_much_text_is_refused(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_TEXT", 10)
    assert problems(pages(TEXT), "a.pdf")[0][:2] == ("unreadable", "its text has more than 10 characters")


def test_the_title_in_the_properties_counts_only_if_the_text_has_it(tmp_path):
    document = FPDF()
    document.set_title("The town met.")
    document.add_page()
    for size, text in ((18, "The town met."), (12, TEXT)):
        document.set_font("Helvetica", size=size)
        document.multi_cell(0, 8, text, align="L", new_x="LMARGIN", new_y="NEXT")
    content = bytes(document.output())
    assert loaded(content, "a.pdf", tmp_path).articles["title"].iloc[0] == "The town met."
    other = content.replace(b"(The town met.)", b"(A town met it)", 1)
    assert told(loaded(other, "b.pdf", tmp_path), "headline") == []


PARAGRAPHS = TWENTY[9].paragraphs


@pytest.mark.parametrize("width", [50, 70, 80])
@pytest.mark.parametrize(("between", "within"), [("\n\n", "\n"), ("\r\n\r\n", "\r\n"), ("\n    ", "\n")])
def test_wrapped_lines_are_joined_to_paragraphs(width, between, within):
    raw = between.join(within.join(textwrap.wrap(each, width, break_on_hyphens=False)) for each in PARAGRAPHS)
    assert [" ".join(raw[start:end].split()) for start, end in wrapped.paragraphs(raw)] == PARAGRAPHS


@pytest.mark.parametrize(
    "raw",
    [
        *(article.scraped for article in TWENTY),
        *(article.scraped.replace("\n", "\n\n") for article in TWENTY[:3]),
        "",
        "\n".join(["He came to the town on a Monday and left it on a Tuesday."] * 20),
        "\n".join(["Roses are red,", "violets are blue,", "sugar is sweet", "and so are you"] * 5),
        "word " * 10_000,
        "\n".join(["word " * 2000] * 6),
    ],
)
def test_one_line_a_paragraph_is_never_joined(raw):
    assert wrapped.paragraphs(raw) is None


def test_every_line_followed_by_an_empty_one_is_wrapped_text_too():
    raw = "\n\n\n\n".join("\n\n".join(textwrap.wrap(each, 65)) for each in PARAGRAPHS)
    assert [" ".join(raw[start:end].split()) for start, end in wrapped.paragraphs(raw)] == PARAGRAPHS
