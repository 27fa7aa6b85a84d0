"""A folder as one file: the same files give the same bytes. Imports nothing of the project."""

import shutil
from datetime import date
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo


def write_archive(folder: Path, archive: Path, inside: str, day: date) -> None:
    """Write the folder's files below the name `inside` into a ZIP, sorted by path, all dated `day`.

    Nothing is compressed: Parquet is already, and what a compressor gives changes with its version.
    """
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    with ZipFile(archive, "w", ZIP_STORED) as packed:
        for path in paths:
            entry = ZipInfo(f"{inside}/{path}", (day.year, day.month, day.day, 0, 0, 0))
            entry.create_system = 3  # Unix, whichever system writes it; then the rights of the next line are read
            entry.external_attr = 0o644 << 16
            entry.file_size = (folder / path).stat().st_size  # beyond 4 GiB an entry has another form
            with (folder / path).open("rb") as source, packed.open(entry, "w") as target:
                shutil.copyfileobj(source, target)
