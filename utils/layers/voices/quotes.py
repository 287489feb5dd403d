"""Whose words they are: the quotes layer, found by rules over marks, reporting words and names."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from utils.layers.voices.attribution import NEVER_SAID, Found, attributions
from utils.layers.voices.coreference import Names, bare
from utils.layers.voices.phrases import LONGEST, Words, phrase_right, topic
from utils.layers.voices.rules import LOOSE, named
from utils.layers.voices.sources import can_speak, speaks_surely
from utils.layers.voices.statements import DASHES, POSSESSIVES, SIGNS, Span, Statement, statements, stretches
from utils.layers.voices.transcripts import labelled, signed
from utils.layers.voices.verbs import JOINS, STOPS

READ = ("headline", "body")
LABELLED = named("X: C")
CLOSING = frozenset("”\"’'»")
ASKED = frozenset("ask asked asking asks demanded inquired wondered".split())
ANSWERS = frozenset("certainly indeed never no nope sure yeah yes".split())
COLUMNS = """article_id start end kind speaker speaker_start speaker_end cue cue_start cue_end named rule""".split()


class Row(NamedTuple):
    """One quotation as places in the raw text; without a kind, it introduces what the next paragraph says."""

    start: int
    end: int
    kind: str
    who: Span | None
    cue: Span | None
    rule: str


def quotes(raws: Mapping[str, str] | pd.Series, segments: pd.DataFrame, sentences: pd.DataFrame) -> pd.DataFrame:
    """Give every quotation of every text, with its speaker and the rule that found it.

    No model is asked: a reporting word and its frame (the room's `cues`) say where the content stands, marks say whose
    words it is in, and a speaker is the phrase that is the subject. Headlines and bodies are read.
    Scare quotes and titles are no speech. A content is the whole clause, its "that" with it, so that marks after
    "that" are partial.

    Parameters
        raws: raw texts by article_id.  segments, sentences: the corpus's tables.
    Returns one row a quotation, in the order of the texts; one over several paragraphs or interrupted has several,
    and marks inside a wider content have a row of their own where they have a cue of their own:
        article_id                    categorical, in the order given
        start, end                    int32, code points in raw, marks included
        kind                          str: direct (between marks), indirect (no marks), partial (both); loose (no marks,
                                      by a rule that finds deeds as often as words: planned to, supported), which
                                      no measure counts unless asked to
        speaker                       str, the fullest name in that article, else the phrase without its article;
                                      missing where nobody could be found
        speaker_start, speaker_end    float, the mention ("he" too) as whole numbers, at most 12 words; NaN if none
        cue, cue_start, cue_end       str and float, the reporting word; missing where marks stand alone
        named                         bool, whether the speaker has a name
        rule                          str, what stood there: "C, said X" is a content, a cue, a speaker; Q is between
                                      marks (the room's `rules` has them all)
    """
    raws = pd.Series(raws, dtype=object)
    paragraphs = _by_article(segments[segments["kind"].isin(READ)], ["start", "end", "kind"])
    parts = _by_article(sentences, ["start", "end"])
    rows = []
    for code, (name, raw) in enumerate(raws.items()):
        rows += [(code, *row) for row in _article(raw, paragraphs.get(name, []), parts.get(name, []))]
    return _frame(rows, raws.index)


def _by_article(table: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[tuple]]:
    """Give the rows of each article as tuples in the order of their places."""
    table = table.sort_values(["article_id", "start"], kind="stable")
    held: dict[str, list[tuple]] = {}
    for name, *row in zip(
        table["article_id"].astype(object), *(table[column].tolist() for column in columns), strict=True
    ):
        held.setdefault(name, []).append(tuple(row))
    return held


def _article(raw: str, paragraphs: list[tuple[int, int, str]], sentences: list[Span]) -> list[tuple]:
    """Give the rows of one article, speakers resolved."""
    rows: list[Row] = []
    lower: set[str] = set()
    body: list[list[Statement]] = []
    before, at = None, 0
    labels = labelled(raw, paragraphs)
    for start, end, kind in paragraphs:
        while at < len(sentences) and sentences[at][0] < start:
            at += 1
        own = at
        while at < len(sentences) and sentences[at][0] < end:
            at += 1
        marks = list(stretches(raw, start, end, headline=kind == "headline"))
        said = list(statements(raw, start, end, sentences[own:at], marks, kind == "headline"))
        lower.update(*(one.words for one in said))
        found = [_labelled(raw, *labels[start], end)] if start in labels else list(_paragraph(said, before))
        if rows and (who := signed(raw, start, end)):
            rows[-1] = _signed(raw, rows[-1], who)
        rows += [row for row in found if row.kind]
        body += [said] if kind == "body" else []
        before = (found[-1] if found else None) if kind == "body" else None
    if not rows:
        return []
    known = Names(raw, body, lower)
    return [_resolved(raw, row, known) for row in _signed_later(raw, rows)]


def _labelled(raw: str, label: Span, start: int, end: int) -> Row:
    """Give the words of a paragraph behind its label, as they stand in a transcript: nobody's are those of Q and A."""
    named_too = raw[slice(*label)] not in {"Q", "A"}
    return Row(start, start + len(raw[start:end].rstrip()), "direct", label if named_too else None, None, LABELLED)


def _signed(raw: str, row: Row, who: Span) -> Row:
    """Give a row with the speaker who signs it on the line after it, if it ends there and has no cue."""
    gap = raw[row.end : who[0]].split("\n")
    alone = row.kind == "direct" and row.cue is None and not gap[0].strip() and not "".join(gap[1:-1]).strip()
    return row._replace(who=who, rule=named("Q — X")) if alone else row


def _signed_later(raw: str, rows: Sequence[Row]) -> list[Row]:
    """Give the rows, where marks left open at the end of a paragraph have the speaker whom the next one names."""
    kept: list[Row] = []
    for row in reversed(rows):
        last = kept[-1] if kept else None
        if last and row.kind == last.kind == "direct" and row.who is None and raw[row.end - 1] not in CLOSING:
            gap = raw[row.end : last.start]
            row = row._replace(who=last.who) if "\n" in gap and not gap.strip() else row
        kept.append(row)
    return kept[::-1]


def _paragraph(said: Sequence[Statement], before: Row | None) -> Iterator[Row]:
    """Give the quotations of one paragraph; marks without a cue go on from the speaker before, of the last
    paragraph too."""
    for one in said:
        every = attributions(one)
        rows = [row for found in every if found.rule for row in _rows(one, found)]
        never = {found.content[0] for found in every if found.rule == NEVER_SAID}
        rows += _alone(one, rows, before, said[0].start[0], never)
        for row in sorted(rows, key=lambda row: (row.start, -row.end)):
            yield row
            before = row
        if one.words[-1] == ":" and (who := topic(one, len(one))):
            before = Row(one.start[-1], one.end[-1], "", _mention(one, who), None, "")
            yield before


def _rows(one: Statement, found: Found) -> Iterator[Row]:
    """Give the rows of an attribution: one, or one each where its content is several stretches between
    marks."""
    start, end = found.content
    marks = [one.quoted(place) for place in range(start, end)]
    who = _mention(one, found.who) if found.who else None
    if all(marks):
        for place in range(start, end):
            yield Row(*one.span((place, place + 1)), "direct", who, one.span(found.cue), found.rule)
    else:
        dash = one.low[0] in DASHES and start == 1 and found.rule.startswith("C, ") and not one.headline
        yield Row(
            *one.span(found.content),
            "direct"
            if dash and not any(marks)
            else "partial"
            if any(marks)
            else "loose"
            if found.rule in LOOSE
            else "indirect",
            who,
            one.span(found.cue),
            found.rule,
        )


def _mention(one: Statement, who: Words) -> Span:
    """Give the place of a mention: its first words where signs between them, which are no words, make it too long."""
    start, end = who
    while len(one.raw[one.start[start] : one.end[end - 1]].split()) > LONGEST:
        end -= 1
    return one.span((start, end))


def _alone(
    one: Statement, rows: Sequence[Row], before: Row | None, paragraph: int, never: Collection[int]
) -> list[Row]:
    """Give the stretches between marks that no cue accounts for, where they are speech: signed, introduced,
    or going on."""
    found: list[Row] = []
    for place in one.marks:
        start, end = one.span((place, place + 1))
        if place in never or one.names_work(place) or any(row.start <= start and end <= row.end for row in rows):
            continue
        last = max((row for row in (*rows, *found) if row.end <= start), key=lambda row: row.end, default=before)
        if signed := _signature(one, place):
            found.append(Row(start, end, "direct", _mention(one, signed), None, named("Q — X")))
        elif place and one.low[place - 1] == ":" and not one.titled(place):
            who = _quoted_in_front(one) or _owner(one, topic(one, place))
            found.append(Row(start, end, "direct", _mention(one, who) if who else None, None, named("X: Q")))
        elif _goes_on(one, place, last, paragraph):
            theirs = last and not _unheard(one, place, last, paragraph) and not _answers(one, place, last, paragraph)
            who = last.who if last and theirs else None
            found.append(Row(start, end, "direct", who, None, named("Q goes on")))
    return found


def _quoted_in_front(one: Statement) -> Words | None:
    """Give whose words a statement says it quotes: In the words of X: · To quote X:"""
    heads = (("in", "the", "words", "of"), ("to", "quote"))
    at = next((len(head) for head in heads if tuple(one.low[: len(head)]) == head), 0)
    return phrase_right(one, at) if at else None


def _owner(one: Statement, who: Words | None) -> Words | None:
    """Give whose a thing is, where a phrase says so (Marrow’s answer), else the phrase."""
    if who:
        places = (place for place in range(*who) if one.low[place].endswith(POSSESSIVES))
        return next(((who[0], place + 1) for place in places if place + 1 < who[1]), who)
    return None


def _unheard(one: Statement, place: int, last: Row, paragraph: int) -> bool:
    """Say whether somebody speaks here whom no rule hears, so that it is not who spoke before: “Go,” X lisped."""
    if not last.kind or last.end > one.start[0] or all(map(one.quoted, range(place, len(one)))):
        return False
    capital = one.words[place + 1][0].isupper() and not one.leads(place)
    return not capital or last.start < paragraph  # “Was it cold?” She left.


def _answers(one: Statement, place: int, last: Row, paragraph: int) -> bool:
    """Say whether a stretch between marks answers a question before it, and so is not the asker's: “Why?” X asked.
    “No reason.”"""
    if not last.cue or one.raw[slice(*last.cue)].lower() not in ASKED or one.asks(place):
        return False
    first = one.text(place).split(" ")[0].strip(".,!").lower()
    asked = one.raw[last.start : last.end].rstrip(SIGNS + " ,").endswith("?")
    return asked and (last.start < paragraph or first in ANSWERS)


def _goes_on(one: Statement, place: int, last: Row | None, paragraph: int) -> bool:
    """Say whether marks without a cue are speech: they open their statement or follow speech in it, as a
    sentence does.

    A stretch in title case, or of one or two words, must follow speech in the same paragraph.
    """
    follows = last if last and last.kind == "direct" and last.start >= paragraph else None
    if follows and follows.start >= one.start[0] and one.rounded(place):
        text = one.text(place).lstrip()
        name = text[:1].isupper() and (one.titled(place) or text.count(" ") < 2)
        return not name or one.quoted(place - 1) or one.low[place - 1] in STOPS | JOINS | {":", "?", "!"}
    first = all(one.quoted(earlier) for earlier in range(place))
    if not first or not (one.rounded(place) or len(one) == 1):
        return False
    if (one.leads(place) or one.asks(place)) and len(one) > place + 2 and not one.titled(place):
        return True  # “Go,” X lisped
    return follows is not None and len(one) == 1 or not one.titled(place) and one.text(place).count(" ") > 1


def _signature(one: Statement, place: int) -> Span | None:
    """Give the name that signs a stretch between marks, after a dash: “We waited.” — Ilse Marrow."""
    start = place + 2
    if start >= len(one) or one.low[place + 1] not in DASHES or one.text(place).count(" ") < 2:
        return None
    end = next((at for at in range(start, len(one)) if one.words[at] in ",("), len(one))
    names = one.words[start:end]
    return (start, end) if 0 < len(names) <= 6 and names[0][0].isupper() and names[-1][0].isupper() else None


def _resolved(raw: str, row: Row, known: Names) -> tuple:
    """Give a row of the table, the speaker's mention resolved to a name."""
    speaker, named, who, cue = None, False, (np.nan, np.nan), (np.nan, np.nan)
    if row.who:
        mention = bare(raw[row.who[0] : row.who[1]])
        who = row.who[0], row.who[0] + len(mention)
        label = row.rule == LABELLED and mention.isupper()
        theirs = row.kind == "direct" or row.start > who[0]  # in "Marrow waits, she said" much may be the paper's
        told = raw[row.start : row.end] if theirs else ""
        speaker, named = known.who(mention.title() if label else mention, who[0], told)
        if speaker and not named and not (speaks_surely(speaker) if row.kind == "direct" else can_speak(speaker)):
            speaker = None
    if row.cue:
        cue = row.cue
    word = raw[row.cue[0] : row.cue[1]] if row.cue else None
    return (row.start, row.end, row.kind, speaker, *who, word, *cue, named, row.rule)


def _frame(rows: list[tuple], ids: pd.Index) -> pd.DataFrame:
    """Give the rows as a table with its types."""
    table = pd.DataFrame(rows, columns=COLUMNS)
    codes = table["article_id"].astype(np.int32)
    table["article_id"] = pd.Categorical.from_codes(codes, categories=pd.Index(ids, dtype="str"))
    places = {column: "float64" for column in ("speaker_start", "speaker_end", "cue_start", "cue_end")}
    texts = dict.fromkeys(["kind", "speaker", "cue", "rule"], "str")
    return table.astype({"start": "int32", "end": "int32", "named": bool} | places | texts)
