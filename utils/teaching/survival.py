"""Survival: two sides of any corpus, and what notebooks say of a claim that was counted in many ways."""

from dataclasses import dataclass

import pandas as pd
from IPython.display import Markdown

from utils.corpus.corpus import Corpus
from utils.measures.choices import Claim, sensitivity, summary
from utils.measures.compare import two_parts
from utils.passages.html import plain, say

YEAR = 1945


@dataclass(frozen=True, eq=False, repr=False)
class Sides:
    """Two sides of a corpus, the second missing where there is one article; a notebook shows them in a sentence."""

    target: pd.Series
    reference: pd.Series | None
    names: tuple[str, str]

    def __repr__(self) -> str:
        return f"<Sides: {self.names[0]}, {self.names[1]}>"

    def _repr_markdown_(self) -> str:
        one, other = (plain(name) for name in self.names)
        if self.reference is None:
            return say(f"There is {one}, and nothing to hold it against: below, no pipeline can be judged.").data
        n, m = (int(side.sum()) for side in (self.target, self.reference))
        return say(f"We hold **{one}** ({n:,} article{'s' * (n != 1)}) against **{other}** ({m:,}).").data


def sides(news: Corpus, outlet: str) -> Sides:
    """Give the articles of an outlet and those of all others, or else two parts by `compare.two_parts`.

    A single article has no other side: that is missing then.
    """
    outlets = news.articles["outlet"]
    target, reference = outlets.eq(outlet), outlets.notna() & outlets.ne(outlet)
    if target.any() and reference.any():
        return Sides(target, reference, (outlet, "the other papers"))
    if len(news) == 1:
        return Sides(pd.Series(True, news.articles.index), None, ("one article", "nothing"))
    one, other, *names = two_parts(news, year=YEAR)
    return Sides(pd.Series(one), pd.Series(other), (names[0], names[1]))


def options(grid: pd.DataFrame) -> pd.DataFrame:
    """Give the choices of a grid: one row a choice, its options (str) and how many pipelines make it (n_pipelines)."""
    rows = [
        {"choice": name.replace("_", " "), "options": ", ".join(map(str, grid[name].dropna().unique())),
         "n_pipelines": int(grid[name].notna().sum())}
        for name in grid if name != "pipeline"
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["choice", "options", "n_pipelines"])


def dropped(grid: pd.DataFrame) -> Markdown:
    """Say how many pipelines there are, how many were drawn, and which choices cannot matter here."""
    of, n = grid.attrs["of"], len(grid)
    drawn = f"There are **{of:,}** pipelines" + (f", of which we run {n:,}, drawn by lot." if n < of else ".")
    why = "".join(f"\n- {plain(each)}" for each in grid.attrs["dropped"])
    return say(f"{drawn} {'Left out, as they cannot matter here:' + why if why else 'No choice is idle here.'}")


def told(curve: pd.DataFrame) -> Markdown:
    """Say in how many pipelines a claim holds, and why in the others nothing can be said."""
    row, lost = summary(curve).iloc[0], curve["note"][curve["holds"].isna()].value_counts()
    n, judged, holds = (int(row[name]) for name in ("n_pipelines", "n_judged", "n_holds"))
    why = f" The commonest reason: “{plain(lost.index[0])}”." if len(lost) else ""
    same = row["share_same_way"]
    way = "" if pd.isna(same) else f" Of the estimates {same:.0%} go the way of the claim."
    return say(
        f"The claim holds in **{holds:,} of {n:,}** pipelines ({row['share']:.0%}). {n - judged:,} cannot be judged."
        f"{why} In {int(row['n_against']):,} the difference clearly goes the other way.{way}"
    )


def answer(claim: Claim, curve: pd.DataFrame) -> Markdown:
    """Give the answer to "would it survive": no stronger than what the pipelines that can be judged say."""
    row, moved = summary(curve).iloc[0], sensitivity(curve)
    n, judged, holds = (int(row[name]) for name in ("n_pipelines", "n_judged", "n_holds"))
    said = f"The claim “{plain(claim.words.replace('“', '‘').replace('”', '’'))}”"
    if not judged:
        why = curve["note"].mode()
        return say(
            f"{said} can be judged by none of {n:,} pipelines"
            f"{f' (most often: {plain(why.iloc[0])})' if len(why) else ''}, so nothing is known of its survival. More "
            "articles may tell; more pipelines will not."
        )
    lost = f"; {n - judged:,} cannot be judged" if judged < n else ""
    whole = "survives them all" if holds == n else f"holds in {holds:,} of {n:,} pipelines ({row['share']:.0%}){lost}"
    most = moved.iloc[0] if len(moved) and moved["moves"].iloc[0] > 0 else None
    hangs = ""
    if most is not None:
        own = moved[moved["choice"] == most["choice"]]
        each = ", ".join(f"{plain(one.option)} {one.share:.0%}" for one in own.itertuples())
        hangs = f" What moves that share most is {plain(most['choice'].replace('_', ' '))} ({each})."
    return say(
        f"{said} {whole}.{hangs} That is how far these articles bear it out, by whatever way we counted: the pipelines "
        "share their articles, so the share says nothing of how likely the claim is among others."
    )
