"""A build as text that a reader can check: what `tests/worlds/*/expected.txt` holds.

`python -m tests.worlds` (`make golden`) writes them anew, to be read in the diff before they are committed.
"""

import io
import shutil
import tarfile
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from builder.pipeline import Plan, build

WORLDS = sorted(path for path in (Path(__file__).parent / "worlds").iterdir() if path.is_dir())


# A folder of this suffix stands for the archive of its name, so that what is in it can be read in the repository.
PACKED = ".packed"


def build_world(world: Path, out: Path) -> Mapping[str, pl.DataFrame]:
    """The tables of a world's raw folder."""
    with tempfile.TemporaryDirectory() as aside:
        raw = Path(aside) / "raw"
        shutil.copytree(world / "raw", raw)
        pack_folders(raw)
        return build(Plan(raw, out))


def pack_folders(raw: Path) -> None:
    """Put archives in the place of the folders that stand for them, the innermost first."""
    for folder in sorted(raw.rglob(f"*{PACKED}"), key=lambda path: -len(path.parts)):
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*.*"))
            if path.is_file()
        }
        name = folder.name.removesuffix(PACKED)
        shutil.rmtree(folder)
        (folder.parent / name).write_bytes(tar(files) if ".tar" in name else zipped(files))


def zipped(files: dict[str, bytes]) -> bytes:
    """The bytes of a zip archive (a Word file is one), the same every time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tar(files: dict[str, bytes]) -> bytes:
    """The bytes of a tar archive, the same every time."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def describe_world(tables: Mapping[str, pl.DataFrame]) -> str:
    """Articles with their quotes and claims, actors, and what was dropped, one a line."""
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    lines: list[str] = []
    for article in tables["articles"].iter_rows(named=True):
        date = article["published_at"].isoformat() if article["published_at"] else "no date"
        revision = f" (revision {article['revision']})" if article["revision"] else ""
        lines += [f"# {article['locator']}{revision}: {article['title']} ({date}, {article['language']})"]
        of_article = pl.col("article_id") == article["article_id"]
        claims = tables["claims"].filter(of_article)
        for quote in tables["quotes"].filter(of_article).iter_rows(named=True):
            speakers = " and ".join(names[actor] for actor in quote["speaker_ids"]) or "nobody"
            lines.append(f"{speakers} ({quote['speaker_resolution']}), {quote['quote_type']}: {quote['text']}")
            for claim in claims.filter(pl.col("quote_id") == quote["quote_id"]).iter_rows(named=True):
                targets = ", ".join(names[actor] for actor in claim["target_ids"]) or "nobody"
                lines.append(f"    {claim['claim_kind']} about {targets}")
        for claim in claims.filter(pl.col("quote_id").is_null()).iter_rows(named=True):
            claimants = " and ".join(names[actor] for actor in claim["claimant_ids"]) or "own voice"
            lines.append(f"{claimants}, {claim['claim_kind']}: {claim['text']}")
        lines.append("")
    lines.append("# actors")
    for actor in tables["actors"].sort("actor_id").iter_rows(named=True):
        lines.append(f"{actor['actor_id']}: {actor['name']} ({', '.join(actor['aliases']) or 'no other name'})")
    lines += ["", "# dropped"]
    for row in tables["dropped"].iter_rows(named=True):
        lines.append(f"{row['stage']} {row['raw_path']} {row['place']}: {row['reason']}")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def main() -> None:
    """Write every world's expected.txt."""
    for world in WORLDS:
        with tempfile.TemporaryDirectory() as aside:
            text = describe_world(build_world(world, Path(aside) / "out"))
        (world / "expected.txt").write_text(text, encoding="utf-8")
        print(world.name)


if __name__ == "__main__":
    main()
