"""Terms: the passages of a word, and how often words occur."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils import intervals, passages, periods, queries, samples
from utils.corpus import Corpus
from utils.layers import tokens
from utils.queries import Query

PERIOD = ["period", "count", "n_hit", "n_articles", "n_tokens", "rate_per_10k", "low", "high", "note"]
ESTIMATE = ["rate_per_10k", "low", "high", "note"]
Columns = str | Sequence[str] | None
COUNTS = ["term", "count"]
FREQUENCIES = [*COUNTS, "n_articles", "rate_per_10k", "n_tokens", "low", "high", "note"]
TFIDF = [*COUNTS, "n_documents", "tf", "idf", "tf_idf"]


def hits(
    news: Corpus,
    query: Query,
    *,
    within: pd.DataFrame | None = None,
    match_case: bool = False,
    match_accents: bool = True,
) -> pd.DataFrame:
    """Give the passages of a word, a phrase, a wild*card, two words NEAR each other or a /regular expression/.

    A query is read as the text is: case, curly apostrophes and hyphens make no difference. Several words are a
    phrase, its words side by side in one sentence. A list is a group: a passage that several of its queries match
    counts once, for the first of them. The forms are listed at the head of `utils.queries`.

    Parameters
        query: "venezuela", "regime change", "venezuela*", "oil|gas price*", "maduro NEAR/5 amnesty",
        "/indict(ed|ment)/", or a list of these.
        within: passages to look in (default: the body); a hit belongs if it lies wholly inside one.
        match_case: "Polish" is not "polish".  match_accents: "Nicolás" is not "Nicolas" (default) or is (False).
    Returns one row a hit, in the order of the articles:
        article_id, start, end   the passage
        query                    str, which of the queries matched
        term                     str, what matched, folded; the words of a phrase with a space between
    Raises ValueError if a query cannot be read, holds no word or matches everything, or an expression takes too long.
    """
    match = queries.Match(match_case, match_accents)
    parts = [queries.find(news, one, match, within) for one in queries.listed(query)]
    table = pd.concat(parts, ignore_index=True).drop(columns="outer")
    return table.drop_duplicates(passages.KEYS).sort_values(passages.KEYS, kind="stable", ignore_index=True)


def counts(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how often each article has each term: what every table of frequencies adds up.

    Parameters
        by: columns of articles or of `within` that divide the words into groups; words without a value in one of
        them are left out.  within: passages to count in (default: the body).
    Returns one row a group, article and term that occur together: the `by` columns, article_id, term (both
    categorical), count (int, at least 1). A word that lies in several passages of one group counts once.
    """
    words = _grouped(news, by := _listed(by), within, COUNTS)
    keys = list(dict.fromkeys([*by, "article_id", "term"]))
    table = words.groupby(keys, observed=True, sort=True).size()
    return table.rename("count").reset_index()


def sizes(news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how many words each article has: what rates divide by.

    Parameters as for `counts`.
    Returns one row an article, or a group and article that has words in it: the `by` columns, article_id
    (categorical), n_tokens (int; without `by` an article without any word is listed with 0).
    """
    words = _grouped(news, by := _listed(by), within, ["n_tokens"])
    keys = list(dict.fromkeys([*by, "article_id"]))
    return words.groupby(keys, observed=bool(by), sort=True).size().rename("n_tokens").reset_index()


def frequencies(
    news: Corpus,
    *,
    by: Columns = None,
    stop: Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    interval: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Give how often each term occurs, in how many articles, and at what rate.

    Stop words are left out of the table but stay in the number of words that rates divide by, so that a rate does
    not change with the choice of stop words.

    Parameters
        by: columns of articles or of `within`: one table a group; words without a value there are left out.
        stop: terms to leave out.
        within: passages to count in (default: the body).
        interval: terms to give a jackknife-t interval with the article as the unit; one that no article of a group has
        gets a row of zeros there.
    Returns one row a term (and group), most frequent first:
        by columns, term
        count          int, occurrences
        n_articles     int, articles that have it
        rate_per_10k   float, occurrences in 10,000 words; missing where there are no words
        n_tokens       int, all words counted in (the group)
        low, high      float, the 95 % interval of the rate, for the terms asked only; missing where `note` says why
        note           str, with `interval` only: why there is no interval, such as too few articles that have the
                       term; else ""
    Raises ValueError if `by` names no column, or `stop` or `interval` is a bare string.
    Source of the interval: `intervals.jackknife`.
    """
    passages.check_columns(news, by := _listed(by), within, taken=FREQUENCIES)
    _no_bare_string(stop=stop, interval=interval)
    each, length = counts(news, by=by, within=within), sizes(news, by=by, within=within)
    table = each.groupby([*by, "term"], observed=True)["count"].agg(count="sum", n_articles="size").reset_index()
    table = table.astype({"term": "str"})
    if interval is not None:
        table = table.merge(_intervals(each, length, by, interval), on=[*by, "term"], how="outer")
        table = table.fillna({"count": 0, "n_articles": 0, "note": "no interval: not asked for"})
        table = table.astype({"count": int, "n_articles": int})
    totals = length.groupby(by, observed=True)["n_tokens"].sum() if by else length["n_tokens"].sum()
    table["n_tokens"] = table[by].merge(totals, left_on=by, right_index=True, how="left")["n_tokens"] if by else totals
    table.insert(len(by) + 3, "rate_per_10k", 10_000 * table["count"] / table["n_tokens"].where(table["n_tokens"] > 0))
    table.insert(len(by) + 4, "n_tokens", table.pop("n_tokens"))
    if stop is not None:
        table = table[~table["term"].isin([tokens.term_of(word) for word in stop])]
    return table.sort_values([*by, "count", "term"], ascending=[True] * len(by) + [False, True], ignore_index=True)


def over_time(news: Corpus, query: Query, *, freq: str = "YE", within: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how often a query is met with in each period, from the first dated article to the last.

    A period without any article is a hole in the corpus, not silence: its rate is missing. A period that has articles
    and no hit has the rate 0. Articles without a date are left out.

    Parameters
        query: as for `hits`; a list is counted as one group.
        freq: length of a period: one of `periods.UNITS`, of which `periods.unit` gives the one that fits the span, or
        one in pandas' terms, such as "YE".
        within: passages to count in (default: the body).
    Returns one row a period:
        period           Timestamp, its first day; of one in pandas' terms, as pandas labels it ("YE" by its last)
        count            int, hits
        n_hit            int, articles with a hit
        n_articles       int, articles published
        n_tokens         int, words they hold
        rate_per_10k     float, hits in 10,000 words; missing where there are no words
        low, high        float, jackknife-t interval with the article as the unit; missing where `note` says why
        note             str, why there is no interval: fewer than ten articles with words, or than five with a hit;
                         where none has one, what share of such articles still could; else ""
    Without any dated article the table is empty. Raises ValueError if pandas does not know the period.
    """
    dates = news.articles["published"].dropna()
    found = hits(news, query, within=within)
    each = pd.DataFrame(
        {
            "published": dates,
            "count": found.groupby("article_id", observed=True).size().reindex(dates.index, fill_value=0),
            "n_tokens": sizes(news, within=within)
            .set_index("article_id")["n_tokens"]
            .reindex(dates.index, fill_value=0),
        }
    )
    ours = freq in periods.UNITS
    parts = periods.divided(each, "published", freq) if ours else each.groupby(pd.Grouper(key="published", freq=freq))
    rows = [_period(label, own) for label, own in parts]
    return pd.DataFrame(rows, columns=PERIOD).astype({"period": "datetime64[us]"})


def _period(label: pd.Timestamp, own: pd.DataFrame) -> dict:
    """Give one row of `over_time` for the articles of one period."""
    row = {
        "period": label,
        "count": own["count"].sum(),
        "n_hit": (own["count"] > 0).sum(),
        "n_articles": len(own),
        "n_tokens": own["n_tokens"].sum(),
    }
    estimate = intervals.jackknife(own[["count"]].astype(float), own["n_tokens"], unit="article")
    return row | estimate.iloc[0][ESTIMATE].to_dict()


def tfidf(
    news: Corpus,
    *,
    by: Columns = "article_id",
    variant: str = "tidytext",
    stop: Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the weight of each term in each document: high where it is frequent there and rare elsewhere.

    A document is an article, or all articles of a group. A weight ranks words for reading; it is no test, and has no
    interval.

    Parameters
        by: what a document is: "article_id", or columns of articles or of `within` (words without a value: left out).
        variant: "tidytext": tf = count / words of the document, idf = ln(N / n_documents), weight = tf idf.
        "scikit-learn": tf = count, idf = ln((1 + N) / (1 + n_documents)) + 1, a document's weights scaled to length 1.
        stop: terms to leave out (before anything is scaled).  within: passages to count in (default: the body).
    Returns one row a document and term, the highest weight of each document first:
        by columns, term, count (int), n_documents (int, documents that have the term), tf, idf, tf_idf (float)
    Raises ValueError if the variant is neither.
    Source: Silge & Robinson, tidytext, bind_tf_idf; scikit-learn, TfidfVectorizer with its defaults.
    """
    by = _listed(by)
    if variant not in ("tidytext", "scikit-learn"):
        raise ValueError(f'variant is "tidytext" or "scikit-learn"; what came is {variant!r}')
    _no_bare_string(stop=stop)
    passages.check_columns(news, by, within, taken=TFIDF)
    own = [column for column in by if column != "article_id"]
    table = counts(news, by=own, within=within).groupby([*by, "term"], observed=True)["count"].sum().reset_index()
    totals = table.groupby(by, observed=True)["count"].transform("sum")
    n = table[by].drop_duplicates().shape[0]
    table["n_documents"] = table.groupby("term", observed=True)["term"].transform("size").astype(int)
    table = table.astype({"term": "str"})
    kept = ~table["term"].isin([tokens.term_of(word) for word in stop or ()])
    table, totals = table[kept], totals[kept]
    if variant == "tidytext":
        table = table.assign(tf=table["count"] / totals, idf=np.log(n / table["n_documents"]))
        weight = table["tf"] * table["idf"]
    else:
        table = table.assign(tf=table["count"].astype(float), idf=np.log((1 + n) / (1 + table["n_documents"])) + 1)
        weight = table["tf"] * table["idf"]
        weight /= np.sqrt((weight**2).groupby([table[column] for column in by], observed=True).transform("sum"))
    order = [*by, "tf_idf", "term"]
    return table.assign(tf_idf=weight).sort_values(order, ascending=[True] * len(by) + [False, True], ignore_index=True)


def rate(
    news: Corpus, query: Query, *, within: pd.DataFrame | None = None, unit: str | pd.Series = "article_id"
) -> pd.DataFrame:
    """Give how often a query is met with, at what rate, and how sure that is: one row a query.

    Parameters as for `hits`; each of several queries is counted by itself. The column `query` leads a row back.
        unit: what was sampled: "article_id", a column of articles, or a Series by article_id, such as the story that
        several articles tell (`news.copies.set_index("article_id")["story"]`). It alters the interval alone.
    Returns query, count, n_articles (int), rate_per_10k (float; missing where there are no words), low and high
    (jackknife-t; missing where `note` says why), note (str: fewer than ten units with words, or than five with a hit;
    where none has one, what share of such units still could; else "").
    Raises ValueError as `hits` does, or if `unit` names no column, or an article has none.
    """
    asked = [query] if isinstance(query, str) else list(dict.fromkeys(query))
    found = pd.concat([hits(news, one, within=within) for one in asked])
    length = sizes(news, within=within).set_index("article_id")["n_tokens"]
    each = found.groupby(["article_id", "query"], observed=True).size().unstack(fill_value=0)
    each = each.reindex(index=length.index.astype("str"), columns=asked, fill_value=0).astype(float)
    whose = samples.units_of(news.articles, unit, each.index)
    parts = each.groupby(whose.to_numpy()).sum(), length.groupby(whose.to_numpy()).sum()
    called = "article" if whose.name == "article_id" else str(whose.name or "unit")
    bounds = intervals.jackknife(*parts, unit=called).reset_index(drop=True)
    table = pd.DataFrame({"query": asked, "count": each.sum().to_numpy(int), "n_articles": (each > 0).sum().to_numpy()})
    return table.astype({"query": "str"}).join(bounds[ESTIMATE])


def _intervals(each: pd.DataFrame, length: pd.DataFrame, by: list[str], asked: Sequence[str]) -> pd.DataFrame:
    """Give term, low, high and note for the terms asked, in every group."""
    asked = list(dict.fromkeys(tokens.term_of(word) for word in asked))
    wanted = each[each["term"].isin(asked)]
    parts = []
    for group, lengths in length.groupby(by, observed=True) if by else [((), length)]:
        rows = wanted[(wanted[by] == list(group)).all(axis=1)] if by else wanted
        crossed = rows.pivot(index="article_id", columns="term", values="count").astype(float)
        crossed = crossed.reindex(index=lengths["article_id"].astype("str"), columns=asked).fillna(0)
        bounds = intervals.jackknife(crossed, lengths.set_index(crossed.index)["n_tokens"], unit="article")
        bounds = bounds[["low", "high", "note"]].rename_axis("term").reset_index()
        parts.append(bounds.assign(**dict(zip(by, group, strict=True))))
    return pd.concat(parts, ignore_index=True).astype({"term": "str"})


def _grouped(news: Corpus, by: list[str], within: pd.DataFrame | None, taken: list[str]) -> pd.DataFrame:
    """Give the words chosen with the `by` columns beside them, each once in a group; none may be one of `taken`."""
    passages.check_columns(news, by, within, taken=taken)
    within = None if within is None else within.reset_index(drop=True)
    words, articles = passages.chosen(news, news.words, within), news.articles
    place = articles.index.get_indexer(words["article_id"].cat.categories)[words["article_id"].cat.codes]
    holders = words.pop("outer")
    for column in [column for column in by if column != "article_id"]:
        if within is not None and column in within:
            words[column] = within[column].reindex(holders).to_numpy()
        else:
            words[column] = articles[column].to_numpy()[place]
    repeated = words.index.has_duplicates
    return words.loc[~pd.concat([words.index.to_series(), words[by]], axis=1).duplicated()] if repeated else words


def _listed(by: Columns) -> list[str]:
    return [] if by is None else [by] if isinstance(by, str) else list(by)


def _no_bare_string(**options: object) -> None:
    for name, value in options.items():
        if isinstance(value, str):
            raise ValueError(f"{name} takes a list of terms; what came is the bare string {value!r}: write [{value!r}]")
