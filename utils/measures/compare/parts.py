"""Parts: one page of all that two parts of a corpus can be told apart by, each line with its passages.

Each family of measures is asked the same questions of every corpus, so that it can be said how many there were: with
ten of them, one p in two pages lies below .05 by luck.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from utils import arguments, lexicons, passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.measures.compare.clustering import clusters
from utils.measures.compare.keyness import keyness
from utils.measures.compare.keyness import passages_of as words_of
from utils.measures.compare.page import Asked, Line
from utils.passages.queries import Query
from utils.passages.sides import SIDES, Side

Queries: TypeAlias = Query | Mapping[str, Query] | None
ANY = "words that tell the sides apart"
KEYS = ["family", "asked", "scale"]
ESTIMATE = ["difference", "low", "high", "p", "q", "note"]
COLUMNS = [*KEYS, *(f"{name}_{side}" for name in ("count", "n_articles", "value") for side in SIDES), *ESTIMATE]
QUOTED = ["direct", "partial"]
VALUES = ["value_target", "value_reference", "difference", "low", "high", "p"]
RISE = "last quarter of the dated articles less first"
UNDATED = "no rise: a side has no dated words in the first quarter of the articles or in the last"
SMALL = 0.05
LESS = "target less reference"


def parts(
    news: Corpus,
    target: Side,
    reference: Side | None = None,
    *,
    query: Queries = None,
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
    lexicon: Named = "textblob",
    index: str = "flesch",
    top: int = 5,
    n: int = 2000,
    n_second: int = 50_000,
    seed: int = 2025,
    progress: Callable[[Iterable], Iterable] = iter,
) -> pd.DataFrame:
    """Give one page of what two parts differ in: words, tone, readability, quotations, length, copies, single terms.

    Who asks ten questions and shows the one with a small p has shown luck. So the page asks the same ones every time,
    says how many (`attrs["asked"]`), and q counts them all.

    Parameters
        target, reference: True or False for each article, a column and its value, such as {"outlet": "The Post"}, or
        a table of passages; without a reference it is the rest of what is read.
        query: single terms, as for `terms.rate`: their rates, and how far these rise from the first quarter of the
        dated articles to the last, as tone is asked too. Choose them before you see the page.
        within: passages to read (default: the body; a side given as passages is read wherever it lies).
        unit: what was sampled: "article", "story", a column of articles, or a Series. Of copies it is, by "article" as
        by "story", what a side has of a story.
        lexicon: as for `sentiment.tone`.  index: as for `readability.readability`.
        top: how many words to show, of those first in `keyness`.  n, n_second, seed, progress: as for `keyness`.
    Returns one row a question, and below the first one a row for each of the words first in `keyness`; where it says
    SIDE, one column for each side:
        family           str: words, tone, readability, quotations, length, copies, terms, time
        asked            str, what is asked
        scale            str, in what value and difference are
        count_SIDE       int, passages behind the value: `behind` gives them
        n_articles_SIDE  int, articles they lie in
        value_SIDE       float; missing where there is nothing to go by. Of all words: how many have q below .05, and
                         the higher rate on that side
        difference       float, target less reference; of a word log2 of the ratio; missing of all words
        low, high        float, its 95 % interval; missing where `note` says why
        p                float 0-1, by shuffling units; of all words the smallest of their q, which is a p for the
                         question whether any differs (Simes 1986); missing where a side has fewer than ten units, or
                         fewer than ten have the thing; of a rise, one for large numbers, where it has an interval
        q                float 0-1, Benjamini-Hochberg over all that were asked, those without a p as if theirs were 1;
                         of a word, over all words that `keyness` tested
        note             str, why there is no interval, or why to doubt it; else ""
    Its `attrs` hold `asked`, how many questions that were, in a sentence; `clusters`, what `clusters` notes of either
    side; n_asked, n_words_tested; n_tokens_SIDE and n_articles_SIDE, all that were read; `passed`, the words with a
    q below .05. Each row opens: `passages.evidence(news, one_side(page, "target"), behind(news, page, …),
    on=["family", "asked", "side"])`; of both sides at once by the page itself and on=["family", "asked"].
    Raises ValueError as the measures do that are asked: a side is none or shares words with the other, a name is none.
    """
    arguments.whole_number(top, "top", least=0)
    own = Asked(news, target, reference, within, unit, lexicon, index, top, n, seed)
    key = keyness(*own.sides, within=within, unit=unit, n=n, n_second=n_second, seed=seed, progress=progress)
    told = clusters(*own.sides, within=within)
    questions, passed = [*_questions(own, query)], key[key["q"] < SMALL]
    lines = [*_words(own, key, passed), *questions]
    table = pd.DataFrame([_row(line) for line in lines], columns=COLUMNS)
    asked = (table["family"] != "words") | (table["asked"] == ANY)
    table.loc[asked, "q"] = _q(table.loc[asked, "p"])
    if isinstance(unit, str) and unit in ("article", "article_id"):
        table["note"] = _with_clusters(table, told)
    strings = dict.fromkeys([*KEYS, "note"], "str")
    table = table.astype(strings | {name: int for name in COLUMNS if name.startswith(("count", "n_"))})
    tested = int(key["p"].notna().sum())
    table.attrs = key.attrs | {
        "asked": _said(table[asked], tested, query),
        "n_asked": int(asked.sum()),
        "n_words_tested": tested,
        "passed": passed["term"].tolist(),
        "clusters": [f"{side}: {note}" for side, note in zip(told["side"], told["note"], strict=True) if note],
    }
    return table


def behind(
    news: Corpus,
    table: pd.DataFrame,
    target: Side,
    reference: Side | None = None,
    *,
    query: Queries = None,
    within: pd.DataFrame | None = None,
    lexicon: Named = "textblob",
    index: str = "flesch",
) -> pd.DataFrame:
    """Give the passages behind each row of a page of `parts`: words, scored words, sentences, quotations, texts, hits.

    Parameters: the page, and all others as for `parts`, so that each count leads back.
    Returns one row a passage of a question: article_id, start, end, family, asked, side.
    Raises ValueError where the table is no page of `parts`.
    """
    arguments.table(table, "table", columns=[*KEYS, "count_target"], of="compare.parts")
    if "passed" not in table.attrs:
        raise Refusal(
            "table came without the words that passed, which its attrs hold; give it as compare.parts gave it"
        )
    own = Asked(news, target, reference, within, lexicon=lexicon, index=index, top=len(table))
    key = pd.DataFrame({"term": table.loc[(table["family"] == "words") & (table["asked"] != ANY), "asked"]})
    passed = pd.DataFrame({"term": table.attrs["passed"]})
    lines = [*_words(own, key, passed), *_questions(own, query)]
    wanted = set(zip(table["family"], table["asked"], strict=True))
    tables = [
        line.behind()[[*passages.KEYS, "side"]].astype({"article_id": "str", "side": "str"}).assign(
            family=line.family, asked=line.asked
        )
        for line in lines
        if (line.family, line.asked) in wanted
    ]  # fmt: skip
    return pd.concat(tables, ignore_index=True)[[*passages.KEYS, "family", "asked", "side"]]


def _row(line: Line) -> dict[str, Any]:
    """Give the row of a line: its keys, what lies behind it, and what comes out."""
    found = line.behind()
    row: dict[str, Any] = {"family": line.family, "asked": line.asked, "scale": line.scale, "q": np.nan}
    for side in SIDES:
        own = found[found["side"] == side]
        row |= {f"count_{side}": len(own), f"n_articles_{side}": own["article_id"].nunique()}
    return row | line.row()


def _taken(row: Mapping[str, Any], value: str) -> dict[str, Any]:
    """Give what a page has of a measure's row."""
    values = {f"value_{side}": row[f"{value}_{side}"] for side in SIDES}
    return values | {name: row.get(name, np.nan) for name in ("difference", "low", "high", "p", "note")}


def _q(p: pd.Series) -> np.ndarray:
    """Give the q of each p among all that were asked, those without one counted as 1."""
    from scipy.stats import false_discovery_control  # takes a second to import and is wanted here alone

    return np.where(p.isna(), np.nan, false_discovery_control(p.fillna(1)))


def _with_clusters(table: pd.DataFrame, told: pd.DataFrame) -> list[str]:
    """Give the notes; a small p that takes articles for units gets the fewest clusters which they are of on a side.

    What divides the sides itself, such as the outlet, tells nothing here.
    """
    dealt = told[told.groupby("cluster")["n_clusters"].transform("min") > 1]
    few = next(filter(None, dealt["note"]), "")
    by_articles = (table["p"] < SMALL) & ((table["family"] != "words") | (table["asked"] == ANY))
    return [
        "; ".join(filter(None, (note, few if here else "")))
        for note, here in zip(table["note"], by_articles, strict=True)
    ]


def _said(asked: pd.DataFrame, tested: int, query: Queries) -> str:
    """Say how many questions were asked, how many of them could be tested, and how many answers would be luck."""
    n, judged = len(asked), int(asked["p"].notna().sum())
    small, kept = int((asked["p"] < SMALL).sum()), int((asked["q"] < SMALL).sum())
    have = ["has" if number == 1 else "have" for number in (small, kept)]
    told = f"{n} questions were asked, one of them of {tested:,} words at once. "
    told += (
        f"{judged} of them could be tested: {small} {have[0]} p below .05, where luck alone gives {SMALL * judged:.2g} "
        f"on average; {kept} {have[1]} q below .05, which counts all {n}."
        if judged
        else "None of them could be tested; the notes say why."
    )
    return told + ("" if query is not None else " Of single terms nothing was asked (query=).")


def _words(own: Asked, key: pd.DataFrame, passed: pd.DataFrame) -> Iterator[Line]:
    """Ask whether any word tells the sides apart, and give the line of each word of `key`, as `keyness` has them."""

    def behind(terms: str | list[str]) -> pd.DataFrame:
        return words_of(own.news, terms, own.target, own.reference, within=own.within)

    def row(found: Mapping[str, Any]) -> dict[str, Any]:
        return _taken(found, "rate") | {"difference": found["log_ratio"], "q": found["q"]}

    def any_word() -> dict[str, Any]:
        tested = int(key["p"].notna().sum())
        note = (
            f"of {tested:,} words tested; p is the smallest of their q" if tested else "no p: no word could be tested"
        )
        higher, n = (passed["log_ratio"] > 0).sum(), len(passed)
        values = {"value_target": higher, "value_reference": n - higher, "p": key["q"].min(), "note": note}
        return values | dict.fromkeys(["difference", "low", "high"], np.nan)

    yield Line("words", ANY, "words with q below .05", any_word, partial(behind, passed["term"].tolist()))
    for found in key.head(own.top).to_dict("records"):
        scale = "in 10,000 words; log2 of the ratio"
        yield Line("words", found["term"], scale, partial(row, found), partial(behind, found["term"]))


def _questions(own: Asked, query: Queries) -> Iterator[Line]:
    """Give all other questions, in their order."""
    tone, rise = _tone(own)
    yield from (tone, _readability(own), *_quotations(own), _length(own), _copies(own), rise)
    if query is not None:
        yield from _terms(own, query)


def _tone(own: Asked) -> tuple[Line, Line]:
    from utils.measures import sentiment

    low, high = lexicons.named(own.lexicon).possible
    given: dict[str, Any] = {"lexicon": own.lexicon, "within": own.within}

    @cache
    def tones() -> pd.Series:
        each = sentiment.tone(own.news, lexicon=own.lexicon, by=["side", "article"], within=own.stretches)
        each = each.dropna(subset="tone").astype({"article_id": "str"})
        if own.stretches.groupby("article_id")["side"].nunique().gt(1).any():  # pairs alone, as `difference` has it
            each = each[each["article_id"].duplicated(keep=False)]
        return each.set_index(["side", "article_id"])["tone"]

    def row() -> dict[str, Any]:
        known = sentiment.difference(*own.sides, **given, unit=own.unit).iloc[0]
        return _taken(known, "tone") | {"p": own.compared(tones(), tones() * 0 + 1)["p"]}

    def rise() -> dict[str, Any]:
        return own.risen(tones(), tones() * 0 + 1, possible=(low - high, high - low))

    @cache
    def behind() -> pd.DataFrame:
        return sentiment.scored_sides(*own.sides, **given)

    name = own.lexicon if isinstance(own.lexicon, str) else "a table"
    scale = f"points, {low:g} to {high:g}"
    return (
        Line("tone", f"tone by {name}", scale, row, behind),
        Line("time", "rise of tone", f"{scale}, {RISE}", rise, lambda: own.of_quarters(behind())),
    )


def _readability(own: Asked) -> Line:
    from utils.measures import readability

    arguments.one_of(own.index, readability.FORMULAS, "index")

    def row() -> dict[str, Any]:
        given: dict[str, Any] = {"index": own.index, "within": own.within, "unit": own.unit}
        return _taken(readability.difference(*own.sides, **given, n=own.n, seed=own.seed).iloc[0], "score")

    def behind() -> pd.DataFrame:
        return own.english(own.inside(own.news.sentences))

    scale = "points, high is easy" if own.index == "flesch" else "years of school"
    return Line("readability", f"readability by {own.index}", scale, row, behind)


def _quotations(own: Asked) -> Iterator[Line]:
    from utils.measures import quotes

    @cache
    def table() -> pd.DataFrame:
        found = quotes.difference(*own.sides, within=own.within, unit=own.unit, n=own.n, seed=own.seed)
        return found.set_index("share")

    @cache
    def quoted() -> pd.DataFrame:
        return own.english(own.inside(own.news.quotes[own.news.quotes["kind"].isin(QUOTED)]))

    def of_persons() -> pd.DataFrame:
        known = own.news.persons
        return quoted()[quoted()["person"].isin(known.loc[known["kind"] == "person", "person"])]

    yield Line("quotations", "words in quotations", "share of all words",
               lambda: _taken(table().loc["quoted"], "share"), quoted)  # fmt: skip
    yield Line("quotations", "words of persons by name", "share of words in quotations",
               lambda: _taken(table().loc["persons"], "share"), of_persons)  # fmt: skip


def _length(own: Asked) -> Line:
    def row() -> dict[str, Any]:
        return own.compared(own.n_words, own.n_words.gt(0).astype(int))

    def behind() -> pd.DataFrame:
        return own.stretches.merge(own.n_words.index.to_frame(index=False), on=["side", "article_id"])

    return Line("length", "length of an article", "words", row, behind)


def _copies(own: Asked) -> Line:
    copied = own.news.copies.set_index("article_id")["role"].ne("only")

    def row() -> dict[str, Any]:
        each = own.stretches.drop_duplicates(["side", "article_id"]).set_index(["side", "article_id"])
        part = pd.Series(copied.reindex(each.index.get_level_values("article_id")).to_numpy(float), each.index)
        apart = not each.index.get_level_values("article_id").has_duplicates
        by_story = apart and isinstance(own.unit, str) and own.unit in ("article", "article_id", "story")
        return own.compared(part, part * 0 + 1, by_story=by_story, share=("part", "of"), possible=(0, 1))

    def behind() -> pd.DataFrame:
        return own.stretches[own.stretches["article_id"].map(copied).to_numpy(bool)]

    return Line("copies", "articles whose text others print too", "share of articles", row, behind)


def _terms(own: Asked, query: Queries) -> Iterator[Line]:
    from utils.measures import terms
    from utils.measures.terms.rate import named

    def behind(one: Any) -> pd.DataFrame:
        return own.inside(terms.hits(own.news, one, within=own.stretches))

    def hits(one: Any) -> pd.Series:
        return behind(one).groupby(["side", "article_id"]).size().reindex(own.n_words.index, fill_value=0)

    def rate(name: str, one: Any) -> dict[str, Any]:
        known = terms.difference(own.news, {name: one}, own.target, own.reference, within=own.within, unit=own.unit)
        return _taken(known.iloc[0], "rate") | {"p": own.compared(hits(one), own.n_words, share=("part", "of"))["p"]}

    def change(name: str, one: Any) -> dict[str, Any]:
        try:
            found = terms.change(own.news, {name: one}, own.target, own.reference, within=own.within, unit=own.unit)
        except Refusal:  # all else that could be refused was asked of the rate already
            return dict.fromkeys(VALUES, np.nan) | {"note": UNDATED}
        rows = found.set_index("side")
        values = {f"value_{side}": rows.at[side, "difference"] for side in SIDES}
        values |= {name: rows.at[LESS, name] for name in ("difference", "low", "high", "note")}
        return values | {"p": np.nan if values["note"] else own.risen(hits(one), own.n_words)["p"]}

    asked = named(query)
    for name, one in asked.items():
        yield Line("terms", f"rate of {name}", "in 10,000 words", partial(rate, name, one), partial(behind, one))
    for name, one in asked.items():
        scale, where = f"in 10,000 words, {RISE}", partial(lambda one: own.of_quarters(behind(one)), one)
        yield Line("time", f"rise of the rate of {name}", scale, partial(change, name, one), where)
