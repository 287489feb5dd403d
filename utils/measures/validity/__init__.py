"""Validity: whether a score may be believed, held against people who coded the same texts by the same rules."""

from utils.measures.validity.agreement import agreement

__all__ = ["agreement"]


def __dir__() -> list[str]:
    """Give the names that are offered."""
    return __all__
