"""Who speaks, how much, and with what verbs: the balance of a corpus's sources, and how far to trust it."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils import passages, spans
from utils.corpus.corpus import Corpus
from utils.layers.voices import cues
from utils.stats import intervals

SAME_PLACE, SAME_MENTION = 0.8, 0.5  # the least intersection over union of two quotations, of two mentions
BALANCE = ["voice", "speaker", "named", "n_quotes", "n_words", "share_of_words", "n_articles", "n_first", "n_last",
           "n_said", "n_loaded"]  # fmt: skip
VERDICTS = ("right", "other speaker", "no such quotation", "missed")


def balance(
    news: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give who speaks, how much, and with what verbs: one row a speaker, most words first.

    The shares are of all words, so that what could not be attributed stays in sight: the last rows of a group
    are the quotations without a speaker, and the words that lie in no quotation, mostly the reporter's.

    Parameters
        by: columns of articles that divide the quotations into groups; the shares of a group add up to 1.
        within: passages to count in (default: the body).  quotes: the quotes layer (default: the corpus's own).
    Returns one row a speaker (and group):
        by columns
        voice              str: speaker, unknown (a quotation, but whose?) or outside (in no quotation)
        speaker            str; missing in the rows unknown and outside
        named              bool; False in those rows
        n_quotes, n_words  int; a word in a quotation inside another counts for the inner one
        share_of_words     float 0-1, of the group's words; missing where it has none
        n_articles         int, articles with the speaker
        n_first, n_last    int, articles in which the first, or the last, attributed quotation is theirs
        n_said, n_loaded   int, quotations with a plain cue (said, told, according to), and with one that judges the
                           speech (claimed, insisted, admitted); other cues are in neither
    Raises ValueError if `by` names no column of articles.
    """
    by = [by] if isinstance(by, str) else list(by or [])
    passages.check_columns(news, by, None, taken=BALANCE)
    said, words = _said(news, news.quotes if quotes is None else quotes, within)
    rows = pd.concat([said, words], ignore_index=True)
    facts = news.articles.iloc[passages.article_numbers(news, rows)].set_axis(rows.index)
    keys = [rows[column] if column == "article_id" else facts[column] for column in by]
    table = rows.groupby([*keys, "voice", "speaker", "named"], dropna=False, observed=True).agg(
        n_quotes=("quote", "sum"), n_words=("n_words", "sum"), n_articles=("article_id", "nunique"),
        n_first=("first", "sum"), n_last=("last", "sum"), n_said=("plain", "sum"), n_loaded=("loaded", "sum"),
    ).reset_index()  # fmt: skip
    whole = table.groupby(by, dropna=False)["n_words"].transform("sum") if by else table["n_words"].sum()
    table.insert(len(by) + 5, "share_of_words", table["n_words"] / np.where(whole, whole, np.nan))
    keys = [*by, "voice", "n_words", "speaker"]
    table["voice"] = pd.Categorical(table["voice"], ["speaker", "unknown", "outside"], ordered=True)
    table = table.sort_values(keys, ascending=[key != "n_words" for key in keys], ignore_index=True)
    return table.astype({"voice": "str"})


def _said(news: Corpus, layer: pd.DataFrame, within: pd.DataFrame | None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give what each quotation adds to the balance, and what the words of each article that lie in none
    add."""
    said = passages.chosen(news, passages.checked(layer, what="quotes"), within).drop(columns="outer")
    said = said[~said.index.duplicated()].sort_values(
        ["article_id", "start", "end"], ascending=[True, True, False], ignore_index=True
    )
    words = passages.chosen(news, news.words, within).drop(columns="outer")
    words = words[~words.index.duplicated()]
    held = passages.inside(words, said)["outer"]
    held = held[~held.index.duplicated(keep="last")]
    attributed = said[said["speaker"].notna()]
    lemmas = said["cue"].map(cues.lemma, na_action="ignore")
    said = said[["article_id", "speaker", "named"]].assign(
        voice=np.where(said["speaker"].isna(), "unknown", "speaker"), quote=1,
        n_words=held.value_counts().reindex(said.index, fill_value=0),
        first=said.index.isin(attributed.drop_duplicates("article_id").index),
        last=said.index.isin(attributed.drop_duplicates("article_id", keep="last").index),
        plain=lemmas.isin(cues.NEUTRAL), loaded=lemmas.isin(cues.LOADED),
    )  # fmt: skip
    rest = words.drop(held.index).groupby("article_id", observed=True).size().rename("n_words").reset_index()
    return said, rest.assign(voice="outside", named=False, quote=0, first=False, last=False, plain=False, loaded=False)


def compared(news: Corpus, truth: pd.DataFrame, *, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give the direct quotations of the layer and of a key, one row each, with what became of it.

    Two are the same if the characters they share are at least .8 of those that either has; a speaker is right if
    the two mentions share at least .5. A quotation inside another is left out on both sides.

    Parameters
        truth: the key, with the layer's columns and `nested`.  quotes: the layer (default: the corpus's own).
    Returns passages (as the layer has them; as the key has them where missed), with
        verdict   str: right; other speaker (than the key's, or none); no such quotation; missed
        asked     bool, whether it was found and the key has a mention of its speaker
        speaker   str, whom the layer gives it to; missing where that is nobody
        meant     str, the name that the key gives it to; missing where it was not found or the key has no name
    The verdict is on the mention: "she" is right where the key has "she", whoever we took her to be. Whether the
    words reached their speaker is told by `speaker` and `meant`.
    """
    ours = passages.checked(news.quotes if quotes is None else quotes, what="quotes")
    ours = _placed(ours[~_nested(ours)])
    gold = _placed(passages.checked(truth, what="truth")[~truth["nested"].astype(bool)])
    pairs = ours.reset_index().merge(gold.reset_index(), on="article_id", suffixes=("", "_key"))
    pairs = pairs[_shared(pairs, "start", "end") >= SAME_PLACE].sort_values(["article_id", "start"])
    pairs = pairs.drop_duplicates("index").drop_duplicates("index_key").set_index("index")
    asked = pairs["speaker_start_key"].notna().reindex(ours.index, fill_value=False)
    same = _shared(pairs, "speaker_start", "speaker_end").ge(SAME_MENTION).reindex(ours.index, fill_value=False)
    found = ours.index.isin(pairs.index)
    verdict = np.select([~found, asked & ~same], [VERDICTS[2], VERDICTS[1]], VERDICTS[0])
    meant = pairs["speaker_key"].where(pairs["named_key"].astype(bool)).reindex(ours.index)
    missed = gold[~gold.index.isin(pairs["index_key"])].assign(verdict=VERDICTS[3], asked=False, speaker=None)
    rows = pd.concat([ours.assign(verdict=verdict, asked=asked, meant=meant), missed])
    rows = rows.astype({"speaker": "str", "meant": "str"})[[*passages.KEYS, "verdict", "asked", "speaker", "meant"]]
    return rows.sort_values(passages.KEYS, ignore_index=True)


def _placed(table: pd.DataFrame) -> pd.DataFrame:
    """Give the direct quotations, their speakers and the places of both, numbered anew."""
    columns = [*passages.KEYS, "speaker_start", "speaker_end", "speaker", "named"]
    rows = table.loc[table["kind"] == "direct", columns]
    return rows.astype({"article_id": "str"}).reset_index(drop=True)


def _nested(table: pd.DataFrame) -> pd.Series:
    """Say which rows lie inside a wider row of the table."""
    width = table["end"] - table["start"]
    pairs = passages.inside(table, table)
    wider = width.loc[pairs["outer"]].to_numpy() > width.loc[pairs.index].to_numpy()
    return pd.Series(table.index.isin(pairs.index[wider]), table.index)


def _shared(pairs: pd.DataFrame, start: str, end: str) -> pd.Series:
    """Give the intersection over union of two stretches of a pair; missing where one is."""
    return spans.overlap((pairs[start], pairs[end]), (pairs[f"{start}_key"], pairs[f"{end}_key"]))


def scores(news: Corpus, truth: pd.DataFrame, *, seed: int, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how good the extractor is, measured on a key: one row a measure, with its interval over stories.

    The stories are drawn, not the articles: a text that three papers print is one chance to be right or wrong.

    Returns one row a measure:
        precision   of the quotations found, those in the key
        recall      of the quotations in the key, those found
        F1          the harmonic mean of the two
        speaker     of those found, those whose mention of the speaker ("Vask", "the convener", "she") is the key's
        name        of those found to whose speaker the key gives a name, those credited with that very name, letter
                    for letter; a balance of speakers is only as good as this
    with
        share, low, high   float 0-1; low and high by a bootstrap over stories, missing where `note` says why
        n_right, n_of      int, the counts of the share (for F1: twice the quotations right, of both tables together)
        note               str, why there is no interval: fewer than ten stories, or than five that count in the share,
                           or shares that are all alike in whatever stories are drawn (1 and nothing else); else ""
    Rows and conditions as in `compared`.
    """
    rows = compared(news, truth, quotes=quotes)
    verdict = rows["verdict"]
    found, hit = verdict != "missed", verdict.isin(VERDICTS[:2])
    known = hit | ~found
    pairs = {
        "precision": (hit, found), "recall": (hit, known), "F1": (2 * hit, 1 * found + known),
        "speaker": (rows["asked"] & (verdict == "right"), rows["asked"]),
        "name": (rows["speaker"] == rows["meant"], rows["meant"].notna()),
    }  # fmt: skip
    own = {name: pd.DataFrame({"right": one, "of": of}).astype(int) for name, (one, of) in pairs.items()}
    counts = pd.concat(own, axis=1).groupby(rows["article_id"]).sum().reindex(news.articles.index, fill_value=0)
    right, of = counts.xs("right", axis=1, level=1), counts.xs("of", axis=1, level=1)

    def shares(weights: np.ndarray) -> pd.Series:
        return (weights @ right) / (weights @ of).replace(0, np.nan)

    story = news.copies.set_index("article_id")["story"].reindex(news.articles.index)
    table = intervals.bootstrap(shares, story, carries=of > 0, seed=seed, unit="story")
    table = table.rename(columns={"estimate": "share"}).assign(n_right=right.sum(), n_of=of.sum())
    return table[["share", "low", "high", "n_right", "n_of", "note"]]
