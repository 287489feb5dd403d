"""Who says what in one statement: each reporting word with its content and its speaker."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from utils.layers.voices import content, cues
from utils.layers.voices.phrases import (
    AUXILIARIES,
    DAYS,
    DETERMINERS,
    RELATIVES,
    WHERE_AND_WHEN,
    Words,
    adverb,
    after_manner,
    after_where_and_when,
    begins_phrase,
    phrase_left,
    phrase_right,
    possessor,
    pronoun,
    topic,
)
from utils.layers.voices.rules import named
from utils.layers.voices.statements import POSSESSIVES, Statement
from utils.layers.voices.verbs import JOINS, STOPS, Use, subject, unsaid, uses

NEXT = 12  # later cues looked at for where a content ends
NEVER_SAID = ""  # the rule of what is no quotation, though it stands between marks
BETWEEN_MARKS, AFTER_THAT = named("X said Q"), named("X said that C")


class Found(NamedTuple):
    """One attribution in a statement: content, cue and speaker as places of words; no speaker is None."""

    content: Words
    cue: Words
    who: Words | None
    rule: str


def attributions(said: Statement) -> list[Found]:
    """Give the attributions of one statement, in the order of their contents.

    None lies inside another, but for a stretch between marks with a cue of its own (said the mayor had called
    it “a sham”). Marks that hold what was never said are given with NEVER_SAID.
    """
    found = _by_verbs(said)
    if "according" in said.low or "per" in said.low:
        found += _according(said)
    if said.marks and said.low[0] == "in" and "words" in said.low:
        found += _in_words(said)
    if not cues.nouns().isdisjoint(said.low):
        found += list(_by_nouns(said, found))
    if not cues.ADJECTIVES.isdisjoint(said.low):
        found += list(_by_adjectives(said, found))
    return _outermost(found)


def _by_verbs(said: Statement) -> list[Found]:
    """Give the contents of reporting verbs, each verb after the one before it, whose subject it may share."""
    every = list(uses(said))
    found: list[Found] = []
    never: set[int] = set()  # stretches between marks that were not said
    who, first = None, 0
    for number, use in enumerate(every):
        who = subject(said, use, who)
        got = _of_verb(said, use, who, every[number + 1 : number + 1 + NEXT], first)
        found += got
        if got and unsaid(said, use, who):
            beside = [one for one in got if one.content[0] > use.at or who and who[1] == use.group]
            never.update(place for one in beside for place in _only_marks(said, one.content))
        for one in got:
            who = one.who
            if one.rule.startswith("C,") or said.quoted(one.content[1] - 1):
                first = max(first, one.content[1], use.end if one.content[1] <= use.at else 0)
    kept = [one for one in found if never.isdisjoint(range(*one.content))]
    return kept + [Found((place, place + 1), (place, place + 1), None, NEVER_SAID) for place in never]


def _only_marks(said: Statement, what: Words) -> Sequence[int]:
    """Give the places of a content that is nothing but stretches between marks, or "that" and these; else none."""
    places = range(what[0] + (said.low[what[0]] == "that"), what[1])
    return places if all(map(said.quoted, places)) else ()


def _of_verb(said: Statement, use: Use, who: Words | None, later: Sequence[Use], first: int) -> list[Found]:
    """Give the contents of one verb: "C, said X", "X said C" or "C, X said", in this order of trust."""
    cue = use.at, use.end
    if inverted := _inverted(said, use, who, later, first):
        return inverted
    joined = use.group > 0 and said.low[use.group - 1] in JOINS
    if who is None and use.stands == "finite" and not joined:
        return []
    left_of = who if who and who[0] < use.at else None
    ahead = left_of if left_of and said.quoted(left_of[0] - 1) and use.speaks_beside(True) else None
    right = content.after(said, use)
    sure = right and right[1] in (BETWEEN_MARKS, AFTER_THAT)
    if right and ahead and not sure and said.rounded(ahead[0] - 1) and not said.titled(ahead[0] - 1):
        right = None  # “…,” she told me this week
    if right:
        what = right[0], content.end_of(said, right[0], later)
        found = [Found(what, cue, who, right[1])] if what[0] < what[1] else []
        left = content.before(said, ahead[0], first) if ahead else None
        return [Found(left, cue, who, named("C, X said")), *found] if left and left[0] == first else found
    return _around(said, use, left_of, later, first) if left_of and use.speaks_beside(ahead is not None) else []


def _inverted(said: Statement, use: Use, who: Words | None, later: Sequence[Use], first: int) -> list[Found]:
    """Give the contents of "C, said X" and “…,” said X, “…”."""
    marks = said.quoted(use.at - 1)
    if not (use.speaks_beside(marks) and use.at == use.group and use.at and (marks or said.low[use.at - 1] == ",")):
        return []
    spoken_to = "person" in use.cue.frames and not (
        marks and use.cue.frames & {"clause", "marks"}
    )  # told X, but “…,” warned X
    speaker = phrase_right(said, use.end) if not spoken_to and begins_phrase(said, use.end) else None
    if speaker is None or not (marks or _closed(said, speaker, who)):
        return []
    left = content.before(said, use.at, first)
    if left is None:
        return []
    again = content.resumed(said, after_manner(said, speaker[1]), later)
    found = [Found(left, (use.at, use.end), speaker, named("C, said X"))]
    if again and said.quoted(again[0]):
        found.append(Found(again, (use.at, use.end), speaker, named("C, said X, C")))
    return found


def _closed(said: Statement, who: Words, left: Words | None) -> bool:
    """Say whether "C, said X" stands here, and not "X, the harbour master, said C".

    Nothing but where and when or an insertion follows X, and X is a name if another phrase could be the
    subject.
    """
    if pronoun(said.low[who[0]]) or left and not all(word[0].isupper() for word in said.words[who[0] : who[1]]):
        return False
    at = after_manner(said, who[1])
    return who[1] < at or at >= len(said) or said.low[at] in STOPS | WHERE_AND_WHEN | DAYS | {"who", "("}


def _around(said: Statement, use: Use, who: Words, later: Sequence[Use], first: int) -> list[Found]:
    """Give the contents of "C, X said" and "C, X said, C"."""
    left = content.before(said, who[0], first) if _parenthetical(said, use, who) else None
    unfinished = left is None or said.low[left[0]] in content.UNFINISHED
    again = content.resumed(said, use.end, later, unfinished=unfinished)
    pieces = [(left, named("C, X said")), (again, named("C, X said, C"))]
    return [Found(what, (use.at, use.end), who, rule) for what, rule in pieces if what]


def _parenthetical(said: Statement, use: Use, who: Words) -> bool:
    """Say whether "X said" stands by itself here: beside marks, or before nothing but where and when or an insertion.

    "In the end, the harbour master proved to be right" reports nothing.
    """
    at = after_where_and_when(said, use.end)
    return (
        said.quoted(who[0] - 1)
        or "person" in use.cue.frames  # told the Herald
        or at > use.end
        or at >= len(said)
        or said.low[at] in STOPS | WHERE_AND_WHEN | JOINS | {"(", ":", "?", "!", "to"}
    )


def _according(said: Statement) -> Iterator[Found]:
    """Give the contents of "according to X", and of "per X" beside marks: what stands before it, or after it where it
    opens the statement."""
    for at in range(len(said) - 1):
        size = 2 if said.low[at : at + 2] == ["according", "to"] else int(_per(said, at))
        if not size or not (who := phrase_right(said, at + size)):
            continue
        stops = [place for place in range(at + size, len(said)) if said.low[place] in STOPS] + [len(said), len(said)]
        named_too = said.words[who[1] - 1].islower() and all(map(_capital, said.words[stops[0] + 1 : stops[1]]))
        comma = stops[1] if named_too and stops[1] < len(said) else stops[0]  # according to a docker, Ivo Lund, C
        opens = at < 2 and not said.quoted(at - 1)
        if opens:
            start, end = comma + 1, len(said)
        else:
            start, end = int(said.low[0] in JOINS), at - int(said.low[at - 1] in STOPS)
        if start < end:
            yield Found((start, end), (at, at + size), who, named("according to X"))
        if not opens and said.quoted(comma + 1):
            yield Found((comma + 1, comma + 2), (at, at + size), who, named("according to X"))


def _in_words(said: Statement) -> Iterator[Found]:
    """Give the contents of "in X's words, C", with marks in it."""
    at = said.low.index("words")
    owned = 1 < at < 7 and said.low[at - 1].endswith(POSSESSIVES) and STOPS.isdisjoint(said.low[1:at])
    if owned and said.low[at + 1 : at + 2] == [","] and said.marks[-1] > at:
        yield Found((at + 2, len(said)), (at, at + 1), (1, at), named("according to X"))


def _per(said: Statement, at: int) -> bool:
    """Say whether "per X" tells a source here: behind marks, or before some where it opens the statement."""
    if said.low[at] != "per" or said.low[at + 1] not in {"a", "an", "the"} and not _capital(said.words[at + 1]):
        return False
    return said.quoted(at - 1) or at == 0 and bool(said.marks)


def _capital(word: str) -> bool:
    """Say whether a word begins with a capital."""
    return word[0].isupper()


def _by_nouns(said: Statement, known: Sequence[Found]) -> Iterator[Found]:
    """Give the contents of reporting nouns: X's claim that C, its decision to C."""
    for at in range(len(said) - 2):
        joint = said.low[at + 1]
        if said.low[at] not in cues.nouns() or joint not in cues.AFTER_NOUNS or _covered(at, known):
            continue
        who = possessor(said, at)
        if who is None and joint != "that" or joint == "to" and said.low[at + 2] in DETERMINERS:
            continue  # a reply to the crews
        start = at + 1 if joint in {"to", "that", "whether"} else at + 2
        bounds = STOPS | RELATIVES - {"that"}
        end = next((place for place in range(start, len(said)) if said.low[place] in bounds), len(said))
        if start < end:
            yield Found((start, end), (at, at + 1), who, named("X's claim … C", joint))


def _by_adjectives(said: Statement, known: Sequence[Found]) -> Iterator[Found]:
    """Give the contents of adjectives of the mind: she was sure (that) C, they are eager to C."""
    for at in range(1, len(said) - 2):
        if said.low[at] not in cues.ADJECTIVES or _covered(at, known):
            continue
        joint = said.low[at + 1]
        bare = said.low[at] in cues.SURE and begins_phrase(said, at + 1) and content.clause(said, at + 1)
        if joint not in cues.AFTER_ADJECTIVES and not bare:
            continue
        group = at
        while group and (said.low[group - 1] in AUXILIARIES | {"so", "very"} or adverb(said.low[group - 1])):
            group -= 1
        who = phrase_left(said, group) or topic(said, group)
        if group == at and not (who and who[1] == at) or bare and who is None:
            continue
        start = at + 2 if joint in {"about", "of"} else at + 1
        rule = named("X is sure C") if bare else named("X is sure … C", joint)
        yield Found((start, content.end_of(said, start, ())), (at, at + 1), who, rule)


def _covered(at: int, known: Sequence[Found]) -> bool:
    """Say whether a word lies in a content or a cue that is known already."""
    return any(one.content[0] <= at < one.content[1] or one.cue[0] <= at < one.cue[1] for one in known)


def _outermost(found: Sequence[Found]) -> list[Found]:
    """Give the contents that lie in no other, and the marks inside another that have a verb of their own."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.content[0], -one.content[1])):
        start, end = one.content
        inside = bool(kept) and start < kept[-1].content[1]
        own = one.rule == BETWEEN_MARKS and end == start + 1 and kept and one.content != kept[-1].content
        if start < end and (not inside or own and end <= kept[-1].content[1]):
            kept.append(one)
    return kept
