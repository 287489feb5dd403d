"""Two sides of a corpus, every voice in it, and the audit of a lexicon; counted by hand and by scipy."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from utils import load, passages, paste, sentiment, voices

WORDS = ["good", "bad", "happy", "very good", "not good", "isn't bad", "stupid", "calm", "war", "great"]
LEXICONS = ["textblob", "textblob-mended", "vader", "afinn", "mean"]


def folder_of(tmp_path, articles):
    for name, (headline, text) in articles.items():
        (tmp_path / f"{name}.txt").write_text(
            f"{headline}\n\n{text}\n\n© 2024 {name[0].upper()} Post.", encoding="utf-8"
        )
    return load(tmp_path)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """24 articles of two papers, with a headline and sentences drawn from a few words."""
    rng = np.random.default_rng(5)

    def told(n):
        return " ".join(f"A {rng.choice(WORDS)} day came, and {rng.choice(WORDS)} bread." for _ in range(n))

    articles = {
        f"{paper}{n:02}": (f"A {rng.choice(WORDS)} morning for {paper}", told(rng.integers(2, 6)))
        for paper in "ab"
        for n in range(12)
    }
    return folder_of(tmp_path_factory.mktemp("made"), articles)


@pytest.fixture(scope="module")
def harbour():
    news = load("harbour")
    return news, news.articles["outlet"] == "The Low Coast Signalman"


def headlines(news):
    return news.segments[news.segments["kind"] == "headline"]


def test_the_planted_difference_of_tone_is_found_and_lies_in_what_is_quoted(harbour):
    news, paper = harbour
    key = pd.read_csv("corpus/harbour/truth/voice.csv", index_col="part").loc["body"]
    body = sentiment.difference(news, paper).iloc[0]
    assert body[["difference", "low", "high"]].tolist() == pytest.approx(
        key[["difference", "low", "high"]].tolist(), abs=1e-5
    )
    outside = sentiment.difference(news, paper, within=voices.within(news, "outside")).iloc[0]
    assert body["high"] < 0 and outside["low"] < 0 < outside["high"]
    spared = sentiment.difference(news, paper, within=voices.without(news, "Rhona Vask")).iloc[0]
    assert spared["low"] < 0 < spared["high"] and spared["n_target"] == 39


@pytest.mark.parametrize("lexicon", LEXICONS)
@pytest.mark.parametrize("by_passages", [False, True])
def test_a_word_shift_adds_up_to_the_difference(made, lexicon, by_passages):
    sides = (headlines(made), made.body) if by_passages else (made.articles.index.str.startswith("a"),)
    found = sentiment.difference(made, *sides, lexicon=lexicon)
    table = sentiment.shift(made, *sides, lexicon=lexicon)
    assert table["shift"].sum() == pytest.approx(found["difference"][0], abs=1e-12)
    assert (table["by_use"] + table["by_score"]).tolist() == pytest.approx(table["shift"].tolist(), abs=1e-12)
    assert table["shift"].abs().is_monotonic_decreasing and found.attrs["paired"] is by_passages
    opened = sentiment.scored_sides(made, *sides, lexicon=lexicon)
    counts = opened.groupby(["entry", "side"]).size().unstack(fill_value=0)
    for side in ("target", "reference"):
        assert table.set_index("entry")[f"count_{side}"].to_dict() == counts[side].to_dict()


def test_a_shift_tells_use_from_score(tmp_path):
    calm, harsh = "A good day. Good bread.", "A good day. No good bread."
    articles = {f"a{n:02}": ("Bread", harsh) for n in range(10)} | {f"b{n:02}": ("Bread", calm) for n in range(10)}
    news = folder_of(tmp_path, articles)
    row = sentiment.shift(news, news.articles.index.str.startswith("a")).iloc[0]
    assert (
        row["entry"] == "good"
        and row["by_use"] == pytest.approx(0)
        and row["by_score"] == pytest.approx((0.7 - 0.35) / 2 - 0.7)
    )
    assert (row["count_target"], row["count_reference"], row["n_articles"]) == (20, 20, 20)


def test_the_interval_is_students_where_articles_are_paired_and_welchs_where_not(made):
    each = {name: sentiment.tone(made, within=part).set_index("article_id")["tone"]
            for name, part in (("headline", headlines(made)), ("body", made.body))}  # fmt: skip
    pairs = (each["headline"] - each["body"]).dropna()
    found = sentiment.difference(made, headlines(made)).iloc[0]
    bounds = stats.ttest_1samp(pairs, 0).confidence_interval()
    assert found["difference"] == pytest.approx(pairs.mean()) and found["n_target"] == len(pairs) < 24
    assert found[["low", "high"]].tolist() == pytest.approx([bounds.low, bounds.high])
    one, other = (each["body"][each["body"].index.str.startswith(paper)].dropna() for paper in "ab")
    bounds = stats.ttest_ind(one, other, equal_var=False).confidence_interval()
    found = sentiment.difference(made, made.articles.index.str.startswith("a")).iloc[0]
    assert found[["low", "high"]].tolist() == pytest.approx([bounds.low, bounds.high])


def test_a_unit_on_both_sides_leaves_both_at_once(made):
    pairs = pd.Series([name[1:] for name in made.articles.index], made.articles.index, name="day")  # one of each paper
    on_a = made.articles.index.str.startswith("a")
    found = sentiment.difference(made, on_a, unit=pairs).iloc[0]
    tone = sentiment.tone(made).set_index("article_id")["tone"].dropna()
    a, b, day = tone[tone.index.str[0] == "a"], tone[tone.index.str[0] == "b"], tone.index.map(pairs)
    without = [a[pairs[a.index] != one].mean() - b[pairs[b.index] != one].mean() for one in sorted(set(day))]
    n = len(without)
    error = np.sqrt((n - 1) / n * np.sum((without - np.mean(without)) ** 2))
    margin = stats.t.ppf(0.975, n - 1) * error
    assert found[["low", "high"]].tolist() == pytest.approx(
        [found["difference"] - margin, found["difference"] + margin]
    )


@settings(max_examples=25, deadline=None)
@given(st.lists(st.booleans(), min_size=24, max_size=24).filter(lambda sides: 0 < sum(sides) < 24))
def test_whatever_the_sides_the_shift_adds_up(made, sides):
    found = sentiment.difference(made, sides)["difference"][0]
    assert sentiment.shift(made, sides)["shift"].sum() == pytest.approx(found, abs=1e-12)


def test_nothing_scored_on_a_side_is_no_error(made):
    nobody = sentiment.difference(made, [False] * 24).iloc[0]
    assert nobody["n_target"] == 0 and np.isnan(nobody["difference"]) and nobody["note"]
    assert sentiment.shift(made, [False] * 24).empty  # no difference, so nothing makes one
    own = pd.DataFrame({"term": ["zebra"], "score": [1]})
    assert sentiment.shift(made, made.articles.index.str.startswith("a"), lexicon=own).empty
    assert np.isnan(sentiment.difference(made, headlines(made), lexicon=own)["difference"][0])


@pytest.mark.parametrize(("sides", "message"), [
    (("A Post",), "that is a value of outlet: write news.articles"),
    ((7,), "target came as int; it wants True or False for each article"),
    (([True] * 3,), "target came as list; it wants True or False for each article"),
    (([True] * 24, [True] + [False] * 23), "share passages, such as in 'a00.txt'"),
    ((pd.Series([1.0] * 24, [f"{p}{n:02}.txt" for p in "ab" for n in range(12)]),), "came as a Series of float64"),
])  # fmt: skip
def test_sides_that_are_none_are_refused_in_a_sentence(made, sides, message):
    with pytest.raises(ValueError, match=message):
        sentiment.difference(made, *sides)


SAID = "Marrow said: “It is a good day, a happy day.” The day was bad. “Stupid,” said Ines Vask. The rest was war."


def test_articles_in_another_language_are_told_of_once():
    spanish = "El gobierno dijo que no habrá acuerdo con los trabajadores del puerto. Es una mala noticia. "
    news = paste(f"Titular\nPublished in News\n{spanish * 6}")
    for measure in (sentiment.shift, sentiment.difference, sentiment.scored_sides):
        with pytest.warns(UserWarning, match="1 of 1 article is in another language") as told:
            measure(news, [True])
        assert len(told) == 1
    with pytest.warns(UserWarning, match="1 of 1 article is in another language") as told:
        assert sentiment.mended(news).empty
    assert len(told) == 1


def test_every_voice_has_its_tone_in_one_table(harbour):
    news, _ = harbour
    table = sentiment.by_voice(news).set_index("voice")
    body = sentiment.tone(news, by=None).iloc[0]
    assert table.loc["the body", ["count", "tone", "low"]].tolist() == pytest.approx(
        body[["count", "tone", "low"]].tolist()
    )
    for voice, part in (("inside quotations", "inside"), ("outside quotations", "outside")):
        alone = sentiment.tone(news, by=None, within=voices.within(news, part)).iloc[0]
        columns = ["count", "tone", "n_articles"]
        assert table.loc[voice, columns].tolist() == pytest.approx(alone[columns].tolist())
    kinds = table[table["of"] == "kind"]
    assert kinds.index.tolist() == ["direct", "partial", "indirect"]
    assert kinds["count"].sum() == table.loc["inside quotations", "count"]
    vask = sentiment.tone(news, by=None, within=voices.within(news, speaker="Rhona Vask")).iloc[0]
    assert table.loc["Rhona Vask", "tone"] == pytest.approx(vask["tone"]) and vask["high"] < 0
    by_kind = sentiment.tone(news, by="kind", within=voices.within(news)).set_index("kind")["tone"]
    assert by_kind.to_dict() == pytest.approx(kinds["tone"].to_dict())


def test_a_body_that_is_quoted_is_no_person(tmp_path):
    said = "“A good and happy day,” Ilse Marrow said. “A bad day,” the Harbour Board said. “Bad,” Ilse Marrow said."
    table = sentiment.by_voice(folder_of(tmp_path, {"a": ("A day", said)})).set_index("voice")
    assert table.loc[["Ilse Marrow", "Harbour Board"], "of"].tolist() == ["person", "organisation"]


def test_without_one_speaker_all_else_is_left(tmp_path):
    news = folder_of(tmp_path, {"a": ("A day", SAID)})
    left = " ".join(passages.text(news, voices.without(news, "Ines Vask")))
    assert "Stupid" not in left and "happy day" in left and "The day was bad" in left
    with pytest.raises(ValueError, match="nobody called 'Ilse Vask' is quoted"):
        voices.without(news, "Ilse Vask")


def test_an_audit_tells_what_a_lexicon_rests_on_and_what_may_be_a_name(tmp_path):
    text = (
        "They met at the Fair Haven pub. It was a fair price. Peace came to United Freight. A strike began, they said."
    )
    news = folder_of(tmp_path, {f"a{n:02}": ("A day", text if n % 2 else text + " A good strike.") for n in range(12)})
    table = sentiment.audit(news, lexicon="vader").set_index("entry")
    assert table.loc["fair", ["count", "n_articles", "n_names", "n_nouns"]].tolist() == [24, 12, 12, 0]
    assert (
        table.loc["united", "n_names"] == 12
        and table.loc["strike", "n_nouns"] == 18
        and table.loc["good", "n_names"] == 0
    )
    sizes = sentiment.scored_words(news, lexicon="vader").assign(size=lambda one: one["polarity"].abs())
    shares = sizes.groupby("entry")["size"].sum() / sizes["size"].sum()
    assert table["share"].to_dict() == pytest.approx(shares.to_dict()) and table["share"].sum() == pytest.approx(1)
    assert table["share"].is_monotonic_decreasing and table.loc["fair", "low"] < table.loc["fair", "share"]
    assert sentiment.audit(news, lexicon=pd.DataFrame({"term": ["zebra"], "score": [1]})).empty
    nothing = sentiment.audit(news, lexicon=pd.DataFrame({"term": ["fair"], "score": [0]})).iloc[0]
    assert np.isnan(nothing["share"]) and nothing["note"] == "nothing scores but 0"


def test_coverage_is_counted_by_hand(tmp_path):
    told = {f"a{n:02}": ("A day", "War came. A good day. " + "It rained. " * (n % 3)) for n in range(12)}
    row = sentiment.coverage(folder_of(tmp_path, told)).iloc[0]
    assert (row["count"], row["n_scored"], row["n_sentences"]) == (12, 12, 36) and row["share"] == pytest.approx(1 / 3)
    assert row["low"] < 1 / 3 < row["high"] and row["note"] == ""


def test_a_difference_of_pairs_is_at_most_that_of_two_scores(tmp_path):
    articles = {
        f"a{n:02}": ("A perfect day" if n % 4 else "A terrible day", "A terrible day." if n % 4 else "A perfect day.")
        for n in range(12)
    }
    news = folder_of(tmp_path, articles)
    found = sentiment.difference(news, headlines(news)).iloc[0]
    assert found["difference"] < found["high"] == 2 and found["low"] > -2
    turned = sentiment.difference(news, news.body, headlines(news)).iloc[0]
    assert turned["low"] == -2 and turned["high"] == -found["low"]
