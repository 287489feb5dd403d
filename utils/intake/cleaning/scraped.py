"""The layout of a scraped news article: which lines are headline, byline, body, trailer, furniture.

Every rule has a name, which the segments carry and the cleaning receipt prints. Rules look at whole lines,
from the top until the body begins and from the bottom until it ends; any part of the layout may be missing.
A hard-wrapped paragraph counts as one line.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from utils.intake import dates
from utils.intake.batch import Segment, Span, cut_out, lines
from utils.intake.cleaning import calls, counted, furniture, heads, own_rules, patterns, wrapped
from utils.intake.cleaning.rules import Label, placed
from utils.intake.marks import folded

ENDS = (".", "”", '"', "?", "!")
CLOSED = (".", "!", "?", "”", '"', ")", "]", "|", "·", "©")
HEADLINE_AT_MOST = 200
HEAD_LINES = 8  # headline, section, byline and date stand among the first lines
BODY = ("body", "paragraph")
SHORTEST_PROSE, LONGEST_NAMES = 60, 150
BELOW_COMMENTS, AFTER_RIGHTS = BY_POSITION = placed("below the comments line"), placed("after the rights line")
WRAPPED_AT_MOST = 2 * max(wrapped.WIDTHS)  # characters; a longer line is a paragraph, so the text is not hard-wrapped
HEADINGS = ("Comments", "Comments:", "COMMENTS", "Comment")  # amid the prose these may be subheadings


def label(
    raw: str, *, title: str | None = None, outlet: str | None = None, furniture: Iterable[str] = ()
) -> tuple[list[Segment], dict[str, str]]:
    """Give an article's segments in order, and the metadata that its labelled lines hold.

    Segments do not overlap and, with white space, cover the text. The metadata has title, section, byline,
    published (the text of a date line, as it stands), outlet, agency and rights, each only where a line says so.

    Parameters
        title, outlet: what is known beside the text. With a title, a line is the headline only if it says nearly that.
        furniture: the reader's own rules, which stand before all others.
    """
    spans = list(lines(raw))
    long = any(end - start > WRAPPED_AT_MOST and " " in raw[start:end] for start, end in spans)
    wrapping = None if long else wrapped.paragraphs(raw)
    spans = wrapping or spans
    texts = [" ".join(raw[slice(*span)].split()) if wrapping else raw[slice(*span)] for span in spans]
    kinds = _tail(texts, outlet, own_rules.rules(tuple(furniture)))
    metadata: dict[str, str] = {}
    _head(texts, kinds, {"title": title, "outlet": outlet}, metadata)
    _bylines_inside(texts, kinds, outlet)
    segments = []
    body_seen, body = 0, [kind for kind in kinds if kind[0] == "body"]
    for span, text, (kind, rule) in zip(spans, texts, kinds, strict=True):
        if kind == "body":
            body_seen += 1
            edge = {"opening": body_seen <= 2, "closing": body_seen == len(body), "whole": 1 < body_seen}
            segments.extend(cut_out(raw, *span, _inside(raw, span, metadata, **edge)))
        else:
            segments.append((*span, kind, rule))
            _note(text, kind, metadata)
    return segments, metadata


def _tail(texts: Sequence[str], outlet: str | None, own: own_rules.Rules) -> list[Label]:
    """Label furniture, and trailers from the last line up until the article's prose begins.

    Further up a trailer is one only if it can be nothing else: a © line with its year. What readers wrote below
    "Comments", and short scraps below the last rights line, are furniture if the article stands above them.
    """
    kinds = [_by_rule(text, own) for text in texts]
    rules = [None if kind == BODY else kind[1] for kind in kinds]
    for number, label in furniture.beside(texts, rules, outlet):
        kinds[number] = label
    rights = [
        n for n, kind in enumerate(kinds) if kind == patterns.RIGHTS.label and patterns.SURE_RIGHTS.match(texts[n])
    ]
    closed = _closed(texts, kinds)
    if comments := next((n for n, kind in enumerate(kinds) if kind[1] == "comments" and n >= closed), 0):
        if any(closed <= n < comments for n in rights):
            kinds[comments + 1 :] = [BELOW_COMMENTS] * (len(kinds) - comments - 1)
    prose = max((n for n, kind in enumerate(kinds) if kind == BODY and len(texts[n]) >= SHORTEST_PROSE), default=-1)
    for number in range(rights[-1] + 1 if rights and rights[-1] > prose else len(kinds), len(kinds)):
        if kinds[number] == BODY and not texts[number].endswith(ENDS):
            kinds[number] = _trailer(texts[number]) or AFTER_RIGHTS
    last = next((n for n in reversed(range(len(kinds))) if kinds[n] == BODY and not _trailer(texts[n])), -1)
    for number, kind in enumerate(kinds):
        if number > last and kind == BODY:
            kinds[number] = _trailer(texts[number]) or BODY
        elif number < last and (
            kind[1] == "comments"
            and texts[number] in HEADINGS
            or kind == patterns.RIGHTS.label
            and number not in rights
        ):
            kinds[number] = BODY
    return kinds


def _closed(texts: Sequence[str], kinds: Sequence[Label]) -> int:
    """Give the number of the first line above which sentences stand, and from which on no paragraphs that together are
    as long; that of no line if there is none. What is so for one line is so for all below it."""
    own = [text if kind == BODY else "" for text, kind in zip(texts, kinds, strict=True)]
    above, stopped, below = 0, False, sum(len(text) for text in own if len(text) >= SHORTEST_PROSE)
    for number, text in enumerate(own):
        if stopped and above > below:
            return number
        above += len(text)
        stopped = stopped or text.endswith(ENDS)
        below -= len(text) if len(text) >= SHORTEST_PROSE else 0
    return len(texts)


def set_aside_much(raw: str, segments: Iterable[Segment]) -> str | None:
    """Give the rule by position that set aside more than a third of a text's characters, or None."""
    sizes = Counter[str]()
    for start, end, _, rule in segments:
        sizes[rule] += end - start
    return next((rule for _, rule in BY_POSITION if 3 * sizes[rule] > len(raw)), None)


def _by_rule(line: str, own: own_rules.Rules) -> Label:
    """Give the kind and rule of a line by what it says alone, wherever it stands."""
    if own and (rule := own.of(line)):
        return "furniture", rule
    if len(line) < 300 and patterns.RIGHTS.pattern.match(line):
        return patterns.RIGHTS.label
    return furniture.label_of(line) or BODY


def _trailer(line: str) -> Label | None:
    """Give the kind and rule of a line that is a trailer if it stands below the body."""
    if len(line) > patterns.LONGEST:
        return None
    return next((rule.label for rule in patterns.TRAILERS if rule.pattern.match(line)), None)


def _head(texts: Sequence[str], kinds: list[Label], known: dict[str, str | None], metadata: dict[str, str]) -> None:
    """Label headline, section, byline and date above the body; it has begun once two lines of prose were read."""
    for number, label in heads.above(texts, [n for n, kind in enumerate(kinds) if kind == BODY], known, metadata):
        kinds[number] = label
    body = [number for number, kind in enumerate(kinds) if kind == BODY]
    title = known["title"]
    printed = any(kinds[n] in heads.LABELS for n in range(min(body[0], HEAD_LINES) if body else 0))
    prose, top, under = 0, not metadata.get("title"), False
    for place, number in enumerate(body[:HEAD_LINES]):
        line = texts[number]
        if kinds[number] != BODY:  # the second line of two
            continue
        following = texts[body[place + 1]] if place + 1 < len(body) else ""
        date = prose == 0 or under or dates.is_labelled(line)
        below = body[place + 1] if place + 1 < len(body) else None
        if named := heads.name_below(texts, number, below, metadata):
            for both in named:
                kinds[both] = heads.BY_ALONE.label
            under = True
            continue
        if following and title and _in_two(line, following, title):
            kinds[number] = kinds[body[place + 1]] = placed("the title")
            metadata.setdefault("title", title)
            top = under = False
            continue
        if found := _above(line, following, known["outlet"], metadata, date=date, under=under):
            top = top and found[0] in ("dateline", "furniture")
        else:
            found = _headline(line, following, title, top=top, printed=printed)
            if not found and not prose and (title or not top):
                found = _several_names(line, following, metadata)
            top = False
        under = found is not None and found[0] in ("byline", "dateline")
        if found:
            kinds[number] = found
        elif (prose := prose + 1) == 2:
            break
    if body and BODY not in kinds and kinds[body[-1]][0] == "headline":
        kinds[body[-1]] = BODY


def _above(
    line: str, following: str, outlet: str | None, metadata: dict[str, str], *, date: bool, under: bool
) -> Label | None:
    """Give the kind and rule of a line that can stand only above a body; a date or name in it is noted.

    date: whether a date alone belongs to the head here; below a paragraph it may be a heading of the body.
    under: whether a byline or a date stands right above.
    """
    if patterns.SECTION.pattern.match(line):
        return patterns.SECTION.label
    if len(line) > dates.LONGEST:
        return None
    if byline := patterns.BYLINE.pattern.match(line):
        metadata.setdefault("byline", byline["byline"])
        return patterns.BYLINE.label
    if date and dates.is_line(line):
        _note_date(line, metadata)
        return placed("date line")
    if line[:3] in ("By ", "BY ") and _of_three(line, metadata):
        return placed("by a name, a paper and a date")
    for mark in patterns.BEFORE_DATE.finditer(line) if line[:3] in ("By ", "BY ") else ():
        byline, rest = patterns.BYLINE.pattern.match(line[: mark.start()]), line[mark.end() :]
        if byline and dates.is_line(rest):
            _note_date(rest, metadata)
            metadata.setdefault("byline", byline["byline"])
            return placed("by a name and a date")
    if date and not outlet and (under or dates.is_line(following)) and patterns.PAPER.fullmatch(line):
        metadata.setdefault("outlet", line)
        return placed("name of a paper beside the date")
    paper, between, day = next(
        (parts for parts in map(line.partition, (" | ", ", ", " - ", " – ")) if parts[1]), ("", "", "")
    )
    if date and between and patterns.PAPER.fullmatch(paper) and dates.is_line(day):
        metadata.setdefault("outlet", paper)
        _note_date(day, metadata)
        return placed("name of a paper and a date")
    if len(line) <= 40 and patterns.PERSON.match(line) and _is_outlet(following, outlet):
        metadata.setdefault("byline", line)
        return placed("name above the outlet")
    return placed("name of the outlet") if _is_outlet(line, outlet) else None


def _of_three(line: str, metadata: dict[str, str]) -> bool:
    """Tell whether a line is "By Ines Corvo - The Harbour Times - Monday, March 5, 2018"; what it says is noted."""
    parts = patterns.BETWEEN.split(" ".join(line.split()))
    if len(parts) != 3 or not dates.is_line(parts[2]) or not (byline := patterns.BYLINE.pattern.match(parts[0])):
        return False
    if not patterns.PAPER.fullmatch(parts[1]) and not parts[1].startswith("The "):
        return False
    metadata.setdefault("byline", byline["byline"])
    metadata.setdefault("outlet", parts[1])
    _note_date(parts[2], metadata)
    return True


def _several_names(line: str, following: str, metadata: dict[str, str]) -> Label | None:
    """Give the label of a line of nothing but the names of people, two or more, right above the prose; they are
    noted."""
    names = patterns.SEVERAL.pattern.match(line) if len(line) <= LONGEST_NAMES else None
    if not names or len(following) < SHORTEST_PROSE or any(place.search(line) for _, place in counted.MENUS):
        return None
    metadata.setdefault("byline", names["byline"])
    return patterns.SEVERAL.label


def _bylines_inside(texts: Sequence[str], kinds: list[Label], outlet: str | None) -> None:
    """Label the bylines of boxes within the body that name the outlet: "By Marta Quillen, BBC News"."""
    house = (outlet or "").split(" ")[0]
    for number, line in enumerate(texts):
        is_short = len(house) > 2 and kinds[number] == BODY and len(line) <= 60 and house in line
        if is_short and patterns.BYLINE.pattern.match(line):
            kinds[number] = placed("by a name of the outlet")


def _note_date(line: str, metadata: dict[str, str]) -> None:
    """Take the text of a date line; one that leaves no doubt stands before one that does."""
    if "published" not in metadata or dates.read(metadata["published"])[1] and not dates.read(line)[1]:
        metadata["published"] = line


def _is_outlet(line: str, outlet: str | None) -> bool:
    """Tell whether a line is the name of the article's outlet, or of an agency, and nothing else."""
    if outlet and folded(line) == folded(outlet):
        return True
    return len(line) < 40 and patterns.WIRE.fullmatch(line) is not None


def _headline(line: str, following: str, title: str | None, *, top: bool, printed: bool) -> Label | None:
    """Give the kind and rule of a headline: what says nearly the title, or, where none is known, a first line like
    one; below a menu or a running head a first line set as headlines are, too, as papers print another than they post.
    """
    if title and ((label := _titled(line, title)) or not top or not printed):
        return label
    if title:
        return placed("first line") if _in_title_case(line) and len(following) >= SHORTEST_PROSE else None
    if top and _like_headline(line, following):
        return placed("first line")
    return None


def _titled(line: str, title: str) -> Label | None:
    """Tell whether a line repeats the title, as it is or nearly, or is a caption that ends in it."""
    if len(line) > 3 * HEADLINE_AT_MOST:
        return None
    said, known = heads.folded(line), heads.folded(title)
    if not said or not known:
        return None
    longer = max(len(said), len(known))
    begun = said.startswith(known) or known.startswith(said)
    if said == known or begun and abs(len(said) - len(known)) <= min(40, 0.4 * longer):
        return placed("the title")
    if len(known) >= 20 and known in said and (_set_below(line, title) or patterns.CREDIT_BAR.search(line)):
        return placed("caption with the title")
    if abs(len(said) - len(known)) <= 0.3 * longer and SequenceMatcher(None, said, known, False).ratio() >= 0.85:
        return placed("nearly the title")
    return None


def _in_two(line: str, following: str, title: str) -> bool:
    """Tell whether two lines together are the title."""
    near = abs(len(line) + len(following) - len(title)) <= max(5, len(title) // 5)  # asked first: it costs nothing
    return near and heads.folded(line + following) == heads.folded(title)


def _set_below(line: str, title: str) -> bool:
    """Tell whether a line ends in the title as it is set above an article, something else being closed before it: a
    lede that ends in the same words goes on in small letters, or to a full point."""
    above, ends = line.rstrip().removesuffix(title.strip()).rstrip(), line.rstrip().endswith(title.strip())
    return ends and (" | " in above or above.endswith(CLOSED)) and not title.rstrip().endswith(ENDS)


def _in_title_case(line: str) -> bool:
    """Tell whether a line is set as headlines are: its long words begin with capitals, and no point ends it."""
    words = [word for word in line.split() if len(word) > 3]
    return (
        3 <= len(words)
        and len(line) <= HEADLINE_AT_MOST
        and not line.endswith(ENDS)
        and all(word[0].isupper() or not word[0].isalpha() for word in words)
    )


def _like_headline(line: str, following: str) -> bool:
    """Tell a headline from a first paragraph: short, no dateline, and no final point unless a section, byline or date
    stands beneath."""
    if len(line) > HEADLINE_AT_MOST or any(rule.pattern.match(line) for rule in patterns.DATELINES):
        return False
    sure = patterns.SECTION.pattern.match(following) or patterns.BYLINE.pattern.match(following[:200])
    return bool(sure or dates.is_line(following)) or not line.endswith((".", ".”", '."', ",”", ":"))


def _inside(
    raw: str, span: Span, metadata: dict[str, str], *, opening: bool, closing: bool, whole: bool
) -> Iterator[tuple[Span, str, str]]:
    """Give what is cut out of a paragraph of the body: a dateline that opens it, and furniture; an agency is noted."""
    at = span[0]
    if opening:
        end = min(span[1], at + patterns.DATELINE_WITHIN)
        found = ((rule, rule.pattern.match(raw, at, end)) for rule in patterns.DATELINES)
        rule, match = next(((rule, match) for rule, match in found if match), (None, None))
        if rule and match:
            agency = next((name for name in match.groupdict().values() if name), None)
            if agency:
                metadata.setdefault("agency", agency)
            at = match.end()
            yield match.span(), *rule.label
    ending = list(calls.cuts(raw, (at, span[1]), whole=whole)) if closing else []
    end = ending[0][0][0] if ending else span[1]
    yield from furniture.cuts(raw, (at, end))
    last = patterns.NAMED_LAST
    if closing and (names := last.pattern.search(raw, max(at, end - patterns.LONGEST), end)):
        yield names.span(), *last.label
    yield from ending


def _note(line: str, kind: str, metadata: dict[str, str]) -> None:
    """Take the metadata that one labelled line holds; what an earlier line said stands."""
    if kind == "headline":
        metadata.setdefault("title", line)
    elif kind == "section" and (found := patterns.SECTION.pattern.match(line)):
        metadata.setdefault("section", found["section"].strip())
    elif kind == "trailer":
        if agency := patterns.AGENCY.search(line):
            metadata.setdefault("agency", agency["agency"].strip())
        if (rights := patterns.RIGHTS.pattern.match(line)) and patterns.SURE_RIGHTS.match(line):
            metadata.setdefault("rights", line)
            if owner := patterns.OWNER_ENDS.split(rights["outlet"], maxsplit=1)[0].strip(" ,"):
                metadata.setdefault("outlet", owner)
