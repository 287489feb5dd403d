"""The corpora by name, and the one way in: `load`."""

import difflib
import hashlib
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from utils import engines
from utils.arguments import Refusal, nearest, one_of
from utils.corpus import by_file, datasets, handed_on, own_forms, readings, remembered
from utils.corpus.assembly import assembled
from utils.corpus.corpus import FOLDER, Corpus, CorpusError
from utils.intake import article, places
from utils.intake.batch import DEFAULT, Options, Reading
from utils.intake.cleaning import own_rules
from utils.intake.encodings import whole
from utils.intake.readers.tables import frames, known
from utils.intake.readers.tables.columns import OURS, quoted
from utils.spans import inside

KEYS = {  # the columns of each answer key
    "quotes": "article_id start end kind speaker speaker_start speaker_end cue cue_start cue_end named nested".split(),
    "copies": ["article_id", "story", "kind", "original"],
    "tone": ["article_id", "start", "end", "first", "second", "third", "code"],
    "facts": ["article_id", "start", "end", "fact", "name", "status", "whose"],
    "terms": ["term", "planted", "factor", "article_id", "power"],
}
FLAGGED = re.compile(r"(/.+/)[gimsuxy]{1,4}")  # an expression with flags, as other programs write it


def load(
    name_or_path: str | os.PathLike | pd.DataFrame,
    *,
    columns: Mapping[str, str | Sequence[str]] | None = None,
    furniture: Sequence[str] | None = None,
    outlet_from: str | None = None,
    date_from: str | None = None,
    remember: bool = False,
    engine: str | None = None,
) -> Corpus:
    """Give the corpus of that name, or made of that file, folder or frame.

    Names are those of `available()`. A path may be absolute, or relative to where you are or to the project; a frame
    has one article a row, as a table in a file has. Nothing is altered: what a reader could not read is named in
    `Corpus.report()`, and the rest loads. A list of names in the folder, persons.csv, goes before `Corpus.persons`.

    Parameters
        columns: for tables, our names and theirs: {"raw": "my text", "outlet": "paper"}; of several names, as in
        {"raw": ["text", "content"]}, the first that a table has counts. Usual names (Headline, Pub. Date, Quelle) need
        none of this; `Corpus.report()` says which were taken. Other columns are kept as they are.
        furniture: lines of your own to set aside, as they stand ("Sign up for our letter"), by how they begin (40
        characters and more, then " …") or as a regular expression between slashes ("/^Photo: /"); the receipt names
        them, and the report those that found nothing.
        outlet_from: "folder", if the names of folders are outlets; for articles that name none themselves.
        date_from: "name" or "folder", if the names of files or folders hold the date, as 2024-03-05_x.txt does.
        remember: whether to keep these options in the folder, as corpus.toml; `load` reads it, and what is given in
        a call stands before it.
        engine: where words, sentences and quotations are found: "here", in this process; "processes", as many as there
        are processors, which read the files of a large folder too; a Dask cluster by the address of its scheduler, such
        as "tcp://127.0.0.1:8786". Left out: here, and from 5,000 articles or files in processes. What is found is the
        same.
    Raises CorpusError if there is no such name or path or nothing in it can be read, ValueError if an option, or that
    list, is none.
    """
    engines.checked(engine)
    given = {"columns": columns, "furniture": furniture, "outlet_from": outlet_from, "date_from": date_from}
    said = {key: value for key, value in given.items() if value is not None}
    colleague = handed_on.wanted(name_or_path)
    news = replace(_loaded((colleague and colleague.here) or name_or_path, said, remember, engine), _engine=engine)
    return colleague.arranged(news) if colleague else news


def _loaded(
    name_or_path: str | os.PathLike | pd.DataFrame, said: Mapping[str, Any], remember: bool, engine: str | None
) -> Corpus:
    """Give the corpus that `load` is asked for, with what was said about it."""
    if isinstance(name_or_path, pd.DataFrame):
        options = _options(said, remember, None)
        return assembled("frame", frames.read(name_or_path, options), options=options, called="frame")
    called = quoted(str(name_or_path))
    if isinstance(name_or_path, str) and (dataset := datasets.by_name().get(name_or_path)):
        options = _options(said, remember, dataset.folder)
        if not dataset.takes_options and options != DEFAULT:
            raise CorpusError(
                f"the {name_or_path} are read as they are: columns and furniture are for files of your own"
            )
        forms = own_forms.read(dataset.folder) if dataset.folder else {}
        called *= bool(dataset.folder)
        return readings.kept(name_or_path, dataset.read, dataset.made_of, options=options, called=called, forms=forms)
    path = _found(name_or_path)
    options = _options(said, remember, path if path.is_dir() else None)
    forms = own_forms.read(path) if path.is_dir() else {}
    return readings.kept(
        path.name, partial(by_file.read, path, engine=engine), path, options=options, called=called, forms=forms
    )


def _options(said: Mapping[str, Any], remember: bool, folder: Path | None) -> Options:
    """Give the options as the readers take them, those kept in the folder among them, or say what is wrong with them.

    remember: whether they are kept in the folder from now on.
    """
    if remember and folder is None:
        raise CorpusError("remember=True keeps options in a folder of your own; load the folder, not a file or frame")
    known: dict[str, Any] = (remembered.read(folder) if folder else {}) | dict(said)
    where = {"outlet_from": places.OUTLETS_FROM, "date_from": places.DATES_FROM}
    for name, values in where.items():
        if known.get(name) is not None:
            one_of(known[name], values, name)
    options = Options(
        _columns(known.get("columns")),
        _furniture(known.get("furniture", ())),
        known.get("outlet_from"),
        known.get("date_from"),
    )
    if remember and folder:
        remembered.write(folder, known)
    return options


def _columns(columns: Mapping[str, str | Sequence[str]] | None) -> dict[str, str | tuple[str, ...]]:
    """Give our names and theirs, several as a tuple, or say what is wrong with them."""
    example = 'columns maps our names to those of the table, as in {"raw": "text", "outlet": "source"}'
    if columns is not None and not isinstance(columns, Mapping):
        raise CorpusError(f"{example}; what came is {columns!r}")
    for ours, theirs in (columns or {}).items():
        several = list(theirs) if isinstance(theirs, list | tuple) else [theirs]
        if not several or not all(isinstance(name, str) and name for name in (ours, *several)):
            raise CorpusError(f"{example}; what came is {ours!r}: {theirs!r}")
        near = None if ours in OURS else _nearest(ours)
        turned = theirs if theirs in OURS else None
        if near:
            meant = f"{{{turned!r}: {ours!r}}}" if turned else repr(near)
            raise CorpusError(f"columns knows no {ours!r}; did you mean {meant}? Our names are {', '.join(OURS)}")
    return {
        whole(ours): theirs if isinstance(theirs, str) else tuple(theirs) for ours, theirs in (columns or {}).items()
    }


def _nearest(name: str) -> str | None:
    """Give the one of our names that is meant by another: by its spelling, or as tables usually call that column."""
    near = difflib.get_close_matches(name.casefold(), OURS, n=1, cutoff=0.8)
    return near[0] if near else known.nearly_meant(name)


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
    "copies", one row an article: story, kind (only, original, verbatim, cut, reheadlined, edited), original; or
    "tone", sentences drawn by lot with what two people coded them, `first` and `second` (1 good news, -1 bad news, 0
    neither), `third` where these differ, and the `code` that counts; or
    "facts", the sentences that tell a fact, one row a sentence and fact: the fact's id and its name in a few words, its
    status (reported, claim, estimate) and whose claim or estimate it is; or
    "terms", words planted for one paper, how many times as often (`factor`) and how likely a test is to find them
    (`power`), or heaped up in one article, its `article_id`.
    Returns the rows of these articles, in their order; none where nothing was planted.
    Raises ValueError if `what` is none of them.
    """
    if what not in KEYS:
        raise Refusal(f"an answer key is there for {' or '.join(map(repr, KEYS))}; what came is {what!r}")
    path = FOLDER / news.name / "truth" / f"{what}.csv"
    if datasets.by_name().get(news.name) is None or not path.is_file():
        return pd.DataFrame(columns=KEYS[what], dtype="str")
    table = pd.read_csv(path, dtype={column: "str" for column in ("article_id", "story", "original")})
    place = news.articles.index.get_indexer(table["article_id"])
    place[table["article_id"].isna()] = 0  # of the corpus, and of no article alone
    rows = table.iloc[np.argsort(place, kind="stable")][np.sort(place) >= 0].reset_index(drop=True)
    return rows if what != "terms" else rows[KEYS[what]]


def available() -> pd.DataFrame:
    """Give the corpora that can be loaded by name: one row each.

    Columns: name, articles (int, 0 where none is there yet), words (int, in the body), first and last (dates of
    publication, NaT unknown), rights, about.
    """
    rows = []
    for name, (_, rights, about, *_) in datasets.by_name().items():
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
    raise CorpusError(
        f"there is no corpus, file or folder called {str(name_or_path)!r}"
        + (nearest(name_or_path, datasets.by_name()) or ".")
        + f" Corpora by name: {', '.join(datasets.by_name())}. A path is looked for in {Path.cwd()}."
    )
