"""Files of codes: one a coder and a codebook, written whole at every answer, so that none is ever lost.

The file is read again, the answer is joined to what it holds, and it is written whole in its place, while no other
process may do the same. So a killed kernel costs nothing, and two at work on one file lose nothing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from utils import storage
from utils.arguments import Refusal
from utils.intake.encodings import whole
from utils.measures.validity.codebooks import Codebook, named

FOLDER = Path(__file__).resolve().parents[3] / "notebooks" / "mine" / "codes"
FORMAT = 1
LARGEST = 64_000_000  # bytes of a file that is read


class Passage(NamedTuple):
    """A passage as a file of codes knows it: its place, and a digest of its text."""

    article_id: str
    start: int
    end: int
    text: str


class Answer(NamedTuple):
    """What a coder decided: the code, when, and the digest of the codebook as it was then."""

    code: int | float | str
    when: str  # ISO 8601, UTC
    book: str


@dataclass(frozen=True)
class Kept:
    """What a file of codes holds: whose, by which codebook in all its versions, and the answers."""

    codebook: str
    coder: str
    books: dict[str, list[list]] = field(default_factory=dict)  # each [code, rule], by digest, the latest last
    answers: dict[Passage, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class File:
    """The file of one coder and one codebook."""

    book: Codebook
    coder: str
    path: Path

    def read(self) -> Kept:
        """Give what the file holds, nothing where there is none yet. Raises ValueError if it is damaged."""
        kept = read(self.path) if self.path.exists() else Kept(self.book.name, self.coder)
        if (plain(kept.codebook), plain(kept.coder)) != (plain(self.book.name), plain(self.coder)):
            raise Refusal(
                f"{self.path} holds the codes of {kept.coder} by {kept.codebook}, not those of {self.coder} by "
                f"{self.book.name}; give it back its own name"
            )
        return kept

    def put(self, passage: Passage, code: int | float | str, *, before: Answer | None = None) -> Answer | None:
        """Keep a code; give the answer that is kept now.

        before: the answer in whose place it comes; where the file has another by now, as of another kernel, that stays
        and None is given.
        Raises ValueError where it cannot be kept.
        """
        answer = Answer(code, datetime.now(UTC).isoformat(timespec="microseconds"), self.book.digest)
        return answer if self._swap(passage, before, answer) else None

    def take_back(self, passage: Passage, answer: Answer, before: Answer | None = None) -> bool:
        """Take an answer out of the file, or put that before in its place; say whether it was still there."""
        return self._swap(passage, answer, before)

    def _swap(self, passage: Passage, old: Answer | None, new: Answer | None) -> bool:
        """Put one answer, or none, in the place of another, or of none; say whether that was what stood there."""
        try:
            with storage.held(self.path.with_name(".lock")):
                kept = self.read()
                if kept.answers.get(passage) != old:
                    return False
                answers = {each: own for each, own in kept.answers.items() if each != passage}
                answers |= {passage: new} if new else {}
                books = {name: rules for name, rules in kept.books.items() if name != self.book.digest}
                books[self.book.digest] = self.book.rules
                storage.write(self.path, _written(replace(kept, books=books, answers=answers)))
                return True
        except OSError as error:
            raise Refusal(
                f"the code could not be kept in {self.path} ({error.strerror or error}); make room or give another "
                "folder, and code this passage again"
            ) from error


def file(book: Codebook, coder: str, folder: str | Path | None = None) -> File:
    """Give the file of a coder and a codebook, there or not. Raises ValueError if the coder's name is none."""
    coder = named(coder, "the coder")
    return File(book, coder, place(folder) / f"{plain(book.name)}--{plain(coder)}.json")


def place(given: str | Path | None) -> Path:
    """Give the folder of the files: that which is given, else notebooks/mine/codes/. Raises ValueError for no path."""
    if given is not None and not isinstance(given, str | Path):
        raise Refusal(f"folder is the path of a folder, such as 'codes'; what came is {given!r:.200}")
    return FOLDER if given is None else storage.place(str(given)) or Path(given)


def plain(name: str) -> str:
    """Give a name as file systems that know no capitals have it."""
    return name.lower()


def digest(text: str) -> str:
    """Give a name for a text, by its content."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def joined(one: Mapping[Passage, Answer], other: Mapping[Passage, Answer]) -> dict[Passage, Answer]:
    """Give all answers of two files of one coder; of a passage in both, the later."""
    later = {each: own for each, own in other.items() if each not in one or _instant(own) > _instant(one[each])}
    return {**one, **later}


def _instant(answer: Answer) -> datetime:
    return datetime.fromisoformat(answer.when)


def _written(kept: Kept) -> bytes:
    """Give the content of a file of codes: JSON, an answer a line."""
    head = {"codes": FORMAT, "codebook": kept.codebook, "coder": kept.coder, "codebooks": kept.books}
    lines = [json.dumps([*passage, *answer], ensure_ascii=False) for passage, answer in kept.answers.items()]
    told = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return (told + ',\n "answers": [\n' + ",\n".join(lines) + "\n]\n}\n").encode()


def read(path: Path) -> Kept:
    """Give what a file holds. Raises ValueError where it is damaged or no file of codes."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"it has more than {LARGEST:,} bytes")
        return _kept(json.loads(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        raise Refusal(f"{path} cannot be read ({error.strerror or error})") from error
    except (ValueError, RecursionError) as error:
        why = str(error) if isinstance(error, Refusal) else "it is damaged, or no JSON in UTF-8"
        raise Refusal(
            f"{path} is no file of codes: {why}; put a copy of it back, or take it out of the folder"
        ) from error


def _kept(content: Any) -> Kept:
    """Give what the JSON of a file says. Raises ValueError with what is wrong."""
    if not isinstance(content, dict) or content.get("codes") != FORMAT:
        raise Refusal(f'it does not begin with "codes": {FORMAT}')
    books, answers = content.get("codebooks"), content.get("answers")
    if not isinstance(books, dict) or not books or not all(map(_is_book, books.values())):
        raise Refusal("its codebooks hold no rules")
    if not isinstance(answers, list):
        raise Refusal("it has no answers")
    made = {}
    for place, row in enumerate(answers, start=1):
        if not _is_answer(row):
            raise Refusal(f"its answer {place:,} has not a passage, a code and a time")
        made[Passage(*row[:4])] = Answer(*row[4:])
    return Kept(named(content.get("codebook"), "its codebook"), named(content.get("coder"), "its coder"), books, made)


def _is_book(rules: Any) -> bool:
    """Say whether these are the rules of a codebook: a code and a text each."""
    pairs = isinstance(rules, list) and all(isinstance(rule, list) and len(rule) == 2 for rule in rules)
    return pairs and all(_is_code(code) and _is_text(told) for code, told in rules)


def _is_answer(row: Any) -> bool:
    """Say whether this is a passage with its digest, a code, a time and the digest of a codebook."""
    if not isinstance(row, list) or len(row) != len(Passage._fields) + len(Answer._fields):
        return False
    article, start, end, text, code, when, book = row
    if not all(map(_is_text, (article, text, when, book))) or not type(start) is type(end) is int:
        return False
    try:
        aware = datetime.fromisoformat(when).tzinfo is not None and datetime.fromisoformat(when).astimezone(UTC)
    except (ValueError, OverflowError):
        return False
    return bool(aware) and 0 <= start <= end < 2**31 and _is_code(code)


def _is_text(told: Any) -> bool:
    """Say whether this is text that can be written: no half characters in it."""
    return isinstance(told, str) and whole(told) == told


def _is_code(code: Any) -> bool:
    """Say whether this is a code as `codebook` makes them: a word, or a number that is one."""
    return _is_text(code) or (type(code) in (int, float) and abs(code) < 2**53)
