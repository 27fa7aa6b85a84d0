"""Floors under the figures: what is found with the shipped encoder on gold that it was not fitted to.

The gold is others' (../shared/eval) or the project's own (raw/*/gold); the first is skipped where it is absent. A floor
is lowered in `floors.toml` by hand, with the reason in the commit.
"""

import hashlib
import tomllib
from pathlib import Path

import pytest

from builder.extract.encoder import load_encoder
from builder.measure.actors import add_actor_rates, rate_actors
from builder.measure.attributions import MEASURES, add_rates, rate_article
from builder.measure.found import find
from builder.measure.gold import read_gold
from builder.resolve.authority import built_in_authority

ROOT = Path(__file__).parents[1]
FLOORS = tomllib.loads((ROOT / "tests" / "gold" / "floors.toml").read_text(encoding="utf-8"))
POLNEAR_DEV = ROOT.parent / "shared" / "eval" / "polnear_dev.jsonl.gz"
GUM = ROOT.parent / "shared" / "eval" / "gum_open.jsonl.gz"


@pytest.mark.parametrize("corpus", ["polnear_dev", "raw"])
def test_attributions_are_found_at_least_as_well_as_they_were(corpus: str) -> None:
    path = {"polnear_dev": POLNEAR_DEV, "raw": ROOT / "raw"}[corpus]
    if not path.exists():
        pytest.skip(f"needs {path.name}")
    gold = read_gold(path)
    encoder, authority = load_encoder(), built_in_authority()
    rates = add_rates(rate_article(article, find(article, encoder, authority).attributions) for article in gold)
    found = {measure: round(rates[measure].f1, 1) for measure in MEASURES}
    below = {measure: value for measure, value in found.items() if value < FLOORS[corpus][measure]}
    assert not below, f"{corpus}: {found}, floors {FLOORS[corpus]}"


def test_names_are_found_and_actors_told_apart_at_least_as_well_as_they_were() -> None:
    if not GUM.exists():
        pytest.skip(f"needs {GUM.name}")
    encoder, authority = load_encoder(), built_in_authority()
    gold = read_gold(GUM, split="dev")
    rates = add_actor_rates(rate_actors(article, find(article, encoder, authority).mentions) for article in gold)
    found = {"names": round(rates.names.f1, 1), "b3": round(rates.b3.f1, 1)}
    below = {measure: value for measure, value in found.items() if value < FLOORS["gum_dev"][measure]}
    assert not below, f"gum_dev: {found}, floors {FLOORS['gum_dev']}"


def test_the_gold_of_raw_is_the_one_that_the_floors_were_measured_on() -> None:
    total = hashlib.sha256()
    for path in sorted((ROOT / "raw").glob("*/gold/*")):
        total.update(path.name.encode() + b"\0" + path.read_bytes())
    assert total.hexdigest() == FLOORS["raw"]["sha256"]
