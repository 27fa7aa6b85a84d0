"""Names inside longer names: Skarne in "the University of Skarne". Imports `scene`.

Only actors that the article also mentions on their own are looked for: that a body is named after a town makes the town
no actor. These mentions come last, so that nobody's speech or claim is laid at a namesake's door.
"""

import re

from builder.resolve.actor import Mention
from builder.resolve.scene import Scene

_KINDS = frozenset({"place", "state", "organization", "person"})


def note_nested(scene: Scene) -> None:
    """Record the mentions of known actors inside the names of others, the longest where two overlap."""
    actors = {
        form: number
        for number, draft in enumerate(scene.cast.drafts)
        if draft.kind in _KINDS and draft.spans
        for form in draft.forms
        if form[:1].isupper()
    }
    if not actors:
        return
    known = re.compile(
        r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(actors, key=lambda f: (-len(f), f)))) + r")(?!\w)"
    )
    for mention, number in scene.cast.names:
        for inner in known.finditer(scene.text, mention.start, mention.end):
            if inner.span() != (mention.start, mention.end) and actors[inner[0]] != number:
                scene.mentions.setdefault(inner.span(), Mention(*inner.span(), "name", actors[inner[0]]))
