"""The tab Trend: how a word moves over time, in all articles and in each group, and from before a day to after."""

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import charts, frame
from utils.explore.state import State
from utils.explore.svg import Drawn
from utils.explore.tab import Question, Tab, both, hits, is_group, is_period, needs_word, pick_group, pick_period

MOVES = ["period", "count", "n_hit", "n_articles", "rate_per_10k", "low", "high", "note"]


def _drawn(table: pd.DataFrame, state: State, source: str) -> Drawn:
    return charts.trend(table, title=f"“{state.word}” over time")


def _pick_both(state: State, table: pd.DataFrame, place: int) -> State:
    """Choose the period and the group of a row."""
    return pick_group(pick_period(state, table, place), table, place)


WORD = Question(
    "How a word moves",
    lambda state: f"How does “{state.word}” move over time{state.told(but=['published'])}?",
    lambda state: state.code("terms.over_time({news}, {word}{within})", but=["published"]),
    lambda state: MOVES,
    picks=pick_period,
    chosen=is_period,
    passages=hits,
    needs=needs_word,
    chart=_drawn,
)
GROUPS = Question(
    "How it moves, by group",
    lambda state: f"How does “{state.word}” move over time, by {state.by}{state.told(but=['published', state.by])}?",
    lambda state: state.code("terms.over_time({news}, {word}, by={by}{within})", but=["published", state.by]),
    lambda state: [state.by, *MOVES],
    picks=_pick_both,
    chosen=lambda state, table: both(is_period(state, table), is_group(state, table)),
    passages=hits,
    needs=needs_word,
)
CHANGE = Question(
    "Before and after a day",
    lambda state: (
        f"How far does “{state.word}” rise from {state.since} on{state.asking(since=None, until=None).told()}?"
    ),
    lambda state: state.asking(since=None, until=None).code(
        "terms.change({news}, {word}, since={since}{within})", since=str(state.since)
    ),
    lambda state: [
        "side",
        "count_before",
        "count_since",
        "rate_before",
        "rate_since",
        "difference",
        "low",
        "high",
        "note",
    ],
    passages=lambda state: hits(state.asking(since=None, until=None)),
    needs=lambda state: needs_word(state) or ("" if state.since else "Choose the day in the field From."),
)
TAB = Tab("trend", "Trend", (WORD, GROUPS, CHANGE), ("by",))


def trend(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Trend of the workbench alone: how a word moves over time; a click on a period opens its passages."""
    return frame.shown(news, [TAB])
