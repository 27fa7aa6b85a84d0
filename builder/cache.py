"""The content cache: what was made of an article, of a shard, of a block of claims, kept by what determines it.

SQLite (WAL) holds millions of entries in one file and lets two builds write at once; an entry carries the hash of its
own bytes, so that a damaged one is found, left out and made again. Imports `builder.errors` only.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import zstandard

from builder.errors import OutputError

# `made_by` names what made an entry; the table of a version that did not say so is left behind.
_TABLE = """CREATE TABLE IF NOT EXISTS articles
    (key BLOB PRIMARY KEY, made_by TEXT NOT NULL, sum BLOB NOT NULL, body BLOB NOT NULL) WITHOUT ROWID"""
FILE = "entries.sqlite"
_SOME = 500  # keys a query asks for; SQLite allows 32,766 variables


@dataclass(frozen=True, slots=True)
class Holding:
    """Entries that one set of versions made: how many, and their bytes as they are kept."""

    made_by: str
    entries: int
    size: int


class Cache:
    """A folder with one SQLite file; use as a context manager. Keys and entries are bytes."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        try:
            if folder.exists() and not folder.is_dir():
                raise OutputError(f"{folder}: is a file; expected a folder or nothing. Give --cache another one")
            folder.mkdir(parents=True, exist_ok=True)
            try:
                self._entries = _open(self._file)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                self._entries = _start_over(self._file)
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"{folder}: the cache cannot be opened ({error}); give another folder with --cache, or remove this one"
            ) from error

    def __enter__(self) -> "Cache":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entries.close()

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The entries that are there and whole; a damaged one counts as missing."""
        try:
            return self._whole_entries(keys)
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"{self._file}: the cache cannot be read ({error}); build again, or without --cache"
            ) from error
        except sqlite3.DatabaseError:
            self._entries.close()
            self._entries = _start_over(self._file)
            return {}

    def _whole_entries(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        found: dict[bytes, bytes] = {}
        for at in range(0, len(keys), _SOME):
            some = keys[at : at + _SOME]
            query = f"SELECT key, sum, body FROM articles WHERE key IN ({_marks(some)})"  # noqa: S608 - only question marks
            rows = self._entries.execute(query, some)
            for key, recorded, packed in rows:
                entry = _whole_entry(key, recorded, packed)
                if entry is not None:
                    found[key] = entry
        return found

    def put(self, entries: Mapping[bytes, bytes], made_by: str) -> None:
        """Keep entries, all or none; what another build wrote meanwhile under the same key is replaced by its equal.

        `made_by` names what made them, the stages' versions and the model, so that `prune` can tell.
        """
        if not entries:
            return
        rows = [
            (key, made_by, _sum(key, entry), zstandard.compress(entry, 3)) for key, entry in sorted(entries.items())
        ]
        with self._transaction() as articles:
            articles.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?, ?, ?)", rows)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """What is done to the entries, all or none of it."""
        with self._writing() as entries:
            entries.execute("BEGIN IMMEDIATE")
            yield entries
            entries.execute("COMMIT")

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The entries to be written; a transaction that cannot be is taken back whole."""
        try:
            yield self._entries
        except sqlite3.Error as error:
            if self._entries.in_transaction:
                self._entries.execute("ROLLBACK")
            raise OutputError(
                f"{self._file}: the cache cannot be written ({error}); is the disk full? Nothing is lost: try again"
            ) from error

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._entries
        except sqlite3.Error as error:
            raise OutputError(
                f"{self._file}: the cache cannot be read ({error}); remove the folder, and build again"
            ) from error

    def holdings(self) -> list[Holding]:
        """What the cache holds, by what made it, in the order of the names."""
        query = "SELECT made_by, count(*), sum(length(body)) FROM articles GROUP BY made_by ORDER BY made_by"
        with self._reading() as entries:
            return [Holding(*row) for row in entries.execute(query)]

    def prune(self, keep: Sequence[str]) -> int:
        """Take out what nothing in `keep` made, and give the room back to the disk; how many entries went."""
        with self._transaction() as entries:
            gone = entries.execute(f"DELETE FROM articles WHERE made_by NOT IN ({_marks(keep)})", keep).rowcount  # noqa: S608 - only question marks
            entries.execute("DROP TABLE IF EXISTS entries")
        with self._writing() as entries:  # SQLite does this outside of any transaction
            entries.execute("VACUUM")
        return int(gone)

    def take_out_damaged(self) -> tuple[int, int]:
        """Read every entry and take out those that are not whole: how many were read, how many went."""
        read, damaged = 0, []
        with self._reading() as entries:
            for key, recorded, packed in entries.execute("SELECT key, sum, body FROM articles"):
                read += 1
                if _whole_entry(key, recorded, packed) is None:
                    damaged.append((key,))
        with self._transaction() as entries:
            entries.executemany("DELETE FROM articles WHERE key = ?", damaged)
        return read, len(damaged)

    def __len__(self) -> int:
        with closing(self._entries.execute("SELECT count(*) FROM articles")) as rows:
            return int(rows.fetchone()[0])


@dataclass(frozen=True, slots=True)
class Shelf:
    """The entries of one maker, under keys that are its own."""

    cache: Cache
    made_by: str

    def get(self, keys: Sequence[bytes]) -> dict[bytes, bytes]:
        """The entries that are there and whole."""
        there = {self._place(key): key for key in keys}
        return {there[place]: entry for place, entry in self.cache.get(list(there)).items()}

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep entries, all or none."""
        self.cache.put({self._place(key): entry for key, entry in entries.items()}, self.made_by)

    def _place(self, key: bytes) -> bytes:
        return content_key([self.made_by.encode(), key])


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _open(file: Path) -> sqlite3.Connection:
    entries = sqlite3.connect(file, timeout=60, isolation_level=None)
    try:
        entries.execute("PRAGMA journal_mode=WAL")
        entries.execute("PRAGMA synchronous=NORMAL")
        entries.execute(_TABLE)
    except sqlite3.Error:
        entries.close()
        raise
    return entries


def _start_over(file: Path) -> sqlite3.Connection:
    """A file that is no database any more is of no use to anybody: what it held is made again."""
    for part in (file, *(file.with_name(file.name + tail) for tail in ("-wal", "-shm"))):
        part.unlink(missing_ok=True)
    return _open(file)


def _sum(key: bytes, entry: bytes) -> bytes:
    return hashlib.sha256(key + entry).digest()


def _whole_entry(key: bytes, recorded: bytes, packed: bytes) -> bytes | None:
    """The entry as it was put; None where it is damaged."""
    try:
        entry = zstandard.decompress(packed)
    except zstandard.ZstdError:
        return None
    return entry if _sum(key, entry) == recorded else None


def content_key(parts: Iterable[bytes]) -> bytes:
    """The key of what `parts` determine: no two different lists of parts share one."""
    key = hashlib.sha256()
    for part in parts:
        key.update(len(part).to_bytes(8, "big"))
        key.update(part)
    return key.digest()
