"""Layers kept article by article: the same as if they were found anew, and nothing is found twice."""

import mmap
import os
import pickle
import random
import subprocess
import sys
import warnings
import weakref
from functools import cache, partial
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from utils import layers, load, mapped, storage
from utils.corpus import cuts, keys, laid, parts, sealed

BY_ARTICLE = [name for name in layers.by_name() if layers.is_by_article(name, layers.by_name())]
HARBOUR = load("harbour")
MADE: list[str] = []  # the articles of which a layer was made, in turn


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    MADE.clear()
    return tmp_path / "cache"


def anew(news, name):
    """A layer as it is where nothing is kept and nothing is cut into parts."""
    layer = layers.by_name()[name][0]
    needed = {need: anew(news, need) if need in layers.by_name() else news.articles[need] for need in layer.needs}
    return layer.make(news.articles["raw"], news.segments, **needed)


@cache
def of_harbour(name):
    """The same of the harbour, found once for all tests."""
    return anew(HARBOUR, name)


def fresh(news):
    """The same corpus, nothing known of its layers."""
    return news.with_columns(outlet=news.articles["outlet"])


def watched(monkeypatch, name):
    """Note in MADE of which articles a layer is made."""
    known = layers.by_name()
    layer, module = known[name]

    def make(raws, segments, **needed):
        MADE.extend(one for one in raws.index if raws[one])
        return layer.make(raws, segments, **needed)

    monkeypatch.setattr(layers, "by_name", lambda: known | {name: (layer._replace(make=make), module)})


def files(folder, name):
    return sorted((folder / keys.store(name)).glob("*.arrow"))


@pytest.mark.parametrize("name", BY_ARTICLE)
@pytest.mark.parametrize("articles", [1, 7, 1000])
def test_a_layer_in_parts_is_that_of_the_whole_to_the_digit(name, articles, monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", articles)
    monkeypatch.setattr(parts, "MANY", 10**6)
    wanted = of_harbour(name)
    for _ in range(2):
        pd.testing.assert_frame_equal(fresh(HARBOUR).layer(name), wanted, check_exact=True)


@pytest.mark.parametrize("name", BY_ARTICLE)
def test_a_layer_is_gathered_in_whatever_order_the_articles_come(name, monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 9)
    ids = HARBOUR.articles.index.tolist()
    random.Random(1).shuffle(ids)
    for some in (ids[:30], ids[20:70], ids):
        fresh(HARBOUR).select(some).layer(name)
    turned = HARBOUR.articles.loc[ids]
    segments = HARBOUR.segments.assign(article_id=HARBOUR.segments["article_id"].cat.set_categories(turned.index))
    segments = segments.sort_values("article_id", kind="stable").reset_index(drop=True)
    news = type(HARBOUR)("turned", turned, segments, HARBOUR._problems)
    watched(monkeypatch, name)
    pd.testing.assert_frame_equal(news.layer(name), anew(news, name), check_exact=True)
    assert len(MADE) == len(ids)  # by `anew` alone


@pytest.mark.parametrize("name", BY_ARTICLE)
def test_one_article_more_is_one_article_found(name, tmp_path, monkeypatch):
    texts = tmp_path / "texts"
    texts.mkdir()
    for n in range(5):
        (texts / f"{n}.txt").write_text(f"Title {n}\n“We leave,” said Ana Mor{n}.\nIt rained.", encoding="utf-8")
    load(texts).layer(name)
    (texts / "2b.txt").write_text("More\n“We stay,” said Ivo Bell.", encoding="utf-8")
    watched(monkeypatch, name)
    found = load(texts).layer(name)
    assert MADE == ["2b.txt"]
    pd.testing.assert_frame_equal(found, anew(load(texts), name), check_exact=True)


def changed_date(news):
    return news.with_columns(published=news.articles["published"] + pd.Timedelta(days=1))


def changed_outlet(news):
    return news.with_columns(outlet=news.articles["outlet"].map("Another {}".format))


def changed_furniture(news):
    is_first = news.segments.index == np.flatnonzero(news.segments["kind"] == "body")[0]
    segments = news.segments.assign(kind=news.segments["kind"].mask(is_first, "furniture"), rule="own")
    return type(news)(news.name, news.articles, segments, news._problems)


@pytest.mark.parametrize(
    ("change", "name", "n"),
    [
        (changed_date, "words", 0),
        (changed_date, "quotes", 0),
        (changed_outlet, "sentences", 0),
        (changed_furniture, "words", 0),
        (changed_furniture, "sentences", 1),
        (changed_furniture, "quotes", 1),
        (changed_date, "signatures", 0),
        (changed_furniture, "signatures", 1),
        (changed_date, "names", 0),
        (changed_furniture, "names", 1),
        (changed_furniture, "small_letters", 0),
    ],
)
def test_a_layer_lasts_unless_what_it_reads_changes(change, name, n, monkeypatch):
    fresh(HARBOUR).layer(name)
    watched(monkeypatch, name)
    news = change(HARBOUR)
    pd.testing.assert_frame_equal(news.layer(name), anew(news, name), check_exact=True)
    assert len(MADE) == n + len(news)  # `anew` makes all


def test_a_layer_is_given_of_segments_what_its_key_hangs_on_and_no_more(monkeypatch):
    given_to = {}

    def told(name, raws, segments):
        given_to[name] = segments
        return layers.by_name()["words"][0].make(raws, segments)

    known = {
        name: (layers.Layer(partial(told, name), reads_segments=reads), "utils.spans")
        for name, reads in (("reader", True), ("other", False))
    }
    known |= layers.by_name()
    monkeypatch.setattr(layers, "by_name", lambda: known)
    news = fresh(HARBOUR)
    news.layer("reader"), news.layer("other")
    assert [*given_to["reader"]] == keys.READ and len(given_to["reader"]) == len(HARBOUR.segments)
    assert given_to["other"].empty


@pytest.mark.parametrize("name", BY_ARTICLE)
def test_a_layer_that_lies_in_files_is_the_same_and_leaves_none(name, folder, monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 18)
    monkeypatch.setattr(mapped, "LARGE", 1)
    monkeypatch.setattr(laid, "LARGE", 1), monkeypatch.setattr(laid, "ROWS", 100)
    wanted, maps = of_harbour(name), []
    monkeypatch.setattr(mmap, "mmap", lambda *given, own=mmap.mmap, **more: maps.append(given) or own(*given, **more))
    for _ in range(2):
        pd.testing.assert_frame_equal(fresh(HARBOUR).layer(name), wanted, check_exact=True)
    assert len(maps) >= 2 * min(3, wanted.shape[1])
    assert {path.suffix for path in folder.rglob("*") if path.is_file()} == {".arrow"}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")])
def test_where_no_file_can_be_had_a_layer_lies_in_memory(error, monkeypatch):
    def fails(*_):
        raise error

    monkeypatch.setattr(mapped, "LARGE", 1)
    monkeypatch.setattr(os, "posix_fallocate", fails)
    pd.testing.assert_frame_equal(fresh(HARBOUR).words, of_harbour("words"), check_exact=True)


WIDE = pd.DataFrame(
    {
        "whole": np.arange(60),
        "small": np.arange(60, dtype=np.int8),
        "part": [1.5, np.nan] * 30,
        "is": [True, False, False] * 20,
        "day": pd.to_datetime(["1946-09-05", None] * 30).astype("datetime64[us]"),
        "word": ["à", "", None, "ferry"] * 15,
        "own": pd.array(["ferry", None] * 30, "string"),
        "none": pd.Series([None] * 60, dtype="str"),
        "kind": pd.Categorical(["b", None, "a"] * 20),
        "maybe": pd.array([True, None] * 30, "boolean"),
        "any": [b"1", None, (2,)] * 20,
    }
)


@pytest.mark.parametrize(
    "table",
    [WIDE, WIDE.set_index("word"), WIDE[WIDE["is"]], WIDE.iloc[7:50], WIDE.iloc[:0], WIDE.set_index(["whole", "kind"])],
)
def test_a_table_that_lies_in_files_is_the_same_and_can_be_changed(table, monkeypatch):
    monkeypatch.setattr(mapped, "LARGE", 1)
    maps, before = [], table.copy()
    monkeypatch.setattr(mmap, "mmap", lambda *given, own=mmap.mmap: maps.append(given) or own(*given))
    found = mapped.frame(table)
    pd.testing.assert_frame_equal(found, table, check_exact=True)
    assert type(found.index) is type(table.index) and len(maps) >= (9 if len(table) else 0)
    found["part"], found["none"] = found["part"] + 1, "ferry"
    found.iloc[:1, 0] = found.iloc[-1:, 0].to_numpy()
    pd.testing.assert_frame_equal(table, before, check_exact=True)


@pytest.mark.parametrize("size", [1, 10**9])
@pytest.mark.parametrize("chance", [1, 2, 3])
def test_rows_come_to_their_places_whatever_kinds_their_parts_have(chance, size, monkeypatch):
    monkeypatch.setattr(mapped, "LARGE", size), monkeypatch.setattr(laid, "LARGE", size)
    monkeypatch.setattr(laid, "ROWS", 3)
    draw = random.Random(chance)
    drawn = {
        "n": [3, 70_000, None],
        "at": [1, 2],
        "said": ["a", "b", None],
        "word": ["f", "g", "h", None],
        "bytes": [b"1", None],
    }
    whole = pd.DataFrame({name: draw.choices(values, k=80) for name, values in drawn.items()})
    whole = whole.astype({"at": np.int32, "word": "category", "said": "str"})
    bounds = [0, *sorted(draw.sample(range(1, 80), 6)), 80]
    rows = laid.Laid(80)
    for low, high in draw.sample([*pairwise(bounds)], len(bounds) - 1):
        own = whole.iloc[low:high].assign(word=whole["word"].iloc[low:high].cat.remove_unused_categories())
        if own["n"].notna().all():
            own = own.astype({"n": draw.choice([np.int32, np.int64])})
        table = parts._widened(pa.Table.from_pandas(own, preserve_index=False))
        cut = draw.randrange(high - low + 1)  # two articles, of which one may have no row
        assert rows.take(table, np.array([0, cut]), np.array([cut, high - low - cut]), np.array([low, low + cut]))
    found = pd.DataFrame(rows.columns())
    pd.testing.assert_frame_equal(found, whole.astype({"n": found["n"].dtype}), check_exact=True)


@pytest.mark.parametrize("other", [{"at": ["a"]}, {"n": [1]}, {"at": [1], "n": [1]}, {"at": pd.Categorical(["a"])}])
def test_rows_of_other_columns_are_not_laid(other):
    rows, one = laid.Laid(2), np.array([1])
    assert rows.take(pa.table({"at": [1]}), 0 * one, one, 0 * one)
    assert not rows.take(pa.Table.from_pandas(pd.DataFrame(other), preserve_index=False), 0 * one, one, one)


def test_no_more_than_a_part_is_open_at_a_time(monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 18)
    fresh(HARBOUR).words  # noqa: B018
    alive: list[weakref.ref] = []

    def opened(*given, own=parts._part):
        assert not any(each() for each in alive[:-1])
        part = own(*given)
        alive.append(weakref.ref(part.rows))
        return part

    monkeypatch.setattr(parts, "_part", opened)
    fresh(HARBOUR).words  # noqa: B018
    assert len(alive) == 7


def test_many_small_parts_are_made_one_and_nothing_is_lost(folder, monkeypatch):
    monkeypatch.setattr(parts, "MANY", 4)
    ids = HARBOUR.articles.index
    for n, one in enumerate(ids[:14]):
        fresh(HARBOUR).select([one]).words  # noqa: B018
        assert len(files(folder, "words")) <= 4, n
    watched(monkeypatch, "words")
    some = fresh(HARBOUR).select(ids[:14])
    pd.testing.assert_frame_equal(some.words, anew(some, "words"), check_exact=True)
    assert len(MADE) == 14


def test_doubles_are_found_once_and_each_has_its_rows(monkeypatch):
    text = HARBOUR.articles["raw"].iloc[0]
    articles = pd.DataFrame({"title": ["A", "B"], "text": [text, text]})
    watched(monkeypatch, "words")
    words = load(articles).words
    assert len(MADE) == 1 and words["article_id"].value_counts().nunique() == 1


# What may go wrong with the files: never a wrong table, and one sentence where nothing can be kept.

KERNEL = """
import hashlib, os, resource, sys
import pandas as pd
from utils import load
from utils.corpus import parts
parts.ARTICLES = 30
CHANGE
news = load("harbour")
for name in ("words", "quotes"):
    table = news.layer(name).astype({"article_id": "str"})
    print(name, hashlib.sha256(pd.util.hash_pandas_object(table).to_numpy().tobytes()).hexdigest())
"""
KILLED = """
replaced = os.replace
def replace(part, path, left=[5]):  # the fifth write is cut off
    left[0] -= 1
    if not left[0]:
        os.truncate(part, os.path.getsize(part) // 2)
        os._exit(9)
    replaced(part, path)
os.replace = replace
"""
MAPPED = """
from utils.corpus import laid
from utils.intake import columnar
laid.LARGE = columnar.LARGE = 2000  # bytes, from which on files without a name are tried, and full soon
columnar.CHUNK = 1000
"""
FULL = "resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))"  # no file can be longer


def kernel(change=""):
    return subprocess.Popen(
        [sys.executable, "-c", KERNEL.replace("CHANGE", change)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ},
    )


@pytest.fixture(scope="module")
def wanted():
    """What a kernel prints where nothing goes wrong."""
    out, said = kernel().communicate(timeout=200)
    assert out.count("\n") == 2, said
    return out


def whole(folder):
    """Whether every file is one that can be read."""
    found = [path for path in folder.rglob("*") if path.is_file()]
    return any(path.parent != folder for path in found) and all(map(lambda path: can_be_read(folder, path), found))


def can_be_read(folder, path):
    if path.parent != folder:  # a part of a store
        return sealed.opened(path, f"{path.parent.name}/{path.stem}", parts.BLOCKS)
    return sealed.opened(path, path.stem)


def test_a_corpus_whose_layers_were_found_goes_to_another_process():
    news = fresh(HARBOUR)
    assert pickle.loads(pickle.dumps(news)).words.equals(news.words)
    assert pickle.loads(pickle.dumps(news)).copies.equals(news.copies)


def test_two_kernels_at_once_on_a_cold_cache_have_the_same_and_leave_whole_files(folder, wanted):
    running = [kernel() for _ in range(2)]
    assert [each.communicate(timeout=200)[0] for each in running] == [wanted] * 2
    assert whole(folder)


def test_a_kill_in_the_middle_of_a_write_leaves_nothing_wrong(folder, wanted):
    killed = kernel(KILLED)
    killed.communicate(timeout=200)
    left = [*folder.rglob("*.arrow")]
    assert killed.returncode == 9 and 0 < len(left) < 12
    assert kernel().communicate(timeout=200)[0] == wanted
    assert {*left} < {*folder.rglob("*.arrow")}  # what was found before it is found no more


@pytest.mark.parametrize("change", [FULL, FULL + MAPPED])
def test_a_full_disk_is_said_once_and_changes_nothing(change, folder, wanted):
    out, said = kernel(change).communicate(timeout=200)
    assert out == wanted and said.count("not kept between kernels") == 1
    assert [*folder.rglob("*.part")] == []


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")])
def test_a_place_that_is_only_read_gives_what_it_has_and_says_so_once(error, monkeypatch):
    def fails(*_):
        raise error

    first = fresh(HARBOUR).select(HARBOUR.articles.index[:50]).words
    monkeypatch.setattr(storage, "write", fails)
    monkeypatch.setattr(os, "utime", fails)
    watched(monkeypatch, "words")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("default")
        news = fresh(HARBOUR)
        found = [news.layer(name) for name in ("words", "sentences", "quotes", "copies")]
    assert len(told) == 1 and error.strerror in str(told[0].message)
    assert len(MADE) == len(HARBOUR) - 50 and found[0].iloc[: len(first)]["start"].equals(first["start"])


def of_another_part(file):
    os.replace(sorted(file.parent.glob("*.arrow"))[-1], file)


def of_another_store(file):
    os.replace(next(file.parent.parent.glob("sentences-*/*.arrow")), file)


def forged(file, rows, **columns):
    """Put a part with a right checksum in the place of another."""
    name = f"{file.parent.name}/{file.stem}"
    part = parts.Part(*sealed.opened(file, name, parts.BLOCKS))
    articles = part.articles.to_pandas().assign(**columns)
    with file.open("w+b") as stream:
        sealed.write(stream, name, [part.articles.from_pandas(articles, part.articles.schema), rows(part.rows)])


def termed(rows, kind, *first):
    """The rows with terms of a type, the first of them others."""
    own = rows["term"].combine_chunks()
    terms = pa.array([*first, *own.dictionary.to_pylist()[len(first) :]], kind)
    return rows.set_column(2, "term", pa.DictionaryArray.from_arrays(own.indices, terms))


DAMAGE = {
    "a byte": lambda file: file.write_bytes(file.read_bytes()[:-9] + b"?" + file.read_bytes()[-8:]),
    "a byte at the head": lambda file: file.write_bytes(b"?" + file.read_bytes()[1:]),
    "cut off": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "longer": lambda file: file.write_bytes(file.read_bytes() + b"?"),
    "empty": lambda file: file.write_bytes(b""),
    "a web page": lambda file: file.write_bytes(b"<!doctype html>"),
    "another part": of_another_part,
    "another store": of_another_store,
    "fewer rows": lambda file: forged(file, lambda rows: rows.slice(1)),
    "counts below nothing": lambda file: forged(file, lambda rows: rows, n=lambda it: it["n"] - it["n"].max()),
    "no rows": lambda file: forged(file, lambda rows: rows.slice(0, 0)),
    "other columns": lambda file: forged(file, lambda rows: rows.rename_columns(["start", "end", "word"])),
    "other types": lambda file: forged(file, lambda rows: rows.set_column(0, "start", rows["end"].cast("string"))),
    "places that are no whole numbers": lambda file: forged(
        file, lambda rows: rows.set_column(0, "start", rows["start"].cast("float64"))
    ),
    "more rows than any memory has": lambda file: forged(file, lambda rows: rows, n=10**15),
    "terms of another type": lambda file: forged(file, lambda rows: termed(rows, pa.large_string())),
    "a term that is missing": lambda file: forged(file, lambda rows: termed(rows, pa.string(), None)),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_or_foreign_part_counts_as_none(damage, folder, monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 50)
    wanted = of_harbour("words")
    fresh(HARBOUR).tokens  # noqa: B018
    DAMAGE[damage](files(folder, "words")[0])
    for _ in range(2):
        pd.testing.assert_frame_equal(fresh(HARBOUR).words, wanted, check_exact=True)


def test_a_part_that_is_gone_while_it_is_looked_for_is_found_where_it_went(folder, monkeypatch):
    monkeypatch.setattr(parts, "ARTICLES", 50)
    monkeypatch.setattr(parts, "MANY", 10**6)
    fresh(HARBOUR).words  # noqa: B018
    opened, store = parts._opened, keys.store("words")

    def merging(*given, **how):
        if not how and parts.MANY > 1:  # another kernel makes them one between the first look and the second
            monkeypatch.setattr(parts, "MANY", 1)
            monkeypatch.setattr(parts, "ARTICLES", 1000)
            parts._merge(store)
        return opened(*given, **how)

    monkeypatch.setattr(parts, "_opened", merging)
    watched(monkeypatch, "words")
    assert len(fresh(HARBOUR).words) and MADE == [] and len(files(folder, "words")) == 1


def test_an_article_that_fails_is_named_though_its_layer_comes_from_the_cache(monkeypatch):
    def fails(raws, segments):
        if {*raws} & {*bad}:
            raise ValueError("too hard")
        return words[0].make(raws, segments)

    known, words = layers.by_name(), layers.by_name()["words"]
    bad = HARBOUR.articles["raw"].iloc[[3, 60]].tolist()
    monkeypatch.setattr(layers, "by_name", lambda: known | {"words": (words[0]._replace(make=fails), words[1])})
    reports = []
    for _ in range(2):
        news = load("harbour")
        with pytest.warns(UserWarning, match="the words of 2 of 120 articles could not be found"):
            news.words  # noqa: B018
        reports.append(
            news.report(missing=False)[lambda report: report["problem"].str.startswith("its words could not")]
        )
        watched(monkeypatch, "words")  # from here on all comes from the cache
    assert MADE == [] and reports[0]["source"].tolist() == HARBOUR.articles["source"].iloc[[3, 60]].tolist()
    pd.testing.assert_frame_equal(*reports)


@pytest.mark.parametrize("codes", [[0, 0, 1, 3, 3, -1], [-1, 0, 1, 1, 2, 3], [3, 0, 3, 1, -1, 0]])
@pytest.mark.parametrize("wanted", [["a"], ["b", "c"], ["a", "d"], ["c"], [], ["b", "of another"], ["of another"]])
def test_a_table_cut_to_some_articles_has_their_rows_and_no_other_categories(codes, wanted):
    owners = pd.Categorical.from_codes(codes, categories=pd.Index(list("abcd"), dtype="str"))
    terms_of = pd.Categorical(["war", "war", None, "peace", "ale", "tax"])
    table = pd.DataFrame({"article_id": owners, "start": range(6), "term": terms_of})
    found = cuts.cut(table, pd.Index(wanted, dtype="str"))
    rows = table[table["article_id"].isin(wanted)]
    assert found["start"].tolist() == rows["start"].tolist() and found.index.tolist() == [*range(len(rows))]
    assert found["article_id"].astype(object).tolist() == rows["article_id"].astype(object).tolist()
    assert found["article_id"].cat.categories.tolist() == wanted
    assert found["term"].astype(object).fillna("").tolist() == rows["term"].astype(object).fillna("").tolist()
    assert found["term"].cat.categories.tolist() == sorted(set(rows["term"].dropna()))


def test_articles_on_end_are_cut_out_without_a_look_at_all_rows(monkeypatch):
    owners = pd.Categorical.from_codes(np.repeat(np.arange(9), 3), categories=pd.Index(list("abcdefghi"), dtype="str"))
    table = pd.DataFrame({"article_id": owners, "start": range(27)})
    monkeypatch.setattr(np, "isin", None)  # which looks at all
    for first in range(9):
        found = cuts.cut(table, owners.categories[first : first + 2])
        assert found["start"].tolist() == [*range(3 * first, min(3 * first + 6, 27))]
