"""From what the readers brought back to a corpus: dates settled, what is doubled and what recurs noted."""

from collections.abc import Mapping

import pandas as pd

from utils.corpus import gaps, own_forms
from utils.corpus.corpus import PROBLEMS, Corpus, CorpusError
from utils.intake import dates, places
from utils.intake.batch import DEFAULT, Options, Reading
from utils.intake.cleaning import own_rules, recurring
from utils.intake.files import PERSONS
from utils.intake.readers.tables import together
from utils.layers import repeated


def assembled(
    name: str, reading: Reading, *, options: Options = DEFAULT, called: str = "", forms: Mapping[str, str] | None = None
) -> Corpus:
    """Give the corpus made of what the readers brought back, exact doubles noted, and rules of furniture without use.

    options: what was said about the files.  called: what `load` was given, as it stands in a call; the cures that are
    printed hold it, and what is missing in the articles of a person's own is told.  forms: whom forms of names mean, as
    a list of a person's own has it.
    Raises CorpusError if no article was read: with what was found and why it was not.
    """
    if not len(reading):
        told = sorted(reading.problems, key=lambda each: each["kind"] != "unreadable")[:3]
        found = "; ".join(
            f"{each['source']}: {each['problem']}; "
            + together.cure(each["cure"], each["source"], reading.layouts, called)
            for each in told
        )
        raise CorpusError(
            f"no article could be read from {name}. "
            + (
                _callable(found, called)
                or "There are no files in it at all: put in articles, as one .txt file each for example."
            )
        )
    places.fill(reading, options)
    _settle_dates(reading)
    articles, segments = reading.tables()
    marks = reading.marks()
    blocks = repeated.blocks(
        articles["raw"], segments, articles["outlet"], texts=marks.texts, paragraphs=marks.paragraphs
    )
    theirs = own_rules.notes(articles, segments, options.furniture)
    for note in [*recurring.notes(articles, segments, blocks, marks), *theirs]:
        reading.problem(**{"source": name, **note})
    for note in own_forms.notes(forms or {}, articles["raw"]):
        reading.problem(**{"source": PERSONS, **note})
    problems = pd.DataFrame(reading.problems, columns=PROBLEMS, dtype="str")
    cures = zip(problems["source"], problems["cure"], strict=True)
    problems["cure"] = [_callable(together.cure(cure, file, reading.layouts, called), called) for file, cure in cures]
    known = gaps.Gaps(called, reading.without, reading.unread, options.columns, reading.layouts)
    layers = {"blocks": blocks}  # which copies will ask for
    return Corpus(name, articles, segments, problems.astype("str"), _layers=layers, _gaps=known, _forms=forms or {})


def _callable(said: str, called: str) -> str:
    """Give what is said with the calls of `load` in it as they can be copied."""
    return said.replace("load(…", f"load({called or '…'}")


def _settle_dates(reading: Reading) -> None:
    """Read the dates in numbers whose order of day and month takes other dates to tell."""
    facts = reading.columns
    if "published" in facts:
        outlets = facts.get("outlet", [None] * len(reading))
        facts["published"], told = dates.settled(facts["published"], facts["source"], outlets)
        for problem in told:
            reading.problem(problem[0], "doubtful", *problem[1:])
