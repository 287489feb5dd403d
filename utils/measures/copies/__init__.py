"""Copies: counting by story where papers print one text, and two versions of it side by side."""

from utils.measures.copies.stories import adjusted_rand, closest, in_common, per_story, shared
from utils.measures.copies.versions import differences, side_by_side

__all__ = ["adjusted_rand", "closest", "differences", "in_common", "per_story", "shared", "side_by_side"]


def __dir__() -> list[str]:
    """Give the names that are offered."""
    return __all__
