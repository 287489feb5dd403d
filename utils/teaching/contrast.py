"""Contrast: two papers of a corpus to hold against each other, and what may be said of the words that pass."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from IPython.display import Markdown

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures import compare
from utils.measures.compare.halves import Side
from utils.measures.compare.keyness import COLUMNS
from utils.passages.html import plain, say
from utils.passages.sides import SIDES
from utils.stats.bounds import FEWEST
from utils.teaching.limits import number

LEVEL = 0.05
NAMED = 6  # words that a sentence names
WAYS = ("printed", "written", "own")
Parts = tuple[Side, Side, str, str]


def asked(news: Corpus, paper: str) -> Parts:
    """Give a paper and all other outlets as two sides, and what each is called.

    Where it has fewer than ten articles here, or all others have, the parts are those of `compare.two_parts`.
    """
    outlets = news.articles["outlet"]
    target = outlets.eq(paper).fillna(False).astype(bool)
    others = outlets.notna() & ~target
    if min(target.sum(), others.sum()) >= FEWEST:
        return target, others, paper, "all other outlets"
    years = pd.to_numeric(news.articles.get("year", pd.Series(dtype=float)), errors="coerce")
    return compare.two_parts(news, year=int(years.median()) if years.notna().any() else 0)


def placebo(news: Corpus, papers: tuple[str, str], reference: Side, *, seed: int = 2025) -> Parts:
    """Give two sides between which there is nothing to find, and what each is called.

    These are two papers known to differ by lot alone where the corpus has ten articles of each; else the stories of a
    reference, dealt into two halves, each with all its copies; of passages, one half of them and the other.
    """
    sides = [news.articles["outlet"].eq(paper).fillna(False).astype(bool) for paper in papers]
    if min(side.sum() for side in sides) >= FEWEST:
        return sides[0], sides[1], *papers
    names = "one half of the reference", "its other half"
    if isinstance(reference, pd.DataFrame):
        half = len(reference) // 2
        return reference.iloc[:half], reference.iloc[half:], *names
    story = news.copies.set_index("article_id")["story"].reindex(news.articles.index)
    stories = np.random.default_rng(seed).permutation(story[reference].unique())
    first = reference & story.isin(stories[: len(stories) // 2])
    return first, reference & ~first, f"{names[0]}, dealt by lot", names[1]


def by_stories(
    news: Corpus, target: Side, reference: Side, *, printed: pd.DataFrame | None = None, **options
) -> dict[str, pd.DataFrame]:
    """Give the tables of `compare.keyness` for what each side prints, writes and alone has, by these three words.

    Where no article copies another the three are one, and asked once. Where a question cannot be asked, its table is
    empty and has the reason in `attrs`.
    printed: the first of them, where it is there already.  options: as for `keyness`.
    """
    found = {} if printed is None else {"printed": printed}
    whole = isinstance(target, pd.Series) and isinstance(reference, pd.Series)
    same = whole and news.copies["role"].eq("only").all()
    for way in WAYS[len(found) :]:
        if same and found:
            found[way] = found["printed"]
            continue
        try:
            found[way] = compare.keyness(news, target, reference, stories=way, **options)
        except Refusal as problem:
            found[way] = pd.DataFrame(columns=["term", *COLUMNS])
            found[way].attrs = {"why": str(problem)}
    return found


def passing(table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of a table of `compare.keyness` whose q is below .05."""
    return table[table["q"].lt(LEVEL).fillna(False).astype(bool)]


def summary(ways: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Give for each of three questions how many words are tested and pass.

    ways: as of `by_stories`.  Returns one row a question: stories (str), n_articles_target, n_articles_reference,
    tested, p < .05, q < .05 (int; missing where it cannot be asked), note (str, why it cannot).
    """
    rows = []
    for way, table in ways.items():
        why = table.attrs.get("why", "")
        counted = {
            **{f"n_articles_{side}": table.attrs.get(f"n_articles_{side}") for side in SIDES},
            "tested": table["p"].notna().sum(),
            "p < .05": table["p"].lt(LEVEL).sum(),
            "q < .05": len(passing(table)),
        }
        rows.append({"stories": way, **{name: None if why else int(n) for name, n in counted.items()}, "note": why})
    numbers = [name for name in rows[0] if name not in ("stories", "note")]
    return pd.DataFrame(rows).astype(dict.fromkeys(numbers, "Int64"))


def wavering(ways: Mapping[str, pd.DataFrame], word: str) -> str:
    """Give a word whose verdict hangs on which stories count: the one asked for if it has a row, else the first.

    That is the word with the least p as printed among those that have no p below .05 as a side's own; failing that,
    the first word that is there.
    """
    printed, own = ways["printed"], ways["own"]
    if word in set(printed["term"]):
        return word
    held = own.loc[own["p"].lt(LEVEL).fillna(False).astype(bool), "term"]
    lost = printed[printed["p"].lt(LEVEL).fillna(False).astype(bool) & ~printed["term"].isin(held)]
    return str([*lost["term"], *printed["term"], word][0])


def of_word(ways: Mapping[str, pd.DataFrame], word: str) -> pd.DataFrame:
    """Give what each of three questions says of one word: a row a question that has it, with counts, p and q.

    note: why there is no p, nothing else.
    """
    rows = [table[table["term"] == word].assign(stories=way) for way, table in ways.items() if "why" not in table.attrs]
    shown = ["stories", *(f"count_{side}" for side in SIDES), "p", "q", "note"]
    found = pd.concat(rows)[shown] if rows else pd.DataFrame(columns=shown)
    return found.assign(note=[note.partition("; ")[0] * note.startswith("no p") for note in found["note"]])


def fuller(table: pd.DataFrame) -> pd.DataFrame:
    """Give each row of a table of `compare.keyness` as the side sees it that has the higher rate, in the same order."""
    more = table["log_ratio"].gt(0).fillna(False).astype(bool)
    sides = [compare.one_side(table[more == (side == "target")], side) for side in SIDES]
    return pd.concat(sides).reindex(table.index)


def writers(news: Corpus) -> pd.Series:
    """Give the writer of each article as its unit; where none is named, its story."""
    story = news.copies.set_index("article_id")["story"].reindex(news.articles.index).astype("str")
    return news.articles["byline"].astype("str").where(news.articles["byline"].notna(), story).rename("writer")


def tested(table: pd.DataFrame) -> Markdown:
    """Say how many words were tested, how many have p and q below .05, and how many bare counts would call key."""
    own = table[table["p"].notna()]
    if own.empty:
        return say("No word was tested: it takes ten articles on each side, and ten that have the word.")
    by_counts = int(table["g2"].abs().gt(3.84).sum())
    return say(
        f"{number(len(own), 'word')} tested. With p below .05: **{int(own['p'].lt(LEVEL).sum()):,}**, where luck "
        f"alone would bring about {len(own) / 20:.0f}. With q below .05: **{len(passing(own)):,}**. By G², which takes "
        f"every word for a draw of its own, {by_counts:,} of all {number(len(table), 'word')} would be called key."
    )


def furniture(page: pd.DataFrame, body: pd.DataFrame) -> Markdown:
    """Say how many words pass on whole pages that do not in the body; both tables of `compare.keyness`."""
    if not page["p"].notna().any():
        return say("No word of the pages can be tested here, so none can pass by what is printed around the articles.")
    here = set(passing(body)["term"])
    n, gone = len(passing(page)), [term for term in passing(page)["term"] if term not in here]
    named = f": {_listed(gone)}" if gone else ""
    return say(
        f"Of {number(n, 'word')} that pass{'es' * (n == 1)} when whole pages are counted, "
        f"**{len(gone):,}** {'does' if len(gone) == 1 else 'do'} not when the articles' own text is{named}."
    )


def nothing(table: pd.DataFrame, names: tuple[str, str]) -> Markdown:
    """Say what was found between two sides that chance alone divides; a table of `compare.keyness`."""
    own = table[table["p"].notna()]
    if own.empty:
        return say("Too few articles: no word is tested in the placebo, so it has nothing to be right or wrong about.")
    n, n_q = int(own["p"].lt(LEVEL).sum()), len(passing(own))
    passes = "and none has q below .05" if not n_q else f"and {n_q:,} {'has' if n_q == 1 else 'have'} q below .05"
    return say(
        f"{plain(names[0])} against {plain(names[1])}: of {number(len(own), 'word')} tested **{n:,}** "
        f"{'has' if n == 1 else 'have'} p below .05, which is {n / len(own):.1%}, {passes}."
    )


def answer(ways: Mapping[str, pd.DataFrame], names: tuple[str, str], nil: pd.DataFrame, seen: pd.DataFrame) -> Markdown:
    """Give the answer to "what does one paper say that another does not", naming only words that passed.

    ways: tables of `compare.keyness`, as of `by_stories`, by each of which a word must pass.  nil: the placebo's.
    seen: as of `compare.clusters`.
    """
    asked_of = {way: table for way, table in ways.items() if table["p"].notna().any()}
    if not asked_of:
        return say(
            "Nothing can be told of one part beside the other: it takes ten articles on each side to test a word."
        )
    terms = [set(passing(table)["term"]) for table in asked_of.values()]
    first = passing(next(iter(asked_of.values())))
    always = first[first["term"].isin(set.intersection(*terms))]
    sides = [always.loc[always["log_ratio"].gt(0) == more, "term"].tolist() for more in (True, False)]
    said = [
        f"More often in “{plain(one)}” than in “{plain(other)}”: {_listed(words)}"
        for words, one, other in zip(sides, names, reversed(names), strict=True)
        if words
    ]
    by_all = f"by each way of counting in which words could be tested ({', '.join(asked_of)})"
    nobody = f"No word tells “{plain(names[0])}” from “{plain(names[1])}” {by_all}"
    they = "It passes" if len(always) == 1 else "They pass"
    told = f"{'. '.join(said)}. {they} {by_all}" if said else nobody
    some = len(set.union(*terms)) - len(always)
    passes = "passes" if some == 1 else "pass"
    partly = f"; {number(some, 'other word')} {passes} by some of these ways alone" if some else ""
    n_nil, n_luck = int(nil["p"].notna().sum()), len(passing(nil))
    luck = (
        f" Between two sides that chance alone divides, {n_luck or 'none'} of {n_nil:,} words passed." if n_nil else ""
    )
    return say(f"{told}{partly}.{luck} {_whose(seen)} A word that did not pass may differ all the same.")


def _whose(seen: pd.DataFrame) -> str:
    """Say whose way of writing a difference may be: of one outlet, where a side is no more."""
    single = seen[(seen["side"] == "target") & (seen["n_clusters"] == 1) & (seen["cluster"] == "outlet")]
    if len(single):
        outlet = plain(single["largest"].iloc[0])
        return f"One side is {outlet} alone: what differs is that outlet's, not a kind of outlet's."
    return "The sides are no two papers here, and what divides them, time, subject or writer, is not in the numbers."


def _listed(words: list[str]) -> str:
    """Give words in bold, the first of a long list: "**a**, **b** and 3 other words"."""
    shown = [f"**{plain(word)}**" for word in words[:NAMED]]
    rest = len(words) - len(shown)
    if rest:
        return f"{', '.join(shown)} and {number(rest, 'other word')}"
    *most, last = shown
    return f"{', '.join(most)} and {last}" if most else last
