"""What holds together as one word though letters alone would not: addresses, @names, #tags, AT&T, COVID-19.

They are rare, so the scan of the words says where one may be, and only there the text is looked at.
"""

import re
from collections.abc import Iterable, Iterator

HYPHENS = "-\u2010\u2011"
BEFORE = 300  # characters of an address before the sign that gives it away
REST = r"[^\s<>\"“”«»]*[\w/]"  # of an address: up to its last letter, digit or slash
ADDRESS = re.compile(
    rf"""
      (?<!\w)(?:(?:https?|ftp)://|www\.){REST}                                    # https://harbour.example/a?b=1
    | (?<![\w.+-])\w[\w.+-]{{0,63}}@(?:[\w-]{{1,63}}\.)+[^\W\d_]{{2,}}             # desk@harbour.example
    | (?<![\w&@\#/])[@\#](?=\w*[^\W\d_])\w+                                       # @harbour, #strike; #1 is a number
    | (?<![\w.@-])(?:[\w-]{{1,63}}\.)+(?:com|org|net|gov|edu|mil|int|info|co\.uk)\b(?![\w@-]|\.\w)(?:/{REST})?
    """,
    re.VERBOSE | re.IGNORECASE,
)
CHUNK = re.compile(r"\S*")
ENTITY = re.compile(r"&\w{2,8};")
NUMBER = re.compile(r"\d{1,3}(?!\d)(?![.,:/-]\d)")
LETTERS = re.compile(r"[^\W\d_]*")
PREFIXES = frozenset(  # before a number these say when or how much: mid-30s, under-18, one-in-10
    """
    a about after age aged ages all an and anti at before below by early ex for from half in inter late less mid minus
    more nearly no non number of on or over plus post pre pro semi sub super the to top ultra under up with""".split()
)


def addresses(text: str, signs: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the addresses, @names and #tags of a text, from the places of signs that may be in one, in order."""
    done = 0
    for sign in signs:
        if sign >= done:
            before = text[max(done, sign - BEFORE) : sign][::-1]
            start, done = sign - CHUNK.match(before).end(), CHUNK.match(text, sign).end()  # type: ignore[union-attr]
            for found in ADDRESS.finditer(text[start:done]):
                yield start + found.start(), start + found.end()


def holds(text: str, sign: int) -> bool:
    """Tell whether an & or a hyphen, between letters and what may follow, holds a word together: AT&T, COVID-19.

    A hyphen does before a number of three digits at most, so that "mid-1990s" has its year, and not behind what counts.
    """
    if text[sign] == "&":
        return not ENTITY.match(text, sign)
    letters = LETTERS.match(text[max(0, sign - 12) : sign][::-1])[0][::-1]  # type: ignore[index]
    return NUMBER.match(text, sign + 1) is not None and letters.casefold() not in PREFIXES
