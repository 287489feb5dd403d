"""tf-idf: which terms set one document off from the others."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils import arguments, passages
from utils.corpus.corpus import Corpus
from utils.layers import tokens
from utils.measures.terms.counts import COUNTS, totalled
from utils.passages import Columns, annotated
from utils.passages.table import corpus

VARIANTS = ("tidytext", "scikit-learn")
TFIDF = [*COUNTS, "n_documents", "tf", "idf", "tf_idf"]


def tfidf(
    news: Corpus,
    *,
    by: Columns = "article",
    variant: str = "tidytext",
    stop: Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    lemma: bool = False,
    pos: str | None = None,
) -> pd.DataFrame:
    """Give the weight of each term in each document: high where it is frequent there and rare elsewhere.

    A document is an article, or all articles of a group. A weight ranks words for reading; it is no test, and has no
    interval.

    Parameters
        by: what a document is: "article", columns of articles or of `within` (words without a value are left out), or
        None for the whole, which has no other to be set off from.
        variant: "tidytext": tf = count / words of the document, idf = ln(N / n_documents), weight = tf idf.
        "scikit-learn": tf = count, idf = ln((1 + N) / (1 + n_documents)) + 1, a document's weights scaled to length 1.
        stop: terms to leave out (before anything is scaled).  within: passages to count in (default: the body).
        lemma, pos: as for `terms.frequencies`; other words stay in the number of words.
    Returns one row a document and term, the highest weight of each document first:
        by columns, term, count (int), n_documents (int, documents that have the term), tf, idf, tf_idf (float)
    Raises ValueError if the variant is neither.
    Source: Silge & Robinson, tidytext, bind_tf_idf; scikit-learn, TfidfVectorizer with its defaults.
    """
    arguments.one_of(variant, VARIANTS, "variant")
    left_out = set() if stop is None else {tokens.term_of(word) for word in arguments.listed(stop, "stop")}
    news, end = annotated.read_as(corpus(news), lemma=lemma, pos=pos)
    groups = passages.groups(news, by, within, taken=TFIDF)
    table = totalled(news, groups).drop(columns="n_articles")
    totals = table.groupby("group")["count"].transform("sum")
    n = table["group"].nunique()
    table = annotated.of_part(table, end)
    table["n_documents"] = table.groupby("term", observed=True)["term"].transform("size").astype(int)
    table = table.astype({"term": "str"})
    kept = ~table["term"].isin(left_out)
    table, totals = table[kept], totals[table.index[kept]]
    if variant == "tidytext":
        table = table.assign(tf=table["count"] / totals, idf=np.log(n / table["n_documents"]))
        weight = table["tf"] * table["idf"]
    else:
        table = table.assign(tf=table["count"].astype(float), idf=np.log((1 + n) / (1 + table["n_documents"])) + 1)
        weight = table["tf"] * table["idf"]
        weight /= np.sqrt((weight**2).groupby(table["group"]).transform("sum"))
    table = table.assign(tf_idf=weight).sort_values(["group", "tf_idf", "term"], ascending=[True, False, True])
    return groups.labelled(table)
