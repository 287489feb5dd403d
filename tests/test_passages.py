"""Passages: their text, how some are drawn, and HTML that shows and never runs them."""

import ast
import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from IPython.display import HTML
from nbformat.v4 import new_code_cell

from upkeep.notebooks.run import find, read, run
from utils import passages, paste, terms
from utils.passages import calls


def table(spans):
    rows = [(article, start, start + length) for article, start, length in spans]
    return pd.DataFrame(rows, columns=passages.KEYS).astype({"article_id": "str"})


def test_text_gives_the_raw_stretches_and_refuses_other_corpora(six):
    found = terms.hits(six, "nicolás")
    assert list(passages.text(six, found)) == ["Nicola\u0301s"]
    with pytest.raises(ValueError, match="lies in no article"):
        passages.text(six, found.assign(end=10_000))
    with pytest.raises(ValueError, match="lacks start"):
        passages.text(six, found.drop(columns="start"))


def test_a_draw_is_the_same_by_its_seed_and_another_by_another():
    whole = table([("a", start, 1) for start in range(100)]).set_index(pd.Index(range(100, 200)))
    drawn = [passages.draw(whole, 10, seed=seed) for seed in (0, 0, 1)]
    assert drawn[0].index.tolist() == [101, 103, 107, 117, 125, 129, 147, 158, 177, 181]
    assert drawn[0].equals(drawn[1]) and drawn[0].equals(passages.draw(whole, 10)) and not drawn[0].equals(drawn[2])
    for rows in drawn:
        assert rows.index.is_monotonic_increasing and rows.index.is_unique and rows.equals(whole.loc[rows.index])
    assert passages.draw(whole, 100) is whole and passages.draw(whole[:3], 10).equals(whole[:3])


def test_a_row_of_evidence_opens_onto_its_passages(six):
    counted = terms.frequencies(six)
    found = terms.hits(six, ["peace", "war"])
    html = passages.evidence(six, counted[counted["term"].isin(["peace", "war"])], found, on="term").data
    assert html.count("<details>") == 2 and "5 passages in 3 articles" in html and html.count("<mark") == 10


def test_a_number_that_does_not_lead_back_to_its_passages_is_an_error(six):
    counted = terms.frequencies(six)
    found = terms.hits(six, "peace")
    with pytest.raises(ValueError, match="count=6, but the passages given hold 5"):
        passages.evidence(six, counted[counted["term"] == "peace"].assign(count=6), found, on="term")
    wrong = counted[counted["term"] == "peace"].assign(n_articles=4)
    with pytest.raises(ValueError, match="n_articles=4, but the passages given hold 3"):
        passages.evidence(six, wrong, found, on="term")
    with pytest.raises(ValueError, match="columns of hits"):
        passages.evidence(six, counted.assign(x=1).head(1), found, on="x")


def test_evidence_groups_by_metadata_too_and_draws_at_most_ten(addresses):
    found = terms.hits(addresses, "venezuela")
    by_party = addresses.articles["party"].reindex(found["article_id"]).value_counts()
    rows = by_party.rename_axis("party").reset_index()
    html = passages.evidence(addresses, rows, found, on="party").data
    assert all(f"{n:,} passage" in html for n in by_party)
    assert "10 of " in html and "drawn by seed 0" in html
    assert len(html) < 60_000


def printed(shown):
    """Give the calls that stand under the opened rows of a table of evidence."""
    return re.findall(r"All of them: (.*?limit=\d+\))", "".join(Visible(shown.data).words))


def pasted(call, names):
    """Give what a call shows in a cell of its own."""
    *before, last = call.split("; ")
    exec("; ".join(before), names)
    return eval(last, names).data


@pytest.mark.parametrize(
    ("of", "on"), [(str, ["term", "party"]), (lambda day: day.dt.year, "year"), (lambda day: day, "published")]
)
def test_the_call_under_an_opened_row_gives_all_its_passages(addresses, of, on):
    found = terms.hits(addresses, ["peace", "war"])
    day = addresses.articles["published"].reindex(found["article_id"].astype("str")).set_axis(found.index)
    found = found if of is str else found.assign(**{on: of(day)})
    facts = addresses.articles.reindex(found["article_id"].astype("str")).set_axis(found.index)
    counted = found.assign(party=facts["party"]).groupby(on, observed=True).size().rename("count").reset_index()
    table = counted.sort_values("count", ascending=False).head(4)
    cell = {"passages": passages, "addresses": addresses, "table": table, "on": on, "war_or_peace": found}
    exec("shown = passages.evidence(addresses, table, war_or_peace, on=on)", cell)
    calls = printed(cell["shown"])
    assert len(calls) == 4 and all("passages.show(addresses, war_or_peace[" in call for call in calls)
    for call, n in zip(calls, table["count"], strict=True):
        shown = pasted(call, cell)
        assert shown.count("<mark") == n and f">{n:,} passages<" in shown


@pytest.mark.parametrize(("cell", "named"), [
    ("shown = [passages.evidence(news, counted, hits, on='term')]", True),
    ("def mine(table, own, corpus): return passages.evidence(corpus, table, own, on='term')\n"
     "shown = [mine(counted, hits, news)]", True),
    ("from utils import passages as p; del passages\nshown = [p.evidence(news, counted, hits, on='term')]", True),
    ("import utils; del passages\nshown = [utils.passages.evidence(news, counted, hits, on='term')]", True),
    ("shown = [passages.evidence(news, counted, terms.hits(news, 'war'), on='term')]", False),
    ("shown = [passages.evidence(news.select(news.articles.index), counted, hits, on='term')]", False),
    ("def mine(): own = terms.hits(news, 'war'); return passages.evidence(news, counted, own, on='term')\n"
     "shown = [mine()]", False),
    ("shown = []\nfor own in [hits, terms.hits(news, 'peace')]:\n"
     "    shown.append(passages.evidence(news, passages.count(own, by='term'), own, on='term'))", False),
    ("both = [hits, terms.hits(news, 'peace')]; shown = []\nwhile both:\n    own = both.pop(0)\n"
     "    shown.append(passages.evidence(news, passages.count(own, by='term'), own, on='term'))", False),
])  # fmt: skip
def test_the_call_runs_where_it_stands(addresses, cell, named):
    names = {"passages": passages, "terms": terms, "news": addresses, "hits": terms.hits(addresses, "war")}
    names["counted"] = passages.count(names["hits"], by="term")
    exec(cell, names)
    [call] = printed(names["shown"][0])
    assert ("news, hits[" in call) == named and (".kept(" in call) != named
    assert not named or call.startswith("from utils import passages; ") == ("import utils;" in cell)
    shown = pasted(call, names)
    n = len(names["hits"])
    assert shown.count("<mark") == n == shown.lower().count(">war</mark>") and f">{n:,} passages<" in shown


@pytest.mark.parametrize(("theirs", "ours"), [
    (["Post", None], ["Post", None]), ([1.0, None], [1, None]), ([1.5, float("inf")], [1.5, float("inf")]),
    ([pd.Timestamp("2024-03-01"), pd.NaT], [pd.Timestamp("2024-03-01"), pd.NaT]), (["nan", None], ["nan", None]),
    ([1, 2], [1.0, 2.0]), (["Post", None], [float("nan"), "Post"]),
])  # fmt: skip
def test_a_row_opens_onto_its_passages_whatever_its_value_is_or_where_it_has_none(theirs, ours):
    news = paste("word " * 11 + "ward " * 12)
    hits = terms.hits(news, ["word", "ward"])
    own = hits.assign(mine=hits["term"].astype("str").map(dict(zip(["word", "ward"], theirs, strict=True))))
    n = [11, 12] if pd.isna(theirs[1]) == pd.isna(ours[1]) else [12, 11]
    names = {"passages": passages, "news": news, "own": own, "table": pd.DataFrame({"mine": ours, "count": n})}
    exec("shown = passages.evidence(news, table, own, on='mine')", names)
    assert [pasted(call, names).count("<mark") for call in printed(names["shown"])] == n


@pytest.mark.parametrize(("theirs", "ours"), [(1, "1"), ("1", 1), (pd.Timestamp("2024-03-01"), "2024-03-01")])
def test_values_of_another_type_are_named_as_such(theirs, ours):
    news = paste("one word and another word")
    hits = terms.hits(news, "word").assign(mine=theirs)
    with pytest.raises(ValueError, match="on='mine' holds .* in the table and .* in the hits.*; make them one type"):
        passages.evidence(news, pd.DataFrame({"mine": [ours], "count": [2]}), hits, on="mine")


def test_a_call_whose_table_has_another_by_its_name_does_not_show_nothing_in_silence(addresses):
    names = {"passages": passages, "news": addresses, "hits": terms.hits(addresses, "war")}
    exec("shown = passages.evidence(news, passages.count(hits, by='term'), hits, on='term')", names)
    [call] = printed(names["shown"])
    said = "a name in it means another table by now"
    assert said not in pasted(call, names)
    assert said in pasted(call, names | {"hits": terms.hits(addresses, "peace")})


def test_passages_no_longer_kept_say_what_to_do(six, monkeypatch):
    monkeypatch.setattr(calls, "MOST", 2)
    table = terms.hits(six, "war")
    keys = [calls.keep([table.head(n)], six)[0] for n in (1, 2, 3)]
    assert passages.kept(keys[2])[0] is six and len(passages.kept(keys[1])[1]) == 2
    with pytest.raises(ValueError, match="run the cell that shows the table again"):
        passages.kept(keys[0])


def test_what_is_kept_of_one_article_is_not_taken_for_the_same_places_of_another():
    first, other = (paste(f"The crew met. The {word} came back.") for word in ("ferry", "train"))
    table = terms.hits(first, "came")
    assert table[passages.KEYS].equals(terms.hits(other, "came")[passages.KEYS])
    keys = [calls.keep([table[passages.KEYS]], news)[0] for news in (first, other, first)]
    assert keys[0] == keys[2] != keys[1]
    assert passages.kept(keys[0])[0] is first and passages.kept(keys[1])[0] is other


def test_each_call_of_a_long_table_is_alive_when_it_is_shown():
    news = paste(" ".join(f"w{n:03}" for n in range(250) for _ in range(11)))
    hits = terms.hits(news, "w*")
    html = (lambda own: passages.evidence(news, passages.count(own, by="term"), own, on="term", limit=250))(hits.copy())
    keys = re.findall(r"kept\('(\w+)'\)", "".join(printed(html)))
    assert len(set(keys)) == 250 and all(len(passages.kept(key)[1]) == 11 for key in keys)


def calls_in(notebook):
    """Give each call printed in a notebook with the number of the cell that prints it."""
    shown = [(n, output.get("data", {}).get("text/html", "")) for n, cell in enumerate(notebook.cells)
             for output in cell.get("outputs", [])]  # fmt: skip
    return [(n, call) for n, html in shown if "All of them" in html for call in printed(HTML(html))]


@pytest.mark.parametrize("path", [path for path in find() if path.stem[0].isdigit()], ids=lambda path: path.stem[:2])
def test_no_name_in_a_printed_call_means_another_thing_further_down(path):
    notebook, last = read(path), {}
    for n, cell in enumerate(notebook.cells):
        tree = ast.parse(cell.source if cell.cell_type == "code" else "")
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                last[node.id] = n
            elif isinstance(node, ast.ImportFrom):
                last |= {alias.asname or alias.name: n for alias in node.names}
    calls = calls_in(notebook)
    assert calls
    for n, call in calls:
        names = {node.id for node in ast.walk(ast.parse(call)) if isinstance(node, ast.Name)}
        assert [name for name in names if last.get(name, len(notebook.cells)) > n] == [], call


def test_each_call_printed_in_the_notebook_on_voices_runs_in_a_cell_at_its_end():
    [path] = find(["03"])
    notebook = read(path)
    calls = [call for _, call in calls_in(notebook)]
    extra = [new_code_cell(call, id=f"call-{n}") for n, call in enumerate(calls)]
    notebook.cells += extra
    done = run({path.stem: notebook})[path.stem]
    assert done.error is None
    for call, cell in zip(calls, done.notebook.cells[-len(calls) :], strict=True):
        n = re.search(r"limit=(\d+)\)$", call)[1]
        assert f">{int(n):,} passages<" in cell.outputs[0]["data"]["text/html"], call


class Visible(HTMLParser):
    """The tags, attributes and text of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words = set(), set(), []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data):
        self.words.append(data)


@pytest.mark.parametrize(
    "evil",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</mark></p><iframe src=javascript:1>",
        "\"><b onclick='x'>",
        "&lt;script&gt;",
    ],
)
def test_everything_shown_is_escaped(evil):
    news = paste(f"{evil} title\nA {evil} word and {evil}.\n© 2024 {evil}. Visit at a.example.")
    found = terms.hits(news, "word")
    counted = found.groupby("term").size().rename("count").reset_index().assign(**{evil: evil})
    shown = [
        passages.show(news, found),
        passages.evidence(news, counted, found, on="term"),
        passages.read(news, "pasted", marks={evil: found}),
    ]
    for html in shown:
        visible = Visible(html.data)
        assert visible.tags <= {
            "div",
            "span",
            "p",
            "mark",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "details",
            "summary",
            "h3",
        }
        assert visible.attributes <= {"class", "style", "title", "scope", "colspan"}
        assert evil in "".join(visible.words)


def test_an_article_is_read_whole_with_every_character_and_its_marks(scraped):
    html = passages.read(
        scraped, "ferry-strike.txt", marks={"crews": terms.hits(scraped, "crews"), "all": scraped.body}
    ).data
    raw = re.sub(r"\s", "", scraped.articles["raw"].iloc[0])
    shown = re.sub(r"\s", "", "".join(Visible(html).words))
    assert all(
        re.sub(r"\s", "", line) in shown for line in scraped.articles["raw"].iloc[0].splitlines() if line.strip()
    )
    assert len(shown) > len(raw) and 'title="crews, all"' in html
    with pytest.raises(ValueError, match="ferry-strike.txt"):
        passages.read(scraped, "no-such")


def test_a_report_shows_its_texts_whole_and_escaped():
    table = pd.DataFrame({"source": ["<b>.txt"], "problem": ["long " * 40], "n": [3]})
    html = passages.whole(table).data
    assert "long " * 40 in html and "&lt;b&gt;.txt" in html and "<details" not in html and ">1 row.<" in html
    assert ">1 of 2 rows; limit=2 shows all.<" in passages.whole(pd.concat([table, table]), limit=1).data
    assert "No rows" in passages.whole(table[:0]).data


def test_a_closed_row_is_one_line_with_a_name_of_its_own_and_a_head(six):
    hits = terms.hits(six, ["war", "peace"])
    shown = passages.evidence(six, passages.count(hits, by="term"), hits, on="term").data
    assert shown.count("<caption") == 1 and shown.count('<th scope="row"') == 2 and shown.count('<th scope="col"') == 3
    names = re.findall(r"<summary[^>]*><span[^>]*>([^<]*)</span></summary>", shown)
    assert [name.partition(": ")[0] for name in names] == passages.count(hits, by="term")["term"].tolist()
    assert all(" passages in " in name for name in names)
    assert all("height:1.5em" in one and "margin-top:-1.5em" in one for one in re.findall(r"<summary[^>]*>", shown))


def test_a_closed_row_of_a_day_is_named_by_the_day_alone(six):
    found = terms.hits(six, "war").assign(period=pd.Timestamp("2026-01-05"))
    shown = passages.evidence(six, passages.count(found, by="period"), found, on="period").data
    assert re.findall(r">([^<]*): \d+ passages? in", shown)[0] == "2026-01-05"
    assert "00:00" not in shown


def test_quiet_words_take_the_theme_s_own_colour_as_no_grey_is_readable_on_light_and_dark(six):
    shown = passages.show(six, terms.hits(six, "war")).data
    assert "opacity:0.75" in shown and not re.search(r"(?<!-)color:#(?!1a1a1a)", shown)
