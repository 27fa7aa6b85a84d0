"""Press releases as mails: headers, parts, attachments, damage."""

from pathlib import Path

import pytest

from builder.read.record import FRAGMENT, Record
from tests.read.files import bodies, drops, only_drop, read_files

HEAD = """From: "Tarn Harbour Board" <press@board.example>
Subject: =?utf-8?q?Board_keeps_=E2=80=9Ccrane=E2=80=9D?=
Date: Mon, 4 May 2026 10:00:00 +0200
Message-ID: <17@board.example>
MIME-Version: 1.0
"""


def mixed(*parts: str) -> str:
    return HEAD + 'Content-Type: multipart/mixed; boundary="b"\n\n' + "".join(f"--b\n{p}\n" for p in parts) + "--b--\n"


PLAIN = (
    "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nThe caf=E9 is shut.\n"
)
HTML = "Content-Type: text/html; charset=utf-8\n\n<p>The gate is shut.</p>\n"


def test_the_plain_text_is_read_and_the_headers_tell_the_rest(tmp_path: Path) -> None:
    (record,) = read_files(tmp_path, {"a.eml": mixed(HTML, PLAIN)})
    assert isinstance(record, Record)
    assert (record.locator, record.body.strip(), record.media_type) == (
        "17@board.example",
        "The café is shut.",
        "text/plain",
    )
    said = record.metadata
    assert (said.title, said.publisher) == ("Board keeps “crane”", "Tarn Harbour Board")
    assert (said.published_at, said.published_from) == ("2026-05-04T10:00:00+02:00", "header")


def test_html_is_read_where_there_is_no_plain_text(tmp_path: Path) -> None:
    (record,) = read_files(tmp_path, {"a.eml": HEAD.replace("Message-ID: <17@board.example>\n", "") + HTML})
    assert isinstance(record, Record)
    assert (record.locator, record.media_type, record.body) == ("a.eml", FRAGMENT, "<p>The gate is shut.</p>\n")


def test_attachments_are_read_as_files_and_pictures_are_accounted_for(tmp_path: Path) -> None:
    items = read_files(
        tmp_path,
        {
            "a.eml": mixed(
                PLAIN,
                'Content-Type: text/markdown\nContent-Disposition: attachment; filename="../note.md"\n\nA note.',
                'Content-Type: image/png\nContent-Disposition: inline; filename="x.png"\n\nxx',
                'Content-Type: application/x-odd\nContent-Disposition: attachment; filename="x.odd"\n\nxx',
            )
        },
    )
    assert [item.locator for item in items if isinstance(item, Record)] == ["17@board.example", "a.eml/.._note.md"]
    assert drops(items) == [
        ("post/a.eml", "member x.png", "no-article"),
        ("post/a.eml", "member x.odd", "unsupported-format"),
    ]


@pytest.mark.parametrize(
    ("mail", "reason"),
    [
        ("", "empty"),
        ("no header here\n\nand no mail", "broken-record"),
        (HEAD + "Content-Type: text/plain\n\n", "empty"),
        (HEAD + "Content-Type: text/plain; charset=utf-8\n\n“No”, she said: “".encode().decode("latin-1"), ""),
    ],
)
def test_a_file_that_is_no_mail_or_says_nothing_is_dropped(tmp_path: Path, mail: str, reason: str) -> None:
    items = read_files(tmp_path, {"a.eml": mail})
    assert len(items) == 1
    if reason:
        assert only_drop(items).reason == reason


def test_a_wrong_charset_and_a_broken_date_lose_neither_mail_nor_text(tmp_path: Path) -> None:
    mail = HEAD.replace("Mon, 4 May", "Someday,") + "Content-Type: text/plain; charset=no-such\n\nThe gate is shut.\n"
    assert bodies(read_files(tmp_path, {"a.eml": mail})) == ["The gate is shut.\n"]


def test_a_header_of_brackets_is_read_in_part_and_at_once(tmp_path: Path) -> None:
    mail = b"Subject: Gate shut\nContent-Type: text/plain; " + b"((" * 200_000 + b"\n\nThe gate is shut.\n"
    (item,) = read_files(tmp_path, {"a.eml": mail})
    assert isinstance(item, Record)
    assert item.metadata.title == "Gate shut"
