"""Texts that a spreadsheet would run as formulas: marked where we write them, unmarked where we read them again.

Spreadsheets show the mark as an apostrophe, which makes text of what follows. The character without width in it tells
our mark from an apostrophe that the text begins with itself, whichever program saved the table in between.
"""

import regex

MARK = "'\u200b"
FORMULA = regex.compile(  # what spreadsheets pass over, or skip as a line or cell of its own, counts for nothing
    rf"(?:{MARK})*(?:[\t\r\n]|[\s\p{{C}}\p{{Default_Ignorable_Code_Point}}]*[=+\-@＝＋－＠﹦﹢﹣﹫])"
)


def marked(text: str) -> str:
    """Give the text as a table may hold it: with a mark before it where a spreadsheet would run it."""
    return f"{MARK}{text}" if FORMULA.match(text) else text


def unmarked(cell: str) -> str:
    """Give the text that was marked; any other is given as it is, whatever apostrophe it begins with."""
    text = cell.removeprefix(MARK)
    return text if FORMULA.match(text) else cell
