"""What was read, kept: a corpus that is opened again is there without reading its files again.

It is kept under the contents of the files, the options, and all that reads them: code, libraries, Python. What it says
of itself (report, receipt, what is missing) is that of a corpus read anew. Nothing is kept where that cannot be known:
beside a file that cannot be opened, a rule that was given up, or where a table would not come back as it was.
"""

import datetime
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from itertools import islice, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from utils import mapped
from utils.corpus import cache, keys, sealed
from utils.corpus.assembly import assembled
from utils.corpus.corpus import PROBLEMS, Corpus
from utils.corpus.gaps import Gaps
from utils.intake import files
from utils.intake.batch import COLUMNS, TEXTS, Options, Reading
from utils.intake.cleaning import own_rules
from utils.intake.columnar import Texts

READERS = ("utils.intake", "utils.corpus.datasets", "utils.corpus.library")
SEGMENTS = [*keys.READ, "rule"]
PIECE = 16_000_000  # bytes of the texts that a table holds, as far as an article is no longer
Read = Callable[[Options], Reading]


def kept(
    name: str,
    read: Read,
    made_of: Path | str | None,
    *,
    options: Options,
    called: str,
    forms: Mapping[str, str],
) -> Corpus:
    """Give the corpus of that name, kept before or read now. See `assembled`.

    made_of: the file or folder that is read, or the package; None where that is not known, and nothing is kept.
    """
    content = _content(made_of)
    key = content and _key(name, content, options, called, forms)
    news = _opened(key, name, forms) if key else None
    if news is None:
        news = assembled(name, read(options), options=options, called=called, forms=forms)
        if key and content == _content(made_of) and not own_rules.rules(options.furniture).given_up:
            _keep(key, news)  # no file changed while it was read
        mapped.give_back()
    return news


def _content(made_of: Path | str | None) -> str | None:
    """Give what names the content that is read."""
    return files.fingerprint(made_of) if isinstance(made_of, Path) else made_of and version(made_of)


def _key(name: str, content: str, options: Options, called: str, forms: Mapping[str, str]) -> str | None:
    """Give the key of what was read: the year too, as a year of two figures is one of this century or the last."""
    try:
        told = {"name": name, "called": called, "options": options, "forms": sorted(forms.items())}
        told |= {"python": sys.version, "year": _today().year}
        return cache.key("reading", content, code=cache.code_of(*READERS), libraries=cache.libraries(), **told)
    except PackageNotFoundError:
        return None


def _today() -> datetime.date:
    return datetime.date.today()


def _opened(key: str, name: str, forms: Mapping[str, str]) -> Corpus | None:
    """Give the corpus kept under a key; None where there is none, or it would be another today."""
    path = cache.path_of(key)
    tables, texts = sealed.each(path, key), Texts()
    try:
        facts, articles, segments, problems = (table.to_pandas() for table in islice(tables, 4))
        known = json.loads(facts.at[0, "known"])
        since, until = known["days"]
        if not since <= _today().isoformat() <= until:
            return None
        for frame, wanted in ((articles, [*COLUMNS, *TEXTS]), (problems, PROBLEMS), (segments, SEGMENTS)):
            if not frame.columns.isin(wanted).sum() == len(wanted):  # a forged file has a right checksum
                return None
        for table in tables:
            if table["raw"].null_count:
                return None
            texts.extend(table["raw"])
        articles = mapped.frame(articles).assign(raw=texts.series().array)
        codes = segments["article_id"].cat.codes
        segments["article_id"] = pd.Categorical.from_codes(codes, categories=articles.index)
        segments = mapped.frame(segments)
        mapped.give_back()
        asked = {ours: each if isinstance(each, str) else tuple(each) for ours, each in known["asked"].items()}
        layouts = {table: (names, taken) for table, (names, taken) in known["layouts"].items()}
        gaps = Gaps(known["called"], known["without"], known["unread"], asked, layouts)
    except sealed.WRONG:
        return None
    cache.used(path)
    return Corpus(name, articles, segments, problems, _gaps=gaps, _forms=forms)


def told(path: Path) -> tuple[str, int] | None:
    """Give the name of the corpus in a file that is kept, and its number of articles; None where it is not whole."""
    tables = sealed.opened(path, path.stem, first=True)
    try:
        known = json.loads(tables[0]["known"][0].as_py()) if tables else None
        return (str(known["name"]), int(known["n"])) if known else None
    except sealed.WRONG:
        return None


def _keep(key: str, news: Corpus) -> None:
    """Keep a corpus under a key, if its tables come back as they were."""
    gaps, today = news._gaps, _today()
    yet_to_come = (news._articles["published"] > pd.Timestamp(today)).any()  # what is said of that changes with the day
    known = {
        "name": news.name,
        "n": len(news),
        "called": gaps.called,
        "without": gaps.without,
        "unread": dict(gaps.n_unread),
        "asked": dict(gaps.asked),
        "layouts": gaps.layouts,
        "days": [today.isoformat(), today.isoformat() if yet_to_come else "9999"],
    }
    articles = news._articles.assign(raw="")  # the texts come behind, piece by piece
    frames = pd.DataFrame({"known": [json.dumps(known)]}), articles, news._segments, news._problems
    try:
        tables = [pa.Table.from_pandas(frame, preserve_index=place == 1) for place, frame in enumerate(frames)]
    except sealed.WRONG:
        return
    if all(_is_same(table.to_pandas(), frame) for table, frame in zip(tables, frames, strict=True)):
        cache.write(key, [*tables, *_pieces(news._articles[["raw"]])], compression="uncompressed")


def _pieces(texts: pd.DataFrame) -> Iterator[pa.Table]:
    """Give the texts of articles as tables of which each is small enough to be in memory beside what it becomes."""
    table = pa.Table.from_pandas(texts, preserve_index=False)
    behind = np.cumsum(pc.binary_length(table["raw"]).to_numpy())
    bounds = np.flatnonzero(np.diff(behind // PIECE, prepend=-1))
    for low, high in pairwise([*bounds.tolist(), len(table)]):
        yield table.slice(low, high - low)


def _is_same(found: pd.DataFrame, frame: pd.DataFrame) -> bool:
    """Tell whether a table is another to the last cell, types and labels."""
    if any(map(pd.api.types.is_object_dtype, [*found.dtypes, *frame.dtypes])) or not found.columns.equals(
        frame.columns
    ):
        return False
    return found.dtypes.equals(frame.dtypes) and found.index.equals(frame.index) and found.equals(frame)
