"""Groups of claims that an earlier build found are of use as long as nothing of their block changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import pytest

from builder.assemble.groups import Telling, group_claims
from builder.assemble.meaning import Vectors
from builder.assemble.remembered import group_remembered
from builder.cache import Cache, Shelf
from tests.assemble.world import vectors

TELLINGS = [
    Telling("a", ("organization/mill",), (), "assertion", False, "the mill will close in May"),
    Telling("b", ("organization/mill",), (), "assertion", False, "the mill is going to close in May"),
    Telling("c", ("person/ann-holt",), (), "denial", False, "we sold the mill", (date(2026, 1, 1), date(2026, 1, 2))),
    Telling("d", ("person/ann-holt",), (), "denial", False, "the mill was sold"),
    Telling("e", (), (), "assertion", False, "the mill will close in May"),
    Telling("f", ("state/XAA",), (), "assertion", False, "nobody else says a word"),
]


@dataclass
class Counted:
    """A memory that counts what it is asked and given."""

    kept: dict[bytes, bytes] = field(default_factory=dict)
    put_keys: list[bytes] = field(default_factory=list)

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        return {key: self.kept[key] for key in keys if key in self.kept}

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        self.kept.update(entries)
        self.put_keys += entries


def unasked(word: str) -> object:
    raise AssertionError(f"the vector of {word!r} is asked for")


NONE: Vectors = unasked  # type: ignore[assignment]


def test_what_is_remembered_is_what_would_be_found_and_no_claim_is_compared_again() -> None:
    memory = Counted()
    expected = group_claims(TELLINGS, vectors())
    assert group_remembered(TELLINGS, vectors(), memory) == expected
    assert len(memory.put_keys) == 2
    assert group_remembered(list(reversed(TELLINGS)), NONE, memory) == expected
    assert len(memory.put_keys) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"claim_id": "z"},
        {"text": "the mill stays open"},
        {"claim_kind": "prediction"},
        {"is_negated": True},
        {"target_ids": ("state/XAA",)},
        {"about": (date(2026, 5, 1), date(2026, 5, 31))},
        {"published_on": date(2026, 5, 1)},
    ],
)
def test_whatever_of_a_claim_changes_its_block_is_grouped_anew_and_the_new_takes_the_olds_place(
    change: dict[str, object],
) -> None:
    memory = Counted()
    group_remembered(TELLINGS, vectors(), memory)
    held = len(memory.kept)
    changed = [replace(TELLINGS[0], **change), *TELLINGS[1:]]  # type: ignore[arg-type]
    assert group_remembered(changed, vectors(), memory) == group_claims(changed, vectors())
    assert len(memory.put_keys) == 3
    assert len(memory.kept) == held


def test_a_cache_is_such_a_memory_and_a_damaged_entry_is_found_anew(tmp_path: Path) -> None:
    expected = group_claims(TELLINGS, vectors())
    with Cache(tmp_path) as cache:
        memory = Shelf(cache, "claim groups: of these tests")
        assert group_remembered(TELLINGS, vectors(), memory) == expected
        assert group_remembered(TELLINGS, NONE, memory) == expected
        assert group_remembered(TELLINGS, vectors(), Shelf(cache, "others")) == expected
        assert [one.entries for one in cache.holdings()] == [2, 2]
        cache._entries.execute("UPDATE articles SET body = x'00'")
        assert group_remembered(TELLINGS, vectors(), memory) == expected
        assert group_remembered(TELLINGS, NONE, memory) == expected
