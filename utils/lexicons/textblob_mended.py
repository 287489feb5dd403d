"""TextBlob's lexicon and rules, mended in two places where they misread prose.

1. Contracted negations are read as they are spoken: "isn't" as "is not", "can't" and "cannot" as "can not", "won't" as
   "will not". TextBlob cuts them at the apostrophe and sees no negation.
2. Each sentence is read apart, so that no negation, no adverb that waits and no "!" reaches over its end. An empty line
   ends one, and so does "No.", but before a number.

All else is TextBlob's. What this changes in a corpus is counted by `sentiment.mended`.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise

from utils.lexicons import Lexicon, textblob_rules
from utils.lexicons.rewritten import rewritten
from utils.lexicons.textblob_rules import Scored

CONTRACTED = re.compile(r"\b(?:([a-z]+)n['\u2018\u2019\u02bc\uff07]t|(can)not)\b", re.IGNORECASE)
ENDED = re.compile(r"\n\s*\n|\bno\.(?=\s+[^\s\d])", re.IGNORECASE)  # beside the ends that nupunkt finds
IRREGULAR = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}  # what is left of can't, won't, shan't, ain't


@cache
def reader() -> Callable[[str], list[Scored]]:
    """Give the function that finds the scored words of a text by the mended rules, in their order."""
    from nupunkt import sent_spans

    read = textblob_rules.reader()

    def scored(text: str) -> list[Scored]:
        spoken = rewritten(text, _spoken(text))
        found = []
        ends = {0, len(spoken.text), *(each.end() for each in ENDED.finditer(spoken.text))}
        ends.update(last for _, last in sent_spans(spoken.text))
        for first, last in pairwise(sorted(ends)):
            for one in read(spoken.text[first:last]):
                one.start, one.end = spoken.span(first + one.start, first + one.end)
                found.append(one)
        return found

    return scored


def _spoken(text: str) -> Iterator[tuple[int, int, str]]:
    """Give the contracted negations of a text, and how each is spoken."""
    for found in CONTRACTED.finditer(text):
        verb = (found[1] or found[2]).lower()
        yield *found.span(), f"{IRREGULAR.get(verb, verb)} not"


LEXICON = Lexicon(reader, made_by=(__name__,), libraries=("textblob", "nupunkt"))
