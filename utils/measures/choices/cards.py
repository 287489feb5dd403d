"""Cards: a claim told whole, with its estimate, the pipelines, what it leans on, and passages, to be handed on."""

import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from importlib import metadata

import numpy as np
import pandas as pd

from utils import arguments, passages, storage
from utils.arguments import Refusal, RefusedType
from utils.corpus.corpus import Corpus
from utils.measures.choices import asked
from utils.measures.choices.claims import Claim
from utils.measures.choices.curves import checked_curve, leaning, passages_of, sensitivity, summary
from utils.measures.choices.estimates import PER
from utils.measures.choices.grids import CHOICES, checked
from utils.passages.html import AS_IS, QUIET, passage_list, plain, say, shortened

LIBRARIES = ("passages", "numpy", "pandas", "scipy")
CLUSTERS = {"story": "the story", "byline": "the writer", "outlet": "the outlet"}
REFERENCES = (
    "Simonsohn, Simmons & Nelson (2020), Specification curve analysis, Nature Human Behaviour 4, 1208-1214, "
    "doi:10.1038/s41562-020-0912-z",
    "Steegen, Tuerlinckx, Gelman & Vanpaemel (2016), Increasing transparency through a multiverse analysis, "
    "Perspectives on Psychological Science 11, 702-712, doi:10.1177/1745691616658637",
    "Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 11 (the jackknife)",
)
OWN = {  # of the measures of each kind of claim
    "terms": "Zou & Donner (2008), Construction of confidence limits about effect measures, Statistics in Medicine 27, "
    "1693-1702, doi:10.1002/sim.3095",
    "tone": "Boukes et al. (2020), What's the tone? Easy doesn't do it, Communication Methods and Measures 14, 83-104, "
    "doi:10.1080/19312458.2019.1671966",
    "quotes": "Phipson & Smyth (2010), Permutation p-values should never be zero, Statistical Applications in Genetics "
    "and Molecular Biology 9, 39, doi:10.2202/1544-6115.1585",
}
LIES_IN = {"terms": "the words", "tone": "the tone", "quotes": "the quotations"}


@dataclass(frozen=True, repr=False)
class Card:
    """A claim told whole; a notebook shows it, and `save` writes it."""

    title: str
    markdown: str
    html: str

    def __repr__(self) -> str:
        return self.markdown

    def _repr_html_(self) -> str:
        return self.html

    def save(self, name: str) -> list[str]:
        """Write the card as Markdown and as HTML; give their places, such as results/cargo.md and results/cargo.html.

        Files of that name with other content stay as they are: the new ones are called cargo-2.md, and so on.
        Raises ValueError if the name holds more than letters, digits, points, hyphens and underscores, or the files
        cannot be written.
        """
        if not isinstance(name, str) or not re.fullmatch(r"\w[\w.\-]*", name):
            raise Refusal(
                f"a name of letters, digits, hyphens and underscores is wanted, without a folder; {name!r:.100} came"
            )
        stem, written = re.sub(r"\.(md|html)$", "", name), []
        page = (
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>'
            f"{escape(self.title)}</title></head>\n<body>{self.html}</body></html>\n"
        )
        for ending, content in ((".md", self.markdown + "\n"), (".html", page)):
            path = storage.results() / f"{stem}{ending}"
            try:
                path = storage.write_new(path, content.encode("utf-8", "replace"), again=False)
            except OSError as error:
                raise Refusal(
                    f"{path} cannot be written ({error.strerror or error}); set PASSAGES_RESULTS to a folder that can"
                ) from error
            written.append(f"{path.parent.name}/{path.name}")
        return written


def card(news: Corpus, claim: Claim, curve: pd.DataFrame, *, n: int = 6, seed: int = 2025) -> Card:
    """Give a claim with all that it takes to judge it, as Markdown and as HTML, both escaped.

    It has the claim in words and whether it was sealed before its question was looked at; estimate and interval of the
    first pipeline; in how many pipelines it holds, and the choice that moves it most; the article, story, writer and
    outlet that it leans on; passages drawn by lot; how many claims were written on this corpus and how many questions
    looked at, here and in the file where claims are kept; the digest of the corpus, versions, how it was counted, and
    references. No time is in it, so the same claim gives the same card where nothing was asked in between. What cannot
    be left out, such as a writer where articles have none, is not among what it leans on.

    Parameters
        curve: what `curve` gives for the claim.  n: passages that are shown.  seed: by which they are drawn.
    Raises ValueError where the curve is that of another claim, or none, or lacks rows that were computed.
    """
    checked(claim)
    table = checked_curve(curve)
    arguments.whole_number(n, "n", least=0)
    if table.attrs.get("seal") != claim.seal:
        raise RefusedType("the curve was computed for another claim; give choices.curve(news, claim, …) of this one")
    if len(table) != table.attrs["computed"]:
        raise Refusal(
            f"{table.attrs['computed']:,} pipelines were computed and {len(table):,} came; a card tells of all: take "
            "rows from the grid before the curve is seen, not from the curve"
        )
    first = table.loc[[table["pipeline"].idxmin()]]
    found = passages_of(news, claim, first)
    drawn = passages.draw(found, n, seed=seed)
    parts = {
        "Claim": [claim.words, _sealed(claim)],
        "Estimate": [_estimate(claim, first.iloc[0]), f"Counted so: {_pipeline(claim.kind, first.iloc[0])}."],
        "Other choices": _others(table, claim),
        "What it leans on": leans(news, claim, first),
        "What was asked before": [_before(claim)],
        "The corpus": [f"{news.origin.removeprefix('Source: ')}.", f"sha256 {news.digest}"],
        "How it was counted": [*_methods(claim), f"Versions: {_versions()}."],
        "References": [*REFERENCES, OWN[claim.kind]],
    }
    heading = f"Passages: {len(drawn):,} of {len(found):,}, drawn by seed {seed}"
    return Card(claim.words, _markdown(news, parts, heading, drawn), _html(news, parts, heading, drawn))


def _sealed(claim: Claim) -> str:
    if claim.sealed:
        return (
            "Sealed: the claim stood before this very question was looked at by a curve, as far as is known here. "
            f"Seal: {claim.seal}"
        )
    return f"Not sealed: its question had been looked at before the claim was written. Seal: {claim.seal}"


def _estimate(claim: Claim, row: pd.Series) -> str:
    sides = f"{claim.names[0]} ({row['n_target']:,} articles) less {claim.names[1]} ({row['n_reference']:,})"
    if np.isnan(row["estimate"]):
        return f"None, for {sides}: {row['note']}."
    per = PER[str(row.get("measure", "tone"))]
    value = f"{row['estimate']:+.3g} {per} ({row['value_target']:.3g} less {row['value_reference']:.3g}"
    value += " in the points of the lexicon)" if claim.kind == "tone" else ")"
    if np.isnan(row["low"]):
        sure = f"without an interval ({row['note']})" + ("" if np.isnan(row["p"]) else f", p = {row['p']:.2g}")
    else:
        sure = f"95 % interval {row['low']:.3g} to {row['high']:.3g}"
    return f"{sides}: {value}, {sure}; {row['count']:,} passages in {row['n_articles']:,} articles."


def _pipeline(kind: str, row: pd.Series) -> str:
    names = [name for name in CHOICES[kind] if name in row and pd.notna(row[name])]
    return ", ".join(f"{name.replace('_', ' ')} {row[name]}" for name in names)


def _others(table: pd.DataFrame, claim: Claim) -> list[str]:
    told = summary(table).iloc[0]
    n, judged, holds = (int(told[name]) for name in ("n_pipelines", "n_judged", "n_holds"))
    drawn = f"; the grid has {table.attrs['of']:,}" if table.attrs["of"] > n else ""
    lines = [
        f"It holds in {holds:,} of {n:,} pipelines ({told['share']:.0%}{drawn}): the difference goes the way of the "
        "claim, and its interval leaves 0 out, or p is below .05 where there is none. "
        f"{judged:,} can be judged at all; in {int(told['n_against']):,} the difference clearly goes the other way. "
        "The pipelines read the same articles and are no independent tests: the share is no p value."
    ]
    moved = sensitivity(table)
    if len(moved) and moved["moves"].iloc[0] > 0:
        own = moved[moved["choice"] == moved["choice"].iloc[0]]
        each = ", ".join(f"{row.option} {row.share:.0%}" for row in own.itertuples())
        lines.append(f"What moves it most is {own['choice'].iloc[0].replace('_', ' ')}: it holds with {each}.")
    elif len(moved):
        lines.append("No choice by itself moves the share.")
    return lines


def leans(news: Corpus, claim: Claim, row: pd.DataFrame) -> list[str]:
    """Give in a sentence each, for the first pipeline, which article, story, writer and outlet moves it most."""
    estimate, lines = row["estimate"].iloc[0], []
    for unit, called in {"article": "the article", **CLUSTERS}.items():
        change, whose = leaning(news, claim, row, unit)
        if np.isfinite(change) and change:
            lines.append(
                f"Without {called} {whose} the estimate is {estimate + change:.3g} in place of {estimate:.3g}."
            )
    return lines or ["There is no estimate to lean on anything, or nothing moves it."]


def _before(claim: Claim) -> str:
    counts = asked.counts(claim.corpus, claim.kept)
    where = "in this session" if claim.kept is None else f"in this session and in {claim.kept.name}"
    return (
        f"Claims written on this corpus {where}: {counts['claims']:,}; questions looked at: {counts['questions']:,}. "
        "Of forty claims with nothing in them about one passes by luck, by one pipeline that was chosen beforehand."
    )


def _methods(claim: Claim) -> list[str]:
    target, reference = claim.names
    of = {
        "terms": f"the query {', '.join(claim.asked)}",
        "tone": f"tone, {claim.asked[0]}",
        "quotes": f"quotations of {', '.join(claim.asked)}",
    }[claim.kind]
    direction = "more" if claim.more else "less"
    return [
        f"Asked of {of}: whether {target} has {direction} of it than {reference}. Every pipeline reads the raw texts "
        f"and counts {LIES_IN[claim.kind]} by its own choices; copies are counted as printed, once a story and side "
        "(written), or only where the other side has no print of the story (own). Intervals are jackknife-t: articles, "
        "or stories, are left out in turn, never single words, and none is given from fewer than ten units a side or "
        "five that have the thing. Where there is none, p comes from dealing the units anew, 2,000 times."
    ]


def _versions() -> str:
    own = ", ".join(f"{name} {metadata.version(name)}" for name in LIBRARIES)
    return f"Python {'.'.join(platform.python_version_tuple()[:2])}, {own}"


def _markdown(news: Corpus, parts: dict[str, list[str]], heading: str, drawn: pd.DataFrame) -> str:
    told = ["# Claim card"]
    for name, lines in parts.items():
        told += [f"## {name}", _listed(lines)]
        if name == "Estimate":
            told += [f"## {heading}", _listed(_quoted(news, drawn)) if len(drawn) else "None."]
    return "\n\n".join(told)


def _listed(lines: Sequence[str]) -> str:
    """Give lines as a list of Markdown, each letter of them as it is."""
    told = str(say("\n".join(f"- {plain(line)}" for line in lines)).data)
    return told.replace("&#45;", "-").replace("&#43;", "+")  # which mean nothing within a line


def _quoted(news: Corpus, drawn: pd.DataFrame) -> list[str]:
    raws, lines = news.articles["raw"], []
    for row in drawn.itertuples():
        raw = raws[str(row.article_id)]
        before, after = raw[max(row.start - 60, 0) : row.start], raw[row.end : row.end + 60]
        text = f"{before}[{shortened(raw[row.start : row.end])}]{after}"
        lines.append(f"{row.side}, {row.article_id}, {row.start}-{row.end}: … {' '.join(text.split())} …")
    return lines


def _html(news: Corpus, parts: dict[str, list[str]], heading: str, drawn: pd.DataFrame) -> str:
    told = []
    for name, lines in parts.items():
        told.append(f"<h4>{escape(name)}</h4>" + "".join(f"<p>{escape(line)}</p>" for line in lines))
        if name == "Estimate":
            shown = passage_list(news, drawn) or "<p>None.</p>"
            told.append(f"<details><summary>{escape(heading)}</summary>{shown}</details>")
    return (
        f'<div {AS_IS} style="border:1px solid #767676;padding:0.2em 1em;max-width:46em;overflow-wrap:anywhere">'
        f'<div style="{QUIET}">Claim card</div>{"".join(told)}</div>'
    )
