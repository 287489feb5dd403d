"""Hand a finding on without the texts: what was asked, the numbers that came, and which articles they came from.

A pack holds no sentence of an article. It is a notebook whose outputs are veiled: each number stands in its place, and
the words between two numbers are there as the letters of a hash, which another run must come to again. Of each article
there is its name and the hash of its text, so that whoever has the same articles can run all of it anew and hold the
two against each other, and whoever has other ones is told which. A name that is itself a sentence is withheld.
"""

import ast
import hashlib
import json
import re
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol

import pandas as pd

from utils import storage
from utils.arguments import Refusal
from utils.corpus import handed_on
from utils.corpus.corpus import Corpus
from utils.intake.encodings import whole
from utils.passages.seen import NUMBER, lines, visible

FORM = 1
LARGEST = 100_000_000  # bytes that a pack may have: those of some 300,000 articles
ARTICLE = ("name", "id", "text", "details")
RUNNING = 6  # words of an article in a row that a pack may not hold
KNOWN = ("pandas", "numpy", "scipy", "textblob", "nupunkt", "simplemma")  # versions that a number may hang on
KEPT = ("tags",)  # what an editor noted about a cell, and a pack needs
LETTERS = str.maketrans("0123456789", "ghijklmnop")
WORD = re.compile(r"\w+")


class Trail(Protocol):
    """Steps of a reader: those kept have a question, a call and the table that came."""

    @property
    def kept(self) -> list[Any]:
        """The steps to hand on."""


class Told:
    """A table as text, a line a row, to be shown and veiled."""

    def __init__(self, table: pd.DataFrame) -> None:
        """Hold the table."""
        self.table = table

    def __repr__(self) -> str:
        rows = f"{len(self.table):,} row{'s' * (len(self.table) != 1)}"
        return f"{rows}\n{self.table.to_csv(sep=chr(9), index=False, float_format='%.9g')}"


def pack(news: Corpus, what: str | Path | Trail, name: str) -> str:
    """Write a notebook that was run, or a trail, as one file without the texts, and give its place: results/NAME.pack.

    what: the path of a saved notebook, such as "03-hear-the-voices.ipynb", or a trail of the workbench. The file
    has its code but for the cell that packs it, its numbers, hashes of all other words, the name and hash of each
    article of the whole corpus, and the versions it was made with. `make reproduce PACK=results/NAME.pack` runs it
    again where the articles are, and says of every figure whether it is the same; where they are not, it shows the
    numbers.
    Raises ValueError if what came is neither, the notebook was not run to its end, the trail keeps no step, or the code
    holds six words in a row of an article (prose that does is left out); OSError if a file cannot be read or written.
    """
    if not isinstance(name, str) or not re.fullmatch(r"[\w.-]+", name):
        raise Refusal(f"a pack's name has letters, digits, points, hyphens and underscores; what came is {name!r}")
    if not isinstance(what, str | Path) and not hasattr(what, "kept"):
        raise Refusal(f"a pack is made of a saved .ipynb, or a trail; what came is a {type(what).__name__}")
    made = _of_notebook(Path(what)) if isinstance(what, str | Path) else _of_trail(news, what)
    veiled, corpus = veil(made), news.whole
    articles = handed_on.records(corpus)
    _without_texts(corpus, veiled, articles)
    veiled["metadata"]["passages_pack"] = {
        "form": FORM, "corpus": {"name": corpus.name, "digest": corpus.digest}, "articles": articles,
        "versions": {each: version(each) for each in KNOWN},
    }  # fmt: skip
    path = storage.write_new(storage.results() / f"{name.removesuffix('.pack')}.pack", sealed(veiled), again=False)
    return f"{path.parent.name}/{path.name}"


def version(package: str) -> str:
    """Give the installed version of a package, "not installed" where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def sealed(held: dict) -> bytes:
    """Give a pack as the bytes of its file, with a seal by which it is seen whether one of them was changed since."""
    held["metadata"]["passages_pack"]["seal"] = _seal(held)
    return json.dumps(held, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8", "surrogatepass")


def _seal(held: dict) -> str:
    made = {key: value for key, value in held["metadata"]["passages_pack"].items() if key != "seal"}
    return hashlib.sha256(json.dumps([held["cells"], made], sort_keys=True).encode()).hexdigest()


def opened(path: str | Path) -> dict:
    """Give what a pack holds, a notebook with veiled outputs; `metadata.passages_pack` says from which articles.

    Raises ValueError if the file is no pack, one that was changed since it was made, one that is too large, or one of a
    form that is not known here; OSError if it cannot be read.
    """
    called = whole(str(path))
    if not Path(path).is_file():
        raise Refusal(
            f"there is no pack {called}, seen from {Path.cwd()}; share.pack gives the place of the one it wrote"
        )
    if Path(path).stat().st_size > LARGEST:
        raise Refusal(f"{called} is larger than {LARGEST // 1_000_000} MB, which no pack is; share.pack makes one")
    try:
        held = json.loads(Path(path).read_bytes())
        form = held["metadata"]["passages_pack"]["form"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Refusal(f"{called} is no pack, or not whole; share.pack makes one") from None
    if form != FORM:
        raise Refusal(f"{called} is a pack of form {str(form)[:20]!r}, and this version reads form {FORM}")
    if not _well_formed(held):
        raise Refusal(f"{called} lacks what a pack has, or has what none has; ask for it anew, made by share.pack")
    if held["metadata"]["passages_pack"].get("seal") != _seal(held):
        raise Refusal(f"{called} was changed since it was made; ask for it anew, as a file and not as a text")
    return held


def _well_formed(held: dict) -> bool:
    """Whether a pack has the fields of one: those of a notebook, and of each article names and hashes."""
    if not _is_notebook(held):
        return False
    made = held["metadata"]["passages_pack"]
    articles, versions = made.get("articles"), made.get("versions")
    return (
        isinstance(articles, list)
        and all(isinstance(each, dict) and [*map(type, map(each.get, ARTICLE))] == [str] * 4 for each in articles)
        and isinstance(versions, dict)
        and all(isinstance(each, str) for each in versions.values())
        and all(isinstance(cell["source"], str) for cell in held["cells"])
        and isinstance(made.get("corpus"), dict)
        and isinstance(made["corpus"].get("name"), str)
    )


def _is_notebook(made: Any, *, more: bool = False) -> bool:
    """Whether something has the fields of a notebook, and no other ones unless they may be there."""
    import nbformat

    try:
        nbformat.validate(nbformat.from_dict(made), relax_add_props=more)
    except (nbformat.ValidationError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return False
    return True


def differs(held: dict, news: Corpus) -> pd.DataFrame:
    """Give the articles of a pack and of a corpus that are not the same in both.

    Returns one row an article: article_id, difference ("other text", "other details": title, outlet, date and the like,
    "only in the pack", "only here"); none where the two hold the same articles, in whatever order and files.
    """
    return handed_on.compared(held["metadata"]["passages_pack"]["articles"], news)[0]


def elsewhere(path: str, here: str | None, told: str) -> None:
    """Let `load` give, for the corpus of a pack, the same articles here, laid as they lay where it was made.

    here: the name or path under which they are here; None for the pack's own.  told: the file that is to say which
    articles differ.
    """
    made = opened(path)["metadata"]["passages_pack"]
    handed_on.WANTED[:] = [handed_on.Colleague(made["corpus"]["name"], made["articles"], here, Path(told))]


def numbers(held: dict) -> Iterator[str]:
    """Give what of a pack can be read without the articles: its headings, and by call the numbers of each output."""
    for cell in held["cells"]:
        source = "".join(cell["source"]).strip().splitlines()
        if cell["cell_type"] == "markdown":
            yield from (line for line in source if line.startswith("#"))
        said = [line for output in cell.get("outputs", []) for line in _said(output).splitlines()]
        found = [[each[0] for each in NUMBER.finditer(line)] for line in said]
        if any(found):
            yield f"> {source[-1] if source else ''}"
            yield from ("  " + "  ".join(each) for each in found if each)


def veil(notebook: dict) -> dict:
    """Give a notebook with the words of its outputs as hashes, numbers as they are, and pictures by their text."""
    made = json.loads(json.dumps(notebook))
    for cell in made["cells"]:
        cell["source"] = "".join(cell["source"])
        cell["metadata"] = {key: cell["metadata"][key] for key in KEPT if key in cell["metadata"]}
        cell.pop("attachments", None)
        for output in cell.get("outputs", []):
            words = "\n".join(_veiled(line) for line in lines(_said(output)))
            kind, figure = output["output_type"], output.get("metadata", {}).get("passages", {}).get("figure")
            output.clear()
            output.update(output_type=kind)
            if kind == "stream":
                output.update(name="stdout", text=words)
            elif kind == "error":
                output.update(ename="error", evalue=words, traceback=[])
            else:
                output.update(data={"text/plain": words}, metadata={})
                if figure:
                    output["metadata"] = {"passages": {"figure": _veiled_in(figure)}}
                if kind == "execute_result":
                    output["execution_count"] = cell["execution_count"]
    return made


def _said(output: dict) -> str:
    """Give the words of an output, as a reader sees them."""
    if output["output_type"] == "stream":
        return "".join(output["text"])
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    data = output.get("data", {})
    if "text/html" in data:
        return visible("".join(data["text/html"]))
    return "".join(data.get("text/markdown", data.get("text/plain", "")))


def _veiled(line: str) -> str:
    """Give a line with every stretch between two numbers as eight letters."""
    at, parts = 0, []
    for found in [*NUMBER.finditer(line), None]:
        between = line[at : found.start() if found else len(line)].strip()
        apart = between or (found and at)  # two numbers never stand side by side: six of them would be words in a row
        parts += (
            [hashlib.sha256(between.encode("utf-8", "replace")).hexdigest()[:8].translate(LETTERS)] if apart else []
        )
        if found:
            parts.append(found[0])
            at = found.end()
    return " ".join(parts)


def _veiled_in(figure: Any) -> Any:
    """Give what a figure draws, its numbers as they are and its words veiled."""
    if isinstance(figure, dict):
        return {key: _veiled_in(value) for key, value in figure.items()}
    if isinstance(figure, list):
        return [_veiled_in(value) for value in figure]
    return _veiled(figure) if isinstance(figure, str) else figure


def _of_notebook(path: Path) -> dict:
    if not path.is_file():
        raise Refusal(f"there is no notebook {whole(str(path))}, seen from {Path.cwd()}; save it, and give its path")
    try:
        made = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        made = None
    if not _is_notebook(made, more=True) or "cells" not in made:
        raise Refusal(f"{whole(str(path))} is no notebook; what is wanted is a saved .ipynb, or a trail")
    cells = [{"id": f"cell-{n}", **cell} for n, cell in enumerate(made["cells"], start=1) if not _packs(cell)]
    ran = [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    unrun = [n for n, cell in enumerate(ran, start=1) if cell.get("execution_count") is None]
    if unrun or any(output["output_type"] == "error" for cell in ran for output in cell["outputs"]):
        raise Refusal(f"{path.name} was not run to its end: choose Run All, save it, then pack it")
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _packs(cell: dict) -> bool:
    """Whether a cell is the one that packs the notebook in which it stands."""
    try:
        body = ast.parse("".join(cell["source"])) if cell["cell_type"] == "code" else ast.Module([], [])
    except (SyntaxError, ValueError):
        return False
    called = [node.func for node in ast.walk(body) if isinstance(node, ast.Call)]
    return any(ast.unparse(each) == "share.pack" for each in called)


def _of_trail(news: Corpus, trail: Trail) -> dict:
    """Give the kept steps as a notebook that was run: each call, and its table as text."""
    if not trail.kept:
        raise Refusal("the trail keeps no step: press Keep this step where a step is worth handing on")
    loading = f"CORPUS = {news.name!r}"
    cells = [
        _code("load", loading, tags=["parameters"]),
        _code("news", "from utils import load, share\n\nnews = load(CORPUS)"),
    ]
    for n, step in enumerate(trail.kept, start=1):
        *before, last = _statements(step.call)
        shown = {"text/plain": repr(Told(step.table))}
        output = {"output_type": "execute_result", "data": shown, "metadata": {}, "execution_count": n + 2}
        cells += [
            {"cell_type": "markdown", "id": f"question-{n}", "metadata": {}, "source": f"## {n}. {step.question}"},
            _code(f"step-{n}", "\n".join([*before, f"share.Told({last})"]), [output]),
        ]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def _statements(call: str) -> list[str]:
    """Give the lines before a call's last statement, and that statement."""
    at = ast.parse(call).body[-1].lineno - 1
    rows = call.splitlines()
    return [*rows[:at], "\n".join(rows[at:])]


def _code(name: str, source: str, outputs: list[dict] | None = None, tags: list[str] | None = None) -> dict:
    told = {"tags": tags} if tags else {}
    return {"cell_type": "code", "id": name, "metadata": told, "source": source, "outputs": outputs or [],
            "execution_count": 1}  # fmt: skip


def _running(text: str) -> set[int]:
    words = [each.casefold() for each in WORD.findall(text)]
    return {hash(tuple(words[n : n + RUNNING])) for n in range(len(words) - RUNNING + 1)}


def _without_texts(news: Corpus, veiled: dict, articles: list[handed_on.Record]) -> None:
    """Leave out prose and names that hold words of an article, and refuse code that does."""
    sources = [_running(cell["source"]) | _held_in(cell["metadata"]) for cell in veiled["cells"]]
    names = [_running(each["name"]) for each in articles]
    every = set().union(*sources, *names, _running(news.name))
    quoted = every & set().union(*(every & _running(text) for text in news.articles["raw"]))
    quoted |= every & set().union(*(every & _running(text) for text in news.articles["title"].dropna()))
    if _running(news.name) & quoted:
        raise Refusal(
            f"the corpus is called by {RUNNING} words in a row of an article: rename its file, and run all again"
        )
    for each, held in zip(articles, names, strict=True):
        each["name"] = "" if held & quoted else each["name"]
    for n, (cell, held) in enumerate(zip(veiled["cells"], sources, strict=True), start=1):
        if not held & quoted:
            continue
        if cell["cell_type"] == "code":
            raise Refusal(
                f"cell {n} holds {RUNNING} words in a row of an article: take them out, run it, pack it again"
            )
        cell["source"], cell["metadata"] = "(This text quotes an article, and was left out.)", {}


def _held_in(metadata: dict) -> set[int]:
    return _running(json.dumps(metadata, ensure_ascii=False))
