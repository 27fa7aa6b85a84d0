"""Whether a folder is a build or release of ours, and its manifest as it stands there. Imports `builder.errors`.

Without the libraries of tables: a shell that completes a line asks this first.
"""

import json
from pathlib import Path
from typing import Any

from builder.errors import OutputError

MANIFEST = "manifest.json"
# Marks a folder as ours, and says how to read the manifest.
FORMAT = "onrecord/1"


def is_build(folder: Path) -> bool:
    """Whether the folder is a build or release of ours."""
    return read_json(folder / MANIFEST).get("format") == FORMAT


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a build or release; raise OutputError where the folder is neither."""
    if not is_build(folder):
        raise OutputError(
            f"{folder}: is no build of onrecord ({_what_is_wrong(folder)}); "
            "expected the folder that `onrecord build` or `onrecord release` wrote"
        )
    return read_json(folder / MANIFEST)


def _what_is_wrong(folder: Path) -> str:
    """Why the folder is no build, and where one may be that was meant."""
    if not folder.exists():
        return "nothing is there"
    if not folder.is_dir():
        return "it is a file"
    if (folder / MANIFEST).exists():
        return f"{MANIFEST} is another program's, or damaged"
    if builds := sorted(str(one) for one in folder.iterdir() if is_build(one)):
        return f"{MANIFEST} is missing, but {builds[-1]} is one"
    if is_build(folder.resolve().parent):
        return f"{MANIFEST} is missing, but {folder.resolve().parent} is one"
    return f"{MANIFEST} is missing"


def read_json(path: Path) -> dict[str, Any]:
    """The object in the file; an empty one where there is no such file or no such object."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
