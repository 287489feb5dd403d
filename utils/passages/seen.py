"""What a reader sees of an output: its lines of text, and the numbers that stand in them."""

import re
from html.parser import HTMLParser

NUMBER = re.compile(
    r"""
    (?<![\w.])                                              # not inside a word, a version, a file name
    [-−+]?                                                  # a sign; in 1790-2026 it joins, as it follows a digit
    (?: (?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9]) | [0-9]+)      # 1,234 or 1234
        (?:\.[0-9]+)? | \.[0-9]+ | nan\b | NaN\b | inf\b )
    (?:[eE][-+]?[0-9]+)?
    (?!\w | \.[0-9])
    """,
    re.VERBOSE,
)
ALONE = {
    "address",
    "article",
    "blockquote",
    "br",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tr",
    "ul",
}
UNSEEN = {"script", "style"}


def lines(text: str) -> list[str]:
    """Give the lines of a text that hold more than white space, each run of that made one blank."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def visible(html: str) -> str:
    """Give the text a reader sees of some HTML: a line a paragraph or row, pictures as alt text."""
    reader = _Visible(convert_charrefs=True)
    reader.feed(html)
    reader.close()
    return "\n".join(lines("".join(reader.seen)))


class _Visible(HTMLParser):
    def __init__(self, **options: bool) -> None:
        super().__init__(**options)
        self.seen: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag in ALONE:
            self.seen.append("\n")
        elif tag in ("td", "th"):
            self.seen.append(" | ")
        given = dict(attrs)
        self.seen += [f" {given[name]} " for name in ("alt", "title") if given.get(name)]

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ALONE:
            self.seen.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.seen.append(data.replace("\n", " "))
