"""Every pattern that meets a reader's text is linear, or meets only texts of a set length: seen with hostile lines.

The patterns are found, not listed: those that stand in the modules, and those written where they are used. A pattern
is tried in the ways in which it is used; where that cannot be told, in all.
"""

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from math import inf
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
import regex

import utils
from hostile import ANYWAY, Line, at_length, lines, seconds
from utils.intake.cleaning import patterns as layout
from utils.intake.cleaning import scraped
from utils.layers.voices import statements
from utils.lexicons import textblob, textblob_rules
from utils.passages import queries

N = 2_000  # characters of a hostile line
LOOKED_AT = 5  # of the worst lines at a greater length
PER_SIGN = 2e-5  # seconds of computing for a character, at most
NO_DOUBT = 5e-7  # for so few we do not look twice
WAYS = ("match", "fullmatch", "search", "finditer", "findall", "split", "sub", "subn")
OF_TEXTS = ("contains", "count", "extract", "extractall", "findall", "fullmatch", "match", "replace", "split")
ALL = {"match", "fullmatch", "finditer"}
CALLED = {getattr(engine, way): (engine, way) for engine in (re, regex) for way in (*WAYS, "compile")}

HELD = {  # how the patterns in a container are used, as no name tells it
    "utils.intake.cleaning.lines.LINES": {"fullmatch"},
    "utils.intake.cleaning.letters.LINES": {"fullmatch"},
    "utils.intake.cleaning.calls.SENTENCES": {"fullmatch"},
    "utils.intake.cleaning.within.CAPTION_ENDS": {"search"},
    "utils.intake.cleaning.within.MACHINE": {"match"},
    "utils.intake.cleaning.within.AMID": {"finditer"},
    "utils.intake.cleaning.patterns.TRAILERS": {"match"},
    "utils.intake.cleaning.patterns.DATELINES": {"match"},
    "utils.intake.encodings.WIDE": {"search", "finditer"},
}
MADE = {  # where patterns are made as it runs, and such ones
    "utils.intake.cleaning.lines.furniture": lambda: [],  # they stand in the tables
    "utils.intake.cleaning.calls.ending": lambda: [],  # the same
    "utils.lexicons.textblob_rules._glued": lambda: [textblob_rules.rules().glued],
    "utils.lexicons.textblob_rules._plain": lambda: [textblob_rules.rules().plain],
    "utils.layers.voices.names.FullNames.by_first": lambda: [
        re.compile(r"\b(?:[Ii]n|[Nn]ear|into|outside|[Tt]he) Ivo\b")
    ],
    "utils.passages.queries._known": lambda: [re.compile(queries._wild(word), re.DOTALL) for word in WILD],
    "utils.passages.queries._as_written": lambda: [],  # the same
    "utils.stats.units.condition": lambda: [re.compile(rf"\b{re.escape('Low Coast (W.)')}\b")],
    "utils.expressions.compiled": lambda: [],  # a person's own: searched under the engine's own limit of time
}
WILD = ("*a*a*a*a*b", "a*b*c?", "?*?*?*?*a", "*" * 30 + "a", "*ab*ab*ab*", "?" * 30)


def modules(package: ModuleType = utils) -> list[ModuleType]:
    names = (found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."))
    return [package, *map(importlib.import_module, names)]


def standing(module: ModuleType) -> Iterator[tuple[str, re.Pattern]]:
    """Give the patterns that a module's names hold, however deep, and those in its functions and classes."""
    for name, value in vars(module).items():
        if not name.startswith("__"):
            yield from held(value, f"{module.__name__}.{name}", module.__name__)


def held(value: object, name: str, module: str) -> Iterator[tuple[str, re.Pattern]]:
    """Give the patterns that a value is or holds, each with a name that says where it stands."""
    if isinstance(value, re.Pattern | regex.Pattern):
        yield name, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from held(key, f"{name}.{key!r}", module)
            yield from held(inner, f"{name}[{key!r}]", module)
    elif isinstance(value, list | tuple | set | frozenset):
        for number, inner in enumerate(value):
            yield from held(inner, f"{name}[{number}]", module)
    elif getattr(value, "__module__", None) == module:  # a function, a class or an instance of the module's own
        own = inspect.unwrap(value) if inspect.isroutine(value) or hasattr(value, "__wrapped__") else value
        for part in ("__defaults__", "__kwdefaults__", "__dict__"):
            told = getattr(own, part, None)
            yield from held(dict(told) if hasattr(told, "keys") else told, f"{name}.{part}", module)


def of(node: ast.AST, module: ModuleType) -> object:
    """Give what an expression of a module stands for, an error where that hangs on what is told only as it runs."""
    return eval(compile(ast.Expression(node), module.__name__, "eval"), dict(vars(module)))  # our own code, no text


def named(node: ast.AST, module: ModuleType) -> object:
    """Give what a name, or a dotted name, of a module stands for. Raises NameError where it is none."""
    if isinstance(node, ast.Attribute):
        return getattr(named(node.value, module), node.attr)
    if not isinstance(node, ast.Name) or node.id not in vars(module):
        raise NameError
    return vars(module)[node.id]


def calls(node: ast.AST, function: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Give every call, with the name of the function or class that it stands in."""
    for inner in ast.iter_child_nodes(node):
        if isinstance(inner, ast.Call):
            yield function, inner
        named = isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        yield from calls(inner, f"{function}.{inner.name}" if named else function)


def written(module: ModuleType, tree: ast.Module) -> Iterator[tuple[str, re.Pattern | None, str]]:
    """Give the patterns written where they are used, None for one made as it runs: where, pattern, way."""
    for function, call in calls(tree):
        engine, way, told = asked(call, module)
        if not told or not function and way == "compile":  # what is compiled as the module is read stands in it
            continue
        try:
            flags = of(told["flags"], module) if "flags" in told else 0
            pattern = engine.compile(of(told["pattern"], module), flags)
        except NameError:
            pattern = None
        yield f"{module.__name__}{function}", pattern, way


def asked(call: ast.Call, module: ModuleType) -> tuple[ModuleType, str, dict[str, ast.AST]]:
    """Give the engine, its function, and what it is given, nothing where a call is none of an engine or of pandas'."""
    given = {keyword.arg: keyword.value for keyword in call.keywords}
    column = isinstance(call.func, ast.Attribute) and getattr(call.func.value, "attr", "") == "str"
    if column and call.func.attr in OF_TEXTS:
        plain = call.func.attr in ("replace", "split") and "regex" not in given
        return re, "finditer", {} if plain else given | {"pattern": call.args[0] if call.args else given["pat"]}
    try:
        engine, way = CALLED[named(call.func, module)]
    except (NameError, AttributeError, TypeError, KeyError):
        return re, "", {}
    return engine, way, inspect.signature(getattr(engine, way)).bind(*call.args, **given).arguments


def ways(module: ModuleType, tree: ast.Module) -> Iterator[tuple[re.Pattern, str]]:
    """Give how a module uses the patterns that have a name: the method called, or "" where it is handed on."""
    method = {id(node.value): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load):
            try:
                value = named(node, module)
            except (NameError, AttributeError):
                continue
            if isinstance(value, re.Pattern | regex.Pattern):
                yield value, method.get(id(node), "")


def found(package: Iterable[ModuleType]) -> tuple[dict[re.Pattern, tuple[str, set[str]]], set[str]]:
    """Give each pattern with a name and the ways it is used in, and where patterns are made as it runs."""
    names, used, made = {}, {}, set()
    for module in package:
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for name, pattern in standing(module):
            names.setdefault(pattern, name)
        for pattern, way in ways(module, tree):
            used.setdefault(pattern, set()).add(way)
        for name, pattern, way in written(module, tree):
            if pattern is None:
                made.add(name)
            else:
                names.setdefault(pattern, name)
                used.setdefault(pattern, set()).update({way} - {"compile"})
    return {pattern: (name, used.get(pattern, set())) for pattern, name in names.items()}, made


def complaint(pattern: re.Pattern, used: set[str]) -> str | None:
    """Give a line over which a pattern takes too long, in one of the ways it is used; None if there is none.

    Too long: PER_SIGN for a character, or three times as long for twice as many characters. What looks too long is
    tried again, as a busy machine computes more slowly now and then.
    """
    for way in sorted(used - {""} if "" not in used else used | ALL - {""}):
        search = getattr(pattern, way) if way in ("match", "fullmatch", "search") else partial(finds, pattern)

        def took(line: Line, n: int, search: Callable = search) -> float:
            return seconds(search, at_length(line, n, pattern.pattern), most=min(1.0, 5 * PER_SIGN * n))

        worst: list[tuple[float, Line]] = []
        for line in lines(pattern):
            worst = sorted([*worst, (took(line, N), line)], reverse=True)[:LOOKED_AT]
            if worst[0][0] == inf:
                return f"{way} comes to no end over {N:,} characters of {line}"
        for least, line in worst:
            if least < NO_DOUBT * N:
                break
            once, twice = inf, inf
            for _ in range(2):
                once = min(once, took(line, 8 * N))
                twice = min(twice, took(line, 16 * N)) if once <= PER_SIGN * 8 * N else inf
                if twice <= 3 * once < inf:
                    break
            else:
                return (
                    f"{way} takes {once:.3f} s for {8 * N:,} characters, or too much more for twice as many, of {line}"
                )
    return None


def finds(pattern: re.Pattern, text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


FOUND, MADE_THERE = found(modules())
TRIED = [(name, pattern, used or next((ways for of, ways in HELD.items() if name.startswith(of)), ALL))
         for pattern, (name, used) in FOUND.items()]  # fmt: skip
TRIED += [(name, pattern, {"fullmatch"} if name == "utils.passages.queries._known" else ALL)
          for name, made in MADE.items() for pattern in made()]  # fmt: skip


@pytest.mark.parametrize(("pattern", "used"), [tried[1:] for tried in TRIED], ids=[tried[0] for tried in TRIED])
def test_no_line_keeps_a_pattern_long(pattern, used):
    assert complaint(pattern, used) is None


def test_what_is_made_as_it_runs_is_known():
    assert MADE_THERE == MADE.keys()


@pytest.mark.parametrize(("pattern", "way"), [
    (r"(a+)+$", "match"), (r"(?:a|aa)+\d", "match"), (r"(?:\w+[.-]?)+@", "match"), (r"(\d+|\d+x)*$", "fullmatch"),
    (r"\s*(?:<!--.*?-->\s*|<\?xml.*?\?>\s*)*<html", "match"), (r"(?:[^\n]*,)*x", "match"), (r"\s+$", "search"),
    (r"<!--.*?-->", "finditer"), (r"x\s*\n\s*y", "findall"), (r".+ row \d", "sub"), (r"\d+\d+\d+$", "match"),
    (r"By (?:[A-Z]\w*,?\s*)+$", "match"),
    (rb"<meta [^>]*=\s*[\"']?\s*(\w{2,40})", "match"), (r"a(?=.*b)", "finditer"),
])  # fmt: skip
def test_a_pattern_that_goes_back_over_itself_is_named(pattern, way):
    assert complaint(re.compile(pattern), {way})


@pytest.mark.parametrize("pattern", [
    r"(?<!a)a+b", r"[^\W\d_]+(?:-[^\W\d_]+)*", r"\d{1,3}(?:,\d{3})*", r"(?<!\s)\s++x", r"[A-Z][^.]{0,80}\.",
])  # fmt: skip
def test_a_linear_pattern_is_left(pattern):
    assert complaint(re.compile(pattern), ALL) is None


def test_a_pattern_is_found_wherever_it_is_written(tmp_path, monkeypatch):
    (tmp_path / "odd").mkdir()
    (tmp_path / "odd" / "__init__.py").write_text("")
    (tmp_path / "odd" / "some.py").write_text(SOME)
    monkeypatch.syspath_prepend(tmp_path)
    patterns, made = found(modules(importlib.import_module("odd")))
    told = {pattern.pattern: used for pattern, (_, used) in patterns.items()}
    assert told == {
        "name": {"match", "search"}, "rows": set(), "key": set(), "value": set(), "class": set(), "default": set(),
        "given": {""}, "here": {"search"}, "split": {"split"}, "sub": {"sub"}, "alias": {"findall"},
        "from": {"fullmatch"}, "column": {"finditer"}, "other": {"match"}, "cached": set(), "name and more": {"match"},
        b"bytes": {"match"}, "instance": set(),
    }  # fmt: skip
    assert made == {"odd.some.f", "odd.some.Inner.g"}


SOME = """
import re
import re as alias
from dataclasses import dataclass
from functools import cache
from re import fullmatch
import regex

NAME = re.compile("name")
ROWS = [(1, re.compile("rows"))]
TABLE = {re.compile("key"): {"inner": re.compile("value")}}
GIVEN = re.compile("given")
MORE = "name and more"
NAME.match("x")

@dataclass
class Inner:
    pattern: object = re.compile("class")

    def g(self, word):
        return re.compile(word + "g")

INSTANCE = Inner(re.compile("instance"))

@cache
def kept(pattern=re.compile("cached")):
    return NAME.search("x")

def f(word, *, pattern=re.compile("default")):
    handed = sorted([1], key=GIVEN)
    re.search("here", word), re.split("split", word, 1), re.sub("sub", "", string=word), alias.findall("alias", word)
    fullmatch("from", word), regex.match("other", word), re.match(pattern=f"{MORE}", string=word)
    re.match(b"bytes", b""), word.str.contains("column"), word.str.replace("plain", ""), "".replace("no", "")
    return re.search(rf"{word}+", "x")
"""


def test_trailers_and_datelines_are_matched_and_never_searched(monkeypatch):
    text = "Crews out\nORRIN BAY — The crews walked out on Monday, it was said.\nIlse Marrow contributed reporting.\n"
    for name in ("TRAILERS", "DATELINES"):
        only = [row._replace(pattern=SimpleNamespace(match=row.pattern.match)) for row in getattr(layout, name)]
        monkeypatch.setattr(layout, name, only)
    assert [kind for *_, kind, _ in scraped.label(text)[0]] == ["headline", "dateline", "body", "trailer"]


@pytest.mark.parametrize("piece", [*ANYWAY, "'. ", "‘a ", "Comments\n", "© 2031 A.\n"])
def test_no_text_keeps_its_layout_or_its_quotation_marks_long(piece):
    text = f"A title\nSome first words of prose.\n{piece * (60_000 // len(piece))}"
    assert seconds(scraped.label, text, most=5) < 5
    assert seconds(lambda raw: list(statements.stretches(raw, 0, len(raw))), text, most=5) < 5


def test_emoticons_on_end_are_held_together_once():
    assert seconds(textblob.reader(), ":-) " * 400_000, most=15) < 15
