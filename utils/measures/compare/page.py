"""Page: what is asked of two parts of a corpus, and what one question of it is."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from utils import passages
from utils.corpus.corpus import Corpus
from utils.lexicons import Named
from utils.passages import english
from utils.passages.sides import SIDES, Side
from utils.passages.sides import passages_of as sides_of
from utils.stats import formulas


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

    def compared(self, part: pd.Series, of: pd.Series, *, by_story: bool = False, **options: Any) -> dict[str, Any]:
        """Give the difference of a part over the whole, of numbers by side and article; by_story: what a side has of a
        story is one unit, and no unit is on both sides."""
        whose = passages.groups(self.news, unit="story" if by_story else self.unit)
        units = []
        for side in SIDES:
            own = pd.DataFrame({"part": part, "of": of}).fillna({"part": 0})
            own = own[own.index.get_level_values("side") == side].droplevel("side")
            own = whose.by_unit(own)
            units.append(own.rename(index=lambda unit, side=side: (side, unit)) if by_story else own)
        return formulas.difference(
            lambda sums: sums["part"] / sums["of"], *units, unit=whose.unit, n=self.n, seed=self.seed, **options
        )


class Line(NamedTuple):
    """One question: its family, what is asked, in what, what comes out, and the passages that lie behind it."""

    family: str
    asked: str
    scale: str
    row: Callable[[], dict[str, Any]]
    behind: Callable[[], pd.DataFrame]
