"""One form for every saved notebook, so that running it again gives the same bytes."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)"}
LANGUAGE = {"name": "python"}
WIDGET = "application/vnd.jupyter.widget-view+json"
WITHOUT = "Run this cell, and buttons appear here."
KEPT_OF_A_CELL = ("jupyter", "passages", "tags")


def normal(notebook: NotebookNode) -> NotebookNode:
    """Give the notebook with everything removed that a second run would not repeat.

    What goes: widgets, timings, the interpreter's patch version, what an editor noted
    about a cell. What stays: sources, cell ids, tags, outputs and the notebook's own `passages` record.
    """
    clean = copy.deepcopy(notebook)
    record = clean.metadata.get("passages")
    clean.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": LANGUAGE})
    if record:
        clean.metadata["passages"] = record
    clean.nbformat, clean.nbformat_minor = 4, 5
    for cell in clean.cells:
        cell.metadata = nbformat.from_dict(
            {key: cell.metadata[key] for key in KEPT_OF_A_CELL if cell.metadata.get(key)}
        )
    _count_executions(clean)
    _merge_streams(clean)
    _unload_widgets(clean)
    return clean


def as_text(notebook: NotebookNode) -> str:
    """Give the notebook as the text that is kept: indented by one, keys sorted, a line break at the end."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT) + "\n"


def outputs(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """Give every output of every code cell, in order."""
    for cell in notebook.cells:
        yield from cell.get("outputs", [])


def _count_executions(notebook: NotebookNode) -> None:
    """Number the cells that ran 1..n, and their results with them."""
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.get("execution_count") is not None:
            count += 1
            cell.execution_count = count
            for output in cell.outputs:
                if output.output_type == "execute_result":
                    output.execution_count = count


def _merge_streams(notebook: NotebookNode) -> None:
    """Join what a kernel printed in pieces; where the two streams alternate, stdout comes first."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            merged: list[NotebookNode] = []
            for output in cell.outputs:
                _append(merged, output)
            cell.outputs = merged


def _append(merged: list[NotebookNode], output: NotebookNode) -> None:
    run = len(merged)
    while run and merged[run - 1].output_type == "stream":
        run -= 1
    if output.output_type == "stream":
        for earlier in merged[run:]:
            if earlier.name == output.name:
                earlier.text += output.text
                return
        if output.name == "stdout":
            merged.insert(run, output)
            return
    merged.append(output)


def _unload_widgets(notebook: NotebookNode) -> None:
    """Leave a sentence where a widget was: without its kernel a saved one shows "model not found" and nothing else.

    The still copy that a front end leaves of itself goes too: nobody has done anything in it yet.
    """
    for cell in notebook.cells:
        if "outputs" in cell:
            cell.outputs = [each for each in cell.outputs if not _still(each)]
    for output in outputs(notebook):
        if WIDGET in output.get("data", {}):
            output.data = nbformat.from_dict({"text/plain": WITHOUT})


def _still(output: NotebookNode) -> bool:
    return bool(output.get("metadata", {}).get("passages", {}).get("still"))


def canonical(value: Any) -> str:
    """Give any piece of a notebook as one line of JSON, the same for the same content."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
