"""What other corpora call the parts of an attribution. Imports nothing of the project."""

import re

# A name is cut into its words; the last one listed here decides: "QuoteCue" is a cue, "source-span" a source.
_WORDS = {
    "source": "source sources speaker speakers holder author sayer experiencer",
    "cue": "cue cues verb trigger predicate",
    "content": "content contents quote quotes quotation quotations target statement utterance speech proposition",
}
_ROLE_OF = {word: role for role, words in _WORDS.items() for word in words.split()}
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def roles_in(name: str) -> list[str]:
    """The roles that a name speaks of, in its words' order.

    >>> roles_in("speakerOfQuote"), roles_in("Addressee")
    (['source', 'content'], [])
    """
    return [_ROLE_OF[word] for word in map(str.casefold, _WORD.findall(name)) if word in _ROLE_OF]


def role_of(name: str) -> str | None:
    """The role that a type or an argument's name stands for: source, cue or content; None for any other.

    >>> role_of("Content1"), role_of("DIRECT_SPEECH"), role_of("QuoteCue"), role_of("Person")
    ('content', 'content', 'cue', None)
    """
    found = roles_in(name)
    return found[-1] if found else None
