"""Text files (.txt): one scraped article, or the many of a Nexis download."""

import re

from utils.intake import article, budget, encodings
from utils.intake.batch import File, Reading, reader
from utils.intake.readers import databases
from utils.intake.readers.tables import written

WEB_PAGE = re.compile(r"\s*(?:(?><!--.*?-->|<\?xml.*?\?>)\s*+)*<(?:!doctype html|html)\b", re.IGNORECASE | re.DOTALL)

HELD = {
    "markup": "markup such as <p>",
    "entities": "character entities such as &amp;",
    "escapes": "escapes such as \\n",
}
CURE = {
    "markup": "let its name end in .html, or save its text without markup",
    "entities": "let its name end in .html, or save its text without them",
    "escapes": "save the text with the line ends and signs that they stand for",
}


@reader
def read(file: File, reading: Reading) -> None:
    """Take one scraped article from a text file."""
    if file.size > 4 * budget.TEXT:
        raise budget.TooLong(f"it has {file.size:,} bytes, and the limit is {4 * budget.TEXT:,}", budget.DIVIDE)
    raw, encoding = encodings.decoded(file.content())
    if raw is None:
        cure = "give it the ending of what it is, or save it as plain text in UTF-8"
        reading.problem(file.name, "unreadable", encoding, cure)
        return
    if encoding not in encodings.UNICODE:
        reading.problem(
            file.name,
            "doubtful",
            f"not UTF-8; read as {encoding}, the likeliest encoding",
            "look at its accents and quotation marks; save it as UTF-8 if they are wrong",
        )
    raw, nul = encodings.without_nul(raw)
    if nul:
        reading.problem(file.name, "doubtful", *nul)
    if WEB_PAGE.match(raw):
        said = "it looks like a web page, and is read as plain text"
        reading.problem(file.name, "doubtful", said, "let its name end in .html")
    elif what := written.held(raw):
        reading.problem(file.name, "doubtful", f"it holds {HELD[what]}, read as plain text", CURE[what])
    if not databases.take(file, reading, raw, encoding=encoding):
        article.take(reading, raw, source=file.name, encoding=encoding, sha256=file.sha256, options=file.options)


READERS = {".txt": read}
