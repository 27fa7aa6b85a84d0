"""Which claims are one claim told again, in several articles or twice in one. Imports `ids`, `meaning`.

Same claimants, kinds that go together, the same polarity, targets and times that allow it, and nearly the same meaning.
Claims are compared within a block only, the claims of the same claimants (`block_key`): a block knows nothing of the
others, so blocks may be grouped apart, in any order. Within a block a group grows only while each of its claims goes
with every other (complete link), so that no chain of small steps joins a claim to its contrary.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from builder.assemble.ids import hashed_id
from builder.assemble.meaning import FEWEST, Meaning, Vectors, read_meaning, similarity, traits_of

_WORD = re.compile(r"\w+")
# Chosen, with `meaning.SUBSTITUTION`, on the pairs of tests/assemble/claim_pairs/first.txt: the best F0.5, for a wrong
# join is worse than a missed one. F1 there is 83.9; on second.txt, on which nothing was chosen, 81.4.
THRESHOLD = 0.56
# What so many different claims of one block have among their rarer traits brings none of them together.
_COMMON = 200
# What is denied or refused is negated by that alone. A denial goes with denials alone, and so does a question.
_NEGATING = frozenset({"denial", "refusal"})
_APART = frozenset({"denial", "question"})
# Kinds that take a side go with those that take none (“accused X of hiding it”, “said that X hid it”), not with others.
_SIDES = {
    "refusal": "no", "accusation": "blame", "criticism": "blame", "support": "praise", "demand": "demand",
    "commitment": "own act", "threat": "own act",
}  # fmt: skip

About = tuple[date, date]
# What tells two claims of one block apart: kind, whether negated, words in lower case, time.
Key = tuple[str, bool, tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Telling:
    """One row of claims, as far as it matters for whose claim it is and what it says."""

    claim_id: str
    claimant_ids: tuple[str, ...]
    target_ids: tuple[str, ...]
    claim_kind: str
    is_negated: bool
    text: str
    about: About | None = None
    published_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Node:
    """All tellings of a block in the same words; `targets` of any of them."""

    key: Key
    tellings: tuple[Telling, ...]
    targets: frozenset[str]

    @property
    def told_first(self) -> tuple[date, Key]:
        """By what the groups' eldest is chosen: the earliest article's date, and the key among equals."""
        return min((telling.published_on or date.max for telling in self.tellings), default=date.max), self.key


def block_key(claimant_ids: Sequence[str]) -> str:
    """The block of a claim: its claimants, in whatever order they are named.

    >>> block_key(["state/XNO", "state/XAA"]) == block_key(["state/XAA", "state/XNO"])
    True
    """
    return json.dumps(sorted(claimant_ids))


def group_claims(tellings: Sequence[Telling], vectors: Vectors) -> dict[str, str]:
    """{claim_id: claim_group_id} of all claims, in whatever order they come."""
    found: dict[str, str] = {}
    for block in blocks_of(tellings).values():
        found.update(group_block(block, vectors))
    return found


def blocks_of(tellings: Sequence[Telling]) -> dict[str, list[Telling]]:
    """The claims of each block by its key, in the keys' order."""
    by_claimants: dict[tuple[str, ...], list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_claimants[tuple(sorted(telling.claimant_ids))].append(telling)
    return dict(sorted((block_key(claimants), block) for claimants, block in by_claimants.items()))


def group_block(tellings: Sequence[Telling], vectors: Vectors) -> dict[str, str]:
    """{claim_id: claim_group_id} of the claims of one block.

    Where nobody is known to claim it, only the same words are the same claim. A group's id is that of its eldest
    telling, so that a later article seldom changes it.
    """
    nodes = _nodes(tellings)
    is_known = bool(tellings and tellings[0].claimant_ids)
    groups = _join(nodes, vectors) if is_known and len(nodes) > 1 else [[node] for node in nodes]
    found: dict[str, str] = {}
    for group in groups:
        eldest = min(group, key=lambda node: node.told_first)
        found.update(dict.fromkeys((t.claim_id for node in group for t in node.tellings), _id_of(eldest)))
    return found


def claim_group_id(
    claimant_ids: Sequence[str], claim_kind: str, is_negated: bool, text: str, about: About | None = None
) -> str:
    """The id of the group whose eldest claim this is; a function of that claim alone.

    >>> claim_group_id(["state/XAA"], "denial", False, "“We did NOT.”") == claim_group_id(
    ...     ["state/XAA"], "denial", False, "we did not"
    ... )
    True
    """
    when = [day.isoformat() for day in about or ()]
    return hashed_id(
        "claim_group", sorted(claimant_ids), claim_kind, is_negated, _words(text), *([when] if when else [])
    )


def _id_of(node: _Node) -> str:
    telling = node.tellings[0]
    return claim_group_id(telling.claimant_ids, telling.claim_kind, telling.is_negated, telling.text, telling.about)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _nodes(tellings: Sequence[Telling]) -> list[_Node]:
    """The different claims of a block, by their keys."""
    by_key: dict[Key, list[Telling]] = defaultdict(list)
    for telling in tellings:
        when = tuple(day.isoformat() for day in telling.about or ())
        by_key[telling.claim_kind, telling.is_negated, tuple(_words(telling.text)), when].append(telling)
    return [
        _Node(
            key,
            tuple(sorted(by_key[key], key=lambda telling: telling.claim_id)),
            frozenset(target for telling in by_key[key] for target in telling.target_ids),
        )
        for key in sorted(by_key)
    ]


def _meaning(node: _Node, vectors: Vectors) -> Meaning:
    """What is compared: of denials and refusals what they say no to, and that they do."""
    meaning = read_meaning(min(telling.text for telling in node.tellings), vectors)
    return replace(meaning, is_negated=True) if node.key[0] in _NEGATING else meaning


def _join(nodes: Sequence[_Node], vectors: Vectors) -> list[list[_Node]]:
    """Groups of nodes, the likest joined first, each only where all of it goes with all of the other."""
    meanings = [_meaning(node, vectors) for node in nodes]
    alike: dict[tuple[int, int], float] = {}
    for i, j in _candidates(nodes, meanings):
        if _may_be_one(nodes[i], nodes[j]):
            likeness = similarity(meanings[i], meanings[j])
            if likeness >= THRESHOLD:
                alike[i, j] = likeness
    groups = {i: [i] for i in range(len(nodes))}
    group_of = list(range(len(nodes)))
    for i, j in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        ours, theirs = group_of[i], group_of[j]
        pairs = [(min(a, b), max(a, b)) for a in groups[ours] for b in groups[theirs]]
        if ours != theirs and all(pair in alike for pair in pairs):
            for member in groups[theirs]:
                group_of[member] = ours
            groups[ours] += groups.pop(theirs)
    return [[nodes[member] for member in groups[group]] for group in sorted(groups)]


def _candidates(nodes: Sequence[_Node], meanings: Sequence[Meaning]) -> list[tuple[int, int]]:
    """Pairs worth comparing: the same words, or a third of their traits, one of them among the rarer half of each's.

    Two claims that are alike share more than half of what they say, so one of the rarer traits at least (prefix
    filtering; Chaudhuri, Ganti and Kaushik, ICDE 2006): a large block is not compared all with all.
    """
    traits = [traits_of(meaning) for meaning in meanings]
    frequency = Counter(trait for some in traits for trait in some)
    holders: dict[str, list[int]] = defaultdict(list)
    for number, (node, some) in enumerate(zip(nodes, traits, strict=True)):
        rare = sorted(some, key=lambda trait: (frequency[trait], trait))[: len(some) // 2 + 1]
        for key in (*rare, " ".join(node.key[2])):
            holders[key].append(number)
    pairs = {pair for held in holders.values() if len(held) <= _COMMON for pair in combinations(held, 2)}
    return sorted(
        (i, j)
        for i, j in pairs
        if len(traits[i] & traits[j]) >= max(FEWEST, min(len(traits[i]), len(traits[j])) / 3)
        or nodes[i].key[2] == nodes[j].key[2]
    )


def _may_be_one(one: _Node, other: _Node) -> bool:
    """Whether kind, polarity, targets and time of two claims allow that they are one."""
    (kind, is_negated, words, _), (other_kind, other_is_negated, other_words, _) = one.key, other.key
    if not _go_together(kind, is_negated, other_kind, other_is_negated):
        return False
    if one.targets and other.targets and not one.targets & other.targets and words != other_words:
        return False
    ours, theirs = one.tellings[0].about, other.tellings[0].about
    return ours is None or theirs is None or (ours[0] <= theirs[1] and theirs[0] <= ours[1])


def _go_together(kind: str, is_negated: bool, other: str, other_is_negated: bool) -> bool:
    """Whether claims of these kinds, negated or not, may be the same one.

    >>> _go_together("accusation", False, "assertion", False), _go_together("accusation", False, "denial", False)
    (True, False)
    >>> _go_together("refusal", False, "prediction", True), _go_together("refusal", False, "prediction", False)
    (True, False)
    """
    if kind == other and kind in _NEGATING:
        return True
    ours, theirs = _SIDES.get(kind), _SIDES.get(other)
    if (ours and theirs and ours != theirs) or (kind != other and {kind, other} & _APART):
        return False
    return (is_negated or kind in _NEGATING) == (other_is_negated or other in _NEGATING)
