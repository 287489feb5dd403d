"""Sentiment: the scored words of a corpus as passages, the scores of its sentences and articles, and their tone."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby, pairwise
from operator import itemgetter
from pathlib import Path

import numpy as np
import pandas as pd

from utils import arguments, lexicons, passages, spans
from utils.arguments import Refusal
from utils.corpus import cache, failures
from utils.corpus.corpus import Corpus
from utils.passages import Columns, Groups, english
from utils.stats import intervals, means, units

UNITS = ("sentence", "article")
CONTRIBUTIONS = ["entry", "count", "n_articles", "polarity", "contribution", "low", "high", "note"]
WORD = re.compile(r"[^\W_]")
SCORED = {
    "start": int,
    "end": int,
    "polarity": float,
    "subjectivity": float,
    "negated": bool,
    "intensity": float,
    "entry": "str",
    "words": "str",
}
SCORES = ["polarity", "subjectivity", "negated", "intensity"]
ARTICLES = 1_000  # whose texts are looked at at a time
COUNTS = ["count", "n_scored", "n_sentences", "n_articles"]
TONE = [*COUNTS, "share_scored", "tone", "low", "high", "note"]


def scored_words(
    news: Corpus, *, lexicon: str = "textblob", unit: str = "sentence", within: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give every scored word as a passage: all that a sentiment score is made of, open to a reader's doubt.

    Scores come before any mean of them, so that each can be read where it stands. What the words are and how they
    score is told in `lexicons`; a text in which no word is known has no row, and so no score. Our own lexicons are
    English: articles in other languages are left out, with a warning.

    Parameters
        lexicon: "textblob", or the path of a table of term and score (see `lexicons`).
        unit: what is read as one text: "sentence", or "article": its passages one behind the other, each on a new
        line, so that a negation at the end of one sentence turns the first word of the next, as in TextBlob.
        within: passages to read (default: the body); what lies outside is not read, and a word or sentence that lies
        partly inside is read as far as its whole words do.
    Returns one row a scored word, in the order of the articles:
        article_id, start, end   the passage: from the first to the last word that made the score, "!" apart
        sentence                 int, n of the sentence; -1 where the unit is the article
        entry                    str, the entry of the lexicon, lower-cased
        words                    str, all words that made the score: "not very good", "great !"
        polarity                 float, -1 (negative) to 1 (positive)
        subjectivity             float, 0 to 1
        negated                  bool, whether a negation turned it
        intensity                float, what the words before it multiplied the entry's scores by; 1 where there is none
    Raises ValueError if the lexicon or the unit is not one of those named.
    """
    parts = _parts(news, unit, _read(news, passages.groups(news, within=within), lexicon)[0].stretches)
    return _passages(news, parts, lexicon).drop(columns="unit")


def unit_scores(
    news: Corpus, *, lexicon: str = "textblob", unit: str = "sentence", within: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give the scores of every unit: the means over its scored words, missing where it has none.

    TextBlob says 0 where it knows no word, and so makes a cold silence of "crisis, war, death". A unit without
    evidence has no score here; all others have TextBlob's.

    Parameters as for `scored_words`.
    Returns one row a unit that holds a word, in the order of the articles:
        article_id, start, end   the passage: from the first to the last character read
        sentence                 int, n of the sentence; -1 where the unit is the article
        count                    int, scored words
        polarity                 float, -1 to 1, their mean; missing where there is none
        subjectivity             float, 0 to 1, likewise
    Raises ValueError as `scored_words` does.
    """
    parts = _parts(news, unit, _read(news, passages.groups(news, within=within), lexicon)[0].stretches)
    return _scores(news, parts, lexicon).drop(columns="group")


def tone(
    news: Corpus,
    *,
    lexicon: str = "textblob",
    by: Columns = "article",
    within: pd.DataFrame | None = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give the tone of each article, or of each group of articles, with its counts and an interval.

    An article's tone is the mean of its sentences' polarity, over those with a scored word. It is not the polarity of
    the article read as one text: there a negation reaches over full stops, and a sentence full of adjectives weighs
    more than one that has a single word to say. A group's tone is the mean of its articles' tone, so that a long
    article has no more say than a short one.

    Parameters
        lexicon: "textblob".
        by: "article", columns of articles or of `within` (rows without a value are left out), or None for the whole.
        within: passages to read (default: the body), as for `scored_words`.
        unit: what was sampled: "article", "story", a column of articles, or a Series by article_id. It alters the
        interval of groups alone.
    Returns one row a group; by "article", one row each article, with or without a sentence:
        by columns, article_id for "article"
        count          int, scored words
        n_scored       int, sentences with a scored word
        n_sentences    int, all sentences that hold a word
        n_articles     int, articles with a tone
        share_scored   float, 0-1; missing where there is no sentence
        tone           float, -1 to 1; missing where no sentence has a scored word
        low, high      float, 95 % jackknife-t interval, within -1 to 1; missing where `note` says why. A group's
                       leaves out one unit at a time. A single article's leaves out one sentence: it tells
                       how far the tone leans on single sentences, and is too narrow for more, as neighbours are alike
        note           str, why there is no interval: fewer than ten units with a tone (of a single article:
                       sentences with a scored word), or tones that are all alike; else ""
    Raises ValueError if `by` or `unit` names no column, `by` one of these, or the lexicon is unknown.
    Source of the interval: `means.jackknife`, or where several articles are a unit `intervals.jackknife`.
    """
    asked = passages.groups(news, by, within, unit, taken=[*TONE, "polarity"])
    groups, foreign = _read(news, asked, lexicon)
    sentences = _scores(news, _parts(news, "sentence", groups.stretches), lexicon)
    each = sentences.groupby(["group", "article_id"], observed=True).agg(
        tone=("polarity", "mean"),
        count=("count", "sum"),
        n_scored=("polarity", "count"),
        n_sentences=("polarity", "size"),
    )
    table = each.groupby("group").agg(
        tone=("tone", "mean"),
        count=("count", "sum"),
        n_scored=("n_scored", "sum"),
        n_sentences=("n_sentences", "sum"),
        n_articles=("tone", "count"),
    )
    table = table.reindex(groups.keys.index)
    table[COUNTS] = table[COUNTS].fillna(0).astype(int)
    table["share_scored"] = table["n_scored"] / table["n_sentences"]
    table = table.join(_bounds(groups, sentences, each["tone"]))
    table["note"] = table["note"].mask(table.index.isin(foreign), english.NOTE)
    return groups.labelled(table[TONE].rename_axis("group").reset_index())


def _read(news: Corpus, groups: Groups, lexicon: str) -> tuple[Groups, pd.Index]:
    """Give the groups as a lexicon can read them: ours know English alone, of a person's own nobody can say."""
    if str(lexicon) not in lexicons.by_name():
        return groups, pd.Index([])
    return english.only(news, groups, f"the lexicon {lexicon}")


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
        polarity       float, -1 to 1, mean over its passages, negated ones and all
        contribution   float, -1 to 1, what it adds to the tone, the mean of what it adds to the tone of each article;
                       all together are the tone
        low, high      float, its 95 % jackknife-t interval, within -1 to 1; missing where `note` says why
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
    in_sentence = scored.groupby(["article_id", "sentence"], observed=True)["polarity"].transform("size")
    n_sentences = scored.groupby("article_id", observed=True)["sentence"].transform("nunique")
    rows = scored.assign(share=scored["polarity"] / in_sentence / n_sentences)
    entries = rows.groupby("entry")
    table = entries.agg(count=("start", "size"), n_articles=("article_id", "nunique"), polarity=("polarity", "mean"))
    table["contribution"] = entries["share"].sum() / len(whose)
    each = rows.groupby([rows["article_id"].astype("str").map(whose), "entry"])["share"].agg(["sum", "size"])
    bounds = intervals.jackknife(
        each["sum"],
        whose.groupby(whose).size(),
        scale="identity",
        possible=(-1, 1),
        carries=each["size"],
        unit="article" if whose.name == "article_id" else str(whose.name or "unit"),
    )
    table = table.join(bounds[["low", "high", "note"]]).reset_index()
    return table.loc[table.assign(size=-table["contribution"].abs()).sort_values(["size", "entry"]).index]


def _bounds(groups: Groups, sentences: pd.DataFrame, tones: pd.Series) -> pd.DataFrame:
    """Give low, high and note of each group: over the sentences of an article, or the units of several."""
    if "article_id" in groups.by:
        polarity = sentences.set_index("group")["polarity"]
        return _means(polarity, groups, "scored sentence")
    tones = tones.dropna().reset_index("article_id")
    whose = units.complete(groups.units, pd.Index(tones["article_id"].unique().astype("str")))
    if whose.is_unique:
        return _means(tones["tone"], groups, f"scored {groups.unit}")
    held, none, rows = dict(iter(tones.groupby(level="group"))), tones[:0], []
    for group in groups.keys.index:
        added = groups.by_unit(held.get(group, none).set_index("article_id").assign(n=1))
        rows.append(
            intervals.jackknife(
                added[["tone"]], added["n"], scale="identity", possible=(-1, 1), unit=f"scored {groups.unit}"
            )
        )
    bounds = pd.concat([pd.DataFrame({"low": [], "high": [], "note": pd.array([], dtype="str")}), *rows])
    return bounds[["low", "high", "note"]].set_axis(groups.keys.index)


def _means(values: pd.Series, groups: Groups, unit: str) -> pd.DataFrame:
    """Give low, high and note of the mean of the values of each group."""
    return means.jackknife(values, groups.keys.index, possible=(-1, 1), unit=unit)[["low", "high", "note"]]


def _scores(news: Corpus, parts: pd.DataFrame, lexicon: str) -> pd.DataFrame:
    """Give the scores of the units that the parts make up, with their `group`."""
    found = _passages(news, parts, lexicon).groupby("unit")
    units = parts.groupby("unit").agg(
        article_id=("article_id", "first"),
        start=("start", "first"),
        end=("end", "last"),
        sentence=("sentence", "first"),
        group=("group", "first"),
        worded=("worded", "any"),
    )
    units = units.assign(count=found.size(), **found[["polarity", "subjectivity"]].mean())
    units["count"] = units["count"].fillna(0).astype(int)
    return units[units.pop("worded") | (units["count"] > 0)].reset_index(drop=True)


def _passages(news: Corpus, parts: pd.DataFrame, lexicon: str) -> pd.DataFrame:
    """Give the scored words of the units that the parts make up, article by article, from what is kept where it is."""
    own = lexicons.named(lexicon)
    modules, files = ([each for each in own.made_by if isinstance(each, kind)] for kind in (str, Path))
    store = cache.key(
        "scored",
        "",
        code=(__file__, *cache.code_of(failures.__name__, *modules), *files),
        libraries=(*own.libraries, "pandas", "pyarrow", "numpy"),
    )
    numbers, first = _by_article(parts)
    rows = parts[passages.KEYS].assign(unit=numbers)
    table = news.found("scored words", store, rows, partial(_assessed, own.reader))
    table["unit"] += first[table["article_id"].cat.codes.to_numpy()]
    table["sentence"] = parts["sentence"].to_numpy()[np.flatnonzero(~parts["unit"].duplicated())][table["unit"]]
    ids = parts["article_id"].dtype
    return table.astype({"article_id": ids})[[*passages.KEYS, "sentence", "entry", "words", *SCORES, "unit"]]


def _by_article(parts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give the number of each part's unit in its article, and the number of the first unit of each article that has
    one."""
    unit, article = parts["unit"].to_numpy(), parts["article_id"].cat.codes.to_numpy()
    begins = np.flatnonzero(np.diff(article, prepend=-1))
    n = np.diff(np.append(begins, len(parts)))
    return unit - np.repeat(unit[begins], n), unit[begins]


def _assessed(reader: Callable[[], Callable[[str], list]], raws: pd.Series, parts: pd.DataFrame) -> pd.DataFrame:
    """Give the scored words of each unit of each article, read as one text, with their place in the raw text."""
    assess, texts = reader(), raws.to_dict()
    rows: list[tuple] = []
    places = zip(*(parts[name].tolist() for name in ("article_id", "unit", "start", "end")), strict=True)
    for (article, unit), own in groupby(places, key=itemgetter(0, 1)):
        stretches = [place[2:] for place in own]
        text = "\n".join(texts[article][start:end] for start, end in stretches)
        for one in assess(text):
            start, end = _placed(stretches, one.start, 0), _placed(stretches, one.end, 1)
            rows.append(
                (article, unit, start, end, one.polarity, one.subjectivity, one.negated, one.intensity, one.entry,
                 " ".join(one.words))
            )  # fmt: skip
    table = pd.DataFrame(rows, columns=["article_id", "unit", *SCORED]).astype({"unit": int, **SCORED})
    return table.astype({"article_id": pd.CategoricalDtype(raws.index)})


def _placed(stretches: Sequence[Sequence[int]], at: int, last: int) -> int:
    """Give the place in the raw text of a place in the text that stretches make up, one a line; last: 1 of an end."""
    for start, end in stretches[:-1]:
        if at - last <= end - start:
            return start + at
        at -= end - start + 1
    return stretches[-1][0] + at


def _parts(news: Corpus, unit: str, stretches: pd.DataFrame) -> pd.DataFrame:
    """Give the passages to read, in order and none twice: what of each unit lies in the stretches of each group.

    Columns: article_id, start, end, sentence, group, worded (has a letter or digit) and unit, from 0. Texts are looked
    at some articles at a time.
    """
    arguments.one_of(unit, UNITS, "unit")
    ids = pd.Categorical(stretches["article_id"].astype("str"), news.articles.index)
    parts = spans.merged(stretches.assign(article_id=ids), by=["group"])
    if unit == "sentence":
        sentences = news.sentences
        parts = spans.cut(parts, sentences)
        parts["sentence"] = sentences["n"].loc[parts.pop("outer")].to_numpy()
    else:
        parts["sentence"] = -1
    parts = parts.sort_values("article_id", kind="stable", ignore_index=True)
    raws, article = news.articles["raw"], parts["article_id"].cat.codes.to_numpy()
    bounds = [*range(0, len(raws), ARTICLES), len(raws)]
    places = np.searchsorted(article, bounds)
    pieces = [
        _read_parts(parts.iloc[first:last], raws.iloc[low:high].to_dict())
        for (low, high), (first, last) in zip(pairwise(bounds), pairwise(places), strict=True)
    ]
    parts = pd.concat(pieces, ignore_index=True)
    units = parts.groupby(["article_id", "sentence", "group"], observed=True, sort=False)
    return parts.assign(unit=units.ngroup())


def _read_parts(parts: pd.DataFrame, raws: Mapping[str, str]) -> pd.DataFrame:
    """Give the parts without the pieces of words at their ends, in order, and `worded`; those of white space alone are
    left out."""
    edges, worded = [], []
    for article, start, end in zip(parts["article_id"], parts["start"], parts["end"], strict=True):
        edges.append(_whole_words(raws[article], start, end))
        text = raws[article][slice(*edges[-1])]
        worded.append(None if not text.strip() else WORD.search(text) is not None)
    parts = parts.assign(worded=np.array(worded, object))
    parts[["start", "end"]] = np.array(edges, dtype=int).reshape(-1, 2)
    parts = parts[parts["worded"].notna()].astype({"worded": bool})
    return parts.sort_values(["article_id", "sentence", "group", "start"], kind="stable")


def _whole_words(raw: str, start: int, end: int) -> tuple[int, int]:
    """Give a stretch without the parts of words that its ends cut off."""
    while 0 < start < end and raw[start - 1 : start + 1].isalnum():
        start += 1
    while start < end < len(raw) and raw[end - 1 : end + 1].isalnum():
        end -= 1
    return start, end
