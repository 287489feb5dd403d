"""Tables as people and programs call their columns: taken by their names, and what was taken is said."""

import json
import re

import openpyxl
import pytest

from utils import CorpusError, load

TEXT = "The ferry was late on Monday. Nobody at the pier knew why."
GUARDIAN = {
    "type": "article", "sectionName": "Harbour", "webPublicationDate": "2024-03-05T08:00:00Z", "webTitle": "Late",
    "fields": {"byline": "Ines Corvo", "body": f"<p>{TEXT}</p>", "bodyText": TEXT, "publication": "The Post"},
    "tags": [{"webTitle": "Ferries"}],
}  # fmt: skip
NEWSAPI = {
    "source": {"id": None, "name": "The Post"}, "author": "Ines Corvo", "title": "Late", "description": "A ferry.",
    "urlToImage": "x.png", "publishedAt": "2024-03-05T08:00:00Z", "content": TEXT,
}  # fmt: skip
TABLES = {  # the columns for outlet, date, title, byline, section and text, and what parts them
    "a database": (",", "Publication,Pub. Date,Headline,Writer(s),Section,Full text"),
    "German": (";", "Zeitung;Erscheinungsdatum;Überschrift;Autor(en);Ressort;Volltext"),
    "French": (",", "Journal,Date de parution,Titre,Auteur,Rubrique,Texte"),
    "Spanish": (",", "Periódico,Fecha,Título,Autor,Sección,Texto completo"),
    "Portuguese": ("|", "Veículo|Data|Manchete|Autores|Editoria|Conteúdo"),
    "schema.org": ("\t", "publisher\tdatePublished\theadline\tauthor\tsection\tarticleBody"),
}
CELLS = ["The Post", "2024-03-05", "Late", "Ines Corvo", "Harbour", TEXT]
FOUND = {"title": "Late", "outlet": "The Post", "byline": "Ines Corvo", "section": "Harbour", "raw": TEXT}


def facts(news):
    row = news.articles.iloc[0]
    return {name: row[name] for name in FOUND} | {"day": f"{row['published']:%Y-%m-%d}"}


def said(news, kind="assumed"):
    return news.report().query("kind == @kind")


@pytest.mark.parametrize("name", TABLES)
def test_a_table_in_its_own_words_loads_and_says_what_was_taken(name, tmp_path):
    separator, header = TABLES[name]
    (tmp_path / "news.csv").write_text(f"{header}\n{separator.join(CELLS)}\n", encoding="utf-8")
    news = load(tmp_path)
    assert facts(news) == FOUND | {"day": "2024-03-05"}
    (line,) = said(news).to_dict("records")
    assert f"{header.split(separator)[-1]} for raw" in line["problem"] and "load(" in line["cure"]
    again = eval(re.search(r"load\(.*\)$", line["cure"])[0], {"load": load})
    assert again.digest == news.digest and said(again).empty


@pytest.mark.parametrize(
    ("document", "layout"),
    [
        ({"status": "ok", "totalResults": 1, "articles": [NEWSAPI]}, "NewsAPI"),
        ([NEWSAPI], "NewsAPI"),
        ([{"status": "ok", "articles": [NEWSAPI]}, {"status": "ok", "articles": []}], "NewsAPI"),
        ({"response": {"status": "ok", "results": [GUARDIAN]}}, "the Guardian's Open Platform"),
        (GUARDIAN, "the Guardian's Open Platform"),
    ],
)
def test_answers_of_news_services_load_and_the_layout_is_named(document, layout, tmp_path):
    (tmp_path / "news.json").write_text(json.dumps(document))
    news = load(tmp_path / "news.json")
    wanted = FOUND | {"day": "2024-03-05"} | ({"section": "Harbour"} if "Guardian" in layout else {})
    found = facts(news)
    assert {name: found[name] for name in found if name != "section"} == {
        name: wanted[name] for name in wanted if name != "section"
    }
    assert len(news) == 1 and f"as {layout} has them" in said(news)["problem"].item()


@pytest.mark.parametrize(
    ("table", "layout", "raw"),
    [
        (f"doc_id,text,side\nd1,{TEXT},left", "the text interchange format", TEXT),
        (f"id,media_name,publish_date,title,url,story_text\n1,P,2024-03-05,Late,u,{TEXT}", "Media Cloud", TEXT),
        (f"Date,Headline,Opening Text,Hit Sentence,Source\n05-Mar-2024,Late,It,{TEXT},P", "Meltwater", TEXT),
        (f"search_indexed,published,title,content,content_snippet\n1,2024-03-05,Late,{TEXT},It", "Talkwalker", TEXT),
        (f"title,author,hostname,date,raw_text,text\nLate,Ines,p.example,2024-03-05,x,{TEXT}", "trafilatura", TEXT),
    ],
)  # fmt: skip
def test_layouts_of_programs_are_known(table, layout, raw, tmp_path):
    (tmp_path / "a.csv").write_text(table + "\n")
    news = load(tmp_path / "a.csv")
    assert news.articles["raw"].tolist() == [raw]
    (line,) = said(news).to_dict("records")
    assert f"as {layout} has them" in line["problem"]
    assert ("excerpts are read as the articles" in line["problem"]) == ("Hit" in table)
    assert news.articles.index[0] == "d1" or "doc_id" not in table


@pytest.mark.parametrize(
    ("table", "layout"),
    [
        ("id,media_name,publish_date,title,url\n1,P,2024-03-05,Ferry late,u", "Media Cloud"),
        ("url,title,seendate,domain\nu,Ferry late,20240305T080000Z,p.example", "GDELT"),
    ],
)
def test_a_table_of_headlines_alone_is_refused_and_read_where_that_is_asked(table, layout, tmp_path):
    (tmp_path / "a.csv").write_text(table + "\n")
    with pytest.raises(CorpusError, match=f"as {layout} gives headlines and no texts") as error:
        load(tmp_path / "a.csv")
    news = eval(re.search(r"load\(.*\)", str(error.value))[0], {"load": load})
    assert (
        news.articles["raw"].tolist() == ["Ferry late"] and str(news.articles["published"].item())[:10] == "2024-03-05"
    )
    (tmp_path / "b.txt").write_text(TEXT)
    beside = load(tmp_path)  # one that can be read stands beside it: the table is named
    assert list(beside.articles.index) == ["b.txt"] and "headlines and no texts" in " ".join(beside.report()["problem"])


def test_where_two_columns_may_be_the_text_none_is_taken_and_the_call_works(tmp_path):
    (tmp_path / "a.csv").write_text(f'text,"full  ""text""",content\nx,y,{TEXT}\n')
    with pytest.raises(CorpusError, match="may each be the text") as error:
        load(tmp_path / "a.csv")
    assert len(eval(re.search(r"load\(.*\)", str(error.value))[0], {"load": load})) == 1
    (tmp_path / "b.csv").write_text(f'"my  ""tex\\t""\n",n\n{TEXT},1\n')
    with pytest.raises(CorpusError, match="say which column holds the text"):
        load(tmp_path / "b.csv")
    near = load(tmp_path / "b.csv", columns={"raw": 'my  "tex\\t"', "section": "n"})
    assert len(near) == 1
    with pytest.raises(CorpusError, match="for raw") as error:
        load(tmp_path / "b.csv", columns={"raw": 'my "tex\\t"'})
    assert len(eval(re.search(r"load\(.*\)", str(error.value))[0], {"load": load})) == 1


@pytest.mark.parametrize(
    ("key", "ours"),
    [("date", "published"), ("text", "raw"), ("Author", "byline"), ("headlines", "title"), ("Fecha", "published")],
)
def test_a_key_that_is_not_ours_is_refused_with_the_one_that_is_meant(key, ours, tmp_path):
    (tmp_path / "a.csv").write_text(f"x,y\n{TEXT},2024\n")
    with pytest.raises(CorpusError, match=f"columns knows no {key!r}; did you mean {ours!r}"):
        load(tmp_path / "a.csv", columns={"raw": "x", key: "y"})


ABOVE = [["Search: ferry AND quay"], [], ["Publication", "Date", "Headline", "Full Text"]]


def sheet(rows, path):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)


@pytest.mark.parametrize("ending", ["xlsx", "csv", "tsv", "semicolons.csv"])
def test_a_header_may_stand_below_the_lines_of_a_search(ending, tmp_path):
    rows, path = [*ABOVE, ["The Post", "2024-03-05", "Late", TEXT]], tmp_path / f"a.{ending}"
    if ending == "xlsx":
        sheet(rows, path)
    else:
        separator = {"csv": ",", "tsv": "\t"}.get(ending, ";")
        path.write_text("\n".join(separator.join(row) for row in rows))
    news = load(path)
    assert news.articles[["outlet", "title", "raw", "source"]].values.tolist() == [
        ["The Post", "Late", TEXT, f"{path.name} row 4"]
    ]
    assert "its header is taken to be row 3" in said(news)["problem"].str.cat()


def test_a_row_of_cells_is_no_header_for_a_word_in_it(tmp_path):
    (tmp_path / "a.csv").write_text(f"id,note\n1,text\n2,{TEXT}\n")
    with pytest.raises(CorpusError, match="its columns are: id, note"):
        load(tmp_path / "a.csv")
    (tmp_path / "b.csv").write_text(f"raw,note\ntext,title\n{TEXT},x\n")
    assert load(tmp_path / "b.csv").articles["raw"].tolist() == ["text", TEXT]


def test_services_that_listen_name_outlet_and_byline_in_their_own_way(tmp_path):
    header = "search_indexed,published,title,content,content_snippet,extra_author_attributes.name"
    (tmp_path / "a.csv").write_text(
        f"{header},extra_source_attributes.name\n1,2024-03-05,Late,{TEXT},It,Ines Corvo,The Post\n"
    )
    (tmp_path / "b.csv").write_text(
        f"Date,Headline,Hit Sentence,Source,Influencer\n05-Mar-2024,Late,{TEXT} Yes.,The Post,Ines Corvo\n"
    )
    articles = load(tmp_path).articles
    assert set(articles["byline"]) == {"Ines Corvo"} and set(articles["outlet"]) == {"The Post"}


@pytest.mark.parametrize(
    ("name", "ours", "value"),
    [
        ("Alternate Date (GMT)", "published", "2024-03-05"),
        ("docDate", "published", "2024-03-05"),
        ("Main headline", "title", "Late"),
        ("Original_Source", "outlet", "The Post"),
        ("Datum der Meldung", "published", "5.3.2024"),
    ],
)
def test_a_column_that_may_be_what_is_lacking_is_offered(name, ours, value, tmp_path):
    (tmp_path / "a.csv").write_text(f"text,{name},Source Type,Date indexed,Title length\n{TEXT},{value},blog,1,2\n")
    report = load(tmp_path).report().query("kind == 'missing'")["cure"]
    (cure,) = [cure for cure in report if name in cure]
    assert not report.str.contains("Type|indexed|length").any()
    again = eval(re.search(r"load\(.*\)$", cure)[0], {"load": load})
    assert again.articles[ours].notna().all() and len(again) == 1


def read_as(news):
    return {name: (row["raw"], row["outlet"]) for name, row in news.articles.iterrows()}


def test_a_cure_for_one_table_leaves_the_others_of_its_folder(tmp_path):
    (tmp_path / "a.csv").write_text(f"text,content,Headline,Medium\nx,{TEXT},Late,The Post\n")
    (tmp_path / "b.csv").write_text(f"Volltext,Titel,Quelle\n{TEXT} b,Spät,Der Bote\n", encoding="utf-8")
    (tmp_path / "c.csv").write_text(f"story_text,Headline of it,outlet\n{TEXT} c,Spade,The Sun\n")
    news = load(tmp_path)
    assert len(news) == 2
    cures = news.report()[["source", "cure"]].itertuples(index=False)
    calls = {file: found[0] for file, cure in cures if (found := re.search(r"load\(.*\)$", cure))}
    assert {"a.csv", "b.csv"} <= calls.keys()
    for call in calls.values():
        assert read_as(news).items() <= read_as(eval(call, {"load": load})).items()
    assert len(eval(calls["a.csv"], {"load": load})) == 3


def test_where_no_call_fits_all_tables_it_loads_the_one(tmp_path):
    (tmp_path / "a.csv").write_text(f"text,content\nx,{TEXT}\n")
    (tmp_path / "b.csv").write_text(f"raw,text\n{TEXT} b,a note\n")
    (cure,) = load(tmp_path).report().query("source == 'a.csv'")["cure"]
    call = re.search(r"load\(.*\)$", cure)[0]
    assert "a.csv" in call and len(eval(call, {"load": load})) == 1
