"""The options with which a folder was loaded, kept in it as plain text: corpus.toml."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from utils import storage
from utils.arguments import Refusal, nearest
from utils.intake.files import REMEMBERED

KEYS = {"columns": dict, "furniture": list, "outlet_from": str, "date_from": str}
ABOVE = "# How this folder is loaded: written by load(…, remember=True) and read by load. Change it freely.\n"


def read(folder: Path) -> dict[str, object]:
    """Give the options kept in a folder; none where it keeps none. Raises Refusal where they cannot be read."""
    path = folder / REMEMBERED
    try:
        found = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise Refusal(
            f"{path} cannot be read ({error}); mend it, or take it away and load with remember=True"
        ) from None
    for key, value in found.items():
        if key not in KEYS:
            raise Refusal(f"{path} has the key {key!r}; known are {', '.join(KEYS)}{nearest(key, KEYS)}")
        if not isinstance(value, KEYS[key]):
            kind = {dict: "a table of names", list: "a list of lines", str: "a text"}[KEYS[key]]
            raise Refusal(f"{key} in {path} is {kind}, and {value!r:.100} stands there; mend it or take it away")
    return found


def write(folder: Path, options: Mapping[str, Any]) -> None:
    """Keep options in a folder, in the place of those kept before. Raises Refusal if that cannot be written."""
    lines = [f"{key} = {_value(value)}\n" for key, value in options.items() if value and key != "columns"]
    if columns := options.get("columns"):
        lines += ["\n[columns]\n", *(f"{_text(ours)} = {_value(theirs)}\n" for ours, theirs in columns.items())]
    try:
        storage.write(folder / REMEMBERED, "".join([ABOVE, *lines]).encode("utf-8"))
    except OSError as error:
        raise Refusal(
            f"{folder / REMEMBERED} cannot be written ({error.strerror or error}); load without remember"
        ) from None


def _value(value: str | Sequence[str]) -> str:
    return _text(value) if isinstance(value, str) else f"[{', '.join(map(_text, value))}]"


def _text(text: str) -> str:
    """Give a text as TOML writes it; JSON does so too, but for one sign."""
    return re.sub("\x7f", r"\\u007f", json.dumps(text, ensure_ascii=False))
