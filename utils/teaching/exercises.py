"""Exercises by name: `exercises.check("02-change", answer)` in a notebook, the question and its truth out of sight.

The name is the number of the notebook and of what is asked there. What a question is about (the corpus, the word
followed) is taken from the notebook in which the check runs, so a reader hands over the answer and nothing else.
"""

import inspect
from numbers import Real

from utils import arguments
from utils.passages import calls
from utils.teaching import checks, questions
from utils.teaching.answers import undressed
from utils.teaching.checks import Check

__all__ = ["check", "guess"]

UNGUESSED = "Replace the three dots in `guess = ...` with a number, before you count, and run the cell."
_guesses: dict[str, float] = {}


def guess(name: str, value: object) -> Check:
    """Keep a guess made before counting; `check` holds it against what was found.

    Raises ValueError where there is no exercise of that name.
    """
    _question(name)
    if value is ...:
        _guesses.pop(name, None)
        return Check("open", UNGUESSED)
    number, note = undressed(value, 0)
    if not isinstance(number, Real):
        return Check("wrong", note)
    _guesses[name] = float(number)
    return Check("compare", f"Your guess is kept: {_guesses[name]:,g}. Now find out.")


def check(name: str, answer: object = ...) -> Check:
    """Give the verdict on an answer to the exercise of that name, with a hint where it is not right.

    An untouched `...` is no mistake, so Run All passes. No answer raises, whatever it is.
    Raises ValueError where there is no exercise of that name; WrongAnswer where the verdict is close or wrong and
    PASSAGES_CHECK_FINDINGS=1, as when the kept solutions are run.
    """
    asked = _question(name)
    if answer is ...:
        return Check("open", checks.UNTOUCHED)
    needed, held = [*inspect.signature(asked).parameters][1:], calls.names()
    if lacking := [each for each in needed if each not in held]:
        return Check(
            "open", f"Run the cells above first: this question is about `{lacking[0]}`, which is not there yet."
        )
    return _beside_guess(name, answer, asked(answer, *(held[each] for each in needed)))


def _question(name: object) -> questions.Question:
    known = questions.by_name()
    arguments.one_of(name, [*known], "an exercise")
    return known[str(name)]


def _beside_guess(name: str, answer: object, found: Check) -> Check:
    """Give what was found, and how far a guess that was kept is from an answer that is right."""
    number, _ = undressed(answer, 0)
    if found.verdict != "right" or name not in _guesses or not isinstance(number, Real):
        return found
    guessed, counted = _guesses[name], float(number)
    apart = (
        "right on it"
        if guessed == counted
        else f"{abs(guessed - counted):,g} too {_sizes(guessed, counted)[guessed > counted]}"
    )
    return Check("right", f"You guessed {guessed:,g}: {apart}. What made you think so?")


def _sizes(guessed: float, counted: float) -> tuple[str, str]:
    return ("few", "many") if guessed.is_integer() and counted.is_integer() else ("low", "high")
