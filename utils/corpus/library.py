"""The corpora by name, and the one way in: `load`."""

import difflib
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from utils.arguments import Refusal
from utils.corpus import datasets
from utils.corpus.corpus import FOLDER, Corpus, CorpusError, assembled
from utils.intake import article, files
from utils.intake.batch import DEFAULT, Options, Reading
from utils.intake.cleaning import own_rules
from utils.intake.encodings import whole
from utils.intake.readers.tables.columns import OURS
from utils.spans import inside

KEYS = {  # the columns of each answer key
    "quotes": "article_id start end kind speaker speaker_start speaker_end cue cue_start cue_end named nested".split(),
    "copies": ["article_id", "story", "kind", "original"],
}
FLAGGED = re.compile(r"(/.+/)[gimsuxy]{1,4}")  # an expression with flags, as other programs write it


def load(
    name_or_path: str | os.PathLike,
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    furniture: Sequence[str] = (),
) -> Corpus:
    """Give the corpus of that name, or made of that file or folder.

    Names are those of `available()`. A path may be absolute, or relative to where you are or to the project.
    Nothing is altered: what a reader could not read is named in `Corpus.report()`, and the rest loads.

    Parameters
        columns: for tables, our names and theirs: {"raw": "text", "outlet": "source"}; of several names, as in
        {"raw": ["text", "content"]}, the first that a table has counts. Other columns are kept as they are.
        furniture: lines of your own to set aside, as they stand ("Sign up for our letter"), by how they begin (40
        characters and more, then " …") or as a regular expression between slashes ("/^Photo: /"); the receipt names
        them, and the report those that found nothing.
    Raises CorpusError if there is no such name or path, or nothing in it can be read.
    """
    options = _options(columns, furniture)
    if isinstance(name_or_path, str) and (dataset := datasets.by_name().get(name_or_path)):
        if not dataset.takes_options and options != DEFAULT:
            raise CorpusError(
                f"the {name_or_path} are read as they are: columns and furniture are for files of your own"
            )
        return assembled(name_or_path, dataset.read(options), furniture=options.furniture)
    path = _found(name_or_path)
    return assembled(path.name, files.read(path, options), furniture=options.furniture)


def _options(columns: Mapping[str, str | Sequence[str]] | None, furniture: Sequence[str]) -> Options:
    """Give the options as the readers take them, or say what is wrong with them."""
    return Options(_columns(columns), _furniture(furniture))


def _columns(columns: Mapping[str, str | Sequence[str]] | None) -> dict[str, str | tuple[str, ...]]:
    """Give our names and theirs, several as a tuple, or say what is wrong with them."""
    example = 'columns maps our names to those of the table, as in {"raw": "text", "outlet": "source"}'
    if columns is not None and not isinstance(columns, Mapping):
        raise CorpusError(f"{example}; what came is {columns!r}")
    for ours, theirs in (columns or {}).items():
        several = list(theirs) if isinstance(theirs, list | tuple) else [theirs]
        if not several or not all(isinstance(name, str) and name for name in (ours, *several)):
            raise CorpusError(f"{example}; what came is {ours!r}: {theirs!r}")
        near = difflib.get_close_matches(ours.casefold(), OURS, n=1, cutoff=0.8)
        if ours not in OURS and near:
            raise CorpusError(f"columns knows no {ours!r}; did you mean {near[0]!r}? Our names are {', '.join(OURS)}")
    return {
        whole(ours): theirs if isinstance(theirs, str) else tuple(theirs) for ours, theirs in (columns or {}).items()
    }


def _furniture(furniture: Sequence[str]) -> tuple[str, ...]:
    """Give the lines to set aside, or say what is wrong with them."""
    if isinstance(furniture, str):
        raise CorpusError(f"furniture is a list of lines; write furniture=[{furniture!r}]")
    try:
        own_rules.rules.cache_clear()  # an expression that was given up is tried anew
        own_rules.rules(tuple(furniture))
    except (TypeError, ValueError) as error:
        raise CorpusError(f"furniture is a list of lines to set aside: {error}") from error
    for line in furniture:
        if flagged := FLAGGED.fullmatch(line):
            raise CorpusError(
                f"{line!r} in furniture has letters after its second slash; write {flagged[1]!r}: capitals and small "
                "letters are one anyway, and other flags are not known"
            )
    return tuple(furniture)


def paste(text: str, *, name: str = "pasted") -> Corpus:
    """Give a corpus of one article from text pasted into the notebook, read as a scraped file would be.

    A half character that no encoding can hold (a lone surrogate) becomes U+FFFD and is reported.
    Raises CorpusError if the text is empty or no text at all.
    """
    if not isinstance(text, str):
        raise CorpusError(f"paste takes the text of one article in quotation marks; what came is {type(text).__name__}")
    reading, name = Reading(), whole(name)
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    article.take(reading, text, source=name, encoding="utf-8", sha256=sha256)
    return assembled(name, reading)


def answer_key(news: Corpus, what: str) -> pd.DataFrame:
    """Give what was planted in the articles of a corpus, as the key that a method is checked against.

    what: "quotes", the quotations as the layer has them, with `nested` (bool, whether one stands inside another); or
    "copies", one row an article: story, kind (only, original, verbatim, cut, reheadlined, edited), original.
    Returns the rows of these articles, in their order; none where nothing was planted.
    Raises ValueError if `what` is neither.
    """
    if what not in KEYS:
        raise Refusal(f"an answer key is there for {' or '.join(map(repr, KEYS))}; what came is {what!r}")
    path = FOLDER / news.name / "truth" / f"{what}.csv"
    if datasets.by_name().get(news.name) is None or not path.is_file():
        return pd.DataFrame(columns=KEYS[what], dtype="str")
    table = pd.read_csv(path, dtype={column: "str" for column in ("article_id", "story", "original")})
    place = news.articles.index.get_indexer(table["article_id"])
    return table.iloc[np.argsort(place, kind="stable")][np.sort(place) >= 0].reset_index(drop=True)


def available() -> pd.DataFrame:
    """Give the corpora that can be loaded by name: one row each.

    Columns: name, articles (int, 0 where none is there yet), words (int, in the body), first and last (dates of
    publication, NaT unknown), rights, about.
    """
    rows = []
    for name, (_, rights, about, _) in datasets.by_name().items():
        try:
            news = load(name)
        except CorpusError:
            rows.append((name, 0, 0, pd.NaT, pd.NaT, rights, about))
        else:
            dates = news.articles["published"]
            rows.append((name, len(news), len(inside(news.words, news.body)), dates.min(), dates.max(), rights, about))
    return pd.DataFrame(rows, columns=["name", "articles", "words", "first", "last", "rights", "about"])


def _found(name_or_path: str | os.PathLike) -> Path:
    """Give the path that exists, looked for from here and from the project; else a clear error."""
    try:
        path = Path(name_or_path).expanduser()
        for candidate in (path, FOLDER.parent / path):
            if candidate.exists():
                return Path(os.path.abspath(candidate))
    except (TypeError, ValueError, OSError, RuntimeError) as error:
        raise CorpusError(
            f"load takes the name of a corpus or the path of a file or folder; {name_or_path!r} is neither ({error})"
        ) from error
    near = difflib.get_close_matches(str(name_or_path), datasets.by_name(), n=1)
    raise CorpusError(
        f"there is no corpus, file or folder called {str(name_or_path)!r}"
        + (f"; did you mean {near[0]!r}?" if near else ".")
        + f" Corpora by name: {', '.join(datasets.by_name())}. A path is looked for in {Path.cwd()}."
    )
