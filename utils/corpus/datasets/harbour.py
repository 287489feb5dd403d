"""A wholly fictional dispute in a fictional port, as three papers and a wire agency told it; its truth is planted."""

from utils.corpus.corpus import FOLDER
from utils.corpus.datasets import Dataset
from utils.intake import files
from utils.intake.batch import DEFAULT, Options, Reading


def read(options: Options = DEFAULT) -> Reading:
    """Give the articles as any reader's own files; what was planted in them is not told here."""
    return files.read(FOLDER / "harbour" / "texts", options)


DATASET = Dataset(
    read,
    "CC BY 4.0",
    "a wholly fictional port dispute in 120 articles of three papers, with planted truth",
    caution="Port, people and papers are invented.",
    made_of=FOLDER / "harbour" / "texts",
)
