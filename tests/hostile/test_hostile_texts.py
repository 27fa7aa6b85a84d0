"""Texts made to stop a reader: every one ends soon, in an article or a reason, and nothing odd is left in the text."""

import time

import pytest

from builder.extract.direct_quotes import find_direct_quotes
from builder.extract.quotations import find_quotations
from builder.normalize.article import Article
from builder.normalize.stage import normalize
from builder.tally import Dropped
from tests.normalize.articles import BODY, collection, record

SECONDS = 20
N = 100_000
NESTED = "<div>" * 20_000
HOSTILE = {
    "very many lines": ("text/plain", "a.\n" * N),
    "very many blank lines": ("text/plain", f"{BODY}{chr(10) * 200_000}{BODY}"),
    "one line": ("text/plain", "word " * 190_000),
    "one word": ("text/plain", "x" * 900_000),
    "capitals": ("text/plain", "A " * 200_000),
    "a byline without end": ("text/plain", "By " + "Ann Orm and " * N),
    "a date without end": ("text/plain", f"Published {'1 ' * N}\n\n{BODY}"),
    "opening marks": ("text/plain", "“" * N + BODY),
    "every mark": ("text/plain", "„“”«»‘’\"'‹›" * 10_000 + BODY),
    "apostrophes": ("text/plain", "'a " * N),
    "straight marks": ("text/plain", '"a ' * N),
    "dashes": ("text/plain", "— " * N + BODY),
    "hyphens": ("text/plain", "a- b " * 30_000),
    "entities": ("text/plain", "&amp;" * N + BODY),
    "mojibake": ("text/plain", "â€œÃ©" * 20_000 + BODY),
    "combining marks": ("text/plain", "e" + "\u0301" * N + BODY),
    "marks of direction": ("text/plain", ("\u202e\u2066\u200f" * 1000) + BODY),
    "control characters": ("text/plain", "\x00\x01\x1b[2J" * 1000 + BODY),
    "front matter that never ends": ("text/markdown", "---\n" + "- :x\n" * 20_000),
    "lists in lists": ("text/markdown", "- " * 2000 + BODY),
    "quotations in quotations": ("text/markdown", "> " * 2000 + BODY),
    "brackets": ("text/markdown", "[" * 20_000 + BODY),
    "links": ("text/markdown", "[a](" * 5_000 + BODY),
    "stars": ("text/markdown", "*_" * 20_000 + BODY),
    "ticks": ("text/markdown", "`" * 20_000 + BODY),
    "a table": ("text/markdown", "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + BODY),
    "depth": ("text/html", f"<html><body>{NESTED}<p>{BODY}</p></body></html>"),
    "depth inside": ("text/html", f"<html><body><article>{'<b><i>' * 5_000}{BODY}</article></body></html>"),
    "scripts that never close": ("text/html", "<html>" + '<script type="ld+json">' * 20_000 + BODY),
    "tags that never close": ("text/html", "<html><body>" + "<p class=" * 50_000 + BODY),
    "line breaks": ("text/html", f"<html><body><p>{'<br>' * N}{BODY}</p></body></html>"),
    "comments": ("text/html", f"<html><body>{'<!--' * N}<p>{BODY}</p></body></html>"),
    "metadata in metadata": (
        "text/html",
        f'<html><script type="application/ld+json">{"[" * N}</script><body><p>{BODY}</p></body></html>',
    ),
    "an entity that unfolds": (
        "text/html",
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><html><body><p>&b;</p></body></html>',
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_ends_in_an_article_or_a_reason(name: str) -> None:
    media_type, body = HOSTILE[name]
    began = time.process_time()
    found = normalize(record(body, media_type), collection())
    assert time.process_time() - began < SECONDS
    assert isinstance(found, (Article, Dropped))
    if isinstance(found, Article):
        found.text.encode("utf-8")
        assert not {c for c in found.text if c != "\n" and (c < " " or c in "\u202e\u2066\u200f")}


@pytest.mark.parametrize("name", [name for name in HOSTILE if HOSTILE[name][0] == "text/plain"])
def test_its_marks_are_read_in_time(name: str) -> None:
    body = HOSTILE[name][1][:100_000]
    began = time.process_time()
    find_quotations(body)
    for code in ("de", "fr", "nl"):
        find_direct_quotes(body, code)
    assert time.process_time() - began < SECONDS
