"""Articles read in another form than they were written in, so that the encoder does not depend on one form alone.

Pieces may be hidden, as in the pretraining (Devlin et al. 2019): without, the encoder learns its 800 articles by heart.
Quotation marks: British, straight and angled ones are rare in the gold. Transcripts: the gold has none that is
annotated turn by turn, and a model that has never seen one finds attributions inside the turns instead.

Imports `examples`.
"""

import random
import re
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from builder.extract.attribution import Span
from builder.training.examples import Attributed, Example

# Of every epoch, these shares of the articles are read with their marks changed, one character for one, so that every
# offset stays.
MARKS = ((0.06, "“”", "‘’"), (0.08, "“”", '""'), (0.03, "“”", "«»"))
MASK = 103  # the piece [MASK] of BERT's vocabularies
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{20,})[”\"]")
_NAME = re.compile(r"[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){0,2}")
# A shorter series of turns is no transcript.
_TURNS = (3, 14)


def change_marks(text: str, draw: float) -> str:
    """`text` with other quotation marks where `draw`, in [0, 1), falls into one of the shares of MARKS."""
    for share, old, new in MARKS:
        if draw < share:
            return text.translate(str.maketrans(old, new))
        draw -= share
    return text


def hide_pieces(ids: NDArray[np.int32], share: float, draw: random.Random) -> NDArray[np.int32]:
    """`ids` with that share of the pieces between the first and the last replaced by [MASK]."""
    hidden = [0 < at < len(ids) - 1 and draw.random() < share for at in range(len(ids))]
    return np.where(hidden, np.int32(MASK), ids).astype(np.int32)


def as_transcript(example: Example, draw: random.Random) -> Example | None:
    """The direct quotations of an article as the turns of a transcript ("NAME: …"); None where it has too few.

    The name is the turn's source, the colon its cue, all that is said its content.
    """
    turns = _turns(example)
    if len(turns) < _TURNS[0]:
        return None
    first = draw.randrange(max(1, len(turns) - _TURNS[0]))
    chosen = turns[first : first + _TURNS[1]]
    style = draw.choice(("upper", "surname", "full", "letters"))
    text, attributions = "", []
    separator = draw.choice(("\n\n", "\n"))
    for number, (name, said) in enumerate(chosen):
        speaker = _speaker(name, style, number)
        source = (len(text), len(text) + len(speaker))
        cue = (source[1], source[1] + 1)
        text += f"{speaker}: "
        content = (len(text), len(text) + len(said.rstrip(",.")))
        text += said.rstrip(",") + separator
        attributions.append(Attributed((source,), (cue,), (content,)))
    return Example(f"{example.doc} as a transcript", text, tuple(attributions))


def _turns(example: Example) -> list[tuple[str, str]]:
    """Names and what is said between marks, in the text's order; a question's asker has none but a letter."""
    turns = []
    for attribution in example.attributions or ():
        source = _words_of(example.text, attribution.source)
        name = _NAME.search(source)
        quotations = [_QUOTED.fullmatch(example.text[start:end]) for start, end in attribution.content]
        if name and quotations and all(quotations):
            turns.append((name[0], " ".join(match[1].strip() for match in quotations if match)))
    return [turn for turn, following in pairwise([*turns, ("", "")]) if turn != following]


def _words_of(text: str, spans: tuple[Span, ...]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def _speaker(name: str, style: str, number: int) -> str:
    if style == "letters":
        return "QA"[number % 2]
    if style == "full":
        return name
    surname = name.split()[-1]
    return surname.upper() if style == "upper" else surname
