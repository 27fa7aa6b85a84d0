"""Markdown to paragraphs. May import `builder.normalize`'s align, draft, head, plain and traced.

The front matter is read as lines of `key: value`, not as YAML: a colon in a title is no mistake there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token

from builder.normalize.align import align, keep_true, visible_html, visible_markdown
from builder.normalize.draft import Draft
from builder.normalize.head import read_head, split_names
from builder.normalize.plain import head_dates
from builder.normalize.traced import clean_text

# A line that could be read in two ways is read in one: trying both doubled the time with each such line.
_FRONT = re.compile(
    r"\A(?:---)[ \t]*\r?\n(?P<lines>(?>(?:[\w-]+[ \t]*:|[ \t]+|-[ \t]|#).*\r?\n|\r?\n)*?)(?:---|\.\.\.)[ \t]*"
    r"(?:\r?\n|\Z)"
)
_PAIR = re.compile(r"(?P<key>[\w-]+)[ \t]*:[ \t]*(?P<value>.*)")
_TITLE_KEYS = ("title", "headline")
_AUTHOR_KEYS = ("author", "authors", "byline", "by")
_DATE_KEYS = ("date", "published", "published_at", "publisheddate", "pubdate")
_PARSER = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class _Block:
    """One paragraph's lines; `level` is a heading's, 0 for any other."""

    lines: list[str]
    level: int


def read_markdown(body: str, titles: Sequence[str] = ()) -> Draft:
    """The text of a Markdown body: marks removed, headings and list items as paragraphs, images and HTML tags gone."""
    front, start = read_front_matter(body)
    blocks = _blocks(_PARSER.parse(body[start:]))
    known = [*titles, *_first(front, _TITLE_KEYS)]
    if not known and blocks and blocks[0].level:
        known = [" ".join(blocks[0].lines)]
    head = read_head([block.lines for block in blocks], known)
    kept = [
        " ".join(line for n, line in enumerate(block.lines) if (number, n) not in head.removed)
        for number, block in enumerate(blocks)
    ]
    text = align([paragraph for paragraph in kept if paragraph], visible_markdown(body, start))
    authors = [name for entry in _first(front, _AUTHOR_KEYS) for name in split_names(entry)]
    dates = head_dates(head)
    if stated := _first(front, _DATE_KEYS):
        dates["meta"] = stated[0]
    url = next(iter(_first(front, ("url", "link", "canonical"))), None)
    language = next(iter(_first(front, ("lang", "language"))), None)
    return Draft(
        text=keep_true(text, body),
        title=head.title,
        authors=tuple(authors) or head.authors,
        dates=dates,
        url=url,
        language=language,
    )


def read_front_matter(body: str) -> tuple[dict[str, list[str]], int]:
    r"""{key: values} of the front matter, and where the text begins; nothing and 0 where there is none.

    >>> read_front_matter("---\ntitle: Gate: shut\nauthors: [Edda Quill, Noa Fenn]\n---\nText")
    ({'title': ['Gate: shut'], 'authors': ['Edda Quill', 'Noa Fenn']}, 58)
    """
    match = _FRONT.match(body)
    if not match:
        return {}, 0
    front: dict[str, list[str]] = {}
    values: list[str] = []
    for line in match["lines"].splitlines():
        if pair := _PAIR.fullmatch(line.rstrip()):
            values = front.setdefault(pair["key"].lower(), [])
            values.extend(_values(pair["value"]))
        elif item := re.fullmatch(r"\s*-\s+(.*)", line):
            values.extend(_values(item[1]))
    return front, match.end()


def _values(text: str) -> list[str]:
    """One value, or those of a bracketed list, without quotation marks."""
    listed = re.fullmatch(r"\[(.*)\]", text.strip())
    parts = listed[1].split(",") if listed else [text]
    values = [re.sub(r"""^(["'])(.*)\1$""", r"\2", part.strip()) for part in parts]
    return [clean_text(value) for value in values if value]


def _first(front: dict[str, list[str]], keys: Sequence[str]) -> list[str]:
    return next((front[key] for key in keys if front.get(key)), [])


def _blocks(tokens: Sequence[Token]) -> list[_Block]:
    """The leaves of the document that hold text, in its order."""
    blocks: list[_Block] = []
    level = 0
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline":
            blocks.append(_Block(_lines(_inline_text(token.children or [])), level))
        elif token.type in ("code_block", "fence"):
            blocks.append(_Block(_lines(token.content), 0))
        elif token.type == "html_block":
            blocks.append(_Block(_lines(visible_html(token.content).text), 0))
    return [block for block in blocks if block.lines]


def _inline_text(children: Sequence[Token]) -> str:
    texts = {"text": None, "code_inline": None, "text_special": None, "softbreak": "\n", "hardbreak": "\n"}
    return "".join(texts[child.type] or child.content for child in children if child.type in texts)


def _lines(text: str) -> list[str]:
    return [line for part in text.split("\n") if (line := clean_text(part))]
