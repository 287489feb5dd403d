"""What a tab of the workbench is: questions, each with the call of its table and of the passages behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore.state import State
from utils.explore.svg import Drawn
from utils.explore.trail import Step

TYPE_A_WORD = "Type a word into the field Word, or click on one in the tab Terms."

COUNTED = (
    '{news}.articles.groupby({by}).agg(n_articles=("source", "size"), first=("published", "min"), '
    'last=("published", "max")).sort_values("n_articles", ascending=False, kind="stable").reset_index()'
)


@dataclass(frozen=True)
class Question:
    """One question of a tab. Nothing is computed in it: `call` and `passages` are code over public functions.

    name       how the reader chooses it
    words      the question, of what is in view
    call       the code of its table
    columns    those of the table that are shown, the one that is clicked first
    picks      the state after a click on a row of the table; None where rows do not open
    chosen     which rows of the table are in view; False where none can be
    passages   the code of the passages behind what is in view, and what they are, in words; None where there are none
    needs      what has to be said first, as a sentence; empty where nothing is
    whose      whether each passage says who is quoted in it
    chart      draws the table, of a state, with the line that says what it is from; None where a chart says no more
    aside      code of what is to be read below, such as two articles side by side; None where there is nothing
    blind      whether the passages stay unseen, as they are to be coded
    """

    name: str
    words: Callable[[State], str]
    call: Callable[[State], str]
    columns: Callable[[State], list[str]]
    picks: Callable[[State, pd.DataFrame, int], State] | None = None
    chosen: Callable[[State, pd.DataFrame], pd.Series | bool] = lambda state, table: False
    passages: Callable[[State], tuple[str, str] | None] = lambda state: None
    needs: Callable[[State], str] = lambda state: ""
    whose: bool = False
    chart: Callable[[pd.DataFrame, State, str], Drawn] | None = None
    aside: Callable[[State], str | None] = lambda state: None
    blind: bool = False


@dataclass(frozen=True)
class Tab:
    """A tab: its name, its title, its questions, and the fields that it has beside those of the frame.

    usual   the question that is asked where none is chosen; the first where this is none
    below   what stands below, made of the corpus and of what gives the step in view; None where nothing does
    """

    name: str
    title: str
    questions: tuple[Question, ...]
    fields: tuple[str, ...] = ()
    usual: Callable[[State], str] = lambda state: ""
    below: Callable[[Corpus, Callable[[], Step | None]], ipywidgets.DOMWidget] | None = None

    def question(self, state: State) -> Question:
        """Give the question that is asked: the one chosen, else the usual one, else the first."""
        asked = state.asked or self.usual(state)
        return next((each for each in self.questions if each.name == asked), self.questions[0])


def hits(state: State) -> tuple[str, str] | None:
    """Give the passages of the word in hand."""
    if not state.word.strip():
        return None
    return state.code("terms.hits({news}, {word}{within})"), f"Where is “{state.word}” said{state.told()}?"


def needs_word(state: State) -> str:
    """Say that a word is wanted where there is none."""
    return "" if state.word.strip() else TYPE_A_WORD


def pick_word(state: State, table: pd.DataFrame, place: int) -> State:
    """Take the term of a row in hand."""
    return state.asking(word=str(table["term"].iloc[place]))


def pick_group(state: State, table: pd.DataFrame, place: int) -> State:
    """Choose the group of a row."""
    value = table[state.by].iloc[place]
    return state.narrowed(state.by, plain(value), click=True)


def is_group(state: State, table: pd.DataFrame) -> pd.Series | bool:
    """Say which rows are of the group that a click chose."""
    return table[state.by] == state.value(state.by) if state.by in state.picked else False


def pick_period(state: State, table: pd.DataFrame, place: int) -> State:
    """Choose the days of a row's period: up to the day before the next."""
    first = table["period"].iloc[place]
    later = table.loc[table["period"] > first, "period"]
    until = (later.min() - pd.Timedelta(days=1)).date() if len(later) else None
    return state.dated(first.date(), until, click=True)


def is_period(state: State, table: pd.DataFrame) -> pd.Series | bool:
    """Say which rows are of the period that a click chose."""
    return table["period"] == pd.Timestamp(str(state.since)) if "published" in state.picked else False


def both(one: pd.Series | bool, other: pd.Series | bool) -> pd.Series | bool:
    """Say which rows are chosen by either sign."""
    return False if one is False or other is False else one & other


def plain(value: object) -> Any:
    """Give a value as Python's own, not numpy's."""
    return value.item() if hasattr(value, "item") else value
