"""A reader's own list of who is who, kept in the folder of a corpus: persons.csv, with the columns form and person."""

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from utils.arguments import Refusal
from utils.intake.files import PERSONS

LISTED = 10  # forms that the report names in a line
EXAMPLE = "its first line is form,person and each other one a form and whom it means, as in Marrow,Ilse Marrow"


def read(folder: Path) -> dict[str, str]:
    """Give the person of each form as a folder's list has it, an empty text for nobody; none where it has no list.

    Raises Refusal, with the line and what to do, where the list cannot be read or says two things of one form.
    """
    path = folder / PERSONS
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"{path} cannot be read ({error}); save it as CSV in UTF-8, where {EXAMPLE}") from None
    found: dict[str, tuple[str, int]] = {}
    for line, form, person in _rows(path, text):
        before, first = found.setdefault(form, (person, line))
        if before != person:
            raise Refusal(
                f"{path}, line {line}, says that {form!r} is {person!r}, and line {first} that it is {before!r}; "
                "keep one of the two lines"
            )
    for form, (person, line) in found.items():
        onward = found.get(person, (person, 0))[0]
        if onward != person and person:
            raise Refusal(
                f"{path}, line {line}, says that {form!r} is {person!r}, who is {onward!r} by line {found[person][1]}; "
                f"write {form},{onward}"
            )
    return {form: person for form, (person, _) in found.items()}


def _rows(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    """Give line, form and person of each row that is not empty, or say what is wrong with it."""
    first = text.lstrip("\r\n").partition("\n")[0]
    rows = csv.reader(
        io.StringIO(text, newline=""), strict=True, delimiter=";" if ";" in first and "," not in first else ","
    )
    places: tuple[int, int] | None = None
    try:
        for row in rows:
            cells = [" ".join(cell.split()) for cell in row]
            if not any(cells):
                continue
            if places is None:
                names = [cell.casefold() for cell in cells]
                if not {"form", "person"} <= {*names}:
                    raise Refusal(f"{path}, line {rows.line_num}, has the columns {', '.join(cells)}; {EXAMPLE}")
                places = names.index("form"), names.index("person")
                width = len(names)
                continue
            if len(cells) != width or not cells[places[0]]:
                what = (
                    "no form" if len(cells) == width else f"{len(cells)} cell{'s' * (len(cells) != 1)} and not {width}"
                )
                raise Refusal(
                    f"{path}, line {rows.line_num}, has {what}; write form,person there, a name with a comma in it "
                    'between quotation marks, as in "Marrow, Ilse",Ilse Marrow, or Marrow, for nobody'
                )
            yield rows.line_num, cells[places[0]], cells[places[1]]
    except csv.Error as error:
        raise Refusal(f"{path}, line {rows.line_num}, cannot be read ({error}); {EXAMPLE}") from None


def notes(forms: Mapping[str, str], raws: pd.Series) -> Iterator[dict[str, str]]:
    """Give the lines of the report on a list: which forms it sets, and which of them stand in no article."""
    there = {form: any(form in raw for raw in raws) for form in forms}
    told = [f"{form} → {forms[form] or 'nobody'}" for form, seen in there.items() if seen]
    unseen = [form for form, seen in there.items() if not seen]
    if told:
        yield {
            "kind": "assumed",
            "problem": f"it says whom {len(told):,} form{'s' * (len(told) != 1)} of a name "
            f"mean{'s' * (len(told) == 1)}: {_listed(told)}",
            "cure": f"change {PERSONS} where that is wrong; news.persons has the rest",
        }
    if unseen:
        yield {
            "kind": "doubtful",
            "problem": f"in no article stand{'s' * (len(unseen) == 1)}: {_listed(unseen)}",
            "cure": "write forms as the articles have them; news.persons lists those that were found",
        }


def _listed(items: list[str]) -> str:
    rest = len(items) - LISTED
    return "; ".join(items[:LISTED]) + (f"; and {rest:,} more" if rest > 0 else "")
