"""Calls: how the reader's own notebook names a thing, so that a call printed in it runs where it is pasted."""

import dis
import sys
from collections.abc import Sequence
from hashlib import sha256
from types import FrameType

import numpy as np
import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.offered import meant

MOST = 200  # times that tables are shown together: what was kept before is let go
_kept: dict[tuple[str, ...], dict[str, tuple[Corpus, pd.DataFrame]]] = {}  # by the keys of those shown together


def name_of(value: object) -> str | None:
    """Give the name that this very object has in the cell being run; None where it has none that lasts.

    Names inside a function end with it, and in a loop one name is given to one table after another: neither would
    mean the same to whoever pastes the call later.
    """
    cell = _cell()
    if cell is None or any("JUMP_BACKWARD" in step.opname for step in dis.get_instructions(cell.f_code)):
        return None
    names = [name for name, held in list(cell.f_globals.items()) if meant(held) is value]
    return next((name for name in names if name.isidentifier() and not name.startswith("_")), None)


def names() -> dict[str, object]:
    """Give what the names of the notebook mean whose cell is being run."""
    cell = _cell()
    return {} if cell is None else dict(cell.f_globals)


def _cell() -> FrameType | None:
    """Give the innermost frame that runs at the top of a cell or script, whatever functions were called in it."""
    frame: FrameType | None = sys._getframe()
    while frame is not None and frame.f_locals is not frame.f_globals:
        frame = frame.f_back
    return frame


def where(row: pd.Series, hits: pd.DataFrame, on: list[str], corpus: str, table: str) -> str:
    """Give the condition that finds a row's passages among the hits, as code; empty where no code gives a value."""
    tests = []
    for column in on:
        own = f"{table}[{column!r}]" if column in hits else f"{table}['article_id'].map({corpus}.articles[{column!r}])"
        value = row[column].item() if isinstance(row[column], np.generic) else row[column]
        if pd.isna(value):
            tests.append(f"({own}.isna())")
        elif isinstance(value, int | float | str | pd.Timestamp) and value not in (np.inf, -np.inf):
            tests.append(f"({own} == {value if isinstance(value, int | float) else str(value)!r})")
        else:
            return ""
    return " & ".join(tests)


def keep(tables: Sequence[pd.DataFrame], news: Corpus) -> list[str]:
    """Give a key for each of some tables shown together, under which `kept` gives it back after its corpus.

    The same rows of the same articles have the same key, whenever they are shown; rows at the same places of other
    articles have another.
    """
    keys = [_key(table, news) for table in tables]
    _kept.pop(tuple(keys), None)
    _kept[tuple(keys)] = {key: (news, table) for key, table in zip(keys, tables, strict=True)}
    while len(_kept) > MOST:
        _kept.pop(next(iter(_kept)))
    return keys


def _key(table: pd.DataFrame, news: Corpus) -> str:
    rows = pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()
    return sha256(news.digest.encode() + rows).hexdigest()[:12]


def kept(key: str) -> tuple[Corpus, pd.DataFrame]:
    """Give what was kept under a key. Raises ValueError where it is no longer there, as after a restart."""
    for entries in reversed(_kept.values()):
        if key in entries:
            return entries[key]
    raise Refusal(
        f"the passages {key!r} are not at hand any more; run the cell that shows the table again, and "
        "copy the call that stands there then"
    )
