"""Validity: whether a score may be believed, held against people who coded the same texts by the same rules."""

from utils.measures.validity.agreement import agreement, verdict
from utils.measures.validity.codebooks import codebook
from utils.measures.validity.codes import by_coder, codes, still_open
from utils.measures.validity.corrected import corrected_share
from utils.measures.validity.held import against, compared
from utils.measures.validity.samples import draw

__all__ = [
    "against",
    "agreement",
    "by_coder",
    "codebook",
    "codes",
    "compared",
    "corrected_share",
    "draw",
    "still_open",
    "verdict",
]


def __dir__() -> list[str]:
    """Give the names that are offered."""
    return __all__
