"""Whether a row is still what a reader confirmed. Imports `values`, `exported`.

Rows are as `assemble.shards` makes them. An actor is compared by name where the article alone gives that name: a
canonical name may come from other articles, and a build that links actors otherwise has not changed the row.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from builder.review.exported import spans_of
from builder.review.values import SPANS, Named, Values

Cells = Mapping[str, Any]


def unlike(quote: Cells | None, claim: Cells | None, values: Values, actors: Sequence[Cells]) -> str | None:
    """The names of what differs in a quote with its own claim, or in a claim alone; None where nothing does.

    `actors` are the article's.
    """
    found = [*_unlike_quote(quote, values, actors)] if quote else []
    if claim is not None:
        found += _unlike_claim(claim, values, actors, is_alone=quote is None)
    elif values.claim_kind is not None:
        found.append("claim_kind")
    return ", ".join(found) or None


def _unlike_quote(quote: Cells, values: Values, actors: Sequence[Cells]) -> Iterator[str]:
    yield from (part for part in SPANS if spans_of(quote[f"{part}_spans"]) != getattr(values, part))
    if quote["attribution_type"] != values.attribution_type:
        yield "attribution_type"
    if quote["speaker_resolution"] != values.resolution:
        yield "resolution"
    if not _same_actors(quote["speakers"], values.speakers, actors):
        yield "speakers"


def _unlike_claim(claim: Cells, values: Values, actors: Sequence[Cells], is_alone: bool) -> Iterator[str]:
    if is_alone and spans_of(claim["spans"]) != values.content:
        yield "content"
    yield from (name for name in ("claim_kind", "is_negated", "is_hedged") if claim[name] != getattr(values, name))
    if not _same_actors(claim["targets"], values.targets, actors):
        yield "targets"


def _same_actors(numbers: Iterable[int], named: Sequence[Named], actors: Sequence[Cells]) -> bool:
    """Whether the article's actors of these numbers are those named, as far as their names tell it."""
    now = set(numbers)
    if bool(now) != bool(named):
        return False
    known = {row["local"]: {row["name"], *row["aliases"]} for row in actors}
    wanted = [{one.name, *one.also} for one in named]
    held = [{number for number, names in known.items() if names & some} for some in wanted]
    is_other = any(some and not some & now for some in held)
    is_more = len(now) > len(named) and any(not any(known[number] & some for some in wanted) for number in now)
    return not (is_other or is_more)
