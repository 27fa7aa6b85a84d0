"""What is known of a page: `NAME.json`, `NAME.txt` or `NAME.html` beside the page `NAME.html`. May import normalize's
fragment.

The JSON may say `text` or `html` (the article, whole), `with` and `without` (lists of strings that are in the article
and that are not), `title`, `date` (ISO) and `url` (where the page was). A `.txt` or `.html` is the text alone.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from builder.normalize.fragment import fragment_paragraphs


@dataclass(frozen=True, slots=True)
class Expected:
    """What is known; None or () where nothing is."""

    text: str | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    title: str | None = None
    date: str | None = None
    url: str | None = None


def read_expected(folder: Path | None, name: str) -> Expected:
    """What a folder says of the page of that name."""
    if folder is None:
        return Expected()
    plain, markup, data = (folder / f"{name}{suffix}" for suffix in (".txt", ".html", ".json"))
    if plain.exists():
        return Expected(text=plain.read_text("utf-8"))
    if markup.exists():
        return Expected(text=_text_of(markup.read_text("utf-8")))
    if not data.exists():
        return Expected()
    stated = json.loads(data.read_text("utf-8"))
    return Expected(
        text=_text_of(stated["html"]) if "html" in stated else stated.get("text"),
        present=tuple(stated.get("with", ())),
        absent=tuple(stated.get("without", ())),
        title=stated.get("title"),
        date=stated.get("date"),
        url=stated.get("url"),
    )


def _text_of(markup: str) -> str:
    return "\n\n".join(" ".join(lines) for lines in fragment_paragraphs(markup))
