"""The project's notebooks: found, read, written whole, and run two at a time."""

import ast
import asyncio
import copy
import json
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import nbformat
import zmq
import zmq.asyncio
from ipykernel.kernelspec import KERNEL_NAME, RESOURCES, get_kernel_dict
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_core.utils import ensure_async
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError
from nbformat import NotebookNode

from upkeep.notebooks.normal import normal
from utils import storage

ROOT = Path(__file__).resolve().parents[2]
PARAMETERS, INJECTED = "parameters", "injected-parameters"
CELL_TIMEOUT = 300
FIXED = {"TQDM_DISABLE": "1", "PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1"}


def find(names: Sequence[str] = (), *, root: Path = ROOT) -> list[Path]:
    """Give the notebooks kept in `notebooks/`, or those whose file names begin with one of the names.

    `notebooks/mine/` and `notebooks/solutions/` are folders of their own and not looked into, unless a name says so:
    "mine/03", and then all are looked for there.
    Raises ValueError where a name fits no notebook.
    """
    own = any("mine" in Path(name).parts[:-1] for name in names)
    kept = sorted((root / "notebooks" / ("mine" if own else "")).glob("*.ipynb"))
    wanted = [Path(name).name.removesuffix(".ipynb") for name in names]
    for name in wanted:
        if not any(path.stem.startswith(name) for path in kept):
            there = ", ".join(path.stem for path in kept) or "none"
            raise ValueError(f"No notebook's name begins with {name!r}. There are: {there}.")
    return [path for path in kept if not wanted or path.stem.startswith(tuple(wanted))]


def read(path: Path) -> NotebookNode:
    """Give the notebook in a file; a cell without an id is given one from its position."""
    content = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(content["cells"], start=1):
        cell.setdefault("id", f"cell-{number}")
    content["nbformat_minor"] = max(5, content["nbformat_minor"])
    return nbformat.reads(json.dumps(content), as_version=4)


def write_whole(path: Path, content: str | bytes) -> bool:
    """Write a file whole or not at all, text as UTF-8; give whether its bytes changed."""
    wanted = content.encode("utf-8") if isinstance(content, str) else content
    if path.exists() and path.read_bytes() == wanted:
        return False
    storage.write(path, wanted)
    return True


def parameters(notebook: NotebookNode) -> dict[str, Any]:
    """Give the names and values assigned in the cells tagged `parameters`; only plain values count."""
    values: dict[str, Any] = {}
    for cell in notebook.cells:
        if PARAMETERS in cell.metadata.get("tags", []):
            for statement in ast.parse(cell.source).body:
                if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                    values[statement.targets[0].id] = ast.literal_eval(statement.value)
    return values


def inject(notebook: NotebookNode, **values: Any) -> NotebookNode:
    """Give the notebook with these parameters replaced, by a cell put after the one tagged `parameters`.

    Raises ValueError where the notebook has no parameter of that name: it would change nothing.
    """
    known = parameters(notebook)
    unknown = sorted(set(values) - set(known))
    if unknown:
        there = ", ".join(known) or "none"
        raise ValueError(f"There is no parameter {', '.join(unknown)} to replace; there are: {there}.")
    changed = copy.deepcopy(notebook)
    tagged = [n for n, cell in enumerate(changed.cells) if PARAMETERS in cell.metadata.get("tags", [])]
    source = "\n".join(f"{name} = {value!r}" for name, value in values.items())
    cell = nbformat.v4.new_code_cell(source, id=INJECTED, metadata={"tags": [INJECTED]})
    changed.cells.insert(tagged[-1] + 1, cell)
    return changed


def place(notebook: NotebookNode, index: int) -> str:
    """Name a cell as a reader finds it: its position among all cells, and its In [n] if it is code."""
    before = [cell for cell in notebook.cells[: index + 1] if INJECTED not in cell.metadata.get("tags", [])]
    code = sum(cell.cell_type == "code" for cell in before)
    return f"cell {len(before)}" + (f", In [{code}]" if notebook.cells[index].cell_type == "code" else "")


@dataclass(frozen=True)
class Run:
    """One notebook run from top to bottom: its normal form, or the error that ended it."""

    name: str
    notebook: NotebookNode
    error: str | None
    seconds: float


def run(
    notebooks: Mapping[str, NotebookNode],
    *,
    check_findings: bool = True,
    at_once: int = 2,
    timeout: int = CELL_TIMEOUT,
    on_done: Callable[[Run], None] = lambda run: None,
) -> dict[str, Run]:
    """Run the notebooks in fresh kernels, a few at a time, and give each one's `Run` by its name.

    A notebook runs in a temporary `notebooks/` folder of its own, so that a table it exports lands
    neither in the project nor in another's way. The notebooks handed in are left as they are.

    check_findings  whether a figure's title that no longer holds is an error
    timeout         seconds a single cell may take
    on_done         called with each `Run` as it ends, one at a time, in a thread of its own
    Raises ValueError where there is none to run, which would otherwise pass for success.
    """
    if not notebooks:
        raise ValueError("There is no notebook to run in notebooks/.")
    try:
        return asyncio.run(_run_all(notebooks, _environment(check_findings), at_once, timeout, on_done))
    except KeyboardInterrupt:
        raise SystemExit("Stopped, and the kernels with it.") from None


async def _run_all(
    notebooks: Mapping[str, NotebookNode],
    env: dict[str, str],
    at_once: int,
    timeout: int,
    on_done: Callable[[Run], None],
) -> dict[str, Run]:
    gate, in_turn = asyncio.Semaphore(at_once), asyncio.Lock()

    async def one(name: str, notebook: NotebookNode) -> Run:
        async with gate:
            done = await _run_one(name, notebook, env, timeout)
        async with in_turn:
            await asyncio.to_thread(on_done, done)  # it may load a corpus, and the others' kernels go on talking
        return done

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(name, notebook)) for name, notebook in notebooks.items()]
    return {task.result().name: task.result() for task in tasks}


async def _run_one(name: str, notebook: NotebookNode, env: dict[str, str], timeout: int) -> Run:
    fresh, started, at, error = copy.deepcopy(notebook), time.monotonic(), 0, None
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None

    def note(cell: NotebookNode, cell_index: int) -> None:
        nonlocal at
        at = cell_index

    with tempfile.TemporaryDirectory(prefix="passages-", ignore_cleanup_errors=True) as folder:
        cwd = Path(folder, "notebooks")
        cwd.mkdir()
        client = _Client(
            fresh,
            km=_kernel(folder),
            timeout=timeout,
            iopub_timeout=timeout,
            raise_on_iopub_timeout=True,
            record_timing=False,
            on_cell_start=note,
        )
        try:
            await client.async_execute(
                cwd=str(cwd),
                env=env
                | {"IPYTHONDIR": str(Path(folder, "ipython")), "PASSAGES_RESULTS": str(Path(folder, "results"))},
            )
        except (CellControlSignal, RuntimeError) as problem:
            error = f"{place(fresh, at)}: {_last_line(problem, timeout)}"
    return Run(name, normal(fresh), error, time.monotonic() - started)


def _last_line(problem: Exception, timeout: int) -> str:
    if isinstance(problem, CellExecutionError):
        return f"{problem.ename}: {problem.evalue}".strip().splitlines()[-1]
    if isinstance(problem, TimeoutError):
        return f"it took longer than {timeout} s"
    return (str(problem).strip() or type(problem).__name__).splitlines()[-1]


class _Client(NotebookClient):
    """A client that leaves Ctrl-C to asyncio, which then stops every notebook, and that looks for its mail.

    A widget makes the client write to the kernel while it waits for the kernel's reply. That can swallow the
    sign that the reply has come, and the client would wait until its time is up; so we look twice a second.
    """

    @asynccontextmanager
    async def async_setup_kernel(self, **kwargs: Any) -> AsyncIterator[None]:
        kernel, look = cast(AsyncKernelManager, self.km), None  # the one that it was given
        try:
            await self.async_start_new_kernel(**kwargs)
            client = await self.async_start_new_kernel_client()
            look = asyncio.create_task(_look_for_mail(client.shell_channel.socket))
            yield
        finally:
            if look is not None:
                look.cancel()
            if self.kc is not None:
                self.kc.stop_channels()
            if kernel.has_kernel:
                await kernel.shutdown_kernel(now=True)
            await ensure_async(kernel.cleanup_resources())


async def _look_for_mail(socket: zmq.asyncio.Socket) -> None:
    """Wake whoever waits at a socket whenever there is something for them; asking is what wakes them."""
    while True:
        await asyncio.sleep(0.5)
        socket.get(zmq.EVENTS)


class OwnKernel(KernelSpecManager):
    """The kernel called `python3` is the project's, of the running interpreter, whatever a user has registered so."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Give how a kernel is started."""
        if kernel_name != KERNEL_NAME:
            return super().get_kernel_spec(kernel_name)
        argv = [sys.executable, "-P", str(ROOT / "upkeep" / "environment" / "kernel.py"), "-f", "{connection_file}"]
        return KernelSpec(resource_dir=str(RESOURCES), **get_kernel_dict() | {"argv": argv})


def _kernel(folder: str) -> AsyncKernelManager:
    """A kernel not yet started, spoken to through files in a folder, so that it opens no port to others."""
    return AsyncKernelManager(
        kernel_name="python3",
        kernel_spec_manager=OwnKernel(),
        transport="ipc",
        connection_file=str(Path(folder, "kernel.json")),
    )


def _environment(check_findings: bool) -> dict[str, str]:
    """The kernel's environment: ours, less what would make one machine's outputs differ from another's."""
    env = {
        key: value for key, value in os.environ.items() if key not in ("MPLBACKEND", "PASSAGES_CHECK_FINDINGS")
    } | FIXED
    if check_findings:
        env["PASSAGES_CHECK_FINDINGS"] = "1"
    if env.get("PYTHONPATH"):  # the kernel stands in another folder, where "." would be another place
        env["PYTHONPATH"] = os.pathsep.join(os.path.abspath(p) for p in env["PYTHONPATH"].split(os.pathsep))
    return env


def progress(total: int) -> Callable[[Run, str], None]:
    """Give a function that prints one line for each notebook that ends, with a verdict on it."""
    n_done = 0

    def tell(done: Run, verdict: str) -> None:
        nonlocal n_done
        n_done += 1
        print(f"[{n_done}/{total}] {done.name:<32} {verdict:<24} {done.seconds:5.1f} s", flush=True)

    return tell


def fail(message: object) -> int:
    """Print a problem where errors go and give the exit code for it."""
    print(message, file=sys.stderr)
    return 1
