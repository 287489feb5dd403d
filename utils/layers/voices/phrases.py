"""Short phrases around a reporting word, found without a tagger: who stands left or right of it, and where
and when."""

import re

from utils.layers.voices.statements import Statement

Words = tuple[int, int]
PRONOUNS = frozenset("he she they i we you it".split())
DETERMINERS = frozenset(
    """
    a all an another any both dozens each eight every few five four her his hundreds its many more most my
    nine no one other our seven several six some such ten the their these this those thousands three two
    your""".split()
)
BE = frozenset("is was are were be been being am isn't wasn't aren't weren't isn’t wasn’t aren’t weren’t".split())
FINITE = BE | frozenset(
    """
    can can't can’t could couldn't couldn’t did didn't didn’t do does doesn't doesn’t don't don’t had hadn't hadn’t has
    hasn't hasn’t have haven't haven’t may might must shall should will won't won’t would wouldn't wouldn’t""".split()
)
AUXILIARIES = FINITE | frozenset(
    """
    again already also always even ever first further having just later long never not now often once only recently
    soon still then to twice yet""".split()
)
RELATIVES = frozenset("who which that whose whom".split())
PREPOSITIONS = frozenset(
    """
    about across after against amid among around at before behind between by despite during following for
    from in including inside into like near of on outside over per since than through to under until via
    with within without""".split()
)
WHERE_AND_WHEN = frozenset("on in at during via through after before from by since when following".split())
BOUNDS = frozenset(
    """
    ! ( ) , - -- : ; ? [ ] after although and as because before but how if nor or since so than that though
    until what when where whether which while who whom whose why yet – — ― …""".split()
)
UNDER = frozenset("as because how if since than that though what whether which while who whom why".split())
DAYS = frozenset(
    """
    afternoon afterwards again earlier evening friday later monday morning night recently saturday sunday
    then thursday today tomorrow tonight too tuesday wednesday yesterday""".split()
)
SPANS = frozenset("morning afternoon evening night week weekend month year spring summer autumn fall winter".split())
UNITS = SPANS | frozenset("century day decade hour minute second".split())
NEARLY = frozenset("about around over".split())
NO_ADVERBS = frozenset("family reply italy rally supply daily".split())
WHOLE = frozenset(("all", "both", "each"))
LINKED = frozenset(
    "adviser advisor aide ambassador assistant consultant counsel deputy donor envoy heir".split()
)  # to X
OWN = frozenset(("her", "his", "their"))
LOUD = {"out": "loud", "back": "then"}
CALLED = frozenset("called dubbed entitled identified known named nicknamed titled".split())
REACH = 40  # words a phrase can have
LONGEST = 12  # words a mention of a speaker can have
MONTHS = frozenset("january february march april may june july august september october november december".split())
TIME = re.compile(  # beside single days: last night, late on Monday, earlier this year, two weeks ago, the next day
    rf"""(?:(?:(?:early|late|earlier|later)\ )?
     (?:(?:on\ )?(?:last|this|next|that|late|early|on)\ (?:{"|".join(DAYS | SPANS)})
     |(?:last|this|next)\ (?:{"|".join(MONTHS)}))
    |(?:the\ )?(?:next|same|following|other)\ day
    |(?:(?:a|an|few|couple|of|some|several|one|two|three|four|five|six|seven|eight|nine|ten|\d+)\ ){{0,3}}
     (?:{"|".join(UNITS)})s?\ (?:ago|earlier|later))(?=\ )""",
    re.VERBOSE,
)
TIMELY = (
    UNITS
    | {unit + "s" for unit in UNITS}
    | frozenset(  # the words that may open one
        """
    a an couple early earlier eight few five following four last late later next nine of on one other same seven several
    six some ten that the this three two""".split()
    )
)
LAST_OF_TIME = DAYS | SPANS | MONTHS | {"ago", "day", "earlier", "later"}
LATEST = 6  # words such a time has at most
MANNER = frozenset(
    """
    abroad afresh aloud alone anew anyway elsewhere here herself himself indoors instead live nonetheless offline
    onstage online outdoors overnight regardless there though""".split()
)
AHEAD = WHERE_AND_WHEN | {"of", "to", "about", "with"}
MARKED = AHEAD - {"about", "with"}


def adverb(low: str) -> bool:
    """Say whether a word looks like an adverb."""
    return low.endswith("ly") and len(low) > 4 and low not in NO_ADVERBS


def pronoun(low: str) -> bool:
    """Say whether a word is a subject pronoun, by itself or with its verb (he’d)."""
    return low in PRONOUNS or low.replace("’", "'").split("'")[0] in PRONOUNS


def begins_phrase(said: Statement, at: int) -> bool:
    """Say whether a noun phrase (or a stretch between marks) can begin at this place."""
    if at >= len(said):
        return False
    low = said.low[at]
    if low in NEARLY and at + 1 < len(said) and said.low[at + 1][0].isdigit():
        return True  # about 20 boats
    return low not in BOUNDS and low not in PREPOSITIONS and low not in AUXILIARIES and low not in DAYS


def phrase_left(said: Statement, at: int) -> Words | None:
    """Give the phrase that ends before this place: the subject of the verb there, without what stands between
    commas.

    "Ilse Marrow, the harbour master, said" and "Marrow, who runs the port, said" both give the name.
    """
    end = _before_insertion(said, at)
    if end is None or end == 0:
        return None
    if pronoun(said.low[end - 1]):
        return end - 1, end
    if said.low[end - 1] in WHOLE and end > 1 and (pronoun(said.low[end - 2]) or said.low[end - 2] == ")"):
        return phrase_left(said, end - 1)  # they all agreed
    if time := _time_before(said, end):
        end -= time  # Marrow just last week said
        while end > 1 and said.low[end - 1] in AUXILIARIES - FINITE:
            end -= 1
    relative = said.low[end - 1] in RELATIVES
    if relative:
        end = end - 2 if end > 1 and said.low[end - 2] in {",", "–", "—", "--", "-"} else end - 1
        if end and said.low[end - 1] == ")":
            end = _before_insertion(said, end) or end
    start = end
    while start and end - start < REACH and _inside(said, start - 1, start):
        start -= 1
    if relative and start > 1 and said.low[start - 1] == "," and said.words[start - 2][0].isupper():
        if said.low[start] in DETERMINERS or said.low[start].isdigit():
            return phrase_left(said, start - 1)  # Ilse Marrow, the harbour master, who said
    if start > 1 and said.low[start - 1] in {"after", "before", "since"} and said.low[end - 1].rstrip("s") in UNITS:
        return phrase_left(said, start - 1)  # a docker sent home after 17 years said
    begin = _trimmed(said, start, end)
    if begin == end and start and said.low[start - 1] in RELATIVES:
        return phrase_left(said, start)  # Ilse Marrow, who in 2010 said
    return _shortened(said, begin, end) if begin < end else None


def _before_insertion(said: Statement, at: int) -> int | None:
    """Give the place before what stands between commas, dashes or brackets, itself where nothing does."""
    if at and said.low[at - 1] in {")", "]"}:
        while at and said.low[at - 1] not in {"(", "["}:
            at -= 1
        return at - 1 if at else None
    if at and said.low[at - 1] in {",", "–", "—", "--"}:
        return _insertion(said, at - 1)
    return None if at and said.quoted(at - 1) else at


def _insertion(said: Statement, at: int) -> int | None:
    """Give the place where the insertion that ends at this comma begins.

    It may hold commas itself (Ilse Marrow, 59, of Eastport, said): we take the one that follows a phrase
    standing at the head of the clause, else the nearest.
    """
    nearest = None
    for place in range(at - 1, max(0, at - 40), -1):
        if said.quoted(place):
            break
        if said.low[place] != said.low[at]:
            continue
        end = _before_insertion(said, place) if said.low[place - 1] == ")" else place
        nearest = nearest or end
        if end and _heads(said, end):
            return end
    return nearest


def _heads(said: Statement, end: int) -> bool:
    """Say whether the phrase that ends here opens its clause, and is no "Last week" or "In London"."""
    start = end
    while start and end - start < REACH and _inside(said, start - 1, start):
        start -= 1
    opens = (
        start == 0
        or said.quoted(start - 1)
        or said.low[start - 1] in {"and", "but", "that", "when", "while", "as", "--", "—", "–", "―"}
    )
    return (
        opens
        and start < end
        and said.low[start] not in PREPOSITIONS | DAYS | {"last", "this", "next"}
        and not (said.low[start].endswith(("ing", "ed")))
    )


def _inside(said: Statement, place: int, start: int) -> bool:
    """Say whether the word at a place belongs to the phrase that begins after it."""
    low = said.low[place]
    if said.quoted(place) or pronoun(low):
        return False
    if low == "and":
        return (
            bool(place)
            and said.words[place - 1][0].isupper()
            and (said.words[start][0].isupper() or said.low[start] in PREPOSITIONS or start - place > 1)
        )
    return low not in BOUNDS and (low not in AUXILIARIES or _linked(said, place))


def _linked(said: Statement, at: int) -> bool:
    """Say whether "to" joins two nouns here: an adviser to Ilse Marrow."""
    return at > 0 and said.low[at] == "to" and said.low[at - 1].removesuffix("s") in LINKED


def _trimmed(said: Statement, start: int, end: int) -> int:
    """Give where the phrase really begins: after a leading "On Monday" or "In a statement", or an adverb."""
    while start < end and (said.low[start] in PREPOSITIONS or adverb(said.low[start]) or said.low[start] in DAYS):
        if said.low[start] in PREPOSITIONS:
            nxt = [
                place
                for place in range(start + 2, end)
                if said.low[place] in DETERMINERS
                or said.words[place][0].isupper()
                and (not said.words[place - 1][0].isupper() or said.low[place - 1] in DAYS)
            ]
            sure = [place for place in nxt if said.low[place - 1] not in PREPOSITIONS | DETERMINERS]
            start = (sure or nxt or [end])[0]
        else:
            start += 1
    return start


def _shortened(said: Statement, start: int, end: int) -> Words:
    """Give a phrase of at most 12 words: its first ones up to a preposition, or the last ones."""
    if end - start <= LONGEST:
        return start, end
    for place in range(start + 2, start + LONGEST):
        if said.low[place] in PREPOSITIONS:
            return start, place
    return end - LONGEST, end


def phrase_right(said: Statement, at: int) -> Words | None:
    """Give the phrase that begins at this place: the subject after "said", or whom "according to" names."""
    if at >= len(said) or not begins_phrase(said, at) or said.quoted(at):
        return None
    if pronoun(said.low[at]):
        return at, at + 1
    end = at + 1
    while end < len(said) and end - at < LONGEST and not said.quoted(end):
        low = said.low[end]
        if (
            low in DAYS
            and low not in SPANS
            or low in BOUNDS
            and not (
                low == "and"
                and end + 1 < len(said)
                and said.words[end - 1][0].isupper()
                and said.words[end + 1][0].isupper()
            )
        ):
            break
        if (
            low in PREPOSITIONS
            and low not in {"of", "for"}
            and not (low in {"from", "at", "with"} and said.words[end - 1][0].islower() or _linked(said, end))
        ):
            break
        if low in AUXILIARIES and not _linked(said, end) or _left(said, end):
            break
        end += 1
    return at, end


def _left(said: Statement, end: int) -> bool:
    """Say whether a phrase has ended here, as the rest of the clause says how or when: said X bluntly last week."""
    low, nxt = said.low[end], said.low[end + 1] if end + 1 < len(said) else ""
    if low in CALLED and (nxt == "as" or said.quoted(end + 1)):
        return True  # said a docker known as “Shorty”
    if low.endswith("ing") and nxt in OWN:
        return True  # said X shaking her head
    beyond = after_manner(said, end)
    if beyond in (end, len(said)) or said.quoted(beyond):
        return beyond > end
    after = said.low[beyond]
    return after in BOUNDS or after in PREPOSITIONS or after in AUXILIARIES or after.endswith("ing")


def after_when(said: Statement, at: int) -> int:
    """Give the place after "on Monday", "this week", an adverb and the like."""
    while at < len(said):
        low = said.low[at]
        step = int(adverb(low)) or (low in TIMELY or low in DAYS or low[0].isdigit()) and time_at(said, at)
        if not step:
            break
        at += step
    return at


def after_manner(said: Statement, at: int) -> int:
    """Give the place after what says how, where or when behind a speaker: bluntly, here, last week."""
    while at < len(said) and not said.words[at][0].isupper():
        low = said.low[at]
        if low in MANNER or adverb(low):
            at += 1
        elif low in LOUD and said.low[at + 1 : at + 2] == [LOUD[low]]:
            at += 2
        elif time := time_at(said, at):
            at += time
        else:
            break
    return at


def after_where_and_when(said: Statement, at: int) -> int:
    """Give the place after "on Monday", "in a statement", "of Clinton" and the like, if a content may follow there."""
    place = after_when(said, at)
    if place < len(said) and said.low[place] in AHEAD and not begins_phrase(said, place):
        for end in range(place + 1, min(place + 14, len(said))):
            if (
                said.low[end] in {"that", ",", ":"}
                or said.quoted(end)
                and end - place < 5
                and said.low[place] in MARKED
            ):
                return end
    return place


def time_at(said: Statement, at: int) -> int:
    """Give how many words of time stand here ("Monday", "late last year", "two weeks ago"), 0 where none does."""
    if said.low[at] in DAYS:
        return 1
    if said.low[at] not in TIMELY and not said.low[at][0].isdigit():
        return 0
    found = TIME.match(" ".join(said.low[at : at + LATEST]) + " ")
    return found.group().count(" ") + 1 if found else 0


def _time_before(said: Statement, end: int) -> int:
    """Give how many words of time end here, between a subject and its verb: Marrow last week said."""
    if said.low[end - 1] not in LAST_OF_TIME:
        return 0
    for size in range(min(LATEST, end - 1), 0, -1):
        if time_at(said, end - size) == size and (size > 1 or said.words[end - 2][0].isupper()):
            return size if said.low[end - size - 1] not in PREPOSITIONS | DETERMINERS else 0
    return 0


def topic(said: Statement, at: int) -> Words | None:
    """Give the phrase that opens the statement, the likeliest subject of all that has none of its own."""
    start = 0
    if said.low and (said.low[0] in PREPOSITIONS | BOUNDS or said.low[0].endswith(("ing", "ed"))):
        start = next(
            (
                place + 1
                for place in range(min(at, len(said) - 1))
                if said.low[place] == "," and not said.low[place + 1][0].isdigit()
            ),
            0,
        )
    while start < at and (said.low[start] in {"and", "but", "still", "so", ","} or adverb(said.low[start])):
        start += 1
    if start >= at or said.quoted(start):
        return None
    if said.low[start] in PRONOUNS:
        return start, start + 1
    end = start + 1
    capital = said.words[start][0].isupper() and said.low[start] not in DETERMINERS
    while end < at and end - start < 8 and not said.quoted(end):
        if said.low[end] in BOUNDS | AUXILIARIES | PREPOSITIONS or said.low[end].endswith("ed"):
            break
        if capital and end > start + 1 and not said.words[end][0].isupper():
            break
        end += 1
    return start, end


def possessor(said: Statement, at: int) -> Words | None:
    """Give who owns a noun: "Marrow's recent claim" or "her claim"."""
    for place in range(at - 1, max(-1, at - 4), -1):
        low = said.low[place]
        if low in {"his", "her", "their", "its", "my", "our"}:
            return place, place + 1
        if low.endswith(("'s", "’s", "s'", "s’")):
            start = place
            while start and place - start < LONGEST - 1 and said.words[start - 1][0].isupper():
                start -= 1
            return start, place + 1
        if low in BOUNDS | PREPOSITIONS | AUXILIARIES:
            return None
    return None
