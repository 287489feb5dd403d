"""Whatever bytes a file holds: it loads right or is named, and only our own error is raised."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import wild
from utils import CorpusError, load
from utils.intake import readers

ENDINGS = sorted(readers.by_ending())
FORMATS = [ending for ending in ENDINGS if ending not in (".ndjson", ".htm")]  # these are read as .jsonl and .html
SEEDS = wild.seeds()
ANY = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.text(max_size=100).map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.sampled_from([b"", b"\n", b"\0", b"{}", b"[]", b"null", b"raw\n", b'[{"raw": 1}]', b"<html>", b"PK\x05\x06"]),
)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def hold(folder, name, content):
    """Load one file, alone and beside a sound one, and hold what comes to what must be true."""
    for left in folder.iterdir():
        left.unlink()
    (folder / name).write_bytes(content)
    try:
        wild.assert_intact(load(folder / name))
    except CorpusError as error:
        assert name in str(error)
    (folder / "sound.txt").write_bytes(b"A title\nA body.")
    news = load(folder)
    wild.assert_intact(news)
    assert "sound.txt" in news.articles.index and name in wild.files_of(news)
    assert (folder / name).read_bytes() == content


def test_there_is_a_seed_for_every_reader_and_each_loads_as_it_is(tmp_path):
    assert sorted(SEEDS) == ENDINGS
    for ending, contents in SEEDS.items():
        for number, content in enumerate(contents):
            (tmp_path / f"{number}{ending}").write_bytes(content)
    news = load(tmp_path, columns={})
    wild.assert_intact(news)
    assert not news.report(missing=False)["kind"].eq("unreadable").any()
    assert news.articles["raw"].str.contains("Ferry crews walk|Nicola").all()


@pytest.mark.parametrize("ending", FORMATS)
@FEW
@given(content=ANY)
def test_any_bytes_load_right_or_are_named(ending, content, tmp_path):
    hold(tmp_path, f"x{ending}", content)


@pytest.mark.parametrize("ending", FORMATS)
@FEW
@given(data=st.data())
def test_spoilt_files_load_right_or_are_named(ending, data, tmp_path):
    content = data.draw(st.sampled_from(SEEDS[ending]))
    other = data.draw(st.sampled_from([content for contents in SEEDS.values() for content in contents]))
    rng = random.Random(data.draw(st.integers(0, 2**32)))
    hold(tmp_path, f"x{ending}", wild.spoilt(content, rng, other))


def test_a_reader_that_loses_a_file_is_seen(tmp_path, monkeypatch):
    monkeypatch.setitem(readers.by_ending(), ".txt", lambda file, reading: None)
    with pytest.raises((AssertionError, CorpusError)):
        hold(tmp_path, "x.txt", b"He spoke.")
