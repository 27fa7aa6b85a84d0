"""Lines of a byte stream, one at a time, none longer than the limit in memory. Imports nothing of the project."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_SKIP = 64 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """`data` with its line break, or None where the line is longer than the limit and was passed over."""

    number: int
    data: bytes | None


def read_lines(stream: BinaryIO, limit: int) -> Iterator[Line]:
    r"""The lines of a stream, from 1; only \n ends a line.

    >>> import io
    >>> [(line.number, line.data) for line in read_lines(io.BytesIO(b"ab\nabcdef\nc"), limit=4)]
    [(1, b'ab\n'), (2, None), (3, b'c')]
    """
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) <= limit or data.endswith(b"\n"):
            yield Line(number, data)
            continue
        while data and not data.endswith(b"\n"):
            data = stream.readline(_SKIP)
        yield Line(number, None)
