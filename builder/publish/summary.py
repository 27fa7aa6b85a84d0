"""What a dataset is, in two sentences, for whoever has not opened it. Imports `facts`, `render`."""

from collections.abc import Mapping

from builder.publish.facts import BuildFacts
from builder.publish.render import number_of


def summarize(facts: BuildFacts, rows: Mapping[str, int]) -> str:
    """The rows of the main tables, and what made them; in card, Croissant and deposits alike."""
    return (
        f"Who said what, in {number_of(rows['articles'], 'news article')}: {number_of(rows['quotes'], 'quote')} with "
        f"their cues and sources, {number_of(rows['actors'], 'actor')} who speak or are spoken about, and "
        f"{number_of(rows['claims'], 'claim')}. Made from {number_of(rows['collections'], 'collection')} of articles "
        f"by onrecord {facts.package_version}; nobody needs onrecord to read it."
    )
