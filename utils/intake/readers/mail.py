"""E-mails (.eml) and mailboxes (.mbox): newsletters, each message an article, its text as it is shown.

Of a message in several forms the plain text is read, unless it is a stub beside the page that it stands for; of a page
what it shows. The subject is the title, the date the message's own. The sender is the outlet or the byline only where
name and address say the same. Attachments are told of and never opened; nothing is fetched.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import NamedTuple

from utils.intake import article, encodings
from utils.intake.batch import File, Reading, reader
from utils.intake.budget import Broken, TooMuch
from utils.intake.readers import databases
from utils.intake.readers.html import visible

LARGEST = 120_000_000  # bytes of a message, its attachments too
BYTE = 2  # characters of plain text that a byte takes as long as
PARTS = 100  # of a message: of each line it is asked whether it ends one of them
HEAD = 200_000  # bytes above a message's text
LONG = re.compile(rb"(?im)^content-(?:type|disposition|transfer-encoding):(?:[^\n]|\n[ \t]){10000}")
HEADER = 2_000  # characters of a header that are read
STUB, TIMES = 300, 4  # a plain text of fewer characters, beside a page that shows so many times more, is no article
BEGINS = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,200}\d\d:\d\d[^\r\n]{1,60}\r?\n")
BLANK = re.compile(rb"\r?\n\r?\n")
COMMENT = re.compile(r"\([^()]{0,200}\)")
SENDERS = re.compile(r"(?P<person>.{2,80}?)(?: (?:from|at|of|via|von|bei|de|du|chez) |,\s| [|/–-] )(?P<house>.{2,80})")
HOSTS = frozenset("mail email e news newsletter newsletters list lists mailing www com org net info co".split())
SHORTEST = 5  # letters of an address that can stand for a name
AGAIN = "save the message again in the mail program, as .eml or its text as .txt"


class _Sender(NamedTuple):
    """Who sent a message, as its address says it."""

    name: str
    user: str
    domain: str


@reader
def read(file: File, reading: Reading) -> None:
    """Take the message of an e-mail."""
    if file.size > LARGEST:
        said = f"it has {file.size / 10**6:,.0f} MB, and the limit is {LARGEST // 10**6} MB"
        raise Broken(said, "save the message without its attachments")
    content = file.content()
    if not content.strip():
        raise Broken("the file is empty", "save the message again, or take the file away")
    _take(content, file.name, file.name, file, reading, alone=True)


@reader
def read_mailbox(file: File, reading: Reading) -> None:
    """Take every message of a mailbox."""
    content = file.content() if file.size <= LARGEST else b""
    starts = list(BEGINS.finditer(content))
    if not starts or starts[0].start():
        said = "it is empty or larger than is read" if not content.strip() else "it does not begin as a mailbox does"
        raise Broken(said, "export it again as .mbox, or save each message as .eml")
    ends = [each.start() for each in starts[1:]] + [len(content)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True), start=1):
        source = f"{file.name} article {number}"
        try:
            _take(content[start.end() : end], source, f"{file.name}-{number}", file, reading)
        except Broken as error:
            if isinstance(error, TooMuch) and reading.budget.left < 0:
                raise
            reading.problem(source, "unreadable", error.problem, error.cure)


def _take(content: bytes, source: str, name: str, file: File, reading: Reading, *, alone: bool = False) -> None:
    """Take one message, or raise Broken."""
    reading.budget.spend(BYTE * len(content))
    message = _parsed(content)
    if not message.keys():
        problem = "it has no head of an e-mail; all of it was read as its text"
        reading.problem(source, "doubtful", problem, "let its name end in .txt if it is no e-mail")
    text, encoding = _text(message, source, reading)
    if found := _attached(message):
        names = ", ".join(found[:5]) + ", …" * (len(found) > 5)
        said = f"its {len(found):,} attachment{'s were' if len(found) > 1 else ' was'} not opened: {names}"
        reading.problem(source, "doubtful", said, "save what is an article among them as a file of its own")
    if alone and databases.take(file, reading, text, encoding=encoding):
        return
    sent = COMMENT.sub(" ", _header(message, "date")).strip() or None
    given = {"title": _header(message, "subject") or None, "published": sent} | _names(_sender(message))
    article.take(
        reading, text, source=source, article_id=name, encoding=encoding, sha256=file.sha256, options=file.options,
        given=given,
    )  # fmt: skip


def _parsed(content: bytes) -> EmailMessage:
    """Give a message with its parts, or raise Broken."""
    head = BLANK.search(content, 0, HEAD)
    if head is None and len(content) >= HEAD:
        raise Broken(f"its head has more than {HEAD:,} bytes, so it is no e-mail", AGAIN)
    if (n := content.lower().count(b"multipart/")) > PARTS:
        raise Broken(f"it speaks of {n:,} messages in several parts, and the limit is {PARTS}", AGAIN)
    if LONG.search(content):
        raise Broken("what it says of one of its parts has more than 10,000 characters, as in no e-mail", AGAIN)
    try:
        return message_from_bytes(content, policy=policy.default)
    except Exception as error:  # the parser raises what the damage led to
        raise Broken(f"it is damaged ({type(error).__name__})", AGAIN) from error


def _text(message: EmailMessage, source: str, reading: Reading) -> tuple[str, str]:
    """Give what a message shows, and its encoding, or raise Broken."""
    try:
        plain, page = (message.get_body((kind,)) for kind in ("plain", "html"))
    except Exception as error:  # a header that no mail program writes
        raise Broken(f"it is damaged ({type(error).__name__})", AGAIN) from error
    text, encoding = _decoded(plain, source, reading) if plain is not None else ("", "utf-8")
    if page is None or len(text.strip()) >= STUB:
        if plain is None and page is None:
            raise Broken("it holds no text", "save what is attached to it as files of their own")
        return text, encoding
    markup, of_page = _decoded(page, source, reading)
    root = visible.tree(markup).root
    shown = "\n".join(line.text for line in visible.shown(root)) if root is not None else ""
    return (shown, of_page) if len(shown) > TIMES * len(text.strip()) else (text, encoding)


def _decoded(part: Message, source: str, reading: Reading) -> tuple[str, str]:
    """Give the text of a part in the encoding that it names, if its bytes fit; else in the likeliest."""
    try:
        payload, named = part.get_payload(decode=True), part.get_content_charset()
    except Exception as error:  # a header that no mail program writes
        raise Broken(f"it is damaged ({type(error).__name__})", AGAIN) from error
    content = payload if isinstance(payload, bytes) else b""
    text, encoding = None, named or ""
    try:
        text = content.decode(named, "strict") if named and not encodings.wide(content) else None
    except (LookupError, ValueError):
        text = None
    if text is None:
        text, encoding = encodings.decoded(content) if content else ("", "utf-8")
        if text is None:
            raise Broken(encoding, AGAIN)
        if encoding not in encodings.UNICODE:
            problem = f"not in the encoding that it names, if any; read as {encoding}, the likeliest"
            reading.problem(source, "doubtful", problem, "look at its accents and quotation marks")
    text, nul = encodings.without_nul(text)
    if nul:
        reading.problem(source, "doubtful", *nul)
    return text, encoding


def _attached(message: EmailMessage) -> list[str]:
    """Give the names of what is attached."""
    return [name for part in _leaves(message) if (name := _attachment(part))]


def _leaves(message: Message) -> Iterator[Message]:
    """Give the parts that hold no others, a message within a message as one."""
    waiting: list[Message] = [message]
    while waiting:
        part = waiting.pop()
        parts = part.get_payload() if part.get_content_maintype() == "multipart" else None
        if isinstance(parts, list):
            waiting.extend(inner for inner in reversed(parts) if isinstance(inner, Message))
        else:
            yield part


def _attachment(part: Message) -> str:
    """Give the name under which a part is attached, empty where it is shown."""
    try:
        shown = part.get_content_disposition() != "attachment" and part.get_content_maintype() != "message"
        return "" if shown else " ".join((part.get_filename() or f"of the kind {part.get_content_type()}")[:80].split())
    except Exception:  # a header that no mail program writes
        return "without a name"


def _header(message: EmailMessage, name: str) -> str:
    """Give a header as it is read, empty where there is none; of a very long one the beginning."""
    said = _said(message, name)
    try:
        return " ".join(str(policy.default.header_factory(name, " ".join(said.split()))).split())
    except Exception:  # the parser of headers raises what it stumbles over, RecursionError too
        return " ".join(said.encode("utf-8", "replace").decode("utf-8").split())


def _said(message: EmailMessage, name: str) -> str:
    """Give a header as it stands there; bytes that it should not hold as UTF-8, else as Windows wrote them."""
    said = next((str(value) for key, value in message.raw_items() if key.lower() == name), "")[:HEADER]
    if not said.isascii():
        content = said.encode("utf-8", "surrogateescape")
        try:
            said = content.decode("utf-8")
        except UnicodeDecodeError:
            said = content.decode("cp1252", "replace")
    return said


def _sender(message: EmailMessage) -> _Sender:
    """Give the sender, all empty where the message names none that can be read."""
    said = _said(message, "from")
    try:
        address = policy.default.header_factory("from", " ".join(said.split())).addresses[0]
        return _Sender(" ".join(address.display_name.split()), address.username, address.domain)
    except Exception:  # the parser of headers raises what it stumbles over, RecursionError too
        return _Sender("", "", "")


def _names(sender: _Sender) -> dict[str, str]:
    """Give outlet and byline where the sender's name and address say the same: "The Harbour Post", news@harbourpost…"""
    found = SENDERS.fullmatch(sender.name)
    if found and _is_house(found["house"], sender.domain):
        return {"byline": found["person"], "outlet": found["house"]}
    if _is_house(sender.name, sender.domain):
        return {"outlet": sender.name}
    return {"byline": sender.name} if _is_person(sender.name, sender.user) else {}


def _is_house(name: str, domain: str) -> bool:
    """Tell whether a name and the domain of an address are of the same house."""
    said = _letters(name.casefold().removeprefix("the "))
    labels = [_letters(label) for label in domain.casefold().split(".")[:-1] if label not in HOSTS]
    return any(min(len(label), len(said)) >= SHORTEST and (said in label or label in said) for label in labels)


def _letters(text: str) -> str:
    """Give a text without all that is no letter and no digit."""
    return "".join(filter(str.isalnum, text))


def _is_person(name: str, user: str) -> bool:
    """Tell whether a name is that of the person whose address it is: its last word stands in the address."""
    words, user = name.casefold().split(), user.casefold()
    return 2 <= len(words) <= 4 and len(words[-1]) > 2 and words[-1] in user and words[0][0] in user


READERS = {".eml": read, ".mbox": read_mailbox}
