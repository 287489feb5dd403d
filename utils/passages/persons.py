"""Persons: the passages in which they are mentioned."""

import pandas as pd

from utils.corpus.corpus import Corpus
from utils.passages.table import corpus


def mentions(news: Corpus) -> pd.DataFrame:
    """Give the passages behind `news.persons`: one row a mention of a person, or of a body that speaks.

    `passages.evidence(news, news.persons, persons.mentions(news), on="person")` opens each person onto them. Names in
    bodies are read, and speakers in headlines; "she" and "the mayor" are no mentions.

    Returns one row a mention, in the order of the texts:
        article_id, start, end   as everywhere
        form                     str, the name as it stands there, with the title before a surname: Mrs. Marrow
        person                   str, whom it means, by the fullest form in the corpus; where that cannot be told, the
                                 form itself, and `sure` is False
        kind                     str: person or organisation
        sure                     bool
    """
    return corpus(news).mentions
