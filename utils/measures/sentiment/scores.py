"""Sentiment: the scored words of a corpus as passages, the scores of its sentences and articles, and their tone."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from utils import arguments, lexicons, passages, spans
from utils.corpus import cache, failures
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.passages import Columns, Groups, english
from utils.stats import intervals, means, units

UNITS = ("sentence", "article")
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
PORTION = 16_000  # articles whose sentences and scored words are in hand at a time
COUNTS = ["count", "n_scored", "n_sentences", "n_articles"]
TONE = [*COUNTS, "share_scored", "tone", "low", "high", "note"]


def scored_words(
    news: Corpus, *, lexicon: Named = "textblob", unit: str = "sentence", within: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give every scored word as a passage: all that a sentiment score is made of, open to a reader's doubt.

    Scores come before any mean of them, so that each can be read where it stands. What the words are and how they
    score is told in `lexicons`; a text in which no word is known has no row, and so no score. Our own lexicons are
    English: articles in other languages are left out, with a warning.

    Parameters
        lexicon: "textblob", "textblob-mended", "vader", "afinn" or "mean", or a table of term and score, or its path:
        see `lexicons` for what each does.
        unit: what is read as one text: "sentence", or "article": its passages one behind the other, each on a new
        line, so that a negation at the end of one sentence turns the first word of the next, as in TextBlob.
        within: passages to read (default: the body); what lies outside is not read, and a word or sentence that lies
        partly inside is read as far as its whole words do.
    Returns one row a scored word, in the order of the articles:
        article_id, start, end   the passage: from the first to the last word that made the score, "!" apart
        sentence                 int, n of the sentence; -1 where the unit is the article
        entry                    str, the entry of the lexicon, lower-cased
        words                    str, all words that made the score: "not very good", "great !"
        polarity                 float, negative to positive, in points of the lexicon after all that raises or turns
                                 it: -1 to 1, with VADER about -4 to 4, with AFINN -5 to 5
        subjectivity             float, 0 to 1; missing where the lexicon knows none
        negated                  bool, whether a negation turned it
        intensity                float, what the words before it multiplied the entry's scores by; 1 where there is none
        lexicon                  str, its name; "table" where a table came
    Raises ValueError if the lexicon or the unit is not one of those named.
    """
    parts = _parts(news, unit, _read(news, passages.groups(news, within=within), lexicon)[0].stretches)
    return _passages(news, parts, lexicon).drop(columns="unit")


def unit_scores(
    news: Corpus, *, lexicon: Named = "textblob", unit: str = "sentence", within: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give the scores of every unit, as its lexicon makes them of its scored words; missing where it has none.

    TextBlob says 0 where it knows no word, and so makes a cold silence of "crisis, war, death", and so do VADER and
    AFINN. A unit without evidence has no score here; all others have that of the program that the lexicon is from.

    Parameters as for `scored_words`.
    Returns one row a unit that holds a word, in the order of the articles:
        article_id, start, end   the passage: from the first to the last character read
        sentence                 int, n of the sentence; -1 where the unit is the article
        count                    int, scored words
        polarity                 float, -1 to 1: their mean, with VADER its compound; with AFINN their sum, with "mean"
                                 the mean of the lexicons; missing where there is none
        subjectivity             float, 0 to 1, their mean
    Raises ValueError as `scored_words` does.
    """
    groups = _read(news, passages.groups(news, within=within), lexicon)[0]
    scores = [_scores(news, parts, lexicon).drop(columns="group") for parts in _portions(news, unit, groups)]
    return pd.concat(scores, ignore_index=True)


def tone(
    news: Corpus,
    *,
    lexicon: Named = "textblob",
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
        lexicon: as for `scored_words`.
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
        tone           float, -1 to 1, with AFINN and "mean" in their points; missing where no sentence has a scored
                       word
        low, high      float, 95 % jackknife-t interval, within what is possible; missing where `note` says why. A
                       group's leaves out one unit at a time. A single article's leaves out one sentence: it tells
                       how far the tone leans on single sentences, and is too narrow for more, as neighbours are alike
        note           str, why there is no interval: fewer than ten units with a tone (of a single article:
                       sentences with a scored word), or tones that are all alike; else ""
    Raises ValueError if `by` or `unit` names no column, `by` one of these, or the lexicon is unknown.
    Source of the interval: `means.jackknife`, or where several articles are a unit `intervals.jackknife`.
    """
    asked = passages.groups(news, by, within, unit, taken=[*TONE, "polarity"])
    groups, foreign = _read(news, asked, lexicon)
    found, polarities, cell = [], [], ["group", "article_id"]
    for parts in _portions(news, "sentence", groups):
        sentences = _scores(news, parts, lexicon)
        found.append(
            sentences.groupby(cell, observed=True, as_index=False).agg(
                tone=("polarity", "mean"),
                count=("count", "sum"),
                n_scored=("polarity", "count"),
                n_sentences=("polarity", "size"),
            )
        )
        polarities.append(sentences.set_index("group")["polarity"])
    each = pd.concat(found).sort_values(cell, kind="stable").set_index(cell)
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
    table = table.join(_bounds(groups, pd.concat(polarities), each["tone"], lexicons.named(lexicon).possible))
    table["note"] = table["note"].mask(table.index.isin(foreign), english.NOTE)
    return groups.labelled(table[TONE].rename_axis("group").reset_index())


def _read(news: Corpus, groups: Groups, lexicon: Named) -> tuple[Groups, pd.Index]:
    """Give the groups as a lexicon can read them: ours know English alone, of a person's own nobody can say."""
    if lexicons.called(lexicon) not in lexicons.by_name():
        return groups, pd.Index([])
    return english.only(news, groups, f"the lexicon {lexicon}")


def _bounds(groups: Groups, polarity: pd.Series, tones: pd.Series, possible: tuple[float, float]) -> pd.DataFrame:
    """Give low, high and note of each group: over the sentences of an article, or the units of several."""
    if "article_id" in groups.by:
        return _means(polarity, groups, "scored sentence", possible)
    tones = tones.dropna().reset_index("article_id")
    whose = units.complete(groups.units, pd.Index(tones["article_id"].unique().astype("str")))
    if whose.is_unique:
        return _means(tones["tone"], groups, f"scored {groups.unit}", possible)
    held, none, rows = dict(iter(tones.groupby(level="group"))), tones[:0], []
    for group in groups.keys.index:
        added = groups.by_unit(held.get(group, none).set_index("article_id").assign(n=1))
        rows.append(
            intervals.jackknife(
                added[["tone"]], added["n"], scale="identity", possible=possible, unit=f"scored {groups.unit}"
            )
        )
    bounds = pd.concat([pd.DataFrame({"low": [], "high": [], "note": pd.array([], dtype="str")}), *rows])
    return bounds[["low", "high", "note"]].set_axis(groups.keys.index)


def _means(values: pd.Series, groups: Groups, unit: str, possible: tuple[float, float]) -> pd.DataFrame:
    """Give low, high and note of the mean of the values of each group."""
    return means.jackknife(values, groups.keys.index, possible=possible, unit=unit)[["low", "high", "note"]]


def _scores(news: Corpus, parts: pd.DataFrame, lexicon: Named) -> pd.DataFrame:
    """Give the scores of the units that the parts make up, with their `group`."""
    words = _passages(news, parts, lexicon)
    found = words.groupby("unit")
    units = parts.groupby("unit").agg(
        article_id=("article_id", "first"),
        start=("start", "first"),
        end=("end", "last"),
        sentence=("sentence", "first"),
        group=("group", "first"),
        worded=("worded", "any"),
    )
    polarity = lexicons.named(lexicon).scores(words["polarity"], words["unit"].to_numpy())
    units = units.assign(count=found.size(), polarity=polarity, subjectivity=found["subjectivity"].mean())
    units["count"] = units["count"].fillna(0).astype(int)
    return units[units.pop("worded") | (units["count"] > 0)].reset_index(drop=True)


def _passages(news: Corpus, parts: pd.DataFrame, lexicon: Named) -> pd.DataFrame:
    """Give the scored words of the units that the parts make up, article by article, from what is kept where it is."""
    own = lexicons.named(lexicon)
    modules, files = ([each for each in own.made_by if isinstance(each, kind)] for kind in (str, Path))
    store = cache.key(
        "scored",
        own.content,
        code=(__file__, *cache.code_of(failures.__name__, *modules), *files),
        libraries=(*own.libraries, "pandas", "pyarrow", "numpy"),
    )
    numbers, first = _by_article(parts)
    rows = parts[passages.KEYS].assign(unit=numbers)
    table = news.found("scored words", store, rows, partial(_assessed, own.found))
    table["unit"] += first[table["article_id"].cat.codes.to_numpy()]
    table["sentence"] = parts["sentence"].to_numpy()[np.flatnonzero(~parts["unit"].duplicated())][table["unit"]]
    table["lexicon"] = pd.Categorical([lexicons.called(lexicon)] * len(table), [lexicons.called(lexicon)])
    ids = parts["article_id"].dtype
    columns = [*passages.KEYS, "sentence", "entry", "words", *SCORES, "lexicon", "unit"]
    return table.astype({"article_id": ids})[columns]


def _by_article(parts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Give the number of each part's unit in its article, and the number of the first unit of each article that has
    one."""
    unit, article = parts["unit"].to_numpy(), parts["article_id"].cat.codes.to_numpy()
    begins = np.flatnonzero(np.diff(article, prepend=-1))
    n = np.diff(np.append(begins, len(parts)))
    return unit - np.repeat(unit[begins], n), unit[begins]


def _assessed(found: Callable[[Sequence[str]], pd.DataFrame], raws: pd.Series, parts: pd.DataFrame) -> pd.DataFrame:
    """Give the scored words of each unit of each article, read as one text, with their place in the raw text."""
    held, article = raws.to_dict(), parts["article_id"].cat.codes.to_numpy()
    rows = zip(parts["article_id"].tolist(), parts["start"].tolist(), parts["end"].tolist(), strict=True)
    texts = [held[name][start:end] for name, start, end in rows]
    first = np.flatnonzero((np.diff(article, prepend=-1) != 0) | (np.diff(parts["unit"], prepend=-1) != 0))
    bounds = pairwise([*first.tolist(), len(texts)])
    whole = texts if len(first) == len(texts) else ["\n".join(texts[one:other]) for one, other in bounds]
    table = found(whole).astype({"unit": int, **SCORED})
    opens = first[table["unit"].to_numpy()]  # the first part of each one's unit
    begins = np.cumsum([0, *(len(text) + 1 for text in texts)])  # of each part, as if all of them were one text
    for column, last in (("start", 0), ("end", 1)):
        at = begins[opens] + table[column].to_numpy() - last
        part = np.searchsorted(begins, at, side="right") - 1
        table[column] = parts["start"].to_numpy()[part] + at - begins[part] + last
    ids = pd.Categorical.from_codes(article[opens], dtype=parts["article_id"].dtype)
    table = table.assign(unit=parts["unit"].to_numpy()[opens], article_id=ids)
    return table.astype({"article_id": pd.CategoricalDtype(raws.index)})[["article_id", "unit", *SCORED]]


def _portions(news: Corpus, unit: str, groups: Groups) -> Iterator[pd.DataFrame]:
    """Give the passages to read, as `_parts` does, of some articles at a time."""
    arguments.one_of(unit, UNITS, "unit")
    layers = [news.sentences] if unit == "sentence" else []
    some = False
    for own, *sentences in groups.portions(*layers, size=PORTION):
        if len(own.stretches):
            some = True
            yield _parts(news, unit, own.stretches, *sentences)
    if not some:
        yield _parts(news, unit, groups.stretches)


def _parts(news: Corpus, unit: str, stretches: pd.DataFrame, sentences: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the passages to read, in order and none twice: what of each unit lies in the stretches of each group.

    Columns: article_id, start, end, sentence, group, worded (has a letter or digit) and unit, from 0. Texts are looked
    at some articles at a time.
    sentences: those of the articles of the stretches, where they are at hand.
    """
    arguments.one_of(unit, UNITS, "unit")
    ids = pd.Categorical(stretches["article_id"].astype("str"), news.articles.index)
    parts = spans.merged(stretches.assign(article_id=ids), by=["group"])
    if unit == "sentence":
        sentences = news.sentences if sentences is None else sentences
        parts = spans.cut(parts, sentences)
        parts["sentence"] = sentences["n"].loc[parts.pop("outer")].to_numpy()
    else:
        parts["sentence"] = -1
    parts = parts.sort_values("article_id", kind="stable", ignore_index=True)
    raws, article = news.articles["raw"], parts["article_id"].cat.codes.to_numpy()
    low, last = (int(article[0]), int(article[-1]) + 1) if len(article) else (0, 1)
    bounds = [*range(low, last, ARTICLES), last]
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
    for article, start, end in zip(
        parts["article_id"].tolist(), parts["start"].tolist(), parts["end"].tolist(), strict=True
    ):
        edges.append(_whole_words(raws[article], start, end))
        text = raws[article][slice(*edges[-1])]
        worded.append(True if WORD.search(text) else False if text.strip() else None)
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
