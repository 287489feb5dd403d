"""Lexicons: VADER's and AFINN's own scores on wild text, TextBlob's rules mended, the mean of them, a reader's own."""

import unicodedata

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from utils import lexicons, load, passages, paste, sentiment
from utils.lexicons import mean, table

WILD = """not no never isn't isn’t very GOOD good bad but kind sort of least at the bomb shit so this without doubt or
    nor ! !! !!!!! ? ??? ???? :) :( XD '}{' ) 😀 💔good ©️ horrible GREAT great love bus stop yeah right can't stand fed
    up İ İgood ΣΟΦΟΣ (good) "bad" some kind dont like well-off \ud800 \x00 \u00a0 e.g. war's""".split()
PIECES = st.sampled_from(WILD) | st.text(max_size=3)
BLANKS = st.sampled_from(["", " ", " ", "  ", "\n", "\r\n\r\n", "\t", "\u00a0", "\u2028", "\x1c"])
TEXTS = st.lists(st.tuples(PIECES, BLANKS).map("".join), max_size=20).map("".join)
ODD = ["", " ! ", "no good or bad", "VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!",
       "so good??", "a ?? bad ????",
       "good but good but bad", "💔good 😀", "can't\n stand it, İ", "never so good; without doubt bad"]  # fmt: skip


@pytest.fixture(scope="module")
def packages():
    """What the packages themselves say of a text."""
    from afinn import Afinn
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    vader = SentimentIntensityAnalyzer()
    return {"vader": lambda text: vader.polarity_scores(text)["compound"], "afinn": Afinn().score}


def body(text):
    """A corpus of one article with that body."""
    return paste(f"Headline\nPublished in News\n{text}")


def read(name, text):
    """The scored words of a text, its score, and what each word adds to it."""
    lexicon = lexicons.named(name)
    words = lexicon.reader()(text)
    polarity, one = pd.Series([each.polarity for each in words], dtype=float), np.zeros(len(words))
    return words, lexicon.scores(polarity, one).get(0, 0.0), lexicon.adds(polarity, one)


def holds(name, text, packages):
    words, score, adds = read(name, text)
    assert abs(score - packages[name](text)) < 1e-12 and abs(adds.sum() - score) < 1e-12
    assert all(0 <= each.start < each.end <= len(text) for each in words)
    return words


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(TEXTS)
def test_vader_and_afinn_are_their_packages_on_wild_text(packages, text):
    holds("vader", text, packages)
    words = holds("afinn", text, packages)
    assert all(" ".join(text[each.start : each.end].lower().split()) == each.entry for each in words)


@pytest.mark.parametrize("text", ODD)
@pytest.mark.parametrize("name", ["vader", "afinn"])
def test_vader_and_afinn_are_their_packages_where_their_rules_are_strange(packages, name, text):
    holds(name, text, packages)


@pytest.mark.parametrize("name", ["vader", "afinn"])
def test_units_have_the_packages_scores_on_a_corpus(packages, name):
    news = load("harbour")
    news = news.select(news.articles.index[:6])
    units = sentiment.unit_scores(news, lexicon=name)
    theirs = [packages[name](text) for text in passages.text(news, units)]
    assert len(units) > 60 and np.abs(units["polarity"].fillna(0) - theirs).max() < 1e-12
    assert units["polarity"].isna().equals(units["count"] == 0)


def test_a_word_of_vader_carries_its_points_and_tells_what_turned_it():
    text = "It wasn't very good, and not a GREAT day!"
    good, great, shout = lexicons.named("vader").reader()(text)
    assert [text[each.start : each.end] for each in (good, great, shout)] == ["wasn't very good", "not a GREAT", "!"]
    assert good.words == ["wasn't", "very", "good"] and good.negated and good.entry == "good"
    assert good.polarity == pytest.approx((1.9 + 0.293) * -0.74) and good.intensity == pytest.approx(2.193 * 0.74 / 1.9)
    assert great.polarity == pytest.approx((3.1 + 0.733) * -0.74) and great.negated and shout.polarity == -0.292


@pytest.mark.parametrize("name", ["textblob-mended", "vader", "afinn", "mean"])
def test_contributions_add_up_to_the_tone_by_every_lexicon(name):
    news = body("A good day! Not so bad, but a horrible, horrible loss.\nGood grief. The harbour.")
    found = sentiment.contributions(sentiment.scored_words(news, lexicon=name))
    assert found["contribution"].sum() == pytest.approx(sentiment.tone(news, lexicon=name)["tone"][0], abs=1e-12)


def test_words_of_two_lexicons_are_not_added_up():
    news = body("A good day.")
    both = pd.concat([sentiment.scored_words(news, lexicon=name) for name in ("vader", "afinn")])
    with pytest.raises(ValueError, match="lexicons vader and afinn; give those of one alone"):
        sentiment.contributions(both)


@pytest.mark.parametrize(("contracted", "spoken"), [
    ("This isn't good.", "This is not good."), ("This ISN’T good.", "This IS not good."),
    ("We can't be happy.", "We can not be happy."), ("It cannot be good.", "It can not be good."),
    ("It won't be good.", "It will not be good."), ("That ain't bad.", "That is not bad."),
    ("They really don't like good war.", "They really do not like good war."),
    ("It wasnʼt a bad day.", "It was not a bad day."), ("He shan't, good man!", "He shall not, good man!"),
])  # fmt: skip
def test_contracted_negations_are_read_as_they_are_spoken(contracted, spoken):
    mended, said = read("textblob-mended", contracted), read("textblob", spoken)
    assert mended[1] == said[1] and [each.words for each in mended[0]] == [each.words for each in said[0]]


def test_a_contracted_negation_is_in_the_passage_that_it_turns():
    text = "We say it isn't a very good idea."
    (one,) = lexicons.named("textblob-mended").reader()(text)
    assert text[one.start : one.end] == "isn't a very good" and one.negated


@pytest.mark.parametrize("text", [
    "It was not. Good food.", "Never! Good food came.", "They said no.\n\nHappy days came.", "No. Happy days came.",
    "Nobody knew why not\n\nGood food came.", "It was not? Good food came.", "It is not.”\nGood food came.",
])  # fmt: skip
def test_a_negation_ends_with_its_sentence(text):
    assert read("textblob", text)[0][0].negated and not read("textblob-mended", text)[0][0].negated


@pytest.mark.parametrize(
    "text", ["A good day.", "It was not a good day, and really bad!", "a can of good tent", "no. 5 is good"]
)
def test_all_else_is_textblobs(text):
    assert read("textblob-mended", text)[1] == read("textblob", text)[1]


def test_what_the_mended_rules_change_is_found_and_counted():
    news = body("It isn't good. It is not bad. Never. Happy days.")
    found = sentiment.mended(news)
    assert passages.text(news, found).tolist() == ["isn't good"]
    assert found[["before", "polarity"]].to_numpy().tolist() == [[0.7, -0.35]]
    whole = sentiment.mended(news, unit="article")
    assert whole["entry"].tolist() == ["good", "happy"] and passages.count(whole)["count"].tolist() == [2]
    assert sentiment.mended(body("A good day.")).empty


def test_the_mean_divides_each_score_by_its_spread_and_joins_what_several_know():
    text = "A good day, said Ms Marrow."
    (word,), score, _ = read("mean", text)
    parts = [read(name, text)[1] / spread for name, spread in mean.SPREADS.items()]
    assert score == pytest.approx(sum(parts) / 3, abs=1e-12) and word.entry == "good"
    text = "The war isn't over, and no great loss is good!"
    words, score, adds = read("mean", text)
    parts = [read(name, text)[1] / spread for name, spread in mean.SPREADS.items()]
    assert score == pytest.approx(sum(parts) / 3, abs=1e-12) and adds.sum() == pytest.approx(score)
    assert len({(each.end, each.entry) for each in words}) == len(words)


OWN = "term,score\nbad luck,-0.5\nluck,1\ngriev*,-1\ngrieving*,0.25\norgani?ed,0.1\nO’Hara,0.2\n*-made,0.3\nbad,-0.2\n"


def test_a_table_of_ones_own_holds_phrases_and_wild_cards(tmp_path):
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8-sig")
    news = body("Bad  luck, a GRIEVANCE. Grieving organised O'Hara; bad, luck home-made.")
    by_path = sentiment.scored_words(news, lexicon=tmp_path / "own.csv")
    assert by_path["entry"].tolist() == [
        "bad luck", "griev*", "grieving*", "organi?ed", "o'hara", "bad", "luck", "*-made"]  # fmt: skip
    assert by_path["polarity"].tolist() == [-0.5, -1, 0.25, 0.1, 0.2, -0.2, 1, 0.3]
    assert passages.text(news, by_path)[0] == "Bad  luck" and by_path["words"][0] == "bad luck"
    frame = pd.read_csv(tmp_path / "own.csv")
    by_table = sentiment.scored_words(news, lexicon=frame)
    pd.testing.assert_frame_equal(by_table.drop(columns="lexicon"), by_path.drop(columns="lexicon"))
    assert sentiment.tone(news, lexicon=frame)["tone"].equals(
        sentiment.tone(news, lexicon=tmp_path / "own.csv")["tone"]
    )
    frame.loc[frame["term"] == "luck", "score"] = 0.5  # another table is another lexicon, cached or not
    assert 0.5 in sentiment.scored_words(news, lexicon=frame)["polarity"].tolist()


@pytest.mark.parametrize("told", ["term;score\ngood;0.7\n", "Term , Score\ngood,.7\n", "score\tterm\n0.7\tgood\n"])
def test_a_table_is_read_as_other_programs_write_it(tmp_path, told):
    (tmp_path / "own.csv").write_text(told)
    assert table.of_file(tmp_path / "own.csv") == {"good": 0.7}


@pytest.mark.parametrize(("told", "message"), [
    ("word,score\ngood,1\n", "own.csv lacks the column term; it has word, score"),
    ("", "lacks the column term"),
    ("term,score\n", "holds no term"),
    ("term,score\ngood,high\n", "line 2 of own.csv has the score 'high'; a score is a number from -1 to 1"),
    ("term,score\ngood\n", "has the score None"), ("term,score\ngood,nan\n", "has the score 'nan'"),
    ("term,score\ngood,4\n", "has the score '4'"),
    ("term,score\ngood,1\nbad,-1\nGood ,0.5\n", "line 4 of own.csv has the term 'Good ' again .line 2 has it.; each"),
    ("term,score\n*,1\n", "line 2 of own.csv has the term '.', which is no word"),
    ("term,score\n:-),1\n", "which is no word and no phrase"), ("term,score\n,1\n", "the term ''"),
])  # fmt: skip
def test_a_table_that_is_no_lexicon_is_refused_in_one_sentence(tmp_path, told, message):
    (tmp_path / "own.csv").write_text(told)
    with pytest.raises(ValueError, match=message) as caught:
        sentiment.tone(body("A good day."), lexicon=str(tmp_path / "own.csv"))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("frame", "message"), [
    (pd.DataFrame({"word": ["good"], "score": [1]}), "the lexicon lacks the column term; it has word, score"),
    (pd.DataFrame({"term": ["good", "good"], "score": [1, 1]}), "row 1 of the lexicon has the term 'good' again"),
    (pd.DataFrame({"term": ["good"], "score": ["x"]}), "row 0 of the lexicon has the score 'x'"),
    (pd.DataFrame({"term": [None], "score": [1]}), "has the term"),
    (pd.DataFrame({"term": [], "score": []}), "holds no term"),
])  # fmt: skip
def test_a_frame_that_is_no_lexicon_is_refused_in_one_sentence(frame, message):
    with pytest.raises(ValueError, match=message):
        sentiment.scored_words(body("A good day."), lexicon=frame)


@pytest.mark.parametrize("name", ["textblob", "textblob-mended", "vader", "afinn", "mean"])
def test_a_spanish_corpus_is_told_in_one_sentence_that_our_lexicons_are_english(name):
    news = body(
        "El gobierno dijo que no habrá acuerdo con los trabajadores del puerto. Es una mala noticia para todos. " * 5
    )
    with pytest.warns(
        UserWarning, match=f"the lexicon {name} is made for English: 1 of 1 article is in another"
    ) as told:
        row = sentiment.tone(news, lexicon=name).iloc[0]
    assert len(told) == 1 and row["note"] == "not in English" and np.isnan(row["tone"])
    own = pd.DataFrame({"term": ["mal*", "acuerdo"], "score": [-1, 0.5]})
    assert sentiment.tone(news, lexicon=own)["count"][0] == 10


DECOMPOSED = {"fácil": 1, "fa": -1, "cobre": 0.5, "oʼhara": 0.25, "naïve pl*": -0.5}


@pytest.mark.parametrize(("text", "found"), [
    ("Es fa\u0301cil hoy.", [("fácil", "fa\u0301cil")]),
    ("Es FÁCIL, fa.", [("fácil", "FÁCIL"), ("fa", "fa")]),
    ("El co\u00adbre.", [("cobre", "co\u00adbre")]),
    ("O\u02bcHara, O\u2019Hara", [("o'hara", "O\u02bcHara"), ("o'hara", "O\u2019Hara")]),
    ("A nai\u0308ve plan", [("naïve pl*", "nai\u0308ve plan")]), ("fa\u0301 cil", []),
    ("fa\u200bcil fa\u00ad", [("fa", "fa\u00ad")]),
])  # fmt: skip
def test_a_word_of_ones_own_table_is_found_however_its_letters_are_made(text, found):
    for form in ("NFC", "NFD"):
        rows = [(unicodedata.normalize(form, term), score) for term, score in DECOMPOSED.items()]
        own = pd.DataFrame(rows, columns=["term", "score"])
        words = table.reader(table.of_frame(own))(text)
        assert [(one.entry, text[one.start : one.end]) for one in words] == found


def test_a_scale_of_ones_own_is_refused_with_what_to_divide_by(tmp_path):
    (tmp_path / "own.csv").write_text("term,score\ngood,2\nbad,-3\ndull,-1\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"line 2 of own.csv has the score '2'; .* from -1 to 1: divide all by 3$"):
        table.of_file(tmp_path / "own.csv")
    with pytest.raises(ValueError, match=r"row 1 of the lexicon has the score inf; a score is a number from -1 to 1$"):
        table.of_frame(pd.DataFrame({"term": ["a", "b"], "score": [0.5, np.inf]}))
