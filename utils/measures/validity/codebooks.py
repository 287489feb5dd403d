"""Codebooks: the codes that a coder may give, each with its rule, an example, a counter-example and a key."""

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from json import dumps
from typing import Any, NamedTuple

import pandas as pd

from utils.arguments import Refusal, nearest
from utils.intake.encodings import whole

ASKED = ("rule", "example", "counter_example", "key", "name")
NAME = re.compile(r"(?!.*--)[^\W_](?:[ .'-]{0,2}\w)*")  # neither a path nor a hidden file, and none of another coder
LONGEST = 60  # letters of a name or of a code
ARROWS = {"left": "←", "down": "↓", "right": "→"}
WRITTEN = {sign: arrow for arrow, sign in ARROWS.items()}
THREE, TWO = ("left", "down", "right"), ("left", "right")
SPARE = "123456789abcdefghijklmnopqrstuvwxyz0"
TONE = {
    -1: {
        "name": "bad",
        "rule": "The sentence, read by itself, tells of its subject as bad: harm, failure, blame, fear, scorn.",
        "example": "The repairs came too late and cost twice what was promised.",
        "counter_example": "The repairs began on Monday.",
    },
    0: {
        "name": "neither",
        "rule": "It tells of its subject as neither good nor bad, or as both alike.",
        "example": "The council meets again on Thursday.",
        "counter_example": "The council wasted another Thursday.",
    },
    1: {
        "name": "good",
        "rule": "It tells of its subject as good: gain, success, praise, hope, thanks.",
        "example": "Thanks to the volunteers the hall opened a week early.",
        "counter_example": "The hall opened at nine.",
    },
}
FRAMES = {  # after Semetko & Valkenburg (2000), Journal of Communication 50, p. 100, each by what comes first
    "conflict": {
        "rule": "It is told first as sides that disagree: demands, refusals, reproaches, who stands against whom.",
        "example": "The mayor rejects what the union demands, and the union will not move.",
        "counter_example": "The mayor and the union meet again on Monday.",
    },
    "human interest": {
        "rule": "It is told first as what happens to people: their lives, families, feelings, how they are seen.",
        "example": "She has packed the children’s bags three times this week, and waits.",
        "counter_example": "Three hundred households have been told to leave.",
    },
    "economic consequences": {
        "rule": "It is told first by what is paid, gained or lost: money, goods, what is exchanged for what.",
        "example": "The strike costs the port two million a day.",
        "counter_example": "The strike is in its third week.",
    },
    "morality": {
        "rule": "It is told first as right and wrong: crimes, guilt, pardon, who may claim the people’s trust.",
        "example": "What was done to the sailors is a crime, she said, and must not be forgiven.",
        "counter_example": "The sailors’ case will be heard in May.",
    },
    "responsibility": {
        "rule": "It is told first by who has caused it or can settle it: whose decision, whose fault, whose turn.",
        "example": "It was the council that closed the road, and only the council can open it.",
        "counter_example": "The road is closed until May.",
    },
}
KNOWN = {"tone": TONE, "frames": FRAMES}


class Code(NamedTuple):
    """A code, when it is given, a text that it takes, one like it that it leaves, and the key that gives it."""

    code: int | float | str
    rule: str
    example: str
    counter_example: str
    key: str  # "left", "down", "right", or a letter or digit
    name: str = ""  # what a number stands for

    @property
    def label(self) -> str:
        """The code as a coder sees it: bad (-1)."""
        return f"{self.name} ({self.code})" if self.name else str(self.code)


@dataclass(frozen=True)
class Codebook:
    """Codes in their order, under a name."""

    name: str
    codes: tuple[Code, ...]

    @property
    def values(self) -> list:
        """The codes alone."""
        return [each.code for each in self.codes]

    @property
    def rules(self) -> list[list]:
        """What makes it this codebook: each code and its rule."""
        return [[each.code, each.rule] for each in self.codes]

    @property
    def digest(self) -> str:
        """A name for these codes under these rules."""
        return sha256(dumps(self.rules, ensure_ascii=True).encode()).hexdigest()[:16]


def codebook(codes: "str | Codebook | Mapping | pd.DataFrame", *, name: str | None = None) -> Codebook:
    """Give a codebook made of codes and their rules, each with a key.

    Parameters
        codes: a dict from each code to its rule, or to a dict of rule, example, counter_example, key and name; or a
        table with the columns code and rule, and any of the others; or "tone", which is -1, 0 and 1 by rules of our
        own, or "frames", five ways to tell one event. A code is a word or a number, which a name explains. A key is
        "left", "down", "right", or a letter or digit; codes without one get arrows where there are two of them or -1,
        0 and 1, and else their own digit or first letter where it is free.
        name: what the codebook is called, such as "frames"; files of codes are kept under it.
    Raises ValueError if there are no codes, or more than 36, a code or a key comes twice, or the name is none.
    """
    if isinstance(codes, Codebook):
        return codes
    if isinstance(codes, str):
        if codes not in KNOWN:
            raise Refusal(
                f"codebook came as {codes!r:.200}; by name there is {', '.join(KNOWN)}, any other is a dict from each "
                f"code to its rule{nearest(codes, KNOWN)}"
            )
        return codebook(KNOWN[codes], name=name or codes)
    if name is None:
        raise Refusal('a codebook of your own has a name, under which its codes are kept: give name="frames"')
    rows = _rows(codes)
    values = [_code(code) for code, _ in rows]
    if not 1 < len(values) <= len(SPARE):
        raise Refusal(f"a codebook has 2 to {len(SPARE)} codes; what came has {len(values)}")
    if len({isinstance(value, str) for value in values}) > 1:
        raise Refusal("the codes of a codebook are all words or all numbers; pass over what is unclear")
    if doubled := [value for place, value in enumerate(values) if value in values[:place]]:
        raise Refusal(f"the codebook has the code {doubled[0]!r} twice; give each code one row")
    told = [{field: _told(row.get(field)) for field in ASKED} for _, row in rows]
    keys = _keys(values, [_key(each["key"]) for each in told])
    made = [
        Code(value, each["rule"], each["example"], each["counter_example"], key, each["name"])
        for value, each, key in zip(values, told, keys, strict=True)
    ]
    return Codebook(named(name, "the codebook"), tuple(made))


def named(name: object, whose: str) -> str:
    """Give a name under which a file can be kept. Raises ValueError where it is none; whose: as "the coder"."""
    plain = " ".join(unicodedata.normalize("NFC", name).split()) if isinstance(name, str) else ""
    if not NAME.fullmatch(plain) or len(plain) > LONGEST or len(plain.encode()) > 110:  # a file has two, in 255 bytes
        raise Refusal(
            f"{whose} has a short name of letters and digits, with blanks, hyphens or dots between them, such as ana; "
            f"what came is {name!r:.200}"
        )
    return plain


def _rows(codes: Any) -> list[tuple[Any, Mapping]]:
    """Give each code with what is told of it."""
    if isinstance(codes, pd.DataFrame):
        if "code" not in codes:
            raise Refusal(
                f"a codebook as a table has the columns code and rule; what came has {', '.join(map(str, codes))}"
            )
        return [(row.pop("code"), row) for row in codes.to_dict("records")]
    if not isinstance(codes, Mapping):
        raise Refusal(
            "a codebook is a dict from each code to its rule, or a table with the columns code and rule; what came is "
            f"{type(codes).__name__}"
        )
    rows = [(code, told if isinstance(told, Mapping) else {"rule": told}) for code, told in codes.items()]
    if strange := [field for _, told in rows for field in told if field not in ASKED]:
        raise Refusal(
            f"of a code are told {', '.join(ASKED)}; what came is {strange[0]!r:.200}{nearest(strange[0], ASKED)}"
        )
    return rows


def _code(came: Any) -> int | float | str:
    """Give a code as a word or a number of Python's own."""
    code = came.item() if hasattr(came, "item") else came
    if isinstance(code, float) and code.is_integer():  # as of a table with a gap
        code = int(code)
    if isinstance(code, str):
        code = " ".join(code.split())
    right = bool(code) and len(code) <= LONGEST and code.isprintable() if isinstance(code, str) else (
        isinstance(code, int | float) and not isinstance(code, bool) and math.isfinite(code)
    )  # fmt: skip
    if not right:
        raise Refusal(f"a code is a word of at most {LONGEST} letters or a number; what came is {came!r:.200}")
    return code


def _told(came: Any) -> str:
    """Give what is told of a code as text, empty where nothing is."""
    if came is None or (pd.api.types.is_scalar(came) and pd.isna(came)):
        return ""
    return " ".join(whole(str(came)).split())


def _key(came: str) -> str:
    """Give the name of a key, empty where none is asked for."""
    key = came.casefold()
    key = WRITTEN.get(key, key.removeprefix("arrow"))
    if key and key not in ARROWS and not (len(key) == 1 and key.isalnum()):
        raise Refusal(f'a key is "left", "down", "right", or one letter or digit; what came is {came!r:.200}')
    return key


def _keys(values: list, asked: list[str]) -> list[str]:
    """Give a key to each code: that which is asked for, else one that fits, each once."""
    given = [key for key in asked if key]
    if doubled := [key for place, key in enumerate(given) if key in given[:place]]:
        raise Refusal(f"the key {doubled[0]!r} stands for two codes; give each its own")
    arrows = THREE if sorted(values, key=str) == sorted(TONE, key=str) else TWO if len(values) == 2 else ()
    if arrows and not given:
        ordered = sorted(values) if arrows is THREE else values
        return [arrows[ordered.index(value)] for value in values]
    taken, keys = set(given), []
    for value, key in zip(values, asked, strict=True):
        own = str(value).casefold() if isinstance(value, str) else str(value)[:1] if 0 <= value < 10 else ""
        keys.append(key or next(sign for sign in [*filter(str.isalnum, own), *SPARE] if sign not in taken))
        taken.add(keys[-1])
    return keys
