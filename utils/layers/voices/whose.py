"""Whom a name means: a person of the corpus, by what the article names in full, by titles, and by what is near."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from utils.layers.voices.first_names import MEN, WOMEN
from utils.layers.voices.forms import GATES, Forms, Full, apposed, office, taken_apart
from utils.layers.voices.mentions import HONORIFICS, MORE_TITLES, Mention, first_name, folded
from utils.layers.voices.names import PLACED, TITLES
from utils.layers.voices.nobody import OPENERS, PLACES

LOOSE = frozenset("acting democrat democrats former republican republicans reps rival senators sens vice".split())
FIRST = MEN | WOMEN
NO_PERSONS = GATES | OPENERS | TITLES | MORE_TITLES | {"universe"}
MUCH = 4  # times as many articles as all namesakes together: whom a surname means where nothing else tells
FAMOUS = 10  # times as many: whom it means even where a namesake is the one named in full
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
    """Whom a mention means: the number of a person, or a form that is left apart; and whether that is sure."""

    person: int | str
    sure: bool


class Names:
    """The mentions of a corpus and whom each means."""

    def __init__(self, forms: Forms, speaking: Collection[tuple[int, int]], ones: Collection[tuple[int, str]]):
        self.forms, self.speaking = forms, speaking
        self.numbers, self.doubtful = forms.clusters()
        self.shorts = self._without_first()
        self.articles: dict[int, set[int]] = defaultdict(set)
        self.surnames: dict[str, set[int]] = defaultdict(set)
        self.middles: dict[str, set[int]] = defaultdict(set)
        self.generations: dict[int, set[str]] = defaultdict(set)
        self.offices: dict[int, set[str]] = defaultdict(set)
        self.firsts: dict[int, set[str]] = defaultdict(set)
        self.called: dict[str, set[int]] = defaultdict(set)
        self.ends: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for one, number in self.numbers.items():
            if one in self.shorts:
                continue
            self.articles[number] |= forms.articles[one]
            self.surnames[one.last].add(number)
            for word in one.core[1:-1]:
                if len(word) > 2:
                    self.middles[word].add(number)
            for size in range(2, len(one.core)):
                self.ends[one.core[-size:]].add(number)
            self.generations[number].add(one.generation)
            self.offices[number] |= forms.offices[one]
            self.firsts[number].add(one.first)
            self.called[one.first].add(number)
        self.known = {*ones} | {
            (each.article, folded(each.words[0]))
            for each in forms.mentions
            if len(each.words) == 1 and each.titles and folded(each.titles[-1]) not in LOOSE
        }
        self.borne = {*self.surnames, *self.called, *self.middles}
        alone = [each for each in forms.mentions if len(each.words) == 1 and not each.titles]
        self.single = Counter(folded(each.words[0]) for each in alone)
        self.placed = Counter(folded(each.words[0]) for each in alone if each.before.lower() in PLACED)

    def _without_first(self) -> set[Full]:
        """Give the names that are the last words of one fuller name, and begin with no first name: De Marrow Vask."""
        ends = defaultdict(set)
        for one in self.forms.fulls:
            for size in range(2, len(one.core)):
                ends[one.core[-size:]].add(one)
        return {one for one in self.forms.fulls if ends[one.core] and not first_name(one.first)}

    def rows(self) -> list[Row]:
        """Give each mention of a person and whom it means."""
        by_article: dict[int, list[Mention]] = defaultdict(list)
        for each in self.forms.mentions:
            by_article[each.article].append(each)
        found = [row for many in by_article.values() for row in _Article(self, many).rows()]
        names = self._fullest(found)
        alone: dict[str, set[int]] = defaultdict(set)
        for each, whose in found:
            if isinstance(whose.person, str):
                alone[whose.person].add(each.article)
        rows = []
        for each, whose in found:
            titled = len(each.words) == 1 and each.titles
            start, words = (each.start, (*each.titles, *each.words)) if titled else (each.at, each.words)
            person = names[whose.person] if isinstance(whose.person, int) else whose.person
            sure = whose.sure and len(alone.get(person, ())) < 2  # one name alone in two articles may be two persons'
            rows.append(Row(each.article, start, each.end, " ".join(words), person, "person", sure))
        return rows

    def _fullest(self, found: Iterable[tuple[Mention, Whose]]) -> dict[int, str]:
        """Give the fullest form of each person's name: of most words, then the most frequent one."""
        times: dict[int, Counter[tuple[str, ...]]] = defaultdict(Counter)
        for each, whose in found:
            if isinstance(whose.person, int):
                times[whose.person][each.words] += 1

        def rank(one: tuple[tuple[str, ...], int]) -> tuple:
            name = " ".join(one[0])
            return len(one[0]), not name.isupper(), one[1], len(name), name

        return {number: " ".join(max(many.items(), key=rank)[0]) for number, many in times.items()}

    def sex(self, number: int) -> str:
        """Give "he" or "she" where first names or titles tell it of a person, else ""."""
        told = {HONORIFICS[one] for one in self.offices[number] if one in HONORIFICS}
        told |= {sex for sex, names in (("he", MEN), ("she", WOMEN)) if not names.isdisjoint(self.firsts[number])}
        return told.pop() if len(told) == 1 else ""

    def fitting(self, among: Collection[int], titles: Sequence[str], generation: str) -> set[int]:
        """Give those of some persons whom titles and a Jr. do not rule out; of several, those with that very title."""
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
        word = folded(each.words[0])
        if word in NO_PERSONS or word in self.forms.lower or word.removesuffix("s") in self.forms.lower:
            return False
        return first_name(each.words[0]) or (each.article, word) in self.known or not each.before and apposed(each)

    def ahead(self, among: Collection[int], times: int = MUCH) -> int | None:
        """Give the one of some persons who is in so many times as many articles as the others together."""
        sizes = sorted(((len(self.articles[one]), one) for one in among), reverse=True)
        rest = sum(size for size, _ in sizes[1:])
        return sizes[0][1] if sizes and (not rest or sizes[0][0] >= times * rest) else None


class _Article:
    """The mentions of one article, read in their order."""

    def __init__(self, corpus: Names, many: Sequence[Mention]):
        self.corpus, self.many = corpus, many
        self.own = {self._number(taken_apart(each.words)) for each in many if len(each.words) > 1} - {None}
        self.last: dict[int, int] = {}  # the paragraph in which a person was named in full last
        self.times: Counter[int] = Counter()

    def _number(self, one: Full) -> int | None:
        corpus = self.corpus
        return None if one in corpus.shorts or one in corpus.doubtful else corpus.numbers.get(one)

    def rows(self) -> list[tuple[Mention, Whose]]:
        """Give each mention of a person and whom it means."""
        return [(each, whose) for each in self.many if (whose := self._whose(each))]

    def _whose(self, each: Mention) -> Whose | None:
        if len(each.words) == 1:
            return self._single(taken_apart(each.words), each) if self._looked_at(each) else None
        one = taken_apart(each.words)
        number = self._number(one)
        if number is not None:
            self.last[number] = each.paragraph
            self.times[number] += 1
            return Whose(number, True)
        if one in self.corpus.doubtful:
            return self._one_of(self.corpus.doubtful[one], one, each)
        if one in self.corpus.shorts or len(one.core) > 1:
            known = self.corpus.ends.get(one.core, set())
            near = known & self.own or known
            return Whose(next(iter(near)), True) if len(near) == 1 else None
        return self._single(one, each)

    def _looked_at(self, each: Mention) -> bool:
        """Say whether a single name has a title, speaks, or is in the name of somebody in the corpus."""
        corpus, word = self.corpus, folded(each.words[0])
        spoken = (each.article, each.at) in corpus.speaking or (each.article, word) in corpus.known
        return word in corpus.borne or bool(each.titles) or spoken

    def _one_of(self, among: Collection[int], one: Full, each: Mention) -> Whose:
        """Give whom a full name means that may be several persons': the one whom this article names more fully."""
        here = self.corpus.fitting({*among} & self.own, each.titles, "")
        return Whose(here.pop(), True) if len(here) == 1 else Whose(" ".join(each.words), False)

    def _single(self, one: Full, each: Mention) -> Whose | None:
        """Give whom a single name means: a surname, or a first name."""
        corpus, word = self.corpus, one.last
        called = bool(each.titles) and folded(each.titles[-1]) not in LOOSE and word not in NO_PERSONS
        if each.before.lower() in ("the", "a", "an") and not each.titles or len(word) < 2:
            return None
        if each.words[0].isupper() and len(word) < 4 and not called:
            return None
        speaks = (each.article, each.at) in corpus.speaking
        everywhere = corpus.surnames.get(word, set())
        if not everywhere and not first_name(each.words[0]):
            everywhere = corpus.called.get(word, set())  # President Xi
        here = everywhere & self.own or corpus.middles.get(word, set()) & self.own
        if not here and (called or first_name(each.words[0]) or speaks) and word not in PLACES:
            here = corpus.called.get(word, set()) & self.own
            everywhere = everywhere if not here else here
        speaks = speaks or (each.article, word) in corpus.known
        if not here and not called and not speaks and not self._can_be(word, each):
            return None
        fits = corpus.fitting(everywhere | here, each.titles, one.generation)
        if here & fits:
            return self._here(here & fits, fits, each)
        if fits and (called or word not in NO_PERSONS and word not in FIRST):
            best = corpus.ahead(fits)
            return Whose(best, True) if best is not None else self._apart(each)
        titled = called and (word not in corpus.forms.lower or folded(each.titles[-1]) in HONORIFICS)
        return self._apart(each, True) if titled or speaks and corpus.somebody(each) else None

    def _can_be(self, word: str, each: Mention) -> bool:
        """Say whether a surname that the article gives nobody in full can be a person's here: no place, no word."""
        corpus = self.corpus
        if word not in corpus.surnames or word in NO_PERSONS:
            return False
        if 2 * corpus.placed[word] >= corpus.single[word]:
            return False
        return not (each.opens and word in corpus.forms.lower)

    def _here(self, here: set[int], everywhere: set[int], each: Mention) -> Whose:
        """Give whom a single name means among those whom the article names in full."""
        corpus = self.corpus
        if len(here) == 1:
            number = next(iter(here))
            best = corpus.ahead(everywhere | here, FAMOUS) if number in everywhere else number
            famous = best is not None and len(corpus.articles[best]) >= FAMOUS and not each.titles
            return self._apart(each) if famous and best != number else Whose(number, True)
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
        return Whose(best, True) if best is not None and near <= {best} else self._apart(each)

    def _apart(self, each: Mention, sure: bool = False) -> Whose:
        return Whose(" ".join(each.words), sure)
