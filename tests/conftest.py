"""What the tests share: six small articles counted by hand, one scraped article, and how long a test may take.

Hypothesis makes up the same texts on every run, and no test fails because a machine is slow. With
`--hypothesis-profile=search` it makes up new ones each time, and remembers those that fail.
"""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

UNHURRIED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("same", derandomize=True, **UNHURRIED)
settings.register_profile("search", **UNHURRIED)
settings.load_profile("same")

SECONDS, BROWSER = 300, 900  # that a test may take, and its fixtures; with JupyterLab in it
AGAIN = 5  # seconds to the next try to end it, where it was in no state to be ended

if "PASSAGES_CACHE" not in os.environ:  # a worker is told that of the process that started it
    CACHE = tempfile.TemporaryDirectory(prefix="passages-test-cache-")  # gone when the tests are done
    os.environ["PASSAGES_CACHE"] = CACHE.name

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


class TooLong(BaseException):
    """A test took too long. No Exception, as nothing may catch it: Hypothesis would try the text again, without end."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End with TooLong what takes longer than some seconds: any code in Python, any pattern, any waiting.

    What hangs within other code in C is ended by pytest's `faulthandler_timeout`, and the whole run with it.
    """

    def end(*_: object) -> None:
        raise TooLong(f"it took more than {seconds:g} seconds")

    handler, timer = signal.signal(signal.SIGALRM, end), signal.setitimer(signal.ITIMER_REAL, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, *timer)
        signal.signal(signal.SIGALRM, handler)


def _within_limit(item: pytest.Item) -> Iterator[None]:
    with limited(BROWSER if item.get_closest_marker("browser") else SECONDS):
        return (yield)


pytest_runtest_setup = pytest.hookimpl(wrapper=True)(_within_limit)
pytest_runtest_call = pytest.hookimpl(wrapper=True)(_within_limit)


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


@pytest.fixture(scope="session")
def harbour():
    """The 120 articles of the invented port."""
    from utils import load

    return load("harbour")
