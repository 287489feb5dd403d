"""Who is quoted in the corpus harbour, and how harsh its papers are within quotation marks and without."""

from collections.abc import Iterator

import pandas as pd

from utils import intervals, passages, sentiment, tokens
from utils.corpus.corpus import Corpus

VASK = "Rhona Vask"
HARSH = set(
    """disgusting pathetic insulting cruel outrageous ruthless miserable terrible vicious awful brutal stupid
    worthless filthy shocking dreadful horrible nasty sickening insane evil menacing disgusted appalled""".split()
)
KEYS = ["article_id", "start", "end"]
PRONOUNS = {"he", "she", "they", "it", "we", "i"}


def spoken(quotes: pd.DataFrame) -> pd.DataFrame:
    """Give the quotations with marks, direct and partial, that lie in no other."""
    return quotes[(quotes["kind"] != "indirect") & ~quotes["nested"]]


def outside(body: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Give what of the body lies in none of the quotations, as passages."""
    by_article = {name: list(zip(own["start"], own["end"], strict=True)) for name, own in quotes.groupby("article_id")}
    rows = [
        (name, *piece)
        for name, start, end in body[KEYS].itertuples(index=False)
        for piece in _left(start, end, sorted(by_article.get(name, [])))
    ]
    return pd.DataFrame(rows, columns=KEYS)


def _left(start: int, end: int, cuts: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the stretches of one passage that no cut, in order of their starts, takes out."""
    for first, last in cuts:
        if first < end and last > start:
            if start < first:
                yield start, first
            start = max(start, last)
    if start < end:
        yield start, end


def voice(news: Corpus, known: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Give the tone of each paper's articles, by TextBlob: of all, within quotation marks, and without them.

    The difference is C's mean over articles less that of A and B, with its jackknife-t interval.
    """
    said = spoken(quotes)
    vask = said["speaker"] == VASK
    parts = {
        "body": news.body,
        "in quotations": said,
        "outside quotations": outside(news.body, said),
        "in quotations but Vask's": said[~vask],
        "body but Vask's quotations": outside(news.body, said[vask]),
    }
    return pd.DataFrame([{"part": name, **_tones(news, known, part)} for name, part in parts.items()])


def _tones(news: Corpus, known: pd.DataFrame, part: pd.DataFrame) -> dict[str, float]:
    tone = sentiment.tone(news, within=part[KEYS]).set_index("article_id")["tone"]
    papers = known["paper"].reindex(tone.index)
    differs = intervals.jackknife(tone, target=papers == "C", scale="identity").iloc[0]
    return {
        **{f"tone_{paper.lower()}": own.mean() for paper, own in tone.groupby(papers)},
        **{f"n_articles_{paper.lower()}": own.count() for paper, own in tone.groupby(papers)},
        **differs[["difference", "low", "high"]],
    }


def speakers(news: Corpus, known: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Give how many quotations with marks each paper has, how many are Vask's, and where the harsh words stand."""
    said, rows = spoken(quotes), []
    apart = outside(news.body, said)
    for paper in "ABC":
        ids = known.index[known["paper"] == paper]
        own, rest = (table[table["article_id"].isin(ids)] for table in (said, apart))
        hers = own[own["speaker"] == VASK]
        rows.append(
            {
                "paper": paper,
                "n_quotations": len(own),
                "n_speakers": own["speaker"].nunique(),
                "n_vask": len(hers),
                "share_vask": len(hers) / len(own),
                "n_articles_vask": hers["article_id"].nunique(),
                "harsh_words": harsh(news, own),
                "harsh_words_vask": harsh(news, hers),
                "harsh_words_outside": harsh(news, rest),
            }
        )
    return pd.DataFrame(rows)


def harsh(news: Corpus, table: pd.DataFrame) -> int:
    """Give how many harsh words stand in the passages of a table."""
    return sum(word in HARSH for text in passages.text(news, table) for word in tokens.terms_of(text))


def forms(news: Corpus, quotes: pd.DataFrame, scare: pd.DataFrame) -> dict[str, int]:
    """Give how many quotations there are of each kind, and of each form that is hard to find."""
    raws = news.articles["raw"]
    told = [(raws[row.article_id][row.start : row.end], raws[row.article_id]) for row in quotes.itertuples()]
    mention = pd.Series(
        [
            raws[row.article_id][int(row.speaker_start) : int(row.speaker_end)] if row.speaker_start >= 0 else ""
            for row in quotes.itertuples()
        ],
        quotes.index,
    )
    surname = quotes["speaker"].str.split().str[-1]
    after = quotes["speaker_start"] >= quotes["end"]
    goes_on = pd.Series(
        [
            text[0] in '“"' and text[-1] not in '”"' and "\n" == raw[end : end + 1]
            for (text, raw), end in zip(told, quotes["end"], strict=True)
        ],
        quotes.index,
    )
    sides = quotes.assign(after=after).groupby(["article_id", "speaker_start"])["after"].nunique()
    return {
        "quotations": len(quotes),
        **{kind: int((quotes["kind"] == kind).sum()) for kind in ("direct", "partial", "indirect")},
        "speakers by a pronoun": int(mention.str.casefold().isin(PRONOUNS).sum()),
        "speakers by the surname alone": int((mention.eq(surname) & quotes["named"]).sum()),
        "speakers after the quotation": int(after.sum()),
        "of these, the verb first": int((after & (quotes["cue_start"] < quotes["speaker_start"])).sum()),
        "mentions between two quotations that they serve": int((sides == 2).sum()),
        "going on in the next paragraph": int(goes_on.sum()),
        "unnamed speakers": int((~quotes["named"]).sum()),
        "within another quotation": int(quotes["nested"].sum()),
        "without a reporting word": int(quotes["cue"].isna().sum()),
        "without a mention of the speaker": int(quotes["speaker_start"].isna().sum()),
        "with straight marks": sum('"' in text for text, _ in told),
        "different speakers": int(quotes["speaker"].nunique()),
        "marks that nobody said": len(scare),
    }


def shared(news: Corpus, known: pd.DataFrame, *, running: int = 6) -> pd.DataFrame:
    """Give how many of each article's distinct runs of six words stand in an article of another story, too."""
    body = passages.inside(news.words, news.body)
    runs = {
        name: _runs(own["term"].astype(str).tolist(), running)
        for name, own in body.groupby("article_id", observed=True)
    }
    stories: dict[tuple[str, ...], set[str]] = {}
    for name, own in runs.items():
        for run in own:
            stories.setdefault(run, set()).add(known.at[name, "story"])
    rows = [(name, len(own), sum(len(stories[run]) > 1 for run in own)) for name, own in runs.items()]
    return pd.DataFrame(rows, columns=["article_id", "n_runs", "n_shared"]).set_index("article_id")


def _runs(words: list[str], n: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + n]) for at in range(len(words) - n + 1)}
