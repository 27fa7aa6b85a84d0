"""docs/recipes.md and the card's examples, run as they stand: one question has the same answer in every tool."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from builder.publish.facts import BuildFacts
from builder.publish.stage import publish
from schemas.derive import describe_columns
from schemas.tables import TABLES
from tests.publish.conftest import facts, tables

__all__ = ["facts", "tables"]

Tables = dict[str, pl.DataFrame]
RECIPES = (Path(__file__).parents[1] / "docs" / "recipes.md").read_text(encoding="utf-8")
# Runs Python blocks in the folder that holds `dataset`; each gives the value of its last expression, if it has one.
RUN = """
import ast, json, sys

def plain(value):
    if hasattr(value, "to_dicts"):
        return value.to_dicts()
    if hasattr(value, "to_json"):
        return json.loads(value.to_json(orient="records"))
    return value

def run(block):
    names, tree = {}, ast.parse(block)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "block", "exec"), names)
    return plain(eval(compile(ast.Expression(last.value), "block", "eval"), names)) if last else None

print(json.dumps([run(block) for block in json.load(sys.stdin)], default=str))
"""


def blocks(document: str, language: str, heading: str | None = None) -> list[str]:
    """The document's blocks of code in a language, those below one heading or all."""
    text = document if heading is None else document.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)


def run_python(code: list[str], folder: Path) -> list[Any]:
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(folder / "cache")}
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        input=json.dumps(code),
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout)
    return results


def run_sql(code: str) -> list[dict[str, Any]]:
    with duckdb.connect() as connection:
        rows: list[dict[str, Any]] = connection.sql(code).pl().to_dicts()
    return rows


@pytest.fixture
def harder(tables: Tables) -> Tables:
    """The small world with a content in two pieces, in an article that opens with signs outside UTF-16's one unit."""
    opening, quotes, articles = "𝔗e\u0301𝔗 ", tables["quotes"].to_dicts(), tables["articles"].to_dicts()
    articles[0]["text"] = text = opening + articles[0]["text"]
    pieces = ("the pier", "safe")
    quotes[0] |= {"text": " ".join(pieces), "content_spans": [span_of(piece, text) for piece in pieces]}
    quotes[1]["content_spans"] = [span_of(quotes[1]["text"], text)]
    return tables | {
        name: pl.DataFrame(rows, schema=tables[name].schema)
        for name, rows in (("articles", articles), ("quotes", quotes))
    }


def span_of(piece: str, text: str) -> dict[str, int]:
    return {"start": text.index(piece), "end": text.index(piece) + len(piece)}


def test_every_recipe_runs_and_all_of_one_heading_agree_as_do_the_examples_of_the_card(
    harder: Tables, facts: BuildFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(harder, facts, tmp_path / "dataset")
    monkeypatch.chdir(tmp_path)
    headings = ("Load a table", "Who is quoted, and how often", "Take a span out of a text")
    recipes = [code for heading in headings for code in blocks(RECIPES, "python", heading)]
    assert recipes == blocks(RECIPES, "python")
    card = (tmp_path / "dataset" / "README.md").read_text().split("## How to load it")[1].split("\n## ")[0]
    examples = [code.replace("DIR", "dataset") for code in blocks(card, "python")]
    assert len(examples) == 4
    results = run_python([*recipes, *examples], tmp_path)
    loaded, counted, sliced, shown = results[:4], results[4:6], results[6:8], results[8:]
    load_sql, (count_sql, once_sql), slice_sql = (blocks(RECIPES, "sql", heading) for heading in headings)

    quotes = harder["quotes"]
    sure = quotes.filter(pl.col("confidence") >= 0.5).select("quote_id", "text", "speaker_ids").to_dicts()
    assert loaded == [3, "We checked it twice,", sure, sure]
    assert run_sql(load_sql[0]) == sure

    speakers = [{"name": "Lena Voss", "quotes": 2}, {"name": "Harbour workers", "quotes": 1}]
    assert counted == [speakers, speakers]
    assert run_sql(count_sql) == speakers
    assert run_sql(once_sql) == [{"quotes": 3}]
    assert run_sql(blocks(card.replace("DIR", "dataset"), "sql")[0]) == speakers

    assert sliced[0] == quotes["text"].to_list()
    assert sliced[1] == run_sql(slice_sql[0]) == quotes.select("quote_id", content="text").to_dicts()
    assert [row["title"] for row in shown[1]] == ["Story 1", "Story 1", "Story 2"]
    clusters = harder["articles"].select("article_id", "duplicate_cluster_id")
    once = {(row["duplicate_cluster_id"], row["text"]) for row in quotes.join(clusters, on="article_id").to_dicts()}
    assert len(shown[2]) == len(once) <= quotes.height


def test_the_recipe_of_claims_finds_who_accuses_whom(
    tables: Tables, facts: BuildFacts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aimed = tables["claims"].with_columns(
        claim_kind=pl.lit("accusation"), target_ids=pl.lit(["group/harbour-workers", "person/lena-voss"])
    )
    publish(tables | {"claims": aimed[:1]}, facts, tmp_path / "dataset")
    monkeypatch.chdir(tmp_path)
    (code,) = blocks(RECIPES, "sql", "Who accuses whom")
    assert [(row["claimant"], row["target"], row["text"]) for row in run_sql(code)] == [
        ("Lena Voss", "Harbour workers", "the pier was safe"),
        ("Lena Voss", "Lena Voss", "the pier was safe"),
    ]


def test_the_recipes_in_r_name_only_tables_and_columns_that_there_are() -> None:
    recipes = blocks(RECIPES, "r")
    assert len(recipes) == 3
    for recipe in recipes:
        read = re.findall(r'open_dataset\("dataset/data/(\w+)"\)', recipe)
        assert read
        assert set(read) <= set(TABLES)
        columns = {column.name for table in read for column in describe_columns(table)}
        named = re.findall(r"\b\w+_(?:ids?|spans)\b", recipe.replace("actor_id", "")) + re.findall(
            r"(?:filter|unnest)\((\w+)", recipe
        )
        assert named
        assert set(named) <= columns
