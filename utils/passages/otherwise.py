"""A corpus whose words are read otherwise, by their lemmas or as another program counts them; its passages stay."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.layers import sentences, tokens


class Reading(NamedTuple):
    """How the words of a query are found and folded, so that they are those of the texts.

    surfaces: gives the words of a short text as written, with the characters in `letters` as letters too.
    """

    surfaces: Callable[..., list[str]] = tokens.surfaces_of
    fold: Callable[[str], str] = tokens.fold


@dataclass(frozen=True, eq=False, repr=False)
class ReadOtherwise(Corpus):
    """A corpus with other words: `read_words` gives them, all else is as it was."""

    @property
    def words(self) -> pd.DataFrame:
        """The words, as this corpus reads them."""
        return self._words.copy(deep=False)

    def read_words(self) -> pd.DataFrame:
        """Give the words: article_id, start, end, term."""
        raise NotImplementedError

    def again(self, news: Corpus) -> Corpus:
        """Give another corpus read as this is."""
        own = {each.name: getattr(self, each.name) for each in fields(self)}
        return type(self)(**own | held(news))

    @property
    def reading(self) -> Reading:
        """How queries are read."""
        return Reading()

    @cached_property
    def _words(self) -> pd.DataFrame:
        return self.read_words()

    @cached_property
    def _tokens(self) -> pd.DataFrame:
        return self._words.assign(sentence=sentences.sentence_of(self._words, self.layer("sentences")))

    def select(self, rows: "pd.Series | str | Iterable[str]") -> Corpus:
        """Give the part of the corpus asked for, read as this is."""
        return self.again(Corpus.select(self, rows))


def held(news: Corpus) -> dict[str, Any]:
    """Give what a corpus is made of, by name."""
    return {each.name: getattr(news, each.name) for each in fields(Corpus)}


def reading(news: Corpus) -> Reading:
    """Give how queries are read over a corpus."""
    return news.reading if isinstance(news, ReadOtherwise) else Reading()
