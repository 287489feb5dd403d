"""The concordance: every hit once, in its line, in the order asked."""

import pytest

from utils import load, passages, reading, terms


def test_a_concordance_holds_every_hit_with_the_text_around_it(six):
    table = reading.concordance(six, ["peace", "war"], width=12)
    found = terms.hits(six, ["peace", "war"])
    assert table[found.columns].equals(found)
    first = table.iloc[0]
    assert (first["left"], first["hit"], first["right"]) == ("ace at last ¶ ", "Peace", " came. War e")
    raws = six.articles["raw"]
    flat = [reading._line(raws[row.article_id][max(row.start - 12, 0) : row.end + 12]) for row in table.itertuples()]
    assert [row.left + row.hit + row.right for row in table.itertuples()] == flat


@pytest.mark.parametrize(
    ("sort", "sides"),
    [
        ("right", [" came back.", " on peace, t", ". ¶ © 2024 B"]),
        ("left", ["¶ ", "The ", "peace on "]),
    ],
)
def test_lines_are_sorted_by_the_words_beside_the_hit(six, sort, sides):
    part = six.select(["a2.txt", "b4.txt"])
    table = reading.concordance(part, "war", width=12, sort=sort)
    column = table[sort].tolist()
    assert len(column) == 3
    if sort == "right":
        assert [text.startswith(side) for text, side in zip(column, [". ¶ ©", " came", " on"], strict=True)] == [
            True
        ] * 3
    else:
        assert [text.endswith(side) for text, side in zip(column, ["again ¶ ", "on ", "The "], strict=True)] == [
            True
        ] * 3


def test_lines_sorted_by_date_put_the_undated_last(addresses, scraped):
    dates = reading.concordance(addresses, "venezuela", sort="date")["published"]
    assert dates.is_monotonic_increasing and len(dates) == 98
    assert reading.concordance(scraped, "crews", sort="date")["published"].isna().all()


def test_a_phrase_and_a_passage_to_look_in(addresses):
    table = reading.concordance(addresses, "Monroe Doctrine")
    assert (table["hit"].str.replace(r"\s+", " ", regex=True).str.lower() == "monroe doctrine").all() and len(
        table
    ) > 10
    one = addresses.body[addresses.body["article_id"] == table["article_id"].iloc[0]]
    assert reading.concordance(addresses, "Monroe Doctrine", within=one)["article_id"].nunique() == 1


@pytest.mark.parametrize("options", [{"sort": "up"}, {"width": 0}, {"width": "wide"}])
def test_options_that_make_no_sense_are_refused(six, options):
    with pytest.raises(ValueError, match="what came is"):
        reading.concordance(six, "war", **options)


def test_lines_sorted_by_outlet_put_the_nameless_last(six, scraped):
    outlets = reading.concordance(six, ["peace", "bread"], sort="outlet")["outlet"].tolist()
    assert outlets == sorted(outlets) and set(outlets) == {"The Alder Post", "Birch Weekly"}


def test_a_line_opens_onto_its_paragraph(six):
    table = reading.concordance(six, "holds")
    html = reading.lines(six, table).data
    opened = html.split("</summary>")[1]
    assert "Peace came. War ended; peace, they said, <mark" in opened and "No war." not in opened
    with pytest.raises(ValueError, match="lies in no article"):
        reading.lines(six, table.assign(article_id="z.txt"))


def test_a_hit_falls_at_the_share_of_the_words_before_it(six):
    found = reading.places(six, terms.hits(six, "war", within=six.segments))
    own = found[found["article_id"] == "a1.txt"]["at"].tolist()
    assert own == pytest.approx([2 / 10, 9 / 10])  # Peace came War ended peace they said holds No war: 10 words
    assert found[found["article_id"] == "b4.txt"]["at"].isna().tolist() == [True, False, False]


def test_lines_are_escaped_and_limited(tmp_path):
    (tmp_path / "<b>.txt").write_text("A title\n<script>x</script> war <img onerror=y> & war.", encoding="utf-8")
    news = load(tmp_path)
    html = reading.lines(news, reading.concordance(news, "war"), limit=1).data
    assert "<script" not in html and "<img" not in html and "<b>" not in html and "1 of 2 lines" in html


def test_an_empty_concordance_keeps_its_columns(six):
    table = reading.concordance(six, "zebra", sort="left")
    assert table.empty and {"left", "hit", "right", *passages.KEYS} <= set(table.columns)
