"""Codes that people gave: kept at every answer, whole, in the right file; given back as passages, and side by side."""

import json
import signal
import subprocess
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import passages, quotes, sentiment, storage, terms, validity
from utils.arguments import Refusal
from utils.measures.validity import kept
from utils.measures.validity.codes import Changed, differences, digests

ROOT = Path(__file__).parent.parent
FRAMES = {"peace": "It speaks of peace.", "war": "It speaks of war.", "neither": "It speaks of neither."}
CODER = """
import sys
from utils.measures.validity import codebooks, kept
name, first, n = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
own = kept.file(codebooks.codebook("tone"), name, sys.argv[4])
print("ready", flush=True)
sys.stdin.readline()
for at in range(first, first + n):
    own.put(kept.Passage("a1.txt", at, at + 1, "0" * 16), at % 3 - 1)
    print(at, flush=True)
"""


def coded(news, folder, coder, codes, codebook="tone", name=None):
    """Let a coder give codes to the first sentences of a corpus, and give those sentences."""
    table = news.sentences.head(len(codes))
    own = kept.file(validity.codebook(codebook, name=name), coder, folder)
    for passage, code in zip(digests(news, table), codes, strict=True):
        own.put(passage, code, before=own.read().answers.get(passage))
    return table


def started(folder, coder, first, n):
    """A process of its own that gives n codes once it is told to begin."""
    command = [sys.executable, "-c", CODER, coder, str(first), str(n), str(folder)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    process = subprocess.Popen(command, cwd=ROOT, text=True, **pipes)
    assert process.stdout.readline() == "ready\n"
    return process


def begin(process):
    process.stdin.write("\n")
    process.stdin.flush()


def test_codes_come_back_as_passages_that_any_measure_takes(six, tmp_path):
    table = coded(six, tmp_path, "ana", [-1, 0, 1, 1])
    back = validity.codes(six, "tone", folder=tmp_path)
    assert list(back) == ["article_id", "start", "end", "code", "coder", "when"]
    assert back["code"].tolist() == [-1, 0, 1, 1] and back["coder"].unique().tolist() == ["ana"]
    assert back["when"].dt.tz is not None and back["when"].is_monotonic_increasing
    pd.testing.assert_frame_equal(
        back[["article_id", "start", "end"]], table[["article_id", "start", "end"]], check_dtype=False
    )
    tone = sentiment.tone(six, by="code", within=back)
    assert tone["code"].tolist() == [-1, 0, 1] and tone["n_sentences"].sum() == 4
    words = terms.frequencies(six, by="code", within=back)
    words = terms.frequencies(six, by="code", within=back)
    assert words["count"].sum() == len(passages.inside(six.words, back))
    assert quotes.balance(six, by="code", within=back)["code"].isin([-1, 0, 1]).all()


def test_words_as_codes_come_in_the_order_of_the_codebook(six, tmp_path):
    coded(six, tmp_path, "ana", ["war", "peace"], FRAMES, "frames")
    back = validity.codes(six, "frames", folder=tmp_path)
    assert back["code"].tolist() == ["war", "peace"] and list(back["code"].cat.categories) == list(FRAMES)
    assert validity.by_coder(back)["ana"].tolist() == [1, 0]
    assert terms.frequencies(six, by="code", within=back)["code"].unique().tolist() == ["peace", "war"]


def test_the_files_of_two_coders_stand_side_by_side_for_alpha(six, tmp_path):
    coded(six, tmp_path, "ana", [-1, 0, 1, 1, 0])
    coded(six, tmp_path, "Ben", [-1, 0, 1, 0])
    both = validity.by_coder(validity.codes(six, "tone", folder=tmp_path))
    assert list(both) == ["Ben", "ana"] and both.index.names == ["article_id", "start", "end"]
    np.testing.assert_array_equal(both["ana"], [-1, 0, 1, 1, 0])
    np.testing.assert_array_equal(both["Ben"], [-1, 0, 1, 0, np.nan])
    row = validity.agreement(both, level="interval", seed=1).iloc[0]
    alone = pd.DataFrame({"a": [-1, 0, 1, 1], "b": [-1, 0, 1, 0]})
    assert row["alpha"] == validity.agreement(alone, level="interval", seed=1)["alpha"].iloc[0] and row["n_units"] == 4
    assert list(validity.by_coder(validity.codes(six, "tone", coder="BEN", folder=tmp_path))) == ["Ben"]


def test_a_copy_of_a_coders_file_adds_what_it_has_and_the_later_code_wins(six, tmp_path):
    coded(six, tmp_path, "ana", [-1, 0])
    (tmp_path / "tone--ana (from the other machine).json").write_bytes((tmp_path / "tone--ana.json").read_bytes())
    coded(six, tmp_path, "ana", [1])
    assert validity.codes(six, "tone", folder=tmp_path)["code"].tolist() == [1, 0]


def test_two_processes_on_one_file_lose_nothing(tmp_path):
    both = [started(tmp_path, "ana", first, 60) for first in (0, 1000)]
    for process in both:
        begin(process)
    for process in both:
        process.communicate(timeout=120)
        assert process.returncode == 0
    held = kept.read(tmp_path / "tone--ana.json")
    assert sorted(passage.start for passage in held.answers) == [*range(60), *range(1000, 1060)]


def test_what_a_killed_process_was_told_is_kept(tmp_path):
    process = started(tmp_path, "ana", 0, 100_000)
    begin(process)
    for _ in range(20):
        said = process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    said = [*process.stdout, said][-2 if process.stdout.readline() else -1]
    process.wait(timeout=20)
    again = kept.file(validity.codebook("tone"), "ana", tmp_path)
    assert len(again.read().answers) >= int(said) + 1 >= 20
    again.put(kept.Passage("a1.txt", 200_000, 200_001, "0" * 16), 1)  # the lock went with the process
    assert json.loads((tmp_path / "tone--ana.json").read_text())["coder"] == "ana"


def test_who_waits_too_long_for_the_lock_is_told_so(tmp_path):
    with storage.held(tmp_path / ".lock"), pytest.raises(TimeoutError, match="another process has held .lock"):
        with storage.held(tmp_path / ".lock", seconds=0.05):
            pass


def test_an_answer_is_changed_and_taken_back_only_where_the_file_has_no_other_by_now(six, tmp_path):
    own = kept.file(validity.codebook("tone"), "ana", tmp_path)
    passage = digests(six, six.sentences.head(1))[0]
    first = own.put(passage, 1)
    assert own.put(passage, 0) is None and own.read().answers == {passage: first}
    second = own.put(passage, -1, before=first)
    assert own.take_back(passage, second, first) and own.read().answers == {passage: first}
    assert not own.take_back(passage, second) and own.read().answers == {passage: first}
    assert own.take_back(passage, first) and own.read().answers == {}


def test_a_changed_codebook_keeps_codes_and_says_what_is_open(six, tmp_path):
    table = coded(six, tmp_path, "ana", ["war", "peace", "neither"], FRAMES, "frames")
    anew = {"peace": "It speaks well of peace.", "war": FRAMES["war"], "other": "Anything else."}
    more = six.sentences.head(4)
    open_ = validity.still_open(six, more, anew, name="frames", coder="ana", folder=tmp_path)
    assert open_["why"].tolist() == ["the codebook has no 'neither' any more", "not coded yet"]
    own = kept.file(validity.codebook(anew, name="frames"), "ana", tmp_path)
    assert differences(own.read(), own.book) == [
        "1 passage was coded 'peace' by another rule than it has now: kept.",
        "1 passage was coded 'neither', which the codebook has no more: open again, and kept until coded anew.",
        "3 passages were coded before there was 'other': kept.",
    ]
    assert validity.codes(six, "frames", folder=tmp_path)["code"].tolist() == ["war", "peace", "neither"]
    own.put(digests(six, table)[2], "other", before=own.read().answers[digests(six, table)[2]])
    assert validity.still_open(six, more, anew, name="frames", coder="ana", folder=tmp_path)["why"].tolist() == [
        "not coded yet"
    ]
    back = kept.file(validity.codebook(FRAMES, name="frames"), "ana", tmp_path)
    gone = "1 passage was coded 'other', which the codebook has no more: open again, and kept until coded anew."
    assert gone in differences(back.read(), back.book)


def test_a_changed_article_is_named_and_never_coded_by_its_old_text(six, tmp_path):
    coded(six, tmp_path, "ana", [-1, 0, 1, 1])
    raws = six.articles["raw"].where(six.articles.index != "a1.txt", "X" + six.articles["raw"])
    changed = replace(six, _articles=six.articles.assign(raw=raws))
    with pytest.warns(
        Changed, match="lie on a text that .* does not have there, and are left out: since .* a1.txt changed"
    ):
        back = validity.codes(changed, "tone", folder=tmp_path)
    assert "a1.txt" not in set(back["article_id"]) and len(back) < 4
    first = six.sentences.head(1)
    assert validity.still_open(changed, first, "tone", coder="ana", folder=tmp_path)["why"].tolist() == [
        "its text has changed since it was coded"
    ]
    kept.file(validity.codebook("tone"), "ana", tmp_path).put(digests(changed, first)[0], 1)  # coded anew
    rest = six.articles.index[six.articles.index != "a1.txt"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(validity.codes(six, "tone", folder=tmp_path)) == 4  # of the old text nothing is lost
        part = six.select(list(rest))
        assert len(validity.codes(part, "tone", folder=tmp_path)) == len(back)


@pytest.mark.parametrize("name", [
    "../ana", "..", "", " ", "a/b", "a\\b", "C:ana", "ana.", ".ana", "a--b", "_" * 50 + "!", "-" * 50,
    "ana\n../x", "a\x00b", "x" * 61, "😀", None, 7,
])  # fmt: skip
def test_no_name_leaves_the_folder(six, tmp_path, name):
    for whose, wrong in (("coder", {"coder": name}), ("codebook", {"coder": "ana", "name": name})):
        if whose == "codebook" and name is None:
            continue
        with pytest.raises(Refusal, match=f"the {whose} has a short name of letters"):
            validity.still_open(six, six.sentences, FRAMES, **{"name": "frames", **wrong}, folder=tmp_path / "codes")
    with pytest.raises(Refusal):
        validity.codes(six, name, folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["ana", "Ana María", "O'Brien", "j.-p. sartre", "José_2", "李", "con"])
def test_names_that_people_have_are_files(tmp_path, name):
    own = kept.file(validity.codebook("tone"), name, tmp_path)
    own.put(kept.Passage("a", 0, 1, "x"), 0)
    assert own.path.parent == tmp_path and kept.file(own.book, name.upper(), tmp_path).read().coder == name


GOOD = {"codes": 1, "codebook": "tone", "coder": "ana", "codebooks": {"b": [[1, ""]]},
        "answers": [["a1.txt", 0, 3, "d", 1, "2026-01-01T00:00:00+00:00", "b"]]}  # fmt: skip
ROW = GOOD["answers"][0]
DAMAGED = {
    "empty": b"", "cut off": json.dumps(GOOD).encode()[:-20], "not UTF-8": b"\xff\xfe{}", "a list": b"[]",
    "deep": b"[" * 100_000, "nulls": b"\x00" * 50, "another program's": b'{"cells": []}',
    "a path for a name": json.dumps(GOOD | {"coder": "../../ana"}).encode(),
    "no rules": json.dumps(GOOD | {"codebooks": {}}).encode(),
    "rules that are none": json.dumps(GOOD | {"codebooks": {"b": [[[], {}]]}}).encode(),
    "half a character": json.dumps(GOOD | {"answers": [["\ud800", *ROW[1:]]]}).encode(),
    "one book of two": json.dumps(GOOD | {"codebooks": {"b": [[1, ""]], "c": 7}}).encode(),
    "a codebook for a code": json.dumps(GOOD | {"codebooks": {"b": [[[1], "x"]]}}).encode(),
    "answers in a dict": json.dumps(GOOD | {"answers": {"0": ROW}}).encode(),
    **{f"{at}: {wrong!r}": json.dumps(GOOD | {"answers": [[*ROW[:at], wrong, *ROW[at + 1 :]]]}).encode()
       for at, wrong in [(0, 7), (0, None), (1, -1), (1, 2.5), (1, True), (1, 5), (2, 10**30), (3, None), (4, None),
                         (4, [1]), (4, float("nan")), (4, float("inf")), (4, True), (5, "yesterday"), (5, 0),
                         (5, "2026-01-01T00:00:00"), (5, "0001-01-01T00:00:00+23:59"), (6, 1)]},
    "a short answer": json.dumps(GOOD | {"answers": [ROW[:-1]]}).encode(),
}  # fmt: skip


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_named_in_a_sentence_and_never_written_over(six, tmp_path, content):
    path = tmp_path / "tone--ana.json"
    path.write_bytes(content)
    passage = kept.Passage("a1.txt", 0, 1, "x")
    for attempt in (
        lambda: validity.codes(six, "tone", folder=tmp_path),
        lambda: validity.still_open(six, six.sentences, "tone", coder="ana", folder=tmp_path),
        lambda: kept.file(validity.codebook("tone"), "ana", tmp_path).put(passage, 1),
    ):
        with pytest.raises(Refusal, match="tone--ana.json is no file of codes: .*; put a copy of it back") as refused:
            attempt()
        assert "\n" not in str(refused.value)
    assert path.read_bytes() == content


def test_a_file_under_the_name_of_another_coder_is_not_written_to(tmp_path):
    (tmp_path / "tone--ben.json").write_text(json.dumps(GOOD))
    with pytest.raises(Refusal, match="holds the codes of ana by tone, not those of ben by tone"):
        kept.file(validity.codebook("tone"), "ben", tmp_path).put(kept.Passage("a", 0, 1, "x"), 1)


def test_hostile_answers_stay_data(six, tmp_path):
    rows = [
        ["../../etc/passwd", 0, 3, "d", 1, ROW[5], "b"],
        ["a1.txt", 10**6, 10**6 + 1, "d", 1, ROW[5], "no such book"],
    ]
    (tmp_path / "x.json").write_text(json.dumps(GOOD | {"answers": rows}))
    with pytest.warns(Changed):
        assert validity.codes(six, "tone", folder=tmp_path).empty


def test_where_nothing_is_coded_the_refusal_says_what_there_is(six, tmp_path):
    with pytest.raises(Refusal, match="holds codes by tone; there are none yet: give some with explore.coding"):
        validity.codes(six, "tone", folder=tmp_path / "none")
    coded(six, tmp_path, "ana", ["war"], FRAMES, "frames")
    with pytest.raises(Refusal, match="there are codes by frames; did you mean 'frames'"):
        validity.codes(six, "frame", folder=tmp_path)
    with pytest.raises(Refusal, match="anna has no codes by frames in .*; there are those of ana; did you mean 'ana'"):
        validity.codes(six, "frames", coder="anna", folder=tmp_path)


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path):
    (tmp_path / "codes").write_text("a file where the folder should be")
    with pytest.raises(Refusal, match="the code could not be kept in .*; make room or give another folder"):
        kept.file(validity.codebook("tone"), "ana", tmp_path / "codes").put(kept.Passage("a", 0, 1, "x"), 1)


@pytest.mark.parametrize(("codes", "keys"), [
    ("tone", ["left", "down", "right"]),
    ({1: "", 0: "", -1: ""}, ["right", "down", "left"]),
    ({"right": "", "wrong": ""}, ["left", "right"]),
    (FRAMES, ["p", "w", "n"]),
    ({"cost": "", "crime": "", "care": ""}, ["c", "r", "a"]),
    ({1: "", 2: "", 3: "", -2: ""}, ["1", "2", "3", "4"]),
    ({"cost": {"key": "ArrowLeft"}, "crime": {"key": "C"}, "care": ""}, ["left", "c", "a"]),
    ({"aaa": "", "aa": "", "a": ""}, ["a", "1", "2"]),
    (pd.DataFrame({"code": ["yes", "no"], "rule": ["it does", None], "key": ["y", None]}), ["y", "n"]),
])  # fmt: skip
def test_each_code_has_a_key(codes, keys):
    assert [each.key for each in validity.codebook(codes, name="own").codes] == keys


@pytest.mark.parametrize(("codes", "said"), [
    ({}, "a codebook has 2 to 36 codes; what came has 0"),
    ({"one": ""}, "what came has 1"),
    ({n: "" for n in range(37)}, "what came has 37"),
    ({"a": "", "a ": ""}, "the code 'a' twice"),
    ({"a": "", 1: ""}, "all words or all numbers"),
    ({True: "", False: ""}, "a code is a word .* what came is True"),
    ({float("nan"): "", 1: ""}, "what came is nan"),
    ({"": "", "a": ""}, "a code is a word"),
    ({"a": {"ruel": ""}, "b": ""}, "what came is 'ruel'; did you mean 'rule'"),
    ({"a": {"key": "enter"}, "b": ""}, "what came is 'enter'"),
    ({"a": {"key": "x"}, "b": {"key": "X"}}, "the key 'x' stands for two codes"),
    (["a", "b"], "what came is list"),
    ("tnoe", "by name there is tone, frames.*did you mean 'tone'"),
    (pd.DataFrame({"name": ["a"]}), "what came has name"),
])  # fmt: skip
def test_a_codebook_that_is_none_is_refused(codes, said):
    with pytest.raises(Refusal, match=said):
        validity.codebook(codes, name="own")


def test_a_codebook_of_ones_own_has_a_name():
    with pytest.raises(Refusal, match='give name="frames"'):
        validity.codebook(FRAMES)


@given(st.dictionaries(st.tuples(st.text(), st.integers(0, 99), st.integers(100, 999)), st.sampled_from([-1, 0, 1])))
def test_what_is_written_is_what_is_read(answers):
    made = {kept.Passage(*place, "d"): kept.Answer(code, ROW[5], "b") for place, code in answers.items()}
    held = kept.Kept("tone", "ana", {"b": [[1, '\u2028 " \\ é']]}, made)
    assert kept._kept(json.loads(kept._written(held))) == held
