"""Queries: how a reader asks for words, and the passages that answer.

    venezuela            a word; case and curly apostrophes make no difference, but in acronyms: "US" is not "us"
    covid-19, at&t, #strike, @vask    one word each; "covid*" finds covid-19 too
    regime change        a phrase: its words side by side in one sentence; "post-war" is one, and "war" finds its part
    venezuela*, wom?n    * stands for any letters or none, ? for one
    oil|gas price*       alternatives in one place
    strike_V, *_ADJ price     a word of a part of speech (NOUN, VERB, ADJ …, or N, V, J, R)
    {strike}, {strike}_V      a lemma: strike, strikes, struck, striking; and as a verb alone
    maduro NEAR/5 amnesty     both, in either order, at most five words between them, in one passage
    /indict(ed|ment)/    a regular expression over the raw text of each passage

A list of queries is a group. Each part of a query is looked up in the vocabulary once; only then do we look where
those words stand, so that a query over millions of words takes a moment.
"""

import re
import time
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import regex

from utils import expressions, spans
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.intake.encodings import whole
from utils.layers import tokens
from utils.passages import annotated, misread
from utils.passages.otherwise import reading
from utils.passages.table import chosen, corpus, text
from utils.spans import KEYS, checked

Query = str | Sequence[str]
WILD = "*?"
NEAR = re.compile(r"(?<!\s)\s++NEAR/(\S+)\s+")
SECONDS = 10  # that a regular expression may take over one passage
A_MILLION = 5  # seconds more for every million characters read so far: harmless ones take a tenth of one
LONGEST = expressions.LONGEST  # characters of a query
MOST = 10_000  # queries of a group
PASSAGES = 20_000  # whose text is in memory at a time


@dataclass(frozen=True)
class Match:
    """What counts as the same word: whether capitals and accents have to agree."""

    case: bool = False
    accents: bool = True


def hits(
    news: Corpus,
    query: Query | None = None,
    *,
    lemma: Query | None = None,
    pos: str | None = None,
    within: pd.DataFrame | None = None,
    match_case: bool = False,
    match_accents: bool = True,
) -> pd.DataFrame:
    """Give the passages of a word, a phrase, a wild*card, two words NEAR each other or a /regular expression/.

    A query is read as the text is: case, curly apostrophes and hyphens make no difference, but "US" (or "U.S.") is not
    "us", as case alone tells such acronyms from words. Several words are a phrase, its words side by side in one
    sentence. A list is a group: a passage that several of its queries match counts once, for the first of them. The
    forms are listed at the head of this module.

    Parameters
        query: "venezuela", "regime change", "venezuela*", "oil|gas price*", "maduro NEAR/5 amnesty",
        "/indict(ed|ment)/", "{strike}_V", or a list of these.
        lemma: in place of a query, a word in all its forms: lemma="strike" is the query "{strike}".
        pos: the part of speech of a query of one word, or of a lemma: "NOUN", "VERB", "ADJ" … One in twenty is wrong
        (`utils.layers.tags` has the figures), and other languages than English have none.
        within: passages to look in (default: the body); a hit belongs if it lies wholly inside one.
        match_case: "Polish" is not "polish".  match_accents: "Nicolás" is not "Nicolas" (default) or is (False).
    Returns one row a hit, in the order of the articles:
        article_id, start, end   the passage
        query                    str, which of the queries matched
        term                     str, what matched, folded; the words of a phrase with a space between
    Raises ValueError if a query cannot be read, holds no word or matches everything, or an expression takes too long.
    """
    match = Match(match_case, match_accents)
    parts = [find(corpus(news), one, match, within) for one in listed(annotated.asked(query, lemma, pos))]
    table = pd.concat(parts, ignore_index=True).drop(columns="outer")
    return table.drop_duplicates(KEYS).sort_values(KEYS, kind="stable", ignore_index=True)


def listed(query: Query | None) -> list[str]:
    """Give the different queries of a group.

    Raises ValueError where what came is no query and no list of them, or is more than can be answered.
    """
    queries = [query] if isinstance(query, str) else query
    if not isinstance(queries, Sequence) or not queries or not all(isinstance(one, str) for one in queries):
        raise Refusal(f"a query is a word, a phrase, a wild*card, or a list of these; what came is {query!r:.200}")
    if len(queries) > MOST:
        raise Refusal(f"a group holds at most {MOST:,} queries; this one has {len(queries):,}: ask it in parts")
    for one in queries:
        if len(one) > LONGEST:
            raise Refusal(
                f"a query has at most {LONGEST:,} characters; {_cut(one)!r} has {len(one):,}: give a list of queries"
            )
        if whole(one) != one:
            raise Refusal(f"{_cut(one)!r} holds half a character (a lone surrogate), as no text does; type it again")
    return list(dict.fromkeys(queries))


def _cut(query: str) -> str:
    """Give a query as a message can hold it."""
    return query if len(query) <= 60 else f"{query[:59]}…"


def find(news: Corpus, query: str, match: Match, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give the passages of one query that lie in `within`: article_id, start, end, query, term, and outer.

    Raises ValueError if the query cannot be read, holds no word, or matches everything.
    """
    if len(query) > 1 and query.startswith("/") and query.endswith("/"):
        return _expression(news, query, match, within)
    if query.lstrip().startswith("/"):
        raise Refusal(f"{_cut(query)!r} cannot be read; a regular expression stands between two slashes: /indict(ed)?/")
    misread.check(query)
    left, *rest = NEAR.split(query.strip())
    if not rest:
        return chosen(news, _phrase(news, query, query, match), within)
    distance, right = rest[0], rest[1]
    if len(rest) > 2 or not distance.isdecimal() or len(distance) > 1_000:
        raise Refusal(f"{_cut(query)!r} cannot be read; a query of two near words looks like: maduro NEAR/5 amnesty")
    one, other = (chosen(news, _phrase(news, side, query, match), within) for side in (left, right))
    return _near(news, one, other, int(distance))


def _phrase(news: Corpus, query: str, name: str, match: Match) -> pd.DataFrame:
    """Give the hits of a word or phrase in the whole of the texts."""
    parts = _parts(query, reading(news).surfaces)
    words = news.tokens if len(parts) > 1 else news.words
    first, *others = (_place(news, words, part, match) for part in parts)
    found = [np.empty(0, np.int64)]
    for some in spans.portions(max(len(words) - len(parts) + 1, 0)):
        places = np.arange(some.start, some.stop)
        places = places[first(places)]
        for step, fits in enumerate(others, 1):
            places = places[fits(places + step)]
        found.append(places)
    places = np.concatenate(found)
    last = places + len(parts) - 1
    article = spans.codes_of(words["article_id"])
    together = article[places] == article[last]
    if len(parts) > 1:
        sentence = words["sentence"].to_numpy()
        together &= sentence[places] == sentence[last]
    places, last = places[together], last[together]
    pieces = [words["term"].iloc[places + step].astype("str").to_numpy() for step in range(len(parts))]
    table = spans.joined(words, places, last)
    table = table.assign(query=name, term=[" ".join(row) for row in zip(*pieces, strict=True)]).astype(
        {"query": "str", "term": "str"}
    )
    return table[_as_written(news, table, parts, match)] if match.case else table


def _place(news: Corpus, words: pd.DataFrame, options: list[str], match: Match) -> Callable[[np.ndarray], np.ndarray]:
    """Give what tells which of some words, by their numbers, may stand in one place of a phrase."""
    code, vocabulary = spans.codes_of(words["term"]), annotated.vocabulary(news, words)
    read = [(one, annotated.read(one)) for one in options]
    fold = reading(news).fold
    known = _known(vocabulary, [one for one, own in read if own is None], match, fold)
    tagged = [annotated.places(news, own, code, lambda among, word: _known(among, [word], match, fold))
              for _, own in read if own is not None]  # fmt: skip
    return lambda places: np.logical_or.reduce([known[code[places]], *(fits(places) for fits in tagged)])


def _parts(query: str, surfaces: Callable[..., list[str]] = tokens.surfaces_of) -> list[list[str]]:
    """Give the places of a phrase, each with its alternatives as they were written."""
    found: list[list[str]] = []
    for place in re.split(r"\s+", re.sub(r"(?:(?<!\s)\s++)?\|\s*", "|", query.strip())):
        options = [
            [option] if annotated.read(option) else surfaces(option, letters=WILD) for option in place.split("|")
        ]
        if len(options) == 1:
            found.extend([word] for word in options[0])
        elif all(len(option) == 1 for option in options):
            found.append([option[0] for option in options])
        else:
            raise Refusal(
                f"each alternative between | is one word; {_cut(place)!r} has one that is not. Give a list of phrases "
                "instead"
            )
    if not any(word.strip(WILD) for place in found for word in place):
        raise Refusal(
            f"the query {_cut(query)!r} holds no word to look for; give a word, a phrase or a wild*card such as venez*"
        )
    return found


def _known(
    vocabulary: pd.Index, options: list[str], match: Match, fold: Callable[[str], str] = tokens.fold
) -> np.ndarray:
    """Give for each term of the vocabulary whether it may stand in one place of a phrase."""
    plain = (lambda term: term) if match.accents else _without_accents
    wanted = [plain(fold(option)) for option in options]
    if match.accents and not any(sign in option for option in wanted for sign in WILD):
        return np.asarray(vocabulary.isin(wanted))
    wild = (f"(?i:{_wild(one)})" if any(sign in one for sign in WILD) else re.escape(one) for one in wanted)
    pattern = re.compile("|".join(wild), re.DOTALL)  # a wild card takes US with us
    return np.fromiter((pattern.fullmatch(plain(term)) is not None for term in vocabulary), bool, len(vocabulary))


def _wild(word: str) -> str:
    """Give the expression of a word with wild cards. What stands between two stars is taken where it fits first, for
    good: if the rest fits nowhere after that, it fits nowhere after a later place."""
    first, *rest = [re.escape(piece).replace(r"\?", ".") for piece in re.split(r"\*+", word)]
    return first + "".join(f"(?>.*?{piece})" for piece in rest[:-1]) + "".join(f".*{piece}" for piece in rest[-1:])


def _without_accents(term: str) -> str:
    """Give a term without its accents; letters of their own, such as ø, stay."""
    if term.isascii():
        return term
    marks = (letter for letter in unicodedata.normalize("NFD", term) if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", "".join(marks))


def _as_written(news: Corpus, table: pd.DataFrame, parts: list[list[str]], match: Match) -> np.ndarray:
    """Give for each hit whether its words have the capitals of the query."""
    parts = [[annotated.surface(option) for option in options] for options in parts]
    plain = tokens.written if match.accents else (lambda word: _without_accents(tokens.written(word)))
    fits = [re.compile("|".join(_wild(plain(option)) for option in options), re.DOTALL) for options in parts]
    surfaces = [reading(news).surfaces(stretch) for stretch in text(news, table)]
    return np.array(
        [all(fit.fullmatch(plain(word)) for fit, word in zip(fits, own, strict=False)) for own in surfaces], dtype=bool
    )


def _near(news: Corpus, left: pd.DataFrame, right: pd.DataFrame, distance: int) -> pd.DataFrame:
    """Give the stretches from a hit on one side to the nearest on the other, in one passage."""
    passage = pd.factorize(np.concatenate([left["outer"], right["outer"]]))[0]
    far = 2 * len(news.words) + 2  # so many words apart are the hits of two passages
    sides = [(hits, own * far, spans.begun(news.words, hits))
             for hits, own in ((left, passage[: len(left)]), (right, passage[len(left) :]))]  # fmt: skip
    parts = []
    for (first, own, (_, behind)), (then, others, (starts, _)) in (sides, sides[::-1]):
        order = np.argsort(others + starts, kind="stable")
        starts, ends = (others + starts)[order], own + behind - 1
        place = np.searchsorted(starts, ends, side="right")
        at = np.flatnonzero(place < len(then))
        a, b = first.iloc[at].reset_index(drop=True), then.iloc[order[place[at]]].reset_index(drop=True)
        close = starts[place[at]] - ends[at] - 1 <= min(distance, len(news.words))
        parts.append(a.assign(end=b["end"], term=a["term"] + " … " + b["term"])[close])
    return pd.concat(parts, ignore_index=True)


def _expression(news: Corpus, query: str, match: Match, within: pd.DataFrame | None) -> pd.DataFrame:
    """Give the matches of a regular expression, passage by passage."""
    pattern = compiled(query[1:-1], case=match.case)
    table = news.body if within is None else checked(within, what="within")
    starts, surfaces, n = _matches(query, pattern, _stretches(news, table), most=len(news.words))
    row = np.repeat(np.arange(len(table)), n)
    article = table["article_id"].astype("str").astype(pd.CategoricalDtype(news.articles.index)).array[row]
    start = table["start"].to_numpy(np.int64)[row] + np.array(starts, np.int64)
    end = start + np.fromiter(map(len, surfaces), np.int64, len(surfaces))
    found = pd.DataFrame({"article_id": article, "start": start, "end": end, "query": query})
    return found.astype({"query": "str"}).assign(term=_folded(surfaces), outer=table.index.to_numpy()[row])


def _stretches(news: Corpus, table: pd.DataFrame) -> Iterator[str]:
    """Give the text of each passage, some thousands of them in memory at a time."""
    for low in range(0, len(table), PASSAGES):
        yield from text(news, table.iloc[low : low + PASSAGES])


def _matches(query: str, pattern: regex.Pattern, stretches: Iterable[str], *, most: int) -> tuple[list, list, list]:
    """Give where in its stretch each match starts, its text, and how many matches each stretch has.

    Flat lists of numbers and texts, since there may be a million matches. Raises ValueError where they are more than
    `most`, or one stretch, or those read so far, take too long: of the processor, so that no busy machine stops one.
    """
    allowed, began, surfaces, n = float(SECONDS), time.process_time(), [], []
    starts: list[int] = []
    for stretch in stretches:
        allowed += A_MILLION * len(stretch) / 1_000_000
        before, left = len(starts), max(min(SECONDS, began + allowed - time.process_time()), 0.001)
        try:
            for hit in pattern.finditer(stretch, timeout=left):
                if surface := hit[0]:
                    starts.append(hit.start())
                    surfaces.append(surface)
        except (TimeoutError, MemoryError) as error:
            took = f"{SECONDS if left == SECONDS else allowed:.0f} seconds"
            took = "taking too much memory" if isinstance(error, MemoryError) else took
            raise Refusal(
                f"the expression {_cut(query)} was stopped after {took}; write it so that it cannot match one stretch "
                "in many ways: no + or * around another, and a word of its own before a run such as .*"
            ) from None
        n.append(len(starts) - before)
        if len(starts) > most:
            raise Refusal(f"the expression {_cut(query)} matches more often than there are words; ask for less")
    return starts, surfaces, n


def _folded(surfaces: list[str]) -> pd.api.extensions.ExtensionArray:
    """Give the surfaces folded, one blank for white space: each different one once, all as the lines of one text."""
    places, different = pd.factorize(pd.array(surfaces, dtype="str"))
    lines = "\n".join([" ".join(surface.split()) for surface in different])
    return pd.array(tokens.fold(lines).split("\n"), dtype="str").take(places)


def compiled(expression: str, *, case: bool = False) -> regex.Pattern:
    """Give a regular expression ready for use. Raises ValueError where it cannot be read, or matches nothing at all."""
    name = f"the regular expression {_cut(f'/{expression}/')}"
    try:
        pattern = expressions.compiled(expression, case=case)
        empty = not expression or pattern.search("", timeout=SECONDS)
    except expressions.Unreadable as error:
        raise Refusal(f"{name} cannot be read: {error}") from error
    except (TimeoutError, MemoryError):
        raise Refusal(f"{name} comes to no end, even in an empty text") from None
    if empty:
        raise Refusal(f"{name} matches an empty text, so it would match everywhere")
    return pattern
