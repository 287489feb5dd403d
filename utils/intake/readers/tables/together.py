"""Calls that name the columns of one table, made to fit all tables that are loaded with it."""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

from utils.intake.batch import PART
from utils.intake.readers.tables import columns

CALL = re.compile(r"load\(…, columns=(?P<named>\{.*\})\)$")
Layouts = Mapping[str, tuple[Sequence[str], Mapping[str, str]]]  # of each table its columns, and which were taken


def cure(said: str, source: str, layouts: Layouts, called: str) -> str:
    """Give a cure whose call, if it names columns, leaves the other tables of a folder as they were read.

    Where no such call can be, it loads the one table alone.
    """
    found = CALL.search(said) if len(layouts) > 1 else None
    if not found:
        return said
    file = part["file"] if (part := PART.fullmatch(source)) else source
    named = ast.literal_eval(found["named"])
    fits = fitting(named, [layout for name, layout in layouts.items() if name != file])
    if fits is None and "/" not in PurePosixPath(file).as_posix() and called.endswith('"'):
        return f"{said[: found.start()]}load({called[:-1]}/{columns.quoted(file)[1:]}, columns={found['named']})"
    return f"{said[: found.start()]}load(…, columns={columns.written(fits or named)})"


def fitting(
    named: Mapping[str, str | Sequence[str]], others: Iterable[tuple[Sequence[str], Mapping[str, str]]]
) -> dict[str, str | Sequence[str]] | None:
    """Give columns by our names such that other tables are read as they were: each with the names that these have for
    it; None where a table has several of them, and would be read by the wrong one."""
    fits: dict[str, str | Sequence[str]] = {}
    others = list(others)
    for ours in named:
        own = columns.alternatives(named, ours)
        fits[ours] = several = list(dict.fromkeys([*own, *(taken[ours] for _, taken in others if ours in taken)]))
        for names, taken in others:
            there = {*names}
            if next((name for name in several if name in there), None) != taken.get(ours):
                return None
        if len(several) == 1:
            fits[ours] = several[0]
    return fits
