"""What the encoder learns from, read from files: one kind of example for every corpus. Needs no torch.

Each corpus marks some of the things that the heads learn; what it does not mark stays None and is not learned from it.
Imports `builder.extract.labels`, `builder.measure.gold`.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from builder.extract.attribution import Span
from builder.extract.labels import CLAIM_KINDS
from builder.measure.gold import read_rows

# CoreNLP's classes; its dates are nobody's name.
_SILVER_KINDS = {"PERSON": "person", "ORGANIZATION": "organization", "LOCATION": "place", "MISC": "other"}
# GUM's entity types; a named time is nobody's name, everything else that has one is "other".
_GUM_KINDS = {"person": "person", "organization": "organization", "place": "place", "time": None}
# Words between the first and the last proper noun of a name: "University of the North" is one, a list of titles none.
_NAME_REACH = 6


@dataclass(frozen=True, slots=True)
class Attributed:
    """One attribution: spans by role, and the number of its claim kind where somebody labelled it."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    claim_kind: int | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is marked in it; None for what its corpus does not mark.

    `names`: (start, end, kind); `sentences`: where sentences start; `mentions`: (start, end, entity), in the text's
    order; `worth`: (start, end, 0 or 1) of sentences that state a fact worth checking, or not.
    """

    doc: str
    text: str
    attributions: tuple[Attributed, ...] | None = None
    names: tuple[tuple[int, int, str], ...] | None = None
    sentences: tuple[int, ...] | None = None
    mentions: tuple[tuple[int, int, str], ...] | None = None
    worth: tuple[tuple[int, int, int], ...] | None = None


def read_attributions(gold: Path) -> list[Example]:
    """Examples of a file of attributions (PolNeAR's JSON lines), with claim kinds where it has them."""
    return [
        Example(row["doc"], row["text"], tuple(_attributed(part, row["text"]) for part in row["attributions"]))
        for row in read_rows(gold)
    ]


def _attributed(row: dict[str, Any], text: str) -> Attributed:
    source, cue, content = (_joined(row.get(role, []), text) for role in ("source", "cue", "content"))
    kind = row.get("claim_kind")
    return Attributed(source, cue, content, CLAIM_KINDS.index(kind) if kind else None)


def _joined(spans: list[list[int]], text: str) -> tuple[Span, ...]:
    """The pieces in order, those with no word between them as one.

    One piece in fifty of PolNeAR is cut at the end of a sentence or after "Gov.", as others are not.
    """
    joined: list[Span] = []
    for start, end in sorted((s, e) for s, e in spans):
        if joined and not any(char.isalnum() for char in text[joined[-1][1] : start]):
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def add_silver(examples: list[Example], silver: Path) -> list[Example]:
    """The same examples with the names, sentences and coreference that a parser found in their texts."""
    rows = {row["doc"]: row for row in read_rows(silver)}
    return [
        replace(
            example,
            names=tuple((s, e, _SILVER_KINDS[kind]) for s, e, kind in row["names"] if kind in _SILVER_KINDS),
            sentences=tuple(start for start, _ in row["sentences"]),
            mentions=tuple(sorted((s, e, str(number)) for number, chain in enumerate(row["coref"]) for s, e in chain)),
        )
        if (row := rows.get(example.doc))
        else example
        for example in examples
    ]


def add_claim_kinds(examples: list[Example], labels: Path) -> list[Example]:
    """The same examples, those that the file `labels` has too with the claim kinds of its attributions."""
    labelled = {example.doc: example for example in read_attributions(labels)}
    return [
        replace(example, attributions=other.attributions)
        if (other := labelled.get(example.doc)) and other.text == example.text
        else example
        for example in examples
    ]


def read_entities(gold: Path, split: str = "train") -> list[Example]:
    """Names and coreference of GUM's documents (JSON lines) of one split."""
    return [_entities(row) for row in read_rows(gold) if row["split"] == split]


def _entities(row: dict[str, Any]) -> Example:
    names = sorted(
        (
            (*_name_span(mention, row["text"]), kind)
            for mention in row["mentions"]
            if mention["named"] and (kind := _GUM_KINDS.get(mention["kind"], "other"))
        ),
        key=lambda name: (name[0] - name[1], name),  # the outer one of nested names first: its tags stay
    )
    mentions = sorted({(m["spans"][0][0], m["spans"][0][1], m["entity"]) for m in row["mentions"]})
    return Example(row["doc"], row["text"], names=tuple(names), mentions=tuple(mentions))


def _name_span(mention: dict[str, Any], text: str) -> Span:
    """From the first to the last word of a mention's head, or its first unbroken run of words where that is far."""
    head = sorted(mention["head"])
    between = text[head[0][1] : head[-1][0]]
    if len(between.split()) <= _NAME_REACH and not any(char in between for char in ",;()[]"):
        return head[0][0], head[-1][1]
    run = [head[0]]
    for before, word in pairwise(head):
        if text[before[1] : word[0]].strip():
            break
        run.append(word)
    return run[0][0], run[-1][1]


def read_worth(gold: Path, without: frozenset[str] = frozenset()) -> list[Example]:
    """Speeches whose sentences are labelled as stating a factual claim or not (PoliClaim), without those named."""
    speeches: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in sorted(read_rows(gold), key=lambda row: (row["doc"], row["i"])):
        if row["doc"] not in without:
            speeches[row["doc"]].append((row["sentence"], int(row["factual_claim"])))
    return [_speech(doc, sentences) for doc, sentences in speeches.items()]


def _speech(doc: str, sentences: list[tuple[str, int]]) -> Example:
    worth, at = [], 0
    for sentence, label in sentences:
        worth.append((at, at + len(sentence), label))
        at += len(sentence) + 1
    text = " ".join(sentence for sentence, _ in sentences)
    return Example(doc, text, sentences=tuple(start for start, _, _ in worth), worth=tuple(worth))
