"""One voice: the stretches inside quotations, outside them, or of one speaker."""

import pandas as pd

from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.passages import english
from utils.passages.table import chosen
from utils.spans import KEYS, inside, less


def within(news: Corpus, voice: str = "inside", *, speaker: str | None = None) -> pd.DataFrame:
    """Give the stretches of the body that are in a voice, for the `within=` of any measure.

    A question asked of what one person said, or of what the paper says itself, is the same question asked of other
    stretches.

    Parameters
        voice: "inside" quotations (direct, partial, indirect; never loose), or "outside": mostly the reporter's words.
        speaker: a person, in any of the forms that `news.persons` joins, or a speaker as in `news.quotes`: inside their
        quotations, less those of others in them.
    Articles in other languages than English are left out, with a warning: our rules find no speech in them.
    Returns one row a stretch: article_id, start, end, speaker, person and kind (missing outside; inside, those of the
    widest quotation), so that a measure may count by any of them.
    Raises ValueError if `voice` is neither, nobody of that name is quoted, or a speaker is asked for outside.
    """
    if voice not in ("inside", "outside") or (speaker is not None and voice == "outside"):
        raise Refusal(f'voice is "inside" or "outside", a speaker is always inside; what came is {voice!r}')
    foreign = english.foreign(news, "telling what stands in quotations")
    said = _without(chosen(news, news.quotes[news.quotes["kind"] != "loose"], None).drop(columns="outer"), foreign)
    if voice == "outside":
        return _left(_without(news.body, foreign), said)
    if speaker is None:
        held = inside(said, said)
        inner = held.index[held.index != held["outer"]]
        return _left(said.drop(inner), said.iloc[:0])
    theirs = _theirs(news, said, speaker)
    own, others = said[theirs], said[~theirs]
    return _left(own, others.loc[inside(others, own).index.unique()])


def without(news: Corpus, speaker: str) -> pd.DataFrame:
    """Give the stretches of the body outside all that one speaker is quoted with: what is left once they are silent.

    Parameters and errors as for `within`; articles in other languages than English are left out, too.
    Returns one row a stretch, as `within` gives those outside quotations.
    """
    foreign = english.foreign(news, "telling what stands in quotations")
    said = _without(chosen(news, news.quotes[news.quotes["kind"] != "loose"], None).drop(columns="outer"), foreign)
    return _left(_without(news.body, foreign), said[_theirs(news, said, speaker)])


def _theirs(news: Corpus, said: pd.DataFrame, speaker: str) -> pd.Series:
    """Say which quotations are a speaker's. Raises ValueError if none is."""
    person = said["person"].astype(object)  # as objects: a half character in the name is no error then
    theirs = (said["speaker"].astype(object) == speaker) | person.isin({speaker, news.person(speaker)} - {None})
    if not theirs.any():
        known = dict.fromkeys([*said["person"].dropna(), *said["speaker"].dropna()])
        near = nearest(speaker, known) or "; news.persons and news.quotes hold the names"
        raise Refusal(f"nobody called {speaker!r} is quoted in {news.name}{near}")
    return theirs


def _without(table: pd.DataFrame, foreign: pd.Index) -> pd.DataFrame:
    return table[~table["article_id"].astype("str").isin(foreign)] if len(foreign) else table


def _left(table: pd.DataFrame, holes: pd.DataFrame) -> pd.DataFrame:
    """Give the stretches of a table that no hole covers, and whose they are."""
    return less(table.reindex(columns=[*KEYS, "speaker", "person", "kind"]), holes).reset_index(drop=True)
