"""Where the words are: the word layer, found in the raw text and never altering it.

What counts as a word, in six rules:

1. A run of letters, digits and combining marks, so that a decomposed "Nicolás" is one word. Hyphens divide.
2. An apostrophe, straight or curly, before a letter holds a word together (don't, O'Brien);
   a final 's becomes a word of its own, so that "Maduro's" counts for Maduro.
3. A point or comma between two digits holds a number together (1,000.5).
4. A point between single letters holds an abbreviation together (U.S); signs that nobody sees hold too, and are no
   word alone.
5. An address, a @name, a #tag, letters with & between (AT&T), and a name with a number behind its hyphen (COVID-19) are
   one word each (`held`). Other hyphens divide: "post-war" is two words, and found whole as a phrase.
6. Acronyms that case alone tells from a word keep their capitals (US, WHO); "U.S." is US too (`acronyms`).
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import numpy as np
import pandas as pd
import pyarrow as pa

from utils.arguments import Refusal
from utils.layers import Layer, acronyms, held

LETTER, MARK, DIGIT, APOSTROPHE, POINT, COMMA, JOINER, AND, HYPHEN, SIGN, SLASH = range(1, 12)
APOSTROPHES = "'\u2018\u2019\u02bc\uff07"
JOINERS = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # nobody sees them; inside a word they hold it together
SELECTORS = [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]  # how the sign before is drawn
UNSEEN = dict.fromkeys([*map(ord, JOINERS), *SELECTORS])
STRAIGHT = str.maketrans(APOSTROPHES + held.HYPHENS, "'" * len(APOSTROPHES) + "-" * len(held.HYPHENS))
PLANES = (0, 1, 2, 3, 14)  # of Unicode; the others hold no letter, mark or digit, and will not soon
TAGGED = re.compile(r"([^\s_@#/]+)_([A-Z]+)")  # a word with its part of speech: strike_VERB
FINAL_S = re.compile(rf"[{APOSTROPHES}][sS](?!\S)")
BATCH = 2_000_000  # characters scanned at a time: bounds the memory


@cache
def _classes(last: int) -> np.ndarray:
    """Give each Unicode code point its class, a small integer; those behind a plane have none."""
    kinds = {"L": LETTER, "M": MARK, "N": DIGIT}
    table = np.zeros(sys.maxunicode + 1, dtype=np.uint8)
    for plane in (each for each in PLANES if each <= last):
        points = range(plane << 16, (plane + 1) << 16)
        table[points.start : points.stop] = [kinds.get(unicodedata.category(chr(point))[0], 0) for point in points]
    signs = (APOSTROPHES, ".", ",", JOINERS, "&", held.HYPHENS, "@#", "/")
    for characters, kind in zip(signs, range(APOSTROPHE, SLASH + 1), strict=True):
        table[[ord(character) for character in characters]] = kind
    table[SELECTORS] = JOINER
    return table


def _shifted(array: np.ndarray, by: int) -> np.ndarray:
    """Give the array moved by a place or two, False where nothing moves in."""
    moved = np.zeros_like(array)
    if by > 0:
        moved[by:] = array[:-by]
    else:
        moved[:by] = array[-by:]
    return moved


def _word_bounds(points: np.ndarray, text: str, letters: str = "") -> tuple[np.ndarray, np.ndarray]:
    """Give starts and ends of the words in a text and its code points, by the first five rules above."""
    kind = _classes(max(PLANES) if points.max(initial=0) >> 16 else 0)[points]  # most texts are of the first plane
    for letter in letters:
        kind[points == ord(letter)] = LETTER
    letter, digit, joiner = kind == LETTER, kind == DIGIT, kind == JOINER
    core = letter | (kind == MARK) | digit
    before, after = _shifted(core, 1), _shifted(core, -1)
    alone_before = before & ~_shifted(core, 2) & ~_shifted(digit, 1)
    alone_after = after & ~_shifted(core, -2) & ~_shifted(digit, -1)
    clitic = (kind == APOSTROPHE) & before & after & ~_shifted(digit, -1)
    point = kind == POINT
    number = (point | (kind == COMMA)) & _shifted(digit, 1) & _shifted(digit, -1)
    abbreviation = point & alone_before & alone_after
    inside = core | clitic | number | abbreviation | (joiner & before & after)
    signs, points_at = np.flatnonzero(kind >= AND), np.flatnonzero(point)
    for sign in _holding(kind, signs):
        inside[sign] = held.holds(text, sign)
    final_s = (points == ord("s")) | (points == ord("S"))
    possessive = clitic & _shifted(final_s & ~_shifted(inside, -1), -1)
    starts = inside & (~_shifted(inside, 1) | possessive)
    ends = inside & (~_shifted(inside, -1) | _shifted(possessive, -1))
    of_domains = points_at[before[points_at] & after[points_at] & ~inside[points_at]]
    given_away = signs[(kind[signs] == SIGN) | ((kind[signs] == SLASH) & (kind[signs - 1] == SLASH))]
    _hold_addresses(text, np.sort(np.concatenate([of_domains, given_away])), inside, starts, ends)
    return _seen(np.flatnonzero(starts), np.flatnonzero(ends) + 1, letter | digit)


def _holding(kind: np.ndarray, signs: np.ndarray) -> list[int]:
    """Give those signs that are an & between letters, or a hyphen between a letter and a digit."""
    signs = signs[(kind[signs] <= HYPHEN) & (signs > 0) & (signs < len(kind) - 1)]
    before, after = kind[signs - 1], kind[signs + 1]
    follows = np.where(kind[signs] == AND, LETTER, DIGIT)
    return signs[((before == LETTER) | (before == MARK)) & (after == follows)].tolist()


def _hold_addresses(text: str, signs: np.ndarray, inside: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> None:
    """Make one word of each address, in place: with the marks and joiners that go on behind it."""
    last = 0
    for start, end in held.addresses(text, signs.tolist()):
        if start < last:
            continue
        while end < len(inside) and inside[end] and not ends[end - 1]:
            end += 1
        starts[start:end] = ends[start:end] = False
        starts[start] = ends[end - 1] = True
        if start:
            ends[start - 1] = inside[start - 1]
        if end < len(inside):
            starts[end] = inside[end]
        last = end


def _seen(starts: np.ndarray, ends: np.ndarray, letters: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give starts and ends of those words that have a letter or digit: a mark alone is none."""
    before = np.concatenate([[0], np.cumsum(letters, dtype=np.int32)])
    kept = before[ends] > before[starts]
    return starts[kept], ends[kept]


def written(surface: str) -> str:
    """Give a surface form with its capitals, and in all else as `fold` has it: so are forms compared by their case."""
    plain = unicodedata.normalize("NFC", surface).translate(UNSEEN).translate(STRAIGHT)
    folded = plain.casefold()
    return plain if acronyms.undotted(folded) == folded else plain.replace(".", "")


def fold(surface: str) -> str:
    """Give the term of a surface form: NFC, case-folded but for acronyms, apostrophes and hyphens straightened, without
    signs that nobody sees and the full stops of abbreviations."""
    plain = unicodedata.normalize("NFC", surface).translate(UNSEEN)
    if plain in acronyms.ACRONYMS:
        return plain
    folded = unicodedata.normalize("NFC", plain.casefold())
    if not folded.isascii():
        folded = folded.translate(STRAIGHT)
    return acronyms.undotted(folded) if folded[1:2] == "." else folded


def surfaces_of(text: str, *, letters: str = "") -> list[str]:
    """Give the words of a short text as written, in order, counting the characters in `letters` as letters too."""
    own = FINAL_S.match(text)  # a term by rule 2, though by itself its letter alone would be one
    begin = own.end() if own else 0
    starts, ends = _word_bounds(_points(text), text, letters)
    found = [text[start:end] for start, end in zip(starts, ends, strict=True) if start >= begin]
    return [own[0], *found] if own else found


def terms_of(text: str, *, letters: str = "") -> list[str]:
    """Give the terms of a short text in order, counting the characters in `letters` as letters too."""
    points = _points(text)
    starts, ends = _word_bounds(points, text, letters)
    surfaces = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    terms = [fold(surface) for surface in surfaces]
    for place in acronyms.shouted(points, starts, ends, np.arange(len(surfaces)), surfaces):
        terms[place] = terms[place].casefold()
    return terms


def term_of(word: str) -> str:
    """Give the one term of a word. Raises ValueError where it is no word, or several: a phrase is for `terms.hits`."""
    if word in ("'s", "’s"):  # a term by rule 2, though by itself its letter alone would be one
        return "'s"
    if isinstance(word, str) and (tagged := TAGGED.fullmatch(word)):
        return f"{term_of(tagged[1])}_{tagged[2]}"
    found = terms_of(word) if isinstance(word, str) else []
    if len(found) != 1:
        raise Refusal(
            f"one word is wanted; {word!r} holds {len(found)} ({', '.join(found) or 'none'}). Phrases and "
            "words with 's are found with terms.hits"
        )
    return found[0]


def _points(text: str) -> np.ndarray:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _batches(raws: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    """Give the texts, numbered, in batches of about BATCH characters."""
    batch, size = [], 0
    for number, raw in enumerate(raws):
        batch.append((number, raw))
        size += len(raw)
        if size >= BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _surfaces(points: np.ndarray, starts: np.ndarray, ends: np.ndarray) -> tuple[np.ndarray, list[str]]:
    """Give a code for each word and the surface form of each code."""
    lengths = ends - starts
    offsets = np.zeros(len(starts) + 1, dtype=np.int32)
    np.cumsum(lengths * 4, out=offsets[1:])
    covered = np.zeros(len(points) + 1, dtype=np.int8)
    covered[starts] += 1
    covered[ends] -= 1
    data = points[np.cumsum(covered[:-1], dtype=np.int8).astype(bool)].tobytes()
    words = pa.Array.from_buffers(pa.binary(), len(starts), [None, pa.py_buffer(offsets), pa.py_buffer(data)])
    coded = words.dictionary_encode()
    return coded.indices.to_numpy(), [surface.decode("utf-32-le") for surface in coded.dictionary.to_pylist()]


def words(raws: Mapping[str, str] | pd.Series) -> pd.DataFrame:
    """Give every word of every text, in order, as a passage with its term.

    The scan runs over code points in bulk and folds each distinct surface form once: a table of two million
    words takes about as long as reading it.

    Parameters
        raws: raw texts by article_id.
    Returns one row a word:
        article_id   categorical, in the order given
        start, end   int32, code points in raw
        term         categorical, sorted: the surface folded (see `fold`)
    """
    raws = pd.Series(raws, dtype=object)
    codes: dict[str, int] = {}
    parts = []
    for batch in _batches(raws):
        text = "\n".join(raw for _, raw in batch)
        points = _points(text)
        starts, ends = _word_bounds(points, text)
        surface_codes, surfaces = _surfaces(points, starts, ends)
        recode = np.array([codes.setdefault(fold(surface), len(codes)) for surface in surfaces] or [0], dtype=np.int32)
        term_codes = recode[surface_codes]
        for place in acronyms.shouted(points, starts, ends, surface_codes, surfaces):
            word = surfaces[surface_codes[place]].casefold()
            term_codes[place] = codes.setdefault(word, len(codes))
        firsts = np.cumsum([0] + [len(raw) + 1 for _, raw in batch])
        within = np.searchsorted(firsts, starts, side="right") - 1
        base = firsts[within]
        parts.append(
            (
                (within + batch[0][0]).astype(np.int32),
                (starts - base).astype(np.int32),
                (ends - base).astype(np.int32),
                term_codes,
            )
        )
    article, start, end, term = (
        np.concatenate(column) if column else np.empty(0, np.int32)
        for column in (list(zip(*parts, strict=True)) or [()] * 4)
    )
    names = np.array(list(codes), dtype=object)
    order = np.argsort(names) if len(names) else np.empty(0, np.intp)
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(article, categories=pd.Index(raws.index, dtype="str")),
            "start": start,
            "end": end,
            "term": pd.Categorical.from_codes(
                rank[term] if len(term) else term, categories=pd.Index(names[order], dtype="str")
            ),
        }
    )


LAYERS = {"words": Layer(lambda raws, segments: words(raws), reads_segments=False)}
