"""Floors under the figures: what is found with the shipped encoder on gold that it was not fitted to.

The gold is others' (../shared/eval) or the project's own (raw/*/gold, each half by itself); the first is skipped where
it is absent. A floor is lowered in `floors.toml` by hand, with the reason in the commit.
"""

import pytest

from tests.floors import CORPORA, FLOORS, reached, sum_of_raw_gold


@pytest.mark.parametrize("name", CORPORA)
def test_what_is_found_and_told_is_at_least_what_it_was(name: str) -> None:
    corpus = CORPORA[name]
    if not corpus.path.exists():
        pytest.skip(f"needs {corpus.path.name}")
    found = reached(corpus)
    below = {measure: value for measure, value in found.items() if value < FLOORS[name][measure]}
    assert not below, f"{name}: {found}, floors {FLOORS[name]}"


def test_every_floor_is_under_a_figure_that_is_measured() -> None:
    assert {name: set(FLOORS[name]) for name in CORPORA} == {name: set(c.measures) for name, c in CORPORA.items()}


def test_the_gold_of_raw_is_the_one_that_the_floors_were_measured_on() -> None:
    assert sum_of_raw_gold() == FLOORS["raw_gold"]["sha256"], "see tests/floors.py for how to set the floors anew"
