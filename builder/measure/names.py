"""When two canonical names are one actor's. Imports the lists of words of `builder.resolve.lexicon`.

Titles, articles and case do not count; a name is another's shorter form where its words are among the other's and both
end in the same word ("Holt" and "Ann Holt"; not "Ann" and "Ann Holt").
"""

import re
from collections.abc import Sequence

from builder.resolve.lexicon import word_set

# The scorer beside the labelled articles leaves these out, and no others.
_TITLES = word_set("the a an mr mrs ms dr president senator sen rep gov governor sir s")
_WORD = re.compile(r"\w+")


def name_words(name: str) -> tuple[str, ...]:
    """The words by which names are compared; a name of titles alone keeps them.

    >>> name_words("Sen. Ann Holt"), name_words("The President")
    (('ann', 'holt'), ('the', 'president'))
    """
    every = tuple(match[0].casefold() for match in _WORD.finditer(name))
    return tuple(word for word in every if word not in _TITLES) or every


def same_name(a: str, b: str) -> bool:
    """Whether two names are equal or one is a shorter form of the other; no name is the same as none.

    >>> same_name("Mr Holt", "Ann Holt"), same_name("Ann", "Ann Holt"), same_name("", "")
    (True, False, True)
    """
    short, long = sorted((name_words(a), name_words(b)), key=len)
    if not short:
        return not long
    return short == long or (short[-1] == long[-1] and set(short) <= set(long))


def count_same(names: Sequence[str], others: Sequence[str]) -> int:
    """How many names have one of their own among the others, each other used once, the first that fits."""
    left = list(others)
    for name in names:
        met = next((other for other in left if same_name(name, other)), None)
        if met is not None:
            left.remove(met)
    return len(others) - len(left)


def same_names(names: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the two are the same actors, in whatever order."""
    return len(names) == len(others) == count_same(names, others)
