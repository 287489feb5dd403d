"""Layers kept on disk between kernels, under a key made from everything they depend on.

The key is a hash of content, library versions, options and the code that computes the layer, so a kept layer is
never stale: a change makes another key. The folder is safe to delete, and files appear whole or not at all.
"""

import hashlib
import os
import tempfile
import unicodedata
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather

LIBRARIES = ("nupunkt", "datasketch", "pandas", "pyarrow", "numpy")


def folder() -> Path:
    """Give the folder of kept layers: PASSAGES_CACHE if set, else `passages` in the user's cache folder."""
    default = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "passages")
    return Path(os.environ.get("PASSAGES_CACHE") or default)


def key(
    layer: str,
    content: str,
    *,
    code: Sequence[str],
    libraries: Sequence[str] = LIBRARIES,
    **options: object,
) -> str:
    """Give the name under which a layer of this content is kept; code and libraries are what computes it."""
    parts = [
        layer,
        content,
        *(hashlib.sha256(Path(file).read_bytes()).hexdigest() for file in code),
        unicodedata.unidata_version,
        *map(version, libraries),
        *map(str, sorted(options.items())),
    ]
    return f"{layer}-{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()[:32]}"


def kept(name: str) -> pd.DataFrame | None:
    """Give the layer kept under a name, or None; a damaged file counts as none."""
    try:
        return feather.read_feather(folder() / f"{name}.arrow")
    except (OSError, pa.ArrowException, ValueError, KeyError):
        return None


def keep(name: str, frame: pd.DataFrame) -> None:
    """Write a layer whole under a name; where that cannot be done, say so once and go on without."""
    try:
        folder().mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=folder(), suffix=".part")
        os.close(handle)
        try:
            feather.write_feather(frame, temporary, compression="lz4")
            os.replace(temporary, folder() / f"{name}.arrow")
        except BaseException:
            os.unlink(temporary)
            raise
    except OSError as error:
        warnings.warn(
            f"words and sentences are not kept between kernels: {folder()} cannot be written "
            f"({error.strerror}); set PASSAGES_CACHE to a folder that can",
            stacklevel=2,
        )


def layer(name: str, compute: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """Give the layer kept under a name, computing and keeping it where there is none."""
    frame = kept(name)
    if frame is None:
        frame = compute()
        keep(name, frame)
    return frame
