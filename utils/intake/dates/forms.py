"""The forms in which newspapers, web pages and databases write a date: text or number in, a moment and a doubt out."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import pandas as pd

Read = tuple["pd.Timestamp | pd.NaT", "str | None"]  # a moment, and what is doubtful about it

NEVER = pd.NaT
LONGEST = 120

AMBIGUOUS = "day and month cannot be told apart"
UNKNOWN = "this is no date in a form we know"
IMPOSSIBLE = "there is no such day"
RELATIVE = "this counts from the day the page was saved, which we do not know"
NO_DAY = "it names no day"
NO_YEAR = "it names no year"
CHANGED = "this is when the page was last changed, not when it was published"
SERIAL = "a bare number; it may be a day as a spreadsheet counts them"
UPDATED = "the date of an update was taken, as no other is given"
EPOCH = "taken as seconds since 1970, in universal time"
EPOCH_MS = "taken as milliseconds since 1970, in universal time"
SHORT_YEAR = "the year has two digits; the century was taken as the latest that is past"
DOTTED = "taken as day, month, year, as dates with points mostly are"
WEEKDAY = "the weekday does not fit the day, which is kept"
TIME = "there is no such time; the day is kept"

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene janeiro janvier janv januar janner",
            "february feb febrero fevereiro fev fevrier fevr februar",
            "march mar marzo marco mars marz maerz mrz",
            "april apr abril abr avril avr",
            "may mayo maio mai",
            "june jun junio junho juin juni",
            "july jul julio julho juillet juil juli",
            "august aug agosto ago aout",
            "september sept sep septiembre setiembre setembro septembre",
            "october oct octubre outubro out octobre oktober okt",
            "november nov noviembre novembro novembre",
            "december dec diciembre dic dezembro dez decembre dezember",
        ),
        start=1,
    )
    for name in names.split()
}
MONTH = r"(?P<month>[a-z]{3,10})\b\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|[.ºª])?"
YEAR = r"(?P<year>\d{4}|'\d\d)\b"
OF = r"(?:\s+(?:of|de|del|do))?"
WORDED = [
    re.compile(rf"\b{DAY}{OF}[\s\-]+{MONTH}{OF}[\s,\-]*{YEAR}"),
    re.compile(rf"\b{MONTH}\s*{DAY}\s*,?\s*{YEAR}"),
    re.compile(rf"\b{DAY}\s+{MONTH}\s+(?P<year>\d\d)\b(?!:)"),
    re.compile(rf"\b{DAY}-{MONTH}-(?P<year>\d\d)\b"),
]
CLOCK_INSIDE = re.compile(r"\b([a-z]{3} \d{1,2}) (\d\d:\d\d:\d\d(?: [+-]\d{4}| [a-z]{2,4})?) (\d{4})$")
YEAR_FIRST = re.compile(r"(?<![\d/.-])(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?![\d/.-])")
PLAIN = re.compile(
    r"(?P<year>[12]\d{3})(?P<month>\d\d)(?P<day>\d\d)(?:t?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?z?)?"
)
NUMERIC = re.compile(r"(?<![\d/.-])(?P<a>\d{1,2})(?P<mark>[/.-])(?P<b>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)(?![\d/.-])")
CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:(?:[:.]|h\s?)(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?\s*"
    r"(?P<half>[ap]\.?\s?m\b\.?)?(?:\s*(?:z\b|uhr\b|hrs\b|h\b))?"
)
LABELS = re.compile(
    r"(?P<changed>last (?:updated|modified|changed|edited|reviewed)|modified|retrieved|accessed|archived)"
    r"|(?P<updated>updated?|revised|actualizado|atualizado|mis a jour|aktualisiert)"
    r"|(?:(?:first|originally) )?(?:published|posted|created|issued|filed)|(?:publication |pub |post |issue )?date"
    r"|publicado|publie|veroffentlicht"
)
ZONE = r"[+-]\d\d:?\d\d\b"
FILLERS = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|lunes|martes|miercoles|jueves|viernes|sabado|"
    r"domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|montag|dienstag|mittwoch|donnerstag|freitag|samstag|"
    r"sonntag|segunda|terca|quarta|quinta|sexta|feira|at|on|the|um|a|as|las|le|el|der|den|am|em|us|uk|gmt|utc|edt|est|"
    r"et|cdt|cst|ct|mdt|mst|mt|pdt|pst|pt|bst|cet|cest|ist|vet|brt|art|aest|aedt|jst|hkt|eastern|central|mountain|"
    r"pacific|standard|daylight|local|time|noon|midnight)\b\.?|[\s,.;:|()\[\]•·–—/-]+"
)
WEEKDAYS = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?\b")
COUNTED = re.compile(
    r"\b(?:\d+|an?|one|few) ?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[hmd]) ago\b"
    r"|^(?:yesterday|today|tonight|just now|now|this morning|(?:last|this) (?:week|month|year|night)|ayer|hoy|hier|"
    r"gestern|heute)\b|\bhace \d+ "
)
EDGES = " ,;:|()•·–—-"
MISSING = frozenset("nan nat none null n/a na unknown undated n.d. nd - – — ? <na>".split()) | {""}


def plain(text: str) -> str:
    """Give a text in small letters without accents, white space made even."""
    small = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in small if not unicodedata.combining(c)).replace("’", "'").split())


@lru_cache(maxsize=4096)
def of_text(text: str, order: str | None) -> Read:
    """Give the date a text holds; where it holds several, with labels, that of publication.

    order: "day first" or "month first" for a date such as 03/12/2025, None where that is not known.
    """
    if len(text) > LONGEST:
        return NEVER, UNKNOWN
    small = plain(text)
    if small in MISSING:
        return NEVER, None
    if small.isascii() and (small.isdigit() or len(small) > 8 and PLAIN.fullmatch(small)):
        return _digits(small)
    pieces = _labelled(CLOCK_INSIDE.sub(r"\1 \3 \2", small))
    label, piece = min(((label, piece) for label, piece in pieces if piece), key=_rank, default=(None, ""))
    moment, doubt = _one(piece, order)
    if moment is not NEVER and label == "changed":
        return NEVER, CHANGED
    return moment, UPDATED if moment is not NEVER and label == "updated" and doubt is None else doubt


def _rank(labelled: tuple[str | None, str]) -> int:
    """Give how near a label is to publication: itself, an update, any other change."""
    return (None, "updated", "changed").index(labelled[0])


def _labelled(small: str) -> list[tuple[str | None, str]]:
    """Give the pieces between labels: "published: a | updated b" as a and b, each with what its label says."""
    pieces: list[tuple[str | None, str]] = []
    at, label = 0, None
    for match in LABELS.finditer(small):
        pieces.append((label, small[at : match.start()].strip(EDGES)))
        at, label = match.end(), match.lastgroup
    return [*pieces, (label, small[at:].strip(EDGES))]


def _one(piece: str, order: str | None) -> Read:
    """Give the one date in a piece of text, its time and weekday told; what else it holds makes it no date."""
    if COUNTED.search(piece):
        return NEVER, RELATIVE
    if found := YEAR_FIRST.search(piece):
        moment, doubt = _day(found["year"], found["month"], found["day"])
    elif found := _worded(piece):
        moment, doubt = _day(found["year"].strip("'"), MONTHS[found["month"]], found["day"])
    elif found := NUMERIC.search(piece):
        country = re.search(r"\bu[sk]\b", piece)
        moment, doubt = _in_numbers(found, {"us": "month first", "uk": "day first"}[country[0]] if country else order)
    else:
        return NEVER, _why_not(piece)
    return _with_time(moment, doubt, f"{piece[: found.start()]} | {piece[found.end() :].removeprefix('t')}")


def _worded(piece: str) -> re.Match[str] | None:
    """Give the match of the first date with the name of a month in it."""
    matches = (match for form in WORDED for match in form.finditer(piece))
    return next((match for match in matches if match["month"] in MONTHS), None)


def _in_numbers(found: re.Match[str], order: str | None) -> Read:
    """Give a date such as 03/12/2025 by a number above 12, or the order known for it, or not at all."""
    a, b = int(found["a"]), int(found["b"])
    dotted = found["mark"] == "." and order is None and a != b and max(a, b) <= 12
    if a > 12 or a == b or dotted:
        order = "day first"
    elif b > 12:
        order = "month first"
    if order is None:
        return NEVER, AMBIGUOUS
    day, month = (a, b) if order == "day first" else (b, a)
    moment, doubt = _day(found["year"], month, day)
    return moment, DOTTED if dotted and moment is not NEVER else doubt


def _day(year: str, month: str | int, day: str | int) -> Read:
    """Give a day, the century added to a short year."""
    number, doubt = int(year), None
    if len(year) == 2:
        this = datetime.now().year
        number, doubt = number + (this // 100 - (number > this % 100)) * 100, SHORT_YEAR
    try:
        return pd.Timestamp(datetime(number, int(month), int(day))), doubt
    except ValueError:
        return NEVER, IMPOSSIBLE


def _with_time(moment: pd.Timestamp, doubt: str | None, rest: str) -> Read:
    """Give the day with the time that stands beside it; anything else beside it makes it no date."""
    rest = re.sub(ZONE, " ", rest)
    found = [match for match in CLOCK.finditer(rest) if match["minute"] or match["half"]]
    left = rest.replace(found[0][0].strip(), " ", 1) if found else rest
    if len(found) > 1 or FILLERS.sub("", left):
        return NEVER, UNKNOWN
    if moment is NEVER:
        return moment, doubt
    if (weekday := WEEKDAYS.search(rest)) and weekday[1] != moment.strftime("%a").lower():
        doubt = doubt or WEEKDAY
    if not found:
        return moment, doubt
    hour, minute, second = (int(found[0][part] or 0) for part in ("hour", "minute", "second"))
    if half := found[0]["half"]:
        hour = hour % 12 + 12 * half.startswith("p") if 1 <= hour <= 12 else 24
    return _at(moment, hour, minute, second, doubt)


def _at(moment: pd.Timestamp, hour: int, minute: int, second: int, doubt: str | None) -> Read:
    """Give a moment of a day, or the day where there is no such time."""
    if hour > 23 or minute > 59 or second > 59:
        return moment, doubt or TIME
    return moment + timedelta(hours=hour, minutes=minute, seconds=second), doubt


def _why_not(piece: str) -> str:
    """Give the reason why a text without a date is none."""
    words = FILLERS.sub(" ", piece).strip()
    if re.fullmatch(r"[12]\d{3}(?: (?:0?[1-9]|1[0-2]))?|(?:0?[1-9]|1[0-2]) [12]\d{3}", words):
        return NO_DAY
    if (found := re.fullmatch(rf"{MONTH}{OF}\s*{YEAR}", words)) and found["month"] in MONTHS:
        return NO_DAY
    found = re.fullmatch(rf"{DAY}{OF}\s+{MONTH}", words) or re.fullmatch(rf"{MONTH}\s*{DAY}", words)
    return NO_YEAR if found and found["month"] in MONTHS else UNKNOWN


def _digits(digits: str) -> Read:
    """Give the date in a row of digits: 20251203, a time after it, or a number of seconds."""
    if len(digits) == 10 or not (found := PLAIN.fullmatch(digits)):
        return of_number(float(digits)) if digits.isdigit() else (NEVER, UNKNOWN)
    moment, doubt = _day(found["year"], found["month"], found["day"])
    if moment is NEVER:
        return moment, doubt
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    return _at(moment, hour, minute, second, doubt)


def of_number(number: float) -> Read:
    """Give the moment that a bare number stands for, if it can be but one."""
    if number == number // 1 and 1600_01_01 <= number <= 2199_12_31:
        return _digits(str(int(number)))
    for low, doubt, scale in ((1e8, EPOCH, 1), (1e11, EPOCH_MS, 1000)):
        if low <= number < 4.2e9 * scale:
            return pd.Timestamp(datetime.fromtimestamp(number / scale, tz=UTC).replace(tzinfo=None)), doubt
    if 1600 <= number <= 2199:
        return NEVER, NO_DAY
    return NEVER, SERIAL if 0 < number < 100_000 else UNKNOWN
