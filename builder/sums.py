"""The sum of a file. Imports nothing of the project."""

import hashlib
from pathlib import Path


def sum_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
