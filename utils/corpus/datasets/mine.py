"""The reader's own articles: the reason why the collection exists."""

from utils.corpus import by_file
from utils.corpus.corpus import FOLDER, CorpusError
from utils.corpus.datasets import Dataset
from utils.intake.batch import DEFAULT, Options, Reading


def read(options: Options = DEFAULT) -> Reading:
    """Give the articles in corpus/mine/. Raises CorpusError where there is no such folder."""
    if not (FOLDER / "mine").is_dir():
        raise CorpusError(
            f"corpus/mine/ is not there yet: make the folder {FOLDER / 'mine'} and put your articles in, or bring "
            "them with explore.upload()"
        )
    return by_file.read(FOLDER / "mine", options)


DATASET = Dataset(
    read,
    "yours to know",
    "your own articles: files you put into corpus/mine/",
    folder=FOLDER / "mine",
    made_of=FOLDER / "mine",
)
