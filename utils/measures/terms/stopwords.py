"""Stop words, in the open: the English words that carry grammar rather than news, by kind.

No list is right for every question. "We" and "they" are stop words to someone counting topics and the finding to
someone counting sides, so the kinds are kept apart: take some and leave others.
"""

from collections.abc import Sequence

import pandas as pd

from utils import arguments
from utils.corpus.corpus import Corpus
from utils.measures.terms.frequencies import frequencies
from utils.passages.html import plain, say
from utils.passages.queries import hits

ENGLISH: dict[str, tuple[str, ...]] = {
    "articles": ("a", "an", "the"),
    "pronouns": tuple(
        "i me my mine myself you your yours yourself yourselves he him his himself she her hers herself it its itself "
        "we us our ours ourselves they them their theirs themselves one oneself".split()
    ),
    "pointing words": tuple("this that these those here there such same".split()),
    "question words": tuple("who whom whose which what when where why how".split()),
    "prepositions": tuple(
        "of in to for with on at from by about as into through after over between out against during without before "
        "under around among within upon toward towards above below off up down across behind beyond near since "
        "until per via".split()
    ),
    "conjunctions": tuple("and or but nor so yet if then than because while although though whether unless".split()),
    "auxiliaries": tuple(
        "be am is are was were been being have has had having do does did doing done will would shall should can could "
        "may might must ought".split()
    ),
    "negations": tuple("no not never none neither cannot".split()),
    "contractions": tuple(
        "'s i'm i've i'll i'd you're you've you'll you'd he'll he'd she'll she'd it'll we're we've we'll we'd they're "
        "they've they'll they'd isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't "
        "shouldn't can't couldn't mustn't".split()
    ),
    "quantities": tuple(
        "all any both each few more most much many other others another some several every only own too very".split()
    ),
    "adverbs": tuple("also again now just still even ever already always often however therefore thus once".split()),
}


def english(*kinds: str) -> list[str]:
    """Give the English stop words of the kinds named, or of all kinds; of another language they take nothing, or words
    that are others there ("die", "as"). Raises ValueError naming the kinds there are."""
    for kind in kinds:
        arguments.one_of(kind, ENGLISH, "a kind of stop words")
    return [word for kind in kinds or ENGLISH for word in ENGLISH[kind]]


def table() -> pd.DataFrame:
    """Give every stop word with its kind: one row a word, columns term and kind."""
    return pd.DataFrame([(word, kind) for kind, words in ENGLISH.items() for word in words], columns=["term", "kind"])


def removed(counted: pd.DataFrame) -> pd.DataFrame:
    """Give what each kind of stop word takes out of a table of frequencies, most first.

    Columns: kind, terms (int, different words that occur), count (int), share (float, 0-1, of all words in the table).
    """
    counted = arguments.table(counted, "counted", columns=["term", "count"], of="terms.frequencies")
    found = counted.merge(table(), on="term").groupby("kind").agg(terms=("term", "size"), count=("count", "sum"))
    found = found.assign(share=found["count"] / counted["count"].sum()).reset_index()
    return found.sort_values(["count", "kind"], ascending=[False, True], ignore_index=True)


OFTEN = 2  # times that a word must stand to be followed
LONG = 5  # letters of a word that a corpus is followed by


class Followed(tuple):
    """The queries that a notebook follows; a notebook shows them as a sentence that says which were asked for."""

    def __new__(cls, queries: Sequence[str], missing: Sequence[str]) -> "Followed":
        """Make a tuple of the queries that remembers which of those asked are missing."""
        made = super().__new__(cls, queries)
        made.missing = tuple(missing)
        return made

    missing: tuple[str, ...]

    def _repr_markdown_(self) -> str:
        """Give the sentence."""
        if not self.missing:
            return say(f"We follow {_listed(self)}.").data
        return say(
            f"**{_listed(self.missing)}** {'stands' if len(self.missing) == 1 else 'stand'} nowhere in this corpus, or "
            f"once, so we take common words of its own in their place: we follow {_listed(self)}."
        ).data


def _listed(queries: Sequence[str]) -> str:
    *most, last = (f"“{plain(query)}”" for query in queries)
    return f"{', '.join(most)} and {last}" if most else last


def followed(news: Corpus, *asked: str) -> Followed:
    """Give the queries to follow: those asked, and for each that stands once or nowhere a common word of the corpus.

    So a notebook made for one corpus has words to count in another, and its reader is told. There are as many as were
    asked, in that order, so that they can be given names: `word, phrase = followed(news, "strike", "waiting pay")`;
    where a corpus has not words enough that stand more often, what was asked stays.
    """
    n = {query: len(hits(news, query)) for query in asked}
    missing = [query for query in n if n[query] < OFTEN]
    folded = {query.casefold() for query in asked}
    others = [(term, count) for term, count in _own(news) if term not in folded] if missing else []
    own = {query: term for query, (term, count) in zip(missing, others, strict=False) if count > n[query]}
    return Followed([own.get(query, query) for query in asked], [query for query in missing if query in own])


def _own(news: Corpus) -> list[tuple[str, int]]:
    """Give the corpus's own words and how often each stands, the commonest first.

    Words so short, or in so many of the articles, that they are likely to carry grammar or every report ("said") come
    last; of other languages than English we have no stop words, so there this alone keeps them away.
    """
    counted = frequencies(news, stop=english())
    common = (counted["term"].str.len() < LONG) | (counted["n_articles"] > max(len(news) / 2, 1))
    counted = pd.concat([counted[~common], counted[common]])
    return list(zip(counted["term"], counted["count"], strict=True))
