"""The tab Compare: what one group of articles says more than the others."""

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import charts, frame
from utils.explore.state import State
from utils.explore.svg import Drawn
from utils.explore.tab import COUNTED, Question, Tab, is_group, needs_word, pick_group

FIRST = 20  # rows that are drawn
COLUMNS = [
    "term", "count_target", "count_reference", "n_articles_target", "n_articles_reference", "rate_target",
    "rate_reference", "log_ratio", "low", "high", "q", "note",
]  # fmt: skip


def _needs(state: State) -> str:
    return "" if state.value(state.by) is not None else f"Choose a side first: click on one at “{SIDE.name}”."


def _sides(state: State, call: str) -> str:
    """Give the code of a call about the two sides: the group in hand, and all others of the part in view."""
    return _whole(state).code(call, side=state.value(state.by))


def _whole(state: State) -> State:
    """Give the state with both sides in view."""
    return state.asking(where=tuple(each for each in state.where if each[0] != state.by))


def _hits(state: State) -> tuple[str, str] | None:
    if not state.word:
        return None
    call = 'compare.passages_of({news}, {word}, {{{by}: {side}}}{within}).sort_values("side", kind="stable")'
    return _sides(
        state, call
    ), f"Where is “{state.word}” said, {state.by} {state.value(state.by)} and the others{_whole(state).told()}?"


def _bars(table: pd.DataFrame, state: State, source: str) -> Drawn:
    return charts.bars(
        table.head(FIRST), "term", "log_ratio", source=source, title=f"What {state.value(state.by)} says more or less",
        ends=("← the others", f"{state.value(state.by)} →"),
    )  # fmt: skip


SIDE = Question(
    "Which side",
    lambda state: f"Which {state.by} shall be held against all others{_whole(state).told()}? A click chooses it.",
    lambda state: _sides(state, COUNTED),
    lambda state: [state.by, "n_articles", "first", "last"],
    picks=lambda state, table, place: pick_group(state, table, place).asking(asked=""),
    chosen=is_group,
)
KEY = Question(
    "What it says more or less",
    lambda state: f"What does {state.value(state.by)} say more, or less, than other articles{_whole(state).told()}?",
    lambda state: _sides(state, "compare.keyness({news}, {{{by}: {side}}}{within}, progress=progress.bar)"),
    lambda state: COLUMNS,
    picks=lambda state, table, place: state.asking(word=str(table["term"].iloc[place])),
    chosen=lambda state, table: table["term"] == state.word,
    passages=_hits,
    needs=_needs,
    chart=_bars,
)
DIFFERENCE = Question(
    "How much more it says a word",
    lambda state: (
        f"How much more does {state.value(state.by)} say “{state.word}” than other articles{_whole(state).told()}?"
    ),
    lambda state: _sides(state, "terms.difference({news}, {word}, {{{by}: {side}}}{within})"),
    lambda state: [
        "query",
        "count_target",
        "count_reference",
        "rate_target",
        "rate_reference",
        "difference",
        "low",
        "high",
        "note",
    ],
    passages=_hits,
    needs=lambda state: _needs(state) or needs_word(state),
)
TAB = Tab(
    "compare", "Compare", (SIDE, KEY, DIFFERENCE), ("by",), usual=lambda state: SIDE.name if _needs(state) else KEY.name
)


def compare(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Compare of the workbench alone: what one outlet, or other group, says more than the others."""
    return frame.shown(news, [TAB])
