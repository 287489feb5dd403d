"""The examples of corpus/README.md are what they say: each file in it loads, by the call printed beside it."""

import re
from pathlib import Path

import pytest

from utils import load

README = (Path(__file__).parents[1] / "corpus" / "README.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w.]+)`\n```text\n(.*?)```", README, re.MULTILINE | re.DOTALL))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with every example file, and the place we are in."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_format_of_text_has_an_example():
    assert set(FILES) == {
        "ferry.txt", "articles.csv", "articles.jsonl", "page.html", "nexis.txt", "proquest.txt", "factiva.txt",
        "letter.eml", "ferry.rtf", "persons.csv",
    }  # fmt: skip


def test_the_table_loads_by_the_call_printed_and_without_it_and_says_so(folder):
    call = re.search(r'^news = (load\("articles.csv".*\))$', README, re.MULTILINE)[1]
    news = eval(call, {"load": load})
    assert news.report(missing=False).empty and news.articles["desk"].tolist() == ["town", "town"]
    assert news.articles["title"].tolist() == ["Late again", "Closed"]
    known = load("articles.csv")
    assert known.digest == news.digest and known.report(missing=False)["kind"].tolist() == ["assumed"]


def test_the_list_of_names_says_who_is_who(tmp_path):
    (tmp_path / "persons.csv").write_text(FILES["persons.csv"], encoding="utf-8")
    (tmp_path / "a.txt").write_text("Ilse Marrow met Bill Marrow and Ivo Lund. “No,” said Marrow.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("“Yes,” said the Grey Fox. Mayor Marrow left.", encoding="utf-8")
    news = load(tmp_path)
    assert len(news) == 2 and news.quotes["person"].tolist() == ["Ilse Marrow"] * 2
    assert {*news.persons["person"]} == {"Ilse Marrow", "Bill Marrow"} and news.persons["sure"].all()
    (told,) = news.report(missing=False)["problem"]
    assert told.startswith(
        "it says whom 3 forms of a name mean: Marrow → Ilse Marrow; Grey Fox → Ilse Marrow; Ivo Lund"
    )


def test_lines_of_objects_and_the_page_load(folder):
    lines = load("articles.jsonl")
    assert lines.report(missing=False).empty and lines.articles["published"].dt.day.tolist() == [3, 4]
    page = load("page.html")
    assert page.report(missing=False).empty and page.articles["title"].tolist() == ["Late again"]
    assert page.articles["published"].iloc[0].strftime("%Y-%m-%d %H") == "2025-12-03 18"
    body = page.articles["raw"].iloc[0][page.body["start"].min() : page.body["end"].max()]
    assert body.startswith("The ferry was late") and body.endswith("went home.")


def test_the_layout_is_read_part_by_part(folder):
    kinds = load("ferry.txt").segments["kind"].tolist()
    assert kinds == ["headline", "section", "byline", "dateline", "dateline", "body", "body", "trailer", "furniture"]


@pytest.mark.parametrize("name", ["nexis.txt", "proquest.txt", "factiva.txt"])
def test_the_downloads_are_two_articles_each(name, folder):
    news = load(name)
    assert news.report().empty and news.articles["title"].tolist() == ["Late again", "Closed"]
    assert set(news.articles["outlet"]) == {"The Harbour Post"} and set(news.articles["language"]) == {"en"}
    assert news.articles["published"].dt.day.tolist() == [3, 4] and "Ada" in news.articles["byline"].iloc[0]
    words = news.articles["raw"].iloc[1][news.body["start"].iloc[-1] : news.body["end"].iloc[-1]]
    assert words.endswith("It will stay so until spring.")


def test_the_letter_and_the_rich_text_load(folder):
    letter, rich = load("letter.eml"), load("ferry.rtf")
    assert letter.report(missing=False).empty and letter.articles["outlet"].tolist() == ["The Harbour Post"]
    assert letter.articles["title"].tolist() == rich.articles["title"].tolist() == ["Late again"]
    assert rich.report(missing=False).empty and rich.articles["byline"].tolist() == ["Ada Moss"]
    assert "café" in rich.articles["raw"].iloc[0] and "“Nobody knows why,”" in rich.articles["raw"].iloc[0]


def test_outlets_and_dates_come_from_names_and_columns_are_added_as_printed(tmp_path, monkeypatch):
    for name in ("The Harbour Post/2024-03-05_ferry.txt", "Tide/2024-03-06_quay.txt"):
        (tmp_path / "mine" / name).parent.mkdir(parents=True)
        (tmp_path / "mine" / name).write_text(f"Late\nThe ferry was late, as {name} says.\nNobody knew why.")
    load_it, add = (
        re.search(rf"^news = ({call}.*)$", README, re.MULTILINE)[1] for call in (r'load\("mine", outlet', "news.with")
    )
    news = eval(load_it.replace('"mine"', "path"), {"load": load, "path": tmp_path / "mine"})
    assert news.report().empty and news.articles["published"].dt.day.tolist() == [5, 6]
    assert eval(add, {"news": news}).articles["side"].tolist() == ["town", "port"]
