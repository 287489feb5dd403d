"""Where the content of a reporting word begins, ends and goes on: after the word, or before it beside its speaker."""

from collections.abc import Sequence

from utils.layers.voices import cues
from utils.layers.voices.phrases import (
    AUXILIARIES,
    BOUNDS,
    DAYS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    RELATIVES,
    WHERE_AND_WHEN,
    Words,
    after_manner,
    after_when,
    after_where_and_when,
    begins_phrase,
    phrase_left,
    phrase_right,
    pronoun,
)
from utils.layers.voices.rules import named
from utils.layers.voices.statements import DASHES, FIRST, POSSESSIVES, Statement
from utils.layers.voices.verbs import JOINS, STOPS, Use

QUESTIONS = frozenset("how why what where who whether if when".split())
WHEN = frozenset(("where", "if", "when"))  # after these verbs they say when it was said
CLAUSE_ENDS = BOUNDS - JOINS
OBJECTS = frozenset("me us him her them it you".split())
Start = tuple[int, str]  # where a content begins, and the rule by which it does


def after(said: Statement, use: Use) -> Start | None:
    """Give where the content after a cue begins, and the rule; None where there is none."""
    if use.end >= len(said):
        return None
    frames = use.cue.frames
    if frames & cues.PERSONAL or use.cue.about_person:
        if found := _named(said, use) or _after_person(said, use):
            return found
    return (
        (_speech(said, use) if frames & {"clause", "that", "marks"} else None) or _about(said, use) or _plain(said, use)
    )


def _speech(said: Statement, use: Use) -> Start | None:
    """Give the content of a verb of saying: said “…”, said on Monday that …, said how …"""
    when = after_when(said, use.end)
    ahead = "to" in use.cue.frames and said.low[when : when + 1] == ["to"]  # vowed to end “the farce”
    beyond = when if ahead else after_where_and_when(said, use.end)
    place = max(beyond, after_manner(said, use.end))
    if place < len(said) and said.low[place] in {",", ":", "—", "--"}:
        place += 1
    if said.quoted(place) and not said.names_work(place):
        return place, named("X said Q")
    if not use.cue.frames & {"clause", "that"}:
        return None
    if place + 1 < len(said) and said.low[place] == "that":
        return place, named("X said that C")
    asked = QUESTIONS - WHEN if use.cue.lemma in cues.CORE else QUESTIONS
    return (use.end, named("X said C")) if said.low[use.end] in asked else None


def _about(said: Statement, use: Use) -> Start | None:
    """Give the content after the prepositions of the verb: called for …, complained about …"""
    at = after_when(said, use.end)
    for preposition in use.cue.about:
        words = preposition.split()
        begin = at + len(words)
        if said.low[at:begin] == words and begin < len(said):
            return begin, named("X said … C", preposition)
    return None


def _plain(said: Statement, use: Use) -> Start | None:
    """Give the content that follows without a sign: vowed to …, said the talks had failed, criticised the
    plan."""
    frames, beyond = use.cue.frames, after_where_and_when(said, use.end)
    thing = named("X did Y") if use.cue.lemma.split()[0] in cues.DEEDS else None
    when = after_when(said, use.end)
    if "to" in frames and said.low[when : when + 1] == ["to"]:
        return when, named("X said to C")  # voted on Monday to
    if "clause" in frames and begins_phrase(said, beyond) and not said.names_work(beyond):
        if use.cue.lemma in cues.CORE or clause(said, beyond, sure=use.cue.lemma in cues.INNER):
            return beyond, named("X said C")
        return (beyond, thing or named("X said C")) if "object" in frames else None
    return (use.end, thing or named("X said Y")) if "object" in frames and begins_phrase(said, use.end) else None


def clause(said: Statement, at: int, *, sure: bool = False) -> bool:
    """Say whether what begins here looks like a clause: a subject pronoun, or a verb before the next comma or joint,
    and if it is to be sure, one that is no participle as often."""
    if pronoun(said.low[at]):
        return True
    for low in said.low[at + 1 : at + 40]:
        if low in CLAUSE_ENDS:
            return False
        if low in FINITE or low[0] == FIRST or low.endswith("ed") and not sure:
            return True
        if any(cue.form in ("s", "past") for cue in cues.table().get(low, ())) and not (sure and low.endswith("ed")):
            return True
    return False


def _named(said: Statement, use: Use) -> Start | None:
    """Give the content of a naming verb whose thing stands before it: the plan, which she called “…”,
    described as …"""
    if "name" in use.cue.frames and said.low[use.end] == "as" and use.end + 1 < len(said):
        return use.end + 1, named("X said as C")
    return (use.end, named("X said Q")) if use.cue.lemma in cues.NAMING and said.quoted(use.end) else None


def _after_person(said: Statement, use: Use) -> Start | None:
    """Give where the content begins after the one spoken to or about: told Y that C, urged Y to C, called Y
    C."""
    frames, at = use.cue.frames, use.end
    if not begins_phrase(said, at):
        return None
    limit = min(at + 14, len(said))
    for place in range(at + 1, limit):
        low = said.low[place]
        if said.quoted(place):
            if said.names_work(place) and use.cue.lemma not in cues.NAMING:
                continue  # the name of a programme or a work: told the Herald’s “Morning Tide” that
            return _marks_after_person(said, use, place)
        if low in {",", ":"} and "person" in frames and said.quoted(place + 1):
            return place + 1, named("X said Q")
        if low in STOPS | JOINS | AUXILIARIES and low != "to":
            break
        if found := _sign_after_person(said, use, place):
            return found
    if "person" in frames and "clause" not in frames:
        return _clause_after_person(said, at)
    if "name" in frames and (use.cue.lemma in cues.NAMING or "as" in said.low[at + 1 : limit]):
        return at, named("X said Y C")
    return None


def low_owned(said: Statement, place: int) -> bool:
    """Say whether the word before this place is a possessive."""
    return place > 0 and said.low[place - 1].endswith(POSSESSIVES)


def _sign_after_person(said: Statement, use: Use, place: int) -> Start | None:
    """Give the content that a word after the person opens: that, how, to, a pronoun, or the verb's
    preposition."""
    low, frames = said.low[place], use.cue.frames
    if place + 1 >= len(said):
        return None
    if "person" in frames and low == "that" and said.low[place + 1] not in FINITE:
        return place, named("X said that C")
    if "person" in frames and (low in QUESTIONS or pronoun(low)):
        return place, named("X said C")
    if low == "to" and "person to" in frames and "to" not in frames:
        return use.end, named("X did Y to C") if use.cue.lemma in cues.DEEDS else named("X said Y to C")
    if low == "to" and "person" in frames:
        return place, named("X said to C")
    if low not in use.cue.about_person:
        return None
    whole = use.cue.lemma in {"compare", "liken"} and not said.quoted(place + 1)  # him to a pilot
    return (use.end if whole else place + 1), named("X said Y … C", low)


def _marks_after_person(said: Statement, use: Use, place: int) -> Start | None:
    """Give the content where marks follow the one spoken to or about: told Y “…”, called it “a sham”.

    The content is what stands between the marks; an article before them belongs to it, and so does a long
    phrase for the thing.
    """
    marks, whole = (place, named("X said Q")), (use.end, named("X said Y C"))
    before, near = said.low[place - 1], place - use.end < 5
    if low_owned(said, place):
        return whole
    if before == "as":
        return marks if near else whole
    if "person" in use.cue.frames and near:
        return marks
    if use.cue.lemma not in cues.NAMING:
        return None
    if before in {"a", "an", "the"}:
        return place - 1, named("X said Y C")
    alone = place == use.end + 1 and said.low[use.end] in OBJECTS
    return marks if alone else whole


def _clause_after_person(said: Statement, at: int) -> Start | None:
    """Give where a clause without "that" begins after the one told: told reporters the boats would sail."""
    alone = pronoun(said.low[at]) or said.low[at] in OBJECTS
    end = at + 1 if alone else (phrase_right(said, at) or (at, at + 1))[1]
    end = after_where_and_when(said, end)
    if begins_phrase(said, end):
        return end, named("X said C")
    if alone or end >= len(said):
        return None
    found = (
        place
        for place in range(at + 1, min(at + 8, len(said)))
        if said.low[place] in DETERMINERS or pronoun(said.low[place])
    )
    place = next(found, None)
    return None if place is None else (place, named("X said C"))


def before(said: Statement, at: int, first: int) -> Words | None:
    """Give the content before ", she said": from `first`, where the last one ended, to the comma or the
    marks."""
    if said.quoted(at - 1):
        return None if said.names_work(at - 1) else _marks_before(said, at, first)
    if at < 2 or said.low[at - 1] not in DASHES | {",", "?", "!"}:
        return None
    start = first
    while start < at - 1 and said.low[start] in JOINS | STOPS:
        start += 1
    if start >= at - 1:
        return None
    if said.words[start].isupper():  # after a place name: EASTPORT — The talks had failed, she said
        start = next((place + 1 for place in range(start, min(start + 8, at - 1)) if said.low[place] in DASHES), start)
    where = said.low[start] in WHERE_AND_WHEN and at < 8
    if at - 1 - start < 2 or where or said.low[start] in {"when", "while", "as"}:
        return None
    return start, at - 1


def _marks_before(said: Statement, at: int, first: int) -> Words:
    """Give the marks before "she said", with what leads up to them in the same clause."""
    start = at - 1
    while start > first and said.quoted(start - 1):
        start -= 1
    leads = (
        start > first
        and said.low[start - 1] not in STOPS | {":", "?", "!", ")"}
        and said.low[first] not in JOINS | STOPS
    )
    return (first if leads else start), at


CONTRASTS = frozenset("while as although though whereas".split())
UNFINISHED = frozenset("though although if while when because since unless once".split())
NOT_RESUMED = RELATIVES | JOINS | PREPOSITIONS | CONTRASTS | {"a", "an", "because", "not", "where"}
OPENERS = CONTRASTS | UNFINISHED | {"after", "before", "by", "in", "until"}
AFTER_MARKS = STOPS | CONTRASTS | DAYS | frozenset("on at during via after before since when following ( ? ! :".split())


def resumed(said: Statement, at: int, later: Sequence[Use], *, unfinished: bool = False) -> Words | None:
    """Give the content that goes on after "C, she said, …". What came before is `unfinished` if it could not
    stand alone."""
    at = after_where_and_when(said, at)
    if at + 1 >= len(said) or said.low[at] not in {",", ":", "—", "--"}:
        return None
    start = at + 1
    for place in range(start, min(start + 5, len(said))):
        if said.quoted(place) and said.low[place - 1] == ",":  # Marrow said in Port Ann, E.R., “…”
            start = place
            break
    joined = said.low[start] in JOINS and said.quoted(start + 1)
    if said.low[start] != "that" and not said.quoted(start) and not joined:
        barred = RELATIVES if unfinished else NOT_RESUMED
        if said.low[start] in barred or said.low[start].endswith("ing") and not unfinished:
            return None
    end = end_of(said, start, later)
    return (start, end) if end - start > 1 or said.quoted(start) else None


def end_of(said: Statement, start: int, later: Sequence[Use]) -> int:
    """Give where a content ends: at its marks, at a later cue of the same clause, else at the end of the
    statement."""
    marks = start + (said.low[start] == "that")
    if said.quoted(marks) and _complete(said, marks):
        return marks + 1
    cuts = (_cut(said, use, start) for use in later if use.at >= start)
    stop = next((cut for cut in cuts if cut is not None), len(said))
    stop = next((place for place in range(start + 1, stop) if said.low[place] in {"according", ";"}), stop)
    stop = next((place for place in range(start + 1, stop) if said.low[place] == ":" and said.rounded(place + 1)), stop)
    stop = _end_of_opening(said, start, stop)
    while stop > start and not said.quoted(stop - 1) and said.low[stop - 1] in STOPS | JOINS | {":", "…", "?", "!"}:
        stop -= 1
    return stop


def _end_of_opening(said: Statement, start: int, stop: int) -> int:
    """Give where a content ends that lies in the clause before the main one: As he denounced the plan, Marrow left."""
    head = int(said.low[0] in JOINS)
    if not (said.low[head] in OPENERS or said.low[head].endswith("ing") and said.words[head][0].isupper()):
        return stop
    if any(said.low[place] == "," for place in range(head, start)):
        return stop
    for place in range(start + 1, stop - 1):
        low = said.low[place + 1]
        if said.low[place] == "," and low not in JOINS | RELATIVES:
            if pronoun(low) or low in DETERMINERS - {"a", "an"} or said.words[place + 1][0].isupper():
                return place
    return stop


def _complete(said: Statement, at: int) -> bool:
    """Say whether a stretch between marks is a content by itself: nothing of the same clause follows it."""
    if at + 1 >= len(said) or said.rounded(at) or said.quoted(at + 1):
        return True
    if said.low[at + 1] in JOINS:
        return any(low in cues.table() for low in said.low[at + 2 : at + 5])
    return said.low[at + 1] in AFTER_MARKS


def _cut(said: Statement, use: Use, start: int) -> int | None:
    """Give the place where a later cue ends the content before it, None where it lies inside.

    A participle after a comma (…, adding that) and a verb after "and" (… and called it) share the subject of
    the cue before; a cue with a subject of its own ends the content where a comma or a dash stands before
    that subject.
    """
    ahead = said.low[use.group - 1] if use.group else ""
    if use.stands == "infinitive" or after(said, use) is None:
        return None
    if use.stands == "participle":
        return use.group - 1 if ahead in STOPS else None
    if ahead in JOINS:
        shared = use.cue.form in ("past", "s") and use.cue.lemma not in cues.INNER
        return use.group - 1 if shared and use.group - 1 > start else None
    who = phrase_left(said, use.group)
    return _cut_before(said, use, who[0]) if who and who[0] > start + 1 else None


def _cut_before(said: Statement, use: Use, who: int) -> int | None:
    """Give the place where the clause with this subject parts from the content before it."""
    ahead = said.low[who - 1]
    if ahead in JOINS and said.low[who - 2] in STOPS:
        return who - 2
    return who - 1 if ahead in CONTRASTS or ahead in STOPS and use.cue.frames & cues.SPEAKING else None
