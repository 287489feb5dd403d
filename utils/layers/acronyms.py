"""Acronyms: words in capitals that case alone tells from other words, such as US and WHO.

"US" is no pronoun and "IT" no "it": these keep their capitals as terms. "NATO" and "Nato" are one term, since no other
word is spelled so. Where a whole line or a run of words stands in capitals, these say nothing, and "US" is the word. An
abbreviation with full stops is the one without: "U.S." is US, "U.N." is un.
"""

import re

import numpy as np

ACRONYMS = frozenset(
    """
    US WHO IT IS AM ICE AID AIDS CARE CARES CHIPS COBRA COP DOE DOT DREAM ERA ETA LA LED MAD MINT NICE PACE PAN PATRIOT
    PEN PIN RAND SAGE SALT SAT SEAL SEALS SNAP START STEM SWAT VAT""".split()
)
WITH_STOPS = frozenset("a.m p.m e.g i.e".split())  # abbreviations that nobody writes without
WORDS = frozenset(  # words that initials must not become: A.S. Vask is no "as"
    """
    ad ah am an as at be by do eh go ha he hi ho if in is it la lo ma me my no of oh ok on or ox pa pi so to up us we
    all and any are but can did for get had has her him his how its let man may men new not now off old one our out own
    per put saw say see she the too two use war was way who why yet you""".split()
)
DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")
RUN = 3  # words in capitals, with a blank between, from which on capitals say nothing
NEWLINE, RETURN, BLANK = map(ord, "\n\r ")


def undotted(folded: str) -> str:
    """Give the term of an abbreviation with full stops: US for u.s, nato for n.a.t.o; others as they came."""
    letters = folded.replace(".", "")
    if folded in WITH_STOPS or not DOTTED.fullmatch(folded):
        return folded
    if letters.upper() in ACRONYMS:
        return letters.upper()
    return folded if letters in WORDS else letters


def shouted(points: np.ndarray, starts: np.ndarray, ends: np.ndarray, code: np.ndarray, forms: list[str]) -> np.ndarray:
    """Give the numbers of those words that look like an acronym only because all around them is in capitals.

    points: the text.  starts, ends: its words.  code: which of the surface forms each word has.
    """
    alike = [number for number, form in enumerate(forms) if form in ACRONYMS]
    at = np.flatnonzero(np.isin(code, alike)) if alike else np.empty(0, np.intp)
    if not len(at):
        return at
    capital = np.fromiter(map(_is_capital, forms), bool, len(forms))[code]
    small = np.fromiter((form.upper() != form for form in forms), bool, len(forms))[code] & ~capital
    lines = np.flatnonzero((points == NEWLINE) | (points == RETURN))
    line = np.searchsorted(lines, starts[at])
    first = np.searchsorted(starts, np.concatenate([[0], lines])[line])
    behind = np.searchsorted(starts, np.concatenate([lines, [len(points)]])[line])
    n_small, n_capital = (np.concatenate([[0], np.cumsum(kind, dtype=np.int32)]) for kind in (small, capital))
    alone = n_capital[behind] - n_capital[first] == 1
    of_line = (n_small[behind] == n_small[first]) & ~alone
    return at[of_line | _in_a_run(points, starts, ends, capital, at)]


def _is_capital(form: str) -> bool:
    """Tell whether a word stands in capitals: McDONALD does, Nato and 19 do not."""
    return form != form.lower() and (form == form.upper() or (form[:1].isupper() and form[-1:].isupper()))


def _in_a_run(
    points: np.ndarray, starts: np.ndarray, ends: np.ndarray, capital: np.ndarray, at: np.ndarray
) -> np.ndarray:
    """Give for some words whether they stand in a run of words in capitals, or before 'S in capitals."""
    padded = np.concatenate([np.zeros(RUN, bool), capital, np.zeros(RUN, bool)])
    gaps = np.zeros(len(starts) + 1, bool)  # before each word: whether one blank alone is there
    gaps[1:-1] = (starts[1:] - ends[:-1] == 1) & (points[ends[:-1]] == BLANK)
    gaps = np.concatenate([np.zeros(RUN, bool), gaps, np.zeros(RUN, bool)])
    n = np.ones(len(at), np.int64)
    left, right = np.ones(len(at), bool), np.ones(len(at), bool)
    for step in range(1, RUN):
        left &= padded[at + RUN - step] & gaps[at + RUN - step + 1]
        right &= padded[at + RUN + step] & gaps[at + RUN + step]
        n += left.astype(np.int64) + right
    beside = np.minimum(at + 1, len(starts) - 1)
    return (n >= RUN) | ((beside > at) & (starts[beside] == ends[at]) & capital[beside])
