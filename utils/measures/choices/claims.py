"""Claims: what a reader says of two sides of a corpus, in words and so that it can be counted, sealed by a digest."""

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd

from utils import arguments
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures.choices import asked
from utils.passages import queries
from utils.passages.sides import SIDES, Side, passages_of
from utils.passages.table import corpus

VOICES = ("body", "inside", "outside")
LONGEST = 1_000  # characters of a claim
Named = str | Sequence[str]


@dataclass(frozen=True, eq=False)
class Claim:
    """A claim on two sides of a corpus, and the digest that seals it; a notebook shows it as a sentence.

    words     what is claimed, as the reader puts it
    kind      "terms", "tone" or "quotes"
    asked     the queries, the voice, or the speakers
    more      whether the target has more of it (a brighter tone), or less
    sides     which articles lie on the target, and on the reference: two rows of True or False
    names     what the sides are called
    question  sha256 of what is asked: corpus, kind, what of, and the articles of both sides; `seal` that of the claim,
              its words and its direction among it. No time is in either, so the same claim has the same seal
    sealed    whether the claim stood before any curve of its question was computed, as far as is known here
    """

    words: str
    kind: str
    asked: tuple[str, ...]
    more: bool
    sides: np.ndarray = field(repr=False)
    names: tuple[str, str]
    question: str = field(repr=False)
    seal: str
    sealed: bool
    corpus: str = field(repr=False)
    kept: Path | None = field(default=None, repr=False)

    def _repr_html_(self) -> str:
        told = "sealed before looking" if self.sealed else "written after its question had been looked at"
        return (
            f"<p>Claim: <strong>{html.escape(self.words)}</strong><br>{html.escape(told)}; "
            f"seal <code>{self.seal[:16]}</code></p>"
        )


def claim(
    news: Corpus,
    words: str,
    target: Side,
    reference: Side | None = None,
    *,
    terms: Named | None = None,
    tone: str | None = None,
    quotes: Named | None = None,
    more: bool = True,
    names: tuple[str, str] | None = None,
    kept: str | Path | None = None,
) -> Claim:
    """Give a claim on terms, tone or quotations, sealed by a digest of its words, its sides and the corpus.

    Write it before you look: `curve` notes which questions were looked at, and a claim that comes after says so. The
    seal shows that no word of a claim was changed since. That nobody had looked in another way it cannot show.

    Parameters
        words: the claim as you would print it.
        target, reference: True or False for each article, or a column and its value, such as
        {"outlet": "The Low Post"}. Without a reference it is the rest.
        terms: a query or a group of them, as for `terms.hits`: the target says them more.
        tone: "body", "inside" (quotations) or "outside": the target's tone is brighter there.
        quotes: a person or several: more of what the target quotes is theirs.
        more: False where the target has less of it, or the darker tone.
        names: what the sides are called (default: the values of their columns).
        kept: a file in which claims and looks are kept from one session to the next (.json); without it they are
        known as long as the session lasts.
    Raises ValueError where the claim has no words, asks of nothing or of two things at once, or of what cannot be
    asked, or a side is of another kind or has no article.
    """
    said = _said(words)
    kind, what = _what(corpus(news), {"terms": terms, "tone": tone, "quotes": quotes})
    if not isinstance(more, bool | np.bool_):
        raise Refusal(f"more is True or False: whether the target has more of it; what came is {more!r:.100}")
    sides = _sides(news, target, reference)
    if names is None:
        names = _called(target, "the target"), "the rest" if reference is None else _called(reference, "the reference")
    elif not isinstance(names, tuple | list) or len(names) != 2 or not all(isinstance(one, str) for one in names):
        raise Refusal(f"names are two, of the target and of the reference; what came is {names!r:.100}")
    ids = sorted(news.articles.index[side].tolist() for side in sides)  # whichever is the target: it is one question
    question = _digest([news.digest, kind, sorted(each.casefold() for each in what), ids])
    seal = _digest([question, said, bool(more)])
    path = _place(kept)
    sealed = asked.wrote(news.digest, question, seal, path)
    return Claim(
        said, kind, tuple(what), bool(more), sides, (names[0], names[1]), question, seal, sealed, news.digest, path
    )


def _place(kept: object) -> Path | None:
    if kept is None:
        return None
    if not isinstance(kept, str | Path) or not Path(kept).name or not Path(kept).expanduser().parent.is_dir():
        raise Refusal(f"kept is a file in a folder that is there, such as claims.json; what came is {kept!r:.100}")
    return Path(kept).expanduser()


def _said(words: object) -> str:
    if not isinstance(words, str) or not words.strip() or len(words) > LONGEST:
        raise Refusal(
            f"a claim is a sentence of at most {LONGEST:,} characters, such as 'The Post writes more of fuel than the "
            f"rest'; what came is {words!r:.100}"
        )
    return " ".join(words.split())


def _what(news: Corpus, given: Mapping[str, Named | None]) -> tuple[str, list[str]]:
    """Give the kind of a claim, and what it asks of, as strings. Raises ValueError where that is not one thing."""
    some = [name for name, one in given.items() if one is not None]
    if len(some) != 1:
        raise Refusal(
            f"a claim asks of one thing, terms=, tone= or quotes=; what came is {' and '.join(some) or 'none of them'}"
        )
    kind = some[0]
    own: object = given[kind]
    if kind == "terms":
        what = queries.listed(own)  # type: ignore[arg-type]
        queries.hits(news, what, within=news.body.head(0))
        return kind, what
    if kind == "tone":
        arguments.one_of(own, VOICES, "tone")
        return kind, [str(own)]
    what = arguments.listed([own] if isinstance(own, str) else own, "quotes", of="names")
    if not what:
        raise Refusal("quotes came without a name; give a person, such as 'Rhona Vask'")
    known = pd.Index(news.quotes["speaker"].dropna().astype(object)).union(news.persons["person"].astype(object))
    for name in what:
        if name not in known and news.person(name) is None:
            near = arguments.nearest(name, known) or "; news.persons and news.quotes hold the names"
            raise Refusal(f"nobody called {name!r:.100} is quoted in {news.name}{near}")
    return kind, what


def _sides(news: Corpus, target: Side, reference: Side | None) -> np.ndarray:
    """Give which articles lie on each side: two rows. Raises ValueError where a side that was given has none; the rest
    may be nothing, and every pipeline then says so."""
    for name, side in zip(SIDES, (target, reference), strict=True):
        if isinstance(side, pd.DataFrame):
            raise Refusal(f"{name} came as a table; a claim is on articles: give True or False for each, or a column "
                          "and its value, such as {'outlet': 'The Low Post'}")  # fmt: skip
    parts = passages_of(news, target, reference, None)
    sides = np.array([news.articles.index.isin(own["article_id"].astype("str").unique()) for own in parts.values()])
    for name, side in zip(SIDES, sides, strict=True):
        if not side.any() and (name == "target" or reference is not None):
            raise Refusal(f"the {name} has no article with a body in {news.name}; look at what was given for it")
    return sides


def _called(side: object, otherwise: str) -> str:
    """Give what a side is called: the values that its articles have."""
    if not isinstance(side, Mapping):
        return otherwise
    values = [one if isinstance(one, list | tuple | set) else [one] for one in side.values()]
    return ", ".join(str(each) for own in values for each in own)


def _digest(parts: list) -> str:
    return sha256(json.dumps(parts, ensure_ascii=True).encode()).hexdigest()
