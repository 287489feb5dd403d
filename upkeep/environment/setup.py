"""Make the project's environment in .venv/ from the lock file, by uv.

What uv cannot do for a bare machine is here: bring uv itself, say in one sentence why it will not go on, wait for
another set-up, and leave an environment that is whole or counts as none. All lies in one folder, the stamp that says
"finished" is written last, and the next call starts again from nothing, whatever went wrong before.

    python3 upkeep/environment/setup.py [--bench | --course] [--this-python]

    --bench          make .venv-bench/, which holds what the benchmarks compare with as well
    --course         make .venv-course/, which holds what makes pages and assignments as well
    --this-python    use the Python that runs this file, even where another one's environment is finished

We use the standard library alone, and words that a Python as old as 3.5 can read, as it has to be told that it is old.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from typing import TextIO

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OLDEST, NEWEST = (3, 11), (3, 14)  # NEWEST: the last one for which every locked package comes ready-built
STAMP, LOG = "setup.stamp", "setup.log"
SOURCES = ("afinn",)  # locked packages that nobody offers ready-built: a few files of Python and a list of words each
DIVERSIONS = "PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX UV_TARGET UV_PREFIX UV_SYSTEM_PYTHON".split()

REASONS = (  # what an installer or the system said, and what that means to the reader; the first match holds
    (
        "No space left on device|Disk quota exceeded|os error 28|Errno 28",
        "The disk is full: free about 2 GB",
    ),
    (
        "Permission denied|Read-only file system|os error 13|os error 30",
        "Set-up may not write where it must: make the project's folder and your home folder writable",
    ),
    (
        "DO NOT MATCH THE HASHES|Hash mismatch",
        "A package that came is not the one that was locked (its hash differs): ask whoever runs your mirror",
    ),
    (
        r"Retrying \(|Failed to fetch|error sending request|dns error|timed out|ProxyError",
        "No network, or the package index cannot be reached from here: connect (or set HTTPS_PROXY)",
    ),
    (
        "No matching distribution found|has no usable wheels|no wheels with a matching",
        "The package index has a package not ready-built for this Python: name another (make PYTHON=python3.12 lab)",
    ),
)


class Failure(Exception):
    """Set-up cannot go on; the text is the one sentence that the reader gets."""


def main(arguments: "list[str]") -> int:
    """Leave a finished environment behind, and give the exit code."""
    suffix = next(("-" + more for more in ("bench", "course") if "--" + more in arguments), "")
    environment = os.path.join(ROOT, ".venv" + suffix)
    lock = os.path.join(ROOT, "requirements{}.lock".format(suffix))
    this_python = "--this-python" in arguments
    try:
        if not is_finished(environment, lock, this_python=this_python):
            find_python(arguments)
            with turn(environment + ".lock"):
                if not is_finished(environment, lock, this_python=this_python):
                    make(environment, lock)
        return 0
    except Failure as failure:
        say(failure)
    except OSError as error:
        say(reason(str(error)))
    except KeyboardInterrupt:
        say("Set-up was interrupted; the next call starts it again.")
    return 1


def say(line: object) -> None:
    """Print a line where it does not mix with what a command gives."""
    print(line, file=sys.stderr, flush=True)


# What is there


def python_of(environment: str) -> str:
    """Give the path of an environment's own Python: Windows has it in a folder of another name."""
    return os.path.join(environment, *(["Scripts", "python.exe"] if os.name == "nt" else ["bin", "python"]))


def base_of(environment: str) -> str:
    """Give the path of the Python an environment was made with; its name ends with its version."""
    return os.path.realpath(python_of(environment))


def digest(environment: str, lock: str) -> str:
    """Give the hash of all that an environment is made from: lock, pyproject.toml, Python and place."""
    total = hashlib.sha256(os.fsencode(ROOT + "\n" + base_of(environment)))
    for path in (lock, os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as file:
            total.update(hashlib.sha256(file.read()).digest())
    return total.hexdigest()


def is_finished(environment: str, lock: str, *, this_python: bool) -> bool:
    """Tell whether the environment was made whole, from these files, in this place, with its Python."""
    base, stamp = base_of(environment), os.path.join(environment, STAMP)
    if not os.path.exists(base) or not os.path.exists(stamp):
        return False
    if this_python and base != os.path.realpath(sys.executable):
        return False
    with open(stamp) as file:
        return file.read() == digest(environment, lock)


# Which Python


def find_python(arguments: "list[str]") -> None:
    """Return if this Python will do; else go on as another from the PATH that will, or stop with a sentence."""
    fault = fault_of(sys.version_info[:3], sys.executable)
    if (fault or sys.version_info[:2] > NEWEST) and "--this-python" not in arguments:
        for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
            path = shutil.which("python3.{}".format(minor))
            if path and makes_environments(path):
                os.execv(path, [path, "-I", os.path.abspath(__file__)] + arguments)
    if fault:
        raise Failure(fault)


def makes_environments(python: str) -> bool:
    """Tell whether a Python has what an environment is made with."""
    trial = [python, "-I", "-c", "import venv, ensurepip"]
    return subprocess.call(trial, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0


def fault_of(version: "tuple[int, ...]", executable: str) -> "str | None":
    """Give the sentence that says why a Python cannot make the environment, or None."""
    from importlib.util import find_spec

    name = "{} (Python {}.{}.{})".format(executable, *version[:3])
    if tuple(version[:2]) < OLDEST:
        return (
            "Passages needs Python {}.{} or later, and this is {}: install a newer one and name it, "
            "for example: make PYTHON=python3.12 lab"
        ).format(OLDEST[0], OLDEST[1], name)
    if not find_spec("venv") or not find_spec("ensurepip"):
        return (
            "{} has no module venv or ensurepip to make an environment with: install it "
            "(on Debian and Ubuntu: apt install python3-venv), then give the same command again."
        ).format(name)
    return None


# Making


def turn(path: str) -> TextIO:
    """Give an open file that no other set-up holds while we do, waiting for it as long as that takes."""
    file = open(path, "w")
    try:
        import fcntl
    except ImportError:
        return file  # on Windows, where nobody has two of these at work
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Another set-up is at work here; waiting for it to finish ...")
        fcntl.flock(file, fcntl.LOCK_EX)
    except OSError:
        pass  # a file system without locks: nobody to wait for that we could see
    return file


def make(environment: str, lock: str) -> None:
    """Make the environment from nothing, its stamp last."""
    name, log = os.path.basename(environment), os.path.join(environment, LOG)
    base = getattr(sys, "_base_executable", sys.executable)  # not the environment that is about to go
    remove(environment)
    say("Setting up {} with Python {}.{}.{} (once) ...".format(name, *sys.version_info[:3]))
    os.mkdir(environment)
    open(log, "w").close()
    run([base, "-I", "-m", "venv", environment], log)
    say("Installing the locked packages ...")
    install(environment, lock, log)
    stamp = os.path.join(environment, STAMP)
    with open(stamp + ".partial", "w") as file:
        file.write(digest(environment, lock))
    os.replace(stamp + ".partial", stamp)
    say("{} is ready.".format(name))


def remove(environment: str) -> None:
    """Delete an environment that we made: by another name first, so that no half of one is ever met."""
    going = environment + "-being-deleted"
    if os.path.lexists(going):
        shutil.rmtree(going)
    if not os.path.lexists(environment):
        return
    is_folder = os.path.isdir(environment) and not os.path.islink(environment)
    names = os.listdir(environment) if is_folder else []
    if not is_folder or names and not {"pyvenv.cfg", LOG} & set(names):
        raise Failure("Set-up did not make {}: move it away, then try again.".format(environment))
    os.rename(environment, going)
    shutil.rmtree(going)


def install(environment: str, lock: str, log: str) -> None:
    """Install uv as it is locked, by it the locked packages, and then the project itself.

    Where uv cannot, pip does, which takes minutes but knows the settings that an institution gave it.
    """
    python = python_of(environment)
    pip = [python, "-I", "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    uv = [python, "-I", "-m", "uv", "pip", "install", "--python", python]
    locked = ["--no-deps", "--require-hashes", "--only-binary", ":all:", "-r"]
    first, ready, to_build = parts(lock, environment)
    run(pip + locked + [first], log)
    try:
        run(uv + ["--compile-bytecode"] + locked + [ready], log)
    except Failure:
        say("uv could not; installing with pip, which takes a minute or two ...")
        run(pip + locked + [ready], log)
    run(pip + ["--no-deps", "--require-hashes", "--no-build-isolation", "-r", to_build], log)
    run(pip + ["--no-deps", "--no-index", "--no-build-isolation", "--editable", ROOT], log)


def parts(lock: str, environment: str) -> "list[str]":
    """Write a lock's three parts into the environment: uv alone, all that comes ready-built, what is built here."""
    with open(lock) as file:
        packages = re.findall(r"(?m)^([\w.-]+)(==(?:.*\\\n)*.*\n)", file.read())
    here = [
        [name + rest for name, rest in packages if name == "uv"],
        [name + rest for name, rest in packages if name not in SOURCES],
        [name + rest for name, rest in packages if name in SOURCES],
    ]
    files = []
    for n, lines in enumerate(here):
        files.append(os.path.join(environment, "lock-{}".format(n)))
        with open(files[n], "w") as file:
            file.writelines(lines)
    return files


def run(command: "list[str]", log: str) -> None:
    """Run a command with its output in the log; where it fails, say why in one sentence."""
    start = os.path.getsize(log)
    variables = {name: value for name, value in os.environ.items() if name not in DIVERSIONS}
    variables.update(PIP_USER="0", UV_PYTHON_DOWNLOADS="never", UV_NO_PROGRESS="1")
    with open(log, "ab") as file:
        code = subprocess.call(command, stdin=subprocess.DEVNULL, stdout=file, stderr=file, cwd=ROOT, env=variables)
    if code:
        with open(log, errors="replace") as file:
            file.seek(start)
            raise Failure(reason(file.read(), log=log))


def reason(said: str, *, log: "str | None" = None) -> str:
    """Give the sentence for a reader that stands for what the system or an installer said."""
    source = "details in " + os.path.relpath(log, ROOT) if log else said
    for signs, sentence in REASONS:
        if re.search(signs, said):
            return "{}, then give the same command again ({}).".format(sentence, source)
    return "Set-up failed ({}).".format(source)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
