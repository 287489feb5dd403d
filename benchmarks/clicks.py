"""How long a reader waits in the kernel from a click to the passages, in each tab of the workbench.

Run by `make bench N=clicks`. Twenty rows are clicked in each question whose rows open, each for the first time; layers
are there, and the table that is clicked in stands. The median, the longest, and the first look at the table, in ms of
processor time: others at work on the machine alter nothing in it.
The articles are the addresses, or as many as are asked for, made up (`press.py`), or those of a file.
"""

import argparse
import tempfile
import time
from pathlib import Path
from statistics import median

from utils import explore, load
from utils.corpus.corpus import Corpus

CLICKS = 20


def main() -> None:
    """Print a line for each question of each tab."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=0, help="made up; 0 for the addresses")
    options.add_argument("--file", type=Path, help="articles of a file or folder instead")
    options.add_argument("--word", default="oil")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        news = corpus(asked, Path(folder))
        for layer in ("words", "sentences", "quotes", "copies", "persons"):
            news.layer(layer)
        print(news)
        measure(news, asked.word)


def corpus(asked: argparse.Namespace, folder: Path) -> Corpus:
    """Give the articles that were asked for."""
    if asked.file:
        return load(asked.file)
    if not asked.articles:
        return load("addresses")
    from press import Press

    Press(2025).write(folder / "news.jsonl", asked.articles)
    return load(folder)


def measure(news: Corpus, word: str) -> None:
    """Print what each question takes."""
    frame = explore(news).frame
    frame.ask(frame.state.asking(word=word))
    home = frame.state
    print(f"{'tab':<9}{'question':<30}{'median':>8}{'longest':>9}{'first look':>12}")
    for tab in frame._tabs.values():
        for question in tab.questions:
            if question.picks is None or question.needs(home):
                continue
            start = home.asking(tab=tab.name, asked=question.name)
            first = milliseconds(lambda: frame.ask(start))  # noqa: B023
            taken = [each for place in range(CLICKS) if (each := click(frame, start, place)) is not None]
            show(tab.title, question.name, taken, first)


def click(frame: object, start: object, place: int) -> float | None:
    """Give what a click on a row takes until its passages stand there; None where there is no such row."""
    panel = frame._panel  # type: ignore[attr-defined]
    frame.ask(start)  # type: ignore[attr-defined]
    if place >= panel.table.view.get("all", 0):
        return None
    shown: list[float] = []
    panel.passages.observe(lambda change: shown.append(time.process_time()) if change["new"] else None, "view")
    begun = time.process_time()
    panel._pick(place)
    panel.passages.unobserve_all("view")
    return 1000 * (shown[0] - begun) if shown else None


def show(tab: str, question: str, taken: list[float], first: float) -> None:
    """Print a line."""
    numbers = f"{median(taken):>8.0f}{max(taken):>9.0f}" if taken else " " * 17
    print(f"{tab:<9}{question:<30}{numbers}{first:>12.0f}", flush=True)


def milliseconds(run: object) -> float:
    """Give the milliseconds of processor time that something takes."""
    start = time.process_time()
    run()  # type: ignore[operator]
    return 1000 * (time.process_time() - start)


if __name__ == "__main__":
    main()
