"""Progress, where a reader waits: a bar in the notebook that goes away when the work is done."""

import os
from collections.abc import Iterable

from tqdm.auto import tqdm


def bar(items: Iterable, label: str = "", *, total: int | None = None, shown: bool = True) -> Iterable:
    """Give the items one by one with a bar; without one where `shown` is false or TQDM_DISABLE=1 is set."""
    if not shown or os.environ.get("TQDM_DISABLE") == "1":
        return items
    return tqdm(items, desc=label or None, total=total, leave=False)
