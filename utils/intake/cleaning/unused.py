"""The reader's own rules that set nothing aside, with the lines that may have been meant, and those given up."""

import difflib
from collections.abc import Iterable
from itertools import starmap

import pandas as pd

from utils.intake import dates
from utils.intake.batch import lines
from utils.intake.cleaning import own_rules

ARTICLES = 5_000  # with more, no nearest line is sought: it would take longer than the loading
RULES = 20  # without use for which a nearest line is sought; for more it would take long too
LONGEST = 300  # characters of a line that may be the nearest
ALIKE = 0.75  # at least, on the scale of difflib from 0 to 1
CURE = "a line is found only as it stands, in full; part of one is found by an expression, furniture=['/part of it/']"


def notes(articles: pd.DataFrame, segments: pd.DataFrame, furniture: Iterable[str]) -> list[dict[str, str]]:
    """Give what is to be reported of rules without use: dictionaries with kind, problem, cure, in the order given.

    Parameters
        articles: raw.  segments: rule.  furniture: the rules, as in `load(furniture=)`.
    """
    slow = own_rules.rules(tuple(furniture)).given_up
    used = {rule.removeprefix("yours: ") for rule in segments["rule"].unique()} | slow.keys()
    idle = dict.fromkeys(rule for rule in furniture if " ".join(rule.split()) not in used and rule not in used)
    short = _short(articles["raw"]) if idle and len(articles) <= ARTICLES else {}
    near = [nearest(rule, short) if number < RULES else None for number, rule in enumerate(idle)]
    return [*starmap(_slow, slow.items()), *map(_note, idle, near)]


def _slow(rule: str, line: str) -> dict[str, str]:
    problem = f"your furniture “{dates.shown(rule)}” was given up, as it took too long over “{dates.shown(line)}”"
    cure = "write it so that it cannot find one line in many ways, and load again: lines below that may be missed"
    return {"kind": "doubtful", "problem": problem, "cure": cure}


def _note(rule: str, near: str | None) -> dict[str, str]:
    there = f"; the nearest line is “{near}”" if near else ""
    cure = CURE if rule[0] != "/" else "an expression is searched in one line at a time; try it on a line that you see"
    problem = f"your furniture “{dates.shown(rule)}” set no line aside{there}"
    return {"kind": "doubtful", "problem": problem, "cure": cure}


def _short(raws: Iterable[str]) -> dict[str, str]:
    """Give the short lines of all texts: folded, and as the first of each stands."""
    found: dict[str, str] = {}
    for raw in raws:
        for start, end in lines(raw):
            if end - start <= LONGEST:
                found.setdefault(own_rules.folded(raw[start:end]), raw[start:end])
    return found


def nearest(rule: str, short: dict[str, str]) -> str | None:
    """Give the shortest line that holds the rule, else the one spelt most like it, else None."""
    wanted = own_rules.folded(rule)
    if holding := [line for line in short if wanted in line]:
        return short[min(holding, key=len)]
    near = difflib.get_close_matches(wanted, short, n=1, cutoff=ALIKE)
    return short[near[0]] if near else None
