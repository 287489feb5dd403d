"""Names that other people's tables have for our columns, and layouts that programs and news services write."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

USUAL = {  # as `bare` gives them, the likeliest first
    "raw": """text content body article contentoriginal fulltext articletext maintext articlebody story bodytext rawtext
        articlecontent storytext newstext newscontent textbody cleantext cleanedtext plaintext
        texto textocompleto textointegral contenido cuerpo conteudo corpo texte texteintegral textecomplet contenu corps
        volltext artikeltext haupttext inhalt beitrag artikel testo""".split(),
    "outlet": """outlet sourcename medianame mediaoutlet outletname newsoutlet newssource source publisher publishername
        newspaper newspapername newspapertitle publicationtitle publicationname publication pubtitle paper journal
        medium sourcehostname sourcedomain sourcecommonname extrasourceattributesname sitename website
        domain hostname station channel
        zeitung quelle publikation medientitel journalname titredupublication media titrejournal
        periodico diario medio fuente publicacion jornal veiculo fonte publicacao testata giornale""".split(),
    "published": """published publishedat publishdate datepublished datepublish publisheddate publishedon pubdate
        newsdate publicationdate dateofpublication webpublicationdate firstpublicationdate articledate storydate
        issuedate date dateandtime seendate datetime timestamp matchdatetime
        datum erscheinungsdatum veroffentlichungsdatum veroffentlichtam veroffentlicht erschienenam
        datedepublication datedeparution publiele fecha fechadepublicacion fechapublicacion
        datadepublicacao datapublicacao datadipubblicazione data""".split(),
    "title": """title headline heading articletitle articleheadline storytitle newstitle newsheadline webtitle
        headlinemain documenttitle
        titel schlagzeile uberschrift titre titulo titular encabezado manchete titolo""".split(),
    "byline": """byline author authors authorname authornames writer writers journalist journalists reporter reporters
        creator bylineoriginal extraauthorattributesname influencer
        by autor autoren autorin autorinnen verfasser verfasserin auteur auteurs autores autora
        autoras firma autore autori""".split(),
    "section": """section sectionname sectiontitle newssection ressort rubrik rubrique seccion secao seccao editoria
        caderno sezione""".split(),
    "language": """language lang languagecode contentlanguage articlelanguage sprache langue idioma lingua
        """.split(),
    "article_id": "articleid docid documentid".split(),
}  # fmt: skip
EXCERPTS = "hitsentence openingtext leadparagraph snippet".split()  # the text, where there is nothing fuller
WORD = re.compile(r"[^\W\d_][^\W\d_A-Z]*|[A-Z]+")
BESIDE = frozenset(  # words that make another thing of a date, a title or a source
    "type url link id code count number country region category score format updated modified retrieved accessed "
    "downloaded indexed birth length words snippet language".split()
)
FIRST = 20  # rows from the top among which a header is looked for


class Known(NamedTuple):
    """A layout by its name, the columns that tell it, the one that holds the text, where several may, and the headlines
    that it has where there is no text: to read these as articles is for the reader to choose."""

    name: str
    marks: frozenset[str]
    text: str
    headlines: str = ""


KNOWN = [
    Known("the Guardian's Open Platform", frozenset({"webtitle", "webpublicationdate"}), "bodytext"),
    Known("the New York Times's search", frozenset({"leadparagraph", "pubdate", "headlinemain"}), "leadparagraph"),
    Known("NewsAPI", frozenset({"urltoimage", "publishedat", "content"}), "content"),
    Known("GDELT", frozenset({"seendate", "domain"}), "text", "title"),
    Known("GDELT", frozenset({"iashowid", "snippet"}), "snippet"),
    Known("Media Cloud", frozenset({"medianame", "publishdate"}), "text", "title"),
    Known("Meltwater", frozenset({"hitsentence"}), "hitsentence"),
    Known("Talkwalker", frozenset({"searchindexed", "contentsnippet"}), "content"),
    Known("news-please", frozenset({"maintext", "datepublish"}), "maintext"),
    Known("trafilatura", frozenset({"text", "rawtext"}), "text"),
    Known("the text interchange format", frozenset({"docid", "text"}), "text"),
]


@lru_cache(maxsize=50_000)
def bare(name: str) -> str:
    """Give a name without case, accents and signs: "Pub. Date" is pubdate, "Título" titulo."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, letters))


def _bares(name: str) -> list[str]:
    """Give the names that a column may be known by: its own, and the last part of one like fields.bodyText."""
    inner = re.search(r"\.(\w[^. ]*)$", name)
    return [bare(name), bare(inner[1])] if inner else [bare(name)]


def by_bare(names: Iterable[str]) -> dict[str, str]:
    """Give the columns by the names that they may be known by; of several with one name, the first."""
    return {known: name for name in reversed(list(names)) for known in reversed(_bares(name)) if known}


def texts(names: Sequence[str]) -> list[str]:
    """Give the columns that may hold the texts of the articles, as they stand in the table."""
    whole = [name for name in names if bare(name) in USUAL["raw"]]
    found = whole or [name for name in names if _bares(name)[-1] in USUAL["raw"]]
    known = layout(names)
    told = [name for name in found if known and known.text in _bares(name)]
    plain = by_bare(names)
    return told or found or [plain[usual] for usual in EXCERPTS if usual in plain][:1]


def headlines(names: Sequence[str]) -> tuple[str, str] | None:
    """Give the layout and the column of the headlines, where a table is known to hold these and no texts; else None."""
    known = layout(names)
    column = by_bare(names).get(known.headlines) if known and known.headlines else None
    return (known.name, column) if known and column and not texts(names) else None


def usual(ours: str, names: Sequence[str]) -> str | None:
    """Give the column that has a usual name for one of ours; the text only where one column alone may be it."""
    if ours == "raw":
        found = texts(names)
        return found[0] if len(found) == 1 else None
    plain = by_bare(names)
    return next((plain[name] for name in USUAL.get(ours, ()) if name in plain), None)


def layout(names: Iterable[str]) -> Known | None:
    """Give the layout that a table with these columns has, if it is one that we know."""
    there = by_bare(names).keys()
    return next((known for known in KNOWN if known.marks <= there), None)


def is_excerpt(name: str) -> bool:
    """Tell whether a column holds excerpts of articles, though they are read as the articles."""
    return _bares(name)[-1] in EXCERPTS


def meant(name: str) -> str | None:
    """Give the one of our names for which a table may use this one: published for "date" and for "Datum"."""
    plain = bare(name)
    return next((ours for ours, usual in USUAL.items() if plain in usual), None)


def nearly_meant(name: str) -> str | None:
    """Give the one of our names for which a table may use one like this: title for "headlines"."""
    all_usual = [each for usual in USUAL.values() for each in usual]
    near = difflib.get_close_matches(bare(name), all_usual, n=1, cutoff=0.9)
    return meant(near[0]) if near else None


def like(ours: str, names: Iterable[str]) -> list[str]:
    """Give the columns that may be one of ours by a word of their names, such as "Alternate Date"."""
    usual = USUAL.get(ours, ())
    words = {name: [bare(word) for word in WORD.findall(name)] for name in names}
    return [name for name, parts in words.items() if any(part in usual for part in parts) and not BESIDE & {*parts}]


def header(rows: Sequence[Sequence[str]], asked: Iterable[str] = ()) -> int:
    """Give the place of the row that is the header: the first with cells, unless it has no name that is known or asked
    for, and another has two at least, that of the text among them."""
    wanted = {*asked}

    def n_known(row: Sequence[str]) -> int:
        return sum(name in wanted or meant(name) is not None or bare(name) == "raw" for name in row)

    first = next((place for place, row in enumerate(rows) if any(row)), 0)
    if not rows or n_known(rows[first]):
        return first
    return next((place for place, row in enumerate(rows) if n_known(row) > 1 and _has_text(row, wanted)), first)


def _has_text(row: Sequence[str], asked: set[str]) -> bool:
    return bool(asked.intersection(row) or texts(row)) or "raw" in map(bare, row)
