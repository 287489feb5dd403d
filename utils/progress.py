"""Progress, where a reader waits: a line that goes away when the work is done."""

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from IPython import get_ipython
from IPython.display import display
from tqdm import tqdm

_tell: ContextVar[Callable[[str], None] | None] = ContextVar("tell", default=None)


def bar(items: Iterable, label: str = "", *, total: int | None = None, shown: bool = True) -> Iterable:
    """Give the items one by one with a bar; without one where `shown` is false or TQDM_DISABLE=1 is set."""
    if not shown or os.environ.get("TQDM_DISABLE") == "1":
        return items
    tell = _tell.get()
    in_a_notebook = hasattr(get_ipython(), "kernel")
    file = _Told(tell) if tell else _Line() if in_a_notebook else None
    return tqdm(items, desc=label or None, total=total, leave=False, file=file)


@contextmanager
def told(tell: Callable[[str], None]) -> Iterator[None]:
    """Have what is done meanwhile, in this thread, tell its lines of progress to a function, and show none itself."""
    token = _tell.set(tell)
    try:
        yield
    finally:
        _tell.reset(token)


class _Told:
    """What tqdm writes to where somebody else shows its line."""

    encoding = "utf-8"

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.write = lambda text: tell(text.strip()) if text.strip() else None

    def flush(self) -> None:
        pass


class _Line:
    """What tqdm writes to in a notebook: one line of text and no widget, which a saved notebook could not show."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.shown = None

    def write(self, text: str) -> None:
        line = {"text/plain": text.strip()} if text.strip() else {}  # nothing at all, once tqdm wipes its line
        if self.shown is not None:
            self.shown.update(line, raw=True)
        elif line:
            self.shown = display(line, raw=True, display_id=True)

    def flush(self) -> None:
        pass
