"""Codes: what people decided of passages, given back as passages, side by side, and what is still open.

An answer knows its passage by the text it was given for. Where that text is not there any more, the answer stays in
its file and is told of, and never counts for another.
"""

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from utils import arguments
from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.measures.validity import codebooks, kept
from utils.measures.validity.codebooks import Codebook
from utils.measures.validity.kept import Kept, Passage
from utils.passages import table as passages
from utils.spans import KEYS, checked

SHOWN = 5  # articles named in a warning
CODES = [*KEYS, "code", "coder", "when"]


class Changed(UserWarning):
    """Codes lie on texts that the corpus does not have any more."""


def codes(
    news: Corpus, codebook: str | Codebook, *, coder: str | None = None, folder: str | Path | None = None
) -> pd.DataFrame:
    """Give the codes that people gave, as passages: for any measure's `within` and `by`.

    Parameters
        codebook: its name, or a codebook as `codebook` gives it.  folder: where the files lie (default:
        notebooks/mine/codes/).  coder: one coder alone (default: all whose files lie there; so to merge a second
        coder's codes, put that file beside yours).
    Returns one row a passage and coder, in the order of the articles:
        article_id, start, end   the passage
        code                     int or float; of words a category, in the order of the codebook
        coder                    str
        when                     datetime in UTC
    Codes given for a text that the corpus does not have there are left out, with a warning that names the articles;
    those of articles that it does not hold are passed over.
    Raises ValueError if there are no such codes, or a file is damaged.
    """
    name = codebook.name if isinstance(codebook, Codebook) else codebooks.named(codebook, "the codebook")
    files = _of(name, coder, kept.place(folder))
    rows = [(*passage, answer.code, one.coder, answer.when) for one in files for passage, answer in one.answers.items()]
    table = pd.DataFrame(rows, columns=[*KEYS, "text", "code", "coder", "when"])
    there = _here(news, table)
    order = [
        *(codebook.values if isinstance(codebook, Codebook) else []),
        *(code for one in files for code in _latest(one)),
        *there["code"],
    ]
    place = passages.article_numbers(news, there)
    there = there.assign(
        place=place, when=pd.to_datetime(there["when"], utc=True, format="ISO8601"), code=_values(there["code"], order)
    )
    there = there.sort_values(["place", "start", "end", "coder"], kind="stable", ignore_index=True)
    ids = pd.Categorical(there["article_id"], news.articles.index)
    return there.assign(article_id=ids).astype({"start": int, "end": int, "coder": "str"})[CODES]


def by_coder(codes: pd.DataFrame) -> pd.DataFrame:
    """Give the codes side by side: one row a passage, one column a coder, as `agreement` takes them.

    Parameters
        codes: what `codes` gives, of several coders.
    Returns numbers, missing where a coder passed over a passage; its index is article_id, start, end. Codes that are
    words are numbered from 0 in the order of the codebook.
    Raises ValueError if the table holds no codes.
    """
    codes = arguments.table(checked(codes, what="codes"), "codes", columns=CODES, of="validity.codes")
    value = codes["code"]
    number = value if pd.api.types.is_numeric_dtype(value) else value.astype("category").cat.codes
    codes = codes.astype({"article_id": "str"})
    each = codes.assign(code=number.astype(float)).sort_values("when", kind="stable")
    each = each.drop_duplicates([*KEYS, "coder"], keep="last")
    wide = each.pivot(index=KEYS, columns="coder", values="code")
    return wide.reindex(pd.MultiIndex.from_frame(codes[KEYS].drop_duplicates())).rename_axis(columns=None)


def still_open(
    news: Corpus,
    table: pd.DataFrame,
    codebook: Codebook | str | Mapping | pd.DataFrame,
    *,
    coder: str,
    name: str | None = None,
    folder: str | Path | None = None,
) -> pd.DataFrame:
    """Give the passages that a coder has still to code, each with the reason.

    Parameters
        table: passages, as drawn to be coded.  codebook, name: as `codebook` takes them.
        coder: whose codes.  folder: as for `codes`.
    Returns the rows of the table that are open, with a last column:
        why   str, "not coded yet", "its text has changed since it was coded", or "the codebook has no … any more"
    Raises ValueError as `codebook` and `codes` do, or if a passage lies in no article.
    """
    own = kept.file(codebooks.codebook(codebook, name=name), coder, folder)
    why = pd.Series(reasons(digests(news, table), own.read(), own.book), index=table.index, dtype="str")
    return table.assign(why=why)[why != ""]


def digests(news: Corpus, table: pd.DataFrame) -> list[Passage]:
    """Give passages as a file of codes knows them. Raises ValueError if one lies in no article."""
    texts = passages.text(news, table)
    rows = zip(table["article_id"].astype("str"), table["start"], table["end"], texts, strict=True)
    return [Passage(article, int(start), int(end), kept.digest(text)) for article, start, end, text in rows]


def reasons(wanted: Iterable[Passage], held: Kept, book: Codebook) -> list[str]:
    """Give for each passage why it is still to be coded, empty where it is not."""
    known, places = set(book.values), {passage[:3] for passage in held.answers}

    def reason(passage: Passage) -> str:
        if answer := held.answers.get(passage):
            return "" if answer.code in known else f"the codebook has no {answer.code!r} any more"
        return "its text has changed since it was coded" if passage[:3] in places else "not coded yet"

    return [reason(passage) for passage in wanted]


def differences(held: Kept, book: Codebook) -> list[str]:
    """Give in a sentence each how a codebook differs from those by which the codes were given."""
    own = dict(map(tuple, book.rules))  # type: ignore[arg-type]
    by_book = {name: dict(map(tuple, rules)) for name, rules in held.books.items()}
    given: dict = {}
    for answer in held.answers.values():
        given.setdefault(answer.code, []).append(by_book.get(answer.book, own))
    told = []
    for code, books in given.items():
        if code not in own:
            gone = "which the codebook has no more: open again, and kept until coded anew."
            told.append(f"{_n(len(books))} coded {code!r}, {gone}")
        elif n := sum(rules.get(code, own[code]) != own[code] for rules in books):
            told.append(f"{_n(n)} coded {code!r} by another rule than it has now: kept.")
    lacking = [[code for code in own if code not in rules] for books in given.values() for rules in books]
    if late := [code for code in own if any(code in codes for codes in lacking)]:
        told.append(f"{_n(sum(map(bool, lacking)))} coded before there was {', '.join(map(repr, late))}: kept.")
    return told


def _n(n: int) -> str:
    return f"{n:,} passage{'s were' if n != 1 else ' was'}"


def _values(values: pd.Series, order: list) -> pd.Series:
    """Give codes as numbers, or where they are words as categories in their order."""
    if not any(isinstance(value, str) for value in order):
        return pd.to_numeric(values) if len(values) else values.astype(int)
    return values.astype(str).astype(pd.CategoricalDtype(list(dict.fromkeys(map(str, order)))))


def _latest(held: Kept) -> list:
    """Give the codes of the codebook that a file was written by last."""
    return [code for rules in list(held.books.values())[-1:] for code, _ in rules]


def _here(news: Corpus, table: pd.DataFrame) -> pd.DataFrame:
    """Give the rows whose text the corpus has; warn of those of its articles that have another there."""
    raws = passages.corpus(news).articles["raw"]
    table = table[table["article_id"].isin(raws.index)]
    raws = raws[raws.index.isin(table["article_id"])].to_dict()
    rows = zip(table["article_id"], table["start"], table["end"], table["text"], strict=True)
    same = pd.Series(
        [kept.digest(raws[article][start:end]) == text for article, start, end, text in rows], table.index, bool
    )
    there, other = table[same], table[~same]
    anew = pd.MultiIndex.from_frame(other[[*KEYS, "coder"]]).isin(pd.MultiIndex.from_frame(there[[*KEYS, "coder"]]))
    if n := int((~anew).sum()):
        names = other.loc[~anew, "article_id"].unique()
        listed = ", ".join(names[:SHOWN]) + ", …" * (len(names) > SHOWN)
        warnings.warn(
            f"{n:,} code{'s lie' if n != 1 else ' lies'} on a text that {news.name} does not have there, and "
            f"{'are' if n != 1 else 'is'} left out: since they were coded, {listed} changed",
            Changed,
            stacklevel=3,
        )
    return there


def _of(name: str, coder: str | None, folder: Path) -> list[Kept]:
    """Give the codes by a codebook that lie in a folder, each coder's once. Raises ValueError if there are none."""
    found = [kept.read(path) for path in sorted(folder.glob("*.json"))]
    held = sorted({each.codebook for each in found})
    found = [each for each in found if kept.plain(each.codebook) == kept.plain(name)]
    if not found:
        there = f"there are codes by {', '.join(held)}" if held else "there are none yet: give some with explore.coding"
        raise Refusal(f"no file in {folder} holds codes by {name}; {there}{nearest(name, held)}")
    coders = [each.coder for each in found]
    if coder is not None:
        wanted = kept.plain(codebooks.named(coder, "the coder"))
        found = [each for each in found if kept.plain(each.coder) == wanted]
        if not found:
            raise Refusal(
                f"{coder} has no codes by {name} in {folder}; there are those of {', '.join(coders)}"
                f"{nearest(coder, coders)}"
            )
    merged: dict[str, Kept] = {}
    for each in found:
        own = merged.setdefault(kept.plain(each.coder), replace(each, answers={}))
        merged[kept.plain(each.coder)] = replace(
            own, books=own.books | each.books, answers=kept.joined(own.answers, each.answers)
        )
    return list(merged.values())
