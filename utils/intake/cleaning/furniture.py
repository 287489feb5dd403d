"""Furniture of scraped news pages: lines that a page shows around an article and that are no part of it.

A rule sets aside whole lines, and only what it is sure of: a line left in the body costs a few words, a sentence
taken out of it falsifies the article. A line that is long, quotes, tells what somebody said or goes on after a full
point is prose, however it begins. What a line says alone is read off the tables of `lines` and `within`.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, takewhile

from utils.intake.batch import Span
from utils.intake.cleaning import counted, letters, lines, within
from utils.intake.cleaning.rules import Label, placed

LONGEST = 160  # characters; a caption that ends in its credit may be longer
LONGEST_CAPTION = 500
LONGEST_PARAGRAPH = 20_000  # in which furniture is looked for
PROSE = re.compile(
    r"[“”\"]|\b(?i:said|told|added|asked|wrote)\b|\bsays?[.,]|"
    r"[a-z\d’)]{2}(?<!\b[A-Z][a-z]{2})[.!]['’)\]]*\s+\S|(?<![#\w])\w*[a-z]{3}[A-Z][a-z]+ [a-z]"
)  # what no furniture holds: a quotation, a reporting verb, a second sentence, a word glued to the next sentence

COMPLETE = frozenset(  # no open end
    ("newsletter terms", "developing story", "separator", "shortcode", "comments", "address of the page", "page number")
)
CAPTION_BEGINS = re.compile(r"FILE\b|In this (?:[\w.,-]+ ){0,6}(?:photo|image|picture|frame)\b")
NETWORKS = set("facebook twitter x linkedin whatsapp reddit pinterest telegram tumblr messenger bluesky".split())
SHARES = set("share tweet email e-mail print pin copy sms".split())
BESIDE_SHARES = set("link post save comment this article story page on via by with to a friend more".split())
SHARING = NETWORKS | SHARES | BESIDE_SHARES
BRACKETS_END = (")", "]")
HIGHLIGHTS = re.compile(r"(?:Story h|H)ighlights:?|Key (?:points|takeaways):?|Story highlights .{10,200}(?<![.!?])")
CAPITALS = re.compile(r"[A-Z][^a-z]{30,160}(?:[^a-z.!]|\b[A-Z]\.[A-Z]\.)")
WROTE = re.compile(
    r"\b(?i:said|says|wrote|writes|tweeted|tweets|posted|replied|responded|added|followed)\b[^.!?:\n]{0,60}: ?\S"
)
PROSE_ENDS = (".", "!", "?", ":", ",", ".”", '."', "”", '"')


def label_of(line: str) -> Label | None:
    """Give the label of the rule by which a line is furniture, wherever it stands; or None."""
    if len(line) > LONGEST_CAPTION:
        return None
    small = line.casefold()
    if any(map(small.__contains__, within.MACHINE_SIGNS)):
        if own := next((rule for rule in within.MACHINE if rule.pattern.match(line)), None):
            return own.label
    if "(@" in line and within.POST.pattern.search(line, max(0, len(line) - 200)) and not WROTE.search(line):
        return within.POST.label
    if len(line) <= LONGEST:
        rules = chain(lines.LINES, letters.LINES if any(map(small.__contains__, letters.SIGNS)) else ())
        whole = next((rule for rule in rules if rule.pattern.fullmatch(line)), None)
        if whole and (whole.name in COMPLETE or not PROSE.search(line)):
            return whole.label
        if len(line) < 90 and _sharing(line) == "surely":
            return placed("share buttons")
    if not small.endswith(within.CAPTION_LAST) and not any(map(small.__contains__, within.CAPTION_SIGNS)):
        return None
    return next((rule.label for rule in within.CAPTION_ENDS if _ends(line, rule.pattern)), None)


def _ends(line: str, pattern: re.Pattern) -> bool:
    """Tell whether a line ends in a credit and is no prose before it, or says that it is a caption."""
    credit = pattern.search(line, max(0, len(line) - 200))
    return credit is not None and bool(CAPTION_BEGINS.match(line) or not PROSE.search(line[: credit.start()].rstrip()))


def _sharing(line: str) -> str | None:
    """Tell a line of nothing but share buttons; the bare names of networks alone may be a subheading."""
    words = set(re.split(r"[^a-z-]+", line.lower())) - {""}
    if not words or not words <= SHARING:
        return None
    return "surely" if words & SHARES else "perhaps" if words <= NETWORKS else None


def beside(texts: Sequence[str], rules: Sequence[str | None], outlet: str | None) -> Iterator[tuple[int, Label]]:
    """Give the lines that are furniture for what stands beside them: number and label.

    texts: all lines.  rules: what each is by itself, None for what seems to be the article.
    """
    yield from _networks(texts, rules)
    yield from _lists(texts, rules)
    yield from _more_links(texts, rules)
    yield from _captions(texts, rules)
    yield from _gallery(texts)
    whole = "\n".join(texts)  # asked first, as few articles have any sign of these
    yield from ((n, placed("picture gallery")) for n in _counted(texts, whole))
    if any(map(whole.__contains__, counted.SPOKEN_SIGNS)):
        yield from ((n, placed("video transcript")) for n in counted.transcript(texts, rules))
    if any(map(whole.__contains__, counted.FIRST)):
        yield from ((n, placed("menu")) for n in counted.menu_lines(texts))
    if "fox" in (outlet or "").casefold():
        yield from _links_in_capitals(texts, rules)


def _networks(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, Label]]:
    """Give the bare names of networks next to a share button."""
    found = {n for n, rule in enumerate(rules) if rule == "share buttons"}
    perhaps = [n for n, line in enumerate(texts) if rules[n] is None and len(line) < 90 and _sharing(line) == "perhaps"]
    for step in (perhaps, reversed(perhaps)):
        for n in step:
            if n not in found and {n - 1, n + 1} & found:
                found.add(n)
                yield n, placed("share buttons")


def _lists(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, Label]]:
    """Give the links, each as long as a headline, below the heading of a list; and highlights above the article."""
    for n, line in enumerate(texts):
        highlights = n < 4 and rules[n] is None and len(line) < 220 and HIGHLIGHTS.fullmatch(line)
        if rules[n] != "related" and not highlights:
            continue
        below = _links_below(texts, rules, n)
        label = placed("highlights" if highlights else "related")
        yield from ((number, label) for number in ([n, *below] if highlights and below else below))


def _more_links(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, Label]]:
    """Give the links right under a promoted one: two or more, since one alone may be a heading."""
    for n in (n for n, rule in enumerate(rules) if rule == "promotion"):
        if len(below := _links_below(texts, rules, n)) > 1:
            yield from ((number, placed("promotion")) for number in below)


def _captions(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, Label]]:
    """Give the agency captions whose credit stands alone right below them: one sentence with its day or a side of the
    picture in it."""
    for n, line in enumerate(texts[:-1]):
        if rules[n] is None and rules[n + 1] == "photo caption" and within.CREDIT_ALONE.fullmatch(texts[n + 1]):
            if len(line) <= LONGEST_CAPTION and within.CAPTION.search(line) and not PROSE.search(line):
                yield n, placed("caption above its credit")


def _links_below(texts: Sequence[str], rules: Sequence[str | None], n: int) -> list[int]:
    """Give the lines right below one that are as long as a headline and do not end as prose does: up to eight."""
    return list(takewhile(lambda m: rules[m] is None and _like_link(texts[m]), range(n + 1, min(n + 9, len(texts)))))


def _like_link(line: str) -> bool:
    return 30 <= len(line) <= 160 and not line.endswith(PROSE_ENDS)


def _gallery(texts: Sequence[str]) -> Iterator[tuple[int, Label]]:
    """Give the captions of a picture gallery: three or more lines on end, each standing there twice."""
    run: list[int] = []
    n = 0
    while n <= len(texts):
        if n + 1 < len(texts) and texts[n] == texts[n + 1]:
            run += [n, n + 1]
            n += 2
            continue
        if 6 <= len(run) < 0.8 * len(texts):
            yield from ((number, placed("picture gallery")) for number in run)
        run = []
        n += 1


def _counted(texts: Sequence[str], whole: str) -> Iterator[int]:
    """Give the lines that are captions of a counted gallery, and its title above them."""
    found = {*counted.counted_lines(texts)}
    if any(map(whole.__contains__, counted.SIGNS)):
        found |= {n for n, line in enumerate(texts) if counted.gallery(line) == (0, len(line))}
    captions = "aption" in whole or "APTION" in whole
    machine = {n for n, line in enumerate(texts) if captions and within.GALLERY.pattern.match(line)}
    for n in sorted(found | machine):
        if n - 1 not in found | machine and n and counted.HEADING.match(texts[n - 1]) and len(texts[n - 1]) <= LONGEST:
            yield n - 1
        if n in found:
            yield n


def _links_in_capitals(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[tuple[int, Label]]:
    """Give the lines of seven words and more in capitals between lines of prose: with Fox News these are links to
    other articles; elsewhere they may be headings."""
    prose = [n for n, rule in enumerate(rules) if rule is None and not texts[n].isupper()]
    for n in range(prose[1] + 1, prose[-1]) if len(prose) > 3 else ():
        if rules[n] is None and texts[n].isupper() and CAPITALS.fullmatch(texts[n]) and len(texts[n].split()) >= 7:
            yield n, placed("link in capitals")


def cuts(raw: str, span: Span) -> list[tuple[Span, str, str]]:
    """Give the furniture inside a paragraph of the body: credits, links to apps and other articles, in order."""
    start, end = span
    piece = raw[start:end] if end - start < LONGEST_PARAGRAPH else ""
    spans = []
    if gallery := counted.gallery(raw[start:end]):
        spans.append((gallery, placed("picture gallery")))
    found = [
        (match, rule) for sign, rule in within.AMID.items() if sign in piece for match in rule.pattern.finditer(piece)
    ]
    if piece.endswith(BRACKETS_END) and (credit := within.CREDIT_LAST.pattern.search(piece, max(0, len(piece) - 200))):
        found.append((credit, within.CREDIT_LAST))
    at, kept = 0, []
    spans += [(match.span(match.lastgroup or 0), rule.label) for match, rule in found]
    for (left, right), label in sorted(spans):
        if left >= at:
            kept.append(((start + left, start + right), *label))
            at = right
    return kept
