"""Page: what is asked of two parts of a corpus, and what one question of it is."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.passages import english
from utils.passages.sides import SIDES, Side
from utils.passages.sides import passages_of as sides_of
from utils.stats import bounds, formulas


@dataclass(eq=False)
class Asked:
    """What is asked of two parts, by the names that `parts` has for it."""

    news: Corpus
    target: Side
    reference: Side | None
    within: pd.DataFrame | None
    unit: str | pd.Series = "article"
    lexicon: Named = "textblob"
    index: str = "flesch"
    top: int = 0
    n: int = 0
    seed: int = 0

    @property
    def sides(self) -> tuple[Corpus, Side, Side | None]:
        """Give what measures of two sides take first."""
        return self.news, self.target, self.reference

    @cached_property
    def stretches(self) -> pd.DataFrame:
        """Give the passages of both sides, with their `side`."""
        both = sides_of(*self.sides, self.within)
        rows = pd.concat([own[passages.KEYS].assign(side=side) for side, own in both.items()], ignore_index=True)
        return rows.astype({"article_id": "str"})

    def english(self, found: pd.DataFrame) -> pd.DataFrame:
        """Give the rows that are read by what knows English alone."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", english.NotEnglish)  # which the measures tell themselves
            return found[~found["article_id"].isin(english.foreign(self.news, "a page of parts"))]

    def inside(self, layer: pd.DataFrame) -> pd.DataFrame:
        """Give the rows of a layer that lie on either side, with their `side`."""
        groups = passages.groups(self.news, "side", self.stretches)
        rows = groups.rows(layer)
        return rows.assign(side=rows.pop("group").map(groups.keys["side"])).astype({"article_id": "str"})

    @cached_property
    def n_words(self) -> pd.Series:
        """Give how many words each article has on each side."""
        return self.inside(self.news.words).groupby(["side", "article_id"]).size()

    @cached_property
    def quarters(self) -> tuple[pd.Index, pd.Index]:
        """Give the articles of the first quarter of all that are dated, and of the last, as `terms.change` has them."""
        ids = self.news.articles["published"].dropna().sort_values(kind="stable").index
        return ids[: len(ids) // 4], ids[len(ids) - len(ids) // 4 :]

    def of_quarters(self, found: pd.DataFrame) -> pd.DataFrame:
        """Give the passages of the articles of either quarter."""
        return found[found["article_id"].astype("str").isin([*self.quarters[0], *self.quarters[1]])]

    def compared(self, part: pd.Series, of: pd.Series, *, by_story: bool = False, **options: Any) -> dict[str, Any]:
        """Give the difference of a part over the whole, of numbers by side and article; by_story: what a side has of a
        story is one unit, and no unit is on both sides."""
        numbers = pd.DataFrame({"part": part, "of": of}).fillna({"part": 0})
        whose = passages.groups(self.news, unit="story" if by_story else self.unit)
        units = self._by_unit(numbers, whose)
        if by_story:
            units = [own.rename(index=lambda unit, at=at: (at, unit)) for at, own in enumerate(units)]
        return self._difference(lambda sums: sums["part"] / sums["of"], units, whose.unit, **options)

    def risen(self, part: pd.Series, of: pd.Series, **options: Any) -> dict[str, Any]:
        """Give the difference of what a part over the whole rises by from the first quarter to the last.

        Sides dealt by lot are alike in all, and asked is only whether they rise alike. But held over its standard error
        the difference is spread as it is among such: of simulated words three times as frequent on one side, with 12 to
        40 articles in a quarter, p < .05 in .03-.05, and .95-.97 of the intervals held the truth.
        """
        numbers, article = pd.DataFrame({"part": part, "of": of}).fillna({"part": 0}), part.index.get_level_values(1)
        early, late = (numbers[article.isin(ids)] for ids in self.quarters)
        whose = passages.groups(self.news, unit=self.unit)
        cells = [self._by_unit(own, whose) for own in (early, late)]
        reasons = [
            bounds.Side(n := np.array([len(own)]), n, n, f" of the {side}{when}")
            for when, both in zip((" in the first quarter", " in the last"), cells, strict=True)
            for side, own in zip(SIDES, both, strict=True)
        ]
        columns = pd.concat([early.add_suffix("_early"), late.add_suffix("_late")]).fillna(0)
        found = self._difference(
            lambda sums: sums["part_late"] / sums["of_late"] - sums["part_early"] / sums["of_early"],
            self._by_unit(columns, whose), whose.unit, **options,
        )  # fmt: skip
        if few := bounds.first_reason(reasons, 0.95, whose.unit)[0]:
            found |= dict.fromkeys(["low", "high", "p"], np.nan) | {"note": few}
        return found

    @staticmethod
    def _by_unit(numbers: pd.DataFrame, whose: passages.Groups) -> list[pd.DataFrame]:
        """Give numbers by side and article added up by unit, for either side."""
        on = numbers.index.get_level_values("side")
        return [whose.by_unit(numbers[on == side].droplevel("side")) for side in SIDES]

    def _difference(self, formula: Callable, units: list[pd.DataFrame], unit: str, **options: Any) -> dict[str, Any]:
        return formulas.difference(formula, *units, unit=unit, n=self.n, seed=self.seed, **options)


class Line(NamedTuple):
    """One question: its family, what is asked, in what, what comes out, and the passages that lie behind it."""

    family: str
    asked: str
    scale: str
    row: Callable[[], dict[str, Any]]
    behind: Callable[[], pd.DataFrame]
