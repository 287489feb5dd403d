"""What the pages are made of: the papers and notebooks where they stand, and a page of functions for each room.

Everything keeps its path, so that a link which holds in the repository holds on the page. What a page links to and is
no page, such as a licence, is laid beside it.
"""

import inspect
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import utils

ROOT = Path(__file__).parents[2]
PAPERS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md"]
LAID_BESIDE = ["LICENSE", "LICENSE-TEXT", "CITATION.cff"]
MODULES = re.compile(r"\b(?:[A-Za-z_]\w*\.)+(?=[A-Za-z_])")
POINT = re.compile(r" {4}((?:[*\w]+)(?:, [*\w]+)*)(?:: | {2,})(.*)")
HEADS = ("Parameters", "Returns", "Raises")
TREES = {  # the contents, part by part: where its pages are
    "Notebooks": ["notebooks/[0-9]*.ipynb", "notebooks/pandas-*.ipynb", "notebooks/glossary.md"],
    "Solved": ["notebooks/solutions/*.ipynb"],
    "To teach": ["teaching/README.md", "teaching/*.md", "teaching/handouts/*.md"],
    "Corpora": ["corpus/README.md", "corpus/*/README.md", "corpus/*/truth/*.md"],
    "Functions": ["reference/*.md"],
    "How it is made": PAPERS[1:],
}


def collect(source: Path) -> None:
    """Lay all that pages are made of into a folder, which is made anew."""
    shutil.rmtree(source, ignore_errors=True)
    for pattern in [*(each for part in TREES.values() for each in part), *LAID_BESIDE, "notebooks/pictures/*"]:
        for path in ROOT.glob(pattern):
            (source / path.relative_to(ROOT)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, source / path.relative_to(ROOT))
    (source / "reference").mkdir()
    for name, text in reference():
        (source / "reference" / f"{name}.md").write_text(text, encoding="utf-8")
    (source / "index.md").write_text(_index(source), encoding="utf-8")


def _index(source: Path) -> str:
    """Give the first page: the README, its links to itself led here, and the contents of all pages."""
    trees = []
    for title, patterns in TREES.items():
        found = [str(path.relative_to(source)) for pattern in patterns for path in sorted(source.glob(pattern))]
        if found:
            trees += ["```{toctree}", ":hidden:", f":caption: {title}", "", *dict.fromkeys(found), "```", ""]
    return (ROOT / "README.md").read_text(encoding="utf-8") + "\n" + "\n".join(trees)


def reference() -> Iterator[tuple[str, str]]:
    """Give a page in Markdown for each name that the face offers: a module's functions, and classes and functions."""
    single = [name for name in dir(utils) if not isinstance(getattr(utils, name), ModuleType)]
    yield "passages-itself", _page("What `utils` offers itself", "", [(name, getattr(utils, name)) for name in single])
    for name in sorted(set(dir(utils)) - set(single)):
        module = getattr(utils, name)
        offered = [
            (each, getattr(module, each)) for each in dir(module) if not isinstance(getattr(module, each), ModuleType)
        ]
        yield (
            name,
            _page(f"`{name}`", inspect.getdoc(module) or "", [(f"{name}.{each}", value) for each, value in offered]),
        )


def _page(title: str, told: str, members: list[tuple[str, object]]) -> str:
    return "\n\n".join([f"# {title}", _text(told), *(_member(*each) for each in members)]) + "\n"


def _member(name: str, value: object) -> str:
    """Give what is written of one name: how it is called and what comes back, or what it is."""
    if not callable(value):
        return f"## {name}\n\n`{type(value).__name__}`"
    told = [f"## {name}", f"```python\n{_called(name, value)}\n```", _text(inspect.getdoc(value) or "")]
    if inspect.isclass(value):
        for each, own in vars(value).items():
            if not each.startswith("_") and (inspect.isfunction(own) or isinstance(own, property)):
                call = _called(f"{name}.{each}", own) if inspect.isfunction(own) else f"{name}.{each}"
                told += [f"### {name}.{each}", f"```python\n{call}\n```", _text(inspect.getdoc(own) or "")]
    return "\n\n".join(told)


def _called(name: str, value: Callable) -> str:
    """Give a call as it is written, an argument a line where it is long, of each type its last name."""
    try:
        signature = MODULES.sub("", str(inspect.signature(value)))
    except ValueError:
        return f"{name}(...)"
    if len(name + signature) < 80:
        return name + signature
    return name + re.sub(r", (?=\*?\*?\w+(?::|=|,|\))|\*,)", ",\n    ", signature)


def _text(told: str) -> str:
    """Give a docstring as Markdown: what stands indented below a line is a list, one point for each name in it.

    No sign of HTML is one.
    """
    lines: list[str] = []
    for line in told.replace("<", "&lt;").splitlines():
        point = POINT.match(line)
        if point:
            lines.append(f"- `{point[1]}`: {point[2]}")
        elif line.startswith("    "):
            lines.append("  " + line.strip())
        else:
            lines += ["", line] if lines and lines[-1].startswith(("- ", "  ")) or line.startswith(HEADS) else [line]
    return "\n".join(lines)
