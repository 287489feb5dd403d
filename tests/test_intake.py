"""Readers: the scraped layout, the addresses, and files that are hard to read."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils import CorpusError, load, passages, paste, terms
from utils.intake.batch import Reading
from utils.intake.cleaning import scraped as layout

LINE = st.one_of(
    st.sampled_from(
        [
            "Comments",
            "12 Comments",
            "Published in News",
            "By Jane Doe",
            "©2025 A Paper. Visit at a.example.",
            "—",
            "ROME (AP) — He left.",
            "CARACAS, Venezuela — “No,” he said.",
            "(Reporting by A B; editing by C D)",
            "Share",
            "\ufeff",
            "\u00a0",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
)


def labelled(text):
    segments, metadata = layout.label(text)
    return [(kind, text[start:end]) for start, end, kind, _ in segments], metadata


def test_a_scraped_article_is_read_as_its_layout_says(scraped):
    article = scraped.articles.iloc[0]
    assert article["title"].startswith("Ferry crews walk out") and article["title"].endswith("long winter")
    assert (article["section"], article["byline"]) == ("Local & Regional", "Marta Quillen and Ode Farrow")
    assert (article["outlet"], article["agency"]) == ("The Orrin Bay Lantern", "Northmark News Agency")
    assert article["rights"].startswith("©2031 The Orrin Bay Lantern.") and pd.isna(article["published"])
    assert scraped.segments["kind"].value_counts().to_dict() == {
        "body": 10,
        "headline": 1,
        "section": 1,
        "byline": 1,
        "dateline": 1,
        "trailer": 2,
        "furniture": 1,
    }
    assert scraped.report(missing=False).empty


@given(st.lists(LINE, max_size=12), st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_segments_never_overlap_and_cover_all_but_white_space(rows, newline):
    text = newline.join(rows)
    segments, _ = layout.label(text)
    left_over, at = [], 0
    for start, end, _, rule in segments:
        assert at <= start < end and rule
        left_over.append(text[at:start])
        at = end
    assert not "".join([*left_over, text[at:]]).strip()


@pytest.mark.parametrize(
    ("line", "kind", "field", "value"),
    [
        (
            "© 2025 Los Angeles Times. Visit latimes.com. Distributed by Tribune Content Agency, LLC.",
            "trailer",
            "outlet",
            "Los Angeles Times",
        ),
        ("(c) 2025 Bloomberg L.P. Visit bloomberg.com", "trailer", "outlet", "Bloomberg L.P."),
        ("Copyright 2025 The Associated Press. All rights reserved.", "trailer", "outlet", "The Associated Press"),
        ("Distributed by Tribune Content Agency, LLC.", "trailer", "agency", "Tribune Content Agency"),
        ("(Reporting by Ana Gil; editing by Bo Li)", "trailer", None, None),
        ("Comments (3)", "furniture", None, None),
        ("Copyright law is a hard thing to write about in 2025.", "body", None, None),
        ("Comments by the minister were not reported.", "body", None, None),
    ],
)
def test_a_closing_line_is_told_by_its_rule(line, kind, field, value):
    found, metadata = labelled(f"A title\nHe spoke.\nHe left the town.\n{line}")
    assert found[-1] == (kind, line)
    assert field is None or metadata[field] == value


@pytest.mark.parametrize(
    ("opening", "dateline", "agency"),
    [
        ("CARACAS, Venezuela — The president spoke.", "CARACAS, Venezuela —", None),
        ("WASHINGTON (AP) — The president spoke.", "WASHINGTON (AP) —", "AP"),
        ("UNITED NATIONS, Dec 3 (Reuters) - The council met.", "UNITED NATIONS, Dec 3 (Reuters) -", "Reuters"),
        ("ST. LOUIS -- It rained.", "ST. LOUIS --", None),
        ("BOGOTÁ, Colombia – “Yes,” she said.", "BOGOTÁ, Colombia –", None),
        ("NATO — the alliance — said no.", None, None),
        ("He said — No.", None, None),
    ],
)
def test_a_dateline_is_cut_from_the_first_paragraph(opening, dateline, agency):
    found, metadata = labelled(f"A title\n{opening}\nMore.")
    assert [text for kind, text in found if kind == "dateline"] == ([dateline] if dateline else [])
    assert metadata.get("agency") == agency


def test_a_headline_is_known_by_the_section_or_byline_beneath_it():
    assert labelled("Trump: “We will act.”\nPublished in News\nHe spoke.")[1]["title"] == "Trump: “We will act.”"
    assert labelled("Talks with the U.S.\nBy Ana Gil\nHe spoke.")[1]["title"] == "Talks with the U.S."
    assert labelled("He spoke with the U.S.\nMore.")[0][0][0] == "body"


@pytest.mark.parametrize("line", [
    "Distributed by the army, the leaflets called on them to leave.", "Copyright 2024 rules were at issue in the case.",
    "(c) the third condition was met.", "Published in 1975, the book sold well.", "By Monday", "Comments",
])  # fmt: skip
def test_a_line_of_the_body_is_not_set_aside_for_how_it_begins(line):
    found, metadata = labelled(f"A title\nHe spoke of it.\nShe spoke of it.\n{line}\nThey left the town.\nIt rained.")
    assert ("body", line) in found and set(metadata) == {"title"}


def test_what_readers_wrote_below_comments_is_furniture():
    below = "© 2024 The Post. All rights reserved.\nComments\nNonsense, this is war!\nI agree."
    found, _ = labelled(f"A title\nHe spoke.\n{below}")
    assert [kind for kind, _ in found] == ["headline", "body", "trailer", "furniture", "furniture", "furniture"]


def test_owners_and_agencies_are_named_without_what_follows_them():
    line = "© 2020 The Washington Times, LLC. Click here for reprint permission."
    assert labelled(f"A title\nHe spoke.\n{line}")[1]["outlet"] == "The Washington Times"
    line = "©2025 The Post. Distributed by Tribune Content Agency, LLC. Visit tca.example."
    assert labelled(f"A title\nHe spoke.\n{line}")[1]["agency"] == "Tribune Content Agency"


def test_any_part_of_the_layout_may_be_missing():
    assert labelled("He spoke at noon.")[0] == [("body", "He spoke at noon.")]
    assert labelled("Only a headline")[0] == [("body", "Only a headline")]
    assert labelled("By Monday, the storm had passed.\nHe left.")[0][0][0] == "body"
    assert labelled("By JANE DOE\nHe left.")[1] == {"byline": "JANE DOE"}
    assert labelled("Published in News\nHe left.")[1] == {"section": "News"}


def test_what_cannot_be_read_is_named_and_the_rest_loads(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "good.txt").write_bytes(b"\xef\xbb\xbfA title\nA body.")
    (tmp_path / "same.txt").write_text("A title\nA body.", encoding="utf-8")
    (tmp_path / "empty.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "zero.txt").write_bytes(b"A\0B. And more.")
    (tmp_path / "data.txt").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "old.txt").write_bytes("Café news\nThe café’s “owner” spoke of résumés and crêpes.".encode("cp1252"))
    (tmp_path / "page.odd").write_text("x", encoding="utf-8")
    (tmp_path / ".DS_Store").write_text("x", encoding="utf-8")
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "out.txt").symlink_to("/etc/hostname")
    (tmp_path / "loop").symlink_to(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.txt") if path.is_file()}
    news = load(tmp_path)
    kinds = news.report(missing=False).groupby("source")["kind"].agg(list).to_dict()
    assert list(news.articles.index) == ["deep/good.txt", "old.txt", "same.txt", "zero.txt"]
    assert news.articles.at["deep/good.txt", "raw"] == "A title\nA body."
    assert kinds == {
        "empty.txt": ["unreadable"],
        "data.txt": ["unreadable"],
        "page.odd": ["unreadable"],
        "lost.txt": ["unreadable"],
        "out.txt": ["unreadable"],
        "loop": ["unreadable"],
        "old.txt": ["doubtful"],
        "zero.txt": ["doubtful"],
        "same.txt": ["doubled"],
    }
    assert "crêpes" in news.articles.at["old.txt", "raw"]
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*.txt") if path.is_file()}


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("adresses", "did you mean 'addresses'"),
        (5, "neither"),
        ("/no/such/folder", "no corpus, file or folder"),
        ("\0", "no corpus"),
    ],
)
def test_a_corpus_that_is_not_there_is_one_clear_error(asked, says):
    with pytest.raises(CorpusError, match=re.escape(says)):
        load(asked)


def test_nothing_readable_at_all_is_one_clear_error(tmp_path):
    (tmp_path / "a.odd").write_text("x", encoding="utf-8")
    with pytest.raises(CorpusError, match="no reader for .odd"):
        load(tmp_path)


def test_pasted_text_loads_and_half_characters_are_reported():
    news = paste("A title\nHe said \ud83d no.")
    assert news.articles.at["pasted", "raw"] == "A title\nHe said \ufffd no."
    assert list(news.report(missing=False)["kind"]) == ["doubtful"]
    with pytest.raises(CorpusError, match="empty"):
        paste("  ")


def test_addresses_are_the_237_and_hold_what_their_datasheet_says(addresses):
    articles = addresses.articles
    assert len(articles) == 237 and articles["published"].dt.year.agg(["min", "max"]).tolist() == [1790, 2026]
    assert articles["delivery"].value_counts().to_dict() == {"written": 127, "spoken": 110}
    assert articles["raw"].str.len().sum() == 11_942_696
    set_aside = addresses.segments.query("kind != 'body'").groupby("rule").size().to_dict()
    assert set_aside == {"stage direction": 328, "speaker label": 101, "interjection": 96, "archive note": 49}
    body = addresses.body
    texts = [articles["raw"][row.article_id][row.start : row.end] for row in body.itertuples()]
    assert not any("aughter]" in text or "pplause]" in text or text.startswith("Audience member") for text in texts)
    assert sum("White House correction]" in text for text in texts) > 20


def test_two_corpora_with_one_digest_hold_the_same_articles(tmp_path):
    (tmp_path / "a.txt").write_text("A title\nA body.", encoding="utf-8")
    first = load(tmp_path).digest
    assert load(tmp_path).digest == first
    (tmp_path / "a.txt").write_text("A title\nA bodY.", encoding="utf-8")
    assert load(tmp_path).digest != first


def test_the_datasheet_of_the_addresses_says_what_is_loaded(addresses):
    sheet = (Path(__file__).parents[1] / "corpus" / "addresses" / "README.md").read_text(encoding="utf-8")
    totals = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", sheet, re.MULTILINE))
    rules = addresses.segments["rule"].value_counts()
    words = terms.frequencies(addresses)["n_tokens"].iloc[0]
    counted = {
        "addresses": len(addresses),
        "presidents": addresses.articles["president"].nunique(),
        "characters": int(addresses.articles["raw"].str.len().sum()),
        "words in the body": int(words),
        "sentences in the body": len(passages.inside(addresses.sentences, addresses.body)),
        "paragraphs and stretches of body text": len(addresses.body),
        "stage directions": int(rules["stage direction"]),
        "speaker labels": int(rules["speaker label"]),
        "interjections": int(rules["interjection"]),
        "archive notes": int(rules["archive note"]),
        "addresses that match `venezuela*`": terms.hits(addresses, "venezuela*")["article_id"].nunique(),
        "addresses with the word `venezuela`": terms.hits(addresses, "venezuela")["article_id"].nunique(),
    }
    assert {name: totals[name] for name in counted} == {name: f"{n:,}" for name, n in counted.items()}
    assert totals["written, spoken"] == "127, 110" and totals["first and last year"] == "1790–2026"
    assert totals["digest"] == f"`{addresses.digest}`"


def test_a_half_character_in_what_a_problem_quotes_does_no_harm(tmp_path):
    reading = Reading()
    reading.problem("a.json row 2", "doubtful", "its date \ud800 is none", "look at \udc00")
    (line,) = reading.problems
    assert line["problem"] == "its date \ufffd is none" and line["cure"] == "look at \ufffd"


@pytest.mark.parametrize(
    ("head", "outlet", "byline"),
    [
        ("The Harbour Post\nMarch 5, 2018", "The Harbour Post", None),
        ("Gazette of Port Ann\n5 March 2018", "Gazette of Port Ann", None),
        ("March 5, 2018\nThe Harbour Post", "The Harbour Post", None),
        ("The Harbour Post, March 5, 2018", "The Harbour Post", None),
        ("The Harbour Post | 5 March 2018", "The Harbour Post", None),
        ("Hafenzeitung\n5. März 2018", "Hafenzeitung", None),
        ("By Ines Corvo - The Harbour Times - Monday, March 5, 2018", "The Harbour Times", "Ines Corvo"),
        ("By Ines Corvo and Tom Venn | Port Ann Gazette | 5 March 2018", "Port Ann Gazette", "Ines Corvo and Tom Venn"),
        ("By Ines Corvo — March 5, 2018", None, "Ines Corvo"),
        ("By The Sea - The Harbour - On Monday", None, None),
        ("Nobody Knows the Reason", None, None),
    ],
)
def test_a_line_above_the_article_names_writer_paper_and_day(head, outlet, byline):
    news = paste(
        f"Ferry late again\n{head}\n\nThe ferry was late, and nobody at the pier knew when the next would leave."
    )
    row = news.articles.iloc[0]
    assert (row["outlet"] if outlet else None) == outlet and (row["byline"] if byline else None) == byline
    assert pd.isna(row["outlet"]) == (outlet is None) and pd.isna(row["byline"]) == (byline is None)
    assert (row["published"] == pd.Timestamp("2018-03-05")) == bool(outlet or byline)
    assert (news.body["start"].min() > len("Ferry late again\n") + len(head)) == bool(outlet or byline)
