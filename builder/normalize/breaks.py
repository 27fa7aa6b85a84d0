"""Two line breaks in a row, which end a paragraph on pages without paragraph tags. Imports nothing of the project.

trafilatura makes one break of them. Tags of a paragraph in their place are kept; but where they stand within other tags
(a post, an advertisement, bold print), text before or after is left outside of every paragraph, and trafilatura loses
it. A mark in the text does no such harm.
"""

import re

# A character for private use that no font is known to use, so that no page holds it.
MARK = "\U000f5b1d"
_DOUBLE_BREAK = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)


def end_paragraphs(source: str) -> str:
    """The page with tags that end a paragraph and begin another.

    >>> end_paragraphs("<p>One<br><br>Two</p>")
    '<p>One</p><p>Two</p>'
    """
    return _DOUBLE_BREAK.sub("</p><p>", source)


def mark_paragraphs(source: str) -> str:
    """The page with a break and a mark instead."""
    return _DOUBLE_BREAK.sub(f"<br>{MARK}", source)
