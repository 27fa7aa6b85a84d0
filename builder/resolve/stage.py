"""The stage resolve inside one article: names, speakers, pronouns and targets to its actors.

Imports this folder's leaves, `builder.normalize.article` and `builder.extract.attribution`.
"""

from builder.extract.attribution import Extraction
from builder.normalize.article import Article
from builder.resolve.actor import ClaimActors, LocalActor, Resolution
from builder.resolve.authority import Authority
from builder.resolve.scene import Scene
from builder.resolve.speakers import author_of, tell_speakers
from builder.resolve.targets import tell_targets
from builder.resolve.within_article import Draft, cast_names

VERSION = "resolve.v2"


def resolve_article(article: Article, extraction: Extraction, authority: Authority) -> Resolution:
    """Who is who in one article, who makes each attribution and claim, and whom the claims are aimed at."""
    scene = Scene(article.text, authority, cast_names(article.text, extraction.names, authority))
    speakers = tell_speakers(scene, article, extraction.attributions)
    claims: list[ClaimActors] = []
    for claim in extraction.claims:
        attribution = extraction.attributions[claim.attribution] if claim.attribution is not None else None
        claimants = speakers[claim.attribution].actors if claim.attribution is not None else ()
        if claim.is_speakers:
            claimants = (author_of(scene, article),)
        claims.append(ClaimActors(claimants, tell_targets(scene, claim, attribution, claimants)))
    return Resolution(
        actors=tuple(_close(draft) for draft in scene.cast.drafts),
        mentions=tuple(scene.mentions[span] for span in sorted(scene.mentions)),
        speakers=tuple(speakers),
        claims=tuple(claims),
    )


def _close(draft: Draft) -> LocalActor:
    """The actor as it goes on, once the article is read."""
    name = draft.name()
    return LocalActor(
        name=name,
        kind=draft.kind,
        aliases=tuple(form for form in draft.forms if form != name),
        roles=tuple(draft.roles),
        country_code=draft.country,
        authority_ids=draft.entry.authority_ids if draft.entry else (),
        entry=draft.entry.id if draft.entry else None,
    )
