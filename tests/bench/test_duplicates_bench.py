"""Duplicates on the made set: what `python -m bench.duplicates` prints, for fewer pairs."""

from bench.duplicates.__main__ import find_pairs, make_pairs
from bench.duplicates.made import KINDS, MOST_EDITED


def test_pairs_of_every_kind_are_edited_from_nothing_to_three_fifths() -> None:
    pairs = make_pairs(200, seed=3)
    assert [pair.kind for pair in pairs[:4]] == list(KINDS)
    assert all(0 <= pair.edited <= MOST_EDITED + 0.05 for pair in pairs)
    assert max(pair.edited for pair in pairs) > 0.5
    assert pairs == make_pairs(200, seed=3)


def test_duplicates_are_found_at_the_stated_threshold() -> None:
    _, score = find_pairs(make_pairs(400, seed=2))
    assert score.f1 >= 97
