"""Nouns for what one person can be: offices, titles and trades, and whether they say "he" or "she"."""

import re
from functools import cache

from utils.names import BODIES, TITLES

HE = frozenset(
    """
    boy brother businessman congressman councilman duke father grandfather husband king lord man mr prince sir
    son""".split()
)
SHE = frozenset(
    """
    actress dame daughter girl grandmother lady miss mother mrs ms nun princess queen sister waitress widow
    wife""".split()
)
ROLES = TITLES - frozenset("acting former general major prime reps rival senators vice".split()) | frozenset(
    """
    agent aide architect boss chieftain child clerk cook critic expert friend guard guest guide hand head
    mate mechanic monk neighbour nun nurse patient person picket priest scientist tenant victim wife witness""".split()
)
PERSONAL = re.compile(r"[a-z-]{2,}(?:man|woman|person|wife|er|or|ist|eer|ian|ee|ant)")
THINGS = BODIES | frozenset(
    """
    after another answer barrier border broadcaster calculator carrier centre chamber chapter charter coffee computer
    corner corridor counter degree door employer error ever factor fee fewer finger floor former further grant greater
    insurer lender letter lower maker manufacturer matter motor neither never newsletter number offer order other over
    paper plant poster power quarter rather register restaurant retailer river rotor sector semester shelter shoulder
    something summer tender tower tracker trailer under upper water weather whether winter""".split()
)


@cache
def personal(low: str) -> bool:
    """Say whether a common noun is an office or a trade: what one person can be."""
    head = low.rpartition("-")[2]
    return head in ROLES or head not in THINGS and bool(PERSONAL.fullmatch(head))


def sex_of(word: str) -> str | None:
    """Give "he" or "she" where a noun says so."""
    if word in SHE or word.endswith("woman"):
        return "she"
    return "he" if word in HE or word.endswith("man") and word != "woman" else None
