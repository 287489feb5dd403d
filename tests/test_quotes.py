"""Whose words they are: each rule on an invented sentence, what holds for any text, a balance counted by hand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import cues, load, passages, paste, quotes, quoting, tokens

PIECES = st.sampled_from(
    ["\n", "\n\n"]
    + """said told called according to that to and who he she they Marrow
    Ilse Mr. the a minister claim claimed adding of as “ ” " ''
    ‘ ’ ' — , . : ; ? ! ( ) was not had Monday in by harbour’s
    é \ue000 \ue001 © -- saying urged worried about""".split()
)
WILD_TEXT = st.lists(st.one_of(PIECES, st.text(st.characters(exclude_categories=["Cs"]), max_size=6)), max_size=60)


def layer(text: str) -> tuple[str, pd.DataFrame]:
    """Give the raw text and its quotations, every line a paragraph of the body."""
    spans, at = [], 0
    for line in text.split("\n"):
        spans += [("a", at, at + len(line), "body")] if line.strip() else []
        at += len(line) + 1
    segments = pd.DataFrame(spans, columns=["article_id", "start", "end", "kind"])
    segments["article_id"] = pd.Categorical(segments["article_id"], categories=["a"])
    raws = pd.Series({"a": text})
    return text, quoting.quotes(raws, segments, tokens.sentences(raws, segments))


def told(text: str) -> list[tuple]:
    """Give each quotation as kind, content, speaker, cue."""
    raw, found = layer(text)
    found = found.astype(object).where(found.notna(), None)
    return [(row.kind, raw[row.start : row.end], row.speaker, row.cue) for row in found.itertuples()]


SPEAKERS_PLACE = {
    "before": ("Ilse Marrow said: “We waited.”", [("direct", "“We waited.”", "Ilse Marrow", "said")]),
    "after": ("“We waited,” Ilse Marrow said.", [("direct", "“We waited,”", "Ilse Marrow", "said")]),
    "inverted": (
        "“We waited all night,” said Ilse Marrow, the harbour master.",
        [("direct", "“We waited all night,”", "Ilse Marrow", "said")],
    ),
    "amid": (
        "“We waited,” Ilse Marrow said, “and nobody came.”",
        [("direct", "“We waited,”", "Ilse Marrow", "said"), ("direct", "“and nobody came.”", "Ilse Marrow", "said")],
    ),
    "amid, unmarked": (
        "The talks, Ilse Marrow said, would fail by Monday.",
        [
            ("indirect", "The talks", "Ilse Marrow", "said"),
            ("indirect", "would fail by Monday", "Ilse Marrow", "said"),
        ],
    ),
    "with what stands between commas": (
        "Ilse Marrow, 59, of Eastport, said the talks had failed.",
        [("indirect", "the talks had failed", "Ilse Marrow", "said")],
    ),
    "in a relative clause": (
        "The crews wrote to Ilse Marrow, who said that the port would close.",
        [("indirect", "the port would close", "Ilse Marrow", "said")],
    ),
    "in a relative clause after an insertion": (
        "The crews met Ilse Marrow, the harbour master, who said that the port would close.",
        [("indirect", "the port would close", "Ilse Marrow", "said")],
    ),
    "after where and when": (
        "In Eastport, the harbour master said the talks had failed.",
        [("indirect", "the talks had failed", "harbour master", "said")],
    ),
    "shared by two verbs": (
        "Ilse Marrow said the talks had failed and called the offer a mockery.",
        [
            ("indirect", "the talks had failed", "Ilse Marrow", "said"),
            ("indirect", "the offer a mockery", "Ilse Marrow", "called"),
        ],
    ),
    "shared with a participle": (
        "Ilse Marrow left the room, saying that the talks had failed.",
        [("indirect", "the talks had failed", "Ilse Marrow", "saying")],
    ),
}


@pytest.mark.parametrize(("text", "rows"), SPEAKERS_PLACE.values(), ids=SPEAKERS_PLACE.keys())
def test_the_speaker_stands(text, rows):
    assert told(text) == rows


FRAMES = {
    "clause": ("Marrow said on Monday the port was shut.", "the port was shut"),
    "that": ("Marrow said on Monday that the port was shut.", "the port was shut"),
    "C, she said": ("The port was shut for good, Marrow said.", "The port was shut for good"),
    "after a place name": ("EASTPORT — The port was shut for good, Marrow said.", "The port was shut for good"),
    "to": ("Marrow vowed to open the port.", "to open the port"),
    "person": ("Marrow told reporters that the port was shut.", "the port was shut"),
    "person, bare": ("Marrow told the crews the port was shut.", "the port was shut"),
    "person to": ("Marrow ordered the crews to wait for news.", "the crews to wait for news"),
    "object": ("Marrow denounced the blockade of the port.", "the blockade of the port"),
    "about": ("Marrow called for a new vote.", "a new vote"),
    "about person": ("Marrow accused the crews of sabotage.", "sabotage"),
    "according to": ("The port was shut, according to Marrow.", "The port was shut"),
    "noun": ("The crews heard Marrow’s claim that the port was shut.", "the port was shut"),
    "adjective": ("Marrow was confident that the port would open.", "the port would open"),
    "ends at a later cue": ("Marrow said the port was shut, adding that it was late.", "the port was shut"),
}


@pytest.mark.parametrize(("text", "content"), FRAMES.values(), ids=FRAMES.keys())
def test_the_content_stands(text, content):
    kind, found, speaker, _ = told(text)[0]
    assert (kind, found, speaker) == ("indirect", content, "Marrow")


BESIDE_MARKS = {
    "went on": ("“We waited,” Ilse Marrow went on.", "Ilse Marrow"),
    "went on, inverted": ("“We waited,” went on Ilse Marrow. The crews left.", "Ilse Marrow"),
    "called": ("“All hands!” called Ilse Marrow, and they came.", "Ilse Marrow"),
    "calls, a noun as often": ("“We wait,” calls Ilse Marrow into the street.", "Ilse Marrow"),
    "began": ("“We waited,” began Ilse Marrow, the harbour master.", "Ilse Marrow"),
    "warned, which can take a person": ("“We cannot wait,” warned Ilse Marrow.", "Ilse Marrow"),
}


@pytest.mark.parametrize(("text", "speaker"), BESIDE_MARKS.values(), ids=BESIDE_MARKS.keys())
def test_some_verbs_report_beside_marks_only(text, speaker):
    (row,) = told(text)
    assert row[0] == "direct" and row[2] == speaker
    assert told(text.translate(dict.fromkeys(map(ord, "“”")))) == [] or "warned" in text


def test_one_told_is_not_the_one_who_tells():
    assert told("“We waited all night,” told Ilse Marrow.") == [("direct", "“We waited all night,”", None, None)]


def test_marks_left_open_wait_for_the_speaker_of_the_next_paragraph():
    text = "“We waited all night in the rain.\n“Nobody came to the gate,” Ilse Marrow said."
    assert [row[2] for row in told(text)] == ["Ilse Marrow", "Ilse Marrow"]
    closed = text.replace("rain.", "rain.”")
    assert [row[2] for row in told(closed)] == [None, "Ilse Marrow"]


NO_SPEECH = {
    "scare quotes": "The “efficiency” drive ended on Monday.",
    "a title": "“The Long Tide of Eastport” opened on Monday.",
    "a heading in marks": "‘All Boats Are Late.’",
    "a noun": "The claims were large. Two reports came. Plans changed.",
    "a passive": "The crews were told. The port was announced shut.",
    "a name that looks like a cue": "Mr Claims and Ms Called left the port.",
    "an apostrophe": "The workers’ pay and the '90s boats weren’t new.",
}


@pytest.mark.parametrize("text", NO_SPEECH.values(), ids=NO_SPEECH.keys())
def test_no_speech_is_found_in(text):
    assert told(text) == []


MARKS = {
    "straight": '"We waited," Marrow said.',
    "doubled single": "''We waited,'' Marrow said.",
    "single curly": "‘We waited for the workers’ pay,’ Marrow said.",
    "an apostrophe at a word's end": "‘We played rock ’n’ roll all night,’ Marrow said.",
    "single straight": "'We waited, don't you see,' Marrow said.",
    "nested": "“They cried ‘No more!’ and left,” Marrow said.",
    "a question": "“Why wait?” Marrow asked.",
}


@pytest.mark.parametrize("text", MARKS.values(), ids=MARKS.keys())
def test_marks_are_paired(text):
    (row,) = told(text)
    assert row[:3] == ("direct", text[: text.index(" Marrow")], "Marrow")


def test_marked_and_unmarked_words_in_one_content_are_partial():
    assert told("Marrow said the offer was “a sham” from the start.") == [
        ("partial", "the offer was “a sham” from the start", "Marrow", "said")
    ]
    assert told("Marrow called it “a sham” on Monday.")[0][:2] == ("direct", "“a sham”")
    assert told("Marrow called it a “sham”.")[0][:2] == ("partial", "a “sham”")


def test_marks_with_a_verb_of_their_own_inside_a_content_are_kept_besides():
    rows = told("Marrow said the offer was what the crews called “a sham”.")
    assert [row[:3] for row in rows] == [
        ("partial", "the offer was what the crews called “a sham”", "Marrow"),
        ("direct", "“a sham”", "crews"),
    ]


def test_a_quotation_over_paragraphs_gives_a_row_a_paragraph():
    rows = told("“We waited all night,” Ilse Marrow said. “It was cold.\n“Then the boats came.”")
    assert [row[1] for row in rows] == ["“We waited all night,”", "“It was cold.", "“Then the boats came.”"]
    assert {row[2] for row in rows} == {"Ilse Marrow"}


def test_a_paragraph_may_be_introduced_by_the_one_before_or_signed():
    assert told("Ilse Marrow had one reason:\n“We waited all night.”")[-1][1:3] == (
        "“We waited all night.”",
        "Ilse Marrow",
    )
    assert told("“We waited all night.” — Ilse Marrow") == [("direct", "“We waited all night.”", "Ilse Marrow", None)]


def test_surnames_titles_and_pronouns_mean_the_fullest_name():
    text = (
        "Harbour Master Ilse Marrow said the port was shut. The harbour master shut it.\n"
        "Mr. Tobias Venn said it was open.\nMarrow said it was late. He said it was early. Mrs. Marrow said no.\n"
        "“We waited,” she said."
    )
    assert [row[2] for row in told(text)] == [
        "Ilse Marrow", "Tobias Venn", "Ilse Marrow", "Tobias Venn", "Ilse Marrow", "Ilse Marrow",
    ]  # fmt: skip


def test_the_official_is_the_union_official_of_before():
    rows = told("A union official said the port was shut.\n“We waited,” the official said.\nA clerk said it was late.")
    assert [row[2] for row in rows] == ["union official", "union official", "clerk"]


def test_a_title_alone_means_the_name_it_was_given_with():
    rows = layer("Mayor Ilse Marrow said the port was shut.\nThe mayor said it was late.")[1]
    assert list(rows["speaker"]) == ["Ilse Marrow"] * 2 and rows["named"].all()


@pytest.mark.parametrize(
    ("mention", "speaker", "named"),
    [
        ("A union official", "union official", False),
        ("Officials", "Officials", False),
        ("A spokesman for Ilse Marrow", "spokesman for Ilse Marrow", False),
        ("The Port Authority", "Port Authority", True),
        ("Foreman Ilse Marrow", "Ilse Marrow", True),
    ],
)
def test_who_has_no_name_is_unnamed(mention, speaker, named):
    _, found = layer(f"{mention} said the port was shut, as the officials knew.")
    assert (found["speaker"].iloc[0], found["named"].iloc[0]) == (speaker, named)


def test_a_mention_is_what_stands_in_the_text():
    raw, found = layer("“We waited,” said Sen. Ilse Marrow (D-Eastport) on Monday. He’s claiming that it was late.")
    mentions = [raw[int(a) : int(b)] for a, b in zip(found["speaker_start"], found["speaker_end"], strict=True)]
    assert mentions == ["Sen. Ilse Marrow", "He"]


@settings(max_examples=150, deadline=None)
@given(WILD_TEXT)
def test_any_text_gives_spans_within_it(pieces):
    raw, found = layer(" ".join(pieces))
    assert found["kind"].isin(["direct", "partial", "indirect"]).all()
    assert ((0 <= found["start"]) & (found["start"] < found["end"]) & (found["end"] <= len(raw))).all()
    for who in ("speaker", "cue"):
        spans = found[[f"{who}_start", f"{who}_end"]].dropna().astype(int)
        assert ((spans.iloc[:, 0] >= 0) & (spans.iloc[:, 0] < spans.iloc[:, 1]) & (spans.iloc[:, 1] <= len(raw))).all()
    mentions = found.dropna(subset="speaker_start")
    assert all(
        len(raw[int(a) : int(b)].split()) <= 12
        for a, b in zip(mentions["speaker_start"], mentions["speaker_end"], strict=True)
    )


def test_an_article_alone_gives_what_it_gives_among_others(six):
    whole = quoting.quotes(six.articles["raw"], six.segments, six.sentences)
    parts = [
        quoting.quotes(one.articles["raw"], one.segments, one.sentences).astype({"article_id": "str"})
        for one in (six.select([name]) for name in six.articles.index)
    ]
    assert len(whole) > 0
    pd.testing.assert_frame_equal(whole.astype({"article_id": "str"}), pd.concat(parts, ignore_index=True))


def test_the_balance_counts_words_cues_and_who_has_the_last_one():
    news = paste(
        "Port shut\n\n“We waited,” Ilse Marrow said. Tobias Venn claimed the port was open. “They never came.”\n\n"
        "Officials admitted that it was late. The boats left."
    )
    found = quoting.quotes(news.articles["raw"], news.segments, news.sentences)
    table = quotes.balance(news, quotes=found).set_index("speaker")
    assert list(table["n_words"]) == [7, 3, 2, 12]
    assert table.loc["Tobias Venn", ["n_quotes", "n_said", "n_loaded", "n_first", "n_last"]].tolist() == [2, 0, 1, 0, 0]
    assert table.loc["Ilse Marrow", ["n_quotes", "n_said", "n_loaded", "n_first", "n_last"]].tolist() == [1, 1, 0, 1, 0]
    assert table.loc["Officials", ["named", "n_last", "n_loaded"]].tolist() == [False, 1, 1]
    assert table["voice"].tolist() == ["speaker", "speaker", "speaker", "outside"]
    assert table["share_of_words"].sum() == pytest.approx(1)


def test_a_word_in_a_quotation_inside_another_counts_for_the_inner_one():
    news = paste("Port shut\n\nIlse Marrow said the offer was what Tobias Venn called “a sham”.")
    found = quoting.quotes(news.articles["raw"], news.segments, news.sentences)
    table = quotes.balance(news, quotes=found).set_index("speaker")
    assert table.loc["Ilse Marrow", "n_words"] == 7 and table.loc["Tobias Venn", "n_words"] == 2


def test_the_balance_says_what_it_was_asked_by():
    news = paste("Port shut\n\n“We waited,” Ilse Marrow said.")
    found = quoting.quotes(news.articles["raw"], news.segments, news.sentences)
    assert quotes.balance(news, by="section", quotes=found)["n_words"].tolist() == [2, 3]
    with pytest.raises(ValueError, match="sektion"):
        quotes.balance(news, by="sektion", quotes=found)


def test_every_loaded_and_plain_verb_is_in_the_table():
    known = {one.lemma.split()[0] for many in cues.table().values() for one in many} | {"according"}
    assert not (cues.LOADED | cues.NEUTRAL) - known and not cues.LOADED & cues.NEUTRAL
    assert [cues.lemma(cue) for cue in ("Said", "insists", "According to", "pointed out")] == [
        "say", "insist", "according", "point",
    ]  # fmt: skip


def test_the_balance_of_each_article():
    news = paste("Marrow said: “We waited.” Boats came.")
    table = quotes.balance(news, by="article_id")
    assert table[["article_id", "voice", "n_words"]].values.tolist() == [
        ["pasted", "speaker", 2], ["pasted", "outside", 4]
    ]  # fmt: skip


KEY = ["start", "end", "kind", "speaker_start", "speaker_end", "nested"]


def judged(rows: list[tuple], truth: list[tuple]):
    """Compare two tables of quotations of one pasted text of 100 letters."""
    news = paste("a" * 100)
    ours, gold = (pd.DataFrame(table, columns=KEY).assign(article_id="pasted") for table in (rows, truth))
    return news, gold, ours.drop(columns="nested")


def test_each_direct_quotation_is_right_another_speakers_none_or_missed():
    none = float("nan")
    ours = [
        (0, 10, "direct", 10, 14, None),  # right: 8 of 10 letters, and 4 of 8 of the mention
        (20, 30, "direct", 31, 35, None),  # the speaker is elsewhere
        (40, 50, "direct", none, none, None),  # and here there is none
        (60, 70, "direct", 70, 74, None),  # 7 of 10 letters are too few
        (80, 90, "indirect", 90, 94, None),
        (2, 6, "direct", 10, 14, None),  # inside the first
        (94, 99, "direct", none, none, None),  # right, and the key has no mention to ask for
    ]
    truth = [
        (0, 8, "direct", 10, 18, False), (20, 30, "direct", 35, 39, False), (40, 50, "direct", 51, 53, False),
        (60, 67, "direct", 70, 74, False), (82, 88, "direct", 90, 94, True), (94, 99, "direct", none, none, False),
    ]  # fmt: skip
    news, gold, layer = judged(ours, truth)
    rows = quotes.compared(news, gold, quotes=layer)
    assert list(zip(rows["start"], rows["verdict"], strict=True)) == [
        (0, "right"), (20, "other speaker"), (40, "other speaker"), (60, "missed"), (60, "no such quotation"),
        (94, "right"),
    ]  # fmt: skip
    table = quotes.scores(news, gold, quotes=layer, seed=1)
    assert table[["n_right", "n_of"]].T.to_dict("list") == {
        "precision": [4, 5], "recall": [4, 5], "F1": [8, 10], "speaker": [1, 3]
    }  # fmt: skip
    assert table["share"].tolist() == pytest.approx([0.8, 0.8, 0.8, 1 / 3]) and table["low"].isna().all()


def test_nothing_found_and_nothing_to_find_have_no_share():
    news, gold, layer = judged([], [])
    table = quotes.scores(news, gold, quotes=layer, seed=1)
    assert table["share"].isna().all() and (table["n_of"] == 0).all()


def test_on_harbour_the_quotations_that_were_planted_are_found():
    news = load("harbour")
    truth = quotes.key()
    passages.text(news, truth)
    table = quotes.scores(news, truth, seed=1)["share"]
    assert table["F1"] >= 0.95 and table["speaker"] >= 0.92
