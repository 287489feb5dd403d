"""Which full names of a corpus are persons', and which are one's: Ivo J. Marrow is Ivo Marrow, Ivo Jr. is not."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Container, Sequence
from itertools import groupby

import numpy as np

from utils.layers.voices.columns import (
    LOW,
    MASK,
    Full,
    Mentions,
    Numbers,
    among,
    distinct,
    keys,
    occurring,
    pairs,
    told,
)
from utils.layers.voices.first_names import NICKNAMES
from utils.layers.voices.mentions import (
    ABBREVIATED,
    APPOSITION,
    BETWEEN,
    HONORIFICS,
    HUMANE,
    IN,
    KINDRED,
    OPENS,
    PERSONAL,
    THE,
    Words,
    first_name,
    folded,
)
from utils.layers.voices.names import BODIES, OFFICES
from utils.layers.voices.nobody import (
    BODY_WORDS,
    CLOSES_PLACE,
    EVENTS,
    NATIONALS,
    OPENERS,
    OPENS_PLACE,
    PEOPLES,
    PLACES,
)

SPELLINGS = dict(pair.split(":") for pair in "-: ': y:i ph:f ch:c ck:k sh:s th:t v:f".split())  # in the names of one
LETTERS = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*")
NO_NAMES = BODY_WORDS | BODIES | CLOSES_PLACE | EVENTS
GATES = PLACES | PEOPLES | NO_NAMES | OFFICES | OPENS_PLACE  # words before which no name begins


def office(title: str) -> str:
    """Give a title as it is compared: Sen. and senator are one."""
    low = title.lower().rstrip(".")
    return ABBREVIATED.get(low, low)


class Forms:
    """The names of a corpus: which are persons', and which full names are one person's.

    mentions: those of all articles, which are mended here.  lower: its words in small letters.  speaking: which of
    them speak.  persons: (article, folded name) of those who are he or she there.
    """

    def __init__(
        self,
        mentions: Mentions,
        lower: Container[str],
        speaking: np.ndarray,
        persons: Collection[tuple[int, str]] = (),
    ):
        self.mentions, self.lower = mentions, lower
        known, rows, at = mentions.names.known, np.flatnonzero(mentions.sizes > 1), mentions.at.copy()
        name, opens = mentions.name[rows], mentions.around[rows] & OPENS
        self.within = {known[each] for each in occurring(name[opens == 0]).tolist()}
        n = np.bincount(name)
        self.seen = Counter({known[each]: int(n[each]) for each in np.flatnonzero(n).tolist()})
        self._mend()
        self._count(speaking & (mentions.at == at), persons)
        names = [one for one in self.n if len(one.core) > 1]
        self.borne = {one.last for one in names if first_name(one.first)}
        self.persons = {one: self._is_person(one) for one in names}
        self.fulls = {one for one, person in self.persons.items() if person}
        self.surnames: dict[str, set[Full]] = defaultdict(set)
        for one in self.fulls:
            self.surnames[one.last].add(one)
        self._leave_bodies()

    def _mend(self) -> None:
        """Take words before a name that are none of it from the mentions: Poor Marrow, Eastport Ilse Marrow."""
        mentions = self.mentions
        titled = mentions.titles > 0
        rows = np.flatnonzero(mentions.sizes > 1 + titled)
        opens = (mentions.around[rows] & OPENS > 0) & ~titled[rows]
        mentions.cut(rows, self._cuts(rows, opens, self._start))

    def _cuts(self, rows: np.ndarray, opens: np.ndarray, size: Callable[[int, bool], int]) -> np.ndarray:
        """Give how many words each of these mentions loses: told of each name, where it opens a sentence and not."""
        asked = 2 * self.mentions.name[rows] + opens
        return told(asked, lambda key: size(key >> 1, bool(key & 1)))

    def _count(self, speaking: np.ndarray, persons: Collection[tuple[int, str]]) -> None:
        """Count what the corpus says of each full name, and note the places that are named as such."""
        mentions = self.mentions
        rows, fulls = np.flatnonzero(mentions.sizes > 1), Numbers()
        every, article = mentions.name[rows], mentions.article[rows]
        number = np.full(len(mentions.names), -1, np.int32)
        for name in occurring(every).tolist():
            number[name] = fulls.add(mentions.full(name))
        every = number[every]

        def counted(told: np.ndarray) -> dict[Full, int]:
            return dict(zip(fulls.known, np.bincount(every[told], minlength=len(fulls)).tolist(), strict=True))

        bare, around = mentions.titles[rows] == 0, mentions.around[rows]
        cores = defaultdict(list)
        for full, one in enumerate(fulls.known if persons else ()):
            cores[" ".join(one.core)].append(full)
        called = pairs((full, each) for each, text in persons for full in cores.get(text, ()))
        human = around & (HUMANE | APPOSITION | PERSONAL) > 0
        human |= speaking[rows] | among(keys(every, article), called)
        self.n = counted(np.ones(len(rows), bool))
        self.n_placed, self.n_the = counted(bare & (around & IN > 0)), counted(bare & (around & THE > 0))
        self.n_human, self.n_titled, self.kin = counted(human), counted(~bare), counted(around & KINDRED > 0)
        self.offices: dict[Full, set[str]] = defaultdict(set)
        for key in distinct(keys(every, mentions.titles[rows])[~bare]).tolist():
            self.offices[fulls.known[key >> LOW]].update(map(office, mentions.called.known[key & MASK]))
        found, first = np.unique(keys(every, article), return_index=True)
        self._in, self._first = (found & MASK).astype(np.int32), mentions.start[rows[first]]
        self._bounds = np.searchsorted(found, np.arange(len(fulls) + 1, dtype=np.int64) << LOW)
        self._number = fulls
        self.reused = self._reused(fulls)

    def articles(self, one: Full) -> np.ndarray:
        """Give the articles that have a full name, in their order."""
        number = self._number.get(one)
        return self._in[self._bounds[number] : self._bounds[number + 1]] if number >= 0 else self._in[:0]

    def starts(self, one: Full) -> dict[int, int]:
        """Give where a full name begins first in each article that has it."""
        number = self._number.get(one)
        first = self._first[self._bounds[number] : self._bounds[number + 1]] if number >= 0 else ()
        return dict(zip(self.articles(one).tolist(), first, strict=True))

    def _reused(self, fulls: Numbers) -> set[Full]:
        """Give the names of which an article calls somebody by the last word, and not by the first; note the places
        where three times something is: in Charlotte."""
        mentions, words = self.mentions, self.mentions.words
        word = np.where(mentions.size == 1, mentions.word, -1)[mentions.name]
        placed = (mentions.around & IN > 0) & (mentions.titles == 0)
        n = np.bincount(word[placed & (word >= 0)], minlength=len(words))
        self.places = {words.known[each] for each in np.flatnonzero(n >= 3).tolist()}
        first, last = (np.array([*map(words.get, ends)], np.int32) for ends in _ends(fulls.known))
        asked = np.zeros(len(words) + 1, bool)
        asked[first] = asked[last] = True
        asked[-1] = False
        alone = np.flatnonzero(~placed & asked[word])
        alone = distinct(keys(mentions.article[alone], word[alone]))
        every = np.repeat(np.arange(len(fulls)), np.diff(self._bounds))
        held = among(keys(self._in, last[every]), alone)
        every, article = every[held], self._in[held]
        return {fulls.known[number] for number in occurring(every[~among(keys(article, first[every]), alone)]).tolist()}

    def _start(self, number: int, opens: bool) -> int:
        """Give with which of its words a name begins."""
        words, whole = self.mentions.of(number), self.mentions.names.known[number]
        low = [*map(folded, words)]
        for at in range(len(words) - 2, 0, -1):
            name = " ".join(words[at:])
            known = first_name(words[at]) or self.seen[name] > 2 * self.seen[whole]
            body = low[at - 1] in NO_NAMES and NO_NAMES.isdisjoint(low[at:])  # Port Authority Lune Marrow
            if low[at - 1] in GATES and (first_name(words[at]) or body and known) and not first_name(words[0]):
                return at
            if at == 1 and name in self.seen and known and not first_name(words[0]):
                return at
        odd = not first_name(words[0]) and low[0] in self.lower and low[0] not in BETWEEN and whole not in self.within
        return 1 if opens and odd and not any(one in NO_NAMES for one in low[1:]) else 0

    def _is_person(self, one: Full) -> bool:
        """Say whether a name of several words is a person's: what it is made of lets it, and evidence says so."""
        first, last = one.first, one.last
        known = (first_name(first) and first not in self.places) or len(first) == 1 or "." in first
        named = known and first not in OPENS_PLACE
        told = self.n_titled[one] + self.n_human[one]
        if not self._possible(one, known) or not known and one.last in self.borne and not told and self.n[one] == 1:
            return False  # Injecting Marrow
        if first in GATES | PEOPLES and not (named and (one in self.reused or self.n_human[one])):
            return False
        if known and first not in self.lower:
            seldom = self.n_placed[one] < max(self.n[one], 2) and self.n_the[one] < self.n[one]
            return seldom or bool(self.n_human[one]) or one in self.reused
        evidence = 2 * (self.n_titled[one] > 0) + (self.n_human[one] > 0) + 2 * (one in self.reused) + known
        common = not self.n_titled[one] and (last in self.lower or last.removesuffix("s") in self.lower)
        return 3 * self.n_placed[one] <= self.n[one] and evidence - 2 * common >= 2 - (known or not common)

    def _possible(self, one: Full, known: bool) -> bool:
        """Say whether a name can be a person's by its words: none is a body's or a number, the last no place."""
        first, last, inner = one.first, one.last, one.core[1:-1]
        if last in NATIONALS or len(last) < 2 or "." in last or not all(map(LETTERS.fullmatch, one.core)):
            return False
        if any(word in NO_NAMES or word in OPENERS and word not in BETWEEN for word in (first, *inner)):
            return first in NO_NAMES and known and not inner and first_name(first)
        if last in NO_NAMES and not (known and not inner and one in self.reused and not self.n_placed[one]):
            return False
        if last in PLACES | PEOPLES and (not known or len(first) == 1 or first in PLACES | OPENS_PLACE):
            return False
        return known or first not in BETWEEN or bool(self.n_titled[one] + self.n_human[one])

    def _leave_bodies(self) -> None:
        """Take a body or a place before somebody's surname from the mentions: Congress Marrow."""
        mentions = self.mentions
        rows = np.flatnonzero((mentions.sizes > 1) & (mentions.titles == 0))
        mentions.cut(rows, self._cuts(rows, mentions.around[rows] & OPENS > 0, self._body))

    def _body(self, number: int, opens: bool) -> int:
        """Give how many words before a name are a body's or a place's."""
        one = self.mentions.full(number)
        if len(one.core) < 2 or one in self.fulls or one.last not in self.surnames or one.first in BETWEEN:
            return 0
        before = one.core[:-1]
        strange = all(word in GATES or word in self.lower for word in before) or opens and len(before) == 1
        return len(before) if strange and one.last not in NO_NAMES else 0

    def clusters(self) -> tuple[dict[Full, int], dict[Full, set[int]]]:
        """Give the number of each full name's person, and of names that may be several persons' these persons.

        Two names are one person's where first and last agree (a nickname, an initial or a spelling apart) and no middle
        name or Jr. tells them apart; or where one goes on after the other (a second surname) and nothing speaks of kin.
        """
        parent: dict[Full, Full] = {one: one for one in self.fulls}

        def root(one: Full) -> Full:
            while parent[one] != one:
                one = parent[one]
            return one

        alike: dict[tuple[str, str], Full] = {}
        for one in sorted(self.fulls):
            parent[root(one)] = root(alike.setdefault((_sound("".join(one.core)), one.generation), one))
        longer: dict[Words, list[Full]] = defaultdict(list)
        for one in self.fulls:
            for end in range(2, len(one.core)):
                longer[one.core[:end]].append(one)
            if len(one.core) == 4:
                longer[one.first, one.core[2]].append(one)
        several: dict[Full, set[Full]] = {}
        for one in sorted(self.fulls, key=lambda one: (-len(one.core), one)):
            wider = [other for other in self.surnames[one.last] if other != one and self._fuller(one, other)]
            wider += [other for other in longer[one.core] if self._goes_on(one, other)]
            persons = {root(other) for other in self._apart(wider)} - {root(one)}
            if len(persons) == 1:
                parent[root(one)] = persons.pop()
            elif persons:
                several[one] = persons
        roots = {one: number for number, one in enumerate(sorted({root(one) for one in self.fulls}))}
        numbers = {one: roots[root(one)] for one in self.fulls}
        return numbers, {one: {numbers[other] for other in others} for one, others in several.items()}

    def _apart(self, wider: list[Full]) -> list[Full]:
        """Give the names without those that are a shorter form of another one among them."""
        return [one for one in wider if not any(other != one and self._fuller(one, other) for other in wider)]

    def _fuller(self, one: Full, other: Full) -> bool:
        """Say whether another name with this surname is a fuller form of a name, or the same in other letters."""
        if one.generation != other.generation and not (one.core == other.core and _initialed(one.core)):
            return False
        if one.core == other.core:
            return bool(other.generation) and not one.generation
        if not _same_first(one.core, other.core):
            return False
        mine, theirs = one.core[1:-1], other.core[1:-1]
        if not mine and theirs:
            return True
        if [word[0] for word in mine] == [word[0] for word in theirs] and all(
            a == b or len(a) == 1 or len(b) == 1 for a, b in zip(mine, theirs, strict=True)
        ):
            return (len("".join(other.core)), other.core) > (len("".join(one.core)), one.core)
        return not mine and not theirs and (len("".join(other.core)), other.core) > (len("".join(one.core)), one.core)

    def _goes_on(self, one: Full, other: Full) -> bool:
        """Say whether a name with one more surname is the same person's: nothing near it speaks of kin, and an article
        that has both has it first, or gives both one office."""
        if one.generation or other.generation or self.kin[other] or 2 * self.kin[one] >= self.n[one]:
            return False
        mine, theirs = self.starts(one), self.starts(other)
        later = any(start > mine.get(each, start) for each, start in theirs.items())
        return not later or bool(self.offices[one] & self.offices[other] - {*HONORIFICS})


def _sound(name: str) -> str:
    """Give a name without what spellings of one name differ in: Sergei and Sergey, Nicholas and Nicolas."""
    for spelt, plain in SPELLINGS.items():
        name = name.replace(spelt, plain)
    return "".join(sign for sign, _ in groupby(name))


def _initialed(core: Words) -> bool:
    return any(len(word) == 1 for word in core[1:-1])


def _same_first(one: Words, other: Words) -> bool:
    """Say whether two first names can be one person's: Steve and Steven, J. and John."""
    a, b = one[0], other[0]
    if a == b or b in NICKNAMES.get(a, ()) or a in NICKNAMES.get(b, ()):
        return True
    return len(a) == 1 and a == b[0] or len(b) == 1 and b == a[0]


def _ends(fulls: Sequence[Full]) -> tuple[list[str], list[str]]:
    """Give the first and the last words of names."""
    return [one.first for one in fulls], [one.last for one in fulls]
