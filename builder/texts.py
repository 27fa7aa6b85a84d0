"""The texts of all articles, to be read again one by one, in any order. Imports `builder.errors`.

They lie behind one another in a temporary file without a name, or in memory while they are few.
"""

import tempfile
from array import array
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from builder.errors import OutputError

# Bytes of text that are kept in memory before they go to a file.
FEW = 16_000_000


@dataclass(slots=True)
class Texts:
    """Texts by their numbers, 0 for the first that was added; `folder` is where the file lies."""

    folder: Path
    _file: IO[bytes] = field(init=False)
    _ends: "array[int]" = field(default_factory=lambda: array("Q", [0]))

    def __post_init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(FEW, dir=str(self.folder))  # noqa: SIM115 - closed by `close`

    def add(self, text: str) -> None:
        """Keep the next text."""
        written = text.encode("utf-8", "surrogatepass")
        try:
            self._file.seek(self._ends[-1])
            self._file.write(written)
        except OSError as error:
            raise OutputError(
                f"{self.folder}: no room for what a build keeps there while it runs ({error.strerror or error}); "
                "what stood in the output folder is unchanged. Make room, then run again"
            ) from error
        self._ends.append(self._ends[-1] + len(written))

    def __getitem__(self, number: int) -> str:
        """The text of this number."""
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number]).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Forget all texts."""
        self._file.close()
