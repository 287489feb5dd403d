"""The calls to readers and the notes with which a page ends the last paragraph of an article: sentence by sentence.

They are read from the last sentence up, as long as each is one; what stands above a sentence that is none stays.
"""

import re
from collections.abc import Iterator

from utils.intake.batch import Span
from utils.intake.cleaning.patterns import NAMES_ONLY, NOT_SAID
from utils.intake.cleaning.rules import Rule

LONGEST, MOST = 700, 6  # characters from the end that are looked at; sentences
BORDER = re.compile(r"(?<=[.!?”\"’)\]])\s+(?=[A-Z(©«\[])")
NETWORK = r"(?:Facebook|Twitter|Instagram|LinkedIn|YouTube|TikTok|@\w)"
BEFORE = "They left the quay. The crews went home. "


def ending(
    name: str, pattern: str, *, takes: tuple[str, ...], leaves: tuple[str, ...], kind: str = "furniture"
) -> Rule:
    """Give a rule for a whole last sentence; its examples stand below prose, each after a sentence of it."""
    return Rule(
        name,
        kind,
        re.compile(NOT_SAID + pattern, re.IGNORECASE),
        tuple(f"{BEFORE}⟦{text}⟧" for text in takes),
        tuple(BEFORE + text for text in leaves),
    )


SENTENCES = (
    ending(
        "follow line",
        rf"(?:you can |please )?follow (?=.*{NETWORK})(?:him|her|them|us|me|@\w{{1,30}}|(?-i:[A-Z])[^.!?“”\"]{{1,60}}?)"
        r" ?(?:on|at) [^!?“”\"]{2,120}",
        takes=("You can follow Ode Farrow on Facebook at ode.farrow", "Follow him on Twitter @ode."),
        leaves=("Follow him on the quay.", "Follow the boats on Twitter, they said."),
    ),
    ending(
        "address",
        r"(?:you can )?(?:contact|reach|e-?mail|write to) (?=[^“”\"]*\w@\w)[^“”\"!?]{5,200}",
        takes=("Contact Ode Farrow at ode@lantern.example", "Email Ode Farrow at ode@quay.example and follow her."),
        leaves=("Contact the harbour office on Monday.", "Email ode@quay.example, the leader said."),
        kind="trailer",
    ),
    ending(
        "notice",
        r"[(\[]?(?:this|the above) (?:story|article|report|copy) (?:has|was) (?:not )?(?:been )?(?:edited|published|"
        r"auto-?generated|generated)\b[^.!?]{0,120}\b(?:feed|syndicated|wire agency)\b[^.!?]{0,100}[.)\]]{0,2}",
        takes=("(This story has not been edited by Lantern staff and is auto-generated from a syndicated feed.)",),
        leaves=("This story has not been edited by anybody.",),
    ),
    ending(
        "click line",
        r"(?:(?:read|learn|find out|see) more (?:about|on|from|here|at)\b[^.!?“”\"]{0,120}"
        r"|to (?:access|read|see|view|learn) [^.!?“”\"]{3,80}?,? click\b[^.!?“”\"]{2,60}"
        r"|for (?:all the |more )?(?:latest|information|news|details|on|about)\b[^.!?“”\"]{0,60}?,? "
        r"(?:download|check out|visit|listen to|click)\b[^!?“”\"]{2,100})\.?",
        takes=(
            "Read more on the ferry and sign up for our Quay newsletter.",
            "To access the full text of the article, click here.",
            "For all the latest harbour news, download the Lantern app",
            "For more on the ferry, listen to the latest episode of Quay.",
        ),
        leaves=("Read more on the quay, he said.", "To see the boats, the crews climbed the roof."),
    ),
    ending(
        "promotion",
        r"(?:(?-i:[A-Z ]{5,30}: )?get [^.!?“”\"]{5,120} (?:delivered to your|(?:in|to) your inbox|"
        r"with the [^.!?]{2,40} app)\b"
        r"[^!?“”\"]{0,80}"
        r"|(?:if you (?:enjoy|like|value) [^.!?,]{3,60}, )?(?:please )?"
        r"(?:support (?:our|strong|local|free|independent|quality)|subscribe|sign up)\b"
        r"[^.!?“”\"]{0,120}\b(?:journalism|newsletters?|subscri(?:bing|ption)|inbox)\b[^.!?“”\"]{0,100}\.?)",
        takes=(
            "If you enjoy our coverage, support strong local journalism by subscribing.",
            "Get breaking news and tides delivered to your phone with the Lantern app.",
            "LATEST STORIES: Get the tides delivered to your phone",
        ),
        leaves=("Support for journalism is what he wants.", "Get the crews out of the boats."),
    ),
    ending(
        "call to readers",
        r"(?:send (?:your )?(?:questions|comments|feedback|tips|letters)\b[^.!?“”\"]{0,60}\b"
        r"to (?:the editors?|[^\s@]{1,60}@\S{1,80})"
        r"|(?:feedback|comments) (?:is|are) welcome at [^\s@]{1,60}@\S{1,80})\.?",
        takes=("Send questions/comments to the editors.", "Feedback is welcome at ode@quay.example"),
        leaves=("Send comments to the council, not to me.",),
    ),
    ending(
        "site menu",
        r"« ?previou?s?\b[^.!?“”\"]{0,60}|(?:please )?(?:enable|turn on) javascript\b[^.!?“”\"]{2,80}\.?"
        r"|story continues below advertisemen?t?",
        takes=(
            "« Previous Next »",
            "Please enable JavaScript to view the comments",
            "Story continues below advertisement",
        ),
        leaves=("Please enable the crews to leave.",),
    ),
    ending(
        "note on the author",
        r"\((?:the |our )?(?:author|writer|columnist|reviewer)s?,? (?:is|are|was|teaches|has|can|writes)\b"
        r"[^()“”\"]{3,240}\)?\.?",
        takes=("(The author is a poet and sails.)", "(The writer teaches at the school of the quay)"),
        leaves=("The author is a poet.", "(The ferry is late.)"),
        kind="trailer",
    ),
    ending(
        "credits",
        rf"(?-i:(?:Contribut(?:ing|ors?):|With files from) {NAMES_ONLY}.{{2,160}})",
        takes=("Contributing: Ode Farrow, Quay Press", "With files from Lantern's Ode Farrow"),
        leaves=("Contributing: all that the crews had in the boats", "With files from the desk he left."),
        kind="trailer",
    ),
    ending(
        "related",
        r"related (?:posts|stories|articles|topics):[^.!?“”\"]{0,200}|(?:topics|tags|filed under):"
        r"(?: ?[^,.!?“”\"]{2,40},){2,20}[^,.!?“”\"]{2,40}\.?",
        takes=("Related posts: Boats, Quays", "Topics: animals, human-interest, work"),
        leaves=("Topics: none.",),
    ),
    ending(
        "origin line",
        r"(?:(?:reprinted|republished|reproduced) (?:with|by) (?:kind )?permission (?:from|of) (?-i:[A-Z])"
        r"[^!?“”\"]{2,99}"
        r"|originally published as (?-i:[A-Z])[^!?“”\"]{5,160}"
        r"|this (?:article|story) (?:was )?originally (?:appeared|published) (?:on|in|at) (?-i:[A-Z])[^!?“”\"]{2,100})",
        takes=("Reprinted with permission from Quay blog.", "Originally published as Ferry late in rain"),
        leaves=("Originally published as a letter, it was late.", "Reprinted with permission from him."),
        kind="trailer",
    ),
)

BEGINNINGS = frozenset(  # the first words of all these, asked first as they cost nothing
    "you please follow contact reach email e-mail write this the our author authors writer writers columnist reviewer "
    "read learn find see to for get if support subscribe sign send feedback comments « enable turn story contributing "
    "contributor contributors with related topics tags filed reprinted republished reproduced originally".split()
)


def cuts(raw: str, span: Span, *, whole: bool) -> Iterator[tuple[Span, str, str]]:
    """Give the last sentences of a paragraph that are calls or notes, in order.

    whole: whether the paragraph may be nothing else; if not, its first sentence stays.
    """
    start, end = span
    left = max(start, end - LONGEST)
    borders = [left, *(match.end() for match in BORDER.finditer(raw, left, end))]
    found: list[tuple[Span, str, str]] = []
    after = end
    for at in reversed(borders if whole and left == start else borders[1:]):
        sentence = raw[at:after].rstrip()
        word = sentence.partition(" ")[0].lstrip("([")
        begins = word.isupper() or word.casefold().rstrip(":") in BEGINNINGS
        rule = next((row for row in SENTENCES if begins and row.pattern.fullmatch(sentence)), None)
        if rule is None or len(found) == MOST:
            break
        found.append(((at, at + len(sentence)), *rule.label))
        after = at
    yield from reversed(found)
