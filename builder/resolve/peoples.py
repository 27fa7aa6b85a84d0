"""Names of groups of people: Norrlanders, Democrats, Muslims. Imports `lexicon`."""

import re

from builder.resolve.lexicon import word_set

# Plurals that a tagger calls "other" and that are no people.
_NO_PEOPLE = word_set("""
    americas games olympics paralympics awards oscars emmys grammys times news politics studies series finals primaries
    states nations works arts sciences games islands netherlands philippines wars rights papers files days
    """)
_PARTIES = word_set("democrats republicans conservatives liberals socialists communists libertarians greens tories")
_PLURAL = re.compile(r"[^\W\d_][\w’'-]{2,}[^s’'\W\d_]s")


def is_people(form: str, kind: str) -> bool:
    """Whether a name that a tagger called `kind` is that of people by what they share.

    >>> [is_people(form, "other") for form in ("Ukrainians", "Ukrainian", "Olympics")]
    [True, False, False]
    """
    last = form.split()[-1]
    if not form[:1].isupper() or last.casefold() in _NO_PEOPLE or not _PLURAL.fullmatch(last):
        return False
    return kind == "other" or (last.casefold() in _PARTIES and len(form.split()) == 1)
