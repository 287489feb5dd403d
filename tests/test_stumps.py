"""What is no article or not all of one is named, and what was written for a program is read as a page shows it."""

import pytest

from formats import problems
from utils import load, paste, terms
from utils.intake import stumps
from utils.layers.tokens import surfaces_of, terms_of

TEXT = "The ferry was late on Monday. Nobody at the pier knew why."


def table(folder, *raws):
    rows = ['"' + raw.replace('"', '""') + '"' for raw in raws]
    (folder / "a.csv").write_text("\n".join(["raw", *rows]) + "\n", encoding="utf-8")
    return load(folder / "a.csv")


@pytest.mark.parametrize(
    ("cell", "read", "said"),
    [
        ("<p>The ferry was <b>late</b>.</p><p>&ldquo;Nobody knew,&rdquo; said Ilse Marrow.</p>",
         "The ferry was late.\n“Nobody knew,” said Ilse Marrow.", "markup"),
        ("The ferry was late.<br/>Nobody knew.", "The ferry was late.\nNobody knew.", "markup"),
        ('<div class="x">The <a href="u">ferry</a> &amp; quay</div><script>x()</script>', "The ferry & quay", "markup"),
        ("&lt;p&gt;The ferry was late.&lt;/p&gt;", "The ferry was late.", "markup"),
        ("&quot;Late,&quot; said Ilse. It&#39;s R&amp;D.&nbsp;", "\"Late,\" said Ilse. It's R&D.\xa0", "entities"),
        ("It&amp;#8217;s late.", "It’s late.", "entities"),
        ("The ferry was late.\\nNobody knew why.", "The ferry was late.\nNobody knew why.", "escapes"),
        ("Late.\\r\\n\\r\\nNobody\\u2019s \\\"boat\\\" left.", 'Late.\n\nNobody’s "boat" left.', "escapes"),
        ("She wrote 3 < 5 and AT&T; in C:\\new\\table.", "She wrote 3 < 5 and AT&T; in C:\\new\\table.", ""),
        ("R&D at M&S <sic>, \\o/", "R&D at M&S <sic>, \\o/", ""),
    ],
)  # fmt: skip
def test_cells_are_read_as_a_page_shows_them(cell, read, said, tmp_path):
    news = table(tmp_path, cell)
    assert news.articles["raw"].tolist() == [read]
    assert news.report(missing=False)["problem"].str.contains(f"holds .*{said[:6]}").any() == bool(said)
    assert not {"p", "quot", "39", "amp", "nbsp", "ldquo", "nnobody"} & {*news.words["term"]}


@pytest.mark.parametrize("cell", ["nan", "None", "NULL", "N/A", "n.a.", "#N/A", "[removed]", "<NA>"])
def test_a_cell_that_says_there_is_nothing_is_no_article(cell, tmp_path):
    news = table(tmp_path, TEXT, cell)
    assert len(news) == 1 and news.unread == "1 row"
    assert f"its text is “{cell}”" in news.report()["problem"].iloc[0]
    (tmp_path / "b.csv").write_text(f"raw,outlet,mine\n{TEXT},{cell},{cell}\n")
    other = load(tmp_path / "b.csv").articles
    assert other["outlet"].isna().all() and other["mine"].tolist() == [cell]


@pytest.mark.parametrize(
    "end",
    [
        " waited on the quay for… [+2451 chars]",
        " waited on the quay […]",
        " waited for the… Read more",
        " and waited for the...",        " Subscribe to continue reading.",
        " Already a subscriber? Log in",
        " Create a free account to read on.",
        " Cet article est réservé aux abonnés.",
    ],
)  # fmt: skip
def test_a_text_that_is_cut_off_is_doubtful(end):
    problems = paste(f"Late again\n{TEXT}{end}").report()
    assert problems["kind"].tolist() == ["doubtful"] and problems["problem"].str.contains("cut off|paywall").all()


@pytest.mark.parametrize(
    "end", ["", " “Well …”", " Nobody can say to what end.", " Read more books, she said.", " Sign up now."]
)
def test_a_whole_text_is_not(end):
    assert stumps.doubt(TEXT + end) is None


def test_a_cell_as_long_as_a_program_allows_is_doubtful(tmp_path):
    news = table(
        tmp_path, *("ferry " * 20_000)[:32_767].split("|"), ("é " * 40_000)[: 65_535 // 3 * 2 - 1] + "é!", TEXT
    )
    problems = news.report(missing=False)["problem"]
    assert problems.str.contains("Excel cut texts off").sum() == 1


def test_words_divided_at_line_ends_are_reported():
    lines = "The govern-\nment of the port sent a commis-\nsion to the quay, and nobody at the pier knew why it came."
    (line,) = paste(f"Late again\n\n{lines}").report().to_dict("records")
    assert "2 words are divided" in line["problem"] and "govern- ment" in line["problem"]
    assert stumps.divided("a well-\nknown quay, and no more") is None
    assert stumps.divided("Port-\nAnn and Mary-\nLou came - \nand went") is None


@pytest.mark.parametrize("sign", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
def test_signs_that_nobody_sees_are_in_no_word(sign):
    text = f"Vene{sign}zuela {sign} won{sign}."
    assert terms_of(text) == ["venezuela", "won"] and surfaces_of(text) == [f"Vene{sign}zuela", "won"]
    news = paste(f"A day\n{text} It rained all day, and nobody minded that.")
    assert len(terms.hits(news, "venezuela")) == 1


def test_a_mark_alone_is_no_word():
    assert terms_of("I ❤️ the quay ☀️ …\u0301 1\ufe0f\u20e3 Nicola\u0301s") == ["i", "the", "quay", "1\u20e3", "nicolás"]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("<p>The ferry was <b>late</b>.</p><p>Nobody knew why.</p>", "markup such as <p>"),
        ("The ferry was late.<br>Nobody knew why.", "markup such as <p>"),
        ("It&#39;s R&amp;D.&nbsp;Nobody knew why.", "character entities such as &amp;"),
        ("The ferry was late.\\nNobody knew why.", "escapes such as \\n"),
        ("If a < b and c > d, the R&D of C:\\notes is AT&T; nobody knew <why>.", None),
    ],
)
def test_what_was_written_for_a_program_is_doubtful_in_a_text_file(text, held):
    said = [problem for _, problem, _ in problems(f"Ferry late\n{text}\n", "a.txt")]
    assert said == ([f"it holds {held}, read as plain text"] if held else [])
