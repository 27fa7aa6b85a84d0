"""Whom the source of an attribution stands for. Imports `scene`, `sources`, `nominals`, `pronouns`, `lexicon`."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from builder.extract.attribution import Attribution, Span
from builder.normalize.article import Article
from builder.resolve.actor import Speaker
from builder.resolve.anaphora import PRONOUN, note_pronoun, note_quoted
from builder.resolve.antecedents import actor_of, note_phrase, two_nearest
from builder.resolve.inherited import inherit
from builder.resolve.lexicon import FIRST_PLURAL, FIRST_SINGULAR, QUANTIFIERS, RELATIVE, SECOND, word_set
from builder.resolve.names import name_words
from builder.resolve.nominals import read_nominal
from builder.resolve.noun_phrases import Phrase, find_phrases
from builder.resolve.pronouns import pronoun_class, resolve_pronoun
from builder.resolve.scene import Scene
from builder.resolve.sources import named_in
from builder.resolve.voices import Voices, find_voices, note_own_voice, voice_at

_PREPOSITIONS = word_set("of in on at by with for from to as than among including about against like")
_PAIR = re.compile(r"(?:(?:the|these) (?:two|pair)|both)(?: candidates| men| women| leaders| rivals)?", re.IGNORECASE)
_NOBODY = Speaker((), "none")
_UNRESOLVED = Speaker((), "unresolved")


def tell_speakers(scene: Scene, article: Article, attributions: Sequence[Attribution]) -> list[Speaker]:
    """The speaker of each attribution, in the order in which their sources, or else contents, stand in the text."""
    speakers: list[Speaker] = [_NOBODY] * len(attributions)
    inside = sorted(span for attribution in attributions for span in attribution.source)
    events = [(a.source[0], n) for n, a in enumerate(attributions) if a.source]
    events += [
        (match.span(), -1)
        for match in PRONOUN.finditer(scene.text)
        if not scene.quoted[match.start()] and not _is_inside(match.start(), inside)
    ]
    phrases = [phrase for phrase in find_phrases(scene.text) if _is_free(scene, phrase, inside)]
    events += [((phrase.start, phrase.end), -2 - n) for n, phrase in enumerate(phrases)]
    voices = find_voices(scene, article)
    for span, n in sorted(events):
        if n < 0:
            note_pronoun(scene, *span) if n == -1 else note_phrase(scene, phrases[-2 - n])
            continue
        speakers[n] = _read_source(scene, article, voices, attributions[n], attributions, speakers)
        for number in speakers[n].actors:
            scene.remember(span[0], number)
        _keep(scene, speakers[n])
        if len(speakers[n].actors) > 1:
            scene.joined.append((span[0], speakers[n].actors))
    for n, attribution in enumerate(attributions):
        if not attribution.source:
            speakers[n] = inherit(scene, attributions, speakers, n)
            _keep(scene, speakers[n])
    note_quoted(scene, attributions, speakers)
    note_own_voice(scene, article, voices)
    return speakers


def _keep(scene: Scene, speaker: Speaker) -> None:
    """Who speaks is not mentioned in passing."""
    for number in speaker.actors:
        scene.draft(number).is_passing = False


def _is_inside(offset: int, spans: Sequence[Span]) -> bool:
    """Whether an offset lies in one of some spans in the text's order."""
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return at >= 0 and offset < spans[at][1]


def _is_free(scene: Scene, phrase: Phrase, sources: Sequence[Span]) -> bool:
    """Whether a noun phrase stands outside sources and its head in no name."""
    head = phrase.end - 1
    at = bisect_left(sources, phrase.end, key=lambda span: span[0]) - 1
    in_source = at >= 0 and sources[at][1] > phrase.start
    return not in_source and not any(m.start <= head < m.end for m, _ in scene.names_in(phrase.start - 60, phrase.end))


def _read_source(
    scene: Scene,
    article: Article,
    voices: Voices,
    attribution: Attribution,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
) -> Speaker:
    start, end = _span_with_name(scene, attribution.source)
    turn = voices.turn_at(start)
    if turn and start < turn.label_end:
        if turn.number is None:
            return _NOBODY
        return Speaker((turn.number,), _how_named(scene, start, end, (turn.number,)))
    source = " ".join(scene.text[start:end].split()).strip(' ,;:"“”')
    word = re.sub(r"['’](?:s|d|ll|ve|m|re)$", "", source.casefold())
    if word in FIRST_SINGULAR | FIRST_PLURAL:
        return _first_person(scene, article, voices, start, end, attributions, speakers)
    if word in SECOND:
        return _UNRESOLVED
    pronoun = pronoun_class(word)
    if pronoun:
        return _pronoun(scene, start, end, pronoun)
    if word in RELATIVE or re.match(r"(?:who|whom|whose|which)\b", word):
        return _relative(scene, start, end)
    named = named_in(scene, start, end)
    if named:
        return Speaker(named, _how_named(scene, start, end, named))
    return _nominal(scene, start, end, source)


def _span_with_name(scene: Scene, spans: Sequence[Span]) -> Span:
    """The piece of a source that holds a name; the first where none does."""
    return next((span for span in spans if scene.names_in(*span)), spans[0])


def _how_named(scene: Scene, start: int, end: int, numbers: Sequence[int]) -> str:
    """`named` where the first actor's full name stands in the source, else `alias`."""
    draft = scene.draft(numbers[0])
    words = set(name_words(scene.text[start:end]))
    return "named" if set(name_words(draft.name())) <= words else "alias"


def _pronoun(scene: Scene, start: int, end: int, kind: str) -> Speaker:
    joined = scene.latest_joined(start) if kind == "p" else ()
    if joined:
        return Speaker(joined, "pronoun")
    number = resolve_pronoun(scene, kind, start)
    if number is None:
        return _UNRESOLVED
    scene.note(start, end, "pronoun", number)
    return Speaker((number,), "pronoun")


def _first_person(
    scene: Scene,
    article: Article,
    voices: Voices,
    start: int,
    end: int,
    attributions: Sequence[Attribution],
    speakers: Sequence[Speaker],
) -> Speaker:
    """I and we: inside quotation marks whoever speaks there, outside the turn's speaker or the author."""
    if scene.quoted[start]:
        line = scene.text.rfind("\n", 0, start) + 1
        for n in range(len(attributions) - 1, -1, -1):
            source = attributions[n].source
            if source and line <= source[0][0] < start and speakers[n].actors:
                scene.note(start, end, "pronoun", speakers[n].actors[0])
                return Speaker(speakers[n].actors, "pronoun")
    number = voice_at(scene, article, voices, start)
    scene.note(start, end, "pronoun", number)
    return Speaker((number,), "pronoun")


def _relative(scene: Scene, start: int, end: int) -> Speaker:
    """Who, which and that: the name or noun phrase right before, or the name that the phrase is in apposition to."""
    before = scene.text[:start].rstrip(" ,—–-")
    beside = [m for m in scene.mentions_in(max(0, start - 120), start) if m.mention_type == "nominal"]
    if beside and beside[-1].end == len(before):
        return _noted(scene, start, end, beside[-1].actor)
    phrase = _last_phrase(before)
    nominal = read_nominal(phrase)
    for mention, number in reversed(scene.names_in(max(0, start - 200), start)):
        gap = scene.text[mention.end : len(before)]
        if re.fullmatch(r"\s*(?:\([^()\n]*\)|,?\s+of\s[^,.;\n]*)?", gap):
            return _noted(scene, start, end, number)
        apposed = re.fullmatch(r"(?:\s*\([^()\n]*\))?,\s+([^,.;\n]*)", gap)
        is_human = nominal is not None and nominal.kind in {"person", "unnamed"} and not nominal.is_plural
        if apposed and is_human and scene.draft(number).kind == "person":
            return _noted(scene, start, end, number)
    return Speaker((actor_of(scene, nominal, start),), "pronoun") if nominal else _UNRESOLVED


def _noted(scene: Scene, start: int, end: int, number: int | None) -> Speaker:
    scene.note(start, end, "pronoun", number)
    return _UNRESOLVED if number is None else Speaker((number,), "pronoun")


def _last_phrase(before: str) -> str:
    """The noun phrase at a text's end: after the last comma, verb or preposition, "some of" and the like kept."""
    phrase = re.split(r"[,.;:()“”\"\n]|\b(?:is|was|are|were|be|says|said|has|have|had|and|but)\b", before)[-1]
    words = phrase.split()
    for at in range(len(words) - 1, 0, -1):
        if words[at] in _PREPOSITIONS and not (words[at] == "of" and words[at - 1].casefold() in QUANTIFIERS):
            return " ".join(words[at + 1 :])
    return phrase


def _nominal(scene: Scene, start: int, end: int, source: str) -> Speaker:
    nominal = read_nominal(source)
    if nominal is None:
        return _UNRESOLVED
    if _PAIR.fullmatch(source):
        pair = scene.latest_joined(start) or two_nearest(scene, start)
        if pair:
            return Speaker(pair, "nominal")
    number = actor_of(scene, nominal, start)
    scene.note(start, end, "nominal", number)
    return Speaker((number,), "nominal")
