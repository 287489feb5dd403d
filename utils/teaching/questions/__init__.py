"""What the exercises ask, a module a notebook: each question is a function of an answer that gives a verdict.

Its other parameters are names of the notebook (`news`, `word`), and are taken from there when the check runs. The
truth is worked out in these functions, so neither prompt nor check of a notebook holds it. A module is found by
listing this folder; it names its questions in QUESTIONS, by the number of the notebook and a word.
"""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module

from utils.teaching.checks import Check

Question = Callable[..., Check]


@cache
def by_name() -> dict[str, Question]:
    """Give the questions of all notebooks by their names, such as "02-change"."""
    modules = [import_module(found.name) for found in pkgutil.iter_modules(__path__, f"{__name__}.")]
    return {name: asked for module in modules for name, asked in module.QUESTIONS.items()}
