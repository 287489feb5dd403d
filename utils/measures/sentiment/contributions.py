"""Contributions: what each entry of a lexicon adds to a tone, and what mended rules change of it."""

import warnings

import pandas as pd

from utils import arguments, lexicons, passages
from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.lexicons import Lexicon
from utils.measures.sentiment.scores import scored_words
from utils.passages import Columns, english
from utils.stats import intervals, units

CONTRIBUTIONS = ["entry", "count", "n_articles", "polarity", "contribution", "low", "high", "note"]
MENDED = [*passages.KEYS, "sentence", "entry", "words", "polarity", "before"]


def contributions(
    scored: pd.DataFrame, *, by: Columns = None, news: Corpus | None = None, unit: str | pd.Series = "article"
) -> pd.DataFrame:
    """Give what each entry adds to the tone of the corpus: the words that earn it its score.

    A word weighs what it weighs in the tone: the fewer scored words share its sentence, and the fewer scored sentences
    its article, the more. So the contributions add up to `tone(news, by=None)`, and a word that one rambling article
    is fond of does not pass for the corpus' voice. Their intervals do not add up, as words go together.

    Parameters
        scored: what `scored_words` gives, or some of its rows: then of the tone of those.
        by: None (the whole), "article", a column of the table, or a list of these: the contributions to the tone of
        each group; words without a value there are left out.
        news: their corpus; with it, `by` may name a column of articles too, and `unit` "story" or such a column.
        unit: what was sampled: "article", or a Series by article_id. It alters the interval alone.
    Returns one row an entry (and group), those first that move the tone most:
        by columns
        entry          str
        count          int, passages
        n_articles     int, articles that have it
        polarity       float, mean over its passages, negated ones and all
        contribution   float, what it adds to the tone, the mean of what it adds to the tone of each article;
                       all together are the tone
        low, high      float, its 95 % jackknife-t interval, within what is possible; missing where `note` says why
        note           str, why there is no interval: fewer than ten units with a tone, or than five that have the
                       entry, or contributions that are all alike; else ""
    Raises ValueError if `by` or `unit` names no column, or an article has no unit.
    Source of the interval: `intervals.jackknife`. Of 95 % intervals from 20 to 120 addresses drawn anew .88-.95 held
    the truth, fewest of entries that few of the articles have.
    """
    columns = ["article_id", "start", "sentence", "entry", "polarity"]
    scored = arguments.table(scored, "scored", columns=columns, of="sentiment.scored_words")
    number, keys = passages.numbered(scored, by, news, taken=CONTRIBUTIONS)
    articles = pd.Index(scored["article_id"].unique().astype("str"))
    if news is not None:
        unit = passages.units_of(news, unit)
    elif isinstance(unit, str) and unit in ("article", "article_id"):
        unit = pd.Series(articles, articles, name="article_id")
    elif not isinstance(unit, pd.Series):
        raise Refusal(f"unit={unit!r} is looked up in their corpus, which did not come; give it too, as news=news")
    whose = units.complete(unit, articles)
    rows = [(group, scored.iloc[at]) for group, at in pd.Series(number).groupby(number).indices.items() if group >= 0]
    parts = [_contributions(own, whose).assign(group=group) for group, own in rows or [(0, scored[:0])]]
    return passages.labelled(pd.concat(parts), keys)


def _contributions(scored: pd.DataFrame, whose: pd.Series) -> pd.DataFrame:
    """Give what each entry adds to the tone of the articles of one group, as `contributions` has it."""
    whose = whose[scored["article_id"].unique().astype("str")]
    own = _lexicon_of(scored)
    sentence = scored.groupby(["article_id", "sentence"], observed=True).ngroup().to_numpy()
    n_sentences = scored.groupby("article_id", observed=True)["sentence"].transform("nunique")
    rows = scored.assign(share=own.adds(scored["polarity"], sentence) / n_sentences)
    entries = rows.groupby("entry")
    table = entries.agg(count=("start", "size"), n_articles=("article_id", "nunique"), polarity=("polarity", "mean"))
    table["contribution"] = entries["share"].sum() / len(whose)
    each = rows.groupby([rows["article_id"].astype("str").map(whose), "entry"])["share"].agg(["sum", "size"])
    bounds = intervals.jackknife(
        each["sum"],
        whose.groupby(whose).size(),
        scale="identity",
        possible=own.possible,
        carries=each["size"],
        unit="article" if whose.name == "article_id" else str(whose.name or "unit"),
    )
    table = table.join(bounds[["low", "high", "note"]]).reset_index()
    return table.loc[table.assign(size=-table["contribution"].abs()).sort_values(["size", "entry"]).index]


def _lexicon_of(scored: pd.DataFrame) -> Lexicon:
    """Give the lexicon that scored the words of a table; without the column, one that takes the mean of them."""
    names = scored["lexicon"].unique() if "lexicon" in scored else ["table"]
    if len(names) > 1:
        raise Refusal(f"scored holds words of the lexicons {' and '.join(map(str, names))}; give those of one alone")
    return lexicons.rules(str(names[0])) if len(names) else lexicons.rules("table")


def mended(news: Corpus, *, within: pd.DataFrame | None = None, unit: str = "sentence") -> pd.DataFrame:
    """Give the scored words that TextBlob's rules score otherwise once they are mended: see `lexicons.textblob_mended`.

    They are passages, so that `passages.count` counts them by any column, and each can be read.

    Parameters
        within, unit: as for `scored_words`. Read by sentence, contracted negations are what changes; read by article,
        also what reaches over the end of a sentence.
    Returns one row a scored word that differs, in the order of the articles:
        article_id, start, end, sentence, entry, words   as in `scored_words`, of the mended rules where both score it
        polarity   float, by the mended rules; missing where they do not score it
        before     float, by TextBlob's; missing where they do not score it
    Raises ValueError as `scored_words` does.
    """
    same = ["article_id", "sentence", "end", "entry"]
    ours = scored_words(news, lexicon="textblob-mended", unit=unit, within=within)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", english.NotEnglish)  # which was told just now
        theirs = scored_words(news, lexicon="textblob", unit=unit, within=within)
    both = ours.merge(theirs.rename(columns={"polarity": "before"}), on=same, how="outer", suffixes=("", "_before"))
    for name in ("start", "words"):
        both[name] = both[name].fillna(both[f"{name}_before"])
    changed = both[~(both["polarity"] == both["before"])].astype({"start": int})
    order = changed.assign(place=news.articles.index.get_indexer(changed["article_id"].astype("str")))
    return order.sort_values(["place", "start"], kind="stable", ignore_index=True)[MENDED]
