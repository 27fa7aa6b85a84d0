"""A build as text that a reader can check: what `tests/worlds/*/expected.txt` holds.

`python -m tests.worlds` (`make golden`) writes them anew, to be read in the diff before they are committed.
"""

import tempfile
from pathlib import Path

import polars as pl

from builder.pipeline import Plan, build

WORLDS = sorted(path for path in (Path(__file__).parent / "worlds").iterdir() if path.is_dir())


def build_world(world: Path, out: Path) -> dict[str, pl.DataFrame]:
    """The tables of a world's raw folder."""
    return build(Plan(world / "raw", out))


def describe_world(tables: dict[str, pl.DataFrame]) -> str:
    """Articles with their quotes and claims, actors, and what was dropped, one a line."""
    names = dict(tables["actors"].select("actor_id", "name").iter_rows())
    lines: list[str] = []
    for article in tables["articles"].iter_rows(named=True):
        date = article["published_at"].isoformat() if article["published_at"] else "no date"
        lines += [f"# {article['locator']}: {article['title']} ({date}, {article['language']})"]
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
