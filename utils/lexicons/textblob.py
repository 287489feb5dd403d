"""TextBlob's lexicon: the scored words that its rules (`textblob_rules`) find in a text, found in many texts at once.

Characters without a blank between them are read the same wherever they stand. So texts are cut at blanks all together,
and each such run is looked up. Most do nothing, or make the rules forget what came before. A known word scores what
its entry says, unless the rules hold a word or a negation before it, or go on holding this one: only such stretches are
read word by word, and texts that hold a "!", which reaches back at any distance, or what may be an emoticon.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import progress
from utils.lexicons import FOUND, Lexicon, row_of
from utils.lexicons.textblob_rules import (
    BOOST,
    FORGOTTEN_OF,
    KNOWN,
    Rules,
    Token,
    modules,
    reader,
    rules,
    scored,
    tokens,
)

AT_ONCE = 2_000_000  # characters; what is held is some twenty times as many bytes
NOTHING, SHORT, FORGETS = range(3)  # what a run does that scores nothing, by its longest word; above: all others
SILENT = FORGOTTEN_OF[1:]  # what runs of these numbers hold
LAST = 0x3001  # the sign behind the last blank of Unicode
BLANK = np.array([chr(code).isspace() for code in range(LAST + 1)])


class _Runs(dict[str, int]):
    """What each run of characters does to the rules: one of the above, or the number of its tokens in `held`."""

    def __init__(self, own: Rules) -> None:
        self.rules = own
        self.held: list[tuple[Token, ...]] = [*SILENT]

    def __missing__(self, run: str) -> int:
        found = tokens(run, self.rules)
        if found in SILENT:
            self[run] = SILENT.index(found)
        else:
            self[run] = len(self.held)
            self.held.append(found)
        return self[run]

    def facts(self) -> dict[str, np.ndarray]:
        """Give of the tokens under each number: is it one known word, one that waits for no other, is there a "!" in
        it, and of its first token the scores, the place and the word."""
        rows = [
            (
                len(found) == 1 and found[0].kind == KNOWN,
                len(found) == 1 and found[0].kind == KNOWN and not found[0].entry.waits,
                any(token.kind == BOOST for token in found),
                *found[0].entry[:2],
                *found[0][2:4],
                found[0].word,
            )
            for found in self.held[1:]
        ]
        names = ("known", "alone", "boosts", "polarity", "subjectivity", "start", "end", "word")
        columns = zip(*rows[:1], *rows, strict=True)  # the first, which is nothing, is as the second
        return dict(zip(names, map(np.array, columns), strict=True))


class _Row(NamedTuple):
    """Texts one behind the other, with a line break between them."""

    whole: str
    begins: np.ndarray  # where each begins
    signs: np.ndarray  # its characters by number, those behind the last blank as one
    solid: np.ndarray  # whether each is no blank

    def text_at(self, places: np.ndarray) -> np.ndarray:
        """Give the number of the text at each place."""
        return np.searchsorted(self.begins, places, side="right") - 1


class _Busy(NamedTuple):
    """The runs of a batch that the rules stop at."""

    text: np.ndarray  # the number of each one's text
    at: np.ndarray  # where it begins in that
    does: np.ndarray  # the number of its tokens
    between: np.ndarray  # the most that a run does between it and the one before it


@cache
def many() -> Callable[[Sequence[str]], pd.DataFrame]:
    """Give the function that finds the scored words of many texts, in their order: a table of FOUND."""
    runs = _Runs(rules())

    def found(texts: Sequence[str]) -> pd.DataFrame:
        parts = [*_batches(texts)]
        shown = progress.bar(parts, "scoring words", shown=len(parts) > 1)
        tables = [_batch(texts[first:last], first, runs) for first, last in shown]
        return pd.concat(tables or [pd.DataFrame(columns=FOUND)], ignore_index=True)

    return found


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Give from where to where texts are read at once."""
    first, size = 0, 0
    for last, text in enumerate(texts, start=1):
        size += len(text) + 1
        if size > AT_ONCE or last == len(texts):
            yield first, last
            first, size = last, 0


def _batch(texts: Sequence[str], number: int, runs: _Runs) -> pd.DataFrame:
    """Give the scored words of some texts, of which the first has that number."""
    row = _row_of("\n".join(texts), texts)
    busy = _busy(row, runs)
    facts = runs.facts()
    apart = np.zeros(len(texts), bool)
    apart[busy.text[facts["boosts"][busy.does]]] = True
    apart[_with_emoticons(texts, row, runs.rules)] = True
    goes_on = ~facts["alone"][busy.does][:-1] & (busy.between[1:] != FORGETS) & (np.diff(busy.text) == 0)
    stretch = np.cumsum(np.concatenate([[0], ~goes_on]))[: len(busy.text)]
    single = (np.bincount(stretch) == 1)[stretch] & facts["known"][busy.does]
    plain, rest = (np.flatnonzero(which & ~apart[busy.text]) for which in (single, ~single))
    rows = [*_read(busy, rest, stretch, runs), *_read_apart(texts, apart)]
    return _joined(_plain(busy, plain, facts), pd.DataFrame(rows, columns=["place", *FOUND]), number)


def _row_of(whole: str, texts: Sequence[str]) -> _Row:
    """Give texts that stand one behind the other in a whole."""
    signs = np.minimum(np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32), LAST)
    return _Row(whole, np.cumsum([0, *(len(text) + 1 for text in texts)]), signs, ~BLANK[signs])


def _busy(row: _Row, runs: _Runs) -> _Busy:
    """Give the runs that the rules stop at."""
    starts = np.flatnonzero(row.solid & ~np.concatenate([[False], row.solid[:-1]])[: len(row.solid)])
    does = np.fromiter(map(runs.__getitem__, row.whole.split()), np.int64, len(starts))
    busy = np.flatnonzero(does > FORGETS)
    between = np.zeros(len(busy), int)
    for what in (SHORT, FORGETS):
        so_far = np.cumsum(does == what)[busy]
        between[np.diff(so_far, prepend=0) > 0] = what
    text = row.text_at(starts[busy])
    return _Busy(text, starts[busy] - row.begins[text], does[busy], between)


def _with_emoticons(texts: Sequence[str], row: _Row, own: Rules) -> list[int]:
    """Give the texts that hold what may be an emoticon, in which blanks do not always part two runs.

    Each has two signs of one side by side, but for blanks and the word for an empty line.
    """
    begun, first, second = _pairs(own.faces)
    places = np.flatnonzero(begun[row.signs])
    solid = np.flatnonzero(row.solid)
    nexts = solid[np.minimum(np.searchsorted(solid, places, side="right"), len(solid) - 1)]
    at = places[(first[row.signs[places]] & second[row.signs[nexts]]) > 0]
    may = set(row.text_at(at).tolist())
    if own.ends_sentence in row.whole:
        may |= {number for number, text in enumerate(texts) if own.ends_sentence in text}
    return [text for text in sorted(may) if own.glued.search(texts[text])]


@cache
def _pairs(faces: frozenset[str]) -> tuple[np.ndarray, ...]:
    """Give for each sign whether a pair of an emoticon's signs begins with it, in which pairs it is the first, and in
    which the second, as bits; a single sign goes with any."""
    pairs: dict[str, set[int]] = {}
    for face in faces:
        odd = next((place for place, sign in enumerate(face[:-1]) if not sign.isalnum()), 0)
        nexts = {ord(face[odd + 1])} if len(face) > 1 else range(LAST + 1)
        pairs.setdefault(face[odd], set()).update(nexts)
    table = np.zeros((2, LAST + 1), np.int64)
    for bit, (sign, nexts) in enumerate(pairs.items()):
        table[0, ord(sign)] |= 1 << bit
        table[1, list(nexts)] |= 1 << bit
    return table[0] > 0, *table


def _plain(busy: _Busy, which: np.ndarray, facts: dict[str, np.ndarray]) -> pd.DataFrame:
    """Give what words score that are read by themselves."""
    at, own = busy.at[which], {name: column[busy.does[which]] for name, column in facts.items()}
    word = own["word"]
    values = [own["polarity"], own["subjectivity"], False, 1.0, word, word]
    place = [which, busy.text[which], at + own["start"], at + own["end"]]
    return pd.DataFrame(dict(zip(["place", *FOUND], [*place, *values], strict=True)))


def _read(busy: _Busy, which: np.ndarray, stretch: np.ndarray, runs: _Runs) -> Iterator[tuple]:
    """Give what words score that are read with those around them, a stretch at a time."""
    edges = [*np.flatnonzero(np.diff(stretch[which], prepend=-1)).tolist(), len(which)]
    places, texts = which.tolist(), busy.text[which].tolist()
    steps = list(zip(busy.at[which].tolist(), busy.does[which].tolist(), busy.between[which].tolist(), strict=True))
    for first, last in pairwise(edges):
        found = (
            (at, token) for at, does, before in steps[first:last] for token in (*runs.held[before], *runs.held[does])
        )
        for one in scored(found, runs.rules.turns):
            yield places[first], *row_of(texts[first], one)


def _read_apart(texts: Sequence[str], which: np.ndarray) -> Iterator[tuple]:
    """Give what words score in texts that are read by themselves."""
    read = reader()
    for text in np.flatnonzero(which).tolist():
        for place, one in enumerate(read(texts[text])):
            yield place, *row_of(text, one)


def _joined(plain: pd.DataFrame, rest: pd.DataFrame, number: int) -> pd.DataFrame:
    """Give the scored words of both tables in their order."""
    table = pd.concat([each for each in (plain, rest) if len(each)] or [plain], ignore_index=True)
    order = np.lexsort([table["place"].to_numpy(), table["unit"].to_numpy()])
    return table.iloc[order].assign(unit=table["unit"].iloc[order] + number)[FOUND]


__all__ = ["LEXICON", "many", "modules", "reader"]

LEXICON = Lexicon(reader, made_by=(__name__,), libraries=("textblob",), many=many)
