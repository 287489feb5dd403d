"""One article into a reading: the one way in for every format."""

from collections.abc import Mapping

import pandas as pd

from utils.intake import budget, dates, encodings, language, stumps
from utils.intake.batch import DEFAULT, Options, Reading, Segment, lines
from utils.intake.cleaning import own_rules, scraped

Labelled = tuple[list[Segment], dict[str, str]]


def take(
    reading: Reading,
    raw: str,
    *,
    source: str,
    encoding: str,
    sha256: str,
    article_id: str | None = None,
    options: Options = DEFAULT,
    given: Mapping[str, object] | None = None,
    labelled: Labelled | None = None,
) -> None:
    """Label one article and take it in; an empty one is missing and noted.

    One that is too long is noted, too; if the file takes more than it may, TooMuch is raised (see utils.intake.budget).
    Half characters that no encoding can hold (lone surrogates) become U+FFFD and are noted.

    Parameters
        raw: the decoded text.  source: the file, or file and row, it came from.  article_id: default the source.
        given: columns that came beside the text (title, outlet, published, … and the person's own); they stand before
        what the lines of the text say. What is missing (None, NaN) is not given. published may be of any type.
        labelled: segments and metadata, where the format tells them; else the lines are read as a scraped article.
    """
    try:
        reading.budget.spend(budget.size_of(raw))
    except budget.TooLong as error:
        reading.problem(source, "unreadable", error.problem, error.cure)
        return
    whole = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if whole != raw:
        reading.problem(
            source, "doubtful", "half characters (lone surrogates) were replaced by U+FFFD", "copy the text again"
        )
    elif doubt := encodings.doubt(whole):
        reading.problem(source, "doubtful", *doubt)
    if not any(True for _ in lines(whole)):
        reading.problem(
            source, "unreadable", "the text is empty", "put the article into the file, or take the file away"
        )
        return
    if stumps.is_nothing(whole):
        said = f"its text is “{whole.strip()}”, which says that there is none"
        reading.problem(source, "unreadable", said, "put the text of the article there, or take it away")
        return
    for found in (stumps.doubt(whole), None if source.endswith(".pdf") else stumps.divided(whole)):
        if found:
            reading.problem(source, "doubtful", *found)
    beside = {
        name: encodings.whole(value) if isinstance(value, str) else value
        for name, value in (given or {}).items() if not _missing(value)
    }  # fmt: skip
    if labelled is None:
        known = {
            name: value for name, value in beside.items() if name in ("title", "outlet") and isinstance(value, str)
        }
        segments, metadata = scraped.label(whole, furniture=options.furniture, **known)
    else:
        theirs, metadata = labelled
        segments = own_rules.applied(whole, theirs, own_rules.rules(tuple(options.furniture)))
    if not any(kind == "body" for *_, kind, _ in segments):
        reading.problem(
            source,
            "doubtful",
            "no paragraph of an article was found in it",
            "read it with passages.read and see how its lines were labelled",
        )
    if rule := scraped.set_aside_much(whole, segments):
        problem = f"more than a third of it was set aside as “{rule}”"
        reading.problem(source, "doubtful", problem, "read it with passages.read; parts of the article may stand there")
    facts: dict[str, object] = {"article_id": article_id or source, "raw": whole}
    facts |= {"source": source, "encoding": encoding, "sha256": sha256} | metadata | beside
    if "language" not in facts:
        own = [(start, end) for start, end, kind, _ in segments if kind == "body"]
        facts["language"] = language.found(whole, own)
    if "published" in facts:
        facts["published"] = _dated(reading, source, facts["published"])
    reading.add(facts, segments)


def _missing(value: object) -> bool:
    return value is None or value is pd.NaT or value is pd.NA or isinstance(value, float) and value != value


def _dated(reading: Reading, source: str, value: object) -> object:
    """Give the moment a value holds, its doubt noted; a date in numbers is left for the others to settle its order."""
    if dates.undecided(value):
        return value
    moment, doubt = dates.read(value)
    if doubt:
        problem, cure = dates.problem(value, moment, doubt)
        reading.problem(source, "doubtful", problem, cure)
    return moment
