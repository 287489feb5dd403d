"""Where work on parts is done: in this process, in several on this machine, or on a Dask cluster by its address.

`over` gives the same results in the same order wherever they come from. A cluster on this machine has a process of its
own, so that neither a notebook nor a script without a guard of its main module is run again by it; it ends when this
process ends or closes it.
"""

import atexit
import hashlib
import logging
import os
import subprocess
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from utils.arguments import Refusal

if TYPE_CHECKING:
    from distributed import Client

Part = TypeVar("Part")
Result = TypeVar("Result")

HERE, PROCESSES = "here", "processes"
MANY = 5_000  # articles from which it pays to start processes
SCHEMES = ("tcp://", "tls://", "ucx://", "ws://", "wss://")  # how the address of a scheduler begins
AHEAD = 2  # parts that wait for each worker, so that none is idle and not all parts are in memory
SECONDS = 30  # that a cluster has to answer


def checked(engine: str | None) -> str | None:
    """Give an engine as it came, or refuse what is none."""
    if engine is None or engine in (HERE, PROCESSES) or (isinstance(engine, str) and engine.startswith(SCHEMES)):
        return engine
    raise Refusal(
        "engine is 'here' (this process), 'processes' (several on this machine), None (what suits the number of "
        f"articles) or the address of a Dask scheduler, such as 'tcp://127.0.0.1:8786'; what came is {engine!r:.200}"
    )


def chosen(engine: str | None, n: int) -> str:
    """Give the engine for work on so many articles: the one that is asked for, else processes where they pay."""
    return engine or (PROCESSES if n >= MANY and processors() > 1 else HERE)


def over(function: Callable[[Part], Result], parts: Iterable[Part], *, engine: str = HERE) -> Iterator[Result]:
    """Give what a function makes of each part, in the order of the parts.

    engine: "here", "processes", or the address of a Dask scheduler. There the function is one that its workers can
    import, or that pickles. A worker that dies is replaced, and its part done again, three times unless a scheduler
    says otherwise. Parts are taken as they are needed, and those under way are called off when the loop over the
    results ends early.
    Raises Refusal if there is no such cluster, its workers have another version of this code, or a part has brought
    down every worker that tried it; what the function raises comes as it is.
    """
    checked(engine)
    if engine == HERE:
        yield from map(function, parts)
        return
    from distributed import KilledWorker
    from distributed.client import FutureCancelledError

    client = _client(engine)
    under_way: deque = deque()
    todo = iter(parts)
    room = AHEAD * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    try:
        while True:
            for part in _first(todo, room - len(under_way)):
                under_way.append(_sent(client, function, part))
            if not under_way:
                return
            yield under_way[0].result()
            under_way.popleft()
    except (KilledWorker, FutureCancelledError) as error:
        if engine == PROCESSES:
            under_way.clear()
            close()  # what is left of it may wait for ever
        raise Refusal(
            f"a part of the work brought down {'every process' if engine == PROCESSES else 'every worker'} that tried "
            "it, most likely for want of memory; give it engine='here' or workers with more memory"
        ) from error
    finally:
        for each in under_way:
            each.cancel()


def close() -> None:
    """End the processes of this machine's cluster, and leave any other, without a word; `over` starts anew."""
    for engine in [*_open]:
        client, server = _open.pop(engine)
        client.close(timeout=5)
        if server is not None and server.stdin is not None:
            server.stdin.close()
            server.wait(SECONDS)


_open: "dict[str, tuple[Client, subprocess.Popen | None]]" = {}
atexit.register(close)


def _client(engine: str) -> "Client":
    """Give what talks to a cluster, started where it is ours, once its workers are known to have this code."""
    if engine in _open and _open[engine][0].status == "running":
        return _open[engine][0]
    from distributed import Client

    for name in ("distributed", "distributed.client"):  # it tells of each worker that goes, and what we tell is enough
        logging.getLogger(name).setLevel(logging.CRITICAL)
    server, address = _started() if engine == PROCESSES else (None, engine)
    try:
        client = Client(address, timeout=SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise Refusal(f"no Dask scheduler answers at {address} within {SECONDS} s ({error}); is it running?") from error
    _open[engine] = client, server
    if server is None:
        _same_code(client, address)
    return client


def _started() -> tuple[subprocess.Popen, str]:
    """Start a cluster in a process of its own; give it and its address."""
    server = subprocess.Popen(
        [sys.executable, "-c", f"from {__name__} import serve; serve()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    address = server.stdout.readline().strip() if server.stdout else ""
    if not address:
        server.kill()
        raise Refusal("no processes could be started on this machine; engine='here' does the work in this one")
    return server, address


def serve() -> None:
    """Run a cluster of as many processes as there are processors until standard input ends; print its address."""
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=processors(), threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as cluster:
        print(cluster.scheduler_address, flush=True)  # noqa: T201
        sys.stdin.read()


def processors() -> int:
    """Give how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _sent(client: "Client", function: Callable, part: object) -> object:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sending large graph")  # texts are large, and sent so that none can be lost
        return client.submit(function, part, pure=False)


def _first(parts: Iterator[Part], n: int) -> Iterator[Part]:
    for _, part in zip(range(n), parts, strict=False):
        yield part


def _same_code(client: "Client", address: str) -> None:
    """Refuse a cluster without workers, or with workers that have other code and may count otherwise."""
    try:
        client.wait_for_workers(1, timeout=SECONDS)
        theirs = set(client.run(code).values())
    except TimeoutError:
        raise Refusal(f"the Dask scheduler at {address} has no workers; start some with `dask worker`") from None
    except ModuleNotFoundError as error:
        raise Refusal(f"the workers at {address} cannot import {error.name}; install this project there") from None
    if theirs != {code()}:
        raise Refusal(f"the workers at {address} have another version of this project; install this one there")


@cache
def code() -> str:
    """Give a digest of this package's code."""
    digest = hashlib.sha256()
    home = Path(__file__).parent
    for file in sorted(home.rglob("*.py")):
        digest.update(f"{file.relative_to(home)}\0".encode() + file.read_bytes())
    return digest.hexdigest()
