"""What is kept between kernels: `python -m upkeep.cache` shows it, `python -m upkeep.cache clear [LAYER …]` deletes it.

All of it is safe to delete: what is asked for next is found anew. PASSAGES_CACHE is where it lies, PASSAGES_CACHE_LIMIT
how much it may be ("2 GB"); beyond that, what was of use longest ago is thrown out.
"""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import groupby

from upkeep.notebooks.run import fail
from utils.corpus import cache, parts, readings

HEAD = ("what", "articles", "files", "size", "last used")


def shown() -> Iterator[str]:
    """Give what is kept in lines: a corpus that was read each, then a layer each."""
    kept = cache.everything()
    size, most = sum(each.size for each in kept), cache.limit()
    yield f"{cache.folder()} holds {_bytes(size)} of the {_bytes(most)} that it may (PASSAGES_CACHE_LIMIT)"
    rows = [HEAD, *sorted(_corpora(kept)), *sorted(_layers(kept))] if kept else []
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))] if rows else []
    for what, *numbers in rows:
        told = (number.rjust(width) for number, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join([what.ljust(widths[0]), *told])


def _corpora(kept: Sequence[cache.Kept]) -> Iterator[tuple[str, ...]]:
    """Give a row for each corpus that was read."""
    for each in kept:
        if each.layer == "reading":
            name, n = readings.told(each.path) or ("damaged", 0)
            yield f"reading of {name}", f"{n:,}", "1", _bytes(each.size), _day(each.used)


def _layers(kept: Sequence[cache.Kept]) -> Iterator[tuple[str, ...]]:
    """Give a row for each layer; of one that is not kept article by article it is not known of how many it is."""
    own = sorted((each for each in kept if each.layer != "reading"), key=lambda each: each.layer)
    for layer, files in groupby(own, key=lambda each: each.layer):
        found = [*files]
        n = sum(parts.told(each.path) or 0 for each in found if each.path.parent != cache.folder())
        size, used = sum(each.size for each in found), max(each.used for each in found)
        yield layer, f"{n:,}" if n else "", f"{len(found):,}", _bytes(size), _day(used)


def cleared(layers: Sequence[str]) -> str:
    """Delete what is kept of these layers, or all; give what was done. Raises ValueError if a layer is not kept."""
    kept = cache.everything()
    there = sorted({each.layer for each in kept})
    if unknown := [layer for layer in layers if layer not in there]:
        raise ValueError(f"nothing is kept of {', '.join(unknown)}; there is {', '.join(there) or 'nothing at all'}")
    gone = [each for each in kept if not layers or each.layer in layers]
    for each in gone:
        cache.delete(each)
    size = _bytes(sum(each.size for each in gone))
    return f"{size} in {len(gone):,} files deleted from {cache.folder()}; what is asked for next is found anew"


def _bytes(n: int) -> str:
    """Give a number of bytes as people say it."""
    unit = next((unit for unit in ("GB", "MB", "KB") if n >= cache.UNITS[unit]), "B")
    return f"{n / cache.UNITS[unit]:.1f} {unit}" if unit != "B" else f"{n} B"


def _day(moment: float) -> str:
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(moment))


def main(arguments: Sequence[str] | None = None) -> int:
    """Show or clear what is kept; give the exit code, 1 where a layer is named of which nothing is kept."""
    parser = argparse.ArgumentParser(prog="python -m upkeep.cache", description="What is kept between kernels.")
    commands = parser.add_subparsers(dest="command", metavar="clear")
    clear = commands.add_parser("clear", help="delete what is kept, all of it or of the layers named")
    clear.add_argument("layers", nargs="*", metavar="LAYER", help="such as words; reading is what was read")
    given = parser.parse_args(arguments)
    try:
        print(cleared(given.layers) if given.command else "\n".join(shown()))
    except ValueError as problem:
        return fail(problem)
    return 0


if __name__ == "__main__":
    sys.exit(main())
