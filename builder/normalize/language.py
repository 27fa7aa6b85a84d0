"""The language of a text. Imports nothing of the project.

py3langid was chosen because its model lies in the package, needs no network and gives the same answer everywhere.
"""

import re
from functools import cache

import pycountry
from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNKNOWN = "und"

# Read this much of a text, and do not judge one with fewer letters or with a lower probability: of two-word English
# paragraphs it called a third something else, all below 0.5; of whole sentences none, all above 0.8.
_SAMPLE = 2_000
_LEAST_LETTERS = 20
_LEAST_PROBABILITY = 0.7


def detect_language(text: str) -> str:
    """The BCP 47 tag of a text's language, `und` where it is too short or too mixed to tell.

    >>> detect_language("The boats will keep running in April, she said on the quay."), detect_language("No.")
    ('en', 'und')
    """
    sample = text[:_SAMPLE]
    if sum(character.isalpha() for character in sample) < _LEAST_LETTERS:
        return UNKNOWN
    label, probability = _identifier().classify(sample)
    return canonical_language(label) or UNKNOWN if probability >= _LEAST_PROBABILITY else UNKNOWN


def canonical_language(tag: str | None) -> str | None:
    """A language tag, code or English name as BCP 47; None where it is none.

    >>> [canonical_language(tag) for tag in ("EN_us", "eng", "German", "x-default", "")]
    ['en-US', 'en', 'de', None, None]
    """
    parts = re.split(r"[-_]", (tag or "").strip().split(".")[0])
    field = {2: "alpha_2", 3: "alpha_3"}.get(len(parts[0]), "name")
    value = parts[0].title() if field == "name" else parts[0].lower()
    found = pycountry.languages.get(**{field: value}) if value else None
    code = getattr(found, "alpha_2", None) or getattr(found, "alpha_3", None)
    if code is None or code in ("zxx", UNKNOWN):
        return None
    return "-".join([code, *(_subtag(part) for part in parts[1:] if re.fullmatch(r"[A-Za-z0-9]{2,8}", part))])


def primary(tag: str) -> str:
    """The language of a BCP 47 tag without its region and script."""
    return tag.split("-")[0]


def is_english(tag: str) -> bool:
    """Whether a BCP 47 tag is English of any region."""
    return primary(tag) == "en"


def _subtag(part: str) -> str:
    return part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part.lower()


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
