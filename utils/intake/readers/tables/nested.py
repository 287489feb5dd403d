"""Objects within objects: where in a document the articles stand, and which objects of an article are opened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from utils.intake.readers.tables import columns, known

DEEP = 3  # objects within one another that are looked into
LOOKED_AT = 20  # objects of an array that tell what its columns are
Asked = Mapping[str, str | Sequence[str]]


class Pages(NamedTuple):
    """Articles from several answers of a service, and where they stood in each."""

    where: str
    articles: list


class Names:
    """The names of the columns of many objects, and those within the objects that they hold."""

    def __init__(self) -> None:
        self._names: dict[str, None] = {}
        self._inner: dict[str, dict[str, None]] = {}

    def take(self, row: Mapping[str, object]) -> None:
        """Take in the names of one object."""
        self._names.update(dict.fromkeys(row))
        for name, value in row.items():
            if isinstance(value, dict) and "name" not in value:
                self._inner.setdefault(name, {}).update(dict.fromkeys(inner for inner, _ in _cells(name, value)))

    def opened(self, asked: Asked) -> set[str]:
        """Give the objects whose columns become columns of the table: those that hold the text where it stands nowhere
        else, a column asked for, or one with a usual name such as headline.main."""
        sought = {name for ours in asked for name in columns.alternatives(asked, ours)}
        own = columns.text([*self._names], asked) or known.texts([*self._names])
        return {
            name
            for name, inner in self._inner.items()
            if name not in sought
            and (not own and known.texts([*inner]) or sought & inner.keys() or any(map(known.meant, inner)))
        }

    def flat(self, opened: set[str]) -> list[str]:
        """Give the names of all columns, those of opened objects in the place of each."""
        return [each for name in self._names for each in (self._inner[name] if name in opened else [name])]


def flat(row: Mapping[str, object], opened: set[str]) -> dict[str, object]:
    """Give an object with the columns of those opened in the place of each."""
    cells: dict[str, object] = {}
    for name, value in row.items():
        cells |= dict(_cells(name, value)) if name in opened and isinstance(value, dict) else {name: value}
    return cells


def _cells(name: str, value: object, depth: int = DEEP) -> Iterator[tuple[str, object]]:
    if not isinstance(value, dict) or not depth:
        yield name, value
        return
    for inner, each in value.items():
        yield from _cells(f"{name}.{inner}", each, depth - 1)


def is_article(document: Mapping[str, object], asked: Asked) -> bool:
    """Tell whether an object is an article itself: it has the column of the text that was asked for, or a text."""
    wanted = {name.casefold() for name in columns.alternatives(asked, "raw")}
    if any(name.casefold() in wanted for name in document):
        return True
    names = Names()
    names.take(document)
    cells = flat(document, names.opened(asked))
    return any(isinstance(cells[name], str) for name in known.texts([*cells]))


def arrays(document: Mapping[str, object], above: str = "", depth: int = DEEP) -> dict[str, list]:
    """Give the arrays with objects that a document holds, by where they stand: "response.results"."""
    found: dict[str, list] = {}
    for name, value in document.items():
        if isinstance(value, list) and any(isinstance(each, dict) for each in value):
            found[f"{above}{name}"] = value
        elif isinstance(value, dict) and depth > 1:
            found |= arrays(value, f"{above}{name}.", depth - 1)
    return found


def with_texts(found: Mapping[str, list], asked: Asked) -> dict[str, list]:
    """Give those arrays whose objects hold the texts of articles."""
    return {where: articles for where, articles in found.items() if _text(articles, asked)}


def pages(documents: Iterable[object], asked: Asked) -> Pages | None:
    """Give the articles of several answers of a service, each with an array of them; None where these are none."""
    answers = [each for each in documents if isinstance(each, dict)]
    if _text(answers, asked):
        return None
    held = [with_texts(arrays(each), asked) for each in answers]
    where = sorted({name for each in held for name in each})
    if len(where) != 1:
        return None
    return Pages(where[0], [article for each in held for found in each.values() for article in found])


def _text(articles: Iterable[object], asked: Asked) -> bool:
    """Tell whether objects have a column that holds a text, or may."""
    names = Names()
    for number, each in enumerate(articles):
        if isinstance(each, dict) and number < LOOKED_AT:
            names.take(each)
    there = names.flat(names.opened(asked))
    return columns.text(there, asked) is not None or bool(known.texts(there))
