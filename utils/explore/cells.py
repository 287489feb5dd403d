"""Cells: lines of code that give a table, run as a cell of the reader's notebook runs them, no line of them twice.

The workbench counts nothing itself: it writes a call, runs it here and shows both. So what is shown is what a reader
gets who pastes the call.
"""

import ast
from collections import OrderedDict
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import cast

import pandas as pd

from utils.corpus.corpus import Corpus

HELD = 64  # lines whose results are held, those of use last


class Cells:
    """What runs code for one corpus, called `news`, and holds what each line gave, by all the lines before it."""

    def __init__(self, news: Corpus, within: Callable[[], AbstractContextManager] = nullcontext) -> None:
        self._news, self._within = news, within
        self._held: OrderedDict[str, tuple[dict[str, object], object]] = OrderedDict()

    def run(self, code: str) -> pd.DataFrame:
        """Give the table that the last line of the code gives. The lines before it assign names or import from `utils`.

        What comes may be held for the next that asks: it is read, not changed. What the code raises comes as it is.
        """
        known: dict[str, object] = {"news": self._news}
        done, given = "", None
        for line in ast.parse(code).body:
            if isinstance(line, ast.ImportFrom):  # in no key: what is imported alters nothing that others gave
                exec(compile(ast.Module([line], []), "<workbench>", "exec"), known)
                continue
            done += f"{ast.unparse(line)}\n"
            if done not in self._held:
                with self._within():
                    made = _run(line, known)
                self._held[done] = made
                while len(self._held) > HELD:
                    self._held.popitem(last=False)
            self._held.move_to_end(done)
            named, given = self._held[done]
            known.update(named)
        return cast(pd.DataFrame, given)


def _run(line: ast.stmt, known: dict[str, object]) -> tuple[dict[str, object], object]:
    """Run a line where these names are known; give the names that it assigns, and what it gives if it is a call."""
    if isinstance(line, ast.Expr):
        return {}, eval(compile(ast.Expression(line.value), "<workbench>", "eval"), known)
    own = dict(known)
    exec(compile(ast.Module([line], []), "<workbench>", "exec"), own)
    targets = line.targets if isinstance(line, ast.Assign) else []
    return {each.id: own[each.id] for each in targets if isinstance(each, ast.Name)}, None
