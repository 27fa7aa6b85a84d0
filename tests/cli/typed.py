"""What a typed command leaves."""

import re
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what went to either stream."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """The message in one line, without the frame that usage errors have."""
        return " ".join(re.sub("[│╭╮╰╯─]", " ", self.err).split())


Onrecord = Callable[..., Ran]
