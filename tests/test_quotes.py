"""Whose words they are: each rule on an invented sentence, what holds for any text, a balance counted by hand."""

import inspect
import itertools
import random
import re
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats

from utils import answer_key, cues, load, passages, paste, quotes
from utils.layers.sentences import sentences
from utils.layers.voices import attribution, content, coreference, descriptions, first_names, statements
from utils.layers.voices import quotes as quoting
from utils.layers.voices.rules import BY_NAME, RULES, Rule, Taken

quotes_of = quoting.quotes
PIECES = st.sampled_from(
    ["\n", "\n\n"]
    + """said told called according to that to and who he she they Marrow
    Ilse Mr. the a minister claim claimed adding of as “ ” " ''
    ‘ ’ ' — , . : ; ? ! ( ) was not had Monday in by harbour’s
    é \ue000 \ue001 © -- saying urged worried about van LA Al Bin DE Sen. Secretary State docker 's | sure""".split()
)
MISSING = float("nan")
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
    return text, quotes_of(raws, segments, sentences(raws, segments))


def told(text: str) -> list[tuple]:
    """Give each quotation as kind, content, speaker, cue."""
    raw, found = layer(text)
    found = found.astype(object).where(found.notna(), None)
    return [(row.kind, raw[row.start : row.end], row.speaker, row.cue) for row in found.itertuples()]


def ruled(text: str) -> list[tuple]:
    """Give each quotation as rule, content, cue, speaker."""
    raw, found = layer(text)
    found = found.astype(object).where(found.notna(), None)
    return [(row.rule, raw[row.start : row.end], row.cue, row.speaker) for row in found.itertuples()]


def shown(example: Rule | Taken | str) -> str:
    """Give a rule's name, or the text of an example."""
    return example if isinstance(example, str) else example[0]


def row_of(name: str) -> str | None:
    """Give the name of the row by which a rule is called so: the row itself, or one with a word of its own put in."""
    worded = (rule.name for rule in RULES if re.fullmatch(re.escape(rule.name).replace("…", "[a-z ]+"), name))
    return name if name in BY_NAME else next(worded, None)


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
        [("indirect", "that the port would close", "Ilse Marrow", "said")],
    ),
    "in a relative clause after an insertion": (
        "The crews met Ilse Marrow, the harbour master, who said that the port would close.",
        [("indirect", "that the port would close", "Ilse Marrow", "said")],
    ),
    "in a relative clause after a time": (
        "The crews met Ilse Marrow, who in 2010 said the port would close.",
        [("indirect", "the port would close", "Ilse Marrow", "said")],
    ),
    "after an abbreviation in brackets": (
        "Sen. Ilse Marrow (D-N.Y.), chairwoman of the board, said the port would close.",
        [("indirect", "the port would close", "Ilse Marrow", "said")],
    ),
    "as one of a kind": (
        "A majority of voters believe the port would close.",
        [("indirect", "the port would close", "majority of voters", "believe")],
    ),
    "as a number of many": (
        "Some believe the port would close.",
        [("indirect", "the port would close", "Some", "believe")],
    ),
    "in a clause of its own": (
        "When Runa Venn called it a scandal, she laughed and said: “We waited.”",
        [("indirect", "it a scandal", "Runa Venn", "called"), ("direct", "“We waited.”", "Runa Venn", "said")],
    ),
    "before a far place": (
        "“We waited,” Ilse Marrow said in Port Ann, E.R., “and nobody came.”",
        [("direct", "“We waited,”", "Ilse Marrow", "said"), ("direct", "“and nobody came.”", "Ilse Marrow", "said")],
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
        [("indirect", "that the talks had failed", "Ilse Marrow", "saying")],
    ),
}


@pytest.mark.parametrize(("text", "rows"), SPEAKERS_PLACE.values(), ids=SPEAKERS_PLACE.keys())
def test_the_speaker_stands(text, rows):
    assert told(text) == rows


@pytest.mark.parametrize(("rule", "taken"), [(rule, taken) for rule in RULES for taken in rule.takes], ids=shown)
def test_a_rule_takes(rule, taken):
    assert (rule.name, *taken[1:]) in [(row_of(name), *row) for name, *row in ruled(taken.text)]


@pytest.mark.parametrize(("rule", "text"), [(rule, text) for rule in RULES for text in rule.leaves], ids=shown)
def test_a_rule_leaves(rule, text):
    assert rule.name not in [row_of(name) for name, *_ in ruled(text)]


def test_every_rule_has_both_examples_and_no_name_stands_beside_the_table():
    assert all(rule.takes and rule.leaves for rule in RULES) and len(BY_NAME) == len(RULES)
    source = "".join(map(inspect.getsource, (attribution, content, quoting)))
    assert {name for _, name in re.findall(r"""\bnamed\((["'])(.+?)\1""", source)} == BY_NAME.keys()


HOW_AND_WHEN = """
    last week | two weeks ago | 10 days ago | this spring | late last year | months later | last May |
    earlier this month | late on Friday | the next day | bluntly | here | aloud | out loud | ruefully last night"""


@pytest.mark.parametrize("how", [" ".join(how.split()) for how in HOW_AND_WHEN.split("|")])
def test_a_speaker_ends_where_it_is_said_how_and_when(how):
    assert told(f"“We waited,” said Mr. Marrow {how}.") == [("direct", "“We waited,”", "Marrow", "said")]
    assert told(f"“We waited,” said the old pilot {how}, “and went.”")[1][2] == "old pilot"
    assert told(f"The boats were late, said Ilse Marrow {how}.")[0][2:] == ("Ilse Marrow", "said")


def test_a_time_before_the_verb_is_no_speaker_and_one_in_a_name_or_a_role_is():
    for when in ("last week", "this month", "just two days ago", "Monday"):
        assert told(f"Ilse Marrow {when} said the port was shut.")[0][1:3] == ("the port was shut", "Ilse Marrow")
    for who in ("Emily Daly", "the late night host", "the next mayor of Eastport", "last year’s winner"):
        assert told(f"“We waited,” said {who}.")[0][2] == who.removeprefix("the ")


def test_a_source_behind_marks_is_credited_and_not_the_speaker_before():
    text = "“We wait,” said Runa Vask.\n“It was shut all year,” according to {}. “It was cold.”"
    for source in ("court papers", "a report of the union", "Ivo Lund"):
        assert [row[2] for row in told(text.format(source))][1:] == [source.removeprefix("a ")] * 2


@pytest.mark.parametrize("unheard", ["Mr. Venn lisped", "lisped the mayor", "ran the text", "is what the crews ask"])
def test_where_nobody_is_heard_to_speak_it_is_not_who_spoke_before(unheard):
    for marks in ("“Go home,” {}.", "“Go home”, {}.", "“Why us?” {}."):
        text = f"“We waited,” Ilse Marrow said.\n{marks.format(unheard)} “It was cold.”"
        assert [row[2] for row in told(text)] == ["Ilse Marrow", None, None], text
    text = "“We waited,” Ilse Marrow said. “Was it cold?” She left. “It was.”"
    assert {row[2] for row in told(text)} == {"Ilse Marrow"}


BESIDE_MARKS = {
    "went on": ("“We waited,” Ilse Marrow went on.", "Ilse Marrow"),
    "went on, inverted": ("“We waited,” went on Ilse Marrow. The crews left.", "Ilse Marrow"),
    "called": ("“All hands!” called Ilse Marrow, and they came.", "Ilse Marrow"),
    "calls, a noun as often": ("“We wait,” calls Ilse Marrow into the street.", "Ilse Marrow"),
    "began": ("“We waited,” began Ilse Marrow, the harbour master.", "Ilse Marrow"),
    "warned, which can take a person": ("“We cannot wait,” warned Ilse Marrow.", "Ilse Marrow"),
    "chanted": ("Ilse Marrow chanted “We wait!” at the gate.", "Ilse Marrow"),
    "put it": ("As Ilse Marrow put it on Monday, “We wait.”", "Ilse Marrow"),
}


@pytest.mark.parametrize(("text", "speaker"), BESIDE_MARKS.values(), ids=BESIDE_MARKS.keys())
def test_some_verbs_report_beside_marks_only(text, speaker):
    (row,) = told(text)
    assert row[0] == "direct" and row[2] == speaker
    assert told(text.translate(dict.fromkeys(map(ord, "“”")))) == [] or "warned" in text


def test_marks_that_name_something_hold_no_speech():
    assert told("“We waited,” Ilse Marrow said on the Herald’s “Morning Tide.”") == [
        ("direct", "“We waited,”", "Ilse Marrow", "said")
    ]
    assert [row[1] for row in told("“We waited!” Ilse “Gull” Marrow shouted.")] == ["“We waited!”"]


@pytest.mark.parametrize(
    "rest",
    [
        "said a docker who goes by the name “Shorty.”", "said a docker known as “Shorty,” who left.",
        "said a docker nicknamed “The Old Salt.”", "a docker told “Harbour Tonight,” a radio show.",
        "a docker told the show “Harbour Tonight.”", "a docker wrote in “The Long Tide,” his book.",
        "said a docker, the star of the film “Gull.”", "sang a docker of the band “Low Tide,” from Eastport.",
    ],
)  # fmt: skip
def test_names_and_titles_between_marks_are_no_second_quotation(rest):
    (row,) = told(f"“Last night was bad,” {rest}")
    assert row[1] == "“Last night was bad,”" and row[2].startswith("docker")
    assert [row[2] for row in told("“We waited,” said Ivo Lund “and left.”")] == ["Ivo Lund"] * 2


def test_one_told_is_not_the_one_who_tells():
    assert told("“We waited all night,” told Ilse Marrow.") == [("direct", "“We waited all night,”", None, None)]


def test_marks_left_open_wait_for_the_speaker_of_the_next_paragraph():
    text = "“We waited all night in the rain.\n“Nobody came to the gate,” Ilse Marrow said."
    assert [row[2] for row in told(text)] == ["Ilse Marrow", "Ilse Marrow"]
    closed = text.replace("rain.", "rain.”")
    assert [row[2] for row in told(closed)] == [None, "Ilse Marrow"]


NAMES = {
    "in capitals at the end": ("He left from Eastport LA.", ["He", "Eastport LA"]),
    "in capitals before a common word": ("He left Eastport LA late.", ["He", "Eastport LA"]),
    "with a capital at the end": ("He called Ilse Van", ["He", "Ilse Van"]),
    "alone at the end": ("He called Al", ["He", "Al"]),
    "two at the end": ("He called Ilse Marrow Bin Al!", ["He", "Ilse Marrow Bin Al"]),
    "before marks": ("Ilse Del “We waited.”", ["Ilse Del"]),
    "before a name": ("He called Ada van Venn and Al De Venn late.", ["He", "Ada van Venn", "Al De Venn"]),
    "and no name": ("He called Ilse van", ["He", "Ilse"]),
}


@pytest.mark.parametrize(("text", "names"), NAMES.values(), ids=NAMES.keys())
def test_a_particle_joins_the_name_after_it_and_nothing_else(text, names):
    end = len(text)
    (one,) = statements.statements(text, 0, end, [(0, end)], list(statements.stretches(text, 0, end)), False)
    assert [text[slice(*one.span(run))] for run in descriptions.runs(one)] == names
    assert [row[:3] for row in told(f"“We will not go,” said Ilse Marrow.\n{text}")[:1]] == [
        ("direct", "“We will not go,”", "Ilse Marrow")
    ]


@pytest.mark.parametrize("sign", "-'’")
def test_a_chain_of_capitals_is_no_name_and_soon_read(sign):
    searched = f"bool(NAMES.search({sign!r}.join('A' * 200_000)))"
    code = f"from utils.layers.voices.names import NAMES; raise SystemExit({searched})"
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0  # it took minutes, link by link


NO_SPEECH = {
    "scare quotes": "The “efficiency” drive ended on Monday.",
    "a title": "“The Long Tide of Eastport” opened on Monday.",
    "a heading in marks": "‘All Boats Are Late.’",
    "an adjective": "The widely repudiated theory and the repeated claims were late.",
    "another verb": "Marrow wrote off the boats that she had lost.",
    "a verb inside its clause": "Deeply divided about the port, the crews indicated as much.",
    "a noun": "The claims were large. Two reports came. Plans changed.",
    "a passive": "The crews were told. The port was announced shut.",
    "a name that looks like a cue": "Mr Claims and Ms Called left the port.",
    "an apostrophe": "The workers’ pay and the '90s boats weren’t new.",
}


@pytest.mark.parametrize("text", NO_SPEECH.values(), ids=NO_SPEECH.keys())
def test_no_speech_is_found_in(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "unsaid",
    [
        "Marrow never said {}.", "Marrow has not said {}.", "Marrow didn’t say that {}.", "Marrow did not call it {}.",
        "Marrow denied saying {}.", "Marrow denies having said {}.", "Marrow refused to say {}.",
        "Marrow stopped short of saying {}.", "Did Marrow say {}?", "Would the mayor say {}?", "Nobody said {}.",
        "No one has said {}.", "Neither Marrow nor Venn said {}.",
    ],
)  # fmt: skip
def test_words_that_were_not_said_are_nobodys(unsaid):
    assert told(unsaid.format("“the lock is shut”")) == []


def test_a_question_and_a_word_at_its_head_give_no_name():
    for text in ("Did Marrow say that the lock was shut?", "Even Marrow said that the lock was shut."):
        assert told(text)[0][2] == "Marrow"
    assert told("“The lock is shut,” said Ilse Marrow, who did not wish to be named.")[0][2] == "Ilse Marrow"
    assert told("Marrow does not believe “the lock is shut”.")[0][2] == "Marrow"


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


STYLES = {
    "curly": ("“", "”"), "straight": ('"', '"'), "single": ("‘", "’"), "single, straight": ("'", "'"),
    "angled": ("«", "»"), "low": ("„", "“"), "doubled": ("''", "''"), "doubled, opened by ticks": ("``", "''"),
    "angled with blanks": ("« ", " »"), "curly with blanks": ("“ ", " ”"),
}  # fmt: skip
BEHIND = [
    "{} said Ilse Marrow.", "{} Ilse Marrow said.", "{} Ilse Marrow told the Post on Monday.",
    "{} said Ilse Marrow, who runs the port.", "{} asked Ilse Marrow. The boats left.",
    "Ilse Marrow waited. {} she said.",
]  # fmt: skip
IN_FRONT = ["Ilse Marrow said: {}", "Ilse Marrow said, {}", "Ilse Marrow told the crews: {}"]
ENDS = [(",", ""), ("", ","), ("?", ""), ("?", ","), ("!", "")]  # what stands inside the marks, and right behind them


@pytest.mark.parametrize(("opening", "closing"), STYLES.values(), ids=STYLES.keys())
def test_no_style_of_marks_is_heard_less_than_another(opening, closing):
    """So that a British paper, with its comma outside the marks, has as many speakers as an American one."""
    lost = []
    for orders, ends in ((BEHIND, ENDS), (IN_FRONT, [(".", ""), ("", ".")])):
        for order, (inside, outside) in itertools.product(orders, ends):
            said = f"{opening}The workers’ pay wasn’t ours{inside}{closing}"
            text = order.format(said + outside)
            lost += [text] if [row[:3] for row in told(text)] != [("direct", said, "Ilse Marrow")] else []
    assert lost == []


@pytest.mark.parametrize(
    "text",
    [
        "The “late”, “wet” and “cold” boats left.",
        "In the play, “The Long Tide”, nobody spoke.",
        'The beam was 6 " wide and the plank 4 " long.',
        "It was « late.",
    ],
)
def test_a_comma_or_a_blank_beside_marks_makes_no_speech(text):
    assert told(text) == []


def test_marked_and_unmarked_words_in_one_content_are_partial():
    assert told("Marrow said the offer was “a sham” from the start.") == [
        ("partial", "the offer was “a sham” from the start", "Marrow", "said")
    ]
    assert told("Marrow called it “a sham” on Monday.")[0][:2] == ("direct", "“a sham”")
    assert told("Marrow called it a “sham”.")[0][:2] == ("partial", "a “sham”")
    assert told("Marrow called the offer “a sham” on Monday.")[0][:2] == ("partial", "the offer “a sham” on Monday")
    assert told("Marrow said that “it is a sham.”")[0][:2] == ("partial", "that “it is a sham.”")
    assert told("“We wait,” Marrow said, but “they never come.”")[1][:2] == ("partial", "but “they never come.”")


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


def test_a_pronoun_means_whom_the_sentence_before_is_about():
    text = "Ilse Marrow said the port was shut.\nSecretary Tobias Venn waited for an hour. “It is late,” he said."
    assert [row[2] for row in told(text)] == ["Ilse Marrow", "Tobias Venn"]


def test_a_name_has_no_day_no_owner_and_no_end_of_a_sentence_in_it():
    text = (
        "The boats came for Venn. Ilse Marrow said the port was shut. On Monday Ilse Marrow said it was late.\n"
        "The Herald’s Ilse Marrow said yes. Convener Ilse Marrow said it was over. Marrow said she had waited."
    )
    assert {row[2] for row in told(text)} == {"Ilse Marrow"}


@pytest.mark.parametrize(
    "text", ["A docker sent home after 17 years said the port was shut.", "After that, 24 said no."]
)
def test_a_number_or_a_span_of_time_is_nobody(text):
    assert not any(row[2] and row[2][0].isdigit() for row in told(text)) and told(text)


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
        ("Advisers to Ilse Marrow", "Advisers to Ilse Marrow", False),
        ("A spokesman for Ilse Marrow", "spokesman for Ilse Marrow", False),
        ("The Port Authority", "Port Authority", True),
        ("Foreman Ilse Marrow", "Ilse Marrow", True),
        ("Presidents Ilse Marrow", "Ilse Marrow", True),
        ("Lt. Col. Ilse Marrow", "Ilse Marrow", True),
        ("Cmdr. Ilse Marrow", "Ilse Marrow", True),
        ("Asst. U.S. Atty. Ilse Marrow", "Ilse Marrow", True),
        ("Reps. Ivo Marrow and Runa Vask", "Ivo Marrow and Runa Vask", True),
        ("Govs. Marrow and Vask", "Marrow and Vask", True),
        ("Secretary of State Ilse Marrow", "Ilse Marrow", True),
        ("Our man in the U.S. But I.R. Marrow", "I.R. Marrow", True),
        ("The Justice Department", "Justice Department", True),
        ("Ilse Marrow Monday", "Ilse Marrow", True),
    ],
)
def test_who_has_no_name_is_unnamed(mention, speaker, named):
    _, found = layer(f"{mention} said the port was shut, as the officials knew.")
    assert (found["speaker"].iloc[0], found["named"].iloc[0]) == (speaker, named)


def test_a_mention_is_what_stands_in_the_text():
    raw, found = layer("“We waited,” said Sen. Ilse Marrow (D-Eastport) on Monday. He’s claiming that it was late.")
    mentions = [raw[int(a) : int(b)] for a, b in zip(found["speaker_start"], found["speaker_end"], strict=True)]
    assert mentions == ["Sen. Ilse Marrow", "He"]


LONG = {  # where each mention ends
    "a row of names": ("Alder Birch Cedar Dale Elm Fir Gale Hazel Iris Jay Kestrel Lark Ilse Marrow’s claim", "Marrow"),
    "marks left open": ("said Marrow Marrow Marrow Marrow Marrow Marrow of “ said Marrow 0 0 claimed", "0"),
    "bars before the verb": ("The | Port | of | Alder | Birch | Cedar | Dale | Elm claimed", "Cedar"),
    "bars after the verb": ("“We waited,” said Ilse | Marrow | of | the | Alder | Birch | Cedar | Dale", "Birch"),
    "bars before a colon": ("Ilse | Marrow | Alder | Birch | Cedar | Dale | Elm | Fir: “We waited.” It knew", "Dale"),
}


@pytest.mark.parametrize(("text", "end"), LONG.values(), ids=LONG.keys())
def test_a_mention_has_no_more_than_twelve_words(text, end):
    raw, found = layer(f"{text} that the port was shut.")
    mention = raw[int(found["speaker_start"].iloc[0]) : int(found["speaker_end"].iloc[0])]
    assert 10 < len(mention.split()) <= 12 and mention.endswith(end)


STYLES = {  # what stands before a cue, and at the end
    "curly": ("“{},”", "“{}.”"), "curly, comma outside": ("“{}”,", "“{}”."), "straight": ('"{},"', '"{}."'),
    "straight, comma outside": ('"{}",', '"{}".'), "single": ("‘{},’", "‘{}.’"),
    "single, comma outside": ("‘{}’,", "‘{}’."),
    "straight single": ("'{},'", "'{}.'"), "straight single, comma outside": ("'{}',", "'{}'."),
    "doubled": ("''{},''", "''{}.''"), "angled": ("«{}»,", "«{}»."), "angled, blanks": ("« {} »,", "« {} »."),
    "low": ("„{}“,", "„{}“."), "low and high": ("„{}”,", "„{}”."), "blanks": ("“ {} , ”", "“ {} . ”"),
    "same side": ("“{},“", "“{}.“"), "high first": ("”{},”", "”{}.”"),
}  # fmt: skip
ORDERS = (
    "{0} said Ilse Marrow{2}.", "{0} Ilse Marrow said{2}.", "Ilse Marrow said{2}: {1}",
    "{0} Ilse Marrow told reporters{2}.", "{0} said the pilot, Ilse Marrow{2}.",
    "{0} according to Ilse Marrow{2}.", "{0} Mrs. Ilse Marrow said{2}.",
)  # fmt: skip
ENDINGS = ("", " on Monday", " last week", " bluntly", " in a statement", " here", " two years ago", " after the vote")
SPOKEN = "We waited all night"
FORMS = [
    order.format(behind.format(SPOKEN), alone.format(SPOKEN), ending)
    for behind, alone in STYLES.values()
    for order in ORDERS
    for ending in ENDINGS
]
ODD = {  # whose words they are; None where nobody said them
    "Marrow denied that she had said {0}.": None, "Marrow denied saying {0}.": None, "Marrow never said {0}.": None,
    "{1} Marrow never said.": None, "Did Marrow say {0}?": None, "Nobody said {0}.": None,
    "If Marrow had said {0}, it was late.": None, "Marrow has not said: {2}": None,
    "{1} according to a report.": "report", "{1} per a report.": "report", "According to Marrow, {2}": "Marrow",
    "Marrow’s answer: {2}": "Marrow", "To quote Marrow: {2}": "Marrow", "{2}\n— Ilse Marrow": "Ilse Marrow",
    "{2} — Ilse Marrow": "Ilse Marrow", "Asked if it was late, Marrow said {0}.": "Marrow",
}  # fmt: skip
MARKS = {"curly": "“{}”", "straight": '"{}"', "single": "‘{}’", "angled": "«{}»"}


def heard(texts):
    """Give kind and speaker of each quotation of each text, all read at once."""
    raws = pd.Series(dict(enumerate(texts))).rename(str)
    lines = [(name, *match.span(), "body") for name, raw in raws.items() for match in re.finditer("[^\n]+", raw)]
    segments = pd.DataFrame(lines, columns=["article_id", "start", "end", "kind"])
    segments["article_id"] = pd.Categorical(segments["article_id"], categories=raws.index)
    found = quotes_of(raws, segments, sentences(raws, segments))
    rows = {name: [] for name in raws.index}
    for row in found.astype(object).where(found.notna(), None).itertuples():
        rows[row.article_id].append((row.kind, row.speaker))
    return dict(zip(texts, rows.values(), strict=True))


def test_the_speaker_is_found_in_every_style_order_and_ending():
    wrong = [text for text, rows in heard(FORMS).items() if rows != [("direct", "Ilse Marrow")]]
    assert len(FORMS) > 260 and len(wrong) <= 0.03 * len(FORMS), wrong
    odd = {
        form.format(*(mark.format(said) for said in (SPOKEN, f"{SPOKEN},", f"{SPOKEN}."))): who
        for mark in MARKS.values()
        for form, who in ODD.items()
    }
    whose = {text: [who for _, who in rows] for text, rows in heard(list(odd)).items()}
    lost = [(text, whose[text]) for text, who in odd.items() if whose[text] != ([who] if who else [])]
    assert len(odd) > 60 and len(lost) <= 0.03 * len(odd), lost


@settings(max_examples=300)
@given(WILD_TEXT)
@example("said Marrow Marrow Marrow Marrow Marrow Marrow of “ said Marrow 0 0 claimed 0".split(" "))
@example("Texas 's of Marrow says she".split(" "))  # written apart, an ending is a word without a letter
@example("he was in Al and Marrow was in LA : “ Ilse Marrow said to Sen. Bin".split(" "))
def test_any_text_gives_spans_within_it(pieces):
    raw, found = layer(" ".join(pieces))
    assert found["kind"].isin(["direct", "partial", "indirect", "loose"]).all() and None not in map(
        row_of, found["rule"]
    )
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
    whole = quotes_of(six.articles["raw"], six.segments, six.sentences)
    parts = [
        quotes_of(one.articles["raw"], one.segments, one.sentences).astype({"article_id": "str"})
        for one in (six.select([name]) for name in six.articles.index)
    ]
    assert len(whole) > 0
    pd.testing.assert_frame_equal(whole.astype({"article_id": "str"}), pd.concat(parts, ignore_index=True))


BALANCED = (
    "Port shut\n\n“We waited,” Ilse Marrow said. Tobias Venn claimed the port was open. “They never came.”\n\n"
    "Officials admitted that it was late. Ilse Marrow planned to leave. The boats left."
)


def balance_of(text, **options):
    """Give the balance of a pasted text by speaker."""
    news = paste(text)
    found = quotes_of(news.articles["raw"], news.segments, news.sentences)
    return quotes.balance(news, quotes=found, **options).set_index("speaker")


def test_the_balance_counts_words_cues_and_who_has_the_last_one():
    table = balance_of(BALANCED)
    assert list(table.index[:3]) == ["Tobias Venn", "Ilse Marrow", "Officials"]
    assert list(table["n_words"]) == [3, 2, 0, 24] and list(table["n_indirect"]) == [4, 0, 4, 0]
    counts = ["n_quotes", "n_articles", "n_said", "n_loaded", "n_first", "n_last"]
    assert table.loc["Tobias Venn", counts].tolist() == [1, 1, 0, 0, 0, 1]
    assert table.loc["Ilse Marrow", counts].tolist() == [1, 1, 1, 0, 1, 0]
    assert table.loc["Officials", ["named", *counts]].tolist() == [False, 0, 0, 0, 0, 0, 0]
    assert table["voice"].tolist() == ["speaker", "speaker", "speaker", "outside"]
    assert table["share_of_words"].sum() == pytest.approx(1)


def test_the_balance_counts_indirect_speech_and_deeds_where_it_is_asked_to():
    table = balance_of(BALANCED, kinds=["direct", "partial", "indirect"])
    assert list(table["n_words"]) == [7, 4, 2, 16] and list(table["n_indirect"]) == [4, 4, 0, 0]
    counts = ["n_quotes", "n_said", "n_loaded", "n_first", "n_last"]
    assert table.loc["Tobias Venn", counts].tolist() == [2, 0, 1, 0, 0]
    assert table.loc["Officials", counts].tolist() == [1, 0, 1, 0, 1]
    deeds = balance_of(BALANCED, kinds=["loose"])
    assert deeds.loc["Ilse Marrow", ["n_words", "n_quotes", "n_last"]].tolist() == [2, 1, 1]
    assert list(deeds.loc[["Tobias Venn", "Officials"], "n_words"]) == [0, 0]
    with pytest.raises(ValueError, match="a kind is one of direct, partial, indirect, loose; what came is 'indrect'"):
        balance_of(BALANCED, kinds=["indrect"])


@pytest.mark.parametrize(
    "doing",
    [
        "planned to campaign in Eastport with singer Ann Lee", "supported the new gate", "requested anonymity",
        "was willing to accept", "sought to win the crews", "allowed the crews to wait", "lobbied on the dues",
        "hailed the new gate", "was eager to begin", "commented on the gate", "wanted to sell the boats",
    ],
)  # fmt: skip
def test_deeds_are_no_words(doing):
    assert {row[0] for row in told(f"Ilse Marrow {doing}.")} <= {"loose"}


@pytest.mark.parametrize("saying", ["said it was late", "denounced the gate", "vowed that it would end"])
def test_what_is_said_is_no_deed(saying):
    assert [row[0] for row in told(f"Ilse Marrow {saying}.")] == ["indirect"]


def test_a_noun_of_deeds_is_no_speech_and_marks_in_a_deed_are_partial():
    assert [row[0] for row in told("The crews feared Venn's decision to close the quay.")] == ["loose"]
    assert [row[0] for row in told("The crews heard Venn's claim that the quay was shut.")] == ["indirect"]
    assert [row[0] for row in told("Ilse Marrow welcomed the offer after “late” boats.")] == ["partial"]


def test_a_word_in_a_quotation_inside_another_counts_for_the_inner_one():
    table = balance_of("Port shut\n\nIlse Marrow said the offer was what Tobias Venn called “a sham”.")
    assert table.loc["Ilse Marrow", "n_words"] == 7 and table.loc["Tobias Venn", "n_words"] == 2


def test_the_balance_says_what_it_was_asked_by():
    news = paste("Port shut\n\n“We waited,” Ilse Marrow said.")
    found = quotes_of(news.articles["raw"], news.segments, news.sentences)
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


def by_hand(theirs, sizes):
    """Give low and high of a share of words, each unit left out in turn."""
    n = len(sizes)
    without = [(sum(theirs) - x) / (sum(sizes) - size) for x, size in zip(theirs, sizes, strict=True)]
    mean = sum(without) / n
    error = ((n - 1) / n * sum((one - mean) ** 2 for one in without)) ** 0.5
    share, margin = sum(theirs) / sum(sizes), stats.t.ppf(0.975, n - 1) * error
    return [share, max(share - margin, 0), min(share + margin, 1)]


SAID, BOATS = "Ilse Marrow said: “We waited all night.” ", "The boats left again. "  # 3 and 4 words, 4 words


def speaking(folder, times, boats=None):
    """Give articles in which Marrow speaks so many times, and the boats leave so many."""
    for number, (n, m) in enumerate(zip(times, boats or [3] * len(times), strict=True)):
        (folder / f"{number:02}.txt").write_text(f"Port {number}\n\n{n * SAID}{m * BOATS}")
    return load(folder)


def test_the_share_of_a_voice_has_the_interval_that_leaving_out_by_hand_gives(tmp_path):
    times, boats = [0, 3, 1, 0, 2, 5, 0, 1, 4, 0, 2, 1], [5, 1, 3, 9, 4, 1, 2, 6, 1, 8, 3, 5]
    theirs, sizes = [4 * n for n in times], [7 * n + 4 * m for n, m in zip(times, boats, strict=True)]
    news = speaking(tmp_path, times, boats)
    table = quotes.balance(news, unit=pd.Series(range(12), news.articles.index)).set_index("voice")
    assert list(table)[-4:] == ["share_of_words", "low", "high", "note"] and set(table["note"]) == {""}
    value = ["share_of_words", "low", "high"]
    assert table.loc["speaker", value].tolist() == pytest.approx(by_hand(theirs, sizes))
    rest = [size - own for own, size in zip(theirs, sizes, strict=True)]
    assert table.loc["outside", value].tolist() == pytest.approx(by_hand(rest, sizes))
    pairs = pd.Series([n // 2 for n in range(10)] + [8, 9], news.articles.index, name="pair")
    assert set(quotes.balance(news, unit=pairs)["note"]) == {"no interval: 7 pairs, 10 are wanted"}
    alone = quotes.balance(news, by="article")
    assert alone["article_id"].nunique() == 12 and alone["low"].isna().all()


@pytest.mark.parametrize(
    ("times", "name", "note"),
    [
        ([1] * 4 + [0] * 8, "Ilse Marrow", "no interval: in 4 articles, 5 are wanted"),
        ([1] * 4 + [0] * 8, None, "no interval: not all in 4 articles, 5 are wanted"),
        ([1] * 5 + [0] * 7, None, ""),
        ([0] * 12, None, "all in 12 articles: up to 22 % of such articles could still fall short"),
        ([1] * 9, "Ilse Marrow", "no interval: 9 articles, 10 are wanted"),
        ([1] * 12, "Tobias Venn", "none in 12 articles: up to 22 % of such articles could still have it"),
    ],
)
def test_a_share_that_few_articles_make_has_no_interval(tmp_path, times, name, note):
    table = quotes.balance(speaking(tmp_path, times), speakers=["Tobias Venn"], unit="article")
    rows = table[table["speaker"].eq(name) if name else table["voice"].eq("outside")]
    assert rows["note"].tolist() == [note] and rows["low"].notna().tolist() == [note == ""]


def test_speakers_asked_for_have_a_row_in_every_group_and_move_no_other(tmp_path):
    news = speaking(tmp_path, [2, 0, 1])
    asked = quotes.balance(news, by="article", speakers=["Ilse Marrow", "Tobias Venn"])
    zeros = asked[asked["n_quotes"].eq(0) & asked["voice"].eq("speaker")]
    assert zeros[["article_id", "speaker", "named"]].values.tolist() == [
        ["00.txt", "Tobias Venn", False], ["01.txt", "Ilse Marrow", True], ["01.txt", "Tobias Venn", False],
        ["02.txt", "Tobias Venn", False],
    ]  # fmt: skip
    assert (zeros[["n_words", "n_articles", "share_of_words"]] == 0).all(axis=None)
    others = asked.drop(zeros.index).reset_index(drop=True)
    pd.testing.assert_frame_equal(others, quotes.balance(news, by="article"))
    with pytest.raises(ValueError, match="speakers takes a list of names; what came is the bare string 'Marrow'"):
        quotes.balance(news, speakers="Marrow")


KEY = ["start", "end", "kind", "speaker_start", "speaker_end", "nested", "speaker", "named"]


def judged(rows: list[tuple], truth: list[tuple]):
    """Compare two tables of quotations of one pasted text of 100 letters."""
    news = paste("a" * 100)
    ours, gold = (pd.DataFrame(table, columns=KEY).assign(article_id="pasted") for table in (rows, truth))
    return news, gold, ours.drop(columns="nested")


def test_each_direct_quotation_is_right_another_speakers_none_or_missed():
    none, vask = float("nan"), "Rhona Vask"
    ours = [
        (0, 10, "direct", 10, 14, None, vask, True),  # right: 8 of 10 letters, and 4 of 8 of the mention
        (20, 30, "direct", 31, 35, None, "convener", False),  # the speaker is elsewhere
        (40, 50, "direct", none, none, None, None, False),  # and here there is none
        (60, 70, "direct", 70, 74, None, vask, True),  # 7 of 10 letters are too few
        (80, 90, "indirect", 90, 94, None, vask, True),
        (2, 6, "direct", 10, 14, None, vask, True),  # inside the first
        (94, 99, "direct", none, none, None, "clerk", False),  # right, and the key has no mention to ask for
    ]
    truth = [
        (0, 8, "direct", 10, 18, False, vask, True), (20, 30, "direct", 35, 39, False, vask, True),
        (40, 50, "direct", 51, 53, False, "Nils Overy", True), (60, 67, "direct", 70, 74, False, vask, True),
        (82, 88, "direct", 90, 94, True, vask, True), (94, 99, "direct", none, none, False, "clerk", False),
    ]  # fmt: skip
    news, gold, layer = judged(ours, truth)
    rows = quotes.compared(news, gold, quotes=layer)
    assert list(zip(rows["start"], rows["verdict"], strict=True)) == [
        (0, "right"), (20, "other speaker"), (40, "other speaker"), (60, "missed"), (60, "no such quotation"),
        (94, "right"),
    ]  # fmt: skip
    assert rows[["speaker", "meant"]].astype(object).where(rows.notna(), None).values.tolist() == [
        [vask, vask], ["convener", vask], [None, "Nils Overy"], [None, None], [vask, None], ["clerk", None]
    ]  # fmt: skip
    table = quotes.scores(news, gold, quotes=layer, seed=1)
    assert table[["n_right", "n_of"]].T.to_dict("list") == {
        "precision": [4, 5], "recall": [4, 5], "F1": [8, 10], "speaker": [1, 3], "name": [1, 3]
    }  # fmt: skip
    assert table["share"].tolist() == pytest.approx([0.8, 0.8, 0.8, 1 / 3, 1 / 3]) and table["low"].isna().all()


def test_a_right_mention_is_not_yet_the_right_name():
    """The same words are taken for the speaker, and they lead to somebody else: the name is wrong, not the mention."""
    rows = [(0, 10, "direct", 10, 13, False, "Rhona Vask", True), (20, 30, "direct", 30, 33, False, "clerk", False)]
    led_astray = [(*rows[0][:6], "Nils Overy", True), (*rows[1][:6], "Nils Overy", True)]
    news, gold, layer = judged(led_astray, rows)
    table = quotes.scores(news, gold, quotes=layer, seed=1)
    assert table.loc["speaker", ["n_right", "n_of"]].tolist() == [2, 2]
    assert table.loc["name", ["n_right", "n_of"]].tolist() == [0, 1]


@pytest.mark.parametrize(("n_stories", "n_right", "expected"), [
    (12, 6, [0.5, 3 / 12, 9 / 12, 18, 36, ""]),  # the 2.5 and 97.5 % quantiles of twelve tosses, not of thirty-six
    (12, 12, [1, MISSING, MISSING, 36, 36, "all in 12 stories: up to 22 % of such stories could still fall short"]),
    (12, 9, [9 / 12, MISSING, MISSING, 27, 36, "no interval: not all in 3 stories, 5 are wanted"]),
    (9, 6, [6 / 9, MISSING, MISSING, 18, 27, "no interval: 9 stories, 10 are wanted"]),
])  # fmt: skip
def test_the_scores_draw_stories_and_not_their_copies(tmp_path, n_stories, n_right, expected):
    """Some stories are right and the others missed, each of them printed three times."""
    said = "we waited at the gate all night in cold rain of late spring".split()
    for story in range(n_stories):
        line = " ".join(random.Random(story).choices(said, k=50))
        for copy in range(3):
            (tmp_path / f"{story:02}-{copy}.txt").write_text(f"Port {story} {copy}\n\n“{line}.”")
    news = load(tmp_path)
    key = news.body.assign(kind="direct", speaker=None, speaker_start=float("nan"), speaker_end=float("nan"))
    key = key.assign(named=False, nested=False)
    found = key.drop(columns="nested").head(3 * n_right)
    recall = quotes.scores(news, key, quotes=found, seed=1).loc["recall"]
    recall = recall[["share", "low", "high", "n_right", "n_of", "note"]]
    assert recall[["share", "low", "high"]].tolist() == pytest.approx(expected[:3], abs=0.01, nan_ok=True)
    assert recall[["n_right", "n_of", "note"]].tolist() == expected[3:]


def test_nothing_found_and_nothing_to_find_have_no_share():
    news, gold, layer = judged([], [])
    table = quotes.scores(news, gold, quotes=layer, seed=1)
    assert table["share"].isna().all() and (table["n_of"] == 0).all() and set(table["note"]) == {"no stories to go by"}


def test_the_precision_of_each_kind_and_mention_is_that_of_words_counted_by_hand():
    news = paste(
        "Port shut\n\n“We waited,” Ilse Marrow said. “They never came,” she said. Tobias Venn claimed the port was "
        "open. “No boats,” the docker said. Venn planned to leave the port."
    )
    found = news.quotes
    assert found["kind"].tolist() == ["direct", "direct", "indirect", "direct", "loose"]
    truth = found.iloc[:4].assign(kind=["direct", "direct", "partial", "direct"])
    truth.loc[found.index[3], ["start", "end"]] = found.loc[found.index[2], ["start", "end"]]
    truth.loc[found.index[1], "speaker"] = "Runa Vask"
    table = quotes.precision(news, truth.drop(index=found.index[2]).assign(kind=["direct", "direct", "partial"]))
    own = table[table["source"] == "counted here"].set_index("of")
    assert own.loc["direct", ["n_words", "precision", "recall"]].tolist() == [7, 5 / 7, 1]
    assert (
        own.loc["direct", "speaker"] == 2 / 5 and own.loc["indirect", "precision"] == own.loc["partial", "recall"] == 1
    )
    assert own.loc["loose", ["n_words", "precision"]].tolist() == [4, 0]
    assert own.loc[["name", "she", "unnamed", "he"], "n_words"].tolist() == [6, 3, 2, 0]
    assert own.loc["name", "speaker"] == 2 / 6 and own.loc["she", "speaker"] == 0 and own.loc["he"].isna().sum() == 3
    person = own.loc["person", ["n_words", "precision", "recall", "speaker"]]
    assert person.tolist() == [9, 2 / 9, 2 / 5, 1]  # all but the docker; one of the two names
    real = quotes.precision()
    assert {"person", "a name", "no name"} < {*real["of"]}
    assert list(real) == list(table) and len(real) == len(table) - len(own) and real["n_words"].isna().all()
    assert real[["precision", "recall", "speaker"]].stack().dropna().between(0.3, 1).all()


def test_on_harbour_the_quotations_that_were_planted_are_found():
    news = load("harbour")
    truth = answer_key(news, "quotes")
    passages.text(news, truth)
    table = quotes.scores(news, truth, seed=1)["share"]
    assert table["F1"] >= 0.95 and table["speaker"] >= 0.92 and table["name"] >= 0.85


OFFICES = {
    "before the name": "In the hall branch secretary Ilse Marrow waited.",
    "with a capital": "Branch Secretary Ilse Marrow waited.",
    "after the name": "Ilse Marrow, 59, the union’s secretary, waited.",
    "after the name and a place": "Ilse Marrow of Eastport, secretary of the union, waited.",
    "before the name and a comma": "The secretary of the union, Ilse Marrow, waited.",
    "after a verb": "Ilse Marrow is the secretary of the union.",
}


@pytest.mark.parametrize("text", OFFICES.values(), ids=OFFICES.keys())
def test_an_office_means_who_holds_it(text):
    _, found = layer(f"{text} Tobias Venn left.\n“We wait,” the secretary said.")
    assert found[["speaker", "named"]].values.tolist() == [["Ilse Marrow", True]]


ROLES = {
    "a docker, {}, said": True, "her lawyer, {}, said": True, "one resident, {}, 34, said": True,
    "said a docker, {}": True, "said his lawyer, {}, on Monday": True, "said a pilot from Eastport, {}": True,
    "an aide to the mayor, {}, said": True, "a docker, Eastport resident {}, said": True,
    "a docker, father of {}, said": False, "said a docker, {} and Runa Vask": False, "said a docker. {} left": False,
    "said a docker as {}, a clerk, left": False, "an adviser to {} said": False,
}  # fmt: skip


@pytest.mark.parametrize(("said", "so_called"), ROLES.items(), ids=ROLES.keys())
def test_a_role_and_then_a_name_is_that_person(said, so_called):
    _, found = layer(f"“It is a ruin,” {said.format('Ivo Lund')}.")
    assert (found["speaker"].iloc[0] == "Ivo Lund") == found["named"].iloc[0] == so_called
    assert found["speaker"].notna().iloc[0]


def test_a_source_named_after_its_role_is_no_part_of_what_is_said():
    assert told("According to a docker, Ivo Lund, it was late.")[0][1:3] == ("it was late", "Ivo Lund")


def test_an_office_that_two_hold_means_nobody_by_name_unless_its_other_words_tell():
    two = "Port secretary Ilse Marrow and branch secretary Tobias Venn waited."
    assert told(f"{two}\n“We wait,” the branch secretary said.")[0][2] == "Tobias Venn"
    assert told(f"{two}\n“We wait,” the treasury secretary said.")[0][2] == "treasury secretary"
    mayors = "Former mayor Ilse Marrow met Mayor Tobias Venn."
    assert told(f"{mayors}\n“We wait,” the mayor said.")[0][2] == "Tobias Venn"
    assert told(f"{mayors}\n“We wait,” the former mayor said.")[0][2] == "Ilse Marrow"
    vice = "Vice President Ilse Marrow met Tobias Venn."
    assert told(f"{vice}\n“We wait,” the president said.")[0][2] == "president"


def test_a_new_office_means_whom_the_lines_before_speak_of_if_that_is_one_person():
    assert told("Ilse Marrow let the noise fade.\n“We wait,” said the skipper of the Gull.")[0][2] == "Ilse Marrow"
    for other in ("Ilse Marrow met Tobias Venn.", "A skipper stood at the gate. Ilse Marrow waited."):
        assert told(f"{other}\n“We wait,” said the skipper of the Gull.")[0][2] == "skipper of the Gull"
    assert told("Ilse Marrow waited.\n“We wait,” her skipper said.")[0][2] == "skipper"


def test_he_and_she_mean_the_subject_before_them_who_can_be_that():
    assert told("Ilse Marrow thanked Tobias Venn.\n“We wait,” she said.")[0][2] == "Ilse Marrow"
    known = "Ilse Marrow drank tea while she waited. Tobias Venn came by.\n“We wait,” {} said."
    assert [told(known.format(who))[0][2] for who in ("she", "he")] == ["Ilse Marrow", "Tobias Venn"]
    wife = "His wife, Ilse Marrow, was late. Tobias Venn came by.\n“We wait,” she said."
    assert told(wife)[0][2] == "Ilse Marrow"
    assert told("Ilse Marrow was cold. Did Tobias Venn know?\n“We wait,” she said.")[0][2] == "Ilse Marrow"
    assert told("Secretary of State Ilse Marrow was cold.\n“We wait,” she said.")[0][2] == "Ilse Marrow"


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("On Monday, Ilse Marrow criticised the Port Ann, E.R., pilot Runa Vask.", "Ilse Marrow"),
        ("In Eastport, Ilse Marrow met an old friend, Runa Vask.", "Ilse Marrow"),
        ("A boat was late. In Eastport, Runa Vask waited.", "Runa Vask"),
        ("Alex Lund waited while a spokeswoman for the League said it was late.", "spokeswoman for the League"),
    ],
)
def test_she_is_not_whom_she_meets_and_is_what_a_woman_is_called(text, who):
    assert told(f"{text}\n“It is shut,” she said.")[-1][2] == who


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Joe Smith went out. He said: “I like it.” That July, Joe went home.", ["Joe Smith"]),
        ("Ilse Marrow went home. “I like it,” she said. “I do,” Ilse added.", ["Ilse Marrow"] * 2),
        ("Eydis Vask met Ivo Vask. “I do,” Eydis said. “I like it,” Ivo said.", ["Eydis Vask", "Ivo Vask"]),
        ("Eydis Marrow waited. “We do,” said Eydis, “and go.”", ["Eydis Marrow"] * 2),
        ("Jordan Vask waited in Jordan. “We do,” Jordan said.", ["Jordan"]),
        ("Eydis Vask met Eydis Lind. Eydis Vask left. “I do,” Eydis said.", ["Eydis Vask"]),
    ],
)  # fmt: skip
def test_a_first_name_alone_means_who_has_it(text, speakers):
    assert [row[2] for row in told(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Jennifer Marrow wrote to John Venn. “Ask Philip,” {} said.", ("John Venn", "Jennifer Marrow")),
        ("John Venn met Jennifer Marrow. “Ask Philip,” {} said.", ("John Venn", "Jennifer Marrow")),
        ("Voters saw Hillary Marrow ahead of Donald Venn.\n“It is late,” {} said.", ("Donald Venn", "Hillary Marrow")),
        (
            "An email of the director Jennifer Marrow to John Venn came.\n“Ask,” {} wrote.",
            ("John Venn", "Jennifer Marrow"),
        ),
    ],
)
def test_he_and_she_have_the_first_name_for_it(text, speakers):
    assert tuple(told(text.format(who))[-1][2] for who in ("he", "she")) == speakers


def test_no_first_name_is_his_and_hers():
    assert first_names.MEN.isdisjoint(first_names.WOMEN)
    both = "Rose Kim Alex Jordan Clinton Florence".lower().split()
    assert (first_names.MEN | first_names.WOMEN).isdisjoint(both)


def test_she_who_adds_something_is_nobody_in_it():
    assert told("Ilse Marrow was cold.\nTobias Venn was late, she said.")[0][2] == "Ilse Marrow"
    assert told("Ilse Marrow was cold.\nIn the hall where Tobias Venn sat, he said no.")[0][2] == "Tobias Venn"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("“Venn is late,” he said.", "Ivo Lund"),
        ("“Ask Mr. Venn’s lawyer,” he said.", "Ivo Lund"),
        ("“Tobias J. Venn is late,” he said.", "Ivo Lund"),
        ("“When Venn came, it was late,” he said.", "Ivo Lund"),
        ("He said that Tobias Venn was late.", "Ivo Lund"),
        ("“I, Tobias Venn, wait,” he said.", "Tobias Venn"),
        ("“Klara Venn is late,” he said.", "Tobias Venn"),
        ("“Venn Street is shut,” he said.", "Tobias Venn"),
        ("Venn was late, he said.", "Tobias Venn"),  # without marks it may be the paper that names him
    ],
)
def test_he_is_not_whom_he_speaks_of_by_name(words, who):
    assert told(f"Ivo Lund rang. Tobias Venn was cold.\n{words}")[0][2] == who
    alone = who if who == "Tobias Venn" else None
    assert told(f"Tobias Venn was cold.\n{words}")[0][2] == alone


def test_he_means_nobody_where_two_are_as_likely():
    row = told("Eydis Marrow was cold, but Zora Venn was late.\n“We wait,” he said.")[0]
    assert row[2] is None


def test_he_and_she_may_mean_somebody_without_a_name():
    text = "Ilse Marrow waited. Third in line stood a young docker. “We wait,” he said."
    assert layer(text)[1][["speaker", "named"]].values.tolist() == [["young docker", False]]
    for whose in ("Marrow is a young docker.", "Marrow, a young docker, was cold."):
        assert told(f"Ilse Marrow waited. {whose} “We wait,” she said.")[0][2] == "Ilse Marrow"


def test_he_and_she_are_no_firm_no_place_and_no_campaign():
    firm, place = "Venn Cranes was late. Venn has four.", "The Gull Tavern was late."
    campaign = "But the Tobias Venn campaign was late."
    for other in (firm, place, campaign):
        assert told(f"Ilse Marrow waited.\n{other}\n“We wait,” she said.")[0][2] == "Ilse Marrow"


def test_a_surname_of_two_means_the_one_just_named_else_the_first():
    text = "Ilse Marrow waited. Her brother Tobias Marrow left, but Marrow said it was late.\nMarrow said no."
    assert [row[2] for row in told(text)] == ["Tobias Marrow", "Ilse Marrow"]


def test_a_name_has_no_place_and_no_day_in_it():
    day = "The crews saw Ilse Marrow Monday at the gate.\nMarrow said it was late."
    assert told(day)[0][2] == "Ilse Marrow"
    text = "From Eastport Ilse Marrow sent word.\nIlse Marrow said the port was shut. Marrow said it was late."
    assert [row[2] for row in told(text)] == ["Ilse Marrow"] * 2


@pytest.mark.parametrize("nobody", ["well", "therefore", "a week ago", "17 years", "us", "a", "this", "On September"])
def test_a_word_that_can_be_no_speaker_is_nobody(nobody):
    assert coreference.Names("", [], set()).who(nobody, 0) == (None, False)


def test_how_much_two_sides_quote_is_what_their_balance_says(harbour):
    side = harbour.articles["outlet"] == "The Low Coast Signalman"
    table = quotes.difference(harbour, side).set_index("share")
    for name, chosen in (("target", side), ("reference", ~side)):
        words = words_of(harbour.select(harbour.articles.index[chosen]))
        assert table.loc["quoted", f"n_words_{name}"] == words["quoted"]
        assert table.loc["persons", f"of_{name}"] == words["quoted"]
        assert table.loc["quoted", f"of_{name}"] == words["all"]
        assert table.loc["quoted", f"share_{name}"] == words["quoted"] / words["all"]
    persons = quotes.balance(harbour, by=["outlet", "person"])
    persons = persons[(persons["kind"] == "person") & (persons["outlet"] == "The Low Coast Signalman")]
    assert table.loc["persons", ["n_words_target", "n_quotes_target"]].tolist() == [
        persons["n_words"].sum(), persons["n_quotes"].sum()
    ]  # fmt: skip
    assert (table["low"] < table["difference"]).all() and (table["difference"] < table["high"]).all()
    headlines = harbour.segments[harbour.segments["kind"] == "headline"]
    paired = quotes.difference(harbour, headlines, harbour.body).set_index("share")
    assert paired.loc["quoted", "note"].startswith("none in 120 articles of the target")
    assert paired.loc["persons", "note"] == "no articles of the target to go by"


def words_of(news):
    table = quotes.balance(news)
    return {"all": table["n_words"].sum(), "quoted": table.loc[table["voice"] != "outside", "n_words"].sum()}
