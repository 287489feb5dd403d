"""Calls: how the reader's own notebook names a thing, so that a call printed in it runs where it is pasted."""

import dis
import sys
from hashlib import sha256
from types import FrameType

import pandas as pd

MOST = 200  # tables kept for calls that have no name to use
_kept: dict[str, tuple] = {}


def name_of(value: object) -> str | None:
    """Give the name that this very object has in the cell being run; None where it has none that lasts.

    Names inside a function end with it, and in a loop one name is given to one table after another: neither would
    mean the same to whoever pastes the call later.
    """
    cell = _cell()
    if cell is None or any("JUMP_BACKWARD" in step.opname for step in dis.get_instructions(cell.f_code)):
        return None
    names = [name for name, held in list(cell.f_globals.items()) if held is value]
    return next((name for name in names if name.isidentifier() and not name.startswith("_")), None)


def _cell() -> FrameType | None:
    """Give the innermost frame that runs at the top of a cell or script, whatever functions were called in it."""
    frame = sys._getframe()
    while frame is not None and frame.f_locals is not frame.f_globals:
        frame = frame.f_back
    return frame


def keep(table: pd.DataFrame, *beside: object) -> str:
    """Give a key under which `kept` gives the table back, after what goes with it; the same rows have the same key."""
    key = sha256(pd.util.hash_pandas_object(table, index=False).to_numpy().tobytes()).hexdigest()[:8]
    _kept.pop(key, None)
    _kept[key] = (*beside, table)
    while len(_kept) > MOST:
        _kept.pop(next(iter(_kept)))
    return key


def kept(key: str) -> tuple:
    """Give what was kept under a key. Raises ValueError where it is no longer there, as after a restart."""
    if key not in _kept:
        raise ValueError(f"the passages {key!r} are not at hand any more; run the cell that shows the table again, and "
                         "copy the call that stands there then")
    return _kept[key]
