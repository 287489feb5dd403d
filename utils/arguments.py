"""Arguments: what came to a function, held against what is wanted; a refusal is one sentence, and shows no code."""

import difflib
from collections.abc import Hashable, Iterable

import numpy as np
import pandas as pd


class Refusal(ValueError):
    """What came cannot be taken; the message says what came, what was wanted and what to do.

    A notebook shows the message and nothing else, as the lines of our code help nobody to mend a call; a script has
    the traceback that Python gives.
    """

    def _render_traceback_(self) -> list[str]:
        """Give what IPython shows in place of a traceback."""
        return [str(self)]


class RefusedType(Refusal, TypeError):
    """What came is of another kind than what is wanted."""


def one_of(value: object, known: Iterable, name: str) -> None:
    """Raise Refusal where a value is none of those known, with the nearest of them."""
    known = list(known)
    if not isinstance(value, Hashable) or value not in known:
        raise Refusal(
            f"{name} is one of {', '.join(map(str, known))}; what came is {value!r:.200}{nearest(value, known)}"
        )


def whole_number(value: object, name: str, *, least: int = 1, such_as: int = 10) -> None:
    """Raise Refusal where a value is no whole number, or smaller than the least that is wanted."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | np.integer) or value < least:
        raise Refusal(f"{name} is a whole number from {least} up, such as {such_as}; what came is {value!r:.200}")


def listed(value: object, name: str, *, of: str = "terms") -> list[str]:
    """Give a list of words as a list. Raises Refusal where it came as one string, or holds anything but strings."""
    if isinstance(value, str):
        raise Refusal(
            f"{name} takes a list of {of}; what came is the bare string {value!r:.200}: write [{value!r:.200}]"
        )
    words: list = list(value) if isinstance(value, Iterable) else [None]
    if strange := [word for word in words if not isinstance(word, str)]:
        came = repr(strange[0]) if isinstance(value, Iterable) else repr(value)
        raise Refusal(f"{name} takes a list of {of}, each a string; what came is {came:.200}")
    return words


def table(value: object, name: str, *, columns: Iterable[str], of: str) -> pd.DataFrame:
    """Give a table back if it has the columns that a function gives it. Raises Refusal naming the function."""
    if not isinstance(value, pd.DataFrame):
        raise Refusal(f"{name} is a table, such as {of} gives; what came is {type(value).__name__}")
    if lacking := [column for column in columns if column not in value]:
        raise Refusal(
            f"{name} is a table, such as {of} gives; what came lacks {', '.join(lacking)} and has "
            f"{', '.join(map(str, value))}"
        )
    return value


def nearest(name: object, known: Iterable) -> str:
    """Give "; did you mean 'outlet'?" for a name that is near one that is known; empty where none is."""
    names = {str(one).casefold(): str(one) for one in known}
    near = difflib.get_close_matches(str(name).casefold(), names, n=1)
    return f"; did you mean {names[near[0]]!r}?" if near else ""
