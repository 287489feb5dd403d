"""Reading an answer: what it says, whatever it is wrapped in, and how far it is from the truth."""

from __future__ import annotations

import math
import numbers
import re
import unicodedata
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import TypeGuard

import numpy as np
import pandas as pd

from utils.arguments import RefusedType

_TABLES = (pd.DataFrame, pd.Series, pd.Index, np.ndarray, pd.api.extensions.ExtensionArray)
_LISTS: tuple[type[Collection], ...] = (list, tuple, set, frozenset, dict, type({}.keys()), type({}.values()))
_MANY: tuple[type[Collection], ...] = (*_LISTS, *_TABLES)
_NUMBER = re.compile(r"[-+]?\d+(,\d{3})*(\.\d+)?|[-+]?\.\d+")

_NONE = "Your answer is None: `print(...)` shows a value and hands on nothing, so leave `print` out."
_UNCALLED = "Your answer is a function that was not called: put brackets after its name, `(...)`."
_QUOTED = "Your answer is text: take off the quotation marks and all but the number."
_ONE_CELL = "Your answer is a table with one cell: take the number out of it."


def kind_of(truth: object) -> str:
    """Give what kind of answer a truth asks for: "number", "text" or "list", or raise TypeError."""
    if _is_number(truth):
        return "number"
    if isinstance(truth, str):
        return "text"
    if isinstance(truth, _MANY) and not isinstance(truth, pd.DataFrame):
        if all(isinstance(item, str) or _is_number(item) for item in truth):
            return "list"
    raise RefusedType(f"The truth is {type(truth).__name__}; we can check a number, text, or a list or set of these.")


def undressed(answer: object, truth: object) -> tuple[object, str]:
    """Give the answer in the truth's kind, or None, and a note where it came in another or says nothing."""
    if answer is None:
        return None, _NONE
    answer = plain(answer)
    if is_missing(answer):
        return None, "Your answer is missing (NaN): nothing was found where you looked."
    if callable(answer) and not isinstance(answer, _TABLES):
        return None, _UNCALLED
    return {"number": _as_number, "text": _as_text, "list": _as_list}[kind_of(truth)](answer)


def same(value: object, truth: object, tolerance: float = 0) -> bool:
    """Give whether two values say the same: numbers within the tolerance, words in any case, sets as sets."""
    if _is_number(value) and _is_number(truth):
        if isinstance(value, numbers.Integral) and isinstance(truth, numbers.Integral):
            return abs(int(value) - int(truth)) <= tolerance
        return math.isclose(value, truth, rel_tol=1e-9, abs_tol=tolerance)
    if isinstance(value, str) and isinstance(truth, str):
        return _folded(value) == _folded(truth)
    if isinstance(value, _LISTS) and isinstance(truth, Iterable) and not isinstance(truth, str):
        given, wanted = _keys(value), _keys(truth)
        return set(given) == set(wanted) if isinstance(truth, (set, frozenset)) else given == wanted
    return False


def among(value: object, values: Iterable) -> bool:
    """Give whether a value says the same as one of several."""
    return any(same(value, one) for one in values)


def near_miss(value: object, truth: object) -> str:
    """Give what sets a wrong answer apart from the truth where that is little, else an empty text."""
    if _is_number(truth):
        return _near_number(value, truth) if _is_number(value) else ""
    if isinstance(value, list) and isinstance(truth, Iterable) and not isinstance(truth, str):
        return _near_list(value, truth)
    return ""


def is_missing(value: object) -> bool:
    """Give whether a single value is missing: None, NaN, NA or NaT."""
    return value is None or bool(pd.api.types.is_scalar(value) and pd.isna(value))


def plain(value: object) -> object:
    """Give the Python value in a numpy scalar or an array without dimensions; anything else as it is."""
    if isinstance(value, np.generic) or isinstance(value, np.ndarray) and value.ndim == 0:
        return value.item()
    return value


def _is_number(value: object) -> TypeGuard[numbers.Real | Decimal]:
    return isinstance(value, (numbers.Real, Decimal)) and not isinstance(value, (bool, np.bool_))


def _as_number(answer: object) -> tuple[object, str]:
    if _is_number(answer):
        return answer, ""
    if isinstance(answer, str):
        bare = answer.strip().removesuffix("%").strip()
        if not _NUMBER.fullmatch(bare):
            return None, "Your answer is text; we ask for a number."
        bare = bare.replace(",", "")
        return (float(bare) if "." in bare else int(bare)), _QUOTED
    if isinstance(answer, _TABLES) and answer.size == 1:
        cell = plain(np.asarray(answer).flat[0])
        if _is_number(cell):
            return cell, _ONE_CELL
    if isinstance(answer, _MANY):
        return len(answer), "Your answer is a table or list; we ask for one number: `len(...)` or one cell."
    return None, f"Your answer is of the type {type(answer).__name__}; we ask for a number."


def _as_text(answer: object) -> tuple[object, str]:
    if isinstance(answer, str):
        return (answer, "") if answer.strip() else (None, "Your answer is an empty text.")
    if _is_number(answer):
        return str(answer), "Your answer is a number; we ask for text, in quotation marks."
    if isinstance(answer, _MANY):
        items = [] if isinstance(answer, pd.DataFrame) else list(answer)
        one = items[0] if len(items) == 1 and isinstance(items[0], str) else None
        return one, "Your answer is a table or list; we ask for one text from it."
    return None, f"Your answer is of the type {type(answer).__name__}; we ask for text."


def _as_list(answer: object) -> tuple[object, str]:
    if isinstance(answer, pd.DataFrame):
        return None, 'Your answer is a whole table: take one column of it, `table["..."].tolist()`.'
    if isinstance(answer, _MANY):
        return list(answer), ""
    if isinstance(answer, str) or _is_number(answer):
        return [answer], "Your answer is a single value; we ask for a list, in square brackets."
    return None, f"Your answer is of the type {type(answer).__name__}; we ask for a list, in square brackets."


def _near_number(value: numbers.Real | Decimal, truth: numbers.Real | Decimal) -> str:
    if isinstance(truth, numbers.Integral):
        return ""
    wanted = float(truth)
    if _rounded(value, wanted):
        return "That is rounded: hand over the number as it was computed."
    if abs(wanted) <= 1 and _rounded(value, 100 * wanted):
        return "That is a percentage; we ask for a share between 0 and 1."
    if abs(wanted) > 1 and _rounded(100 * value, wanted):
        return "That is a share; we ask for a percentage."
    return ""


def _rounded(value: object, truth: object) -> bool:
    """Give whether a value is the truth to two significant digits or more."""
    return same(value, truth) or any(same(value, float(f"{truth:.{digits}g}")) for digits in range(2, 9))


def _near_list(value: list, truth: Iterable) -> str:
    given, wanted = set(_keys(value)), set(_keys(truth))
    if given == wanted:
        return "All that belong are there; look at their order, and whether one is there twice."
    if not given & wanted:
        return ""
    rest = "some are missing." if wanted - given else "all that belong are among them."
    return f"Of the {len(given)} in your list {len(given & wanted)} belong there; {rest}"


def _keys(items: Iterable) -> list:
    return [_key(plain(item)) for item in items]


def _key(item: object) -> object:
    """Give what makes two items of a list the same: the folded word, the number to nine digits."""
    if isinstance(item, str):
        return _folded(item)
    return float(f"{float(item):.9g}") if _is_number(item) else None


def _folded(text: str) -> str:
    """Give a text as it is compared: composed, case-folded, apostrophes straight, no blanks at its ends."""
    return unicodedata.normalize("NFC", text).strip().replace("\u2019", "'").casefold()
