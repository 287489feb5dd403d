"""What part of speech each word is, and its lemma: "strikes" and "struck" are strike, as noun or as verb.

English is tagged by TextBlob's tagger, which gives most words the tag that they mostly have; a few rules look at what
stands beside a word, as it does not. Held against tagged news it is right on .960 of 21,883 words of the Wall Street
Journal and .947 of 307,428 of Slate, without our rules on .953 and .938 (`benchmarks/tags.py`). Of nouns and verbs
about one in twenty is lost and one in twenty is none: a count by part of speech may be off by as much, and by more for
a word that is often both. Words with a capital in a headline are mostly taken for names.

Lemmas are simplemma's, in some fifty languages; a word of another is its own. Parts of speech are for English alone.
"""

import re
import unicodedata
from functools import cache, lru_cache
from types import ModuleType

import numpy as np
import pandas as pd

from utils.layers import Layer, acronyms
from utils.layers.sentences import sentence_of
from utils.layers.tokens import fold

UNIVERSAL = {
    "NOUN": "NN NNS", "PROPN": "NNP NNPS", "VERB": "VB VBD VBG VBN VBP VBZ", "AUX": "MD", "ADJ": "JJ JJR JJS",
    "ADV": "RB RBR RBS WRB", "PRON": "PRP PRP$ WP WP$ EX", "DET": "DT PDT WDT", "ADP": "IN", "PART": "TO RP POS",
    "CONJ": "CC", "NUM": "CD", "INTJ": "UH", "X": "",
}  # fmt: skip
PENN = {penn: tag for tag, own in UNIVERSAL.items() for penn in own.split()}
HELPING = frozenset("be have do".split())  # AUX in every place, since the tagger does not tell when they help
SUBJECTS, THIRD = frozenset("i we you they".split()), frozenset("he she it".split())
POINTING = frozenset("that this these those all both each".split())
CLITIC = re.compile(r"n't$|'(?:ll|re|ve|d|m)$")
BASES = {"wo": "will", "ca": "can", "sha": "shall", "ai": "be"}  # what is left of won't, can't, shan't, ain't
PLURAL = re.compile(r"[a-z]{2}[^\W\d_s]s$")
COMPARED = re.compile(r"(?:er|est)$|^(?:better|best|worse|worst|more|most|less|least)$")
NAMES = {  # what tables call languages, beside their codes
    **dict.fromkeys("eng english englisch anglais ingles inglese engels angielski ingilizce engelsk".split(), "en"),
    "spanish": "es", "espanol": "es", "french": "fr", "francais": "fr", "german": "de", "deutsch": "de",
    "portuguese": "pt", "portugues": "pt", "italian": "it", "italiano": "it", "dutch": "nl", "nederlands": "nl",
}  # fmt: skip


def tags(
    raws: pd.Series, segments: pd.DataFrame, *, words: pd.DataFrame, sentences: pd.DataFrame, language: pd.Series
) -> pd.DataFrame:
    """Give part of speech and lemma of every word, one row a word in the order of the words.

    Parameters
        raws: raw texts by article_id.  words, sentences: their words and sentences.  language: theirs, by article_id.
    Returns
        article_id, start, end   as in words
        pos     categorical: NOUN, PROPN (names), VERB, AUX (modals, be, have, do), ADJ, ADV, PRON, DET, ADP (with
                subordinating conjunctions), PART, CONJ, NUM, INTJ, X; missing where the language is not English
        lemma   categorical, folded as terms are
    """
    words = words[(raws.str.len() > 0).reindex(words["article_id"]).to_numpy()].reset_index(drop=True)
    pos, lemmas = np.full(len(words), None, object), words["term"].astype("str").to_numpy(object)
    owner = words["article_id"].cat.codes.to_numpy()
    sentence = sentence_of(words, sentences)
    fresh = np.flatnonzero((np.diff(owner, prepend=-1) != 0) | (np.diff(sentence, prepend=-2) != 0))
    starts, ends = words["start"].to_numpy(), words["end"].to_numpy()
    ids, texts, codes = words["article_id"].cat.categories, raws.to_dict(), {}
    for first, last in zip(fresh.tolist(), [*fresh[1:].tolist(), len(words)], strict=True):
        name = ids[owner[first]]
        raw = texts[name]
        if name not in codes:
            codes[name] = code(language.get(name))
        places = list(zip(starts[first:last].tolist(), ends[first:last].tolist(), strict=True))
        own = lemmas[first:last].tolist()
        if codes[name] == "en":
            found = _english(raw, places, own)
            pos[first:last] = [tag for tag, _ in found]
            lemmas[first:last] = [lemma for _, lemma in found]
        elif codes[name]:
            lemmas[first:last] = [
                lemma_of(raw[a:b], term, codes[name]) for (a, b), term in zip(places, own, strict=True)
            ]
    return words[["article_id", "start", "end"]].assign(pos=_categorical(pos), lemma=_categorical(lemmas))


def _categorical(values: np.ndarray) -> pd.Categorical:
    known = sorted({value for value in values.tolist() if value is not None})
    return pd.Categorical(values, categories=pd.Index(known, dtype="str"))


def code(value: object) -> str | None:
    """Give the language that lemmas are asked for, as simplemma has it: "en" if none is known, None if it has none."""
    if not isinstance(value, str) or not value.strip():
        return "en"
    letters = (sign for sign in unicodedata.normalize("NFKD", value.strip().casefold()) if sign.isascii())
    plain = re.split(r"[-_ (/;,]", "".join(letters))[0]
    found = NAMES.get(plain, plain)
    return found if found in _supported() else None


def _english(raw: str, places: list[tuple[int, int]], terms: list[str]) -> list[tuple[str, str]]:
    """Give tag and lemma of the words of one sentence."""
    surfaces = [raw[start:end] for start, end in places]
    loud = len(surfaces) > 1 and not any(map(str.islower, "".join(surfaces)))
    fed: list[str] = []
    own: list[int] = []
    end = places[0][0]
    for (start, behind), surface, term in zip(places, surfaces, terms, strict=True):
        if fed:
            fed += [sign for sign in raw[end:start] if not sign.isspace() and sign != "-"][:3]
        own.append(len(fed))
        end = behind
        fed += _pieces(surface.lower() if loud else surface, term)
    penn = mended(fed, [tag for _, tag in _english_module().parser.find_tags(fed)])
    return [_told(fed[at], penn[at], term) for at, term in zip(own, terms, strict=True)]


def _pieces(surface: str, term: str) -> list[str]:
    """Give a word as the tagger knows it: don't as do and n't, US as U.S."""
    if term in acronyms.ACRONYMS:
        return ["U.S."]
    plain = surface.replace("’", "'")
    if "." in surface:
        return [f"{surface}."]
    if found := CLITIC.search(plain):
        return [plain[: found.start()], found[0]] if found.start() else [plain]
    return [plain]


def mended(words: list[str], penn: list[str]) -> list[str]:
    """Give the tags of a sentence (Penn Treebank) as what stands beside each word has them."""
    known = _english_module().lexicon
    penn = [*penn]
    for at, (word, tag) in enumerate(zip(words, penn, strict=True)):
        before = words[at - 1].lower() if at else ""
        last, next_tag = penn[at - 1] if at else "", penn[at + 1] if at + 1 < len(penn) else ""
        helped = last == "MD" or (last == "RB" and at > 1 and penn[at - 2] == "MD")
        if tag in ("NN", "VBP", "VBD", "VBN", "JJ") and helped and word.islower() and (tag != "JJ" or is_verb(word)):
            penn[at] = "VB"  # will strike
        elif tag == "NN" and (last == "TO" or before in SUBJECTS) and is_verb(word):
            penn[at] = "VB" if last == "TO" else "VBP"  # to strike, they strike
        elif tag == "NNS" and before in THIRD and is_verb(word):
            penn[at] = "VBZ"  # she strikes
        elif tag in ("VB", "VBP") and last in ("DT", "PRP$", "JJ", "POS") and before not in POINTING:
            penn[at] = "NN"  # the cut
        elif word == "that" and tag == "IN" and next_tag in ("NN", "JJ"):
            penn[at] = "DT"
        elif word == "that" and tag == "IN" and last in ("NN", "NNS") and next_tag in ("MD", "VBZ", "VBP", "VBD"):
            penn[at] = "WDT"
        elif word == "'s" and tag == "POS" and (last in ("PRP", "WP", "EX") or next_tag in ("DT", "RB", "VBG", "IN")):
            penn[at] = "VBZ"  # it's late
        elif tag in ("NN", "NNS") and len(word) > 1 and word.isalpha() and word.isupper():
            penn[at] = "NNP"
        elif not at and tag in ("NNP", "NNPS") and known.get(word.lower().removesuffix("s")) == "NN":
            penn[at] = "NNS"  # Workers, at the head of a sentence
    return penn


@cache
def is_verb(word: str) -> bool:
    """Tell whether a word can be a verb: by its forms in -ing or -ed that the tagger knows."""
    known, low = _english_module().lexicon, word.lower()
    stems = {low, low.removesuffix("s"), low.removesuffix("es")}
    forms = (form for stem in stems for form in (f"{stem}ing", f"{stem}ed", f"{stem}d", f"{stem}{stem[-1:]}ing",
                                                 f"{stem.removesuffix('e')}ing"))  # fmt: skip
    return any((known.get(form) or "").startswith(("VB", "JJ" if form.endswith("ing") else "VB")) for form in forms)


def _told(word: str, penn: str, term: str) -> tuple[str, str]:
    """Give the universal tag and the lemma of an English word from its tag."""
    tag = PENN.get(penn, "X")
    if term in acronyms.ACRONYMS:
        return "PROPN", term
    if term[0] == "@" or "-" in term:
        return "PROPN", term
    if term == "'s":
        return ("AUX", "be") if tag == "VERB" else ("PART", term)
    term = term if word.lower() in (term, f"{term}.") else BASES.get(word.lower(), fold(word))
    if tag in ("VERB", "AUX"):
        lemma = lemma_of(term, term, "en")
        return "AUX" if lemma in HELPING else tag, lemma
    if tag == "NOUN" and not term.endswith("ing"):
        lemma = lemma_of(term, term, "en")
        return tag, lemma[:-1] if penn == "NNS" and lemma == term and PLURAL.search(term) else lemma
    return tag, lemma_of(term, term, "en") if tag in ("ADJ", "ADV") and COMPARED.search(term) else term


@lru_cache(maxsize=200_000)
def lemma_of(surface: str, term: str, code: str) -> str:
    """Give the lemma of a word, folded; what is no plain word is its own."""
    if not term.replace("'", "").isalpha() or term.isupper() or term == "'s":
        return term
    return fold(_simplemma().lemmatize(surface, lang=code))


@cache
def _english_module() -> ModuleType:
    from utils.lexicons import textblob  # here, as the lexicons are loaded where they are asked for

    return textblob.modules()[0]


@cache
def _simplemma() -> ModuleType:
    import simplemma  # here, as its tables are loaded where a word is asked for

    return simplemma


@cache
def _supported() -> frozenset[str]:
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES

    return frozenset(SUPPORTED_LANGUAGES)


LAYERS = {"tags": Layer(tags, needs=("words", "sentences", "language"), libraries=("textblob", "simplemma"))}
