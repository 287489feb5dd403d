"""Where names stand in a text: runs of capitalised words, without titles, days and what only opens a sentence."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from utils.layers.sentences import RANKS
from utils.layers.voices.first_names import EITHER, MEN, WOMEN
from utils.layers.voices.names import CAPITAL, DATES, PARTICLES, POSSESSIVE, TITLES, title
from utils.layers.voices.nobody import OPENERS

BETWEEN = frozenset("das dem den der di do dos du el ibn le ter y".split()) | PARTICLES
GENERATION = frozenset("jr sr ii iii iv".split())
MORE_TITLES = frozenset(
    """
    ayatollah billionaire cardinal ceo cfo comrade justices madam mp msp pm pope presidents
    representatives señor señora senators sheikh spokesmen superstar attorney-general""".split()
)
HONORIFICS = {"mr": "he", "sir": "he", "lord": "he", "king": "he", "prince": "he", "messrs": "he", "congressman": "he",
              "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she", "queen": "she", "princess": "she",
              "congresswoman": "she", "mlle": "she", "mme": "she"}  # fmt: skip
ABBREVIATED = {"sen": "senator", "rep": "representative", "gov": "governor", "gen": "general", "pres": "president",
               "sens": "senator", "reps": "representative", "prof": "professor", "capt": "captain", "lt": "lieutenant",
               "sgt": "sergeant", "col": "colonel", "rev": "reverend", "dr": "doctor"}  # fmt: skip
INITIALS = r"(?!U\.[KNS]\.|E\.U\.|D\.C\.)(?:[^\W\d_a-z]\.){1,3}"
PIECE = rf"(?:{INITIALS}|(?:{'|'.join(sorted(RANKS))}|Jr|Sr|St)s?\.|{CAPITAL})"
RUN = re.compile(
    rf"(?=[^\W\d_a-z])(?<![\w.-])(?<!\w[’']){PIECE}"
    rf"(?:[ \u00a0\n](?:(?:{'|'.join(sorted(BETWEEN))})[ \u00a0\n]){{0,2}}{PIECE}){{0,9}}"
    r"(?:,[ \u00a0][JS]r\b\.?)?"
)
WORD = re.compile(r"[^ \u00a0\n,]+")
LOWER = re.compile(r"(?<![\w’'@#/.-])[a-zß-öø-ÿ]{2,}(?![\w’']|\.\w)")
FIRST = MEN | WOMEN | EITHER
OPENING = frozenset('.!?:“"‘—–•-')


Place = tuple[int, int, int, tuple[str, ...], tuple[str, ...]]  # where titles, name, end are; its words; its titles


class Mention(NamedTuple):
    """A name in an article: its place, with the titles before it and `at` without; its words, these titles, and what
    stands around it."""

    article: int
    paragraph: int
    start: int
    at: int
    end: int
    words: tuple[str, ...]
    titles: tuple[str, ...]
    opens: bool
    before: str  # the word before it in its sentence, else an empty text
    ahead: str
    after: str


@lru_cache(1 << 16)
def folded(word: str) -> str:
    """Give a word without case, accents and full stops: Nicolás is Nicolas."""
    plain = unicodedata.normalize("NFKD", word.casefold().replace("’", "'"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).rstrip(".")


@lru_cache(1 << 16)
def first_name(word: str) -> bool:
    """Say whether a word is a first name that we know, its first half at least (Jean-Marc), or an initial (J.)."""
    low = word.lower()
    return low in FIRST or folded(low) in FIRST or low.split("-")[0] in FIRST or initial(word)


def initial(word: str) -> bool:
    """Say whether a word is made of initials: J., H.R."""
    return word.endswith(".") and word[0].isupper() and all(len(one) == 1 for one in word[:-1].split("."))


def calls(word: str) -> bool:
    """Say whether a word is a title that stands before a name."""
    low = word.rstrip(".").lower()
    return low in MORE_TITLES or low in TITLES or title(word.rstrip("."))


@lru_cache(1 << 16)
def divided(run: str) -> tuple[Place, ...]:
    """Give the names in a run of capitalised words: their places, words and titles."""
    found: list[Place] = []
    held: list[tuple[int, int, str]] = []

    def close() -> None:
        if held and (one := _name(held)):
            found.append(one)
        held.clear()

    for match in WORD.finditer(run):
        word = POSSESSIVE.sub("", match.group()).rstrip("'’") or match.group()
        low = word.lower().rstrip(".")
        if low in DATES and not (low in ("may", "april", "june", "august") and held and first_name(held[-1][2])):
            close()
            continue
        if match.group()[0].islower() and not held:
            continue
        held.append((match.start(), match.start() + len(word), word))
        if word != match.group():
            close()
    close()
    return tuple(found)


def _name(held: Sequence[tuple[int, int, str]]) -> Place | None:
    """Give one name without what opens a sentence and without its titles; None where nothing is left."""
    at, size = 0, len(held)
    while at < size and held[at][2].lower() in OPENERS:
        at += 1
    titles = [place for place in range(at, size - 1) if calls(held[place][2]) and not held[place][2].isupper()
              or held[place][2].rstrip(".") in ("CEO", "CFO", "MP", "PM", "MSP")][: size]  # fmt: skip
    titles = [place for place in titles if place < size - 1 and not _is_first(held, place, at)]
    begin = titles[-1] + 1 if titles else at
    while begin < size and held[begin][2][0].islower():
        begin += 1
    if begin >= size:
        return None
    first = begin
    while first > at and calls(held[first - 1][2]):
        first -= 1
    words = tuple(spelt(word) for *_, word in held[begin:])
    return held[first][0], held[begin][0], held[-1][1], words, tuple(word for *_, word in held[first:begin])


def _is_first(held: Sequence[tuple[int, int, str]], place: int, at: int) -> bool:
    """Say whether what could be a title is a name between a first and a last one: Howard Dean Marrow."""
    word = held[place][2]
    if word == "Dean" and place == at:
        return len(held) - at == 2
    return place > at and word in ("Dean", "King", "Prince", "Judge", "Bishop") and first_name(held[at][2])


def spelt(word: str) -> str:
    """Give a word of a name in one spelling: Jr. and Sr. with their full stop."""
    return word.rstrip(".") + "." if word.rstrip(".").lower() in ("jr", "sr") else word


def mentions(raw: str, article: int, paragraphs: Sequence[tuple[int, int]]) -> Iterator[Mention]:
    """Give the names that stand in some paragraphs of a text."""
    for number, (begin, stop) in enumerate(paragraphs):
        for match in RUN.finditer(raw, begin, stop):
            place = match.start()
            for start, at, end, words, titles in divided(match.group()):
                ahead = raw[max(begin, place + start - 48) : place + start].rstrip()
                opens = not ahead or ahead[-1] in OPENING
                before = "" if opens else ahead[ahead.rfind(" ") + 1 :]
                after = raw[place + end : min(stop, place + end + 48)]
                yield Mention(
                    article, number, place + start, place + at, place + end, words, titles, opens, before, ahead, after
                )
