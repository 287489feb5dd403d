"""Tables taken away as CSV: the same values come back, no file is lost, no cell becomes a formula."""

import csv
import io
import os
import unicodedata
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from utils import export, load

TABLE = pd.DataFrame(
    {"term": ["peace", "=1+1", "@sum", "naïve"], "count": [5, -3, 0, 1], "rate": [0.5, -1.25, None, 1e-9]}
)
MARK = "'\u200b"
SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫"
BEFORE = ["", " ", "\t", "\r", "\n", "\r\n ", "\xa0", "\u3000", "\ufeff", "\u200b", "\u2060\xad", "\u3164", "\0"]
RUN = [before + sign for before in BEFORE for sign in "=＠"] + [*SIGNS, "\t", "\r", "\n"]
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("='+-@\t\r\n\"',;＝＋\u200b\ufeff\xa0"), max_size=9
)


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path / "results"))
    return tmp_path / "results"


def test_a_table_is_written_whole_and_its_numbers_come_back(results):
    assert export.csv(TABLE, "peace") == "results/peace.csv"
    back = pd.read_csv(results / "peace.csv")
    assert back["count"].tolist() == [5, -3, 0, 1] and back["rate"].equals(TABLE["rate"])
    assert back["term"].tolist() == ["peace", f"{MARK}=1+1", f"{MARK}@sum", "naïve"]
    assert [path.name for path in results.iterdir()] == ["peace.csv"]


def cells(path):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def would_run(cell):
    """Whether a spreadsheet would run a cell, said without the rule that the export goes by."""
    rest = cell.lstrip("".join(c for c in set(cell) if unicodedata.category(c)[0] in "CZ" or c == "\u3164"))
    return cell[:1] in tuple("\t\r\n") or unicodedata.normalize("NFKC", rest[:1]) in tuple("=+-@")


@pytest.mark.parametrize("start", RUN)
def test_nothing_in_a_table_is_run_by_a_spreadsheet(results, start):
    text = f"{start}1+1"
    assert would_run(text)
    index = pd.Index([text], name=text)
    export.csv(pd.DataFrame({text: [text], "kind": pd.Categorical([text]), "mixed": text}, index=index), "evil")
    export.csv(pd.DataFrame([[1]], columns=pd.MultiIndex.from_tuples([(text, "a")]), index=[text]), "pivot")
    written = [cell for name in ("evil", "pivot") for row in cells(results / f"{name}.csv") for cell in row]
    assert not [cell for cell in written if would_run(cell)]
    assert written.count(MARK + text) == 7 and f"{MARK}{text} / a" in written


@pytest.mark.parametrize("value", [pd.Timedelta("-1 days"), pd.Interval(-1, 0), ("=1",), b"=1"])
def test_what_is_written_of_a_value_that_is_no_text_is_not_run_either(results, value):
    export.csv(pd.DataFrame({"value": [value], "n": [-1]}), "odd")
    (_, (cell, number)) = cells(results / "odd.csv")
    assert not would_run(cell) and cell.removeprefix(MARK) == str(value) and number == "-1"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(TEXTS, max_size=9))
def test_every_text_comes_back_through_our_own_reader(texts):
    table = pd.DataFrame({"raw": [f"{text}x" for text in texts] or ["x"], "n": 1})
    name = export.csv(table, f"t{abs(hash(tuple(texts)))}").removeprefix("results/")
    assert load(export.folder() / name).articles["raw"].tolist() == table["raw"].tolist()
    assert not [cell for row in cells(export.folder() / name) for cell in row if would_run(cell)]


def test_a_table_that_a_spreadsheet_saved_in_between_comes_back_too(results):
    raws = ["=1+1", "- he said", "peace", "'- he said", f"{MARK}=1"]
    export.csv(pd.DataFrame({"raw": raws, "=n": 1}), "evil")
    with (results / "saved.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows(row[::-1] for row in cells(results / "evil.csv"))
    again = load(results / "saved.csv").articles
    assert again["raw"].tolist() == raws and "=n" in again


@pytest.mark.parametrize("options", [{}, {"quoting": csv.QUOTE_NONNUMERIC, "encoding": "utf-8-sig"}, {"sep": "\t"}])
def test_an_apostrophe_in_a_table_that_is_not_ours_stays(tmp_path, options):
    raws = ["'- No, she said.", "'=1+1", "'@reader: no", "'+1", "''-", "'", "'\u200bNo, she said.", "'\tNo."]
    path = tmp_path / ("a.tsv" if "sep" in options else "a.csv")
    pd.DataFrame({"raw": raws, "'-note": "'-1"}).to_csv(path, index=False, **({"encoding": "utf-8"} | options))
    articles = load(path).articles
    assert articles["raw"].tolist() == raws and articles["'-note"].tolist() == ["'-1"] * len(raws)


COUNTED = pd.DataFrame(
    {"outlet": ["A", "B", "B"], "term": pd.Categorical(["war", "peace", "war"]), "year": [2024, 2025, 2024], "n": 1}
)


@pytest.mark.parametrize(("table", "header"), [
    (COUNTED.pivot_table(index="outlet", columns="year", values="n"), ["outlet", "2024", "2025"]),
    (COUNTED.assign(day=1).pivot_table(index="outlet", columns="year", values=["n", "day"], aggfunc="sum"),
     ["outlet", "day / 2024", "day / 2025", "n / 2024", "n / 2025"]),
    (COUNTED.pivot_table(index="outlet", columns="term", values="n", observed=True), ["outlet", "peace", "war"]),
    (pd.crosstab(COUNTED["outlet"], COUNTED["year"], margins=True), ["outlet", "2024", "2025", "All"]),
    (COUNTED.groupby("outlet").agg({"n": ["sum", "mean"]}), ["outlet", "n / sum", "n / mean"]),
    (COUNTED.groupby("outlet")["n"].sum(), ["outlet", "n"]),
    (COUNTED.set_index("outlet", drop=False)[["outlet"]], ["outlet", "outlet"]),
    (COUNTED[["n", "n"]], ["n", "n"]),
    (pd.DataFrame([["x", "y", "z"]], columns=pd.Index([-1.5, 2, None], dtype=object)), ["-1.5", "2", ""]),
    (COUNTED.set_index(["outlet", "term"]).rename_axis([None, None])[["n"]], ["level_0", "level_1", "n"]),
    (pd.DataFrame({"text": pd.Series(["half \ud800"], dtype=object)}), ["text"]),
])  # fmt: skip
def test_a_table_of_any_shape_can_be_taken_away(results, table, header):
    export.csv(table, "shape")
    first, *rows = cells(results / "shape.csv")
    assert first == header and len(rows) == len(table) and {len(row) for row in rows} == {len(header)}


def test_a_file_that_is_there_is_never_written_over(results):
    first = export.csv(TABLE, "peace")
    before = (results / "peace.csv").read_bytes()
    assert export.csv(TABLE, "peace") == first
    assert export.csv(TABLE.head(1), "peace.csv") == "results/peace-2.csv"
    assert (results / "peace.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["../peace", "/peace", "", ".hidden", "a/b", "peace\n", None, 5])
def test_a_name_cannot_lead_out_of_the_folder(name):
    with pytest.raises(ValueError, match="name of letters"):
        export.csv(TABLE, name)


def test_a_name_that_another_kernel_takes_meanwhile_stays_theirs(results, monkeypatch):
    link = os.link

    def late(part, target):
        monkeypatch.setattr(os, "link", link)
        target.write_bytes(b"theirs")
        link(part, target)

    (results / "peace-2.csv").mkdir(parents=True)
    monkeypatch.setattr(os, "link", late)
    assert export.csv(TABLE, "peace") == "results/peace-3.csv"
    assert (results / "peace.csv").read_bytes() == b"theirs"
    assert sorted(path.name for path in results.iterdir()) == ["peace-2.csv", "peace-3.csv", "peace.csv"]


def test_a_table_is_there_whole_or_not_at_all(results, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match=r"peace\.csv cannot be written \(No space left on device\); set PASSAGES"):
        export.csv(TABLE, "peace")
    assert list(results.iterdir()) == []


def test_the_folder_may_be_named_from_the_home(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PASSAGES_RESULTS", "~/tables")
    assert export.csv(TABLE, "peace") == "tables/peace.csv" and (tmp_path / "tables" / "peace.csv").is_file()
    monkeypatch.setenv("PASSAGES_RESULTS", "")
    assert export.folder() == Path(__file__).parents[1] / "results"
