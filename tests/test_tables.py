"""Tables, one row an article: the same articles from every format, and what is wrong with a table named."""

import csv
import datetime
import hashlib
import io
import json
import tracemalloc
import zipfile

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from utils import CorpusError, export, load
from utils.intake import readers
from utils.intake.batch import Reading
from utils.intake.readers.tables import packed, parquet, xlsx

THREE = [
    {"raw": "Rain on Sunday\nIt rained, “all day”, she said.\nThen it stopped.", "outlet": "The Post", "year": 2024},
    {"raw": "Peace; at last\nNicola\u0301s said: no 🎉, no.\nمرحبا to all.", "outlet": "The Herald", "year": 1999},
    {"raw": "No wind\n'Tis so.\tHe left.\n\n\nAnd came back.", "outlet": None, "year": None},
]
FRAME = pd.DataFrame(THREE)


def hashed(raw):
    return hashlib.sha256(raw.encode()).hexdigest()[:12]


def as_workbook(rows, path):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def delimited_by(separator, encoding="utf-8"):
    return lambda path: path.write_bytes(FRAME.to_csv(index=False, sep=separator).encode(encoding))


def as_json(form, **options):
    return lambda path: path.write_text(form(THREE, **options), encoding="utf-8")


def as_lines(rows):
    return "\n".join(map(json.dumps, rows))


def as_bytes(path):
    raw = pa.array([row["raw"].encode() for row in THREE])
    others = pa.table(FRAME[["outlet", "year"]]).add_column(0, "raw", raw)
    pq.write_table(others, path)


FORMATS = {
    "commas.csv": delimited_by(","), "semicolons.csv": delimited_by(";"), "marked.csv": delimited_by(",", "utf-8-sig"),
    "sixteen.csv": delimited_by(",", "utf-16"), "tabs.tsv": delimited_by("\t"), "TABS.CSV": delimited_by("\t"),
    "list.json": as_json(json.dumps), "escaped.json": as_json(json.dumps, ensure_ascii=False),
    "object.json": as_json(lambda rows: json.dumps({"n": 3, "articles": rows, "tags": ["a"]})),
    "lines.json": as_json(as_lines), "lines.jsonl": as_json(as_lines), "lines.ndjson": as_json(as_lines),
    "plain.parquet": FRAME.to_parquet, "bytes.parquet": as_bytes,
    "coded.parquet": FRAME.astype({"outlet": "category"}).to_parquet,
    "book.xlsx": lambda path: as_workbook([list(FRAME), *([row[name] for name in FRAME] for row in THREE)], path),
}  # fmt: skip


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_articles(name, tmp_path):
    FORMATS[name](tmp_path / name)
    news = load(tmp_path / name)
    articles = news.articles
    assert articles["raw"].tolist() == [row["raw"] for row in THREE]
    assert articles["outlet"].fillna("").tolist() == ["The Post", "The Herald", ""]
    assert articles["year"].fillna(0).tolist() == [2024, 1999, 0]
    called = zip(["The Post", "The Herald", name.split(".")[0]], THREE, strict=True)
    assert articles.index.tolist() == [f"{outlet} {hashed(row['raw'])}" for outlet, row in called]
    first = 2 if name.lower().endswith(("csv", "tsv", "xlsx")) else 1
    assert articles["source"].tolist() == [f"{name} row {first + n}" for n in range(3)]
    said = {"semicolons.csv": "semicolons", "TABS.CSV": "tabs", "object.json": "'articles'", "lines.json": "a line"}
    report = news.report(missing=False)
    assert len(report) == (name in said) and all(said[name] in problem for problem in report["problem"])


def test_a_missing_column_is_named_with_the_call_to_write(tmp_path):
    (tmp_path / "a.csv").write_text("content,source,Date,words\nIt rained.,Post,2024-01-02,2\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("A title\nIt rained.", encoding="utf-8")
    (line,) = load(tmp_path).report(missing=False).to_dict("records")
    assert line["kind"] == "assumed" and line["problem"].startswith("columns are taken by their names: content for raw")
    call = f'load("{tmp_path}", columns={{"raw": "content", "outlet": "source", "published": "Date"}})'
    assert call in line["cure"]
    with pytest.raises(CorpusError, match='there is no column \'contnt\' .for raw.*columns=.*"raw": "content"'):
        load(tmp_path / "a.csv", columns={"raw": "contnt"})
    with pytest.raises(CorpusError, match="did you mean {'raw': 'content'}"):
        load(tmp_path / "a.csv", columns={"content": "raw"})
    article = load(tmp_path / "a.csv", columns={"raw": "content", "outlet": "source", "published": "Date"}).articles
    assert article[["raw", "outlet", "published", "words"]].iloc[0].tolist() == [
        "It rained.", "Post", pd.Timestamp("2024-01-02"), 2,
    ]  # fmt: skip


def test_columns_with_names_that_are_ours_are_kept_under_others(tmp_path):
    FRAME.rename(columns={"year": "source"}).assign(TITLE="A title", title=None, sha256="x").to_csv(
        tmp_path / "a.csv", index=False
    )
    news = load(tmp_path / "a.csv", columns={"title": "TITLE"})
    assert news.articles["their_source"].tolist()[:2] == [2024, 1999]
    assert news.articles["title"].tolist() == ["A title"] * 3 and news.articles["source"].iloc[0] == "a.csv row 2"
    (line,) = news.report(missing=False).to_dict("records")
    assert "source as their_source, title as their_title, sha256 as their_sha256" in line["problem"]


def test_our_own_export_comes_back_as_it_went(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path))
    raws = [f"{start}he left.\nAnd came “back”." for start in ["=", "+", "-", "@", "\t", "'", "' ", "''", ", ", '"']]
    export.csv(pd.DataFrame({"raw": raws, "=note": "+1"}), "articles")
    articles = load(tmp_path / "articles.csv").articles
    assert articles["raw"].tolist() == raws and articles["=note"].tolist() == ["+1"] * len(raws)


def test_rows_of_a_csv_file_that_are_wrong_are_named_and_the_rest_loads(tmp_path):
    before = csv.field_size_limit(100_000)
    content = (
        'raw,outlet,year\r\n"One ""fine""\r\nday, it rained.",Post,\r\n\r\nA, comma too many, here, Post,1\r\n'
        'Too few cells.,Post\r\n"It" rained.,Post,3\r\nIt r\0ained.,Post,4\r\n,Post,5\r\n,,\r\n'
        f'{"long " * 60_000},Post,6,,\r\n"Never closed.,Post,7\r\nLost.,Post,8\r\n'
    )
    (tmp_path / "a.csv").write_bytes(content.encode())
    news = load(tmp_path / "a.csv")
    assert [len(raw) for raw in news.articles["raw"]] == [27, 14, 10, 300_000]
    assert news.articles["raw"].iloc[0] == 'One "fine"\r\nday, it rained.'
    report = news.report(missing=False)
    assert report[["source", "kind"]].apply(" ".join, axis=1).tolist() == [
        "a.csv unreadable", "a.csv row 4 unreadable", "a.csv row 6 unreadable", "a.csv row 8 unreadable",
        "a.csv doubtful", "a.csv row 5 doubtful",
    ]  # fmt: skip
    assert "quotation mark in row 11 is never closed" in report["problem"][0] and "NUL" in report["problem"][4]
    assert csv.field_size_limit(before) == 100_000


WAS = "The ferry was late on Monday and nobody knew why it was so."
IS = "“It’s the café’s owner”; she said so on Tuesday, and left."


@pytest.mark.parametrize("spoilt", [
    lambda content: content.encode().replace(b"so.", b"so.\0"), lambda content: b"\0" + content.encode(),
    lambda content: content.encode() + bytes(4_000), lambda content: content.encode("utf-16-le") + bytes(4_000),
    lambda content: content.encode().replace(IS.encode(), IS.encode("utf-16-le")),
], ids=["one", "first", "filled", "wide", "half wide"])  # fmt: skip
@pytest.mark.parametrize(("name", "content"), [
    ("a.txt", f"{WAS}\n{IS}"), ("a.html", f"<p>{WAS}</p><p>{IS}"), ("b.html", f"<meta charset=utf-8><p>{WAS}<p>{IS}"),
    ("a.csv", f'raw\n{WAS}\n"{IS}"\n'), ("a.tsv", f"raw\tn\n{WAS}\t1\n{IS}\t2\n"),
    ("a.json", f'[{{"raw": "{WAS}"}}, {{"raw": "{IS}"}}]'), ("a.jsonl", f'{{"raw": "{WAS}"}}\n{{"raw": "{IS}"}}'),
])  # fmt: skip
def test_a_nul_takes_nothing_from_any_format_and_is_said(name, content, spoilt, tmp_path):
    (tmp_path / name).write_bytes(spoilt(content))
    news = load(tmp_path / name)
    assert news.articles["raw"].str.cat(sep="\n") == f"{WAS}\n{IS}"
    assert news.report(missing=False)["problem"].str.contains("NUL|and utf-16").sum() == 1


def test_a_nul_written_as_json_does_is_left_out_and_said(tmp_path):
    (tmp_path / "a.jsonl").write_text('{"raw": "It \\u0000rained.", "title": "We\\u0000t"}\n{"raw": "\\u0000"}')
    news = load(tmp_path / "a.jsonl")
    assert news.articles[["raw", "title"]].to_numpy().tolist() == [["It rained.", "We\ufffdt"]]
    assert news.report(missing=False)["source"].tolist() == ["a.jsonl row 2", "a.jsonl row 1", "a.jsonl row 2"]


def test_quotation_marks_in_a_table_that_uses_none_are_text(tmp_path):
    (tmp_path / "a.tsv").write_text('raw\toutlet\n"Yes," she said.\tPost\nHe left.\tPost\n', encoding="utf-8")
    news = load(tmp_path / "a.tsv")
    assert news.articles["raw"].tolist() == ['"Yes," she said.', "He left."]
    assert "taken as text" in news.report(missing=False)["problem"].item()


@pytest.mark.parametrize(("lines", "raws"), [
    (['"He left.\t1', 'She stayed."\t2', "They ran.\t3"], ['"He left.', 'She stayed."', "They ran."]),
    (['"He left.\t1', "She stayed.\t2", "They ran.\t3"], ['"He left.', "She stayed.", "They ran."]),
    (['"Two', 'lines."\t0', '"He left.\t1', 'She stayed."\t2', "They ran.\t3"],
     ["Two\nlines.", '"He left.', 'She stayed."', "They ran."]),
    (['"Two', 'lines."\t0', '"He left.\t1', "She stayed.\t2"], ["Two\nlines.", '"He left.', "She stayed."]),
    (['"Two', 'lines."\t0', '"He" left.\t1', "She stayed.\t2"], ["Two\nlines.", '"He" left.', "She stayed."]),
    (['"Two', 'lines."\t0', '"He left."\t1', "She stayed.\t2"], ["Two\nlines.", "He left.", "She stayed."]),
])  # fmt: skip
def test_a_quotation_mark_swallows_no_rows_of_a_table_with_tabs(lines, raws, tmp_path):
    (tmp_path / "a.tsv").write_text("\n".join(["raw\tn", *lines]) + "\n")
    news = load(tmp_path / "a.tsv")
    assert news.articles["raw"].tolist() == raws
    assert news.articles["source"].tolist() == [f"a.tsv row {n}" for n in range(2, 2 + len(raws))]
    assert news.report(missing=False)["problem"].str.contains("taken as text").sum() == any('"' in raw for raw in raws)


def test_rows_that_a_quotation_mark_of_a_csv_file_swallows_are_counted(tmp_path):
    (tmp_path / "a.csv").write_text('raw,n\n"He left.,1\nShe" stayed.,2\nThey ran.,3\n"He came.,4\nShe sat.,5\n')
    news = load(tmp_path / "a.csv")
    assert news.articles["raw"].tolist() == ["They ran."]
    closed, follows = news.report(missing=False)["problem"]
    assert closed.startswith("a quotation mark in row 4 is never closed; its 2 lines are not read (after row 3; ")
    assert follows == "something follows a closing quotation mark; its 2 lines are not read"


@pytest.mark.parametrize(("name", "content"), [
    ("a.json", '[{"raw": "One.", "raw": "Two."}, {"raw": "Three.", "tags": [{"a": 1, "a": [2]}]}]'),
    ("a.jsonl", '{"raw": "One.", "raw": "Two."}\n{"raw": "Three.", "tags": [{"a": 1, "a": [2]}]}'),
    ("b.json", '{"raw": "One.", "raw": "Two."}\n{"raw": "Three.", "tags": [{"a": 1, "a": [2]}]}'),
])  # fmt: skip
def test_of_equal_keys_the_last_counts_and_the_others_are_said(name, content, tmp_path):
    (tmp_path / name).write_text(content)
    news = load(tmp_path / name)
    assert news.articles["raw"].tolist() == ["Two.", "Three."] and news.articles["tags"].iloc[1] == '[{"a": [2]}]'
    said = news.report(missing=False)[lambda report: report["problem"].str.contains("more than once")]
    assert said["source"].tolist() == [f"{name} row 1", f"{name} row 2"]
    assert "key raw" in said["problem"].iloc[0] and "“One.” left out" in said["problem"].iloc[0]


def test_equal_keys_around_the_articles_are_said(tmp_path):
    (tmp_path / "a.json").write_text('{"articles": [{"raw": "One."}], "articles": [{"raw": "Two."}]}')
    assert (
        "and the last of each is taken: articles" in load(tmp_path / "a.json").report(missing=False)["problem"].iloc[1]
    )


def test_a_guessed_encoding_of_a_table_is_said(tmp_path):
    text = "raw;outlet\nThe café’s “owner” spoke of crêpes, résumés and déjà vu.;Le Monde\n"
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    news = load(tmp_path / "a.csv")
    assert "crêpes" in news.articles["raw"].item() and news.articles["encoding"].item() == "cp1252"
    assert any("cp1252" in problem for problem in news.report(missing=False)["problem"])
    (tmp_path / "b.csv").write_bytes("raw,outlet\nIt rained all day and all night.,Post\n".encode("utf-16-le"))
    assert load(tmp_path / "b.csv").articles["encoding"].item() == "utf-16"


def test_lines_of_json_that_are_wrong_are_named_and_the_rest_loads(tmp_path):
    lines = [
        '{"raw": "It rained. \\ud83d", "big": 1' + "0" * 5_000 + ', "score": NaN, "more": {"a": [1, null]}}',
        '{"raw": "broken',
        "[1, 2]",
        '{"raw": ' + "[" * 100_000,
        '{"raw": ["a", "list"]}',
        '{"outlet": "Post"}',
        "",
        '{"raw": "It stopped.", "score": 0.5, "more": true, "id\\ud800": 1e999}',
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    news = load(tmp_path / "a.jsonl")
    articles = news.articles
    assert articles["raw"].tolist() == ["It rained. \ufffd", "It stopped."]
    assert articles["big"].iloc[0] == "1" + "0" * 5_000 and articles["score"].iloc[1] == 0.5
    assert pd.isna(articles["score"].iloc[0]) and articles["more"].tolist() == ['{"a": [1, null]}', "True"]
    assert articles["id\ufffd"].iloc[1] == float("inf")
    report = news.report(missing=False)
    unreadable = report.loc[report["kind"] == "unreadable", "source"].tolist()
    assert sorted(unreadable) == [f"a.jsonl row {n}" for n in (2, 3, 4, 5, 6)]
    assert len(news.digest) == 64


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('{"a": [{"raw": "x"}], "b": [{"raw": "y"}]}', "several of its arrays may hold the articles: a, b"),
        ('{"raw": {"0": "x", "1": "y"}}', "a value of type dict"),
        ('[{"raw": "x"}, {"raw": ', "it is no JSON"),
        ("[" * 100_000, "nested too deeply"),
        ("17", "no articles"),
        ("[]", "there is no column raw; its columns are: none"),
        ("", "no JSON"),
    ],
)
def test_json_that_holds_no_table_says_why(content, says, tmp_path):
    (tmp_path / "a.json").write_text(content, encoding="utf-8")
    with pytest.raises(CorpusError, match=says):
        load(tmp_path / "a.json")


def test_a_json_object_alone_is_an_article(tmp_path):
    (tmp_path / "a.json").write_text('{"raw": "It rained.", "article_id": 17, "tags": [{"a": 1}]}', encoding="utf-8")
    article = load(tmp_path / "a.json").articles
    assert article.index.tolist() == ["17"] and article["tags"].item() == '[{"a": 1}]'


def test_what_parquet_can_hold_is_read_or_named(tmp_path):
    zone = datetime.timezone(datetime.timedelta(hours=-5))
    table = pa.table({
        "raw": pa.array([b"It rained.", b"\xff\xfe no", None, b"It stopped."]),
        "day": [datetime.date(2024, 5, 1)] * 4,
        "at": pa.array([datetime.datetime(2024, 5, 1, 12, tzinfo=zone)] * 4, type=pa.timestamp("ns", "-05:00")),
        "far": pa.array([2**40] * 4, type=pa.timestamp("s")),
        "price": pa.array([1, 2, 3, 4]).cast(pa.decimal128(21, 2)),
        "picture": pa.array([b"\x89PNG\xff"] * 4),
    })  # fmt: skip
    pq.write_table(table, tmp_path / "a.parquet")
    news = load(tmp_path / "a.parquet")
    row = news.articles.iloc[1]
    assert news.articles["raw"].tolist() == ["It rained.", "It stopped."]
    assert [row["day"], row["at"], row["price"]] == ["2024-05-01", "2024-05-01T12:00:00-05:00", 4.0]
    assert "far" not in row and "picture" not in row
    lines = news.report(missing=False).to_dict("records")
    assert [" ".join([line["source"][-1], line["kind"], *line["problem"].split()[2:5]]) for line in lines] == [
        "2 unreadable raw holds bytes", "3 unreadable raw is empty",
        "1 doubtful far holds what", "1 doubtful picture holds bytes",
        "4 doubtful far holds what", "4 doubtful picture holds bytes",
    ]  # fmt: skip


def test_text_in_parquet_that_is_no_utf_8_is_named(tmp_path):
    raw = pa.array([b"It rained.", b"\xff no", b"It stopped."])
    raw = pc.cast(raw, options=pc.CastOptions(target_type=pa.string(), allow_invalid_utf8=True))
    pq.write_table(pa.table({"raw": raw}), tmp_path / "a.parquet")
    news = load(tmp_path / "a.parquet")
    assert news.articles["raw"].tolist() == ["It rained.", "It stopped."]
    (line,) = news.report(missing=False).to_dict("records")
    assert line["source"] == "a.parquet row 2" and "bytes that are no text in UTF-8" in line["problem"]


@pytest.mark.parametrize("name", ["plain.parquet", "book.xlsx"])
@pytest.mark.parametrize("cut", [0, 1, 0.5, 0.9])
def test_a_table_cut_short_is_named(name, cut, tmp_path):
    FORMATS[name](tmp_path / name)
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(content[: int(cut * len(content)) if cut < 1 else 1])
    with pytest.raises(CorpusError, match="cannot be read as"):
        load(tmp_path / name)


def test_rows_of_a_workbook_are_numbered_as_excel_does(tmp_path):
    book = openpyxl.Workbook()
    rows = [[], ["raw", "published", None, "n"], [], ["It rained.", datetime.datetime(2024, 5, 1), None, 7.0]]
    for row in [*rows, ["x" * 32_767, "2024-05-02"], [None, None, None, 5], ["It stopped.", None, None, None, "more"]]:
        book.active.append(row)
    book.create_sheet("Second").append(["raw"])
    book.create_sheet("Empty")
    book.save(tmp_path / "a.xlsx")
    news = load(tmp_path / "a.xlsx")
    assert news.articles["source"].tolist() == ["a.xlsx row 4", "a.xlsx row 5", "a.xlsx row 7"]
    assert news.articles["published"].iloc[0] == pd.Timestamp("2024-05-01") and news.articles["n"].iloc[0] == 7
    problems = news.report(missing=False).set_index("source")["problem"]
    assert "'Second'" in problems["a.xlsx"] and "Empty" not in problems["a.xlsx"]
    assert "Excel cuts" in problems["a.xlsx row 5"] and "empty" in problems["a.xlsx row 6"]
    assert "beyond the header" in problems["a.xlsx row 7"]


def test_cells_beyond_the_size_that_a_workbook_states_are_read(tmp_path):
    FORMATS["book.xlsx"](tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b'<dimension ref="A1:C4"', b'<dimension ref="A1:A1"'))
    assert load(tmp_path / "b.xlsx").articles["outlet"].tolist()[:2] == ["The Post", "The Herald"]


def rebuilt(path, change):
    """Write a workbook anew, its first sheet changed."""
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name.endswith("sheet1.xml") else old.read(name))


@pytest.mark.parametrize("change", [
    lambda sheet: sheet.replace(b"</sheetData>", b"<row>%s</row></sheetData>" % (b"<c/>" * 210_000)),
    lambda sheet: sheet.replace(b"</sheetData>", b"<row>%s</row></sheetData>" % (b"<c/><!--</row>-->" * 110_000)),
    lambda sheet: sheet.replace(b"<sheetData>", b"<cols>%s</cols><sheetData>" % (b"<col/>" * 210_000)),
    lambda sheet: sheet.replace(b"</sheetData>", b"<row/>" * 1_060_000 + b"</sheetData>"),
    lambda sheet: sheet.replace(b"</sheetData>", b"<row><c><f>%s</f></c></row></sheetData>" % (b"1+" * 2_100_000)),
    lambda sheet: sheet.decode().encode("utf-16"),
], ids=["cells", "fooled", "columns", "rows", "formula", "wide"])  # fmt: skip
def test_a_workbook_that_holds_too_much_at_a_time_is_named(change, tmp_path):
    FORMATS["book.xlsx"](tmp_path / "a.xlsx")
    assert len(load(tmp_path / "a.xlsx")) == 3
    rebuilt(tmp_path / "a.xlsx", change)
    with pytest.raises(CorpusError, match="stand more than 200,000 tags or 4 MB|more than 1,050,000 rows|not in UTF-8"):
        load(tmp_path / "a.xlsx")


def test_cells_far_to_the_right_take_no_time(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(["raw"])
    for n in range(300):
        sheet.append([f"It rained {n}.", *[None] * 16_382, "far"])
    book.save(tmp_path / "a.xlsx")
    (line,) = load(tmp_path / "a.xlsx").report(missing=False).to_dict("records")
    assert line["problem"].startswith("in 300 rows (2-301), the first: cells beyond the header")


def test_formulas_without_a_value_and_hidden_sheets_are_said(tmp_path):
    book = openpyxl.Workbook()
    book.active.sheet_state = "hidden"
    book.active.append(["notes"])
    for row in [["raw", "n"], ["It rained.", "=1+1"], ["=A2", 2], ["It stopped.", 5]]:
        book.create_sheet("Shown") if len(book.worksheets) == 1 else None
        book.worksheets[1].append(row)
    book.save(tmp_path / "a.xlsx")
    news = load(tmp_path / "a.xlsx")
    assert news.articles["raw"].tolist() == ["It rained.", "It stopped."]
    assert news.report(missing=False)["problem"].tolist() == [
        "its column raw is empty",
        "2 cells hold formulas whose value was never worked out; they are taken as empty",
        "only the first sheet that is shown, 'Shown' is read; there are rows in 'Sheet' (hidden) too",
    ]


TEXTS = ["It rained.", "It stopped, and then it rained again." * 9, "", "It snowed."] * 200


@pytest.mark.parametrize("packing", ["none", "snappy", "gzip", "zstd", "brotli", "lz4"])
@pytest.mark.parametrize("options", [
    {}, {"use_dictionary": False}, {"data_page_version": "2.0"}, {"row_group_size": 300}, {"data_page_size": 500},
    {"use_dictionary": False, "column_encoding": {"raw": "DELTA_BYTE_ARRAY"}},
    {"use_dictionary": False, "column_encoding": {"raw": "DELTA_LENGTH_BYTE_ARRAY"}},
], ids=["listed", "plain", "second", "groups", "pages", "begun", "lengths"])  # fmt: skip
def test_the_pages_of_a_parquet_file_tell_what_they_unpack_to(packing, options, tmp_path):
    tags = [[{"a": "x" * 70, "b": n}] * 3 for n in range(len(TEXTS))]
    pq.write_table(pa.table({"raw": TEXTS, "tags": tags}), tmp_path / "a.parquet", compression=packing, **options)
    with (tmp_path / "a.parquet").open("rb") as stream:
        metadata = pq.ParquetFile(stream).metadata
        raw, *inner = packed.columns(stream)
    groups = range(metadata.num_row_groups)
    for place, column in enumerate([raw, *inner]):
        chunks = [metadata.row_group(group).column(place) for group in groups]
        said = sum(chunk.total_uncompressed_size for chunk in chunks)
        assert column.values == sum(chunk.num_values for chunk in chunks) and 0.5 * said <= column.size <= said
    on_average = sum(map(len, TEXTS)) // len(TEXTS)
    assert raw.longest >= (max(map(len, TEXTS)) if "DELTA_LENGTH" not in str(options) and options.get(
        "use_dictionary", True) else on_average)  # fmt: skip
    assert raw.in_a_row == 0 and [column.path for column in inner] == ["tags.list.element.a", "tags.list.element.b"]
    assert all(column.in_a_row >= 3 * 300 * packed.VALUE for column in inner)
    assert len(load(tmp_path / "a.parquet")) == 3 * 200


def test_a_column_that_takes_too_much_at_a_time_is_left_out_and_said(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "IN_A_ROW", 5_000)
    rows = {"raw": ["It rained.", "It stopped."], "tags": [["x" * 50] * 300, ["y"]], "n": [1, 2]}
    pq.write_table(pa.table(rows), tmp_path / "a.parquet")
    news = load(tmp_path / "a.parquet")
    assert "tags" not in news.articles and news.articles["n"].tolist() == [1, 2]
    assert (
        news.report(missing=False)["problem"]
        .item()
        .startswith("its column tags is left out: it takes 0 MB at a time, and the")
    )
    monkeypatch.setattr(parquet, "PAGE", 5)
    pq.write_table(pa.table(rows | {"n": [3, 4]}), tmp_path / "a.parquet")  # another file: what was read is kept
    with pytest.raises(CorpusError, match="its column raw cannot be read: it takes"):
        load(tmp_path / "a.parquet")


@pytest.mark.parametrize("at", range(4, 60, 3))
def test_a_parquet_file_whose_pages_lie_is_named(at, tmp_path):
    pq.write_table(pa.table({"raw": ["It rained."] * 3}), tmp_path / "a.parquet", write_statistics=False)
    content = bytearray((tmp_path / "a.parquet").read_bytes())
    content[at] ^= 0xFF
    (tmp_path / "a.parquet").write_bytes(content)
    try:
        assert len(load(tmp_path / "a.parquet")) <= 3
    except CorpusError as error:
        assert "a.parquet" in str(error)


def test_a_table_may_have_many_columns_of_one_name_but_not_too_many(tmp_path):
    (tmp_path / "a.csv").write_text(",".join(["raw"] * 20_000) + "\nIt rained.\n")
    with (tmp_path / "b.jsonl").open("w") as lines:
        lines.writelines(f'{{"raw": "It stopped.", "k{n}": 1}}\n' for n in range(20_000))
    (tmp_path / "c.csv").write_text(",".join(["raw"] * 20_001) + "\nIt rained.\n")
    news = load(tmp_path)
    assert news.articles["raw"].tolist() == ["It rained."]
    unread = news.report(missing=False).query("kind == 'unreadable'").set_index("source")["problem"]
    assert list(unread) == [
        "it has more than 20,000 columns; its 20,000 rows are not read",
        "it has more than 20,000 columns",
    ]
    assert news.unread == "2 files and 20,000 rows"


def test_a_workbook_with_a_password_or_too_large_is_not_opened(tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(xlsx.OLE + bytes(600))
    with pytest.raises(CorpusError, match="password"):
        load(tmp_path / "a.xlsx")
    FORMATS["book.xlsx"](tmp_path / "b.xlsx")
    monkeypatch.setattr(xlsx, "LIMIT", 1000)
    with pytest.raises(CorpusError, match="unpacks to"):
        load(tmp_path / "b.xlsx")


def test_ten_thousand_double_rows_load_and_are_one_line_in_the_report(tmp_path):
    (tmp_path / "a.csv").write_text("raw,outlet\n" + "It rained.,Post\n" * 10_000 + "It stopped.,Post\n")
    news = load(tmp_path / "a.csv")
    ids = news.articles.index
    assert len(news) == 10_001 and ids.is_unique and ids[1] == f"{ids[0]}-2" and ids[9_999] == f"{ids[0]}-10000"
    (line,) = news.report(missing=False).to_dict("records")
    assert line["source"] == "a.csv" and line["kind"] == "doubled"
    assert line["problem"].startswith("in 9,999 rows (3-10001), the first: the same text as a.csv row 2")
    assert len(news.select([ids[5]]).report(missing=False)) == 1


def test_an_article_id_that_was_taken_is_said(tmp_path):
    (tmp_path / "a.csv").write_text("raw,article_id\nIt rained.,7\nIt stopped.,7\nIt snowed.,7-2\nHail.,\n")
    news = load(tmp_path / "a.csv")
    assert news.articles.index.tolist() == ["7", "7-2", "7-2-2", f"a {hashed('Hail.')}"]
    assert news.report(missing=False)["kind"].tolist() == ["doubled", "doubled"]


def test_numbers_that_are_written_as_text_are_numbers_only_where_nothing_is_lost(tmp_path):
    (tmp_path / "a.csv").write_text("raw,year,code,version,rate\nIt rained.,1999,007,1.10,0.5\nIt stopped.,,12,2,3\n")
    articles = load(tmp_path / "a.csv").articles
    assert articles["year"].tolist()[0] == 1999 and articles["rate"].tolist() == [0.5, 3.0]
    assert articles["code"].tolist() == ["007", "12"] and articles["version"].tolist() == ["1.10", "2"]


def test_a_reading_holds_less_than_its_texts_outside_of_arrow(monkeypatch):
    monkeypatch.setattr("utils.intake.columnar.CHUNK", 100_000)
    text = "It rained, “all day”.\n" * 130
    size = 1_500 * len(text.encode())
    tracemalloc.start()
    reading = Reading()
    for n in range(1_500):
        raw = f"{n}\n{text}"
        segments = [(22 * line, 22 * line + 21, "body", "paragraph") for line in range(20)]
        about = {"article_id": str(n), "source": f"a.csv row {n}", "encoding": "utf-8", "sha256": "x"}
        reading.add({"raw": raw, **about}, segments)
    articles, segments = reading.tables()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(articles) == 1_500 and len(segments) == 30_000 and segments["end"].iloc[-1] == 439
    assert peak < 0.8 * size


def test_a_stream_that_is_no_file_is_read_too():
    from utils.intake.batch import File

    reading = Reading()
    readers.by_ending()[".csv"](File("a.zip/a.csv", io.BytesIO(b"raw\nIt rained.\n")), reading)
    assert reading.tables()[0].index.tolist() == [f"a.zip/a {hashed('It rained.')}"]


def test_columns_with_usual_names_are_taken_and_said_in_one_line(tmp_path):
    (tmp_path / "a.csv").write_text("raw,publishedAt,Head line,author,desk\nIt rained.,2024-01-02,Wet,Ann,town\n")
    (line,) = load(tmp_path / "a.csv").report(missing=False).to_dict("records")
    assert line["source"] == "a.csv" and line["kind"] == "assumed"
    taken = "publishedAt for published, Head line for title, author for byline"
    assert line["problem"] == f"columns are taken by their names: {taken}"
    call = 'columns={"published": "publishedAt", "title": "Head line", "byline": "author"})'
    assert line["cure"] == f'if others are meant, say so: load("{tmp_path / "a.csv"}", {call}'
    given = load(tmp_path / "a.csv", columns={"published": "publishedAt", "title": "Head line", "byline": "author"})
    assert given.report(missing=False).empty


def test_names_in_objects_and_lists_are_taken_and_that_is_said_once(tmp_path):
    rows = [
        {"raw": "It rained.", "outlet": {"id": None, "name": "BBC"}, "byline": ["A", {"name": "B"}], "tags": ["x"]},
        {"raw": "It stopped.", "outlet": {"id": 1}, "byline": [], "tags": ["y"]},
        {"raw": "It snowed.", "outlet": {"id": 1, "name": None}, "byline": "C", "tags": []},
    ]
    (tmp_path / "a.jsonl").write_text(as_lines(rows))
    news = load(tmp_path / "a.jsonl")
    assert news.articles["outlet"].fillna("").tolist() == ["BBC", '{"id": 1}', ""]
    assert news.articles["byline"].fillna("").tolist() == ["A, B", "", "C"]
    assert news.articles["tags"].iloc[0] == '["x"]' and news.articles.index[0].startswith("BBC ")
    assert [problem.split(" hold")[0] for problem in news.report(missing=False)["problem"]] == [
        "its column outlet", "its column byline",
    ]  # fmt: skip
    pq.write_table(pa.Table.from_pylist([rows[0] | {"byline": ["A", "B"]}]), tmp_path / "b.parquet")
    row = load(tmp_path / "b.parquet").articles.iloc[0]
    assert row["outlet"] == "BBC" and row["byline"] == "A, B"


def test_rows_are_named_in_ranges_and_other_reasons_apart(tmp_path):
    when = ["32 May 2024"] * 39 + ["2024-05-01"] * 14 + ["soon"] + ["2024-05-01"] * 3 + ["33 May 2024"]
    (tmp_path / "a.csv").write_text(
        "raw,published\n" + "".join(f"It rained {n}.,{day}\n" for n, day in enumerate(when))
    )
    problems = load(tmp_path / "a.csv").report(missing=False).set_index("source")["problem"]
    assert problems["a.csv"].startswith("in 40 rows (2-40, 59), the first: published “32 May 2024”: ")
    assert problems["a.csv row 55"].startswith("published “soon”: ") and len(problems) == 2
    lines = ['{"raw": "It rained."}'] + ['{"raw": 5}', '{"n": 1}', '{"raw": "Hail %d."}', "[]"] * 200
    (tmp_path / "b.jsonl").write_text("\n".join(line % n if "%" in line else line for n, line in enumerate(lines)))
    report = load(tmp_path / "b.jsonl").report(missing=False)["problem"].tolist()
    shown = ", ".join(str(n) for n in range(2, 260, 4))
    assert len(report) == 3 and report[0].endswith("…), the first: its text, in column raw, is the number '5'")
    numbers = report[0].removeprefix("in 200 rows (").split(", …)")[0]
    assert shown.startswith(numbers) and 290 < len(numbers) <= 300
    assert report[1].startswith("in 200 rows (3, 7, ") and report[2].startswith("in 200 rows (5, 9, ")


def test_more_reasons_than_can_be_kept_apart_are_told_together():
    reading = Reading()
    for n in range(1, 1001):
        reading.problem(f"a.csv row {n}", "doubtful", f"odd {'x' * n}", "look")
    *apart, together = reading.problems
    assert len(apart) == 20 and together["problem"] == "in 980 rows (21-1000), the first: odd " + "x" * 21


def test_a_table_is_not_lost_for_a_column_that_it_lacks_or_calls_as_we_do(tmp_path):
    (tmp_path / "a.csv").write_text("text,headline,source\nIt rained.,Wet,Post\n")
    (tmp_path / "b.jsonl").write_text('{"raw": "It stopped.", "outlet": "Lantern", "desk": "town"}')
    (tmp_path / "c.jsonl").write_text('{"raw": "It snowed.", "Title": "White", "outlets": "Echo"}')
    asked = {"raw": "text", "title": ["headline", "kop"], "outlet": ["source"], "byline": "by"}
    news = load(tmp_path, columns=asked)
    assert news.articles["raw"].tolist() == ["It rained.", "It stopped.", "It snowed."]
    assert news.articles["title"].fillna("?").tolist() == ["Wet", "?", "White"] and "desk" in news.articles
    assert news.articles["outlet"].fillna("?").tolist() == ["Post", "Lantern", "?"]
    report = news.report(missing=False)
    assert report["kind"].tolist() == ["doubtful"] * 3
    assert report["problem"].tolist() == [
        "there is no column 'by' (for byline); its columns are: text, headline, source",
        "there is no column 'headline' or 'kop' (for title), 'by' (for byline); its columns are: raw, outlet, desk",
        "there is no column 'source' (for outlet), 'by' (for byline); its columns are: raw, Title, outlets",
    ]
    (tmp_path / "d.csv").write_text("raw,sorce\nIt rained.,Post\n")
    (line,) = load(tmp_path / "d.csv", columns={"outlet": "source"}).report(missing=False).to_dict("records")
    call = f'load("{tmp_path / "d.csv"}", columns={{"outlet": "sorce"}})'
    assert line["cure"] == f"if these are meant: {call}"


def test_our_own_name_is_not_taken_in_silence_for_one_that_was_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("raw,text,outlet\n<p>It rained.</p>,It rained.,Lantern\n")
    news = load(tmp_path / "a.csv", columns={"raw": "text", "title": "outlet", "outlet": "paper"})
    assert news.articles["title"].tolist() == ["Lantern"] and news.articles["outlet"].isna().all()
    line, kept = news.report(missing=False).to_dict("records")
    assert line["problem"].startswith("there is no column 'paper' (for outlet)")
    assert "raw as their_raw" in kept["problem"]
    assert line["cure"].endswith('columns={"raw": "text", "title": "outlet", "outlet": "its name"})')
    line, markup = load(tmp_path / "a.csv", columns={"raw": "txt"}).report(missing=False).to_dict("records")
    assert "holds markup" in markup["problem"]
    assert line["problem"] == "there is no column 'txt' (for raw), so raw was taken"
    assert line["cure"] == f'if this is meant: load("{tmp_path / "a.csv"}", columns={{"raw": "text"}})'


def test_of_several_names_the_first_that_a_table_has_counts(tmp_path):
    (tmp_path / "a.csv").write_text("text,day\nIt rained.,2024-05-01\n")
    (tmp_path / "b.jsonl").write_text('{"content": "It stopped.", "text": null, "date": "2024-05-02"}')
    (tmp_path / "c.json").write_text('{"content": "It snowed.", "date": "2024-05-03"}')
    asked = {"raw": ["content", "text"], "published": ("day", "date")}
    news = load(tmp_path, columns=asked)
    assert (
        news.articles["raw"].tolist() == ["It rained.", "It stopped.", "It snowed."]
        and news.report(missing=False).empty
    )
    assert news.articles["published"].dt.day.tolist() == [1, 2, 3]
    with pytest.raises(CorpusError, match="there is no column 'body' or 'story' .for raw"):
        load(tmp_path / "a.csv", columns={"raw": ["body", "story"]})
    for wrong in ([], ["text", 5], {"text": 1}, 5):
        with pytest.raises(CorpusError, match="columns maps our names"):
            load(tmp_path, columns={"raw": wrong})


@pytest.mark.parametrize("value", [5, 2.5, True])
def test_a_number_is_no_text(value, tmp_path):
    (tmp_path / "a.jsonl").write_text(as_lines([{"raw": value}, {"raw": "5 came."}]))
    news = load(tmp_path / "a.jsonl")
    (line,) = news.report(missing=False).to_dict("records")
    assert news.articles["raw"].tolist() == ["5 came."] and line["source"] == "a.jsonl row 1"
    kind = "value" if value is True else "number"
    assert line["kind"] == "unreadable" and f"is the {kind} '{value}'" in line["problem"]


def test_rows_without_a_date_are_counted(tmp_path):
    (tmp_path / "a.csv").write_text("raw,published\nIt rained.,\nIt stopped.,2024-05-01\nIt snowed., \n,\n")
    line = load(tmp_path / "a.csv").report().set_index("kind").loc["missing"].iloc[1]
    assert line["problem"] == "2 of 3 articles have no date: it is empty or cannot be read in the table"
    assert line["source"] == "a.csv" and line["cure"].startswith("nothing, if the source tells none")
