"""Tellings: the articles on one event in groups, by frame or paper, and what each group of them leaves out."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from IPython.display import Markdown

from utils import arguments
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures import compare, terms, validity
from utils.measures.compare.halves import Side
from utils.passages.groups import count
from utils.passages.html import plain, say
from utils.passages.table import inside
from utils.spans import KEYS

TRIED = ("frame", "outlet", "section")  # columns that part articles into tellings, where the one wanted does not
ENOUGH = 2  # articles of a telling, at least: what all of them leave out is then more than one writer's day
MOST = 5  # tellings that are laid side by side


def of_event(whole: Corpus, event: str) -> Corpus:
    """Give the articles that have a query, as `terms.articles` reads it; all of them where fewer than two do."""
    found = terms.articles(whole, event)["article_id"]
    return whole.select(found) if len(found) > 1 else whole


def column(news: Corpus, wanted: str) -> str:
    """Give the column that parts the articles into tellings: the one wanted, or the first tried that can.

    It takes two values with two articles each. Where no column has these it is "outlet", and there is one telling.
    """
    for name in (wanted, *TRIED):
        if name in news.articles and (news.articles[name].value_counts() >= ENOUGH).sum() > 1:
            return name
    return "outlet"


def largest(news: Corpus, by: str, most: int = MOST) -> pd.Series:
    """Give how many articles each telling has, the largest first, those of one article alone left out."""
    sizes = news.articles[by].value_counts()
    return sizes[sizes >= ENOUGH].head(most)


def crossed(news: Corpus, table: pd.DataFrame, of: str, *, by: str, most: int = 15) -> pd.DataFrame:
    """Give in which share of each telling's articles each value stands, those in most articles first.

    Parameters
        table: passages, such as `persons.mentions(news)`.  of: its column whose values become rows.
        by: the column of articles that parts them; its largest values become columns.  most: rows, at most.
    Returns shares 0-1; no rows where nothing is found, or no telling has two articles.
    Raises ValueError if a column is missing.
    """
    arguments.table(table, "table", columns=[*KEYS, of], of="persons.mentions")
    sizes = largest(news, by)
    counted = count(table, by=[of, by], news=news).astype({of: "str"})
    wide = counted[counted[by].isin(sizes.index)].pivot(index=of, columns=by, values="n_articles")
    wide = wide.reindex(columns=sizes.index).fillna(0)
    order = wide.sum(axis=1).sort_values(ascending=False, kind="stable").index[:most]
    return wide.loc[order] / sizes


def opening(whole: Corpus, news: Corpus, event: str, by: str, wanted: str) -> Markdown:
    """Give in a few sentences which articles are taken for tellings of what, and what does not hold of them."""
    named, n = f"“{plain(event)}”", f"{len(whole):,} article{'s' * (len(whole) != 1)}"
    taken = f"{len(news):,} of {n} have {named}" if len(news) < len(whole) else f"All {n} are read"
    if len(news) == len(whole) and len(terms.articles(whole, event)) < len(whole):
        taken += f", as fewer than two have {named}"
    sizes = largest(news, by)
    if len(sizes) < 2:
        why = "no column has two values with two articles each, so there are no two tellings to hold side by side"
        return say(f"{taken}; {why}, and what follows shows one.")
    other = f"`{plain(wanted)}` does not part them, so " if by != wanted else ""
    parts = ", ".join(f"{plain(name)} ({size})" for name, size in sizes.items())
    rest = len(news) - int(sizes.sum())
    left = f"; {rest:,} of other values, or of none, are left out" if rest else ""
    beware = "" if by == "frame" else (
        " **What does not hold here:** nobody has listed the facts, so we compare whom the articles name; that they "
        f"tell of one event is your claim, by the word you chose{_days(news)}; and they differ in length and readers, "
        "too."
    )  # fmt: skip
    return say(f"{taken}. {other}`{plain(by)}` parts them into tellings: {parts}{left}.{beware}")


def _days(news: Corpus) -> str:
    """Say how far apart in time the articles lie, "" where fewer than two have a date."""
    days = news.articles["published"].dropna()
    n = (days.max() - days.min()).days if len(days) > 1 else 0
    return f", though {n:,} day{'s' * (n != 1)} lie{'s' * (n == 1)} between the first and the last of them" if n else ""


def two_sides(news: Corpus, by: str) -> tuple[Side, Side, str, str]:
    """Give the articles of the largest telling, those of all others, and what the two are called.

    Where there is one telling, the parts are those of `compare.two_parts`.
    """
    sizes = largest(news, by)
    if len(sizes) < 2:
        return compare.two_parts(news, year=0)
    own, name = news.articles[by], sizes.index[0]
    return own.eq(name), own.notna() & own.ne(name), str(name), "the others"


def own_frames(near: Corpus, drawn: pd.DataFrame, key: pd.Series, *, seed: int) -> Markdown:
    """Give how far those who have coded texts by the codebook "frames" agree with the key, and with each other.

    drawn: the texts that were to be coded.  key: the planted frame by article_id.
    """
    try:
        codes = validity.codes(near, "frames").astype({"article_id": "str", "code": "str"})
    except Refusal:
        return say(f"None of the {len(drawn):,} texts is coded yet. Code some above, then run this cell again.")
    own = codes.merge(drawn[KEYS].astype({"article_id": "str"}), on=KEYS)
    if own.empty:
        return say(f"None of these {len(drawn):,} texts is coded yet; the codes that are there are of others.")
    right = own["code"].eq(own["article_id"].map(key)).groupby(own["coder"]).agg(["sum", "size"])
    told = [f"{plain(who)} has the key's frame in {n} of {of} texts" for who, n, of in right.itertuples()]
    if len(right) < 2:
        return say(f"{told[0]}. A second person sets `CODER` to another name, and then you can be held together.")
    both = validity.by_coder(own.assign(code=pd.Categorical(own["code"])))
    try:
        agreed = validity.verdict(validity.agreement(both, seed=seed))
    except Refusal:
        agreed = "No text has been coded by two of you yet."
    return say(f"{'; '.join(told)}. Between you: {agreed}")


def parted(told: pd.DataFrame, groups: pd.Series) -> int:
    """Give how many facts all texts of one group tell and no text of another.

    told: passages with a column `fact`.  groups: the group of each text, by article_id.
    """
    return _parted(_telling(told, groups), groups.to_numpy())


def dealt(told: pd.DataFrame, groups: pd.Series, *, n: int, seed: int) -> pd.Series:
    """Give what `parted` gives for n deals of the texts, by lot, into groups of the same sizes."""
    table, rng = _telling(told, groups), np.random.default_rng(seed)
    return pd.Series([_parted(table, rng.permutation(groups.to_numpy())) for _ in range(n)])


def _telling(told: pd.DataFrame, groups: pd.Series) -> np.ndarray:
    """Give for each text, a row, and each fact, a column, whether the one tells the other."""
    table = pd.crosstab(told["article_id"].astype("str"), told["fact"]) > 0
    return table.reindex(groups.index, fill_value=False).to_numpy()


def _parted(table: np.ndarray, labels: np.ndarray) -> int:
    shares = np.array([table[labels == one].mean(axis=0) for one in np.unique(labels)])
    return int(((shares == 1).any(axis=0) & (shares == 0).any(axis=0)).sum())


def summed(wide: pd.DataFrame, always: pd.DataFrame) -> Markdown:
    """Give how many facts each frame tells, and how many are told in all and in one alone.

    wide: how many texts of each frame, a column, tell each fact, a row.  always: its rows that all texts of one tell.
    """
    n = (wide > 0).sum()
    most, least, everywhere = n.idxmax(), n.idxmin(), int((wide > 0).all(axis=1).sum())
    never = int((always.min(axis=1) == 0).sum())
    return say(
        f"Of {len(wide)} facts **{most}** tells {n[most]} and **{least}** {n[least]}; {everywhere or 'not one'} of "
        f"them {'are' if everywhere > 1 else 'is'} told in all frames. {len(always)} are told by all texts of "
        f"some frame, and {'each' if never == len(always) else never} of these by no text of some other."
    )


def heard(near: Corpus, claims: pd.DataFrame) -> Markdown:
    """Give in how many sentences that pass on a claim the rules for quotations find one.  claims: passages."""
    sentences = claims.drop_duplicates(KEYS)
    said = near.quotes[near.quotes["kind"] != "loose"].drop(columns="outer", errors="ignore")
    found = inside(said, sentences)["outer"].nunique()
    return say(
        f"Of {len(sentences)} sentences that pass on a claim or an estimate, the rules find a quotation within {found}."
        " The others attribute by a noun (“the charge”, “a survey”) or in a way for which there is no rule."
    )


def noted(key: pd.DataFrame) -> Markdown:
    """Give what a table of keyness notes of its first word."""
    if key.empty:
        return say("No word stands in all of these texts, so there is nothing to note.")
    word = key.iloc[0]
    return say(f"What is noted of “{plain(word['term'])}”, and of each word here: {plain(word['note'])}.")


def tested(key: pd.DataFrame, names: Sequence[str]) -> Markdown:
    """Give how many words of two tellings are told from chance, and the first of them.  key: a table of keyness."""
    n, passing = int(key["p"].notna().sum()), key[key["q"] < 0.05]
    first = ", ".join(plain(one) for one in passing["term"].head(6))
    said = (
        f"{len(passing):,} of {n:,} words are told from chance (q below .05), first {first}" if len(passing) else
        f"none of {n:,} words is told from chance (q below .05)" if n else "no word can be tested here"
    )  # fmt: skip
    return say(f"{plain(names[0])} against {plain(names[1])}: {said}.")


def answer(wide: pd.DataFrame, by_lot: pd.Series, news: Corpus, shares: pd.DataFrame, by: str) -> Markdown:
    """Give the answer to "what does each telling leave out", each sentence no stronger than its own count.

    wide: as for `summed`, of `standoff`.  by_lot: as `dealt` gives.  shares: as `crossed` gives persons of `news`.
    """
    texts = int(wide.max(axis=None))
    left = (wide == 0).sum().sort_values(ascending=False, kind="stable")
    always = wide[wide.max(axis=1) == texts]
    never = int((always.min(axis=1) == 0).sum())
    return say(
        f"Of {len(wide)} facts the frames of `standoff` leave out: "
        f"{', '.join(f'{name} {n}' for name, n in left.items())}; {never} facts that all texts of one frame tell stand "
        f"in no text of another, where texts dealt by lot have {by_lot.mean():.0f} such on average and {by_lot.max()} "
        f"at most in {len(by_lot):,} deals. That is how these texts were written: with {texts} texts a frame no word "
        f"can be tested, and of other texts they say nothing. {_elsewhere(news, shares, by)}"
    )


def _elsewhere(news: Corpus, shares: pd.DataFrame, by: str) -> str:
    """Say of how many persons named most some telling is silent."""
    where = f"`{plain(news.name)}`"
    if shares.shape[1] < 2 or shares.empty:
        return f"In {where} there are no two tellings with names in them, and what one leaves out another has to show."
    n, silent = len(shares), int((shares == 0).any(axis=1).sum())
    if not silent:
        return f"In {where} each `{plain(by)}` names all of the {n} persons and bodies that are named most."
    return (
        f"In {where} some `{plain(by)}` is silent on {silent} of the {n} persons and bodies named most, which is a "
        "place to read and no finding yet."
    )
