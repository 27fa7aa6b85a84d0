"""Plain text to the body's paragraphs; nothing of the head stays, nothing of the body goes."""

from datetime import UTC, datetime

import pytest

from builder.normalize.article import Article
from builder.normalize.stage import MAX_CHARS, normalize
from builder.tally import Dropped
from tests.normalize.articles import BODY, MORE, article, collection, record


def test_title_byline_and_date_line_are_read_and_taken_out() -> None:
    found = article(f"Quill quits the board\n\nBy Mira Fenn and Corin Hale\n21 April 2026\n\n{BODY}\n\n{MORE}\n")
    assert found.text == f"{BODY}\n\n{MORE}"
    assert (found.title, found.authors) == ("Quill quits the board", ("Mira Fenn", "Corin Hale"))
    assert found.published_at == datetime(2026, 4, 21, tzinfo=UTC)
    assert (found.published_precision, found.published_from) == ("day", "byline")


@pytest.mark.parametrize(
    "head",
    [
        "Quill quits the board\nBy Mira Fenn\nApril 21, 2026\n\n",  # title and byline in one block
        "Quill quits the board\n\nApril 21, 2026\n\nBy Mira Fenn\n\n",
        "Quill quits the board\n\nBy MIRA FENN | April 21, 2026\n\n",
        "Quill quits the board\n\nBy Mira Fenn — 21 Apr. 2026\n\n",
        "Quill quits the board\n\nBy: Mira Fenn\n\nPublished: Tuesday, April 21, 2026\n\n",
        "Quill quits the board\n\nBy Mira Fenn\n\nUpdated April 23, 2026\n\nPublished on 2026-04-21\n\n",
    ],
)
def test_heads_of_many_shapes_say_the_same(head: str) -> None:
    found = article(f"{head}{BODY}\n\n{MORE}")
    assert found.text == f"{BODY}\n\n{MORE}"
    assert found.title == "Quill quits the board"
    assert [name.title() for name in found.authors] == ["Mira Fenn"]
    assert found.published_at == datetime(2026, 4, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "By Monday the harbour was closed",
        "By noon she had gone home",
        "By Edda Quill's count, nine boats were missing.",
        "Published accounts say otherwise",
        "In May 2026 the harbour froze",
    ],
)
def test_a_sentence_that_begins_like_a_byline_stays(line: str) -> None:
    assert article(f"Quill quits the board\n\n{line}\n\n{BODY}").text == f"{line}\n\n{BODY}"


@pytest.mark.parametrize(
    ("first", "is_title"),
    [
        ("Quill quits the board", True),
        ("Board Loses Its Chair In The U.S.", True),  # title case, ends in an abbreviation
        ("Who Runs The Harbour Now?", True),
        ("She had gone by Monday.", False),  # a sentence
        ("She asked:", False),
        ("“No,” she said.", False),
        ("Port Elm, the oldest of the four harbours, " + "and the coldest, " * 12, False),  # too long
        ("PORT ELM, April 21 (Post) — The harbour board lost its chair on Monday night", False),  # a dateline
        ("EU board loses its chair - sources", True),  # a dash makes no dateline
    ],
)
def test_what_opens_a_text_is_its_title_if_it_reads_like_a_headline(first: str, is_title: bool) -> None:
    found = article(f"{first}\n\n{BODY}\n\n{MORE}")
    assert (found.title is not None) == is_title
    assert found.text.startswith(BODY if is_title else first.strip())


def test_a_sentence_before_a_byline_is_the_title_all_the_same() -> None:
    assert article(f"She had gone by Monday.\n\nBy Mira Fenn\n\n{BODY}").title == "She had gone by Monday."


def test_a_known_title_is_taken_out_where_it_opens_the_text_and_no_other_is_looked_for() -> None:
    assert article(f"Quill Quits The Board!\n\n{BODY}", title="Quill quits the board").text == BODY
    other = article(f"A short line\n\n{BODY}", title="Quill quits the board")
    assert (other.title, other.text) == ("Quill quits the board", f"A short line\n\n{BODY}")


def test_a_text_that_is_nothing_but_its_title_stays() -> None:
    assert article("Quill quits the board", title="Quill quits the board").text == "Quill quits the board"


@pytest.mark.parametrize(
    ("dateline", "day"),
    [
        ("PORT ELM, April 21, 2026 (Post) — ", 21),
        ("PORT ELM, Tarn (Post) - ", None),
        ("PORT ELM, April 21 (Post) — ", None),  # no year: nothing is guessed
        ("Port Elm, 20 April 2026 – ", 20),
        ("(TarnPost.example)- ", None),
    ],
)
def test_a_dateline_stays_and_dates_the_article_only_where_it_is_a_full_date(dateline: str, day: int | None) -> None:
    found = article(f"Quill quits the board\n\n{dateline}{BODY}")
    assert found.text == f"{dateline}{BODY}"
    assert (found.published_at.day if found.published_at else None) == day
    assert found.published_from == ("dateline" if day else None)


def test_wrapped_lines_are_joined_and_paragraphs_stand_apart() -> None:
    assert (
        article("She left  on\nMonday,\tshe said.\n \nNobody\nknew why.").text
        == "She left on Monday, she said.\n\nNobody knew why."
    )


def test_without_blank_lines_every_line_is_a_paragraph() -> None:
    assert (
        article("\nShe left.\nNobody knew why.\nNobody asked.\n\n").text
        == "She left.\n\nNobody knew why.\n\nNobody asked."
    )


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\u2028"])
def test_every_kind_of_line_end_ends_a_line(end: str) -> None:
    assert article(f"She left.{end}{end}Nobody knew{end}why.").text == "She left.\n\nNobody knew why."


def test_invisible_characters_go_and_letters_are_composed() -> None:
    assert (
        article("\ufeffShe re\u00adsigned\u200b at the cafe\u0301\u00a0now.\x07").text
        == "She resigned at the café now."
    )


def test_joiners_that_are_spelling_stay() -> None:
    assert (
        article("می\u200cخواهم بروم، گفت او به خبرنگاران در بندر.").text
        == "می\u200cخواهم بروم، گفت او به خبرنگاران در بندر."
    )


def test_verbatim_is_the_body_as_it_is() -> None:
    body = " Quill quits\r\n\r\nBy Mira Fenn\n\ncafe\u0301 \n"
    found = normalize(record(body), collection(text="verbatim"))
    assert isinstance(found, Article)
    assert (found.text, found.title, found.authors) == (body, None, ())
    assert [(run.start, run.origin, run.length) for run in found.runs] == [(0, 0, len(body))]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\u200b\u00ad\ufeff", "empty"),
        ("word " * (MAX_CHARS // 4), "too-long"),
        ("a " * (MAX_CHARS // 2 + 1), "too-long"),  # too long with its spaces only
    ],
)
def test_a_text_that_is_none_or_too_long_is_dropped(body: str, reason: str) -> None:
    found = normalize(record(body), collection())
    assert isinstance(found, Dropped)
    assert (found.stage, found.reason) == ("normalize", reason)


def test_a_text_of_just_the_limit_is_kept() -> None:
    assert len(article("a" * MAX_CHARS).text) == MAX_CHARS


def test_the_date_of_a_column_is_trusted_before_all_others() -> None:
    found = normalize(
        record(
            f"Quill quits\n\n1 March 2026\n\n{BODY}",
            raw_path="post/2026-03-04.txt",
            published_at="2026-03-02T10:00:00+02:00",
            url="https://tarn.example/2026/03/03/quill",
        ),
        collection(),
    )
    assert isinstance(found, Article)
    assert (found.published_at, found.published_from) == (datetime(2026, 3, 2, 8, tzinfo=UTC), "column")


def test_url_and_file_name_date_an_article_that_nothing_else_dates() -> None:
    by_url = article(BODY, url="https://tarn.example/2026/03/03/quill")
    assert (by_url.published_from, by_url.published_precision) == ("url", "day")
    by_name = normalize(record(BODY, raw_path="post/quill-2026-03-04.txt"), collection())
    assert isinstance(by_name, Article)
    assert (by_name.published_at, by_name.published_from) == (datetime(2026, 3, 4, tzinfo=UTC), "file-name")


def test_a_column_that_holds_no_date_gives_way_to_the_next_source() -> None:
    found = article(BODY, published_at="last Tuesday", url="https://tarn.example/2026/03/gate")
    assert (found.published_from, found.published_precision) == ("url", "month")


def test_what_the_collection_says_fills_what_the_record_does_not() -> None:
    found = normalize(record(BODY), collection(publisher="Tarn Press", language="en-GB", speaker="Edda Quill"))
    assert isinstance(found, Article)
    assert (found.publisher, found.language, found.speaker) == ("Tarn Press", "en-GB", "Edda Quill")


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (("By Mira Fenn and Corin Hale",), ("Mira Fenn", "Corin Hale")),
        (("Mira Fenn; Corin Hale",), ("Mira Fenn", "Corin Hale")),
        (("Mira Fenn", "Hale & Sons"), ("Mira Fenn", "Hale & Sons")),  # a list holds one name each
        (("Office of Fish and Ice",), ("Office of Fish and Ice",)),
    ],
)
def test_authors_of_a_column_are_taken_apart_where_they_are_one_string(
    authors: tuple[str, ...], names: tuple[str, ...]
) -> None:
    assert article(BODY, authors=authors).authors == names


@pytest.mark.parametrize(
    ("text", "language", "status"),
    [
        (BODY, "en", "extracted"),
        ("Die Hafenbehörde teilte am Montag mit, dass niemand davon gewusst habe.", "de", "direct-quotes"),
        ("12 : 14", "und", "unknown-language"),
        ("No.", "und", "unknown-language"),
    ],
)
def test_the_language_is_detected_or_left_unknown(text: str, language: str, status: str) -> None:
    found = article(text)
    assert (found.language, found.extraction_status) == (language, status)


def test_a_records_own_language_wins() -> None:
    found = normalize(record(BODY, language="DE_de"), collection(language="en"))
    assert isinstance(found, Article)
    assert (found.language, found.extraction_status) == ("de-DE", "direct-quotes")
