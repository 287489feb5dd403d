"""Small files of every format, ways to spoil them, and what must hold of whatever loads."""

import csv
import io
import json
import random
import zipfile
from email import policy
from email.message import EmailMessage
from pathlib import Path

import docx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
from fpdf import FPDF

import formats
from utils import Corpus
from utils.corpus.corpus import WEIGHTS
from utils.layers.tokens import fold

ROWS = [
    {"title": "Ferry crews walk out", "outlet": "The Orrin Bay Lantern", "published": "2031-03-05", "pages": 3,
     "raw": "ORRIN BAY — Ferry crews walked out on Tuesday. “We’re tired,” said Ode Farrow.\n\nThe port was still."},
    {"title": "Nicola\u0301s’s café reopens", "outlet": "The Alder Post", "published": "March 6, 2031", "pages": None,
     "raw": "Nicola\u0301s’s café reopened in the U.S. after 1,000.5 days. 👩‍👩‍👧 مرحبا\r\nComments"},
]  # fmt: skip
SCRAPED = (
    "Ferry crews walk out\nPublished in Local & Regional\nBy Marta Quillen and Ode Farrow\n"
    "ORRIN BAY — Ferry crews walked out on Tuesday, 5 March 2031. “We’re tired,” said one; the café’s owner wasn’t.\n"
    "\nThe port was still, and nobody spoke of it.\nAdvertisement\nThey’ll meet again on Friday.\n"
    "©2031 The Orrin Bay Lantern. Visit at orrin.example. Distributed by Northmark News Agency, LLC.\n\n\nComments\n"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta charset="utf-8"><meta property="og:site_name" '
    'content="{outlet}"><meta property="article:published_time" content="2031-03-05T10:00:00Z"><style>p{{}}</style>'
    "</head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1><p>{raw}</p><p>{raw}</p></article>"
    "<script>alert(1)</script><footer>Share &copy; 2031</footer></body></html>"
)


def seeds() -> dict[str, list[bytes]]:
    """Give for each ending that is read the bytes of some small honest files."""
    found = {
        ".txt": [SCRAPED.encode(), SCRAPED.encode("utf-16"), SCRAPED.encode("cp1252"), SCRAPED.encode("utf-8-sig"),
                 ROWS[1]["raw"].encode()],
        ".csv": [_separated(","), _separated(";"), _separated(",").replace(b"raw", b"text")],
        ".tsv": [_separated("\t")],
        ".json": [json.dumps(ROWS).encode(), json.dumps({"data": ROWS}, ensure_ascii=False).encode()],
        ".jsonl": [b"\n".join(json.dumps(row).encode() for row in ROWS), json.dumps(ROWS[0]).encode("utf-16")],
        ".parquet": [_parquet("snappy"), _parquet("none")],
        ".xlsx": [_workbook()],
        ".html": [PAGE.format(**ROWS[0]).encode(), PAGE.format(**ROWS[1]).encode("utf-16")],
        ".docx": [_document(SCRAPED), _document(ROWS[1]["raw"])],
        ".pdf": [_printed(SCRAPED, compress=True), _printed(SCRAPED, compress=False)],
    }  # fmt: skip
    found[".rtf"] = [formats.rich(SCRAPED.splitlines()), formats.rich(ROWS[1]["raw"].splitlines())]
    found[".eml"] = [_letter(ROWS[0]), _letter(ROWS[1])]
    found[".mbox"] = [b"".join(b"From a Mon Nov  3 08:15:00 2025\n" + _letter(row) + b"\n\n" for row in ROWS)]
    found |= {".ndjson": found[".jsonl"], ".htm": found[".html"]}
    members = {f"{number}{ending}": files[0] for number, (ending, files) in enumerate(found.items())}
    return found | {".zip": [_archive(members, zipfile.ZIP_DEFLATED), _archive({"a/b.txt": SCRAPED.encode()}, 0)]}


def _separated(delimiter: str) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, ROWS[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ROWS)
    return text.getvalue().encode()


def _parquet(compression: str) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), sink, compression=compression)
    return sink.getvalue()


def _workbook() -> bytes:
    book, sink = openpyxl.Workbook(), io.BytesIO()
    book.active.append(list(ROWS[0]))
    for row in ROWS:
        book.active.append(list(row.values()))
    book.save(sink)
    return sink.getvalue()


def _document(text: str) -> bytes:
    document, sink = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(sink)
    return sink.getvalue()


def _printed(text: str, *, compress: bool) -> bytes:
    page = FPDF()
    page.set_compression(compress)
    page.add_page()
    page.set_font("Helvetica")
    page.multi_cell(0, text=text.translate({0x2014: "-", 0x201C: '"', 0x201D: '"', 0x2019: "'"}))
    return bytes(page.output())


def _letter(row: dict) -> bytes:
    mail = EmailMessage(policy=policy.default)
    mail["From"], mail["Subject"], mail["Date"] = "A <a@b.example>", row["title"], "Mon, 03 Nov 2025 08:15:00 -0500"
    mail.set_content(row["raw"].replace("\r", ""))
    mail.add_alternative(PAGE.format(**row), subtype="html")
    mail.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="a.pdf")
    return mail.as_bytes()


def _archive(members: dict[str, bytes], packing: int) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return sink.getvalue()


def spoilt(content: bytes, rng: random.Random, other: bytes = b"") -> bytes:
    """Give the bytes spoilt in one of several ways: flipped, cut off, spliced, doubled, blanked, changed."""
    found = bytearray(content)
    way, at = rng.randrange(8), rng.randrange(len(content) + 1)
    if way == 0:
        return bytes(found[:at])
    if way == 1:
        return bytes(found[:at] + other[rng.randrange(len(other) + 1) :])
    if way == 2:
        return bytes(found[:at] + found[rng.randrange(len(content) + 1) :])
    if way == 3:
        return bytes(found[:at] + rng.randbytes(rng.randrange(1, 40)) + found[at:])
    if way == 4:
        return bytes(found[:at] + b"\0" * rng.randrange(1, 40) + found[at + 20 :])
    for _ in range(rng.choice((1, 1, 2, 8, 64))):
        if found:
            found[rng.randrange(len(found))] = rng.choice((0, 255, 127, 10, 34, rng.randrange(256)))
    return bytes(found)


def bombs(folder: Path) -> set[str]:
    """Write small files that unpack to more than anyone can hold, or take for ever, and give their names."""
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 5_000, pa.int32()), pa.array(["x" * 1_000_000]))
    many = pa.array([[1] * 20_000_000], pa.list_(pa.int8()))
    tables = {
        "values.parquet": {"raw": long}, "metadata.parquet": {"raw": ["x"] * 5_000, "m": long},
        "list.parquet": {"raw": ["It rained."], "many": many},
    }  # fmt: skip
    for name, columns in tables.items():
        pq.write_table(pa.table(columns), folder / name, compression="zstd")
    begun = pa.table({"raw": ["x" * 1_000_000 + str(n) for n in range(300)]})
    pq.write_table(begun, folder / "begun.parquet", use_dictionary=False, column_encoding="DELTA_BYTE_ARRAY")
    related = b"<Relationships><Relationship Type='a/officeDocument' Target='d.xml'/></Relationships>"
    tabs = b"<w:document xmlns:w='w'><w:p><w:r>" + b"<w:tab/>" * 6_000_000 + b"</w:r></w:p></w:document>"
    files = {
        "names.csv": b",".join([b"raw"] * 100_000) + b"\nIt rained.", "lists.json": b"[" + b"[]," * 6_000_000 + b"[]]",
        "deep.html": b"<div>" * 2_000 + b"<p>x" * 310_000,
        "attributes.html": b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">It rained.",
        "row.xlsx": _archive({"xl/sheet.xml": b"<sheetData><row>" + b"<c/>" * 5_000_000}, zipfile.ZIP_DEFLATED),
        "shared.xlsx": _archive({"xl/s.xml": b"<sst>" + b"<si><t>a</t></si>" * 5_000_000}, zipfile.ZIP_DEFLATED),
        "tabs.docx": _archive({"_rels/.rels": related, "d.xml": tabs}, zipfile.ZIP_DEFLATED),
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return {*tables, *files, "begun.parquet"}


def assert_intact(news: Corpus) -> None:
    """Hold a corpus to what must be true of any: segments in order, apart, and with white space covering each text;
    words that stand where they are said to; reports that say something."""
    raws = news.articles["raw"]
    assert raws.notna().all() and news.articles.index.is_unique
    segments = dict(list(news.segments.groupby("article_id", observed=True)))
    for name, raw in raws.items():
        at, left_over = 0, []
        for row in segments[name].itertuples():
            assert at <= row.start < row.end <= len(raw) and row.kind and row.rule
            left_over.append(raw[at : row.start])
            at = row.end
        assert not "".join([*left_over, raw[at:]]).strip()
    words = news.words
    for row in words.itertuples():
        folded = fold(raws[row.article_id][row.start : row.end])
        assert row.term in (folded, folded.casefold())  # US in a line of capitals is the word
    if (report := news.report(missing=False)).empty:
        return
    assert report["kind"].isin(WEIGHTS).all()
    assert (report[["source", "problem", "cure"]].map(len) > 0).all(axis=None)
    assert not report["problem"].str.contains("\n", regex=False).any() and report["problem"].str.len().max() <= 1000


def files_of(news: Corpus) -> set[str]:
    """Give the files that a corpus accounts for, as article or in its report: the first part of each source."""
    sources = [*news.articles["source"], *news.report(missing=False)["source"]]
    return {source.partition("/")[0].partition(" row ")[0].partition(" article ")[0] for source in sources}
