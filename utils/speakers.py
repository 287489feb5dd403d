"""Who a mention of a speaker means: the fullest name in that article, or the phrase itself where there is no name."""

import re
from collections.abc import Sequence

from utils import described, names, persons, trades
from utils.names import BODIES, POSSESSIVE, FullNames, of_an_office
from utils.persons import Persons
from utils.phrases import AUXILIARIES, BOUNDS, DAYS, DETERMINERS, PREPOSITIONS, PRONOUNS, UNITS, adverb
from utils.quoted import POSSESSIVES, Statement
from utils.trades import personal

CODE = (__file__, *(module.__file__ for module in (described, names, persons, trades)))
WORD = re.compile(r"(?:[^\W\d_a-z]\.)+|[\w’'&-]+(?:[.,]\d+)*")
CONTRACTED = re.compile(r"['’](?:s|re|d|ll|ve|m)$")
GROUPS = frozenset(
    """
    analysts authorities crews critics dockers doctors experts fishermen investigators journalists lawmakers
    lawyers leaders members neighbors neighbours observers officers officials opponents organisers
    organizers others parents people police politicians prosecutors protesters reporters researchers
    residents scholars scientists sources students supporters teachers unions voters witnesses workers""".split()
)
KIN = {"he": "he", "she": "she", "him": "he", "his": "he", "her": "she"}
OWN = frozenset("their them it its my our your me us".split())
NOBODY = AUXILIARIES | frozenset(
    """
    a ago an cannot here heretofore neither nobody none nothing that the there therefore these this thus
    well""".split()
)


def bare(mention: str) -> str:
    """Give a mention without a possessive or a contracted verb: Marrow's, he's."""
    return CONTRACTED.sub("", POSSESSIVE.sub("", mention)) or mention


class Names:
    """The names of one article, and whom each mention so far has meant."""

    def __init__(self, raw: str, paragraphs: Sequence[Sequence[Statement]], lower: set[str]):
        spans = [(many[0].start[0], many[-1].end[-1]) for many in paragraphs if many]
        self.names = FullNames((raw[start:end] for start, end in spans), lower)
        self.persons = Persons(paragraphs, self.names)
        self.groups: list[str] = []
        self.meant: dict[tuple[int, str], tuple[str | None, bool]] = {}

    def who(self, mention: str, at: int) -> tuple[str | None, bool]:
        """Give whom a mention at a place means and whether that is a name; None where that is nobody."""
        if (at, mention) not in self.meant:
            self.meant[at, mention] = self._who(mention, at)
        return self.meant[at, mention]

    def _who(self, mention: str, at: int) -> tuple[str | None, bool]:
        low = mention.lower()
        if low in PRONOUNS or low in KIN or low in OWN:
            return self._pronoun(low, at)
        words = WORD.findall(mention)
        while len(words) > 1 and words[0].lower() in DETERMINERS | BOUNDS and words[1].lower() not in PREPOSITIONS:
            words = words[1:]
        if len(words) == 1 and words[0].lower() in PRONOUNS:
            return self._pronoun(words[0].lower(), at)
        if _nobody(words):
            return None, False
        name = self._name(words, mention, at)
        if name:
            key = name.split()[-1].lower()
            if self.persons.person(name.split()) or key in self.persons.lone:
                self.persons.speaks(at, at + len(mention), name, True)
            else:
                self.groups.append(name)
            return name, True
        return self._phrase(mention, words, at)

    def _phrase(self, mention: str, words: list[str], at: int) -> tuple[str, bool]:
        """Give who is meant by a phrase without a name: who holds that office, or the phrase itself."""
        core = [POSSESSIVE.sub("", word.lower()) for word in words[: _head(words)]]
        first = mention.split()[0].lower()
        phrase = " ".join(words)
        if first in {"the", "its", "their"} or first.endswith(POSSESSIVES):
            owned = any(word.isupper() or personal(POSSESSIVE.sub("", word)) for word in words if word not in core)
            if found := self.persons.office(core, at, near=first == "the" and not owned):
                self.persons.speaks(at, at + len(mention), found.who, found.named)
                return found.who, found.named
            if len(words) == 1:  # the official: the union official of before
                phrase = next((one for one in reversed(self.groups) if one.split()[-1] == phrase), phrase)
        if personal(core[-1]):
            self.persons.speaks(at, at + len(mention), phrase, False)
        self.groups.append(phrase)
        return phrase, False

    def _name(self, words: list[str], mention: str, at: int) -> str | None:
        """Give the full name in a mention, None where its head is no name (a spokesman for X, union officials)."""
        unnamed = mention.split()[0].lower() in DETERMINERS - {"the"}
        core = words[: _head(words)]
        if not core[-1][0].isupper():
            if core[-1].lower() in BODIES and any(word[0].isupper() for word in core[:-1]) and not unnamed:
                return " ".join(core)
            return None
        start = len(core)
        while start and (
            core[start - 1][0].isupper() or core[start - 1].lower() in {"de", "van", "von", "al", "of", "and"}
        ):
            start -= 1
        while start < len(core) and not core[start][0].isupper():
            start += 1
        titles, name = self.names.divided([POSSESSIVE.sub("", word) for word in core[start:]])
        if len(name) == 1 and name[0].lower() in self.names.lower | GROUPS and name[0].lower() not in self.names.known:
            return None
        if unnamed and start == 0 and not titles and len(name) == 1:
            return None
        there = self.persons.between(at, at + len(mention))
        return self.names.full(name, lambda names: there if there in names else None)

    def _pronoun(self, low: str, at: int) -> tuple[str | None, bool]:
        """Give whom a pronoun means."""
        if low in {"they", "them", "their", "it", "its"}:
            return (self.groups[-1], False) if self.groups else (None, False)
        found = self.persons.nearest(at, KIN[low]) if low in KIN else None
        if found is None:
            return None, False
        self.persons.votes[found.who, KIN[low]] += 1
        self.persons.speaks(at, at + len(low), found.who, found.named)
        return found.who, found.named


def _head(words: Sequence[str]) -> int:
    """Give the place after the head of a phrase: before its first preposition."""
    every = range(1, len(words))
    return next((at for at in every if words[at].lower() in PREPOSITIONS and not of_an_office(words, at)), len(words))


def _nobody(words: Sequence[str]) -> bool:
    """Say whether words that were taken for a speaker name nobody: 17 years, well, became public a week ago."""
    if not words or words[0].lower() in PREPOSITIONS:
        return True
    head = words[_head(words) - 1]
    number = all(word[0].isdigit() or word.lower().rstrip("s") in UNITS | DAYS for word in words)
    return number or head.lower() in NOBODY or head.islower() and adverb(head)
