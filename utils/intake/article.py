"""One article into a reading: the one way in for every format."""

from collections.abc import Mapping

from utils.intake import scraped
from utils.intake.reading import DEFAULT, Options, Reading, Segment, lines

Labelled = tuple[list[Segment], dict[str, str]]


def take(
    reading: Reading,
    raw: str,
    *,
    source: str,
    encoding: str,
    sha256: str,
    article_id: str | None = None,
    options: Options = DEFAULT,
    given: Mapping[str, object] | None = None,
    labelled: Labelled | None = None,
) -> None:
    """Label one article and take it in; an empty one is missing and noted.

    Half characters that no encoding can hold (lone surrogates) become U+FFFD and are noted.

    Parameters
        raw: the decoded text.  source: the file, or file and row, it came from.  article_id: default the source.
        given: columns that came beside the text (title, outlet, published, … and the person's own); they stand before
        what the lines of the text say.
        labelled: segments and metadata, where the format tells them; else the lines are read as a scraped article.
    """
    whole = raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if whole != raw:
        reading.problem(
            source, "doubtful", "half characters (lone surrogates) were replaced by U+FFFD", "copy the text again"
        )
    if not any(True for _ in lines(whole)):
        reading.problem(
            source, "unreadable", "the text is empty", "put the article into the file, or take the file away"
        )
        return
    segments, metadata = scraped.label(whole) if labelled is None else labelled
    if not any(kind == "body" for *_, kind, _ in segments):
        reading.problem(
            source,
            "doubtful",
            "no paragraph of an article was found in it",
            "read it with passages.read and see how its lines were labelled",
        )
    article = {"article_id": article_id or source, "raw": whole, "source": source, "encoding": encoding}
    reading.add(article | {"sha256": sha256} | metadata | dict(given or {}), segments)
