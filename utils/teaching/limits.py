"""What a corpus is, and what it is too small for, said where the reader begins."""

import pandas as pd
from IPython.display import Markdown

from utils.corpus import datasets
from utils.corpus.corpus import Corpus
from utils.intake import language
from utils.lexicons import Named
from utils.measures import sentiment
from utils.passages.html import plain, say
from utils.stats import periods
from utils.stats.bounds import FEWEST

SHOWN = 3  # outlets and languages that are named
SINGLE = ("raw", "title", "published", "file")  # of these each article has its own
LACKING = {"outlet": "outlet", "published": "date"}
ENGLISH = "Tone, readability, stop words and who speaks"


def opening(news: Corpus) -> Markdown:
    """Give four lines: what a corpus is, what of it could not be read, what it is too small for, what is English only.

    All of it is computed, so that the lines are true of whatever was loaded.
    """
    lines = {"Here:": _what(news), "Not read:": _unread(news), "Large enough?": _large(news)}
    return say("\n".join(f"- **{head}** {line}" for head, line in (lines | {"English only:": _english(news)}).items()))


def _what(news: Corpus) -> str:
    """Say how many articles there are, of whom, from when, and what the corpus's own papers warn of."""
    days, outlets = news.articles["published"].dropna(), news.articles["outlet"].value_counts()
    whose = f" of {number(len(outlets), 'outlet')} ({_counted(outlets)})" if len(outlets) else ""
    first, last = (f"{day.day} {day:%B} {day.year}" for day in (days.min(), days.max())) if len(days) else ("", "")
    dated = f"; {len(days):,} with a date" if len(days) < len(news) else ""
    span = f"{dated}, from {first} to {last}" if first != last else f"{dated}, of {first}" if first else ""
    known = datasets.by_name().get(news.name)
    return f"`{plain(news.name)}`, {number(len(news), 'article')}{whose}{span}. {known.caution if known else ''}"


def _unread(news: Corpus) -> str:
    """Say what is in no number below, and what articles lack."""
    without = {what: int(news.articles[column].isna().sum()) for column, what in LACKING.items()}
    lacking = [f"{_of(n, len(news))} no {what}" for what, n in without.items() if n]
    beside = _beside(news)
    lacking += [beside] if beside else []
    kinds = news.report()["kind"].value_counts()
    told = [f"{kinds[kind]:,} {kind}" for kind in ("doubtful", "doubled", "assumed") if kind in kinds]
    report = f" `news.report()` has the lines: {', '.join(told)}." if told or news.unread else ""
    return f"{plain(news.unread) or 'nothing'}{''.join(f'; {each}' for each in lacking)}.{report}"


def _beside(news: Corpus) -> str:
    """Say how many titles stand in no text, so that no headline of theirs is a passage; "" where none does."""
    titled = news.articles.index[news.articles["title"].notna()]
    segments = news.segments
    heads = set(segments.loc[segments["kind"] == "headline", "article_id"].astype("str"))
    n = sum(name not in heads for name in titled)
    where = "in a column or field beside the text and not in it, so they cannot be read as passages (headlines)"
    return f"{n:,} of {number(len(titled), 'title')} {'stands' if n == 1 else 'stand'} {where}" if n else ""


def _large(news: Corpus) -> str:
    """Say what a corpus is too small for: intervals, a line over time, outlets side by side."""
    dates, outlets = news.articles["published"], news.articles["outlet"].value_counts()
    needs = {
        "an interval": (f"{FEWEST} articles", len(news) >= FEWEST),
        "a line over time": (f"{FEWEST} articles with dates, not all of one day",
                             dates.notna().sum() >= FEWEST and not periods.lacking(dates)),
        "outlets held against each other": (f"two outlets with {FEWEST} articles each", (outlets >= FEWEST).sum() > 1),
    }  # fmt: skip
    short = [f"{what} (that takes {takes})" for what, (takes, there) in needs.items() if not there]
    enough = [what for what, (_, there) in needs.items() if there]
    few = f"**too few** for {'; for '.join(short)}. Where something is missing below, that is why. " if short else ""
    some = f"{'enough' if not few else 'Enough'} for {', for '.join(enough)}. " if enough else ""
    return f"{few}{some}What the articles are a sample of, only those who gathered them can say."


def _english(news: Corpus) -> str:
    """Say which measures know English alone, and how many articles they leave out."""
    found = news.articles["language"]
    counts, n_unknown = found.dropna().value_counts(), int(found.isna().sum())
    others = counts[[not language.is_english(one) for one in counts.index]]
    unknown = f" Of {n_unknown:,} the language is not known, and they are read as English." if n_unknown else ""
    if not len(others):
        return f"{ENGLISH[0].lower()}{ENGLISH[1:]}. No article here is known to be in another language.{unknown}"
    left = "**all articles**" if others.sum() == len(news) else f"**{others.sum():,} of {len(news):,} articles**"
    return f"{ENGLISH[0].lower()}{ENGLISH[1:]} leave out {left} ({_counted(others)}).{unknown}"


def _counted(values: pd.Series) -> str:
    """Say the first values with their counts: "The Alder Post 12, Birch Weekly 4, …"."""
    return ", ".join(f"{plain(name)} {n:,}" for name, n in values[:SHOWN].items()) + ", …" * (len(values) > SHOWN)


def _of(n: int, total: int) -> str:
    """Give the beginning of a sentence on some articles: "1 of 12 articles has"."""
    return f"{n:,} of {total:,} articles {'has' if n == 1 else 'have'}"


def number(n: int, what: str) -> str:
    """Give a number of things in words: "1 article", "1,204 articles"."""
    return f"{n:,} {what}{'s' if n != 1 else ''}"


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


def scored(news: Corpus, column: str, *, least: int, lexicon: Named = "textblob") -> str:
    """Give why no two values of a column can be held against each other by tone, or "" where they can.

    It takes two values with `least` scored articles each. Where the column has none, one that has two is named.
    """
    toned = sentiment.tone(news, by="article", lexicon=lexicon).query("n_scored > 0")["article_id"].astype("str")
    facts = news.articles.loc[toned]

    def large(name: str) -> int:
        return int((facts[name].astype("str")[facts[name].notna()].value_counts() >= least).sum())

    n, what = large(column), plain(column)
    if n > 1:
        return ""
    others = [name for name in facts if name not in (*SINGLE, column) and large(name) > 1]
    instead = f", such as {' or '.join(f'`{plain(name)}`' for name in others[:SHOWN])}" if others else ""
    has = f"Only one {what} has" if n else f"No {what} has"
    advice = f"take another column{instead}" if others else "no other column has two such values either"
    return f"{has} {least} scored articles or more, and it takes two to hold one against another; {advice}."
