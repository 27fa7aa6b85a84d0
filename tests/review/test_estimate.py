"""Samples and what they tell: as often as an interval says, it covers the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.errors import SettingsError
from builder.review.estimate import Counts, estimate
from builder.review.sample import Drawn, allot, draw, parse_sample, render_sample

SIZES = {"bay": 400, "port": 150, "quay": 60}
# Chance of an error in a row; articles differ, so that an article's errors come together.
PLANTED = {"bay": (0.15, 0.25), "port": (0.30, 0.10), "quay": (0.05, 0.40)}


def plant(seed: int) -> dict[str, list[Counts]]:
    """A population with errors at known rates: wrong rows among those of the build, rows that it missed."""
    random = np.random.default_rng(seed)
    found: dict[str, list[Counts]] = {}
    for name, size in SIZES.items():
        wrong, missed = PLANTED[name]
        found[name] = []
        for _ in range(size):
            true = int(random.integers(0, 16))
            hits = int(random.binomial(true, random.beta(6 * (1 - missed), 6 * missed)))
            extra = int(random.binomial(true, random.beta(6 * wrong, 6 * (1 - wrong))))
            found[name].append(Counts(hits, hits + extra, true))
    return found


def share(counts: list[Counts], of: str) -> float:
    return float(sum(one.hits for one in counts) / sum(getattr(one, of) for one in counts))


@pytest.mark.parametrize(("total", "level"), [(60, 0.95), (120, 0.95), (120, 0.8)])
def test_intervals_cover_the_truth_as_often_as_they_say(total: int, level: float) -> None:
    population = plant(seed=5)
    ids = {name: [f"{name}-{at}" for at in range(len(some))] for name, some in population.items()}
    of = {f"{name}-{at}": one for name, some in population.items() for at, one in enumerate(some)}
    every = [one for some in population.values() for one in some]
    truth = {"all": every, "bay": population["bay"], "port": population["port"]}
    runs = 250
    covered = dict.fromkeys(((group, what) for group in truth for what in ("predicted", "gold")), 0)
    for seed in range(runs):
        sample = draw(ids, total, seed)
        counts = {
            group: [of[one.article_id] if group in ("all", one.collection_id) else Counts() for one in sample]
            for group in truth
        }
        for group, found in estimate(sample, counts, seed, level).items():
            for what, of_what in (("predicted", found.precision), ("gold", found.recall)):
                assert of_what.low is not None
                assert of_what.high is not None
                covered[group, what] += of_what.low <= share(truth[group], what) <= of_what.high
    # Four standard errors of a share of so many runs: six such shares are all within with a chance of 0.9996.
    tolerance = 4 * (level * (1 - level) / runs) ** 0.5
    for key, times in covered.items():
        assert abs(times / runs - level) < tolerance, (key, times / runs)


def test_where_every_article_was_read_nothing_is_left_to_chance() -> None:
    sample = draw({"bay": ["a", "b", "c"]}, 3, seed=1)
    (found,) = estimate(sample, {"all": [Counts(1, 2, 4)] * 3}, seed=1).values()
    assert (found.precision.low, found.precision.value, found.precision.high) == (0.5, 0.5, 0.5)
    assert (found.recall.low, found.recall.high) == (0.25, 0.25)


def test_no_error_seen_is_no_certainty_and_no_row_is_no_estimate() -> None:
    sample = draw({"bay": [f"b-{at}" for at in range(90)]}, 10, seed=1)
    (found,) = estimate(sample, {"all": [Counts(2, 2, 0)] * 10}, seed=1).values()
    assert found.precision.value == found.precision.high == 1.0
    assert found.precision.low is not None
    assert 0.6 < found.precision.low < 0.8
    assert found.recall.value is None


def test_an_article_that_was_less_likely_to_be_drawn_stands_for_more() -> None:
    sample = [Drawn("a", "bay", 90, 2), Drawn("b", "bay", 90, 2), Drawn("c", "quay", 10, 2), Drawn("d", "quay", 10, 2)]
    counts = [Counts(10, 10, 10)] * 2 + [Counts(0, 10, 10)] * 2
    assert estimate(sample, {"all": counts}, seed=1)["all"].precision.value == pytest.approx(0.9)


def test_the_same_seed_draws_the_same_articles_in_whatever_order_they_come() -> None:
    ids = {"bay": [f"b-{at}" for at in range(40)], "quay": ["q-1", "q-2"]}
    back = {name: some[::-1] for name, some in reversed(ids.items())}
    assert draw(ids, 10, seed=3) == draw(back, 10, seed=3)
    assert draw(ids, 10, seed=3) != draw(ids, 10, seed=4)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 60), min_size=1), st.integers(12, 300))
def test_all_that_was_asked_for_is_allotted_and_no_collection_gives_more_than_it_has(
    sizes: dict[str, int], total: int
) -> None:
    found = allot(sizes, total)
    assert sum(found.values()) == min(total, sum(sizes.values()))
    assert all(min(2, sizes[name]) <= count <= sizes[name] for name, count in found.items())


def test_too_small_a_sample_is_refused() -> None:
    with pytest.raises(SettingsError, match="expected 4 or more"):
        allot({"bay": 9, "quay": 9}, 3)


def test_a_sample_is_read_as_it_was_written() -> None:
    sample = draw({"bay": ["a", "b", "c"], "quay": ["d", "e"]}, 4, seed=1)
    text = render_sample(sample)
    assert parse_sample(text.encode(), "sample.csv") == sample
    with pytest.raises(SettingsError, match=r"sample\.csv:2"):
        parse_sample(text.replace(",2,", ",9,").encode(), "sample.csv")
