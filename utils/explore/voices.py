"""The tab Voices: who is quoted, how much and by which paper; a click opens what they say."""

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import charts, frame
from utils.explore.state import State
from utils.explore.svg import Drawn
from utils.explore.tab import Question, Tab, both, is_group, pick_group

FIRST, EACH = 15, 3  # persons that are drawn, and shown of each group
COLUMNS = ["n_words", "n_quotes", "n_indirect", "n_articles", "share_of_words", "low", "high", "note"]


def _said(state: State) -> tuple[str, str]:
    """Give the quotations in view: of one speaker, or all."""
    bare = _bare(state)
    if state.voice == "outside":
        return bare.code('voices.within({news}, "outside")'), f"What stands in no quotation{bare.told()}?"
    if state.voice == "speaker" and state.speaker:
        call = bare.code("voices.within({news}, speaker={who})", who=state.speaker)
        return call, f"What is {state.speaker} quoted with, directly or indirectly{bare.told()}?"
    return bare.code("voices.within({news})"), f"What is quoted, directly or indirectly{bare.told()}?"


def _bare(state: State) -> State:
    """Give the state in all voices, as these tables tell them apart themselves."""
    return state.asking(voice="all", speaker="")


def _pick(state: State, table: pd.DataFrame, place: int) -> State:
    """Choose the person of a row; where the row is nobody's, all quotations, or what lies in none."""
    row = table.iloc[place]
    if pd.notna(row["person"]):
        return state.voiced("speaker", str(row["person"]), click=True)
    return state.voiced("outside" if row["voice"] == "outside" else "inside", click=True)


def _pick_both(state: State, table: pd.DataFrame, place: int) -> State:
    """Choose the person and the group of a row."""
    return pick_group(_pick(state, table, place), table, place)


def _chosen(state: State, table: pd.DataFrame) -> pd.Series | bool:
    return table["person"] == state.speaker if state.voice == "speaker" else False


def _bars(table: pd.DataFrame, state: State, source: str) -> Drawn:
    return charts.bars(
        table.where(table["person"].notna()).head(FIRST),
        "person",
        "share_of_words",
        source=source,
        title="Share of all words, by who is quoted",
    )


PERSONS = Question(
    "Who is quoted",
    lambda state: f"Who is quoted most{_bare(state).told()}?",
    lambda state: _bare(state).code('quotes.balance({news}, by="person")'),
    lambda state: ["person", "voice", "kind", *COLUMNS],
    picks=_pick,
    chosen=_chosen,
    passages=_said,
    whose=True,
    chart=_bars,
)
GROUPS = Question(
    "Who is quoted, by group",
    lambda state: f"Who is quoted most, by {state.by}{_bare(state).told(but=[state.by])}?",
    lambda state: _bare(state).code(
        'said = quotes.balance({news}, by=[{by}, "person"])\n'
        'said.dropna(subset="person").groupby({by}, sort=False, dropna=False).head({n})',
        but=[state.by],
        n=EACH,
    ),
    lambda state: ["person", state.by, *COLUMNS],
    picks=_pick_both,
    chosen=lambda state, table: both(_chosen(state, table), is_group(state, table)),
    passages=_said,
    whose=True,
)
TAB = Tab("voices", "Voices", (PERSONS, GROUPS), ("by",))


def voices(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Voices of the workbench alone: who is quoted, how much, and where; a click opens what they say."""
    return frame.shown(news, [TAB])
