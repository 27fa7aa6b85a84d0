"""Groups of claims that a build before this one found, for the blocks that are as they were. Imports `groups`.

A block's groups follow from its claims alone, so they are kept under its claimants with the sum of those claims; what
another build finds for the same claimants takes their place, so that what is kept does not grow with every build.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Protocol

from builder.assemble.groups import Telling, blocks_of, group_block, group_claims
from builder.assemble.meaning import Vectors

_SUM = 32


class Memory(Protocol):
    """What is kept from build to build, as bytes under keys; nothing that it says is trusted without its sum."""

    def get(self, keys: Sequence[bytes]) -> Mapping[bytes, bytes]:
        """What is kept under these keys, as far as there is something."""
        ...

    def put(self, entries: Mapping[bytes, bytes]) -> None:
        """Keep these, in the place of what was under their keys."""
        ...


def group_remembered(tellings: Sequence[Telling], vectors: Vectors, memory: Memory | None) -> dict[str, str]:
    """{claim_id: claim_group_id}, as `group_claims` finds them; only blocks that changed are grouped anew."""
    if memory is None:
        return group_claims(tellings, vectors)
    blocks = blocks_of(tellings)
    sums = {key: _sum_of(block) for key, block in blocks.items() if _is_compared(block)}
    kept = memory.get([key.encode() for key in sums])
    found: dict[str, str] = {}
    new: dict[bytes, bytes] = {}
    for key, claims in blocks.items():
        block = sorted(claims, key=lambda telling: telling.claim_id)
        entry = kept.get(key.encode(), b"")
        if key in sums and entry[:_SUM] == sums[key]:
            found.update(zip((telling.claim_id for telling in block), json.loads(entry[_SUM:]), strict=True))
            continue
        groups = group_block(block, vectors)
        found.update(groups)
        if key in sums:
            new[key.encode()] = sums[key] + json.dumps([groups[telling.claim_id] for telling in block]).encode()
    memory.put(new)
    return found


def _is_compared(block: Sequence[Telling]) -> bool:
    """Whether anything is compared in a block: the others cost less than to look them up."""
    return len(block) > 1 and bool(block[0].claimant_ids)


def _sum_of(block: Sequence[Telling]) -> bytes:
    """The sum of all that the groups of a block follow from, in whatever order its claims come."""
    return sha256(repr(sorted(map(_row, block))).encode("utf-8", "surrogatepass")).digest()


def _row(of: Telling) -> tuple[object, ...]:
    days = [str(day) for day in (*(of.about or ()), of.published_on) if day]
    return of.claim_id, sorted(of.target_ids), of.claim_kind, of.is_negated, of.text, of.about is None, days
