"""The parts of pages that come a million times: pieces of text, rows of quotes and claims. Imports leaves of report.

Templates would take three times as long for them; every value goes through `escape` here as it does there. All pages
with such parts lie one folder deep.
"""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from markupsafe import Markup

from builder.report.entries import Entry
from builder.report.marked import Piece
from builder.report.site import Site, article_page, file_name
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


def draw_said(entries: Iterable[Entry], title: str, site: Site) -> Markup:
    """An actor's table of claims: when, who, what, kind, of whom, where; `title` is its label, and its CSV file's."""
    label, rows = escape(title), "\n".join(_said(entry, site) for entry in entries)
    return Markup(  # noqa: S704, escaped here and in _said
        f'<div class="scroll" role="region" aria-label="{label}" tabindex="0">\n'
        f'<table class="cards said" data-csv="{label}">\n'
        f"{_SAID_HEAD}\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


_SAID_HEAD = (
    '<thead><tr><th scope="col">Date</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Kind</th>'
    '<th scope="col">Of whom</th><th scope="col">Article</th></tr></thead>'
)


def _said(entry: Entry, site: Site) -> str:
    place = f"../{article_page(entry.article_id)}#q{entry.number}"
    return (
        f'<tr><td class="date">{site.day(entry.article_id)}</td><td>{_people(entry.speakers, site)}</td>'
        f'<td dir="auto">{_words(entry.text)}</td><td>{", ".join(entry.kinds)}</td>'
        f"<td>{_people(entry.targets, site)}</td>"
        f'<td><a href="{place}">{site.headlines[entry.article_id]}</a></td></tr>'
    )


def draw_facts(actor: Mapping[str, Any]) -> Markup:
    """Who an actor is: a list of what its row of `actors` says."""
    first, last = actor["first_date"], actor["last_date"]
    facts = (
        ("Kind", actor["actor_kind"]),
        ("Also called", "; ".join(actor["aliases"])),
        ("Roles", "; ".join(actor["roles"])),
        ("Country", actor["country_code"]),
        ("Authority files", "; ".join(actor["authority_ids"])),
        ("Articles", f"{actor['n_articles']:,}"),
        ("Quotes", f"{actor['n_quotes']:,}"),
        ("Claims", f"{actor['n_claims']:,}"),
        ("Seen", first and (f"{first}" if first == last else f"{first} to {last}")),
    )
    shown = "\n".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value)
    identity = f"<div><dt>Id</dt><dd><code>{escape(actor['actor_id'])}</code></dd></div>"
    return Markup(f'<dl class="facts">\n{shown}\n{identity}\n</dl>')  # noqa: S704, escaped above


def draw_actor(
    number: int, actor: Mapping[str, Any], said: Sequence[Entry], about: Sequence[Entry], site: Site
) -> Markup:
    """One of the actors who share a page; `number` tells apart those of one name."""
    name, label = escape(actor["name"]), f"{actor['name']} ({number})"
    parts = [
        f'<section id="{file_name(actor["actor_id"])}" tabindex="-1" class="actor">',
        f'<h2 dir="auto">{name}</h2>',
        draw_facts(actor),
    ]
    for title, entries in (("What they claimed", said), ("What was claimed of them", about)):
        if entries:
            parts += [f"<h3>{title}</h3>", draw_said(entries, f"{title}: {label}", site)]
    return Markup("\n".join([*parts, "</section>"]))  # noqa: S704, escaped above


def _people(actors: Iterable[str], site: Site) -> str:
    return ", ".join([site.anchors[actor] for actor in actors])


def _words(text: str | None) -> str:
    return WITHHELD if text is None else escape(text)
