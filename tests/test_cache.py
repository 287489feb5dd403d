"""Kept layers: found again as they were, never another's, and none at all where one byte is amiss."""

import ast
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from pyarrow import feather

from utils import CorpusError, layers
from utils.corpus import cache, keys, sealed

FRAME = pd.DataFrame(
    {
        "article_id": pd.Categorical(["a1", "a1", "b1"]),
        "start": pd.Series([0, 6, 3], dtype="int32"),
        "cue": ["said", None, "asked"],
        "published": pd.to_datetime(["2024-01-02", None, "2024-01-03"]),
        "named": [True, False, True],
    }
)
OTHER = FRAME.head(1)
FORGED = """
import os
import numpy as np, pyarrow as pa
from pyarrow import feather
from utils import storage
from utils.corpus import cache, sealed
content, places = pa.BufferOutputStream(), np.array([0, 4, 9, 13], "int32")
feather.write_feather(pa.table({"cue": ["said", "asked", "told"]}), content, compression="uncompressed")
good, wrong = content.getvalue().to_pybytes(), np.array([0, 4, 9, 2**30], "int32")
forged = good.replace(places.tobytes(), wrong.tobytes())
assert forged != good
checksum = sealed.checksum("words-x", (0, 1), [forged])
storage.write(cache.path_of("words-x"), checksum + len(forged).to_bytes(sealed.LENGTH, "little") + forged)
os.mkfifo(cache.path_of("words-y"))
print(cache.kept("words-x"), cache.kept("words-y"))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def file(folder):
    """The file of a layer that is kept."""
    cache.keep("words-x", FRAME)
    return folder / "words-x.arrow"


def is_recomputed_and_replaced(file):
    assert cache.kept("words-x") is None
    pd.testing.assert_frame_equal(cache.layer("words-x", lambda: FRAME), FRAME)
    pd.testing.assert_frame_equal(cache.kept("words-x"), FRAME)
    assert [path.name for path in file.parent.iterdir() if path.is_file()] == ["words-x.arrow"]


def test_a_layer_comes_back_as_it_was_with_what_is_said_of_it(folder):
    told = FRAME.assign()
    told.attrs = {"failed": [["a1", "IndexError"]], "n": 3}
    assert cache.kept("words-x") is None
    pd.testing.assert_frame_equal(cache.layer("words-x", lambda: told), told)
    again = cache.layer("words-x", lambda: pytest.fail("computed again"))
    pd.testing.assert_frame_equal(again, told)
    assert again.attrs == told.attrs


def test_nobody_else_can_look_into_the_folder(file):
    assert file.parent.stat().st_mode & 0o077 == 0


def test_a_bit_turned_anywhere_makes_it_none(file):
    good, chance = file.read_bytes(), random.Random(0)
    for place in range(0, len(good), 7):
        bad = bytearray(good)
        bad[place] ^= 1 << chance.randrange(8)
        file.write_bytes(bad)
        assert cache.kept("words-x") is None, place
    is_recomputed_and_replaced(file)


def of_another_layer(file):
    cache.keep("quotes-y", OTHER)
    os.replace(file.parent / "quotes-y.arrow", file)


def in_arrow_alone(file):
    feather.write_feather(OTHER, file)


def linked_to_another(file):
    cache.keep("quotes-y", OTHER)
    os.replace(file.parent / "quotes-y.arrow", file.parent.parent / "theirs")
    file.unlink()
    file.symlink_to(file.parent.parent / "theirs")


def linked_to_itself(file):
    file.unlink()
    file.symlink_to(file)


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[: sealed.CHECKSUM]),
        lambda file: file.write_bytes(file.read_bytes()[:-1]),
        lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 2]),
        lambda file: file.write_bytes(file.read_bytes() + b"\0"),
        lambda file: file.write_bytes(file.read_bytes()[sealed.CHECKSUM + sealed.LENGTH :]),
        lambda file: file.write_bytes(b"<!doctype html>"),
        of_another_layer,
        in_arrow_alone,
        linked_to_another,
        linked_to_itself,
    ],
)
def test_a_file_that_is_not_the_layer_whole_counts_as_none_and_is_replaced(file, damage):
    damage(file)
    is_recomputed_and_replaced(file)
    assert not file.is_symlink()


def test_a_link_to_what_is_not_ours_is_replaced_and_what_it_leads_to_stays(file):
    linked_to_another(file)
    before = file.read_bytes()
    is_recomputed_and_replaced(file)
    assert (file.parent.parent / "theirs").read_bytes() == before


def test_a_file_that_may_not_be_read_counts_as_none(file, monkeypatch):
    def closed(*_):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", closed)
        assert cache.kept("words-x") is None
    cache.keep("words-x", FRAME)  # over what was there
    pd.testing.assert_frame_equal(cache.kept("words-x"), FRAME)


def test_a_folder_in_the_place_of_a_file_stays_and_is_named(file):
    file.unlink()
    (file / "letters").mkdir(parents=True)
    with pytest.warns(UserWarning, match=f"not kept between kernels: {file} cannot be written"):
        pd.testing.assert_frame_equal(cache.layer("words-x", lambda: FRAME), FRAME)
    assert (file / "letters").is_dir()


def test_neither_a_forged_file_with_a_right_checksum_nor_a_pipe_stops_a_kernel(tmp_path):
    variables = os.environ | {"PASSAGES_CACHE": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", FORGED], capture_output=True, text=True, env=variables, timeout=60)
    assert (done.returncode, done.stdout) == (0, "None None\n"), done.stderr


def test_a_layer_is_written_whole_or_not_at_all(file, monkeypatch):
    def fails(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", fails)
        with pytest.warns(UserWarning, match="No space left on device"):
            cache.keep("words-x", OTHER)
    pd.testing.assert_frame_equal(cache.kept("words-x"), FRAME)
    assert list(file.parent.iterdir()) == [file]


KEY = {"layer": "words", "content": "abc", "code": ["made.py"], "libraries": ["pandas"], "least": 2}


@pytest.mark.parametrize(
    "other",
    [
        {"layer": "sentences"},
        {"content": "abd"},
        {"code": ["made.py", "other.py"]},
        {"code": []},
        {"libraries": ["pandas", "numpy"]},
        {"least": 3},
        {"most": 2},
    ],
)
def test_a_key_hangs_on_everything_that_a_layer_depends_on(other, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("made.py", "other.py"):
        (tmp_path / name).write_text(f"# {name}")
    assert cache.key(**KEY) == cache.key(**KEY)
    assert cache.key(**KEY) != cache.key(**(KEY | other))


def test_a_key_is_another_with_other_code_libraries_or_characters(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    keys = set()

    def changed(change):
        change()
        assert cache.key(**KEY) not in keys
        keys.add(cache.key(**KEY))

    changed(lambda: Path("made.py").write_text("n = 1"))
    changed(lambda: Path("made.py").write_text("n = 2"))
    changed(lambda: monkeypatch.setattr(cache, "version", lambda name: "999"))
    changed(lambda: monkeypatch.setattr(cache.unicodedata, "unidata_version", "999"))


@pytest.mark.parametrize("library", ["pandas", "pyarrow", "numpy"])
def test_a_layers_key_hangs_on_each_of_the_libraries(library, monkeypatch):
    before, version = cache.key("words", "abc", code=[]), cache.version
    monkeypatch.setattr(cache, "version", lambda name: "999" if name == library else version(name))
    assert cache.key("words", "abc", code=[]) != before


@pytest.mark.parametrize(
    ("variables", "wanted"),
    [
        ({"PASSAGES_CACHE": "~/kept"}, "home/kept"),
        ({"PASSAGES_CACHE": "", "XDG_CACHE_HOME": ""}, "home/.cache/passages"),
        ({"XDG_CACHE_HOME": "HERE/kept"}, "kept/passages"),
        ({"XDG_CACHE_HOME": "~/kept"}, "home/.cache/passages"),  # no absolute one, which the specification wants
        ({"XDG_CACHE_HOME": "kept"}, "home/.cache/passages"),
        ({"XDG_CACHE_HOME": "./kept"}, "home/.cache/passages"),
        ({"PASSAGES_CACHE": "~nobody-of-this-name/kept"}, "home/.cache/passages"),
        ({"HOME": "elsewhere"}, "registered/.cache/passages"),
        ({"HOME": ""}, "registered/.cache/passages"),
        ({"HOME": None}, f"temporary/passages-{os.getuid()}"),
        ({"HOME": None, "PASSAGES_CACHE": "~/kept"}, f"temporary/passages-{os.getuid()}"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep caches elsewhere")
def test_the_folder_is_where_the_settings_say(variables, wanted, tmp_path, monkeypatch):
    variables = {"HOME": str(tmp_path / "home"), "PASSAGES_CACHE": "", "XDG_CACHE_HOME": ""} | variables
    homes = {os.getuid(): SimpleNamespace(pw_dir=str(tmp_path / "registered"))}  # what the system knows of
    for name, value in variables.items():
        monkeypatch.setenv(name, (value or "").replace("HERE", str(tmp_path)))
    if variables["HOME"] is None:
        monkeypatch.delenv("HOME")
        homes.clear()
    monkeypatch.setattr("pwd.getpwuid", homes.__getitem__)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(tmp_path)
    assert cache.folder() == tmp_path / wanted
    cache.keep("words-x", FRAME)
    assert cache.kept("words-x") is not None and "~" not in os.listdir(tmp_path)


def made_by(monkeypatch, **known):
    """Let the layers be these, beside those that there are."""
    monkeypatch.setattr(layers, "by_name", lambda: layers_before | known)


layers_before = layers.by_name()


def test_a_layers_key_hangs_on_the_columns_and_on_all_the_layers_that_it_needs(six, monkeypatch):
    first = layers.Layer(lambda raws, segments, outlet: outlet, needs=("outlet",))
    second = layers.Layer(lambda raws, segments, first: first, needs=("first",))
    made_by(monkeypatch, first=(first, "utils.spans"), second=(second, "utils.progress"))
    other = replace(six, _articles=six.articles.assign(outlet="Another"))
    assert six._keys.by_article("words") == other._keys.by_article("words")
    assert {*six._keys.by_article("first")}.isdisjoint(other._keys.by_article("first"))
    assert {*six._keys.by_article("second")}.isdisjoint(other._keys.by_article("second"))
    all_over = first._replace(over_all=True)
    made_by(monkeypatch, first=(all_over, "utils.spans"), second=(second, "utils.progress"))
    assert six._keys.over_all("second") != other._keys.over_all("second")
    made_by(monkeypatch, first=(first, "utils.storage"), second=(second, "utils.progress"))
    before = keys.store("second")
    assert before != keys.store("first")
    first = first._replace(libraries=("nupunkt",))
    made_by(monkeypatch, first=(first, "utils.storage"), second=(second, "utils.progress"))
    assert keys.store("second") != before
    made_by(monkeypatch, second=(second, "utils.progress"))
    with pytest.raises(CorpusError, match="a layer needs 'first', which is no layer and no column"):
        six.layer("second")


def test_what_a_module_imports_is_read_as_python_reads_it():
    for file in cache.ROOT.glob("utils/**/*.py"):
        code, wanted = file.read_bytes(), set()
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.ImportFrom) and node.module.partition(".")[0] == "utils":
                wanted |= {node.module} - {"utils"} | {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names if alias.name.partition(".")[0] == "utils"}
        assert {*cache.imported(code)} == wanted, file


def test_the_code_of_a_layer_is_its_folder_with_tables_and_what_it_imports(tmp_path, monkeypatch):
    room = tmp_path / "utils" / "layers" / "toy"
    room.mkdir(parents=True)
    (room / "__init__.py").write_text("from utils.layers import copies\n")
    (room / "words.csv").write_text("a\n")
    monkeypatch.setattr(layers, "__path__", [*layers.__path__, str(room.parent)])
    names = {path.name for path in cache.code_of("utils.layers.toy")}
    assert {"words.csv", "copies.py", "tokens.py"} <= names and "verbs.py" not in names
    key = {"layer": "toy", "content": "", "code": [room / "words.csv"]}
    monkeypatch.setattr(cache, "STARTED", 0.0)  # the file is newer: this process may run older code
    assert cache.key(**key) == cache.key(**key)
    newer = cache.key(**key)
    monkeypatch.setattr(cache, "STARTED", 1e12)
    assert cache.key(**key) != newer
