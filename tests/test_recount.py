"""Every count in every table of the kept notebooks, counted again from the raw texts by other means."""

import ast
import fnmatch
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import recounting_papers as papers
import recounting_quotes as voices
from recounting import Tables, addresses, count, entries, furniture, sentences

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
NAMES = [
    "01-read-the-corpus",
    "02-follow-a-word",
    "03-hear-the-voices",
    "04-find-the-copies",
    "05-score-the-tone",
    "08-count-terms",
    "10-compare-the-parts",
]
COUNTS = set(
    "count n_articles n_hit n_documents n_tokens n_scored n_sentences articles words terms characters "
    "count_target count_reference n_quotes n_words n_first n_last n_right n_of n_stories n_with "
    "n_words_planted n_words_found n_articles_planted n_articles_found".split()
) | {"n_published", "n_outlets", "n_once", "difference", "shared", "shingles", "in the full one"}
Row = dict[str, str]
Counts = dict[str, int]


def opened(name: str) -> dict:
    return json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))


def parameters(notebook: dict) -> dict:
    cell = next(cell for cell in notebook["cells"] if "parameters" in cell["metadata"].get("tags", []))
    return {node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse("".join(cell["source"])).body}


def tables(cell: dict) -> Iterator[tuple[list[str], list[Row]]]:
    """Give every table that a cell shows with a count in it: its column names, and its rows as text."""
    for output in cell.get("outputs", []):
        for table in Tables("".join(output.get("data", {}).get("text/html", ""))).tables:
            rows = [row for row in table if row]
            header = _header(rows)
            if COUNTS & set(header) and header[0] != "words":
                body = [
                    row[-len(header) :]
                    for row in rows[1:]
                    if len(row) >= len(header) and row[:2] != header[:2] and any(row[1:])
                ]
                yield header, [dict(zip(header, row, strict=True)) for row in body]


def _header(rows: list[list[str]]) -> list[str]:
    """Give the column names; a pandas table with a named index has its names in a row of its own."""
    if len(rows) < 2:
        return []
    index = list(itertools.takewhile(bool, rows[1]))
    if rows[0][0] == "" and index and not any(rows[1][len(index) :]) and len(index) < len(rows[1]):
        return [*index, *rows[0][len(index) :]]
    return [name for name in rows[0] if name]


def number(text: str) -> float:
    return float(text.replace(",", ""))


def between(low: int, high: int) -> list[str]:
    return [name for name, held in addresses().items() if low <= held["year"] < high]


def both(term: str, ids: list[str] | None = None) -> Counts:
    return dict(zip(("count", "n_articles"), count([term], ids), strict=True))


def words_in(ids: list[str]) -> int:
    return sum(addresses()[name]["counts"].total() for name in ids)


def toned(ids: list[str]) -> Counts:
    found = [scored for name in ids for scored in entries()[name]]
    return {
        "count": sum(map(len, found)),
        "n_scored": sum(map(bool, found)),
        "n_sentences": sum(len(sentences()[name]) for name in ids),
        "n_articles": len(ids),
    }


def entry(name: str, ids: list[str]) -> Counts:
    each = [Counter(one for found in entries()[article] for one in found)[name] for article in ids]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}


def neighbours(word: str) -> tuple[list[str], list[str]]:
    """Give the addresses that have a word, and those within two places of them that do not."""
    names = sorted(addresses(), key=lambda name: addresses()[name]["date"])
    named = [bool(count([word], [name])[0]) for name in names]
    near = [any(named[max(n - 2, 0) : n + 3]) for n in range(len(names))]
    return (
        [name for name, has in zip(names, named, strict=True) if has],
        [name for name, has, is_near in zip(names, named, near, strict=True) if is_near and not has],
    )


def by_title(title: str) -> list[str]:
    return [name for name, held in addresses().items() if held["title"] == title]


def in_corpus(values: dict) -> dict[str, Callable[[Row], Counts]]:
    """Count again for 01: by president, and by paragraph."""

    def president(row: Row) -> Counts:
        ids = [name for name, held in addresses().items() if held["president"] == row["president"]]
        return {"articles": len(ids), "words": words_in(ids)}

    def paragraph(row: Row) -> Counts:
        n = [held["paragraphs"].count(row["paragraph"]) for held in addresses().values()]
        return {"count": sum(n), "n_articles": sum(one > 0 for one in n)}

    def rule(row: Row) -> Counts:
        if "count" not in row:  # the receipt of the four invented files
            return {"n_articles": 4, "characters": FOUR[row["rule"]]}
        found = [stretches[row["rule"]] for stretches in furniture().values() if stretches[row["rule"]]]
        every = [stretch for stretches in found for stretch in stretches]
        return {"count": len(every), "n_articles": len(found), "characters": sum(map(len, every))}

    def encoding(row: Row) -> Counts:
        return {"articles": {"utf-8": len(addresses())}[row["encoding"]]}

    return {"rule": rule, "president": president, "paragraph": paragraph, "encoding": encoding}


def in_voices(values: dict) -> dict[str, Callable[[Row], Counts]]:
    """Count again for 03: quotations by what they are and whose, their words, and what the key says of them."""

    def said(row: Row) -> Counts:
        labels = {name: value for name, value in row.items() if name not in COUNTS | {"share"}}
        if "verb" in row:  # of the loaded ones
            labels |= {"sort": "loaded", "speaker": None if row["speaker"] == "nobody found" else row["speaker"]}
        elif set(row) == {"speaker", "count", "n_articles"}:
            labels["part"] = "unnamed"
        return voices.counts(voices.found(), **labels)

    def speaker(row: Row) -> Counts:
        if "n_words_planted" not in row:
            return said(row)
        ways = {"planted": voices.planted(), "found": voices.found()}
        held = {way: voices.counts(rows, speaker=row["speaker"]) for way, rows in ways.items()}
        return {f"{name}_{way}": held[way][name] for name in ("n_words", "n_articles") for way in ways}

    def part(row: Row) -> Counts:
        if row["part"] != "outside":
            return voices.counts(voices.found(), part=row["part"])
        everything = sum(map(len, voices.words().values()))
        return {"n_quotes": 0, "n_words": everything - voices.counts(voices.found())["n_words"]}

    def outlet(row: Row) -> Counts:
        return said(row) if "speaker" in row else voices.room(row["outlet"], values["VOICE"])

    def verdict(row: Row) -> Counts:
        labels = {name: value for name, value in row.items() if name not in COUNTS}
        return voices.counts(voices.judged(), **labels)

    return {
        "measure": lambda row: voices.measures()[row["measure"]],
        "verdict": verdict, "meant": verdict, "part": part, "outlet": outlet, "speaker": speaker,
        "kind": said, "rule": said, "sort": said,
    }  # fmt: skip


def in_tone(values: dict) -> dict[str, Callable[[Row], Counts]]:
    """Count again for 05: the corpus, its decades, its lowest address and the entries scored in them."""
    lowest: list[str] = []

    def title(row: Row) -> Counts:
        ids = by_title(row["title"])
        lowest.append(ids[0])
        return toned(ids)

    def decade(row: Row) -> Counts:
        first = int(row["period"][:4])
        return toned(between(first, first + 10))

    def scored(row: Row) -> Counts:
        return entry(row["entry"], [lowest[0]] if lowest else list(addresses()))

    def pasted(row: Row) -> Counts:
        return {"count": {"The new": 2, "The old": 2, "The cou": 2, "Crisis,": 0}[row["sentence"][:7]]}

    return {
        "sentence": pasted,
        "entry": scored,
        "title": title,
        "period": decade,
        "tone": lambda row: toned(list(addresses())),
    }


def in_terms(values: dict) -> dict[str, Callable[[Row], Counts]]:
    """Count again for 08: terms, kinds of stop words, groups, decades, and the terms of one address."""

    def kind(row: Row) -> Counts:
        from utils.measures.terms.stopwords import ENGLISH

        found = [word for word in ENGLISH[row["kind"]] if count([word])[0]]
        return {"terms": len(found), "count": count(found)[0]}

    def group(row: Row) -> Counts:
        if "term" in row:
            return both(row["term"])
        vocabulary = {term for held in addresses().values() for term in held["counts"]}
        members = {term for asked in values["GROUPS"][row["group"]] for term in fnmatch.filter(vocabulary, asked)}
        return dict(zip(("count", "n_articles"), count(members), strict=True))

    def period(row: Row) -> Counts:
        ids = between(int(row["period"][:4]), int(row["period"][:4]) + 10)
        n, n_hit = count([values["OVER_TIME"][0].lower()], ids)
        return {"count": n, "n_hit": n_hit, "n_articles": len(ids)}

    def weight(row: Row) -> Counts:
        n_documents = count([row["term"]])[1]
        return {"count": count([row["term"]], [row["article_id"]])[0], "n_documents": n_documents}

    def term(row: Row) -> Counts:
        return both(row["term"]) | {"n_tokens": words_in(list(addresses()))}

    return {"kind": kind, "group": group, "period": period, "article_id": weight, "term": term}


def in_parts(values: dict) -> dict[str, Callable[[Row], Counts]]:
    """Count again for 10: before and after the year, and beside the word once its first row has come."""
    sides = between(values["SPLIT"] + 1, 9999), between(0, values["SPLIT"] + 1)

    def parts(row: Row) -> Counts:
        wanted = sides if "beside" not in values else neighbours(values["WORD"].lower())
        if "side" in row:
            return both(row["term"], wanted[row["side"] == "reference"])
        return {f"count_{side}": count([row["term"]], ids)[0] for side, ids in zip(SIDES, wanted, strict=True)}

    return {
        "article_id": lambda row: {"count": count([row["term"]], [row["article_id"]])[0]},
        "term": parts,
    }


SIDES = ["target", "reference"]
FOUR = {  # characters, counted by hand in what 01 writes into its four files
    "first line": 4 * 27,
    "date line": 4 * 10,
    "paragraph": 36 + 60 + 46 + 51,
    "yours: Write to our harbour desk.": 4 * 26,
    "rights line": 4 * 21,
}
COUNTERS = [in_corpus, papers.in_words, in_voices, papers.in_copies, in_tone, in_terms, in_parts]
WAYS = dict(zip(NAMES, COUNTERS, strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_every_count_in_every_table_is_counted_again(name):
    """A table is known by its first column that has a way to be counted; one without any is a failure."""
    notebook = opened(name)
    values = parameters(notebook)
    ways, n_checked = WAYS[name](values), 0
    for cell in notebook["cells"]:
        values["source"] = "".join(cell["source"])
        if "What else is said where" in values["source"]:
            values["beside"] = True
        for header, rows in tables(cell):
            way = next((ways[column] for column in ways if column in header), None)
            assert way is not None and rows, f"{cell['id']}: a table of {header} that nothing counts again"
            for row in rows:
                again = way(row)
                for column in COUNTS & set(header):
                    assert number(row[column]) == again[column], f"{cell['id']}, {column}: {row}"
                    n_checked += 1
    assert n_checked >= 20
