"""Paragraphs that belong to the page and not to the article: pointers, requests to the reader, credits, notices.

Imports `builder.normalize.traced`; the phrases are data (`lexicon/boilerplate.toml`). Only whole paragraphs go, only
short ones, and none that holds a quotation mark.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

from builder.normalize.traced import Traced, concatenate

_LONGEST = 220
_CAPTION = 320
_QUOTATION = re.compile("[\"“”„«»‟]|(?<!\\w)[‘'‚]|[’'](?!\\w)")
_NAMES = r"[^!?;]{3,150}?"
_CAPITALIZED = r"(?-i:[A-Z][\w.'’-]*(?:[ /,]+(?:[A-Z][\w.'’-]*|and|of|for|the|via))*)"
_BETWEEN = "\n\n"


def without_boilerplate(traced: Traced) -> Traced:
    r"""A text of paragraphs without those that are none of its own; the text as it is where nothing would be left.

    >>> from builder.normalize.traced import trace
    >>> without_boilerplate(trace("She left.\n\nRead more: Pier to cost more\n\nPhoto: C. Hale\n\nHe stayed.")).text
    'She left.\n\nHe stayed.'
    """
    kept: list[Traced] = []
    start = 0
    for paragraph in traced.text.split(_BETWEEN):
        end = start + len(paragraph)
        if not is_boilerplate(paragraph):
            kept.append(traced[start:end])
        start = end + len(_BETWEEN)
    return concatenate(kept, _BETWEEN) if kept else traced


def is_boilerplate(paragraph: str) -> bool:
    """Whether a paragraph is one of those.

    >>> is_boilerplate("Sign up for our newsletter."), is_boilerplate("Sign up for the navy, she told them.")
    (True, False)
    """
    if len(paragraph) > _CAPTION or _QUOTATION.search(paragraph):
        return False
    if _patterns()["caption"].search(paragraph):
        return True
    if len(paragraph) > _LONGEST:
        return False
    return any(_patterns()[kind].fullmatch(paragraph) for kind in ("alone", "pointers", "requests", "rights", "desk"))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    text = (files("builder.normalize") / "lexicon" / "boilerplate.toml").read_text("utf-8")
    phrases = {kind: _any_of(entries) for kind, entries in tomllib.loads(text).items()}
    credit = rf"{phrases['credits']}\.?(?:\s?[:©]\s?(?:[^.!?:]|(?<=\b\w)\.){{2,80}}|\sby\s{_CAPITALIZED})[.)]?$"
    sources = {
        "alone": rf"[\s\W]*{phrases['alone']}[\s\W]*",
        "pointers": rf"\W*{phrases['pointers']}\s?(?:[:|»>→▶]|\s[–—-]\s).{{3,}}",
        # A request has no speaker: what somebody is told to do is followed by a comma and who says so.
        "requests": rf"\W*{phrases['requests']}\b[^,]*",
        # A credit stands alone, or closes a caption.
        "caption": rf"(?:^|[.!?…)]\s|\s[|/]\s)\W?{credit}",
        "rights": r"(?:©|\(c\)|copyright\b).{1,200}",
        "desk": rf"\(?(?:additional )?reporting by\b{_NAMES}[;.]\s*(?:\w+ ){{0,2}}editing by\b{_NAMES}\)?\W?",
    }
    return {kind: re.compile(source, re.IGNORECASE) for kind, source in sources.items()}


def _any_of(phrases: list[str]) -> str:
    return "(?:" + "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True)) + ")"
