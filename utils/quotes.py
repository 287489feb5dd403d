"""Who speaks, how much, and with what verbs: the balance of a corpus's sources."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from utils import cues, passages
from utils.corpus import Corpus


def balance(
    news: Corpus,
    *,
    by: str | Sequence[str] | None = None,
    within: pd.DataFrame | None = None,
    quotes: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give who speaks, how much, and with what verbs: one row a speaker, most words first.

    The shares are of all words, so that what could not be attributed stays in sight: the last rows of a group
    are the quotations without a speaker, and the words that lie in no quotation, mostly the reporter's.

    Parameters
        by: columns of articles that divide the quotations into groups; the shares of a group add up to 1.
        within: passages to count in (default: the body).  quotes: the quotes layer (default: the corpus's own).
    Returns one row a speaker (and group):
        by columns
        voice              str: speaker, unknown (a quotation, but whose?) or outside (in no quotation)
        speaker            str; missing in the rows unknown and outside
        named              bool; False in those rows
        n_quotes, n_words  int; a word in a quotation inside another counts for the inner one
        share_of_words     float 0-1, of the group's words; missing where it has none
        n_articles         int, articles with the speaker
        n_first, n_last    int, articles in which the first, or the last, attributed quotation is theirs
        n_said, n_loaded   int, quotations with a plain cue (said, told, according to), and with one that judges the
                           speech (claimed, insisted, admitted); other cues are in neither
    Raises ValueError if `by` names no column of articles.
    """
    by = [by] if isinstance(by, str) else list(by or [])
    passages.check_columns(news, by, None)
    said, words = _said(news, news.quotes if quotes is None else quotes, within)
    places = news.articles.index.get_indexer
    groups = {column: news.articles[column].to_numpy() for column in by}
    rows = pd.concat([said, words], ignore_index=True)
    rows = rows.assign(**{column: values[places(rows["article_id"])] for column, values in groups.items()})
    table = rows.groupby([*by, "voice", "speaker", "named"], dropna=False, observed=True).agg(
        n_quotes=("quote", "sum"), n_words=("n_words", "sum"), n_articles=("article_id", "nunique"),
        n_first=("first", "sum"), n_last=("last", "sum"), n_said=("plain", "sum"), n_loaded=("loaded", "sum"),
    ).reset_index()  # fmt: skip
    whole = table.groupby(by, dropna=False)["n_words"].transform("sum") if by else table["n_words"].sum()
    table.insert(len(by) + 5, "share_of_words", table["n_words"] / np.where(whole, whole, np.nan))
    order = {"speaker": 0, "unknown": 1, "outside": 2}
    keys = [*by, "order", "n_words", "speaker"]
    table = table.assign(order=table["voice"].map(order))
    return table.sort_values(keys, ascending=[key != "n_words" for key in keys], ignore_index=True).drop(
        columns="order"
    )


def _said(
    news: Corpus, layer: pd.DataFrame, within: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give what each quotation adds to the balance, and what the words of each article that lie in none
    add."""
    said = passages.chosen(news, passages.checked(layer, what="quotes"), within).drop(columns="outer")
    said = said[~said.index.duplicated()].sort_values(
        ["article_id", "start", "end"], ascending=[True, True, False], ignore_index=True
    )
    words = passages.chosen(news, news.words, within).drop(columns="outer")
    words = words[~words.index.duplicated()]
    held = passages.inside(words, said)["outer"]
    held = held[~held.index.duplicated(keep="last")]
    attributed = said[said["speaker"].notna()]
    lemmas = said["cue"].map(cues.lemma, na_action="ignore")
    said = said[["article_id", "speaker", "named"]].assign(
        voice=np.where(said["speaker"].isna(), "unknown", "speaker"), quote=1,
        n_words=held.value_counts().reindex(said.index, fill_value=0),
        first=said.index.isin(attributed.drop_duplicates("article_id").index),
        last=said.index.isin(attributed.drop_duplicates("article_id", keep="last").index),
        plain=lemmas.isin(cues.NEUTRAL), loaded=lemmas.isin(cues.LOADED),
    )  # fmt: skip
    rest = words.drop(held.index).groupby("article_id", observed=True).size().rename("n_words").reset_index()
    return said, rest.assign(
        voice="outside", named=False, quote=0, first=False, last=False, plain=False, loaded=False
    )
