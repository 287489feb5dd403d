"""The house: which room may import which, and what is added to it by adding a file."""

import os
import shutil
import subprocess
import sys
import tomllib
from textwrap import dedent

import pytest

from upkeep.notebooks.run import ROOT
from upkeep.rules import modules
from utils import figures

ADDED = {  # what CONTRIBUTING.md names for each, and no more
    "a reader": {
        "utils/intake/readers/toy.py": '''
            """Toy files (.toy): the text, backwards."""

            from utils.intake import article
            from utils.intake.batch import File, Reading, reader


            @reader
            def read(file: File, reading: Reading) -> None:
                """Take one article."""
                raw = file.content().decode()[::-1]
                known = {"source": file.name, "encoding": "utf-8", "sha256": file.sha256, "options": file.options}
                article.take(reading, raw, **known)


            READERS = {".toy": read}
            ''',
    },
    "a lexicon": {"utils/lexicons/toy.csv": "term,score\nport,0.5\nshut,-1\n"},
    "a measure": {
        "utils/measures/toy.py": '''
            """Toy: how often "!" is met with."""

            import pandas as pd

            from utils import passages
            from utils.corpus.corpus import Corpus
            from utils.passages import Columns, queries
            from utils.stats import intervals

            SHOUTS = ["count", "n_articles", "n_tokens", "rate_per_10k", "low", "high", "note"]


            def shouts(
                news: Corpus, *, by: Columns = None, within: pd.DataFrame | None = None, unit: str = "article"
            ) -> pd.DataFrame:
                """Give the rate of "!" in 10,000 words: one row a group; words without a value in `by` are left out."""
                groups = passages.groups(news, by, within, unit, taken=SHOUTS)
                keys = ["group", "article_id"]
                found = groups.rows(queries.hits(news, "/!/", within=within)).groupby(keys, observed=True).size()
                length = groups.rows(news.words).groupby(keys, observed=True).size()
                rows = []
                for group, own in groups.members.groupby("group"):
                    each = pd.MultiIndex.from_frame(own)
                    counts, sizes = (one.reindex(each, fill_value=0).droplevel(0) for one in (found, length))
                    units = groups.by_unit(counts.astype(float).to_frame("!")), groups.by_unit(sizes)
                    bounds = intervals.jackknife(*units, unit=groups.unit).iloc[0].to_dict()
                    n = {"count": counts.sum(), "n_articles": (counts > 0).sum(), "n_tokens": sizes.sum()}
                    rows.append({"group": group, **n, **bounds})
                return groups.labelled(pd.DataFrame(rows, columns=["group", *SHOUTS]))
            ''',
        "utils/__init__.pyi": ("import terms as terms", "import terms as terms\nfrom utils.measures import toy as toy"),
    },
    "a layer": {
        "utils/layers/toy.py": '''
            """Toy: the first sign of every article."""

            import pandas as pd

            from utils.layers import Layer


            def firsts(raws: pd.Series, segments: pd.DataFrame, words: pd.DataFrame) -> pd.DataFrame:
                """Give the first sign of every article that has a word."""
                ids = pd.Categorical(words["article_id"].unique(), raws.index)
                return pd.DataFrame({"article_id": ids, "start": 0, "end": 1})


            LAYERS = {"firsts": Layer(firsts, needs=("words",))}
            ''',
    },
}
TEXT = "Port shut\nThe port is shut."
SEEN = {  # the article, and what the added thing makes of it
    "a reader": ("print(*load('articles').articles['raw'])", TEXT),
    "a lexicon": (
        "print(*sentiment.scored_words(news, lexicon='toy')['polarity'])",
        "0.5 -1.0",
    ),
    "a measure": (
        "from utils import toy; print(*toy.shouts(news, by='article')[['count', 'n_tokens', 'note']].iloc[0])",
        "0 4 none in 1 article: up to 95 % of such articles could still have it",
    ),
    "a layer": (
        "print(*passages.text(news, news.layer('firsts')))",
        "P",
    ),
}


def lint_imports(root):
    """What import-linter says of the package in a folder, by the project's own contract."""
    (root / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]
    done = subprocess.run([*command, "--no-cache"], cwd=root, capture_output=True, text=True)
    return "" if done.returncode == 0 else done.stdout + done.stderr


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    root = tmp_path_factory.mktemp("house")
    for package in ("utils", "upkeep"):
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    return root


def test_the_house_has_ten_rooms_on_six_floors_and_imports_run_downward(house):
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]["layers"]
    assert (
        len(floors) <= 6
        and len([path for path in (ROOT / "utils").iterdir() if path.joinpath("__init__.py").exists()]) <= 10
    )
    assert lint_imports(house) == ""


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("attic", ""),  # a room that stands on no floor
        ("corpus/more", "from utils import passages"),
        ("intake/readers/more", "from utils.layers import tokens"),
        ("figures/more", "from utils.measures.terms import hits"),
        ("layers/more", "def f():\n    from utils.corpus import cache"),
        ("measures/more", "from utils.measures import terms"),
        ("stats/more", "import upkeep.notebooks.readme"),
        ("stats/bounds", "from utils.stats import intervals"),  # which imports it: a circle
    ],
)
def test_a_module_that_breaks_the_order_of_the_house_is_red(module, text, house):
    file = house / "utils" / f"{module}.py"
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.write_text(f'"""More."""\n{text}\n{before or ""}', encoding="utf-8")
    try:
        assert "BROKEN" in lint_imports(house)
    finally:
        file.unlink() if before is None else file.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("what", ADDED)
def test_it_is_added_by_the_files_that_are_named_and_no_other(what, house, tmp_path):
    root = shutil.copytree(house, tmp_path / "house")
    for name, text in ADDED[what].items():
        old = (
            (root / name).read_text(encoding="utf-8").replace(*text)
            if isinstance(text, tuple)
            else dedent(text).lstrip()
        )
        (root / name).write_text(old, encoding="utf-8")
    (root / "articles").mkdir()
    (root / "articles" / "a.toy").write_text(TEXT[::-1], encoding="utf-8")
    call, seen = SEEN[what]
    code = f"from utils import load, passages, paste, sentiment; news = paste({TEXT!r}); {call}"
    variables = os.environ | {"PASSAGES_CACHE": str(tmp_path / "cache")}
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, env=variables)
    assert done.stdout.strip() == seen, done.stderr
    assert lint_imports(root) == "" and modules.complaints(root / "utils") == []


FACE = """
import sys
import utils
assert not {"pandas", "numpy", "scipy", "datasketch"} & {*sys.modules}, "the face loads what nobody asked for"
from types import ModuleType
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
rooms = {name: getattr(utils, name) for name in utils.__all__ if isinstance(getattr(utils, name), ModuleType)}
shell.user_ns.update(rooms, utils=utils)
for name, room in (rooms | {"utils": utils}).items():
    with provisionalcompleter():
        shown = {found.text for found in shell.Completer.completions(f"{name}.", len(name) + 1)}
    assert shown == {*dir(room)} and shown, (name, shown ^ {*dir(room)})
    for each in shown:
        made_by = getattr(getattr(room, each), "__module__", room.__name__)
        assert each[0] != "_" and made_by.startswith("utils"), (name, each)
"""


def test_the_face_loads_nothing_before_it_is_asked_and_tab_shows_what_is_offered():
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FACE], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


FIRST = """
import json, pathlib, pickle, pydoc, sys
cells = json.loads(pathlib.Path("notebooks/00-start-here.ipynb").read_text(encoding="utf-8"))["cells"]
exec("".join(cells[2]["source"]))
late = {"matplotlib.pyplot", "ipywidgets", "scipy.stats", "utils.explore", "utils.measures.terms.rate"} & {*sys.modules}
assert "load" in globals() and not late, late
assert matplotlib.rcParams["svg.hashsalt"] == "passages", "the style is set before anything can be drawn"
assert pickle.loads(pickle.dumps(terms)).rate is terms.rate is sys.modules["utils.measures.terms.rate"].rate
from utils import persons
assert "mentions(" in pydoc.plain(pydoc.render_doc(persons)), "help lists what a module offers"
assert "workbench" in explore.__doc__ and explore.code is sys.modules["utils.explore.code"].code
"""


def test_the_first_cell_waits_for_nothing_that_it_does_not_use():
    code = f"import matplotlib\n{FIRST}"
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_module_of_the_figures_hides_a_name_that_they_offer():
    assert not {path.stem for path in (ROOT / "utils" / "figures").glob("*.py")} & {*figures.__all__}


def test_a_name_that_the_face_does_not_offer_is_told():
    with pytest.raises(ImportError, match="cannot import name 'trms'"):
        from utils import trms  # noqa: F401
