"""What the tests share: six small articles counted by hand, and one scraped article."""

import os
import tempfile
from pathlib import Path

import pytest

CACHE = tempfile.TemporaryDirectory(prefix="passages-test-cache-")  # gone when the tests are done
os.environ.setdefault("PASSAGES_CACHE", CACHE.name)

SCRAPED = Path(__file__).parent / "data" / "scraped"
SIX = {
    "a1.txt": "Peace at last\nPeace came. War ended; peace, they said, holds.\nNo war.\n"
    "© 2024 The Alder Post. Visit at alder.example.",
    "a2.txt": "War again\nWar came back. It isn’t peace.\n© 2024 The Alder Post. Visit at alder.example.",
    "b1.txt": "Bread prices rise\nBread costs more. Bread! The price of bread-making flour rose 1,000.5 crowns.\n"
    "© 2024 Birch Weekly.",
    "b2.txt": "A quiet week\nNothing happened. Maduro’s name was not said.\n© 2024 Birch Weekly.",
    "b3.txt": "Rain\nRain fell on the U.S. and on Nicola\u0301s.\n© 2024 Birch Weekly.",
    "b4.txt": "Peace or war\nThe war on peace, the peace on war.\n© 2024 Birch Weekly.",
}


@pytest.fixture(scope="session")
def six(tmp_path_factory):
    """Six articles of two papers, small enough to count by hand."""
    from utils import load

    folder = tmp_path_factory.mktemp("six")
    for name, text in SIX.items():
        (folder / name).write_text(text, encoding="utf-8")
    return load(folder)


@pytest.fixture(scope="session")
def scraped():
    """One article in the scraped layout, with everything such an article may have."""
    from utils import load

    return load(SCRAPED)


@pytest.fixture(scope="session")
def addresses():
    """The 237 presidential addresses."""
    from utils import load

    return load("addresses")
