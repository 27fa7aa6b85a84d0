"""Who belongs to whom: everyone's own choice, and what is left over shared out."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.extract.labels import ROLE_TAGS
from builder.extract.linking import CUE_REACH, GIVEN_UP, Choice, choose_cues, choose_sources
from builder.extract.viterbi import WordSpan, tag_spans
from tests.extract.scored import Floats, axis, world

Links = dict[tuple[int, str], Floats]


def spans_of(tags: list[str]) -> dict[str, list[WordSpan]]:
    spans = tag_spans(np.array([ROLE_TAGS.index(tag) for tag in tags]), ROLE_TAGS)
    return {role: [span for span in spans if span[2] == role] for role in ("source", "cue", "content")}


def cues_of(tags: list[str], links: Links) -> list[Choice]:
    scores, weights, _ = world(tags, links)
    spans = spans_of(tags)
    return choose_cues(spans["content"], spans["cue"], scores, weights)


def sources_of(tags: list[str], links: Links) -> list[Choice]:
    scores, weights, _ = world(tags, links)
    spans = spans_of(tags)
    return choose_sources(spans["cue"], spans["source"], scores, weights)


def heads(choices: list[Choice]) -> list[int | None]:
    return [choice.span[0] if choice.span else None for choice in choices]


# Two pieces of content point at the first cue, the second of them only a little more than at the second cue.
CROWDED = ["B-cue", "B-content", "O", "B-content", "B-cue"]


def crowded(first: float, second: float) -> Links:
    """The first piece points at the first cue alone; the second at both cues, as much as said."""
    one, other, size = axis(0, 1), axis(1, 1), 128**0.5
    return {
        (0, "cue"): one, (4, "cue"): other,
        (1, "content_first"): one * size * 9, (3, "content_first"): (one * first + other * second) * size,
    }  # fmt: skip


def test_a_cue_that_nobody_chose_takes_the_piece_that_gives_up_least() -> None:
    choices = cues_of(CROWDED, crowded(first=3, second=2))
    assert heads(choices) == [0, 4]
    assert choices[0].share > 0.9
    assert 0.2 < choices[1].share < 0.3


def test_a_piece_that_would_give_up_too_much_stays_where_it_is() -> None:
    assert heads(cues_of(CROWDED, crowded(first=3 + GIVEN_UP, second=2))) == [0, 0]


def test_a_piece_that_pointed_at_no_cue_may_be_taken_as_well() -> None:
    assert heads(cues_of(CROWDED, crowded(first=-9, second=-1))) == [0, 4]


def test_no_cue_loses_its_only_piece_to_another() -> None:
    tags = ["B-cue", "B-content", "B-cue"]
    links = {(0, "cue"): axis(0), (1, "content_first"): axis(0, 20) + axis(1, 19), (2, "cue"): axis(1)}
    assert heads(cues_of(tags, links)) == [0]


def test_a_source_that_nobody_chose_takes_a_cue_that_shares_another() -> None:
    tags = ["B-source", "B-cue", "O", "B-source", "B-cue"]
    size = 128**0.5
    links = {
        (0, "source"): axis(0, 1), (3, "source"): axis(1, 1),
        (1, "cue_to_source"): axis(0, 9 * size), (4, "cue_to_source"): axis(0, 3 * size) + axis(1, 2 * size),
    }  # fmt: skip
    assert heads(sources_of(tags, links)) == [0, 3]


def test_two_cues_go_on_sharing_a_source_where_none_is_left_over() -> None:
    tags = ["B-source", "B-cue", "O", "B-cue"]
    links = {(0, "source"): axis(0), (1, "cue_to_source"): axis(0), (3, "cue_to_source"): axis(0)}
    assert heads(sources_of(tags, links)) == [0, 0]


def test_what_is_out_of_reach_is_never_taken() -> None:
    gap = ["O"] * CUE_REACH[0]
    tags = ["B-cue", *gap, "B-content"]
    links = {(0, "cue"): axis(0), (len(tags) - 1, "content_first"): axis(0)}
    assert heads(cues_of(tags, links)) == [None]
    assert heads(cues_of(tags[:1] + tags[2:], {(0, "cue"): axis(0), (len(tags) - 2, "content_first"): axis(0)})) == [0]


@given(st.lists(st.sampled_from(["O", "B-cue", "B-content"]), max_size=25), st.integers(0, 2**32 - 1))
@settings(deadline=None)
def test_a_cue_that_some_piece_prefers_to_all_else_is_never_left_without_content(tags: list[str], seed: int) -> None:
    drawn = np.random.default_rng(seed)
    links = {
        (at, name): drawn.normal(size=128).astype(np.float32) * 3
        for at in range(len(tags))
        for name in ("cue", "content_first")
    }
    scores, weights, _ = world(tags, links)
    spans = spans_of(tags)
    choices = choose_cues(spans["content"], spans["cue"], scores, weights)
    alone = [choose_cues([content], spans["cue"], scores, weights)[0] for content in spans["content"]]
    preferred = {choice.span for choice in alone if choice.share > 0.5} - {None}
    assert preferred <= {choice.span for choice in choices}
    assert all(0 <= choice.share <= 1 for choice in choices)
