"""Our own corpora are compiled from tagged articles: their texts and their keys cannot disagree."""

import csv
import html
import io
import re

import pytest

from upkeep.corpora import planted
from upkeep.corpora.tagged import SourceError, read
from upkeep.notebooks.run import ROOT
from utils import load

CRANES = """<article paper="Bay Post" date="2031-03-04" slot="7" event="cranes">
Cranes stand still &amp; crews <scare>“rest”</scare>
By Ina Holt
PORT ALDER, Alder — <q n="1" kind="direct" speaker="Ilse Marrow">“We wait,”</q> <cue n="1 2">said</cue> <who n="1 2">Harbour Master Ilse Marrow</who>. <q n="2" kind="direct" speaker="Ilse Marrow">“My <who n="3">aunt</who> <cue n="3">told</cue> me <q n="3" kind="direct" speaker="aunt" named="no" nested="yes">‘never to run’</q>.”</q>
According to <who n="4">two dockers</who> <q n="4" kind="indirect" speaker="two dockers" named="no">the fees — 3 &lt; 4 𝒳 — had risen</q>. <who n="5">She</who> <cue n="5">called</cue> it <q n="5" kind="partial" speaker="Ilse Marrow">a “very small” rise</q>.
©2031 Bay Post.

Comments
</article>
"""  # noqa: E501
COPY = CRANES.replace("<article ", '<article copy_of="a1" copy_kind="verbatim" encoding="cp1252" ').replace(" 𝒳", "")


@pytest.fixture
def corpora(tmp_path):
    """A folder of corpora whose harbour has two articles, one a copy of the other."""
    source = tmp_path / "harbour" / "source"
    source.mkdir(parents=True)
    (source / "a1.xml").write_text(CRANES, encoding="utf-8")
    (source / "a2.xml").write_text(COPY, encoding="utf-8")
    return tmp_path


def rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


def wrong(corpora, old, new):
    (corpora / "harbour" / "source" / "a1.xml").write_text(CRANES.replace(old, new), encoding="utf-8")
    with pytest.raises(SourceError) as error:
        planted.harbour(corpora / "harbour")
    return str(error.value)


def test_the_raw_text_is_the_source_without_its_tags(corpora):
    files = planted.harbour(corpora / "harbour")
    inner = CRANES[CRANES.index(">\n") + 2 : CRANES.rindex("\n</article>")]
    assert files["texts/a1.txt"].decode("utf-8") == html.unescape(re.sub("<[^>]+>", "", inner))
    assert files["texts/a2.txt"].decode("cp1252") == html.unescape(re.sub("<[^>]+>", "", inner)).replace(" 𝒳", "")


def test_every_quotation_is_a_row_that_holds_its_tag_its_mention_and_its_cue(corpora):
    files = planted.harbour(corpora / "harbour")
    raw = files["texts/a1.txt"].decode("utf-8")
    assert files["truth/quotes.csv"].decode("utf-8").splitlines()[0] == (
        "article_id,start,end,kind,speaker,speaker_start,speaker_end,cue,cue_start,cue_end,named,nested"
    )
    found = [row for row in rows(files["truth/quotes.csv"]) if row["article_id"] == "a1.txt"]
    held = [
        [raw[int(row[f"{part}start"]) : int(row[f"{part}end"])] if row[f"{part}start"] else ""
         for part in ("", "speaker_", "cue_")] + [row["kind"], row["speaker"], row["cue"], row["named"], row["nested"]]
        for row in found
    ]  # fmt: skip
    marrow = "Harbour Master Ilse Marrow"
    assert held == [
        ["“We wait,”", marrow, "said", "direct", "Ilse Marrow", "said", "True", "False"],
        ["“My aunt told me ‘never to run’.”", marrow, "said", "direct", "Ilse Marrow", "said", "True", "False"],
        ["‘never to run’", "aunt", "told", "direct", "aunt", "told", "False", "True"],
        ["the fees — 3 < 4 𝒳 — had risen", "two dockers", "", "indirect", "two dockers", "", "False", "False"],
        ["a “very small” rise", "She", "called", "partial", "Ilse Marrow", "called", "True", "False"],
    ]
    marks = [raw[int(row["start"]) : int(row["end"])] for row in rows(files["truth/scare.csv"])]
    assert marks == ["“rest”"] * 2


def test_an_article_s_attributes_are_its_row(corpora):
    first, second = rows(planted.harbour(corpora / "harbour")["truth/articles.csv"])
    assert first == {
        "article_id": "a1.txt", "paper": "Bay Post", "date": "2031-03-04", "slot": "7", "event": "cranes",
        "copy_of": "", "copy_kind": "", "encoding": "",
    }  # fmt: skip
    assert (second["copy_of"], second["copy_kind"], second["encoding"]) == ("a1.txt", "verbatim", "cp1252")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("&amp;", "&", "a1.xml is no well-formed XML"),
        ("<scare>", '<scare by="us">', "unknown attribute by"),
        ("scare>", "irony>", "the tags are q, who, cue, scare"),
        ('<cue n="1 2">said', '<cue n="1 2"> said', "white space at its edges"),
        ('<q n="2"', '<q n="1"', "quotation n='1' is there 2 times"),
        ('<who n="5">', '<who n="6">', "<who n='6'> serves a quotation that is not there"),
        ('<who n="5">', "<who>", "quotation 5: 'a “very small” rise' has a <cue> and no <who>"),
        ('<who n="5">', '<who n="4 5">', "quotation 4 has 2 <who>, not one"),
        ('kind="partial"', 'kind="mixed"', "its kind is 'mixed'"),
        ('kind="partial"', 'kind="indirect"', "holds no marks of its own"),
        ('kind="indirect"', 'kind="partial"', "a partial quotation holds marks"),
        ('kind="indirect"', 'kind="direct"', "begins with its mark"),
        ('speaker="two dockers"', 'speaker="three dockers"', "a name that this article does not give"),
        ("two dockers</who>", "two dockers of the eleven that had come to the gate since morning</who>", "12 words"),
        ("Ina Holt", "{BYLINE}", "{BYLINE} is yet to be filled in"),
        ("<article ", '<article id="a2" ', "a1.xml: it calls itself 'a2'"),
        ("<article ", '<article encoding="cp1252" ', "cannot be written as cp1252"),
        ("<article ", '<article copy_of="a9" ', "a copy of 'a9', which is no article here"),
    ],
)
def test_a_slip_in_the_tags_is_named(corpora, old, new, says):
    assert old in CRANES
    assert says in wrong(corpora, old, new)


def test_a_quotation_that_nobody_introduces_has_neither_mention_nor_cue(corpora):
    source = CRANES.replace('<who n="5">She</who> <cue n="5">called</cue>', "She called")
    (corpora / "harbour" / "source" / "a1.xml").write_text(source, encoding="utf-8")
    row = rows(planted.harbour(corpora / "harbour")["truth/quotes.csv"])[4]
    assert [row[name] for name in ("speaker", "speaker_start", "speaker_end", "cue", "cue_start", "cue_end")] == [
        "Ilse Marrow", "", "", "", "", ""]  # fmt: skip


def test_a_nested_quotation_and_a_scare_quote_do_not_make_an_indirect_one_marked(corpora):
    source = CRANES.replace("the fees —", "the <scare>“fees”</scare> —")
    (corpora / "harbour" / "source" / "a1.xml").write_text(source, encoding="utf-8")
    assert len(rows(planted.harbour(corpora / "harbour")["truth/scare.csv"])) == 3


def test_compiling_writes_what_changed_and_takes_away_texts_without_a_source(corpora, capsys):
    assert planted.main(["harbour"], corpora=corpora) == 0
    names = [path.name for path in (corpora / "harbour").rglob("*") if path.is_file()]
    assert sorted(names) == ["a1.txt", "a1.xml", "a2.txt", "a2.xml", "articles.csv", "copies.csv", "deal.csv",
                             "quotes.csv", "same_event.csv", "scare.csv"]  # fmt: skip
    assert load(corpora / "harbour" / "texts").articles.index.to_list() == ["a1.txt", "a2.txt"]
    capsys.readouterr()
    assert planted.main(["harbour"], corpora=corpora) == 0
    assert capsys.readouterr().out == "harbour: 0 files changed\n"
    (corpora / "harbour" / "source" / "a2.xml").unlink()
    assert planted.main(["harbour"], corpora=corpora) == 0
    assert "texts/a2.txt" in capsys.readouterr().out
    assert not (corpora / "harbour" / "texts" / "a2.txt").exists()


def test_a_corpus_without_sources_and_one_we_do_not_have_are_refused(tmp_path, capsys):
    assert planted.main(["harbour"], corpora=tmp_path) == 1
    assert planted.main(["harbor"], corpora=tmp_path) == 1
    said = capsys.readouterr().out
    assert "one .xml file an article is wanted" in said and "there are standoff, harbour" in said


COMPILED = [name for name in planted.COMPILERS if (planted.CORPORA / name / "source").is_dir()]


@pytest.mark.parametrize("name", COMPILED)
def test_compiling_again_gives_the_shipped_bytes(name):
    folder = ROOT / "corpus" / name
    files = planted.COMPILERS[name](folder)
    assert {path: (folder / path).read_bytes() for path in files} == files
    assert {f"texts/{path.name}" for path in (folder / "texts").iterdir()} == {p for p in files if "texts/" in p}


@pytest.mark.parametrize("name", COMPILED)
def test_each_row_of_a_key_is_what_its_tag_held(name):
    folder = ROOT / "corpus" / name
    tables = {"s": "sources.csv"} if name == "standoff" else {"q": "truth/quotes.csv", "scare": "truth/scare.csv"}
    for tag, table in tables.items():
        wanted, found, raws = [], [], {}
        for path in sorted((folder / "source").glob("*.xml")):
            wanted += [(f"{path.stem}.txt", text) for text in held(path.read_text(encoding="utf-8"), tag)]
            text = folder / "texts" / f"{path.stem}.txt"
            raws[text.name] = text.read_bytes().decode(read(path).encoding)
        for row in rows((folder / table).read_bytes()):
            found.append((row["article_id"], raws[row["article_id"]][int(row["start"]) : int(row["end"])]))
        assert found == wanted and found


def held(source, tag):
    """Give what the tags of one name hold, found without an XML parser: outer before inner, in the text's order."""
    texts, opened = {}, []
    for match in re.finditer(rf"<{tag}\b[^>]*>|</{tag}>", source):
        if match[0].startswith("</"):
            at = opened.pop()
            texts[at] = html.unescape(re.sub("<[^>]+>", "", source[at : match.start()]))
        else:
            opened.append(match.end())
    return [texts[at] for at in sorted(texts)]


def test_unknown_facts_and_sentences_without_one_are_refused(tmp_path):
    (tmp_path / "source").mkdir()
    (tmp_path / "facts.csv").write_text("id,fact\nf01,It rained.\n", encoding="utf-8")
    source = '<article frame="conflict" genre="brief">\n<s f="f01">Rain</s>\n<s f="f01">It rained.</s>\n</article>'
    (tmp_path / "source" / "s1.xml").write_text(source, encoding="utf-8")
    assert rows(planted.standoff(tmp_path)["sources.csv"])[1] == {
        "article_id": "s1.txt", "start": "5", "end": "15", "n": "1", "facts": "f01"}  # fmt: skip
    for facts, says in (("f02", "names f02, which"), ("", "names 0 facts"), ("f01 f01 f01 f01", "names 4 facts")):
        (tmp_path / "source" / "s1.xml").write_text(source.replace('"f01">It', f'"{facts}">It'), encoding="utf-8")
        with pytest.raises(SourceError, match=says):
            planted.standoff(tmp_path)
