"""From bytes to text: which encoding was taken, whether to trust it, and what is no text at all."""

import re
import unicodedata
from collections.abc import Iterator

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
MAY_BE = re.compile(  # where else to look for mojibake: few texts have any such place
    r"[\x80-\u017f](?:(?![”“’‘»…–—])[^\x00-\x7f])+(?:(?![”“’‘»…–—]).)?"
)
HIGH = re.compile(rb"[\x80-\xff]")
FILLED = re.compile(rb"\0{8,}")  # what a file was filled up with, or what a damaged disk gave
SIXTEEN = rb"""(?sx)               # several letters in UTF-16, up to four other signs between them
    (?:%(first)b)?                  # a byte-order mark or a quotation mark may come first
    (?: %(one)b{8,} | %(one)b{2,} (?: (?:..){1,4} %(one)b{2,} ){2} )
    (?: (?:..){1,4} %(one)b{2,} )*
    (?: (?:(?![\t\n\r\x20-~]{2})..){1,4} \Z )?
"""
WIDE = {  # letters: Western, Cyrillic, Hebrew and Arabic ones, and others whose code begins with as small a byte
    "utf-16-le": re.compile(SIXTEEN % {b"first": rb"\xff\xfe|[\x18-\x1e]\x20", b"one": rb"(?:[^\0]\0|.[\1-\6])"}),
    "utf-16-be": re.compile(SIXTEEN % {b"first": rb"\xfe\xff|\x20[\x18-\x1e]", b"one": rb"(?:\0[^\0]|[\1-\6].)"}),
}
SHORT = 8  # characters: of fewer nobody can tell whether they are words
STRAY = 1 / 3  # of the bytes beside those in UTF-16: with more NUL characters it is no text with some in it
ASCII = bytes([*b"\t\n\r", *range(32, 127)])
PLAINLY = 0.75  # of the bytes of a text in an old encoding with NUL characters in it are ASCII; fewer may be UTF-16
ODD = re.compile(r"\0+|[\1-\x08\x0e-\x1f\ufffd]")
WORDS = re.compile(  # letters, and the vowels and accents that scripts write as signs of their own
    r"(?:[^\W\d_]|[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0963\u0966-\u109f\u1780-\u17d3]){2,}"
)
AROUND = 20  # characters shown on each side of an example


def decoded(content: bytes) -> tuple[str | None, str]:
    """Give the text of some bytes and the encoding taken; or None and the reason.

    UTF-8, UTF-16 and UTF-32 are told by their own rules, and a byte-order mark is dropped. Other bytes are read in
    the likeliest encoding: Windows-1252 (Latin-1 is a part of it), by far the commonest in Western news, unless its
    letters fall where no word has them; then the best guess. In a text damaged here and there U+FFFD stands for what
    cannot be read. Of NUL characters that stray ones are left, for `without_nul`; where one part of a text is in UTF-16
    and the other is not, each is read as what it is. Bytes that make no text (pictures, archives, programs, noise) are
    refused.
    """
    if kind := _no_text(content):
        return None, f"its bytes are those of {kind}, not of text"
    if b"\0" in content:
        return _with_zeros(content)
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _unicode(content, encoding, encoding)
    return _bytewise(content)


def wide(content: bytes) -> bool:
    """Tell whether bytes are in UTF-16 or UTF-32, at least in part, or no text at all."""
    zeros = content.count(b"\0")
    return zeros > STRAY * len(content) or zeros > 0 and any(form.search(content) for form in WIDE.values())


def without_nul(text: str) -> tuple[str, tuple[str, str] | None]:
    """Give a text without its NUL characters, which no text has, and what is to be said of them: problem and cure."""
    at = text.find("\0")
    if at < 0:
        return text, None
    around = text[max(at - AROUND, 0) : at] + text[at : at + 9 * AROUND].replace("\0", "")[:AROUND]
    problem = f"it holds NUL characters, as no text does; they were left out: {_example(around, 0, len(around))}"
    return text.replace("\0", ""), (problem, "look whether something is missing there, and save it again as UTF-8")


def _bytewise(content: bytes) -> tuple[str | None, str]:
    """Give the text of bytes that are in neither UTF-16 nor UTF-32, and the encoding; or None and the reason."""
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
    if span := _mojibake(text):
        return (
            f"letters look as if UTF-8 had been read in another encoding: {_example(text, *span)}",
            "fetch or export it again as UTF-8; the text is loaded as it is",
        )
    return None


def _mojibake(text: str) -> tuple[int, int] | None:
    """Give where letters stand that come of UTF-8 read in another encoding, by our rule or by ftfy's, which takes fifty
    times as long and so looks only where two signs beyond ASCII meet."""
    if found := MOJIBAKE.search(text):
        return found.span()
    places = [place.span() for place in MAY_BE.finditer(text)]
    if not places:
        return None
    from ftfy import badness  # here, as few texts need it

    return next(((start, end) for start, end in places if badness.is_bad(text[max(start - 1, 0) : end])), None)


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


def _with_zeros(content: bytes) -> tuple[str | None, str]:
    """Give a text with zero bytes in it: in UTF-16 or UTF-32, with NUL characters in it, or partly in UTF-16.

    Of the readings that make words, that with most blanks and fewest odd signs is right: what is not UTF-16 makes
    Chinese without any blanks.
    """
    short = FILLED.sub(lambda zeros: zeros[0][: 4 + len(zeros[0]) % 4], content)
    mark, encoding = next((each for each in MARKS if content.startswith(each[0])), (b"", ""))
    found = [*_in_unicode(short, encoding), *(each for codec in WIDE for each in _in_parts(short, codec))]
    if found:
        return max(found, key=lambda each: _n_blanks(each[0]) - len(ODD.findall(each[0])))
    if mark:
        return _unicode(short, encoding, encoding)
    if not content.strip(b"\0"):
        return None, "it holds nothing but NUL characters"
    text, encoding = _among_nul(short)
    return (None, "it holds NUL characters, so it is no plain text") if text is None else (text, encoding)


def _n_blanks(text: str) -> int:
    return sum(map(text.count, " \n\r,.。，、"))


def _in_unicode(content: bytes, encoding: str) -> Iterator[tuple[str, str]]:
    """Give the readings as UTF-16 and UTF-32 that make words with blanks, or only as the encoding that a mark tells;
    U+FFFD stands for a last byte that has no other."""
    for codec in [encoding] if encoding else ["utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"]:
        end = len(content) - len(content) % (4 if "32" in codec else 2)
        text = _strictly(content[:end], codec)
        if text and 50 * text.count("\0") <= len(text) + 200 and _n_blanks(text) and _wordy(text.replace("\0", "")):
            yield text + "\ufffd" * bool(content[end:].strip(b"\0")), codec[:6]


def _in_parts(content: bytes, codec: str) -> Iterator[tuple[str, str]]:
    """Give the reading as a text with parts in UTF-16 or none, or as UTF-16 with a byte too many, if it makes words.

    codec: that of the parts in UTF-16.
    """
    wide = [*WIDE[codec].finditer(content)]
    bounds = [0, *(place for part in wide for place in part.span()), len(content)]
    narrow = [content[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]
    rest = b"".join(narrow)
    if 50 * len(rest) < len(content) and len({part.start() % 2 for part in wide}) > 1:
        encoding, named = "utf-8", "utf-16"
    elif len(rest.strip(b"\0")) < 2:
        return
    else:
        text, encoding = _among_nul(rest)
        high = len(rest.translate(None, ASCII + b"\0"))
        if text is None or encoding != "utf-8" and high > (1 - PLAINLY) * len(rest):
            return
        named = f"{encoding} and utf-16" if wide else encoding
    pieces = [piece.decode(encoding, "replace") for piece in narrow]
    for number, part in enumerate(wide):
        pieces[number] += part[0].decode(codec, "replace").removeprefix("\ufeff")
    yield "".join(pieces).removeprefix("\ufeff"), named


def _among_nul(content: bytes) -> tuple[str | None, str]:
    """Give the text of bytes with NUL characters, and the encoding; or None where it is none without them."""
    plain = content.translate(None, b"\0")
    text, encoding = _bytewise(plain)
    short = len(plain) < SHORT and not plain.translate(None, ASCII)
    if text is None or not (short or _wordy(text)) or len(content) - len(plain) > STRAY * len(content):
        return None, encoding
    return content.decode("utf-8-sig" if encoding == "utf-8" else encoding, "replace"), encoding


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
    from charset_normalizer import from_bytes  # here, as few texts need it

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
    part = text if len(text) <= 4 * SAMPLE else text[: 2 * SAMPLE] + text[-2 * SAMPLE :]
    in_words = sum(map(len, WORDS.findall(part)))
    return len(text) >= SHORT and in_words > 0.6 * len("".join(part.split())) and _plausible(text)


def _sample(content: bytes) -> bytes:
    """Give the bytes; of many, whole lines from the beginning, the middle, the end, and where ASCII ends."""
    if len(content) <= 4 * SAMPLE:
        return content
    high = HIGH.search(content)
    places = (0, len(content) // 2, len(content) - SAMPLE, max(high.start() - 99, 0) if high else 0)
    pieces = [content[place : place + SAMPLE] for place in places]
    return b"\n".join(piece[piece.find(b"\n") + 1 : piece.rfind(b"\n") + 1 or None] for piece in pieces)


def whole(text: str) -> str:
    """Give the text with U+FFFD for half characters (lone surrogates), which no table can hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
