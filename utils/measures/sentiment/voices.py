"""The tone of every voice in the news: what is quoted, by kind and by person, and what is not."""

import warnings

import numpy as np
import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.measures.sentiment.scores import TONE, tone
from utils.passages import Columns, english, voices
from utils.passages.groups import check_columns

KINDS = ("direct", "partial", "indirect")


def by_voice(
    news: Corpus,
    *,
    lexicon: Named = "textblob",
    by: Columns = None,
    unit: str | pd.Series = "article",
) -> pd.DataFrame:
    """Give the tone of every voice: of the whole body, of what is quoted and what is not, by kind and by person.

    A paper may be harsh by whom it quotes alone. What stands outside quotations is mostly the reporter's own words.

    Parameters
        lexicon, unit: as for `tone`.
        by: None, "article", columns of articles, or a list of these; articles without a value are left out.
    Returns one row a voice (and group), with the columns of `by`, then
        of      categorical: body, outside, inside (all quoted), kind, person, organisation (a body that is quoted)
        voice   categorical: the body, outside quotations, inside quotations; direct, partial, indirect; the name of
                the person or organisation, those quoted most first
        …       as `tone` has it; what one voice says within another's quotation counts as the wider one's
    Voices overlap, so that their counts do not add up to those of the body.
    Raises ValueError as `tone` does.
    """
    check_columns(news, by, None, taken=[*TONE, "polarity", "of", "voice"])
    said = voices.within(news)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", english.NotEnglish)  # which was told just now
        left = voices.within(news, "outside")
        return _toned(news, said, left, lexicon, passages.groups(news, by).by, unit)


def _toned(
    news: Corpus, said: pd.DataFrame, left: pd.DataFrame, lexicon: Named, by: list[str], unit: str | pd.Series
) -> pd.DataFrame:
    """Give the tone of every voice, from what is said and what is left."""
    named = news.persons
    bodies = set(named.loc[named["kind"] == "organisation", "person"])
    persons = said["person"].dropna().value_counts(sort=True).sort_index().sort_values(ascending=False, kind="stable")
    parts = [
        news.body.assign(of="body", voice="the body"),
        left.assign(of="outside", voice="outside quotations"),
        said.assign(of="inside", voice="inside quotations"),
        said.assign(of="kind", voice=said["kind"]),
        said.dropna(subset="person").assign(
            of=lambda one: np.where(one["person"].isin(bodies), "organisation", "person"),
            voice=lambda one: one["person"],
        ),
    ]
    rows = pd.concat([part[[*passages.KEYS, "of", "voice"]] for part in parts], ignore_index=True)
    names = ["the body", "outside quotations", "inside quotations", *KINDS]
    rows["of"] = pd.Categorical(rows["of"], ["body", "outside", "inside", "kind", "person", "organisation"])
    rows["voice"] = pd.Categorical(rows["voice"], [*names, *persons.index.difference(names, sort=False)])
    return tone(news, lexicon=lexicon, by=[*by, "of", "voice"], within=rows, unit=unit)
