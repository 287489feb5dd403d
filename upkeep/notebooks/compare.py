"""A saved notebook beside its new run, cell by cell: which numbers, figures and texts are others now."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from upkeep.notebooks.figure_changes import shifts
from upkeep.notebooks.normal import canonical
from upkeep.notebooks.run import place
from upkeep.notebooks.texts import differences
from utils.passages.seen import visible

READ_FIRST = ("text/html", "text/markdown", "text/latex", "text/plain")
FAILING = ("number", "text", "output", "error")
SAID = {
    "number": "number moved",
    "figure": "figure moved",
    "text": "text changed",
    "output": "output",
    "rounding": "last digit",
    "error": "error",
}


@dataclass(frozen=True)
class Move:
    """One thing that is not as it was saved: its kind (a key of SAID), where it stands, both its states."""

    kind: str
    place: str
    old: str
    new: str
    where: str = ""

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.place}: {SAID[self.kind]}: {where}{self.old} → {self.new}"


def compare(saved: NotebookNode, again: NotebookNode) -> list[Move]:
    """Give everything in which a new run differs from the saved notebook, in the order of its cells.

    Kinds: number (a count at all, a measure beyond the last digit shown), rounding (within it), figure (what
    a published figure draws, or a picture whose data we do not hold), text, output (one more or one fewer).
    Widgets are compared in being there, since what they show is up to who moves them.
    """
    if len(saved.cells) != len(again.cells):
        return [Move("text", "notebook", f"{len(saved.cells)} cells", f"{len(again.cells)} cells")]
    moves: list[Move] = []
    for index, (was, now) in enumerate(zip(saved.cells, again.cells, strict=True)):
        moves += _cell(was, now, place(saved, index))
    return moves


def _cell(was: NotebookNode, now: NotebookNode, where: str) -> Iterator[Move]:
    if (was.cell_type, was.source) != (now.cell_type, now.source):
        yield from _text(was.source, now.source, where, "source")
        if was.cell_type != now.cell_type:
            yield Move("text", where, was.cell_type, now.cell_type, "kind of cell")
    old, new = was.get("outputs", []), now.get("outputs", [])
    for before, after in zip(old, new, strict=False):
        yield from _output(before, after, where)
    for lost in old[len(new) :]:
        yield Move("output", where, _sketch(lost), "nothing", "missing now")
    for extra in new[len(old) :]:
        yield Move("output", where, "nothing", _sketch(extra), "not there before")


def _output(was: NotebookNode, now: NotebookNode, where: str) -> Iterator[Move]:
    if was.output_type != now.output_type:
        yield Move("output", where, _sketch(was), _sketch(now), "of another kind")
    elif was.output_type == "stream":
        yield from _text(was.text, now.text, where, f"{was.name}")
    elif was.output_type == "error":
        yield from _text(f"{was.ename}: {was.evalue}", f"{now.ename}: {now.evalue}", where, "error shown")
    else:
        yield from _shown(was, now, where)


def _shown(was: NotebookNode, now: NotebookNode, where: str) -> Iterator[Move]:
    """Compare what a cell displays: the figure's data, then the text of the richest form that differs."""
    if set(was.data) != set(now.data):
        yield Move("output", where, _sketch(was), _sketch(now), "in other forms")
    else:
        yield from _figure(was, now, where)
        texts = (_text(_words(was, mime), _words(now, mime), where, "") for mime in _textual(was))
        yield from next(filter(None, map(list, texts)), [])


def _figure(was: NotebookNode, now: NotebookNode, where: str) -> Iterator[Move]:
    old, new = (output.metadata.get("passages", {}).get("figure") for output in (was, now))
    if old and new:
        for shift in shifts(old, new):
            more = f" (and {shift.n_more} more there)" if shift.n_more else ""
            yield Move("figure", where, shift.old, shift.new + more, shift.where)
    elif old or new:
        yield Move("output", where, *("a published figure" if it else "no figure" for it in (old, new)))
    else:
        for mime in was.data:
            if mime.startswith("image/") and was.data[mime] != now.data[mime]:
                yield Move("figure", where, "a picture", "another", "not published, so its data are not held")


def _textual(output: NotebookNode) -> list[str]:
    rest = sorted(mime for mime in output.data if mime not in READ_FIRST and not mime.startswith("image/"))
    return [mime for mime in READ_FIRST if mime in output.data] + rest


def _words(output: NotebookNode, mime: str) -> str:
    content = output.data[mime]
    if mime == "text/html":
        return visible(content)
    return content if isinstance(content, str) else canonical(content)


def _text(old: str, new: str, where: str, what: str) -> Iterator[Move]:
    for found in differences(old, new):
        line = f"“{found.line}”" if found.kind in ("number", "rounding") else found.line
        yield Move(found.kind, where, found.old, found.new, ", ".join(filter(None, (what, line))))


def _sketch(output: NotebookNode) -> str:
    if output.output_type in ("display_data", "execute_result"):
        figure = output.metadata.get("passages", {}).get("figure")
        return "a published figure" if figure else ", ".join(sorted(output.data))
    return f"{output.output_type} {output.get('name') or output.get('ename')}"
