"""What pandas-in-half-an-hour asks."""

import pandas as pd

from utils.teaching.checks import Check, check, check_largest


def missing(answer: object, articles: pd.DataFrame) -> Check:
    """How many articles have no byline?"""
    known = int(articles["byline"].notna().sum())
    slip = known, "That counts those that have one: `.isna()` is true where it is missing, `.notna()` where it is not."
    return check(answer, len(articles) - known, slips=[slip], hint="`.isna()` and `.sum()` count what is missing.")


def median(answer: object, lengths: pd.DataFrame) -> Check:
    """How many words has the median article?"""
    words = lengths["n_tokens"]
    return check(
        answer,
        float(words.median()),
        slips=[(float(words.mean()), "That is the mean; the median is the one in the middle.")],
        hint="Take the column `n_tokens`, then its `.median()`.",
    )


def longest(answer: object, longer: pd.DataFrame) -> Check:
    """What is the title of the longest article?"""
    titled = longer.set_index("title")["words"]
    words = longer["words"].dropna()
    if isinstance(answer, str) and len(words) and answer == words.idxmax():
        return check(answer, "a title", hint="That is its name in the table; `.loc` gives its title.")
    if isinstance(answer, int):
        return check(
            "", "a title", hint='Ask `longer["words"]` for `.idxmax()`: it names the article, `.loc` its title.'
        )
    return check_largest(answer, titled[titled.index.notna()], name=True)


QUESTIONS = {"pandas-missing": missing, "pandas-median": median, "pandas-longest": longest}
