"""Formulas: what counts on two sides say of a word, with no regard to articles.

They take bare counts: how often a word occurs on either side, and how many words there are on either side.
"""

import numpy as np
import scipy  # what it holds is loaded where it is used: it takes as long as pandas

from utils.arguments import Refusal


def chi2(
    count_target: np.ndarray, count_reference: np.ndarray, n_target: int, n_reference: int, *, yates: bool | None = None
) -> np.ndarray:
    """Give Pearson's chi-squared of the two-by-two table of a word and all others; minus if the reference has more.

    yates: bring the count half a word nearer to what was expected, as Yates did; None does so where quanteda does by
    default: if one of the four cells expects fewer than 5, and the count is more than half a word away.
    Missing where the word is on neither side. Source: quanteda.textstats, textstat_keyness(measure = "chi2").
    """
    a, b = np.asarray(count_target, float), np.asarray(count_reference, float)
    n, both = n_target + n_reference, a + b
    apart = a * n_reference - b * n_target
    if yates is None:
        least = np.minimum(both, n - both) * min(n_target, n_reference) / n
        yates = (least < 5) & (np.abs(apart) > n / 2)
    less = np.maximum(np.abs(apart) - np.where(yates, n / 2, 0), 0)
    with np.errstate(invalid="ignore"):
        return np.sign(apart) * n * less**2 / (both * (n - both) * n_target * n_reference)


def log_likelihood(
    count_target: np.ndarray, count_reference: np.ndarray, n_target: int, n_reference: int, *, cells: int = 4
) -> np.ndarray:
    """Give the log-likelihood ratio G2 of a word on two sides; minus if the reference has the higher rate.

    cells: 4 adds up all cells of the two-by-two table, the word and all other words (Dunning 1993); 2 the word's
    own two (Rayson & Garside 2000), which comes out a little lower, most for frequent words.
    Raises ValueError for another number of cells.
    """
    if cells not in (2, 4):
        raise Refusal(f"cells came as {cells!r}; it is 4 (the whole table, Dunning) or 2 (the word's own, Rayson)")
    a, b = np.asarray(count_target, float), np.asarray(count_reference, float)
    share = (a + b) / (n_target + n_reference)
    counted, expected = [a, b], [n_target * share, n_reference * share]
    if cells == 4:
        counted, expected = (
            [*counted, n_target - a, n_reference - b],
            [*expected, n_target * (1 - share), n_reference * (1 - share)],
        )
    return np.sign(a * n_reference - b * n_target) * 2 * sum(map(scipy.special.rel_entr, counted, expected))


def log_odds(count_target: np.ndarray, count_reference: np.ndarray, *, prior: float | np.ndarray = 0.5) -> np.ndarray:
    """Give the z score of each word's log-odds ratio between two sides, shrunk by a Dirichlet prior.

    The counts are those of every word there is, since the odds are against all others.
    prior: occurrences added to each word: one number, or one a word (counts of a background corpus, scaled).
    Missing where there is no other word. Source: Monroe, Colaresi & Quinn 2008, "Fightin' Words", section 3.
    """
    added = np.broadcast_to(np.asarray(prior, float), np.shape(count_target))
    log_ratio, variance = 0, 0
    for sign, counts in ((1, count_target), (-1, count_reference)):
        count = np.asarray(counts, float) + added
        with np.errstate(divide="ignore", invalid="ignore"):
            log_ratio = log_ratio + sign * np.log(count / (count.sum() - count))
        variance = variance + 1 / count
    return log_ratio / np.sqrt(variance)


def percent_difference(
    count_target: np.ndarray, count_reference: np.ndarray, n_target: int, n_reference: int
) -> np.ndarray:
    """Give %DIFF, by how many per cent the target's rate is above (below: minus) the reference's.

    Missing where the reference has none. Source: Gabrielatos & Marchi (2011), Keyness: Matching metrics to definitions.
    """
    a, b = np.asarray(count_target, float) / n_target, np.asarray(count_reference, float) / n_reference
    return np.divide(100 * (a - b), b, out=np.full(np.shape(a), np.nan), where=b > 0)


def cohens_d(target: "scipy.sparse.csr_array", reference: "scipy.sparse.csr_array") -> np.ndarray:
    """Give Cohen's d of each term: how many standard deviations the mean rates of the two sides' articles lie apart.

    target, reference: rates, articles x terms. The deviation is pooled over both sides. Missing where a side has fewer
    than two articles, or no two rates differ. Source: Cohen (1988), Statistical Power Analysis, section 2.5.
    """
    mean, squares, n = [], 0.0, target.shape[0] + reference.shape[0]
    for rates in (target, reference):
        of = rates.shape[0]
        mean.append(np.asarray(rates.mean(axis=0)).ravel())
        squares = squares + np.maximum(np.asarray(rates.power(2).sum(axis=0)).ravel() - of * mean[-1] ** 2, 0)
    if min(target.shape[0], reference.shape[0]) < 2:
        return np.full(len(mean[0]), np.nan)
    spread = np.sqrt(squares / (n - 2))
    apart = mean[0] - mean[1]
    return np.divide(apart, spread, out=np.full(len(apart), np.nan), where=spread > 0)
