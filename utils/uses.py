"""Where a statement uses a reporting verb, how it stands in its clause, and whose verb it is."""

from collections.abc import Iterator
from typing import NamedTuple

from utils import cues
from utils.cues import Cue
from utils.phrases import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    Words,
    adverb,
    phrase_left,
    pronoun,
    topic,
)
from utils.quoted import DASHES, Statement

JOINS = frozenset(("and", "but", "or", "then"))
STOPS = DASHES | {",", ";"}
POSSESSIVES = ("'s", "’s", "s'", "s’")
CONTRACTED_BE = ("'s", "’s", "'re", "’re", "'m", "’m")
PLURAL = frozenset("i we you they who that people many some others police few most both all".split())
AMBIGUOUS = frozenset(
    """
    answer answers back campaign campaigns charge charges comments detail details hears like likes look
    looks needs note notes protest protests question questions rate rates records remarks report reports
    rule rules show shows signal signals state states talk talks vote votes wishes""".split()
)  # forms that are nouns as often as verbs


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
    for at, low in enumerate(said.low):
        for cue in table.get(low, ()):
            rest = cue.lemma.split()[1:]
            if said.low[at + 1 : at + 1 + len(rest)] == rest:
                if _verb(said, at, cue) and (use := _use(said, at, cue)):
                    yield use
                break


def _verb(said: Statement, at: int, cue: Cue) -> bool:
    """Say whether a form that could be a verb is one here, by the words beside it."""
    if said.words[at][0].isupper() and at and not said.headline:
        return False
    before = said.low[at - 1] if at else ""
    owned = before.endswith(POSSESSIVES)
    if before in DETERMINERS or owned and cue.form in ("base", "past"):
        return False
    if cue.form not in ("s", "base") or said.low[at] not in cues.nouns() | AMBIGUOUS:
        return True
    if pronoun(before) or before in RELATIVES | AUXILIARIES | {")"} or adverb(before) or said.quoted(at + 1):
        return True
    if cue.form == "s" and at and said.quoted(at - 1) and said.rounded(at - 1):
        return True  # “…,” calls the harbour master
    named = at > 0 and said.words[at - 1][0].isupper() and not said.headline
    return not owned and (named or at + 1 < len(said) and said.low[at + 1] in ("that", "to"))


def _use(said: Statement, at: int, cue: Cue) -> Use | None:
    """Give the use of a verb with its helpers, None where it is a passive or nothing before it can be its
    subject."""
    group = at
    while group and (said.low[group - 1] in AUXILIARIES or adverb(said.low[group - 1])):
        group -= 1
    helpers, before = set(said.low[group:at]), said.low[group - 1] if group else ""
    be = bool(helpers & BE) or before.endswith(CONTRACTED_BE)
    if cue.form == "ing":
        stands = "finite" if be else "participle"
    elif cue.form == "past" and (helpers & BE or before.endswith(("'re", "’re"))):
        return None
    elif "to" in helpers:
        stands = "infinitive"
    elif (
        cue.form == "base"
        and not helpers
        and not _plural(said, group)
        or cue.form == "s"
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
    shared = last or topic(said, use.group)
    if use.stands == "participle" and use.group and before not in STOPS | PREPOSITIONS | JOINS:
        return phrase_left(said, use.group) or shared
    return shared
