"""What was meant by a name that is not known: the known ones written most alike. Imports nothing of the project."""

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def near(wanted: str, known: Sequence[str]) -> list[str]:
    """Up to three that are alike, else the first three, so that somebody sees what such names look like.

    >>> near("pier-closd", ["ferry", "pier-closed", "weather"]), near("xyz", ["ferry", "weather"])
    (['pier-closed'], ['ferry', 'weather'])
    """
    return get_close_matches(wanted, known, n=3, cutoff=0.4) or list(known[:3])


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A question to be put behind a sentence, with a space before it; empty where nothing is alike.

    >>> did_you_mean("denail", ["denial", "demand"]), did_you_mean("xyz", ["denial"])
    (' Did you mean denial?', '')
    """
    nearest = get_close_matches(wanted, list(known), n=1)
    return f" Did you mean {nearest[0]}?" if nearest else ""
