"""Who is who in one article: its persons, whom a pronoun means, and whose fullest name a mention of a speaker has."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import accumulate
from typing import NamedTuple

from utils.layers.voices.descriptions import described, introduced, modifies, noun, opening, phrase, runs
from utils.layers.voices.first_names import MEN, WOMEN
from utils.layers.voices.names import BODIES, DATES, POSSESSIVE, FullNames, of_an_office, personal, sex_of, title
from utils.layers.voices.phrases import (
    AUXILIARIES,
    BE,
    BOUNDS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    UNITS,
    adverb,
)
from utils.layers.voices.statements import POSSESSIVES, Statement

OF_THE_SUBJECT = {"he": "he", "himself": "he", "she": "she", "herself": "she"}
UNDER = frozenset("as because how if since than that though what whether which while who whom why".split())
STARTS = BOUNDS | PREPOSITIONS
STANDS = BE | frozenset("came comes lay lies sat sits stands stood waited waits".split())  # at it stood a docker
NEW = frozenset("a an another one".split())
OTHERS = frozenset("acting assistant deputy former vice".split())  # the vice president is not the president
LOOSE = frozenset("acting democrat former republican rival vice".split())  # no titles: the Republican Senate
FAR = 6  # the greatest cost (statements back) for what a pronoun may mean,
NEAR = 2.5  # and for what may be meant by "the skipper" without ever being called one


class Mention(NamedTuple):
    """A person in a statement: where, who (a full name, or the phrase of somebody unnamed) and whether as a subject."""

    at: int
    who: str
    named: bool
    subject: bool


class Persons:
    """The persons of one article, with what it says of them."""

    def __init__(self, paragraphs: Sequence[Sequence[Statement]], names: FullNames):
        self.names = names
        self.said = [(number, one) for number, many in enumerate(paragraphs) for one in many]
        self.starts = [one.start[0] for _, one in self.said]
        # a quotation alone is no step back
        told = accumulate(len(one) > 1 or not one.quoted(0) for _, one in self.said)
        self.depths = [depth + 0.5 * number for depth, (number, _) in zip(told, self.said, strict=True)]
        self.mentions: list[list[Mention]] = []
        self.votes: Counter[tuple[str, str]] = Counter()
        self.offices: dict[str, dict[str, list[set[str]]]] = {}
        self.lone: set[str] = set()  # single names of persons: Hedda, Mrs. Marrow
        self.new: dict[str, int] = {}  # where somebody without a name first came in: a docker
        every = [(one, list(runs(one))) for _, one in self.said]
        self.alone = {POSSESSIVE.sub("", one.words[at]) for one, many in every for at, end in many if end == at + 1}
        for one, many in every:
            self.mentions.append([])
            self._read(one, many)
        self._vote()
        for number, (_, one) in enumerate(self.said):
            self._stands(number, one)

    def _read(self, one: Statement, places: Sequence[tuple[int, int]]) -> None:
        """Take in the persons of one statement, their titles, trades and offices."""
        ends: list[int] = []
        for start, end in places:
            words = [*one.words[start : end - 1], POSSESSIVE.sub("", one.words[end - 1])]
            if start and len(words) == 1 and not self._heard(words[0]):
                continue
            titles, name = self.names.divided(words)
            called_by = [word.lower() for word in titles if title(word)]
            key = name[-1].lower()
            told = introduced(one, start, end) and key not in self.names.lower
            if len(name) == 1 and (told or called_by and called_by[-1] not in LOOSE):
                self.lone.add(key)
            first = len(name) == 1 and self.names.called(name[0])
            if name[0].lower() in DATES or not (first or key in self.lone or self.person(name)):
                continue
            if not called_by and modifies(one, start, end):
                continue
            ends.append(end)
            who = self.names.full(name, self.latest)
            self._mention(one, start, end, who, opening(one, start, ends))
            for called in (called_by, *described(one, start, end)):
                self._office(called, who)
        if not NEW.isdisjoint(one.low):
            for place in [place for place, low in enumerate(one.low) if low in NEW]:
                self._anew(one, place, ends)

    def _heard(self, name: str) -> bool:
        """Say whether a single name can be somebody's."""
        return name.lower() in self.names.known or name.lower() in self.lone or self.names.called(name)

    def person(self, name: Sequence[str]) -> bool:
        """Say whether a name looks like a person's: a firm's is shortened to its first word, a person's to the last."""
        shortened = len(name) > 1 and name[0] in self.alone and name[-1] not in self.alone
        firm = shortened and not self.names.first(name)
        return not firm and self.names.person(name[-1])

    def _mention(self, one: Statement, start: int, end: int, who: str, first: int | None) -> None:
        """Take in a name; it is the subject where its phrase opens the clause, at `first`."""
        held = self.mentions[-1]
        subject = first is not None and one.low[-1] != "?" and not one.low[end - 1].endswith(POSSESSIVES)
        if first is not None:  # in "Venn adviser Ilse Marrow said" the first name is no subject
            held[:] = [other._replace(subject=other.subject and other.at < one.start[first]) for other in held]
        if first and one.low[first - 1] in UNDER | {","} and any(other.subject for other in held):
            subject = False  # Marrow asked what Venn was paid; On Monday, Marrow met, in Eastport, Venn
        held.append(Mention(one.start[start], who, True, subject))

    def _office(self, called: Sequence[str], who: str) -> None:
        """Learn that somebody is called "the branch secretary"."""
        if called and personal(called[-1]):
            self.offices.setdefault(called[-1], {}).setdefault(who, []).append({*called[:-1]})
            for word in called:
                if known := sex_of(word):
                    self.votes[who, known] += 5

    def _anew(self, one: Statement, start: int, ends: Collection[int]) -> None:
        """Take in somebody without a name, "a young docker"; but not in "Marrow, a docker" and "Marrow is a docker"."""
        near, held = range(start + 1, min(start + 5, len(one))), self.mentions[-1]
        end = next((at for at in near if not noun(one, at) or personal(one.low[at])), 0)
        before = one.low[start - 1] if start else ""
        is_one = before in BE and one.low[max(0, start - 2)] not in {"it", "that", "there", "this"}
        told_of = start - 1 in ends or before in {"as", "like"} or is_one or adverb(before)
        if not end or not personal(one.low[end]) or told_of:
            return
        self.new.setdefault(one.low[end], one.start[end])
        stands = not held and before in STANDS or one.low[end + 1 : end + 2] == ["who"]
        subject = stands or opening(one, start, ends) is not None
        insort(held, Mention(one.start[start], " ".join(one.words[start + 1 : end + 1]), False, subject))

    def _stands(self, number: int, one: Statement) -> None:
        """Take in who is meant by an office that opens a statement: The convener read it twice."""
        if one.low[0] != "the" or self.mentions[number] and self.mentions[number][0].subject:
            return
        called = phrase(one, 1)
        end = next((at for at in range(1, 1 + len(called)) if one.words[at].islower() and personal(one.low[at])), None)
        if end and (found := self.office(called[:end], one.start[0])):
            insort(self.mentions[number], found)

    def _vote(self) -> None:
        """Learn who is he and who is she: from the pronoun in the statement of one person alone, or in the next one."""
        alone, paragraph = "", -1
        for (number, one), persons in zip(self.said, self.mentions, strict=True):
            own = {mention.who for mention in persons}
            if own or number != paragraph:
                alone = own.pop() if len(own) == 1 and persons[0].subject else ""
            paragraph = number
            first = persons[0].at if persons else 0
            for word in OF_THE_SUBJECT.keys() & one.low if alone else ():
                place = one.low.index(word)
                if one.start[place] > first and one.low[place - 1] != ",":  # not in "Marrow was late, she said"
                    self.votes[alone, OF_THE_SUBJECT[word]] += 1

    def sex(self, who: str) -> str | None:
        """Give whether somebody is he or she in this article, or by first name; None where neither tells."""
        first = who.split()[0].lower()
        he, she = self.votes[who, "he"] + 2 * (first in MEN), self.votes[who, "she"] + 2 * (first in WOMEN)
        words = who.split()
        return sex_of(words[_head(words) - 1].lower()) if he == she else "he" if he > she else "she"

    def latest(self, names: Sequence[str]) -> str | None:
        """Give which of several namesakes was mentioned last in the paragraph read now; None where none was."""
        here = len(self.mentions) - 1
        while here >= 0 and self.said[here][0] == self.said[len(self.mentions) - 1][0]:
            for mention in reversed(self.mentions[here]):
                if mention.who in names:
                    return mention.who
            here -= 1
        return None

    def between(self, start: int, end: int) -> str | None:
        """Give whose name stands last between two places."""
        here = self.mentions[max(0, bisect_right(self.starts, start) - 1)] if self.mentions else []
        return next((mention.who for mention in reversed(here) if start <= mention.at < end and mention.named), None)

    def behind(self, raw: str, end: int) -> str | None:
        """Give whose name stands behind a role that ends at a place: a docker from Eastport, Ivo Lund,"""
        comma = INSERTED.match(raw, end)
        here = self.mentions[max(0, bisect_right(self.starts, end) - 1)] if comma and self.mentions else []
        for one in here:
            if comma and one.named and one.at >= comma.end():
                role = raw[comma.end() : one.at].split()
                return one.who if not role or personal(role[-1]) and PREPOSITIONS.isdisjoint(role) else None
        return None

    def speaks(self, at: int, end: int, who: str, named: bool) -> None:
        """Note who was found to speak, where a mention begins and ends."""
        place = bisect_right(self.starts, at) - 1
        if place >= 0:
            kept = [mention for mention in self.mentions[place] if not at <= mention.at < end]
            self.mentions[place] = sorted([*kept, Mention(at, who, named, True)])

    def office(self, called: Sequence[str], at: int, *, near: bool = True) -> Mention | None:
        """Give who is meant by "the branch secretary": who holds the office, else the only one spoken of just before.

        Of several holders it is the one whose office has the same words ("president" is no "former president"), or
        the nearest.
        """
        head, rest = called[-1], {*called[:-1]}
        known = self.offices.get(head, {})
        fits = [who for who, every in known.items() if any(_agree(words, rest) for words in every)]
        exact = [who for who in fits if rest in known[who]]
        holders = exact if len(exact) == 1 else fits
        if holders:
            found = Mention(at, holders[0], True, True) if len(holders) == 1 else self.nearest(at, among={*holders})
        elif near and personal(head) and self.new.get(head, at) >= at:
            one = next((mention.who for many in self.mentions for mention in many), None)
            alone = not any(mention.who != one and mention.at < at for many in self.mentions for mention in many)
            found = self.nearest(at, sex_of(head), within=2 * FAR if alone else NEAR, apart=1.5, behind=0.5)
            found = found if found and found.named and found.subject and found.who not in known else None
        else:
            return None
        return found and found._replace(at=at, subject=True)

    def _added(self, place: int, at: int) -> bool:
        """Say whether "C, she said" stands here: she is nobody in C."""
        one = self.said[place][1]
        number = bisect_left(one.start, at)
        return 0 < number < len(one) and one.low[number - 1] == "," and one.low[0] not in STARTS

    def nearest(
        self, at: int, sex: str | None = None, *, within: float = FAR, apart: float = 0.5, behind: float = 2.5,
        among: Collection[str] = (), told: str = "",
    ) -> Mention | None:  # fmt: skip
        """Give the person likeliest meant at a place, by "he" for one: the nearest one, who can be that.

        What a person costs is the statements back, half a step more for each paragraph, 1 where neither the article
        nor the first name tells whether "he" or "she", and `behind` where the person was no subject.

        Parameters
            sex: he or she.  within: the greatest cost.  apart: by how much the next one must cost more; None is given
            else, since a wrong name is worse than none.  among: who can be meant (default: anybody).  told: words of
            the one who is meant, which tell of others: whom they name is not who says them.
        """
        here = bisect_right(self.starts, at) - 1
        found: dict[str, tuple[float, Mention]] = {}
        for place in range(here, -1, -1):
            back = self.depths[here] - self.depths[place]
            if back > within + apart:
                break
            for mention in reversed(self.mentions[place] if place < here or not self._added(here, at) else ()):
                known = self.sex(mention.who)
                if mention.at >= at or sex and known and known != sex or among and mention.who not in among:
                    continue
                if mention.named and tells_of(told, mention.who):
                    continue
                cost = back + (0 if mention.subject else behind) + (0 if known or not sex else 1)
                found[mention.who] = min((cost, mention), found.get(mention.who, (cost, mention)))
        best = sorted(found.values())
        sure = best and best[0][0] <= within and (len(best) == 1 or best[1][0] - best[0][0] >= apart)
        return best[0][1] if sure else None


def _agree(words: set[str], others: set[str]) -> bool:
    """Say whether the words before one noun can describe the same person: branch, and nothing or union branch."""
    return (words <= others or others <= words) and OTHERS.isdisjoint(words ^ others)


def tells_of(told: str, who: str) -> bool:
    """Say whether words name somebody as others do: Marrow knows it · Mr. Marrow’s ship, but not: I, Ilse Marrow ·
    Tom Marrow, who is another, · Marrow Street."""
    names = who.split()
    for found in NAMED.finditer(told):
        words = [POSSESSIVE.sub("", word).rstrip(".") for word in found[0].split()]
        if words[0].lower() in OPENING or title(" ".join(words[1:2]).lower()):  # Did Marrow · Ask Mr. Marrow
            words = words[1:]
        name = [word for word in words if len(word) > 1 and not title(word.lower())]
        if name and name[-1] == names[-1] and {*name} <= {*names} and not OWN_NAME.search(told, 0, found.start()):
            return True
    return False


NAMED = re.compile(r"\b[A-Z][\w’'-]*+\.?(?: [A-Z][\w’'-]*+\.?)*+")
OPENING = AUXILIARIES | BOUNDS | DETERMINERS | PREPOSITIONS | UNDER
OWN_NAME = re.compile(r"\b(?:I|I[’']m|I am|me|myself),? $")
INSERTED = re.compile(  # a docker, … · a docker from Eastport, … but not: a docker, X and Y
    r"(?: (?:at|for|from|in|of|with)(?: [\w’'.-]{1,40}){1,5})?, (?![^,;.]{1,80} and )"
)
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
        self.raw = raw
        self.names = FullNames((raw[start:end] for start, end in spans), lower)
        self.persons = Persons(paragraphs, self.names)
        self.groups: list[str] = []
        self.meant: dict[tuple[int, str], tuple[str | None, bool]] = {}

    def who(self, mention: str, at: int, told: str = "") -> tuple[str | None, bool]:
        """Give whom a mention at a place means and whether that is a name; None where that is nobody.

        told: what the one who is mentioned says.
        """
        if (at, mention) not in self.meant:
            self.meant[at, mention] = self._who(mention, at, told)
        return self.meant[at, mention]

    def _who(self, mention: str, at: int, told: str) -> tuple[str | None, bool]:
        low = mention.lower()
        if low in PRONOUNS or low in KIN or low in OWN:
            return self._pronoun(low, at, told)
        words = WORD.findall(mention)
        while len(words) > 1 and words[0].lower() in DETERMINERS | BOUNDS and words[1].lower() not in PREPOSITIONS:
            words = words[1:]
        if len(words) == 1 and words[0].lower() in PRONOUNS:
            return self._pronoun(words[0].lower(), at, told)
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
        if personal(core[-1]) or sex_of(core[-1]):
            if name := self.persons.behind(self.raw, at + len(mention)):  # a docker, Ivo Lund, said
                self.persons.speaks(at, at + len(mention), name, True)
                return name, True
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
        if len(name) == 1 and title(name[0]) and len(core) < len(words):
            return None  # Advisers to X
        if unnamed and start == 0 and not titles and len(name) == 1:
            return None
        there = self.persons.between(at, at + len(mention))
        return self.names.full(name, lambda names: there if there in names else None)

    def _pronoun(self, low: str, at: int, told: str) -> tuple[str | None, bool]:
        """Give whom a pronoun means: nobody whom its own words name."""
        if low in {"they", "them", "their", "it", "its"}:
            return (self.groups[-1], False) if self.groups else (None, False)
        found = self.persons.nearest(at, KIN[low], told=told) if low in KIN else None
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
