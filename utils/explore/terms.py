"""The tab Terms: which words are frequent, how often one is said by whom, and what stands near it."""

import ipywidgets

from utils.corpus.corpus import Corpus
from utils.explore import charts, frame
from utils.explore.state import State
from utils.explore.tab import Question, Tab, hits, is_group, needs_word, pick_group, pick_word

FIRST = 15  # rows that are drawn

WORDS = Question(
    "Frequent words",
    lambda state: f"Which words are most frequent{state.told()}?",
    lambda state: state.code("terms.frequencies({news}, stop=stopwords.english(){within})"),
    lambda state: ["term", "count", "n_articles", "rate_per_10k"],
    picks=pick_word,
    chosen=lambda state, table: table["term"] == state.word,
    passages=hits,
    chart=lambda table, state, source: charts.bars(
        table.head(FIRST), "term", "rate_per_10k", source=source, title=f"The most frequent words{state.told()}"
    ),
)
GROUPS = Question(
    "How often, by group",
    lambda state: f"How often is “{state.word}” said, by {state.by}{state.told(but=[state.by])}?",
    lambda state: state.code("terms.rate({news}, {word}, by={by}{within})", but=[state.by]),
    lambda state: [state.by, "count", "n_articles", "rate_per_10k", "low", "high", "note"],
    picks=pick_group,
    chosen=is_group,
    passages=hits,
    needs=needs_word,
    chart=lambda table, state, source: charts.bars(
        table.head(FIRST),
        state.by,
        "rate_per_10k",
        source=source,
        title=f"“{state.word}” in 10,000 words, by {state.by}",
    ),
)


def _near(state: State) -> tuple[str, str] | None:
    if not state.near:
        return hits(state)
    call = state.code("terms.collocate_hits({news}, {word}, [{near}]{within})", near=state.near)
    return call, f"Where does “{state.near}” stand near “{state.word}”{state.told()}?"


NEAR = Question(
    "What stands near it",
    lambda state: f"Which words stand near “{state.word}”{state.told()}?",
    lambda state: state.code("terms.collocates({news}, {word}{within})"),
    lambda state: ["term", "count", "n_articles", "expected", "mi", "low", "high"],
    picks=lambda state, table, place: state.asking(near=str(table["term"].iloc[place])),
    chosen=lambda state, table: table["term"] == state.near,
    passages=_near,
    needs=needs_word,
)
TAB = Tab("terms", "Terms", (WORDS, GROUPS, NEAR), ("by",))


def terms(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Terms of the workbench alone: which words are frequent, how often one is said by whom, what is near.

    Each table is one of `utils.terms`, with the call that gives it; a click on a row opens the passages behind it.
    """
    return frame.shown(news, [TAB])
