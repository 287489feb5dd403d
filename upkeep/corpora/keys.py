"""The keys of our own corpora: which rows an article's tags give, and what would be wrong with the tags.

A rule is a function from an article to complaints, empty where it is kept; a table, one from an article to rows.
"""

import csv
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from upkeep.corpora.tagged import Article, Tag

Row = dict[str, object]
KINDS = ("direct", "partial", "indirect")
MARKS = '“”„«»"'  # double marks; a single one may be an apostrophe, so it can open a quotation but proves none
PLACEHOLDER = re.compile(r"\{[A-Z]+[^{}]*\}")  # what a draft leaves to be filled in: {BYLINE}
MOST_FACTS = 3  # of one sentence
MOST_WORDS = 12  # of the mention of a speaker
FACT_COLUMNS = ["article_id", "start", "end", "fact", "name", "status", "whose"]
QUOTE_COLUMNS = [
    "article_id",
    "start",
    "end",
    "kind",
    "speaker",
    "speaker_start",
    "speaker_end",
    "cue",
    "cue_start",
    "cue_end",
    "named",
    "nested",
]


def attributes(article: Article) -> Iterator[Row]:
    """Give the one row of an article's own attributes; the article it is a copy of by that one's article_id."""
    row: Row = {"article_id": article.id, **article.attributes}
    row.pop("id", None)
    if row.get("copy_of"):
        row["copy_of"] = f"{row['copy_of']}.txt"
    yield row


def copies(article: Article) -> Iterator[Row]:
    """Give an article's story, its kind among the versions of it, and the version it was made from."""
    kind = article.attributes.get("copy_kind") or ("original" if article.attributes.get("story") else "only")
    story = article.attributes.get("story", article.id)
    original = article.attributes.get("copy_of", Path(article.id).stem)
    yield {"article_id": article.id, "story": story, "kind": kind, "original": f"{original}.txt"}


def same_event(article: Article) -> Iterator[Row]:
    """Give the group of articles on one event that an article was written into, if any; each but a copy by itself."""
    if group := article.attributes.get("same_event"):
        story = article.attributes.get("story", article.id)
        yield {"group": group, "event": article.attributes["event"], "article_id": article.id, "story": story}


def dealt(article: Article) -> Iterator[Row]:
    """Give the paper of an article that was written for no paper and dealt to one by lot."""
    if article.attributes.get("slot") == "pool":
        yield {"article_id": article.id, "paper": article.attributes["paper"]}


def sources(article: Article) -> Iterator[Row]:
    """Give a row a sentence, the headline first: n counts them from 0; facts are ids divided by blanks."""
    for n, tag in enumerate(article.named("s")):
        yield {**_passage(article, tag), "n": n, "facts": tag.attributes["f"]}


def told(article: Article, facts: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """Give a row a sentence and fact that it rests on, the headline first, with what facts.csv tells of the fact."""
    for tag in article.named("s"):
        for fact in tag.attributes["f"].split():
            about = {name: facts[fact].get(name, "") for name in ("name", "status", "whose")}
            yield {**_passage(article, tag), "fact": fact, **about}


def quotes(article: Article) -> Iterator[Row]:
    """Give a row a quotation, with the mention of its speaker and its cue where it has them."""
    mentions, cues = _by_number(article, "who"), _by_number(article, "cue")
    for tag in article.named("q"):
        number = tag.attributes["n"]
        row = _passage(article, tag) | {key: tag.attributes[key] for key in ("kind", "speaker")}
        for name, found in (("speaker", mentions.get(number)), ("cue", cues.get(number))):
            if found:
                row |= {f"{name}_start": found[0].start, f"{name}_end": found[0].end}
        if number in cues:
            row["cue"] = article.text(cues[number][0])
        yield row | {
            "named": tag.attributes.get("named", "yes") == "yes",
            "nested": tag.attributes.get("nested", "no") == "yes",
        }


def scare(article: Article) -> Iterator[Row]:
    """Give a row a stretch in quotation marks that nobody said."""
    yield from (_passage(article, tag) for tag in article.named("scare"))


def _passage(article: Article, tag: Tag) -> Row:
    return {"article_id": article.id, "start": tag.start, "end": tag.end}


def _by_number(article: Article, name: str) -> dict[str, list[Tag]]:
    """Give the mentions or cues that serve each quotation, by its number."""
    found: dict[str, list[Tag]] = {}
    for tag in article.named(name):
        for number in tag.attributes.get("n", "").split():
            found.setdefault(number, []).append(tag)
    return found


def well_tagged(article: Article, *, allowed: dict[str, set[str]]) -> Iterator[str]:
    """Only the tags and attributes there are, none empty or with white space at its edges; the text is finished, its
    own id is that of its file, and it can be encoded."""
    for tag in article.tags:
        text = article.text(tag)
        if tag.name not in allowed:
            yield f"<{tag.name}> around {text[:40]!r}: the tags are {', '.join(allowed)}"
        elif unknown := set(tag.attributes) - allowed[tag.name]:
            yield f"<{tag.name}> around {text[:40]!r} has the unknown attribute {', '.join(sorted(unknown))}"
        if not text or text != text.strip():
            yield f"<{tag.name}> around {text[:40]!r} is empty or has white space at its edges"
    if left := PLACEHOLDER.findall(article.raw):
        yield f"{', '.join(left)} is yet to be filled in"
    if (own := article.attributes.get("id")) is not None and f"{own}.txt" != article.id:
        yield f"it calls itself {own!r}"
    try:
        article.raw.encode(article.encoding)
    except (UnicodeEncodeError, LookupError) as error:
        yield f"its text cannot be written as {article.encoding}: {error}"


def well_sourced(article: Article, facts: Collection[str]) -> Iterator[str]:
    """Every sentence names one to three facts, each of them known."""
    for tag in article.named("s"):
        named = tag.attributes.get("f", "").split()
        if not 1 <= len(named) <= MOST_FACTS:
            yield f"the sentence {article.text(tag)[:40]!r} names {len(named)} facts, not one to {MOST_FACTS}"
        if unknown := [name for name in named if name not in facts]:
            yield f"the sentence {article.text(tag)[:40]!r} names {', '.join(unknown)}, which facts.csv does not have"


def well_attributed(article: Article) -> Iterator[str]:
    """Every quotation has its own number, a kind that fits its marks, and a speaker the article names.

    It has one mention of its speaker and one cue at most: both are missing where nobody introduces it.
    """
    found = article.named("q")
    numbers = Counter(tag.attributes.get("n", "") for tag in found)
    yield from (f"quotation n={n!r} is there {times} times" for n, times in numbers.items() if times > 1 or not n)
    for name in ("who", "cue"):
        served = _by_number(article, name)
        for n in sorted({*served} - {*numbers}):
            yield f"<{name} n={n!r}> serves a quotation that is not there"
        yield from (f"quotation {n} has {len(tags)} <{name}>, not one" for n, tags in served.items() if len(tags) > 1)
    for tag in found:
        yield from (f"quotation {tag.attributes.get('n')}: {said}" for said in _wrong_with(article, tag))
    for tag in article.named("who"):
        if len(article.text(tag).split()) > MOST_WORDS:
            yield f"the mention {article.text(tag)[:40]!r} has more than {MOST_WORDS} words"


def well_copied(article: Article, ids: set[str]) -> Iterator[str]:
    """An article that is a copy names the article it was copied from."""
    if (of := article.attributes.get("copy_of")) and f"{of}.txt" not in ids:
        yield f"it is a copy of {of!r}, which is no article here"


def _wrong_with(article: Article, tag: Tag) -> Iterator[str]:
    """Give what is wrong with one quotation."""
    text, kind, speaker = article.text(tag), tag.attributes.get("kind"), tag.attributes.get("speaker", "")
    own = "".join(text[at] for at in range(len(text)) if not _in_another(article, tag, tag.start + at))
    if kind not in KINDS:
        yield f"its kind is {kind!r}; the kinds are {', '.join(KINDS)}"
    if kind == "direct" and text[:1] not in MARKS + "'‘":
        yield f"a direct quotation begins with its mark; {text[:40]!r} does not"
    if kind == "partial" and not set(own) & set(MARKS + "‘'"):
        yield f"a partial quotation holds marks; {text[:40]!r} does not"
    if kind == "indirect" and set(own) & set(MARKS):
        yield f"an indirect quotation holds no marks of its own; {text[:40]!r} does"
    if not speaker or speaker.casefold() not in article.raw.casefold():
        yield f"its speaker is {speaker!r}, a name that this article does not give"
    if tag.attributes.get("n") in {*_by_number(article, "cue")} - {*_by_number(article, "who")}:
        yield f"{text[:40]!r} has a <cue> and no <who>"


def _in_another(article: Article, tag: Tag, at: int) -> bool:
    """Tell whether a place lies in a scare quote, or in a quotation within this one."""
    return any(
        other.start <= at < other.end
        for other in article.tags
        if other.name in ("q", "scare") and other is not tag and tag.start <= other.start and other.end <= tag.end
    )


def facts_of(folder: Path) -> dict[str, dict[str, str]]:
    """Give the facts in a corpus' facts.csv by their ids."""
    with (folder / "facts.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}
