"""Dates of publication: read where they are sure, missing where they are not, and never a guess that is not said.

The day is the paper's own: the wall clock is kept as it is written, and its time zone dropped. An article of 11 p.m.
in Caracas belongs to that day there, whatever the day was in London. Which forms are read is said in `dateforms`.
"""

import re
from collections.abc import Hashable, Iterable, Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from utils.intake.batch import PART
from utils.intake.dates import forms
from utils.intake.dates.forms import LONGEST, NEVER, Read

FUTURE = "this is after today; it is kept"
NO_PAPER = "no newspaper can be of that year"
CURE = "write it as 2025-12-03, or leave it empty"
CURE_KEPT = "nothing to do if that is right; else write it as 2025-12-03"
FOUR_DIGITS = re.compile(r"\d{4}")
FIRST_YEAR, LAST_YEAR = 1600, 2199  # the first newspapers are of 1605


def read(value: object, *, order: str | None = None, today: date | None = None) -> Read:
    """Give the date that a value holds, or NaT; and what is doubtful about it, or None.

    Nothing is missing in silence but what says that it is missing (empty, "n/a", NaN).

    Parameters
        value: text, a date or datetime of any kind, or a number.
        order: "day first" or "month first", where that is known for dates like 03/12/2025; else such dates are
        missing, unless one of the numbers is above 12.
        today: the day after which a date is doubtful; default the computer's own.
    """
    if value is None or value is NEVER or value is pd.NA or isinstance(value, float | np.floating) and value != value:
        return NEVER, None
    try:
        if isinstance(value, str):
            moment, doubt = _iso(value) or forms.of_text(value, order)
        elif isinstance(value, date | np.datetime64):
            moment, doubt = pd.Timestamp(value), None
        elif isinstance(value, int | np.integer) and 1600_01_01_00_00_00 <= value <= 2199_12_31_23_59_59:
            moment, doubt = forms.of_text(str(value), None)
        elif isinstance(value, int | float | np.number) and not isinstance(value, bool | np.bool_):
            moment, doubt = forms.of_number(float(value))
        else:
            return NEVER, forms.UNKNOWN
    except (ValueError, OverflowError):
        return NEVER, forms.UNKNOWN
    return _checked(moment, doubt, today)


def undecided(value: object) -> bool:
    """Tell whether a value is a date in numbers whose order other dates may settle, or that may settle theirs."""
    return _numbers(value) is not None


def settled(
    values: Sequence[object], sources: Sequence[str], outlets: Sequence[object]
) -> tuple[list[object], list[tuple[str, str, str]]]:
    """Give the values with every undecided one read, and what is to be reported: source, problem, cure.

    The order of day and month is what other dates of the same file prove; where they prove none, or both, what dates
    of the same outlet prove.
    """
    files = [part["file"] if (part := PART.fullmatch(source)) else source for source in sources]
    places = [number for number, value in enumerate(values) if undecided(value)]
    orders = [_orders(places, values, owners) for owners in (files, outlets)]
    found, told, said = list(values), [], set()
    for number in places:
        owners = [(orders[0].get(files[number]), files[number]), (orders[1].get(outlets[number]), outlets[number])]
        order, among = next(((order, owner) for order, owner in owners if order and owner), (None, None))
        found[number], doubt = read(values[number], order=order)
        if doubt:
            told.append((sources[number], *problem(values[number], found[number], doubt)))
        elif order and among not in said and _proves(values[number]) is None:
            said.add(among)
            others = f"others of {shown(among)} can only be read so"
            how = f"dates such as “{shown(values[number])}” were read {order}, as {others}"
            told.append((sources[number], how, CURE_KEPT))
    return found, told


def proven_order(values: Iterable[object]) -> str | None:
    """Give "day first" or "month first" if dates such as 25/12/2025 among the values prove it and none the other."""
    found = {_proves(value) for value in values} - {None}
    return found.pop() if len(found) == 1 else None


def problem(value: object, moment: object, doubt: str) -> tuple[str, str]:
    """Give a doubt about a date as the report tells it: problem and cure."""
    return f"published “{shown(value)}”: {doubt}", CURE if moment is NEVER else CURE_KEPT


def shown(value: object, *, most: int = 60) -> str:
    """Give a value as a line of the report can hold it: on one line, cut where it is long, no half characters."""
    text = " ".join(str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace").split())
    return text if len(text) <= most else f"{text[: most - 1]}…"


def is_line(line: str) -> bool:
    """Tell whether a line is a date and nothing else, sure or doubtful, as it stands above or below an article."""
    if len(line) > LONGEST or not any(map(str.isdigit, line)):
        return False
    moment, doubt = forms.of_text(line, None)
    if doubt == forms.RELATIVE:
        return len(line) < 20 or is_labelled(line)
    if not FOUR_DIGITS.search(line):
        return False
    dated = moment is not NEVER or doubt in (forms.AMBIGUOUS, forms.IMPOSSIBLE, forms.CHANGED)
    return dated and doubt not in (forms.EPOCH, forms.EPOCH_MS, forms.SHORT_YEAR) and not line.strip().isdigit()


def is_labelled(line: str) -> bool:
    """Tell whether a line says of itself that it tells a date: "Published …", "Updated …"."""
    return forms.LABELS.match(forms.plain(line)) is not None


def _orders(places: list[int], values: Sequence[object], owners: Sequence[Hashable]) -> dict[Hashable, str | None]:
    """Give the order that the dates of each owner prove."""
    members: dict[Hashable, list[object]] = {}
    for number in places:
        members.setdefault(owners[number], []).append(values[number])
    return {owner: proven_order(own) for owner, own in members.items()}


def _iso(text: str) -> Read | None:
    """Give a plain ISO date, the commonest form, fast; None where it is not one."""
    text = text.strip()
    if len(text) >= 10 and text[4] == text[7] == "-" and text.isascii():
        try:
            return pd.Timestamp(datetime.fromisoformat(text).replace(tzinfo=None)), None
        except ValueError:
            return None
    return None


def _checked(moment: pd.Timestamp, doubt: str | None, today: date | None) -> Read:
    """Give a moment without its zone, if any newspaper can be of that day; and whether it is yet to come."""
    if moment is NEVER:
        return moment, doubt
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return NEVER, NO_PAPER
    if moment.tzinfo is not None:
        moment = moment.tz_localize(None)
    if moment.date() > (today or date.today()) + timedelta(days=1):
        doubt = doubt or FUTURE
    return moment, doubt


def _numbers(value: object) -> tuple[int, int] | None:
    """Give the two first numbers of a date such as 03/12/2025."""
    if not isinstance(value, str) or not 6 <= len(value) <= LONGEST or value[:4].isdigit():
        return None
    found = forms.NUMERIC.search(value)
    return (int(found["a"]), int(found["b"])) if found else None


def _proves(value: object) -> str | None:
    """Give the order that one date in numbers proves, being possible in no other."""
    first, second = _numbers(value) or (0, 0)
    if 12 < first <= 31 and 1 <= second <= 12:
        return "day first"
    return "month first" if 12 < second <= 31 and 1 <= first <= 12 else None
