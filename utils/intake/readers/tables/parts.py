"""What the parts of a workbook hold, counted piece by piece before they are read.

Whoever reads a workbook holds a row, or a text that cells share, as a tree until it ends, and a trace of each for
ever. So what counts is not only how much a part holds, but how much lies between the end of one row and the next.
"""

import re
from typing import BinaryIO
from zipfile import ZipFile, ZipInfo

from utils.intake.budget import DIVIDE, Broken, TooMuch, scaled

PIECE = 2**17  # bytes read at once
TAGS, UNITS = 25_000_000, 1_050_000  # in the whole workbook; rows, or shared texts, in a part of it
APART, TAGS_APART = 4_000_000, 200_000  # bytes and tags from the end of one of these to the end of the next
SHARED = 100_000_000  # bytes of the texts that cells share, as all of them are held
END = re.compile(rb"</(?:[\w.-]+:)?(?:row|si)\s*>|<(?:[\w.-]+:)?(?:row|si)\b[^<>]*/>")
NO_VALUE = re.compile(  # a formula without its value, if that is not said to be text, as an empty one may be
    rb"<((?:\w+:)?)c\b(?![^<>]*\bt=[\"']str)[^<>]*>(?:<\1f\b[^<>]*/>|<\1f\b[^<>]*>[^<]*</\1f>)(?:<\1v\s*/>|<\1v></\1v>)?</\1c>"
)
LONGEST = 9_000  # bytes of a formula and what is around it
XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<")  # pictures and the like are none
OTHER = re.compile(  # XML in other encodings than UTF-8, in which tags look otherwise
    rb"(?:\xff\xfe|\xfe\xff|\0\0\xfe\xff)[\0\s<]|<\0|\0{1,3}<|Lo\xa7\x94"
    rb"|\s*<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii)",
    re.IGNORECASE,
)
AGAIN = "save it again in a spreadsheet program, or as .csv in UTF-8"


def formulas(stream: BinaryIO, size: int) -> int:
    """Give the number of cells with a formula whose value is missing, in a workbook of so many bytes.

    Raises TooMuch if the workbook holds more than can be read, Broken if it is not in UTF-8.
    """
    with ZipFile(stream) as archive:
        found, tags = 0, 0
        for part in archive.infolist():
            n, n_tags = _counted(archive, part, size)
            found, tags = found + n, tags + n_tags
            if tags > scaled(TAGS, size):
                raise TooMuch(f"it holds more than {scaled(TAGS, size):,} tags", DIVIDE)
    return found


def _counted(archive: ZipFile, part: ZipInfo, size: int) -> tuple[int, int]:
    """Give the number of formulas without value and of tags in a part; raise TooMuch if it cannot be read."""
    n_formulas = n_tags = rows = texts = apart = tags_apart = length = 0
    before, ends_count = b"", True
    with archive.open(part) as content:
        while piece := content.read(PIECE):
            if not length and OTHER.match(piece):
                raise Broken(f"its part {part.filename} is not in UTF-8", AGAIN)
            if not length and not XML.match(piece):
                break
            tags, joined = piece.count(b"<"), before + piece
            length, n_tags = length + len(piece), n_tags + tags
            apart, tags_apart = apart + len(piece), tags_apart + tags
            rows += piece.count(b"<row") + piece.count(b":row")
            texts += piece.count(b"<si") + piece.count(b":si")
            if max(rows, texts) > UNITS:
                raise TooMuch(f"it has more than {UNITS:,} rows, or different texts, in {part.filename}", DIVIDE)
            if texts > rows and length > scaled(SHARED, size):
                raise TooMuch(f"its texts take more than {scaled(SHARED, size) / 1e6:,.0f} MB", DIVIDE)
            if apart > APART + PIECE or tags_apart > TAGS_APART:
                said = f"in a row of {part.filename}, or outside of rows, stand more than {TAGS_APART:,} tags or"
                raise TooMuch(f"{said} {APART / 1e6:,.0f} MB", AGAIN)
            ends_count = ends_count and b"<!" not in joined and joined.count(b"<?") <= (not before)
            if ends_count and END.search(joined):
                apart, tags_apart = len(piece), tags
            if b"<f" in joined or b":f" in joined:
                n_formulas += sum(found.end() > len(before) for found in NO_VALUE.finditer(joined))
            before = piece[-LONGEST:]
    return n_formulas, n_tags
