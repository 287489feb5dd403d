"""A table's columns under our names: what is given, what is missing, what is kept beside."""

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from utils.intake.batch import COLUMNS, TEXTS
from utils.intake.budget import Broken
from utils.intake.encodings import whole
from utils.intake.readers.tables import known

OURS = ["raw", *COLUMNS, "article_id"]
PROVENANCE = [name for name in TEXTS if name != "raw"]
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
    """Which of a table's columns is which: pairs of our name and theirs, what is to be said about them, and what was
    assumed by the names of its columns, if anything."""

    pairs: list[tuple[str, str]]
    doubts: list[tuple[str, str]]
    assumed: tuple[str, str] | None = None

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
    it; what is still lacking is assumed to be the column that is called as it usually is (`headline`), and that is
    said. The rest is metadata under its own name; one that bears a name of ours which means something else (`sha256`)
    is kept as `their_sha256`. One in `asked` that is not there is pointed out; a column asked for under other names may
    also bear our own.
    Raises Missing if the text of the articles is not there or may be in several columns, or there are more than 20,000.
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
    assumed = _assumed(names, pairs, [*wanted.values()], absent)
    pairs = {ours: theirs for ours, theirs in pairs.items() if theirs not in assumed.values()} | assumed
    if "raw" not in pairs:
        raise _missing(names, wanted, ["raw"])
    rest = [name for name in names if name not in pairs.values()]
    renamed, doubts = _kept(rest, pairs)
    doubts += _instead(names, asked, pairs)
    if absent:
        error = _missing(names, wanted, absent)
        doubts.append((error.problem, error.cure))
    if changed := [f"{whole(name)} as {new}" for name, new in renamed.items() if name != new]:
        problem = f"columns with names that we use ourselves are kept under others: {', '.join(changed)}"
        doubts.append((problem, "rename them in the file if you want other names"))
    told = _told(names, wanted, absent, assumed) if assumed else None
    return Layout([*pairs.items(), *((new, name) for name, new in renamed.items())], doubts, told)


def _assumed(
    names: Sequence[str], pairs: Mapping[str, str], asked: Sequence[str], absent: Sequence[str]
) -> dict[str, str]:
    """Give those of our columns that are neither there nor asked for, and the columns which are called as they usually
    are; the titles, where they are read as the text, are no titles."""
    found: dict[str, str] = {}
    for ours in known.USUAL:
        if ours not in pairs and ours not in absent:
            taken = asked if ours == "raw" else [*pairs.values(), *found.values()]
            free = [name for name in names if name not in taken]
            if theirs := known.usual(ours, free):
                found[ours] = theirs
    return found


def _told(
    names: Sequence[str], wanted: Mapping[str, str], absent: list[str], assumed: Mapping[str, str]
) -> tuple[str, str]:
    """Give what is to be said of columns that were assumed: problem and cure."""
    listed = ", ".join(f"{theirs} for {ours}" for ours, theirs in assumed.items())
    layout = known.layout(names)
    as_in = f", as {layout.name} has them" if layout else ""
    no_text = (
        "; there are no texts, so excerpts are read as the articles" if known.is_excerpt(assumed.get("raw", "")) else ""
    )
    problem = f"columns are taken by their names{as_in}: {listed}{no_text}"
    asked = {ours: theirs for ours, theirs in wanted.items() if ours not in absent}
    return whole(problem), whole(f"if others are meant, say so: {_call(asked | dict(assumed))}")


def header(rows: Sequence[Sequence[object]], asked: Mapping[str, str | Sequence[str]]) -> int:
    """Give which of a table's first rows is its header: one with our names, or usual ones, or those asked for."""
    sought = [name for ours in asked for name in alternatives(asked, ours)]
    return known.header([["" if cell is None else str(cell).strip() for cell in row] for row in rows], sought)


def lower(number: int) -> tuple[str, str]:
    """Give what is to be said of a header that is not the first row: problem and cure."""
    return f"its header is taken to be row {number}, as the rows above it name no columns", "look at the first articles"


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
                   whole(f"if this is meant: {_call({ours: near})}"))  # fmt: skip


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
                    f"; was {_call({theirs: ours})} meant?" if theirs in OURS else ""),
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
    why = _why(names) if absent == ["raw"] else ""
    return Missing(
        f"there is no column {sought}{why}; its columns are: {there}",
        cure or "the file holds nothing; put in the one you meant",
    )


def _why(names: Sequence[str]) -> str:
    """Give why none of a table's columns is taken for the text, where there is more to say than that none is there."""
    if told := known.headlines(names):
        return f", as {told[0]} gives headlines and no texts"
    may_be = known.texts(names)
    return f", and {', '.join(may_be)} may each be the text" if len(may_be) > 1 else ""


def _called(names: Sequence[str], wanted: Mapping[str, str], absent: list[str]) -> str:
    """Give the call that names the columns likely to be meant: what was asked, the nearest to what is absent, and
    usual names for what else is ours."""
    found = {ours: theirs for ours, theirs in wanted.items() if ours not in absent}
    for ours in [*absent, *known.USUAL]:
        if ours in found or ours in names and ours not in absent:
            continue
        free = [name for name in names if name not in found.values() and name not in OURS]
        usual = next(iter(known.texts(free)), None) if ours == "raw" else known.usual(ours, free)
        if ours == "raw" and (told := known.headlines(names)):
            usual = told[1]
        near = usual or (_near(str(wanted.get(ours, ours)), free) if ours in absent else None)
        if near:
            found[ours] = near
    lacking = [ours for ours in absent if ours not in found]
    what = ", ".join("the text of the articles" if ours == "raw" else f"the {ours}" for ours in lacking)
    said = f"say which column holds {what}" if lacking else "if these are meant"
    if "raw" in absent and known.headlines(names):
        said = "fetch the articles by their addresses, or read the headlines alone"
    return f"{said}: {_call(found | dict.fromkeys(lacking, 'its name'))}"


def _call(found: Mapping[str, str | Sequence[str]]) -> str:
    """Give the call that maps our names to theirs, as it can be copied."""
    return f"load(…, columns={written(found)})"


def written(found: Mapping[str, str | Sequence[str]]) -> str:
    """Give a mapping of our names to theirs, or to several of theirs, as Python writes it."""
    pairs = {ours: quoted(names) if isinstance(names, str) else f"[{', '.join(map(quoted, names))}]"
             for ours, names in found.items()}  # fmt: skip
    return f"{{{', '.join(f'{quoted(ours)}: {theirs}' for ours, theirs in pairs.items())}}}"


def quoted(name: str) -> str:
    """Give a name as Python writes it, with spaces that a report would run together written out."""
    return re.sub(r"(?<= )\s|[^\S ]", lambda space: f"\\u{ord(space[0]):04x}", json.dumps(name, ensure_ascii=False))


def _near(wanted: str, names: Sequence[str]) -> str | None:
    """Give the column whose name is spelt most like the one wanted."""
    plain = {name.casefold(): name for name in reversed(names)}
    near = difflib.get_close_matches(wanted.casefold(), plain, n=1)
    return plain[near[0]] if near else None
