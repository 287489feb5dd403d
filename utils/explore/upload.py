"""Front ends in the notebook: nothing is computed in them, and what they show is escaped."""

from collections.abc import Mapping
from html import escape
from pathlib import Path

import ipywidgets

from utils.corpus.corpus import FOLDER, Corpus, CorpusError
from utils.corpus.library import load
from utils.explore import uploads
from utils.explore.still import Still
from utils.intake import readers

SHOWN = 10  # lines of a report that are shown
AT_ONCE = 8  # MB: a message to the kernel of more than 10 MiB makes the server drop the line, and the files with it
LIMITS = (
    f"Up to {AT_ONCE} MB at a time. Copy larger files into the folder yourself: above 10 MB JupyterLab breaks off the "
    "upload, and nothing is said below."
)


def upload(folder: str | Path | None = None) -> ipywidgets.VBox:
    """Give a file picker that puts articles into a folder of yours, corpus/mine/ by default, and loads it.

    Any file that `load` reads can be chosen, many at once. No file is ever written over: a second x.txt becomes
    x-2.txt. Below the picker stand what was written, what the report says, and the line of code that comes next.
    """
    place = FOLDER / "mine" if folder is None else Path(folder)
    called = '"mine"' if folder is None else repr(str(folder))
    picker = ipywidgets.FileUpload(
        accept=",".join(readers.by_ending()), multiple=True, description="Choose files", layout={"width": "auto"}
    )
    hint, said = ipywidgets.HTML(_as_html([LIMITS])), ipywidgets.HTML()

    def taken(change: Mapping) -> None:
        if not change["new"]:
            return
        chosen = [(each["name"], bytes(each["content"])) for each in change["new"]]
        picker.value = ()  # else their content would be kept, and saved with the notebook
        lines = [_written(place, name, content) for name, content in chosen]
        said.value = _as_html([*lines, *_loaded(place, called)])

    picker.observe(taken, "value")
    return Still([picker, hint, said])


def _written(folder: Path, name: str, content: bytes) -> str:
    """Put one file into the folder; give what became of it in a line."""
    ending = Path(uploads.cleaned(name)).suffix.lower()
    if ending not in readers.by_ending():
        return f"{name} was not taken: there is no reader for {ending or 'files without an ending'}"
    try:
        kept = uploads.put(folder, name, content)
    except OSError as error:
        return f"{name} could not be written into {folder} ({error.strerror or error})"
    return f"{name} is kept" + (f" as {kept.name}" if kept.name != name else "")


def _loaded(folder: Path, called: str) -> list[str]:
    """Load the folder; give what it holds, the lines of its report, and the next line of code."""
    try:
        news = load("mine" if called == '"mine"' else folder)
    except CorpusError as error:
        return [str(error)]
    return [_size(news), *_report(news), f"Next: news = load({called})"]


def _size(news: Corpus) -> str:
    report = news.report()
    unread = f" ({news.unread} not read)" if news.unread else ""
    lines = f"{len(report):,} line{'s' * (len(report) != 1)}" if len(report) else "nothing"
    return f"{len(news):,} article{'s' * (len(news) != 1)} in all{unread}; the report says {lines}"


def _report(news: Corpus) -> list[str]:
    report = news.report()
    told = [f"{row.kind}: {row.source}: {row.problem}. Cure: {row.cure}" for row in report[:SHOWN].itertuples()]
    rest = len(report) - SHOWN
    return told + ([f"… and {rest:,} more: news.report()"] if rest > 0 else [])


def _as_html(lines: list[str]) -> str:
    return "".join(f'<p style="margin:0;line-height:1.5;overflow-wrap:anywhere">{escape(line)}</p>' for line in lines)
