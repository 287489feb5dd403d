"""Downloads from news databases: many articles in one file, each with a head and a foot of fields.

The lines of a text are what counts, whatever the format it came in. `layouts` is the table of all layouts: Nexis,
ProQuest, Factiva, EBSCO, Gale, Europresse; `fields` reads lines by it, `division` divides them into articles, `records`
tells head, text and foot of each apart, `values` what the fields say. What stands before the first article is the cover
of the download, and no article.
"""

from collections.abc import Collection, Sequence

from utils.intake import article, budget
from utils.intake.batch import File, Reading, Span, lines
from utils.intake.cleaning import wrapped
from utils.intake.readers.databases import division, fields, records
from utils.intake.readers.databases.layouts import ANY

FAILED = "We are sorry but there is an error in this document"
LINE = 40  # characters that it takes as long as to read a line by all layouts
OFF_BY = 0.2  # of the words stated: by more than that our count and theirs disagree
AS_ONE = "divide it into files of one article each, or download it again in another format (.txt, .docx, .html, .rtf)"


def take(
    file: File,
    reading: Reading,
    raw: str,
    *,
    encoding: str = "utf-8",
    headings: Collection[str] = (),
    spans: Sequence[Span] | None = None,
) -> bool:
    """Take the articles of a download from a news database into the reading; tell whether the text is one.

    A text that looks like several articles and cannot be divided is noted, and left to be read as one.

    Parameters
        raw: all text of the file.  headings: those of its paragraphs that are styled as headings, if that is known.
        spans: the places of its paragraphs, if they are known; else its lines, joined where they are hard-wrapped.
    """
    budget.size_of(raw)
    if not ANY.search(raw):
        return False
    spans = fields.parted(raw, spans or wrapped.paragraphs(raw) or list(lines(raw)))
    reading.budget.spend(LINE * len(spans))
    headings = frozenset(" ".join(heading.split()) for heading in headings)
    found, looks = division.divided(raw, spans, headings)
    n_found = len(found.bounds) if found else 1
    if looks > n_found:
        so = f"; {n_found:,} were found" if n_found > 1 else ", and could not be divided"
        reading.problem(file.name, "doubtful", f"this looks like a download of {looks:,} articles{so}", AS_ONE)
    if found is None:
        return False
    layout, told, bounds = found
    for number, (first, last) in enumerate(bounds, start=1):
        own = records.Record("", told[first:last], layout, headings)
        _take_one(file, reading, raw, own, number if len(bounds) > 1 else None, encoding)
    if left := division.left_over(told, bounds):
        said = (
            f"{len(left):,} line{'s' * (len(left) > 1)} of prose outside its articles not read: “{left[0].text[:60]}…”"
        )
        reading.problem(file.name, "doubtful", said, "look whether an article is cut off or has lost its fields")
    cover = (division.COUNTED.fullmatch(line.text) for line in told[: bounds[0][0]])
    stated = next((int(counted[1]) for counted in cover if counted), len(bounds))
    if stated != len(bounds):
        problem = f"its cover speaks of {stated:,} documents, but {len(bounds):,} were found"
        reading.problem(file.name, "doubtful", problem, "look at its end; download the missing ones again")
    return True


def is_mark(raw: str, line: Span) -> bool:
    """Tell whether a line begins, ends or divides the articles of a download."""
    return fields.is_mark(raw, line[0], line[1])


def _take_one(file: File, reading: Reading, raw: str, own: records.Record, number: int | None, encoding: str) -> None:
    """Take one article of a download: its own stretch of the text, told apart."""
    start, end = own.lines[0].start, own.lines[-1].end
    text = raw[start:end]
    source = file.name if number is None else f"{file.name} article {number}"
    if FAILED in text:
        reading.problem(source, "unreadable", "Nexis could not give this article, but an error", "download it again")
        return
    record, labelled = records.told(own.moved(text, start), file.options.furniture)
    stated = record.facts.get("length")
    counted = sum(len(text[left:right].split()) for left, right, kind, _ in labelled[0] if kind == "body")
    if isinstance(stated, int) and abs(counted - stated) > OFF_BY * stated:
        said = f"{record.layout.name} states {stated:,} words, but its text has {counted:,}"
        reading.problem(source, "doubtful", said, "see whether it is cut off, or its end was taken for a trailer")
    article.take(
        reading, text, source=source, encoding=encoding, sha256=file.sha256, options=file.options, given=record.facts,
        article_id=file.name if number is None else f"{file.name}-{number}", labelled=labelled,
    )  # fmt: skip
