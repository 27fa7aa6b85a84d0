"""Names, words and numbers that nobody bears, as many as an archive needs. Imports nothing of the project.

A rank is drawn from a Lomax law, the continuous kin of Zipf's with a flattened head (Mandelbrot): few names are in the
news every day, most once, and the number of different ones goes on growing with that of draws (about n ** 0.7; Heaps).
The name of a rank is a hash of it, so two ranks may bear one name, as people do.
"""

import random
from hashlib import blake2b

# Exponent of the law's tail, and how many names share its flat head.
_TAIL, _HEAD = 0.45, 25
_MOST_DIGITS = 15
_GIVEN, _FAMILY, _BODIES = 900, 60_000, 20_000
_CONSONANTS, _VOWELS, _ENDS = "bdfghjklmnprstvz", "aeiou", "dklmnrst"
_SYLLABLES = [consonant + vowel for consonant in _CONSONANTS for vowel in _VOWELS]


def draw_rank(chance: random.Random) -> int:
    """A rank from 0 on, of few digits."""
    rank = _HEAD * ((1 - chance.random()) ** (-1 / _TAIL) - 1)
    return int(min(rank, 10**_MOST_DIGITS))


def person_of(pool: str, rank: int) -> tuple[str, str]:
    """Given and family name of a rank; two pools have other people of the same names.

    >>> person_of("", 7)
    ('Jihi', 'Kihogid')
    """
    number = _hash(f"person/{pool}/{rank}")
    return _word(number % _GIVEN, 2, ""), _word(number // _GIVEN % _FAMILY, 3, "end")


def body_of(pool: str, rank: int) -> str:
    """The word that tells one organization or place from others of its kind.

    >>> body_of("", 7)
    'Vipik'
    """
    return _word(_hash(f"body/{pool}/{rank}") % _BODIES, 2, "end")


def word_of(rank: int) -> str:
    """A lower-case word that is in no dictionary.

    >>> word_of(7)
    'buburerot'
    """
    return _word(_hash(f"word/{rank}"), 4, "end").lower()


def number_like(number: str, chance: random.Random) -> str:
    """Other digits in the same form; no leading nought where there was none."""
    return "".join(
        str(chance.randint(1 if digit != "0" and place == 0 else 0, 9)) if digit.isdigit() else digit
        for place, digit in enumerate(number)
    )


def _word(number: int, syllables: int, end: str) -> str:
    number = _hash(f"{number}/{syllables}/{end}")
    parts = []
    for _ in range(syllables):
        number, digit = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[digit])
    return ("".join(parts) + (_ENDS[number % len(_ENDS)] if end else "")).capitalize()


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big")
