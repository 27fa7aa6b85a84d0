"""Put a whole folder in place at once, or leave what is there. Imports `builder.errors`.

The new folder is written beside the old one (`.NAME.writing`), every file and folder of it is fsynced, and then it
changes places with the old one in one system call (Linux: renameat2 with RENAME_EXCHANGE): a reader finds the old
build or the new one, never neither. Where the system or the file system knows no exchange, the old folder is first
renamed to `.NAME.former` and the new one then into place; between these two renames nothing stands at the path. A
process killed exactly there leaves two whole folders, and the next run puts the former one back before it does
anything else.
"""

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from builder.errors import OutputError

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# Flushing 2,000 small files one by one took 11 s; above this many the whole system is told to flush once.
_MANY = 100


@contextmanager
def writing_aside(out: Path) -> Iterator[Path]:
    """Yield an empty folder beside `out`; when the block ends without an error, it stands at `out`.

    On an error nothing at `out` has changed and the folder beside it is removed. Two runs into one `out` at once: the
    second is refused.
    """
    out = out.resolve()  # a link stays, and the folder that it points to is replaced
    aside, former = out.with_name(f".{out.name}.writing"), out.with_name(f".{out.name}.former")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with _locked(aside, out):
            _recover(out, former)
            _empty(aside)
            try:
                yield aside
                _sync_tree(aside)
                _put_in_place(aside, out, former)
            finally:
                shutil.rmtree(aside, ignore_errors=True)  # after an exchange this is the old build
                shutil.rmtree(former, ignore_errors=True)
    except OSError as error:
        raise OutputError(
            f"{out}: cannot be written ({error.strerror or error}); what stood there before is unchanged. "
            f"Check that {out.parent} can be written to and has room, then run again"
        ) from error


@contextmanager
def _locked(aside: Path, out: Path) -> Iterator[None]:
    """Hold `aside` for this process; the kernel lets go of it however the process ends."""
    aside.mkdir(exist_ok=True)
    descriptor = os.open(aside, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(
                f"{out}: another run is writing to it now (it holds {aside}); wait for it, or choose another folder"
            ) from None
        if not aside.exists() or os.fstat(descriptor).st_ino != aside.stat().st_ino:
            raise OutputError(f"{out}: another run has just written to it; run again")
        yield
    finally:
        os.close(descriptor)


def _recover(out: Path, former: Path) -> None:
    """Undo a replacement that was killed between its two renames; clear one that was killed after them."""
    if former.exists() and not out.exists():
        former.rename(out)
        _sync_folder(out.parent)
    elif former.exists():
        shutil.rmtree(former)


def _empty(folder: Path) -> None:
    """Remove what a killed run has left in `folder`, but not the folder, which is locked."""
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _put_in_place(aside: Path, out: Path, former: Path) -> None:
    """Make `aside` stand at `out`; what stood there before then stands at `aside` or `former`."""
    if not out.exists():
        aside.rename(out)
    elif not _exchange(aside, out):
        out.rename(former)
        try:
            aside.rename(out)
        except OSError:
            former.rename(out)
            raise
    _sync_folder(out.parent)


def _exchange(one: Path, other: Path) -> bool:
    """Let two paths change places in one step; False where the system or the file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _sync_tree(folder: Path) -> None:
    """Flush every file and folder below `folder`, and itself, to the disk."""
    paths = sorted(folder.rglob("*"))
    if len(paths) > _MANY:
        os.sync()
        return
    for path in paths:
        _sync_folder(path)
    _sync_folder(folder)


def _sync_folder(path: Path) -> None:
    """Flush one file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
