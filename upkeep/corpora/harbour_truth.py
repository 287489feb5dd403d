"""Recount what was planted in the corpus harbour, and write the tables of its key that rest on counting.

    python -m upkeep.corpora.harbour_truth          every table, powers too (two minutes)
    python -m upkeep.corpora.harbour_truth --quick  all but the powers, which stay as they are

Tags and attributes give the other tables of the key (see `planted`). Here the texts are read as any reader's own
articles are, and `truth/planted.csv`, the plan of the words, is what they are held against.
"""

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from upkeep.corpora import harbour_voices
from upkeep.corpora.planted import CORPORA
from utils import compare, intervals, load, passages
from utils.corpus.corpus import Corpus

TRUTH = CORPORA / "harbour" / "truth"
FACTORS = {"cargo": 3, "talks": 3, "still": 3, "families": 3, "quay": 2, "also": 2, "morning": 2,
           "wages": 1.5, "nearly": 1.5, "local": 1.5}  # fmt: skip
HEAPED = {
    "bread": "084.txt",
    "letters": "065.txt",
    "herring": "009.txt",
    "roof": "008.txt",
    "engine": "024.txt",
    "silt": "092.txt",
    "soup": "046.txt",
    "knots": "022.txt",
    "drums": "094.txt",
    "ladder": "082.txt",
}
OVER_TIME = ["fuel", "bridge"]
VANISHES = "backlog"
MONDAY = pd.Timestamp("2025-03-03")  # of the first week
RUNS, SEED = 300, 2031  # corpora simulated
TESTED: dict[str, Any] = {"min_units": 10, "n": 2000, "n_second": 50_000}  # as `compare.keyness` does by default


def facts(truth: Path = TRUTH) -> pd.DataFrame:
    """Give what is known of each article, by article_id: date, paper, slot, event, story, kind, original."""
    articles, copies = (
        pd.read_csv(truth / f"{name}.csv", dtype="str", index_col="article_id") for name in ("articles", "copies")
    )
    return articles[["date", "paper", "slot", "event"]].join(copies)


def counts(news: Corpus, words: Sequence[str]) -> pd.DataFrame:
    """Give how often each article's body has each word; `attrs["sizes"]` are the bodies' words."""
    body = passages.inside(news.words, news.body)
    each = body.groupby(["article_id", "term"], observed=True).size().unstack(fill_value=0)
    table = each.reindex(index=news.articles.index, columns=pd.Index(words, name="term"), fill_value=0)
    table.attrs["sizes"] = body.groupby("article_id", observed=False).size().reindex(news.articles.index)
    return table


def terms(news: Corpus, known: pd.DataFrame, simulated: pd.DataFrame) -> pd.DataFrame:
    """Give the twenty words planted for paper C or one article: counts, rates, test with the story as unit, power."""
    table, is_c = counts(news, [*FACTORS, *HEAPED]), known["paper"] == "C"
    judged = compare.keyness(news, is_c, unit=known["story"], **TESTED).set_index("term")
    power = (simulated < 0.05).mean().where(simulated.notna().any())
    rows = []
    for word in table:
        row, own = judged.loc[word], table[word]
        rows.append(
            {
                "term": word,
                "planted": "paper C" if word in FACTORS else "one article",
                "factor": FACTORS.get(word),
                "article_id": HEAPED.get(word),
                "count_there": own.get(HEAPED.get(word)),
                "count_c": own[is_c].sum(),
                "count_rest": own[~is_c].sum(),
                "n_articles_c": (own[is_c] > 0).sum(),
                "n_articles_rest": (own[~is_c] > 0).sum(),
                "rate_c": row["rate_target"],
                "rate_rest": row["rate_reference"],
                "found": row["rate_target"] / row["rate_reference"] if row["rate_reference"] else None,
                **row[["log_ratio", "low", "high", "g2", "p", "q", "influence", "influence_article"]],
                "power": power[word],
                "note": row["note"],
            }
        )
    return pd.DataFrame(rows).astype({"count_there": "Int64"})


def powers(news: Corpus, known: pd.DataFrame, runs: Iterable[int] = range(RUNS)) -> pd.DataFrame:
    """Give the q of each planted word in each of many simulated corpora: its power is the share below .05.

    A simulated corpus draws its stories from ours with replacement, each with all its versions, counts and lengths:
    29 of C's own, 56 of the others', 10 wire stories that C and others ran, 4 that C did not. So the power is that for
    effects and scatter as large as those in these texts. Tested as `compare.keyness` does with the story as unit; q is
    Benjamini and Hochberg's over as many terms as are tested in our corpus, those that were not planted given a p
    drawn evenly from 0 to 1. Missing where fewer than ten units have the word, so that there is no test.
    """
    words = [*FACTORS, *HEAPED]
    units, of_story, layers = _units(news, known, words)
    whole = compare.keyness(
        news, known["paper"] == "C", unit=known["story"], n=99, n_second=0, min_units=TESTED["min_units"]
    )
    n_terms = int(whole["p"].notna().sum())
    found = {}
    for run in runs:
        rng = np.random.default_rng([SEED, run])
        p = _simulated(units, of_story, layers, words, rng, seed=run).dropna()
        found[run] = _q(p, rng.uniform(size=n_terms - len(p)))
    return pd.DataFrame(found, words).T.rename_axis("run")


def _units(news: Corpus, known: pd.DataFrame, words: Sequence[str]) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
    """Give counts and size of each story on each side, the rows of each story, and the layer that each is of."""
    table = counts(news, words)
    side = (known["paper"] == "C").rename("is_c")
    units = table.assign(size=table.attrs["sizes"]).groupby([known["story"], side]).sum().reset_index()
    rows = units.groupby("story").groups
    layers = pd.Series(
        {
            story: f"{set(units['is_c'][own])} {known['slot'][known['story'] == story].iloc[0][:4]}"
            for story, own in rows.items()
        }
    )
    return units, pd.Series(rows), layers


def _simulated(
    units: pd.DataFrame,
    of_story: pd.Series,
    layers: pd.Series,
    words: Sequence[str],
    rng: np.random.Generator,
    *,
    seed: int,
) -> pd.Series:
    """Give each word's p in a corpus whose stories are drawn from ours, layer by layer."""
    drawn = [story for _, own in layers.groupby(layers) for story in rng.choice(own.index, len(own))]
    place = np.repeat(np.arange(len(drawn)), [len(of_story[story]) for story in drawn])
    sample = units.loc[np.concatenate([of_story[story] for story in drawn])].reset_index(drop=True)
    both = pd.Series(place).duplicated(keep=False)
    return intervals.shuffle(
        sample[list(words)],
        sample["size"],
        target=sample["is_c"],
        strata=pd.Series(place).where(both, -1),
        seed=seed,
        **TESTED,
    )["p"]


def _q(p: pd.Series, others: np.ndarray) -> pd.Series:
    """Give Benjamini and Hochberg's q of each p among those and the others."""
    everything = np.sort(np.append(p, others))
    least = np.minimum.accumulate((everything * len(everything) / np.arange(1, len(everything) + 1))[::-1])[::-1]
    return pd.Series(least[np.searchsorted(everything, p)], p.index)


def choices(news: Corpus, known: pd.DataFrame) -> pd.DataFrame:
    """Give the word `backlog` in A and B, counted in three ways: the contrast between them hangs on the way."""
    ours = known[known["paper"].isin(["A", "B"])]
    original = ours.index[ours["kind"].isin(["original", "only"])]
    once = pd.concat([ours.loc[original], ours.drop(original)]).drop_duplicates(["story", "paper"]).index
    ways = {
        "every article": (ours.index, "article_id"),
        "once a story and paper": (once, "story"),
        "once a story": (original, "article_id"),
    }
    return pd.DataFrame([{"counted": way, **_contrast(news, known, ids, unit)} for way, (ids, unit) in ways.items()])


def _contrast(news: Corpus, known: pd.DataFrame, ids: pd.Index, unit: str) -> dict[str, object]:
    """Give the counts of `backlog` in some articles of A and of B, and the contrast of B with A."""
    some = news.select(sorted(ids))
    own = known.loc[some.articles.index]
    judged = compare.keyness(some, own["paper"] == "B", unit=unit if unit == "article_id" else own[unit])
    row, table = judged.set_index("term").loc[VANISHES], counts(some, [VANISHES])[VANISHES]
    told: dict[str, object] = {}
    for paper in "AB":
        there = table[own["paper"] == paper]
        told |= {
            f"n_articles_{paper.lower()}": len(there),
            f"articles_with_{paper.lower()}": int((there > 0).sum()),
            f"count_{paper.lower()}": int(there.sum()),
        }
    return told | {
        "rate_a": row["rate_reference"],
        "rate_b": row["rate_target"],
        **row[["log_ratio", "low", "high", "g2", "p", "note"]],
    }


def time(news: Corpus, known: pd.DataFrame) -> pd.DataFrame:
    """Give how often each week has `fuel` and `bridge`, by the day known to us and by the day that is printed."""
    table = counts(news, OVER_TIME)
    sizes = table.attrs["sizes"]
    weeks = {"": pd.to_datetime(known["date"]), "_printed": news.articles["published"]}
    weeks = {name: (days - MONDAY).dt.days // 7 + 1 for name, days in weeks.items()}
    found = pd.DataFrame(
        {
            "first_day": [f"{MONDAY + pd.Timedelta(weeks=n):%Y-%m-%d}" for n in range(10)],
            "n_articles": weeks[""].value_counts(),
            "n_words": sizes.groupby(weeks[""]).sum(),
        },
        pd.RangeIndex(1, 11, name="week"),
    )
    for name, week in weeks.items():
        found[[f"{word}{name}" for word in OVER_TIME]] = table.groupby(week).sum()
    return found.assign(**{f"rate_{word}": 10_000 * found[word] / found["n_words"] for word in OVER_TIME}).reset_index()


def nothing(news: Corpus, known: pd.DataFrame) -> pd.DataFrame:
    """Give `compare.keyness` of A's own articles against B's, between which chance alone divides."""
    pool = known["slot"] == "pool"
    return compare.keyness(news, pool & (known["paper"] == "A"), pool & (known["paper"] == "B"))


def tables(news: Corpus, simulated: pd.DataFrame, truth: Path = TRUTH) -> dict[str, pd.DataFrame]:
    """Give the tables of the key that rest on counting, by the name of their file."""
    known, quotes = facts(truth), pd.read_csv(truth / "quotes.csv")
    return {
        "terms.csv": terms(news, known, simulated),
        "choices.csv": choices(news, known),
        "time.csv": time(news, known),
        "voice.csv": harbour_voices.voice(news, known, quotes),
        "speakers.csv": harbour_voices.speakers(news, known, quotes),
    }


def as_csv(table: pd.DataFrame) -> bytes:
    """Give a table as CSV, numbers with five decimals at most."""
    return table.round(5).to_csv(index=False, lineterminator="\n").encode()


def main(arguments: Sequence[str] = ()) -> int:
    """Write the tables; give the exit code."""
    news = load("harbour")
    if "--quick" not in arguments:
        (TRUTH / "powers.csv").write_bytes(as_csv(powers(news, facts()).reset_index()))
    simulated = pd.read_csv(TRUTH / "powers.csv", index_col="run")
    for name, table in tables(news, simulated).items():
        (TRUTH / name).write_bytes(as_csv(table))
        print(f"{name}: {len(table)} rows")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
