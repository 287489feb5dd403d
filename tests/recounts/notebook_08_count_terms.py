"""The counts of notebook 08 a second time."""

import fnmatch

from recounts import Counts, Row, Ways
from recounts.addresses import addresses, between, both, count, words_in


def ways(values: dict) -> Ways:
    """Give how to count again terms, kinds of stop words, groups, decades, and the terms of one address."""

    def kind(row: Row) -> Counts:
        from utils.measures.terms.stopwords import ENGLISH

        found = [word for word in ENGLISH[row["kind"]] if count([word])[0]]
        return {"terms": len(found), "count": count(found)[0]}

    def group(row: Row) -> Counts:
        if "term" in row:
            return both(row["term"])
        vocabulary = {term for held in addresses().values() for term in held["counts"]}
        members = {term for asked in values["GROUPS"][row["group"]] for term in fnmatch.filter(vocabulary, asked)}
        return dict(zip(("count", "n_articles"), count(members), strict=True))

    def period(row: Row) -> Counts:
        ids = between(int(row["period"][:4]), int(row["period"][:4]) + 10)
        n, n_hit = count([values["OVER_TIME"][0].lower()], ids)
        return {"count": n, "n_hit": n_hit, "n_articles": len(ids)}

    def weight(row: Row) -> Counts:
        n_documents = count([row["term"]])[1]
        return {"count": count([row["term"]], [row["article_id"]])[0], "n_documents": n_documents}

    def term(row: Row) -> Counts:
        return both(row["term"]) | {"n_tokens": words_in(list(addresses()))}

    return {"kind": kind, "group": group, "period": period, "article_id": weight, "term": term}
