"""The layout of scraped articles: what is set aside, by which rule, and what is left alone."""

import ast
import importlib
import itertools
import pkgutil
import re
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import told
from utils import load, paste
from utils.intake import article, cleaning
from utils.intake.batch import Options, Reading
from utils.intake.cleaning import calls, letters, lines, own_rules, patterns, recurring, scraped, within
from utils.intake.cleaning.rules import MORE, OUTLET, PROSE, TITLE, Rule
from utils.layers import repeated


def inside(*lines, **known):
    """The segments of an article with the lines in the midst of its prose."""
    text = "\n".join(["Ferry crews walk out", PROSE, MORE, *lines, MORE, PROSE])
    segments, _ = scraped.label(text, **known)
    return [(kind, rule, text[start:end]) for start, end, kind, rule in segments][3:-2]


def whole(text, **known):
    segments, metadata = scraped.label(text, **known)
    return [(kind, text[start:end]) for start, end, kind, _ in segments], metadata


def rows_in(value: object) -> Iterator[Rule]:
    """Give the rules that a value is or holds."""
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, tuple | list | dict):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from rows_in(inner)


MODULES = [
    importlib.import_module(f"{cleaning.__name__}.{found.name}") for found in pkgutil.iter_modules(cleaning.__path__)
]
ROWS = list(dict.fromkeys(row for module in MODULES for value in vars(module).values() for row in rows_in(value)))
LABELS = {scraped.BODY, *(row.label for row in ROWS)}
IDS = [f"{row.name}: {row.takes[:1]}" for row in ROWS]
ABOVE = f"Ferry crews walk out\n{{}}\n{PROSE}\n{MORE}"
AMID = f"Ferry crews walk out\n{PROSE}\n{MORE}\n{{}}\n{MORE}\n{PROSE}"
BELOW = f"Ferry crews walk out\n{PROSE}\n{MORE}\n{{}}"
KNOWN = dict.fromkeys(("the title", "nearly the title", "caption with the title"), {"title": TITLE})
KNOWN |= dict.fromkeys(("name above the outlet", "name of the outlet", "by a name of the outlet"), {"outlet": OUTLET})
KNOWN |= {"link in capitals": {"outlet": "Fox News"}}
TABLES = [
    (lines, "LINES"),
    (letters, "LINES"),
    (calls, "SENTENCES"),
    *((within, name) for name in ("CAPTION_ENDS", "MACHINE", "AMID")),
]
TABLES += [(patterns, name) for name in ("TRAILERS", "DATELINES")]


def _place(row):
    """The text that an example of a rule stands in."""
    return BELOW if row in calls.SENTENCES else {"furniture": AMID, "trailer": BELOW}.get(row.kind, ABOVE)


def whole_text(row, example):
    """An example where it stands: amid the prose, below or above it, or as it is."""
    return example if "\n\n" in example else _place(row).format(example)


def taken(row, text):
    """What the rule takes of a text, line by line."""
    raw = re.sub("[⟦⟧]", "", text)
    segments, _ = scraped.label(raw, **KNOWN.get(row.name, {}))
    return [raw[start:end] for start, end, *label in segments if tuple(label) == row.label]


def wanted(row, example):
    """What the rule is to take of an example."""
    marked = re.search("⟦(.*)⟧", example, re.DOTALL)
    return (marked[1] if marked else example).split("\n")


@pytest.mark.parametrize("row", ROWS, ids=IDS)
def test_a_rule_takes_its_examples_and_leaves_those_like_them(row):
    assert row.takes and row.leaves
    for example in row.takes:
        assert taken(row, whole_text(row, example)) == wanted(row, example)
    for example in row.leaves:
        text = whole_text(row, example)
        assert taken(row, text) == []
        if row.kind in ("furniture", "trailer") and "\n" not in example:
            assert ("body", example) in whole(text)[0]


@pytest.mark.parametrize(("module", "name", "key"), [
    (module, name, key) for module, name in TABLES
    for key in (getattr(module, name) if isinstance(getattr(module, name), dict) else range(len(getattr(module, name))))
])  # fmt: skip
def test_without_a_rule_one_of_its_examples_stays(monkeypatch, module, name, key):
    table = getattr(module, name)
    row, without = table[key], dict(table) if isinstance(table, dict) else list(table)
    del without[key]
    monkeypatch.setattr(module, name, without)
    assert any(taken(row, whole_text(row, example)) != wanted(row, example) for example in row.takes)


@pytest.mark.parametrize("line", [
    "Advertisement rates rose by a tenth, the council said.", "Share prices fell on the news, and fell again.",
    "Read more books, the minister told them.", "Related cases are before the court in Orrin Bay.", "Facebook",
    "Sign up or leave, the foreman told his crews.", "Follow the money, she said.", "Print is not dead, he said.",
    "The photo by Ode Farrow shows the quay at night.", "More: that is all they asked for.", "12 boats of the line",
    "Photographers for Reuters/AP were kept away from the quay, the office said.", "Email was down all day.",
    "The views expressed by the minister were shared by many.", "NIGHT BOATS MAY END BY THE WINTER AFTER ALL, THEN",
    "He read it (see the photo) and left.", "Comments", "Updated rules come into force in May.", "May 2019",
    "“Click here to begin,” the screen said, and nothing began.", "Source: a word the harbour office does not like.",
    "This story has been told before.", "The Associated Press and the Lantern contributed to this.",
    "Any view expressed on the quay does not necessarily reflect the policy of this council, the leader told them.",
    "\"What he tweets does not necessarily reflect the policy of this council,\" the spokesman said.",
    "The crew's leader does not believe him (dpa/AP).", "It is to be done before the year ends. ng/jm (dpa, Reuters)",
    "The crews went out. They came back late at night. (Photo of it all: none/Reuters)", "Trending", "More:",
    "Photo: Ode FarrowIn the light of the rain the council has put off its yearly feast on the quay",
    "Photo: Ode Farrow The council has put off its feast. It said that the rain was to blame.",
    "Image copyright Reuters Image caption A boat leaves. The council then met, and its leader said no.",
    "Sign up for the militia and you get a monthly briefing, he said.", "Sign up for the crew and get its briefings.",
    "SIGN UP FOR OUR NEWSLETTER Ode Farrow said, “I ran toward him, and he toward me.”",
    "Click here to see the timetable. The crews had theirs on Friday, and kept it.", "(c) let all the crews go home",
    "The minister left on Friday (Ode Farrow, Reuters).", "Get the crews out of the inbox.",
    "The views expressed at the rally do not reflect the mood of the island.", "Image source of the tale was a bar",
    "This is a developing story for an island that has no court.", "Watch: we told them so", "Listen: We have no boats",
    "Sources said the boats would sail.", "Video provided no answer either.", "Listen to them.",
])  # fmt: skip
def test_prose_that_begins_like_furniture_stays(line):
    assert inside(line) == [("body", "paragraph", line)]


@pytest.mark.parametrize(
    ("above", "outlet", "day", "section"),
    [
        ("12/8/25, 9:14 AM Doors mended by spring | The Oster Echo", "The Oster Echo", None, None),
        ("08.12.2025, 09:14 Doors mended by spring - Hafenblatt", "Hafenblatt", None, None),
        ("A4 | THE OSTER ECHO | MONDAY, DECEMBER 3, 2025", "The Oster Echo", "MONDAY, DECEMBER 3, 2025", None),
        ("Monday, December 3, 2025 The Oster Echo Page 12", "The Oster Echo", "Monday, December 3, 2025", None),
        ("Menu\nSearch\nTHE OSTER ECHO\nLocal News", "The Oster Echo", None, "Local News"),
        ("Home > News > Local\nPage 1 of 3", None, None, None),
        ("https://echo.example/doors\nSite Mobile Navigation", None, None, None),
    ],
)
def test_what_a_printed_page_shows_above_its_headline_is_no_title(above, outlet, day, section):
    segments, metadata = whole(f"{above}\nDoors mended by spring\nby\nTeo Marn\n{PROSE}\n{MORE}")
    told = {"outlet": outlet, "published": day, "section": section, "title": "Doors mended by spring"}
    assert metadata == {name: value for name, value in told.items() if value} | {"byline": "Teo Marn"}
    assert [text for kind, text in segments if kind == "body"] == [PROSE, MORE]
    assert ("headline", "Doors mended by spring") in segments


def test_a_title_that_stands_in_no_other_line_is_taken_from_what_a_browser_prints():
    segments, metadata = whole(f"12/8/25, 9:14 AM Doors mended by spring | The Oster Echo\n{PROSE}\n{MORE}")
    assert metadata == {"title": "Doors mended by spring", "outlet": "The Oster Echo"}
    assert [kind for kind, _ in segments] == ["furniture", "body", "body"]


def test_a_headline_set_in_two_lines_and_one_that_the_page_has_beside_its_title_are_headlines():
    segments, _ = whole(f"Doors mended;\nNobody asks why\n{PROSE}\n{MORE}", title="Doors mended; Nobody asks why")
    assert [kind for kind, _ in segments] == ["headline", "headline", "body", "body"]
    segments, _ = whole(f"Menu\nCouncil Mends the Tram Doors\n{PROSE}\n{MORE}", title="Doors of the tram, at last")
    assert [kind for kind, _ in segments] == ["furniture", "headline", "body", "body"]
    segments, _ = whole(f"Council Mends the Tram Doors\n{PROSE}\n{MORE}", title="Doors of the tram, at last")
    assert [kind for kind, _ in segments] == ["body", "body", "body"]  # with nothing above it, it may be a deck


@pytest.mark.parametrize(
    ("line", "rule"), [(line, row.name) for row in patterns.TRAILERS for line in row.takes if row.name != "visit line"]
)
def test_a_trailer_is_one_below_the_body_only(line, rule):
    text = f"Ferry crews walk out\n{PROSE}\n{MORE}\n{line}\nVisit lantern.example."
    segments, _ = scraped.label(text)
    assert segments[-2][2:] == ("trailer", rule) and segments[-1][2:] == ("trailer", "visit line")
    assert inside(line) == [("body", "paragraph", line)]


def test_names_that_contributed_are_cut_from_the_last_paragraph_alone():
    names = "The Lantern’s Ode Farrow and Al Vell contributed to this report."
    assert whole(f"Ferry crews walk out\n{PROSE}\n{MORE} {names}")[0][-2:] == [("body", MORE), ("trailer", names)]
    assert inside(f"{MORE} {names}") == [("body", "paragraph", f"{MORE} {names}")]


@pytest.mark.parametrize("line", ["© 2031 Ode Farrow", "12 comments", "© 2031 Ode Farrow\n12 comments"])
def test_a_credit_or_a_comment_button_above_the_article_sets_nothing_else_aside(line):
    found, _ = whole(f"Ferry crews walk out\n{line}\n{PROSE}\nA night on the quay\n{MORE}\n© 2031 The Lantern")
    kinds = {text: kind for kind, text in found}
    assert [kinds[text] for text in (PROSE, "A night on the quay", MORE)] == ["body"] * 3
    assert "body" not in [kinds[text] for text in line.split("\n")]


def test_what_stands_below_the_comments_line_is_set_aside_where_most_of_the_article_stands_above():
    top = f"Ferry crews walk out\n{PROSE}\n{MORE}\n{MORE}\n© 2031 The Lantern\n"
    assert [kind for kind, _ in whole(f"{top}Comments\n{PROSE}\nNice")[0]][-3:] == ["furniture"] * 3
    assert whole(f"{top}Comments\n" + f"{PROSE}\n" * 5)[0][-1] == ("body", PROSE)
    assert whole(f"{top}Tell a friend")[0][-1][0] == "furniture"
    assert [kind for kind, _ in whole(f"{top}A heading\n{PROSE}")[0]][-2:] == ["body"] * 2


def test_an_article_much_of_which_a_rule_by_position_set_aside_is_doubtful():
    text = f"Crews out\n{PROSE}\n{MORE}\n{MORE}\n© 2031 The Lantern\nComments\n{PROSE} Nobody knows. {PROSE[:40]}"
    problems = paste(text).report(missing=False)["problem"].tolist()
    assert len(problems) == 1 and "more than a third of it was set aside as “below the comments line”" in problems[0]
    assert paste(text[:-100]).report(missing=False).empty


def test_lists_of_links_end_where_prose_begins():
    links = ["Night boats may end by the winter after all", "What they think", "Crews on the quay wait for word"]
    assert {kind for kind, *_ in inside("More:", "One: he lied", "Two: he knew")} == {"body"}
    assert {kind for kind, *_ in inside("Trending", links[0], links[2])} == {"body"}
    assert [kind for kind, *_ in inside("Related stories:", links[1])] == ["furniture", "body"]
    assert [kind for kind, *_ in inside("Related stories:", links[0], links[2])] == ["furniture"] * 3
    assert [kind for kind, *_ in inside("Related stories:", PROSE)] == ["furniture", "body"]
    text = f"Ferry crews walk out\n{PROSE}\n{MORE}\n– Ode Farrow contributed reporting.\nRelated stories:\n{links[0]}"
    assert [kind for kind, _ in whole(text)[0]] == ["headline", "body", "body", "trailer", "furniture", "furniture"]


def test_the_byline_of_a_box_is_sure_with_its_outlet_only():
    byline = "By Marta Quillen, Lantern News"
    assert inside(byline)[0][0] == "body"
    assert inside(byline, outlet="Lantern")[0][:2] == ("byline", "by a name of the outlet")


def test_links_in_capitals_are_set_aside_with_fox_only():
    link = "NIGHT BOATS MAY END BY THE WINTER, THE COUNCIL SAYS"
    assert inside(link)[0][0] == "body"
    assert inside(link, outlet="Fox News")[0][:2] == ("furniture", "link in capitals")
    assert inside("A YOUNG DEMOCRACY AT SEA", outlet="Fox News")[0][0] == "body"


@pytest.mark.parametrize(("line", "cut"), [
    (f"{PROSE} CLICK HERE TO GET THE LANTERN APP", "CLICK HERE TO GET THE LANTERN APP"),
    (f"{PROSE} [Read more: Night boats may end] {MORE}", "[Read more: Night boats may end]"),
    (f"{PROSE} {MORE} (Ode Farrow/Reuters)", "(Ode Farrow/Reuters)"),
    (f"{PROSE * 10} (Photo by Ode Farrow)", "(Photo by Ode Farrow)"),
    (f"{PROSE} Mayor Farrow Ode (Odi) Mae FarrowBoats late again Is it \"the end\"? MORE said so. {MORE}",
     "Ode (Odi) Mae FarrowBoats late again Is it \"the end\"? MORE"),
    (f"Skip Twitter post by @odefarrow {PROSE}", "Skip Twitter post by @odefarrow"),
    (f"{PROSE} The pilot Ana Gil Ana Maria GilardiQuay shut Crews out MORE said so.",
     "Ana Maria GilardiQuay shut Crews out MORE"),
])  # fmt: skip
def test_furniture_within_a_paragraph_is_cut_out(line, cut):
    assert [text for kind, _, text in inside(line) if kind == "furniture"] == [cut]


def test_with_a_title_beside_it_the_first_line_is_a_headline_only_if_it_says_it():
    title = "Ferry crews walk out as council weighs ban"
    body = f"Crews leave\n{PROSE}\n{MORE}"
    assert whole(body, title=title) == ([("body", line) for line in body.splitlines()], {})
    assert whole(body)[1] == {"title": "Crews leave"}
    for line in (title, title.upper(), f"{title} | Orrin Bay Lantern", title.replace("weighs", "weighed")):
        found, metadata = whole(f"{line}\n{body}", title=title)
        assert found[0] == ("headline", line) and metadata == {"title": line}
    caption = f"“No boats,” said the council. | Ode Farrow Islands {title}"
    assert whole(f"{caption}\n{body}", title=title)[0][0] == ("furniture", caption)
    assert whole(title, title=title)[0] == [("body", title)]


@pytest.mark.parametrize(
    "menu", ["Home | News | World | Opinion | Sport", "Skip to content", "Home News Local Weather"]
)
def test_a_sites_menu_above_the_headline_is_no_title(menu):
    found, metadata = whole(f"{menu}\nFerry crews walk out\n{PROSE}\n{MORE}")
    assert found[:2] == [("furniture", menu), ("headline", "Ferry crews walk out")]
    assert metadata == {"title": "Ferry crews walk out"}


@pytest.mark.parametrize(("title", "lede"), [
    ("The Council Will Finally Hear The Captain On Monday", "With a year to go and growing doubts about the ferry, the "
     "Council will finally hear the captain on Monday."),
    ("Marrow Leaves the Harbour Board", "After two years of quarrels about the quay, Ilse Marrow leaves the harbour "
     "board."),
    ("Will the ferry ever sail again?", "Nobody in the town of Orrin Bay dares to ask it aloud: will the ferry ever "
     "sail again?"),
    ("The captain resigned on Monday.", "After weeks of silence. The captain resigned on Monday."),
    ("Will the ferry ever sail again?", "The council of Orrin Bay met on Monday. Will the ferry ever sail again?"),
    ("Nobody has seen the captain since", "The boat came back by night. “Nobody has seen the captain since.”"),
])  # fmt: skip
def test_a_lede_that_ends_in_the_words_of_the_title_stays(title, lede):
    assert whole(f"{lede}\n{PROSE}\n{MORE}", title=title)[0][0] == ("body", lede)


def test_a_name_above_the_outlet_is_a_byline_and_the_outlet_no_text():
    text = f"Marta Quillen\nThe Lantern\n{PROSE}\n{MORE}"
    found, metadata = whole(text, title="Crews", outlet="the lantern")
    assert [kind for kind, _ in found] == ["byline", "furniture", "body", "body"]
    assert metadata == {"byline": "Marta Quillen"}
    assert {kind for kind, _ in whole(text, title="Crews")[0]} == {"body"}
    assert whole(f"Crews out\nMarta Quillen\nReuters\n{PROSE}\n{MORE}")[1]["byline"] == "Marta Quillen"


@pytest.mark.parametrize("line", [
    "By Marta Quillen | Dec. 3, 2025", "By Marta Quillen, December 3, 2025", "By Marta Quillen 3 December 2025 10:15",
    "By Marta Quillen - Published Dec. 3, 2025",
])  # fmt: skip
def test_a_byline_may_hold_the_date(line):
    found, metadata = whole(f"Ferry crews walk out\n{line}\n{PROSE}\n{MORE}")
    assert found[1] == ("byline", line) and metadata["byline"] == "Marta Quillen" and "2025" in metadata["published"]


def test_a_date_above_the_headline_does_not_hide_it_and_one_in_the_body_is_a_heading():
    found, _ = whole(f"December 3, 2025\nFerry crews walk out\n{PROSE}\nDecember 4, 2025\n{MORE}")
    assert [kind for kind, _ in found] == ["dateline", "headline", "body", "body", "body"]


@pytest.mark.parametrize(("opening", "dateline", "agency"), [
    ("Orrin Bay, Florida (CNN) The boats left.", "Orrin Bay, Florida (CNN)", "CNN"),
    ("Caracas, Venezuela (Reuters) — The boats left.", "Caracas, Venezuela (Reuters) —", "Reuters"),
    ("(CNN) The boats left.", "(CNN)", "CNN"),
    ("Caracas, Venezuela — The boats left.", "Caracas, Venezuela —", None),
    ("CARACAS, Venezuela, Dec. 3, 2025 (AP) — The boats left.", "CARACAS, Venezuela, Dec. 3, 2025 (AP) —", "AP"),
    ("WASHINGTON—President Vell left the harbour on Monday, and no boat followed him there.", "WASHINGTON—", None),
    ("NATO—President Vell said—left.", None, None),
    ("NATO — Europe's shield — has no part in this.", None, None), ("CIA - American spies - left.", None, None),
    ("USA - Venezuela: the boats left.", None, None), ("UN — The boats left.", None, None),
    ("UNITED NATIONS — The boats left.", "UNITED NATIONS —", None), ("U.S. — The boats left.", None, None),
    ("The Bay, Vell — The boats left.", None, None),
    ("The boats (Reuters) left.", None, None),
    ("Tomas Vell — The leader — left.", None, None),
])  # fmt: skip
def test_mixed_datelines_are_cut_out_where_they_are_sure(opening, dateline, agency):
    found, metadata = whole(f"A title\n{opening}\n{PROSE}")
    assert [text for kind, text in found if kind == "dateline"] == ([dateline] if dateline else [])
    assert metadata.get("agency") == agency


def test_a_hard_wrapped_paragraph_is_one_line_to_the_rules():
    words = f"{PROSE} {MORE} " * 3
    rows, row = [], ""
    for word in words.split():
        if len(row) + len(word) > 60:
            rows.append(row)
            row = ""
        row = f"{row} {word}".strip()
    text = "Ferry crews walk out\n\n" + "\n".join([*rows, row]) + "\n\n" + "\n".join([*rows, row]) + "\n\nShare\n"
    assert [kind for kind, _ in whole(text)[0]] == ["headline", "body", "body", "furniture"]


def test_a_persons_own_rules_set_lines_aside_and_are_named(tmp_path):
    (tmp_path / "a.txt").write_text(f"Crews out\n{PROSE}\nBoats,  please!\nQuay 12\n{MORE}\n", encoding="utf-8")
    news = load(tmp_path, furniture=["boats, PLEASE!", r"/^quay \d+$/"])
    receipt = news.receipt().set_index("rule")["example"].to_dict()
    assert receipt["yours: boats, PLEASE!"] == "Boats,  please!" and receipt[r"yours: /^quay \d+$/"] == "Quay 12"
    assert len(news.body) == 2 and len(load(tmp_path).body) == 4


def test_a_long_line_is_found_by_how_it_begins_and_a_short_beginning_finds_none():
    long = "The quay in numbers: 12 boats, 40 crews and three gates " + "of wood " * 200
    own = own_rules.rules((f"{long[:46].upper()} …", "The crews went home …"))
    assert own.of(long) == f"yours: {long[:46].upper()} …"
    assert [own.of(line) for line in ("The crews went home and slept.", "The crews went home …", long[1:])] == [
        None, "yours: The crews went home …", None]  # fmt: skip


def test_own_rules_hold_for_formats_that_label_their_own_lines():
    reading = Reading()
    text = f"{PROSE}\nBoats, please!"
    labelled = ([(0, len(PROSE), "body", "page"), (len(PROSE) + 1, len(text), "body", "page")], {})
    article.take(reading, text, source="a", encoding="utf-8", sha256="0", labelled=labelled,
                 options=Options(furniture=("boats, please!",)))  # fmt: skip
    assert reading.tables()[1][["kind", "rule"]].to_numpy().tolist() == [
        ["body", "page"], ["furniture", "yours: boats, please!"]
    ]  # fmt: skip


@pytest.mark.parametrize(("line", "says"), [
    ("", "at least one character"), (" ", "at least one character"), ("//", "at least one character"),
    (3, "at least one character"), ("/[/", "no regular expression"), ("/x*/", "every line"),
    ("/(a+)+b/", "for ever"), ("/(?:ab){2,}c/", "for ever"), ("/a*b*c*d/", "for ever"), ("/.*a{1,9}.*b/", "for ever"),
    ("/(?x)(a+) +$/", "for ever"), ("/a{99999}/", "repeat less"), ("/(?:a{999}){999}/", "repeat less"),
    (f"/{'a|' * 9999}b/", "more than 10,000"), ("/(?R)/", "no end"), (f"/{'(' * 2000}a{')' * 2000}/", "too deep"),
    ("/(?(2)a|b)/", "no regular expression"), (r"/\L<names>/", "no regular expression"),
])  # fmt: skip
def test_a_rule_that_cannot_be_used_is_one_clear_error(line, says):
    with pytest.raises(ValueError, match=says) as caught:
        own_rules.rules((line,))
    assert len(str(caught.value)) < 300


def test_a_rule_that_takes_too_long_is_given_up_and_named(tmp_path):
    for n in range(3):
        text = f"Crews out\n{PROSE}\nBoats, please!\nQuay {n}\n{'a' * 900}!\n{MORE}\n"
        (tmp_path / f"{n}.txt").write_text(text, encoding="utf-8")
    code = f"""
        from utils import load
        news = load({str(tmp_path)!r}, furniture=["/(?x:(a+) +$)/", "/(?R)[yz]/", "/^boats/", "/[^!]*a[^!]*9/"])
        problems = news.report(missing=False)["problem"]
        print(len(news.body), len(news), *problems[problems.str.startswith("your")], sep="\\n")
    """
    n_body, n, *problems = told(code)
    assert (int(n_body), int(n)) == (4 * 3, 3)  # all but the headline and "Boats, please!"
    assert [problem.partition(" was given up")[0] for problem in problems] == [
        "your furniture “/(?x:(a+) +$)/”", "your furniture “/(?R)[yz]/”",
        "your furniture “/[^!]*a[^!]*9/” set no line aside"]  # fmt: skip


def test_what_a_rule_takes_over_all_lines_is_added_up(monkeypatch):
    monkeypatch.setattr("utils.intake.cleaning.own_rules.time", SimpleNamespace(thread_time=itertools.count().__next__))
    harmless, slow = (own_rules.rules((line,)).expressions[0] for line in ("/quay/", "/boat/"))
    monkeypatch.setattr(own_rules, "HARMLESS", 1.0)
    assert all(harmless.finds("quay") for _ in range(99)) and harmless.given_up_at is None
    monkeypatch.setattr(own_rules, "HARMLESS", 0.5)
    assert [slow.finds(f"boat {n}") for n in range(30)] == [True] * 21 + [False] * 9
    assert own_rules.rules(("/boat/",)).given_up == {"/boat/": "boat 20"}


def test_escapes_and_classes_are_no_open_ends():
    rules = own_rules.rules((r"/^\*+ [)*+]+ \(\+\)$/",))
    assert rules.of("** )+ (+)") and rules.of("x") is None and rules.of("** )+ (+)" + "x" * 1000) is None


def test_what_came_beside_the_text_stands_before_what_its_lines_say():
    reading = Reading()
    text = f"Ferry crews walk out\nBy Marta Quillen\nDecember 3, 2025\n{PROSE}"
    given = {"title": "Crews walk out at last", "byline": None, "published": pd.Timestamp("2025-12-04"), "mood": "sour"}
    article.take(reading, text, source="a", encoding="utf-8", sha256="0", given=given)
    row = reading.tables()[0].iloc[0]
    assert (row["title"], row["byline"], row["mood"]) == ("Crews walk out at last", "Marta Quillen", "sour")
    assert row["published"] == pd.Timestamp("2025-12-04")


LINES = st.one_of(
    st.sampled_from(sorted({line for row in ROWS for text in (*row.takes, *row.leaves) for line in text.split("\n")})),
    st.sampled_from([PROSE, "Ferry crews walk out", "Reuters", "Marta Quillen", "December 3, 2025", "Facebook",
                     "©2031 A", "By Al Vell | Dec. 3, 2025", "(CNN) The boats", "Related:", "MORE", "A B A BC MORE",
                     "(AP)", "\x85"]),
    st.text(max_size=40),
)  # fmt: skip


@given(st.lists(LINES, max_size=14), st.none() | LINES, st.none() | LINES, st.lists(st.sampled_from(
    ["Reuters", "/e/", r"/^\W+$/", "facebook"]), max_size=2))  # fmt: skip
def test_segments_cover_any_text_and_do_not_overlap(rows, title, outlet, furniture):
    text = "\n".join(rows)
    segments, metadata = scraped.label(text, title=title, outlet=outlet, furniture=furniture)
    left_over, at = [], 0
    for start, end, kind, rule in segments:
        assert at <= start < end <= len(text) and text[start:end] == text[start:end].strip()
        assert (kind, rule) in LABELS or (kind, rule[:7]) == ("furniture", "yours: ")
        left_over.append(text[at:start])
        at = end
    assert not "".join([*left_over, text[at:]]).strip()
    assert all(isinstance(value, str) and value for value in metadata.values())


@pytest.mark.parametrize("piece", [
    "a", "A", " ", "A ", "Ab ", "(", "[x", "1/", "—", "A—", "AB, ", "Name Name NameX MORE ", "Name Name NameX ",
    "CLICK TO ", "By A ", "A-", "A-A MORE ",
    "By Al, ", "Copyright 2020 ", ".", "12:30 ", "Published ", "Photo: ", "(Photo by a/AP ", "Facebook ",
    "Dec 3, 2025 | ", "AB  ", "Al’ and ", "Al ", "Al, by ", "Follow Al. ",
])  # fmt: skip
def test_no_rule_takes_for_ever_on_a_long_line(piece):
    line = piece * (300_000 // len(piece)) + "x"
    began = time.perf_counter()
    for text in (line, f"A title\n{line}\n{PROSE}"):
        scraped.label(text, title="A title of a line", outlet="A")
    assert time.perf_counter() - began < 3


def corpus(rows):
    """The articles and segments of rows of outlet and text, every line of it body."""
    reading = Reading()
    for number, (outlet, paragraphs) in enumerate(rows):
        text, at, segments = "\n".join(paragraphs), 0, []
        for line in paragraphs:
            segments.append((at, at + len(line), "body", "paragraph"))
            at += len(line) + 1
        facts = {"article_id": f"{number}", "raw": text, "source": f"{number}.txt", "encoding": "", "sha256": ""}
        reading.add(facts | {"outlet": outlet}, segments)
    return *reading.tables(), reading.marks()


def story(n, *closing):
    rows = [f"{word} of story {'abcdefghijkl'[n]}. " * 3 for word in ("Start", "Second", "Third", "Fourth")]
    return [*rows, *closing]


def noted(articles, segments, marks):
    blocks = repeated.blocks(articles["raw"], segments, articles["outlet"])
    found = {"texts": marks.texts, "paragraphs": marks.paragraphs}
    same = repeated.blocks(articles["raw"], segments, articles["outlet"], **found)
    pd.testing.assert_frame_equal(same.drop(columns="line"), blocks.drop(columns="line"))
    return recurring.notes(articles, segments, blocks, marks)


def test_lines_that_recur_at_the_edge_of_an_outlets_articles_are_pointed_out():
    rows = [("A", story(n, f"{n + 3} readers liked it")) for n in range(4)]
    rows += [("A", story(n + 4)) for n in range(6)] + [("B", story(n, "Tell a friend")) for n in range(2)]
    rows += [(None, story(n, "Tell a  friend")) for n in range(3)]
    notes = noted(*corpus(rows))
    assert [note["problem"] for note in notes] == [
        "3 of 3 articles of unknown outlet have this among their last paragraphs: “Tell a friend”",
        "4 of 10 articles of A have this among their last paragraphs: “3 readers liked it”",
    ]
    assert "furniture=['Tell a friend']" in notes[0]["cure"] and notes[0]["source"] == "12.txt"
    assert r"furniture=['/^\\d+ readers liked it$/']" in notes[1]["cure"] and notes[1]["kind"] == "doubtful"


def test_what_is_rare_or_a_copy_or_in_the_midst_does_not_recur():
    rare = [("A", story(n % 12, f"Only {n}" * n)) for n in range(13)]
    rare += [("A", story(1, "Tell", "x" * n)) for n in (1, 2, 3)]
    assert all("“Tell”" not in note["problem"] for note in noted(*corpus(rare)))
    assert noted(*corpus([("A", story(1, "Tell a friend"))] * 5)) == []
    midst = [("A", [*story(n), "Tell a friend", *story(n + 5)]) for n in range(4)]
    assert noted(*corpus(midst)) == []


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=3))
def test_the_rule_that_is_proposed_finds_the_line(lines):
    line = " ".join(" ".join(lines).split())
    for shown in ([line], [line, line.upper()], [f"3 {line} 5", f"4 {line} 6"]):
        assert own_rules.rules((recurring.rule(shown),)).of(shown[0])


@pytest.mark.parametrize(("outlet", "n", "told"), [("A", 30, 1), (None, 30, 0), (None, 20, 1)])
def test_a_block_of_unknown_outlets_recurs_as_a_line_does_only_in_a_fifth_of_them(outlet, n, told):
    rows = [
        (outlet, [f"{word} of {'abcde'[k % 5] * (k + 1)}. " * 8 for word in ("Start", "Next", "Then", "Last")])
        for k in range(n)
    ]
    for _, paragraphs in rows[:4]:
        paragraphs.insert(2, EXPLAINER[0])
    assert len(noted(*corpus(rows))) == told


def test_a_recurring_line_is_in_the_report_of_what_is_loaded(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text("\n".join([f"Title {n}"] + story(n, "Tell a friend, dear reader.")), "utf-8")
    news = load(tmp_path)
    assert news.report(missing=False)["problem"].str.contains("Tell a friend").tolist() == [True]
    assert load(tmp_path, furniture=["Tell a friend, dear reader."]).report(missing=False).empty


EXPLAINER = [
    "What is a lock? A chamber with a gate at either end, in which boats are raised.",
    "Who owns it? The town.",
]


@pytest.mark.parametrize(("block", "shown"), [
    (EXPLAINER[:1], "this paragraph"), (EXPLAINER, "these 2 paragraphs"),
    (["'Locks' and \"gates\": what they are, and why no town on this coast can do without one."], "this paragraph"),
    (["/The quay in numbers: 12 boats, 40 crews and 3 gates, all of them older than the town/"], "this paragraph"),
    (["Why it matters: " + "the quay is the only one on this coast where boats are built. " * 20], "this paragraph"),
    ([f"Boat {n} of the fleet: {word} crews and more than a year on the slip" for n, word in enumerate(
        ["nine", "ten", "no", "four", "two"])], "these 5 paragraphs"),
])  # fmt: skip
def test_a_block_that_an_outlet_repeats_is_in_the_report_and_the_call_there_sets_it_aside(tmp_path, block, shown):
    for n in range(9):
        own = story(n)
        rows = [f"Title {n}", *own[:2], *(block if n % 2 == 0 else ()), *own[2:], f"© 203{n} The Lantern."]
        (tmp_path / f"{n}.txt").write_text("\n".join(rows), "utf-8")
    (told,) = load(tmp_path).report(missing=False).to_dict("records")
    assert told["problem"].startswith(f"5 of 9 articles of The Lantern have {shown} and nothing else in common: “")
    rules = ast.literal_eval(re.search(r"furniture=(\[.*\])", told["cure"])[1])
    news = load(tmp_path, furniture=rules)
    aside = news.segments.query("kind == 'furniture'")
    assert news.report(missing=False).empty and len(aside) == 5 * len(block)
    assert {news.articles["raw"][it.article_id][it.start : it.end] for it in aside.itertuples()} == {
        line.strip() for line in block
    }


def test_of_a_block_of_which_some_articles_have_a_part_no_more_is_said(tmp_path):
    for n in range(10):
        own = story(n)
        rows = [f"Title {n}", *own[:2], *(EXPLAINER[:1] if n % 2 else EXPLAINER), *own[2:], f"© 203{n} The Lantern."]
        (tmp_path / f"{n}.txt").write_text("\n".join(rows), "utf-8")
    (told,) = load(tmp_path).report(missing=False)["problem"]
    assert told.startswith("10 of 10 articles of The Lantern have one or more of these 2 paragraphs and nothing else")


def test_pasting_an_article_of_nothing_but_furniture_is_doubtful():
    assert paste("Share\nTweet\nAdvertisement").report(missing=False)["kind"].tolist() == ["doubtful"]


COUNT = range(1, 13)
CAREER = "Photos: Tom Venn's career"


@pytest.mark.parametrize("gallery", [
    [CAREER + "".join(f" Hide Caption {i} of 12 {CAREER} – Tom Venn in picture {i} said no. He left." for i in COUNT)],
    [CAREER, *(f" Hide Caption {i} of 12 {CAREER} – Tom Venn in picture {i} said no. He left." for i in COUNT)],
    [" ".join(f"{CAREER} {CAREER} Tom Venn, at {i}, said, “No.” He left. Hide Caption {i} of 12" for i in COUNT)],
    [CAREER, *(line for i in COUNT for line in (f"Tom Venn, at {i}, said no.", f"Hide Caption {i} of 12"))],
    ["Gallery: The quay", *(f"Photo {i} of 12: The quay in year {i}. Nobody was there." for i in COUNT)],
    ["Slideshow: The quay " + " ".join(f"Slide {i}/12 The quay in year {i}. It was late." for i in COUNT)],
])  # fmt: skip
def test_two_articles_with_one_gallery_are_two_stories(tmp_path, gallery):
    for n in range(2):
        prose = [f"{word} of story {'ab'[n]} are told here. " * 4 for word in ("Start", "Second", "Third", "Fourth")]
        (tmp_path / f"{n}.txt").write_text("\n\n".join([f"Title {n}", *prose[:2], *gallery, *prose[2:]]), "utf-8")
    news = load(tmp_path)
    assert news.body.groupby("article_id", observed=True).size().tolist() == [4, 4]
    assert set(news.copies["role"]) == {"only"}


def test_an_article_told_in_pictures_or_a_transcript_stays():
    pictures = [line for i in range(1, 9) for line in (f"{i} of 8", f"{PROSE} {MORE}")]
    assert sum(len(text) for kind, text in whole("\n".join([PROSE, *pictures]))[0] if kind == "body") > 8 * len(PROSE)
    spoken = ["Video transcript", "ANA GIL: Nobody knows why the boats are late, and nobody asks.", ">> They left."]
    assert ("body", spoken[1]) in whole("\n".join(["Crews out", PROSE, *spoken]))[0]
