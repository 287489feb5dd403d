"""Remarks: the sentences that a notebook ends with, each no stronger than its own test."""

from collections.abc import Mapping

import pandas as pd
from IPython.display import Markdown

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures import validity
from utils.measures.terms import sizes
from utils.passages.html import plain, say
from utils.passages.queries import hits
from utils.spans import KEYS
from utils.teaching.limits import number


def how_often(news: Corpus, counted: pd.DataFrame) -> Markdown:
    """Give the answer to "how often, and where" for the first row of a table of `terms.rate`.

    The interval where there is one, the reason where there is none; nothing found is said to be found nowhere here.
    """
    row = counted.iloc[0]
    others = len(hits(news, row["query"], match_accents=False)) - len(hits(news, row["query"]))
    accents = (
        f" **{number(others, 'time')} it is written with other accents**, which is not counted; "
        "`match_accents=False` counts both."
        if others
        else ""
    )
    word, sized = plain(row["query"]), f"{len(news):,} article{'s' * (len(news) != 1)}"
    if not row["count"]:
        return say(
            f"“{word}” stands nowhere in the {sized} that were read. What is not found may have been said in other "
            f"words: ask for those before you speak of silence. And what was never collected is in no count.{accents}"
        )
    return say(
        f"“{word}” stands **{number(row['count'], 'time')}** in {row['n_articles']:,} of {sized}: {rate_told(row)}. "
        "Each of these places can be opened and read, and some will not be about what we thought. Whether the number "
        f"is large or small we can say only beside another number.{accents}"
    )


def what_is_in(news: Corpus, group: str) -> Markdown:
    """Give the answer to "what is here, and what did we set aside": size, span, voices, share set aside, doubles."""
    facts, receipt = news.articles, news.receipt()
    cut = receipt[receipt["kind"] != "body"]
    days = facts["published"].dropna()
    months = list(dict.fromkeys(f"{day:%B} {day.year}" for day in (days.min(), days.max()))) if len(days) else []
    span = {0: "without dates", 1: f"of {''.join(months)}"}.get(len(months), f"from {' to '.join(months)}")
    undated = len(facts) - len(days) if len(days) else 0
    span += f" ({undated:,} without a date)" if undated else ""
    words, n_values = int(sizes(news)["n_tokens"].sum()), facts[group].nunique()
    unread = f" ({news.unread} more could not be read)" if news.unread else ""
    return say(
        f"`{plain(news.name)}` holds {number(len(news), 'article')} {span}, {number(words, 'word')} in all{unread}; "
        f"known values of `{plain(group)}`: {n_values:,}. We set aside **{cut['share'].sum():.1%}** of the characters "
        f"by {number(len(cut), 'rule')}, each named; articles that repeat another letter by letter: "
        f"{int(facts['raw'].duplicated().sum()):,}. What was never collected is not in these numbers."
    )


def where_said(news: Corpus, word: str, there: pd.DataFrame, read: tuple[str, int, int]) -> Markdown:
    """Give the answer to "where does it say that": passages, those in first paragraphs, what reading did to a count.

    there: passages with a column `place`.  read: a query, its passages, and those left when expressions were set apart.
    """
    found = hits(news, word)
    opening = int((there["place"] == "first paragraph").sum())
    loose, n_all, n_left = read
    changed = (
        f" Reading changes counts: of {number(n_all, 'passage')} of “{plain(loose)}”, {n_left:,} remained when longer "
        "expressions were set apart, and only reading says what those are."
    )
    return say(
        f"“{plain(word)}” has {number(len(found), 'passage')} in {found['article_id'].nunique():,} of "
        f"{number(len(news), 'article')}, {opening:,} of them in a first paragraph. Each can be opened and read "
        "where it stands; what we did not find may have been asked for in the wrong words."
        f"{changed if n_left < n_all else ''}"
    )


def own_codes(news: Corpus, scores: pd.DataFrame, drawn: pd.DataFrame, *, coder: str) -> Markdown:
    """Give how many of the passages drawn a coder has coded by the codebook "tone", and how often the score agrees.

    scores: `sentiment.unit_scores` of the corpus.  drawn: what `validity.draw` drew of them.
    With ten codes and one of each predicted class at least it says how much bad news there is by both.
    """
    try:
        codes = validity.codes(news, "tone", coder=coder)
    except Refusal:
        return say(f"None of the {len(drawn):,} sentences is coded yet. Code some above, then run this cell again.")
    own = codes.astype({"article_id": "str"}).merge(drawn[KEYS].astype({"article_id": "str"}), on=KEYS)
    if own.empty:
        return say(f"None of these {len(drawn):,} sentences is coded yet; your codes are of others.")
    right = int(validity.compared(own, scores)["right"].sum())
    told = f"You have coded {len(own):,} of {len(drawn):,} sentences, and the score says the same of {right:,}."
    shares = validity.corrected_share(own, scores, drawn=drawn).set_index("class")
    if -1 not in shares.index or pd.isna(shares.loc[-1, "low"]):
        return say(f"{told} Code on: it takes ten, and one of each class that is predicted, to say more.")
    bad = shares.loc[-1]
    return say(
        f"{told} It calls {bad['share_predicted']:.0%} of all sentences bad news; corrected by your codes it is "
        f"{bad['share']:.0%}, with a 95 % interval from {bad['low']:.0%} to {bad['high']:.0%}."
    )


def whose_tone(paper: str, parts: pd.DataFrame, persons: pd.DataFrame) -> Markdown:
    """Give the answer to "whose tone is it" for one paper, each sentence by its own interval.

    parts: `sentiment.difference` of the paper less the others: in the body, inside quotations and outside, in this
    order.
    persons: `sentiment.by_voice` of persons, the darkest first.
    """
    body, inside, outside = parts.to_dict("records")
    if pd.isna(body["low"]):
        return say(f"Nothing can be told of one outlet beside others here: {plain(body['note'])}.")
    told = f"In the body {plain(paper)} {_apart(body)}."
    if pd.notna(inside["low"]) and pd.notna(outside["low"]):
        told += f" Inside quotations it {_apart(inside)}; outside them it {_apart(outside)}."
    known = persons[persons["low"].notna()]
    darkest = known.iloc[0] if len(known) > 1 else None
    if darkest is not None and darkest["high"] < known["low"].iloc[1:].min():
        told += (
            f" Of the {len(known):,} persons who are quoted in ten articles or more, {plain(darkest['voice'])} sounds "
            f"darkest, {_points(darkest, 'tone')}, and no other interval touches that one."
        )
    elif darkest is not None:
        told += (
            f" Of the {len(known):,} persons who are quoted in ten articles or more, none is darker than all others."
        )
    return say(told)


def _apart(row: Mapping) -> str:
    """Say on which side of the others a paper lies, if that can be told."""
    if row["low"] <= 0 <= row["high"]:
        return f"cannot be told from the others, {_points(row, 'difference')}"
    return f"lies {'below' if row['high'] < 0 else 'above'} the others, {_points(row, 'difference')}"


def _points(row: Mapping | pd.Series, value: str) -> str:
    return f"{row[value]:.3f} ({row['low']:.3f} to {row['high']:.3f})".replace("-", "−")


def rate_told(row: Mapping | pd.Series) -> str:
    """Give a rate with its interval, or with the reason why it has none: "2.35 in 10,000 words (1.86 to 2.99)"."""
    if pd.isna(row["rate_per_10k"]):
        return "no rate, as there are no words to divide by"
    rate = f"{row['rate_per_10k']:.1f} in 10,000 words"
    between = f", with a 95 % interval from {row['low']:.1f} to {row['high']:.1f}"
    return f"{rate}{between}" if pd.notna(row["low"]) else f"{rate} ({row['note']})"
