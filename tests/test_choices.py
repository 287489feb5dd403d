"""Choices: pipelines counted by hand and held against the measures they stand for; grids, seals, curves, cards."""

import json

import numpy as np
import pandas as pd
import pytest

import kinds
from utils import choices, compare, figures, load, passages, quotes, sentiment, terms
from utils.arguments import Refusal
from utils.measures.choices import asked, curves
from utils.passages import english

SIGNALMAN = {"outlet": "The Low Coast Signalman"}
OUT, IN = [1, 2, 3, 1, 2, 3, 1, 2, 3, 2, 1, 4], [1, 0, 2, 1, 0, 1, 2, 0, 1, 1, 0, 1]


@pytest.fixture(autouse=True)
def nothing_asked_before(monkeypatch):
    monkeypatch.setattr(asked, "_SESSION", {})


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """Twelve articles of either paper; in Alder's each thing is said as often as OUT and IN tell, in Birch's once."""
    folder = tmp_path_factory.mktemp("port")
    for n, (out, said) in enumerate(zip(OUT * 2, IN * 2, strict=True)):
        paper, out, said = ("Alder Post", out, said) if n < 12 else ("Birch Weekly", 1, 1)
        body = ["The cargo came in."] * out + ['"The cargo is late," said Ann Moss.'] * said + [f"Ship {n} left."]
        head = "Cargo quay" if n % 2 else "Harbour news"
        (folder / f"{n:02}.txt").write_text(f"{head}\n{' '.join(body)}\n© 2024 The {paper}.", encoding="utf-8")
    return load(folder)


@pytest.fixture
def more_cargo(port):
    return choices.claim(port, "The Alder Post writes more of cargo", {"outlet": "The Alder Post"}, terms="cargo")


def first(table, **chosen):
    """The rows of a curve or grid that take these options, those that are missing among them."""
    for name, value in chosen.items():
        table = table[table[name] == value]
    return table


@pytest.mark.parametrize("stop", ["kept", "left out"])
@pytest.mark.parametrize("quoted", ["in", "out"])
@pytest.mark.parametrize("headline", ["in", "out"])
def test_each_pipeline_is_what_is_counted_by_hand(port, more_cargo, stop, quoted, headline):
    """Of a sentence four words, two of them stop words; of a quotation four, two of them too, and three beside it."""
    asked_for = choices.grid(port, more_cargo, stop_words=[stop], quotations=[quoted], headline=[headline],
                             tokens=["as they stand"], minimum=[1], copies=["printed"], unit=["article"])  # fmt: skip
    table, sizes = choices.curve(port, more_cargo, asked_for), []
    for side, out, said in (("target", OUT, IN), ("reference", [1] * 12, [1] * 12)):
        out, said = np.array(out), np.array(said)
        in_head = np.array([0, 1] * 6) if headline == "in" else 0
        cargo = out + said * (quoted == "in") + in_head
        inside = {"kept": 4, "left out": 2}[stop] if quoted == "in" else 0
        words = out * {"kept": 4, "left out": 2}[stop] + said * (inside + 3) + 3 + 2 * (headline == "in")
        rate = 1e4 * cargo.sum() / words.sum()
        assert first(table, measure="difference of rates")[f"value_{side}"].tolist() == pytest.approx([rate])
        if stop == "kept":
            share = first(table, measure="share of articles")[f"value_{side}"]
            assert share.tolist() == pytest.approx([(cargo > 0).mean()])
        log = first(table, measure="log ratio").iloc[0]
        sizes += [cargo.sum(), words.sum()]
    a, n, b, m = sizes
    assert log["estimate"] == pytest.approx(np.log2((a + 0.5) / n) - np.log2((b + 0.5) / m))
    assert log["count"] == a + b


def test_the_first_pipelines_are_the_measures_themselves(harbour):
    target = harbour.articles["outlet"] == SIGNALMAN["outlet"]
    claim = choices.claim(harbour, "More of cargo", SIGNALMAN, terms="cargo")
    plain = {name: [option] for name, option in {"tokens": "as they stand", "stop_words": "kept", "minimum": 1,
             "quotations": "in", "headline": "out", "period": "all"}.items()}  # fmt: skip
    table = choices.curve(harbour, claim, choices.grid(harbour, claim, **plain))
    for unit in ("article", "story"):
        row = first(table, measure="difference of rates", copies="printed", unit=unit).iloc[0]
        same = terms.difference(harbour, "cargo", target, unit=unit).iloc[0]
        assert row[["estimate", "low", "high"]].tolist() == pytest.approx(same[["difference", "low", "high"]].tolist())
    for stories in ("printed", "own"):
        row = first(table, measure="log ratio", copies=stories, unit="article").iloc[0]
        key = compare.keyness(harbour, target, stories=stories, n=9, n_second=0).set_index("term").loc["cargo"]
        assert row[["estimate", "low", "high"]].tolist() == pytest.approx(key[["log_ratio", "low", "high"]].tolist())
        assert row["influence_unit"] == key["influence_article"] and row["influence"] == pytest.approx(key["influence"])
    written = first(table, measure="log ratio", copies="written", unit="story").iloc[0]
    key = compare.keyness(harbour, target, stories="written", n=9, n_second=0).set_index("term").loc["cargo"]
    assert written["estimate"] == pytest.approx(key["log_ratio"])
    assert written["count"] == key["count_target"] + key["count_reference"]


def test_tone_and_quotations_are_those_of_their_measures(harbour):
    target = harbour.articles["outlet"] == SIGNALMAN["outlet"]
    claim = choices.claim(harbour, "Darker", SIGNALMAN, tone="body", more=False)
    asked_for = choices.grid(harbour, claim, lexicon=["vader"], minimum=[1], quotations=["in"], headline=["out"],
                             copies=["printed"], period=["all"])  # fmt: skip
    for row, unit in zip(choices.curve(harbour, claim, asked_for).itertuples(), ("article", "story"), strict=True):
        same = sentiment.difference(harbour, target, lexicon="vader", unit=unit).iloc[0]
        spread = sentiment.tone(harbour, lexicon="vader")["tone"].std()
        expected = (same[["difference", "low", "high"]] / spread).tolist()
        assert [row.estimate, row.low, row.high] == pytest.approx(expected) and row.unit == unit
    claim = choices.claim(harbour, "More of Vask", SIGNALMAN, quotes="Rhona Vask")
    row = choices.curve(harbour, claim, choices.grid(harbour, claim).query("measure == 'share of all words'").head(1))
    shares = quotes.balance(harbour, by=["outlet", "person"]).query("person == 'Rhona Vask'").set_index("outlet")
    assert row["value_target"].iloc[0] == pytest.approx(shares.at[SIGNALMAN["outlet"], "share_of_words"])
    assert row["count"].iloc[0] == shares["n_quotes"].sum()


def test_a_grid_leaves_out_what_cannot_matter_and_says_so(harbour, port, more_cargo):
    full = choices.grid(harbour, choices.claim(harbour, "x", SIGNALMAN, terms="cargo"))
    assert len(full) == full.attrs["of"] == 1440 + 180 and not full.attrs["dropped"]
    assert first(full, measure="share of articles")[["stop_words", "minimum"]].isna().all(axis=None)
    assert first(full, copies="own")["unit"].eq("article").all()
    assert not full.drop(columns="pipeline").duplicated().any()
    ours = choices.grid(port, more_cargo)
    assert {said.partition(":")[0] for said in ours.attrs["dropped"]} == {"tokens", "copies", "unit", "period"}
    assert "unit" not in ours and "compounds whole" not in set(ours["tokens"])
    few = choices.grid(harbour, choices.claim(harbour, "x", SIGNALMAN, terms="cargo"), most=100, seed=1)
    assert len(few) == 100 and few.attrs["of"] == 1620
    pd.testing.assert_series_equal(few.iloc[0], full.iloc[0])


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"lexicon": ["vader"]}, "'lexicon' is no choice of a claim on terms"),
        ({"stopwords": ["kept"]}, "did you mean 'stop_words'"),
        ({"tokens": "lemmas"}, r"write tokens=\['lemmas'\]"),
        ({"tokens": []}, "takes a list of options"),
        ({"words": ["lemmas"]}, "'words' is no choice"),
        ({"copies": ["once"]}, "copies has no option 'once'; there is printed, written, own"),
        ({"unit": ["outlets"]}, "did you mean 'outlet'"),
        ({"minimum": [0]}, "minimum has no option 0"),
        ({"period": ["since 2025-13-40"]}, "period has no option"),
        ({"tokens": [["lemmas"]]}, r"tokens has no option \['lemmas'\]; each is a name or a number"),
        ({"minimum": range(1, 90_000)}, "pipelines, and 100,000 are gone through at most"),
        ({"most": 0}, "most is a whole number"),
    ],
)
def test_an_unknown_option_is_refused_in_a_sentence(port, more_cargo, options, said):
    with pytest.raises(Refusal, match=said):
        choices.grid(port, more_cargo, **options)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": " ", "terms": "cargo"}, "a claim is a sentence"),
        ({}, "a claim asks of one thing, .* what came is none of them"),
        ({"terms": "cargo", "tone": "body"}, "terms and tone"),
        ({"terms": []}, "a query is a word"),
        ({"terms": "(cargo"}, "cargo"),
        ({"tone": "headline"}, "tone is one of body, inside, outside"),
        ({"quotes": "Nobody Here"}, "nobody called 'Nobody Here' is quoted"),
        ({"terms": "cargo", "more": "less"}, "more is True or False"),
        ({"terms": "cargo", "target": {"outlet": "The Older Post"}}, "did you mean 'The Alder Post'"),
        ({"terms": "cargo", "target": pd.DataFrame({"article_id": []})}, "target came as a table"),
    ],
)
def test_a_bad_claim_is_refused_in_a_sentence(port, given, said):
    given = {"words": "x", "target": {"outlet": "The Alder Post"}} | given
    with pytest.raises(Refusal, match=said):
        choices.claim(port, **given)


def test_an_empty_pipeline_and_an_unknown_option_are_a_sentence_and_the_rest_is_drawn(port):
    claim = choices.claim(port, "More of in", {"outlet": "The Alder Post"}, terms="in")
    asked_for = choices.grid(port, claim, measure=["log ratio"], tokens=["as they stand"], minimum=[1, 500])
    asked_for.loc[0, "headline"] = "inn"
    table = choices.curve(port, claim, asked_for)
    assert table["note"].iloc[0] == "headline has no option 'inn'; there is out, in"
    stopped = first(table, stop_words="left out")
    assert stopped["note"].eq("empty: each has a word of the stop list").all() and stopped["estimate"].isna().all()
    rare = first(table.iloc[1:], stop_words="kept", minimum=500)
    assert rare["note"].str.contains("fewer than 500 times").all()
    drawn = first(table.iloc[1:], stop_words="kept", minimum=1)
    assert drawn["estimate"].notna().all() and len(drawn) == 3 and stopped["holds"].isna().all()
    phrase = choices.claim(port, "More of the cargo", {"outlet": "The Alder Post"}, terms="the cargo")
    phrased = first(choices.curve(port, phrase), stop_words="left out", minimum=1)
    assert phrased["note"].eq("empty: each has a word of the stop list").all() and phrased["estimate"].isna().all()
    later = choices.curve(port, claim, choices.grid(port, claim, period=["since 2030-01-01"]))
    assert later["note"].str.startswith("empty: ").all()
    figures.specifications(table, "Drawn", holds=True, source="s")
    nothing = figures.specifications(later, "Drawn", holds=True, source="s")
    assert str(nothing) == "No pipeline here has an estimate to draw."


def test_a_period_is_cut_by_dates_and_what_has_none_lies_in_no_part(harbour):
    periods = ["all", "first half", "second half", "without the first tenth", "before 2025-04-07", "since 2025-04-07"]
    claim = choices.claim(harbour, "x", SIGNALMAN, terms="cargo")
    plain = {"measure": ["log ratio"], "tokens": ["lemmas"], "stop_words": ["kept"], "minimum": [1]}
    plain |= {"quotations": ["in"], "headline": ["in"], "copies": ["printed"], "unit": ["article"]}
    table = choices.curve(harbour, claim, choices.grid(harbour, claim, period=periods, **plain)).set_index("period")
    n, dates = table["n_target"] + table["n_reference"], harbour.articles["published"].dropna().sort_values()
    assert n["all"] == 120 and n["first half"] + n["second half"] == len(dates) == 119
    assert n["before 2025-04-07"] == (dates < "2025-04-07").sum() == 119 - n["since 2025-04-07"]
    assert n["without the first tenth"] == (dates >= dates.iloc[11]).sum()
    assert n["first half"] == (dates < dates.iloc[59]).sum()


def test_a_unit_is_any_column_and_says_what_it_lacks(port, more_cargo):
    named = port.with_columns(desk=pd.Series(["x", *["y"] * 22], port.articles.index[:23]))
    claim = choices.claim(named, "x", {"outlet": "The Alder Post"}, terms="cargo")
    plain = {"measure": ["log ratio"], "tokens": ["as they stand"], "stop_words": ["kept"], "minimum": [1]}
    units = choices.grid(named, claim, unit=["outlet", "desk"], quotations=["in"], headline=["out"], **plain)
    assert choices.curve(named, claim, units)["note"].tolist() == [
        "no p: in fewer than 10 units; no interval: 1 outlet of the target, 10 are wanted",
        "1 article has no desk, such as '23.txt'",
    ]


def test_articles_in_other_languages_are_left_out_and_told_once(tmp_path):
    news = load(kinds.scraped(tmp_path / "two", 24, german=8))
    later = pd.Series(range(24), news.articles.index) >= 12
    claim = choices.claim(news, "Brighter", later, tone="outside")
    with pytest.warns(english.NotEnglish) as told:
        table = choices.curve(news, claim, choices.grid(news, claim, lexicon=["afinn", "vader"], most=8))
    assert [str(each.message)[:46] for each in told] == ["tone is made for English: 8 of 24 articles are"]
    assert (table["n_target"] + table["n_reference"]).max() <= 16


def test_every_row_opens_onto_what_it_counts(harbour):
    for given in ({"terms": "talks"}, {"tone": "inside"}, {"quotes": "Rhona Vask"}):
        claim = choices.claim(harbour, "x", SIGNALMAN, **given)
        rows = choices.curve(harbour, claim, choices.grid(harbour, claim, most=4))
        found = choices.passages_of(harbour, claim, rows)
        passages.evidence(harbour, rows, found, on="pipeline")  # which counts them again
        assert set(found["side"]) == {"target", "reference"}


def test_planted_words_hold_and_the_artefact_is_shown_as_one(harbour):
    """The words of factor three; `still` is a stop word, and of the ways without it there is nothing to judge."""
    for word in ("cargo", "talks", "still"):
        claim = choices.claim(harbour, f"More of {word}", SIGNALMAN, terms=word)
        told = choices.summary(choices.curve(harbour, claim, choices.grid(harbour, claim, most=120))).iloc[0]
        assert told["share_judged"] >= 0.95 and told["n_against"] == 0 and told["share_same_way"] == 1
    sides = {"outlet": "The Ullet Hourglass"}, {"outlet": "The Varnhithe Plumbline"}
    claim = choices.claim(harbour, "More of backlog", *sides, terms="backlog")
    table = choices.curve(harbour, claim, choices.grid(harbour, claim, most=120))
    held = table["holds"].fillna(False)
    printed = (table["copies"] == "printed") & (table["unit"] == "article")
    judged = table["holds"].notna()
    assert judged[printed].sum() > 10 and held[printed & judged].mean() >= 0.95 and not held[~printed].any()
    assert choices.sensitivity(table)["choice"].iloc[0] in ("copies", "unit")


def test_planted_tone_lies_in_quotations_and_nowhere_else(harbour):
    for voice, n, least, most in (("inside", 300, 0.95, 1), ("outside", 60, 0, 0.05)):
        claim = choices.claim(harbour, "Darker", SIGNALMAN, tone=voice, more=False)
        told = choices.summary(choices.curve(harbour, claim, choices.grid(harbour, claim, most=n))).iloc[0]
        assert least <= told["share"] <= most


def test_the_same_comes_out_twice_and_a_curve_can_be_broken_off(port, more_cargo, monkeypatch):
    asked_for = choices.grid(port, more_cargo)
    one, other = (choices.curve(port, more_cargo, asked_for) for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    pictures = [figures.specifications(each, "Twice", holds=True, source="s") for each in (one, other)]
    assert pictures[0].png == pictures[1].png and "Specification curve of" in pictures[0].alt

    def broken(items, *_, **__):
        yield next(iter(items))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(curves.progress, "bar", broken)
        with pytest.raises(KeyboardInterrupt):
            choices.curve(port, more_cargo, asked_for)
    pd.testing.assert_frame_equal(choices.curve(port, more_cargo, asked_for), one)


def test_sensitivity_and_summary_are_means_and_medians_of_the_curve(port, more_cargo):
    table = choices.curve(port, more_cargo)
    told, held = choices.summary(table).iloc[0], table["holds"].fillna(False).astype(float)
    assert (told["n_pipelines"], told["n_holds"]) == (len(table), held.sum())
    assert told["share"] == pytest.approx(held.mean())
    rows = choices.sensitivity(table)
    size = table["estimate"] / table.groupby("measure")["estimate"].transform(lambda one: one.abs().median())
    own = rows[rows["choice"] == "quotations"].set_index("option")
    for option in ("in", "out"):
        here = table["quotations"] == option
        assert own.at[option, "share"] == pytest.approx(held[here].mean())
        assert own.at[option, "median"] == pytest.approx(size[here].median())
    assert own["moves_median"].iloc[0] == pytest.approx(own["median"].max() - own["median"].min())
    assert rows["moves"].is_monotonic_decreasing
    with pytest.raises(Refusal, match="what came lacks"):
        choices.summary(table[["pipeline"]])


def test_a_claim_is_sealed_where_it_was_written_first(port, tmp_path):
    target, kept = {"outlet": "The Alder Post"}, tmp_path / "claims.json"
    one = choices.claim(port, "More of cargo", target, terms="cargo", kept=kept)
    again = choices.claim(port, " More of  cargo ", target, terms="cargo")
    assert one.sealed and again.seal == one.seal and again.sealed
    table = choices.curve(port, one, choices.grid(port, one, most=2))
    assert table.attrs["sealed"] and table.attrs["seal"] == one.seal
    late = choices.claim(port, "Less of cargo", target, terms="cargo", more=False, kept=kept)
    assert not late.sealed and late.seal != one.seal and late.question == one.question
    assert choices.claim(port, "More of cargo", target, terms="cargo").sealed  # it stood there before
    assert choices.claim(port, "More of ship", target, terms="ship").sealed  # another question
    asked._SESSION.clear()
    assert not choices.claim(port, "Less again", target, terms="cargo", more=False, kept=kept).sealed
    assert asked.counts(port.digest, kept) == {"claims": 3, "questions": 1}
    kept.write_text(json.dumps(["x"]))
    with pytest.raises(Refusal, match="holds no claims"):
        choices.claim(port, "x", target, terms="cargo", kept=kept)


def test_a_curve_wants_the_corpus_and_the_kind_of_its_claim(port, harbour, more_cargo):
    with pytest.raises(Refusal, match="written on another corpus"):
        choices.curve(harbour, more_cargo, choices.grid(port, more_cargo))
    tone = choices.claim(port, "Darker", {"outlet": "The Alder Post"}, tone="body")
    with pytest.raises(Refusal, match="has a column 'measure', no choice of a claim on tone"):
        choices.curve(port, tone, choices.grid(port, more_cargo))
    with pytest.raises(Refusal, match="a claim is wanted"):
        choices.grid(port, "cargo")
    with pytest.raises(Refusal, match="the grid has no pipeline"):
        choices.curve(port, more_cargo, choices.grid(port, more_cargo).head(0))


def test_a_card_tells_it_whole_escaped_and_the_same_twice(port, tmp_path, monkeypatch):
    monkeypatch.setenv("PASSAGES_RESULTS", str(tmp_path))
    words = "More <b>cargo</b> & *news*"
    claim = choices.claim(port, words, {"outlet": "The Alder Post"}, terms="cargo")
    table = choices.curve(port, claim, choices.grid(port, claim, most=20))
    one, other = (choices.card(port, claim, table, n=3) for _ in range(2))
    assert (one.markdown, one.html) == (other.markdown, other.html)
    assert "<b>" not in one.html + one.markdown and "&lt;b&gt;cargo&lt;/b&gt; &amp; *news*" in one.html
    told, row = choices.summary(table).iloc[0], table.iloc[0]
    for text in (one.markdown, one.html):
        for said in (
            f"It holds in {int(told['n_holds'])} of 20 pipelines", f"{row['count']:,} passages in {row['n_articles']}",
            f"{row['low']:.3g} to {row['high']:.3g}", claim.seal, port.digest, "claim stood before this very question",
            "Claims written on this corpus in this session: 1; questions looked at: 1", "no p value", "10.1038/s41562",
            f"Without the article {row['influence_unit']} the estimate is {row['estimate'] + row['influence']:.3g}",
        ):  # fmt: skip
            assert said in text
    assert one.html.count("<mark") == 3
    places = one.save("cargo.md")
    assert places == [f"{tmp_path.name}/cargo.md", f"{tmp_path.name}/cargo.html"]
    assert (tmp_path / "cargo.md").read_text() == one.markdown + "\n" and one.html in (
        tmp_path / "cargo.html"
    ).read_text()
    assert one.save("cargo") == places
    with pytest.raises(Refusal, match="without a folder"):
        one.save("../cargo")
    late = choices.claim(port, "Less", {"outlet": "The Alder Post"}, terms="cargo", more=False)
    with pytest.raises(Refusal, match="computed for another claim"):
        choices.card(port, late, table)
    less = choices.card(port, late, choices.curve(port, late, choices.grid(port, late, most=2)))
    assert "Not sealed" in less.markdown and "written on this corpus in this session: 2" in less.markdown


def test_a_card_is_of_the_curve_whole_and_begins_with_the_first_pipeline(port):
    claim = choices.claim(port, "More of cargo", {"outlet": "The Alder Post"}, terms="cargo")
    table = choices.curve(port, claim, choices.grid(port, claim, most=20))
    one, turned = choices.card(port, claim, table), table.sort_values("estimate", ascending=False)
    assert choices.card(port, claim, turned).markdown == one.markdown and "the grid has" in one.markdown
    with pytest.raises(ValueError, match="20 pipelines were computed and 5 came"):
        choices.card(port, claim, turned.head(5))


def test_a_look_in_the_session_breaks_the_seal_of_any_claim_on_the_same_question(port, tmp_path):
    post, rest = {"outlet": "The Alder Post"}, port.articles["outlet"] != "The Alder Post"
    claim = choices.claim(port, "More of tugs", post, rest, terms="tugs")
    choices.curve(port, claim, choices.grid(port, claim, most=2))
    turned = choices.claim(port, "Less there", rest, post, terms="Tugs", more=False)
    kept = choices.claim(port, "More, kept", post, rest, terms="tugs", kept=tmp_path / "claims.json")
    assert not turned.sealed and not kept.sealed


@pytest.mark.parametrize("kept", [5, "", "/nowhere/at/all/claims.json"])
def test_a_place_for_claims_that_is_none_is_refused(port, kept):
    with pytest.raises(ValueError, match="kept is a file in a folder that is there"):
        choices.claim(port, "x", {"outlet": "The Alder Post"}, terms="cargo", kept=kept)


def test_an_empty_claim_has_a_card_too(port):
    claim = choices.claim(port, "More of whales", {"outlet": "The Alder Post"}, terms="whales")
    later = choices.grid(port, claim, period=["since 2030-01-01"], most=2)
    told = choices.card(port, claim, choices.curve(port, claim, later)).markdown
    assert "empty: nothing of the target is left" in told and "no estimate to lean on" in told and "0 of 0" in told
