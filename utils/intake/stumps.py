"""Texts that are no article, or not all of one: cells that say that there is none, what was cut off, paywalls."""

import re

NOTHING = frozenset(  # what programs write where there is nothing
    "nan none null n/a na n.a. #n/a <na> nil nat undefined missing unknown [removed] [deleted] - -- – —".split()
)
CHARACTERS, BYTES = 32_767, 65_535  # at which programs cut texts off
END = 400  # characters at the end that are looked at
SHORT = 2_500  # characters: what stops at a paywall, or in the middle, is no longer
CUT = re.compile(
    r"(?:\[\+\s?\d[\d,.]* (?:chars?|characters|words)\]|\[(?:…|\.\.\.)\]"
    r"|(?:…|\.\.\.)\s*+(?:\(?(?:read|continue|view|see|learn|lire|leer|ler|weiter)\w*\b[^.\n]{0,30})?)\s*+$",
    re.IGNORECASE,
)
MARKS = ("…", "...", "[+")  # without one of them nothing is cut off
WALL = re.compile(
    r"(?:subscribe|sign in|log ?in|register|create (?:a free|an) account|sign up)[^.\n]{0,40}"
    r"\b(?:to|and) (?:continue|keep|read|finish|unlock|access|view)\b"
    r"|to (?:continue|keep) reading|already a subscriber|(?:for|to) (?:our )?(?:subscribers|members) only"
    r"|(?:only|exclusively) (?:available )?(?:for|to) (?:our )?(?:paying )?(?:subscribers|members)"
    r"|reached your (?:free |monthly )*(?:article )?limit|article is (?:reserved )?for subscribers"
    r"|réservée? aux abonnés|contenido exclusivo para suscriptores|conteúdo exclusivo para assinantes"
    r"|(?:zum|jetzt) weiterlesen|weiterlesen mit",
    re.IGNORECASE,
)
HYPHEN = re.compile(r"(?<=[^\W\d_]{2})-[ \t]*+\r?\n[ \t]*+(?=[^\W\d_A-Z]{2})")  # within a word, at the end of a line
ENOUGH = 2  # words divided at line ends


def is_nothing(text: str) -> bool:
    """Tell whether a text only says that there is none."""
    return len(text) < 20 and text.strip().casefold() in NOTHING


def doubt(text: str) -> tuple[str, str] | None:
    """Give why a text may not be all of an article, and the cure; None where nothing says so."""
    end = text[-END:]
    if any(mark in end for mark in MARKS) and (cut := CUT.search(end.rstrip())) and _is_cut(text, cut):
        said = f"its text is cut off: it ends in “{' '.join(end[-40:].split())}”"
        return said, "bring the whole article; what is missing is in no number"
    if len(text) < SHORT and (wall := WALL.search(end)):
        said = f"it looks like the beginning of an article behind a paywall: “{' '.join(wall[0].split())}”"
        return said, "bring the whole article; what is missing is in no number"
    return None


def too_even(text: str) -> tuple[str, str] | None:
    """Give why a cell may hold no more than the beginning of a text, and the cure: it is as long as one can be."""
    n_bytes = len(text.encode("utf-8", "replace")) if len(text) > BYTES // 2 else 0
    if len(text) != CHARACTERS and n_bytes != BYTES:
        return None
    limit = (
        f"{BYTES:,} bytes, where fields of databases"
        if n_bytes == BYTES
        else f"{CHARACTERS:,} characters, where cells of Excel"
    )
    problem = f"its text has {limit} cut texts off, so its end may be missing"
    return problem, "bring the article as a file of its own"


def _is_cut(text: str, cut: re.Match) -> bool:
    """Tell a cut from a sentence that trails off: it is marked as one, or the text is short and stops at a word."""
    return (
        bool(re.search(r"\[|\w", cut[0]))
        or len(text) < SHORT
        and bool(re.search(r"[a-zß-öø-ÿ],?\s?$", cut.string[: cut.start()]))
    )


def divided(text: str) -> tuple[str, str] | None:
    """Give what is to be said of words divided at the ends of lines: problem and cure; None where there are too few."""
    if "-\n" not in text and "-\r\n" not in text:
        return None
    found = [match.span() for match in HYPHEN.finditer(text)]
    if len(found) < ENOUGH:
        return None
    start, end = found[0]
    example = f"{text[max(start - 20, 0) : start].split()[-1]}- {text[end : end + 20].split()[0]}"
    problem = f"{len(found):,} words are divided by a hyphen at the end of a line, as “{example}”; each counts as two"
    return problem, "join them in the file, or save it without line breaks in its paragraphs"
