"""What reading one file may take: counted as it goes, in characters, and so the same on every machine.

A character of plain text is the measure of all else: a row, a cell, a tag of markup takes as long as so many of them.
What a file of 20 MB may take is about 20 seconds' work and well below 1 GB of memory; a larger file may take more in
proportion, as honest files do, and no file takes more because it is packed well.
"""

FILE = 20_000_000  # bytes: what a file of this size, or a smaller one, may take
WORK = 150_000_000  # characters
LINE, ARTICLE, ROW, CELL, PROBLEM = 100, 900, 20, 2, 100  # characters that each takes beside those in it
GIVEN, KEPT = 45, 2  # what a cell takes that is kept as metadata, and each character in it, as Python holds these
TEXT = 30_000_000  # characters of one text
LINES = 1_000_000  # lines of one text
DIVIDE = "divide it into several files"


class Broken(Exception):
    """A file, row or cell that cannot be read: the problem and its cure."""

    def __init__(self, problem: str, cure: str) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


class TooMuch(Broken):
    """A file that would take more than it may."""


class TooLong(Broken):
    """A text that is too long to be read as one."""


class Budget:
    """What may still be spent on one file."""

    def __init__(self, size: int = FILE) -> None:
        self.size = size
        self.whole = self.left = scaled(WORK, size)

    def check(self, characters: int) -> None:
        """Raise TooMuch if some work is more than the file may still take; nothing is counted."""
        self.spend(characters)
        self.left += characters

    def spend(self, characters: int) -> None:
        """Count some work; raise TooMuch if that is more than the file may take."""
        self.left -= characters
        if self.left < 0:
            most = f"{self.whole / 1e6:,.0f} million characters, {ARTICLE:,} more than its own for each article"
            raise TooMuch(f"reading it takes more than a file of its size may: {most}", DIVIDE)


def scaled(limit: int, size: int) -> int:
    """Give a limit for a file of so many bytes: as it is up to 20 MB, then in proportion."""
    return limit if size <= FILE else limit * size // FILE


def size_of(text: str) -> int:
    """Give what an article takes; raise TooLong if its text is too long to be read as one."""
    if len(text) > TEXT:
        raise TooLong(f"its text has {len(text):,} characters, and the limit is {TEXT:,}", DIVIDE)
    n = text.count("\n") + text.count("\r")
    if n > LINES:
        raise TooLong(f"its text has {n:,} lines, and the limit is {LINES:,}", DIVIDE)
    return len(text) + LINE * n + ARTICLE
