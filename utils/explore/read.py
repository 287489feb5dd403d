"""The tab Read: what is in the corpus, and where a word is said."""

from utils.explore.overview import adding
from utils.explore.state import State
from utils.explore.tab import COUNTED, Question, Tab, is_group, needs_word, pick_group

BEGINNINGS = '{news}.body.drop_duplicates("article_id")'


def _articles(state: State) -> tuple[str, str]:
    return state.code(BEGINNINGS), f"How do the articles begin{state.told(voice=False)}?"


WHAT = Question(
    "What is in here",
    lambda state: f"What is in here, by {state.by}{state.told(but=[state.by], voice=False)}?",
    lambda state: state.code(COUNTED, but=[state.by]),
    lambda state: [state.by, "n_articles", "first", "last"],
    picks=pick_group,
    chosen=is_group,
    passages=_articles,
)
WHERE = Question(
    "Where a word is said",
    lambda state: f"Where is “{state.word}” said{state.told()}?",
    lambda state: state.code("reading.concordance({news}, {word}{within})"),
    lambda state: [],
    needs=needs_word,
)
TAB = Tab(
    "read", "Read", (WHAT, WHERE), ("by",),
    usual=lambda state: WHERE.name if state.word.strip() else WHAT.name,
    below=adding,
)  # fmt: skip
