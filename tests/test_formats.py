"""The same twenty articles give the same bodies, whatever format they come in."""

import pytest

from formats import WRITERS, squeezed, twenty
from utils import load, passages

TWENTY = twenty()
COLUMNS = {"raw": "text", "published": "date"}
TABLES = ("csv", "tsv", "jsonl", "json", "parquet", "xlsx")


def bodies(news):
    texts = passages.text(news, news.body).map(squeezed)
    return texts.groupby(news.body["article_id"], observed=False).agg("".join).loc[news.articles.index].to_list()


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_bodies(name, tmp_path):
    news = load(WRITERS[name](TWENTY, tmp_path), columns=COLUMNS if name in TABLES else None)
    assert bodies(news) == [article.body for article in TWENTY]
    assert news.articles["title"].to_list() == [article.headline for article in TWENTY]
    assert news.articles["outlet"].to_list() == [article.outlet for article in TWENTY]
    assert news.report(missing=False).empty, news.report(missing=False).to_dict("records")


def test_the_twenty_differ_and_hold_what_makes_formats_fail():
    assert len({article.body for article in TWENTY}) == 20
    texts = "".join(article.scraped for article in TWENTY)
    assert all(sign in texts for sign in "“”’—–©,;\n")
    assert sum(article.section is not None for article in TWENTY) > 10
    assert {bool(article.byline) for article in TWENTY} == {True, False}


@pytest.mark.parametrize("name", ["html", "docx", "nexis", "pdf", "rtf", "eml", "mbox"])
def test_segments_cover_the_text_in_order_and_never_overlap(name, tmp_path):
    news = load(WRITERS[name](TWENTY, tmp_path))
    for article_id, own in news.segments.groupby("article_id", observed=True):
        raw, at, left_over = news.articles.loc[article_id, "raw"], 0, ""
        for segment in own.itertuples():
            assert at <= segment.start < segment.end
            left_over += raw[at : segment.start]
            at = segment.end
        assert not (left_over + raw[at:]).strip()
