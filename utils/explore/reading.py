"""The reading explorer: a query typed, its lines, its places and its articles seen, and the call that gives them."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape

import ipywidgets
import matplotlib.pyplot as plt
import pandas as pd

from utils import figures
from utils.corpus.corpus import Corpus
from utils.explore import opened, request, telling
from utils.explore.lines import line_list
from utils.explore.request import Asked
from utils.explore.still import Still
from utils.figures.style import SHEET
from utils.measures import quotes
from utils.measures.reading.concordance import SORTS, places
from utils.passages.readings import accented

DRAWN = 30  # articles in the plot
STROKES = 500  # that can be told apart in a row of the plot: those nearer to each other are drawn once
FORMS = {
    "venezuela": "a word; capitals make no difference unless you ask",
    "regime change": "a phrase, its words side by side in one sentence",
    "venezuela*": "* stands for any letters or none, ? for one",
    "oil|gas price*": "alternatives in one place",
    "maduro NEAR/5 amnesty": "both, at most five words between them",
    "/indict(ed|ment)/": "a regular expression",
}
VOICES = [("All words", "all"), ("Inside quotations, direct or reported", "inside"),
          ("Outside quotations", "outside"), ("One speaker", "speaker")]  # fmt: skip
WIDE = {"flex": "1 1 19em", "max_width": "34em"}
AUTO = {"width": "auto", "margin": "2px 2em 2px 0"}
LABEL = {"description_width": "5em"}


def reading(news: Corpus) -> ipywidgets.VBox:
    """Give an explorer for reading without code: a query, its lines, where they fall, the articles they stand in.

    Nothing is computed in it: below stands the call that gives the same table, for a corpus called `news`. The lines
    are those of `reading.concordance`, a page of them at a time; a click on a hit opens its article there. The picture
    is `figures.ticks`, and a voice is `voices.within`. A query that cannot be read is told of in a sentence.
    """
    fields = _fields(news)
    shown = {name: ipywidgets.HTML() for name in ("said", "article", "plot", "call")}
    held: dict = {}  # the articles and hits in view, and what the picture shows

    def look(_: Mapping | None = None) -> None:
        wanted = Asked(**{name: field.value for name, field in fields.items()})
        shown["said"].value = telling.line("Looking …")
        shown["article"].value = ""
        _offer_speakers(fields["speaker"], news, wanted.voice)
        try:
            answer(wanted)
        except ValueError as error:
            empty(telling.line(" ".join(str(error).split()), role="alert"))

    def empty(words: str) -> None:
        held.clear()
        show_lines(None, None)
        for name, each in shown.items():
            each.value = words if name == "said" else ""

    def answer(wanted: Asked) -> None:
        if not wanted.query.strip():
            return empty("")
        pictured = replace(wanted, sort="article")
        if held.get("pictured") != pictured:
            shown["plot"].value = ""
        part = request.chosen(news, wanted)
        hits = request.found(part, wanted)
        held.update(part=part, hits=hits)
        show_lines(part, hits)
        shown["said"].value, shown["call"].value = (
            _summary(news, part, hits, wanted),
            telling.code(request.call(wanted)),
        )
        if held.get("pictured") != pictured:  # last: it takes longest
            shown["plot"].value = _plot(part, hits, wanted.query) if len(hits) else ""
            held["pictured"] = pictured

    def open_line(place: int) -> None:
        shown["article"].value = opened.article(held["part"], held["hits"], place) if held else ""

    lines, show_lines = line_list(open_line)
    for field in fields.values():
        field.observe(look, "value")
    return Still([*_rows(fields), shown["said"], lines, shown["article"], shown["plot"], shown["call"]])


def _fields(news: Corpus) -> dict[str, ipywidgets.DOMWidget]:
    """Give the fields a reader fills in, by what is asked in them."""
    facts = news.articles
    days = facts["published"].dropna()
    outlets = [("All outlets", None), *((name, name) for name in sorted(facts["outlet"].dropna().unique()))]
    span = {"min": days.min().date(), "max": days.max().date()} if len(days) else {"disabled": True}
    own = {"style": LABEL}
    return {
        "query": ipywidgets.Text(description="Query", placeholder=" · ".join(FORMS), continuous_update=False,
                                 layout={"width": "auto", "max_width": "102em"}, **own),
        "match_case": ipywidgets.Checkbox(False, description="Capitals must agree", indent=False, layout=AUTO),
        "match_accents": ipywidgets.Checkbox(True, description="Accents must agree", indent=False, layout=AUTO),
        "sort": ipywidgets.Dropdown(options=SORTS, description="Sort by", layout=WIDE, **own),
        "outlet": ipywidgets.Dropdown(options=outlets, index=0, disabled=len(outlets) == 1, description="Outlet",
                                      layout=WIDE, **own),
        "since": ipywidgets.DatePicker(description="From", layout=WIDE, **own, **span),
        "until": ipywidgets.DatePicker(description="To", layout=WIDE, **own, **span),
        "voice": ipywidgets.Dropdown(options=VOICES, description="Voice", layout=WIDE, **own),
        "speaker": ipywidgets.Combobox(description="Speaker", continuous_update=False, disabled=True,
                                       placeholder="with Voice: One speaker", layout=WIDE, **own),
    }  # fmt: skip


def _rows(fields: Mapping[str, ipywidgets.DOMWidget]) -> list[ipywidgets.DOMWidget]:
    """Give the fields in rows, the forms of a query under the first."""
    forms = "".join(f"<li><code>{escape(form)}</code> {escape(told)}</li>" for form, told in FORMS.items())
    told = f"<details><summary>What a query may be; press Enter to look</summary><ul>{forms}</ul></details>"
    rows = [("match_case", "match_accents"), ("sort", "outlet", "voice"), ("since", "until", "speaker")]
    boxes = [ipywidgets.HBox([fields[name] for name in row], layout={"flex_flow": "row wrap"}) for row in rows]
    return [fields["query"], ipywidgets.HTML(told), *boxes]


def _offer_speakers(field: ipywidgets.Combobox, news: Corpus, voice: str) -> None:
    """Let a speaker be named where one is asked for: persons, those with most words first, then who has no name."""
    field.disabled = voice != "speaker"
    if voice == "speaker" and not field.options:
        table, said = quotes.balance(news, by="person"), news.quotes
        unnamed = said.loc[said["person"].isna(), "speaker"].value_counts().index
        field.options = tuple(dict.fromkeys([*table["person"].dropna(), *unnamed]))


def _summary(news: Corpus, part: Corpus, hits: pd.DataFrame, wanted: Asked) -> str:
    n, hit = len(hits), hits["article_id"].nunique()
    words = f"{n:,} line{'s' * (n != 1)} in {hit:,} of {len(part):,} articles ({hit / len(part):.1%})."
    undated = int(news.articles["published"].isna().sum()) if wanted.since or wanted.until else 0
    words += f" Articles without a date are left out: {undated:,}." if undated else ""
    if wanted.match_accents and not wanted.query.startswith("/"):
        more = accented(hits, request.found(part, replace(wanted, match_accents=False)))
        words += f" {more}." if more else ""
    words += " Click on a hit to read on from there." if n else ""
    return telling.line(words)


def _plot(part: Corpus, table: pd.DataFrame, query: str) -> str:
    """Give the picture of where the hits fall, a row an article; of many articles those with most hits."""
    n = table["article_id"].astype("str").value_counts()
    most_first = n.sort_index().sort_values(ascending=False, kind="stable").index
    facts = part.articles.loc[most_first[:DRAWN]].sort_values("published", kind="stable", na_position="last")
    placed = places(part, table[table["article_id"].isin(facts.index)]).astype({"article_id": "str"})
    placed["at"] = (placed["at"] * STROKES).round() / STROKES
    at = placed.drop_duplicates(["article_id", "at"]).groupby("article_id")["at"].agg(list)
    labels = [f"{_short(facts['title'].fillna(name)[name], 36)} ({n[name]})" for name in facts.index]
    name, most = _short(query, 40), labels[int(n[facts.index].to_numpy().argmax())]
    which = f"the {DRAWN} articles with most hits" if len(n) > DRAWN else "every article with a hit"
    order = ", by date" if facts["published"].notna().any() else ""
    alt = (f"Dispersion plot, one row an article from its first word to its last, one stroke a hit. “{name}” has "
           f"{len(table):,} hits in {len(n):,} articles; most are in {most}. Drawn: {which}.")  # fmt: skip
    with plt.style.context(["default", SHEET, {"text.parse_math": False}]):
        ax = plt.subplots()[1]
        figures.ticks(ax, labels, [at[name] for name in facts.index])
        picture = figures.publish(ax, title=f"Where “{name}” falls", subtitle=f"One stroke a hit; {which}{order}",
                                  source=part.origin, alt=alt)  # fmt: skip
    return picture._repr_mimebundle_()[0]["text/html"]


def _short(words: str, letters: int) -> str:
    words = " ".join(str(words).split())
    return words if len(words) <= letters else f"{words[: letters - 1]}…"
