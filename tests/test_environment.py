"""What pip or conda installs is what pyproject.toml asks for, and every locked file is known by its hash."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler import MatchSpec, Version, VersionSpec

from upkeep.environment import conda as environment

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(PYPROJECT)
CONDA = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
PIP_SPECS = CONDA["dependencies"][-1]["pip"]
LOCKS = {"requirements.lock": ["dev"]} | {f"requirements-{more}.lock": ["dev", more] for more in ("bench", "course")}
INDEX_HOSTS = ["pypi" + ".org", "pythonhosted" + ".org", "anaconda" + ".org"]


def locked(name: str) -> dict[str, list[Requirement]]:
    """Give the entries of a lock file by package; a package may have one for each of several Pythons."""
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    entries = [Requirement(line.rstrip(" \\")) for line in lines if "==" in line and line[0].isalnum()]
    return {
        package: [entry for entry in entries if canonicalize_name(entry.name) == package]
        for package in {canonicalize_name(entry.name) for entry in entries}
    }


def versions(package: str) -> list[str]:
    """Give the locked versions of a package."""
    return [pin.version for entry in locked("requirements.lock")[package] for pin in entry.specifier]


def test_environment_yml_is_what_pyproject_gives():
    text = (ROOT / "environment.yml").read_text(encoding="utf-8")
    assert text == environment.environment(PYPROJECT), "run python -m upkeep.environment.conda"


def test_a_stale_environment_yml_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(environment, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    assert environment.main(["--check"]) == 1
    assert environment.main([]) == 0
    assert environment.main(["--check"]) == 0
    changed = PYPROJECT.replace('"pandas>=3"', '"pandas>=4"')
    (tmp_path / "pyproject.toml").write_text(changed, encoding="utf-8")
    assert environment.main(["--check"]) == 1
    assert "run python -m upkeep.environment.conda" in capsys.readouterr().out


def test_every_dependency_is_in_environment_yml_once():
    conda = [MatchSpec(spec, strict=True).name.normalized for spec in CONDA["dependencies"][:-1]]
    pip = [Requirement(spec).name for spec in PIP_SPECS[:-1]]
    wanted = [environment.name_of(spec) for spec in PROJECT["project"]["dependencies"]]
    names = {conda_name: name for name, conda_name in environment.CONDA_NAMES.items()}
    assert sorted([*(names.get(name, name) for name in conda), *pip]) == sorted([*wanted, "python", "pip"])
    assert CONDA["channels"] == ["conda-forge", "nodefaults"]
    assert PIP_SPECS[-1] == "-e ."


@pytest.mark.parametrize("spec", [spec for spec in CONDA["dependencies"][:-1] if spec != "pip"])
def test_conda_spec_admits_the_locked_version(spec):
    match = MatchSpec(spec, strict=True)
    found = match.name.normalized
    name = {conda: name for name, conda in environment.CONDA_NAMES.items()}.get(found, found)
    for version in ["3.11.0", "3.14.0"] if name == "python" else versions(name):
        assert VersionSpec(match.version or "*").matches(Version(version)), f"{version} is locked"


@pytest.mark.parametrize("spec", PIP_SPECS[:-1])
def test_pip_spec_admits_the_locked_version(spec):
    requirement = Requirement(spec)
    for version in versions(requirement.name):
        assert requirement.specifier.contains(version), f"{version} is locked"


@pytest.mark.parametrize(("lock", "groups"), LOCKS.items())
def test_every_requirement_is_locked_in_a_version_that_it_admits(lock, groups):
    entries = locked(lock)
    lists = [PROJECT["project"]["dependencies"], *(PROJECT["dependency-groups"][group] for group in groups)]
    for requirement in [Requirement(spec) for specs in lists for spec in specs]:
        pins = entries.get(canonicalize_name(requirement.name), [])
        assert pins, f"{requirement} is not in {lock}: run make lock"
        assert all(requirement.specifier.contains(pin.version) for entry in pins for pin in entry.specifier)


@pytest.mark.parametrize(("group", "alone"), [("bench", "scikit-learn"), ("course", "nbgrader")])
def test_a_further_lock_has_the_same_versions_and_more(group, alone):
    plain, further = (
        {name: {str(pin.specifier) for pin in pins} for name, pins in locked(lock).items()}  # a system may be added
        for lock in ("requirements.lock", f"requirements-{group}.lock")
    )
    assert {name: further.get(name) for name in plain} == plain
    assert alone in further and alone not in plain


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_the_lock_no_address(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"(?m)^\s*#.*\n", "", text).strip())
    assert len(entries) == sum(map(len, locked(lock).values())) > 100
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)] == []
    assert re.findall(r"(?m)^-.*|^.*://.*| @ .*", text) == []


def test_no_file_of_the_project_names_a_package_index():
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("this is no git checkout, so what belongs to the project is not known")
    paths = [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    assert ROOT / "pyproject.toml" in paths
    hosts = [host.encode() for host in INDEX_HOSTS]
    assert [str(path) for path in paths if any(host in path.read_bytes() for host in hosts)] == []
