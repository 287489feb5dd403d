"""Whom a name means: a person of the corpus, by what the article names in full, by titles, and by what is near."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.layers.voices.columns import LOW, MASK, Full, Numbers, among, keys, pairs
from utils.layers.voices.first_names import MEN, WOMEN
from utils.layers.voices.forms import GATES, Forms, office
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
ARTICLES = 1_000  # that are read at a time: bounds the memory
ORGANISATION, PERSON = range(2)  # the kinds of what is named
NEAR = 1  # paragraphs back in which a namesake is near


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
    """Whom a mention means: the number of a person, or APART, if its form is left apart; and whether that is sure."""

    person: int
    sure: bool


class Mention(NamedTuple):
    """A name as it is asked whom it means: its words, its titles, what stands around it, its paragraph, whether it
    speaks, and whether the article has it as somebody's."""

    words: Words
    full: Full
    titles: Words
    around: int
    paragraph: int
    speaks: bool
    known: bool


class Names:
    """The mentions of a corpus and whom each means.

    speaking: the keys (article, place) of those that speak.  ones: (article, folded name) of those who are he or she.
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
        borne, words, several = {*self.surnames, *self.called, *self.middles}, Numbers(), mentions.size > 1
        word = mentions.of_fulls(lambda one: words.add(one.first))
        self._borne = ~several & mentions.of_fulls(lambda one: one.first in borne, bool)
        self._number = np.where(several, mentions.of_fulls(self._number_of), -1)
        self._asked = several & mentions.of_fulls(self._is_asked, bool)
        single, titled = mentions.sizes == 1, mentions.titles > 0
        loose = np.array([bool(titles) and folded(titles[-1]) in LOOSE for titles in mentions.called.known])
        known = np.flatnonzero(single & titled & ~loose[mentions.titles])
        self._places = keys(word[mentions.name], mentions.article)
        self._known = np.append(
            self._places[known], pairs((number, each) for each, one in ones if (number := words.get(one)) >= 0)
        )
        alone = word[mentions.name[single & ~titled]]
        placed = word[mentions.name[single & ~titled & (mentions.around & IN > 0)]]
        self.single, self.placed = (
            dict(zip(words.known, np.bincount(n, minlength=len(words)).tolist(), strict=True)) for n in (alone, placed)
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
        alone = np.unique(keys(name, article)[person < 0])
        n_alone = np.bincount(alone >> LOW, minlength=len(names))
        titled = (mentions.sizes[row] == 1) & (mentions.titles[row] > 0)
        found, which = np.unique(keys(name, mentions.titles[row] * titled), return_inverse=True)
        forms = [
            texts.add(" ".join((*mentions.called.known[key & MASK], *names[key >> LOW]))) for key in found.tolist()
        ]
        persons, whom = np.unique(meant, return_inverse=True)
        known = [texts.add(" ".join(names[each])) for each in persons.tolist()]
        return pd.DataFrame(
            {
                "article": article,
                "start": np.where(titled, mentions.start[row], mentions.at[row]),
                "end": mentions.end[row],
                "form": np.array(forms, np.int32)[which],
                "person": np.array(known, np.int32)[whom],
                "kind": PERSON,
                "sure": sure & (n_alone[meant] < 2),  # one name alone in two articles may be two persons'
            }
        )

    def _meant(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Give the places of mentions of persons, each one's number, APART where it is left apart, and whether that
        is sure."""
        mentions, number = self.forms.mentions, self._number[self.forms.mentions.name]
        speaks, known = among(mentions.places, self.speaking), among(self._places, self._known)
        single = self._borne[mentions.name] | (mentions.titles > 0) | speaks | known
        asked = np.where(mentions.sizes > 1, self._asked[mentions.name], single)
        rows = np.flatnonzero((number >= 0) | asked)
        columns = mentions.article, number, mentions.name, mentions.titles, mentions.around, mentions.paragraph
        person, sure = number[rows], np.ones(len(rows), bool)
        fresh = np.flatnonzero(np.diff(mentions.article[rows], prepend=-1))
        for low, high in pairwise([*fresh[::ARTICLES].tolist(), len(rows)]):
            own = zip(*(column[rows[low:high]].tolist() for column in (*columns, speaks, known)), strict=True)
            told = (whose for _, many in groupby(own, itemgetter(0)) for whose in self._read([*many]))
            person[low:high], sure[low:high] = zip(*told, strict=True)
        held = person > NOBODY
        return rows[held], person[held], sure[held]

    def _read(self, many: Sequence[tuple]) -> Iterator[tuple[int, bool]]:
        """Give whom each mention of an article means, and whether that is sure."""
        names, called = self.forms.mentions.names.known, self.forms.mentions.called.known
        article = _Article(self, {number for _, number, *_ in many} - {-1})
        for _, number, name, titles, around, paragraph, speaks, known in many:
            if number >= 0:
                article.name(number, paragraph)
                yield number, True
            else:
                full = self.forms.mentions.full(name)
                each = Mention(names[name], full, called[titles], around, paragraph, speaks, known)
                yield article.whose(each) or (NOBODY, False)

    def _fullest(self, person: np.ndarray, name: np.ndarray) -> np.ndarray:
        """Give which name is the fullest form of each person's: of most words, then the most frequent one."""
        names = self.forms.mentions.names.known
        found, n = np.unique(keys(person, name)[person >= 0], return_counts=True)
        best: dict[int, tuple] = {}
        for key, times in zip(found.tolist(), n.tolist(), strict=True):
            words = names[key & MASK]
            text = " ".join(words)
            rank = len(words), not text.isupper(), times, len(text), text, key & MASK
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


class _Article:
    """The mentions of one article, read in their order; own: the numbers of those whom it surely names in full."""

    def __init__(self, corpus: Names, own: set[int]):
        self.corpus, self.own = corpus, own
        self.last: dict[int, int] = {}  # the paragraph in which a person was named in full last
        self.times: Counter[int] = Counter()

    def name(self, number: int, paragraph: int) -> None:
        """Note that somebody is named in full."""
        self.last[number] = paragraph
        self.times[number] += 1

    def whose(self, each: Mention) -> Whose | None:
        """Give whom any other mention means, None where that is nobody."""
        one, corpus = each.full, self.corpus
        if len(each.words) > 1 and one in corpus.doubtful:
            return self._one_of(corpus.doubtful[one], each)
        if len(each.words) > 1 and (one in corpus.shorts or len(one.core) > 1):
            known = corpus.ends.get(one.core, set())
            near = known & self.own or known
            return Whose(next(iter(near)), True) if len(near) == 1 else None
        return self._single(one, each)

    def _one_of(self, among: Collection[int], each: Mention) -> Whose:
        """Give whom a full name means that may be several persons': the one whom this article names more fully."""
        here = self.corpus.fitting({*among} & self.own, each.titles, "")
        return Whose(here.pop(), True) if len(here) == 1 else Whose(APART, False)

    def _single(self, one: Full, each: Mention) -> Whose | None:
        """Give whom a single name means: a surname, or a first name."""
        corpus, word = self.corpus, one.last
        called = bool(each.titles) and folded(each.titles[-1]) not in LOOSE and word not in NO_PERSONS
        if each.around & ARTICLE and not each.titles or len(word) < 2:
            return None
        if each.words[0].isupper() and len(word) < 4 and not called:
            return None
        everywhere = corpus.surnames.get(word, set())
        if not everywhere and not first_name(each.words[0]):
            everywhere = corpus.called.get(word, set())  # President Xi
        here = everywhere & self.own or corpus.middles.get(word, set()) & self.own
        if not here and (called or first_name(each.words[0]) or each.speaks) and word not in PLACES:
            here = corpus.called.get(word, set()) & self.own
            everywhere = everywhere if not here else here
        speaks = each.speaks or each.known
        if not here and not called and not speaks and not self._can_be(word, each):
            return None
        fits = corpus.fitting(everywhere | here, each.titles, one.generation)
        if here & fits:
            return self._here(here & fits, fits, each)
        if fits and (called or word not in NO_PERSONS and word not in FIRST):
            best = corpus.ahead(fits)
            return Whose(best, True) if best is not None else Whose(APART, False)
        titled = called and (word not in corpus.forms.lower or folded(each.titles[-1]) in HONORIFICS)
        return Whose(APART, True) if titled or speaks and corpus.somebody(each) else None

    def _can_be(self, word: str, each: Mention) -> bool:
        """Say whether a surname that the article gives nobody in full can be a person's here: no place, no word."""
        corpus = self.corpus
        if word not in corpus.surnames or word in NO_PERSONS:
            return False
        if 2 * corpus.placed[word] >= corpus.single[word]:
            return False
        return not (each.around & OPENS and word in corpus.forms.lower)

    def _here(self, here: set[int], everywhere: set[int], each: Mention) -> Whose:
        """Give whom a single name means among those whom the article names in full."""
        corpus = self.corpus
        if len(here) == 1:
            number = next(iter(here))
            best = corpus.ahead(everywhere | here, FAMOUS) if number in everywhere else number
            famous = best is not None and corpus.n_articles[best] >= FAMOUS and not each.titles
            return Whose(APART, False) if famous and best != number else Whose(number, True)
        named = {number for number in here if number in self.last}
        if len(named) == 1:
            return Whose(named.pop(), True)
        near = {number for number in named if each.paragraph - self.last[number] <= NEAR}
        best = corpus.ahead(here)
        if best is None:
            often = self.times.most_common()
            often = [(number, n) for number, n in often if number in here]
            rest = sum(n for _, n in often[1:])
            best = often[0][0] if often and often[0][1] >= 3 * rest else None
        return Whose(best, True) if best is not None and near <= {best} else Whose(APART, False)


def _distinct(held: Sequence[np.ndarray]) -> int:
    """Give how many articles there are in several arrays of them."""
    return len(held[0]) if len(held) == 1 else len(np.unique(np.concatenate(held)))
