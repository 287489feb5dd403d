"""Regular expressions that a person writes: refused, before it costs anything, where one is too large to be read."""

import regex

LONGEST = 10_000  # characters of an expression
LARGEST = 10_000  # signs it may be long once its repeats are written out: a{1000} is 1,000; each takes some 300 bytes
VERBOSE = regex.compile(r"\(\?\w*x")  # the flag under which blanks and what stands after # say nothing
PIECE, PIECE_OF_VERBOSE = (
    regex.compile(
        rf"(?P<aside>\s|[*+?]|\(\?#[^)]*+\)?{comment})|\\[pPNLgx]\{{[^{{}}]{{0,99}}\}}|\\.|\[\^?\]?(?:\\.|[^\\\]])*+\]?"
        r"|(?P<opens>\()|(?P<closes>\))|\{(?P<least>\d*+),?(?P<most>\d*+)\}|.",
        regex.DOTALL,
    )
    for comment in ("", r"|#[^\n]*+")
)


class Unreadable(ValueError):
    """An expression cannot be used; the message says why, in words that go on from "cannot be read: "."""


def compiled(expression: str, *, case: bool = False) -> regex.Pattern:
    """Give a regular expression ready for use, to be searched with a `timeout`. case: whether capitals have to agree.

    Raises Unreadable where it is wrong or too large.
    """
    if len(expression) > LONGEST:
        raise Unreadable(f"it has {len(expression):,} characters, and more than {LONGEST:,} are not read")
    if size(expression) > LARGEST:
        raise Unreadable(f"with its repeats written out it is more than {LARGEST:,} signs long; repeat less often")
    try:
        return regex.compile(expression, 0 if case else regex.IGNORECASE)
    except RecursionError:
        raise Unreadable("its brackets stand too deep in one another") from None
    except Exception as error:  # mostly regex.error, but the engine lets others slip
        raise Unreadable(f"{error}; a sign that stands for itself takes a backslash before it") from error


def size(expression: str) -> int:
    """Give how many signs an expression is long with its repeats written out: what reading it costs grows with that.

    A bracket counts what stands in it, {2,5} counts what stands before it five times.
    """
    sizes, last = [0], 0  # of what stands in each bracket that is open, the whole outermost; of the latest piece
    for piece in (PIECE_OF_VERBOSE if VERBOSE.search(expression) else PIECE).finditer(expression):
        if piece["aside"]:
            continue
        if piece["opens"]:
            sizes.append(0)
        elif piece["closes"] and len(sizes) > 1:
            last = sizes.pop()
            sizes[-1] += last
        elif often := piece["most"] or piece["least"]:
            often = int(often[:9])
            sizes[-1] += last * (often - 1)
            last *= often
        else:
            last = 1
            sizes[-1] += 1
    return sum(sizes)
