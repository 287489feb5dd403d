"""How much is kept: the oldest is thrown out, what is not ours stays, and a person can see and clear it."""

import os

import pandas as pd
import pytest

from upkeep import cache as upkeep
from utils import load
from utils.corpus import cache, parts

FRAME = pd.DataFrame({"n": range(1000)})
NAMES = [f"words-{n:032x}" for n in range(5)]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def five_kept():
    """Five files, each of use an hour and more after the one before; give the size of one."""
    for n, name in enumerate(NAMES):
        cache.keep(name, FRAME)
        os.utime(cache.path_of(name), (n * 10_000, n * 10_000))
    return cache.path_of(NAMES[0]).stat().st_size


def there():
    return [n for n, name in enumerate(NAMES) if cache.path_of(name).exists()]


def test_what_was_of_use_longest_ago_is_thrown_out_first(monkeypatch):
    size = five_kept()
    assert cache.kept(NAMES[0]) is not None  # of use now
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", f"{4.5 * size:.0f} B")
    cache.keep(f"quotes-{0:032x}", FRAME)
    assert there() == [0, 3, 4] and cache.kept(f"quotes-{0:032x}") is not None


def test_nothing_is_thrown_out_below_the_limit_and_what_is_not_ours_never(folder, monkeypatch):
    theirs = [folder / "letters.arrow", folder / "words-x.arrow", folder / f"words-{0:032x}" / "letters.txt"]
    for path in theirs:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(10_000))
    size = five_kept()
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", str(6 * size))
    cache.keep(NAMES[4], FRAME)
    assert there() == [0, 1, 2, 3, 4]
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", "0")
    cache.keep(NAMES[4], FRAME)
    assert there() == [] and all(path.exists() for path in theirs)


def test_a_limit_that_holds_less_than_a_corpus_changes_no_number(tmp_path, monkeypatch):
    wanted = load("harbour").tokens
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "other"))
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", "1 KB")
    pd.testing.assert_frame_equal(load("harbour").tokens, wanted, check_exact=True)
    assert sum(each.size for each in cache.everything()) <= 1000
    pd.testing.assert_frame_equal(load("harbour").tokens, wanted, check_exact=True)


@pytest.mark.parametrize("limit", ["20 KB", "100 KB", "300 KB"])
def test_a_limit_that_holds_some_parts_of_a_layer_alone_changes_no_number(tmp_path, monkeypatch, limit):
    wanted = load("harbour").tokens
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "other"))
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", limit)
    monkeypatch.setattr(parts, "ARTICLES", 7)
    pd.testing.assert_frame_equal(load("harbour").tokens, wanted, check_exact=True)
    assert sum(each.size for each in cache.everything()) <= int(limit.split()[0]) * 1000


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("2 GB", 2 * 10**9), ("500mb", 5 * 10**8), (" 1.5 GB ", 15 * 10**8), ("100", 100), ("0", 0), ("", 5 * 10**9)],
)
def test_the_limit_is_what_the_setting_says(given, wanted, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", given)
    assert cache.limit() == wanted


@pytest.mark.parametrize("given", ["much", "-1", "2 GiB", "nan", "1e3"])
def test_a_limit_that_is_none_is_named_and_the_usual_one_holds(given, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE_LIMIT", given)
    cache._warn.cache_clear()
    with pytest.warns(UserWarning, match='PASSAGES_CACHE_LIMIT is a size, as in "2 GB"; what came is'):
        assert cache.limit() == 5 * 10**9


def test_what_is_kept_is_shown_and_cleared(folder, capsys):
    assert upkeep.main([]) == 0
    assert capsys.readouterr().out == f"{folder} holds 0 B of the 5.0 GB that it may (PASSAGES_CACHE_LIMIT)\n"
    news = load("harbour")
    news.quotes, news.copies  # noqa: B018
    assert upkeep.main([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == ["what", "articles", "files", "size", "last", "used"]
    told = {line[: lines[1].index("  ")].strip(): line.split() for line in lines[2:]}
    assert [line.split("  ")[0] for line in lines[2:]] == [
        *("reading of harbour", "copies", "names", "persons", "quotes", "sentences", "signatures", "small_letters"),
        "words",
    ]
    assert lines[2].split()[3:5] == ["120", "1"] and lines[6].split()[1:3] == ["120", "1"] and told
    assert upkeep.main(["clear", "quotes", "reading"]) == 0
    assert "in 2 files deleted from" in capsys.readouterr().out
    left = {"copies", "names", "persons", "sentences", "signatures", "small_letters", "words"}
    assert {each.layer for each in cache.everything()} == left
    assert upkeep.main(["clear", "votes"]) == 1
    assert f"nothing is kept of votes; there is {', '.join(sorted(left))}" in capsys.readouterr().err
    assert upkeep.main(["clear"]) == 0 and [*folder.iterdir()] == []
