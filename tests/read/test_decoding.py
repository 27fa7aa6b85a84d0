"""Bytes to characters, strictly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.read.decoding import BinaryDataError, UndecodableError, decode

QUOTED = "“The gates stay shut,” said Orla Finch – and left. Nobody knew why she’d gone."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_an_encoding_is_recognised_and_its_mark_removed(encoding: str) -> None:
    assert decode(QUOTED.encode(encoding)) == QUOTED


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("It cost £5 and she paid it.", "cp1252"),  # charset_normalizer alone takes this for Japanese
        ("Der Müller sagte, er könne für die Häfen nicht länger bürgen.", "cp1252"),
        ("Zażółć gęślą jaźń, powiedział rzecznik portu w czwartek.", "cp1250"),
        ("Смотритель сказал, что гавань останется закрытой до весны.", "cp1251"),
        ("港務局は港が春まで閉鎖されると述べた。交渉は続いている。", "shift_jis"),
    ],
)
def test_older_encodings_are_told_apart(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "declaration",
    ['<meta charset="windows-1251">', "<meta http-equiv='Content-Type' content='text/html; charset=windows-1251'>"],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(declaration: str) -> None:
    page = f"<html><head>{declaration}</head><body>Ёж</body></html>"
    assert decode(page.encode("cp1251"), is_markup=True) == page


def test_a_page_that_declares_latin_1_is_read_as_browsers_read_it() -> None:
    page = f'<meta charset="iso-8859-1"><p>{QUOTED}</p>'
    assert decode(page.encode("cp1252"), is_markup=True) == page


def test_a_page_in_utf8_is_read_as_such_whatever_it_declares() -> None:
    page = f'<meta charset="iso-8859-1"><p>{QUOTED}</p>'
    assert decode(page.encode("utf-8"), is_markup=True) == page


def test_a_page_that_is_not_what_it_declares_is_undecodable() -> None:
    with pytest.raises(UndecodableError, match="declared as euc_jp"):
        decode(b'<meta charset="euc-jp"><p>\xa0\xff\xff</p>', is_markup=True)


def test_utf8_with_a_bad_byte_is_refused_rather_than_garbled() -> None:
    damaged = QUOTED.encode() + b" caf\xe9"
    with pytest.raises(UndecodableError, match=rf"bad byte \(0xe9\) at offset {len(QUOTED.encode()) + 4}"):
        decode(damaged)


@pytest.mark.parametrize(
    "data",
    [
        b"text\0text",
        b"%PDF-1.7 and so on",
        b"PK\x03\x04rest",
        bytes(range(1, 32)) * 20,
        bytes(range(256)) * 4,
        "ab\0".encode("utf-16"),
    ],
)
def test_binary_data_is_no_text(data: bytes) -> None:
    with pytest.raises(BinaryDataError):
        decode(data)


def test_bytes_in_no_encoding_are_undecodable() -> None:
    noise = bytes(128 + (i * i * 7 + 13 * i) % 128 for i in range(400))
    with pytest.raises(UndecodableError):
        decode(noise)


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_always_comes_back_as_it_was(text: str) -> None:
    assert decode(("T" + text).encode("utf-8")) == "T" + text


def test_a_stray_zero_byte_in_a_page_is_passed_over() -> None:
    page = f"<p>{'The gate is shut. ' * 100}</p>".encode()
    assert decode(page[:40] + b"\0" + page[40:], is_markup=True) == page[:40].decode() + "\x7f" + page[40:].decode()
    with pytest.raises(BinaryDataError):
        decode(page + b"\0" * 40, is_markup=True)
