"""Whose I an article's own text is: the speaker of a turn, the person interviewed, the writer of a letter, the author.

Imports `scene`, `names`, `within_article` and `builder.normalize.article`.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from builder.normalize.article import Article
from builder.resolve.cast import Draft
from builder.resolve.lexicon import ROLE_NOUNS, SHORT_ROLES
from builder.resolve.names import name_words
from builder.resolve.scene import Scene

_LABEL = re.compile(r"^(?P<label>[A-ZÀ-Þ](?:[\w.’'()-]+|(?=:))(?: [\w.’',()-]+){0,4}):(?=\s)", re.MULTILINE)
_ASKS = frozenset({"q", "question", "interviewer", "reporter", "host", "moderator"})
_ANSWERS = frozenset({"a", "answer"})
# Lines that begin with a name and a colon are turns where there are that many, of at least two voices.
_FEWEST_TURNS = 4
_INTERVIEWED = re.compile(r"\A[^\n]*\binterview(?:s|ed)?\b|\binterviewed\b", re.IGNORECASE)
_REMARKS = re.compile(r"\b(?:delivered|made|gave)\b[^.\n]{0,40}\b(?:remarks|speech|address)\b", re.IGNORECASE)
_IS_LETTER = re.compile(r"^\s*dear\b", re.IGNORECASE | re.MULTILINE)
_OPENING = 500
# How often a text must say I outside quotation marks for its voice to be somebody whom it names.
_OFTEN = 3
_I = re.compile(r"\b(?:I|my)\b")
FIRST = re.compile(r"\b(?:I(?!\.)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself)\b")
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Turn:
    """From `start` on, behind the label at text[label_start:label_end], an actor speaks; None for nobody known."""

    start: int
    label_start: int
    label_end: int
    number: int | None


@dataclass(slots=True)
class Voices:
    """The turns of an article in its order; `author` is the actor behind its I elsewhere, once somebody asked."""

    turns: list[Turn] = field(default_factory=list)
    author: int | None = None

    def turn_at(self, offset: int) -> Turn | None:
        """The turn that an offset lies in, its label included."""
        at = bisect_right(self.turns, offset, key=lambda turn: turn.label_start) - 1
        return self.turns[at] if at >= 0 else None

    def other_voice(self, turn: Turn) -> int | None:
        """Whom a turn speaks to, where two voices take turns."""
        others = {one.number for one in self.turns} - {turn.number, None}
        return others.pop() if len(others) == 1 else None


def find_voices(scene: Scene, article: Article) -> Voices:
    """The turns of a transcript or an interview; none where the text is no such thing."""
    labels = [match for match in _LABEL.finditer(scene.text) if not scene.quoted[match.start()]]
    counts = Counter(match["label"] for match in labels)
    labels = [match for match in labels if counts[match["label"]] > 1 or _bearer(scene, match["label"]) is not None]
    if len(labels) < _FEWEST_TURNS or len({match["label"] for match in labels}) < 2:
        return Voices()
    voices = Voices()
    known: dict[str, int | None] = {}
    first = labels[0].start()
    for match in labels:
        label = match["label"]
        if label not in known:
            known[label] = _speaker_of(scene, article, label, first, voices)
        voices.turns.append(Turn(match.end(), match.start(), match.end("label"), known[label]))
    return voices


def _speaker_of(scene: Scene, article: Article, label: str, first: int, voices: Voices) -> int | None:
    """The actor whom a label stands for; a new person where the article has none, nobody for who asks unnamed."""
    key = label.casefold()
    if key in _ASKS:
        return author_of(scene, article, voices) if len(article.authors) == 1 else None
    number = _interviewed(scene, first) if key in _ANSWERS else _bearer(scene, label)
    if number is None:
        number = scene.cast.add(Draft("unnamed" if key in _ANSWERS else "person", Counter({_titled(label): 1})))
    return number


def _bearer(scene: Scene, label: str) -> int | None:
    """The actor of that name, last name or first name: persons before others."""
    words = name_words(" ".join(w for w in label.split() if w.casefold() not in ROLE_NOUNS | set(SHORT_ROLES)))
    if not words:
        return None
    drafts = scene.cast.drafts
    fits = {
        n: _how_it_fits(draft.words, words) for n, draft in enumerate(drafts) if draft.kind == "person" and draft.words
    }
    best = max(fits, key=lambda n: (fits[n], len(drafts[n].words), -n), default=None)
    if best is not None and fits[best]:
        return best
    return next((n for n, d in enumerate(drafts) if d.kind == "organization" and d.words == words), None)


def _how_it_fits(full: Sequence[str], words: Sequence[str]) -> int:
    """How well a label is a name's form: in full, its last name, its first, its last and the first letter; 0: not."""
    if tuple(full) == tuple(words):
        return 4
    if len(words) == 1:
        return 3 if full[-1] == words[0] else 2 if full[0] == words[0] else 0
    return int(full[-1] == words[-1] and full[0][0] == words[0][0])


def _titled(label: str) -> str:
    """A label as a name: without titles, in title case where it is in capitals."""
    words = [word for word in label.split() if word.casefold() not in ROLE_NOUNS | set(SHORT_ROLES)] or label.split()
    return " ".join(word.title() if word.isupper() and len(word) > 3 else word for word in words)


def _interviewed(scene: Scene, before: int) -> int | None:
    """The person whom an interview is with: named first in what stands above its first question."""
    named = [n for mention, n in scene.names_in(0, before) if scene.draft(n).kind == "person"]
    return named[0] if named else None


def author_of(scene: Scene, article: Article, voices: Voices) -> int:
    """The actor behind the article's own I.

    The collection's speaker, else its one author; else whoever the text itself shows to have written or said it, else
    just its journalist.
    """
    if voices.author is None:
        voices.author = _author(scene, article)
    return voices.author


def _author(scene: Scene, article: Article) -> int:
    if not article.speaker and len(article.authors) != 1:
        shown = _shown_author(scene)
        if shown is not None:
            return shown
    kind = "person" if article.speaker else "journalist"
    name = article.speaker or (article.authors[0] if len(article.authors) == 1 else "journalist")
    entry = scene.authority.find(name) if article.speaker else None
    words = name_words(name)
    for number, draft in enumerate(scene.cast.drafts):
        if (entry and draft.entry == entry) or (name_words(draft.name()) == words and draft.kind in {kind, "person"}):
            return number
    return scene.cast.add(Draft(entry.kind if entry else kind, Counter({name: 1}), entry=entry))


def _shown_author(scene: Scene) -> int | None:
    """Who signed a letter, gave an interview or a speech, wrote a column that ends in a line about its writer."""
    text, names = scene.text, scene.cast.names
    persons = [(mention, n) for mention, n in names if scene.draft(n).kind == "person"]
    if not persons or sum(not scene.quoted[match.start()] for match in _I.finditer(text)) < _OFTEN:
        return None
    last_mention, last = persons[-1]
    signature = text[last_mention.end :].strip(" \n.,") == "" or "\n" not in text[last_mention.start :].strip()
    is_alone = text[text.rfind("\n", 0, last_mention.start) + 1 : last_mention.start].strip(" –—-") == ""
    if _IS_LETTER.search(text[:_OPENING]) and is_alone and signature:
        return last
    opening = [(mention, n) for mention, n in persons if mention.start < _OPENING]
    interview, remarks = _INTERVIEWED.search(text[:_OPENING]), _REMARKS.search(text[:_OPENING])
    if interview and opening:
        return next((n for m, n in opening if m.start > interview.end() - 60), opening[0][1])
    if remarks and opening and opening[0][0].start < remarks.start():
        return [n for m, n in opening if m.start < remarks.start()][-1]
    return _column_writer(scene)


def _column_writer(scene: Scene) -> int | None:
    """The person about whom a column's last paragraph is, named nowhere above: "Ada Orm is a teacher in Vale."."""
    paragraph = scene.text.rstrip().rfind("\n") + 1
    first = next(
        ((m, n) for m, n in scene.names_in(paragraph, len(scene.text)) if scene.draft(n).kind == "person"), None
    )
    if first is None or first[0].start > paragraph + 40 or " " not in first[0].form:
        return None
    is_about = re.match(r"(?:,[^.\n]{0,60},)?\s+(?:is|was|teaches|writes|covers)\b", scene.text[first[0].end :])
    above = [m for m, n in scene.cast.names if n == first[1] and m.start < paragraph]
    return first[1] if is_about and not above else None


def voice_at(scene: Scene, article: Article, voices: Voices, offset: int) -> int:
    """Who speaks there, outside quotation marks: the turn's speaker, else the author."""
    turn = voices.turn_at(offset)
    return turn.number if turn and turn.number is not None else author_of(scene, article, voices)


def note_own_voice(scene: Scene, article: Article, voices: Voices) -> None:
    """Record I outside quotation marks, and you where two voices take turns."""
    for match in FIRST.finditer(scene.text):
        if not scene.quoted[match.start()] and match.span() not in scene.mentions:
            scene.note(*match.span(), "pronoun", voice_at(scene, article, voices, match.start()), 0.0)
    for match in _YOU.finditer(scene.text) if voices.turns else ():
        turn = voices.turn_at(match.start())
        other = voices.other_voice(turn) if turn and not scene.quoted[match.start()] else None
        if other is not None and match.span() not in scene.mentions:
            scene.note(*match.span(), "pronoun", other, 0.0)
