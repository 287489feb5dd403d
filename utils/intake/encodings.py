"""From bytes to text: which encoding was taken, and whether to trust it."""

from charset_normalizer import from_bytes


def decoded(content: bytes) -> tuple[str | None, str]:
    """Give the text of some bytes and the encoding taken; or None and the reason.

    UTF-8 is tried first and a byte-order mark is dropped. What is not UTF-8 is read in the likeliest encoding:
    Windows-1252 where that is possible at all, as it is by far the commonest in Western news, else the best guess.
    """
    try:
        text, encoding = content.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        likely = {match.encoding: match for match in from_bytes(content)}
        if not likely:
            return None, "the bytes are no text in any known encoding"
        encoding = "cp1252" if "cp1252" in likely else next(iter(likely))
        text = str(likely[encoding])
    if "\0" in text:
        return None, "it holds NUL characters, so it is no plain text"
    return text, encoding
