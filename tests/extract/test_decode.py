"""Tags, spans and links, from scores made by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from builder.extract.decode import decode_attributions
from builder.extract.labels import (
    DISTANCES,
    ROLE_TAGS,
    bio,
    distance_bucket,
)
from builder.extract.viterbi import marginals, tag_spans, viterbi
from tests.extract.scored import axis, legal, world

Floats = NDArray[np.float32]


@given(st.integers(1, 7), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_viterbi_finds_what_trying_every_sequence_finds(length: int, seed: int) -> None:
    tags = bio(("cue",))
    emissions = np.random.default_rng(seed).normal(size=(length, 3)).astype(np.float32)
    scores = legal(tags)

    def total(path: tuple[int, ...]) -> float:
        steps = [scores[-1][path[0]], *(scores[a][b] for a, b in itertools.pairwise(path))]
        return float(sum(steps) + sum(emissions[at, tag] for at, tag in enumerate(path)))

    best = max(itertools.product(range(3), repeat=length), key=total)
    assert total(tuple(int(tag) for tag in viterbi(emissions, scores))) == pytest.approx(total(best), abs=1e-4)


@given(st.integers(0, 30), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_no_inside_tag_ever_follows_another_kind(length: int, seed: int) -> None:
    emissions = np.random.default_rng(seed).normal(size=(length, len(ROLE_TAGS))).astype(np.float32)
    before = "O"
    for tag in viterbi(emissions, legal(ROLE_TAGS)):
        name = ROLE_TAGS[tag]
        assert not name.startswith("I-") or before[2:] == name[2:]
        before = name


def test_distances_fall_into_all_buckets_and_no_others() -> None:
    buckets = distance_bucket(np.arange(-2000, 2000))
    assert np.min(buckets) == 0
    assert np.max(buckets) == DISTANCES - 1
    assert (np.diff(buckets) >= 0).all()


def test_two_cues_may_share_one_source() -> None:
    tags = ["B-source", "B-cue", "B-content", "O", "B-cue", "B-content"]
    links = {
        (0, "source"): axis(0), (1, "cue_to_source"): axis(0), (4, "cue_to_source"): axis(0),
        (1, "cue"): axis(1), (2, "content_first"): axis(1), (4, "cue"): axis(2), (5, "content_last"): axis(2),
    }  # fmt: skip
    first, second = decode_attributions(*world(tags, links))
    assert first.source == second.source == ((0, 1),)
    assert (first.cue, second.cue) == (((2, 3),), ((8, 9),))


def test_two_pieces_of_content_that_point_at_one_cue_are_one_attribution() -> None:
    tags = ["B-content", "I-content", "B-cue", "B-content"]
    links = {(2, "cue"): axis(0), (0, "content_first"): axis(0), (3, "content_first"): axis(0)}
    (only,) = decode_attributions(*world(tags, links))
    assert only.content == ((0, 3), (6, 7))
    assert only.source == ()


def test_a_cue_that_points_at_no_source_has_none_and_a_cue_without_content_is_no_attribution() -> None:
    tags = ["B-source", "B-cue", "B-content", "B-cue"]
    links = {(1, "cue"): axis(0), (2, "content_first"): axis(0), (0, "source"): -axis(3), (1, "cue_to_source"): axis(3)}
    (only,) = decode_attributions(*world(tags, links))
    assert (only.source, only.cue) == ((), ((2, 3),))


def test_confidence_falls_with_the_probability_of_the_chosen_tags() -> None:
    tags = ["B-content", "B-cue"]
    scores, weights, pieces = world(tags, {(1, "cue"): axis(0), (0, "content_first"): axis(0)})
    (sure,) = decode_attributions(scores, weights, pieces)
    scores.roles[0, :] = 0
    scores.roles[0, ROLE_TAGS.index("B-content")] = 0.1
    (unsure,) = decode_attributions(scores, weights, pieces)
    assert unsure.confidence < 0.7 < sure.confidence < 0.9


def test_spans_are_runs_of_one_beginning_and_what_follows_it() -> None:
    tags = np.array([ROLE_TAGS.index(t) for t in ("B-cue", "I-cue", "B-cue", "O", "B-content", "I-content")])
    assert tag_spans(tags, ROLE_TAGS) == [(0, 2, "cue"), (2, 3, "cue"), (4, 6, "content")]


@given(st.integers(1, 7), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_marginals_are_what_weighing_every_sequence_gives(length: int, seed: int) -> None:
    tags = bio(("cue",))
    emissions = np.random.default_rng(seed).normal(size=(length, 3)).astype(np.float32)
    scores = legal(tags)
    weights = np.zeros((length, 3))
    for path in itertools.product(range(3), repeat=length):
        steps = [scores[-1][path[0]], *(scores[a][b] for a, b in itertools.pairwise(path))]
        weight = np.exp(float(sum(steps) + sum(emissions[at, tag] for at, tag in enumerate(path))))
        weights[np.arange(length), list(path)] += weight
    expected = weights / weights.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(marginals(emissions, scores), expected, atol=1e-4)
