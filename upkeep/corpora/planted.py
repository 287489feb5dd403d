"""Compile our own corpora: from articles with inline tags, the raw texts and the key that says what lies where.

    python -m upkeep.corpora.planted             compile all of them
    python -m upkeep.corpora.planted standoff    compile that one

An article's source is `corpus/<name>/source/<id>.xml`. Its text without the tags is the raw text, character for
character; each tag becomes a row of the key. Texts and key come from one file, so they cannot disagree.
"""

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from upkeep.corpora import keys
from upkeep.corpora.tagged import Article, SourceError, read
from upkeep.notebooks.run import write_whole

CORPORA = Path(__file__).resolve().parents[2] / "corpus"
STANDOFF_TAGS = {"s": {"f"}}
HARBOUR_TAGS = {
    "q": {"n", "kind", "speaker", "named", "nested"},
    "who": {"n"},
    "cue": {"n"},
    "scare": set(),
}


def standoff(folder: Path) -> dict[str, bytes]:
    """Give the texts of `standoff`, their frames and genres, and the facts that each sentence rests on."""
    articles, facts = _articles(folder), keys.facts_of(folder)
    _refuse(articles, lambda article: keys.well_tagged(article, allowed=STANDOFF_TAGS))
    _refuse(articles, lambda article: keys.well_sourced(article, facts))
    return _texts(articles) | {
        "articles.csv": _table(articles, keys.attributes, ["article_id", "frame", "genre"]),
        "sources.csv": _table(articles, keys.sources, ["article_id", "start", "end", "n", "facts"]),
        "truth/facts.csv": _table(articles, lambda article: keys.told(article, facts), keys.FACT_COLUMNS),
    }


def harbour(folder: Path) -> dict[str, bytes]:
    """Give the texts of `harbour` and what was planted with tags and attributes: every quotation, the marks that nobody
    said, which articles are one story, which tell one event apart, and how the first two papers' were dealt."""
    articles = _articles(folder)
    _refuse(articles, lambda article: keys.well_tagged(article, allowed=HARBOUR_TAGS))
    _refuse(articles, keys.well_attributed)
    _refuse(articles, lambda article: keys.well_copied(article, {other.id for other in articles}))
    own = dict.fromkeys(name for article in articles for row in keys.attributes(article) for name in row)
    return _texts(articles) | {
        "truth/articles.csv": _table(articles, keys.attributes, list(own)),
        "truth/copies.csv": _table(articles, keys.copies, ["article_id", "story", "kind", "original"]),
        "truth/deal.csv": _table(articles, keys.dealt, ["article_id", "paper"]),
        "truth/quotes.csv": _table(articles, keys.quotes, keys.QUOTE_COLUMNS),
        "truth/same_event.csv": _table(articles, keys.same_event, ["group", "event", "article_id", "story"]),
        "truth/scare.csv": _table(articles, keys.scare, ["article_id", "start", "end"]),
    }


COMPILERS: dict[str, Callable[[Path], dict[str, bytes]]] = {"standoff": standoff, "harbour": harbour}


def _articles(folder: Path) -> list[Article]:
    """Give the articles of a corpus by id. Raises SourceError if there are none, or one cannot be read."""
    articles = [read(path) for path in sorted((folder / "source").glob("*.xml"))]
    if not articles:
        raise SourceError(f"there is no source in {folder / 'source'}: one .xml file an article is wanted")
    return articles


def _refuse(articles: Sequence[Article], rule: Callable[[Article], Iterator[str]]) -> None:
    """Raise SourceError with every complaint that a rule has about any of the articles."""
    if found := [f"{Path(article.id).stem}.xml: {said}" for article in articles for said in rule(article)]:
        raise SourceError("\n".join(found))


def _texts(articles: Sequence[Article]) -> dict[str, bytes]:
    return {f"texts/{article.id}": article.raw.encode(article.encoding) for article in articles}


def _table(articles: Sequence[Article], rows: Callable[[Article], Iterator[keys.Row]], columns: list[str]) -> bytes:
    """Give a table of the key as CSV: UTF-8, line feeds, what is missing left empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for article in articles for row in rows(article))
    return text.getvalue().encode()


def write(folder: Path, files: dict[str, bytes]) -> list[str]:
    """Write each file whole below a corpus' folder, take away texts that have no source now; give what changed."""
    changed = [name for name, content in files.items() if write_whole(folder / name, content)]
    for path in (folder / "texts").glob("*.txt"):
        if (name := f"texts/{path.name}") not in files:
            path.unlink()
            changed.append(name)
    return changed


def main(arguments: Sequence[str] = (), *, corpora: Path = CORPORA) -> int:
    """Compile the corpora named, or all; give the exit code, 1 where a source is wrong."""
    if unknown := set(arguments) - set(COMPILERS):
        print(f"no corpus of ours is called {', '.join(sorted(unknown))}; there are {', '.join(COMPILERS)}")
        return 1
    for name in arguments or COMPILERS:
        try:
            changed = write(corpora / name, COMPILERS[name](corpora / name))
        except SourceError as error:
            print(f"{name} was not compiled:\n{error}")
            return 1
        print(f"{name}: {len(changed)} files changed" + "".join(f"\n  {path}" for path in changed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
