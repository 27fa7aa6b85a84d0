"""Data versions: MAJOR.MINOR.PATCH, and the steps between them. Imports `builder.errors`."""

import re
from enum import IntEnum
from typing import NamedTuple

from builder.errors import ReleaseError

_FORM = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class Step(IntEnum):
    """How far a version goes beyond another; the greater, the more a reader has to mind."""

    PATCH = 0
    MINOR = 1
    MAJOR = 2


class Version(NamedTuple):
    """A data version; versions compare as they follow each other."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"


def parse_version(text: str) -> Version:
    """The version that `text` writes; ReleaseError where it writes none.

    >>> parse_version("1.10.0") > parse_version("1.9.3")
    True
    """
    match = _FORM.fullmatch(text)
    if not match or _numbers(match) == (0, 0, 0):
        raise ReleaseError(
            f"{text!r} is no version; expected MAJOR.MINOR.PATCH from 0.0.1 on, without leading zeros (1.4.0)"
        )
    return _numbers(match)


def _numbers(match: re.Match[str]) -> Version:
    """The three numbers of a match of the form."""
    return Version(*map(int, match.groups()))


def step_between(former: Version, later: Version) -> Step:
    """The step that leads from one version to a later one.

    >>> step_between(parse_version("1.2.3"), parse_version("1.4.0")).name
    'MINOR'
    """
    if later.major > former.major:
        return Step.MAJOR
    return Step.MINOR if later.minor > former.minor else Step.PATCH


def next_version(former: Version, step: Step) -> Version:
    """The version that is one step further.

    >>> str(next_version(parse_version("1.2.3"), Step.MINOR))
    '1.3.0'
    """
    if step is Step.MAJOR:
        return Version(former.major + 1, 0, 0)
    if step is Step.MINOR:
        return Version(former.major, former.minor + 1, 0)
    return Version(former.major, former.minor, former.patch + 1)
