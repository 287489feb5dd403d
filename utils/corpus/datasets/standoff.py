"""The standoff over Venezuela in late 2025, retold for teaching: twenty texts, with what was planted in each."""

import csv
import hashlib

from utils.corpus.corpus import FOLDER
from utils.corpus.datasets import Dataset
from utils.intake import article
from utils.intake.batch import DEFAULT, Options, Reading


def read(options: Options = DEFAULT) -> Reading:
    """Give the twenty teaching texts, each with the frame and the genre planted in it.

    Frame and genre stand in articles.csv beside the texts, since the texts themselves do not name them.
    """
    reading = Reading()
    with (FOLDER / "standoff" / "articles.csv").open(encoding="utf-8", newline="") as file:
        planted = {row.pop("article_id"): row for row in csv.DictReader(file)}
    for name, frame_and_genre in planted.items():
        content = (FOLDER / "standoff" / "texts" / name).read_bytes()
        article.take(
            reading,
            content.decode("utf-8"),
            source=name,
            encoding="utf-8",
            sha256=hashlib.sha256(content).hexdigest(),
            options=options,
            given=frame_and_genre,
        )
    return reading


DATASET = Dataset(
    read,
    "CC BY 4.0",
    "twenty teaching texts on the standoff over Venezuela in late 2025: five frames, four genres",
    caution="Written for teaching by one hand, from one report: a sample of nothing, so no interval here means much.",
    made_of=FOLDER / "standoff",
)
