"""SHA256SUMS: the sums of a folder's files, in the form that `sha256sum -c` reads. Imports `builder.sums`."""

from collections.abc import Mapping
from pathlib import Path

from builder.sums import sum_file

SUMS = "SHA256SUMS"


def sum_folder(folder: Path) -> dict[str, str]:
    """The sum of every file below `folder` but SHA256SUMS itself, by POSIX path, sorted by path."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name: sum_file(folder / name) for name in names if name != SUMS}


def render_sums(sums: Mapping[str, str]) -> str:
    """One line a file, as `sha256sum` writes it for names without a backslash or line break (ours have none).

    >>> print(render_sums({"b.txt": "22", "a.txt": "11"}), end="")
    11  a.txt
    22  b.txt
    """
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))


def parse_sums(text: str) -> dict[str, str]:
    r"""What `render_sums` wrote.

    >>> parse_sums("11  a.txt\n22  b.txt\n")
    {'a.txt': '11', 'b.txt': '22'}
    """
    pairs = (line.split("  ", 1) for line in text.splitlines() if line)
    return {name: digest for digest, name in pairs}
