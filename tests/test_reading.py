"""The concordance: every hit once, in its line, in the order asked."""

import pandas as pd
import pytest

from utils import load, passages, paste, reading, terms
from utils.measures.reading.concordance import SORTS, _line


def test_a_concordance_holds_every_hit_with_the_text_around_it(six):
    table = reading.concordance(six, ["peace", "war"], width=12)
    found = terms.hits(six, ["peace", "war"])
    assert table[found.columns].equals(found)
    first = table.iloc[0]
    assert (first["left"], first["hit"], first["right"]) == ("ace at last ¶ ", "Peace", " came. War e")
    raws = six.articles["raw"]
    flat = [_line(raws[row.article_id][max(row.start - 12, 0) : row.end + 12]) for row in table.itertuples()]
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


def test_ten_words_beside_a_hit_are_compared_nearest_first():
    ten = "b c d e f g h i j k"
    news = paste(f"A title\nx {ten} z. x {ten} a. x {ten[:-1]}j. x’s end. m j x, k j x? n a\nx n")
    starts = terms.hits(news, "x")["start"].tolist()

    def order(side, width):
        return [starts.index(start) for start in reading.concordance(news, "x", sort=side, width=width)["start"]]

    assert order("right", 60) == order("right", 1) == [3, 2, 0, 1, 4, 6, 5]
    assert order("left", 60) == order("left", 1) == [2, 6, 3, 5, 4, 0, 1]


def test_the_words_of_the_next_article_are_not_beside_a_hit(six):
    table = reading.concordance(six, "weekly", sort="right", within=six.segments)
    assert table["article_id"].tolist() == ["b1.txt", "b2.txt", "b3.txt", "b4.txt"]


def test_a_word_that_the_hit_cuts_counts_by_what_is_left_of_it():
    news = paste("A title\nPieces lie low. Pies tie. A die is cast.")
    sides = {side: reading.concordance(news, "/ie/", sort=side, width=6)[side].tolist() for side in ("right", "left")}
    assert sides["right"] == [". A di", "ces li", " is ca", " low. ", "s tie."]
    assert sides["left"] == ["e. A d", "eces l", "low. P", "itle ¶ P", "Pies t"]


@pytest.mark.parametrize("sort", SORTS)
def test_passages_keep_their_order_where_there_are_no_words(sort):
    news = paste("! ? !")
    table = pd.DataFrame({"article_id": news.articles.index[0], "start": [4, 0], "end": [5, 1], "own": ["b", "a"]})
    assert reading.ordered(news, table, sort=sort).equals(table)
    assert reading.in_lines(news, table)[["left", "hit", "right", "own"]].to_numpy().tolist() == [
        ["! ? ", "!", "", "b"], ["", "!", " ? !", "a"]]  # fmt: skip
    with pytest.raises(ValueError, match="it lacks end"):
        reading.ordered(news, table[["article_id", "start"]], sort=sort)
    with pytest.raises(ValueError, match="lies in no article"):
        reading.in_lines(news, table.assign(article_id="z"))


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


def test_lines_sorted_by_outlet_put_the_nameless_last(tmp_path):
    for name, foot in (("a", ""), ("b", "\n© 2024 Birch Weekly."), ("c", "\n© 2024 The Alder Post.")):
        (tmp_path / f"{name}.txt").write_text(f"A title\nNo war.{foot}", encoding="utf-8")
    outlets = reading.concordance(load(tmp_path), "war", sort="outlet")["outlet"]
    assert outlets.fillna("").tolist() == ["Birch Weekly", "The Alder Post", ""]


def test_white_space_shows_as_one_blank_and_the_end_of_a_paragraph_as_its_sign(tmp_path):
    text = "A title\nWar \r\n \n no\u2028\twar  here\x0b\n\x0c."
    (tmp_path / "a.txt").write_bytes(text.encode())
    lines = reading.concordance(load(tmp_path), "war", within=load(tmp_path).segments)
    assert lines["right"].tolist() == [" ¶ no war here ¶ .", " here ¶ ."]


def test_a_line_opens_onto_its_paragraph(six):
    table = reading.concordance(six, "holds")
    html = reading.lines(six, table).data
    opened = html.split("</summary>")[1]
    assert "Peace came. War ended; peace, they said, <mark" in opened and "No war." not in opened
    with pytest.raises(ValueError, match="lies in no article"):
        reading.lines(six, table.assign(article_id="z.txt"))


def test_a_line_tells_its_day_where_any_line_has_one(addresses, scraped):
    dated = reading.lines(addresses, reading.concordance(addresses, "venezuela", sort="date"), limit=1).data
    assert ">1818-11-16 </span>" in dated and "ate that the Governments" in dated
    undated = reading.concordance(scraped, "crews")
    assert "–" not in reading.lines(scraped, undated).data.partition("crews")[0]
    mixed = undated.assign(published=pd.Series([pd.Timestamp("2025-11-03")], index=undated.index[:1]))
    told = [each.partition(" </span>")[0][-10:] for each in reading.lines(scraped, mixed).data.split("<summary")[1:]]
    assert told == ["2025-11-03", *["         –"] * 3]


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


@pytest.mark.parametrize("sort", ["article", "date", "outlet", "left", "right"])
def test_passages_of_another_corpus_are_not_put_in_order(six, sort):
    other = paste("A title\nWar is far away.")
    with pytest.raises(ValueError, match="which is no article of six"):
        reading.ordered(six, terms.hits(other, "war"), sort=sort)
