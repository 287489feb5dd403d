"""The tab Tone: how each group sounds by a lexicon, which words make it so, and its harshest sentences, with whose."""

import ipywidgets
import pandas as pd

from utils.corpus.corpus import Corpus
from utils.explore import charts, frame
from utils.explore.state import State
from utils.explore.svg import Drawn
from utils.explore.tab import Question, Tab, is_group, is_period, needs_word, pick_group, pick_period

SCORES = "sentiment.unit_scores({news}{lexicon}{within})"
SORTED = (  # of equal ones those first that rest on more words
    '.dropna(subset="polarity").sort_values(["polarity", "count"], ascending=[True, False], kind="stable")'
)
WORDS = "sentiment.scored_words({news}{lexicon}{within})"
ABOUT = (
    "hits = terms.hits({news}, {word}{within})\n"
    "sentences = {news}.sentences\n"
    'within = sentences[sentences.index.isin(passages.inside(hits, sentences)["outer"])]\n'
)
FIRST = 15  # rows that are drawn
TONES = ["tone", "low", "high", "count", "n_scored", "n_sentences", "n_articles", "note"]


def code(state: State, call: str, *, but: tuple[str, ...] = ()) -> str:
    """Give the code of a call that scores by the lexicon in hand."""
    lexicon = "" if state.lexicon == "textblob" else f', lexicon="{state.lexicon}"'
    return state.code(call.replace("{lexicon}", lexicon), but=but)


def _harshest(state: State) -> tuple[str, str]:
    return code(state, SCORES + SORTED), f"Which sentences are harshest by {state.lexicon}{state.told()}?"


def _about(state: State) -> tuple[str, str]:
    words = f"Which sentences with “{state.word}” are harshest by {state.lexicon}{state.told()}?"
    return code(state, ABOUT + SCORES.replace("{within}", ", within=within") + SORTED), words


def _of_voice(state: State, table: pd.DataFrame) -> pd.Series | bool:
    return table["voice"] == state.speaker if state.voice == "speaker" and "voice" in state.picked else False


def _pick_voice(state: State, table: pd.DataFrame, place: int) -> State:
    """Choose the voice of a row: a person, what is quoted, what is not, or all."""
    row = table.iloc[place]
    if row["of"] in ("person", "organisation"):
        return state.voiced("speaker", str(row["voice"]), click=True)
    voice = {"inside": "inside", "outside": "outside"}.get(str(row["of"]), "all")
    return state.voiced(voice, click=True)


def _bars(table: pd.DataFrame, state: State, source: str) -> Drawn:
    return charts.bars(table.head(FIRST), state.by, "tone", source=source, title=f"Tone, by {state.by}")


HARSH = Question(
    "Harshest sentences",
    lambda state: _harshest(state)[1],
    lambda state: _harshest(state)[0],
    lambda state: [],
    whose=True,
)
GROUPS = Question(
    "By group",
    lambda state: f"What is the tone, by {state.by}{state.told(but=[state.by])}?",
    lambda state: code(state, "sentiment.tone({news}, by={by}{lexicon}{within})", but=(state.by,)),
    lambda state: [state.by, *TONES],
    picks=pick_group,
    chosen=is_group,
    passages=_harshest,
    whose=True,
    chart=_bars,
)
TIME = Question(
    "Over time",
    lambda state: f"How does the tone move{state.told(but=['published'])}?",
    lambda state: code(state, "sentiment.over_time({news}{lexicon}{within})", but=("published",)),
    lambda state: ["period", *TONES],
    picks=pick_period,
    chosen=is_period,
    passages=_harshest,
    whose=True,
    chart=lambda table, state, source: charts.trend(table, title="Tone over time"),
)
VOICES = Question(
    "By voice",
    lambda state: f"Whose tone is it{state.told(but=['voice'])}?",
    lambda state: code(state, "sentiment.by_voice({news}{lexicon})", but=("voice",)),
    lambda state: ["voice", "of", *TONES],
    picks=_pick_voice,
    chosen=_of_voice,
    passages=_harshest,
    whose=True,
)
ENTRIES = Question(
    "Which words make it",
    lambda state: f"Which words make the tone{state.told()}?",
    lambda state: code(state, f"sentiment.contributions({WORDS})"),
    lambda state: ["entry", "count", "n_articles", "polarity", "contribution", "low", "high"],
    picks=lambda state, table, place: state.asking(word=str(table["entry"].iloc[place])),
    chosen=lambda state, table: table["entry"] == state.word,
    passages=lambda state: (
        (
            code(state, f"words = {WORDS}\n" + 'words[words["entry"] == {word}]'),
            f"Where is “{state.word}” scored{state.told()}?",
        )
        if state.word
        else None
    ),
)
SAID = Question(
    "Around a word, by group",
    lambda state: f"What is the tone of sentences with “{state.word}”, by {state.by}{state.told(but=[state.by])}?",
    lambda state: code(state, ABOUT + "sentiment.tone({news}, by={by}{lexicon}, within=within)", but=(state.by,)),
    lambda state: [state.by, *TONES],
    picks=pick_group,
    chosen=is_group,
    passages=_about,
    needs=needs_word,
    whose=True,
    chart=_bars,
)
TAB = Tab("tone", "Tone", (GROUPS, HARSH, TIME, VOICES, ENTRIES, SAID), ("by", "lexicon"))


def tone(news: Corpus) -> ipywidgets.VBox:
    """Give the tab Tone of the workbench alone: tone by group, by period and by voice, its words, and the
    harshest sentences, each with whose words it holds.

    A tone is what a lexicon scores: notebook 06 asks how far it may be believed.
    """
    return frame.shown(news, [TAB])
