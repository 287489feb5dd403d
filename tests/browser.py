"""JupyterLab in a browser, as a reader has it: run as `make lab` does in a clone, with no settings of others."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
JUPYTER_FOLDERS = [
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
]


def need_chromium() -> None:
    """Skip the calling test where there is no chromium; fail it where PASSAGES_NEED_BROWSER=1 wants one."""
    if CHROMIUM:
        return
    if os.environ.get("PASSAGES_NEED_BROWSER") == "1":
        pytest.fail("There is no chromium here, and PASSAGES_NEED_BROWSER=1 wants it: install chromium.")
    pytest.skip("There is no chromium here to try JupyterLab with: install chromium to run this test.")


def clone(folder: Path) -> Path:
    """Give a git repository in the folder with all of the project that git keeps or would keep, committed."""
    listed = git(ROOT, "ls-files", "-co", "--exclude-standard", "-z")
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    reader = ["-c", "user.name=reader", "-c", "user.email=reader@localhost", "-c", "commit.gpgsign=false"]
    git(folder, *reader, "commit", "--quiet", "-m", "All")
    return folder


def git(folder: Path, *arguments: str) -> str:
    """Give what a git command prints."""
    return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


@contextmanager
def lab(root: Path, scratch: Path) -> Iterator[Page]:
    """Start JupyterLab in a clone, with its own folders under `scratch`, and yield a page that shows it."""
    port, token, log = free_port(), token_hex(), scratch / "lab.log"
    command = [sys.executable, "-m", "upkeep.environment.lab", "--no-browser", f"--port={port}"]
    variables = surroundings(root, scratch) | {"JUPYTER_TOKEN": token}
    with log.open("w") as output:
        server = subprocess.Popen(
            command, cwd=root, env=variables, stdout=output, stderr=output, start_new_session=True
        )
    try:
        wait_for_server(f"http://127.0.0.1:{port}/api", server, log)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            page = browser.new_page(viewport={"width": 1400, "height": 900})
            page.goto(f"http://127.0.0.1:{port}/?token={token}")
            yield page
            browser.close()
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=20)


def surroundings(root: Path, scratch: Path) -> dict[str, str]:
    """Give environment variables under which Jupyter sees the clone's code and nobody's own settings."""
    folders = {name: str(scratch / name.lower()) for name in JUPYTER_FOLDERS}
    return os.environ | folders | {"PYTHONPATH": str(root)}


def free_port() -> int:
    """Give a port of this machine that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for_server(address: str, server: subprocess.Popen, log: Path, *, seconds: int = 60) -> None:
    """Return when the server answers; fail with its log if it ends or stays silent."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            time.sleep(0.2)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


def open_notebook(page: Page, name: str) -> None:
    """Show a notebook of the reader's own, by its name, in the place of what is in view."""
    origin = re.match(r"https?://[^/]+", page.url)[0]
    page.goto(f"{origin}/lab/tree/notebooks/mine/{name}?reset")
    page.locator(".jp-Notebook .jp-Cell").first.wait_for(timeout=60_000)


def wait_until_idle(page: Page, *, seconds: int = 60) -> None:
    """Return when the kernel has nothing left to do, by the status bar; the toolbar says so too early."""
    status = page.locator("#jp-bottom-panel, .jp-StatusBar-Widget")
    status.get_by_text(re.compile(r"\| Idle$")).first.wait_for(timeout=seconds * 1000)


def choose(page: Page, menu: str, item: str) -> None:
    """Choose an item of JupyterLab's menu bar."""
    page.locator(".lm-MenuBar-itemLabel", has_text=re.compile(f"^{menu}$")).click()
    page.locator(".lm-Menu-itemLabel", has_text=re.compile(f"^{re.escape(item)}$")).click()


def save(page: Page, notebook: Path, *, seconds: int = 20) -> dict:
    """Save the notebook in view and give what its file then holds."""
    before = notebook.stat().st_mtime_ns
    choose(page, "File", "Save Notebook")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.1)
        if notebook.stat().st_mtime_ns != before:
            with suppress(json.JSONDecodeError):  # half written yet
                return json.loads(notebook.read_text(encoding="utf-8"))
    pytest.fail(f"{notebook.name} was not written in {seconds} seconds: is another notebook in view?")


def run_all(page: Page, notebook: Path, *, seconds: int = 120) -> dict:
    """Clear the outputs of the notebook in view, run all its cells, and give what its file then holds.

    We clear first, as the numbers beside cells that were run before look like those of cells run now.
    """
    wait_until_idle(page)
    choose(page, "Edit", "Clear Outputs of All Cells")
    assert all(cell["execution_count"] is None for cell in code_cells(save(page, notebook)))
    choose(page, "Run", "Run All Cells")
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        wait_until_idle(page, seconds=seconds)
        cells = code_cells(saved := save(page, notebook))
        if errors(saved) or all(cell["execution_count"] for cell in cells):
            return saved
        time.sleep(0.5)
    pytest.fail(f"{notebook.name} did not run to its end in {seconds} seconds")


def code_cells(notebook: dict) -> list[dict]:
    """Give the code cells that hold something."""
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    return [cell for cell in code if "".join(cell["source"]).strip()]


def errors(notebook: dict) -> list[str]:
    """Give what went wrong in each cell that raised, as the reader sees it."""
    outputs = [output for cell in code_cells(notebook) for output in cell["outputs"]]
    raised = [output for output in outputs if output["output_type"] == "error"]
    return [f"{output['ename']}: {output['evalue']}" for output in raised]
