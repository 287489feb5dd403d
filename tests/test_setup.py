"""Set-up says in one sentence why it cannot go on, the next call recovers, and what is finished stays.

A small project with two packages made here stands in for the real one, so that nothing is downloaded: a `uv`
that always fails, as it does where pip alone knows the way to the packages, and `tiny`.
"""

import ast
import errno
import hashlib
import os
import shlex
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from upkeep.environment import setup

SCRIPT = Path(setup.__file__)
NO_INDEX = {
    "PIP_CONFIG_FILE": os.devnull,
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_FIND_LINKS": "",
    "PIP_RETRIES": "1",
}
BACKEND = """
import zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    with zipfile.ZipFile(folder + "/passages-1-py3-none-any.whl", "w") as wheel:
        for name, text in {
            "METADATA": "Metadata-Version: 2.1\\nName: passages\\nVersion: 1\\n",
            "WHEEL": "Wheel-Version: 1.0\\nTag: py3-none-any\\n",
            "RECORD": "",
        }.items():
            wheel.writestr("passages-1.dist-info/" + name, text)
    return "passages-1-py3-none-any.whl"
"""
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
"""


def wheel(folder: Path, name: str, *, main: str, tags: str = "py3-none-any") -> str:
    """Write a package of one module into the folder and give its line for a lock file."""
    path = folder / f"{name}-1-{tags}.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(f"{name}/__init__.py", "")
        file.writestr(f"{name}/__main__.py", main)
        file.writestr(f"{name}-1.dist-info/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1\n")
        file.writestr(f"{name}-1.dist-info/WHEEL", f"Wheel-Version: 1.0\nTag: {tags}\n")
        file.writestr(f"{name}-1.dist-info/RECORD", "")
    return f"{name}==1 \\\n    --hash=sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}\n"


def script(path: Path, line: str) -> None:
    """Write a shell script of one line."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """The small project, which is also the one that this process's own `setup` sees."""
    root = tmp_path / "project"
    for folder in ["upkeep/environment", "wheels", "bin"]:
        (root / folder).mkdir(parents=True)
    (root / "upkeep" / "environment" / "setup.py").write_bytes(SCRIPT.read_bytes())
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "backend.py").write_text(BACKEND)
    tiny = wheel(root / "wheels", "tiny", main="print('tiny runs')")
    uv = wheel(root / "wheels", "uv", main="raise SystemExit('no such index')")
    (root / "requirements.lock").write_text(tiny + uv)
    monkeypatch.setattr(setup, "ROOT", str(root))
    return root


def start(project: Path, *arguments: str, before: str = "") -> subprocess.Popen:
    """Start the project's set-up after some lines of Python; it finds no programs but those in bin/."""
    arguments = [str(project / "upkeep" / "environment" / "setup.py"), *arguments]
    run = "runpy.run_path(sys.argv[0], run_name='__main__')"
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    local = {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(project / "wheels")}
    return subprocess.Popen(
        [sys.executable, "-I", "-c", f"import runpy, sys\nsys.argv = {arguments!r}\n{before}\n{run}"],
        env=variables | local | {"PATH": str(project / "bin")},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def end(started: subprocess.Popen) -> tuple[int, list[str]]:
    """Give the exit code and the lines on stderr."""
    _, said = started.communicate(timeout=120)
    return started.returncode, said.splitlines()


def test_no_network_is_told_in_one_sentence(project, monkeypatch, capsys):
    really_run = setup.run

    def run(command, log):
        if command[2:4] == ["-m", "venv"]:  # slow, and for once no Python of its own is needed
            script(project / ".venv" / "bin" / "python", f'exec {shlex.quote(sys.executable)} "$@"')
        else:
            really_run(command, log)

    monkeypatch.setattr(setup, "run", run)
    for name, value in NO_INDEX.items():
        monkeypatch.setenv(name, value)
    assert setup.main([]) == 1
    *progress, last = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in progress] == ["Setting", "Installing"]
    assert last.startswith("No network") and last.endswith("(details in .venv/setup.log).")
    assert setup.main([]) == 1, "what is half made counts as finished"


def test_two_calls_at_once_mend_what_is_half_made_and_a_third_has_nothing_to_do(project):
    (project / ".venv" / "lib").mkdir(parents=True)
    (project / ".venv" / "setup.log").write_text("No space left on device")
    both = [start(project), start(project)]
    (code_a, said_a), (code_b, said_b) = sorted(map(end, both), key=lambda ended: len(ended[1]))
    assert (code_a, code_b) == (0, 0)
    assert said_a == ["Another set-up is at work here; waiting for it to finish ..."]
    assert [line.split(" ")[0] for line in said_b] == ["Setting", "Installing", "uv", ".venv"]
    assert subprocess.check_output([project / ".venv/bin/python", "-m", "tiny"]) == b"tiny runs\n"

    log = (project / ".venv/setup.log").stat().st_mtime_ns
    assert end(start(project)) == (0, [])
    assert (project / ".venv/setup.log").stat().st_mtime_ns == log


OLD = "sys.version_info = (3, 9, 2, 'final', 0)"
NO_ENSUREPIP = "sys.modules['ensurepip'] = None"


@pytest.mark.parametrize(
    ("before", "parts"),
    [
        (OLD, ["Python 3.11 or later", f"{sys.executable} (Python 3.9.2)", "make PYTHON=python3.12 lab"]),
        (NO_ENSUREPIP, [sys.executable, "no module venv or ensurepip", "apt install python3-venv"]),
    ],
)
def test_a_python_that_will_not_do_is_told_in_one_line(project, before, parts):
    code, [line] = end(start(project, before=before))
    assert code == 1
    assert [part for part in parts if part not in line] == []
    assert not (project / ".venv").exists()


@pytest.mark.parametrize("before", [OLD, NO_ENSUREPIP])
def test_another_python_on_the_path_takes_over(project, before):
    script(project / "bin" / "python3.14", "exit 127")
    script(project / "bin" / "python3.12", '[ "$2" = -c ] || echo took over: "$@" >&2')
    taken_over = f"took over: -I {project / 'upkeep' / 'environment' / 'setup.py'} --bench"
    assert end(start(project, "--bench", before=before)) == (0, [taken_over])
    assert end(start(project, "--this-python", before=before))[0] == 1


@pytest.mark.parametrize(
    ("number", "start_of_sentence"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EACCES, "Set-up may not write"),
        (errno.EROFS, "Set-up may not write"),
    ],
)
def test_a_full_or_closed_disk_is_told_in_one_line(project, monkeypatch, capsys, number, start_of_sentence):
    def mkdir(path):
        raise OSError(number, os.strerror(number), path)

    monkeypatch.setattr(os, "mkdir", mkdir)
    assert setup.main([]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(start_of_sentence)


TINY = "tiny==1 --hash=sha256:"


@pytest.mark.parametrize("installer", ["pip", "uv"])
@pytest.mark.parametrize(
    ("lock", "wheels", "start_of_sentence"),
    [
        (TINY + "0" * 64, "wheels", "A package that came is not the one that was locked (its hash differs)"),
        ("old==1 --hash=sha256:" + "0" * 64, "wheels", "The package index has a package not ready-built"),
        (TINY + "0" * 64, None, "No network"),
    ],
    ids=["hash", "not ready-built", "no network"],
)
def test_what_an_installer_says_is_told_in_one_sentence(
    project, tmp_path, monkeypatch, installer, lock, wheels, start_of_sentence
):
    for name, value in (NO_INDEX | {"UV_HTTP_RETRIES": "0", "UV_INDEX_URL": NO_INDEX["PIP_INDEX_URL"]}).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("UV_CACHE_DIR", str(tmp_path / "cache"))
    wheel(project / "wheels", "old", main="", tags="cp27-none-any")
    (tmp_path / "lock").write_text(lock)
    (tmp_path / "log").write_text("No space left on device\n")  # an earlier command's words must not count
    command = {"pip": [sys.executable, "-I", "-m", "pip"], "uv": [sys.executable, "-I", "-m", "uv", "pip"]}[installer]
    command += ["install", "--target", str(tmp_path / "target"), "--no-deps", "--only-binary", ":all:"]
    command += ["--no-index", f"--find-links={project / wheels}"] if wheels else []
    with pytest.raises(setup.Failure) as told:
        setup.run([*command, "--require-hashes", "-r", str(tmp_path / "lock")], str(tmp_path / "log"))
    assert str(told.value).startswith(start_of_sentence)


def finished(project: Path) -> tuple[str, str]:
    """Give the paths of an environment that looks finished, and of its lock file."""
    environment, lock = project / ".venv", project / "requirements.lock"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(os.path.realpath(sys.executable))
    (environment / "pyvenv.cfg").touch()
    (environment / setup.STAMP).write_text(setup.digest(str(environment), str(lock)))
    return str(environment), str(lock)


def another_python(project: Path) -> None:
    """Let the environment's Python be another file, as after an update of the system's."""
    python = project / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/bin/sh")


@pytest.mark.parametrize(
    "change",
    [
        lambda project: (project / "requirements.lock").write_text("other==1\n"),
        lambda project: (project / "pyproject.toml").write_text("# other\n"),
        lambda project: (project / ".venv" / "bin" / "python").unlink(),
        another_python,
        lambda project: (project / ".venv" / setup.STAMP).unlink(),
        lambda project: setup.__dict__.update(ROOT=str(project.rename(project.parent / "moved"))),
    ],
    ids=["lock", "pyproject", "no python", "another python", "no stamp", "moved"],
)
def test_an_environment_made_from_something_else_is_not_finished(project, change):
    environment, lock = finished(project)
    assert setup.is_finished(environment, lock, this_python=True)
    change(project)
    moved = project if project.exists() else project.parent / "moved"
    paths = [str(moved / ".venv"), str(moved / "requirements.lock")]
    assert not setup.is_finished(*paths, this_python=False)


def test_a_python_that_is_named_must_be_the_environments_own(project):
    environment, lock = finished(project)
    another_python(project)
    (project / ".venv" / setup.STAMP).write_text(setup.digest(environment, lock))
    assert setup.is_finished(environment, lock, this_python=False)
    assert not setup.is_finished(environment, lock, this_python=True)


def test_only_what_set_up_made_is_deleted(project, tmp_path):
    environment, _ = finished(project)
    (project / ".venv-being-deleted" / "lib").mkdir(parents=True)  # by a call that was killed
    setup.remove(environment)
    assert [path.name for path in project.iterdir() if path.name.startswith(".venv")] == []

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "pyvenv.cfg").touch()
    Path(environment).symlink_to(elsewhere)
    with pytest.raises(setup.Failure, match="move it away"):
        setup.remove(environment)
    assert (elsewhere / "pyvenv.cfg").exists()

    Path(environment).unlink()
    Path(environment).mkdir()
    (project / ".venv" / "notes.txt").touch()
    with pytest.raises(setup.Failure, match="move it away"):
        setup.remove(environment)
    assert (project / ".venv" / "notes.txt").exists()


def test_an_old_python_can_read_the_script():
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)
    nodes = list(ast.walk(tree))
    assert [ast.unparse(node) for node in nodes if isinstance(node, too_new)] == []
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    hints = [argument.annotation for node in functions for argument in node.args.args]
    hints += [node.returns for node in functions]
    assert [ast.unparse(hint) for hint in hints if not isinstance(hint, ast.Name | ast.Constant)] == []
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module.split(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names
