"""Word files and PDFs: their text as paragraphs, and what is none."""

from pathlib import Path

import pytest

from builder.read.limits import Limits
from builder.read.record import FRAGMENT, Record
from tests.read.files import bodies, only_drop, read_files
from tests.worlds import zipped

OFFICE = Path(__file__).parents[1] / "worlds" / "office-files" / "raw"
PARTS = {
    path.relative_to(OFFICE / "order.docx.packed").as_posix(): path.read_bytes()
    for path in sorted((OFFICE / "order.docx.packed").rglob("*.*"))
    if path.is_file()
}
EMPTY = PARTS["word/document.xml"].replace(b"<w:t", b"<w:x").replace(b"</w:t>", b"</w:x>")
WORDS = ("first", "second", "third")
PDF = (OFFICE / "board.pdf").read_bytes()


def pdf(*contents: str) -> bytes:
    """A PDF with a page for each of the contents; its table of offsets is left to the reader to find."""
    count = len(contents)
    kids = " ".join(f"{n + 3} 0 R" for n in range(count))
    font = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >> >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{kids}] /Count {count} >>"]
    objects += [
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {n + 3 + count} 0 R /Resources {font} >>"
        for n in range(count)
    ]
    objects += [f"<< /Length {len(text)} >>\nstream\n{text}\nendstream" for text in contents]
    numbered = "".join(f"{n} 0 obj\n{text}\nendobj\n" for n, text in enumerate(objects, 1))
    return f"%PDF-1.4\n{numbered}trailer << /Root 1 0 R >>\n%%EOF\n".encode("cp1252")


def page(*lines: str, foot: str = "") -> str:
    body = " ".join(f"({line}) Tj T*" for line in lines)
    return f"BT /F1 11 Tf 72 700 Td 14 TL {body} ET BT /F1 9 Tf 72 30 Td ({foot}) Tj ET"


def test_lines_of_a_pdf_are_paragraphs_where_they_stand_together(tmp_path: Path) -> None:
    (record,) = read_files(tmp_path, {"a.pdf": PDF})
    assert isinstance(record, Record)
    assert [" ".join(part.split()) for part in record.body.split("\n\n")] == [
        "Port keeps the old crane",
        "The harbour board of Tarn will keep the old crane, its chair, Edda Quill, said on Monday. “It is ours,” she "
        "said.",
        "Noa Fenn, the mayor, demanded that the board publish what the repair would cost, and warned that the quay was "
        "not safe.",
    ]
    assert (record.locator, record.media_type) == ("a.pdf", "text/plain")


def test_running_feet_go_and_a_sentence_goes_on_over_the_page(tmp_path: Path) -> None:
    parts = [f"The board of Tarn met for the {n} time, and its chair, Edda Quill, said on Monday that" for n in WORDS]
    pages = [page(text, foot=f"Tarn Post, page {n}") for n, text in enumerate([*parts, "it was over."], 1)]
    assert bodies(read_files(tmp_path, {"a.pdf": pdf(*pages)})) == ["\n".join([*parts, "it was over."])]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.4 and no more", "truncated-file"),
        (b"no PDF", "truncated-file"),
        (pdf(""), "empty"),
        (pdf(*["" for _ in range(4)]), "over-limit"),
    ],
)
def test_a_pdf_without_text_or_end_is_dropped(tmp_path: Path, data: bytes, reason: str) -> None:
    assert only_drop(read_files(tmp_path, {"a.pdf": data}, Limits(pages=3))).reason == reason


def test_a_word_file_is_its_paragraphs_with_insertions_and_without_deletions(tmp_path: Path) -> None:
    (record,) = read_files(tmp_path, {"a.docx": zipped(PARTS)})
    assert isinstance(record, Record)
    assert (record.media_type, record.metadata.title) == (FRAGMENT, "Ministry orders new ferries")
    assert "ordered three ferries." in record.body
    assert "two" not in record.body


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({}, "truncated-file"),
        ({**PARTS, "word/document.xml": b"<w:document"}, "truncated-file"),
        ({**PARTS, "word/document.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "unsafe-xml"),
        ({**PARTS, "word/document.xml": EMPTY}, "empty"),
        ({**PARTS, "word/media.bin": b"x" * 900_000}, "over-limit"),
    ],
)
def test_a_damaged_or_hostile_word_file_is_dropped(tmp_path: Path, parts: dict[str, bytes], reason: str) -> None:
    assert only_drop(read_files(tmp_path, {"a.docx": zipped(parts)}, Limits(ratio_from=100_000))).reason == reason


def test_a_file_that_is_no_archive_is_no_word_file(tmp_path: Path) -> None:
    assert only_drop(read_files(tmp_path, {"a.docx": "words"})).reason == "truncated-file"
