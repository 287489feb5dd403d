"""Richness: how many different words stretches of a text hold: formulas of sequences, member by member.

Words come as codes, one member (an article of a group) behind the other; `first` and `last` say where each begins, and
ends. `same` is what `before` gives.
"""

import numpy as np

DRAWN = 42  # words of a sample of HD-D
FULL, FEWEST = 0.72, 10  # the share of different words that ends a factor of MTLD, and its fewest words


def before(code: np.ndarray, first: np.ndarray) -> np.ndarray:
    """Give the place of the same word before each word of the same member, -1 where it is the first of its kind."""
    owner = np.repeat(np.arange(len(first)), np.diff(np.append(first, len(code))))
    key = owner * (int(code.max(initial=0)) + 1) + code
    order = np.argsort(key, kind="stable")
    same = np.append(False, np.diff(key[order]) == 0)[: len(key)]
    place = np.full(len(code), -1)
    place[order[same]] = order[np.flatnonzero(same) - 1]
    return place


def mattr(same: np.ndarray, first: np.ndarray, last: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Give for each member the different words of all windows added up, and the words of all windows.

    A word is the first of its kind in those windows that begin behind the same word before it and not behind itself.
    """
    n = last - first
    owner = np.repeat(np.arange(len(n)), n)
    at, begin, end = np.arange(len(same)), first[owner], last[owner]
    low = np.maximum.reduce([same + 1, at - window + 1, begin])
    counted_in = np.maximum(np.minimum(at, end - window) - low + 1, 0)
    windows = np.maximum(n - window + 1, 0)
    return np.bincount(owner, counted_in, len(n)) * (windows > 0), windows * window


def msttr(same: np.ndarray, first: np.ndarray, last: np.ndarray, window: int) -> tuple[np.ndarray, np.ndarray]:
    """Give for each member the different words of all whole stretches added up, and the words of these."""
    n = last - first
    owner = np.repeat(np.arange(len(n)), n)
    at = np.arange(len(same)) - first[owner]
    begin = first[owner] + at - at % window
    whole = n // window * window
    return np.bincount(owner, (same < begin) & (at < whole[owner]), len(n)), whole


def hdd(code: np.ndarray, first: np.ndarray, last: np.ndarray, drawn: int = DRAWN) -> np.ndarray:
    """Give for each member the expected share of different words in so many drawn, none laid back; missing if fewer."""
    from scipy.special import gammaln

    n, width = last - first, int(code.max(initial=0)) + 1
    kinds, count = np.unique(np.repeat(np.arange(len(n)), n) * width + code, return_counts=True)
    owner = kinds // width
    size, rest = n[owner], n[owner] - count

    def ways(of: np.ndarray) -> np.ndarray:
        return gammaln(of + 1) - gammaln(np.maximum(of - drawn, 0) + 1)

    none = np.where(rest >= drawn, np.exp(ways(rest) - ways(size)), 0)
    return np.where(n >= drawn, np.bincount(owner, 1 - none, len(n)) / drawn, np.nan)


def mtld(code: np.ndarray, first: np.ndarray, last: np.ndarray) -> tuple[list[float], list[float]]:
    """Give for each member how many factors of MTLD it holds, read forward and read backward; 0 of few words."""
    n = len(code)
    forward, backward = before(code, first), before(code[::-1], n - last[::-1])
    bounds = [*zip(first.tolist(), last.tolist(), strict=True)]
    return ([factors(forward[begin:end] - begin) for begin, end in bounds],
            [factors(backward[n - end : n - begin] - (n - end)) for begin, end in bounds])  # fmt: skip


def factors(same: np.ndarray) -> float:
    """Give how many factors of MTLD a text holds, the last a part of one; 0 of a text shorter than any factor."""
    if len(same) < FEWEST:
        return 0.0
    begin, types, n, last = 0, 0, 0.0, len(same) - 1
    for at, place in enumerate(same.tolist()):
        types += place < begin
        length = at + 1 - begin
        if types < FULL * length and length >= FEWEST and at < last:
            begin, types, n = at + 1, 0, n + 1
    return n + (1 - types / (last + 1 - begin)) / (1 - FULL)


def moving_mtld(code: np.ndarray, first: np.ndarray, last: np.ndarray, *, wrap: bool) -> tuple[np.ndarray, np.ndarray]:
    """Give for each member the words of all factors of MTLD added up, one begun at each word, and how many end.

    wrap: whether a text goes on from its beginning where it ends, once; a factor that never ends is left out. All
    factors grow word by word, side by side.
    """
    n = last - first
    owner = np.repeat(np.arange(len(n)), n)
    if wrap:  # each text twice, one behind the other
        twice = np.concatenate([np.tile(np.arange(begin, end), 2) for begin, end in zip(first, last, strict=True)])
        code, first = code[twice], 2 * first
        last = first + 2 * n
    begin = np.arange(len(owner)) + (first[owner] // 2 if wrap else 0)
    same, end = before(code, first), last[owner]
    words, ended = np.zeros(len(n)), np.zeros(len(n))
    types, length = np.zeros(len(begin), np.int64), 0
    while len(begin):
        at, length = begin + length, length + 1
        types = types + (same[at] < begin)
        full = (types < FULL * length) & (length >= FEWEST)
        words += length * np.bincount(owner[full], minlength=len(n))
        ended += np.bincount(owner[full], minlength=len(n))
        going = ~full & (at + 1 < end)
        begin, end, owner, types = begin[going], end[going], owner[going], types[going]
    return words, ended
