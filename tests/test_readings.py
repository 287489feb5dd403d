"""What was read, kept: a corpus that is opened again is the one that is read, and read anew where anything changed."""

import datetime
import errno
import io
import json
import os
import pickle
import random
import subprocess
import sys
import time
from functools import lru_cache
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from utils import load, paste, storage
from utils.corpus import by_file, cache, readings, sealed
from utils.intake import budget, columnar, files, readers, told

ARTICLE = "Ferry late\nBy Ana Mor\nThe ferry was late on {} and nobody knew why it was so.\n© 2024 The Alder Post."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def texts(tmp_path):
    """A folder with something of all that a report tells."""
    place = tmp_path / "texts"
    place.mkdir()
    for day in ("Monday", "Tuesday"):
        (place / f"{day}.txt").write_text(ARTICLE.format(day), encoding="utf-8")
    (place / "again.txt").write_text(ARTICLE.format("Monday"), encoding="utf-8")
    (place / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (place / "odd.bin").write_bytes(bytes(range(256)))
    rows = "Headline,text,n,when,is\nA,Rain fell.,1,03/04/2021,true\nB,,2,2021-13-13,\nC,Snow fell.,,13/04/2021,false\n"
    (place / "table.csv").write_text(rows, encoding="utf-8")
    return place


def anew(monkeypatch, *given, **options):
    """The corpus as it is where nothing is kept."""
    with monkeypatch.context() as patch:
        patch.setattr(readings, "_content", lambda made_of: None)
        patch.setattr(by_file, "MANY", 10**9)
        return load(*given, **options)


def is_kept(monkeypatch, *given, **options):
    """Whether a corpus is opened without being read."""
    read = []
    with monkeypatch.context() as patch:
        patch.setattr(readings, "assembled", lambda *given, **named: read.append(1) or paste("Rain fell."))
        patch.setattr(readings, "_keep", lambda *_: None)
        load(*given, **options)
    return not read


def assert_same(found, wanted):
    for table in ("articles", "segments", "sentences", "words"):
        pd.testing.assert_frame_equal(getattr(found, table), getattr(wanted, table), check_exact=True)
    pd.testing.assert_index_equal(found.segments["article_id"].cat.categories, wanted.articles.index)
    pd.testing.assert_frame_equal(found.report(), wanted.report())
    pd.testing.assert_frame_equal(found.receipt(), wanted.receipt())
    part = [corpus.select(corpus.articles.index[1:3]).report() for corpus in (found, wanted)]
    pd.testing.assert_frame_equal(*part)
    told = [(repr(one), one.origin, one.unread, one.digest, one.name) for one in (found, wanted)]
    assert told[0] == told[1]


OPTIONS = [{}, {"furniture": ["Rain fell.", "/never there/"]}, {"columns": {"outlet": "n"}, "outlet_from": "folder"}]


@pytest.mark.parametrize("options", OPTIONS)
def test_a_corpus_opened_again_is_the_one_that_was_read(options, texts, monkeypatch):
    load(texts, **options)
    assert is_kept(monkeypatch, texts, **options)
    assert_same(load(texts, **options), anew(monkeypatch, texts, **options))


@pytest.mark.parametrize("name", ["harbour", "standoff", "addresses"])
def test_so_is_a_corpus_by_name(name, monkeypatch):
    load(name)
    assert is_kept(monkeypatch, name)
    found, wanted = load(name), anew(monkeypatch, name)
    for table in ("articles", "segments"):
        pd.testing.assert_frame_equal(getattr(found, table), getattr(wanted, table), check_exact=True)
    pd.testing.assert_frame_equal(found.report(), wanted.report())


def one_letter(texts):
    """Another letter, the time of change and the size as they were."""
    file = texts / "Monday.txt"
    before = file.stat()
    file.write_text(ARTICLE.format("Sunday"), encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES = {
    "a letter": one_letter,
    "a name": lambda texts: (texts / "Monday.txt").rename(texts / "Montag.txt"),
    "a file more": lambda texts: (texts / "new.txt").write_text("Rain\nIt rained.", encoding="utf-8"),
    "a file less": lambda texts: (texts / "Monday.txt").unlink(),
    "a folder": lambda texts: (texts / "in").mkdir() or (texts / "Monday.txt").rename(texts / "in" / "Monday.txt"),
    "options kept": lambda texts: (texts / "corpus.toml").write_text('outlet_from = "folder"\n', encoding="utf-8"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("many", [1, 100])  # files from which on what was read is kept file by file too
def test_a_changed_folder_is_read_anew(change, many, texts, monkeypatch):
    monkeypatch.setattr(by_file, "MANY", many)
    load(texts)
    CHANGES[change](texts)
    assert not is_kept(monkeypatch, texts)
    assert_same(load(texts), anew(monkeypatch, texts))


@pytest.mark.parametrize("options", OPTIONS)
def test_what_is_kept_by_file_is_what_was_read(options, texts, monkeypatch):
    """Tables, doubles, broken files and dates of unsure order are in it."""
    monkeypatch.setattr(by_file, "MANY", 1)
    monkeypatch.setattr(by_file, "BLOCK", 300)
    monkeypatch.setattr(readings, "_opened", lambda *_: None)
    for _ in range(2):
        assert_same(load(texts, **options), anew(monkeypatch, texts, **options))


def names_read(monkeypatch, texts):
    """Which files are read as a folder is loaded."""
    names = []
    with monkeypatch.context() as patch:
        hand_on = readers.hand_on
        patch.setattr(readers, "hand_on", lambda name, *given: names.append(name) or hand_on(name, *given))
        load(texts)
    return names


def test_one_file_more_is_one_file_read(texts, monkeypatch):
    monkeypatch.setattr(by_file, "MANY", 1)
    assert len(names_read(monkeypatch, texts)) == 6
    (texts / "new.txt").write_text("Rain\nIt rained.", encoding="utf-8")
    assert names_read(monkeypatch, texts) == ["new.txt"]
    one_letter(texts)
    assert names_read(monkeypatch, texts) == ["Monday.txt"]
    (texts / "Monday.txt").unlink()
    assert names_read(monkeypatch, texts) == []


def test_a_file_with_a_day_to_come_and_one_that_is_large_are_read_again(texts, monkeypatch):
    monkeypatch.setattr(by_file, "MANY", 1)
    monkeypatch.setattr(by_file, "LARGEST", 700)
    monkeypatch.setattr(by_file, "BLOCK", 1)  # a block of which nothing is kept is among them
    (texts / "large.txt").write_text("Rain\n" + "It rained all day.\n" * 50, encoding="utf-8")
    (texts / "zz.txt").write_text("Snow\n" + "It snowed all day.\n" * 50, encoding="utf-8")
    day = datetime.date.today() + datetime.timedelta(days=5)
    (texts / "soon.csv").write_text(f"title,text,date\nA,Rain fell.,{day}\n", encoding="utf-8")
    load(texts)
    (texts / "new.txt").write_text("Rain\nIt rained.", encoding="utf-8")
    assert {*names_read(monkeypatch, texts)} == {"large.txt", "new.txt", "soon.csv", "zz.txt"}


def test_a_file_that_changes_between_the_look_and_the_reading_is_kept_under_neither(texts, monkeypatch):
    monkeypatch.setattr(by_file, "MANY", 1)
    digest = by_file._digest
    monkeypatch.setattr(by_file, "_digest", lambda path: digest(path) and (bytes(32), 9))
    assert_same(load(texts), anew(monkeypatch, texts))


def test_where_the_libraries_cannot_be_named_files_are_read(texts, folder, monkeypatch):
    def fails():
        raise PackageNotFoundError("passages")

    monkeypatch.setattr(by_file, "MANY", 1)
    monkeypatch.setattr(cache, "libraries", fails)
    assert_same(load(texts), anew(monkeypatch, texts))
    assert not [*folder.glob("files-*")] and not [*folder.glob("reading-*")]


@pytest.mark.parametrize("moment", [-1, 3600])
def test_a_file_is_read_once_for_its_hash_unless_it_changes(moment, texts, monkeypatch):
    monkeypatch.setattr(files, "MOMENT", moment)  # all changes are old, or none is
    hashed, opened = [], files._hashed.__wrapped__
    again = lambda *named: hashed.append(named[0]) or opened(*named)  # noqa: E731
    kept = lru_cache(again)
    kept.__wrapped__ = again
    monkeypatch.setattr(files, "_hashed", kept)
    first = files.fingerprint(texts)
    assert files.fingerprint(texts) == first and len(hashed) == (6 if moment < 0 else 12)
    time.sleep(0.05)  # longer than the system's clock of changes stands still
    one_letter(texts)
    assert files.fingerprint(texts) != first


def test_rules_that_are_given_up_keep_no_file(texts, monkeypatch):
    monkeypatch.setattr(by_file, "MANY", 1)
    with monkeypatch.context() as patch:
        given_up(texts, patch)
        load(texts, furniture=["/x/"])
    assert len(names_read(monkeypatch, texts)) == 6  # without furniture it is another reading
    with monkeypatch.context() as patch:
        patch.setattr(readings, "_opened", lambda *_: None)
        assert_same(load(texts, furniture=["/x/"]), anew(monkeypatch, texts, furniture=["/x/"]))


@pytest.mark.parametrize("value", ["a", "\ud800", 7, 0.5, True, None, pd.Timestamp("2024-03-05 07:00", tz="UTC"),
                                   datetime.datetime(2024, 3, 5, 7, 0, 0, 5)])  # fmt: skip
def test_what_is_told_of_a_file_is_told_again_as_it_was(value):
    first, second = told.Telling(), readings.Reading()
    first.add({"article_id": "a", "raw": "Rain.", "source": "a.csv row 1", "own": value}, [(0, 5, "body", "x")])
    first.problem("a.csv row 2", "unreadable", "it is empty", "fill it")
    first.add({"article_id": "a", "raw": "Ähre.\nRain.", "source": "a.csv row 3", "new": 1}, [(6, 11, "body", "y"),
              (0, 5, "headline", "x")])  # fmt: skip
    first.add({"article_id": "b", "raw": "Rain.", "source": "a.csv row 4"}, [])  # a double
    first.problem("a.csv row 5", "unreadable", "it is empty", "fill it")
    first.unread["row"] += 3  # as of a table that is not read
    told.tell(first.text(), second)
    assert second.columns == first.columns and type(second.columns["own"][0]) is type(value)
    assert (second.unread, second.problems) == (first.unread, first.problems)
    for one, other in zip(second.marks(), first.marks(), strict=True):
        assert one.tolist() == other.tolist()
    ids = pd.Index(["a", "a-2", "b"])
    assert second._segments(ids).equals(first._segments(ids)) and len(second._segments(ids)) == 3
    assert second._texts.series().tolist() == ["Rain.", "Ähre.\nRain.", "Rain."]


def test_a_file_that_is_too_much_in_the_midst_of_a_note_is_told_as_it_was_read(texts, monkeypatch):
    """A double is noted, which takes as much as the file may; the article is not taken in, and the rest is missing."""
    (texts / "same.csv").write_text("text\n" + "It rained all day.\n" * 40, encoding="utf-8")
    monkeypatch.setattr(by_file, "MANY", 1)
    for most in range(24_000, 28_000, 50):
        with monkeypatch.context() as patch:
            patch.setattr(budget, "WORK", most)
            patch.setattr(readings, "_opened", lambda *_: None)
            patch.setattr(by_file, "_store", lambda options, most=most: f"files-{most:032}")
            assert_same(load(texts), anew(patch, texts))
            assert_same(load(texts), anew(patch, texts))


@pytest.mark.parametrize("value", [(1, 2), {1: "a"}, b"a", object(), {"\0moment": 1}])
def test_what_would_come_back_as_something_else_is_not_told(value):
    reading = told.Telling()
    reading.add({"article_id": "a", "raw": "Rain.", "source": "a", "own": value}, [(0, 5, "body", "x")])
    assert reading.text() is None


def a_year_on():
    return datetime.date.today() + datetime.timedelta(days=366)


@pytest.mark.parametrize(
    ("place", "name", "value"),
    [
        (cache, "version", lambda name: "999" if name == "lxml" else "1"),
        (cache, "code_of", lambda *names: ()),
        (readings.sys, "version", "4.0"),
        (readings, "_today", a_year_on),
        (readings, "_today", lambda: datetime.date.today() - datetime.timedelta(days=1)),
    ],
)
def test_what_other_code_libraries_or_times_would_read_is_read_anew(place, name, value, texts, monkeypatch):
    load(texts)
    monkeypatch.setattr(place, name, value)
    assert not is_kept(monkeypatch, texts)


def test_other_options_or_another_call_are_read_anew(texts, monkeypatch):
    load(texts)
    assert not is_kept(monkeypatch, texts, furniture=["Rain fell."])
    assert not is_kept(monkeypatch, str(texts) + "/")  # the cures that are printed hold it


def test_a_date_that_is_yet_to_come_keeps_it_for_the_day(texts, monkeypatch):
    day = datetime.date.today() + datetime.timedelta(days=5)
    (texts / "table.csv").write_text(f"title,text,date\nA,Rain fell.,{day}\n", encoding="utf-8")
    load(texts)
    assert is_kept(monkeypatch, texts)
    if day.year == datetime.date.today().year:
        monkeypatch.setattr(readings, "_today", lambda: day)
        assert not is_kept(monkeypatch, texts)


def a_link(texts, patch):
    (texts / "link.txt").symlink_to(texts / "Monday.txt")


def a_pipe(texts, patch):
    os.mkfifo(texts / "pipe.txt")


def given_up(texts, patch):
    patch.setattr(readings.own_rules.Rules, "given_up", {"/x/": "x"})


def changed_while_read(texts, patch):
    read = readings.assembled
    patch.setattr(readings, "assembled", lambda *given, **named: one_letter(texts) or read(*given, **named))


@pytest.mark.parametrize("why", [a_link, a_pipe, given_up, changed_while_read])
def test_nothing_is_kept_where_what_is_read_is_not_sure(why, texts, folder, monkeypatch):
    with monkeypatch.context() as patch:
        why(texts, patch)
        load(texts)
    assert not [*folder.glob("reading-*")]


def test_nothing_is_kept_of_a_table_that_would_not_come_back(monkeypatch, folder):
    news = paste("Rain fell.")
    for value in (object(), [1], {"a": 1}):
        odd = news._articles.assign(odd=pd.Series([value], index=news._articles.index, dtype=object))
        readings._keep("reading-x", type(news)("odd", odd, news._segments, news._problems))
    assert not folder.exists()


def test_nothing_is_written_where_a_persons_files_lie(texts, folder):
    before = sorted(texts.rglob("*"))
    load(texts)
    assert sorted(texts.rglob("*")) == before and folder.stat().st_mode & 0o077 == 0


def written(name, tables):
    stream = io.BytesIO()
    sealed.write(stream, name, tables)
    return stream.getvalue()


def test_a_damaged_or_forged_file_counts_as_none(texts, folder, monkeypatch):
    load(texts)
    (file,) = folder.glob("reading-*")
    good, chance = file.read_bytes(), random.Random(2)
    tables = sealed.opened(file, file.stem)
    wrong = (
        [pd.DataFrame({"known": ["{}"]}), *tables[1:]],
        [tables[0], tables[2], *tables[2:]],
        [*tables[:2], tables[1], *tables[3:]],
        tables[:4],
        [*tables, tables[4]],
        [*tables[:4], pd.DataFrame({"raw": [None] * len(tables[1])}, dtype="str")],
        [*tables[:4], tables[4].rename_columns(["text"])],
    )
    for bad in (
        b"",
        good[:-1],
        good + b"?",
        *(good[:at] + bytes([good[at] ^ 1 << chance.randrange(8)]) + good[at + 1 :] for at in range(3, len(good), 997)),
        *(written(file.stem, each) for each in wrong),
    ):
        file.write_bytes(bad)
        assert not is_kept(monkeypatch, texts), len(bad)
    assert_same(load(texts), anew(monkeypatch, texts))
    assert is_kept(monkeypatch, texts)


def lies_in_a_file(texts):
    """Whether texts are in one piece in a file that has no name any more."""
    (chunk,) = texts.array._pa_array.chunks
    maps = [line.split() for line in Path("/proc/self/maps").read_text().splitlines() if line.endswith("(deleted)")]
    bounds = [[int(bound, 16) for bound in span.split("-")] for span, *_ in maps]
    return any(low <= chunk.buffers()[2].address < high for low, high in bounds)


def many(place, n=60):
    rows = [{"id": str(one), "text": f"Ferry {one} was late. – Fähre\n" * (one + 1)} for one in range(n)]
    (place / "many.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return [row["text"] for row in rows]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at the maps of this process")
@pytest.mark.parametrize("size", [columnar.LARGE, 1_000, 1])
def test_the_texts_of_a_large_corpus_are_in_a_file_that_nobody_can_change(size, tmp_path, folder, monkeypatch):
    monkeypatch.setattr(columnar, "CHUNK", 500), monkeypatch.setattr(readings, "PIECE", 2_000)
    wanted = many(tmp_path)
    monkeypatch.setattr(columnar, "LARGE", size)
    for _ in ("read", "opened again"):
        news = load(tmp_path / "many.jsonl")
        assert lies_in_a_file(news._articles["raw"]) == (size < columnar.CHUNK * 10)
    (kept,) = folder.glob("reading-*")
    assert len(sealed.opened(kept, kept.stem)) > 10
    kept.write_bytes(b"?" * kept.stat().st_size)
    assert news.articles["raw"].tolist() == wanted
    assert news.select(news.articles.index[[3, 50]]).articles["raw"].tolist() == [wanted[3], wanted[50]]
    assert not is_kept(monkeypatch, tmp_path / "many.jsonl")
    again = load(tmp_path / "many.jsonl")
    assert_same(again, news)
    kept.unlink()
    assert again.articles["raw"].tolist() == wanted and pickle.loads(pickle.dumps(again._articles["raw"])).size == 60


@pytest.mark.parametrize("size", [1, 100, 10_000])
def test_texts_come_back_in_their_order_however_they_came(size, monkeypatch):
    monkeypatch.setattr(columnar, "CHUNK", 50), monkeypatch.setattr(columnar, "LARGE", size)
    chance, texts, wanted = random.Random(size), columnar.Texts(), []
    for n in range(60):
        own = ["–ä" * chance.randrange(9) for _ in range(5)]
        if n % 3:
            texts.append(own[0])
            wanted.append(own[0])
        else:
            low, high = sorted(chance.choices(range(6), k=2))
            texts.extend(pa.chunked_array([pa.array(own, pa.large_string() if n % 2 else pa.string())[low:high]]))
            wanted += own[low:high]
        assert n % 25 or texts.series().tolist() == wanted
    assert texts.series().tolist() == wanted


@pytest.mark.parametrize("room", [0, 1_500, 20_000])
def test_texts_that_no_file_has_room_for_are_in_memory(room, tmp_path, monkeypatch):
    class Full(io.FileIO):
        def write(self, content):
            if self.tell() + len(content) > room:
                raise OSError(errno.ENOSPC, "no space left on device")
            return super().write(content)

    def nameless():
        if not room:
            raise OSError(errno.EROFS, "a place that is only read")
        return Full(tmp_path / "file", "w+b")

    monkeypatch.setattr(storage, "nameless", nameless)
    monkeypatch.setattr(columnar, "CHUNK", 500), monkeypatch.setattr(columnar, "LARGE", 1)
    wanted = many(tmp_path)
    news = load(tmp_path / "many.jsonl")
    assert news.articles["raw"].tolist() == wanted
    assert not room or 0 < (tmp_path / "file").stat().st_size <= room


def test_a_corpus_is_opened_again_without_what_only_reading_and_comparing_need():
    load("harbour").words  # noqa: B018
    code = "import sys; from utils import load, terms; terms.hits(load('harbour'), 'port'); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=200)
    slow = {"scipy.sparse", "scipy.special", "datasketch", "ftfy", "charset_normalizer", "matplotlib"}
    assert done.stdout and not slow & {*done.stdout.split()}, done.stderr
