"""Follow: who says a word, when nobody does, and what may be said of few articles that have it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from IPython.display import Markdown

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures import terms
from utils.passages.html import plain, say
from utils.teaching.limits import number

SPEAKERS = {"president": "president", "byline": "writer", "outlet": "outlet"}
NAMED = 4  # words that a sentence names
UNKNOWN = "–"  # a day


def speakers(news: Corpus) -> pd.Series:
    """Give who speaks in each article, as the unit of a measure: president, writer or outlet, by what is known first.

    An article of which it is not known stands for itself, as all do where nothing tells two speakers apart.
    """
    names = news.articles.index.to_series().astype("str")
    for column, kind in SPEAKERS.items():
        if column in news.articles and news.articles[column].nunique() > 1:
            known = news.articles[column]
            return known.astype("str").where(known.notna(), names).rename(kind)
    return names.rename("article")


def spoken(news: Corpus, found: pd.DataFrame, unit: pd.Series) -> pd.DataFrame:
    """Give passages with who speaks there (`who`) and the day (`day`, str; "–" where there is none)."""
    ids = found["article_id"].astype("str")
    days = news.articles["published"].dt.strftime("%Y-%m-%d").fillna(UNKNOWN)
    return found.assign(who=ids.map(unit), day=ids.map(days))


def by_speaker(said: pd.DataFrame) -> pd.DataFrame:
    """Give a row a speaker, who spoke first coming first: who, count, n_articles (int), first and last (days, str)."""
    each = said.assign(known=said["day"].where(said["day"] != UNKNOWN)).groupby("who", sort=False, observed=True)
    rows = each.agg(
        count=("day", "size"), n_articles=("article_id", "nunique"), first=("known", "min"), last=("known", "max")
    )
    return rows.fillna(UNKNOWN).reset_index().sort_values(["first", "who"], kind="stable", ignore_index=True)


def late(said: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Give the passages dated on or after the day since when a table of `lately` counts; none where it has no row."""
    day = said["day"]
    return said[(day != UNKNOWN) & (day >= last["since"].iloc[0])] if len(last) else said.head(0)


def silence(news: Corpus, found: pd.DataFrame) -> pd.DataFrame:
    """Give the longest run of dated articles without a passage: article_id and published of each, in order of time."""
    dated = news.articles.dropna(subset="published").sort_values("published", kind="stable")
    has = dated.index.isin(found["article_id"].astype("str"))
    runs = pd.Series(np.cumsum(has), dated.index)[~has]
    longest = runs[runs == runs.value_counts().sort_index().idxmax()].index if len(runs) else runs.index
    return dated.loc[longest, ["published"]].reset_index()


def lately(news: Corpus, word: str | Sequence[str], since: str, unit: pd.Series) -> pd.DataFrame:
    """Give how far a word's rate rises from before a day to after, once by articles, once by who speaks.

    Where no article is dated on one of the sides, the last quarter stands beside the rest; where that cannot be, there
    is no row.
    Returns columns of `terms.change` behind `unit` (str), and `since` (str).
    """
    for day in (since, None):
        try:
            rows = [
                terms.change(news, word, since=day, unit=own).assign(unit=name)
                for name, own in (("article", "article"), (str(unit.name), unit))
            ]
        except Refusal:
            continue
        began = f"{rows[0].attrs['since']:%Y-%m-%d}" if hasattr(rows[0].attrs["since"], "year") else since
        return pd.concat(rows[: 1 + (unit.name != "article")], ignore_index=True).assign(since=began)
    return pd.DataFrame(
        columns=["unit", "since", "count_since", "n_articles_since", "difference", "low", "high", "note"]
    )


def chosen(found: pd.DataFrame, articles: Sequence[str], *, n: int = 3) -> pd.DataFrame:
    """Give the passages of the articles named; where these have none, of the n articles that have most."""
    ids = found["article_id"].astype("str")
    own = found[ids.isin(articles)]
    if len(own) or not len(found):
        return own
    return found[ids.isin(ids.value_counts(sort=True).index[:n])]


def together(news: Corpus, word: str, other: str) -> Markdown:
    """Say in how many articles both words stand, beside how many would have both if neither drew the other."""
    with_word, with_other = (set(terms.hits(news, query)["article_id"].astype("str")) for query in (word, other))
    n, both = len(news), len(with_word & with_other)
    if not with_word or not with_other:
        return say(f"“{plain(word if with_other else other)}” stands nowhere here, so the two are nowhere together.")
    each = f"“{plain(word)}” stands in {number(len(with_word), 'article')}, “{plain(other)}” in {len(with_other):,}"
    by_chance = len(with_word) * len(with_other) / n
    return say(f"{each}, both in **{both:,}**. Were the two strangers, {by_chance:.1f} of {n:,} would have both.")


def when(news: Corpus, word: str, found: pd.DataFrame, unit: pd.Series) -> Markdown:
    """Say how often a word stands, in how many articles, by how many speakers, and the longest time without it."""
    return say(f"{_often(news, word, found, unit)}.{_longest(news, found)}")


def answer(
    news: Corpus, word: str, found: pd.DataFrame, unit: pd.Series, near: pd.DataFrame, last: pd.DataFrame
) -> Markdown:
    """Give the answer to "how was it spoken of": how often and when, its company by speakers, and what is too few.

    near: of `terms.collocates` with the unit.  last: of `lately`.
    """
    if found.empty:
        return say(f"“{plain(word)}” stands nowhere in what was read, and silence has no company to judge it by.")
    above, judged = near.loc[near["low"] > 0, "term"], int(near["low"].notna().sum())
    named = ", ".join(f"**{plain(term)}**" for term in above.head(NAMED))
    more = f" and {number(len(above) - NAMED, 'other')}" if len(above) > NAMED else ""
    company = (
        f"Of {number(judged, 'word')} near it that enough {unit.name}s say, the intervals of {len(above):,} lie above "
        f"chance: {named}{more}."
        if len(above)
        else f"No word stands near it so steadily that it could be told from chance, with {unit.name}s as units."
    )
    return say(f"{_often(news, word, found, unit)}.{_longest(news, found)} {company} {_lately(last, str(unit.name))}")


def _often(news: Corpus, word: str, found: pd.DataFrame, unit: pd.Series) -> str:
    ids = found["article_id"].astype("str")
    by = ""
    if unit.name != "article":
        by = f", in the articles of **{unit[ids.unique()].nunique():,}** of {number(unit.nunique(), str(unit.name))}"
    times = number(len(found), "time")
    return f"“{plain(word)}” stands **{times}** in **{ids.nunique():,}** of {number(len(news), 'article')}{by}"


def _longest(news: Corpus, found: pd.DataFrame) -> str:
    run = silence(news, found)
    if len(run) < 2 or found.empty:
        return ""
    first, final = (f"{day.day} {day:%B} {day.year}" for day in (run["published"].iloc[0], run["published"].iloc[-1]))
    return f" The longest silence is **{len(run):,} articles** in a row, from {first} to {final}."


def _lately(last: pd.DataFrame, kind: str) -> str:
    """Say whether the late rate may be told from the early one, by who speaks."""
    if last.empty:
        return "There are not dates enough to set late beside early."
    row = last.iloc[-1]
    day, n = pd.Timestamp(row["since"]), number(int(row["n_articles_since"]), "article")
    since = f"Since {day.day} {day:%B} {day.year}"
    if pd.isna(row["low"]):
        has = "has" if n.startswith("1 ") else "have"
        few = f"too few to test with {kind}s as units whether it is said more, and few enough to read"
        return f"{since} {n} {has} it, {few}."
    way = "more" if row["low"] > 0 else "less" if row["high"] < 0 else ""
    told = f"said {way} often than before" if way else "not to be told from before"
    return f"{since} it is {told}, with {kind}s as units."
