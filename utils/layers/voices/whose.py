"""Whom a name means: a person of the corpus, by what the article names in full, by titles, and by what is near."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.layers.voices.columns import LOW, MASK, Full, Numbers, among, distinct, keys, occurring, pairs, told
from utils.layers.voices.first_names import MEN, WOMEN
from utils.layers.voices.forms import GATES, Forms, office
from utils.layers.voices.here import Here, Named
from utils.layers.voices.mentions import (
    APPOSITION,
    ARTICLE,
    HONORIFICS,
    IN,
    MORE_TITLES,
    OPENS,
    Words,
    first_name,
    folded,
)
from utils.layers.voices.names import TITLES
from utils.layers.voices.nobody import OPENERS, PLACES

LOOSE = frozenset("acting democrat democrats former republican republicans reps rival senators sens vice".split())
FIRST = MEN | WOMEN
NO_PERSONS = GATES | OPENERS | TITLES | MORE_TITLES | {"universe"}
MUCH = 4  # times as many articles as all namesakes together: whom a surname means where nothing else tells
FAMOUS = 10  # times as many: whom it means even where a namesake is the one named in full
APART, NOBODY = -1, -2  # beside the numbers of persons
ROWS = 100_000  # mentions that are looked at at a time: bounds the memory
ORGANISATION, PERSON = range(2)  # the kinds of what is named
BESIDE = ARTICLE | OPENS | APPOSITION  # of what stands around a name, all that says whom it means


class Row(NamedTuple):
    """A mention as the table has it, its article by number."""

    article: int
    start: int
    end: int
    form: str
    person: str
    kind: str
    sure: bool


class Whose(NamedTuple):
    """Whom a mention means: the number of a person, APART, if its form is left apart, or NOBODY; is that sure?"""

    person: int
    sure: bool


class Mention(NamedTuple):
    """A name as it is asked whom it means: its words, its titles, what stands around it, whether it speaks, whether
    the article has it as somebody's, and whom of those it may mean the article names in full."""

    words: Words
    full: Full
    titles: Words
    around: int
    speaks: bool
    known: bool
    named: tuple[Named, ...]

    @property
    def here(self) -> set[int]:
        """The numbers of those whom the article names in full."""
        return {one.person for one in self.named}


class Names:
    """The mentions of a corpus and whom each means.

    speaking: which of them speak.  ones: (article, folded name) of those who are he or she there.
    """

    def __init__(self, forms: Forms, speaking: np.ndarray, ones: Iterable[tuple[int, str]]):
        self.forms, self.speaking, mentions = forms, speaking, forms.mentions
        self.numbers, self.doubtful = forms.clusters()
        self.shorts = self._without_first()
        articles: dict[int, list[np.ndarray]] = defaultdict(list)
        self.surnames: dict[str, set[int]] = defaultdict(set)
        self.middles: dict[str, set[int]] = defaultdict(set)
        self.generations: dict[int, set[str]] = defaultdict(set)
        self.offices: dict[int, set[str]] = defaultdict(set)
        self.firsts: dict[int, set[str]] = defaultdict(set)
        self.called: dict[str, set[int]] = defaultdict(set)
        self.ends: dict[Words, set[int]] = defaultdict(set)
        for one, number in self.numbers.items():
            if one in self.shorts:
                continue
            articles[number].append(forms.articles(one))
            self.surnames[one.last].add(number)
            for inner in one.core[1:-1]:
                if len(inner) > 2:
                    self.middles[inner].add(number)
            for size in range(2, len(one.core)):
                self.ends[one.core[-size:]].add(number)
            self.generations[number].add(one.generation)
            self.offices[number] |= forms.offices[one]
            self.firsts[number].add(one.first)
            self.called[one.first].add(number)
        self.n_articles = Counter({number: _distinct(held) for number, held in articles.items()})
        words, word, titled = mentions.words, mentions.word[mentions.name], mentions.titles > 0
        every = {*self.surnames, *self.called, *self.middles}
        borne = np.array([*(each in every for each in words.known), False])
        self._borne = borne[mentions.word] & (mentions.size == 1)
        self._number = mentions.of_several(self._number_of, -1)
        self._asked = mentions.of_several(self._is_asked, False)
        single = mentions.sizes == 1
        loose = np.array([bool(titles) and folded(titles[-1]) in LOOSE for titles in mentions.called.known])
        known = np.flatnonzero(single & titled & ~loose[mentions.titles])
        said = pairs((each, number) for each, one in ones if (number := words.get(one)) >= 0)
        rows = np.flatnonzero(word >= 0)
        self._known = np.zeros(len(mentions), bool)
        self._known[rows] = among(
            keys(mentions.article[rows], word[rows]), np.append(keys(mentions.article[known], word[known]), said)
        )
        alone = single & ~titled & (word >= 0)
        self.single, self.placed = (
            dict(zip(words.known, np.bincount(n, minlength=len(words)).tolist(), strict=True))
            for n in (word[alone], word[alone & (mentions.around & IN > 0)])
        )

    def _number_of(self, one: Full) -> int:
        """Give the number of the person whose a name of several words is, -1 where that is not sure."""
        return -1 if one in self.shorts or one in self.doubtful else self.numbers.get(one, -1)

    def _is_asked(self, one: Full) -> bool:
        """Say whether it hangs on the article whom a name of several words means, if anybody."""
        if one in self.doubtful or one not in self.shorts and len(one.core) == 1:
            return True
        return one.core in self.ends

    def _without_first(self) -> set[Full]:
        """Give the names that are the last words of one fuller name, and begin with no first name: De Marrow Vask."""
        ends = defaultdict(set)
        for one in self.forms.fulls:
            for size in range(2, len(one.core)):
                ends[one.core[-size:]].add(one)
        return {one for one in self.forms.fulls if ends[one.core] and not first_name(one.first)}

    def rows(self, texts: Numbers) -> pd.DataFrame:
        """Give each mention of a person and whom it means: article, start, end, form, person, kind, sure; form and
        person as numbers in texts."""
        mentions, names = self.forms.mentions, self.forms.mentions.names.known
        row, person, sure = self._meant()
        name, article = mentions.name[row], mentions.article[row]
        meant = np.where(person >= 0, self._fullest(person, name)[person], name)
        alone = distinct(keys(name, article)[person < 0])
        n_alone = np.bincount(alone >> LOW, minlength=len(names))
        titled = (mentions.sizes[row] == 1) & (mentions.titles[row] > 0)
        called = keys(name, mentions.titles[row] * titled)
        return pd.DataFrame(
            {
                "article": article,
                "start": np.where(titled, mentions.start[row], mentions.at[row]),
                "end": mentions.end[row],
                "form": told(
                    called, lambda key: texts.add(" ".join((*mentions.called.known[key & MASK], names[key >> LOW])))
                ),
                "person": told(meant, lambda each: texts.add(names[each])),
                "kind": PERSON,
                "sure": sure & (n_alone[meant] < 2),  # one name alone in two articles may be two persons'
            }
        )

    def _meant(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give the places of mentions of persons, each one's number, APART where it is left apart, and whether that
        is sure."""
        mentions, number = self.forms.mentions, self._number[self.forms.mentions.name]
        single = self._borne[mentions.name] | (mentions.titles > 0) | self.speaking | self._known
        asked = np.where(mentions.sizes > 1, self._asked[mentions.name], single)
        rows = np.flatnonzero((number >= 0) | asked)
        person, sure = number[rows], np.ones(len(rows), bool)
        sure_ones, others = rows[person >= 0], np.flatnonzero(person < 0)
        may = {name: self._may_be(name) for name in occurring(mentions.name[rows[others]]).tolist()}
        here = Here(mentions.article[sure_ones], number[sure_ones], sure_ones, mentions.paragraph[sure_ones], may)
        whose = cache(lambda *how: 2 * (one := self._whose(*how)).person + one.sure)  # most are like many others
        columns = mentions.name, mentions.titles, mentions.around & BESIDE, self.speaking, self._known
        for low in range(0, len(others), ROWS):
            own = others[low : low + ROWS]
            at = rows[own]
            named = here.of(mentions.article[at], mentions.name[at], at, mentions.paragraph[at])
            every = zip(*(column[at].tolist() for column in columns), named, strict=True)
            meant = np.fromiter((whose(*how) for how in every), np.int64, len(own))
            person[own], sure[own] = meant >> 1, meant & 1
        held = person > NOBODY
        return rows[held], person[held], sure[held]

    def _may_be(self, name: int) -> Collection[int]:
        """Give the persons whom a name may mean, one of which an article may name in full."""
        one = self.forms.mentions.full(name)
        if self.forms.mentions.size[name] > 1 and one in self.doubtful:
            return self.doubtful[one]
        if self.forms.mentions.size[name] > 1 and (one in self.shorts or len(one.core) > 1):
            return self.ends.get(one.core, ())
        return {*self.surnames.get(one.last, ()), *self.middles.get(one.last, ()), *self.called.get(one.last, ())}

    def _whose(self, name: int, titles: int, around: int, speaks: bool, known: bool, named: tuple[Named, ...]) -> Whose:
        """Give whom a mention means that names nobody surely."""
        mentions = self.forms.mentions
        each = Mention(
            mentions.of(name), mentions.full(name), mentions.called.known[titles], around, speaks, known, named
        )
        one = each.full
        if len(each.words) > 1 and one in self.doubtful:
            here = self.fitting(each.here, each.titles, "")  # the one whom this article names more fully
            return Whose(here.pop(), True) if len(here) == 1 else Whose(APART, False)
        if len(each.words) > 1 and (one in self.shorts or len(one.core) > 1):
            near = each.here or self.ends.get(one.core, set())
            return Whose(next(iter(near)), True) if len(near) == 1 else Whose(NOBODY, False)
        return self._single(one, each) or Whose(NOBODY, False)

    def _single(self, one: Full, each: Mention) -> Whose | None:
        """Give whom a single name means: a surname, or a first name."""
        word, own = one.last, each.here
        called = bool(each.titles) and folded(each.titles[-1]) not in LOOSE and word not in NO_PERSONS
        if each.around & ARTICLE and not each.titles or len(word) < 2:
            return None
        if each.words[0].isupper() and len(word) < 4 and not called:
            return None
        everywhere = self.surnames.get(word, set())
        if not everywhere and not first_name(each.words[0]):
            everywhere = self.called.get(word, set())  # President Xi
        here = everywhere & own or self.middles.get(word, set()) & own
        if not here and (called or first_name(each.words[0]) or each.speaks) and word not in PLACES:
            here = self.called.get(word, set()) & own
            everywhere = everywhere if not here else here
        speaks = each.speaks or each.known
        if not here and not called and not speaks and not self._can_be(word, each):
            return None
        fits = self.fitting(everywhere | here, each.titles, one.generation)
        if here & fits:
            return self._here(here & fits, fits, each)
        if fits and (called or word not in NO_PERSONS and word not in FIRST):
            best = self.ahead(fits)
            return Whose(best, True) if best is not None else Whose(APART, False)
        titled = called and (word not in self.forms.lower or folded(each.titles[-1]) in HONORIFICS)
        return Whose(APART, True) if titled or speaks and self.somebody(each) else None

    def _can_be(self, word: str, each: Mention) -> bool:
        """Say whether a surname that the article gives nobody in full can be a person's here: no place, no word."""
        if word not in self.surnames or word in NO_PERSONS:
            return False
        if 2 * self.placed[word] >= self.single[word]:
            return False
        return not (each.around & OPENS and word in self.forms.lower)

    def _here(self, here: set[int], everywhere: set[int], each: Mention) -> Whose:
        """Give whom a single name means among those whom the article names in full."""
        if len(here) == 1:
            number = next(iter(here))
            best = self.ahead(everywhere | here, FAMOUS) if number in everywhere else number
            famous = best is not None and self.n_articles[best] >= FAMOUS and not each.titles
            return Whose(APART, False) if famous and best != number else Whose(number, True)
        named = [one for one in each.named if one.person in here and one.times]
        if len(named) == 1:
            return Whose(named[0].person, True)
        best = self.ahead(here)
        if best is None:
            often = sorted(named, key=lambda one: -one.times)
            rest = sum(one.times for one in often[1:])
            best = often[0].person if often and often[0].times >= 3 * rest else None
        near = {one.person for one in named if one.near}
        return Whose(best, True) if best is not None and near <= {best} else Whose(APART, False)

    def _fullest(self, person: np.ndarray, name: np.ndarray) -> np.ndarray:
        """Give which name is the fullest form of each person's: of most words, then the most frequent one."""
        names = self.forms.mentions.names.known
        found, n = np.unique(keys(person, name)[person >= 0], return_counts=True)
        best: dict[int, tuple] = {}
        for key, times in zip(found.tolist(), n.tolist(), strict=True):
            text = names[key & MASK]
            rank = text.count(" "), not text.isupper(), times, len(text), text, key & MASK
            best[key >> LOW] = max(rank, best.get(key >> LOW, rank))
        fullest = np.zeros(max(best, default=0) + 1, np.int32)
        fullest[[*best]] = [rank[-1] for rank in best.values()]
        return fullest

    def sex(self, number: int) -> str:
        """Give "he" or "she" where first names or titles tell it of a person, else ""."""
        told = {HONORIFICS[one] for one in self.offices[number] if one in HONORIFICS}
        told |= {sex for sex, names in (("he", MEN), ("she", WOMEN)) if not names.isdisjoint(self.firsts[number])}
        return told.pop() if len(told) == 1 else ""

    def fitting(self, among: Collection[int], titles: Sequence[str], generation: str) -> set[int]:
        """Give those of some persons whom titles and a Jr. do not rule out; of several, those with that very title."""
        if not titles and not generation:
            return {*among}
        called = {*map(office, titles)}
        sexes = {HONORIFICS[one] for one in called if one in HONORIFICS}
        kept = {one for one in among if not sexes or self.sex(one) in sexes | {""}}
        if generation:
            return {one for one in kept if generation in self.generations[one]}
        offices = called - {*HONORIFICS}
        same = {one for one in kept if offices & self.offices[one]}
        return same or kept

    def somebody(self, each: Mention) -> bool:
        """Say whether a single name that speaks is somebody's, by its first name or by what is said beside it."""
        word = each.full.first
        if word in NO_PERSONS or word in self.forms.lower or word.removesuffix("s") in self.forms.lower:
            return False
        return first_name(each.words[0]) or each.known or each.around & (OPENS | APPOSITION) == OPENS | APPOSITION

    def ahead(self, among: Collection[int], times: int = MUCH) -> int | None:
        """Give the one of some persons who is in so many times as many articles as the others together."""
        sizes = sorted(((self.n_articles[one], one) for one in among), reverse=True)
        rest = sum(size for size, _ in sizes[1:])
        return sizes[0][1] if sizes and (not rest or sizes[0][0] >= times * rest) else None


def _distinct(held: Sequence[np.ndarray]) -> int:
    """Give how many articles there are in several arrays of them."""
    return len(held[0]) if len(held) == 1 else len(np.unique(np.concatenate(held)))
