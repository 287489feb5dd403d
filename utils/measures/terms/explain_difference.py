"""Why two programs count differently: the stretches of text that they cut into other words."""

import re

import numpy as np
import pandas as pd

from utils import arguments
from utils.corpus.corpus import Corpus
from utils.passages.modes import MODES, OURS, like
from utils.passages.table import corpus, text
from utils.spans import KEYS, checked, whole

EXPLAINED = [*KEYS, "why", "n_first", "n_second", "words_first", "words_second"]
WHYS = {  # the first that holds says why
    "an address, @name or #tag": re.compile(r"://|www\.|[@#]\w"),
    "an apostrophe": re.compile(r"['’‘ʼ＇]"),
    "a hyphen": re.compile(r"[-\u2010\u2011\u2013]"),
    "a number": re.compile(r"\d"),
    "a full stop or sign within a word": re.compile(r"\w[^\w\s]\w"),
    "a single letter": re.compile(r"^\w$"),
    "a sign": re.compile(r"^\W+$|_"),
}


def explain_difference(news: Corpus, a: str, b: str, *, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the passages whose words two modes of counting take differently, and how many each has there.

    They account for the difference of the two totals to the last word: what is in no row is one word of the same term
    in both. `terms.like(news, a)` is the corpus that a counts in.

    Parameters
        a, b: "passages" (ours), "scikit-learn", "quanteda", "AntConc" or "Voyant".
        within: passages to count in (default: the body).
    Returns one row a stretch, in the order of the articles:
        article_id, start, end       the passage
        why                          str, what is in it that they see differently, such as "a hyphen"
        n_first, n_second            int, words that a and b count there: their sums differ as the totals do
        words_first, words_second    str, these words, with blanks between
    Raises ValueError if a mode is none of these.
    """
    for mode in (a, b):
        arguments.one_of(mode, [OURS, *MODES], "mode")
    table = corpus(news).body if within is None else checked(within, what="within")
    sides = [_inside(like(news, mode).words, table) for mode in (a, b)]
    ids = news.articles.index
    both = pd.concat(sides, keys=[0, 1], names=["side", None]).reset_index("side")
    both = both.assign(article=np.concatenate([side["article_id"].cat.codes.to_numpy() for side in sides]))
    both = both.sort_values(["article", "start", "end", "side"], kind="stable", ignore_index=True)
    line = both["article"].to_numpy(np.int64) * (int(both["end"].max()) + 1 if len(both) else 1)
    starts, reach = line + both["start"].to_numpy(), np.maximum.accumulate(line + both["end"].to_numpy())
    both["stretch"] = np.cumsum(np.append(True, starts[1:] >= reach[:-1])[: len(both)])
    each = both.groupby("stretch")
    alike = (
        (each["side"].transform("size") == 2)
        & (each["side"].transform("nunique") == 2)
        & (each["term"].transform("nunique") == 1)
        & (each["start"].transform("nunique") == 1)
        & (each["end"].transform("nunique") == 1)
    )
    rest = both[~alike]
    found = rest.groupby("stretch").agg(article=("article", "first"), start=("start", "min"), end=("end", "max"))
    for side, name in enumerate(("first", "second")):
        own = rest[rest["side"] == side].groupby("stretch")["term"]
        found[f"n_{name}"] = own.size().reindex(found.index, fill_value=0)
        found[f"words_{name}"] = own.agg(" ".join).reindex(found.index, fill_value="").astype("str")
    found["article_id"] = pd.Categorical.from_codes(found["article"], categories=ids)
    found = found.reset_index(drop=True)
    return found.assign(why=_why(text(news, found)))[EXPLAINED]


def _inside(words: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Give the words that lie wholly inside some passages, each once, with its term as text."""
    first, last = whole(words, table)
    steps = np.zeros(len(words) + 1, np.int64)
    some = last > first
    np.add.at(steps, first[some], 1)
    np.add.at(steps, last[some], -1)
    return words[np.cumsum(steps[:-1]) > 0].astype({"term": "str"})


def _why(stretches: pd.Series) -> pd.Series:
    """Give what is in each stretch that programs see differently."""
    found = pd.Series("letters", stretches.index, dtype="str")
    for why, sign in reversed(WHYS.items()):
        found = found.mask(np.array([sign.search(stretch) is not None for stretch in stretches], bool), why)
    return found
