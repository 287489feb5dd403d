"""The number of errors that mypy finds may only fall, and what falls is written down."""

from collections import Counter

import pytest

from upkeep.rules import hints


def test_mypy_finds_as_many_errors_as_are_written_down():
    assert hints.complaints(hints.found()) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ({"utils": 3, "upkeep": 2}, []),
        ({"utils": 4, "upkeep": 2}, ["utils: mypy finds 4 errors, more than 3"]),
        ({"utils": 2, "upkeep": 2}, ["utils: mypy finds 2 errors, fewer than 3: lower the number in "]),
        ({"upkeep": 2}, ["utils: mypy finds 0 errors, fewer than 3"]),
        ({"utils": 2, "upkeep": 3}, ["upkeep: mypy finds 3 errors, more than 2", "utils: mypy finds 2 errors, fewer"]),
        ({"utils": 3, "upkeep": 2, "more": 1}, ["more: mypy finds 1 errors, more than 0"]),
    ],
)
def test_a_number_that_rose_or_fell_is_told(now, said):
    told = hints.complaints(now, {"utils": 3, "upkeep": 2})
    assert len(told) == len(said) and all(line.startswith(part) for part, line in zip(said, told, strict=True))


def package(root, name, text):
    (root / name).mkdir()
    (root / name / "__init__.py").write_text("")
    (root / name / "words.py").write_text(text)
    (root / "pyproject.toml").write_text("[tool.mypy]\ncheck_untyped_defs = true\n")


def test_errors_are_counted_by_package_and_what_it_cannot_read_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(hints, "ROOT", tmp_path)
    package(tmp_path, "some", 'n: int = "one"\nm: int = "two"\nprint(n.x)\n')
    package(tmp_path, "more", "def f() -> int:\n    return 1\n")
    assert hints.found(["some", "more"]) == Counter({"some": 3})
    assert hints.found(["more"]) == Counter()
    package(tmp_path, "odd", "def f(:\n")
    with pytest.raises(ValueError, match="could not look at all files(.|\n)*words.py"):
        hints.found(["some", "more", "odd"])
