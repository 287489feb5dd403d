"""Who is who over the whole corpus: the persons that are named, in which forms, and where."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd

from utils import spans
from utils.layers.voices import mentions
from utils.layers.voices.columns import Mentions, Numbers, among, keys, occurring
from utils.layers.voices.coreference import KIN
from utils.layers.voices.forms import NO_NAMES, Forms
from utils.layers.voices.mentioned import OWNED, bare
from utils.layers.voices.mentions import LITERAL, folded
from utils.layers.voices.names import BODIES, DATES, POSSESSIVE, TITLES
from utils.layers.voices.nobody import CLOSES_PLACE, EVENTS, OPENERS, OPENS_PLACE, PEOPLES, PLACES
from utils.layers.voices.whose import ORGANISATION, PERSON, Names

LONGEST = max(map(len, KIN))
COUNTRIES = frozenset("kingdom states u.k u.s u.s.a united washington".split())
NOWHERE = PLACES | PEOPLES | OPENS_PLACE | CLOSES_PLACE | DATES | EVENTS | COUNTRIES | TITLES


class Speakers:
    """Who speaks by name in quotations, by columns: the article by number, where the mention is, and the speaker's name
    by number."""

    def __init__(self, raws: pd.Series, quotes: pd.DataFrame):
        speakers = quotes[["article_id", "speaker", "speaker_start", "speaker_end"]]
        speakers = speakers[quotes["named"].to_numpy() & quotes["speaker_start"].notna().to_numpy()]
        self.article = spans.numbers(speakers["article_id"], raws.index)
        self.start, self.end = (speakers[f"speaker_{bound}"].to_numpy(np.int64) for bound in ("start", "end"))
        self.name, names = pd.factorize(speakers["speaker"])
        self.names, self._raws = names.tolist(), raws
        kin = np.flatnonzero(self.end - self.start <= LONGEST)
        self._kin = kin[[mention.lower() in KIN for mention in self._mentions(kin)]]

    @property
    def places(self) -> np.ndarray:
        """A key of each: the article, and where the mention begins."""
        return keys(self.article, self.start)

    def _mentions(self, rows: np.ndarray) -> list[str]:
        """Give the mentions of some of them, as they stand there."""
        articles = occurring(self.article[rows])
        texts = dict(zip(articles.tolist(), self._raws.iloc[articles].tolist(), strict=True))
        places = zip(*(each[rows].tolist() for each in (self.article, self.start, self.end)), strict=True)
        return [texts[article][start:end] for article, start, end in places]

    def named_there(self, rows: np.ndarray, found: Mentions) -> np.ndarray:
        """Tell of some of them whether the mention holds the name: no text is read where its last name is that one."""
        article, end = self.article[rows], self.end[rows]
        held = np.zeros(len(rows), bool)
        if len(found):
            number = np.fromiter(map(found.names.get, self.names), np.int32, len(self.names))[self.name[rows]]
            last = np.searchsorted(found.places, keys(article, end)) - 1
            inside = (found.article[last] == article) & (found.at[last] >= self.start[rows]) & (found.end[last] <= end)
            held = inside & (found.name[last] == number) & (found.around[last] & LITERAL > 0)
        size = np.fromiter(map(len, self.names), np.int64, len(self.names))[self.name[rows]]
        rest = np.flatnonzero(~held & (end - self.start[rows] >= size))
        names = zip(self.name[rows[rest]].tolist(), self._mentions(rows[rest]), strict=True)
        held[rest] = [self.names[name] in mention for name, mention in names]
        return held

    def ones(self) -> set[tuple[int, str]]:
        """Give (article, folded name) of those who are he or she there."""
        said = {*zip(self.article[self._kin].tolist(), self.name[self._kin].tolist(), strict=True)}
        return {(article, " ".join(map(folded, self.names[name].split()))) for article, name in said}

    def speaking(self, mentions: Mentions) -> np.ndarray:
        """Tell of each mention whether it lies in the mention of a speaker."""
        place, bounds = mentions.places, (self.start, self.end)
        begun, ended = (
            np.bincount(np.searchsorted(place, keys(self.article, bound)), minlength=len(place) + 1) for bound in bounds
        )
        return np.cumsum(begun - ended)[:-1] > 0


def persons(
    raws: Mapping[str, str] | pd.Series,
    segments: pd.DataFrame,
    quotes: pd.DataFrame,
    names: pd.DataFrame | None = None,
    small_letters: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give every mention of a person in every text, and of every body that speaks, with whom it means.

    Bodies of articles are read, and speakers in headlines. Full names are joined where first and last name agree, a
    middle name, an accent, a nickname or a second surname apart; Jr. and III tell apart, and so does another middle
    name. A surname means whom the article names in full; where that is several, the one that is near alone or far
    ahead of the others by articles, with "Mr." and "President" heeded; where it names nobody so, the only or by far
    the most frequent one of the corpus. Else it is left apart, and not sure.

    Parameters
        raws: raw texts by article_id.  segments, quotes: the corpus's tables.
        names, small_letters: what `mentions` finds in the texts, which it does here where they do not come; of the
        latter its terms are enough.
    Returns one row a mention, in the order of the texts:
        article_id   categorical, in the order given
        start, end   int32, code points in raw, titles before a surname included
        form         str, the name as it stands there, without a possessive: Mr. Marrow
        person       str, the fullest form of the person's name in the corpus; the form itself where it is left apart
        kind         str: person or organisation
        sure         bool, False where the form may be another's
    """
    raws = raws if isinstance(raws, pd.Series) else pd.Series(raws, dtype=object)
    names = mentions.names(raws, segments) if names is None else names
    small_letters = mentions.small_letters(raws) if small_letters is None else small_letters
    if (empty := raws.eq("").to_numpy()).any():  # those on which it fails have no names either
        names = names[~empty[spans.codes_of(names["article_id"])]]
    speakers, texts = Speakers(raws, quotes), Numbers()
    ones = speakers.ones()
    found = Mentions(names, [name for _, name in ones])
    speaking = speakers.speaking(found)
    words = {*found.words.known, *(found.full(name).first for name in occurring(found.name[speaking]).tolist())}
    words.update(*map(_low, speakers.names))
    lower = mentions.SmallLetters(small_letters, words | {word.removesuffix("s") for word in words})
    forms = Forms(found, lower, speaking, ones)
    rows = Names(forms, speakers.speaking(found), ones).rows(texts)
    rows = pd.concat([rows, _headlines(rows, speakers, texts)], ignore_index=True)
    rows = pd.concat([rows, _bodies(forms, rows, speakers, texts)], ignore_index=True)
    return _table(rows, texts, raws.index)


def _headlines(rows: pd.DataFrame, speakers: Speakers, texts: Numbers) -> pd.DataFrame:
    """Give the mentions of speakers in headlines, where the body has the same name for one person."""
    first = rows.groupby("article")["start"].min().reindex(speakers.article, fill_value=0).to_numpy()
    before = np.flatnonzero((speakers.end <= first) & ~among(speakers.places, keys(rows["article"], rows["start"])))
    wanted = {speakers.names[name] for name in speakers.name[before].tolist()}
    forms = [form for form in occurring(rows["form"]).tolist() if bare(texts.known[form]) in wanted]
    own = rows[rows["article"].isin(speakers.article[before]) & rows["form"].isin(forms)]
    known: dict[tuple[int, str], set[tuple[int, bool]]] = defaultdict(set)
    for article, form, *whose in own[["article", "form", "person", "sure"]].itertuples(index=False):
        known[article, bare(texts.known[form])].add(tuple(whose))
    found = []
    for row in before.tolist():
        article, name = int(speakers.article[row]), speakers.names[speakers.name[row]]
        if len(whose := known.get((article, name), ())) == 1:
            ((person, sure),) = whose
            place = speakers.start[row], speakers.end[row]
            found.append((article, *place, texts.add(name), person, PERSON, sure))
    return pd.DataFrame(found, columns=rows.columns).astype(rows.dtypes)


def _bodies(forms: Forms, rows: pd.DataFrame, speakers: Speakers, texts: Numbers) -> pd.DataFrame:
    """Give the mentions of bodies that speak under their names: the Port Authority."""
    found, names = forms.mentions, speakers.names
    read = np.sort(keys(rows["article"], rows["start"]))
    held = np.searchsorted(read, speakers.places) < np.searchsorted(read, keys(speakers.article, speakers.end))
    owned = np.array([bool(OWNED.search(name)) for name in names], bool)
    asked = np.flatnonzero(~held | owned[speakers.name])
    body = np.zeros(len(names), bool)
    for name in occurring(speakers.name[asked]).tolist():
        body[name] = _is_body(names[name], forms)
    asked = asked[body[speakers.name[asked]]]
    there = speakers.named_there(asked, found)
    spoken = asked[there]
    several = np.array([" " in name for name in names], bool)[speakers.name[asked]]
    number = np.full(len(found.names), -1, np.int32)
    for name in sorted({names[each] for each in speakers.name[asked[there | several & ~held[asked]]].tolist()}):
        if (known := found.names.get(" ".join(name.split()))) >= 0:
            number[known] = texts.add(name)
    taken = np.concatenate([keys(rows["article"], rows["end"]), keys(speakers.article, speakers.end)[spoken]])
    more = np.flatnonzero(number[found.name] >= 0)
    more = more[~among(keys(found.article, found.end)[more], taken)]
    said = np.array([texts.add(name) for name in names], np.int32)[speakers.name[spoken]]
    form = np.concatenate([said, number[found.name[more]]])
    columns = {
        "article": np.concatenate([speakers.article[spoken], found.article[more]]),
        "start": np.concatenate([speakers.start[spoken], found.at[more]]),
        "end": np.concatenate([speakers.end[spoken], found.end[more]]),
    }
    table = pd.DataFrame(columns | {"form": form, "person": _in_one_spelling(form, texts)})
    return table.assign(kind=ORGANISATION, sure=True).astype(rows.dtypes)


def _in_one_spelling(names: np.ndarray, texts: Numbers) -> np.ndarray:
    """Give the names of bodies, one that is written in several ways (Politifact, PolitiFact) by its usual one."""
    which, known = pd.factorize(names)
    usual: dict[str, tuple[int, int, int]] = {}
    for place, (name, times) in enumerate(zip(known.tolist(), np.bincount(which).tolist(), strict=True)):
        key, rank = folded(texts.known[name]), (times, -place, name)
        usual[key] = max(rank, usual.get(key, rank))
    return np.array([usual[folded(texts.known[name])][-1] for name in known.tolist()], np.int32)[which]


def _table(rows: pd.DataFrame, texts: Numbers, ids: pd.Index) -> pd.DataFrame:
    """Give the rows in order, each once, with the texts that their numbers mean."""
    rank = np.empty(len(texts), np.int32)
    rank[sorted(range(len(texts)), key=texts.known.__getitem__)] = np.arange(len(texts))
    form, person = rank[rows["form"]], rank[rows["person"]]
    place = keys(rows["article"], rows["start"])
    columns = [keys(person, 2 * rows["kind"] + rows["sure"]), keys(rows["end"], form), place]
    order = np.argsort(place, kind="stable")
    ahead = np.diff(place[order], prepend=-1) == 0
    tied = np.flatnonzero(ahead | np.append(ahead[1:], False))  # few: the others are in order by their place
    order[tied] = order[tied][np.lexsort([column[order[tied]] for column in columns])]
    fresh = np.any([np.diff(column[order], prepend=-1) != 0 for column in columns], axis=0)
    rows = rows.iloc[order[fresh]]
    known = pd.array(texts.known, dtype="str")
    return pd.DataFrame(
        {
            "article_id": pd.Categorical.from_codes(rows["article"], categories=pd.Index(ids, dtype="str")),
            "start": rows["start"].to_numpy(np.int32),
            "end": rows["end"].to_numpy(np.int32),
            "form": known.take(rows["form"]),
            "person": known.take(rows["person"]),
            "kind": pd.array(["organisation", "person"], dtype="str").take(rows["kind"]),
            "sure": rows["sure"].to_numpy(bool),
        }
    )


def _is_body(name: str, forms: Forms) -> bool:
    """Say whether a speaker's name that is no person's is a body's: no place, day or group, no word that is no name."""
    words = [word for word in name.split() if folded(word) not in OPENERS]
    if not words or not words[-1][0].isupper() and words[-1].lower() not in BODIES:
        return False
    low = _low(" ".join(words))
    if all(word in NOWHERE or len(word) < 2 for word in low):
        return False
    if low[0] in OPENS_PLACE and NO_NAMES.isdisjoint(low[1:]):
        return False
    if len(words) > 1 or words[0].isupper() and len(words[0]) > 1:
        return not any(word[0].islower() and word not in BODIES | {"of", "and", "the", "for"} for word in words)
    word = low[0]
    common = any(one in forms.lower or one in PEOPLES for one in (word, word.removesuffix("s")))
    return word in BODIES or word in NO_NAMES and word not in forms.lower or not common


def _low(name: str) -> list[str]:
    """Give the words of a name folded, without possessives."""
    return [folded(POSSESSIVE.sub("", word)) for word in name.split()]
