"""One article, many shapes: from a page, a text file, Markdown and a feed's item comes the same text."""

import html
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.normalize.article import Article
from builder.normalize.boilerplate import is_boilerplate
from builder.normalize.restore import restore
from builder.normalize.stage import normalize
from tests.normalize.articles import article, collection, record

TITLE = "Board of Port Elm loses its chair"
CLEAN = [
    "Edda Quill left the harbour board on Monday – three days before it was to vote on the pier’s fish café.",
    "“I was shown one map,” she said in a letter to the mayor, “and I am asked to sign another. I will not do so.”",
    "The mayor, Noa Fenn, told reporters that the maps differed in one line, and that the line was a mistake.",
    "Officials of the harbour said that nobody had asked them. They plan to block the quay on Thursday morning.",
]
NOISE = [
    "Advertisement",
    "Read more: Pier to cost more than thought",
    "Sign up for our newsletter to get the harbour's news every morning.",
    "The pier in March. Photo: C. Hale / Tarn Pictures",
]


def spoil(text: str) -> str:
    """The same text with what happens to texts on their way: mojibake, a ligature, soft hyphens, odd spaces."""
    wrong = text.replace("café", "cafÃ©").replace("pier’s", "pierâ€™s").replace("–", "â€“")
    return (
        wrong.replace("Officials", "O\ufb03cials").replace("harbour", "har\u00adbour").replace(" said ", "\u00a0said  ")
    )


def noisy() -> list[str]:
    return [paragraph for pair in zip(map(spoil, CLEAN), NOISE, strict=True) for paragraph in pair]


def wrap(text: str) -> str:
    """Lines of some forty characters."""
    words, lines = text.split(" "), [""]
    for word in words:
        if len(lines[-1]) > 40:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip(" ")
    return "\n".join(lines)


PAGE = f"""<html><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1><p>By Mira Fenn</p>
{"".join(f"<p>{html.escape(text)}</p>" for text in noisy())}</article>
<footer>© 2026 The Tarn Post</footer></body></html>"""
SHAPES = {
    "a page": (PAGE, "text/html"),
    "a text file": ("\n\n".join([TITLE, "By Mira Fenn", *map(wrap, noisy())]), "text/plain"),
    "a text file, a line a paragraph": ("\n".join([TITLE, "By Mira Fenn", *noisy()]), "text/plain"),
    "a text column with entities": ("\n\n".join(html.escape(text) for text in noisy()), "text/plain"),
    "Markdown": ("\n\n".join([f"# {TITLE}", "*By Mira Fenn*", *map(wrap, noisy())]), "text/markdown"),
    "a feed's item": ("".join(f"<p>{html.escape(text)}</p>" for text in noisy()), "text/html"),
    "a feed's item with line breaks": ("<br/><br/>".join(html.escape(text) for text in noisy()), "text/html"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_of_an_article_gives_the_same_text(shape: str) -> None:
    body, media_type = SHAPES[shape]
    found = article(body, media_type)
    assert found.text.split("\n\n") == CLEAN
    for run in found.runs:
        assert found.text[run.start : run.start + run.length] == body[run.origin : run.origin + run.length]
    covered = {n for run in found.runs for n in range(run.start, run.start + run.length)}
    lost = {found.text[n] for n in range(len(found.text)) if n not in covered and not found.text[n].isspace()}
    assert lost <= set("–’é“”ffi'")  # what was restored stands nowhere in the input


# Mojibake, entities, soft hyphens


@pytest.mark.parametrize(
    ("damaged", "whole"),
    [
        ("â€œNo,â€\x9d she said.", "“No,” she said."),
        ("â€œNo,â€ she said. â€œNever.â€", "“No,” she said. “Never.”"),
        ("Ann didnâ€™t go to the cafÃ© in MÃ¼nchen.", "Ann didn’t go to the café in München."),
        ("“No,” she said in MÃ¼nchen.", "“No,” she said in München."),
        ("Ãƒâ€°tienne left.", "Étienne left."),
        ("Rock &amp; Roll&#8217;s day", "Rock & Roll’s day"),
        ("the har\u00ad\nbour", "the harbour"),
    ],
)
def test_what_was_damaged_is_restored(damaged: str, whole: str) -> None:
    assert restore(damaged, is_markup=False).text == whole


@pytest.mark.parametrize(
    "sound",
    [
        "“Nein”, sagte Frau Größ – „das genügt“.",
        "« L’été », a dit M. Noël, c’est l’œuvre d’un naïf.",
        "«Мост закрыт», — сказал мэр. Ёлка и съезд.",
        "«Міст закрито», – сказав мер. Їжак і ґанок.",
        "„Żółć gęślą jaźń”, powiedział.",
        "”été“ ‹à la carte› ¿Qué? ¡Así!",
        "A&B; R&D &unknown; &",
        "ÀÉÎÕÜ ÂÊÎÔÛ Ã",
    ],
)
def test_what_is_sound_stays(sound: str) -> None:
    assert restore(sound, is_markup=False).text == sound


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["a", " ", "\n", "é", "“", "â€™", "Ã©", "Ã ", "&amp;", "\u00ad\n", "\u0303", "ж", "\x85", "Â£"]
        ),
        max_size=60,
    ).map("".join)
)
def test_what_restoring_leaves_keeps_its_place(body: str) -> None:
    found = restore(body, is_markup=False)
    assert all(origin == -1 or body[origin] == found.text[n] for n, origin in enumerate(found.origins))
    kept = [origin for origin in found.origins if origin != -1]
    assert kept == sorted(set(kept))
    whole = normalize(record(body), collection())
    if isinstance(whole, Article):
        for run in whole.runs:
            assert whole.text[run.start : run.start + run.length] == body[run.origin : run.origin + run.length]


# Broken words


def test_a_word_that_a_lines_end_broke_is_joined_where_the_article_has_it_whole() -> None:
    broken = "The govern-\nment fell, a well-\nknown one, with its Haupt-\nund Nebenamt.\n\n"
    assert article(f"{broken}No government, however well-known, holds a quay for long.").text == (
        "The government fell, a well-known one, with its Haupt- und Nebenamt.\n\n"
        "No government, however well-known, holds a quay for long."
    )


@pytest.mark.parametrize(
    "text", ["two- and three-year terms", "pre- or post-war rules, or none", "a mid- Atlantic way"]
)
def test_a_hyphen_that_is_no_lines_end_stays(text: str) -> None:
    assert text in article(f"The board of the harbour had asked for {text} on Monday.").text


# Boilerplate


@pytest.mark.parametrize(
    "paragraph",
    [
        *NOISE,
        "ADVERTISEMENT",
        "Share this article",
        "RELATED: The ferry stays in port",
        "Read more >>",
        "© 2026 The Tarn Post. All rights reserved.",
        "Photo by Mira Fenn/Tarn Pictures",
        "(Reporting by Mira Fenn; Editing by C. Hale)",
        "Subscribe to our podcast for more.",
        "Click here to read the whole report.",
        "Lesen Sie auch: Die Brücke bleibt zu",
        "Foto: dpa",
        "Lire aussi : Le pont reste fermé",
        "Lea también: El puente sigue cerrado",
        "Leggi anche: Il ponte resta chiuso",
        "Leia também: A ponte continua fechada",
        "Lees ook: De brug blijft dicht",
        "Czytaj też: Most pozostaje zamknięty",
        "Читайте также: Мост остаётся закрытым",
        "Читайте також: Міст залишається закритим",
        "Abonnez-vous à notre lettre du matin",
    ],
)
def test_what_is_the_pages_goes(paragraph: str) -> None:
    assert is_boilerplate(paragraph)
    assert article(f"{CLEAN[0]}\n\n{paragraph}\n\n{CLEAN[2]}").text == f"{CLEAN[0]}\n\n{CLEAN[2]}"


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Read more: it helps,” she told the pupils.",
        "Read more books, the minister told the pupils of Port Elm.",
        "Sign up for the navy, she told them, and see the world.",
        "Photos by the police showed the boat at the pier.",
        "Related parties must be named in the report, the court said.",
        "Subscribe to the party line or leave, Quill told the members of her board.",
        "Share prices fell by a tenth.",
        "More: that was all that they had asked for, she said. " * 5,
        "Follow us on the map, the guide said: the path ends here.",
        "Reporting by the ferry company was late in 2025.",
        "“Photo: none,” the form said.",
    ],
)
def test_what_is_the_articles_stays(paragraph: str) -> None:
    assert not is_boilerplate(paragraph)


def test_a_text_that_is_nothing_else_stays() -> None:
    assert article("Advertisement\n\nShare this article", title="x").text == "Advertisement\n\nShare this article"


def test_no_order_of_noise_takes_a_paragraph_with_it() -> None:
    chance = random.Random(9)
    for _ in range(50):
        mixed = [*CLEAN[:]]
        for noise in NOISE:
            mixed.insert(chance.randrange(len(mixed) + 1), noise)
        assert article("\n\n".join(mixed), title=TITLE).text.split("\n\n") == CLEAN
