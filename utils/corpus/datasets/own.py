"""The corpora that were written for this collection, as articles: standoff with what was planted in each text,
harbour as it was received."""

import csv
import hashlib
from pathlib import Path

from utils.intake import article, files
from utils.intake.batch import DEFAULT, Options, Reading

FOLDER = Path(__file__).resolve().parents[3] / "corpus"


def standoff(options: Options = DEFAULT) -> Reading:
    """Give the ten teaching texts, each with the frame and the genre planted in it.

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


def harbour(options: Options = DEFAULT) -> Reading:
    """Give the articles of the harbour dispute as any reader's own files; what was planted in them is not told here."""
    return files.read(FOLDER / "harbour" / "texts", options)
