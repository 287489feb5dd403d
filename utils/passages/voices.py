"""One voice: the stretches inside quotations, outside them, or of one speaker."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.passages.table import chosen
from utils.spans import KEYS, inside


def within(news: Corpus, voice: str = "inside", *, speaker: str | None = None) -> pd.DataFrame:
    """Give the stretches of the body that are in a voice, for the `within=` of any measure.

    A question asked of what one person said, or of what the paper says itself, is the same question asked of other
    stretches.

    Parameters
        voice: "inside" quotations (direct, partial and indirect), or "outside" them: mostly the reporter's words.
        speaker: a name as it stands in `news.quotes`: inside that speaker's quotations, less those of others in them.
    Returns one row a stretch: article_id, start, end, speaker (missing outside; inside, that of the widest quotation).
    Raises ValueError if `voice` is neither, nobody of that name is quoted, or a speaker is asked for outside.
    """
    if voice not in ("inside", "outside") or (speaker is not None and voice == "outside"):
        raise Refusal(f'voice is "inside" or "outside", a speaker is always inside; what came is {voice!r}')
    said = chosen(news, news.quotes, None).drop(columns="outer")
    if voice == "outside":
        return _less(news.body, said)
    if speaker is None:
        held = inside(said, said)
        inner = held.index[held.index != held["outer"]]
        return _less(said.drop(inner), said.iloc[:0])
    theirs = said["speaker"].astype(object) == speaker  # as objects: a half character in the name is no error then
    own = said[theirs]
    if own.empty:
        near = nearest(speaker, said["speaker"].dropna().unique()) or "; news.quotes holds the names"
        raise Refusal(f"nobody called {speaker!r} is quoted in {news.name}{near}")
    others = said[~theirs]
    return _less(own, others.loc[inside(others, own).index.unique()])


def _less(table: pd.DataFrame, holes: pd.DataFrame) -> pd.DataFrame:
    """Give the stretches of a table that no hole covers."""
    cuts: dict[str, list[tuple[int, int]]] = {}
    for row in holes.sort_values(["start", "end"]).itertuples():
        cuts.setdefault(row.article_id, []).append((row.start, row.end))
    left = [
        (place, *span)
        for place, row in enumerate(table.itertuples())
        for span in _between(row.start, row.end, cuts.get(row.article_id, ()))
    ]
    rows, starts, ends = zip(*left, strict=True) if left else ((), (), ())
    table = table.reindex(columns=[*KEYS, "speaker"]).iloc[list(rows)]
    return table.assign(start=np.array(starts, int), end=np.array(ends, int)).reset_index(drop=True)


def _between(start: int, end: int, holes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the stretches from start to end that lie between the holes, which come in their order."""
    for first, last in holes:
        if start < first < end:
            yield start, first
        if first < end:
            start = max(start, last)
    if start < end:
        yield start, end
