"""Inputs: what each article has of a claim's thing, and of what it is taken, by the choices of a pipeline.

What pipelines share is made once: the words as they are read, the stretches that are read, the scores of a lexicon.
"""

import warnings
from collections.abc import Callable, Hashable, Mapping
from typing import Any, NamedTuple, TypeVar

import numpy as np
import pandas as pd

from utils import passages, spans
from utils.corpus.corpus import Corpus
from utils.measures.choices.claims import Claim
from utils.measures.sentiment.scores import scored_words, tone
from utils.measures.terms import stopwords
from utils.passages import annotated, english, queries
from utils.passages.compounds import compounds
from utils.passages.queries import hits
from utils.spans import KEYS

Made = TypeVar("Made")
Pipeline = Mapping[str, object]


class Input(NamedTuple):
    """For each article of the corpus, in their order, the sums that a measure divides, and how many passages make them;
    and why there is nothing."""

    above: np.ndarray
    below: np.ndarray
    passages: np.ndarray
    note: str = ""


class Inputs:
    """Gives the input of each pipeline of a claim, and the passages that it counts."""

    def __init__(self, news: Corpus, claim: Claim) -> None:
        """Hold what pipelines share; nothing is made before it is asked for."""
        self.news, self.claim = news, claim
        self._held: dict[Hashable, Any] = {}
        self._read = {"terms": self._of_terms, "tone": self._of_tone, "quotes": self._of_quotes}[claim.kind]

    def of(self, pipeline: Pipeline) -> Input:
        """Give what each article has."""
        key = tuple((name, pipeline[name]) for name in pipeline if name not in ("copies", "unit", "period"))
        return self.once(("input", key), lambda: self._read(pipeline)[0])

    def passages(self, pipeline: Pipeline) -> pd.DataFrame:
        """Give the passages that are counted, of all articles."""
        return self._read(pipeline)[1]()

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Give what is held under a key, made now if it was not before."""
        if key not in self._held:
            self._held[key] = make()
        return self._held[key]

    def _per_article(self, table: pd.DataFrame, weights: np.ndarray | None = None) -> np.ndarray:
        place = spans.numbers(table["article_id"], self.news.articles.index)
        return np.bincount(place, weights, len(self.news)).astype(float)

    def _said(self, headline: object, kinds: tuple[str, ...]) -> pd.DataFrame:
        """Give the quotations of these kinds that lie in what is read."""
        quotes = self.news.quotes
        own = quotes[quotes["kind"].isin(kinds)].reset_index(drop=True)
        return own.loc[passages.inside(own, self._text(headline)).index.unique()]

    def _text(self, headline: object) -> pd.DataFrame:
        """Give the bodies, and the headlines where they are read, of the articles whose language a measure knows."""
        kinds = ["body", "headline"] if headline == "in" else ["body"]
        text = self.news.segments
        text = text.loc[text["kind"].isin(kinds), KEYS]
        return text[~text["article_id"].astype("str").isin(self._foreign)] if self._in_english else text

    @property
    def _in_english(self) -> bool:
        return self.claim.kind != "terms"

    @property
    def _foreign(self) -> pd.Index:
        what = {"terms": "telling what stands in quotations", "tone": "tone", "quotes": "finding who speaks"}
        return self.once("foreign", lambda: english.foreign(self.news, what[self.claim.kind]))

    def _stretches(self, headline: object, voice: str, kinds: tuple[str, ...]) -> pd.DataFrame:
        """Give what is read: the text, or what lies inside or outside quotations."""

        def cut() -> pd.DataFrame:
            text = self._text(headline)
            if voice == "body":
                return text.reset_index(drop=True)
            text = text[~text["article_id"].astype("str").isin(self._foreign)]
            said = self._said(headline, kinds)
            left = spans.less(text, said) if voice == "outside" else spans.merged(said[KEYS])
            return left.reset_index(drop=True)

        return self.once(("stretches", headline, voice, kinds), cut)

    # terms

    def _of_terms(self, own: Pipeline) -> tuple[Input, Callable[[], pd.DataFrame]]:
        voice = "outside" if own["quotations"] == "out" else "body"
        read = own["tokens"], own["headline"], voice
        words, codes, size_of = self.once(("words", *read), lambda: self._words(*read))
        found = self.once(("hits", *read), lambda: self._hits(*read))
        terms = words["term"].cat.categories
        stop = terms.isin(stopwords.english()) & (own["stop_words"] == "left out")
        gone = stop | (size_of < int(str(own["minimum"])))
        kept = found[self._standing(found, set(terms[gone]))]
        note = ""
        if len(found) and kept.empty:
            stopped = not self._standing(found, set(terms[stop])).any()
            rare = f"each has a word that stands fewer than {own['minimum']} times in what is read"
            note = "each has a word of the stop list" if stopped else rare
        above = count = self._per_article(kept)
        below = self._per_article(words, (~gone)[codes].astype(float))
        if own["measure"] == "share of articles":
            above, below = (above > 0).astype(float), (self._per_article(words) > 0).astype(float)
        return Input(above, below, count, note), lambda: kept

    def _words(self, words: object, headline: object, voice: str) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
        """Give the words that are read, the code of each one's term, and how often each term stands there."""
        every = self._corpus(words).words
        own = every[spans.held(every, self._stretches(headline, voice, _ALL))]
        codes = spans.codes_of(own["term"])
        return own[["article_id", "term"]], codes, np.bincount(codes, minlength=len(own["term"].cat.categories))

    def _hits(self, words: object, headline: object, voice: str) -> pd.DataFrame:
        asked = [*self.claim.asked]
        if words == "lemmas":
            asked = self.once("lemmas asked", lambda: lemmatised(self.news, asked))
        return hits(self._corpus(words), asked, within=self._stretches(headline, voice, _ALL))

    def _corpus(self, words: object) -> Corpus:
        made = {"as they stand": lambda news: news, "compounds whole": compounds, "lemmas": annotated.lemmas}
        return self.once(("corpus", words), lambda: made[str(words)](self.news))

    def _standing(self, found: pd.DataFrame, gone: set[str]) -> np.ndarray:
        """Say which hits have all their words left, once those gone are taken out of the texts."""
        known = {term: gone.isdisjoint(term.split()) for term in found["term"].unique()}
        return found["term"].map(known).to_numpy(bool)

    # tone

    def _of_tone(self, own: Pipeline) -> tuple[Input, Callable[[], pd.DataFrame]]:
        voice = self.claim.asked[0]
        if voice == "body" and own["quotations"] == "out":
            voice = "outside"
        read = self._stretches(own["headline"], voice, KINDS[str(own["kinds"])])
        place = "tone", own["headline"], voice, own["kinds"], own["lexicon"]

        def scored() -> pd.DataFrame:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", english.NotEnglish)  # what is read is English, which was told
                return tone(self.news, lexicon=own["lexicon"], by="article", within=read)  # type: ignore[arg-type]

        table = self.once(place, scored).set_index("article_id").reindex(self.news.articles.index)
        enough = table["tone"].notna() & (table["n_scored"] >= int(str(own["minimum"])))
        note = "" if enough.any() else f"no article has {own['minimum']} scored sentences in what is read"

        def found() -> pd.DataFrame:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", english.NotEnglish)
                words = scored_words(self.news, lexicon=own["lexicon"], within=read)  # type: ignore[arg-type]
            return words[words["article_id"].astype("str").isin(enough.index[enough])]

        above, count = (table[name].where(enough, 0).to_numpy(float) for name in ("tone", "count"))
        return Input(above, enough.to_numpy(float), count, note), found

    # quotations

    def _of_quotes(self, own: Pipeline) -> tuple[Input, Callable[[], pd.DataFrame]]:
        kinds = KINDS[str(own["kinds"])]
        said, n_words = self.once(("said", own["headline"]), lambda: self._with_words(own["headline"]))
        counts = said["kind"].isin(kinds) & (n_words >= int(str(own["minimum"])))
        names = {*self.claim.asked} | {self.news.person(name) for name in self.claim.asked} - {None}
        theirs = counts & (said["speaker"].astype(object).isin(names) | said["person"].astype(object).isin(names))
        above = self._per_article(said[theirs], n_words[theirs].astype(float))
        every = self._per_article(said[counts], n_words[counts].astype(float))
        text = self.once(("all words", own["headline"]), lambda: self._per_article(
            self.news.words[spans.held(self.news.words, self._text(own["headline"]))]))  # fmt: skip
        below = {"share of quoted words": every, "share of all words": text}.get(str(own["measure"]))
        note = "" if every.any() else "nothing is quoted in what is read"
        if below is None:
            above, below = (above > 0).astype(float), (text > 0).astype(float)
        return Input(above, below, self._per_article(said[theirs]), note), lambda: said[theirs]

    def _with_words(self, headline: object) -> tuple[pd.DataFrame, np.ndarray]:
        """Give the quotations in what is read, and how many words each has that no other within it has."""
        said = self._said(headline, _ALL).sort_values(
            ["article_id", "start", "end"], ascending=[True, True, False], ignore_index=True
        )
        words = self.news.words
        held = passages.inside(words, said)["outer"]
        held = held[~held.index.duplicated(keep="last")]
        return said, np.bincount(held.to_numpy(int), minlength=len(said))


_ALL = ("direct", "partial", "indirect")
KINDS = {"marked and indirect": _ALL, "marked": _ALL[:2], "direct": _ALL[:1]}


def lemmatised(news: Corpus, asked: list[str]) -> list[str]:
    """Give queries with the lemma that each plain word mostly has in the corpus, as a corpus of lemmas reads them."""
    lemma, _ = annotated.aligned(news)
    pairs = pd.DataFrame({"term": news.words["term"].astype("str").to_numpy(), "lemma": np.asarray(lemma, object)})

    def read(word: str) -> str:
        found = hits(news, word)["term"].unique() if word.isalnum() and word.isascii() or word.isalpha() else ()
        own = pairs.loc[pairs["term"].isin(found), "lemma"].value_counts()
        return str(own.index[0]) if len(own) else word

    def whole(query: str) -> str:
        if query.startswith("/"):
            return query
        return " ".join(
            "|".join(read(one) for one in place.split("|")) if not queries.NEAR.fullmatch(f" {place} ") else place
            for place in query.split()
        )

    return list(dict.fromkeys(whole(query) for query in asked))
