"""Sentiment: TextBlob's own scores on wild text and on addresses; tone counted by hand."""

import subprocess
import sys
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from utils import intervals, lexicons, load, passages, paste, sentiment
from utils.lexicons import FOUND, textblob

SIGNS = "8 :;=<>-)(D|oOxX3pPbcsS/\\[]{}^*'._°♥"
WILD = """not no never NOT n't isn't isn’t can't on't really very especially good Good BAD terrible real ugly a an of I
    war ! !! (!) ( ? ... .... . , “ ” ‘ ’ ' " -- — – ) e.g. Mr. U.S. a.m. T. etc. END-OF-SENTENCE f*cking well-off
    light-hearted 1990s :) :-) 8) o.O <3 xD ♥ :'( ;-] *) 🙂 ß İ é ٣ \ud800 \u0301 \x00""".split()
PIECES = st.sampled_from(WILD) | st.sampled_from(SIGNS) | st.text(max_size=3)
THREE = {"a1": "A good day. A bad day. The harbour.", "a2": "Good.\nNot good.", "b1": "A happy day."}
BLANKS = st.sampled_from(["", " ", " ", "  ", "\n", "\n\n", "\r\n\r\n", "\t", "\u00a0", "\u2028", "\x1c"])
TEXTS = st.lists(st.tuples(PIECES, BLANKS).map("".join), max_size=20).map("".join)


@pytest.fixture(scope="module")
def blob():
    """TextBlob itself, loaded after our own use of its rules."""
    textblob.reader()
    from textblob import TextBlob

    return TextBlob


@pytest.fixture(scope="module")
def ten(addresses):
    """Ten addresses drawn by a seed."""
    return addresses.select(list(addresses.articles.sample(10, random_state=2025).index))


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """Three articles of two papers, small enough to score by hand: good .7, bad -.7 (rounded), happy .8."""
    folder = tmp_path_factory.mktemp("three")
    for name, text in THREE.items():
        paper = {"a": "The Alder Post", "b": "Birch Weekly"}[name[0]]
        (folder / f"{name}.txt").write_text(f"Headline\n{text}\n© 2024 {paper}.", encoding="utf-8")
    return load(folder)


def body(text):
    """A corpus of one article with that body."""
    return paste(f"Headline\nPublished in News\n{text}")


def agree(table, texts, blob):
    """Each row has TextBlob's scores of its text, and is missing where TextBlob knows no word."""
    assert len(table) == len(texts)
    for row, text in zip(table.itertuples(), texts, strict=True):
        theirs = blob(text).sentiment_assessments
        assert row.count == len(theirs.assessments)
        if row.count:
            assert abs(row.polarity - theirs.polarity) < 1e-12 and abs(row.subjectivity - theirs.subjectivity) < 1e-12
        else:
            assert np.isnan(row.polarity) and np.isnan(row.subjectivity)


def words_agree(text, blob):
    """The scored words are TextBlob's, bit for bit. Gives ours."""
    ours, theirs = textblob.reader()(text), blob(text).sentiment_assessments.assessments
    assert [(one.words, one.polarity, one.subjectivity) for one in ours] == [row[:3] for row in theirs]
    return ours


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS | st.text(SIGNS + " \n!god", max_size=20))
def test_scored_words_are_textblobs_on_wild_text(blob, text):
    for one in words_agree(text, blob):
        stretch = "".join(text[one.start : one.end].lower().replace("end-of-sentence", "").split())
        assert one.entry in stretch and (len(one.words) > 1 or one.entry == stretch)


@pytest.mark.parametrize("text", [
    "; END-OF-SENTENCE )", "( 8 )", "(\n8\n\n) good !", ": on't", "tax D.", "good ( ! ) day", ": o )", "> :o )",
    "x D D", "said:-.", "really not :) good", "very no good", "very not good", "not ' a ' good", "not so good",
    "very of good", "very the good", "very war good", "bad, I say to you all!!!",
    "very Mr. good", "not a. good", "not (U.) good", "very (b).” good", "not 8. good",
])  # fmt: skip
def test_scored_words_are_textblobs_where_its_rules_are_strange(blob, text):
    words_agree(text, blob)


BEFORE = st.sampled_from([*"“\"‘'([$#", ""])
WORDS = st.sampled_from(
    "s of not good Good very really Mr U.S a.m 8 1998 1,000 well-off xD o f*cking É ½ END-OF-SENTENCE".split()
)
BEHIND = st.sampled_from(
    ["'s", "’s", "'t", "n't", ".", "...", "!", ".”", ".'", ",”", "?)", ":)", ";", ":", ",", "--", ""]
)


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(BEFORE, WORDS, BEHIND, BEHIND).map("".join), max_size=6).map(" ".join))
def test_words_with_signs_around_them_are_read_as_textblob_reads_them(blob, text):
    words_agree(text + " good", blob)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXTS | st.text(SIGNS + " \n!god", max_size=20), max_size=6))
def test_many_texts_at_once_have_the_scored_words_of_each(texts):
    many_agree(texts)


def many_agree(texts):
    """What is found in many texts at once is what is found in each, bit for bit, in the same order."""
    read = textblob.reader()
    each = [lexicons.row_of(number, one) for number, text in enumerate(texts) for one in read(text)]
    table = textblob.many()(texts)
    assert list(table) == FOUND and list(table.itertuples(index=False, name=None)) == each


@pytest.mark.parametrize("texts", [
    [], [""], ["", " ", "\n"], ["good", "", "good"], ["not", "good"], ["very", "good !"], ["good", "!"],
    ["really", "not"],
    ["not \u2665 good", "a :", ") day"], ["the good. not . !", "good not !"], ["END-OF-SENTENCE", ":END-OF-SENTENCE)"],
    ["8", ") good"], ["it is not bad", "of good"], ["\ud800 good", "\U0001f642 good", "\u3000good\u2003bad"],
])  # fmt: skip
def test_many_texts_do_not_run_into_each_other(texts):
    many_agree(texts)


def test_texts_of_more_characters_than_are_read_at_once_are_read_one_after_the_other(monkeypatch):
    read, batch = [], textblob._batch
    monkeypatch.setattr(textblob, "AT_ONCE", 200)
    monkeypatch.setattr(textblob, "_batch", lambda texts, *rest: read.append(len(texts)) or batch(texts, *rest))
    many_agree(["very", "good " * 40, "bad", "not", "good " * 41, "good"])
    assert read == [2, 3, 1]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_units_have_textblobs_scores_on_wild_text(blob, text):
    news = body("A day.\n" + text.replace("\ud800", ""))
    agree(sentiment.unit_scores(news, unit="article"), ["\n".join(passages.text(news, news.body))], blob)
    table = sentiment.unit_scores(news, unit="sentence")
    agree(table, passages.text(news, table), blob)


def test_units_have_textblobs_scores_on_addresses(ten, blob):
    stretches = ten.body.assign(text=passages.text(ten, ten.body)).groupby("article_id", observed=True)["text"]
    agree(sentiment.unit_scores(ten, unit="article"), stretches.agg("\n".join), blob)
    table = sentiment.unit_scores(ten).sample(400, random_state=2025)
    agree(table, passages.text(ten, table), blob)


@pytest.mark.parametrize("unit", ["sentence", "article"])
def test_scored_words_stand_where_they_are_said_to(ten, three, unit):
    table = sentiment.scored_words(ten, unit=unit)
    stretches = passages.text(ten, table).str.lower().str.replace(r"\s", "", regex=True)
    assert all(entry in stretch for entry, stretch in zip(table["entry"], stretches, strict=True))
    assert table.drop_duplicates(passages.KEYS).shape == table.shape and table["article_id"].nunique() == 10
    numbers = [1, 2, 1, 2, 1] if unit == "sentence" else [-1] * 5  # 0 is the headline
    assert sentiment.scored_words(three, unit=unit)["sentence"].tolist() == numbers


def test_a_sentence_without_a_word_counts_only_if_it_scores():
    news = body("* * *\n:)\nGood.")
    table = sentiment.unit_scores(news, within=news.segments[2:])
    assert table["polarity"].tolist() == [0.5, 0.7] and table["sentence"].tolist() == [3, 4]


def test_a_scored_word_tells_how_it_came_by_its_score():
    news = body("It was not a very good day, all of you! It was hardly bad.")
    table = sentiment.scored_words(news)
    assert passages.text(news, table).tolist() == ["not a very good", "hardly bad"]
    one, two = table.itertuples()
    assert (one.entry, one.words, one.negated, one.sentence) == ("good", "not very good !", True, 2)
    assert one.intensity == pytest.approx(1 / 1.3) and one.polarity == pytest.approx(0.7 / 1.3 * 1.25 * -0.5)
    assert (two.entry, two.words, two.negated, two.intensity, two.sentence) == ("bad", "hardly bad", False, 1, 3)
    assert two.polarity == pytest.approx(-0.7)


def test_the_traps_are_shown():
    def polarity(text, unit="article"):
        return sentiment.unit_scores(body(text), unit=unit)["polarity"].tolist()

    assert polarity("This isn't good.") == polarity("This isn’t good.") == [0.7]
    assert polarity("This is not good.") == [-0.35]
    assert polarity("It was not. Good food.") == [-0.35]
    assert polarity("It was not. Good food.", "sentence") == pytest.approx([np.nan, 0.7], nan_ok=True)
    silent = sentiment.unit_scores(body("crisis, war, death"))
    assert silent["count"].tolist() == [0] and silent["polarity"].isna().all()
    assert sentiment.scored_words(body("The army murdered and tortured; they mourn.")).empty


def test_within_reads_what_lies_inside_and_nothing_twice():
    news = body("He was not “good, never happy”. An unhappy day.")
    text = news.articles["raw"].iloc[0]
    whole = news.body[["article_id"]].head(1)
    quote = whole.assign(start=text.index("“"), end=text.index("”") + 1)
    assert sentiment.scored_words(news)["words"].tolist() == ["not good", "never happy", "unhappy"]
    assert sentiment.scored_words(news, within=quote)["words"].tolist() == ["good", "never happy"]
    tail = whole.assign(start=text.index("happy”"), end=text.index("day"))
    both = pd.concat([quote, tail, tail])
    assert sentiment.scored_words(news, within=both)["words"].tolist() == ["good", "never happy", "unhappy"]
    assert sentiment.unit_scores(news, within=both, unit="article")[["start", "end", "count"]].values.tolist() == [
        [quote["start"].iloc[0], tail["end"].iloc[0], 3]
    ]
    cut = whole.assign(start=text.index("happy day"), end=len(text) - 2)
    assert sentiment.scored_words(news, within=cut).empty
    assert sentiment.scored_words(news, within=quote[:0]).empty and sentiment.unit_scores(news, within=quote[:0]).empty


def test_tone_is_counted_by_hand(three):
    bad = -0.6999999999999998  # as the mean over its senses comes out
    table = sentiment.tone(three).set_index("article_id")
    assert table["tone"].tolist() == pytest.approx([(0.7 + bad) / 2, (0.7 - 0.35) / 2, 0.8])
    assert table[["count", "n_scored", "n_sentences", "n_articles"]].values.tolist() == [
        [2, 2, 3, 1], [2, 2, 2, 1], [1, 1, 1, 1]]  # fmt: skip
    assert table["share_scored"].tolist() == pytest.approx([2 / 3, 1, 1])
    assert table[["low", "high"]].isna().all(axis=None)
    assert table["note"].tolist() == [f"no interval: {n}, 10 are wanted" for n in (
        "2 scored sentences", "2 scored sentences", "1 scored sentence")]  # fmt: skip


def test_a_groups_tone_is_the_mean_of_its_articles(three):
    by_paper = sentiment.tone(three, by="outlet").set_index("outlet")
    assert by_paper["tone"].to_dict() == pytest.approx({"The Alder Post": 0.175 / 2, "Birch Weekly": 0.8})
    assert by_paper[["count", "n_scored", "n_sentences", "n_articles"]].values.tolist() == [[4, 4, 5, 2], [1, 1, 1, 1]]
    assert by_paper["note"].tolist() == [
        "no interval: 2 scored articles, 10 are wanted", "no interval: 1 scored article, 10 are wanted"]  # fmt: skip
    all_of_it = sentiment.tone(three, by=None)
    assert all_of_it["tone"].tolist() == pytest.approx([(0 + 0.175 + 0.8) / 3]) and len(all_of_it.columns) == 9
    opened = passages.evidence(three, by_paper.reset_index(), sentiment.scored_words(three), on="outlet")
    assert opened.data.count("<summary") == 2


def test_a_tone_has_the_interval_of_its_units_within_what_is_possible(tmp_path):
    for n in range(12):
        (tmp_path / f"{n}.txt").write_text("Headline\nNot good.\n" + "A good day.\n" * (n + 8), encoding="utf-8")
    news = load(tmp_path)
    table = sentiment.tone(news).set_index("article_id")
    assert table.loc["0.txt", "note"] == "no interval: 9 scored sentences, 10 are wanted"
    scores = np.array([-0.35] + [0.7] * 12)
    margin = 2.178812829663418 * scores.std(ddof=1) / np.sqrt(13)  # t of twelve degrees of freedom
    expected = pytest.approx([scores.mean() - margin, scores.mean() + margin])
    assert table.loc["4.txt", ["low", "high"]].tolist() == expected
    whole = sentiment.tone(news, by=None).iloc[0]
    margin = 2.200985160082949 * table["tone"].std() / np.sqrt(12)
    assert whole[["low", "high", "note"]].tolist() == [
        pytest.approx(whole["tone"] - margin), pytest.approx(whole["tone"] + margin), ""]  # fmt: skip
    glad = paste("A title\nPublished in News\n" + "A perfect day. " * 11 + "A bad day. " * 1)
    row = sentiment.tone(glad).iloc[0]
    assert row["tone"] < row["high"] == 1 and row["note"] == ""
    alike = sentiment.tone(paste("A title\nPublished in News\n" + "A perfect day. " * 12)).iloc[0]
    assert alike["note"] == "no interval: the values are all alike" and np.isnan(alike["low"])


def test_tone_by_columns_of_within(three):
    x, y = three.body.assign(group="x"), three.body.assign(group="y")
    sides = pd.concat([x, x, y[y["article_id"] != "a1.txt"], y.assign(group=None)])
    table = sentiment.tone(three, by="group", within=sides).set_index("group")
    assert table["tone"].tolist() == pytest.approx([0.325, (0.175 + 0.8) / 2])
    assert table["n_sentences"].tolist() == [6, 3]
    by_both = sentiment.tone(three, by=["outlet", "group"], within=sides)
    assert by_both[["outlet", "group"]].agg(" ".join, axis=1).tolist() == [
        "The Alder Post x", "The Alder Post y", "Birch Weekly x", "Birch Weekly y"]  # fmt: skip
    assert by_both["tone"].tolist() == pytest.approx([0.175 / 2, 0.175, 0.8, 0.8])
    headlines = three.segments[three.segments["kind"] == "headline"]
    silent = sentiment.tone(three, within=headlines)
    assert silent["tone"].isna().all() and silent["share_scored"].tolist() == [0, 0, 0]
    nothing = sentiment.tone(three, within=headlines[:0])
    assert nothing["n_sentences"].tolist() == [0, 0, 0] and nothing["share_scored"].isna().all()


def test_contributions_add_up_to_the_tone_and_are_recounted_by_textblob(ten, blob):
    few = ten.select(list(ten.articles.index[:4]))
    scored = sentiment.scored_words(few)
    table = sentiment.contributions(scored)
    assert table["contribution"].sum() == pytest.approx(sentiment.tone(few, by=None)["tone"].item(), abs=1e-12)
    assert table["contribution"].abs().is_monotonic_decreasing
    from textblob.en import sentiment as entries

    counted = Counter()
    for text in passages.text(few, passages.inside(few.sentences, few.body)):
        for words, *_ in blob(text).sentiment_assessments.assessments:
            counted[[word for word in words if word in entries or not word[-1].isalpha()][-1 - (words[-1] == "!")]] += 1
    assert table.set_index("entry")["count"].to_dict() == dict(counted)
    assert passages.evidence(few, table, scored, on="entry").data.count("<summary") == 10


def adding(*articles):
    """Give scored words of articles, each a list of sentences, each a mapping of entries to polarity."""
    rows = [
        {"article_id": f"{number:02}", "sentence": n, "start": 0, "entry": entry, "polarity": polarity}
        for number, sentences in enumerate(articles)
        for n, words in enumerate(sentences)
        for entry, polarity in words.items()
    ]
    return pd.DataFrame(rows)


def test_a_contribution_has_the_t_interval_of_what_the_articles_add():
    often = [[{"good": 0.7, "late": -0.3}, {"calm": 0.0}]] * 4 + [[{"good": -0.35}]] * 2 + [[{"calm": 0.0}]] * 6
    rare = [[{"good": 0.7, "dire": -1.0}]] * 4
    table = sentiment.contributions(adding(*often, *rare)).set_index("entry")
    good = [0.7 / 2 / 2] * 4 + [-0.35] * 2 + [0.0] * 6 + [0.7 / 2] * 4  # half a sentence, in one or two sentences
    mean, (low, high) = sum(good) / 16, stats.ttest_1samp(good, 0).confidence_interval()
    assert table.loc["good", ["contribution", "low", "high"]].tolist() == pytest.approx([mean, low, high])
    assert list(table)[-4:] == ["contribution", "low", "high", "note"]
    assert table["note"].to_dict() == {
        "good": "",
        "dire": "no interval: in 4 articles, 5 are wanted",
        "late": "no interval: in 4 articles, 5 are wanted",
        "calm": "no interval: the values are all alike",
    }
    pairs = pd.Series([n // 2 for n in range(16)], [f"{n:02}" for n in range(16)], name="pair")
    few = sentiment.contributions(adding(*often, *rare), unit=pairs).set_index("entry")
    assert set(few["note"]) == {"no interval: 8 pairs, 10 are wanted"}
    assert few["contribution"].to_dict() == pytest.approx(table["contribution"].to_dict())
    joined = pd.Series([*range(10), *[10] * 6], pairs.index)
    row = sentiment.contributions(adding(*often, *rare), unit=joined).set_index("entry").loc["good"]
    without = [(sum(good) - one) / 15 for one in good[:10]] + [sum(good[:10]) / 10]
    error = (10 / 11 * sum((one - sum(without) / 11) ** 2 for one in without)) ** 0.5
    margin = stats.t.ppf(0.975, 10) * error
    assert row[["low", "high"]].tolist() == pytest.approx([mean - margin, mean + margin])


def test_no_scored_words_have_no_contributions():
    scored = sentiment.scored_words(paste("Nobody said so."))
    assert sentiment.contributions(scored).empty
    with pytest.raises(ValueError, match="unit came without 1 of 1 units"):
        sentiment.contributions(adding([{"good": 0.7}]), unit=pd.Series([], dtype=object))


def test_scores_are_kept_between_kernels(three, monkeypatch):
    table = sentiment.scored_words(three)

    def never():
        raise AssertionError("computed again")

    monkeypatch.setitem(
        lexicons.by_name(), "textblob", lexicons.by_name()["textblob"]._replace(reader=never, many=None)
    )
    pd.testing.assert_frame_equal(sentiment.scored_words(three), table)
    first = table["article_id"] == three.body["article_id"].iloc[0]
    some = sentiment.scored_words(three.select(three.articles.index[:1]))  # each article by itself
    assert some.astype({"article_id": "str"}).equals(table[first].astype({"article_id": "str"}))
    with pytest.raises(AssertionError, match="computed again"):
        sentiment.scored_words(three, within=three.body[:1].assign(end=lambda body: body["end"] - 12))


def test_textblobs_rules_are_read_without_what_it_imports_beside_them():
    scored = "textblob.reader()('A good day.')[0].polarity"
    code = f"import sys; from utils.lexicons import textblob; print({scored}, *sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert out[0] == "0.7" and not {"textblob", "textblob.en", "nltk"} & set(out)


@pytest.mark.parametrize(("options", "message"), [
    ({"lexicon": "vadar"}, "lexicon came as 'vadar'; there is afinn, .*, textblob-mended, vader, or.*'vader'"),
    ({"by": "outlets"}, "did you mean 'outlet'"),
    ({"by": ["outlet", "count"]}, "by='count' is a name that we use here ourselves; give your column another"),
    ({"within": "body"}, "within must be a table of passages"),
])  # fmt: skip
def test_errors_say_what_is_wanted(three, options, message):
    with pytest.raises(ValueError, match=message):
        sentiment.tone(three, **options)
    with pytest.raises(ValueError, match="unit is one of sentence, article"):
        sentiment.scored_words(three, unit="paragraph")


def test_the_interval_of_a_tone_leaves_out_the_units_it_is_asked_to(addresses):
    ten = addresses.select(addresses.articles.index[:24])
    each = sentiment.tone(ten).set_index("article_id")["tone"]
    whole = {unit: sentiment.tone(ten, by=None, unit=unit).iloc[0] for unit in ("article", "story", "president")}
    stories = ten.copies.set_index("article_id")["story"]
    assert stories.nunique() == 24 and whole["story"]["low"] == pytest.approx(whole["article"]["low"])
    bounds = intervals.jackknife(each, scale="identity", possible=(-1, 1))[["low", "high"]].iloc[0]
    assert whole["article"][["low", "high"]].tolist() == pytest.approx(bounds.tolist())
    assert (
        whole["president"]["note"]
        == f"no interval: {ten.articles['president'].nunique()} scored presidents, 10 are wanted"
    )
    assert len({one["tone"] for one in whole.values()}) == 1
    pairs = pd.Series([n // 2 for n in range(24)], each.index, name="pair")
    by_pair = sentiment.tone(ten, by=None, unit=pairs).iloc[0]
    bounds = intervals.jackknife(each.groupby(pairs).mean(), scale="identity", possible=(-1, 1)).iloc[0]
    assert by_pair[["low", "high"]].tolist() == pytest.approx(bounds[["low", "high"]].tolist())


def test_tone_over_time_is_the_tone_of_each_period_and_a_hole_has_none(tmp_path):
    told = {"2025-03-03": "A good day.", "2025-03-05": "A bad day.", "2025-03-12": "War.", "2025-03-26": "Good."}
    for day, text in told.items():
        (tmp_path / f"{day}.txt").write_text(f"A title\nPublished in News\n{day}\n\n{text}")
    (tmp_path / "none.txt").write_text("A title\n\nA wonderful morning, and nobody wrote down when.")
    news = load(tmp_path)
    table = sentiment.over_time(news)
    assert table["period"].dt.day.tolist() == [3, 10, 17, 24] and table.attrs["freq"] == "week"
    assert table["tone"].round(6).fillna(9).tolist() == [0.0, 9, 9, 0.7]
    assert table["n_articles"].tolist() == [2, 0, 0, 1]
    assert table["n_sentences"].tolist() == [2, 1, 0, 1] and table["note"][2] == "no articles"
    assert table.attrs["undated"] == 1 and table.attrs["lacking"] == ""
    assert sentiment.over_time(news, freq="year")["tone"].tolist() == [
        sentiment.tone(news.select("published.notna()"), by=None)["tone"][0]
    ]


def test_the_last_quarter_is_held_against_the_first(tmp_path):
    for day in range(1, 29):
        word = "good" if day > 21 else "bad" if day <= 7 else "nice"
        (tmp_path / f"{day:02}.txt").write_text(f"A title\nPublished in News\n2025-03-{day:02}\n\nA {word} day.")
    news = load(tmp_path)
    found = sentiment.first_and_last(news)
    assert found[["n_first", "n_last"]].to_numpy().tolist() == [[7, 7]]
    assert found["difference"][0] == pytest.approx(0.7 + 0.7) and found["note"][0] == (
        "no interval: 7 scored articles of the target, 10 are wanted"
    )
    none = sentiment.first_and_last(paste("A good day."))
    assert none["difference"].isna().all() and none["n_last"][0] == 0 and none["note"][0]
