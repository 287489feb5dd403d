"""Stop words, in the open: the English words that carry grammar rather than news, by kind.

No list is right for every question. "We" and "they" are stop words to someone counting topics and the finding to
someone counting sides, so the kinds are kept apart: take some and leave others.
"""

from collections.abc import Sequence

import pandas as pd

from utils import arguments
from utils.corpus.corpus import Corpus
from utils.measures.terms.frequencies import frequencies
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


def or_commonest(news: Corpus, asked: Sequence[str]) -> list[str]:
    """Give the queries asked, and for each that finds nothing the commonest word not yet taken that is no stop word.

    So a notebook made for one corpus has words to count in another. Where words are lacking they are fewer, and where
    there are none at all, those asked.
    """
    found = {query for query in asked if len(hits(news, query))}
    if len(found) == len(set(asked)):
        return list(asked)
    folded = {query.casefold() for query in found}
    others = (term for term in frequencies(news, stop=english())["term"] if term not in folded)
    given = (query if query in found else next(others, None) for query in asked)
    return list(dict.fromkeys(query for query in given if query)) or list(asked)
