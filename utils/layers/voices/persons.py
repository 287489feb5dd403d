"""Who is who over the whole corpus: the persons that are named, in which forms, and where."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd

from utils.layers.voices.coreference import KIN
from utils.layers.voices.forms import NO_NAMES, Forms
from utils.layers.voices.mentioned import OWNED, bare, frame
from utils.layers.voices.mentions import LOWER, Mention, folded, mentions
from utils.layers.voices.names import BODIES, DATES, POSSESSIVE, TITLES
from utils.layers.voices.nobody import CLOSES_PLACE, EVENTS, OPENERS, OPENS_PLACE, PEOPLES, PLACES
from utils.layers.voices.whose import Names, Row

COUNTRIES = frozenset("kingdom states u.k u.s u.s.a united washington".split())
NOWHERE = PLACES | PEOPLES | OPENS_PLACE | CLOSES_PLACE | DATES | EVENTS | COUNTRIES | TITLES


Place = tuple[int, int, int]  # the number of an article, start, end


def persons(raws: Mapping[str, str] | pd.Series, segments: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Give every mention of a person in every text, and of every body that speaks, with whom it means.

    Bodies of articles are read, and speakers in headlines. Full names are joined where first and last name agree, a
    middle name, an accent, a nickname or a second surname apart; Jr. and III tell apart, and so does another middle
    name. A surname means whom the article names in full; where that is several, the one that is near alone or far
    ahead of the others by articles, with "Mr." and "President" heeded; where it names nobody so, the only or by far
    the most frequent one of the corpus. Else it is left apart, and not sure.

    Parameters
        raws: raw texts by article_id.  segments, quotes: the corpus's tables.
    Returns one row a mention, in the order of the texts:
        article_id   categorical, in the order given
        start, end   int32, code points in raw, titles before a surname included
        form         str, the name as it stands there, without a possessive: Mr. Marrow
        person       str, the fullest form of the person's name in the corpus; the form itself where it is left apart
        kind         str: person or organisation
        sure         bool, False where the form may be another's
    """
    raws = pd.Series(raws, dtype=object)
    codes = {name: code for code, name in enumerate(raws.index)}
    speakers = quotes[quotes["named"] & quotes["speaker_start"].notna()]
    at = [codes[name] for name in speakers["article_id"].astype(object)]
    places = [*zip(at, speakers["speaker_start"].astype(int), speakers["speaker_end"].astype(int), strict=True)]
    found = _found(raws, segments[segments["kind"] == "body"])
    lower: set[str] = set()
    for raw in raws:
        lower.update(LOWER.findall(raw))
    texts = [*raws]
    said = [texts[code][start:end] for code, start, end in places]
    names = [*speakers["speaker"]]
    ones = {
        (code, " ".join(map(folded, name.split())))
        for (code, *_), name, mention in zip(places, names, said, strict=True)
        if mention.lower() in KIN
    }
    forms = Forms(found, lower, _speaking(found, places), ones)
    rows = Names(forms, _speaking(forms.mentions, places), ones).rows()
    rows += _headlines(rows, places, names)
    rows += _bodies(forms, rows, places, names, said)
    return frame(sorted(set(rows)), raws.index)


def _found(raws: pd.Series, body: pd.DataFrame) -> list[Mention]:
    """Give the names in the bodies of all articles."""
    paragraphs: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start, end in zip(body["article_id"].astype(object), body["start"], body["end"], strict=True):
        paragraphs[name].append((start, end))
    return [
        each for code, (name, raw) in enumerate(raws.items()) for each in mentions(raw, code, paragraphs.get(name, ()))
    ]


def _speaking(every: Iterable[Mention], places: Iterable[Place]) -> set[tuple[int, int]]:
    """Give (article, place) of the mentions that lie in the mention of a speaker."""
    held: dict[int, set[int]] = defaultdict(set)
    for article, start, end in places:
        held[article].update(range(start, end))
    return {(each.article, each.at) for each in every if each.at in held[each.article]}


def _headlines(rows: Sequence[Row], places: Sequence[Place], names: Iterable[str]) -> list[Row]:
    """Give the mentions of speakers in headlines, where the body has the same name for one person."""
    known: dict[tuple[int, str], set[tuple[str, bool]]] = defaultdict(set)
    for row in rows:
        known[row.article, bare(row.form)].add((row.person, row.sure))
    read = {(row.article, row.start) for row in rows}
    first: dict[int, int] = {}
    for row in rows:
        first[row.article] = min(row.start, first.get(row.article, row.start))
    found = []
    for (article, start, end), name in zip(places, names, strict=True):
        whose = known.get((article, name), set())
        if end <= first.get(article, 0) and len(whose) == 1 and (article, start) not in read:
            ((person, sure),) = whose
            found.append(Row(article, start, end, name, person, "person", sure))
    return found


def _bodies(
    forms: Forms, rows: Sequence[Row], places: Sequence[Place], names: Sequence[str], said: Sequence[str]
) -> list[Row]:
    """Give the mentions of bodies that speak under their names: the Port Authority."""
    read = {(row.article, row.start) for row in rows}
    bodies: set[str] = set()
    found: list[Row] = []
    for (article, start, end), name, mention in zip(places, names, said, strict=True):
        held = any((article, place) in read for place in range(start, end))
        if held and not OWNED.search(name) or not _is_body(name, forms):
            continue
        if name in mention:
            found.append(Row(article, start, end, name, name, "organisation", True))
        if name in mention or " " in name and not held:
            bodies.add(name)
    taken = {(row.article, row.end) for row in (*rows, *found)}
    names_of = {tuple(name.split()): name for name in bodies}
    for each in forms.mentions:
        name = names_of.get(each.words, "")
        if name and (each.article, each.end) not in taken:
            found.append(Row(each.article, each.at, each.end, name, name, "organisation", True))
    return _in_one_spelling(found)


def _in_one_spelling(rows: Sequence[Row]) -> list[Row]:
    """Give the mentions of bodies, one that is written in several ways (Politifact, PolitiFact) by its usual one."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        spellings[folded(row.person)][row.person] += 1
    return [row._replace(person=spellings[folded(row.person)].most_common(1)[0][0]) for row in rows]


def _is_body(name: str, forms: Forms) -> bool:
    """Say whether a speaker's name that is no person's is a body's: no place, day or group, no word that is no name."""
    words = [word for word in name.split() if folded(word) not in OPENERS]
    if not words or not words[-1][0].isupper() and words[-1].lower() not in BODIES:
        return False
    low = [folded(POSSESSIVE.sub("", word)) for word in words]
    if all(word in NOWHERE or len(word) < 2 for word in low):
        return False
    if low[0] in OPENS_PLACE and NO_NAMES.isdisjoint(low[1:]):
        return False
    if len(words) > 1 or words[0].isupper() and len(words[0]) > 1:
        return not any(word[0].islower() and word not in BODIES | {"of", "and", "the", "for"} for word in words)
    word = low[0]
    common = any(one in forms.lower or one in PEOPLES for one in (word, word.removesuffix("s")))
    return word in BODIES or word in NO_NAMES and word not in forms.lower or not common
