"""Stretches between quotation marks, and statements: sentences in which such a stretch counts as one word."""

import re
from collections.abc import Iterable, Iterator, Sequence

Span = tuple[int, int]
Token = tuple[str, int, int]  # a word with its place in the raw text
DASHES = frozenset(("–", "—", "―", "--", "-"))

FIRST, REST = "\ue001", "\ue000"  # these overwrite a stretch between marks, so that it is read as one word
OPENING = re.compile(r"""''|``|‘‘|’’|"|“|”|„|«|‘|'(?<!\w')""")  # each begins with its sign: only then it is soon found
CLOSING = {"''": "''|\"", "``": "''|\"|``", "‘‘": "’’", "’’": "’’", "„": "[“”]", "«": "»"}
CLOSING |= dict.fromkeys('"“”', r"[\"”]|(?<=[^\s(])“(?!\w)")
SIGNS = "\"“”„«»'‘’`"
CLOSERS = {mark: re.compile(closing) for mark, closing in CLOSING.items()}
SPACED = {mark: re.compile(rf"(?<=\s)(?:{CLOSING[mark]})") for mark in ('"', "“", "«", "``", "‘‘")}  # with blanks
SINGLE = {  # what closes a single mark, which looks like an apostrophe: the likeliest first
    opening: [
        re.compile(ending.format(closing))
        for ending in (r"(?<=[,.?!]){0}|{0}(?=[,.](?:\s|$))", r"(?<=[^\ss]){0}", r"(?<=[^\s]){0}")
    ]
    for opening, closing in (("‘", r"[’‘](?!\w)"), ("'", r"'(?!\w|'(?!\w))"))
}
NEXT = {mark: re.compile(rf"(?<!\w){mark}(?=\w)") for mark in SINGLE}
LEFT_OUT = re.compile(r"\s(?:…|\.\.\.|\. \. \.)")  # “ … we waited”
CURLY = re.compile("[“”]")
UNCLOSED = re.compile(  # the end of a paragraph whose marks were left open: …, Ilse Marrow said.
    r",(?= (?:(?:(?:[A-Z][\w.’'-]{0,30}+ ){1,4}|he |she |they )(?:said|says|added|told(?: \w{1,20}+){1,3})"
    r"|(?:said|says|added) (?:[A-Z][\w.’'-]{0,30}+(?: [A-Z][\w.’'-]{0,30}+){0,3}|he|she|they))"
    r"(?: on \w{3,9}+)?\.?\s{0,3}\Z)"
)
NICKNAME = re.compile(r"[\"“‘'][^\W\d_a-z]\w*[\"”’'](?= [^\W\d_a-z])")  # Ilse “Gull” Marrow: a name, no quotation
LONGEST = 300  # words of a statement: what is longer is a list, not a sentence, and would only cost time
NEVER_FIRST = frozenset(",;:)]")  # where a statement does not begin: what stands before is an abbreviation
POSSESSIVES = ("'s", "’s", "s'", "s’")
AT_WORK = frozenset("at for from in of on to with the wrote".split())
NAMED = frozenset(  # what comes before a name between marks
    """
    alias album band blog book column documentary entitled film group headlined magazine moniker movie musical
    name named newspaper nickname nicknamed novel painting paper play podcast poem program programme pseudonym
    series ship show site song story titled website yacht""".split()
)
ASKING = tuple("?!,—")
RESTS = tuple(",.?!…—")
WORD = re.compile(
    rf"{FIRST}{REST}*|[^\W_]+(?:[-.'’&/@][^\W_]+|(?<=\d),\d{{3}}(?!\d))*|[,;:()\[\]?!…—–―]|--+|(?<=\s)-(?=\s)"
)


def stretches(raw: str, start: int, end: int, *, headline: bool = False) -> Iterator[tuple[int, int, bool]]:
    """Give the stretches between quotation marks in one paragraph, marks included, and whether each is
    closed.

    Curly, straight, doubled single and single marks are read, a mark inside another stretch is not. One
    without
    its closing mark runs to the end of the paragraph.
    """
    at, nearest = start, _Nearest(raw, end)
    while match := OPENING.search(raw, at, end):
        left, right = match.span()
        at = right
        if right >= end or (left > start and raw[left - 1].isalnum()):
            continue
        if raw[right].isspace() and not LEFT_OUT.match(raw, right, end):
            if last := _spaced_end(raw, left, right, start, end):
                yield left, last, True
                at = last
            continue
        if not headline and (last := _nickname(raw, left, start, end)):
            at = last
            continue
        mark = match.group()
        if mark in SINGLE:
            if (last := _single_end(nearest, right, mark)) is None:
                continue
            yield left, last, True
            at = last
        elif last := _balanced(raw, mark, right, end) or _closing(raw, mark, right, end):
            yield left, last, True
            at = last
        elif tail := UNCLOSED.search(raw, max(right, end - 160), end):
            yield left, tail.start() + 1, False  # “We waited, Ilse Marrow said.
            at = tail.start() + 1
        else:
            yield left, end, False
            return


def _closing(raw: str, mark: str, right: int, end: int) -> int | None:
    """Give the end of the next mark that can close this one."""
    found = CLOSERS[mark].search(raw, right, end)
    return found.end() if found else None


def _balanced(raw: str, mark: str, right: int, end: int) -> int | None:
    """Give the end of a stretch that holds another in the same marks (“Not “hell”, here”), None where it does not."""
    first = raw.find("”", right, end) if mark == "“" else -1
    if first < 0 or raw.find("“", right, first) < 0:
        return None
    depth = 1
    for match in CURLY.finditer(raw, right, end):
        opens = match.group() == "“" and not raw[match.start() - 1].isalnum()
        depth += 1 if opens else -1
        if depth == 0:
            return match.end()
    return None


def _spaced_end(raw: str, left: int, right: int, start: int, end: int) -> int | None:
    """Give the end of a stretch set with blanks (« We wait », “ We wait , ”), None where the mark opens none."""
    closer = SPACED.get(raw[left:right])
    alone = left == start or raw[left - 1].isspace()
    found = closer.search(raw, right, end) if closer and alone else None
    return found.end() if found else None


def _nickname(raw: str, left: int, start: int, end: int) -> int | None:
    """Give the end of a nickname that begins with this mark, None where none does: it stands inside a name."""
    found = NICKNAME.match(raw, left, end)
    ahead = raw[max(start, left - 40) : left].split()[-1:] if found else []
    return found.end() if found and ahead and ahead[0][0].isupper() else None


class _Nearest:
    """The nearest find of a pattern from a place on, in one paragraph; places are asked for in their order, and no
    stretch is searched twice."""

    def __init__(self, raw: str, end: int):
        self.raw, self.end = raw, end
        self.found: dict[re.Pattern, Span] = {}

    def __call__(self, pattern: re.Pattern, at: int) -> Span:
        found = self.found.get(pattern, (-1, -1))
        if found[0] < at:
            match = pattern.search(self.raw, at, self.end)
            found = self.found[pattern] = match.span() if match else (self.end + 1, self.end + 1)
        return found


def _single_end(nearest: _Nearest, start: int, mark: str) -> int | None:
    """Give the end of a stretch in single marks, which look like apostrophes.

    One after , . ? or ! is believed first, then one that does not follow an s (the workers’ pay).
    """
    following, _ = nearest(NEXT[mark], start)
    ends = (nearest(closing, start)[1] for closing in SINGLE[mark])
    return next((last for last in ends if last <= min(following, nearest.end)), None)


def masked(raw: str, start: int, end: int, found: Iterable[tuple[int, int, bool]]) -> str:
    """Give the paragraph with every stretch overwritten, each place kept, so that offsets stay the same."""
    parts, at = [], start
    for left, right, _ in found:
        parts += [raw[at:left], FIRST, REST * (right - left - 1)]
        at = right
    return "".join([*parts, raw[at:end]])


class Statement:
    """A sentence as words (a stretch between marks is one of them), with their places in the raw text."""

    __slots__ = ("raw", "words", "low", "start", "end", "marks", "headline")

    def __init__(self, raw: str, tokens: Sequence[Token], headline: bool = False):
        self.raw = raw
        self.words = [word for word, _, _ in tokens]
        self.low = [word.lower() for word in self.words]
        self.start = [start for _, start, _ in tokens]
        self.end = [end for _, _, end in tokens]
        self.marks = [place for place, word in enumerate(self.words) if word[0] == FIRST]
        self.headline = headline

    def __len__(self) -> int:
        return len(self.words)

    def quoted(self, place: int) -> bool:
        """Say whether the word at this place is a stretch between marks."""
        return place in self.marks

    def span(self, words: tuple[int, int]) -> Span:
        """Give the places in the raw text of a stretch of words."""
        return self.start[words[0]], self.end[words[1] - 1]

    def text(self, place: int) -> str:
        """Give the raw text of one word, without its quotation marks."""
        return self.raw[self.start[place] : self.end[place]].strip(SIGNS)

    def titled(self, place: int) -> bool:
        """Say whether a stretch between marks has every longer word capitalised, as a title or a heading
        has."""
        if self.headline:
            return False  # all of it is in title case
        long = [word for word in self.text(place).split() if len(word) > 3]
        return len(long) > 1 and not any(word[0].islower() for word in long)

    def names_work(self, place: int) -> bool:
        """Say whether a stretch between marks is named and not said: the Herald’s “Tide”, in “The Long Tide”, the
        band “Low Tide”."""
        before = self.low[place - 1] if 0 < place <= len(self) else ""
        if before in NAMED and self.text(place).lstrip()[:1].isupper():
            return True
        return before.endswith(POSSESSIVES) or before in AT_WORK and self.titled(place)

    def leads(self, place: int) -> bool:
        """Say whether a stretch between marks has a comma inside or right behind: “Go,” …"""
        behind = self.raw[self.end[place] : self.end[place] + 2].lstrip()
        return self.quoted(place) and (behind.startswith(",") or self.text(place).rstrip().endswith(","))

    def asks(self, place: int) -> bool:
        """Say whether a stretch between marks ends in a question or a cry."""
        return self.quoted(place) and self.text(place).rstrip().endswith(("?", "!"))

    def rounded(self, place: int) -> bool:
        """Say whether a stretch between marks ends in a comma or a full stop inside, or has a comma right behind."""
        return self.quoted(place) and (self.text(place).rstrip()[-1:] in RESTS or self.leads(place))


def statements(
    raw: str,
    start: int,
    end: int,
    sentences: Sequence[Span],
    found: Sequence[tuple[int, int, bool]],
    headline: bool,
) -> Iterator[Statement]:
    """Give the statements of one paragraph: its sentences, joined where a boundary falls between marks, or
    where what follows the marks goes on in lower case (“Why?” she asked). A comma behind marks (“We wait”, she
    said) is no word, so that such papers are read like those that set it inside."""
    text = masked(raw, start, end, found)
    tokens = [(match.group(), start + match.start(), start + match.end()) for match in WORD.finditer(text)]
    bounds, at = [*(first for first, _ in sentences), end + 1], 0
    held: list[Token] = []
    for token in tokens:
        if held:
            if token[0] == "," and _behind_marks(held, token):
                continue
            while bounds[at] < held[-1][2] - (held[-1][0][0] == FIRST):
                at += 1
            ends = bounds[at] <= token[1]
            apart = ends or token[1] - held[-1][2] > 1
            if len(held) >= LONGEST or apart and _parted(raw, held[-1], token, ends=ends):
                yield Statement(raw, held, headline)
                held = []
        held.append(token)
    if held:
        yield Statement(raw, held, headline)


def _behind_marks(held: Sequence[Token], comma: Token) -> bool:
    """Say whether a comma stands right behind marks that none stands before: under the plate, “17”, he stood."""
    behind = held[-1][0][0] == FIRST and comma[1] - held[-1][2] < 2
    return behind and (len(held) < 2 or held[-2][0] != ",")


def _parted(raw: str, one: Token, other: Token, *, ends: bool) -> bool:
    """Say whether a statement ends between two words, given whether a sentence does; else more than a blank does."""
    if other[0] in NEVER_FIRST or "," in raw[one[2] : other[1]]:
        return False
    if one[0].islower() and "." in raw[one[2] : other[1]]:
        abbreviated = "." in one[0] or len(one[0]) < 4
        if other[0][0] == FIRST or other[0][0].isupper() and not abbreviated:
            return True
    if not ends or one[0][0] != FIRST or other[0][0] == FIRST:
        return ends
    return not (other[0] in DASHES or other[0][0].islower() or raw[one[1] : one[2]].rstrip(SIGNS + " ")[-1:] in ASKING)
