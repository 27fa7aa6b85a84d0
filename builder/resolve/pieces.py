"""A table that comes in pieces as CSV. Imports nothing of the project."""

from collections.abc import Iterable, Iterator, Sequence

import polars as pl


def render_csv(pieces: Iterable[pl.DataFrame], columns: Sequence[str]) -> Iterator[str]:
    r"""The header, then the rows of each frame, in the order in which they come.

    >>> "".join(render_csv([pl.DataFrame({"n": [1]}), pl.DataFrame({"n": [2]})], ["n"]))
    'n\n1\n2\n'
    """
    yield ",".join(columns) + "\n"
    for rows in pieces:
        yield rows.select(columns).write_csv(line_terminator="\n", include_header=False)
