"""Grids: every way of counting that can be defended for a claim, one row a pipeline, one column a choice."""

import itertools
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils import arguments, lexicons, passages
from utils.arguments import Refusal, nearest
from utils.corpus.corpus import Corpus
from utils.intake import language
from utils.measures.choices.claims import Claim
from utils.passages.compounds import compounds
from utils.passages.table import corpus

FEW = 10  # dated articles: below, a cut of the period leaves too few
MOST, LARGEST = 2_000, 100_000  # pipelines that are run, and that are gone through to draw them
DAY = re.compile(r"(since|before) \d{4}-\d{2}-\d{2}")
PERIODS = ("all", "without the first tenth", "without the last tenth", "first half", "second half")
COPIES = ("printed", "written", "own")
UNITS = ("article", "story")
MINIMUM = "a whole number from 1 up"


class Choice(NamedTuple):
    """The options of a choice: those of a grid that is not told which, the first of them first; and all there are."""

    usual: tuple
    known: Sequence | Callable[[object], bool]
    such_as: str = ""


def _number(value: object) -> bool:
    return isinstance(value, int | np.integer) and not isinstance(value, bool) and bool(value > 0)


def _day(value: object) -> bool:
    if not isinstance(value, str) or value in PERIODS:
        return value in PERIODS
    return bool(DAY.fullmatch(value)) and bool(pd.notna(pd.to_datetime(value.split()[1], errors="coerce")))


_COMMON = {
    "headline": Choice(("out", "in"), ("out", "in")),
    "copies": Choice(COPIES, COPIES),
    "unit": Choice(UNITS, lambda value: isinstance(value, str), '"article", "story", or a column of articles'),
    "period": Choice(PERIODS[:3], _day, f"{', '.join(PERIODS)}, or a day, as since 2025-04-07 or before 2025-04-07"),
}
_KINDS = ("marked", "marked and indirect")
CHOICES: dict[str, dict[str, Choice]] = {
    "terms": {
        "measure": Choice(measures := ("difference of rates", "log ratio", "share of articles"), measures),
        "tokens": Choice(tokens := ("as they stand", "compounds whole", "lemmas"), tokens),
        "stop_words": Choice(("kept", "left out"), ("kept", "left out")),
        "minimum": Choice((1, 5), _number, MINIMUM),
        "quotations": Choice(("in", "out"), ("in", "out")),
        **_COMMON,
    },
    "tone": {
        "lexicon": Choice(("textblob", "textblob-mended", "vader", "afinn", "mean"), lambda value: True),
        "minimum": Choice((1, 3), _number, MINIMUM),
        "quotations": Choice(("in", "out"), ("in", "out")),
        "kinds": Choice(_KINDS[::-1], _KINDS),
        **_COMMON,
    },
    "quotes": {
        "measure": Choice(measures := ("share of quoted words", "share of all words", "share of articles"), measures),
        "kinds": Choice((*_KINDS, "direct"), (*_KINDS, "direct")),
        "minimum": Choice((1, 5), _number, MINIMUM),
        **_COMMON,
    },
}


def grid(news: Corpus, claim: Claim, *, most: int = MOST, seed: int = 2025, **options: Sequence) -> pd.DataFrame:
    """Give every pipeline by which a claim may be counted: one row each, the first as its measure counts by itself.

    Whoever counts has chosen, often without noticing. Here every choice is made in each way that can be defended, and
    all of them together. A choice that cannot alter a number is left out: of a share of articles the stop list, of
    stories that one side alone has the story for a unit. What is left out everywhere is said in `attrs`.

    Parameters
        most: pipelines; where there are more, so many are drawn by the seed, and the first stays.
        options: the options of a choice in the place of the usual ones, such as tokens=["lemmas"] or
        unit=["article", "outlet"]; a list of one makes it no choice.
            of terms    measure: difference of rates, log ratio, share of articles.  tokens: as they stand, compounds
                        whole, lemmas.  stop_words: kept, left out (of what rates are taken of).  minimum: how often a
                        word must stand in what is read to count.  quotations: in, out.
            of tone     lexicon.  minimum: scored sentences of an article.  kinds: what counts as quotation, marked, or
                        marked and indirect.  quotations: in, out (of a claim on the body).
            of quotes   measure: share of quoted words, share of all words, share of articles (in which they are heard).
                        kinds: marked, marked and indirect, direct.  minimum: words of a quotation.
            of all      headline: out, in.  copies: printed, written, own, as for `compare.keyness`.  unit: article,
                        story, a column of articles.  period: all, without the first or last tenth, first or second
                        half, since 2025-04-07, before 2025-04-07.
    Returns one row a pipeline: pipeline (int, from 1), then the choices, missing where one cannot matter. Its `attrs`
    hold `kind`, `dropped` (choices left out, each with why) and `of`, how many pipelines there are in all.
    Raises ValueError for a choice or an option that there is not.
    Source: Simonsohn, Simmons & Nelson (2020), Specification curve analysis, Nature Human Behaviour 4, 1208-1214.
    """
    arguments.whole_number(most, "most", such_as=MOST)
    arguments.whole_number(seed, "seed", least=0)
    known = CHOICES[checked(claim).kind]
    for name, own in options.items():
        if name not in known:
            raise Refusal(f"{name!r} is no choice of a claim on {claim.kind}; there are {', '.join(known)}"
                          f"{nearest(name, known)}")  # fmt: skip
        if isinstance(own, str) or not isinstance(own, Iterable) or not list(own):
            raise Refusal(f"{name} takes a list of options; what came is {own!r:.100}: write {name}=[{own!r:.100}]")
        for option in own:
            if wrong := unknown(news, claim.kind, name, option):
                raise Refusal(wrong)
    taken = {name: list(dict.fromkeys(options.get(name, choice.usual))) for name, choice in known.items()}
    dropped = []
    for name, why in _needless(corpus(news), claim).items():
        if name in taken and name not in options:
            dropped.append(f"{name}: {why}")
            taken[name] = []
    if claim.kind == "terms" and (without := _read_alike(news, taken["tokens"], options)):
        taken["tokens"].remove("compounds whole")
        dropped.append(without)
    if (product := math.prod(len(own) or 1 for own in taken.values())) > LARGEST:
        raise Refusal(
            f"these options make {product:,} pipelines, and {LARGEST:,} are gone through at most; give fewer options"
        )
    rows = [dict(zip(taken, row, strict=True)) for row in itertools.product(*(own or [None] for own in taken.values()))]
    different = list({tuple(_plain(row).items()): _plain(row) for row in rows}.values())
    of = len(different)
    if of > most:
        drawn = 1 + np.sort(np.random.default_rng(seed).choice(of - 1, most - 1, replace=False))
        different = [different[at] for at in (0, *drawn)]
    table = pd.DataFrame(different, columns=[*taken], dtype=object)
    table = table[[name for name in taken if table[name].notna().any()]]
    table.insert(0, "pipeline", range(1, len(table) + 1))
    table.attrs = {"kind": claim.kind, "dropped": dropped, "of": of}
    return table


def usual(kind: str, row: Mapping[str, object]) -> dict[str, object]:
    """Give every choice of a pipeline, those that it does not name in their first way."""
    given = {name: row[name] for name in CHOICES[kind] if name in row and not _missing(row[name])}
    return {name: choice.usual[0] for name, choice in CHOICES[kind].items()} | given


def unknown(news: Corpus, kind: str, name: str, option: object) -> str:
    """Give in a sentence why there is no such option of a choice; "" where there is."""
    choice = CHOICES[kind][name]
    try:
        hash(option)
    except TypeError:
        return f"{name} has no option {option!r:.100}; each is a name or a number"
    if name == "lexicon":
        try:
            lexicons.named(option)  # type: ignore[arg-type]
        except Refusal as problem:
            return str(problem)
    if name == "unit" and isinstance(option, str):
        try:
            passages.units_of(news, option)
        except Refusal as problem:
            return str(problem)
    if callable(choice.known):
        known, such_as = choice.known(option), choice.such_as
    else:
        known, such_as = option in choice.known, ", ".join(map(str, choice.known))
    return "" if known else f"{name} has no option {option!r:.100}; there is {such_as}"


def checked(claim: Claim) -> Claim:
    """Give a claim back; ValueError where something else came in its place."""
    if not isinstance(claim, Claim):
        raise Refusal(f"a claim is wanted, as choices.claim gives it; what came is {type(claim).__name__}")
    return claim


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """Give a pipeline without the choices that cannot alter its number."""
    own = dict(row)
    if own.get("measure") == "share of articles":
        own |= {name: None for name in ("stop_words", "minimum") if name in own and "stop_words" in own}
    if own.get("copies") == "own" and own.get("unit") == "story":
        own["unit"] = "article"
    if own.get("quotations") == "in" and "kinds" in own:
        own["kinds"] = None
    return own


def _needless(news: Corpus, claim: Claim) -> dict[str, str]:
    """Give the choices that cannot matter to a claim on this corpus, each with why."""
    found = {}
    english = any(language.is_english(one) for one in news.articles["language"].dropna())
    english = english or news.articles["language"].isna().any()
    if not english:
        found["stop_words"] = "our stop list is English, and no article here is"
        found["quotations"] = "our rules find speech in English alone, and no article here is"
    elif not news.quotes["kind"].isin(["direct", "partial", "indirect"]).any():
        found["quotations"] = found["kinds"] = "nothing here is quoted"
    elif not news.quotes["kind"].eq("indirect").any():
        found["kinds"] = "no quotation here is indirect"
    if claim.kind == "tone" and claim.asked[0] != "body":
        found["quotations"] = "the claim itself says what is read"
    if claim.kind == "tone" and claim.asked[0] == "inside":
        found["headline"] = "the claim is on quotations, and those of headlines are not read"
    if not news.segments["kind"].eq("headline").any():
        found["headline"] = "no headline here is told from its article"
    story = news.copies.set_index("article_id")["story"].reindex(news.articles.index)
    if not story[claim.sides.any(axis=0)].duplicated().any():
        found["copies"] = found["unit"] = "no article of the two sides is a copy of another"
    if news.articles["published"][claim.sides.any(axis=0)].notna().sum() < FEW:
        found["period"] = f"fewer than {FEW} articles of the two sides have a date"
    return found


def _read_alike(news: Corpus, read: Sequence, options: Mapping) -> str:
    """Give why compounds cannot matter, "" where they may or were asked for."""
    if "compounds whole" not in read or "tokens" in options or len(compounds(news).words) < len(news.words):
        return ""
    return "tokens: nothing here has a hyphen, so compounds are words as they stand"


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value)) or value is pd.NA
