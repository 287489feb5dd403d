"""Whether the type hints got better or worse: `python -m upkeep.rules.hints`; `mypy` alone shows what it finds.

MOST holds how many errors mypy still finds in each package. A number may only fall, and falls with the errors.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from upkeep.notebooks.run import ROOT, fail

MOST_IN = Path(__file__).resolve().relative_to(ROOT)
MOST = {"utils": 0, "upkeep": 0}


def found(packages: Iterable[str] = MOST) -> Counter[str]:
    """Give how many errors mypy finds in each package. Raises ValueError, with what it says, where it cannot tell."""
    command = [sys.executable, "-m", "mypy", "--output=json", "--no-error-summary", *packages]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode not in (0, 1):  # it stopped halfway, as at a slip in the syntax
        raise ValueError(f"mypy could not look at all files:\n{done.stdout}{done.stderr}")
    errors = [told for told in map(json.loads, done.stdout.splitlines()) if told["severity"] == "error"]
    return Counter(told["file"].replace("\\", "/").partition("/")[0] for told in errors)


def complaints(now: Mapping[str, int], most: Mapping[str, int] = MOST) -> list[str]:
    """Give what is wrong with the numbers of errors: one that rose, or one that fell and was not written down."""
    said = []
    for package in sorted(now.keys() | most.keys()):
        n, allowed = now.get(package, 0), most.get(package, 0)
        if n > allowed:
            said.append(f"{package}: mypy finds {n} errors, more than {allowed}: run mypy and mend what came new")
        elif n < allowed:
            said.append(f"{package}: mypy finds {n} errors, fewer than {allowed}: lower the number in {MOST_IN}")
    return said


def main() -> int:
    """Say whether the numbers of errors are those written down; give the exit code, 1 where they are not."""
    try:
        said = complaints(found())
    except ValueError as problem:
        return fail(problem)
    return fail("\n".join(said)) if said else 0


if __name__ == "__main__":
    sys.exit(main())
