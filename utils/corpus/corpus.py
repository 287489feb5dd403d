"""The corpus: articles and their segments, and the layers laid over them."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import pandas as pd

from utils import layers, mapped
from utils.arguments import Refusal
from utils.corpus import cache, cuts, failures, gaps, keys, own_columns, parts
from utils.intake.batch import KINDS, PART
from utils.layers import sentences
from utils.layers.voices import mentioned

# A dollar sign in a table is money: without this JupyterLab sets what stands between two of them as mathematics.
pd.set_option("display.html.use_mathjax", False, "styler.html.mathjax", False)

FOLDER = Path(__file__).resolve().parents[2] / "corpus"
PROBLEMS = ["source", "kind", "problem", "cure"]
WEIGHTS = ["unreadable", "doubtful", "doubled", "assumed", "missing"]  # the kinds of problem, the gravest first


class CorpusError(Refusal):
    """What a corpus was asked for cannot be given; the message says what came, what was wanted, what to do."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """Articles, their segments, and lazily the layers over them. Its frames are copies: change them freely.

    `articles`, `segments`, `sentences`, `tokens` are tables, one row an observation; `select` gives a part of the
    corpus; `receipt` and `report` say what was set aside and what went wrong; `digest` names the content.
    """

    name: str
    _articles: pd.DataFrame = field(repr=False)
    _segments: pd.DataFrame = field(repr=False)
    _problems: pd.DataFrame = field(repr=False)
    _whole: "Corpus | None" = field(default=None, repr=False)
    _failures: failures.Failures = field(default_factory=failures.Failures, repr=False)
    _layers: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    _gaps: gaps.Gaps = field(default_factory=gaps.Gaps, repr=False)
    _forms: Mapping[str, str] = field(default_factory=dict, repr=False)
    _engine: str | None = field(default=None, repr=False)

    def __repr__(self) -> str:
        dates = self._articles["published"].dropna()
        span = f", {dates.min():%Y-%m-%d} to {dates.max():%Y-%m-%d}" if len(dates) else ""
        unread = f"; {self.unread} not read" if self.unread else ""
        return f"<Corpus {self.name}: {len(self)} article{'s' * (len(self) != 1)}{span}{unread}>"

    @property
    def origin(self) -> str:
        """The corpus in a line, for the foot of a figure: name, size and years, and what could not be read."""
        years = self._articles["published"].dropna().dt.year
        first, last = (years.min(), years.max()) if len(years) else (None, None)
        span = ", no dates known" if first is None else f", {first}" if first == last else f", {first}–{last}"
        undated = int(self._articles["published"].isna().sum()) if first is not None else 0
        span += f" ({undated:,} undated)" if undated else ""
        unread = f" ({self.unread} not read)" if self.unread else ""
        return f"Source: corpus {self.name}, {len(self):,} article{'s' * (len(self) != 1)}{span}{unread}"

    @property
    def unread(self) -> str:
        """What could not be read and is in no number, as "1 file and 347 rows"; empty where all was read."""
        return self._gaps.unread

    @property
    def whole(self) -> "Corpus":
        """The corpus from which this is a selection; itself, if it is none."""
        return self if self._whole is None else self._whole

    def __len__(self) -> int:
        return len(self._articles)

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article, index article_id: title, outlet, section, byline, published (datetime64, NaT unknown),
        agency, rights, language (the table's own, else its code in ISO 639-1 as found in the body; missing where
        that is doubtful), raw, source, encoding, sha256, then the metadata the reader brought. Missing text is NaN."""
        return self._articles.copy(deep=False)

    @property
    def segments(self) -> pd.DataFrame:
        """One row a segment: article_id, start, end, kind (headline, section, byline, dateline, body, trailer,
        furniture) and rule, which said so. With white space, the segments of an article cover it."""
        return self._segments.copy(deep=False)

    @property
    def body(self) -> pd.DataFrame:
        """The segments that are the article's own text: what every measure reads unless told otherwise."""
        return self._body.copy(deep=False)

    @cached_property
    def _body(self) -> pd.DataFrame:
        return mapped.frame(self._segments[self._segments["kind"] == "body"])

    @property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence: article_id, start, end, n (order in the article from 0, over all segments)."""
        return self.layer("sentences")

    @property
    def words(self) -> pd.DataFrame:
        """The tokens without `sentence`: all that counting needs, and there in a tenth of the time."""
        return self.layer("words")

    @property
    def tokens(self) -> pd.DataFrame:
        """One row a word of the whole raw text: article_id, start, end, term (categorical, folded), sentence (n; -1
        where it lies in none)."""
        return self._tokens.copy(deep=False)

    @property
    def copies(self) -> pd.DataFrame:
        """One row an article: article_id, story (the id of its original), overlap (share of its five-word shingles
        found there), outside (the same outside quotations, which decides), role (only, original, copy), form (whether
        it looks like another filling of one form). Found in the whole corpus; a selection keeps the stories."""
        return self.layer("copies")

    @property
    def quotes(self) -> pd.DataFrame:
        """One row a piece of attributed speech: article_id, start, end, kind (direct, partial, indirect; loose, by
        rules that find deeds as often, which no measure counts unless asked), speaker (the fullest name in the
        article; missing if none was found), speaker_start and speaker_end (the mention; NaN if none), cue,
        cue_start, cue_end, named (bool), rule (which found it), person (who that is in `persons`; missing where the
        speaker has no name or is nobody). See `utils.layers.voices`."""
        return self._quotes.copy(deep=False)

    @property
    def persons(self) -> pd.DataFrame:
        """One row a person that is named, or a body that speaks, those in most articles first: person (str, the fullest
        form), kind (str: person, organisation), forms (str, all that were joined, with "; " between), n_articles,
        n_mentions (int), sure (bool: False where a form was left apart, as it may be one person's or another's).
        Found in the whole corpus, your own persons.csv first; `persons.mentions(news)` gives the passages."""
        return mentioned.table(self.mentions)

    @property
    def mentions(self) -> pd.DataFrame:
        """One row a mention of a person: article_id, start, end, form, person, kind, sure, as in `persons`."""
        return self._mentions.copy(deep=False)

    def person(self, name: str) -> str | None:
        """Give the person whom a name means in the whole corpus, in any of the forms that were joined; None where that
        is nobody, or several."""
        return mentioned.meant(self.whole._mentions, name)

    @cached_property
    def _mentions(self) -> pd.DataFrame:
        return mentioned.as_told(self._layer("persons"), self._forms, self._articles["raw"], self._segments)

    @cached_property
    def _quotes(self) -> pd.DataFrame:
        quotes = self._layer("quotes")
        return quotes.assign(person=mentioned.speakers(quotes, self._mentions)["person"])

    @cached_property
    def _tokens(self) -> pd.DataFrame:
        return self._layer("words").assign(
            sentence=sentences.sentence_of(self._layer("words"), self._layer("sentences"))
        )

    def layer(self, name: str) -> pd.DataFrame:
        """Give a layer by its name, such as "quotes": made when it is asked for first, kept on disk for the next time.

        A layer goes on where an article makes it fail; `report` says where. Raises CorpusError if there is none of that
        name.
        """
        if name not in layers.by_name():
            raise CorpusError(f"there is no layer {name!r}; there are {', '.join(layers.by_name())}")
        return self._layer(name).copy(deep=False)

    def _layer(self, name: str) -> pd.DataFrame:
        if (layer := self._layers.get(name)) is None:
            known = {*self._layers, name}
            self._layers[name] = layer = self._cut_or_made(name)
            for step in {*failures.PART_OF} - known:  # of no use but for this one
                self._layers.pop(step, None)
        return layer

    def _cut_or_made(self, name: str, *, terms: bool = False) -> pd.DataFrame:
        """Give a layer over texts and segments: cut from the whole corpus where the whole has it.

        terms: whether no more than what occurs in it is asked.
        """
        known, ids = layers.by_name(), self._articles.index
        layer, by_article = known[name][0], layers.is_by_article(name, known)
        if self._whole is not None:
            there = self._whole._layers.get(name) if by_article else self._whole._layer(name)
            if there is not None:
                return cuts.cut(self._failures.noted(name, there, ids), ids)
        key = "" if by_article else self._keys.over_all(name)
        if layer.over_all and (there := cache.kept(key)) is not None:
            return self._failures.noted(name, there, ids)
        needed = {need: self._needed(need, layer) for need in layer.needs}
        segments = self._segments[keys.READ] if layer.reads_segments else self._segments[keys.READ].head(0)
        raws, of_segments = cuts.pieces(self._articles["raw"]), cuts.pieces(segments)
        pieces = {need: cuts.pieces(table) for need, table in needed.items()}

        def made(these: pd.Index) -> failures.Compute:
            """Give what makes the layer of these articles."""
            texts = raws(these), of_segments(these)
            own = {need: of(these) for need, of in pieces.items()}
            return lambda ids: layer.make(*failures.emptied(*texts, ids), **own)

        needs = [need for need in layer.needs if need not in layer.lacks]
        if not by_article:
            return self.kept(name, key, made(ids), needs=needs)
        articles = parts.Articles(ids, self._keys.by_article(name), self._sizes)
        return self._failures.by_article(
            name, keys.store(name), articles, made, needs=needs, engine=self._engine, terms=terms
        )

    def _needed(self, name: str, layer: layers.Layer) -> pd.DataFrame | pd.Series:
        """Give what a layer needs: a column of articles, another layer, or what occurs in that."""
        if name not in layers.by_name():
            return self._column(name)
        return self._cut_or_made(name, terms=True) if name in layer.terms else self._layer(name)

    def kept(self, name: str, key: str, compute: failures.Compute, *, needs: Sequence[str] = ()) -> pd.DataFrame:
        """Give a table kept on disk under a key, or computed: it goes on where it fails, and `report` says where."""
        return self._failures.layer(name, key, compute, self._articles.index, needs=needs)

    def found(
        self, name: str, store: str, table: pd.DataFrame, make: Callable[[pd.Series, pd.DataFrame], pd.DataFrame]
    ) -> pd.DataFrame:
        """Give what is made of texts and of passages over them, article by article: kept like a layer, and it goes on
        where an article makes it fail.

        store: names what makes it.  table: article_id, categorical and in the order of the articles, and numbers.
        make: gives the table of some articles, of their texts and passages.
        """
        ids = self._articles.index[table["article_id"].cat.codes.unique()]
        raws, cut = self._articles["raw"].loc[ids], cuts.cutter(table)
        if table.empty:
            return make(raws, table)

        def made(these: pd.Index) -> failures.Compute:
            texts, own = raws.loc[these], cut(these)
            return lambda ids: make(*failures.emptied(texts, own, ids))

        articles = parts.Articles(ids, self._keys.of_rows(table), raws.str.len().tolist())
        return self._failures.by_article(name, store, articles, made, needs=(), engine=self._engine)

    def _column(self, name: str) -> pd.Series:
        if name not in self._articles:
            raise CorpusError(f"a layer needs {name!r}, which is no layer and no column of articles of {self.name}")
        return self._articles[name]

    @cached_property
    def _sizes(self) -> list[int]:
        return self._articles["raw"].str.len().tolist()

    @cached_property
    def _keys(self) -> keys.Keys:
        return keys.Keys(self._articles["raw"], self._articles["published"], self._segments, self._column)

    @cached_property
    def digest(self) -> str:
        """sha256 over ids, raw texts and metadata (not the language, which is found): two corpora with one digest hold
        the same articles."""
        digest = hashlib.sha256()
        facts = self._articles.drop(columns=["source", "encoding", "sha256", "language"])
        for name, *row in zip(facts.index, *(facts[column] for column in facts), strict=True):
            plain = {column: cache.plain(value) for column, value in zip(facts, row, strict=True)}
            digest.update(json.dumps([name, plain], ensure_ascii=True, sort_keys=True).encode())
        return digest.hexdigest()

    def select(self, rows: "pd.Series | str | Iterable[str]") -> "Corpus":
        """Give the part of the corpus asked for, its layers cut from the whole.

        rows: a boolean Series over articles, a query string over their columns ('year > 1945'), or article ids.
        Raises CorpusError if nothing is left, an id is unknown, or the query cannot be read.
        """
        articles = self._articles.loc[_wanted(self._articles, rows)]
        if articles.empty:
            raise CorpusError(
                f"no article of {self.name} is left by this selection: {_shown(rows)}; look at "
                "Corpus.articles for what its columns hold"
            )
        segments = cuts.cut(self._segments, articles.index)
        files = articles["source"].str.replace(PART, lambda part: part["file"], regex=True)
        sources = self._problems["source"].isin({*articles["source"], *files})
        problems = self._problems[sources].reset_index(drop=True)
        return Corpus(
            self.name,
            articles,
            segments,
            problems,
            self.whole,
            self._failures,
            _gaps=self._gaps,
            _forms=self._forms,
            _engine=self._engine,
        )

    def with_columns(self, table: "pd.DataFrame | None" = None, /, **columns: object) -> "Corpus":
        """Give the corpus with further columns of `articles`, or others in the place of those it has.

        `news.articles["side"] = …` changes a copy and is lost, as pandas warns; this is how it is kept:
        `news = news.with_columns(side=news.articles["outlet"].map(sides))`.

        table: a frame with an index, or a column, of article ids.  columns: by name, a Series with such an index, or a
        mapping from ids to values. Articles that are not in it have no value. Texts and where they came from stay.
        Layers that hang on what is changed, as copies do on outlets, are found anew among the articles that are here.
        Raises ValueError if an id is unknown or there twice, or a column cannot be changed.
        """
        new = own_columns.found(self._articles, table, columns)
        articles = self._articles.assign(**new)
        if {need for layer, _ in layers.by_name().values() for need in layer.needs}.isdisjoint(new):
            return replace(self, _articles=articles)
        return replace(self, _articles=articles, _layers={}, _whole=None)  # layers hang on what was changed

    def receipt(self) -> pd.DataFrame:
        """Give what was set aside and by which rule: one row a kind and rule, the body last.

        Columns: kind, rule, n_segments (int), n_articles (int), characters (int), share (of all characters in
        segments, 0-1), longest (int, characters of the longest segment), example (its first 60 characters).
        """
        segments = self._segments.assign(characters=self._segments["end"] - self._segments["start"])
        kinds = pd.CategoricalDtype([kind for kind in KINDS if kind != "body"] + ["body"], ordered=True)
        table = (
            segments.astype({"kind": kinds})
            .groupby(["kind", "rule"], observed=True)
            .agg(
                n_segments=("start", "size"),
                n_articles=("article_id", "nunique"),
                characters=("characters", "sum"),
                at=("characters", "idxmax"),
            )
            .reset_index()
        )
        table["share"] = table["characters"] / max(table["characters"].sum(), 1)
        found = segments.loc[table.pop("at")]
        table["longest"] = found["characters"].to_numpy()
        raws = self._articles["raw"]
        table["example"] = [raws[it.article_id][it.start : min(it.end, it.start + 60)] for it in found.itertuples()]
        return table.astype({"kind": "str"})

    def report(self, *, missing: bool = True) -> pd.DataFrame:
        """Give what could not be read, then what was doubtful, what is doubled, and what was assumed; of a kind, by
        source, as counted. It ends with how many articles have no outlet, date and title, and why, unless `missing` is
        False.

        Columns: source (the file, and row), kind, problem, cure. Empty is good news. A layer (words, sentences, quotes,
        copies) is made when it is asked for first, and only then can it be said on which articles it failed.
        """
        known = [self._problems, self._failures.problems(self._articles["source"])]
        if missing:
            known.append(pd.DataFrame(self._gaps.lines(self._articles, self.name), columns=PROBLEMS, dtype="str"))
        problems = pd.concat(known, ignore_index=True)
        numbered = problems["source"].str.replace(r"\d+", lambda found: found[0].zfill(9), regex=True)
        weight = problems["kind"].map({kind: place for place, kind in enumerate(WEIGHTS)})
        order = problems.assign(source=numbered, kind=weight).sort_values(["kind", "source"]).index
        return problems.loc[order].reset_index(drop=True)


def _wanted(articles: pd.DataFrame, rows: "pd.Series | str | Iterable[str]") -> "pd.Series | pd.Index | list[str]":
    """Give what `.loc` takes for a boolean Series, a query string or ids."""
    if isinstance(rows, str):
        if rows in articles.index:
            return [rows]
        try:
            return articles.query(rows).index
        except Exception as error:
            raise CorpusError(
                f"the query {rows!r} cannot be read over the columns {list(articles.columns)}: {error}"
            ) from error
    if isinstance(rows, pd.Series) and pd.api.types.is_bool_dtype(rows):
        return rows.reindex(articles.index, fill_value=False).fillna(False).astype(bool)
    ids = list(dict.fromkeys(rows))
    if unknown := [name for name in ids if name not in articles.index]:
        raise CorpusError(
            f"select takes a boolean Series, a query string or article ids; no article is called {unknown[:3]}"
        )
    return articles.index[articles.index.isin(ids)]


def _shown(rows: object) -> str:
    return repr(rows) if isinstance(rows, str) else f"{type(rows).__name__} with no True or no id in it"
