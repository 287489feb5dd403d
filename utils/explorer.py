"""The reading explorer: a query typed, its lines, its places and its articles seen, and the call that gives them."""

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

import ipywidgets
import matplotlib.pyplot as plt
import pandas as pd

from utils import figures, markup, passages, quotes, voices
from utils.corpus import Corpus
from utils.reading import SORTS, concordance, places

LONG, FIRST = 2000, 50  # of more lines than LONG only the FIRST are shown
DRAWN = 30  # articles in the plot
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
WIDE = {"width": "34em"}
LABEL = {"description_width": "6em"}


@dataclass(frozen=True)
class Asked:
    """What a reader asks for: a query, how it is matched and sorted, and where it is looked for."""

    query: str
    match_case: bool = False
    match_accents: bool = True
    sort: str = "article"
    outlet: str | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    voice: str = "all"
    speaker: str = ""

    @property
    def options(self) -> dict[str, str | bool]:
        """The options of the concordance that are not its defaults."""
        asked = {name: getattr(self, name) for name in ("sort", "match_case", "match_accents")}
        return {name: value for name, value in asked.items() if value != getattr(Asked, name)}


def reading(news: Corpus) -> ipywidgets.VBox:
    """Give an explorer for reading without code: a query, its lines, where they fall, the articles they stand in.

    Nothing is computed in it: below stands the call that gives the same table, for a corpus called `news`. The lines
    are those of `reading.concordance`, the picture is `figures.ticks`, an article is opened by `passages.read`, and a
    voice is `voices.within`. A query that cannot be read is told of in a sentence.
    """
    fields = _fields(news)
    shown = {name: ipywidgets.HTML() for name in ("said", "plot", "lines", "article", "call")}
    number = ipywidgets.BoundedIntText(0, min=0, max=0, description="Open line", disabled=True, style=LABEL,
                                       layout={"width": "12em"})  # fmt: skip
    held: dict[str, tuple[Corpus, pd.DataFrame]] = {}

    def look(_: Mapping | None = None) -> None:
        _clear(shown, number, held)
        asked = Asked(**{name: field.value for name, field in fields.items()})
        shown["said"].value = _line("Looking …")
        _offer_speakers(fields["speaker"], news, asked.voice)
        try:
            answer(asked)
        except ValueError as error:
            shown["said"].value = _line(" ".join(str(error).split()), role="alert")

    def answer(asked: Asked) -> None:
        if not asked.query.strip():
            shown["said"].value = ""
            return
        part = chosen(news, asked)
        table = concordance(part, asked.query, within=_within(part, asked), **asked.options)
        held["now"] = part, table
        number.max, number.disabled = n_shown(table), table.empty
        shown["said"].value = _summary(news, part, table, asked)
        shown["lines"].value, shown["call"].value = _lines(table), _code(call(asked))
        shown["plot"].value = _plot(part, table, asked.query) if len(table) else ""  # last: it takes longest

    def open_line(change: Mapping) -> None:
        shown["article"].value = _article(*held["now"], change["new"]) if change["new"] and held else ""

    for field in fields.values():
        field.observe(look, "value")
    number.observe(open_line, "value")
    return ipywidgets.VBox([*_rows(fields), shown["said"], shown["plot"], shown["lines"], number, shown["article"],
                            shown["call"]])  # fmt: skip


def chosen(news: Corpus, asked: Asked) -> Corpus:
    """Give the articles asked for: the corpus itself, or its part of one outlet, of some dates.

    Raises CorpusError if there are none.
    """
    facts = news.articles
    keep = pd.Series(True, index=facts.index)
    if asked.outlet is not None:
        keep &= facts["outlet"] == asked.outlet
    if asked.since:
        keep &= facts["published"] >= asked.since.isoformat()
    if asked.until:
        keep &= facts["published"] < _day_after(asked.until)
    return news if keep.all() else news.select(keep)


def call(asked: Asked) -> str:
    """Give the lines of code that give the same table, for a corpus called `news`."""
    tests = []
    if asked.outlet is not None:
        tests.append(f'(articles["outlet"] == {_text(asked.outlet)})')
    if asked.since:
        tests.append(f'(articles["published"] >= "{asked.since.isoformat()}")')
    if asked.until:
        tests.append(f'(articles["published"] < "{_day_after(asked.until)}")')
    corpus = "part" if tests else "news"
    options = "".join(f", {name}={_text(value) if isinstance(value, str) else value}"
                      for name, value in asked.options.items())  # fmt: skip
    if asked.voice != "all":
        voice = f"speaker={_text(asked.speaker)}" if asked.voice == "speaker" else _text(asked.voice)
        options += f", within=voices.within({corpus}, {voice})"
    lines = [f"from utils import {'reading' if asked.voice == 'all' else 'reading, voices'}", ""]
    if tests:
        lines += ["articles = news.articles", f"part = news.select({' & '.join(tests)})"]
    return "\n".join([*lines, f"reading.concordance({corpus}, {_text(asked.query)}{options})"])


def n_shown(table: pd.DataFrame) -> int:
    """Give how many lines of a concordance are shown: all, or of very many the first."""
    return FIRST if len(table) > LONG else len(table)


def _day_after(day: datetime.date) -> str:
    return (day + datetime.timedelta(days=1)).isoformat()


def _text(value: str) -> str:
    """Give a text as Python writes it, between double quotes."""
    return json.dumps(value, ensure_ascii=False)


def _within(part: Corpus, asked: Asked) -> pd.DataFrame | None:
    if asked.voice == "all":
        return None
    if asked.voice == "speaker" and not asked.speaker:
        raise ValueError("choose whose words to read: type a name into the field Speaker, or pick one from its list")
    return voices.within(part, speaker=asked.speaker) if asked.voice == "speaker" else voices.within(part, asked.voice)


def _fields(news: Corpus) -> dict[str, ipywidgets.DOMWidget]:
    """Give the fields a reader fills in, by what is asked in them."""
    facts = news.articles
    days = facts["published"].dropna()
    outlets = [("All outlets", None), *((name, name) for name in sorted(facts["outlet"].dropna().unique()))]
    span = {"min": days.min().date(), "max": days.max().date()} if len(days) else {"disabled": True}
    own = {"style": LABEL}
    return {
        "query": ipywidgets.Text(description="Query", placeholder=" · ".join(FORMS), continuous_update=False,
                                 layout={"width": "68em", "max_width": "98%"}, **own),
        "match_case": ipywidgets.Checkbox(False, description="Capitals must agree", indent=False, layout=WIDE),
        "match_accents": ipywidgets.Checkbox(True, description="Accents must agree", indent=False, layout=WIDE),
        "sort": ipywidgets.Dropdown(options=SORTS, description="Sort by", layout=WIDE, **own),
        "outlet": ipywidgets.Dropdown(options=outlets, description="Outlet", layout=WIDE, **own),
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
    pairs = [("match_case", "match_accents"), ("outlet", "sort"), ("since", "until"), ("voice", "speaker")]
    boxes = [ipywidgets.HBox([fields[name] for name in pair], layout={"flex_flow": "row wrap"}) for pair in pairs]
    return [fields["query"], ipywidgets.HTML(told), *boxes]


def _offer_speakers(field: ipywidgets.Combobox, news: Corpus, voice: str) -> None:
    """Let a speaker be named where one is asked for, those with most words first."""
    field.disabled = voice != "speaker"
    if voice == "speaker" and not field.options:
        table = quotes.balance(news)
        field.options = tuple(table.loc[table["voice"] == "speaker", "speaker"])


def _clear(shown: Mapping[str, ipywidgets.HTML], number: ipywidgets.BoundedIntText, held: dict) -> None:
    held.clear()
    number.value, number.max, number.disabled = 0, 0, True
    for each in shown.values():
        each.value = ""


def _line(words: str, *, role: str = "status") -> str:
    return f'<p role="{role}" style="margin:0.4em 0;line-height:1.5;overflow-wrap:anywhere">{escape(words)}</p>'


def _code(lines: str) -> str:
    """Give code to copy: one click chooses all of it."""
    style = "user-select:all;white-space:pre-wrap;background:#f4f4f4;color:#1a1a1a;padding:0.5em;line-height:1.4"
    return f'<p style="margin:0.4em 0">The same table in code, to copy:</p><pre style="{style}">{escape(lines)}</pre>'


def _summary(news: Corpus, part: Corpus, table: pd.DataFrame, asked: Asked) -> str:
    n, hit = len(table), table["article_id"].nunique()
    words = f"{n:,} line{'s' * (n != 1)} in {hit:,} of {len(part):,} articles ({hit / len(part):.1%})."
    undated = int(news.articles["published"].isna().sum()) if asked.since or asked.until else 0
    words += f" Articles without a date are left out: {undated:,}." if undated else ""
    words += f" The first {n_shown(table)} are shown; the call below gives all." if n_shown(table) < n else ""
    return _line(words)


def _lines(table: pd.DataFrame) -> str:
    """Give the lines of a concordance, numbered, the hits one under the other."""
    cell = '<td style="padding:0 0.4em;text-align:{};white-space:pre">{}</td>'
    rows = [
        "".join([
            cell.format("right", place), cell.format("left", markup.cell(row.published)),
            cell.format("left", markup.cell(row.outlet)), cell.format("right", escape(row.left)),
            cell.format("center", markup.mark(row.hit, markup.TINTS[0])), cell.format("left", escape(row.right)),
        ])
        for place, row in enumerate(table.head(n_shown(table)).itertuples(), start=1)
    ]  # fmt: skip
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return (f'<div style="overflow:auto;max-height:26em;line-height:1.5"><table style="border-collapse:collapse">'
            f"{body}</table></div>") if rows else ""  # fmt: skip


def _article(part: Corpus, table: pd.DataFrame, place: int) -> str:
    """Give the article of a line, its hits marked, that of the line by a mark of its own."""
    line = table.iloc[[place - 1]]
    article = line["article_id"].iloc[0]
    others = table[table["article_id"] == article].drop(line.index)
    marks = {"other hits": others, f"line {place}": line} if len(others) else {f"line {place}": line}
    return passages.read(part, article, marks=marks).data


def _plot(part: Corpus, table: pd.DataFrame, query: str) -> str:
    """Give the picture of where the hits fall, a row an article; of many articles those with most hits."""
    n = table["article_id"].astype("str").value_counts()
    drawn = part.select(n.sort_index().sort_values(ascending=False, kind="stable").index[:DRAWN])
    facts = drawn.articles.sort_values("published", kind="stable", na_position="last")
    hits = table[table["article_id"].isin(facts.index)]
    at = places(drawn, hits).groupby(hits["article_id"].astype("str"))["at"].agg(list)
    labels = [f"{_short(facts['title'].fillna(name)[name], 36)} ({n[name]})" for name in facts.index]
    name, most = _short(query, 40), labels[int(n[facts.index].to_numpy().argmax())]
    which = f"the {DRAWN} articles with most hits" if len(n) > DRAWN else "every article with a hit"
    order = ", by date" if facts["published"].notna().any() else ""
    alt = (f"Dispersion plot, one row an article from its first word to its last, one stroke a hit. “{name}” has "
           f"{len(table):,} hits in {len(n):,} articles; most are in {most}. Drawn: {which}.")  # fmt: skip
    with plt.style.context(["default", figures.SHEET, {"text.parse_math": False}]):
        ax = plt.subplots()[1]
        figures.ticks(ax, labels, [at[name] for name in facts.index])
        picture = figures.publish(ax, title=f"Where “{name}” falls", subtitle=f"One stroke a hit; {which}{order}",
                                  source=part.origin, alt=alt)  # fmt: skip
    return picture._repr_mimebundle_()[0]["text/html"]


def _short(words: str, letters: int) -> str:
    words = " ".join(str(words).split())
    return words if len(words) <= letters else f"{words[: letters - 1]}…"
