"""What it takes to load articles from each format, beside plain text files; and the memory of large tables.

Run by `make bench N=readers`. The same made-up articles are written in every format there is a reader for, a file
each or a table of them all, and loaded in turn, round by round, in one process: machines differ and drift, so that
the ratio to .txt is what counts. Memory is that of a process of its own, above what it holds after its imports.
"""

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from html import escape
from pathlib import Path

STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
LARGE = (".parquet", ".jsonl")
Rows = list[dict[str, str]]


def made_up(n: int) -> Iterator[dict[str, str]]:
    """Give articles of 3 KB in the scraped layout, with curly quotes, so that a character takes two bytes in Python."""
    draw = random.Random(2025)
    words = ["".join(draw.choices("aeiounrstldmp", k=draw.randint(2, 9))) for _ in range(5000)]
    for number in range(n):
        lines = [" ".join(draw.choices(words, k=38)).capitalize() for _ in range(12)]
        body = "\n".join(f"{line[:100]} “{line[100:150]}” he said{line[150:]}." for line in lines)
        raw = (
            f"Headline {number} on {draw.choice(words)}\nPublished in News\n{body}\n"
            f"©2025 The {words[number % 20]} Post. Visit at post.example.\n\nComments\n"
        )
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        yield {"raw": raw, "outlet": f"The {words[number % 20]} Post", "published": day}


def each(write: Callable[[Path, str], None], ending: str) -> Callable[[Rows, Path], None]:
    """Give what writes one file an article."""

    def written(rows: Rows, folder: Path) -> None:
        for number, row in enumerate(rows):
            write(folder / f"{number:05}{ending}", row["raw"])

    return written


def as_text(path: Path, raw: str) -> None:
    path.write_text(raw, encoding="utf-8")


def as_page(path: Path, raw: str) -> None:
    """Write a web page: a menu, the article, a footer."""
    title, *lines = raw.splitlines()
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    path.write_text(
        f"<!doctype html><html><head><meta charset='utf-8'><title>{escape(title)}</title></head><body><nav><a href='/'>"
        f"Home</a> <a href='/news'>News</a></nav><article><h1>{escape(title)}</h1>{paragraphs}</article><footer>"
        "<p>All rights reserved</p></footer></body></html>",
        encoding="utf-8",
    )


def as_document(path: Path, raw: str) -> None:
    from docx import Document

    document = Document()
    for line in raw.splitlines():
        document.add_paragraph(line)
    document.save(path)


def as_pdf(path: Path, raw: str) -> None:
    """Write a PDF of one long page with a text layer: no library we use writes one."""
    pieces = [line[at : at + 90] for line in raw.splitlines() for at in range(0, max(len(line), 1), 90)]
    shown = [piece.encode("cp1252", "replace").translate(None, b"()\\") for piece in pieces]
    stream = b"BT /F1 10 Tf 12 TL 50 1000 Td\n" + b"".join(b"(%s) Tj T*\n" % piece for piece in shown) + b"ET"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 1050] /Contents 4 0 R /Resources "
        b"<< /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font,
    ]
    content, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
    path.write_bytes(content + end % (table, len(content)))


def as_rich_text(path: Path, raw: str) -> None:
    coded = "".join(sign if sign.isascii() else f"\\u{ord(sign)}?" for sign in raw).replace("\n", "\\par\n")
    path.write_text(f"{{\\rtf1\\ansi{{\\fonttbl{{\\f0\\fcharset0 Arial;}}}}\\f0 {coded}}}", encoding="ascii")


def as_letter(raw: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "The Post <news@post.example>", raw.partition("\n")[0]
    mail.set_content(raw)
    return mail.as_bytes()


def as_mailbox(rows: Rows, folder: Path) -> None:
    rule = b"From news@post.example Wed Dec  3 08:15:00 2025\n"
    (folder / "a.mbox").write_bytes(b"\n".join(rule + as_letter(row["raw"]) for row in rows))


def as_table(write: Callable) -> Callable[[Rows, Path], None]:
    """Give what writes one table of all articles with pandas."""

    def written(rows: Rows, folder: Path) -> None:
        import pandas as pd

        write(pd.DataFrame(rows), folder)

    return written


def as_archive(rows: Rows, folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number, row in enumerate(rows):
            archive.writestr(f"{number:05}.txt", row["raw"])


def as_lines(rows: Iterator[dict[str, str]], folder: Path, ending: str = ".jsonl") -> None:
    with (folder / f"a{ending}").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


WRITERS: dict[str, Callable[[Rows, Path], None]] = {
    ".txt": each(as_text, ".txt"),
    ".csv": as_table(lambda table, folder: table.to_csv(folder / "a.csv", index=False)),
    ".tsv": as_table(lambda table, folder: table.to_csv(folder / "a.tsv", index=False, sep="\t")),
    ".jsonl": as_lines,
    ".ndjson": lambda rows, folder: as_lines(rows, folder, ".ndjson"),
    ".json": as_table(lambda table, folder: table.to_json(folder / "a.json", orient="records")),
    ".parquet": as_table(lambda table, folder: table.to_parquet(folder / "a.parquet", index=False)),
    ".xlsx": as_table(lambda table, folder: table.to_excel(folder / "a.xlsx", index=False)),
    ".html": each(as_page, ".html"),
    ".htm": each(as_page, ".htm"),
    ".docx": each(as_document, ".docx"),
    ".pdf": each(as_pdf, ".pdf"),
    ".rtf": each(as_rich_text, ".rtf"),
    ".eml": each(lambda path, raw: path.write_bytes(as_letter(raw)), ".eml"),
    ".mbox": as_mailbox,
    ".zip": as_archive,
}


def side_by_side(n: int, rounds: int) -> None:
    """Print the speed of every reader on the same articles, and its time as a ratio to that of .txt."""
    from utils import load
    from utils.intake import readers

    rows = list(made_up(n))
    size = sum(len(row["raw"].encode()) for row in rows) / 1e6
    endings = [ending for ending in readers.by_ending() if ending in WRITERS]
    print(
        f"{n:,} articles, {size:.1f} MB of text, {rounds} rounds; without a measure here: "
        f"{', '.join(readers.by_ending().keys() - WRITERS.keys()) or 'none'}"
    )
    with tempfile.TemporaryDirectory() as temporary:
        folders = {ending: Path(temporary, ending[1:]) for ending in endings}
        for ending, folder in folders.items():
            folder.mkdir()
            WRITERS[ending](rows, folder)
            load(folder)
        taken: dict[str, list[float]] = {ending: [] for ending in endings}
        for _ in range(rounds):
            for ending, folder in folders.items():
                start = time.process_time()
                news = load(folder)
                taken[ending].append(time.process_time() - start)
                assert len(news) == n, f"{ending}: {len(news)} of {n} articles"
    for ending, times in taken.items():
        ratios = sorted(a / b for a, b in zip(times, taken[".txt"], strict=True))
        middle = statistics.median(times)
        print(
            f"{ending:9} {size / middle:6.1f} MB/s {n / middle:8,.0f} articles/s; "
            f"{statistics.median(ratios):5.2f} times .txt ({ratios[0]:.2f}-{ratios[-1]:.2f})"
        )


def megabytes(field: str) -> float:
    """Give a field of this process's memory in MB (Linux)."""
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith(field))
    return int(line.split()[1]) / 1024


def memory(path: Path) -> None:
    """Print how far memory rises above the imports while a table is loaded, as a multiple of its text in UTF-8."""
    from utils import load

    before = megabytes("VmRSS")
    CLEAR.write_text("5")
    start = time.perf_counter()
    news = load(path)
    seconds, peak = time.perf_counter() - start, megabytes("VmHWM") - before
    size = sum(len(raw.encode()) for raw in news.articles["raw"]) / 1024**2
    print(
        f"{path.suffix}: {len(news):,} articles, {size:.0f} MB of text in {seconds:.0f} s; at the peak {peak:.0f} MB "
        f"above the imports, {peak / size:.1f} times the text (wanted at most 6)",
        flush=True,
    )


def main() -> None:
    """Print speed and memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=400, help="articles in each format, for the speed")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--large", type=int, default=100_000, help="articles in one table, for the memory")
    options.add_argument("--memory", type=Path, help="a table: print its memory alone")
    asked = options.parse_args()
    if asked.memory:
        memory(asked.memory)
        return
    side_by_side(asked.articles, asked.rounds)
    with tempfile.TemporaryDirectory() as temporary:
        for ending in LARGE:
            writer = [
                sys.executable,
                "-c",
                f"import readers; from pathlib import Path; readers.WRITERS[{ending!r}]("
                f"list(readers.made_up({asked.large})), Path({temporary!r}))",
            ]
            subprocess.run(writer, check=True, cwd=Path(__file__).parent)
            table = Path(temporary, f"a{ending}")
            subprocess.run(
                [sys.executable, __file__, "--memory", table], check=True, env={**os.environ, "TQDM_DISABLE": "1"}
            )
            table.unlink()


if __name__ == "__main__":
    main()
