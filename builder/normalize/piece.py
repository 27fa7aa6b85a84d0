"""A piece of HTML of which everything is text, such as a feed's item. May import `builder.normalize.traced`."""

import re
from html.parser import HTMLParser

from builder.normalize.traced import clean_text

Paragraphs = list[list[str]]

_BLOCKS = frozenset(
    {"address", "blockquote", "dd", "div", "dl", "dt", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li"}
    | {"ol", "p", "pre", "section", "td", "th", "tr", "ul"}
)
_HIDDEN = frozenset({"script", "style", "template", "noscript", "figcaption", "iframe", "object", "svg"})
_SPACE = re.compile(r"\s+")


def read_piece(source: str) -> Paragraphs:
    """The paragraphs of a piece, as lists of cleaned lines, captions left out.

    >>> read_piece("<p>She <b>left</b>.<br>He stayed.</p>Nobody knew.<figcaption>The pier</figcaption>")
    [['She left.', 'He stayed.'], ['Nobody knew.']]
    """
    parser = _Piece()
    parser.feed(source)
    parser.close()
    blocks = [[line for raw in block if (line := clean_text(raw))] for block in parser.blocks]
    return [lines for lines in blocks if lines]


class _Piece(HTMLParser):
    """Collects blocks of lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[str]] = [[""]]
        self._hidden: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Open a block, a line, or what is not shown."""
        if self._hidden is None and tag in _HIDDEN:
            self._hidden = tag
        elif tag in _BLOCKS:
            self.blocks.append([""])
        elif tag == "br":
            self.blocks[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        """Close it."""
        if tag == self._hidden:
            self._hidden = None
        elif tag in _BLOCKS:
            self.blocks.append([""])

    def handle_data(self, data: str) -> None:
        """Add to the open line."""
        if self._hidden is None:
            self.blocks[-1][-1] += _SPACE.sub(" ", data)
