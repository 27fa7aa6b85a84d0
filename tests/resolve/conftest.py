"""Small articles, resolved: names by their words, attributions by the words of their source, cue and content."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pytest

from builder.extract.attribution import Attribution, Claim, Extraction, Name
from builder.extract.coordination import split_claims
from builder.extract.quotations import quoted_mask
from builder.normalize.article import Article
from builder.resolve.actor import LocalActor, Resolution
from builder.resolve.authority import Authority, built_in_authority
from builder.resolve.stage import resolve_article


@dataclass(frozen=True)
class World:
    """A resolved article, with its actors by name."""

    text: str
    resolution: Resolution

    def speakers(self) -> list[list[str]]:
        return [[self.resolution.actors[n].name for n in s.actors] for s in self.resolution.speakers]

    def told(self) -> list[str]:
        return [speaker.resolution for speaker in self.resolution.speakers]

    def targets(self) -> list[list[str]]:
        return [[self.resolution.actors[n].name for n in c.targets] for c in self.resolution.claims]

    def actor(self, name: str) -> LocalActor:
        return next(actor for actor in self.resolution.actors if actor.name == name)

    def mentions(self, name: str) -> list[str]:
        number = [actor.name for actor in self.resolution.actors].index(name)
        return [self.text[m.start : m.end] for m in self.resolution.mentions if m.actor == number]


Read = Callable[..., World]


def _span(text: str, words: str, after: int) -> tuple[int, int]:
    start = text.index(words, after)
    return start, start + len(words)


def _source_span(text: str, source: str, beside: str, after: int) -> tuple[int, int]:
    start = text.index(beside, after)
    return start, start + len(source)


def _attribution(text: str, source: str, cue: str, content: str, after: int) -> Attribution:
    contents = (_span(text, content, after),)
    beside = f"{source} {cue}" if f"{source} {cue}" in text[after:] else source
    quoted = quoted_mask(text)
    inside = [quoted[at] for start, end in contents for at in range(start, end) if text[at].isalnum()]
    return Attribution(
        content=contents,
        cue=(_span(text, cue, after),) if cue else (),
        source=(_source_span(text, source, beside, after),) if source else (),
        confidence=1.0,
        quote_type="direct" if all(inside) else "indirect",
    )


@pytest.fixture
def read() -> Read:
    def read_world(
        text: str,
        names: Mapping[str, str],
        attributions: Sequence[tuple[str, str, str]] = (),
        *,
        kind: str = "assertion",
        authority: Authority | None = None,
        speaker: str | None = None,
        authors: tuple[str, ...] = (),
    ) -> World:
        """`attributions` are (source, cue, content), looked for in the text one after the other's end."""
        found: list[Attribution] = []
        after = 0
        for source, cue, content in attributions:
            found.append(_attribution(text, source, cue, content, after))
            after = max(end for part in (found[-1].source, found[-1].cue, found[-1].content) for _, end in part)
        pattern = "|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in sorted(names, key=len, reverse=True))
        tagged = tuple(Name(*m.span(), names[m[0]]) for m in re.finditer(pattern, text)) if names else ()
        claims = tuple(
            Claim(part.spans, n, kind, False, False, 0.5, 1.0)
            for n, attribution in enumerate(found)
            for part in split_claims(text, attribution)
        )
        nowhere = ("", "", None, None, authors, None, None, None, None)
        article = Article("c", "a", 0, "a.txt", *nowhere, "en", text, (), "extracted", speaker)
        extraction = Extraction(tuple(found), tagged, claims)
        return World(text, resolve_article(article, extraction, authority or built_in_authority()))

    return read_world
