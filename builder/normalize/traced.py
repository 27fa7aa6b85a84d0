"""Text that remembers where each of its characters stood. Imports `builder.normalize.article`.

Cleaning drops, replaces and joins; what survives unchanged keeps its origin, what was put in has none (-1).
"""

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from builder.normalize.article import Run

NOWHERE = -1

# Invisible characters that carry no meaning in running text: soft hyphen, zero-width space, word joiner, byte order
# mark, directional marks. Joiners between letters outside ASCII are spelling (Persian, Hindi, emoji) and stay.
_INVISIBLE = re.compile(
    "[\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_SPACE = re.compile(r"\s+")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "ſt",
    "\ufb06": "st",
}


@dataclass(frozen=True, slots=True)
class Traced:
    """`origins[i]` is where `text[i]` stands in the decoded input, or NOWHERE."""

    text: str
    origins: Sequence[int]

    def __getitem__(self, part: slice) -> "Traced":
        return Traced(self.text[part], self.origins[part])


def trace(body: str) -> Traced:
    """A text that is its own origin."""
    return Traced(body, array("q", range(len(body))))


def concatenate(parts: Iterable[Traced], separator: str) -> Traced:
    """The parts with a separator that stands nowhere in the input."""
    pieces: list[str] = []
    origins = array("q")
    for number, part in enumerate(parts):
        if number:
            pieces.append(separator)
            origins.extend([NOWHERE] * len(separator))
        pieces.append(part.text)
        origins.extend(part.origins)
    return Traced("".join(pieces), origins)


def substitute(pattern: re.Pattern[str], replacement: str, traced: Traced) -> Traced:
    """Every match replaced; a match that is the replacement already keeps its origin."""
    parts: list[Traced] = []
    end = 0
    for match in pattern.finditer(traced.text):
        if match[0] == replacement:
            continue
        parts.append(traced[end : match.start()])
        parts.append(Traced(replacement, [NOWHERE] * len(replacement)))
        end = match.end()
    return concatenate([*parts, traced[end:]], "") if parts else traced


def without_spaces(traced: Traced) -> Traced:
    """Every character that is no white space."""
    spots = [n for n, character in enumerate(traced.text) if not character.isspace()]
    return Traced("".join([traced.text[n] for n in spots]), array("q", [traced.origins[n] for n in spots]))


def clean(traced: Traced) -> Traced:
    r"""One line: invisible and control characters dropped, white space single, ligatures taken apart, NFC.

    >>> clean(trace(" a\u00adb\n\tc\u0301 \ufb01n ")).text
    'ab ć fin'
    """
    spaced = substitute(_SPACE, " ", traced)
    dropped = substitute(_CONTROL, "", substitute(_INVISIBLE, "", spaced))
    squeezed = substitute(_SPACE, " ", dropped)
    start = len(squeezed.text) - len(squeezed.text.lstrip())
    return compose(_without_ligatures(squeezed[start : len(squeezed.text.rstrip())]))


def _without_ligatures(traced: Traced) -> Traced:
    for ligature in sorted(_LIGATURES.keys() & set(traced.text)):
        traced = substitute(re.compile(ligature), _LIGATURES[ligature], traced)
    return traced


def clean_text(text: str) -> str:
    """The same for a text whose origins do not matter."""
    return clean(trace(text)).text


def compose(traced: Traced) -> Traced:
    """NFC, letter by letter: a letter that composition changes stands nowhere, every other keeps its place."""
    if unicodedata.is_normalized("NFC", traced.text):
        return traced
    parts: list[Traced] = []
    start = 0
    for end in range(1, len(traced.text) + 1):
        if end < len(traced.text) and _continues(traced.text[end]):
            continue
        parts.append(_composed(traced[start:end]))
        start = end
    whole = concatenate(parts, "")
    normal = unicodedata.normalize("NFC", traced.text)
    # A script whose letters compose in a way not foreseen here loses its map, never its text.
    return whole if whole.text == normal else Traced(normal, [NOWHERE] * len(normal))


def _continues(character: str) -> bool:
    """Whether a character may compose with the one before: marks, and the later jamo of a Korean syllable."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


def _composed(letter: Traced) -> Traced:
    normal = unicodedata.normalize("NFC", letter.text)
    return letter if normal == letter.text else Traced(normal, [NOWHERE] * len(normal))


def find_runs(traced: Traced) -> tuple[Run, ...]:
    """The longest stretches whose characters stand side by side in the input, in the text's order."""
    runs: list[Run] = []
    start = 0
    origins = traced.origins
    for end in range(1, len(origins) + 1):
        if end < len(origins) and origins[end] == origins[end - 1] + 1 and origins[end - 1] != NOWHERE:
            continue
        if origins[start] != NOWHERE:
            runs.append(Run(start, origins[start], end - start))
        start = end
    return tuple(runs)
