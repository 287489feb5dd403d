"""Make slides of the notebooks: `python -m upkeep.teaching.slides [05 …]`, each a file in build/slides/.

A file holds all that it shows and asks for nothing: the notebook's figures as they are kept, a slide a section, then
what it asks and the sentences it ends with. Arrow keys move, and printed it is one slide a page. (The slides that
nbconvert makes fetch reveal.js, jQuery and MathJax from elsewhere.)
"""

import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import mistune
from nbformat import NotebookNode

from upkeep.notebooks.readme import opening
from upkeep.notebooks.run import ROOT, fail, find, read, write_whole

FOLDER = ROOT / "build" / "slides"
MOST, LETTERS = 8, 300  # of a table that can be read from the last bench: rows, and letters in them
LONGEST = 320  # letters of the prose on a slide without a figure
PNG = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]+")
LINK = re.compile(r"\[([^]]+)\]\([^)\s]+\)")
HINT = re.compile(r"\s*\([^()]*`[^()]*\)")  # on the code of the cell below, which no slide has
ASKED = re.compile(r"^\*\*(?:Predict|Change|Compose|Judge|In pairs)\.\*\*.*", re.MULTILINE)
AT_THE_END = re.compile(r"\n*^\*\*Where next\?\*\*.*", re.MULTILINE | re.DOTALL)


class _Plain(mistune.HTMLRenderer):
    """Escapes whatever could be HTML, and leaves a sign that is written as an entity that sign."""

    def text(self, text: str) -> str:
        return html.escape(html.unescape(text))


markdown = mistune.create_markdown(renderer=_Plain(escape=True))

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
@page {{ size: 297mm 167mm; margin: 0; }}
html {{ scroll-snap-type: y mandatory; font: 3.4vmin/1.4 system-ui, sans-serif; color: #1a1a1a; background: #fff; }}
body {{ margin: 0; }}
section {{ box-sizing: border-box; min-height: 100vh; padding: 6vmin 9vmin 9vmin; position: relative;
  scroll-snap-align: start; display: flex; flex-direction: column; justify-content: center; }}
h1 {{ font-size: 1.8em; line-height: 1.15; margin: 0 0 .7em; }}
h2 {{ font-size: 1.35em; line-height: 1.2; margin: 0 0 .6em; }}
table {{ border-collapse: collapse; font-size: .8em; align-self: flex-start; }}
th, td {{ padding: .2em 1.2em .2em 0; text-align: left; border-bottom: 1px solid #bbb; vertical-align: top; }}
p, ul {{ max-width: 40em; margin: 0 0 .7em; }}
img {{ display: block; max-width: 100%; max-height: 68vh; object-fit: contain; object-position: left; }}
footer {{ position: absolute; left: 9vmin; right: 9vmin; bottom: 3vmin; font-size: .6em; color: #555;
  display: flex; justify-content: space-between; }}
code {{ font-size: .95em; overflow-wrap: anywhere; }}
@media print {{ html {{ font-size: 5.7mm; }} section {{ min-height: 0; height: 167mm; padding: 10mm 16mm 14mm;
  break-after: page; break-inside: avoid; overflow: hidden; }} section:last-child {{ break-after: auto; }}
  img {{ max-height: 110mm; }}
  footer {{ left: 16mm; right: 16mm; bottom: 5mm; }} }}
</style>
</head>
<body>
{slides}
<script>
const slides = [...document.querySelectorAll("section")];
const steps = {{ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1}};
const here = () => slides.reduce((best, each, n) =>
  Math.abs(each.getBoundingClientRect().top) < Math.abs(slides[best].getBoundingClientRect().top) ? n : best, 0);
const show = n => slides[Math.max(0, Math.min(n, slides.length - 1))].scrollIntoView();
addEventListener("keydown", event => {{
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in steps) show(here() + (event.key === " " && event.shiftKey ? -1 : steps[event.key]));
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else return;
  event.preventDefault();
}});
</script>
</body>
</html>
"""


def made(notebook: NotebookNode, name: str) -> str:
    """Give the slides of a notebook as one page of HTML."""
    question = html.escape(opening(notebook).question)
    shown = [*_slides(notebook)]
    parts = [
        f'<section aria-label="{n} of {len(shown)}">\n{inner}\n<footer><span>{html.escape(name)}</span>'
        f"<span>{n} / {len(shown)}</span></footer>\n</section>"
        for n, inner in enumerate(shown, 1)
    ]
    return PAGE.format(title=question, slides="\n".join(parts))


def _slides(notebook: NotebookNode) -> Iterator[str]:
    """Give what each slide holds: the question, a slide or more for each section, the answer last."""
    told = opening(notebook)
    able = "".join(f"<li>{_line(line)}</li>" for line in told.able)
    yield f"<h1>{html.escape(told.question)}</h1>\n<p>You will be able to</p>\n<ul>{able}</ul>"
    sections = [*_sections(notebook)]
    for n, (heading, cells) in enumerate(sections):
        title = f"<h2>{_line(heading)}</h2>"
        prose = AT_THE_END.sub("", "\n\n".join(cell.source for cell in cells if cell.cell_type == "markdown")).strip()
        said = [text for cell in cells for text in _said(cell)]
        pictures = [picture for cell in cells for picture in _pictures(cell)]
        asked = ASKED.findall(prose)
        if n == len(sections) - 1:
            yield title + _text("\n\n".join(said[-1:]) or prose)
        elif asked:
            yield from (title + _text(one) for one in asked)
        elif pictures:
            yield from (title + picture for picture in pictures)
        else:
            first = _beginning(HINT.sub("", prose.split("\n\n")[0]))
            tables = [] if said else [table for cell in cells for table in _tables(cell)]
            yield title + _text("\n\n".join([*([] if "$" in first else [first]), *said[-1:]])) + "".join(tables[:1])


def _sections(notebook: NotebookNode) -> Iterator[tuple[str, list[NotebookNode]]]:
    """Give each section's heading and its cells; a cell that holds two headings is taken apart."""
    heading, cells = "", list[NotebookNode]()
    for cell in notebook.cells[1:]:
        pieces = re.split(r"^## +(.+)\n?", cell.source, flags=re.MULTILINE) if cell.cell_type == "markdown" else []
        if len(pieces) < 2:
            cells.append(cell)
            continue
        cells.append(NotebookNode(cell | {"source": pieces[0]}))
        for title, text in zip(pieces[1::2], pieces[2::2], strict=True):
            if heading:
                yield heading, cells
            heading, cells = title.strip(), [NotebookNode(cell | {"source": text.strip()})]
    if heading:
        yield heading, cells


def _said(cell: NotebookNode) -> Iterator[str]:
    """Give the sentences that a cell worked out; a list, such as what was loaded, is none."""
    for output in cell.get("outputs", []):
        text = output.get("data", {}).get("text/markdown", "")
        if text and not text.startswith("- "):
            yield text.split("\n\n")[0]


def _pictures(cell: NotebookNode) -> Iterator[str]:
    """Give a cell's figures as they are kept, each with the words that tell it."""
    for output in cell.get("outputs", []):
        found = PNG.search(output.get("data", {}).get("text/html", ""))
        alt = output.get("metadata", {}).get("passages", {}).get("figure", {}).get("alt")
        if found and alt:
            yield f'<img alt="{html.escape(alt)}" src="{found[0]}">'


def _tables(cell: NotebookNode) -> Iterator[str]:
    """Give a cell's small tables anew from the text in them, without the passages below their rows."""
    for output in cell.get("outputs", []):
        text = output.get("data", {}).get("text/html", "")
        found = lxml.html.fromstring(text).iter("tr") if "<table" in text else []
        rows = [
            [" ".join(each.text_content().split()) for each in row] for row in found if not row.findall(".//details")
        ]
        head, *told = [row for row in rows if any(row)] or [[]]
        told = [
            row for row in told if len(row) == 1 or any(row[1:])
        ]  # below pandas' head the index's name has a row of its own
        if told and len(told) <= MOST and sum(map(len, sum(told, []))) <= LETTERS:
            lines = ["".join(f"<td>{html.escape(each)}</td>" for each in row) for row in told]
            first = "".join(f'<th scope="col">{html.escape(each)}</th>' for each in head)
            yield f"<table><tr>{first}</tr>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def _beginning(told: str) -> str:
    """Give the first sentences of a paragraph, one at least, as many as a slide can bear."""
    held, *rest = re.split(r"(?<=[.?!:]) +(?=[A-Z“\"])", told)
    for sentence in rest:
        if len(held) + len(sentence) > LONGEST:
            break
        held += " " + sentence
    return held


def _text(told: str) -> str:
    return str(markdown(LINK.sub(r"\1", told)))


def _line(told: str) -> str:
    return re.sub(r"^<p>|</p>\s*$", "", _text(told))


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Write the slides of the notebooks named, or of all, and say where they are."""
    try:
        paths = find(arguments)
    except ValueError as problem:
        return fail(problem)
    for path in paths:
        write_whole(folder / f"{path.stem}.html", made(read(path), path.stem))
    print(f"Slides of {len(paths)} notebooks are in {folder}. Open one in a browser: arrow keys move, and it prints.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
