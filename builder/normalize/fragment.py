"""Markup that is all text of an article (a feed's content, a news message, a mail) to paragraphs.

May import `builder.normalize`'s leaves. Nothing is looked for in it, as in a page: every block is a paragraph.
"""

from collections.abc import Sequence

from lxml import etree, html

from builder.normalize.align import align, keep_true, visible_html
from builder.normalize.draft import Draft
from builder.normalize.head import read_head
from builder.normalize.plain import head_dates
from builder.normalize.traced import clean_text

_BLOCKS = frozenset(
    [
        *("p", "div", "section", "article", "header", "footer", "aside", "main", "blockquote", "address", "body", "hr"),
        *(
            "ul",
            "ol",
            "dl",
            "li",
            "dt",
            "dd",
            "table",
            "tbody",
            "tr",
            "td",
            "th",
            "pre",
            *(f"h{n}" for n in range(1, 7)),
        ),
    ]
)
_NO_TEXT = frozenset({"script", "style", "template", "noscript", "figure", "head", "title", "svg", "iframe", "form"})


def read_fragment(body: str, titles: Sequence[str] = ()) -> Draft:
    """The text of a fragment, without its title, byline and date line."""
    paragraphs = fragment_paragraphs(body)
    head = read_head(paragraphs, titles)
    kept = [
        " ".join(line for n, line in enumerate(lines) if (number, n) not in head.removed)
        for number, lines in enumerate(paragraphs)
    ]
    text = align([paragraph for paragraph in kept if paragraph], visible_html(body))
    return Draft(text=keep_true(text, body), title=head.title, authors=head.authors, dates=head_dates(head))


def fragment_paragraphs(body: str) -> list[list[str]]:
    """Paragraphs as lists of cleaned lines. Two line breaks in a row end a paragraph, and so do blank lines of text
    that has no tags at all.

    >>> fragment_paragraphs("<p>One<br>two</p>three<br><br>four")
    [['One', 'two'], ['three'], ['four']]
    """
    if "<" not in body:
        body = "".join(f"<p>{part}</p>" for part in body.split("\n\n"))
    try:
        tree = html.document_fromstring(f"<div>{body}</div>")
    except (etree.ParserError, ValueError):
        return []
    blocks: list[list[str]] = [[""]]
    skipped = None
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start" and skipped is None:
            skipped = element if name in _NO_TEXT else None
            _open(blocks, name)
            _write(blocks, element.text if skipped is None else None)
        elif event != "start":
            skipped = None if skipped is element else skipped
            _open(blocks, name if event == "end" and name != "br" else "")
            _write(blocks, element.tail if skipped is None else None)
    cleaned = [_lines(block) for block in blocks]
    return [lines for lines in cleaned if lines]


def _open(blocks: list[list[str]], name: str) -> None:
    """A block begins or ends a paragraph; a break begins a line, a second one on end a paragraph."""
    if name in _BLOCKS:
        blocks.append([""])
    elif name == "br" and blocks[-1][-1].strip():
        blocks[-1].append("")
    elif name == "br" and len(blocks[-1]) > 1:
        blocks.append([""])


def _write(blocks: list[list[str]], text: str | None) -> None:
    if text:
        blocks[-1][-1] += text


def _lines(block: list[str]) -> list[str]:
    return [line for raw in block if (line := clean_text(raw))]
