"""The words of an attribution, or of a sentence in the article's own voice, read once for all that is told from them.

Imports `clauses`, `cues`, `phrases`; the lists of words that show a kind are data (`lexicon/content.toml`).
"""

from dataclasses import dataclass

from builder.extract.clauses import Clause, first_clause
from builder.extract.cues import Cue, read_cue
from builder.extract.phrases import Hit, PhraseTable, Token, read_lexicon, words_of

_TABLE = PhraseTable(read_lexicon("content"))


@dataclass(frozen=True, slots=True)
class Wording:
    """Cue, content and source as text; the words of the first two; the content's first main clause; what the cue says.

    `hits` are what the lists of `lexicon/content.toml` find among the clause's words.
    """

    cue: str
    content: str
    source: str
    cue_words: tuple[Token, ...]
    words: tuple[Token, ...]
    clause: Clause
    hits: tuple[Hit, ...]
    reading: Cue


def read_wording(cue: str, content: str, source: str = "") -> Wording:
    """Read the parts of an attribution; a sentence in the article's own voice is a content without cue and source.

    >>> wording = read_wording("denied", "that he had met her")
    >>> wording.reading.kind, wording.clause.text
    ('denial', 'he had met her')
    """
    clause = first_clause(content)
    return Wording(
        cue,
        content,
        source,
        tuple(words_of(cue)),
        tuple(words_of(content)),
        clause,
        tuple(_TABLE.find(clause.tokens)),
        read_cue(cue, content),
    )
