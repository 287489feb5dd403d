"""News made up by a seed, of any size: Zipfian words, names, quotations, copies, outlets and dates.

No article is about anything. What programs feel is like the news: some words are in every sentence and most in one
article, a story has words and people of its own, one sentence in six is speech, one article in six is the text of
another, cut and with a few words replaced, large outlets print more than small ones. Articles come in blocks of 1,000,
each from a seed of its own, so that a corpus is the beginning of every larger one.
"""

import json
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import numpy as np

BLOCK = 1_000
WORDS, PEOPLE = 300_000, 4_000
COPIES, REPLACED = 1 / 6, 0.03
SPEECH = 1 / 6  # of all sentences
OUTLETS = [f"The {town} {paper}" for town, paper in zip(
    "Arden Bexley Corby Dunmore Elvet Farrow Garth Holme Irwell Jura Kelso Larne".split(),
    "Post Times Herald Courier Mail Star Echo Gazette Argus Record Chronicle Press".split(), strict=True)]  # fmt: skip
COMMON = """the of and to in a that is for on was with as it by at from be are this have not but had his they were which
said he she an has their its who will been more would one all about when there or out up if other after new also two
what so first can than into time year years people over could only last some just them now most government state
against before between while because those may three under where during city since made many day still police court
minister president party country world week group man woman children school house water road money work health law
""".split()
SCORED = """good bad great poor big small old young long short high low true false real sure clear strong weak hard easy
happy sad angry calm safe sick rich dead free open full empty main whole rare common fair unfair best worst better worse
terrible excellent awful wonderful ugly beautiful cruel kind brave foolish wise bitter sweet brutal gentle violent quiet
loud bright dark cold warm dirty clean sharp dull bold shy proud""".split()
SAID = ["said", "told reporters", "said on Monday", "added", "says"]


class Press:
    """The words and people of the press, and the articles made of them."""

    def __init__(self, seed: int = 2025) -> None:
        self.seed, rng = seed, np.random.default_rng(seed)
        syllables = [
            a + b for a, b in product("b c d f g h l m n p r s t v w st tr".split(), "a e i o u an er".split())
        ]
        made = list(dict.fromkeys("".join(one) for one in islice(product(syllables, repeat=3), WORDS)))
        rng.shuffle(made)
        rest = [*SCORED, *made[: len(SCORED) * 20]]
        rng.shuffle(rest)
        self.words = np.array([*dict.fromkeys([*COMMON, *rest, *made])], object)
        weight = 1 / (np.arange(len(self.words)) + 2.7) ** 1.07
        self.reach = np.cumsum(weight) / weight.sum()
        names = rng.choice([word.capitalize() for word in made], (2, PEOPLE))
        self.people = [f"{first} {last}" for first, last in zip(*names, strict=True)]

    def articles(self, n: int) -> Iterator[dict[str, str]]:
        """Give n articles, each with title, outlet, published, text and, for a copy, the number of its original."""
        for block in range(-(-n // BLOCK)):
            yield from islice(self._block(np.random.default_rng([self.seed, block]), block), n - block * BLOCK)

    def write(self, path: Path, n: int) -> None:
        """Write n articles as JSON, one a line."""
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in self.articles(n))

    def _block(self, rng: np.random.Generator, block: int) -> Iterator[dict[str, str]]:
        texts: list[str] = []
        shares = 1 / np.arange(1, len(OUTLETS) + 1)
        outlets = rng.choice(OUTLETS, BLOCK, p=shares / shares.sum())
        days = np.datetime64("2022-01-01") + rng.integers(0, 3 * 365, BLOCK)
        for place in range(BLOCK):
            of = int(rng.integers(place)) if place and rng.random() < COPIES else -1
            texts.append(self._copy(rng, texts[of]) if of >= 0 else self._text(rng))
            title = " ".join(self._drawn(rng, 8)).capitalize()
            facts = {
                "title": title,
                "outlet": str(outlets[place]),
                "published": str(days[place]),
                "text": texts[place],
                "language": "en",
            }
            yield facts | {"copy_of": str(block * BLOCK + of) if of >= 0 else ""}

    def _text(self, rng: np.random.Generator) -> str:
        """Give the paragraphs of an article: about 800 words, most of them short."""
        lengths = rng.integers(8, 32, max(4, int(rng.lognormal(3.7, 0.5))))
        words, ends = self._drawn(rng, lengths.sum()), np.cumsum(lengths)
        topic = self._drawn(rng, 12, least=len(COMMON))
        own = np.flatnonzero(rng.random(len(words)) < 0.04)
        words[own] = topic[rng.integers(len(topic), size=len(own))]
        people = [self.people[int(PEOPLE * rng.random() ** 3)] for _ in range(4)]
        kinds, whose = rng.random(len(lengths)), rng.integers(len(people), size=len(lengths))
        sentences = []
        for end, length, kind, person in zip(ends, lengths, kinds, whose, strict=True):
            told = " ".join(words[end - length : end])
            sentences.append(_sentence(told, kind, people[person]))
        return "\n\n".join(" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2))

    def _copy(self, rng: np.random.Generator, text: str) -> str:
        """Give a text cut to between half and all of its paragraphs, a few of its words replaced."""
        paragraphs = text.split("\n\n")
        paragraphs = paragraphs[: max(2, round(len(paragraphs) * rng.uniform(0.5, 1)))]
        pieces = "\n\n".join(paragraphs).split(" ")
        for place in np.flatnonzero(rng.random(len(pieces)) < REPLACED):
            if pieces[place].isalpha():
                pieces[place] = self._drawn(rng, 1)[0]
        return " ".join(pieces)

    def _drawn(self, rng: np.random.Generator, n: int, *, least: int = 0) -> np.ndarray:
        """Give n words by their frequency, none of the commonest `least`."""
        low = self.reach[least - 1] if least else 0
        return self.words[np.searchsorted(self.reach, low + (1 - low) * rng.random(n))]


def _sentence(told: str, kind: float, person: str) -> str:
    """Give a sentence of these words: speech or what somebody did, in one of five forms."""
    if kind < SPEECH / 2:
        return f"“{told.capitalize()},” {person} {SAID[int(kind * 997) % len(SAID)]}."
    if kind < SPEECH:
        return f"{person.split()[1]} said that {told}."
    if kind < 0.35:
        return f"{person} {told}."
    return f"{told.capitalize()}."
