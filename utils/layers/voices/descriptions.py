"""How a statement names and describes persons: runs of capitals, what is said beside them, and who is the subject."""

import re
from collections.abc import Collection, Iterator, Sequence

from utils.layers.voices.names import DATES, PARTICLES, POSSESSIVE, SHORT, of_an_office, personal, title
from utils.layers.voices.phrases import (
    AUXILIARIES,
    BE,
    BOUNDS,
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    UNDER,
    UNITS,
    adverb,
)
from utils.layers.voices.statements import POSSESSIVES, Statement

CLAUSES = BOUNDS - {",", "(", "[", "-"}
ENDS = CLAUSES | {","}
NO_NOUNS = BOUNDS | AUXILIARIES | PREPOSITIONS | PRONOUNS
OTHERS = frozenset("acting assistant deputy former vice".split())  # the vice president is not the president
NOBODY = AUXILIARIES | frozenset(
    """
    a ago an cannot here heretofore neither nobody none nothing that the there therefore these this thus
    well""".split()
)
OF_A_PERSON = frozenset("a an the who whose whom".split())
NAMED = re.compile(r"\b[A-Z][\w’'-]*+\.?(?: [A-Z][\w’'-]*+\.?)*+")
OPENING = AUXILIARIES | BOUNDS | DETERMINERS | PREPOSITIONS | UNDER
OWN_NAME = re.compile(r"\b(?:I|I[’']m|I am|me|myself),? $")


def runs(one: Statement) -> Iterator[tuple[int, int]]:
    """Give the runs of capitalised words of a statement."""
    end, size = 0, len(one)
    for start, word in enumerate(one.words):
        if start < end or not word[0].isupper():
            continue
        end = start + 1
        while end < size and (more := _joined(one, end)):
            end += more
        yield start, end


def _joined(one: Statement, at: int) -> int:
    """Give how many words at a place belong to the same name as the one before it: a particle brings the next one."""
    if one.low[at] in PARTICLES and at + 1 < len(one) and one.words[at + 1][0].isupper():
        return 2 if one.end[at - 1] + 1 == one.start[at] else 0
    if not one.words[at][0].isupper():
        return 0
    before, gap = one.words[at - 1], one.raw[one.end[at - 1] : one.start[at]]
    if before.lower() in DATES or before.endswith(POSSESSIVES):
        return 0
    return int(gap in (" ", "\u00a0") or gap == ". " and (len(before) == 1 or before in SHORT))


def introduced(one: Statement, start: int, end: int) -> bool:
    """Say whether one name opens a statement and is then told of: Hedda, a roofer · Hedda, whose husband."""
    told = end - start == 1 and end + 1 < len(one) and one.low[end] == "," and one.low[end + 1] in OF_A_PERSON
    return start == 0 and told and one.low[0] not in NO_NOUNS


def noun(one: Statement, place: int) -> bool:
    """Say whether a word can stand inside a description."""
    low = one.low[place]
    return not (one.quoted(place) or low in NO_NOUNS or adverb(low))


def phrase_end(one: Statement, start: int) -> int:
    """Give where the description that begins at a place ends, after its head."""
    end = start
    while end < len(one) and end - start < 9 and noun(one, end):
        end += 1
    return end


def phrase(one: Statement, start: int) -> list[str]:
    """Give the description that begins at a place up to its head: the branch's secretary, of the town."""
    return [POSSESSIVE.sub("", low) for low in one.low[start : phrase_end(one, start)] if low not in DETERMINERS]


def described(one: Statement, start: int, end: int) -> Iterator[list[str]]:
    """Give what is said around a name: branch secretary X · X, the secretary of Y · the secretary, X · X is a clerk."""
    low = one.low
    first = start
    while first and start - first < 4 and one.words[start - 1][0].islower() and noun(one, first - 1):
        first -= 1
    yield [word for word in low[first:start] if word not in DETERMINERS]
    after = end
    if after < len(one) and low[after] in PREPOSITIONS:
        after = next((place for place in range(after, min(after + 7, len(one))) if low[place] == ","), end)
    if low[after : after + 1] == [","]:
        if low[after + 2 : after + 3] == [","] and low[after + 1].isdigit():
            after += 2
        after += low[after + 1 : after + 3] in (["who", "is"], ["who", "was"]) and 2
        yield phrase(one, after + 1)
    elif after < len(one) and low[after] in BE:
        yield phrase(one, after + 1)
    if first > 1 and low[first - 1] == ",":
        first -= 1
        comma = first
        while first and low[first - 1] not in ENDS and not one.quoted(first - 1):
            first -= 1
        after = phrase_end(one, first)
        if after == comma or low[after] in PREPOSITIONS:  # the clerk of the port, X; but not: the clerk met his wife, X
            yield phrase(one, first)


def opening(one: Statement, start: int, ends: Collection[int]) -> int | None:
    """Give where the phrase with a name begins if it opens its clause, and can be its subject; else None."""
    if start and personal(one.low[start - 1]):
        while start and noun(one, start - 1):
            start -= 1
    if start > 1 and one.low[start - 1] == "of" and one.words[start - 2][0].isupper():
        start -= 2  # Secretary of State X
    if start > 1 and one.low[start - 1] in ("and", "or") and one.low[start - 2] != ",":
        listed = start - 1 in ends or not PREPOSITIONS.isdisjoint(one.low[max(0, start - 6) : start - 1])
        return None if listed else start
    if start <= 0 or one.quoted(start - 1) or one.quoted(start - 2) or one.low[start - 1] in CLAUSES:
        return start
    led = one.low[0] in PREPOSITIONS or one.low[0] in DETERMINERS or one.low[0].endswith(("ing", "ed"))
    return start if led and one.low[start - 1] == "," else None


def modifies(one: Statement, start: int, end: int) -> bool:
    """Say whether a name belongs to the noun after it: the Marrow campaign."""
    after = one.words[end] if end < len(one) else ""
    return start > 0 and one.low[start - 1] in ("the", "a", "an", "this") and after[:1].islower()


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


def agree(words: set[str], others: set[str]) -> bool:
    """Say whether the words before one noun can describe the same person: branch, and nothing or union branch."""
    return (words <= others or others <= words) and OTHERS.isdisjoint(words ^ others)


def head_of(words: Sequence[str]) -> int:
    """Give the place after the head of a phrase: before its first preposition."""
    every = range(1, len(words))
    return next((at for at in every if words[at].lower() in PREPOSITIONS and not of_an_office(words, at)), len(words))


def nobody(words: Sequence[str]) -> bool:
    """Say whether words that were taken for a speaker name nobody: 17 years, well, became public a week ago."""
    if not words or words[0].lower() in PREPOSITIONS:
        return True
    head = words[head_of(words) - 1]
    number = all(word[0].isdigit() or word.lower().rstrip("s") in UNITS | DAYS for word in words)
    return number or head.lower() in NOBODY or head.islower() and adverb(head)
