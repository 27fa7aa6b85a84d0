"""A built town, its report, and a hostile one. Imports the pipeline, publish and report."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from builder.pipeline import Plan, build
from builder.publish.recognize import read_manifest
from builder.publish.reopen import read_tables
from builder.report.stage import report

TOWN = Path(__file__).parents[1] / "worlds" / "town-council" / "raw"
LATER = """Mayor hears the engineers

By Hanne Okar

11 May 2026

TARN — Mayor Lena Forsby said on Monday that the cracks in the old bridge were small.

“The bridge is safe, and the ferry is no answer,” Forsby said.

Councillor Piet Maas accused the mayor of hiding a second report. “The ferry is all that we will have,” he said.

The Tarnian Ferry Union (TFU) warned that its crews could not carry a whole town.
"""
CROWDED = "person/lena-forsby"
HOSTILE = "</title><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build with actors of one article and of several; it is read and never written to."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copytree(TOWN, folder / "raw")
    (folder / "raw" / "gazette" / "engineers.txt").write_text(LATER, encoding="utf-8")
    build(Plan(folder / "raw", folder / "out"))
    return folder / "out"


@pytest.fixture(scope="session")
def tables(town: Path) -> dict[str, pl.DataFrame]:
    return read_tables(town)


@pytest.fixture(scope="session")
def manifest(town: Path) -> Mapping[str, Any]:
    return read_manifest(town)


@pytest.fixture(scope="session")
def site(
    tables: dict[str, pl.DataFrame], manifest: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    out = tmp_path_factory.mktemp("site") / "report"
    report(tables, "The town council", manifest, out)
    return out


@pytest.fixture(scope="session")
def hostile(
    tables: dict[str, pl.DataFrame], manifest: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same town where every string that a stranger wrote is an attack."""
    out = tmp_path_factory.mktemp("hostile") / "report"
    attack = pl.lit(HOSTILE)
    changed = tables | {
        "articles": tables["articles"].with_columns(
            title=attack, text=attack + pl.col("text"), url=pl.lit("javascript:alert(1)"), publisher=attack
        ),
        "actors": tables["actors"].with_columns(name=attack + pl.col("name"), aliases=pl.concat_list(attack)),
        "quotes": tables["quotes"].with_columns(text=attack, cue_text=attack, source_text=attack),
        "claims": tables["claims"].with_columns(text=attack),
        "collections": tables["collections"].with_columns(title=attack),
    }
    report(changed, HOSTILE, manifest, out)
    return out


@pytest.fixture(scope="session")
def crowded(
    tables: dict[str, pl.DataFrame], manifest: Mapping[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same town where one actor says one thing 120 times, and 120 actors of one article share one name."""
    out = tmp_path_factory.mktemp("crowded") / "report"
    one = tables["quotes"].filter(pl.col("speaker_ids").list.contains(CROWDED)).head(1)
    single = tables["actors"].filter(pl.col("n_articles") == 1).head(1)
    said = [
        one.with_columns(quote_id=pl.lit(f"quo-{n:016x}"), speaker_ids=pl.lit([CROWDED, f"unnamed/aide-{n}"]))
        for n in range(120)
    ]
    aides = [single.with_columns(actor_id=pl.lit(f"unnamed/aide-{n}"), name=pl.lit("an aide")) for n in range(120)]
    changed = tables | {"quotes": pl.concat(said), "claims": tables["claims"].clear()}
    report(changed | {"actors": pl.concat([tables["actors"], *aides])}, "The crowd", manifest, out)
    return out
