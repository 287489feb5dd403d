"""Files are written whole, under names of their own however many write at once, and killed writes leave nothing."""

import os
import subprocess
import sys
import time

import pytest

from utils import storage

LOADED = f"""
import importlib.util, os, sys
from pathlib import Path
spec = importlib.util.spec_from_file_location("storage", {storage.__file__!r})  # alone: the package is slow to import
storage = importlib.util.module_from_spec(spec)
spec.loader.exec_module(storage)
folder, name = Path(sys.argv[1]), sys.argv[2]
"""
NO_LINKS = """
def no_links(*_):
    raise OSError(1, "Operation not permitted")
os.link = no_links
"""
WRITER = """
sys.stdin.readline()
for n in range(40):
    storage.write_new(folder / "table.csv", f"{name} {n}".encode(), again=False)
"""
KILLED = """
os.replace = lambda *_: os._exit(9)
storage.write(folder / name, b"whole")
"""


def no_links(*_):
    raise PermissionError(1, "Operation not permitted")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("links", [True, False])
def test_many_kernels_that_write_one_name_at_once_lose_nothing(tmp_path, links):
    run = [sys.executable, "-c", LOADED + ("" if links else NO_LINKS) + WRITER, str(tmp_path)]
    writers = [subprocess.Popen([*run, str(n)], stdin=subprocess.PIPE, text=True) for n in range(4)]
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    assert [writer.wait(timeout=120) for writer in writers] == [0] * 4
    expected = {f"{writer} {n}" for writer in range(4) for n in range(40)}
    assert {path.read_text() for path in tmp_path.iterdir()} == expected
    assert names(tmp_path) == sorted(["table.csv", *(f"table-{n}.csv" for n in range(2, 161))])


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("again", [True, False])
def test_the_same_content_is_written_again_only_where_that_is_wanted(tmp_path, monkeypatch, again, links):
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    path = tmp_path / "new" / "a.tar.gz"
    assert storage.write_new(path, b"one", again=again) == path
    assert storage.write_new(path, b"two", again=again).name == "a.tar-2.gz"
    assert storage.write_new(path, b"two", again=again).name == ("a.tar-3.gz" if again else "a.tar-2.gz")
    assert path.read_bytes() == b"one" and len(names(path.parent)) == (3 if again else 2)


@pytest.mark.parametrize("write", [storage.write, storage.write_new])
def test_what_killed_writes_left_goes_after_a_day_and_nothing_else_does(tmp_path, write):
    left = [".passages-0123456789abcdef.part", "tmpab1c_2de.part", ".passages-fedcba9876543210.part"]
    others = ["mine.part", "tmpl.part", "tmpab1c_2de.part.csv", ".passages-0123.part", "video.mp4.part", "x.csv"]
    yesterday = time.time() - 25 * 60 * 60
    for name in [*left, *others]:
        (tmp_path / name).write_bytes(b"half")
        os.utime(tmp_path / name, (yesterday, yesterday))
    os.utime(tmp_path / left[2], (time.time() - 23 * 60 * 60,) * 2)  # another kernel's, still at it
    (tmp_path / ".passages-00000000000000ff.part").mkdir()
    os.utime(tmp_path / ".passages-00000000000000ff.part", (yesterday, yesterday))
    write(tmp_path / "new.csv", b"whole")
    assert names(tmp_path) == sorted([left[2], ".passages-00000000000000ff.part", *others, "new.csv"])


def test_what_a_killed_write_leaves_is_what_is_looked_for(tmp_path):
    run = [sys.executable, "-c", LOADED + KILLED, str(tmp_path), "a.csv"]
    assert subprocess.run(run, timeout=60).returncode == 9
    (left,) = tmp_path.iterdir()
    os.utime(left, (0, 0))
    storage.write(tmp_path / "b.csv", b"whole")
    assert names(tmp_path) == ["b.csv"]


@pytest.mark.parametrize("write", [storage.write, storage.write_new])
def test_a_write_that_fails_leaves_what_was_there_and_nothing_beside(tmp_path, monkeypatch, write):
    (tmp_path / "a.csv").write_bytes(b"before")

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", stopped)
    monkeypatch.setattr(os, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a.csv", b"after")
    assert (tmp_path / "a.csv").read_bytes() == b"before" and names(tmp_path) == ["a.csv"]
