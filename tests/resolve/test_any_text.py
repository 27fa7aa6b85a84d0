"""Whatever the words and whatever is marked in them, an article resolves: speakers, mentions, actors agree."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.extract.attribution import Attribution, Claim, Extraction, Name, Span
from builder.normalize.article import Article
from builder.resolve.authority import built_in_authority
from builder.resolve.lexicon import word_set
from builder.resolve.stage import resolve_article

# Words that the rules look at, in any order: titles, pronouns, nouns for actors, turns, marks, the ends of sentences.
_WORDS = word_set("""
    Orm Dr. Sen. President of the a his her its their he she it they I we you who that which both and report letter
    minister goalkeeper 41-year-old officials US Russian Ukrainians government Norvane-K said says was noting is to with
    , . ; : “ ” 's ’s ’ ( ) — Dear interview My 10 percent half Kold- U.S. “I among like company general ’S ' group
    campaign administration editorials
    """)
_PHRASES = ("Ada Orm", "Jan Vik", "inspector general", "University of Leeds", "has asked", "one of them", "Union of")
_BREAKS = ("\n\n", "\n\nQ:", "\n\nA:", "\n\nORM:", "Northern Customs Union (NCU)")
WORDS = (*sorted(_WORDS), *_PHRASES, *_BREAKS)
NOWHERE = ("", "", None, None, (), None, None, None, None)


def _spans(words: Sequence[str], at: Sequence[tuple[int, int]]) -> list[Span]:
    """Spans of some words in a text of words that single blanks part; (first, how many)."""
    starts = [sum(len(word) + 1 for word in words[:n]) for n in range(len(words))]
    found = []
    for first, number in at:
        first %= len(words)
        last = min(first + number, len(words) - 1)
        found.append((starts[first], starts[last] + len(words[last])))
    return found


_PLACES = st.tuples(st.integers(0, 60), st.integers(0, 4))


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=60),
    names=st.lists(st.tuples(_PLACES, st.sampled_from(("person", "organization", "place", "other"))), max_size=8),
    attributions=st.lists(st.tuples(_PLACES, st.none() | _PLACES, st.none() | _PLACES), max_size=6),
)
def test_any_text_resolves(
    words: list[str],
    names: list[tuple[tuple[int, int], str]],
    attributions: list[tuple[tuple[int, int], tuple[int, int] | None, tuple[int, int] | None]],
) -> None:
    text = " ".join(words)
    tagged = tuple(
        Name(*span, kind) for span, (_, kind) in zip(_spans(words, [at for at, _ in names]), names, strict=True)
    )
    found = tuple(
        Attribution(
            content=tuple(_spans(words, [content])),
            cue=tuple(_spans(words, [cue] if cue else [])),
            source=tuple(_spans(words, [source] if source else [])),
            confidence=1.0,
        )
        for content, cue, source in attributions
    )
    claims = tuple(Claim(one.content, n, "accusation", False, False, 0.5, 1.0) for n, one in enumerate(found))
    article = Article("c", "a", 0, "a.txt", *NOWHERE, "en", text, (), "extracted", None)

    resolution = resolve_article(article, Extraction(found, tagged, claims), built_in_authority())

    numbers = range(len(resolution.actors))
    assert len(resolution.speakers) == len(found)
    assert all(number in numbers for speaker in resolution.speakers for number in speaker.actors)
    assert all(number in numbers for claim in resolution.claims for number in (*claim.claimants, *claim.targets))
    assert not any(set(claim.claimants) & set(claim.targets) for claim in resolution.claims)
    spans = [(mention.start, mention.end) for mention in resolution.mentions]
    assert spans == sorted(set(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(mention.actor is None or mention.actor in numbers for mention in resolution.mentions)
    assert all(actor.name.strip() and actor.name not in actor.aliases for actor in resolution.actors)
    assert all(role.strip() for actor in resolution.actors for role in actor.roles)
