"""Tables taken away as CSV: the same values come back, no file is lost, no cell becomes a formula."""

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from utils import export, load

TABLE = pd.DataFrame(
    {"term": ["peace", "=1+1", "@sum", "naïve"], "count": [5, -3, 0, 1], "rate": [0.5, -1.25, None, 1e-9]}
)


@pytest.fixture(autouse=True)
def results(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path / "results"))
    return tmp_path / "results"


def test_a_table_is_written_whole_and_its_numbers_come_back(results):
    assert export.csv(TABLE, "peace") == "results/peace.csv"
    back = pd.read_csv(results / "peace.csv")
    assert back["count"].tolist() == [5, -3, 0, 1] and back["rate"].equals(TABLE["rate"])
    assert back["term"].tolist() == ["peace", "'=1+1", "'@sum", "naïve"]
    assert [path.name for path in results.iterdir()] == ["peace.csv"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("='+-@\t\r\n\"',"), max_size=9))
)
def test_every_text_comes_back_through_our_own_reader(texts):
    table = pd.DataFrame({"raw": [f"{text}x" for text in texts] or ["x"], "n": 1})
    name = export.csv(table, f"t{abs(hash(tuple(texts)))}").removeprefix("results/")
    assert load(export.folder() / name).articles["raw"].tolist() == table["raw"].tolist()


def test_a_file_that_is_there_is_never_written_over(results):
    first = export.csv(TABLE, "peace")
    before = (results / "peace.csv").read_bytes()
    assert export.csv(TABLE, "peace") == first
    assert export.csv(TABLE.head(1), "peace.csv") == "results/peace-2.csv"
    assert (results / "peace.csv").read_bytes() == before


@pytest.mark.parametrize("name", ["../peace", "/peace", "", ".hidden", "a/b"])
def test_a_name_cannot_lead_out_of_the_folder(name):
    with pytest.raises(ValueError, match="name of letters"):
        export.csv(TABLE, name)
