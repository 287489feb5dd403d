"""Where the content of a reporting word ends, and where it goes on after the speaker was named."""

from collections.abc import Sequence

from utils import cues
from utils.contents import after
from utils.phrases import (
    DAYS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    Words,
    after_where_and_when,
    phrase_left,
    pronoun,
)
from utils.quoted import Statement
from utils.uses import JOINS, STOPS, Use

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
