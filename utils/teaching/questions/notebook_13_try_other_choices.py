"""What 13-try-other-choices asks."""

import pandas as pd

from utils.arguments import Refusal
from utils.corpus.corpus import Corpus
from utils.measures import choices
from utils.teaching.checks import Check, agree, check, compare

SOME = 60  # pipelines by which a reader's own claim is tried
SHARE = (
    "The pipelines read the same articles, so they are no independent tests: the share says on which choices the claim "
    "hangs in these articles, and not how likely it is that it came about by luck."
)


def predict(answer: object, curve: pd.DataFrame) -> Check:
    """In how many of a hundred pipelines that count articles does the claim hold?"""
    own = curve[curve["measure"] == "share of articles"]
    holds = own["holds"].fillna(False).astype(float)
    if own.empty:
        return check(answer, None, hint="")
    slips = [
        (lambda given: given and abs(given - holds.mean()) < 0.006, "That is a share of one, not of a hundred."),
        (int(holds.sum()), "That is how many; of every hundred?"),
        (lambda given: abs(given - 100 * curve["holds"].fillna(False).mean()) < 0.6, "That is of all measures."),
    ]
    hint = "`curve.query(\"measure == 'share of articles'\")` has them; where `holds` is missing it does not hold."
    return check(answer, 100 * holds.mean(), tolerance=0.6, slips=slips, hint=hint)


def change(answer: object, artefact: pd.DataFrame) -> Check:
    """In how many of the pipelines that count what is printed does the claim hold?"""
    held = artefact["holds"].fillna(False)
    printed = artefact["copies"] == "printed"
    slips = [
        (int(printed.sum()), "That is how many there are; in how many does it hold?"),
        (int(artefact["holds"][printed].notna().sum()), "That many can be judged; in how many does it hold?"),
    ]
    slips = [slip for slip in slips if slip[0] != int(held[printed].sum())]
    hint = '`artefact.query("copies == \'printed\'")["holds"].sum()` counts where it is true.'
    return check(answer, int(held[printed].sum()), slips=slips, hint=hint)


def compose(answer: object, news: Corpus) -> Check:
    """Is it a claim on this corpus, and in how many pipelines does it hold?"""
    wanted = 'Write a claim of your own: `choices.claim(news, "…", target, reference, terms="…")`.'
    if not isinstance(answer, choices.Claim):
        return check(answer, ["a", "claim"], hint=wanted)
    try:
        table = choices.curve(news, answer, choices.grid(news, answer, most=SOME))
    except Refusal as problem:
        return check(answer, ["a", "claim"], hint=f"It cannot be counted: {problem}")
    told = choices.summary(table).iloc[0]
    first = (
        "It was sealed before looking." if answer.sealed else "It was written after its question had been looked at."
    )
    return Check(
        "compare",
        f"{first} It holds in {int(told['n_holds'])} of {len(table)} pipelines, of which {int(told['n_judged'])} can "
        "be judged. Would you print it, and with what beside it?",
    )


def judge(answer: object) -> Check:
    """May the share of pipelines be printed as a p value?"""
    return compare(answer, SHARE)


def pairs(answer: object, six: pd.DataFrame) -> Check:
    """How far do two readers agree on which pipelines can be defended?"""
    return agree(answer, len(six), codes="yn")


QUESTIONS = {
    "13-predict": predict,
    "13-change": change,
    "13-compose": compose,
    "13-judge": judge,
    "13-pairs": pairs,
}
