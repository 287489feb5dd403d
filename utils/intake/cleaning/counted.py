"""Galleries, transcripts and menus: furniture that is known by its order, within a paragraph or from line to line."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from utils.intake.batch import Span
from utils.intake.cleaning.patterns import STATES

WORD = r"(?:hide caption|show caption|image|photo|picture|slide)"
COUNTED = re.compile(rf"\b(?P<word>{WORD}) (?P<i>\d{{1,3}}) ?(?:of|/) ?(?P<n>\d{{1,3}})\b", re.IGNORECASE)
SIGNS = ("aption ", "APTION ", "mage ", "MAGE ", "hoto ", "HOTO ", "icture ", "ICTURE ", "lide ", "LIDE ")
AT_HEAD = re.compile(  # of a line; with a stroke and no word it may be a date, unless it is the line
    rf"[(\[]?(?:{WORD} )?(?P<i>\d{{1,3}}) ?of ?(?P<n>\d{{1,3}})\b"
    rf"|[(\[]?{WORD} (?P<i_word>\d{{1,3}}) ?/ ?(?P<n_word>\d{{1,3}})\b"
    rf"|[(\[]?(?P<i_alone>\d{{1,3}}) ?/ ?(?P<n_alone>\d{{1,3}})[)\]]?$",
    re.IGNORECASE,
)
HEADS = tuple("([0123456789hHsSiIpP")
HEADING = re.compile(r"\b(?:Photos|PHOTOS|Gallery|GALLERY|Pictures|In pictures|IN PICTURES|Slideshow|SLIDESHOW): ?")
TITLE_AT_MOST = 80  # characters of a gallery's title
BETWEEN = 3  # lines from one number of a gallery to the next
LONGEST_CAPTION = 500
LONGEST_MARK = 24  # characters of a line with nothing but a number
SHORTEST_PROSE = 60
TRANSCRIPT = re.compile(
    r"(?:(?:read|show|hide|view|see|open|close)(?: the| full| video| audio){0,2}|(?:full )?(?:video|audio|clip)) "
    r"transcripts?:?",
    re.IGNORECASE,
)
SPOKEN = re.compile(r"(?:- |>> ?|[\[(][A-Z][A-Z ,'-]{3,40}[\])]|[A-Z][A-Z .'-]{2,30}: |\d{1,2}:\d\d\b)")
SPOKEN_SIGNS = ("ranscript", "RANSCRIPT", ">> ")  # of which one stands in every transcript that is told
CUES = re.compile(r">> |[\[(][A-Z][A-Z ,]{3,40}[\])]")
PROVINCES = (
    "Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|"
    "Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|"
    "Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|North Dakota|Ohio|Oklahoma|"
    "Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|Washington|"
    "West Virginia|Wisconsin|Wyoming"
)
MENUS = tuple((sorted(names.split("|")), re.compile(rf"\b(?:{names})\b")) for names in (STATES, PROVINCES))
FIRST = ("Albania", "Argentina", "Alabama")  # one of them stands in a menu of countries, or of states
ENTRIES, DENSE = 8, 0.8  # of a menu, at least; of the names from its first to its last
PROMOTED = 3  # entries that may stand above the alphabet
LONGEST_MENU = 20_000
OTHERS = re.compile(
    r"[\W_]+|\b(?:and|of|the|&|select|choose|a|all|your|country|region|state|location)\b", re.IGNORECASE
)


def gallery(text: str) -> Span | None:
    """Give the stretch of a paragraph that is a gallery: captions that are counted, two or more on end."""
    marks = list(COUNTED.finditer(text)) if any(map(text.__contains__, SIGNS)) else []
    run = marks[:1]
    for before, mark in pairwise(marks):
        if int(mark["i"]) == int(before["i"]) + 1 and mark["n"] == before["n"]:
            run.append(mark)
        elif len(run) > 1:
            break
        else:
            run = [mark]
    if len(run) < 2:
        return None
    first, last = run[0], run[-1]
    heading = HEADING.search(text, 0, first.start())
    start = heading.start() if heading else first.start()
    behind = text[last.end() :].lstrip()
    above = first.start() - start <= TITLE_AT_MOST if heading else not text[:start].strip()
    counts_above = above and "caption" not in last["word"].lower()
    return start, len(text) if counts_above or HEADING.match(behind) else last.end()


def counted_lines(texts: Sequence[str]) -> Iterator[int]:
    """Give the lines of galleries whose captions are counted at their heads, or by lines of their own: three on end.

    Where bare numbers stand in it, what is longer than all else is an article told in pictures, and stays.
    """
    heads = ((n, AT_HEAD.match(line)) for n, line in enumerate(texts) if line[:1] in HEADS)
    marks = [(n, *(int(number) for number in found.groups() if number)) for n, found in heads if found]
    run: list[int] = []
    for (n, i, of), (m, i_next, of_next) in pairwise([*marks, (len(texts), 0, 0)]):
        run.append(n)
        if i_next == i + 1 and of_next == of and m - n <= BETWEEN and max(map(len, texts[n:m])) <= LONGEST_CAPTION:
            continue
        if "caption" in texts[n][:20].lower():  # its own stands above it, up to the gallery's title
            above = range(run[0] - 1, max(run[0] - BETWEEN, 0), -1)
            yield from range(next((m for m in above if HEADING.match(texts[m])), run[0]), n + 1)
        elif len(run) > 2 and all(texts[m][0].isalpha() and len(texts[m]) > LONGEST_MARK for m in run):
            yield from range(run[0], n + 1)
        elif len(run) > 2 and 2 * sum(map(len, texts[run[0] : n + 1])) <= sum(map(len, texts)):
            yield from range(run[0], n + 1)
        run = []


def transcript(texts: Sequence[str], rules: Sequence[str | None]) -> Iterator[int]:
    """Give the lines of a video's transcript: its heading, or captions of a broadcast, and what is spoken below it.

    Below an article alone: one that is itself a transcript stays.
    """
    above = [n for n, line in enumerate(texts) if rules[n] is None and len(line) >= SHORTEST_PROSE]
    above = [n for n in above if not SPOKEN.match(texts[n])]
    for n in range(above[1] + 1, len(texts)) if len(above) > 1 else ():
        if TRANSCRIPT.fullmatch(texts[n][:60]):
            yield from (n, *takewhile(lambda m: SPOKEN.match(texts[m]), range(n + 1, len(texts))))
        elif TRANSCRIPT.match(texts[n]) and len(CUES.findall(texts[n])) > 1 or texts[n].count(">> ") > 1:
            yield n


def is_menu(line: str) -> bool:
    """Tell a menu of countries, or of states: nearly all there are between its first and its last, and nothing else."""
    if len(line) > LONGEST_MENU or not any(name in line for name in FIRST):
        return False
    return any(_dense(pattern.findall(line), names) and _names_only(line, pattern) for names, pattern in MENUS)


def _dense(found: Sequence[str], names: Sequence[str]) -> bool:
    """Tell whether names in the order of the alphabet, below a few promoted ones, are nearly all that there are."""
    places = [names.index(name) for name in found]
    rest = next((places[n:] for n in range(PROMOTED + 1) if places[n:] == sorted(set(places[n:]))), [])
    return len(rest) >= ENTRIES and len(rest) >= DENSE * (rest[-1] - rest[0] + 1)


def _names_only(line: str, pattern: re.Pattern[str]) -> bool:
    rest = OTHERS.sub(" ", pattern.sub(" ", line)).split()
    return all(word[0].isupper() for word in rest) and sum(map(len, rest)) <= len(line) / 2


def menu_lines(texts: Sequence[str]) -> Iterator[int]:
    """Give the lines of menus of countries: in one line, or an entry a line."""
    told = 0
    for n, line in enumerate(texts):
        if is_menu(line):
            yield n
        elif line in FIRST and n >= told:
            above = takewhile(lambda m: _is_entry(texts[m]), range(n - 1, max(told, n - PROMOTED - 1) - 1, -1))
            start = min(above, default=n)
            below = list(takewhile(lambda m: _is_entry(texts[m]), range(start, len(texts))))
            told = below[-1] + 1
            if is_menu(" | ".join(texts[m] for m in below)):
                yield from below


def _is_entry(line: str) -> bool:
    return len(line) <= 40 and line[:1].isupper() and not line.endswith((".", "?", "!", ":"))
