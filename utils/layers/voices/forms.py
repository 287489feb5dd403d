"""Which full names of a corpus are persons', and which are one's: Ivo J. Marrow is Ivo Marrow, Ivo Jr. is not."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from utils.layers.voices.first_names import NICKNAMES
from utils.layers.voices.mentions import ABBREVIATED, BETWEEN, GENERATION, HONORIFICS, Mention, first_name, folded
from utils.layers.voices.names import BODIES, OFFICES, PLACED, personal
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

Words = tuple[str, ...]
SPELLINGS = dict(pair.split(":") for pair in "-: ': y:i ph:f ch:c ck:k sh:s th:t v:f".split())  # in the names of one
LETTERS = re.compile(r"[^\W\d_]+(?:['.-][^\W\d_]+)*")
KIN = re.compile(r"\b(?:son|daughter|father|mother|brother|sister|wife|husband|nephew|niece|namesake|uncle|cousin)\b")
HUMAN = re.compile(r",? who(?:se|m)?\b|, \d\d?(?:,|\.|$)|,? (?:said|says|told|tweeted|wrote|argued|himself|herself)\b")
APPOSED = re.compile(r", (?:(?:a|an|the|his|her|their|its) )?((?:[\w’'-]+ ){0,4}[\w’'-]+)")
NO_NAMES = BODY_WORDS | BODIES | CLOSES_PLACE | EVENTS
GATES = PLACES | PEOPLES | NO_NAMES | OFFICES | OPENS_PLACE  # words before which no name begins


class Full(NamedTuple):
    """A name taken apart, folded: its words, and what tells a son from a father (jr, iii)."""

    core: Words
    generation: str

    @property
    def first(self) -> str:
        """The first word."""
        return self.core[0]

    @property
    def last(self) -> str:
        """The last word, Jr. apart."""
        return self.core[-1]


@lru_cache(1 << 16)
def taken_apart(words: Words) -> Full:
    """Give a name folded, and its Jr. or III apart."""
    low = tuple(map(folded, words))
    return Full(low[:-1], low[-1]) if len(low) > 1 and low[-1] in GENERATION else Full(low, "")


def office(title: str) -> str:
    """Give a title as it is compared: Sen. and senator are one."""
    low = title.lower().rstrip(".")
    return ABBREVIATED.get(low, low)


class Forms:
    """The names of a corpus: which are persons', and which full names are one person's.

    mentions: those of all articles.  lower: its words in small letters.  speaking: (article, place) of those that
    speak.  persons: (article, folded name) of those who are he or she there.
    """

    def __init__(
        self,
        mentions: Sequence[Mention],
        lower: Collection[str],
        speaking: Collection[tuple[int, int]],
        persons: Collection[tuple[int, str]] = (),
    ):
        self.lower = lower
        self.within = {each.words for each in mentions if len(each.words) > 1 and not each.opens}
        self.seen = Counter(each.words for each in mentions if len(each.words) > 1)
        self.mentions = self._mended(mentions)
        self.n: Counter[Full] = Counter()
        self.n_placed: Counter[Full] = Counter()
        self.n_the: Counter[Full] = Counter()
        self.n_human: Counter[Full] = Counter()
        self.n_titled: Counter[Full] = Counter()
        self.articles: dict[Full, set[int]] = defaultdict(set)
        self.starts: dict[tuple[Full, int], int] = {}
        self.kin: Counter[Full] = Counter()
        self.offices: dict[Full, set[str]] = defaultdict(set)
        alone: dict[int, set[str]] = defaultdict(set)
        places: Counter[str] = Counter()
        for each in self.mentions:
            before = each.before.lower()
            if len(each.words) == 1:
                word = folded(each.words[0])
                if before not in PLACED or each.titles:
                    alone[each.article].add(word)
                else:
                    places[word] += 1
                continue
            one = taken_apart(each.words)
            self.n[one] += 1
            self.n_placed[one] += before in PLACED and not each.titles
            self.n_the[one] += before == "the" and not each.titles
            self.articles[one].add(each.article)
            self.starts.setdefault((one, each.article), each.start)
            self.n_titled[one] += bool(each.titles)
            self.offices[one] |= {*map(office, each.titles)}
            self.n_human[one] += (
                _human(each) or (each.article, each.at) in speaking or (each.article, " ".join(one.core)) in persons
            )
            self.kin[one] += bool(KIN.search(each.ahead) or KIN.search(each.after))
        self.alone = alone
        self.places = {word for word, n in places.items() if n >= 3}  # where three times something is: in Charlotte
        names = [one for one in self.n if len(one.core) > 1]
        self.borne = {one.last for one in names if first_name(one.first)}
        self.persons = {one: self._is_person(one) for one in names}
        self.fulls = {one for one, person in self.persons.items() if person}
        self.surnames: dict[str, set[Full]] = defaultdict(set)
        for one in self.fulls:
            self.surnames[one.last].add(one)
        self.mentions = [self._without_body(each) if len(each.words) > 1 else each for each in self.mentions]

    def _mended(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Give the mentions without words before a name that are none of it: Poor Marrow, Eastport Ilse Marrow."""
        starts: dict[tuple[Words, bool], int] = {}
        kept = []
        for each in mentions:
            if len(each.words) > 1 + bool(each.titles):
                key = each.words, each.opens and not each.titles
                if key not in starts:
                    starts[key] = self._start(*key)
                each = _cut(each, starts[key])
            kept.append(each)
        return kept

    def _start(self, words: Words, opens: bool) -> int:
        """Give with which of its words a name begins."""
        low = [*map(folded, words)]
        for at in range(len(words) - 2, 0, -1):
            known = first_name(words[at]) or self.seen[words[at:]] > 2 * self.seen[words]
            body = low[at - 1] in NO_NAMES and NO_NAMES.isdisjoint(low[at:])  # Port Authority Lune Marrow
            if low[at - 1] in GATES and (first_name(words[at]) or body and known) and not first_name(words[0]):
                return at
            if at == 1 and words[at:] in self.seen and known and not first_name(words[0]):
                return at
        odd = not first_name(words[0]) and low[0] in self.lower and low[0] not in BETWEEN and words not in self.within
        return 1 if opens and odd and not any(one in NO_NAMES for one in low[1:]) else 0

    def _is_person(self, one: Full) -> bool:
        """Say whether a name of several words is a person's: what it is made of lets it, and evidence says so."""
        first, last = one.first, one.last
        known = (first_name(first) and first not in self.places) or len(first) == 1 or "." in first
        named = known and first not in OPENS_PLACE
        told = self.n_titled[one] + self.n_human[one]
        if not self._possible(one, known) or not known and one.last in self.borne and not told and self.n[one] == 1:
            return False  # Injecting Marrow
        if first in GATES | PEOPLES and not (named and (self._reused(one) or self.n_human[one])):
            return False
        if known and first not in self.lower:
            seldom = self.n_placed[one] < max(self.n[one], 2) and self.n_the[one] < self.n[one]
            return seldom or bool(self.n_human[one]) or self._reused(one)
        evidence = 2 * (self.n_titled[one] > 0) + (self.n_human[one] > 0) + 2 * self._reused(one) + known
        common = not self.n_titled[one] and (last in self.lower or last.removesuffix("s") in self.lower)
        return 3 * self.n_placed[one] <= self.n[one] and evidence - 2 * common >= 2 - (known or not common)

    def _possible(self, one: Full, known: bool) -> bool:
        """Say whether a name can be a person's by its words: none is a body's or a number, the last no place."""
        first, last, inner = one.first, one.last, one.core[1:-1]
        if last in NATIONALS or len(last) < 2 or "." in last or not all(map(LETTERS.fullmatch, one.core)):
            return False
        if any(word in NO_NAMES or word in OPENERS and word not in BETWEEN for word in (first, *inner)):
            return first in NO_NAMES and known and not inner and first_name(first)
        if last in NO_NAMES and not (known and not inner and self._reused(one) and not self.n_placed[one]):
            return False
        if last in PLACES | PEOPLES and (not known or len(first) == 1 or first in PLACES | OPENS_PLACE):
            return False
        return known or first not in BETWEEN or bool(self.n_titled[one] + self.n_human[one])

    def _reused(self, one: Full) -> bool:
        """Say whether an article calls somebody by the last word of a name, and not by the first."""
        return any(one.last in self.alone[each] and one.first not in self.alone[each] for each in self.articles[one])

    def _without_body(self, each: Mention) -> Mention:
        """Give a mention without a body or a place before somebody's surname: Congress Marrow."""
        one = taken_apart(each.words)
        if (
            len(one.core) < 2
            or one in self.fulls
            or one.last not in self.surnames
            or each.titles
            or one.first in BETWEEN
        ):
            return each
        before = one.core[:-1]
        strange = all(word in GATES or word in self.lower for word in before) or each.opens and len(before) == 1
        return _cut(each, len(before)) if strange and one.last not in NO_NAMES else each

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
        shared = self.articles[one] & self.articles[other]
        later = any(self.starts[other, each] > self.starts[one, each] for each in shared)
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


def _cut(each: Mention, at: int) -> Mention:
    """Give a mention without its first words."""
    if not at:
        return each
    gone = sum(len(word) + 1 for word in each.words[:at])
    ahead, place = " ".join((each.ahead, *each.words[:at])), each.at + gone
    return each._replace(
        start=place, at=place, words=each.words[at:], titles=(), before=each.words[at - 1], ahead=ahead, opens=False
    )


def _human(each: Mention) -> bool:
    """Say whether what stands beside a name says that it is a person's: adviser X · X, 45, · X, a clerk · X, who."""
    return bool(HUMAN.match(each.after)) or apposed(each)


def apposed(each: Mention) -> bool:
    """Say whether a noun for a person stands beside a name: adviser X · X, a clerk."""
    if each.before.islower() and personal(each.before):
        return True
    beside = APPOSED.match(each.after)
    return beside is not None and any(personal(word) for word in beside[1].split()[:4] if word.islower())
