"""Two versions of a story side by side: what is the same, what was cut, added or changed."""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from html import escape
from typing import NamedTuple

import numpy as np
import pandas as pd
from IPython.display import HTML

from utils import passages
from utils.corpus.corpus import Corpus
from utils.passages import html

ALIKE = 0.5  # sentences with this share of words in common are versions of one another
LONGEST = 1000  # words of a sentence up to which difflib may take its time
MARKS = {"cut": ("#F6DCEB", "dotted"), "added": ("#D5F0E3", "solid"), "changed": ("#FFE9A8", "dashed")}
CELL = "width:50%;padding:0.3em 0.8em;text-align:left;vertical-align:top;white-space:normal"
KINDS = {"equal": "same", "delete": "cut", "insert": "added", "replace": "changed"}
COLUMNS = ["line", "kind", "start", "end", "n_words", "other_start", "other_end", "other_n_words"]

Span = tuple[int, int]


class Sentence(NamedTuple):
    """A sentence of a body: its paragraph, its terms, and the stretch of each, which together cover it."""

    paragraph: int
    terms: tuple[str, ...]
    stretches: tuple[Span, ...]

    def between(self, first: int, last: int) -> Span:
        """Give start and end of the words from first up to last; an empty stretch at its place if none."""
        if first < last:
            return self.stretches[first][0], self.stretches[last - 1][1]
        place = self.stretches[first][0] if first < len(self.stretches) else self.stretches[-1][1]
        return place, place

    @property
    def whole(self) -> Span:
        """Start and end of the sentence."""
        return self.stretches[0][0], self.stretches[-1][1]


def differences(news: Corpus, one: str, other: str) -> pd.DataFrame:
    """Give what the bodies of two articles have in common, and what was cut, added or changed between them.

    Sentences are matched first (difflib), those left over are paired by the words they have in common, and
    inside a pair the words are matched. Words are compared by their terms: a capital, a quotation mark or a
    comma changed is no change. A sentence moved elsewhere is cut in one place and added in another.

    Parameters
        one, other: article_ids, the fuller version first: what only it has was "cut".
    Returns one row a piece, in order; each word of either body lies in exactly one piece:
        line                              int from 0: pieces that stand beside each other, at most a paragraph
        kind                              str: same, cut, added, changed
        article_id, start, end            the piece in one, code points in raw; empty, at its place, if added
        n_words                           int, its words, 0 if added
        other_id, other_start, other_end, other_n_words        the piece in the other; empty if cut
    Raises CorpusError (a ValueError) if there is no such article.
    """
    part = news.select([one, other])
    a, b = _sentences(part, one), _sentences(part, other)
    rows: list[tuple] = []
    before = None
    for i, j, both in _lines(a, b):
        pieces = _pieces(a, b, i, j, both)
        here = None if len(pieces) > 1 else _whereabouts(a, b, i, j, pieces[0][0])
        if here is not None and here == before:
            rows[-1] = _joined(rows[-1], pieces[0])
        else:
            line = rows[-1][0] + 1 if rows else 0
            rows += [(line, *piece) for piece in pieces]
        before = here
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"kind": "str"} | dict.fromkeys(COLUMNS[2:], "int64"))
    table.insert(2, "article_id", pd.Series(one, table.index, dtype="str"))
    table.insert(6, "other_id", pd.Series(other, table.index, dtype="str"))
    return table


def _sentences(news: Corpus, article: str) -> list[Sentence]:
    """Give the sentences of an article's body in order."""
    raw, body, words = news.articles.at[article, "raw"], news.body, news.tokens
    words = words[words["article_id"] == article]
    own = dict(iter(words.groupby("sentence")))
    found = []
    for row in passages.inside(news.sentences, body[body["article_id"] == article]).itertuples():
        inner = own.get(row.n, words.iloc[:0])
        gaps = [_cut(raw, *gap) for gap in zip(inner["end"].iloc[:-1], inner["start"].iloc[1:], strict=True)]
        starts, ends = [row.start, *(right for _, right in gaps)], [*(left for left, _ in gaps), row.end]
        found.append(Sentence(row.outer, tuple(inner["term"]), tuple(zip(starts, ends, strict=True))))
    return found


def _cut(raw: str, end: int, start: int) -> Span:
    """Give where one word's stretch ends and the next one's starts: about the white space between, if any."""
    white = re.search(r"\s+", raw[end:start])
    return (end + white.start(), end + white.end()) if white else (start, start)


def _lines(a: list[Sentence], b: list[Sentence]) -> Iterator[tuple[int, int, str]]:
    """Give the places in both of each sentence, in order, with whether it is in "both", "one" or the "other".

    Where it is in one alone, the place in the other is that of the sentence that follows.
    """
    matched = SequenceMatcher(None, [s.terms for s in a], [s.terms for s in b], autojunk=False)
    for kind, i, last_i, j, last_j in matched.get_opcodes():
        if kind == "equal":
            pairs = list(zip(range(i, last_i), range(j, last_j), strict=True))
        else:
            pairs = _pairs(a, b, i, last_i, j, last_j)
        for next_i, next_j in [*pairs, (last_i, last_j)]:
            yield from ((k, j, "one") for k in range(i, next_i))
            yield from ((next_i, k, "other") for k in range(j, next_j))
            if next_i < last_i and next_j < last_j:
                yield next_i, next_j, "both"
            i, j = next_i + 1, next_j + 1


def _pairs(a: list[Sentence], b: list[Sentence], i: int, last_i: int, j: int, last_j: int) -> list[Span]:
    """Give the sentences that are versions of one another: the most alike first, none crossing another."""
    alike = _alikeness(a[i:last_i], b[j:last_j])
    rows, columns = np.nonzero(alike >= ALIKE)
    taken: list[Span] = []
    for place in np.lexsort((columns, rows, -alike[rows, columns])):
        pair = (i + int(rows[place]), j + int(columns[place]))
        at = bisect(taken, pair)
        after = at == 0 or (taken[at - 1][0] < pair[0] and taken[at - 1][1] < pair[1])
        if after and (at == len(taken) or (taken[at][0] > pair[0] and taken[at][1] > pair[1])):
            taken.insert(at, pair)
    return taken


def _alikeness(a: list[Sentence], b: list[Sentence]) -> np.ndarray:
    """Give the share of distinct words that each two sentences have in common (Dice's coefficient), 0-1."""
    column: dict[str, int] = {}
    for sentence in (*a, *b):
        for term in sentence.terms:
            column.setdefault(term, len(column))
    held = np.zeros((len(a) + len(b), len(column)), dtype=np.float32)
    for row, sentence in enumerate((*a, *b)):
        held[row, [column[term] for term in sentence.terms]] = 1
    sizes = held.sum(axis=1)
    both = sizes[: len(a), None] + sizes[None, len(a) :]
    return 2 * (held[: len(a)] @ held[len(a) :].T) / np.maximum(both, 1)


def _pieces(a: list[Sentence], b: list[Sentence], i: int, j: int, both: str) -> list[tuple]:
    """Give the pieces of a line: a whole sentence, or the words of two versions of one that differ."""
    if both == "one":
        return [("cut", *a[i].whole, len(a[i].terms), *_before(b, j), 0)]
    if both == "other":
        return [("added", *_before(a, i), 0, *b[j].whole, len(b[j].terms))]
    one, other = a[i], b[j]
    if one.terms == other.terms:
        return [("same", *one.whole, len(one.terms), *other.whole, len(other.terms))]
    long = max(len(one.terms), len(other.terms)) > LONGEST
    matched = SequenceMatcher(None, one.terms, other.terms, autojunk=long)
    return [
        (KINDS[kind], *one.between(p, q), q - p, *other.between(r, s), s - r)
        for kind, p, q, r, s in matched.get_opcodes()
    ]


def _before(sentences: list[Sentence], place: int) -> Span:
    """Give the empty stretch before a sentence, or after the last."""
    if not sentences:
        return 0, 0
    at = sentences[place].whole[0] if place < len(sentences) else sentences[-1].whole[1]
    return at, at


def _whereabouts(a: list[Sentence], b: list[Sentence], i: int, j: int, kind: str) -> tuple:
    """Give the kind of a whole sentence and the paragraphs it stands in."""
    return kind, kind != "added" and a[i].paragraph, kind != "cut" and b[j].paragraph


def _joined(row: tuple, piece: tuple) -> tuple:
    """Give a row and the sentence that follows it in the same paragraph as one row."""
    line, kind, start, _, n_words, other_start, _, other_n_words = row
    return line, kind, start, piece[2], n_words + piece[3], other_start, piece[5], other_n_words + piece[6]


def side_by_side(news: Corpus, one: str, other: str) -> HTML:
    """Give the bodies of two articles side by side, what was cut, added and changed marked, as HTML.

    Long stretches that are the same are shortened in their middle; `passages.read` shows an article whole.

    one, other: article_ids, the fuller version first. Raises CorpusError (a ValueError) if one is unknown.
    """
    pieces = differences(news, one, other)
    raws = [news.articles.at[name, "raw"] for name in (one, other)]
    rows = []
    for _, line in pieces.groupby("line"):
        kinds = line["kind"].tolist()
        left = _told(raws[0], zip(kinds, line["start"], line["end"], strict=True))
        right = _told(raws[1], zip(kinds, line["other_start"], line["other_end"], strict=True))
        rows.append(f'<tr style="background-color:transparent">{_cell(left)}{_cell(right)}</tr>')
    titles = [html.heading(news, name) for name in (one, other)]
    heads = "".join(f'<th scope="col" style="{CELL}">{title}</th>' for title in titles)
    return html.shown(
        f'<table style="width:100%;table-layout:fixed;border-collapse:collapse;font-size:100%"><thead>'
        f'<tr style="border-bottom:2px solid #555">{heads}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
        f'<p style="{html.QUIET}">{_summary(pieces)}</p>'
    )


def _told(raw: str, pieces: Iterable[tuple[str, int, int]]) -> str:
    """Give one side of a line, escaped, its pieces marked by kind."""
    told, before = [], None
    for kind, start, end in pieces:
        if start == end:
            continue
        if before is not None and before < start:
            told.append(" ")
        if kind in MARKS:
            tint, under = MARKS[kind]
            told.append(html.mark(raw[start:end], tint, line=under, label=kind))
        else:
            told.append(escape(html.shortened(raw[start:end])))
        before = end
    return "".join(told)


def _cell(content: str) -> str:
    return f'<td style="{CELL}">{content}</td>'


def _summary(pieces: pd.DataFrame) -> str:
    """Give the marks and the words of each kind in a line."""
    words = pieces.groupby("kind")[["n_words", "other_n_words"]].sum().reindex(KINDS.values(), fill_value=0)
    n, other_n = words["n_words"], words["other_n_words"]
    said = {
        "cut": f"{n['cut']:,} words",
        "added": f"{other_n['added']:,} words",
        "changed": f"{n['changed']:,} words to {other_n['changed']:,}",
    }
    parts = [f"{html.mark(kind, tint, line=under)} {said[kind]}" for kind, (tint, under) in MARKS.items()]
    return f"{n.sum():,} words and {other_n.sum():,}: the same {n['same']:,}, {', '.join(parts)}"
