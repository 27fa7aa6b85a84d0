"""The parts of pages that come a million times: pieces of text, rows of quotes and claims. Imports leaves of report.

Templates would take three times as long for them; every value goes through `escape` here as it does there. All pages
with such parts lie one folder deep.
"""

from collections.abc import Iterable, Sequence
from html import escape

from markupsafe import Markup

from builder.report.entries import Entry
from builder.report.marked import Piece
from builder.report.site import Site, article_page
from schemas.vocabulary import SPEAKER_RESOLUTIONS

WITHHELD = '<span class="withheld">not shown</span>'
RESOLUTIONS = SPEAKER_RESOLUTIONS | {"own voice": "the article says it itself"}


def describe_entry(entry: Entry, site: Site) -> str:
    """One line for hover and focus: who, what kind, what type, how confident."""
    who = " and ".join(site.name(actor) for actor in entry.speakers) or entry.resolution
    parts = (who, ", ".join(entry.kinds), entry.quote_type, f"confidence {entry.confidence:.2f}")
    return " · ".join(part for part in parts if part)


def draw_text(paragraphs: Iterable[Sequence[Piece]], entries: Iterable[Entry], site: Site) -> Markup:
    """The article's text: contents and sources linked to who speaks, numbers to the rows below."""
    tips = {entry.number: escape(describe_entry(entry, site)) for entry in entries}
    return Markup("\n").join(
        Markup(f"<p>{''.join(_piece(piece, tips, site) for piece in paragraph)}</p>")  # noqa: S704, escaped in _piece
        for paragraph in paragraphs
    )


def _piece(piece: Piece, tips: dict[int, str], site: Site) -> str:
    text = escape(piece.text)
    entry = piece.entry
    if entry is not None:
        shown = f'class="{piece.part}" data-tip="{tips[entry.number]}"'
        if entry.speakers and piece.part in ("content", "source"):
            text = f'<a {shown} href="../{escape(site.actor_pages[entry.speakers[0]])}">{text}</a>'
        elif piece.part in ("content", "claim"):
            text = f'<a {shown} href="#q{entry.number}">{text}</a>'
        else:
            text = f"<span {shown}>{text}</span>"
    for end in piece.ends:
        label = f"note {end.number}: {tips[end.number]}"
        text += f'<sup><a href="#q{end.number}" aria-label="{label}">{end.number}</a></sup>'
    return text


def draw_notes(entries: Iterable[Entry], site: Site) -> Markup:
    """The rows of an article's table of who said what."""
    return Markup("\n".join(_note(entry, site) for entry in entries))  # noqa: S704, escaped in _note


def _note(entry: Entry, site: Site) -> str:
    resolution = f'<span class="meaning" title="{escape(RESOLUTIONS[entry.resolution])}">{entry.resolution}</span>'
    cells = (
        f"<td>{_people(entry.speakers, site)} {resolution}</td>",
        f'<td dir="auto">{_words(entry.source) if entry.source_spans else ""}</td>',
        f'<td dir="auto">{_words(entry.cue) if entry.cue_spans else ""}</td>',
        f'<td dir="auto">{_words(entry.text)}</td>',
        f"<td>{', '.join(entry.kinds)}</td><td>{entry.quote_type}</td>",
        f'<td>{_people(entry.targets, site)}</td><td class="date">{entry.about}</td>',
        f'<td class="number">{entry.confidence:.2f}</td>',
    )
    number = f'<th scope="row" class="number">{entry.number}</th>'
    return f'<tr id="q{entry.number}" tabindex="-1">{number}{"".join(cells)}</tr>'


def draw_said(entries: Iterable[Entry], site: Site) -> Markup:
    """The rows of an actor's tables: when, who, what, of whom, where."""
    return Markup("\n".join(_said(entry, site) for entry in entries))  # noqa: S704, escaped in _said


def _said(entry: Entry, site: Site) -> str:
    place = f"../{article_page(entry.article_id)}#q{entry.number}"
    return (
        f'<tr><td class="date">{site.day(entry.article_id)}</td><td>{_people(entry.speakers, site)}</td>'
        f'<td dir="auto">{_words(entry.text)}</td><td>{", ".join(entry.kinds)}</td>'
        f"<td>{_people(entry.targets, site)}</td>"
        f'<td><a href="{place}">{escape(site.headline(entry.article_id))}</a></td></tr>'
    )


def _people(actors: Iterable[str], site: Site) -> str:
    return ", ".join([site.anchors[actor] for actor in actors])


def _words(text: str | None) -> str:
    return WITHHELD if text is None else escape(text)
