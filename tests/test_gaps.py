"""What articles lack is said with its reason, and can be filled in: from names of folders, by columns, once for all."""

import re
import warnings

import pandas as pd
import pytest

from utils import CorpusError, limits, load, paste
from utils.corpus import remembered

TEXT = "The ferry was late on Monday. Nobody at the pier knew why."
ROWS = [
    {"Publication": "The Post", "Pub. Date": "2024-03-05", "Headline": f"Late {n}", "Full text": f"{TEXT}{n}"}
    for n in range(3)
]


def missing(news):
    return news.report().query("kind == 'missing'")


def written(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_the_report_ends_with_what_articles_lack_and_why(tmp_path):
    files = {"a.csv": f"text,date\n{TEXT}1,2024-03-05\n{TEXT}2,\n{TEXT}3,soon\n", "b.txt": f"A title\n{TEXT}4\n{TEXT}"}
    report = load(written(tmp_path, files)).report()
    assert report["kind"].tolist()[-3:] == ["missing"] * 3
    outlets, dates, titles = report["problem"].tolist()[-3:]
    assert outlets.startswith("4 of 4 articles have no outlet: in 3 their tables have no column for it; in 1 nothing")
    assert dates.startswith("3 of 4 articles have no date: in 2 it is empty or cannot be read in the table; in 1 ")
    assert titles == "3 of 4 articles have no title: their tables have no column for it"
    assert missing(paste(f"A title\n{TEXT}")).empty and missing(load("standoff")).empty


FOLDERS = {
    "The Harbour Post/2024-03-05_x.txt": f"Late\n{TEXT}1",
    "The Harbour Post/20240306 y.txt": f"Late\n{TEXT}2",
    "Tide/notes.txt": f"Late\n{TEXT}3",
    "2031/z.txt": f"Late\n{TEXT}4",
}


def test_names_of_folders_and_files_are_offered_and_taken_only_when_asked_for(tmp_path):
    news = load(written(tmp_path, FOLDERS))
    assert news.articles[["outlet", "published"]].isna().all().all()
    outlets, dates = (missing(news)["cure"].iloc[n] for n in range(2))
    assert "The Harbour Post, Tide" in outlets and "2031" not in outlets and "2024-03-05, 2024-03-06" in dates
    again = eval(re.search(r"load\(.*\)$", outlets)[0], {"load": load})
    assert again.articles["outlet"].fillna("").tolist() == ["", "The Harbour Post", "The Harbour Post", "Tide"]
    again = load(tmp_path, outlet_from="folder", date_from="name")
    assert again.articles["published"].dt.day.fillna(0).tolist() == [0, 5, 6, 0]
    with pytest.raises(ValueError, match="outlet_from is one of folder"):
        load(tmp_path, outlet_from="file")


def test_folders_may_be_days_and_what_the_text_says_stands_before_names(tmp_path):
    files = {"2024/03/05/a.txt": f"Late\n{TEXT}", "2024/03/06/b.txt": f"Late\nMarch 9, 2024\n{TEXT} And so it stayed."}
    news = load(written(tmp_path, files), date_from="folder")
    assert news.articles["published"].dt.day.tolist() == [5, 9]
    assert 'date_from="folder"' in missing(load(tmp_path))["cure"].iloc[1]


def test_of_one_article_it_is_said_in_the_singular(tmp_path):
    said = missing(load(written(tmp_path, {"a.txt": TEXT})))["problem"].tolist()
    assert said[0].startswith("1 of 1 article has no outlet") and "they" not in "".join(said)


def test_the_name_of_a_file_with_many_articles_is_no_date(tmp_path):
    files = {"export_2024-03-05.csv": f"text\n{TEXT}1\n{TEXT}2\n", "2024-03-06_x.txt": f"Late\n{TEXT}3"}
    assert "date_from" not in "".join(missing(load(written(tmp_path, files)))["cure"])
    (tmp_path / "export_2024-03-05.csv").rename(tmp_path / "export.csv")
    assert 'date_from="name"' in "".join(missing(load(tmp_path))["cure"])


def test_what_was_not_read_stands_wherever_a_size_is_spoken_of(tmp_path):
    files = {f"{n}.txt": f"Late\n{TEXT}{n}" for n in range(12)} | {
        "b.csv": "".join(f"{n},{TEXT}\n" for n in range(348))
    }
    news = load(written(tmp_path, files))
    assert news.unread == "1 file and 347 rows"
    assert "12 articles, no dates known (1 file and 347 rows not read)" in news.origin and "347" in repr(news)
    assert "**Not read:** 1 file and 347 rows;" in limits.opening(news).data
    part = news.select(["1.txt"])
    assert "347 rows" in part.origin and part.report()["kind"].tolist()[-1] == "missing"
    assert load("harbour").unread == ""


def test_a_frame_loads_as_a_table_in_a_file_does(tmp_path):
    frame = pd.DataFrame(ROWS).set_index(pd.Index(["x", "y", "z"], name="article_id"))
    before = frame.copy()
    news = load(frame)
    assert news.articles.index.tolist() == ["x", "y", "z"] and news.articles["title"].tolist()[0] == "Late 0"
    assert news.articles["source"].tolist()[-1] == "frame row 3" and news.articles["sha256"].isna().all()
    pd.testing.assert_frame_equal(frame, before)
    frame.reset_index().to_csv(tmp_path / "frame.csv", index=False)
    assert load(tmp_path / "frame.csv").digest == news.digest
    assert "load(frame, columns=" in news.report()["cure"].iloc[0]
    assert load(news.articles).articles["raw"].tolist() == news.articles["raw"].tolist()
    mixed = pd.DataFrame(
        {"text": [TEXT, None, pd.NA, 5], "when": pd.to_datetime(["2024-03-05"] * 4), "k": [[1], {}, 2, pd.NA]}
    )
    assert len(load(mixed, columns={"published": "when"})) == 1
    for odd in (pd.DataFrame(), pd.DataFrame({"a": [1]}), pd.DataFrame({("a", "b"): [TEXT]})):
        with pytest.raises(CorpusError, match="there is no column raw"):
            load(odd)


def test_a_folder_remembers_how_it_is_loaded(tmp_path):
    options = {"columns": {"raw": ["b", 'c "d" \x7f\\'], "their day": "é"}, "furniture": ["Sign up", "/^x\\d/"]}
    written(tmp_path, {"a.csv": f"b,é\nSign up\n{TEXT},1\n"})
    first = load(tmp_path, **options, outlet_from="folder", remember=True)
    assert (tmp_path / "corpus.toml").is_file() and remembered.read(tmp_path) == options | {"outlet_from": "folder"}
    assert load(tmp_path).digest == first.digest and "their day" in load(tmp_path).articles
    with pytest.raises(CorpusError, match="there is no column 'none'"):
        load(tmp_path, columns={"raw": "none"})
    with pytest.raises(CorpusError, match="remember=True keeps options in a folder"):
        load(tmp_path / "a.csv", columns={"raw": "b"}, remember=True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("columns = {", "cannot be read"),
        ("column = 'x'", "has the key 'column'.*did you mean 'columns'"),
        ("columns = 5", "is a table of names"),
        ("furniture = 'x'", "is a list of lines"),
        ("furniture = [5]", "furniture"),
        ("[columns]\nraw = 5", "columns maps our names"),
        ("[columns]\ndate = 'x'", "did you mean 'published'"),
        ("outlet_from = 'disk'", "outlet_from is one of folder"),
        (b"\xff\xfe", "cannot be read"),
    ],
)
def test_a_broken_memory_is_named(content, said, tmp_path):
    written(tmp_path, {"a.txt": f"Late\n{TEXT}"})
    (tmp_path / "corpus.toml").write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ValueError, match=said):
        load(tmp_path)


def test_a_corpus_is_given_columns(six):
    ids = list(six.articles.index)
    news = six.with_columns(side=six.articles["outlet"].notna(), rank={ids[0]: 1, ids[1]: 2})
    assert news.articles["side"].all() and news.articles["rank"].fillna(0).tolist()[:3] == [1, 2, 0]
    assert "side" not in six.articles and len(news.words) == len(six.words)
    table = pd.DataFrame({"article_id": ids, "published": "2024-03-05", "outlet": 5})
    told = news.with_columns(table).articles
    assert (told["published"] == pd.Timestamp("2024-03-05")).all() and set(told["outlet"]) == {"5"} and "side" in told
    part = news.select(ids[:2]).with_columns({}.get("none"), note=pd.Series(["a"], index=ids[:1]))
    assert part.articles["note"].tolist()[0] == "a" and len(part.copies) == 2


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"raw": {}}, "raw is what was read"),
        ({"side": ["a"] * 6}, "write pd.Series"),
        ({"side": {"nobody": 1}}, "1 of 1 keys of the column 'side' are no article ids"),
        ({"side": pd.Series([1] * 6)}, "6 of 6 keys"),
        ({"published": pd.Series({"ID": "soon"})}, "'soon' in the column 'published' cannot be read"),
        ({"side": pd.Series([1, 2], index=["ID", "ID"])}, "more than one value"),
    ],
)
def test_columns_that_belong_to_no_articles_are_refused(columns, said, six):
    one = six.articles.index[0]
    named = {
        name: values.rename({"ID": one}) if isinstance(values, pd.Series) else values
        for name, values in columns.items()
    }
    with pytest.raises(ValueError, match=said):
        six.with_columns(**named)


def test_an_assignment_that_is_lost_is_warned_of(six):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        six.articles["side"] = "left"
    assert "side" not in six.articles and [warning.category.__name__ for warning in caught] == [
        "ChainedAssignmentError"
    ]
