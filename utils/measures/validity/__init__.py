"""Validity: whether a score may be believed, held against people who coded the same texts by the same rules."""

from utils.measures.validity.agreement import agreement
from utils.measures.validity.codebooks import codebook
from utils.measures.validity.codes import by_coder, codes, still_open

__all__ = ["agreement", "by_coder", "codebook", "codes", "still_open"]


def __dir__() -> list[str]:
    """Give the names that are offered."""
    return __all__
