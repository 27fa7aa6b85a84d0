"""The forms of a page's title, and the heading that shows it. May import `builder.normalize`'s head and traced."""

import re
from collections.abc import Sequence
from typing import Any

from builder.normalize.head import is_same_title
from builder.normalize.traced import clean_text

_BAR = re.compile(r"\s+[|–—»·-]\s+")
# A heading of fewer words than these, at the beginning of a title, is no part of it that tells anything.
_FEWEST = 3


def page_titles(
    tree: Any, stated: Sequence[str | None], publisher: str | None, headings: Sequence[Any]
) -> tuple[str, ...]:
    """Every form of the title, the most trusted first: what the metadata state, the only h1, the title tag.

    A form with the site's name, or with anything else beside what a heading says, follows the one without it. A page
    with several h1 uses them for something else: the one that repeats the title is it, or none.
    """
    shown = [clean_text(heading.text_content()) for heading in headings]
    alone = [text for heading, text in zip(headings, shown, strict=True) if heading.tag == "h1"]
    element = tree.find(".//head/title")
    tag = clean_text(element.text_content()) if element is not None else ""
    forms = [
        form for title in (*stated, *(alone if len(alone) == 1 else ())) for form in _forms(title, publisher, shown)
    ]
    of_tag = _forms(tag, publisher, shown)
    is_section = len(alone) == 1 and alone[0] not in tag and not any(stated)
    if is_section and any(is_same_title(of_tag[0], text) for text in shown[1:] if of_tag):
        forms = [*of_tag, *forms]
    return tuple(dict.fromkeys([*forms, *of_tag[:1]]))


def headline_of(headings: Sequence[Any], titles: Sequence[str]) -> Any:
    """The heading that shows the title, with a word more or less; else the only h1; None where there is none."""
    for heading in headings:
        text = clean_text(heading.text_content())
        if any(_is_part(text, title) or _is_part(title, text) for title in titles):
            return heading
    alone = [heading for heading in headings if heading.tag == "h1"]
    return alone[0] if len(alone) == 1 else None


def _is_part(one: str, other: str) -> bool:
    """Whether one title begins the other, or is it."""
    found, whole = (re.findall(r"\w+", text.casefold()) for text in (one, other))
    return is_same_title(one, other) or (len(found) >= _FEWEST and whole[: len(found)] == found)


def _forms(title: str | None, publisher: str | None, shown: Sequence[str]) -> list[str]:
    """A title without what stands beside it behind a bar or dash, where that is known, then as it is."""
    if not title:
        return []
    parts = _BAR.split(title)
    if len(parts) < 2:
        return [title]
    heading = next((part for part in parts if len(part.split()) >= _FEWEST and _is_any(part, shown)), None)
    if heading:
        return [heading, title]
    if publisher is None or is_same_title(parts[-1], publisher):
        return [title[: title.rindex(parts[-1])].rstrip(" |–—»·-"), title]
    if is_same_title(parts[0], publisher):
        return [title[len(parts[0]) :].lstrip(" |–—»·-"), title]
    return [title]


def _is_any(text: str, others: Sequence[str]) -> bool:
    return any(is_same_title(text, other) for other in others)
