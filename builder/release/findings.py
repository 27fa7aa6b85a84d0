"""What a check has found wrong, and where. Imports nothing of the project."""

from collections.abc import Iterable
from dataclasses import dataclass

# So many findings does a message show; the first is mostly the cause of the others.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold: `file` is a path in the release or raw folder; `row` and `column` where known.

    Of what `is_unreadable` nothing more can be said.
    """

    file: str
    what: str
    table: str | None = None
    row: str | None = None
    column: str | None = None
    is_unreadable: bool = False

    def __str__(self) -> str:
        place = ".".join(part for part in (self.table, self.column) if part)
        where = " ".join(part for part in (place, f"row {self.row}" if self.row else "") if part)
        return f"{self.file}: {where + ': ' if where else ''}{self.what}"


def list_findings(findings: Iterable[Finding]) -> str:
    """One line a finding, the first `SHOWN` of them."""
    lines = [f"  {finding}" for finding in findings]
    return "\n".join(lines[:SHOWN] + [f"  … and {len(lines) - SHOWN} more"] * (len(lines) > SHOWN))
