"""Raw files made of a few lines, for the tests of read."""

import io
from pathlib import Path

import polars as pl

from builder.read.arrange import arrange
from builder.read.checksums import verify_sums
from builder.read.limits import LIMITS, Limits
from builder.read.manifest import Collection, Columns
from builder.read.record import Record
from builder.read.repeated import drop_repeated
from builder.read.stage import read
from builder.tally import Dropped

Files = dict[str, bytes | str]


def collection(
    folder: Path, files: Files, columns: Columns | None = None, *, patterns: tuple[str, ...] = ()
) -> Collection:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Collection(
        id="post",
        path=folder,
        prefix="post",
        title="The Tarn Post",
        license="CC0-1.0",
        text_may_be_published=True,
        columns=columns,
        files=patterns,
    )


def read_all(post: Collection, limits: Limits = LIMITS) -> list[Record | Dropped]:
    return list(read(post, verify_sums(post), limits))


def read_files(
    folder: Path, files: Files, limits: Limits = LIMITS, columns: Columns | None = None
) -> list[Record | Dropped]:
    return read_all(collection(folder, files, columns), limits)


def arranged(items: list[Record | Dropped]) -> list[Record | Dropped]:
    return [found.item for found in drop_repeated(arrange(items))]


def bodies(items: list[Record | Dropped]) -> list[str]:
    return [item.body for item in items if isinstance(item, Record)]


def drops(items: list[Record | Dropped]) -> list[tuple[str, str, str]]:
    return [(item.raw_path, item.place, item.reason) for item in items if isinstance(item, Dropped)]


def only_drop(items: list[Record | Dropped]) -> Dropped:
    (item,) = [item for item in items if isinstance(item, Dropped)]
    return item


def parquet(**columns: list[object]) -> bytes:
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    return buffer.getvalue()
