"""Hand a finding on without the texts: what was asked, the numbers that came, and which articles they came from.

A pack holds no sentence of an article. It is a notebook whose outputs are veiled: each number stands in its place, and
the words between two numbers are there as the letters of a hash, which another run must come to again. Of each article
there is its name and the hash of its text, so that whoever has the same articles can run all of it anew and hold the
two against each other, and whoever has other ones is told which.
"""

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
from utils.corpus.corpus import Corpus
from utils.intake.encodings import whole
from utils.passages.seen import NUMBER, lines, visible

FORM = 1
RUNNING = 6  # words of an article in a row that a pack may not hold
KNOWN = ("pandas", "numpy", "scipy", "textblob", "nupunkt", "simplemma")  # versions that a number may hang on
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
    has its code, its numbers, hashes of all other words, the name and hash of each article, and the versions it was
    made with. `make reproduce PACK=results/NAME.pack` runs it again where the articles are, and says of every figure
    whether it is the same; where they are not, it shows the numbers.
    Raises ValueError if the notebook was not run to its end, the trail keeps no step, or the code holds six words in a
    row of an article (prose that does is left out); OSError if a file cannot be read or written.
    """
    if not re.fullmatch(r"[\w.-]+", name):
        raise Refusal(f"a pack's name has letters, digits, points, hyphens and underscores; what came is {name!r}")
    made = _of_notebook(Path(what)) if isinstance(what, str | Path) else _of_trail(news, what)
    veiled = veil(made)
    _without_texts(news, veiled)
    versions = {each: version(each) for each in KNOWN}
    veiled["metadata"]["passages_pack"] = {
        "form": FORM, "corpus": {"name": news.name, "digest": news.digest}, "articles": _hashes(news),
        "versions": versions,
    }  # fmt: skip
    content = json.dumps(veiled, ensure_ascii=False, indent=1, sort_keys=True).encode()
    path = storage.write_new(storage.results() / f"{name.removesuffix('.pack')}.pack", content, again=False)
    return f"{path.parent.name}/{path.name}"


def version(package: str) -> str:
    """Give the installed version of a package, "not installed" where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def opened(path: str | Path) -> dict:
    """Give what a pack holds, a notebook with veiled outputs; `metadata.passages_pack` says from which articles.

    Raises ValueError if the file is no pack, or one of a form that is not known here; OSError if it cannot be read.
    """
    try:
        held = json.loads(Path(path).read_bytes())
        form = held["metadata"]["passages_pack"]["form"]
    except (ValueError, KeyError, TypeError):
        raise Refusal(f"{whole(str(path))} is no pack, or not whole; share.pack makes one") from None
    if form != FORM:
        raise Refusal(f"{whole(str(path))} is a pack of form {form}, and this version reads form {FORM}")
    return held


def differs(held: dict, news: Corpus) -> pd.DataFrame:
    """Give the articles of a pack and of a corpus that are not the same in both.

    Returns one row an article: article_id, difference ("other text", "only in the pack", "only here"); none where the
    two hold the same articles.
    """
    theirs, ours = held["metadata"]["passages_pack"]["articles"], _hashes(news)
    found = {
        each: "only in the pack" if each not in ours else "only here" if each not in theirs else "other text"
        for each in dict.fromkeys([*theirs, *ours])
        if theirs.get(each) != ours.get(each)
    }
    return pd.DataFrame({"article_id": list(found), "difference": list(found.values())}, dtype="str")


def numbers(held: dict) -> Iterator[str]:
    """Give what of a pack can be read without the articles: its headings, and the numbers of each output."""
    for cell in held["cells"]:
        if cell["cell_type"] == "markdown":
            yield from (line for line in "".join(cell["source"]).splitlines() if line.startswith("#"))
        for output in cell.get("outputs", []):
            found = [[each[0] for each in NUMBER.finditer(line)] for line in _said(output).splitlines()]
            yield from ("  " + "  ".join(each) for each in found if each)


def veil(notebook: dict) -> dict:
    """Give a notebook with the words of its outputs as hashes, numbers as they are, and pictures by their text."""
    made = json.loads(json.dumps(notebook))
    for cell in made["cells"]:
        cell["source"] = "".join(cell["source"])
        for output in cell.get("outputs", []):
            words = "\n".join(_veiled(line) for line in lines(_said(output)))
            kind = output["output_type"]
            output.clear()
            output.update(output_type=kind)
            if kind == "stream":
                output.update(name="stdout", text=words)
            elif kind == "error":
                output.update(ename="error", evalue=words, traceback=[])
            else:
                output.update(data={"text/plain": words}, metadata={})
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
        parts += [hashlib.sha256(between.encode()).hexdigest()[:8].translate(LETTERS)] if between else []
        if found:
            parts.append(found[0])
            at = found.end()
    return " ".join(parts)


def _hashes(news: Corpus) -> dict[str, str]:
    raw = news.articles["raw"]
    return {str(name): hashlib.sha256(text.encode()).hexdigest() for name, text in raw.items()}


def _of_notebook(path: Path) -> dict:
    if not path.is_file():
        raise Refusal(f"there is no notebook {whole(str(path))}, seen from {Path.cwd()}; save it, and give its path")
    try:
        made = json.loads(path.read_bytes())
        cells = made["cells"]
    except (ValueError, KeyError, TypeError):
        raise Refusal(f"{whole(str(path))} is no notebook; what is wanted is a saved .ipynb, or a trail") from None
    ran = [cell for cell in cells if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]
    unrun = [n for n, cell in enumerate(ran, start=1) if cell.get("execution_count") is None]
    if unrun or any(output["output_type"] == "error" for cell in ran for output in cell["outputs"]):
        raise Refusal(f"{path.name} was not run to its end: choose Run All, save it, then pack it")
    kept = {"cells": cells, "metadata": {"kernelspec": made["metadata"].get("kernelspec", {})}}
    return {**kept, "nbformat": 4, "nbformat_minor": 5}


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
    import ast

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


def _without_texts(news: Corpus, veiled: dict) -> None:
    """Leave out prose that holds words of an article, and refuse code that does."""
    sources = [_running(cell["source"]) for cell in veiled["cells"]]
    every = set().union(*sources)
    quoted = every & set().union(*(every & _running(text) for text in news.articles["raw"]))
    for n, (cell, held) in enumerate(zip(veiled["cells"], sources, strict=True), start=1):
        if not held & quoted:
            continue
        if cell["cell_type"] == "code":
            raise Refusal(
                f"cell {n} holds {RUNNING} words in a row of an article: take them out, run it, pack it again"
            )
        cell["source"] = "(This text quotes an article, and was left out.)"
