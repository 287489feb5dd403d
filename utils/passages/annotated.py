"""Words by lemma and part of speech: {strike}, strike_V, {strike}_V in a query, and a corpus read by its lemmas."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import arguments
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.layers import tags
from utils.layers.held import ADDRESS
from utils.passages import english
from utils.passages.otherwise import ReadOtherwise, held

SHORT = {"N": "NOUN", "V": "VERB", "J": "ADJ", "A": "ADJ", "R": "ADV", "P": "PROPN"}
FORM = re.compile(r"(?:\{(?P<lemma>[^\s{}]+)\}|(?P<word>[^\s{}_]*))(?:_(?P<pos>[A-Z]+))?")


class Annotated(NamedTuple):
    """A word of a query that is asked for by lemma or part of speech."""

    word: str
    by_lemma: bool
    pos: str | None


def read(option: str) -> Annotated | None:
    """Give what an option of a query asks of lemma and part of speech; None for a plain word.

    Raises ValueError where there is no such part of speech.
    """
    found = FORM.fullmatch(option)
    if found is None or not (found["lemma"] or found["pos"]) or ADDRESS.match(option):
        return None
    return Annotated(found["lemma"] or found["word"] or "*", bool(found["lemma"]), found["pos"] and part(found["pos"]))


def part(pos: str) -> str:
    """Give the part of speech that a name or its first letter means. Raises ValueError where there is none."""
    tag = SHORT.get(pos, pos)
    arguments.one_of(tag, tags.UNIVERSAL, "a part of speech")
    return tag


def surface(option: str) -> str:
    """Give what an option says of the form of a word: any where it asks for a lemma."""
    own = read(option)
    return option if own is None else "*" if own.by_lemma else own.word


def asked(
    query: str | Sequence[str] | None, lemma: str | Sequence[str] | None, pos: str | None
) -> str | list[str] | Sequence[str] | None:
    """Give the queries that lemma and part of speech, given by name, ask for.

    Raises ValueError where both query and lemma come, or a part of speech is asked of more than one word.
    """
    if lemma is None and pos is None:
        return query
    if (lemma is None) == (query is None):
        raise Refusal(f"either a query is wanted or a lemma; what came is query={query!r:.80} and lemma={lemma!r:.80}")
    given = lemma if query is None else query
    words = [given] if isinstance(given, str) else [*given]  # type: ignore[misc]
    tag = "" if pos is None else f"_{part(pos)}"
    if unfit := [
        word for word in words if not isinstance(word, str) or not FORM.fullmatch(word) or set("_{}") & {*word}
    ]:
        raise Refusal(
            f"a lemma or a part of speech is asked of one word; {unfit[0]!r:.80} is none: write oil_N price_N"
        )
    return [f"{{{word}}}{tag}" if query is None else f"{word}{tag}" for word in words]


def places(
    news: Corpus, own: Annotated, code: np.ndarray, known: Callable[[pd.Index, str], np.ndarray]
) -> Callable[[np.ndarray], np.ndarray]:
    """Give what tells which words, by their numbers, are what is asked for; code: their terms, as numbers.

    known: gives for each of some terms whether a word, with wild cards, means it.
    """
    lemma, pos = aligned(news)
    if own.pos is not None:
        english.foreign(news, "a part of speech")
    tag = -2 if own.pos not in pos.categories else pos.categories.get_loc(own.pos)
    among = lemma.categories if own.by_lemma else vocabulary(news, news.words)
    number, wanted = (lemma.codes if own.by_lemma else code), known(among, own.word)
    return lambda numbers: wanted[number[numbers]] & ((pos.codes[numbers] == tag) if own.pos else True)


def aligned(news: Corpus) -> tuple[pd.Categorical, pd.Categorical]:
    """Give lemma and part of speech of each word; of an article that could not be tagged its words, and none."""
    words, found = news.layer("words"), news.layer("tags")
    if len(words) == len(found):
        return found["lemma"].array, found["pos"].array
    keyed = words[["article_id", "start"]].astype({"article_id": "str"})
    both = keyed.merge(found.astype({"article_id": "str", "lemma": "str"}), how="left", on=["article_id", "start"])
    lemma = both["lemma"].where(both["lemma"].notna(), words["term"].astype("str").to_numpy())
    return pd.Categorical(lemma), both["pos"].astype(found["pos"].dtype).array


def vocabulary(news: Corpus, words: pd.DataFrame) -> pd.Index:
    """Give the terms of words, without the part of speech where they have one."""
    terms = words["term"].cat.categories
    return terms.str.replace(r"_[A-Z]+$", "", regex=True) if isinstance(news, Lemmatized) and news._pos else terms


@dataclass(frozen=True, eq=False, repr=False)
class Lemmatized(ReadOtherwise):
    """A corpus whose terms are lemmas, or words, with or without their part of speech; all else is as it was."""

    _lemma: bool = field(default=True, repr=False)
    _pos: bool = field(default=False, repr=False)

    def read_words(self) -> pd.DataFrame:
        """Give the words, their terms as this corpus reads them."""
        words, (lemma, pos) = self.layer("words"), aligned(self)
        read = lemma if self._lemma else words["term"].array
        if self._pos:
            n = len(pos.categories) + 1
            numbers, places = np.unique(read.codes.astype(np.int64) * n + pos.codes + 1, return_inverse=True)
            tags_of = ["", *(f"_{tag}" for tag in pos.categories)]
            read = pd.Categorical.from_codes(
                places, pd.Index([f"{read.categories[each // n]}{tags_of[each % n]}" for each in numbers], dtype="str")
            )
        return words.assign(term=read.reorder_categories(read.categories.sort_values()))


def lemmas(news: Corpus, *, lemma: bool = True, pos: bool = False) -> Lemmatized:
    """Give the corpus with lemmas for terms: whatever counts words then counts "strike" for strikes, struck, striking.

    `compare.keyness(terms.lemmas(news), …)` and every other measure take it as any corpus; passages are the same.

    Parameters
        lemma: whether terms are lemmas, or stay words.  pos: whether they have their part of speech: "strike_VERB". One
        in twenty parts of speech is wrong (see `utils.layers.tags`); words of other languages have none.
    """
    if pos:
        english.foreign(news, "a part of speech")
    return Lemmatized(**held(news), _lemma=lemma, _pos=pos)


def read_as(news: Corpus, *, lemma: bool, pos: str | None) -> tuple[Corpus, str]:
    """Give the corpus as a measure is asked to read it, and what terms then end in that it is to count."""
    if not lemma and pos is None:
        return news, ""
    return lemmas(news, lemma=lemma, pos=pos is not None), "" if pos is None else f"_{part(pos)}"


def of_part(table: pd.DataFrame, end: str) -> pd.DataFrame:
    """Give the rows of a table of terms that end so, without that."""
    if not end:
        return table
    table = table.astype({"term": "str"})
    kept = table[table["term"].str.endswith(end)]
    return kept.assign(term=kept["term"].str.removesuffix(end))
