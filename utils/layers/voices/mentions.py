"""Where names stand in a text: runs of capitalised words, without titles, days and what only opens a sentence.

They are found article by article and kept, and so are the words in small letters, which may be no name elsewhere.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils.layers.sentences import RANKS
from utils.layers.voices.first_names import EITHER, MEN, WOMEN
from utils.layers.voices.names import CAPITAL, DATES, PARTICLES, PLACED, POSSESSIVE, TITLES, personal, title
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
KIN = re.compile(r"\b(?:son|daughter|father|mother|brother|sister|wife|husband|nephew|niece|namesake|uncle|cousin)\b")
HUMAN = re.compile(r",? who(?:se|m)?\b|, \d\d?(?:,|\.|$)|,? (?:said|says|told|tweeted|wrote|argued|himself|herself)\b")
APPOSED = re.compile(r", (?:(?:a|an|the|his|her|their|its) )?((?:[\w’'-]+ ){0,4}[\w’'-]+)")
BESIDE = 48  # characters on either side of a name that are looked at
FIRST = MEN | WOMEN | EITHER
OPENING = frozenset('.!?:“"‘—–•-')

# What stands around a name, added up: it opens a sentence; before it stands "in" or the like, "the", "the" or "a", a
# noun for a person; a word for kin is near; after it stands what only a person does, or a noun for a person; it stands
# there letter by letter, not with a line's end in it or a Jr without its full stop.
OPENS, IN, THE, ARTICLE, PERSONAL, KINDRED, HUMANE, APPOSITION, LITERAL = (1 << place for place in range(9))

Words = tuple[str, ...]
Place = tuple[int, int, int, str, str]  # where titles, name, end are; its words and its titles, with spaces between


@lru_cache(1 << 16)
def folded(word: str) -> str:
    """Give a word without case, accents and full stops: Nicolás is Nicolas."""
    if word.isascii():
        return word.casefold().rstrip(".")
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
    words = " ".join(spelt(word) for *_, word in held[begin:])
    return held[first][0], held[begin][0], held[-1][1], words, " ".join(word for *_, word in held[first:begin])


def _is_first(held: Sequence[tuple[int, int, str]], place: int, at: int) -> bool:
    """Say whether what could be a title is a name between a first and a last one: Howard Dean Marrow."""
    word = held[place][2]
    if word == "Dean" and place == at:
        return len(held) - at == 2
    return place > at and word in ("Dean", "King", "Prince", "Judge", "Bishop") and first_name(held[at][2])


def spelt(word: str) -> str:
    """Give a word of a name in one spelling: Jr. and Sr. with their full stop."""
    return word.rstrip(".") + "." if word.rstrip(".").lower() in ("jr", "sr") else word


def apposed(after: str) -> bool:
    """Say whether a noun for a person goes on after a name: X, a clerk."""
    beside = APPOSED.match(after)
    return beside is not None and any(personal(word) for word in beside[1].split()[:4] if word.islower())


@lru_cache(1 << 16)
def standing(before: str) -> int:
    """Give what the word before a name says of it."""
    low = before.lower()
    around = IN * (low in PLACED) + THE * (low == "the") + ARTICLE * (low in ("the", "a", "an"))
    return around + PERSONAL * (before.islower() and personal(before))


def _around(ahead: str, after: str, several: bool) -> int:
    """Give what stands around a name, which has several words or one."""
    around = standing(ahead[ahead.rfind(" ") + 1 :]) if ahead and ahead[-1] not in OPENING else OPENS
    if several:
        around += KINDRED * bool(KIN.search(ahead) or KIN.search(after)) + HUMANE * bool(HUMAN.match(after))
    return around + APPOSITION * (after.startswith(", ") and apposed(after))


def mentions(raw: str, paragraphs: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int, int, int, str, str]]:
    """Give the names that stand in some paragraphs of a text, as `names` does."""
    for number, (begin, stop) in enumerate(paragraphs):
        for match in RUN.finditer(raw, begin, stop):
            place = match.start()
            for start, at, end, words, titles in divided(match.group()):
                ahead = raw[max(begin, place + start - BESIDE) : place + start].rstrip()
                after = raw[place + end : min(stop, place + end + BESIDE)]
                around = _around(ahead, after, " " in words) + LITERAL * (raw[place + at : place + end] == words)
                yield place + start, place + end, place + at, number, around, words, titles


def names(raws: Mapping[str, str] | pd.Series, segments: pd.DataFrame) -> pd.DataFrame:
    """Give whatever may be a name in the bodies of texts, and much that is none: who it is, other articles tell too.

    Parameters
        raws: raw texts by article_id.  segments: the corpus's table.
    Returns one row a name, in the order of the texts:
        article_id   categorical, in the order given
        start, end   int32, code points in raw, titles included
        at           int32, where the name itself begins
        paragraph    int32, of the body, from 0
        around       int16, what stands around it: the sum of OPENS, IN, …
        words        categorical, the words of the name, in one spelling, with spaces between
        titles       categorical, likewise those before it
    """
    raws = pd.Series(raws, dtype=object)
    body = segments[segments["kind"] == "body"]
    paragraphs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in zip(body["article_id"].astype(object), body["start"], body["end"], strict=True):
        paragraphs[name].append((start, end))
    rows = [
        (code, *row) for code, (name, raw) in enumerate(raws.items()) for row in mentions(raw, paragraphs.get(name, ()))
    ]
    owners, *numbers, words, titles = [[*column] for column in zip(*rows, strict=True)] or [[] for _ in range(8)]
    columns = zip(["start", "end", "at", "paragraph", "around"], numbers, strict=True)
    table = {name: np.array(column, np.int16 if name == "around" else np.int32) for name, column in columns}
    table |= {"words": _coded(words), "titles": _coded(titles)}
    return pd.DataFrame({"article_id": _owned(owners, raws.index)} | table)


def small_letters(raws: Mapping[str, str] | pd.Series) -> pd.DataFrame:
    """Give the words that stand in small letters in texts, once an article: article_id, term, both categorical."""
    raws = pd.Series(raws, dtype=object)
    found = [dict.fromkeys(LOWER.findall(raw)) for raw in raws]
    owners = np.repeat(np.arange(len(raws)), [*map(len, found)])
    return pd.DataFrame({"article_id": _owned(owners, raws.index), "term": _coded([*chain.from_iterable(found)])})


class SmallLetters:
    """The words that stand in small letters in texts, of which there may be a million.

    table: `term`, each of them once or more often.  asked: words that will be asked for, looked up together.
    """

    def __init__(self, table: pd.DataFrame, asked: Iterable[str]):
        terms = table["term"]
        terms = pa.array(terms.cat.categories.array if terms.dtype == "category" else terms.array)
        self._terms = terms if isinstance(terms, pa.ChunkedArray) else pa.chunked_array([terms])
        self._known: dict[str, bool] = {}
        self._look_up({*asked})

    def _look_up(self, words: Collection[str]) -> None:
        wanted = pa.array(words, self._terms.type)
        found = self._terms.filter(pc.is_in(self._terms, value_set=wanted)).unique()
        self._known |= dict.fromkeys(words, False) | dict.fromkeys(found.to_pylist(), True)

    def __contains__(self, word: object) -> bool:
        text = str(word)
        if text not in self._known:
            self._look_up([text])
        return self._known[text]


def _owned(codes: Sequence[int] | np.ndarray, ids: pd.Index) -> pd.Categorical:
    """Give articles by their numbers."""
    return pd.Categorical.from_codes(np.array(codes, np.int32), categories=pd.Index(ids, dtype="str"))


def _coded(texts: Sequence[str]) -> pd.Categorical:
    """Give texts as categories, sorted."""
    codes, names = pd.factorize(pd.array(texts, dtype="str"), sort=True)
    return pd.Categorical.from_codes(codes, categories=pd.Index(names.tolist(), dtype="str"))
