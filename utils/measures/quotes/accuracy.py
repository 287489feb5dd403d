"""How far the quotations found can be trusted: beside a key, and as measured on real news."""

from typing import Any

import numpy as np
import pandas as pd

from utils import arguments, passages, spans
from utils.corpus.corpus import Corpus
from utils.layers.voices import measured
from utils.layers.voices.names import BODIES
from utils.measures.quotes.balances import KINDS
from utils.stats import intervals

SAME_PLACE, SAME_MENTION = 0.8, 0.5  # the least intersection over union of two quotations, of two mentions
VERDICTS = ("right", "other speaker", "no such quotation", "missed")
SORTS = ("name", "he", "she", "they", "office", "organisation", "unnamed")
PRONOUNS = {
    "he": "he",
    "him": "he",
    "his": "he",
    "she": "she",
    "her": "she",
    "they": "they",
    "them": "they",
    "their": "they",
}


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
    columns = [*passages.KEYS, "speaker_start", "speaker_end", "speaker", "named", "nested"]
    arguments.table(truth, "truth", columns=columns, of='answer_key(news, "quotes")')
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
        n_right, n_of      int, the counts of the share (for F1: twice the quotations right, of both tables together)
        share, low, high   float 0-1; low and high by a bootstrap over stories, missing where `note` says why
        note               str, why there is no interval: fewer than ten stories that count in the share, or than five
                           with something right or with something wrong; where nothing is wrong (or right) in any,
                           in what share of such stories it still could be; else ""
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
    table = intervals.bootstrap(shares, story, shares=right / of.where(of > 0), seed=seed, unit="story")
    table = table.rename(columns={"estimate": "share"}).assign(n_right=right.sum(), n_of=of.sum())
    return table[["n_right", "n_of", "share", "low", "high", "note"]]


def precision(news: Corpus | None = None, truth: pd.DataFrame | None = None) -> pd.DataFrame:
    """Give how far each kind of quotation and of speaker can be trusted, measured on a key and on real news.

    Words are counted, as a balance counts them; a word in a quotation inside another is the inner one's. Where kinds
    of speakers are found unequally well, a balance leans toward those found best. The row of persons says how far a
    balance of persons can be trusted: whether words reach the one person that is meant, over the whole corpus.

    Parameters
        news, truth: a corpus and its key, as `answer_key(news, "quotes")` gives it (default: real news alone).
    Returns one row a corpus and kind:
        corpus      str: the name of `news`, where there is a key; and the real news that was measured before
        of          str, the kind of quotation (direct, partial, indirect, loose), or of the mention of the speaker: a
                    name, he, she, they, an office (the convener) given a name, an organisation, or unnamed; or person
        n_words     int, words that we take for quoted so; missing for real news
        precision   float 0-1, share of these that are quoted in the key
        recall      float 0-1, share of the words that the key has as this kind which we take for quoted, loose ones
                    not; missing for speakers
        speaker     float 0-1, share of the words quoted in both whose speaker has the key's name, letter for letter
        source      str: "counted here", or what was measured before, and how
    The row person has
        n_words     int, words that we take for quoted and give to a person, or to a body with a name
        precision   share of these that the key gives to that very one; of real news, of the forms judged that were
                    given to a person those given to the right one
        recall      share of the words to which the key gives a name that we give to that one; of real news, of the
                    forms judged those not left apart from their person
        speaker     share of the words whose speaker we name as the key does that we give to that one
    On PolNeAR (Newell, Margolin & Ruths 2018), the speaker of dev is right where the mention is that which people
    marked, whoever "she" was taken to be; recall is that of the words between marks and of those in none. Two more rows
    of real news, "a name" and "no name", have as precision the share of the words of speakers with a name, and of those
    without, that go to somebody who could have spoken, and not to a day, a place or a verb.
    """
    columns = ["corpus", "of", "precision", "recall", "speaker"]
    known = pd.DataFrame(measured.MEASURED, columns=columns).assign(n_words=pd.NA)
    known["source"] = known["corpus"].map(measured.SOURCES)
    rows = [known] if news is None or truth is None else [_by_kind(news, truth), known]
    table = pd.concat(rows, ignore_index=True).astype(
        {"n_words": "Int64", "corpus": "str", "of": "str", "source": "str"}
    )
    return table.astype(dict.fromkeys(columns[2:], float))[[*columns[:2], "n_words", *columns[2:], "source"]]


def _by_kind(news: Corpus, truth: pd.DataFrame) -> pd.DataFrame:
    """Give the rows of `precision` that are counted in a corpus with a key."""
    columns = [*passages.KEYS, "kind", "speaker", "named"]
    arguments.table(truth, "truth", columns=columns, of='answer_key(news, "quotes")')
    ours = passages.checked(news.quotes, what="quotes")
    ours = ours.assign(sort=[_sort(news, row) for row in ours.itertuples()])
    words = passages.inside(news.words, news.body).drop(columns="outer")
    own, key = (_held(words, rows) for rows in (ours, passages.checked(truth, what="truth")))
    both = own.add_suffix("_own").join(key.add_suffix("_key"))
    quoted, found = both["kind_key"].notna(), both["kind_own"].notna() & (both["kind_own"] != "loose")
    same = both["speaker_own"].eq(both["speaker_key"])
    rows = []
    for column, kinds in (("kind_own", KINDS), ("sort_own", SORTS)):
        for kind in kinds:
            held = both[column].eq(kind) & (found if column == "sort_own" else True)
            meant = both["kind_key"].eq(kind)
            rows.append({"of": kind, "n_words": int(held.sum()), "precision": quoted[held].mean(),
                         "recall": found[meant].mean(), "speaker": same[held & quoted].mean()})  # fmt: skip
    given, meant = found & both["person_own"].notna(), both["named_key"].eq(True)
    right = given & meant & both["person_own"].eq(both["speaker_key"])
    rows.append({"of": "person", "n_words": int(given.sum()), "precision": right[given].mean(),
                 "recall": right[meant].mean(), "speaker": right[same & meant & found].mean()})  # fmt: skip
    return pd.DataFrame(rows).assign(corpus=news.name, source="counted here")


def _held(words: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Give for each word what the innermost quotation that holds it says of itself and of its speaker."""
    rows = rows.sort_values(["article_id", "start", "end"], ascending=[True, True, False], ignore_index=True)
    outer = passages.inside(words, rows)["outer"]
    outer = outer[~outer.index.duplicated(keep="last")]
    held = rows.reindex(columns=["kind", "speaker", "named", "sort", "person"]).loc[outer].set_axis(outer.index)
    return held.reindex(words.index)


def _sort(news: Corpus, row: Any) -> str | None:
    """Give what kind of mention names a speaker; None where there is none."""
    if row.speaker_start != row.speaker_start:
        return None
    mention = news.articles.at[str(row.article_id), "raw"][int(row.speaker_start) : int(row.speaker_end)]
    low = mention.lower()
    if low in PRONOUNS or not isinstance(row.speaker, str):
        return PRONOUNS.get(low)
    if not row.named:
        return "unnamed"
    if row.speaker.split()[-1].lower() in BODIES:
        return "organisation"
    named = any(word[:1].isupper() for word in mention.split()[mention[:1].isupper() and low.startswith("the ") :])
    return "name" if named else "office"
