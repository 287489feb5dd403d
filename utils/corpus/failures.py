"""Articles on which a layer fails: it goes on without them, says so once, and the corpus's report names them."""

import traceback
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import pandas as pd

from utils.corpus import cache, parts

NOBODYS = (MemoryError, ImportError, OSError)  # errors that are no article's fault
WITHOUT = {"copies": "it counts as a story of its own"}  # what a failure means, by layer
PART_OF = {  # what readers know a layer as that is nothing to them but a step
    "signatures": "copies", "blocks": "copies", "names": "persons", "small_letters": "persons",
}  # fmt: skip

Compute = Callable[[pd.Index], pd.DataFrame]  # gives a layer as if all articles but these were empty


def spared(compute: Compute, ids: pd.Index, failed: Mapping[str, str]) -> pd.DataFrame:
    """Give a layer as if the articles on which it fails were empty, with what went wrong in `attrs["failed"]`.

    Where it fails, halves of the articles are tried, and halves of these, until those are found on which it fails
    alone. What no single article brings about is raised, and so is what is no article's fault: an interruption, a lack
    of memory, a missing library.

    failed: what went wrong before, by article_id; these are not tried.
    """
    failed, ids = {**failed}, ids.drop([*failed])
    try:
        table = compute(ids)
    except Exception as error:
        if _is_nobodys(error):
            raise
        found = _failing(compute, ids)
        table = compute(ids.drop([*found]))
        failed |= found
    if failed:
        table.attrs[parts.FAILED] = failed
    return table


def _failing(compute: Compute, ids: pd.Index) -> dict[str, str]:
    """Give the articles on which a layer fails, each with what went wrong."""
    try:
        compute(ids)
    except Exception as error:
        if _is_nobodys(error):
            raise
        if len(ids) < 2:
            return {one: _said(error) for one in ids}
        half = len(ids) // 2
        return _failing(compute, ids[:half]) | _failing(compute, ids[half:])
    return {}


def _is_nobodys(error: Exception) -> bool:
    """Say whether an error is no article's fault; a TimeoutError, though an OSError, is that of a text too hard."""
    return isinstance(error, NOBODYS) and not isinstance(error, TimeoutError)


def _said(error: Exception) -> str:
    """Give an error in a line: its kind, where in the code it came up, and its message."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    said = f"{type(error).__name__} in {Path(where.filename).name}, line {where.lineno}: {error}"
    return " ".join(said.split())[:300]


def emptied(raws: pd.Series, segments: pd.DataFrame, ids: pd.Index) -> tuple[pd.Series, pd.DataFrame]:
    """Give the texts and segments as if all articles but these were empty."""
    if len(ids) == len(raws):
        return raws, segments
    return raws.where(raws.index.isin(ids), ""), segments[segments["article_id"].isin(ids)]


class Failures:
    """The articles on which layers have failed so far; a corpus and its selections share one."""

    def __init__(self) -> None:
        self.known: dict[str, dict[str, str]] = {}  # what went wrong, by layer and article_id

    def layer(self, name: str, key: str, compute: Compute, ids: pd.Index, *, needs: Sequence[str] = ()) -> pd.DataFrame:
        """Give a table kept on disk under a key, or computed for all but the articles without a layer it needs."""
        return self.noted(name, cache.layer(key, lambda: spared(compute, ids, self._without(name, needs, ids))), ids)

    def by_article(
        self,
        name: str,
        store: str,
        articles: parts.Articles,
        made: Callable[[pd.Index], Compute],
        *,
        needs: Sequence[str],
        engine: str | None = None,
        terms: bool = False,
    ) -> pd.DataFrame:
        """Give a layer kept article by article in a store, or computed likewise; made: gives the layer of some.

        engine, terms: as for `parts.gathered`.
        """
        work = lambda ids: partial(spared, made(ids), ids, self._without(name, needs, ids))  # noqa: E731
        return self.noted(name, parts.gathered(store, articles, work, engine=engine, terms=terms), articles.ids)

    def _without(self, name: str, needs: Sequence[str], ids: pd.Index) -> dict[str, str]:
        """Give those of the articles that have no layer that is needed, and which; what went wrong with a step."""
        return {
            one: why if need in PART_OF and PART_OF[need] == name else f"it has no {need}"
            for need in needs
            for one, why in self.known.get(PART_OF.get(need, need), {}).items()
            if one in ids
        }

    def noted(self, name: str, table: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
        """Give a layer as it came, once it is known on which of these articles it failed; warn where that is news."""
        name = PART_OF.get(name, name)
        known = self.known.setdefault(name, {})
        failed = {one: why for one, why in table.attrs.pop(parts.FAILED, {}).items() if one in ids}
        if failed.keys() - known.keys():
            warnings.warn(
                f"the {name} of {len(failed):,} of {len(ids):,} article{'s' * (len(ids) != 1)} could not be found; "
                "see report()",
                stacklevel=2,
            )
        known.update(failed)
        return table

    def problems(self, sources: pd.Series) -> pd.DataFrame:
        """Give the lines of the report (source, kind, problem, cure) on those articles whose sources are given."""
        lines = []
        for name, failed in self.known.items():
            told = WITHOUT.get(name, "it counts as an article without any")
            for one in sources.index.intersection([*failed], sort=False):
                problem = f"its {name} could not be found ({failed[one]}), so {told}"
                cure = f"the fault is ours; to leave it out: news.select(news.articles.index.drop({one!r}))"
                lines.append((sources[one], "doubtful", problem, cure))
        return pd.DataFrame(lines, columns=["source", "kind", "problem", "cure"], dtype="str")
