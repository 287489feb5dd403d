"""What a published figure draws, and which of its lines, bars, points or texts are others now."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

ITEMS = {
    "lines": "line",
    "bars": "bar",
    "boxes": "bar",
    "points": "points",
    "bands": "band",
    "grids": "grid",
    "texts": "text",
}
SIDES = ("left", "bottom", "right", "top")
READ_ELSEWHERE = ("alt",)  # stands in the output's HTML, whose text is compared in its own right
ONE_UNIT, NEARLY_ZERO = 1e-5, 1e-12  # a unit of the last of the six digits a figure keeps of a number
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Shift:
    """One thing drawn otherwise: its name, the first of its values that changed, how many more did."""

    where: str
    old: str
    new: str
    n_more: int = 0


def shifts(old: dict[str, Any], new: dict[str, Any]) -> list[Shift]:
    """Give what a figure draws otherwise, one line, bar, set of points or text at a time.

    A drawn value moves by more than one unit of the last of the six digits kept of it; a text moves at all.
    """
    by_part: dict[str, list[tuple[str, Any, Any]]] = {}
    for path, was, now in _walk(old, new, ()):
        part, detail = _named(path, old)
        by_part.setdefault(part, []).append((detail, was, now))
    return [
        Shift(", ".join(filter(None, (part, detail))), _short(was), _short(now), len(more))
        for part, [(detail, was, now), *more] in by_part.items()
        if part not in READ_ELSEWHERE
    ]


def _walk(old: Any, new: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    """Give path, old and new of every value that differs; of lists unlike in length, their lengths."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in old | new:
            yield from _walk(old.get(key), new.get(key), (*path, key))
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield path, f"{len(old)} in all", f"{len(new)} in all"
        else:
            for n, (was, now) in enumerate(zip(old, new, strict=True)):
                yield from _walk(was, now, (*path, n))
    elif _differ(old, new):
        yield path, old, new


def _named(path: Path, figure: dict[str, Any]) -> tuple[str, str]:
    """Say a path in words: the part of the figure it leads to, and what of that part."""
    part: list[str] = []
    words: list[str] = []
    held: Any = None
    at: Any = figure
    for key, step in zip((None, *path), path, strict=False):
        held, at = at, at.get(step) if isinstance(at, dict) else at[step]
        if key == "axes" and isinstance(step, int):
            part += [f"axes {step + 1}"] if len(held) > 1 else []
        elif key in ITEMS and isinstance(step, int):
            part, words = [*part, _called(ITEMS[key], held, step)], []
        elif isinstance(step, int):
            words = _at(words, step)
        elif step != "axes":
            words.append(step)
    inside_an_item = any(key in ITEMS and isinstance(step, int) for key, step in pairwise(path))
    if inside_an_item:
        return ", ".join(part), " ".join(words)
    return ", ".join([*part, " ".join(words) or "axes"]), ""


def _called(kind: str, items: list[Any], n: int) -> str:
    """Name an item by its label; by its number where it has none, by both where others bear it too."""
    labels = [item.get("label") if isinstance(item, dict) else None for item in items]
    if not labels[n] or str(labels[n]).startswith("_"):
        return f"{kind} {n + 1}"
    return f"{kind} {n + 1} of {labels[n]!r}" if labels.count(labels[n]) > 1 else f"{kind} {labels[n]!r}"


def _at(words: list[str], step: int) -> list[str]:
    """Add to the words the place in a list: a point of x or y, a side of a box, or a number."""
    if words[-1:] == ["box"] and step < len(SIDES):
        return [*words[:-1], SIDES[step]]
    if words in (["x"], ["y"]):
        return [f"point {step + 1},", *words]
    return [*words, str(step + 1)]


def _differ(old: Any, new: Any) -> bool:
    numbers = all(isinstance(value, int | float) for value in (old, new))
    if not numbers or not any(isinstance(value, float) for value in (old, new)):
        return old != new
    both_missing = math.isnan(old) and math.isnan(new)
    return not (both_missing or math.isclose(old, new, rel_tol=ONE_UNIT, abs_tol=NEARLY_ZERO))


def _short(value: Any, *, width: int = 80) -> str:
    text = "nothing" if value is None else f"{value:.10g}" if isinstance(value, float) else str(value)
    return text if len(text) <= width else text[:width] + "…"
