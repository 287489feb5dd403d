"""A table's columns under our names: what is given, what is missing, what is kept beside."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from utils.intake.batch import COLUMNS, TEXTS
from utils.intake.budget import Broken
from utils.intake.encodings import whole

OURS = ["raw", *COLUMNS, "article_id"]
PROVENANCE = [name for name in TEXTS if name != "raw"]
USUAL = {
    "raw": [
        "text", "content", "body", "article", "content_original", "full_text", "fulltext", "article_text",
        "maintext", "article_body", "story",
    ],
    "outlet": ["source", "publisher", "newspaper", "publication", "paper", "source_name", "news_outlet"],
    "published": ["date", "published_at", "publish_date", "date_published", "pub_date", "pubdate", "publication_date"],
    "title": ["headline", "heading"],
    "byline": ["author", "authors"],
}  # fmt: skip
LINKING = str.maketrans("", "", "_- ")  # what a name may have between its words
COLUMNS_AT_MOST = 300
MOST = 20_000  # columns of a table that is read at all; Excel knows 16,384
TOO_MANY = f"it has more than {MOST:,} columns", "look whether it is a table with one article a row"
SHOWN = 20


class Missing(Exception):
    """A table without a column that is needed: the problem and its cure."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = whole(problem), whole(cure)


@dataclass(frozen=True)
class Layout:
    """Which of a table's columns is which: pairs of our name and theirs, and what is to be said about them."""

    pairs: list[tuple[str, str]]
    doubts: list[tuple[str, str]]

    def theirs(self, ours: str) -> str:
        """Give the table's own name for one of our columns."""
        return dict(self.pairs)[ours]


def named(header: Iterable[object]) -> list[str]:
    """Give the names in a header row: stripped, an empty one by its place, a repeated one numbered.

    Raises Broken if there are more than 20,000.
    """
    names: dict[str, None] = {}
    last: dict[str, int] = {}  # the number that each repeated name was given last
    for place, cell in enumerate(header, 1):
        if place > MOST:
            raise Broken(*TOO_MANY)
        plain = "" if cell is None else whole(str(cell)).strip()
        name = plain or f"column {place}"
        plain = plain or "column"
        while name in names:
            last[plain] = last.get(plain, 1) + 1
            name = f"{plain} {last[plain]}"
        names[name] = None
    return list(names)


def layout(names: Sequence[str], asked: Mapping[str, str | Sequence[str]]) -> Layout:
    """Give the layout of a table whose columns have these names.

    asked: our names and theirs, as in `load(columns=)`. Columns with our names, in capitals or not, count without
    it. The rest is metadata under its own name; one that bears a name of ours which means something else (`source`)
    is kept as `their_source`, and one that is likely to be ours (`headline`) is pointed out, as is one in `asked` that
    is not there. A column asked for under other names may also bear our own.
    Raises Missing if the text of the articles is not there, or there are more than 20,000 columns.
    """
    if len(names) > MOST:
        raise Missing(*TOO_MANY)
    wanted = {ours: _first(names, ours, asked) for ours in asked}
    absent = _check(names, wanted)
    pairs = {ours: theirs for ours, theirs in wanted.items() if ours not in absent}
    plain = {name.casefold(): name for name in reversed(names)}
    for ours in OURS:
        theirs = ours if ours in names else plain.get(ours)
        if theirs and ours not in pairs and theirs not in pairs.values():
            pairs[ours] = theirs
    if "raw" not in pairs:
        raise _missing(names, wanted, ["raw"])
    rest = [name for name in names if name not in pairs.values()]
    renamed, doubts = _kept(rest, pairs)
    doubts += _instead(names, asked, pairs)
    likely = {ours: name for ours in USUAL if ours not in [*pairs, *absent] and (name := _usual(ours, rest))}
    if absent:
        error = _missing(names, wanted, absent)
        doubts.append((error.problem, error.cure))
    call = _called(names, wanted, absent)
    if likely and call:
        problem = f"it has no column {', '.join(likely)}, for which {', '.join(likely.values())} may be meant"
        doubts.append((whole(problem), whole(call)))
        call = None
    if changed := [f"{whole(name)} as {new}" for name, new in renamed.items() if name != new]:
        problem = f"columns with names that we use ourselves are kept under others: {', '.join(changed)}"
        doubts.append((problem, call or "rename them in the file if you want other names"))
    return Layout([*pairs.items(), *((new, name) for name, new in renamed.items())], doubts)


def text(names: Sequence[str], asked: Mapping[str, str | Sequence[str]]) -> str | None:
    """Give the column that holds the text of the articles, None if there is none."""
    try:
        return layout(names, asked).theirs("raw")
    except Missing:
        return None


def alternatives(asked: Mapping[str, str | Sequence[str]], ours: str) -> list[str]:
    """Give the names that one of our columns may have in a table: those asked for, else our own."""
    theirs = asked.get(ours, ours)
    return [theirs] if isinstance(theirs, str) else list(theirs)


def _first(names: Sequence[str], ours: str, asked: Mapping[str, str | Sequence[str]]) -> str:
    """Give the first of several names that the table has, our own being the last, unless it is asked for as another;
    all of theirs in one text where it has none."""
    several = alternatives(asked, ours)
    taken = [name for other in asked if other != ours for name in alternatives(asked, other)]
    own = [name for name in names if name.casefold() == ours and ours in OURS and name not in taken]
    return next((name for name in [*several, *own] if name in names), "' or '".join(several))


def _instead(
    names: Sequence[str], asked: Mapping[str, str | Sequence[str]], pairs: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Give what is to be said where our own name was taken, though another column is spelt like the one asked for."""
    for ours in asked:
        sought = alternatives(asked, ours)
        near = _near(sought[0], [name for name in names if name not in OURS]) if sought else None
        if near and pairs.get(ours) not in [None, *sought]:
            yield (whole(f"there is no column '{sought[0]}' (for {ours}), so {pairs[ours]} was taken"),
                   whole(f'if this is meant: load(…, columns={{"{ours}": "{near}"}})'))  # fmt: skip


def _kept(rest: list[str], pairs: Mapping[str, str]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Give the columns that become metadata with the names they are kept under, and what is to be said of others."""
    kept, doubts = rest[:COLUMNS_AT_MOST], []
    if len(rest) > len(kept):
        more = ", ".join(rest[COLUMNS_AT_MOST:][:3])
        problem = f"only {COLUMNS_AT_MOST} of its {len(rest):,} further columns are kept ({more}, … are not)"
        doubts.append((whole(problem), "take away the columns you do not need"))
    renamed: dict[str, str] = {}
    taken = {*pairs, *PROVENANCE}
    for name in kept:
        renamed[name] = _free(whole(name) or "column", taken, kept)
        taken.add(renamed[name])
    return renamed, doubts


def _free(name: str, taken: set[str], kept: Sequence[str]) -> str:
    """Give the name under which a column is kept: its own unless taken, else with `their_` before it."""
    free = name
    while free in taken or free != name and free in kept:
        free = f"their_{free}"
    return free


def _check(names: Sequence[str], wanted: Mapping[str, str]) -> list[str]:
    """Give those of our names in `wanted` whose column is not there; raise Missing if the text is one of them, or a
    name is none of ours."""
    for ours, theirs in wanted.items():
        if ours in PROVENANCE or ours not in OURS and theirs in OURS and ours in names:
            raise Missing(
                f"columns= maps our names to theirs, and {ours!r} is none that can be given",
                f"our names are {', '.join(OURS)}" + (
                    f"; was load(…, columns={{{theirs!r}: {ours!r}}}) meant?" if theirs in OURS else ""),
            )  # fmt: skip
    absent = [ours for ours, theirs in wanted.items() if theirs not in names]
    if "raw" in absent:
        raise _missing(names, wanted, absent)
    return absent


def _missing(names: Sequence[str], wanted: Mapping[str, str], absent: list[str]) -> Missing:
    """Give the error: what is missing, what is there, and the call to write."""
    sought = ", ".join(f"'{wanted[ours]}' (for {ours})" if ours in wanted else ours for ours in absent)
    more = f", … ({len(names) - SHOWN} more)" if len(names) > SHOWN else ""
    there = ", ".join(names[:SHOWN]) + more if names else "none"
    cure = _called(names, wanted, absent) if names else None
    return Missing(
        f"there is no column {sought}; its columns are: {there}",
        cure or "the file holds nothing; put in the one you meant",
    )


def _called(names: Sequence[str], wanted: Mapping[str, str], absent: list[str]) -> str | None:
    """Give the call that names the columns likely to be meant: what was asked, the nearest to what is absent, and
    usual names for what else is ours. None if there is nothing to name and nothing absent."""
    found = {ours: theirs for ours, theirs in wanted.items() if ours not in absent}
    for ours in [*absent, *USUAL]:
        if ours in found or ours in names and ours not in absent:
            continue
        free = [name for name in names if name not in found.values() and name not in OURS]
        near = _usual(ours, free) or (_near(str(wanted.get(ours, ours)), free) if ours in absent else None)
        if near:
            found[ours] = near
    lacking = [ours for ours in absent if ours not in found]
    if not lacking and found == dict(wanted):
        return None
    listed = ", ".join(
        f'"{ours}": "{theirs}"' for ours, theirs in [*found.items(), *((ours, "its name") for ours in lacking)]
    )
    what = ", ".join("the text of the articles" if ours == "raw" else f"the {ours}" for ours in lacking)
    return f"{f'say which column holds {what}' if lacking else 'if these are meant'}: load(…, columns={{{listed}}})"


def _usual(ours: str, names: Sequence[str]) -> str | None:
    """Give the column that has a usual name for one of ours."""
    plain = {_bare(name): name for name in reversed(names)}
    return next((plain[_bare(usual)] for usual in USUAL.get(ours, ()) if _bare(usual) in plain), None)


def _bare(name: str) -> str:
    """Give a name without case and what stands between its words: publishedAt is published_at."""
    return name.casefold().translate(LINKING)


def _near(wanted: str, names: Sequence[str]) -> str | None:
    """Give the column whose name is spelt most like the one wanted."""
    plain = {name.casefold(): name for name in reversed(names)}
    near = difflib.get_close_matches(wanted.casefold(), plain, n=1)
    return plain[near[0]] if near else None
