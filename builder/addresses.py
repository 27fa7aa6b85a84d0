"""Addresses that fsspec opens (`hf://`, `s3://`, `memory://`, …), told from paths. Imports `builder.errors` only."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from builder.errors import SettingsError

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+(?:://|::)")


def is_address(raw: str) -> bool:
    """Whether this names a place that fsspec opens, and no path.

    >>> is_address("hf://datasets/tarn/post"), is_address("raw/post"), is_address("C:/raw")
    (True, False, False)
    """
    return _ADDRESS.match(raw) is not None


@contextmanager
def opening(address: str, example: str) -> Iterator[None]:
    """What fsspec cannot open, as a SettingsError; `example` is an address that it can."""
    try:
        yield
    except ImportError as error:
        raise SettingsError(f"{address}: {error}; install that package into the same environment") from error
    except ValueError as error:
        raise SettingsError(f"{address}: {error}; expected one that fsspec knows, such as {example}") from error
