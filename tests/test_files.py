"""Files, folders and archives that are hard to read: each loads right or is named, and nothing on disk changes."""

import json
import os
import resource
import stat
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fpdf import FPDF

import wild
from utils import Corpus, CorpusError, load
from utils.corpus import readings
from utils.intake import article, budget, readers
from utils.intake.readers import zip as archives

ARTICLE = "A title\nHe spoke at noon, and left the town."


def made(path, *members, **settings):
    """Write a zip archive of names (or ZipInfo) and contents; each content is an article of its own by default."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **settings) as archive:
        for number, member in enumerate(members):
            name, content = member if isinstance(member, tuple) else (member, f"{ARTICLE} {number}.")
            archive.writestr(name, content)
    return path


def special(name, mode):
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, mode << 16
    return info


def told(news):
    return {row.source: row.problem for row in news.report(missing=False).itertuples()}


def test_readers_are_chosen_by_the_ending_whatever_its_case(tmp_path):
    (tmp_path / "A.TXT").write_text(ARTICLE)
    (tmp_path / "no ending").write_text(ARTICLE)
    (tmp_path / "x.odd").write_text(ARTICLE)
    (tmp_path / "x.tar.gz").write_text(ARTICLE)
    news = load(tmp_path)
    assert list(news.articles.index) == ["A.TXT"]
    cures = dict(zip(news.report(missing=False)["source"], news.report(missing=False)["cure"], strict=True))
    assert told(news)["no ending"] == "there is no reader for files without an ending"
    assert all(f"{ending}" in cures["x.odd"] for ending in readers.by_ending()) and "pack" in cures["x.tar.gz"]


def test_what_systems_leave_in_folders_is_passed_over(tmp_path):
    for name in ("Thumbs.db", "desktop.ini", "~$a.docx", "Icon\r", ".DS_Store", "._a.txt", "__MACOSX/a", ".b/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE)
    (tmp_path / "a.txt").write_text(ARTICLE)
    assert list(load(tmp_path).articles.index) == ["a.txt"] and load(tmp_path).report(missing=False).empty


def test_heavy_libraries_wait_until_a_file_needs_them():
    code = "import sys; from utils import load; print(*{'openpyxl', 'docx', 'pypdf', 'trafilatura'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "\n"


def test_names_of_every_kind_load_and_are_told_as_text(tmp_path):
    names = [
        b"a\nb.txt",
        b"caf\xe9.txt",
        b"<b>.txt",
        b"x" * 250 + b".txt",
        b"-rf.txt",
        b" .txt",
        b"\xc3\xa9.txt",
    ]
    names += [b"%s.txt"]
    for number, name in enumerate(names):
        with open(os.path.join(os.fsencode(tmp_path), name), "w") as file:
            file.write(f"{ARTICLE} {number}.")
    news = load(tmp_path)
    assert len(news) == len(names) and news.report(missing=False).empty
    assert {"a\nb.txt", "caf\\xe9.txt", "é.txt", "%s.txt"} <= {*news.articles.index}


def test_links_loops_pipes_and_folders_with_endings(tmp_path):
    (tmp_path / "in.txt" / "deep").mkdir(parents=True)
    (tmp_path / "in.txt" / "deep" / "a.txt").write_text(ARTICLE)
    (tmp_path / "again.txt").symlink_to("in.txt/deep/a.txt")
    (tmp_path / "self.txt").symlink_to("self.txt")
    (tmp_path / "up").symlink_to("..")
    (tmp_path / "out.txt").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "pipe.txt")
    news = load(tmp_path)
    assert list(news.articles.index) == ["again.txt", "in.txt/deep/a.txt"]
    assert told(news) == {
        "in.txt/deep/a.txt": "the same text as again.txt", "self.txt": "it is a link that leads nowhere",
        "up": "links to folders are not followed", "out.txt": "the link leads out of the folder",
        "pipe.txt": "this is no regular file, so it is not opened",
    }  # fmt: skip
    with pytest.raises(CorpusError, match="no regular file"):
        load(tmp_path / "pipe.txt")
    assert len(load(tmp_path / "again.txt")) == 1


@pytest.mark.parametrize(("error", "said"), [
    (PermissionError(13, "Permission denied"), "could not be opened (Permission denied)"),
    (FileNotFoundError(2, "No such file or directory"), "could not be opened (No such file or directory)"),
])  # fmt: skip
def test_a_file_that_may_not_be_read_or_vanishes_is_named(tmp_path, monkeypatch, error, said):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.txt").write_text(ARTICLE)
    opened = Path.open

    def refusing(path, *args, **settings):
        if path.name == "a.txt":
            raise error
        return opened(path, *args, **settings)

    monkeypatch.setattr(Path, "open", refusing)
    news = load(tmp_path)
    assert list(news.articles.index) == ["b.txt"] and said in told(news)["a.txt"]


def test_a_file_gone_before_it_is_read_and_a_closed_folder_are_named(tmp_path, monkeypatch):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(ARTICLE)
    (tmp_path / "closed").mkdir()
    scandir, read_text = os.scandir, readers.by_ending()[".txt"]

    def closing(path):
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def taking_away(file, reading):
        (tmp_path / "b.txt").unlink()
        read_text(file, reading)

    monkeypatch.setattr(os, "scandir", closing)
    monkeypatch.setitem(readers.by_ending(), ".txt", taking_away)
    news = load(tmp_path)
    assert list(news.articles.index) == ["a.txt"]
    assert told(news) == {"closed": "the folder could not be opened (Permission denied)",
                          "b.txt": "it was taken away while we read"}  # fmt: skip


@pytest.mark.parametrize("error", [
    KeyError("x\ny"), RecursionError("too deep"), MemoryError(), OSError("odd"), OSError(5, "Input/output error"),
])  # fmt: skip
def test_what_a_library_raises_is_named_and_the_rest_loads(tmp_path, monkeypatch, error):
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "b.html").write_text("x")
    (tmp_path / "c.csv").write_text("x")

    def breaking(file, reading):
        raise error

    def half(file, reading):
        article.take(reading, f"{ARTICLE} Half.", source=file.name, encoding="utf-8", sha256="")
        raise error

    monkeypatch.setitem(readers.by_ending(), ".html", breaking)
    monkeypatch.setitem(readers.by_ending(), ".csv", half)
    news = load(tmp_path)
    known = getattr(error, "errno", None)
    said = "could not be read (Input/output error)" if known else f"gave up ({type(error).__name__}"
    assert list(news.articles.index) == ["a.txt", "c.csv"]
    assert said in told(news)["b.html"] and "\n" not in told(news)["b.html"]
    assert told(news)["c.csv"].endswith("; 1 article of it is loaded, the rest is missing")


def test_an_archive_is_read_member_by_member_in_order_of_their_names(tmp_path):
    made(tmp_path / "News.ZIP", "b.txt", "a/2.txt", "a/1.txt", ("a/", ""),
         ("t.csv", "raw,outlet\nHe spoke.,The Post\n"), "__MACOSX/b.txt", ".hidden.txt", "a/Thumbs.db", "win\\dows.txt",
         ("empty.txt", ""), "x.odd")  # fmt: skip
    news = load(tmp_path)
    assert list(news.articles["source"]) == [
        f"News.ZIP/{name}" for name in ("a/1.txt", "a/2.txt", "b.txt", "t.csv row 2", "win/dows.txt")
    ]
    assert set(told(news)) == {"News.ZIP/empty.txt", "News.ZIP/x.odd"}
    assert news.articles.at["News.ZIP/b.txt", "raw"] == f"{ARTICLE} 0."
    assert sorted(path.name for path in tmp_path.iterdir()) == ["News.ZIP"]


def test_names_in_archives_are_read_in_utf_8_and_in_cp437(tmp_path):
    path = made(tmp_path / "a.zip", "Zürich.txt", "ascii.txt", "Zurich.txt")
    content = path.read_bytes().replace(b"ascii.txt", "Ün.txt".encode().rjust(9, b"_"))  # UTF-8 without its flag
    path.write_bytes(content.replace(b"Zurich.txt", b"Z\x81rich.txt"))
    assert {*load(path).articles.index} == {"a.zip/Zürich.txt", "a.zip/__Ün.txt", "a.zip/Zürich.txt-2"}


def test_what_is_odd_in_an_archive_is_named_and_the_rest_loads(tmp_path):
    inner = made(tmp_path / "inner.zip", "x.txt").read_bytes()
    path = made(tmp_path / "a.zip", "ok.txt", "../up.txt", "/abs.txt", "a/../../up.txt", "C:\\x.txt", "..\\..\\w.txt",
                (special("link.txt", stat.S_IFLNK | 0o777), "/etc/passwd"), ("nested.zip", inner), "wrong.txt",
                "locked.txt", (special("pipe.txt", stat.S_IFIFO | 0o644), ""))  # fmt: skip
    content = bytearray(path.read_bytes())
    for at in (i for i in range(len(content) - 4) if content[i : i + 4] == b"PK\x01\x02"):
        name = bytes(content[at + 46 : at + 46 + struct.unpack_from("<H", content, at + 28)[0]])
        if name == b"wrong.txt":
            content[at + 16] ^= 0xFF
        if name == b"locked.txt":
            content[at + 8] |= 1
    path.write_bytes(content)
    (tmp_path / "inner.zip").unlink()
    news = load(tmp_path)
    climbs = "its path leads out of the archive"
    assert list(news.articles.index) == ["a.zip/ok.txt"]
    assert {source: problem.partition(" (")[0] for source, problem in told(news).items()} == {
        "a.zip/../up.txt": climbs, "a.zip//abs.txt": climbs, "a.zip/a/../../up.txt": climbs, "a.zip/C:/x.txt": climbs,
        "a.zip/../../w.txt": climbs, "a.zip/link.txt": "it is a link or no regular file",
        "a.zip/pipe.txt": "it is a link or no regular file", "a.zip/locked.txt": "it is encrypted",
        "a.zip/nested.zip": "it is an archive in the archive, which is not opened",
        "a.zip/wrong.txt": "it is damaged in the archive",
    }  # fmt: skip


def test_an_archive_that_unpacks_to_too_much_is_stopped_where_it_does(tmp_path, monkeypatch):
    monkeypatch.setattr(readings, "_content", lambda made_of: None)  # other limits read the same file otherwise
    monkeypatch.setattr(archives, "FREE", 1000)
    bomb = f"{ARTICLE}\n" + "no " * 400_000
    monkeypatch.setattr(archives, "RATIO", 1000)
    path = made(tmp_path / "a.zip", "a.txt", ("b.txt", bomb), "c.txt")
    news = load(path)
    assert list(news.articles.index) == ["a.zip/a.txt", "a.zip/c.txt"]
    assert told(news) == {"a.zip/b.txt": f"it unpacks to more than {5 * path.stat().st_size:,} bytes"}
    monkeypatch.setattr(archives, "RATIO", 25)
    news = load(path)
    assert list(news.articles.index) == ["a.zip/a.txt"]
    said = f"it unpacks to more than {25 * path.stat().st_size:,} bytes; its last 2 files, from b.txt, not read"
    assert told(news) == {"a.zip": said}
    content = path.read_bytes().replace(struct.pack("<I", len(bomb)), struct.pack("<I", 900))  # a header that lies
    path.write_bytes(content)
    assert [*told(load(path))] == ["a.zip/b.txt"] and len(load(path)) == 2
    monkeypatch.setattr(archives, "MEMBERS", 1)
    assert told(load(path)) == {"a.zip": "it holds 3 files; those after the first 1 were not read"}


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04" + b"x" * 99, b"PK\x05\x06" + b"\xff" * 18, b"text",
                                     b"PK\x05\x06" + b"\0" * 18])  # fmt: skip
def test_a_broken_archive_is_one_clear_error_alone_and_a_line_among_others(tmp_path, content):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(CorpusError, match=r"a\.zip"):
        load(tmp_path / "a.zip")
    (tmp_path / "b.txt").write_text(ARTICLE)
    assert [*told(load(tmp_path))] == ["a.zip"]


def as_sheet(rows, path):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


def as_print(path, n):
    page = FPDF()
    page.add_page()
    page.set_font("Helvetica", size=8)
    for number in range(n):
        page.cell(0, 4, f"{number}. {TEXT}", new_x="LMARGIN", new_y="NEXT")
    page.output(path)


TEXT = "He spoke at noon, and left the town. " * 3
WRITERS = {
    "a.csv": lambda path, n: path.write_text("raw,n\n" + "".join(f'"{TEXT}{k}",{k}\n' for k in range(n))),
    "a.tsv": lambda path, n: path.write_text("raw\tn\n" + "".join(f"{TEXT}{k}\t\n" for k in range(n))),
    "a.jsonl": lambda path, n: path.write_text("\n".join(json.dumps({"raw": f"{TEXT}{k}"}) for k in range(n))),
    "a.json": lambda path, n: path.write_text(json.dumps([{"raw": f"{TEXT}{k}"} for k in range(n)])),
    "a.parquet": lambda path, n: pq.write_table(pa.table({"raw": [f"{TEXT}{k}" for k in range(n)]}), path),
    "a.xlsx": lambda path, n: as_sheet([["raw"], *([f"{TEXT}{k}"] for k in range(n))], path),
    "a.zip": lambda path, n: made(path, *((f"{k:03}.txt", f"{TEXT}{k}") for k in range(n))),
    "a.pdf": as_print,
}


@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_takes_more_than_it_may_is_named_and_the_others_load(name, tmp_path, monkeypatch):
    monkeypatch.setattr(budget, "WORK", 60_000)
    (tmp_path / "sound.txt").write_text(ARTICLE)
    WRITERS[name](tmp_path / name, 20)
    assert load(tmp_path).report(missing=False).empty
    WRITERS[name](tmp_path / name, 400)
    news = load(tmp_path)
    unreadable = news.report(missing=False).query("kind == 'unreadable'")
    assert "sound.txt" in news.articles.index and len(news) < 200 and len(unreadable) in (1, 2)
    assert unreadable["source"].str.startswith(name).all()
    assert unreadable["problem"].str.contains("takes more than").all() and unreadable["cure"].str.len().min() > 20


@pytest.mark.parametrize(("limit", "value"), [("TEXT", 200), ("LINES", 2)])
def test_a_text_that_is_too_long_is_named_and_the_other_rows_load(limit, value, tmp_path, monkeypatch):
    monkeypatch.setattr(budget, limit, value)
    (tmp_path / "a.txt").write_text(f"{TEXT}\n" * 9)
    (tmp_path / "b.jsonl").write_text(f"{json.dumps({'raw': ARTICLE})}\n{json.dumps({'raw': TEXT + chr(10) * 200})}\n")
    news = load(tmp_path)
    assert news.articles["raw"].tolist() == [ARTICLE]
    assert [*told(news)] == ["a.txt", "b.jsonl row 2"]
    assert all("and the limit is" in problem for problem in told(news).values())


LOADED = """
import json, sys
from utils import load
from utils.intake import budget
budget.WORK = 5_000_000
news = load(sys.argv[1])
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps([peak // 1000, [*news.articles["source"]], [*news.report(missing=False)["source"]]]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the memory that a process took is told there")
def test_bombs_of_every_format_are_named_and_take_little_memory(tmp_path):
    names = wild.bombs(tmp_path)
    (tmp_path / "sound.txt").write_text(ARTICLE)
    told = subprocess.run(
        [sys.executable, "-c", LOADED, tmp_path], capture_output=True, text=True, timeout=600,
        env={**os.environ, "TQDM_DISABLE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30, 6 * 2**30)),
    )  # fmt: skip
    assert told.returncode == 0, told.stderr[-2_000:]
    peak, loaded, named = json.loads(told.stdout)
    assert "sound.txt" in loaded and {source.partition(" ")[0] for source in named} == names and peak < 1_000


def test_a_truncated_archive_is_named(tmp_path):
    path = made(tmp_path / "a.zip", "a.txt", "b.txt")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(CorpusError, match="the archive is damaged"):
        load(path)


def test_bytes_that_are_no_text_and_doubtful_texts_are_told_of(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + os.urandom(3000))
    (tmp_path / "b.txt").write_bytes(os.urandom(3000))
    (tmp_path / "c.txt").write_text("<!DOCTYPE html><p>Hi.", encoding="utf-8")
    (tmp_path / "d.txt").write_text(ARTICLE.replace("He", "“He”"), encoding="cp1252")
    (tmp_path / "e.txt").write_text(ARTICLE.replace("He", "â€œHeâ€\x9d"), encoding="utf-8")
    (tmp_path / "f.txt").write_text(f"{ARTICLE} مرحبا 👩‍👩‍👧 e\u0301\u202e", encoding="utf-16")
    news = load(tmp_path)
    said = told(news)
    assert dict(news.articles["encoding"]) == {"c.txt": "utf-8", "d.txt": "cp1252", "e.txt": "utf-8", "f.txt": "utf-16"}
    assert news.articles.at["f.txt", "raw"] == f"{ARTICLE} مرحبا 👩‍👩‍👧 e\u0301\u202e"
    parts = {"a.txt": "PNG", "b.txt": "no", "c.txt": "web page", "d.txt": "cp1252"}
    assert all(part in said[name] for name, part in parts.items())
    assert "UTF-8 had been read in another encoding" in said["e.txt"] and "â€œHe" in news.articles.at["e.txt", "raw"]


@pytest.mark.parametrize("line", ["He spoke at noon. ", "word", "“No,” he said ", "ab\u0301 "])
def test_a_line_of_a_million_characters_loads(tmp_path, line):
    (tmp_path / "a.txt").write_text("A title\n" + line * (1_000_000 // len(line)), encoding="utf-8")
    news = load(tmp_path)
    assert len(news.words) >= 1 and len(news.segments) == 2


@pytest.mark.parametrize(("options", "said"), [
    ({"columns": {"titel": "x"}}, "did you mean 'title'"), ({"columns": {"raw": 5}}, "what came is 'raw': 5"),
    ({"columns": ["raw"]}, "columns maps our names"), ({"furniture": "Share"}, r"write furniture=\['Share'\]"),
    ({"furniture": ["/(/"]}, "no regular expression"), ({"furniture": [5]}, "what came is 5"),
    ({"furniture": 5}, "furniture is a list"),
])  # fmt: skip
def test_options_that_cannot_be_meant_are_one_clear_error(tmp_path, options, said):
    (tmp_path / "a.txt").write_text(ARTICLE)
    with pytest.raises(CorpusError, match=said):
        load(tmp_path, **options)
    with pytest.raises(CorpusError, match="read as they are|" + said):
        load("addresses", **options)


def test_options_reach_the_members_of_an_archive(tmp_path):
    text = f"{ARTICLE}\nSign up for our letter\nShe stayed on."
    made(tmp_path / "a.zip", ("a.txt", text), ("t.csv", "story\nHe left.\n"))
    news = load(tmp_path, columns={"raw": "story"}, furniture=["Sign up for our letter"])
    assert isinstance(news, Corpus) and len(news) == 2
    assert "yours: Sign up for our letter" in set(news.segments["rule"])


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_told_apart(tmp_path):
    made(tmp_path / "a.zip", "a.txt", "a.txt", *[("b.txt", "")] * 7)
    news = load(tmp_path / "a.zip")
    assert list(news.articles.index) == ["a.zip/a.txt", "a.zip/a.txt-2"]
    assert {*news.report(missing=False)["source"]} == {"a.zip/a.txt", "a.zip/b.txt"}
