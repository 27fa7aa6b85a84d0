"""The stage resolve inside one article: names, speakers, pronouns and targets to its actors.

Imports this folder's leaves, `builder.normalize.article` and `builder.extract.attribution`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from builder.extract.attribution import Extraction
from builder.normalize.article import Article
from builder.resolve.actor import ClaimActors, LocalActor, Mention, Resolution, Speaker
from builder.resolve.affiliations import country_of, role_of_unnamed
from builder.resolve.authority import Authority
from builder.resolve.beside_names import look_beside
from builder.resolve.cast import Draft
from builder.resolve.named_only import resolve_named
from builder.resolve.scene import Scene
from builder.resolve.speakers import tell_speakers
from builder.resolve.targets import tell_targets
from builder.resolve.voices import Voices, author_of
from builder.resolve.within_article import cast_names

VERSION = "resolve.v2"


def resolve_article(article: Article, extraction: Extraction, authority: Authority) -> Resolution:
    """Who is who in one article, who makes each attribution and claim, and whom the claims are aimed at."""
    is_named_only = article.extraction_status == "direct-quotes"
    resolution = (resolve_named if is_named_only else _resolve_all)(article, extraction, authority)
    return look_beside(resolution, article.text, authority)


def _resolve_all(article: Article, extraction: Extraction, authority: Authority) -> Resolution:
    """Names, noun phrases and pronouns to actors."""
    scene, speakers = read_scene(article, extraction, authority)
    claims: list[ClaimActors] = []
    voices = Voices()
    for claim in extraction.claims:
        attribution = extraction.attributions[claim.attribution] if claim.attribution is not None else None
        claimants = speakers[claim.attribution].actors if claim.attribution is not None else ()
        if claim.is_speakers:
            claimants = (author_of(scene, article, voices),)
            scene.draft(claimants[0]).is_passing = False
        claims.append(ClaimActors(claimants, tell_targets(scene, claim, attribution, claimants)))
    kept = [n for n, draft in enumerate(scene.cast.drafts) if not draft.is_passing]
    number = {old: new for new, old in enumerate(kept)}
    return Resolution(
        actors=tuple(_close(scene.draft(old), authority) for old in kept),
        mentions=tuple(_mentions(scene, number)),
        speakers=tuple(Speaker(tuple(number[n] for n in s.actors), s.resolution) for s in speakers),
        claims=tuple(
            ClaimActors(*(tuple(number[n] for n in side) for side in (c.claimants, c.targets))) for c in claims
        ),
    )


def read_scene(article: Article, extraction: Extraction, authority: Authority) -> tuple[Scene, list[Speaker]]:
    """The article with all of its mentions told apart, and the speaker of each attribution."""
    scene = Scene(article.text, authority, cast_names(article.text, extraction.names, authority))
    return scene, tell_speakers(scene, article, extraction.attributions)


def _mentions(scene: Scene, number: Mapping[int, int]) -> Iterator[Mention]:
    """The mentions in the text's order under the actors' new numbers, names inside longer names among them.

    Those of noun phrases that were on the reader's mind in passing only are left out.
    """
    found = dict(scene.mentions)
    for start, end, actor in scene.cast.nested:
        found.setdefault((start, end), Mention(start, end, "name", actor))
    for span in sorted(found):
        mention = found[span]
        if mention.actor is None:
            yield mention
        elif mention.actor in number:
            yield replace(mention, actor=number[mention.actor])


def _close(draft: Draft, authority: Authority) -> LocalActor:
    """The actor as it goes on, once the article is read."""
    name = draft.name()
    country, roles = draft.country, tuple(draft.roles)
    if draft.kind in {"unnamed", "group"}:
        country = country or country_of(name, authority)
        role = role_of_unnamed(name, authority) if draft.kind == "unnamed" else None
        roles = roles or ((role,) if role else ())
    return LocalActor(
        name=name,
        kind=draft.kind,
        aliases=tuple(form for form in draft.forms if form != name),
        roles=roles,
        country_code=country,
        authority_ids=draft.entry.authority_ids if draft.entry else (),
        entry=draft.entry.id if draft.entry else None,
    )
