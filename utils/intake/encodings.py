"""From bytes to text: which encoding was taken, whether to trust it, and what is no text at all."""

import re
import unicodedata

from charset_normalizer import from_bytes

UNICODE = {"utf-8", "utf-16", "utf-32"}  # told by a byte-order mark, zero bytes or their strict rules: not guessed
MARKS = ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
NO_TEXT = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive, as Office files are too"), (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"), (b"BZh", "a bzip2 archive"), (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xfd7zXZ", "an xz archive"), (b"Rar!", "a RAR archive"), (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document, or one with a password"), (b"{\\rtf", "an RTF document"),
    (b"PAR1", "a Parquet table"), (b"SQLite format 3", "an SQLite database"), (b"\x7fELF", "a program"),
    (b"bplist00", "an Apple property list"), (b"OggS", "an Ogg recording"), (b"ID3", "an MP3 recording"),
)  # fmt: skip
PROGRAM = re.compile(rb"MZ.{0,200}(?:PE\0\0|This program)", re.DOTALL)
CONTROLS = bytes({*range(32), 127} - {*b"\t\n\v\f\r\x1a\x1b"})
ESCAPED = re.compile(rb"\x1b(?:\$[@B]|\([BIJ])")  # how Japanese text in ISO-2022 changes its alphabet
WESTERN = ["cp1252", "iso8859_15", "cp1250", "iso8859_2", "mac_roman"]
OTHERS = [
    "cp1251", "koi8_r", "iso8859_5", "cp1253", "cp1255", "cp1256", "cp932", "euc_jp", "gb18030", "big5", "cp949",
]  # fmt: skip
SAMPLE = 2**15  # bytes looked at in each of four places: a guess from more is no better and takes minutes
MISPLACED = re.compile(  # signs within words, capitals after small letters, what no article holds
    r"(?<=[^\W\d_])[¡-¦¨-ª¬-¶¸-¿×÷†‡‰ƒ∂-⋿](?=[^\W\d_])|(?<=[a-zß-öø-ÿ])[À-ÖØ-ÞŠŒŽŸ]|[a-z][¹³±¿§¶]|[¤¦¬Ÿƒˆ˜\x80-\x9f\ufffd]"
)
AFTER = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0))
AFTER = f"[{re.escape(AFTER)}\x80-\x9f]"
PLAIN_AFTER = f"(?![”“’‘»…–—]){AFTER}"  # a capital before a quotation mark or a dash is no mojibake
MOJIBAKE = re.compile(  # a class first, as `re` then skips in no time what cannot begin a find
    f"[âÃÂïÐÑÎÏØÙ×à-îð√‚в](?:(?<=â)€[^\\w\\s]|(?<=â)€œ|(?<=Ã){PLAIN_AFTER}|(?<=\\wÂ){PLAIN_AFTER}"
    f"|(?<=Â)[\xa0©®«»°§·]|(?<=ï)»¿|(?<=[ÐÑÎÏØÙ×]){AFTER}(?:[ÐÑÎÏØÙ×]{AFTER}){{2}}|(?<=[à-ï]){AFTER}{{2}}[à-ï]{AFTER}{{2}}"
    f"|(?<=ð)[Ÿ\x9f]{AFTER}{{2}}|(?<=[a-z]√)[^\\W\\d_©®]|(?<=[a-z]√)[©®]|(?<=‚)Ä[ôúùîìò¶]|(?<=в)Ђ[^\\w\\s])"
)
HIGH = re.compile(rb"[\x80-\xff]")
AROUND = 20  # characters shown on each side of an example


def decoded(content: bytes) -> tuple[str | None, str]:
    """Give the text of some bytes and the encoding taken; or None and the reason.

    UTF-8, UTF-16 and UTF-32 are told by their own rules, and a byte-order mark is dropped. Other bytes are read in
    the likeliest encoding: Windows-1252 (Latin-1 is a part of it), by far the commonest in Western news, unless its
    letters fall where no word has them; then the best guess. In a text damaged here and there U+FFFD stands for what
    cannot be read. Bytes that make no text (pictures, archives, programs, noise) are refused.
    """
    if kind := _no_text(content):
        return None, f"its bytes are those of {kind}, not of text"
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _unicode(content, encoding, encoding)
    if b"\0" in content:
        return _without_mark(content)
    if 50 * (len(content) - len(content.translate(None, CONTROLS))) > len(content):
        return None, "it is full of control characters, so it is no plain text"
    if ESCAPED.search(content) and (text := _strictly(content, "iso2022_jp")) is not None:
        return text, "iso2022_jp"
    return _utf_8(content) or _guessed(content)


def doubt(text: str) -> tuple[str, str] | None:
    """Give what is doubtful about a decoded text, and the cure; None where nothing is.

    Signs that were lost before (U+FFFD), or that come of UTF-8 read in another encoding ("â€œ", "Ã©").
    """
    if text.isascii():
        return None
    if (at := text.find("\ufffd")) >= 0:
        n = text.count("\ufffd")
        signs = "1 sign was" if n == 1 else f"{n:,} signs were"
        return (
            f"{signs} lost and stand as U+FFFD: {_example(text, at, at + 1)}",
            "look at the article where it was published; copy it again if the signs matter",
        )
    if found := MOJIBAKE.search(text):
        return (
            f"letters look as if UTF-8 had been read in another encoding: {_example(text, *found.span())}",
            "fetch or export it again as UTF-8; the text is loaded as it is",
        )
    return None


def _example(text: str, start: int, end: int) -> str:
    around = text[max(start - AROUND, 0) : end + AROUND]
    return f"“{' '.join(around.split())}”"


def _no_text(content: bytes) -> str | None:
    """Give what the first bytes say a file is, if that is no text."""
    if PROGRAM.match(content):
        return "a program"
    return next((kind for first, kind in NO_TEXT if content.startswith(first)), None)


def _strictly(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeError:
        return None


def _unicode(content: bytes, codec: str, encoding: str) -> tuple[str | None, str]:
    """Give text in UTF-16 or UTF-32, some of it lost perhaps; or None and why it is none."""
    text = content.decode(codec, "replace")
    if "\0" in text or not _plausible(text):
        return None, f"it begins like {encoding.upper()}, but what follows is no text"
    return text, encoding


def _without_mark(content: bytes) -> tuple[str | None, str]:
    """Give text in UTF-16 or UTF-32 without a byte-order mark, told by where its zero bytes stand."""
    found = []
    for codec in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        text = _strictly(content, codec)
        blanks = sum(map(text.count, " \n\r,.。，、")) if text else 0
        if blanks and "\0" not in text and _wordy(text):
            found.append((blanks, text, codec[:6]))
    if not found:
        return None, "it holds NUL characters, so it is no plain text"
    _, text, encoding = max(found, key=lambda each: each[0])
    return text, encoding


def _plausible(text: str) -> bool:
    """Tell writing from noise: nearly all of its characters are assigned, none of them private or control."""
    part = text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + text[-SAMPLE:]
    odd = sum(unicodedata.category(sign) in ("Cn", "Co", "Cs", "Cc") and sign not in "\t\n\v\f\r" for sign in part)
    return 50 * (odd + part.count("\ufffd")) <= len(part)


def _utf_8(content: bytes) -> tuple[str, str] | None:
    """Give text in UTF-8, of which a little may be damaged: more than twice as much beyond ASCII is whole."""
    if (text := _strictly(content, "utf-8-sig")) is not None:
        return text, "utf-8"
    text = content.decode("utf-8-sig", "replace")
    whole = len(re.findall(r"[^\x00-\x7f\ufffd]", text))
    return (text, "utf-8") if whole > 2 * text.count("\ufffd") else None


def _guessed(content: bytes) -> tuple[str | None, str]:
    """Give text in the likeliest encoding that is not Unicode; or None and the reason."""
    sample = _sample(content)
    for encoding in _likely(sample):
        text = _strictly(content, encoding)
        if text is None:
            text = content.decode(encoding, "replace")
            if 100 * text.count("\ufffd") > len(re.findall(r"[^\x00-\x7f]", text)):
                continue
        return text, encoding
    return None, "the bytes are no text in any encoding known to us"


def _likely(sample: bytes) -> list[str]:
    """Give the encodings in which a sample makes words, the likeliest first."""
    texts = {encoding: sample.decode(encoding, "replace") for encoding in WESTERN + OTHERS}
    n_high = sum(byte > 0x7F for byte in sample)
    wrong = {encoding: len(MISPLACED.findall(texts[encoding])) for encoding in WESTERN}
    fewest = min(wrong.values())
    if 3 * n_high <= len(b"".join(sample.split())) and 10 * fewest <= n_high:
        best = [encoding for encoding in WESTERN if wrong[encoding] == fewest]
        found = [match.encoding for match in from_bytes(sample, cp_isolation=best)] if len(best) > 1 else best
        found = best[:1] if not found or texts[found[0]] == texts[best[0]] or best[0] in found else found
    else:
        found = [match.encoding for match in from_bytes(sample, cp_isolation=WESTERN + OTHERS)]
    return [encoding for encoding in found if _wordy(texts[encoding])]


def _wordy(text: str) -> bool:
    """Tell words from noise: letters, digits and blanks make up most of a text, and most letters stand in words."""
    in_words = sum(map(len, re.findall(r"[^\W\d_]{2,}", text)))
    return len(text) >= 8 and in_words > 0.6 * len("".join(text.split())) and _plausible(text)


def _sample(content: bytes) -> bytes:
    """Give the bytes; of many, whole lines from the beginning, the middle, the end, and where ASCII ends."""
    if len(content) <= 4 * SAMPLE:
        return content
    places = (0, len(content) // 2, len(content) - SAMPLE, max(HIGH.search(content).start() - 99, 0))
    pieces = [content[place : place + SAMPLE] for place in places]
    return b"\n".join(piece[piece.find(b"\n") + 1 : piece.rfind(b"\n") + 1 or None] for piece in pieces)
