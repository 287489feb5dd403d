"""What a corpus is too small to show, said where the reader begins."""

import pandas as pd
from IPython.display import Markdown

from utils.corpus.corpus import Corpus
from utils.passages.html import plain, say


def sides(key: pd.DataFrame) -> Markdown:
    """Give one sentence: whether a comparison has articles enough on its smaller side. key: a table of keyness."""
    target, reference = key.attrs["n_articles_target"], key.attrs["n_articles_reference"]
    sizes = f"{target:,} articles stand against {reference:,}"
    if min(target, reference) < 10:
        return say(f"**Too few on a side:** {sizes}; it takes ten on each to test anything, so no word is tested.")
    few = "" if min(target, reference) >= 30 else ", which is few: with less than thirty only large differences show"
    return say(f"{sizes[0].upper()}{sizes[1:]}{few}.")


def outlets(units: pd.DataFrame, name: str) -> str:
    """Give why no outlet can be said to give a speaker most room, or "" where one can.

    units: a row for each outlet and story, indexed by both: n_words, and theirs, how many of these are the speaker's.
    """
    read = units[units["n_words"] > 0]
    sizes, n_with = read.groupby("outlet").size(), int((read["theirs"] > 0).sum())
    if len(sizes) < 2:
        return "All stories come from one outlet, so there is no other to hold it against."
    if (sizes >= 10).sum() < 2:
        large = "one has" if (sizes >= 10).any() else "none has"
        return f"Of {len(sizes)} outlets {large} ten stories or more, and it takes two such to compare them."
    if n_with < 10:
        stories = "1 story" if n_with == 1 else f"{n_with or 'no'} stories"
        return f"{plain(name)} is quoted in {stories}, and it takes ten to compare outlets by."
    return ""


def enough(news: Corpus, *, articles: int, for_what: str, dated: int = 0) -> Markdown:
    """Give one sentence: whether the corpus is large enough for what a notebook sets out to show.

    articles: how many articles it takes.  dated: how many of them need a date.
    for_what: what smaller corpora cannot show, to end the sentence with: "whether one paper differs from another".
    """
    n, n_dated = len(news), int(news.articles["published"].notna().sum())
    unread = f" ({news.unread} more could not be read)" if news.unread else ""
    if n < articles:
        has = f"{n:,} article{'s' * (n != 1)}{unread}"
        return say(
            f"**Too few:** {has} cannot show {for_what}; it takes at least {articles}; where something is missing "
            "below, that is the reason, and the intervals that are left say little."
        )
    if n_dated < dated:
        return say(
            f"**Too few dates:** only {n_dated:,} of {n:,} articles{unread} have one, and it takes at least {dated} to "
            f"show {for_what}."
        )
    return say(
        f"The {n:,} articles of this corpus{unread} are enough in number to show {for_what}; what they are a sample "
        "of, only those who gathered them can say."
    )
