"""The corpus: its tables, its selections, and layers that are kept and never stale."""

import subprocess
import sys
import warnings
from importlib import import_module

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import Corpus, CorpusError, available, load, paste, sentiment
from utils.corpus import cache, failures


def test_frames_are_copies_that_may_be_changed(six):
    articles = six.articles
    articles["raw"] = "changed"
    articles.loc["a1.txt", "title"] = "changed"
    assert six.articles.at["a1.txt", "title"] == "Peace at last" and "Bread" in six.articles.at["b1.txt", "raw"]


def test_a_selection_cuts_the_layers_of_the_whole(six, tmp_path, monkeypatch):
    assert len(six.tokens)
    part = six.select("outlet == 'Birch Weekly'")
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "none"))
    alone = part.tokens
    whole = six.tokens[six.tokens["article_id"].isin(part.articles.index)].reset_index(drop=True)
    assert (
        list(part.articles.index)
        == ["b1.txt", "b2.txt", "b3.txt", "b4.txt"]
        == list(alone["article_id"].cat.categories)
    )
    assert alone.astype({"article_id": "str", "term": "str"}).equals(whole.astype({"article_id": "str", "term": "str"}))
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "rows",
    [
        ["a1.txt", "a2.txt"],
        pd.Series({"a2.txt": True, "a1.txt": True, "b1.txt": False}),
        "outlet.str.startswith('The Alder')",
    ],
)
def test_ids_a_boolean_series_and_a_query_select_alike(six, rows):
    assert list(six.select(rows).articles.index) == ["a1.txt", "a2.txt"]


@pytest.mark.parametrize(
    ("rows", "says"), [("year > 3", "columns"), (["zz"], "zz"), ("outlet == 'None'", "no article")]
)
def test_a_selection_that_cannot_be_made_says_why(six, rows, says):
    with pytest.raises(CorpusError, match=says):
        six.select(rows)


@pytest.mark.parametrize(
    ("rows", "chosen"),
    [
        ("a2.txt", ["a2.txt"]),
        (["b1.txt", "a1.txt", "b1.txt"], ["a1.txt", "b1.txt"]),
        (pd.Series({"a1.txt": True, "a2.txt": None, "b1.txt": False}, dtype="boolean"), ["a1.txt"]),
    ],
)
def test_a_selection_holds_what_is_chosen_in_the_corpus_order_and_nothing_else(six, rows, chosen):
    part = six.select(rows)
    assert list(part.articles.index) == chosen == list(part.segments["article_id"].unique())
    assert list(part.words["article_id"].cat.categories) == chosen
    assert set(part.words["term"].cat.categories) == set(part.words["term"])


def test_a_selection_reports_on_its_own_articles_alone(tmp_path):
    for name, text in {"a.txt": "03/12/2025\nOne thing.", "b.txt": "Two things."}.items():
        (tmp_path / name).write_text(f"A title\n{text}", encoding="utf-8")
    news = load(tmp_path)
    assert [list(news.select(name).report(missing=False)["source"]) for name in ("a.txt", "b.txt")] == [["a.txt"], []]


def test_the_receipt_adds_up_to_the_segments(six):
    receipt = six.receipt()
    assert receipt["n_segments"].sum() == len(six.segments) and receipt["share"].sum() == pytest.approx(1)
    assert receipt.set_index("rule").at["rights line", "n_articles"] == 6
    assert receipt.set_index("rule").at["rights line", "example"].startswith("© 2024 The Alder Post.")


def test_a_kept_layer_is_found_again_and_a_damaged_or_stale_one_is_not(tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    text = tmp_path / "texts" / "a.txt"
    text.parent.mkdir()
    text.write_text("A title\nOne. Two.", encoding="utf-8")
    first = load(text.parent).tokens
    kept = sorted((tmp_path / "cache").glob("*/*"))
    assert [path.suffix for path in kept] == [".arrow"] * 2
    monkeypatch.setattr("utils.layers.tokens.words", None)
    monkeypatch.setattr("utils.layers.sentences.sent_spans", None)
    assert load(text.parent).tokens.equals(first)
    monkeypatch.undo()
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    for path in kept:
        path.write_bytes(b"damaged")
    assert load(text.parent).tokens.equals(first)
    text.write_text("A title\nOne. Two. Three.", encoding="utf-8")
    assert len(load(text.parent).tokens) == len(first) + 1


def test_one_text_with_other_segments_has_layers_of_its_own():
    text = "A title\nOne. Two.\nThree."
    whole = paste(text)
    moved = Corpus("moved", whole._articles, whole._segments.assign(end=whole._segments["end"] - 1), whole._problems)
    assert moved.digest == whole.digest
    assert not moved.sentences.equals(whole.sentences)
    dated = whole._articles.assign(published=pd.Timestamp("2024-01-02"))
    assert Corpus("dated", dated, whole._segments, whole._problems)._keys.over_all("copies") != whole._keys.over_all(
        "copies"
    )


def test_two_kernels_may_write_one_layer_at_once(tmp_path):
    code = "from utils import load; print(len(load('addresses').select('year < 1800').tokens))"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=subprocess.PIPE,
            text=True,
            env={**__import__("os").environ, "PASSAGES_CACHE": str(tmp_path)},
        )
        for _ in range(2)
    ]
    counts = {process.communicate()[0].strip() for process in running}
    assert len(counts) == 1 and counts != {""}
    assert all(path.suffix == ".arrow" for path in tmp_path.rglob("*") if path.is_file())


def test_where_nothing_can_be_kept_the_layers_are_computed_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.warns(UserWarning, match="not kept"):
        cache.keep("words-x", pd.DataFrame({"a": [1]}))
    assert cache.kept("words-x") is None


def test_available_names_the_corpora_with_their_sizes():
    table = available().set_index("name")
    assert table.at["addresses", "articles"] == 237 and table.at["addresses", "words"] == 1_993_701
    assert str(table.at["addresses", "last"].date()) == "2026-02-24" and "mine" in table.index


def test_the_receipt_shows_the_longest_of_each_rule():
    receipt = paste("A title\nShort.\n" + "Long " * 20 + "end.\nMiddling.").receipt().set_index("rule")
    assert receipt.at["paragraph", "longest"] == 104 and receipt.at["paragraph", "example"] == "Long " * 12
    assert receipt["longest"].dtype == "int64"


def test_a_line_of_furniture_without_use_is_reported_with_the_nearest(tmp_path):
    texts = {"a.txt": "A title\nIt rained.\nSign up for The Tide, our letter!", "b.txt": "B title\nIt stopped all day."}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    rules = ["Sign up for the Tide, our  letters", "all day", "It rained.", "/^photo/", "Nothing alike", "/rain/"]
    report = load(tmp_path, furniture=rules).report(missing=False)
    assert report["source"].unique().tolist() == [tmp_path.name] and set(report["kind"]) == {"doubtful"}
    assert report["problem"].tolist() == [
        "your furniture “Sign up for the Tide, our letters” set no line aside; the nearest line is “Sign up for The "
        "Tide, our letter!”",
        "your furniture “all day” set no line aside; the nearest line is “It stopped all day.”",
        "your furniture “/^photo/” set no line aside",
        "your furniture “Nothing alike” set no line aside",
        "your furniture “/rain/” set no line aside",
    ]


def test_an_expression_with_flags_is_refused(tmp_path):
    (tmp_path / "a.txt").write_text("A title\nIt rained.", encoding="utf-8")
    with pytest.raises(CorpusError, match="'/^photo/i' in furniture has letters.*write '/^photo/'".replace("^", r"\^")):
        load(tmp_path, furniture=["/^photo/i"])


def test_the_report_names_what_could_not_be_read_first(tmp_path):
    texts = {"a.txt": "03/12/2025\nOne thing.", "b.txt": "Two things.", "c.txt": "Two things."}
    for name, text in texts.items():
        (tmp_path / name).write_text(f"A title\n{text}", encoding="utf-8")
    rows = ["", "", *"three four five six seven eight nine".split(), ""]
    (tmp_path / "b.csv").write_text("raw,desk\n" + "".join(f"{row},x\n" for row in rows), encoding="utf-8")
    (tmp_path / "z.txt").write_bytes(b"PK\x03\x04\x00\x00")
    report = load(tmp_path).report(missing=False)
    assert list(zip(report["kind"], report["source"], strict=True)) == [
        ("unreadable", "b.csv row 2"),
        ("unreadable", "b.csv row 3"),
        ("unreadable", "b.csv row 11"),
        ("unreadable", "z.txt"),
        ("doubtful", "a.txt"),
        ("doubled", "c.txt"),
    ]
    assert list(report.index) == list(range(6)) and list(report) == ["source", "kind", "problem", "cure"]


ODD = {  # a layer, how it is asked for, and the function within it that fails where the odd article is read
    "words": (lambda news: news.words, "layers.tokens.fold"),
    "sentences": (lambda news: news.sentences, "layers.sentences.sent_spans"),
    "quotes": (lambda news: news.quotes, "layers.voices.quotes._article"),
    "copies": (lambda news: news.copies, "layers.signatures._number"),
    "scored words": (sentiment.scored_words, "lexicons.textblob._row_of"),
}


def odd_one(monkeypatch, tmp_path, function, error=ZeroDivisionError):
    """Give a folder of four articles, the third of which is odd: the function cannot read it."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("a.txt", "b.txt", "odd.txt", "z.txt"):
        text = f"Port shut\n“A good day to you, {'Oddity' if name == 'odd.txt' else name[0]},” Ilse Marrow said."
        (texts / name).write_text(text, encoding="utf-8")
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    module, _, name = f"utils.{function}".rpartition(".")
    whole = getattr(import_module(module), name)

    def fails(text, *rest, **options):
        if "oddity" in text.lower():
            raise error("no such\n oddity")
        return whole(text, *rest, **options)

    monkeypatch.setattr(f"{module}.{name}", fails)
    return texts


def told(table):
    """Give the rows of a layer with the ids as plain text."""
    return table.astype({"article_id": "str"}).astype(object).where(table.notna(), None).values.tolist()


@pytest.mark.parametrize(("layer", "ask", "function"), [(name, *how) for name, how in ODD.items()], ids=ODD)
def test_a_layer_goes_on_without_the_article_on_which_it_fails(layer, ask, function, tmp_path, monkeypatch):
    texts = odd_one(monkeypatch, tmp_path, function)
    with pytest.warns(UserWarning, match=f"the {layer} of 1 of 4 articles could not be found; see report"):
        found = told(ask(load(texts)))
    monkeypatch.undo()
    monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "other"))
    right = told(ask(load(texts)))
    assert {row[0] for row in right} == {"a.txt", "b.txt", "odd.txt", "z.txt"}
    assert [row for row in found if row[0] != "odd.txt"] == [row for row in right if row[0] != "odd.txt"]
    without = [["odd.txt", "odd.txt", None, None, "only", False]] if layer == "copies" else []
    assert [row for row in found if row[0] == "odd.txt"] == without


@pytest.mark.parametrize(("layer", "ask", "function"), [(name, *how) for name, how in ODD.items()], ids=ODD)
def test_the_report_names_the_article_on_which_a_layer_failed_in_the_next_kernel_too(
    layer, ask, function, tmp_path, monkeypatch
):
    texts = odd_one(monkeypatch, tmp_path, function)
    reports = []
    for _ in range(2):  # computed, then read from the cache by code that does not fail
        news = load(texts)
        assert news.report(missing=False).empty
        with pytest.warns(UserWarning, match=f"the {layer} of 1 of 4 articles could not be found; see report"):
            found = told(ask(news))
        reports.append(news.report(missing=False))
        monkeypatch.undo()
        monkeypatch.setenv("PASSAGES_CACHE", str(tmp_path / "cache"))
    assert reports[0].equals(reports[1])
    (line,) = reports[0].to_dict("records")
    assert line["source"] == "odd.txt" and line["kind"] == "doubtful"
    assert line["problem"].startswith(f"its {layer} could not be found (ZeroDivisionError in test_corpus.py, line ")
    assert ": no such oddity), so it counts as " in line["problem"]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        part = eval(line["cure"].partition(": ")[2], {"news": news})
        assert part.report(missing=False).empty and told(ask(part)) == [row for row in found if row[0] != "odd.txt"]
        assert part.report(missing=False).empty and len(news.select(["a.txt", "odd.txt"]).report(missing=False)) == 1


def test_a_corpus_and_its_selections_warn_of_an_article_once_and_of_their_own_alone(tmp_path, monkeypatch):
    texts = odd_one(monkeypatch, tmp_path, "layers.voices.quotes._article")
    news = load(texts)
    part = news.select(["a.txt", "odd.txt"])
    with pytest.warns(UserWarning, match="the quotes of 1 of 2 articles"):
        assert set(part.quotes["article_id"]) == {"a.txt"}
    assert (
        len(part.report(missing=False)) == len(news.report(missing=False)) == 1
        and news.select(["a.txt"]).report(missing=False).empty
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert set(news.quotes["article_id"]) == {"a.txt", "b.txt", "z.txt"}
        again = load(texts)
        assert len(again.select(["a.txt", "b.txt"]).quotes) == 2 and again.report(missing=False).empty
    with pytest.warns(UserWarning, match="the quotes of 1 of 1 article "):
        assert again.select(["odd.txt"]).quotes.empty
    assert len(again.report(missing=False)) == 1


def test_an_article_without_sentences_has_no_quotes(tmp_path, monkeypatch):
    news = load(odd_one(monkeypatch, tmp_path, "layers.sentences.sent_spans"))
    with pytest.warns(UserWarning) as said:
        assert set(news.quotes["article_id"]) == {"a.txt", "b.txt", "z.txt"}
    assert [str(one.message).split()[1] for one in said] == ["sentences", "quotes"]
    assert news.report(missing=False)["problem"].str.contains("it has no sentences").tolist() == [False, True]
    assert news.tokens["sentence"].eq(-1).sum() == 11


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, ImportError, OSError])
def test_an_interruption_and_a_lack_of_memory_are_no_articles_fault(error, tmp_path, monkeypatch):
    news = load(odd_one(monkeypatch, tmp_path, "layers.voices.quotes._article", error))
    with pytest.raises(error):
        news.quotes  # noqa: B018
    assert news.report(missing=False).empty


class TooLong(TimeoutError):
    """A time limit's own kind of error, as engines and guards have them."""


@pytest.mark.parametrize("error", [TimeoutError, TooLong])
def test_a_text_that_takes_too_long_is_left_out_alone(error, tmp_path, monkeypatch):
    news = load(odd_one(monkeypatch, tmp_path, "layers.voices.quotes._article", error))
    with pytest.warns(UserWarning, match="the quotes of 1 of"):
        assert set(news.quotes["article_id"]) == {"a.txt", "b.txt", "z.txt"}


@given(st.lists(st.booleans(), max_size=20), st.sets(st.integers(0, 19)))
def test_every_article_on_which_a_layer_fails_is_found_and_no_other(odd, before):
    ids = pd.Index([f"{n}" for n in range(len(odd))], dtype="str")
    bad = {name for name, is_odd in zip(ids, odd, strict=True) if is_odd}

    def compute(these):
        if found := sorted(bad & {*these}):
            raise ValueError(found[0])
        return pd.DataFrame({"article_id": these})

    known = {f"{n}": "known" for n in before if n < len(ids)}
    table = failures.spared(compute, ids, known)
    failed = table.attrs.get("failed", {})
    assert set(failed) == bad | {*known} and table["article_id"].tolist() == [one for one in ids if one not in failed]
    assert all(failed[one] == "known" or failed[one].endswith(f": {one}") for one in failed)


@pytest.mark.parametrize("fails", [lambda ids: len(ids) > 1, lambda ids: True])
def test_what_no_single_article_brings_about_is_raised(fails):
    def compute(ids):
        if fails(ids):
            raise ValueError("not here")
        return pd.DataFrame()

    with pytest.raises(ValueError, match="not here"):
        failures.spared(compute, pd.Index(["a", "b", "c"]), {})
