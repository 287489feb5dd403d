"""Whom an article names in full, of the persons whom a shorter name in it may mean."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from utils.layers.voices.columns import LOW, MASK, keys, pairs
from utils.spans import spread

NEAR = 1  # paragraphs back in which a namesake is near


class Named(NamedTuple):
    """Somebody whom an article names in full, by number; how often before a mention, and whether near it: both are told
    only where there are several, as nothing hangs on them else."""

    person: int
    times: int = 0
    near: bool = False


class Here:
    """Who is named in full in each article, and where.

    article, person, place, paragraph: of each mention that names somebody in full, in the order of the places.
    may: the persons whom a name may mean, by its number.
    """

    def __init__(
        self,
        article: np.ndarray,
        person: np.ndarray,
        place: np.ndarray,
        paragraph: np.ndarray,
        may: Mapping[int, Collection[int]],
    ):
        pair = keys(article, person)
        order = np.argsort(pair, kind="stable")
        pair, fresh = pair[order], np.diff(pair[order], prepend=-1) != 0
        self._first, self._person = np.flatnonzero(fresh), pair[fresh] & MASK
        self._places, self._paragraph = keys(np.cumsum(fresh) - 1, place[order]), paragraph[order]
        asked = np.sort(pairs((each, name) for name, persons in may.items() for each in persons))
        at, own = spread(*(np.searchsorted(asked >> LOW, self._person, side) for side in ("left", "right")))
        known = keys(pair[fresh][own] >> LOW, asked[at] & MASK)
        order = np.argsort(known, kind="stable")
        self._known, self._own = known[order], own[order]

    def of(
        self, article: np.ndarray, name: np.ndarray, place: np.ndarray, paragraph: np.ndarray
    ) -> list[tuple[Named, ...]]:
        """Give for each of some mentions whom its article names in full, of the persons whom its name may mean."""
        first, last = (np.searchsorted(self._known, keys(article, name), side) for side in ("left", "right"))
        person, alone = np.full(len(first), -1), np.flatnonzero(last - first == 1)
        person[alone] = self._person[self._own[first[alone]]]
        known = {-1: ()} | {each: (Named(each),) for each in np.unique(person[alone]).tolist()}
        found: list[tuple[Named, ...]] = [known[each] for each in person.tolist()]
        several = np.flatnonzero(last - first > 1)
        at, which = spread(first[several], last[several])
        which, own = several[which], self._own[at]
        behind = np.searchsorted(self._places, keys(own, place[which]))
        times = behind - self._first[own]
        near = (times > 0) & (paragraph[which] - self._paragraph[behind - 1] <= NEAR)
        many = defaultdict(list)
        for row, *each in zip(which.tolist(), self._person[own].tolist(), times.tolist(), near.tolist(), strict=True):
            many[row].append(Named(*each))
        for row, each in many.items():
            found[row] = tuple(each)
        return found
