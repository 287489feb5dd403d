"""What the layers of a corpus are kept under: of each article what a layer reads of it, or all articles together."""

import hashlib
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd

from utils import layers
from utils.corpus import cache, failures

READ = ["article_id", "start", "end", "kind"]  # what layers are given of segments, and so what keys hang on


def store(name: str) -> str:
    """Give the name of the store of a layer that is kept article by article."""
    return _made(name, "")


def _made(name: str, content: str) -> str:
    """Give the key of a layer of some content: it hangs on all the code that makes it and what it needs."""
    known = layers.by_name()
    made = [known[each] for each in (name, *layers.needed(name, known)) if each in known]
    return cache.key(
        name,
        content,
        code=cache.code_of(failures.__name__, *(maker for _, maker in made)),
        libraries=[*cache.LIBRARIES, *dict.fromkeys(library for layer, _ in made for library in layer.libraries)],
    )


def _columns_of(name: str) -> list[str]:
    """Give the columns of articles that a layer is made from, and the layers that it needs."""
    known = layers.by_name()
    return sorted(each for each in layers.needed(name, known) if each not in known)


class Keys:
    """The keys of the layers over some articles; column: gives a column of articles by its name."""

    def __init__(
        self, raws: pd.Series, published: pd.Series, segments: pd.DataFrame, column: Callable[[str], pd.Series]
    ) -> None:
        self._raws, self._published, self._segments, self._column = raws, published, segments, column
        self._over: dict[tuple, list[bytes]] = {}  # keys by what is read: most layers read the same

    def over_all(self, name: str) -> str:
        """Give the key of a layer over all articles: it hangs on ids, texts, dates, segments and what else it needs."""
        columns = [self._column(each).items() for each in _columns_of(name) if each != "published"]
        digests = [hashlib.sha256(b"\0".join(map(_repr, column))).hexdigest() for column in columns]
        return _made(name, "\0".join([self._texts_digest, *digests]))

    def by_article(self, name: str) -> list[bytes]:
        """Give the key of each article in the store of a layer: it hangs on what is read of the article, no more."""
        known = layers.by_name()
        made = [known[each][0] for each in (name, *layers.needed(name, known)) if each in known]
        segments, columns = any(layer.reads_segments for layer in made), _columns_of(name)
        if (segments, *columns) not in self._over:
            self._over[segments, *columns] = self._over_read(segments, *columns)
        return self._over[segments, *columns]

    def _over_read(self, segments: bool, *columns: str) -> list[bytes]:
        """Give a key of each article over its text, its segments where these are read, and what columns hold."""
        read = [self._texts, *([self._spans] if segments else ())]
        for each in columns:
            read.append([hashlib.sha256(_repr(value)).digest() for value in self._column(each)])
        return [hashlib.sha256(b"".join(pieces)).digest() for pieces in zip(*read, strict=True)]

    def of_rows(self, table: pd.DataFrame) -> list[bytes]:
        """Give a key of each article that has rows in a table of article_id, in the order of the articles, and
        numbers: over its text and these rows."""
        articles = table["article_id"].cat.codes.to_numpy()
        first = np.flatnonzero(np.diff(articles, prepend=-1))
        numbers = table.drop(columns="article_id").to_numpy(np.int64)
        return [
            hashlib.sha256(self._texts[article] + numbers[low:high].tobytes()).digest()
            for article, (low, high) in zip(articles[first], pairwise([*first, len(table)]), strict=True)
        ]

    @cached_property
    def _texts(self) -> list[bytes]:
        """sha256 of each raw text."""
        return [hashlib.sha256(raw.encode("utf-8", "surrogatepass")).digest() for raw in self._raws]

    @cached_property
    def _spans(self) -> list[bytes]:
        """sha256 over the segments of each article: all of them that a layer is given."""
        owners = pd.Categorical(self._segments["article_id"], categories=self._raws.index).codes
        order = np.argsort(owners, kind="stable")
        kind, kinds = pd.factorize(self._segments["kind"], use_na_sentinel=False)
        hashes = pd.util.hash_array(kinds.to_numpy(object)).view(np.int64)
        spans = np.column_stack([self._segments["start"], self._segments["end"], hashes[kind]])[order]
        bounds = np.searchsorted(owners[order], np.arange(len(self._raws) + 1))
        return [hashlib.sha256(spans[first:last].tobytes()).digest() for first, last in pairwise(bounds)]

    @cached_property
    def _texts_digest(self) -> str:
        """sha256 over ids, raw texts, dates and segments."""
        digest = hashlib.sha256(self._published.to_numpy("datetime64[us]").tobytes())
        for name, text, spans in zip(self._raws.index, self._texts, self._spans, strict=True):
            digest.update(_repr(name) + text + spans)
        return digest.hexdigest()


def _repr(value: object) -> bytes:
    return repr(value).encode("utf-8", "surrogatepass")
