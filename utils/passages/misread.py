"""What a query must not hold: what other programs read as a command, and we would read as nothing or as its opposite.

Each row has the form that it takes, what is said of it, queries that it takes and others like them that it leaves.
Between slashes, and in addresses, these signs are what they are.
"""

import json
import re
from collections.abc import Callable
from typing import NamedTuple

from utils.arguments import Refusal
from utils.layers import held, tags
from utils.passages.annotated import SHORT

QUOTES = '"“”„‟«»‹›″「」『』'
LONG = 200  # characters of a query, beyond which the right form is that of another
OVER_ARTICLES = "AND, OR and NOT are asked over articles, and give no passages: terms.articles(news, {form}){phrase}"
NAMED = {**SHORT, **{tag: tag for tag in tags.UNIVERSAL}, "ADJECTIVE": "ADJ", "ADVERB": "ADV", "PRONOUN": "PRON"}


WORD, APART, MARK = (
    re.compile(r"[^\W_]+"),
    re.compile(r"[,;،、，；]|\n|\s/\s"),
    re.compile(f"[{QUOTES}‘]|(?<!\\w)'|'(?!\\w)"),
)
LEMMA = re.compile(r"(?:(?<![^\s|])|^)\{[^\s{}|]+\}(?:_[A-Z]+)?(?![^\s|])")  # no form of another program: {strike}_V
EITHER = re.compile(r" OR |\|\|")
SMALL_TAG = re.compile(rf"(?<![^\s|])([^\s|@#/_]+)_((?i:{'|'.join(NAMED)}))(?![^\s|])")
CUT, SPACED, BAR = re.compile(r"~[0-9.]*|%|!|[$]"), re.compile(r"\s\||\|\s"), re.compile(r" ?\| ?")


class Misread(NamedTuple):
    """A form that is refused: `said` is what it is, and `right` gives the form to write from the query."""

    found: Callable[[str], object]
    said: str
    right: Callable[[str], str]
    takes: tuple[str, ...]
    leaves: tuple[str, ...] = ()


def _quoted(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _list(parts: list[str]) -> str:
    """Give a list of queries as it is typed."""
    own = [stripped for part in parts if (stripped := part.strip(f" \t\r\n|,;{QUOTES}"))]
    return f"[{', '.join(map(_quoted, own))}]"


def _over_articles(query: str) -> str:
    """Give the call that asks for articles, with the signs of other programs turned into words."""
    words = re.sub(r"(?:(?<=\s)|^)(?:AND\s+|OR\s+)?[-–−!~¬]+(?=\S)", "AND NOT ", query.strip())
    words = re.sub(r"(?:(?<=\s)|^)\++(?=\S)", "AND ", words).replace("&&", "AND").replace("AND/OR", "OR")
    words = re.sub(r"^AND (?=NOT)|^AND ", "", words)
    phrase = next((part for part in re.split(r"\b(?:AND|OR|NOT)\b|[()]", words) if len(part.split()) > 1), "")
    told = f", where {_quoted(phrase)} is a phrase; both words anywhere: {' AND '.join(phrase.split())}"
    plain = all(word.isalnum() for word in phrase.split())
    return OVER_ARTICLES.format(form=_quoted(words), phrase=told if phrase and plain else "")


def _either(query: str) -> str:
    words = re.sub(r"^OR\s|\sOR$", "", " ".join(query.split()).strip("()[] "))
    parts = [part.strip("()[] ") for part in EITHER.split(words)]
    if len(parts) == 1:
        return "either of some words is written 'oil|gas'"
    if all(map(str.isalnum, parts)):
        return f"either of some words is {_quoted('|'.join(parts))}"
    return f"either of some is a list, {_list(parts)}, and to look for the words themselves write them small"


def _joined(query: str) -> str:
    return f"{_over_articles(query)}, and to look for the words themselves write them small"


def _small(query: str) -> str:
    return f"either is a list of queries, both are oil NEAR/5 gas, and the words themselves {_quoted(query.lower())}"


def _near(query: str) -> str:
    return "two words near each other are: maduro NEAR/5 amnesty, with a number and in capitals"


def _slashes(query: str) -> str:
    return f"a regular expression stands between slashes, /{' '.join(query.split())}/, and any letters are * in a word"


def _bare(query: str) -> str:
    return f"a phrase is its words alone: {_quoted(' '.join(WORD.findall(query)))}, and several are a list"


def _field(query: str) -> str:
    where = "within=news.segments.query(\"kind == 'headline'\")"
    return f"where to look is said by `within`, as in {where}, and in which articles by news.select"


def _several(query: str) -> str:
    parts = [part.strip("[]()\"' ") for part in APART.split(query)]
    return f"several queries are a list: {_list([part for part in parts if part])}; a phrase has none of these"


def _unmarked(query: str) -> str:
    return f"several phrases are a list: {_list(MARK.split(query))}; one is its words alone, without marks"


def _any_letters(query: str) -> str:
    return f"any letters are *, as in {_quoted(CUT.sub('*', query))}, and the word alone has no sign"


def _tagged(query: str) -> str:
    right = SMALL_TAG.sub(lambda found: f"{found[1]}_{NAMED[found[2].upper()]}", " ".join(query.split()))
    return f"a part of speech is written in capitals: {_quoted(right)}, and two words with a blank"


def _small_tag(query: str) -> bool:
    return any(not found[2].isupper() for found in SMALL_TAG.finditer(query))


def _beside(query: str) -> bool:
    """Tell whether words stand on both sides of an alternative, so that it may be meant for a phrase on either side."""
    if "|" not in query:
        return False
    if SPACED.search(query) and any(len(side.split()) > 1 for side in query.split("|")):
        return True
    places = BAR.sub("|", query).split()
    return any("|" in place for place in places[1:-1])


def _two_phrases(query: str) -> str:
    return f"several phrases are a list, {_list(query.split('|'))}, and one place has words on one side: oil|gas price"


MISREAD = [
    Misread(
        _small_tag,
        "a part of speech in small letters",
        _tagged,
        ("strike_n", "strike_Noun", "strike_v pay", "*_adj price", "{strike}_verb", "oil|gas_noun"),
        ("strike_N", "open_data", "@crew_n", "#vote_v"),
    ),
    Misread(
        re.compile(r"(?:^|(?<=\s))[-–−!~+¬](?=[^\W\d_]|[\"“(])").search,
        "a sign before a word",
        _over_articles,
        ("-war", "oil -war", "!war", "~war", "+oil +gas", "oil −gas", '-"oil price"'),
        ("post-war", "oil - gas", "peace – and war", "-5 degrees"),
    ),
    Misread(
        re.compile(r"&&|(?<=\s)(?:AND|NOT)(?=[\s/]|$)|^(?:AND|NOT)(?=\s)").search,
        "AND or NOT between words",
        _joined,
        ("oil AND gas", "oil AND NOT gas", "NOT oil", "oil NOT gas", "oil && gas", "oil AND/OR gas"),
        ("oil and gas", "not", "NOT", "R&D"),
    ),
    Misread(
        re.compile(r"(?<=\s)OR(?=\s|$)|^OR(?=\s)|\|\|").search,
        "OR between words",
        _either,
        ("oil OR gas", "illegal immigrant OR undocumented", "oil || gas"),
        ("oil or gas", "OR", "oil|gas"),
    ),
    Misread(
        re.compile(r"(?<=[^\WA-Z_]\s)(?:Y|O|NO|ET|OU|SAUF|UND|ODER|NICHT|XOR|BUT)(?=\s[^\WA-Z_])").search,
        "a word that joins, in capitals,",
        _small,
        ("petróleo O gas", "petróleo Y gas", "pétrole ET gaz", "öl ODER gas"),
        ("type o blood", "O Globo", "petróleo y gas", "vitamin E oil"),
    ),
    Misread(
        re.compile(
            r"(?:^|(?<=\s))(?!NEAR/)(?i:near|w|n|pre|adj|within|onear|same|p)/(?i:\d+|[sp])(?=\s|$)"
            r"|(?<=\s)(?:NEAR|ADJ)-?\d*(?=[\s(:]|$)|(?<=\w\s)[NW]\d{1,2}(?=\s\w)|^(?:NEAR|ADJ)\d*[\s(:]|(?i:near\s+/\s*\d|near/\s+\d)|(?<=\s)/(?:\d+|[sp])(?=\s)"
        ).search,
        "words near each other in another form",
        _near,
        ("oil near/3 gas", "oil NEAR gas", "NEAR(oil, gas)", "oil w/5 gas", "oil /5 gas", "oil N5 gas"),
        ("near the port", "N95 mask", "9/11", "24/7", "km/h", "oil NEAR/12 gas"),
    ),
    Misread(
        re.compile(r"(?:^|(?<=\s))(?!https?:)[^\W\d_]\w*:(?=\S)|^(?i:title|headline|body|text|outlet|source|author|byline|date"
                   r"|section|language|site):\s").search,
        "a field before a colon",
        _field,
        ("title:oil", "outlet:Alder oil", "title: oil", 'source:"The Alder Post"'),
        ("at 5:30", "Venezuela: oil", "https://a.example/b"),
    ),  # fmt: skip
    Misread(
        re.compile(r"[,;،、，；](?!\d)|(?<!\d)[,;](?=\d)|\n|\s/\s").search,
        "a comma, semicolon or line between words",
        _several,
        ("oil, gas", "oil; gas", "oil,gas", "oil\ngas", "oil / gas"),
        ("1,000", "1,000.5 barrels"),
    ),
    Misread(
        re.compile(rf"[{QUOTES}][^{QUOTES}]+[{QUOTES}]\s*[^\s{QUOTES}]|[^\s{QUOTES}]\s*[{QUOTES}][^{QUOTES}]+[{QUOTES}]"
                   rf"|[{QUOTES}]\s+[{QUOTES}]|(?:^|\s)['‘](?!\d)[^'’]{{3,99}}['’]\s+\S|\S\s+['‘](?!\d)[^'’]{{3,99}}['’](?=\s|$)").search,
        "quotation marks around a part",
        _unmarked,
        ('"oil price" "gas price"', '"oil price" gas', "“oil” “gas”", "«oil» gas", "‹oil› ‹gas›", "'oil price' 'gas'"),
        ('"oil price"', "the crews’ pay", "rock 'n' roll", "“oil price”"),
    ),  # fmt: skip
    Misread(
        re.compile(r"[\[\]{}\\^]|\.[*+]|[()][?*+|]|[^\W_]\|[^)]*\)").search,
        "a regular expression",
        _slashes,
        ("[vV]enezuela", "venez.*", r"\bwar\b", "^war", "war{2}", "(oil|gas) price", "x.+"),
        ("venez*", "U.S.", "wom?n"),
    ),
    Misread(re.compile(r"[<>=]").search, "a sign of comparison", _bare, ("=oil", "<oil>", "year>2020"), ("oil gas",)),
    Misread(re.compile(r"[()（）]").search, "a parenthesis", _bare, ("oil (gas)", "(oil gas)"), ("oil gas",)),
    Misread(
        re.compile(r"~|[^\W\d_]%|[^\W_]!(?=\s|$)|[^\W\d_]\$(?=\s|$)(?<!US\$)").search,
        "a sign behind a word",
        _any_letters,
        ("war~", "venez%", "venez!", "venez$"),
        ("94%", "US$", "venez*"),
    ),
    Misread(
        _beside,
        "an alternative with words on both sides",
        _two_phrases,
        ("oil price|gas price", "regime change|coup d'état now", "oil price | gas", "oil | gas price"),
        ("oil|gas price", "price | votes", "oil price|cost", "oil|gas price|cost"),
    ),
]  # fmt: skip


def check(query: str) -> None:
    """Raise ValueError, in a sentence with the right form, where a query holds what we would misread."""
    lines = LEMMA.sub("x", held.ADDRESS.sub("x", query)).splitlines()
    plain = "\n".join(words for line in lines if (words := " ".join(line.split())))
    for row in MISREAD:
        if row.found(plain):
            shown = query if len(query) <= 60 else f"{query[:59]}…"
            right = row.right(query if len(query) <= LONG else row.takes[0])
            raise Refusal(f"{shown!r} holds {row.said} and is not read so; {right}")
