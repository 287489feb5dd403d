"""The layout of scraped articles: what is set aside, by which rule, and what is left alone."""

import itertools
import time
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import told
from utils import load, paste
from utils.intake import article
from utils.intake.batch import Options, Reading
from utils.intake.cleaning import own_rules, recurring, scraped

PROSE = "The ferry left the quay at noon, and the crews went home without a word."
MORE = "Nobody in the harbour office would say when the next boat was to sail."


def inside(*lines, **known):
    """The segments of an article with the lines in the midst of its prose."""
    text = "\n".join(["Ferry crews walk out", PROSE, MORE, *lines, MORE, PROSE])
    segments, _ = scraped.label(text, **known)
    return [(kind, rule, text[start:end]) for start, end, kind, rule in segments][3:-2]


def whole(text, **known):
    segments, metadata = scraped.label(text, **known)
    return [(kind, text[start:end]) for start, end, kind, _ in segments], metadata


FURNITURE = {
    "advertisement": ["Advertisement", "ADVERTISEMENT - CONTINUE READING BELOW", "Sponsored content"],
    "story continues": ["Story continues below advertisement", "Story Continued Below", "Article continues after ad",
                        "Scroll down for video"],
    "promotion": ["Read More: Night boats may end", "READ MORE | Night boats may end", "More: Night boats may end",
                  "WATCH: A crew leaves its boat", "[Read more: Night boats may end]", "RELATED: Will the boats sail?"],
    "newsletter": ["Sign up for our free morning newsletter", "Get the Lantern in your inbox every day.",
                   "Already a subscriber? Log in here."],
    "share buttons": ["Share", "Share on Facebook", "Tweet", "Email", "Print", "Copy link", "Share Tweet Post Email",
                      "Share this article via e-mail", "Facebook | Twitter | Print"],
    "follow line": ["Follow us on Facebook and X", "Follow Marta Quillen on Twitter: @mquillen", "Follow @lantern"],
    "click line": ["Click here to see the timetable", "CLICK TO GET THE LANTERN APP", "Can't see the map? Click here."],
    "reading time": ["5 min read", "Reading time: 3 minutes", "Listen to this article", "LISTEN TO ARTICLE 6:09"],
    "player": ["Media playback is unsupported on your device Media caption A boat", "Play video", "0:00 / 2:31",
               "Slideshow (20 Images)", "1 of 12"],
    "photo caption": ["Photo: Ode Farrow", "A boat at the quay. (Photo by Ode Farrow/Getty Images)", "Getty Images",
                      "Image source: Harbour Office", "A crew at work. (AP Photo/Ode Farrow)", "Ode Farrow/AFP",
                      "FILE PHOTO: A boat at the quay, October 6, 2031. REUTERS/Ode Farrow",
                      "Ode Farrow via Getty Images",
                      "In this May 3 photo a boat leaves. Its crew said no more. (AP Photo/Ode Farrow)",
                      "A boat leaves. [Ode Farrow/Reuters]", "Image copyright Reuters Image caption A boat leaves",
                      "A boat leaves the quay, 1940. LIBRARY OF CONGRESS", "The pilot sings on the air. YouTube",
                      "The pilot had a #NightBoats message for the crew. Source: Harbour TV"],
    "other language": ["(En español)", "Read this story in Spanish"],
    "newsletter terms": ["Harbour news, weekly. You can unsubscribe at any time.",
                         "By signing up, you agree to our terms.",
                         "The whole tale is for subscribers. Not a subscriber? Sign up here.",
                         "All of it is on demand. Not a subscriber? Sign up for a FREE trial here."],
    "source line": ["Source: Harbour Office"],
    "tags": ["Tags: ferries, strikes, harbour", "Filed under: Islands"],
    "developing story": ["This is a developing story. Please check back for updates."],
    "disclaimer": ["The views expressed here are the writer's own and do not necessarily reflect the Lantern's."],
    "shortcode": ["[pullquote]"],
    "related": ["Related Articles", "Most read:", "More On This..."],
}  # fmt: skip


@pytest.mark.parametrize(("rule", "line"), [(rule, line) for rule, lines in FURNITURE.items() for line in lines])
def test_furniture_amid_the_prose_is_set_aside_by_its_rule(rule, line):
    assert inside(line) == [("furniture", rule, line)]


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


@pytest.mark.parametrize(("line", "rule"), [
    ("Write to Marta Quillen at marta@lantern.example", "address"),
    ("—Ode Farrow and Marta Quillen contributed to this article.", "contributors"),
    ("– Ode Farrow contributed reporting.", "contributors"),
    ("— With assistance by Ode Farrow", "credits"),
    ("Contributing: Ode Farrow in Orrin Bay", "credits"),
    ("This article appears in the May 20 print edition of the Lantern.", "origin line"),
    ("This story first appeared on Lantern Weekly.", "origin line"),
    ("To contact the reporter on this story: Ode Farrow at ofarrow@lantern.example", "address"),
    ("Lantern staff writers Ode Farrow and Al de Vell also contributed to this report.", "contributors"),
    ("Correction: An earlier version of this story misstated the day of the vote.", "correction"),
])  # fmt: skip
def test_a_trailer_is_one_below_the_body_only(line, rule):
    text = f"Ferry crews walk out\n{PROSE}\n{MORE}\n{line}\nVisit lantern.example."
    segments, _ = scraped.label(text)
    assert segments[-2][2:] == ("trailer", rule) and segments[-1][2:] == ("trailer", "visit line")
    assert inside(line) == [("body", "paragraph", line)]


@pytest.mark.parametrize("line", [
    "A deal can be reached on Friday if both sides want it, the mediators said.",
    "This story ran through every newspaper in Orrin Bay that year.",
    "Compiled by the crews, the list holds 300 names.",
    "Contact the office at 555 1234, the leader said.",
    "This story first ran through the bars of the quay.",
    "(c) release all the crews that are held on the island",
    "Many former stokers have contributed to this report, the office said in June.", "Follow the boats to the quay",
    "Distributed by the crews, the leaflets told the story.", "Update: The council has penned a column on its reasons.",
    "The crews contributed to this report, and the office knew it.", "Edited by an old hand, the film runs for an hour",
])  # fmt: skip
def test_prose_that_ends_an_article_is_no_trailer(line):
    assert whole(f"Ferry crews walk out\n{PROSE}\n{MORE}\n{line}")[0][-1] == ("body", line)


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


def test_links_under_a_promoted_one_are_links_but_a_single_line_may_be_a_heading():
    links = ["Five things to know of the ban on night boats", "What the islanders think of the council by now"]
    assert [kind for kind, *_ in inside("More: Night boats may end", *links)] == ["furniture"] * 3
    assert [kind for kind, *_ in inside("More: Night boats may end", links[0], PROSE)] == ["furniture", "body", "body"]


def test_the_byline_of_a_box_is_sure_with_its_outlet_only():
    byline = "By Marta Quillen, Lantern News"
    assert inside(byline)[0][0] == "body"
    assert inside(byline, outlet="Lantern")[0][:2] == ("byline", "by a name of the outlet")


def test_networks_count_as_buttons_beside_a_button():
    assert [rule for _, rule, _ in inside("Facebook", "WhatsApp", "Email", "X")] == ["share buttons"] * 4


def test_captions_that_stand_twice_in_a_row_are_a_gallery():
    captions = [f"Crews wait at quay number {n} in the rain" for n in "one two three".split() for _ in "ab"]
    assert [rule for _, rule, _ in inside(PROSE, *captions, PROSE)][1:-1] == ["picture gallery"] * 6
    assert {kind for kind, *_ in inside(PROSE, *captions[:4], PROSE)} == {"body"}


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
    st.sampled_from([line for lines in FURNITURE.values() for line in lines]),
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
        assert at <= start < end <= len(text) and kind and rule and text[start:end] == text[start:end].strip()
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
    for number, (outlet, lines) in enumerate(rows):
        text, at, segments = "\n".join(lines), 0, []
        for line in lines:
            segments.append((at, at + len(line), "body", "paragraph"))
            at += len(line) + 1
        facts = {"article_id": f"{number}", "raw": text, "source": f"{number}.txt", "encoding": "", "sha256": ""}
        reading.add(facts | {"outlet": outlet}, segments)
    return reading.tables()


def story(n, *closing):
    rows = [f"{word} of story {'abcdefghijkl'[n]}. " * 3 for word in ("Start", "Second", "Third", "Fourth")]
    return [*rows, *closing]


def test_lines_that_recur_at_the_edge_of_an_outlets_articles_are_pointed_out():
    rows = [("A", story(n, f"{n + 3} readers liked it")) for n in range(4)]
    rows += [("A", story(n + 4)) for n in range(6)] + [("B", story(n, "Tell a friend")) for n in range(2)]
    rows += [(None, story(n, "Tell a  friend")) for n in range(3)]
    notes = recurring.notes(*corpus(rows))
    assert [note["problem"] for note in notes] == [
        "3 of 3 articles of unknown outlet have this among their last paragraphs: “Tell a friend”",
        "4 of 10 articles of A have this among their last paragraphs: “3 readers liked it”",
    ]
    assert "furniture=['Tell a friend']" in notes[0]["cure"] and notes[0]["source"] == "12.txt"
    assert r"furniture=['/^\\d+ readers liked it$/']" in notes[1]["cure"] and notes[1]["kind"] == "doubtful"


def test_what_is_rare_or_a_copy_or_in_the_midst_does_not_recur():
    rare = [("A", story(n % 12, f"Only {n}" * n)) for n in range(13)]
    rare += [("A", story(1, "Tell", "x" * n)) for n in (1, 2, 3)]
    assert all("“Tell”" not in note["problem"] for note in recurring.notes(*corpus(rare)))
    assert recurring.notes(*corpus([("A", story(1, "Tell a friend"))] * 5)) == []
    midst = [("A", [*story(n), "Tell a friend", *story(n + 5)]) for n in range(4)]
    assert recurring.notes(*corpus(midst)) == []


@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=1, max_size=3))
def test_the_rule_that_is_proposed_finds_the_line(lines):
    line = " ".join(" ".join(lines).split())
    for shown in ([line], [line, line.upper()], [f"3 {line} 5", f"4 {line} 6"]):
        assert own_rules.rules((recurring.rule(shown),)).of(shown[0])


def test_a_recurring_line_is_in_the_report_of_what_is_loaded(tmp_path):
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text("\n".join([f"Title {n}"] + story(n, "Tell a friend, dear reader.")), "utf-8")
    news = load(tmp_path)
    assert news.report(missing=False)["problem"].str.contains("Tell a friend").tolist() == [True]
    assert load(tmp_path, furniture=["Tell a friend, dear reader."]).report(missing=False).empty


def test_pasting_an_article_of_nothing_but_furniture_is_doubtful():
    assert paste("Share\nTweet\nAdvertisement").report(missing=False)["kind"].tolist() == ["doubtful"]


@pytest.mark.parametrize(("line", "rule"), [
    ('Media playback is unsupported on your device Media caption "No," said the pilot. He left.', "player"),
    ("Hide caption The boat came in. It was late. Previous Next Ana Gil/AP", "photo caption"),
    ("Get the news every day. Sign Up By signing up you agree to receive email. You can unsubscribe at any time.",
     "newsletter terms"),
    ("Interested in Tides? Add Tides as an interest to stay up to date. It is free.", "newsletter"),
    ("Are you on the quay? How is it there? Tell us your story by emailing quay@lantern.example", "call to readers"),
    ("Please include a phone number if you are willing to speak to a Lantern journalist. Thank you.",
     "call to readers"),
    ("Want more Ode? Listen to “Ode Farrow’s Hour” daily. You can find him on Facebook, Twitter, and YouTube.",
     "follow line"),
])  # fmt: skip
def test_what_only_a_program_writes_is_furniture_whatever_follows(line, rule):
    segments, _ = scraped.label(f"A title\nHe spoke to the crowd.\n{line}\nThen he left the town.")
    assert [(kind, told) for *_, kind, told in segments][2] == ("furniture", rule)


def test_a_sentence_that_only_resembles_a_programs_words_is_prose():
    for line in (
        "Hide caption and all, the picture was sold.",
        "Interested in tides? Add salt as you like, she said.",
        "By signing up you agree to receive nothing, he told them.",
        "Want more pay? Ask the crew on Facebook.",
        "Tell us your story by emailing, he said, and they did.",
        "Want more proof that the deal was a sham? In March he boasted of it on Facebook, Twitter and air, he said.",
        "The town lost a bridge. “I am sorry,” the mayor said. Tell us what you think by emailing quay@lantern.example",
        "The council fell on Tuesday after a vote of 60 to 58. AP",
        "Where do most crews get their news? YouTube",
        "The end of Facebook post by Mayor Farrow, the one on the quay, came late.",
        "Ana Gil Ana Gil's lawyer wanted MORE time, she said, and MORE pay.",
        "The crew posted it on YouTube",
        "They could skip the post by Ode Farrow. It came late. The source: Ana Gil",
        "Ode Farrow FarrowBoats has MORE boats than Gil, it says, though it sails less.",
    ):
        segments, _ = scraped.label(f"A title\nHe spoke to the crowd.\n{line}\nThen he left the town.")
        assert [kind for *_, kind, _ in segments] == ["headline", "body", "body", "body"]
