"""Readers: one a format. They label segments, note what they could not read, and alter nothing."""

from pathlib import Path

from utils.intake import files
from utils.intake.batch import DEFAULT, Options, Reading

__all__ = ["Options", "Reading", "read"]


def read(path: Path, options: Options = DEFAULT) -> Reading:
    """Give what a file or a folder of files holds; what cannot be read is noted, the rest loads."""
    return files.read(path, options)
