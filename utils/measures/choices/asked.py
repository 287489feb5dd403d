"""What was asked before: the claims that were written on a corpus, and the questions that were looked at."""

import json
from pathlib import Path

from utils import storage
from utils.arguments import Refusal

LARGEST = 16_000_000  # bytes of a file that is read
KINDS = {"claims": "claims", "questions": "looked"}
_SESSION: dict[str, dict] = {}


def _nothing() -> dict[str, dict]:
    return {"claims": {}, "looked": {}}


def wrote(corpus: str, question: str, seal: str, path: Path | None = None) -> bool:
    """Note a claim, and give whether it is sealed: whether it stood before its question was looked at.

    corpus: its digest.  path: the file in which it is kept, too.
    """

    def note(known: dict) -> None:
        known["claims"].setdefault(seal, not known["looked"].get(question))

    return all(known["claims"][seal] for known in _change(corpus, note, path))


def looked(corpus: str, question: str, path: Path | None = None) -> None:
    """Note that a question is looked at."""

    def note(known: dict) -> None:
        known["looked"][question] = known["looked"].get(question, 0) + 1

    _change(corpus, note, path)


def counts(corpus: str, path: Path | None = None) -> dict[str, int]:
    """Give how many different claims were written on a corpus, and how many different questions were looked at."""
    known = _change(corpus, lambda _: None, path)
    return {name: len(set().union(*(each[kind] for each in known))) for name, kind in KINDS.items()}


def _change(corpus: str, note, path: Path | None) -> list[dict]:
    """Note something in this session and, where there is one, in the file; give what each knows."""
    own = _SESSION.setdefault(corpus, _nothing())
    note(own)
    if path is None:
        return [own]
    try:
        with storage.held(path.with_name(f".{path.name}.lock")):
            kept = _read(path)
            known = kept.setdefault(corpus, _nothing())
            note(known)
            written = json.dumps(kept, indent=1, sort_keys=True).encode()
            if not path.exists() or path.read_bytes() != written:
                storage.write(path, written)
            return [own, known]
    except OSError as error:
        raise Refusal(f"claims could not be kept in {path} ({error.strerror or error}); make room, or give another "
                      "file") from error  # fmt: skip


def _read(path: Path) -> dict:
    """Give what a file of claims holds, nothing where there is none. Raises ValueError where it is another."""
    if not path.exists():
        return {}
    wrong = Refusal(f"{path} holds no claims; give kept= a file of its own, such as claims.json")
    if path.stat().st_size > LARGEST:
        raise wrong
    try:
        kept = json.loads(path.read_bytes())
    except ValueError:
        raise wrong from None
    if not isinstance(kept, dict) or not all(
        isinstance(one, dict)
        and {*one} == {*_nothing()}
        and all(isinstance(each, dict) for each in one.values())
        and all(isinstance(each, int) for of in one.values() for each in of.values())
        for one in kept.values()
    ):
        raise wrong
    return kept
