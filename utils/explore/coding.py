"""The coder: passages coded blind in the notebook, by keyboard alone, each code kept as it is given."""

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

import anywidget
import ipywidgets
import numpy as np
import pandas as pd
import traitlets

from utils import arguments
from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.explore import telling
from utils.explore.session import Session, around
from utils.explore.still import Still
from utils.measures.validity import codebooks, kept
from utils.measures.validity.codebooks import ARROWS, Codebook
from utils.measures.validity.codes import differences, digests
from utils.passages import html
from utils.passages.table import text
from utils.spans import checked

OTHERS = {  # key: its sign, what it does, and that in words
    "backspace": ("⌫", "take back", "Backspace: take back the last code"),
    "space": ("␣", "pass over", "Space: pass over, and come back to it at the end"),
    "up": ("↑", "context", "Up arrow: what stands around the passage"),
}
SPOKEN = {"left": "Left arrow", "down": "Down arrow", "right": "Right arrow"}
BESIDE = {"flex": "1 1 18em", "max_width": "34em", "margin": "8px 0 0"}


class Card(anywidget.AnyWidget):
    """The passage, the keys that may be pressed, and what is said of them.

    Our own, as the fields of ipywidgets hear no arrow, and of letters typed quickly some come twice, others never.
    """

    _esm = Path(__file__).with_name("coding.js")
    _css = Path(__file__).with_name("coding.css")
    buttons: traitlets.List = traitlets.List().tag(sync=True)
    view: traitlets.Dict = traitlets.Dict().tag(sync=True)

    def still(self) -> str:
        """Give how far one has come, and no passage: a notebook is handed on, and keeps none that was only coded."""
        return telling.line(self.view["place"])


def coding(
    news: Corpus,
    table: pd.DataFrame,
    codebook: str | Codebook | Mapping | pd.DataFrame,
    *,
    coder: str,
    name: str | None = None,
    show: Sequence[str] = (),
    seed: int | None = 0,
    folder: str | Path | None = None,
) -> ipywidgets.VBox:
    """Give a coder: passages one after the other, a key to code each, the codebook beside them.

    A coder sees the passage alone, no score and no outlet, in an order that tells nothing. Each code is kept as it is
    given, in notebooks/mine/codes/; the same call goes on where it was left, whatever became of the kernel.

    Parameters
        table: passages to code, such as rows of `news.sentences`; more than one passage of a text comes once.
        codebook: "tone", or what `validity.codebook` takes, with its `name`.
        coder: who codes; a file is kept for each.
        show: columns of articles or of the table shown with each passage, such as ["published"].
        seed: of the order; None for that of the table.
        folder: where codes are kept (default: notebooks/mine/codes/).
    Keys: those of the codes; ⌫ takes the last code back, blank passes a passage over until the end, ↑ shows what
    stands around it.
    Raises ValueError if there is nothing to code, a name is none, or a file of codes is damaged.
    """
    book = codebooks.codebook(codebook, name=name)
    passages, rows = _ordered(news, table, seed)
    facts = _facts(news, rows, show)
    session = Session(kept.file(book, coder, folder), passages)
    texts, articles = text(news, rows).tolist(), news.articles["raw"]
    body = dict(iter(news.body.groupby("article_id", observed=True)))
    card = Card(buttons=_keys(book))
    state = {"n": 0, "context": False, "shown": False}

    def put(said: str = "", alert: str = "") -> None:
        at = session.next
        before, behind = "", ""
        if at is not None and state["context"]:
            place = passages[at]
            own = body.get(place.article_id, news.body[:0])
            before, behind = around(articles[place.article_id], own, place.start, place.end)
        state["n"] += 1
        card.view = {
            "n": state["n"], "said": said, "alert": alert, "before": before, "after": behind,
            "facts": "" if at is None else facts[at], **_place(session, texts),
        }  # fmt: skip

    def pressed(_: Card, content: dict, __: list) -> None:
        if isinstance(content, dict) and content.get("shown") is True:
            if not state["shown"]:  # and not where the notebook is opened again
                card.send({"focus": True})
            state["shown"] = True
            return
        if not isinstance(content, dict) or content.get("n") != state["n"]:
            return  # pressed on a passage that is not the one in view any more
        try:
            put(_step(session, state, str(content.get("key"))))
        except ValueError as error:
            put(alert=" ".join(str(error).split()))

    card.on_msg(pressed)
    put(" ".join(differences(session.held, book)))
    beside = ipywidgets.HTML(_book(book), layout=BESIDE)
    card.layout = {"flex": "2 1 26em", "min_width": "0", "margin": "0 16px 0 0"}
    top = ipywidgets.HBox([card, beside], layout={"flex_flow": "row wrap", "align_items": "flex-start"})
    call = telling.code(_call(book, folder), what="The codes as passages, and how coders agree")
    return Still([top, ipywidgets.HTML(call)])


def _step(session: Session, state: dict, key: str) -> str:
    """Do what a key asks for; give what is said of it."""
    codes = session.file.book.codes
    by_key, labels = {each.key: each for each in codes}, {each.code: each.label for each in codes}
    if key == "backspace":
        answer = session.take_back()
        state["context"] = False
        return f"Taken back: {labels.get(answer.code, answer.code)}." if answer else "There is no code to take back."
    if session.next is None:
        return ""
    if key == "up":
        state["context"] = not state["context"]
        return ""
    state["context"] = False
    if key == "space":
        session.pass_over()
        return "Passed over." if len(session.waiting) > 1 else "This is the last one that is open."
    if key in by_key:
        kept_now = session.code(by_key[key].code)
        return f"Kept: {by_key[key].label}." if kept_now else "Coded in another kernel meanwhile: that code is kept."
    return ""


def _ordered(news: Corpus, table: pd.DataFrame, seed: int | None) -> tuple[list[kept.Passage], pd.DataFrame]:
    """Give the passages in the order in which they are coded, each once, and their rows."""
    rows = checked(table).drop_duplicates(["article_id", "start", "end"])
    if rows.empty:
        raise Refusal("there is nothing to code: the table holds no passage")
    if seed is not None:
        arguments.whole_number(seed, "seed", least=0, such_as=2025)
        rows = rows.iloc[np.random.default_rng(seed).permutation(len(rows))]
    return digests(news, rows), rows


def _facts(news: Corpus, rows: pd.DataFrame, show: Sequence[str]) -> list[str]:
    """Give what is shown with each passage, in a line."""
    asked = [show] if isinstance(show, str) else list(show)
    known = [*rows, *news.articles]
    if strange := [column for column in asked if column not in known]:
        raise Refusal(f"show={strange[0]!r} names no column of the table or of articles{nearest(strange[0], known)}")
    of_articles = news.articles.loc[rows["article_id"].astype("str")]
    columns = [rows[column] if column in rows else of_articles[column] for column in asked]
    lines = [" · ".join(_fact(value) for value in row if pd.notna(value)) for row in zip(*columns, strict=True)]
    return lines or [""] * len(rows)


def _fact(value: object) -> str:
    return f"{value:%-d %B %Y}" if isinstance(value, pd.Timestamp) else str(value)


def _keys(book: Codebook) -> list[dict]:
    """Give the keys that the card hears, those of codes first."""
    codes = [
        {"key": each.key, "sign": ARROWS.get(each.key, each.key.upper()), "name": each.label, "code": True,
         "spoken": f"{SPOKEN.get(each.key, each.key.upper())}: code {each.label}"}
        for each in book.codes
    ]  # fmt: skip
    return codes + [
        {"key": key, "sign": sign, "name": name, "code": False, "spoken": spoken}
        for key, (sign, name, spoken) in OTHERS.items()
    ]


def _place(session: Session, texts: list[str]) -> dict:
    """Give what the card shows of where the coder stands."""
    n, at, own = len(texts), session.next, session.file
    coded, keys = n - len(session.waiting), _keys(own.book)
    what = "The passage is" if n == 1 else f"All {n:,} passages are"
    spoken = f"Passage to code, {coded + 1:,} of {n:,}. {', '.join(each['spoken'] for each in keys)}"
    return {
        "all": n,
        "coded": coded,
        "place": f"{coded:,} of {n:,} coded by {own.coder} · codebook {own.book.name}",
        "called": f"Coder: {own.coder}, codebook {own.book.name}",
        "passage": f"{what} coded and kept." if at is None else texts[at],
        "spoken": "Nothing left to code; Backspace takes the last code back" if at is None else spoken,
        "off": [each["key"] for each in keys if (not session.given if each["key"] == "backspace" else at is None)],
    }


def _book(book: Codebook) -> str:
    """Give the codebook as HTML: each code with its key, its rule and its examples."""
    lines = [f'<p style="margin:0"><b>Codebook {escape(book.name)}</b></p>']
    for each in book.codes:
        sign = f"{escape(ARROWS.get(each.key, each.key.upper()))} &nbsp;{escape(each.label)}"
        told = [
            each.rule,
            each.example and f"Such as: {each.example}",
            each.counter_example and f"But not: {each.counter_example}",
        ]
        lines.append(f'<p style="margin:8px 0 0"><b>{sign}</b></p>')
        lines += [f'<p style="margin:0">{escape(words)}</p>' for words in told if words]
    style = "line-height:1.5;overflow-wrap:anywhere"
    return f'<div role="region" aria-label="Codebook" {html.AS_IS} style="{style}">{"".join(lines)}</div>'


def _call(book: Codebook, folder: str | Path | None) -> str:
    """Give the code that gives the codes back."""
    where = "" if folder is None else f", folder={str(folder)!r}"
    return (
        f"from utils import validity\n\ncodes = validity.codes(news, {book.name!r}{where})\n"
        "validity.agreement(validity.by_coder(codes), seed=1)"
    )
