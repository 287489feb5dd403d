"""The tab Copies: which articles are copies of which, what two have in common, and a map of who is like whom."""

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import charts, frame
from utils.explore.state import State
from utils.explore.svg import Drawn
from utils.explore.tab import Question, Tab

FACTS = '.join({news}.articles[["title", "outlet", "published"]], on="article_id")'
STORIES = (
    'found = {news}.copies[{news}.copies["role"] != "only"]\n'
    'found = found.sort_values(["story", "overlap"], ascending=[True, False])\n'
    'found.astype({{"article_id": "str"}})' + FACTS
)
CLOSEST = "copies.closest({news}, n=50)"
LAYOUT = 'found = compare.layout({news})\nfound.astype({{"article_id": "str"}})' + FACTS
WHOLE = State()  # two articles are laid side by side wherever they are


def _pair(state: State, table: pd.DataFrame, place: int) -> State:
    row = table.iloc[place]
    other = row["other_id"] if "other_id" in table else row["story"]
    return state.asking(pair=(str(row["article_id"]), str(other)))


def _chosen(state: State, table: pd.DataFrame) -> pd.Series | bool:
    if state.pair is None:
        return False
    other = table["other_id"] if "other_id" in table else table["story"]
    return (table["article_id"] == state.pair[0]) & (other == state.pair[1])


def _prints(state: State) -> State:
    """Give the state with every print in view: asked of each story once, nothing would be a copy."""
    return state.asking(once=False, pair=state.pair)


def _shared(state: State) -> tuple[str, str] | None:
    if not state.pair:
        return None
    one, other = state.pair
    if one == other:
        return WHOLE.code('news.body[news.body["article_id"] == {one}]', one=one), "What does it say?"
    return WHOLE.code("copies.shared(news, {one}, {other})", one=one, other=other), "What have the two in common?"


def _aside(state: State) -> str | None:
    if not state.pair or state.pair[0] == state.pair[1]:
        return None
    one, other = state.pair
    return WHOLE.code("copies.side_by_side(news, {one}, {other})", one=one, other=other)


def _map(table: pd.DataFrame, state: State, source: str) -> Drawn:
    return charts.points(
        table.assign(name=table["title"].fillna(table["article_id"])),
        "x",
        "y",
        "name",
        source=source,
        title="Near each other: articles that use like words",
        subtitle="As far as two directions can show it; look into a pair before you believe it",
        axes=("first direction", "second direction"),
    )


COPIES = Question(
    "Which are copies",
    lambda state: f"Which articles print one story{_prints(state).told(voice=False)}?",
    lambda state: _prints(state).code(STORIES),
    lambda state: ["title", "outlet", "published", "role", "overlap", "story"],
    picks=_pair,
    chosen=_chosen,
    passages=_shared,
    aside=_aside,
)
NEXT = Question(
    "Which are nearly copies",
    lambda state: f"Which articles of different stories have most in common{state.told(voice=False)}?",
    lambda state: state.code(CLOSEST),
    lambda state: ["article_id", "other_id", "shared", "quoted", "overlap"],
    picks=_pair,
    chosen=_chosen,
    passages=_shared,
    aside=_aside,
)
MAP = Question(
    "Which are alike",
    lambda state: f"Which articles use like words{state.told(voice=False)}?",
    lambda state: state.code(LAYOUT),
    lambda state: ["title", "outlet", "published", "n_tokens", "x", "y", "article_id"],
    picks=lambda state, table, place: state.asking(pair=(str(table["article_id"].iloc[place]),) * 2),
    chosen=lambda state, table: False if state.pair is None else table["article_id"] == state.pair[0],
    passages=_shared,
    chart=_map,
)
TAB = Tab("copies", "Copies", (COPIES, NEXT, MAP))


def copies(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Copies of the workbench alone: which articles print one story, and what two have in common."""
    return frame.shown(news, [TAB])
