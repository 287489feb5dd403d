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
    near = at[:, None] + np.arange(1 - RUN, RUN)
    there, near = (near >= 0) & (near < len(starts)), near.clip(0, len(starts) - 1)
    capital, small = np.zeros((2, len(forms)), bool)
    for number in np.unique(code[near]).tolist():
        capital[number], small[number] = _is_capital(forms[number]), _is_small(forms[number])
    held = capital[code[near]] & there
    gap = np.where(there[:, 1:] & there[:, :-1], starts[near[:, 1:]] - ends[near[:, :-1]], 9)
    sign = np.where(gap == 1, points[np.minimum(ends[near[:, :-1]], len(points) - 1)], NEWLINE)
    in_line = (sign != NEWLINE) & (sign != RETURN)
    close = held[:, 1:] & held[:, :-1] & (sign == BLANK)
    left, right = close[:, RUN - 2 :: -1], close[:, RUN - 1 :]
    run = 1 + sum(np.logical_and.accumulate(side, axis=1).sum(axis=1) for side in (left, right))
    owned = (gap[:, RUN - 1] == 0) & held[:, RUN]  # IT'S
    beside = (small[code[near[:, [RUN - 2, RUN]]]] & in_line[:, [RUN - 2, RUN - 1]]).any(axis=1)
    loud = (run >= RUN) | owned
    asked = np.flatnonzero(~loud & ~beside)
    loud[asked] = _in_loud_lines(points, starts, code, forms, at[asked])
    return at[loud]


def _in_loud_lines(
    points: np.ndarray, starts: np.ndarray, code: np.ndarray, forms: list[str], at: np.ndarray
) -> list[bool]:
    """Give for some words whether all words of their lines are in capitals, and there are several."""
    if not len(at):
        return []
    lines = np.concatenate([[0], np.flatnonzero((points == NEWLINE) | (points == RETURN)), [len(points)]])
    line = np.searchsorted(lines, starts[at], side="right")
    bounds = np.searchsorted(starts, [lines[line - 1], lines[np.minimum(line, len(lines) - 1)]])
    return [
        not any(_is_small(forms[number]) for number in code[first:behind])
        and sum(_is_capital(forms[number]) for number in code[first:behind]) > 1
        for first, behind in bounds.T.tolist()
    ]


def _is_capital(form: str) -> bool:
    """Tell whether a word stands in capitals: McDONALD does, Nato and 19 do not."""
    return form != form.lower() and (form == form.upper() or (form[:1].isupper() and form[-1:].isupper()))


def _is_small(form: str) -> bool:
    """Tell whether a word has small letters, and so does not stand in capitals."""
    return form.upper() != form and not _is_capital(form)
