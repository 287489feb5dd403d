"""What 14-go-large asks."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.teaching.checks import Check, agree, check, compare

ASKED, TOGETHER, SORTED = "peace", 2, 8  # a word, the parts that are taken together, what is sorted in pairs
PRINTED = (
    "The 237 addresses use 29,234 different words in all, as they are spelled and each counted once, however many "
    "parts of the corpus have it; added up over the parts most of them would count several times."
)


def _own(counted: pd.DataFrame) -> pd.DataFrame:
    return counted[counted["term"] == ASKED]


def predict(answer: object, counted: pd.DataFrame) -> Check:
    """In how many parts does a word stand?"""
    own = _own(counted)
    slips = [
        (own["count"].sum(), "That counts how often it is said; how many parts say it at all?"),
        (own["n_articles"].sum(), "That counts articles; an article lies in one part, and a part has several."),
    ]
    return check(answer, len(own), hint="Count the rows of `counted` whose term it is.", slips=slips)


def change(answer: object, counted: pd.DataFrame, sizes: pd.DataFrame) -> Check:
    """What is the rate of a word in two parts together?"""
    first = sizes["part"].head(TOGETHER)
    own, n = _own(counted), sizes["n_tokens"].head(TOGETHER)
    own = own[own["part"].isin(first)]
    each = own.set_index("part")["count"].reindex(first, fill_value=0).to_numpy() / n.to_numpy()
    rate, mean = 10_000 * own["count"].sum() / n.sum(), 10_000 * each.mean()
    slips = [(round(mean, 1), "That is the mean of two rates; a short part would have as much say as a long one.")]
    hint = "Add the counts of the two parts, add their words, then divide, times 10,000."
    return check(answer, rate, hint=hint, slips=slips if abs(mean - rate) > 0.1 else (), tolerance=0.06)


def compose(answer: object, sizes: pd.DataFrame) -> Check:
    """How long is an article on average?"""
    mean = sizes["n_tokens"].sum() / sizes["n_articles"].sum()
    of_parts = (sizes["n_tokens"] / sizes["n_articles"]).mean()
    said = "That is the mean of the parts' means; parts of fewer articles have too much say in it."
    slips = [
        (sizes["n_tokens"].mean(), "That is the length of a part; of an article is wanted."),
        *([(round(of_parts, 1), said)] if abs(of_parts - mean) > 0.1 else ()),
    ]
    return check(answer, mean, hint="Two sums, then one division.", slips=slips, tolerance=0.06)


def judge(answer: object, news: Corpus) -> Check:
    """What may be printed on the words of a corpus that was counted in parts?"""
    return compare(answer, PRINTED if news.name == "addresses" else "")


def pairs(answer: object) -> Check:
    """How far do two readers agree on what adds up?"""
    return agree(answer, SORTED, codes="acn")


QUESTIONS = {
    "14-predict": predict,
    "14-change": change,
    "14-compose": compose,
    "14-judge": judge,
    "14-pairs": pairs,
}
