"""TextBlob's rules: what they make of a text, each scored word with its place.

TextBlob's rules, which are those of the pattern library:

1. A text is cut at blanks, apostrophes and quotation marks; punctuation is cut off the ends of each piece, not out of
   its middle ("war--good" is one word); words are lower-cased. Hence "isn't" is isn, ', t: its negation is never seen.
2. A known word scores what its entry says, the mean over its senses. One that can be an adverb ("very", "really")
   waits: a known word right behind it, or behind words of one or two letters, takes its place, times its intensity.
3. "no", "not" or "never" before a known word, with single letters between at most ("not a good"), turns its score
   into -.5 of itself. A waiting word in -ly is turned by a negation behind it, too ("really not").
4. Each "!" raises the last score before it by a quarter, however far back it lies. No score passes -1 or 1.
5. Emoticons score by a list of their own, even with blanks inside ("( 8 )" holds a smile); "(!)" scores 0.
6. A text scores the mean of all these. No full stop ends anything.
"""

import math
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import NamedTuple

KNOWN, NEGATION, MOOD, BOOST, OTHER = range(5)
TURNED, RAISED = -0.5, 1.25  # what a negation and what "!" multiply a polarity by
IRONY = "(!)"
RUN = re.compile(r"\S+")
QUOTES = "“”‘’'\""  # TextBlob puts blanks around them
PLAIN = re.compile(  # a word of letters, and what may stand around it that scores nothing
    r"""[“"‘'(\[]?(?P<word>[^\W\d_]+)(?:(?:['’]s)?(?:[,?]?[”"’')\]]?|[:;])|(?P<stop>[.])[”"’')\]]?)"""
)


class Entry(NamedTuple):
    """What a lexicon says of a word: its scores, what it multiplies the next word's by, and if it waits for one."""

    polarity: float
    subjectivity: float
    intensity: float = 1.0
    waits: bool = False


class Token(NamedTuple):
    """A word as TextBlob reads it, lower-cased, with its place in the stretch it was read in."""

    kind: int
    word: str
    start: int
    end: int
    entry: Entry


UNSCORED = Entry(math.nan, math.nan)  # of a word that is in no list
OF_TWO = Token(OTHER, "..", 0, 0, UNSCORED)  # unknown words of two letters at most: they part a negation from the next
FORGOTTEN = Token(OTHER, "...", 0, 0, UNSCORED)  # unknown words, one of them of three letters or more
FORGOTTEN_OF = ((), (), (OF_TWO,), (FORGOTTEN,))  # of unknown words, by the letters of the longest


class Rules(NamedTuple):
    """What is taken from TextBlob itself: its tokenizer and the words its rules know."""

    find_tokens: Callable[[str], list[str]]
    entries: Mapping[str, Entry]
    moods: Mapping[str, Entry]
    negations: tuple[str, ...]
    turns: Callable[[str], bool]  # can a negation behind it turn this word?
    glued: re.Pattern
    plain: re.Pattern  # a word of any signs, and what may stand around it that scores nothing
    keeps_stop: Callable[[str], bool]  # is this an abbreviation, whose full stop belongs to it?
    ends_sentence: str  # the word that TextBlob puts for an empty line, and loses
    faces: frozenset[str]  # all emoticons
    does: frozenset[str]  # all words that do more than to make us forget


@dataclass(slots=True)
class Scored:
    """A scored word: its place, from the first to the last word that made its score ("!" apart), and its scores."""

    start: int
    end: int
    polarity: float
    subjectivity: float
    negated: bool
    intensity: float  # what the words before it multiplied the scores of its entry by
    entry: str
    words: list[str]  # as TextBlob lists them
    passes_on: float  # what it multiplies the scores of the next word by

    @classmethod
    def first(cls, at: int, token: Token) -> "Scored":
        """Give what a known word scores by itself; at: the place of the stretch that its token was read in."""
        polarity, subjectivity, passes_on, _ = token.entry
        place = at + token.start, at + token.end
        return cls(*place, polarity, subjectivity, False, 1.0, token.word, [token.word], passes_on)

    def gives_way(self, at: int, token: Token) -> None:
        """Let a known word take the place of this one, which waited for it."""
        factor = self.passes_on
        self.polarity = _bounded(token.entry.polarity * factor)
        self.subjectivity = _bounded(token.entry.subjectivity * factor)
        self.intensity, self.passes_on = factor, token.entry.intensity
        self.entry, self.end = token.word, at + token.end
        self.words.append(token.word)

    def turned_from_before(self, at: int, token: Token) -> None:
        """Let a negation that stands before it turn it."""
        self.start, self.negated = min(self.start, at + token.start), True
        self.passes_on = 1.0 / self.passes_on
        self.words.insert(0, token.word)

    def turned_from_behind(self, at: int, token: Token) -> None:
        """Let a negation that stands behind it turn it."""
        self.end, self.negated = at + token.end, True
        self.words.append(token.word)

    def raised(self) -> None:
        """Let a "!" raise it."""
        self.polarity = _bounded(self.polarity * RAISED)
        self.words.append("!")


def _bounded(score: float) -> float:
    return max(-1.0, min(score, 1.0))


@cache
def reader() -> Callable[[str], list[Scored]]:
    """Give the function that finds the scored words of a text as TextBlob's PatternAnalyzer does, in their order.

    The means of their polarity and subjectivity are TextBlob's `sentiment`, but for a text without any: TextBlob says
    0, and here there is nothing to take a mean of. It is several times faster: characters without a blank between them
    are read the same wherever they stand, so that TextBlob's own tokenizer is asked only once for each run of them.
    """
    own = rules()
    read = cache(lambda stretch: tokens(stretch, own))

    def found(text: str) -> list[Scored]:
        spans = map(re.Match.span, RUN.finditer(_held_together(text, own.glued)))
        return scored(((start, token) for start, end in spans for token in read(text[start:end])), own.turns)

    return found


def scored(tokens: Iterable[tuple[int, Token]], turns: Callable[[str], bool]) -> list[Scored]:
    """Give the scored words among the tokens, each of which comes with the place of its stretch."""
    found: list[Scored] = []
    waiting, negation = "", None
    for at, token in tokens:
        if token is FORGOTTEN:
            waiting, negation = "", None
            continue
        kind, word = token.kind, token.word
        if kind == KNOWN:
            if waiting:
                found[-1].gives_way(at, token)
            else:
                found.append(Scored.first(at, token))
            if negation:
                found[-1].turned_from_before(*negation)
            waiting, negation = word if token.entry.waits else "", None
            continue
        if kind == NEGATION:
            negation = at, token
        elif len(word) > 1:
            negation = None
        if negation and waiting and turns(waiting):
            found[-1].turned_from_behind(*negation)
            negation = None
        elif len(word) > 2:
            waiting = ""
        if kind == MOOD:
            found.append(Scored.first(at, token))
        elif kind == BOOST and found:
            found[-1].raised()
    for one in found:
        one.polarity *= TURNED if one.negated else 1
    return found


def _held_together(text: str, glued: re.Pattern) -> str:
    """Give the text with the blanks taken out of all that may be an emoticon, so that its parts are one run."""
    if not (found := glued.search(text)):
        return text
    held = list(text)
    while found:
        held[slice(*found.span())] = "-" * len(found[0])
        found = glued.search(text, found.start() + 1)
    return "".join(held)


def tokens(stretch: str, rules: Rules) -> tuple[Token, ...]:
    """Give the tokens of a stretch that matter: no punctuation, no unknown word of one letter, and one for many that
    do no more than to make us forget what came before.

    TextBlob's own tokenizer is slow, and asked only where a stretch is more than a word with a sign or two around it.
    """
    plain = PLAIN.fullmatch(stretch) or rules.plain.fullmatch(stretch)
    if (
        plain
        and not (plain["stop"] and rules.keeps_stop(plain["word"] + "."))
        and stretch.find(rules.ends_sentence) < 0
    ):
        word = plain["word"].lower()
        return (_token(word, *plain.span("word"), rules),) if word in rules.does else FORGOTTEN_OF[min(len(word), 3)]
    words = " ".join(rules.find_tokens(stretch)).split()
    if rules.does.isdisjoint(map(str.lower, words)):
        return FORGOTTEN_OF[min(max((len(word.lower()) for word in words), default=0), 3)]
    placed = zip(words, _places(stretch, words), strict=True)
    found = [_token(word.lower(), *place, rules) for word, place in placed]
    return tuple(token for token in found if token.kind != OTHER or len(token.word) > 1)


def _places(stretch: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Give where each word lies, letter by letter: TextBlob drops blanks, within emoticons too, and some full stops."""
    end = 0
    for word in words:
        start = stretch.index(word[0], end)
        end = start
        for letter in word:
            end = stretch.index(letter, end) + 1
        yield start, end


def _token(word: str, start: int, end: int, rules: Rules) -> Token:
    if word in rules.entries:
        return Token(KNOWN, word, start, end, rules.entries[word])
    if word in rules.moods:
        return Token(MOOD, word, start, end, rules.moods[word])
    kind = NEGATION if word in rules.negations else BOOST if word == "!" else OTHER
    return Token(kind, word, start, end, UNSCORED)


@cache
def rules() -> Rules:
    """Give the rules in TextBlob's two modules: `textblob.en`, and `textblob._text` beneath it."""
    english, text = modules()
    lexicon = english.sentiment
    entries = {
        word: Entry._make((*senses[None], any(adverb in senses for adverb in lexicon.modifiers)))
        for word, senses in lexicon.items()
    }
    moods = {IRONY: Entry(0.0, 1.0)}
    for (_, polarity), faces in text.EMOTICONS.items():
        for face in map(str.lower, faces):
            if not face.isalpha() and face not in text.PUNCTUATION:
                moods.setdefault(face, Entry(polarity, 1.0))
    faces = {IRONY, *(face for faces in text.EMOTICONS.values() for face in faces)}
    shapes = (text.RE_ABBR1, text.RE_ABBR2, text.RE_ABBR3)
    return Rules(
        lexicon.tokenizer,
        entries,
        moods,
        lexicon.negations,
        lexicon.modifier,
        _glued(faces, text.EOS),
        _plain(text.PUNCTUATION),
        lambda word: word in text.ABBREVIATIONS or any(shape.match(word) for shape in shapes),
        text.EOS,
        frozenset(faces),
        frozenset({*entries, *moods, *lexicon.negations, "!"}),
    )


def _plain(cut_off: str) -> re.Pattern:
    """Give the pattern of a word of any signs with one sign before it or behind it; those are cut off its ends."""
    inner, outer = rf"[^\s{QUOTES}]", rf"[^\s{QUOTES}{re.escape(cut_off)}]"
    return re.compile(rf"""[“"‘'(\[$\#]?(?P<word>{outer}(?:{inner}*{outer})?)(?:[,;:?]|(?P<stop>[.]))?""")


def _glued(faces: Iterable[str], ends_sentence: str) -> re.Pattern:
    """Give the pattern of all that TextBlob may read as an emoticon, and some more; the longest at each place.

    Between its signs there may be blanks, or the word that TextBlob puts for an empty line. An emoticon that ends in a
    letter ends its word, where "n't" is parted from what stands before it.
    """
    gap, ends = rf"(?:\s|{ends_sentence})*", {True: r"(?:(?=n't)|(?![^\W_]))", False: ""}
    longest = sorted(faces, key=lambda face: (-len(face), face))
    return re.compile("|".join(gap.join(map(re.escape, face)) + ends[face[-1].isalnum()] for face in longest))


def modules() -> tuple[ModuleType, ModuleType]:
    """Give TextBlob's modules of English and of rules without the rest of it, which imports nltk and takes seconds.

    They lie in a package that is not run as a whole, and that is taken away again: importing TextBlob later gives all.
    """
    spec = None if "textblob" in sys.modules else find_spec("textblob")
    if spec is not None:
        sys.modules["textblob"] = module_from_spec(spec)
    try:
        return import_module("textblob.en"), import_module("textblob._text")
    finally:
        for name in [name for name in sys.modules if spec is not None and name.partition(".")[0] == "textblob"]:
            del sys.modules[name]
