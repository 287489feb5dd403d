"""The tab Code: passages of what is in view drawn to be coded, blind, by keyboard, in the coder."""

from collections.abc import Callable

import ipywidgets

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.explore import frame, telling
from utils.explore.coding import coding
from utils.explore.state import State
from utils.explore.tab import Question, Tab
from utils.explore.trail import Step

DRAWN, SEED = 100, 2025
SENTENCES = "sentences = passages.inside({news}.sentences, {read})"
WITH = 'passages.inside(terms.hits({news}, {word}{within}), sentences)["outer"]'
CODEBOOK = "tone"


def _code(state: State) -> str:
    """Give the code of the sentences to be coded: those with the word in hand, else those of all."""
    read = "{news}.body" if state.voice == "all" else "within"
    lines = [SENTENCES.replace("{read}", read)]
    if state.word:
        lines.append(f"sentences = sentences[sentences.index.isin({WITH})]")
    lines.append(f"passages.draw(sentences, {DRAWN}, seed={SEED})")
    return state.code("\n".join(lines))


SAMPLE = Question(
    "Code sentences",
    lambda state: f"Which sentences{f' with “{state.word}”' if state.word else ''} are to be coded{state.told()}?",
    _code,
    lambda state: [],
    blind=True,
)


def below(news: Corpus, step: Callable[[], Step | None]) -> ipywidgets.VBox:
    """Give what begins the coding of the passages in view: who codes, and a button."""
    name = ipywidgets.Text(description="Coder", placeholder="your name, or initials")
    begin = ipywidgets.Button(description="Begin to code")
    said, place = ipywidgets.HTML(), ipywidgets.VBox()

    def begun(_: ipywidgets.Button) -> None:
        now = step()
        try:
            if not name.value.strip():
                raise Refusal("write your name, or initials, into the field Coder: your codes are kept under it")
            if now is None or not now.of_passages:
                raise Refusal("there is nothing to code in view")
            place.children = [coding(news, now.table, CODEBOOK, coder=name.value.strip())]
            said.value = ""
        except (ValueError, OSError) as error:
            place.children, said.value = [], telling.line(" ".join(str(error).split()), role="alert")

    begin.on_click(begun)
    told = (
        "You see each sentence alone, no outlet and no score, and press a key for its tone. Codes are kept as they are "
        "given, in notebooks/mine/codes/."
    )
    row = ipywidgets.HBox([name, begin], layout={"flex_flow": "row wrap"})
    return ipywidgets.VBox([ipywidgets.HTML(telling.line(told)), row, said, place])


TAB = Tab("code", "Code", (SAMPLE,), below=below)


def code(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Code of the workbench alone: sentences of what is in view, drawn to be coded blind.

    `explore.coding` codes a table of your own, by a codebook of your own.
    """
    return frame.shown(news, [TAB])
