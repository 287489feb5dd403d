"""The quotations of `harbour`, found and planted, counted a second time in plain Python, quotation by quotation."""

import csv
import re
from collections import Counter
from functools import cache

from recounts.addresses import WORD
from utils import cues, load
from utils.corpus.corpus import FOLDER

Quotation = dict[str, object]
COUNTED = {"direct", "partial"}  # what a balance counts as quotation


@cache
def found() -> list[Quotation]:
    """Give the quotations of the layer that lie in a paragraph of a body and are not loose, with all that a table can
    ask of them."""
    rows = load("harbour").quotes.astype(object).where(load("harbour").quotes.notna(), None).to_dict("records")
    rows = [row for row in rows if row["kind"] != "loose"]
    return _told([row for row in rows if any(_within(row, piece) for piece in bodies()[row["article_id"]])])


@cache
def planted() -> list[Quotation]:
    """Give the quotations of the key in the same way."""
    numbers = ["start", "end", "speaker_start", "speaker_end"]
    rows = [row | {name: int(row[name]) for name in numbers} for row in _table("quotes")]
    return _told([row | {name: row[name] == "True" for name in ("named", "nested")} for row in rows])


def balanced(rows: list[Quotation], **labels: object) -> dict[str, int]:
    """Give what a balance holds of the quotations that have these labels."""
    own = [row for row in rows if all(str(row[name]) == str(value) for name, value in labels.items())]
    indirect = sum(row["indirect"] for row in own)
    return counts([row for row in own if row["kind"] in COUNTED]) | {"n_indirect": indirect}


def taken(kind: str) -> int:
    """Give how many words of the layer's quotations, loose ones too, are of a kind, or of some person and not loose."""
    rows = load("harbour").quotes.astype(object).where(load("harbour").quotes.notna(), None).to_dict("records")
    own = [
        row
        for row in _told(rows)
        if row["kind"] == kind or kind == "person" and row["person"] and row["kind"] != "loose"
    ]
    return sum(row["words"] + row["indirect"] for row in own)


@cache
def naming() -> dict[str, set[str]]:
    """Give the articles whose body has a form of the name of each person or body, of several the longest."""
    whose = {form: row.person for row in load("harbour").persons.itertuples() for form in row.forms.split("; ")}
    ways = "|".join(map(re.escape, sorted(whose, key=len, reverse=True)))
    held = {name: set() for name in whose.values()}
    for name, raw in load("harbour").articles["raw"].items():
        for start, end in bodies()[name]:
            for form in re.findall(rf"\b(?:{ways})\b", raw[start:end]):
                held[whose[form]].add(name)
    return held


@cache
def bodies() -> dict[str, list[tuple[int, int]]]:
    """Give the places of the paragraphs of each body."""
    held = {name: [] for name in load("harbour").articles.index}
    for row in load("harbour").segments.itertuples():
        if row.kind == "body":
            held[row.article_id].append((row.start, row.end))
    return held


@cache
def words() -> dict[str, list[tuple[int, int]]]:
    """Give the places of the words in each body, a final 's by itself."""
    held = {}
    for name, raw in load("harbour").articles["raw"].items():
        places = [(start + m.start(), start + m.end()) for start, end in bodies()[name] for m in _all(raw[start:end])]
        parted = [[(a, b - 2), (b - 2, b)] if raw[a:b].replace("’", "'").endswith("'s") else [(a, b)]
                  for a, b in places]  # fmt: skip
        held[name] = [place for parts in parted for place in parts]
    return held


@cache
def outlets() -> dict[str, str]:
    names = {"A": "The Varnhithe Plumbline", "B": "The Ullet Hourglass", "C": "The Low Coast Signalman"}
    unsigned = "054.txt"  # cut off before the line that names its paper
    return {row["article_id"]: names[row["paper"]] for row in _table("articles")} | {unsigned: "unknown outlet"}


def counts(rows: list[Quotation], **labels: object) -> dict[str, int]:
    """Give every count that a table may hold, of the quotations that have these labels."""
    own = [row for row in rows if all(str(row[name]) == str(value) for name, value in labels.items())]
    sums = {f"n_{name}": sum(row[name] for row in own) for name in ("words", "first", "last")}
    return sums | {"count": len(own), "n_quotes": len(own), "n_articles": len({row["article_id"] for row in own})}


@cache
def judged() -> list[Quotation]:
    """Give each direct quotation of the layer or the key, with its verdict, whom it went to and who was meant."""
    keyed = [row for row in planted() if row["kind"] == "direct" and not row["nested"]]
    wide = [row for row in found() if row["kind"] == "direct" and not any(_inside(row, one) for one in found())]
    rows, met = [], []
    for row in wide:
        same = [one for one in keyed if one["article_id"] == row["article_id"] and _alike(row, one, "start", "end", 4)]
        if not same:
            rows.append(row | {"verdict": "no such quotation", "meant": None})
            continue
        met += same
        right = row["speaker_start"] is not None and _alike(row, same[0], "speaker_start", "speaker_end", 1)
        meant = same[0]["speaker"] if same[0]["named"] else None
        rows.append(row | {"verdict": "right" if right else "other speaker", "meant": meant})
    missed = [one for one in keyed if not any(one is other for other in met)]
    rows += [one | {"verdict": "missed", "meant": None, "speaker": None} for one in missed]
    return [row | {"given_to": row["speaker"] or "nobody"} for row in rows]


def measures() -> dict[str, dict[str, int]]:
    """Give what each measure counts as right, and of how many."""
    n = Counter(row["verdict"] for row in judged())
    hit, named = n["right"] + n["other speaker"], [row for row in judged() if row["meant"]]
    pairs = {
        "precision": (hit, hit + n["no such quotation"]), "recall": (hit, hit + n["missed"]),
        "F1": (2 * hit, 2 * hit + n["no such quotation"] + n["missed"]), "speaker": (n["right"], hit),
        "name": (sum(row["speaker"] == row["meant"] for row in named), len(named)),
    }  # fmt: skip
    return {name: {"n_right": right, "n_of": of} for name, (right, of) in pairs.items()}


def _told(rows: list[Quotation]) -> list[Quotation]:
    """Give the rows with their words (those in a quotation inside another are the inner one's), ends and verbs."""
    rows = sorted(rows, key=lambda row: (row["article_id"], row["start"], -row["end"]))
    for row in rows:
        verb = cues.lemma(row["cue"]) if row["cue"] else None
        sort = "plain" if verb in cues.NEUTRAL else "loaded" if verb in cues.LOADED else "other" if verb else "no cue"
        part = "unknown" if row["speaker"] is None else "named" if row["named"] else "unnamed"
        row.update(
            words=0, indirect=0, first=0, last=0, verb=verb, sort=sort, part=part, outlet=outlets()[row["article_id"]]
        )
    for name, places in words().items():
        own = [row for row in rows if row["article_id"] == name]
        for place in places:
            holding = [row for row in own if row["start"] <= place[0] and place[1] <= row["end"]]
            if holding:
                holding[-1]["words" if holding[-1]["kind"] in COUNTED else "indirect"] += 1
        speaking = [row for row in own if row["speaker"] and row["kind"] in COUNTED]
        if speaking:
            speaking[0]["first"] = speaking[-1]["last"] = 1
    return rows


def _all(text: str):
    return WORD.finditer(text)


def _within(row: Quotation, piece: tuple[int, int]) -> bool:
    return piece[0] <= row["start"] and row["end"] <= piece[1]


def _inside(row: Quotation, other: Quotation) -> bool:
    wider = other["end"] - other["start"] > row["end"] - row["start"]
    return wider and row["article_id"] == other["article_id"] and _within(row, (other["start"], other["end"]))


def _alike(one: Quotation, other: Quotation, start: str, end: str, times: int) -> bool:
    """Say whether what two stretches share is at least so many times what only one of them has."""
    a, b = (set(range(int(row[start]), int(row[end]))) for row in (one, other))
    return bool(a & b) and len(a & b) >= times * len(a ^ b)


def _table(name: str) -> list[dict[str, str]]:
    with (FOLDER / "harbour" / "truth" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
