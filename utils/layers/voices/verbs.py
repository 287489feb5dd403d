"""Where a statement uses a reporting verb, how it stands in its clause, and whose verb it is."""

from collections.abc import Iterator
from typing import NamedTuple

from utils.layers.voices import cues
from utils.layers.voices.cues import Cue
from utils.layers.voices.phrases import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    RELATIVES,
    Words,
    adverb,
    phrase_left,
    pronoun,
    topic,
)
from utils.layers.voices.statements import DASHES, POSSESSIVES, Statement

JOINS = frozenset(("and", "but", "or", "then"))
STOPS = DASHES | {",", ";"}
CONTRACTED_BE = ("'s", "’s", "'re", "’re", "'m", "’m")
PLURAL = frozenset(
    "i we you they who that people many some others police few most both all data media men women children".split()
)
QUANTIFIERS = frozenset("all both each few many most one some several".split())  # a subject: some believe
OWNERS = DETERMINERS - QUANTIFIERS  # what follows is a noun or its adjective
PARTICLES = frozenset(("away", "off", "up"))  # these make another verb: showed up, called off
NOUNS_TOO = frozenset(
    """
    account address advocate answer appeal attack back blame blast boast brand campaign caution challenge cheer cite
    comment counter credit debate detail direct dispute document estimate figure hint joke judge label lament like
    look mention need note object outline plan point post press project prompt protest question quote rate reason record
    reference regret report request resolve ridicule rule salute scorn shout show sign signal sneer state stress
    support suspect talk thank tweet voice vote warrant welcome whisper wish wonder""".split()
)  # verbs whose form without an ending, or with an s, is a noun (or an adjective) as often


DENIALS = frozenset(  # of saying that, to say that
    """
    avoid avoided avoiding avoids decline declined declines declining denied denies deny denying refrained refraining
    refuse refused refuses refusing resisted short without""".split()
)
DENIED = frozenset(  # that somebody said
    "denied denies deny denying dispute disputed disputes disputing doubted doubts if unless whether".split()
)
BESIDE_MARKS = frozenset(("marks",))
NOBODIES = frozenset("neither nobody none".split())


class Use(NamedTuple):
    """One use of a reporting verb: its place, the end of its words ("pointed out"), the start of its group
    ("has also said"), the cue, and how it stands: finite, participle or infinitive."""

    at: int
    end: int
    group: int
    cue: Cue
    stands: str

    @property
    def speaks(self) -> bool:
        """Whether "C, she said" can be said with this verb here."""
        return self.stands == "finite" and bool(self.cue.frames & cues.SPEAKING)

    def speaks_beside(self, marks: bool) -> bool:
        """Whether it can be said here, where a content between marks stands beside the verb or does not."""
        return self.speaks or marks and self.stands == "finite" and "marks" in self.cue.frames


def uses(said: Statement) -> Iterator[Use]:
    """Give the uses of reporting verbs in order, passing over nouns, passives and, but for headlines,
    capitalised words."""
    table = cues.table()
    for at in [at for at, low in enumerate(said.low) if low in table]:
        low = said.low[at]
        for cue in table[low]:
            if not said.marks and cue.frames == BESIDE_MARKS and not cue.about:
                continue
            rest = cue.lemma.split()[1:] if " " in cue.lemma else []
            after = at + 1 + len(rest)
            if (not rest or said.low[at + 1 : after] == rest) and PARTICLES.isdisjoint(said.low[after : after + 1]):
                if _verb(said, at, cue) and (use := _use(said, at, cue)):
                    yield use
                break


def _verb(said: Statement, at: int, cue: Cue) -> bool:
    """Say whether a form that could be a verb is one here, by the words beside it."""
    if said.words[at][0].isupper() and at and not said.headline:
        return False
    before = said.low[at - 1] if at else ""
    owned = before.endswith(POSSESSIVES)
    if before in OWNERS or owned and cue.form in ("base", "past"):
        return False
    if cue.form == "base" or not _noun_too(said, at, cue):
        return True
    if pronoun(before) or before in RELATIVES | AUXILIARIES | {")"} or adverb(before) or said.quoted(at + 1):
        return True
    if cue.form == "s" and at and said.quoted(at - 1) and said.rounded(at - 1):
        return True  # “…,” calls the harbour master
    named = at > 0 and (said.headline or said.words[at - 1][0].isupper())
    return not owned and (named or at + 1 < len(said) and said.low[at + 1] in ("that", "to"))


def _noun_too(said: Statement, at: int, cue: Cue) -> bool:
    """Say whether the form that stands here could be a noun."""
    return cue.form in ("base", "s") and (cue.lemma.split()[0] in NOUNS_TOO or said.low[at] in cues.nouns())


def _use(said: Statement, at: int, cue: Cue) -> Use | None:
    """Give the use of a verb with its helpers, None where it is a passive or nothing before it can be its
    subject."""
    group = at
    while group and (said.low[group - 1] in AUXILIARIES or adverb(said.low[group - 1])):
        group -= 1
    helpers, before = set(said.low[group:at]), said.low[group - 1] if group else ""
    be = bool(helpers & BE) or before.endswith(CONTRACTED_BE)
    if cue.form == "ing" and (
        before == "worth" or before == "without" and said.low[group - 2] in {"go", "goes", "went"}
    ):
        return None  # it goes without saying, it is worth noting
    joined = said.low[at + 1 : at + 2] in (["that"], ["to"])  # all agreed that
    adjective = cue.form == "past" and before in (OWNERS if joined else DETERMINERS) | PREPOSITIONS
    if adjective and not helpers & AUXILIARIES or before in OWNERS and _noun_too(said, at, cue):
        return None  # their widely known views, despite repeated warnings, the first debate
    if cue.form == "ing":
        stands = "finite" if be else "participle"
    elif cue.form == "past" and (helpers & BE or before.endswith(("'re", "’re"))):
        return None
    elif "to" in helpers:
        stands = "infinitive"
    elif (
        cue.form == "base"
        and not helpers
        and _noun_too(said, at, cue)
        and not _plural(said, group)
        or cue.form in ("s", "base")
        and before in PREPOSITIONS
    ):
        return None
    else:
        stands = "finite"
    return Use(at, at + 1 + cue.lemma.count(" "), group, cue, stands)


def _plural(said: Statement, at: int) -> bool:
    """Say whether what stands before this place can be the subject of a verb without ending (officials
    say)."""
    if said.headline:
        return True
    who = phrase_left(said, at)
    if who is None:
        return False
    head = next((place for place in range(who[0] + 1, who[1]) if said.low[place] in PREPOSITIONS), who[1]) - 1
    return (
        said.low[at - 1] in PLURAL
        or said.low[head] in PLURAL
        or said.low[head].endswith("s")
        or "and" in said.low[who[0] : who[1]]
    )


def subject(said: Statement, use: Use, last: Words | None) -> Words | None:
    """Give whose verb this is: the phrase to its left, else the subject of the cue before, else the
    statement's topic."""
    before = said.low[use.group - 1] if use.group else ""
    if use.stands == "finite" and before not in JOINS:
        return phrase_left(said, use.group)
    start = use.group - 1
    while start > 0 and said.low[start - 1] not in STOPS:
        start -= 1
    if 0 < start < use.group - 1 and pronoun(said.low[start]):
        return start, start + 1  # when the crews complained, she laughed and said
    shared = last or topic(said, use.group)
    if use.stands == "participle" and use.group and before not in STOPS | PREPOSITIONS | JOINS:
        return phrase_left(said, _before_verb(said, use.group)) or shared
    return shared


def _before_verb(said: Statement, at: int) -> int:
    """Give the place before a verb that ends here, with its helpers, itself where none does: Marrow denied | saying."""
    low = said.low[at - 1]
    forms = (cue for cue in cues.table().get(low, ()) if cue.form in ("s", "past") and not _noun_too(said, at - 1, cue))
    if not low.endswith("ed") and next(forms, None) is None:
        return at
    start = at - 1
    while start and (said.low[start - 1] in AUXILIARIES or adverb(said.low[start - 1])):
        start -= 1
    return start or at


def unsaid(said: Statement, use: Use, who: Words | None) -> bool:
    """Say whether this reports words that were not said: never said, denied saying, denied that X said, if X said,
    nobody said, Did X say …?"""
    if use.cue.lemma in cues.INNER:
        return False  # does not believe that
    low, helpers = said.low, said.low[use.group : use.at]
    negated = bool(helpers) and any(word in {"never", "not"} or word.endswith(("n't", "n’t")) for word in helpers)
    asked = low[0] in FINITE and low[-1] == "?" and use.stands == "finite"
    ahead = low[max(0, use.group - 2) : use.group]
    if ahead[1:] in (["of"], ["from"]):
        ahead.pop()
    first = low[who[0] :] if who else []
    nobody = first[:2] == ["no", "one"] or not NOBODIES.isdisjoint(first[:1]) or bool(who and low[who[0] - 1] == "nor")
    before = low[max(0, who[0] - 2) : who[0]] if who and who[0] < use.at else []
    denied = not DENIED.isdisjoint(before[:1] if before[1:] == ["that"] else before[-1:])
    return negated and "only" not in helpers or asked or nobody or denied or not DENIALS.isdisjoint(ahead[-1:])
